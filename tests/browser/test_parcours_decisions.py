"""Journeys that change something, each on the same demonstration of its own: targets, two persons, a hostile name."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from ccm_data.config import NOM_BASE_DEMO, Config
from ccm_data.db import get_engine, write_session
from ccm_data.domain.vocabulaire import EtatSuivi
from ccm_data.models.acteurs import Acteur
from ccm_data.models.comptes import Compte
from ccm_data.models.suivi import Presence
from tests.aides.serveur import Tableau, serve
from tests.aides.visite import Visite, list_lignes
from tests.conftest import make_config

SOURCE = "Procès-verbal d’essai"
HOSTILE = "<img src=x onerror=\"document.title='vole'\"><script>alert(1)</script> ![x](https://exemple.invalid/x.png)"
INDICATEUR = "2.4.b"
PLACE = (18.74, 7.39)


@pytest.fixture(scope="module")
def tableau(modele_demonstration: Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tableau]:
    """A demonstration that these journeys may change."""
    config = make_config(tmp_path_factory.mktemp("parcours"), demo=True)
    shutil.copy(modele_demonstration.data_dir / NOM_BASE_DEMO, config.data_dir / NOM_BASE_DEMO)
    with serve(config) as servi:
        yield servi
    get_engine(config.database_url).dispose()


def get_champ(page: Page, sujet: str, nom: str) -> Locator:
    """The field of a form."""
    return page.locator(f".st-key-referentiel_{sujet}_{nom} input").first


def choose(page: Page, sujet: str, nom: str, texte: str) -> None:
    """Choose from a list of a form by what is written there."""
    get_champ(page, sujet, nom).fill(texte)
    page.get_by_role("option", name=texte).first.click()


def send(visite: Visite) -> None:
    """Press the form's button and wait for its answer."""
    visite.page.get_by_role("button", name="Enregistrer").click()
    visite.page.get_by_test_id("stAlert").first.wait_for()
    visite.wait_drawn()


def set_cible(visite: Visite, code: str, valeur: str, source: str = SOURCE) -> None:
    """Fill the form of targets, for 2026, and send it."""
    choose(visite.page, "cibles", "indicateur", f"{code} ·")
    get_champ(visite.page, "cibles", "valeur").fill(valeur)
    get_champ(visite.page, "cibles", "source").fill(source)
    send(visite)


def list_rangs(page: Page, titre: str) -> list[list[str]]:
    """The rows of the HTML twin of a canvas table."""
    return list_lignes(page.locator("table").filter(has=page.locator("caption", has_text=titre)).first)


def get_statut(visite: Visite, code: str) -> str:
    """The indicator's status on the logframe."""
    visite.open_ecran("indicateurs")
    entetes, *lignes = list_rangs(visite.page, "Indicateurs du cadre logique")
    return next(x[entetes.index("Statut")] for x in lignes if x[0] == code)


def list_cibles(visite: Visite, code: str) -> list[str]:
    """The target in force for 2026, as the table below the form says it."""
    return [x[3] for x in list_rangs(visite.page, "Cibles") if (x[0], x[2]) == (code, "2026")]


def test_a_target_set_by_the_spccm_changes_the_status_and_stands_in_the_journal(
    visiter: Callable[..., Visite], tableau: Tableau
) -> None:
    visiteur, se = visiter(tableau), visiter(tableau)
    assert get_statut(visiteur, INDICATEUR) == "Cible non définie"
    se.sign_in("se.demo", vers="/referentiels")
    set_cible(se, INDICATEUR, "100")
    assert "Cible enregistrée : 2.4.b, 2026." in se.get_texte()
    assert get_statut(visiteur, INDICATEUR) == "Atteint"

    admin = visiter(tableau)
    admin.sign_in("admin.demo", vers="/journal")
    entetes, *lignes = list_rangs(admin.page, "Journal")
    ligne = next(x for x in (dict(zip(entetes, rang, strict=True)) for rang in lignes) if x["Objet"] == "Cible")
    assert (ligne["Qui"], ligne["Lequel"]) == ("Suivi-évaluation (démonstration)", "2.4.b, 2026")
    assert "100" in ligne["Ancien → nouveau"]


def test_two_persons_edit_the_same_target_and_the_second_is_told(
    visiter: Callable[..., Visite], tableau: Tableau
) -> None:
    premier, second = visiter(tableau), visiter(tableau)
    premier.sign_in("se.demo", vers="/referentiels")
    second.sign_in("se2.demo", vers="/referentiels")
    set_cible(premier, "1.b", "71")
    assert "Cible enregistrée" in premier.get_texte()
    set_cible(second, "1.b", "72", "Autre procès-verbal")
    assert "Quelqu’un a décidé ceci entre-temps" in second.get_texte()
    assert get_champ(second.page, "cibles", "valeur").input_value() == "72"
    assert get_champ(second.page, "cibles", "source").input_value() == "Autre procès-verbal"
    assert list_cibles(second, "1.b") == ["71"]
    send(second)
    expect(second.page.get_by_test_id("stAlert")).to_contain_text("Cible enregistrée")
    assert list_cibles(second, "1.b") == ["72"]


