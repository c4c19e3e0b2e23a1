"""Alerts, each at the edge of its threshold."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from ccm_data.domain.alertes import EtatActivite, compute_alertes, list_etats
from ccm_data.domain.seuils import Seuils

FIN_2023, FIN_T3 = date(2023, 12, 31), date(2026, 9, 30)


def list_codes(jour: date = FIN_T3, seuils: Seuils | None = None, **champs: Any) -> list[str]:
    defauts = {"annees": (2025, 2026), "avancement": 60.0, "statut": "en_cours", "dernier_trimestre": "2026-T3"}
    etat = EtatActivite("2.2.2", **{**defauts, "prevu": 100, "paye": 50, **champs})
    return [a.code for a in compute_alertes([etat], jour, seuils or Seuils())]


def test_an_activity_that_runs_as_planned_raises_nothing() -> None:
    assert list_codes() == []


@pytest.mark.parametrize(
    ("champs", "alerte"),
    [
        pytest.param({"paye": 80, "avancement": 39.9}, True, id="paid 80 %, done just under 40 %"),
        pytest.param({"paye": 79, "avancement": 39.9}, False, id="paid just under 80 %"),
        pytest.param({"paye": 80, "avancement": 40.0}, False, id="done 40 % exactly"),
        pytest.param({"paye": 80, "avancement": None}, False, id="progress not reported is not zero"),
        pytest.param({"paye": 80, "avancement": 0.0}, True, id="a reported zero is zero"),
        pytest.param({"paye": None, "avancement": 0.0}, False, id="payment not reported"),
        pytest.param({"paye": 80, "avancement": 10.0, "annees": ()}, True, id="an unscheduled activity too"),
    ],
)
def test_money_ahead_of_work(champs: dict[str, Any], alerte: bool) -> None:
    assert ("paye_sans_fait" in list_codes(**champs)) is alerte


@pytest.mark.parametrize(
    ("jour", "champs", "alerte"),
    [
        pytest.param(date(2023, 12, 30), {}, False, id="one day left"),
        pytest.param(FIN_2023, {}, True, id="the last day is over"),
        pytest.param(FIN_2023, {"statut": "achevee"}, False, id="completed"),
        pytest.param(FIN_2023, {"statut": "abandonnee"}, False, id="given up"),
        pytest.param(FIN_2023, {"avancement": 100.0}, False, id="done whole"),
        pytest.param(FIN_2023, {"avancement": None, "statut": None}, False, id="never reported is another matter"),
        pytest.param(FIN_2023, {"annees": ()}, False, id="unscheduled"),
    ],
)
def test_an_end_passed_without_completion(jour: date, champs: dict[str, Any], alerte: bool) -> None:
    assert ("fin_depassee" in list_codes(jour, **{"annees": (2022, 2023), **champs})) is alerte


@pytest.mark.parametrize(
    ("dernier", "alerte"),
    [
        pytest.param("2026-T2", False, id="one quarter without an update"),
        pytest.param("2026-T1", True, id="two quarters without an update"),
        pytest.param(None, True, id="never since the planned start"),
    ],
)
def test_silence(dernier: str | None, alerte: bool) -> None:
    assert ("sans_maj" in list_codes(dernier_trimestre=dernier)) is alerte


def test_silence_before_the_planned_start_does_not_count() -> None:
    assert "sans_maj" not in list_codes(date(2025, 3, 31), dernier_trimestre=None)
    assert "sans_maj" in list_codes(date(2025, 6, 30), dernier_trimestre=None)


def test_an_update_from_before_the_planned_start_makes_no_longer_silence() -> None:
    assert "sans_maj" not in list_codes(date(2025, 3, 31), dernier_trimestre="2024-T1")


def test_silence_of_a_completed_activity_is_no_alert() -> None:
    assert "sans_maj" not in list_codes(dernier_trimestre="2024-T1", statut="achevee")


@pytest.mark.parametrize(
    ("jour", "paye", "alerte"),
    [
        pytest.param(date(2025, 6, 30), None, False, id="the day before six months"),
        pytest.param(date(2025, 7, 1), None, True, id="six months after the planned start"),
        pytest.param(date(2025, 7, 1), 0, True, id="a payment of zero is no payment"),
        pytest.param(date(2025, 7, 1), 1, False, id="one franc is a payment"),
    ],
)
def test_no_payment(jour: date, paye: int | None, alerte: bool) -> None:
    assert ("sans_paiement" in list_codes(jour, paye=paye, dernier_trimestre="2025-T2")) is alerte


def test_each_threshold_is_data() -> None:
    assert "paye_sans_fait" in list_codes(seuils=Seuils(alerte_paye=0.5, alerte_fait=0.7))
    assert "sans_maj" in list_codes(seuils=Seuils(alerte_sans_maj_trimestres=1), dernier_trimestre="2026-T2")
    assert "sans_paiement" in list_codes(date(2025, 2, 1), Seuils(alerte_sans_paiement_mois=1), paye=None)


def test_states_are_joined_from_frames_without_turning_null_into_zero() -> None:
    avancements = pd.DataFrame(
        {
            "activite_code": ["1.1", "1.2"],
            "avancement": pd.array([30.0, None], dtype="Float64"),
            "statut": ["en_cours", None],
            "dernier_trimestre": ["2026-T1", None],
        }
    )
    annees = pd.DataFrame({"activite_code": ["1.1", "1.1"], "annee": [2023, 2022]})
    etats = list_etats(avancements, annees, {"1.1": 100, "1.2": 50}, {"1.1": 40})
    assert etats[0] == EtatActivite("1.1", (2022, 2023), 30.0, "en_cours", "2026-T1", 100, 40)
    assert etats[1] == EtatActivite("1.2", (), None, None, None, 50, None)
