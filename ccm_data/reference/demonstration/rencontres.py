"""Invented meetings from 2022 to those announced, their agenda, who came, who had read the file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from ccm_data.domain.calendrier import Trimestre
from ccm_data.domain.vocabulaire import NatureRencontre
from ccm_data.models.instances import AccuseLecture, PointOrdreDuJour, Rencontre
from ccm_data.reference.demonstration import scenario as s
from ccm_data.reference.demonstration.instances import REGIONS, list_sieges_au
from ccm_data.reference.demonstration.suivi import Auteurs, make_valide

# body → « day:share of the members who come (%):days between the file and the meeting » (no file: -)
DATES: dict[str, str] = {
    "ccm": "2022-06-16:85:9 2022-12-08:75:7 2023-06-15:80:8 2023-12-07:45:3 2024-06-13:85:10 2024-09-18:65:5 2024-12-05:80:7 "
           "2025-06-12:75:8 2025-12-11:85:4 2026-06-11:80:9 2026-12-10:0:-",
    "gtm": "2022-06-02:70:7 2022-09-22:65:6 2022-11-24:75:8 2023-03-23:60:- 2023-06-01:70:7 2023-09-21:40:3 2023-11-23:75:7 "
           "2024-03-21:65:8 2024-05-30:70:7 2024-09-12:75:7 2024-11-21:80:9 2025-03-20:60:5 2025-05-29:75:8 2025-09-18:0:7 "
           "2025-11-20:70:7 2026-03-19:80:10 2026-05-28:35:2 2026-09-17:75:7 2027-03-18:0:-",
    "cadre-protection": "2022-06-23:65:7 2023-03-30:60:7 2023-10-12:70:4 2024-02-08:75:8 2024-06-20:70:7 2024-10-17:75:- "
                        "2025-02-13:70:7 2025-06-26:75:9 2025-10-16:80:7 2026-02-12:95:8 2026-06-25:95:7",
    "sg-securite": "2022-10-20:80:- 2024-04-18:75:7 2026-04-16:80:7",
    "sg-developpement": "2022-10-21:80:- 2024-04-19:70:5 2026-04-17:85:7",
    "sg-enfance": "2022-10-24:85:- 2023-10-25:75:7 2025-04-24:80:7",
    "comite-suivi": "2023-05-11:85:- 2024-05-16:80:7 2025-05-15:85:7 2026-05-14:85:8",
    "coordination-ptf": "2023-11-09:75:- 2025-11-06:85:7",
    "structures-publiques": "2022-11-10:80:- 2025-03-13:65:7",
    "comite-interministeriel": "2024-07-11:85:7",
    "ccm-agadez": "2023-04-20:80:- 2023-11-16:75:7 2024-04-25:80:8 2024-11-14:85:7 2025-04-24:75:7 2025-11-13:80:9 "
                  "2026-05-21:85:7",
    "gtm-agadez": "2023-05-18:80:- 2024-05-23:85:- 2025-05-22:80:7 2026-09-03:85:7",
    "ccm-diffa": "2023-10-05:85:- 2024-04-11:70:-",
    "ccm-dosso": "2023-11-09:80:- 2024-10-24:75:- 2025-10-09:80:7 2026-07-16:85:7",
    "ccm-maradi": "2023-03-16:85:- 2023-10-19:80:7 2024-05-09:75:7 2024-11-28:80:7 2025-06-19:85:6 2026-07-09:80:8",
    "ccm-tahoua": "2023-05-04:80:- 2024-03-14:85:7 2025-02-20:75:7 2026-04-23:80:7",
    "ccm-tillaberi": "2023-12-14:75:- 2025-05-08:50:-",
    "ccm-zinder": "2023-06-08:80:- 2024-06-06:85:7 2025-06-05:80:7 2026-06-18:75:7",
    "ccm-niamey": "2023-10-26:85:- 2025-03-20:80:7 2026-08-27:85:7",
}  # fmt: skip
SIGLES = {"cadre-protection": "CPM", "sg-securite": "SGS", "sg-developpement": "SGD", "sg-enfance": "SGE",
          "comite-suivi": "CSR", "coordination-ptf": "PTF", "structures-publiques": "ISP",
          "comite-interministeriel": "CIM"}  # fmt: skip
JOURNEES = (2022, 2023, 2024, 2025, 2026)  # 18 December; the last one is announced
DEMANDEES = {"CCM-2024-02": "due"}
ANNULEES = {"GTM-2025-03"}
EXTRAORDINAIRES = {"GTM-2024-02"}
SANS_PV = {"GTM-2026-03", "CCM-NIAMEY-2026-01", "CCM-TILLABERI-2025-01"}
LIEUX = {"NE001": "Agadez", "NE002": "Diffa", "NE003": "Dosso", "NE004": "Maradi", "NE005": "Tahoua", "NE006": "Tillabéri",
         "NE007": "Zinder", "NE008": "Niamey", None: "Niamey"}  # fmt: skip
OSC = {"remiddh", "jmed", "croix-rouge-nigerienne", "oxfam"}
MOINS_OSC = 15  # they come less often: their participations add up to the reported figure of 2.4.b
SUIVIS_ACCUSES = ("ccm", "gtm", "cadre-protection")  # bodies whose members tell that they have read the file
RAPPEL = ("Suites données aux recommandations précédentes", "Recommandations passées en revue une à une")
# kind of body → items that come up in turn, with what was said
POINTS: dict[str, tuple[tuple[str, str], ...]] = {
    "ccm": (
        ("État d’avancement du plan d’action", "Retards relevés dans deux régions ; les rapports manquants sont attendus."),
        ("Requêtes transmises aux partenaires", "Une requête attend une réponse depuis plus de trois mois."),
        ("Coordination avec les partenaires techniques et financiers", "Deux actions voisines à Agadez à rapprocher."),
        ("Feuille de route sur la pérennisation des postes", "La part de l’État est à inscrire au budget."),
        ("Programme annuel et calendrier des rencontres", "Calendrier adopté sans changement."),
    ),
    "gtm": (
        ("Examen technique des fiches d’interventions", "Fiches complétées par trois organisations."),
        ("Données et indicateurs du trimestre", "Deux écarts entre registre et valeur déclarée, à vérifier."),
        ("Préparation de la prochaine rencontre du CCM", "Projet d’ordre du jour amendé."),
        ("Calendrier des missions de sensibilisation", "Missions réparties entre les régions."),
    ),
    "cadre-protection": (
        ("Orientation des personnes vulnérables", "Le circuit d’orientation est à revoir pour les mineurs."),
        ("Protection des enfants en mobilité", "Deux régions sans place d’accueil de nuit."),
        ("Assistance aux victimes de traite", "Un protocole commun est proposé."),
        ("Cartographie des services de protection", "La carte est à jour dans cinq régions."),
    ),
    "region": (
        ("Situation migratoire de la région", "Passages en hausse sur un axe, en baisse sur l’autre."),
        ("Fonctionnement des comités de veille", "Deux comités sans réunion depuis un trimestre."),
        ("Coordination des intervenants", "Un partage des communes est convenu."),
    ),
    "autre": (
        ("Feuille de route du groupe", "Feuille de route adoptée."),
        ("Priorités de l’année", "Trois priorités retenues."),
    ),
}  # fmt: skip
# meetings that did not take the items in turn (rank in POINTS)
ORDRES = {
    "CCM-2024-01": (0, 3, 4), "CCM-2024-03": (0, 1, 3), "CCM-2025-01": (1, 3, 2), "CCM-2026-01": (0, 3, 4),
    "GTM-2024-04": (1, 2), "GTM-2025-04": (1, 2), "GTM-2026-03": (3, 2), "CPM-2023-02": (0, 2), "CPM-2025-02": (1, 3),
    "CCM-AGADEZ-2025-02": (1, 0),
}  # fmt: skip
SUITES = (
    "Diffuser le compte rendu ; rappeler les échéances.",
    "Compléter les fiches avant la prochaine rencontre.",
    "Réunir les structures concernées par le premier point.",
)


@dataclass(frozen=True)
class Reunion:
    """A meeting of the story. `part`: share of the members who come; `delai`: days between the file and the meeting."""

    code: str
    instance: str
    jour: date
    part: int
    delai: int | None
    rang: int
    nature: NatureRencontre = NatureRencontre.ORDINAIRE

    @property
    def region(self) -> str | None:
        """The body's region."""
        return REGIONS.get(self.instance)

    @property
    def tenue(self) -> bool:
        """Did it take place?"""
        return self.part > 0

    @property
    def dite(self) -> Trimestre:
        """The quarter with which it was validated; what is announced was told with the last one."""
        return min(Trimestre.from_date(self.jour), s.DERNIER)

    def list_presents(self) -> list[str]:
        """Organisations that came: the secretariat always, the others in turn."""
        if not self.tenue:
            return []
        return [
            code
            for j, code in enumerate(list_sieges_au(self.instance, self.jour))
            if code == "sp-ccm" or (7 * j + 3 * self.rang) % 20 < (self.part - MOINS_OSC * (code in OSC)) / 5
        ]

    def get_partage(self) -> date | None:
        """The day when the file was shared."""
        return None if self.delai is None else self.jour - timedelta(days=self.delai)