LIGNE_PX, CASE_PX = 37, 17


def tick(visite: Visite, rang: int) -> None:
    """Choose a row of the screen's first canvas table."""
    boite = visite.page.get_by_test_id("stDataFrame").first.locator("canvas").first.bounding_box()
    assert boite is not None
    visite.page.mouse.click(boite["x"] + CASE_PX, boite["y"] + LIGNE_PX * (rang + 1.5))


def test_rows_chosen_one_after_another_each_open_and_a_filter_keeps_the_one_that_is_open(
    visiter: Callable[..., Visite], tableau: Tableau
) -> None:
    """A second choice was lost, and a filter that took the chosen row away brought the screen down."""
    visite = visiter(tableau, (1366, 1200))
    page = visite.page
    visite.open_ecran("rapprochement")
    lignes = list_rangs(page, "Registre des décisions")[1:]
    for rang in (1, 3, 6):
        tick(visite, rang)
        objet = re.sub(r"\s+", " ", lignes[rang][2])
        expect(page.locator("h2.ccm-section")).to_have_text(re.compile(re.escape(objet).replace(r"\ ", r"\s+")))
        visite.wait_drawn()

    visite.open_ecran("indicateurs")
    tick(visite, 11)
    ouverte = page.locator("h2.ccm-section").filter(has_text="2.4.b ·")
    expect(ouverte).to_have_count(1)
    visite.wait_drawn()
    page.get_by_role("button", name=re.compile("^En retard ·")).click()
    expect(page.locator("table").filter(has_text="Indicateurs du cadre logique").locator("tbody tr")).not_to_have_count(
        26
    )
    visite.wait_drawn()
    expect(ouverte).to_have_count(1)
    tick(visite, 0)
    expect(ouverte).to_have_count(0)


def add_presence(config: Config, nom: str) -> None:
    """The actor works in Agadez, at a place of its own, as a validated row says."""
    with write_session(config) as session:
        comptes = dict(session.execute(select(Compte.identifiant, Compte.id)).all())
        code = session.scalar(select(Acteur.code).where(Acteur.nom == nom))
        session.add(
            Presence(
                region_code="NE001", acteur_code=code, etat=EtatSuivi.VALIDE, auteur_id=comptes["pf.agadez"],
                valide_par_id=comptes["se.demo"], cree_le=config.maintenant(), valide_le=config.maintenant(),
                lat=PLACE[0], lon=PLACE[1],
            )
        )  # fmt: skip


def check_texte_seul(visite: Visite) -> None:
    """The name stands there as words and made nothing (the visit's end says whether another host was asked)."""
    page = visite.page
    assert "vole" not in page.title()
    assert page.locator("img[src='x'], [onerror]").count() == 0


def test_a_hostile_actor_name_is_shown_as_text_everywhere(visiter: Callable[..., Visite], tableau: Tableau) -> None:
    visite = visiter(tableau)
    visite.sign_in("se.demo", vers="/referentiels?sujet=acteurs")
    page = visite.page
    get_champ(page, "acteurs", "nom").fill(HOSTILE)
    send(visite)
    assert f"Acteur ajouté : {HOSTILE}" in visite.get_texte(), "the message itself shows the name as typed"
    assert HOSTILE in [x[1] for x in list_rangs(page, "Acteurs")]
    check_texte_seul(visite)

    add_presence(tableau.config, HOSTILE)
    visite.open_ecran("referentiels")
    set_cible(visite, "1.d", "2001")  # a journalled change moves the data's version: the presence is read afresh

    visite.open_ecran("region", region="NE001")
    assert HOSTILE[:50] in visite.get_texte()  # the sheet cuts long names
    check_texte_seul(visite)

    visite.open_ecran("carte", couches="acteurs")
    marque = visite.carte.get_by_title(HOSTILE)
    expect(marque).to_have_count(1)
    marque.click()
    bulle = visite.carte.locator(".ccm-bulle")
    bulle.wait_for()
    assert re.sub(r"\s+", " ", HOSTILE) in re.sub(r"\s+", " ", bulle.inner_text())
    assert visite.carte.locator("img[src='x'], script:text('alert(1)')").count() == 0
    check_texte_seul(visite)

    visite.open_ecran("journal")
    check_texte_seul(visite)
