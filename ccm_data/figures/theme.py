"""Colours, marks and type as Python constants, and the base of every Plotly figure.

The same tokens stand as CSS variables in assets/ccm.css: change both. One meaning, one colour; a status colour never
says money, and earth never says a status.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ccm_data.domain.vocabulaire import StatutIndicateur
from ccm_data.textes import get_langue

BLANC = "#FFFFFF"
ENCRE = "#1F2328"
ENCRE_2 = "#4A525B"
ENCRE_SABLE = "#3D444D"
ARDOISE = "#57606A"
VERT = "#0F4C3F"
SABLE = "#F6F2EA"
FILET = "#D9D2C5"
GRILLE = "#E6E0D4"
ZERO = "#8C959F"

# Quantities, from few to many; neighbours stay apart for every kind of colour blindness.
TERRE = ("#FBEFD5", "#EBCB8E", "#CF9C46", "#9E6A1C", "#653F0C")
# Money, nested and always in this order. The fill of « engagé » is too light for a line: it has its own.
PREVU, PREVU_BORD = "#F6E3BE", "#8A6A2C"
ENGAGE, ENGAGE_LIGNE = "#CF9C46", "#B4812F"
DECAISSE = "#653F0C"

HACHURE, HACHURE_BORD = "#8C959F", "#57606A"

POLICE = "Noto Sans Variable, Noto Sans, Segoe UI, Roboto, sans-serif"
TEXTE_PX = 15
LABEL_PX = 16
TITRE_PX = 17


@dataclass(frozen=True)
class Marque:
    """How a status is drawn: mark's colour, pill's tint, text on the tint, shape, Plotly's name of the shape."""

    couleur: str
    teinte: str
    texte: str
    forme: str
    symbole: str


STATUTS = {
    StatutIndicateur.ATTEINT: Marque("#0072B2", "#B9DCF0", "#00507D", "disque_coche", "circle"),
    StatutIndicateur.EN_BONNE_VOIE: Marque("#009E73", "#B5E5D3", "#00614A", "disque", "circle"),
    StatutIndicateur.A_SURVEILLER: Marque("#A23B72", "#EBC2D8", "#7D2655", "losange", "diamond"),
    StatutIndicateur.EN_RETARD: Marque("#D55E00", "#F9CBA8", "#963F00", "triangle", "triangle-up"),
    StatutIndicateur.CIBLE_NON_DEFINIE: Marque("#57606A", "#E3E6EA", "#4A525B", "anneau_tirets", "circle-open"),
    StatutIndicateur.NON_RENSEIGNE: Marque("#8C959F", "#E3E6EA", "#4A525B", "carre_hachure", "square-open"),
}
# The named colours of st.column_config.MultiselectColumn and st.badge (set in .streamlit/config.toml), in that order.
COULEURS_STREAMLIT = ("blue", "green", "violet", "red", "gray", "gray")


def get_separateurs() -> str:
    """Decimal and thousands signs in Plotly's notation."""
    return ",\u202f" if get_langue() == "fr" else ".,"


def get_axe(echelle: float = 1.0, **reglages: Any) -> dict[str, Any]:
    """An axis: light grid, grey zero, no frame; `reglages` override."""
    return {
        "gridcolor": GRILLE,
        "zeroline": True,
        "zerolinecolor": ZERO,
        "linecolor": FILET,
        "showline": False,
        "ticks": "",
        "tickfont": {"size": TEXTE_PX * echelle, "color": ENCRE_2},
        "tickangle": 0,
        "automargin": True,
        "fixedrange": True,
    } | reglages


def get_hachures() -> dict[str, Any]:
    """Plotly's marker for what was not reported: hatched, never a flat fill."""
    return {
        "color": BLANC,
        "line": {"color": HACHURE_BORD, "width": 1},
        "pattern": {"shape": "/", "fgcolor": HACHURE, "bgcolor": BLANC, "size": 7, "solidity": 0.35},
    }


def plotly_layout(echelle: float = 1.0, *, hauteur: int | None = None, **reglages: Any) -> dict[str, Any]:
    """Base layout of every figure, for `figure.update_layout(**plotly_layout(…))`; `reglages` override.

    `echelle`: 1, or 1.4 for projection (Plotly's sizes are pixels that do not follow the page's root size).
    `hauteur`: pixels at scale 1. Titles and legends are HTML outside the figure.
    """
    base: dict[str, Any] = {
        "template": "none",
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": POLICE, "size": TEXTE_PX * echelle, "color": ENCRE},
        "separators": get_separateurs(),
        "showlegend": False,
        "hovermode": False,
        "dragmode": False,
        "margin": {"l": 4, "r": 8, "t": 6, "b": 4},
        "bargap": 0.35,
        "xaxis": get_axe(echelle),
        "yaxis": get_axe(echelle),
    }
    if hauteur is not None:
        base["height"] = round(hauteur * echelle)
    return base | reglages
