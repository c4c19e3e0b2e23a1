"""The projection in a real browser: keys, decisions, the one file without server, sizes on a projector, who may do what."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from sqlalchemy import select

from ccm_data.config import NOM_BASE_DEMO, Config
from ccm_data.db import read_session
from ccm_data.domain.vocabulaire import EtatSuivi
from ccm_data.models.instances import Recommandation
from ccm_data.models.seances import DecisionSeance
from ccm_data.reference.demonstration import MOT_DE_PASSE
from ccm_data.reference.demonstration.seances import FIGEE, PREPAREE
from tests.aides.serveur import Tableau, serve
from tests.aides.visite import AXE, DELAI_MS, GRAVES, Visite
from tests.conftest import make_config

ADRESSE = f"/seances/{FIGEE}/projection"
REPETITION = f"/seances/{PREPAREE}/projection"
PROJECTEURS = ((1024, 768), (1366, 768), (1920, 1080))
TELEPHONE = (390, 844)
# Of the scene shown: its smallest text in pixels and which, what leaves the screen or lies over something else.
MESURES = """() => {
  const scene = document.querySelector('.scene:not([hidden])'), corps = scene.querySelector('.corps');
  const bas = document.querySelector('.barre').getBoundingClientRect().top, dehors = [];
  let petit = Infinity, lequel = '';
  const marche = document.createTreeWalker(scene, NodeFilter.SHOW_TEXT);
  while (marche.nextNode()) {
    const noeud = marche.currentNode, parent = noeud.parentElement, mots = noeud.textContent.trim();
    const zone = document.createRange();
    zone.selectNodeContents(noeud);
    const boite = zone.getBoundingClientRect();
    if (!mots || !boite.width || parent.closest('.lu')) continue;
    const svg = parent.closest('svg');
    const taille = parseFloat(getComputedStyle(parent).fontSize) * (svg ? svg.getScreenCTM().a : 1);
    if (taille < petit) { petit = taille; lequel = mots; }
    if (boite.left < -1 || boite.top < -1 || boite.right > innerWidth + 1 || boite.bottom > bas + 1) dehors.push(mots);
  }
  if (scene.scrollHeight > scene.clientHeight + 1) dehors.push('(the scene scrolls)');
  if (corps.scrollHeight > corps.clientHeight + 1) dehors.push('(the body runs over)');
  return {petit, lequel, dehors};
}"""
# A key pressed by the page itself: what is shown when the event has been dispatched, in the very same task.
TOUCHE = """(touche) => {
  document.body.dispatchEvent(new KeyboardEvent('keydown', {key: touche, bubbles: true, cancelable: true}));
  return document.querySelector('.scene:not([hidden])').id;
}"""


@pytest.fixture(scope="module")
def tableau(modele_demonstration: Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tableau]:
    """A demonstration of this file's own: decisions are written in it."""
    dossier = tmp_path_factory.mktemp("projection")
    shutil.copy(modele_demonstration.data_dir / NOM_BASE_DEMO, dossier / NOM_BASE_DEMO)
    with serve(make_config(dossier, demo=True)) as servi:
        yield servi


def open_projection(
    visiter: Callable[..., Visite],
    tableau: Tableau,
    qui: str,
    adresse: str = ADRESSE,
    taille: tuple[int, int] = (1366, 768),
) -> Visite:
    """Sign in by the page that the projection leads to, and land on it."""
    visite = visiter(tableau, taille)
    visite.page.goto(tableau.adresse + adresse)
    visite.fill_connexion(qui)
    visite.page.locator("#deck").wait_for()
    visite.page.wait_for_load_state("load")  # style and script
    return visite


def get_scene(page: Page) -> int:
    """The number of the only scene that is seen."""
    (vue,) = page.locator(".scene:not([hidden])").all()
    return int((vue.get_attribute("id") or "s0")[1:])


def count_scenes(page: Page) -> int:
    return page.locator(".scene").count()


# ---- moving ----


def test_the_keys_of_a_keyboard_and_of_a_remote_move_the_scenes(
    visiter: Callable[..., Visite], tableau: Tableau
) -> None:
    page = open_projection(visiter, tableau, "se.demo").page
    fin = count_scenes(page)
    for touche, attendue in (
        ("ArrowRight", 2), ("PageDown", 3), ("ArrowLeft", 2), ("PageUp", 1), ("ArrowLeft", 1), ("5", 5), ("1", 1),
        ("End", fin), ("ArrowRight", fin), ("Home", 1),
    ):  # fmt: skip
        page.keyboard.press(touche)
        assert get_scene(page) == attendue, touche
        expect(page.locator("#ou")).to_have_text(str(attendue))
        assert page.url.endswith(f"#{attendue}")
    assert f"1 / {fin}" in page.locator(".scene:not([hidden])").inner_text()


