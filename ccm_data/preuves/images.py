"""JPEG and PNG: measured by their header, written again without EXIF, GPS, XMP, comments or thumbnails.

`rewrite_image` is for a picture sent as evidence: decoded and encoded anew, so that nothing hidden behind its data is
left; its orientation is applied, its colour profile kept. `strip_jpeg` and `strip_png` are for pictures inside documents:
their pixels stay as they are, byte for byte.
"""

from __future__ import annotations

import io
import struct
import threading
from collections.abc import Iterator
from typing import Any, Final

from PIL import Image, ImageOps, JpegImagePlugin

from ccm_data.errors import FichierIllisible

JPEG: Final = b"\xff\xd8\xff"
PNG: Final = b"\x89PNG\r\n\x1a\n"
# Phones give 12 to 50 million; beyond this a picture would take more than 200 MB of memory once decoded.
PIXELS_MAX: Final = 60_000_000
PASSES_MAX: Final = 200  # of a progressive JPEG, which has about ten: each one is worked over the whole picture
ORIENTATION: Final = 0x0112
# Segments that carry no pixel: APP1 (EXIF, XMP), APP3-APP13, APP15 and comments. Kept: APP0 (density), APP2 when it is
# the colour profile, APP14 (how the colours are coded).
APP0, APP1, APP2, APP14, APP15, COM = 0xE0, 0xE1, 0xE2, 0xEE, 0xEF, 0xFE
SOS, EOI = 0xDA, 0xD9
SEULS: Final = frozenset({0x01, *range(0xD0, 0xD8)})  # markers without length
TAILLES: Final = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
CHUNKS_GARDES: Final = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"sBIT", b"pHYs", b"bKGD",
     b"acTL", b"fcTL", b"fdAT"}
)  # fmt: skip
_une_a_la_fois = threading.Lock()  # two large pictures decoded together would take twice the memory


def _refuse(raison: str) -> FichierIllisible:
    return FichierIllisible("preuve_abimee", raison=raison)


def _list_segments(octets: bytes) -> Iterator[tuple[int, int, int]]:
    """(marker, start, end) of a JPEG's segments up to the first scan, which runs to the end of the bytes."""
    if not octets.startswith(JPEG):
        raise _refuse("signature")
    ici = 2
    while ici + 4 <= len(octets):
        if octets[ici] != 0xFF:
            raise _refuse("segment")
        marque = octets[ici + 1]
        if marque == 0xFF:  # filling
            ici += 1
        elif marque in SEULS:
            yield marque, ici, ici + 2
            ici += 2
        elif marque in (SOS, EOI):
            yield marque, ici, len(octets)
            return
        else:
            fin = ici + 2 + int.from_bytes(octets[ici + 2 : ici + 4])
            if fin > len(octets) or fin < ici + 4:
                raise _refuse("segment")
            yield marque, ici, fin
            ici = fin
    raise _refuse("sans image")


def _list_chunks(octets: bytes) -> Iterator[tuple[bytes, int, int]]:
    """(kind, start, end) of a PNG's chunks, up to IEND; what follows it is none of the picture."""
    ici = len(PNG)
    while ici + 12 <= len(octets):
        longueur = int.from_bytes(octets[ici : ici + 4])
        genre, fin = octets[ici + 4 : ici + 8], ici + 12 + longueur
        if fin > len(octets):
            break
        yield genre, ici, fin
        if genre == b"IEND":
            return
        ici = fin
    raise _refuse("sans fin")


def compute_taille(octets: bytes) -> tuple[int, int]:
    """Width and height that the header of a JPEG or PNG declares; nothing is decoded. Raises FichierIllisible."""
    if octets.startswith(PNG):
        if octets[12:16] != b"IHDR" or len(octets) < 33:
            raise _refuse("sans en-tête")
        largeur, hauteur = struct.unpack(">II", octets[16:24])
        return int(largeur), int(hauteur)
    tailles = [
        struct.unpack(">HH", octets[debut + 5 : debut + 9])
        for marque, debut, fin in _list_segments(octets)
        if marque in TAILLES and fin - debut >= 9
    ]
    if not tailles:
        raise _refuse("sans en-tête")
    hauteur, largeur = max(tailles, key=lambda t: int(t[0]) * int(t[1]))
    return int(largeur), int(hauteur)


