"""What a séance's screen reads beside the séance: who sits in its body that day, and what became of its decisions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.domain.instances import Membre, Regle, list_membres_au
from ccm_data.domain.permissions import Personne, check_read
from ccm_data.domain.vocabulaire import EtatSuivi
from ccm_data.models.instances import Recommandation
from ccm_data.queries.acteurs import list_noms_acteurs
from ccm_data.queries.instances import list_membres, list_regles


@dataclass(frozen=True)
class Assemblee:
    """Who sits on a day, by name, the quorum rules in force, the names of all organisations."""

    membres: tuple[Membre, ...]
    regles: tuple[Regle, ...]
    noms: dict[str, str]


def get_assemblee(session: Session, personne: Personne, instance: str, jour: date) -> Assemblee:
    """The body as it stands on a day. Raises AccesRefuse for who may not read validated rows."""
    check_read(personne, "lignes_validees")
    sieges = [fiche.membre for fiche in list_membres(session).get(instance, [])]
    regles = tuple(r.regle for r in list_regles(session).get(instance, []))
    return Assemblee(list_membres_au(sieges, jour), regles, list_noms_acteurs(session))


def list_etats_recommandations(session: Session, codes: Collection[str]) -> dict[str, EtatSuivi]:
    """Code → the state of its latest row, rows that were replaced aside."""
    requete = (
        select(Recommandation.code, Recommandation.etat)
        .where(Recommandation.code.in_(sorted(codes)), Recommandation.etat != EtatSuivi.REMPLACE)
        .order_by(Recommandation.id)
    )
    return {code: etat for code, etat in session.execute(requete)}  # noqa: C416 - a result is taken for a mapping
