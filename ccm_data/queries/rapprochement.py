"""The register of contradictions: amounts computed, words as data, targets compared, each with what was decided.

Source: règles de calcul, 1 and 2.9. Both sides are always kept; the SP/CCM's decision stands beside them.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.db import read_frame
from ccm_data.domain.cibles import EcartCible, list_ecarts_cibles
from ccm_data.domain.plan import CODE_PLAN, compute_prevu, compute_reconciliation, list_non_programmees
from ccm_data.models.plan import Contradiction
from ccm_data.queries import plan
from ccm_data.queries.decisions import list_cibles, list_cibles_finales, list_decisions
from ccm_data.queries.indicateurs import list_definitions
from ccm_data.queries.territoire import list_regions
from ccm_data.typographie import say_nombre

DECIDEES = ("decision", "decide_par", "decide_le", "motif", "source", "date_source")
COLONNES = (
    "code", "nature", "objet", "objet_code", "comparaison", "valeur_imprimee", "valeur_calculee", "ecart", "texte_a",
    "section_a", "texte_b", "section_b", "remarque", *DECIDEES,
)  # fmt: skip
CAUSE_TUE = "le document n’en dit pas la cause."
SUJETS = {"montant": "montant_retenu"}  # the kind of decision that settles a nature; the others: choix_contradiction
SAISIES = "Référentiels et cibles"


@dataclass(frozen=True)
class DecisionPrise:
    """What prevails (an amount in FCFA, or words), why, from which document, by which function, when."""

    id: int
    montant_fcfa: int | None
    texte: str | None
    motif: str
    source: str
    date_source: date
    auteur: str
    decide_le: datetime
    remplace_le: datetime | None = None


@dataclass(frozen=True)
class LigneRegistre:
    """A contradiction. Amounts in whole FCFA, None for words; `comparaison` says what was compared."""

    code: str
    nature: str
    objet: str
    objet_code: str | None = None
    comparaison: str | None = None
    valeur_imprimee: int | None = None
    valeur_calculee: int | None = None
    ecart: int | None = None
    texte_a: str | None = None
    section_a: str | None = None
    texte_b: str | None = None
    section_b: str | None = None
    remarque: str | None = None
    decision: DecisionPrise | None = None

    @property
    def vu(self) -> int:
        """The decision in force that a person sees here (0: none)."""
        return 0 if self.decision is None else self.decision.id


def get_registre(session: Session) -> tuple[LigneRegistre, ...]:
    """All contradictions, those that await a decision first; then amounts, targets, words."""
    lignes = [*_list_montants(session), *_list_cibles(session), *_list_textes(session)]
    return tuple(sorted(lignes, key=lambda x: x.decision is not None))


def filter_registre(
    lignes: tuple[LigneRegistre, ...], nature: str | None, etat: str | None
) -> tuple[LigneRegistre, ...]:
    """The lines of a kind, still to decide (« a_trancher ») or decided (« tranchees »)."""
    return tuple(
        x
        for x in lignes
        if (nature is None or x.nature == nature) and (etat is None or (x.decision is None) == (etat == "a_trancher"))
    )


def list_rapprochement(session: Session) -> pd.DataFrame:
    """All contradictions, amounts first. Columns: COLONNES; money in whole FCFA (Int64), missing as None."""
    lignes = [*_list_montants(session), *_list_cibles(session), *_list_textes(session)]
    noms = [f.name for f in fields(LigneRegistre) if f.name != "decision"]
    cadre = pd.DataFrame(
        [{n: getattr(x, n) for n in noms} | _flatten(x.decision) for x in lignes], columns=list(COLONNES), dtype=object
    )
    return cadre.astype(dict.fromkeys(("valeur_imprimee", "valeur_calculee", "ecart"), "Int64"))


def _flatten(decision: DecisionPrise | None) -> dict[str, Any]:
    """A decision as columns; `decision` says it in one sentence, None as long as there is none."""
    if decision is None:
        return dict.fromkeys(DECIDEES)
    montant = f"{decision.montant_fcfa} FCFA : {decision.motif}"
    return {
        "decision": f"{decision.texte} ({decision.motif})" if decision.montant_fcfa is None else montant,
        "decide_par": decision.auteur,
        "decide_le": decision.decide_le,
        "motif": decision.motif,
        "source": decision.source,
        "date_source": decision.date_source,
    }


def list_historique_ligne(session: Session, nature: str, objet: str, code: str) -> tuple[DecisionPrise, ...]:
    """Every decision ever taken on a line, oldest first. `code`: the object's for an amount, else the contradiction's."""
    cadre = list_decisions(session, SUJETS.get(nature, "choix_contradiction"), historique=True)
    if nature in SUJETS:
        cadre = cadre[(cadre["objet"] == objet) & (cadre["objet_code"] == code)]
    else:
        cadre = cadre[cadre["contradiction_code"] == code]
    return tuple(_read_decision(x) for x in cadre.to_dict("records"))


def _read_decision(ligne: dict[Any, Any]) -> DecisionPrise:
    montant = ligne.get("montant_fcfa")
    return DecisionPrise(
        int(ligne["id"]), None if montant is None else int(montant), ligne.get("texte_retenu"), str(ligne["motif"]),
        str(ligne["source"]), ligne["date_source"], str(ligne["auteur"]), _to_instant(ligne["decide_le"]),
        None if pd.isna(ligne["remplace_le"]) else _to_instant(ligne["remplace_le"]),
    )  # fmt: skip


def _to_instant(valeur: Any) -> datetime:
    moment: datetime = pd.Timestamp(valeur).to_pydatetime()
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _list_montants(session: Session) -> list[LigneRegistre]:
    activites, actions, axes = plan.list_activites(session), plan.list_actions(session), plan.list_axes(session)
    annuels, retenus = list_decisions(session, "montant_annuel"), list_decisions(session, "montant_retenu")
    imprime = plan.get_plan(session).get("cout_imprime_fcfa")
    ecarts = compute_reconciliation(activites, actions, axes, int(imprime) if imprime else None, annuels, retenus)
    hors = list_non_programmees(compute_prevu(activites, plan.list_annees(session)))
    decisions = {(x["objet"], x["objet_code"]): _read_decision(x) for x in retenus.to_dict("records")}
    lignes = []
    for ecart in ecarts.to_dict("records"):
        objet, code, comparaison = str(ecart["objet"]), str(ecart["code"]), str(ecart["comparaison"])
        imprime_fcfa, calcule_fcfa, difference = (int(ecart[c]) for c in ("imprime_fcfa", "calcule_fcfa", "ecart_fcfa"))
        saisi = comparaison == "annees"  # what the SP/CCM entered: mended, not decided
        section_a, section_b = _name_sections(objet, code, comparaison)
        remarque = "Les montants annuels saisis ne font pas le coût qui prévaut." if saisi else _explain(
            abs(difference), objet, code, activites, actions, hors
        )  # fmt: skip
        lignes.append(
            LigneRegistre(
                f"montant-{objet}-{code}-{comparaison}", "montant", objet, code, comparaison, imprime_fcfa, calcule_fcfa,
                difference, None, section_a, None, section_b, remarque,
                None if saisi else decisions.get((objet, CODE_PLAN if objet == "plan" else code)),
            )
        )  # fmt: skip
    return lignes


def _name_sections(objet: str, code: str, comparaison: str) -> tuple[str, str]:
    """Where each of two amounts stands: in the document, or in what the SP/CCM entered."""
    if comparaison == "annees":
        return "Plan d’action, ou montant retenu", f"{SAISIES}, montants annuels"
    noms = {"plan": "total général", "axe": f"axe {code}", "action": f"action {code}"}
    parties = {"axes": "totaux des axes", "actions": "totaux des actions", "activites": "coûts des activités"}
    return f"Plan d’action, {noms[objet]}", f"Plan d’action, {parties[comparaison]}"


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


def _list_cibles(session: Session) -> list[LigneRegistre]:
    """Targets that contradict each other (règles 2.9)."""
    cibles, finales, regions = list_cibles(session), list_cibles_finales(session), len(list_regions(session))
    return [
        _make_cible(code, ecart)
        for code, definition in list_definitions(session).items()
        for ecart in list_ecarts_cibles(
            definition,
            cibles.get((code, None), {}),
            {region: c for (autre, region), c in cibles.items() if autre == code and region is not None},
            regions,
            finales.get(code),
        )
    ]


def _make_cible(code: str, ecart: EcartCible) -> LigneRegistre:
    """Its two sides in words: targets are no money."""
    dit, calcule = say_nombre(ecart.dit, 4), say_nombre(ecart.calcule, 4)
    textes = {
        "finale": (f"{dit}, cible finale annoncée", f"{calcule}, d’après les cibles annuelles"),
        "cumul": (f"{dit}, l’année d’avant", f"{calcule} en {ecart.annee} : un cumul ne baisse pas"),
        "regions": (f"{dit}, cible nationale de {ecart.annee}", f"{calcule}, somme des cibles régionales"),
    }
    difference = say_nombre(ecart.calcule - ecart.dit, 4)
    return LigneRegistre(
        f"cible-{code}-{ecart.comparaison}-{ecart.annee or 'finale'}", "cibles", "indicateur", code, ecart.comparaison,
        texte_a=textes[ecart.comparaison][0], section_a=f"{SAISIES}, cibles",
        texte_b=textes[ecart.comparaison][1], section_b=f"{SAISIES}, cibles",
        remarque=f"Écart : {difference}. Les calculs suivent les cibles nationales de chaque année.",
    )  # fmt: skip


def _list_textes(session: Session) -> list[LigneRegistre]:
    cadre = read_frame(session, select(*Contradiction.__table__.columns))
    choix = list_decisions(session, "choix_contradiction")
    decisions = {x["contradiction_code"]: _read_decision(x) for x in choix.to_dict("records")}
    ordre = {"intitule": 0, "calendrier": 1, "reference": 2, "numerotation": 3}
    cadre["rang"] = [ordre.get(str(getattr(n, "value", n)), 9) for n in cadre["nature"]]
    cadre = cadre.sort_values(["rang", "code"], kind="stable")
    champs = ("objet_code", "texte_a", "section_a", "texte_b", "section_b", "remarque")
    return [
        LigneRegistre(
            str(x["code"]),
            str(getattr(x["nature"], "value", x["nature"])),
            str(x["objet"]),
            decision=decisions.get(str(x["code"])),
            **{c: x[c] if isinstance(x[c], str) else None for c in champs},
        )
        for x in cadre.to_dict("records")
    ]
