"""The logframe at a date: each indicator's figure, target, rate and status, with what it rests on.

The figure of an indicator that a register counts is recounted from its rows; what was reported stays beside it, and the
difference is shown (règles 2.13). An empty register derives nothing: what was reported stands. Source: règles de calcul, 2.
Validated values alone; conflicts between reporters are shown, not merged.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy.orm import Session

from ccm_data.domain.calendrier import ANNEES
from ccm_data.domain.derivations import (
    DECLARE,
    DERIVE,
    Compte,
    Origine,
    Registre,
    compute_a_cote,
    compute_compte,
    compute_serie_registre,
    make_realise,
)
from ccm_data.domain.indicateurs import Definition, compute_cible_annee, read_definition
from ccm_data.domain.origines import SOURCES_INDICATEURS, SourceIndicateur
from ccm_data.domain.perimetre import Perimetre
from ccm_data.domain.realise import Realise, compute_realise, compute_serie
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
from ccm_data.queries.decisions import list_decisions
from ccm_data.queries.derivations import list_registres
from ccm_data.queries.plan import list_indicateurs
from ccm_data.queries.rapports import get_seuils
from ccm_data.queries.suivi import list_valides
from ccm_data.queries.territoire import list_regions


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
    """One indicator at a date. `realise` is the official figure: recounted (`compte` says of what) or reported.

    `declare`: what was reported, whether or not it is official. `a_cote`: figures of the register that stand beside, also
    where it only gives a ceiling; None: not said. `source`: the register, or why there is none.
    """

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
    source: SourceIndicateur
    declare: Realise
    compte: Compte | None = None
    a_cote: tuple[tuple[str, int | None], ...] = ()

    @property
    def origine(self) -> Origine:
        """Counted in a register, or reported."""
        return DECLARE if self.compte is None else DERIVE

    @property
    def ecart(self) -> float | None:
        """Counted less reported; None unless both are figures."""
        if self.compte is None or self.realise.valeur is None or self.declare.valeur is None:
            return None
        return self.realise.valeur - self.declare.valeur


@dataclass(frozen=True)
class CadreLogique:
    """All 26, with counts per status (all six, in order) and the score of each axis."""

    lignes: tuple[LigneIndicateur, ...]
    comptes: tuple[tuple[StatutIndicateur, int], ...]
    scores: dict[str, Score]


def read_cibles(cibles: pd.DataFrame, code: str, region: str | None = None) -> Cibles:
    """The targets of an indicator among those in force: national ones, or one region's own."""
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


def compute_jugement(
    definition: Definition, realise: Realise, cibles: Cibles, jour: date, seuils: Seuils
) -> tuple[Statut, Taux]:
    """Status and rate of a figure against targets, levels or amounts as the indicator has it."""
    if definition.a_niveaux:
        statut = compute_statut_niveau(definition, realise, cibles.niveaux, jour)
    else:
        statut = compute_statut(definition, realise, cibles.valeurs, jour, seuils)
    return statut, compute_taux(definition, realise.valeur, statut.cible_finale)


@dataclass(frozen=True)
class Lecture:
    """One indicator as it is read: its reported values, its register, the regions expected to report."""

    definition: Definition
    valeurs: pd.DataFrame
    registre: Registre | None
    attendues: list[str]
    jour: date

    def compute_compte(self, region: str | None = None) -> Compte | None:
        """What the register counts, for the country or one region."""
        return None if self.registre is None else compute_compte(self.registre, self.jour, region)

    def compute_serie(self) -> pd.DataFrame:
        """The figure of each quarter's end, from the same origin as that of the date."""
        if self.registre is not None and self.compute_compte() is not None:
            return compute_serie_registre(self.registre, self.jour)
        return compute_serie(self.definition, self.valeurs, self.jour, self.attendues)


def make_official(declare: Realise, compte: Compte | None, jour: date) -> Realise:
    """The figure that counts; what is odd in the reports is still told beside it."""
    return declare if compte is None else replace(make_realise(compte, jour), anomalies=declare.anomalies)


def get_cadre_logique(session: Session, perimetre: Perimetre) -> CadreLogique:
    """The logframe at the date d'arrêté, for the plan or one axis."""
    return make_cadre(session, perimetre, list_registres(session))


def make_cadre(session: Session, perimetre: Perimetre, registres: dict[str, Registre]) -> CadreLogique:
    """The same out of registers already read."""
    indicateurs = list_indicateurs(session)
    if perimetre.axe is not None:
        indicateurs = indicateurs[indicateurs["axe_code"] == perimetre.axe]
    definitions, seuils = list_definitions(session), get_seuils(session)
    regions = list(list_regions(session)["code"])
    toutes = list_decisions(session, "cible")
    valeurs = list_valides(session, "valeur_indicateur", perimetre.date_arrete)
    lignes = []
    for brut in indicateurs.to_dict("records"):
        siennes = valeurs[valeurs["indicateur_code"] == brut["code"]]
        attendues = regions if siennes["region_code"].notna().any() else []
        lecture = Lecture(
            definitions[brut["code"]], siennes, registres.get(brut["code"]), attendues, perimetre.date_arrete
        )
        lignes.append(_make_ligne(_plain(brut), lecture, read_cibles(toutes, brut["code"]), seuils))
    comptes = tuple((s, sum(x.statut.code is s for x in lignes)) for s in StatutIndicateur)
    scores = {
        axe: compute_score_axe(x.taux for x in lignes if x.axe_code == axe) for axe in {x.axe_code for x in lignes}
    }
    return CadreLogique(tuple(lignes), comptes, scores)


def _make_ligne(brut: dict[str, Any], lecture: Lecture, cibles: Cibles, seuils: Seuils) -> LigneIndicateur:
    definition, jour = lecture.definition, lecture.jour
    compte = lecture.compute_compte()
    declare = compute_realise(definition, lecture.valeurs, jour, lecture.attendues)
    realise = make_official(declare, compte, jour)
    statut, taux = compute_jugement(definition, realise, cibles, jour, seuils)
    return LigneIndicateur(
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
        tendance=tuple(None if pd.isna(v) else float(v) for v in lecture.compute_serie()["valeur"]),
        derniere_source=_get_source(lecture.valeurs),
        conflit=any(a.code.startswith("conflit") for a in realise.anomalies),
        source=SOURCES_INDICATEURS[brut["code"]],
        declare=declare,
        compte=compte,
        a_cote=() if lecture.registre is None else compute_a_cote(lecture.registre, jour),
    )


def _get_source(valeurs: pd.DataFrame) -> str | None:
    if valeurs.empty:
        return None
    derniere = valeurs.sort_values(["annee", "trimestre", "id"]).iloc[-1]
    return str(derniere["source"]) if isinstance(derniere["source"], str) else None