def test_a_click_moves_as_a_key_does(visiter: Callable[..., Visite], tableau: Tableau) -> None:
    page = open_projection(visiter, tableau, "se.demo").page
    page.get_by_role("button", name="Scène suivante").click()
    assert get_scene(page) == 2
    page.get_by_role("button", name="Scène précédente").click()
    assert get_scene(page) == 1
    expect(page.locator("#heure")).to_have_text(re.compile(r"^\d{1,2} h \d{2}$"))


def test_moving_asks_nobody_and_shows_the_scene_at_once(visiter: Callable[..., Visite], tableau: Tableau) -> None:
    page = open_projection(visiter, tableau, "se.demo").page
    page.wait_for_load_state("networkidle")
    demandes: list[str] = []
    page.on("request", lambda demande: demandes.append(demande.url))
    for numero in range(2, count_scenes(page) + 1):
        assert page.evaluate(TOUCHE, "ArrowRight") == f"s{numero}"
    page.wait_for_timeout(300)
    assert demandes == []


def test_an_address_opens_its_scene_again(visiter: Callable[..., Visite], tableau: Tableau) -> None:
    page = open_projection(visiter, tableau, "se.demo").page
    page.keyboard.press("4")
    expect(page.locator("#ou")).to_have_text("4")
    page.reload()
    assert get_scene(page) == 4


def test_b_hides_the_screen_and_brings_it_back(visiter: Callable[..., Visite], tableau: Tableau) -> None:
    page = open_projection(visiter, tableau, "se.demo").page
    rideau = page.locator("#rideau")
    page.keyboard.press("b")
    expect(rideau).to_be_visible()
    page.keyboard.press("ArrowRight")
    assert get_scene(page) == 1, "a hidden screen does not move"
    page.keyboard.press("B")
    expect(rideau).to_be_hidden()
    page.get_by_role("button", name="Écran noir").click()
    rideau.click()
    expect(rideau).to_be_hidden()


def test_r_goes_to_the_invited_region(visiter: Callable[..., Visite], tableau: Tableau) -> None:
    page = open_projection(visiter, tableau, "se.demo", REPETITION).page
    page.keyboard.press("r")
    assert "scene-region" in (page.locator(".scene:not([hidden])").get_attribute("class") or "")
    assert "Agadez" in page.locator(".scene:not([hidden]) h1").inner_text()


def test_escape_leads_back_to_the_seance(visiter: Callable[..., Visite], tableau: Tableau) -> None:
    visite = open_projection(visiter, tableau, "se.demo")
    visite.page.keyboard.press("Escape")
    visite.page.wait_for_url("**/seances?seance=*")
    visite.wait_drawn()
    assert "séance du 11 juin 2026" in visite.titre.replace("\u00a0", " ")


# ---- deciding ----


def list_decisions(tableau: Tableau, texte: str) -> list[tuple[int | None, str | None, EtatSuivi]]:
    """(scene, responsible, state in the register) of the decisions that say this."""
    with read_session(tableau.config) as session:
        requete = (
            select(DecisionSeance.scene, Recommandation.responsable_code, Recommandation.etat)
            .join(Recommandation, Recommandation.code == DecisionSeance.recommandation_code)
            .where(Recommandation.texte == texte)
        )
        return [(a, b, c) for a, b, c in session.execute(requete)]


def test_n_notes_a_decision_that_lands_in_the_register(visiter: Callable[..., Visite], tableau: Tableau) -> None:
    texte = "Réunir les bailleurs avant mars <b>2027</b>"
    visite = open_projection(visiter, tableau, "se.demo")
    page = visite.page
    page.keyboard.press("3")
    page.keyboard.press("n")
    page.locator("#decision textarea").fill(texte)
    page.locator("#decision select").select_option("oim")
    page.locator("#decision input[type=date]").fill("2028-03-31")
    page.keyboard.press("ArrowRight")
    assert get_scene(page) == 3, "keys typed in the form stay in it"
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("#annonce")).to_have_text("Décision enregistrée.")
    expect(page.locator("#dialogue")).to_be_hidden()
    assert list_decisions(tableau, texte) == [(3, "oim", EtatSuivi.SOUMIS)]
    visite.open_ecran("seances", seance=FIGEE, partie="deroulement")
    dit = visite.get_texte()
    assert f"{texte} (scène 3)" in dit
    assert f"{FIGEE}-D03 · Soumis" in dit


