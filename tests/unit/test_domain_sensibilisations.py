"""Persons reached: null is not zero, the sum is a floor while rows are silent, small counts hide with what would tell them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccm_data.domain.sensibilisations import (
    AGENTS,
    CATEGORIES,
    POPULATION,
    SEXES,
    compute_croisement,
    compute_part_femmes,
    compute_participants,
    list_champs,
)
from ccm_data.models import registres

CHAMPS = list_champs(CATEGORIES)
EFFECTIFS = st.one_of(st.none(), st.integers(0, 40))
LIGNES = st.lists(st.fixed_dictionaries(dict.fromkeys(CHAMPS, EFFECTIFS)), max_size=4)


def make(**effectifs: int | None) -> dict[str, Any]:
    """A row that says only these counts."""
    return dict.fromkeys(CHAMPS) | effectifs


def test_the_categories_are_those_of_the_table() -> None:
    assert CATEGORIES == registres.CATEGORIES
    assert CHAMPS == registres.EFFECTIFS


@pytest.mark.parametrize(
    ("lignes", "valeur", "dites", "exact"),
    [
        pytest.param([], None, 0, True, id="no row says nothing"),
        pytest.param([make()], None, 0, False, id="a silent row is not zero"),
        pytest.param([make(**dict.fromkeys(CHAMPS, 0))], 0, 1, True, id="a true zero is zero"),
        pytest.param([make(**dict.fromkeys(CHAMPS, 3))], 24, 1, True, id="the population is left out"),
        pytest.param([make(etat_femmes=4), make()], 4, 1, False, id="a silent row makes the sum a floor"),
        pytest.param([make(population_femmes=90)], None, 0, False, id="the population alone says no agent"),
    ],
)
def test_agents_are_counted_without_the_population(
    lignes: list[dict[str, Any]], valeur: int | None, dites: int, exact: bool
) -> None:
    compte = compute_participants(lignes, AGENTS)
    assert (compte.valeur, compte.lignes, compte.dites, compte.exact) == (valeur, len(lignes), dites, exact)


def test_women_are_counted_where_both_sexes_are_said() -> None:
    lignes = [make(etat_femmes=3, etat_hommes=7), make(osc_femmes=50), make(population_femmes=9, population_hommes=9)]
    assert compute_part_femmes(lignes, AGENTS) == (3, 10)
    assert compute_part_femmes([make(osc_femmes=50)], AGENTS) is None
    assert compute_part_femmes([make(etat_femmes=0, etat_hommes=0)], AGENTS) is None, "no division by zero"


def test_a_small_count_is_masked_with_its_complement_and_the_sums_that_would_tell_it() -> None:
    x = compute_croisement([make(etat_femmes=3, etat_hommes=20, osc_femmes=30)], 5)
    assert x.cases["etat_femmes"].masque
    assert x.cases["etat_hommes"].masque, "the smallest other one goes with it"
    assert x.cases["osc_femmes"].valeur == 30
    assert x.categories["etat"].masque
    assert x.femmes.masque
    assert x.agents.valeur == 53


def test_nothing_is_masked_for_who_reads_every_row() -> None:
    x = compute_croisement([make(etat_femmes=3, etat_hommes=20)], None)
    assert (x.cases["etat_femmes"].valeur, x.categories["etat"].valeur, x.femmes.valeur, x.hommes.valeur) == (
        3,
        23,
        3,
        20,
    )


def test_a_small_count_of_the_population_hides_nothing_of_the_agents() -> None:
    x = compute_croisement([make(etat_femmes=8, population_femmes=2, population_hommes=40)], 5)
    assert x.cases["etat_femmes"].valeur == 8
    assert x.population.valeur == 42
    assert x.cases["population_femmes"].masque
    assert x.cases["population_hommes"].masque


@given(LIGNES)
def test_what_is_published_never_tells_a_small_count(lignes: list[dict[str, Any]]) -> None:
    """Subtracting the cells shown from the sum leaves nothing, or at least five persons in two cells."""
    x = compute_croisement(lignes, 5)
    for groupe, total in ((AGENTS, x.agents), (POPULATION, x.population)):
        cases = [x.cases[c] for c in list_champs(groupe)]
        assert all(c.valeur is None or c.valeur == 0 or c.valeur >= 5 for c in cases)
        caches = [c for c in cases if c.masque]
        if caches and total.valeur is not None:
            assert len(caches) >= 2 or total.valeur >= 5
            assert total.valeur - sum(c.valeur or 0 for c in cases) >= 5
        if caches and groupe is AGENTS:
            sommes = [*(x.categories[c] for c in groupe), x.femmes, x.hommes]
            assert all(s.masque or not s.valeur for s in sommes)


@given(LIGNES)
def test_without_masks_categories_and_sexes_add_up_to_the_agents(lignes: list[dict[str, Any]]) -> None:
    x = compute_croisement(lignes, None)
    assert sum(x.categories[c].valeur or 0 for c in AGENTS) == (x.agents.valeur or 0)
    assert (x.femmes.valeur or 0) + (x.hommes.valeur or 0) == (x.agents.valeur or 0)
    assert len(x.cases) == len(CATEGORIES) * len(SEXES)
