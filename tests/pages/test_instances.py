"""Bodies, meetings and recommendations without a browser: empty, filled, hostile; what each person reads and does."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ccm_data.commands.decisions import Provenance
from ccm_data.commands.instances import set_regle_quorum
from ccm_data.config import NOM_BASE, Config
from ccm_data.db import get_engine, read_session, write_session
from ccm_data.domain.permissions import Personne
from ccm_data.domain.vocabulaire import EtatSuivi
from ccm_data.models.comptes import Compte
from ccm_data.models.instances import AccuseLecture, Instance, Recommandation, RegleQuorum
from tests.conftest import AUJOURD_HUI, make_config
from tests.integration.aides_commandes import MAINTENANT, make_personnes
from tests.integration.aides_instances import add_membre, add_point, add_recommandation, add_rencontre
from tests.pages.aides import Salle
from tests.pages.conftest import Ouvrir

LONG = "Mot sans fin " + "x" * 180
HOSTILE = '<script>alert("1")</script> **gras** [lien](https://exemple.ne) $x^2$'
ECRANS = ("rencontres", "recommandations", "instances")
TENUE = date(2026, 10, 24)


def fill(session: Session) -> dict[str, Personne]:
    """Two meetings held, one to come, the 18 December, four recommendations."""
    qui = make_personnes(session)
    session.execute(update(Compte).values(doit_changer=False))
    for acteur in ("oim", "giz"):
        add_membre(session, qui, acteur, "ptf", admis_le=date(2024, 1, 1))
    set_regle_quorum(
        session, qui["se"], MAINTENANT, "ccm", None, "part", "60", Provenance("Règlement", date(2026, 3, 2))
    )
    add_rencontre(session, qui, date_rencontre=TENUE, heure="09:30", presents="oim;giz;unicef", suites="Relancer")
    add_point(session, qui, points_cles="Deux projets se recoupent")
    add_rencontre(session, qui, "CCM-2", date_rencontre=TENUE + timedelta(days=7), intitule=HOSTILE, lieu=LONG)
    add_rencontre(
        session, qui, "CCM-3", date_rencontre=AUJOURD_HUI + timedelta(days=20), heure="10:00",
        dossier_partage_le=MAINTENANT.date(),
    )  # fmt: skip
    add_rencontre(session, qui, "JIM", date_rencontre=date(2025, 12, 18), nature="journee_migrants")
    add_recommandation(session, qui, "R1", -20, responsable_code="oim", texte=HOSTILE, preuve="Arrêté 12")
    add_recommandation(session, qui, "R2", -120, texte=LONG)
    add_recommandation(session, qui, "R3", region_code="NE001", reconduite_par="CCM-2")
    add_recommandation(session, qui, "R4", -5, statut="realisee", realisee_le=TENUE, preuve="PV")
    return qui


@pytest.fixture(scope="module")
def rempli(modele_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Config]:
    """Real work with these registers, shared by the tests that only read."""
    config = make_config(tmp_path_factory.mktemp("instances"))
    shutil.copy(modele_sqlite, config.data_dir / NOM_BASE)
    with write_session(config) as session:
        fill(session)
    yield config
    get_engine(config.database_url).dispose()


@pytest.fixture
def change(config_sqlite: Config) -> Config:
    """The same, of this test's own."""
    with write_session(config_sqlite) as session:
        fill(session)
    return config_sqlite


# --- empty --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ecran", ECRANS)
@pytest.mark.parametrize("identifiant", [None, "admin"], ids=["a visitor", "an administrator"])
def test_an_empty_register_says_so_and_what_to_do(
    salle: Ouvrir, reel: Config, ecran: str, identifiant: str | None
) -> None:
    devant = salle(reel, identifiant).open(ecran)
    assert devant.titre.startswith(
        {
            "rencontres": "Aucune rencontre tenue",
            "recommandations": "Aucune recommandation enregistrée",
            "instances": "23 instances de coordination, dont",
        }[ecran]
    )
    assert " 0 " not in devant.titre


