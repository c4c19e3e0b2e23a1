"""Invented committees, information points, focal points and presences of actors, on real towns."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from ccm_data.domain.calendrier import Trimestre, list_entre
from ccm_data.domain.vocabulaire import NiveauComite, StatutComite, StatutPoint
from ccm_data.models.suivi import ComiteVeille, PointFocal, PointInformation, Presence, ValeurIndicateur
from ccm_data.reference.demonstration import scenario as s
from ccm_data.reference.demonstration.suivi import Auteurs, make_valide

Places = dict[tuple[str, str], tuple[float, float]]  # (region, town) → (lat, lon)
C, F, O, P = StatutComite.CREE, StatutComite.FORME, StatutComite.OPERATIONNEL, StatutComite.PLANIFIE  # noqa: E741

# region, town, level, status, creation
COMITES: tuple[tuple[str, str, str, StatutComite, date | None], ...] = (
    ("NE001", "Agadez", "region", O, date(2023, 2, 14)),
    ("NE001", "Arlit", "commune", O, date(2023, 3, 20)),
    ("NE001", "Assamakka", "village", F, date(2024, 5, 6)),
    ("NE001", "Bilma", "commune", F, date(2024, 9, 12)),
    ("NE001", "Dirkou", "village", C, date(2025, 4, 3)),
    ("NE001", "Alaghsas", "commune", C, date(2025, 10, 9)),
    ("NE003", "Dosso", "region", F, date(2023, 6, 8)),
    ("NE003", "Gaya", "commune", C, date(2025, 3, 18)),
    ("NE004", "Maradi", "region", O, date(2023, 5, 22)),
    ("NE004", "Dan Issa", "village", F, date(2024, 11, 5)),
    ("NE004", "Tessaoua", "commune", C, date(2025, 8, 27)),
    ("NE005", "Tahoua", "region", O, date(2023, 4, 11)),
    ("NE005", "Birni N Konni", "commune", O, date(2024, 2, 19)),
    ("NE005", "Abalak", "commune", F, date(2024, 10, 2)),
    ("NE005", "Illéla", "commune", C, date(2026, 8, 20)),
    ("NE006", "Tillabéri", "region", C, date(2024, 6, 17)),
    ("NE007", "Zinder", "region", O, date(2023, 9, 4)),
    ("NE007", "Magaria", "commune", F, date(2025, 5, 29)),
    ("NE001", "Séguédine", "village", P, None),
    ("NE006", "Makalondi", "village", P, None),
    ("NE004", "Mayahi", "commune", P, None),
)
FERMETURES = {"Agadez": date(2025, 6, 30)}
POINTS: tuple[tuple[str, str, str, date | None], ...] = (
    ("NE001", "Assamakka", "Arlit – Assamakka – Algérie", date(2022, 9, 1)),
    ("NE001", "Dirkou", "Agadez – Dirkou – Libye", date(2023, 2, 15)),
    ("NE001", "Séguédine", "Agadez – Dirkou – Libye", date(2024, 3, 10)),
    ("NE001", "Madama", "Agadez – Dirkou – Libye", None),
    ("NE001", "Agadez", "Agadez, gare routière", date(2022, 6, 20)),
    ("NE001", "Arlit", "Arlit – Assamakka – Algérie", date(2024, 10, 7)),
    ("NE005", "Tahoua", "Tahoua – Agadez", date(2023, 7, 3)),
    ("NE005", "Birni N Konni", "Frontière du Nigéria", date(2024, 4, 8)),
    ("NE004", "Dan Issa", "Frontière du Nigéria", date(2023, 11, 14)),
    ("NE007", "Magaria", "Frontière du Nigéria", date(2025, 1, 21)),
    ("NE006", "Makalondi", "Frontière du Burkina Faso", date(2024, 12, 5)),
    ("NE003", "Gaya", "Frontière du Bénin", date(2025, 9, 16)),
)
FOCAUX = (
    ("NE001", "Agadez"), ("NE001", "Arlit"), ("NE001", "Bilma"), ("NE003", "Dosso"), ("NE004", "Maradi"),
    ("NE005", "Tahoua"), ("NE006", "Tillabéri"), ("NE007", "Zinder"), ("NE008", "Niamey"),
)  # fmt: skip
VACANTS = {"Bilma": date(2025, 12, 31)}
LANGUES = {
    "NE001": "tamajeq;haoussa;arabe;français",
    "NE003": "zarma;haoussa;français",
    "NE004": "haoussa;français",
    "NE005": "haoussa;tamajeq;français",
    "NE006": "zarma;français",
    "NE007": "haoussa;kanouri;français",
    "NE008": "zarma;haoussa;français",
}
PRESENCES = {
    "NE001": ("oim", "giz", "unhcr", "unicef", "croix-rouge-nigerienne", "due", "remiddh", "jmed", "drecm-r-agadez"),
    "NE003": ("giz", "croix-rouge-nigerienne", "drecm-r-dosso"),
    "NE004": ("oim", "unicef", "unhcr", "drecm-r-maradi", "germes"),
    "NE005": ("oim", "giz", "oxfam", "drecm-r-tahoua", "remiddh"),
    "NE006": ("unhcr", "croix-rouge-nigerienne", "drecm-r-tillaberi", "ocha"),
    "NE007": ("oim", "unicef", "unhcr", "drecm-r-zinder", "fnuap"),
    "NE008": ("oim", "giz", "due", "unicef", "unhcr", "onudc", "fnuap", "ocha", "remiddh", "jmed", "lasdel", "cndh", "anltp"),
}  # fmt: skip


def say_comite(ville: str) -> str:
    """The committee's name."""
    ville = ville.replace("Birni N Konni", "Birni N’Konni")
    return f"Comité de veille d’{ville}" if ville[0] in "AEÉIOUY" else f"Comité de veille de {ville}"


