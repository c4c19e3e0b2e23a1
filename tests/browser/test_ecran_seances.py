"""« Séances » in a real browser: each part readable by all and no wider than the window, small buttons that say what they do."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from ccm_data.reference.demonstration.seances import FIGEE, PREPAREE
from tests.aides.serveur import Tableau
from tests.aides.visite import Visite

TELEPHONE = (390, 844)


@pytest.mark.parametrize("taille", [(1366, 768), TELEPHONE], ids=lambda t: f"{t[0]}x{t[1]}")
def test_every_part_of_the_screen_is_readable_by_all(
    visiter: Callable[..., Visite], tableau_demo: Tableau, taille: tuple[int, int]
) -> None:
    visite = visiter(tableau_demo, taille)
    visite.sign_in("se.demo", vers="/seances")
    for code, parties in ((PREPAREE, ("scenes", "deroulement")), (FIGEE, ("scenes", "documents", "deroulement"))):
        for partie in parties:
            params = {"scene": "2", "point": "1"} if code == PREPAREE and partie == "scenes" else {}
            visite.open_ecran("seances", seance=code, partie=partie, **params)
            if taille != TELEPHONE:  # on a phone axe stumbles on Streamlit's own menu
                visite.check_axe()
            depasse = visite.page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
            assert depasse <= 0, f"{code} {partie} is wider than the screen"


def test_the_small_buttons_say_what_they_do(visiter: Callable[..., Visite], tableau_demo: Tableau) -> None:
    visite = visiter(tableau_demo)
    visite.sign_in("se.demo", vers=f"/seances?seance={FIGEE}")
    bouton = visite.page.get_by_role("button", name=re.compile("^Descendre « Suites des recommandations »"))
    boite = bouton.bounding_box()
    assert boite is not None
    assert min(boite["width"], boite["height"]) >= 24, "large enough for a finger"
    bouton.focus()
    visite.page.keyboard.press("Enter")
    visite.wait_drawn()
    expect(visite.page.locator(".ccm-seance-rangee").nth(2)).to_contain_text("Suites des recommandations")
