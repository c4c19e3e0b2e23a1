"""What is wrong in a file, as data: where, which value, why, what was perhaps meant. Words are chosen from the code.

Three grades: `bloquant` (nothing of the sheet can be taken), `a_corriger` (the row cannot be taken: mend it or leave it
out), `a_verifier` (the row is taken; somebody should look).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from ccm_data.domain.vocabulaire import Gravite
from ccm_data.typographie import say_court

ORDRE: Final = {gravite: rang for rang, gravite in enumerate(Gravite)}
VALEUR_MAX: Final = 80  # a long narrative is shown by its beginning


@dataclass(frozen=True)
class Anomalie:
    """`ligne` is the number that the spreadsheet shows; `colonne` the heading; `attendu` what is allowed, in words."""

    code: str
    gravite: Gravite
    feuille: str | None = None
    ligne: int | None = None
    colonne: str | None = None
    valeur: str | None = None
    suggestion: str | None = None
    attendu: str | None = None


@dataclass(frozen=True)
class Groupe:
    """The same anomaly on several lines: `lignes` as ranges, « 4-9, 12 » (empty where it has no line)."""

    anomalie: Anomalie
    lignes: str
    nombre: int


def cut_valeur(valeur: object) -> str | None:
    """A value as it is shown beside its anomaly: dates and decimals as the person wrote them, not as they were read."""
    if isinstance(valeur, date):
        return f"{valeur:%d/%m/%Y}"
    if isinstance(valeur, float | Decimal):
        return str(valeur).replace(".", ",")
    return None if valeur is None else say_court(str(valeur), VALEUR_MAX)


def say_plages(lignes: Iterable[int]) -> str:
    """« 4-9, 12 »."""
    plages: list[list[int]] = []
    for ligne in sorted(set(lignes)):
        if plages and ligne == plages[-1][1] + 1:
            plages[-1][1] = ligne
        else:
            plages.append([ligne, ligne])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in plages)


def group_anomalies(anomalies: Sequence[Anomalie]) -> list[Groupe]:
    """The same fault told once, with its lines; gravest first, then in the file's order."""
    groupes: dict[Anomalie, list[int]] = {}
    for anomalie in anomalies:
        lignes = groupes.setdefault(replace(anomalie, ligne=None), [])
        if anomalie.ligne is not None:
            lignes.append(anomalie.ligne)
    rangs = sorted(groupes.items(), key=lambda x: ORDRE[x[0].gravite])
    return [
        Groupe(replace(anomalie, ligne=min(lignes, default=None)), say_plages(lignes), max(len(lignes), 1))
        for anomalie, lignes in rangs
    ]


def list_lignes_fautives(anomalies: Iterable[Anomalie]) -> set[tuple[str | None, int]]:
    """(sheet, line) of the rows that cannot be taken."""
    return {(a.feuille, a.ligne) for a in anomalies if a.gravite is Gravite.A_CORRIGER and a.ligne is not None}
