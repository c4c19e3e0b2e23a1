"""Journeys of the registers: a regional meeting and what it recommends, a workbook of awareness sessions, who may not."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from playwright.sync_api import expect

from ccm_data.config import NOM_BASE_DEMO, Config
from ccm_data.db import get_engine
from tests.aides.classeurs import SENSIBILISATION
from tests.aides.gestes import (
    choose,
    choose_onglet,
    download,
    fill,
    fill_date,
    fill_modele,
    list_rangs,
    open_pli,
    press,
    send_saisie,
    tick,
    upload,
    validate_file,
    wait_kept,
)
from tests.aides.preuves import make_pdf
from tests.aides.serveur import Tableau, serve
from tests.aides.visite import Visite
from tests.conftest import make_config

AGADEZ, NIAMEY, CCM_AGADEZ = "NE001", "NE008", "ccm-agadez"
PIECE, TITRE_JUSTE = "PV de la mission.pdf", "Mission au titre juste"
RENCONTRE, RECOMMANDATION = "CCM-AGADEZ-2026-09", "REC-ESSAI-1"
DEMANDE = "Installer le comité d’Iférouane"
PRESENTS = ("OIM", "GIZ", "REMIDDH", "UNHCR", "UNICEF")
ECHEANCE = date(2027, 4, 6)
LENDEMAIN = date(2027, 4, 7)
MISSION = SENSIBILISATION | {
    "intitule": "Mission d’essai à Arlit",
    "lieu": "Arlit",
    "etat_femmes": 9,
    "etat_hommes": 12,
}
MISSIONS = (
    MISSION,
    MISSION | {"intitule": "Mission d’essai à Iférouane", "date_debut": "11/08/2026", "osc_femmes": 3, "osc_hommes": 4},
)
AGENTS = 9 + 12 + 9 + 12 + 3 + 4
FAUTES = (
    "Sensibilisations, Nature, ligne",
    "Vouliez-vous dire « Mission de sensibilisation » ?",
    "« 31/02/2026 » La date ne se lit pas.",
    "« -3 » La valeur n’est pas permise.",
    "2 lignes à corriger ; 0 prête à déposer",
)
# What a visitor is told of the rows that he may not read.
RETENUES = {
    "sensibilisations": r"\d+ lignes réservées",
    "recommandations": r"2[89] lignes réservées",
    "pratiques": "8 lignes réservées",
    "instances?instance=ccm-agadez": r"\d+ lignes réservées",
    "rencontres?rencontre=GTM-2026-03": "réservés? aux personnes connectées",
}


@pytest.fixture(scope="module")
def tableau(modele_demonstration: Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tableau]:
    """A demonstration that these journeys may change."""
    config = make_config(tmp_path_factory.mktemp("registres"), demo=True)
    shutil.copy(modele_demonstration.data_dir / NOM_BASE_DEMO, config.data_dir / NOM_BASE_DEMO)
    with serve(config) as servi:
        yield servi
    get_engine(config.database_url).dispose()


def count_retards(visite: Visite) -> int:
    """Overdue recommendations, as the screen of recommendations says in its title."""
    visite.open_ecran("recommandations")
    dit = re.match(r"(\d+) recommandations? en retard", visite.titre)
    assert dit is not None, visite.titre
    return int(dit[1])


def set_quorum(se: Visite) -> None:
    """The rule of the regional body: half of its members, decided by the SP/CCM."""
    se.open_ecran("instances", instance=CCM_AGADEZ)
    open_pli(se.page, "Décider du quorum")
    choose(se.page, "Quorum", "Part")
    fill(se.page, "Valeur", "30")
    fill(se.page, "Source (document, procès-verbal)", "Règlement intérieur d’essai")
    assert "Quorum enregistré" in press(se, "Décider")


def type_rencontre(focal: Visite) -> None:
    """The meeting, in the form of « Déposer », workbook « Instances et rencontres »."""
    focal.sign_in("pf.agadez", vers="/deposer?mode=formulaire")
    choose_onglet(focal, "Instances et rencontres")
    choose_onglet(focal, "Rencontres")
    page = focal.page
    fill(page, "Code *", RENCONTRE)
    choose(page, "Instance *", "CCM régional d’Agadez")
    fill_date(page, "Date de la rencontre", date(2026, 9, 24))
    fill(page, "Heure", "9 h 30")
    wait_kept(focal)  # a run that draws the form again would take the letters typed meanwhile
    presents = page.get_by_test_id("stMultiSelect").filter(has_text="Organisations présentes")
    for organisation in PRESENTS:
        choose(page, "Organisations présentes", organisation)
        expect(presents).to_contain_text(organisation)
        focal.wait_drawn()
    page.keyboard.press("Escape")
    fill_date(page, "Dossier partagé le", date(2026, 9, 14))
    focal.capture("rencontre-saisie", entiere=True)
    assert "attend la validation" in send_saisie(focal)


def type_suites(focal: Visite) -> None:
    """An agenda item and a recommendation of the meeting."""
    page = focal.page
    focal.open_ecran("deposer", mode="formulaire", feuille="point_ordre_du_jour", rencontre=RENCONTRE)
    fill(page, "Numéro du point *", "1")
    fill(page, "Intitulé *", "Couverture du nord de la région")
    send_saisie(focal)
    focal.open_ecran("deposer", mode="formulaire", feuille="recommandation", rencontre=RENCONTRE)
    fill(page, "Code *", RECOMMANDATION)
    fill(page, "Numéro du point", "1")
    fill(page, "Recommandation *", DEMANDE)
    choose(page, "Responsable", "DRECM-R Agadez")
    fill_date(page, "Échéance", ECHEANCE)
    choose(page, "Activité", "3.1.1")
    send_saisie(focal)


def test_a_regional_meeting_and_what_it_recommends_reach_every_screen(
    visiter: Callable[..., Visite], tableau: Tableau
) -> None:
    focal, se, visiteur = visiter(tableau), visiter(tableau), visiter(tableau)
    se.sign_in("se.demo")
    set_quorum(se)
    retards = count_retards(se)
    type_rencontre(focal)
    type_suites(focal)
    visiteur.open_ecran("rencontres", rencontre=RENCONTRE)
    assert "n’existe pas, ou n’est pas encore validée" in visiteur.get_texte()
    vues = validate_file(se, AGADEZ)
    assert RENCONTRE in vues
    assert DEMANDE in vues

    se.open_ecran("rencontres", rencontre=RENCONTRE)
    texte = se.get_texte()
    for dit in ("24 septembre 2026 à 9 h 30", "Quorum : atteint", "Couverture du nord de la région", DEMANDE):
        assert dit in texte
    assert "Partagé à temps le 14 septembre 2026" in texte
    se.check_axe()
    se.capture("rencontre-validee", entiere=True)
    assert count_retards(se) == retards, "its date has not come"
    se.open_ecran("recommandations", recommandation=RECOMMANDATION)
    for dit in ("À faire", "6 avril 2027", "DRECM-R Agadez", f"{RENCONTRE} (CCM Agadez"):
        assert dit in se.get_texte()
    check_apres_echeance(visiter, tableau)


def check_apres_echeance(visiter: Callable[..., Visite], tableau: Tableau) -> None:
    """The day after its date the recommendation is overdue: in the register, on the region's sheet, on the overview."""
    veille, lendemain = (serve(replace(tableau.config, aujourd_hui_force=jour)) for jour in (ECHEANCE, LENDEMAIN))
    with veille as avant:
        visite = visiter(avant)
        retards = count_retards(visite)
        dues = get_ouvertes(visite)
        visite.page.goto("about:blank")  # a page left open would call a server that has gone
    with lendemain as apres:
        visite = visiter(apres)
        assert count_retards(visite) == retards + 1
        assert get_ouvertes(visite) == (dues[0], dues[1] + 1)
        visite.open_ecran("")
        assert f"{retards + 1} recommandations en retard" in visite.get_texte()
        visite.sign_in("se.demo", vers=f"/recommandations?recommandation={RECOMMANDATION}")
        assert "À faire, en retard de 1 jour" in visite.get_texte()
        visite.capture("recommandation-en-retard", entiere=True)
        visite.page.goto("about:blank")


