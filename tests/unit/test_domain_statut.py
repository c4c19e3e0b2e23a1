"""Rates and status of an indicator, score of an axis."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccm_data.domain.indicateurs import Definition
from ccm_data.domain.realise import Realise
from ccm_data.domain.seuils import Seuils
from ccm_data.domain.statut import (
    Taux,
    compute_score_axe,
    compute_statut,
    compute_statut_niveau,
    compute_taux,
)
from ccm_data.domain.vocabulaire import ModeCible, Sens, StatutBase, TypeIndicateur

FIN = date(2026, 12, 31)


def build(base: float | None = 0, sens: Sens = Sens.CROISSANT, mode: ModeCible = ModeCible.CUMULEE) -> Definition:
    statut = StatutBase.INCONNUE if base is None else StatutBase.CONNUE
    return Definition("i", sens=sens, mode_cible=mode, base_statut=statut, base=base)


def etat(
    valeur: float | None, definition: Definition | None = None, cibles: Any = None, jour: date = FIN, **reste: Any
) -> str:
    realise = Realise(valeur=valeur, **reste)
    return compute_statut(definition or build(), realise, {2026: 100} if cibles is None else cibles, jour).code.value


# --- rates -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("base", "sens", "realise", "cible", "imprime", "valeur"),
    [
        pytest.param(0, Sens.CROISSANT, 30, 60, "atteinte", 0.5, id="30 of 60 is 50 %"),
        pytest.param(20, Sens.CROISSANT, 30, 60, "progression", 0.25, id="from 20, 30 of 60 is 25 % of the way"),
        pytest.param(31, Sens.DECROISSANT, 18, 5, "progression", 0.5, id="falling from 31, 18 is half way to 5"),
        pytest.param(31, Sens.DECROISSANT, 0, 0, "progression", 1, id="falling to zero divides by no zero"),
        pytest.param(0, Sens.CROISSANT, 0, 60, "atteinte", 0, id="a true zero is 0 %"),
        pytest.param(0, Sens.CROISSANT, 64, 60, "atteinte", 64 / 60, id="beyond the target, the real figure"),
        pytest.param(20, Sens.CROISSANT, 10, 60, "progression", -0.25, id="below the base, a negative one"),
        pytest.param(31, Sens.DECROISSANT, 36, 21, "progression", -0.5, id="rising where it should fall"),
        pytest.param(None, Sens.CROISSANT, 30, 60, "atteinte", 0.5, id="an unknown base is zero when more is better"),
    ],
)
def test_the_rate_that_is_printed(
    base: float | None, sens: Sens, realise: float, cible: float, imprime: str, valeur: float
) -> None:
    taux = compute_taux(build(base, sens, ModeCible.FINALE), realise, cible)
    assert taux.imprime == imprime
    assert taux.valeur == pytest.approx(valeur)
    assert taux.base_inconnue is (base is None)


@pytest.mark.parametrize(
    ("definition", "realise", "cible", "raison", "tenu"),
    [
        pytest.param(build(), None, 60, "non_renseigne", None, id="not reported"),
        pytest.param(build(), 30, None, "cible_non_definie", None, id="no target"),
        pytest.param(build(12), 12, 12, "maintien", True, id="a target that equals the base, held"),
        pytest.param(build(12), 11, 12, "maintien", False, id="a target that equals the base, lost"),
        pytest.param(build(12, Sens.DECROISSANT, ModeCible.FINALE), 13, 12, "maintien", False, id="lost upwards"),
        pytest.param(build(0), 3, 0, "maintien", True, id="a target of zero is never divided by"),
        pytest.param(build(8, Sens.MAINTIEN, ModeCible.SEUIL), 9, 10, "maintien", False, id="a level to keep"),
        pytest.param(
            build(None, Sens.DECROISSANT, ModeCible.FINALE), 5, 6, "base_inconnue", True, id="fall, base unknown"
        ),
        pytest.param(build(20), 30, 10, "cible_contraire", None, id="a target on the wrong side of the base"),
    ],
)
def test_cases_without_a_rate_say_why(
    definition: Definition, realise: float | None, cible: float | None, raison: str, tenu: bool | None
) -> None:
    taux = compute_taux(definition, realise, cible)
    assert (taux.valeur, taux.barre, taux.sans_objet, taux.tenu) == (None, None, raison, tenu)


@pytest.mark.parametrize("genre", [TypeIndicateur.OUI_NON, TypeIndicateur.ORDINAL, TypeIndicateur.NARRATIF])
def test_levels_and_stories_are_never_divided(genre: TypeIndicateur) -> None:
    assert compute_taux(Definition("i", type=genre), 2, 3).valeur is None


@settings(deadline=None, max_examples=100)
@given(
    st.floats(-1000, 1000).filter(lambda x: abs(x) > 0.001),
    st.floats(-1000, 1000),
    st.floats(-1000, 1000),
)
def test_bars_stay_between_zero_and_one_and_setbacks_are_told(ecart: float, base: float, realise: float) -> None:
    sens = Sens.CROISSANT if ecart > 0 else Sens.DECROISSANT
    taux = compute_taux(build(base, sens, ModeCible.FINALE), realise, base + ecart)
    assert taux.barre is not None
    assert 0 <= taux.barre <= 1
    assert taux.depasse == (taux.valeur is not None and taux.valeur > 1)
    assert taux.recul == (taux.valeur is not None and taux.valeur < 0)


# --- status ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("valeur", "statut"),
    [
        pytest.param(None, "non_renseigne", id="not reported"),
        pytest.param(100, "atteint", id="final target reached"),
        pytest.param(130, "atteint", id="beyond it"),
        pytest.param(90, "en_bonne_voie", id="nine tenths exactly"),
        pytest.param(89.99, "a_surveiller", id="just under nine tenths"),
        pytest.param(60, "a_surveiller", id="six tenths exactly"),
        pytest.param(59.99, "en_retard", id="just under six tenths"),
        pytest.param(0, "en_retard", id="a true zero is late"),
    ],
)
def test_status_at_the_end_of_the_plan(valeur: float | None, statut: str) -> None:
    assert etat(valeur) == statut


def test_no_target_comes_before_everything_but_silence() -> None:
    assert etat(5, cibles={}) == "cible_non_definie"
    assert etat(None, cibles={}) == "non_renseigne"


def test_thresholds_are_data() -> None:
    realise = Realise(valeur=50)
    assert compute_statut(build(), realise, {2026: 100}, FIN, Seuils(a_surveiller=0.5)).code == "a_surveiller"
    assert compute_statut(build(), realise, {2026: 100}, FIN, Seuils(0.5, 0.4)).code == "en_bonne_voie"


def test_cumulative_ten_twenty_thirty_fully_met_is_wholly_met() -> None:
    cibles = {2022: 10.0, 2023: 20.0, 2024: 30.0}
    for mode, buts in ((ModeCible.CUMULEE, cibles), (ModeCible.INCREMENTALE, dict.fromkeys(cibles, 10.0))):
        definition = build(mode=mode)
        statut = compute_statut(definition, Realise(valeur=30), buts, date(2024, 12, 31))
        assert (statut.code, statut.ratio, statut.cible_finale) == ("atteint", 1, 30)
        assert compute_taux(definition, 30, statut.cible_finale).valeur == 1
        en_route = compute_statut(definition, Realise(valeur=20), buts, date(2023, 12, 31))
        assert (en_route.code, en_route.ratio) == ("en_bonne_voie", 1)


def test_the_ratio_is_measured_against_what_is_expected_by_now() -> None:
    assert etat(50, jour=date(2024, 7, 1)) == "en_bonne_voie"
    assert etat(50) == "en_retard"


def test_a_fall_from_a_known_base_is_measured_like_a_rise() -> None:
    baisse = build(31, Sens.DECROISSANT, ModeCible.FINALE)
    assert etat(6, baisse, {2026: 6}) == "atteint"
    assert etat(31 - 25 * 0.9, baisse, {2026: 6}) == "en_bonne_voie"
    assert etat(31 - 25 * 0.6, baisse, {2026: 6}) == "a_surveiller"
    assert etat(40, baisse, {2026: 6}) == "en_retard"


def test_a_fall_from_an_unknown_base_is_only_met_or_not() -> None:
    baisse = build(None, Sens.DECROISSANT, ModeCible.FINALE)
    assert etat(8, baisse, {2024: 10, 2026: 5}, date(2024, 6, 30)) == "en_bonne_voie"
    assert etat(11, baisse, {2024: 10, 2026: 5}, date(2024, 6, 30)) == "en_retard"
    assert etat(5, baisse, {2024: 10, 2026: 5}, date(2024, 6, 30)) == "atteint"
    assert etat(11, baisse, {2026: 5}, date(2024, 6, 30)) == "a_surveiller"


def test_a_target_that_equals_the_base_is_held_or_lost() -> None:
    assert etat(12, build(12), {2026: 12}) == "atteint"
    assert etat(11.9, build(12), {2026: 12}) == "en_retard"


def test_where_nothing_is_expected_yet_nothing_is_late() -> None:
    cibles = {2023: 0.0, 2026: 10.0}
    statut = compute_statut(build(), Realise(valeur=0), cibles, date(2023, 6, 30))
    assert (statut.code, statut.ratio, statut.motif) == ("en_bonne_voie", None, "rien_attendu")
    assert etat(-1, build(), cibles, date(2023, 6, 30)) == "en_retard"
    assert etat(3, build(mode=ModeCible.SEUIL), {2026: 10}, date(2023, 6, 30)) == "en_bonne_voie"


@pytest.mark.parametrize(
    ("valeur", "renseignees", "statut"),
    [
        pytest.param(30, 5, "a_surveiller", id="those who reported did six tenths: not late on silence alone"),
        pytest.param(29, 5, "en_retard", id="those who reported are late themselves"),
        pytest.param(30, 10, "en_retard", id="nothing is missing: late"),
        pytest.param(60, 5, "a_surveiller", id="already above the threshold"),
    ],
)
def test_a_provisional_sum_is_not_late_on_missing_reports_alone(valeur: float, renseignees: int, statut: str) -> None:
    manque = renseignees < 10
    comptes = {"cellules_renseignees": renseignees, "cellules_attendues": 10}
    assert etat(valeur, provisoire=manque, plancher=manque, **comptes) == statut


@settings(deadline=None, max_examples=100)
@given(st.floats(0, 200), st.floats(0, 200), st.dates(date(2022, 1, 1), FIN))
def test_doing_more_never_worsens_the_status(un: float, autre: float, jour: date) -> None:
    ordre = ["atteint", "en_bonne_voie", "a_surveiller", "en_retard"]
    moins, plus = sorted((un, autre))
    assert ordre.index(etat(plus, jour=jour)) <= ordre.index(etat(moins, jour=jour))


# --- levels ------------------------------------------------------------------------------------------------------

SITE = Definition(
    "3.1.c", type=TypeIndicateur.ORDINAL, mode_cible=ModeCible.SEUIL, niveaux=("absent", "en ligne", "à jour")
)


@pytest.mark.parametrize(
    ("niveau", "jour", "statut"),
    [
        pytest.param("à jour", date(2024, 6, 30), "atteint", id="the final level reached early"),
        pytest.param("en ligne", date(2024, 6, 30), "en_bonne_voie", id="this year's level reached"),
        pytest.param("absent", date(2024, 6, 30), "en_retard", id="this year's level not reached"),
        pytest.param("absent", date(2023, 6, 30), "en_bonne_voie", id="no level asked yet"),
        pytest.param("en ligne", date(2026, 6, 30), "en_retard", id="the final year has come"),
        pytest.param(None, date(2024, 6, 30), "non_renseigne", id="not reported"),
        pytest.param("fermé", date(2024, 6, 30), "non_renseigne", id="a level that is not on the scale"),
    ],
)
def test_levels_are_reached_or_not(niveau: str | None, jour: date, statut: str) -> None:
    lu = compute_statut_niveau(SITE, Realise(niveau=niveau), {2024: "en ligne", 2026: "à jour"}, jour)
    assert (lu.code, lu.ratio) == (statut, None)


def test_yes_or_no_has_its_own_scale() -> None:
    feuille = Definition("5.c", type=TypeIndicateur.OUI_NON, mode_cible=ModeCible.SEUIL)
    assert compute_statut_niveau(feuille, Realise(niveau="oui"), {2023: "oui"}, FIN).code == "atteint"
    assert compute_statut_niveau(feuille, Realise(niveau="non"), {2023: "oui"}, FIN).code == "en_retard"
    assert compute_statut_niveau(feuille, Realise(niveau="non"), {}, FIN).code == "cible_non_definie"


# --- score -------------------------------------------------------------------------------------------------------


def rate(valeur: float | None) -> Taux:
    return Taux(sans_objet="non_renseigne") if valeur is None else Taux(valeur, valeur, "atteinte")


def test_a_score_counts_only_what_has_data_and_target_and_says_so() -> None:
    score = compute_score_axe([rate(0.5), rate(0.74), None or rate(None), rate(None)])
    assert (score.valeur, score.n_renseignes, score.n_total) == (pytest.approx(62), 2, 4)
    assert compute_score_axe([rate(None)]).valeur is None
    assert compute_score_axe([rate(0)]).valeur == 0


def test_each_part_of_a_score_is_capped_before_the_mean() -> None:
    assert compute_score_axe([rate(3), rate(0)]).valeur == 50
    assert compute_score_axe([rate(-2), rate(1)]).valeur == 50


@settings(deadline=None, max_examples=100)
@given(st.lists(st.one_of(st.none(), st.floats(-5, 5)), max_size=12))
def test_a_score_stays_between_0_and_100(valeurs: list[float | None]) -> None:
    score = compute_score_axe(rate(x) for x in valeurs)
    assert score.n_renseignes <= score.n_total == len(valeurs)
    assert score.valeur is None or 0 <= score.valeur <= 100
