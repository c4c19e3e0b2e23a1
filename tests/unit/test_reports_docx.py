"""The bilan opens in Word's own terms: styles, fields, tables, and every word of what was frozen."""

from __future__ import annotations

import io
import re
import time
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from ccm_data.config import Config
from ccm_data.phrases.rendus import say_demonstration, say_empreinte
from ccm_data.reports.blocs_bilan import ARemplir, Matrice
from ccm_data.reports.contenu_bilan import Genre, make_bilan
from ccm_data.reports.docx import render_bilan
from ccm_data.reports.docx.blocs import _list_parts
from ccm_data.reports.scenes import Barres, Chiffres, Deck, Liste, Tableau, Texte
from ccm_data.textes import set_langue
from tests.aides.contenus_demonstration import make_deck_demonstration, read_contenu_demonstration
from tests.aides.decks import HOSTILES, LONG

GENRES: tuple[Genre, ...] = ("trimestriel", "annuel")


@pytest.fixture
def contenu(modele_demonstration: Config) -> dict[str, Any]:
    return read_contenu_demonstration(modele_demonstration)


@pytest.fixture
def deck(contenu: dict[str, Any]) -> Deck:
    return make_deck_demonstration(contenu)


def open_docx(octets: bytes) -> Any:
    return Document(io.BytesIO(octets))


def squeeze(texte: str) -> str:
    return re.sub(r"[\s\x00-\x1f]", "", texte)


def read_corps(document: Any) -> str:
    """All that is written in the body, placeholders included, without spaces."""
    return squeeze("".join(t.text or "" for t in document.element.body.iter(qn("w:t"))))


def list_mots(bloc: Any) -> list[str]:
    if isinstance(bloc, Matrice):
        bloc = bloc.tableau
    if isinstance(bloc, Tableau):
        vide = [bloc.vide] if not bloc.lignes else []
        return [*bloc.colonnes, bloc.titre, *vide, *(c for ligne in bloc.lignes for c in ligne)]
    if isinstance(bloc, Barres):
        return [*bloc.categories, *bloc.statuts, *(t for s in bloc.series for t in s.textes)]
    if isinstance(bloc, Chiffres):
        return [t for c in bloc.chiffres for t in (c.libelle, c.texte, c.base)]
    if isinstance(bloc, Liste):
        return [t for point in bloc.points for t in point]
    if isinstance(bloc, ARemplir):
        return list(bloc.questions)
    assert isinstance(bloc, Texte)
    return list(bloc.paragraphes)


@pytest.mark.parametrize("genre", GENRES)
def test_every_word_of_the_bilan_is_in_the_document(contenu: dict[str, Any], deck: Deck, genre: Genre) -> None:
    ecrit = read_corps(open_docx(render_bilan(contenu, deck, genre)))
    bilan = make_bilan(contenu, genre)
    mots = [m for s in bilan.sections for m in (s.titre, *(m for b in s.blocs for m in list_mots(b)))]
    assert len(mots) > 600
    assert [m for m in (bilan.titre, bilan.periode, *mots) if squeeze(m) not in ecrit] == []


def test_the_same_figures_stand_in_the_document_as_in_the_content(contenu: dict[str, Any], deck: Deck) -> None:
    document = open_docx(render_bilan(contenu, deck, "annuel"))
    lignes = {tuple(c.text for c in rang.cells) for t in document.tables for rang in t.rows}
    par_code = {ligne[0]: ligne for ligne in lignes}
    for x in contenu["activites"]:
        cellules = par_code[x["code"]]
        assert cellules[1:5] == (x["intitule"], x["cout_texte"], x["fait_texte"], x["attendu_texte"])
        assert cellules[5].endswith(x["statut_texte"])
        assert cellules[6:] == (x["paye_texte"], "")
    trouves = [x for x in contenu["indicateurs"] if any(ligne[1:3] == (x["intitule"], x["texte"]) for ligne in lignes)]
    assert len(trouves) == 26


