"""An empty Word document in the house's style: French, Noto Sans, A4, headings, a header that identifies, page X / Y."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any, Final

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Mm, Pt, RGBColor

from ccm_data.figures import theme
from ccm_data.phrases.rendus import say_demonstration, say_empreinte
from ccm_data.reports.docx.xml import add_champ, make_element, set_fond
from ccm_data.reports.figer import freeze_office, get_instant
from ccm_data.reports.tons import DEMONSTRATION
from ccm_data.textes import _
from ccm_data.typographie import INSECABLE

POLICE: Final = "Noto Sans"
REMPLACANTE: Final = "Segoe UI"  # what Word shows where Noto Sans is not installed
LANGUE: Final = "fr-FR"
PAGE: Final = (Mm(210), Mm(297))
MARGE: Final = Mm(20)
CORPS: Final = 10.0
CELLULE: Final = 8.5
BORD: Final = "BFB7A6"
SOMMAIRE: Final = ("toc 1", "toc 2")  # Word's own, so that the contents keep their look when it updates them
TITRES: Final = {"Title": 26.0, "Heading 1": 16.0, "Heading 2": 12.5, "Heading 3": 10.5}


@dataclass(frozen=True)
class Identite:
    """What every page says: the séance, its date d'arrêté, the hash, the demonstration."""

    titre: str
    arrete: str
    empreinte: str
    demonstration: bool


def make_document(titre: str, sujet: str, identite: Identite, date_iso: str) -> Any:
    """A document with its styles, its first section upright, its header and footer, and its properties."""
    document = Document()
    _set_styles(document)
    section = document.sections[0]
    _set_page(section, paysage=False)
    _fill_entete(section, identite)
    _fill_pied(section)
    fiche, instant = document.core_properties, get_instant(date_iso)
    fiche.title, fiche.subject, fiche.author, fiche.language = titre[:255], sujet[:255], "SP/CCM", LANGUE
    fiche.keywords, fiche.comments, fiche.last_modified_by = identite.empreinte[:255], "", "SP/CCM"
    fiche.created = fiche.modified = instant.replace(tzinfo=None)
    return document


def save_document(document: Any, date_iso: str) -> bytes:
    """The same document gives the same bytes."""
    sortie = io.BytesIO()
    document.save(sortie)
    return freeze_office(sortie.getvalue(), date_iso)


def add_section(document: Any, *, paysage: bool) -> None:
    """A new page from here on, upright or lying down."""
    _set_page(document.add_section(WD_SECTION.NEW_PAGE), paysage=paysage)


def compute_largeur(document: Any) -> int:
    """Width between the margins of the section in course, in EMU."""
    section = document.sections[-1]
    return int(section.page_width - section.left_margin - section.right_margin)


def _set_page(section: Any, *, paysage: bool) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if paysage else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = reversed(PAGE) if paysage else PAGE
    section.left_margin = section.right_margin = MARGE
    section.top_margin, section.bottom_margin = Mm(24), Mm(18)
    section.header_distance, section.footer_distance = Mm(9), Mm(8)


