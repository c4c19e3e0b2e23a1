"""The PDF of a séance holds every word of the deck, in the house's font, and nothing leaves its page."""

from __future__ import annotations

import io
import re
import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import Destination
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from ccm_data.phrases.rendus import say_demonstration, say_empreinte, say_page, say_suite
from ccm_data.reports import polices
from ccm_data.reports.figer import strip_interdits
from ccm_data.reports.pdf import document as module_pdf
from ccm_data.reports.pdf import render_pdf
from ccm_data.reports.pdf.barres import list_barres
from ccm_data.reports.pdf.document import MARGE
from ccm_data.reports.pdf.morceaux import Morceau, make_blanc, paginate, resolve
from ccm_data.reports.pdf.toile import HAUTEUR, LARGEUR, Toile
from ccm_data.reports.polices import DOSSIER, SECOURS, SOURCES, Polices, read_polices
from ccm_data.reports.reunion import list_groupes
from ccm_data.reports.scenes import Barres, Chiffre, Chiffres, Deck, Liste, Scene, Serie, Tableau, Texte
from ccm_data.reports.tons import get_teinte
from ccm_data.textes import set_langue
from tests.aides.decks import (
    EMPREINTE,
    HOSTILES,
    LONG,
    NR,
    PHRASE,
    list_textes,
    make_axes,
    make_budget,
    make_carte,
    make_chiffres,
    make_deck,
    make_scene,
    make_scenes,
    make_statuts,
    make_tableau,
)


def open_pdf(deck: Deck) -> PdfReader:
    return PdfReader(io.BytesIO(render_pdf(deck)))


@pytest.fixture(scope="module")
def lu() -> PdfReader:
    return open_pdf(make_deck())


def squeeze(texte: str) -> str:
    """Without spaces nor control signs: lines are broken anywhere."""
    return re.sub(r"[\s\x00-\x1f]", "", texte)


def list_pages(lu: PdfReader) -> list[str]:
    return [squeeze(page.extract_text()) for page in lu.pages]


def make_cadre(deck: Deck, place: str) -> str:
    """What a page says before its body begins."""
    demonstration = say_demonstration() if deck.demonstration else ""
    return squeeze(place + demonstration + deck.titre + deck.sous_titre)


def read_corps(lu: PdfReader, deck: Deck) -> str:
    """The cover, then the bodies of all scenes, frames taken off: what flows over pages is whole again."""
    debuts = {
        make_cadre(deck, g.say_place(len(deck.scenes))): squeeze(say_suite(g.scene.titre)) for g in list_groupes(deck)
    }
    corps = []
    for page in list_pages(lu):
        cadre = next((c for c in debuts if page.startswith(c)), "")
        reste = page.removeprefix(cadre)
        if cadre:
            titre = debuts[cadre]
            reste = reste.removeprefix(titre)
            source, trouve, apres = reste.partition(squeeze(say_empreinte(deck.empreinte)))
            reste = apres if trouve else reste
            corps.append(source + "\n" if len(source) > 0 else "")
        corps.append(reste)
    return "".join(x for x in corps if not x.endswith("\n")) + "\n" + "".join(x for x in corps if x.endswith("\n"))


def test_every_text_of_every_block_is_on_a_page(lu: PdfReader) -> None:
    ecrit = read_corps(lu, make_deck())
    assert [t for t in list_textes(make_deck()) if squeeze(t) not in ecrit] == []


def test_every_page_says_the_seance_the_place_the_hash_and_the_demonstration(lu: PdfReader) -> None:
    deck = make_deck()
    _couverture, *pages = list_pages(lu)
    places = [squeeze(g.say_place(len(deck.scenes))) for g in list_groupes(deck)]
    for page in pages:
        assert squeeze(say_empreinte(EMPREINTE)) in page
        assert any(page.startswith(make_cadre(deck, p)) for p in places)
    assert [p for p in places if not any(page.startswith(p) for page in pages)] == []
    assert squeeze(say_page(4, 15)) in places


def test_the_cover_gives_the_whole_hash_and_lists_the_scenes(lu: PdfReader) -> None:
    couverture = list_pages(lu)[0]
    assert EMPREINTE in couverture
    assert squeeze(make_deck().instance) in couverture
    assert [s.titre for s in make_scenes() if squeeze(s.titre) not in couverture] == []
    assert len(lu.pages[0]["/Annots"]) == 15  # type: ignore[arg-type]


def test_real_figures_say_no_demonstration_anywhere() -> None:
    lu = open_pdf(make_deck(demonstration=False))
    assert squeeze(say_demonstration()) not in "".join(list_pages(lu))


