"""The offline map: Niger's regions shaded by a measure, its neighbours, rivers, and layers of points.

Folium asks a dozen outside addresses by default; here Leaflet, our script and our style come from our own server, there
are no tiles and no markers that need a file. Regions without a value are hatched. No text ever becomes HTML: labels and
popups enter the page as text (assets/carte.js).
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

import folium
import pandas as pd
from branca.element import MacroElement
from folium.template import Template
from folium.utilities import JsCode

from ccm_data.config import RACINE
from ccm_data.figures.classes import ABSENTE, Classes, compute_classes
from ccm_data.figures.theme import ARDOISE, BLANC, ENCRE, ENCRE_2, FILET, TERRE, VERT
from ccm_data.textes import N_, _, get_langue

__all__ = ["CREDITS", "FORMES", "HAUTEUR", "CarteHorsLigne", "Classes", "compute_classes", "draw_carte"]

GEO = RACINE / "ccm_data" / "reference" / "geo"
ASSETS = RACINE / "assets"
HAUTEUR = 474
CREDITS = N_(
    "Contours : Made with Natural Earth. Lieux : GeoNames (CC BY 4.0). Un point n’engage pas le tracé des frontières."
)
CADRE = [[11.55, 0.0], [23.6, 16.1]]  # south-west, north-east: Niger and a little air
EAU = "#7FA8C4"
BORD_DEGRES = 0.02

# Where a region's name stands: inside where there is room, beside it where there is none.
PLACES = {
    "NE001": (20.1, 9.6),
    "NE002": (16.1, 12.85),
    "NE003": (11.95, 4.6),
    "NE004": (14.85, 7.4),
    "NE005": (16.55, 4.75),
    "NE006": (15.05, 1.35),
    "NE007": (15.15, 9.9),
    "NE008": (12.3, 1.0),
}
PAYS = (
    (N_("Algérie"), 22.2, 3.6),
    (N_("Libye"), 23.35, 14.4),
    (N_("Mali"), 17.7, 1.2),
    (N_("Tchad"), 15.3, 15.9),
    (N_("Nigéria"), 12.15, 8.7),
    (N_("Burkina Faso"), 12.75, -0.75),
)


def _draw_forme(dessin: str) -> str:
    return f'<svg viewBox="0 0 20 20" aria-hidden="true">{dessin}</svg>'


# Marks differ by shape first. Keys are the layers' codes; an unknown layer takes the cross.
FORMES = {
    "comites": _draw_forme(
        f'<rect x="3" y="3" width="14" height="14" fill="{VERT}" stroke="{BLANC}" stroke-width="2"/>'
    ),
    "points_information": _draw_forme(
        f'<circle cx="10" cy="10" r="9" fill="{BLANC}"/>'
        f'<circle cx="10" cy="10" r="6.1" fill="{BLANC}" stroke="{VERT}" stroke-width="3.8"/>'
    ),
    "points_focaux": _draw_forme(
        f'<path d="M10 2 18.5 17.5H1.5Z" fill="{ENCRE}" stroke="{BLANC}" stroke-width="1.8" stroke-linejoin="round"/>'
    ),
    "acteurs": _draw_forme(
        f'<path d="M7 2h6v5h5v6h-5v5H7v-5H2V7h5z" fill="{ARDOISE}" stroke="{BLANC}" stroke-width="1.6"/>'
    ),
}
FORME_INCONNUE = "acteurs"


@lru_cache(maxsize=8)
def get_adresse(nom: str) -> str:
    """Address of one of our own files, with its fingerprint: a new version is never hidden by a browser's cache."""
    return f"/assets/{nom}?v={hashlib.sha256((ASSETS / nom).read_bytes()).hexdigest()[:10]}"


@lru_cache(maxsize=4)
def read_geo(nom: str) -> str:
    """The text of a geographic file (parsed afresh by each map: Folium writes into what it is given)."""
    return (GEO / nom).read_text(encoding="utf-8")


