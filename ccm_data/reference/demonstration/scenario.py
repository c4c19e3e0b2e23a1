"""The story that the demonstration tells, as tables: who reports until when, what is done, paid, counted.

Everything here is invented. Regions are P-codes; quarters are (year, number).
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from ccm_data.domain.calendrier import Trimestre

SOURCE = "Démonstration : chiffre inventé"
SOURCE_CLE = "Démonstration : clé inventée"
GRAINE = 20222026
DERNIER = Trimestre(2026, 3)

REGIONS = ("NE001", "NE002", "NE003", "NE004", "NE005", "NE006", "NE007", "NE008")
# Last quarter whose reports are validated. Diffa falls silent, Tillabéri and Zinder are late, Tahoua awaits validation.
DERNIER_RAPPORT = {
    "NE001": Trimestre(2026, 3),
    "NE002": Trimestre(2024, 2),
    "NE003": Trimestre(2026, 3),
    "NE004": Trimestre(2026, 3),
    "NE005": Trimestre(2026, 2),
    "NE006": Trimestre(2026, 1),
    "NE007": Trimestre(2026, 2),
    "NE008": Trimestre(2026, 3),
}

# Activities with a region: region → progress reached in per cent at the last report.
AVANCEMENT_REGIONS: dict[str, dict[str, int]] = {
    "2.1.4": {"NE001": 80, "NE002": 30, "NE003": 70, "NE004": 75, "NE005": 60, "NE006": 45, "NE007": 55},
    "3.1.1": {
        "NE001": 67, "NE002": 10, "NE003": 50, "NE004": 60, "NE005": 66, "NE006": 20, "NE007": 40, "NE008": 0,
    },
    "3.1.2": {
        "NE001": 45, "NE002": 5, "NE003": 30, "NE004": 40, "NE005": 35, "NE006": 10, "NE007": 25, "NE008": 0,
    },
    "3.1.3": {"NE001": 95, "NE002": 40, "NE003": 55, "NE004": 70, "NE005": 75, "NE006": 35, "NE007": 60},
    "3.1.4": {
        "NE001": 70, "NE002": 15, "NE003": 55, "NE004": 60, "NE005": 50, "NE006": 30, "NE007": 45, "NE008": 75,
    },
    "5.1": {
        "NE001": 100, "NE002": 40, "NE003": 70, "NE004": 100, "NE005": 75, "NE006": 35, "NE007": 60, "NE008": 85,
    },
}  # fmt: skip
# Invented weights: how much a region counts in an activity, planned number there, its unit.
POIDS = {"NE001": 3, "NE002": 2, "NE003": 1, "NE004": 2, "NE005": 2, "NE006": 2, "NE007": 2, "NE008": 1}
NOMBRES = {
    "3.1.1": ("comités", {"NE001": 9, "NE002": 4, "NE003": 4, "NE004": 5, "NE005": 6, "NE006": 5, "NE007": 5, "NE008": 2}),
    "3.1.3": ("points", {"NE001": 4, "NE002": 2, "NE003": 1, "NE004": 2, "NE005": 2, "NE006": 2, "NE007": 1}),
    "5.1": ("points focaux", dict.fromkeys(REGIONS, 1) | {"NE001": 3}),
}  # fmt: skip
REGIONALISES_FCFA = ("3.1.1", "3.1.3")  # activities whose cost has (invented) regional shares

# National activities: progress at T3 2026; None: never reported.
AVANCEMENT_NATIONAL: dict[str, int | None] = {
    "1.1": 98, "1.2": 94, "2.1.1": 70, "2.1.2": 60, "2.1.3": 55, "2.2.1": 85, "2.2.2": 35, "2.2.3": 50, "2.3.1": 66,
    "2.3.2": 20, "2.4.1": 100, "2.4.2": 72, "3.1.5": 80, "3.2.1": 40, "3.2.2": 0, "3.2.3": None, "4.1": 92, "4.2": 85,
    "4.3": 90, "4.4": 82, "5.2": 38, "5.3": 10,
}  # fmt: skip
SUSPENDUES = {"3.2.1"}
ABANDONNEES = {("2.1.4", "NE006")}  # given up there at the end of its years
MUETTES_APRES_FIN = {"2.2.2", "3.1.2"}  # nobody says anything more once their years are over

# Share of the cost paid (per cent), then share committed (None: nobody reported it), funders.
BUDGET: dict[str, tuple[int | None, int | None, tuple[str, ...]]] = {
    "1.1": (88, 95, ("oim",)), "1.2": (82, 92, ("oim", "due")), "2.1.1": (60, 75, ("giz",)), "2.1.2": (50, None, ("giz",)),
    "2.1.3": (58, 70, ("giz", "reseau-nu-migrations")), "2.1.4": (62, None, ("giz",)), "2.2.1": (70, 85, ("unicef",)),
    "2.2.2": (88, 95, ("onudc", "unicef")), "2.2.3": (45, 60, ("unicef",)), "2.3.1": (54, 72, ("etat", "oim", "due")),
    "2.3.2": (15, 30, ("oim",)), "2.4.1": (96, 98, ("due",)), "2.4.2": (60, None, ("due",)),
    "3.1.1": (48, 66, ("due", "oim")), "3.1.2": (35, 50, ("giz",)), "3.1.3": (52, 71, ("oim",)), "3.1.4": (42, 58, ("due",)),
    "3.1.5": (70, None, ("oim",)), "3.2.1": (40, None, ("giz",)), "3.2.2": (None, None, ()), "3.2.3": (None, None, ()),
    "4.1": (68, 85, ("oim", "giz")), "4.2": (55, 70, ("giz",)), "4.3": (60, 105, ("oim",)), "4.4": (62, None, ("etat",)),
    "5.1": (58, 76, ("giz",)), "5.2": (84, 90, ("giz",)), "5.3": (None, None, ()),
}  # fmt: skip
CHAINE_ROMPUE = ("2.1.3", "reseau-nu-migrations")  # more paid than committed, as reported: to be verified
CHAINE_ENTIERE = ("2.3.1", "etat")  # the only funder that reports every phase
SANS_MONTANT = ("2.2.1", "onu-femmes")  # technical support, no amount
EXECUTANT_SEUL = ("2.4.2", "remiddh", 85)  # commitments that only the implementer declares, per cent of the cost
MOBILISES = {"2.3.1": 80, "3.1.1": 70, "3.1.4": 60, "1.1": 100, "4.1": 90}

# Indicator → (total or level at T3 2026, yearly targets). National unless in REGIONAUX.
INDICATEURS: dict[str, tuple[float | str | None, dict[int, float | str]]] = {
    "1.a": (11, {2022: 3, 2023: 6, 2024: 8, 2025: 10, 2026: 12}),
    "1.b": (3, {2024: 1, 2025: 1, 2026: 1}),
    "1.c": (18, {2022: 4, 2023: 5, 2024: 5, 2025: 5, 2026: 5}),
    "1.d": (1850, dict.fromkeys(range(2022, 2027), 400)),
    "2.1.a": (14, {2026: 6}),
    "2.1.b": (19, {2026: 25}),
    "2.2.a": (27, {2026: 28}),
    "2.2.b": (11, dict.fromkeys(range(2022, 2027), 4)),
    "2.3.a": (22, {2026: 30}),
    "2.3.b": (None, {2026: 120}),
    "2.4.a": (4, {2024: 2, 2026: 3}),  # as many as sit in the bodies
    "2.4.b": (118, {}),
    "3.1.a": (18, {2023: 12, 2024: 26, 2025: 40, 2026: 40}),
    "3.1.b": (9, {2022: 2, 2023: 4, 2024: 6, 2025: 6, 2026: 6}),
    "3.1.c": ("en ligne", {2024: "en ligne", 2025: "à jour", 2026: "multilingue"}),
    "3.1.d": (18200, dict.fromkeys(range(2022, 2027), 4000)),
    "3.2.a": (0, {2024: 60, 2025: 120, 2026: 120}),
    "3.2.b": (None, {2026: 40}),
    "3.2.c": (None, {}),
    "4.a": (23, {2022: 4, 2023: 5, 2024: 5, 2025: 5, 2026: 5}),
    "4.b": (6, {2022: 1, 2023: 1, 2024: 1, 2025: 1, 2026: 2}),
    "4.c": (5, {2024: 2, 2026: 5}),
    "4.d": (9, dict.fromkeys(range(2022, 2027), 2)),
    "5.a": ("validé", {2024: "conçu", 2025: "validé", 2026: "utilisé"}),
    "5.b": (12, {}),
    "5.c": ("oui", {2025: "oui"}),
}
REGIONAUX = frozenset({"1.c", "1.d", "3.1.b", "3.1.d"})
BASES: dict[str, float] = {"2.1.a": 31, "2.1.b": 4, "2.3.a": 5, "2.4.a": 3}  # 2.4.a: the target is to keep them


# Days after its end when a quarter's report is validated; the last one comes in region by region.
JOURS_VALIDATION = 12
JOURS_DERNIER: dict[str | None, int] = {None: 26, "NE001": 12, "NE003": 33, "NE004": 39, "NE005": 44, "NE008": 47}


def say_rapport_valide(trimestre: Trimestre, region: str | None = None) -> datetime:
    """When a quarter's report was validated in the story."""
    jours = JOURS_DERNIER.get(region, JOURS_VALIDATION) if trimestre >= DERNIER else JOURS_VALIDATION
    jour = trimestre.fin + timedelta(days=jours)
    return datetime(jour.year, jour.month, jour.day, 10, 30, tzinfo=UTC)


def compute_chemin(atteint: int, debut: Trimestre, trimestre: Trimestre, fin: Trimestre) -> int:
    """Progress along a smooth S between two quarters, in whole per cent."""
    if trimestre >= fin:
        return atteint
    part = (trimestre.rang - debut.rang + 1) / (fin.rang - debut.rang + 1)
    return round(atteint * part * part * (3 - 2 * part))


DATE_DECISION = date(2022, 3, 15)
