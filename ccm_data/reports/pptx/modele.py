"""The ministry's own template, made by code: white, a green rule, three small squares; no flag, no crest, no picture.

Two layouts (cover, title alone). It is built once in a process from the library's blank presentation; fonts and colours are
the theme's, so that whoever edits the deck finds them in PowerPoint's palette.
"""

from __future__ import annotations

import copy
import io
import re
from functools import lru_cache
from typing import Any, Final

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from ccm_data.figures import theme

LARGEUR, HAUTEUR = 960, 540  # points: 16:9
MARGE: Final = 48
REGLE: Final = 40  # height of the green rule
POLICE: Final = "Noto Sans"
# Noto Sans's own description: an office suite without it picks a humanist sans rather than a serif.
PANOSE: Final = "020B0502040504020204"
COULEURS: Final = {
    "dk1": theme.ENCRE, "lt1": theme.BLANC, "dk2": theme.ENCRE_2, "lt2": theme.SABLE, "accent1": theme.VERT,
    "accent2": theme.ENGAGE, "accent3": theme.DECAISSE, "accent4": "#0072B2", "accent5": "#A23B72", "accent6": "#D55E00",
    "hlink": theme.VERT, "folHlink": theme.ARDOISE,
}  # fmt: skip
COUVERTURE, CONTENU = "Couverture", "Titre seul"
LOGO: Final = ("#E05206", theme.BLANC, "#0DB02B")


@lru_cache(maxsize=1)
def make_modele() -> bytes:
    """The template as a file without slides."""
    prs: Any = Presentation()
    prs.slide_width, prs.slide_height = Emu(Pt(LARGEUR)), Emu(Pt(HAUTEUR))
    dispositions = list(prs.slide_layouts)
    for disposition in (d for i, d in enumerate(dispositions) if i not in (0, 5)):
        prs.slide_layouts.remove(disposition)
    couverture, contenu = prs.slide_layouts
    couverture.name, contenu.name = COUVERTURE, CONTENU
    _set_theme(prs.slide_masters[0])
    for page in (prs.slide_masters[0], couverture, contenu):
        _drop_pieds(page)
    _set_places(prs.slide_masters[0], couverture, contenu)
    _draw_logo(prs, contenu, MARGE, 14, 0.6)
    _draw_regle(prs, contenu, REGLE)
    _draw_logo(prs, couverture, MARGE, 60, 1.6)
    _draw_regle(prs, couverture, 400)
    sortie = io.BytesIO()
    prs.save(sortie)
    return sortie.getvalue()


def _set_theme(masque: Any) -> None:
    """Fonts and colours of the theme, and how titles stand (left, bold, from the bottom of their zone)."""
    piece = masque.part.part_related_by(RT.THEME)
    xml = piece.blob.decode("utf-8")
    for nom, couleur in COULEURS.items():
        xml = re.sub(
            rf"<a:{nom}>.*?</a:{nom}>", f'<a:{nom}><a:srgbClr val="{couleur[1:]}"/></a:{nom}>', xml, flags=re.S
        )
    latin = f'<a:latin typeface="{POLICE}" panose="{PANOSE}" pitchFamily="34" charset="0"/>'
    xml = re.sub(r"<a:latin [^>]*/>", latin, xml)
    piece._blob = re.sub(r'(<a:theme [^>]*name=")[^"]*', r"\1SP/CCM", xml).encode("utf-8")
    style = masque._element.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    style.set("algn", "l")
    style.find(qn("a:defRPr")).set("sz", "3200")
    style.find(qn("a:defRPr")).set("b", "1")


def _drop_pieds(page: Any) -> None:
    """Without the library's date, footer, number and body placeholders: the pages carry their own."""
    for forme in list(page.placeholders):
        if forme.placeholder_format.type.name in ("DATE", "FOOTER", "SLIDE_NUMBER"):
            forme._element.getparent().remove(forme._element)


