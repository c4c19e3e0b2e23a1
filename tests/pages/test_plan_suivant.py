"""The later plan on the page: a useful empty state, a workbook sent, judged and loaded, decisions on what is unfinished."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from ccm_data.config import Config
from ccm_data.db import read_session
from ccm_data.models.plans import PlanSuivant, Reprise
from tests.aides.plan_suivant import ACTIVITES, PLAN, make_classeur_plan
from tests.pages.aides import Salle
from tests.pages.conftest import Ouvrir

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
INACHEVEES = "Activités inachevées"


def send(salle: Salle, octets: bytes) -> Salle:
    """Send a workbook on the screen."""
    salle.at.file_uploader[0].set_value(("plan.xlsx", octets, XLSX))
    return salle.run()


def load(salle: Salle) -> Salle:
    """Press the button that loads."""
    salle.at.button(key="plan_charger").click()
    return salle.run()


def make(config: Config, plan: tuple[object, ...] = PLAN) -> bytes:
    with read_session(config) as session:
        return make_classeur_plan(session, plan)


@pytest.fixture
def se(salle: Ouvrir, demonstration: Config) -> Salle:
    return salle(demonstration, "se.demo").open("plan_suivant")


def test_without_a_plan_the_screen_says_what_to_do_and_what_will_be_offered(salle: Ouvrir, reel: Config) -> None:
    vide = salle(reel, "admin").open("plan_suivant", activite="2.3.2")
    assert vide.titre == "28 activités inachevées attendent le plan suivant"
    assert "Aucun plan suivant n’est encore chargé" in vide.texte
    lignes = vide.list_lignes(INACHEVEES)
    assert {x["Réalisé (%)"] for x in lignes} == {"non renseigné"}
    assert {x["Non dépensé (FCFA)"] for x in lignes} == {"non renseigné"}
    assert "une fois le plan suivant chargé" in vide.texte
    assert list(vide.at.get("form_submit_button")) == []


@pytest.mark.parametrize("qui", [None, "lecteur.demo", "pf.agadez", "acteur.oim"])
def test_others_than_the_sp_ccm_are_sent_away(salle: Ouvrir, demo: Config, qui: str | None) -> None:
    assert "Écran réservé" in salle(demo, qui).open("plan_suivant").texte


def test_a_faulty_workbook_is_explained_cell_by_cell_and_cannot_be_loaded(demonstration: Config, se: Salle) -> None:
    fausse = (*PLAN[:2], 2026, *PLAN[3:])
    send(se, make(demonstration, fausse))
    assert "1 ligne à corriger avant de charger" in se.texte
    assert "Plan, Début, ligne 2" in se.texte
    assert "2027 ou après" in se.texte
    assert [b.key for b in se.at.button if b.key == "plan_charger"] == []


def test_a_file_that_is_no_workbook_is_refused_in_words(se: Salle) -> None:
    send(se, b"rien d'utile")
    assert len(se.erreurs) == 1
    assert "Aucune feuille du modèle" in se.erreurs[0]


def test_a_plan_is_seen_then_loaded_then_its_unfinished_activities_decided(demonstration: Config, se: Salle) -> None:
    send(se, make(demonstration))
    assert "Le plan 2027-2031 est prêt à charger : 3 activités" in se.texte
    assert [x["Reprend"] for x in se.list_lignes("Activités qui seront chargées")] == ["1.1", "nouvelle", "2.3.2"]
    assert "au moins 55 millions FCFA (1 activité non chiffrée)" in se.texte
    with read_session(demonstration) as session:
        assert session.scalars(select(PlanSuivant)).all() == []
    load(se)
    assert se.erreurs == []
    assert [s.value for s in se.at.success] == ["Plan 2027-2031 chargé à côté du premier, dont rien n’a changé."]
    par_code = {x["Code"]: x for x in se.list_lignes(INACHEVEES)}
    assert (par_code["2.3.2"]["Reprise par"], par_code["1.2"]["Reprise par"]) == ("2.1", "aucune activité")
    assert len(se.list_lignes("Activités du plan suivant")) == len(ACTIVITES)

    se.open("plan_suivant", activite="2.3.2")
    forme = "reprise_2027-2031_2.3.2"
    assert se.at.selectbox(key=f"{forme}_suite").value == "reprise"  # the file says so
    se.send()
    assert "Pourquoi" in se.erreurs[0]
    se.fill("text_area", f"{forme}_motif", "La stratégie reste à mettre en œuvre").send()
    assert se.erreurs == []
    ligne = next(x for x in se.list_lignes(INACHEVEES) if x["Code"] == "2.3.2")
    assert (ligne["Décision"], ligne["Par"]) == ("Reprise dans le plan suivant", "Suivi-évaluation (démonstration)")
    assert se.titre.endswith("activités inachevées sur 27 attendent une décision")
    with read_session(demonstration) as session:
        assert session.scalars(select(Reprise.activite_code)).all() == ["2.3.2"]


def test_the_same_file_is_not_taken_twice_and_a_decided_plan_stays(demonstration: Config, se: Salle) -> None:
    octets = make(demonstration)
    load(send(se, octets))
    load(send(se, octets))
    assert "Ce fichier est déjà chargé : plan 2027-2031" in se.erreurs[0]
    se.open("plan_suivant", activite="1.1")
    se.fill("text_area", "reprise_2027-2031_1.1_motif", "À poursuivre").send()
    autre = (*PLAN[:5], date(2026, 10, 16))
    load(send(se, make(demonstration, autre)))
    assert "il ne se remplace plus" in se.erreurs[0]


def test_of_two_who_decide_the_second_is_told(salle: Ouvrir, demonstration: Config, se: Salle) -> None:
    load(send(se, make(demonstration)))
    premier = se.open("plan_suivant", activite="1.1")
    second = salle(demonstration, "se2.demo").open("plan_suivant", activite="1.1")
    premier.fill("text_area", "reprise_2027-2031_1.1_motif", "un").send()
    second.fill("text_area", "reprise_2027-2031_1.1_motif", "deux").send()
    assert premier.erreurs == []
    assert ["entre-temps" in e for e in second.erreurs] == [True]
    assert second.at.text_area(key="reprise_2027-2031_1.1_motif").value == "deux"
