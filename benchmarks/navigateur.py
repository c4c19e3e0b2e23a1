"""Time and bytes of a page in a real browser, every other host blocked: the same way for any Streamlit server."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from benchmarks.relais import Relais
from tests.aides import chromium

DELAI_MS = 60_000
CALME_MS = 100  # nothing has come for so long: the bytes of this opening are all there
TAILLE = {"width": 1366, "height": 768}
# Not by routing requests as the tests do: Playwright's routes switch the browser's cache off, and « warm » with it.
SEUL_HOTE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost"
# Drawn: the run has ended, nothing is loading, every chart and the map have their shapes.
DESSINEE = """() => {
  const app = document.querySelector('[data-testid="stApp"]');
  if (!app || app.dataset.testScriptState !== 'notRunning' || app.dataset.testConnectionState !== 'CONNECTED') return false;
  if (!document.querySelector('h1')) return false;
  if (document.querySelector('[data-testid="stSkeleton"], [data-testid="stAppSkeleton"], [data-stale="true"]')) return false;
  for (const g of document.querySelectorAll('[data-testid="stPlotlyChart"]')) if (!g.querySelector('.main-svg')) return false;
  for (const t of document.querySelectorAll('[data-testid="stDataFrame"]')) if (!t.querySelector('canvas')) return false;
  for (const c of document.querySelectorAll('iframe[title*="folium"]'))
    if (!c.contentDocument || !c.contentDocument.querySelector('path.leaflet-interactive')) return false;
  return performance.now();
}"""
# What stands there, by Streamlit's own names.
ELEMENTS = (
    """() => [...document.querySelectorAll('[data-testid="stMain"] [data-testid^="st"]')].map(e => e.dataset.testid)"""
)


@dataclass(frozen=True)
class Mesure:
    """One opening of a page: milliseconds until drawn, bytes received on the wire."""

    dessin_ms: float
    octets: int


@contextmanager
def open_navigateur() -> Iterator[Browser]:
    """The machine's Chromium, held to this machine. Stops naming what to install where there is none."""
    chemin = chromium.find_chromium()
    if chemin is None:
        raise SystemExit(chromium.ABSENT)
    with sync_playwright() as outil:
        navigateur = outil.chromium.launch(executable_path=chemin, args=[*chromium.REGLAGES, SEUL_HOTE])
        yield navigateur
        navigateur.close()


@contextmanager
def open_contexte(navigateur: Browser, adresse: str, jeton: str | None) -> Iterator[BrowserContext]:
    """A browser that has never been here, with its sign-in cookie where there is one."""
    contexte = navigateur.new_context(viewport=TAILLE, locale="fr-FR")  # type: ignore[arg-type]
    contexte.set_default_timeout(DELAI_MS)
    if jeton:
        contexte.add_cookies([{"name": "ccm_session", "value": jeton, "url": adresse}])
    try:
        yield contexte
    finally:
        contexte.close()


def _open(contexte: BrowserContext, adresse: str) -> tuple[Page, float]:
    """A new tab of this browser on this address, and when it was drawn, in milliseconds from the navigation's start."""
    page = contexte.new_page()
    page.goto(adresse, wait_until="commit")
    return page, float(page.wait_for_function(DESSINEE, polling="raf").json_value())


def measure_page(contexte: BrowserContext, relais: Relais, chemin: str) -> Mesure:
    """Open a page until it is drawn; its bytes are those that came until nothing more comes."""
    avant = relais.octets
    page, dessin = _open(contexte, f"{relais.adresse}/{chemin}")
    vus = -1
    while vus != relais.octets:
        vus = relais.octets
        page.wait_for_timeout(CALME_MS)
    page.close()
    return Mesure(dessin, vus - avant)


def count_elements(contexte: BrowserContext, relais: Relais, chemin: str) -> Counter[str]:
    """What a page draws, by Streamlit's own names."""
    page, _dessin = _open(contexte, f"{relais.adresse}/{chemin}")
    noms: list[str] = page.evaluate(ELEMENTS)
    page.close()
    return Counter(noms)
