"""Filters of the screens change their rows, and the address carries them."""

from __future__ import annotations

import pytest

from ccm_data.config import Config
from tests.pages.conftest import Ouvrir

INDICATEURS = "Indicateurs du cadre logique"
PLAN = "Calendrier des activités"


def test_indicators_are_filtered_by_status_and_by_axis(salle: Ouvrir, demo: Config) -> None:
    devant = salle(demo).open("indicateurs")
    toutes = devant.list_lignes(INDICATEURS)
    assert len(toutes) == 26
    devant.set("button_group", "choix_statut", ["atteint", "en_retard"])
    gardees = devant.list_lignes(INDICATEURS)
    assert gardees == [x for x in toutes if x["Statut"] in ("Atteint", "En retard")]
    assert 0 < len(gardees) < 26
    devant.set("selectbox", "choix_axe", "2")
    assert devant.list_lignes(INDICATEURS) == [x for x in gardees if x["Code"].startswith("2.")]
    assert devant.at.query_params == {"statut": "atteint,en_retard", "axe": "2"}


def test_the_counts_on_the_status_buttons_are_those_of_the_rows(salle: Ouvrir, demo: Config) -> None:
    devant = salle(demo).open("indicateurs")
    statuts = [x["Statut"] for x in devant.list_lignes(INDICATEURS)]
    for bouton in devant.at.button_group(key="choix_statut").options:
        nom, nombre = bouton.split(" · ")
        assert statuts.count(nom) == int(nombre)


def test_a_row_opens_the_sheet_of_its_indicator(salle: Ouvrir, demo: Config) -> None:
    devant = salle(demo, "lecteur.demo").open("indicateurs", indicateur="1.c")
    par_region = devant.list_lignes("Par région")
    assert {x["Région"] for x in par_region} >= {"Agadez", "Niamey"}
    assert devant.list_lignes("Lignes comptées")
    assert devant.list_lignes("Valeurs déclarées et validées")
    assert "Indicateur inconnu : 9.z." in devant.open("indicateurs", indicateur="9.z").texte


def test_a_sheet_opened_by_its_address_stands_above_the_table(salle: Ouvrir, demo: Config) -> None:
    texte = salle(demo).open("indicateurs", indicateur="1.c").texte
    assert texte.index("1.c · Nombre de missions") < texte.index("Réalisé sur cible")


def test_an_indicator_without_any_value_has_a_frame_in_the_place_of_its_curve(salle: Ouvrir, demo: Config) -> None:
    muet = salle(demo).open("indicateurs", indicateur="2.3.b")
    assert "La courbe commence à la première valeur déclarée et validée." in muet.texte
    assert len(muet.at.get("plotly_chart")) == 0
    assert "non renseigné, non renseigné" not in muet.texte
    parlant = salle(demo).open("indicateurs", indicateur="2.1.a")
    assert len(parlant.at.get("plotly_chart")) == 1
    assert "14 (base 31, cible 6) : 68 % du chemin, à surveiller." in parlant.texte.replace("\u202f", " ")


def test_the_sheet_gives_each_target_and_the_baseline_with_source_and_date(
    salle: Ouvrir, demo: Config, reel: Config
) -> None:
    reperes = salle(demo).open("indicateurs", indicateur="2.1.a").list_lignes("Base et cibles")
    assert [(x["Base ou cible"], x["Région"], x["Valeur"]) for x in reperes] == [
        ("Base au 31 décembre 2021", "National", "31"), ("Cible 2026", "National", "6")
    ]  # fmt: skip
    assert {x["Date de la source"].replace("\u00a0", " ") for x in reperes} == {"15 mars 2022"}
    assert all(x["Source"] for x in reperes)
    niveaux = salle(demo).open("indicateurs", indicateur="3.1.c").list_lignes("Base et cibles")
    assert [x["Valeur"] for x in niveaux] == ["en ligne", "à jour", "multilingue"]
    assert "Ni base ni cible n’est encore fixée." in salle(reel).open("indicateurs", indicateur="2.1.a").texte


