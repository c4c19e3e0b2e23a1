"""Recommendations: what is overdue, who reads their proof, what is carried over, where they are shown."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.commands import instances as commandes
from ccm_data.commands.suivi import validate_ligne
from ccm_data.domain.perimetre import Perimetre
from ccm_data.domain.permissions import Personne
from ccm_data.domain.vocabulaire import EtatSuivi, StatutRecommandation
from ccm_data.errors import AccesRefuse, CCMError, Conflit
from ccm_data.models.comptes import Journal
from ccm_data.models.instances import Recommandation
from ccm_data.phrases.recommandations import say_age, say_point
from ccm_data.queries import recommandations
from ccm_data.queries.a_faire import get_a_faire
from ccm_data.queries.portefeuille import get_portefeuille
from ccm_data.queries.region import get_fiche_region
from tests.integration.aides_commandes import MAINTENANT, make_personnes
from tests.integration.aides_instances import (
    JOUR,
    TOUS,
    add_membre,
    add_point,
    add_recommandation,
    add_rencontre,
    list_permis,
)


@pytest.fixture
def qui(session: Session) -> dict[str, Personne]:
    return make_personnes(session)


# --- recommendations ----------------------------------------------------------------------------------------------------


def read_recommandations(session: Session, personne: Personne) -> tuple[recommandations.FicheRecommandation, ...]:
    return recommandations.list_recommandations(session, personne, JOUR)


def test_overdue_ones_come_first_and_what_has_no_due_date_is_not_overdue(
    session: Session, qui: dict[str, Personne]
) -> None:
    add_rencontre(session, qui)
    add_recommandation(session, qui, "SANS")
    add_recommandation(session, qui, "JOUR", 0)
    add_recommandation(session, qui, "R1", -1)
    add_recommandation(session, qui, "R91", -91)
    add_recommandation(session, qui, "R31", -31)
    add_recommandation(
        session, qui, "FAITE", -91, statut=StatutRecommandation.REALISEE, realisee_le=JOUR, preuve="Arrêté"
    )
    lues = read_recommandations(session, qui["lecteur"])
    assert [(x.code, x.retard_jours) for x in lues] == [
        ("R91", 91), ("R31", 31), ("R1", 1), ("JOUR", None), ("SANS", None), ("FAITE", None),
    ]  # fmt: skip
    assert {x.age_jours for x in lues} == {30}
    assert recommandations.count_paliers(lues) == {"au_dela": 1, "p90": 1, "p30": 1, "a_temps": 1, "sans_echeance": 1}
    comptes = recommandations.count_statuts(lues)
    assert comptes == {"en_retard": 3, "a_faire": 2, "en_cours": 0, "realisee": 1, "abandonnee": 0}
    assert recommandations.count_en_retard(session, JOUR) == {"CCM": 3}
    assert recommandations.count_ouvertes(session, JOUR) == (5, 3)


def test_a_recommendation_ages_until_it_is_done_and_names_its_item(session: Session, qui: dict[str, Personne]) -> None:
    add_rencontre(session, qui)
    add_point(session, qui, numero=2, intitule="Doublons")
    for code, reste in {
        "TÔT": {"statut": StatutRecommandation.REALISEE, "realisee_le": JOUR - timedelta(days=25), "point_numero": 2},
        "NON": {"statut": StatutRecommandation.ABANDONNEE, "point_numero": 9},
    }.items():
        add_recommandation(session, qui, code, **reste)
    lues = tuple(x for x in read_recommandations(session, qui["lecteur"]) if x.point is not None)
    assert {x.code: (x.age_jours, x.point_intitule) for x in lues} == {"TÔT": (5, "Doublons"), "NON": (None, None)}
    assert {x.code: (say_age(x), say_point(x)) for x in lues} == {
        "TÔT": ("réalisée en 5 jours", "2 · Doublons"), "NON": ("—", "9 · absent de l’ordre du jour validé"),
    }  # fmt: skip


def test_a_proof_is_for_the_spccm_the_region_and_whoever_is_in_charge(
    session: Session, qui: dict[str, Personne]
) -> None:
    add_rencontre(session, qui)
    add_recommandation(session, qui, "A", responsable_code="oim", preuve="Arrêté 12")
    add_recommandation(session, qui, "B", responsable_code="giz", region_code="NE001", preuve="PV")
    lu = {}
    for role in TOUS:
        fiches = {x.code: x for x in read_recommandations(session, qui[role])}
        lu[role] = tuple(fiches[c].preuve is not None for c in ("A", "B"))
        assert {x.lisible for x in fiches.values()} == {role != "visiteur"}
    assert lu == {
        "visiteur": (False, False), "lecteur": (False, False), "acteur": (True, False), "focal": (False, True),
        "se": (True, True), "admin": (True, True),
    }  # fmt: skip


def test_recommendations_are_filtered(session: Session, qui: dict[str, Personne]) -> None:
    add_rencontre(session, qui)
    add_recommandation(session, qui, "A", -3, responsable_code="oim", activite_code="2.1.1")
    add_recommandation(session, qui, "B", responsable_code="giz", acteurs_lies="oim", region_code="NE001")
    lues = read_recommandations(session, qui["lecteur"])

    def _codes(**filtre: Any) -> list[str]:
        filtrees = recommandations.filter_recommandations(lues, recommandations.FiltreRecommandations(**filtre))
        return [x.code for x in filtrees]

    assert _codes(en_retard=True) == ["A"]
    assert _codes(responsable="oim") == ["A", "B"]
    assert _codes(region="NE001") == ["B"]
    assert _codes(activite="2.1.1") == ["A"]
    assert _codes(instance="ccm") == ["A", "B"]
    assert _codes(statut=StatutRecommandation.EN_COURS) == []


@pytest.mark.parametrize(
    ("region", "permis"),
    [("NE001", {"focal", "se", "admin"}), ("NE002", {"se", "admin"}), (None, {"se", "admin"})],
    ids=["his region", "another region", "national"],
)
def test_who_may_carry_over(session: Session, qui: dict[str, Personne], region: str | None, permis: set[str]) -> None:
    instance = {"NE001": "ccm-agadez", "NE002": "ccm-diffa", None: "ccm"}[region]
    add_rencontre(session, qui, instance_code=instance, region_code=region)
    add_rencontre(session, qui, "CCM-2", instance_code=instance, region_code=region, date_rencontre=JOUR)
    add_recommandation(session, qui, "A", region_code=region)
    assert list_permis(session, qui, lambda p: commandes.carry_over(session, p, MAINTENANT, ["A"], "CCM-2")) == permis


def test_a_focal_point_carries_nothing_over_to_a_national_meeting(session: Session, qui: dict[str, Personne]) -> None:
    add_rencontre(session, qui, instance_code="ccm-agadez", region_code="NE001")
    add_rencontre(session, qui, "CCM-2", date_rencontre=JOUR)
    add_recommandation(session, qui, "A", region_code="NE001")
    with pytest.raises(AccesRefuse):
        commandes.carry_over(session, qui["focal"], MAINTENANT, ["A"], "CCM-2")


def test_carried_over_three_times_it_says_so_once_validated(session: Session, qui: dict[str, Personne]) -> None:
    add_rencontre(session, qui)
    for n in (2, 3, 4):
        add_rencontre(session, qui, f"CCM-{n}", date_rencontre=JOUR - timedelta(days=10 - n))
    add_recommandation(session, qui, "A", -3, responsable_code="oim", activite_code="2.1.1", source="PV")
    for n in (2, 3, 4):
        (nee,) = commandes.carry_over(session, qui["se"], MAINTENANT, ["A", "A"], f"CCM-{n}")
        assert len(read_recommandations(session, qui["se"])[0].reconductions) == n - 2, "nothing before validation"
        ligne = session.get_one(Recommandation, nee)
        assert ligne.etat is EtatSuivi.SOUMIS
        validate_ligne(session, qui["admin"], MAINTENANT, "recommandation", nee, ligne.version)
    (fiche,) = read_recommandations(session, qui["se"])
    assert fiche.reconductions == ("CCM-2", "CCM-3", "CCM-4")
    assert (fiche.responsable, fiche.activite, fiche.retard_jours) == ("oim", "2.1.1", 3), "the rest is kept"
    actions = session.scalars(select(Journal.action).where(Journal.objet == "recommandation").order_by(Journal.id))
    assert list(actions)[:4] == ["creer", "soumettre", "remplacer", "valider"]


def test_several_are_carried_over_together_or_not_at_all(session: Session, qui: dict[str, Personne]) -> None:
    add_rencontre(session, qui)
    add_rencontre(session, qui, "CCM-2", date_rencontre=JOUR)
    add_recommandation(session, qui, "A")
    add_recommandation(session, qui, "B", statut=StatutRecommandation.ABANDONNEE)
    with pytest.raises(Conflit) as refus, session.begin_nested():
        commandes.carry_over(session, qui["se"], MAINTENANT, ["A", "B"], "CCM-2")
    assert (refus.value.code, refus.value.faits["valeur"]) == ("pas_ouverte", "B")
    assert len(session.scalars(select(Recommandation)).all()) == 2
    assert session.scalars(select(Journal).where(Journal.objet == "recommandation")).all() == []


def test_what_cannot_be_carried_over_says_why(session: Session, qui: dict[str, Personne]) -> None:
    add_rencontre(session, qui)
    add_rencontre(session, qui, "AVANT", date_rencontre=JOUR - timedelta(days=31))
    add_rencontre(session, qui, "CCM-2", date_rencontre=JOUR)
    add_rencontre(session, qui, "NON", date_rencontre=JOUR, annulee=True)
    add_recommandation(session, qui, "A", reconduite_par="CCM-2")
    add_recommandation(session, qui, "B")

    def _refuse(rencontre: str, *codes: str) -> str:
        with pytest.raises(CCMError) as refus:
            commandes.carry_over(session, qui["se"], MAINTENANT, codes, rencontre)
        return refus.value.code

    assert _refuse("CCM-2", "A") == "deja_reconduite"
    assert _refuse("CCM-1", "A") == "meme_rencontre"
    assert _refuse("AVANT", "A") == "rencontre_anterieure"
    assert _refuse("NON", "A") == "rencontre_annulee"
    assert _refuse("CCM-9", "A") == "introuvable"
    assert _refuse("CCM-2", "Z") == "introuvable"
    assert _refuse("CCM-2") == "valeur_manquante"
    commandes.carry_over(session, qui["se"], MAINTENANT, ["B"], "CCM-2")
    assert _refuse("CCM-2", "B") == "correction_en_cours"


# --- elsewhere ----------------------------------------------------------------------------------------------------------


def test_a_region_an_actor_and_a_person_see_what_is_theirs(session: Session, qui: dict[str, Personne]) -> None:
    add_membre(session, qui, "oim", "ptf", instance_code="gtm-agadez", region_code="NE001", observateur=True)
    add_rencontre(session, qui, instance_code="gtm-agadez", region_code="NE001")
    add_recommandation(session, qui, "A", -3, responsable_code="oim", region_code="NE001")
    add_recommandation(session, qui, "B", responsable_code="giz")
    fiche = get_fiche_region(session, Perimetre(date(2026, 9, 30)), "NE001", JOUR)
    assert fiche.instances == (("GTM Agadez", JOUR - timedelta(days=30)), ("CCM Agadez", None))
    assert fiche.recommandations == (1, 1)
    acteur = get_portefeuille(session, qui["lecteur"], "oim", JOUR, JOUR)
    assert acteur is not None
    assert [(nom, m.observateur) for nom, m in acteur.sieges] == [("GTM Agadez", True)]
    assert acteur.recommandations == (1, 1)
    a_faire = {role: get_a_faire(session, qui[role], Perimetre(JOUR), JOUR) for role in TOUS}
    siennes = {role: [x.code for x in lu.recommandations] for role, lu in a_faire.items()}
    assert siennes == {"visiteur": [], "lecteur": [], "acteur": ["A"], "focal": ["A"], "se": [], "admin": []}
    suivis = {role: lu.recommandations_en_retard for role, lu in a_faire.items() if lu.recommandations_en_retard}
    assert suivis == {"se": 1, "admin": 1}, "the SP/CCM follows those of every body"
