"""The plan's time: its bounds, its quarters, the date d'arrêté, time elapsed and due dates.

The plan runs from 1 January 2022 (An 1) to 31 December 2026 (An 5): 1826 days, 20 quarters. No function here reads a
clock: today is always a parameter. Source: règles de calcul, 1 (calendar), 2.7 (date d'arrêté), 3 (due dates).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from ccm_data.errors import ValeurInvalide

NIAMEY = ZoneInfo("Africa/Niamey")
PLAN_DEBUT = date(2022, 1, 1)
PLAN_FIN = date(2026, 12, 31)
ANNEES: tuple[int, ...] = (2022, 2023, 2024, 2025, 2026)
# The day before the plan: where baselines stand (règles 2.10) and the date d'arrêté when no quarter has ended yet.
VEILLE_DU_PLAN = PLAN_DEBUT - timedelta(days=1)
MOIS_PAR_TRIMESTRE = 3
FORME_CODE = re.compile(r"\s*(\d{4})\s*-?\s*[TtQq]([1-4])\s*")


def get_jour(instant: datetime) -> date:
    """The day it is in Niamey at this instant (aware, in any zone): UTC is an hour late, so a day late at midnight."""
    return instant.astimezone(NIAMEY).date()


@dataclass(frozen=True, order=True)
class Trimestre:
    """A quarter, ordered in time. Raises ValeurInvalide when `numero` is not 1 to 4."""

    annee: int
    numero: int

    def __post_init__(self) -> None:
        if not 1 <= self.numero <= 4:
            raise ValeurInvalide(champ="trimestre", valeur=self.numero, attendu="1-4")

    @classmethod
    def from_code(cls, code: str) -> Trimestre:
        """Read « 2026-T3 » (also « 2026T3 », « 2026-t3 »); raises ValeurInvalide."""
        trouve = FORME_CODE.fullmatch(code)
        if trouve is None:
            raise ValeurInvalide(champ="trimestre", valeur=code, attendu="AAAA-T1 à AAAA-T4")
        return cls(int(trouve[1]), int(trouve[2]))

    @classmethod
    def from_date(cls, jour: date) -> Trimestre:
        """The quarter that holds this day."""
        return cls(jour.year, (jour.month - 1) // MOIS_PAR_TRIMESTRE + 1)

    @property
    def code(self) -> str:
        """« 2026-T3 »: sorts in time order."""
        return f"{self.annee}-T{self.numero}"

    @property
    def debut(self) -> date:
        """Its first day."""
        return date(self.annee, MOIS_PAR_TRIMESTRE * (self.numero - 1) + 1, 1)

    @property
    def fin(self) -> date:
        """Its last day."""
        return self.suivant().debut - timedelta(days=1)

    @property
    def rang(self) -> int:
        """Quarters since year 0: the difference of two ranks is a number of quarters."""
        return self.annee * 4 + self.numero - 1

    def suivant(self) -> Trimestre:
        """The next quarter."""
        return Trimestre(self.annee, self.numero + 1) if self.numero < 4 else Trimestre(self.annee + 1, 1)

    def precedent(self) -> Trimestre:
        """The quarter before."""
        return Trimestre(self.annee, self.numero - 1) if self.numero > 1 else Trimestre(self.annee - 1, 4)


PREMIER_TRIMESTRE = Trimestre(2022, 1)
DERNIER_TRIMESTRE = Trimestre(2026, 4)


def get_dernier_trimestre_fini(jour: date) -> Trimestre:
    """The last quarter ended on or before this day (its last day counts as ended)."""
    trimestre = Trimestre.from_date(jour)
    return trimestre if trimestre.fin <= jour else trimestre.precedent()


def compute_date_arrete_par_defaut(aujourd_hui: date) -> date:
    """End of the last ended quarter, never after 31-12-2026; the plan's eve while no quarter of the plan has ended.

    2026-11-23 → 2026-09-30; 2027-02-01 → 2026-12-31; 2022-02-10 → 2021-12-31 (no fact yet, zero time elapsed).
    """
    fin = get_dernier_trimestre_fini(aujourd_hui).fin
    return min(max(fin, VEILLE_DU_PLAN), PLAN_FIN)


def compute_temps_ecoule(date_arrete: date) -> tuple[int, int]:
    """Days of the plan elapsed at the end of this day, and all its days (1826)."""
    total = (PLAN_FIN - VEILLE_DU_PLAN).days
    return min(max((date_arrete - VEILLE_DU_PLAN).days, 0), total), total


def list_trimestres(jusqua: date | None = None) -> list[Trimestre]:
    """The plan's quarters ended on or before `jusqua`, oldest first; all 20 when None."""
    dernier = DERNIER_TRIMESTRE if jusqua is None else min(get_dernier_trimestre_fini(jusqua), DERNIER_TRIMESTRE)
    return list_entre(PREMIER_TRIMESTRE, dernier)


def list_entre(premier: Trimestre, dernier: Trimestre) -> list[Trimestre]:
    """Quarters from one to another, both included; empty when the second comes first."""
    return [Trimestre(*_decode(rang)) for rang in range(premier.rang, dernier.rang + 1)]


def _decode(rang: int) -> tuple[int, int]:
    return rang // 4, rang % 4 + 1


def compute_echeance(trimestre: Trimestre, delai_jours: int) -> date:
    """The day by which a quarter's report is due: N days after its end."""
    return trimestre.fin + timedelta(days=delai_jours)
