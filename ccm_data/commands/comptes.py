"""Changing accounts: an administrator on screen, or whoever deploys at the command line (`personne` None)."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.accounts.connexion import LONGUEUR_IDENTIFIANT, read_identifiant
from ccm_data.accounts.mots_de_passe import check_regles, hash_mot_de_passe, make_mot_de_passe
from ccm_data.accounts.sessions import revoke_all
from ccm_data.commands.journal import write_journal
from ccm_data.domain.permissions import Personne, check_write
from ccm_data.domain.vocabulaire import Role
from ccm_data.errors import Conflit, Introuvable, ValeurInvalide
from ccm_data.models.acteurs import Acteur
from ccm_data.models.base import to_dict
from ccm_data.models.comptes import Compte
from ccm_data.models.territoire import Region

MODELE_IDENTIFIANT = re.compile(rf"[a-z0-9][a-z0-9._@-]{{1,{LONGUEUR_IDENTIFIANT - 1}}}")
LONGUEUR_LIBELLE = 160


def _check(personne: Personne | None) -> None:
    if personne is not None:
        check_write(personne, "gerer_comptes")


def _get(session: Session, compte_id: int) -> Compte:
    compte = session.get(Compte, compte_id, with_for_update=True, populate_existing=True)
    if compte is None:
        raise Introuvable(objet="compte", valeur=compte_id)
    return compte


def _get_non_dernier(session: Session, compte_id: int) -> Compte:
    """The account, which is about to lose its rights. Raises Introuvable, or Conflit when it is the last active
    administrator. The administrators' rows are held, always in the same order, so that two administrators who disable
    each other at the same moment do not both succeed.
    """
    requete = select(Compte.id).where(Compte.role == Role.ADMINISTRATEUR, Compte.actif.is_(True)).order_by(Compte.id)
    actifs = set(session.scalars(requete.with_for_update()))
    compte = _get(session, compte_id)
    if actifs == {compte_id}:
        raise Conflit("dernier_administrateur", valeur=compte.identifiant)
    return compte


def _write(
    session: Session,
    personne: Personne | None,
    maintenant: datetime,
    action: str,
    compte: Compte,
    avant: dict[str, Any],
) -> None:
    session.flush()
    apres = to_dict(compte)
    if apres != avant:
        write_journal(
            session, maintenant, personne, action, "compte", compte.id,
            resume=compte.identifiant, avant=avant, apres=apres,
        )  # fmt: skip


def _check_place(session: Session, role: Role, region_code: str | None, acteur_code: str | None) -> None:
    if role is Role.VISITEUR:
        raise ValeurInvalide("role_sans_compte", champ="role", valeur=role.value)
    if role is Role.POINT_FOCAL and not region_code:
        raise ValeurInvalide("region_manquante", champ="region")
    if role is Role.ACTEUR and not acteur_code:
        raise ValeurInvalide("organisation_manquante", champ="acteur")
    if region_code and session.get(Region, region_code) is None:
        regions = ", ".join(
            f"{c} {n}" for c, n in session.execute(select(Region.code, Region.nom).order_by(Region.code))
        )
        raise ValeurInvalide("region_inconnue", champ="region", valeur=region_code, regions=regions)
    if acteur_code and session.get(Acteur, acteur_code) is None:
        raise ValeurInvalide("organisation_inconnue", champ="acteur", valeur=acteur_code)


def _check_identifiant(identifiant: str) -> str:
    """A name that can be typed anywhere: letters without accents, digits, « . _ @ - », 2 to 80 signs."""
    nom = identifiant.strip().lower()
    if not MODELE_IDENTIFIANT.fullmatch(nom):
        raise ValeurInvalide("identifiant_invalide", champ="identifiant", valeur=identifiant[:LONGUEUR_IDENTIFIANT])
    return nom


def _read_libelle(libelle: str) -> str:
    texte = " ".join(libelle.split())
    if len(texte) > LONGUEUR_LIBELLE:
        raise ValeurInvalide("libelle_long", champ="libelle", maximum=LONGUEUR_LIBELLE)
    return texte


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
    nom = _check_identifiant(identifiant)
    if session.scalar(select(Compte.id).where(Compte.identifiant == nom)) is not None:
        raise Conflit("identifiant_pris", valeur=nom)
    _check_place(session, role, region_code, acteur_code)
    fonction = _read_libelle(libelle)
    if mot_de_passe is not None:
        check_regles(mot_de_passe, nom)
    fait = None if mot_de_passe is not None else make_mot_de_passe()
    compte = Compte(
        identifiant=nom,
        libelle=fonction or nom,
        role=role,
        region_code=region_code or None,
        acteur_code=acteur_code or None,
        empreinte=hash_mot_de_passe(mot_de_passe or fait or ""),
        doit_changer=doit_changer,
        cree_le=maintenant,
    )
    session.add(compte)
    session.flush()
    write_journal(session, maintenant, personne, "creer", "compte", compte.id, resume=nom, apres=to_dict(compte))
    return compte.id, fait


def edit_compte(
    session: Session,
    personne: Personne | None,
    maintenant: datetime,
    compte_id: int,
    *,
    role: Role,
    libelle: str,
    region_code: str | None = None,
    acteur_code: str | None = None,
) -> None:
    """Another role, function, region or organisation; the open sessions follow at their next run.

    Raises AccesRefuse, Introuvable, ValeurInvalide, Conflit (« dernier_administrateur »).
    """
    _check(personne)
    take = _get if role is Role.ADMINISTRATEUR else _get_non_dernier
    compte = take(session, compte_id)
    _check_place(session, role, region_code, acteur_code)
    avant = to_dict(compte)
    compte.role, compte.libelle = role, _read_libelle(libelle) or compte.identifiant
    compte.region_code, compte.acteur_code = region_code or None, acteur_code or None
    _write(session, personne, maintenant, "modifier", compte, avant)


def set_actif(session: Session, personne: Personne | None, maintenant: datetime, compte_id: int, actif: bool) -> None:
    """Enable or disable; disabling ends its sessions. Raises Conflit for the last active administrator."""
    _check(personne)
    compte = _get(session, compte_id) if actif else _get_non_dernier(session, compte_id)
    avant = to_dict(compte)
    compte.actif, compte.echecs, compte.verrouille_jusqua = actif, 0, None
    if not actif:
        revoke_all(session, compte_id, maintenant)
    _write(session, personne, maintenant, "activer" if actif else "desactiver", compte, avant)


def unlock_compte(session: Session, personne: Personne | None, maintenant: datetime, compte_id: int) -> None:
    """Open an account that failures have locked; nothing when it is not."""
    _check(personne)
    compte = _get(session, compte_id)
    avant = to_dict(compte)
    compte.echecs, compte.verrouille_jusqua = 0, None
    _write(session, personne, maintenant, "debloquer", compte, avant)


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


def find_compte(session: Session, identifiant: str) -> int:
    """Id of the account of this name; raises Introuvable."""
    trouve = session.scalar(select(Compte.id).where(Compte.identifiant == read_identifiant(identifiant)))
    if trouve is None:
        raise Introuvable("compte_inconnu", valeur=identifiant)
    return trouve
