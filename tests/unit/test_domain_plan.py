"""Planned amounts: split, entered, unscheduled; totals and differences."""

from __future__ import annotations

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from ccm_data.domain.plan import (
    compute_annees_programmees,
    compute_couts,
    compute_prevu,
    compute_reconciliation,
    compute_totaux,
    list_non_programmees,
)

# code, action, axis, cost, marked years
DEUX_AXES = (
    ("1.1", "1", "1", 25, (2022, 2023)),
    ("1.2", "1", "1", 20, (2022,)),
    ("2.1.1", "2.1", "2", 10, (2022, 2023, 2024)),
    ("2.3.2", "2.3", "2", 15, ()),
)


def build_activites(lignes: tuple[tuple[str, str, str, int, tuple[int, ...]], ...] = DEUX_AXES) -> pd.DataFrame:
    return pd.DataFrame([ligne[:4] for ligne in lignes], columns=["code", "action_code", "axe_code", "cout_fcfa"])


def build_annees(lignes: tuple[tuple[str, str, str, int, tuple[int, ...]], ...] = DEUX_AXES) -> pd.DataFrame:
    couples = [(ligne[0], annee) for ligne in lignes for annee in ligne[4]]
    return pd.DataFrame(couples, columns=["activite_code", "annee"])


def build_montants(**par_annee: int) -> pd.DataFrame:
    lignes = [("1.1", int(annee[1:]), montant) for annee, montant in par_annee.items()]
    return pd.DataFrame(lignes, columns=["activite_code", "annee", "montant_fcfa"])


def build_retenus(*decisions: tuple[str, str, int]) -> pd.DataFrame:
    return pd.DataFrame(decisions, columns=["objet", "objet_code", "montant_fcfa"])


def list_lignes(prevu: pd.DataFrame, code: str) -> list[tuple[int | None, int, str]]:
    lignes = prevu[prevu["activite_code"] == code]
    return [
        (None if pd.isna(annee) else int(annee), int(montant), source)
        for annee, montant, source in zip(lignes["annee"], lignes["montant_fcfa"], lignes["source"], strict=True)
    ]


def get_total(totaux: pd.DataFrame, objet: str, code: str) -> dict[str, int]:
    ligne = totaux[(totaux["objet"] == objet) & (totaux["code"] == code)].iloc[0]
    return {c: int(ligne[c]) for c in totaux.columns if c.endswith("_fcfa") and not pd.isna(ligne[c])}


def test_a_cost_is_split_equally_with_the_remainder_on_the_last_year() -> None:
    prevu = compute_prevu(build_activites(), build_annees())
    assert list_lignes(prevu, "1.1") == [(2022, 12, "reparti"), (2023, 13, "reparti")]
    assert list_lignes(prevu, "2.1.1") == [(2022, 3, "reparti"), (2023, 3, "reparti"), (2024, 4, "reparti")]


def test_without_a_marked_year_the_cost_stands_in_no_year() -> None:
    prevu = compute_prevu(build_activites(), build_annees())
    assert list_lignes(prevu, "2.3.2") == [(None, 15, "non_programme")]
    assert list_non_programmees(prevu) == ["2.3.2"]


def test_entered_amounts_replace_the_split_and_schedule_the_unscheduled() -> None:
    montants = pd.concat(
        [
            build_montants(a2024=25),
            pd.DataFrame([("2.3.2", 2025, 15)], columns=["activite_code", "annee", "montant_fcfa"]),
        ]
    )
    prevu = compute_prevu(build_activites(), build_annees(), montants)
    assert list_lignes(prevu, "1.1") == [(2024, 25, "saisi")]
    assert list_lignes(prevu, "2.3.2") == [(2025, 15, "saisi")]
    assert list_non_programmees(prevu) == []


def test_entered_amounts_that_do_not_add_up_leave_a_row_and_a_line() -> None:
    activites, montants = build_activites(), build_montants(a2022=10, a2023=10)
    prevu = compute_prevu(activites, build_annees(), montants)
    assert list_lignes(prevu, "1.1")[-1] == (None, 5, "ecart_non_ventile")
    assert "1.1" not in list_non_programmees(prevu)
    lignes = compute_reconciliation(activites, *build_imprimes(), 70, montants)
    assert ("activite", "1.1", "annees", 25, 20, -5) in list(lignes.itertuples(index=False, name=None))


def test_an_entered_zero_is_a_zero() -> None:
    prevu = compute_prevu(build_activites(), build_annees(), build_montants(a2022=0, a2023=25))
    assert list_lignes(prevu, "1.1") == [(2022, 0, "saisi"), (2023, 25, "saisi")]


