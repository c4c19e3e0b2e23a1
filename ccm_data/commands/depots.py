"""Deposits taken back while nothing of them was validated; many rows validated or returned at once, all or none.

(Deposits are made by `imports.commit`.)
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.commands.journal import write_journal
from ccm_data.commands.suivi import return_ligne, validate_ligne, withdraw
from ccm_data.commands.sujets import SUJETS
from ccm_data.commands.transaction import get_ligne
from ccm_data.domain.permissions import Personne, check_write
from ccm_data.domain.vocabulaire import EtatSuivi
from ccm_data.errors import Conflit
from ccm_data.models.depots import Depot


def withdraw_depot(session: Session, personne: Personne, maintenant: datetime, depot_id: int) -> int:
    """Every row still waiting becomes a draft again; how many. The file may then be sent anew.

    Raises AccesRefuse, Introuvable, Conflit (« depot_traite ») when a row was validated or returned, or nothing waits.
    """
    depot = get_ligne(session, Depot, depot_id)
    check_write(personne, "retirer", depot.region_code, depot.acteur_code)
    lignes = [
        (sujet.nom, ligne)
        for sujet in SUJETS.values()
        for ligne in session.scalars(select(sujet.table).where(sujet.table.depot_id == depot_id).with_for_update())
    ]
    if depot.retire_le is not None or any(ligne.etat is not EtatSuivi.SOUMIS for _nom, ligne in lignes):
        raise Conflit("depot_traite", objet="depot", valeur=depot.numero)
    for nom, ligne in lignes:
        withdraw(session, personne, maintenant, nom, ligne.id, ligne.version)
    depot.retire_le = maintenant
    write_journal(
        session, maintenant, personne, "retirer", "depot", depot.id, resume=depot.numero, region_code=depot.region_code
    )
    return len(lignes)


def validate_lignes(
    session: Session, personne: Personne, maintenant: datetime, choix: Sequence[tuple[str, int, int]]
) -> int:
    """Validate these rows (subject, id, version read), all or none; how many. Raises as `suivi.validate_ligne`."""
    for sujet, ligne_id, version in choix:
        validate_ligne(session, personne, maintenant, sujet, ligne_id, version)
    return len(choix)


def return_lignes(
    session: Session,
    personne: Personne,
    maintenant: datetime,
    choix: Sequence[tuple[str, int, int]],
    note: str,
    retour_avant_le: date,
) -> int:
    """Send these rows back with one note and one due date, all or none; how many. Raises as `suivi.return_ligne`."""
    for sujet, ligne_id, version in choix:
        return_ligne(
            session, personne, maintenant, sujet, ligne_id, version, note=note, retour_avant_le=retour_avant_le
        )
    return len(choix)
