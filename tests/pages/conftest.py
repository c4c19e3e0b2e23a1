"""Screens without a browser: `salle(config, identifiant)` puts a person in front of the dashboard.

Only the reading of the cookie is replaced (AppTest has none): its token is that of a real session row, checked at every
run like any other.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ccm_data.commands.comptes import add_compte
from ccm_data.config import NOM_BASE, NOM_BASE_DEMO, Config
from ccm_data.db import get_engine, write_session
from ccm_data.domain.vocabulaire import Role
from pages.ui import session as session_ecran
from tests.conftest import make_config
from tests.pages.aides import CADRE, Salle, open_jeton

ADMIN = "admin"
Ouvrir = Callable[..., Salle]


@pytest.fixture(scope="session")
def demo(modele_demonstration: Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Config]:
    """A demonstration shared by the tests that only read (and open sessions)."""
    config = make_config(tmp_path_factory.mktemp("ecrans"), demo=True)
    shutil.copy(modele_demonstration.data_dir / NOM_BASE_DEMO, config.data_dir / NOM_BASE_DEMO)
    yield config
    get_engine(config.database_url).dispose()


def add_admin(config: Config) -> Config:
    """The first administrator of real work."""
    with write_session(config) as session:
        add_compte(session, None, config.maintenant(), ADMIN, Role.ADMINISTRATEUR, doit_changer=False)
    return config


@pytest.fixture(scope="session")
def reel(modele_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Config]:
    """Real work with the plan, an administrator and no follow-up at all, shared by the tests that only read."""
    config = make_config(tmp_path_factory.mktemp("reel"))
    shutil.copy(modele_sqlite, config.data_dir / NOM_BASE)
    yield add_admin(config)
    get_engine(config.database_url).dispose()


@pytest.fixture
def salle(monkeypatch: pytest.MonkeyPatch) -> Ouvrir:
    """Put a person (None: a visitor) in front of the dashboard of this installation."""
    devant: list[Salle] = []

    def _prepare(suivante: Salle) -> None:
        devant[:] = [suivante]
        config = suivante.config
        monkeypatch.setenv("CCM_DATA_DIR", str(config.data_dir))
        monkeypatch.setenv("CCM_DATABASE_URL", config.database_url)
        monkeypatch.setenv("CCM_DEMO", str(int(config.demo)))
        monkeypatch.setenv("CCM_TODAY", config.aujourd_hui().isoformat())

    def _open(config: Config, identifiant: str | None = None, script: Path = CADRE) -> Salle:
        return Salle(config, open_jeton(config, identifiant) if identifiant else None, _prepare, script)

    monkeypatch.setattr(session_ecran, "get_jeton", lambda: devant[0].jeton)
    return _open
