"""Native tables: a sand heading, thin rules, a coloured edge for the row's status; figures to the right."""

from __future__ import annotations

import copy
from typing import Any, Final

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from ccm_data.figures import theme
from ccm_data.reports.pptx import page as tailles
from ccm_data.reports.pptx.formes import Alinea, Run, Toile, set_alt, set_couleur
from ccm_data.reports.pptx.intitules import draw_intitule
from ccm_data.reports.pptx.mesures import (
    CELLULE_X,
    CELLULE_Y,
    compute_colonnes,
    compute_corps,
    compute_rang,
    compute_tetes,
)
from ccm_data.reports.pptx.page import Zone
from ccm_data.reports.scenes import Tableau
from ccm_data.reports.tons import get_teinte

STYLE: Final = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # « no style, no grid »: ours is in the cells
NOMBRE_MAX: Final = 18  # signs of « 120 000 000 FCFA »; longer words are read from the left
MARQUE: Final = 6.0  # width of the edge that says a status


def draw_tableau(toile: Toile, bloc: Tableau, zone: Zone) -> None:
    """The table, or what is said when it has no row."""
    zone = draw_intitule(toile, bloc.titre, zone)
    if not bloc.lignes:
        cadre = Zone(zone.x, zone.y + 4, zone.largeur, max(zone.hauteur - 4, 44))
        toile.draw_rectangle(cadre, bord=theme.HACHURE_BORD, tirets=True, nom="Cadre vide")
        dedans = Zone(cadre.x + 18, cadre.y + 6, cadre.largeur - 36, cadre.hauteur - 12)
        toile.draw_texte(dedans, [Alinea((Run(bloc.vide, tailles.TEXTE),))], ancre="milieu", nom="Vide")
        return
    _draw_grille(toile, bloc, zone)


def _draw_grille(toile: Toile, bloc: Tableau, zone: Zone) -> None:
    corps = compute_corps(bloc, zone.largeur, zone.hauteur)
    colonnes = compute_colonnes(bloc, zone.largeur, corps)
    tetes = compute_tetes(bloc, colonnes, corps)
    hauteurs = [
        compute_rang(tetes, colonnes, True, corps),
        *(compute_rang(r, colonnes, False, corps) for r in bloc.lignes),
    ]
    place = Zone(zone.x, zone.y, sum(colonnes), sum(hauteurs))
    forme = toile.formes.add_table(len(hauteurs), len(colonnes), *toile.list_emu(place))
    set_alt(forme, " : ".join(t for t in (bloc.titre, " · ".join(bloc.colonnes)) if t), "Tableau")
    grille = forme.table
    proprietes = grille._tbl.tblPr
    proprietes.set("bandRow", "0")
    proprietes.find(qn("a:tableStyleId")).text = STYLE
    for rang, largeur in enumerate(colonnes):
        grille.columns[rang].width = toile.emu(largeur)
    droites = [_is_nombres(bloc, rang) for rang in range(len(colonnes))]
    filet, marges = _make_filet(toile), (toile.emu(CELLULE_X), toile.emu(CELLULE_Y))
    for rang, (element, hauteur) in enumerate(zip(grille.rows, hauteurs, strict=True)):
        element.height = toile.emu(hauteur)
        textes = bloc.lignes[rang - 1] if rang else tetes
        encre = theme.ENCRE if rang else theme.ENCRE_SABLE
        for colonne, cellule in enumerate(element.cells):
            _fill_cellule(
                toile, cellule, Run(textes[colonne], corps, rang == 0, encre), droite=droites[colonne], marges=marges
            )
            cellule._tc.tcPr.insert(0, copy.deepcopy(filet))
        ton = bloc.tons[rang - 1] if 0 < rang <= len(bloc.tons) else None
        if ton is not None:
            element.cells[0]._tc.tcPr.insert(0, _make_bord(toile, ton))


def _is_nombres(bloc: Tableau, colonne: int) -> bool:
    """Every known value of the column is a number, and its words say little more."""
    if max(len(ligne[colonne]) for ligne in bloc.lignes) > NOMBRE_MAX:
        return False
    valeurs = [ligne[colonne] for ligne in bloc.bruts if colonne < len(ligne) and ligne[colonne] is not None]
    return bool(valeurs) and all(isinstance(v, (int, float)) and not isinstance(v, bool) for v in valeurs)


def _fill_cellule(toile: Toile, cellule: Any, run: Run, *, droite: bool, marges: tuple[Any, Any]) -> None:
    cellule.margin_left = cellule.margin_right = marges[0]
    cellule.margin_top = cellule.margin_bottom = marges[1]
    cellule.vertical_anchor = MSO_ANCHOR.MIDDLE
    cellule.fill.solid()
    set_couleur(cellule.fill.fore_color, theme.SABLE if run.gras else theme.BLANC)
    paragraphe = cellule.text_frame.paragraphs[0]
    toile.write_alinea(paragraphe, Alinea((run,)))
    if droite:
        paragraphe.alignment = PP_ALIGN.RIGHT


def _make_filet(toile: Toile) -> Any:
    """The rule under a cell."""
    return parse_xml(
        f'<a:lnB {nsdecls("a")} w="{int(toile.emu(1))}"><a:solidFill><a:srgbClr val="{theme.FILET[1:]}"/></a:solidFill></a:lnB>'
    )


def _make_bord(toile: Toile, ton: Any) -> Any:
    """The left edge of a row: the colour of its status, dotted when there is no judgement (the word stands in the row)."""
    teinte = get_teinte(ton)
    tirets = '<a:prstDash val="sysDot"/>' if teinte.hachure or teinte.tirets else ""
    couleur = (teinte.bord if teinte.hachure or teinte.tirets else teinte.fond)[1:]
    return parse_xml(
        f'<a:lnL {nsdecls("a")} w="{int(toile.emu(MARQUE))}">'
        f'<a:solidFill><a:srgbClr val="{couleur}"/></a:solidFill>{tirets}</a:lnL>'
    )
