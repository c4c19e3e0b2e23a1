"""The history of an indicator: its figure at each quarter's end against its target; nothing is drawn where nothing is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from ccm_data.domain.calendrier import ANNEES
from ccm_data.figures import theme
from ccm_data.queries.indicateurs import LigneIndicateur
from ccm_data.textes import _
from ccm_data.typographie import say_nombre


def list_places(cibles: Mapping[int, float], fins: pd.Series, y: pd.Series) -> list[str]:
    """Where each target's label stands: on the side that the curve leaves free. `fins`: dates, `y`: the figure then."""
    monte = len(y) == 0 or y.iloc[-1] >= y.iloc[0]
    places = []
    for annee, cible in cibles.items():
        avant = y[(fins <= pd.Timestamp(annee, 12, 31)).to_numpy()]
        dessus = len(avant) > 0 and avant.iloc[-1] >= cible
        # The plan's last year stands at the chart's right edge.
        droite = monte == dessus and annee != ANNEES[-1]
        places.append(f"{'bottom' if dessus else 'top'} {'right' if droite else 'left'}")
    return places


def list_etiquettes(cibles: Sequence[float], *, a_niveaux: bool) -> list[str]:
    """What stands beside each target; one that is the same as the year before is not written twice."""
    avant: list[float | None] = [None, *cibles[:-1]]
    return [
        "" if c == a else _("cible") if a_niveaux else _("cible {v}").format(v=say_nombre(c, 1))
        for c, a in zip(cibles, avant, strict=True)
    ]


def draw_historique(ligne: LigneIndicateur, serie: pd.DataFrame, echelle: float = 1.0) -> go.Figure:
    """Line of the figure, marks for yearly targets, labels at their end. Levels are drawn by rank and named."""
    figure = go.Figure()
    rangs = {niveau: i for i, niveau in enumerate(ligne.definition.echelle)}
    if ligne.definition.a_niveaux:
        y = pd.Series([rangs.get(n) if isinstance(n, str) else None for n in serie["niveau"]], dtype="Float64")
        cibles = {a: float(rangs[n]) for a, n in ligne.cibles.niveaux.items() if n in rangs}
    else:
        y, cibles = serie["valeur"], ligne.cibles.valeurs
        if ligne.definition.mode_cible.value == "incrementale":
            cumul = 0.0
            cibles = {a: (cumul := cumul + v) for a, v in sorted(cibles.items())}
    fins, connus = pd.to_datetime(serie["fin"]), y.notna()
    figure.add_scatter(
        x=fins[connus], y=y[connus].astype(float), mode="lines+markers", line={"color": theme.ENCRE, "width": 3},
        marker={"size": 5}, hoverinfo="skip",
    )  # fmt: skip
    if cibles:
        figure.add_scatter(
            x=[f"{a}-12-31" for a in cibles], y=list(cibles.values()), mode="markers+text", hoverinfo="skip",
            marker={"symbol": "line-ew-open", "size": 18, "line": {"width": 3, "color": theme.ARDOISE}, "color": theme.ARDOISE},
            text=list_etiquettes(list(cibles.values()), a_niveaux=bool(rangs)),
            textposition=list_places(cibles, fins[connus], y[connus].astype(float)), textfont={"color": theme.ENCRE_2},
        )  # fmt: skip
    figure.update_layout(**theme.plotly_layout(echelle))
    figure.update_xaxes(
        range=["2021-12-15", "2027-03-31"],
        tickvals=[f"{a}-07-01" for a in range(2022, 2027)],
        ticktext=[str(a) for a in range(2022, 2027)],
        showgrid=False,
    )
    if rangs:
        figure.update_yaxes(
            tickvals=list(rangs.values()), ticktext=list(rangs), range=[-0.4, len(rangs) - 0.3]
        )  # room for the label of the highest
    else:
        connues = [float(v) for v in (*y[connus], *cibles.values())]
        # Room above the highest target for its label.
        haut = max(connues, default=1.0) * 1.15 or 1.0
        figure.update_yaxes(range=[min(0.0, *connues) if connues else 0.0, haut], tickformat=",", nticks=5)
    return figure
