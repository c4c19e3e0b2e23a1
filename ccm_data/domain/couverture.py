"""The state of a cell (region × theme, region × activity) from what touches it, in order of precedence.

couvert: something active there, whose actor told of it within the delay. financé: money secured. planifié: announced or
pledged. non rapporté: something active of which nobody told in time, or a region whose reports are not up to date.
non couvert: nothing, where reports are up to date. « National » fills no region. Source: règles de calcul, 5.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from ccm_data.domain.vocabulaire import EtatCellule

PLANIFIE, EN_COURS, TERMINE = "planifie", "en_cours", "termine"
PRECEDENCE: Final = tuple(EtatCellule)


@dataclass(frozen=True)
class Presence:
    """What touches a cell: a validated intervention, a report on an activity, a pledge (`statut` planifie).

    `dit_le`: when its actor last told of it, None for a pledge; `finance`: money is mobilised, committed or paid.
    """

    statut: str
    debut: date | None = None
    fin: date | None = None
    dit_le: date | None = None
    finance: bool = False


def is_active(presence: Presence, arrete: date) -> bool:
    """Is it going on at the date d'arrêté: said to be, begun, not ended?"""
    commence = presence.debut is None or presence.debut <= arrete
    return presence.statut == EN_COURS and commence and (presence.fin is None or presence.fin >= arrete)


def is_a_venir(presence: Presence, arrete: date) -> bool:
    """Is it still to come: planned and not past its end, or said to be going on but not begun?"""
    if presence.fin is not None and presence.fin < arrete:
        return False
    attendue = presence.statut == EN_COURS and presence.debut is not None and presence.debut > arrete
    return presence.statut == PLANIFIE or attendue


def compute_etat(presences: Iterable[Presence], arrete: date, delai_jours: int, *, region_a_jour: bool) -> EtatCellule:
    """The first state in order of precedence that one of `presences` gives, else what the region's reports allow."""
    etats = {_judge(p, arrete, delai_jours) for p in presences} - {None}
    for etat in PRECEDENCE:
        if etat in etats:
            return etat
    return EtatCellule.NON_COUVERT if region_a_jour else EtatCellule.NON_RAPPORTE


def _judge(presence: Presence, arrete: date, delai_jours: int) -> EtatCellule | None:
    if is_active(presence, arrete):
        if presence.dit_le is not None and presence.dit_le >= arrete - timedelta(days=delai_jours):
            return EtatCellule.COUVERT
        return EtatCellule.FINANCE if presence.finance else EtatCellule.NON_RAPPORTE
    if is_a_venir(presence, arrete):
        return EtatCellule.FINANCE if presence.finance else EtatCellule.PLANIFIE
    return None  # ended, suspended, or past its end without a word: it covers nothing now


def compute_ecart(besoin: int | None, couvert: int | None) -> int | None:
    """Surplus (positive) or shortfall (negative) against a number of the SP/CCM; None where there is none."""
    return None if besoin is None or couvert is None else couvert - besoin
