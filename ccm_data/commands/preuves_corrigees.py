"""Evidence of a row that a correction replaces: it follows to the row that stands now, and is read by whom it was.

A file is one, under one number: it is not copied, so that taking it away takes it away everywhere, and a link to it
stays good. What it proved first is kept beside, and says whose it is: a correction gives nobody a file that he could not
read, and takes none from whoever could. A file that the new row holds already stays with the former one.
Source: règles de calcul, 2.12, 3 and 7.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.commands.journal import write_journal
from ccm_data.commands.sujets import Sujet
from ccm_data.domain.permissions import Personne
from ccm_data.models.base import to_dict
from ccm_data.models.depots import Preuve


def move_preuves(
    session: Session, personne: Personne, maintenant: datetime, sujet: Sujet, ancienne: Any, nouvelle: Any
) -> None:
    """Hand the files of a replaced row to the row validated in its place, in the caller's transaction."""
    tenues = {p.empreinte for p in _list_jointes(session, sujet, nouvelle)}
    for preuve in _list_jointes(session, sujet, ancienne):
        if preuve.empreinte in tenues:
            continue
        avant = _list_liens(preuve)
        preuve.premiere_ligne_id = preuve.premiere_ligne_id or ancienne.id
        preuve.ligne_id = nouvelle.id
        write_journal(
            session, maintenant, personne, "modifier", "preuve", preuve.id,
            resume=f"{sujet.titre(nouvelle)}, {preuve.nom}", avant=avant, apres=_list_liens(preuve),
            region_code=nouvelle.region_code,
        )  # fmt: skip


def _list_jointes(session: Session, sujet: Sujet, ligne: Any) -> list[Preuve]:
    requete = select(Preuve).where(
        Preuve.sujet == sujet.nom, Preuve.ligne_id == ligne.id, Preuve.retiree_le.is_(None)
    )  # fmt: skip
    return list(session.scalars(requete.order_by(Preuve.id).with_for_update()))


def _list_liens(preuve: Preuve) -> dict[str, Any]:
    """What a move changes, for the journal."""
    faits = to_dict(preuve)
    return {champ: faits[champ] for champ in ("sujet", "nom", "ligne_id", "premiere_ligne_id")}
