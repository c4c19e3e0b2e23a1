"""A later plan loaded beside the first, and what is decided of each unfinished activity of the first.

The first plan and its follow-up are not touched. Source: règles de calcul, 1 (plans are versioned data).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from ccm_data.commands.journal import write_journal
from ccm_data.commands.transaction import check_existe, check_passe, check_texte, flush, get_ligne
from ccm_data.domain.calendrier import get_jour
from ccm_data.domain.permissions import Personne, check_write
from ccm_data.domain.reprise import PREMIERE_ANNEE, PlanPropose
from ccm_data.domain.vocabulaire import SuiteActivite
from ccm_data.errors import Conflit, ValeurInvalide
from ccm_data.models.base import to_dict
from ccm_data.models.plan import Activite
from ccm_data.models.plans import ActiviteSuivante, PlanSuivant, Reprise

OBJET, OBJET_REPRISE = "plan_suivant", "reprise"
DROIT = "charger_plan"


def load_plan(session: Session, personne: Personne, maintenant: datetime, plan: PlanPropose, empreinte: str) -> str:
    """Write a later plan as its file tells it (`empreinte`: SHA-256 of the bytes); returns its code.

    One already loaded under this code is replaced as long as nothing was decided on it. Raises AccesRefuse,
    ValeurInvalide, Conflit (plan_deja_recu, plan_decide).
    """
    check_write(personne, DROIT)
    _check_plan(plan, maintenant)
    deja = session.scalar(select(PlanSuivant.code).where(PlanSuivant.empreinte == empreinte))
    if deja is not None:
        raise Conflit("plan_deja_recu", objet=OBJET, valeur=deja)
    ancien = session.get(PlanSuivant, plan.code, with_for_update=True)
    avant = None if ancien is None else _describe(session, ancien)
    if ancien is not None:
        decidees = session.scalar(select(func.count(Reprise.id)).where(Reprise.plan_code == plan.code)) or 0
        if decidees:
            raise Conflit("plan_decide", objet=OBJET, valeur=plan.code, nombre=decidees)
        session.execute(delete(ActiviteSuivante).where(ActiviteSuivante.plan_code == plan.code))
    ligne = ancien or PlanSuivant(code=plan.code)
    for champ in ("intitule", "debut", "fin", "source", "date_source"):
        setattr(ligne, champ, getattr(plan, champ))
    ligne.empreinte, ligne.charge_le = empreinte, maintenant
    ligne.auteur_id = personne.compte_id  # type: ignore[assignment]  # who may load has an account
    session.add(ligne)
    flush(session, OBJET)
    session.add_all(
        ActiviteSuivante(
            plan_code=plan.code, code=a.code, axe=a.axe, action=a.action, intitule=a.intitule, cout_fcfa=a.cout_fcfa,
            annees=";".join(map(str, a.annees)) or None, structures=a.structures, reprend_code=a.reprend_code,
            ordre=rang,
        )
        for rang, a in enumerate(plan.activites, 1)
    )  # fmt: skip
    flush(session, "activite_suivante")
    write_journal(
        session, maintenant, personne, "charger", OBJET, plan.code, resume=f"{plan.code}, {plan.intitule[:80]}",
        avant=avant, apres=_describe(session, ligne) | {"sha256": empreinte},
    )  # fmt: skip
    return plan.code


def _describe(session: Session, ligne: PlanSuivant) -> dict[str, Any]:
    """What the journal keeps: the plan, how many activities, what they add up to."""
    requete = select(func.count(ActiviteSuivante.id), func.sum(ActiviteSuivante.cout_fcfa))
    nombre, cout = session.execute(requete.where(ActiviteSuivante.plan_code == ligne.code)).one()
    return to_dict(ligne) | {"activites": int(nombre), "cout_fcfa": None if cout is None else int(cout)}


def _check_plan(plan: PlanPropose, maintenant: datetime) -> None:
    """The rules of the file once more: a command stands by itself."""
    for champ in ("code", "intitule", "source"):
        check_texte(champ, getattr(plan, champ))
    check_passe("date_source", plan.date_source, get_jour(maintenant))
    if plan.debut < PREMIERE_ANNEE:
        raise ValeurInvalide(champ="debut", valeur=plan.debut, attendu=f"≥ {PREMIERE_ANNEE}")
    if plan.fin < plan.debut:
        raise ValeurInvalide(champ="fin", valeur=plan.fin, attendu=f"≥ {plan.debut}")
    if not plan.activites:
        raise ValeurInvalide("valeur_manquante", champ="activites", valeur=None, attendu="une activité")


def set_reprise(
    session: Session,
    personne: Personne,
    maintenant: datetime,
    plan_code: str,
    activite_code: str,
    suite: SuiteActivite,
    motif: str,
    *,
    vu: str | None = None,
) -> int:
    """What becomes of an activity of the first plan in the next one, and why; returns the row's id.

    `vu`: when the decision that the person saw was taken (ISO instant, "" for none). Raises AccesRefuse, Introuvable,
    ValeurInvalide, Conflit (decision_changee).
    """
    check_write(personne, DROIT)
    get_ligne(session, PlanSuivant, plan_code)
    check_existe(session, Activite, activite_code, "activite_code")
    texte = check_texte("motif", motif)
    requete = select(Reprise).where(Reprise.plan_code == plan_code, Reprise.activite_code == activite_code)
    ligne = session.scalar(requete.with_for_update())
    presente = "" if ligne is None else ligne.decide_le.isoformat()
    if vu is not None and vu != presente:
        raise Conflit("decision_changee", objet=OBJET_REPRISE, lue=vu, presente=presente)
    avant = None if ligne is None else to_dict(ligne)
    if ligne is not None and (ligne.suite, ligne.motif) == (suite, texte):
        return ligne.id
    if ligne is None:
        ligne = Reprise(plan_code=plan_code, activite_code=activite_code)
        session.add(ligne)
    ligne.suite, ligne.motif, ligne.decide_le = suite, texte, maintenant
    ligne.auteur_id = personne.compte_id  # type: ignore[assignment]
    flush(session, OBJET_REPRISE)
    write_journal(
        session, maintenant, personne, "decider", OBJET_REPRISE, ligne.id, resume=f"{plan_code}, {activite_code}",
        avant=avant, apres=to_dict(ligne),
    )  # fmt: skip
    return ligne.id
