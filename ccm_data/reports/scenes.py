"""What a scene holds, whatever draws it: a message, a subtitle, blocks, a source. Values come with their words.

A block keeps both the raw value (for native charts and cells) and the text that people read, made once: no renderer formats
a figure. `None` is « non renseigné » and is drawn hatched or said in words, never as zero.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Ton = Literal["encre", "prevu", "engage", "decaisse", "avancement", "atteint", "en_bonne_voie", "a_surveiller", "en_retard",
              "cible_non_definie", "non_renseigne"]  # fmt: skip


@dataclass(frozen=True)
class Chiffre:
    """A key figure: « Décaissé », « 54 % », « 531,5 sur 987 millions FCFA »; `ratio` 0-1 draws a bar, `attendu` its tick."""

    libelle: str
    texte: str
    base: str = ""
    ratio: float | None = None
    attendu: float | None = None
    ton: Ton = "encre"


@dataclass(frozen=True)
class Chiffres:
    """Key figures side by side, four at most."""

    chiffres: tuple[Chiffre, ...]
    genre: Literal["chiffres"] = field(default="chiffres", init=False)


@dataclass(frozen=True)
class Serie:
    """One series of a chart: raw values in the order of the categories, and their words."""

    nom: str
    valeurs: tuple[float | None, ...]
    textes: tuple[str, ...]
    ton: Ton = "encre"


@dataclass(frozen=True)
class Barres:
    """Bars per category. `maximum`: end of the scale (100 for percent); `attendus`: a tick per category.

    `forme`: `cote` side by side, `empilees` stacked (parts of one whole), `emboitees` nested (prévu ⊃ engagé ⊃ décaissé).
    """

    titre: str
    categories: tuple[str, ...]
    series: tuple[Serie, ...]
    unite: str
    forme: Literal["cote", "empilees", "emboitees"] = "cote"
    horizontal: bool = True
    maximum: float | None = None
    attendus: tuple[float | None, ...] = ()
    statuts: tuple[str, ...] = ()  # words beside the bars, one per category
    tons: tuple[Ton | None, ...] = ()  # a colour of its own for the first bar of each category
    genre: Literal["barres"] = field(default="barres", init=False)


@dataclass(frozen=True)
class Tableau:
    """A table: headings, rows of words; `bruts` are the same cells as values, for a workbook. `tons`: colour of a row's mark."""

    titre: str
    colonnes: tuple[str, ...]
    lignes: tuple[tuple[str, ...], ...]
    bruts: tuple[tuple[object, ...], ...] = ()
    tons: tuple[Ton | None, ...] = ()
    largeurs: tuple[float, ...] = ()  # relative
    vide: str = ""  # said when there is no row
    genre: Literal["tableau"] = field(default="tableau", init=False)


@dataclass(frozen=True)
class RegionValeur:
    """A region of the map: its value in words and its class (0 lightest to 4; None: not reported, hatched)."""

    code: str
    nom: str
    texte: str
    classe: int | None


@dataclass(frozen=True)
class Carte:
    """Regions shaded by class, with the legend of the classes (words, lightest first)."""

    titre: str
    regions: tuple[RegionValeur, ...]
    legende: tuple[str, ...]
    genre: Literal["carte"] = field(default="carte", init=False)


@dataclass(frozen=True)
class Texte:
    """Paragraphs, in order."""

    paragraphes: tuple[str, ...]
    genre: Literal["texte"] = field(default="texte", init=False)


@dataclass(frozen=True)
class Liste:
    """Points to read or to decide; `detail` is smaller."""

    points: tuple[tuple[str, str], ...]  # (point, detail)
    titre: str = ""
    genre: Literal["liste"] = field(default="liste", init=False)


@dataclass(frozen=True)
class Image:
    """A picture given by the SP/CCM, already cleaned and reduced: its bytes and kind, and what it shows in words."""

    octets: bytes
    type_mime: str
    alt: str
    largeur: int
    hauteur: int
    genre: Literal["image"] = field(default="image", init=False)


Bloc = Chiffres | Barres | Tableau | Carte | Texte | Liste | Image


@dataclass(frozen=True)
class Scene:
    """One message. `cle` names its kind (« axes », « budget », …) and `numero` its place; `suite` marks the second slide of a
    long text. `decision`: what is asked of the meeting. `source` stands under the figures."""

    cle: str
    titre: str
    sous_titre: str = ""
    blocs: tuple[Bloc, ...] = ()
    decision: str = ""
    source: str = ""
    suite: bool = False


@dataclass(frozen=True)
class Deck:
    """A whole: its heading (body, date), the scenes in order, the hash of the snapshot (printed everywhere)."""

    titre: str  # « CCM, séance du 18 décembre 2026 »
    sous_titre: str  # « Données arrêtées au 30 septembre 2026 »
    instance: str
    date_iso: str
    empreinte: str
    scenes: tuple[Scene, ...]
    demonstration: bool = False
