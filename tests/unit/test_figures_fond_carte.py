"""The offline map and its classes."""

from __future__ import annotations

import json
import math
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit_folium import generate_leaflet_string

from ccm_data.figures import fond_carte
from ccm_data.figures.classes import ABSENTE, PAS, Classes, compute_classes
from ccm_data.figures.theme import TERRE
from ccm_data.textes import set_langue

NOMS = ("Agadez", "Diffa", "Dosso", "Maradi", "Tahoua", "Tillabéri", "Zinder", "Niamey")


def make_regions(**valeurs: float | None) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"code": f"NE00{i}", "nom": nom, "valeur": valeurs.get(nom), "libelle": str(valeurs.get(nom))}
            for i, nom in enumerate(NOMS, start=1)
        ]
    )


def make_points(titre: str = "Comité", n: int = 1, lat: float | None = 17.0) -> pd.DataFrame:
    return pd.DataFrame([{"lat": lat, "lon": 8.0, "titre": titre, "lignes": ["créé en 2024"]} for _ in range(n)])


def write_script(carte: fond_carte.CarteHorsLigne) -> str:
    """The script that reaches the browser, as the embed makes it."""
    carte.get_root().render()
    return str(generate_leaflet_string(carte))


@pytest.fixture(autouse=True)
def _en_francais() -> None:
    set_langue("fr")


@pytest.mark.parametrize(
    ("valeurs", "etiquettes"),
    [
        pytest.param([], (), id="nothing known makes no class"),
        pytest.param([None, math.nan], (), id="missing values make no class"),
        pytest.param([3, 3, None], ("3",), id="one value makes one class"),
        pytest.param([0, 4], ("0", "4"), id="a true zero is a value"),
        pytest.param([1, 2, 3, 4, 6], ("1", "2", "3", "4", "6"), id="five values make five classes"),
        pytest.param(
            [1, 2, 3, 4, 5, 60], ("1", "2", "3", "4–5", "60"), id="neighbours share, the odd one stands apart"
        ),
        pytest.param([0, 1, 2, 3, 9, 10], ("0", "1", "2", "3", "9–10"), id="zero keeps its own class"),
    ],
)
def test_classes(valeurs: list[float | None], etiquettes: tuple[str, ...]) -> None:
    assert len(compute_classes(valeurs).etiquettes) == len(etiquettes)
    if valeurs != [1, 2, 3, 4, 5, 60]:  # there, several cuts are equally good
        assert compute_classes(valeurs).etiquettes == etiquettes
    else:
        assert compute_classes(valeurs).etiquettes[-1] == "60"


@given(st.lists(st.one_of(st.none(), st.floats(-1e9, 1e9)), max_size=30))
def test_every_known_value_falls_in_the_class_that_holds_it(valeurs: list[float | None]) -> None:
    classes = compute_classes(valeurs)
    assert len(classes.bornes) <= 5
    for valeur in valeurs:
        rang = classes.get_rang(valeur)
        if valeur is None:
            assert rang == ABSENTE
        else:
            bas, haut = classes.bornes[rang]
            assert bas <= valeur <= haut


@pytest.mark.parametrize("n", range(1, 6))
def test_n_classes_take_n_rising_steps_of_earth(n: int) -> None:
    assert len(PAS[n]) == n
    assert list(PAS[n]) == sorted(set(PAS[n]))
    assert max(PAS[n]) < len(TERRE)


def test_the_map_asks_no_other_server() -> None:
    carte = fond_carte.draw_carte(make_regions(Agadez=6), {"comites": make_points()}, alt="x")
    liens = [adresse for _, adresse in [*carte.default_js, *carte.default_css]]
    assert all(adresse.startswith("/assets/") for adresse in liens)
    assert "http" not in write_script(carte).replace("http://www.w3.org", "")


def test_a_region_without_value_is_hatched_and_zero_is_not() -> None:
    script = write_script(fond_carte.draw_carte(make_regions(Agadez=0, Dosso=5), alt="x"))
    cas = script.split("switch")[2].split("default:")[0] + script.split("switch")[2]
    assert "url(#hachures)" in cas
    assert TERRE[1] in cas
    assert TERRE[3] in cas


@pytest.mark.parametrize(
    "texte",
    [
        pytest.param("</script><script>alert(1)</script>", id="a closing tag"),
        pytest.param("<img src=x onerror=alert(1)>", id="markup"),
        pytest.param("{{ 7*7 }} {{'map_div'}}", id="a template"),
        pytest.param('"}]);alert(1);//', id="a quote that ends the string"),
        pytest.param("\u2028alert(1)", id="a line separator"),
    ],
)
def test_hostile_text_stays_text(texte: str) -> None:
    regions = make_regions(Agadez=1)
    regions.loc[0, "nom"] = texte
    script = write_script(fond_carte.draw_carte(regions, {"acteurs": make_points(texte)}, alt=texte))
    appel = script[script.index("ccmCarte(") :]
    donnees = json.JSONDecoder().raw_decode(appel[appel.index("{") :])[0]
    assert donnees["points"][0]["titre"] == texte
    assert donnees["etiquettes"][0]["nom"] == texte
    assert donnees["alt"] == texte
    assert "<" not in appel


def test_names_that_differ_after_an_underscore_make_different_scripts() -> None:
    scripts = {
        write_script(fond_carte.draw_carte(make_regions(Agadez=1), {"acteurs": make_points(nom)}, alt="x"))
        for nom in ("a_un", "a_deux")
    }
    assert len(scripts) == 2
    assert all("_un" not in s and "_deux" not in s for s in scripts), "the embed ignores what follows an underscore"


def test_the_same_data_make_the_same_script() -> None:
    def _write() -> str:
        return write_script(fond_carte.draw_carte(make_regions(Agadez=1), {"comites": make_points()}, alt="x"))

    assert _write() == _write()


def test_rows_without_a_place_are_counted_not_drawn() -> None:
    couches = {"comites": pd.concat([make_points(), make_points(lat=None, n=2)])}
    carte = fond_carte.draw_carte(make_regions(Agadez=1), couches, alt="x")
    assert carte.non_places == 2
    assert write_script(carte).count("créé en 2024") == 1


def test_marks_differ_by_shape() -> None:
    dessins = list(fond_carte.FORMES.values())
    assert len(set(dessins)) == len(dessins)


def test_every_region_has_a_place_for_its_name_and_an_outline() -> None:
    codes = {f["properties"]["pcode"] for f in json.loads(fond_carte.read_geo("regions-14k.geojson"))["features"]}
    assert codes == set(fond_carte.PLACES)


def test_the_neighbours_are_drawn_without_the_edges_of_the_sheet() -> None:
    lignes = fond_carte.list_frontieres()
    longitudes = [lon for ligne in lignes for lon, _lat in ligne]
    for bord in (min(longitudes), max(longitudes)):
        for ligne in lignes:
            for (a, _), (b, _) in pairwise(ligne):
                assert not (abs(a - bord) < 1e-6 and abs(b - bord) < 1e-6)


def test_classes_given_to_the_map_are_the_legends() -> None:
    classes = Classes(((1.0, 5.0), (6.0, 9.0)), ("1-5", "6-9"), (1, 3))
    script = write_script(fond_carte.draw_carte(make_regions(Agadez=6, Dosso=2), alt="x", classes=classes))
    assert TERRE[1] in script
    assert TERRE[3] in script
