"""Journeys of coordination: from a gap to an intervention, a double declaration and its revocation, sixty organisations."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from playwright.sync_api import Locator, Page
from sqlalchemy import select

from ccm_data.commands.journal import write_journal
from ccm_data.commands.suivi import validate_ligne
from ccm_data.config import NOM_BASE_DEMO, Config
from ccm_data.db import get_engine, write_session
from ccm_data.domain.permissions import Personne
from ccm_data.domain.vocabulaire import CategorieActeur, EtatSuivi, Role
from ccm_data.models.acteurs import Acteur
from ccm_data.models.comptes import Compte
from ccm_data.models.coordination import Intervention
from tests.aides.serveur import Tableau, serve
from tests.aides.visite import Visite, list_lignes
from tests.conftest import make_config

ECRANS = ("qui-fait-quoi", "lacunes", "doublons", "requetes", "documents", "acteurs")
SOIXANTE = 60


@pytest.fixture(scope="module")
def tableau(modele_demonstration: Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tableau]:
    """A demonstration that these journeys may change."""
    config = make_config(tmp_path_factory.mktemp("coordination"), demo=True)
    shutil.copy(modele_demonstration.data_dir / NOM_BASE_DEMO, config.data_dir / NOM_BASE_DEMO)
    with serve(config) as servi:
        yield servi
    get_engine(config.database_url).dispose()


def fill(page: Page, cle: str, texte: str) -> None:
    """Type into the field whose key begins so."""
    page.locator(f"[class*='st-key-{cle}'] :is(input, textarea)").first.fill(texte)


def choose(page: Page, cle: str, texte: str) -> None:
    """Pick from the list whose key begins so."""
    champ, option = page.locator(f"[class*='st-key-{cle}'] input").first, page.get_by_role("option", name=texte).first
    champ.click()
    page.wait_for_timeout(300)
    if not option.is_visible():
        champ.press("ArrowDown")
    option.click()


def fill_date(page: Page, jour: date) -> None:
    """Type the date of the form, as a person does: digit by digit."""
    page.locator("[data-testid=stDateInput] [role=spinbutton]").first.click()
    page.keyboard.type(f"{jour:%d%m%Y}")
    page.keyboard.press("Escape")


def press(visite: Visite, bouton: str) -> str:
    """Press a button; what the screen then says."""
    visite.page.get_by_role("button", name=bouton).first.click()
    visite.page.get_by_test_id("stAlert").first.wait_for()
    visite.wait_drawn()
    return visite.get_texte()


def list_rangs(page: Page, titre: str) -> list[dict[str, str]]:
    """The rows of the HTML twin of a table: heading → cell."""
    entetes, *lignes = list_lignes(page.locator("table").filter(has=page.locator("caption", has_text=titre)).first)
    return [dict(zip(entetes, x, strict=True)) for x in lignes]


def get_etat(visite: Visite, theme: str, region: str) -> str:
    """The state of a cell, as a visitor reads it."""
    visite.open_ecran("lacunes")
    return next(x[region] for x in list_rangs(visite.page, "Thème × région") if x["Thème"] == theme)


def test_a_gap_becomes_a_request_a_pledge_and_an_intervention(visiter: Callable[..., Visite], tableau: Tableau) -> None:
    visiteur, se, giz = visiter(tableau), visiter(tableau), visiter(tableau)
    assert get_etat(visiteur, "Éducation", "Maradi") == "non couvert"

    se.sign_in("se.demo", vers="/requetes?theme=education&region=NE004&origine=NE004%7Ceducation")
    fill(se.page, "requete_education__NE004_0_objet", "Classes passerelles à Maradi")
    press(se, "Enregistrer la requête")
    for etape in ("Instruite", "Transmise"):
        choose(se.page, "etape_", etape)
        press(se, "Enregistrer l’étape")
    numero = re.search(r"R-2026-\d{4}", se.get_texte())
    assert numero is not None
    visiteur.open_ecran("requetes", requete=numero[0])
    assert "Lacune Éducation, Maradi" in visiteur.get_texte()

    giz.sign_in("acteur.giz", vers=f"/requetes?requete={numero[0]}")
    fill(giz.page, "position_", "45 000 000")
    fill_date(giz.page, date(2027, 2, 1))
    assert "Positionnement annoncé" in press(giz, "Je me positionne")
    assert get_etat(visiteur, "Éducation", "Maradi") == "non couvert", "announced: not yet told to all"
    choose(giz.page, "suite_", "Confirmer")
    press(giz, "Enregistrer la suite")
    assert get_etat(visiteur, "Éducation", "Maradi") == "planifié"
    choose(giz.page, "suite_", "Signer")
    giz.page.get_by_role("textbox", name="Code de l’intervention").fill("GIZ-2027-01")
    assert "attend la validation" in press(giz, "Enregistrer la suite")

    validate(tableau.config, "GIZ-2027-01")
    assert get_etat(visiteur, "Éducation", "Maradi") == "financé"
    giz.open_ecran("requetes", requete=numero[0])
    assert "intervention GIZ-2027-01, validée" in giz.get_texte()
    se.open_ecran("qui-fait-quoi", matrice="acteur_region", mesure="fcfa")
    se.check_axe()


def validate(config: Config, code: str) -> None:
    """The SP/CCM validates what was sent: its screen is driven by the journeys of deposits."""
    with write_session(config) as session:
        ligne = session.scalars(select(Intervention).where(Intervention.code == code)).one()
        se2 = session.scalars(select(Compte).where(Compte.identifiant == "se2.demo")).one()
        personne = Personne(se2.role, se2.id)
        validate_ligne(session, personne, config.maintenant(), "intervention", ligne.id, ligne.version)


def get_total(visite: Visite) -> int:
    """FCFA that count, over the whole register."""
    visite.open_ecran("qui-fait-quoi", mesure="fcfa")
    with visite.page.expect_download() as attente:
        visite.page.get_by_role("button", name="CSV", exact=True).click()
    ligne = attente.value.path().read_text(encoding="utf-8-sig").splitlines()
    total = next(x for x in ligne if x.startswith("Total"))
    return int(total.split(";")[-1])


def open_paire(visite: Visite) -> None:
    """The pair that the demonstration made to be told twice is the first one."""
    visite.open_ecran("doublons")
    assert visite.page.get_by_text("A · DEMO-001").first.is_visible()


def render(visite: Visite, verdict: str, *, porteur: str = "", commun: str = "") -> str:
    """Decide of the first pair."""
    choose(visite.page, "verdict_DEMO_001_DEMO_002_verdict", verdict)
    if porteur:
        choose(visite.page, "verdict_DEMO_001_DEMO_002_porteur", porteur)
        fill(visite.page, "verdict_DEMO_001_DEMO_002_commun", commun)
    fill(visite.page, "verdict_DEMO_001_DEMO_002_motif", "Vu à la réunion d’essai")
    return press(visite, "Rendre le verdict")


def revoke(visite: Visite) -> None:
    """Take the last verdict back."""
    visite.open_ecran("doublons", onglet="verdicts")
    fill(visite.page, "revocation_", "Deux conventions distinctes")
    press(visite, "Révoquer le verdict")


def test_only_a_double_declaration_changes_the_total_by_what_is_common_and_revoking_restores_it(
    visiter: Callable[..., Visite], tableau: Tableau
) -> None:
    se = visiter(tableau)
    se.sign_in("se.demo")
    avant = get_total(se)
    open_paire(se)
    assert "Aucun total ne change" in render(se, "Doublon")
    assert get_total(se) == avant, "a duplicate is two spendings"
    revoke(se)
    open_paire(se)
    assert "de moins" in render(se, "Double déclaration", porteur="A · DEMO-001", commun="1 234 567 891")
    assert get_total(se) == avant - 1_234_567_891
    revoke(se)
    assert get_total(se) == avant
    open_paire(se)
    se.check_axe()


def add_soixante(config: Config) -> None:
    """Sixty organisations of long names, each with two others."""
    with write_session(config) as session:
        comptes = {x.identifiant: x.id for x in session.execute(select(Compte.identifiant, Compte.id))}
        for n in range(SOIXANTE):
            nom = f"Organisation d’essai numéro {n} pour la lisibilité du réseau"
            session.add(Acteur(code=f"essai-{n}", nom=nom, cle_tri=nom.lower(), categorie=CategorieActeur.OSC))
        session.flush()
        for n in range(SOIXANTE):
            session.add(
                Intervention(
                    code=f"ESSAI-{n}", titre=f"Essai {n}", acteur_code=f"essai-{n}", themes="genre", regions="NE003",
                    partenaires=f"essai-{(n + 7) % SOIXANTE}", bailleurs=f"essai-{(n + 23) % SOIXANTE}", statut="en_cours",
                    etat=EtatSuivi.VALIDE, auteur_id=comptes["se.demo"], valide_par_id=comptes["se2.demo"],
                    cree_le=config.maintenant(), valide_le=config.maintenant(),
                )
            )  # fmt: skip
        se = Personne(Role.SUIVI_EVALUATION, comptes["se.demo"])
        write_journal(session, config.maintenant(), se, "valider", "intervention", 0, resume="soixante organisations")


def test_the_network_of_sixty_organisations_is_readable_and_has_its_table(
    visiter: Callable[..., Visite], tableau: Tableau
) -> None:
    add_soixante(tableau.config)
    visite = visiter(tableau)
    visite.open_ecran("qui-fait-quoi")
    dessin = visite.page.locator(".js-plotly-plot").first
    dessin.scroll_into_view_if_needed()
    noms = dessin.locator(".annotation-text")
    noms.first.wait_for()
    assert noms.count() >= SOIXANTE
    assert count_recouvrements(noms) == 0
    assert len(list_rangs(visite.page, "Liens entre organisations")) >= 2 * SOIXANTE
    visite.capture("reseau_soixante", entiere=True)


def count_recouvrements(noms: Locator) -> int:
    """Neighbours whose middles are nearer than a line of text is high: their letters would touch."""
    return int(
        noms.evaluate_all(
            """tous => tous.filter((x, n) => {
                const milieu = e => { const b = e.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; };
                const [a, b] = [milieu(x), milieu(tous[(n + 1) % tous.length])];
                return Math.hypot(a[0] - b[0], a[1] - b[1]) < 12;
            }).length"""
        )
    )


@pytest.mark.parametrize("ecran", ECRANS)
def test_a_screen_of_coordination_passes_axe_and_keeps_to_the_page(
    visiter: Callable[..., Visite], tableau_demo: Tableau, ecran: str
) -> None:
    visite = visiter(tableau_demo)
    visite.sign_in("se.demo", vers=f"/{ecran}")
    visite.check_axe()
    for largeur, hauteur in ((1366, 768), (1920, 1080), (390, 844)):
        visite.resize(largeur, hauteur)
        visite.wait_drawn()
        visite.capture(f"{ecran}_{largeur}", entiere=True)
        debord = visite.page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollWidth - innerWidth")
        assert debord <= 0
