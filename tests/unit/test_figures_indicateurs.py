"""The history of an indicator: the labels of targets leave the curve alone."""

from __future__ import annotations

import pandas as pd
import pytest

from ccm_data.figures.indicateurs import list_etiquettes, list_places


@pytest.mark.parametrize(
    ("valeurs", "cible", "place"),
    [
        ([1, 5, 9], 4, "bottom right"),
        ([1, 5, 9], 8, "top left"),
        ([31, 20, 10], 15, "bottom left"),
        ([31, 20, 10], 25, "top right"),
        ([], 4, "top left"),
    ],
    ids=[
        "above the target and rising: below, to the right",
        "below the target and rising: above, to the left",
        "above the target and falling: below, to the left",
        "below the target and falling: above, to the right",
        "no figure at all: above, to the left",
    ],
)
def test_a_label_stands_where_the_curve_does_not_pass(valeurs: list[int], cible: int, place: str) -> None:
    fins = pd.Series(pd.to_datetime(["2021-12-31", "2022-12-31", "2023-12-31"][: len(valeurs)]))
    assert list_places({2022: cible}, fins, pd.Series(valeurs, dtype="float")) == [place]


def test_the_last_year_s_label_never_leaves_the_chart_on_the_right() -> None:
    fins = pd.Series(pd.to_datetime(["2025-12-31", "2026-12-31"]))
    assert list_places({2026: 1}, fins, pd.Series([2.0, 3.0])) == ["bottom left"]


def test_a_target_that_stays_the_same_is_written_once_and_a_level_is_named_by_the_axis() -> None:
    assert list_etiquettes([12, 40, 40], a_niveaux=False) == ["cible 12", "cible 40", ""]
    assert list_etiquettes([1, 2], a_niveaux=True) == ["cible", "cible"]
