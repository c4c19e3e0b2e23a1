"""The last backup that this installation made, kept in the table `installation` and told in the journal."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from ccm_data.commands.journal import write_journal
from ccm_data.config import Config
from ccm_data.db import read_session
from ccm_data.domain.permissions import Personne, check_read
from ccm_data.models.plan import Installation
from ccm_data.sauvegarde.format import Sauvegarde

CLE = "derniere_sauvegarde"


@dataclass(frozen=True)
class Derniere:
    """`taille` in bytes; `ailleurs`: it was written outside the data folder."""

    date: datetime
    fichier: str
    taille: int
    ailleurs: bool


def write_derniere(session: Session, maintenant: datetime, faite: Sauvegarde, *, ailleurs: bool) -> None:
    """Remember this backup, in the caller's transaction."""
    valeur = json.dumps(
        {"date": faite.date.isoformat(), "fichier": str(faite.fichier), "taille": faite.taille, "ailleurs": ailleurs},
        ensure_ascii=False,
    )
    session.merge(Installation(cle=CLE, valeur=valeur))
    apres = {"fichier": str(faite.fichier), "taille": faite.taille, "sha256": faite.empreinte}
    write_journal(session, maintenant, None, "sauvegarder", "sauvegarde", faite.fichier.name, apres=apres)


def get_derniere(config: Config) -> Derniere | None:
    """The last backup of this installation; None when it never made one. For the command line."""
    with read_session(config) as session:
        return _read(session)


def get_derniere_lue(session: Session, personne: Personne) -> Derniere | None:
    """The same for a person. Raises AccesRefuse unless an administrator asks."""
    check_read(personne, "comptes")
    return _read(session)


def _read(session: Session) -> Derniere | None:
    ligne = session.get(Installation, CLE)
    if ligne is None:
        return None
    brut = json.loads(ligne.valeur)
    return Derniere(datetime.fromisoformat(brut["date"]), brut["fichier"], brut["taille"], brut["ailleurs"])