def test_cover_and_header_say_the_seance_the_date_the_hash_and_the_demonstration(
    contenu: dict[str, Any], deck: Deck
) -> None:
    document = open_docx(render_bilan(contenu, deck, "trimestriel"))
    corps = read_corps(document)
    for texte in (deck.instance, deck.titre, deck.sous_titre, deck.empreinte, say_demonstration()):
        assert squeeze(texte) in corps
    entete = squeeze("".join(p.text for p in document.sections[0].header.paragraphs))
    for texte in (deck.titre, deck.sous_titre, say_empreinte(deck.empreinte), say_demonstration()):
        assert squeeze(texte) in entete
    assert all(s.header.is_linked_to_previous and s.footer.is_linked_to_previous for s in list(document.sections)[1:])
    reel = open_docx(render_bilan(contenu, replace(deck, demonstration=False), "trimestriel"))
    assert say_demonstration() not in "".join(p.text for p in reel.sections[0].header.paragraphs)


def list_champs(element: Any) -> list[str]:
    return [(x.text or "").strip() for x in element.iter(qn("w:instrText"))]


def test_pages_are_counted_and_the_contents_are_a_field_already_filled(contenu: dict[str, Any], deck: Deck) -> None:
    document = open_docx(render_bilan(contenu, deck, "annuel"))
    assert list_champs(document.sections[0].footer._element) == ["PAGE", "NUMPAGES"]
    assert "/" in document.sections[0].footer.paragraphs[0].text
    (sommaire,) = list_champs(document.element.body)
    assert sommaire.startswith('TOC \\o "1-2"')
    signets = {x.get(qn("w:name")) for x in document.element.body.iter(qn("w:bookmarkStart"))}
    liens = [x.get(qn("w:anchor")) for x in document.element.body.iter(qn("w:hyperlink"))]
    titres = [p.text for p in document.paragraphs if p.style.name in ("Heading 1", "Heading 2")]
    assert len(liens) == len(titres) == len(make_bilan(contenu, "annuel").sections)
    assert set(liens) == signets
    genres = [x.get(qn("w:fldCharType")) for x in document.element.body.iter(qn("w:fldChar"))]
    assert genres == ["begin", "separate", "end"]
    assert document.settings.element.find(qn("w:updateFields")) is not None


def test_headings_are_numbered_and_annexes_have_letters(contenu: dict[str, Any], deck: Deck) -> None:
    document = open_docx(render_bilan(contenu, deck, "annuel"))
    titres = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert [t.split(" ")[0] for t in titres[:11]] == [f"{n}." for n in range(1, 12)]
    assert [t.split(" ")[1] for t in titres[11:]] == ["A", "B", "C"]
    axes = [p.text for p in document.paragraphs if p.style.name == "Heading 2" and "Axe" in p.text]
    assert [t.split(" ")[0] for t in axes] == [f"4.{n}" for n in range(1, 6)]


def test_pages_are_a4_upright_and_lying_down(contenu: dict[str, Any], deck: Deck) -> None:
    document = open_docx(render_bilan(contenu, deck, "annuel"))
    sens = []
    for section in document.sections:
        cotes = sorted(round(x.mm) for x in (section.page_width, section.page_height))
        assert cotes == [210, 297]
        couche = section.orientation == WD_ORIENT.LANDSCAPE
        assert couche == (section.page_width > section.page_height)
        sens.append(couche)
    assert sens == [False, True, False, True, False, True, False]


def test_tables_repeat_their_headings_fit_their_page_and_are_described(contenu: dict[str, Any], deck: Deck) -> None:
    document = open_docx(render_bilan(contenu, deck, "annuel"))
    grilles = [t for t in document.tables if t.style.name == "Table Grid" and len(t.rows) > 1]
    assert len(grilles) > 15
    place = max(s.page_width - s.left_margin - s.right_margin for s in document.sections)
    for tableau in grilles:
        assert tableau.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert sum(c.width for c in tableau.columns) <= place
        assert not tableau.autofit
    assert all(t._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) for t in document.tables)
    graphiques = [t for t in document.tables if t.style.name != "Table Grid"]
    assert all(t._tbl.tblPr.find(qn("w:tblDescription")) is not None for t in graphiques)


