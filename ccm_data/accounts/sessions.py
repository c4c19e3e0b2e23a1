"""Signed-in sessions kept on the server: a random token in the browser, its hash here.

A row is checked at every run, so that signing out, changing the password or disabling the account ends the session
everywhere at the next click, and a replayed token is refused.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from ccm_data.domain.permissions import Personne
from ccm_data.domain.vocabulaire import Role
from ccm_data.models.comptes import Compte, SessionCompte

DUREE = timedelta(hours=12)  # a working day
INACTIVITE = timedelta(hours=2)
PAS_DE_VUE = timedelta(minutes=5)  # « last seen » is written at most this often


@dataclass(frozen=True)
class CompteSession:
    """What screens show of who is signed in."""

    id: int
    identifiant: str
    libelle: str
    role: Role
    region_code: str | None
    acteur_code: str | None
    doit_changer: bool
    a_revoir: bool  # « last seen » wants writing


def hash_jeton(jeton: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(jeton.encode()).hexdigest()


def open_session(session: Session, compte: Compte, maintenant: datetime) -> str:
    """A new session; returns the token for the browser, which is kept nowhere else. Old rows are swept."""
    session.execute(delete(SessionCompte).where(SessionCompte.expire_le < maintenant - DUREE))
    jeton = secrets.token_urlsafe(32)
    session.add(
        SessionCompte(
            empreinte_jeton=hash_jeton(jeton),
            compte_id=compte.id,
            cree_le=maintenant,
            vue_le=maintenant,
            expire_le=maintenant + DUREE,
        )
    )
    return jeton


def get_personne(session: Session, jeton: str | None, maintenant: datetime) -> tuple[Personne, CompteSession] | None:
    """Who holds this token, or None when it is unknown, revoked, expired, idle for long, or the account disabled."""
    if not jeton:
        return None
    ligne = session.execute(
        select(SessionCompte, Compte)
        .join(Compte, SessionCompte.compte_id == Compte.id)
        .where(
            SessionCompte.empreinte_jeton == hash_jeton(jeton),
            SessionCompte.revoquee_le.is_(None),
            SessionCompte.expire_le > maintenant,
            SessionCompte.vue_le > maintenant - INACTIVITE,
            Compte.actif.is_(True),
        )
    ).one_or_none()
    if ligne is None:
        return None
    ouverte, compte = ligne
    infos = CompteSession(
        compte.id,
        compte.identifiant,
        compte.libelle,
        compte.role,
        compte.region_code,
        compte.acteur_code,
        compte.doit_changer,
        ouverte.vue_le < maintenant - PAS_DE_VUE,
    )
    return Personne(compte.role, compte.id, compte.region_code, compte.acteur_code), infos


def touch_session(session: Session, jeton: str, maintenant: datetime) -> None:
    """Note that the session lives. To be called when `CompteSession.a_revoir` says so, at most every PAS_DE_VUE."""
    session.execute(
        update(SessionCompte)
        .where(SessionCompte.empreinte_jeton == hash_jeton(jeton), SessionCompte.revoquee_le.is_(None))
        .values(vue_le=maintenant)
    )


def revoke_session(session: Session, jeton: str, maintenant: datetime) -> None:
    """End one session; ending it twice changes nothing."""
    session.execute(
        update(SessionCompte)
        .where(SessionCompte.empreinte_jeton == hash_jeton(jeton), SessionCompte.revoquee_le.is_(None))
        .values(revoquee_le=maintenant)
    )


def revoke_all(session: Session, compte_id: int, maintenant: datetime) -> None:
    """End every session of an account (new password, disabled)."""
    session.execute(
        update(SessionCompte)
        .where(SessionCompte.compte_id == compte_id, SessionCompte.revoquee_le.is_(None))
        .values(revoquee_le=maintenant)
    )
