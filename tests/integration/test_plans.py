"""A later plan: its workbook judged, loaded beside the first of which no figure changes, its decisions and their rights."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ccm_data.commands.decisions import Provenance, set_montant_retenu
from ccm_data.commands.plans import load_plan, set_reprise
from ccm_data.config import Config
from ccm_data.db import get_engine, read_session, write_session
from ccm_data.domain.perimetre import Perimetre
from ccm_data.domain.permissions import Personne
from ccm_data.domain.reprise import PlanPropose
from ccm_data.domain.vocabulaire import EtatSuivi, Gravite, Role, StatutActivite, StatutRecommandation, SuiteActivite
from ccm_data.errors import AccesRefuse, Conflit, FichierIllisible, Introuvable, ValeurInvalide
from ccm_data.imports.lecture import read_classeur
from ccm_data.imports.plan_suivant import FEUILLES_PLAN, LecturePlan, validate_plan
from ccm_data.models.comptes import Compte, Journal
from ccm_data.models.instances import Recommandation
from ccm_data.models.plans import ActiviteSuivante, PlanSuivant, Reprise
from ccm_data.models.suivi import MiseAJour
from ccm_data.phrases.plans import say_anomalie_plan
from ccm_data.queries import plans
from ccm_data.queries.avancement import get_avancement
from ccm_data.queries.budget import get_tableau_budget
from ccm_data.queries.indicateurs import get_cadre_logique
from ccm_data.queries.rapports import list_obligations
from ccm_data.queries.rapprochement import list_rapprochement
from tests.aides.plan_suivant import ACTIVITES, PLAN, make_classeur_plan
from tests.integration.aides_commandes import MAINTENANT, add_ecriture_validee, make_mise_a_jour, make_personnes

JOUR = date(2026, 11, 23)
REPRISE, NON = SuiteActivite.REPRISE, SuiteActivite.NON_REPRISE


@pytest.fixture
def session(url_commune: str) -> Iterator[Session]:
    """A session on a base that the whole module shares; rolled back."""
    with Session(get_engine(url_commune).execution_options(ccm_ecriture=True)) as ouverte:
        yield ouverte
        ouverte.rollback()


@pytest.fixture
def qui(session: Session) -> dict[str, Personne]:
    return make_personnes(session)


def read_plan(session: Session, octets: bytes) -> LecturePlan:
    return validate_plan(session, read_classeur(octets, "plan.xlsx", FEUILLES_PLAN), JOUR)


def make_plan(session: Session, **champs: Any) -> PlanPropose:
    plan = read_plan(session, make_classeur_plan(session)).plan
    assert plan is not None
    return replace(plan, **champs)


def load(session: Session, personne: Personne, empreinte: str = "a" * 64, **champs: Any) -> str:
    return load_plan(session, personne, MAINTENANT, make_plan(session, **champs), empreinte)


# ---- the workbook ----


def test_the_template_holds_two_sheets_and_offers_the_activities_of_the_first_plan(session: Session) -> None:
    classeur = load_workbook(io.BytesIO(make_classeur_plan(session, None, ())))
    assert [f.title for f in classeur if f.sheet_state == "visible"] == ["Lisez-moi", "Plan", "Activités"]
    assert [c.value for c in classeur["Plan"][1]] == ["Code", "Intitulé", "Début", "Fin", "Source", "Date de la source"]
    assert "Reprend" in [c.value for c in classeur["Activités"][1]]
    assert classeur["Listes"].cell(2, 1).value == "1.1 · Appuis institutionnels et plaidoyer"
    assert len(classeur["Activités"].data_validations.dataValidation) == 1


def test_a_good_workbook_gives_its_plan_as_written(session: Session) -> None:
    lecture = read_plan(session, make_classeur_plan(session))
    plan = lecture.plan
    assert plan is not None
    assert (plan.code, plan.debut, plan.fin, plan.date_source) == ("2027-2031", 2027, 2031, date(2026, 10, 15))
    assert [(a.code, a.cout_fcfa, a.annees, a.reprend_code) for a in plan.activites] == [
        ("1.1", 40_000_000, (2027, 2028), "1.1"),
        ("1.2", None, (2029,), None),
        ("2.1", 15_000_000, (), "2.3.2"),
    ]
    assert (plan.cout_fcfa, plan.sans_cout) == (55_000_000, 1)
    assert [(a.code, a.gravite, a.ligne) for a in lecture.anomalies] == [("non_chiffree", Gravite.A_VERIFIER, 3)]


def change(ligne: tuple[Any, ...], **cellules: Any) -> tuple[Any, ...]:
    return tuple(cellules.get(f"c{i}", valeur) for i, valeur in enumerate(ligne))


A = ACTIVITES[0]
FAUTES: dict[str, tuple[dict[str, Any], str, str, int | None, str | None]] = {
    "a plan without title": ({"plan": change(PLAN, c1=None)}, "valeur_manquante", "Plan", 2, "Intitulé"),
    "a plan that begins within the first": ({"plan": change(PLAN, c2=2026)}, "valeur_invalide", "Plan", 2, "Début"),
    "an end before the start": ({"plan": change(PLAN, c3=2026)}, "valeur_invalide", "Plan", 2, "Fin"),
    "an end a century away": ({"plan": change(PLAN, c3=2131)}, "valeur_invalide", "Plan", 2, "Fin"),
    "a code that is not its years": ({"plan": change(PLAN, c0="PAN-2")}, "valeur_invalide", "Plan", 2, "Code"),
    "half a year": ({"plan": change(PLAN, c2=2027.5)}, "valeur_invalide", "Plan", 2, "Début"),
    "a source of tomorrow": ({"plan": change(PLAN, c5=date(2026, 11, 24))}, "date_future", "Plan", 2, "Date de la source"),
    "an unreadable date": ({"plan": change(PLAN, c5="hier")}, "date_illisible", "Plan", 2, "Date de la source"),
    "no plan": ({"plan": None}, "feuille_sans_ligne", "Plan", None, None),
    "two plans": ({"autres_plans": [change(PLAN, c0="2032-2036")]}, "plan_en_double", "Plan", 3, None),
    "no activity": ({"activites": ()}, "feuille_sans_ligne", "Activités", None, None),
    "an activity without code": ({"activites": [change(A, c0=None)]}, "valeur_manquante", "Activités", 2, "Code"),
    "a code too long": ({"activites": [change(A, c0="1" * 21)]}, "texte_trop_long", "Activités", 2, "Code"),
    "the same code twice": ({"activites": [A, change(A, c3="Autre")]}, "code_en_double", "Activités", 3, "Code"),
    "a negative cost": ({"activites": [change(A, c4=-1)]}, "valeur_invalide", "Activités", 2, "Coût (FCFA)"),
    "half a franc": ({"activites": [change(A, c4="1,5")]}, "valeur_invalide", "Activités", 2, "Coût (FCFA)"),
    "a cost in words": ({"activites": [change(A, c4="cher")]}, "valeur_invalide", "Activités", 2, "Coût (FCFA)"),
    "a formula": ({"activites": [change(A, c4="=2*3")]}, "formule", "Activités", 2, "Coût (FCFA)"),
    "a year of the first plan": ({"activites": [change(A, c5="2026 ; 2027")]}, "valeur_invalide", "Activités", 2, "Années"),
    "a year that is none": ({"activites": [change(A, c5="An 1")]}, "valeur_invalide", "Activités", 2, "Années"),
    "an unknown activity taken over": ({"activites": [change(A, c7="1.9")]}, "code_inconnu", "Activités", 2, "Reprend"),
}  # fmt: skip


@pytest.mark.parametrize("quoi", FAUTES)
def test_a_fault_is_told_at_its_cell_with_its_remedy_and_nothing_can_be_loaded(session: Session, quoi: str) -> None:
    contenu, code, feuille, ligne, colonne = FAUTES[quoi]
    lecture = read_plan(session, make_classeur_plan(session, **contenu))
    graves = [a for a in lecture.anomalies if a.gravite is not Gravite.A_VERIFIER]
    assert [(a.code, a.feuille, a.ligne, a.colonne) for a in graves] == [(code, feuille, ligne, colonne)]
    assert lecture.plan is None
    probleme, remede = say_anomalie_plan(graves[0])
    assert probleme
    assert remede


def test_all_faults_are_told_at_once_and_a_near_code_is_proposed(session: Session) -> None:
    octets = make_classeur_plan(
        session, change(PLAN, c1=None), [change(A, c4=-1, c7="Appuis institutionels et plaidoyer")]
    )
    lecture = read_plan(session, octets)
    assert {a.code for a in lecture.anomalies} == {"valeur_manquante", "valeur_invalide", "code_inconnu"}
    proche = next(a for a in lecture.anomalies if a.code == "code_inconnu")
    assert proche.suggestion == "1.1 · Appuis institutionnels et plaidoyer"


def test_an_activity_that_two_take_over_is_pointed_out_but_loads(session: Session) -> None:
    lecture = read_plan(session, make_classeur_plan(session, activites=[A, change(A, c0="1.2")]))
    assert [(a.code, a.attendu) for a in lecture.anomalies] == [("reprise_partagee", "2")]
    assert lecture.plan is not None


def test_a_missing_sheet_is_told(session: Session) -> None:
    classeur = load_workbook(io.BytesIO(make_classeur_plan(session)))
    del classeur["Plan"]
    sortie = io.BytesIO()
    classeur.save(sortie)
    lecture = read_plan(session, sortie.getvalue())
    assert [(a.code, a.feuille) for a in lecture.anomalies if a.gravite is Gravite.BLOQUANT] == [
        ("feuille_absente", "Plan")
    ]
    assert lecture.plan is None


def test_another_workbook_is_refused_with_what_was_awaited() -> None:
    with pytest.raises(FichierIllisible) as refus:
        read_classeur(b"Nom;Ville\r\nx;y\r\n", "liste.csv", FEUILLES_PLAN)
    assert (refus.value.code, refus.value.faits["attendu"]) == ("autre_classeur", ["Plan", "Activités"])


# ---- loading ----


def test_a_plan_is_loaded_whole_with_one_line_of_the_journal(session: Session, qui: dict[str, Personne]) -> None:
    code = load(session, qui["se"])
    plan = session.get_one(PlanSuivant, code)
    assert (plan.intitule, plan.empreinte, plan.auteur_id) == ("Plan d’action 2027-2031", "a" * 64, qui["se"].compte_id)
    lignes = plans.list_activites_suivantes(session, qui["se"], code)
    assert lignes == make_plan(session).activites
    trace = session.scalars(select(Journal)).one()
    assert (trace.action, trace.objet, trace.objet_id) == ("charger", "plan_suivant", "2027-2031")
    assert (trace.apres or {})["sha256"] == "a" * 64
    assert ((trace.apres or {})["activites"], (trace.apres or {})["cout_fcfa"]) == (3, 55_000_000)


def test_the_same_bytes_are_taken_once(session: Session, qui: dict[str, Personne]) -> None:
    load(session, qui["se"])
    with pytest.raises(Conflit) as refus:
        load(session, qui["se2"])
    assert (refus.value.code, refus.value.faits["valeur"]) == ("plan_deja_recu", "2027-2031")


def test_a_plan_is_replaced_as_long_as_nothing_was_decided_on_it(session: Session, qui: dict[str, Personne]) -> None:
    load(session, qui["se"])
    entier = make_plan(session)
    load(session, qui["se"], "b" * 64, intitule="Version adoptée", activites=entier.activites[:1])
    assert session.get_one(PlanSuivant, "2027-2031").intitule == "Version adoptée"
    assert session.scalar(select(func.count(ActiviteSuivante.id))) == 1
    trace = session.scalars(select(Journal).order_by(Journal.id.desc())).first()
    assert trace is not None
    assert ((trace.avant or {})["activites"], (trace.apres or {})["activites"]) == (3, 1)
    set_reprise(session, qui["se"], MAINTENANT, "2027-2031", "1.1", REPRISE, "décidé")
    with pytest.raises(Conflit) as refus:
        load(session, qui["se"], "c" * 64)
    assert refus.value.code == "plan_decide"
    assert session.get_one(PlanSuivant, "2027-2031").empreinte == "b" * 64


REFUS: dict[str, dict[str, Any]] = {
    "no activity": {"activites": ()},
    "a start within the first plan": {"debut": 2026},
    "an end before the start": {"fin": 2026},
    "no source": {"source": " "},
    "a source of tomorrow": {"date_source": date(2026, 11, 24)},
}


@pytest.mark.parametrize("quoi", REFUS)
def test_the_command_refuses_by_itself(session: Session, qui: dict[str, Personne], quoi: str) -> None:
    with pytest.raises(ValeurInvalide):
        load(session, qui["se"], **REFUS[quoi])
    assert session.scalar(select(func.count()).select_from(PlanSuivant)) == 0


GESTES: dict[str, Callable[[Session, Personne], object]] = {
    "load": lambda s, p: load(s, p, "f" * 64),
    "decide": lambda s, p: set_reprise(s, p, MAINTENANT, "2027-2031", "1.1", REPRISE, "motif"),
    "list the plans": plans.list_plans,
    "list its activities": lambda s, p: plans.list_activites_suivantes(s, p, "2027-2031"),
    "list the unfinished": lambda s, p: plans.get_reprises(s, p, JOUR, "2027-2031"),
}


@pytest.mark.parametrize("geste", GESTES)
@pytest.mark.parametrize("role", ["visiteur", "lecteur", "acteur", "focal", "se", "admin"])
def test_only_the_sp_ccm_loads_reads_and_decides(
    session: Session, qui: dict[str, Personne], role: str, geste: str
) -> None:
    load(session, qui["se2"])
    if role in ("se", "admin"):
        assert GESTES[geste](session, qui[role]) is not None
    else:
        with pytest.raises(AccesRefuse):
            GESTES[geste](session, qui[role])


# ---- beside the first ----


def describe(config: Config) -> dict[str, str]:
    """Every figure of 2022-2026, as text."""
    jour = config.aujourd_hui()
    perimetre = Perimetre(jour)
    with read_session(config) as session:
        budget = get_tableau_budget(session, perimetre)
        cadre = get_cadre_logique(session, perimetre)
        return {
            "budget": repr((budget.total, budget.axes, budget.actions, budget.annees, budget.activites)),
            "curve": budget.courbe.to_csv(),
            "totals": budget.totaux.to_csv(),
            "logframe": repr([(x.code, x.realise, x.cibles, x.taux, x.statut) for x in cadre.lignes]),
            "scores": repr(cadre.scores),
            "progress": repr(get_avancement(session, perimetre)),
            "reports": list_obligations(session, jour, jour).to_csv(),
            "reconciliation": list_rapprochement(session).to_csv(),
        }


def test_no_figure_of_the_first_plan_changes_when_another_is_loaded_and_decided(demonstration: Config) -> None:
    avant = describe(demonstration)
    with write_session(demonstration) as session:
        compte = session.scalars(select(Compte).where(Compte.identifiant == "se.demo")).one()
        se = Personne(Role.SUIVI_EVALUATION, compte.id)
        load_plan(session, se, demonstration.maintenant(), make_plan(session), "d" * 64)
        set_reprise(session, se, demonstration.maintenant(), "2027-2031", "1.1", REPRISE, "à poursuivre")
    apres = describe(demonstration)
    assert {nom for nom in avant if avant[nom] != apres[nom]} == set()


# ---- what is carried over ----


def add_valide(session: Session, qui: dict[str, Personne], **champs: Any) -> None:
    """A validated national update of T3 2026."""
    valide = {"region_code": None, "valide_par_id": qui["se"].compte_id, "valide_le": MAINTENANT}
    session.add(
        MiseAJour(
            **make_mise_a_jour(**champs) | valide,
            etat=EtatSuivi.VALIDE,
            auteur_id=qui["focal"].compte_id,
            cree_le=MAINTENANT,
        )
    )
    session.flush()


def test_unfinished_activities_come_with_progress_money_and_what_takes_them_over(
    session: Session, qui: dict[str, Personne]
) -> None:
    add_valide(session, qui, activite_code="2.3.2", avancement=60)
    add_valide(session, qui, activite_code="1.2", avancement=100, statut=StatutActivite.ACHEVEE)
    add_valide(session, qui, activite_code="4.1", statut=StatutActivite.ABANDONNEE)
    add_ecriture_validee(session, qui["focal"], qui["se"], activite_code="2.3.2", montant_fcfa=4_000_000)
    load(session, qui["se"])
    reprises = plans.get_reprises(session, qui["se"], JOUR, "2027-2031")
    assert len(reprises.lignes) == 26
    assert reprises.abandonnees == 1
    assert {"1.2", "4.1"}.isdisjoint({x.code for x in reprises.lignes})
    ligne = reprises.find("2.3.2")
    assert ligne is not None
    assert (ligne.avancement, ligne.statut) == (60, StatutActivite.EN_COURS)
    assert (ligne.prevu_fcfa, ligne.paye_fcfa, ligne.non_depense_fcfa) == (15_000_000, 4_000_000, 11_000_000)
    assert ligne.repris_par == ("2.1",)
    muette = reprises.find("5.3")
    assert muette is not None
    assert (muette.avancement, muette.statut, muette.paye_fcfa, muette.non_depense_fcfa) == (None, None, None, None)
    assert (muette.prevu_fcfa, muette.repris_par) == (6_000_000, ())


def test_the_money_left_follows_the_figure_that_prevails(session: Session, qui: dict[str, Personne]) -> None:
    source = Provenance("PV", date(2026, 1, 1))
    set_montant_retenu(session, qui["se"], MAINTENANT, "activite", "2.3.2", 12_000_000, "motif", source)
    add_ecriture_validee(session, qui["focal"], qui["se"], activite_code="2.3.2", montant_fcfa=4_000_000)
    ligne = plans.get_reprises(session, qui["se"], JOUR, None).find("2.3.2")
    assert ligne is not None
    assert ligne.non_depense_fcfa == 8_000_000


def test_open_recommendations_on_an_activity_come_with_it(session: Session, qui: dict[str, Personne]) -> None:
    for rang, (statut, etat) in enumerate(
        [("a_faire", "valide"), ("en_cours", "valide"), ("realisee", "valide"), ("a_faire", "brouillon")]
    ):
        session.add(
            Recommandation(
                code=f"REC-{rang}", rencontre_code="R-1", texte="À faire", activite_code="2.3.2",
                statut=StatutRecommandation(statut), realisee_le=JOUR if statut == "realisee" else None,
                etat=EtatSuivi(etat), auteur_id=qui["focal"].compte_id, cree_le=MAINTENANT,
                valide_par_id=qui["se"].compte_id if etat == "valide" else None,
                valide_le=MAINTENANT if etat == "valide" else None,
            )
        )  # fmt: skip
    session.flush()
    reprises = plans.get_reprises(session, qui["se"], JOUR, None)
    assert {x.code: x.recommandations for x in reprises.lignes if x.recommandations} == {"2.3.2": ("REC-0", "REC-1")}


def test_facts_after_the_date_are_not_known_yet(session: Session, qui: dict[str, Personne]) -> None:
    add_valide(session, qui, activite_code="1.2", avancement=100, statut=StatutActivite.ACHEVEE)
    assert plans.get_reprises(session, qui["se"], date(2026, 6, 30), None).find("1.2") is not None
    assert plans.get_reprises(session, qui["se"], JOUR, None).find("1.2") is None


def test_a_decision_is_taken_changed_and_kept_in_the_journal(session: Session, qui: dict[str, Personne]) -> None:
    load(session, qui["se"])
    premiere = set_reprise(session, qui["se"], MAINTENANT, "2027-2031", "2.3.2", REPRISE, "reprise par 2.1", vu="")
    ligne = plans.get_reprises(session, qui["se"], JOUR, "2027-2031").find("2.3.2")
    assert ligne is not None
    assert ligne.decision is not None
    assert (ligne.decision.suite, ligne.decision.motif, ligne.decision.auteur) == (REPRISE, "reprise par 2.1", "se")
    plus_tard = MAINTENANT + timedelta(hours=1)
    assert set_reprise(session, qui["se2"], plus_tard, "2027-2031", "2.3.2", NON, "sans objet", vu=ligne.vu) == premiere
    traces = session.scalars(select(Journal).where(Journal.objet == "reprise").order_by(Journal.id)).all()
    assert [(t.action, t.resume) for t in traces] == [("decider", "2027-2031, 2.3.2")] * 2
    assert ((traces[1].avant or {})["suite"], (traces[1].apres or {})["suite"]) == ("reprise", "non_reprise")


def test_the_second_of_two_who_decide_is_told(session: Session, qui: dict[str, Personne]) -> None:
    load(session, qui["se"])
    set_reprise(session, qui["se"], MAINTENANT, "2027-2031", "2.3.2", REPRISE, "un", vu="")
    with pytest.raises(Conflit) as refus:
        set_reprise(session, qui["se2"], MAINTENANT, "2027-2031", "2.3.2", NON, "deux", vu="")
    assert refus.value.code == "decision_changee"
    assert session.scalars(select(Reprise.motif)).all() == ["un"]


def test_a_decision_needs_a_plan_an_activity_and_a_reason(session: Session, qui: dict[str, Personne]) -> None:
    with pytest.raises(Introuvable):
        set_reprise(session, qui["se"], MAINTENANT, "2027-2031", "1.1", REPRISE, "motif")
    load(session, qui["se"])
    with pytest.raises(ValeurInvalide):
        set_reprise(session, qui["se"], MAINTENANT, "2027-2031", "9.9", REPRISE, "motif")
    with pytest.raises(ValeurInvalide):
        set_reprise(session, qui["se"], MAINTENANT, "2027-2031", "1.1", REPRISE, "  ")