def list_reunions() -> list[Reunion]:
    """All meetings, body by body, numbered within their year."""
    reunions: list[Reunion] = []
    for instance, dates in DATES.items():
        numeros: dict[int, int] = defaultdict(int)
        for rang, texte in enumerate(dates.split()):
            jour, part, delai = texte.split(":")
            annee = int(jour[:4])
            numeros[annee] += 1
            code = f"{SIGLES.get(instance, instance.upper())}-{annee}-{numeros[annee]:02d}"
            reunions.append(
                Reunion(code, instance, date.fromisoformat(jour), int(part), None if delai == "-" else int(delai), rang,
                        _find_nature(code))
            )  # fmt: skip
    for rang, annee in enumerate(JOURNEES):
        reunions.append(
            Reunion(f"JIM-{annee}", "ccm", date(annee, 12, 18), 0 if annee == JOURNEES[-1] else 60, None, rang,
                    NatureRencontre.JOURNEE_MIGRANTS)
        )  # fmt: skip
    return reunions


def _find_nature(code: str) -> NatureRencontre:
    if code in DEMANDEES:
        return NatureRencontre.DEMANDE_MEMBRE
    return NatureRencontre.EXTRAORDINAIRE if code in EXTRAORDINAIRES else NatureRencontre.ORDINAIRE


