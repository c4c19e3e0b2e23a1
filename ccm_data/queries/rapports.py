"""Reports owed and given: the obligations of the plan's quarters, and how complete they are.

Who owes: each region that the SP/CCM declared concerned by an activity; the SP/CCM itself for activities without region.
Source: règles de calcul, 3.
"""

from __future__ import annotations

from datetime import date

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.db import read_frame
from ccm_data.domain.calendrier import DERNIER_TRIMESTRE, PREMIER_TRIMESTRE, Trimestre, get_dernier_trimestre_fini
from ccm_data.domain.plan import compute_annees_programmees, compute_prevu
from ccm_data.domain.rapports import (
    DUS,
    EN_RETARD,
    REPRISE,
    Completude,
    compute_completude,
    compute_completude_regions,
    compute_obligations,
)
from ccm_data.domain.seuils import Seuils, read_seuils
from ccm_data.models.suivi import MiseAJour
from ccm_data.queries.decisions import list_decisions, list_seuils
from ccm_data.queries.plan import list_activites, list_annees


def get_seuils(session: Session) -> Seuils:
    """Thresholds in force."""
    return read_seuils(list_seuils(session))


def list_annees_programmees(session: Session) -> pd.DataFrame:
    """Years in which activities are scheduled, marked or entered: activite_code, annee."""
    prevu = compute_prevu(
        list_activites(session),
        list_annees(session),
        list_decisions(session, "montant_annuel"),
        list_decisions(session, "montant_retenu"),
    )
    return compute_annees_programmees(prevu)


def list_declarants(session: Session) -> pd.DataFrame:
    """Who reports on what: activite_code, region_code (None: the SP/CCM itself, where no region is declared)."""
    regions = list_decisions(session, "region_concernee")[["activite_code", "region_code"]]
    sans = [c for c in list_activites(session)["code"] if c not in set(regions["activite_code"])]
    nationales = pd.DataFrame({"activite_code": sans, "region_code": [None] * len(sans)}, dtype=object)
    return pd.concat([regions.astype(object), nationales], ignore_index=True)


def list_obligations(session: Session, date_arrete: date, aujourd_hui: date) -> pd.DataFrame:
    """Every report owed up to the last quarter ended by the date d'arrêté (see `compute_obligations` for columns)."""
    seuils = get_seuils(session)
    jusqua = min(get_dernier_trimestre_fini(date_arrete), DERNIER_TRIMESTRE)
    soumissions = read_frame(
        session,
        select(
            MiseAJour.activite_code,
            MiseAJour.region_code,
            MiseAJour.acteur_code,
            MiseAJour.annee,
            MiseAJour.trimestre,
            MiseAJour.etat,
            MiseAJour.rien_a_signaler,
            MiseAJour.retour_avant_le,
        ),
    )
    if jusqua < PREMIER_TRIMESTRE:
        jusqua = PREMIER_TRIMESTRE.precedent()
    return compute_obligations(
        list_declarants(session),
        list_annees_programmees(session),
        soumissions,
        jusqua,
        seuils.delai_rapport_jours,
        Trimestre.from_code(seuils.premier_trimestre_du),
        aujourd_hui,
    )


def get_completude(session: Session, date_arrete: date, aujourd_hui: date) -> Completude:
    """Declarants who gave all their reports of the last quarter ended by the date."""
    obligations = list_obligations(session, date_arrete, aujourd_hui)
    return compute_completude(obligations, get_dernier_trimestre_fini(date_arrete))


def list_completude_regions(session: Session, date_arrete: date, aujourd_hui: date) -> pd.DataFrame:
    """Reports of the last ended quarter per region: region_code (None: SP/CCM), rendus, attendus, en_retard."""
    obligations = list_obligations(session, date_arrete, aujourd_hui)
    return compute_completude_regions(obligations, get_dernier_trimestre_fini(date_arrete))


def list_dus(session: Session, date_arrete: date, aujourd_hui: date, region: str | None = None) -> pd.DataFrame:
    """Reports still owed, the most pressing first; one region's where it is given."""
    obligations = list_obligations(session, date_arrete, aujourd_hui)
    dus = obligations[obligations["etat"].isin(DUS) & (obligations["etat"] != REPRISE)]
    if region is not None:
        dus = dus[dus["region_code"] == region]
    return dus.sort_values(["echeance", "region_code", "activite_code"], na_position="last", ignore_index=True)


def list_silencieux(session: Session, date_arrete: date, aujourd_hui: date) -> list[str | None]:
    """Declarants late for the last ended quarter, region codes in alphabetical order (None: SP/CCM) — no league table."""
    obligations = list_obligations(session, date_arrete, aujourd_hui)
    code = get_dernier_trimestre_fini(date_arrete).code
    retards = obligations[(obligations["code"] == code) & (obligations["etat"] == EN_RETARD)]
    return sorted({None if pd.isna(r) else str(r) for r in retards["region_code"]}, key=lambda r: (r is None, r or ""))
