"""A Deck → its HTML: for our own server (scripts and styles by address), or in one file that runs with the server off.

The page holds every scene; moving from one to the next changes a class, nothing is fetched. Every text is escaped; pictures
are data addresses. Source: issue « la séance » (projection).
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ccm_data.config import RACINE
from ccm_data.phrases.rendus import say_empreinte, say_rien, say_serie_statuts
from ccm_data.reports.html import geometrie
from ccm_data.reports.scenes import Deck, Image
from ccm_data.textes import _, ngettext

DOSSIER: Final = Path(__file__).parent / "gabarits"
STYLE, SCRIPT = DOSSIER / "deck.css", DOSSIER / "deck.js"
POLICE: Final = RACINE / "assets" / "tiers" / "noto-sans" / "noto-sans-latin-wght-normal.woff2"


@dataclass(frozen=True)
class Liaison:
    """What ties the page to the server. Empty: one file, decisions stay in it until they are copied.

    `noter`: where a decision is posted, with `jeton`; `retour`: where Esc leads; `acteurs`: code → name, to choose from.
    """

    noter: str = ""
    jeton: str = ""
    retour: str = ""
    acteurs: tuple[tuple[str, str], ...] = ()
    style: str = ""
    script: str = ""


@lru_cache(maxsize=1)
def _get_environnement() -> Environment:
    env = Environment(
        loader=FileSystemLoader(DOSSIER), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        auto_reload=False,
    )  # fmt: skip
    env.globals.update(
        _=_, ngettext=ngettext, list_rangees=geometrie.list_rangees, list_zones=geometrie.list_zones,
        list_legende=geometrie.list_legende, get_boite=geometrie.get_boite, make_source=_make_source, say_rien=say_rien,
        say_serie_statuts=say_serie_statuts,
    )  # fmt: skip
    return env


def _make_source(image: Image) -> str:
    return f"data:{image.type_mime};base64,{base64.b64encode(image.octets).decode('ascii')}"


@lru_cache(maxsize=1)
def _read_style() -> str:
    """The style for a page that stands alone: the font inside it, or none where set-up did not bring it."""
    style = STYLE.read_text(encoding="utf-8")
    if not POLICE.exists():
        return re.sub(r"@font-face\{[^}]*\}", "", style)
    police = base64.b64encode(POLICE.read_bytes()).decode("ascii")
    return re.sub(r'url\("/assets/[^"]*"\)', f'url("data:font/woff2;base64,{police}")', style)


def render_html(deck: Deck, liaison: Liaison | None = None) -> str:
    """The whole page. Without `liaison` it is one file: style and script are inside it."""
    lien = liaison or Liaison()
    donnees: dict[str, Any] = {
        "deck": deck,
        "empreinte": say_empreinte(deck.empreinte),
        "lien": lien,
        "style": "" if lien.style else _read_style(),
        "script": "" if lien.script else SCRIPT.read_text(encoding="utf-8"),
        "region": next((i for i, s in enumerate(deck.scenes, 1) if s.cle == "region"), 0),
        "jour": date.fromisoformat(deck.date_iso),
    }
    return _get_environnement().get_template("deck.html.j2").render(**donnees)
