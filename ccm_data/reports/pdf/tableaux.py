"""Tables: headings again on every page, rows cut only when one alone is taller than a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ccm_data.figures import theme
from ccm_data.reports.mesure import LIGNE
from ccm_data.reports.pdf.morceaux import Morceau, Piece, make_lignes
from ccm_data.reports.pdf.toile import Toile
from ccm_data.reports.scenes import Tableau, Ton

CORPS: Final = 9.5
MARGE: Final = 6.0
HAUT: Final = 3.5
MARQUE: Final = 8.0
LIGNES_PAR_RANG: Final = 22  # more in one cell: the row goes on in another
POIDS: Final = (6, 42)  # signs of a column whose width is not given: at least, at most


def compute_largeurs(bloc: Tableau, largeur: float) -> list[float]:
    """Points of each column: the widths given, else what its words ask for."""
    poids = list(bloc.largeurs)
    if len(poids) != len(bloc.colonnes):
        poids = [
            float(min(max([len(nom), *(len(ligne[n]) for ligne in bloc.lignes if n < len(ligne)), POIDS[0]]), POIDS[1]))
            for n, nom in enumerate(bloc.colonnes)
        ]
    return [largeur * p / (sum(poids) or 1.0) for p in poids]


def list_tableau(toile: Toile, bloc: Tableau, largeur: float) -> list[Piece]:
    """Title, headings, rows; what is said when there is none."""
    pieces: list[Piece] = []
    if bloc.titre:
        air = Morceau(3, lambda _t, _x, _h: None, colle=True)
        pieces = [*make_lignes(toile, bloc.titre, 10, largeur, gras=True, colle=True), air]
    if not bloc.lignes:
        return [*pieces, *_make_vide(toile, bloc.vide, largeur)]
    largeurs = compute_largeurs(bloc, largeur)
    entetes = [
        _make_rang(toile, part, largeurs, entete=True, ton=None, fin=True)
        for part in _cut_cellules(toile, bloc.colonnes, largeurs, gras=True)
    ]
    entete = entetes[0]  # headings of more than a page's third do not exist but in attacks: their start is repeated
    pieces += [Morceau(m.hauteur, m.draw, colle=True) for m in entetes]
    for rang, ligne in enumerate(bloc.lignes):
        ton = bloc.tons[rang] if rang < len(bloc.tons) else None
        parts = _cut_cellules(toile, ligne, largeurs, marque=ton is not None)
        for n, part in enumerate(parts):
            m = _make_rang(toile, part, largeurs, entete=False, ton=ton if n == 0 else None, fin=n == len(parts) - 1)
            pieces.append(Morceau(m.hauteur, m.draw, entete=entete))
    return pieces


def _cut_cellules(
    toile: Toile, cellules: Sequence[str], largeurs: Sequence[float], *, gras: bool = False, marque: bool = False
) -> list[list[list[str]]]:
    """The lines of each cell, in parts of LIGNES_PAR_RANG lines at most."""
    lignes = [
        toile.list_lignes(texte, CORPS, w - 2 * MARGE - (MARQUE + 5 if marque and n == len(cellules) - 1 else 0), gras)
        for n, (texte, w) in enumerate(zip(cellules, largeurs, strict=False))
    ]
    hauteur = max((len(x) for x in lignes), default=1)
    return [[x[n : n + LIGNES_PAR_RANG] for x in lignes] for n in range(0, max(hauteur, 1), LIGNES_PAR_RANG)]


def _make_rang(
    toile: Toile, cellules: list[list[str]], largeurs: Sequence[float], *, entete: bool, ton: Ton | None, fin: bool
) -> Morceau:
    hauteur = max([len(c) for c in cellules] + [1]) * CORPS * LIGNE + 2 * HAUT
    total = sum(largeurs)

    def _draw(t: Toile, x: float, haut: float) -> None:
        if entete:
            t.draw_rectangle(x, haut, total, hauteur, fond=theme.SABLE)
        gauche = x
        for n, (lignes, w) in enumerate(zip(cellules, largeurs, strict=False)):
            decale = 0.0
            if ton is not None and n == len(cellules) - 1:
                t.draw_marque(gauche + MARGE, haut + HAUT + 2, MARQUE, ton)
                decale = MARQUE + 5
            couleur = theme.ENCRE_SABLE if entete else theme.ENCRE
            t.draw_lignes(lignes, gauche + MARGE + decale, haut + HAUT, CORPS, gras=entete, couleur=couleur)
            gauche += w
        if fin:
            t.draw_trait(x, haut + hauteur, x + total, haut + hauteur, theme.FILET, 0.7)

    return Morceau(hauteur, _draw)


def _make_vide(toile: Toile, texte: str, largeur: float) -> list[Morceau]:
    """A dashed frame that says that there is nothing."""
    lignes = toile.list_lignes(texte, 12, largeur - 28)[:8]
    hauteur = len(lignes) * 12 * LIGNE + 20

    def _draw(t: Toile, x: float, haut: float) -> None:
        t.draw_rectangle(x, haut, largeur, hauteur, bord=theme.ZERO, trait=1.2, rayon=3, tirets=True)
        t.draw_lignes(lignes, x + 14, haut + 10, 12, couleur=theme.ENCRE_2)

    return [Morceau(hauteur, _draw)]
