"""The strokes of every slide: texts, rectangles, hatching, marks, in points of a slide 540 points high.

Colours are « tx1 » (the template's ink), « tx2 », « accent1 », or a fixed hex where the ground is ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_LINE_DASH_STYLE, MSO_PATTERN_TYPE, MSO_THEME_COLOR
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from ccm_data.figures import theme
from ccm_data.reports.mesure import INTERLIGNE
from ccm_data.reports.pptx.page import Zone
from ccm_data.reports.tons import Teinte
from ccm_data.textes import get_langue

POINT: Final = 12_700
THEME: Final = {
    "tx1": MSO_THEME_COLOR.TEXT_1,
    "tx2": MSO_THEME_COLOR.TEXT_2,
    "accent1": MSO_THEME_COLOR.ACCENT_1,
}
LANGUES: Final = {"fr": "fr-FR", "en": "en-GB"}
ANCRES: Final = {"haut": MSO_ANCHOR.TOP, "milieu": MSO_ANCHOR.MIDDLE, "bas": MSO_ANCHOR.BOTTOM}
ALIGNES: Final = {"gauche": PP_ALIGN.LEFT, "centre": PP_ALIGN.CENTER, "droite": PP_ALIGN.RIGHT}
MARQUES: Final = {"losange": MSO_SHAPE.DIAMOND, "triangle": MSO_SHAPE.ISOSCELES_TRIANGLE}


@dataclass(frozen=True)
class Run:
    """Letters of one look; `champ` makes them PowerPoint's own slide number."""

    texte: str
    corps: float
    gras: bool = False
    couleur: str = "tx1"
    champ: bool = False


@dataclass(frozen=True)
class Alinea:
    """A paragraph; `avant` is the space above, `retrait` the hanging indent of a bullet."""

    runs: tuple[Run, ...]
    avant: float = 0.0
    retrait: float = 0.0
    puce: bool = False


def make_rgb(couleur: str) -> Any:
    """« #RRGGBB » as python-pptx wants it."""
    return RGBColor.from_string(couleur[1:])  # type: ignore[no-untyped-call]


def set_couleur(format_couleur: Any, couleur: str) -> None:
    """A theme colour by its short name, or a hex."""
    if couleur in THEME:
        format_couleur.theme_color = THEME[couleur]
    else:
        format_couleur.rgb = make_rgb(couleur)


def set_hachures(remplissage: Any) -> None:
    """Hatched grey on white: not reported."""
    remplissage.patterned()
    remplissage.pattern = MSO_PATTERN_TYPE.WIDE_UPWARD_DIAGONAL
    remplissage.fore_color.rgb = make_rgb(theme.HACHURE)
    remplissage.back_color.rgb = make_rgb(theme.BLANC)


def set_alt(forme: Any, texte: str, nom: str = "") -> None:
    """Words for who cannot see the shape."""
    fiche = forme._element._nvXxPr.cNvPr
    fiche.set("descr", texte)
    if nom:
        fiche.set("name", nom)


