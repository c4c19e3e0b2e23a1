"""What the pieces of evidence are made of, and how an object finds its place in the plan and its cells.

Source: règles de calcul, 6.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from ccm_data.domain.vocabulaire import EtatCellule
from ccm_data.queries.couverture import CaseCouverture
from ccm_data.queries.sources_evaluation import Place, Sources, Sujet

MANQUENT: Final = (EtatCellule.NON_COUVERT, EtatCellule.NON_RAPPORTE)


@dataclass(frozen=True)
class Element:
    """One piece of evidence: what it is, the facts that its sentence needs (None: nothing held), the screen of its rows."""

    code: str
    faits: Mapping[str, Any] | None
    ecran: str
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Paires:
    """Pairs that touch the object, as this person may read them; `reserve`: they are not for this person."""

    reserve: bool
    a_examiner: int = 0
    proposees: int = 0
    doublons: int = 0
    doubles: int = 0
    complementaires: int = 0


def get_place(sources: Sources, sujet: Sujet) -> Place | None:
    """Where its activity stands in the plan; None for an intervention that serves none."""
    return sources.places.get(sujet.activite or "")


def list_cases(sources: Sources, sujet: Sujet) -> list[CaseCouverture]:
    """The cells that it touches: of an activity, those of the regions concerned; of an intervention, theme × region."""
    if not sujet.is_intervention:
        return [case for (s, r), case in sources.activites.list_regionales() if s == sujet.code and r in sujet.regions]
    cles = {(t, r) for x in sujet.fiches for t in x.themes for r in x.regions}
    return [case for cle, case in sources.themes.cases.items() if cle in cles]


def list_themes(sources: Sources, sujet: Sujet) -> list[CaseCouverture]:
    """The cells of its subject in every region: what is still to cover there."""
    if not sujet.is_intervention:
        return [case for (s, _r), case in sources.activites.list_regionales() if s == sujet.code]
    themes = {t for x in sujet.fiches for t in x.themes}
    return [case for (s, _r), case in sources.themes.list_regionales() if s in themes]


def get_grille(sujet: Sujet) -> dict[str, str]:
    """Which grid of the screen « Lacunes » holds its cells."""
    return {} if sujet.is_intervention else {"grille": "activite"}


def open_intervention(sujet: Sujet) -> tuple[str, dict[str, str]]:
    """The screen of its rows: its lead actor's portfolio, or the matrix of interventions on activities."""
    if sujet.is_intervention and sujet.fiches:
        return "acteurs", {"acteur": sujet.fiches[0].executant}
    return "qui_fait_quoi", {"matrice": "activite_region"}