def list_bouts(lu: PdfReader) -> list[tuple[int, float, float, float, str]]:
    """(page, x, y, size, text) of everything written."""
    bouts: list[tuple[int, float, float, float, str]] = []
    for numero, page in enumerate(lu.pages):

        def _visit(texte: str, cm: Any, tm: Any, _police: Any, corps: float, numero: int = numero) -> None:
            if texte.strip():
                bouts.append((numero, tm[4] + cm[4], tm[5] + cm[5], corps, texte.strip("\n")))

        page.extract_text(visitor_text=_visit)
    return bouts


class Espionne(Toile):
    """A canvas that notes where each line and bar is drawn."""

    def __init__(self, canvas: Any, polices: Polices) -> None:
        super().__init__(canvas, polices)
        self.boites: list[tuple[str, float, float, float, float]] = []

    def draw_ligne(self, texte: str, x: float, haut: float, corps: float, **reglages: Any) -> None:
        large = self.compute_largeur(texte.rstrip(), corps, reglages.get("gras", False))
        aligne = reglages.get("aligne", "gauche")
        gauche = x - large / {"gauche": 1e9, "centre": 2, "droite": 1}[aligne]
        self.boites.append(("texte", gauche, haut, large, corps * 1.25))
        super().draw_ligne(texte, x, haut, corps, **reglages)

    def draw_rectangle(self, x: float, haut: float, largeur: float, hauteur: float, **reglages: Any) -> None:
        self.boites.append((reglages.get("fond") or "bord", x, haut, largeur, hauteur))
        super().draw_rectangle(x, haut, largeur, hauteur, **reglages)

    def draw_hachures(self, chemin: Any, x: float, haut: float, largeur: float, hauteur: float) -> None:
        self.boites.append(("hachures", x, haut, largeur, hauteur))
        super().draw_hachures(chemin, x, haut, largeur, hauteur)


def make_hostile() -> Deck:
    """Long words, long texts, long tables everywhere."""
    grand = "Œ" * 400
    tableau = replace(make_tableau(2), lignes=((LONG, PHRASE, grand, "1", NR, "En retard"),) * 2)
    chiffres = Chiffres(tuple(Chiffre(LONG[:900], grand, LONG[:2000], 2.5, -1.0) for _ in range(5)))
    barres = Barres(
        LONG[:400], (LONG, grand), (Serie(grand, (1.0, None), (PHRASE, NR)),), grand, statuts=(PHRASE, grand)
    )
    return make_deck(
        make_scene("a", chiffres, titre=LONG[:2500], sous_titre=LONG[:1200], source=LONG, decision=LONG),
        make_scene("b", tableau, barres, make_carte(longue=True), decision=PHRASE * 12),
        make_scene("c", Liste(((LONG, LONG), (grand, ""))), Texte((LONG, grand, ""))),
        make_scene(
            "d", *(replace(make_budget(), horizontal=h) for h in (True, False)), make_statuts(), make_tableau(40)
        ),
        make_scene("e"),
        make_scene("f", Barres("", (), (Serie("s", (), ()),), "")),
    )


@pytest.mark.parametrize("deck", [make_deck(), make_hostile()], ids=["sample", "hostile"])
def test_nothing_runs_off_the_page(deck: Deck, monkeypatch: pytest.MonkeyPatch) -> None:
    toiles: list[Espionne] = []

    def _make(canvas: Any, polices: Polices) -> Espionne:
        toiles.append(Espionne(canvas, polices))
        return toiles[-1]

    monkeypatch.setattr(module_pdf, "Toile", _make)
    render_pdf(deck)
    boites = toiles[0].boites
    assert len(boites) > 100
    dehors = [
        b
        for b in boites
        if b[1] < MARGE - 6 or b[1] + b[3] > LARGEUR - MARGE + 6 or b[2] < 20 or b[2] + b[4] > HAUTEUR - 14
    ]
    assert dehors == []


def test_what_is_written_stands_where_it_was_drawn(lu: PdfReader) -> None:
    """The file itself, read by another library: nothing begins or ends outside the page."""
    bouts = list_bouts(lu)
    assert len(bouts) > 200
    for _page, x, y, corps, texte in bouts:
        ligne = max(texte.split("\n"), key=len)
        large = pdfmetrics.stringWidth(ligne, "NotoSans-Regular", corps)
        assert 0 < x < LARGEUR
        assert x + large < LARGEUR
        assert 10 < y < HAUTEUR - 20


