"""A plan that comes after: what its file proposes, and which activities of the first plan it may carry over.

- Unfinished = neither finished nor given up: every activity without status, not begun, under way or suspended (even at
  100 %: nobody said that it was finished), and one said finished whose progress was reported below 100 %. One given up
  is settled: it is counted, not offered.
- Unspent money = prévu − payé on the whole plan, null when no payment was reported (null is not zero); negative when
  more was paid than planned.
- The first plan is not touched: a later one stands beside it. Source: règles de calcul, 1, 3 and 4.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from ccm_data.domain.avancement import COMPLET
from ccm_data.domain.calendrier import ANNEES
from ccm_data.domain.vocabulaire import StatutActivite, StatutRecommandation

PREMIERE_ANNEE: Final = ANNEES[-1] + 1  # a later plan begins after the first
RECOMMANDATIONS_OUVERTES: Final = frozenset({StatutRecommandation.A_FAIRE, StatutRecommandation.EN_COURS})


@dataclass(frozen=True)
class ActiviteProposee:
    """A row of the later plan. `cout_fcfa` None: not costed; `reprend_code`: the activity of the first plan it resumes."""

    code: str
    intitule: str
    axe: str | None = None
    action: str | None = None
    cout_fcfa: int | None = None
    annees: tuple[int, ...] = ()
    structures: str | None = None
    reprend_code: str | None = None


@dataclass(frozen=True)
class PlanPropose:
    """A later plan as its file tells it."""

    code: str
    intitule: str
    debut: int
    fin: int
    source: str
    date_source: date
    activites: tuple[ActiviteProposee, ...] = ()

    @property
    def cout_fcfa(self) -> int | None:
        """What its costed activities add up to; None when none is costed."""
        couts = [a.cout_fcfa for a in self.activites if a.cout_fcfa is not None]
        return sum(couts) if couts else None

    @property
    def sans_cout(self) -> int:
        """How many activities bear no cost: their sum is then « au moins »."""
        return sum(a.cout_fcfa is None for a in self.activites)


def is_inachevee(statut: StatutActivite | None, avancement: float | None) -> bool:
    """Is this activity still to be done, as far as the follow-up says? Never reported counts as unfinished."""
    if statut is StatutActivite.ABANDONNEE:
        return False
    if statut is StatutActivite.ACHEVEE:
        return avancement is not None and avancement < COMPLET
    return True


def compute_non_depense(prevu_fcfa: int | None, paye_fcfa: int | None) -> int | None:
    """Planned minus paid, in whole FCFA; None when either is not reported."""
    return None if prevu_fcfa is None or paye_fcfa is None else prevu_fcfa - paye_fcfa
