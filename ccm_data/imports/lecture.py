"""A file that somebody sent → its sheets as rows of raw cells. Raises FichierIllisible; reads no meaning.

Judged by content, never by name: XLSX, or CSV (UTF-8, UTF-16, cp1252; `;`, tab, comma). The limits stand before anything
is unpacked. Codes of FichierIllisible: vide, trop_gros, trop_de_lignes, pas_un_classeur, ancien_format, chiffre, abime,
bombe, autre_classeur, encodage.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from ccm_data.db import compute_cle_tri
from ccm_data.errors import FichierIllisible
from ccm_data.imports.schemas import FEUILLES, Feuille
from ccm_data.imports.tables import LIGNES_MAX, read_tables

OCTETS_MAX: Final = 10_000_000
ENTETE_MAX: Final = 15  # the headings stand in one of the first lines
PART_ENTETE: Final = 0.5
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
CHIFFRE_OLE: Final = "EncryptedPackage".encode("utf-16-le")
SEPARATEURS: Final = ";\t,|"


@dataclass(frozen=True)
class FeuilleLue:
    """A sheet that was recognised: `entetes` are its headings (None: empty), `lignes` (number, cells)."""

    feuille: Feuille
    nom: str
    ligne_entete: int
    entetes: tuple[str | None, ...]
    lignes: list[tuple[int, tuple[Any, ...]]]
    fusions: frozenset[int] = frozenset()  # lines that merged cells touch


@dataclass(frozen=True)
class Classeur:
    """What was read; `inconnues` are sheets of the file that no schema knows."""

    feuilles: tuple[FeuilleLue, ...]
    inconnues: tuple[str, ...] = ()
    genre: str = "xlsx"
    reglages: dict[str, str] = field(default_factory=dict)


def read_classeur(octets: bytes, nom: str = "", connues: Sequence[Feuille] = FEUILLES) -> Classeur:
    """The sheets of a file that are among `connues`; raises FichierIllisible, whose `faits` say what stands in the way."""
    if not octets:
        raise FichierIllisible("vide", nom=nom)
    if len(octets) > OCTETS_MAX:
        raise FichierIllisible("trop_gros", nom=nom, octets=len(octets), maximum=OCTETS_MAX)
    if octets.startswith(ZIP):
        return _read_xlsx(octets, nom, connues)
    if octets.startswith(OLE):
        raise FichierIllisible("chiffre" if CHIFFRE_OLE in octets else "ancien_format", nom=nom)
    return _read_csv(octets, nom, connues)


def _read_xlsx(octets: bytes, nom: str, connues: Sequence[Feuille]) -> Classeur:
    titres, lues = [], []
    try:
        for table in read_tables(octets, nom):
            titres.append(table.titre)
            lues.append(_find_sheet(table.titre, table.rangs, nom, connues, table.fusions))
    except FichierIllisible:
        raise
    except Exception as erreur:  # a reader meets a damaged file with any exception at all
        raise FichierIllisible("abime", nom=nom) from erreur
    return _gather(titres, lues, "xlsx", nom, connues)


def _read_csv(octets: bytes, nom: str, connues: Sequence[Feuille]) -> Classeur:
    texte = decode_csv(octets, nom)
    separateur = guess_separateur(texte)
    try:
        rangs = [tuple(rang) for rang in csv.reader(io.StringIO(texte, newline=""), delimiter=separateur)]
    except csv.Error as erreur:
        raise FichierIllisible("pas_un_classeur", nom=nom) from erreur
    lue = _find_sheet("", iter(rangs), nom, connues)
    return _gather([nom or "CSV"], [lue], "csv", nom, connues)


def strip_illegal(texte: str) -> str:
    """Without the characters that a workbook cannot hold."""
    return ILLEGAL_CHARACTERS_RE.sub("", texte)


def decode_csv(octets: bytes, nom: str = "") -> str:
    """The text of a CSV: UTF-8, UTF-16 with its mark, else cp1252. Raises FichierIllisible."""
    if octets[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _try_decode(octets, "utf-16", nom)
    if b"\0" in octets:
        raise FichierIllisible("pas_un_classeur", nom=nom)
    try:
        return octets.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _try_decode(octets, "cp1252", nom)


def _try_decode(octets: bytes, codage: str, nom: str) -> str:
    try:
        return octets.decode(codage)
    except UnicodeDecodeError as erreur:
        raise FichierIllisible("encodage", nom=nom) from erreur


def guess_separateur(texte: str) -> str:
    """The sign that parts the headings: counted in the line that holds most of them."""
    entetes = texte.splitlines()[:ENTETE_MAX]
    return max(SEPARATEURS, key=lambda s: max((ligne.count(s) for ligne in entetes), default=0))


def _find_sheet(
    titre: str,
    rangs: Iterable[tuple[Any, ...]],
    nom: str,
    connues: Sequence[Feuille],
    fusions: frozenset[int] = frozenset(),
) -> FeuilleLue | None:
    """The sheet by its headings (its name decides between two that share them); None when it is none of ours."""
    iterateur = enumerate(rangs, 1)
    for numero, rang in iterateur:
        if numero > ENTETE_MAX:
            return None
        feuille = _recognise(titre, rang, connues)
        if feuille is not None:
            entetes = tuple(str(c).strip() if c not in (None, "") else None for c in rang)
            return FeuilleLue(feuille, titre or feuille.nom, numero, entetes, _read_lignes(iterateur, nom), fusions)
    return None


def _read_lignes(rangs: Iterable[tuple[int, tuple[Any, ...]]], nom: str) -> list[tuple[int, tuple[Any, ...]]]:
    lignes = []
    for numero, rang in rangs:
        if any(c is not None and c != "" for c in rang):
            lignes.append((numero, rang))
            if len(lignes) > LIGNES_MAX:
                raise FichierIllisible("trop_de_lignes", nom=nom, maximum=LIGNES_MAX)
    return lignes


def _recognise(titre: str, rang: tuple[Any, ...], connues: Sequence[Feuille]) -> Feuille | None:
    dites = {compute_cle_tri(str(c)) for c in rang if c not in (None, "")}
    if len(dites) < 2:
        return None
    notes = []
    for feuille in connues:
        titres = {compute_cle_tri(c.titre) for c in feuille.colonnes}
        exigees = {compute_cle_tri(c.titre) for c in feuille.colonnes if c.obligatoire}
        communes = len(titres & dites)
        if communes / len(dites) >= PART_ENTETE and len(exigees & dites) >= min(2, len(exigees)):
            notes.append((compute_cle_tri(feuille.nom) == compute_cle_tri(titre), communes / len(titres), feuille))
    return max(notes, key=lambda n: n[:2])[2] if notes else None


def _gather(
    titres: list[str], lues: list[FeuilleLue | None], genre: str, nom: str, connues: Sequence[Feuille]
) -> Classeur:
    """The recognised sheets. Raises FichierIllisible when there is none."""
    feuilles = tuple(lue for lue in lues if lue is not None)
    if not feuilles:
        raise FichierIllisible(
            "autre_classeur", nom=nom, feuilles=", ".join(titres[:6]), attendu=[f.nom for f in connues]
        )
    return Classeur(feuilles, tuple(t for t, lue in zip(titres, lues, strict=True) if lue is None), genre)
