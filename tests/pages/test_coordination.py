"""« Qui fait quoi où » and « Lacunes » without a browser: figures, filters, withheld rows, what a gap leads to."""

from __future__ import annotations

import pytest

from ccm_data.config import Config
from tests.pages.conftest import Ouvrir

MATRICE = "Thème × région"
LIENS = "Liens entre organisations"


def sum_lignes(lignes: list[dict[str, str]]) -> int:
    return int(lignes[-1]["Total"])


def test_the_matrix_counts_every_intervention_once_whatever_its_axes(salle: Ouvrir, demo: Config) -> None:
    devant = salle(demo)
    totaux = set()
    for paire, titre in (
        ("theme_region", MATRICE),
        ("acteur_region", "Acteur × région"),
        ("pmm_acteur", "Objectif du PMM × acteur"),
        ("pnm_region", "Axe de la PNM × région"),
        ("activite_region", "Activité du plan × région"),
    ):
        totaux.add(sum_lignes(devant.open("qui_fait_quoi", matrice=paire).list_lignes(titre)))
    assert len(totaux) == 1
    assert devant.titre.startswith(f"{totaux.pop()} interventions")


def test_the_filters_keep_fewer_rows_and_the_address_carries_them(salle: Ouvrir, demo: Config) -> None:
    devant = salle(demo).open("qui_fait_quoi")
    toutes = sum_lignes(devant.list_lignes(MATRICE))
    devant.set("selectbox", "choix_statut", "termine")
    terminees = sum_lignes(devant.list_lignes(MATRICE))
    assert 0 < terminees < toutes
    assert devant.at.query_params == {"statut": "termine"}
    devant.open("qui_fait_quoi", periode="2024", categorie="ptf")
    assert sum_lignes(devant.list_lignes(MATRICE)) < toutes
    devant.open("qui_fait_quoi", public="personne ne dit cela")
    assert "Aucune intervention ne correspond." in devant.texte


@pytest.mark.parametrize("params", [{"matrice": "x"}, {"mesure": "<b>"}, {"periode": "1900"}, {"statut": "rien"}])
def test_an_address_that_holds_nonsense_shows_the_whole(salle: Ouvrir, demo: Config, params: dict[str, str]) -> None:
    devant = salle(demo).open("qui_fait_quoi", **params)
    assert len(devant.list_lignes(MATRICE)) == 15


def test_amounts_say_how_they_were_counted_and_what_is_reserved(salle: Ouvrir, demo: Config) -> None:
    devant = salle(demo).open("qui_fait_quoi", mesure="fcfa", vue="bailleur")
    assert "compté une fois, chez son bailleur" in devant.texte
    assert "réservés par leurs bailleurs" in devant.texte
    assert "réservé" not in salle(demo, "se.demo").open("qui_fait_quoi", mesure="fcfa").texte


def test_the_network_has_its_table(salle: Ouvrir, demo: Config) -> None:
    liens = salle(demo).open("qui_fait_quoi").list_lignes(LIENS)
    assert {x["Lien"] for x in liens} == {"finance", "travaille avec"}


@pytest.mark.parametrize("ecran", ["qui_fait_quoi", "lacunes"])
def test_an_empty_register_says_what_to_do(salle: Ouvrir, reel: Config, ecran: str) -> None:
    devant = salle(reel).open(ecran)
    if ecran == "qui_fait_quoi":
        assert devant.titre == "Aucune intervention enregistrée"
        assert "Déposer une mise à jour" in devant.texte
    else:
        assert "112 dont on ne sait rien" in devant.titre, "an empty database is not an uncovered country"


def test_a_gap_leads_to_a_request_for_who_may_write_one(salle: Ouvrir, demo: Config) -> None:
    def _list_suites(identifiant: str | None) -> list[str]:
        liens = salle(demo, identifiant).open("lacunes").list_liens()
        return [adresse for mots, adresse in liens if mots == "Rédiger une requête"]

    assert _list_suites(None) == []
    assert _list_suites("lecteur.demo") == []
    suites = _list_suites("se.demo")
    assert len(suites) == 10
    assert all("theme=" in s and "region=NE" in s and "origine=" in s for s in suites)


def test_the_ten_gaps_are_told_and_the_ranking_is_published(salle: Ouvrir, demo: Config) -> None:
    devant = salle(demo).open("lacunes")
    assert [p.texte.split(".")[0] for p in devant.arbre.list_tous("p", "ccm-lacune")] == [str(n) for n in range(1, 11)]
    assert len(devant.list_lignes("Termes du score")) == 6


def test_activities_without_region_stand_in_the_national_column(salle: Ouvrir, demo: Config) -> None:
    lignes = salle(demo).open("lacunes", grille="activite").list_lignes("Activité du plan × région")
    assert len(lignes) == 28
    nationale = next(x for x in lignes if x["Activité"].startswith("1.1 "))
    assert nationale["Agadez"] == "—"
    assert nationale["National"] != "—"


def test_both_screens_speak_english(salle: Ouvrir, demo: Config) -> None:
    assert "interventions by" in salle(demo).open("qui_fait_quoi", lang="en").titre
    devant = salle(demo).open("lacunes", lang="en")
    assert "covered" in devant.titre
    assert " ; " not in devant.titre
