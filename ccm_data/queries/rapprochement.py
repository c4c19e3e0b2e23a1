"""The reconciliation table: every contradiction of the document, amounts computed, words as data, with its decision.

Source: règles de calcul, 1. Both figures are always kept; the SP/CCM's decision stands beside them.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.db import read_frame
from ccm_data.domain.plan import CODE_PLAN, compute_prevu, compute_reconciliation, list_non_programmees
from ccm_data.models.plan import Contradiction
from ccm_data.queries import plan
from ccm_data.queries.decisions import list_decisions

COLONNES = (
    "code",
    "nature",
    "objet",
    "objet_code",
    "comparaison",
    "valeur_imprimee",
    "valeur_calculee",
    "ecart",
    "texte_a",
    "section_a",
    "texte_b",
    "section_b",
    "remarque",
    "decision",
)
CAUSE_TUE = "le document n’en dit pas la cause."


def list_rapprochement(session: Session) -> pd.DataFrame:
    """All contradictions, amounts first. Columns: COLONNES; money in whole FCFA (Int64), missing as None."""
    lignes = _list_montants(session) + _list_textes(session)
    cadre = pd.DataFrame(lignes, columns=list(COLONNES))
    return cadre.astype(dict.fromkeys(("valeur_imprimee", "valeur_calculee", "ecart"), "Int64"))


def _list_montants(session: Session) -> list[dict[str, Any]]:
    activites, actions, axes = plan.list_activites(session), plan.list_actions(session), plan.list_axes(session)
    annuels, retenus = list_decisions(session, "montant_annuel"), list_decisions(session, "montant_retenu")
    imprime = plan.get_plan(session).get("cout_imprime_fcfa")
    ecarts = compute_reconciliation(activites, actions, axes, int(imprime) if imprime else None, annuels, retenus)
    hors = list_non_programmees(compute_prevu(activites, plan.list_annees(session)))
    decisions = {
        (str(d.objet), str(d.objet_code) or CODE_PLAN): f"{d.montant_fcfa} FCFA : {d.motif}"
        for d in retenus.itertuples()
    }
    lignes = []
    for ecart in ecarts.itertuples():
        objet, code = str(ecart.objet), str(ecart.code)
        lignes.append(
            {
                "code": f"montant-{objet}-{code}-{ecart.comparaison}",
                "nature": "montant",
                "objet": objet,
                "objet_code": code,
                "comparaison": ecart.comparaison,
                "valeur_imprimee": ecart.imprime_fcfa,
                "valeur_calculee": ecart.calcule_fcfa,
                "ecart": ecart.ecart_fcfa,
                "section_a": "Plan d’action",
                "remarque": _explain(abs(int(str(ecart.ecart_fcfa))), objet, code, activites, actions, hors),
                "decision": decisions.get((objet, code)),
            }
        )
    return lignes


def _explain(ecart: int, objet: str, code: str, activites: pd.DataFrame, actions: pd.DataFrame, hors: list[str]) -> str:
    """An equality worth knowing: the difference equals the cost of one row of the same axis."""
    if objet == "plan":
        return f"Écart sur le total général : {CAUSE_TUE}"
    axe = code[0]
    memes = activites[(activites["axe_code"] == axe) & (activites["cout_fcfa"] == ecart)]["code"].tolist()
    non_programmees = [c for c in memes if c in hors]
    if non_programmees:
        return f"L’écart égale le coût de l’activité {non_programmees[0]}, non programmée ; {CAUSE_TUE}"
    egales = actions[(actions["axe_code"] == axe) & (actions["cout_imprime_fcfa"] == ecart)]["code"].tolist()
    if egales:
        return f"L’écart égale le coût de l’action {egales[0]} ; {CAUSE_TUE}"
    if memes:
        return f"L’écart égale le coût de l’activité {memes[0]} ; {CAUSE_TUE}"
    return f"Écart : {CAUSE_TUE}"


def _list_textes(session: Session) -> list[dict[str, Any]]:
    cadre = read_frame(session, select(*Contradiction.__table__.columns))
    choix = list_decisions(session, "choix_contradiction")
    decisions = {str(c.contradiction_code): f"{c.texte_retenu} ({c.motif})" for c in choix.itertuples()}
    ordre = {"intitule": 0, "calendrier": 1, "reference": 2, "numerotation": 3}
    cadre["rang"] = [ordre.get(str(getattr(n, "value", n)), 9) for n in cadre["nature"]]
    cadre = cadre.sort_values(["rang", "code"], kind="stable")
    return [
        {**{str(c): v for c, v in ligne.items() if c in COLONNES}, "decision": decisions.get(str(ligne["code"]))}
        for ligne in cadre.to_dict("records")
    ]
