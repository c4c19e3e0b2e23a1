"""The agenda as typed, moves by one place, a deck that follows its agenda; names of the files of a séance."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccm_data.domain.ordre_du_jour import compute_deplacement, compute_scenes_suivies, read_lignes
from ccm_data.domain.seances import PointSeance, SceneChoisie, propose_scenes, read_ordre_du_jour
from ccm_data.domain.vocabulaire import EtatSeance
from ccm_data.phrases.seances import name_rendu
from ccm_data.queries.seances import FicheSeance

SUITES, BUDGET = PointSeance("Suites", "", ("suites",)), PointSeance("Budget", "Reste", ("budget",))
FICHE = FicheSeance(
    1, "x", "ccm-agadez", "CCM", None, "CCM", date(2026, 12, 18), date(2026, 9, 30), None, None, EtatSeance.FIGEE, 1, (), (),
    None, {}, None, "ab", None, "SP/CCM",
)  # fmt: skip


@pytest.mark.parametrize(
    ("ligne", "intitule", "texte"),
    [
        ("Budget", "Budget", ""),
        ("Budget : reste à mobiliser", "Budget", "reste à mobiliser"),
        ("Budget: reste: 12", "Budget", "reste: 12"),
        ("Reprise à 10:30", "Reprise à 10:30", ""),
    ],
)
def test_a_line_is_an_item(ligne: str, intitule: str, texte: str) -> None:
    (point,) = read_ordre_du_jour(read_lignes(ligne))
    assert (point.intitule, point.texte) == (intitule, texte)


def test_empty_lines_are_no_items() -> None:
    assert [p["intitule"] for p in read_lignes("\n  Un \n\n\tDeux\n")] == ["Un", "Deux"]


@pytest.mark.parametrize(
    ("intitule", "scenes"),
    [
        ("Suivi des dernières recommandations", ("suites",)),
        ("BUDGET 2027 : reste à mobiliser", ("budget",)),
        ("Requêtes aux partenaires", ("requetes",)),
        ("Lacunes et doublons", ("lacunes", "rapprochements")),
        ("Exposé de la région invitée", ("region",)),
        ("Suites à donner, divers", ()),
        ("Cartes d’identité", ()),
    ],
)
def test_the_words_of_an_item_call_for_its_scenes(intitule: str, scenes: tuple[str, ...]) -> None:
    (point,) = read_ordre_du_jour(read_lignes(intitule))
    assert point.scenes == scenes


def test_two_items_do_not_show_the_same_scene_twice() -> None:
    points = read_ordre_du_jour(read_lignes("Budget 2026\nBudget 2027"))
    assert [p.scenes for p in points] == [("budget",), ()]


@given(st.text(max_size=700))
def test_no_word_typed_is_lost(texte: str) -> None:
    dits = " ".join(f"{p.intitule} {p.texte}" for p in read_ordre_du_jour(read_lignes(texte)))
    for mot in texte.split():
        assert mot.strip(": ") in dits


@given(st.lists(st.integers(), max_size=8), st.integers(-2, 9), st.sampled_from([-1, 1]))
def test_a_move_keeps_every_element_and_comes_back(liste: list[int], rang: int, pas: int) -> None:
    suite = compute_deplacement(liste, rang, pas)
    assert sorted(suite) == sorted(liste)
    if 0 <= rang < len(liste) and 0 <= rang + pas < len(liste):
        assert suite[rang + pas] == liste[rang]
        assert compute_deplacement(suite, rang + pas, -pas) == liste
    else:
        assert suite == liste


def test_a_deck_that_nobody_arranged_is_proposed_anew() -> None:
    scenes = propose_scenes((SUITES,), region_invitee=False)
    suite = compute_scenes_suivies(scenes, (SUITES,), [(0, SUITES), (None, BUDGET)], region_invitee=False)
    assert suite == propose_scenes((SUITES, BUDGET), region_invitee=False)


def test_an_arranged_deck_keeps_its_order_and_follows_the_items() -> None:
    texte = SceneChoisie("texte", "À part", {"texte": "x"})
    scenes = (texte, *propose_scenes((SUITES, BUDGET), region_invitee=False))
    renomme = replace(BUDGET, intitule="Argent", texte="Reste 312")
    suite = compute_scenes_suivies(
        scenes, (SUITES, BUDGET), [(1, renomme), (None, PointSeance("Divers", "", ("carte",)))], region_invitee=False
    )
    assert [(s.cle, s.titre, s.options.get("numero")) for s in suite] == [
        ("texte", "À part", None), ("suites", "", None), ("point", "Argent", 1), ("budget", "", None),
        ("point", "Divers", 2), ("carte", "", None), ("prochaines_etapes", "", None),
    ]  # fmt: skip
    assert suite[2].options["texte"] == "Reste 312"


def test_a_scene_taken_away_by_hand_does_not_come_back() -> None:
    scenes = tuple(s for s in propose_scenes((SUITES, BUDGET), region_invitee=False) if s.cle != "budget")
    suite = compute_scenes_suivies(scenes, (SUITES, BUDGET), [(0, SUITES), (1, BUDGET)], region_invitee=False)
    assert suite == scenes


def test_a_title_of_its_own_stays() -> None:
    propre = SceneChoisie("point", "Mon titre", {"texte": "mien", "numero": 1})
    (suite,) = compute_scenes_suivies((propre,), (SUITES,), [(0, BUDGET)], region_invitee=False)[:1]
    assert (suite.titre, suite.options["texte"]) == ("Mon titre", "mien")


@pytest.mark.parametrize(
    ("fiche", "champs", "nom"),
    [
        (FICHE, ("html",), "ccm-agadez-seance-2026-12-18-projection.html"),
        (FICHE, ("docx", "bilan_annuel"), "ccm-agadez-seance-2026-12-18-bilan-annuel.docx"),
        (
            replace(FICHE, etat=EtatSeance.PREPAREE), ("html", "deck"),
            "ccm-agadez-seance-2026-12-18-projection-repetition.html",
        ),
    ],
)  # fmt: skip
def test_a_file_says_body_date_and_what_it_is(fiche: FicheSeance, champs: tuple[str, ...], nom: str) -> None:
    assert name_rendu(fiche, *champs) == nom


def test_a_file_of_the_demonstration_says_so() -> None:
    assert name_rendu(FICHE, "pdf", demonstration=True).endswith("-projection-demonstration.pdf")
