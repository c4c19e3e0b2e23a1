"""Money shared out over regions, themes and years: counted once, to the franc, whichever way it is added up again."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccm_data.domain.repartition import Etendue, Piece, compute_jours, compute_parts, split_montant, sum_pieces
from ccm_data.errors import ValeurInvalide

REGIONS = ("NE001", "NE002", "NE005", "NE")
THEMES = ("sante", "protection", "genre")


def make_parts(nombre: int) -> st.SearchStrategy[tuple[Decimal, ...]]:
    """No shares, or as many whole percents as there are keys, together 100."""
    if nombre == 0:
        return st.just(())
    coupes = st.lists(st.integers(0, 100), min_size=nombre - 1, max_size=nombre - 1).map(sorted)
    parts = coupes.map(lambda c: tuple(Decimal(b - a) for a, b in zip([0, *c], [*c, 100], strict=True)))
    return st.just(()) | parts


@st.composite
def make_etendue(tirer: st.DrawFn) -> Etendue:
    regions = tuple(tirer(st.lists(st.sampled_from(REGIONS), unique=True)))
    themes = tuple(tirer(st.lists(st.sampled_from(THEMES), unique=True)))
    bailleurs = tuple(tirer(st.lists(st.sampled_from(["due", "afd", "giz"]), unique=True)))
    debut = tirer(st.none() | st.dates(date(2020, 1, 1), date(2026, 12, 31)))
    fin = None if debut is None else tirer(st.none() | st.integers(0, 2500).map(lambda n: debut + timedelta(days=n)))
    return Etendue(
        regions, themes, tirer(make_parts(len(regions))), tirer(make_parts(len(themes))), debut, fin, bailleurs
    )


@given(st.integers(0, 10**13), make_etendue())
def test_the_pieces_add_up_to_the_amount(montant: int, etendue: Etendue) -> None:
    pieces = split_montant(montant, etendue)
    assert sum(pieces.values()) == montant
    assert all(part >= 0 for part in pieces.values())


@given(st.lists(st.tuples(st.integers(0, 10**12), make_etendue()), max_size=5))
def test_however_they_are_added_up_the_total_is_the_same(interventions: list[tuple[int, Etendue]]) -> None:
    pieces = [split_montant(montant, etendue) for montant, etendue in interventions]
    total = sum(montant for montant, _e in interventions)
    for axes in (
        ("annee",),
        ("region",),
        ("theme",),
        ("bailleur",),
        ("region", "theme"),
        ("annee", "region", "theme"),
        (),
    ):
        assert sum(sum_pieces(pieces, *axes).values()) == total
    par_deux, seul = sum_pieces(pieces, "region", "theme"), Counter[object]()
    for (region, _theme), montant in par_deux.items():
        seul[region] += montant
    assert dict(seul) == {region: m for (region,), m in sum_pieces(pieces, "region").items()}


def test_shares_of_regions_and_themes_multiply() -> None:
    etendue = Etendue(("NE001", "NE002"), ("sante", "genre"), (Decimal(60), Decimal(40)), (Decimal(75), Decimal(25)))
    assert split_montant(1000, etendue) == {
        Piece(None, None, "NE001", "sante"): 450, Piece(None, None, "NE001", "genre"): 150,
        Piece(None, None, "NE002", "sante"): 300, Piece(None, None, "NE002", "genre"): 100,
    }  # fmt: skip


def test_without_shares_the_parts_are_equal_and_the_odd_francs_go_to_the_first() -> None:
    assert sum_pieces([split_montant(100, Etendue(("NE001", "NE002", "NE005")))], "region") == {
        ("NE001",): 34, ("NE002",): 33, ("NE005",): 33,
    }  # fmt: skip


def test_what_is_not_said_is_a_key_of_its_own_and_a_share_of_nothing_gets_nothing() -> None:
    assert split_montant(10, Etendue()) == {Piece(None, None, None, None): 10}
    assert set(split_montant(10, Etendue(("NE", "NE001"), (), (Decimal(100), Decimal(0))))) == {
        Piece(None, None, "NE", None)
    }


@pytest.mark.parametrize(
    ("debut", "fin", "jours"),
    [
        pytest.param(date(2025, 12, 31), date(2026, 1, 1), {2025: 1, 2026: 1}, id="both ends count"),
        pytest.param(date(2024, 1, 1), date(2024, 12, 31), {2024: 366}, id="a leap year"),
        pytest.param(date(2026, 3, 1), date(2026, 3, 1), {2026: 1}, id="a single day"),
        pytest.param(date(2026, 3, 1), None, {None: 1}, id="no known end: no year is guessed"),
        pytest.param(None, None, {None: 1}, id="no date at all"),
    ],
)
def test_years_weigh_by_their_days(debut: date | None, fin: date | None, jours: dict[int | None, int]) -> None:
    assert compute_jours(debut, fin) == jours


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        pytest.param((Decimal(60), Decimal(39)), "parts_somme", id="99 %"),
        pytest.param((Decimal(100),), "parts_illisibles", id="one share for two regions"),
        pytest.param((Decimal(110), Decimal(-10)), "parts_illisibles", id="a negative share"),
    ],
)
def test_shares_that_are_none_are_refused(parts: tuple[Decimal, ...], code: str) -> None:
    with pytest.raises(ValeurInvalide) as refus:
        compute_parts(("NE001", "NE002"), parts)
    assert refus.value.code == code
