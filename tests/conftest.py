"""Grounds of the tests: both databases (a real PostgreSQL, started here), an installation in a folder of its own.

PostgreSQL is started once per test process on a free port with a cluster in a temporary folder; each test gets a database
copied from a prepared template. Where it cannot be had the tests fail and say what to install: none is skipped.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from datetime import date
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.orm import Session

from ccm_data.config import Config
from ccm_data.db import get_engine
from ccm_data.preparation import prepare_database
from outils.installer import find_postgresql

# No timed unit test: a slow machine is not a wrong rule.
settings.register_profile("ccm", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ccm")
AUJOURD_HUI = date.fromisoformat(os.environ.get("CCM_TODAY", "2026-11-23"))
NUMEROS = count(1)


@pytest.fixture(autouse=True, scope="session")
def _clean_environment() -> None:
    """No test reads the developer's own installation."""
    for nom in ("CCM_DATABASE_URL", "CCM_DATA_DIR", "CCM_DEMO", "CCM_HTTPS"):
        os.environ.pop(nom, None)


def make_config(dossier: Path, url: str | None = None, *, demo: bool = False) -> Config:
    """Settings of an installation in this folder, at the tests' date."""
    return Config(dossier, url or f"sqlite:///{(dossier / 'ccm.sqlite').as_posix()}", demo, AUJOURD_HUI)


def _find_port() -> int:
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        return int(prise.getsockname()[1])


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """Address of a running server, without a database's name."""
    programmes = find_postgresql()
    if programmes is None:
        pytest.fail("PostgreSQL is missing: install the Debian package « postgresql » (make test does it when it may).")
    dossier = Path(tempfile.mkdtemp(prefix="ccm-pg-"))
    utilisateur: dict[str, str] = {}
    if os.geteuid() == 0:  # initdb refuses root
        shutil.chown(dossier, "postgres")
        utilisateur = {"user": "postgres"}
    port = _find_port()
    grappe = dossier / "grappe"

    def run(*commande: str | Path) -> None:
        subprocess.run(
            [str(c) for c in commande], check=True, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            **utilisateur,  # type: ignore[call-overload]
        )  # fmt: skip

    run(programmes / "initdb", "-D", grappe, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
    options = f"-p {port} -k {dossier} -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off"
    run(programmes / "pg_ctl", "-D", grappe, "-o", options, "-l", dossier / "journal", "-w", "start")
    try:
        yield f"postgresql+psycopg://postgres@127.0.0.1:{port}"
    finally:
        run(programmes / "pg_ctl", "-D", grappe, "-m", "immediate", "stop")
        shutil.rmtree(dossier, ignore_errors=True)


@pytest.fixture(scope="session")
def modele_postgresql(postgresql: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Name of a database that holds the plan, to be copied."""
    _execute(postgresql, "create database modele")
    url = f"{postgresql}/modele"
    prepare_database(make_config(tmp_path_factory.mktemp("modele-pg"), url))
    get_engine(url).dispose()
    return "modele"


@pytest.fixture(scope="session")
def modele_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file that holds the plan, to be copied."""
    config = make_config(tmp_path_factory.mktemp("modele"))
    prepare_database(config)
    get_engine(config.database_url).dispose()
    return config.data_dir / "ccm.sqlite"


def _execute(serveur: str, ordre: str) -> None:
    moteur = create_engine(f"{serveur}/postgres", isolation_level="AUTOCOMMIT")
    with moteur.connect() as connexion:
        connexion.execute(text(ordre))
    moteur.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def config(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Config]:
    """Settings of an installation that holds the plan and nothing else, on each database in turn."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("modele_sqlite"), tmp_path / "ccm.sqlite")
        yield make_config(tmp_path)
        return
    serveur, modele = request.getfixturevalue("postgresql"), request.getfixturevalue("modele_postgresql")
    nom = f"essai_{next(NUMEROS)}"
    _execute(serveur, f"create database {nom} template {modele}")
    url = f"{serveur}/{nom}"
    yield make_config(tmp_path, url)
    get_engine(url).dispose()
    _execute(serveur, f"drop database {nom} with (force)")


@pytest.fixture
def moteur(config: Config) -> Iterator[Engine]:
    """The engine of that installation."""
    moteur = get_engine(config.database_url)
    yield moteur
    moteur.dispose()


@pytest.fixture
def session(moteur: Engine) -> Iterator[Session]:
    """A session that writes, rolled back at the end."""
    with Session(moteur.execution_options(ccm_ecriture=True)) as session:
        yield session
        session.rollback()
