"""Every line of the rules on indicators (règles de calcul, 2), held whatever the figures."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ccm_data.domain.calendrier import ANNEES, PLAN_FIN, Trimestre, list_trimestres
from ccm_data.domain.indicateurs import Definition
from ccm_data.domain.realise import Realise, compute_realise, compute_serie, count_distincts
from ccm_data.domain.statut import compute_score_axe, compute_statut, compute_taux
from ccm_data.domain.vocabulaire import (
    AgregationRegion,
    AgregationTemps,
    ModeCible,
    ModeSaisie,
    Sens,
    StatutBase,
    StatutIndicateur,
    TypeIndicateur,
)
from ccm_data.phrases.indicateurs import say_couverture, say_score, say_valeur

FLUX = Definition("1.b")
ETAT = Definition(
    "2.3.b", agregation_temps=AgregationTemps.DERNIER, mode_cible=ModeCible.FINALE, mode_saisie=ModeSaisie.ETAT,
    base_statut=StatutBase.INCONNUE,
)  # fmt: skip
DISTINCT = Definition(
    "1.a", agregation_temps=AgregationTemps.DISTINCT, agregation_region=AgregationRegion.DISTINCT,
    mode_cible=ModeCible.CUMULEE, mode_saisie=ModeSaisie.ETAT, base_statut=StatutBase.INCONNUE,
)  # fmt: skip
PART = Definition(
    "x", type=TypeIndicateur.POURCENTAGE, agregation_temps=AgregationTemps.DERNIER,
    agregation_region=AgregationRegion.MOYENNE_PONDEREE, mode_cible=ModeCible.FINALE, mode_saisie=ModeSaisie.ETAT,
)  # fmt: skip
TRIMESTRES = list_trimestres()
CHAMPS = ["region_code", "acteur_code", "annee", "trimestre", "valeur", "numerateur", "denominateur", "niveau"]
CHIFFRES = st.integers(0, 1000).map(float)
SERIES = st.lists(st.none() | CHIFFRES, min_size=len(TRIMESTRES), max_size=len(TRIMESTRES))
peu = settings(deadline=None, max_examples=40)


def make_definition(sens: Sens, base: float | None, mode: ModeCible = ModeCible.FINALE) -> Definition:
    statut = StatutBase.INCONNUE if base is None else StatutBase.CONNUE
    return Definition("i", sens=sens, mode_cible=mode, base_statut=statut, base=base)


def make_lignes(valeurs: list[float | None], region: str | None = "A") -> list[dict[str, Any]]:
    return [
        {"region_code": region, "annee": t.annee, "trimestre": t.numero, "valeur": v}
        for t, v in zip(TRIMESTRES, valeurs, strict=True)
    ]


def read(definition: Definition, lignes: list[dict[str, Any]], jour: date = PLAN_FIN, regions: Any = ("A",)) -> Realise:
    return compute_realise(definition, pd.DataFrame(lignes, columns=CHAMPS), jour, regions)


# --- 9, 10: yearly targets ---------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 50), min_size=5, max_size=5), st.integers(0, 4))
def test_cumulative_targets_fully_met_are_met_wholly_each_year_never_by_half(hausses: list[int], rang: int) -> None:
    """10, 20, 30 fully met is 100 %: the last target is the total, and not one part of a sum of targets."""
    cumul, cibles = 0, {}
    for annee, hausse in zip(ANNEES, hausses, strict=True):
        cumul += hausse
        cibles[annee] = float(cumul)
    assume(cumul > 0 and cibles[ANNEES[rang]] > 0)
    definition = make_definition(Sens.CROISSANT, 0, ModeCible.CUMULEE)
    annee = ANNEES[rang]
    statut = compute_statut(definition, Realise(valeur=cibles[annee]), cibles, date(annee, 12, 31))
    assert statut.cible_finale == cumul
    assert statut.code in (StatutIndicateur.ATTEINT, StatutIndicateur.EN_BONNE_VOIE)
    assert statut.ratio == 1
    assert compute_taux(definition, float(cumul), statut.cible_finale).valeur == 1
    additif = compute_statut(
        FLUX, Realise(valeur=cibles[annee]), dict(zip(ANNEES, map(float, hausses), strict=True)), date(annee, 12, 31)
    )
    assert (additif.code, additif.ratio, additif.cible_finale) == (statut.code, statut.ratio, statut.cible_finale)


# --- 1, 7: null, zero, time --------------------------------------------------------------------------------------


@peu
@given(SERIES)
def test_a_true_zero_is_kept_and_silence_is_none(valeurs: list[float | None]) -> None:
    connues = [v for v in valeurs if v is not None]
    for definition in (FLUX, ETAT):
        lu = read(definition, make_lignes(valeurs))
        assert (lu.valeur is None) == (not connues)
        zeros = read(definition, make_lignes([None if v is None else 0.0 for v in valeurs]))
        assert zeros.valeur == (0 if connues else None)
        assert say_valeur(zeros) == ("non renseigné" if not connues else "au moins 0" if zeros.plancher else "0")


@peu
@given(SERIES, st.dates(date(2026, 12, 31), date(2032, 12, 31)))
def test_nothing_falls_to_zero_after_the_plan_s_end(valeurs: list[float | None], jour: date) -> None:
    apres = {"region_code": "A", "annee": 2027, "trimestre": 1, "valeur": 0.0}
    for definition in (FLUX, ETAT, DISTINCT):
        fin = read(definition, make_lignes(valeurs))
        assert read(definition, [*make_lignes(valeurs), apres], jour) == fin
        cibles = {2026: 100.0}
        assert (
            compute_statut(definition, fin, cibles, jour).code == compute_statut(definition, fin, cibles, PLAN_FIN).code
        )


@peu
@given(SERIES, st.integers(0, len(TRIMESTRES) - 2), CHIFFRES, st.booleans())
def test_correcting_an_older_period_leaves_newer_states_alone(
    valeurs: list[float | None], rang: int, corrige: float, efface: bool
) -> None:
    """A state's newer values stand as they were, corrected or taken away; a running total moves by the correction alone."""
    valeurs = [*valeurs[: rang + 1], *(v if v is not None else 7.0 for v in valeurs[rang + 1 :])]
    corriges = [None if efface and i == rang else corrige if i == rang else v for i, v in enumerate(valeurs)]
    series = [
        compute_serie(ETAT, pd.DataFrame(make_lignes(x), columns=CHAMPS), PLAN_FIN, ["A"]) for x in (valeurs, corriges)
    ]
    assert list(series[0]["valeur"][rang + 1 :]) == list(series[1]["valeur"][rang + 1 :])
    assert (series[1]["valeur"][rang + 1 :] == valeurs[rang + 1 :]).all()
    sommes = [read(FLUX, make_lignes(x)).valeur or 0 for x in (valeurs, corriges)]
    assert sommes[1] - sommes[0] == (corriges[rang] or 0) - (valeurs[rang] or 0)


