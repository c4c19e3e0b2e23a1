"""The workbook that was sent, given back with its faulty cells coloured and explained; a first sheet lists them all.

The original's own cells, formats and other sheets are kept. A CSV comes back as a workbook.
"""

from __future__ import annotations

import csv
import io
import warnings
from collections.abc import Callable, Sequence
from typing import Any, Final

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from ccm_data.domain.vocabulaire import Gravite
from ccm_data.imports import lecture
from ccm_data.imports.anomalies import Anomalie, group_anomalies
from ccm_data.imports.lecture import Classeur
from ccm_data.libelles import say_libelle
from ccm_data.textes import _

FEUILLE: Final = "Anomalies"
FONDS: Final = {Gravite.BLOQUANT: "F6C3A5", Gravite.A_CORRIGER: "F6C3A5", Gravite.A_VERIFIER: "E9D3E3"}
LARGEURS: Final = (14, 22, 16, 26, 30, 60, 34)


def annotate(
    octets: bytes, classeur: Classeur, anomalies: Sequence[Anomalie], dire: Callable[[Anomalie], tuple[str, str]]
) -> bytes:
    """`dire(anomalie)` gives what is wrong and what to do. Returns an XLSX file."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fichier = load_workbook(io.BytesIO(octets)) if classeur.genre == "xlsx" else _make_classeur(octets, classeur)
    for anomalie in anomalies:
        if anomalie.feuille in fichier.sheetnames and anomalie.ligne is not None:
            _mark(fichier[anomalie.feuille], classeur, anomalie, dire)
    if FEUILLE in fichier.sheetnames:
        del fichier[FEUILLE]
    _write_liste(fichier.create_sheet(FEUILLE, 0), anomalies, dire)
    fichier.active = 0
    sortie = io.BytesIO()
    fichier.save(sortie)
    return sortie.getvalue()


def _make_classeur(octets: bytes, classeur: Classeur) -> Workbook:
    fichier = Workbook()
    onglet: Any = fichier.active
    onglet.title = classeur.feuilles[0].nom
    texte = lecture.decode_csv(octets)
    for ligne, rang in enumerate(
        csv.reader(io.StringIO(texte, newline=""), delimiter=lecture.guess_separateur(texte)), 1
    ):
        for colonne, valeur in enumerate(rang, 1):
            cellule = onglet.cell(ligne, colonne, lecture.strip_illegal(valeur))
            cellule.data_type = "s"
    return fichier


def _mark(onglet: Any, classeur: Classeur, anomalie: Anomalie, dire: Callable[[Anomalie], tuple[str, str]]) -> None:
    """Colour the cell (or the row's first one) and add why to its note."""
    lue = next((f for f in classeur.feuilles if f.nom == anomalie.feuille), None)
    entetes = lue.entetes if lue is not None else ()
    colonne = entetes.index(anomalie.colonne) + 1 if anomalie.colonne in entetes else 1
    cellule = onglet.cell(anomalie.ligne, colonne)
    if type(cellule).__name__ == "MergedCell":
        return
    cellule.fill = PatternFill("solid", fgColor=FONDS[anomalie.gravite])
    texte = " ".join(x for x in dire(anomalie) if x)
    deja = f"{cellule.comment.text}\n" if cellule.comment is not None and cellule.comment.author == FEUILLE else ""
    cellule.comment = Comment((deja + texte)[:2000], FEUILLE, width=320, height=140)


def _write_liste(onglet: Any, anomalies: Sequence[Anomalie], dire: Callable[[Anomalie], tuple[str, str]]) -> None:
    titres = (
        _("Gravité"),
        _("Feuille"),
        _("Lignes"),
        _("Colonne"),
        _("Valeur lue"),
        _("Ce qui ne va pas"),
        _("Que faire"),
    )
    for rang, (titre, largeur) in enumerate(zip(titres, LARGEURS, strict=True), 1):
        cellule = onglet.cell(1, rang, titre)
        cellule.font = Font(bold=True)
        onglet.column_dimensions[get_column_letter(rang)].width = largeur
    for ligne, groupe in enumerate(group_anomalies(anomalies), 2):
        a = groupe.anomalie
        quoi, faire = dire(a)
        valeurs = (say_libelle(a.gravite), a.feuille or "", groupe.lignes, a.colonne or "", a.valeur or "", quoi, faire)
        for rang, valeur in enumerate(valeurs, 1):
            cellule = onglet.cell(ligne, rang, lecture.strip_illegal(valeur))
            cellule.data_type = "s"
            cellule.alignment = Alignment(wrap_text=True, vertical="top")
        onglet.cell(ligne, 1).fill = PatternFill("solid", fgColor=FONDS[a.gravite])
    onglet.freeze_panes = "A2"
