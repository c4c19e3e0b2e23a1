"""What an indicator declares: senseless combinations, targets, what is expected at a date."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccm_data.domain.indicateurs import (
    Definition,
    check_definition,
    compute_attendu,
    compute_cible_annee,
    compute_cible_finale,
    compute_ecart_cibles,
    list_incompatibilites,
    read_definition,
)
from ccm_data.domain.vocabulaire import ModeCible
from ccm_data.errors import ValeurInvalide

LIGNE = {
    "code": "1.b",
    "type": "nombre",
    "sens": "croissant",
    "agregation_temps": "somme",
    "agregation_region": "somme",
    "mode_cible": "incrementale",
    "mode_saisie": "flux",
    "base_statut": "zero_par_construction",
    "niveaux": None,
}
NIVEAU = {
    "type": "ordinal",
    "agregation_temps": "dernier",
    "agregation_region": "national_seulement",
    "mode_cible": "seuil",
    "mode_saisie": "etat",
    "base_statut": "inconnue",
    "niveaux": "absent;en ligne",
}
ETAT = {"agregation_temps": "dernier", "mode_saisie": "etat", "mode_cible": "finale", "base_statut": "connue"}
TAUX = {**ETAT, "type": "pourcentage", "agregation_region": "moyenne_ponderee"}


def build(**champs: Any) -> Definition:
    return read_definition({**LIGNE, **champs})


@pytest.mark.parametrize(
    "champs",
    [
        pytest.param({}, id="flows added up towards yearly targets"),
        pytest.param({"mode_cible": "cumulee"}, id="flows added up towards a cumulative target"),
        pytest.param({**ETAT, "sens": "decroissant", "agregation_region": "distinct"}, id="2.1.a, a state that falls"),
        pytest.param(
            {
                "agregation_temps": "distinct",
                "agregation_region": "distinct",
                "mode_cible": "cumulee",
                "mode_saisie": "etat",
            },
            id="1.a, distinct things",
        ),
        pytest.param(NIVEAU, id="named levels"),
        pytest.param({**NIVEAU, "type": "oui_non", "niveaux": None}, id="yes or no"),
        pytest.param(TAUX, id="a percentage with its denominators"),
        pytest.param({**ETAT, "sens": "maintien", "mode_cible": "seuil"}, id="a level to keep"),
        pytest.param(
            {"mode_saisie": "cumul", "agregation_temps": "dernier"}, id="a running total read at its last value"
        ),
    ],
)
def test_sensible_definitions_pass(champs: dict[str, Any]) -> None:
    check_definition(build(**champs))


@pytest.mark.parametrize(
    ("champs", "regle"),
    [
        pytest.param({**NIVEAU, "agregation_temps": "somme"}, "niveau_sans_somme", id="levels do not add up"),
        pytest.param({**NIVEAU, "agregation_region": "somme"}, "niveau_national", id="levels are national"),
        pytest.param({**NIVEAU, "mode_cible": "cumulee"}, "niveau_a_seuil", id="levels do not accumulate"),
        pytest.param({**NIVEAU, "mode_saisie": "flux"}, "niveau_est_un_etat", id="a level is no flow"),
        pytest.param({**NIVEAU, "niveaux": "seul"}, "ordinal_sans_niveaux", id="one level is no scale"),
        pytest.param({**TAUX, "agregation_temps": "somme"}, "pourcentage_sans_somme", id="percentages do not add up"),
        pytest.param({**TAUX, "agregation_region": "somme"}, "pourcentage_pondere", id="nor over regions"),
        pytest.param({**TAUX, "mode_cible": "incrementale"}, "pourcentage_sans_cumul", id="nor over years"),
        pytest.param(
            {"agregation_region": "moyenne_ponderee"}, "ponderee_sans_poids", id="numbers have no denominators"
        ),
        pytest.param({"mode_saisie": "cumul"}, "somme_de_flux", id="running totals must not be added"),
        pytest.param({"mode_saisie": "etat"}, "somme_de_flux", id="states must not be added"),
        pytest.param({"agregation_temps": "dernier"}, "dernier_flux", id="the last flow is not the figure"),
        pytest.param(
            {"agregation_temps": "distinct", "mode_cible": "cumulee"}, "distinct_partout", id="distinct, then summed"
        ),
        pytest.param({"agregation_region": "distinct"}, "somme_de_distincts", id="summed, then distinct"),
        pytest.param(
            {"agregation_temps": "moyenne", "mode_cible": "incrementale"},
            "increment_d_un_cumul",
            id="means accumulate not",
        ),
        pytest.param({**ETAT, "mode_cible": "incrementale"}, "increment_d_un_etat", id="yearly additions of a state"),
        pytest.param({"sens": "decroissant", "base_statut": "connue"}, "baisse_d_un_cumul", id="a total never falls"),
        pytest.param({"sens": "maintien"}, "maintien_sans_cumul", id="what is kept is not added up"),
        pytest.param(
            {**ETAT, "sens": "decroissant", "base_statut": "zero_par_construction"},
            "baisse_depuis_zero",
            id="nothing falls from zero",
        ),
    ],
)
def test_senseless_combinations_are_refused_by_name(champs: dict[str, Any], regle: str) -> None:
    definition = build(**champs)
    assert regle in list_incompatibilites(definition)
    with pytest.raises(ValeurInvalide) as erreur:
        check_definition(definition)
    assert regle in erreur.value.faits["regles"]  # type: ignore[operator]


def test_settings_of_the_secretariat_prevail_over_the_files() -> None:
    definition = read_definition(
        LIGNE, {"mode_cible": "cumulee", "non_precise": "oui"}, {"statut": "connue", "valeur": 12}
    )
    assert (definition.mode_cible, definition.non_precise) == (ModeCible.CUMULEE, True)
    assert (definition.base_statut, definition.base) == ("connue", 12)


def test_a_setting_outside_its_list_is_refused() -> None:
    with pytest.raises(ValeurInvalide):
        read_definition(LIGNE, {"sens": "zigzag"})


@pytest.mark.parametrize(
    ("champs", "base", "effective", "inconnue"),
    [
        pytest.param({}, None, 0, False, id="zero by construction"),
        pytest.param(ETAT, {"statut": "connue", "valeur": 31}, 31, False, id="known"),
        pytest.param({**ETAT, "base_statut": "inconnue"}, None, 0, True, id="unknown and increasing: zero, and said"),
        pytest.param(
            {**ETAT, "base_statut": "inconnue", "sens": "decroissant"},
            None,
            None,
            True,
            id="unknown and decreasing: none",
        ),
        pytest.param(
            {"base_statut": "connue"}, {"statut": "connue", "valeur": 7}, 0, False, id="flows start from zero"
        ),
    ],
)
def test_the_base_that_counts(
    champs: dict[str, Any], base: dict[str, Any] | None, effective: float, inconnue: bool
) -> None:
    definition = read_definition({**LIGNE, **champs}, base=base)
    assert (definition.base_effective, definition.base_inconnue) == (effective, inconnue)


INCREMENTALE, CUMULEE, FINALE, SEUIL = ModeCible.INCREMENTALE, ModeCible.CUMULEE, ModeCible.FINALE, ModeCible.SEUIL
ANNUELLES = {2022: 10.0, 2023: 10.0, 2024: 10.0}
CUMULS = {2022: 10.0, 2023: 20.0, 2024: 30.0}


@pytest.mark.parametrize(
    ("mode", "base", "cibles", "jour", "attendu"),
    [
        pytest.param(CUMULEE, 0, CUMULS, date(2021, 12, 31), 0, id="the path starts at the base on the plan's eve"),
        pytest.param(CUMULEE, 0, CUMULS, date(2022, 12, 31), 10, id="a yearly point is met on 31 December"),
        pytest.param(CUMULEE, 0, CUMULS, date(2023, 7, 2), 10 + 10 * 183 / 365, id="linear by days between two points"),
        pytest.param(CUMULEE, 0, CUMULS, date(2026, 9, 30), 30, id="nothing is projected beyond the last point"),
        pytest.param(INCREMENTALE, 0, ANNUELLES, date(2024, 12, 31), 30, id="yearly additions run up"),
        pytest.param(INCREMENTALE, 99, ANNUELLES, date(2022, 12, 31), 10, id="additions start from zero"),
        pytest.param(FINALE, 31, {2026: 6}, date(2026, 12, 31), 6, id="a final target at the end"),
        pytest.param(FINALE, 31, {2026: 6}, date(2024, 6, 30), 31 - 25 * 912 / 1826, id="a fall is linear too"),
        pytest.param(SEUIL, 0, {2024: 80}, date(2023, 12, 31), None, id="a threshold asks nothing before its year"),
        pytest.param(SEUIL, 0, {2024: 80}, date(2024, 1, 1), 80, id="then it asks for all of it"),
        pytest.param(SEUIL, 0, {2024: 80, 2026: 90}, date(2025, 6, 1), 80, id="the last threshold stands"),
        pytest.param(FINALE, None, {2026: 6}, date(2024, 6, 30), None, id="no path without a base"),
        pytest.param(CUMULEE, 0, {}, date(2024, 6, 30), None, id="no path without a target"),
    ],
)
def test_what_is_expected(mode: ModeCible, base: float, cibles: dict[int, float], jour: date, attendu: float) -> None:
    assert compute_attendu(mode, base, cibles, jour) == (None if attendu is None else pytest.approx(attendu))


def test_additive_and_cumulative_targets_that_say_the_same_expect_the_same() -> None:
    for jour in (date(2022, 3, 31), date(2023, 9, 30), date(2024, 12, 31)):
        assert compute_attendu(INCREMENTALE, 0, ANNUELLES, jour) == pytest.approx(
            compute_attendu(CUMULEE, 0, CUMULS, jour)
        )


@pytest.mark.parametrize(
    ("mode", "cibles", "finale"),
    [(INCREMENTALE, ANNUELLES, 30), (CUMULEE, CUMULS, 30), (FINALE, {2024: 5, 2026: 6}, 6), (SEUIL, {}, None)],
)
def test_the_final_target(mode: ModeCible, cibles: dict[int, float], finale: float | None) -> None:
    assert compute_cible_finale(mode, cibles) == finale


def test_the_target_of_a_year() -> None:
    assert [compute_cible_annee({2023: 5.0, 2025: 8.0}, a) for a in (2022, 2023, 2024, 2026)] == [None, 5, 5, 8]


@pytest.mark.parametrize(
    ("mode", "cibles", "finale", "ecart"),
    [
        pytest.param(INCREMENTALE, ANNUELLES, 30, None, id="additions that add up"),
        pytest.param(INCREMENTALE, ANNUELLES, 40, -10, id="additions that fall short"),
        pytest.param(CUMULEE, {2026: 30}, 30, None, id="a last total that agrees"),
        pytest.param(CUMULEE, {2026: 35}, 30, 5, id="a last total that does not"),
        pytest.param(CUMULEE, {2024: 20}, 30, None, id="a total that does not reach the plan's end yet"),
        pytest.param(INCREMENTALE, {}, 30, None, id="no yearly target"),
        pytest.param(CUMULEE, {2026: 35}, None, None, id="no final target"),
    ],
)
def test_yearly_targets_against_the_final_one(
    mode: ModeCible, cibles: dict[int, float], finale: float, ecart: float
) -> None:
    assert compute_ecart_cibles(mode, cibles, finale) == ecart


@settings(deadline=None, max_examples=100)
@given(
    st.sampled_from([INCREMENTALE, CUMULEE, FINALE]),
    st.dictionaries(st.integers(2022, 2026), st.integers(0, 1000).map(float), min_size=1),
    st.integers(0, 100).map(float),
    st.dates(date(2021, 12, 31), date(2026, 12, 31)),
)
def test_the_path_stays_between_its_points(mode: ModeCible, cibles: dict[int, float], base: float, jour: date) -> None:
    attendu = compute_attendu(mode, base, cibles, jour)
    assert attendu is not None
    hauts = [base, *cibles.values(), sum(cibles.values())]
    assert min(0.0, *hauts) - 1e-6 <= attendu <= max(hauts) + 1e-6
    assert compute_attendu(mode, base, cibles, date(2026, 12, 31)) == compute_cible_finale(mode, cibles)
