"""A template of the user's: accepted by what it holds, refused in plain words, its own slides taken away."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from pptx import Presentation
from pptx.oxml import parse_xml
from pptx.util import Inches

from ccm_data.errors import FichierIllisible
from ccm_data.phrases.rendus import ERREURS_GABARIT, say_gabarit
from ccm_data.reports.pptx import check_gabarit, render_pptx
from ccm_data.reports.pptx import gabarit as module
from tests.aides.decks import make_deck, make_scene, make_tableau
from tests.unit.test_reports_pptx import check_places, gather, open_pptx


def save(prs: Any) -> bytes:
    sortie = io.BytesIO()
    prs.save(sortie)
    return sortie.getvalue()


def make_gabarit(*gardes: int, largeur: float = 10, hauteur: float = 7.5) -> bytes:
    """The library's own template (4:3) with some of its eleven layouts, renamed as another language would."""
    prs: Any = Presentation()
    ancienne_largeur, ancienne_hauteur = prs.slide_width, prs.slide_height
    prs.slide_width, prs.slide_height = Inches(largeur), Inches(hauteur)
    for rang, disposition in enumerate(list(prs.slide_layouts)):
        disposition.name = f"Diapo {rang}"
        if gardes and rang not in gardes:
            prs.slide_layouts.remove(disposition)
            continue
        for forme in disposition.placeholders:
            x, y, w, h = forme.left, forme.top, forme.width, forme.height
            forme.left, forme.width = (int(v * prs.slide_width / ancienne_largeur) for v in (x, w))
            forme.top, forme.height = (int(v * prs.slide_height / ancienne_hauteur) for v in (y, h))
    return save(prs)


def zip_with(**membres: bytes) -> bytes:
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as archive:
        for nom, contenu in membres.items():
            archive.writestr(nom.replace("__", "/"), contenu)
    return sortie.getvalue()


