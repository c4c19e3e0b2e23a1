"""Classes of a shaded map: up to five steps of earth, whose labels say values that were really read.

Few distinct values: one class each. More: natural breaks (least spread within the classes). A true zero, when there are
more than five distinct values, keeps a class of its own. What was not reported belongs to no class.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from ccm_data.typographie import say_nombre

ABSENTE = -1
CLASSES_MAX = 5
# Beyond, trying every cut is slow, and equal shares serve as well.
DISTINCTES_MAX = 16
# Which steps of earth serve n classes: as far apart as they can be.
PAS = {0: (), 1: (2,), 2: (1, 3), 3: (0, 2, 4), 4: (0, 1, 3, 4), 5: (0, 1, 2, 3, 4)}


@dataclass(frozen=True)
class Classes:
    """`bornes`: smallest and largest value of each class, rising; `etiquettes`: their words; `pas`: earth steps."""

    bornes: tuple[tuple[float, float], ...]
    etiquettes: tuple[str, ...]
    pas: tuple[int, ...]

    def get_rang(self, valeur: float | None) -> int:
        """The class of a value (the highest that begins at or below it), ABSENTE for None or below all."""
        if valeur is None:
            return ABSENTE
        rangs = [rang for rang, (bas, _haut) in enumerate(self.bornes) if valeur >= bas]
        return rangs[-1] if rangs else ABSENTE


def compute_classes(
    valeurs: Iterable[float | None], dire: Callable[[float], str] = say_nombre, maximum: int = CLASSES_MAX
) -> Classes:
    """Classes of these values; `dire` puts a value into words (say_pourcent, say_compact…)."""
    distinctes = sorted({float(v) for v in valeurs if v is not None and v == v})
    groupes = _group(distinctes, maximum)
    bornes = tuple((g[0], g[-1]) for g in groupes)
    return Classes(bornes, tuple(_say_bornes(bas, haut, dire) for bas, haut in bornes), PAS[len(bornes)])


def _say_bornes(bas: float, haut: float, dire: Callable[[float], str]) -> str:
    debut, fin = dire(bas), dire(haut)
    return debut if debut == fin else f"{debut}\u2013{fin}"


def _group(distinctes: Sequence[float], maximum: int) -> list[list[float]]:
    if len(distinctes) <= maximum:
        return [[v] for v in distinctes]
    if distinctes[0] == 0:
        return [[0.0], *_group(distinctes[1:], maximum - 1)]
    if len(distinctes) > DISTINCTES_MAX:
        n = len(distinctes)
        coupes = tuple(round(n * k / maximum) for k in range(1, maximum))
        return _cut(distinctes, coupes)
    essais = combinations(range(1, len(distinctes)), maximum - 1)
    return min((_cut(distinctes, coupes) for coupes in essais), key=_compute_dispersion)


def _cut(valeurs: Sequence[float], coupes: Sequence[int]) -> list[list[float]]:
    limites = [0, *coupes, len(valeurs)]
    return [list(valeurs[a:b]) for a, b in pairwise(limites)]


def _compute_dispersion(groupes: Sequence[Sequence[float]]) -> float:
    return sum(sum((v - sum(g) / len(g)) ** 2 for v in g) for g in groupes)
