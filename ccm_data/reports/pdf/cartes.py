"""The map as vectors, its labels, its legend, and every region with its value beside it: what a label cannot hold is read there."""

from __future__ import annotations

from typing import Final

from ccm_data.figures import theme
from ccm_data.phrases.rendus import say_absente
from ccm_data.reports.carte import Contour, get_couleur_classe, read_fond
from ccm_data.reports.mesure import LIGNE, cut_lignes
from ccm_data.reports.pdf.morceaux import Morceau, Piece, Souple, make_blanc, make_lignes
from ccm_data.reports.pdf.toile import Toile
from ccm_data.reports.scenes import Carte, RegionValeur

CORPS: Final = 9.5
ETIQUETTE: Final = 8.0
ETIQUETTE_MAX: Final = 84.0  # points of a value written on the map
COTE: Final = 0.3  # of the width, for the list beside the map
BORD: Final = 34.0  # kept on the left for the labels that stand outside
VALEUR_LIGNES: Final = 3
CLASSES_MAX: Final = 8


def list_carte(toile: Toile, bloc: Carte, largeur: float) -> list[Piece]:
    """The map takes what the page leaves."""
    cote = largeur * COTE
    rangs = [_cut_region(toile, r, cote) for r in bloc.regions]
    legende = [
        *[(get_couleur_classe(i, len(bloc.legende)), t) for i, t in enumerate(bloc.legende)],
        (None, say_absente()),
    ]
    liste = sum(max(len(v), 1) for _r, v, _reste in rangs) * CORPS * LIGNE + 4 * len(rangs)
    minimum = max(liste + 16 * min(len(legende), CLASSES_MAX) + 18, 220.0)
    restes = [m for r, _v, reste in rangs if reste for m in make_lignes(toile, f"{r.nom} : {r.texte}", CORPS, largeur)]

    def _make(hauteur: float) -> list[Morceau]:
        def _draw(t: Toile, x: float, haut: float) -> None:
            _draw_fond(t, bloc, x, haut, largeur - cote - 24, hauteur)
            _draw_cote(t, rangs, legende, x + largeur - cote, haut, cote, hauteur)

        return [Morceau(hauteur, _draw)]

    titre = make_lignes(toile, bloc.titre, 10, largeur, gras=True, colle=True) if bloc.titre else []
    return [*titre, Souple(minimum, 400.0, _make), *([make_blanc(), *restes] if restes else [])]


def _cut_region(toile: Toile, region: RegionValeur, cote: float) -> tuple[RegionValeur, list[str], str]:
    """(region, the lines of its value beside the map, what did not fit there)."""
    large = cote * 0.56
    debut, reste = cut_lignes(region.texte, VALEUR_LIGNES, CORPS * toile.polices.marge, large, True)
    return region, toile.list_lignes(f"{debut[:-1]}…" if reste else debut, CORPS, large, True), reste


def _draw_fond(t: Toile, bloc: Carte, x: float, haut: float, largeur: float, hauteur: float) -> None:
    fond, valeurs = read_fond(), {r.code: r for r in bloc.regions}
    echelle = min((largeur - BORD) / fond.largeur, (hauteur - 12) / fond.hauteur)
    x0 = x + BORD + (largeur - BORD - fond.largeur * echelle) / 2
    y0 = haut + 4
    connus = [(c, valeurs[c.code]) for c in fond.regions if c.code in valeurs]
    for contour, region in connus:
        couleur = None if region.classe is None else get_couleur_classe(region.classe, len(bloc.legende))
        anneaux = [[(x0 + echelle * u, y0 + echelle * v) for u, v in a] for p in contour.polygones for a in p]
        t.draw_polygones(anneaux, couleur)
    for contour, _region in connus:
        if contour.dehors:
            (ex, ey), (cx, cy) = contour.etiquette, contour.centre
            t.draw_trait(x0 + echelle * ex, y0 + echelle * ey, x0 + echelle * cx, y0 + echelle * cy, theme.ENCRE, 0.8)
    for contour, region in connus:
        _draw_etiquette(t, contour, region, (x0, y0, echelle), (x, x + largeur, haut + hauteur))


def _draw_etiquette(
    t: Toile,
    contour: Contour,
    region: RegionValeur,
    place: tuple[float, float, float],
    bornes: tuple[float, float, float],
) -> None:
    """The region's name, and its value when it is short, on a white plate that stays inside the map's box."""
    x0, y0, echelle = place
    court = t.compute_largeur(region.texte, ETIQUETTE, True) <= ETIQUETTE_MAX
    lignes = [region.nom, *([region.texte] if court else [])]
    demi = max(t.compute_largeur(x, ETIQUETTE, n == 1) for n, x in enumerate(lignes)) / 2 + 4
    h = len(lignes) * ETIQUETTE * LIGNE + 4
    gauche, droite, bas = bornes
    cx = min(max(x0 + echelle * contour.etiquette[0], gauche + demi), droite - demi)
    cy = min(y0 + echelle * contour.etiquette[1], bas - h / 2)
    t.draw_rectangle(cx - demi, cy - h / 2, 2 * demi, h, fond=theme.BLANC, bord=theme.FILET, trait=0.5, rayon=2)
    for n, ligne in enumerate(lignes):
        t.draw_ligne(ligne, cx, cy - h / 2 + 2 + n * ETIQUETTE * LIGNE, ETIQUETTE, gras=n == 1, aligne="centre")


def _draw_cote(
    t: Toile, rangs: list[tuple[RegionValeur, list[str], str]], legende: list[tuple[str | None, str]], x: float,
    haut: float, cote: float, hauteur: float,
) -> None:  # fmt: skip
    y = haut + 2
    for region, lignes, _reste in rangs:
        nom = cut_lignes(region.nom, 1, CORPS * t.polices.marge, cote * 0.4)[0]
        t.draw_ligne(nom, x, y, CORPS)
        pris = t.draw_lignes(lignes, x + cote * 0.42, y, CORPS, gras=True)
        y += max(pris, CORPS * LIGNE) + 2
        t.draw_trait(x, y, x + cote, y, theme.FILET, 0.5)
        y += 2
    y = max(y + 12, haut + hauteur - 16 * len(legende) - 4)
    for couleur, texte in legende[-CLASSES_MAX:]:
        if couleur is None:
            t.draw_absente(x, y, 20, 11)
        else:
            t.draw_rectangle(x, y, 20, 11, fond=couleur, bord=theme.ARDOISE, trait=0.5)
        t.draw_ligne(cut_lignes(texte, 1, CORPS * t.polices.marge, cote - 28)[0], x + 27, y, CORPS)
        y += 16
