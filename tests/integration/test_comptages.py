"""What registers count for indicators: requests passed on, activities in duplicate or complementary; empty is not zero."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from ccm_data.commands import requetes, verdicts
from ccm_data.domain.permissions import Personne
from ccm_data.domain.realise import Realise
from ccm_data.domain.vocabulaire import EtatRequete, SuiteVerdict, VerdictPaire
from ccm_data.phrases.indicateurs import say_comptage
from ccm_data.queries.comptages import Comptage, get_comptage
from tests.integration.aides_commandes import MAINTENANT, make_personnes
from tests.integration.aides_coordination import add_intervention

JOUR = MAINTENANT.date()


@pytest.fixture
def qui(session: Session) -> dict[str, Personne]:
    personnes = make_personnes(session)
    for code, acteur in (("A", "oim"), ("B", "giz"), ("C", "unicef")):
        add_intervention(session, code, acteur)
    return personnes


def render(session: Session, qui: dict[str, Personne], a: str, b: str, verdict: VerdictPaire) -> int:
    return verdicts.render_verdict(session, qui["se"], MAINTENANT, a, b, verdict, "Vu ensemble")


def get_valeur(session: Session, code: str, jour: date = JOUR) -> int | None:
    comptage = get_comptage(session, code, jour)
    return None if comptage is None else comptage.valeur


@pytest.mark.parametrize("code", ["1.b", "2.1.a", "2.1.b", "4.a"])
def test_an_empty_register_gives_no_value(session: Session, qui: dict[str, Personne], code: str) -> None:
    assert get_comptage(session, code, JOUR) is None


def test_requests_are_counted_once_passed_on(session: Session, qui: dict[str, Personne]) -> None:
    for passee in (True, False):
        numero = requetes.add_requete(session, qui["se"], MAINTENANT, {"objet": "Santé", "theme": "sante"})
        for version, etat in enumerate((EtatRequete.INSTRUITE, EtatRequete.TRANSMISE) if passee else (), 1):
            requetes.advance_requete(session, qui["se"], MAINTENANT, numero, version, etat)
    assert get_valeur(session, "1.b") == 1
    assert get_valeur(session, "1.b", date(2026, 9, 30)) == 0, "passed on later: a true zero"


def test_duplicates_count_activities_until_they_are_settled(session: Session, qui: dict[str, Personne]) -> None:
    un = render(session, qui, "A", "B", VerdictPaire.DOUBLON)
    render(session, qui, "B", "C", VerdictPaire.DOUBLON)
    assert get_comptage(session, "2.1.a", JOUR) == Comptage(3, 2, "doublons", (("onglet", "verdicts"),))
    verdicts.set_suite(session, qui["se"], MAINTENANT, un, SuiteVerdict.ARRET, JOUR)
    assert get_valeur(session, "2.1.a") == 2


def test_complementary_activities_are_those_under_way(session: Session, qui: dict[str, Personne]) -> None:
    add_intervention(session, "D", "due", statut="termine")
    render(session, qui, "A", "B", VerdictPaire.COMPLEMENTAIRE)
    render(session, qui, "A", "D", VerdictPaire.COMPLEMENTAIRE)
    assert get_valeur(session, "2.1.b") == 2


@pytest.mark.parametrize(
    ("declare", "dit"),
    [(None, "rien n’est déclaré"), (3, "comme ce qui est déclaré"), (5, "écart −2"), (1, "écart +2")],
)
def test_the_reported_value_is_shown_as_a_difference(declare: float | None, dit: str) -> None:
    assert dit in say_comptage(Comptage(3, 4, "doublons", ()), Realise(declare))
