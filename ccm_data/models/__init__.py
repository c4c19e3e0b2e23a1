"""The tables, one file per subject; importing this package registers them all."""

from ccm_data.models import (
    acteurs,
    comptes,
    coordination,
    decisions,
    depots,
    documents,
    evaluations,
    instances,
    plan,
    plans,
    registres,
    requetes,
    seances,
    suivi,
    territoire,
    verdicts,
)
from ccm_data.models.base import Base

__all__ = [
    "Base",
    "acteurs",
    "comptes",
    "coordination",
    "decisions",
    "depots",
    "documents",
    "evaluations",
    "instances",
    "plan",
    "plans",
    "registres",
    "requetes",
    "seances",
    "suivi",
    "territoire",
    "verdicts",
]
