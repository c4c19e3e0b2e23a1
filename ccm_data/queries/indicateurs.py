"""The logframe at a date: each indicator's figure, target, rate and status, with what it rests on.

Source: règles de calcul, 2. Validated values alone; conflicts between reporters are shown, not merged.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy.orm import Session

from ccm_data.domain.calendrier import ANNEES
from ccm_data.domain.indicateurs import Definition, compute_cible_annee, read_definition
from ccm_data.domain.perimetre import Perimetre
from ccm_data.domain.realise import Realise, compute_par_region, compute_realise, compute_serie
from ccm_data.domain.seuils import Seuils
from ccm_data.domain.statut import (
    Score,
    Statut,
    Taux,
    compute_score_axe,
    compute_statut,
    compute_statut_niveau,
    compute_taux,
)
from ccm_data.domain.vocabulaire import StatutIndicateur
from ccm_data.queries.acteurs import list_noms_acteurs
from ccm_data.queries.decisions import list_decisions
from ccm_data.queries.plan import list_hypotheses_risques, list_indicateurs, list_sources_verification
from ccm_data.queries.rapports import get_seuils
from ccm_data.queries.suivi import list_valides
from ccm_data.queries.territoire import list_regions
from ccm_data.textes import _
from ccm_data.typographie import say_trimestre


@dataclass(frozen=True)
class Cibles:
    """Targets in force: year → figure, or year → level."""

    valeurs: dict[int, float]
    niveaux: dict[int, str]

    @property
    def finale_niveau(self) -> str | None:
        """The level aimed at in the last year that has one."""
        return self.niveaux[max(self.niveaux)] if self.niveaux else None


@dataclass(frozen=True)
class LigneIndicateur:
    """One indicator at a date."""

    code: str
    objectif_code: str
    axe_code: str
    intitule: str
    libelle: str
    unite: str
    definition: Definition
    realise: Realise
    cibles: Cibles
    cible_annee: float | None
    taux: Taux
    statut: Statut
    tendance: tuple[float | None, ...]  # end of each ended quarter; None before the first report
    derniere_source: str | None
    conflit: bool


@dataclass(frozen=True)
class CadreLogique:
    """All 26, with counts per status (all six, in order) and the score of each axis."""

    lignes: tuple[LigneIndicateur, ...]
    comptes: tuple[tuple[StatutIndicateur, int], ...]
    scores: dict[str, Score]


def _read_cibles(cibles: pd.DataFrame, code: str, region: str | None = None) -> Cibles:
    siennes = cibles[(cibles["indicateur_code"] == code)]
    siennes = siennes[siennes["region_code"].isna() if region is None else siennes["region_code"] == region]
    valeurs, niveaux = {}, {}
    for ligne in siennes.to_dict("records"):
        if isinstance(ligne["niveau"], str):
            niveaux[int(ligne["annee"])] = ligne["niveau"]
        elif not pd.isna(ligne["valeur"]):
            valeurs[int(ligne["annee"])] = float(ligne["valeur"])
    return Cibles(valeurs, niveaux)


def list_definitions(session: Session) -> dict[str, Definition]:
    """Settings in force: the file's defaults, what the SP/CCM changed, the baseline it entered."""
    reglages: dict[str, dict[str, str]] = {}
    for ligne in list_decisions(session, "reglage_indicateur").to_dict("records"):
        reglages.setdefault(ligne["indicateur_code"], {})[ligne["champ"]] = ligne["valeur"]
    bases = {
        b["indicateur_code"]: {"statut": b["statut"], "valeur": b["valeur"]}
        for b in list_decisions(session, "reference").to_dict("records")
        if pd.isna(b["region_code"])
    }
    return {
        ligne["code"]: read_definition(_plain(ligne), reglages.get(ligne["code"]), bases.get(ligne["code"]))
        for ligne in list_indicateurs(session).to_dict("records")
    }


def _plain(ligne: dict[Any, Any]) -> dict[str, Any]:
    return {str(c): None if not isinstance(v, (list, str)) and pd.isna(v) else v for c, v in ligne.items()}


def _judge(definition: Definition, realise: Realise, cibles: Cibles, jour: date, seuils: Seuils) -> tuple[Statut, Taux]:
    if definition.a_niveaux:
        statut = compute_statut_niveau(definition, realise, cibles.niveaux, jour)
    else:
        statut = compute_statut(definition, realise, cibles.valeurs, jour, seuils)
    return statut, compute_taux(definition, realise.valeur, statut.cible_finale)


