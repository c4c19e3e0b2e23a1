"""The realised value out of reports: null and zero, time, regions, percentages, conflicts."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccm_data.domain.calendrier import Trimestre
from ccm_data.domain.indicateurs import Definition
from ccm_data.domain.realise import (
    Realise,
    compute_par_region,
    compute_realise,
    compute_serie,
    count_distincts,
)
from ccm_data.domain.vocabulaire import (
    AgregationRegion,
    AgregationTemps,
    ModeCible,
    ModeSaisie,
    StatutBase,
    TypeIndicateur,
)

FIN_2022 = date(2022, 12, 31)
FLUX = Definition("1.b")
ETAT = Definition(
    "2.3.b",
    agregation_temps=AgregationTemps.DERNIER,
    mode_cible=ModeCible.FINALE,
    mode_saisie=ModeSaisie.ETAT,
    base_statut=StatutBase.INCONNUE,
)
NATIONAL = Definition("3.2.a", agregation_region=AgregationRegion.NATIONAL)
TAUX = Definition(
    "x",
    type=TypeIndicateur.POURCENTAGE,
    agregation_temps=AgregationTemps.DERNIER,
    agregation_region=AgregationRegion.MOYENNE_PONDEREE,
    mode_cible=ModeCible.FINALE,
    mode_saisie=ModeSaisie.ETAT,
)
ORDINAL = Definition(
    "3.1.c",
    type=TypeIndicateur.ORDINAL,
    agregation_temps=AgregationTemps.DERNIER,
    agregation_region=AgregationRegion.NATIONAL,
    mode_cible=ModeCible.SEUIL,
    mode_saisie=ModeSaisie.ETAT,
    niveaux=("absent", "en ligne", "à jour"),
)
COLONNES = ["indicateur_code", "region_code", "acteur_code", "annee", "trimestre", "valeur", "numerateur"]
COLONNES += ["denominateur", "niveau"]


def v(trimestre: str, valeur: float | None = None, region: str | None = "A", **reste: Any) -> dict[str, Any]:
    quand = {"annee": int(trimestre[:4]), "trimestre": int(trimestre[-1])}
    defauts = {"acteur_code": None, "numerateur": None, "denominateur": None, "niveau": None}
    return {**defauts, "region_code": region, **quand, "valeur": valeur, **reste}


def read(
    definition: Definition,
    lignes: list[dict[str, Any]],
    jour: date = FIN_2022,
    regions: tuple[str, ...] = ("A",),
) -> Realise:
    cadre = pd.DataFrame([{"indicateur_code": definition.code, **ligne} for ligne in lignes], columns=COLONNES)
    return compute_realise(definition, cadre, jour, regions)


def trimestres(valeurs: list[float | None], annee: int = 2022, region: str | None = "A") -> list[dict[str, Any]]:
    return [v(f"{annee}-T{i}", valeur, region) for i, valeur in enumerate(valeurs, start=1)]


def test_four_reported_quarters_add_up_to_a_firm_figure() -> None:
    lu = read(FLUX, trimestres([10, 0, 5, 15]))
    assert (lu.valeur, lu.provisoire, lu.plancher, lu.couverture) == (30, False, False, 1)


def test_a_missing_quarter_makes_it_at_least() -> None:
    lu = read(FLUX, trimestres([10, None, 5, 15]))
    assert (lu.valeur, lu.provisoire, lu.plancher) == (30, True, True)
    assert (lu.trimestres_renseignes, lu.trimestres_attendus) == (3, 4)


def test_at_least_thirty_with_three_quarters_of_four_and_six_regions_of_eight() -> None:
    regions = tuple("ABCDEFGH")
    lignes = [v(f"2022-T{t}", 30 / 18, r) for r in regions[:6] for t in (1, 2, 4)]
    lu = read(FLUX, lignes, regions=regions)
    assert lu.valeur == pytest.approx(30)
    assert (lu.trimestres_renseignes, lu.trimestres_attendus) == (3, 4)
    assert (lu.regions_renseignees, lu.regions_attendues) == (6, 8)
    assert (lu.cellules_renseignees, lu.cellules_attendues, lu.provisoire) == (18, 32, True)


def test_nothing_reported_is_not_zero_and_a_reported_zero_is() -> None:
    assert read(FLUX, []).valeur is None
    assert read(FLUX, []).motif == "non_renseigne"
    assert read(FLUX, trimestres([None, None])).valeur is None
    assert read(FLUX, trimestres([0, 0, 0, 0])).valeur == 0


def test_decimals_add_up_exactly() -> None:
    assert read(FLUX, trimestres([0.1, 0.1, 0.1, 0.0])).valeur == 0.3


def test_quarters_after_the_date_do_not_count() -> None:
    assert read(FLUX, trimestres([10, 10, 10, 10]), date(2022, 9, 30)).valeur == 30
    assert read(FLUX, trimestres([10, 10, 10, 10]), date(2022, 9, 29)).valeur == 20


def test_the_last_state_is_carried_and_said_to_be() -> None:
    lu = read(ETAT, [v("2024-T2", 12)], date(2026, 9, 30))
    assert (lu.valeur, lu.reporte, lu.provisoire) == (12, True, False)
    assert lu.dernier is not None
    assert lu.dernier.code == "2024-T2"
    assert not read(ETAT, [v("2026-T3", 12)], date(2026, 9, 30)).reporte


def test_nothing_falls_to_zero_after_the_plan() -> None:
    for definition in (ETAT, FLUX):
        lignes = [v("2026-T4", 12), v("2025-T1", 3)]
        fin = read(definition, lignes, date(2026, 12, 31))
        assert read(definition, lignes, date(2027, 6, 30)) == fin
        assert fin.valeur is not None
        assert fin.valeur >= 12


def test_facts_after_the_plan_do_not_count() -> None:
    assert read(ETAT, [v("2026-T4", 12), v("2027-T1", 99)], date(2027, 6, 30)).valeur == 12


def test_correcting_an_older_quarter_leaves_the_newer_state_alone() -> None:
    avant = read(ETAT, [v("2022-T1", 5), v("2022-T4", 9)])
    apres = read(ETAT, [v("2022-T1", 7), v("2022-T4", 9)])
    assert avant == apres


def test_states_of_regions_add_up_with_the_missing_ones_said() -> None:
    lu = read(ETAT, [v("2022-T4", 5, "A"), v("2022-T3", 7, "B")], regions=("A", "B", "C"))
    assert (lu.valeur, lu.plancher, lu.regions_renseignees, lu.regions_attendues) == (12, True, 2, 3)


def test_a_region_that_reports_unexpectedly_is_not_dropped() -> None:
    assert read(FLUX, [*trimestres([1, 1, 1, 1]), v("2022-T1", 5, "Z")]).valeur == 9


def test_a_percentage_is_the_sum_of_numerators_over_that_of_denominators() -> None:
    lignes = [
        v("2022-T4", None, "A", numerateur=1, denominateur=2),
        v("2022-T4", None, "B", numerateur=0, denominateur=98),
    ]
    lu = read(TAUX, lignes, regions=("A", "B"))
    assert (lu.valeur, lu.numerateur, lu.denominateur) == (1, 1, 100)


@pytest.mark.parametrize("denominateur", [None, 0], ids=["a missing denominator", "a denominator of zero"])
def test_without_denominator_a_percentage_is_undefined(denominateur: float | None) -> None:
    lu = read(TAUX, [v("2022-T4", 50, numerateur=1, denominateur=denominateur)])
    assert (lu.valeur, lu.motif) == (None, "denominateur")


def test_distinct_things_are_recounted_and_never_summed() -> None:
    registre = pd.DataFrame(
        {
            "osc": ["X", "X", "Y", "Z", None],
            "region": ["A", "B", "A", "A", "A"],
            "le": pd.to_datetime(["2022-01-05", "2022-05-05", "2022-06-01", "2023-01-01", "2022-01-01"]),
        }
    )
    assert count_distincts(registre, "osc", "le", FIN_2022) == 2
    assert count_distincts(registre.iloc[:0], "osc", "le", FIN_2022) == 0


def test_distinct_things_reported_by_regions_only_give_a_floor() -> None:
    definition = Definition(
        "2.4.a",
        agregation_temps=AgregationTemps.DERNIER,
        agregation_region=AgregationRegion.DISTINCT,
        mode_cible=ModeCible.FINALE,
        mode_saisie=ModeSaisie.ETAT,
    )
    lu = read(definition, [v("2022-T4", 5, "A"), v("2022-T4", 7, "B")], regions=("A", "B"))
    assert (lu.valeur, lu.plancher, lu.provisoire) == (7, True, True)
    recompte = read(definition, [v("2022-T4", 5, "A"), v("2022-T4", 9, None)], regions=("A", "B"))
    assert (recompte.valeur, recompte.plancher) == (9, False)


def test_a_national_indicator_reads_only_national_rows() -> None:
    lu = read(NATIONAL, [*trimestres([1, 2, 3, 4], region=None), v("2022-T1", 50, "A")])
    assert (lu.valeur, lu.regions_attendues) == (10, 0)


def test_levels_are_the_last_ones_told() -> None:
    lu = read(ORDINAL, [v("2022-T1", region=None, niveau="à jour"), v("2022-T3", region=None, niveau="en ligne")])
    assert (lu.niveau, lu.valeur, lu.renseigne, lu.reporte) == ("en ligne", None, True, True)
    assert not read(ORDINAL, []).renseigne


def test_several_reporters_who_differ_are_a_conflict_that_is_shown_not_merged() -> None:
    lignes = [*trimestres([None, 1, 1, 1]), v("2022-T1", 4), v("2022-T1", 6, acteur_code="OIM")]
    lu = read(FLUX, lignes)
    assert lu.valeur == 7
    conflit = next(a for a in lu.anomalies if a.code == "conflit")
    assert (conflit.region_code, conflit.trimestre, conflit.valeurs) == ("A", "2022-T1", (("", 4.0), ("OIM", 6.0)))
    accord = read(FLUX, [v("2022-T1", 4), v("2022-T1", 4, acteur_code="OIM")])
    assert (accord.valeur, accord.anomalies) == (4, ())


def test_disjoint_perimeters_add_up() -> None:
    disjoints = Definition("1.b", perimetres_disjoints=True)
    lu = read(disjoints, [v("2022-T1", 4, acteur_code="GIZ"), v("2022-T1", 6, acteur_code="OIM")])
    assert (lu.valeur, lu.anomalies) == (10, ())


def test_a_national_total_beside_the_regions_is_shown_and_the_better_covered_stands() -> None:
    regions = trimestres([4, 3, 1, 1])
    lu = read(FLUX, [*regions, v("2022-T1", 50, None)])
    assert (lu.valeur, [a.code for a in lu.anomalies]) == (9, ["national_et_regions"])
    lu = read(FLUX, [*regions[:1], *trimestres([9, 5, 3, 3], region=None)])
    assert (lu.valeur, [a.code for a in lu.anomalies]) == (20, ["national_et_regions"])
    assert read(FLUX, trimestres([9, 5, 3, 3], region=None)).valeur == 20


def test_visitors_of_no_known_region_are_a_part_of_their_own() -> None:
    site = Definition("3.1.d", non_precise=True)
    lu = read(site, [*trimestres([4, 3, 1, 1]), v("2022-T1", 50, None)])
    assert (lu.valeur, lu.provisoire, lu.anomalies) == (59, False, ())


@pytest.mark.parametrize(
    ("flux", "codes"),
    [
        pytest.param([5, 2, 3, 4], [], id="flows that look like flows"),
        pytest.param([5, 4.9, 1, 1], [], id="a flow just under the running total"),
        pytest.param([5, 5, 1, 1], ["a_verifier"], id="a flow that equals the running total"),
        pytest.param([10, 20, 30, 40], ["a_verifier", "a_verifier"], id="a running total typed as flows"),
        pytest.param([0, 5, 1, 1], [], id="nothing to compare with at first"),
    ],
)
def test_flows_that_look_like_running_totals_are_to_be_checked(flux: list[float], codes: list[str]) -> None:
    assert [a.code for a in read(FLUX, trimestres(flux)).anomalies] == codes


def test_a_running_total_that_falls_is_to_be_corrected() -> None:
    cumul = Definition("3.1.a", agregation_temps=AgregationTemps.DERNIER, mode_saisie=ModeSaisie.CUMUL)
    lu = read(cumul, trimestres([10, 20, 19, 19]))
    assert [(a.code, a.trimestre) for a in lu.anomalies] == [("a_corriger", "2022-T3")]
    assert lu.valeur == 19


def test_a_year_has_its_own_figure() -> None:
    cadre = pd.DataFrame([*trimestres([1, 1, 1, 1]), *trimestres([5, 5, 5, 5], 2023)])
    annee = compute_realise(FLUX, cadre, date(2023, 12, 31), ["A"], premier=Trimestre(2023, 1))
    assert (annee.valeur, annee.trimestres_attendus) == (20, 4)


def test_a_trend_starts_at_the_first_report_and_stops_at_the_date() -> None:
    cadre = pd.DataFrame([v("2022-T2", 3), v("2022-T3", 4)])
    serie = compute_serie(FLUX, cadre, FIN_2022, ["A"])
    assert list(serie["trimestre"]) == ["2022-T1", "2022-T2", "2022-T3", "2022-T4"]
    assert [None if pd.isna(x) else x for x in serie["valeur"]] == [None, 3, 7, 7]


def test_a_trend_ends_on_the_figure_of_the_date() -> None:
    lignes = [v("2022-T1", 3), v("2022-T3", 4), v("2022-T2", 5, "B"), v("2022-T4", 50, None)]
    for definition in (FLUX, ETAT, Definition("3.1.d", non_precise=True)):
        cadre = pd.DataFrame(lignes)
        dernier = compute_serie(definition, cadre, FIN_2022, ["A"]).iloc[-1]
        lu = compute_realise(definition, cadre, FIN_2022, ["A"])
        assert (dernier["valeur"], dernier["provisoire"]) == (lu.valeur, lu.provisoire)


@pytest.mark.parametrize(
    ("temps", "valeur"),
    [
        pytest.param(AgregationTemps.MOYENNE, 4, id="the mean of the quarters that were reported"),
        pytest.param(AgregationTemps.MAX, 9, id="the highest quarter"),
    ],
)
def test_other_ways_over_time(temps: AgregationTemps, valeur: float) -> None:
    definition = Definition("m", agregation_temps=temps, mode_cible=ModeCible.FINALE)
    lu = read(definition, trimestres([9, 0, None, 3]))
    assert (lu.valeur, lu.provisoire) == (valeur, True)


def test_percentages_over_quarters_are_one_division() -> None:
    moyenne = Definition("p", type=TypeIndicateur.POURCENTAGE, agregation_temps=AgregationTemps.MOYENNE)
    lignes = [v("2022-T1", numerateur=1, denominateur=10), v("2022-T2", numerateur=9, denominateur=10)]
    lu = read(moyenne, lignes)
    assert (lu.valeur, lu.provisoire, lu.plancher) == (50, True, False)


def test_reporters_of_a_percentage_or_a_level_can_conflict_too() -> None:
    parts = [v("2022-T4", numerateur=1, denominateur=2), v("2022-T4", numerateur=3, denominateur=4, acteur_code="OIM")]
    assert [a.code for a in read(TAUX, parts).anomalies] == ["conflit"]
    niveaux = [v("2022-T4", region=None, niveau=n, acteur_code=a) for n, a in (("à jour", "GIZ"), ("en ligne", "OIM"))]
    lu = read(ORDINAL, niveaux)
    assert (lu.niveau, [a.code for a in lu.anomalies]) == ("en ligne", ["conflit"])


def test_disjoint_parts_of_a_percentage_add_up_above_and_below() -> None:
    disjoints = dataclasses.replace(TAUX, perimetres_disjoints=True)
    parts = [v("2022-T4", numerateur=1, denominateur=2), v("2022-T4", numerateur=3, denominateur=8, acteur_code="OIM")]
    assert read(disjoints, parts).valeur == 40


def test_each_region_has_its_own_figure_and_a_silent_one_has_none() -> None:
    cadre = pd.DataFrame([v("2022-T2", 3, "A"), v("2022-T2", 4, "B")])
    lus = compute_par_region(FLUX, cadre, FIN_2022, ["A", "B", "C"])
    assert {r: lu.valeur for r, lu in lus.items()} == {"A": 3, "B": 4, "C": None}


def test_another_indicators_rows_are_left_out() -> None:
    lignes = [{**v("2022-T1", 3), "indicateur_code": "1.b"}, {**v("2022-T1", 9), "indicateur_code": "1.c"}]
    assert compute_realise(FLUX, pd.DataFrame(lignes), FIN_2022, ["A"]).valeur == 3


@settings(deadline=None, max_examples=25)
@given(st.lists(st.one_of(st.none(), st.integers(0, 1000)), min_size=1, max_size=4))
def test_missing_parts_never_lower_nor_raise_what_was_reported(valeurs: list[int | None]) -> None:
    lu = read(FLUX, trimestres([*valeurs]))
    connues = [x for x in valeurs if x is not None]
    assert lu.valeur == (sum(connues) if connues else None)
    assert 0 <= lu.couverture <= 1
    assert lu.plancher == (bool(connues) and len(connues) < 4)


@settings(deadline=None, max_examples=25)
@given(st.permutations([v("2022-T1", 1), v("2022-T2", 2), v("2022-T3", 3), v("2022-T4", 4, "B")]))
def test_the_order_of_rows_changes_nothing(lignes: list[dict[str, Any]]) -> None:
    assert read(FLUX, lignes, regions=("A", "B")).valeur == 10
    assert read(ETAT, lignes, regions=("A", "B")).valeur == 7
