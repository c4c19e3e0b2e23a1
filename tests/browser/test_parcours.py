"""Journeys that only read: a deep link through sign-in, a click on the map, the language, two tabs, the keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from ccm_data.reference.demonstration import MOT_DE_PASSE
from tests.aides.serveur import Tableau
from tests.aides.visite import Visite

PROFOND = {"region": "NE007", "arrete": "2025-12-31"}
ARRETE = "Données arrêtées au 31 décembre 2025 (T4 2025)"
TOUCHES = 14
VERT = "rgb(15, 76, 63)"  # the border that a list takes when it has the focus
FOYER = """vert => {
  const e = document.activeElement, s = getComputedStyle(e), p = getComputedStyle(e.parentElement);
  return {
    balise: e.tagName,
    texte: (e.innerText || e.getAttribute('aria-label') || '').trim(),
    visible: (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== 'none'
      || p.boxShadow !== 'none' || (e.tagName === 'INPUT' && p.borderTopColor === vert),
  };
}"""


def get_params(page: Page) -> dict[str, str]:
    """The parameters of the address."""
    return {nom: valeurs[0] for nom, valeurs in parse_qs(urlsplit(page.url).query).items()}


def press_langue(visite: Visite, langue: str) -> None:
    """Press FR or EN in the strip."""
    visite.page.locator(".st-key-bandeau_langue").get_by_role("radio", name=langue).click()
    visite.wait_drawn()


def open_compte(page: Page) -> Locator:
    """Open the strip's popover (sign-in, date, sign-out)."""
    page.locator(".st-key-bandeau_compte button").first.click()
    return page.get_by_test_id("stPopoverBody")


def test_a_deep_link_to_an_open_screen_survives_sign_in_with_its_date(visite: Visite) -> None:
    page = visite.open_ecran("region", **PROFOND)
    assert visite.titre.startswith("Zinder")
    avant = visite.get_texte()
    assert ARRETE in avant
    open_compte(page).get_by_role("link", name="Se connecter").click()
    visite.fill_connexion("pf.agadez")
    visite.wait_drawn()
    assert urlsplit(page.url).path == "/region"
    assert get_params(page) == PROFOND
    assert visite.titre.startswith("Zinder"), "his own region must not replace the link's"
    assert ARRETE in visite.get_texte()
    expect(page.get_by_text("Point focal, Agadez (démonstration)").first).to_be_visible()


def test_a_deep_link_to_a_reserved_screen_comes_back_after_sign_in(visite: Visite) -> None:
    page = visite.open_ecran("referentiels", sujet="seuils", arrete="2025-12-31")
    assert "Cet écran demande une connexion." in visite.get_texte()
    page.get_by_test_id("stMain").get_by_role("link", name="Se connecter").first.click()
    visite.fill_connexion("se.demo")
    visite.wait_drawn()
    assert get_params(page) == {"sujet": "seuils", "arrete": "2025-12-31"}
    assert visite.titre == "Référentiels et cibles"
    assert ARRETE in visite.get_texte()


def test_the_date_is_chosen_in_the_strip_and_follows_to_another_screen(visite: Visite) -> None:
    page = visite.open_ecran("")
    dans = open_compte(page)
    dans.get_by_role("combobox").click()
    page.get_by_role("option", name="T4 2025").click()
    visite.wait_drawn()
    assert ARRETE in visite.get_texte()
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Voir le budget").click()
    expect(page).to_have_url(re.compile("/budget"))
    visite.wait_drawn()
    assert ARRETE in visite.get_texte()
    assert get_params(page) == {"arrete": "2025-12-31"}
    page.reload()
    visite.wait_drawn()
    assert ARRETE in visite.get_texte()


def test_a_click_on_a_region_shows_its_facts_and_leads_to_its_sheet(visite: Visite) -> None:
    page = visite.open_ecran("carte")
    boite = visite.carte.locator(".ccm-etiquette", has_text="Zinder").bounding_box()
    assert boite is not None
    page.mouse.click(boite["x"] + boite["width"] / 2, boite["y"] + boite["height"] / 2)
    lien = page.get_by_role("link", name="Ouvrir la fiche : Zinder")
    lien.wait_for()
    visite.wait_drawn()
    assert get_params(page) == {"region": "NE007"}
    assert "Activités en retard ici" in visite.get_texte()
    assert visite.carte.locator('path[stroke-width="4"]').count() == 1
    lien.click()
    expect(page).to_have_url(re.compile("/region"))
    visite.wait_drawn()
    assert visite.titre.startswith("Zinder")
    assert get_params(page) == {"region": "NE007"}
    page.go_back()
    expect(page).to_have_url(re.compile("/carte"))


def test_the_language_follows_to_another_screen_and_after_a_reload(visite: Visite) -> None:
    page = visite.open_ecran("region", **PROFOND)
    press_langue(visite, "EN")
    assert "Facts up to 31 December 2025" in visite.get_texte()
    assert get_params(page) == PROFOND | {"lang": "en"}

    page.get_by_test_id("stTopNav").get_by_role("button", name="Steering").click()
    page.get_by_role("menuitem", name="Budget").click()
    expect(page).to_have_url(re.compile("/budget"))
    visite.wait_drawn()
    assert "From the plan to the entries" in visite.get_texte()
    assert get_params(page) == {"lang": "en", "arrete": "2025-12-31"}

    page.reload()
    visite.wait_drawn()
    assert "From the plan to the entries" in visite.get_texte()
    press_langue(visite, "FR")
    assert "Du plan aux écritures" in visite.get_texte()
    assert get_params(page) == {"arrete": "2025-12-31"}


def test_signing_out_in_one_tab_ends_the_other(visiter: Callable[..., Visite], tableau_demo: Tableau) -> None:
    visite = visiter(tableau_demo)
    visite.sign_in("admin.demo", vers="/journal")
    ici, ailleurs = visite.page, visite.contexte.new_page()
    ailleurs.goto(f"{tableau_demo.adresse}/comptes")
    visite.page = ailleurs
    visite.wait_drawn()
    assert "comptes actifs" in visite.titre

    visite.page = ici
    open_compte(ici).get_by_role("link", name="Se déconnecter").click()
    ici.get_by_role("button", name="Se déconnecter").click()
    visite.wait_drawn()

    visite.page = ailleurs
    press_langue(visite, "EN")
    assert "This screen asks you to sign in." in visite.get_texte()
    assert ailleurs.get_by_test_id("stDataFrame").count() == 0


@pytest.mark.parametrize("chemin", ["", "carte"], ids=["the overview", "the map"])
def test_the_keyboard_reaches_the_first_links_and_shows_where_it_is(visite: Visite, chemin: str) -> None:
    page = visite.open_ecran(chemin)
    vus = []
    for _touche in range(TOUCHES):
        page.keyboard.press("Tab")
        page.wait_for_timeout(60)
        vus.append(page.evaluate(FOYER, VERT))
    atteints = [v for v in vus if v["balise"] not in ("BODY", "MAIN", "IFRAME")]
    assert [v["texte"] for v in atteints if not v["visible"]] == [], "the focus is not to be seen"
    textes = [v["texte"] for v in atteints]
    assert "Pilotage" in textes[:3]
    assert any("Se connecter" in t for t in textes)
    if not chemin:
        assert "Voir le calendrier" in textes


def test_enter_follows_the_link_that_has_the_focus(visite: Visite) -> None:
    page = visite.open_ecran("")
    page.get_by_role("link", name="Voir les indicateurs").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/indicateurs"))
    visite.wait_drawn()
    assert "indicateurs" in visite.titre


def test_a_wrong_password_leaves_the_deep_link_whole(visite: Visite) -> None:
    visite.tolerate("401")
    page = visite.page
    page.goto(f"{visite.tableau.adresse}/auth/login?next=%2Fregion%3Fregion%3DNE007%26arrete%3D2025-12-31")
    visite.fill_connexion("pf.agadez", "faux")
    expect(page.get_by_role("alert")).to_be_visible()
    visite.fill_connexion("pf.agadez", MOT_DE_PASSE)
    visite.wait_drawn()
    assert get_params(page) == PROFOND
