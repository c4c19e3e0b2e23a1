"""DOCX and XLSX evidence: no macro, no embedded program, nothing fetched from elsewhere; authors and photo EXIF emptied.

The parts are judged by the types that the package declares and by their own first bytes, never by a name alone. The
archive is written again, so that nothing stands beside its parts. Media of kinds other than JPEG and PNG stay as they
are, as does what people typed: the form says « aucun nom de personne ».
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree

from ccm_data.errors import FichierIllisible
from ccm_data.preuves import images
from ccm_data.preuves.archives import DEBUT, Reserve, read_membres, write_membres

TYPES: Final = "[Content_Types].xml"
BASE: Final = "application/vnd.openxmlformats-officedocument."
PRINCIPAUX: Final = {
    f"{BASE}wordprocessingml.document.main+xml": "docx",
    f"{BASE}spreadsheetml.sheet.main+xml": "xlsx",
}
PROPRES: Final = "application/vnd.openxmlformats-package.core-properties+xml"
PREFIXES_PROPRIETES: Final = (f"{BASE}extended-properties", f"{BASE}custom-properties")
# Types and names of what runs: VBA, its signatures, Excel 4 macro sheets, ActiveX controls, keyboard macros.
MACROS: Final = re.compile(r"(?i)macro|vbaproject|vbadata|activex|intlmacrosheet|keymapcustomizations")
EMBARQUES: Final = re.compile(r"(?i)(?:^|/)embeddings/|oleobject")
DDE: Final = re.compile(rb"<(?:\w+:)?ddeLink\b|instrText[^<>]*>\s*DDE|instr=\"\s*DDE")  # a command run by a field
OLE: Final = b"\xd0\xcf\x11\xe0"
PROGRAMMES: Final = (b"MZ", b"\x7fELF", b"#!")
# Links that a reader follows by a click, or that carry a path and nothing more; every other one is fetched on opening.
LIENS_PERMIS: Final = frozenset({"hyperlink", "externalLinkPath", "xlPathMissing"})
CIBLES: Final = re.compile(  # what a click would run
    r"(?i)\s*(?:(?:javascript|vbscript|data):|(?!https?:|mailto:).*\.(?:exe|bat|cmd|scr|js|vbs|lnk)\s*$)"
)
PROFONDEUR_MAX: Final = 2  # a chart in a report holds its workbook; nobody nests deeper
MODELE: Final = re.compile(rb"<(?:\w+:)?attachedTemplate\b[^<>]*(?:/>|>\s*</(?:\w+:)?attachedTemplate>)")
XML: Final = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
VIDES: Final = {
    "core": XML
    + b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    b'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator></dc:creator><cp:lastModifiedBy></cp:lastModifiedBy>'
    b"</cp:coreProperties>",
    "extended": XML
    + b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>',
    "custom": XML + b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>',
}
# Names of persons that the programs write by themselves: authors of comments and of revisions, lists of people.
EFFACEMENTS: Final = (
    (re.compile(rb'(<w:[^<>]*?\sw:author=")[^"<>]*(?=")'), rb"\1"),
    (re.compile(rb'(<w:[^<>]*?\sw:initials=")[^"<>]*(?=")'), rb"\1"),
    (re.compile(rb"<w15:person\b[^<>]*(?:/>|>.*?</w15:person>)", re.DOTALL), b""),
    (re.compile(rb"(<(?:\w+:)?author>)[^<>]*(?=</)"), rb"\1"),
    (re.compile(rb'(<(?:\w+:)?person\s[^<>]*?displayName=")[^"<>]*(?=")'), rb"\1"),
    (re.compile(rb'(<(?:\w+:)?person\s[^<>]*?userId=")[^"<>]*(?=")'), rb"\1"),
    (re.compile(rb'(<(?:\w+:)?absPath\s[^<>]*?url=")[^"<>]*(?=")'), rb"\1"),  # C:\Users\<name>\…
    (re.compile(rb'(<(?:\w+:)?fileSharing\s[^<>]*?userName=")[^"<>]*(?=")'), rb"\1"),
)
ElementTree.register_namespace("", "http://schemas.openxmlformats.org/package/2006/relationships")


@dataclass(frozen=True)
class Paquet:
    """An opened document: its parts, and the type that it declares for each."""

    genre: str
    membres: dict[str, bytes]
    types: dict[str, str]


def clean_bureautique(octets: bytes, reserve: Reserve | None = None, profondeur: int = 0) -> tuple[str, bytes]:
    """(« docx » or « xlsx », the document cleaned).

    Raises FichierIllisible: preuve_type, _chiffree, _macros, _active, _jointe, _externe, _bombe or _abimee.
    """
    commune = reserve or Reserve()
    paquet = _open(octets, commune)
    _check_macros(paquet)
    propres = {nom: _clean_membre(paquet, nom, commune, profondeur) for nom in paquet.membres}
    return paquet.genre, write_membres(propres)


def _open(octets: bytes, reserve: Reserve) -> Paquet:
    membres = read_membres(octets, reserve)
    if TYPES not in membres:
        raise FichierIllisible("preuve_type", genre="ZIP")
    defauts: dict[str, str] = {}
    propres: dict[str, str] = {}
    for element in _read_xml(membres[TYPES]):
        genre = element.get("ContentType", "")
        if element.get("Extension"):
            defauts[element.get("Extension", "").lower()] = genre
        else:
            propres[element.get("PartName", "").lstrip("/").lower()] = genre
    types = {
        nom: propres.get(nom.lower(), defauts.get(nom.rpartition(".")[2].lower(), ""))
        for nom in membres
        if nom != TYPES
    }
    declares = {*types.values(), *propres.values(), *defauts.values()}
    if any(MACROS.search(t) for t in declares):
        raise FichierIllisible("preuve_macros")
    genres = {PRINCIPAUX[t] for t in declares if t in PRINCIPAUX}
    if len(genres) != 1:
        raise FichierIllisible("preuve_type", genre="ZIP")
    return Paquet(genres.pop(), membres, types)


def _read_xml(octets: bytes) -> ElementTree.Element:
    """A part's root. A part that declares entities, or hides its signs in another alphabet, is refused."""
    if b"<!" in octets.replace(b"<!--", b"") or b"\0" in octets:
        raise FichierIllisible("preuve_abimee", raison="XML")
    try:
        return ElementTree.fromstring(octets)  # noqa: S314 - no entity can be declared: see above
    except (ElementTree.ParseError, LookupError, ValueError) as erreur:
        raise FichierIllisible("preuve_abimee", raison="XML") from erreur


