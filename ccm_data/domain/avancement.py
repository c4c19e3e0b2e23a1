"""Physical progress of activities: what is done, what should be done at the date, and how far apart they are.

- Activity = Σ poids × avancement / Σ poids over its concerned regions that have a value (last validated one whose
  quarter ended by the date d'arrêté); the missing regions are counted, never taken as 0. Without regions: the national
  value.
- Axis and plan = mean over activities that have a value, weights equal or by cost, with its coverage.
- Attendu = share of the marked years elapsed at the date, by days within a marked year; none when unscheduled.
- Status: ratio = avancement / attendu, same thresholds as indicators.
Source: règles de calcul, 3 (and 2.7 for the date, 2.8 for several reporters, 2.10 for thresholds).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from ccm_data.domain.calendrier import Trimestre
from ccm_data.domain.seuils import SEUILS_PAR_DEFAUT, Seuils
from ccm_data.domain.vocabulaire import StatutActivite, StatutIndicateur

EGALE, COUT = "egale", "cout"
COMPLET = 100.0
# Ratios come from divisions: nine decimals are kept before comparing, so that 0.9 reached by another way is 0.9.
DECIMALES_RATIO = 9


@dataclass(frozen=True)
class Moyenne:
    """A mean (0-100, None when nothing is reported) with its coverage and the weights it used."""

    valeur: float | None
    n_renseignees: int
    n_total: int
    ponderation: str


CHAMPS_MAJ = (
    "activite_code",
    "region_code",
    "acteur_code",
    "annee",
    "trimestre",
    "avancement",
    "statut",
    "debut_reel",
    "fin_reelle",
)


def _is_missing(valeur: Any) -> bool:
    return valeur is None or bool(pd.isna(valeur))


def _clean(valeur: Any) -> Any:
    return None if _is_missing(valeur) else valeur


def _list_faits(mises_a_jour: pd.DataFrame, date_arrete: date) -> dict[str, dict[str | None, list[dict[str, Any]]]]:
    """Updates whose quarter ended by the date: activity → region (None: national) → rows in time order."""
    faits: dict[str, dict[str | None, list[dict[str, Any]]]] = {}
    cadre = mises_a_jour[[champ for champ in CHAMPS_MAJ if champ in mises_a_jour.columns]]
    for brut in cadre.to_dict("records"):
        ligne = {str(cle): _clean(valeur) for cle, valeur in brut.items()}
        trimestre = Trimestre(int(ligne["annee"]), int(ligne["trimestre"]))
        if trimestre.fin <= date_arrete:
            ligne["quand"] = trimestre
            faits.setdefault(str(ligne["activite_code"]), {}).setdefault(ligne.get("region_code"), []).append(ligne)
    for regions in faits.values():
        for lignes in regions.values():
            lignes.sort(key=lambda ligne: ligne["quand"])
    return faits


def _get_dernier(lignes: Sequence[dict[str, Any]], champ: str) -> tuple[Any, bool]:
    """The last known value of a field and whether several reporters of that quarter disagree.

    The region's own word (no organisation named) comes first; among organisations, the lowest value: the prudent one.
    """
    connues = [ligne for ligne in lignes if ligne.get(champ) is not None]
    if not connues:
        return None, False
    dernier = connues[-1]["quand"]
    du_jour = [ligne for ligne in connues if ligne["quand"] == dernier]
    siennes = [ligne for ligne in du_jour if ligne.get("acteur_code") is None] or du_jour
    conflit = len({_sort_key(ligne[champ]) for ligne in du_jour}) > 1
    return min((ligne[champ] for ligne in siennes), key=_sort_key), conflit


def _sort_key(valeur: Any) -> Any:
    return list(StatutActivite).index(StatutActivite(valeur)) if isinstance(valeur, str) else float(valeur)


def compute_statut_activite(statuts: Iterable[str], regions_muettes: int) -> StatutActivite | None:
    """One status out of the regions': the same everywhere, or `en_cours`. None when nobody reported.

    `achevee` needs every concerned region to say so; regions that gave up do not hold the others back.
    """
    vus = {StatutActivite(s) for s in statuts}
    if not vus:
        return None
    utiles = (vus - {StatutActivite.ABANDONNEE}) or vus
    if len(utiles) > 1:
        return StatutActivite.EN_COURS
    seul = next(iter(utiles))
    return StatutActivite.EN_COURS if seul is StatutActivite.ACHEVEE and regions_muettes else seul


def compute_avancement_activites(
    activites: Sequence[str], mises_a_jour: pd.DataFrame, regions: pd.DataFrame, date_arrete: date
) -> pd.DataFrame:
    """Progress of each activity at the date, from validated updates.

    In: mises_a_jour (activite_code, region_code, annee, trimestre, avancement, statut, debut_reel, fin_reelle,
    acteur_code), regions (activite_code, region_code, poids). Out: activite_code, avancement (0-100, Float64, NA when
    not reported), statut (or None), regions_renseignees, regions_attendues (0: not regionalised), provisoire,
    conflit, dernier_trimestre (code of the last update, values or not; None), debut_reel, fin_reelle.
    """
    faits = _list_faits(mises_a_jour, date_arrete)
    cles: dict[str, dict[str, float]] = {}
    for code, region, poids in zip(regions["activite_code"], regions["region_code"], regions["poids"], strict=True):
        cles.setdefault(str(code), {})[str(region)] = float(poids)
    lignes = [_describe(code, faits.get(code, {}), cles.get(code, {})) for code in activites]
    colonnes = ["activite_code", "avancement", "statut", "regions_renseignees", "regions_attendues", "provisoire"]
    colonnes += ["conflit", "dernier_trimestre", "debut_reel", "fin_reelle"]
    return pd.DataFrame(lignes, columns=colonnes).astype({"avancement": "Float64", "statut": object})


def _describe(code: str, faits: dict[str | None, list[dict[str, Any]]], poids: dict[str, float]) -> dict[str, Any]:
    """One row of `compute_avancement_activites`."""
    if poids:
        retenues: dict[str | None, float] = {r: p for r, p in poids.items() if r in faits}
    else:  # not regionalised: the national word, else the regions that speak, as equals
        retenues = {None: 1.0} if None in faits else dict.fromkeys(faits, 1.0)
    if poids and not any(_get_dernier(faits[r], "avancement")[0] is not None for r in retenues) and None in faits:
        retenues = {None: 1.0}
    valeurs = {r: _get_dernier(faits[r], "avancement") for r in retenues}
    statuts = [_get_dernier(faits[r], "statut") for r in retenues]
    connues = {r: float(v) for r, (v, _) in valeurs.items() if v is not None}
    somme = sum(retenues[r] for r in connues)
    muettes = 0 if None in retenues else len(poids) - len([s for s, _ in statuts if s is not None])
    statut = compute_statut_activite([s for s, _ in statuts if s is not None], muettes)
    suivies = [ligne for r in retenues for ligne in faits[r]]
    debuts = [ligne["debut_reel"] for ligne in suivies if ligne.get("debut_reel") is not None]
    fins = [ligne["fin_reelle"] for ligne in suivies if ligne.get("fin_reelle") is not None]
    dernier = max((ligne["quand"] for lignes in faits.values() for ligne in lignes), default=None)
    return {
        "activite_code": code,
        "avancement": sum(retenues[r] * v for r, v in connues.items()) / somme if connues else None,
        "statut": None if statut is None else statut.value,
        "regions_renseignees": len([r for r in connues if r is not None]),
        "regions_attendues": len(poids),
        "provisoire": bool(connues) and None not in retenues and len(connues) < len(poids),
        "conflit": any(c for _, c in valeurs.values()) or any(c for _, c in statuts),
        "dernier_trimestre": None if dernier is None else dernier.code,
        "debut_reel": min(debuts, default=None),
        "fin_reelle": max(fins, default=None) if statut is StatutActivite.ACHEVEE else None,
    }


def compute_moyenne(
    avancements: pd.DataFrame, ponderation: str = EGALE, couts: Mapping[str, int] | None = None
) -> Moyenne:
    """Mean progress over the activities that have a value; `couts` (code → FCFA) is needed when weighted by cost.

    In: activite_code, avancement. Raises ValueError for unknown weights or missing costs.
    """
    if ponderation not in (EGALE, COUT) or (ponderation == COUT and couts is None):
        raise ValueError(f"weighting {ponderation!r} without what it needs")
    connus = [
        (float(valeur), 1.0 if ponderation == EGALE else float((couts or {})[str(code)]))
        for code, valeur in zip(avancements["activite_code"], avancements["avancement"], strict=True)
        if not _is_missing(valeur)
    ]
    somme = sum(p for _, p in connus)
    valeur = sum(v * p for v, p in connus) / somme if somme else None
    return Moyenne(valeur, len(connus), len(avancements), ponderation)


def compute_moyennes(
    avancements: pd.DataFrame,
    groupes: Mapping[str, str],
    ponderation: str = EGALE,
    couts: Mapping[str, int] | None = None,
) -> dict[str, Moyenne]:
    """The same per group (`groupes`: activity code → group, for example its axis), in the frame's order."""
    cles = avancements["activite_code"].map(dict(groupes))
    return {str(g): compute_moyenne(cadre, ponderation, couts) for g, cadre in avancements.groupby(cles, sort=False)}


