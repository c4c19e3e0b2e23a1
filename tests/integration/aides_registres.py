"""Rows of the registers for tests, straight into the database."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from ccm_data.domain.vocabulaire import EtatSuivi
from ccm_data.queries.suivi import TABLES
from tests.integration.aides_commandes import MAINTENANT

# What a row of each register says unless a test says otherwise.
MODELES: dict[str, dict[str, Any]] = {
    "sensibilisation": {"nature": "mission", "intitule": "Mission", "date_debut": date(2025, 3, 4)},
    "appui": {
        "cadre": "institutionnel", "intitule": "Appui", "institution_code": "oim", "nature": "technique",
        "date_debut": date(2025, 3, 4),
    },
    "produit_communication": {"intitule": "Affiche", "type": "affiche", "date_diffusion": date(2025, 3, 4)},
    "bonne_pratique": {"nature": "bonne_pratique", "titre": "Titre", "date_constat": date(2025, 3, 4)},
    "suivi_hypothese": {
        "objectif_code": "1", "nature": "risque", "date_constat": date(2025, 3, 4), "niveau": "incertain",
    },
    "partenariat": {
        "type": "rencontre", "niveau": "regional", "intitule": "Atelier", "date_debut": date(2025, 3, 4),
    },
    "poste_spccm": {"intitule": "Secrétariat", "payeur": "etat"},
    "etape_perennisation": {"nature": "evaluation", "date_etape": date(2025, 3, 4)},
    "comite_veille": {
        "region_code": "NE001", "nom": "Comité d’Arlit", "niveau": "commune", "statut": "operationnel",
        "date_creation": date(2024, 5, 6),
    },
    "point_information": {"region_code": "NE001", "nom": "Point d’Arlit", "statut": "planifie"},
    "point_focal": {"region_code": "NE001", "nom": "Point focal, Agadez"},
}  # fmt: skip


def add_ligne_registre(session: Session, sujet: str, etat: EtatSuivi = EtatSuivi.VALIDE, **champs: Any) -> Any:
    """A row of this register, sent by account 1 and validated by account 2 where it is validated."""
    valide = {"valide_le": MAINTENANT, "valide_par_id": 2} if etat is EtatSuivi.VALIDE else {}
    ligne = TABLES[sujet](
        **MODELES[sujet] | {"etat": etat, "auteur_id": 1, "cree_le": MAINTENANT} | valide | champs,
    )
    session.add(ligne)
    session.flush()
    return ligne
