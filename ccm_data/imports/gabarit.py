"""The template workbook of a person: sheets made from the schemas, drop-down lists, notes, locked codes, his own rows.

Works in Excel 2007 and LibreOffice: lists are named ranges of a hidden sheet, protection has no password, no macro.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from sqlalchemy.orm import Session

from ccm_data.domain.calendrier import get_jour
from ccm_data.domain.permissions import Personne
from ccm_data.imports.contenu import list_rangees
from ccm_data.imports.listes import Listes, read_listes
from ccm_data.imports.schemas import Colonne, Feuille, list_feuilles
from ccm_data.textes import _
from ccm_data.typographie import say_date

LISTES: Final = "Listes"
LISEZ_MOI: Final = "Lisez-moi"
LIGNES_LIBRES: Final = 2000  # lists reach this far
VERT, SABLE, GRIS, ENCRE = "0F4C3F", "F6F2EA", "EEF0F2", "3D444D"
FORMATS: Final = {"date": "dd/mm/yyyy", "nombre": "#,##0.####", "entier": "0"}


def make_gabarit(
    session: Session,
    personne: Personne,
    libelle: str,
    maintenant: datetime,
    *,
    demonstration: bool,
    groupe: str = "suivi",
) -> bytes:
    """The workbook for this person (`libelle`: how his account is called), pre-filled at this moment.

    `groupe`: which of the workbooks (`schemas.GROUPES`).
    """
    listes = read_listes(session)
    feuilles = list_feuilles(personne, groupe)
    rangees = list_rangees(session, personne, get_jour(maintenant), feuilles)
    classeur = Workbook()
    _write_lisez_moi(classeur.active, libelle, maintenant, demonstration)
    noms = write_listes(classeur, listes)
    for feuille in feuilles:
        write_feuille(classeur, feuille, rangees[feuille.sujet], listes, noms)
    classeur.move_sheet(LISTES, len(feuilles))
    sortie = io.BytesIO()
    classeur.save(sortie)
    return sortie.getvalue()


def _write_lisez_moi(onglet: Any, libelle: str, maintenant: datetime, demonstration: bool) -> None:
    lignes = [
        _("Mise à jour du tableau de bord du SP/CCM"),
        _("Préparé pour : {qui}, le {jour}.").format(qui=libelle, jour=say_date(get_jour(maintenant))),
        "",
        _("1. Remplissez les feuilles qui vous concernent ; les autres peuvent rester telles quelles."),
        _("2. Une cellule vide veut dire « non renseigné » ; zéro s’écrit 0."),
        _("3. Les cellules grises disent de quoi parle la ligne : ne les changez pas. Ajoutez vos lignes dessous."),
        _("4. Les dates s’écrivent jj/mm/aaaa, les nombres avec une virgule : 12,5."),
        _("5. Aucun nom, numéro de téléphone ou adresse de personne."),
        _("6. Enregistrez, puis envoyez le classeur à l’écran « Déposer une mise à jour » : rien n’est enregistré avant que "
          "vous n’ayez vu et confirmé ce qui change."),
    ]  # fmt: skip
    if demonstration:
        lignes.insert(2, _("Démonstration : chiffres de suivi inventés."))
    write_lisez_moi(onglet, lignes)


def write_lisez_moi(onglet: Any, lignes: Sequence[str]) -> None:
    """The first sheet: its title, then one line per instruction."""
    onglet.title = LISEZ_MOI
    onglet.column_dimensions["A"].width = 100
    for rang, texte in enumerate(lignes, 1):
        cellule = onglet.cell(rang, 1, texte)
        cellule.alignment = Alignment(wrap_text=True, vertical="top")
    onglet["A1"].font = Font(bold=True, size=16, color=VERT)


def write_listes(classeur: Workbook, listes: Listes) -> dict[str, str]:
    """The hidden sheet of the drop-down lists; list → its named range."""
    onglet = classeur.create_sheet(LISTES)
    onglet.sheet_state = "hidden"
    noms = {}
    for rang, (nom, liste) in enumerate(listes.items(), 1):
        lettre = get_column_letter(rang)
        onglet.cell(1, rang, nom)
        for i, dite in enumerate(liste.dites.values(), 2):
            onglet.cell(i, rang, dite)
        noms[nom] = f"liste_{nom}"
        plage = f"{quote_sheetname(LISTES)}!${lettre}$2:${lettre}${len(liste.dites) + 1}"
        classeur.defined_names[noms[nom]] = DefinedName(noms[nom], attr_text=plage)
    return noms


def write_feuille(
    classeur: Workbook, feuille: Feuille, rangees: list[dict[str, Any]], listes: Listes, noms: Mapping[str, str]
) -> None:
    """A sheet of the workbook: headings with their notes, drop-down lists, the rows already known."""
    onglet = classeur.create_sheet(feuille.nom)
    onglet.freeze_panes = "A2"
    onglet.row_dimensions[1].height = 32
    onglet.protection.sheet = True
    for droit in ("formatCells", "formatColumns", "formatRows", "insertRows", "deleteRows", "sort", "autoFilter"):
        setattr(onglet.protection, droit, False)  # False: allowed under protection
    for rang, colonne in enumerate(feuille.colonnes, 1):
        _write_entete(onglet, rang, colonne)
        liste = colonne.liste or colonne.propose
        if liste in noms and colonne.genre not in {"info", "codes"}:
            _add_liste(onglet, rang, noms[str(liste)])
    for ligne, rangee in enumerate(rangees, 2):
        for rang, colonne in enumerate(feuille.colonnes, 1):
            _write_cellule(onglet.cell(ligne, rang), colonne, rangee.get(colonne.champ), listes)


def _write_entete(onglet: Any, rang: int, colonne: Colonne) -> None:
    lettre = get_column_letter(rang)
    dimension = onglet.column_dimensions[lettre]
    dimension.width = colonne.largeur
    dimension.protection = Protection(locked=False)
    dimension.number_format = FORMATS.get(colonne.genre, "General")
    cellule = onglet.cell(1, rang, colonne.titre)
    cellule.font = Font(bold=True, color="FFFFFF" if colonne.obligatoire else ENCRE)
    cellule.fill = PatternFill("solid", fgColor=VERT if colonne.obligatoire else SABLE)
    cellule.alignment = Alignment(wrap_text=True, vertical="center")
    cellule.protection = Protection(locked=True)
    aide = " ".join(
        x for x in (_("Obligatoire.") if colonne.obligatoire else "", _(colonne.aide) if colonne.aide else "") if x
    )
    if aide:
        cellule.comment = Comment(aide, "SP/CCM", width=260, height=90)


def _add_liste(onglet: Any, rang: int, nom: str) -> None:
    lettre = get_column_letter(rang)
    regle = DataValidation(type="list", formula1=f"={nom}", allow_blank=True, showErrorMessage=True)
    regle.errorTitle, regle.error = _("Valeur inconnue"), _("Choisissez dans la liste.")
    regle.errorStyle = "warning"
    regle.add(f"{lettre}2:{lettre}{LIGNES_LIBRES}")
    onglet.add_data_validation(regle)


def _write_cellule(cellule: Any, colonne: Colonne, valeur: Any, listes: Listes) -> None:
    if isinstance(valeur, bool):
        valeur = listes["oui_non"].dites["oui" if valeur else "non"]
    elif colonne.genre == "codes" and valeur is not None:
        dites = listes[str(colonne.liste)].dites
        valeur = " ; ".join(dites.get(code, code) for code in str(valeur).split(";"))
    elif colonne.liste and valeur is not None:
        valeur = listes[colonne.liste].dites.get(str(valeur), valeur)
    cellule.value = valeur
    if isinstance(valeur, str):
        cellule.data_type = "s"  # « =… » stays text
    cellule.number_format = FORMATS.get(colonne.genre, "General")
    cellule.protection = Protection(locked=colonne.identite)
    if colonne.identite:
        cellule.fill = PatternFill("solid", fgColor=GRIS)
