"""Rates and status of an indicator against its targets, and the score of an axis.

- Taux d'atteinte = réalisé / cible; taux de progression = (réalisé − base) / (cible − base), in both directions. The
  first is printed when the base is 0 and « more is better », the second otherwise. Levels and stories have no rate.
- Cible = base, or sens « maintien »: held or not, no rate. Target missing, target 0, base unknown and decreasing:
  no rate either, `sans_objet` says why.
- Over 100 %: real figure, bar capped. Below 0: `recul`.
- Status, first that applies: non renseigné; cible non définie; atteint (final target); en bonne voie (ratio ≥ 0.9); à
  surveiller (≥ 0.6); en retard. Ratio = (réalisé − base) / (attendu − base); attendu = base → no ratio.
- A provisional sum is not « en retard » on missing reports alone: what was reported is compared with what was expected
  of those who reported (attendu × couverture); only if that too is below is it late.
- Axis score = mean of progress towards the final target, each bounded to 0-100.
Source: règles de calcul, 2.2 to 2.6, 2.10, 2.11.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ccm_data.domain.avancement import DECIMALES_RATIO, classify_ratio
from ccm_data.domain.indicateurs import (
    Definition,
    compute_attendu,
    compute_cible_annee,
    compute_cible_finale,
)
from ccm_data.domain.realise import Realise
from ccm_data.domain.seuils import SEUILS_PAR_DEFAUT, Seuils
from ccm_data.domain.vocabulaire import Sens, StatutIndicateur, TypeIndicateur

ATTEINTE, PROGRESSION = "atteinte", "progression"


@dataclass(frozen=True)
class Taux:
    """Ratios (1 = 100 %). `imprime` says which one is printed; when None, `sans_objet` says why and `tenu` if held.

    `barre` is the printed ratio bounded to 0-1; `base_inconnue` must be written beside the figure.
    """

    atteinte: float | None = None
    progression: float | None = None
    imprime: str | None = None
    sans_objet: str | None = None
    tenu: bool | None = None
    base_inconnue: bool = False

    @property
    def valeur(self) -> float | None:
        """The printed ratio."""
        return {ATTEINTE: self.atteinte, PROGRESSION: self.progression}.get(self.imprime or "")

    @property
    def barre(self) -> float | None:
        """For drawing and averaging: bounded to 0-1."""
        return None if self.valeur is None else min(max(self.valeur, 0.0), 1.0)

    @property
    def recul(self) -> bool:
        """Below the starting point."""
        return self.valeur is not None and self.valeur < 0

    @property
    def depasse(self) -> bool:
        """Beyond the target."""
        return self.valeur is not None and self.valeur > 1


@dataclass(frozen=True)
class Statut:
    """Status with what it rests on. `motif` tells a case without ratio: rien_attendu, maintien, base_inconnue, niveau,
    provisoire, sans_cible_annuelle.
    """

    code: StatutIndicateur
    ratio: float | None = None
    attendu: float | None = None
    cible_finale: float | None = None
    motif: str | None = None


@dataclass(frozen=True)
class Score:
    """Mean of bounded progress (0-100, None when nothing counts) over `n_renseignes` of `n_total` indicators."""

    valeur: float | None
    n_renseignes: int
    n_total: int


def is_atteint(definition: Definition, realise: float, cible: float) -> bool:
    """Does the figure meet the target, in the declared direction?"""
    return realise <= cible if definition.sens is Sens.DECROISSANT else realise >= cible


def _find_sans_objet(definition: Definition, realise: float | None, cible: float | None) -> str | None:
    """Why no rate can be given; None when one can."""
    base = definition.base_effective
    if definition.a_niveaux:
        return "niveau"
    if definition.type is TypeIndicateur.NARRATIF:
        return "narratif"
    if realise is None:
        return "non_renseigne"
    if cible is None:
        return "cible_non_definie"
    if base is None:
        return "base_inconnue"
    if definition.sens is Sens.MAINTIEN or cible == base:
        return "maintien"
    contraire = cible > base if definition.sens is Sens.DECROISSANT else cible < base
    return "cible_contraire" if contraire else None


def compute_taux(definition: Definition, realise: float | None, cible: float | None) -> Taux:
    """Both rates of a realised figure against a target (of the year, or final), and which one is printed."""
    sans_objet = _find_sans_objet(definition, realise, cible)
    if sans_objet is not None or realise is None or cible is None:
        tenu = None
        if sans_objet in ("maintien", "base_inconnue") and realise is not None and cible is not None:
            tenu = is_atteint(definition, realise, cible)
        return Taux(sans_objet=sans_objet, tenu=tenu, base_inconnue=definition.base_inconnue)
    base = definition.base_effective or 0.0
    atteinte = realise / cible if cible != 0 else None
    progression = (realise - base) / (cible - base)
    simple = base == 0 and definition.sens is Sens.CROISSANT
    return Taux(
        atteinte,
        progression,
        ATTEINTE if simple else PROGRESSION,
        tenu=is_atteint(definition, realise, cible),
        base_inconnue=definition.base_inconnue,
    )


def compute_statut(
    definition: Definition,
    realise: Realise,
    cibles: Mapping[int, float],
    date_arrete: date,
    seuils: Seuils = SEUILS_PAR_DEFAUT,
) -> Statut:
    """Status of a figure. `cibles`: year → target (for levels: `compute_statut_niveau`)."""
    finale = compute_cible_finale(definition.mode_cible, cibles)
    if realise.valeur is None:
        return Statut(StatutIndicateur.NON_RENSEIGNE, cible_finale=finale)
    if finale is None:
        return Statut(StatutIndicateur.CIBLE_NON_DEFINIE)
    base = definition.base_effective
    attendu = compute_attendu(definition.mode_cible, base, cibles, date_arrete)
    if is_atteint(definition, realise.valeur, finale):
        ratio = _compute_ratio(realise.valeur, base, attendu)
        return Statut(StatutIndicateur.ATTEINT, ratio, attendu, finale)
    if definition.sens is Sens.MAINTIEN or finale == base:
        return Statut(StatutIndicateur.EN_RETARD, None, attendu, finale, "maintien")
    if base is None:
        return _compare_annee(definition, realise.valeur, cibles, date_arrete, finale)
    if attendu is None or attendu == base:
        tient = attendu is None or is_atteint(definition, realise.valeur, base)
        code = StatutIndicateur.EN_BONNE_VOIE if tient else StatutIndicateur.EN_RETARD
        return Statut(code, None, attendu, finale, "rien_attendu")
    ratio = (realise.valeur - base) / (attendu - base)
    return _classify(ratio, realise, definition, attendu, finale, seuils)


def _compute_ratio(valeur: float, base: float | None, attendu: float | None) -> float | None:
    """(réalisé − base) / (attendu − base); None where it has no meaning."""
    if base is None or attendu is None or attendu == base:
        return None
    return round((valeur - base) / (attendu - base), DECIMALES_RATIO)


def _compare_annee(
    definition: Definition, valeur: float, cibles: Mapping[int, float], date_arrete: date, finale: float
) -> Statut:
    """Base unknown and no path: the year's target is met or not. Before any yearly target, nothing can be said."""
    cible = compute_cible_annee(cibles, date_arrete.year)
    if cible is None:
        return Statut(StatutIndicateur.A_SURVEILLER, None, None, finale, "sans_cible_annuelle")
    tenu = is_atteint(definition, valeur, cible)
    code = StatutIndicateur.EN_BONNE_VOIE if tenu else StatutIndicateur.EN_RETARD
    return Statut(code, None, cible, finale, "base_inconnue")


