"""Whole francs: reading, splitting, the euro."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccm_data.domain.montants import (
    convert_devise_xof,
    convert_eur_xof,
    convert_xof_eur,
    read_decimal,
    read_montant,
    split_cout_annees,
    split_largest_remainder,
)
from ccm_data.errors import ValeurInvalide


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        pytest.param("10000000", 10_000_000, id="bare digits"),
        pytest.param("10 000 000", 10_000_000, id="plain spaces"),
        pytest.param("10\u00a0000\u00a0000", 10_000_000, id="no-break spaces"),
        pytest.param("10\u202f000\u202f000 FCFA", 10_000_000, id="narrow spaces and the unit"),
        pytest.param("10.000.000", 10_000_000, id="points between thousands"),
        pytest.param("10,000,000", 10_000_000, id="commas between thousands"),
        pytest.param("1.500", 1500, id="one point between thousands"),
        pytest.param("12,00", 12, id="centimes that are zero"),
        pytest.param("1.234.567,00 F CFA", 1_234_567, id="points and a decimal comma"),
        pytest.param("1,234,567.00", 1_234_567, id="commas and a decimal point"),
        pytest.param("0", 0, id="zero is a value"),
        pytest.param(45_000_000.0, 45_000_000, id="a cell that Excel kept as a float"),
        pytest.param("7 XOF", 7, id="the currency's code"),
    ],
)
def test_amounts_as_people_type_them(texte: str, attendu: int) -> None:
    assert read_montant(texte) == attendu


@pytest.mark.parametrize(
    "texte",
    [
        "",
        "FCFA",
        "12,5",
        "-5",
        "douze",
        "1e6",
        "NaN",
        "Infinity",
        "1.2.3",
        "1,,2",
        "12 euros",
        "٣",
        "1.23.456,00",
        True,
    ],
)
def test_what_is_no_whole_amount_is_refused_with_its_text(texte: str) -> None:
    with pytest.raises(ValeurInvalide) as erreur:
        read_montant(texte, "cout")
    assert erreur.value.faits["champ"] == "cout"
    assert erreur.value.faits["valeur"] == texte


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [("12,5", "12.5"), ("0,9", "0.9"), ("0.900", "0.900"), ("−3,25", "-3.25"), ("1 234,5", "1234.5"), ("2.5", "2.5")],
)
def test_decimals_take_a_comma_or_a_point(texte: str, attendu: str) -> None:
    assert read_decimal(texte) == Decimal(attendu)


def test_the_largest_remainders_get_the_last_francs() -> None:
    assert split_largest_remainder(100, [1, 1, 1]) == [34, 33, 33]
    assert split_largest_remainder(10, [5, 3, 2]) == [5, 3, 2]
    assert split_largest_remainder(7, [0, 1]) == [0, 7]


@pytest.mark.parametrize("poids", [[], [0, 0], [1, -1]])
def test_senseless_weights_are_refused(poids: list[int]) -> None:
    with pytest.raises(ValeurInvalide):
        split_largest_remainder(10, poids)


@settings(deadline=None, max_examples=100)
@given(
    st.integers(0, 10**12),
    st.lists(st.integers(0, 10**6), min_size=1, max_size=12).filter(any),
)
def test_parts_add_up_and_stay_within_one_franc_of_their_share(total: int, poids: list[int]) -> None:
    parts = split_largest_remainder(total, poids)
    assert sum(parts) == total
    for part, p in zip(parts, poids, strict=True):
        assert abs(part * sum(poids) - total * p) < sum(poids)


def test_the_remainder_falls_on_the_last_year() -> None:
    assert split_cout_annees(10, [2024, 2022, 2023]) == {2022: 3, 2023: 3, 2024: 4}
    assert split_cout_annees(10, []) == {}


@settings(deadline=None, max_examples=100)
@given(st.integers(0, 10**12), st.sets(st.integers(2022, 2026), min_size=1))
def test_years_add_up_to_the_cost(cout: int, annees: set[int]) -> None:
    parts = split_cout_annees(cout, annees)
    assert sum(parts.values()) == cout
    assert len(set(list(parts.values())[:-1])) <= 1


def test_the_euro_has_one_exact_parity() -> None:
    assert convert_eur_xof(1) == 656
    assert convert_eur_xof(1000) == 655_957
    assert convert_eur_xof("1524.49") == 1_000_000
    assert convert_xof_eur(655_957) == Decimal("1000.00")


@settings(deadline=None, max_examples=100)
@given(st.integers(0, 10**9))
def test_euros_come_back_unchanged_through_francs(centimes: int) -> None:
    euros = Decimal(centimes) / 100
    assert convert_xof_eur(convert_eur_xof(euros)) == euros


@pytest.mark.parametrize("taux", [Decimal(0), Decimal(-1), Decimal("NaN")])
def test_a_rate_must_be_positive(taux: Decimal) -> None:
    with pytest.raises(ValeurInvalide):
        convert_devise_xof(10, taux)
