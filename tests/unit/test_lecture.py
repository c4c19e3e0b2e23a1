"""Files that are not what they say, too big, damaged or disguised: a clear refusal; and those that are fine, read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from openpyxl import Workbook
from PIL import Image

from ccm_data.errors import FichierIllisible
from ccm_data.imports import lecture
from ccm_data.imports.lecture import read_classeur
from ccm_data.phrases.imports import FICHIERS, say_fichier
from tests.aides.classeurs import COMITE, ECRITURE, MISE_A_JOUR, make_classeur, make_csv, save


def make_png() -> bytes:
    sortie = io.BytesIO()
    Image.new("RGB", (20, 20), "red").save(sortie, "PNG")
    return sortie.getvalue()


def make_zip(**membres: bytes) -> bytes:
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as archive:
        for nom, octets in membres.items():
            archive.writestr(nom.replace("__", "/").replace("_xml", ".xml"), octets)
    return sortie.getvalue()


def make_autre() -> bytes:
    classeur = Workbook()
    classeur.active.append(["Recettes", "Poids", "Prix"])
    return save(classeur)


def make_longue() -> bytes:
    """200 000 rows, written by hand: openpyxl would take a minute."""
    sain = io.BytesIO(make_classeur(mise_a_jour=[MISE_A_JOUR]))
    sortie = io.BytesIO()
    with zipfile.ZipFile(sain) as avant, zipfile.ZipFile(sortie, "w", zipfile.ZIP_STORED) as apres:
        for membre in avant.namelist():
            octets = avant.read(membre)
            if membre == "xl/worksheets/sheet1.xml":
                rangs = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(3, 60_000))
                octets = octets.replace(b"</sheetData>", rangs + b"</sheetData>")
            apres.writestr(membre, octets)
    return sortie.getvalue()


REFUS: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing at all": (lambda: b"", "vide"),
    "a picture called .xlsx": (make_png, "pas_un_classeur"),
    "51 MB": (lambda: b"a" * 51_000_000, "trop_gros"),
    "a workbook with a password": (
        lambda: lecture.OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "chiffre",
    ),
    "a workbook of 1997": (lambda: lecture.OLE + b"\0" * 600, "ancien_format"),
    "an archive that is no workbook": (lambda: make_zip(word__document_xml=b"<w/>"), "pas_un_classeur"),
    "half a workbook": (lambda: make_classeur(mise_a_jour=[MISE_A_JOUR])[:2000], "abime"),
    "a workbook whose sheet is no XML": (
        lambda: make_zip(xl__workbook_xml=b"<workbook", xl__worksheets__sheet1_xml=b"<"), "abime",
    ),
    "a bomb": (
        lambda: make_zip(xl__workbook_xml=b"<w/>", xl__worksheets__sheet1_xml=b"0" * 300_000_000), "bombe",
    ),
    "another workbook": (make_autre, "autre_classeur"),
    "too many rows": (make_longue, "trop_de_lignes"),
    "bytes that are no text": (lambda: bytes(range(256)) * 4, "pas_un_classeur"),
}  # fmt: skip


@pytest.mark.parametrize("cas", REFUS)
def test_a_file_that_cannot_be_read_says_why_in_french(cas: str) -> None:
    faire, code = REFUS[cas]
    with pytest.raises(FichierIllisible) as refus:
        read_classeur(faire(), "envoi.xlsx")
    assert refus.value.code == code
    assert "{" not in say_fichier(refus.value)


def test_every_refusal_has_its_words() -> None:
    assert {code for _faire, code in REFUS.values()} <= set(FICHIERS)


def test_sheets_are_found_in_any_order_and_under_any_name() -> None:
    octets = make_classeur(comite_veille=[COMITE], mise_a_jour=[MISE_A_JOUR])
    assert [f.feuille.sujet for f in read_classeur(octets).feuilles] == ["comite_veille", "mise_a_jour"]


def test_headings_may_stand_under_a_title() -> None:
    classeur = Workbook()
    onglet = classeur.active
    onglet.append(["Suivi du troisième trimestre"])
    onglet.append([])
    onglet.append(["Période", "Activité", "Région", "Avancement (%)"])
    onglet.append(["T3 2026", "3.1.3", "Agadez", 50])
    (lue,) = read_classeur(save(classeur)).feuilles
    assert (lue.ligne_entete, [n for n, _c in lue.lignes]) == (3, [4])


def test_lines_touched_by_merged_cells_are_known() -> None:
    classeur = Workbook()
    onglet = classeur.active
    onglet.append(["Période", "Activité", "Région", "Avancement (%)"])
    for _rang in range(3):
        onglet.append(["T3 2026", "3.1.3", "Agadez", 50])
    onglet.merge_cells("C2:C3")
    assert read_classeur(save(classeur)).feuilles[0].fusions == {2, 3}


@pytest.mark.parametrize("separateur", [";", "\t", ","])
@pytest.mark.parametrize("codage", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_csv_is_read_whatever_its_sign_and_its_letters(separateur: str, codage: str) -> None:
    rangee = ECRITURE | {"libelle": "Équipement déjà livré", "montant": "10000"}
    (lue,) = read_classeur(make_csv("ecriture_budgetaire", [rangee], separateur, codage), "budget.csv").feuilles
    assert "Équipement déjà livré" in lue.lignes[0][1]
