"""The network of organisations: round a circle by category, one line per pair that works together, readable at sixty."""

from __future__ import annotations

from math import cos, pi, sin
from typing import Any, Final

import plotly.graph_objects as go

from ccm_data.figures import theme
from ccm_data.queries.matrices import Lien, Reseau
from ccm_data.typographie import say_court

COULEURS: Final = {"finance": theme.DECAISSE, "partenaire": "#0072B2"}
POINTS: Final = 24
RETRAIT: Final = 1.03
NOM_MAX: Final = 24
# Half a letter: a name is centred that far out per letter.
MINUSCULE_PX, MAJUSCULE_PX = 3.3, 4.5


def make_reseau(reseau: Reseau, *, echelle: float = 1.0) -> go.Figure:
    """Square figure; curves go through the middle, thicker where there are more interventions."""
    angles = {code: 2 * pi * rang / max(1, len(reseau.acteurs)) for rang, (code, _n, _c) in enumerate(reseau.acteurs)}
    figure = go.Figure()
    for genre, couleur in COULEURS.items():
        for lien in (x for x in reseau.liens if x.genre == genre):
            figure.add_trace(_make_courbe(lien, angles, couleur))
    figure.add_trace(
        go.Scatter(
            x=[cos(a) for a in angles.values()], y=[sin(a) for a in angles.values()], mode="markers", showlegend=False,
            marker={"size": 9 * echelle, "color": theme.VERT, "line": {"color": theme.BLANC, "width": 1}},
            hoverinfo="skip",
        )
    )  # fmt: skip
    figure.update_layout(
        annotations=[_make_nom(nom, angles[code], echelle) for code, nom, _c in reseau.acteurs],
        xaxis=_AXE, yaxis=_AXE | {"scaleanchor": "x"}, showlegend=False, paper_bgcolor=theme.BLANC, plot_bgcolor=theme.BLANC,
        margin={"l": 0, "r": 0, "t": 0, "b": 0}, font={"family": theme.POLICE},
    )  # fmt: skip
    return figure


_AXE: Final[dict[str, Any]] = {"visible": False, "range": [-1.8, 1.8], "fixedrange": True, "constrain": "domain"}


def _make_courbe(lien: Lien, angles: dict[str, float], couleur: str) -> go.Scatter:
    """A quadratic curve drawn towards the middle."""
    (xa, ya), (xb, yb) = ((cos(angles[c]), sin(angles[c])) for c in (lien.a, lien.b))
    pas = [t / POINTS for t in range(POINTS + 1)]
    return go.Scatter(
        x=[(1 - t) ** 2 * xa + t**2 * xb for t in pas],
        y=[(1 - t) ** 2 * ya + t**2 * yb for t in pas],
        mode="lines",
        line={"color": couleur, "width": min(1 + lien.interventions, 6)},
        opacity=0.55,
        hoverinfo="skip",
        showlegend=False,
    )


def _make_nom(nom: str, angle: float, echelle: float) -> dict[str, Any]:
    """The name outward from its point, never upside down."""
    court = say_court(nom, NOM_MAX)
    degres = -angle * 180 / pi
    gauche = cos(angle) < 0
    recul = (8 + sum(MAJUSCULE_PX if lettre.isupper() else MINUSCULE_PX for lettre in court)) * echelle
    return {
        "x": RETRAIT * cos(angle), "y": RETRAIT * sin(angle), "text": court,
        "showarrow": False, "textangle": degres + 180 if gauche else degres, "xanchor": "center", "yanchor": "middle",
        "font": {"size": 13 * echelle, "color": theme.ENCRE},
        "xshift": cos(angle) * recul, "yshift": sin(angle) * recul,
    }  # fmt: skip
