"""Which pairs are worth comparing: all of them when they are few, else those that meet somewhere.

A pair that scores high shares a place and a month, and either words or an actor with an amount. Rows are gathered by
place (region, national, unknown), and inside a place only pairs that also share words or an actor are kept.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from ccm_data.rapprochements.fiches import Fiches

Rangs = NDArray[np.int64]
TOUTES_JUSQUA: Final = 400  # interventions whose pairs are all compared (80 000)
MOTS_MINIMUM: Final = 0.20  # cosine of words below which two wordings share nothing that could score high
MOTS_MINIMUM_COMPLEMENTAIRE: Final = 0.10  # complementary wordings share less
BLOC: Final = 1_500  # rows whose similarities stand in memory at a time


def list_toutes(n: int) -> tuple[Rangs, Rangs]:
    """Every pair of n rows."""
    i, j = np.triu_indices(n, 1)
    return i.astype(np.int64), j.astype(np.int64)


def list_candidats(f: Fiches, mots_minimum: float = MOTS_MINIMUM) -> tuple[Rangs, Rangs]:
    """Pairs to compare, i < j, in order; `mots_minimum` is the cosine of words from which two wordings meet."""
    if f.n <= TOUTES_JUSQUA:
        return list_toutes(f.n)
    cles: list[Rangs] = [np.zeros(0, dtype=np.int64)]
    for groupe in _list_groupes(f):
        for debut in range(0, len(groupe), BLOC):
            cles.append(_list_proches(f, groupe[debut : debut + BLOC], groupe, mots_minimum))
    uniques = np.unique(np.concatenate(cles))
    return uniques // f.n, uniques % f.n


def _list_groupes(f: Fiches) -> list[Rangs]:
    """Rows by place; a row of two regions is in both; national rows and rows without place join every group."""
    partout = f.national | ~f.regions.any(axis=1)
    groupes = [np.flatnonzero((f.regions[:, k] > 0) | partout) for k in range(f.regions.shape[1])]
    return groupes or [np.arange(f.n)]


def _list_proches(f: Fiches, lignes: Rangs, groupe: Rangs, mots_minimum: float) -> Rangs:
    """Keys i × n + j of the pairs (line, row of the group) that share a month and words or an actor."""
    mots = (f.mots[lignes] @ f.mots[groupe].T).tocoo()
    garde = mots.data >= mots_minimum
    a, b = [mots.row[garde]], [mots.col[garde]]
    for x, y in _list_lies(f, lignes, groupe):
        a.append(x)
        b.append(y)
    i, j = lignes[np.concatenate(a)], groupe[np.concatenate(b)]
    i, j = np.minimum(i, j), np.maximum(i, j)
    disjoints = (f.debut[i] > f.fin[j]) | (f.debut[j] > f.fin[i])  # an unknown date is no proof: NaN compares false
    bon = (i < j) & ~disjoints
    cles: Rangs = i[bon] * f.n + j[bon]
    return cles


def _list_lies(f: Fiches, lignes: Rangs, groupe: Rangs) -> list[tuple[Rangs, Rangs]]:
    """Pairs whose actors meet (the lead of one is partner or funder of the other) and whose amounts are not far apart."""
    sorties = []
    for gauche, droite, inverse in ((lignes, groupe, False), (groupe, lignes, True)):
        chefs = f.chef[gauche]
        dits = np.flatnonzero(chefs >= 0)
        tableau = sparse.csr_matrix(
            (np.ones(len(dits), dtype=np.float32), (dits, chefs[dits])), shape=(len(gauche), f.engages.shape[1])
        )
        lies = (tableau @ f.engages[droite].T).tocoo()
        x, y = (lies.col, lies.row) if inverse else (lies.row, lies.col)
        i, j = lignes[x], groupe[y]
        petit, grand = np.minimum(f.budget[i], f.budget[j]), np.maximum(f.budget[i], f.budget[j])
        proche = ~(petit < grand / 2)  # an unknown amount is no proof
        sorties.append((x[proche], y[proche]))
    return sorties
