"""Reports owed: who owes what for which quarter, by when, and in which state it is.

- One report per concerned region (or responsible organisation) × activity scheduled that year × quarter, due N days
  after the quarter's end. Quarters before the first due one are « reprise d'historique »: never owed, never late.
- Late = due date passed and not submitted. A returned report is not late until its new date (never, if none was set).
- « Rien à signaler » is a report. « Pas d'activité » (no row here) and « pas de rapport » are different states.
Source: règles de calcul, 3; 2.7 (nothing changes after the plan's end: reports of its quarters stay owed).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from ccm_data.domain.calendrier import PREMIER_TRIMESTRE, Trimestre, compute_echeance, list_entre
from ccm_data.domain.vocabulaire import EtatSuivi

RENDU, RIEN_A_SIGNALER, RETOURNE = "rendu", "rien_a_signaler", "retourne"
ATTENDU, EN_RETARD, REPRISE = "attendu", "en_retard", "reprise_historique"
# Order of a list of tasks: what presses first.
ETATS = (EN_RETARD, RETOURNE, ATTENDU, RENDU, RIEN_A_SIGNALER, REPRISE)
RENDUS = frozenset({RENDU, RIEN_A_SIGNALER})
DUS = frozenset({EN_RETARD, RETOURNE, ATTENDU})
COLONNES = ["region_code", "acteur_code", "activite_code", "annee", "trimestre", "code", "echeance", "etat"]
# Which submission speaks for an obligation when there are several: a correction in draft hides no validated report.
FORCE = {EtatSuivi.VALIDE: 4, EtatSuivi.SOUMIS: 3, EtatSuivi.RETOURNE: 2, EtatSuivi.REMPLACE: 1, EtatSuivi.BROUILLON: 0}
Cle = tuple[str | None, str | None, str, int, int]


@dataclass(frozen=True)
class Completude:
    """Declarants (regions or organisations) who gave all that they owe, among those who owe something."""

    rendus: int
    attendus: int


def _text(valeur: Any) -> str | None:
    return None if valeur is None or pd.isna(valeur) else str(valeur)


def _to_date(valeur: Any) -> date | None:
    return None if valeur is None or pd.isna(valeur) else pd.Timestamp(valeur).date()


def _list_soumissions(soumissions: pd.DataFrame) -> dict[Cle, dict[str, Any]]:
    """The strongest submission per obligation."""
    meilleures: dict[Cle, dict[str, Any]] = {}
    champs = ["region_code", "acteur_code", "activite_code", "annee", "trimestre", "etat", "rien_a_signaler"]
    champs += ["retour_avant_le"]
    for brut in soumissions[[c for c in champs if c in soumissions.columns]].to_dict("records"):
        ligne = {str(k): v for k, v in brut.items()}
        cle = (
            _text(ligne.get("region_code")),
            _text(ligne.get("acteur_code")),
            str(ligne["activite_code"]),
            int(ligne["annee"]),
            int(ligne["trimestre"]),
        )
        ligne["force"] = FORCE[EtatSuivi(ligne["etat"])]
        if cle not in meilleures or ligne["force"] > meilleures[cle]["force"]:
            meilleures[cle] = ligne
    return meilleures


def compute_etat(
    etat: str | None,
    rien_a_signaler: bool,
    retour_avant_le: date | None,
    echeance: date,
    du: bool,
    aujourd_hui: date,
) -> str:
    """State of one obligation. `etat` is the submission's (None: nothing); `du`: on or after the first due quarter."""
    if etat in (EtatSuivi.SOUMIS, EtatSuivi.VALIDE, EtatSuivi.REMPLACE):
        return RIEN_A_SIGNALER if rien_a_signaler else RENDU
    if etat == EtatSuivi.RETOURNE:
        depasse = retour_avant_le is not None and aujourd_hui > retour_avant_le
        return EN_RETARD if depasse else RETOURNE
    if not du:
        return REPRISE
    return EN_RETARD if aujourd_hui > echeance else ATTENDU


