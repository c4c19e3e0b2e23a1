"""The hypotheses and risks of the logframe, each with its text and where it stands at the date.

The texts are the plan's, for everybody; an observation is a follow-up row, read by who reads validated rows. How many are
critical, uncertain, under control or not followed is an aggregate. Source: stratégie 2022-2026; règles de calcul, 7.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ccm_data.domain.hypotheses import compute_derniers, compute_rang
from ccm_data.domain.permissions import Personne
from ccm_data.queries.plan import list_hypotheses_risques
from ccm_data.queries.registres import Filtre, Ligne, get_lecture

NON_SUIVI = "non_suivi"


@dataclass(frozen=True)
class Point:
    """A hypothesis or a risk. `suivi`: its last observation as this person reads it (None: none, or reserved).

    `rang`: 0 for the worst. `reserve`: followed, and not shown to this person.
    """

    objectif: str
    nature: str
    texte: str
    suivi: Ligne | None
    reserve: bool
    rang: int


@dataclass(frozen=True)
class Tableau:
    """`comptes`: level (NON_SUIVI included) → how many; `par_nature` the same within each nature."""

    points: tuple[Point, ...]
    comptes: Mapping[str, int]
    par_nature: Mapping[tuple[str, str], int]
    dernier: date | None


def get_tableau(session: Session, personne: Personne, arrete: date) -> Tableau:
    """Every hypothesis and risk of the logframe, worst first for who may read it, else in the plan's order."""
    lecture = get_lecture(session, "suivi_hypothese", personne, arrete, Filtre())
    derniers = compute_derniers(lecture.toutes)
    lus = compute_derniers(lecture.lisibles)
    points = []
    comptes: Counter[str] = Counter()
    par_nature: Counter[tuple[str, str]] = Counter()
    textes = list_hypotheses_risques(session)[["objectif_code", "nature", "texte"]]
    for objectif, nature, texte in textes.itertuples(index=False, name=None):
        dernier, lu = derniers.get((objectif, nature)), lus.get((objectif, nature))
        niveau = NON_SUIVI if dernier is None else str(dernier["niveau"])
        comptes[niveau] += 1
        par_nature[str(nature), niveau] += 1
        cache = dernier is not None and lu is None
        rang = compute_rang(None if lu is None else str(lu["niveau"]))
        points.append(Point(objectif, nature, texte, None if lu is None else dict(lu), cache, 0 if cache else rang))
    jours = [x["date_constat"] for x in derniers.values()]
    if lecture.lisibles:
        points.sort(key=lambda p: p.rang)  # stable: the plan's order within a level
    return Tableau(tuple(points), dict(comptes), dict(par_nature), max(jours, default=None))