def check_image(octets: bytes) -> None:
    """Raise FichierIllisible for a picture too large to be decoded, or without any pixel."""
    largeur, hauteur = compute_taille(octets)
    if largeur * hauteur > PIXELS_MAX:
        raise FichierIllisible("preuve_immense", largeur=largeur, hauteur=hauteur, maximum=f"{PIXELS_MAX // 1_000_000}")
    if not largeur * hauteur:
        raise _refuse("sans pixel")
    if octets.startswith(JPEG) and octets.count(bytes((0xFF, SOS))) > PASSES_MAX:
        raise FichierIllisible("preuve_bombe", raison="passes")


def rewrite_image(octets: bytes) -> bytes:
    """The picture alone, upright, in its own format. Raises FichierIllisible."""
    check_image(octets)
    genre = "PNG" if octets.startswith(PNG) else "JPEG"
    with _une_a_la_fois:
        try:
            with Image.open(io.BytesIO(octets), formats=(genre,)) as image:
                image.load()
                return _encode(image, genre)
        except FichierIllisible:
            raise
        except Exception as erreur:  # a damaged picture makes the decoder raise anything at all
            raise _refuse("image") from erreur


def _encode(image: Image.Image, genre: str) -> bytes:
    reglages: dict[str, Any] = {"icc_profile": image.info.get("icc_profile")}
    if genre == "JPEG":
        # The picture's own tables: encoded again it loses next to nothing and weighs the same.
        reglages |= {"qtables": getattr(image, "quantization", None) or None, "comment": b""}
        reglages["subsampling"] = JpegImagePlugin.get_sampling(image)
    elif "transparency" in image.info:
        reglages["transparency"] = image.info["transparency"]
    ImageOps.exif_transpose(image, in_place=True)
    image.info = {}
    sortie = io.BytesIO()
    image.save(sortie, genre, **{nom: valeur for nom, valeur in reglages.items() if valeur is not None})
    return sortie.getvalue()


def strip_jpeg(octets: bytes, *, orientation: bool = False) -> bytes:
    """A JPEG without what is no picture; `orientation` leaves that one word of its EXIF. Raises FichierIllisible."""
    gardes = [JPEG[:2]]
    sens = _read_orientation(octets) if orientation else 1
    if sens != 1:
        gardes.append(_make_orientation(sens))
    for marque, debut, fin in _list_segments(octets):
        if marque in (SOS, EOI):
            # What follows the picture's end (previews, second pictures, hidden data) goes.
            gardes.append(octets[debut : octets.rfind(b"\xff\xd9") + 2] if marque == SOS else octets[debut : debut + 2])
        elif _keeps(marque, octets[debut + 4 : debut + 16]):
            gardes.append(octets[debut:fin])
    return b"".join(gardes)


def _keeps(marque: int, debut: bytes) -> bool:
    if APP0 <= marque <= APP15:
        profil = marque == APP2 and debut.startswith(b"ICC_PROFILE\0")
        return profil or marque == APP14 or (marque == APP0 and debut.startswith(b"JFIF\0"))
    return marque != COM


def _read_orientation(octets: bytes) -> int:
    for marque, debut, fin in _list_segments(octets):
        if marque == APP1 and octets[debut + 4 : debut + 10] == b"Exif\0\0":
            exif = Image.Exif()
            try:
                exif.load(octets[debut + 4 : fin])
                sens = exif.get(ORIENTATION, 1)
            except Exception:  # an EXIF that does not read turns nothing
                return 1
            return sens if sens in range(1, 9) else 1
    return 1


def _make_orientation(sens: int) -> bytes:
    """An EXIF segment that says how to turn the picture and nothing else."""
    corps = b"Exif\0\0II*\0\x08\0\0\0" + struct.pack("<HHHIHHI", 1, ORIENTATION, 3, 1, sens, 0, 0)
    return bytes((0xFF, APP1)) + struct.pack(">H", len(corps) + 2) + corps


def strip_png(octets: bytes) -> bytes:
    """A PNG without texts, dates, EXIF or anything behind its end. Raises FichierIllisible."""
    chunks = [octets[debut:fin] for genre, debut, fin in _list_chunks(octets) if genre in CHUNKS_GARDES]
    return PNG + b"".join(chunks)
