"""What the server adds around Streamlit: compressed copies, lighter fonts, headers, health."""

from __future__ import annotations

import asyncio
import gzip
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from ccm_data.config import RACINE, Config
from pages.ui import service

SCRIPT = b"console.log('bonjour');" * 200
TEXTE = "phrase " * 500


@dataclass
class Reponse:
    """What came back; `corps` as the browser reads it, uncompressed."""

    statut: int
    entetes: Headers
    corps: bytes


class Client:
    """Asks an application without a network, as a browser that takes gzip unless told otherwise."""

    def __init__(self, app: Starlette) -> None:
        self.app = app

    def _run(self, portee: dict[str, Any], entree: dict[str, Any]) -> list[dict[str, Any]]:
        messages: list[dict[str, Any]] = []
        entrees = [entree, {"type": f"{portee['type']}.disconnect"}]

        async def _receive() -> dict[str, Any]:
            return entrees.pop(0)

        async def _send(message: Any) -> None:
            messages.append(message)

        asyncio.run(self.app(portee, _receive, _send))
        return messages

    def ask(self, chemin: str, methode: str = "GET", **entetes: str) -> Reponse:
        tous = {"accept_encoding": "gzip, deflate"} | entetes
        portee = {
            "type": "http", "asgi": {"version": "3.0", "spec_version": "2.4"}, "method": methode,
            "path": unquote(chemin), "raw_path": chemin.encode(), "query_string": b"",
            "headers": [(k.replace("_", "-").encode(), v.encode()) for k, v in tous.items()], "scheme": "http",
            "http_version": "1.1", "root_path": "", "server": ("essai", 80), "client": ("essai", 1),
        }  # fmt: skip
        debut, *suite = self._run(portee, {"type": "http.request", "body": b""})
        lus = Headers(raw=debut["headers"])
        corps = b"".join(m.get("body", b"") for m in suite)
        return Reponse(debut["status"], lus, gzip.decompress(corps) if lus.get("content-encoding") == "gzip" else corps)

    def open_websocket(self, chemin: str) -> list[dict[str, Any]]:
        portee = {
            "type": "websocket",
            "path": chemin,
            "query_string": b"",
            "headers": [],
            "root_path": "",
            "subprotocols": [],
        }
        return self._run(portee, {"type": "websocket.connect"})


