"""The rows that stand already, as a file's rows are compared with them: by number, or by the fact that they tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.commands.sujets import Sujet
from ccm_data.domain.permissions import Personne, can_write
from ccm_data.domain.vocabulaire import EtatSuivi

Cle = tuple[Any, ...]
# Who stands for a fact: what is under way before what is validated.
RANGS: Final = {EtatSuivi.RETOURNE: 0, EtatSuivi.BROUILLON: 1, EtatSuivi.SOUMIS: 2, EtatSuivi.VALIDE: 3}


@dataclass(frozen=True)
class Existant:
    """A row that stands: its number, the version read, its state, its author, its values."""

    id: int
    version: int
    etat: EtatSuivi
    auteur_id: int
    valeurs: Mapping[str, Any]

    @property
    def reference(self) -> str:
        """What the column « Ligne » of the template bears."""
        return f"{self.id}-{self.version}"


@dataclass
class Existants:
    """The rows of one subject that this person may write for."""

    par_id: dict[int, Existant] = field(default_factory=dict)
    par_fait: dict[Cle, Existant] = field(default_factory=dict)
    valides: dict[Cle, Existant] = field(default_factory=dict)

    def stands(self, sujet: Sujet, existant: Existant) -> bool:
        """Is it the row that speaks for its fact? A correction under way does, before what it corrects."""
        cle = make_cle(sujet, existant.valeurs)
        return cle is None or self.par_fait[cle] is existant


def make_cle(sujet: Sujet, valeurs: Mapping[str, Any]) -> Cle | None:
    """What makes two rows the same fact; None for a row that is a fact of its own."""
    if any(valeurs.get(champ) is None for champ in sujet.cle_complete):
        return None
    return tuple(_fold(valeurs.get(champ)) for champ in sujet.cle)


def _fold(valeur: Any) -> Any:
    return getattr(valeur, "value", valeur)


def read_existants(session: Session, sujet: Sujet, personne: Personne) -> Existants:
    """In one read. Replaced rows tell nothing any more and are left out."""
    table = sujet.table.__table__
    requete = select(table).where(sujet.table.etat != EtatSuivi.REMPLACE).order_by(table.c.id)
    existants = Existants()
    for brut in session.execute(requete).mappings():
        if can_write(personne, sujet.droit, brut["region_code"], brut["acteur_code"]):
            existant = Existant(
                brut["id"], brut["version"], brut["etat"], brut["auteur_id"], {c: brut[c] for c in sujet.champs}
            )
            _add(existants, make_cle(sujet, existant.valeurs), existant)
    return existants


def _add(existants: Existants, cle: Cle | None, existant: Existant) -> None:
    existants.par_id[existant.id] = existant
    if cle is None:
        return
    ancien = existants.par_fait.get(cle)
    if ancien is None or RANGS[existant.etat] < RANGS[ancien.etat]:
        existants.par_fait[cle] = existant
    if existant.etat is EtatSuivi.VALIDE:
        existants.valides[cle] = existant


def list_versions(session: Session, sujet: Sujet, ids: Iterable[int]) -> dict[int, int]:
    """The present version of these rows, locked until the end of the transaction."""
    table = sujet.table
    voulus = sorted(set(ids))
    versions: dict[int, int] = {}
    for debut in range(0, len(voulus), 500):  # a database takes so many parameters at once
        requete = select(table.id, table.version).where(table.id.in_(voulus[debut : debut + 500])).with_for_update()
        versions |= {int(i): int(v) for i, v in session.execute(requete)}
    return versions
