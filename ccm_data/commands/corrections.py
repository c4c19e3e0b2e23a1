"""The validated row that a new one corrects, where the fact no longer tells it: a title, a place or a day was wrong.

Kept with the new row, so that its validation replaces the former one and nothing counts twice. Only subjects whose
rows may be renamed (`Sujet.renommable`): elsewhere another activity or quarter is another fact. Source: règles de
calcul, 2.12 and 3.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.commands.sujets import Sujet
from ccm_data.commands.transaction import get_ligne
from ccm_data.domain.permissions import Personne, check_write
from ccm_data.domain.vocabulaire import EtatSuivi
from ccm_data.errors import Conflit, Introuvable
from ccm_data.models.depots import Correction

LOT: Final = 500  # rows asked for by one statement


def note_corrections(session: Session, personne: Personne, sujet: Sujet, corrigees: Mapping[int, int]) -> None:
    """Keep which validated row each of these new ones corrects (new → corrected); nothing where it may not be renamed.

    Raises Introuvable, AccesRefuse.
    """
    if not sujet.renommable or not corrigees:
        return
    table, voulues = sujet.table, sorted(set(corrigees.values()))
    lues: dict[int, Any] = {}
    for debut in range(0, len(voulues), LOT):
        requete = select(table).where(table.id.in_(voulues[debut : debut + LOT])).order_by(table.id).with_for_update()
        lues |= {x.id: x for x in session.scalars(requete.execution_options(populate_existing=True))}
    for ligne_id, corrigee_id in corrigees.items():
        if (corrigee := lues.get(corrigee_id)) is None:
            raise Introuvable(objet=sujet.nom, valeur=corrigee_id)
        check_write(personne, sujet.droit, corrigee.region_code, corrigee.acteur_code)
        if corrigee.etat is EtatSuivi.VALIDE:
            session.add(Correction(sujet=sujet.nom, ligne_id=ligne_id, corrigee_id=corrigee_id))
    session.flush()


def list_corrections(session: Session, sujet: str) -> dict[int, int]:
    """Row → the one that it says it corrects."""
    requete = select(Correction.ligne_id, Correction.corrigee_id).where(Correction.sujet == sujet)
    return dict(session.execute(requete).all())


def find_corrigee(session: Session, sujet: Sujet, ligne_id: int, *, seule: bool) -> Any | None:
    """The validated row that this one says it corrects, locked; None when it names none.

    `seule`: no other row tells the same fact. Raises Conflit (« corrigee_deja_remplacee ») when the row named stands
    no more and nothing else would be replaced: the fact would count twice.
    """
    numero = session.scalar(
        select(Correction.corrigee_id).where(Correction.sujet == sujet.nom, Correction.ligne_id == ligne_id)
    )
    if numero is None:
        return None
    corrigee = get_ligne(session, sujet.table, numero)
    if corrigee.etat is EtatSuivi.VALIDE:
        return corrigee
    if seule:
        raise Conflit("corrigee_deja_remplacee", objet=sujet.nom, valeur=numero)
    return None
