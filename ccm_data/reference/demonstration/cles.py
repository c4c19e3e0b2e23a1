"""Invented decisions: regions concerned with weights, shares and numbers, baselines, targets, yearly amounts."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from ccm_data.domain.montants import split_largest_remainder
from ccm_data.domain.vocabulaire import StatutBase
from ccm_data.models.base import Base
from ccm_data.models.decisions import Cible, MontantAnnuel, Reference, RegionConcernee, TrimestreVerrouille
from ccm_data.reference.demonstration import scenario as s

MOMENT = datetime(2022, 3, 15, 9, 0, tzinfo=UTC)
VERROUILLES = tuple((annee, trimestre) for annee in (2022, 2023) for trimestre in (1, 2, 3, 4))


def _decide(auteur_id: int, source: str) -> dict[str, Any]:
    return {"auteur_id": auteur_id, "source": source, "date_source": s.DATE_DECISION, "decide_le": MOMENT}


def list_regions_concernees(couts: dict[str, int], auteur_id: int) -> list[RegionConcernee]:
    """Which regions an activity concerns; shares only for the few that are regionalised."""
    lignes = []
    for code, regions in s.AVANCEMENT_REGIONS.items():
        poids = [s.POIDS[r] for r in regions]
        parts: list[int | None] = [None] * len(regions)
        if code in s.REGIONALISES_FCFA:
            parts = list(split_largest_remainder(couts[code], poids))
        unite, nombres = s.NOMBRES.get(code, (None, {}))
        lignes += [
            RegionConcernee(
                **_decide(auteur_id, s.SOURCE_CLE),
                activite_code=code, region_code=region, poids=s.POIDS[region], part_fcfa=part,
                nombre_prevu=nombres.get(region), unite=unite if region in nombres else None,
            )
            for region, part in zip(regions, parts, strict=True)
        ]  # fmt: skip
    return lignes


def list_cibles(auteur_id: int) -> list[Base]:
    """Baselines and targets. Some indicators have no target, one no value at all: the screens show it."""
    lignes: list[Base] = [
        Reference(**_decide(auteur_id, s.SOURCE), indicateur_code=code, statut=StatutBase.CONNUE, valeur=valeur)
        for code, valeur in s.BASES.items()
    ]
    for code, (_, cibles) in s.INDICATEURS.items():
        for annee, cible in cibles.items():
            niveau = cible if isinstance(cible, str) else None
            valeur = None if niveau else cible
            lignes.append(
                Cible(**_decide(auteur_id, s.SOURCE), indicateur_code=code, annee=annee, valeur=valeur, niveau=niveau)
            )
    return lignes


def list_montants(auteur_id: int) -> list[Base]:
    """Real yearly amounts entered for one activity (4.2), and closed quarters."""
    montants: list[Base] = [
        MontantAnnuel(**_decide(auteur_id, s.SOURCE), activite_code="4.2", annee=annee, montant_fcfa=montant)
        for annee, montant in ((2022, 1_000_000), (2023, 2_000_000), (2024, 3_000_000), (2025, 2_500_000), (2026, 1_500_000))
    ]  # fmt: skip
    verrous: list[Base] = [
        TrimestreVerrouille(annee=a, trimestre=t, verrouille_le=MOMENT.replace(year=a + 1, month=6), verrouille_par_id=auteur_id)
        for a, t in VERROUILLES
    ]  # fmt: skip
    return montants + verrous
