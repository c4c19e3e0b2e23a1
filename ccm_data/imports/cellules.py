"""One cell: what a person or a spreadsheet put there → a clean value, or a fault.

Texts lose what nobody can see (control characters, direction overrides) and keep everything else: accents, emoji,
right-to-left writing. Dates are read as written in Niger: day first.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, Final

from ccm_data.domain.calendrier import Trimestre
from ccm_data.errors import ValeurInvalide

TEXTE_MAX: Final = 20_000
# Kept: tab and line ends. Removed: the other controls, and the marks that turn the direction of what follows.
INVISIBLES: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]"
)
DATE_JMA: Final = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})")
DATE_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
DATE_MOTS: Final = re.compile(r"(\d{1,2})(?:er)?\s+([a-zéû.]+)\s+(\d{4})", re.IGNORECASE)
MOIS: Final = ("jan", "fev", "mar", "avr", "mai", "juin", "juil", "aou", "sep", "oct", "nov", "dec")
PERIODE: Final = re.compile(
    r"(?i)(?:t|q|trim(?:estre)?\.?)\s*([1-4])\s*[-/ ]?\s*(20\d\d)|(20\d\d)\s*[-/ ]?\s*(?:t|q)\s*([1-4])"
)
HEURE: Final = re.compile(r"(\d{1,2})\s*(?:h(?:eures?)?|:)\s*(\d{2})?(?::00)?", re.IGNORECASE)
FORMULE: Final = re.compile(r"[=@]|[+\-](?![\d\s.,])")
ERREURS_TABLEUR: Final = frozenset({"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"})
# What Excel counts days from (its 1900 was no leap year, hence the 30th).
ORIGINE_TABLEUR: Final = datetime(1899, 12, 30)


def clean_texte(valeur: Any) -> tuple[str, bool]:
    """The text in one form (NFC, no invisible character, no space around), and whether something invisible was removed.

    A file's own line ends (« \\r\\n », « _x000D_ ») become plain ones: that is no fault.
    """
    if isinstance(valeur, str) and valeur.isascii() and valeur.isprintable():
        return valeur.strip(), False  # most cells: nothing to clean
    brut = str(valeur).replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")
    net = INVISIBLES.sub("", brut)
    return unicodedata.normalize("NFC", net).strip(), net != brut


def is_formule(texte: str) -> bool:
    """Would a spreadsheet run this text? A negative number is no formula."""
    return bool(FORMULE.match(texte))


def read_date(valeur: Any, champ: str) -> date:
    """A date cell, « 31/12/2025 », « 2025-12-31 », « 31 décembre 2025 » or Excel's number of days.

    Raises ValeurInvalide, also for a year of two digits: nobody can tell its century.
    """
    if isinstance(valeur, datetime):
        return valeur.date()
    if isinstance(valeur, date):
        return valeur
    if isinstance(valeur, (int, float)) and not isinstance(valeur, bool) and 36_526 <= valeur < 73_050:
        return (ORIGINE_TABLEUR + timedelta(days=int(valeur))).date()
    try:
        return _read_date_texte(str(valeur).strip())
    except ValueError as erreur:
        raise ValeurInvalide("date_illisible", champ=champ, valeur=valeur, attendu="jj/mm/aaaa") from erreur


@lru_cache(maxsize=4096)  # a file says the same days a thousand times
def _read_date_texte(texte: str) -> date:
    if trouve := DATE_JMA.fullmatch(texte):
        jour, mois, annee = map(int, trouve.groups())
    elif trouve := DATE_ISO.fullmatch(texte):
        annee, mois, jour = map(int, trouve.groups())
    elif trouve := DATE_MOTS.fullmatch(texte):
        nom = unicodedata.normalize("NFKD", trouve[2].lower()).encode("ascii", "ignore").decode()
        mois = next((i for i, debut in enumerate(MOIS, 1) if nom.startswith(debut)), 0)
        jour, annee = int(trouve[1]), int(trouve[3])
    else:
        raise ValueError(texte)
    return date(annee, mois, jour)


def read_heure(valeur: Any, champ: str = "heure") -> str:
    """A time cell, « 9 h 30 », « 9h », « 09:30 » or Excel's part of a day, as « 09:30 ». Raises ValeurInvalide."""
    if isinstance(valeur, (int, float)) and not isinstance(valeur, bool) and 0 <= valeur < 1:
        valeur = timedelta(days=valeur)
    if isinstance(valeur, timedelta):
        valeur = (datetime.min + timedelta(minutes=round(valeur / timedelta(minutes=1)))).time()
    if isinstance(valeur, (time, datetime)):
        return f"{valeur:%H:%M}"
    trouve = HEURE.fullmatch(str(valeur).strip())
    if trouve is None or int(trouve[1]) > 23 or int(trouve[2] or 0) > 59:
        raise ValeurInvalide("heure_illisible", champ=champ, valeur=valeur, attendu="09:30")
    return f"{int(trouve[1]):02d}:{trouve[2] or '00'}"


def read_periode(valeur: Any, champ: str = "periode") -> Trimestre:
    """« T3 2026 », « 2026-T3 », « Trimestre 3 2026 », « Q3 2026 ». Raises ValeurInvalide."""
    trouve = PERIODE.fullmatch(str(valeur).strip().replace("\u00a0", " ").replace("\u202f", " "))
    if trouve is None:
        raise ValeurInvalide("periode_illisible", champ=champ, valeur=valeur, attendu="T3 2026")
    numero, annee = (trouve[1], trouve[2]) if trouve[1] else (trouve[4], trouve[3])
    return Trimestre(int(annee), int(numero))
