"""The one cache: what `ccm_data.queries` gives for a version of the data.

A key is the function, its arguments and the data's version, which every journalled change moves: nothing stale is
shown and nothing has to be cleared. Values are shared between sessions: never change them in place.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar

import streamlit as st
from sqlalchemy.orm import Session

from ccm_data.config import Config
from ccm_data.db import read_session
from pages.ui.session import Contexte

P = ParamSpec("P")
T = TypeVar("T")
DUREE_S = 3600
ENTREES = 400


@st.cache_resource(max_entries=ENTREES, ttl=DUREE_S, show_spinner=False)
def _read(
    cle: str, _config: Config, _fonction: Callable[..., Any], _args: tuple[Any, ...], _kwargs: dict[str, Any]
) -> Any:
    with read_session(_config) as session:
        return _fonction(session, *_args, **_kwargs)


def read(contexte: Contexte, fonction: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What `fonction(session, *args, **kwargs)` gives, computed once per version of the data.

    Arguments must have a `repr` that says all of them (codes, dates, frozen dataclasses): it is the key.
    """
    cle = "|".join(
        (
            contexte.config.database_url,
            contexte.version,
            contexte.langue,
            f"{fonction.__module__}.{fonction.__qualname__}",
            repr(args),
            repr(sorted(kwargs.items())),
        )
    )
    valeur: T = _read(cle, contexte.config, fonction, args, kwargs)
    return valeur


@st.cache_resource(max_entries=ENTREES, ttl=DUREE_S, show_spinner=False)
def _keep(cle: str, _fabrique: Callable[[], Any]) -> Any:
    return _fabrique()


def keep(contexte: Contexte, nom: str, fabrique: Callable[[], T]) -> T:
    """A figure, drawn once per version of the data, perimeter, language and scale; `nom` tells it from the others."""
    version = (contexte.config.database_url, contexte.version, contexte.langue, contexte.perimetre, contexte.echelle)
    valeur: T = _keep(f"{nom}|{version!r}", fabrique)
    return valeur


def read_direct(
    contexte: Contexte, fonction: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs
) -> T:
    """The same without keeping it: accounts and journal, which the data's version does not follow."""
    with read_session(contexte.config) as session:
        return fonction(session, *args, **kwargs)
