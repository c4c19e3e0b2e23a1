"""Physical progress, what was expected, status of an activity."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccm_data.domain.avancement import (
    classify_ratio,
    compute_attendu_activite,
    compute_avancement_activites,
    compute_moyenne,
    compute_moyennes,
    compute_statut_activite,
    compute_statut_avancement,
)
from ccm_data.domain.seuils import Seuils

FIN_T3 = date(2026, 9, 30)


def maj(region: str | None, trimestre: str, avancement: float | None = None, **reste: Any) -> dict[str, Any]:
    defauts = {"activite_code": "3.1.1", "statut": None, "debut_reel": None, "fin_reelle": None, "acteur_code": None}
    quand = {"annee": int(trimestre[:4]), "trimestre": int(trimestre[-1])}
    return {**defauts, "region_code": region, **quand, "avancement": avancement, **reste}


def read(
    mises_a_jour: list[dict[str, Any]], poids: dict[str, float] | None = None, jour: date = FIN_T3
) -> dict[str, Any]:
    colonnes = list(maj(None, "2022-T1"))
    regions = pd.DataFrame(
        [("3.1.1", region, p) for region, p in (poids or {}).items()],
        columns=["activite_code", "region_code", "poids"],
    )
    cadre = pd.DataFrame(mises_a_jour, columns=colonnes)
    ligne = compute_avancement_activites(["3.1.1"], cadre, regions, jour).to_dict("records")[0]
    return {str(k): (None if pd.api.types.is_scalar(v) and pd.isna(v) else v) for k, v in ligne.items()}


DEUX = {"NE001": 1.0, "NE002": 1.0}


@pytest.mark.parametrize(
    ("mises_a_jour", "poids", "valeur"),
    [
        pytest.param([maj("NE001", "2026-T3", 40), maj("NE002", "2026-T3", 60)], DEUX, 50, id="mean of the regions"),
        pytest.param([maj("NE001", "2026-T3", 40)], DEUX, 40, id="a silent region is not a zero"),
        pytest.param([maj("NE001", "2026-T3", 0), maj("NE002", "2026-T3", 60)], DEUX, 30, id="a true zero counts"),
        pytest.param(
            [maj("NE001", "2026-T3", 40), maj("NE002", "2026-T3", 60)],
            {"NE001": 3.0, "NE002": 1.0},
            45,
            id="declared weights are followed",
        ),
        pytest.param([maj("NE001", "2024-T2", 40)], DEUX, 40, id="the last value is carried"),
        pytest.param(
            [maj("NE001", "2026-T2", 40), maj("NE001", "2026-T3", None)], DEUX, 40, id="nothing to report keeps it"
        ),
        pytest.param(
            [maj("NE001", "2026-T3", 40), maj("NE001", "2026-T4", 90)], DEUX, 40, id="a later quarter does not count"
        ),
        pytest.param(
            [maj("NE001", "2026-T3", 40), maj("NE001", "2025-T1", 99)],
            DEUX,
            40,
            id="an older correction changes nothing",
        ),
        pytest.param([maj(None, "2026-T3", 70)], {}, 70, id="without regions, the national value"),
        pytest.param([maj(None, "2026-T3", 70)], DEUX, 70, id="the national value when no region speaks"),
        pytest.param(
            [maj(None, "2026-T3", 70), maj("NE001", "2026-T3", 20)], DEUX, 20, id="regions come before the national one"
        ),
        pytest.param([], DEUX, None, id="nothing reported is nothing, not zero"),
        pytest.param([maj("NE009", "2026-T3", 50)], DEUX, None, id="a region that is not concerned does not count"),
    ],
)
def test_progress_of_an_activity(mises_a_jour: list[dict[str, Any]], poids: dict[str, float], valeur: float) -> None:
    assert read(mises_a_jour, poids)["avancement"] == valeur


def test_missing_regions_are_stated() -> None:
    lu = read([maj("NE001", "2026-T3", 40)], DEUX)
    assert (lu["regions_renseignees"], lu["regions_attendues"], lu["provisoire"]) == (1, 2, True)
    lu = read([maj("NE001", "2026-T3", 40), maj("NE002", "2026-T1", 5)], DEUX)
    assert (lu["regions_renseignees"], lu["provisoire"]) == (2, False)


def test_nothing_falls_to_zero_after_the_plan() -> None:
    lignes = [maj("NE001", "2024-T2", 40)]
    assert read(lignes, DEUX, date(2026, 12, 31))["avancement"] == 40


def test_several_reporters_who_differ_are_a_conflict_and_the_region_prevails() -> None:
    lignes = [maj("NE001", "2026-T3", 40), maj("NE001", "2026-T3", 20, acteur_code="OIM")]
    lu = read(lignes, DEUX)
    assert (lu["avancement"], lu["conflit"]) == (40, True)
    lu = read([maj("NE001", "2026-T3", v, acteur_code=a) for v, a in ((40, "GIZ"), (20, "OIM"))], DEUX)
    assert (lu["avancement"], lu["conflit"]) == (20, True)
    assert not read([maj("NE001", "2026-T3", 40), maj("NE001", "2026-T3", 40, acteur_code="OIM")], DEUX)["conflit"]


@pytest.mark.parametrize(
    ("statuts", "muettes", "attendu"),
    [
        pytest.param([], 2, None, id="nobody reported"),
        pytest.param(["achevee", "achevee"], 0, "achevee", id="everywhere completed"),
        pytest.param(["achevee"], 1, "en_cours", id="completed where known, one region silent"),
        pytest.param(["achevee", "non_demarree"], 0, "en_cours", id="a mixture is under way"),
        pytest.param(["suspendue", "suspendue"], 1, "suspendue", id="suspended wherever known"),
        pytest.param(["abandonnee", "achevee"], 0, "achevee", id="who gave up does not hold the others back"),
        pytest.param(["abandonnee"], 0, "abandonnee", id="given up everywhere"),
    ],
)
def test_status_of_an_activity_out_of_its_regions(statuts: list[str], muettes: int, attendu: str | None) -> None:
    assert compute_statut_activite(statuts, muettes) == attendu


def test_real_dates_and_last_quarter_come_from_the_reports() -> None:
    lignes = [
        maj("NE001", "2023-T1", 10, statut="achevee", debut_reel=date(2022, 3, 1), fin_reelle=date(2023, 2, 1)),
        maj("NE002", "2023-T4", 10, statut="achevee", debut_reel=date(2022, 5, 1), fin_reelle=date(2023, 10, 1)),
    ]
    lu = read(lignes, DEUX)
    assert (lu["debut_reel"], lu["fin_reelle"], lu["dernier_trimestre"]) == (
        date(2022, 3, 1),
        date(2023, 10, 1),
        "2023-T4",
    )
    lignes[1]["statut"] = "en_cours"
    assert read(lignes, DEUX)["fin_reelle"] is None


def cadre(*valeurs: float | None) -> pd.DataFrame:
    codes = [f"1.{i}" for i in range(len(valeurs))]
    return pd.DataFrame({"activite_code": codes, "avancement": pd.array(valeurs, dtype="Float64")})


def test_a_mean_counts_only_what_is_known_and_says_how_much() -> None:
    moyenne = compute_moyenne(cadre(20, None, 40))
    assert (moyenne.valeur, moyenne.n_renseignees, moyenne.n_total) == (30, 2, 3)
    assert compute_moyenne(cadre(None, None)).valeur is None
    assert compute_moyenne(cadre(0, 0)).valeur == 0


def test_costs_can_weigh_instead() -> None:
    couts = {"1.0": 900, "1.1": 100}
    assert compute_moyenne(cadre(10, 90), "cout", couts).valeur == 18
    assert compute_moyenne(cadre(10, 90)).valeur == 50
    with pytest.raises(ValueError, match="weighting"):
        compute_moyenne(cadre(10), "cout")


def test_groups_have_their_own_means() -> None:
    moyennes = compute_moyennes(cadre(20, 40, None), {"1.0": "1", "1.1": "1", "1.2": "2"})
    assert {axe: m.valeur for axe, m in moyennes.items()} == {"1": 30, "2": None}


@settings(deadline=None, max_examples=25)
@given(st.lists(st.one_of(st.none(), st.floats(0, 100)), min_size=1, max_size=10), st.integers(1, 10**9))
def test_a_mean_stays_within_its_values(valeurs: list[float | None], cout: int) -> None:
    avancements = cadre(*valeurs)
    couts = {code: cout + i for i, code in enumerate(avancements["activite_code"])}
    connues = [v for v in valeurs if v is not None]
    for moyenne in (compute_moyenne(avancements), compute_moyenne(avancements, "cout", couts)):
        if not connues:
            assert moyenne.valeur is None
        else:
            assert moyenne.valeur is not None
            assert min(connues) - 1e-6 <= moyenne.valeur <= max(connues) + 1e-6


@pytest.mark.parametrize(
    ("annees", "jour", "attendu"),
    [
        pytest.param([2022], date(2022, 12, 31), 100, id="a marked year that has passed"),
        pytest.param([2022, 2023], date(2022, 12, 31), 50, id="one marked year of two"),
        pytest.param([2022, 2026], date(2024, 6, 1), 50, id="unmarked years add nothing"),
        pytest.param([2026], date(2026, 7, 2), 100 * 183 / 365, id="days within a marked year"),
        pytest.param([2024], date(2024, 12, 30), 100 * 365 / 366, id="leap years have their day"),
        pytest.param([2026], date(2025, 12, 31), 0, id="not started"),
        pytest.param([], date(2026, 1, 1), None, id="unscheduled: nothing is expected"),
    ],
)
def test_progress_expected_at_a_date(annees: list[int], jour: date, attendu: float | None) -> None:
    assert compute_attendu_activite(annees, jour) == (None if attendu is None else pytest.approx(attendu))


@settings(deadline=None, max_examples=25)
@given(
    st.sets(st.integers(2022, 2026), min_size=1),
    st.dates(date(2021, 1, 1), date(2027, 12, 31)),
    st.dates(date(2021, 1, 1), date(2027, 12, 31)),
)
def test_what_is_expected_never_goes_back(annees: set[int], un: date, autre: date) -> None:
    avant, apres = sorted((un, autre))
    bas, haut = compute_attendu_activite(annees, avant), compute_attendu_activite(annees, apres)
    assert bas is not None
    assert haut is not None
    assert 0 <= bas <= haut <= 100 + 1e-9


@pytest.mark.parametrize(
    ("fait", "attendu", "statut"),
    [
        pytest.param(None, 50, "non_renseigne", id="not reported"),
        pytest.param(100, 50, "atteint", id="complete"),
        pytest.param(45, 50, "en_bonne_voie", id="nine tenths exactly"),
        pytest.param(44.99, 50, "a_surveiller", id="just under nine tenths"),
        pytest.param(30, 50, "a_surveiller", id="six tenths exactly"),
        pytest.param(29.99, 50, "en_retard", id="just under six tenths"),
        pytest.param(0, 50, "en_retard", id="a reported zero is late"),
        pytest.param(0, 0, "en_bonne_voie", id="nothing expected yet, nothing late"),
        pytest.param(40, None, "cible_non_definie", id="unscheduled"),
        pytest.param(100, None, "atteint", id="unscheduled and complete"),
    ],
)
def test_status_by_ratio(fait: float | None, attendu: float | None, statut: str) -> None:
    assert compute_statut_avancement(fait, attendu)[0] == statut


def test_thresholds_are_data() -> None:
    assert classify_ratio(0.5) == "en_retard"
    assert classify_ratio(0.5, Seuils(a_surveiller=0.5)) == "a_surveiller"
    assert classify_ratio(0.5, Seuils(a_surveiller=0.2, en_bonne_voie=0.5)) == "en_bonne_voie"


def test_a_ratio_that_is_nine_tenths_by_another_way_is_nine_tenths() -> None:
    assert classify_ratio(0.1 * 3 * 3) == "en_bonne_voie"
    assert classify_ratio(1.7 - 1.1) == "a_surveiller"
