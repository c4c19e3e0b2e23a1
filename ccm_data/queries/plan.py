"""Reading the plan: axes, objectives, activities with their place in the tree, marked years, indicators.

Frames keep the document's order. No rule is applied here.
"""

from __future__ import annotations

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.db import read_frame
from ccm_data.models.plan import (
    Action,
    ActionPmm,
    Activite,
    ActiviteAnnee,
    ActiviteBeneficiaire,
    Axe,
    HypotheseRisque,
    Indicateur,
    Objectif,
    ObjectifPmm,
    Plan,
    Sigle,
    SourceVerification,
    Variante,
)


def get_plan(session: Session) -> dict[str, str]:
    """Printed facts about the whole plan: key → value."""
    return {ligne.cle: ligne.valeur for ligne in session.scalars(select(Plan))}


def list_axes(session: Session) -> pd.DataFrame:
    """Columns: code, intitule, libelle_court, cout_imprime_fcfa."""
    return read_frame(
        session, select(Axe.code, Axe.intitule, Axe.libelle_court, Axe.cout_imprime_fcfa).order_by(Axe.ordre)
    )


def list_objectifs(session: Session) -> pd.DataFrame:
    """Columns: code, axe_code, intitule, resultat."""
    return read_frame(
        session,
        select(Objectif.code, Objectif.axe_code, Objectif.intitule, Objectif.resultat).order_by(Objectif.ordre),
    )


def list_actions(session: Session) -> pd.DataFrame:
    """Columns: code, objectif_code, axe_code, intitule, cout_imprime_fcfa, references_pnm, references_pmm_texte."""
    return read_frame(
        session,
        select(
            Action.code,
            Action.objectif_code,
            Objectif.axe_code,
            Action.intitule,
            Action.cout_imprime_fcfa,
            Action.references_pnm,
            Action.references_pmm_texte,
        )
        .join(Objectif, Action.objectif_code == Objectif.code)
        .order_by(Action.ordre),
    )


def list_actions_pmm(session: Session) -> pd.DataFrame:
    """Columns: action_code, objectif_pmm."""
    return read_frame(
        session,
        select(ActionPmm.action_code, ActionPmm.objectif_pmm).order_by(ActionPmm.action_code, ActionPmm.objectif_pmm),
    )


def list_activites(session: Session) -> pd.DataFrame:
    """Columns: code, action_code, objectif_code, axe_code, ordre, intitule, libelle_court, cout_fcfa,
    structures_beneficiaires.
    """
    return read_frame(
        session,
        select(
            Activite.code,
            Activite.action_code,
            Action.objectif_code,
            Objectif.axe_code,
            Activite.ordre,
            Activite.intitule,
            Activite.libelle_court,
            Activite.cout_fcfa,
            Activite.structures_beneficiaires,
        )
        .join(Action, Activite.action_code == Action.code)
        .join(Objectif, Action.objectif_code == Objectif.code)
        .order_by(Activite.ordre),
    )


def list_annees(session: Session) -> pd.DataFrame:
    """Marked years. Columns: activite_code, annee."""
    return read_frame(
        session,
        select(ActiviteAnnee.activite_code, ActiviteAnnee.annee).order_by(
            ActiviteAnnee.activite_code, ActiviteAnnee.annee
        ),
    )


def list_beneficiaires(session: Session) -> pd.DataFrame:
    """Columns: activite_code, ordre, libelle, categorie."""
    return read_frame(
        session,
        select(
            ActiviteBeneficiaire.activite_code,
            ActiviteBeneficiaire.ordre,
            ActiviteBeneficiaire.libelle,
            ActiviteBeneficiaire.categorie,
        ).order_by(ActiviteBeneficiaire.activite_code, ActiviteBeneficiaire.ordre),
    )


def list_indicateurs(session: Session) -> pd.DataFrame:
    """The 26 indicators with their default settings and axis, in order; columns of the table plus axe_code."""
    colonnes = [c for c in Indicateur.__table__.columns if c.key != "section"]
    return read_frame(
        session,
        select(*colonnes, Objectif.axe_code)
        .join(Objectif, Indicateur.objectif_code == Objectif.code)
        .order_by(Indicateur.ordre),
    )


def list_sources_verification(session: Session) -> pd.DataFrame:
    """Columns: objectif_code, ordre, texte, section."""
    return read_frame(
        session,
        select(
            SourceVerification.objectif_code,
            SourceVerification.ordre,
            SourceVerification.texte,
            SourceVerification.section,
        ).order_by(SourceVerification.objectif_code, SourceVerification.ordre),
    )


def list_hypotheses_risques(session: Session) -> pd.DataFrame:
    """Columns: objectif_code, nature (hypothese | risque), texte, section."""
    return read_frame(
        session,
        select(
            HypotheseRisque.objectif_code, HypotheseRisque.nature, HypotheseRisque.texte, HypotheseRisque.section
        ).order_by(HypotheseRisque.objectif_code, HypotheseRisque.nature),
    )


def list_variantes(session: Session) -> pd.DataFrame:
    """Other wordings. Columns: objet, code, champ, section, texte, prevaut."""
    return read_frame(
        session,
        select(
            Variante.objet, Variante.code, Variante.champ, Variante.section, Variante.texte, Variante.prevaut
        ).order_by(Variante.objet, Variante.code, Variante.champ),
    )


def list_pmm(session: Session) -> pd.DataFrame:
    """The 23 objectives of the Global Compact. Columns: numero, intitule, libelle_court."""
    return read_frame(
        session,
        select(ObjectifPmm.numero, ObjectifPmm.intitule, ObjectifPmm.libelle_court).order_by(ObjectifPmm.numero),
    )


def list_sigles(session: Session) -> pd.DataFrame:
    """Acronyms, listed or merely used (then `developpe` may be missing). Columns: sigle, developpe, section."""
    return read_frame(session, select(Sigle.sigle, Sigle.developpe, Sigle.section).order_by(Sigle.sigle))
