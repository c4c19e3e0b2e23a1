"""Budget as screens show it: on named bases, per axis, year, activity and entry. Source: règles de calcul, 1 and 4."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import pandas as pd
from sqlalchemy.orm import Session

from ccm_data.domain.budget import PLAN_ENTIER, BaseBudget, compute_base, compute_courbe, compute_execution
from ccm_data.domain.calendrier import ANNEES
from ccm_data.domain.perimetre import Perimetre
from ccm_data.domain.permissions import Personne, can_count, can_read
from ccm_data.domain.plan import CODE_PLAN, compute_prevu, compute_totaux, list_non_programmees
from ccm_data.queries.acteurs import list_noms_acteurs
from ccm_data.queries.decisions import list_decisions
from ccm_data.queries.plan import get_plan, list_actions, list_activites, list_annees, list_axes
from ccm_data.queries.suivi import list_valides

COLONNES_ECRITURES = (
    "activite_code",
    "date_operation",
    "annee",
    "phase",
    "niveau",
    "type_financement",
    "bailleur",
    "executant",
    "region_code",
    "montant_fcfa",
    "montant_origine",
    "devise",
    "reference_document",
    "source",
)
MONTANTS = ("prevu", "mobilise", "engage", "liquide", "ordonnance", "paye")


@dataclass(frozen=True)
class Total:
    """Amounts of a group in whole FCFA (None: not reported) with the rates that have a base."""

    code: str
    prevu: int | None
    mobilise: int | None
    engage: int | None
    paye: int | None

    def ratio(self, haut: str, bas: str = "prevu") -> float | None:
        """One amount over another; None when a part is missing or the base is 0."""
        numerateur, denominateur = getattr(self, haut), getattr(self, bas)
        return None if numerateur is None or not denominateur else numerateur / denominateur


@dataclass(frozen=True)
class Retenu:
    """A figure that the SP/CCM decided to let prevail, in whole FCFA, by which function and when."""

    objet: str
    code: str
    montant_fcfa: int
    auteur: str
    decide_le: datetime


@dataclass(frozen=True)
class TableauBudget:
    """On the whole plan, `prevu` of a level is what prevails there; `ecart_fcfa` (« écart non ventilé ») is what the level
    just below does not add up to. On any other base prévu is the sum of the activities: a total has no years.
    """

    total: Total
    axes: tuple[Total, ...]
    actions: tuple[Total, ...]
    annees: tuple[Total, ...]
    activites: tuple[Total, ...]
    non_programme_fcfa: int
    non_programmees: tuple[str, ...]
    courbe: pd.DataFrame
    totaux: pd.DataFrame
    imprime_fcfa: int | None
    axes_imprimes_fcfa: int
    actions_fcfa: int
    activites_fcfa: int
    saisis: tuple[str, ...]  # activities whose yearly amounts were entered
    engages_connus: int  # activities with a reported commitment
    base: BaseBudget  # what prévu and every rate cover
    retenus: tuple[Retenu, ...] = ()  # decided for the plan, or for what stands in this axis
    ecart_fcfa: int = 0

    def get_retenu(self, objet: str, code: str = CODE_PLAN) -> Retenu | None:
        """What was decided for this level."""
        return next((r for r in self.retenus if (r.objet, r.code) == (objet, code)), None)


def _list_totals(cadre: pd.DataFrame, cle: str) -> tuple[Total, ...]:
    return tuple(
        Total(
            str(ligne[cle]) if cle else "plan",
            *(None if pd.isna(ligne[m]) else int(ligne[m]) for m in ("prevu", "mobilise", "engage", "paye")),
        )
        for ligne in cadre.to_dict("records")
    )


def choose_base(jour: date, annee: int | None) -> BaseBudget:
    """The base of every rate on the screen: one year, whole years so far, or, in the last year, the whole plan.

    Unscheduled activities stand in no year: only the whole plan holds them.
    """
    if annee is None and jour.year >= ANNEES[-1]:
        return PLAN_ENTIER
    return compute_base(jour, annee)


def get_tableau_budget(session: Session, perimetre: Perimetre) -> TableauBudget:
    """Everything the budget screen shows, for the plan or one axis, on the base of `choose_base`."""
    activites = list_activites(session)
    if perimetre.axe is not None:
        activites = activites[activites["axe_code"] == perimetre.axe]
    codes = set(activites["code"])
    annuels, retenus = list_decisions(session, "montant_annuel"), list_decisions(session, "montant_retenu")
    prevu = compute_prevu(activites, list_annees(session), annuels, retenus)
    prevu = prevu[prevu["activite_code"].isin(codes)]
    ecritures = list_valides(session, "ecriture_budgetaire", perimetre.date_arrete)
    ecritures = ecritures[ecritures["activite_code"].isin(codes)]
    jour = perimetre.date_arrete

    base = choose_base(jour, perimetre.annee)

    def execute(par: list[str], sur: BaseBudget = base) -> pd.DataFrame:
        return compute_execution(prevu, ecritures, jour, sur, par, activites)

    par_activite = execute(["activite_code"])
    annees = execute(["annee"], PLAN_ENTIER)
    non_programmees = list_non_programmees(prevu)
    axes = list_axes(session)
    plan = get_plan(session)
    actions = activites.drop_duplicates("action_code")["action_code"]
    totaux = compute_totaux(list_activites(session), retenus)
    montants = _list_montants(totaux) if base == PLAN_ENTIER else {}
    total = _list_totals(execute([]), "")[0]
    prevaut = montants.get(("plan", CODE_PLAN) if perimetre.axe is None else ("axe", perimetre.axe))
    total = total if prevaut is None else replace(total, prevu=prevaut)
    par_axe = _prevail(sorted(_list_totals(execute(["axe_code"]), "axe_code"), key=lambda t: t.code), "axe", montants)
    par_action = _prevail(_list_totals(execute(["action_code"]), "action_code"), "action", montants)
    return TableauBudget(
        total=total,
        axes=par_axe,
        actions=par_action,
        annees=tuple(sorted(_list_totals(annees[annees["annee"].notna()], "annee"), key=lambda t: t.code)),
        activites=_list_totals(par_activite, "activite_code"),
        non_programme_fcfa=int(prevu.loc[prevu["activite_code"].isin(non_programmees), "montant_fcfa"].sum()),
        non_programmees=tuple(non_programmees),
        courbe=compute_courbe(prevu, ecritures, jour),
        totaux=totaux,
        imprime_fcfa=int(plan["cout_imprime_fcfa"]) if "cout_imprime_fcfa" in plan else None,
        axes_imprimes_fcfa=int(axes["cout_imprime_fcfa"].sum()),
        actions_fcfa=_sum_actions(session, set(actions)),
        activites_fcfa=int(activites["cout_fcfa"].sum()),
        saisis=tuple(sorted(set(annuels["activite_code"]) & codes)),
        engages_connus=int(par_activite["engage"].notna().sum()),
        base=base,
        retenus=_list_retenus(retenus, perimetre.axe, {*codes, *actions}),
        ecart_fcfa=compute_ecart(total, par_axe if perimetre.axe is None else par_action) if montants else 0,
    )


def _list_montants(totaux: pd.DataFrame) -> dict[tuple[str, str], int]:
    """What prevails at each level of the whole plan: (objet, code) → FCFA."""
    colonnes = totaux[["objet", "code", "montant_fcfa"]].itertuples(index=False)
    return {(str(objet), str(code)): int(montant) for objet, code, montant in colonnes}


def _prevail(lignes: Sequence[Total], objet: str, montants: Mapping[tuple[str, str], int]) -> tuple[Total, ...]:
    """The totals of a level with the figure that prevails there; as they are on a base that is not the whole plan."""
    return tuple(replace(t, prevu=montants.get((objet, t.code), t.prevu)) for t in lignes)


def compute_ecart(total: Total, parties: Sequence[Total]) -> int:
    """« Écart non ventilé »: what the parts of a level do not add up to."""
    return (total.prevu or 0) - sum(t.prevu or 0 for t in parties)


def _list_retenus(retenus: pd.DataFrame, axe: str | None, dedans: set[str]) -> tuple[Retenu, ...]:
    """The decisions that bear on what is shown: all, or those of an axis and what stands in it."""
    return tuple(
        Retenu(x["objet"], CODE_PLAN if x["objet"] == "plan" else x["objet_code"], int(x["montant_fcfa"]), x["auteur"],
               pd.Timestamp(x["decide_le"]).to_pydatetime())
        for x in retenus.to_dict("records")
        if axe is None or (x["objet"] == "axe" and x["objet_code"] == axe) or x["objet_code"] in dedans
    )  # fmt: skip


def list_execution_activites(
    session: Session, jour: date, base: BaseBudget
) -> dict[str, tuple[int | None, int | None]]:
    """Activity → (planned, paid) on a base, in whole FCFA; None where nothing was reported."""
    annuels, retenus = list_decisions(session, "montant_annuel"), list_decisions(session, "montant_retenu")
    prevu = compute_prevu(list_activites(session), list_annees(session), annuels, retenus)
    ecritures = list_valides(session, "ecriture_budgetaire", jour)
    execution = compute_execution(prevu, ecritures, jour, base, ["activite_code"])
    return {t.code: (t.prevu, t.paye) for t in _list_totals(execution, "activite_code")}


def _sum_actions(session: Session, codes: set[str]) -> int:
    actions = list_actions(session)
    return int(actions.loc[actions["code"].isin(codes), "cout_imprime_fcfa"].sum())


def list_ecritures(
    session: Session, perimetre: Perimetre, personne: Personne, niveau: str = "activite", code: str | None = None
) -> tuple[pd.DataFrame, int]:
    """Validated entries that this person may read, and how many are withheld (all of them for a visitor).

    `code` keeps those of one axe, action or activite, as `niveau` says.
    Columns: activite_code, date_operation, annee, phase, niveau, bailleur, executant, region_code, montant_fcfa,
    montant_origine, devise, reference_document, source.
    """
    lignes = list_valides(session, "ecriture_budgetaire", perimetre.date_arrete)
    activites = list_activites(session).assign(activite_code=lambda a: a["code"]).set_index("code")
    for de, voulu in ((niveau, code), ("axe", perimetre.axe)):
        if voulu is not None:
            lignes = lignes[lignes["activite_code"].map(activites[f"{de}_code"]) == voulu]
    if perimetre.region is not None:
        lignes = lignes[lignes["region_code"] == perimetre.region]
    if perimetre.annee is not None:  # the rows behind a year's totals are that year's
        lignes = lignes[lignes["annee"] == perimetre.annee]
    if not can_read(personne, "lignes_validees"):
        return lignes.iloc[0:0], len(lignes) if can_count(personne, "agregats") else 0
    noms = list_noms_acteurs(session)
    lignes = lignes.assign(
        bailleur=lignes["bailleur_code"].map(noms), executant=lignes["executant_code"].map(noms)
    ).sort_values(["date_operation", "activite_code"])
    return lignes[list(COLONNES_ECRITURES)].reset_index(drop=True), 0
