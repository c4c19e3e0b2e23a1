"""Later plans loaded beside the first, and the unfinished activities of the first that they may carry over.

Nothing here enters a figure of 2022-2026. Source: règles de calcul, 1, 3 and 4; rules in `domain.reprise`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ccm_data.domain.budget import PLAN_ENTIER
from ccm_data.domain.perimetre import Perimetre
from ccm_data.domain.permissions import Personne, check_write
from ccm_data.domain.reprise import RECOMMANDATIONS_OUVERTES, ActiviteProposee, compute_non_depense, is_inachevee
from ccm_data.domain.vocabulaire import StatutActivite, SuiteActivite
from ccm_data.libelles import say_libelle
from ccm_data.models.comptes import Compte
from ccm_data.models.plans import ActiviteSuivante, PlanSuivant, Reprise
from ccm_data.queries.avancement import LigneAvancement, get_avancement
from ccm_data.queries.budget import list_execution_activites
from ccm_data.queries.suivi import list_valides
from ccm_data.textes import _
from ccm_data.typographie import say_non_renseigne

DROIT = "charger_plan"


@dataclass(frozen=True)
class FichePlan:
    """A later plan. `cout_fcfa` sums what is costed (None: nothing is); `sans_cout` counts the others."""

    code: str
    intitule: str
    debut: int
    fin: int
    source: str
    date_source: date
    charge_le: datetime
    auteur: str  # the function, no name
    activites: int
    cout_fcfa: int | None
    sans_cout: int


@dataclass(frozen=True)
class Decision:
    """What was decided of an unfinished activity, by which function, when and why."""

    suite: SuiteActivite
    motif: str
    auteur: str
    decide_le: datetime


@dataclass(frozen=True)
class LigneReprise:
    """An unfinished activity of the first plan. Progress 0-100 and money None when not reported.

    `repris_par`: codes of the later plan's activities that say they resume it; `recommandations`: codes still open.
    """

    code: str
    libelle: str
    intitule: str
    axe_code: str
    avancement: float | None
    statut: StatutActivite | None
    prevu_fcfa: int | None
    paye_fcfa: int | None
    non_depense_fcfa: int | None
    recommandations: tuple[str, ...]
    repris_par: tuple[str, ...]
    decision: Decision | None

    @property
    def vu(self) -> str:
        """What a decision on this row rests on (see `commands.plans.set_reprise`)."""
        return "" if self.decision is None else self.decision.decide_le.isoformat()


@dataclass(frozen=True)
class Reprises:
    """The unfinished activities at a date; `abandonnees` counts those given up, which are not offered."""

    lignes: tuple[LigneReprise, ...]
    abandonnees: int

    @property
    def a_decider(self) -> int:
        """How many await a decision."""
        return sum(x.decision is None for x in self.lignes)

    def find(self, code: str | None) -> LigneReprise | None:
        """The row of this activity."""
        return next((x for x in self.lignes if x.code == code), None)


def list_plans(session: Session, personne: Personne) -> tuple[FichePlan, ...]:
    """The later plans, the nearest first. Raises AccesRefuse for others than the SP/CCM."""
    check_write(personne, DROIT)
    couts = (
        select(
            ActiviteSuivante.plan_code,
            func.count(ActiviteSuivante.id).label("nombre"),
            func.count(ActiviteSuivante.cout_fcfa).label("chiffrees"),
            func.sum(ActiviteSuivante.cout_fcfa).label("cout"),
        )
        .group_by(ActiviteSuivante.plan_code)
        .subquery()
    )
    requete = (
        select(PlanSuivant, Compte.libelle, couts.c.nombre, couts.c.chiffrees, couts.c.cout)
        .join(Compte, PlanSuivant.auteur_id == Compte.id)
        .outerjoin(couts, couts.c.plan_code == PlanSuivant.code)
        .order_by(PlanSuivant.debut, PlanSuivant.code)
    )
    return tuple(
        FichePlan(
            p.code, p.intitule, p.debut, p.fin, p.source, p.date_source, p.charge_le, auteur, int(nombre or 0),
            None if cout is None else int(cout), int(nombre or 0) - int(chiffrees or 0),
        )
        for p, auteur, nombre, chiffrees, cout in session.execute(requete)
    )  # fmt: skip


def list_activites_suivantes(session: Session, personne: Personne, plan_code: str) -> tuple[ActiviteProposee, ...]:
    """The activities of a later plan, in its order."""
    check_write(personne, DROIT)
    requete = select(ActiviteSuivante).where(ActiviteSuivante.plan_code == plan_code).order_by(ActiviteSuivante.ordre)
    return tuple(
        ActiviteProposee(
            a.code, a.intitule, a.axe, a.action, a.cout_fcfa, tuple(map(int, (a.annees or "").split(";") if a.annees else ())),
            a.structures, a.reprend_code,
        )
        for a in session.scalars(requete)
    )  # fmt: skip


def get_reprises(session: Session, personne: Personne, date_arrete: date, plan_code: str | None) -> Reprises:
    """The unfinished activities of the first plan at a date, with what a later plan says and what was decided.

    Without a plan: what will be offered, nothing decided. Raises AccesRefuse for others than the SP/CCM.
    """
    check_write(personne, DROIT)
    avancement = get_avancement(session, Perimetre(date_arrete))
    argent = list_execution_activites(session, date_arrete, PLAN_ENTIER)
    ouvertes = _list_recommandations(session, date_arrete)
    repris, decisions = _list_repris(session, plan_code), _list_decisions(session, plan_code)
    lignes = []
    for x in avancement.activites:
        if is_inachevee(x.statut_activite, x.avancement):
            prevu, paye = argent.get(x.code, (None, None))
            lignes.append(
                _make_ligne(x, prevu, paye, ouvertes.get(x.code, ()), repris.get(x.code, ()), decisions.get(x.code))
            )
    abandonnees = sum(x.statut_activite is StatutActivite.ABANDONNEE for x in avancement.activites)
    return Reprises(tuple(lignes), abandonnees)


def _make_ligne(
    x: LigneAvancement,
    prevu: int | None,
    paye: int | None,
    recommandations: Sequence[str],
    repris_par: Sequence[str],
    decision: Decision | None,
) -> LigneReprise:
    return LigneReprise(
        x.code, x.libelle, x.intitule, x.axe_code, x.avancement, x.statut_activite, prevu, paye,
        compute_non_depense(prevu, paye), tuple(recommandations), tuple(repris_par), decision,
    )  # fmt: skip


def _list_recommandations(session: Session, date_arrete: date) -> dict[str, list[str]]:
    """Activity → codes of the validated recommendations still open on it."""
    ouvertes: dict[str, list[str]] = {}
    for ligne in list_valides(session, "recommandation", date_arrete).to_dict("records"):
        if isinstance(ligne["activite_code"], str) and ligne["statut"] in RECOMMANDATIONS_OUVERTES:
            ouvertes.setdefault(ligne["activite_code"], []).append(str(ligne["code"]))
    return ouvertes


def _list_repris(session: Session, plan_code: str | None) -> dict[str, list[str]]:
    requete = (
        select(ActiviteSuivante.reprend_code, ActiviteSuivante.code)
        .where(ActiviteSuivante.plan_code == plan_code, ActiviteSuivante.reprend_code.is_not(None))
        .order_by(ActiviteSuivante.ordre)
    )
    repris: dict[str, list[str]] = {}
    for ancienne, nouvelle in session.execute(requete):
        repris.setdefault(str(ancienne), []).append(str(nouvelle))
    return repris


def _list_decisions(session: Session, plan_code: str | None) -> dict[str, Decision]:
    requete = (
        select(Reprise.activite_code, Reprise.suite, Reprise.motif, Compte.libelle, Reprise.decide_le)
        .join(Compte, Reprise.auteur_id == Compte.id)
        .where(Reprise.plan_code == plan_code)
    )
    return {
        str(code): Decision(suite, motif, qui, quand) for code, suite, motif, qui, quand in session.execute(requete)
    }


def make_table_reprises(session: Session, personne: Personne, date_arrete: date, plan_code: str | None) -> pd.DataFrame:
    """The unfinished activities as shown and downloaded; money in whole FCFA, missing where not reported."""
    lignes = get_reprises(session, personne, date_arrete, plan_code).lignes
    return pd.DataFrame(
        {
            _("Code"): [x.code for x in lignes],
            _("Activité"): [x.libelle for x in lignes],
            _("Réalisé (%)"): pd.Series([x.avancement for x in lignes], dtype="Float64").round(1),
            _("État déclaré"): [say_libelle(x.statut) if x.statut else say_non_renseigne() for x in lignes],
            _("Prévu (FCFA)"): pd.Series([x.prevu_fcfa for x in lignes], dtype="Int64"),
            _("Non dépensé (FCFA)"): pd.Series([x.non_depense_fcfa for x in lignes], dtype="Int64"),
            _("Recommandations ouvertes"): pd.Series([len(x.recommandations) for x in lignes], dtype="Int64"),
            _("Reprise par"): [", ".join(x.repris_par) or _("aucune activité") for x in lignes],
            _("Décision"): [say_libelle(x.decision.suite) if x.decision else _("à décider") for x in lignes],
            _("Motif"): [x.decision.motif if x.decision else "" for x in lignes],
            _("Par"): [x.decision.auteur if x.decision else "" for x in lignes],
        }
    )


def make_table_activites(session: Session, personne: Personne, plan_code: str) -> pd.DataFrame:
    """The activities of a later plan as shown and downloaded."""
    lignes = list_activites_suivantes(session, personne, plan_code)
    return pd.DataFrame(
        {
            _("Code"): [x.code for x in lignes],
            _("Axe"): [x.axe or say_non_renseigne() for x in lignes],
            _("Action"): [x.action or say_non_renseigne() for x in lignes],
            _("Intitulé"): [x.intitule for x in lignes],
            _("Coût (FCFA)"): pd.Series([x.cout_fcfa for x in lignes], dtype="Int64"),
            _("Années"): [" ; ".join(map(str, x.annees)) or _("non programmé") for x in lignes],
            _("Structures"): [x.structures or say_non_renseigne() for x in lignes],
            _("Reprend"): [x.reprend_code or _("nouvelle") for x in lignes],
        }
    )
