"""Every screen in a real browser: drawn for whoever may see it, at the three sizes, in both languages, with nothing to show.

The pictures are kept under tests/browser/captures, to be looked at.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from ccm_data.domain.vocabulaire import Role
from outils.traduire import is_traduit, list_traductions
from pages.ui.navigation import ECRANS, Ecran
from tests.aides.serveur import Tableau
from tests.aides.visite import Visite
from tests.browser.conftest import ADMIN, MOT_ADMIN

COMPTES = {
    Role.VISITEUR: None,
    Role.LECTEUR: "lecteur.demo",
    Role.ACTEUR: "acteur.oim",
    Role.POINT_FOCAL: "pf.agadez",
    Role.SUIVI_EVALUATION: "se.demo",
    Role.ADMINISTRATEUR: "admin.demo",
}
TAILLES = [(1366, 768), (1920, 1080), (390, 844)]
SABLE = "rgb(246, 242, 234)"
EXCEPTION = '[data-testid="stException"], [data-testid="stErrorElement"]'
DEBORD = "() => document.querySelector('[data-testid=stMain]').scrollWidth - innerWidth"
HAUTEUR = "() => document.querySelector('[data-testid=stMain]').scrollHeight"
PARAMETRES = {"indicateurs": {"indicateur": "2.1.a"}, "region": {"region": "NE001"}}
RESERVE = "Écran réservé"
# Words of the database, kept as they were written, that some text of the interface happens to be too: an actor's name, a
# status of the register, a target group, a body's name, parts of the strategy, countries. « Place » is the English of « Lieu ».
DONNEES = {
    "Collectivités territoriales", "En cours", "migrants en transit", "Comité de suivi des recommandations", "Annexe",
    "Sommaire", "Algérie", "Libye", "Nigéria", "Tchad", "Place",
}  # fmt: skip


def open_ecran(visite: Visite, ecran: Ecran, **params: str) -> None:
    """Open the screen where it has the most to show."""
    visite.open_ecran(ecran.adresse, **PARAMETRES.get(ecran.cle, {}), **params)


def list_defauts(visite: Visite, ecran: Ecran) -> list[str]:
    """What nobody should see on a screen."""
    page, defauts = visite.page, []
    if page.locator(EXCEPTION).count():
        defauts.append("an error box")
    if (
        fond := page.locator(".st-key-bandeau_outils").first.evaluate("x => getComputedStyle(x).backgroundColor")
    ) != SABLE:
        defauts.append(f"the strip has no background ({fond})")
    if (debord := page.evaluate(DEBORD)) > 0:
        defauts.append(f"{debord} px beyond the right edge")
    return [f"{ecran.cle}: {defaut}" for defaut in defauts]


@pytest.mark.parametrize("role", COMPTES, ids=str)
def test_every_screen_is_drawn_for_who_may_see_it_and_refused_to_others(
    visiter: Callable[..., Visite], tableau_demo: Tableau, role: Role
) -> None:
    visite = visiter(tableau_demo)
    if compte := COMPTES[role]:
        visite.sign_in(compte)
    defauts, refuses = [], set()
    for ecran in ECRANS:
        open_ecran(visite, ecran)
        defauts += list_defauts(visite, ecran)
        if RESERVE in visite.get_texte():
            refuses.add(ecran.cle)
        elif "émonstration" not in visite.get_texte():
            defauts.append(f"{ecran.cle}: does not say that it is a demonstration")
    assert defauts == []
    assert refuses == {e.cle for e in ECRANS if role not in e.roles}


@pytest.mark.parametrize("taille", TAILLES, ids="{0[0]}x{0[1]}".format)
def test_every_screen_is_drawn_at_this_size(
    visiter: Callable[..., Visite], tableau_demo: Tableau, taille: tuple[int, int]
) -> None:
    visite = visiter(tableau_demo, taille)
    visite.sign_in("admin.demo")
    defauts = []
    for ecran in ECRANS:
        open_ecran(visite, ecran)
        defauts += list_defauts(visite, ecran)
        visite.capture(f"{ecran.cle}-{taille[0]}")
        hauteur = int(visite.page.evaluate(HAUTEUR))
        if hauteur > taille[1]:
            visite.resize(taille[0], min(hauteur, 6000))
            visite.capture(f"{ecran.cle}-{taille[0]}-entier")
            visite.resize(*taille)
    assert defauts == []


@pytest.mark.parametrize("langue", ["fr", "en"])
@pytest.mark.parametrize("nature", ["demonstration", "empty"])
def test_the_overview_fits_a_projector_without_scrolling(
    visiter: Callable[..., Visite], tableau_demo: Tableau, tableau_reel: Tableau, nature: str, langue: str
) -> None:
    visite = visiter(tableau_demo if nature == "demonstration" else tableau_reel)
    visite.open_ecran("", lang=langue)
    assert visite.page.evaluate(HAUTEUR) <= 768


def list_francais() -> set[str]:
    """Texts of the interface that English says otherwise, whole and without variable parts.

    « Plan d’action » and « oui » are also values of the data, which no catalogue translates.
    """
    return (
        {
            cle
            for cle, (message, _fichier) in list_traductions().items()
            if isinstance(cle, str) and "{" not in cle and is_traduit(message) and message.string != cle
        }
        - {"Plan d’action", "oui"}
        - DONNEES
    )


def test_no_text_of_the_interface_stays_french_in_english(
    visiter: Callable[..., Visite], tableau_demo: Tableau
) -> None:
    visite = visiter(tableau_demo)
    visite.sign_in("admin.demo")
    francais, trouves = list_francais(), {}
    for ecran in ECRANS:
        open_ecran(visite, ecran, lang="en")
        visite.capture(f"{ecran.cle}-en")
        lignes = re.split(r"[\n\t]+", visite.page.locator("body").inner_text())
        if fautifs := {ligne.strip() for ligne in lignes} & francais:
            trouves[ecran.cle] = fautifs
    assert trouves == {}


def test_every_screen_says_what_to_do_when_there_is_nothing_yet(
    visiter: Callable[..., Visite], tableau_reel: Tableau
) -> None:
    visite = visiter(tableau_reel)
    visite.sign_in(ADMIN, MOT_ADMIN)
    defauts = []
    for ecran in ECRANS:
        open_ecran(visite, ecran)
        defauts += list_defauts(visite, ecran)
        texte = visite.get_texte()
        visite.capture(f"{ecran.cle}-vide")
        if "émonstration" in texte:
            defauts.append(f"{ecran.cle}: real work is called a demonstration")
        if re.search(r"\b(nan|None|NaT|<NA>)\b", texte):
            defauts.append(f"{ecran.cle}: a missing value is shown as the machine writes it")
    assert defauts == []


def test_every_screen_and_sign_in_page_is_readable_by_all(
    visiter: Callable[..., Visite], tableau_demo: Tableau
) -> None:
    visite = visiter(tableau_demo)
    visite.page.goto(f"{tableau_demo.adresse}/auth/login")
    violations = {"auth/login": visite.list_violations()}
    visite.sign_in("admin.demo")
    visite.page.goto(f"{tableau_demo.adresse}/auth/password")
    violations["auth/password"] = visite.list_violations()
    for ecran in ECRANS:
        open_ecran(visite, ecran)
        violations[ecran.cle] = visite.list_violations()
    assert {ou: v for ou, v in violations.items() if v} == {}
