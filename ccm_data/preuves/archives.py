"""Zip archives opened with care: how much they hold is bounded before and while they are unpacked.

A document of the office kind is a zip. One `Reserve` is shared by an archive and those inside it, so that bombs nested
in one another are counted together.
"""

from __future__ import annotations

import copy
import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ccm_data.errors import FichierIllisible

DEBUT: Final = b"PK\x03\x04"
DEPLIES_MAX: Final = 100_000_000  # bytes, all members together
RAPPORT_MAX: Final = 150  # of a member over a megabyte: XML seldom shrinks more
GROS: Final = 1_000_000
MEMBRES_MAX: Final = 2_000
GENRES: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})  # all that an office document may use
NOM_SUR: Final = re.compile(r"(?!/)(?!.*(?:^|/)\.\.?(?:/|$))[^\\:\x00-\x1f]{1,255}")
JOUR: Final = (1980, 1, 1, 0, 0, 0)  # the same content gives the same bytes, whenever it was saved


@dataclass
class Reserve:
    """What may still be unpacked."""

    octets: int = DEPLIES_MAX
    membres: int = MEMBRES_MAX

    def take(self, octets: int, membres: int) -> None:
        """Count; raises FichierIllisible (preuve_bombe) when there is not that much left."""
        self.octets -= octets
        self.membres -= membres
        if self.octets < 0 or self.membres < 0:
            raise FichierIllisible("preuve_bombe", raison="taille")


def read_membres(octets: bytes, reserve: Reserve) -> dict[str, bytes]:
    """The files of an archive by name. Raises FichierIllisible: preuve_chiffree, preuve_bombe, preuve_abimee."""
    try:
        with zipfile.ZipFile(io.BytesIO(octets)) as archive:
            membres = archive.infolist()
            if any(m.flag_bits & 0x41 for m in membres):
                raise FichierIllisible("preuve_chiffree", genre="ZIP")
            if any(m.file_size > GROS and m.file_size > RAPPORT_MAX * max(m.compress_size, 1) for m in membres):
                raise FichierIllisible("preuve_bombe", raison="rapport")
            reserve.take(sum(m.file_size for m in membres), len(membres))
            fichiers = [m for m in membres if not m.is_dir()]
            noms = {m.filename.lower() for m in fichiers}
            if len(noms) < len(fichiers) or not all(NOM_SUR.fullmatch(n) for n in noms):
                raise FichierIllisible("preuve_abimee", raison="noms")
            return {m.filename: _read_membre(archive, m) for m in fichiers}
    except FichierIllisible:
        raise
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, EOFError, ValueError, RuntimeError) as erreur:
        raise FichierIllisible("preuve_abimee", raison="archive") from erreur


def _read_membre(archive: zipfile.ZipFile, membre: zipfile.ZipInfo) -> bytes:
    """Its bytes, no more than declared; a member that holds more or less than it says lies."""
    if membre.compress_type not in GENRES:
        raise FichierIllisible("preuve_abimee", raison="compression")
    permis = copy.copy(membre)
    permis.file_size += GROS  # the reader would otherwise cut what goes beyond, and call it damaged
    with archive.open(permis) as flux:
        lus = flux.read(membre.file_size + 1)
    if len(lus) != membre.file_size:
        raise FichierIllisible("preuve_bombe", raison="taille annoncée")
    return lus


def write_membres(membres: Mapping[str, bytes]) -> bytes:
    """An archive of these files, in this order, without dates, comments or anything beside them."""
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as archive:
        for nom, octets in membres.items():
            archive.writestr(zipfile.ZipInfo(nom, JOUR), octets, zipfile.ZIP_DEFLATED)
    return sortie.getvalue()
