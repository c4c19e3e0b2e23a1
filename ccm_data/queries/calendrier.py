"""The 28 activities on a calendar: marked or entered years against actual start and end, progress, status, money."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd
from sqlalchemy.orm import Session

from ccm_data.domain.calendrier import ANNEES
from ccm_data.domain.perimetre import Perimetre
from ccm_data.domain.vocabulaire import CategorieActeur
from ccm_data.queries.avancement import Avancement, LigneAvancement, get_avancement
from ccm_data.queries.plan import list_beneficiaires


@dataclass(frozen=True)
class LigneCalendrier:
    """One activity; dates are actual ones, None when not reported."""

    activite: LigneAvancement
    debut: date | None
    fin: date | None
    beneficiaires: tuple[str, ...]


def _to_date(valeur: object) -> date | None:
    return None if valeur is None else pd.Timestamp(str(valeur)).date()


def get_calendrier(
    session: Session, perimetre: Perimetre, beneficiaire: str | None = None
) -> tuple[tuple[LigneCalendrier, ...], Avancement]:
    """Rows in the plan's order, filtered by the perimeter and by a category of beneficiary (a CategorieActeur)."""
    avancement = get_avancement(session, perimetre)
    beneficiaires = list_beneficiaires(session)
    gardees = None
    if beneficiaire is not None:
        categorie = CategorieActeur(beneficiaire)
        gardees = set(beneficiaires[beneficiaires["categorie"] == categorie]["activite_code"])
    noms = {str(c): tuple(g["libelle"]) for c, g in beneficiaires.groupby("activite_code")}
    lignes = tuple(
        LigneCalendrier(a, _to_date(a.debut_reel), _to_date(a.fin_reelle), noms.get(a.code, ()))
        for a in avancement.activites
        if gardees is None or a.code in gardees
    )
    return lignes, avancement


def compute_place(jour: date) -> float:
    """Where a day stands between 1 January 2022 and 31 December 2026, from 0 to 1."""
    debut, fin = date(ANNEES[0], 1, 1), date(ANNEES[-1], 12, 31)
    return min(max((jour - debut).days / (fin - debut).days, 0.0), 1.0)
