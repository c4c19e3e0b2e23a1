"""The decision register: who decided what, when and why; figures that follow it at their level; targets that disagree."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from ccm_data.commands import decisions
from ccm_data.commands.decisions import Provenance
from ccm_data.db import get_engine
from ccm_data.domain.perimetre import Perimetre
from ccm_data.domain.permissions import Personne
from ccm_data.domain.vocabulaire import StatutBase
from ccm_data.errors import ValeurInvalide
from ccm_data.phrases.budget import say_base_annees, say_base_prevu, say_prevaut, say_source_prevu, say_totaux
from ccm_data.phrases.decisions import list_cles, say_titre_registre
from ccm_data.phrases.derivations import say_cible_region, say_statut_region
from ccm_data.queries.budget import TableauBudget, get_tableau_budget
from ccm_data.queries.fiche_indicateur import get_fiche_indicateur
from ccm_data.queries.rapprochement import (
    LigneRegistre,
    filter_registre,
    get_registre,
    list_historique_ligne,
    list_rapprochement,
)
from ccm_data.queries.referentiels import get_vus, make_table_historique, make_table_referentiel
from ccm_data.queries.tableaux import make_table_budget, make_table_registre
from ccm_data.typographie import FINE
from tests.integration.aides_commandes import MAINTENANT, make_personnes

SOURCE = Provenance("PV du 20 novembre 2026", date(2026, 11, 20))
PLAN = Perimetre(date(2026, 11, 23))
TOUTES, MONTANTS = 61, 7


@pytest.fixture
def session(url_commune: str) -> Iterator[Session]:
    """A session on a base that the whole module shares; rolled back."""
    with Session(get_engine(url_commune).execution_options(ccm_ecriture=True)) as ouverte:
        yield ouverte
        ouverte.rollback()


@pytest.fixture
def se(session: Session) -> Personne:
    return make_personnes(session)["se"]


def keep(
    session: Session, se: Personne, objet: str, code: str, montant: int | None, vu: int | None = None
) -> int | None:
    return decisions.set_montant_retenu(
        session, se, MAINTENANT, objet, code, montant, "décidé en séance", SOURCE, vu=vu
    )


def find(session: Session, code: str) -> LigneRegistre:
    return next(x for x in get_registre(session) if x.code == code)


# ---- the register ----


def test_every_contradiction_is_there_with_its_two_places_and_awaits_a_decision(session: Session) -> None:
    registre = get_registre(session)
    assert len(registre) == TOUTES
    assert len({x.code for x in registre}) == TOUTES
    assert {x.nature for x in registre} == {"montant", "intitule", "calendrier", "reference", "numerotation"}
    assert [x for x in registre if not x.section_a] == []
    assert [x for x in registre if x.nature == "montant" and not x.section_b] == []
    assert all(x.decision is None for x in registre)
    assert say_titre_registre(registre) == "61 contradictions sur 61 restent à trancher"


def test_a_decision_tells_what_prevails_by_whom_when_and_why(session: Session, se: Personne) -> None:
    keep(session, se, "axe", "2", 557_000_000)
    decisions.set_choix_contradiction(session, se, MAINTENANT, "dgecmr", "DGECM-R", "liste des sigles", SOURCE)
    axe, sigle = find(session, "montant-axe-2-actions").decision, find(session, "dgecmr").decision
    assert axe is not None
    assert sigle is not None
    assert (axe.montant_fcfa, axe.motif, axe.auteur, axe.decide_le) == (
        557_000_000,
        "décidé en séance",
        "se",
        MAINTENANT,
    )
    assert (axe.source, axe.date_source) == (SOURCE.source, SOURCE.date_source)
    assert (sigle.texte, sigle.montant_fcfa, sigle.auteur) == ("DGECM-R", None, "se")
    cadre = list_rapprochement(session).set_index("code")
    assert cadre.loc["dgecmr", "decide_par"] == "se"
    assert cadre.loc["dgecmr", "decide_le"] == MAINTENANT
    assert cadre.loc["dgecmr", "decision"] == "DGECM-R (liste des sigles)"
    assert cadre["decision"].isna().sum() == TOUTES - 3  # axis 2 is compared twice


def test_what_awaits_comes_first_and_filters_hold(session: Session, se: Personne) -> None:
    keep(session, se, "plan", "plan", 860_000_000)
    registre = get_registre(session)
    assert [x.decision is not None for x in registre] == [False] * (TOUTES - 3) + [True] * 3
    assert say_titre_registre(registre) == "58 contradictions sur 61 restent à trancher"
    assert {x.code for x in filter_registre(registre, "montant", "tranchees")} == {
        "montant-plan-plan-axes",
        "montant-plan-plan-actions",
        "montant-plan-plan-activites",
    }
    assert len(filter_registre(registre, "montant", "a_trancher")) == MONTANTS - 3
    assert len(filter_registre(registre, None, None)) == TOUTES
    assert [c[1] for c in list_cles(registre)] == ["58", "3", "4", "23 nov. 2026".replace(" ", "\u00a0")]
    tableau = make_table_registre(session, "montant", "tranchees")
    assert set(tableau["Prévaut"]) == {f"860{FINE}000{FINE}000\u00a0FCFA"}


def test_the_history_keeps_every_decision_and_when_it_ended(session: Session, se: Personne) -> None:
    premiere = keep(session, se, "axe", "2", 542_000_000)
    plus_tard = MAINTENANT + timedelta(hours=1)
    decisions.set_montant_retenu(session, se, plus_tard, "axe", "2", 557_000_000, "recompté", SOURCE, vu=premiere)
    decisions.set_montant_retenu(session, se, MAINTENANT, "axe", "3", 279_000_000, "autre axe", SOURCE)
    histoire = list_historique_ligne(session, "montant", "axe", "2")
    assert [(d.montant_fcfa, d.motif, d.remplace_le) for d in histoire] == [
        (542_000_000, "décidé en séance", plus_tard),
        (557_000_000, "recompté", None),
    ]
    avant = make_table_historique(session, se, "retenus")
    assert list(avant["Motif"]) == ["décidé en séance"]
    assert list(avant["Par"]) == ["se"]


# ---- figures follow the decision at its level ----


def get_budget(session: Session, perimetre: Perimetre = PLAN) -> TableauBudget:
    return get_tableau_budget(session, perimetre)


def test_without_a_decision_charts_use_the_sum_of_the_activities_and_say_so(session: Session) -> None:
    tableau = get_budget(session)
    assert (tableau.total.prevu, tableau.ecart_fcfa, tableau.retenus) == (987_000_000, 0, ())
    assert say_totaux(tableau).endswith("activités : 987, pris ici")
    assert "somme des activités" in say_prevaut(tableau)
    assert say_base_prevu(tableau) == say_base_annees(tableau)


def test_a_figure_kept_for_the_plan_replaces_its_total_and_nothing_below(session: Session, se: Personne) -> None:
    avant = get_budget(session)
    keep(session, se, "plan", "plan", 860_000_000)
    tableau = get_budget(session)
    assert (tableau.total.prevu, tableau.ecart_fcfa) == (860_000_000, -127_000_000)
    assert (tableau.axes, tableau.actions, tableau.activites) == (avant.axes, avant.actions, avant.activites)
    assert (tableau.annees, tableau.activites_fcfa) == (avant.annees, 987_000_000)
    dit = say_prevaut(tableau)
    assert "plan, 860 millions (se, 23" in dit
    assert "écart non ventilé, \u2212127 millions" in dit
    assert say_totaux(tableau).endswith("retenu : 860")
    assert say_base_prevu(tableau).endswith(" · retenu par le SP/CCM : plan, 860 millions")


@pytest.mark.parametrize(
    ("objet", "code", "niveau", "montant", "ecart"),
    [
        pytest.param("axe", "2", "axe", 542_000_000, 15_000_000, id="an axis"),
        pytest.param("action", "3.1", "action", 279_000_000, -9_000_000, id="an action"),
    ],
)
def test_a_figure_kept_for_a_level_closes_the_sum_with_what_is_not_broken_down(
    session: Session, se: Personne, objet: str, code: str, niveau: str, montant: int, ecart: int
) -> None:
    keep(session, se, objet, code, montant)
    tableau = make_table_budget(session, PLAN, niveau).set_index("Code")
    assert tableau.loc[code, "Prévu (FCFA)"] == montant
    assert tableau.loc["", "Prévu (FCFA)"] == ecart
    assert tableau.loc["", "Intitulé"] == "Écart non ventilé"
    assert tableau["Prévu (FCFA)"].sum() == 987_000_000
    assert "" not in set(make_table_budget(session, PLAN, "activite")["Code"])


def test_within_an_axis_its_own_figure_is_the_total(session: Session, se: Personne) -> None:
    keep(session, se, "axe", "2", 542_000_000)
    tableau = get_budget(session, Perimetre(PLAN.date_arrete, axe="2"))
    assert (tableau.total.prevu, tableau.ecart_fcfa) == (542_000_000, -15_000_000)
    assert get_budget(session, Perimetre(PLAN.date_arrete, axe="3")).retenus == ()


def test_a_kept_total_has_no_years(session: Session, se: Personne) -> None:
    avant = get_budget(session, Perimetre(PLAN.date_arrete, annee=2024)).total
    keep(session, se, "plan", "plan", 860_000_000)
    tableau = get_budget(session, Perimetre(PLAN.date_arrete, annee=2024))
    assert (tableau.total, tableau.ecart_fcfa) == (avant, 0)
    assert "par année, le prévu reste la somme des activités" in say_prevaut(tableau)
    assert "somme des activités, 987 millions" in say_source_prevu(tableau)


def test_a_figure_kept_for_an_activity_is_what_its_years_share(session: Session, se: Personne) -> None:
    keep(session, se, "activite", "1.1", 30_000_000)
    tableau = get_budget(session)
    assert {t.code: t.prevu for t in tableau.activites}["1.1"] == 30_000_000
    assert (tableau.total.prevu, tableau.ecart_fcfa) == (992_000_000, 0)


# ---- real yearly amounts ----


@pytest.mark.parametrize(("code", "montants"), [("2.3.2", {2025: 10, 2026: 5}), ("5.3", {2026: 6})])
def test_real_amounts_schedule_what_bore_no_mark_and_the_screen_says_which(
    session: Session, se: Personne, code: str, montants: dict[int, int]
) -> None:
    avant = {t.code: t.prevu or 0 for t in get_budget(session).annees}
    assert "parts égales" in say_base_annees(get_budget(session))
    saisis = {a: m * 1_000_000 for a, m in montants.items()}
    decisions.set_montants_annuels(session, se, MAINTENANT, code, saisis, SOURCE)
    tableau = get_budget(session)
    assert code not in tableau.non_programmees
    assert {t.code: (t.prevu or 0) - avant[t.code] for t in tableau.annees if t.prevu != avant[t.code]} == {
        str(a): m for a, m in saisis.items()
    }
    assert tableau.total.prevu == 987_000_000
    assert f"montants saisis pour {code}" in say_base_annees(tableau)
    assert len(get_registre(session)) == TOUTES


def test_real_amounts_that_do_not_make_the_cost_are_a_line_until_they_do(session: Session, se: Personne) -> None:
    decisions.set_montants_annuels(session, se, MAINTENANT, "2.3.2", {2026: 12_000_000}, SOURCE)
    ligne = find(session, "montant-activite-2.3.2-annees")
    assert (ligne.valeur_imprimee, ligne.valeur_calculee, ligne.ecart) == (15_000_000, 12_000_000, -3_000_000)
    assert (ligne.decision, ligne.section_b) == (None, "Référentiels et cibles, montants annuels")
    assert get_budget(session).total.prevu == 987_000_000
    keep(session, se, "activite", "2.3.2", 12_000_000)
    assert [x for x in get_registre(session) if x.objet_code == "2.3.2" and x.nature == "montant"] == []
    assert get_budget(session).total.prevu == 984_000_000


# ---- targets ----


def set_cible(session: Session, se: Personne, code: str, annee: int, valeur: Any, region: str | None = None) -> None:
    decisions.set_cible(session, se, MAINTENANT, code, annee, valeur, SOURCE, region_code=region)


def set_finale(session: Session, se: Personne, code: str, valeur: str | None) -> None:
    decisions.set_reglage_indicateur(session, se, MAINTENANT, code, {"cible_finale": valeur}, SOURCE)


def list_cibles(session: Session) -> list[str]:
    return [x.code for x in get_registre(session) if x.nature == "cibles"]


def test_yearly_targets_that_do_not_make_the_stated_final_one_are_a_line(session: Session, se: Personne) -> None:
    for annee, valeur in ((2025, 10), (2026, 20)):
        set_cible(session, se, "1.b", annee, valeur)
    set_finale(session, se, "1.b", "40")
    assert list_cibles(session) == ["cible-1.b-finale-finale"]
    ligne = find(session, "cible-1.b-finale-finale")
    assert ligne.texte_a == "40, cible finale annoncée"
    assert ligne.texte_b == "30, d’après les cibles annuelles"
    assert "Écart : \u221210." in (ligne.remarque or "")
    set_finale(session, se, "1.b", "30,0")
    assert list_cibles(session) == []


def test_regional_targets_are_set_shown_and_compared_with_the_national_one(session: Session, se: Personne) -> None:
    set_cible(session, se, "3.1.a", 2026, 10)
    set_cible(session, se, "3.1.a", 2026, 12, "NE001")
    decisions.set_reference(session, se, MAINTENANT, "3.1.a", StatutBase.CONNUE, 2, SOURCE, region_code="NE001")
    assert list_cibles(session) == ["cible-3.1.a-regions-2026"]
    fiche = get_fiche_indicateur(session, Perimetre(date(2026, 12, 31)), "3.1.a", se)
    assert fiche is not None
    assert {r.nom: say_cible_region(r) for r in fiche.regions if r.a_cible} == {"Agadez": "12"}
    assert {say_statut_region(r) for r in fiche.regions} == {"Non renseigné", "Cible non définie"}
    bases = make_table_referentiel(session, se, "bases")
    assert "2" in set(bases[bases["Région"] == "Agadez"].iloc[0].astype(str))
    tableau = make_table_referentiel(session, se, "cibles")
    assert list(tableau["Région"]) == ["National", "Agadez"]
    vus = get_vus(session, se, "cibles")
    assert {("3.1.a", 2026, None), ("3.1.a", 2026, "NE001")} <= set(vus)
    assert ("3.1.a", "NE001") in get_vus(session, se, "bases")


def test_a_stated_final_target_is_listed_among_the_targets(session: Session, se: Personne) -> None:
    set_finale(session, se, "1.b", "40")
    tableau = make_table_referentiel(session, se, "cibles")
    assert [tuple(x) for x in tableau[["Indicateur", "Année", "Valeur"]].to_numpy()] == [
        ("1.b", "finale annoncée", "40")
    ]
    assert ("1.b", "finale", None) in get_vus(session, se, "cibles")


REGIONAUX: dict[str, Callable[[Session, Personne], object]] = {
    "a target": lambda s, p: set_cible(s, p, "2.2.b", 2026, 4, "NE001"),
    "a baseline": lambda s, p: decisions.set_reference(
        s, p, MAINTENANT, "2.2.b", StatutBase.INCONNUE, None, SOURCE, region_code="NE001"
    ),
}


@pytest.mark.parametrize("geste", REGIONAUX)
def test_an_indicator_counted_for_the_country_alone_takes_no_region(session: Session, se: Personne, geste: str) -> None:
    with pytest.raises(ValeurInvalide) as refus:
        REGIONAUX[geste](session, se)
    assert (refus.value.code, refus.value.faits["champ"]) == ("national_seulement", "region_code")
    set_cible(session, se, "2.2.b", 2026, 4)


def test_an_indicator_does_not_become_national_while_a_region_has_its_target(session: Session, se: Personne) -> None:
    set_cible(session, se, "3.1.a", 2026, 12, "NE001")
    national = {"agregation_region": "national_seulement"}
    with pytest.raises(ValeurInvalide) as refus:
        decisions.set_reglage_indicateur(session, se, MAINTENANT, "3.1.a", national, SOURCE)
    assert refus.value.code == "cibles_incompatibles"


def test_a_final_target_is_a_figure(session: Session, se: Personne) -> None:
    with pytest.raises(ValeurInvalide):
        set_finale(session, se, "1.b", "quarante")
