"""A screen for the map's browser test: real frame, real embed, hostile names, no database."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import streamlit as st

from ccm_data.figures.fond_carte import draw_carte
from pages.ui import carte, session
from tests.browser.scenes.noms import HOSTILE

VALEURS = {"NE001": 6, "NE003": 2, "NE004": 3, "NE005": 4, "NE007": 2, "NE008": 1}
NOMS = ("Agadez", "Diffa", "Dosso", "Maradi", "Tahoua", "Tillabéri", "Zinder", "Niamey")
REGIONS = pd.DataFrame(
    [
        {
            "code": f"NE00{i}",
            "nom": nom,
            "valeur": VALEURS.get(f"NE00{i}"),
            "libelle": str(VALEURS.get(f"NE00{i}", "non rapporté")),
        }
        for i, nom in enumerate(NOMS, start=1)
    ]
)


def _make_couche(*lieux: tuple[float, float], titre: str = "Comité de veille") -> pd.DataFrame:
    return pd.DataFrame([{"lat": a, "lon": b, "titre": titre, "lignes": ["Commune", "créé en 2024"]} for a, b in lieux])


COMITES = (
    (19.37, 5.80), (18.7369, 7.3853), (16.97, 7.99), (16.75, 7.2), (19.0, 12.89), (17.2, 8.7), (15.7, 5.9), (14.9, 5.5),
    (14.1, 5.45), (14.2, 6.0), (13.9, 6.5), (13.75, 6.95), (14.15, 7.7), (14.0, 8.6), (14.1, 9.7), (13.75, 2.4), (13.4, 3.4),
    (13.05, 3.6),
)  # fmt: skip
INFORMATION = ((21.95, 13.65), (20.19, 12.96), (18.0, 9.2), (15.5, 7.7), (13.2, 7.26), (14.55, 5.0), (13.0, 8.5))
FOCAUX = (
    (19.0, 8.2), (17.95, 11.5), (16.1, 8.35), (15.3, 6.35), (14.2, 1.8), (13.85, 4.0), (13.6, 7.5), (13.7, 9.1), (13.32, 12.61),
)  # fmt: skip
COUCHES = {
    "comites": _make_couche(*COMITES),
    "points_information": _make_couche(*INFORMATION, titre=HOSTILE),
    "points_focaux": _make_couche(*FOCAUX, titre="Point focal"),
    "acteurs": _make_couche((16.97, 7.99), (16.97, 7.99), titre="OIM"),
}

st.set_page_config(layout="wide")
st.html(Path(__file__).resolve().parents[3] / "assets" / "ccm.css")
if "vide" in st.query_params:
    REGIONS["valeur"] = None
session.remember("tours", session.recall("tours", 0) + 1)
colonne, autre = st.columns([1.4, 1])
with colonne:
    clic = carte.show_carte(
        lambda: draw_carte(REGIONS, COUCHES, alt="Comités de veille par région"),
        "essai",
        on_region=lambda code: session.set_param("region", code),
    )
autre.text(f"region={session.get_param('region')} clic={clic} tours={session.recall('tours')}")
