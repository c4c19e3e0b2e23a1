"""A validated file becomes a deposit: its rows sent for validation, all of them or none.

In the caller's transaction. What the preview rested on is looked at again, locked: a row that changed meanwhile stops the
whole deposit. The same bytes are taken once. Source: règles de calcul, 3.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from types import SimpleNamespace
from typing import Any, Final, cast

from sqlalchemy import Table, func, insert, select
from sqlalchemy.orm import Session

from ccm_data.commands.corrections import note_corrections
from ccm_data.commands.journal import make_ligne_journal, write_journal
from ccm_data.commands.suivi import resubmit
from ccm_data.commands.sujets import SUJETS, Sujet, get_default
from ccm_data.commands.transaction import add_numerotee
from ccm_data.domain.permissions import Personne
from ccm_data.domain.vocabulaire import EtatSuivi
from ccm_data.errors import AccesRefuse, Conflit, ValeurInvalide
from ccm_data.imports.existants import list_versions, make_cle
from ccm_data.imports.validation import LigneImport, Validation
from ccm_data.models.base import Base, to_dict
from ccm_data.models.comptes import Compte, Journal
from ccm_data.models.depots import Depot

PAR_ENVOI: Final = 500


def compute_empreinte(octets: bytes) -> str:
    """SHA-256 of the bytes received, as the receipt prints it."""
    return hashlib.sha256(octets).hexdigest()


def find_depot(session: Session, octets: bytes) -> Depot | None:
    """The deposit that already brought these very bytes, unless it was withdrawn."""
    requete = select(Depot).where(Depot.empreinte == compute_empreinte(octets), Depot.retire_le.is_(None))
    return session.scalar(requete)


def commit(
    session: Session,
    personne: Personne,
    maintenant: datetime,
    validation: Validation,
    nom: str | None,
    octets: bytes | None,
    *,
    ecarter: bool = False,
    reprise: bool = False,
) -> Depot:
    """Write exactly what the preview said. `ecarter`: leave the faulty rows out (they are counted on the receipt).

    `nom` and `octets` are None for a row typed in a form, which brings no file.
    Raises ValeurInvalide (bloquant, fautives, rien_a_deposer), Conflit (deja_recu, apercu_change), AccesRefuse.
    """
    _check(personne, validation, ecarter)
    lignes = validation.a_deposer
    depot = Depot(
        auteur_id=personne.compte_id,
        region_code=personne.region_code,
        acteur_code=personne.acteur_code,
        cree_le=maintenant,
        nom_fichier=None if octets is None else (nom or "sans nom")[:255],
        empreinte=None if octets is None else compute_empreinte(octets),
        taille=None if octets is None else len(octets),
        reprise=reprise,
        lignes=len(lignes),
        ecartees=validation.fautives,
    )
    add_numerotee(session, depot, f"D-{maintenant.year}-", lambda: _check_nouveau(session, octets))
    for sujet, siennes in groupby(sorted(lignes, key=lambda x: list(SUJETS).index(x.sujet)), key=lambda x: x.sujet):
        _write_sujet(session, personne, maintenant, SUJETS[sujet], list(siennes), depot)
    write_journal(
        session, maintenant, personne, "deposer", "depot", depot.id,
        resume=depot.numero, apres=to_dict(depot) | {"sha256": depot.empreinte},
        region_code=personne.region_code,
    )  # fmt: skip
    return depot


def _check_nouveau(session: Session, octets: bytes | None) -> None:
    if octets is not None and (deja := find_depot(session, octets)) is not None:
        raise Conflit("deja_recu", objet="depot", valeur=deja.numero, le=deja.cree_le)


def _check(personne: Personne, validation: Validation, ecarter: bool) -> None:
    if personne.compte_id is None:
        raise AccesRefuse(action="deposer", role=personne.role.value)
    if validation.bloquantes:
        raise ValeurInvalide("bloquant", champ="fichier", valeur=len(validation.bloquantes))
    if validation.fautives and not ecarter:
        raise ValeurInvalide("lignes_fautives", champ="fichier", valeur=validation.fautives)
    if not validation.a_deposer:
        raise ValeurInvalide("rien_a_deposer", champ="fichier", valeur=validation.inchangees)


def _write_sujet(
    session: Session, personne: Personne, maintenant: datetime, sujet: Sujet, lignes: list[LigneImport], depot: Depot
) -> None:
    connues = {x.existant.id: x.existant.version for x in lignes if x.existant is not None}
    if list_versions(session, sujet, connues) != connues:
        raise Conflit("apercu_change", objet=sujet.nom)
    for ligne in lignes:
        if ligne.nature == "modification" and ligne.existant is not None:
            resubmit(
                session,
                personne,
                maintenant,
                sujet.nom,
                ligne.existant.id,
                ligne.existant.version,
                ligne.valeurs,
                depot.id,
            )
    nouvelles = [x for x in lignes if x.nature != "modification"]
    for debut in range(0, len(nouvelles), PAR_ENVOI):
        _insert(session, personne, maintenant, sujet, nouvelles[debut : debut + PAR_ENVOI], depot)


def _get_table(modele: type[Base]) -> Table:
    """The bare table: ten thousand rows go in without the mapper."""
    return cast(Table, modele.__table__)


def _insert(
    session: Session,
    personne: Personne,
    maintenant: datetime,
    sujet: Sujet,
    lignes: Sequence[LigneImport],
    depot: Depot,
) -> None:
    """New rows and their journal lines, many at once."""
    fixes: dict[str, Any] = {
        "etat": EtatSuivi.SOUMIS, "version": 1, "auteur_id": personne.compte_id, "cree_le": maintenant,
        "soumis_le": maintenant, "depot_id": depot.id,
    }  # fmt: skip
    champs = sorted({c for x in lignes for c in x.valeurs})
    defauts = {c: get_default(sujet, c) for c in champs}
    valeurs = [
        {c: defauts[c] if x.valeurs.get(c) is None else x.valeurs[c] for c in champs} | fixes for x in lignes
    ]  # fmt: skip
    table = sujet.table
    _auteur = session.get(Compte, personne.compte_id)  # held, so that no journal line asks for it again
    dernier = session.scalar(select(func.max(table.id)).where(table.depot_id == depot.id)) or 0
    session.execute(insert(_get_table(table)), valeurs)
    # Read back rather than returned: SQLite would return them one statement each.
    nees = select(table.id).where(table.depot_id == depot.id, table.id > dernier).order_by(table.id)
    ids = session.scalars(nees).all()
    note_corrections(
        session, personne, sujet,
        {numero: dite.existant.id for numero, dite in zip(ids, lignes, strict=True)
         if dite.existant is not None and make_cle(sujet, dite.valeurs) != make_cle(sujet, dite.existant.valeurs)},
    )  # fmt: skip
    colonnes = list(sujet.genres)
    journal = []
    for numero, dites in zip(ids, valeurs, strict=True):
        ligne = SimpleNamespace(**(dict.fromkeys(colonnes) | dites | {"id": numero}))
        journal.append(
            make_ligne_journal(
                session, maintenant, personne, "soumettre", sujet.nom, numero,
                resume=sujet.titre(ligne), apres=vars(ligne), region_code=ligne.region_code,
            )
        )  # fmt: skip
    session.execute(insert(_get_table(Journal)), journal)
