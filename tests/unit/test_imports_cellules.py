"""The hour of a meeting, as people and spreadsheets write it; a faulty value, as it is shown to them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from ccm_data.errors import ValeurInvalide
from ccm_data.imports.anomalies import cut_valeur
from ccm_data.imports.cellules import read_heure


@pytest.mark.parametrize(
    ("ecrit", "lu"),
    [
        ("09:30", "09:30"),
        ("9:05", "09:05"),
        ("09:30:00", "09:30"),
        ("9 h 30", "09:30"),
        ("9\u202fh\u202f30", "09:30"),
        ("15H", "15:00"),
        ("0 heure", "00:00"),
        (time(9, 30), "09:30"),
        (datetime(2026, 9, 24, 9, 30), "09:30"),
        (timedelta(hours=9, minutes=30), "09:30"),
        (0.395833333333333, "09:30"),
        (0, "00:00"),
    ],
)
def test_an_hour_is_read_as_people_and_spreadsheets_write_it(ecrit: Any, lu: str) -> None:
    assert read_heure(ecrit) == lu


@pytest.mark.parametrize("ecrit", ["24:00", "9 h 60", "neuf heures", "930", "", "9:3", 1.5, True])
def test_what_is_no_hour_is_refused(ecrit: Any) -> None:
    with pytest.raises(ValeurInvalide) as faute:
        read_heure(ecrit)
    assert faute.value.code == "heure_illisible"


@pytest.mark.parametrize(
    ("valeur", "dite"),
    [
        pytest.param(date(2027, 8, 4), "04/08/2027", id="a date"),
        pytest.param(datetime(2027, 8, 4, 9, 30), "04/08/2027", id="a day with its hour"),
        pytest.param(Decimal("1.5"), "1,5", id="a decimal"),
        pytest.param(1.5, "1,5", id="a number of the spreadsheet"),
        pytest.param(-3, "-3", id="a whole number"),
        pytest.param("2.5 millions", "2.5 millions", id="a text, as it was typed"),
        pytest.param(None, None, id="nothing"),
    ],
)
def test_a_faulty_value_is_shown_as_a_person_writes_it(valeur: object, dite: str | None) -> None:
    assert cut_valeur(valeur) == dite
