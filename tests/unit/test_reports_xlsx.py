"""The workbook of a séance: every figure as a number, every word, and nothing that runs."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from openpyxl import load_workbook

from ccm_data.reports.scenes import Barres, Deck, Serie, Tableau
from ccm_data.reports.xlsx import render_xlsx
from tests.aides.decks import EMPREINTE, HOSTILES, NR, list_textes, make_deck, make_scene, make_tableau


def open_classeur(deck: Deck, tables: Any = None) -> Any:
    return load_workbook(io.BytesIO(render_xlsx(deck, tables)))


def strip_controles(texte: str) -> str:
    return re.sub("[\x00-\x08]", "", texte)


@pytest.fixture(scope="module")
def classeur() -> Any:
    return open_classeur(make_deck())


def list_lignes(feuille: Any) -> list[tuple[Any, ...]]:
    return list(feuille.iter_rows(values_only=True))


def test_every_text_of_the_deck_is_in_a_cell(classeur: Any) -> None:
    cellules = {str(c).strip() for f in classeur for ligne in list_lignes(f) for c in ligne if c is not None}
    ensemble = "\n".join(cellules)
    absents = [t for t in list_textes(make_deck()) if strip_controles(t).strip() not in ensemble]
    # a number's words stand beside it only where they say more than it does; a legend with its classes
    nombres = {str(c) for f in classeur for ligne in list_lignes(f) for c in ligne if isinstance(c, (int, float))}
    assert [t for t in absents if t not in nombres] == []


def test_bars_keep_raw_values_and_their_words(classeur: Any) -> None:
    for barres in (b for s in make_deck().scenes for b in s.blocs if isinstance(b, Barres)):
        feuille = next(f for f in classeur if [x[0] for x in list_lignes(f)][1:] == list(barres.categories))
        for rang, serie in enumerate(barres.series):
            valeurs = [ligne[1 + 2 * rang] for ligne in list_lignes(feuille)[1:]]
            assert valeurs == list(serie.valeurs)
            assert [ligne[2 + 2 * rang] for ligne in list_lignes(feuille)[1:]] == list(serie.textes)


def test_what_was_not_reported_is_empty_and_said_beside() -> None:
    deck = make_deck(make_scene("a", make_tableau(8)))
    entetes, *lignes = list_lignes(open_classeur(deck)["Suivi des recommandations"])
    realise = entetes.index("Réalisé")
    assert entetes[realise + 1] == "Réalisé (texte)"
    assert lignes[3][realise : realise + 2] == (None, NR)
    assert lignes[0][realise : realise + 2] == (0, "0")


@pytest.mark.parametrize("texte", HOSTILES)
def test_a_text_that_looks_like_a_formula_stays_a_text(texte: str) -> None:
    tableau = Tableau(texte, (texte, "n"), ((texte, "1"),), ((texte, 1),))
    barres = Barres(texte, (texte,), (Serie(texte, (1.0,), (texte,)),), "")
    deck = make_deck(make_scene("a", tableau, barres, titre=texte, source=texte, decision=texte))
    classeur = open_classeur(deck)
    cellules = [c for feuille in classeur for ligne in feuille.iter_rows() for c in ligne]
    assert not [c for c in cellules if c.data_type == "f"]
    assert strip_controles(texte) in [c.value for c in cellules]


def test_sheet_names_are_short_unique_and_legal() -> None:
    scenes = [make_scene("a", Tableau("Un titre [bien] trop long pour Excel : " + "x" * 40, ("a",), (("b",),)))] * 12
    autres = [
        make_scene("b", Tableau(titre, ("a",), (("b",),))) for titre in ("", "'", "Sommaire", "SOURCES", "History")
    ]
    noms = open_classeur(make_deck(*scenes, *autres)).sheetnames
    assert len(noms) == len({n.casefold() for n in noms})
    assert all(0 < len(n) <= 31 and not re.search(r"[\[\]:*?/\\]", n) for n in noms)
    assert "History" not in noms


def test_the_summary_says_what_this_is_and_leads_to_every_sheet(classeur: Any) -> None:
    sommaire = classeur["Sommaire"]
    textes = [str(c.value) for ligne in sommaire.iter_rows() for c in ligne if c.value is not None]
    assert {EMPREINTE, "CCM, séance du 18 décembre 2026", "Données arrêtées au 30 septembre 2026"} <= set(textes)
    assert any("inventés" in t for t in textes)
    liens = [c.hyperlink.location for ligne in sommaire.iter_rows() for c in ligne if c.hyperlink]
    assert liens == [f"'{nom}'!A1" for nom in classeur.sheetnames[1:]]


def test_sources_say_where_each_scene_comes_from(classeur: Any) -> None:
    lignes = list_lignes(classeur["Sources"])[1:]
    assert [ligne[1] for ligne in lignes] == [s.titre for s in make_deck().scenes]
    assert [ligne[3] for ligne in lignes] == [s.source for s in make_deck().scenes]


def test_headings_stay_in_sight_and_columns_are_read(classeur: Any) -> None:
    for feuille in classeur.worksheets[1:]:
        assert feuille.freeze_panes == "A2"
        assert all(8 <= d.width <= 70 for d in feuille.column_dimensions.values())


def test_further_tables_come_after_the_scenes() -> None:
    cadre = pd.DataFrame({"n": [1, None], "t": ["=1+1", "é"]})
    classeur = open_classeur(make_deck(make_scene("a")), {"Lignes": cadre, "Autres": Tableau("T", ("a",), (("b",),))})
    assert classeur.sheetnames == ["Sommaire", "Textes", "Sources", "Lignes", "Autres"]
    assert list_lignes(classeur["Lignes"]) == [("n", "t"), (1, "=1+1"), (None, "é")]


def test_the_same_deck_gives_the_same_bytes_whenever() -> None:
    octets = render_xlsx(make_deck())
    assert octets == render_xlsx(make_deck())
    assert load_workbook(io.BytesIO(octets)).properties.modified.date().isoformat() == "2026-12-18"


def test_an_empty_deck_is_a_sound_workbook() -> None:
    vide = Deck("CCM", "", "CCM", "pas une date", "", ())
    assert open_classeur(vide).sheetnames == ["Sommaire", "Textes", "Sources"]


def test_a_table_over_several_slides_is_one_sheet() -> None:
    scene = make_scene("suites", make_tableau(6))
    (bloc,) = scene.blocs
    assert isinstance(bloc, Tableau)
    pages = [
        replace(
            scene,
            blocs=(replace(bloc, lignes=bloc.lignes[a:b], bruts=bloc.bruts[a:b], tons=bloc.tons[a:b]),),
            suite=bool(a),
        )
        for a, b in ((0, 4), (4, 6))
    ]
    classeur = open_classeur(make_deck(*pages))
    assert [n for n in classeur.sheetnames if "(2)" in n] == []
    (feuille,) = [f for f in classeur if f.max_row == 7]
    assert [r[0] for r in list_lignes(feuille)[1:]] == [ligne[0] for ligne in bloc.bruts or bloc.lignes]