def test_indicators_are_filtered_by_origin_and_open_onto_the_register(salle: Ouvrir, demo: Config) -> None:
    devant = salle(demo, "lecteur.demo").open("indicateurs")
    par_origine = {
        origine: devant.set("selectbox", "choix_origine", origine).list_lignes(INDICATEURS)
        for origine in ("derive", "declare")
    }
    assert {x["Origine"] for x in par_origine["derive"]} == {"compté dans le registre"}
    assert {x["Origine"] for x in par_origine["declare"]} == {"déclaré"}
    assert sum(map(len, par_origine.values())) == 26
    assert devant.at.query_params == {"origine": "declare"}
    devant.open("indicateurs", indicateur="4.c")
    liens = {texte: adresse for texte, adresse in devant.list_liens() if "lignes comptées" in texte}
    assert [adresse for adresse in liens.values() if "partenariats" in adresse and "type=convention" in adresse]


def test_a_visitor_is_told_how_many_counted_rows_he_may_not_read(salle: Ouvrir, demo: Config) -> None:
    devant = salle(demo).open("indicateurs", indicateur="4.c")
    lus = salle(demo, "lecteur.demo").open("indicateurs", indicateur="4.c").list_lignes("Lignes comptées")
    assert f"{len(lus)} lignes réservées." in devant.texte
    assert "Compté dans le registre" in devant.texte


@pytest.mark.parametrize(
    ("filtre", "valeur", "attendues"),
    [("choix_axe", "4", {"4.1", "4.2", "4.3", "4.4"}), ("choix_axe", "1", {"1.1", "1.2"})],
    ids=["the fourth axis", "the first axis"],
)
def test_the_plan_is_filtered_by_axis(
    salle: Ouvrir, demo: Config, filtre: str, valeur: str, attendues: set[str]
) -> None:
    devant = salle(demo).open("plan").set("selectbox", filtre, valeur)
    assert {x["Activité"].split()[0] for x in devant.list_lignes(PLAN)} == attendues


def test_the_plan_is_filtered_by_region_and_by_beneficiary(salle: Ouvrir, demo: Config) -> None:
    devant = salle(demo).open("plan")
    assert len(devant.list_lignes(PLAN)) == 28
    devant.set("selectbox", "choix_region", "NE001")
    ici = {x["Activité"].split()[0] for x in devant.list_lignes(PLAN)}
    assert "3.1.1" in ici
    assert len(ici) < 28
    devant.open("plan").set("selectbox", "choix_beneficiaire", "osc")
    osc = devant.list_lignes(PLAN)
    assert 0 < len(osc) < 28
    assert devant.at.query_params == {"beneficiaire": "osc"}


def test_a_filter_that_keeps_nothing_says_what_to_do(salle: Ouvrir, reel: Config) -> None:
    devant = salle(reel).open("plan", region="NE001")
    assert "Aucune activité ne correspond." in devant.texte
    assert "Retirez un filtre." in devant.texte


def test_the_budget_goes_down_from_axis_to_action_to_activity(salle: Ouvrir, demo: Config) -> None:
    devant = salle(demo).open("budget")
    nombres, sommes = {}, set()
    for niveau, titre in {"axe": "Par axe", "action": "Par action", "activite": "Par activité"}.items():
        devant.set("button_group", "choix_niveau", niveau)
        lignes = devant.list_lignes(f"Budget, en FCFA : {titre}")
        nombres[niveau] = len(lignes)
        sommes.add(sum(_read(x["Décaissé (FCFA)"]) for x in lignes))
    assert (nombres["axe"], nombres["activite"]) == (5, 28)
    assert 5 < nombres["action"] < 28
    assert len(sommes) == 1, "the money changes with the level"


def test_the_budget_is_filtered_by_axis_and_year(salle: Ouvrir, demo: Config) -> None:
    devant = salle(demo, "lecteur.demo").open("budget", niveau="activite")
    toutes = devant.list_lignes("Écritures budgétaires")
    devant.set("selectbox", "choix_axe", "3")
    lignes = devant.list_lignes("Budget, en FCFA : Par activité")
    assert {x["Code"][0] for x in lignes} == {"3"}
    siennes = devant.list_lignes("Écritures budgétaires")
    assert {x["Activité"][0] for x in siennes} == {"3"}
    devant.set("selectbox", "choix_annee", "2024")
    de_2024 = devant.list_lignes("Écritures budgétaires")
    assert {x["Date"][-4:] for x in de_2024} == {"2024"}
    assert len(de_2024) < len(siennes) < len(toutes)
    assert "3" in {x["Code"][0] for x in devant.list_lignes("Budget, en FCFA : Par activité")}


