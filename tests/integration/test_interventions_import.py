"""The register of interventions by workbook and CSV: lists in a cell, aliases, shares, currencies, whose code it is."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.commands.depots import validate_lignes
from ccm_data.domain.permissions import Personne
from ccm_data.domain.vocabulaire import Gravite
from ccm_data.imports.apercu import make_apercu
from ccm_data.imports.attente import list_file
from ccm_data.imports.commit import commit
from ccm_data.imports.gabarit import make_gabarit
from ccm_data.imports.lecture import read_classeur
from ccm_data.imports.schemas import INTERVENTIONS, list_feuilles
from ccm_data.imports.validation import Validation, validate
from ccm_data.models.coordination import Intervention
from tests.aides.classeurs import make_classeur, make_csv
from tests.integration.aides_commandes import MAINTENANT, make_personnes

RETOUR: dict[str, Any] = {
    "code": "OIM-RET-1", "titre": "Aide au retour volontaire", "acteur_code": "IOM", "partenaires": "Croix-Rouge Nigérienne",
    "bailleurs": "DUE ; GIZ", "themes": "Retour et réintégration; protection", "objectifs_pmm": "21 ; 8",
    "regions": "Agadez; Tahoua", "localites": "Arlit ; Assamakka", "public_cible": "Migrants en transit", "statut": "En cours",
    "date_debut": "01/01/2025", "date_fin": "31/12/2026", "budget_fcfa": "450 000 000",
}  # fmt: skip


@pytest.fixture
def personnes(session: Session) -> dict[str, Personne]:
    return make_personnes(session)


def judge(session: Session, personne: Personne, *rangees: dict[str, Any]) -> Validation:
    octets = make_classeur(intervention=rangees)
    return validate(session, personne, MAINTENANT, read_classeur(octets))


def deposit(session: Session, personnes: dict[str, Personne], *rangees: dict[str, Any], qui: str = "acteur") -> None:
    jugee = judge(session, personnes[qui], *rangees)
    assert [a for a in jugee.anomalies if a.gravite is not Gravite.A_VERIFIER] == []
    commit(session, personnes[qui], MAINTENANT, jugee, "i.xlsx", repr(rangees).encode())
    lignes = [x.choix for x in list_file(session, personnes["se"])]
    validate_lignes(session, personnes["se2" if qui == "se" else "se"], MAINTENANT, lignes)


def test_lists_are_read_by_any_name_and_kept_by_code(session: Session, personnes: dict[str, Personne]) -> None:
    deposit(session, personnes, RETOUR)
    gardee = session.scalars(select(Intervention)).one()
    assert (gardee.acteur_code, gardee.partenaires, gardee.bailleurs) == ("oim", "croix-rouge-nigerienne", "due;giz")
    assert (gardee.themes, gardee.objectifs_pmm) == ("retour_reintegration;protection", "21;8")
    assert (gardee.regions, gardee.localites) == ("NE001;NE005", "Arlit; Assamakka")
    assert (gardee.statut, gardee.budget_fcfa, gardee.region_code) == ("en_cours", 450_000_000, None)


@pytest.mark.parametrize("parts", ["50 ; 50", "50;50", "50 % ; 50 %"])
def test_equal_shares_are_kept_one_by_one(session: Session, personnes: dict[str, Personne], parts: str) -> None:
    deposit(session, personnes, RETOUR | {"parts_regions": parts})
    gardee = session.scalars(select(Intervention)).one()
    assert [p.strip(" %") for p in (gardee.parts_regions or "").split(";")] == ["50", "50"]


@pytest.mark.parametrize("nom", ["OIM", "IOM", "Organisation internationale pour les migrations", "oim"])
def test_an_organisation_is_one_whatever_its_name(session: Session, personnes: dict[str, Personne], nom: str) -> None:
    (ligne,) = judge(session, personnes["acteur"], RETOUR | {"acteur_code": nom}).lignes
    assert ligne.valeurs["acteur_code"] == "oim"


@pytest.mark.parametrize(
    ("change", "code", "colonne"),
    [
        ({"themes": "santé ; protektion"}, "code_inconnu", "themes"),
        ({"regions": "Agadès ; Zindr"}, "code_inconnu", "regions"),
        ({"date_fin": "31/12/2024"}, "valeur_invalide", "date_fin"),
        ({"parts_regions": "60 ; 30"}, "parts_somme", "parts_regions"),
        ({"parts_regions": "60 ; 30 ; 10"}, "parts_illisibles", "parts_regions"),
        ({"parts_regions": "moitié ; moitié"}, "parts_illisibles", "parts_regions"),
        ({"partenaires": "GIZ ; OIM"}, "propre_partenaire", "acteurs_partenaires"),
        ({"devise": "ZWL", "montant_origine": 5}, "code_inconnu", "devise"),
        (
            {"devise": "USD", "montant_origine": 5, "budget_fcfa": None, "taux_source": "BCEAO"},
            "valeur_manquante",
            "taux",
        ),
        ({"regions": "National ; Agadez"}, "national_et_regions_ensemble", "regions"),
        ({"budget_fcfa": "-5"}, "valeur_invalide", "budget_fcfa"),
        ({"statut": "fini"}, "code_inconnu", "statut"),
        ({"objectifs_pmm": "24"}, "code_inconnu", "objectifs_pmm"),
        ({"titre": None}, "valeur_manquante", "titre"),
        ({"acteur_code": "GIZ"}, "acces_refuse", None),
    ],
)
def test_a_fault_is_told_with_its_cell(
    session: Session, personnes: dict[str, Personne], change: dict[str, Any], code: str, colonne: str | None
) -> None:
    jugee = judge(session, personnes["acteur"], RETOUR | change)
    trouvees = [(a.code, a.colonne) for a in jugee.anomalies if a.gravite is Gravite.A_CORRIGER]
    assert trouvees == [(code, colonne)]


def test_an_empty_part_is_told_and_the_rest_is_kept(session: Session, personnes: dict[str, Personne]) -> None:
    jugee = judge(session, personnes["acteur"], RETOUR | {"themes": "santé ;; protection ;"})
    assert [(a.code, a.gravite) for a in jugee.anomalies] == [("liste_trouee", Gravite.A_VERIFIER)]
    assert jugee.lignes[0].valeurs["themes"] == "sante;protection"


def test_two_rows_with_one_code_are_told(session: Session, personnes: dict[str, Personne]) -> None:
    jugee = judge(session, personnes["acteur"], RETOUR, RETOUR | {"titre": "Autre"})
    assert [a.code for a in jugee.anomalies] == ["ligne_en_double"]


def test_another_actors_code_is_taken_by_nobody_else(session: Session, personnes: dict[str, Personne]) -> None:
    deposit(session, personnes, RETOUR | {"acteur_code": "GIZ", "bailleurs": "DUE"}, qui="se")
    jugee = judge(session, personnes["acteur"], RETOUR)
    assert [(a.code, a.colonne) for a in jugee.anomalies] == [("code_pris", "code")]


def test_euros_give_the_budget_in_fcfa(session: Session, personnes: dict[str, Personne]) -> None:
    deposit(session, personnes, RETOUR | {"devise": "EUR", "montant_origine": "1 000,50", "budget_fcfa": None})
    assert session.scalars(select(Intervention.budget_fcfa)).one() == 656_285


def test_a_correction_replaces_the_row_of_the_same_code(session: Session, personnes: dict[str, Personne]) -> None:
    deposit(session, personnes, RETOUR)
    jugee = judge(session, personnes["acteur"], RETOUR | {"regions": "Agadez", "budget_fcfa": None})
    (apercu,) = make_apercu(session, jugee.lignes)
    assert apercu.nature == "correction"
    assert apercu.cellules == (("regions", "Agadez ; Tahoua", "Agadez"), ("budget_fcfa", "450\u202f000\u202f000", ""))


def test_the_template_goes_out_and_comes_back_unchanged(session: Session, personnes: dict[str, Personne]) -> None:
    deposit(session, personnes, RETOUR)
    octets = make_gabarit(session, personnes["acteur"], "", MAINTENANT, demonstration=False)
    jugee = validate(session, personnes["acteur"], MAINTENANT, read_classeur(octets))
    assert (jugee.anomalies, jugee.inchangees, jugee.a_deposer) == ([], 1, [])


def test_a_csv_with_the_columns_of_the_issue_alone_is_enough(session: Session, personnes: dict[str, Personne]) -> None:
    octets = make_csv("intervention", [{c: f'"{v}"' for c, v in RETOUR.items()}], separateur=",", codage="utf-8")
    garde = octets.decode().split("\r\n")
    n = 1 + [c.champ for c in INTERVENTIONS.colonnes].index("statut")
    court = "\r\n".join([",".join(garde[0].split(",")[:n]), garde[1]]).encode()
    jugee = validate(session, personnes["acteur"], MAINTENANT, read_classeur(court, "i.csv"))
    assert [a for a in jugee.anomalies if a.gravite is not Gravite.A_VERIFIER] == []
    assert [x.valeurs["code"] for x in jugee.lignes] == ["OIM-RET-1"]


def test_a_focal_point_is_not_asked_for_interventions(personnes: dict[str, Personne]) -> None:
    assert INTERVENTIONS not in list_feuilles(personnes["focal"])
    assert INTERVENTIONS in list_feuilles(personnes["acteur"])
