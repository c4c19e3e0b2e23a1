"""What the coordination screens share: filters from the address, the matrix that opens its cells."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from ccm_data.domain.calendrier import ANNEES as ANNEES_PLAN
from ccm_data.domain.matrices import Vue
from ccm_data.domain.vocabulaire import CategorieActeur, ListeTermes
from ccm_data.figures import theme
from ccm_data.queries.interventions import Filtre, list_termes
from ccm_data.queries.matrices import Tableau4W, make_table_fiches
from ccm_data.textes import _
from ccm_data.typographie import say_nombre
from pages.ui import cache, components, session

if TYPE_CHECKING:
    import pandas as pd
    from pandas.io.formats.style import Styler

    from pages.ui.session import Contexte

ANNEES: Final = tuple(str(a) for a in ANNEES_PLAN)
# Of the names: what their longest takes, up to a quarter of a projector.
MARGE_PX, LETTRE_PX, LARGEUR_MAX_PX = 24, 7, 320
LIGNES_MAX: Final = 16  # of a matrix, before it scrolls


def list_statuts(contexte: Contexte) -> dict[str, str]:
    """Statuses of interventions, code → label."""
    return cache.read(contexte, list_termes, ListeTermes.STATUT, fermes=True)


def read_filtre(contexte: Contexte) -> Filtre:
    """The filter that the address carries; what it holds that is none of ours is left out."""
    annee, categorie, statut = (session.get_param(nom) for nom in ("periode", "categorie", "statut"))
    annee = annee if annee in ANNEES else None
    return Filtre(
        debut=date(int(annee), 1, 1) if annee else None,
        fin=date(int(annee), 12, 31) if annee else None,
        categorie=categorie if categorie in list(CategorieActeur) else None,
        statut=statut if statut in list_statuts(contexte) else None,
        public=(session.get_param("public") or "").strip()[:60] or None,
    )


def read_choix(nom: str, options: Mapping[str, Any]) -> str:
    """One of these, as the address says, else the first."""
    voulu = session.get_param(nom)
    return voulu if voulu is not None and voulu in options else next(iter(options))


def read_vue() -> Vue:
    """Whose francs: the funder's or the lead's."""
    return "bailleur" if session.get_param("vue") == "bailleur" else "executant"


def choose_public() -> None:
    """A word of the target group, bound to the address."""
    cle = "choix_public"

    def _write() -> None:
        session.set_param("public", (session.get_widget(cle) or "").strip() or None)

    st.text_input(
        _("Public"), session.get_param("public") or "", key=cle, on_change=_write, label_visibility="collapsed",
        placeholder=_("Public : jeunes, réfugiés…"),
    )  # fmt: skip


def show_matrice(cadre: pd.DataFrame, ecrit: Callable[[Any], str], *, alt: str, key: str) -> tuple[int, int] | None:
    """A matrix whose cells are tinted by size and open when chosen: (row, column) from 0, names left out.

    `largeurs`: pixels of some columns.
    """
    noms = list(cadre.columns)
    chiffres = noms[1:]
    valeurs = [v for v in cadre[chiffres[:-1]].iloc[:-1].to_numpy().ravel() if not _is_vide(v)]
    plus_grand = max(map(int, valeurs), default=0)
    style = cadre.style.format(dict.fromkeys(chiffres, ecrit)).map(
        lambda v: _tint(v, plus_grand), subset=(cadre.index[:-1], chiffres[:-1])
    )
    style = style.map(
        lambda v: f"color: {theme.ZERO}" if not _is_vide(v) and v == 0 else "", subset=(cadre.index, chiffres)
    )
    lignes = [[rang[0], *map(ecrit, rang[1:])] for rang in cadre.itertuples(index=False, name=None)]
    longueur = max(len(str(ligne[0])) for ligne in lignes)
    largeur = min(MARGE_PX + LETTRE_PX * longueur, LARGEUR_MAX_PX)
    return open_case(style, cadre, lignes, alt, key, {noms[0]: largeur})


def open_case(
    style: Styler,
    cadre: pd.DataFrame,
    lignes: Sequence[Sequence[str]],
    alt: str,
    key: str,
    largeurs: Mapping[str, int] | None = None,
) -> tuple[int, int] | None:
    """Show a grid whose first column names the rows; the cell that was chosen (row, column) from 0, names left out.

    `largeurs`: pixels of some columns.
    """
    noms = [str(c) for c in cadre.columns]
    nom = st.column_config.TextColumn(pinned=True, width=(largeurs or {}).get(noms[0]))
    etat = st.dataframe(
        style, hide_index=True, row_height=components.HAUTEUR_LIGNE, alt=alt, key=key, on_select="rerun",
        selection_mode="single-cell", placeholder="—",
        height=components.get_hauteur(len(cadre), LIGNES_MAX),
        column_config={nom: st.column_config.Column(width=largeur) for nom, largeur in (largeurs or {}).items()}
        | {noms[0]: nom},
    )  # fmt: skip
    components.show("jumeau.html", titre=alt, colonnes=noms, lignes=lignes)
    cases = etat["selection"].get("cells") or []
    if not cases:
        return None
    ligne, colonne = cases[0]
    rang = noms.index(str(colonne)) - 1
    return None if rang < 0 or ligne >= len(cadre) else (int(ligne), rang)


def say_entier(valeur: Any) -> str:
    """A cell that counts."""
    return "—" if _is_vide(valeur) else say_nombre(int(valeur))


def _is_vide(valeur: Any) -> bool:
    return valeur is None or str(valeur) in {"<NA>", "nan"}


def _tint(valeur: Any, plus_grand: int) -> str:
    """One of five earths, white for nothing; ink or white on top, whichever is read."""
    if _is_vide(valeur) or not plus_grand or int(valeur) <= 0:
        return ""
    rang = min(4, int(5 * int(valeur) / (plus_grand + 1)))
    return f"background-color: {theme.TERRE[rang]}; color: {theme.BLANC if rang >= 3 else theme.ENCRE}"


def show_interventions(contexte: Contexte, codes: Collection[str], *, alt: str, key: str) -> None:
    """The interventions behind a figure, those that this person may read; how many are withheld."""
    lignes, retenues = cache.read(contexte, make_table_fiches, contexte.personne, tuple(sorted(codes)))
    if len(lignes):
        components.show_tableau(lignes, alt=alt, key=key, vide="—")
    components.show_retenues(retenues, len(lignes))


def say_case(tableau: Tableau4W, case: tuple[int, int]) -> str:
    """« Santé, Agadez »."""
    ligne, colonne = case
    noms = [
        tableau.lignes[ligne][1] if ligne < len(tableau.lignes) else "",
        tableau.colonnes[colonne][1] if colonne < len(tableau.colonnes) else "",
    ]
    return ", ".join(n for n in noms if n) or _("Toutes les interventions")
