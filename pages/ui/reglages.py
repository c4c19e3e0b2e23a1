"""Settings of tables and filters that several screens share: columns, options, a row chosen, words of a definition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import ceil
from typing import TYPE_CHECKING, Any, Final, Literal

import streamlit as st

from ccm_data.domain.calendrier import ANNEES
from ccm_data.domain.vocabulaire import StatutIndicateur
from ccm_data.libelles import say_libelle
from ccm_data.textes import _
from pages.ui import components, session
from pages.ui.session import Contexte

if TYPE_CHECKING:
    import pandas as pd

    from ccm_data.queries.indicateurs import LigneIndicateur

ARDOISE = "#57606A"
CHERCHE_MAX = 60
COULEURS_STATUTS = ["blue", "green", "violet", "red", "gray", "gray"]
# About how wide the signs of Noto Sans are, in parts of the text's size; beyond the last a cell is a sentence.
ESPACE: Final = "\u00a0"
ETROITS, LARGES = frozenset("iljtfrI1.,;:!'’()|- \u202f\u00a0"), frozenset("mwMWÉABCDGHKNOQRSUVXYZ%@—")
SIGNES_ETROITS, SIGNES, SIGNES_LARGES, LARGEUR_ESPACE, LARGEUR_COURTE = 0.33, 0.58, 0.76, 0.26, 20.0


def list_statuts(comptes: Iterable[tuple[StatutIndicateur, int]]) -> dict[str, str]:
    """Status pills with their counts: code → « Atteint · 5 »."""
    return {s.value: f"{say_libelle(s)} · {n}" for s, n in comptes}


def list_axes(contexte: Contexte) -> dict[str, str]:
    """Options of the axis filter; "" is all."""
    return {"": _("Tous les axes")} | {
        code: f"{_('Axe {n}').format(n=code)} · {nom}" for code, nom in contexte.installation.axes.items()
    }


def list_annees() -> dict[str, str]:
    """Options of the year filter; "" is the whole plan."""
    return {"": _("Toutes les années")} | {str(a): str(a) for a in ANNEES}


def list_regions(contexte: Contexte, vide: str = "") -> dict[str, str]:
    """Options of the region filter; `vide` names the choice of none, where there is one."""
    return ({"": vide} if vide else {}) | contexte.installation.regions


def choose_annee(largeur: int) -> None:
    """The year filter, bound to the address."""
    session.choose_option(_("Année"), "annee", list_annees(), largeur=largeur)


def choose_region(contexte: Contexte, largeur: int | Literal["stretch"]) -> str | None:
    """The region filter, bound to the address, « all » first; the region chosen."""
    return session.choose_option(
        _("Région"), "region", list_regions(contexte, vide=_("Toutes les régions")), largeur=largeur
    )


def read_cherche() -> str:
    """The words that the address looks for, as a person typed them."""
    return (session.get_param("cherche") or "").strip()[:CHERCHE_MAX]


def choose_cherche(exemple: str, largeur: int | Literal["stretch"] = "stretch") -> None:
    """Words to look for, bound to the address."""
    cle = "choix_cherche"

    def _write() -> None:
        session.set_param("cherche", (session.get_widget(cle) or "").strip()[:CHERCHE_MAX] or None)

    st.text_input(
        _("Chercher"), session.get_param("cherche") or "", key=cle, on_change=_write, label_visibility="collapsed",
        placeholder=exemple, width=largeur,
    )  # fmt: skip


def choose_ligne(
    contexte: Contexte, param: str, codes: Sequence[str], tableau: pd.DataFrame, *, key: str, **reste: Any
) -> str | None:
    """A table, one row per code, and the code opened: by its row (then the address says it too), else by the address."""
    ouverte, memo = session.get_param(param), f"ouverte_{param}_{key}"
    dite, tour = session.recall(memo, (None, 0))
    # A new table for an address that came since, so that the row chosen before never wins over it; the same one as long
    # as its own rows are chosen, or every second choice would be lost.
    tour += ouverte != dite
    rang = components.show_tableau(tableau, key=f"{key}_{contexte.version}_{tour}", selection=True, **reste)
    if rang is not None and codes[rang] != ouverte:
        ouverte = codes[rang]
        session.set_param(param, ouverte)
    session.remember(memo, (ouverte, tour))
    return ouverte


def get_place(haut: Any, memo: str, demandee: str | None, ouverte: str | None) -> Any:
    """Where what is open is drawn: in `haut`, first on the page, for who follows a link to it (`demandee`); below the list
    from the moment when it was chosen there.
    """
    if ouverte != demandee:
        session.remember(memo, True)
    return components.reserve() if session.recall(memo) else haut


def make_column_statut(titre: str) -> Any:
    """A column of coloured pills over one-item lists."""
    return st.column_config.MultiselectColumn(
        titre, options=[say_libelle(s) for s in StatutIndicateur], color=COULEURS_STATUTS, width=185
    )


def make_column_progres(titre: str) -> Any:
    """A bar that caps at 100 and prints the real figure; the frame holds whole per cents."""
    return st.column_config.ProgressColumn(titre, min_value=0, max_value=100, format="%d\u202f%%", color=ARDOISE)


def make_largeurs(largeurs: Mapping[str, int]) -> dict[str, Any]:
    """Columns of words with a width in pixels: a table guesses it from its first rows alone."""
    return {nom: st.column_config.TextColumn(nom, width=largeur) for nom, largeur in largeurs.items()}


def make_colonnes_mots(cadre: pd.DataFrame) -> dict[str, Any]:
    """Columns of words as wide as their longest short cell: a table guesses from its first rows alone.

    A width in pixels would not grow with the page's text; a heading does, and no-break spaces widen it.
    """
    mots = [c for c in cadre.columns if all(isinstance(v, str) for v in cadre[c])]
    return {nom: st.column_config.TextColumn(_widen(nom, cadre[nom])) for nom in mots}


def _widen(titre: str, cellules: Iterable[str]) -> str:
    courtes = [largeur for largeur in map(_compute_largeur, cellules) if largeur <= LARGEUR_COURTE]
    manque = max(courtes, default=0.0) - _compute_largeur(titre)
    return titre + ESPACE * max(0, ceil(manque / LARGEUR_ESPACE))


def _compute_largeur(texte: str) -> float:
    """About how wide, in the text's own size."""
    return sum(SIGNES_ETROITS if x in ETROITS else SIGNES_LARGES if x in LARGES else SIGNES for x in texte)


