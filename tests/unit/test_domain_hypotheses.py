"""Where a hypothesis or a risk stands: its last observation; what nobody follows has a place of its own."""

from __future__ import annotations

from datetime import date
from typing import Any

from ccm_data.domain.hypotheses import compute_derniers, compute_rang


def make(numero: int, jour: date, niveau: str = "incertain", **champs: Any) -> dict[str, Any]:
    """An observation of the risk of objective 1."""
    return {"id": numero, "objectif_code": "1", "nature": "risque", "date_constat": jour, "niveau": niveau} | champs


def test_the_last_observation_stands_whatever_the_order_of_rows() -> None:
    suivis = [make(1, date(2026, 6, 1), "critique"), make(2, date(2025, 6, 1)), make(3, date(2026, 3, 1))]
    assert compute_derniers(suivis)["1", "risque"]["niveau"] == "critique"
    assert compute_derniers(reversed(suivis))["1", "risque"]["id"] == 1


def test_of_two_on_one_day_the_one_recorded_last_stands() -> None:
    jour = date(2026, 6, 1)
    assert compute_derniers([make(8, jour, "maitrise"), make(5, jour, "critique")])["1", "risque"]["id"] == 8


def test_a_hypothesis_and_a_risk_of_one_objective_are_two_points() -> None:
    suivis = [make(1, date(2026, 6, 1)), make(2, date(2026, 6, 1), nature="hypothese")]
    assert set(compute_derniers(suivis)) == {("1", "risque"), ("1", "hypothese")}
    assert compute_derniers([]) == {}


def test_the_worst_comes_first_and_the_unknown_before_what_is_under_control() -> None:
    assert sorted(["maitrise", None, "incertain", "critique"], key=compute_rang) == [
        "critique", "incertain", None, "maitrise",
    ]  # fmt: skip
    assert len({compute_rang(n) for n in ("critique", "incertain", None, "maitrise")}) == 4
