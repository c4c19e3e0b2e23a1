"""How wide a column of words is asked to be: its longest short cell, not only those of the first rows."""

from __future__ import annotations

import pandas as pd
import pytest

from pages.ui.reglages import ESPACE, make_colonnes_mots

COURTS = ["Créé"] * 12


def get_label(cellules: list[str], titre: str = "Stade") -> str:
    return str(make_colonnes_mots(pd.DataFrame({titre: cellules}))[titre]["label"])


def test_a_long_word_of_a_late_row_widens_its_heading() -> None:
    label = get_label([*COURTS, "Opérationnel"])
    assert label.strip() == "Stade"
    assert label.endswith(ESPACE)
    assert len(get_label([*COURTS, "Opérationnel, en sommeil"])) > len(label), "the longer, the wider"


@pytest.mark.parametrize(
    "cellules",
    [
        pytest.param(COURTS, id="words shorter than the heading"),
        pytest.param([*COURTS, "Une phrase entière qui dit bien plus qu’un nom"], id="a sentence"),
        pytest.param([], id="no row"),
    ],
)
def test_nothing_is_widened_without_need(cellules: list[str]) -> None:
    assert get_label(cellules) == "Stade"


def test_numbers_and_dates_keep_their_own_drawing() -> None:
    assert make_colonnes_mots(pd.DataFrame({"n": [1, 2], "jour": [None, "x"]})) == {}
