"""Scenes of a séance, their order, its life, the hash, long texts cut into slides."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccm_data.domain.seances import (
    SCENES_CHIFFREES,
    SCENES_MAX,
    SIGNES_PAR_PAGE,
    TRANSITIONS,
    PointSeance,
    check_etape,
    compute_empreinte,
    propose_scenes,
    read_ordre_du_jour,
    read_scenes,
    split_texte,
)
from ccm_data.domain.vocabulaire import EtatSeance
from ccm_data.errors import TransitionInterdite, ValeurInvalide

TEXTES = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=4000)
JSONS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda x: st.lists(x, max_size=3) | st.dictionaries(st.text(max_size=5), x, max_size=4),
    max_leaves=12,
)


@given(TEXTES, st.integers(5, 400))
def test_a_cut_text_loses_no_sign_and_no_page_overflows(texte: str, signes: int) -> None:
    pages = split_texte(texte, signes)
    assert _squeeze(pages) == "".join(texte.split())
    assert all(sum(map(len, page)) <= signes for page in pages)


def _squeeze(pages: tuple[tuple[str, ...], ...]) -> str:
    return "".join("".join(p for page in pages for p in page).split())


@pytest.mark.parametrize(
    ("texte", "pages"),
    [
        pytest.param("", 1, id="an empty text is one empty page"),
        pytest.param("x" * SIGNES_PAR_PAGE, 1, id="exactly one page"),
        pytest.param("x" * (SIGNES_PAR_PAGE + 1), 2, id="one sign more is two pages"),
        pytest.param("Une phrase de vingt.  " * 250, 6, id="5 000 signs flow over several"),
    ],
)
def test_a_long_text_flows(texte: str, pages: int) -> None:
    assert len(split_texte(texte)) == pages


@given(st.dictionaries(st.text(max_size=6), JSONS, max_size=5))
def test_the_hash_does_not_depend_on_the_order_of_keys(contenu: dict[str, Any]) -> None:
    assert compute_empreinte(contenu) == compute_empreinte(dict(reversed(list(contenu.items()))))


def test_the_hash_changes_with_any_value() -> None:
    assert compute_empreinte({"paye": None}) != compute_empreinte({"paye": 0})


def test_an_agenda_gives_its_items_with_their_scenes_then_what_comes_next() -> None:
    points = (PointSeance("Budget", "", ("budget", "axes")), PointSeance("Divers", "À voir"))
    cles = [s.cle for s in propose_scenes(points, region_invitee=False)]
    assert cles == ["point", "budget", "axes", "point", "prochaines_etapes"]


def test_the_invited_region_speaks_whatever_the_agenda_says() -> None:
    cles = [s.cle for s in propose_scenes((PointSeance("Budget", "", ("budget",)),), region_invitee=True)]
    assert cles == ["point", "budget", "region", "prochaines_etapes"]
    cles = [s.cle for s in propose_scenes((PointSeance("Région invitée", "", ("region",)),), region_invitee=True)]
    assert cles.count("region") == 1


@pytest.mark.parametrize("invitee", [True, False])
def test_an_empty_agenda_gives_the_whole_deck(invitee: bool) -> None:
    cles = [s.cle for s in propose_scenes((), region_invitee=invitee)]
    assert sorted(cles) == sorted(c for c in SCENES_CHIFFREES if invitee or c != "region")
    assert (cles[0], cles[-1]) == ("suites", "prochaines_etapes")


@pytest.mark.parametrize(
    ("scenes", "code"),
    [
        ([{"cle": "inconnue"}], "scene_inconnue"),
        ([{"cle": "graphique", "options": {"graphique": "camembert"}}], "scene_inconnue"),
        ([{"cle": "texte", "options": {"texte": "x" * 20_001}}], "texte_trop_long"),
        ([{"cle": "axes"}] * (SCENES_MAX + 1), "trop_de_scenes"),
    ],
)
def test_a_senseless_scene_is_refused(scenes: list[dict[str, Any]], code: str) -> None:
    with pytest.raises(ValeurInvalide) as refus:
        read_scenes(scenes)
    assert refus.value.code == code


def test_what_is_read_is_what_was_kept() -> None:
    scenes = propose_scenes((PointSeance("Budget", "Texte", ("budget",)),), region_invitee=True)
    assert read_scenes([s.to_dict() for s in scenes]) == scenes
    points = (PointSeance("Budget", "Texte", ("budget",)),)
    assert read_ordre_du_jour([p.to_dict() for p in points]) == points


def test_an_item_without_title_takes_the_beginning_of_its_text_and_an_empty_one_is_left_out() -> None:
    assert read_ordre_du_jour([{"texte": "Un mot"}, {"intitule": "  "}]) == (PointSeance("Un mot", "Un mot"),)


@pytest.mark.parametrize("etat", EtatSeance)
@pytest.mark.parametrize("action", ["preparer", "figer", "annuler", "ordonner", "noter", "verser"])
def test_only_the_steps_of_the_table_are_possible(etat: EtatSeance, action: str) -> None:
    if (etat, action) in TRANSITIONS:
        assert check_etape(etat, action) is TRANSITIONS[etat, action]
    else:
        with pytest.raises(TransitionInterdite):
            check_etape(etat, action)


def test_nothing_leaves_a_frozen_seance() -> None:
    assert {arrivee for (depart, _a), arrivee in TRANSITIONS.items() if depart is EtatSeance.FIGEE} == {
        EtatSeance.FIGEE
    }