def compute_attendu_activite(annees: Iterable[int], date_arrete: date) -> float | None:
    """Progress expected at the end of this day (0-100): share of the marked years elapsed. None when unscheduled."""
    marquees = sorted(set(annees))
    if not marquees:
        return None
    parts = 0.0
    for annee in marquees:
        debut, fin = date(annee, 1, 1), date(annee, 12, 31)
        jours = (fin - debut).days + 1
        parts += min(max((date_arrete - debut).days + 1, 0), jours) / jours
    return COMPLET * parts / len(marquees)


def compute_statut_avancement(
    avancement: float | None, attendu: float | None, seuils: Seuils = SEUILS_PAR_DEFAUT
) -> tuple[StatutIndicateur, float | None]:
    """Status and ratio of an activity (or of a mean). Nothing expected yet: nothing is late, and no ratio."""
    if _is_missing(avancement) or avancement is None:
        return StatutIndicateur.NON_RENSEIGNE, None
    if attendu is None:
        return (StatutIndicateur.ATTEINT if avancement >= COMPLET else StatutIndicateur.CIBLE_NON_DEFINIE), None
    ratio = None if attendu == 0 else round(avancement / attendu, DECIMALES_RATIO)
    if avancement >= COMPLET:
        return StatutIndicateur.ATTEINT, ratio
    return classify_ratio(ratio, seuils), ratio


def classify_ratio(ratio: float | None, seuils: Seuils = SEUILS_PAR_DEFAUT) -> StatutIndicateur:
    """En bonne voie, à surveiller or en retard; thresholds belong to the better side. No ratio: en bonne voie."""
    if ratio is None or round(ratio, DECIMALES_RATIO) >= seuils.en_bonne_voie:
        return StatutIndicateur.EN_BONNE_VOIE
    bas = round(ratio, DECIMALES_RATIO) >= seuils.a_surveiller
    return StatutIndicateur.A_SURVEILLER if bas else StatutIndicateur.EN_RETARD