def rewrite(octets: bytes, nom: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same file with one member changed."""
    sortie = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(octets)) as lu, zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as ecrit:
        for membre in lu.namelist():
            contenu = lu.read(membre)
            ecrit.writestr(membre, change(contenu) if membre == nom else contenu)
    return sortie.getvalue()


def make_macros() -> bytes:
    return rewrite(
        make_gabarit(), "[Content_Types].xml",
        lambda x: x.replace(b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
                            b"application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml"),
    )  # fmt: skip


REFUS = {
    "no bytes": (lambda: b"", "pas_un_pptx"),
    "a text": (lambda: b"bonjour" * 100, "pas_un_pptx"),
    "an old .ppt": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "pas_un_pptx"),
    "a zip of something else": (lambda: zip_with(a=b"b"), "pas_un_pptx"),
    "a workbook": (lambda: zip_with(**{"[Content_Types].xml": b"<a/>", "xl__workbook.xml": b"<a/>"}), "pas_un_pptx"),
    "a zip cut short": (lambda: make_gabarit()[:-400], "pas_un_pptx"),
    "a broken master": (
        lambda: rewrite(make_gabarit(), "ppt/presentation.xml", lambda x: x[: len(x) // 2]),
        "pas_un_pptx",
    ),
    "macros": (make_macros, "pas_un_pptx"),
    "a bomb": (lambda: zip_with(**{"ppt__presentation.xml": bytes(40_000_000)}), "trop_gros"),
    "too many files": (lambda: zip_with(**{f"f{n}": b"" for n in range(2_100)}), "trop_gros"),
    "no cover": (lambda: make_gabarit(5, 6), "sans_disposition"),
    "no title-only nor blank": (lambda: make_gabarit(0, 1), "sans_disposition"),
}


@pytest.mark.parametrize("cas", REFUS)
def test_what_is_no_template_is_refused_in_plain_words(cas: str) -> None:
    fabrique, code = REFUS[cas]
    with pytest.raises(FichierIllisible) as leve:
        check_gabarit(fabrique(), "modele.pptx")
    assert leve.value.code == code
    phrase = say_gabarit(leve.value)
    assert "modele.pptx" in phrase
    assert "{" not in phrase
    assert leve.value.code in ERREURS_GABARIT


def test_layouts_that_are_missing_are_named() -> None:
    with pytest.raises(FichierIllisible) as leve:
        check_gabarit(make_gabarit(1), "m.pptx")
    assert leve.value.faits["manque"] == ("titre", "contenu")
    assert "une diapositive de titre" in say_gabarit(leve.value)


def test_a_file_too_heavy_is_refused_before_it_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "OCTETS_MAX", 1_000)
    with pytest.raises(FichierIllisible, match="trop_gros"):
        check_gabarit(make_gabarit(), "m.pptx")


@pytest.mark.parametrize(
    ("gardes", "largeur", "hauteur"),
    [
        pytest.param((), 10, 7.5, id="4:3"),
        pytest.param((), 13.333, 7.5, id="16:9"),
        pytest.param((), 10, 5.625, id="small 16:9"),
        pytest.param((0, 6), 10, 7.5, id="a blank layout instead of a title"),
        pytest.param((), 7.5, 10, id="upright"),
    ],
)
def test_the_users_template_gives_its_size_and_its_titles(
    gardes: tuple[int, ...], largeur: float, hauteur: float
) -> None:
    octets = make_gabarit(*gardes, largeur=largeur, hauteur=hauteur)
    check_gabarit(octets)
    presentation = open_pptx(make_deck(), octets)
    assert presentation.slide_width == Inches(largeur)
    ensemble = gather(presentation).replace("\u00a0", "")
    assert "Démonstration:chiffresdesuiviinventés" in ensemble
    noms = {d.slide_layout.name for d in presentation.slides}
    assert noms == {"Diapo 0", "Diapo 6" if gardes else "Diapo 5"}
    if hauteur == 7.5:
        check_places(presentation)


def test_its_own_slides_and_what_names_them_are_taken_away() -> None:
    prs: Any = Presentation()
    for _n in range(3):
        prs.slides.add_slide(prs.slide_layouts[5]).shapes.title.text_frame.text = "À ne pas garder"
    relation = prs.slides._sldIdLst[0].rId
    prs.part._element.append(
        parse_xml(
            '<p:custShowLst xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
            'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
            f'<p:custShow name="x" id="0"><p:sldLst><p:sld r:id="{relation}"/></p:sldLst></p:custShow></p:custShowLst>'
        )
    )
    octets = render_pptx(make_deck(make_scene("a", make_tableau(3))), save(prs))
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        noms = archive.namelist()
        assert len(set(noms)) == len(noms)
        assert sorted(n for n in noms if n.startswith("ppt/slides/slide")) == [
            "ppt/slides/slide1.xml",
            "ppt/slides/slide2.xml",
        ]
        assert b"custShow" not in archive.read("ppt/presentation.xml")
    assert "nepasgarder" not in gather(Presentation(io.BytesIO(octets)))


def test_a_title_at_the_side_is_not_built_upon() -> None:
    prs: Any = Presentation()
    titre = prs.slide_layouts[5].placeholders[0]
    titre.left, titre.top, titre.width, titre.height = Inches(8), Inches(0.3), Inches(1.5), Inches(6.5)
    check_places(open_pptx(make_deck(), save(prs)))


def test_ours_is_accepted_too() -> None:
    octets = render_pptx(make_deck(make_scene("a", make_tableau(2))))
    check_gabarit(octets)


@pytest.mark.parametrize("haut", [0.1, 3.0], ids=["title at the top", "title in the middle"])
def test_the_mark_of_the_demonstration_covers_no_text_of_the_users_cover(haut: float) -> None:
    prs: Any = Presentation()
    titre, sous_titre = list(prs.slide_layouts[0].placeholders)[:2]
    titre.left, titre.top, titre.width, titre.height = Inches(0.5), Inches(haut), Inches(9), Inches(1)
    sous_titre.left, sous_titre.top, sous_titre.width, sous_titre.height = (Inches(v) for v in (0.5, haut + 1.2, 9, 1))
    couverture = open_pptx(make_deck(), save(prs)).slides[0]
    (pastille,) = (f for f in couverture.shapes if f.name == "Démonstration")
    for forme in couverture.placeholders:
        assert pastille.top + pastille.height <= forme.top or pastille.top >= forme.top + forme.height
