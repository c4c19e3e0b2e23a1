"""What a person does on a screen: choose, type a date, send a file, press, tick rows; and what the screen then says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect

from ccm_data.imports.schemas import PAR_SUJET
from tests.aides.classeurs import save
from tests.aides.visite import Visite, list_lignes

CASE_X, LIGNE_Y = 18, 37  # the canvas table: the box of a row, a row's height
PAUSE_MS = 300


def choose(page: Page, label: str, texte: str) -> None:
    """Pick from the list of this label by typing."""
    champ, option = (
        page.get_by_role("combobox", name=label).last,
        page.get_by_role("option").filter(has_text=texte).first,
    )
    champ.scroll_into_view_if_needed()
    champ.click()
    page.keyboard.type(texte)
    page.wait_for_timeout(PAUSE_MS)
    if not option.is_visible():  # the page moved below the list, which closed
        champ.press("ArrowDown")
    option.click()
    page.wait_for_timeout(PAUSE_MS)


def choose_onglet(visite: Visite, nom: str) -> None:
    """Press a tab."""
    visite.page.get_by_role("radio", name=nom, exact=True).click()
    visite.wait_drawn()


def fill(page: Page, label: str, texte: str) -> None:
    """Type into the field of this label."""
    page.get_by_role("textbox", name=label, exact=True).last.fill(texte)


def fill_date(page: Page, label: str, jour: date) -> None:
    """Type a date as a person does: digit by digit."""
    champ = page.get_by_test_id("stDateInput").filter(has_text=label).last
    champ.locator("[role=spinbutton]").first.click()
    page.keyboard.type(f"{jour:%d%m%Y}")
    page.keyboard.press("Escape")
    page.wait_for_timeout(PAUSE_MS)


def press(visite: Visite, bouton: str) -> str:
    """Press a button; what the screen then says."""
    visite.page.get_by_role("button", name=bouton).last.click()
    visite.page.get_by_test_id("stAlert").first.wait_for()
    visite.wait_drawn()
    return visite.get_texte()


def open_pli(page: Page, titre: str) -> None:
    """Unfold a part of the screen."""
    page.locator("summary").filter(has_text=titre).click()
    page.wait_for_timeout(PAUSE_MS)


def wait_kept(visite: Visite) -> None:
    """Until the page says that the draft is kept, and the typing has rested."""
    expect(visite.page.locator(".ccm-saisie-etat")).to_contain_text("Brouillon enregistré", timeout=30_000)
    visite.page.wait_for_timeout(1500)
    visite.wait_drawn()


def send_saisie(visite: Visite) -> str:
    """Send the row typed; the receipt."""
    wait_kept(visite)
    visite.page.get_by_role("button", name="Envoyer au SP/CCM").click()
    visite.page.get_by_text("attend la validation du SP/CCM").first.wait_for()
    visite.wait_drawn()
    return visite.get_texte()


def upload(visite: Visite, octets: bytes, nom: str = "registres.xlsx") -> str:
    """Send a file by the screen's own field; what the screen then says."""
    visite.page.locator('input[type="file"]').set_input_files({"name": nom, "mimeType": "", "buffer": octets})
    visite.page.wait_for_timeout(800)
    visite.wait_drawn()
    return visite.get_texte()


def download(visite: Visite, bouton: str, dossier: Path) -> Path:
    """What a button gives."""
    with visite.page.expect_download() as attente:
        visite.page.get_by_role("button", name=bouton).click()
    fichier = dossier / attente.value.suggested_filename
    attente.value.save_as(fichier)
    return fichier


def fill_modele(modele: Path, sujet: str, rangees: Sequence[Mapping[str, Any]]) -> bytes:
    """The template that the screen gave, these rows written below its headings."""
    classeur, feuille = load_workbook(modele), PAR_SUJET[sujet]
    onglet = classeur[feuille.nom]
    rangs = {str(c.value): c.column for c in onglet[1] if c.value}
    premiere = next(n for n in range(2, onglet.max_row + 2) if onglet.cell(n, 1).value is None)
    for ligne, rangee in enumerate(rangees, premiere):
        for colonne in feuille.colonnes:
            if colonne.champ in rangee:
                onglet.cell(ligne, rangs[colonne.titre], rangee[colonne.champ])
    return save(classeur)


def tick(visite: Visite, rang: int | None = None) -> None:
    """Tick a row of the first canvas table (None: all of them)."""
    cadre: Locator = visite.page.locator("[data-testid=stDataFrame]:visible").first
    cadre.scroll_into_view_if_needed()
    boite = cadre.bounding_box()
    assert boite is not None
    y = LIGNE_Y / 2 if rang is None else LIGNE_Y * (rang + 1.5)
    visite.page.mouse.click(boite["x"] + CASE_X, boite["y"] + y)
    visite.page.wait_for_timeout(800)
    visite.wait_drawn()


def validate_file(spccm: Visite, region: str) -> str:
    """The SP/CCM ticks all that this region sent and validates it; what was shown of it before."""
    spccm.open_ecran("validation", file=region)
    tick(spccm)
    bouton = spccm.page.get_by_role("button", name=re.compile("^Valider (la|les)"))
    bouton.wait_for()
    vues = spccm.get_texte()
    bouton.click()
    spccm.page.get_by_text("dans les chiffres").first.wait_for()
    spccm.wait_drawn()
    return vues


def list_rangs(page: Page, titre: str) -> list[dict[str, str]]:
    """The rows of a table, or of the HTML twin of a canvas one: heading → cell."""
    entetes, *lignes = list_lignes(page.locator("table").filter(has=page.locator("caption", has_text=titre)).first)
    return [dict(zip(entetes, x, strict=True)) for x in lignes]
