"""Data sets of the plan for the command line: exact columns, comma and point, UTF-8 without BOM."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pandas as pd
from sqlalchemy.orm import Session

from ccm_data.queries import acteurs, plan, rapprochement, territoire

COLONNES_RECONCILIATION = list(rapprochement.COLONNES)


def _list_activites(session: Session) -> pd.DataFrame:
    cadre = plan.list_activites(session)
    annees = plan.list_annees(session).groupby("activite_code")["annee"].agg(lambda x: ";".join(map(str, x)))
    return pd.DataFrame(
        {
            "code": cadre["code"],
            "axe": cadre["axe_code"],
            "action": cadre["action_code"],
            "intitule": cadre["intitule"],
            "cout_fcfa": cadre["cout_fcfa"],
            "annees": [annees.get(code, "") for code in cadre["code"]],
            "structures_beneficiaires": cadre["structures_beneficiaires"],
        }
    )


def _list_actions(session: Session) -> pd.DataFrame:
    cadre = plan.list_actions(session)
    pmm = plan.list_actions_pmm(session).groupby("action_code")["objectif_pmm"].agg(lambda x: ";".join(map(str, x)))
    return pd.DataFrame(
        {
            "code": cadre["code"],
            "objectif": cadre["objectif_code"],
            "axe": cadre["axe_code"],
            "intitule": cadre["intitule"],
            "cout_imprime_fcfa": cadre["cout_imprime_fcfa"],
            "references_pnm": cadre["references_pnm"],
            "objectifs_pmm": [pmm.get(code, "") for code in cadre["code"]],
        }
    )


def _list_indicateurs(session: Session) -> pd.DataFrame:
    cadre = plan.list_indicateurs(session).rename(columns={"objectif_code": "objectif", "axe_code": "axe"})
    premieres = ["code", "objectif", "intitule", "type", "sens"]
    return cadre[premieres + [c for c in cadre.columns if c not in (*premieres, "ordre")]]


def _list_reconciliation(session: Session) -> pd.DataFrame:
    return rapprochement.list_rapprochement(session)[COLONNES_RECONCILIATION]


JEUX: dict[str, Callable[[Session], pd.DataFrame]] = {
    "activites": _list_activites,
    "actions": _list_actions,
    "axes": plan.list_axes,
    "objectifs": plan.list_objectifs,
    "indicateurs": _list_indicateurs,
    "pmm": plan.list_pmm,
    "regions": territoire.list_regions,
    "departements": territoire.list_departements,
    "localites": territoire.list_localites,
    "acteurs": acteurs.list_acteurs,
    "sigles": plan.list_sigles,
    "reconciliation": _list_reconciliation,
    "hypotheses": plan.list_hypotheses_risques,
    "sources_verification": plan.list_sources_verification,
}


def list_jeux() -> list[str]:
    """Names of the data sets."""
    return list(JEUX)


def get_jeu(session: Session, nom: str) -> pd.DataFrame:
    """A data set; raises KeyError for an unknown name."""
    return JEUX[nom](session)


def write_csv(cadre: pd.DataFrame) -> str:
    """Comma, decimal point, LF, missing values empty."""
    # Cell by cell: through a frame, a whole number beside a missing value becomes « 860000000.0 ».
    sortie = io.StringIO()
    plume = csv.writer(sortie, lineterminator="\n")
    plume.writerow(cadre.columns)
    plume.writerows([_to_plain(v) for v in ligne] for ligne in cadre.itertuples(index=False, name=None))
    return sortie.getvalue()


def write_json(cadre: pd.DataFrame) -> str:
    """A list of objects; missing values are null, whole numbers stay whole."""
    lignes = [{str(c): _to_plain(v) for c, v in ligne.items()} for ligne in cadre.to_dict("records")]
    return json.dumps(lignes, ensure_ascii=False, indent=1, default=str) + "\n"


def _to_plain(valeur: Any) -> Any:
    if valeur is None or (not isinstance(valeur, (str, list)) and pd.isna(valeur)):
        return None
    if hasattr(valeur, "value"):
        return valeur.value
    return valeur.item() if hasattr(valeur, "item") else valeur
