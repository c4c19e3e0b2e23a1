"""The outlines of the regions: whole, in proportion, drawn small ones last."""

from __future__ import annotations

import subprocess
import sys

import pytest

from ccm_data.config import RACINE
from ccm_data.figures.theme import TERRE
from ccm_data.reports.carte import get_couleur_classe, read_fond

CODES = {f"NE00{n}" for n in range(1, 9)}


def test_the_eight_regions_stand_in_the_box() -> None:
    fond = read_fond()
    assert {r.code for r in fond.regions} == CODES
    points = [p for r in fond.regions for polygone in r.polygones for anneau in polygone for p in anneau]
    assert min(x for x, _y in points) == pytest.approx(0)
    assert min(y for _x, y in points) == pytest.approx(0)
    assert max(x for x, _y in points) == pytest.approx(fond.largeur)
    assert max(y for _x, y in points) == pytest.approx(fond.hauteur)
    assert max(fond.largeur, fond.hauteur) == pytest.approx(1)


def test_the_country_keeps_its_proportions() -> None:
    """About 1 680 km from west to east, 1 315 from south to north."""
    fond = read_fond()
    assert fond.largeur / fond.hauteur == pytest.approx(1.28, abs=0.04)


def test_north_is_up() -> None:
    fond = read_fond()
    agadez, dosso = fond.get_region("NE001"), fond.get_region("NE003")
    assert agadez is not None
    assert dosso is not None
    assert agadez.centre[1] < dosso.centre[1]


def test_niamey_is_drawn_after_the_region_around_it_which_has_a_hole_there() -> None:
    fond = read_fond()
    codes = [r.code for r in fond.regions]
    assert codes[0] == "NE001"
    assert codes[-1] == "NE008"
    tillaberi = fond.get_region("NE006")
    assert tillaberi is not None
    assert [len(polygone) for polygone in tillaberi.polygones] == [2]


def test_a_label_stands_near_its_region() -> None:
    for region in read_fond().regions:
        ecart = max(abs(a - b) for a, b in zip(region.etiquette, region.centre, strict=True))
        assert ecart < 0.13, region.nom


def test_an_unknown_region_is_none() -> None:
    assert read_fond().get_region("NE999") is None


@pytest.mark.parametrize("nombre", range(1, 6))
def test_classes_go_from_light_to_dark_without_repeating(nombre: int) -> None:
    couleurs = [get_couleur_classe(n, nombre) for n in range(nombre)]
    rangs = [TERRE.index(c) for c in couleurs]
    assert rangs == sorted(set(rangs))
    assert get_couleur_classe(nombre + 3, nombre) == couleurs[-1]


def test_nothing_is_read_before_it_is_asked_for() -> None:
    code = "from ccm_data.reports import carte; print(carte.read_fond.cache_info().currsize)"
    fait = subprocess.run([sys.executable, "-c", code], cwd=RACINE, capture_output=True, text=True, check=True)
    assert fait.stdout.strip() == "0"
