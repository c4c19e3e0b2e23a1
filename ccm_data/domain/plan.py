"""The plan's money: yearly planned amounts, totals per level, and the differences between printed and computed.

- Prevailing cost of an activity = the SP/CCM's figure where it decided one, else the printed cost.
- Yearly amounts: those the SP/CCM entered (`saisi`), else the prevailing cost split equally over the marked years in
  whole FCFA, the remainder on the last (`reparti`). Without marked years nor entered amounts: `non_programme`, in the
  plan's total and in no year.
- Entered amounts that do not add up to the prevailing cost leave a row without year, `ecart_non_ventile`, so that an
  activity's rows always add up to its cost; the difference is also a line of the reconciliation.
- A prevailing figure replaces the total at its level only; parts are never rescaled; `ecart_non_ventile` closes the
  sum. Levels without a decision are the sum of the activities.
Source: règles de calcul, 1.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from ccm_data.domain.montants import split_cout_annees

REPARTI, SAISI, NON_PROGRAMME, ECART = "reparti", "saisi", "non_programme", "ecart_non_ventile"
COLONNES_PREVU = ["activite_code", "annee", "montant_fcfa", "source"]
COLONNES_RECONCILIATION = ["objet", "code", "comparaison", "imprime_fcfa", "calcule_fcfa", "ecart_fcfa"]
# Level → (column of `activites` that names it, the level below).
NIVEAUX: dict[str, tuple[str, str]] = {
    "action": ("action_code", "activite"),
    "axe": ("axe_code", "action"),
    "plan": ("plan_code", "axe"),
}
CODE_PLAN = "plan"


def _list_retenus(retenus: pd.DataFrame | None) -> dict[tuple[str, str], int]:
    """Decisions as (objet, code) → FCFA; the whole plan always has the code « plan »."""
    if retenus is None or retenus.empty:
        return {}
    return {
        (str(objet), CODE_PLAN if objet == "plan" else str(code)): int(montant)
        for objet, code, montant in zip(retenus["objet"], retenus["objet_code"], retenus["montant_fcfa"], strict=True)
    }


def compute_couts(activites: pd.DataFrame, retenus: pd.DataFrame | None = None) -> dict[str, int]:
    """Activity code → prevailing cost in FCFA. `retenus`: objet, objet_code, montant_fcfa (decisions in force)."""
    decides = _list_retenus(retenus)
    return {
        str(code): decides.get(("activite", str(code)), int(cout))
        for code, cout in zip(activites["code"], activites["cout_fcfa"], strict=True)
    }


def _group_annees(annees: pd.DataFrame) -> dict[str, list[int]]:
    marques: dict[str, list[int]] = {}
    for code, annee in zip(annees["activite_code"], annees["annee"], strict=True):
        marques.setdefault(str(code), []).append(int(annee))
    return marques


def _group_montants(montants: pd.DataFrame | None) -> dict[str, dict[int, int]]:
    saisis: dict[str, dict[int, int]] = {}
    if montants is not None and not montants.empty:
        for code, annee, fcfa in zip(
            montants["activite_code"], montants["annee"], montants["montant_fcfa"], strict=True
        ):
            saisis.setdefault(str(code), {})[int(annee)] = int(fcfa)
    return saisis


def compute_prevu(
    activites: pd.DataFrame,
    annees: pd.DataFrame,
    montants_annuels: pd.DataFrame | None = None,
    retenus: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Planned amounts per activity and year.

    In: activites (code, cout_fcfa, …), annees (activite_code, annee), montants_annuels (activite_code, annee,
    montant_fcfa), retenus (objet, objet_code, montant_fcfa). Out: activite_code, annee (Int64, NA without year),
    montant_fcfa (Int64), source {reparti, saisi, non_programme, ecart_non_ventile}; in the plan's order.
    """
    marques, saisis = _group_annees(annees), _group_montants(montants_annuels)
    lignes: list[tuple[str, int | None, int, str]] = []
    for code, cout in compute_couts(activites, retenus).items():
        source = SAISI if code in saisis else REPARTI
        par_annee = saisis[code] if code in saisis else split_cout_annees(cout, marques.get(code, []))
        lignes += [(code, annee, fcfa, source) for annee, fcfa in sorted(par_annee.items())]
        reste = cout - sum(par_annee.values())
        if not par_annee:
            lignes.append((code, None, cout, NON_PROGRAMME))
        elif reste:
            lignes.append((code, None, reste, ECART))
    prevu = pd.DataFrame(lignes, columns=COLONNES_PREVU)
    return prevu.astype({"annee": "Int64", "montant_fcfa": "Int64"})


def list_non_programmees(prevu: pd.DataFrame) -> list[str]:
    """Codes of the activities that stand in no year, in the plan's order."""
    dates = set(prevu.loc[prevu["annee"].notna(), "activite_code"])
    return [code for code in dict.fromkeys(prevu["activite_code"]) if code not in dates]


def compute_annees_programmees(prevu: pd.DataFrame) -> pd.DataFrame:
    """Years in which an activity is scheduled, marked or entered. Columns: activite_code, annee (int)."""
    return prevu.loc[prevu["annee"].notna(), ["activite_code", "annee"]].astype({"annee": int}).reset_index(drop=True)


