"""An intervention's money, counted once: shared out over funders, regions, themes and years.

Region and theme shares multiply; without shares, and between funders, the parts are equal; years weigh by their days, both
ends included. All is rounded in one go, by largest remainder over the smallest pieces: whichever way these are added up
again, the sum is the amount, to the franc. « National » is a key of its own and fills no region; what is not said is the
key None. Source: règles de calcul, 5.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Final, NamedTuple

from ccm_data.domain.montants import split_largest_remainder
from ccm_data.errors import ValeurInvalide

NATIONAL: Final = "NE"
CENT: Final = Decimal(100)


class Piece(NamedTuple):
    """Where a part of the money goes; None for what the register does not say."""

    annee: int | None
    bailleur: str | None
    region: str | None
    theme: str | None


@dataclass(frozen=True)
class Etendue:
    """Where, on what, when and with whose money. Shares are percents in the order of their list, or empty."""

    regions: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    parts_regions: tuple[Decimal, ...] = ()
    parts_themes: tuple[Decimal, ...] = ()
    debut: date | None = None
    fin: date | None = None
    bailleurs: tuple[str, ...] = ()


def compute_parts(cles: Sequence[str], parts: Sequence[Decimal] = ()) -> dict[str | None, Fraction]:
    """Key → share of 1; equal without `parts`; {None: 1} without keys.

    Raises ValeurInvalide (parts_illisibles, parts_somme) when there is not one part per key or they are not 100 %.
    """
    if not cles:
        return {None: Fraction(1)}
    if not parts:
        return {cle: Fraction(1, len(cles)) for cle in cles}
    if len(parts) != len(cles) or any(p < 0 for p in parts):
        raise ValeurInvalide("parts_illisibles", champ="parts", valeur=list(parts), attendu=str(len(cles)))
    if sum(parts) != CENT:
        raise ValeurInvalide("parts_somme", champ="parts", valeur=list(parts), attendu="100")
    return {cle: Fraction(p) / 100 for cle, p in zip(cles, parts, strict=True)}


def compute_jours(debut: date | None, fin: date | None) -> dict[int | None, int]:
    """Year → days of the period in it, both ends included; {None: 1} when an end is not known."""
    if debut is None or fin is None or fin < debut:
        return {None: 1}
    return {
        annee: (min(fin, date(annee, 12, 31)) - max(debut, date(annee, 1, 1))).days + 1
        for annee in range(debut.year, fin.year + 1)
    }


def split_montant(montant: int, etendue: Etendue) -> dict[Piece, int]:
    """Whole FCFA per piece; they add up to `montant`. Pieces of a share of 0 are left out."""
    annees = compute_jours(etendue.debut, etendue.fin)
    regions = compute_parts(etendue.regions, etendue.parts_regions)
    themes = compute_parts(etendue.themes, etendue.parts_themes)
    bailleurs = compute_parts(etendue.bailleurs)
    poids = {
        Piece(annee, bailleur, region, theme): jours * part_bailleur * part_region * part_theme
        for (annee, jours), (bailleur, part_bailleur), (region, part_region), (theme, part_theme) in product(
            annees.items(), bailleurs.items(), regions.items(), themes.items()
        )
        if part_region and part_theme
    }
    return dict(zip(poids, split_largest_remainder(montant, list(poids.values())), strict=True))


def sum_pieces(pieces: Iterable[Mapping[Piece, int]], *axes: str) -> dict[tuple[int | str | None, ...], int]:
    """Pieces of many interventions added up by some of annee, bailleur, region, theme, in order of appearance."""
    sommes: Counter[tuple[int | str | None, ...]] = Counter()
    for siennes in pieces:
        for piece, montant in siennes.items():
            sommes[tuple(getattr(piece, axe) for axe in axes)] += montant
    return dict(sommes)