def test_the_map_changes_its_measure_and_names_a_region(salle: Ouvrir, demo: Config) -> None:
    devant = salle(demo).open("carte")
    premier = devant.titre
    devant.set("selectbox", "choix_mesure", "completude")
    assert devant.titre != premier
    devant.set("selectbox", "choix_region", "NE007")
    assert "Ouvrir la fiche : Zinder" in [texte for texte, _adresse in devant.list_liens()]
    assert devant.at.query_params == {"mesure": "completude", "region": "NE007"}


def test_the_same_filter_on_another_screen_takes_what_the_link_says(salle: Ouvrir, demo: Config) -> None:
    devant = salle(demo).open("carte", region="NE007")
    lien = next(x for x in devant.at.get("page_link") if "Zinder" in x.proto.label)
    devant.follow(f"/{lien.proto.page}?{lien.proto.query_string}")
    assert devant.at.selectbox(key="choix_region").value == "NE007"
    assert devant.titre.startswith("Zinder")
    devant.open("budget", axe="3").open("plan", axe="3")
    assert devant.at.selectbox(key="choix_axe").value == "3"


def test_the_map_draws_the_chosen_layers_only(salle: Ouvrir, demo: Config) -> None:
    devant = salle(demo).open("carte").set("button_group", "choix_couches", ["acteurs"])
    assert devant.at.query_params == {"couches": "acteurs"}
    assert "Acteurs" in devant.texte
    assert "Points focaux" not in devant.texte
    devant.set("button_group", "choix_couches", [])
    assert devant.at.query_params == {"couches": "-"}


def test_a_region_is_chosen_on_its_sheet(salle: Ouvrir, demo: Config) -> None:
    devant = salle(demo).open("region").set("selectbox", "choix_region", "NE008")
    assert devant.titre.startswith("Niamey")
    assert devant.at.query_params == {"region": "NE008"}


def test_a_focal_point_meets_his_own_region_first(salle: Ouvrir, demo: Config) -> None:
    assert salle(demo, "pf.tahoua").open("region").titre.startswith("Tahoua")


def test_the_journal_is_filtered_by_what_who_where_and_when(salle: Ouvrir, demo: Config) -> None:
    devant = salle(demo, "admin.demo").open("journal")
    toutes = devant.list_lignes("Journal")
    devant.set("selectbox", "choix_lieu", "NE008")
    ici = devant.list_lignes("Journal")
    assert ici
    assert {x["Région"] for x in ici} == {"Niamey"}
    devant.set("selectbox", "choix_objet", "comite_veille")
    assert "Aucune ligne avec ces filtres." in devant.texte or {x["Objet"] for x in devant.list_lignes("Journal")} == {
        "Comité de veille"
    }
    devant.open("journal").set("selectbox", "choix_qui", toutes[0]["Qui"])
    assert {x["Qui"] for x in devant.list_lignes("Journal")} == {toutes[0]["Qui"]}
    assert "Aucune ligne avec ces filtres." in devant.open("journal", periode="1").texte
    nombres = [len(devant.open("journal").set("selectbox", "choix_periode", j).at.dataframe) for j in ("1", "90")]
    assert nombres == [0, 1]
    recentes = devant.list_lignes("Journal")
    assert recentes == toutes[: len(recentes)], "a period keeps the latest"


def test_what_waits_for_each_person_is_his_own(salle: Ouvrir, demo: Config) -> None:
    du_se = salle(demo, "se.demo").open("a_faire").texte
    de_zinder = salle(demo, "pf.zinder").open("a_faire").texte
    assert "Dépôts à valider" in du_se
    assert "Chiffres à décider" in du_se
    assert "Dépôts à valider" not in de_zinder
    assert "Zinder" in de_zinder
    assert "Diffa" not in de_zinder


def _read(texte: str) -> int:
    return 0 if texte == "non renseigné" else int(texte.replace(" ", ""))
