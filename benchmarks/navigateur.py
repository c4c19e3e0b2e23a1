"""Time and bytes of a page in a real browser, every other host blocked: the same way for any Streamlit server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page

DELAI_MS = 60_000
TAILLE = {"width": 1366, "height": 768}
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


@dataclass(frozen=True)
class Mesure:
    """One opening of a page: milliseconds until drawn, bytes received (HTTP as sent, websocket frames)."""

    dessin_ms: float
    octets: int


class Compteur:
    """Bytes that a page receives."""

    def __init__(self, page: Page) -> None:
        self.octets = 0
        self.cdp: CDPSession = page.context.new_cdp_session(page)
        self.cdp.send("Network.enable")
        self.cdp.on("Network.loadingFinished", lambda e: self._add(int(e["encodedDataLength"])))
        self.cdp.on("Network.webSocketFrameReceived", self._add_trame)

    def _add(self, octets: int) -> None:
        self.octets += octets

    def _add_trame(self, evenement: dict[str, Any]) -> None:
        trame = evenement["response"]
        # Binary frames come as base64, before compression.
        self._add(len(trame["payloadData"]) * (3 if trame["opcode"] == 2 else 4) // 4)


@contextmanager
def open_contexte(navigateur: Browser, adresse: str, jeton: str | None) -> Iterator[BrowserContext]:
    """A browser that has never been here, with its sign-in cookie where there is one, held to this one host."""
    contexte = navigateur.new_context(viewport=TAILLE, locale="fr-FR")  # type: ignore[arg-type]
    contexte.set_default_timeout(DELAI_MS)
    if jeton:
        contexte.add_cookies([{"name": "ccm_session", "value": jeton, "url": adresse}])
    try:
        yield contexte
    finally:
        contexte.close()


def measure_page(contexte: BrowserContext, adresse: str) -> Mesure:
    """Open an address in a new tab of this browser until it is drawn."""
    page = contexte.new_page()
    compteur = Compteur(page)
    page.goto(adresse, wait_until="commit")
    dessin = page.wait_for_function(DESSINEE, polling="raf").json_value()
    page.wait_for_load_state("networkidle")
    page.close()
    return Mesure(float(dessin), compteur.octets)
