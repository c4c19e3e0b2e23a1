"""Signing in: same answer and same work for an unknown name, a wrong password, a disabled or a locked account.

After ECHECS_MAX failures a name (known or not) is locked for VERROU; the count stands in the database, so that a restart
opens nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.accounts.mots_de_passe import check_mot_de_passe
from ccm_data.models.comptes import Compte, EchecConnexion

ECHECS_MAX = 5
VERROU = timedelta(minutes=15)
LONGUEUR_IDENTIFIANT = 80


def read_identifiant(texte: str) -> str:
    """The name as kept: lower case, without outer spaces."""
    return texte.strip().lower()[:LONGUEUR_IDENTIFIANT]


def _find_counter(session: Session, identifiant: str, maintenant: datetime) -> Compte | EchecConnexion:
    compte = session.scalar(select(Compte).where(Compte.identifiant == identifiant))
    if compte is not None:
        return compte
    inconnu = session.get(EchecConnexion, identifiant)
    if inconnu is None:
        inconnu = EchecConnexion(identifiant=identifiant, echecs=0, vu_le=maintenant)
        session.add(inconnu)
    inconnu.vu_le = maintenant
    return inconnu


def sign_in(session: Session, identifiant: str, mot_de_passe: str, maintenant: datetime) -> Compte | None:
    """The account when name and password match and it is neither locked nor disabled; None otherwise.

    Failures are counted in the caller's transaction: commit it whatever the answer.
    """
    nom = read_identifiant(identifiant)
    compteur = _find_counter(session, nom, maintenant)
    compte = compteur if isinstance(compteur, Compte) else None
    bon = check_mot_de_passe(mot_de_passe, compte.empreinte if compte else None)
    if compteur.verrouille_jusqua is not None and compteur.verrouille_jusqua > maintenant:
        return None
    if compte is not None and bon and compte.actif:
        compte.echecs, compte.verrouille_jusqua, compte.derniere_connexion = 0, None, maintenant
        return compte
    compteur.echecs += 1
    if compteur.echecs >= ECHECS_MAX:
        compteur.echecs, compteur.verrouille_jusqua = 0, maintenant + VERROU
    return None
