"""Changing accounts: an administrator on screen, or whoever deploys at the command line (`personne` None)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ccm_data.accounts.connexion import read_identifiant
from ccm_data.accounts.mots_de_passe import check_mot_de_passe, check_regles, hash_mot_de_passe, make_mot_de_passe
from ccm_data.accounts.sessions import revoke_all
from ccm_data.commands.journal import write_journal
from ccm_data.domain.permissions import Personne, check_write
from ccm_data.domain.vocabulaire import Role
from ccm_data.errors import Conflit, Introuvable, ValeurInvalide
from ccm_data.models.acteurs import Acteur
from ccm_data.models.base import to_dict
from ccm_data.models.comptes import Compte
from ccm_data.models.territoire import Region


def _check(personne: Personne | None) -> None:
    if personne is not None:
        check_write(personne, "gerer_comptes")


def _get(session: Session, compte_id: int) -> Compte:
    compte = session.get(Compte, compte_id)
    if compte is None:
        raise Introuvable(objet="compte", valeur=compte_id)
    return compte


def _check_place(session: Session, role: Role, region_code: str | None, acteur_code: str | None) -> None:
    if role is Role.VISITEUR:
        raise ValeurInvalide(champ="rôle", valeur=role.value, attendu="un rôle de compte")
    if role is Role.POINT_FOCAL and not region_code:
        raise ValeurInvalide(champ="région", valeur="vide", attendu="la région du point focal")
    if role is Role.ACTEUR and not acteur_code:
        raise ValeurInvalide(champ="organisation", valeur="vide", attendu="l’organisation de l’acteur")
    if region_code and session.get(Region, region_code) is None:
        raise ValeurInvalide(champ="région", valeur=region_code, attendu="une région du Niger")
    if acteur_code and session.get(Acteur, acteur_code) is None:
        raise ValeurInvalide(champ="organisation", valeur=acteur_code, attendu="un acteur du répertoire")


def add_compte(
    session: Session,
    personne: Personne | None,
    maintenant: datetime,
    identifiant: str,
    role: Role,
    *,
    libelle: str = "",
    region_code: str | None = None,
    acteur_code: str | None = None,
    mot_de_passe: str | None = None,
    doit_changer: bool = True,
) -> tuple[int, str | None]:
    """A new account; returns its id and the password made for it (None when one was given).

    Raises AccesRefuse, ValeurInvalide, Conflit (« identifiant_pris »).
    """
    _check(personne)
    nom = read_identifiant(identifiant)
    if not nom or any(c.isspace() for c in nom):
        raise ValeurInvalide(champ="identifiant", valeur=identifiant, attendu="un nom sans espace")
    if session.scalar(select(Compte.id).where(Compte.identifiant == nom)) is not None:
        raise Conflit("identifiant_pris", valeur=nom)
    _check_place(session, role, region_code, acteur_code)
    if mot_de_passe is not None:
        check_regles(mot_de_passe, nom)
    fait = None if mot_de_passe is not None else make_mot_de_passe()
    compte = Compte(
        identifiant=nom,
        libelle=libelle.strip() or nom,
        role=role,
        region_code=region_code,
        acteur_code=acteur_code,
        empreinte=hash_mot_de_passe(mot_de_passe or fait or ""),
        doit_changer=doit_changer,
        cree_le=maintenant,
    )
    session.add(compte)
    session.flush()
    write_journal(session, maintenant, personne, "creer", "compte", compte.id, resume=nom, apres=to_dict(compte))
    return compte.id, fait


def set_actif(session: Session, personne: Personne | None, maintenant: datetime, compte_id: int, actif: bool) -> None:
    """Enable or disable; disabling ends its sessions. Raises Conflit for the last active administrator."""
    _check(personne)
    compte = _get(session, compte_id)
    if not actif and compte.role is Role.ADMINISTRATEUR:
        autres = session.scalar(
            select(func.count(Compte.id)).where(
                Compte.role == Role.ADMINISTRATEUR, Compte.actif.is_(True), Compte.id != compte_id
            )
        )
        if not autres:
            raise Conflit("dernier_administrateur", valeur=compte.identifiant)
    avant = to_dict(compte)
    compte.actif, compte.echecs, compte.verrouille_jusqua = actif, 0, None
    if not actif:
        revoke_all(session, compte_id, maintenant)
    session.flush()
    write_journal(
        session,
        maintenant,
        personne,
        "activer" if actif else "desactiver",
        "compte",
        compte_id,
        resume=compte.identifiant,
        avant=avant,
        apres=to_dict(compte),
    )


def reset_mot_de_passe(
    session: Session, personne: Personne | None, maintenant: datetime, compte_id: int, nouveau: str | None = None
) -> str | None:
    """A one-time password (returned once) that must be changed at the next sign-in; opens a locked account."""
    _check(personne)
    compte = _get(session, compte_id)
    if nouveau is not None:
        check_regles(nouveau, compte.identifiant)
    fait = None if nouveau is not None else make_mot_de_passe()
    compte.empreinte = hash_mot_de_passe(nouveau or fait or "")
    compte.doit_changer, compte.echecs, compte.verrouille_jusqua = True, 0, None
    revoke_all(session, compte_id, maintenant)
    session.flush()
    write_journal(session, maintenant, personne, "reinitialiser", "compte", compte_id, resume=compte.identifiant)
    return fait


def change_mot_de_passe(session: Session, personne: Personne, maintenant: datetime, ancien: str, nouveau: str) -> None:
    """The person's own new password; ends all sessions, this one included.

    Raises ValeurInvalide: « ancien_mot_de_passe », « mot_de_passe_identique » or the rules' own codes.
    """
    compte = _get(session, personne.compte_id or 0)
    if not check_mot_de_passe(ancien, compte.empreinte):
        raise ValeurInvalide("ancien_mot_de_passe")
    check_regles(nouveau, compte.identifiant)
    if check_mot_de_passe(nouveau, compte.empreinte):
        raise ValeurInvalide("mot_de_passe_identique")
    compte.empreinte, compte.doit_changer = hash_mot_de_passe(nouveau), False
    revoke_all(session, compte.id, maintenant)
    write_journal(session, maintenant, personne, "changer_mot_de_passe", "compte", compte.id, resume=compte.identifiant)


def find_compte(session: Session, identifiant: str) -> int:
    """Id of the account of this name; raises Introuvable."""
    trouve = session.scalar(select(Compte.id).where(Compte.identifiant == read_identifiant(identifiant)))
    if trouve is None:
        raise Introuvable("compte_inconnu", valeur=identifiant)
    return trouve
