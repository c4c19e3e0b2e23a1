"""The map as native shapes: one freeform per region, earth by class, hatched where nothing was reported, labels, legend."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any, Final

from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from ccm_data.figures import theme
from ccm_data.phrases.rendus import say_absente, say_alt_carte
from ccm_data.reports.carte import Contour, Fond, get_couleur_classe, read_fond
from ccm_data.reports.mesure import LIGNE, compute_largeur, list_lignes
from ccm_data.reports.pptx import page as tailles
from ccm_data.reports.pptx.formes import Alinea, Run, Toile, set_alt, set_couleur, set_hachures
from ccm_data.reports.pptx.intitules import draw_intitule
from ccm_data.reports.pptx.mesures import ETIQUETTE_CARTE, list_hors_carte
from ccm_data.reports.pptx.page import Zone
from ccm_data.reports.scenes import Carte, RegionValeur
from ccm_data.reports.tons import ABSENTE

ETIQUETTE_PLI: Final = 84.0  # width at which a value goes to the line
MARGE_CARTE: Final = 12.0  # labels stand out of the box a little
LEGENDE: Final = 190.0
CARRE: Final = 18.0


def draw_carte(toile: Toile, bloc: Carte, zone: Zone) -> None:
    """Title, map, legend; values too long for a label stand in a table beside it (composition)."""
    zone = draw_intitule(toile, bloc.titre, zone)
    fond = read_fond()
    echelle = min(
        (zone.largeur - LEGENDE - 16 - 2 * MARGE_CARTE) / fond.largeur, (zone.hauteur - 2 * MARGE_CARTE) / fond.hauteur
    )
    prise = fond.largeur * echelle + 2 * MARGE_CARTE + 22 + LEGENDE
    gauche = zone.x + max(0.0, (zone.largeur - prise) / 2)  # map and legend in the middle of what they do not fill
    carte = Zone(gauche + MARGE_CARTE + 10, zone.y + MARGE_CARTE, fond.largeur * echelle, fond.hauteur * echelle)
    _draw_regions(toile, bloc, fond, carte, echelle)
    _draw_etiquettes(toile, bloc, fond, carte, echelle, seuls=len(list_hors_carte(bloc)) == len(bloc.regions))
    debut = carte.x + carte.largeur + 44
    _draw_legende(toile, bloc, Zone(debut, zone.y + MARGE_CARTE, zone.x + zone.largeur - debut, zone.hauteur))


def _draw_regions(toile: Toile, bloc: Carte, fond: Fond, carte: Zone, echelle: float) -> None:
    valeurs = {r.code: r for r in bloc.regions}
    groupe = toile.formes.add_group_shape()
    set_alt(groupe, say_alt_carte(bloc), "Carte des régions")
    for contour in fond.regions:
        valeur = valeurs.get(contour.code)
        anneaux = [
            [(carte.x + x * echelle, carte.y + y * echelle) for x, y in anneau]
            for polygone in contour.polygones
            for anneau in polygone
        ]
        forme = _draw_contour(toile, groupe.shapes, anneaux)
        forme.name = contour.nom
        _paint(toile, forme, valeur, len(bloc.legende))


def _draw_contour(toile: Toile, formes: Any, anneaux: list[list[tuple[float, float]]]) -> Any:
    """A freeform of several rings (a hole lets the neighbour show); the library's builder adds them point by point, slowly."""
    xs, ys = [x for a in anneaux for x, _y in a], [y for a in anneaux for _x, y in a]
    zone = Zone(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
    forme = formes.add_shape(MSO_SHAPE.RECTANGLE, *toile.list_emu(zone))
    traces = []
    for anneau in anneaux:
        points = [f'<a:pt x="{int(toile.emu(x - zone.x))}" y="{int(toile.emu(y - zone.y))}"/>' for x, y in anneau]
        suite = "".join(f"<a:lnTo>{p}</a:lnTo>" for p in points[1:])
        traces.append(f"<a:moveTo>{points[0]}</a:moveTo>{suite}<a:close/>")
    geometrie = parse_xml(
        f"<a:custGeom {nsdecls('a')}><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
        f'<a:rect l="0" t="0" r="r" b="b"/><a:pathLst><a:path w="{int(forme.width)}" h="{int(forme.height)}">'
        f"{''.join(traces)}</a:path></a:pathLst></a:custGeom>"
    )
    proprietes = forme._element.spPr
    proprietes.replace(proprietes.find(qn("a:prstGeom")), geometrie)
    return forme


def _paint(toile: Toile, forme: Any, valeur: RegionValeur | None, classes: int) -> None:
    style = forme._element.find(qn("p:style"))
    if style is not None:
        forme._element.remove(style)
    if valeur is None or valeur.classe is None:
        set_hachures(forme.fill)
    else:
        forme.fill.solid()
        set_couleur(forme.fill.fore_color, get_couleur_classe(valeur.classe, classes))
    set_couleur(forme.line.color, theme.HACHURE_BORD)
    forme.line.width = toile.emu(1)


@dataclass
class _Etiquette:
    """A label's chip while it looks for its place."""

    valeur: RegionValeur
    contour: Contour
    textes: list[tuple[str, bool]]
    zone: Zone


def _draw_etiquettes(toile: Toile, bloc: Carte, fond: Fond, carte: Zone, echelle: float, *, seuls: bool) -> None:
    """Names and values on white chips (ink on dark earth cannot be read), moved apart where they would overlap."""
    puces = []
    for valeur in bloc.regions:
        contour = fond.get_region(valeur.code)
        if contour is None:
            continue
        lignes = [] if seuls else list_lignes(valeur.texte, ETIQUETTE_CARTE, ETIQUETTE_PLI, True)
        textes = [(valeur.nom, False), *((ligne.strip(), True) for ligne in lignes)]
        largeur = max(compute_largeur(t, ETIQUETTE_CARTE, gras) for t, gras in textes) + 10
        hauteur = len(textes) * ETIQUETTE_CARTE * LIGNE + 2
        x, y = carte.x + contour.etiquette[0] * echelle, carte.y + contour.etiquette[1] * echelle
        zone = Zone(max(x - largeur / 2, carte.x - MARGE_CARTE - 10), y - hauteur / 2, largeur, hauteur)
        puces.append(_Etiquette(valeur, contour, textes, zone))
    _separate(puces, carte)
    for puce in puces:
        _draw_etiquette(toile, puce, carte, echelle)


def _separate(puces: list[_Etiquette], carte: Zone) -> None:
    """Push overlapping chips apart, up and down or sideways, whichever is shorter, without leaving the map's frame."""
    for _tour in range(60):
        bouge = False
        for a, b in combinations(puces, 2):
            za, zb = a.zone, b.zone
            dx = min(za.x + za.largeur, zb.x + zb.largeur) - max(za.x, zb.x) + 2
            dy = min(za.y + za.hauteur, zb.y + zb.hauteur) - max(za.y, zb.y) + 2
            if dx <= 0 or dy <= 0:
                continue
            bouge = True
            sens_x, sens_y = (1 if za.x < zb.x else -1), (1 if za.y < zb.y else -1)
            pas_x, pas_y = (dx / 2 * sens_x, 0.0) if dx < dy else (0.0, dy / 2 * sens_y)
            a.zone = _hold(replace(za, x=za.x - pas_x, y=za.y - pas_y), carte)
            b.zone = _hold(replace(zb, x=zb.x + pas_x, y=zb.y + pas_y), carte)
        if not bouge:
            return


def _hold(zone: Zone, carte: Zone) -> Zone:
    gauche, droite = carte.x - MARGE_CARTE - 10, carte.x + carte.largeur + 30 - zone.largeur
    haut, bas = carte.y - MARGE_CARTE, carte.y + carte.hauteur + MARGE_CARTE - zone.hauteur
    return replace(zone, x=min(max(zone.x, gauche), droite), y=min(max(zone.y, haut), bas))


def _draw_etiquette(toile: Toile, puce: _Etiquette, carte: Zone, echelle: float) -> None:
    """The chip; a line leads from it to a region too small for it."""
    zone = _hold(puce.zone, carte)
    cx, cy = carte.x + puce.contour.centre[0] * echelle, carte.y + puce.contour.centre[1] * echelle
    dedans = zone.x <= cx <= zone.x + zone.largeur and zone.y <= cy <= zone.y + zone.hauteur
    if puce.contour.dehors and not dedans:
        milieu = (zone.x + zone.largeur / 2, zone.y + zone.hauteur / 2)
        ligne = toile.formes.add_connector(MSO_CONNECTOR.STRAIGHT, *(toile.emu(v) for v in (*milieu, cx, cy)))
        set_couleur(ligne.line.color, theme.ENCRE)
        ligne.line.width = toile.emu(1)
        ligne.name = f"Renvoi {puce.valeur.nom}"
    forme = toile.draw_rectangle(
        zone, fond=theme.BLANC, bord=theme.FILET, epaisseur=0.75, nom=f"Étiquette {puce.valeur.nom}"
    )
    alineas = [Alinea((Run(t, ETIQUETTE_CARTE, gras, theme.ENCRE),)) for t, gras in puce.textes]
    toile.fill_texte(forme.text_frame, alineas, ancre="milieu", aligne="centre")
    forme.text_frame.word_wrap = False


def _draw_legende(toile: Toile, bloc: Carte, zone: Zone) -> None:
    """Squares and words, lightest first, then what is hatched."""
    mots = list(bloc.legende)
    absents = any(r.classe is None for r in bloc.regions)
    y = zone.y
    for rang, mot in enumerate([*mots, say_absente()] if absents else mots):
        carre = Zone(zone.x, y + 2, CARRE, CARRE)
        if rang < len(mots):
            toile.draw_rectangle(
                carre, fond=get_couleur_classe(rang, len(mots)), bord=theme.HACHURE_BORD, epaisseur=0.75, nom="Légende"
            )
        else:
            toile.draw_teinte(carre, ABSENTE, nom="Légende")
        large = zone.largeur - CARRE - 8
        lignes = len(list_lignes(mot, tailles.ETIQUETTE, large))
        haut = max(lignes * tailles.ETIQUETTE * LIGNE, CARRE)
        toile.draw_texte(
            Zone(zone.x + CARRE + 8, y, large, haut), [Alinea((Run(mot, tailles.ETIQUETTE),))], nom="Légende : mots"
        )
        y += haut + 6
