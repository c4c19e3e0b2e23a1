"""The bare page: plain Streamlit, no database, no rule, no sign-in; it draws the constants that `releve` noted.

Served by `nue_app.py`, with CCM_RELEVES naming the file that holds them.
"""

import os
import pickle
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit_folium import st_folium

from ccm_data.figures.fond_carte import draw_carte


@st.cache_resource
def read_releves() -> dict[str, Any]:
    """Screen's address → what it draws."""
    releves: dict[str, Any] = pickle.loads(Path(os.environ["CCM_RELEVES"]).read_bytes())
    return releves


def replay(adresse: str) -> None:
    """Draw a screen's elements."""
    releve = read_releves()[adresse]
    blocs: dict[int, Any] = {}
    cartes = iter(releve["cartes"])
    for geste, nom, args, kwargs, numeros in releve["appels"]:
        if geste == "bloc":
            rendu = getattr(st, nom)(*args, **kwargs)
            blocs.update(zip(numeros, rendu if isinstance(rendu, list) else [rendu], strict=True))
        elif geste == "dedans":
            blocs[numeros[1]] = getattr(blocs[numeros[0]], nom)(*args, **kwargs)
        elif geste == "entrer":
            blocs[numeros[0]].__enter__()
        elif geste == "sortir":
            blocs[numeros[0]].__exit__(None, None, None)
        elif nom == "st_folium":
            args_carte, kwargs_carte = next(cartes)
            st_folium(draw_carte(*args_carte, **kwargs_carte), **kwargs)
        else:
            getattr(st, nom)(*args, **kwargs)


def make_page(adresse: str) -> Any:
    """A page of the bare dashboard."""

    def _page() -> None:
        replay(adresse)

    _page.__name__ = adresse.replace("-", "_") or "accueil"
    return st.Page(_page, title=adresse or "accueil", url_path=adresse or None, default=not adresse)


choisie = st.navigation([make_page(adresse) for adresse in read_releves()], position="top")
st.set_page_config(layout="wide")
choisie.run()
