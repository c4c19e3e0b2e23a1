"""The register of requests: what each person reads, sums that are never invented, the loop from a gap to an intervention."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from ccm_data.commands import requetes as commandes
from ccm_data.commands.suivi import validate_ligne
from ccm_data.domain.permissions import Personne
from ccm_data.domain.vocabulaire import EtatPositionnement, EtatRequete
from ccm_data.models.acteurs import Acteur
from ccm_data.models.coordination import Intervention
from ccm_data.models.requetes import Requete
from ccm_data.queries.couverture import get_couverture
from ccm_data.queries.requetes import (
    DELAI_REPONSE_JOURS,
    FiltreRequetes,
    Registre,
    compute_sommes,
    filter_requetes,
    get_registre,
    list_transmises,
)
from tests.integration.aides_commandes import MAINTENANT, make_personnes

JOUR = MAINTENANT.date()
DEMANDE = {"objet": "Un centre de santé", "theme": "sante", "region_code": "NE001", "origine": "NE001|sante"}
TOUS = ("visiteur", "lecteur", "acteur", "focal", "se", "admin")


@pytest.fixture
def qui(session: Session) -> dict[str, Personne]:
    return make_personnes(session)


def ask(session: Session, qui: dict[str, Personne], *etats: EtatRequete, **champs: object) -> int:
    numero = commandes.add_requete(session, qui["focal"], MAINTENANT, DEMANDE | champs)
    for version, etat in enumerate(etats, 1):
        note = "Hors du mandat" if etat is EtatRequete.REFUSEE else None
        commandes.advance_requete(session, qui["se"], MAINTENANT, numero, version, etat, note)
    return numero


def send(session: Session, qui: dict[str, Personne], **champs: object) -> int:
    return ask(session, qui, EtatRequete.INSTRUITE, EtatRequete.TRANSMISE, **champs)


def read(session: Session, personne: Personne, jour: date = JOUR) -> Registre:
    return get_registre(session, personne, jour)


def test_a_refused_request_is_for_the_spccm_and_the_organisation_that_asked(
    session: Session, qui: dict[str, Personne]
) -> None:
    numero = commandes.add_requete(session, qui["acteur"], MAINTENANT, DEMANDE)
    commandes.advance_requete(session, qui["se"], MAINTENANT, numero, 1, EtatRequete.REFUSEE, "Hors du mandat")
    lues = {nom: (len(r.fiches), r.retenues) for nom in TOUS if (r := read(session, qui[nom]))}
    assert lues == {
        "visiteur": (0, 1), "lecteur": (0, 1), "acteur": (1, 0), "focal": (0, 1), "se": (1, 0), "admin": (1, 0),
    }  # fmt: skip


def test_an_unconfirmed_pledge_is_for_the_spccm_and_its_organisation(
    session: Session, qui: dict[str, Personne]
) -> None:
    numero = send(session, qui)
    pledge = commandes.add_positionnement(session, qui["acteur"], MAINTENANT, numero, JOUR, montant=100)

    def _count() -> dict[str, int]:
        return {nom: len(read(session, qui[nom]).fiches[0].positionnements) for nom in TOUS}

    assert _count() == {"visiteur": 0, "lecteur": 0, "acteur": 1, "focal": 0, "se": 1, "admin": 1}
    assert read(session, qui["visiteur"]).positionnements_retenus == 1
    commandes.advance_positionnement(session, qui["acteur"], MAINTENANT, pledge, 1, EtatPositionnement.CONFIRME)
    assert set(_count().values()) == {1}


def test_a_pledges_amount_is_its_funders(session: Session, qui: dict[str, Personne]) -> None:
    session.execute(update(Acteur).values(montants_publics=False))
    numero = send(session, qui)
    pledge = commandes.add_positionnement(session, qui["acteur"], MAINTENANT, numero, JOUR, montant=100)
    commandes.advance_positionnement(session, qui["acteur"], MAINTENANT, pledge, 1, EtatPositionnement.CONFIRME)
    montants = {
        nom: (p.montant_fcfa, p.reserve) for nom in TOUS for p in read(session, qui[nom]).fiches[0].positionnements
    }
    cache, vu = (None, True), (100, False)
    assert montants == {"visiteur": cache, "lecteur": cache, "focal": cache, "acteur": vu, "se": vu, "admin": vu}
    _demande, accepte, _finance = compute_sommes(read(session, qui["visiteur"]).fiches)
    assert (accepte.fcfa, accepte.reserves) == (None, 1), "reserved is not zero"


def test_amounts_not_said_are_unknown_never_zero(session: Session, qui: dict[str, Personne]) -> None:
    ask(session, qui)
    ask(session, qui, montant_fcfa=500)
    ask(session, qui, EtatRequete.REFUSEE, montant_fcfa=9)
    demande, accepte, _finance = compute_sommes(read(session, qui["se"]).fiches)
    assert (demande.fcfa, demande.sur, demande.inconnus) == (500, 2, 1), "refusals aside"
    assert (accepte.fcfa, accepte.sur) == (None, 0)


def test_a_request_is_late_past_its_due_date_or_its_delay(session: Session, qui: dict[str, Personne]) -> None:
    ask(session, qui, echeance=JOUR)
    ask(session, qui)
    assert [x.en_retard for x in read(session, qui["se"]).fiches] == [False, False]
    assert [x.en_retard for x in read(session, qui["se"], JOUR + timedelta(days=1)).fiches] == [True, False]
    assert all(x.en_retard for x in read(session, qui["se"], JOUR + timedelta(days=DELAI_REPONSE_JOURS + 1)).fiches)


def test_requests_are_filtered_and_counted_for_objective_1(session: Session, qui: dict[str, Personne]) -> None:
    send(session, qui)
    ask(session, qui, region_code="NE001")
    fiches = read(session, qui["se"]).fiches
    assert len(filter_requetes(fiches, FiltreRequetes(EtatRequete.TRANSMISE))) == 1
    assert len(filter_requetes(fiches, FiltreRequetes(region="NE005"))) == 0
    assert len(filter_requetes(fiches, FiltreRequetes(en_retard=True))) == 0
    assert [len(filter_requetes(fiches, FiltreRequetes(e))) for e in (EtatRequete.RECUE, EtatRequete.REFUSEE)] == [1, 0]
    assert len(list_transmises(session)) == 1


def test_from_a_gap_to_an_intervention_each_step_is_seen(session: Session, qui: dict[str, Personne]) -> None:
    def _cell() -> tuple[str, tuple[str, ...]]:
        case = get_couverture(session, qui["se"], "theme", date(2026, 9, 30), JOUR).cases["sante", "NE001"]
        return str(case.etat), case.requetes

    assert _cell() == ("non_rapporte", ())
    numero = send(session, qui)
    nom = session.get_one(Requete, numero).numero
    assert _cell() == ("non_rapporte", (nom,))
    pledge = commandes.add_positionnement(
        session, qui["acteur"], MAINTENANT, numero, JOUR + timedelta(days=30), montant="3 000 000"
    )
    commandes.advance_positionnement(session, qui["acteur"], MAINTENANT, pledge, 1, EtatPositionnement.CONFIRME)
    assert _cell() == ("planifie", (nom,))
    nee = commandes.advance_positionnement(
        session, qui["acteur"], MAINTENANT, pledge, 2, EtatPositionnement.SIGNE, code="OIM-2027-01"
    )
    assert nee is not None
    ligne = session.get_one(Intervention, nee)
    validate_ligne(session, qui["se"], MAINTENANT, "intervention", nee, ligne.version)
    assert _cell() == ("finance", (nom,))
    (fiche,) = read(session, qui["visiteur"]).fiches
    assert [p.etat for p in fiche.pas] == [
        EtatRequete.RECUE, EtatRequete.INSTRUITE, EtatRequete.TRANSMISE, EtatRequete.ACCEPTEE, EtatRequete.FINANCEE,
    ]  # fmt: skip
    assert read(session, qui["lecteur"]).fiches[0].positionnements[0].intervention == "OIM-2027-01"
