"""The journal: one line per change, in the change's own transaction. Secrets never enter it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.domain.permissions import Personne
from ccm_data.models.comptes import FRAPPE, Compte, Journal

SECRETS = frozenset({"empreinte", "empreinte_jeton", "mot_de_passe", "cle_tri", "version"})
SIMPLES = frozenset({str, int, float, bool})
SEANCE = timedelta(hours=1)  # of typing: its pauses make one line
MACHINE = "exploitation"  # who deploys, at the command line


def to_json(valeur: Any) -> Any:
    """A value as the journal's JSON keeps it: dates in ISO, decimals as text, enums by value."""
    if valeur is None or type(valeur) in SIMPLES:
        return valeur
    if isinstance(valeur, Enum):
        return valeur.value
    if isinstance(valeur, (datetime, date)):
        return valeur.isoformat()
    if isinstance(valeur, Decimal):
        return str(valeur)
    if isinstance(valeur, dict):
        return {
            str(c): v if v is None or type(v) in SIMPLES else to_json(v)
            for c, v in valeur.items()
            if c not in SECRETS
        }  # fmt: skip
    if isinstance(valeur, (list, tuple, set)):
        return [to_json(v) for v in valeur]
    return valeur if isinstance(valeur, (str, int, float)) else str(valeur)


def make_ligne_journal(
    session: Session,
    maintenant: datetime,
    personne: Personne | str | None,
    action: str,
    objet: str,
    objet_id: object,
    *,
    resume: str = "",
    avant: dict[str, Any] | None = None,
    apres: dict[str, Any] | None = None,
    region_code: str | None = None,
) -> dict[str, Any]:
    """A line of the journal, column → value, for whoever writes many at once.

    `personne` None means the command line, a text names a part of the software that acts by itself (« connexion »).
    With both `avant` and `apres`, only what differs is kept.
    """
    compte = session.get(Compte, personne.compte_id) if isinstance(personne, Personne) and personne.compte_id else None
    qui = personne if isinstance(personne, str) else MACHINE
    if avant is not None and apres is not None:
        champs = [c for c in apres if apres.get(c) != avant.get(c)]
        avant, apres = {c: avant.get(c) for c in champs}, {c: apres[c] for c in champs}
    return {
        "quand": maintenant,
        "compte_id": compte.id if compte else None,
        "qui": compte.libelle if compte else qui,
        "action": action,
        "objet": objet,
        "objet_id": str(objet_id),
        "region_code": region_code,
        "resume": resume,
        "avant": to_json(avant),
        "apres": to_json(apres),
    }


def write_journal(
    session: Session,
    maintenant: datetime,
    personne: Personne | str | None,
    action: str,
    objet: str,
    objet_id: object,
    **dits: Any,
) -> None:
    """Add a line (see `make_ligne_journal`), in the caller's transaction."""
    session.add(Journal(**make_ligne_journal(session, maintenant, personne, action, objet, objet_id, **dits)))
    session.flush()


def note_frappe(
    session: Session,
    maintenant: datetime,
    personne: Personne,
    objet: str,
    objet_id: object,
    avant: dict[str, Any],
    apres: dict[str, Any],
    **dits: Any,
) -> None:
    """A draft that its author goes on typing: the line of the last hour is carried on, if nothing came between.

    It keeps what stood before the first key and what stands now.
    """
    requete = select(Journal).where(Journal.objet == objet, Journal.objet_id == str(objet_id))
    derniere = session.scalar(requete.order_by(Journal.id.desc()).limit(1).with_for_update())
    suite = (
        derniere is not None
        and derniere.action == FRAPPE
        and derniere.compte_id == personne.compte_id
        and maintenant - derniere.quand <= SEANCE
    )
    ligne = make_ligne_journal(session, maintenant, personne, FRAPPE, objet, objet_id, avant=avant, apres=apres, **dits)
    if derniere is None or not suite:
        session.add(Journal(**ligne))
    else:
        derniere.avant = ligne["avant"] | (derniere.avant or {})
        derniere.apres = (derniere.apres or {}) | ligne["apres"]
        derniere.resume = ligne["resume"]
    session.flush()