def get_cadre_logique(session: Session, perimetre: Perimetre) -> CadreLogique:
    """The logframe at the date d'arrêté, for the plan or one axis."""
    indicateurs = list_indicateurs(session)
    if perimetre.axe is not None:
        indicateurs = indicateurs[indicateurs["axe_code"] == perimetre.axe]
    definitions, seuils = list_definitions(session), get_seuils(session)
    regions = list(list_regions(session)["code"])
    toutes = list_decisions(session, "cible")
    valeurs = list_valides(session, "valeur_indicateur", perimetre.date_arrete)
    jour = perimetre.date_arrete
    lignes = []
    for brut in indicateurs.to_dict("records"):
        definition = definitions[brut["code"]]
        siennes = valeurs[valeurs["indicateur_code"] == brut["code"]]
        attendues = regions if siennes["region_code"].notna().any() else []
        realise = compute_realise(definition, siennes, jour, attendues)
        cibles = _read_cibles(toutes, brut["code"])
        statut, taux = _judge(definition, realise, cibles, jour, seuils)
        serie = compute_serie(definition, siennes, jour, attendues)
        lignes.append(
            LigneIndicateur(
                code=brut["code"],
                objectif_code=brut["objectif_code"],
                axe_code=brut["axe_code"],
                intitule=brut["intitule"],
                libelle=brut["libelle_court"],
                unite=brut["unite"],
                definition=definition,
                realise=realise,
                cibles=cibles,
                cible_annee=compute_cible_annee(cibles.valeurs, min(jour.year, ANNEES[-1])),
                taux=taux,
                statut=statut,
                tendance=tuple(None if pd.isna(v) else float(v) for v in serie["valeur"]),
                derniere_source=_get_source(siennes),
                conflit=any(a.code.startswith("conflit") for a in realise.anomalies),
            )
        )
    comptes = tuple((s, sum(x.statut.code is s for x in lignes)) for s in StatutIndicateur)
    scores = {
        axe: compute_score_axe(x.taux for x in lignes if x.axe_code == axe) for axe in {x.axe_code for x in lignes}
    }
    return CadreLogique(tuple(lignes), comptes, scores)


def _get_source(valeurs: pd.DataFrame) -> str | None:
    if valeurs.empty:
        return None
    derniere = valeurs.sort_values(["annee", "trimestre", "id"]).iloc[-1]
    return str(derniere["source"]) if isinstance(derniere["source"], str) else None


@dataclass(frozen=True)
class FicheIndicateur:
    """One indicator in full: history per quarter, per region, what verifies it, what it supposes."""

    ligne: LigneIndicateur
    serie: pd.DataFrame  # trimestre, fin, valeur, niveau, provisoire
    regions: tuple[tuple[str, Realise], ...]  # only those that reported or are expected
    releves: pd.DataFrame  # validated values, as shown
    sources: tuple[str, ...]
    hypothese: str | None
    risque: str | None


def _make_releves(session: Session, valeurs: pd.DataFrame, regions: dict[str, str]) -> pd.DataFrame:
    """Validated values, latest first; a column that no row fills is left out (a level, the two sides of a rate)."""
    triees = valeurs.sort_values(["annee", "trimestre", "region_code"], ascending=[False, False, True])
    region = triees["region_code"].map(regions)
    declarant = triees["acteur_code"].map(list_noms_acteurs(session)).fillna(region).fillna(_("SP/CCM"))
    cadre = pd.DataFrame(
        {
            _("Période"): [
                say_trimestre(int(a), int(t)) for a, t in zip(triees["annee"], triees["trimestre"], strict=True)
            ],
            _("Région"): region.fillna(_("Niveau national")),
            _("Déclarant"): declarant,
            _("Numérateur"): pd.to_numeric(triees["numerateur"]),
            _("Dénominateur"): pd.to_numeric(triees["denominateur"]),
            _("Valeur"): pd.to_numeric(triees["valeur"]),
            _("Niveau"): triees["niveau"],
            _("Source"): triees["source"],
        }
    )
    vides = [c for c in (_("Numérateur"), _("Dénominateur"), _("Valeur"), _("Niveau")) if cadre[c].isna().all()]
    return cadre.drop(columns=vides).reset_index(drop=True)


def get_fiche_indicateur(session: Session, perimetre: Perimetre, code: str) -> FicheIndicateur | None:
    """The sheet of an indicator, or None for an unknown code."""
    cadre = get_cadre_logique(session, Perimetre(perimetre.date_arrete))
    ligne = next((x for x in cadre.lignes if x.code == code), None)
    if ligne is None:
        return None
    valeurs = list_valides(session, "valeur_indicateur", perimetre.date_arrete)
    valeurs = valeurs[valeurs["indicateur_code"] == code]
    regions = list_regions(session)
    a_regions = bool(valeurs["region_code"].notna().any())
    codes = list(regions["code"]) if a_regions else []
    par_region = compute_par_region(ligne.definition, valeurs, perimetre.date_arrete, codes)
    noms = dict(zip(regions["code"], regions["nom"], strict=True))
    hypotheses = list_hypotheses_risques(session)
    siennes = hypotheses[hypotheses["objectif_code"] == ligne.objectif_code]
    textes = dict(zip(siennes["nature"], siennes["texte"], strict=True))
    sources = list_sources_verification(session)
    return FicheIndicateur(
        ligne,
        compute_serie(ligne.definition, valeurs, perimetre.date_arrete, codes),
        tuple((noms[c], r) for c, r in par_region.items()),
        _make_releves(session, valeurs, noms),
        tuple(sources[sources["objectif_code"] == ligne.objectif_code]["texte"]),
        textes.get("hypothese"),
        textes.get("risque"),
    )
