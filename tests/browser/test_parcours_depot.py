"""A focal point's deposit and its validation, on a demonstration of their own: faults told, mended, sent, counted."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from ccm_data.config import NOM_BASE_DEMO, Config
from ccm_data.db import get_engine
from tests.aides.classeurs import COMITE, MISE_A_JOUR, make_classeur
from tests.aides.serveur import Tableau, serve
from tests.aides.visite import Visite
from tests.conftest import make_config

COMITE_NEUF = COMITE | {"nom": "Comité de veille d’Iférouane"}
CASE_X, LIGNE_Y = 18, 37  # the canvas table: the box of a row, a row's height


@pytest.fixture(scope="module")
def tableau(modele_demonstration: Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tableau]:
    """A demonstration that this journey may change."""
    config = make_config(tmp_path_factory.mktemp("depot"), demo=True)
    shutil.copy(modele_demonstration.data_dir / NOM_BASE_DEMO, config.data_dir / NOM_BASE_DEMO)
    with serve(config) as servi:
        yield servi
    get_engine(config.database_url).dispose()


def upload(visite: Visite, octets: bytes, nom: str = "t3.xlsx") -> None:
    """Send a file by the screen's own field."""
    visite.page.locator('input[type="file"]').set_input_files({"name": nom, "mimeType": "", "buffer": octets})
    visite.page.locator(".st-key-depot_modele").wait_for()
    visite.page.wait_for_timeout(800)
    visite.wait_drawn()


def download(visite: Visite, bouton: str, dossier: Path) -> Path:
    """What a button gives."""
    with visite.page.expect_download() as attente:
        visite.page.get_by_role("button", name=bouton).click()
    fichier = dossier / attente.value.suggested_filename
    attente.value.save_as(fichier)
    return fichier


def test_a_workbook_is_taken_sent_mended_deposited_validated_and_counted(
    visiter: Callable[..., Visite], tableau: Tableau, tmp_path: Path
) -> None:
    focal = visiter(tableau)
    focal.sign_in("pf.agadez", vers="/deposer")
    modele = download(focal, "Prendre mon classeur", tmp_path)
    assert "Activités" in load_workbook(modele).sheetnames
    fautif = make_classeur(mise_a_jour=[MISE_A_JOUR | {"region_code": "Agadzez"}], comite_veille=[COMITE_NEUF])
    upload(focal, fautif)
    texte = focal.get_texte()
    assert "1 ligne à corriger ; 1 prête à déposer" in texte
    assert "Vouliez-vous dire « Agadez »" in texte
    focal.capture("deposer-fautes")
    focal.check_axe()
    annote = load_workbook(download(focal, "Classeur annoté", tmp_path))
    assert annote.sheetnames[0] == "Anomalies"
    assert annote["Activités"]["C2"].comment is not None
    upload(focal, make_classeur(comite_veille=[COMITE_NEUF]))
    focal.page.get_by_role("button", name="Déposer la ligne").click()
    focal.page.get_by_text("D-2026-0001").first.wait_for()
    focal.open_ecran("mes-depots")
    assert "1 dépôt attend la validation" in focal.titre
    _validate(visiter(tableau))
    focal.open_ecran("region", region="NE001")
    assert "7 comités de veille sur 9" in focal.titre
    assert "Iférouane" in focal.get_texte()


def _validate(spccm: Visite) -> None:
    """The SP/CCM ticks Agadez's rows and validates them."""
    spccm.sign_in("se.demo", vers="/validation?file=NE001")
    boite = spccm.page.get_by_test_id("stDataFrame").first.bounding_box()
    assert boite is not None
    spccm.page.mouse.click(boite["x"] + CASE_X, boite["y"] + LIGNE_Y / 2)  # all of them
    spccm.page.get_by_role("button", name="Valider les").wait_for()
    spccm.wait_drawn()
    spccm.capture("validation-cochees")
    spccm.check_axe()
    spccm.page.get_by_role("button", name="Valider les").click()
    spccm.page.get_by_text("comptent dans les chiffres").first.wait_for()


@pytest.mark.parametrize(
    ("octets", "mots"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 300, "ni un classeur Excel"),
        (b"", "Le fichier est vide"),
        (b"a" * 50_000_000, "Le fichier pèse 50"),
    ],
    ids=["a renamed picture", "an empty file", "50 MB"],
)
def test_a_file_that_is_none_is_refused_in_french(
    visiter: Callable[..., Visite], tableau: Tableau, octets: bytes, mots: str
) -> None:
    focal = visiter(tableau)
    focal.sign_in("pf.agadez", vers="/deposer")
    upload(focal, octets)
    focal.page.get_by_test_id("stAlert").first.wait_for()
    assert mots in focal.get_texte()
