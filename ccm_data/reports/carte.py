"""The outlines of the 8 regions for documents: projected once to a box, usable by slides, PDF, HTML and DOCX alike.

Plate carrée with the cosine of Niger's mean latitude, so that the country keeps its proportions; x grows to the right, y
downwards, and the longer side of the box measures 1. The file is already generalised (14 thousand signs): simplifying
each region alone would open gaps between neighbours. Source: reference/geo/LICENCES.md (Natural Earth).
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from ccm_data.config import RACINE
from ccm_data.figures.classes import PAS
from ccm_data.figures.theme import TERRE

FICHIER: Final = RACINE / "ccm_data" / "reference" / "geo" / "regions-14k.geojson"
Point = tuple[float, float]
Anneau = tuple[Point, ...]
# Where a label of two lines is centred (latitude, longitude): inside where there is room, beside it where there is none.
PLACES: Final = {
    "NE001": (20.1, 9.6),
    "NE002": (15.5, 13.3),
    "NE003": (12.1, 4.9),
    "NE004": (13.4, 7.5),
    "NE005": (16.4, 4.9),
    "NE006": (15.0, 1.5),
    "NE007": (15.2, 10.1),
    "NE008": (12.15, 0.6),
}


@dataclass(frozen=True)
class Contour:
    """A region: its polygons (each its outer ring, then its holes), where its label stands and a point inside it.

    `dehors`: the label stands outside, a line leads from it to `centre`.
    """

    code: str
    nom: str
    polygones: tuple[tuple[Anneau, ...], ...]
    etiquette: Point
    centre: Point
    dehors: bool


@dataclass(frozen=True)
class Fond:
    """The box (`largeur` × `hauteur`, the longer is 1) and the regions, largest first: the small are drawn last."""

    largeur: float
    hauteur: float
    regions: tuple[Contour, ...]

    def get_region(self, code: str) -> Contour | None:
        """The outline of this region (code « NE001 »), None for an unknown one."""
        return next((r for r in self.regions if r.code == code), None)


@lru_cache(maxsize=1)
def read_fond() -> Fond:
    """Read and projected at the first call, then kept."""
    fiches = json.loads(FICHIER.read_text(encoding="utf-8"))["features"]
    points = [p for f in fiches for a in _list_anneaux(f["geometry"]) for p in a]
    ouest, est = min(p[0] for p in points), max(p[0] for p in points)
    sud, nord = min(p[1] for p in points), max(p[1] for p in points)
    serre = math.cos(math.radians((sud + nord) / 2))
    cote = max((est - ouest) * serre, nord - sud)

    def project(longitude: float, latitude: float) -> Point:
        return (longitude - ouest) * serre / cote, (nord - latitude) / cote

    regions = [_make_contour(f, project) for f in fiches]
    regions.sort(key=lambda r: -sum(abs(_compute_aire(p[0])) for p in r.polygones))
    return Fond((est - ouest) * serre / cote, (nord - sud) / cote, tuple(regions))


def get_couleur_classe(classe: int, nombre: int) -> str:
    """The earth of a class (0 lightest) among `nombre` classes, as far apart as they can be, like on the screens' map."""
    pas = PAS[max(1, min(nombre, len(TERRE)))]
    return TERRE[pas[max(0, min(classe, len(pas) - 1))]]


def _list_polygones(geometrie: dict[str, Any]) -> list[Any]:
    coordonnees = geometrie["coordinates"]
    return list(coordonnees) if geometrie["type"] == "MultiPolygon" else [coordonnees]


def _list_anneaux(geometrie: dict[str, Any]) -> Iterator[Sequence[Sequence[float]]]:
    for polygone in _list_polygones(geometrie):
        yield from polygone


def _make_contour(fiche: dict[str, Any], project: Any) -> Contour:
    code = fiche["properties"]["pcode"]
    polygones = tuple(
        tuple(tuple(project(*point[:2]) for point in anneau) for anneau in polygone)
        for polygone in _list_polygones(fiche["geometry"])
    )
    latitude, longitude = PLACES[code]
    grand = max((p[0] for p in polygones), key=lambda a: abs(_compute_aire(a)))
    etiquette = project(longitude, latitude)
    return Contour(code, fiche["properties"]["name"], polygones, etiquette, _compute_centre(grand), code in DEHORS)


DEHORS: Final = frozenset({"NE003", "NE008"})


def _compute_aire(anneau: Anneau) -> float:
    suivants = (*anneau[1:], anneau[0])
    return sum(x * v - u * y for (x, y), (u, v) in zip(anneau, suivants, strict=True)) / 2


def _compute_centre(anneau: Anneau) -> Point:
    """Centre of mass of a ring."""
    aire = _compute_aire(anneau)
    suivants = (*anneau[1:], anneau[0])
    paires = [((x + u), (y + v), x * v - u * y) for (x, y), (u, v) in zip(anneau, suivants, strict=True)]
    return sum(a * c for a, _b, c in paires) / (6 * aire), sum(b * c for _a, b, c in paires) / (6 * aire)
