"""Requests, duplicates, documents and actors without a browser: what each person reads and does, bad input told, nothing lost."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from ccm_data.config import NOM_BASE_DEMO, Config
from ccm_data.db import get_engine, read_session
from ccm_data.models.coordination import Terme
from ccm_data.models.documents import DocumentProgrammation
from ccm_data.models.requetes import MiseEnRelation, Requete
from ccm_data.models.verdicts import Verdict
from tests.conftest import AUJOURD_HUI, make_config
from tests.pages.conftest import Ouvrir

PAIRES = "Rapprochements à examiner"


@pytest.fixture
def change(modele_demonstration: Config, tmp_path: Path) -> Iterator[Config]:
    """A demonstration of this test's own."""
    config = make_config(tmp_path, demo=True)
    shutil.copy(modele_demonstration.data_dir / NOM_BASE_DEMO, config.data_dir / NOM_BASE_DEMO)
    yield config
    get_engine(config.database_url).dispose()


# --- requests -----------------------------------------------------------------------------------------------------------


def test_the_register_of_requests_says_what_waits_and_keeps_refusals_back(salle: Ouvrir, demo: Config) -> None:
    tout = salle(demo, "se.demo").open("requetes")
    assert len(tout.list_lignes("Requêtes")) == 7
    vu = salle(demo).open("requetes")
    assert len(vu.list_lignes("Requêtes")) == 6
    assert "1 requête refusée n’est pas montrée." in vu.texte
    assert not vu.at.get("form_submit_button"), "a visitor is offered no form"


def test_a_request_comes_filled_in_from_a_gap(salle: Ouvrir, change: Config) -> None:
    devant = salle(change, "se.demo").open("requetes", theme="education", region="NE002", origine="NE002|education")
    cle = "requete_education__NE002_0"
    assert devant.at.selectbox(key=f"{cle}_theme").value == "education"
    devant.fill("text_input", f"{cle}_objet", "Des classes passerelles à Diffa")
    devant.fill("text_input", f"{cle}_montant", "12 000 000").send()
    with read_session(change) as session:
        requete = session.scalars(select(Requete).order_by(Requete.id.desc())).first()
        assert requete is not None
        assert (requete.theme, requete.region_code, requete.montant_fcfa, requete.origine) == (
            "education", "NE002", 12_000_000, "NE002|education",
        )  # fmt: skip
    assert "Lacune Éducation, Diffa" in devant.texte


@pytest.mark.parametrize(
    ("champ", "valeur", "dit"),
    [("objet", "   ", "Objet"), ("montant", "beaucoup", "Montant"), ("montant", "-5", "Montant")],
    ids=["about nothing", "an amount in letters", "less than nothing"],
)
def test_a_bad_request_is_told_and_kept(salle: Ouvrir, change: Config, champ: str, valeur: str, dit: str) -> None:
    devant = salle(change, "pf.agadez").open("requetes", theme="sante", region="NE001", origine="NE001|sante")
    cle = "requete_sante__NE001_0"
    devant.fill("text_input", f"{cle}_objet", "Un centre de santé").fill("text_input", f"{cle}_{champ}", valeur).send()
    assert any(dit in e for e in devant.erreurs)
    assert devant.at.text_input(key=f"{cle}_{champ}").value == valeur


# --- duplicates ---------------------------------------------------------------------------------------------------------


def test_pairs_are_counted_for_visitors_and_read_by_those_they_name(salle: Ouvrir, demo: Config) -> None:
    vu = salle(demo).open("doublons")
    assert "rapprochements à examiner" in vu.titre
    assert vu.list_lignes("Rapprochements et verdicts")
    assert "DEMO-0" not in vu.texte
    toutes = salle(demo, "se.demo").open("doublons").list_lignes(PAIRES)
    siennes = salle(demo, "acteur.oim").open("doublons").list_lignes(PAIRES)
    assert 0 < len(siennes) < len(toutes)


def test_a_verdict_says_by_how_much_the_total_changed(salle: Ouvrir, change: Config) -> None:
    devant = salle(change, "se.demo").open("doublons")
    avant = len(devant.list_lignes(PAIRES))
    cle = "verdict_DEMO_001_DEMO_002"
    devant.fill("selectbox", f"{cle}_verdict", "double_declaration").fill("selectbox", f"{cle}_porteur", "DEMO-001")
    devant.fill("text_input", f"{cle}_commun", "1 850 000 000").fill(
        "text_area", f"{cle}_motif", "Un seul contrat"
    ).send()
    assert "soit 1 850 000 000 FCFA de moins" in devant.texte.replace("\u202f", " ").replace("\u00a0", " ")
    assert len(devant.list_lignes(PAIRES)) == avant - 1
    assert "1 verdict rendu" in devant.titre


