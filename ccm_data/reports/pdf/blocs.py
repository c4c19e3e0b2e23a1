"""Key figures, texts, lists, pictures as pieces of a page; the other blocks have their own file."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Final

from reportlab.lib.utils import ImageReader

from ccm_data.figures import theme
from ccm_data.reports.mesure import LIGNE, cut_lignes
from ccm_data.reports.pdf.barres import list_barres
from ccm_data.reports.pdf.cartes import list_carte
from ccm_data.reports.pdf.morceaux import Morceau, Piece, Souple, make_barre_gauche, make_blanc, make_lignes
from ccm_data.reports.pdf.tableaux import list_tableau
from ccm_data.reports.pdf.toile import HAUTEUR, Toile
from ccm_data.reports.scenes import Barres, Bloc, Carte, Chiffre, Chiffres, Image, Liste, Tableau, Texte
from ccm_data.reports.tons import get_teinte

CORPS: Final = 12.0
PETIT: Final = 9.5
VALEUR: Final = (28.0, 22.0, 18.0, 14.0)  # the largest that fits
MARGE: Final = 10.0
CARTE_LIGNES: Final = 5


def list_pieces(toile: Toile, bloc: Bloc, largeur: float) -> list[Piece]:
    """The pieces of a block."""
    if isinstance(bloc, Chiffres):
        return _list_chiffres(toile, bloc, largeur)
    if isinstance(bloc, Barres):
        return list_barres(toile, bloc, largeur)
    if isinstance(bloc, Tableau):
        return list_tableau(toile, bloc, largeur)
    if isinstance(bloc, Carte):
        return list_carte(toile, bloc, largeur)
    if isinstance(bloc, Liste):
        return _list_liste(toile, bloc, largeur)
    if isinstance(bloc, Image):
        return _list_image(toile, bloc, largeur)
    return list(_list_texte(toile, bloc, largeur))


def _list_texte(toile: Toile, bloc: Texte, largeur: float) -> Iterator[Piece]:
    for rang, paragraphe in enumerate(bloc.paragraphes):
        if rang:
            yield make_blanc(7)
        yield from make_lignes(toile, paragraphe, CORPS, min(largeur, 680))


def _list_liste(toile: Toile, bloc: Liste, largeur: float) -> list[Piece]:
    pieces: list[Piece] = (
        [*make_lignes(toile, bloc.titre, 10, largeur, couleur=theme.ENCRE_2, colle=True)] if bloc.titre else []
    )
    if bloc.titre:
        pieces.append(Morceau(4, lambda _t, _x, _h: None, colle=True))
    for rang, (point, detail) in enumerate(bloc.points):
        if rang:
            pieces.append(make_blanc(7))
        lignes = make_lignes(
            toile, point, CORPS, largeur, gras=True, retrait=13, colle=bool(detail) and len(point) < 900
        )
        if detail:
            lignes += make_lignes(toile, detail, PETIT, largeur, couleur=theme.ENCRE_2, retrait=13)
        pieces += make_barre_gauche(lignes, theme.ENGAGE, 3, None, largeur)
    return pieces


def _list_image(toile: Toile, bloc: Image, largeur: float) -> list[Piece]:
    """The picture whole, in its proportions, with what it shows in words."""
    rapport = bloc.hauteur / bloc.largeur
    naturelle = min(largeur * rapport, 400.0)

    def _make(hauteur: float) -> list[Morceau]:
        large = min(largeur, hauteur / rapport)

        def _draw(t: Toile, x: float, haut: float) -> None:
            lue = ImageReader(io.BytesIO(bloc.octets))
            x += (largeur - large) / 2
            t.canvas.drawImage(lue, x, HAUTEUR - haut - large * rapport, large, large * rapport, mask="auto")

        return [Morceau(min(hauteur, large * rapport), _draw, colle=True)]

    legende = make_lignes(toile, bloc.alt, PETIT, largeur, couleur=theme.ENCRE_2)
    return [Souple(min(naturelle, 160.0), naturelle, _make), Morceau(4, lambda _t, _x, _h: None, colle=True), *legende]


def _list_chiffres(toile: Toile, bloc: Chiffres, largeur: float) -> list[Piece]:
    """Key figures side by side, four on a line; what a frame cannot hold is written whole under them."""
    pieces: list[Piece] = []
    for debut in range(0, len(bloc.chiffres), 4):
        rang = bloc.chiffres[debut : debut + 4]
        large = (largeur - 10 * (len(rang) - 1)) / len(rang)
        cadres = [_Cadre(toile, c, large) for c in rang]
        hauteur = max(c.hauteur for c in cadres)

        def _draw(
            t: Toile,
            x: float,
            haut: float,
            cadres: list[_Cadre] = cadres,
            large: float = large,
            hauteur: float = hauteur,
        ) -> None:
            for n, cadre in enumerate(cadres):
                cadre.draw(t, x + n * (large + 10), haut, hauteur)

        pieces += [make_blanc(8)] if debut else []
        pieces.append(Morceau(hauteur, _draw))
        for cadre in cadres:
            for texte in cadre.restes:
                pieces += [make_blanc(4), *make_lignes(toile, texte, PETIT, largeur)]
    return pieces


class _Cadre:
    """A key figure in its frame: label, figure, bar with its tick, base."""

    def __init__(self, toile: Toile, chiffre: Chiffre, largeur: float) -> None:
        self.chiffre, self.largeur, self.restes = chiffre, largeur, list[str]()
        place, marge = largeur - 2 * MARGE, toile.polices.marge
        self.corps = next((c for c in VALEUR if len(toile.list_lignes(chiffre.texte, c, place, True)) == 1), VALEUR[-1])
        self.libelle = self._cut(toile, chiffre.libelle, 10.5, place, marge, True)
        self.valeur = self._cut(toile, chiffre.texte, self.corps, place, marge, True)
        self.base = self._cut(toile, chiffre.base, PETIT, place, marge, False) if chiffre.base else []
        self.barre = 18.0 if chiffre.ratio is not None else 0.0
        self.hauteur = (
            2 * MARGE
            + LIGNE * (len(self.libelle) * 10.5 + len(self.valeur) * self.corps + len(self.base) * PETIT)
            + self.barre
        )

    def _cut(self, toile: Toile, texte: str, corps: float, place: float, marge: float, gras: bool) -> list[str]:
        debut, reste = cut_lignes(texte, CARTE_LIGNES, corps * marge, place, gras)
        if reste:
            self.restes.append(texte)
            debut = f"{debut[:-1]}…"
        return toile.list_lignes(debut, corps, place, gras)

    def draw(self, t: Toile, x: float, haut: float, hauteur: float) -> None:
        """The frame at its place; frames of a line share their height."""
        t.draw_rectangle(x, haut, self.largeur, hauteur, bord=theme.FILET, trait=0.9, rayon=3)
        gauche, y = x + MARGE, haut + MARGE
        y += t.draw_lignes(self.libelle, gauche, y, 10.5, gras=True)
        y += t.draw_lignes(self.valeur, gauche, y, self.corps, gras=True)
        if self.chiffre.ratio is not None:
            self._draw_barre(t, gauche, y + 4, self.largeur - 2 * MARGE)
        t.draw_lignes(self.base, gauche, y + self.barre, PETIT, couleur=theme.ENCRE_2)

    def _draw_barre(self, t: Toile, x: float, y: float, largeur: float) -> None:
        t.draw_rectangle(x, y, largeur, 9, fond=theme.SABLE, bord=theme.FILET, trait=0.5)
        ratio = min(max(self.chiffre.ratio or 0.0, 0.0), 1.0)
        t.draw_teinte(x, y, largeur * ratio, 9, get_teinte(self.chiffre.ton))
        if self.chiffre.attendu is not None:
            t.draw_rectangle(x + largeur * min(max(self.chiffre.attendu, 0.0), 1.0) - 1, y - 3, 2, 15, fond=theme.ENCRE)
