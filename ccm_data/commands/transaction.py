"""What every command shares: rows taken for change, versions, closed quarters, writing with its conflicts named.

The caller opens the transaction (`db.write_session`); nothing here commits. On SQLite the transaction holds the write
lock from its start; on PostgreSQL the row is locked when it is taken, so that the version read is the version changed.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final, TypeVar

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ccm_data.domain.calendrier import PLAN_DEBUT, PLAN_FIN, Trimestre, list_trimestres
from ccm_data.errors import Conflit, Introuvable, PeriodeVerrouillee, ValeurInvalide
from ccm_data.models.base import Base
from ccm_data.models.decisions import TrimestreVerrouille

Ligne = TypeVar("Ligne", bound=Base)
ESSAIS: Final = 5  # at a number that somebody else takes


def get_ligne(session: Session, table: type[Ligne], cle: Any) -> Ligne:
    """The row, locked for this transaction and read afresh. Raises Introuvable."""
    ligne = session.get(table, cle, with_for_update=True, populate_existing=True)
    if ligne is None:
        raise Introuvable(objet=table.__tablename__, valeur=cle)
    return ligne


def check_existe(session: Session, table: type[Base], cle: Any, champ: str) -> None:
    """Raise ValeurInvalide when a code given by the person names nothing."""
    if cle is not None and session.get(table, cle) is None:
        raise ValeurInvalide("code_inconnu", champ=champ, valeur=cle, attendu=table.__tablename__)


def check_version(ligne: Any, version: int) -> None:
    """Raise Conflit when somebody changed the row since the person read it."""
    if ligne.version != version:
        raise Conflit(objet=ligne.__tablename__, valeur=ligne.id, lue=version, presente=ligne.version)


def flush(session: Session, objet: str) -> None:
    """Send the changes; a broken unique key becomes Conflit, and the caller's transaction rolls back.

    Any other broken constraint is a rule that the commands forgot: it surfaces as it is.
    """
    try:
        session.flush()
    except IntegrityError as erreur:
        if "unique" not in str(erreur.orig).lower():
            raise
        raise Conflit("meme_fait", objet=objet) from erreur


def add_numerotee(session: Session, ligne: Any, prefixe: str, verifie: Callable[[], None] = lambda: None) -> None:
    """Add a row under the next number of its table, « R-2026-0007 ».

    On PostgreSQL two may take one number at once: the unique key tells the second, who looks again; `verifie` too, which
    raises when another unique key stands in the way for good. Raises Conflit (meme_fait) after a few attempts.
    """
    table = type(ligne)
    for essai in range(ESSAIS):
        verifie()
        dernier = session.scalar(select(func.max(table.numero)).where(table.numero.startswith(prefixe)))
        ligne.numero = f"{prefixe}{int(dernier.removeprefix(prefixe)) + 1 if dernier else 1:04d}"
        try:
            with session.begin_nested():
                session.add(ligne)
                flush(session, table.__tablename__)
        except Conflit:
            if essai == ESSAIS - 1:
                raise
        else:
            return


def list_verrous(session: Session) -> set[Trimestre]:
    """Quarters closed now."""
    requete = select(TrimestreVerrouille.annee, TrimestreVerrouille.trimestre).where(
        TrimestreVerrouille.rouvert_le.is_(None)
    )
    return {Trimestre(annee, numero) for annee, numero in session.execute(requete)}


def is_plan_clos(verrous: set[Trimestre]) -> bool:
    """The plan is closed when its 20 quarters are."""
    return verrous.issuperset(list_trimestres())


def check_ouvert(session: Session, trimestre: Trimestre | None) -> None:
    """Raise PeriodeVerrouillee when the quarter is closed; a row without quarter waits for the whole plan's closing."""
    verrous = list_verrous(session)
    if trimestre in verrous:
        raise PeriodeVerrouillee(trimestre=trimestre.code if trimestre else None)
    if trimestre is None and is_plan_clos(verrous):
        raise PeriodeVerrouillee("plan_clos")


def get_trimestre(jour: date) -> Trimestre:
    """The plan's quarter of a fact; what happened before or after the plan belongs to its first or last one."""
    return Trimestre.from_date(min(max(jour, PLAN_DEBUT), PLAN_FIN))


def check_texte(champ: str, valeur: str | None) -> str:
    """A text that must be given, without the spaces around it. Raises ValeurInvalide."""
    texte = (valeur or "").strip()
    if not texte:
        raise ValeurInvalide("valeur_manquante", champ=champ, valeur=valeur, attendu="un texte")
    return texte


def check_passe(champ: str, jour: date | None, aujourd_hui: date) -> None:
    """A fact or a source cannot lie in the future. Raises ValeurInvalide."""
    if jour is not None and jour > aujourd_hui:
        raise ValeurInvalide("date_future", champ=champ, valeur=jour, attendu=f"≤ {aujourd_hui.isoformat()}")
