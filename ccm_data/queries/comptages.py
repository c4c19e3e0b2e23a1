"""Indicators that the registers of coordination can count: 1.b, 2.1.a, 2.1.b. A register that holds nothing gives no value.

Source: règles de calcul, 2 (table « counted by ») and 2.13: a reported value beside it is shown as a difference.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from ccm_data.domain.couverture import EN_COURS
from ccm_data.domain.permissions import VISITEUR
from ccm_data.domain.verdicts import count_doublons
from ccm_data.domain.vocabulaire import VerdictPaire
from ccm_data.queries.interventions import list_fiches, list_verdicts
from ccm_data.queries.requetes import count_transmises

Compteur = Callable[[Session, date], tuple[int, int] | None]


@dataclass(frozen=True)
class Comptage:
    """What a register counts for an indicator, over how many rows, and the screen that shows them."""

    valeur: int
    lignes: int
    ecran: str
    params: tuple[tuple[str, str], ...]


def _count_requetes(session: Session, jour: date) -> tuple[int, int] | None:
    """Requests passed on to PTF by that day, since the beginning."""
    jours = count_transmises(session)
    return (sum(n for j, n in jours.items() if j <= jour), sum(jours.values())) if jours else None


def _count_doublons(session: Session, _jour: date) -> tuple[int, int] | None:
    """Activities in unsettled duplicates; examined: the pairs on which a verdict stands."""
    verdicts = list_verdicts(session)
    return (count_doublons(verdicts), len(verdicts)) if verdicts else None


def _count_complementaires(session: Session, jour: date) -> tuple[int, int] | None:
    """Activities found complementary and under way."""
    verdicts = list_verdicts(session)
    if not verdicts:
        return None
    codes = {c for v in verdicts if v.verdict is VerdictPaire.COMPLEMENTAIRE for c in (v.code_a, v.code_b)}
    actives = [
        x
        for x in list_fiches(session, VISITEUR)
        if x.code in codes
        and x.statut == EN_COURS
        and (x.debut is None or x.debut <= jour)
        and (x.fin is None or x.fin >= jour)
    ]
    return len(actives), len(verdicts)


COMPTEURS: Final[dict[str, tuple[Compteur, str, tuple[tuple[str, str], ...]]]] = {
    "1.b": (_count_requetes, "requetes", ()),
    "2.1.a": (_count_doublons, "doublons", (("onglet", "verdicts"),)),
    "2.1.b": (_count_complementaires, "doublons", (("onglet", "synergies"),)),
}


def get_comptage(session: Session, code: str, jour: date) -> Comptage | None:
    """What a register counts for this indicator at the date; None where none does, or it is empty."""
    if code not in COMPTEURS:
        return None
    compteur, ecran, params = COMPTEURS[code]
    compte = compteur(session, jour)
    return None if compte is None else Comptage(*compte, ecran, params)
