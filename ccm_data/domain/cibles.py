"""Where the targets of an indicator contradict each other: each becomes a line of the reconciliation.

- Yearly targets against the final one that the SP/CCM states: incrémentale → their sum; cumulée, finale → the last
  year's, when it is the plan's last. The figures follow the yearly ones; the stated final one is only compared.
- Regional targets against the national one of the same year, where regions add up (agrégation « somme »): unequal when
  every region has one, or above it already. With a part « non précisé », less than the national one is no difference.
- A cumulative target of an increasing indicator that falls from one year to the next.
Source: règles de calcul, 2.5 and 2.9.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from ccm_data.domain.indicateurs import Definition, compute_cible_finale, compute_ecart_cibles
from ccm_data.domain.vocabulaire import AgregationRegion, ModeCible, Sens

DECIMALES: Final = 6


@dataclass(frozen=True)
class EcartCible:
    """Two targets that should agree. `annee`: the year concerned, None for the final one."""

    comparaison: Literal["finale", "regions", "cumul"]
    annee: int | None
    dit: float
    calcule: float


def list_ecarts_cibles(
    definition: Definition,
    nationales: Mapping[int, float],
    regionales: Mapping[str, Mapping[int, float]],
    regions: int,
    finale: float | None = None,
) -> list[EcartCible]:
    """Every contradiction among the targets in force; `regions`: how many regions the country has."""
    ecarts: list[EcartCible] = []
    if finale is not None and compute_ecart_cibles(definition.mode_cible, nationales, finale) is not None:
        annuelle = compute_cible_finale(definition.mode_cible, nationales)
        ecarts.append(EcartCible("finale", None, finale, annuelle or 0.0))
    if definition.mode_cible is ModeCible.CUMULEE and definition.sens is Sens.CROISSANT:
        ecarts += [
            EcartCible("cumul", apres, nationales[avant], nationales[apres])
            for avant, apres in pairwise(sorted(nationales))
            if nationales[apres] < nationales[avant]
        ]
    if definition.agregation_region is AgregationRegion.SOMME and definition.mode_cible is not ModeCible.SEUIL:
        ecarts += _list_regions(definition, nationales, regionales, regions)
    return ecarts


def _list_regions(
    definition: Definition, nationales: Mapping[int, float], regionales: Mapping[str, Mapping[int, float]], regions: int
) -> list[EcartCible]:
    ecarts = []
    for annee in sorted(nationales):
        parts = [cibles[annee] for cibles in regionales.values() if annee in cibles]
        reste = round(nationales[annee] - sum(parts), DECIMALES)
        complet = len(parts) == regions and not definition.non_precise
        if parts and (reste < 0 or (complet and reste != 0)):
            ecarts.append(EcartCible("regions", annee, nationales[annee], round(sum(parts), DECIMALES)))
    return ecarts
