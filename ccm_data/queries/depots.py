"""Deposits that a person may see, with where their rows stand. Source: règles de calcul, 7."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from ccm_data.domain.permissions import Personne, get_portee
from ccm_data.domain.vocabulaire import EtatSuivi
from ccm_data.models.comptes import Compte
from ccm_data.models.depots import Depot
from ccm_data.queries.suivi import TABLES


@dataclass(frozen=True)
class DepotLu:
    """A deposit and its receipt; `etats` counts its rows by state; `notes` are those of its returned rows."""

    id: int
    numero: str
    auteur: str
    auteur_id: int
    region_code: str | None
    cree_le: datetime
    nom_fichier: str | None
    empreinte: str | None
    lignes: int
    ecartees: int
    reprise: bool
    retire_le: datetime | None
    etats: Mapping[EtatSuivi, int]
    notes: tuple[str, ...]

    @property
    def retirable(self) -> bool:
        """May it still be taken back?"""
        return self.retire_le is None and set(self.etats) == {EtatSuivi.SOUMIS}


def list_depots(session: Session, personne: Personne, nombre: int = 200) -> list[DepotLu]:
    """The latest first: one's own, one's region's or organisation's, or all for the SP/CCM."""
    requete = select(Depot, Compte.libelle).join(Compte, Depot.auteur_id == Compte.id).order_by(Depot.id.desc())
    portee = get_portee(personne, "brouillons")
    if portee != "tout":
        siens = [Depot.auteur_id == personne.compte_id] if personne.compte_id is not None else []
        if portee == "sa_region" and personne.region_code is not None:
            siens.append(Depot.region_code == personne.region_code)
        if portee == "propre" and personne.acteur_code is not None:
            siens.append(Depot.acteur_code == personne.acteur_code)
        if not siens or portee == "non":
            return []
        requete = requete.where(or_(*siens))
    lus = session.execute(requete.limit(nombre)).all()
    etats, notes = _read_lignes(session, [depot.id for depot, _auteur in lus])
    return [
        DepotLu(
            d.id, d.numero, auteur, d.auteur_id, d.region_code, d.cree_le, d.nom_fichier, d.empreinte, d.lignes,
            d.ecartees, d.reprise, d.retire_le, etats.get(d.id, {}), tuple(notes.get(d.id, ())),
        )
        for d, auteur in lus
    ]  # fmt: skip


def _read_lignes(session: Session, depots: list[int]) -> tuple[dict[int, dict[EtatSuivi, int]], dict[int, list[str]]]:
    """Per deposit: rows by state, and the notes of the returned ones; two reads per subject."""
    etats: dict[int, dict[EtatSuivi, int]] = {}
    notes: dict[int, list[str]] = {}
    for table in TABLES.values():
        comptes = select(table.depot_id, table.etat, func.count()).where(table.depot_id.in_(depots))
        for depot, etat, n in session.execute(comptes.group_by(table.depot_id, table.etat)):
            siens = etats.setdefault(depot, {})
            siens[etat] = siens.get(etat, 0) + n
        retournees = select(table).where(table.depot_id.in_(depots), table.etat == EtatSuivi.RETOURNE)
        for ligne in session.scalars(retournees):
            notes.setdefault(ligne.depot_id, []).append(f"{_name(ligne)} : {ligne.note_retour}")
    return etats, notes


# The first one that a row holds names it; a register's row is its code or its title before the activity that it serves.
NOMMENT = (
    "code", "intitule", "titre", "nom", "membre_code", "objectif_code", "date_etape", "activite_code", "indicateur_code",
    "acteur_code",
)  # fmt: skip


def _name(ligne: Any) -> str:
    """What names a row in its author's eyes: « 3.1.3 », « 1.d », « Comité de veille de Bilma », « CCM-2026-01 »."""
    noms = (getattr(ligne, champ, None) for champ in NOMMENT)
    return next((str(nom) for nom in noms if nom), str(ligne.id))
