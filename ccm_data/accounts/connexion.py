"""Judging a sign-in: same answer and same work for an unknown name, a wrong password, a disabled or a locked account.

After ECHECS_MAX failures a name (known or not) is locked for VERROU; the count stands in the database, so that a restart
opens nothing. Of a name without account only a keyed hash is kept: people type their password there by mistake.

Hashing takes a quarter of a second on purpose: it is done between reading (`get_empreinte`) and writing (`record_essai`),
never while the database is held.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ccm_data.models.comptes import Compte, EchecConnexion

ECHECS_MAX = 5
VERROU = timedelta(minutes=15)
OUBLI = timedelta(days=1)  # how long the failures of a name without account are kept
LONGUEUR_IDENTIFIANT = 80


def read_identifiant(texte: str) -> str:
    """The name as kept: lower case, without outer spaces."""
    return texte.strip().lower()[:LONGUEUR_IDENTIFIANT]


def get_empreinte(session: Session, identifiant: str) -> str | None:
    """The hash to compare with; None for a name without account."""
    return session.scalar(select(Compte.empreinte).where(Compte.identifiant == read_identifiant(identifiant)))


def hash_inconnu(secret: bytes, identifiant: str) -> str:
    """What is kept of a name without account."""
    return hmac.new(secret, read_identifiant(identifiant).encode(), hashlib.sha256).hexdigest()


def _get_inconnu(session: Session, cle: str, maintenant: datetime) -> EchecConnexion:
    """The counter of a name without account, made if missing; old ones are swept."""
    session.execute(delete(EchecConnexion).where(EchecConnexion.vu_le < maintenant - OUBLI))
    compteur = session.get(EchecConnexion, cle, with_for_update=True)
    if compteur is None:
        try:
            with session.begin_nested():
                session.add(EchecConnexion(identifiant=cle, echecs=0, vu_le=maintenant))
        except IntegrityError:
            pass  # another attempt on the same name made it meanwhile
        compteur = session.get_one(EchecConnexion, cle, with_for_update=True, populate_existing=True)
    compteur.vu_le = maintenant
    return compteur


def is_verrouille(compteur: Compte | EchecConnexion, maintenant: datetime) -> bool:
    """Is this name locked now?"""
    return compteur.verrouille_jusqua is not None and compteur.verrouille_jusqua > maintenant


def count_echec(compteur: Compte | EchecConnexion, maintenant: datetime) -> bool:
    """One more failure; True when this one locks the name."""
    compteur.echecs += 1
    if compteur.echecs < ECHECS_MAX:
        return False
    compteur.echecs, compteur.verrouille_jusqua = 0, maintenant + VERROU
    return True


def record_essai(
    session: Session, secret: bytes, identifiant: str, empreinte: str | None, bon: bool, maintenant: datetime
) -> tuple[Compte | None, Compte | None]:
    """Count the attempt in the caller's transaction, to be committed whatever the answer.

    `empreinte` is the hash that was compared and `bon` the outcome. Returns (the account when it may enter, the account
    that this failure has just locked).
    """
    nom = read_identifiant(identifiant)
    compte = session.scalar(select(Compte).where(Compte.identifiant == nom).with_for_update())
    compteur = compte or _get_inconnu(session, hash_inconnu(secret, nom), maintenant)
    if is_verrouille(compteur, maintenant):
        return None, None
    # A password changed between the comparison and now does not let the old one in.
    if compte is not None and bon and compte.actif and compte.empreinte == empreinte:
        compte.echecs, compte.verrouille_jusqua, compte.derniere_connexion = 0, None, maintenant
        return compte, None
    return None, compte if count_echec(compteur, maintenant) else None
