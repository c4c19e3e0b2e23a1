"""Evidence that a person may read. Source: règles de calcul, 7.

Those of his rows (own organisation, own region, all for the SP/CCM); and, once its row is validated, a file that is not
restricted, for whoever reads validated rows. The row decides, as it stands now: a draft carried to another region takes
its files along. A file that followed a correction is still its first row's: only that row tells whose it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.domain.permissions import Personne, can_read
from ccm_data.domain.vocabulaire import EtatSuivi
from ccm_data.errors import Introuvable
from ccm_data.models.comptes import Compte
from ccm_data.models.depots import Preuve
from ccm_data.queries.suivi import TABLES

ID_MAX = 2**31 - 1  # PostgreSQL refuses to compare a larger one


@dataclass(frozen=True)
class FichePreuve:
    """A file as screens show it; `taille` in bytes, `empreinte` SHA-256 of the bytes kept."""

    id: int
    sujet: str
    ligne_id: int
    nom: str
    type_mime: str
    taille: int
    empreinte: str
    libelle: str | None
    restreinte: bool
    auteur_id: int
    auteur: str
    cree_le: datetime


def list_preuves(session: Session, personne: Personne, sujet: str, ligne_id: int) -> list[FichePreuve]:
    """The files of a row that this person may read, oldest first; none for a row that does not exist."""
    return list_preuves_par_ligne(session, personne, sujet, [ligne_id]).get(ligne_id, [])


def list_preuves_par_ligne(
    session: Session, personne: Personne, sujet: str, lignes: Collection[int]
) -> dict[int, list[FichePreuve]]:
    """The same for many rows of one subject, in two reads: row id → its files; rows without file are left out."""
    table = TABLES.get(sujet)
    if table is None or not lignes:
        return {}
    requete = (
        select(Preuve, Compte.libelle)
        .join(Compte, Preuve.auteur_id == Compte.id)
        .where(Preuve.sujet == sujet, Preuve.ligne_id.in_(lignes), Preuve.retiree_le.is_(None))
        .order_by(Preuve.id)
    )
    lues = session.execute(requete).all()
    visees = _read_lignes(session, table, [preuve for preuve, _auteur in lues])
    fiches: dict[int, list[FichePreuve]] = {}
    for preuve, auteur in lues:
        if _can_read(personne, preuve, visees):
            fiches.setdefault(preuve.ligne_id, []).append(_make_fiche(preuve, auteur))
    return fiches


def get_preuve(session: Session, personne: Personne, preuve_id: int) -> FichePreuve:
    """One file. Raises Introuvable alike for one that is absent, withdrawn, or not for this person."""
    trouvee = None
    if 0 < preuve_id <= ID_MAX:
        trouvee = session.execute(
            select(Preuve, Compte.libelle)
            .join(Compte, Preuve.auteur_id == Compte.id)
            .where(Preuve.id == preuve_id, Preuve.retiree_le.is_(None))
        ).one_or_none()
    if trouvee is not None and (table := TABLES.get(trouvee[0].sujet)) is not None:
        preuve, auteur = trouvee
        if _can_read(personne, preuve, _read_lignes(session, table, [preuve])):
            return _make_fiche(preuve, auteur)
    raise Introuvable(objet="preuve", valeur=preuve_id)


def _read_lignes(session: Session, table: type[Any], preuves: Iterable[Preuve]) -> dict[int, Any]:
    """What rights are judged on, by row id: the rows that the files prove, and those they were joined to first."""
    voulues = {numero for p in preuves for numero in (p.ligne_id, _get_premiere(p))}
    requete = select(table.id, table.etat, table.region_code, table.acteur_code, table.auteur_id)
    return {ligne.id: ligne for ligne in session.execute(requete.where(table.id.in_(voulues)))}


def _get_premiere(preuve: Preuve) -> int:
    return preuve.premiere_ligne_id or preuve.ligne_id


def _can_read(personne: Personne, preuve: Preuve, lignes: Mapping[int, Any]) -> bool:
    ligne, premiere = lignes.get(preuve.ligne_id), lignes.get(_get_premiere(preuve))
    if ligne is None or premiere is None:
        return False
    if can_read(personne, "preuves", premiere.region_code, premiere.acteur_code, premiere.auteur_id):
        return True
    publique = not preuve.restreinte and ligne.etat is EtatSuivi.VALIDE
    return publique and can_read(personne, "lignes_validees", ligne.region_code, ligne.acteur_code, ligne.auteur_id)


def _make_fiche(preuve: Preuve, auteur: str) -> FichePreuve:
    return FichePreuve(
        preuve.id, preuve.sujet, preuve.ligne_id, preuve.nom, preuve.type_mime, preuve.taille, preuve.empreinte,
        preuve.libelle, preuve.restreinte, preuve.auteur_id, auteur, preuve.cree_le,
    )  # fmt: skip
