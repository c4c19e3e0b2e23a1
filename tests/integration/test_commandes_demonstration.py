"""The demonstration is written on both databases, and its queues can be worked through by the commands."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from ccm_data.commands import suivi
from ccm_data.commands.sujets import SUJETS
from ccm_data.domain.permissions import Personne
from ccm_data.domain.vocabulaire import EtatSuivi, Role
from ccm_data.models.comptes import Compte
from ccm_data.models.suivi import EcritureBudgetaire, MiseAJour
from ccm_data.reference.demonstration.chargement import write_demonstration

MAINTENANT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def test_all_that_waits_can_be_validated_by_somebody_else(moteur: Engine) -> None:
    with Session(moteur) as session:
        write_demonstration(session)
        assert (session.scalar(select(func.count(MiseAJour.id))) or 0) > 900
        assert (session.scalar(select(func.sum(EcritureBudgetaire.montant_fcfa))) or 0) > 1_000_000_000
        compte = session.scalars(select(Compte).where(Compte.identifiant == "se.demo")).one()
        personne = Personne(Role.SUIVI_EVALUATION, compte.id)
        faits: Counter[str] = Counter()
        for nom, sujet in SUJETS.items():
            attente = session.scalars(select(sujet.table).where(sujet.table.etat == EtatSuivi.SOUMIS)).all()
            for ligne in attente:
                suivi.validate_ligne(session, personne, MAINTENANT, nom, ligne.id, ligne.version)
                faits[nom] += 1
        assert faits["mise_a_jour"] == 2
        assert sum(faits.values()) >= 8
        session.rollback()
