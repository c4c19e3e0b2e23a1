"""Contradictions between amounts: what the document prints against what its parts add up to. Pure; frames in and out.

Both figures are kept; parts are never rescaled. Source: règles de calcul, 1.
"""

from __future__ import annotations

import pandas as pd

COLONNES = ("code", "nature", "objet", "objet_code", "base", "valeur_imprimee", "valeur_calculee", "ecart", "remarque")


def _make_row(objet: str, code: str, base: str, imprime: int, calcule: int, remarque: str) -> dict[str, object]:
    return {
        "code": f"montant-{objet}-{code}-{base}",
        "nature": "montant",
        "objet": objet,
        "objet_code": code,
        "base": base,
        "valeur_imprimee": imprime,
        "valeur_calculee": calcule,
        "ecart": calcule - imprime,
        "remarque": remarque,
    }


def _explain(ecart: int, activites: pd.DataFrame, actions: pd.DataFrame) -> str:
    """An equality worth knowing: the difference equals the cost of one row below. The cause is not stated."""
    for genre, cadre, colonne in (
        ("l’activité", activites, "cout_fcfa"),
        ("l’action", actions, "cout_imprime_fcfa"),
    ):
        egaux = [str(c) for c, m in zip(cadre["code"], cadre[colonne], strict=True) if m == abs(ecart)]
        if len(egaux) == 1:
            return f"L’écart égale le coût de {genre} {egaux[0]} ; le document n’en dit pas la cause."
    return "Le document ne dit pas la cause de l’écart."


def compute_ecarts_montants(
    imprime_plan: int, axes: pd.DataFrame, actions: pd.DataFrame, activites: pd.DataFrame
) -> pd.DataFrame:
    """Rows where a printed total differs from the sum of its parts.

    `axes`: code, cout_imprime_fcfa. `actions`: code, axe_code, cout_imprime_fcfa. `activites`: code, action_code,
    axe_code, cout_fcfa. Returns COLONNES, in whole FCFA; `base` says what was added (axes, actions, activites).
    """
    lignes: list[dict[str, object]] = []

    def compare(objet: str, code: str, base: str, imprime: int, calcule: int, explique: bool) -> None:
        if imprime != calcule:
            remarque = _explain(calcule - imprime, activites, actions) if explique else ""
            lignes.append(_make_row(objet, code, base, imprime, calcule, remarque))

    compare("plan", "", "axes", imprime_plan, int(axes["cout_imprime_fcfa"].sum()), False)
    compare("plan", "", "actions", imprime_plan, int(actions["cout_imprime_fcfa"].sum()), False)
    compare("plan", "", "activites", imprime_plan, int(activites["cout_fcfa"].sum()), False)
    for axe in axes.itertuples():
        dessous = activites[activites["axe_code"] == axe.code]
        dedans = actions[actions["axe_code"] == axe.code]
        imprime = int(axe.cout_imprime_fcfa)
        for base, somme in (("actions", dedans["cout_imprime_fcfa"].sum()), ("activites", dessous["cout_fcfa"].sum())):
            compare("axe", str(axe.code), base, imprime, int(somme), True)
    for action in actions.itertuples():
        somme = activites.loc[activites["action_code"] == action.code, "cout_fcfa"].sum()
        compare("action", str(action.code), "activites", int(action.cout_imprime_fcfa), int(somme), True)
    return pd.DataFrame(lignes, columns=list(COLONNES))
