"""Alerts, each at the edge of its threshold."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from ccm_data.domain.alertes import (
    EtatActivite,
    EtatIntervention,
    compute_alertes,
    compute_alertes_interventions,
    list_etats,
)
from ccm_data.domain.seuils import Seuils
from ccm_data.domain.vocabulaire import ObjetEvaluation

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


@pytest.mark.parametrize(
    ("champs", "faits"),
    [
        pytest.param(
            {"paye": 80, "avancement": 10.0}, {"paye": 0.8, "fait": 0.1, "seuil_paye": 0.8, "seuil_fait": 0.4},
            id="money ahead of work",
        ),
        pytest.param(
            {"annees": (2022, 2023)}, {"fin": FIN_2023, "avancement": 60.0, "statut": "en_cours"}, id="end passed"
        ),
        pytest.param(
            {"dernier_trimestre": "2026-T1"}, {"trimestres": 2, "dernier": "2026-T1", "seuil": 2}, id="silence"
        ),
        pytest.param({"paye": None}, {"debut": date(2025, 1, 1), "mois": 6, "paye": None}, id="no payment"),
    ],
)  # fmt: skip
def test_an_alert_carries_the_figures_that_make_it(champs: dict[str, Any], faits: dict[str, Any]) -> None:
    defauts = {"annees": (2025, 2026), "avancement": 60.0, "statut": "en_cours", "dernier_trimestre": "2026-T3"}
    (alerte,) = compute_alertes([EtatActivite("2.2.2", **{**defauts, "prevu": 100, "paye": 50, **champs})], FIN_T3)
    assert dict(alerte.faits) == faits
    assert (alerte.objet, alerte.activite_code) == (ObjetEvaluation.ACTIVITE, "2.2.2")


# ---- interventions ----


def list_codes_intervention(jour: date = FIN_T3, seuils: Seuils | None = None, **champs: Any) -> list[str]:
    defauts = {"statut": "en_cours", "debut": date(2025, 1, 1), "fin": date(2027, 1, 1), "dit_le": date(2026, 9, 1)}
    etat = EtatIntervention("OIM-1", **{**defauts, **champs})
    return [a.code for a in compute_alertes_interventions([etat], jour, seuils or Seuils())]


@pytest.mark.parametrize(
    ("jour", "champs", "alerte"),
    [
        pytest.param(date(2023, 12, 30), {}, False, id="one day left"),
        pytest.param(FIN_2023, {}, True, id="the last day is over"),
        pytest.param(FIN_2023, {"statut": "planifie"}, True, id="never begun"),
        pytest.param(FIN_2023, {"statut": "suspendu"}, True, id="suspended is not completed"),
        pytest.param(FIN_2023, {"statut": "termine"}, False, id="completed"),
        pytest.param(FIN_2023, {"fin": None}, False, id="no end date said"),
    ],
)
def test_an_intervention_past_its_end(jour: date, champs: dict[str, Any], alerte: bool) -> None:
    champs = {"debut": date(2023, 1, 1), "fin": FIN_2023, "dit_le": date(2023, 12, 1), **champs}
    assert ("fin_depassee" in list_codes_intervention(jour, **champs)) is alerte


@pytest.mark.parametrize(
    ("champs", "alerte"),
    [
        pytest.param({"dit_le": date(2026, 6, 30)}, False, id="told in the quarter before"),
        pytest.param({"dit_le": date(2026, 4, 1)}, False, id="on the first day of that quarter"),
        pytest.param({"dit_le": date(2026, 3, 31)}, True, id="two quarters ended since"),
        pytest.param({"dit_le": date(2026, 11, 20)}, False, id="told after the date: known today"),
        pytest.param({"dit_le": date(2025, 1, 1), "statut": "termine"}, False, id="nothing more to tell"),
        pytest.param({"dit_le": date(2025, 1, 1), "debut": date(2026, 10, 1)}, False, id="not begun"),
        pytest.param({"dit_le": None}, False, id="never validated"),
    ],
)
def test_an_intervention_of_which_nobody_tells(champs: dict[str, Any], alerte: bool) -> None:
    assert ("sans_maj" in list_codes_intervention(**champs)) is alerte


def test_the_silence_of_interventions_has_its_threshold_too() -> None:
    assert list_codes_intervention(seuils=Seuils(alerte_sans_maj_trimestres=1), dit_le=date(2026, 6, 30)) == [
        "sans_maj"
    ]
