"""May this file be taken as evidence, and what of it: PDF, JPEG, PNG, DOCX, XLSX, judged by content alone.

Neither the name nor the type that a browser declares counts: a renamed picture is taken as what it is, with its right
extension; a program called `.pdf` is refused. Source: règles de calcul, 7 (evidence is stripped of EXIF).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ccm_data.errors import FichierIllisible
from ccm_data.preuves import archives, images, pdf
from ccm_data.preuves.bureautique import OLE, clean_bureautique
from ccm_data.preuves.noms import clean_nom

OCTETS_MAX: Final = 10_000_000
CHIFFRE_OLE: Final = "EncryptedPackage".encode("utf-16-le")
TYPES_MIME: Final = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class PreuveLue:
    """A file that may be kept: its clean name, what it is, and its bytes after cleaning."""

    nom: str
    type_mime: str
    octets: bytes


def check_preuve(nom: str, octets: bytes) -> PreuveLue:
    """The file cleaned and named for what it is. Raises FichierIllisible (codes: see the package)."""
    if not octets:
        raise FichierIllisible("preuve_vide", nom=nom)
    _check_poids(nom, octets)
    try:
        genre, propres = _clean(octets)
    except FichierIllisible as refus:
        raise FichierIllisible(refus.code, **{"nom": nom, **refus.faits}) from refus
    _check_poids(nom, propres)
    return PreuveLue(clean_nom(nom, f".{genre}"), TYPES_MIME[genre], propres)


def _check_poids(nom: str, octets: bytes) -> None:
    if len(octets) > OCTETS_MAX:
        raise FichierIllisible("preuve_trop_grosse", nom=nom, octets=len(octets), maximum=f"{OCTETS_MAX // 1_000_000}")


def _clean(octets: bytes) -> tuple[str, bytes]:
    """(extension, bytes kept) by the first bytes of the file."""
    if octets.startswith(pdf.DEBUT):
        return "pdf", pdf.clean_pdf(octets)
    if octets.startswith(images.JPEG):
        return "jpg", images.rewrite_image(octets)
    if octets.startswith(images.PNG):
        return "png", images.rewrite_image(octets)
    if octets.startswith(archives.DEBUT):
        return clean_bureautique(octets)
    if octets.startswith(OLE):
        chiffre = CHIFFRE_OLE in octets
        raise FichierIllisible("preuve_chiffree" if chiffre else "preuve_ancien_format")
    raise FichierIllisible("preuve_type")
