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
# Streamlit's page preloads a font that our theme never shows, and an icon font of 4 000 icons: lighter ones instead.
POLICES = (
    ("/static/media/SourceSansVF-Upright.", ASSETS / "tiers" / "noto-sans" / "noto-sans-latin-wght-normal.woff2"),
    ("/static/media/MaterialSymbols-Rounded.", ASSETS / "tiers" / "icones"),
)
# Already compressed: compressing again costs time and saves nothing.
DENSES = (".woff2", ".png", ".jpg", ".xlsx", ".docx", ".pptx", ".pdf", ".zip", ".gz", ".mp4")
DENSES_SOUS = "/preuves/"  # evidence files, whose address has no extension
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
    """Answers with the prebuilt gzip copy of a script, or with a lighter font, when there is one."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI entry."""
        reponse = find_reponse(scope) if scope["type"] == "http" and scope["method"] in ("GET", "HEAD") else None
        await (reponse or self.app)(scope, receive, send)


def find_reponse(scope: Scope) -> Response | None:
    """The prepared answer to a request, or None where Streamlit answers by itself."""
    entetes = Headers(scope=scope)
    if "range" in entetes or "\0" in scope["path"]:
        return None
    police = _find_police(scope["path"])
    if police is not None:
        return FileResponse(police, media_type="font/woff2", headers={"Cache-Control": UN_JOUR})
    copie = _find_copy(scope["path"]) if accepts_gzip(entetes.get("accept-encoding", "")) else None
    if copie is None:
        return None
    genre = mimetypes.guess_type(copie.stem)[0] or "application/octet-stream"
    if copie.stem.endswith((".js", ".mjs")):  # Windows' registry may say otherwise
        genre = "text/javascript"
    duree = UN_AN if scope["path"].startswith("/static/") else UN_JOUR
    return FileResponse(
        copie,
        media_type=genre,
        headers={"Content-Encoding": "gzip", "Vary": "Accept-Encoding", "Cache-Control": duree},
    )


def accepts_gzip(accept_encoding: str) -> bool:
    """Whether a browser takes gzip (« gzip;q=0 » says that it does not)."""
    for offre in accept_encoding.lower().split(","):
        nom, _, reglage = offre.replace(" ", "").partition(";")
        if nom == "gzip":
            return not re.fullmatch(r"q=0(\.0*)?", reglage)
    return False


def _find_copy(chemin: str) -> Path | None:
    for prefixe, dossier in PREFIXES:
        if chemin.startswith(prefixe):
            copie = (dossier / (chemin[len(prefixe) :] + ".gz")).resolve()
            return copie if copie.is_relative_to(dossier) and copie.is_file() else None
    return None


def _find_police(chemin: str) -> Path | None:
    """The lighter font that stands for one of Streamlit's; a cut font only for the very file that it was cut from."""
    for prefixe, lieu in POLICES:
        if chemin.startswith(prefixe):
            fichier = lieu / chemin.rsplit("/", 1)[1] if lieu.suffix == "" else lieu
            return fichier if fichier.is_file() else None
    return None


class CompressionUtile(GZipMiddleware):
    """Compresses answers, but neither parts of a file nor what is compressed already."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI entry."""
        dense = scope["type"] == "http" and (scope["path"].endswith(DENSES) or scope["path"].startswith(DENSES_SOUS))
        if dense or (scope["type"] == "http" and "range" in Headers(scope=scope)):
            await self.app(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


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
        Middleware(CompressionUtile, minimum_size=1000, compresslevel=6),
    ]
