"""Time of the plan: quarters, date d'arrêté, time elapsed, due dates."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccm_data.domain.calendrier import (
    PLAN_DEBUT,
    PLAN_FIN,
    VEILLE_DU_PLAN,
    Trimestre,
    compute_date_arrete_par_defaut,
    compute_echeance,
    compute_temps_ecoule,
    get_dernier_trimestre_fini,
    list_entre,
    list_trimestres,
)
from ccm_data.errors import ValeurInvalide

jours = st.dates(date(2015, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("aujourd_hui", "attendu"),
    [
        pytest.param(date(2026, 11, 23), date(2026, 9, 30), id="in a quarter, the end of the one before"),
        pytest.param(date(2027, 2, 1), date(2026, 12, 31), id="after the plan, its last day"),
        pytest.param(date(2031, 7, 4), date(2026, 12, 31), id="years later, still its last day"),
        pytest.param(date(2026, 9, 30), date(2026, 9, 30), id="a quarter has ended on its last day"),
        pytest.param(date(2026, 9, 29), date(2026, 6, 30), id="the day before, it has not"),
        pytest.param(date(2022, 2, 10), date(2021, 12, 31), id="before any quarter of the plan ended, the plan's eve"),
        pytest.param(date(2019, 5, 1), date(2021, 12, 31), id="long before the plan, its eve too"),
    ],
)
def test_date_arrete_par_defaut(aujourd_hui: date, attendu: date) -> None:
    assert compute_date_arrete_par_defaut(aujourd_hui) == attendu


@pytest.mark.parametrize(
    ("jour", "attendu"),
    [
        pytest.param(VEILLE_DU_PLAN, 0, id="nothing has elapsed on the eve"),
        pytest.param(PLAN_DEBUT, 1, id="the first day counts"),
        pytest.param(date(2026, 9, 30), 1734, id="the end of September 2026"),
        pytest.param(PLAN_FIN, 1826, id="the whole plan on its last day"),
        pytest.param(date(2027, 2, 1), 1826, id="never more than the whole plan"),
        pytest.param(date(2020, 1, 1), 0, id="never less than nothing"),
    ],
)
def test_temps_ecoule(jour: date, attendu: int) -> None:
    assert compute_temps_ecoule(jour) == (attendu, 1826)


@pytest.mark.parametrize("code", ["2026-T5", "2026-T0", "T3 2026", "26-T3", "", "2026-T3-1"])
def test_an_unreadable_quarter_is_refused(code: str) -> None:
    with pytest.raises(ValeurInvalide):
        Trimestre.from_code(code)


def test_the_plan_has_twenty_quarters_in_order() -> None:
    tous = list_trimestres()
    assert [tous[0].code, tous[-1].code, len(tous)] == ["2022-T1", "2026-T4", 20]
    assert tous == sorted(tous)


def test_only_ended_quarters_are_listed_up_to_a_day() -> None:
    assert [t.code for t in list_trimestres(date(2022, 9, 29))] == ["2022-T1", "2022-T2"]
    assert len(list_trimestres(date(2027, 2, 1))) == 20
    assert list_trimestres(date(2022, 1, 5)) == []


def test_quarters_between_two_include_both_and_cross_years() -> None:
    assert [t.code for t in list_entre(Trimestre(2023, 4), Trimestre(2024, 1))] == ["2023-T4", "2024-T1"]
    assert list_entre(Trimestre(2024, 1), Trimestre(2023, 4)) == []


def test_a_report_is_due_n_days_after_the_quarter_ends() -> None:
    assert compute_echeance(Trimestre(2026, 3), 15) == date(2026, 10, 15)
    assert compute_echeance(Trimestre(2026, 4), 15) == date(2027, 1, 15)


@settings(deadline=None, max_examples=100)
@given(jours)
def test_a_day_lies_within_its_quarter(jour: date) -> None:
    trimestre = Trimestre.from_date(jour)
    assert trimestre.debut <= jour <= trimestre.fin
    assert trimestre.suivant().precedent() == trimestre
    assert trimestre.suivant().debut == trimestre.fin + timedelta(days=1)
    assert Trimestre.from_code(trimestre.code) == trimestre


@settings(deadline=None, max_examples=100)
@given(jours, jours)
def test_codes_sort_as_quarters_do(un: date, autre: date) -> None:
    a, b = Trimestre.from_date(un), Trimestre.from_date(autre)
    assert (a < b) == (a.code < b.code)
    assert (a.rang < b.rang) == (a < b)


@settings(deadline=None, max_examples=100)
@given(jours)
def test_the_default_date_is_idempotent_and_never_in_the_future(jour: date) -> None:
    arrete = compute_date_arrete_par_defaut(jour)
    assert compute_date_arrete_par_defaut(arrete) == arrete
    assert VEILLE_DU_PLAN <= arrete <= PLAN_FIN
    assert arrete <= max(jour, VEILLE_DU_PLAN)
    assert get_dernier_trimestre_fini(jour).fin <= jour
