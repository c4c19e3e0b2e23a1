"""The doors of the detector: interventions → ranked, explained pairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ccm_data.domain.doublons import (
    SEUIL_COMPLEMENTAIRE,
    SEUIL_PAIRE,
    Intervention,
    Nature,
    Paire,
    Vecteur,
    compute_complementarite,
    compute_libelle,
    compute_score,
    is_declaration,
)
from ccm_data.errors import ValeurInvalide
from ccm_data.rapprochements.annuaire import Annuaire
from ccm_data.rapprochements.candidats import MOTS_MINIMUM, MOTS_MINIMUM_COMPLEMENTAIRE, Rangs, list_candidats
from ccm_data.rapprochements.fiches import Fiches, build_fiches
from ccm_data.rapprochements.raisons import Temoin, list_raisons
from ccm_data.rapprochements.termes import compute_termes
from ccm_data.rapprochements.territoire import Territoire
from ccm_data.rapprochements.texte import read_lexique

LOT: Final = 50_000  # pairs compared at a time: bounds the memory
PAIRES_MAX: Final = 20  # pairs told per intervention at most, on average
TERMES_DITS: Final = ("lieu", "periode", "public", "theme", "action", "lien", "montant", "dates")


def find_paires(
    interventions: Sequence[Intervention],
    territoire: Territoire,
    annuaire: Annuaire,
    seuil: float = SEUIL_PAIRE,
    maximum: int | None = None,
) -> list[Paire]:
    """Likely duplicates and double declarations, most likely first; ties by code. `maximum`: how many are told at most.

    The order of the interventions changes nothing. Raises ValeurInvalide (`codes_en_double`) when a code stands twice.
    """
    return _find(interventions, territoire, annuaire, compute_score, seuil, None, maximum)


def find_complementaires(
    interventions: Sequence[Intervention],
    territoire: Territoire,
    annuaire: Annuaire,
    seuil: float = SEUIL_COMPLEMENTAIRE,
    maximum: int | None = None,
) -> list[Paire]:
    """Pairs that complete each other: one place, time and public, another activity. Raises as find_paires."""
    return _find(interventions, territoire, annuaire, compute_complementarite, seuil, Nature.COMPLEMENTAIRE, maximum)


def _find(
    interventions: Sequence[Intervention],
    territoire: Territoire,
    annuaire: Annuaire,
    juge: Callable[[dict[str, Vecteur]], Vecteur],
    seuil: float,
    nature: Nature | None,
    maximum: int | None,
) -> list[Paire]:
    doubles = sorted(code for code, n in Counter(x.code for x in interventions).items() if n > 1)
    if doubles:
        raise ValeurInvalide("codes_en_double", codes=doubles)
    rangees = sorted(interventions, key=lambda x: x.code)
    if len(rangees) < 2:
        return []
    lexique = read_lexique()
    fiches = build_fiches(rangees, territoire, annuaire, lexique)
    i, j = list_candidats(fiches, MOTS_MINIMUM if nature is None else MOTS_MINIMUM_COMPLEMENTAIRE)
    i, j, scores = score_paires(fiches, i, j, juge, seuil)
    choix = rank_paires(scores, i, j)[: PAIRES_MAX * len(rangees) if maximum is None else maximum]
    temoin = Temoin(rangees, fiches, territoire, annuaire, lexique)
    return [_tell(temoin, int(i[k]), int(j[k]), float(scores[k]), nature) for k in choix]


def score_paires(
    fiches: Fiches,
    i: Rangs,
    j: Rangs,
    juge: Callable[[dict[str, Vecteur]], Vecteur] = compute_score,
    seuil: float = 0.0,
) -> tuple[Rangs, Rangs, NDArray[np.float64]]:
    """The pairs among these that reach the threshold, with their scores rounded to 4 decimals; by lots."""
    gardes: list[tuple[Rangs, Rangs, NDArray[np.float64]]] = []
    for debut in range(0, len(i), LOT):
        a, b = i[debut : debut + LOT], j[debut : debut + LOT]
        scores: NDArray[np.float64] = juge(compute_termes(fiches, a, b)).astype(np.float64)
        np.round(scores, 4, out=scores)
        bons = scores >= seuil
        gardes.append((a[bons], b[bons], scores[bons]))
    if not gardes:
        return i, j, np.zeros(0)
    lots = list(zip(*gardes, strict=True))
    return np.concatenate(lots[0]), np.concatenate(lots[1]), np.concatenate(lots[2])


def rank_paires(scores: NDArray[np.float64], i: Rangs, j: Rangs) -> NDArray[np.int64]:
    """Most likely first; ties by the rows' order, which is that of their codes."""
    ordre: NDArray[np.int64] = np.lexsort((j, i, -scores))
    return ordre


def _tell(temoin: Temoin, i: int, j: int, score: float, nature: Nature | None) -> Paire:
    termes = compute_termes(temoin.fiches, np.array([i]), np.array([j]))
    if nature is None:
        nature = Nature.DOUBLE_DECLARATION if is_declaration(termes)[0] else Nature.DOUBLON
    dits = {nom: round(float(termes[nom][0]), 3) for nom in TERMES_DITS}
    dits["libelle"] = round(float(compute_libelle(termes)[0]), 3)
    raisons = tuple(list_raisons(temoin, i, j, {nom: float(v[0]) for nom, v in termes.items()}, nature))
    return Paire(temoin.rangees[i].code, temoin.rangees[j].code, score, nature, raisons, dits)
