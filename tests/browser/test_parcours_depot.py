"""A focal point's deposit and its validation, on a demonstration of their own: faults told, mended, sent, counted."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from ccm_data.config import NOM_BASE_DEMO, Config
from ccm_data.db import get_engine
from ccm_data.reference.demonstration import load_demonstration
from tests.aides.classeurs import COMITE, ECRITURE, MISE_A_JOUR, VALEUR, make_classeur
from tests.aides.postgresql import Serveur
from tests.aides.serveur import Tableau, serve
from tests.aides.visite import Visite
from tests.conftest import BASES, make_config

COMITE_NEUF = COMITE | {"nom": "Comité de veille d’Iférouane"}
AVANCEE = MISE_A_JOUR | {"activite_code": "3.1.1", "avancement": 71}
PAYE = ECRITURE | {
    "activite_code": "3.1.1", "phase": "Décaissé", "bailleur_code": "DUE", "reference_document": "OP-2026-77",
}  # fmt: skip
CREES = VALEUR | {"indicateur_code": "3.1.a", "valeur": 2}
CASE_X, LIGNE_Y = 18, 37  # the canvas table: the box of a row, a row's height
# What each screen says before and after the deposit is validated: screen, parameters, before, after.
CHIFFRES = (
    ("", {}, "536,1 sur 987", "546,1 sur 987"),
    ("budget", {}, "Décaissé 536 ", "Décaissé 546 "),
    ("indicateurs", {"indicateur": "3.1.a"}, "18 sur 40 (45 %)", "19 sur 40 (48 %)"),
    ("carte", {}, "dont 6 à Agadez", "dont 7 à Agadez"),
    ("region", {"region": "NE001"}, "Comités de veille et d’information comités, prévu ici : 9 67 %",
     "Comités de veille et d’information comités, prévu ici : 9 71 %"),
)  # fmt: skip


@pytest.fixture(scope="module", params=BASES)
def tableau(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tableau]:
    """A demonstration that this journey may change, once per kind of database."""
    config = make_config(tmp_path_factory.mktemp("depot"), demo=True)
    if request.param == "sqlite":
        modele: Config = request.getfixturevalue("modele_demonstration")
        shutil.copy(modele.data_dir / NOM_BASE_DEMO, config.data_dir / NOM_BASE_DEMO)
    else:
        serveur: Serveur = request.getfixturevalue("serveur_postgresql")
        with serveur.connect() as connexion:
            connexion.execute("create database parcours template template0")
        config = make_config(config.data_dir, serveur.get_url("parcours"), demo=True)
        load_demonstration(config)
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


def check_chiffres(visite: Visite, *, apres: bool) -> None:
    """Every screen says the figures of before the validation, or of after it."""
    for ecran, params, avant, ensuite in CHIFFRES:
        visite.open_ecran(ecran, **params)
        assert (ensuite if apres else avant) in visite.get_texte()


def test_a_focal_points_day_from_the_template_to_the_figures(
    visiter: Callable[..., Visite], tableau: Tableau, tmp_path: Path
) -> None:
    focal, spccm = visiter(tableau), visiter(tableau)
    focal.sign_in("pf.agadez", vers="/deposer")
    modele = download(focal, "Prendre mon classeur", tmp_path)
    assert "Activités" in load_workbook(modele).sheetnames
    feuilles = {"mise_a_jour": [AVANCEE], "ecriture_budgetaire": [PAYE], "valeur_indicateur": [CREES]}
    fautif = make_classeur(**feuilles | {"mise_a_jour": [AVANCEE | {"region_code": "Agadzez"}]})
    upload(focal, fautif)
    texte = focal.get_texte()
    assert "1 ligne à corriger ; 2 prêtes à déposer" in texte
    assert "Vouliez-vous dire « Agadez »" in texte
    focal.capture("deposer-fautes")
    focal.check_axe()
    annote = load_workbook(download(focal, "Classeur annoté", tmp_path))
    assert annote.sheetnames[0] == "Anomalies"
    assert annote["Activités"]["C2"].comment is not None
    deposit(focal, make_classeur(**feuilles), "Déposer les 3 lignes", "D-2026-0001")
    check_chiffres(focal, apres=False)
    judge(spccm, "Retourner", note="Ajoutez le comité d’Iférouane")
    focal.open_ecran("mes-depots")
    assert "1 dépôt est à corriger" in focal.titre
    assert "Ajoutez le comité d’Iférouane" in focal.get_texte()
    focal.open_ecran("deposer")
    complete = make_classeur(**feuilles, comite_veille=[COMITE_NEUF])
    deposit(focal, complete, "Déposer les 4 lignes", "D-2026-0002")
    upload(focal, complete)  # the same file again
    focal.page.get_by_role("button", name="Déposer").first.wait_for(state="detached")
    assert "ne dit rien de nouveau" in focal.get_texte()
    check_chiffres(focal, apres=False)
    judge(spccm, "Valider les")
    check_chiffres(focal, apres=True)
    _check_journal(visiter(tableau))


def deposit(focal: Visite, octets: bytes, bouton: str, numero: str) -> None:
    """Send a sound file and confirm it; its receipt stands there."""
    upload(focal, octets)
    focal.page.get_by_role("button", name=bouton).click()
    focal.page.get_by_text(numero).first.wait_for()


def judge(spccm: Visite, bouton: str, note: str | None = None) -> None:
    """The SP/CCM ticks Agadez's rows and validates or returns them."""
    if note is None:
        spccm.open_ecran("validation", file="NE001")
    else:
        spccm.sign_in("se.demo", vers="/validation?file=NE001")
    boite = spccm.page.get_by_test_id("stDataFrame").first.bounding_box()
    assert boite is not None
    spccm.page.mouse.click(boite["x"] + CASE_X, boite["y"] + LIGNE_Y / 2)  # all of them
    spccm.page.get_by_role("button", name=bouton).wait_for()
    spccm.wait_drawn()
    spccm.capture(f"validation-{'valider' if note is None else 'retourner'}")
    spccm.check_axe()
    if note is not None:
        spccm.page.get_by_label("Note : quoi corriger").fill(note)
    spccm.page.get_by_role("button", name=bouton).click()
    spccm.page.get_by_text("comptent dans les chiffres" if note is None else "retournées").first.wait_for()


def _check_journal(admin: Visite) -> None:
    admin.sign_in("admin.demo", vers="/journal")
    texte = admin.get_texte()
    for mot in ("D-2026-0001", "D-2026-0002", "Retour", "Validation", "3.1.a, T3 2026"):
        assert mot in texte


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
    visiter: Callable[..., Visite], tableau_demo: Tableau, octets: bytes, mots: str
) -> None:
    focal = visiter(tableau_demo)
    focal.sign_in("pf.agadez", vers="/deposer")
    upload(focal, octets)
    focal.page.get_by_test_id("stAlert").first.wait_for()
    assert mots in focal.get_texte()
