"""What our server gives besides Streamlit's pages: assets, health, compressed scripts, security headers.

Streamlit serves its scripts uncompressed; `outils/prepare_assets.py` made gzip copies once, and this middleware answers
with them. Without the copies everything still works, only heavier.
"""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import mimetypes
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from sqlalchemy import text
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ccm_data.config import RACINE, Config
from ccm_data.db import read_session

ASSETS = RACINE / "assets"
COPIES = ASSETS / "tiers" / "gzip"
# address → folder of prebuilt copies
PREFIXES = (
    ("/static/", COPIES / "streamlit" / "static"),
    ("/component/streamlit_folium.st_folium/", COPIES / "streamlit_folium"),
    ("/assets/tiers/leaflet/", COPIES / "leaflet"),
)
UN_AN = "public, max-age=31536000, immutable"
UN_JOUR = "public, max-age=86400"
# Styles: Streamlit writes them at run time. Scripts: ours alone; the map's frame draws from an inline script.
CSP = (
    "default-src 'self'; script-src 'self'{scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; frame-src 'self'; frame-ancestors 'self'; "
    "object-src 'none'; base-uri 'self'; form-action 'self'"
)
ENTETES = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@lru_cache(maxsize=1)
def _hash_scripts() -> str:
    """Hashes of the inline scripts of Streamlit's own page, so that these alone may run."""
    trouve = importlib.util.find_spec("streamlit")
    if trouve is None or trouve.origin is None:
        return ""
    page = (Path(trouve.origin).parent / "static" / "index.html").read_text(encoding="utf-8")
    scripts = re.findall(r"<script>(.*?)</script>", page, flags=re.DOTALL)
    sommes = (base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in scripts)
    return "".join(f" 'sha256-{s}'" for s in sommes)


def _say_csp(chemin: str) -> str:
    return CSP.format(scripts=" 'unsafe-inline'" if chemin.startswith("/component/") else _hash_scripts())


class EntetesSecurite:
    """Adds the security headers to every answer; leaves websockets alone."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI entry."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def _send(message: Message) -> None:
            if message["type"] == "http.response.start":
                entetes = MutableHeaders(scope=message)
                for nom, valeur in ENTETES.items():
                    entetes.setdefault(nom, valeur)
                entetes.setdefault("Content-Security-Policy", _say_csp(scope["path"]))
            await send(message)

        await self.app(scope, receive, _send)


class ScriptsCompresses:
    """Answers with the prebuilt gzip copy of a script when there is one and the browser takes it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI entry."""
        copie = self._find_copy(scope) if scope["type"] == "http" else None
        if copie is None:
            await self.app(scope, receive, send)
            return
        genre = mimetypes.guess_type(copie.stem)[0] or "application/octet-stream"
        if copie.stem.endswith((".js", ".mjs")):
            genre = "text/javascript"
        entetes = {
            "Content-Encoding": "gzip",
            "Vary": "Accept-Encoding",
            "Cache-Control": UN_AN if scope["path"].startswith("/static/") else UN_JOUR,
        }
        await FileResponse(copie, media_type=genre, headers=entetes)(scope, receive, send)

    @staticmethod
    def _find_copy(scope: Scope) -> Path | None:
        if scope["method"] not in ("GET", "HEAD"):
            return None
        entetes = Headers(scope=scope)
        if "gzip" not in entetes.get("accept-encoding", "") or "range" in entetes:
            return None
        for prefixe, dossier in PREFIXES:
            if scope["path"].startswith(prefixe):
                copie = (dossier / (scope["path"][len(prefixe) :] + ".gz")).resolve()
                return copie if copie.is_relative_to(dossier) and copie.is_file() else None
        return None


def build_routes(config: Config) -> Sequence[BaseRoute]:
    """Assets and health."""

    def _health(_: Request) -> Response:
        try:
            with read_session(config) as session:
                session.execute(text("select 1"))
        except Exception:  # whatever the reason, the answer is « not able »; details stay in the log
            return JSONResponse({"etat": "indisponible"}, status_code=503)
        return JSONResponse({"etat": "ok"})

    return [
        Route("/health", _health),
        Mount("/assets", StaticFiles(directory=ASSETS, follow_symlink=False)),
    ]


def build_middleware() -> list[Middleware]:
    """Outermost first: headers, prebuilt copies, compression of the rest."""
    return [
        Middleware(EntetesSecurite),
        Middleware(ScriptsCompresses),
        Middleware(GZipMiddleware, minimum_size=1000, compresslevel=6),
    ]
