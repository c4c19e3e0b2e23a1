"""A visitor with a browser: opens screens, signs in, and notes what should never happen.

Every other host is blocked. At the end of the visit `check` fails when another host was asked, a script failed or the
console showed an error (unless the test said `tolerate`).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import Browser, ConsoleMessage, Frame, FrameLocator, Locator, Page, Route, expect

from ccm_data.config import RACINE
from ccm_data.reference.demonstration import MOT_DE_PASSE
from tests.aides.serveur import Tableau

CAPTURES = RACINE / "tests" / "browser" / "captures"
AXE = RACINE / "assets" / "tiers" / "axe" / "axe.min.js"
DELAI_MS = 30_000
PAS_MS = 100
CALME = 3  # looks in a row that must find the same page
PROJECTION = (1366, 768)
# Streamlit's own words about its run, and what stands where a component is still loading.
PRETE = '[data-testid="stApp"][data-test-script-state="notRunning"][data-test-connection-state="CONNECTED"]'
ATTENTE = '[data-testid="stSkeleton"], [data-testid="stAppSkeleton"], [data-stale="true"]'
EMPREINTE = "() => [document.body.innerText.length, document.querySelectorAll('*').length, innerWidth].join()"
# At a deep address Streamlit's page first looks for its server below that address, then at the root.
SONDES = r"404 \(Not Found\) \(\S+/_stcore/(health|host-config)\)"
GRAVES = ("serious", "critical")
# The map's frame and our screens live in pages whose shell Streamlit writes; these rules look at that shell alone.
REGLES_DU_CADRE = ("html-has-lang", "html-lang-valid", "document-title", "frame-title")


class Visite:
    """One browser window (cookies of its own) on one dashboard."""

    def __init__(self, navigateur: Browser, tableau: Tableau, taille: tuple[int, int] = PROJECTION) -> None:
        self.tableau = tableau
        self.autres: list[str] = []
        self.erreurs: list[str] = []
        self._tolerees: list[str] = [SONDES]
        self.contexte = navigateur.new_context(
            viewport={"width": taille[0], "height": taille[1]}, locale="fr-FR", timezone_id="Africa/Niamey"
        )
        self.contexte.set_default_timeout(DELAI_MS)
        self.contexte.route("**/*", self._sort)
        self.contexte.on("page", self._watch)
        self.page: Page = self.contexte.new_page()

    def _sort(self, route: Route) -> None:
        url = route.request.url
        if url.startswith((self.tableau.adresse + "/", "data:", "blob:")):
            route.continue_()
        else:
            self.autres.append(url)
            route.abort()

    def _watch(self, page: Page) -> None:
        def _note(message: ConsoleMessage) -> None:
            if message.type == "error":
                self.erreurs.append(f"{message.text} ({message.location.get('url', '')})")

        page.on("pageerror", lambda erreur: self.erreurs.append(str(erreur)))
        page.on("console", _note)
        page.on("dialog", lambda dialogue: (self.erreurs.append(dialogue.message), dialogue.dismiss()))

    # ---- going somewhere ----

    def open_ecran(self, chemin: str = "", **params: str) -> Page:
        """Open a screen by its address (`"budget"`, `region="NE001"`…) and wait until it is drawn."""
        adresse = f"{self.tableau.adresse}/{chemin.lstrip('/')}"
        self.page.goto(f"{adresse}?{urlencode(params)}" if params else adresse)
        self.wait_drawn()
        return self.page

    def wait_drawn(self) -> None:
        """Until the run has ended, a title stands there, nothing is loading, the map and charts are drawn, and nothing moves."""
        page = self.page
        page.locator(PRETE).wait_for()
        page.locator("h1").first.wait_for()
        expect(page.locator(ATTENTE)).to_have_count(0, timeout=DELAI_MS)
        for graphique in page.locator('[data-testid="stPlotlyChart"]').all():
            graphique.locator(".main-svg").first.wait_for()
        if page.locator('iframe[title*="folium"]').count():
            self.carte.locator("path.leaflet-interactive").first.wait_for()
        vues: list[str] = []
        while len(vues) < CALME or len(set(vues[-CALME:])) > 1:
            assert len(vues) < DELAI_MS / PAS_MS, "the screen never comes to rest"
            vues.append(page.locator(PRETE).evaluate(EMPREINTE))
            page.wait_for_timeout(PAS_MS)

    @property
    def carte(self) -> FrameLocator:
        """The map's frame."""
        return self.page.frame_locator('iframe[title*="folium"]')

    @property
    def titre(self) -> str:
        """The screen's message."""
        return self.page.locator("h1").first.inner_text()

    def get_texte(self) -> str:
        """What the screen says, every space a plain one."""
        return re.sub(r"\s+", " ", self.page.locator('[data-testid="stMain"]').inner_text())

    # ---- who ----

    def fill_connexion(self, identifiant: str, mot_de_passe: str = MOT_DE_PASSE) -> None:
        """Fill the sign-in page that stands there and send it."""
        self.page.locator("#identifiant").fill(identifiant)
        self.page.locator("#mot_de_passe").fill(mot_de_passe)
        self.page.locator("button[type=submit]").click()

    def sign_in(self, identifiant: str, mot_de_passe: str = MOT_DE_PASSE, vers: str = "/") -> None:
        """Sign in by the page, as a person does, and land on `vers`."""
        self.page.goto(f"{self.tableau.adresse}/auth/login?{urlencode({'next': vers})}")
        self.fill_connexion(identifiant, mot_de_passe)
        self.wait_drawn()

    # ---- looking ----

    def capture(self, nom: str, *, entiere: bool = False) -> Path:
        """Keep a picture of the window (`entiere`: of the whole page) under tests/browser/captures."""
        CAPTURES.mkdir(parents=True, exist_ok=True)
        fichier = CAPTURES / f"{nom}.png"
        self.page.screenshot(path=fichier, full_page=entiere, animations="disabled")
        return fichier

    def resize(self, largeur: int, hauteur: int) -> None:
        """Another window size; waits for the new drawing."""
        self.page.set_viewport_size({"width": largeur, "height": hauteur})
        self.wait_drawn()

    def list_violations(self) -> list[str]:
        """What axe-core finds that is serious or critical, in the page and in its frames, as « rule: elements »."""
        trouvees = []
        for cadre in self.page.frames:
            if cadre.url.startswith(self.tableau.adresse) and (cadre == self.page.main_frame or _is_shown(cadre)):
                trouvees += _run_axe(cadre, principal=cadre == self.page.main_frame)
        return trouvees

    def check_axe(self) -> None:
        """Fail on a serious or critical violation."""
        violations = self.list_violations()
        assert violations == [], violations

    # ---- the end ----

    def tolerate(self, *motifs: str) -> None:
        """This visit expects console errors that match (a refused password answers 401, which the console calls an error)."""
        self._tolerees += motifs

    def check(self) -> None:
        """Fail when another host was asked or something went wrong in the browser."""
        assert not self.autres, f"another host was asked: {self.autres}"
        graves = [e for e in self.erreurs if not any(re.search(motif, e) for motif in self._tolerees)]
        assert not graves, "errors in the browser: " + " ; ".join(graves)

    def close(self) -> None:
        """Close the window."""
        self.contexte.close()


def _is_shown(cadre: Frame) -> bool:
    """Streamlit keeps frames of zero height; nobody reads them."""
    boite = cadre.frame_element().bounding_box()
    return boite is not None and boite["height"] > 1


def _run_axe(cadre: Frame, *, principal: bool) -> list[str]:
    # Evaluated by the browser's own protocol: our Content-Security-Policy lets no foreign script in.
    cadre.evaluate(AXE.read_text(encoding="utf-8"))
    resultat: dict[str, Any] = cadre.evaluate("() => axe.run(document, {iframes: false, resultTypes: ['violations']})")
    return [
        f"{v['id']} ({v['impact']}): " + " | ".join(str(n["target"]) for n in v["nodes"][:6])
        for v in resultat["violations"]
        if v["impact"] in GRAVES and (principal or v["id"] not in REGLES_DU_CADRE)
    ]


def list_lignes(tableau: Locator) -> list[list[str]]:
    """The cells of an HTML table, row by row."""
    return [[c.inner_text().strip() for c in r.locator("th, td").all()] for r in tableau.locator("tr").all()]
