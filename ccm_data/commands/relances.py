"""Reminders by e-mail in the journal: its lines are the memory of who was written to.

Sending takes as long as a mail server does, so it stands outside any transaction, between two commands: `open_envoi`
notes who is about to be written to (two people pressing at once do not write twice), `close_envoi` what became of it.
Codes of declarants alone, never an address.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.commands.journal import write_journal
from ccm_data.domain.permissions import Personne, check_write
from ccm_data.errors import ValeurInvalide
from ccm_data.models.plan import Installation
from ccm_data.queries.completude import ACTION, OBJET, list_relances_recentes


@dataclass(frozen=True)
class Depart:
    """A batch about to leave: its name in the journal, who is written to, who was too recently."""

    reference: str
    declarants: tuple[str, ...]
    recents: tuple[str, ...]


def _check(personne: Personne | None) -> None:
    """None is the command line: whoever deploys."""
    if personne is not None:
        check_write(personne, "relancer")


def open_envoi(
    session: Session, personne: Personne | None, maintenant: datetime, declarants: Sequence[str], forcer: bool = False
) -> Depart:
    """Note that these are about to be written to, but for those who were within the last 24 hours, unless `forcer`.

    Nothing is noted when nobody is left. Raises AccesRefuse.
    """
    _check(personne)
    # One batch at a time, on PostgreSQL too: the second waits here, then reads what the first noted.
    session.execute(select(Installation.cle).with_for_update()).all()
    recents = frozenset() if forcer else list_relances_recentes(session, maintenant)
    retenus = tuple(dict.fromkeys(d for d in declarants if d not in recents))
    depart = Depart(maintenant.isoformat(), retenus, tuple(d for d in declarants if d in recents))
    if retenus:
        _write(session, personne, maintenant, depart.reference, f"départ : {_say(retenus)}", {"depart": retenus})
    return depart


def close_envoi(
    session: Session,
    personne: Personne | None,
    maintenant: datetime,
    reference: str,
    envoyes: Sequence[str],
    echecs: Sequence[str],
) -> None:
    """Note how many left and to which declarants, and which did not: these may be written to again at once.

    Raises AccesRefuse, ValeurInvalide (both lists empty).
    """
    _check(personne)
    if not envoyes and not echecs:
        raise ValeurInvalide("valeur_manquante", champ="declarants", valeur="", attendu="un destinataire")
    resume = f"{len(envoyes)} sur {len(envoyes) + len(echecs)} : {_say(envoyes) or 'aucun'}"
    _write(session, personne, maintenant, reference, resume, {"declarants": envoyes, "echecs": echecs})


def _say(codes: Sequence[str]) -> str:
    return ", ".join(codes)


def _write(
    session: Session,
    personne: Personne | None,
    maintenant: datetime,
    reference: str,
    resume: str,
    faits: dict[str, Sequence[str]],
) -> None:
    write_journal(
        session, maintenant, personne, ACTION, OBJET, reference, resume=resume,
        apres={nom: list(codes) for nom, codes in faits.items()},
    )  # fmt: skip
