"""Scenes out of a frozen content: the figures are the content's, None is no zero, nothing overflows, nobody is named unasked."""

from __future__ import annotations

from typing import Any

import pytest

from ccm_data.domain.seances import GRAPHIQUES, SCENES_CHIFFREES, SceneChoisie, propose_scenes
from ccm_data.reports.comparaison import RUBRIQUES, compare_contenus
from ccm_data.reports.composition import LIGNES_PAR_SCENE, TOUTES, make_deck
from ccm_data.reports.scenes import Barres, Carte, Chiffres, Deck, Image, Liste, Scene, Tableau, Texte
from tests.aides.contenus import NR, make_contenu


def make_scenes(*scenes: SceneChoisie, **parts: Any) -> tuple[Scene, ...]:
    return make_deck(make_contenu(**parts), "a" * 64, scenes).scenes


def list_mots(scenes: tuple[Scene, ...]) -> str:
    return repr(scenes)


@pytest.mark.parametrize("cle", SCENES_CHIFFREES)
def test_every_kind_of_scene_has_a_message_and_a_source(cle: str) -> None:
    scenes = make_scenes(SceneChoisie(cle))
    assert scenes
    assert all(s.titre and "30 septembre 2026" in s.source and "Démonstration" in s.source for s in scenes)


def test_the_catalogue_of_scenes_is_what_can_be_made() -> None:
    assert set(TOUTES) == {*SCENES_CHIFFREES, "point", "texte", "graphique"}


def test_the_whole_standard_deck_is_made() -> None:
    deck = make_deck(make_contenu(), "a" * 64, propose_scenes((), region_invitee=True))
    assert deck.titre == "CCM, séance du 18 décembre 2026"
    assert {s.cle for s in deck.scenes} == set(SCENES_CHIFFREES)


def test_what_was_not_reported_is_none_and_said_and_a_true_zero_is_kept() -> None:
    (synthese,) = make_scenes(SceneChoisie("synthese"))
    chiffres = next(b for b in synthese.blocs if isinstance(b, Chiffres)).chiffres
    assert (chiffres[1].ratio, chiffres[1].texte) == (None, NR)
    (budget,) = make_scenes(SceneChoisie("budget"))
    (barres,) = [b for b in budget.blocs if isinstance(b, Barres)]
    assert [s.valeurs[0] for s in barres.series] == [200.0, None, 0.0]
    assert [s.textes[0] for s in barres.series] == ["200", NR, "0"]


def test_the_map_classes_whole_numbers_and_hatches_silence() -> None:
    (scene,) = make_scenes(SceneChoisie("carte"))
    (carte,) = [b for b in scene.blocs if isinstance(b, Carte)]
    assert {r.code: r.classe for r in carte.regions} == {"NE001": 3, "NE002": None, "NE008": 0}
    assert carte.legende == ("0 à 1", "2 à 3", "4 à 5", "6 à 7")
    assert "Diffa" in scene.sous_titre


def test_axes_stand_worst_first_and_the_silent_one_last() -> None:
    (scene,) = make_scenes(SceneChoisie("axes"))
    (barres,) = [b for b in scene.blocs if isinstance(b, Barres)]
    assert [c[:5] for c in barres.categories] == ["Axe 3", "Axe 1", "Axe 2"]
    assert barres.series[0].valeurs == (40.0, 96.0, None)


def test_organisations_are_named_by_explicit_choice_alone() -> None:
    assert "Organisation A" not in list_mots(make_scenes(SceneChoisie("rapprochements")))
    assert "Organisation A" in list_mots(make_scenes(SceneChoisie("rapprochements", options={"nommer": True})))


def test_a_long_table_goes_on_over_several_slides_without_losing_a_row() -> None:
    scenes = make_scenes(SceneChoisie("suites", options={"decision": "Trancher"}))
    tableaux = [b for s in scenes for b in s.blocs if isinstance(b, Tableau)]
    assert len(scenes) > 1
    assert sum(len(t.lignes) for t in tableaux) == 14
    assert all(len(t.lignes) <= LIGNES_PAR_SCENE and len(t.tons) == len(t.lignes) for t in tableaux)
    assert [s.suite for s in scenes] == [False] + [True] * (len(scenes) - 1)
    assert [s.decision for s in scenes] == [""] * (len(scenes) - 1) + ["Trancher"]


def test_five_thousand_signs_flow_over_slides() -> None:
    texte = "Une phrase de la séance. " * 200
    scenes = make_scenes(SceneChoisie("point", "Régions", {"texte": texte, "numero": 2}))
    assert len(scenes) > 1
    assert all(s.titre == "2. Régions" for s in scenes)
    dits = " ".join(p for s in scenes for b in s.blocs if isinstance(b, Texte) for p in b.paragraphes)
    assert dits.split() == texte.split()


@pytest.mark.parametrize("graphique", GRAPHIQUES)
def test_every_chart_that_can_be_chosen_is_drawn(graphique: str) -> None:
    (scene,) = make_scenes(SceneChoisie("graphique", options={"graphique": graphique, "indicateur": "1.a"}))
    assert isinstance(scene.blocs[0], (Barres, Carte))


def test_an_indicator_s_trend_takes_the_end_of_years_and_the_last_quarter() -> None:
    (scene,) = make_scenes(SceneChoisie("graphique", options={"graphique": "indicateur", "indicateur": "1.a"}))
    barres = scene.blocs[0]
    assert isinstance(barres, Barres)
    assert (barres.categories, barres.series[0].valeurs) == (("2022", "2023"), (30.0, 30.0))


