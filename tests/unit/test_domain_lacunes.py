"""The gaps to discuss first: scores made of told terms, the unknown left out, ties in the plan's order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccm_data.domain.lacunes import POIDS, Cellule, list_lacunes
from ccm_data.domain.vocabulaire import EtatCellule

E = EtatCellule
CELLULES = st.lists(
    st.builds(
        Cellule,
        st.sampled_from(["NE001", "NE002"]), st.sampled_from(["sante", "genre"]), st.sampled_from(EtatCellule),
        st.integers(0, 50), st.none() | st.integers(1, 5_000_000), st.none() | st.integers(0, 100),
        st.none() | st.integers(0, 100), st.none() | st.booleans(), st.integers(0, 3),
    ),
    max_size=15,
)  # fmt: skip


@given(CELLULES)
def test_scores_are_the_sums_of_their_terms_and_go_down(cellules: list[Cellule]) -> None:
    lacunes = list_lacunes(cellules, None)
    assert len(lacunes) == sum(c.etat not in {E.COUVERT, E.FINANCE} for c in cellules)
    for lacune in lacunes:
        assert lacune.score == pytest.approx(sum(t.apport for t in lacune.termes))
        assert all(0 <= t.valeur <= 1 and t.poids == POIDS[t.code] for t in lacune.termes)
    paires = [(-x.score, x.cellule.rang) for x in lacunes]
    assert paires == sorted(paires)
    assert list_lacunes(cellules) == lacunes[:10]


def test_a_term_that_is_not_known_is_not_told() -> None:
    [lacune] = list_lacunes([Cellule("NE001", "sante", E.NON_COUVERT, 0)])
    assert {t.code for t in lacune.termes} == {"etat", "seul", "sans_requete"}


@pytest.mark.parametrize(
    ("pire", "autre"),
    [
        pytest.param({"etat": E.NON_COUVERT}, {"etat": E.NON_RAPPORTE}, id="a known gap before an unknown one"),
        pytest.param({"etat": E.NON_RAPPORTE}, {"etat": E.PLANIFIE}, id="an unknown one before what is planned"),
        pytest.param({"population": 900}, {"population": 100}, id="the more people, the more it weighs"),
        pytest.param({"besoin": 10, "couvert": 0}, {"besoin": 10, "couvert": 9}, id="the larger shortfall"),
        pytest.param({"programme": True}, {"programme": False}, id="what the plan programmes"),
        pytest.param({"requetes": 0}, {"requetes": 1}, id="what nobody asked for yet"),
    ],
)
def test_what_weighs_more_comes_first(pire: dict[str, object], autre: dict[str, object]) -> None:
    fond = {"etat": E.NON_COUVERT, "population": 900}
    lacunes = list_lacunes([
        Cellule("NE002", "genre", rang=0, **fond | autre),  # type: ignore[arg-type]
        Cellule("NE001", "sante", rang=1, **fond | pire),  # type: ignore[arg-type]
    ])  # fmt: skip
    assert [x.cellule.region for x in lacunes] == ["NE001", "NE002"]


def test_a_theme_missing_in_one_region_alone_weighs_more_than_one_missing_everywhere() -> None:
    partout = [Cellule(f"NE00{n}", "sante", E.NON_COUVERT, n) for n in range(1, 5)]
    seul = Cellule("NE001", "genre", E.NON_COUVERT, 9)
    assert list_lacunes([*partout, seul])[0].cellule is seul


def test_equal_scores_keep_the_plan_s_order() -> None:
    cellules = [Cellule(f"NE00{n}", "sante", E.NON_COUVERT, 9 - n) for n in range(1, 5)]
    assert [x.cellule.rang for x in list_lacunes(cellules)] == [5, 6, 7, 8]