def test_a_double_declaration_without_its_money_is_refused(salle: Ouvrir, change: Config) -> None:
    devant = salle(change, "se.demo").open("doublons")
    cle = "verdict_DEMO_001_DEMO_002"
    devant.fill("selectbox", f"{cle}_verdict", "double_declaration").fill(
        "text_area", f"{cle}_motif", "Un contrat"
    ).send()
    assert any("Ligne qui porte l’argent" in e for e in devant.erreurs)
    with read_session(change) as session:
        assert session.scalars(select(Verdict)).all() == []


def test_an_organisation_named_answers_and_may_not_judge(salle: Ouvrir, change: Config) -> None:
    devant = salle(change, "acteur.oim").open("doublons")
    assert not [x for x in devant.at.selectbox if str(x.key).startswith("verdict_")]
    devant.fill("text_area", "reponse_DEMO_001_DEMO_002_0_texte", "Deux phases d’un même contrat").send()
    assert "Deux phases d’un même contrat" in salle(change, "se.demo").open("doublons").texte


# --- documents ----------------------------------------------------------------------------------------------------------


def test_documents_say_what_waits_and_what_nobody_carries(salle: Ouvrir, demo: Config) -> None:
    devant = salle(demo).open("documents")
    assert devant.titre.startswith("3 documents analysés, 2 à analyser")
    assert not devant.at.get("form_submit_button")
    assert len(salle(demo).open("documents", etat="attente").list_lignes("Documents de programmation")) == 2
    assert "Personne ne porte" in salle(demo).open("documents", portage="public").texte
    assert len(devant.open("documents", portage="indicateur").list_lignes("Indicateurs partagés")) == (
        13 if AUJOURD_HUI.year == 2026 else 11  # those of activity 2.4.2 end with 2026
    )


def test_a_document_is_added_by_its_partner_and_a_bad_one_refused(salle: Ouvrir, change: Config) -> None:
    devant = salle(change, "acteur.giz").open("documents")
    devant.fill("text_input", "document_0_titre", "x" * 300).fill("text_input", "document_0_source", "Site").send()
    assert any("Début" in e for e in devant.erreurs), "no period"
    devant.fill("date_input", "document_0_debut", date(2026, 6, 1))
    devant.fill("date_input", "document_0_fin", date(2026, 1, 1)).send()
    assert any("Fin" in e for e in devant.erreurs), "ends before it begins"
    devant.fill("date_input", "document_0_fin", date(2027, 1, 1)).send()
    with read_session(change) as session:
        dernier = session.scalars(select(DocumentProgrammation).order_by(DocumentProgrammation.id.desc())).first()
        assert dernier is not None
        assert (dernier.acteur_code, dernier.titre) == ("giz", "x" * 300)


# --- actors -------------------------------------------------------------------------------------------------------------


def test_an_actor_lands_on_its_own_portfolio_and_a_visitor_on_the_directory(salle: Ouvrir, demo: Config) -> None:
    assert salle(demo, "acteur.oim").open("acteurs").titre.startswith("OIM : ")
    assert salle(demo).open("acteurs").titre == "46 acteurs de la migration"
    assert salle(demo).open("acteurs", cherche="iom").titre == "1 acteur sur 46"
    assert "Acteur inconnu : zzz." in salle(demo).open("acteurs", acteur="zzz").texte


def test_amounts_are_said_in_francs_or_euros_with_the_parity(salle: Ouvrir, demo: Config) -> None:
    francs = salle(demo).open("acteurs", acteur="due").list_lignes("Son argent")
    euros = salle(demo).open("acteurs", acteur="due", devise="EUR")
    assert francs[1]["Budget qui compte"].endswith("FCFA")
    assert euros.list_lignes("Son argent")[1]["Budget qui compte"].endswith("EUR")
    assert "1 EUR = 655,957 FCFA" in euros.texte


def test_being_put_in_touch_is_asked_and_done(salle: Ouvrir, change: Config) -> None:
    devant = salle(change, "acteur.giz").open("acteurs", acteur="oim")
    devant.fill("text_area", "relation_oim_0_objet", "Une étude commune").send()
    devant = salle(change, "se.demo").open("acteurs")
    assert devant.list_lignes("Mises en relation demandées")[0]["Objet"] == "Une étude commune"
    devant.send()
    with read_session(change) as session:
        assert session.scalars(select(MiseEnRelation.faite_le)).all() != [None]


def test_the_spccm_extends_the_list_of_themes(salle: Ouvrir, change: Config) -> None:
    devant = salle(change, "se.demo").open("referentiels", sujet="termes")
    devant.fill("text_input", "referentiel_termes_libelle", "État civil").send()
    with read_session(change) as session:
        assert session.scalar(select(Terme.libelle).where(Terme.code == "etat_civil")) == "État civil"
    assert "État civil" in [x["Libellé"] for x in devant.list_lignes("Thèmes et statuts")]
    assert "État civil" in [x["Thème"] for x in salle(change).open("qui_fait_quoi").list_lignes("Thème × région")]
