"""Interventions for tests, straight into the register."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from ccm_data.domain.vocabulaire import EtatSuivi
from ccm_data.models.coordination import Intervention
from tests.integration.aides_commandes import MAINTENANT


def add_intervention(
    session: Session, code: str, acteur: str, budget: int | None = 1000, **champs: Any
) -> Intervention:
    """A validated intervention on health in Agadez, by whoever, unless `champs` says otherwise."""
    ligne = Intervention(
        **{
            "code": code, "titre": code, "acteur_code": acteur, "themes": "sante", "regions": "NE001",
            "statut": "en_cours", "budget_fcfa": budget, "etat": EtatSuivi.VALIDE, "auteur_id": 1,
            "cree_le": MAINTENANT, "valide_le": MAINTENANT, "valide_par_id": 2,
        } | champs
    )  # fmt: skip
    session.add(ligne)
    session.flush()
    return ligne
