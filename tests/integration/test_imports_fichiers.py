"""Workbooks kept as files (tests/fixtures): what is read in each, and what is told of it, cell by cell; on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from ccm_data.errors import FichierIllisible
from ccm_data.imports.lecture import read_classeur
from ccm_data.imports.validation import Validation, validate
from ccm_data.phrases.imports import say_anomalie
from tests.integration.aides_commandes import MAINTENANT, make_personnes

DOSSIER = Path(__file__).resolve().parents[1] / "fixtures"
SAINS = {"juste.xlsx": 5, "libreoffice.xlsx": 5, "autre_ordre.xlsx": 4, "excel_francais.csv": 2}
ILLISIBLES = {
    "image.xlsx": "pas_un_classeur",
    "vide.xlsx": "vide",
    "chiffre.xlsx": "chiffre",
    "autre_classeur.xlsx": "autre_classeur",
}
Telle = tuple[str, str, int, str | None]  # code, sheet, line, heading
FAUTIFS: dict[str, set[Telle]] = {
    "fautif.xlsx": {
        ("code_inconnu", "Activités", 2, "Région"),
        ("hors_region", "Activités", 3, "Région"),
        ("valeur_invalide", "Activités", 4, "Avancement (%)"),
        ("periode_illisible", "Activités", 5, "Période"),
        ("date_illisible", "Activités", 6, "Début réel"),
        ("valeur_invalide", "Activités", 7, "Fin réelle"),
        ("formule", "Activités", 8, "Commentaire"),
        ("code_inconnu", "Activités", 9, "Statut"),
        ("code_inconnu", "Activités", 10, "Activité"),
        ("valeur_invalide", "Budget", 2, "Montant"),
        ("valeur_invalide", "Budget", 3, "Montant"),
        ("valeur_manquante", "Budget", 4, "Taux en FCFA"),
        ("valeur_manquante", "Budget", 4, "Source du taux"),
        ("code_inconnu", "Budget", 5, "Phase"),
        ("date_illisible", "Budget", 6, "Date"),
        ("code_inconnu", "Budget", 7, "Bailleur"),
    },
    "formules.xlsx": {
        ("formule", "Activités", 2, "Avancement (%)"),
        ("formule", "Activités", 2, "Commentaire"),
        ("formule", "Budget", 2, "Montant"),
    },
    "fusions.xlsx": {
        ("cellules_fusionnees", "Activités", 2, None),
        ("cellules_fusionnees", "Activités", 3, None),
        ("valeur_manquante", "Activités", 3, "Région"),
    },
    "doubles.xlsx": {("ligne_en_double", "Activités", 3, None)},
}


def judge(session: Session, nom: str) -> Validation:
    classeur = read_classeur((DOSSIER / nom).read_bytes(), nom)
    return validate(session, make_personnes(session)["focal"], MAINTENANT, classeur)


@pytest.mark.parametrize("nom", SAINS)
def test_a_sound_file_is_read_whole_and_without_a_remark(session: Session, nom: str) -> None:
    validation = judge(session, nom)
    assert (len(validation.a_deposer), validation.anomalies) == (SAINS[nom], [])


@pytest.mark.parametrize("nom", FAUTIFS)
def test_each_fault_of_a_file_is_told_and_nothing_else(session: Session, nom: str) -> None:
    validation = judge(session, nom)
    assert {(a.code, a.feuille, a.ligne, a.colonne) for a in validation.anomalies} == FAUTIFS[nom]
    assert len(validation.anomalies) == len(FAUTIFS[nom])
    assert all(mot and "{" not in mot for a in validation.anomalies for mot in say_anomalie(a))


def test_near_names_are_proposed_for_regions_statuses_and_organisations(session: Session) -> None:
    proposes = {(a.ligne, a.colonne): a.suggestion for a in judge(session, "fautif.xlsx").anomalies}
    assert (proposes[2, "Région"], proposes[9, "Statut"], proposes[7, "Bailleur"]) == ("Agadez", "En cours", "OIM")


@pytest.mark.parametrize("nom", ILLISIBLES)
def test_a_file_that_is_none_is_refused(nom: str) -> None:
    with pytest.raises(FichierIllisible) as refus:
        read_classeur((DOSSIER / nom).read_bytes(), nom)
    assert refus.value.code == ILLISIBLES[nom]


def test_every_file_of_the_folder_is_pinned() -> None:
    assert {f.name for f in DOSSIER.iterdir() if f.suffix in {".xlsx", ".csv"}} == {*SAINS, *ILLISIBLES, *FAUTIFS}
