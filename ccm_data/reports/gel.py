"""Freezing a séance: its figures are read in the very transaction that stores them, with what changed since the last one."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.commands.seances import DROIT, store_contenu
from ccm_data.domain.calendrier import get_jour
from ccm_data.domain.permissions import Personne, check_write
from ccm_data.domain.vocabulaire import EtatSeance
from ccm_data.errors import Introuvable
from ccm_data.models.instances import Instance
from ccm_data.models.seances import Seance
from ccm_data.reports.comparaison import compare_contenus
from ccm_data.reports.instantane import make_instantane


def freeze_seance(session: Session, personne: Personne, maintenant: datetime, seance_id: int, version: int) -> str:
    """Freeze the figures of a séance; their hash. Its transaction is one that reads one moment (`instantane`).

    Raises AccesRefuse, Conflit, Introuvable, TransitionInterdite.
    """
    check_write(personne, DROIT)
    seance = session.get(Seance, seance_id)
    if seance is None:
        raise Introuvable(objet="seance", valeur=seance_id)
    contenu = read_contenu(session, seance, maintenant)
    return store_contenu(session, personne, maintenant, seance_id, version, contenu)


def read_contenu(session: Session, seance: Seance, maintenant: datetime) -> dict[str, Any]:
    """The content as it would be frozen now (a rehearsal reads it too), changes since the last frozen séance included."""
    instance = session.get_one(Instance, seance.instance_code)
    contenu = make_instantane(
        session, code=seance.code, titre=seance.intitule, instance=instance.nom, date_seance=seance.date_seance,
        date_arrete=seance.date_arrete, region_invitee=seance.region_invitee, aujourd_hui=get_jour(maintenant),
    )  # fmt: skip
    precedente = find_precedente(session, seance)
    if precedente is not None and precedente.contenu is not None:
        contenu["changements"] = compare_contenus(json.loads(precedente.contenu), contenu)
    return contenu


def find_precedente(session: Session, seance: Seance) -> Seance | None:
    """The last frozen séance of the same body before this one."""
    return session.scalar(
        select(Seance)
        .where(
            Seance.instance_code == seance.instance_code,
            Seance.etat == EtatSeance.FIGEE,
            Seance.date_seance < seance.date_seance,
        )
        .order_by(Seance.date_seance.desc(), Seance.id.desc())
        .limit(1)
    )
