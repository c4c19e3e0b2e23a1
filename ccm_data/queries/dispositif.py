"""Watch committees, information points and focal points: where each stands at the date, what regions hold of what was planned.

A training is a committee's when a validated one of its region names it (accents and capitals aside). A number planned per
region is the SP/CCM's word: none is invented where it said nothing. Source: règles de calcul, 1, 2 (3.1.a), 5.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy.orm import Session

from ccm_data.db import compute_cle_tri
from ccm_data.domain import dispositif as regles
from ccm_data.domain.listes import split_liste
from ccm_data.domain.permissions import Personne
from ccm_data.domain.vocabulaire import NatureSensibilisation, StatutComite, StatutPoint
from ccm_data.queries.decisions import list_decisions
from ccm_data.queries.rapports import get_seuils
from ccm_data.queries.registres import (
    REGISTRES,
    Filtre,
    Lecture,
    Ligne,
    filter_lignes,
    list_valides_ligne,
    make_lecture,
)
from ccm_data.queries.suivi import list_valides
from ccm_data.queries.territoire import list_regions

COMITES, POINTS, FOCAUX = "comite_veille", "point_information", "point_focal"
ACTIVITES: Final = {COMITES: "3.1.1", POINTS: "3.1.3", FOCAUX: "5.1"}  # whose regional number is planned
INDICATEUR: Final = "3.1.a"  # committees created, as regions report it
CREES: Final = frozenset(regles.STADES) - {StatutComite.PLANIFIE.value}


@dataclass(frozen=True)
class LigneRegion:
    """What a region holds: `n` of them that count, the number planned there (None: not said), what they are."""

    code: str
    nom: str
    n: int
    prevu: int | None
    detail: Mapping[str, int]
    rapporte: bool


@dataclass(frozen=True)
class Bilan:
    """`par_etat`: how many in each stage or status; `signes`: other counts (asleep, with languages …).

    `endormi_mois`: the threshold of sleep in force.
    """

    lignes: int
    par_etat: Mapping[str, int]
    signes: Mapping[str, int]
    regions: tuple[LigneRegion, ...]
    endormi_mois: int


def get_lecture_dispositif(session: Session, sujet: str, personne: Personne, arrete: date, filtre: Filtre) -> Lecture:
    """One of the three registers as this person may read it, completed with what the date tells."""
    return make_lecture(session, sujet, list_completes(session, sujet, arrete), personne, filtre)


def list_completes(session: Session, sujet: str, arrete: date) -> list[Ligne]:
    """The validated rows with `stade`, `veille` and `formations` (committees), `pourvu` (focal points)."""
    lignes = list_valides_ligne(session, sujet, arrete)
    if sujet == COMITES:
        formations, mois = list_formations(session, arrete), get_seuils(session).comite_endormi_mois
        return [
            x
            | {
                "stade": regles.compute_stade(x, arrete),
                "veille": regles.compute_veille(x, arrete, mois),
                "formations": tuple(formations.get(_make_cle(x["region_code"], x["nom"]), ())),
            }
            for x in lignes
        ]
    if sujet == FOCAUX:
        return [x | {"pourvu": regles.is_pourvu(x, arrete)} for x in lignes]
    return [x | {"statut": _compute_statut_point(x, arrete)} for x in lignes]


def _compute_statut_point(point: Ligne, jour: date) -> str:
    """Closed only once it has closed; before its opening it was planned."""
    fermeture = point["date_fermeture"]
    if fermeture is not None and fermeture > jour and point["statut"] == StatutPoint.FERME:
        return StatutPoint.OUVERT.value
    return StatutPoint(point["statut"]).value


def _make_cle(region: str | None, nom: str) -> tuple[str | None, str]:
    return region, compute_cle_tri(nom)


def list_formations(session: Session, arrete: date) -> dict[tuple[str | None, str], list[tuple[date, str]]]:
    """(region, committee's key) → the trainings it received: day and title, oldest first."""
    recues: dict[tuple[str | None, str], list[tuple[date, str]]] = {}
    lignes = list_valides_ligne(session, "sensibilisation", arrete)
    for x in sorted(lignes, key=lambda x: (x["date_debut"], x["id"])):
        if x["nature"] == NatureSensibilisation.FORMATION:
            for nom in split_liste(x["comites_formes"]):
                recues.setdefault(_make_cle(x["region_code"], nom), []).append((x["date_debut"], str(x["intitule"])))
    return recues


def get_bilan(session: Session, sujet: str, arrete: date, filtre: Filtre) -> Bilan:
    """The figures of a register over the rows that the filter keeps; regions of the perimeter, in official order."""
    lignes = filter_lignes(REGISTRES[sujet], list_completes(session, sujet, arrete), filtre, cherche=False)
    etats = Counter(str(get_etat(sujet, x)) for x in lignes)
    signes = {nom: sum(1 for x in lignes if test(x)) for nom, test in SIGNES[sujet].items()}
    prevus = _list_prevus(session, ACTIVITES[sujet])
    dites = _list_dites(session, arrete) if sujet == COMITES and not filtre.choix else set()
    regions = list_regions(session)[["code", "nom"]].itertuples(index=False, name=None)
    return Bilan(
        len(lignes),
        dict(etats),
        signes,
        tuple(
            _make_region(sujet, (str(c), str(n)), lignes, prevus, dites)
            for c, n in regions
            if filtre.region in (None, c)
        ),
        get_seuils(session).comite_endormi_mois,
    )


def get_etat(sujet: str, ligne: Mapping[str, Any]) -> str:
    """What the rows of a register are counted by."""
    if sujet == FOCAUX:
        return "pourvu" if ligne["pourvu"] else "vacant"
    return str(ligne["stade"] if sujet == COMITES else ligne["statut"])


def is_compte(sujet: str, ligne: Mapping[str, Any]) -> bool:
    """Does this row count against the number planned? Created committees, opened points, filled posts."""
    etat = get_etat(sujet, ligne)
    if sujet == COMITES:
        return etat in CREES
    return etat == ("pourvu" if sujet == FOCAUX else StatutPoint.OUVERT.value)


def _list_dites(session: Session, arrete: date) -> set[str]:
    """Regions that reported on their committees, be it none: their zero is a true one."""
    valeurs = list_valides(session, "valeur_indicateur", arrete)
    return set(valeurs[valeurs["indicateur_code"] == INDICATEUR]["region_code"].dropna())


def _make_region(
    sujet: str, region: tuple[str, str], lignes: Iterable[Ligne], prevus: Mapping[str, int], dites: Collection[str]
) -> LigneRegion:
    code, nom = region
    siennes = [x for x in lignes if x["region_code"] == code]
    comptees = sum(is_compte(sujet, x) for x in siennes)
    detail = Counter(get_etat(sujet, x) for x in siennes)
    return LigneRegion(code, nom, comptees, prevus.get(code), dict(detail), bool(siennes) or code in dites)


def _list_prevus(session: Session, activite: str) -> dict[str, int]:
    decisions = list_decisions(session, "region_concernee").dropna(subset=["nombre_prevu"])
    siennes = decisions[decisions["activite_code"] == activite]
    return {str(r): int(n) for r, n in siennes[["region_code", "nombre_prevu"]].itertuples(index=False, name=None)}


SIGNES: Final[dict[str, Mapping[str, Any]]] = {
    COMITES: {
        "endormis": lambda x: x["veille"] == regles.ENDORMI,
        "inconnus": lambda x: x["veille"] == regles.INCONNU,
        "operationnels": lambda x: x["stade"] == StatutComite.OPERATIONNEL,
        "formes": lambda x: bool(x["formations"]),
        "avec_membres": lambda x: x["membres_femmes"] is not None and x["membres_hommes"] is not None,
    },
    POINTS: {
        "femmes": lambda x: x["accueil_femmes"] is True,
        "femmes_dites": lambda x: x["accueil_femmes"] is not None,
        "enfants": lambda x: x["accueil_enfants"] is True,
        "enfants_dits": lambda x: x["accueil_enfants"] is not None,
        "multilingues": lambda x: len(split_liste(x["langues"])) > 1,
        "langues_dites": lambda x: bool(x["langues"]),
    },
    FOCAUX: {"avec_date": lambda x: x["depuis"] is not None},
}
