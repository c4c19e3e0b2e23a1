"""« Les dix lacunes à discuter »: cells to discuss first, by a score whose terms are told with each.

score = Σ weight × term, each term between 0 and 1. A term that is not known counts nothing and is not told: null is not
zero. Equal scores keep the plan's order. Source: règles de calcul, 5; the weights are ours, published with the terms.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from ccm_data.domain.vocabulaire import EtatCellule

ETATS: Final[Mapping[EtatCellule, float]] = {
    EtatCellule.NON_COUVERT: 1.0,
    EtatCellule.NON_RAPPORTE: 0.5,  # nobody knows: to ask before to fund
    EtatCellule.PLANIFIE: 0.25,
}
POIDS: Final[Mapping[str, float]] = {
    "etat": 5.0,
    "population": 2.0,  # of the region, over the most populous one
    "manque": 2.0,  # shortfall over the need, where the SP/CCM entered a number
    "programme": 1.0,  # the plan marks the year for an activity that serves the theme
    "seul": 1.0,  # no other region lacks it: one over the number of regions that do
    "sans_requete": 1.0,  # nobody has asked for it yet
}
DIX: Final = 10


@dataclass(frozen=True)
class Cellule:
    """A cell and what weighs it; `rang` is its place in the plan's order. None: not known."""

    region: str
    sujet: str
    etat: EtatCellule
    rang: int
    population: int | None = None
    besoin: int | None = None
    couvert: int | None = None
    programme: bool | None = None
    requetes: int = 0


@dataclass(frozen=True)
class Terme:
    """A term of a score: its value between 0 and 1, and its weight."""

    code: str
    valeur: float
    poids: float

    @property
    def apport(self) -> float:
        """What it adds to the score."""
        return self.valeur * self.poids


@dataclass(frozen=True)
class Lacune:
    """A gap with its score and the terms that made it, heaviest first."""

    cellule: Cellule
    score: float
    termes: tuple[Terme, ...]


def list_lacunes(cellules: Iterable[Cellule], nombre: int | None = DIX) -> list[Lacune]:
    """The gaps, worst first; covered and funded cells are none. `nombre` None: all of them."""
    toutes = list(cellules)
    ouvertes = [c for c in toutes if c.etat in ETATS]
    populations = [c.population for c in toutes if c.population]
    manquent: dict[str, int] = {}
    for c in ouvertes:
        manquent[c.sujet] = manquent.get(c.sujet, 0) + 1
    lacunes = [_rate(c, max(populations, default=0), manquent[c.sujet]) for c in ouvertes]
    lacunes.sort(key=lambda x: (-x.score, x.cellule.rang))
    return lacunes if nombre is None else lacunes[:nombre]


def _rate(cellule: Cellule, plus_peuplee: int, regions: int) -> Lacune:
    valeurs: dict[str, float | None] = {
        "etat": ETATS[cellule.etat],
        "population": None if cellule.population is None or not plus_peuplee else cellule.population / plus_peuplee,
        "manque": _rate_manque(cellule),
        "programme": None if cellule.programme is None else float(cellule.programme),
        "seul": 1 / regions,
        "sans_requete": float(cellule.requetes == 0),
    }
    termes = [Terme(code, valeur, POIDS[code]) for code, valeur in valeurs.items() if valeur is not None]
    termes.sort(key=lambda t: -t.apport)
    return Lacune(cellule, round(sum(t.apport for t in termes), 6), tuple(termes))


def _rate_manque(cellule: Cellule) -> float | None:
    if not cellule.besoin or cellule.couvert is None:
        return None
    return min(1.0, max(0.0, (cellule.besoin - cellule.couvert) / cellule.besoin))