def test_the_prevailing_cost_of_an_activity_is_what_gets_split() -> None:
    retenus = build_retenus(("activite", "1.1", 40))
    assert compute_couts(build_activites(), retenus)["1.1"] == 40
    prevu = compute_prevu(build_activites(), build_annees(), retenus=retenus)
    assert list_lignes(prevu, "1.1") == [(2022, 20, "reparti"), (2023, 20, "reparti")]


def test_scheduled_years_follow_what_was_entered() -> None:
    prevu = compute_prevu(build_activites(), build_annees(), build_montants(a2025=25))
    annees = compute_annees_programmees(prevu)
    assert list(annees.loc[annees["activite_code"] == "1.1", "annee"]) == [2025]


def build_imprimes() -> tuple[pd.DataFrame, pd.DataFrame]:
    actions = pd.DataFrame(
        [("1", "1", 45), ("2.1", "2", 10), ("2.3", "2", 15)], columns=["code", "axe_code", "cout_imprime_fcfa"]
    )
    axes = pd.DataFrame([("1", 45), ("2", 10)], columns=["code", "cout_imprime_fcfa"])
    return actions, axes


def test_only_differences_are_reconciled() -> None:
    lignes = compute_reconciliation(build_activites(), *build_imprimes(), 70)
    assert list(lignes.itertuples(index=False, name=None)) == [
        ("plan", "plan", "axes", 70, 55, -15),
        ("axe", "2", "actions", 10, 25, 15),
        ("axe", "2", "activites", 10, 25, 15),
    ]


def test_a_missing_printed_total_is_no_difference() -> None:
    lignes = compute_reconciliation(build_activites(), *build_imprimes(), None)
    assert "plan" not in set(lignes["objet"])


def test_without_a_decision_totals_are_the_sum_of_the_activities() -> None:
    totaux = compute_totaux(build_activites())
    assert get_total(totaux, "plan", "plan")["montant_fcfa"] == 70
    assert set(totaux["ecart_non_ventile_fcfa"].dropna()) == {0}


def test_a_prevailing_figure_replaces_the_total_at_its_level_only() -> None:
    totaux = compute_totaux(build_activites(), build_retenus(("axe", "2", 10)), {("axe", "2"): 10})
    axe = get_total(totaux, "axe", "2")
    assert axe == {
        "imprime_fcfa": 10,
        "somme_activites_fcfa": 25,
        "retenu_fcfa": 10,
        "montant_fcfa": 10,
        "somme_parties_fcfa": 25,
        "ecart_non_ventile_fcfa": -15,
    }
    assert get_total(totaux, "action", "2.3")["montant_fcfa"] == 15
    plan = get_total(totaux, "plan", "plan")
    assert (plan["montant_fcfa"], plan["ecart_non_ventile_fcfa"]) == (70, 15)


def test_the_whole_plan_can_have_its_prevailing_figure_under_any_code() -> None:
    totaux = compute_totaux(build_activites(), build_retenus(("plan", "2022-2026", 60)))
    assert get_total(totaux, "plan", "plan")["ecart_non_ventile_fcfa"] == -10


activites_possibles = st.lists(
    st.tuples(st.integers(0, 10**10), st.sets(st.integers(2022, 2026))), min_size=1, max_size=8
).map(lambda ls: tuple((f"1.{i}", "1", "1", cout, tuple(annees)) for i, (cout, annees) in enumerate(ls)))


@settings(deadline=None, max_examples=25)
@given(activites_possibles, st.dictionaries(st.sampled_from(["a2022", "a2023", "a2026"]), st.integers(0, 10**10)))
def test_rows_of_an_activity_always_add_up_to_its_cost(lignes: tuple, saisis: dict[str, int]) -> None:
    activites = build_activites(lignes)
    montants = build_montants(**saisis).assign(activite_code="1.0")
    prevu = compute_prevu(activites, build_annees(lignes), montants)
    sommes = prevu.groupby("activite_code")["montant_fcfa"].sum()
    assert {code: int(v) for code, v in sommes.items()} == compute_couts(activites)


@settings(deadline=None, max_examples=25)
@given(
    st.dictionaries(
        st.sampled_from([("plan", "plan"), ("axe", "1"), ("axe", "2"), ("action", "2.1"), ("activite", "1.1")]),
        st.integers(0, 1000),
    )
)
def test_parts_and_the_unbroken_down_line_always_close_the_sum(decisions: dict[tuple[str, str], int]) -> None:
    retenus = build_retenus(*((*cle, montant) for cle, montant in decisions.items()))
    totaux = compute_totaux(build_activites(), retenus)
    hauts = totaux[totaux["objet"] != "activite"]
    assert (hauts["somme_parties_fcfa"] + hauts["ecart_non_ventile_fcfa"] == hauts["montant_fcfa"]).all()
    for (objet, code), montant in decisions.items():
        assert get_total(totaux, objet, code)["montant_fcfa"] == montant
