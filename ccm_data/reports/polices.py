"""Noto Sans as TrueType for the PDF, made at first use from the two variable fonts that the application serves.

Each weight is one file: the Latin subset, then the extended one (ɓ ɗ ƙ ƴ ŋ), and the narrow no-break space that neither
holds. They stand beside their source, named after its bytes; a folder that cannot be written is no hindrance. Without the
source the PDF is drawn in the font that reportlab carries, whose Latin is enough for French: never a crash.
"""

from __future__ import annotations

import hashlib
import io
import logging
import os
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from ccm_data.config import RACINE

DOSSIER: Final = RACINE / "assets" / "tiers" / "noto-sans"
SOURCES: Final = ("noto-sans-latin-wght-normal.woff2", "noto-sans-latin-ext-wght-normal.woff2")
GRAISSES: Final = {"Regular": 400, "Bold": 700}
# Layout tables: reportlab reads none of them, and merging them is most of the time.
INUTILES: Final = ("GDEF", "GPOS", "GSUB", "HVAR", "MVAR", "STAT", "gasp", "prep")
FINE: Final = 0x202F
CHASSE_FINE: Final = 0.17  # of the size, as in reports/mesure
# Vera, which stands in, is wider than Noto Sans: lines are broken earlier.
SECOURS: Final = ("Vera", "VeraBd")
MARGE_SECOURS: Final = 1.16
VERSION: Final = 1  # of the files made


@dataclass(frozen=True)
class Polices:
    """Names known to reportlab. `secours`: drawn for a sign that the first lacks; `marge`: how much wider than Noto Sans."""

    normal: str
    gras: str
    secours: tuple[str, str] = SECOURS
    marge: float = 1.0

    def get_nom(self, gras: bool) -> str:
        """The font of a weight."""
        return self.gras if gras else self.normal


@lru_cache(maxsize=4)
def read_polices(dossier: Path = DOSSIER) -> Polices:
    """The fonts of the PDF, known to reportlab; those that it carries when the source is absent or unreadable."""
    _register(SECOURS[0], "Vera.ttf")
    _register(SECOURS[1], "VeraBd.ttf")
    try:
        fichiers = {nom: _read_graisse(dossier, nom) for nom in GRAISSES}
        for nom, octets in fichiers.items():
            _register(f"NotoSans-{nom}", io.BytesIO(octets))
    except Exception as erreur:  # a damaged font fails in many ways, and none may stop the meeting’s file
        logging.getLogger(__name__).warning("Noto Sans ne peut pas être lue (%s) : police de secours", erreur)
        return Polices(*SECOURS, marge=MARGE_SECOURS)
    return Polices("NotoSans-Regular", "NotoSans-Bold")


def _register(nom: str, fichier: Any) -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    pdfmetrics.registerFont(TTFont(nom, fichier))


def _read_graisse(dossier: Path, nom: str) -> bytes:
    """The TrueType file of a weight: the one made before, else made now and kept. Raises OSError without its source."""
    sources = [(dossier / source).read_bytes() for source in SOURCES]
    signe = hashlib.sha256(b"".join([str(VERSION).encode(), *sources])).hexdigest()[:10]
    fichier = dossier / f"NotoSans-{nom}-{signe}.ttf"
    if fichier.is_file():
        return fichier.read_bytes()
    octets = make_graisse(sources, nom)
    _keep(fichier, octets)
    return octets


def _keep(fichier: Path, octets: bytes) -> None:
    """Written whole or not at all; a read-only folder only means that it is made again by the next process."""
    try:
        with tempfile.NamedTemporaryFile(dir=fichier.parent, suffix=".part", delete=False) as ecrit:
            ecrit.write(octets)
        os.replace(ecrit.name, fichier)
    except OSError:
        logging.getLogger(__name__).info("police non gardée : dossier en lecture seule")


def make_graisse(sources: list[bytes], nom: str) -> bytes:
    """One weight (a key of GRAISSES) of the variable fonts, merged, with the narrow no-break space."""
    from fontTools.merge import Merger
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    parties = []
    for source in sources:
        police = TTFont(io.BytesIO(source))
        police.flavor = None
        for table in INUTILES:
            if table in police:
                del police[table]
        fixee = instantiateVariableFont(police, {"wght": GRAISSES[nom]}, inplace=True)
        partie = io.BytesIO()
        fixee.save(partie)
        partie.seek(0)
        parties.append(partie)
    reunie = Merger().merge(parties)
    _add_fine(reunie)
    for numero, texte in ((4, f"Noto Sans {nom}"), (6, f"NotoSans-{nom}")):
        reunie["name"].setName(texte, numero, 3, 1, 0x409)
    sortie = io.BytesIO()
    reunie.save(sortie)
    return sortie.getvalue()


def _add_fine(police: Any) -> None:
    """An empty glyph for U+202F, so that « 54 % » is selected and copied with its own space."""
    from fontTools.ttLib.tables._g_l_y_f import Glyph

    police.setGlyphOrder([*police.getGlyphOrder(), "uni202F"])
    police["glyf"]["uni202F"] = Glyph()
    police["hmtx"]["uni202F"] = (round(CHASSE_FINE * police["head"].unitsPerEm), 0)
    for table in police["cmap"].tables:
        if table.isUnicode():
            table.cmap[FINE] = "uni202F"
