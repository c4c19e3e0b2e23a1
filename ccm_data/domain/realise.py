"""The realised value of an indicator at a date, out of validated reports (or recounted from a register).

Over time, per region: somme (flows since the first quarter), dernier (last value whose quarter ended by the date;
« reporté » when older than the current quarter), moyenne, max. Over regions: somme, national; percentages Σnum / Σden.
- Missing parts are never zero: a sum that lacks cells is « au moins » (`plancher`) and provisional.
- `distinct` is recounted from rows (`count_distincts`), never the sum of quarters or regions. From reports alone, a
  national row is the recount; without one, the largest value known is a floor.
- A national row beside regional ones is a rival total unless `non_precise`: the better covered of the two stands and
  the other is shown.
Source: règles de calcul, 2.1, 2.5, 2.7, 2.8, 2.13.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import pandas as pd

from ccm_data.domain.calendrier import (
    DERNIER_TRIMESTRE,
    PREMIER_TRIMESTRE,
    Trimestre,
    get_dernier_trimestre_fini,
    list_entre,
)
from ccm_data.domain.indicateurs import Definition
from ccm_data.domain.releves import NATIONAL_ET_REGIONS, Anomalie, Cellules, Releve, list_anomalies_serie, list_cellules
from ccm_data.domain.vocabulaire import AgregationRegion, AgregationTemps, TypeIndicateur

Serie = dict[Trimestre, Releve]


@dataclass(frozen=True)
class Realise:
    """What was realised, and how much of it was reported.

    `valeur`: number or percentage (0-100), None when not reported or undefined (`motif`: non_renseigne, denominateur);
    `niveau` for levels and stories. `provisoire`: cells are missing; `plancher`: the true figure is at least this one.
    Quarters and regions count as reported with one report; cells (quarter × region) say the whole.
    `dernier`: quarter of the last value; `reporte`: it is older than the current quarter.
    """

    valeur: float | None = None
    niveau: str | None = None
    numerateur: float | None = None
    denominateur: float | None = None
    provisoire: bool = False
    plancher: bool = False
    trimestres_renseignes: int = 0
    trimestres_attendus: int = 0
    regions_renseignees: int = 0
    regions_attendues: int = 0
    cellules_renseignees: int = 0
    cellules_attendues: int = 0
    dernier: Trimestre | None = None
    reporte: bool = False
    motif: str | None = None
    anomalies: tuple[Anomalie, ...] = ()

    @property
    def renseigne(self) -> bool:
        """Is there a figure or a level?"""
        return self.valeur is not None or self.niveau is not None

    @property
    def couverture(self) -> float:
        """Share of the expected cells that were reported (1 when nothing was expected)."""
        return min(self.cellules_renseignees / self.cellules_attendues, 1.0) if self.cellules_attendues else 1.0


@dataclass(frozen=True)
class _Partie:
    """One way of reading the figure (national rows, or regional ones) with its cells."""

    valeur: Decimal | None
    numerateur: Decimal | None
    denominateur: Decimal | None
    series: tuple[Serie, ...]
    declarants: int
    cellules_attendues: int
    cellules_renseignees: int
    nationale: bool = False


def compute_realise(
    definition: Definition,
    valeurs: pd.DataFrame,
    date_arrete: date,
    regions_attendues: Sequence[str] = (),
    premier: Trimestre = PREMIER_TRIMESTRE,
) -> Realise:
    """The realised value at the date.

    In: validated rows (region_code, annee, trimestre, valeur, numerateur, denominateur, niveau, texte, acteur_code;
    an `indicateur_code` column is used to keep this indicator's rows). `regions_attendues` report it (ignored when
    national only; empty: the regions that did). `premier`: first quarter counted (a year's own figure starts there).
    """
    if "indicateur_code" in valeurs.columns:
        valeurs = valeurs[valeurs["indicateur_code"] == definition.code]
    cellules, conflits = list_cellules(definition, valeurs, date_arrete, premier)
    courant = min(get_dernier_trimestre_fini(date_arrete), DERNIER_TRIMESTRE)
    return _compute(definition, cellules, conflits, regions_attendues, premier, courant)


def _compute(
    definition: Definition,
    cellules: Cellules,
    conflits: Sequence[Anomalie],
    regions: Sequence[str],
    premier: Trimestre,
    courant: Trimestre,
) -> Realise:
    """The realised value out of cells, all of them on or before the current quarter."""
    anomalies = [*conflits, *list_anomalies_serie(definition, cellules)]
    if definition.type in (TypeIndicateur.OUI_NON, TypeIndicateur.ORDINAL, TypeIndicateur.NARRATIF):
        return _read_niveau(cellules.get(None, {}), courant, anomalies)
    trimestres = list_entre(premier, courant)
    attendues = _list_attendues(definition, cellules, regions)
    partie = _choose(definition, cellules, attendues, trimestres, anomalies)
    return _build(definition, partie, trimestres, courant, anomalies)


def _list_attendues(definition: Definition, cellules: Cellules, regions: Sequence[str]) -> list[str | None]:
    """Who is expected to report: the country itself, or the regions."""
    if definition.agregation_region is AgregationRegion.NATIONAL:
        return [None]
    # A region that reports without being expected is read too: no validated figure is dropped in silence.
    imprevues = sorted(r for r in cellules if r is not None and r not in regions)
    return [*regions, *imprevues] or [None]


def _choose(
    definition: Definition,
    cellules: Cellules,
    attendues: Sequence[str | None],
    trimestres: Sequence[Trimestre],
    anomalies: list[Anomalie],
) -> _Partie:
    """Regional rows, national ones, or both: which stand for the figure."""
    nationale = replace(_read_partie(definition, [cellules.get(None, {})], 1, trimestres), nationale=True)
    if attendues == [None]:
        return nationale
    connues = [cellules[r] for r in attendues if r in cellules]
    regionale = _read_partie(definition, connues, len(attendues), trimestres)
    if not nationale.cellules_renseignees:
        return regionale
    if definition.non_precise:
        # « Non précisé » adds to the regions and is expected of nobody.
        toutes = _read_partie(definition, [*connues, cellules[None]], len(attendues), trimestres)
        return replace(toutes, cellules_renseignees=regionale.cellules_renseignees)
    distinct = AgregationRegion.DISTINCT is definition.agregation_region
    if not regionale.cellules_renseignees or distinct:
        return nationale  # of distinct things, the national row is the recount
    if nationale.valeur != regionale.valeur:
        dits = (("national", _to_float(nationale.valeur)), ("regions", _to_float(regionale.valeur)))
        anomalies.append(Anomalie(NATIONAL_ET_REGIONS, None, max(cellules[None]).code, dits))
    return nationale if _share(nationale) > _share(regionale) else regionale


def _share(partie: _Partie) -> float:
    return partie.cellules_renseignees / partie.cellules_attendues if partie.cellules_attendues else 0.0


def _to_float(valeur: Decimal | None) -> float | None:
    return None if valeur is None else float(valeur)


def _is_cumulatif(definition: Definition) -> bool:
    """Does every quarter count (somme, moyenne, distinct or max of flows), or only the last value?"""
    return definition.agregation_temps is not AgregationTemps.DERNIER and definition.mode_saisie.value == "flux"


def _read_partie(
    definition: Definition, series: Sequence[Serie], declarants: int, trimestres: Sequence[Trimestre]
) -> _Partie:
    """Add up series over time then over regions; count cells."""
    connues = tuple(serie for serie in series if serie)
    numerateur, denominateur, valeur = None, None, None
    if definition.type is TypeIndicateur.POURCENTAGE:
        numerateur, denominateur = _sum_pourcentage(definition, connues)
        valeur = 100 * numerateur / denominateur if numerateur is not None and denominateur else None
    elif connues:
        distinct = AgregationTemps.DISTINCT is definition.agregation_temps
        distinct = distinct or AgregationRegion.DISTINCT is definition.agregation_region
        par_region = [_fold_temps(definition, serie) for serie in connues]
        valeur = max(par_region) if distinct else sum(par_region, Decimal(0))
    if _is_cumulatif(definition):
        attendues, renseignees = declarants * len(trimestres), sum(len(serie) for serie in connues)
    else:
        attendues, renseignees = declarants, len(connues)
    return _Partie(valeur, numerateur, denominateur, connues, declarants, attendues, renseignees)


def _fold_temps(definition: Definition, serie: Serie) -> Decimal:
    """One region's figure out of its quarters."""
    valeurs = [serie[t].valeur or Decimal(0) for t in sorted(serie)]
    if definition.agregation_temps is AgregationTemps.SOMME:
        return sum(valeurs, Decimal(0))
    if definition.agregation_temps is AgregationTemps.MOYENNE:
        return sum(valeurs, Decimal(0)) / len(valeurs)
    if definition.agregation_temps is AgregationTemps.MAX:
        return max(valeurs)
    # A recount is given as a running total or a state; flows of distinct things only give a floor.
    distinct_flux = definition.agregation_temps is AgregationTemps.DISTINCT and _is_cumulatif(definition)
    return max(valeurs) if distinct_flux else valeurs[-1]


def _sum_pourcentage(definition: Definition, series: Sequence[Serie]) -> tuple[Decimal | None, Decimal | None]:
    """Σ numerators and Σ denominators of the cells that count; None as soon as one denominator is missing."""
    cellules: list[Releve] = []
    for serie in series:
        dernier = definition.agregation_temps is AgregationTemps.DERNIER
        cellules += [serie[max(serie)]] if dernier else list(serie.values())
    if not cellules:
        return None, None
    numerateur = sum((c.numerateur or Decimal(0) for c in cellules), Decimal(0))
    if any(c.denominateur is None for c in cellules):
        return numerateur, None
    return numerateur, sum((c.denominateur or Decimal(0) for c in cellules), Decimal(0))


def _build(
    definition: Definition,
    partie: _Partie,
    trimestres: Sequence[Trimestre],
    courant: Trimestre,
    anomalies: Sequence[Anomalie],
) -> Realise:
    """The result, with what was reported of what was expected."""
    cumulatif = _is_cumulatif(definition)
    vus = {t for serie in partie.series for t in serie}
    codes = {c.region_code for serie in partie.series for c in serie.values()} - {None}
    dernier = max(vus, default=None)
    connu = partie.valeur is not None
    manquantes = partie.cellules_renseignees < partie.cellules_attendues
    # Distinct things reported by several regions or as flows: the largest is only a floor.
    non_recompte = (AgregationRegion.DISTINCT is definition.agregation_region and not partie.nationale) or (
        AgregationTemps.DISTINCT is definition.agregation_temps and cumulatif
    )
    additif = definition.type is TypeIndicateur.NOMBRE and (
        definition.agregation_temps is AgregationTemps.SOMME
        or (definition.agregation_region is AgregationRegion.SOMME and not partie.nationale)
    )
    sans_valeur = "denominateur" if partie.numerateur is not None else "non_renseigne"
    return Realise(
        valeur=_to_float(partie.valeur),
        numerateur=_to_float(partie.numerateur),
        denominateur=_to_float(partie.denominateur),
        provisoire=connu and (manquantes or non_recompte),
        plancher=connu and ((manquantes and additif) or non_recompte),
        trimestres_renseignes=len(vus) if cumulatif else min(len(vus), 1),
        trimestres_attendus=len(trimestres) if cumulatif else min(len(trimestres), 1),
        regions_renseignees=0 if partie.nationale else len(codes),
        regions_attendues=0 if partie.nationale else partie.declarants,
        cellules_renseignees=partie.cellules_renseignees,
        cellules_attendues=partie.cellules_attendues,
        dernier=dernier,
        reporte=dernier is not None and dernier < courant and not cumulatif,
        motif=None if connu else sans_valeur,
        anomalies=tuple(anomalies),
    )


def _read_niveau(serie: Serie, courant: Trimestre, anomalies: Sequence[Anomalie]) -> Realise:
    """The last level (or story) reported."""
    if not serie:
        return Realise(motif="non_renseigne", trimestres_attendus=1, cellules_attendues=1, anomalies=tuple(anomalies))
    dernier = max(serie)
    return Realise(
        niveau=serie[dernier].niveau,
        trimestres_renseignes=1,
        trimestres_attendus=1,
        cellules_renseignees=1,
        cellules_attendues=1,
        dernier=dernier,
        reporte=dernier < courant,
        anomalies=tuple(anomalies),
    )


def compute_serie(
    definition: Definition, valeurs: pd.DataFrame, date_arrete: date, regions_attendues: Sequence[str] = ()
) -> pd.DataFrame:
    """The figure at the end of each quarter up to the date.

    Out: trimestre (code), fin, valeur (Float64), niveau, provisoire. For small trends: NA before the first report; the
    last known state is carried, a sum keeps its running total.
    """
    if "indicateur_code" in valeurs.columns:
        valeurs = valeurs[valeurs["indicateur_code"] == definition.code]
    dernier = min(get_dernier_trimestre_fini(date_arrete), DERNIER_TRIMESTRE)
    cellules, _ = list_cellules(definition, valeurs, date_arrete)
    # Whoever has reported by the date is expected in every quarter, as in the figure of the date itself.
    regions = [r for r in _list_attendues(definition, cellules, regions_attendues) if r is not None]
    lignes = []
    for trimestre in list_entre(PREMIER_TRIMESTRE, dernier):
        connues = {r: {t: c for t, c in serie.items() if t <= trimestre} for r, serie in cellules.items()}
        connues = {r: serie for r, serie in connues.items() if serie}
        realise = _compute(definition, connues, (), regions, PREMIER_TRIMESTRE, trimestre)
        lignes.append((trimestre.code, trimestre.fin, realise.valeur, realise.niveau, realise.provisoire))
    cadre = pd.DataFrame(lignes, columns=["trimestre", "fin", "valeur", "niveau", "provisoire"])
    return cadre.astype({"valeur": "Float64", "niveau": object})


def compute_par_region(
    definition: Definition, valeurs: pd.DataFrame, date_arrete: date, regions: Sequence[str]
) -> dict[str, Realise]:
    """Each region's own figure, as its reports give it; nothing is shared out."""
    if "indicateur_code" in valeurs.columns:
        valeurs = valeurs[valeurs["indicateur_code"] == definition.code]
    return {
        region: compute_realise(definition, valeurs[valeurs["region_code"] == region], date_arrete, [region])
        for region in regions
    }


def count_distincts(lignes: pd.DataFrame, cle: str, date_colonne: str, date_arrete: date) -> int:
    """Distinct things in a register up to a date: each counted once whatever the quarters and regions; 0 is zero.

    Rows without key are no known thing and are left out.
    """
    jours = pd.to_datetime(lignes[date_colonne])
    return int(lignes.loc[jours <= pd.Timestamp(date_arrete), cle].dropna().nunique())
