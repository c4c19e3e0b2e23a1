"""How much room a text takes, before anything draws it: widths of Noto Sans, rounded up, and lines broken at spaces.

Slides have no layout engine of ours: what will not fit must be known beforehand. A fallback font (Segoe UI, Calibri, Arial)
is narrower than Noto Sans; `SECURITE` covers kerning and renderers that round otherwise. Sizes are points.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

SECURITE: Final = 1.03
GRAS: Final = 1.07
# A line of Noto Sans is 1.36 times its size; we set 90 %.
INTERLIGNE: Final = 0.9
LIGNE: Final = 1.36 * INTERLIGNE
# Advance, in hundredths of the size, of Noto Sans Regular (a gap's sign takes the next one up).
CHASSES: Final = {
    17: "’\u202f", 23: "'", 26: " ijl\u00a0", 27: "!,.:;J·", 28: "`", 30: "()", 32: "-", 33: "[]", 34: "If", 36: "t",
    37: "/\\", 38: "{}", 41: '"r', 43: "?", 44: "_", 47: "z", 48: "cs", 50: "–", 51: "vy«»", 52: "FL", 53: "kx",
    55: "*S|", 56: "ETae", 57: "$+0123456789<=>YZ^~€", 59: "X", 60: "PVo", 61: "bdgpq", 62: "KRhnu", 63: "C", 64: "A",
    65: "#B", 73: "&DGU", 74: "H", 76: "N", 78: "OQ", 79: "w…", 83: "%", 90: "@", 91: "M", 93: "WŒ", 94: "m", 95: "œ",
    100: "—",
}  # fmt: skip
CHASSE: Final = {signe: n / 100 for n, signes in CHASSES.items() for signe in signes}
MOT: Final = re.compile(r"[^ \t]+[ \t]*|[ \t]+")


@lru_cache(maxsize=4096)
def _get_chasse(signe: str) -> float:
    if signe in CHASSE:
        return CHASSE[signe]
    base = unicodedata.normalize("NFD", signe)[0]
    if base in CHASSE:
        return CHASSE[base]
    if unicodedata.combining(signe) or unicodedata.category(signe) in ("Cf", "Mn"):
        return 0.0
    return 1.1 if unicodedata.east_asian_width(signe) in "WF" else 0.75


def compute_largeur(texte: str, corps: float, gras: bool = False) -> float:
    """Points that this line takes at this size."""
    return sum(map(_get_chasse, texte)) * corps * SECURITE * (GRAS if gras else 1)


def list_lignes(texte: str, corps: float, largeur: float, gras: bool = False) -> list[str]:
    """The lines that the text takes in this width; joined, they are the text again (line feeds apart)."""
    return [ligne for alinea in _list_alineas(texte, corps, round(largeur, 3), gras) for ligne in alinea]


@lru_cache(maxsize=2048)
def _list_alineas(texte: str, corps: float, largeur: float, gras: bool) -> tuple[tuple[str, ...], ...]:
    """Asked many times of the same text: to measure it, to place it, to cut it."""
    return tuple(tuple(_break_alinea(a, corps, largeur, gras)) for a in texte.replace("\v", "\n").split("\n"))


def _break_alinea(texte: str, corps: float, largeur: float, gras: bool) -> list[str]:
    lignes, ligne, prise = [], "", 0.0
    for mot in MOT.findall(texte):
        plein = compute_largeur(mot.rstrip(" \t"), corps, gras)
        if prise + plein > largeur and ligne:
            lignes.append(ligne)
            ligne, prise = "", 0.0
        if plein > largeur:  # a word longer than a line
            *entieres, mot = _cut_mot(mot, corps, largeur, gras)
            lignes += entieres
        ligne, prise = ligne + mot, prise + compute_largeur(mot, corps, gras)
    return [*lignes, ligne] if ligne or not lignes else lignes


def _cut_mot(mot: str, corps: float, largeur: float, gras: bool) -> list[str]:
    """The word in parts that each fit; the last one may go on with what follows it."""
    parts, debut, pris = [], 0, 0.0
    for rang, signe in enumerate(mot):
        chasse = compute_largeur(signe, corps, gras)
        if pris + chasse > largeur and rang > debut and signe not in " \t":
            parts.append(mot[debut:rang])
            debut, pris = rang, 0.0
        pris += chasse
    return [*parts, mot[debut:]]


def compute_hauteur(texte: str, corps: float, largeur: float, gras: bool = False) -> float:
    """Points of height of this text in this width."""
    return len(list_lignes(texte, corps, largeur, gras)) * corps * LIGNE


def cut_lignes(texte: str, nombre: int, corps: float, largeur: float, gras: bool = False) -> tuple[str, str]:
    """(what stands in the first lines, the rest): nothing is lost but the spaces where it is cut."""
    alineas = _list_alineas(texte, corps, round(largeur, 3), gras)
    if sum(map(len, alineas)) <= nombre:
        return texte, ""
    lignes = [ligne for alinea in alineas for ligne in (*alinea[:-1], f"{alinea[-1]}\n")]
    return "".join(lignes[:nombre]).rstrip(), "".join(lignes[nombre:]).rstrip("\n").lstrip()