def list_comites(places: Places, auteurs: Auteurs, hasard: Random) -> list[ComiteVeille]:
    """Committees, created ones and planned ones; none in Niamey (a true zero) nor in Diffa (not reported)."""
    lignes = []
    for region, ville, niveau, statut, creation in COMITES:
        lat, lon = places[region, ville]
        formation = date(creation.year, 12, 1) if creation and statut in (F, O) else None
        ouverture = date(creation.year + 1, 2, 1) if creation and statut is O else None
        # An operational committee was seen at work in the region's last validated quarter.
        activite = s.DERNIER_RAPPORT[region].fin - timedelta(days=49) if statut is O else None
        quand = Trimestre.from_date(activite or formation or creation or date(2026, 3, 1))
        lignes.append(
            ComiteVeille(
                **make_valide(auteurs, region, quand),
                nom=say_comite(ville),
                niveau=NiveauComite(niveau), statut=statut, commune=ville, lat=lat, lon=lon, langues=LANGUES[region],
                village=ville if niveau == "village" else None,
                date_creation=creation,
                date_formation=formation,
                date_operationnel=ouverture,
                derniere_activite=activite,
                membres_femmes=hasard.randint(2, 7) if creation else None,
                membres_hommes=hasard.randint(5, 12) if creation else None,
            )
        )  # fmt: skip
    return lignes


def list_points(places: Places, auteurs: Auteurs) -> list[PointInformation]:
    """Information points on the routes: open, one closed, one planned."""
    return [
        PointInformation(
            **make_valide(auteurs, region, Trimestre.from_date(FERMETURES.get(ville) or jour or date(2026, 3, 1))),
            nom=f"Point d’information de {ville.replace('Birni N Konni', 'Birni N’Konni')}",
            statut=_find_statut_point(ville, jour), date_fermeture=FERMETURES.get(ville), route=route, commune=ville,
            lat=places[region, ville][0],
            lon=places[region, ville][1], langues=LANGUES[region], date_ouverture=jour, accueil_femmes=True if jour else None,
            accueil_enfants=region in ("NE001", "NE005") if jour else None,
        )
        for region, ville, route, jour in POINTS
    ]  # fmt: skip


def _find_statut_point(ville: str, ouverture: date | None) -> StatutPoint:
    if ouverture is None:
        return StatutPoint.PLANIFIE
    return StatutPoint.FERME if ville in FERMETURES else StatutPoint.OUVERT


def list_focaux(places: Places, auteurs: Auteurs) -> list[PointFocal]:
    """Focal-point posts: posts, no persons; one is vacant."""
    return [
        PointFocal(
            **make_valide(auteurs, region, Trimestre(2025, 4) if ville in VACANTS else Trimestre(2023, 1)),
            en_poste=ville not in VACANTS, jusqua=VACANTS.get(ville),
            nom=f"Point focal, {ville}", commune=ville, depuis=date(2023, 1, 16),
            lat=places[region, ville][0] - 0.25, lon=places[region, ville][1] + 0.35,
        )
        for region, ville in FOCAUX
    ]  # fmt: skip


PARTIS = {("NE005", "oxfam"): date(2025, 9, 30)}  # stayed for a while and left
DOMAINES = {
    "unhcr": "Protection internationale",
    "unicef": "Protection de l’enfance",
    "croix-rouge-nigerienne": "Assistance humanitaire",
    "ocha": "Coordination humanitaire",
    "fnuap": "Santé des femmes",
    "onudc": "Lutte contre la traite",
    "anltp": "Lutte contre la traite",
    "germes": "Recherche",
    "lasdel": "Recherche",
    "cndh": "Droits humains",
    "remiddh": "Droits humains",
    "jmed": "Jeunesse",
}
SIEGES = {
    "NE001": "Agadez",
    "NE003": "Dosso",
    "NE004": "Maradi",
    "NE005": "Tahoua",
    "NE006": "Tillabéri",
    "NE007": "Zinder",
    "NE008": "Niamey",
}


def list_presences(places: Places, auteurs: Auteurs) -> list[Presence]:
    """Who works where; nobody said anything about Diffa."""
    return [
        Presence(
            **make_valide(auteurs, region, Trimestre(2025, 4)),
            acteur_code=acteur,
            domaine=DOMAINES.get(acteur, "Gestion des migrations"),
            lat=places[region, SIEGES[region]][0],
            lon=places[region, SIEGES[region]][1],
            depuis=date(2022 + rang % 4, 1 + 3 * (rang % 3), 1),
            jusqua=PARTIS.get((region, acteur)),
        )
        for region, acteurs in PRESENCES.items()
        for rang, acteur in enumerate(acteurs)
    ]


def list_valeurs_comites(auteurs: Auteurs) -> list[ValeurIndicateur]:
    """Indicator 3.1.a as the regions report it: committees created per quarter, zeros included."""
    lignes = []
    for region in LANGUES:
        crees = [Trimestre.from_date(c[4]) for c in COMITES if c[0] == region and c[4] is not None]
        for trimestre in list_entre(Trimestre(2022, 1), s.DERNIER_RAPPORT[region]):
            lignes.append(
                ValeurIndicateur(
                    **make_valide(auteurs, region, trimestre),
                    indicateur_code="3.1.a",
                    annee=trimestre.annee,
                    trimestre=trimestre.numero,
                    valeur=crees.count(trimestre),
                )
            )
    return lignes
