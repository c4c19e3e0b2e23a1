"""What the page needs to draw blocks: widths in percent of a scale, outlines as SVG paths. No figure is formatted here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from ccm_data.reports.carte import get_couleur_classe, read_fond
from ccm_data.reports.scenes import Barres, Carte

COTE: Final = 1000  # of the map's box, in SVG units
SILENCES: Final = 3  # silent regions from which their labels keep the name alone
SIGNE: Final = 17  # width of a sign of a label, in SVG units


@dataclass(frozen=True)
class Part:
    """A bar: its length in percent of the scale (None: not reported), its words, its colour's name, whether it overruns."""

    nom: str
    largeur: float | None
    texte: str
    ton: str
    depasse: bool


@dataclass(frozen=True)
class Rangee:
    """A category: its bars, the expected mark in percent, its status in words."""

    categorie: str
    parts: tuple[Part, ...]
    attendu: float | None
    statut: str
    ton: str | None


@dataclass(frozen=True)
class Zone:
    """A region of the map: SVG path, fill (None: hatched), where its label stands and where a line to it ends."""

    nom: str
    trace: str
    couleur: str | None
    texte: str
    x: float
    y: float
    fil: tuple[float, float] | None
    demi: int  # half the label's width


def compute_echelle(barres: Barres) -> float:
    """The value at the end of the scale: the one given, else the largest value or expectation."""
    if barres.maximum is not None:
        return barres.maximum
    connus = [v for s in barres.series for v in s.valeurs if v is not None] + [
        v for v in barres.attendus if v is not None
    ]
    return max(connus, default=0.0) or 1.0


def list_rangees(barres: Barres) -> tuple[Rangee, ...]:
    """The rows of a chart."""
    echelle = compute_echelle(barres)

    def _scale(valeur: float | None) -> float | None:
        return None if valeur is None else round(min(max(100 * valeur / echelle, 0.0), 100.0), 2)

    return tuple(
        Rangee(
            categorie,
            tuple(
                Part(s.nom, _scale(s.valeurs[i]), s.textes[i], s.ton, (s.valeurs[i] or 0) > echelle)
                for s in barres.series
            ),
            _scale(barres.attendus[i]) if barres.attendus else None,
            barres.statuts[i] if barres.statuts else "",
            barres.tons[i] if barres.tons else None,
        )
        for i, categorie in enumerate(barres.categories)
    )


@lru_cache(maxsize=1)
def _list_traces() -> dict[str, str]:
    """Region → its outline as an SVG path, computed once."""
    traces = {}
    for region in read_fond().regions:
        morceaux = []
        for polygone in region.polygones:
            for anneau in polygone:
                points = " L".join(f"{COTE * x:.1f},{COTE * y:.1f}" for x, y in anneau)
                morceaux.append(f"M{points}Z")
        traces[region.code] = "".join(morceaux)
    return traces


def list_zones(carte: Carte) -> tuple[Zone, ...]:
    """The regions as shapes, largest first."""
    fond, valeurs = read_fond(), {r.code: r for r in carte.regions}
    silencieuses = [r for r in carte.regions if r.classe is None]
    zones = []
    for contour in fond.regions:
        region = valeurs.get(contour.code)
        if region is None:
            continue
        couleur = None if region.classe is None else get_couleur_classe(region.classe, len(carte.legende))
        x, y = (COTE * v for v in contour.etiquette)
        fil = (COTE * contour.centre[0], COTE * contour.centre[1]) if contour.dehors else None
        texte = region.texte
        if (
            region.classe is None and len(silencieuses) >= SILENCES
        ):  # the hatching and its legend say it; words would overlap
            texte = ""
        demi = round(max(len(region.nom), len(texte)) * SIGNE / 2) + 12
        trace = _list_traces()[contour.code]
        zones.append(Zone(region.nom, trace, couleur, texte, round(x, 1), round(y, 1), fil, demi))
    return tuple(zones)


def list_legende(carte: Carte) -> list[tuple[str, str]]:
    """(colour, words) of each class."""
    return [(get_couleur_classe(i, len(carte.legende)), texte) for i, texte in enumerate(carte.legende)]


def get_boite() -> tuple[int, int]:
    """Width and height of the map in SVG units."""
    fond = read_fond()
    return round(COTE * fond.largeur), round(COTE * fond.hauteur)
