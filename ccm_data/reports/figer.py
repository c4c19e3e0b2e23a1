"""The same deck gives the same bytes: an office file without the hour at which it was written.

Office files are zips, whose members and properties carry the time of saving; so do the workbooks inside charts. The date
printed is the deck's own. Also: texts without the signs that XML refuses.
"""

from __future__ import annotations

import dataclasses
import io
import re
import zipfile
from datetime import date, datetime
from typing import Any, Final, TypeVar

JOUR: Final = (1980, 1, 1, 0, 0, 0)  # the first that a zip knows
INSTANTS: Final = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")
PROPRIETES: Final = "docProps/core.xml"
EMBARQUES: Final = (".xlsx", ".docx", ".pptx")
INTERDITS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
T = TypeVar("T")


def get_instant(date_iso: str) -> datetime:
    """Noon of the deck's day; the first day of 2022, when the strategy begins, for a date that is none."""
    try:
        jour = date.fromisoformat(date_iso[:10])
    except ValueError:
        jour = date(2022, 1, 1)
    return datetime(jour.year, jour.month, jour.day, 12)


def freeze_office(octets: bytes, date_iso: str) -> bytes:
    """The same file, its members and its properties dated by the deck, those of embedded workbooks too."""
    instant = get_instant(date_iso).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    sortie = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(octets)) as lu,
        zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as ecrit,
    ):
        for membre in lu.infolist():
            contenu = lu.read(membre)
            if membre.filename == PROPRIETES:
                contenu = INSTANTS.sub(rb"\g<1>" + instant + rb"\g<2>", contenu)
            elif membre.filename.endswith(EMBARQUES):
                contenu = freeze_office(contenu, date_iso)
            fiche = zipfile.ZipInfo(membre.filename, JOUR)
            fiche.compress_type = zipfile.ZIP_DEFLATED
            fiche.external_attr = 0o600 << 16
            ecrit.writestr(fiche, contenu)
    return sortie.getvalue()


def strip_interdits(objet: T) -> T:
    """A text, or everything in a deck, without the control signs that an office file cannot hold."""
    propre: Any = objet
    if isinstance(objet, str):
        propre = INTERDITS.sub("", objet)
    elif isinstance(objet, tuple):
        propre = tuple(strip_interdits(x) for x in objet)
    elif dataclasses.is_dataclass(objet) and not isinstance(objet, type):
        champs = {f.name: strip_interdits(getattr(objet, f.name)) for f in dataclasses.fields(objet) if f.init}
        propre = type(objet)(**champs)
    return propre  # type: ignore[no-any-return]
