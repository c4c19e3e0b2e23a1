"""What the SP/CCM decides by the forms: good values, refused ones, two persons at once; nothing typed is lost."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select

from ccm_data.config import Config
from ccm_data.db import read_session
from ccm_data.models.comptes import Journal
from ccm_data.models.decisions import Cible
from pages.ui.decisions import SUJETS
from tests.conftest import AUJOURD_HUI
from tests.pages.aides import Salle
from tests.pages.conftest import Ouvrir

FORME = "referentiel_cibles"
SOURCE = "Procès-verbal d’essai"
INDICATEURS = "Indicateurs du cadre logique"
BONNES: dict[str, Any] = {"indicateur": "1.a", "annee": "2026", "valeur": "11", "source": SOURCE}
FUTUR = AUJOURD_HUI + timedelta(days=8)
REFUSES = [
    pytest.param({"valeur": "dix"}, ["Valeur", "dix"], id="a number in letters"),
    pytest.param({"valeur": "-5"}, ["Valeur", "-5", "≥ 0"], id="a negative number"),
    pytest.param({"valeur": "1,23456"}, ["Valeur", "1,23456", "4 décimales"], id="too many decimals"),
    pytest.param({"source": ""}, ["Source", "est vide"], id="no source"),
    pytest.param({"source": "   "}, ["Source", "est vide"], id="a source of spaces"),
    pytest.param({"date_source": FUTUR}, ["Date de la source", "dans le futur"], id="a date to come"),
    pytest.param({"date_source": None}, ["Date de la source", "une date"], id="no date"),
]
GENRES = {"indicateur": "selectbox", "annee": "selectbox", "region": "selectbox", "date_source": "date_input"}


def fill(salle: Salle, **valeurs: Any) -> Salle:
    """Type into the form of targets."""
    for champ, valeur in valeurs.items():
        salle.fill(GENRES.get(champ, "text_input"), f"{FORME}_{champ}", valeur)
    return salle


def count_lignes(config: Config) -> tuple[int, int]:
    """Rows of targets and of the journal."""
    with read_session(config) as session:
        cibles = session.scalar(select(func.count()).select_from(Cible)) or 0
        return cibles, session.scalar(select(func.count()).select_from(Journal)) or 0


def get_cible(config: Config, code: str, annee: int = 2026) -> Decimal | None:
    """The target in force."""
    with read_session(config) as session:
        return session.scalar(
            select(Cible.valeur).where(Cible.indicateur_code == code, Cible.annee == annee, Cible.remplace_le.is_(None))
        )


def list_statuts(salle: Salle) -> dict[str, str]:
    """Indicator → status, as the logframe shows them."""
    return {x["Code"]: x["Statut"] for x in salle.open("indicateurs").list_lignes(INDICATEURS)}


@pytest.fixture
def formulaire(salle: Ouvrir, demonstration: Config) -> Salle:
    """A member of the SP/CCM before the form of targets, on a demonstration of his own."""
    return salle(demonstration, "se.demo").open("referentiels")


@pytest.mark.parametrize(("saisie", "dits"), REFUSES)
def test_a_bad_value_is_refused_in_words_writes_nothing_and_stays_typed(
    formulaire: Salle, saisie: dict[str, Any], dits: list[str]
) -> None:
    avant = count_lignes(formulaire.config)
    tape = BONNES | {"date_source": date(2026, 11, 20)} | saisie
    fill(formulaire, **tape).send()
    assert len(formulaire.erreurs) == 1
    assert [mot for mot in dits if mot not in formulaire.erreurs[0]] == []
    assert count_lignes(formulaire.config) == avant
    assert not formulaire.at.success
    for champ, valeur in tape.items():
        garde = getattr(formulaire.at, GENRES.get(champ, "text_input"))(key=f"{FORME}_{champ}").value
        assert garde == valeur


def test_a_good_target_changes_the_status_and_leaves_a_line(salle: Ouvrir, demonstration: Config) -> None:
    se = salle(demonstration, "se.demo")
    avant = list_statuts(se)
    assert avant["2.4.b"] == "Cible non définie"
    fill(se.open("referentiels"), **BONNES | {"indicateur": "2.4.b", "valeur": "100"}).send()
    assert [s.value for s in se.at.success] == ["Cible enregistrée : 2.4.b, 2026."]
    assert se.erreurs == []
    apres = list_statuts(se)
    assert apres["2.4.b"] == "Atteint"
    assert {c: s for c, s in apres.items() if c != "2.4.b"} == {c: s for c, s in avant.items() if c != "2.4.b"}
    ligne = salle(demonstration, "admin.demo").open("journal").list_lignes("Journal")[0]
    assert ligne["Qui"] == "Suivi-évaluation (démonstration)"
    assert ligne["Lequel"] == "2.4.b, 2026"


def test_an_empty_value_withdraws_the_target_and_keeps_its_history(formulaire: Salle) -> None:
    assert get_cible(formulaire.config, "1.a") is not None
    fill(formulaire, **BONNES | {"valeur": ""}).send()
    assert formulaire.erreurs == []
    assert get_cible(formulaire.config, "1.a") is None
    assert count_lignes(formulaire.config)[0] > 0


def test_a_target_of_zero_is_a_target(salle: Ouvrir, demonstration: Config) -> None:
    se = salle(demonstration, "se.demo").open("referentiels")
    fill(se, **BONNES | {"indicateur": "2.1.a", "valeur": "0"}).send()
    assert se.erreurs == []
    assert get_cible(demonstration, "2.1.a") == 0
    ligne = next(x for x in se.open("indicateurs").list_lignes(INDICATEURS) if x["Code"] == "2.1.a")
    assert "cible 0" in ligne["Réalisé sur cible"]


def test_of_two_persons_who_set_the_same_target_the_second_is_told_and_loses_nothing(
    salle: Ouvrir, demonstration: Config
) -> None:
    premier = salle(demonstration, "se.demo").open("referentiels")
    second = salle(demonstration, "se2.demo").open("referentiels")
    fill(premier, **BONNES | {"valeur": "13"}).send()
    fill(second, **BONNES | {"valeur": "14", "source": "Autre procès-verbal"}).send()

    assert len(second.erreurs) == 1
    assert "Quelqu’un a décidé ceci entre-temps" in second.erreurs[0]
    assert second.at.text_input(key=f"{FORME}_valeur").value == "14"
    assert second.at.text_input(key=f"{FORME}_source").value == "Autre procès-verbal"
    en_vigueur = [x for x in second.list_lignes("Cibles") if (x["Indicateur"], x["Année"]) == ("1.a", "2026")]
    assert [(x["Valeur"], x["Source"]) for x in en_vigueur] == [("13", SOURCE)]
    assert get_cible(demonstration, "1.a") == 13

    second.send()
    assert second.erreurs == []
    assert get_cible(demonstration, "1.a") == 14


def test_a_decision_elsewhere_does_not_stop_another_target(salle: Ouvrir, demonstration: Config) -> None:
    premier = salle(demonstration, "se.demo").open("referentiels")
    second = salle(demonstration, "se2.demo").open("referentiels")
    fill(premier, **BONNES).send()
    fill(second, **BONNES | {"indicateur": "1.b", "valeur": "61"}).send()
    assert second.erreurs == []


def test_the_same_person_may_decide_twice_in_a_row(formulaire: Salle) -> None:
    for valeur in ("13", "14"):
        fill(formulaire, **BONNES | {"valeur": valeur}).send()
        assert formulaire.erreurs == []


CONFLITS: list[Any] = [
    pytest.param("bases", [{"indicateur": "1.b", "statut": "connue", "valeur": v} for v in "12"], id="a baseline"),
    pytest.param("montants", [{"activite": "1.1", "2024": v} for v in ("5000000", "6000000")], id="yearly amounts"),
    pytest.param(
        "retenus",
        [{"objet": "plan:plan", "montant": v, "motif": "essai"} for v in ("860000000", "987000000")],
        id="a prevailing figure",
    ),
    pytest.param(
        "regions", [{"activite": "3.1.1", "region": "NE001", "poids": v} for v in "23"], id="a region concerned"
    ),
    pytest.param(
        "definitions", [{"indicateur": "2.1.a", "sens": v} for v in ("maintien", "croissant")], id="a setting"
    ),
    pytest.param("seuils", [{"nom": "delai_rapport_jours", "valeur": v} for v in ("20", "30")], id="a threshold"),
    pytest.param("contradictions", [{"texte": v, "motif": "essai"} for v in "ab"], id="a contradiction"),
]
LISTES = {"indicateur", "annee", "statut", "activite", "region", "objet", "sens", "nom"}


def fill_sujet(salle: Salle, sujet: str, valeurs: dict[str, str]) -> Salle:
    """Type into the form of a subject."""
    for champ, valeur in valeurs.items():
        genre = "selectbox" if champ in LISTES else "text_area" if champ == "texte" else "text_input"
        salle.fill(genre, f"referentiel_{sujet}_{champ}", valeur)
    return salle.fill("text_input", f"referentiel_{sujet}_source", SOURCE)


@pytest.mark.parametrize(("sujet", "saisies"), CONFLITS)
def test_every_decision_tells_the_second_of_two_persons(
    salle: Ouvrir, demonstration: Config, sujet: str, saisies: list[dict[str, str]]
) -> None:
    premier = salle(demonstration, "se.demo").open("referentiels", sujet=sujet)
    second = salle(demonstration, "se2.demo").open("referentiels", sujet=sujet)
    fill_sujet(premier, sujet, saisies[0]).send()
    assert premier.erreurs == []
    fill_sujet(second, sujet, saisies[1]).send()
    assert ["entre-temps" in e for e in second.erreurs] == [True]
    assert second.send().erreurs == []


@pytest.mark.parametrize("sujet", SUJETS, ids=str)
def test_an_empty_form_is_refused_in_words_by_every_subject(formulaire: Salle, sujet: str) -> None:
    avant = count_lignes(formulaire.config)
    formulaire.open("referentiels", sujet=sujet).send()
    assert len(formulaire.erreurs) == 1
    assert "Attendu" in formulaire.erreurs[0]
    assert count_lignes(formulaire.config) == avant


def test_a_name_already_taken_is_refused(formulaire: Salle) -> None:
    formulaire.open("referentiels", sujet="acteurs")
    formulaire.fill("text_input", "referentiel_acteurs_nom", "Oim").send()
    assert "déjà pris" in formulaire.erreurs[0]
    assert formulaire.at.text_input(key="referentiel_acteurs_nom").value == "Oim"


def test_a_right_lost_between_reading_and_sending_is_refused(salle: Ouvrir, demonstration: Config) -> None:
    se = salle(demonstration, "se.demo").open("referentiels")
    avant = count_lignes(demonstration)
    fill(se, **BONNES).jeton = None
    se.send()
    assert "Écran réservé" in se.texte
    assert count_lignes(demonstration) == avant


def test_a_region_may_have_its_own_target_beside_the_national_one(formulaire: Salle) -> None:
    fill(formulaire, **BONNES | {"indicateur": "3.1.a", "valeur": "9", "region": "NE001"}).send()
    assert formulaire.erreurs == []
    siennes = [x for x in formulaire.list_lignes("Cibles") if (x["Indicateur"], x["Année"]) == ("3.1.a", "2026")]
    assert [x["Valeur"] for x in siennes if x["Région"] == "Agadez"] == ["9"]
    assert [x["Région"] for x in siennes] == ["National", "Agadez"]


def test_a_national_indicator_takes_no_regional_target(formulaire: Salle) -> None:
    avant = count_lignes(formulaire.config)
    fill(formulaire, **BONNES | {"indicateur": "2.2.b", "valeur": "9", "region": "NE001"}).send()
    assert formulaire.erreurs == ["Cet indicateur est national : laissez la région vide."]
    assert count_lignes(formulaire.config) == avant


def test_of_two_persons_who_set_a_regional_target_the_second_is_told(salle: Ouvrir, demonstration: Config) -> None:
    premier = salle(demonstration, "se.demo").open("referentiels")
    second = salle(demonstration, "se2.demo").open("referentiels")
    regionale = BONNES | {"indicateur": "3.1.a", "region": "NE001"}
    fill(premier, **regionale).send()
    fill(second, **regionale | {"valeur": "12"}).send()
    assert premier.erreurs == []
    assert ["entre-temps" in e for e in second.erreurs] == [True]


def test_a_stated_final_target_that_disagrees_becomes_a_line_of_the_register(
    salle: Ouvrir, demonstration: Config
) -> None:
    se = salle(demonstration, "se.demo").open("referentiels")
    fill(se, **BONNES | {"indicateur": "1.c", "annee": "finale", "valeur": "1000"}).send()
    assert se.erreurs == []
    assert "finale annoncée" in [x["Année"] for x in se.list_lignes("Cibles") if x["Indicateur"] == "1.c"]
    registre = salle(demonstration).open("rapprochement", nature="cibles").list_lignes("Registre des décisions")
    assert [(x["Objet"], x["Un côté"]) for x in registre] == [
        ("Indicateur 1.c : cible finale", "1 000, cible finale annoncée")
    ]
    fill(se, **BONNES | {"annee": "finale", "region": "NE001"}).send()
    assert "National" in se.erreurs[0]


def test_what_prevailed_before_stays_readable_with_who_and_until_when(formulaire: Salle) -> None:
    for valeur in ("13", "14"):
        fill(formulaire, **BONNES | {"valeur": valeur}).send()
    avant = formulaire.list_lignes("Historique : Cibles")
    assert [x["Valeur"] for x in avant] == ["13", "12"]
    assert avant[0]["Par"] == "Suivi-évaluation (démonstration)"
    assert all(x["Source"] and x["Jusqu’à"] for x in avant)


def send_montants(salle: Salle, **montants: str) -> Salle:
    """Type the yearly amounts of 2.3.2 and send them."""
    devant = salle.open("referentiels", sujet="montants")
    devant.fill("selectbox", "referentiel_montants_activite", "2.3.2")
    for annee in range(2022, 2027):
        devant.fill("text_input", f"referentiel_montants_{annee}", montants.get(f"a{annee}", ""))
    devant.fill("text_input", "referentiel_montants_source", SOURCE)
    return devant.send()


def test_yearly_amounts_schedule_an_activity_and_the_plan_says_so(salle: Ouvrir, demonstration: Config) -> None:
    se = salle(demonstration, "se.demo")
    assert "2.3.2, 5.3 ne portent aucune année" in salle(demonstration).open("plan").texte
    send_montants(se, a2024="5 000 000", a2025="10 000 000")
    assert "2.3.2, 15\u202f000\u202f000\u00a0FCFA en tout" in se.at.success[0].value.replace("\\", "")
    assert "5.3 ne porte aucune année" in salle(demonstration).open("plan").texte
    send_montants(se)
    assert "suit de nouveau les années du plan" in se.at.success[0].value
    assert "2.3.2, 5.3 ne portent aucune année" in salle(demonstration).open("plan").texte


def test_no_amount_at_all_is_nothing_to_save(salle: Ouvrir, demonstration: Config) -> None:
    se = send_montants(salle(demonstration, "se.demo"))
    assert [e.replace("\u00a0", " ") for e in se.erreurs] == [
        "« Montant (FCFA) » est vide. Attendu : un montant par année."
    ]
    assert not se.at.success
