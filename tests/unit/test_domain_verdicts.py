"""Verdicts on pairs: only a double declaration changes a total, by exactly the amount in common; revoked, it never was."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ccm_data.domain.verdicts import (
    VerdictRendu,
    check_porteurs,
    compute_a_discuter,
    compute_nets,
    compute_retraits,
    count_doublons,
)
from ccm_data.domain.vocabulaire import SuiteVerdict, VerdictPaire
from ccm_data.errors import ValeurInvalide

CODES = ("A", "B", "C", "D")


def declare(porteur: str, cedant: str, commun: int) -> VerdictRendu:
    a, b = sorted((porteur, cedant))
    return VerdictRendu(a, b, VerdictPaire.DOUBLE_DECLARATION, porteur, commun)


def find_doublon(a: str, b: str) -> VerdictRendu:
    return VerdictRendu(a, b, VerdictPaire.DOUBLON)


@st.composite
def make_verdicts(tirer: st.DrawFn) -> list[VerdictRendu]:
    paires = tirer(st.lists(st.sampled_from([(a, b) for a in CODES for b in CODES if a < b]), unique=True, max_size=6))
    verdicts = []
    for a, b in paires:
        verdict = tirer(st.sampled_from(VerdictPaire))
        double = verdict is VerdictPaire.DOUBLE_DECLARATION
        porteur = tirer(st.sampled_from((a, b))) if double else None
        verdicts.append(VerdictRendu(a, b, verdict, porteur, tirer(st.integers(0, 2000)) if double else None))
    return verdicts


def is_rond(verdicts: list[VerdictRendu]) -> bool:
    try:
        check_porteurs(verdicts)
    except ValeurInvalide:
        return True
    return False


MONTANTS = st.fixed_dictionaries({c: st.none() | st.integers(0, 1000) for c in CODES})


@given(MONTANTS, make_verdicts())
def test_no_row_goes_below_zero_and_the_unknown_stays_unknown(
    montants: dict[str, int | None], verdicts: list[VerdictRendu]
) -> None:
    nets = compute_nets(montants, verdicts)
    assert {c for c, m in nets.items() if m is None} == {c for c, m in montants.items() if m is None}
    assert all(0 <= n <= (montants[c] or 0) for c, n in nets.items() if n is not None)


@given(MONTANTS, make_verdicts(), st.randoms())
def test_totals_depend_on_what_stands_not_on_the_order_of_decisions(
    montants: dict[str, int | None], verdicts: list[VerdictRendu], hasard: object
) -> None:
    autre = list(verdicts)
    hasard.shuffle(autre)  # type: ignore[attr-defined]
    assert compute_nets(montants, autre) == compute_nets(montants, verdicts)


@given(MONTANTS, make_verdicts())
def test_other_verdicts_change_no_total(montants: dict[str, int | None], verdicts: list[VerdictRendu]) -> None:
    sans = [v for v in verdicts if v.verdict is not VerdictPaire.DOUBLE_DECLARATION]
    assert compute_nets(montants, sans) == montants


@given(make_verdicts(), st.integers(1, 1000))
def test_of_a_group_that_tells_one_money_one_row_keeps_it(verdicts: list[VerdictRendu], montant: int) -> None:
    doubles = [VerdictRendu(v.code_a, v.code_b, v.verdict, v.porteur, montant) for v in verdicts if v.porteur]
    assume(not is_rond(doubles))
    nets = compute_nets(dict.fromkeys(CODES, montant), doubles)
    gardent = [c for c in CODES if not any(v.cedant == c for v in doubles)]
    assert {c: nets[c] for c in gardent} == dict.fromkeys(gardent, montant)
    assert sum(n or 0 for n in nets.values()) == montant * len(gardent)


def test_the_amount_in_common_is_taken_once_from_the_row_that_does_not_carry_it() -> None:
    assert compute_retraits({"A": 1000, "B": 600}, [declare("A", "B", 400)]) == {"B": 400}
    assert compute_nets({"A": 1000, "B": 600}, [declare("A", "B", 400)]) == {"A": 1000, "B": 200}


def test_three_rows_of_one_money_give_it_up_twice_not_three_times() -> None:
    trois = [declare("A", "B", 500), declare("A", "C", 500), declare("B", "C", 500)]
    assert compute_nets(dict.fromkeys("ABC", 500), trois) == {"A": 500, "B": 0, "C": 0}
    larges = [declare("A", "B", 500), declare("A", "C", 300), declare("B", "C", 200)]
    assert compute_nets({"A": 900, "B": 900, "C": 900}, larges) == {"A": 900, "B": 400, "C": 600}


def test_two_unrelated_moneys_within_one_row_add_up() -> None:
    assert compute_retraits({"A": 300, "B": 200, "C": 900}, [declare("A", "C", 300), declare("B", "C", 200)]) == {
        "C": 500
    }


def test_a_row_outside_the_selection_takes_nothing_from_one_inside() -> None:
    assert compute_retraits({"B": 600}, [declare("A", "B", 400)]) == {}


def test_carriers_in_a_circle_are_refused() -> None:
    with pytest.raises(ValeurInvalide) as refus:
        check_porteurs([declare("A", "B", 1), declare("B", "C", 1), declare("C", "A", 1)])
    assert refus.value.code == "porteurs_en_boucle"
    check_porteurs([declare("A", "B", 1), declare("B", "C", 1), declare("A", "C", 1)])


def test_duplicates_are_counted_and_their_smaller_amounts_discussed_once() -> None:
    verdicts = [find_doublon("A", "B"), find_doublon("B", "C"), declare("A", "D", 10)]
    assert count_doublons(verdicts) == 3, "activities, not pairs"
    assert count_doublons([replace(v, suite=SuiteVerdict.MAINTENU) for v in verdicts]) == 3
    assert count_doublons([replace(v, suite=SuiteVerdict.FUSION) for v in verdicts]) == 0
    assert compute_a_discuter({"A": 700, "B": 300, "C": 500, "D": 10}, verdicts) == 300
    assert compute_a_discuter({"A": 700, "B": None, "C": 500}, verdicts) is None
    assert compute_a_discuter({"A": 700}, []) == 0