def test_the_font_of_the_house_is_embedded_and_holds_the_letters_of_niger(lu: PdfReader) -> None:
    noms, embarquees = set(), set()
    for page in lu.pages:
        polices_page: Any = page["/Resources"]["/Font"]  # type: ignore[index]
        for police in polices_page.values():
            fiche = police.get_object()
            if "/FontDescriptor" in fiche:
                noms.add(str(fiche["/BaseFont"]).split("+")[-1])
                embarquees.add("/FontFile2" in fiche["/FontDescriptor"])
    assert {"NotoSans-Regular", "NotoSans-Bold"} <= noms
    assert embarquees == {True}
    connus = pdfmetrics.getFont("NotoSans-Regular").face.charToGlyph
    assert [s for s in "ɓɗƙƴŋƁƊƘƳɲǝ«»’–—…−œŒÉ€\u00a0\u202f" if ord(s) not in connus] == []


def test_signs_that_the_house_s_font_lacks_come_from_another_and_can_be_selected() -> None:
    texte = "Seuil ≥ 90 % et écart ≤ 3 ɓ ɗ ƙ ƴ « 54\u202f% »"
    lu = open_pdf(make_deck(make_scene("a", Texte((texte,)))))
    assert squeeze(texte) in list_pages(lu)[1]


def test_title_language_outline_and_dates_are_the_deck_s(lu: PdfReader) -> None:
    deck = make_deck()
    racine: Any = lu.trailer["/Root"]
    assert racine["/Lang"] == "fr-FR"
    assert lu.metadata is not None
    assert lu.metadata.title == deck.titre
    assert lu.metadata.creation_date is not None
    assert lu.metadata.creation_date.date().isoformat() == deck.date_iso
    reperes = [x for x in lu.outline if isinstance(x, Destination)]
    assert [str(x.title) for x in reperes] == [deck.titre, *(f"{n}. {s.titre}" for n, s in enumerate(deck.scenes, 1))]
    pages = [lu.get_destination_page_number(x) for x in reperes]
    assert pages == sorted(set(pages), key=lambda n: n or 0)
    assert render_pdf(deck) == render_pdf(deck)


def test_an_english_reader_s_session_still_gives_a_french_deck() -> None:
    francais = render_pdf(make_deck())
    set_langue("en")
    assert render_pdf(make_deck()) == francais


def make_espionne() -> Espionne:
    return Espionne(Canvas(io.BytesIO(), pagesize=(LARGEUR, HAUTEUR)), read_polices())


def draw_barres(bloc: Barres, hauteur: float = 300) -> Espionne:
    toile = make_espionne()
    for haut, morceau in paginate(resolve(list_barres(toile, bloc, 700), hauteur), 500, 500)[0]:
        morceau.draw(toile, 50, 50 + haut)
    return toile


def test_bars_are_as_long_as_their_values_and_what_is_missing_is_hatched() -> None:
    toile = draw_barres(make_axes())
    couleurs = [get_teinte(t).fond for t in ("en_retard", "en_bonne_voie", "atteint")]
    longueurs = [b[3] for b in toile.boites if b[0] in couleurs and b[4] > 11]
    (hachures,) = [b for b in toile.boites if b[0] == "hachures" and b[4] > 11]
    piste = hachures[3]
    assert longueurs == pytest.approx([piste * p for p in (0.47, 0.55, 0.88, 1.0)], rel=1e-6)


def test_nested_bars_share_a_scale_and_a_true_zero_has_no_length() -> None:
    bloc = make_budget()
    decaisses = [b[3] for b in draw_barres(bloc).boites if b[0] == get_teinte("decaisse").fond and b[4] != 9]
    prevu = max(v or 0 for v in bloc.series[0].valeurs)
    piste = max(b[3] for b in draw_barres(bloc).boites if b[0] == get_teinte("prevu").fond)
    assert 0.0 in bloc.series[2].valeurs
    attendus = [piste * v / prevu for v in bloc.series[2].valeurs if v]
    assert sorted(decaisses) == pytest.approx(sorted(attendus), abs=0.05)


def test_stacked_parts_add_up_to_their_whole() -> None:
    bloc = make_statuts()
    boites = [b for b in draw_barres(bloc).boites if b[4] > 11 and b[0] != "texte"]
    pleines = [b for b in boites if b[0] == get_teinte("en_retard").fond]
    # 9 against 1, on the same scale
    assert pleines[0][3] == pytest.approx(9 * pleines[1][3])


def test_a_heading_is_never_left_at_the_foot_of_a_page() -> None:
    def _draw(_toile: Toile, _x: float, _haut: float) -> None: ...

    titre, rang = Morceau(20, _draw, colle=True), Morceau(60, _draw)
    pages = paginate([rang, make_blanc(10), titre, rang], 100, 100)
    assert [[m for _y, m in page] for page in pages][1] == [titre, rang]