class Toile:
    """A place to draw: a slide's shapes (or a group's) and the size of a point."""

    def __init__(self, formes: Any, unite: float) -> None:
        self.formes = formes
        self.unite = unite

    def emu(self, points: float) -> Emu:
        """Points of ours in EMU."""
        return Emu(round(points * self.unite))

    def corps(self, points: float) -> Pt:
        """A type size, in the template's real points."""
        return Pt(round(points * self.unite / POINT * 10) / 10)

    def list_emu(self, zone: Zone) -> tuple[Emu, Emu, Emu, Emu]:
        """The zone as python-pptx wants it."""
        return self.emu(zone.x), self.emu(zone.y), self.emu(max(zone.largeur, 0.1)), self.emu(max(zone.hauteur, 0.1))

    def draw_texte(
        self,
        zone: Zone,
        alineas: Sequence[Alinea],
        *,
        ancre: str = "haut",
        aligne: str = "gauche",
        nom: str = "",
        ligne: bool = False,
    ) -> Any:
        """A text box without margins; `ligne`: one line that never wraps."""
        boite = self.formes.add_textbox(*self.list_emu(zone))
        if nom:
            boite.name = nom
        self.fill_texte(boite.text_frame, alineas, ancre=ancre, aligne=aligne)
        boite.text_frame.word_wrap = not ligne
        return boite

    def fill_texte(self, cadre: Any, alineas: Sequence[Alinea], *, ancre: str = "haut", aligne: str = "gauche") -> None:
        """Write paragraphs in a frame that holds one empty paragraph."""
        cadre.margin_left = cadre.margin_right = cadre.margin_top = cadre.margin_bottom = 0
        cadre.word_wrap = True
        cadre.auto_size = MSO_AUTO_SIZE.NONE
        cadre.vertical_anchor = ANCRES[ancre]
        for rang, alinea in enumerate(alineas):
            self.write_alinea(cadre.paragraphs[0] if rang == 0 else cadre.add_paragraph(), alinea, aligne)

    def write_alinea(self, paragraphe: Any, alinea: Alinea, aligne: str = "gauche") -> None:
        """Runs, spacing and bullet of a paragraph."""
        paragraphe.line_spacing = INTERLIGNE
        paragraphe.space_before = self.corps(alinea.avant)
        paragraphe.space_after = Pt(0)
        if aligne != "gauche":
            paragraphe.alignment = ALIGNES[aligne]
        if alinea.retrait:
            proprietes = paragraphe._p.get_or_add_pPr()
            proprietes.set("marL", str(int(self.emu(alinea.retrait))))
            proprietes.set("indent", str(-int(self.emu(alinea.retrait)) if alinea.puce else 0))
            if alinea.puce:
                puce = proprietes.makeelement(qn("a:buChar"), {"char": "•"})
                proprietes.append(puce)
        for run in alinea.runs:
            self._write_run(paragraphe, run)

    def _write_run(self, paragraphe: Any, run: Run) -> None:
        for rang, bout in enumerate(run.texte.split("\n")):
            if rang:
                paragraphe.add_line_break()
            trait = paragraphe.add_run()
            trait.text = bout
            self.set_police(trait.font, run)
            trait._r.get_or_add_rPr().set("lang", LANGUES[get_langue()])
            if run.champ:
                trait._r.tag = qn("a:fld")
                trait._r.set("id", "{5B1C9A3E-6B0D-4C0F-9D7A-2F1A3B4C5D6E}")
                trait._r.set("type", "slidenum")

    def set_police(self, police: Any, run: Run) -> None:
        """Size, weight and colour."""
        police.size = self.corps(run.corps)
        police.bold = run.gras
        set_couleur(police.color, run.couleur)

    def draw_rectangle(
        self,
        zone: Zone,
        *,
        fond: str | None = None,
        bord: str | None = None,
        epaisseur: float = 1.0,
        hachure: bool = False,
        tirets: bool = False,
        genre: Any = MSO_SHAPE.RECTANGLE,
        nom: str = "",
    ) -> Any:
        """A shape without shadow; no fill and no outline unless given."""
        forme = self.formes.add_shape(genre, *self.list_emu(zone))
        if hachure:
            set_hachures(forme.fill)
        elif fond is None:
            forme.fill.background()
        else:
            forme.fill.solid()
            set_couleur(forme.fill.fore_color, fond)
        if bord is None:
            forme.line.fill.background()
        else:
            set_couleur(forme.line.color, bord)
            forme.line.width = self.emu(epaisseur)
            if tirets:
                forme.line.dash_style = MSO_LINE_DASH_STYLE.DASH
        style = forme._element.find(qn("p:style"))
        if style is not None:  # the theme's effects and white text are not wanted
            forme._element.remove(style)
        if nom:
            forme.name = nom
        return forme

    def draw_teinte(self, zone: Zone, teinte: Teinte, *, nom: str = "", genre: Any = MSO_SHAPE.RECTANGLE) -> Any:
        """A rectangle painted with a tone: flat, hatched or dashed."""
        return self.draw_rectangle(
            zone, fond=teinte.fond, bord=teinte.bord, hachure=teinte.hachure, tirets=teinte.tirets, genre=genre, nom=nom
        )

    def draw_marque(self, x: float, y: float, taille: float, teinte: Teinte) -> Any:
        """The mark of a status: disc, diamond, triangle, dashed ring, hatched square."""
        rond = teinte.forme in ("disque", "disque_coche", "anneau_tirets")
        genre = MSO_SHAPE.OVAL if rond else MARQUES.get(teinte.forme, MSO_SHAPE.RECTANGLE)
        return self.draw_teinte(Zone(x, y, taille, taille), teinte, genre=genre, nom="Marque")
