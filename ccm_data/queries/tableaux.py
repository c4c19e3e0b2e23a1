"""Frames ready for the eye and for the workbook: columns named in the language being spoken, order of the plan."""

from __future__ import annotations

from typing import Any

import pandas as pd
from sqlalchemy.orm import Session

from ccm_data import libelles
from ccm_data.domain.perimetre import Perimetre
from ccm_data.domain.permissions import Personne
from ccm_data.domain.vocabulaire import NatureContradiction, Phase
from ccm_data.queries.budget import get_tableau_budget, list_ecritures
from ccm_data.queries.installation import get_installation
from ccm_data.queries.plan import list_activites
from ccm_data.queries.rapprochement import list_rapprochement
from ccm_data.textes import _
from ccm_data.typographie import say_nombre, say_non_renseigne, say_pourcent, say_trimestre


def _say(valeur: Any) -> str:
    """Whole FCFA as words: a missing amount is said, never blank, never zero."""
    return say_non_renseigne() if valeur is None or pd.isna(valeur) else say_nombre(int(valeur))


def make_table_budget(session: Session, perimetre: Perimetre) -> pd.DataFrame:
    """One row per activity: code, title, planned, mobilised, committed, paid, rates, financing need (FCFA)."""
    tableau = get_tableau_budget(session, perimetre)
    activites = list_activites(session).set_index("code")
    return pd.DataFrame(
        [
            {
                _("Code"): t.code,
                _("Action"): str(activites.loc[t.code, "action_code"]),
                _("Activité"): str(activites.loc[t.code, "intitule"]),
                _("Prévu (FCFA)"): _say(t.prevu),
                _("Mobilisé (FCFA)"): _say(t.mobilise),
                _("Engagé (FCFA)"): _say(t.engage),
                _("Décaissé (FCFA)"): _say(t.paye),
                _("Décaissé / prévu"): say_pourcent(t.ratio("paye")),
                _("Reste à financer (prévu − mobilisé)"): _say(
                    None if t.mobilise is None or t.prevu is None else t.prevu - t.mobilise
                ),
                _("Calendrier"): _("non programmé") if t.code in tableau.non_programmees else _("programmé"),
            }
            for t in tableau.activites
        ]
    )


def make_table_ecritures(
    session: Session, perimetre: Perimetre, personne: Personne, activite: str | None = None
) -> tuple[pd.DataFrame, int]:
    """Entries that this person may read, and how many are withheld."""
    lignes, retenues = list_ecritures(session, perimetre, personne, activite)
    regions = get_installation(session).regions
    cadre = pd.DataFrame(
        [
            {
                _("Activité"): x["activite_code"],
                _("Date"): pd.Timestamp(x["date_operation"]).strftime("%d/%m/%Y"),
                _("Phase"): libelles.say_libelle(Phase(x["phase"])),
                _("Bailleur"): x["bailleur"] if isinstance(x["bailleur"], str) else _("État"),
                _("Région"): regions.get(x["region_code"], _("non régionalisé"))
                if isinstance(x["region_code"], str)
                else _("non régionalisé"),
                _("Montant (FCFA)"): _say(x["montant_fcfa"]),
                _("Origine"): x["devise"],
                _("Déclaré par"): libelles.say_libelle(x["niveau"]),
                _("Référence"): x["reference_document"],
                _("Source"): x["source"],
            }
            for x in lignes.to_dict("records")
        ]
    )
    return cadre, retenues


def make_table_rapprochement(session: Session) -> pd.DataFrame:
    """The reconciliation as shown: kind, object, the two sides, difference, remark, decision."""
    cadre = list_rapprochement(session)
    return pd.DataFrame(
        [
            {
                _("Nature"): libelles.say_libelle(NatureContradiction(x["nature"])),
                _("Objet"): _say_objet(x["objet"], x["objet_code"], x["comparaison"]),
                _("Imprimé / retenu"): _say_side(x["valeur_imprimee"], x["texte_a"]),
                _("Lieu"): x["section_a"],
                _("Calculé / autre texte"): _say_side(x["valeur_calculee"], x["texte_b"]),
                _("Autre lieu"): x["section_b"],
                _("Écart (FCFA)"): "" if pd.isna(x["ecart"]) else say_nombre(int(x["ecart"])),
                _("Remarque"): x["remarque"],
                _("Décision du SP/CCM"): x["decision"] or _("à trancher"),
            }
            for x in cadre.to_dict("records")
        ]
    )


