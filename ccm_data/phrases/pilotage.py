"""The overview's sentences: its title, what is to be settled, what changed lately."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from ccm_data.domain.alertes import FIN_DEPASSEE, PAYE_SANS_FAIT, SANS_MAJ
from ccm_data.domain.calendrier import PLAN_FIN
from ccm_data.domain.seuils import Seuils
from ccm_data.domain.vocabulaire import StatutIndicateur
from ccm_data.queries.avancement import Avancement
from ccm_data.queries.changements import Changement
from ccm_data.textes import N_, _, ngettext
from ccm_data.typographie import say_pourcent

NATIONAL = N_("Niveau national")
LISTE_MAX = 6
INSTANCES_MAX = 3  # their names are longer than codes
POINTS_A_L_AISE, CHANGEMENTS_MAX = 4, 3  # the overview fits a projector without scrolling
SUJETS: dict[str, Callable[[int], str]] = {
    "mise_a_jour": lambda n: ngettext("{n} mise à jour d’activité", "{n} mises à jour d’activités", n),
    "ecriture_budgetaire": lambda n: ngettext("{n} écriture budgétaire", "{n} écritures budgétaires", n),
    "valeur_indicateur": lambda n: ngettext("{n} valeur d’indicateur", "{n} valeurs d’indicateurs", n),
    "comite_veille": lambda n: ngettext("{n} comité de veille", "{n} comités de veille", n),
    "point_information": lambda n: ngettext("{n} point d’information", "{n} points d’information", n),
    "point_focal": lambda n: ngettext("{n} point focal", "{n} points focaux", n),
    "presence": lambda n: ngettext("{n} présence d’acteur", "{n} présences d’acteurs", n),
    "intervention": lambda n: ngettext("{n} intervention", "{n} interventions", n),
    "membre_instance": lambda n: ngettext("{n} membre d’instance", "{n} membres d’instances", n),
    "rencontre": lambda n: ngettext("{n} rencontre", "{n} rencontres", n),
    "point_ordre_du_jour": lambda n: ngettext("{n} point d’ordre du jour", "{n} points d’ordre du jour", n),
    "recommandation": lambda n: ngettext("{n} recommandation", "{n} recommandations", n),
    "sensibilisation": lambda n: ngettext("{n} sensibilisation", "{n} sensibilisations", n),
    "appui": lambda n: ngettext("{n} appui", "{n} appuis", n),
    "produit_communication": lambda n: ngettext("{n} produit de communication", "{n} produits de communication", n),
    "bonne_pratique": lambda n: ngettext("{n} pratique ou leçon", "{n} pratiques ou leçons", n),
    "suivi_hypothese": lambda n: ngettext(
        "{n} constat d’hypothèse ou de risque", "{n} constats d’hypothèses ou de risques", n
    ),
    "partenariat": lambda n: ngettext("{n} partenariat", "{n} partenariats", n),
    "poste_spccm": lambda n: ngettext("{n} poste du SP/CCM", "{n} postes du SP/CCM", n),
    "etape_perennisation": lambda n: ngettext(
        "{n} étape de la feuille de route", "{n} étapes de la feuille de route", n
    ),
}


@dataclass(frozen=True)
class Point:
    """Something to settle: how many, what, which ones; `adresse` opens its rows."""

    n: int
    texte: str
    detail: str
    adresse: str


@dataclass(frozen=True)
class Nouvelle:
    """A validated change."""

    jour: date
    texte: str


def say_terme(jour: date) -> str:
    """« À trois mois du terme », « Au terme du plan »."""
    mois = (PLAN_FIN.year - jour.year) * 12 + PLAN_FIN.month - jour.month
    if mois <= 0:
        return _("Au terme du plan")
    if mois < 12:
        return ngettext("À {n} mois du terme", "À {n} mois du terme", mois).format(n=mois)
    annees = mois // 12
    return ngettext("À {n} an du terme", "À {n} ans du terme", annees).format(n=annees)


def say_titre_vue(avancement: Avancement, jour: date) -> str:
    """The overview's message: how many axes are below what is expected at the date."""
    connus = [a for a in avancement.axes if a.statut is not StatutIndicateur.NON_RENSEIGNE]
    if not connus:
        return _("Aucun avancement n’est encore renseigné")
    dessous = [a for a in connus if a.statut in (StatutIndicateur.A_SURVEILLER, StatutIndicateur.EN_RETARD)]
    if not dessous:
        fin = _("tous les axes renseignés suivent l’attendu")
    else:
        fin = ngettext(
            "{n} axe sur {total} est en dessous de l’attendu",
            "{n} axes sur {total} sont en dessous de l’attendu",
            len(dessous),
        ).format(n=len(dessous), total=len(avancement.axes))
    return f"{say_terme(jour)}, {fin}"


