"""Words: one writing (no accent, case, plural or feminine), and the concepts of the lexicon in a text.

`lexique.csv` is data that anybody of the field may extend: concept; kind (action, objet, generique; of a public: profil,
statut, fonction); weight; concepts that it implies; its terms (abbreviations, synonyms) separated by `|`.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final

from rapidfuzz import fuzz, process

FICHIER: Final = Path(__file__).parent / "lexique.csv"
MOTS: Final = re.compile(r"[a-z0-9]+")
VIDES: Final = frozenset(
    "a au aux avec ce ces cet cette chez comme contre d dans de des du elle en entre est et eu fait forme grace il ils je l la "  # noqa: SIM905
    "le les leur leurs lui lors mais me meme mes ne nos notre nous on ont ou par pas pendant plus pour qu que qui s sa sans "
    "se selon ses si son sont sous sur t tous tout toute toutes un une via vers vos votre y afin ainsi aupres dont the of and "
    "for in to visant vise travers apres avant sein face lie liee lies liees suite deux trois dix cinq quatre six sept huit "
    "nouveau nouvelle nouveaux autre autres jusqu tres demonstration".split()  # the last: our own mark of invented rows
)
SUFFIXES: Final = (
    "isation", "ication", "ation", "ition", "ution", "ement", "ateur", "atric", "tion", "sion", "ment", "eur", "eus",
    "ique", "iqu", "aire", "air", "iste", "ist", "ant", "ent", "if", "iv", "er", "ir", "el", "al",
)  # fmt: skip
PUBLICS: Final = ("profil", "statut", "fonction")  # sides of a public: age and sex; migrant, refugee …; trade
CLOS: Final = frozenset({"survivante", "victime_traite"})  # their « victimes » are not those of another harm
RACINE_MIN: Final = 4
FLOU_MIN: Final = 7  # letters from which a misspelt word is looked for in the lexicon
FLOU_SEUIL: Final = 90


def strip_accents(texte: str) -> str:
    """Lower case, without accents or ligatures."""
    bas = texte.lower().replace("œ", "oe").replace("æ", "ae").replace("’", "'")
    return "".join(c for c in unicodedata.normalize("NFKD", bas) if not unicodedata.combining(c))


@lru_cache(maxsize=65_536)
def compute_racine(mot: str) -> str:
    """A word without its plural and feminine: « migrantes » → « migrant », « régionaux » → « regional »."""
    if len(mot) <= RACINE_MIN - 1 or mot.isdigit():
        return mot
    net = mot.rstrip("sx")
    if net.endswith("au"):
        net = f"{net[:-1]}l"
    while net.endswith("e") and len(net) > RACINE_MIN - 1:
        net = net[:-1]
    return net or mot


@lru_cache(maxsize=65_536)
def compute_famille(mot: str) -> str:
    """A stem without its derivation: « sensibilis(er) », « formation » and « form(er) » meet."""
    for suffixe in SUFFIXES:
        if mot.endswith(suffixe) and len(mot) - len(suffixe) >= RACINE_MIN:
            return mot[: -len(suffixe)]
    return mot


@dataclass(frozen=True)
class Mot:
    """A word: its stem, its writing, where it stands in the text."""

    racine: str
    brut: str
    debut: int
    fin: int


def list_mots(texte: str) -> list[Mot]:
    """The words of a text, without empty ones; the writing keeps its accents."""
    trouves = []
    for brut in re.finditer(r"[^\W_]+", texte):
        for mot in MOTS.findall(strip_accents(brut[0])):
            if mot not in VIDES and (len(mot) > 1 or mot.isdigit()):
                trouves.append(Mot(compute_racine(mot), brut[0], brut.start(), brut.end()))
    return trouves


@dataclass(frozen=True)
class Concept:
    """A notion of the field: kind, weight, and what it implies."""

    nom: str
    genre: str
    poids: float
    implique: tuple[str, ...]


@dataclass
class Lexique:
    """The lexicon, ready to read texts."""

    concepts: dict[str, Concept]
    termes: dict[tuple[str, ...], str]
    familles: dict[str, str]
    longueur: int
    _flous: dict[str, str | None] = field(default_factory=dict)
    publics: dict[tuple[str, ...], str] = field(init=False)  # terms that name a public: no subject hides them
    _seuls: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.publics = {t: nom for t, nom in self.termes.items() if self.concepts[nom].genre in PUBLICS}
        self._seuls = sorted(t[0] for t in self.termes if len(t) == 1 and len(t[0]) >= FLOU_MIN)

    def list_concepts(self, texte: str) -> list[tuple[str, str]]:
        """(concept or `m:stem` for a word that the lexicon does not know, words as written), longest terms first."""
        mots = list_mots(texte)
        return [(nom, " ".join(m.brut for m in mots[d:f])) for nom, d, f in self._read(mots)]

    def list_expressions(self, texte: str) -> list[tuple[str, str]]:
        """The same, with the stretch of the text itself: « points d’eau »."""
        mots = list_mots(texte)
        return [(nom, texte[mots[d].debut : mots[f - 1].fin]) for nom, d, f in self._read(mots)]

    def _read(self, mots: list[Mot], termes: dict[tuple[str, ...], str] | None = None) -> list[tuple[str, int, int]]:
        """(concept, first word, one past the last)."""
        termes = self.termes if termes is None else termes
        racines = [m.racine for m in mots]
        sortie, rang = [], 0
        while rang < len(mots):
            for taille in range(min(self.longueur, len(mots) - rang), 0, -1):
                concept = termes.get(tuple(racines[rang : rang + taille]))
                if concept is None and taille == 1:
                    concept = self._guess(racines[rang])
                if concept is not None:
                    break
            sortie.append((concept or "", rang, rang + taille))
            rang += taille
        return sortie

    def _guess(self, racine: str) -> str:
        """Another form of a word of the lexicon, a misspelt one, or the word itself."""
        famille = compute_famille(racine)
        if famille in self.familles:
            return self.familles[famille]
        if len(racine) >= FLOU_MIN:
            if racine not in self._flous:
                proche = process.extractOne(racine, self._seuls, scorer=fuzz.ratio, score_cutoff=FLOU_SEUIL)
                self._flous[racine] = self.termes[(proche[0],)] if proche else None
            if (concept := self._flous[racine]) is not None:
                return concept
        return f"m:{famille}"

    def list_publics(self, texte: str) -> set[str]:
        """The notions of a public cell, each word also read by itself: « femmes réfugiées » are refugees and women.

        A word inside a term adds only another side of the public (a term of age keeps « filles » of « filles et garçons »).
        """
        mots = list_mots(texte)
        sortie: set[str] = set()
        for nom, debut, fin in self._read(mots, self.publics):
            concept = self.concepts.get(nom)
            if concept is None or concept.genre not in PUBLICS:
                continue
            sortie.add(nom)
            if nom not in CLOS and fin - debut > 1:
                seuls = (self.concepts.get(self.publics.get((m.racine,), "")) for m in mots[debut:fin])
                sortie |= {autre.nom for autre in seuls if autre is not None and autre.genre != concept.genre}
        return sortie or {nom for nom, _brut in self.list_concepts(texte)}

    def expand(self, noms: Iterable[str], part: float) -> dict[str, float]:
        """Concepts → presence: 1, or `part` for what is only implied."""
        presence: dict[str, float] = {}
        for nom in noms:
            presence[nom] = 1.0
            for suite in self.concepts[nom].implique if nom in self.concepts else ():
                presence.setdefault(suite, part)
        return presence


@lru_cache(maxsize=4)
def read_lexique(fichier: Path = FICHIER) -> Lexique:
    """The lexicon of the file."""
    concepts: dict[str, Concept] = {}
    termes: dict[tuple[str, ...], str] = {}
    familles: dict[str, str] = {}
    with fichier.open(encoding="utf-8", newline="") as flux:
        for ligne in csv.DictReader(flux):
            nom = ligne["concept"]
            concepts[nom] = Concept(nom, ligne["genre"], float(ligne["poids"]), tuple(ligne["implique"].split()))
            for terme in filter(None, ligne["termes"].split("|")):
                cle = tuple(m.racine for m in list_mots(terme))
                if cle:
                    termes.setdefault(cle, nom)
                if len(cle) == 1 and ligne["genre"] != "generique":
                    familles.setdefault(compute_famille(cle[0]), nom)
    return Lexique(concepts, termes, familles, max(map(len, termes)))