def _check_macros(paquet: Paquet) -> None:
    """Nothing that runs, whatever name or type it goes under."""
    for nom, octets in paquet.membres.items():
        if MACROS.search(nom):
            raise FichierIllisible("preuve_macros")
        if octets.startswith(OLE) or (octets.startswith(PROGRAMMES) and not nom.endswith((".xml", ".rels"))):
            raise FichierIllisible("preuve_jointe")
        if nom.lower().endswith(".xml") and DDE.search(octets):
            raise FichierIllisible("preuve_active", quoi="DDE")


def _clean_membre(paquet: Paquet, nom: str, reserve: Reserve, profondeur: int) -> bytes:
    octets, genre = paquet.membres[nom], paquet.types.get(nom, "")
    if octets.startswith(images.JPEG):
        return images.strip_jpeg(octets, orientation=True)
    if octets.startswith(images.PNG):
        return images.strip_png(octets)
    if octets.startswith(DEBUT):
        if profondeur + 1 >= PROFONDEUR_MAX:
            raise FichierIllisible("preuve_jointe")
        try:
            return clean_bureautique(octets, reserve, profondeur + 1)[1]
        except FichierIllisible as erreur:
            if erreur.code != "preuve_type":
                raise
            raise FichierIllisible("preuve_jointe") from erreur
    if EMBARQUES.search(nom):
        raise FichierIllisible("preuve_jointe")
    if nom.endswith(".rels"):
        return _clean_liens(octets)
    return _clean_xml(nom, octets, genre) if nom.lower().endswith(".xml") else octets


def _clean_xml(nom: str, octets: bytes, genre: str) -> bytes:
    if b"<!DOCTYPE" in octets or b"<!ENTITY" in octets or b"\0" in octets:
        raise FichierIllisible("preuve_abimee", raison="XML")
    if genre == PROPRES or nom.lower() == "docprops/core.xml":
        return VIDES["core"]
    if genre.startswith(PREFIXES_PROPRIETES):
        return VIDES["custom" if "custom" in genre else "extended"]
    for motif, remplacement in EFFACEMENTS:
        octets = motif.sub(remplacement, octets)
    return MODELE.sub(b"", octets) if nom.lower().endswith("settings.xml") else octets


def _clean_liens(octets: bytes) -> bytes:
    """A list of links without the document's model, whose path often names a person; refuses what is fetched."""
    racine = _read_xml(octets)
    modeles = []
    for lien in racine:
        genre = lien.get("Type", "").rpartition("/")[2]
        if lien.get("TargetMode", "").strip().lower() != "external":
            continue
        if genre == "attachedTemplate":
            modeles.append(lien)
        elif genre not in LIENS_PERMIS or CIBLES.match(lien.get("Target", "")):
            raise FichierIllisible("preuve_externe", quoi=genre[:40])
    if not modeles:
        return octets
    for modele in modeles:
        racine.remove(modele)
    return XML + bytes(ElementTree.tostring(racine, encoding="utf-8", xml_declaration=False))