def _set_styles(document: Any) -> None:
    styles = document.styles
    defauts = styles.element.find(f".//{{{styles.element.nsmap['w']}}}rPrDefault/{{{styles.element.nsmap['w']}}}rPr")
    for langue in list(defauts.iterchildren(tag=f"{{{styles.element.nsmap['w']}}}lang")):
        defauts.remove(langue)
    defauts.append(make_element("w:lang", val=LANGUE, eastAsia=LANGUE, bidi="ar-SA"))
    _set_police(styles["Normal"], CORPS, theme.ENCRE)
    styles["Normal"].paragraph_format.space_after = Pt(6)
    styles["Normal"].paragraph_format.line_spacing = 1.12
    for nom, taille in TITRES.items():
        style = styles[nom]
        _set_police(style, taille, theme.VERT if nom != "Heading 3" else theme.ENCRE, gras=True)
        style.paragraph_format.keep_with_next = True
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(taille * 0.9), Pt(taille * 0.4)
        for bord in list(style.element.iter(f"{{{style.element.nsmap['w']}}}pBdr")):
            bord.getparent().remove(bord)  # Word's own title is underlined in blue
    for nom, taille, couleur in (
        ("Cellule", CELLULE, theme.ENCRE), ("Question", CORPS, theme.ENCRE_2), ("À remplir", CORPS, DEMONSTRATION.encre),
        ("Légende figure", 9.0, theme.ENCRE_2), (SOMMAIRE[0], CORPS, theme.ENCRE), (SOMMAIRE[1], 9.5, theme.ENCRE_2),
    ):  # fmt: skip
        style = styles.add_style(nom, WD_STYLE_TYPE.PARAGRAPH, builtin=nom in SOMMAIRE)
        style.base_style = styles["Normal"]
        _set_police(style, taille, couleur)
    _set_grille(styles["Table Grid"])
    serre = styles["Cellule"].paragraph_format
    serre.space_after, serre.line_spacing = Pt(0), 1.0
    styles["Question"].font.italic = True
    styles["Question"].paragraph_format.keep_with_next = True
    styles["Question"].paragraph_format.left_indent = Mm(6)
    styles["Légende figure"].paragraph_format.keep_with_next = True
    for nom, retrait in zip(SOMMAIRE, (0, 7), strict=True):
        styles[nom].paragraph_format.left_indent = Mm(retrait)
        droite = int(PAGE[0] - 2 * MARGE)
        styles[nom].paragraph_format.tab_stops.add_tab_stop(droite, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        styles[nom].paragraph_format.space_after = Pt(3)
    for nom in ("Header", "Footer"):
        _set_police(styles[nom], 8.0, theme.ENCRE_2)
        styles[nom].paragraph_format.space_after = Pt(0)


def _set_grille(style: Any) -> None:
    """Word's own grid, lighter, with air in the cells."""
    espace = style.element.nsmap["w"]
    for bord in style.element.find(f".//{{{espace}}}tblBorders"):
        bord.set(f"{{{espace}}}color", BORD)
    proprietes = style.element.find(f"{{{espace}}}tblPr")
    marges = proprietes.find(f"{{{espace}}}tblCellMar")
    if marges is not None:
        proprietes.remove(marges)
    marges = make_element("w:tblCellMar")
    for cote, largeur in (("top", "45"), ("left", "90"), ("bottom", "45"), ("right", "90")):
        marges.append(make_element(f"w:{cote}", w=largeur, type="dxa"))
    proprietes.append(marges)


def _set_police(style: Any, taille: float, couleur: str, *, gras: bool | None = None) -> None:
    style.font.name, style.font.size = POLICE, Pt(taille)
    style.font.color.rgb = RGBColor.from_string(couleur[1:])
    style.font.bold = gras
    polices = style.element.get_or_add_rPr().rFonts
    for cle in list(polices.attrib):  # a theme font would win over the name
        del polices.attrib[cle]
    for cle in ("ascii", "hAnsi", "cs", "eastAsia"):
        polices.set(f"{{{style.element.nsmap['w']}}}{cle}", POLICE)


def _fill_entete(section: Any, identite: Identite) -> None:
    premier = section.header.paragraphs[0]
    premier.add_run(identite.titre).bold = True
    premier.add_run(f" · {identite.arrete}")
    second = section.header.add_paragraph(style="Header")
    second.add_run(say_empreinte(identite.empreinte))
    if identite.demonstration:
        second.add_run(" · ")
        marque = second.add_run(f"{INSECABLE}{say_demonstration()}{INSECABLE}")
        marque.bold, marque.font.color.rgb = True, RGBColor.from_string(DEMONSTRATION.encre[1:])
        set_fond(marque, DEMONSTRATION.fond)


def _fill_pied(section: Any) -> None:
    """« page X / Y », counted by Word."""
    pied = section.footer.paragraphs[0]
    pied.alignment = WD_ALIGN_PARAGRAPH.CENTER
    pied.add_run(_("page") + INSECABLE)
    add_champ(pied, "PAGE", "1")
    pied.add_run(f"{INSECABLE}/{INSECABLE}")
    add_champ(pied, "NUMPAGES", "1")
