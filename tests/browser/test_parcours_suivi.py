"""Journeys of follow-up: an evaluation and its answer, a decision that moves a sentence, a later plan, reminders."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from playwright.sync_api import expect

from ccm_data.config import NOM_BASE_DEMO, Config
from ccm_data.db import get_engine, read_session
from tests.aides.gestes import (
    choose,
    choose_onglet,
    fill,
    fill_date,
    list_rangs,
    open_pli,
    press,
    tick,
    upload,
)
from tests.aides.plan_suivant import make_classeur_plan
from tests.aides.serveur import Tableau, serve
from tests.aides.visite import Visite
from tests.conftest import make_config

EVALUEE = "5.1"
REPONSE = "Le plan de travail a été revu avec les régions."
DANS_LE_PLAN = date(2026, 9, 15)


@pytest.fixture(scope="module")
def tableau(modele_demonstration: Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tableau]:
    """A demonstration that these journeys may change."""
    config = make_config(tmp_path_factory.mktemp("suivi"), demo=True)
    shutil.copy(modele_demonstration.data_dir / NOM_BASE_DEMO, config.data_dir / NOM_BASE_DEMO)
    with serve(config) as servi:
        yield servi
    get_engine(config.database_url).dispose()


def count_evaluees(visite: Visite) -> tuple[int, int]:
    """Activities evaluated as the register's title says, and the rows that indicator 5.b counts."""
    visite.open_ecran("evaluations")
    dit = re.match(r"(\d+) activités évaluées sur 28", visite.titre)
    assert dit is not None, visite.titre
    visite.open_ecran("indicateurs", indicateur="5.b")
    texte = visite.get_texte()
    assert f"{dit[1]} · sans cible" in texte, (dit[1], texte[:900])
    return int(dit[1]), len(list_rangs(visite.page, "Lignes comptées"))


def advance(se: Visite, etape: str) -> str:
    """Take an evaluation one step further; what the screen says."""
    choose(se.page, "Étape suivante", etape)
    return press(se, "Passer à cette étape")


def test_an_evaluation_is_rated_shared_answered_and_counted_once_final(
    visiter: Callable[..., Visite], tableau: Tableau
) -> None:
    se, oim, visiteur = visiter(tableau), visiter(tableau), visiter(tableau)
    se.sign_in("se.demo")
    avant = count_evaluees(se)
    se.open_ecran("evaluations")
    open_pli(se.page, "Nouvelle évaluation")
    choose(se.page, "Activité ou intervention", f"{EVALUEE} ")
    fill_date(se.page, "Date de l’évaluation", DANS_LE_PLAN)
    choose(se.page, "Qui pourra répondre (activité)", "OIM")
    assert "Évaluation ouverte" in press(se, "Ouvrir l’évaluation")
    adresse = re.search(r"evaluation=(\d+)", se.page.url)
    assert adresse is not None
    choose(se.page, "Pertinence : note", "4 · très satisfaisant")
    fill(se.page, "Efficience : justification", "Sans note, une justification attend.")
    choose(se.page, "Efficience : note", "2 · insuffisant")
    assert "Pertinence" in press(se, "Enregistrer les notes"), "a rating without its reason is refused"
    fill(se.page, "Pertinence : justification", "Répond à la recommandation du CCM.")
    assert "Notes enregistrées" in press(se, "Enregistrer les notes")

    oim.sign_in("acteur.oim", vers=f"/evaluations?evaluation={adresse[1]}")
    assert "Répond à la recommandation du CCM." not in oim.get_texte(), "a draft is the SP/CCM’s"
    assert "Évaluation partagée" in advance(se, "Partager avec le partenaire")
    oim.open_ecran("evaluations", evaluation=adresse[1])
    assert "Répond à la recommandation du CCM." in oim.get_texte()
    fill(oim.page, "Réponse de votre organisation", REPONSE)
    assert "Réponse enregistrée" in press(oim, "Répondre")
    oim.check_axe()
    assert count_evaluees(se) == avant, "shared is not final"

    se.open_ecran("evaluations", evaluation=adresse[1])
    assert REPONSE in se.get_texte()
    se.capture("evaluation-repondue", entiere=True)
    assert "Évaluation finale" in advance(se, "Rendre finale")
    assert count_evaluees(se) == (avant[0] + 1, avant[1] + 1)
    visiteur.open_ecran("evaluations", evaluation=adresse[1])
    texte = visiteur.get_texte()
    assert "4 · très satisfaisant" in texte
    assert REPONSE not in texte