@peu
@given(SERIES, st.integers(0, len(TRIMESTRES) - 1))
def test_what_comes_after_the_date_changes_nothing(valeurs: list[float | None], rang: int) -> None:
    jour = TRIMESTRES[rang].fin
    tus = [v if i <= rang else None for i, v in enumerate(valeurs)]
    for definition in (FLUX, ETAT, DISTINCT):
        assert read(definition, make_lignes(valeurs), jour) == read(definition, make_lignes(tus), jour)


# --- 2, 3, 4, 6: rates -------------------------------------------------------------------------------------------


@given(st.integers(1, 1000), st.integers(0, 999), st.integers(-500, 2000))
def test_a_fall_from_a_known_base_is_the_mirror_of_a_rise(base: int, cible: int, realise: int) -> None:
    assume(cible < base)
    baisse = compute_taux(make_definition(Sens.DECROISSANT, base), realise, cible)
    hausse = compute_taux(make_definition(Sens.CROISSANT, -base), -realise, -cible)
    assert baisse.progression == pytest.approx((base - realise) / (base - cible))
    assert baisse.progression == hausse.progression
    assert baisse.imprime == "progression"
    assert (baisse.valeur or 0) >= 1 if realise <= cible else (baisse.valeur or 0) < 1
    assert baisse.recul == (realise > base)


@given(st.integers(0, 1000), st.integers(0, 1000))
def test_a_fall_from_an_unknown_base_has_no_percentage_and_is_met_or_not(realise: int, cible: int) -> None:
    definition = make_definition(Sens.DECROISSANT, None)
    taux = compute_taux(definition, realise, cible)
    assert (taux.valeur, taux.barre, taux.sans_objet, taux.tenu) == (None, None, "base_inconnue", realise <= cible)
    statut = compute_statut(definition, Realise(valeur=realise), {2024: float(cible), 2026: -1.0}, date(2024, 6, 30))
    assert statut.code == (StatutIndicateur.EN_BONNE_VOIE if realise <= cible else StatutIndicateur.EN_RETARD)
    assert statut.ratio is None


@given(st.integers(-1000, 1000), st.integers(-1000, 1000), st.sampled_from([Sens.CROISSANT, Sens.DECROISSANT]))
def test_a_target_equal_to_the_base_is_held_or_not_and_never_divided_by(base: int, realise: int, sens: Sens) -> None:
    definition = make_definition(sens, base)
    tenu = realise <= base if sens is Sens.DECROISSANT else realise >= base
    taux = compute_taux(definition, realise, base)
    assert (taux.valeur, taux.sans_objet, taux.tenu) == (None, "maintien", tenu)
    statut = compute_statut(definition, Realise(valeur=realise), {2026: float(base)}, PLAN_FIN)
    assert (statut.code, statut.motif, statut.attendu) == (
        StatutIndicateur.ATTEINT if tenu else StatutIndicateur.EN_RETARD, None if tenu else "maintien", base,
    )  # fmt: skip


