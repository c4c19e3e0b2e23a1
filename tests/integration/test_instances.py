"""Bodies and meetings: who may do and read what, versions of a quorum, who read the file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.commands import instances as commandes
from ccm_data.commands.decisions import Provenance, set_seuil
from ccm_data.domain.instances import EtatDossier, EtatQuorum, EtatRencontre
from ccm_data.domain.permissions import Personne
from ccm_data.domain.vocabulaire import College, ModeQuorum, NatureRencontre
from ccm_data.errors import CCMError, Conflit, Introuvable, ValeurInvalide
from ccm_data.models.comptes import Journal
from ccm_data.models.instances import AccuseLecture, Instance, RegleQuorum
from ccm_data.models.plan import Installation
from ccm_data.queries import instances, rencontres
from ccm_data.queries.rencontres_tables import make_table_points, make_table_presences, make_table_rencontres
from ccm_data.reference.chargement import CLE_EMPREINTE, load_reference
from tests.integration.aides_commandes import MAINTENANT, make_personnes
from tests.integration.aides_instances import (
    JOUR,
    TOUS,
    add_membre,
    add_point,
    add_rencontre,
    list_permis,
)

SOURCE = Provenance("Règlement intérieur", date(2026, 3, 2))
ANTENNE = {"nom": "Antenne du REMIDDH de Diffa", "type": "reseau_osc", "region_code": "NE002", "parent_code": "remiddh"}


@pytest.fixture
def qui(session: Session) -> dict[str, Personne]:
    return make_personnes(session)


# --- bodies -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "geste",
    [
        pytest.param(lambda s, p: commandes.save_instance(s, p, MAINTENANT, None, ANTENNE), id="make a body"),
        pytest.param(lambda s, p: commandes.save_instance(s, p, MAINTENANT, "gtm", {"sigle": "G"}), id="change a body"),
        pytest.param(lambda s, p: commandes.confirm_instance(s, p, MAINTENANT, "gtm-zinder"), id="confirm a body"),
        pytest.param(lambda s, p: commandes.close_instance(s, p, MAINTENANT, "gtm"), id="close a body"),
        pytest.param(
            lambda s, p: commandes.set_regle_quorum(s, p, MAINTENANT, "ccm", None, "part", "50", SOURCE),
            id="decide a quorum",
        ),
    ],
)
def test_bodies_and_their_quorum_belong_to_the_spccm(
    session: Session, qui: dict[str, Personne], geste: Callable[[Session, Personne], object]
) -> None:
    assert list_permis(session, qui, lambda p: geste(session, p)) == {"se", "admin"}


def test_a_new_body_has_a_code_of_its_own_and_a_line_in_the_journal(session: Session, qui: dict[str, Personne]) -> None:
    code = commandes.save_instance(session, qui["se"], MAINTENANT, None, ANTENNE)
    autre = commandes.save_instance(session, qui["se"], MAINTENANT, None, ANTENNE | {"nom": "Réseau B", "sigle": "CCM"})
    assert (code, autre) == ("antenne-du-remiddh-de-diffa", "ccm-2")
    assert session.get_one(Instance, code).section == "SP/CCM"
    ligne = session.scalars(select(Journal).where(Journal.objet == "instance", Journal.objet_id == code)).one()
    assert (ligne.action, ligne.region_code) == ("creer", "NE002")


def test_a_reload_of_the_strategy_keeps_what_the_spccm_said_of_a_body(
    session: Session, qui: dict[str, Personne]
) -> None:
    commandes.confirm_instance(session, qui["se"], MAINTENANT, "gtm-zinder")
    session.get_one(Instance, "gtm-tahoua").nom = "Autre"  # not by the SP/CCM: the file prevails
    session.get_one(Installation, CLE_EMPREINTE).valeur = "autre"
    session.flush()
    load_reference(session)
    assert session.get_one(Instance, "gtm-zinder").a_confirmer is False
    assert session.get_one(Instance, "gtm-tahoua").nom == "Groupe Technique sur la Migration de Tahoua"


@pytest.mark.parametrize(
    ("valeurs", "code"),
    [
        pytest.param({"nom": "  "}, "valeur_manquante", id="without a name"),
        pytest.param({"nom": "CADRE de concertation sur la migration"}, "nom_pris", id="a name already taken"),
        pytest.param({"nom": "x" * 201}, "texte_trop_long", id="too long a name"),
        pytest.param({"type": "club"}, "valeur_invalide", id="a type that is none"),
        pytest.param({"region_code": "NE099"}, "code_inconnu", id="an unknown region"),
        pytest.param({"parent_code": "personne"}, "code_inconnu", id="an unknown parent"),
        pytest.param({"parent_code": "gtm-agadez"}, "parents_en_boucle", id="its own child as parent"),
        pytest.param({"ordre": 3}, "champ_inconnu", id="a field that is not to be typed"),
    ],
)
def test_a_senseless_body_is_refused(
    session: Session, qui: dict[str, Personne], valeurs: dict[str, Any], code: str
) -> None:
    if valeurs.get("parent_code") == "gtm-agadez":
        commandes.save_instance(session, qui["se"], MAINTENANT, "gtm-agadez", {"parent_code": "gtm"})
    with pytest.raises(CCMError) as refus:
        commandes.save_instance(session, qui["se"], MAINTENANT, "gtm", valeurs)
    assert refus.value.code == code


def test_a_body_that_has_members_keeps_its_region(session: Session, qui: dict[str, Personne]) -> None:
    commandes.save_instance(session, qui["se"], MAINTENANT, "remiddh", {"region_code": "NE002"})
    add_membre(session, qui, "oim", "osc", instance_code="remiddh", region_code="NE002")
    with pytest.raises(Conflit) as refus:
        commandes.save_instance(session, qui["se"], MAINTENANT, "remiddh", {"region_code": "NE003"})
    assert refus.value.code == "instance_engagee"


def test_a_quorum_is_versioned_per_college(session: Session, qui: dict[str, Personne]) -> None:
    def _set(college: College | None, mode: ModeQuorum, valeur: str | None, vu: int | None = None) -> int | None:
        return commandes.set_regle_quorum(session, qui["se"], MAINTENANT, "ccm", college, mode, valeur, SOURCE, vu=vu)

    premiere = _set(None, ModeQuorum.PART, "50 %")
    assert _set(None, ModeQuorum.PART, "50") == premiere, "repeating it changes nothing"
    deuxieme = _set(None, ModeQuorum.PART, "66,67", premiere)
    _set(College.OSC, ModeQuorum.NOMBRE, "2")
    assert deuxieme != premiere
    (ccm,) = [x for x in instances.list_instances(session, qui["lecteur"], JOUR) if x.code == "ccm"]
    assert [(r.regle.college, r.regle.valeur) for r in ccm.regles] == [(None, Decimal("66.67")), (College.OSC, 2)]
    with pytest.raises(Conflit):
        _set(None, ModeQuorum.PART, "40", premiere)
    _set(College.OSC, ModeQuorum.NOMBRE, None)
    assert len(session.scalars(select(RegleQuorum)).all()) == 3
    assert len(session.scalars(select(RegleQuorum).where(RegleQuorum.remplace_le.is_(None))).all()) == 1


@pytest.mark.parametrize(
    ("mode", "valeur"),
    [("nombre", "2,5"), ("nombre", "0"), ("nombre", "1000"), ("part", "0"), ("part", "101"), ("part", "33,333")],
)
def test_a_senseless_quorum_is_refused(session: Session, qui: dict[str, Personne], mode: str, valeur: str) -> None:
    with pytest.raises(ValeurInvalide):
        commandes.set_regle_quorum(session, qui["se"], MAINTENANT, "ccm", None, mode, valeur, SOURCE)


def test_members_are_counted_for_all_and_named_for_who_signs_in(session: Session, qui: dict[str, Personne]) -> None:
    add_membre(session, qui, "oim", "ptf")
    add_membre(session, qui, "giz", "ptf", sorti_le=JOUR - timedelta(days=1))
    add_membre(session, qui, "unicef", "ptf", observateur=True)
    lues = {}
    for role in TOUS:
        (ccm,) = [x for x in instances.list_instances(session, qui[role], JOUR) if x.code == "ccm"]
        assert (ccm.colleges, ccm.observateurs) == (((College.PTF, 1),), 1)
        lues[role] = None if ccm.membres is None else len(ccm.membres)
    assert lues == {"visiteur": None} | dict.fromkeys(TOUS[1:], 3)


# --- meetings -----------------------------------------------------------------------------------------------------------


def read_rencontres(session: Session, personne: Personne, jour: date = JOUR) -> dict[str, rencontres.FicheRencontre]:
    return {x.code: x for x in rencontres.list_rencontres(session, personne, jour)}


def test_the_quorum_is_judged_on_the_members_of_the_meetings_day(session: Session, qui: dict[str, Personne]) -> None:
    tenue = JOUR - timedelta(days=30)
    for acteur in ("oim", "giz", "unicef"):
        add_membre(session, qui, acteur, "ptf", admis_le=tenue)
    add_membre(session, qui, "unhcr", "ptf", admis_le=tenue + timedelta(days=1))
    add_rencontre(session, qui, "A", date_rencontre=tenue, presents="oim;giz")
    add_rencontre(session, qui, "B", date_rencontre=tenue + timedelta(days=1), presents="oim;giz")
    add_rencontre(session, qui, "C", date_rencontre=tenue, presents=None)
    add_rencontre(session, qui, "D", date_rencontre=JOUR + timedelta(days=9))
    add_rencontre(session, qui, "E", date_rencontre=tenue, annulee=True)
    avant = read_rencontres(session, qui["lecteur"])
    assert {x.quorum.etat for x in avant.values() if x.quorum} == {EtatQuorum.REGLE_NON_DEFINIE}
    commandes.set_regle_quorum(session, qui["se"], MAINTENANT, "ccm", None, "nombre", "2", SOURCE)
    commandes.set_regle_quorum(session, qui["se"], MAINTENANT, "ccm", College.PTF, "part", "60", SOURCE)
    lues = read_rencontres(session, qui["lecteur"])
    assert {c: x.quorum.etat if x.quorum else None for c, x in lues.items()} == {
        "A": EtatQuorum.ATTEINT,
        "B": EtatQuorum.NON_ATTEINT,
        "C": EtatQuorum.PRESENCE_NON_RENSEIGNEE,
        "D": None,
        "E": None,
    }
    assert next(x.etat for x in lues.values()) is EtatRencontre.A_VENIR, "the next one comes first"
    bilan = rencontres.compute_bilan(lues.values())
    assert (bilan.tenues, bilan.atteints, bilan.jugees) == (3, 1, 2)
    assert rencontres.count_par_annee(lues.values()) == {tenue.year: (1, 1, 1)}


def test_what_each_role_reads_of_a_meeting(session: Session, qui: dict[str, Personne]) -> None:
    add_membre(session, qui, "oim", "ptf", instance_code="gtm-agadez", region_code="NE001")
    for code, instance, region in (("A", "gtm-agadez", "NE001"), ("B", "ccm", None)):
        add_rencontre(
            session, qui, code, instance_code=instance, region_code=region, presents="oim;giz", suites="Relancer",
            proces_verbal="PV-1", documents="Note", nature="demande_membre", demandeur_code="oim",
        )  # fmt: skip
        add_point(session, qui, code, region_code=region, points_cles="Tendu")
    lu: dict[str, list[tuple[bool, bool]]] = {}
    for role in TOUS:
        lues = read_rencontres(session, qui[role])
        lu[role] = [(lues[c].presents is not None, lues[c].points[0].points_cles is not None) for c in ("A", "B")]
        assert {lues[c].points[0].intitule for c in ("A", "B")} == {"Bilan du trimestre"}, "titles are public"
        assert {lues[c].suites is not None for c in "A"} == {lu[role][0][1]}
        assert lues["A"].nombre_presents == 2, "how many is public"
    rien, lignes, tout = (False, False), (True, False), (True, True)
    assert lu == {
        "visiteur": [rien, rien], "lecteur": [lignes, lignes], "acteur": [lignes, lignes], "focal": [tout, lignes],
        "se": [tout, tout], "admin": [tout, tout],
    }  # fmt: skip
    visiteur = read_rencontres(session, qui["visiteur"])["A"]
    assert (visiteur.demandeur, visiteur.proces_verbal, visiteur.documents, visiteur.accuses) == (None,) * 4
    assert visiteur.quorum is not None
    assert visiteur.quorum.hors_membres == (), "no organisation is named to a visitor"
    assert make_table_presences(session, [visiteur]).empty
    assert "giz" not in make_table_rencontres(session, [visiteur]).to_csv().lower()
    assert list(make_table_points([visiteur])["Points clés"]) == ["réservés"]
    assert len(make_table_presences(session, [read_rencontres(session, qui["lecteur"])["A"]])) == 2


def test_meetings_are_filtered_and_the_18_december_is_told_apart(session: Session, qui: dict[str, Personne]) -> None:
    add_rencontre(session, qui, "J", date_rencontre=date(2025, 12, 18), nature=NatureRencontre.JOURNEE_MIGRANTS)
    add_rencontre(session, qui, "A", date_rencontre=date(2025, 12, 1))
    lues = tuple(read_rencontres(session, qui["lecteur"]).values())

    def _count(**filtre: Any) -> int:
        return len(rencontres.filter_rencontres(lues, rencontres.FiltreRencontres(**filtre)))

    assert (_count(), _count(annee=2025), _count(annee=2024), _count(instance="gtm")) == (2, 2, 0, 0)
    assert _count(nature=NatureRencontre.JOURNEE_MIGRANTS) == 1
    assert _count(etat=EtatRencontre.A_VENIR) == 0
    assert rencontres.compute_bilan(lues).tenues == 1, "an event is no meeting of a body"
    assert [x.code for x in rencontres.list_journees(lues)] == ["J"]
    assert list(make_table_rencontres(session, lues)["Repère"]) == ["◆ 18 décembre", ""]


def test_the_delay_of_the_file_is_a_threshold(session: Session, qui: dict[str, Personne]) -> None:
    add_rencontre(session, qui, "A", dossier_partage_le=JOUR - timedelta(days=35))
    assert read_rencontres(session, qui["lecteur"])["A"].dossier is EtatDossier.TARDIF
    set_seuil(session, qui["se"], MAINTENANT, "delai_dossier_jours", "5", SOURCE)
    assert read_rencontres(session, qui["lecteur"])["A"].dossier is EtatDossier.A_TEMPS


# --- acknowledgements ---------------------------------------------------------------------------------------------------


def test_who_may_say_that_the_file_was_read(session: Session, qui: dict[str, Personne]) -> None:
    for acteur in ("oim", "giz"):
        add_membre(session, qui, acteur, "ptf")
    add_rencontre(session, qui, dossier_partage_le=JOUR - timedelta(days=40))

    def _acknowledge(acteur: str) -> set[str]:
        return list_permis(
            session, qui, lambda p: commandes.acknowledge_lecture(session, p, MAINTENANT, "CCM-1", acteur)
        )

    assert _acknowledge("oim") == {"acteur", "se", "admin"}
    assert _acknowledge("giz") == {"se", "admin"}


def test_an_organisation_says_once_that_it_read(session: Session, qui: dict[str, Personne]) -> None:
    add_membre(session, qui, "oim", "ptf")
    add_membre(session, qui, "giz", "ptf")
    add_rencontre(session, qui, date_rencontre=JOUR + timedelta(days=9), dossier_partage_le=JOUR - timedelta(days=1))
    (a_lire,) = rencontres.list_a_lire(session, "oim", JOUR)
    assert a_lire.code == "CCM-1"
    numero = commandes.acknowledge_lecture(session, qui["acteur"], MAINTENANT, "CCM-1")
    with pytest.raises(Conflit) as refus:
        commandes.acknowledge_lecture(session, qui["acteur"], MAINTENANT, "CCM-1")
    assert refus.value.code == "deja_accuse"
    lue = read_rencontres(session, qui["lecteur"])["CCM-1"]
    assert [(o, q is not None) for o, q in rencontres.list_lectures(lue)] == [("oim", True), ("giz", False)]
    assert (lue.lus, lue.convies) == (1, 2)
    assert rencontres.list_a_lire(session, "oim", JOUR) == ()
    journal = session.scalars(select(Journal).where(Journal.objet == "accuse_lecture")).one()
    assert (journal.action, journal.objet_id) == ("accuser", str(numero))


@pytest.mark.parametrize(
    ("champs", "membre", "code"),
    [
        pytest.param({}, True, "dossier_non_partage", id="a file that is not shared"),
        pytest.param({"annulee": True, "dossier_partage_le": JOUR}, True, "dossier_non_partage", id="cancelled"),
        pytest.param({"dossier_partage_le": JOUR}, False, "pas_convie", id="neither member nor present"),
    ],
)
def test_a_reading_that_makes_no_sense_is_refused(
    session: Session, qui: dict[str, Personne], champs: dict[str, Any], membre: bool, code: str
) -> None:
    add_rencontre(session, qui, **champs)
    if membre:
        add_membre(session, qui, "oim", "ptf")
    with pytest.raises(Conflit) as refus:
        commandes.acknowledge_lecture(session, qui["acteur"], MAINTENANT, "CCM-1")
    assert refus.value.code == code
    assert session.scalars(select(AccuseLecture)).all() == []


def test_who_was_there_without_being_a_member_may_say_that_it_read(session: Session, qui: dict[str, Personne]) -> None:
    add_rencontre(session, qui, presents="oim", dossier_partage_le=JOUR - timedelta(days=40))
    assert commandes.acknowledge_lecture(session, qui["acteur"], MAINTENANT, "CCM-1")
    with pytest.raises(Introuvable):
        commandes.acknowledge_lecture(session, qui["acteur"], MAINTENANT, "CCM-9")
    with pytest.raises(ValeurInvalide):
        commandes.acknowledge_lecture(session, qui["se"], MAINTENANT, "CCM-1")