@pytest.fixture
def prepares(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Prepared copies of a script and of fonts, in a folder of their own."""
    copies = tmp_path / "gzip" / "streamlit" / "static"
    (copies / "js").mkdir(parents=True)
    (copies / "js" / "index.abc.js.gz").write_bytes(gzip.compress(SCRIPT))
    (tmp_path / "secret.gz").write_bytes(b"secret")
    icones = tmp_path / "icones"
    icones.mkdir()
    (icones / "MaterialSymbols-Rounded.abc.woff2").write_bytes(b"petite")
    (tmp_path / "noto.woff2").write_bytes(b"noto")
    monkeypatch.setattr(service, "PREFIXES", (("/static/", copies),))
    monkeypatch.setattr(
        service,
        "POLICES",
        (
            ("/static/media/SourceSansVF-Upright.", tmp_path / "noto.woff2"),
            ("/static/media/MaterialSymbols-Rounded.", icones),
        ),
    )
    return tmp_path


def _streamlit(request: Request) -> Response:
    return PlainTextResponse(TEXTE, headers={"x-chemin": request.url.path})


async def _canal(ws: WebSocket) -> None:
    await ws.accept()
    await ws.send_text("vivant")
    await ws.close()


@pytest.fixture
def client(prepares: Path) -> Client:
    """The middleware before a server that answers everything itself."""
    routes = [WebSocketRoute("/_stcore/stream", _canal), Route("/{reste:path}", _streamlit)]
    return Client(Starlette(routes=routes, middleware=service.build_middleware()))


def test_a_script_comes_compressed_with_its_type_and_stays_in_the_browsers_cache(client: Client) -> None:
    reponse = client.ask("/static/js/index.abc.js")
    assert reponse.corps == SCRIPT
    assert reponse.entetes["content-encoding"] == "gzip"
    assert reponse.entetes["content-type"].startswith("text/javascript")
    assert reponse.entetes["cache-control"] == service.UN_AN
    assert reponse.entetes["vary"] == "Accept-Encoding"
    assert int(reponse.entetes["content-length"]) < len(SCRIPT)


@pytest.mark.parametrize(
    ("chemin", "entetes"),
    [
        pytest.param("/static/js/index.abc.js", {"accept_encoding": "identity"}, id="a browser that takes no gzip"),
        pytest.param("/static/js/index.abc.js", {"accept_encoding": "br, gzip;q=0"}, id="a browser that refuses gzip"),
        pytest.param("/static/js/index.abc.js", {"range": "bytes=0-9"}, id="a part of a file"),
        pytest.param("/static/js/autre.js", {}, id="a script that was not prepared"),
        pytest.param("/static/%2e%2e/%2e%2e/%2e%2e/secret", {}, id="a path that climbs out of the folder"),
        pytest.param("/static//secret", {}, id="an absolute path"),
        pytest.param("/static/js/%00", {}, id="a null byte"),
        pytest.param("/static/media/MaterialSymbols-Rounded.autre.woff2", {}, id="an icon font of another version"),
    ],
)
def test_streamlit_answers_itself_to(client: Client, chemin: str, entetes: dict[str, str]) -> None:
    reponse = client.ask(chemin, **entetes)
    assert reponse.statut == 200
    assert reponse.corps == TEXTE.encode()


def test_a_post_is_never_answered_by_a_copy(client: Client) -> None:
    assert client.ask("/static/js/index.abc.js", "POST").statut == 405


@pytest.mark.parametrize(
    ("nom", "contenu"),
    [
        pytest.param("SourceSansVF-Upright.ttf.xyz.woff2", b"noto", id="the font that our theme never shows"),
        pytest.param("MaterialSymbols-Rounded.abc.woff2", b"petite", id="the icon font, cut from the same file"),
    ],
)
def test_a_lighter_font_stands_for(client: Client, nom: str, contenu: bytes) -> None:
    reponse = client.ask(f"/static/media/{nom}")
    assert reponse.corps == contenu
    assert reponse.entetes["content-type"] == "font/woff2"
    assert "content-encoding" not in reponse.entetes
    assert "immutable" not in reponse.entetes["cache-control"]


def test_other_answers_are_compressed_but_not_what_is_compressed_already(client: Client) -> None:
    assert client.ask("/une-page").entetes["content-encoding"] == "gzip"
    assert "content-encoding" not in client.ask("/media/classeur.xlsx").entetes


def test_the_websocket_passes_untouched(client: Client) -> None:
    accepte, dit, ferme = client.open_websocket("/_stcore/stream")
    assert (accepte["type"], dit["text"], ferme["type"]) == ("websocket.accept", "vivant", "websocket.close")


def test_every_answer_carries_the_security_headers(client: Client) -> None:
    for chemin in ("/une-page", "/static/js/index.abc.js"):
        entetes = client.ask(chemin).entetes
        assert entetes["x-content-type-options"] == "nosniff"
        assert entetes["referrer-policy"] == "same-origin"
        csp = entetes["content-security-policy"]
        assert "frame-ancestors 'self'" in csp
        assert "object-src 'none'" in csp
        assert not re.search(r"https?:|\*", csp)


def test_inline_scripts_run_in_the_maps_frame_only(client: Client) -> None:
    page = client.ask("/une-page").entetes["content-security-policy"]
    cadre = client.ask("/component/streamlit_folium.st_folium/index.html").entetes["content-security-policy"]
    assert "'unsafe-inline'" not in page.split("style-src")[0]
    assert "'unsafe-inline'" in cadre.split("style-src")[0]
    assert "unsafe-eval" not in page + cadre


def test_health_says_whether_the_database_answers(tmp_path: Path) -> None:
    def _ask(url: str) -> tuple[int, dict[str, str]]:
        client = Client(Starlette(routes=service.build_routes(Config(tmp_path, url, demo=False))))
        reponse = client.ask("/health")
        return reponse.statut, json.loads(reponse.corps)

    assert _ask(f"sqlite:///{tmp_path / 'a.sqlite'}") == (200, {"etat": "ok"})
    statut, corps = _ask(f"sqlite:///{tmp_path}")  # a folder
    assert statut == 503
    assert str(tmp_path) not in str(corps)


def test_assets_are_served_and_nothing_outside_them(tmp_path: Path) -> None:
    config = Config(tmp_path, f"sqlite:///{tmp_path / 'a.sqlite'}", demo=False)
    client = Client(Starlette(routes=service.build_routes(config)))
    assert client.ask("/assets/carte.js").statut == 200
    assert client.ask("/assets/%2e%2e/app.py").statut == 404


def test_the_cut_icon_font_holds_every_icon_that_our_screens_name() -> None:
    noms = set((RACINE / "assets" / "tiers" / "icones" / "noms.txt").read_text(encoding="utf-8").split())
    nommees = {
        nom
        for fichier in (RACINE / "pages").rglob("*.py")
        for nom in re.findall(r":material/([a-z0-9_]+):", fichier.read_text(encoding="utf-8"))
    }
    assert nommees <= noms, "run outils/prepare_assets.py again"


def test_our_own_files_name_no_other_server() -> None:
    fichiers = [
        *(RACINE / "assets").glob("*.css"),
        *(RACINE / "assets").glob("*.js"),
        RACINE / ".streamlit/config.toml",
    ]
    for fichier in fichiers:
        autres = [
            u for u in re.findall(r"https?://[^\s\"')]+", fichier.read_text(encoding="utf-8")) if "w3.org" not in u
        ]
        assert autres == [], fichier.name
