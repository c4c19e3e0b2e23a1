"""Physical progress as screens show it: per activity, per axis, for the plan, with what is expected at the date.

Source: règles de calcul, 3. Means over axes and plan are weighted by the cost of activities, and say so.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from sqlalchemy.orm import Session

from ccm_data.domain.alertes import Alerte, compute_alertes, list_etats
from ccm_data.domain.avancement import (
    COUT,
    Moyenne,
    compute_attendu_activite,
    compute_avancement_activites,
    compute_moyenne,
    compute_moyennes,
    compute_statut_avancement,
)
from ccm_data.domain.budget import PLAN_ENTIER, compute_execution
from ccm_data.domain.perimetre import Perimetre
from ccm_data.domain.plan import compute_couts, compute_prevu
from ccm_data.domain.vocabulaire import StatutActivite, StatutIndicateur
from ccm_data.queries.decisions import list_decisions
from ccm_data.queries.plan import list_activites, list_annees
from ccm_data.queries.rapports import get_seuils, list_annees_programmees
from ccm_data.queries.suivi import list_valides


@dataclass(frozen=True)
class LigneAvancement:
    """One activity: amounts in FCFA, progress and expectation 0-100, None when not reported or not scheduled."""

    code: str
    axe_code: str
    libelle: str
    intitule: str
    cout_fcfa: int
    annees: tuple[int, ...]
    avancement: float | None
    attendu: float | None
    statut: StatutIndicateur
    statut_activite: StatutActivite | None
    regions_renseignees: int
    regions_attendues: int
    provisoire: bool
    conflit: bool
    dernier_trimestre: str | None
    debut_reel: object | None
    fin_reelle: object | None


@dataclass(frozen=True)
class Groupe:
    """An axis or the whole plan."""

    code: str
    moyenne: Moyenne
    attendu: float | None
    statut: StatutIndicateur


@dataclass(frozen=True)
class Avancement:
    """What the screens need about physical progress at a date."""

    activites: tuple[LigneAvancement, ...]
    axes: tuple[Groupe, ...]
    plan: Groupe
    alertes: tuple[Alerte, ...]


def _get(valeur: object) -> float | None:
    return None if valeur is None or pd.isna(valeur) else float(str(valeur))  # type: ignore[call-overload]


def get_avancement(session: Session, perimetre: Perimetre) -> Avancement:
    """Progress at the date d'arrêté; with a region, that region's own word alone."""
    activites = list_activites(session)
    regions = list_decisions(session, "region_concernee")[["activite_code", "region_code", "poids"]]
    maj = list_valides(session, "mise_a_jour", perimetre.date_arrete)
    if perimetre.region is not None:
        regions = regions[regions["region_code"] == perimetre.region]
        activites = activites[activites["code"].isin(set(regions["activite_code"]))]
        maj = maj[maj["region_code"] == perimetre.region]
    if perimetre.axe is not None:
        activites = activites[activites["axe_code"] == perimetre.axe]
    seuils = get_seuils(session)
    programmees = list_annees_programmees(session)
    par_activite = {str(c): tuple(sorted(g["annee"])) for c, g in programmees.groupby("activite_code")}
    faits = compute_avancement_activites(list(activites["code"]), maj, regions, perimetre.date_arrete)
    couts = compute_couts(activites, list_decisions(session, "montant_retenu"))
    lignes = []
    for activite, fait in zip(activites.to_dict("records"), faits.to_dict("records"), strict=True):
        annees = par_activite.get(activite["code"], ())
        avancement, attendu = _get(fait["avancement"]), compute_attendu_activite(annees, perimetre.date_arrete)
        statut, _ratio = compute_statut_avancement(avancement, attendu, seuils)
        lignes.append(
            LigneAvancement(
                code=activite["code"],
                axe_code=activite["axe_code"],
                libelle=activite["libelle_court"],
                intitule=activite["intitule"],
                cout_fcfa=couts[activite["code"]],
                annees=annees,
                avancement=avancement,
                attendu=attendu,
                statut=statut,
                statut_activite=StatutActivite(fait["statut"]) if isinstance(fait["statut"], str) else None,
                regions_renseignees=int(fait["regions_renseignees"]),
                regions_attendues=int(fait["regions_attendues"]),
                provisoire=bool(fait["provisoire"]),
                conflit=bool(fait["conflit"]),
                dernier_trimestre=fait["dernier_trimestre"] if isinstance(fait["dernier_trimestre"], str) else None,
                debut_reel=fait["debut_reel"] if not _is_na(fait["debut_reel"]) else None,
                fin_reelle=fait["fin_reelle"] if not _is_na(fait["fin_reelle"]) else None,
            )
        )
    groupes = dict(zip(activites["code"], activites["axe_code"], strict=True))
    moyennes = compute_moyennes(faits, groupes, COUT, couts)
    axes = tuple(
        _group(code, moyenne, [x for x in lignes if x.axe_code == code], seuils)
        for code, moyenne in sorted(moyennes.items())
    )
    plan = _group("plan", compute_moyenne(faits, COUT, couts), lignes, seuils)
    alertes = _list_alertes(session, perimetre, activites, faits, programmees)
    return Avancement(tuple(lignes), axes, plan, alertes)


def _is_na(valeur: object) -> bool:
    return valeur is None or bool(pd.isna(valeur))  # type: ignore[call-overload]


def _group(code: str, moyenne: Moyenne, lignes: list[LigneAvancement], seuils: object) -> Groupe:
    """Mean expectation with the same weights, over the activities that are scheduled."""
    prevues = [(x.attendu, x.cout_fcfa) for x in lignes if x.attendu is not None]
    somme = sum(cout for _, cout in prevues)
    attendu = sum(a * c for a, c in prevues) / somme if somme else None
    statut, _ratio = compute_statut_avancement(moyenne.valeur, attendu, seuils)  # type: ignore[arg-type]
    return Groupe(code, moyenne, attendu, statut)


def _list_alertes(
    session: Session, perimetre: Perimetre, activites: pd.DataFrame, faits: pd.DataFrame, programmees: pd.DataFrame
) -> tuple[Alerte, ...]:
    """Alerts need money: paid since 2022 against the whole cost, for national screens only."""
    if perimetre.region is not None:
        return ()
    prevu = compute_prevu(
        activites,
        list_annees(session),
        list_decisions(session, "montant_annuel"),
        list_decisions(session, "montant_retenu"),
    )
    ecritures = list_valides(session, "ecriture_budgetaire", perimetre.date_arrete)
    execution = compute_execution(prevu, ecritures, perimetre.date_arrete, PLAN_ENTIER, ["activite_code"])
    prevus = {
        str(c): int(m) for c, m in zip(execution["activite_code"], execution["prevu"], strict=True) if not _is_na(m)
    }
    payes = {
        str(c): None if _is_na(m) else int(m)
        for c, m in zip(execution["activite_code"], execution["paye"], strict=True)
    }
    etats = list_etats(faits, programmees, prevus, payes)
    return tuple(compute_alertes(etats, perimetre.date_arrete, get_seuils(session)))
