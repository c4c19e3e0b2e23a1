"""Real files for the tests of evidence: pictures with a place, PDFs that act, documents with macros or bombs."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

GPS, ORIENTATION, AUTEUR = 0x8825, 0x0112, 0x013B
# What must never be found in what is kept.
SECRET = b"Awa Exemple"
XMP = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>" + SECRET + b"</x:xmpmeta>"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def make_exif(orientation: int = 1) -> Image.Exif:
    """An EXIF block with an author and a position in Agadez."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[AUTEUR] = SECRET.decode()
    exif.get_ifd(GPS).update({1: "N", 2: (16.0, 58.0, 0.0), 3: "E", 4: (7.0, 59.0, 0.0)})
    return exif


def make_profil() -> bytes:
    """A colour profile."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def make_image(largeur: int = 60, hauteur: int = 40, mode: str = "RGB") -> Image.Image:
    """White on its left half, black on its right half."""
    image = Image.new(mode, (largeur, hauteur), "white")
    image.paste("black", (largeur // 2, 0, largeur, hauteur))
    return image


def make_jpeg(orientation: int = 1, largeur: int = 60, hauteur: int = 40) -> bytes:
    """A JPEG with EXIF (GPS), XMP, a comment, a colour profile and a second picture behind its end."""
    sortie = io.BytesIO()
    make_image(largeur, hauteur).save(
        sortie, "JPEG", quality=90, exif=make_exif(orientation), comment=SECRET, icc_profile=make_profil()
    )
    octets = sortie.getvalue()
    segment = b"\xff\xe1" + struct.pack(">H", len(XMP) + 2) + XMP
    return octets[:2] + segment + octets[2:] + SECRET


def make_png(largeur: int = 60, hauteur: int = 40) -> bytes:
    """A PNG with EXIF (GPS), texts, XMP, a colour profile, and bytes behind its end."""
    textes = PngInfo()
    textes.add_text("Author", SECRET.decode())
    textes.add_itxt("XML:com.adobe.xmp", SECRET.decode())
    sortie = io.BytesIO()
    make_image(largeur, hauteur).save(sortie, "PNG", exif=make_exif(), pnginfo=textes, icc_profile=make_profil())
    return sortie.getvalue() + SECRET


def make_png_declare(largeur: int, hauteur: int) -> bytes:
    """A PNG whose header declares this size and which holds next to nothing."""

    def _chunk(genre: bytes, corps: bytes) -> bytes:
        return struct.pack(">I", len(corps)) + genre + corps + struct.pack(">I", zlib.crc32(genre + corps))

    entete = struct.pack(">IIBBBBB", largeur, hauteur, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", entete) + _chunk(b"IDAT", zlib.compress(b"\0")) + _chunk(b"IEND", b"")


def make_jpeg_declare(largeur: int, hauteur: int) -> bytes:
    """A small JPEG whose frame header is made to declare this size."""
    octets = bytearray(make_jpeg())
    ici = octets.rfind(b"\xff\xc0")
    octets[ici + 5 : ici + 9] = struct.pack(">HH", hauteur, largeur)
    return bytes(octets)


class Pdf:
    """A PDF of one page under construction."""

    def __init__(self) -> None:
        self.ecrit = PdfWriter()
        self.page = self.ecrit.add_blank_page(200, 200)

    def add(self, objet: PdfObject) -> PdfObject:
        """An object of its own; the reference to it."""
        return self.ecrit._add_object(objet)

    def put(self, cle: str, objet: PdfObject) -> Pdf:
        """A key of the document's root."""
        self.ecrit.root_object[NameObject(cle)] = objet
        return self

    def put_page(self, cle: str, objet: PdfObject) -> Pdf:
        """A key of the page."""
        self.page[NameObject(cle)] = objet
        return self

    def save(self) -> bytes:
        """The bytes."""
        sortie = io.BytesIO()
        self.ecrit.write(sortie)
        return sortie.getvalue()


def make_dict(**cles: PdfObject | str) -> DictionaryObject:
    """A PDF dictionary; a text that begins with « / » is a name."""
    return DictionaryObject({NameObject(f"/{c}"): _make_valeur(v) for c, v in cles.items()})


