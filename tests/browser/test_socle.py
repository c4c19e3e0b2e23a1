"""The ground itself: a screen is drawn with every other host blocked, a person signs in, an error does not pass unseen."""

from __future__ import annotations

import pytest

from tests.aides.visite import Visite
from tests.browser.conftest import ADMIN, MOT_ADMIN


def test_the_overview_is_drawn_and_says_that_it_is_a_demonstration(visite: Visite) -> None:
    visite.open_ecran()
    assert "émonstration" in visite.get_texte()
    visite.capture("socle-vue")


def test_the_map_is_drawn_from_our_own_files(visite: Visite) -> None:
    visite.open_ecran("carte")
    assert visite.carte.locator("path.leaflet-interactive").count() >= 8


def test_an_administrator_signs_in_on_an_empty_installation(visite_reelle: Visite) -> None:
    visite_reelle.sign_in(ADMIN, MOT_ADMIN, vers="/comptes")
    assert "admin" in visite_reelle.get_texte()


def test_a_request_to_another_host_is_seen(visite: Visite) -> None:
    visite.open_ecran()
    visite.page.evaluate("() => fetch('https://exemple.invalid/x').catch(() => null)")
    visite.page.wait_for_timeout(300)
    vues, visite.autres, visite.erreurs = (visite.autres, visite.erreurs), [], []
    assert any(vues), "the visit saw nothing"


def test_an_error_in_the_console_fails_the_visit(visite: Visite) -> None:
    visite.open_ecran()
    visite.page.evaluate("() => console.error('essai')")
    with pytest.raises(AssertionError, match="errors in the browser"):
        visite.check()
    visite.tolerate("essai")
