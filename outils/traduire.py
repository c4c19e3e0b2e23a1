"""Bring the English catalogue level with the code: new texts are added untranslated, gone ones are removed.

    python -m outils.traduire          update ccm_data/locale/en/interface.po
    python -m outils.traduire --liste  print what is not translated

The catalogue is gettext's: any translation editor opens it. Areas with a file of their own keep it.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

RACINE = Path(__file__).resolve().parent.parent
LOCALE = RACINE / "ccm_data" / "locale" / "en"
PRINCIPAL = LOCALE / "interface.po"
# The same in every writing, so that a change of the catalogue shows only the words that changed.
JOUR = datetime(2026, 11, 23, tzinfo=UTC)
METHODES = [("**.py", "python"), ("**.html", "jinja2.ext:babel_extract")]
MOTS_CLES = {"_": None, "N_": None, "ngettext": (1, 2)}

Identifiant = str | tuple[str, ...]


def list_textes() -> dict[Identifiant, str]:
    """Every text of the code: message id → where it first stands."""
    trouves: dict[Identifiant, str] = {}
    for dossier in ("ccm_data", "pages"):
        for fichier, ligne, texte, _commentaires, _contexte in extract_from_dir(
            RACINE / dossier, METHODES, keywords=MOTS_CLES
        ):
            trouves.setdefault(texte if isinstance(texte, str) else tuple(texte), f"{dossier}/{fichier}:{ligne}")
    return {t: ou for t, ou in trouves.items() if t}


def read_catalogue(fichier: Path) -> Catalog:
    """One catalogue file."""
    with fichier.open("rb") as flux:
        return read_po(flux, locale="en")


def list_traductions() -> dict[Identifiant, tuple[Message, Path]]:
    """Every entry of the catalogues: message id → entry and its file."""
    entrees: dict[Identifiant, tuple[Message, Path]] = {}
    for fichier in sorted(LOCALE.glob("*.po")):
        for message in read_catalogue(fichier):
            if message.id:
                cle = message.id if isinstance(message.id, str) else tuple(message.id)
                entrees[cle] = (message, fichier)
    return entrees


def is_traduit(message: Message) -> bool:
    """Is every form of the entry translated?"""
    formes = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    return bool(formes) and all(formes)


def update() -> list[Identifiant]:
    """Rewrite the main catalogue; the texts that still want a translation."""
    textes, entrees = list_textes(), list_traductions()
    catalogue = Catalog(
        locale="en",
        header_comment="# The interface in English. Written by `python -m outils.traduire`; the translations by hand.",
        project="Tableau de bord SP/CCM",
        version="1",
        last_translator="SP/CCM",
        language_team="en",
        msgid_bugs_address="SP/CCM",
        creation_date=JOUR,
        revision_date=JOUR,
        fuzzy=False,
        charset="utf-8",
    )
    for texte in sorted(textes, key=str):
        entree = entrees.get(texte)
        if entree is not None and entree[1] != PRINCIPAL:
            continue
        vide: Identifiant = "" if isinstance(texte, str) else ("",) * 2
        catalogue.add(texte, entree[0].string if entree else vide)
    with PRINCIPAL.open("wb") as flux:
        write_po(flux, catalogue, width=0, omit_header=False, ignore_obsolete=True, include_lineno=False)
    traduits = list_traductions()
    return [t for t in textes if t not in traduits or not is_traduit(traduits[t][0])]


if __name__ == "__main__":
    manquants = update()
    if "--liste" in sys.argv:
        for manquant in manquants:
            print(manquant)
    print(f"{len(manquants)} textes à traduire.", file=sys.stderr)