def _set_places(masque: Any, couverture: Any, contenu: Any) -> None:
    places = {
        "TITLE": (MARGE, 54, LARGEUR - 2 * MARGE, 84),
        "BODY": (MARGE, 140, LARGEUR - 2 * MARGE, 330),
        "CENTER_TITLE": (MARGE, 150, LARGEUR - 2 * MARGE, 150),
        "SUBTITLE": (MARGE, 306, LARGEUR - 2 * MARGE, 84),
    }
    for page in (masque, couverture, contenu):
        for forme in page.placeholders:
            place = places[forme.placeholder_format.type.name]
            forme.left, forme.top, forme.width, forme.height = (Emu(Pt(v)) for v in place)
            corps = forme.text_frame._txBody.bodyPr
            for cle in ("lIns", "tIns", "rIns", "bIns"):
                corps.set(cle, "0")
            bas = forme.placeholder_format.type.name == "CENTER_TITLE"
            corps.set("anchor", "b" if bas else "t")
            for enfant in list(corps):
                corps.remove(enfant)
    for forme in couverture.placeholders:
        for paragraphe in forme._element.iter(qn("a:lvl1pPr")):
            paragraphe.set("algn", "l")
            for remplissage in paragraphe.iter(qn("a:schemeClr")):  # the library's subtitle is too pale to be read
                remplissage.set("val", "tx2")
                for nuance in list(remplissage):
                    remplissage.remove(nuance)


def _move(prs: Any, disposition: Any, formes: list[Any]) -> None:
    """Shapes drawn on a slide become the layout's, behind its placeholders."""
    arbre = disposition.shapes._spTree
    pris = max(int(x.get("id")) for x in arbre.iter(qn("p:cNvPr")))
    for rang, forme in enumerate(formes):
        copie = copy.deepcopy(forme._element)
        copie.nvSpPr.cNvPr.set("id", str(pris + 1 + rang))  # no number twice in a layout
        arbre.insert(2 + rang, copie)
    fiche = prs.slides._sldIdLst[-1]
    prs.part.drop_rel(fiche.rId)
    prs.slides._sldIdLst.remove(fiche)


def _draw_rectangle(
    page: Any, x: float, y: float, largeur: float, hauteur: float, couleur: str, rond: bool = False
) -> Any:
    genre = MSO_SHAPE.OVAL if rond else MSO_SHAPE.RECTANGLE
    forme = page.shapes.add_shape(genre, *(Emu(round(Pt(1) * v)) for v in (x, y, largeur, hauteur)))
    forme.fill.solid()
    forme.fill.fore_color.rgb = RGBColor.from_string(couleur[1:])  # type: ignore[no-untyped-call]
    forme.line.fill.background()
    forme._element.remove(forme._element.find(qn("p:style")))  # the theme's shadow
    return forme


def _draw_regle(prs: Any, disposition: Any, haut: float) -> None:
    page = prs.slides.add_slide(disposition)
    trait = _draw_rectangle(page, MARGE, haut, LARGEUR - 2 * MARGE, 2, theme.VERT)
    trait.name = "Filet"
    _move(prs, disposition, [trait])


def _draw_sigle(page: Any, x: float, y: float, hauteur: float) -> Any:
    """The letters beside the squares."""
    forme = page.shapes.add_textbox(*(Emu(round(Pt(1) * v)) for v in (x, y, 200, hauteur)))
    forme.name = "Sigle"
    cadre = forme.text_frame
    cadre.margin_left = cadre.margin_top = cadre.margin_right = cadre.margin_bottom = 0
    cadre.vertical_anchor = MSO_ANCHOR.MIDDLE
    cadre.word_wrap = True
    run = cadre.paragraphs[0].add_run()
    run.text = "SP/CCM"
    run.font.size, run.font.bold = Pt(26), True
    run.font.color.theme_color = MSO_THEME_COLOR.ACCENT_1
    return forme


def _draw_logo(prs: Any, disposition: Any, x: float, y: float, taille: float) -> None:
    """Three small squares, orange, white with its disc, green (visual language 1)."""
    page = prs.slides.add_slide(disposition)
    formes = []
    for rang, couleur in enumerate(LOGO):
        carre = _draw_rectangle(page, x, y + rang * 9 * taille, 9 * taille, 8 * taille, couleur)
        if couleur == theme.BLANC:
            carre.line.color.rgb = RGBColor.from_string(theme.FILET[1:])  # type: ignore[no-untyped-call]
            carre.line.width = Pt(0.75)
        carre.name = f"Logo {rang + 1}"
        formes.append(carre)
    formes.append(_draw_rectangle(page, x + 2.5 * taille, y + 11 * taille, 4 * taille, 4 * taille, LOGO[0], rond=True))
    if taille > 1:
        formes.append(_draw_sigle(page, x + 14 * taille, y, 26 * taille))
    _move(prs, disposition, formes)
