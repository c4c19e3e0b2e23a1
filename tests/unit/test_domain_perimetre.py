"""Reading the address: what is understood, what is left out and said."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccm_data.domain.perimetre import Perimetre, read_perimetre

AUJOURD_HUI = date(2026, 11, 23)
REGIONS = {"NE001": "Agadez", "NE006": "Tillabéri"}
AXES = ("1", "2", "3", "4", "5")


def read(params: dict[str, str], aujourd_hui: date = AUJOURD_HUI) -> tuple[Perimetre, list[tuple[str, str]]]:
    perimetre, problemes = read_perimetre(params, aujourd_hui, REGIONS, AXES)
    return perimetre, [(p.parametre, p.code) for p in problemes]


def test_a_bare_address_means_everything_at_the_last_ended_quarter() -> None:
    assert read({}) == (Perimetre(date(2026, 9, 30)), [])


def test_a_full_address_is_followed_whole() -> None:
    lu, problemes = read({"region": "NE001", "axe": "3", "annee": "2024", "arrete": "2024-06-30", "lang": "en"})
    assert lu == Perimetre(date(2024, 6, 30), "NE001", "3", 2024)
    assert problemes == []


@pytest.mark.parametrize(
    ("params", "attendu"),
    [
        pytest.param({"region": "ne001"}, Perimetre(date(2026, 9, 30), "NE001"), id="a code in small letters"),
        pytest.param({"region": "tillaberi"}, Perimetre(date(2026, 9, 30), "NE006"), id="a name without its accents"),
        pytest.param({"arrete": "2025-T4"}, Perimetre(date(2025, 12, 31)), id="a quarter stands for its end"),
        pytest.param({"region": "", "annee": " "}, Perimetre(date(2026, 9, 30)), id="empty values ask for nothing"),
        pytest.param({"arrete": "2026-11-23"}, Perimetre(date(2026, 11, 23)), id="today itself is no future"),
        pytest.param({"arrete": "2021-12-31"}, Perimetre(date(2021, 12, 31)), id="the plan's eve is allowed"),
    ],
)
def test_tolerant_reading(params: dict[str, str], attendu: Perimetre) -> None:
    assert read(params) == (attendu, [])


@pytest.mark.parametrize(
    ("params", "probleme"),
    [
        pytest.param({"region": "NE999"}, ("region", "inconnu"), id="an unknown region is said"),
        pytest.param({"axe": "6"}, ("axe", "inconnu"), id="an unknown axis is said"),
        pytest.param({"annee": "2027"}, ("annee", "inconnu"), id="a year outside the plan is said"),
        pytest.param({"annee": "deux"}, ("annee", "illisible"), id="a year in words is said"),
        pytest.param({"annee": "٢٠٢٤"}, ("annee", "illisible"), id="digits of another script are said"),
        pytest.param({"arrete": "hier"}, ("arrete", "illisible"), id="an unreadable date is said"),
        pytest.param({"arrete": "2026-11-24"}, ("arrete", "futur"), id="tomorrow is said"),
        pytest.param({"arrete": "2021-12-30"}, ("arrete", "avant_plan"), id="a day before the plan's eve is said"),
    ],
)
def test_what_cannot_be_followed_is_left_out_and_said(params: dict[str, str], probleme: tuple[str, str]) -> None:
    assert read(params) == (Perimetre(date(2026, 9, 30)), [probleme])


def test_after_the_plan_a_later_date_is_brought_back_to_its_last_day() -> None:
    assert read({"arrete": "2027-01-31"}, date(2027, 2, 1)) == (
        Perimetre(date(2026, 12, 31)),
        [("arrete", "apres_plan")],
    )


def test_good_parameters_survive_bad_ones() -> None:
    lu, problemes = read({"region": "NE001", "axe": "9", "annee": "x"})
    assert (lu.region, lu.axe, lu.annee) == ("NE001", None, None)
    assert len(problemes) == 2


@settings(deadline=None, max_examples=100)
@given(st.dictionaries(st.sampled_from(["region", "axe", "annee", "arrete"]), st.text(max_size=12)))
def test_no_address_ever_breaks_a_screen(params: dict[str, str]) -> None:
    perimetre, _ = read_perimetre(params, AUJOURD_HUI, REGIONS, AXES)
    assert perimetre.region in (None, *REGIONS)
    assert perimetre.axe in (None, *AXES)
    assert perimetre.date_arrete <= AUJOURD_HUI
