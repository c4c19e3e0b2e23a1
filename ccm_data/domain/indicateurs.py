"""What an indicator declares, which combinations make sense, its targets and what they expect at a date.

Senseless combinations are refused by a table (INCOMPATIBILITES): where a row's conditions hold, its field must take
one of the values listed. Percentages are handled on a 0-100 scale (a target of 80 means 80 %).
- Final target: incrémentale → sum of the yearly ones; cumulée, finale, seuil → that of the last year that has one.
- Attendu: linear between the points of 31 December, from the base on 31-12-2021, for cumulée, finale and the running
  sum of incrémentale; seuil is not interpolated (the target of the year, else the last earlier one); nothing is
  projected beyond the last point.
- Incrémentale counts what happens since 2022: its path starts at 0 whatever the base.
Source: règles de calcul, 2 (introduction, 4, 9, 10) and its table of defaults.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any, Final

from ccm_data.domain.calendrier import ANNEES, VEILLE_DU_PLAN
from ccm_data.domain.vocabulaire import (
    AgregationRegion,
    AgregationTemps,
    ModeCible,
    ModeSaisie,
    Sens,
    StatutBase,
    TypeIndicateur,
)
from ccm_data.errors import ValeurInvalide

NIVEAUX_OUI_NON: Final = ("non", "oui")


@dataclass(frozen=True)
class Definition:
    """Settings of an indicator. `base` counts only with base_statut `connue`; `niveaux` go from lowest to highest.

    `perimetres_disjoints`: several reporters of one region and quarter add up. `non_precise`: a national row beside
    regional ones is a part of its own (« non précisé »), not a rival total.
    """

    code: str
    type: TypeIndicateur = TypeIndicateur.NOMBRE
    sens: Sens = Sens.CROISSANT
    agregation_temps: AgregationTemps = AgregationTemps.SOMME
    agregation_region: AgregationRegion = AgregationRegion.SOMME
    mode_cible: ModeCible = ModeCible.INCREMENTALE
    mode_saisie: ModeSaisie = ModeSaisie.FLUX
    base_statut: StatutBase = StatutBase.ZERO_PAR_CONSTRUCTION
    base: float | None = None
    niveaux: tuple[str, ...] = ()
    perimetres_disjoints: bool = False
    non_precise: bool = False

    @property
    def echelle(self) -> tuple[str, ...]:
        """Levels, lowest first; empty for figures."""
        return NIVEAUX_OUI_NON if self.type is TypeIndicateur.OUI_NON else self.niveaux

    @property
    def a_niveaux(self) -> bool:
        """Yes/no and ordinal indicators read as levels and are never divided."""
        return self.type in (TypeIndicateur.OUI_NON, TypeIndicateur.ORDINAL)

    @property
    def base_effective(self) -> float | None:
        """The base used by calculations: 0 for incrémentale, by construction, or when unknown and increasing.

        None when unknown otherwise: no percentage can then be given.
        """
        if self.mode_cible is ModeCible.INCREMENTALE or self.base_statut is StatutBase.ZERO_PAR_CONSTRUCTION:
            return 0.0
        if self.base_statut is StatutBase.CONNUE and self.base is not None:
            return float(self.base)
        return 0.0 if self.sens is Sens.CROISSANT else None

    @property
    def base_inconnue(self) -> bool:
        """True when the base is unknown and would have mattered: the figure must say so."""
        sans_valeur = self.base_statut is StatutBase.CONNUE and self.base is None
        inconnue = self.base_statut is StatutBase.INCONNUE or sans_valeur
        return inconnue and self.mode_cible is not ModeCible.INCREMENTALE


def read_definition(
    ligne: Mapping[str, Any], reglages: Mapping[str, str] | None = None, base: Mapping[str, Any] | None = None
) -> Definition:
    """An indicator's row (settings as stored, levels separated by `;`), the SP/CCM's settings (field → value) and its
    baseline in force (statut, valeur). Raises ValeurInvalide for a value outside its closed list.
    """
    lus = {**{str(k): v for k, v in ligne.items()}, **(reglages or {})}
    statut, valeur = lus["base_statut"], None
    if base is not None:
        statut, valeur = base["statut"], base.get("valeur")
    niveaux = lus.get("niveaux")
    try:
        return Definition(
            code=str(lus["code"]),
            type=TypeIndicateur(lus["type"]),
            sens=Sens(lus["sens"]),
            agregation_temps=AgregationTemps(lus["agregation_temps"]),
            agregation_region=AgregationRegion(lus["agregation_region"]),
            mode_cible=ModeCible(lus["mode_cible"]),
            mode_saisie=ModeSaisie(lus["mode_saisie"]),
            base_statut=StatutBase(statut),
            base=None if valeur is None or valeur != valeur else float(valeur),
            niveaux=tuple(n.strip() for n in niveaux.split(";") if n.strip()) if isinstance(niveaux, str) else (),
            perimetres_disjoints=_read_bool(lus.get("perimetres_disjoints")),
            non_precise=_read_bool(lus.get("non_precise")),
        )
    except ValueError as erreur:
        raise ValeurInvalide(champ="indicateur", valeur=str(erreur), attendu="une valeur de la liste") from erreur


def _read_bool(valeur: object) -> bool:
    return valeur is True or str(valeur).strip().lower() in {"oui", "true", "1"}


@dataclass(frozen=True)
class Incompatibilite:
    """Where all of `si` hold, `champ` must take one of `admis`."""

    code: str
    si: Mapping[str, frozenset[str]]
    champ: str
    admis: frozenset[str] = field(default_factory=frozenset)


def _row(code: str, si: Mapping[str, str | set[str]], champ: str, *admis: str) -> Incompatibilite:
    conditions = {nom: frozenset({v} if isinstance(v, str) else v) for nom, v in si.items()}
    return Incompatibilite(code, conditions, champ, frozenset(admis))


_NIVEAUX = {"oui_non", "ordinal", "narratif"}
_CHIFFRES = {"nombre", "pourcentage"}

INCOMPATIBILITES: Final[tuple[Incompatibilite, ...]] = (
    # A level or a story is a state: it is neither added, averaged nor spread over years.
    _row("niveau_sans_somme", {"type": _NIVEAUX}, "agregation_temps", "dernier"),
    _row("niveau_national", {"type": _NIVEAUX}, "agregation_region", "national_seulement"),
    _row("niveau_a_seuil", {"type": _NIVEAUX}, "mode_cible", "seuil"),
    _row("niveau_est_un_etat", {"type": _NIVEAUX}, "mode_saisie", "etat"),
    # A percentage is Σnum / Σden: never a sum, never a recount.
    _row("pourcentage_sans_somme", {"type": "pourcentage"}, "agregation_temps", "dernier", "moyenne"),
    _row("pourcentage_pondere", {"type": "pourcentage"}, "agregation_region", "moyenne_ponderee", "national_seulement"),
    _row("pourcentage_sans_cumul", {"type": "pourcentage"}, "mode_cible", "finale", "seuil"),
    _row("ponderee_sans_poids", {"agregation_region": "moyenne_ponderee"}, "type", "pourcentage"),
    # Flows add up; running totals and states do not.
    _row("somme_de_flux", {"agregation_temps": "somme"}, "mode_saisie", "flux"),
    _row("dernier_flux", {"type": "nombre", "agregation_temps": "dernier"}, "mode_saisie", "cumul", "etat"),
    _row("cumul_se_lit", {"mode_saisie": "cumul"}, "agregation_temps", "dernier", "max", "distinct"),
    # What was counted once over time is counted once over regions too, and the other way round.
    _row("distinct_partout", {"agregation_temps": "distinct"}, "agregation_region", "distinct", "national_seulement"),
    _row("somme_de_distincts", {"agregation_temps": "somme"}, "agregation_region", "somme", "national_seulement"),
    # A yearly addition needs something that adds up; a mean or a state does not accumulate.
    _row("increment_d_un_cumul", {"mode_cible": "incrementale"}, "agregation_temps", "somme", "dernier"),
    _row(
        "increment_d_un_etat",
        {"mode_cible": "incrementale", "agregation_temps": "dernier"},
        "mode_saisie",
        "cumul",
    ),
    _row("cumul_d_une_moyenne", {"mode_cible": "cumulee"}, "agregation_temps", "somme", "dernier", "max", "distinct"),
    # A running total never falls, and what must be kept is not accumulated.
    _row("baisse_d_un_cumul", {"sens": "decroissant", "type": _CHIFFRES}, "mode_cible", "finale", "seuil"),
    _row("maintien_sans_cumul", {"sens": "maintien", "type": _CHIFFRES}, "mode_cible", "finale", "seuil"),
    _row("baisse_depuis_zero", {"sens": "decroissant"}, "base_statut", "connue", "inconnue"),
)


def list_incompatibilites(definition: Definition) -> list[str]:
    """Codes of the rows of the table that this definition breaks; empty when it makes sense."""
    trouvees = [
        regle.code
        for regle in INCOMPATIBILITES
        if all(str(getattr(definition, nom)) in valeurs for nom, valeurs in regle.si.items())
        and str(getattr(definition, regle.champ)) not in regle.admis
    ]
    if definition.type is TypeIndicateur.ORDINAL and len(set(definition.niveaux)) < 2:
        trouvees.append("ordinal_sans_niveaux")
    return trouvees


def check_definition(definition: Definition) -> None:
    """Raise ValeurInvalide (code `combinaison_refusee`) when the combination makes no sense."""
    codes = list_incompatibilites(definition)
    if codes:
        raise ValeurInvalide("combinaison_refusee", champ="indicateur", valeur=definition.code, regles=codes)


def compute_cible_finale(mode: ModeCible, cibles: Mapping[int, float]) -> float | None:
    """The target at the end of the plan, out of the yearly ones; None without target."""
    if not cibles:
        return None
    if mode is ModeCible.INCREMENTALE:
        return float(sum(cibles.values()))
    return float(cibles[max(cibles)])


def compute_cible_annee(cibles: Mapping[int, float], annee: int) -> float | None:
    """The target in force in a year: that year's, else the last earlier one; None before the first."""
    passees = [a for a in cibles if a <= annee]
    return float(cibles[max(passees)]) if passees else None


