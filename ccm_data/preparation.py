"""An empty database becomes a usable one: migrations, the plan, its nature (real or demonstration).

Every entry point (the server, each command) calls `prepare_database`; it is cheap when nothing is to be done, and two
processes that start together do it once: the second waits for the first one's transaction.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from ccm_data.config import Config
from ccm_data.db import get_engine
from ccm_data.errors import ReglageManquant
from ccm_data.models.plan import Installation
from ccm_data.reference.chargement import load_reference

NATURE_REELLE = "reel"
NATURE_DEMONSTRATION = "demonstration"
VERROU_POSTGRESQL = 2_022_2026
MIGRATIONS = Path(__file__).parent / "migrations"


def _alembic(connexion: Connection | None = None) -> AlembicConfig:
    reglages = AlembicConfig()
    reglages.set_main_option("script_location", str(MIGRATIONS))
    reglages.set_main_option("file_template", "%%(year)d_%%(month).2d_%%(day).2d_%%(slug)s")
    if connexion is not None:
        reglages.attributes["connection"] = connexion
    return reglages


@lru_cache(maxsize=1)
def list_revisions() -> tuple[str, ...]:
    """Every revision of the schema that this product knows, the present one first."""
    return tuple(r.revision for r in ScriptDirectory.from_config(_alembic()).walk_revisions())


def get_revision(connexion: Connection) -> str | None:
    """The revision of this database's schema; None when it holds none of ours."""
    return MigrationContext.configure(connexion).get_current_revision()


def migrate(connexion: Connection, revision: str | None = None) -> None:
    """Bring the schema up to this revision (the present one by default), in the caller's transaction."""
    voulue = revision or list_revisions()[0]
    if get_revision(connexion) != voulue:
        command.upgrade(_alembic(connexion), voulue)


def lock_schema(connexion: Connection) -> None:
    """Wait for whoever prepares or restores this database (SQLite's write lock, taken at BEGIN, does it alone)."""
    if connexion.dialect.name == "postgresql":
        connexion.execute(text("select pg_advisory_xact_lock(:cle)"), {"cle": VERROU_POSTGRESQL})


def _fix_nature(session: Session, config: Config) -> None:
    """Real and demonstration follow-up never share a database."""
    voulue = NATURE_DEMONSTRATION if config.demo else NATURE_REELLE
    ligne = session.get(Installation, "nature")
    if ligne is None:
        session.add(Installation(cle="nature", valeur=voulue))
    elif config.demo and ligne.valeur != NATURE_DEMONSTRATION:
        # The other way round is harmless: a demonstration database keeps saying what it is.
        raise ReglageManquant(
            "base_reelle_en_demonstration",
            reglage="CCM_DEMO",
            valeur="1",
            remede="CCM_DATABASE_URL",
        )


def prepare_database(config: Config) -> None:
    """Bring the database to the present schema and plan, in one transaction.

    Raises ReglageManquant when the demonstration is asked on a database that holds real work.
    """
    moteur = get_engine(config.database_url).execution_options(ccm_ecriture=True)
    with moteur.connect() as connexion, connexion.begin():
        lock_schema(connexion)
        migrate(connexion)
        with Session(connexion) as session:
            _fix_nature(session, config)
            load_reference(session)
            session.flush()


def is_demonstration(session: Session) -> bool:
    """Whether this database holds invented follow-up."""
    ligne = session.get(Installation, "nature")
    return ligne is not None and ligne.valeur == NATURE_DEMONSTRATION
