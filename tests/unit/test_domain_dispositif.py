"""The life of a committee at a date, and when an operational one sleeps: each limit at its edge."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from ccm_data.domain.dispositif import (
    ACTIF,
    DISSOUS,
    ENDORMI,
    INCONNU,
    STADES,
    compute_recul,
    compute_stade,
    compute_veille,
    is_pourvu,
)

JOUR = date(2026, 9, 30)
LENDEMAIN = JOUR + timedelta(days=1)
LIMITE = date(2026, 3, 30)


def make(statut: str = "operationnel", **dates: date | None) -> dict[str, Any]:
    """A committee that went through every stage in 2023, unless told otherwise."""
    return {
        "statut": statut,
        "date_creation": date(2023, 1, 5),
        "date_formation": date(2023, 4, 5),
        "date_operationnel": date(2023, 6, 5),
        "date_dissolution": None,
        "derniere_activite": JOUR,
    } | dates


@pytest.mark.parametrize(
    ("comite", "stade"),
    [
        pytest.param(make(), "operationnel", id="operational"),
        pytest.param(make("planifie", date_creation=None), "planifie", id="planned"),
        pytest.param(make(date_operationnel=JOUR), "operationnel", id="operational that very day"),
        pytest.param(make(date_operationnel=LENDEMAIN), "forme", id="operational the day after"),
        pytest.param(make(date_operationnel=None), "operationnel", id="operational since nobody knows when"),
        pytest.param(make(date_formation=LENDEMAIN, date_operationnel=LENDEMAIN), "cree", id="trained the day after"),
        pytest.param(
            make(date_creation=LENDEMAIN, date_formation=LENDEMAIN, date_operationnel=LENDEMAIN), "planifie",
            id="created the day after",
        ),
        pytest.param(make("cree"), "cree", id="the declared status is never overtaken"),
        pytest.param(make(date_dissolution=JOUR), DISSOUS, id="dissolved that very day"),
        pytest.param(make(date_dissolution=LENDEMAIN), "operationnel", id="dissolved the day after"),
    ],
)  # fmt: skip
def test_the_stage_of_a_committee_is_that_of_the_date(comite: dict[str, Any], stade: str) -> None:
    assert compute_stade(comite, JOUR) == stade
    assert stade in STADES


@pytest.mark.parametrize(
    ("comite", "veille"),
    [
        pytest.param(make(derniere_activite=LIMITE), ACTIF, id="active six months ago"),
        pytest.param(make(derniere_activite=LIMITE - timedelta(days=1)), ENDORMI, id="a day longer: it sleeps"),
        pytest.param(make(derniere_activite=LENDEMAIN), ACTIF, id="active since"),
        pytest.param(make(derniere_activite=None), INCONNU, id="nobody told: it is not asleep"),
        pytest.param(make(derniere_activite=None, date_operationnel=LIMITE), ACTIF, id="operational six months ago"),
        pytest.param(
            make(derniere_activite=None, date_operationnel=LIMITE - timedelta(days=1)), INCONNU, id="a day longer"
        ),
        pytest.param(make("forme"), None, id="not operational yet"),
        pytest.param(make(date_dissolution=JOUR), None, id="dissolved"),
    ],
)
def test_an_operational_committee_sleeps_without_activity(comite: dict[str, Any], veille: str | None) -> None:
    assert compute_veille(comite, JOUR, 6) == veille


@pytest.mark.parametrize(("mois", "veille"), [(5, ENDORMI), (6, ACTIF), (7, ACTIF)], ids=["five", "six", "seven"])
def test_after_how_many_months_it_sleeps_is_given(mois: int, veille: str) -> None:
    assert compute_veille(make(derniere_activite=LIMITE), JOUR, mois) == veille


@pytest.mark.parametrize(
    ("jour", "mois", "attendu"),
    [
        (date(2026, 9, 30), 6, date(2026, 3, 30)),
        (date(2026, 8, 31), 6, date(2026, 2, 28)),
        (date(2024, 8, 31), 6, date(2024, 2, 29)),
        (date(2026, 3, 31), 3, date(2025, 12, 31)),
        (date(2026, 12, 31), 24, date(2024, 12, 31)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 5, 5), 0, date(2026, 5, 5)),
    ],
    ids=str,
)
def test_months_are_counted_back_on_the_calendar(jour: date, mois: int, attendu: date) -> None:
    assert compute_recul(jour, mois) == attendu


@pytest.mark.parametrize(
    ("en_poste", "jusqua", "pourvu"),
    [(True, None, True), (True, JOUR, True), (True, JOUR - timedelta(days=1), False), (False, None, False)],
    ids=["filled", "until that day", "until the day before", "said vacant"],
)
def test_a_post_is_filled_until_its_last_day(en_poste: bool, jusqua: date | None, pourvu: bool) -> None:
    assert is_pourvu({"en_poste": en_poste, "jusqua": jusqua}, JOUR) is pourvu
