"""The posts of the SP/CCM and the road map that sustains them: who pays, what the State takes over, the steps taken.

That the road map is adopted, and when, is an aggregate (5.c); what a step observed is a narrative. No amount is asked.
Source: stratégie 2022-2026, 8.4; règles de calcul, 2 (5.c), 7.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ccm_data.domain.perennisation import PartAnnee, compute_parts, is_en_place
from ccm_data.domain.vocabulaire import NatureEtape, Payeur


@dataclass(frozen=True)
class BilanPostes:
    """The posts that exist at the date, by who pays; the State's share year by year; the road map's steps."""

    postes: int
    par_payeur: Mapping[str, int]
    parts: tuple[PartAnnee, ...]
    adoption: date | None
    evaluations: int


def compute_postes(postes: Sequence[Mapping[str, Any]], etapes: Sequence[Mapping[str, Any]], jour: date) -> BilanPostes:
    """The figures of section 8.4 at the date; the road map is the last one adopted."""
    presents = [p for p in postes if is_en_place(p, jour, jour)]
    comptes = Counter(str(p["payeur"]) for p in presents)
    adoptions = [e["date_etape"] for e in etapes if e["nature"] == NatureEtape.ADOPTION]
    evaluations = [e["date_etape"] for e in etapes if e["nature"] == NatureEtape.EVALUATION]
    return BilanPostes(
        len(presents),
        {p.value: comptes[p.value] for p in Payeur},
        compute_parts(postes),
        max(adoptions, default=None),
        len(evaluations),
    )
