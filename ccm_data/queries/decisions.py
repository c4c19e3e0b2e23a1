"""Reading what the SP/CCM has decided and that is in force; history on demand."""

from __future__ import annotations

from typing import Any, Final

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
)

CIBLE_FINALE: Final = "cible_finale"  # a setting of the indicator: see `domain.cibles`
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


# What a decision is about, in the order of `list_ids`.
CLES: dict[str, tuple[str, ...]] = {
    "cible": ("indicateur_code", "annee", "region_code"),
    "reference": ("indicateur_code", "region_code"),
    "montant_annuel": ("activite_code", "annee"),
    "montant_retenu": ("objet", "objet_code"),
    "choix_contradiction": ("contradiction_code",),
    "region_concernee": ("activite_code", "region_code"),
    "reglage_indicateur": ("indicateur_code", "champ"),
    "seuil": ("nom",),
}


def list_ids(session: Session, sujet: str) -> dict[tuple[Any, ...], int]:
    """What is in force, by what it is about (see CLES; a national target or baseline has no region): the row's id."""
    table = TABLES[sujet]
    requete = select(table.id, *(getattr(table, cle) for cle in CLES[sujet])).where(table.remplace_le.is_(None))
    return {tuple(cle): int(ligne_id) for ligne_id, *cle in session.execute(requete)}


def list_cibles(session: Session) -> dict[tuple[str, str | None], dict[int, float]]:
    """Targets in force that are figures: (indicator, region or None for national) → year → target."""
    cibles: dict[tuple[str, str | None], dict[int, float]] = {}
    requete = select(Cible.indicateur_code, Cible.region_code, Cible.annee, Cible.valeur).where(
        Cible.remplace_le.is_(None)
    )
    for code, region, annee, valeur in session.execute(requete.order_by(Cible.annee)):
        if valeur is not None:
            cibles.setdefault((code, region), {})[int(annee)] = float(valeur)
    return cibles


def list_cibles_finales(session: Session) -> dict[str, float]:
    """The final target that the SP/CCM stated, compared with the yearly ones and otherwise unused."""
    requete = select(ReglageIndicateur.indicateur_code, ReglageIndicateur.valeur).where(
        ReglageIndicateur.champ == CIBLE_FINALE, ReglageIndicateur.remplace_le.is_(None)
    )
    return {str(code): float(valeur) for code, valeur in session.execute(requete)}


def list_seuils(session: Session) -> dict[str, str]:
    """Thresholds that the SP/CCM changed: name → value as text."""
    requete = select(SeuilDecide.nom, SeuilDecide.valeur).where(SeuilDecide.remplace_le.is_(None))
    return dict(session.execute(requete).all())