def test_an_unknown_indicator_is_told() -> None:
    (scene,) = make_scenes(SceneChoisie("graphique", options={"graphique": "indicateur", "indicateur": "9.z"}))
    assert isinstance(scene.blocs[0], Texte)


def test_an_image_that_is_gone_is_told_and_one_that_stands_is_shown() -> None:
    image = Image(b"x", "image/png", "Une carte", 4, 3)
    choisie = SceneChoisie("image", options={"image_id": 7})
    deck = make_deck(make_contenu(), "a", [choisie], {7: image})
    assert deck.scenes[0].blocs == (image,)
    assert isinstance(make_deck(make_contenu(), "a", [choisie]).scenes[0].blocs[0], Texte)


def test_no_invited_region_no_scene_of_it() -> None:
    assert make_scenes(SceneChoisie("region"), region_invitee=None) == ()


def test_silent_regions_are_listed_in_alphabetical_order() -> None:
    (scene,) = make_scenes(SceneChoisie("prochaines_etapes"))
    liste = next(b for b in scene.blocs if isinstance(b, Liste))
    assert liste.points[0][1] == "Diffa, Zinder"


def test_the_sp_ccm_s_own_title_stands_before_ours() -> None:
    (scene,) = make_scenes(SceneChoisie("budget", "Le titre du SP/CCM"))
    assert scene.titre == "Le titre du SP/CCM"


def test_a_deck_is_one_value() -> None:
    scenes = propose_scenes((), region_invitee=True)
    un, deux = (make_deck(make_contenu(), "a", scenes) for _ in range(2))
    assert isinstance(un, Deck)
    assert un == deux


def test_two_equal_contents_show_no_change() -> None:
    assert compare_contenus(make_contenu(), make_contenu())["lignes"] == []


def test_the_same_figure_in_other_words_is_no_change() -> None:
    avant, apres = make_contenu(), make_contenu()
    apres["indicateurs"][0]["texte"] += ", dit autrement"
    assert compare_contenus(avant, apres)["lignes"] == []


def test_a_figure_that_stays_while_its_status_moves_says_the_status() -> None:
    avant, apres = make_contenu(), make_contenu()
    apres["indicateurs"][0] |= {"statut": "atteint", "statut_texte": "Atteint"}
    (ligne,) = compare_contenus(avant, apres)["lignes"]
    assert ligne["avant"] != ligne["apres"]
    assert ligne["apres"].endswith(", atteint")


def test_each_kind_of_change_is_told_with_both_its_values() -> None:
    avant, apres = make_contenu(), make_contenu()
    apres["synthese"]["paye_fcfa"] = 600_000_000
    apres["synthese"]["silencieux"] = ["Diffa"]
    apres["activites"][0] |= {"statut": "en_retard", "statut_texte": "En retard"}
    apres["indicateurs"][2] |= {"valeur": 14.0, "texte": "14 sur 60"}
    apres["recommandations"][0] |= {"statut": "realisee", "etat_texte": "Réalisée"}
    del apres["recommandations"][1]
    lignes = compare_contenus(avant, apres)["lignes"]
    assert {x["rubrique"] for x in lignes} == set(RUBRIQUES)
    dits = {(x["rubrique"], x["avant"], x["apres"]) for x in lignes}
    assert ("indicateurs", NR, "14 sur 60") in dits
    assert ("declarants", "Diffa, Zinder (T3 2026)", "Diffa (T3 2026)") in dits
    assert ("recommandations", "a_faire", "Réalisée") in dits
    assert ("recommandations", "a_faire", "n’est plus au registre") in dits


def test_what_nobody_reported_yet_is_said_and_never_counted_as_good_news() -> None:
    contenu = make_contenu()
    contenu["recommandations"] = []
    contenu["requetes"] = []
    contenu["rapprochements"]["en_attente"] = {}
    for x in contenu["indicateurs"]:
        x["statut"] = "non_renseigne"
    cles = ("suites", "indicateurs", "rapprochements", "requetes")
    deck = make_deck(contenu, "a" * 64, [SceneChoisie(c) for c in cles])
    assert [s.titre for s in deck.scenes] == [
        "Aucune recommandation n’est encore suivie",
        "Aucun indicateur n’est encore renseigné",
        "Aucun rapprochement à examiner",
        "Aucune requête n’attend de réponse",
    ]


def test_next_steps_begin_with_the_recommendations_about_to_fall_due() -> None:
    contenu = make_contenu()
    modele = contenu["recommandations"][0]
    contenu["recommandations"] = [
        {**modele, "texte": t, "echeance": e, "echeance_texte": e, "en_retard": r, "statut": s}
        for t, e, r, s in (
            ("Tard", "2027-06-30", False, "a_faire"),
            ("Bientôt", "2026-12-10", False, "en_cours"),
            ("Passée", "2026-01-31", True, "a_faire"),
            ("Faite", "2026-12-01", False, "realisee"),
        )
    ]
    (scene,) = make_deck(contenu, "a" * 64, [SceneChoisie("prochaines_etapes")]).scenes
    (liste,) = [b for b in scene.blocs if isinstance(b, Liste)]
    assert [point for point, _detail in liste.points][:2] == ["Bientôt", "Tard"]
    assert not {"Passée", "Faite"} & {point for point, _detail in liste.points}
