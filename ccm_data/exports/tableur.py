"""Workbook and CSV downloads of what a screen shows: XLSX first, CSV for a French Excel (`;`, decimal comma, BOM).

Texts that begin like a formula are written as text, so that opening a file runs nothing.
Source: codes and standards, « French typography of figures ».
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

LARGEUR_MAX = 70
LARGEUR_MIN = 8
DEBUTS_FORMULE = ("=", "+", "-", "@", "\t", "\r")
INTERDITS_FEUILLE = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))
CONTROLES = {c: None for c in range(32) if c not in (9, 10, 13)}


def _to_cell(valeur: Any) -> Any:
    if valeur is None or (not isinstance(valeur, (list, tuple, str)) and pd.isna(valeur)):
        return None
    if isinstance(valeur, Decimal):
        return int(valeur) if valeur == valeur.to_integral_value() else float(valeur)
    if isinstance(valeur, datetime):
        return valeur.replace(tzinfo=None)
    if isinstance(valeur, (bool, int, float, date)):
        return valeur
    if hasattr(valeur, "item"):
        return valeur.item()
    return str(valeur).translate(CONTROLES)


def write_xlsx(feuilles: Mapping[str, pd.DataFrame], notes: tuple[str, ...] = ()) -> bytes:
    """A workbook with one sheet per frame (headers as given) and, when there are notes, a last sheet « Notes »."""
    classeur = Workbook(write_only=True)
    for nom, cadre in feuilles.items():
        feuille = classeur.create_sheet(nom.translate(INTERDITS_FEUILLE)[:31] or "Feuille")
        feuille.freeze_panes = "A2"
        lignes = [[_to_cell(v) for v in ligne] for ligne in cadre.itertuples(index=False, name=None)]
        for i, colonne in enumerate(cadre.columns):
            longueurs = [len(str(ligne[i])) for ligne in lignes[:500] if ligne[i] is not None]
            largeur = max([len(str(colonne)), *longueurs]) + 2
            feuille.column_dimensions[get_column_letter(i + 1)].width = min(max(largeur, LARGEUR_MIN), LARGEUR_MAX)
        feuille.append([_make_header(feuille, str(c)) for c in cadre.columns])
        for ligne in lignes:
            feuille.append([_make_cell(feuille, v) for v in ligne])
    if notes:
        feuille = classeur.create_sheet("Notes")
        feuille.column_dimensions["A"].width = 110
        for note in notes:
            feuille.append([_make_cell(feuille, note)])
    sortie = io.BytesIO()
    classeur.save(sortie)
    return sortie.getvalue()


def _make_header(feuille: Any, texte: str) -> Any:
    cellule = WriteOnlyCell(feuille, value=texte)
    cellule.font = Font(bold=True, color="3D444D")
    cellule.fill = PatternFill("solid", fgColor="F6F2EA")
    cellule.alignment = Alignment(vertical="center", wrap_text=True)
    return cellule


def _make_cell(feuille: Any, valeur: Any) -> Any:
    if isinstance(valeur, str):
        cellule = WriteOnlyCell(feuille, value=valeur)
        cellule.data_type = "s"  # « =… » stays text
        if valeur.startswith(DEBUTS_FORMULE):
            cellule.quotePrefix = True
        return cellule
    if isinstance(valeur, int) and not isinstance(valeur, bool):
        cellule = WriteOnlyCell(feuille, value=valeur)
        cellule.number_format = "#,##0"
        return cellule
    return valeur


def write_csv_francais(cadre: pd.DataFrame) -> bytes:
    """CSV that a French Excel opens by double click: `;`, decimal comma, UTF-8 with BOM, formulas disarmed."""
    sortie = io.StringIO()
    plume = csv.writer(sortie, delimiter=";", lineterminator="\r\n")
    plume.writerow([str(c) for c in cadre.columns])
    for ligne in cadre.itertuples(index=False, name=None):
        plume.writerow([_to_text(v) for v in ligne])
    return "\ufeff".encode() + sortie.getvalue().encode()


def _to_text(valeur: Any) -> str:
    simple = _to_cell(valeur)
    if simple is None:
        return ""
    if isinstance(simple, bool):
        return "oui" if simple else "non"
    if isinstance(simple, float):
        return repr(simple).replace(".", ",")
    if isinstance(simple, (date, datetime)):
        return simple.strftime("%d/%m/%Y")
    if isinstance(simple, str) and simple.startswith(DEBUTS_FORMULE):
        return "'" + simple
    return str(simple)
