"""One row typed on a phone: kept as it is typed, through a cut of the network, taken up again, sent, validated."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from ccm_data.config import NOM_BASE_DEMO, Config
from ccm_data.db import get_engine, read_session
from ccm_data.domain.vocabulaire import EtatSuivi
from ccm_data.models.depots import Preuve
from ccm_data.models.suivi import MiseAJour
from tests.aides.coupure import link
from tests.aides.serveur import Tableau, serve
from tests.aides.visite import Visite
from tests.conftest import make_config

TELEPHONE = (390, 844)
UNE_MINUTE_MS = 60_000
RECIT = "Deux réunions tenues ; le reste suit"
# What a browser says of a link that is cut: expected here.
COUPE = ("WebSocket", "Failed to load resource", "not responding", "reaching server endpoint", "when disconnected")


@pytest.fixture(scope="module")
def tableau(modele_demonstration: Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tableau]:
    """A demonstration that these journeys may change."""
    config = make_config(tmp_path_factory.mktemp("saisie"), demo=True)
    shutil.copy(modele_demonstration.data_dir / NOM_BASE_DEMO, config.data_dir / NOM_BASE_DEMO)
    with serve(config) as servi:
        yield servi
    get_engine(config.database_url).dispose()


def choose(page: Page, label: str, texte: str) -> None:
    """Pick from a list by typing."""
    page.get_by_role("combobox", name=label).click()
    page.keyboard.type(texte)
    page.get_by_role("option").filter(has_text=texte).first.click()


def get_champ(page: Page, label: str) -> Locator:
    """A text field."""
    return page.get_by_role("textbox", name=label, exact=True)


def list_brouillons(tableau: Tableau, activite: str) -> list[tuple[Decimal | None, str | None]]:
    """Progress and narrative of Agadez's drafts on this activity."""
    requete = select(MiseAJour.avancement, MiseAJour.narratif).where(
        MiseAJour.activite_code == activite, MiseAJour.region_code == "NE001", MiseAJour.etat == EtatSuivi.BROUILLON
    )
    with read_session(tableau.config) as session:
        return [(avancement, narratif) for avancement, narratif in session.execute(requete)]


def wait_kept(visite: Visite) -> None:
    """Until the page says that the draft is kept."""
    expect(visite.page.locator(".ccm-saisie-etat")).to_contain_text("Brouillon enregistré", timeout=30_000)


def test_what_is_typed_outlives_a_minute_without_network(visiter: Callable[..., Visite], tableau: Tableau) -> None:
    with link(tableau) as (derriere, lien):
        focal = visiter(derriere, TELEPHONE)
        focal.tolerate(*COUPE)
        focal.sign_in("pf.agadez", vers="/deposer?mode=formulaire")
        choose(focal.page, "Activité *", "3.1.1")
        avancement = get_champ(focal.page, "Avancement (%)")
        avancement.fill("71")
        wait_kept(focal)
        focal.wait_drawn()
        # The network goes in the middle of a sentence, before any pause.
        recit = get_champ(focal.page, "Commentaire")
        recit.fill(RECIT)
        lien.cut()
        focal.page.wait_for_timeout(UNE_MINUTE_MS)
        expect(recit).to_have_value(RECIT)
        lien.mend()
        focal.page.locator('[data-test-connection-state="CONNECTED"]').wait_for(timeout=60_000)
        focal.page.wait_for_timeout(4000)  # a pause of the typing, as any other
        focal.wait_drawn()
        expect(get_champ(focal.page, "Commentaire")).to_have_value(RECIT)
        assert list_brouillons(tableau, "3.1.1") == [(71, RECIT)]
        focal.page.reload()
        focal.wait_drawn()
        expect(get_champ(focal.page, "Avancement (%)")).to_have_value("71")
        expect(get_champ(focal.page, "Commentaire")).to_have_value(RECIT)
        focal.capture("saisie-telephone", entiere=True)
        focal.resize(1366, 768)  # on a phone axe stumbles over the list that Streamlit folds away
        focal.check_axe()


def test_a_row_is_typed_with_its_evidence_sent_and_its_receipt_shown(
    visiter: Callable[..., Visite], tableau: Tableau, tmp_path: Path
) -> None:
    focal = visiter(tableau, TELEPHONE)
    focal.sign_in("pf.agadez", vers="/deposer?mode=formulaire")
    choose(focal.page, "Activité *", "2.1.4")
    get_champ(focal.page, "Avancement (%)").fill("120")
    expect(focal.page.get_by_role("alert").filter(has_text="0 à 100")).to_be_visible()
    get_champ(focal.page, "Avancement (%)").fill("85")
    wait_kept(focal)
    image = Path(__file__).parents[2] / "assets" / "favicon.png"
    focal.page.locator('input[type="file"]').set_input_files(
        {"name": "liste de présence.pdf", "mimeType": "application/pdf", "buffer": image.read_bytes()}
    )
    focal.page.get_by_role("link", name="liste de présence.png").wait_for()  # taken for what it is
    focal.page.get_by_role("button", name="Envoyer au SP/CCM").click()
    focal.page.get_by_text("attend la validation du SP/CCM").first.wait_for()
    focal.wait_drawn()
    focal.capture("saisie-recu")
    with read_session(tableau.config) as session:
        envoyee = session.scalar(
            select(MiseAJour).where(MiseAJour.activite_code == "2.1.4", MiseAJour.etat == EtatSuivi.SOUMIS)
        )
        assert envoyee is not None
        assert envoyee.depot_id is not None
        assert session.scalar(select(Preuve.ligne_id)) == envoyee.id


def test_a_draft_is_taken_up_from_my_deposits(visiter: Callable[..., Visite], tableau: Tableau) -> None:
    focal = visiter(tableau)
    focal.sign_in("pf.agadez", vers="/deposer?mode=formulaire")
    choose(focal.page, "Activité *", "3.1.2")
    get_champ(focal.page, "Avancement (%)").fill("52")
    wait_kept(focal)
    focal.open_ecran("mes-depots")
    choose(focal.page, "Ligne en cours", "3.1.2")
    focal.page.get_by_role("link", name="Ouvrir dans le formulaire").click()
    focal.wait_drawn()
    expect(get_champ(focal.page, "Avancement (%)")).to_have_value("52")
    focal.capture("saisie-reprise")
    focal.check_axe()


def test_two_browsers_on_one_draft_the_second_is_told_and_loses_nothing(
    visiter: Callable[..., Visite], tableau: Tableau
) -> None:
    un, autre = visiter(tableau), visiter(tableau)
    for visite in (un, autre):
        visite.sign_in("pf.agadez", vers="/deposer?mode=formulaire")
        choose(visite.page, "Activité *", "3.1.4")
        if visite is un:
            get_champ(un.page, "Avancement (%)").fill("40")
            wait_kept(un)
            un.page.wait_for_timeout(1500)
    expect(get_champ(autre.page, "Avancement (%)")).to_have_value("40")
    get_champ(un.page, "Avancement (%)").fill("41")
    un.page.wait_for_timeout(2500)
    un.wait_drawn()
    get_champ(autre.page, "Avancement (%)").fill("45")
    autre.page.get_by_text("Quelqu’un a changé cette ligne pendant que vous écriviez").wait_for()
    expect(get_champ(autre.page, "Avancement (%)")).to_have_value("45")
    assert [avancement for avancement, _recit in list_brouillons(tableau, "3.1.4")] == [41]
    autre.page.get_by_role("button", name="Voir la ligne telle qu’elle est").click()
    expect(get_champ(autre.page, "Avancement (%)")).to_have_value("41")
