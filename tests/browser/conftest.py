"""The dashboard in a real browser, with every other host blocked.

`visite` is a visitor on the demonstration; `visite_reelle` one on an empty installation of real work, whose administrator
is ADMIN / MOT_ADMIN. A test that must not meet what others left behind serves a copy of its own (`tests.aides.serveur`).
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from ccm_data.commands.comptes import add_compte
from ccm_data.config import NOM_BASE, NOM_BASE_DEMO, Config
from ccm_data.db import get_engine, write_session
from ccm_data.domain.vocabulaire import Role
from tests.aides import chromium
from tests.aides.serveur import Tableau, serve
from tests.aides.visite import AXE, Visite
from tests.conftest import make_config

ADMIN, MOT_ADMIN = "admin", "le fleuve passe à Niamey"
TABLEAU_NOIR = pytest.StashKey[bool]()


@pytest.fixture(scope="session", autouse=True)
def _assets() -> None:
    """Leaflet, the font and axe come at set-up; without them every screen would be another one."""
    if not AXE.exists():
        pytest.fail("Les fichiers du navigateur manquent : lancez « make setup ».", pytrace=False)


@pytest.fixture(scope="session")
def navigateur() -> Iterator[Browser]:
    """The machine's Chromium."""
    chemin = chromium.find_chromium()
    if chemin is None:
        pytest.fail(chromium.ABSENT, pytrace=False)
    with sync_playwright() as outil:
        lance = outil.chromium.launch(executable_path=chemin, args=list(chromium.REGLAGES))
        yield lance
        lance.close()


@pytest.fixture(scope="session")
def tableau_demo(modele_demonstration: Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tableau]:
    """The demonstration, served for the whole run."""
    dossier = tmp_path_factory.mktemp("demo")
    shutil.copy(modele_demonstration.data_dir / NOM_BASE_DEMO, dossier / NOM_BASE_DEMO)
    with serve(make_config(dossier, demo=True)) as tableau:
        yield tableau


@pytest.fixture(scope="session")
def tableau_reel(modele_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tableau]:
    """Real work, empty but for its administrator, served for the whole run."""
    dossier = tmp_path_factory.mktemp("reel")
    shutil.copy(modele_sqlite, dossier / NOM_BASE)
    config = make_config(dossier)
    with write_session(config) as session:
        add_compte(
            session, None, config.maintenant(), ADMIN, Role.ADMINISTRATEUR, mot_de_passe=MOT_ADMIN, doit_changer=False
        )
    get_engine(config.database_url).dispose()
    with serve(config) as tableau:
        yield tableau


@pytest.fixture
def visiter(navigateur: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Visite]]:
    """Open windows: `visiter(tableau, (width, height))`; each is checked and closed at the end of the test."""
    ouvertes: list[Visite] = []

    def _visit(tableau: Tableau, taille: tuple[int, int] = (1366, 768)) -> Visite:
        ouvertes.append(Visite(navigateur, tableau, taille))
        return ouvertes[-1]

    yield _visit
    try:
        if request.node.stash.get(TABLEAU_NOIR, False):
            for rang, visite in enumerate(ouvertes):
                visite.capture(f"echec-{''.join(c if c.isalnum() else '-' for c in request.node.name)}-{rang}")
        for visite in ouvertes:
            visite.check()
    finally:
        for visite in ouvertes:
            visite.close()


@pytest.fixture
def visite(visiter: Callable[..., Visite], tableau_demo: Tableau, request: pytest.FixtureRequest) -> Visite:
    """A visitor on the demonstration, at 1366×768 or at the indirect parameter's size."""
    return visiter(tableau_demo, getattr(request, "param", (1366, 768)))


@pytest.fixture
def visite_reelle(visiter: Callable[..., Visite], tableau_reel: Tableau) -> Visite:
    """A visitor on an empty installation of real work."""
    return visiter(tableau_reel)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):  # type: ignore[no-untyped-def]
    """A failed test leaves pictures of its windows (see `visiter`)."""
    rapport = yield
    if call.when == "call" and rapport.failed:
        item.stash[TABLEAU_NOIR] = True
    return rapport