def _classify(
    ratio: float, realise: Realise, definition: Definition, attendu: float, finale: float, seuils: Seuils
) -> Statut:
    """Status by ratio, lenient to sums whose parts are missing."""
    arrondi = round(ratio, DECIMALES_RATIO)
    code = classify_ratio(arrondi, seuils)
    partiel = realise.provisoire and realise.plancher and definition.sens is not Sens.DECROISSANT
    if code is StatutIndicateur.EN_RETARD and partiel:
        des_declarants = ratio / realise.couverture if realise.couverture else None
        if classify_ratio(des_declarants, seuils) is not StatutIndicateur.EN_RETARD:
            return Statut(StatutIndicateur.A_SURVEILLER, arrondi, attendu, finale, "provisoire")
    return Statut(code, arrondi, attendu, finale)


def compute_statut_niveau(
    definition: Definition, realise: Realise, cibles: Mapping[int, str], date_arrete: date
) -> Statut:
    """Status of a level (yes/no, ordinal): reached or not, never a rate. `cibles`: year → level.

    Final level reached → atteint; the level asked by now reached (or none asked yet) → en bonne voie; else en retard.
    A level that is not on the scale is « non renseigné ».
    """
    echelle = {niveau: rang for rang, niveau in enumerate(definition.echelle)}
    rang = echelle.get(realise.niveau or "")
    if rang is None:
        return Statut(StatutIndicateur.NON_RENSEIGNE, motif="niveau")
    connues = {annee: float(echelle[niveau]) for annee, niveau in cibles.items() if niveau in echelle}
    finale = compute_cible_finale(definition.mode_cible, connues)
    if finale is None:
        return Statut(StatutIndicateur.CIBLE_NON_DEFINIE, motif="niveau")
    attendu = compute_cible_annee(connues, date_arrete.year)
    if is_atteint(definition, float(rang), finale):
        code = StatutIndicateur.ATTEINT
    elif attendu is None or is_atteint(definition, float(rang), attendu):
        code = StatutIndicateur.EN_BONNE_VOIE
    else:
        code = StatutIndicateur.EN_RETARD
    return Statut(code, None, attendu, finale, "niveau")


def compute_score_axe(taux: Iterable[Taux]) -> Score:
    """Score out of the rates **towards the final target** of all the axis's indicators; those without rate count only
    in `n_total`.
    """
    tous = list(taux)
    barres = [t.barre for t in tous if t.barre is not None]
    return Score(100 * sum(barres) / len(barres) if barres else None, len(barres), len(tous))
