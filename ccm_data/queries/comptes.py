"""Reading accounts: the administrator alone."""

from __future__ import annotations

import pandas as pd
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ccm_data.db import read_frame
from ccm_data.domain.permissions import Personne, check_read
from ccm_data.domain.vocabulaire import Role
from ccm_data.models.comptes import Compte


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