def _join(codes: list[str], nombre: int = LISTE_MAX) -> str:
    suite = f" +{len(codes) - nombre}" if len(codes) > nombre else ""
    return " · ".join(codes[:nombre]) + suite


def list_points(
    avancement: Avancement,
    silencieux: list[str | None],
    regions: Mapping[str, str],
    trimestre: str,
    seuils: Seuils,
    conflits: list[str],
    recommandations: Mapping[str, int],
) -> tuple[Point, ...]:
    """What is to be settled before a meeting, most pressing first; nothing is listed that is zero."""
    codes = {
        genre: [a.activite_code for a in avancement.alertes if a.code == genre]
        for genre in (FIN_DEPASSEE, PAYE_SANS_FAIT, SANS_MAJ)
    }
    noms = sorted(regions.get(r, r) if r else _("SP/CCM") for r in silencieux)
    points = [
        Point(
            len(noms),
            ngettext("déclarant sans rapport {t}", "déclarants sans rapport {t}", len(noms)).format(t=trimestre),
            ", ".join(noms),
            "/carte?mesure=completude",
        ),
        Point(
            len(codes[FIN_DEPASSEE]),
            ngettext("activité échue, inachevée", "activités échues, inachevées", len(codes[FIN_DEPASSEE])),
            _join(codes[FIN_DEPASSEE]),
            "/plan",
        ),
        Point(
            len(codes[PAYE_SANS_FAIT]),
            ngettext(
                "payée à plus de {paye}, faite à moins de {fait}",
                "payées à plus de {paye}, faites à moins de {fait}",
                len(codes[PAYE_SANS_FAIT]),
            ).format(paye=say_pourcent(seuils.alerte_paye), fait=say_pourcent(seuils.alerte_fait)),
            _join(codes[PAYE_SANS_FAIT]),
            "/budget",
        ),
        Point(
            len(conflits),
            ngettext(
                "indicateur à déclarants contradictoires", "indicateurs à déclarants contradictoires", len(conflits)
            ),
            _join(conflits),
            "/indicateurs",
        ),
        Point(
            sum(recommandations.values()),
            ngettext("recommandation en retard", "recommandations en retard", sum(recommandations.values())),
            _join([f"{instance} ({n})" for instance, n in recommandations.items()], INSTANCES_MAX),
            "/recommandations?retard=1",
        ),
    ]
    return tuple(p for p in points if p.n)


def count_changements(points: int) -> int:
    """How many changes the overview has room for beside so many things to settle."""
    return max(1, CHANGEMENTS_MAX - 2 * max(0, points - POINTS_A_L_AISE))


def say_changement(changement: Changement, regions: Mapping[str, str]) -> Nouvelle:
    """« Dosso : 5 mises à jour d’activités »."""
    texte = SUJETS[changement.sujet](changement.n).format(n=changement.n)
    lieu = regions.get(changement.region_code or "", "") or _(NATIONAL)
    return Nouvelle(changement.jour, f"{lieu} : {texte}")


def say_comptes(comptes: tuple[tuple[StatutIndicateur, int], ...], libelles: Mapping[StatutIndicateur, str]) -> str:
    """The status counts in one sentence, for who cannot see the bar."""
    return ", ".join(f"{n} {libelles[s].lower()}" for s, n in comptes)
