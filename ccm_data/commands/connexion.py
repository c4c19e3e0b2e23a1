"""Entering, leaving, choosing one's password: what the sign-in pages call.

Unlike the other commands these open their own transactions, because passwords are compared outside of them: the
comparison is slow on purpose and must not hold the database.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from ccm_data.accounts.connexion import count_echec, get_empreinte, record_essai
from ccm_data.accounts.jetons import get_secret
from ccm_data.accounts.mots_de_passe import check_mot_de_passe, check_regles, hash_mot_de_passe
from ccm_data.accounts.sessions import get_personne, open_session, revoke_all, revoke_session
from ccm_data.commands.journal import write_journal
from ccm_data.config import Config
from ccm_data.db import read_session, write_session
from ccm_data.domain.permissions import Personne
from ccm_data.errors import AccesRefuse, ValeurInvalide
from ccm_data.models.comptes import Compte

QUI = "connexion"  # who writes the journal when nobody is signed in


@dataclass(frozen=True)
class Entree:
    """A session just opened: the token for the browser, kept nowhere else, and whether the password must change."""

    jeton: str
    doit_changer: bool


def sign_in(config: Config, identifiant: str, mot_de_passe: str, ancien_jeton: str | None = None) -> Entree | None:
    """A new session, or None for whatever reason; ends the session that this browser held."""
    with read_session(config) as lecture:
        empreinte = get_empreinte(lecture, identifiant)
    bon = check_mot_de_passe(mot_de_passe, empreinte)
    maintenant = config.maintenant()
    with write_session(config) as session:
        compte, bloque = record_essai(session, get_secret(config.data_dir), identifiant, empreinte, bon, maintenant)
        if bloque is not None:
            _note_verrou(session, bloque, maintenant)
        if compte is None:
            return None
        if ancien_jeton:
            revoke_session(session, ancien_jeton, maintenant)
        qui = Personne(compte.role, compte.id)
        write_journal(session, maintenant, qui, "connexion", "compte", compte.id, resume=compte.identifiant)
        return Entree(open_session(session, compte, maintenant), compte.doit_changer)


def _note_verrou(session: Session, compte: Compte, maintenant: datetime) -> None:
    write_journal(session, maintenant, QUI, "bloquer", "compte", compte.id, resume=compte.identifiant)


def sign_out(config: Config, jeton: str) -> None:
    """End this session; ending it twice changes nothing."""
    maintenant = config.maintenant()
    with write_session(config) as session:
        trouve = get_personne(session, jeton, maintenant)
        revoke_session(session, jeton, maintenant)
        if trouve is not None:
            infos = trouve[1]
            write_journal(session, maintenant, trouve[0], "deconnexion", "compte", infos.id, resume=infos.identifiant)


def change_mot_de_passe(config: Config, jeton: str | None, ancien: str, nouveau: str) -> Entree:
    """The person's own new password: ends all sessions and opens a fresh one for this browser.

    Raises AccesRefuse (nobody signed in), ValeurInvalide: « ancien_mot_de_passe », « mot_de_passe_identique » or the
    rules' own codes. Five wrong present passwords lock the account and end its sessions.
    """
    with read_session(config) as lecture:
        trouve = get_personne(lecture, jeton, config.maintenant())
        if trouve is None:
            raise AccesRefuse(objet="mot_de_passe")
        personne, infos = trouve
        empreinte = get_empreinte(lecture, infos.identifiant)
    if not check_mot_de_passe(ancien, empreinte):
        _count_faux_ancien(config, infos.id)
        raise ValeurInvalide("ancien_mot_de_passe")
    check_regles(nouveau, infos.identifiant)
    if check_mot_de_passe(nouveau, empreinte):
        raise ValeurInvalide("mot_de_passe_identique")
    hachee, maintenant = hash_mot_de_passe(nouveau), config.maintenant()
    with write_session(config) as session:
        compte = session.get_one(Compte, infos.id, with_for_update=True)
        if compte.empreinte != empreinte or not compte.actif:  # reset or disabled meanwhile
            raise AccesRefuse(objet="mot_de_passe")
        compte.empreinte, compte.doit_changer, compte.echecs = hachee, False, 0
        revoke_all(session, compte.id, maintenant)
        write_journal(
            session, maintenant, personne, "changer_mot_de_passe", "compte", compte.id, resume=compte.identifiant
        )
        return Entree(open_session(session, compte, maintenant), False)


def _count_faux_ancien(config: Config, compte_id: int) -> None:
    maintenant = config.maintenant()
    with write_session(config) as session:
        compte = session.get_one(Compte, compte_id, with_for_update=True)
        if count_echec(compte, maintenant):
            revoke_all(session, compte_id, maintenant)
            _note_verrou(session, compte, maintenant)
