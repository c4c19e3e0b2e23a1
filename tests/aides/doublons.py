"""The labelled set of interventions (invented, for tests alone), and how a ranking of pairs is judged on it."""

from __future__ import annotations

import csv
from collections.abc import Collection, Sequence
from functools import cache
from pathlib import Path

from ccm_data.domain.doublons import Intervention
from ccm_data.rapprochements.lecture import read_fichier

DOSSIER = Path(__file__).resolve().parents[1] / "fixtures" / "doublons"
VRAIES = ("doublon", "double_declaration")
Codes = tuple[str, str]


@cache
def list_interventions(jeu: str = "etiquetees") -> tuple[Intervention, ...]:
    """The rows of the set, or of the one that was written without knowing the detector (`independantes`)."""
    return read_fichier(DOSSIER / f"interventions_{jeu}.csv").interventions


@cache
def read_independantes() -> dict[Codes, str]:
    """True pair → its nature, in the independent set."""
    with (DOSSIER / "interventions_independantes_paires.csv").open(encoding="utf-8", newline="") as flux:
        return {(r["code_a"], r["code_b"]): r["nature"] for r in csv.DictReader(flux)}


@cache
def read_etiquettes() -> dict[Codes, tuple[str, int]]:
    """Pair → (what it is, its family). What is no true pair is a hard negative, by kind."""
    with (DOSSIER / "interventions_etiquetees_paires.csv").open(encoding="utf-8", newline="") as flux:
        return {(r["code_a"], r["code_b"]): (r["nature"], int(r["famille"])) for r in csv.DictReader(flux)}


def list_vraies() -> set[Codes]:
    """The pairs to find."""
    return {paire for paire, (nature, _famille) in read_etiquettes().items() if nature in VRAIES}


def list_moitie(reste: int) -> tuple[list[Intervention], set[Codes]]:
    """The rows and true pairs of the odd (1: the weights were fitted on them) or even (0: held out) families."""
    codes = {c for paire, (_n, famille) in read_etiquettes().items() if famille % 2 == reste for c in paire}
    return [x for x in list_interventions() if x.code in codes], {p for p in list_vraies() if set(p) <= codes}


def compute_precision_moyenne(rangees: Sequence[Codes], vraies: Collection[Codes]) -> float:
    """Average precision: the mean, over true pairs, of the precision down to each; one that is not ranked counts 0."""
    trouvees, somme = 0, 0.0
    for rang, paire in enumerate(rangees, 1):
        if paire in vraies:
            trouvees += 1
            somme += trouvees / rang
    return somme / len(vraies)
