"""PDF evidence: refused when it acts by itself or hides files, written again without properties, XMP or photo EXIF.

Only what the document's root reaches is written: former revisions, deleted pages and whatever stands before or behind
the document go. Comments keep their text and lose their author. An electronic signature does not survive: it seals the
very bytes that are rewritten.
"""

from __future__ import annotations

import io
from typing import Any, Final

from pypdf import PdfReader, PdfWriter
from pypdf.errors import LimitReachedError
from pypdf.filters import FlateDecode
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, StreamObject

from ccm_data.errors import FichierIllisible
from ccm_data.preuves.images import strip_jpeg

DEBUT: Final = b"%PDF-"
OBJETS_MAX: Final = 150_000  # a scanned report of 500 pages has some 3 000
# Keys and action kinds by which a document acts, fetches or sends.
CLES_ACTIVES: Final = frozenset({"/JS", "/JavaScript", "/XFA", "/RichMediaContent", "/RichMediaSettings"})
ACTIONS_ACTIVES: Final = frozenset(
    {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition", "/Movie", "/Sound", "/GoToE",
     "/RichMediaExecute"}
)  # fmt: skip
CLES_JOINTES: Final = frozenset({"/EF", "/EmbeddedFiles", "/Collection"})
# Who wrote it with what: XMP at any level, private data of the authoring tools, the files it was made from.
CLES_OTEES: Final = ("/Metadata", "/PieceInfo", "/LastModified", "/SpiderInfo")
TRACES: Final = (b"Exif\0\0", b"ns.adobe.com/xap")


def clean_pdf(octets: bytes) -> bytes:
    """The document cleaned. Raises FichierIllisible: preuve_chiffree, _active, _jointe, _bombe or _abimee."""
    try:
        lecteur = PdfReader(io.BytesIO(octets), strict=False)
        if lecteur.is_encrypted:
            raise FichierIllisible("preuve_chiffree", genre="PDF")
        _clean_objets(lecteur.root_object)
        if not len(lecteur.pages):
            raise FichierIllisible("preuve_abimee", raison="sans page")
        lecteur.trailer.pop("/Info", None)
        sortie = io.BytesIO()
        PdfWriter(clone_from=lecteur).write(sortie)
        return sortie.getvalue()
    except FichierIllisible:
        raise
    except LimitReachedError as erreur:  # the library has bounds of its own, on what it unpacks and counts
        raise FichierIllisible("preuve_bombe", raison="PDF") from erreur
    except Exception as erreur:  # a damaged document makes the library raise anything at all
        raise FichierIllisible("preuve_abimee", raison="PDF") from erreur


def _clean_objets(racine: Any) -> None:
    """Judge and clean every object that the root reaches, each once."""
    pile: list[Any] = [racine]
    vus: set[tuple[int, int]] = set()
    while pile:
        objet = pile.pop()
        if isinstance(objet, IndirectObject):
            repere = (objet.idnum, objet.generation)
            if repere in vus:
                continue
            vus.add(repere)
            if len(vus) > OBJETS_MAX:
                raise FichierIllisible("preuve_bombe", raison="objets")
            objet = objet.get_object()
        if isinstance(objet, DictionaryObject):
            _check_objet(objet)
            _clean_objet(objet)
            pile.extend(objet.values())
        elif isinstance(objet, ArrayObject):
            pile.extend(objet)


def _get(objet: DictionaryObject, cle: str) -> Any:
    """The value behind a key, references followed."""
    valeur = objet.raw_get(cle) if cle in objet else None
    return valeur.get_object() if isinstance(valeur, IndirectObject) else valeur


def _check_objet(objet: DictionaryObject) -> None:
    actives = CLES_ACTIVES & objet.keys()
    if actives or _get(objet, "/S") in ACTIONS_ACTIVES:
        raise FichierIllisible("preuve_active", quoi=", ".join(sorted(actives)) or str(_get(objet, "/S")))
    jointes = CLES_JOINTES & objet.keys()
    if jointes or _get(objet, "/Type") == "/EmbeddedFile" or _get(objet, "/Subtype") == "/FileAttachment":
        raise FichierIllisible("preuve_jointe")


def _clean_objet(objet: DictionaryObject) -> None:
    for cle in CLES_OTEES:
        objet.pop(cle, None)
    # « /T » is the author of a comment, but the name of a form's field.
    if "/Subtype" in objet and "/Rect" in objet and _get(objet, "/Subtype") != "/Widget":
        objet.pop("/T", None)
    if isinstance(objet, StreamObject):
        _clean_photo(objet)


def _clean_photo(flux: StreamObject) -> None:
    """A scanned page or a photo is often the camera's own JPEG, place included."""
    filtres = _get(flux, "/Filter")
    noms = [f.get_object() for f in filtres] if isinstance(filtres, ArrayObject) else [filtres]
    if noms[-1:] != ["/DCTDecode"]:
        return
    octets = flux._data  # the bytes as they lie in the file: the library offers only the decoded ones
    if noms == ["/FlateDecode", "/DCTDecode"]:
        octets = FlateDecode.decode(octets)
    elif len(noms) > 1:
        raise FichierIllisible("preuve_abimee", raison="image")
    try:
        flux._data = strip_jpeg(octets)
    except FichierIllisible:
        # A picture that does not read shows nothing and may stay, unless it says where or by whom it was taken.
        if any(marque in octets for marque in TRACES):
            raise
        return
    flux[NameObject("/Filter")] = NameObject("/DCTDecode")
    flux.pop("/DecodeParms", None)
