"""Downloads open in a spreadsheet as what the screen shows, and run nothing."""

from __future__ import annotations

import io
from datetime import date

import pandas as pd
import pytest
from openpyxl import load_workbook

from ccm_data.exports.tableur import write_csv_francais, write_xlsx

HOSTILES = (
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+33",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "<script>alert(1)</script>",
    "é œ ɓ \u0007 fin",
)


def open_sheet(cadre: pd.DataFrame, nom: str = "Feuille") -> list[tuple[object, ...]]:
    classeur = load_workbook(io.BytesIO(write_xlsx({nom: cadre})))
    return list(classeur.worksheets[0].iter_rows(values_only=True))


def test_numbers_stay_numbers_and_missing_stays_empty() -> None:
    cadre = pd.DataFrame({"n": pd.array([0, None, 987_000_000], dtype="Int64"), "d": [date(2026, 7, 1), None, None]})
    entetes, *lignes = open_sheet(cadre)
    assert entetes == ("n", "d")
    assert [ligne[0] for ligne in lignes] == [0, None, 987_000_000]


@pytest.mark.parametrize("texte", HOSTILES)
def test_a_text_that_looks_like_a_formula_stays_a_text(texte: str) -> None:
    classeur = load_workbook(io.BytesIO(write_xlsx({"F": pd.DataFrame({"t": [texte]})})))
    cellule = classeur.worksheets[0]["A2"]
    assert cellule.data_type == "s"
    assert not texte.startswith("=") or cellule.value == texte
    ligne = write_csv_francais(pd.DataFrame({"t": [texte]})).decode("utf-8-sig").splitlines()[1]
    assert not ligne.lstrip('"').startswith(("=", "+", "-", "@", "\t"))


def test_a_french_excel_opens_the_csv() -> None:
    octets = write_csv_francais(pd.DataFrame({"é": [12.5, None], "b": [True, False]}))
    assert octets.startswith(b"\xef\xbb\xbf")
    assert octets.decode("utf-8-sig") == "é;b\r\n12,5;oui\r\n;non\r\n"


def test_a_sheet_name_that_excel_refuses_is_mended() -> None:
    classeur = load_workbook(io.BytesIO(write_xlsx({"a/b:c*" + "x" * 40: pd.DataFrame({"a": [1]})})))
    assert classeur.sheetnames == [("a-b-c-" + "x" * 40)[:31]]


def test_notes_come_last() -> None:
    classeur = load_workbook(io.BytesIO(write_xlsx({"A": pd.DataFrame({"a": [1]})}, ("Démonstration",))))
    assert classeur.sheetnames == ["A", "Notes"]
    assert classeur["Notes"]["A1"].value == "Démonstration"
