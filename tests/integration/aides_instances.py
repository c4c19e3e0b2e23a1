"""Builders for bodies: validated members, meetings, agenda items and recommendations, in as few words as a test needs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from ccm_data.domain.permissions import Personne
from ccm_data.domain.vocabulaire import EtatSuivi
from ccm_data.errors import AccesRefuse
from ccm_data.models.instances import MembreInstance, PointOrdreDuJour, Recommandation, Rencontre
from tests.integration.aides_commandes import MAINTENANT

JOUR = MAINTENANT.date()
TOUS = ("visiteur", "lecteur", "acteur", "focal", "se", "admin")


def list_permis(session: Session, qui: dict[str, Personne], geste: Callable[[Personne], object]) -> set[str]:
    """Roles for which the command goes through; everything that it did is undone."""
    permis = set()
    for role in TOUS:
        with session.begin_nested() as point:
            try:
                geste(qui[role])
            except AccesRefuse:
                pass
            else:
                permis.add(role)
            point.rollback()
        session.expire_all()
    return permis


def add_valide(
    session: Session, qui: dict[str, Personne], table: type[Any], *, etat: EtatSuivi = EtatSuivi.VALIDE, **champs: Any
) -> Any:
    """A row sent by one person and, when validated, validated by another."""
    valide = etat is EtatSuivi.VALIDE
    ligne = table(
        **champs, etat=etat, auteur_id=qui["se2"].compte_id, cree_le=MAINTENANT,
        valide_le=MAINTENANT if valide else None, valide_par_id=qui["admin"].compte_id if valide else None,
    )  # fmt: skip
    session.add(ligne)
    session.flush()
    return ligne


def add_membre(session: Session, qui: dict[str, Personne], acteur: str, college: str, **champs: Any) -> MembreInstance:
    """A member of the CCM, unless said otherwise."""
    valeurs = {"instance_code": "ccm", "membre_code": acteur, "college": college} | champs
    ligne: MembreInstance = add_valide(session, qui, MembreInstance, **valeurs)
    return ligne


def add_rencontre(session: Session, qui: dict[str, Personne], code: str = "CCM-1", **champs: Any) -> Rencontre:
    """A meeting of the CCM thirty days ago, unless said otherwise."""
    valeurs = {"code": code, "instance_code": "ccm", "date_rencontre": JOUR - timedelta(days=30)} | champs
    ligne: Rencontre = add_valide(session, qui, Rencontre, **valeurs)
    return ligne


def add_point(session: Session, qui: dict[str, Personne], rencontre: str = "CCM-1", **champs: Any) -> PointOrdreDuJour:
    """The first item of a meeting's agenda."""
    valeurs = {"rencontre_code": rencontre, "numero": 1, "intitule": "Bilan du trimestre"} | champs
    ligne: PointOrdreDuJour = add_valide(session, qui, PointOrdreDuJour, **valeurs)
    return ligne


def add_recommandation(
    session: Session, qui: dict[str, Personne], code: str, jours: int | None = None, **champs: Any
) -> Recommandation:
    """A recommendation of « CCM-1 », due in so many days (negative: past; None: no due date)."""
    echeance: date | None = None if jours is None else JOUR + timedelta(days=jours)
    valeurs = {"code": code, "rencontre_code": "CCM-1", "texte": f"Faire {code}", "echeance": echeance} | champs
    ligne: Recommandation = add_valide(session, qui, Recommandation, **valeurs)
    return ligne