def get_ouvertes(visite: Visite) -> tuple[int, int]:
    """Open recommendations of Agadez, and those overdue, as the region's sheet says."""
    visite.open_ecran("region", region=AGADEZ)
    dit = re.search(r"(\d+) recommandations? ouvertes?, dont (\d+) en retard", visite.get_texte())
    assert dit is not None
    return int(dit[1]), int(dit[2])


# ---- a workbook of awareness sessions ----


def get_compte(visite: Visite, code: str) -> tuple[int, list[str]]:
    """The figure of an indicator on its sheet (« au moins 18 sur 24 »), and the rows counted."""
    visite.open_ecran("indicateurs", indicateur=code)
    texte = visite.get_texte()
    dit = re.search(r": (?:au moins )?([\d ]+) sur [\d ]+ \(\d+ %\)", texte)
    assert dit is not None, texte[:600]
    lignes = [x["Ligne du registre"] for x in list_rangs(visite.page, "Lignes comptées")]
    return int(dit[1].replace(" ", "")), lignes


def list_annotees(annote: Workbook) -> list[Cell]:
    """The cells that bear a remark, row by row."""
    return [c for rang in annote["Sensibilisations"].iter_rows(min_row=2) for c in rang if c.comment]


def test_a_workbook_of_missions_moves_its_indicators_by_exactly_that(
    visiter: Callable[..., Visite], tableau: Tableau, tmp_path: Path
) -> None:
    focal, se = visiter(tableau), visiter(tableau)
    se.sign_in("se.demo")
    missions, agents = get_compte(se, "1.c"), get_compte(se, "1.d")
    focal.sign_in("pf.agadez", vers="/deposer?classeur=registres")
    modele = download(focal, "Prendre mon classeur", tmp_path)
    assert modele.name.startswith("registres-ccm-")

    fautif = (
        MISSIONS[0] | {"nature": "Mision de sensibilisation"},
        MISSIONS[1] | {"date_debut": "31/02/2026", "osc_femmes": -3},
    )
    texte = upload(focal, fill_modele(modele, "sensibilisation", fautif))
    for dit in FAUTES:
        assert dit in texte
    focal.capture("registres-fautes", entiere=True)
    focal.check_axe()
    annote = load_workbook(download(focal, "Classeur annoté", tmp_path))
    assert [c.column_letter for c in list_annotees(annote)] == ["A", "C", "N"]

    texte = upload(focal, fill_modele(modele, "sensibilisation", MISSIONS))
    assert "Mission d’essai à Iférouane" in texte, "the preview says what would be recorded"
    focal.page.get_by_role("button", name="Déposer les 2 lignes").click()
    focal.page.get_by_text("2 lignes attendent la validation du SP/CCM").first.wait_for()
    assert get_compte(se, "1.c") == missions, "sent is not counted"
    validate_file(se, AGADEZ)

    apres_missions, apres_agents = get_compte(se, "1.c"), get_compte(se, "1.d")
    assert (apres_missions[0], apres_agents[0]) == (missions[0] + len(MISSIONS), agents[0] + AGENTS)
    nouvelles = {x["intitule"] for x in MISSIONS}
    assert set(apres_missions[1]) - set(missions[1]) == nouvelles
    assert nouvelles <= set(apres_agents[1])
    se.page.get_by_role("link", name="Ouvrir les lignes comptées").click()
    se.page.get_by_text("Les actions", exact=True).first.wait_for()
    se.wait_drawn()
    assert nouvelles <= {x["Intitulé"] for x in list_rangs(se.page, "Sensibilisations")}


