"""Reports owed: who, by when, in which state."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccm_data.domain.calendrier import Trimestre
from ccm_data.domain.rapports import (
    Completude,
    compute_completude,
    compute_completude_regions,
    compute_obligations,
)

T3 = Trimestre(2026, 3)
ECHEANCE = date(2026, 10, 15)
CHAMPS = [
    "activite_code",
    "region_code",
    "acteur_code",
    "annee",
    "trimestre",
    "etat",
    "rien_a_signaler",
    "retour_avant_le",
]


def depot(etat: str, region: str = "NE001", trimestre: int = 3, **reste: Any) -> dict[str, Any]:
    defauts = {"activite_code": "3.1.1", "acteur_code": None, "rien_a_signaler": False, "retour_avant_le": None}
    return {**defauts, "region_code": region, "annee": 2026, "trimestre": trimestre, "etat": etat, **reste}


def compute(
    depots: list[dict[str, Any]],
    aujourd_hui: date = date(2026, 11, 23),
    regions: tuple[str | None, ...] = ("NE001",),
    premier: Trimestre = T3,
    annees: tuple[int, ...] = (2026,),
) -> pd.DataFrame:
    liens = pd.DataFrame([("3.1.1", r) for r in regions], columns=["activite_code", "region_code"])
    marques = pd.DataFrame([("3.1.1", a) for a in annees], columns=["activite_code", "annee"])
    return compute_obligations(liens, marques, pd.DataFrame(depots, columns=CHAMPS), T3, 15, premier, aujourd_hui)


def get_etat(depots: list[dict[str, Any]], aujourd_hui: date = date(2026, 11, 23), **options: Any) -> str:
    cadre = compute(depots, aujourd_hui, **options)
    return str(cadre.loc[cadre["code"] == "2026-T3", "etat"].iloc[0])


@pytest.mark.parametrize(
    ("depots", "jour", "etat"),
    [
        pytest.param([], ECHEANCE, "attendu", id="nothing on the due date is not late"),
        pytest.param([], date(2026, 10, 16), "en_retard", id="nothing the day after is late"),
        pytest.param([depot("brouillon")], date(2026, 10, 16), "en_retard", id="a draft is not a report"),
        pytest.param([depot("soumis")], date(2026, 10, 16), "rendu", id="a submitted report is given"),
        pytest.param([depot("valide")], date(2027, 2, 1), "rendu", id="a validated report is given"),
        pytest.param(
            [depot("valide", rien_a_signaler=True)], date(2027, 2, 1), "rien_a_signaler", id="nothing to report is one"
        ),
        pytest.param([depot("retourne")], date(2027, 2, 1), "retourne", id="returned without a new date is not late"),
        pytest.param(
            [depot("retourne", retour_avant_le=date(2026, 11, 30))],
            date(2026, 11, 30),
            "retourne",
            id="returned, on its new date, is not late",
        ),
        pytest.param(
            [depot("retourne", retour_avant_le=date(2026, 11, 30))],
            date(2026, 12, 1),
            "en_retard",
            id="returned, the day after its new date, is late",
        ),
        pytest.param(
            [depot("valide"), depot("brouillon")], date(2027, 2, 1), "rendu", id="a correction hides no report"
        ),
    ],
)
def test_state_of_a_report(depots: list[dict[str, Any]], jour: date, etat: str) -> None:
    assert get_etat(depots, jour) == etat


def test_a_returned_report_shows_its_new_date() -> None:
    cadre = compute([depot("retourne", retour_avant_le=date(2026, 11, 30))])
    assert cadre.loc[cadre["code"] == "2026-T3", "echeance"].iloc[0] == date(2026, 11, 30)


def test_quarters_before_the_first_due_one_are_history_and_never_late() -> None:
    cadre = compute([depot("valide", trimestre=1)])
    assert dict(zip(cadre["code"], cadre["etat"], strict=True)) == {
        "2026-T1": "rendu",
        "2026-T2": "reprise_historique",
        "2026-T3": "en_retard",
    }


def test_an_unmarked_year_owes_nothing() -> None:
    assert compute([], annees=(2022, 2023)).query("annee == 2026").empty
    assert compute([], annees=()).empty


def test_a_region_that_is_not_concerned_owes_nothing() -> None:
    assert compute([], regions=()).empty


def test_one_regions_report_does_not_discharge_another() -> None:
    cadre = compute([depot("valide")], regions=("NE001", "NE002")).query("code == '2026-T3'")
    assert dict(zip(cadre["region_code"], cadre["etat"], strict=True)) == {"NE001": "rendu", "NE002": "en_retard"}


def test_the_national_level_can_owe_a_report() -> None:
    assert get_etat([depot("valide", region=None)], regions=(None,)) == "rendu"  # type: ignore[arg-type]


def test_an_organisation_can_be_the_declarant() -> None:
    liens = pd.DataFrame({"activite_code": ["3.1.1"], "region_code": [None], "acteur_code": ["OIM"]})
    marques = pd.DataFrame({"activite_code": ["3.1.1"], "annee": [2026]})
    depots = pd.DataFrame([depot("soumis", region=None, acteur_code="OIM")], columns=CHAMPS)  # type: ignore[arg-type]
    cadre = compute_obligations(liens, marques, depots, T3, 15, T3, date(2026, 11, 23))
    assert list(cadre["etat"]) == ["reprise_historique", "reprise_historique", "rendu"]


def test_completeness_counts_declarants_who_gave_all_they_owe() -> None:
    cadre = compute([depot("valide"), depot("brouillon", "NE002")], regions=("NE001", "NE002", "NE003"))
    assert compute_completude(cadre, T3) == Completude(1, 3)
    assert compute_completude(cadre, Trimestre(2026, 1)) == Completude(0, 0)
    assert compute_completude(compute([])) == Completude(0, 1)


def test_completeness_per_region_leaves_out_who_owes_nothing() -> None:
    cadre = compute([depot("valide")], regions=("NE001", "NE002"))
    lignes = list(compute_completude_regions(cadre, T3).itertuples(index=False, name=None))
    assert lignes == [("NE001", 1, 1, 0), ("NE002", 0, 1, 1)]


@settings(deadline=None, max_examples=25)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["brouillon", "soumis", "retourne", "valide", "remplace"]),
            st.sampled_from(["NE001", "NE002"]),
            st.integers(1, 4),
        ),
        max_size=8,
    ),
    st.dates(date(2026, 1, 1), date(2027, 6, 30)),
)
def test_each_obligation_stands_once_and_time_only_makes_late(depots: list[tuple[str, str, int]], jour: date) -> None:
    lignes = [depot(*d) for d in depots]
    cadre = compute(lignes, jour, regions=("NE001", "NE002"))
    assert len(cadre) == 6
    assert not cadre.duplicated(["region_code", "activite_code", "code"]).any()
    plus_tard = compute(lignes, date(2028, 1, 1), regions=("NE001", "NE002"))
    avant, apres = list(cadre["etat"]), list(plus_tard["etat"])
    assert all(a == b or (a, b) == ("attendu", "en_retard") for a, b in zip(avant, apres, strict=True))
