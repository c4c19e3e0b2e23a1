"""Invented rows of the registers that are not official: a meeting to validate with its agenda, a support returned, others begun."""

from __future__ import annotations

from datetime import date
from typing import Any

from ccm_data.domain.calendrier import Trimestre
from ccm_data.domain.vocabulaire import (
    CadreAppui,
    College,
    EtatHypothese,
    EtatSuivi,
    NatureAppui,
    NatureHypothese,
    NaturePratique,
    NatureSensibilisation,
    NiveauPartenariat,
    TypePartenariat,
    TypeProduit,
)
from ccm_data.models.base import Base
from ccm_data.models.instances import MembreInstance, PointOrdreDuJour, Recommandation, Rencontre
from ccm_data.models.registres import (
    Appui,
    BonnePratique,
    Partenariat,
    ProduitCommunication,
    Sensibilisation,
    SuiviHypothese,
)
from ccm_data.reference.demonstration.attente import BROUILLON, RETOURNE, SOUMIS, make_attente
from ccm_data.reference.demonstration.suivi import Auteurs, make_valide

RENCONTRE = "CCM-TAHOUA-2026-02"


def list_attente(auteurs: Auteurs) -> list[Base]:
    """Everything that waits in the registers, and one row that a correction replaced."""
    return [*_list_instances(auteurs), *_list_registres(auteurs), _make_remplacee(auteurs)]


def _list_instances(auteurs: Auteurs) -> list[Base]:
    """The last meeting of Tahoua, with what was said and asked; a member proposed in Maradi."""
    tahoua: dict[str, Any] = make_attente(auteurs, SOUMIS, "NE005")
    return [
        Rencontre(
            **tahoua, code=RENCONTRE, instance_code="ccm-tahoua", intitule="Rencontre ordinaire (démonstration)",
            date_rencontre=date(2026, 9, 10), heure="09:30", lieu="Tahoua", dossier_partage_le=date(2026, 9, 2),
            presents="drecm-r-tahoua;ctr;oim;jmed", suites="Relancer les communes absentes.",
        ),
        PointOrdreDuJour(
            **tahoua, rencontre_code=RENCONTRE, numero=1, intitule="Situation migratoire de la région",
            points_cles="Passages en hausse à Abalak.",
        ),
        Recommandation(
            **tahoua, code="REC-2026-101", rencontre_code=RENCONTRE, point_numero=1, responsable_code="drecm-r-tahoua",
            texte="Ouvrir un point d’information à Abalak (démonstration)", echeance=date(2027, 1, 31), activite_code="3.1.3",
        ),
        MembreInstance(
            **make_attente(auteurs, SOUMIS, "NE004"), instance_code="ccm-maradi", membre_code="jmed", college=College.OSC,
            admis_le=date(2026, 7, 9),
        ),
        Rencontre(
            **make_attente(auteurs, BROUILLON, "NE006"), code="CCM-TILLABERI-2026-01", instance_code="ccm-tillaberi",
            intitule="Rencontre de reprise (démonstration)", date_rencontre=date(2027, 1, 14),
        ),
    ]  # fmt: skip


def _list_registres(auteurs: Auteurs) -> list[Base]:
    """What regions and organisations proposed."""
    return [
        Sensibilisation(
            **make_attente(auteurs, SOUMIS, "NE005"), nature=NatureSensibilisation.MISSION, lieu="Illéla",
            intitule="Mission de sensibilisation, Illéla (démonstration)", date_debut=date(2026, 9, 15), activite_code="1.2",
            etat_femmes=6, etat_hommes=14, osc_femmes=4, osc_hommes=3,
        ),
        Appui(
            **make_attente(auteurs, RETOURNE, "NE001", "oim"), cadre=CadreAppui.DREC_MR, institution_code="oim",
            beneficiaire_code="drecm-r-agadez", nature=NatureAppui.EQUIPEMENT, equipements="2 motos",
            intitule="Motos pour les comités de veille (démonstration)", date_debut=date(2026, 8, 24),
        ),
        ProduitCommunication(
            **make_attente(auteurs, SOUMIS, None, "remiddh"), type=TypeProduit.DEPLIANT, langues="français; zarma",
            intitule="Droits et recours en chemin (démonstration)", date_diffusion=date(2026, 9, 7), exemplaires=800,
        ),
        BonnePratique(
            **make_attente(auteurs, BROUILLON, "NE005", "giz"), nature=NaturePratique.LECON_APPRISE,
            titre="Préparer les communes avant l’atelier (démonstration)", date_constat=date(2026, 9, 21),
        ),
        Partenariat(
            **make_attente(auteurs, BROUILLON, None), type=TypePartenariat.RENCONTRE, niveau=NiveauPartenariat.REGIONAL,
            intitule="Atelier sur les observatoires (démonstration)", date_debut=date(2026, 9, 29), pays="Bénin",
        ),
        SuiviHypothese(
            **make_attente(auteurs, SOUMIS, None), objectif_code="3.2", nature=NatureHypothese.HYPOTHESE,
            date_constat=date(2026, 9, 28), niveau=EtatHypothese.INCERTAIN, constat="Trois membres formés (démonstration)",
        ),
    ]  # fmt: skip


def _make_remplacee(auteurs: Auteurs) -> Base:
    """A first list of those who came in Maradi, corrected since."""
    champs = make_valide(auteurs, "NE004", Trimestre(2025, 2)) | {"etat": EtatSuivi.REMPLACE}
    return Rencontre(
        **champs, code="CCM-MARADI-2025-01", instance_code="ccm-maradi", intitule="Rencontre ordinaire (démonstration)",
        date_rencontre=date(2025, 6, 19), presents="drecm-r-maradi;oim",
    )  # fmt: skip
