"""The palette is one: constants, stylesheet and server settings say the same colours."""

from __future__ import annotations

import tomllib

import pytest

from ccm_data.config import RACINE
from ccm_data.domain.vocabulaire import StatutIndicateur
from ccm_data.figures import theme
from ccm_data.textes import set_langue

CSS = (RACINE / "assets" / "ccm.css").read_text(encoding="utf-8")
REGLAGES = tomllib.loads((RACINE / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]


@pytest.mark.parametrize("statut", list(StatutIndicateur), ids=lambda s: s.value)
def test_each_status_has_one_colour_everywhere(statut: StatutIndicateur) -> None:
    marque = theme.STATUTS[statut]
    nom = theme.COULEURS_STREAMLIT[list(StatutIndicateur).index(statut)]
    assert marque.couleur in CSS
    assert REGLAGES[f"{nom}BackgroundColor"] == marque.teinte
    assert REGLAGES[f"{nom}TextColor"] == marque.texte


@pytest.mark.parametrize(
    "couleur", [*theme.TERRE, theme.PREVU, theme.ENGAGE, theme.DECAISSE, theme.ENCRE, theme.VERT, theme.SABLE]
)
def test_quantities_and_ink_are_the_stylesheets(couleur: str) -> None:
    assert couleur in CSS


def test_no_status_colour_says_a_quantity() -> None:
    statuts = {m.couleur for m in theme.STATUTS.values()} - {theme.ARDOISE}
    assert not statuts & {*theme.TERRE, theme.PREVU, theme.ENGAGE, theme.ENGAGE_LIGNE, theme.DECAISSE}


def test_a_figure_grows_with_the_scale() -> None:
    simple, projete = theme.plotly_layout(hauteur=200), theme.plotly_layout(1.4, hauteur=200)
    assert (simple["height"], projete["height"]) == (200, 280)
    assert projete["font"]["size"] == pytest.approx(1.4 * simple["font"]["size"])
    assert projete["xaxis"]["tickfont"]["size"] > simple["xaxis"]["tickfont"]["size"]


@pytest.mark.parametrize(("langue", "signes"), [("fr", ",\u202f"), ("en", ".,")])
def test_numbers_follow_the_language(langue: str, signes: str) -> None:
    set_langue(langue)
    try:
        assert theme.plotly_layout()["separators"] == signes
    finally:
        set_langue("fr")
