"""A validated row whose title, place or day was wrong: its correction replaces it, by the form and by the workbook."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.commands.depots import validate_lignes
from ccm_data.commands.suivi import validate_ligne
from ccm_data.commands.sujets import SUJETS
from ccm_data.domain.permissions import Personne
from ccm_data.domain.vocabulaire import EtatSuivi
from ccm_data.errors import Conflit
from ccm_data.imports.attente import list_file
from ccm_data.imports.commit import commit
from ccm_data.imports.lecture import read_classeur
from ccm_data.imports.saisie import list_bruts, read_connue, save_saisie, send_saisie
from ccm_data.imports.schemas import PAR_SUJET
from ccm_data.imports.validation import Validation, validate
from ccm_data.models.depots import Correction
from ccm_data.phrases.imports import say_anomalie
from ccm_data.queries.suivi import TABLES
from tests.aides.classeurs import COMITE, MISE_A_JOUR, REGISTRES, make_classeur
from tests.integration.aides_commandes import MAINTENANT, make_personnes

SUJET, COMITES = "sensibilisation", "comite_veille"
MISSION = REGISTRES[SUJET]
AUTRE_TITRE = MISSION | {"intitule": "Mission à Iférouane"}


@pytest.fixture
def personnes(session: Session) -> dict[str, Personne]:
    return make_personnes(session)


def judge(session: Session, personne: Personne, sujet: str, *rangees: dict[str, Any]) -> Validation:
    return validate(session, personne, MAINTENANT, read_classeur(make_classeur(**{sujet: rangees})))


def deposit(session: Session, personnes: dict[str, Personne], sujet: str, *rangees: dict[str, Any]) -> None:
    commit(session, personnes["focal"], MAINTENANT, judge(session, personnes["focal"], sujet, *rangees), None, None)


def validate_all(session: Session, personnes: dict[str, Personne]) -> None:
    validate_lignes(session, personnes["se"], MAINTENANT, [x.choix for x in list_file(session, personnes["se"])])


def list_valides(session: Session, sujet: str) -> list[Any]:
    table = TABLES[sujet]
    return list(session.scalars(select(table).where(table.etat == EtatSuivi.VALIDE).order_by(table.id)))


def make_validee(session: Session, personnes: dict[str, Personne], sujet: str = SUJET) -> Any:
    """The one validated row of a subject, as a region sent it."""
    deposit(session, personnes, sujet, COMITE if sujet == COMITES else REGISTRES[sujet])
    validate_all(session, personnes)
    (ligne,) = list_valides(session, sujet)
    return ligne


def get_repere(ligne: Any) -> dict[str, str]:
    return {"ligne": f"{ligne.id}-{ligne.version}"}


@pytest.mark.parametrize(
    ("sujet", "change"),
    [
        (SUJET, {"intitule": "Mission à Iférouane"}),
        (SUJET, {"date_debut": "05/08/2026"}),
        (COMITES, {"nom": "Comité de veille d’Iférouane"}),
    ],
)
def test_a_row_called_otherwise_replaces_the_one_whose_mark_it_bears(
    session: Session, personnes: dict[str, Personne], sujet: str, change: dict[str, str]
) -> None:
    ancienne = make_validee(session, personnes, sujet)
    modele = COMITE if sujet == COMITES else MISSION
    deposit(session, personnes, sujet, modele | change | get_repere(ancienne))
    (attente,) = list_file(session, personnes["se"])
    (titre,) = [c.titre for c in PAR_SUJET[sujet].colonnes if c.champ in change]
    assert attente.remplacee == ancienne.id
    assert [c[0] for c in attente.cellules] == [titre], "the validator sees what changes, and nothing else"
    validate_all(session, personnes)
    (reste,) = list_valides(session, sujet)
    assert (reste.id, ancienne.etat) != (ancienne.id, EtatSuivi.VALIDE), "counted once"


def test_without_its_mark_another_title_is_another_row(session: Session, personnes: dict[str, Personne]) -> None:
    make_validee(session, personnes)
    deposit(session, personnes, SUJET, AUTRE_TITRE)
    validate_all(session, personnes)
    assert len(list_valides(session, SUJET)) == 2


def test_a_row_copied_with_its_mark_is_not_taken_for_a_correction(
    session: Session, personnes: dict[str, Personne]
) -> None:
    repere = get_repere(make_validee(session, personnes))
    jugee = judge(session, personnes["focal"], SUJET, MISSION | repere, AUTRE_TITRE | repere)
    (faute,) = jugee.anomalies
    assert (faute.code, faute.ligne, faute.colonne) == ("repere_en_double", 3, "Ligne (ne pas modifier)")
    assert "ligne 2" in say_anomalie(faute)[0]
    assert "Videz" in say_anomalie(faute)[1]


def test_another_activity_is_another_fact_even_with_a_mark(session: Session, personnes: dict[str, Personne]) -> None:
    deposit(session, personnes, "mise_a_jour", MISE_A_JOUR)
    validate_all(session, personnes)
    (premiere,) = list_valides(session, "mise_a_jour")
    deposit(session, personnes, "mise_a_jour", MISE_A_JOUR | {"activite_code": "3.1.1"} | get_repere(premiere))
    validate_all(session, personnes)
    assert len(list_valides(session, "mise_a_jour")) == 2


@pytest.mark.parametrize("brouillon", [True, False], ids=["kept as a draft first", "sent at once"])
def test_the_form_opened_on_a_row_mends_its_title(
    session: Session, personnes: dict[str, Personne], brouillon: bool
) -> None:
    ancienne, focal = make_validee(session, personnes), personnes["focal"]
    depart = read_connue(session, focal, SUJET, {}, ancienne.id).existant
    bruts = list_bruts(PAR_SUJET[SUJET], depart) | {"intitule": "Mission à Iférouane"}
    connue = read_connue(session, focal, SUJET, bruts, None, ancienne.id)
    assert connue.existant is None
    assert connue.reprise is not None
    assert connue.reprise.id == ancienne.id, "the other fields start from what was validated"
    numero = None
    if brouillon:
        numero = save_saisie(session, focal, MAINTENANT, SUJET, bruts, None, None, ancienne.id).ligne_id
        repris = read_connue(session, focal, SUJET, {}, numero)
        assert repris.valide is not None
        assert repris.valide.id == ancienne.id, "the draft opened again knows what it corrects"
    send_saisie(session, focal, MAINTENANT, SUJET, bruts, numero, ancienne.id)
    validate_all(session, personnes)
    assert [x.intitule for x in list_valides(session, SUJET)] == ["Mission à Iférouane"]
    assert session.get_one(type(ancienne), ancienne.id).etat is EtatSuivi.REMPLACE


def test_two_corrections_of_one_row_do_not_count_twice(session: Session, personnes: dict[str, Personne]) -> None:
    ancienne = make_validee(session, personnes)
    for titre in ("Mission à Iférouane", "Mission à Gougaram"):
        bruts = MISSION | {"intitule": titre, "date_debut": date(2026, 8, 4)}
        send_saisie(session, personnes["focal"], MAINTENANT, SUJET, bruts, None, ancienne.id)
    premiere, seconde = [x.choix for x in list_file(session, personnes["se"])]
    validate_lignes(session, personnes["se"], MAINTENANT, [premiere])
    with pytest.raises(Conflit, match="corrigee_deja_remplacee"):
        validate_ligne(session, personnes["se"], MAINTENANT, *seconde)
    assert len(list_valides(session, SUJET)) == 1


def test_nobody_corrects_a_row_that_he_may_not_write(session: Session, personnes: dict[str, Personne]) -> None:
    ancienne = make_validee(session, personnes)
    ailleurs = Personne(personnes["focal"].role, personnes["focal"].compte_id, "NE005")
    assert read_connue(session, ailleurs, SUJET, {}, None, ancienne.id).valide is None
    assert session.scalars(select(Correction)).all() == []


def test_every_subject_that_may_be_renamed_has_a_title_of_its_own() -> None:
    titres = {"intitule", "titre", "nom"}
    renommables = {s.nom for s in SUJETS.values() if s.renommable}
    assert renommables == {s.nom for s in SUJETS.values() if titres & set(s.cle)}