@given(st.integers(1, 500), st.floats(-5, 5, allow_nan=False))
def test_over_a_hundred_and_below_zero_the_real_figure_shows_and_the_mean_is_bounded(cible: int, part: float) -> None:
    taux = compute_taux(make_definition(Sens.CROISSANT, 0), part * cible, cible)
    assert taux.valeur == pytest.approx(part)
    assert taux.barre == pytest.approx(min(max(part, 0), 1))
    assert (taux.depasse, taux.recul) == ((taux.valeur or 0) > 1, (taux.valeur or 0) < 0)
    score = compute_score_axe([taux, compute_taux(make_definition(Sens.CROISSANT, 0), cible, cible)])
    assert score.valeur is not None
    assert 50 <= score.valeur <= 100, "capped before the mean: nobody makes up for another"


# --- 5: percentages, distinct things -----------------------------------------------------------------------------


@peu
@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 50)), min_size=1, max_size=6))
def test_a_percentage_is_the_sum_of_numerators_over_that_of_denominators(parts: list[tuple[int, int]]) -> None:
    lignes = [
        {"region_code": f"R{i}", "annee": 2024, "trimestre": 1, "numerateur": n, "denominateur": d}
        for i, (n, d) in enumerate(parts)
    ]
    regions = [f"R{i}" for i in range(len(parts))]
    lu = read(PART, lignes, regions=regions)
    assert lu.valeur == pytest.approx(100 * sum(n for n, _d in parts) / sum(d for _n, d in parts))
    taux = [100 * n / d for n, d in parts]
    assert min(taux) - 1e-9 <= (lu.valeur or 0) <= max(taux) + 1e-9
    sans = read(PART, [*lignes, {**lignes[0], "region_code": "Z", "denominateur": None}], regions=[*regions, "Z"])
    assert (sans.valeur, sans.motif) == (None, "denominateur")


@peu
@given(st.dictionaries(st.sampled_from("ABCDEFGH"), CHIFFRES, min_size=2), st.integers(0, 9))
def test_distinct_things_are_never_the_sum_of_regions_nor_of_quarters(parts: dict[str, float], nationale: int) -> None:
    lignes = [{"region_code": r, "annee": 2024, "trimestre": t, "valeur": v} for r, v in parts.items() for t in (1, 2)]
    lu = read(DISTINCT, lignes, regions=list(parts))
    assert (lu.valeur, lu.plancher, lu.provisoire) == (max(parts.values()), True, True)
    recompte = read(
        DISTINCT,
        [*lignes, {"region_code": None, "annee": 2024, "trimestre": 2, "valeur": nationale}],
        regions=list(parts),
    )
    assert (recompte.valeur, recompte.plancher) == (nationale, False)


@peu
@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.dates(date(2022, 1, 1), PLAN_FIN)), max_size=12),
    st.dates(date(2022, 1, 1), PLAN_FIN),
)
def test_distinct_things_are_recounted_from_rows(lignes: list[tuple[str, date]], jour: date) -> None:
    registre = pd.DataFrame(lignes, columns=["cle", "le"])
    assert count_distincts(registre, "cle", "le", jour) == len({cle for cle, le in lignes if le <= jour})


# --- 1, 11: coverage ---------------------------------------------------------------------------------------------


@peu
@given(st.lists(st.tuples(st.sampled_from("ABC"), st.integers(0, 3), CHIFFRES), max_size=9))
def test_a_sum_with_missing_parts_prints_its_coverage_and_a_whole_one_does_not(
    recus: list[tuple[str, int, float]],
) -> None:
    cellules = {(r, t): v for r, t, v in recus}
    lignes = [{"region_code": r, "annee": 2022, "trimestre": t + 1, "valeur": v} for (r, t), v in cellules.items()]
    lu = read(FLUX, lignes, date(2022, 12, 31), ("A", "B", "C"))
    dit = say_couverture(lu)
    if not cellules or len(cellules) == 12:
        assert (lu.provisoire, dit) == (False, "")
        return
    regions, trimestres = ({c[i] for c in cellules} for i in (0, 1))
    assert dit == f"{len(trimestres)} trimestres sur 4 ; {len(regions)} régions sur 3"
    assert say_valeur(lu).startswith("au moins ")
    assert lu.couverture == len(cellules) / 12


@peu
@given(st.lists(st.none() | st.integers(0, 200), min_size=1, max_size=7))
def test_a_score_is_printed_with_how_many_indicators_it_rests_on(realises: list[int | None]) -> None:
    definition = make_definition(Sens.CROISSANT, 0)
    score = compute_score_axe(compute_taux(definition, r, 100) for r in realises)
    connus = [r for r in realises if r is not None]
    dit = say_score(SimpleNamespace(scores={"1": score}), "1")  # type: ignore[arg-type]
    if not connus:
        assert dit == "non renseigné"
        return
    assert score.valeur == pytest.approx(sum(min(r, 100) for r in connus) / len(connus))
    assert f"sur {len(connus)} indicateur" in dit
    assert dit.endswith(f"/ {len(realises)}")


def test_the_quarters_of_the_plan_are_those_of_these_properties() -> None:
    assert (TRIMESTRES[0], TRIMESTRES[-1], len(TRIMESTRES)) == (Trimestre(2022, 1), Trimestre(2026, 4), 20)
