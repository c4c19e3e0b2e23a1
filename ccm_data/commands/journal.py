"""The journal: one line per change, in the change's own transaction. Secrets never enter it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from sqlalchemy.orm import Session

from ccm_data.domain.permissions import Personne
from ccm_data.models.comptes import Compte, Journal

SECRETS = frozenset({"empreinte", "empreinte_jeton", "mot_de_passe", "cle_tri", "version"})
MACHINE = "exploitation"  # who deploys, at the command line


def to_json(valeur: Any) -> Any:
    """A value as the journal's JSON keeps it: dates in ISO, decimals as text, enums by value."""
    if isinstance(valeur, Enum):
        return valeur.value
    if isinstance(valeur, (datetime, date)):
        return valeur.isoformat()
    if isinstance(valeur, Decimal):
        return str(valeur)
    if isinstance(valeur, dict):
        return {str(c): to_json(v) for c, v in valeur.items() if c not in SECRETS}
    if isinstance(valeur, (list, tuple, set)):
        return [to_json(v) for v in valeur]
    if valeur is None or isinstance(valeur, (str, int, float, bool)):
        return valeur
    return str(valeur)


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