def _make_valeur(valeur: PdfObject | str) -> PdfObject:
    if not isinstance(valeur, str):
        return valeur
    if isinstance(valeur, (NameObject, TextStringObject)):
        return valeur
    return NameObject(valeur) if valeur.startswith("/") else TextStringObject(valeur)


def make_flux(octets: bytes, **cles: PdfObject | str) -> DecodedStreamObject:
    """A PDF stream."""
    flux = DecodedStreamObject()
    flux.set_data(octets)
    flux.update(make_dict(**cles))
    return flux


def make_pdf() -> bytes:
    """An honest PDF, with properties, XMP on the document and on its page, a comment's author, and a photo with GPS."""
    pdf = Pdf()
    pdf.ecrit.add_metadata({"/Author": SECRET.decode(), "/Title": SECRET.decode()})
    for poser in (pdf.put, pdf.put_page):
        poser("/Metadata", pdf.add(make_flux(XMP, Type="/Metadata", Subtype="/XML")))
    photo = StreamObject()
    photo._data = make_jpeg()
    photo.update(make_dict(Type="/XObject", Subtype="/Image", Filter="/DCTDecode"))
    pdf.put_page("/Resources", make_dict(XObject=make_dict(Photo=pdf.add(photo))))
    note = make_dict(Type="/Annot", Subtype="/Text", T=SECRET.decode(), Contents="Vu", Rect=ArrayObject())
    return pdf.put_page("/Annots", ArrayObject([pdf.add(note)])).save()


def make_zip(membres: Mapping[str, bytes]) -> bytes:
    """An archive."""
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as archive:
        for nom, octets in membres.items():
            archive.writestr(nom, octets)
    return sortie.getvalue()


def read_zip(octets: bytes) -> dict[str, bytes]:
    """The files of an archive."""
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        return {nom: archive.read(nom) for nom in archive.namelist()}


def make_types(principal: str, partie: str, autres: Mapping[str, str] | None = None) -> bytes:
    """The list of types of a package."""
    parties = {partie: principal, "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml"}
    parties |= autres or {}
    lignes = "".join(f'<Override PartName="/{nom}" ContentType="{genre}"/>' for nom, genre in parties.items())
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{lignes}</Types>'
    ).encode()


def make_lien(genre: str, cible: str, mode: str = "External") -> bytes:
    """A list of one link."""
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{RELATIONS}/{genre}" Target="{cible}" TargetMode="{mode}"/></Relationships>'
    ).encode()


def make_docx(
    autres: Mapping[str, bytes] | None = None, types: Mapping[str, str] | None = None, principal: str = DOCX
) -> bytes:
    """A document with an author, a comment's author and a photo with GPS."""
    membres = {
        "[Content_Types].xml": make_types(principal, "word/document.xml", types),
        "_rels/.rels": make_lien("officeDocument", "word/document.xml", "Internal"),
        "word/document.xml": (
            f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:ins w:id="1" w:author="{SECRET.decode()}">'
            "<w:r><w:t>PV du comité d’Arlit</w:t></w:r></w:ins></w:p></w:body></w:document>"
        ).encode(),
        "word/media/image1.jpeg": make_jpeg(6),
        "docProps/core.xml": (
            b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
            b'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>' + SECRET + b"</dc:creator><cp:lastModifiedBy>"
            + SECRET + b"</cp:lastModifiedBy></cp:coreProperties>"
        ),
    }  # fmt: skip
    return make_zip(membres | dict(autres or {}))


def lie_about_size(octets: bytes, nom: str, declaree: int) -> bytes:
    """The archive with another unpacked size written for one member, in both of its headers."""
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        membre = archive.getinfo(nom)
    lie = bytearray(octets)
    lie[membre.header_offset + 22 : membre.header_offset + 26] = struct.pack("<I", declaree)
    central = octets.rfind(b"PK\x01\x02", 0, octets.rfind(nom.encode()))
    lie[central + 24 : central + 28] = struct.pack("<I", declaree)
    return bytes(lie)