def compute_attendu(
    mode: ModeCible, base: float | None, cibles: Mapping[int, float], date_arrete: date
) -> float | None:
    """What should stand at the end of this day. None without target, or without base where a path is needed.

    `base` is `Definition.base_effective`; for incrémentale it is taken as 0.
    """
    if not cibles:
        return None
    if mode is ModeCible.SEUIL:
        return compute_cible_annee(cibles, date_arrete.year)
    depart = 0.0 if mode is ModeCible.INCREMENTALE else base
    if depart is None:
        return None
    points: list[tuple[date, float]] = [(VEILLE_DU_PLAN, float(depart))]
    for annee in sorted(cibles):
        ajout = points[-1][1] if mode is ModeCible.INCREMENTALE else 0.0
        points.append((date(annee, 12, 31), ajout + float(cibles[annee])))
    return _interpolate(points, date_arrete)


def _interpolate(points: list[tuple[date, float]], jour: date) -> float:
    """Linear by days between dated points; constant outside them."""
    if jour <= points[0][0]:
        return points[0][1]
    for (avant, bas), (apres, haut) in pairwise(points):
        if jour <= apres:
            return bas + (haut - bas) * ((jour - avant).days / (apres - avant).days)
    return points[-1][1]


def compute_ecart_cibles(mode: ModeCible, cibles: Mapping[int, float], finale: float | None) -> float | None:
    """Yearly targets against the stated final one: difference (yearly − final), None when they agree or are absent.

    Incrémentale: the sum; cumulée and finale: the last year's, which must be the plan's last to be compared.
    """
    if finale is None or not cibles or mode is ModeCible.SEUIL:
        return None
    if mode is not ModeCible.INCREMENTALE and max(cibles) != ANNEES[-1]:
        return None
    annuelle = compute_cible_finale(mode, cibles)
    ecart = 0.0 if annuelle is None else round(annuelle - finale, 6)
    return ecart or None
