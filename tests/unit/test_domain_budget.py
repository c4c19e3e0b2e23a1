"""Budget execution: levels, rates, bases, curve and the order of the chain."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccm_data.domain.budget import (
    NON_PROGRAMME,
    PLAN_ENTIER,
    compute_base,
    compute_courbe,
    compute_execution,
    list_retenues,
)
from ccm_data.domain.chaine import check_chaine, list_depassements

FIN_T3 = date(2026, 9, 30)
COLONNES = ["activite_code", "annee", "phase", "type_financement", "niveau", "montant_fcfa", "date_operation"]
COLONNES += ["bailleur_code", "executant_code"]

PREVU = pd.DataFrame(
    [("1.1", 2022, 100), ("1.1", 2023, 100), ("2.1.1", 2023, 50), ("2.1.1", 2026, 50), ("2.3.2", None, 15)],
    columns=["activite_code", "annee", "montant_fcfa"],
).astype({"annee": "Int64", "montant_fcfa": "Int64"})
ACTIVITES = pd.DataFrame(
    {"code": ["1.1", "2.1.1", "2.3.2"], "action_code": ["1", "2.1", "2.3"], "axe_code": ["1", "2", "2"]}
)


def ecriture(phase: str = "paye", montant: int | None = 10, **reste: Any) -> dict[str, Any]:
    annee = reste.get("annee", 2023)
    defauts = {"activite_code": "1.1", "annee": annee, "type_financement": "ptf", "niveau": "bailleur"}
    tiers = {"date_operation": date(annee, 6, 1), "bailleur_code": "DUE", "executant_code": None}
    return {**defauts, **tiers, "phase": phase, "montant_fcfa": montant, **reste}


def build(*lignes: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(list(lignes), columns=COLONNES).astype({"montant_fcfa": "Int64"})


def execute(*lignes: dict[str, Any], **options: Any) -> dict[str, Any]:
    options.setdefault("base", compute_base(FIN_T3))
    tableau = compute_execution(PREVU, build(*lignes), options.pop("jour", FIN_T3), **options)
    assert len(tableau) == 1
    return {str(k): (None if pd.isna(v) else v) for k, v in tableau.to_dict("records")[0].items()}


def test_a_phase_that_nobody_reported_is_null_and_so_are_its_rates() -> None:
    lu = execute(ecriture("paye", 30))
    assert (lu["paye"], lu["engage"], lu["mobilise"]) == (30, None, None)
    assert lu["taux_execution"] == pytest.approx(0.1)
    assert (lu["taux_engagement"], lu["taux_absorption"], lu["besoin_financement"]) == (None, None, None)


def test_a_reported_zero_is_a_zero() -> None:
    lu = execute(ecriture("paye", 0))
    assert (lu["paye"], lu["taux_execution"]) == (0, 0)


def test_each_rate_divides_by_the_base_that_it_names() -> None:
    lu = execute(ecriture("mobilise", 200), ecriture("engage", 150), ecriture("paye", 60))
    assert lu["taux_mobilisation"] == pytest.approx(200 / 300)
    assert lu["taux_engagement"] == pytest.approx(150 / 300)
    assert lu["taux_execution"] == pytest.approx(60 / 300)
    assert lu["taux_absorption"] == pytest.approx(60 / 200)
    assert lu["besoin_financement"] == 100


def test_a_rate_on_nothing_is_undefined() -> None:
    assert execute(ecriture("mobilise", 0), ecriture("paye", 5))["taux_absorption"] is None


def test_committing_more_than_planned_is_said_at_the_edge() -> None:
    assert not execute(ecriture("engage", 300))["depassement"]
    assert execute(ecriture("engage", 301))["depassement"]


@pytest.mark.parametrize(
    ("base", "prevu", "paye"),
    [
        pytest.param(compute_base(FIN_T3), 300, 30, id="whole years up to that of the date"),
        pytest.param(compute_base(date(2023, 3, 31)), 250, 30, id="up to 2023, the whole of 2023"),
        pytest.param(compute_base(FIN_T3, 2022), 100, 10, id="the year 2022 alone"),
        pytest.param(compute_base(FIN_T3, 2024), None, None, id="a year in which nothing is planned nor paid"),
        pytest.param(NON_PROGRAMME, 15, 7, id="unscheduled activities apart"),
        pytest.param(PLAN_ENTIER, 315, 37, id="the whole plan, unscheduled ones included"),
        pytest.param(compute_base(date(2021, 12, 31)), None, None, id="before the plan, no year"),
    ],
)
def test_bases_hold_the_same_years_above_and_below(base: Any, prevu: int | None, paye: int | None) -> None:
    lignes = [
        ecriture(montant=10, annee=2022),
        ecriture(montant=20, annee=2023),
        ecriture(montant=7, activite_code="2.3.2"),
    ]
    lu = execute(*lignes, base=base)
    assert (lu["prevu"], lu["paye"]) == (prevu, paye)


def test_money_after_the_date_or_after_the_plan_does_not_count() -> None:
    tard = ecriture(montant=5, annee=2026, date_operation=date(2026, 10, 1))
    apres = ecriture(montant=5, annee=2026, date_operation=date(2027, 1, 3))
    assert execute(tard, apres)["paye"] is None
    assert execute(tard, apres, jour=date(2027, 2, 1), base=compute_base(date(2026, 12, 31)))["paye"] == 5


def test_axes_come_in_the_plans_order_with_their_own_figures() -> None:
    base = compute_base(FIN_T3)
    lignes = build(ecriture(montant=10, activite_code="2.1.1"))
    tableau = compute_execution(PREVU, lignes, FIN_T3, base, ["axe_code"], ACTIVITES)
    assert list(tableau["axe_code"]) == ["1", "2"]
    assert list(tableau["prevu"]) == [200, 100]
    assert [None if pd.isna(v) else v for v in tableau["paye"]] == [None, 10]


def test_funders_have_no_planned_amount_and_an_unnamed_one_stands_once() -> None:
    lignes = build(ecriture(), ecriture(bailleur_code=None), ecriture("engage", 5, bailleur_code=None))
    tableau = compute_execution(PREVU, lignes, FIN_T3, compute_base(FIN_T3), ["bailleur_code"])
    assert len(tableau) == 2
    assert tableau["prevu"].isna().all()


def test_the_implementers_spending_of_a_funders_money_is_not_counted_twice() -> None:
    double = ecriture(montant=8, niveau="executant", executant_code="OIM")
    seul = ecriture(montant=3, niveau="executant", executant_code="OIM", bailleur_code="GIZ")
    autre_phase = ecriture("engage", 9, niveau="executant", executant_code="OIM")
    lu = execute(ecriture(montant=10), double, seul, autre_phase)
    assert (lu["paye"], lu["engage"]) == (13, 9)


def test_the_two_views_are_never_added() -> None:
    lignes = build(
        ecriture(montant=10, executant_code="OIM"), ecriture(montant=8, niveau="executant", executant_code="OIM")
    )
    assert list(list_retenues(lignes)["montant_fcfa"]) == [10]
    assert list(list_retenues(lignes, "executant")["montant_fcfa"]) == [8]


def test_technical_support_without_amount_hides_no_money() -> None:
    lu = execute(ecriture(montant=None), ecriture(montant=8, niveau="executant", executant_code="OIM"))
    assert lu["paye"] == 8


def test_technical_support_alone_is_no_amount_not_even_zero() -> None:
    assert execute(ecriture(montant=None))["paye"] is None


@settings(deadline=None, max_examples=25)
@given(
    st.lists(st.tuples(st.sampled_from(["1.1", "2.1.1"]), st.integers(2022, 2026), st.integers(0, 10**9)), max_size=8)
)
def test_parts_add_up_to_the_whole_whatever_the_split(paiements: list[tuple[str, int, int]]) -> None:
    lignes = build(
        *(ecriture(montant=m, activite_code=c, annee=a, date_operation=date(a, 2, 1)) for c, a, m in paiements)
    )
    base = compute_base(FIN_T3)
    tout = compute_execution(PREVU, lignes, FIN_T3, base)["paye"].sum()
    for par in (["axe_code"], ["axe_code", "annee"], ["activite_code"], ["type_financement"]):
        assert compute_execution(PREVU, lignes, FIN_T3, base, par, ACTIVITES)["paye"].sum() == tout


def test_the_curve_stops_at_the_date_and_starts_at_the_first_entry() -> None:
    courbe = compute_courbe(PREVU, build(ecriture(montant=10), ecriture(montant=5, annee=2024)), FIN_T3)
    paye = {c: (None if pd.isna(v) else int(v)) for c, v in zip(courbe["trimestre"], courbe["paye"], strict=True)}
    assert paye["2023-T1"] is None
    assert (paye["2023-T2"], paye["2024-T1"], paye["2024-T2"], paye["2026-T3"]) == (10, 10, 15, 15)
    assert paye["2026-T4"] is None
    assert courbe["engage"].isna().all()


def test_the_planned_curve_ends_on_all_that_is_scheduled() -> None:
    courbe = compute_courbe(PREVU, build(), FIN_T3)
    assert (len(courbe), int(courbe["prevu"].iloc[-1])) == (20, 300)
    assert courbe["prevu"].is_monotonic_increasing
    assert int(courbe["prevu"].iloc[3]) == 100


# --- the chain ---------------------------------------------------------------------------------------------------


def list_anomalies(depot: pd.DataFrame, en_place: pd.DataFrame | None = None) -> list[tuple[str, str, str]]:
    return [(a.gravite, a.phase, a.borne) for a in check_chaine(depot, en_place)]


@pytest.mark.parametrize(
    ("depot", "attendu"),
    [
        pytest.param([("engage", 10), ("paye", 10)], [], id="paying all that was committed"),
        pytest.param([("engage", 10), ("paye", 11)], [("bloquant", "paye", "engage")], id="paying one franc more"),
        pytest.param([("paye", 11)], [], id="a missing phase is skipped"),
        pytest.param(
            [("engage", 10), ("liquide", 12), ("ordonnance", 11), ("paye", 11)],
            [("bloquant", "liquide", "engage")],
            id="each phase answers to the one before",
        ),
        pytest.param(
            [("liquide", 5), ("paye", 6), ("engage", 10)],
            [("bloquant", "paye", "liquide")],
            id="the nearest reported phase bounds it",
        ),
        pytest.param([("mobilise", 1), ("engage", 9)], [], id="mobilised money does not bound commitments"),
    ],
)
def test_order_within_one_deposit(depot: list[tuple[str, int]], attendu: list[tuple[str, str, str]]) -> None:
    assert list_anomalies(build(*(ecriture(p, m) for p, m in depot))) == attendu


def test_a_payment_of_the_next_year_answers_to_all_commitments_since_2022() -> None:
    en_place = build(ecriture("engage", 10, annee=2022))
    assert list_anomalies(build(ecriture("paye", 10, annee=2023)), en_place) == []
    assert list_anomalies(build(ecriture("paye", 11, annee=2023)), en_place) == [("a_verifier", "paye", "engage")]


def test_a_deposit_that_what_stands_makes_whole_is_accepted() -> None:
    en_place = build(ecriture("engage", 100, annee=2022))
    assert list_anomalies(build(ecriture("engage", 5), ecriture("paye", 50)), en_place) == []


def test_funders_do_not_cover_each_other() -> None:
    depot = build(ecriture("engage", 100, bailleur_code="GIZ"), ecriture("engage", 5), ecriture("paye", 6))
    assert list_anomalies(depot) == [("bloquant", "paye", "engage")]


def test_what_stood_before_and_is_not_touched_is_not_reported_again() -> None:
    en_place = build(ecriture("engage", 1, activite_code="2.1.1"), ecriture("paye", 9, activite_code="2.1.1"))
    assert list_anomalies(build(ecriture("paye", 1)), en_place) == []
    assert list_anomalies(build()) == []


def test_overruns_name_the_activity_and_both_amounts() -> None:
    trouves = list_depassements({"1.1": 201, "2.1.1": 100, "2.3.2": None}, {"1.1": 200, "2.1.1": 100, "2.3.2": 15})
    assert [(a.activite_code, a.montant_fcfa, a.montant_borne_fcfa, a.gravite) for a in trouves] == [
        ("1.1", 201, 200, "avertissement")
    ]
