"""What a later plan may carry over: which activities are unfinished, what money was not spent."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccm_data.domain.reprise import ActiviteProposee, PlanPropose, compute_non_depense, is_inachevee
from ccm_data.domain.vocabulaire import StatutActivite

A, E, S, N, X = (
    StatutActivite.ACHEVEE,
    StatutActivite.EN_COURS,
    StatutActivite.SUSPENDUE,
    StatutActivite.NON_DEMARREE,
    StatutActivite.ABANDONNEE,
)


@pytest.mark.parametrize(
    ("statut", "avancement", "inachevee"),
    [
        pytest.param(None, None, True, id="never reported"),
        pytest.param(None, 40.0, True, id="progress without a status"),
        pytest.param(N, 0.0, True, id="not begun"),
        pytest.param(E, 60.0, True, id="under way"),
        pytest.param(E, 100.0, True, id="at 100 % but nobody said it was finished"),
        pytest.param(S, 80.0, True, id="suspended"),
        pytest.param(A, 100.0, False, id="finished"),
        pytest.param(A, None, False, id="said finished, progress not reported"),
        pytest.param(A, 99.9, True, id="said finished below 100 %"),
        pytest.param(X, 40.0, False, id="given up"),
        pytest.param(X, None, False, id="given up and never reported otherwise"),
    ],
)
def test_an_activity_is_unfinished_unless_it_was_finished_or_given_up(
    statut: StatutActivite | None, avancement: float | None, inachevee: bool
) -> None:
    assert is_inachevee(statut, avancement) is inachevee


@pytest.mark.parametrize(
    ("prevu", "paye", "reste"),
    [
        pytest.param(10, 4, 6, id="a part was spent"),
        pytest.param(10, 0, 10, id="a reported zero is a zero"),
        pytest.param(10, None, None, id="no payment reported is no zero"),
        pytest.param(None, 4, None, id="nothing planned is known"),
        pytest.param(10, 12, -2, id="more than planned was paid"),
    ],
)
def test_unspent_money_is_planned_minus_paid_or_unknown(prevu: int | None, paye: int | None, reste: int | None) -> None:
    assert compute_non_depense(prevu, paye) == reste


@given(st.lists(st.one_of(st.none(), st.integers(0, 10**12)), max_size=8))
def test_the_cost_of_a_plan_adds_up_what_is_costed_and_counts_the_rest(couts: list[int | None]) -> None:
    activites = tuple(ActiviteProposee(str(i), "x", cout_fcfa=c) for i, c in enumerate(couts))
    plan = PlanPropose("2027-2031", "x", 2027, 2031, "x", date(2026, 1, 1), activites)
    connus = [c for c in couts if c is not None]
    assert plan.cout_fcfa == (sum(connus) if connus else None)
    assert plan.sans_cout == len(couts) - len(connus)
