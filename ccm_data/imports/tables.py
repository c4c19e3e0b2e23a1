"""The bytes of a workbook → its sheets as tables of raw cells, by the quickest reader that loses nothing.

calamine reads ten times faster than openpyxl but gives no formula and no spreadsheet error, and lays a sheet out whole: a
file with one of these, or with a cell far away, is left to openpyxl, which reads row by row. Both give the same values.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from openpyxl import load_workbook
from python_calamine import CalamineWorkbook, SheetTypeEnum

from ccm_data.errors import FichierIllisible

DEPLIES_MAX: Final = 250_000_000
RAPPORT_MAX: Final = 150  # of a member over a megabyte: XML seldom shrinks more
MEMBRES_MAX: Final = 2_000
LIGNES_MAX: Final = 50_000
COLONNES_MAX: Final = 100
CELLULES_MAX: Final = 3_000_000
FEUILLE: Final = re.compile(r"xl/worksheets/sheet(\d+)\.xml")
FUSION: Final = re.compile(rb'<mergeCell ref="[A-Z]+(\d+):[A-Z]+(\d+)"')
# A formula, an error, or a cell beyond column CV or line 59 999.
LENT: Final = re.compile(
    rb"""<(?:\w+:)?f[\s/>]|\st=["']e["']|\sr=["'](?:[A-Z]{3,}\d|[D-Z][A-Z]\d|C[W-Z]\d|[A-Z]*(?:\d{6}|[6-9]\d{4}))"""
)


@dataclass(frozen=True)
class Table:
    """A sheet: its name, its rows from the first line on, the lines that merged cells touch."""

    titre: str
    rangs: Iterable[tuple[Any, ...]]
    fusions: frozenset[int] = frozenset()


def read_tables(octets: bytes, nom: str) -> Iterator[Table]:
    """The worksheets in file order; a damaged one may be told by any exception while its rows are read.

    Raises FichierIllisible (chiffre, pas_un_classeur, bombe, abime).
    """
    feuilles = _read_membres(octets, nom)
    if any(LENT.search(xml) or xml.count(b"<c") > CELLULES_MAX for xml in feuilles):
        return _read_openpyxl(octets, [_list_fusions(xml) for xml in feuilles])
    return _read_calamine(octets)


def _read_membres(octets: bytes, nom: str) -> list[bytes]:
    """The XML of each sheet; refuses what is no workbook or would fill the memory."""
    try:
        with zipfile.ZipFile(io.BytesIO(octets)) as archive:
            membres = archive.infolist()
            if any(m.flag_bits & 1 for m in membres):
                raise FichierIllisible("chiffre", nom=nom)
            noms = {m.filename for m in membres}
            if "xl/workbook.xml" not in noms:
                raise FichierIllisible("pas_un_classeur", nom=nom)
            trop = [
                m for m in membres if m.file_size > 1_000_000 and m.file_size > RAPPORT_MAX * max(m.compress_size, 1)
            ]
            if trop or len(membres) > MEMBRES_MAX or sum(m.file_size for m in membres) > DEPLIES_MAX:
                raise FichierIllisible("bombe", nom=nom)
            rangees = sorted((int(m[1]), m[0]) for m in map(FEUILLE.fullmatch, noms) if m)
            return [archive.read(membre) for _rang, membre in rangees]
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError) as erreur:
        raise FichierIllisible("abime", nom=nom) from erreur


def _read_calamine(octets: bytes) -> Iterator[Table]:
    try:
        yield from _iter_calamine(octets)
    except BaseException as erreur:
        if type(erreur).__name__ == "PanicException":  # a bug of the reader, which is no Exception
            raise ValueError("calamine") from erreur
        raise


def _iter_calamine(octets: bytes) -> Iterator[Table]:
    classeur = CalamineWorkbook.from_filelike(io.BytesIO(octets))
    for feuille in classeur.sheets_metadata:
        if feuille.typ is SheetTypeEnum.WorkSheet:
            lue = classeur.get_sheet_by_name(feuille.name)
            rangs = lue.to_python(skip_empty_area=False)
            fusions = {n + 1 for (debut, _d), (fin, _f) in lue.merged_cell_ranges or () for n in _span(debut, fin)}
            yield Table(feuille.name, (tuple(map(_normalise, r[:COLONNES_MAX])) for r in rangs), frozenset(fusions))


def _normalise(valeur: Any) -> Any:
    """A cell as openpyxl gives it: None where empty, whole numbers as integers, days as instants."""
    if valeur == "":
        return None
    if type(valeur) is float and valeur.is_integer():
        return int(valeur)
    if type(valeur) is date:
        return datetime.combine(valeur, time())
    return valeur


def _read_openpyxl(octets: bytes, fusions: list[frozenset[int]]) -> Iterator[Table]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # styles and extensions that openpyxl does not know
        classeur = load_workbook(io.BytesIO(octets), read_only=True, data_only=False)
        for rang, feuille in enumerate(classeur.worksheets):
            feuille.reset_dimensions()  # a file may understate its own size: rows would be lost
            siennes = fusions[rang] if rang < len(fusions) else frozenset()
            yield Table(feuille.title, feuille.iter_rows(values_only=True, max_col=COLONNES_MAX), siennes)
        classeur.close()


def _list_fusions(xml: bytes) -> frozenset[int]:
    """Lines touched by merged cells; they stand after the data, hence at the end of the file."""
    fin = xml[xml.rfind(b"</sheetData>") :]
    return frozenset(n for a, b in FUSION.findall(fin) for n in _span(int(a), int(b)))


def _span(debut: int, fin: int) -> range:
    return range(debut, min(fin, debut + LIGNES_MAX) + 1)
