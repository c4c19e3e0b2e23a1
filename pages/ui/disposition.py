"""Columns and cards: the frame in which screens lay their figures."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st
from streamlit.delta_generator import DeltaGenerator


@contextmanager
def show_colonnes(*largeurs: float, cartes: bool = True) -> Iterator[list[DeltaGenerator]]:
    """Columns of these relative widths, each holding a card of the row's height."""
    colonnes = st.columns(list(largeurs), gap="xsmall")
    yield [c.container(border=True, height="stretch", gap="xxsmall") if cartes else c for c in colonnes]


@contextmanager
def show_carte(key: str | None = None) -> Iterator[DeltaGenerator]:
    """One card over the whole width."""
    carte = st.container(border=True, gap="xxsmall", key=key)
    with carte:
        yield carte


@contextmanager
def show_zone(key: str) -> Iterator[DeltaGenerator]:
    """A part of the page that the styles know by this name."""
    zone = st.container(key=key, gap="xxsmall")
    with zone:
        yield zone


@contextmanager
def show_outils(key: str) -> Iterator[DeltaGenerator]:
    """A row of filters and buttons."""
    rangee = st.container(horizontal=True, vertical_alignment="bottom", key=key, gap="small")
    with rangee:
        yield rangee
