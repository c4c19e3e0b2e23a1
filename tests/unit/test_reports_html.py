"""The deck as HTML: every word of every block is there, escaped; None is hatched; the one file asks nothing of anybody."""

from __future__ import annotations

import re
from html import unescape

import pytest

from ccm_data.reports.html.deck import Liaison, render_html
from ccm_data.reports.html.geometrie import compute_echelle, list_rangees, list_zones
from ccm_data.reports.scenes import Barres, Carte, RegionValeur, Scene, Serie, Texte
from tests.aides.decks import list_textes, make_carte, make_deck, make_scenes
from tests.pages.aides import read_html

LIAISON = Liaison(
    "/seances/x/decision", "jeton", "/seances", (("oim", "OIM"),), "/seances/deck.css", "/seances/deck.js"
)


def squeeze(texte: str) -> str:
    return re.sub(r"\s+", " ", unescape(texte)).strip()


def test_every_word_of_every_block_is_on_the_page() -> None:
    deck = make_deck()
    dit = squeeze(read_html(render_html(deck)).texte)
    attributs = squeeze(render_html(deck))
    manquants = [t for t in list_textes(deck) if squeeze(t) and squeeze(t) not in dit and squeeze(t) not in attributs]
    assert manquants == []


def test_each_scene_bears_its_number_the_hash_and_the_demonstration() -> None:
    deck = make_deck()
    scenes = list(read_html(render_html(deck)).list_tous("section"))
    assert len(scenes) == len(deck.scenes)
    for rang, scene in enumerate(scenes, 1):
        assert f"{rang} / {len(scenes)}" in scene.texte
        assert deck.empreinte[:12] in scene.texte
        assert "Démonstration" in scene.texte


def test_only_the_first_scene_is_shown_at_first() -> None:
    scenes = list(read_html(render_html(make_deck())).list_tous("section"))
    assert ["hidden" in s.attributs for s in scenes] == [False] + [True] * (len(scenes) - 1)


def test_what_somebody_typed_stays_text() -> None:
    scene = Scene("texte", "<script>alert(1)</script>", blocs=(Texte(('"><img src=x onerror=alert(1)>',)),))
    page = render_html(make_deck(scene))
    assert "<script>alert(1)" not in page
    assert "<img src=x" not in page


def test_the_one_file_reaches_no_address() -> None:
    page = render_html(make_deck())
    assert not re.search(r"""(?:src|href|action)=["'](?!data:|#)[^"']""", page)
    assert not re.search(r"""<link|@import|url\((?!["']?(?:data:|#))""", page)


def test_the_served_page_names_its_script_and_style_and_holds_none() -> None:
    page = render_html(make_deck(), LIAISON)
    assert '<script src="/seances/deck.js"></script>' in page
    assert '<link rel="stylesheet" href="/seances/deck.css">' in page
    assert page.count("<script") == 1
    assert "<style" not in page
    assert '<option value="oim">OIM</option>' in page


def test_a_bar_without_value_is_hatched_and_has_no_length() -> None:
    barres = Barres("t", ("a", "b"), (Serie("s", (None, 0.0), ("non renseigné", "0")),), "u")
    un, zero = list_rangees(barres)
    assert (un.parts[0].largeur, zero.parts[0].largeur) == (None, 0.0)
    page = render_html(make_deck(Scene("x", "t", blocs=(barres,))))
    assert page.count("piste hachure") == 1


@pytest.mark.parametrize(
    ("valeurs", "maximum", "attendu"),
    [((5.0, 10.0), None, [50.0, 100.0]), ((50.0, 130.0), 100, [50.0, 100.0]), ((-3.0, 4.0), None, [0.0, 100.0])],
)
def test_a_length_stays_within_its_track(
    valeurs: tuple[float, ...], maximum: float | None, attendu: list[float]
) -> None:
    barres = Barres("t", ("a", "b"), (Serie("s", valeurs, ("x", "y")),), "u", maximum=maximum)
    assert [r.parts[0].largeur for r in list_rangees(barres)] == attendu
    assert [r.parts[0].depasse for r in list_rangees(barres)] == [False, maximum == 100]


def test_a_chart_of_nothing_has_a_scale() -> None:
    assert compute_echelle(Barres("t", ("a",), (Serie("s", (None,), ("-",)),), "u")) == 1.0


def test_the_map_draws_the_eight_regions() -> None:
    zones = list_zones(make_carte())
    assert len(zones) == 8
    assert all(z.trace.startswith("M") and z.trace.endswith("Z") for z in zones)
    assert {z.couleur is None for z in zones} == {True, False}


def test_the_sample_holds_every_kind_of_block() -> None:
    genres = {b.genre for s in make_scenes() for b in s.blocs}
    assert genres == {"chiffres", "barres", "tableau", "carte", "texte", "liste", "image"}


def test_on_a_map_of_silent_regions_names_alone_stand_beside_the_hatching() -> None:
    def _read(muettes: int) -> list[str]:
        regions = tuple(
            RegionValeur(
                f"NE00{n}", f"Région {n}", "non rapporté" if n <= muettes else "3", None if n <= muettes else 0
            )
            for n in range(1, 9)
        )
        return [z.texte for z in list_zones(Carte("Comités", regions, ("3",)))]

    assert _read(1).count("non rapporté") == 1
    assert _read(8) == [""] * 8
