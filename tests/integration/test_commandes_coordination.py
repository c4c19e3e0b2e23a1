"""Requests, pledges, verdicts, terms and documents: who may do what, each step, and what it changes; on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ccm_data.commands import documents, requetes, termes, verdicts
from ccm_data.commands.suivi import validate_ligne
from ccm_data.domain.permissions import Personne
from ccm_data.domain.verdicts import compute_nets
from ccm_data.domain.vocabulaire import EtatPositionnement, EtatRequete, EtatSuivi, VerdictPaire
from ccm_data.errors import AccesRefuse, CCMError, Conflit, Introuvable, TransitionInterdite, ValeurInvalide
from ccm_data.models.comptes import Journal
from ccm_data.models.coordination import Intervention, Terme
from ccm_data.models.requetes import EtapeRequete, Positionnement, Requete
from ccm_data.models.verdicts import Verdict
from ccm_data.queries.interventions import list_verdicts
from tests.integration.aides_commandes import MAINTENANT, make_personnes
from tests.integration.aides_coordination import add_intervention

TOUS = ("visiteur", "lecteur", "acteur", "focal", "se", "admin")
DEMANDE = {"objet": "Un centre de santé à Assamaka", "theme": "sante", "region_code": "NE001"}
DEMAIN = date(2026, 11, 24)


@pytest.fixture
def qui(session: Session) -> dict[str, Personne]:
    return make_personnes(session)


def ask(session: Session, personne: Personne, **champs: Any) -> Requete:
    return session.get_one(Requete, requetes.add_requete(session, personne, MAINTENANT, DEMANDE | champs))


def advance(
    session: Session, personne: Personne, requete: Requete, *etats: EtatRequete, note: str | None = None
) -> None:
    for etat in etats:
        requetes.advance_requete(session, personne, MAINTENANT, requete.id, requete.version, etat, note)


def send_requete(session: Session, qui: dict[str, Personne]) -> Requete:
    requete = ask(session, qui["focal"])
    advance(session, qui["se"], requete, EtatRequete.INSTRUITE, EtatRequete.TRANSMISE)
    return requete


def is_permis(geste: Callable[[], object]) -> bool:
    try:
        geste()
    except AccesRefuse:
        return False
    except CCMError:
        return True  # past the rights: something else stands in the way
    return True


# --- Requests and pledges


def test_a_request_has_a_number_its_first_step_and_its_journal_line(session: Session, qui: dict[str, Personne]) -> None:
    premiere, seconde = ask(session, qui["focal"]), ask(session, qui["se"], demandeur_code="giz")
    assert (premiere.numero, seconde.numero) == ("R-2026-0001", "R-2026-0002")
    assert (premiere.etat, premiere.recue_le, premiere.montant_fcfa) == (EtatRequete.RECUE, MAINTENANT.date(), None)
    assert session.scalar(select(func.count()).select_from(EtapeRequete)) == 2
    assert session.scalars(select(Journal.resume).where(Journal.objet == "requete")).all() == [
        "R-2026-0001",
        "R-2026-0002",
    ]


@pytest.mark.parametrize(
    ("champs", "champ"),
    [
        ({"objet": "  "}, "objet"), ({"theme": "inconnu"}, "theme"), ({"activite_code": "9.9.9"}, "activite_code"),
        ({"destinataires": "oim;inconnu"}, "destinataires"), ({"montant_fcfa": "-5"}, "montant_fcfa"),
        ({"recue_le": date(2026, 12, 1)}, "recue_le"), ({"echeance": date(2026, 1, 1)}, "echeance"), ({"etat": "x"}, "etat"),
    ],
)  # fmt: skip
def test_a_request_that_makes_no_sense_is_refused_by_its_field(
    session: Session, qui: dict[str, Personne], champs: dict[str, Any], champ: str
) -> None:
    with pytest.raises(ValeurInvalide) as refus:
        ask(session, qui["se"], **champs)
    assert refus.value.faits["champ"] == champ


@pytest.mark.parametrize(
    ("region", "demandeur", "permis"),
    [
        ("NE001", None, {"focal", "se", "admin", "acteur"}),
        ("NE005", None, {"se", "admin", "acteur"}),
        (None, "oim", {"se", "admin", "acteur"}),
    ],
)
def test_who_may_ask(
    session: Session, qui: dict[str, Personne], region: str | None, demandeur: str | None, permis: set[str]
) -> None:
    """An organisation asks in its own name, wherever; a focal point for its region alone."""
    assert {
        nom
        for nom in TOUS
        if is_permis(lambda nom=nom: ask(session, qui[nom], region_code=region, demandeur_code=demandeur))
    } == permis


def test_an_actor_cannot_ask_in_another_s_name(session: Session, qui: dict[str, Personne]) -> None:
    assert ask(session, qui["acteur"], demandeur_code="giz").demandeur_code == "oim"


def test_only_the_spccm_moves_a_request(session: Session, qui: dict[str, Personne]) -> None:
    requete = ask(session, qui["acteur"])
    permis = set()
    for nom in TOUS:
        with session.begin_nested() as point:
            if is_permis(lambda nom=nom: advance(session, qui[nom], requete, EtatRequete.INSTRUITE)):
                permis.add(nom)
            point.rollback()
        session.refresh(requete)
    assert permis == {"se", "admin"}


def test_a_step_read_too_early_or_skipped_is_refused(session: Session, qui: dict[str, Personne]) -> None:
    requete = ask(session, qui["focal"])
    with pytest.raises(TransitionInterdite):
        advance(session, qui["se"], requete, EtatRequete.TRANSMISE)
    advance(session, qui["se"], requete, EtatRequete.INSTRUITE)
    with pytest.raises(Conflit):
        requetes.advance_requete(session, qui["se2"], MAINTENANT, requete.id, 1, EtatRequete.TRANSMISE)
    with pytest.raises(ValeurInvalide, match="valeur_manquante"):
        advance(session, qui["se"], requete, EtatRequete.REFUSEE)
    advance(session, qui["se"], requete, EtatRequete.REFUSEE, note="hors du plan")
    assert session.scalars(select(EtapeRequete.note)).all()[-1] == "hors du plan"


def test_from_request_to_pledge_to_intervention_each_step_is_kept(session: Session, qui: dict[str, Personne]) -> None:
    requete = send_requete(session, qui)
    numero = requetes.add_positionnement(session, qui["acteur"], MAINTENANT, requete.id, DEMAIN, montant="250 000 000")
    assert requete.etat is EtatRequete.TRANSMISE
    requetes.advance_positionnement(session, qui["acteur"], MAINTENANT, numero, 1, EtatPositionnement.CONFIRME)
    assert requete.etat is EtatRequete.ACCEPTEE
    with pytest.raises(ValeurInvalide, match="valeur_manquante"):
        requetes.advance_positionnement(session, qui["acteur"], MAINTENANT, numero, 2, EtatPositionnement.SIGNE)
    ligne = requetes.advance_positionnement(
        session, qui["acteur"], MAINTENANT, numero, 2, EtatPositionnement.SIGNE, code="OIM-27"
    )
    assert requete.etat is EtatRequete.FINANCEE
    nee = session.get_one(Intervention, ligne)
    assert (nee.etat, nee.acteur_code, nee.bailleurs, nee.regions, nee.themes) == (
        EtatSuivi.SOUMIS, "oim", "oim", "NE001", "sante",
    )  # fmt: skip
    assert (nee.titre, nee.mobilise_fcfa, nee.decaisse_fcfa) == (requete.objet, 250_000_000, None)
    validate_ligne(session, qui["se"], MAINTENANT, "intervention", nee.id, nee.version)
    etapes = session.scalars(select(EtapeRequete.etat).where(EtapeRequete.requete_id == requete.id)).all()
    assert etapes == [e for e in EtatRequete if e is not EtatRequete.REFUSEE]


def test_a_pledge_is_its_organisation_s_own(session: Session, qui: dict[str, Personne]) -> None:
    requete = send_requete(session, qui)
    permis = set()
    for nom in TOUS:
        with session.begin_nested() as point:
            if is_permis(lambda nom=nom: requetes.add_positionnement(
                session, qui[nom], MAINTENANT, requete.id, DEMAIN, acteur_code="giz"
            )):  # fmt: skip
                permis.add(nom)
            point.rollback()
    assert permis == {"acteur", "se", "admin"}
    de_giz = requetes.add_positionnement(session, qui["se"], MAINTENANT, requete.id, DEMAIN, acteur_code="giz")
    with pytest.raises(AccesRefuse):
        requetes.advance_positionnement(session, qui["acteur"], MAINTENANT, de_giz, 1, EtatPositionnement.RETIRE)
    sien = requetes.add_positionnement(session, qui["acteur"], MAINTENANT, requete.id, DEMAIN, acteur_code="giz")
    assert session.get_one(Positionnement, sien).acteur_code == "oim"
    with pytest.raises(Conflit):
        requetes.add_positionnement(session, qui["acteur"], MAINTENANT, requete.id, DEMAIN)


def test_a_pledge_wants_a_request_passed_on_and_a_date_to_come(session: Session, qui: dict[str, Personne]) -> None:
    requete = ask(session, qui["focal"])
    with pytest.raises(TransitionInterdite):
        requetes.add_positionnement(session, qui["acteur"], MAINTENANT, requete.id, DEMAIN)
    advance(session, qui["se"], requete, EtatRequete.INSTRUITE, EtatRequete.TRANSMISE)
    with pytest.raises(ValeurInvalide):
        requetes.add_positionnement(session, qui["acteur"], MAINTENANT, requete.id, date(2026, 1, 1))


# --- Verdicts


@pytest.fixture
def paire(session: Session, qui: dict[str, Personne]) -> tuple[str, str]:
    add_intervention(session, "B", "giz", 600, partenaires="oim")
    add_intervention(session, "A", "due", 1000)
    return "A", "B"


def nets(session: Session) -> dict[str, int | None]:
    montants = {x.code: x.budget_fcfa for x in session.scalars(select(Intervention))}
    return compute_nets(montants, list_verdicts(session))


def test_a_double_declaration_takes_exactly_the_amount_in_common_and_gives_it_back(
    session: Session, qui: dict[str, Personne], paire: tuple[str, str]
) -> None:
    avant = nets(session)
    numero = verdicts.render_verdict(
        session,
        qui["se"],
        MAINTENANT,
        "B",
        "A",
        "double_declaration",
        "Même convention",
        porteur="A",
        montant_commun="400",
    )
    assert nets(session) == {"A": 1000, "B": 200}
    verdicts.set_suite(session, qui["se"], MAINTENANT, numero, "repartition_convenue", MAINTENANT.date())
    verdicts.revoke_verdict(session, qui["admin"], MAINTENANT, numero, "Conventions distinctes")
    assert nets(session) == avant
    verdict = session.get_one(Verdict, numero)
    assert (verdict.code_a, verdict.revoque_motif, verdict.suite is None) == ("A", "Conventions distinctes", False)
    with pytest.raises(Conflit, match="verdict_revoque"):
        verdicts.revoke_verdict(session, qui["se"], MAINTENANT, numero, "encore")
    verdicts.render_verdict(session, qui["se"], MAINTENANT, "A", "B", VerdictPaire.DOUBLON, "Deux actions")
    assert nets(session) == avant
    actions = session.scalars(select(Journal.action).where(Journal.objet == "verdict").order_by(Journal.id)).all()
    assert actions == ["decider", "donner_suite", "revoquer", "decider"]


@pytest.mark.parametrize(
    ("choix", "erreur"),
    [
        pytest.param({"porteur": "C", "montant_commun": 1}, ValeurInvalide, id="a carrier outside the pair"),
        pytest.param({"porteur": "A"}, ValeurInvalide, id="no amount in common"),
        pytest.param({"porteur": "A", "montant_commun": 601}, ValeurInvalide, id="more than the smaller of the two"),
        pytest.param({"porteur": "A", "montant_commun": -1}, ValeurInvalide, id="a negative amount"),
        pytest.param({"porteur": "A", "montant_commun": 1, "motif": " "}, ValeurInvalide, id="no reason"),
        pytest.param({"b": "Z"}, Introuvable, id="a code that stands nowhere"),
        pytest.param({"b": "A"}, ValeurInvalide, id="one intervention twice"),
    ],
)
def test_a_verdict_that_makes_no_sense_is_refused(
    session: Session, qui: dict[str, Personne], paire: tuple[str, str], choix: dict[str, Any], erreur: type[CCMError]
) -> None:
    dits = {"a": "A", "b": "B", "verdict": "double_declaration", "motif": "m"} | choix
    with pytest.raises(erreur):
        verdicts.render_verdict(session, qui["se"], MAINTENANT, **dits)
    assert session.scalar(select(func.count()).select_from(Verdict)) == 0


def test_a_pair_has_one_verdict_at_a_time_and_carriers_no_circle(
    session: Session, qui: dict[str, Personne], paire: tuple[str, str]
) -> None:
    add_intervention(session, "C", "unicef", 500)

    def declare(porteur: str, autre: str) -> None:
        verdicts.render_verdict(
            session,
            qui["se"],
            MAINTENANT,
            porteur,
            autre,
            "double_declaration",
            "m",
            porteur=porteur,
            montant_commun=10,
        )

    declare("A", "B")
    with pytest.raises(Conflit, match="verdict_deja"):
        declare("B", "A")
    declare("B", "C")
    with pytest.raises(ValeurInvalide, match="porteurs_en_boucle"):
        declare("C", "A")


def test_the_spccm_decides_and_the_organisations_named_answer(
    session: Session, qui: dict[str, Personne], paire: tuple[str, str]
) -> None:
    decident = {
        nom for nom in TOUS
        if is_permis(lambda nom=nom: verdicts.render_verdict(session, qui[nom], MAINTENANT, "A", "B", "distinct", "m"))
    }  # fmt: skip
    assert decident == {"se", "admin"}
    repondent = {
        nom
        for nom in TOUS
        if is_permis(lambda nom=nom: verdicts.answer_paire(session, qui[nom], MAINTENANT, "A", "B", "Non"))
    }
    assert repondent == {"acteur"}  # OIM is a partner in B
    add_intervention(session, "C", "unicef")
    with pytest.raises(AccesRefuse, match="paire_d_autrui"):
        verdicts.answer_paire(session, qui["acteur"], MAINTENANT, "A", "C", "Cela ne nous regarde pas")


# --- Terms and documents


def test_the_spccm_extends_and_closes_the_lists(session: Session, qui: dict[str, Personne]) -> None:
    code = termes.add_terme(session, qui["se"], MAINTENANT, "theme", "État civil")
    assert code == "etat_civil"
    with pytest.raises(Conflit):
        termes.add_terme(session, qui["se"], MAINTENANT, "theme", "ÉTAT  CIVIL")
    termes.set_terme_actif(session, qui["se"], MAINTENANT, "theme", code, False)
    terme = session.get_one(Terme, ("theme", code))
    assert (terme.libelle, terme.actif, terme.ordre) == ("État civil", False, 15)
    for nom in ("visiteur", "lecteur", "acteur", "focal"):
        with pytest.raises(AccesRefuse):
            termes.add_terme(session, qui[nom], MAINTENANT, "theme", "Emploi")


DOCUMENT = {
    "acteur_code": "giz", "titre": "Programme 2026", "source": "Site du partenaire", "debut": date(2026, 1, 1),
    "fin": date(2027, 12, 31),
}  # fmt: skip


def test_a_document_is_analysed_changed_and_withdrawn(session: Session, qui: dict[str, Personne]) -> None:
    numero = documents.save_document(session, qui["se"], MAINTENANT, DOCUMENT)
    analyse = {"resultat": "Deux recouvrements à Diffa", "doublons_trouves": 2}
    documents.save_document(session, qui["se"], MAINTENANT, analyse, document_id=numero, version=1)
    with pytest.raises(Conflit):
        documents.save_document(session, qui["se2"], MAINTENANT, {"titre": "x"}, document_id=numero, version=1)
    documents.withdraw_document(session, qui["se"], MAINTENANT, numero, 2)
    with pytest.raises(Conflit, match="document_retire"):
        documents.save_document(session, qui["se"], MAINTENANT, {"titre": "x"}, document_id=numero, version=3)


@pytest.mark.parametrize(
    ("champs", "champ"),
    [
        ({"titre": ""}, "titre"), ({"source": None}, "source"), ({"fin": date(2025, 1, 1)}, "fin"),
        ({"acteur_code": "inconnu"}, "acteur_code"), ({"doublons_trouves": -1}, "doublons_trouves"),
        ({"analyse_le": date(2026, 11, 1)}, "resultat"), ({"resultat": "x", "analyse_le": DEMAIN}, "analyse_le"),
    ],
)  # fmt: skip
def test_a_document_that_makes_no_sense_is_refused(
    session: Session, qui: dict[str, Personne], champs: dict[str, Any], champ: str
) -> None:
    with pytest.raises(ValeurInvalide) as refus:
        documents.save_document(session, qui["se"], MAINTENANT, DOCUMENT | champs)
    assert refus.value.faits["champ"] == champ


def test_an_actor_writes_of_its_own_documents_alone(session: Session, qui: dict[str, Personne]) -> None:
    de_giz = documents.save_document(session, qui["se"], MAINTENANT, DOCUMENT)
    with pytest.raises(AccesRefuse):
        documents.save_document(session, qui["acteur"], MAINTENANT, {"titre": "x"}, document_id=de_giz, version=1)
    documents.save_document(session, qui["acteur"], MAINTENANT, DOCUMENT | {"titre": "Le nôtre"})
    for nom in ("visiteur", "lecteur", "focal"):
        with pytest.raises(AccesRefuse):
            documents.save_document(session, qui[nom], MAINTENANT, DOCUMENT)
