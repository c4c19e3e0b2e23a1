"""Sign-in in a real browser: deep link, other tabs, replayed token, first password, accounts, without JavaScript, axe."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

RACINE = Path(__file__).resolve().parents[2]
MOT = "Demonstration-2026"
NOUVEAU = "le fleuve passe à Niamey"
PORTS = range(8620, 8640)
ATTENTE_MS = 30_000


def _find_port() -> int:
    for port in PORTS:
        with socket.socket() as prise:
            if prise.connect_ex(("127.0.0.1", port)):
                return port
    return pytest.fail("no free port between 8620 and 8639")


class Installation:
    """A demonstration served for these tests."""

    def __init__(self, dossier: Path) -> None:
        self.port = _find_port()
        self.adresse = f"http://localhost:{self.port}"
        self.env = os.environ | {
            "CCM_DEMO": "1", "CCM_DATA_DIR": str(dossier), "CCM_TODAY": "2026-11-23", "CCM_DATABASE_URL": "",
        }  # fmt: skip

    def run(self, *arguments: str) -> str:
        """A command of ours; what it says."""
        fait = subprocess.run(
            [sys.executable, "-m", "ccm_data", *arguments], cwd=RACINE, env=self.env, capture_output=True, check=True
        )
        return fait.stderr.decode()

    def serve(self) -> subprocess.Popen[bytes]:
        """The server, once it answers."""
        serveur = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(self.port)],
            cwd=RACINE, env=self.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        for _ in range(120):
            try:
                urllib.request.urlopen(f"{self.adresse}/health", timeout=2).close()
                return serveur
            except (URLError, OSError):
                try:
                    serveur.wait(timeout=0.5)
                except subprocess.TimeoutExpired:
                    continue
                pytest.fail("the server stopped at start")
        serveur.terminate()
        return pytest.fail("the server does not answer")


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    trouvee = Installation(tmp_path_factory.mktemp("connexion"))
    trouvee.run("demo")
    serveur = trouvee.serve()
    yield trouvee
    serveur.terminate()
    serveur.wait(timeout=20)


@pytest.fixture
def contexte(navigateur: Browser, installation: Installation) -> Iterator[BrowserContext]:
    ouvert = navigateur.new_context(
        base_url=installation.adresse, viewport={"width": 1366, "height": 768}, locale="fr-FR"
    )
    ouvert.set_default_timeout(ATTENTE_MS)
    expect.set_options(timeout=ATTENTE_MS)
    yield ouvert
    ouvert.close()


def _fill(page: Page, identifiant: str, mot: str) -> None:
    page.get_by_label("Identifiant").fill(identifiant)
    page.get_by_label("Mot de passe", exact=True).fill(mot)
    page.get_by_role("button", name="Se connecter").click()


def _sign_in(page: Page, identifiant: str, mot: str = MOT, suite: str = "/comptes") -> None:
    page.goto(f"/auth/login?next={suite}")
    _fill(page, identifiant, mot)


def _is_readable(page: Page) -> None:
    """No serious fault for who cannot see the screen."""
    fautes = [
        f"{v['id']}: {v['help']}"
        for v in Axe().run(page).response["violations"]
        if v["impact"] in ("serious", "critical")
    ]
    assert fautes == []


def test_a_deep_link_survives_sign_in(contexte: BrowserContext) -> None:
    page = contexte.new_page()
    page.goto("/journal?objet=mise_a_jour")
    expect(page.get_by_text("Cet écran demande une connexion.")).to_be_visible()
    page.locator("a.ccm-lien", has_text="Se connecter").first.click()
    _is_readable(page)
    _fill(page, "admin.demo", MOT)
    expect(page.get_by_role("heading", name="Journal des changements")).to_be_visible()
    assert "objet=mise_a_jour" in page.url
    expect(page.get_by_text("Administrateur (démonstration)").first).to_be_visible()
    assert "ccm_session" not in page.evaluate("document.cookie"), "no script may read the session"


def test_a_wrong_password_is_said_and_the_name_stays(contexte: BrowserContext) -> None:
    page = contexte.new_page()
    _sign_in(page, "nom.inconnu", "faux")
    expect(page.get_by_role("alert")).to_contain_text("Identifiant ou mot de passe refusé")
    expect(page.get_by_label("Identifiant")).to_have_value("nom.inconnu")
    _is_readable(page)


def test_signing_out_reaches_the_other_tabs_and_a_replayed_token_is_refused(
    contexte: BrowserContext, navigateur: Browser, installation: Installation
) -> None:
    ici = contexte.new_page()
    _sign_in(ici, "admin.demo")
    expect(ici.get_by_role("heading", name="comptes actifs")).to_be_visible()
    ailleurs = contexte.new_page()
    ailleurs.goto("/comptes")
    expect(ailleurs.get_by_role("heading", name="comptes actifs")).to_be_visible()
    voles = contexte.cookies()

    ici.goto("/auth/logout")
    _is_readable(ici)
    ici.get_by_role("button", name="Se déconnecter").click()
    ici.wait_for_url(f"{installation.adresse}/")

    ailleurs.get_by_text("EN", exact=True).click()  # the next run of a tab left open
    expect(ailleurs.get_by_role("heading", name="active accounts")).to_have_count(0)
    expect(ailleurs.locator("a.ccm-lien[href^='/auth/login']").first).to_be_attached()

    voleur = navigateur.new_context(base_url=installation.adresse, locale="fr-FR")
    voleur.add_cookies([{"name": c["name"], "value": c["value"], "url": installation.adresse} for c in voles])
    page = voleur.new_page()
    page.goto("/comptes")
    expect(page.get_by_text("Cet écran demande une connexion.")).to_be_visible(timeout=ATTENTE_MS)
    voleur.close()


def test_a_first_password_is_changed_before_anything_else(contexte: BrowserContext, installation: Installation) -> None:
    dit = installation.run("account", "add", "neuf", "--role", "lecteur", "--libelle", "Lecteur neuf")
    provisoire = dit.split("une seule fois")[1].split(":")[1].split()[0]
    page = contexte.new_page()
    _sign_in(page, "neuf", provisoire, "/budget?axe=2")
    expect(page.get_by_role("heading", name="Choisir votre mot de passe")).to_be_visible()
    _is_readable(page)
    page.goto("/budget")
    expect(page.get_by_text("Choisir votre mot de passe avant de continuer")).to_be_visible()
    expect(page.get_by_text("Par activité")).to_have_count(0)
    page.goto("/auth/password?next=/budget%3Faxe%3D2")
    page.get_by_label("Mot de passe provisoire").fill(provisoire)
    page.get_by_label("Nouveau mot de passe", exact=True).fill(NOUVEAU)
    page.get_by_label("Nouveau mot de passe, encore une fois").fill(NOUVEAU)
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Lecteur neuf").first).to_be_visible()
    assert page.url.endswith("/budget?axe=2")


def test_an_administrator_adds_an_account_and_reads_its_password_once(contexte: BrowserContext) -> None:
    page = contexte.new_page()
    _sign_in(page, "admin.demo")
    expect(page.get_by_role("heading", name="Ajouter un compte")).to_be_visible()
    page.get_by_label("Identifiant", exact=True).fill("lecteur.essai")
    page.get_by_label("Fonction", exact=True).fill("Lecteur d’essai")
    page.get_by_role("button", name="Créer le compte").click()
    provisoire = page.locator("code").first
    expect(provisoire).to_be_visible()
    mot = provisoire.inner_text()
    page.reload()
    expect(page.get_by_role("heading", name="comptes actifs")).to_be_visible()
    expect(page.locator("code")).to_have_count(0)
    page.goto("/journal?objet=compte")
    expect(page.get_by_role("heading", name="Journal des changements")).to_be_visible()
    expect(page.get_by_role("cell", name="lecteur.essai").first).to_be_attached()
    assert mot not in page.content()


def test_a_refused_account_keeps_what_was_typed(contexte: BrowserContext) -> None:
    page = contexte.new_page()
    _sign_in(page, "admin.demo")
    page.get_by_label("Identifiant", exact=True).fill("admin.demo")
    page.get_by_role("button", name="Créer le compte").click()
    expect(page.get_by_text("existe déjà")).to_be_visible()
    expect(page.get_by_label("Identifiant", exact=True)).to_have_value("admin.demo")


def test_the_door_opens_without_javascript_on_a_phone(navigateur: Browser, installation: Installation) -> None:
    nu = navigateur.new_context(
        base_url=installation.adresse, java_script_enabled=False, viewport={"width": 390, "height": 844}
    )
    page = nu.new_page()
    page.goto("/auth/login?next=/health")
    _fill(page, "lecteur.demo", MOT)
    page.wait_for_url(f"{installation.adresse}/health")
    session = next(c for c in nu.cookies() if c["name"] == "ccm_session")
    assert (session["httpOnly"], session["sameSite"]) == (True, "Lax")
    nu.close()
