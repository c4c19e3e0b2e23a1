"""Deposits after they were sent: seen by whom they concern, taken back, validated or returned many at once."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.commands.depots import return_lignes, validate_lignes, withdraw_depot
from ccm_data.domain.permissions import Personne
from ccm_data.domain.vocabulaire import EtatSuivi
from ccm_data.errors import AccesRefuse, Conflit
from ccm_data.imports.attente import list_file, make_table_file
from ccm_data.imports.commit import commit
from ccm_data.imports.lecture import read_classeur
from ccm_data.imports.validation import validate
from ccm_data.models.depots import Depot
from ccm_data.models.suivi import MiseAJour
from ccm_data.queries.depots import list_depots
from tests.aides.classeurs import COMITE, MISE_A_JOUR, make_classeur
from tests.integration.aides_commandes import MAINTENANT, make_personnes


@pytest.fixture
def personnes(session: Session) -> dict[str, Personne]:
    return make_personnes(session)


@pytest.fixture
def depot(session: Session, personnes: dict[str, Personne]) -> Depot:
    """Two rows sent by the focal point of Agadez."""
    return deposit(session, personnes["focal"], mise_a_jour=[MISE_A_JOUR], comite_veille=[COMITE])


def deposit(session: Session, personne: Personne, **feuilles: list[dict[str, object]]) -> Depot:
    octets = make_classeur(**feuilles)
    jugee = validate(session, personne, MAINTENANT, read_classeur(octets))
    return commit(session, personne, MAINTENANT, jugee, "t3.xlsx", octets)


@pytest.mark.parametrize(
    ("qui", "vus"), [("visiteur", 0), ("lecteur", 0), ("acteur", 0), ("focal", 1), ("se", 1), ("admin", 1)]
)
def test_a_deposit_is_seen_by_its_region_and_the_spccm(
    session: Session, personnes: dict[str, Personne], depot: Depot, qui: str, vus: int
) -> None:
    assert [d.numero for d in list_depots(session, personnes[qui])] == [depot.numero] * vus


def test_a_deposit_taken_back_leaves_drafts_and_lets_the_file_come_again(
    session: Session, personnes: dict[str, Personne], depot: Depot
) -> None:
    assert withdraw_depot(session, personnes["focal"], MAINTENANT, depot.id) == 2
    assert set(session.scalars(select(MiseAJour.etat))) == {EtatSuivi.BROUILLON}
    encore = deposit(session, personnes["focal"], mise_a_jour=[MISE_A_JOUR], comite_veille=[COMITE])
    assert (encore.numero, list(session.scalars(select(MiseAJour.etat)))) == ("D-2026-0002", [EtatSuivi.SOUMIS])


def test_a_deposit_already_handled_is_not_taken_back(
    session: Session, personnes: dict[str, Personne], depot: Depot
) -> None:
    choix = [x.choix for x in list_file(session, personnes["se"])]
    validate_lignes(session, personnes["se"], MAINTENANT, choix[:1])
    with pytest.raises(Conflit, match="depot_traite"):
        withdraw_depot(session, personnes["focal"], MAINTENANT, depot.id)


def test_another_region_does_not_take_it_back(session: Session, personnes: dict[str, Personne], depot: Depot) -> None:
    with pytest.raises(AccesRefuse):
        withdraw_depot(session, personnes["acteur"], MAINTENANT, depot.id)


@pytest.mark.parametrize("qui", ["visiteur", "lecteur", "acteur", "focal"])
def test_the_queue_is_the_spccms_own(session: Session, personnes: dict[str, Personne], qui: str) -> None:
    with pytest.raises(AccesRefuse):
        list_file(session, personnes[qui])


def test_a_correction_stands_beside_what_it_replaces(
    session: Session, personnes: dict[str, Personne], depot: Depot
) -> None:
    validate_lignes(session, personnes["se"], MAINTENANT, [x.choix for x in list_file(session, personnes["se"])])
    deposit(session, personnes["focal"], mise_a_jour=[MISE_A_JOUR | {"avancement": 75}])
    (ligne,) = list_file(session, personnes["se"], "NE001")
    assert (ligne.correction, ligne.cellules) == (True, (("Avancement (%)", "60", "75"),))
    assert list_file(session, personnes["se"], "NE002") == []
    assert list(make_table_file([ligne])["Région"]) == ["Agadez"]


def test_many_rows_are_validated_all_or_none(session: Session, personnes: dict[str, Personne], depot: Depot) -> None:
    siennes = [x.choix for x in list_file(session, personnes["se"])]
    perimee = [siennes[0], (siennes[1][0], siennes[1][1], siennes[1][2] + 1)]
    avant = session.begin_nested()
    with pytest.raises(Conflit):
        validate_lignes(session, personnes["se"], MAINTENANT, perimee)
    avant.rollback()
    assert len(list_file(session, personnes["se"])) == 2
    assert validate_lignes(session, personnes["se"], MAINTENANT, siennes) == 2
    assert list_file(session, personnes["se"]) == []


def test_returned_rows_carry_their_note_to_whoever_sent_them(
    session: Session, personnes: dict[str, Personne], depot: Depot
) -> None:
    choix = [x.choix for x in list_file(session, personnes["se"])]
    return_lignes(session, personnes["se"], MAINTENANT, choix, "Joignez le PV.", date(2026, 12, 8))
    (lu,) = list_depots(session, personnes["focal"])
    assert lu.etats == {EtatSuivi.RETOURNE: 2}
    assert all(note.endswith("Joignez le PV.") for note in lu.notes)
