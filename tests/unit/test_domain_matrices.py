"""Interventions laid out on two axes: distinct counts, money counted once, the unknown never a zero."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccm_data.domain.matrices import Axe, Rangee, Vue, compute_matrice
from ccm_data.domain.repartition import Etendue, split_montant


def make(
    code: str, montant: int | None, regions: tuple[str, ...] = ("NE001",), themes: tuple[str, ...] = ("sante",),
    bailleurs: tuple[str, ...] = (), executant: str = "oim", pmm: tuple[str, ...] = (),
) -> Rangee:  # fmt: skip
    pieces = None if montant is None else split_montant(montant, Etendue(regions, themes, bailleurs=bailleurs))
    acteurs = frozenset({executant, *bailleurs})
    return Rangee(code, executant, bailleurs, acteurs, {"region": regions, "theme": themes, "pmm": pmm}, pieces)


def list_de(*valeurs: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(valeurs), unique=True).map(tuple)


RANGEES = st.lists(
    st.tuples(
        st.none() | st.integers(0, 10**9), list_de("NE001", "NE002", "NE"), list_de("sante", "genre"),
        list_de("due", "afd"), st.sampled_from(["oim", "giz"]), list_de("3", "7", "21"),
    ),
    max_size=6,
).map(lambda tuples: [make(str(n), *t) for n, t in enumerate(tuples)])  # fmt: skip
PAIRES: tuple[tuple[Axe, Axe], ...] = (
    ("region", "theme"),
    ("acteur", "region"),
    ("pmm", "acteur"),
    ("region", "activite"),
)


@given(RANGEES, st.sampled_from(PAIRES), st.sampled_from(["bailleur", "executant"]))
def test_money_is_counted_once_whatever_the_axes(rangees: list[Rangee], axes: tuple[Axe, Axe], vue: Vue) -> None:
    matrice = compute_matrice(rangees, *axes, vue)
    attendu = sum(sum(r.pieces.values()) for r in rangees if r.pieces is not None)
    for cases in (matrice.cases, matrice.lignes, matrice.colonnes):
        assert sum(c.fcfa or 0 for c in cases.values()) == attendu
    assert (matrice.total.fcfa or 0) == attendu
    assert matrice.total.interventions == len(rangees)
    assert matrice.total.sans_montant == sum(r.pieces is None for r in rangees)


@given(RANGEES, st.sampled_from(["bailleur", "executant"]))
def test_a_region_has_one_figure_in_every_matrix(rangees: list[Rangee], vue: Vue) -> None:
    def read(ligne: Axe, colonne: Axe) -> dict[str | None, int | None]:
        matrice = compute_matrice(rangees, ligne, colonne, vue)
        cases = matrice.lignes if ligne == "region" else matrice.colonnes
        return {cle: case.fcfa for cle, case in cases.items()}

    assert read("region", "theme") == read("acteur", "region") == read("region", "activite")


def test_an_intervention_of_two_regions_counts_once_in_the_total() -> None:
    matrice = compute_matrice([make("A", 100, ("NE001", "NE002"))], "region", "theme")
    assert {cle: (c.interventions, c.fcfa) for cle, c in matrice.lignes.items()} == {"NE001": (1, 50), "NE002": (1, 50)}
    colonne = matrice.colonnes["sante"]
    assert (colonne.interventions, colonne.fcfa) == (1, 100)


def test_an_amount_that_is_not_known_is_no_zero() -> None:
    matrice = compute_matrice([make("A", None)], "region", "theme")
    case = matrice.cases["NE001", "sante"]
    assert (case.interventions, case.fcfa, case.sans_montant) == (1, None, 1)
    deux = compute_matrice([make("A", None), make("B", 0)], "region", "theme").total
    assert (deux.fcfa, deux.sans_montant) == (0, 1)


@pytest.mark.parametrize(
    ("vue", "attendu"),
    [("executant", {"oim": 90}), ("bailleur", {"due": 45, "afd": 45})],
)
def test_by_funder_or_by_implementer_the_same_francs(vue: Vue, attendu: dict[str, int]) -> None:
    matrice = compute_matrice([make("A", 90, bailleurs=("due", "afd"))], "acteur", "region", vue)
    assert {cle: case.fcfa for cle, case in matrice.lignes.items()} == attendu


def test_what_has_no_funder_is_said_to_have_none() -> None:
    assert set(compute_matrice([make("A", 90)], "acteur", "region", "bailleur").lignes) == {None}


def test_actors_are_those_who_take_part_each_once() -> None:
    total = compute_matrice(
        [make("A", 1, bailleurs=("due",)), make("B", 1, bailleurs=("due",))], "region", "theme"
    ).total
    assert total.acteurs == 2
