"""Reading what the SP/CCM has decided and that is in force; history on demand."""

from __future__ import annotations

from typing import Any

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.db import read_frame
from ccm_data.models.comptes import Compte
from ccm_data.models.decisions import (
    ChoixContradiction,
    Cible,
    MontantAnnuel,
    MontantRetenu,
    Reference,
    RegionConcernee,
    ReglageIndicateur,
    SeuilDecide,
    TrimestreVerrouille,
)

TABLES: dict[str, type[Any]] = {
    "cible": Cible,
    "reference": Reference,
    "montant_annuel": MontantAnnuel,
    "montant_retenu": MontantRetenu,
    "choix_contradiction": ChoixContradiction,
    "region_concernee": RegionConcernee,
    "reglage_indicateur": ReglageIndicateur,
    "seuil": SeuilDecide,
}


def list_decisions(session: Session, sujet: str, *, historique: bool = False) -> pd.DataFrame:
    """The rows of one kind of decision (see TABLES): the table's columns plus `auteur` (the function, no name).

    In force only, unless `historique`. Raises KeyError for an unknown subject.
    """
    table = TABLES[sujet]
    requete = (
        select(*table.__table__.columns, Compte.libelle.label("auteur"))
        .join(Compte, table.auteur_id == Compte.id)
        .order_by(table.id)
    )
    if not historique:
        requete = requete.where(table.remplace_le.is_(None))
    return read_frame(session, requete)


# What a decision is about, in the order of `list_ids`: its keys, without those that the screen leaves empty.
CLES: dict[str, tuple[str, ...]] = {
    "cible": ("indicateur_code", "annee"),
    "reference": ("indicateur_code",),
    "montant_annuel": ("activite_code", "annee"),
    "montant_retenu": ("objet", "objet_code"),
    "choix_contradiction": ("contradiction_code",),
    "region_concernee": ("activite_code", "region_code"),
    "reglage_indicateur": ("indicateur_code", "champ"),
    "seuil": ("nom",),
}


def list_ids(session: Session, sujet: str) -> dict[tuple[Any, ...], int]:
    """What is in force, by what it is about (see CLES; national targets and baselines only): the row's id."""
    table = TABLES[sujet]
    requete = select(table.id, *(getattr(table, cle) for cle in CLES[sujet])).where(table.remplace_le.is_(None))
    if "region_code" in table.__table__.columns and "region_code" not in CLES[sujet]:
        requete = requete.where(table.region_code.is_(None))
    return {tuple(cle): int(ligne_id) for ligne_id, *cle in session.execute(requete)}


def list_seuils(session: Session) -> dict[str, str]:
    """Thresholds that the SP/CCM changed: name → value as text."""
    requete = select(SeuilDecide.nom, SeuilDecide.valeur).where(SeuilDecide.remplace_le.is_(None))
    return dict(session.execute(requete).all())


def list_trimestres_verrouilles(session: Session) -> set[tuple[int, int]]:
    """Closed quarters as (year, quarter)."""
    return {
        (annee, trimestre)
        for annee, trimestre in session.execute(
            select(TrimestreVerrouille.annee, TrimestreVerrouille.trimestre).where(
                TrimestreVerrouille.rouvert_le.is_(None)
            )
        )
    }
