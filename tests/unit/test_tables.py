"""The two readers of a workbook say the same, and each file goes to one that loses nothing of it."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from ccm_data.imports import tables
from ccm_data.imports.tables import _read_calamine, _read_openpyxl, read_tables
from tests.aides.classeurs import save

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
TEXTES = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=12).filter(
    lambda t: not t.startswith("=") and not re.search(r"_x[0-9A-Fa-f]{4}_", t)
)
CELLULES = (
    st.none() | TEXTES | st.integers(-(10**14), 10**14) | st.booleans()
    | st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12)
    | st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1)).map(lambda d: d.replace(microsecond=0))
)  # fmt: skip


def make(lignes: list[list[Any]], **cellules: Any) -> bytes:
    classeur = Workbook()
    for ligne in lignes:
        classeur.active.append(ligne)
    for adresse, valeur in cellules.items():
        classeur.active[adresse] = valeur
    return save(classeur)


def trim(lues: Any) -> list[tuple[str, list[tuple[Any, ...]]]]:
    """Sheets without the empty cells and lines that follow the last filled one."""
    sorties = []
    for table in lues:
        lignes = [tuple(r) for r in table.rangs]
        larges = [max((i for i, c in enumerate(r, 1) if c is not None), default=0) for r in lignes]
        lignes = [r[:large] for r, large in zip(lignes, larges, strict=True)]
        while lignes and not lignes[-1]:
            lignes.pop()
        sorties.append((table.titre, lignes))
    return sorties


@given(st.lists(st.lists(CELLULES, max_size=6), max_size=6))
def test_both_readers_give_the_same_cells(lignes: list[list[Any]]) -> None:
    octets = make(lignes)
    assert trim(_read_calamine(octets)) == trim(_read_openpyxl(octets, []))


@pytest.mark.parametrize(
    "nom", ["juste.xlsx", "libreoffice.xlsx", "fautif.xlsx", "autre_classeur.xlsx", "fusions.xlsx"]
)
def test_both_readers_read_a_file_alike(nom: str) -> None:
    octets = (FIXTURES / nom).read_bytes()
    assert trim(_read_calamine(octets)) == trim(_read_openpyxl(octets, []))


def is_rapide(octets: bytes, monkeypatch: pytest.MonkeyPatch) -> bool:
    appels: list[bytes] = []
    monkeypatch.setattr(tables, "_read_calamine", appels.append)
    read_tables(octets, "t.xlsx")
    return bool(appels)


@pytest.mark.parametrize(
    ("cellules", "rapide"),
    [
        ({}, True),
        ({"CV59999": 1}, True),
        ({"A2": "=1+1"}, False),
        ({"A2": "#REF!"}, False),
        ({"CW1": 1}, False),
        ({"XFD1": 1}, False),
        ({"A60000": 1}, False),
        ({"A1048576": 1}, False),
    ],
)
def test_a_file_that_the_quick_reader_would_spoil_or_swell_goes_to_the_other(
    cellules: dict[str, Any], rapide: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert is_rapide(make([["Région"], ["Agadez"]], **cellules), monkeypatch) is rapide


def test_cells_without_address_are_counted_before_they_are_laid_out(monkeypatch: pytest.MonkeyPatch) -> None:
    sortie = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(make([["a"]]))) as avant, zipfile.ZipFile(sortie, "w") as apres:
        for membre in avant.namelist():
            octets = avant.read(membre)
            if membre == "xl/worksheets/sheet1.xml":
                octets = octets.replace(b"</sheetData>", b"<row>" + b"<c/>" * 3000 + b"</row></sheetData>")
            apres.writestr(membre, octets)
    monkeypatch.setattr(tables, "CELLULES_MAX", 2000)
    assert not is_rapide(sortie.getvalue(), monkeypatch)


def test_merged_lines_are_those_of_their_own_sheet() -> None:
    classeur = Workbook()
    classeur.active.append(["x"])
    seconde = classeur.create_sheet("Seconde", 0)
    seconde.append(["x"])
    seconde.merge_cells("A3:B5")
    fusions = {t.titre: t.fusions for t in read_tables(save(classeur), "t.xlsx")}
    assert fusions == {"Seconde": {3, 4, 5}, "Sheet": frozenset()}
