"""Demonstration accounts: functions, no persons. One known password, refused on a real database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from ccm_data.accounts.mots_de_passe import hash_mot_de_passe
from ccm_data.domain.vocabulaire import Role
from ccm_data.models.comptes import Compte

MOT_DE_PASSE = "Demonstration-2026"


@dataclass(frozen=True)
class CompteDemo:
    """An account that the command prints."""

    identifiant: str
    libelle: str
    role: Role
    region_code: str | None = None
    acteur_code: str | None = None


_FOCAUX = (
    ("agadez", "Agadez", "NE001"),
    ("diffa", "Diffa", "NE002"),
    ("dosso", "Dosso", "NE003"),
    ("maradi", "Maradi", "NE004"),
    ("tahoua", "Tahoua", "NE005"),
    ("tillaberi", "Tillabéri", "NE006"),
    ("zinder", "Zinder", "NE007"),
    ("niamey", "Niamey", "NE008"),
)
COMPTES = (
    CompteDemo("admin.demo", "Administrateur (démonstration)", Role.ADMINISTRATEUR),
    CompteDemo("se.demo", "Suivi-évaluation (démonstration)", Role.SUIVI_EVALUATION),
    CompteDemo("se2.demo", "Suivi-évaluation 2 (démonstration)", Role.SUIVI_EVALUATION),
    *(CompteDemo(f"pf.{c}", f"Point focal, {n} (démonstration)", Role.POINT_FOCAL, r) for c, n, r in _FOCAUX),
    CompteDemo("acteur.oim", "OIM (démonstration)", Role.ACTEUR, acteur_code="oim"),
    CompteDemo("acteur.giz", "GIZ (démonstration)", Role.ACTEUR, acteur_code="giz"),
    CompteDemo("acteur.remiddh", "REMIDDH (démonstration)", Role.ACTEUR, acteur_code="remiddh"),
    CompteDemo("lecteur.demo", "Lecteur (démonstration)", Role.LECTEUR),
)


def add_comptes(session: Session) -> dict[str, Compte]:
    """The accounts, by name; one hash serves all, since the password is public."""
    empreinte = hash_mot_de_passe(MOT_DE_PASSE)
    comptes = {
        c.identifiant: Compte(
            identifiant=c.identifiant,
            libelle=c.libelle,
            role=c.role,
            region_code=c.region_code,
            acteur_code=c.acteur_code,
            empreinte=empreinte,
            doit_changer=False,
            cree_le=datetime(2022, 1, 10, 8, 0, tzinfo=UTC),
        )
        for c in COMPTES
    }
    session.add_all(comptes.values())
    session.flush()
    return comptes
