"""What flows down a page: pieces of a known height, kept together or cut where they may be, and charts that take what is left.

A piece never exceeds a page by construction: long texts are one piece per line, a tall row of a table is cut before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from ccm_data.figures import theme
from ccm_data.reports.mesure import LIGNE
from ccm_data.reports.pdf.toile import Toile

Dessin = Callable[[Toile, float, float], None]  # (canvas, x, top)
RESPIRATION: Final = 10.0


@dataclass(frozen=True)
class Morceau:
    """`colle`: on the same page as the next; `entete`: drawn again above it at the top of a page; `blanc`: mere space."""

    hauteur: float
    draw: Dessin
    colle: bool = False
    entete: Morceau | None = None
    blanc: bool = False


@dataclass(frozen=True)
class Souple:
    """A chart, a map, a picture: it takes what the page leaves, between two heights."""

    minimum: float
    maximum: float
    make: Callable[[float], list[Morceau]]


Piece = Morceau | Souple


def make_blanc(hauteur: float = RESPIRATION) -> Morceau:
    """Space, lost at the top of a page."""
    return Morceau(hauteur, lambda _toile, _x, _haut: None, blanc=True)


def make_lignes(
    toile: Toile, texte: str, corps: float, largeur: float, *, gras: bool = False, couleur: str = theme.ENCRE,
    retrait: float = 0.0, colle: bool = False,
) -> list[Morceau]:  # fmt: skip
    """A text, one piece per line; no line is left alone. `colle`: all of it, with what follows."""
    lignes = toile.list_lignes(texte, corps, largeur - retrait, gras)

    def _make(rang: int, ligne: str) -> Morceau:
        def _draw(t: Toile, x: float, haut: float) -> None:
            t.draw_ligne(ligne, x + retrait, haut, corps, gras=gras, couleur=couleur)

        ensemble = colle or (rang in (0, len(lignes) - 2) and rang < len(lignes) - 1)
        return Morceau(corps * LIGNE, _draw, ensemble)

    return [_make(rang, ligne) for rang, ligne in enumerate(lignes)]


def make_barre_gauche(
    morceaux: Iterable[Morceau], couleur: str, largeur: float, fond: str | None, page: float
) -> list[Morceau]:
    """The same pieces with a coloured edge on their left, and a background over `page` points."""

    def _wrap(m: Morceau) -> Morceau:
        def _draw(t: Toile, x: float, haut: float) -> None:
            if fond is not None:
                t.draw_rectangle(x, haut, page, m.hauteur + 0.3, fond=fond)
            t.draw_rectangle(x, haut, largeur, m.hauteur + 0.3, fond=couleur)
            m.draw(t, x, haut)

        return Morceau(m.hauteur, _draw, m.colle, m.entete)

    return [_wrap(m) for m in morceaux]


def resolve(pieces: Sequence[Piece], place: float) -> list[Morceau]:
    """The charts given what the others leave of a page of `place` points, shared by what they ask for at least."""
    souples = [p for p in pieces if isinstance(p, Souple)]
    fixe = sum(p.hauteur for p in pieces if isinstance(p, Morceau))
    minimum = sum(p.minimum for p in souples)
    reste = max(place - fixe - minimum, 0.0)
    voulu = sum(p.maximum - p.minimum for p in souples) or 1.0
    morceaux: list[Morceau] = []
    for piece in pieces:
        if isinstance(piece, Morceau):
            morceaux.append(piece)
            continue
        part = reste * (piece.maximum - piece.minimum) / voulu
        morceaux += piece.make(min(piece.minimum + part, piece.maximum))
    return morceaux


Page = list[tuple[float, Morceau]]  # (top within the page's body, piece)


def paginate(morceaux: Sequence[Morceau], premiere: float, suivantes: float) -> list[Page]:
    """The pieces over pages whose bodies have these heights; at least one page."""
    pages: list[Page] = [[]]
    haut = 0.0
    for groupe in _list_groupes(morceaux):
        place = premiere if len(pages) == 1 else suivantes
        hauteur = sum(m.hauteur for m in groupe)
        ensemble = haut + hauteur <= place or not pages[-1]
        if not ensemble and hauteur + _get_entete(groupe[0]) <= suivantes:
            pages.append([])
            haut = 0.0
        for m in groupe:
            place = premiere if len(pages) == 1 else suivantes
            if haut + m.hauteur > place + 0.01 and pages[-1]:
                pages.append([])
                haut = 0.0
            if not pages[-1]:
                if m.blanc:
                    continue
                if m.entete is not None and len(pages) > 1:
                    pages[-1].append((haut, m.entete))
                    haut += m.entete.hauteur
            pages[-1].append((haut, m))
            haut += m.hauteur
    return [p for p in pages if p] or [[]]


def _get_entete(m: Morceau) -> float:
    return m.entete.hauteur if m.entete is not None else 0.0


def _list_groupes(morceaux: Sequence[Morceau]) -> Iterable[list[Morceau]]:
    """Pieces that stay together: each one that sticks, with the next."""
    groupe: list[Morceau] = []
    for m in morceaux:
        groupe.append(m)
        if not m.colle:
            yield groupe
            groupe = []
    if groupe:
        yield groupe