def test_a_refused_decision_stays_in_the_form(visiter: Callable[..., Visite], tableau: Tableau) -> None:
    visite = open_projection(visiter, tableau, "se.demo")
    visite.tolerate(r"400 \(Bad Request\)")
    page = visite.page
    page.keyboard.press("n")
    page.locator("#decision textarea").fill("Trop tard")
    page.locator("#decision input[type=date]").fill("2022-01-01")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("#refus")).to_contain_text("est déjà passée")
    expect(page.locator("#decision textarea")).to_have_value("Trop tard")
    page.keyboard.press("Escape")
    expect(page.locator("#dialogue")).to_be_hidden()
    assert page.url.split("#")[0].endswith(ADRESSE), "Esc closes the form and stays on the scene"
    assert list_decisions(tableau, "Trop tard") == []


def test_a_decision_waits_for_the_server_to_come_back(visiter: Callable[..., Visite], tableau: Tableau) -> None:
    visite = open_projection(visiter, tableau, "se.demo")
    visite.tolerate("ERR_INTERNET_DISCONNECTED", "ERR_FAILED")
    page = visite.page
    page.keyboard.press("n")
    page.locator("#decision textarea").fill("Garder ceci")
    visite.contexte.set_offline(True)
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("#refus")).to_contain_text("le serveur ne répond pas")
    expect(page.locator("#decision textarea")).to_have_value("Garder ceci")
    visite.contexte.set_offline(False)
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("#dialogue")).to_be_hidden()
    assert len(list_decisions(tableau, "Garder ceci")) == 1


# ---- who ----


def test_a_visitor_is_led_to_sign_in_and_back(visiter: Callable[..., Visite], tableau: Tableau) -> None:
    visite = visiter(tableau)
    visite.page.goto(tableau.adresse + ADRESSE)
    assert "/auth/login" in visite.page.url
    visite.fill_connexion("lecteur.demo", MOT_DE_PASSE)
    visite.page.locator("#deck").wait_for()
    assert visite.page.url.split("#")[0] == tableau.adresse + ADRESSE


def post(visite: Visite, jeton: str, adresse: str = f"/seances/{FIGEE}/decision") -> int:
    """The answer to a decision sent by this browser with this token."""
    reponse = visite.contexte.request.post(
        visite.tableau.adresse + adresse, data={"texte": "Intrus", "scene": 1}, headers={"X-Jeton": jeton}
    )
    return reponse.status


def test_a_focal_point_projects_and_cannot_note(visiter: Callable[..., Visite], tableau: Tableau) -> None:
    visite = open_projection(visiter, tableau, "pf.agadez")
    page = visite.page
    assert page.locator("body").get_attribute("data-noter") == ""
    assert page.locator("body").get_attribute("data-jeton") == ""
    assert page.locator("#noter").count() == 0
    page.keyboard.press("n")
    expect(page.locator("#dialogue")).to_be_hidden()
    assert post(visite, "") == 403
    assert list_decisions(tableau, "Intrus") == []


def test_a_token_of_somebody_else_is_refused(visiter: Callable[..., Visite], tableau: Tableau) -> None:
    se = open_projection(visiter, tableau, "se.demo")
    jeton = se.page.locator("body").get_attribute("data-jeton") or ""
    focal = open_projection(visiter, tableau, "pf.agadez")
    assert post(focal, jeton) == 403
    assert post(se, "faux" + jeton) == 403
    assert post(se, "") == 403
    assert list_decisions(tableau, "Intrus") == []


def test_a_rehearsal_is_for_the_sp_ccm(visiter: Callable[..., Visite], tableau: Tableau) -> None:
    page = open_projection(visiter, tableau, "se.demo", REPETITION).page
    assert "Empreinte répétition" in page.locator(".source").first.inner_text().replace("\u00a0", " ")
    assert page.locator("#noter").count() == 0, "nothing is decided before the figures are frozen"
    visite = visiter(tableau)
    visite.tolerate(r"404 \(Not Found\)")
    visite.page.goto(tableau.adresse + REPETITION)
    visite.fill_connexion("lecteur.demo")
    expect(visite.page.locator("body")).to_contain_text("n’est pas visible pour vous")


# ---- what is seen ----


