"""Where a hypothesis or a risk of the logframe stands: its last dated observation, worst first.

What nobody has observed is « non suivi », a state of its own: it is neither under control nor critical.
Source: stratégie 2022-2026 (logframe); règles de calcul, 2.1 and 2.7.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from ccm_data.domain.vocabulaire import EtatHypothese

Cle = tuple[str, str]  # objective, nature
GRAVITES: Final = (EtatHypothese.CRITIQUE, EtatHypothese.INCERTAIN, EtatHypothese.MAITRISE)


def compute_derniers(suivis: Iterable[Mapping[str, Any]]) -> dict[Cle, Mapping[str, Any]]:
    """(objective, nature) → its latest observation; of two on one day, the one recorded last."""
    derniers: dict[Cle, Mapping[str, Any]] = {}
    for suivi in sorted(suivis, key=lambda x: (x["date_constat"], x["id"])):
        derniers[suivi["objectif_code"], suivi["nature"]] = suivi
    return derniers


def compute_rang(niveau: str | None) -> int:
    """How grave, 0 for the worst; what is not followed comes after the critical and the uncertain."""
    if niveau is None:
        return GRAVITES.index(EtatHypothese.MAITRISE)
    rang = GRAVITES.index(EtatHypothese(niveau))
    return rang + (rang == GRAVITES.index(EtatHypothese.MAITRISE))
