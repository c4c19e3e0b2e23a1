"""Closing quarters: a closed one takes no change until it is reopened, with a reason kept in the journal.

Closing the plan is closing its 20 quarters; then nothing changes any more, places included. Source: règles 2.7.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.commands.journal import write_journal
from ccm_data.commands.transaction import check_texte, flush, list_verrous
from ccm_data.domain.calendrier import DERNIER_TRIMESTRE, PREMIER_TRIMESTRE, Trimestre, get_jour, list_trimestres
from ccm_data.domain.permissions import Personne, check_write
from ccm_data.errors import Conflit, ValeurInvalide
from ccm_data.models.base import to_dict
from ccm_data.models.decisions import TrimestreVerrouille

OBJET = "trimestre_verrouille"


def _check_trimestre(trimestre: Trimestre, maintenant: datetime) -> None:
    if not PREMIER_TRIMESTRE <= trimestre <= DERNIER_TRIMESTRE:
        raise ValeurInvalide(champ="trimestre", valeur=trimestre.code, attendu="2022-T1 à 2026-T4")
    if trimestre.fin >= get_jour(maintenant):
        raise ValeurInvalide("date_future", champ="trimestre", valeur=trimestre.code, attendu="un trimestre fini")


def lock_trimestre(session: Session, personne: Personne, maintenant: datetime, trimestre: Trimestre) -> int:
    """Close a quarter that has ended; returns the row's id. Raises AccesRefuse, ValeurInvalide, Conflit."""
    check_write(personne, "verrouiller")
    _check_trimestre(trimestre, maintenant)
    if trimestre in list_verrous(session):
        raise Conflit("deja_verrouille", objet=OBJET, valeur=trimestre.code)
    verrou = TrimestreVerrouille(
        annee=trimestre.annee,
        trimestre=trimestre.numero,
        verrouille_le=maintenant,
        verrouille_par_id=personne.compte_id,
    )
    session.add(verrou)
    flush(session, OBJET)
    write_journal(
        session, maintenant, personne, "verrouiller", OBJET, verrou.id, resume=trimestre.code, apres=to_dict(verrou)
    )
    return verrou.id


def reopen_trimestre(
    session: Session, personne: Personne, maintenant: datetime, trimestre: Trimestre, motif: str
) -> int:
    """Reopen a closed quarter, with the reason; returns the row's id. Raises AccesRefuse, ValeurInvalide, Conflit."""
    check_write(personne, "rouvrir")
    texte = check_texte("motif", motif)
    verrou = session.scalar(
        select(TrimestreVerrouille)
        .where(
            TrimestreVerrouille.annee == trimestre.annee,
            TrimestreVerrouille.trimestre == trimestre.numero,
            TrimestreVerrouille.rouvert_le.is_(None),
        )
        .with_for_update()
    )
    if verrou is None:
        raise Conflit("pas_verrouille", objet=OBJET, valeur=trimestre.code)
    avant = to_dict(verrou)
    verrou.rouvert_le, verrou.rouvert_par_id, verrou.motif = maintenant, personne.compte_id, texte
    flush(session, OBJET)
    write_journal(
        session,
        maintenant,
        personne,
        "rouvrir",
        OBJET,
        verrou.id,
        resume=trimestre.code,
        avant=avant,
        apres=to_dict(verrou),
    )
    return verrou.id


def lock_plan(session: Session, personne: Personne, maintenant: datetime) -> list[int]:
    """Close every quarter still open, once the last has ended; returns the ids of the rows made."""
    check_write(personne, "verrouiller")
    _check_trimestre(DERNIER_TRIMESTRE, maintenant)
    fermes = list_verrous(session)
    return [lock_trimestre(session, personne, maintenant, t) for t in list_trimestres() if t not in fermes]
