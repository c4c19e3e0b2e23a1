"""Budget charts: prévu contains engagé contains décaissé; an overrun shows by sticking out. Amounts in millions FCFA.

A phase that nobody reported draws no bar and is said « n. r. » in the label: a missing amount is never a zero.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from ccm_data.figures import theme
from ccm_data.queries.budget import Total
from ccm_data.textes import _
from ccm_data.typographie import say_millions

MILLION = 1_000_000
LARGEURS = {"prevu": 0.86, "engage": 0.58, "paye": 0.30}


def _to_millions(montant: int | None) -> float | None:
    return None if montant is None else montant / MILLION


def _say(montant: int | None) -> str:
    """Whole millions from ten up: the table beside the chart has the rest."""
    return _("n. r.") if montant is None else say_millions(montant, 0 if montant >= 10 * MILLION else 1)


def _add_bars(figure: go.Figure, totaux: Sequence[Total], positions: Sequence[object], horizontal: bool) -> None:
    """The three nested bars, widest first."""
    styles = {
        "prevu": {"color": theme.PREVU, "line": {"color": theme.PREVU_BORD, "width": 1}},
        "engage": {"color": theme.ENGAGE},
        "paye": {"color": theme.DECAISSE},
    }
    for champ, style in styles.items():
        valeurs = [_to_millions(getattr(t, champ)) for t in totaux]
        axes = {"x": valeurs, "y": positions} if horizontal else {"x": positions, "y": valeurs}
        figure.add_bar(
            **axes, width=LARGEURS[champ], marker=style, orientation="h" if horizontal else "v", hoverinfo="skip"
        )


def draw_budget_axes(axes: Sequence[Total], noms: Sequence[str], echelle: float = 1.0) -> go.Figure:
    """Per axis, horizontal; labels « décaissé · engagé · prévu » at the bar's end."""
    figure = go.Figure()
    positions = list(noms)
    _add_bars(figure, axes, positions, horizontal=True)
    maximum = max((max(t.prevu or 0, t.engage or 0, t.paye or 0) for t in axes), default=0) / MILLION or 1
    for nom, t in zip(positions, axes, strict=True):
        figure.add_annotation(
            x=max(t.prevu or 0, t.engage or 0, t.paye or 0) / MILLION,
            y=nom,
            text=f"<b>{_say(t.paye)}</b> · {_say(t.engage)} · {_say(t.prevu)}",
            showarrow=False,
            xanchor="left",
            xshift=6,
            font={"size": theme.TEXTE_PX * echelle},
        )
    figure.update_layout(
        **theme.plotly_layout(echelle),
        barmode="overlay",
    )
    figure.update_xaxes(visible=False, range=[0, maximum * 1.75])
    figure.update_yaxes(
        autorange="reversed",
        showgrid=False,
        ticklabelstandoff=6,
        tickfont={"color": theme.ENCRE, "size": theme.TEXTE_PX * echelle},
    )
    return figure


def draw_budget_annees(annees: Sequence[Total], echelle: float = 1.0) -> go.Figure:
    """Per year, vertical; décaissé in bold above prévu."""
    figure = go.Figure()
    positions = [int(t.code) for t in annees]
    _add_bars(figure, annees, positions, horizontal=False)
    maximum = max((max(t.prevu or 0, t.engage or 0, t.paye or 0) for t in annees), default=0) / MILLION or 1
    for an, t in zip(positions, annees, strict=True):
        haut = max(t.prevu or 0, t.engage or 0, t.paye or 0) / MILLION
        figure.add_annotation(
            x=an, y=haut, text=f"<b>{_say_entier(t.paye)}</b><br>{_say_entier(t.prevu)}", showarrow=False, yanchor="bottom",
            yshift=2, font={"size": theme.TEXTE_PX * echelle},
        )  # fmt: skip
    figure.update_layout(**theme.plotly_layout(echelle), barmode="overlay")
    figure.update_xaxes(tickvals=positions, showgrid=False)
    figure.update_yaxes(visible=False, range=[0, maximum * 1.28])
    return figure


def _say_entier(montant: int | None) -> str:
    return _("n. r.") if montant is None else say_millions(montant, 0)


def draw_budget_courbe(courbe: pd.DataFrame, echelle: float = 1.0) -> go.Figure:
    """Cumulative curve against time: prévu dashed, engagé and décaissé up to the date, labelled at their end."""
    figure = go.Figure()
    fins = pd.to_datetime(courbe["fin"])
    series = (
        ("prevu", _("prévu"), {"color": theme.PREVU_BORD, "width": 3, "dash": "dash"}),
        ("engage", _("engagé"), {"color": theme.ENGAGE_LIGNE, "width": 3}),
        ("paye", _("décaissé"), {"color": theme.DECAISSE, "width": 4}),
    )
    hauts: list[float] = []
    for champ, nom, trait in series:
        connues = courbe[champ].notna()
        if not connues.any():
            continue
        x, y = fins[connues], courbe.loc[connues, champ].astype("float64") / MILLION
        figure.add_scatter(x=x, y=y, mode="lines", line=trait, hoverinfo="skip", cliponaxis=False)
        dernier = float(y.iloc[-1])
        dit = say_millions(int(courbe.loc[connues, champ].iloc[-1]), 0)
        figure.add_annotation(
            x=x.iloc[-1], y=_spread(dernier, hauts), text=f"{nom} <b>{dit}</b>",
            showarrow=False, xanchor="left", xshift=6, font={"color": theme.ENCRE, "size": theme.TEXTE_PX * echelle},
        )  # fmt: skip
    figure.update_layout(**theme.plotly_layout(echelle))
    figure.update_xaxes(
        range=["2021-12-15", "2028-12-31"],
        tickvals=[f"{a}-07-01" for a in range(2022, 2027)],
        ticktext=[str(a) for a in range(2022, 2027)],
        showgrid=False,
    )
    figure.update_yaxes(rangemode="tozero", nticks=5, tickformat=",")
    return figure


def _spread(valeur: float, prises: list[float], ecart: float = 55.0) -> float:
    """A label's height that does not sit on one already placed."""
    while any(abs(valeur - p) < ecart for p in prises):
        valeur -= ecart
    prises.append(valeur)
    return valeur
