"""The order of the budget chain: payé ≤ ordonnancé ≤ liquidé ≤ engagé, on cumulative amounts per activité × bailleur.

Cumulative since 2022, whatever the year: a payment of year N+1 on a commitment of N is normal. Missing phases are
skipped: each phase is compared with the nearest earlier phase that is reported.
- `bloquant`: the deposit breaks the order by itself, and what stands does not mend it.
- `a_verifier`: the order breaks once the deposit is added to what stands.
Engagé > prévu is `depassement`, a warning. Source: règles de calcul, 4.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import pandas as pd

from ccm_data.domain.budget import list_retenues
from ccm_data.domain.vocabulaire import Phase

CHAINE: Final = (Phase.ENGAGE, Phase.LIQUIDE, Phase.ORDONNANCE, Phase.PAYE)
BLOQUANT, A_VERIFIER, AVERTISSEMENT = "bloquant", "a_verifier", "avertissement"


@dataclass(frozen=True)
class AnomalieChaine:
    """`phase` exceeds what bounds it (`borne`: an earlier phase, or `prevu`); cumulative FCFA on both sides."""

    code: str
    gravite: str
    activite_code: str
    bailleur_code: str | None
    phase: str
    montant_fcfa: int
    borne: str
    montant_borne_fcfa: int


def _sum_cles(ecritures: pd.DataFrame) -> dict[tuple[str, str | None], dict[str, int]]:
    """(activité, bailleur) → phase → cumulative FCFA of the entries that count."""
    sommes: dict[tuple[str, str | None], dict[str, int]] = {}
    if ecritures.empty:
        return sommes
    cadre = list_retenues(ecritures)
    colonnes = (cadre[c] for c in ("activite_code", "bailleur_code", "phase", "montant_fcfa"))
    for activite, bailleur, phase, montant in zip(*colonnes, strict=True):
        if not pd.isna(montant):
            cle = (str(activite), None if pd.isna(bailleur) else str(bailleur))
            par_phase = sommes.setdefault(cle, {})
            par_phase[str(phase)] = par_phase.get(str(phase), 0) + int(montant)
    return sommes


def _list_ruptures(montants: Mapping[str, int]) -> list[tuple[str, str]]:
    """(phase, phase before it among those reported) where the order breaks."""
    presentes = [phase.value for phase in CHAINE if phase.value in montants]
    return [(phase, avant) for avant, phase in pairwise(presentes) if montants[phase] > montants[avant]]


def check_chaine(depot: pd.DataFrame, en_place: pd.DataFrame | None = None) -> list[AnomalieChaine]:
    """Breaks of the chain that a deposit makes, keys of the deposit only. Data, raises nothing.

    In: entries of the deposit and entries that stand (validated, those that the deposit replaces left out), with
    activite_code, bailleur_code, executant_code, phase, niveau, montant_fcfa.
    """
    seul = _sum_cles(depot)
    reunies = depot if en_place is None or en_place.empty else pd.concat([en_place, depot], ignore_index=True)
    ensemble = _sum_cles(reunies)
    anomalies = []
    for cle, montants in seul.items():
        dans_depot = set(_list_ruptures(montants))
        cumules = ensemble.get(cle, montants)
        for phase, avant in _list_ruptures(cumules):
            gravite = BLOQUANT if (phase, avant) in dans_depot else A_VERIFIER
            anomalies.append(
                AnomalieChaine("chaine_rompue", gravite, *cle, phase, cumules[phase], avant, cumules[avant])
            )
    return anomalies


def list_depassements(engages: Mapping[str, int | None], prevus: Mapping[str, int]) -> list[AnomalieChaine]:
    """Activities whose commitments exceed what is planned (activity code → FCFA; None: not reported)."""
    return [
        AnomalieChaine("depassement", AVERTISSEMENT, code, None, Phase.ENGAGE.value, engage, "prevu", prevus[code])
        for code, engage in engages.items()
        if engage is not None and code in prevus and engage > prevus[code]
    ]