def test_a_body_without_member_or_rule_is_not_said_to_have_none(salle: Ouvrir, reel: Config) -> None:
    devant = salle(reel, "admin").open("instances", instance="gtm-zinder")
    assert "Aucun membre n’est enregistré : non renseigné, ce qui n’est pas zéro." in devant.texte
    assert "Règle non définie" in devant.texte
    assert "au-delà de ce que dit la stratégie" in devant.texte


@pytest.mark.parametrize("ecran", ECRANS)
def test_what_the_address_names_wrongly_is_told(salle: Ouvrir, reel: Config, ecran: str) -> None:
    cle = {"rencontres": "rencontre", "recommandations": "recommandation", "instances": "instance"}[ecran]
    devant = salle(reel, "admin").open(ecran, **{cle: "personne", "nature": "x", "statut": "x", "type": "x"})
    vide = {"recommandations": "Aucune recommandation n’est encore validée."}.get(ecran, "demandée n’existe pas")
    assert vide in devant.texte


# --- meetings -----------------------------------------------------------------------------------------------------------


def test_the_meetings_say_their_message_and_the_next_comes_first(salle: Ouvrir, rempli: Config) -> None:
    devant = salle(rempli, "lecteur").open("rencontres", annee="2026")
    assert devant.titre == "2 rencontres tenues en 2026, quorum atteint dans la seule où il se calcule"
    tous = devant.open("rencontres").list_lignes("Rencontres")
    assert [x["Code"] for x in tous] == ["CCM-3", "CCM-2", "CCM-1", "JIM"]
    assert [x["Quorum"] for x in tous] == ["—", "présences non renseignées", "atteint", "—"]
    assert tous[3]["Repère"] == "◆ 18 décembre"
    assert tous[1]["Présents"] == "non renseigné", "null is not zero"
    assert len(devant.open("rencontres", quand="a_venir").list_lignes("Rencontres")) == 1


def test_a_meeting_opened_says_who_was_there_to_whom_may_read_it(salle: Ouvrir, rempli: Config) -> None:
    lecteur = salle(rempli, "lecteur").open("rencontres", rencontre="CCM-1")
    assert "24 octobre 2026 à 9 h 30" in lecteur.texte
    quorum = lecteur.list_lignes("Quorum par collège")
    assert [(x["Collège"], x["Membres"], x["Présents"], x["Quorum"]) for x in quorum] == [
        ("PTF", "2", "2", "—"),
        ("Ensemble", "2", "2", "atteint"),
    ]
    assert quorum[1]["Requis"] == "2 (60 % des membres)"
    assert "Hors membres" in lecteur.texte
    assert "UNICEF" in lecteur.texte
    assert lecteur.list_lignes("Ordre du jour")[0]["Points clés"] == "réservés au SP/CCM et à la région"
    visiteur = salle(rempli).open("rencontres", rencontre="CCM-1")
    assert "UNICEF" not in visiteur.texte
    assert "3 organisations présentes : la liste est réservée aux personnes connectées." in visiteur.texte
    assert visiteur.list_lignes("Ordre du jour")[0]["Intitulé"] == "Bilan du trimestre"
    assert not visiteur.at.get("form_submit_button")
    assert "Relancer" in salle(rempli, "se").open("rencontres", rencontre="CCM-1").texte
    assert "Relancer" not in lecteur.texte


def test_hostile_words_stay_words(salle: Ouvrir, rempli: Config) -> None:
    devant = salle(rempli, "se").open("rencontres", rencontre="CCM-2")
    assert HOSTILE in devant.texte
    assert not list(devant.arbre.list_tous("script"))
    assert LONG in devant.texte
    recommandation = salle(rempli, "se").open("recommandations", recommandation="R1")
    assert HOSTILE in recommandation.texte


def test_an_organisation_says_that_it_read_the_file(salle: Ouvrir, change: Config) -> None:
    a_faire = salle(change, "acteur").open("a_faire")
    assert "Dossiers à lire · 1" in a_faire.texte
    devant = salle(change, "acteur").open("rencontres", rencontre="CCM-3")
    assert [b.label for b in devant.at.get("form_submit_button")] == ["J’ai lu le dossier"]
    devant.send()
    assert "Lecture du dossier de CCM-3 enregistrée." in devant.texte
    assert "Lu par 1 organisation sur 2." in devant.texte
    assert not devant.at.get("form_submit_button"), "once"
    assert "Dossiers à lire" not in salle(change, "acteur").open("a_faire").texte
    with read_session(change) as session:
        assert [a.acteur_code for a in session.scalars(select(AccuseLecture))] == ["oim"]


