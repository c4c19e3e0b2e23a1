"""Who does what where: interventions laid out on two axes, three ways (how many, by how many actors, for how much).

Counts are distinct: an intervention in two cells of a row counts once in its total. Money is shared out (`repartition`) and
counted once: « par bailleur » or « par exécutant » are two readings of the same francs, never added. An amount that is not
known, or not this person's to see, is no zero: each cell says how many of its interventions have none.
Source: règles de calcul, 4 (two views), 5 (money counted once).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any, Final, Literal

from ccm_data.domain.montants import split_largest_remainder
from ccm_data.domain.repartition import Piece

Axe = Literal["region", "theme", "acteur", "pmm", "pnm", "activite"]
Vue = Literal["bailleur", "executant"]
Cle = str | None
AXES_D_ARGENT: Final = ("region", "theme")  # axes over which the money itself is shared out


@dataclass(frozen=True)
class Rangee:
    """An intervention on its axes (axis → its keys, in order); `pieces` None: its amount is not known or not to be seen."""

    code: str
    executant: str
    bailleurs: tuple[str, ...]
    acteurs: frozenset[str]
    axes: Mapping[str, tuple[str, ...]]
    pieces: Mapping[Piece, int] | None


@dataclass(frozen=True)
class Case:
    """A cell or a total. `fcfa` None: no amount of it is known; `sans_montant`: how many interventions have none."""

    interventions: int
    acteurs: int
    fcfa: int | None
    sans_montant: int
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Matrice:
    """Cells by (row, column), totals by row, by column and of all; a key None is what is not said."""

    cases: Mapping[tuple[Cle, Cle], Case]
    lignes: Mapping[Cle, Case]
    colonnes: Mapping[Cle, Case]
    total: Case


def compute_matrice(rangees: Iterable[Rangee], lignes: Axe, colonnes: Axe, vue: Vue = "executant") -> Matrice:
    """Lay interventions out. On the axis `acteur`, a row is in its funders' or in its lead's, as `vue` says."""
    contenus: dict[tuple[Cle, Cle], list[tuple[Rangee, int | None]]] = {}
    for rangee in rangees:
        parts = None if rangee.pieces is None else _share(rangee, lignes, colonnes, vue)
        for cle in product(_list_cles(rangee, lignes, vue), _list_cles(rangee, colonnes, vue)):
            contenus.setdefault(cle, []).append((rangee, None if parts is None else parts.get(cle, 0)))
    par_ligne: dict[Cle, list[tuple[Rangee, int | None]]] = {}
    par_colonne: dict[Cle, list[tuple[Rangee, int | None]]] = {}
    for (ligne, colonne), siennes in contenus.items():
        par_ligne.setdefault(ligne, []).extend(siennes)
        par_colonne.setdefault(colonne, []).extend(siennes)
    tout = [x for siennes in contenus.values() for x in siennes]
    return Matrice(
        {cle: _count(siennes) for cle, siennes in contenus.items()},
        {cle: _count(siennes) for cle, siennes in par_ligne.items()},
        {cle: _count(siennes) for cle, siennes in par_colonne.items()},
        _count(tout),
    )


def _list_cles(rangee: Rangee, axe: Axe, vue: Vue) -> tuple[Cle, ...]:
    if axe == "acteur":
        return (rangee.bailleurs or (None,)) if vue == "bailleur" else (rangee.executant,)
    return rangee.axes.get(axe) or (None,)


def _share(rangee: Rangee, lignes: Axe, colonnes: Axe, vue: Vue) -> dict[tuple[Cle, Cle], int]:
    """FCFA per cell: its pieces added up along the axes that they know, then split equally over the other ones."""
    parts: dict[tuple[Cle, Cle], int] = {}
    autres = [axe for axe in (lignes, colonnes) if axe not in AXES_D_ARGENT and axe != "acteur"]
    sommes: dict[tuple[tuple[str, Cle], ...], int] = {}
    for piece, montant in (rangee.pieces or {}).items():
        connus: tuple[tuple[str, Cle], ...] = tuple(
            (axe, _get_cle(piece, rangee, axe, vue)) for axe in (lignes, colonnes) if axe not in autres
        )
        sommes[connus] = sommes.get(connus, 0) + montant
    libres = list(product(*(_list_cles(rangee, axe, vue) for axe in autres)))
    for connus, montant in sommes.items():
        for libre, part in zip(libres, split_largest_remainder(montant, [1] * len(libres)), strict=True):
            ou: dict[Any, Cle] = dict(connus) | dict(zip(autres, libre, strict=True))
            cle = (ou[lignes], ou[colonnes])
            parts[cle] = parts.get(cle, 0) + part
    return parts


def _get_cle(piece: Piece, rangee: Rangee, axe: Axe, vue: Vue) -> Cle:
    if axe == "acteur":
        return piece.bailleur if vue == "bailleur" else rangee.executant
    return piece.region if axe == "region" else piece.theme


def _count(contenu: Iterable[tuple[Rangee, int | None]]) -> Case:
    codes: dict[str, Rangee] = {}
    connus: list[int] = []
    for rangee, montant in contenu:
        codes.setdefault(rangee.code, rangee)
        if montant is not None:
            connus.append(montant)
    acteurs = {a for rangee in codes.values() for a in rangee.acteurs}
    sans = sum(rangee.pieces is None for rangee in codes.values())
    return Case(len(codes), len(acteurs), sum(connus) if connus else None, sans, tuple(codes))
