"""Invented missions, sessions, exchange days and trainings, with counts by category and sex."""

from __future__ import annotations

from datetime import date, timedelta

from ccm_data.domain.calendrier import Trimestre
from ccm_data.domain.montants import split_largest_remainder
from ccm_data.domain.vocabulaire import NatureSensibilisation, StatutComite
from ccm_data.models.registres import EFFECTIFS, Sensibilisation
from ccm_data.reference.demonstration.lieux import COMITES, say_comite
from ccm_data.reference.demonstration.suivi import Auteurs, make_valide

M, S, J, F = (
    NatureSensibilisation.MISSION,
    NatureSensibilisation.SESSION,
    NatureSensibilisation.JOURNEE_ECHANGES,
    NatureSensibilisation.FORMATION,
)
TITRES = {
    M: "Mission de sensibilisation, {lieu}",
    S: "Session d’information des structures, {lieu}",
    J: "Journée découverte sur la migration, {lieu}",
}
ACTIVITES = {M: "1.2", S: "1.2", J: "3.1.4", F: "3.1.2"}
# region, kind, place, first day, agents of structures who came (None: nobody counted them), population, organisers.
# Missions add up to 18 (1.c) and agents to 1 850 (1.d), region by region as the regions report them.
RANGEES: tuple[tuple[str, NatureSensibilisation, str, str, int | None, int | None, str], ...] = (
    ("NE001", M, "Agadez", "2022-06-07", 96, None, "sp-ccm;drecm-r-agadez"),
    ("NE001", M, "Arlit", "2023-05-16", 84, 310, "sp-ccm;oim"),
    ("NE001", M, "Bilma", "2024-09-24", 61, 145, "sp-ccm;oim"),
    ("NE001", M, "Dirkou", "2026-02-17", None, None, "sp-ccm;croix-rouge-nigerienne"),
    ("NE001", S, "Agadez", "2023-02-21", 74, None, "sp-ccm;giz"),
    ("NE001", S, "Agadez", "2025-03-11", 59, None, "sp-ccm"),
    ("NE001", J, "Agadez", "2026-05-19", 53, 620, "drecm-r-agadez;remiddh"),
    ("NE003", M, "Dosso", "2023-06-13", 92, 60, "sp-ccm;drecm-r-dosso"),
    ("NE003", J, "Gaya", "2025-10-14", 50, 240, "drecm-r-dosso;giz"),
    ("NE004", M, "Maradi", "2022-09-13", 82, None, "sp-ccm;drecm-r-maradi"),
    ("NE004", M, "Dan Issa", "2024-02-27", 57, 180, "sp-ccm;unhcr"),
    ("NE004", M, "Tessaoua", "2026-07-21", 66, 95, "sp-ccm"),
    ("NE004", S, "Maradi", "2025-04-15", 80, None, "sp-ccm;unicef"),
    ("NE005", M, "Tahoua", "2022-11-15", 88, None, "sp-ccm;drecm-r-tahoua"),
    ("NE005", M, "Birni N’Konni", "2024-04-16", 63, 205, "sp-ccm;oim"),
    ("NE005", M, "Abalak", "2025-11-18", 49, 88, "sp-ccm;jmed"),
    ("NE005", S, "Tahoua", "2026-06-09", 85, None, "sp-ccm;remiddh"),
    ("NE006", M, "Tillabéri", "2022-10-18", 104, None, "sp-ccm;drecm-r-tillaberi"),
    ("NE006", M, "Makalondi", "2023-11-21", 72, 130, "sp-ccm;unhcr"),
    ("NE006", M, "Tillabéri", "2026-03-10", 109, None, "sp-ccm"),
    ("NE007", M, "Zinder", "2022-12-13", 97, None, "sp-ccm;drecm-r-zinder"),
    ("NE007", M, "Magaria", "2024-06-18", 58, 160, "sp-ccm;unicef"),
    ("NE007", M, "Zinder", "2026-05-12", None, 75, "sp-ccm"),
    ("NE007", J, "Zinder", "2025-06-17", 129, 410, "drecm-r-zinder;fnuap"),
    ("NE008", M, "Niamey", "2023-03-14", 67, None, "sp-ccm"),
    ("NE008", J, "Niamey", "2025-12-16", 75, 530, "sp-ccm;jmed;remiddh"),
)  # fmt: skip
# Shares of categories among agents; women, then men, of State, authorities, OSC, private sector.
PARTS = ((4, 14, 2, 9, 5, 8, 1, 3), (6, 12, 3, 7, 6, 6, 0, 2), (3, 11, 4, 12, 4, 5, 2, 2))


def _count(rang: int, agents: int | None, population: int | None) -> dict[str, int | None]:
    """Counts of a row; what nobody counted stays null."""
    siens: list[int | None] = [None] * 8
    if agents is not None:
        siens = list(split_largest_remainder(agents, list(PARTS[rang % len(PARTS)])))
    autres: list[int | None] = [None, None]
    if population is not None:
        autres = list(split_largest_remainder(population, [5 + rang % 3, 6]))
    return dict(zip(EFFECTIFS, [*siens, *autres], strict=True))


def list_sensibilisations(auteurs: Auteurs) -> list[Sensibilisation]:
    """Missions, sessions and days; then a training for every committee that was trained."""
    lignes = [
        Sensibilisation(
            **make_valide(auteurs, region, Trimestre.from_date(date.fromisoformat(jour))),
            **_count(rang, agents, population),
            nature=nature, intitule=f"{TITRES[nature].format(lieu=lieu)} (démonstration)",
            date_debut=date.fromisoformat(jour), date_fin=date.fromisoformat(jour) + timedelta(days=2) if nature is M else None,
            lieu=lieu, activite_code=ACTIVITES[nature], organisateurs=qui,
        )
        for rang, (region, nature, lieu, jour, agents, population, qui) in enumerate(RANGEES)
    ]  # fmt: skip
    return [*lignes, *_list_formations(auteurs)]


def _list_formations(auteurs: Auteurs) -> list[Sensibilisation]:
    """One training a region and year for the committees of the register that were trained then."""
    formes: dict[tuple[str, int], list[str]] = {}
    for region, ville, _niveau, statut, creation in COMITES:
        if creation is not None and statut in (StatutComite.FORME, StatutComite.OPERATIONNEL):
            formes.setdefault((region, creation.year), []).append(ville)
    return [
        Sensibilisation(
            **make_valide(auteurs, region, Trimestre(annee, 4)),
            **_count(rang, None, None if rang % 5 == 4 else 14 * len(villes)),
            nature=F, intitule=f"Formation des comités de veille {annee} (démonstration)", date_debut=date(annee, 12, 1),
            date_fin=date(annee, 12, 3), lieu=villes[0].replace("Birni N Konni", "Birni N’Konni"), activite_code=ACTIVITES[F],
            organisateurs="sp-ccm;giz", comites_formes="; ".join(say_comite(v) for v in villes),
        )
        for rang, ((region, annee), villes) in enumerate(formes.items())
    ]  # fmt: skip
