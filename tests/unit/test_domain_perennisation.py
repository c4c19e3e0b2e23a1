"""The State's share in the posts: a mean over those that say it, coverage beside; what is not said is not zero."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ccm_data.domain.calendrier import ANNEES
from ccm_data.domain.perennisation import PartAnnee, compute_parts, is_en_place

PART = st.one_of(st.none(), st.decimals(0, 100, places=2))


def make(depuis: date | None = None, jusqua: date | None = None, **parts: Any) -> dict[str, Any]:
    """A post that says only these shares."""
    return {"depuis": depuis, "jusqua": jusqua} | {f"part_{a}": None for a in ANNEES} | parts


def test_the_mean_is_over_the_posts_that_say_their_share() -> None:
    parts = {p.annee: p for p in compute_parts([make(part_2026=Decimal(100)), make(part_2026=Decimal(0)), make()])}
    assert parts[2026] == PartAnnee(2026, Decimal(50), 2, 3)
    assert parts[2025] == PartAnnee(2025, None, 0, 3), "nobody says it: no share, not zero"


def test_a_true_zero_is_a_share() -> None:
    assert compute_parts([make(part_2022=Decimal(0))])[0] == PartAnnee(2022, Decimal(0), 1, 1)


def test_a_post_counts_in_the_years_in_which_it_existed() -> None:
    poste = make(date(2024, 12, 31), date(2025, 1, 1), **{f"part_{a}": Decimal(40) for a in ANNEES})
    assert [(p.annee, p.postes) for p in compute_parts([poste])] == [
        (2022, 0), (2023, 0), (2024, 1), (2025, 1), (2026, 0),
    ]  # fmt: skip
    assert is_en_place(poste, date(2025, 1, 1), date(2025, 1, 1))
    assert not is_en_place(poste, date(2025, 1, 2), date(2025, 1, 2))


def test_without_posts_there_is_no_share() -> None:
    assert all(p.moyenne is None and p.postes == 0 for p in compute_parts([]))


@given(st.lists(st.builds(lambda p: make(part_2026=p), PART), max_size=8))
def test_the_mean_stays_between_the_smallest_and_the_largest(postes: list[dict[str, Any]]) -> None:
    part = compute_parts(postes)[-1]
    dites = [p["part_2026"] for p in postes if p["part_2026"] is not None]
    assert (part.dites, part.postes) == (len(dites), len(postes))
    assert (part.moyenne is None) == (not dites)
    if part.moyenne is not None:
        assert min(dites) <= part.moyenne <= max(dites)
