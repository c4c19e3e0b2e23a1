"""The PowerPoint of a séance holds every figure of the deck, natively, and nothing leaves its slide."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from typing import Any

import pytest
from openpyxl import load_workbook
from PIL import Image as Photo
from pptx import Presentation
from pptx.oxml.ns import qn

from ccm_data.domain.vocabulaire import StatutIndicateur
from ccm_data.figures.theme import STATUTS
from ccm_data.reports.carte import get_couleur_classe
from ccm_data.reports.mesure import compute_hauteur, cut_lignes, list_lignes
from ccm_data.reports.pptx import render_pptx
from ccm_data.reports.scenes import Barres, Deck, Liste, Scene, Tableau, Texte
from ccm_data.reports.tons import get_teinte
from tests.aides.decks import (
    EMPREINTE,
    HOSTILES,
    LONG,
    NR,
    list_textes,
    make_axes,
    make_budget,
    make_carte,
    make_chiffres,
    make_deck,
    make_scene,
    make_tableau,
)

POINT = 12_700


def open_pptx(deck: Deck, gabarit: bytes | None = None) -> Any:
    return Presentation(io.BytesIO(render_pptx(deck, gabarit)))


@pytest.fixture(scope="module")
def presentation() -> Any:
    return open_pptx(make_deck())


def list_formes(formes: Any) -> Iterator[Any]:
    for forme in formes:
        yield forme
        if forme.shape_type is not None and forme.shape_type.name == "GROUP":
            yield from list_formes(forme.shapes)


def list_toutes(presentation: Any) -> Iterator[Any]:
    for diapositive in presentation.slides:
        yield from list_formes(diapositive.shapes)


def read_textes(forme: Any) -> list[str]:
    if forme.has_text_frame:
        return [forme.text_frame.text]
    if getattr(forme, "has_table", False) and forme.has_table:
        return [cellule.text_frame.text for rang in forme.table.rows for cellule in rang.cells]
    if getattr(forme, "has_chart", False) and forme.has_chart:
        espace = forme.chart._chartSpace
        return [t.text or "" for balise in ("a:t", "c:v") for t in espace.iter(qn(balise))]
    return []


def squeeze(texte: str) -> str:
    """Without spaces nor control signs: lines are broken anywhere."""
    return re.sub(r"[\s\x00-\x1f]", "", texte)


def gather(presentation: Any) -> str:
    """All that is written, then what flows from a slide to the next, box after box of the same name."""
    toutes = list(list_toutes(presentation))
    alts = (f._element._nvXxPr.cNvPr.get("descr", "") for f in toutes)
    suites = [
        squeeze("".join(t for f in toutes if f.name == nom for t in read_textes(f)))
        for nom in ("Texte", "Liste", "Décision demandée")
    ]
    return "\n".join([*(squeeze(t) for f in toutes for t in read_textes(f)), *map(squeeze, alts), *suites])


def test_every_text_of_every_block_is_on_a_slide(presentation: Any) -> None:
    ecrit = gather(presentation)
    assert [t for t in list_textes(make_deck()) if squeeze(t) not in ecrit] == []


def test_chart_data_are_the_raw_values_and_what_is_missing_is_no_zero(presentation: Any) -> None:
    attendus = [b for s in make_deck().scenes for b in s.blocs if isinstance(b, Barres)]
    graphiques = [f.chart for f in list_toutes(presentation) if getattr(f, "has_chart", False) and f.has_chart]
    assert len(graphiques) == len(attendus)
    for barres, graphique in zip(attendus, graphiques, strict=True):
        trace = graphique.plots[0]
        assert tuple(trace.categories) == barres.categories
        lues = {s.name: tuple(s.values) for s in trace.series}
        assert {s.nom: s.valeurs for s in barres.series}.items() <= lues.items()
        if barres.attendus and len(barres.series) == 1:
            assert barres.attendus in lues.values()


def test_a_chart_s_own_workbook_holds_no_formula_and_the_same_values(presentation: Any) -> None:
    for forme in list_toutes(presentation):
        if not (getattr(forme, "has_chart", False) and forme.has_chart):
            continue
        classeur = load_workbook(io.BytesIO(forme.chart.part.chart_workbook.xlsx_part.blob))
        entetes, *lignes = classeur.active.iter_rows()
        assert not [c for ligne in [entetes, *lignes] for c in ligne if c.data_type == "f"]
        for rang, serie in enumerate(forme.chart.plots[0].series, 1):
            assert entetes[rang].value == serie.name
            assert [ligne[rang].value for ligne in lignes] == list(serie.values)


def test_what_was_not_reported_is_hatched_and_said() -> None:
    diapositive = open_pptx(make_deck(make_scene("a", make_axes()))).slides[1]
    moignons = [f for f in diapositive.shapes if f.name == "Non renseigné"]
    assert len(moignons) == 1
    assert moignons[0]._element.spPr.find(qn("a:pattFill")) is not None
    assert [f.text_frame.text for f in diapositive.shapes if f.has_text_frame].count(NR) == 1


def test_an_expected_tick_stands_where_the_scale_says() -> None:
    diapositive = open_pptx(make_deck(make_scene("a", make_axes()))).slides[1]
    graphique = next(f for f in diapositive.shapes if f.has_chart)
    place = graphique.chart._chartSpace.chart.plotArea.find(qn("c:layout"))
    x, w = (float(place.find(f".//{qn(c)}").get("val")) for c in ("c:x", "c:w"))
    fin = graphique.chart.value_axis.maximum_scale
    assert fin == 107
    traits = [f for f in diapositive.shapes if f.name == "Attendu"]
    assert len(traits) == 5
    for trait, attendu in zip(traits, make_axes().attendus, strict=True):
        assert attendu is not None
        vise = graphique.left + graphique.width * (x + w * attendu / fin)
        assert abs(trait.left + trait.width / 2 - vise) < POINT


def test_a_bar_has_the_colour_of_its_status() -> None:
    graphique = next(f for f in list_toutes(open_pptx(make_deck(make_scene("a", make_axes())))) if f.has_chart).chart
    serie = next(s for s in graphique.plots[0].series if s.name == "Réalisé")
    couleurs = [str(serie.points[n].format.fill.fore_color.rgb) for n in (0, 3, 4)]
    assert couleurs == [STATUTS[s].couleur[1:] for s in ("en_retard", "en_bonne_voie", "atteint")]


def test_beside_another_series_the_colour_is_still_that_of_the_status_and_the_legend_says_so() -> None:
    un = make_axes()
    autre = replace(un.series[0], nom="Décaissé", ton="decaisse")
    presentation = open_pptx(make_deck(make_scene("a", replace(un, series=(un.series[0], autre)))))
    graphique = next(f for f in list_toutes(presentation) if f.has_chart).chart
    fait, paye = (next(s for s in graphique.plots[0].series if s.name == nom) for nom in ("Réalisé", "Décaissé"))
    assert str(fait.points[0].format.fill.fore_color.rgb) == STATUTS[StatutIndicateur.EN_RETARD].couleur[1:]
    assert str(paye.format.fill.fore_color.rgb) == get_teinte("decaisse").fond[1:]
    assert squeeze("Réalisé (couleur : statut)") in gather(presentation)


def test_regions_are_shapes_painted_by_class_and_hatched_when_silent() -> None:
    carte = make_carte()
    presentation = open_pptx(make_deck(make_scene("a", carte)))
    contours = {f.name: f for f in list_toutes(presentation) if f._element.tag == qn("p:sp")}
    for region in carte.regions:
        proprietes = contours[region.nom]._element.spPr
        assert proprietes.find(qn("a:custGeom")) is not None
        if region.classe is None:
            assert proprietes.find(qn("a:pattFill")) is not None
        else:
            attendue = get_couleur_classe(region.classe, len(carte.legende))[1:]
            assert proprietes.find(qn("a:solidFill")).find(qn("a:srgbClr")).get("val") == attendue


@pytest.mark.parametrize("nom", ["Graphique", "Carte des régions", "Image", "Tableau"])
def test_who_cannot_see_is_told(presentation: Any, nom: str) -> None:
    formes = [f for f in list_toutes(presentation) if f.name == nom]
    assert formes
    assert all(f._element._nvXxPr.cNvPr.get("descr") for f in formes)


def test_every_slide_carries_the_fingerprint_the_date_the_page_and_the_demonstration(presentation: Any) -> None:
    total = len(presentation.slides)
    for numero, diapositive in enumerate(presentation.slides, 1):
        ecrit = " ".join(t for f in list_formes(diapositive.shapes) for t in read_textes(f)).replace("\u00a0", " ")
        assert f"Empreinte {EMPREINTE[:12]}" in ecrit
        assert "Données arrêtées au 30 septembre 2026" in ecrit
        assert "Démonstration : chiffres de suivi inventés" in ecrit
        assert f"{numero} / {total}" in ecrit


def test_real_work_is_not_called_a_demonstration() -> None:
    presentation = open_pptx(make_deck(make_scene("a", make_chiffres()), demonstration=False))
    assert "Démonstration" not in gather(presentation)


def check_places(presentation: Any) -> None:
    """Every shape within the slide; texts and tables no taller than their place."""
    largeur, hauteur = presentation.slide_width, presentation.slide_height
    for forme in list_toutes(presentation):
        assert forme.left >= 0, forme.name
        assert forme.top >= 0, forme.name
        assert forme.left + forme.width <= largeur + 2, forme.name
        assert forme.top + forme.height <= hauteur + 2, forme.name
        if getattr(forme, "has_table", False) and forme.has_table:
            assert sum(r.height for r in forme.table.rows) <= forme.height + 100
            check_rangs(forme)
        elif forme.has_text_frame and forme.text_frame.word_wrap and forme.text_frame.text:
            assert measure(forme) <= forme.height / POINT * 1.02 + 2, (forme.name, forme.text_frame.text[:80])


def measure(forme: Any) -> float:
    """Height of what a box holds, in points, by the size of its runs."""
    total, largeur = 0.0, forme.width / POINT
    for paragraphe in forme.text_frame.paragraphs:
        runs = [r for r in paragraphe.runs if r.font.size is not None]
        if runs:
            corps, gras = max(r.font.size.pt for r in runs), any(r.font.bold for r in runs)
            retrait = float(paragraphe._p.get_or_add_pPr().get("marL", 0)) / POINT
            total += compute_hauteur(paragraphe.text.replace("\v", "\n"), corps, largeur - retrait, gras)
    return total


def check_rangs(forme: Any) -> None:
    colonnes = [c.width / POINT for c in forme.table.columns]
    for rang in forme.table.rows:
        for cellule, colonne in zip(rang.cells, colonnes, strict=True):
            marge = (cellule.margin_left + cellule.margin_right) / POINT
            corps = cellule.text_frame.paragraphs[0].runs[0].font.size.pt if cellule.text_frame.text else 1
            gras = bool(cellule.text_frame.text and cellule.text_frame.paragraphs[0].runs[0].font.bold)
            assert compute_hauteur(cellule.text_frame.text, corps, colonne - marge, gras) <= rang.height / POINT


def test_nothing_leaves_its_slide(presentation: Any) -> None:
    check_places(presentation)


def test_letters_can_be_read_from_the_back_of_the_room(presentation: Any) -> None:
    """1/50 of the height is 10.8 points on our slide; tables 14, titles 28."""
    for forme in list_toutes(presentation):
        if forme.has_text_frame:
            tailles = [r.font.size.pt for p in forme.text_frame.paragraphs for r in p.runs]
            assert all(t >= (28 if forme.name.startswith("Title") and forme.is_placeholder else 11) for t in tailles)
        elif getattr(forme, "has_table", False) and forme.has_table:
            tailles = {
                r.font.size.pt
                for g in forme.table.rows
                for c in g.cells
                for p in c.text_frame.paragraphs
                for r in p.runs
            }
            assert tailles in ({14}, {16}, {18})


def test_a_long_table_goes_on_under_its_heading() -> None:
    tableau = make_tableau(40)
    presentation = open_pptx(make_deck(make_scene("a", tableau)))
    grilles = [f.table for f in list_toutes(presentation) if getattr(f, "has_table", False) and f.has_table]
    assert len(grilles) > 3
    lignes = [[c.text_frame.text for c in r.cells] for g in grilles for r in list(g.rows)[1:]]
    assert lignes == [list(ligne) for ligne in tableau.lignes]
    assert all([c.text_frame.text for c in g.rows[0].cells] == list(tableau.colonnes) for g in grilles)
    titres = [d.shapes.title.text_frame.text for d in list(presentation.slides)[2:]]
    assert all(t.endswith("(suite)") for t in titres)


@pytest.mark.parametrize(
    "bloc", [Texte((LONG,)), Liste(((LONG, ""),)), Liste((("Point", LONG),)), Tableau("", ("a", "b"), (("x", LONG),))]
)
def test_five_thousand_signs_flow_over_slides_and_lose_none(bloc: Any) -> None:
    presentation = open_pptx(make_deck(make_scene("a", bloc)))
    assert len(presentation.slides) >= 3
    check_places(presentation)
    if isinstance(bloc, Tableau):
        cellules = [
            r.cells[1].text_frame.text
            for f in list_toutes(presentation)
            if getattr(f, "has_table", False) and f.has_table
            for r in list(f.table.rows)[1:]
        ]
        assert squeeze("".join(cellules)) == squeeze(LONG)
    else:
        assert squeeze(LONG) in gather(presentation)


def test_a_decision_of_five_thousand_signs_flows_too() -> None:
    presentation = open_pptx(make_deck(make_scene("a", make_axes(), decision=LONG)))
    check_places(presentation)
    assert squeeze(LONG) in gather(presentation).replace(squeeze("Décision demandée"), "")


def test_forty_categories_are_cut_over_slides_on_one_scale() -> None:
    barres = make_budget(40)
    presentation = open_pptx(make_deck(make_scene("a", barres)))
    graphiques = [f.chart for f in list_toutes(presentation) if getattr(f, "has_chart", False) and f.has_chart]
    assert len(graphiques) > 1
    assert [c for g in graphiques for c in g.plots[0].categories] == list(barres.categories)
    assert {g.value_axis.maximum_scale for g in graphiques} == {900.0}
    check_places(presentation)


def test_a_picture_is_not_deformed(presentation: Any) -> None:
    image = next(f for f in list_toutes(presentation) if f.name == "Image")
    assert image.width / image.height == pytest.approx(640 / 400, rel=0.01)
    assert Photo.open(io.BytesIO(image.image.blob)).size == (640, 400)


@pytest.mark.parametrize("texte", [*HOSTILES, "", " ", "\n\n", "a\tb\nc", "字" * 400, "mot" * 900])
def test_any_text_anywhere_is_drawn_within_its_slide(texte: str) -> None:
    scene = make_scene(
        "a",
        Texte((texte,)),
        Liste(((texte, texte),), texte),
        Tableau(texte, (texte, "b"), ((texte, texte),)),
        titre=texte,
        sous_titre=texte,
        source=texte,
        decision=texte,
    )
    deck = Deck(texte, texte, texte, texte, texte, (scene,), demonstration=True)
    presentation = open_pptx(deck)
    check_places(presentation)
    assert squeeze(texte) in gather(presentation)


def test_the_same_deck_gives_the_same_bytes_whenever() -> None:
    octets = render_pptx(make_deck())
    assert octets == render_pptx(make_deck())
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        assert {m.date_time for m in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        classeurs = [n for n in archive.namelist() if n.endswith(".xlsx")]
        assert classeurs
        for nom in classeurs:
            assert load_workbook(io.BytesIO(archive.read(nom))).properties.created.date().isoformat() == "2026-12-18"
    fiche = Presentation(io.BytesIO(octets)).core_properties
    assert fiche.modified.date().isoformat() == fiche.created.date().isoformat() == "2026-12-18"


def test_an_empty_deck_is_a_cover() -> None:
    assert len(open_pptx(Deck("CCM", "", "", "", "", ())).slides) == 1


def test_lines_joined_are_the_text() -> None:
    for texte in (*HOSTILES, LONG, "a  b   c ", "x" * 300):
        for largeur in (20.0, 90.0, 400.0):
            assert "".join(list_lignes(texte, 14, largeur)) == texte
            debut, fin = cut_lignes(texte, 2, 14, largeur)
            assert squeeze(debut + fin) == squeeze(texte)


def test_scenes_follow_one_another(presentation: Any) -> None:
    titres = [d.shapes.title.text_frame.text for d in list(presentation.slides)[1:]]
    lus = [cle for cle, _suite in groupby(t.removesuffix(" (suite)").rstrip("…")[:40] for t in titres)]
    attendus = [cle for cle, _suite in groupby(s.titre for s in make_deck().scenes)]
    assert len(lus) == len(attendus)
    assert all(a.startswith(lu[:40]) for a, lu in zip(attendus, lus, strict=True))


def test_no_shape_has_the_number_of_another(presentation: Any) -> None:
    """PowerPoint offers to « repair » a file where two shapes of a part share a number."""
    dispositions = [d for masque in presentation.slide_masters for d in masque.slide_layouts]
    for page in (*presentation.slides, *dispositions):
        numeros = [x.get("id") for x in page._element.iter(qn("p:cNvPr"))]
        assert len(numeros) == len(set(numeros))


def test_an_item_without_text_stands_in_the_middle_of_its_slide() -> None:
    scene = Scene("point", "3. Divers", source="Données arrêtées au 30 septembre 2026 · Cibles du SP/CCM")
    _couverture, diapositive = open_pptx(make_deck(scene)).slides
    titre = diapositive.shapes.title
    assert titre.text_frame.text == "3. Divers"
    milieu = titre.top + titre.height / 2
    assert abs(milieu - 540 * 12700 / 2) < 540 * 12700 / 20
    assert any(f.name == "Filet" for f in diapositive.shapes)


def test_the_source_does_not_repeat_the_foot() -> None:
    scene = Scene("point", "3. Divers", source="Données arrêtées au 30 septembre 2026 · Cibles du SP/CCM")
    diapositive = open_pptx(make_deck(scene)).slides[1]
    ecrit = " ".join(t for f in list_formes(diapositive.shapes) for t in read_textes(f)).replace("\u00a0", " ")
    assert ecrit.count("Données arrêtées au 30 septembre 2026") == 1
    assert "Cibles du SP/CCM" in ecrit
