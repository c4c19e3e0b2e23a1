"""The map in a real browser with every other host blocked: drawn, clicked, safe, readable from afar and on a phone."""

from __future__ import annotations

import math
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, Route

from tests.browser.scenes.noms import HOSTILE

pytestmark = pytest.mark.browser

SCENES = Path(__file__).resolve().parent / "scenes"
DELAI_MS = 30_000


def _find_port() -> int:
    with closing(socket.socket()) as prise:
        prise.bind(("127.0.0.1", 0))
        return int(prise.getsockname()[1])


def _wait_health(adresse: str, serveur: subprocess.Popen[bytes], delai_s: float = 60) -> None:
    fin = time.monotonic() + delai_s
    while time.monotonic() < fin and serveur.poll() is None:
        try:
            with urllib.request.urlopen(f"{adresse}/health", timeout=2):
                return
        except OSError:
            # no sleep: a refused connection answers at once, so wait on the process instead
            try:
                serveur.wait(0.3)
            except subprocess.TimeoutExpired:
                continue
    raise AssertionError("the test server did not start")


@pytest.fixture(scope="module")
def adresse_essai(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port = _find_port()
    commande = [sys.executable, "-m", "streamlit", "run", str(SCENES / "app_essai.py"), "--server.port", str(port)]
    environ = os.environ | {"CCM_DATA_DIR": str(tmp_path_factory.mktemp("donnees")), "SCENE": "carte_essai.py"}
    environ.pop("CCM_DATABASE_URL", None)
    with subprocess.Popen(
        commande, cwd=SCENES.parents[2], env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as serveur:
        try:
            _wait_health(f"http://localhost:{port}", serveur)
            yield f"http://localhost:{port}"
        finally:
            serveur.terminate()


class Visite:
    """A page on the test screen that notes what it should never see."""

    def __init__(self, page: Page, adresse: str) -> None:
        self.page = page
        self.autres: list[str] = []
        self.erreurs: list[str] = []
        page.set_default_timeout(DELAI_MS)
        page.on("pageerror", lambda e: self.erreurs.append(str(e)))
        page.on("console", lambda m: self.erreurs.append(m.text) if m.type == "error" else None)
        page.on("dialog", lambda d: (self.erreurs.append(d.message), d.dismiss()))

        def _sort(route: Route) -> None:
            url = route.request.url
            if url.startswith((adresse, "data:", "blob:")):
                route.continue_()
            else:
                self.autres.append(url)
                route.abort()

        page.route("**/*", _sort)
        page.goto(adresse)
        self.cadre.locator(".ccm-etiquette").nth(7).wait_for()
        page.wait_for_timeout(600)

    @property
    def cadre(self) -> FrameLocator:
        return self.page.frame_locator("iframe")

    @property
    def etat(self) -> str:
        return self.page.get_by_test_id("stText").inner_text()

    def click_region(self, nom: str) -> None:
        """Click beside the region's name: the label lets clicks through, the region takes them."""
        boite = self.cadre.locator(".ccm-etiquette", has_text=nom).bounding_box()
        assert boite is not None
        self.page.mouse.click(boite["x"] + boite["width"] / 2, boite["y"] + boite["height"] / 2)


@pytest.fixture
def visite(navigateur: Browser, adresse_essai: str, request: pytest.FixtureRequest) -> Iterator[Visite]:
    largeur, hauteur = getattr(request, "param", (1366, 768))
    contexte = navigateur.new_context(viewport={"width": largeur, "height": hauteur})
    faite = Visite(contexte.new_page(), adresse_essai)
    yield faite
    contexte.close()
    assert faite.autres == [], "another host was asked"
    assert faite.erreurs == []


def test_the_map_is_drawn_with_no_other_host(visite: Visite) -> None:
    assert visite.cadre.locator("path.leaflet-interactive").count() == 8
    hachurees = visite.cadre.locator('path[fill="url(#hachures)"]')
    assert hachurees.count() == 2
    assert visite.cadre.locator("pattern#hachures").count() == 1
    assert visite.cadre.locator(".ccm-point").count() == 36
    police = visite.cadre.locator(".ccm-etiquette").first.evaluate(
        "e => document.fonts.check('600 15px \"Noto Sans Variable\"')"
    )
    assert police


def test_a_click_on_a_region_gives_its_code_once(visite: Visite) -> None:
    visite.click_region("Agadez")
    visite.page.get_by_text("region=NE001 clic=NE001 tours=2").wait_for()
    assert "region=NE001" in visite.page.url


def test_the_same_region_can_be_clicked_twice_and_another_after_it(visite: Visite) -> None:
    visite.click_region("Agadez")
    visite.page.get_by_text("clic=NE001 tours=2").wait_for()
    visite.click_region("Agadez")
    visite.page.get_by_text("clic=NE001 tours=3").wait_for()
    visite.click_region("Zinder")
    visite.page.get_by_text("region=NE007 clic=NE007 tours=4").wait_for()


def test_the_chosen_region_is_outlined_without_drawing_the_map_again(visite: Visite) -> None:
    visite.page.frames[1].evaluate("window.temoin = true")
    visite.click_region("Zinder")
    visite.page.get_by_text("clic=NE007").wait_for()
    visite.cadre.locator('path[stroke-width="4"]').wait_for()
    assert visite.cadre.locator('path[stroke-width="4"]').count() == 1
    assert visite.page.frames[1].evaluate("window.temoin") is True


def test_moving_zooming_and_opening_a_popup_rerun_nothing(visite: Visite) -> None:
    boite = visite.page.locator("iframe").bounding_box()
    assert boite is not None
    x, y = boite["x"] + 120, boite["y"] + 200
    visite.page.mouse.move(x, y)
    visite.page.mouse.down()
    visite.page.mouse.move(x + 60, y + 20, steps=4)
    visite.page.mouse.up()
    visite.cadre.locator(".leaflet-control-zoom-in").click()
    visite.page.wait_for_timeout(400)
    visite.cadre.locator(".ccm-point").nth(2).click(force=True)
    visite.page.wait_for_timeout(1200)
    assert "tours=1" in visite.etat


def test_no_mark_hides_another(visite: Visite) -> None:
    centres = visite.cadre.locator(".ccm-point").evaluate_all(
        "marques => marques.map(m => { const r = m.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2] })"
    )
    ecarts = [math.dist(a, b) for i, a in enumerate(centres) for b in centres[i + 1 :]]
    assert min(ecarts) > 15


def test_names_of_regions_are_hidden_by_nothing(visite: Visite) -> None:
    lire = "tous => tous.map(e => { const r = e.getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom] })"
    noms = visite.cadre.locator(".ccm-etiquette").evaluate_all(lire)
    marques = visite.cadre.locator(".ccm-point").evaluate_all(lire)
    for i, nom in enumerate(noms):
        aire = (nom[2] - nom[0]) * (nom[3] - nom[1])
        couverte = sum(_overlap(nom, autre) for autre in [*marques, *noms[:i], *noms[i + 1 :]])
        assert couverte < aire / 5


def _overlap(a: list[float], b: list[float]) -> float:
    return max(0.0, min(a[2], b[2]) - max(a[0], b[0])) * max(0.0, min(a[3], b[3]) - max(a[1], b[1]))


def test_a_hostile_name_is_shown_as_text(visite: Visite) -> None:
    marque = visite.cadre.locator(".ccm-point").nth(20)
    assert marque.get_attribute("title") == HOSTILE
    marque.click()
    bulle = visite.cadre.locator(".ccm-bulle")
    bulle.wait_for()
    assert bulle.locator("strong").inner_text().split() == HOSTILE.split()
    assert bulle.locator("img, script").count() == 0
    assert "vole" not in visite.page.title()


def test_a_mark_opens_from_the_keyboard_and_has_a_name(visite: Visite) -> None:
    marque = visite.cadre.locator(".ccm-point").first
    assert marque.get_attribute("role") == "button"
    assert marque.get_attribute("title")
    marque.focus()
    visite.page.keyboard.press("Enter")
    visite.cadre.locator(".ccm-bulle").wait_for()
    assert "créé en 2024" in visite.cadre.locator(".ccm-bulle").inner_text()


@pytest.mark.parametrize("visite", [(390, 844)], indirect=True, ids=["390 by 844"])
def test_on_a_phone_the_map_has_no_empty_bands(visite: Visite) -> None:
    boite = visite.page.locator("iframe").bounding_box()
    assert boite is not None
    assert boite["height"] < boite["width"]
    for nom in ("Agadez", "Niamey", "Diffa"):
        etiquette = visite.cadre.locator(".ccm-etiquette", has_text=nom).bounding_box()
        assert etiquette is not None
        assert boite["x"] <= etiquette["x"]
        assert etiquette["x"] + etiquette["width"] <= boite["x"] + boite["width"]


@pytest.mark.parametrize("visite", [(1366, 768), (1920, 1080)], indirect=True, ids=["1366 by 768", "1920 by 1080"])
def test_projected_labels_are_a_fiftieth_of_the_height(visite: Visite) -> None:
    taille = visite.cadre.locator(".ccm-etiquette").first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    hauteur = visite.page.viewport_size
    assert hauteur is not None
    assert taille >= hauteur["height"] / 50 - 0.4