def make_colonnes_indicateurs() -> dict[str, Any]:
    """Columns of the logframe."""
    return {
        _("Code"): st.column_config.TextColumn(_("Code"), width=64),
        _("Indicateur"): st.column_config.TextColumn(_("Indicateur"), width=375),
        _("Réalisé sur cible"): st.column_config.TextColumn(_("Réalisé sur cible"), width=240),
        _("Vers la cible"): make_column_progres(_("Vers la cible")),
        _("Statut"): make_column_statut(_("Statut")),
        _("2022 → 2026"): st.column_config.LineChartColumn(_("2022 → 2026"), color=ARDOISE, width=100),
        _("Origine"): st.column_config.TextColumn(_("Origine"), width=180),
    }


def flatten(cadre: pd.DataFrame) -> pd.DataFrame:
    """The frame for a file: lists become words, trends are left out."""
    sortie = cadre.copy()
    for colonne in list(sortie.columns):
        valeurs = [v for v in sortie[colonne] if isinstance(v, list)]
        if valeurs and all(isinstance(x, str) for v in valeurs for x in v):
            sortie[colonne] = [" ".join(v) for v in sortie[colonne]]
        elif valeurs:
            sortie = sortie.drop(columns=[colonne])
    return sortie


def say_definition(ligne: LigneIndicateur) -> list[tuple[str, str]]:
    """How the indicator is counted, in words."""
    d = ligne.definition
    return [
        (_("Type"), say_libelle(d.type)),
        (_("Sens"), say_libelle(d.sens)),
        (_("Dans le temps"), say_libelle(d.agregation_temps)),
        (_("Entre régions"), say_libelle(d.agregation_region)),
        (_("Cible"), say_libelle(d.mode_cible)),
        (_("Saisie"), say_libelle(d.mode_saisie)),
        (_("Base"), say_libelle(d.base_statut)),
    ]