def test_the_alerts_name_their_figures_and_lead_to_their_rows(visiter: Callable[..., Visite], tableau: Tableau) -> None:
    se = visiter(tableau)
    se.sign_in("se.demo", vers="/evaluations")
    nombre = re.search(r"Alertes (\d+)", se.get_texte())
    assert nombre is not None
    choose_onglet(se, "Alertes")
    lignes = list_rangs(se.page, "Alertes")
    assert len(lignes) == int(nombre[1])
    se.capture("alertes", entiere=True)
    se.check_axe()
    assert se.page.get_by_role("link", name="Changer un seuil").count() == 1


def test_a_decision_moves_the_budget_sentence_and_is_withdrawn(
    visiter: Callable[..., Visite], tableau: Tableau
) -> None:
    se, visiteur = visiter(tableau), visiter(tableau)
    visiteur.open_ecran("budget")
    titre, prevu = visiteur.titre, get_prevu(visiteur)
    se.sign_in("se.demo", vers="/rapprochement?nature=montant")
    reste = re.match(r"(\d+) contradictions sur (\d+) restent à trancher", se.titre)
    assert reste is not None
    tick(se, 0)
    assert "Plan : somme des axes" in se.get_texte()
    choose(se.page, "Ce qui prévaut", "860")
    fill(se.page, "Pourquoi", "Le total imprimé a été adopté")
    fill(se.page, "Source (document, procès-verbal)", "Procès-verbal d’essai")
    assert "Décision enregistrée : les graphiques la suivent." in press(se, "Enregistrer la décision")
    se.check_axe()
    assert "Le total imprimé a été adopté" in se.get_texte()
    visiteur.open_ecran("budget")
    assert (get_prevu(visiteur), prevu) == ("860", "987")
    assert visiteur.titre != titre
    visiteur.open_ecran("rapprochement")
    assert not visiteur.titre.startswith(reste[0][:20])


def get_prevu(visite: Visite) -> str:
    """The planned amount, in millions, as the budget's first figure."""
    dit = re.search(r"Prévu, millions FCFA ([\d  ]+?) ", visite.get_texte())
    assert dit is not None
    return dit[1]


def test_a_later_plan_is_loaded_and_an_unfinished_activity_carried_over(
    visiter: Callable[..., Visite], tableau: Tableau
) -> None:
    se = visiter(tableau)
    se.sign_in("se.demo", vers="/plan-suivant")
    with read_session(tableau.config) as session:
        sain = make_classeur_plan(session)
        fautif = make_classeur_plan(
            session, activites=[("1.1", "Coordination", None, "Suite", -5, "2040", None, "9.9")]
        )
    texte = upload(se, fautif, "plan.xlsx")
    assert "Activités, Coût" in texte
    assert se.page.get_by_role("button", name="Charger ce plan").count() == 0
    se.page.reload()
    se.wait_drawn()
    assert "Ouvrir un guichet unique" in upload(se, sain, "plan.xlsx")
    assert "Plan 2027-2031 chargé à côté du premier" in press(se, "Charger ce plan")
    tick(se, 0)
    assert "Activité 1.1" in se.get_texte()
    choose(se.page, "Suite", "Reprise")
    fill(se.page, "Pourquoi", "Le plaidoyer continue")
    assert "1.1 : reprise dans le plan suivant." in press(se, "Enregistrer la décision")
    se.check_axe()
    premiere = list_rangs(se.page, "Activités inachevées")[0]
    assert (premiere["Code"], premiere["Décision"], premiere["Motif"]) == (
        "1.1", "Reprise dans le plan suivant", "Le plaidoyer continue",
    )  # fmt: skip
    se.capture("plan-suivant-repris", entiere=True)


def test_a_reminder_names_what_is_owed_and_nothing_is_mailed_without_settings(
    visiter: Callable[..., Visite], tableau: Tableau
) -> None:
    se, focal = visiter(tableau), visiter(tableau)
    se.sign_in("se.demo", vers="/completude")
    choose(se.page, "Destinataire", "Diffa")
    se.wait_drawn()
    texte = re.sub(r"\s+", " ", se.page.get_by_test_id("stCode").inner_text())
    for dit in ("3.1.3", "T3 2026", "/deposer"):
        assert dit in texte
    assert "L’envoi par courriel n’est pas réglé" in se.get_texte()
    expect(se.page.get_by_role("button", name=re.compile("^Envoyer"))).to_have_count(0)
    se.check_axe()
    focal.sign_in("pf.agadez", vers="/completude")
    assert "Rappels à envoyer" not in focal.get_texte()
