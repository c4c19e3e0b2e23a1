"""Note what a screen draws, so that a bare page can draw the same: the calls to Streamlit, in order, with their values.

A screen runs once, in this process, as a signed-in person; callbacks are dropped, labels and data become constants.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.testing.v1 import AppTest

from ccm_data.config import RACINE
from ccm_data.figures import fond_carte
from pages.ui import carte, session
from pages.ui.navigation import Ecran

CADRE = RACINE / "pages" / "ui" / "frame.py"
DELAI_S = 60
# Everything that our screens call; what opens a block is told apart, for what follows it stands inside.
BLOCS = ("container", "columns", "popover", "form", "expander")
ELEMENTS = (
    "html", "logo", "selectbox", "segmented_control", "pills", "multiselect", "page_link", "download_button", "dataframe",
    "plotly_chart", "text_input", "text_area", "date_input", "number_input", "checkbox", "radio", "toggle", "button",
    "form_submit_button", "file_uploader", "success", "info", "warning", "error",
)  # fmt: skip
Appel = tuple[str, str, tuple[Any, ...], dict[str, Any], tuple[int, ...]]


@dataclass
class Releve:
    """The calls of one run: (gesture; name; arguments; numbers of the blocks).

    Gestures: « appel », « bloc » (the numbers are those of the blocks that it opens), « dedans » (a block opened in
    another: the other's number, its own), « entrer » and « sortir ».
    """

    appels: list[Appel] = field(default_factory=list)
    cartes: list[tuple[tuple[Any, ...], dict[str, Any]]] = field(default_factory=list)
    blocs: dict[int, tuple[int, Any]] = field(default_factory=dict)  # id → number, block (kept, so that ids stay)

    def number(self, bloc: Any) -> int:
        """The number of a block just opened."""
        self.blocs[id(bloc)] = (len(self.blocs), bloc)
        return len(self.blocs) - 1


def _make_constant(kwargs: dict[str, Any]) -> dict[str, Any]:
    """The same settings without anything that runs ours."""
    dire = kwargs.get("format_func")
    nets = {cle: v for cle, v in kwargs.items() if not callable(v) and cle not in ("on_change", "on_click")}
    if dire is not None and isinstance(kwargs.get("default"), str):
        nets["default"] = dire(kwargs["default"])
    if "data" in kwargs:
        nets["data"] = b"constante"
    if "query_params" in nets:
        nets.pop("query_params")
    return nets


def _make_arguments(nom: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, ...]:
    dire = kwargs.get("format_func")
    if nom == "page_link":
        return (f"http://localhost/{args[0].url_path}",)
    if dire is not None:
        return (args[0], [dire(option) for option in args[1]], *args[2:])
    return tuple(getattr(a, "data", a) if nom == "dataframe" else a for a in args)


@contextmanager
def listen(releve: Releve) -> Iterator[None]:
    """Note every call made meanwhile."""

    def _wrap(nom: str, vrai: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(vrai)
        def _call(*args: Any, **kwargs: Any) -> Any:
            rendu = vrai(*args, **kwargs)
            numeros: tuple[int, ...] = ()
            if nom in BLOCS:
                numeros = tuple(releve.number(b) for b in (rendu if isinstance(rendu, list) else [rendu]))
            arguments = _make_arguments(nom, args, kwargs)
            releve.appels.append(("bloc" if numeros else "appel", nom, arguments, _make_constant(kwargs), numeros))
            return rendu

        return _call

    def _pass(geste: str, vrai: Callable[..., Any]) -> Callable[..., Any]:
        def _call(bloc: Any, *args: Any) -> Any:
            if id(bloc) in releve.blocs:
                releve.appels.append((geste, "", (), {}, (releve.blocs[id(bloc)][0],)))
            return vrai(bloc, *args)

        return _call

    def _nest(bloc: Any, *args: Any, **kwargs: Any) -> Any:
        rendu = contenir(bloc, *args, **kwargs)
        if id(bloc) in releve.blocs:
            numeros = (releve.blocs[id(bloc)][0], releve.number(rendu))
            releve.appels.append(("dedans", "container", args, _make_constant(kwargs), numeros))
        return rendu

    def _draw(*args: Any, **kwargs: Any) -> Any:
        releve.cartes.append((args, kwargs))
        return dessiner(*args, **kwargs)

    def _show(_figure: Any, **kwargs: Any) -> None:
        releve.appels.append(("appel", "st_folium", (), _make_constant(kwargs), ()))

    dessiner, contenir = fond_carte.draw_carte, DeltaGenerator.container
    with ExitStack() as pile:
        for nom in (*BLOCS, *ELEMENTS):
            pile.enter_context(patch.object(st, nom, _wrap(nom, getattr(st, nom))))
        for geste, methode in (("entrer", "__enter__"), ("sortir", "__exit__")):
            pile.enter_context(patch.object(DeltaGenerator, methode, _pass(geste, getattr(DeltaGenerator, methode))))
        pile.enter_context(patch.object(DeltaGenerator, "container", _nest))
        pile.enter_context(patch.object(fond_carte, "draw_carte", _draw))
        pile.enter_context(patch.object(carte, "st_folium", _show))
        yield


def record_ecran(ecran: Ecran, jeton: str) -> dict[str, Any]:
    """What a screen draws for whoever holds this token: its calls and the arguments of its maps, ready to be kept."""
    at = AppTest.from_file(CADRE, default_timeout=DELAI_S)
    with patch.object(session, "get_jeton", lambda: jeton):
        at.run()
        at.switch_page(f"../{ecran.section}/{ecran.cle}.py")
        releve = Releve()
        with listen(releve):
            at.run()
    assert not at.exception, [e.value for e in at.exception]
    return {"appels": releve.appels, "cartes": releve.cartes}
