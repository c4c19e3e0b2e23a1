"""Candidate pairs out of the register: who reads which, what a verdict changes and gives back, on both databases."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from ccm_data.commands import verdicts
from ccm_data.domain.doublons import Nature
from ccm_data.domain.permissions import Personne
from ccm_data.domain.vocabulaire import SuiteVerdict, VerdictPaire
from ccm_data.models.acteurs import Acteur
from ccm_data.queries.acteurs import list_noms_acteurs
from ccm_data.queries.doublons import (
    Rapprochements,
    filter_rapprochements,
    find_candidats,
    get_rapprochements,
    get_total_net,
    make_synergies,
    make_table_paires,
    make_table_verdicts,
)
from tests.integration.aides_commandes import MAINTENANT, make_personnes
from tests.integration.aides_coordination import add_intervention

JUMELLE: dict[str, Any] = {
    "regions": "NE001", "localites": "Arlit", "public_cible": "migrants en transit", "themes": "sante",
    "date_debut": date(2025, 1, 1), "date_fin": date(2026, 12, 31),
}  # fmt: skip


@pytest.fixture
def qui(session: Session) -> dict[str, Personne]:
    """A pair that names OIM and GIZ, and a row far from both."""
    personnes = make_personnes(session)
    add_soins(session, "A", "oim", "Soins de santé primaires aux migrants en transit à Arlit")
    add_soins(session, "B", "giz", "Prise en charge médicale des migrants en transit d’Arlit")
    add_intervention(
        session, "C", "unicef", 500, titre="Bourses scolaires", regions="NE005", themes="education",
        public_cible="enfants", date_debut=date(2022, 1, 1), date_fin=date(2022, 12, 31),
    )  # fmt: skip
    return personnes


def add_soins(session: Session, code: str, acteur: str, titre: str) -> None:
    add_intervention(session, code, acteur, 1_000_000, **(JUMELLE | {"titre": titre}))


def read(session: Session, personne: Personne) -> Rapprochements:
    return get_rapprochements(session, personne, find_candidats(session))


def render(session: Session, qui: dict[str, Personne], verdict: VerdictPaire, **argent: Any) -> int:
    return verdicts.render_verdict(session, qui["se"], MAINTENANT, "A", "B", verdict, "Même action", **argent)


def test_the_register_gives_the_pair_and_not_the_stranger(session: Session, qui: dict[str, Personne]) -> None:
    lus = read(session, qui["se"])
    assert [x.cle for x in lus.a_examiner] == ["A|B"]
    assert "montant_egal" in {r.code for r in lus.a_examiner[0].paire.raisons}
    assert len(make_table_paires(lus.a_examiner, list_noms_acteurs(session))) == 1


@pytest.mark.parametrize(
    ("personne", "lues", "detail"),
    [("visiteur", 0, False), ("lecteur", 0, False), ("focal", 0, False), ("acteur", 1, True), ("se", 1, True), ("admin", 1, True)],
)  # fmt: skip
def test_a_pair_is_read_by_those_it_names_and_counted_for_all(
    session: Session, qui: dict[str, Personne], personne: str, lues: int, detail: bool
) -> None:
    lus = read(session, qui[personne])
    assert (len(lus.a_examiner), lus.detail) == (lues, detail)
    assert sum(lus.en_attente.values()) >= 1, "how many is for everybody"


def test_another_organisation_reads_nothing_of_it(session: Session, qui: dict[str, Personne]) -> None:
    autre = Personne(qui["acteur"].role, qui["acteur"].compte_id, None, "unicef")
    assert read(session, autre).a_examiner == ()
    render(session, qui, VerdictPaire.DOUBLON)
    assert read(session, autre).verdicts == ()
    assert len(read(session, qui["acteur"]).verdicts) == 1


def test_a_reason_that_tells_a_reserved_amount_is_left_out(session: Session, qui: dict[str, Personne]) -> None:
    session.execute(update(Acteur).values(montants_publics=False))
    entiers = {r.code for r in read(session, qui["se"]).a_examiner[0].paire.raisons}
    vus = {r.code for r in read(session, qui["acteur"]).a_examiner[0].paire.raisons}
    assert "montant_egal" in entiers
    assert entiers - vus == {"montant_egal"}


def test_only_a_double_declaration_changes_the_total_and_revoking_gives_it_back(
    session: Session, qui: dict[str, Personne]
) -> None:
    avant = get_total_net(session)
    numero = render(session, qui, VerdictPaire.DOUBLON)
    assert get_total_net(session) == avant
    assert read(session, qui["se"]).a_discuter_fcfa == 1_000_000
    verdicts.revoke_verdict(session, qui["se"], MAINTENANT, numero, "Erreur")
    numero = render(session, qui, VerdictPaire.DOUBLE_DECLARATION, porteur="A", montant_commun="400 000")
    lus = read(session, qui["se"])
    assert get_total_net(session) == avant - 400_000
    assert (lus.retire_fcfa, lus.a_discuter_fcfa, lus.a_examiner) == (400_000, 0, ())
    verdicts.revoke_verdict(session, qui["se"], MAINTENANT, numero, "Deux conventions")
    lus = read(session, qui["se"])
    assert get_total_net(session) == avant
    assert [x.cle for x in lus.a_examiner] == ["A|B"], "to examine again"
    assert [v.revoque_motif for v in lus.verdicts] == ["Deux conventions", "Erreur"], "nothing is deleted"
    assert len(make_table_verdicts(lus.verdicts)) == 2


def test_duplicates_are_counted_in_activities_until_they_are_settled(
    session: Session, qui: dict[str, Personne]
) -> None:
    numero = render(session, qui, VerdictPaire.DOUBLON)
    assert read(session, qui["visiteur"]).en_doublon == 2
    verdicts.set_suite(session, qui["se"], MAINTENANT, numero, SuiteVerdict.FUSION, MAINTENANT.date())
    assert read(session, qui["visiteur"]).en_doublon == 0


def test_an_answer_stands_beside_the_pair(session: Session, qui: dict[str, Personne]) -> None:
    verdicts.answer_paire(session, qui["acteur"], MAINTENANT, "B", "A", "Nos cliniques sont fixes, les leurs mobiles.")
    (lu,) = read(session, qui["se"]).a_examiner
    assert [(r.acteur, r.texte) for r in lu.reponses] == [("oim", "Nos cliniques sont fixes, les leurs mobiles.")]


def test_complementary_verdicts_make_the_matrix_of_synergies(session: Session, qui: dict[str, Personne]) -> None:
    render(session, qui, VerdictPaire.COMPLEMENTAIRE)
    matrice = make_synergies(read(session, qui["se"]).verdicts, list_noms_acteurs(session))
    assert matrice.to_numpy().tolist() in (
        [["GIZ", 0, 1], ["OIM", 1, 0]],
        [["OIM", 0, 1], ["GIZ", 1, 0]],
    )


def test_filters_keep_a_pair_by_nature_region_and_theme(session: Session, qui: dict[str, Personne]) -> None:
    lus = read(session, qui["se"]).a_examiner
    nature = lus[0].paire.nature
    autre = Nature.DOUBLON if nature is Nature.DOUBLE_DECLARATION else Nature.DOUBLE_DECLARATION
    assert len(filter_rapprochements(lus, nature.value, "NE001", "sante")) == 1
    assert filter_rapprochements(lus, autre.value, None, None) == ()
    assert filter_rapprochements(lus, None, "NE002", None) == ()
    assert filter_rapprochements(lus, None, None, "education") == ()
