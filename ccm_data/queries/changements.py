"""What was validated lately, in one line per region or subject and day: counts and places, no narrative."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ccm_data.domain.vocabulaire import EtatSuivi
from ccm_data.queries.suivi import TABLES


@dataclass(frozen=True)
class Changement:
    """On this day, `n` rows of this subject were validated for this region (None: national)."""

    jour: date
    sujet: str
    region_code: str | None
    n: int


def list_changements(session: Session, nombre: int = 4) -> tuple[Changement, ...]:
    """The latest validations, newest first, grouped by day, subject and region."""
    trouves: list[Changement] = []
    for sujet, table in TABLES.items():
        jour = func.date(table.valide_le)
        requete = (
            select(jour, table.region_code, func.count(table.id))
            .where(table.etat == EtatSuivi.VALIDE, table.valide_le.is_not(None))
            .group_by(jour, table.region_code)
            .order_by(jour.desc(), table.region_code)
            .limit(nombre * 3)
        )
        trouves += [
            Changement(pd.Timestamp(str(quand)).date(), sujet, region, n)
            for quand, region, n in session.execute(requete)
        ]
    # One quarter's reports are validated on the same day: the widest news first, then the official order of regions.
    trouves.sort(key=lambda c: (-c.jour.toordinal(), list(TABLES).index(c.sujet), c.region_code or ""))
    return tuple(trouves[:nombre])