def test_a_table_says_its_headings_again_on_every_page() -> None:
    lu = open_pdf(make_deck(make_scene("t", make_tableau(40))))
    pages = list_pages(lu)[1:]
    assert len(pages) >= 3
    assert all("CodeRecommandationResponsableCibleRéaliséStatut" in page for page in pages)


def test_slides_that_continue_each_other_are_one_on_paper_and_keep_their_numbers() -> None:
    def _part(debut: int, fin: int) -> Tableau:
        t = make_tableau(9)
        return replace(t, lignes=t.lignes[debut:fin], bruts=t.bruts[debut:fin], tons=t.tons[debut:fin])

    suites = [replace(make_scene("t", _part(a, b)), suite=a > 0) for a, b in ((0, 3), (3, 6), (6, 9))]
    deck = make_deck(
        make_scene("x"), *suites, make_scene("y", decision="Un"), replace(make_scene("y", decision="Deux"), suite=True)
    )
    lu = open_pdf(deck)
    assert len(lu.pages) == 4
    page = list_pages(lu)[2]
    assert page.startswith(squeeze("2–4 / 6"))
    assert [ligne for ligne in make_tableau(9).lignes if squeeze("".join(ligne)) not in page] == []
    assert "UnDeux" in list_pages(lu)[3]


def test_five_thousand_characters_flow_whole_over_pages() -> None:
    deck = make_deck(make_scene("t", Texte((LONG,)), titre="Note"))
    lu = open_pdf(deck)
    assert squeeze(LONG) in read_corps(lu, deck)
    assert len(lu.pages) == 3


def test_hostile_texts_are_written_as_they_are() -> None:
    deck = make_deck(make_scene("t", Texte(HOSTILES)))
    ecrit = read_corps(open_pdf(deck), deck)
    assert [t for t in HOSTILES if squeeze(strip_interdits(t)) not in ecrit] == []


@pytest.mark.parametrize("casse", [False, True], ids=["absent", "unreadable"])
def test_without_the_house_s_font_the_pdf_is_drawn_in_another(
    casse: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    if casse:
        for nom in SOURCES:
            (tmp_path / nom).write_bytes(b"wOF2 nothing that can be read")
    lues = read_polices(tmp_path)
    assert (lues.normal, lues.gras) == SECOURS
    assert "police de secours" in caplog.text
    monkeypatch.setattr(module_pdf, "read_polices", lambda: lues)
    deck = make_deck(make_scene("a", make_chiffres(), make_axes()), make_scene("b", make_tableau(5)))
    ecrit = read_corps(open_pdf(deck), deck)
    assert [t for t in list_textes(deck) if squeeze(t) not in ecrit] == []


def test_weights_are_made_once_and_kept_beside_their_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for nom in SOURCES:
        shutil.copy(DOSSIER / nom, tmp_path / nom)
    faites: list[str] = []
    vraie: Callable[[list[bytes], str], bytes] = polices.make_graisse

    def _make(sources: list[bytes], nom: str) -> bytes:
        faites.append(nom)
        return vraie(sources, nom)

    monkeypatch.setattr(polices, "make_graisse", _make)
    for _ in range(2):
        read_polices.cache_clear()
        assert read_polices(tmp_path).normal == "NotoSans-Regular"
    assert faites == ["Regular", "Bold"]
    assert len(list(tmp_path.glob("NotoSans-*.ttf"))) == 2
    assert list(tmp_path.glob("*.part")) == []


def test_a_folder_that_cannot_be_written_is_no_hindrance(tmp_path: Path) -> None:
    polices._keep(tmp_path / "absent" / "x.ttf", b"x")
    assert not (tmp_path / "absent").exists()


def test_fifteen_scenes_take_little_work() -> None:
    render_pdf(make_deck())
    debut = time.process_time()
    render_pdf(make_deck())
    assert time.process_time() - debut < 3


def test_an_item_without_text_has_its_title_in_the_middle_of_the_page() -> None:
    hauts: dict[str, float] = {}

    def _note(texte: str, _cm: object, tm: list[float], _police: object, _corps: object) -> None:
        if texte.strip():
            hauts[texte.strip()] = tm[5]

    PdfReader(io.BytesIO(render_pdf(make_deck(Scene("point", "3. Divers"))))).pages[1].extract_text(visitor_text=_note)
    (haut,) = (y for dit, y in hauts.items() if "3. Divers" in dit)
    assert abs(haut - HAUTEUR / 2) < HAUTEUR / 8