# ---- a title that was wrong ----


def open_correction(focal: Visite) -> None:
    """The form on the latest action of Niamey, from its row."""
    focal.open_ecran("sensibilisations", region=NIAMEY)
    tick(focal, 0)
    focal.page.get_by_role("link", name="Corriger cette ligne").click()
    focal.page.get_by_role("textbox", name="Intitulé *").wait_for()
    focal.wait_drawn()


def test_a_title_mended_on_the_page_counts_once_and_keeps_its_evidence(
    visiter: Callable[..., Visite], tableau: Tableau
) -> None:
    focal, se = visiter(tableau), visiter(tableau)
    se.sign_in("se.demo", vers="/sensibilisations")
    compte = se.titre
    focal.sign_in("pf.niamey")
    open_correction(focal)
    fill(focal.page, "Lieu", "Lamordé")
    focal.page.keyboard.press("Tab")
    wait_kept(focal)
    assert PIECE in upload(focal, make_pdf(), PIECE)
    send_saisie(focal)
    assert PIECE in validate_file(se, NIAMEY)

    open_correction(focal)
    fill(focal.page, "Intitulé *", TITRE_JUSTE)
    focal.page.keyboard.press("Tab")
    focal.page.get_by_text("même sous un autre nom").wait_for()
    focal.wait_drawn()
    assert focal.page.get_by_role("textbox", name="Lieu").input_value() == "Lamordé", "the rest of the row is kept"
    assert f"elles suivront la ligne corrigée dès sa validation. {PIECE}" in focal.get_texte()
    focal.page.get_by_role("button", name="Envoyer au SP/CCM").click()
    focal.page.get_by_text("attend la validation du SP/CCM").first.wait_for()
    vues = validate_file(se, NIAMEY)
    assert "pièces de la version validée, qui suivront" in vues
    assert f"→ {TITRE_JUSTE}" in vues

    se.open_ecran("sensibilisations")
    assert se.titre == compte, "one action is one action, whatever it is called"
    se.open_ecran("sensibilisations", region=NIAMEY)
    tick(se, 0)
    assert PIECE in se.get_texte().split(TITRE_JUSTE)[-1]
    se.capture("registre-corrige", entiere=True)


