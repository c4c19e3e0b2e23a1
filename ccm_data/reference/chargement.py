"""Loading the plan's files into the database: idempotent, in the caller's transaction.

Rows are inserted or updated by their key and never deleted (follow-up may point at them); decisions of the SP/CCM
live in other tables and are never touched; an actor that the SP/CCM edited keeps his edit. The fingerprint of the
files stands in `installation`, so that a start with unchanged files costs one read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.db import compute_cle_tri
from ccm_data.models import acteurs, coordination, instances, plan, territoire
from ccm_data.models.base import Base
from ccm_data.reference.lecture import DOSSIER, FICHIERS, read_plan

CLE_EMPREINTE = "empreinte_plan"
FORME = "1"  # raise it when the loading itself changes

# file → table, in the order that foreign keys ask
TABLES: tuple[tuple[str, type[Base]], ...] = (
    ("plan", plan.Plan),
    ("axes", plan.Axe),
    ("objectifs", plan.Objectif),
    ("pmm", plan.ObjectifPmm),
    ("actions", plan.Action),
    ("actions_pmm", plan.ActionPmm),
    ("activites", plan.Activite),
    ("activites_annees", plan.ActiviteAnnee),
    ("activites_beneficiaires", plan.ActiviteBeneficiaire),
    ("indicateurs", plan.Indicateur),
    ("sources_verification", plan.SourceVerification),
    ("hypotheses_risques", plan.HypotheseRisque),
    ("problematiques", plan.Problematique),
    ("sigles", plan.Sigle),
    ("variantes", plan.Variante),
    ("contradictions", plan.Contradiction),
    ("regions", territoire.Region),
    ("alias_regions", territoire.AliasRegion),
    ("departements", territoire.Departement),
    ("localites", territoire.Localite),
    ("acteurs", acteurs.Acteur),
    ("alias_acteurs", acteurs.AliasActeur),
    ("termes", coordination.Terme),
    ("instances", instances.Instance),
)
OBLIGATOIRES_VIDES = {"section", "valeur"}


def compute_empreinte(dossier: Path = DOSSIER) -> str:
    """Fingerprint of the plan's files and of the way they are loaded."""
    somme = hashlib.sha256(FORME.encode())
    for nom in FICHIERS:
        somme.update((dossier / f"{nom}.csv").read_bytes())
    return somme.hexdigest()


def _to_python(valeur: Any) -> Any:
    if valeur is None or valeur is pd.NA or (isinstance(valeur, float) and pd.isna(valeur)):
        return None
    return valeur.item() if hasattr(valeur, "item") else valeur


def _complete_acteur(ligne: dict[str, Any]) -> dict[str, Any]:
    ligne["cle_tri"] = compute_cle_tri(ligne["sigle"] or ligne["nom"])
    for champ in ("valide_du", "valide_au"):
        ligne[champ] = date.fromisoformat(ligne[champ]) if ligne[champ] else None
    return ligne


def _complete_alias(ligne: dict[str, Any]) -> dict[str, Any]:
    ligne["cle"] = compute_cle_tri(ligne["alias"])
    return ligne


def _complete_instance(ligne: dict[str, Any]) -> dict[str, Any]:
    ligne["a_confirmer"] = bool(ligne["a_confirmer"])
    return ligne


def _keep(ligne: dict[str, Any]) -> dict[str, Any]:
    return ligne


COMPLETIONS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "acteurs": _complete_acteur,
    "alias_acteurs": _complete_alias,
    "instances": _complete_instance,
}


def _enum_of(table: type[Base], champ: str) -> Any:
    return getattr(table.__table__.columns[champ].type, "enum_class", None)


def _list_values(nom: str, table: type[Base], cadre: pd.DataFrame) -> list[dict[str, Any]]:
    lignes = []
    enums: dict[str, Any] = {str(c): _enum_of(table, c) for c in cadre.columns if c in table.__table__.columns}
    for brut in cadre.to_dict("records"):
        ligne = {str(c): _to_python(v) for c, v in brut.items()}
        for champ, enum in enums.items():
            if enum is not None and ligne[champ] is not None:
                ligne[champ] = enum(ligne[champ])
            elif ligne[champ] is None and champ in OBLIGATOIRES_VIDES:
                ligne[champ] = ""
        lignes.append(COMPLETIONS.get(nom, _keep)(ligne))
    return lignes


def _upsert(session: Session, table: type[Base], lignes: list[dict[str, Any]]) -> int:
    """Insert what is new, change what differs; the number of rows touched."""
    cles = [str(c.key) for c in table.__mapper__.primary_key]
    existants = {tuple(getattr(x, c) for c in cles): x for x in session.scalars(select(table))}
    touches = 0
    for ligne in lignes:
        present = existants.get(tuple(ligne[c] for c in cles))
        if present is None:
            session.add(table(**ligne))
            touches += 1
            continue
        if getattr(present, "modifie_spccm", False):
            continue
        differences = {c: v for c, v in ligne.items() if getattr(present, c) != v}
        for champ, valeur in differences.items():
            setattr(present, champ, valeur)
        touches += bool(differences)
    session.flush()
    return touches


def load_reference(session: Session, dossier: Path = DOSSIER) -> dict[str, int]:
    """Load what changed: file → rows inserted or changed ({} when the files are those already loaded).

    Raises FichierIllisible when a file of the plan cannot be read.
    """
    empreinte = compute_empreinte(dossier)
    connue = session.get(plan.Installation, CLE_EMPREINTE)
    if connue is not None and connue.valeur == empreinte:
        return {}
    cadres = read_plan(dossier)
    # Actors and departments point at regions: parents first, whatever the files' own order.
    ordre = sorted(TABLES, key=lambda t: t[0] not in {"regions"})
    touches = {nom: _upsert(session, table, _list_values(nom, table, cadres[nom])) for nom, table in ordre}
    if connue is None:
        session.add(plan.Installation(cle=CLE_EMPREINTE, valeur=empreinte))
    else:
        connue.valeur = empreinte
    session.flush()
    return touches