@pytest.mark.parametrize("taille", PROJECTEURS, ids=lambda t: f"{t[0]}x{t[1]}")
@pytest.mark.parametrize("adresse", [ADRESSE, REPETITION], ids=["frozen", "rehearsal"])
def test_every_scene_is_readable_from_the_back_of_the_room(
    visiter: Callable[..., Visite], tableau: Tableau, adresse: str, taille: tuple[int, int]
) -> None:
    page = open_projection(visiter, tableau, "se.demo", adresse, taille).page
    page.evaluate("() => document.fonts.ready")
    fautes: list[tuple[int, Any]] = []
    for numero in range(1, count_scenes(page) + 1):
        vue = page.evaluate(MESURES)
        if vue["petit"] < taille[1] / 50 - 0.01 or vue["dehors"]:
            fautes.append((numero, vue))
        page.keyboard.press("ArrowRight")
    assert fautes == []


def test_a_scene_with_room_is_drawn_larger_all_pages_alike(visiter: Callable[..., Visite], tableau: Tableau) -> None:
    page = open_projection(visiter, tableau, "se.demo", REPETITION, (1920, 1080)).page
    tailles: dict[str, set[float]] = {}
    for _numero in range(count_scenes(page)):
        scene = page.locator(".scene:not([hidden])")
        titre, taille = scene.evaluate("s => [s.dataset.titre, Number(s.querySelector('.corps').style.zoom)]")
        tailles.setdefault(titre, set()).add(taille)
        page.keyboard.press("ArrowRight")
    assert all(len(siennes) == 1 for siennes in tailles.values()), tailles
    assert max(map(max, tailles.values())) > 1


def test_a_phone_reads_every_scene_by_scrolling(visiter: Callable[..., Visite], tableau: Tableau) -> None:
    page = open_projection(visiter, tableau, "se.demo", REPETITION, TELEPHONE).page
    for numero in range(1, count_scenes(page) + 1):
        large = page.locator(".scene:not([hidden])").evaluate("s => s.scrollWidth - s.clientWidth")
        assert large <= 1, f"scene {numero} is wider than the phone"
        page.keyboard.press("ArrowRight")


def list_violations(page: Page) -> list[str]:
    """What axe-core finds that is serious or critical."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    trouvees = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [f"{v['id']}: {[n['target'] for n in v['nodes'][:4]]}" for v in trouvees if v["impact"] in GRAVES]


def test_axe_finds_nothing_in_any_scene_nor_in_the_form(visiter: Callable[..., Visite], tableau: Tableau) -> None:
    page = open_projection(visiter, tableau, "se.demo").page
    for _numero in range(count_scenes(page)):
        assert list_violations(page) == [], f"scene {get_scene(page)}"
        page.keyboard.press("ArrowRight")
    page.keyboard.press("n")
    assert list_violations(page) == []


# ---- the one file ----


@pytest.fixture
def fichier(visiter: Callable[..., Visite], tableau: Tableau, tmp_path: Path) -> Path:
    """The deck in one file, as it is downloaded."""
    visite = open_projection(visiter, tableau, "lecteur.demo")
    reponse = visite.contexte.request.get(f"{tableau.adresse}/seances/{FIGEE}/fichier")
    assert reponse.ok
    assert "ccm-seance-2026-06-11-projection-demonstration.html" in reponse.headers["content-disposition"]
    lieu = tmp_path / "projection.html"
    lieu.write_bytes(reponse.body())
    return lieu


def test_the_one_file_runs_with_the_server_off(navigateur: Browser, fichier: Path) -> None:
    demandes: list[str] = []
    erreurs: list[str] = []

    def _block(route: Route) -> None:
        url = route.request.url
        if url.startswith(("file:", "data:")):
            route.continue_()
        else:
            demandes.append(url)
            route.abort()

    contexte = navigateur.new_context(viewport={"width": 1024, "height": 768}, locale="fr-FR")
    try:
        contexte.set_default_timeout(DELAI_MS)
        contexte.route("**/*", _block)
        page = contexte.new_page()
        page.on("pageerror", lambda erreur: erreurs.append(str(erreur)))
        page.goto(fichier.as_uri())
        fin = count_scenes(page)
        for touche, attendue in (
            ("ArrowRight", 2),
            ("PageDown", 3),
            ("9", 9),
            ("PageUp", 8),
            ("End", fin),
            ("Home", 1),
        ):
            page.keyboard.press(touche)
            assert get_scene(page) == attendue
        assert page.evaluate("() => document.fonts.ready.then(f => [...f].map(x => x.status))") == ["loaded"]
        page.keyboard.press("n")
        page.locator("#decision textarea").fill("À recopier")
        page.get_by_role("button", name="Enregistrer").click()
        expect(page.locator("#annonce")).to_have_text("Décision gardée dans ce navigateur.")
        page.reload()
        page.keyboard.press("n")
        expect(page.locator("#gardees")).to_have_value("À recopier")
        assert (demandes, erreurs) == ([], [])
    finally:
        contexte.close()