def compute_obligations(
    activites_regions: pd.DataFrame,
    annees: pd.DataFrame,
    soumissions: pd.DataFrame,
    jusqua: Trimestre,
    delai_jours: int,
    premier_du: Trimestre,
    aujourd_hui: date,
) -> pd.DataFrame:
    """Every report owed for the plan's quarters up to `jusqua`, itself included.

    In: activites_regions (activite_code, region_code, optional acteur_code: the declarant; both null: the SP/CCM
    itself), annees (activite_code, annee: marked or scheduled), soumissions (updates in any state: activite_code,
    region_code, acteur_code, annee, trimestre, etat, rien_a_signaler, retour_avant_le). Out: region_code, acteur_code,
    activite_code, annee, trimestre, code (« 2026-T3 »), echeance (the new date when returned), etat, in time order.
    """
    marquees = {(str(c), int(a)) for c, a in zip(annees["activite_code"], annees["annee"], strict=True)}
    recues = _list_soumissions(soumissions)
    acteurs: Sequence[Any] = (
        list(activites_regions["acteur_code"])
        if "acteur_code" in activites_regions.columns
        else [None] * len(activites_regions)
    )
    declarants = [
        (_text(region), _text(acteur), str(code))
        for region, acteur, code in zip(
            activites_regions["region_code"], acteurs, activites_regions["activite_code"], strict=True
        )
    ]
    lignes = []
    for trimestre in list_entre(PREMIER_TRIMESTRE, jusqua):
        for region, acteur, code in declarants:
            if (code, trimestre.annee) not in marquees:
                continue
            recue = recues.get((region, acteur, code, trimestre.annee, trimestre.numero), {})
            retour = _to_date(recue.get("retour_avant_le"))
            echeance = compute_echeance(trimestre, delai_jours)
            rien = recue.get("rien_a_signaler")
            rien = bool(rien) and not pd.isna(rien)
            etat = compute_etat(recue.get("etat"), rien, retour, echeance, trimestre >= premier_du, aujourd_hui)
            fixee = retour if recue.get("etat") == EtatSuivi.RETOURNE and retour is not None else echeance
            lignes.append((region, acteur, code, trimestre.annee, trimestre.numero, trimestre.code, fixee, etat))
    cadre = pd.DataFrame(lignes, columns=COLONNES)
    return cadre.astype({"region_code": object, "acteur_code": object})


def compute_completude_regions(obligations: pd.DataFrame, trimestre: Trimestre | None = None) -> pd.DataFrame:
    """Reports per region: region_code (None: national), rendus, attendus, en_retard. History is left out.

    One quarter, or all of them. A region that owes nothing is absent: « pas d'activité », not « pas de rapport ».
    """
    cadre = _select(obligations, trimestre)
    lignes = [
        (
            None if pd.isna(region) else region,
            int(groupe["etat"].isin(RENDUS).sum()),
            len(groupe),
            int((groupe["etat"] == EN_RETARD).sum()),
        )
        for region, groupe in cadre.groupby("region_code", dropna=False, sort=True)
    ]
    return pd.DataFrame(lignes, columns=["region_code", "rendus", "attendus", "en_retard"])


def compute_completude(obligations: pd.DataFrame, trimestre: Trimestre | None = None) -> Completude:
    """How many declarants gave all the reports that they owe (for one quarter, or for all)."""
    cadre = _select(obligations, trimestre)
    if cadre.empty:
        return Completude(0, 0)
    complets = cadre.assign(rendu=cadre["etat"].isin(RENDUS)).groupby(["region_code", "acteur_code"], dropna=False)
    tous = complets["rendu"].all()
    return Completude(int(tous.sum()), len(tous))


def _select(obligations: pd.DataFrame, trimestre: Trimestre | None) -> pd.DataFrame:
    cadre = obligations[obligations["etat"] != REPRISE]
    return cadre if trimestre is None else cadre[cadre["code"] == trimestre.code]
