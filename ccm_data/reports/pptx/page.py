"""What a slide is made of before it is drawn: zones in points, the frame that the template leaves, the sizes of type.

All measures are points of a slide 540 points high, whatever the template's real size: a small slide is projected as large as
a big one, so its letters shrink with it (a 4:3 one keeps its 720 points of width).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from ccm_data.reports.mesure import INTERLIGNE, LIGNE, list_lignes
from ccm_data.reports.pptx.gabarit import Gabarit
from ccm_data.reports.pptx.modele import MARGE
from ccm_data.reports.scenes import Bloc, Scene

# Sizes of type.
TITRE: Final = (32.0, 30.0, 28.0)
SOUS_TITRE, TEXTE, DETAIL, INTITULE, TABLEAU, ETIQUETTE, SOURCE, PIED = 18.0, 20.0, 18.0, 18.0, 14.0, 16.0, 14.0, 12.0
TITRE_LIGNES, SOUS_TITRE_LIGNES, SOURCE_LIGNES = 3, 2, 2
HAUTEUR: Final = 540.0
LARGEUR_MIN: Final = 720.0
PIED_HAUT: Final = 24.0  # the line at the bottom, with its air
ECART: Final = 12.0  # between blocks


@dataclass(frozen=True)
class Zone:
    """A rectangle, in points."""

    x: float
    y: float
    largeur: float
    hauteur: float


@dataclass(frozen=True)
class Decision:
    """What is asked of the meeting, as a block of its own (the renderer's)."""

    paragraphes: tuple[str, ...]


Dessinable = Bloc | Decision


@dataclass(frozen=True)
class Morceau:
    """A block, or a part of one, and where it stands."""

    bloc: Dessinable
    zone: Zone


@dataclass(frozen=True)
class Page:
    """A slide: its texts already cut to what fits, its blocks placed."""

    scene: Scene
    titre: str
    corps_titre: float
    zone_titre: Zone
    sous_titre: str
    zone_sous_titre: Zone
    source: str
    zone_source: Zone
    morceaux: tuple[Morceau, ...] = ()


@dataclass(frozen=True)
class Cadre:
    """The slide that the template gives: real unit (EMU per point of ours), size and title's zone in our points.

    `sien`: the user's template: its art and its title's place are kept, our heading line goes to the foot.
    """

    unite: float
    largeur: float
    hauteur: float
    titre: Zone
    bas: float  # where the foot begins
    gauche: float
    droite: float
    sien: bool

    @property
    def utile(self) -> float:
        """Width between the margins."""
        return self.droite - self.gauche


def compute_cadre(gabarit: Gabarit) -> Cadre:
    """Read the template's slide size, title placeholder and footers."""
    large, haut = int(gabarit.prs.slide_width), int(gabarit.prs.slide_height)
    unite = min(haut / HAUTEUR, large / LARGEUR_MIN)
    largeur, hauteur = large / unite, haut / unite
    notre = Zone(MARGE, 54, largeur - 2 * MARGE, 84)
    titre = _get_zone(gabarit.contenu, unite) if gabarit.sien else notre
    if titre is None or not _is_sensee(titre, largeur, hauteur):
        titre = notre if not gabarit.sien else Zone(MARGE, 24, largeur - 2 * MARGE, 84)
    gauche = min(max(titre.x, 24.0), 90.0)
    bas = hauteur - 12 - PIED_HAUT - (PIED_HAUT - 6 if gabarit.sien else 0)
    return Cadre(unite, largeur, hauteur, titre, bas, gauche, largeur - gauche, gabarit.sien)


def _get_zone(disposition: Any, unite: float) -> Zone | None:
    for forme in disposition.placeholders:
        if forme.placeholder_format.type.name in ("TITLE", "CENTER_TITLE"):
            mesures = [forme.left, forme.top, forme.width, forme.height]
            if None not in mesures:
                return Zone(*(int(m) / unite for m in mesures))
    return None


def _is_sensee(zone: Zone, largeur: float, hauteur: float) -> bool:
    """A title across the head of the slide; anything else (at the side, at the foot, huge) is not built upon."""
    return (
        zone.largeur >= 0.55 * largeur
        and zone.x >= 0
        and zone.x + zone.largeur <= largeur
        and zone.y >= 0
        and zone.hauteur >= 30
        and zone.y + zone.hauteur <= 0.36 * hauteur
    )


def compute_texte(paragraphes: tuple[str, ...], corps: float, largeur: float, gras: bool = False) -> float:
    """Height of paragraphs with half a line between them."""
    lignes = sum(len(list_lignes(p, corps, largeur, gras)) for p in paragraphes)
    return lignes * corps * LIGNE + max(0, len(paragraphes) - 1) * corps * 0.5


__all__ = [
    "INTERLIGNE",
    "LIGNE",
    "Cadre",
    "Decision",
    "Dessinable",
    "Morceau",
    "Page",
    "Zone",
    "compute_cadre",
    "compute_texte",
]
