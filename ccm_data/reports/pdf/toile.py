"""What the PDF is drawn with: a canvas whose y goes down from the top of the page, in points; lines, rectangles, hatching, marks.

A text is given line by line (`reports/mesure` broke it): nothing here can run off the page by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, Literal

from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics

from ccm_data.figures import theme
from ccm_data.reports.mesure import LIGNE, list_lignes
from ccm_data.reports.polices import Polices
from ccm_data.reports.tons import ABSENTE, Teinte, get_teinte

LARGEUR: Final = 841.89  # A4 landscape
HAUTEUR: Final = 595.28
PAS_HACHURE: Final = 5.0
Aligne = Literal["gauche", "centre", "droite"]


class Toile:
    """A reportlab canvas, from the top left corner."""

    def __init__(self, canvas: Any, polices: Polices) -> None:
        self.canvas, self.polices = canvas, polices

    # --- words

    def list_lignes(self, texte: str, corps: float, largeur: float, gras: bool = False) -> list[str]:
        """The lines that the text takes in this width, in the font at hand."""
        return list_lignes(texte, corps * self.polices.marge, max(largeur, 4 * corps), gras)

    def compute_largeur(self, texte: str, corps: float, gras: bool = False) -> float:
        """The width that this line takes once drawn."""
        return float(sum(pdfmetrics.stringWidth(part, police, corps) for part, police in self._list_parts(texte, gras)))

    def draw_ligne(
        self, texte: str, x: float, haut: float, corps: float, *, gras: bool = False, couleur: str = theme.ENCRE,
        aligne: Aligne = "gauche",
    ) -> None:  # fmt: skip
        """One line; `x` is its left, its middle or its right."""
        ligne = texte.rstrip()
        if not ligne:
            return
        if aligne != "gauche":
            x -= self.compute_largeur(ligne, corps, gras) / (2 if aligne == "centre" else 1)
        objet = self.canvas.beginText(x, HAUTEUR - haut - corps * LIGNE * 0.82)
        objet.setFillColor(HexColor(couleur))
        for part, police in self._list_parts(ligne, gras):
            objet.setFont(police, corps)
            objet.textOut(part)
        self.canvas.drawText(objet)

    def draw_lignes(self, lignes: Sequence[str], x: float, haut: float, corps: float, **reglages: Any) -> float:
        """Lines one under the other; the height that they took."""
        for rang, ligne in enumerate(lignes):
            self.draw_ligne(ligne, x, haut + rang * corps * LIGNE, corps, **reglages)
        return len(lignes) * corps * LIGNE

    def _list_parts(self, texte: str, gras: bool) -> Iterator[tuple[str, str]]:
        """The text cut where the font must change: signs that Noto Sans's Latin lacks are taken from the other."""
        premiere, seconde = self.polices.get_nom(gras), self.polices.secours[gras]
        connus, autres = (pdfmetrics.getFont(nom).face.charToGlyph for nom in (premiere, seconde))
        part, police = "", premiere
        for signe in texte:
            voulue = seconde if ord(signe) not in connus and ord(signe) in autres else premiere
            if voulue != police and part:
                yield part, police
                part = ""
            part, police = part + signe, voulue
        if part:
            yield part, police

    # --- shapes

    def draw_rectangle(
        self, x: float, haut: float, largeur: float, hauteur: float, *, fond: str | None = None, bord: str | None = None,
        trait: float = 0.7, rayon: float = 0.0, tirets: bool = False,
    ) -> None:  # fmt: skip
        """A rectangle; nothing for one without room."""
        if largeur <= 0 or hauteur <= 0:
            return
        self._set(fond, bord, trait, tirets)
        bas = HAUTEUR - haut - hauteur
        self.canvas.roundRect(x, bas, largeur, hauteur, rayon, stroke=int(bord is not None), fill=int(fond is not None))
        self.canvas.setDash()

    def draw_trait(self, x: float, y: float, u: float, v: float, couleur: str, trait: float = 0.7) -> None:
        """A segment."""
        self._set(None, couleur, trait, False)
        self.canvas.line(x, HAUTEUR - y, u, HAUTEUR - v)

    def draw_teinte(self, x: float, haut: float, largeur: float, hauteur: float, teinte: Teinte) -> None:
        """A bar of this paint: flat, outlined, or hatched for what was not reported."""
        if largeur <= 0 or hauteur <= 0:
            return
        if teinte.hachure:
            chemin = self.canvas.beginPath()
            chemin.rect(x, HAUTEUR - haut - hauteur, largeur, hauteur)
            self.draw_hachures(chemin, x, haut, largeur, hauteur)
            return
        self.draw_rectangle(
            x, haut, largeur, hauteur, fond=teinte.fond, bord=teinte.bord if teinte.bord != teinte.fond else None,
            tirets=teinte.tirets,
        )  # fmt: skip

    def draw_absente(self, x: float, haut: float, largeur: float, hauteur: float) -> None:
        """What was not reported."""
        self.draw_teinte(x, haut, largeur, hauteur, ABSENTE)

    def draw_hachures(self, chemin: Any, x: float, haut: float, largeur: float, hauteur: float) -> None:
        """White, hatched and outlined, inside this path; its box is given."""
        toile = self.canvas
        toile.saveState()
        toile.setFillColor(HexColor(theme.BLANC))
        toile.clipPath(chemin, stroke=0, fill=1)
        toile.setStrokeColor(HexColor(theme.HACHURE))
        toile.setLineWidth(1.4)
        bas = HAUTEUR - haut - hauteur
        traits = []
        ici = x - hauteur
        while ici < x + largeur:
            traits.append((ici, bas, ici + hauteur, bas + hauteur))
            ici += PAS_HACHURE
        toile.lines(traits)
        toile.restoreState()
        toile.setStrokeColor(HexColor(theme.HACHURE_BORD))
        toile.setLineWidth(0.7)
        toile.drawPath(chemin, stroke=1, fill=0)

    def draw_polygones(self, anneaux: Sequence[Sequence[tuple[float, float]]], fond: str | None) -> None:
        """Rings in points (y down) as one shape; `fond` None: hatched."""
        chemin = self.canvas.beginPath()
        for anneau in anneaux:
            (x, y), *suite = anneau
            chemin.moveTo(x, HAUTEUR - y)
            for u, v in suite:
                chemin.lineTo(u, HAUTEUR - v)
            chemin.close()
        if fond is None:
            xs, ys = zip(*(p for anneau in anneaux for p in anneau), strict=True)
            self.draw_hachures(chemin, min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
            return
        self._set(fond, theme.ARDOISE, 0.7, False)
        self.canvas.drawPath(chemin, stroke=1, fill=1)

    def draw_marque(self, x: float, haut: float, cote: float, ton: Any) -> None:
        """The mark of a status: its shape says it as well as its colour."""
        teinte = get_teinte(ton)
        r, cx, cy = cote / 2, x + cote / 2, HAUTEUR - haut - cote / 2
        if teinte.forme in ("disque", "disque_coche"):
            self._set(teinte.fond, None, 0, False)
            self.canvas.circle(cx, cy, r, stroke=0, fill=1)
            if teinte.forme == "disque_coche":
                self._set(None, theme.BLANC, cote / 8, False)
                self.canvas.lines(
                    [
                        (cx - r * 0.5, cy, cx - r * 0.1, cy - r * 0.4),
                        (cx - r * 0.1, cy - r * 0.4, cx + r * 0.5, cy + r * 0.4),
                    ]
                )
        elif teinte.forme in ("losange", "triangle"):
            h = cote / 2
            points = [(0, h), (h, 0), (0, -h), (-h, 0)] if teinte.forme == "losange" else [(0, h), (h, -h), (-h, -h)]
            self.draw_polygones_pleins([(cx + a, cy + b) for a, b in points], teinte.fond)
        elif teinte.forme == "anneau_tirets":
            self._set(theme.BLANC, teinte.bord, cote / 8, True)
            self.canvas.circle(cx, cy, r * 0.88, stroke=1, fill=1)
            self.canvas.setDash()
        else:
            self.draw_teinte(x, haut, cote, cote, teinte)

    def draw_polygones_pleins(self, points: Sequence[tuple[float, float]], fond: str) -> None:
        """A flat shape, in the canvas's own coordinates."""
        chemin = self.canvas.beginPath()
        chemin.moveTo(*points[0])
        for point in points[1:]:
            chemin.lineTo(*point)
        chemin.close()
        self._set(fond, None, 0, False)
        self.canvas.drawPath(chemin, stroke=0, fill=1)

    def _set(self, fond: str | None, bord: str | None, trait: float, tirets: bool) -> None:
        if fond is not None:
            self.canvas.setFillColor(HexColor(fond))
        if bord is not None:
            self.canvas.setStrokeColor(HexColor(bord))
            self.canvas.setLineWidth(trait)
        self.canvas.setDash([2, 1.5] if tirets else [])
