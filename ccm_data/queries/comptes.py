"""Reading accounts: the administrator alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import pandas as pd
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ccm_data.db import read_frame
from ccm_data.domain.permissions import Personne, check_read
from ccm_data.domain.vocabulaire import Role
from ccm_data.libelles import say_libelle
from ccm_data.models.comptes import Compte
from ccm_data.queries.acteurs import list_noms_acteurs
from ccm_data.queries.installation import get_installation
from ccm_data.textes import _
from ccm_data.typographie import say_instant


def list_tous_comptes(session: Session) -> pd.DataFrame:
    """All accounts, without hashes: id, identifiant, libelle, role, region_code, acteur_code, actif, doit_changer,
    verrouille_jusqua, derniere_connexion. For the command line and, once the right is checked, the screen.
    """
    return read_frame(
        session,
        select(
            Compte.id,
            Compte.identifiant,
            Compte.libelle,
            Compte.role,
            Compte.region_code,
            Compte.acteur_code,
            Compte.actif,
            Compte.doit_changer,
            Compte.verrouille_jusqua,
            Compte.derniere_connexion,
        ).order_by(Compte.identifiant),
    )


def list_comptes(session: Session, personne: Personne) -> pd.DataFrame:
    """The same for a person; raises AccesRefuse unless an administrator asks."""
    check_read(personne, "comptes")
    return list_tous_comptes(session)


def count_administrateurs(session: Session) -> int:
    """Active administrators."""
    return (
        session.scalar(select(func.count(Compte.id)).where(Compte.role == Role.ADMINISTRATEUR, Compte.actif.is_(True)))
        or 0
    )


@dataclass(frozen=True)
class FicheCompte:
    """An account as its screen shows it."""

    id: int
    identifiant: str
    libelle: str
    role: Role
    region_code: str | None
    acteur_code: str | None
    actif: bool
    doit_changer: bool
    verrouille: bool
    derniere_connexion: datetime | None


def list_fiches(session: Session, personne: Personne, maintenant: datetime) -> tuple[FicheCompte, ...]:
    """All accounts by name. Raises AccesRefuse unless an administrator asks."""
    check_read(personne, "comptes")
    return tuple(
        FicheCompte(
            c.id,
            c.identifiant,
            c.libelle,
            c.role,
            c.region_code,
            c.acteur_code,
            c.actif,
            c.doit_changer,
            c.verrouille_jusqua is not None and c.verrouille_jusqua > maintenant,
            c.derniere_connexion,
        )
        for c in session.scalars(select(Compte).order_by(Compte.identifiant))
    )


def make_table_comptes(session: Session, fiches: Sequence[FicheCompte]) -> pd.DataFrame:
    """The accounts in words, in the order of `fiches`."""
    regions = get_installation(session).regions
    acteurs = list_noms_acteurs(session)
    return pd.DataFrame(
        [
            {
                _("Identifiant"): c.identifiant,
                _("Fonction"): c.libelle,
                _("Rôle"): say_libelle(c.role),
                _("Région"): regions.get(c.region_code or "", ""),
                _("Organisation"): acteurs.get(c.acteur_code or "", ""),
                _("État"): say_etat(c),
                _("Dernière connexion"): say_instant(c.derniere_connexion) if c.derniere_connexion else _("jamais"),
            }
            for c in fiches
        ]
    )


def say_etat(fiche: FicheCompte) -> str:
    """The state of an account in one word or two, the gravest first."""
    if not fiche.actif:
        return _("désactivé")
    if fiche.verrouille:
        return _("bloqué après échecs")
    return _("mot de passe provisoire") if fiche.doit_changer else _("actif")
