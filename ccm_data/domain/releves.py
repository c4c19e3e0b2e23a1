"""Reported values of one indicator, cell by cell (region × quarter), before anything is added up.

- A row without value, level nor numerator is « non renseigné »: no cell. Zero is a cell.
- Several reporters of one cell: summed where perimeters are declared disjoint; otherwise, when they differ, the
  conflict is kept to be shown, and the region's own word (no organisation named) stands, else the lowest value.
- Quarters that end after the date d'arrêté or lie outside the plan are not read.
- A flow at or above the previous running total is « à vérifier »; a falling running total « à corriger ».
Source: règles de calcul, 2.1, 2.7, 2.8.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pandas as pd

from ccm_data.domain.calendrier import DERNIER_TRIMESTRE, PREMIER_TRIMESTRE, Trimestre
from ccm_data.domain.indicateurs import Definition
from ccm_data.domain.vocabulaire import ModeSaisie, TypeIndicateur

CHAMPS = ("region_code", "acteur_code", "annee", "trimestre", "valeur", "numerateur", "denominateur", "niveau", "texte")
A_VERIFIER, A_CORRIGER, CONFLIT, NATIONAL_ET_REGIONS = "a_verifier", "a_corriger", "conflit", "national_et_regions"


@dataclass(frozen=True)
class Releve:
    """One cell. Figures are Decimals so that sums are exact; None is « non renseigné »."""

    region_code: str | None
    trimestre: Trimestre
    valeur: Decimal | None = None
    numerateur: Decimal | None = None
    denominateur: Decimal | None = None
    niveau: str | None = None


@dataclass(frozen=True)
class Anomalie:
    """Something to look at, shown beside the figure and never corrected by the software.

    `code`: a_verifier, a_corriger, conflit (`valeurs`: organisation or "" → value), national_et_regions.
    """

    code: str
    region_code: str | None
    trimestre: str
    valeurs: tuple[tuple[str, float | str | None], ...] = ()


Cellules = dict[str | None, dict[Trimestre, Releve]]


def _number(valeur: Any) -> Decimal | None:
    return None if valeur is None or pd.isna(valeur) else Decimal(str(valeur))


def _text(valeur: Any) -> str | None:
    return None if valeur is None or pd.isna(valeur) else str(valeur)


def _read_ligne(ligne: Mapping[str, Any], definition: Definition) -> tuple[Releve, str]:
    """A row as a cell and its reporter ("" for the region itself)."""
    trimestre = Trimestre(int(ligne["annee"]), int(ligne["trimestre"]))
    releve = Releve(
        _text(ligne.get("region_code")),
        trimestre,
        _number(ligne.get("valeur")),
        _number(ligne.get("numerateur")),
        _number(ligne.get("denominateur")),
        _text(ligne.get("niveau")) if definition.type is not TypeIndicateur.NARRATIF else _text(ligne.get("texte")),
    )
    return releve, _text(ligne.get("acteur_code")) or ""


def is_renseigne(releve: Releve, definition: Definition) -> bool:
    """Does the cell say what this kind of indicator needs? A percentage without numerator does not."""
    if definition.type is TypeIndicateur.POURCENTAGE:
        return releve.numerateur is not None
    if definition.type is TypeIndicateur.NOMBRE:
        return releve.valeur is not None
    return releve.niveau is not None


def list_cellules(
    definition: Definition, valeurs: pd.DataFrame, date_arrete: date, premier: Trimestre = PREMIER_TRIMESTRE
) -> tuple[Cellules, list[Anomalie]]:
    """Validated rows of one indicator as cells: region (None: national) → quarter → cell, with the conflicts met.

    In: rows with CHAMPS (missing columns are taken as null), other indicators' rows already left out.
    """
    recus: dict[tuple[str | None, Trimestre], list[tuple[Releve, str]]] = {}
    cadre = valeurs[[champ for champ in CHAMPS if champ in valeurs.columns]]
    for brut in cadre.to_dict("records"):
        releve, auteur = _read_ligne({str(k): v for k, v in brut.items()}, definition)
        dans_plan = premier <= releve.trimestre <= DERNIER_TRIMESTRE and releve.trimestre.fin <= date_arrete
        if dans_plan and is_renseigne(releve, definition):
            recus.setdefault((releve.region_code, releve.trimestre), []).append((releve, auteur))
    cellules: Cellules = {}
    anomalies: list[Anomalie] = []
    for (region, trimestre), declares in sorted(recus.items(), key=lambda item: item[0][1]):
        releve, conflit = _merge(definition, declares)
        cellules.setdefault(region, {})[trimestre] = releve
        if conflit is not None:
            anomalies.append(conflit)
    return cellules, anomalies


def _merge(definition: Definition, declares: list[tuple[Releve, str]]) -> tuple[Releve, Anomalie | None]:
    """One cell out of what several reporters said of it."""
    premier = declares[0][0]
    if len(declares) == 1:
        return premier, None
    if definition.perimetres_disjoints and premier.niveau is None:
        valeur, haut, bas = (
            _sum(getattr(releve, champ) for releve, _ in declares) for champ in ("valeur", "numerateur", "denominateur")
        )
        return Releve(premier.region_code, premier.trimestre, valeur, haut, bas), None
    propres = [r for r, auteur in declares if not auteur] or [r for r, _ in declares]
    retenu = min(propres, key=lambda r: _rank(r, definition))
    if len({_rank(r, definition) for r, _ in declares}) == 1:
        return retenu, None
    dits = tuple(sorted((auteur, _say(r)) for r, auteur in declares))
    return retenu, Anomalie(CONFLIT, premier.region_code, premier.trimestre.code, dits)


def _sum(valeurs: Iterable[Decimal | None]) -> Decimal | None:
    connues = [v for v in valeurs if v is not None]
    return sum(connues, Decimal(0)) if connues else None


def _rank(releve: Releve, definition: Definition) -> tuple[Decimal, str]:
    if definition.type is TypeIndicateur.POURCENTAGE and releve.denominateur:
        return (releve.numerateur or Decimal(0)) / releve.denominateur, ""
    if releve.niveau is not None:
        rang = definition.echelle.index(releve.niveau) if releve.niveau in definition.echelle else -1
        return Decimal(rang), releve.niveau
    return releve.valeur or Decimal(0), ""


def _say(releve: Releve) -> float | str | None:
    """What a reporter said, as plain data."""
    if releve.niveau is not None:
        return releve.niveau
    chiffre = releve.valeur if releve.valeur is not None else releve.numerateur
    return None if chiffre is None else float(chiffre)


def list_anomalies_serie(definition: Definition, cellules: Cellules) -> list[Anomalie]:
    """Flows that look like running totals, running totals that fall; numbers only."""
    if definition.type is not TypeIndicateur.NOMBRE or definition.mode_saisie is ModeSaisie.ETAT:
        return []
    trouvees: list[Anomalie] = []
    for region, serie in cellules.items():
        valeurs = [(t, serie[t].valeur or Decimal(0)) for t in sorted(serie)]
        if definition.mode_saisie is ModeSaisie.FLUX:
            cumul = Decimal(0)
            for trimestre, flux in valeurs:
                if 0 < cumul <= flux:
                    dits = (("flux", float(flux)), ("cumul_precedent", float(cumul)))
                    trouvees.append(Anomalie(A_VERIFIER, region, trimestre.code, dits))
                cumul += flux
        else:
            for (_, avant), (trimestre, apres) in pairwise(valeurs):
                if apres < avant:
                    dits = (("avant", float(avant)), ("apres", float(apres)))
                    trouvees.append(Anomalie(A_CORRIGER, region, trimestre.code, dits))
    return trouvees
