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
from dataclasses import replace
from datetime import date
from pathlib import Path

# Before anything of ours is imported: no test may touch the data of whoever runs it.
for _reglage in ("CCM_DATABASE_URL", "CCM_DEMO", "CCM_HTTPS"):
    os.environ.pop(_reglage, None)
_DONNEES = tempfile.TemporaryDirectory(prefix="ccm-tests-", ignore_cleanup_errors=True)
os.environ["CCM_DATA_DIR"] = _DONNEES.name
os.environ.setdefault("CCM_TODAY", "2026-11-23")

import pytest  # noqa: E402
from sqlalchemy import Engine  # noqa: E402
from sqlalchemy.orm import Session  # noqa: E402

from ccm_data.config import Config  # noqa: E402
from ccm_data.db import get_engine  # noqa: E402
from ccm_data.preparation import prepare_database  # noqa: E402
from ccm_data.textes import set_langue  # noqa: E402
from tests.aides import postgresql  # noqa: E402

BASES = ("sqlite", "postgresql")
# One of tests/<folder>; the marker says what `-m` selects.
MODELE = "modele"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark by place and by database, so that nobody forgets."""
    for item in items:
        if "browser" in item.path.parent.parts:
            item.add_marker(pytest.mark.browser)
        if "postgresql" in item.name:
            item.add_marker(pytest.mark.postgresql)


@pytest.fixture(autouse=True)
def _french() -> Iterator[None]:
    """Every test starts in French, whatever the one before spoke."""
    set_langue("fr")
    yield
    set_langue("fr")


@pytest.fixture(scope="session")
def aujourd_hui() -> date:
    """The injected date: 23 November 2026, unless the run says another."""
    return date.fromisoformat(os.environ["CCM_TODAY"])


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
def modele_sqlite(tmp_path_factory: pytest.TempPathFactory, aujourd_hui: date) -> Path:
    """A SQLite file with the schema and the plan, to copy."""
    dossier = tmp_path_factory.mktemp("modele")
    fichier = dossier / "modele.sqlite"
    config = Config(dossier, f"sqlite:///{fichier.as_posix()}", False, aujourd_hui)
    prepare_database(config)
    moteur = get_engine(config.database_url)
    with moteur.connect() as connexion:
        connexion.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")  # the file alone must hold everything
    moteur.dispose()
    return fichier


@pytest.fixture(scope="session")
def modele_postgresql(serveur_postgresql: postgresql.Serveur, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a PostgreSQL database with the schema and the plan, to copy."""
    with serveur_postgresql.connect() as connexion:
        connexion.execute(f"create database {MODELE}")
    url = serveur_postgresql.get_url(MODELE)
    prepare_database(Config(tmp_path_factory.mktemp("modele"), url, False))
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


@pytest.fixture(params=BASES)
def url_vide(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, not even a table, once per kind of database."""
    yield from _make_base(request, tmp_path, modele=False)


@pytest.fixture
def moteur(url_base: str) -> Engine:
    """An engine on a fresh database that holds the plan, once per kind of database."""
    return get_engine(url_base)


@pytest.fixture
def config_base(url_base: str, tmp_path: Path, aujourd_hui: date) -> Config:
    """Settings of real work on a fresh database that holds the plan, once per kind of database."""
    return Config(tmp_path, url_base, False, aujourd_hui)


@pytest.fixture
def config(tmp_path: Path, aujourd_hui: date, modele_sqlite: Path) -> Config:
    """Settings of real work on a fresh SQLite database that holds the plan: for what does not depend on the database."""
    fichier = tmp_path / "ccm.sqlite"
    shutil.copy(modele_sqlite, fichier)
    return Config(tmp_path, f"sqlite:///{fichier.as_posix()}", False, aujourd_hui)


@pytest.fixture
def session(moteur: Engine) -> Iterator[Session]:
    """A session on a fresh database, rolled back at the end, once per kind of database."""
    with Session(moteur) as ouverte:
        yield ouverte
        ouverte.rollback()


@pytest.fixture(scope="session")
def modele_demonstration(tmp_path_factory: pytest.TempPathFactory, aujourd_hui: date) -> Config:
    """The demonstration in SQLite, made once: read it, or copy its file; never write to it."""
    from ccm_data.reference.demonstration import load_demonstration

    dossier = tmp_path_factory.mktemp("demonstration")
    config = Config(dossier, f"sqlite:///{(dossier / 'ccm-demonstration.sqlite').as_posix()}", True, aujourd_hui)
    load_demonstration(config)
    with get_engine(config.database_url).connect() as connexion:
        connexion.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return config


@pytest.fixture
def demonstration(modele_demonstration: Config, tmp_path: Path) -> Config:
    """A copy of the demonstration that this test may change."""
    fichier = tmp_path / "ccm-demonstration.sqlite"
    shutil.copy(modele_demonstration.data_dir / "ccm-demonstration.sqlite", fichier)
    return replace(modele_demonstration, data_dir=tmp_path, database_url=f"sqlite:///{fichier.as_posix()}")