def compute_totaux(
    activites: pd.DataFrame,
    retenus: pd.DataFrame | None = None,
    imprimes: dict[tuple[str, str], int] | None = None,
) -> pd.DataFrame:
    """Totals of the plan, the axes, the actions and the activities, each closing its own sum.

    In: activites (code, action_code, axe_code, cout_fcfa); imprimes: (objet, code) → printed FCFA.
    Out: objet {plan, axe, action, activite}, code, imprime_fcfa, somme_activites_fcfa, retenu_fcfa (NA without
    decision), montant_fcfa (what prevails at this level), somme_parties_fcfa (the level just below, as it prevails),
    ecart_non_ventile_fcfa (= montant − parties; NA for an activity). All Int64.
    """
    decides, connus = _list_retenus(retenus), imprimes or {}
    couts = compute_couts(activites, retenus)
    arbre = activites.assign(plan_code=CODE_PLAN)
    montants: dict[tuple[str, str], int] = {("activite", code): cout for code, cout in couts.items()}
    lignes: list[dict[str, Any]] = []
    for niveau in ("action", "axe", "plan"):
        colonne, dessous = NIVEAUX[niveau]
        parties_de = NIVEAUX[dessous][0] if dessous in NIVEAUX else "code"
        for code, groupe in arbre.groupby(colonne, sort=False):
            somme = sum(couts[str(c)] for c in groupe["code"])
            cle = (niveau, str(code))
            montants[cle] = decides.get(cle, somme)
            parties = sum(montants[(dessous, str(c))] for c in groupe[parties_de].unique())
            lignes.append(_describe(cle, connus.get(cle), somme, decides.get(cle), montants[cle], parties))
    imprimes_activites = compute_couts(activites)
    for code, cout in couts.items():
        cle = ("activite", code)
        lignes.append(_describe(cle, imprimes_activites[code], cout, decides.get(cle), cout, None))
    ordre = {niveau: rang for rang, niveau in enumerate(("plan", "axe", "action", "activite"))}
    lignes.sort(key=lambda ligne: ordre[str(ligne["objet"])])
    totaux = pd.DataFrame(lignes)
    return totaux.astype({c: "Int64" for c in totaux.columns if c.endswith("_fcfa")})


def _describe(
    cle: tuple[str, str], imprime: int | None, somme: int, retenu: int | None, montant: int, parties: int | None
) -> dict[str, Any]:
    return {
        "objet": cle[0],
        "code": cle[1],
        "imprime_fcfa": imprime,
        "somme_activites_fcfa": somme,
        "retenu_fcfa": retenu,
        "montant_fcfa": montant,
        "somme_parties_fcfa": parties,
        "ecart_non_ventile_fcfa": None if parties is None else montant - parties,
    }


def compute_reconciliation(
    activites: pd.DataFrame,
    actions: pd.DataFrame,
    axes: pd.DataFrame,
    total_imprime_fcfa: int | None,
    montants_annuels: pd.DataFrame | None = None,
    retenus: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Every difference between a printed total and what its parts add up to; rows without difference are left out.

    In: actions (code, axe_code, cout_imprime_fcfa), axes (code, cout_imprime_fcfa). Printed figures are compared with
    printed parts, whatever was decided since; only `annees` compares entered yearly amounts with the prevailing cost
    (there `imprime_fcfa` is that cost). Out: objet, code, comparaison {axes, actions, activites, annees},
    imprime_fcfa, calcule_fcfa, ecart_fcfa (= calculé − imprimé).
    """
    imp_actions, imp_axes = actions["cout_imprime_fcfa"], axes["cout_imprime_fcfa"]
    lignes: list[tuple[str, str, str, Any, Any]] = [
        ("plan", CODE_PLAN, "axes", total_imprime_fcfa, imp_axes.sum()),
        ("plan", CODE_PLAN, "actions", total_imprime_fcfa, imp_actions.sum()),
        ("plan", CODE_PLAN, "activites", total_imprime_fcfa, activites["cout_fcfa"].sum()),
    ]
    for code, imprime in zip(axes["code"], imp_axes, strict=True):
        lignes.append(("axe", code, "actions", imprime, imp_actions[actions["axe_code"] == code].sum()))
        somme = activites.loc[activites["axe_code"] == code, "cout_fcfa"].sum()
        lignes.append(("axe", code, "activites", imprime, somme))
    for code, imprime in zip(actions["code"], imp_actions, strict=True):
        somme = activites.loc[activites["action_code"] == code, "cout_fcfa"].sum()
        lignes.append(("action", code, "activites", imprime, somme))
    couts = compute_couts(activites, retenus)
    for code, par_annee in _group_montants(montants_annuels).items():
        lignes.append(("activite", code, "annees", couts[code], sum(par_annee.values())))
    utiles = [
        (objet, code, comparaison, int(imprime), int(calcule), int(calcule) - int(imprime))
        for objet, code, comparaison, imprime, calcule in lignes
        if imprime is not None and not pd.isna(imprime) and int(imprime) != int(calcule)
    ]
    return pd.DataFrame(utiles, columns=COLONNES_RECONCILIATION)