# ---- who may not ----


def test_who_keeps_no_register_has_no_form_and_a_visitor_is_told_how_much_is_withheld(
    visiter: Callable[..., Visite], tableau: Tableau
) -> None:
    lecteur, acteur, visiteur = visiter(tableau), visiter(tableau), visiter(tableau)
    lecteur.sign_in("lecteur.demo")
    for ecran in ("rencontres", "recommandations", "instances", "sensibilisations", "partenariats", "evaluations"):
        lecteur.open_ecran(ecran)
        assert lecteur.page.locator("[data-testid=stForm]").count() == 0, ecran
        assert lecteur.page.locator('a[href*="deposer"]').count() == 0, ecran
    lecteur.open_ecran("deposer", mode="formulaire", feuille="rencontre")
    assert "Écran réservé" in lecteur.get_texte()

    acteur.sign_in("acteur.oim", vers="/deposer?mode=formulaire&feuille=rencontre")
    onglets = acteur.page.get_by_role("radio").all_inner_texts()
    assert "Sensibilisations" in onglets or "Registres" in onglets
    assert not {"Rencontres", "Instances et rencontres"} & set(onglets)
    acteur.open_ecran("rencontres")
    assert acteur.page.get_by_role("link", name="Annoncer ou rapporter une rencontre").count() == 0

    for ecran, attendu in RETENUES.items():
        visiteur.open_ecran(ecran)
        assert re.search(attendu, visiteur.get_texte()), ecran
        assert visiteur.page.locator('a[href*="deposer"]').count() == 0, ecran
