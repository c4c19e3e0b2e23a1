"""What all tests stand on: settings of their own (never the working folder's data) and the two databases.

`moteur` runs a test twice, on SQLite and on a real PostgreSQL; each time on a fresh database that holds the plan, copied
from a model made once. Where PostgreSQL is missing the test fails and says what to install.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from datetime import date
from pathlib import Path

# Before anything of ours is imported: no test may touch the data of whoever runs it.
for _reglage in ("CCM_DATABASE_URL", "CCM_DEMO", "CCM_HTTPS"):
    os.environ.pop(_reglage, None)
_DONNEES = tempfile.TemporaryDirectory(prefix="ccm-tests-", ignore_cleanup_errors=True)
os.environ["CCM_DATA_DIR"] = _DONNEES.name
os.environ.setdefault("CCM_TODAY", "2026-11-23")

import pytest  # noqa: E402
from hypothesis import HealthCheck, settings  # noqa: E402
from sqlalchemy import Engine  # noqa: E402
from sqlalchemy.orm import Session  # noqa: E402

from ccm_data.config import NOM_BASE, NOM_BASE_DEMO, Config  # noqa: E402
from ccm_data.db import get_engine  # noqa: E402
from ccm_data.preparation import prepare_database  # noqa: E402
from ccm_data.reference.demonstration import load_demonstration  # noqa: E402
from ccm_data.textes import set_langue  # noqa: E402
from tests.aides import postgresql  # noqa: E402

# No timed unit test: a slow machine is not a wrong rule.
settings.register_profile("ccm", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ccm")

AUJOURD_HUI = date.fromisoformat(os.environ["CCM_TODAY"])
BASES = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql))
MODELE = "modele"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What stands in tests/browser needs Chromium, whether or not its author said so."""
    for item in items:
        if "browser" in item.path.parent.parts:
            item.add_marker(pytest.mark.browser)


def make_config(dossier: Path, url: str | None = None, *, demo: bool = False) -> Config:
    """Settings of an installation in this folder, at the tests' date."""
    nom = NOM_BASE_DEMO if demo else NOM_BASE
    return Config(dossier, url or f"sqlite:///{(dossier / nom).as_posix()}", demo, AUJOURD_HUI)


def _close(config: Config) -> Path:
    """Let go of a SQLite database whose file alone must hold everything (no journal beside it); the file."""
    moteur = get_engine(config.database_url)
    with moteur.connect() as connexion:
        connexion.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    moteur.dispose()
    return Path(str(moteur.url.database))


@pytest.fixture(autouse=True)
def _french() -> Iterator[None]:
    """Every test starts in French, whatever the one before spoke."""
    set_langue("fr")
    yield
    set_langue("fr")


@pytest.fixture(scope="session")
def serveur_postgresql() -> Iterator[postgresql.Serveur]:
    """A PostgreSQL server for this run (one per worker)."""
    binaires = postgresql.find_binaires()
    if binaires is None:
        pytest.fail(postgresql.ABSENT, pytrace=False)
    serveur = postgresql.Serveur(binaires)
    try:
        serveur.start()
        yield serveur
    finally:
        serveur.stop()


@pytest.fixture(scope="session")
def modele_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the schema and the plan, to copy."""
    config = make_config(tmp_path_factory.mktemp("modele"))
    prepare_database(config)
    return _close(config)


@pytest.fixture(scope="session")
def modele_postgresql(serveur_postgresql: postgresql.Serveur, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a PostgreSQL database with the schema and the plan, to copy."""
    with serveur_postgresql.connect() as connexion:
        connexion.execute(f"create database {MODELE}")
    url = serveur_postgresql.get_url(MODELE)
    prepare_database(make_config(tmp_path_factory.mktemp("modele"), url))
    get_engine(url).dispose()  # a database in use cannot be a model
    return MODELE


def _make_base(request: pytest.FixtureRequest, dossier: Path, modele: bool) -> Iterator[str]:
    """The address of a fresh database of the kind that `request.param` says, with the plan or empty."""
    if request.param == "sqlite":
        fichier = dossier / "base.sqlite"
        if modele:
            shutil.copy(request.getfixturevalue("modele_sqlite"), fichier)
        url = f"sqlite:///{fichier.as_posix()}"
        yield url
        get_engine(url).dispose()
        return
    serveur: postgresql.Serveur = request.getfixturevalue("serveur_postgresql")
    source = request.getfixturevalue("modele_postgresql") if modele else "template0"
    nom = f"essai_{uuid.uuid4().hex[:12]}"
    with serveur.connect() as connexion:
        connexion.execute(f"create database {nom} template {source}")
    yield serveur.get_url(nom)
    get_engine(serveur.get_url(nom)).dispose()
    with serveur.connect() as connexion:
        connexion.execute(f"drop database {nom} with (force)")


@pytest.fixture(params=BASES)
def url_base(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh database that holds the plan, once per kind of database."""
    yield from _make_base(request, tmp_path, modele=True)


@pytest.fixture(params=BASES, scope="module")
def url_commune(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The same for a whole module, whose tests leave nothing behind: each rolls back."""
    yield from _make_base(request, tmp_path_factory.mktemp("commune"), modele=True)


@pytest.fixture(params=BASES)
def url_vide(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, not even a table, once per kind of database."""
    yield from _make_base(request, tmp_path, modele=False)


@pytest.fixture
def config(url_base: str, tmp_path: Path) -> Config:
    """Settings of real work on a fresh database that holds the plan and nothing else, once per kind of database."""
    return make_config(tmp_path, url_base)


@pytest.fixture
def moteur(config: Config) -> Engine:
    """The engine of that installation."""
    return get_engine(config.database_url)


@pytest.fixture
def session(moteur: Engine) -> Iterator[Session]:
    """A session that writes there, rolled back at the end."""
    with Session(moteur.execution_options(ccm_ecriture=True)) as ouverte:
        yield ouverte
        ouverte.rollback()


@pytest.fixture
def config_sqlite(tmp_path: Path, modele_sqlite: Path) -> Iterator[Config]:
    """The same on SQLite alone: for screens and what does not depend on the kind of database."""
    config = make_config(tmp_path)
    shutil.copy(modele_sqlite, tmp_path / NOM_BASE)
    yield config
    get_engine(config.database_url).dispose()


@pytest.fixture(scope="session")
def modele_demonstration(tmp_path_factory: pytest.TempPathFactory) -> Config:
    """The demonstration in SQLite, made once: to read, or to copy; never write to it."""
    config = make_config(tmp_path_factory.mktemp("demonstration"), demo=True)
    load_demonstration(config)
    _close(config)
    return config


@pytest.fixture
def demonstration(modele_demonstration: Config, tmp_path: Path) -> Iterator[Config]:
    """A copy of the demonstration that this test may change."""
    config = make_config(tmp_path, demo=True)
    shutil.copy(modele_demonstration.data_dir / NOM_BASE_DEMO, tmp_path / NOM_BASE_DEMO)
    yield config
    get_engine(config.database_url).dispose()
