"""The workbooks of bodies and of registers: what is wrong cell by cell, a meeting with its agenda in one file, the way back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.commands.depots import validate_lignes
from ccm_data.commands.sujets import SUJETS
from ccm_data.domain.permissions import Personne
from ccm_data.domain.vocabulaire import EtatSuivi, Gravite
from ccm_data.errors import ValeurInvalide
from ccm_data.imports.apercu import make_apercu
from ccm_data.imports.attente import list_en_cours, list_file
from ccm_data.imports.commit import commit
from ccm_data.imports.gabarit import make_gabarit
from ccm_data.imports.lecture import read_classeur
from ccm_data.imports.schemas import FEUILLES, GROUPES, PAR_SUJET, list_groupes
from ccm_data.imports.validation import Validation, validate
from ccm_data.models.depots import Depot
from ccm_data.models.instances import PointOrdreDuJour, Recommandation, Rencontre
from ccm_data.models.registres import Appui, PosteSpccm, Sensibilisation
from ccm_data.phrases.imports import say_anomalie
from ccm_data.queries.depots import list_depots
from tests.aides.classeurs import POINT, RECOMMANDATION, REGISTRES, RENCONTRE, make_classeur
from tests.integration.aides_commandes import MAINTENANT, make_personnes

SPCCM = ("suivi_hypothese", "partenariat", "poste_spccm", "etape_perennisation")
# A row that hangs on a meeting is sent with it.
AVEC = {"point_ordre_du_jour": RENCONTRE, "recommandation": RENCONTRE}


@pytest.fixture
def personnes(session: Session) -> dict[str, Personne]:
    return make_personnes(session)


def make(sujet: str, *rangees: dict[str, Any]) -> bytes:
    """A workbook with these rows, and the meeting that they name."""
    avec = {"rencontre": [AVEC[sujet]]} if sujet in AVEC else {}
    return make_classeur(**avec, **{sujet: rangees})


def judge(session: Session, personne: Personne, octets: bytes) -> Validation:
    return validate(session, personne, MAINTENANT, read_classeur(octets))


def deposit(session: Session, personne: Personne, octets: bytes, **choix: Any) -> Depot:
    return commit(session, personne, MAINTENANT, judge(session, personne, octets), "r.xlsx", octets, **choix)


def validate_all(session: Session, personne: Personne) -> None:
    validate_lignes(session, personne, MAINTENANT, [x.choix for x in list_file(session, personne)])


# what is wrong → (subject, change, code, heading)
FAUTES: dict[str, tuple[str, dict[str, Any], str, str]] = {
    "another region's meeting": ("rencontre", {"region_code": "Maradi"}, "region_de_l_instance", "Région"),
    "a regional meeting told as national": ("rencontre", {"region_code": "National"}, "region_de_l_instance", "Région"),
    "another region's body": (
        "rencontre", {"instance_code": "CCM Tahoua", "region_code": "Tahoua"}, "hors_region", "Région",
    ),
    "a body that is not": ("rencontre", {"instance_code": "CCM de la Lune"}, "code_inconnu", "Instance"),
    "an hour that cannot be": ("rencontre", {"heure": "25:00"}, "heure_illisible", "Heure"),
    "a meeting asked by nobody": (
        "rencontre", {"nature": "À la demande d’un membre"}, "valeur_manquante", "Demandée par",
    ),
    "somebody unknown was there": (
        "rencontre", {"presents": "OIM ; Inconnue"}, "code_inconnu", "Organisations présentes",
    ),
    "presents at a meeting to come": (
        "rencontre", {"date_rencontre": "10/12/2026"}, "rencontre_non_tenue", "Organisations présentes",
    ),
    "presents at a cancelled meeting": ("rencontre", {"annulee": "oui"}, "rencontre_non_tenue", "Organisations présentes"),
    "a file to be shared": ("rencontre", {"dossier_partage_le": "01/12/2026"}, "date_future", "Dossier partagé le"),
    "an agenda without meeting": (
        "point_ordre_du_jour", {"rencontre_code": "CCM-1999-01"}, "rencontre_inconnue", "Code de la rencontre",
    ),
    "an item number zero": ("point_ordre_du_jour", {"numero": 0}, "valeur_invalide", "Numéro du point"),
    "an agenda told of the whole country": (
        "point_ordre_du_jour", {"region_code": "National"}, "region_de_la_rencontre", "Région",
    ),
    "a recommendation of no meeting": (
        "recommandation", {"rencontre_code": "CCM-1999-01"}, "rencontre_inconnue", "Code de la rencontre",
    ),
    "carried over by no meeting": (
        "recommandation", {"reconduite_par": "CCM-1999-01"}, "rencontre_inconnue", "Reconduite par",
    ),
    "done on no day": ("recommandation", {"statut": "Réalisée", "preuve": "PV"}, "valeur_manquante", "Réalisée le"),
    "done without proof": (
        "recommandation", {"statut": "Réalisée", "realisee_le": "01/10/2026"}, "valeur_manquante", "Preuve",
    ),
    "a member without college": ("membre_instance", {"college": None}, "valeur_manquante", "Collège"),
    "a member who left before he came": (
        "membre_instance", {"sorti_le": "01/01/2022"}, "valeur_invalide", "Sorti le",
    ),
    "fewer than no women": ("sensibilisation", {"etat_femmes": -1}, "valeur_invalide", "État, femmes"),
    "half a person": ("sensibilisation", {"etat_hommes": "12,5"}, "valeur_invalide", "État, hommes"),
    "a mission to come": ("sensibilisation", {"date_debut": "01/12/2026"}, "date_future", "Date de début"),
    "an end before its beginning": ("sensibilisation", {"date_fin": "03/08/2026"}, "valeur_invalide", "Date de fin"),
    "a support to nobody": ("appui", {"beneficiaire_code": None}, "valeur_manquante", "Bénéficiaire"),
    "less than nothing": ("appui", {"montant_fcfa": "-5"}, "valeur_invalide", "Montant (FCFA)"),
    "fewer than no copies": ("produit_communication", {"exemplaires": -3}, "valeur_invalide", "Exemplaires ou diffusions"),
    "a lesson that teaches nothing": ("bonne_pratique", {"enseignement": None}, "valeur_manquante", "Ce que l’on retient"),
    "a lesson of an unknown intervention": (
        "bonne_pratique", {"intervention_code": "XX-9"}, "code_inconnu", "Code de l’intervention",
    ),
    "a risk that nobody follows": ("suivi_hypothese", {"responsable_code": None}, "valeur_manquante", "Suivi par"),
    "a partnership with nobody": ("partenariat", {"partenaire": None}, "valeur_manquante", "Structure partenaire"),
    "a convention without text": ("partenariat", {"document": None}, "valeur_manquante", "Document"),
    "a share over 100": ("poste_spccm", {"part_2026": 101}, "valeur_invalide", "Part de l’État 2026 (%)"),
    "paid by a partner unnamed": ("poste_spccm", {"partenaire_code": None}, "valeur_manquante", "Partenaire qui paie"),
    "adopted in no meeting": (
        "etape_perennisation", {"nature": "Adoption de la feuille de route"}, "valeur_manquante", "Code de la rencontre",
    ),
}  # fmt: skip


@pytest.mark.parametrize("cas", FAUTES)
def test_a_fault_of_a_register_is_told_with_its_cell(
    session: Session, personnes: dict[str, Personne], cas: str
) -> None:
    sujet, change, code, colonne = FAUTES[cas]
    qui = personnes["se" if sujet in SPCCM else "focal"]
    validation = judge(session, qui, make(sujet, REGISTRES[sujet] | change))
    assert (code, colonne, 2) in {(a.code, a.colonne, a.ligne) for a in validation.anomalies}
    assert sujet not in {x.sujet for x in validation.lignes}
    assert all(a.gravite is Gravite.A_CORRIGER for a in validation.anomalies)
    assert all("{" not in mot for a in validation.anomalies for mot in say_anomalie(a))


@pytest.mark.parametrize("sujet", REGISTRES)
def test_a_sound_row_of_every_register_is_taken_named_and_validated(
    session: Session, personnes: dict[str, Personne], sujet: str
) -> None:
    qui = personnes["se" if sujet in SPCCM else "focal"]
    octets = make(sujet, REGISTRES[sujet])
    jugee = judge(session, qui, octets)
    assert jugee.anomalies == []
    dits = {x.objet for x in make_apercu(session, jugee.a_deposer)}
    assert all(len(dit.split(", ")) >= 2 for dit in dits)  # what it is, then where
    deposit(session, qui, octets)
    assert {x.sujet for x in list_en_cours(session, qui)} >= {sujet}
    validate_all(session, personnes["se2"])
    etats = set(session.scalars(select(SUJETS[sujet].table.etat)))
    assert etats == {EtatSuivi.VALIDE}


def test_a_meeting_its_agenda_and_its_recommendations_come_in_one_file_in_any_order(
    session: Session, personnes: dict[str, Personne]
) -> None:
    octets = make_classeur(
        recommandation=[RECOMMANDATION, RECOMMANDATION | {"code": "REC-AGADEZ-2", "reconduite_par": RENCONTRE["code"]}],
        point_ordre_du_jour=[POINT, POINT | {"numero": 2, "intitule": "Point des régions"}],
        rencontre=[RENCONTRE],
    )
    depot = deposit(session, personnes["focal"], octets)
    assert depot.lignes == 5
    validate_all(session, personnes["se"])
    rencontre = session.scalars(select(Rencontre)).one()
    assert (rencontre.presents, rencontre.nature.value, rencontre.region_code) == ("oim;giz;jmed", "ordinaire", "NE001")
    assert {x.rencontre_code for x in session.scalars(select(PointOrdreDuJour))} == {rencontre.code}
    assert {x.responsable_code for x in session.scalars(select(Recommandation))} == {"drecm-r-agadez"}


def test_a_faulty_meeting_takes_its_agenda_with_it(session: Session, personnes: dict[str, Personne]) -> None:
    octets = make_classeur(rencontre=[RENCONTRE | {"heure": "25:00"}], point_ordre_du_jour=[POINT])
    jugee = judge(session, personnes["focal"], octets)
    assert [(a.feuille, a.code) for a in jugee.anomalies] == [
        ("Rencontres", "heure_illisible"), ("Ordre du jour", "rencontre_inconnue"),
    ]  # fmt: skip
    with pytest.raises(ValeurInvalide):
        deposit(session, personnes["focal"], octets, ecarter=True)


def test_a_region_cannot_send_over_another_s_meeting(session: Session, personnes: dict[str, Personne]) -> None:
    code = {"code": "CCM-1"}
    tahoua = RENCONTRE | code | {"instance_code": "CCM Tahoua", "region_code": "Tahoua"}
    deposit(session, personnes["se"], make_classeur(rencontre=[tahoua]))
    jugee = judge(session, personnes["focal"], make_classeur(rencontre=[RENCONTRE | code]))
    assert [(a.code, a.colonne) for a in jugee.anomalies] == [("code_d_une_autre_region", "Code")]


def test_zero_present_is_kept_and_an_empty_cell_stays_unsaid(session: Session, personnes: dict[str, Personne]) -> None:
    deposit(session, personnes["focal"], make("sensibilisation", REGISTRES["sensibilisation"]))
    ligne = session.scalars(select(Sensibilisation)).one()
    assert (ligne.etat_femmes, ligne.etat_hommes, ligne.population_femmes) == (0, 12, None)


def test_an_organisation_tells_its_supports_and_not_another_s(session: Session, personnes: dict[str, Personne]) -> None:
    deposit(session, personnes["acteur"], make("appui", REGISTRES["appui"]))
    assert session.scalars(select(Appui)).one().acteur_code == "oim"
    jugee = judge(session, personnes["acteur"], make("rencontre", RENCONTRE))
    assert [a.code for a in jugee.anomalies] == ["acces_refuse"]


def test_each_person_is_offered_the_workbooks_that_he_may_fill(personnes: dict[str, Personne]) -> None:
    assert {qui: list(list_groupes(personnes[qui])) for qui in ("lecteur", "acteur", "focal", "se")} == {
        "lecteur": [],
        "acteur": ["suivi", "registres"],
        "focal": list(GROUPES),
        "se": list(GROUPES),
    }


@pytest.mark.parametrize("groupe", ["instances", "registres"])
@pytest.mark.parametrize("qui", ["focal", "se"])
@pytest.mark.parametrize("valide", [False, True], ids=["while it waits", "once validated"])
def test_a_register_s_template_sent_back_as_it_is_changes_nothing(
    session: Session, personnes: dict[str, Personne], groupe: str, qui: str, valide: bool
) -> None:
    personne = personnes[qui]
    sujets = [f.sujet for f in FEUILLES if f.groupe == groupe and (qui == "se" or f.sujet not in SPCCM)]
    national = {"region_code": "National"} if qui == "se" else {}
    rangees = {s: [_make_sienne(s) | national] if qui == "se" else [REGISTRES[s]] for s in sujets}
    deposit(session, personne, make_classeur(**rangees))
    if valide:
        validate_all(session, personnes["se2"])
    octets = make_gabarit(session, personne, qui, MAINTENANT, demonstration=False, groupe=groupe)
    lu = read_classeur(octets)
    assert {f.feuille.sujet for f in lu.feuilles} == set(sujets)
    jugee = validate(session, personne, MAINTENANT, lu)
    assert (jugee.anomalies, jugee.a_deposer, jugee.inchangees) == ([], [], len(sujets))


def _make_sienne(sujet: str) -> dict[str, Any]:
    """The row as the SP/CCM says it of the whole country."""
    nationale = {"instance_code": "CCM"} if "instance_code" in REGISTRES[sujet] else {}
    return REGISTRES[sujet] | nationale | ({"cadre": "Appui institutionnel au SP/CCM"} if sujet == "appui" else {})


def test_last_year_s_meetings_stay_out_of_the_template_with_their_agenda(
    session: Session, personnes: dict[str, Personne]
) -> None:
    ancienne = {"date_rencontre": "11/09/2025", "dossier_partage_le": "01/09/2025"}
    octets = make_classeur(
        rencontre=[RENCONTRE | ancienne], point_ordre_du_jour=[POINT], recommandation=[RECOMMANDATION]
    )
    deposit(session, personnes["focal"], octets)
    validate_all(session, personnes["se"])
    gabarit = make_gabarit(session, personnes["focal"], "pf", MAINTENANT, demonstration=False, groupe="instances")
    lignes = {f.feuille.sujet: len(f.lignes) for f in read_classeur(gabarit).feuilles}
    # An open recommendation is still to be told of.
    assert lignes == {"membre_instance": 0, "rencontre": 0, "point_ordre_du_jour": 0, "recommandation": 1}


def test_what_came_back_is_named_in_the_deposits(session: Session, personnes: dict[str, Personne]) -> None:
    deposit(
        session,
        personnes["focal"],
        make_classeur(rencontre=[RENCONTRE], sensibilisation=[REGISTRES["sensibilisation"]]),
    )
    for table in (Rencontre, Sensibilisation):
        ligne = session.scalars(select(table)).one()
        ligne.etat, ligne.note_retour, ligne.retour_avant_le = EtatSuivi.RETOURNE, "Revoir", date(2026, 12, 1)
    session.flush()
    (depot,) = list_depots(session, personnes["focal"])
    assert set(depot.notes) == {"CCM-AGADEZ-2026-03 : Revoir", "Mission à Arlit : Revoir"}


def test_a_share_keeps_its_decimals(session: Session, personnes: dict[str, Personne]) -> None:
    deposit(session, personnes["se"], make("poste_spccm", REGISTRES["poste_spccm"]))
    assert [float(x) for x in session.execute(select(PosteSpccm.part_2025, PosteSpccm.part_2026)).one()] == [12.5, 100]


def test_no_two_sheets_share_a_name_nor_a_subject() -> None:
    assert len({f.nom for f in FEUILLES}) == len(FEUILLES) == len(PAR_SUJET)
    assert {f.groupe for f in FEUILLES} == set(GROUPES)


def test_what_is_expected_is_told_in_words_that_people_write(session: Session, personnes: dict[str, Personne]) -> None:
    cas = {
        "region_de_l_instance": ("rencontre", {"region_code": "National"}, "Écrivez « Agadez »"),
        "region_de_la_rencontre": ("point_ordre_du_jour", {"region_code": "National"}, "Écrivez « Agadez »"),
        "date_future": ("rencontre", {"dossier_partage_le": "01/12/2026"}, "au plus tard le 23 novembre 2026."),
        "valeur_invalide": (
            "membre_instance", {"admis_le": "02/03/2022", "sorti_le": "01/01/2022"}, "au plus tôt le 2 mars 2022.",
        ),
    }  # fmt: skip
    for code, (sujet, change, attendu) in cas.items():
        jugee = judge(session, personnes["focal"], make(sujet, REGISTRES[sujet] | change))
        (dite,) = {" ".join(say_anomalie(a)[1].split()) for a in jugee.anomalies if a.code == code}
        assert attendu in dite, dite
