"""How far the State has taken over the posts of the SP/CCM: a yearly mean over the posts that say their share.

A post that does not say its share for a year is not at 0 %: it is left out and counted. Posts weigh the same; no amount is
asked. Source: stratégie 2022-2026, 8.4; règles de calcul, 2.1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from ccm_data.domain.calendrier import ANNEES

Ligne = Mapping[str, Any]


@dataclass(frozen=True)
class PartAnnee:
    """The State's mean share in a year (0-100; None: no post says it), over `dites` of the `postes` of that year."""

    annee: int
    moyenne: Decimal | None
    dites: int
    postes: int


def is_en_place(poste: Ligne, debut: date, fin: date) -> bool:
    """Did this post exist at some time between these days? A missing date closes nothing."""
    depuis, jusqua = poste["depuis"], poste["jusqua"]
    return (depuis is None or depuis <= fin) and (jusqua is None or jusqua >= debut)


def compute_parts(postes: Sequence[Ligne]) -> tuple[PartAnnee, ...]:
    """Each year of the plan. A share said for a year in which the post did not exist is left out."""
    parts = []
    for annee in ANNEES:
        presents = [p for p in postes if is_en_place(p, date(annee, 1, 1), date(annee, 12, 31))]
        dites = [Decimal(p[f"part_{annee}"]) for p in presents if p[f"part_{annee}"] is not None]
        moyenne = sum(dites, Decimal(0)) / len(dites) if dites else None
        parts.append(PartAnnee(annee, moyenne, len(dites), len(presents)))
    return tuple(parts)