def _say_side(montant: Any, texte: Any) -> str:
    if montant is not None and not pd.isna(montant):
        return say_nombre(int(montant))
    return texte if isinstance(texte, str) and texte else _("(rien)")


def _say_objet(objet: Any, code: Any, comparaison: Any) -> str:
    noms = {
        "plan": _("Plan"),
        "axe": _("Axe"),
        "action": _("Action"),
        "activite": _("Activité"),
        "objectif": _("Objectif"),
        "structure": _("Structure"),
        "region": _("Région"),
        "texte": _("Texte"),
    }
    suite = code if isinstance(code, str) and code != "plan" else ""
    sommes = {
        "axes": _("somme des axes"),
        "actions": _("somme des actions"),
        "activites": _("somme des activités"),
        "annees": _("somme des années"),
    }
    fin = f" : {sommes[comparaison]}" if comparaison in sommes else ""
    return f"{noms.get(objet, objet)} {suite}".strip() + fin


def make_table_indicateurs(session: Session, perimetre: Perimetre, statuts: tuple[str, ...] = ()) -> pd.DataFrame:
    """The logframe as shown. First column: code; « Statut » holds a one-item list (coloured pills)."""
    from ccm_data.phrases import indicateurs as phrases
    from ccm_data.queries.indicateurs import get_cadre_logique

    lignes = [x for x in get_cadre_logique(session, perimetre).lignes if not statuts or x.statut.code.value in statuts]
    return pd.DataFrame(
        {
            _("Code"): [x.code for x in lignes],
            _("Indicateur"): [x.intitule for x in lignes],
            _("Réalisé sur cible"): [phrases.say_sur_cible(x) for x in lignes],
            _("Vers la cible"): [None if x.taux.valeur is None else round(x.taux.valeur * 100) for x in lignes],
            _("Statut"): [[libelles.say_libelle(x.statut.code)] for x in lignes],
            _("2022 → 2026"): [[v for v in x.tendance if v is not None] for x in lignes],
            _("Dernière valeur"): [
                say_trimestre(x.realise.dernier.annee, x.realise.dernier.numero)
                if x.realise.dernier
                else say_non_renseigne()
                for x in lignes
            ],
            _("Portée"): [phrases.say_couverture(x.realise) or _("complète") for x in lignes],
            _("Source"): [x.derniere_source or "" for x in lignes],
        }
    )


def make_table_plan(session: Session, perimetre: Perimetre, beneficiaire: str | None = None) -> pd.DataFrame:
    """The 28 activities for a file: official titles, cost, years, progress, expectation, status, dates."""
    from ccm_data.phrases import calendrier as phrases
    from ccm_data.queries.calendrier import get_calendrier

    lignes, _avancement = get_calendrier(session, perimetre, beneficiaire)
    return pd.DataFrame(
        [
            {
                _("Code"): x.activite.code,
                _("Activité"): x.activite.intitule,
                _("Coût (FCFA)"): x.activite.cout_fcfa,
                _("Années"): ";".join(map(str, x.activite.annees)) or _("non programmé"),
                _("Réalisé (%)"): x.activite.avancement,
                _("Attendu à date (%)"): None if x.activite.attendu is None else round(x.activite.attendu, 1),
                _("Statut"): libelles.say_libelle(x.activite.statut),
                _("État déclaré"): phrases.say_statut_activite(x),
                _("Début réel"): x.debut,
                _("Fin réelle"): x.fin,
                _("Bénéficiaires"): ", ".join(x.beneficiaires),
            }
            for x in lignes
        ]
    )