def _say_intitule(r: Reunion) -> str:
    if r.nature is NatureRencontre.JOURNEE_MIGRANTS:
        return f"Journée internationale des migrants {r.jour.year} (démonstration)"
    genre = {
        NatureRencontre.DEMANDE_MEMBRE: "à la demande d’un membre",
        NatureRencontre.EXTRAORDINAIRE: "extraordinaire",
    }.get(r.nature, "ordinaire")
    return f"Rencontre {genre} (démonstration)"


def list_rencontres(auteurs: Auteurs) -> list[Rencontre]:
    """The rows of the meetings."""
    return [
        Rencontre(
            **make_valide(auteurs, r.region, r.dite),
            code=r.code, instance_code=r.instance, intitule=_say_intitule(r), date_rencontre=r.jour,
            heure="15:00" if r.rang % 4 == 3 else "09:30", lieu=LIEUX[r.region], nature=r.nature,
            demandeur_code=DEMANDEES.get(r.code), annulee=r.code in ANNULEES,
            presents=";".join(r.list_presents()) or None, dossier_partage_le=r.get_partage(),
            documents="Note de cadrage (démonstration); Projet d’ordre du jour" if r.delai else None,
            proces_verbal=f"PV {r.code} (démonstration)" if r.tenue and r.code not in SANS_PV else None,
            suites=SUITES[r.rang % len(SUITES)] if r.tenue else None,
        )
        for r in list_reunions()
    ]  # fmt: skip


def list_points(auteurs: Auteurs) -> list[PointOrdreDuJour]:
    """Agenda items, with what was said where the meeting took place."""
    return [
        PointOrdreDuJour(
            **make_valide(auteurs, r.region, r.dite),
            rencontre_code=r.code, numero=numero, intitule=intitule, points_cles=dit if r.tenue else None,
        )
        for r in list_reunions()
        for numero, (intitule, dit) in enumerate(_list_points(r), 1)
    ]  # fmt: skip


def _list_points(r: Reunion) -> Iterator[tuple[str, str]]:
    if r.nature is NatureRencontre.JOURNEE_MIGRANTS:
        yield "Témoignages et débats publics", "Échanges avec les associations et les autorités."
        return
    if r.rang:
        yield RAPPEL
    viviers = POINTS["region" if r.region else r.instance if r.instance in POINTS else "autre"]
    tour = range(r.rang, r.rang + (3 if r.instance == "ccm" else 2))
    for rang in ORDRES.get(r.code, tour):
        yield viviers[rang % len(viviers)]


def list_accuses(auteurs: Auteurs) -> list[AccuseLecture]:
    """Who said that he had read the file, since 2025."""
    accuses = []
    for r in list_reunions():
        partage = r.get_partage()
        if partage is None or r.delai is None or r.instance not in SUIVIS_ACCUSES or r.jour.year < 2025:
            continue
        for j, code in enumerate(list_sieges_au(r.instance, r.jour)):
            if (j + r.rang) % 3 == 0:
                continue
            jour = partage + timedelta(days=1 + j % max(r.delai - 1, 1))
            accuses.append(
                AccuseLecture(
                    rencontre_code=r.code, acteur_code=code, compte_id=auteurs.acteurs.get(code, auteurs.national),
                    quand=datetime(jour.year, jour.month, jour.day, 8 + j % 9, 20, tzinfo=UTC),
                )
            )  # fmt: skip
    return accuses