# --- recommendations ----------------------------------------------------------------------------------------------------


def test_recommendations_say_what_is_late_and_keep_their_rows_from_visitors(salle: Ouvrir, rempli: Config) -> None:
    attendu = "2 recommandations en retard sur 4"
    visiteur = salle(rempli).open("recommandations")
    assert visiteur.titre == attendu
    assert "4 lignes réservées." in visiteur.texte
    assert LONG not in visiteur.texte
    lecteur = salle(rempli, "lecteur").open("recommandations")
    assert lecteur.titre == attendu
    lignes = lecteur.list_lignes("Recommandations")
    assert [x["Code"] for x in lignes] == ["R2", "R1", "R3", "R4"]
    assert (lignes[2]["Échéance"], lignes[2]["Retard (jours)"]) == ("—", "—")
    assert (lignes[1]["Preuve"], lignes[1]["Statut"]) == ("réservée", "À faire, en retard")
    assert salle(rempli, "lecteur").open("recommandations", retard="1", statut="realisee").titre == (
        "Aucune recommandation enregistrée"
    )
    detail = salle(rempli, "acteur").open("recommandations", recommandation="R1")
    assert "Arrêté 12" in detail.texte, "its own proof"
    assert "reconduite 1 fois (CCM-2)" in salle(rempli, "lecteur").open("recommandations", recommandation="R3").texte


def test_several_are_carried_over_in_one_go(salle: Ouvrir, change: Config) -> None:
    devant = salle(change, "se").open("recommandations")
    devant.fill("selectbox", "reconduire_0_rencontre", "CCM-3").fill("multiselect", "reconduire_0_codes", ["R1", "R2"])
    devant.send()
    assert "2 recommandations reconduites à CCM-3 : elles attendent la validation." in devant.texte
    with read_session(change) as session:
        nees = session.scalars(select(Recommandation).where(Recommandation.etat == EtatSuivi.SOUMIS)).all()
        assert {(x.code, x.reconduite_par) for x in nees} == {("R1", "CCM-3"), ("R2", "CCM-3")}
    devant.fill("selectbox", "reconduire_1_rencontre", "CCM-3").fill("multiselect", "reconduire_1_codes", ["R3", "R1"])
    devant.send()
    assert any("Une correction de R1 attend déjà la validation" in e for e in devant.erreurs)
    with read_session(change) as session:
        assert len(session.scalars(select(Recommandation)).all()) == 6, "all or none"
    focal = salle(change, "focal").open("recommandations")
    assert not focal.at.get("form_submit_button"), "no meeting of his region"


# --- bodies -------------------------------------------------------------------------------------------------------------


def test_members_are_named_for_who_signs_in(salle: Ouvrir, rempli: Config) -> None:
    lignes = salle(rempli, "lecteur").open("instances", instance="ccm").list_lignes("Membres")
    assert [(x["Organisation"], x["Collège"], x["Admis le"]) for x in lignes] == [
        ("GIZ", "PTF", "1er janv. 2024"),
        ("OIM", "PTF", "1er janv. 2024"),
    ]
    visiteur = salle(rempli).open("instances", instance="ccm")
    assert "2 lignes réservées." in visiteur.texte
    assert "PTF 2" in visiteur.texte


