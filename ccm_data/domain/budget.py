"""Budget execution: prévu → mobilisé → engagé → liquidé → ordonnancé → payé, and the rates between them.

- One level counts: what a funder disburses to an implementer and what the implementer spends are the same money. « Par
  bailleur » counts funder-level rows, and implementer-level ones only where the key (activité, bailleur, phase) has no
  funder-level row; « par exécutant » the other way round. The two views are never added.
- Rates name their base: engagement = engagé / prévu; exécution (base paiement) = payé / prévu; mobilisation = mobilisé
  / prévu; absorption = payé / mobilisé; besoin de financement = prévu − mobilisé. A missing phase is NA, never 0, and
  so is every rate that needs it.
- Denominators: one year, or whole years since 2022 up to that of the date d'arrêté; unscheduled activities stand in no
  year and are read apart (`NON_PROGRAMME`), or within the whole plan (`PLAN_ENTIER`); bases are never mixed.
Source: règles de calcul, 4.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

import pandas as pd

from ccm_data.domain.calendrier import ANNEES, PLAN_FIN, Trimestre, get_dernier_trimestre_fini, list_trimestres
from ccm_data.domain.montants import split_largest_remainder
from ccm_data.domain.plan import list_non_programmees
from ccm_data.domain.vocabulaire import NiveauDeclarant, Phase

Vue = Literal["bailleur", "executant"]
PHASES: Final[tuple[str, ...]] = tuple(phase.value for phase in Phase)
# Rate → (numerator, denominator): the name says the base.
TAUX: Final[dict[str, tuple[str, str]]] = {
    "taux_mobilisation": ("mobilise", "prevu"),
    "taux_engagement": ("engage", "prevu"),
    "taux_execution": ("paye", "prevu"),
    "taux_absorption": ("paye", "mobilise"),
}


@dataclass(frozen=True)
class BaseBudget:
    """The years that both numerators and denominators cover. `code`: annee, cumul, non_programme, plan_entier."""

    code: str
    annees: tuple[int, ...] = ()


NON_PROGRAMME: Final = BaseBudget("non_programme")
PLAN_ENTIER: Final = BaseBudget("plan_entier", ANNEES)


def compute_base(date_arrete: date, annee: int | None = None) -> BaseBudget:
    """One year of the plan, or its whole years up to that of the date d'arrêté (none before 2022)."""
    if annee is not None:
        return BaseBudget("annee", (annee,))
    return BaseBudget("cumul", tuple(a for a in ANNEES if a <= date_arrete.year))


def list_retenues(ecritures: pd.DataFrame, vue: Vue = "bailleur") -> pd.DataFrame:
    """The entries that count in a view; an amountless technical support holds no key and stays as it is.

    In: activite_code, phase, niveau, montant_fcfa, bailleur_code, executant_code. Same columns out.
    """
    if ecritures.empty:
        return ecritures
    premier = NiveauDeclarant.BAILLEUR if vue == "bailleur" else NiveauDeclarant.EXECUTANT
    tiers = "bailleur_code" if vue == "bailleur" else "executant_code"
    cles = pd.Series(
        [
            (str(activite), "" if pd.isna(code) else str(code), str(phase))
            for activite, code, phase in zip(
                ecritures["activite_code"], ecritures[tiers], ecritures["phase"], strict=True
            )
        ],
        index=ecritures.index,
        dtype=object,
    )
    prioritaire = pd.Series([str(n) == premier.value for n in ecritures["niveau"]], index=ecritures.index)
    tenues = set(cles[prioritaire & ecritures["montant_fcfa"].notna()])
    return ecritures[prioritaire | ~cles.isin(tenues)]


def _restrict(cadre: pd.DataFrame, base: BaseBudget, non_programmees: Sequence[str]) -> pd.DataFrame:
    """Rows of a frame (activite_code, annee) that belong to a base."""
    hors = cadre["activite_code"].isin(list(non_programmees))
    if base.code == PLAN_ENTIER.code:
        return cadre
    if base.code == NON_PROGRAMME.code:
        return cadre[hors]
    return cadre[~hors & cadre["annee"].isin(list(base.annees)).fillna(False)]


def _sum_known(cadre: pd.DataFrame, par: Sequence[str], colonne: str) -> pd.Series[int]:
    """Sum per group in whole FCFA; NA where nothing was reported."""
    valeurs = cadre[[*par, colonne]].astype({colonne: "Int64"})
    return valeurs.groupby(list(par), sort=False, dropna=False)[colonne].sum(min_count=1)


