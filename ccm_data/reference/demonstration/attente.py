"""Invented rows that are not official: to validate, returned, begun, replaced. They make the queues speak."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from ccm_data.domain.calendrier import Trimestre
from ccm_data.domain.montants import PARITE_EUR, convert_eur_xof
from ccm_data.domain.vocabulaire import (
    EtatSuivi,
    NiveauComite,
    Phase,
    StatutActivite,
    StatutComite,
    StatutPoint,
    TypeFinancement,
)
from ccm_data.models.base import Base
from ccm_data.models.suivi import (
    ComiteVeille,
    EcritureBudgetaire,
    MiseAJour,
    PointInformation,
    Presence,
    ValeurIndicateur,
)
from ccm_data.reference.demonstration import scenario as s
from ccm_data.reference.demonstration.suivi import Auteurs, make_valide

SOUMIS, RETOURNE, BROUILLON = EtatSuivi.SOUMIS, EtatSuivi.RETOURNE, EtatSuivi.BROUILLON
NOTE = "Démonstration : la source de vérification manque."
AVANT_LE = date(2026, 12, 15)
T3 = {"annee": 2026, "trimestre": 3}


def make_attente(
    auteurs: Auteurs, etat: EtatSuivi, region: str | None, acteur: str | None = None, **plus: Any
) -> dict[str, Any]:
    """Columns of a row of this state, sent (or begun) by the region's focal point or by an organisation."""
    quand = s.say_rapport_valide(s.DERNIER) - timedelta(days=3)
    retour = {"note_retour": NOTE, "retour_avant_le": AVANT_LE} if etat is RETOURNE else {}
    return {
        "etat": etat,
        "auteur_id": auteurs.acteurs[acteur] if acteur else auteurs.get(region),
        "cree_le": quand - timedelta(days=1),
        "soumis_le": None if etat is BROUILLON else quand,
        "region_code": region,
        "acteur_code": acteur,
        "source": s.SOURCE,
        **retour,
        **plus,
    }


def list_attente(auteurs: Auteurs) -> list[Base]:
    """Everything that waits, and one row that a correction replaced."""
    return [
        *_list_mises_a_jour(auteurs),
        *_list_valeurs(auteurs),
        *_list_ecritures(auteurs),
        *_list_lieux(auteurs),
        _make_remplacee(auteurs),
    ]


def _list_mises_a_jour(auteurs: Auteurs) -> list[Base]:
    """T3 2026 of the late regions: sent by Tahoua, returned to Zinder, begun in Tillabéri; a correction in Dosso."""
    rangees = (
        (SOUMIS, "NE005", "3.1.3", 3, 80),
        (SOUMIS, "NE005", "3.1.4", 3, 56),
        (RETOURNE, "NE007", "3.1.4", 3, 62),
        (BROUILLON, "NE006", "3.1.3", 3, 38),
        (BROUILLON, "NE003", "3.1.4", 2, 50),
    )
    return [
        MiseAJour(
            **make_attente(auteurs, etat, region), activite_code=code, annee=2026, trimestre=trimestre, avancement=part,
            statut=StatutActivite.EN_COURS, narratif="Démonstration : récit inventé.",
        )
        for etat, region, code, trimestre, part in rangees
    ]  # fmt: skip


def _list_valeurs(auteurs: Auteurs) -> list[Base]:
    rangees = (
        (SOUMIS, "NE005", "1.c", 1),
        (SOUMIS, "NE005", "1.d", 24),
        (SOUMIS, "NE005", "3.1.a", 1),
        (RETOURNE, "NE007", "1.d", 310),
        (BROUILLON, "NE006", "1.d", 12),
    )
    return [
        ValeurIndicateur(**make_attente(auteurs, etat, region), **T3, indicateur_code=code, valeur=valeur)
        for etat, region, code, valeur in rangees
    ]


def _list_ecritures(auteurs: Auteurs) -> list[Base]:
    """What two organisations declared: one in euros, one returned, one begun."""
    euros = Decimal("2500.00")
    commun = {
        "annee": 2026,
        "phase": Phase.PAYE,
        "type_financement": TypeFinancement.PTF,
        "date_operation": date(2026, 9, 24),
    }
    return [
        EcritureBudgetaire(
            **make_attente(auteurs, SOUMIS, None, "oim"), **commun, activite_code="3.1.3", bailleur_code="oim",
            montant_fcfa=2_700_000, reference_document="DEMO-OIM-2026-09",
        ),
        EcritureBudgetaire(
            **make_attente(auteurs, SOUMIS, None, "giz"), **commun, activite_code="5.1", bailleur_code="giz",
            montant_fcfa=convert_eur_xof(euros), montant_origine=euros, devise="EUR", taux=PARITE_EUR,
            taux_source="Parité fixe, 1 EUR = 655,957 XOF", reference_document="DEMO-GIZ-2026-09",
        ),
        EcritureBudgetaire(
            **make_attente(auteurs, RETOURNE, None, "giz"), **commun, activite_code="4.2", bailleur_code="giz",
            montant_fcfa=950_000,
        ),
        EcritureBudgetaire(
            **make_attente(auteurs, BROUILLON, None, "oim"), **commun, activite_code="4.3", bailleur_code="oim",
            montant_fcfa=400_000,
        ),
    ]  # fmt: skip


def _list_lieux(auteurs: Auteurs) -> list[Base]:
    return [
        ComiteVeille(
            **make_attente(auteurs, SOUMIS, "NE004"), nom="Comité de veille d’Aguié", niveau=NiveauComite.COMMUNE,
            statut=StatutComite.CREE, commune="Aguié", lat=13.506, lon=7.7786, langues="haoussa;français",
            date_creation=date(2026, 9, 10),
        ),
        ComiteVeille(
            **make_attente(auteurs, BROUILLON, "NE007"), nom="Comité de veille de Gouré", niveau=NiveauComite.COMMUNE,
            statut=StatutComite.PLANIFIE, commune="Gouré", lat=13.9835, lon=10.2704, langues="haoussa;kanouri",
        ),
        PointInformation(
            **make_attente(auteurs, SOUMIS, "NE001"), nom="Point d’information de Bilma", statut=StatutPoint.PLANIFIE,
            commune="Bilma", lat=18.6853, lon=12.9164, langues="tamajeq;haoussa;arabe", route="Agadez – Dirkou – Libye",
        ),
        Presence(
            **make_attente(auteurs, SOUMIS, "NE003", "remiddh"), domaine="Défense des droits humains",
            depuis=date(2026, 7, 1),
        ),
    ]  # fmt: skip


def _make_remplacee(auteurs: Auteurs) -> Base:
    """A first figure of Agadez for T2 2026, corrected since."""
    champs = make_valide(auteurs, "NE001", Trimestre(2026, 2)) | {"etat": EtatSuivi.REMPLACE}
    return MiseAJour(
        **champs, activite_code="3.1.3", annee=2026, trimestre=2, avancement=96, statut=StatutActivite.EN_COURS
    )
