"""Targets that contradict each other, rules 2.9: yearly against final, regions against the country, a falling total."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccm_data.domain.cibles import EcartCible, list_ecarts_cibles
from ccm_data.domain.indicateurs import Definition
from ccm_data.domain.vocabulaire import AgregationRegion, ModeCible, Sens

REGIONS = 8
INCREMENTALE, CUMULEE, SEUIL = ModeCible.INCREMENTALE, ModeCible.CUMULEE, ModeCible.SEUIL
TOUTES = {f"NE00{i}": {2026: 5.0} for i in range(1, REGIONS + 1)}


def find(
    mode: ModeCible = INCREMENTALE,
    nationales: dict[int, float] | None = None,
    regionales: dict[str, dict[int, float]] | None = None,
    finale: float | None = None,
    **reglages: Any,
) -> list[EcartCible]:
    definition = Definition("1.b", mode_cible=mode, **reglages)
    return list_ecarts_cibles(definition, nationales or {}, regionales or {}, REGIONS, finale)


@pytest.mark.parametrize(
    ("ecarts", "attendus"),
    [
        pytest.param(find(nationales={2025: 10, 2026: 20}, finale=30), [], id="yearly ones add up to the final one"),
        pytest.param(
            find(nationales={2025: 10, 2026: 20}, finale=40), [EcartCible("finale", None, 40, 30)], id="they do not"
        ),
        pytest.param(find(CUMULEE, {2025: 10, 2026: 30}, finale=30), [], id="the last cumulative one is the final one"),
        pytest.param(
            find(CUMULEE, {2025: 10, 2026: 30}, finale=25), [EcartCible("finale", None, 25, 30)], id="it is another"
        ),
        pytest.param(find(CUMULEE, {2025: 10}, finale=25), [], id="the plan's last year has none yet"),
        pytest.param(find(finale=25), [], id="a final one alone"),
        pytest.param(find(nationales={2026: 30}), [], id="no final one stated"),
        pytest.param(find(SEUIL, {2026: 3}, finale=9), [], id="a threshold adds up to nothing"),
        pytest.param(
            find(CUMULEE, {2024: 30, 2025: 20, 2026: 40}), [EcartCible("cumul", 2025, 30, 20)], id="a total that falls"
        ),
        pytest.param(find(CUMULEE, {2024: 30, 2026: 20}, sens=Sens.DECROISSANT), [], id="falling is what is asked"),
        pytest.param(find(nationales={2024: 30, 2026: 20}), [], id="yearly ones may fall"),
        pytest.param(find(nationales={2026: 40}, regionales=TOUTES), [], id="eight regions make the country"),
        pytest.param(
            find(nationales={2026: 41}, regionales=TOUTES), [EcartCible("regions", 2026, 41, 40)], id="they do not make it"
        ),
        pytest.param(
            find(nationales={2026: 41}, regionales=TOUTES, non_precise=True), [], id="a part is not of any region"
        ),
        pytest.param(find(nationales={2026: 9}, regionales={"NE001": {2026: 4}}), [], id="some regions wait"),
        pytest.param(
            find(nationales={2026: 3}, regionales={"NE001": {2026: 4}}), [EcartCible("regions", 2026, 3, 4)],
            id="one region alone asks for more",
        ),
        pytest.param(
            find(nationales={2026: 3}, regionales={"NE001": {2026: 4}}, agregation_region=AgregationRegion.DISTINCT), [],
            id="distinct counts do not add up",
        ),
        pytest.param(find(regionales=TOUTES), [], id="regions without a national target"),
    ],
)  # fmt: skip
def test_a_contradiction_among_targets_is_found_where_there_is_one(
    ecarts: list[EcartCible], attendus: list[EcartCible]
) -> None:
    assert ecarts == attendus


@given(st.dictionaries(st.sampled_from(range(2022, 2027)), st.integers(0, 10**6), min_size=1))
def test_targets_that_state_their_own_sum_never_contradict_it(cibles: dict[int, int]) -> None:
    annuelles = {a: float(v) for a, v in cibles.items()}
    assert find(nationales=annuelles, finale=float(sum(cibles.values()))) == []