def test_what_people_fill_is_marked_and_is_a_placeholder(contenu: dict[str, Any], deck: Deck) -> None:
    document = open_docx(render_bilan(contenu, deck, "annuel"))
    champs = list(document.element.body.iter(qn("w:sdt")))
    assert len(champs) == 6
    for champ in champs:
        assert champ.find(f".//{qn('w:showingPlcHdr')}") is not None
        assert "À rédiger" in "".join(t.text for t in champ.iter(qn("w:t")))
        assert champ.find(f".//{qn('w:pPr')}/{qn('w:shd')}").get(qn("w:fill")) == "FFF3C4"
    observations = [t for t in document.tables if "Observations (à remplir)" in t.rows[0].cells[-1].text]
    assert sum(len(t.rows) - 1 for t in observations) == 28
    vides = [r.cells[-1] for t in observations for r in list(t.rows)[1:]]
    assert {c._tc.tcPr.find(qn("w:shd")).get(qn("w:fill")) for c in vides} == {"FFF3C4"}


def test_the_document_is_french_set_in_the_house_s_font_and_dated_by_the_seance(
    contenu: dict[str, Any], deck: Deck
) -> None:
    octets = render_bilan(contenu, deck, "annuel")
    document = open_docx(octets)
    langue = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert langue.get(qn("w:val")) == "fr-FR"
    assert document.styles["Normal"].font.name == document.styles["Heading 1"].font.name == "Noto Sans"
    assert document.core_properties.created.date().isoformat() == deck.date_iso
    assert deck.titre in document.core_properties.title
    assert octets == render_bilan(contenu, deck, "annuel")
    set_langue("en")
    assert octets == render_bilan(contenu, deck, "annuel")


@pytest.mark.parametrize(
    ("pourcent", "attendu", "largeurs"),
    [
        pytest.param(47.0, None, [470, 530], id="a part"),
        pytest.param(0.0, None, [1000], id="a true zero is an empty bar"),
        pytest.param(100.0, 50.0, [478, 45, 477], id="whole, with the mark inside"),
        pytest.param(20.0, 80.0, [200, 578, 45, 177], id="the mark further"),
        pytest.param(130.0, 100.0, [955, 45], id="over the scale is cut"),
    ],
)
def test_a_bar_is_cells_of_the_right_width(pourcent: float, attendu: float | None, largeurs: list[int]) -> None:
    parts = _list_parts(pourcent, attendu, "avancement", 1000)
    assert [w for w, _m, _c in parts] == largeurs
    assert {m for _w, m, _c in parts} == {"clear"}


def test_what_was_not_reported_is_a_hatched_bar() -> None:
    assert [m for _w, m, _c in _list_parts(None, 90.0, "avancement", 1000)] == ["diagStripe"]


def test_hostile_contents_are_written_as_they_are(contenu: dict[str, Any], deck: Deck) -> None:
    activite = contenu["activites"][0]
    activite["intitule"] = LONG
    contenu["recommandations"] = [
        {**contenu["recommandations"][0], "code": f"R{n}", "texte": t} for n, t in enumerate(HOSTILES)
    ]
    octets = render_bilan(contenu, deck, "annuel")
    document = open_docx(octets)
    ecrit = read_corps(document)
    assert [t for t in (LONG, *HOSTILES) if squeeze(t) not in ecrit] == []
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        assert archive.testzip() is None
    longue = next(r for t in document.tables for r in t.rows if r.cells[1].text == LONG) if document.tables else None
    assert longue is not None
    # a row of five thousand characters may be cut by the end of a page
    assert longue._tr.trPr is None or longue._tr.trPr.find(qn("w:cantSplit")) is None


def test_a_bilan_takes_little_work(contenu: dict[str, Any], deck: Deck) -> None:
    debut = time.process_time()
    render_bilan(contenu, deck, "annuel")
    assert time.process_time() - debut < 2