def test_the_spccm_adds_a_body_decides_its_quorum_and_closes_it(salle: Ouvrir, change: Config) -> None:
    devant = salle(change, "se").open("instances")
    cle = "instance_nouvelle_0"
    devant.fill("text_input", f"{cle}_nom", "Antenne REMIDDH de Diffa").fill(
        "selectbox", f"{cle}_type", "reseau_osc"
    ).fill("selectbox", f"{cle}_region_code", "NE002").fill("selectbox", f"{cle}_parent_code", "remiddh")
    devant.send()
    assert "Instance « Antenne REMIDDH de Diffa » enregistrée." in devant.texte
    boutons = {b.label: b for b in devant.at.get("form_submit_button")}
    assert {"Clore l’instance", "Décider", "Enregistrer l’instance"} <= set(boutons)
    valeur = next(
        x for x in devant.at.text_input if str(x.key).startswith("quorum_") and str(x.key).endswith("_valeur")
    )
    assert valeur.key is not None
    prefixe = valeur.key.removesuffix("_valeur")
    devant.fill("selectbox", f"{prefixe}_mode", "part").fill("text_input", f"{prefixe}_valeur", "50")
    devant.fill("text_input", f"{prefixe}_source", "Règlement intérieur")
    boutons["Décider"].click()
    devant.run()
    assert devant.list_lignes("Quorum en vigueur")[0]["Quorum"] == "50 % des membres"
    next(b for b in devant.at.get("form_submit_button") if b.label == "Clore l’instance").click()
    devant.run()
    with read_session(change) as session:
        instance = session.get_one(Instance, "antenne-remiddh-de-diffa")
        assert (instance.actif, instance.modifie_spccm, instance.parent_code) == (False, True, "remiddh")
        assert len(session.scalars(select(RegleQuorum)).all()) == 2


@pytest.mark.parametrize("identifiant", [None, "lecteur", "acteur", "focal"], ids=str)
def test_nobody_else_is_offered_a_body_to_change(salle: Ouvrir, rempli: Config, identifiant: str | None) -> None:
    assert not salle(rempli, identifiant).open("instances", instance="ccm").at.get("form_submit_button")


# --- elsewhere ----------------------------------------------------------------------------------------------------------


def test_overdue_recommendations_are_among_what_is_to_be_settled(salle: Ouvrir, rempli: Config) -> None:
    devant = salle(rempli).open("vue")
    assert "recommandations en retard" in devant.texte
    assert "CCM (2)" in devant.texte
    adresse = next(a for texte, a in devant.list_liens() if texte == "recommandations en retard")
    assert devant.follow(adresse).titre == "2 recommandations en retard sur 2"


def test_a_regions_sheet_and_an_actors_say_their_bodies(salle: Ouvrir, rempli: Config) -> None:
    region = salle(rempli).open("region", region="NE001")
    assert "GTM Agadez (aucune rencontre validée) · CCM Agadez" in region.texte
    assert "1 recommandation ouverte" in region.texte
    assert "CCM (PTF)" in salle(rempli, "lecteur").open("acteurs", acteur="oim").texte
    visiteur = salle(rempli).open("acteurs", acteur="oim").texte
    assert "1 instance" in visiteur
    assert "CCM (PTF)" not in visiteur
    assert "1 recommandation ouverte, dont 1 en retard" in visiteur


def test_a_link_opens_the_form_already_filled_in(salle: Ouvrir, rempli: Config) -> None:
    devant = salle(rempli, "se").open("rencontres", rencontre="CCM-1")
    liens = dict(devant.list_liens())
    forme = devant.follow(liens["Ajouter un point à l’ordre du jour"])
    assert any(x.value == "CCM-1" for x in forme.at.selectbox)


def list_choix(devant: Salle, label: str) -> list[str]:
    """What the list of this label offers."""
    (liste,) = [x for x in devant.at.selectbox if x.label.startswith(label)]
    return list(liste.options)


def test_a_form_offers_a_focal_point_the_bodies_and_meetings_of_his_region(salle: Ouvrir, demo: Config) -> None:
    offertes = {}
    for qui in ("pf.agadez", "se.demo"):
        devant = salle(demo, qui).open("deposer", mode="formulaire", feuille="membre_instance")
        instances = list_choix(devant, "Instance")
        devant = salle(demo, qui).open("deposer", mode="formulaire", feuille="point_ordre_du_jour")
        offertes[qui] = (instances, list_choix(devant, "Code de la rencontre"))
    siennes, toutes = offertes["pf.agadez"], offertes["se.demo"]
    assert siennes[0] == ["Groupe Technique sur la Migration d’Agadez", "CCM régional d’Agadez"]
    assert len(toutes[0]) == 23
    assert siennes[1]
    assert all("AGADEZ" in code for code in siennes[1])
    assert set(siennes[1]) == {code for code in toutes[1] if "AGADEZ" in code}
