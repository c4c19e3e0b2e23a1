"""What only a whole series or a whole budget chain shows. Source: règles de calcul, 2.8 (running totals), 4 (chain)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd
from sqlalchemy.orm import Session

from ccm_data.domain import chaine, releves
from ccm_data.domain.calendrier import PLAN_FIN, Trimestre
from ccm_data.domain.indicateurs import Definition
from ccm_data.domain.vocabulaire import Gravite
from ccm_data.imports.anomalies import Anomalie
from ccm_data.queries.suivi import list_valides
from ccm_data.typographie import say_fcfa

if TYPE_CHECKING:
    from ccm_data.imports.validation import LigneImport

CHAMPS_CHAINE = ("activite_code", "bailleur_code", "executant_code", "phase", "niveau", "montant_fcfa")
CHAMPS_RELEVE = ("indicateur_code", *releves.CHAMPS)


def _make_cadre(lignes: Sequence[LigneImport], champs: Sequence[str]) -> pd.DataFrame:
    """The rows of a file as the domain reads them."""
    return pd.DataFrame(
        [{c: getattr(x.valeurs.get(c), "value", x.valeurs.get(c)) for c in champs} for x in lignes],
        columns=list(champs),
    )


def _list_en_place(session: Session, sujet: str, jour: date, lignes: Sequence[LigneImport]) -> pd.DataFrame:
    """Validated rows, without those that the file corrects."""
    remplacees = {x.existant.id for x in lignes if x.existant is not None}
    cadre = list_valides(session, sujet, min(jour, PLAN_FIN))
    return cadre[~cadre["id"].isin(remplacees)] if "id" in cadre.columns else cadre


def list_anomalies_chaine(session: Session, lignes: Sequence[LigneImport], jour: date) -> list[Anomalie]:
    """Payé > ordonnancé > liquidé > engagé: to mend when the deposit breaks it by itself, else to look at."""
    if not lignes:
        return []
    depot = _make_cadre(lignes, CHAMPS_CHAINE).assign(niveau=lambda c: c["niveau"].fillna("bailleur"))
    en_place = _list_en_place(session, "ecriture_budgetaire", jour, lignes)
    anomalies = []
    for rupture in chaine.check_chaine(depot, en_place):
        grave = Gravite.A_CORRIGER if rupture.gravite == chaine.BLOQUANT else Gravite.A_VERIFIER
        for ligne in lignes:
            valeurs = ligne.valeurs
            memes = (valeurs["activite_code"], valeurs.get("bailleur_code")) == (
                rupture.activite_code,
                rupture.bailleur_code,
            )
            if memes and getattr(valeurs["phase"], "value", valeurs["phase"]) == rupture.phase:
                anomalies.append(
                    Anomalie("chaine_rompue", grave, ligne.feuille, ligne.ligne, "Montant", say_fcfa(rupture.montant_fcfa),
                             attendu=f"≤ {say_fcfa(rupture.montant_borne_fcfa)} ({rupture.borne})")
                )  # fmt: skip
    return anomalies


def list_anomalies_series(
    session: Session, lignes: Sequence[LigneImport], jour: date, definir: Callable[[str], Definition]
) -> list[Anomalie]:
    """A flow as large as the running total before it; a running total that falls; two reporters who disagree."""
    if not lignes:
        return []
    en_place = _list_en_place(session, "valeur_indicateur", jour, lignes)
    envoyees = _make_cadre(lignes, CHAMPS_RELEVE)
    anomalies = []
    for code in dict.fromkeys(x.valeurs["indicateur_code"] for x in lignes):
        siennes = [c[c["indicateur_code"] == code] for c in (en_place, envoyees)]
        valeurs = pd.concat([c for c in siennes if len(c)], ignore_index=True)
        cellules, conflits = releves.list_cellules(definir(code), valeurs, PLAN_FIN)
        trouvees = [*conflits, *releves.list_anomalies_serie(definir(code), cellules)]
        lieux = {
            (x.valeurs.get("region_code"), _get_trimestre(x)): x for x in lignes if x.valeurs["indicateur_code"] == code
        }
        for anomalie in trouvees:
            ligne = lieux.get((anomalie.region_code, anomalie.trimestre))
            if ligne is not None:
                anomalies.append(_say(ligne, anomalie.code))
    return anomalies


def _get_trimestre(ligne: Any) -> str:
    return Trimestre(ligne.valeurs["annee"], ligne.valeurs["trimestre"]).code


def _say(ligne: LigneImport, code: str) -> Anomalie:
    codes = {
        releves.A_VERIFIER: ("flux_suspect", Gravite.A_VERIFIER),
        releves.A_CORRIGER: ("cumul_en_baisse", Gravite.A_CORRIGER),
        releves.CONFLIT: ("declarants_en_conflit", Gravite.A_VERIFIER),
    }
    dit, gravite = codes.get(code, (code, Gravite.A_VERIFIER))
    return Anomalie(dit, gravite, ligne.feuille, ligne.ligne, "Valeur", str(ligne.valeurs.get("valeur")))