def compute_execution(
    prevu: pd.DataFrame,
    ecritures: pd.DataFrame,
    date_arrete: date,
    base: BaseBudget,
    par: Sequence[str] = (),
    activites: pd.DataFrame | None = None,
    vue: Vue = "bailleur",
) -> pd.DataFrame:
    """Amounts per phase and rates, on one base.

    In: prevu (`plan.compute_prevu`), ecritures (validated), par: among activite_code, annee, the columns of
    `activites` (axe_code, action_code, …: `activites` is then needed, keyed by `code`), and bailleur_code,
    executant_code or type_financement, which have no prévu of their own (NA). Empty `par`: one row.
    Out: par + prevu, mobilise, engage, liquide, ordonnance, paye, besoin_financement (Int64, NA = non renseigné), the
    rates of TAUX (Float64, ratios), depassement (engagé > prévu). Groups come in the plan's order.
    """
    hors = list_non_programmees(prevu)
    plan = _restrict(prevu, base, hors)
    utiles = list_retenues(ecritures, vue)
    # Money is dated by its operation; the plan stops on 31-12-2026.
    jours = pd.to_datetime(utiles["date_operation"])
    utiles = _restrict(utiles[jours <= pd.Timestamp(min(date_arrete, PLAN_FIN))], base, hors)
    cles = list(par)
    if not cles:
        plan, utiles, cles = plan.assign(tout=""), utiles.assign(tout=""), ["tout"]
    if activites is not None:
        rangs = activites.set_index("code")
        for cle in (c for c in cles if c in rangs.columns):
            plan = plan.assign(**{cle: plan["activite_code"].map(rangs[cle])})
            utiles = utiles.assign(**{cle: utiles["activite_code"].map(rangs[cle])})
    colonnes: dict[str, pd.Series[int]] = {}
    if all(c in plan.columns for c in cles):
        colonnes["prevu"] = _sum_known(plan, cles, "montant_fcfa")
    for phase in PHASES:
        colonnes[phase] = _sum_known(utiles[utiles["phase"].astype(str) == phase], cles, "montant_fcfa")
    tableau = pd.DataFrame(colonnes).reindex(columns=["prevu", *PHASES]).astype("Int64")
    tableau = tableau.reindex(_list_ordre(colonnes)) if len(cles) == 1 else tableau
    if tableau.empty and not par:
        tableau.loc[""] = pd.NA
    return _add_taux(tableau.rename_axis(cles).reset_index()).drop(columns=[] if par else ["tout"])


def _list_ordre(colonnes: dict[str, pd.Series[int]]) -> pd.Index[Any]:
    """Group keys in the order in which the plan, then the entries, name them; a missing key stands once."""
    cles: pd.Index[Any] = pd.Index([], dtype=object)
    for serie in colonnes.values():
        cles = cles.append(serie.index.astype(object))
    return cles.unique()


def _add_taux(tableau: pd.DataFrame) -> pd.DataFrame:
    """Rates, financing need and overrun; NA wherever a part is NA or a base is 0."""
    sortie = tableau.copy()
    sortie["besoin_financement"] = sortie["prevu"] - sortie["mobilise"]
    for nom, (haut, bas) in TAUX.items():
        denominateur = sortie[bas].astype("Float64")
        sortie[nom] = sortie[haut].astype("Float64") / denominateur.mask(denominateur == 0)
    sortie["depassement"] = (sortie["engage"] > sortie["prevu"]).fillna(False).astype(bool)
    return sortie


def compute_courbe(
    prevu: pd.DataFrame, ecritures: pd.DataFrame, date_arrete: date, vue: Vue = "bailleur"
) -> pd.DataFrame:
    """Cumulative curve over the plan's 20 quarters: prévu, and each phase up to the last quarter ended by the date.

    The year's planned amount is split over its quarters in whole FCFA; scheduled activities only, on both sides. A
    phase is NA before its first entry and after the date: nothing is projected. Out: trimestre, fin, prevu, then one
    Int64 column per phase.
    """
    trimestres = list_trimestres()
    rangs = {t: i for i, t in enumerate(trimestres)}
    par_trimestre = [0] * len(trimestres)
    for annee, somme in prevu.dropna(subset=["annee"]).groupby("annee")["montant_fcfa"].sum().items():
        for numero, part in enumerate(split_largest_remainder(int(somme), [1, 1, 1, 1]), start=1):
            par_trimestre[rangs[Trimestre(int(str(annee)), numero)]] += part
    courbe = pd.DataFrame({"trimestre": [t.code for t in trimestres], "fin": [t.fin for t in trimestres]})
    courbe["prevu"] = pd.Series(par_trimestre, dtype="Int64").cumsum()
    dernier = rangs.get(min(get_dernier_trimestre_fini(date_arrete), trimestres[-1]), -1)
    hors = list_non_programmees(prevu)
    utiles = list_retenues(ecritures, vue)
    utiles = utiles[~utiles["activite_code"].isin(hors) & utiles["montant_fcfa"].notna()]
    for phase in PHASES:
        flux: list[int | None] = [None] * len(trimestres)
        lignes = utiles[utiles["phase"].astype(str) == phase]
        for jour, montant in zip(pd.to_datetime(lignes["date_operation"]), lignes["montant_fcfa"], strict=True):
            # Money of before 2022 stands in the first quarter: the curve is cumulative.
            rang = rangs.get(max(Trimestre.from_date(jour.date()), trimestres[0]))
            if rang is not None and jour.date() <= date_arrete:
                flux[rang] = (flux[rang] or 0) + int(montant)
        courbe[phase] = _cumulate(flux, dernier)
    return courbe


def _cumulate(flux: Sequence[int | None], dernier: int) -> pd.Series[int]:
    """Running sum, NA before the first reported flow and after the index `dernier`."""
    valeurs: list[int | None] = []
    courant: int | None = None
    for i, montant in enumerate(flux):
        courant = courant if montant is None else (courant or 0) + montant
        valeurs.append(courant if i <= dernier else None)
    return pd.Series(valeurs, dtype="Int64")
