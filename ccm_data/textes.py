"""Words of the interface: French in the code, other languages in catalogues that translators edit.

`locale/<language>/*.po` are gettext catalogues (one per area); they are read and compiled in memory at first use.
The language of a run stands in a context variable that the frame sets, so that charts and documents, which know
nothing of the screen, speak the reader's language too.
"""

from __future__ import annotations

import gettext as _gettext
import io
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUES = ("fr", "en")
DOSSIER = Path(__file__).parent / "locale"
_langue: ContextVar[str] = ContextVar("ccm_langue", default="fr")


def set_langue(langue: str) -> None:
    """Speak this language for the rest of the run; an unknown one is French."""
    _langue.set(langue if langue in LANGUES else "fr")


def get_langue() -> str:
    """The language being spoken."""
    return _langue.get()


@lru_cache(maxsize=4)
def _load(langue: str) -> _gettext.NullTranslations:
    if langue == "fr":
        return _gettext.NullTranslations()
    reunis = Catalog(locale=langue)
    for fichier in sorted((DOSSIER / langue).glob("*.po")):
        with fichier.open("rb") as flux:
            for message in read_po(flux, locale=langue):
                if message.id and message.string:
                    reunis.add(message.id, message.string, context=message.context)
    sortie = io.BytesIO()
    write_mo(sortie, reunis)
    sortie.seek(0)
    return _gettext.GNUTranslations(sortie)


def _(texte: str) -> str:
    """The text in the language being spoken; French, the source, when no translation exists."""
    return _load(_langue.get()).gettext(texte)


def N_(texte: str) -> str:  # noqa: N802
    """Mark a text for the catalogue without translating it yet (tables of labels)."""
    return texte


def ngettext(un: str, plusieurs: str, n: int) -> str:
    """The singular or plural text for n; in French 0 and 1 are singular (gettext's default rule would say 0 is not)."""
    if _langue.get() == "fr":
        return un if abs(n) < 2 else plusieurs
    return _load(_langue.get()).ngettext(un, plusieurs, n)