def write_json(valeur: Any) -> str:
    """JSON that may stand inside a script: nothing in it closes a tag, opens a template or looks like a variable."""
    texte = json.dumps(valeur, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for signe in "<>&_\u2028\u2029":
        texte = texte.replace(signe, f"\\u{ord(signe):04x}")
    return texte.replace("{{", "{\\u007b")


class CarteHorsLigne(folium.Map):
    """A Folium map that asks nothing of any other server: our Leaflet, no tiles, no outside attribution."""

    default_js = [("leaflet", "/assets/tiers/leaflet/leaflet.js"), ("ccm_carte", get_adresse("carte.js"))]  # noqa: RUF012
    default_css = [("leaflet_css", "/assets/tiers/leaflet/leaflet.css"), ("ccm_carte", get_adresse("carte.css"))]  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__(
            location=[17.6, 8.05],
            tiles=None,
            zoom_start=5,
            min_zoom=4,
            max_zoom=11,
            zoom_snap=0.05,
            zoom_control=False,
            scroll_wheel_zoom=False,
            attribution_control=False,
            font_size="15px",
        )
        self.non_places = 0


class _Habillage(MacroElement):
    """Hands labels, marks and sizes to assets/carte.js, once the regions are drawn."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "L.control.zoom({position: 'topleft', zoomInTitle: {{ this.plus }}, zoomOutTitle: {{ this.moins }}})"
        ".addTo({{ this._parent.get_name() }});"
        "ccmCarte({{ this._parent.get_name() }}, {{ this.couche.get_name() }}, {{ this.donnees }});"
        "{% endmacro %}"
    )

    def __init__(self, couche: folium.GeoJson, donnees: Mapping[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Habillage"
        self.couche = couche
        self.donnees = write_json(donnees)
        self.plus, self.moins = write_json(_("Agrandir")), write_json(_("Réduire"))


def is_absent(valeur: Any) -> bool:
    """Nothing known: None or NaN (never zero)."""
    return valeur is None or (isinstance(valeur, float) and math.isnan(valeur)) or valeur is pd.NA


@lru_cache(maxsize=1)
def list_frontieres() -> tuple[tuple[tuple[float, float], ...], ...]:
    """The neighbours' outlines as lines, without the edges of the sheet on which they were cut."""
    anneaux = [
        [tuple(point) for point in anneau]
        for pays in json.loads(read_geo("contexte.geojson"))["features"]
        if pays["properties"]["kind"] == "country"
        for polygone in _list_polygones(pays["geometry"])
        for anneau in polygone
    ]
    bords = [(axe, f(p[axe] for a in anneaux for p in a)) for axe in (0, 1) for f in (min, max)]
    lignes: list[tuple[tuple[float, float], ...]] = []
    for anneau in anneaux:
        ligne = [anneau[0]]
        for avant, apres in pairwise(anneau):
            if any(
                abs(avant[axe] - bord) < BORD_DEGRES and abs(apres[axe] - bord) < BORD_DEGRES for axe, bord in bords
            ):
                lignes.append(tuple(ligne))
                ligne = [apres]
            else:
                ligne.append(apres)
        lignes.append(tuple(ligne))
    return tuple(ligne for ligne in lignes if len(ligne) > 1)


def _list_polygones(geometrie: dict[str, Any]) -> list[Any]:
    coordonnees = geometrie["coordinates"]
    return list(coordonnees) if geometrie["type"] == "MultiPolygon" else [coordonnees]


def _add_fond(carte: CarteHorsLigne) -> None:
    """Neighbours' borders, below; they take no click."""
    folium.GeoJson(
        {
            "type": "Feature",
            "properties": {},
            "geometry": {"type": "MultiLineString", "coordinates": [list(ligne) for ligne in list_frontieres()]},
        },
        style_function=lambda _f: {"color": FILET, "weight": 1.2},
        interactive=False,
    ).add_to(carte)


def _add_eau(carte: CarteHorsLigne) -> None:
    folium.GeoJson(
        json.loads(read_geo("cours-d-eau.geojson")),
        style_function=lambda _f: {"color": EAU, "weight": 1.6, "opacity": 0.9},
        interactive=False,
    ).add_to(carte)


def _add_regions(carte: CarteHorsLigne, regions: pd.DataFrame, classes: Classes) -> folium.GeoJson:
    lues = zip(regions["code"], regions["valeur"], strict=True)
    valeurs = {code: None if is_absent(v) else float(v) for code, v in lues}
    fonds = json.loads(read_geo("regions-14k.geojson"))["features"]
    for fond in fonds:
        fond["properties"] = {"code": fond["properties"]["pcode"]}

    def _style(fond: dict[str, Any]) -> dict[str, Any]:
        rang = classes.get_rang(valeurs.get(fond["properties"]["code"]))
        couleur = "url(#hachures)" if rang == ABSENTE else TERRE[classes.pas[rang]]
        return {"color": ENCRE_2, "weight": 1.2, "fillColor": couleur, "fillOpacity": 1}

    couche = folium.GeoJson(
        {"type": "FeatureCollection", "features": fonds},
        style_function=_style,
        on_each_feature=JsCode("ccmRegion"),
        smooth_factor=0.5,
    )
    couche.add_to(carte)
    return couche


def _list_etiquettes(regions: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {
            "lat": PLACES[ligne["code"]][0],
            "lon": PLACES[ligne["code"]][1],
            "nom": str(ligne["nom"]),
            "libelle": str(ligne["libelle"]),
            "absent": is_absent(ligne["valeur"]),
        }
        for ligne in regions.to_dict("records")
        if ligne["code"] in PLACES
    ]


def _list_points(couches: Mapping[str, pd.DataFrame]) -> tuple[list[dict[str, Any]], int]:
    """Marks of all layers, and how many rows have no place."""
    points: list[dict[str, Any]] = []
    sans_lieu = 0
    for code, cadre in couches.items():
        for ligne in cadre.to_dict("records"):
            if is_absent(ligne["lat"]) or is_absent(ligne["lon"]):
                sans_lieu += 1
                continue
            points.append(
                {
                    "lat": round(float(ligne["lat"]), 4),
                    "lon": round(float(ligne["lon"]), 4),
                    "forme": code if code in FORMES else FORME_INCONNUE,
                    "titre": str(ligne["titre"]),
                    "lignes": [str(texte) for texte in ligne["lignes"]],
                }
            )
    return points, sans_lieu


def draw_carte(
    regions: pd.DataFrame,
    couches: Mapping[str, pd.DataFrame] | None = None,
    *,
    alt: str,
    classes: Classes | None = None,
    echelle: float = 1.0,
    hauteur: int = HAUTEUR,
    cadre: Sequence[Sequence[float]] = CADRE,
    parametre: str = "region",
) -> CarteHorsLigne:
    """Draw the map.

    `regions`: code (P-code), nom, valeur (None or NaN: not reported, hatched), libelle (the value in words, on the
    label). `couches`: layer code (FORMES) → lat, lon, titre, lignes (list of texts for the popup); rows without a place
    are counted in `non_places` of the map, for the screen to say. `classes`: as given to the legend; computed from the
    values when absent. `alt`: the map in one sentence. `parametre`: the address parameter that names the chosen region.
    The frame grows with the page's root size by itself; `echelle` only asks for at least that much.
    """
    classes = classes or compute_classes([None if is_absent(v) else float(v) for v in regions["valeur"]])
    carte = CarteHorsLigne()
    _add_fond(carte)
    couche = _add_regions(carte, regions, classes)
    _add_eau(carte)
    points, carte.non_places = _list_points(couches or {})
    donnees = {
        "alt": alt,
        "langue": get_langue(),
        "echelle": echelle,
        "hauteur": hauteur,
        "cadre": [list(coin) for coin in cadre],
        "parametre": parametre,
        "pays": [{"nom": _(nom), "lat": lat, "lon": lon} for nom, lat, lon in PAYS],
        "etiquettes": _list_etiquettes(regions),
        "points": points,
        "formes": {code: FORMES[code] for code in sorted({p["forme"] for p in points})},
    }
    _Habillage(couche, donnees).add_to(carte)
    return carte
