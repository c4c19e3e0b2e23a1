"""« Qui doit quoi » as each person sees it: the message, the matrix, the rows, the reminders and their sending."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from ccm_data.config import Config
from ccm_data.db import read_session
from ccm_data.models.comptes import Journal
from tests.aides.courrier import Boite, list_environ, serve, write_carnet
from tests.conftest import AUJOURD_HUI
from tests.pages.aides import Salle
from tests.pages.conftest import ADMIN, Ouvrir

TABLE = "Ce qui est dû"
MATRICE = "Rapports rendus par région et par trimestre"
DIFFA = "NE002"
_ECHEANCE_T1 = date(2026, 4, 15)


@pytest.fixture
def change(demonstration: Config) -> Config:
    return demonstration


def list_code(devant: Salle) -> list[str]:
    return [c.value.replace("\xa0", " ").replace("\u202f", " ") for c in devant.at.code]


def say_erreurs(devant: Salle) -> str:
    """The errors as they are read, without what keeps them from being Markdown."""
    return " ".join(devant.erreurs).replace("\\", "")


def is_rapport(ligne: dict[str, str]) -> bool:
    """A report, or one that was sent back: past its new date it is late again."""
    return ligne["Nature"] == "Rapports" or ligne["Quoi"].startswith("Mise à jour d’activité")


def read_matrice(devant: Salle) -> dict[str, dict[str, str]]:
    return {x["Déclarant"]: x for x in devant.list_lignes(MATRICE)}


def test_the_message_says_who_owes_how_much_since_when(salle: Ouvrir, demo: Config) -> None:
    devant = salle(demo, "se.demo").open("completude")
    jours = (AUJOURD_HUI - _ECHEANCE_T1).days
    assert "doivent" in devant.titre
    assert devant.titre.endswith(f", le plus ancien depuis {jours} jours")
    rapports = [x for x in devant.list_lignes(TABLE) if is_rapport(x) and x["État"] == "En retard"]
    assert f" {len(rapports)} rapports," in devant.titre
    assert max(int(x["Jours"].replace(" ", "")) for x in rapports) == jours


def test_the_matrix_prints_its_bases_and_tells_silence(salle: Ouvrir, demo: Config) -> None:
    devant = salle(demo, "se.demo").open("completude")
    matrice = read_matrice(devant)
    assert list(matrice)[:3] == ["Agadez", "Diffa", "Dosso"]
    assert list(matrice)[-1] == "SP/CCM (national)"
    assert matrice["Diffa"]["T1 2026"] == "non rapporté : 0 sur 2"
    assert matrice["Agadez"]["T1 2026"] == "2 sur 2 (100 %)"
    assert matrice["Diffa"]["Ensemble"].startswith("0 rapport sur ")
    assert "T4 2025" not in matrice["Diffa"], "before the first due quarter nothing is owed"
    (silencieux,) = re.findall(r"\(ordre alphabétique\) : ([^.]+)\.", devant.texte)
    assert "Diffa" in silencieux
    assert silencieux.split(", ") == sorted(silencieux.split(", "))


def test_a_key_figure_prints_its_percentage_once_with_its_base(salle: Ouvrir, demo: Config) -> None:
    texte = salle(demo, "se.demo").open("completude").texte
    cles = re.search(r"Rapports du T\d \d{4}.*?Interventions à jour.*?en cours", texte, re.DOTALL)
    assert cles is not None
    dit = re.sub(r"\s+", " ", cles[0])
    pourcents = re.findall(r"\d+ %", dit)
    assert len(pourcents) == 2, dit
    assert re.search(r"Rapports du T\d \d{4} \d+ % \d+ rapports? sur \d+ En retard", dit), dit
    assert re.search(r"Interventions à jour \d+ % \d+ sur \d+ en cours", dit), dit


@pytest.mark.parametrize(
    ("qui", "siens"),
    [("pf.zinder", {"Zinder"}), ("acteur.giz", {"GIZ"}), ("lecteur.demo", set())],
)
def test_each_reads_his_own_rows_and_is_told_of_the_others(
    salle: Ouvrir, demo: Config, qui: str, siens: set[str]
) -> None:
    devant = salle(demo, qui).open("completude")
    lus = {x["Qui"] for x in devant.list_lignes(TABLE)} if siens else set()
    assert lus == siens
    assert "votre rôle n’en lit que le nombre" in devant.texte
    assert read_matrice(devant) == read_matrice(salle(demo, "se.demo").open("completude"))
    assert list_code(devant) == [], "the SP/CCM alone reminds"
    assert "Rappels à envoyer" not in devant.texte


def test_a_reader_has_numbers_and_no_organisation(salle: Ouvrir, demo: Config) -> None:
    devant = salle(demo, "lecteur.demo").open("completude")
    assert devant.titre == salle(demo, "se.demo").open("completude").titre
    assert not devant.at.dataframe
    assert "UNHCR" not in devant.texte
    assert "OIM" not in devant.texte


@pytest.mark.parametrize(
    ("params", "colonne", "valeurs"),
    [
        ({"nature": "intervention"}, "Nature", {"Interventions sans nouvelles"}),
        ({"trimestre": "2026-T1"}, "Trimestre", {"T1 2026"}),
        ({"acteur": "unhcr"}, "Qui", {"UNHCR"}),
        ({"acteur": "sp-ccm"}, "Qui", {"SP/CCM"}),
    ],
)
def test_filters_in_the_address(
    salle: Ouvrir, demo: Config, params: dict[str, str], colonne: str, valeurs: set[str]
) -> None:
    devant = salle(demo, "se.demo").open("completude", **params)
    assert {x[colonne] for x in devant.list_lignes(TABLE)} == valeurs


def test_a_region_narrows_the_message_the_rates_and_the_reminders(salle: Ouvrir, demo: Config) -> None:
    devant = salle(demo, "se.demo").open("completude", region=DIFFA, nature="rapport")
    assert devant.titre.startswith("Diffa doit ")
    assert {x["Qui"] for x in devant.list_lignes(TABLE)} == {"Diffa"}
    (texte,) = list_code(devant)
    assert texte.count("Objet : ") == 1
    assert "rappel à Diffa" in texte
    assert "T1 2026, attendu depuis le 15 avril 2026" in texte


def test_wrong_filters_change_nothing(salle: Ouvrir, demo: Config) -> None:
    entier = salle(demo, "se.demo").open("completude").list_lignes(TABLE)
    faux = salle(demo, "se.demo").open("completude", nature="x", trimestre="x", acteur="x", destinataire="x")
    assert faux.list_lignes(TABLE) == entier


def test_one_recipient_or_all(salle: Ouvrir, demo: Config) -> None:
    (tous,) = list_code(salle(demo, "se.demo").open("completude"))
    (une,) = list_code(salle(demo, "se.demo").open("completude", destinataire=DIFFA))
    assert tous.count("Objet : ") > 5
    assert une.count("Objet : ") == 1
    assert une.strip() in tous
    assert "/deposer" in une


def test_an_installation_without_follow_up_owes_what_the_plan_owes(salle: Ouvrir, reel: Config) -> None:
    devant = salle(reel, ADMIN).open("completude")
    assert devant.titre.startswith("Le SP/CCM doit ")
    assert read_matrice(devant)["Agadez"]["T1 2026"] == "pas d’activité"


def test_nothing_is_offered_to_send_until_it_is_set_up(
    salle: Ouvrir, demo: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    devant = salle(demo, "se.demo").open("completude")
    assert not devant.at.get("form_submit_button")
    assert "L’envoi par courriel n’est pas réglé" in devant.texte
    monkeypatch.setenv("CCM_SMTP_HOTE", "smtp.exemple.test")
    moitie = salle(demo, "se.demo").open("completude")
    assert "CCM_SMTP_EXPEDITEUR" in say_erreurs(moitie)
    assert not moitie.at.get("form_submit_button")
    assert list_code(moitie), "half a setting does not take the text away"


def test_a_wrong_public_address_is_told(salle: Ouvrir, demo: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CCM_ADRESSE_PUBLIQUE", "pas une adresse")
    assert "CCM_ADRESSE_PUBLIQUE" in say_erreurs(salle(demo, "se.demo").open("completude"))
    monkeypatch.setenv("CCM_ADRESSE_PUBLIQUE", "https://ccm.exemple.test")
    (texte,) = list_code(salle(demo, "se.demo").open("completude", destinataire=DIFFA))
    assert "https://ccm.exemple.test/deposer" in texte


def test_the_reminders_are_sent_from_the_screen_and_not_twice(
    salle: Ouvrir, change: Config, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    boite = Boite()
    with serve(boite) as reglages:
        for nom, valeur in list_environ(reglages, write_carnet(tmp_path, DIFFA)).items():
            monkeypatch.setenv(nom, valeur)
        devant = salle(change, "se.demo").open("completude", destinataire=DIFFA)
        assert [b.label for b in devant.at.button if "Envoyer" in b.label] == ["Envoyer à Diffa"]
        assert "1 rappel envoyé." in devant.send().texte
        encore = devant.send().texte
        assert "0 rappel envoyé." in encore
        assert "Rappel de moins de 24 heures, non répété : Diffa." in encore
        devant.fill("checkbox", "relances_forcer", True).send()
    assert boite.destinataires == [DIFFA, DIFFA]
    assert boite.read()[0].get_content().replace("\r\n", "\n").startswith("DÉMONSTRATION")
    with read_session(change) as session:
        qui = session.scalars(select(Journal.qui).where(Journal.objet == "relance")).all()
    assert qui == ["Suivi-évaluation (démonstration)"] * 4


def test_a_refused_reminder_is_an_error_on_the_screen(
    salle: Ouvrir, change: Config, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    boite = Boite()
    boite.refuse = {DIFFA}
    with serve(boite) as reglages:
        for nom, valeur in list_environ(reglages, write_carnet(tmp_path, DIFFA)).items():
            monkeypatch.setenv(nom, valeur)
        devant = salle(change, "se.demo").open("completude", destinataire=DIFFA).send()
    assert any("Diffa (adresse refusée par le serveur)" in e for e in devant.erreurs)
