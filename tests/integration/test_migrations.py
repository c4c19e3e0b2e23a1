"""Migrations and models say the same on both databases, from an empty database and again on a ready one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import CheckConstraint, Connection, Engine, UniqueConstraint, inspect, select, text
from sqlalchemy.orm import Session

from ccm_data.db import get_engine
from ccm_data.models import Base
from ccm_data.models.plan import Activite, Installation
from ccm_data.preparation import prepare_database
from tests.conftest import make_config

# SQLite cannot show the indexes on expressions: their names are compared apart, their effect in test_contraintes.
pytestmark = [
    pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified expression-based index"),
    pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index"),
]


def _compare(connexion: Connection) -> list[Any]:
    contexte = MigrationContext.configure(connexion, opts={"compare_type": True, "compare_server_default": True})
    return list(compare_metadata(contexte, Base.metadata))


def test_migrations_make_exactly_the_tables_of_the_models(moteur: Engine) -> None:
    with moteur.connect() as connexion:
        assert _compare(connexion) == []


def test_migrations_make_every_index_of_the_models(moteur: Engine) -> None:
    question = {
        "sqlite": "select name from sqlite_master where type = 'index' and name not like 'sqlite_%'",
        "postgresql": "select indexname from pg_indexes where schemaname = 'public'",
    }[moteur.dialect.name]
    with moteur.connect() as connexion:
        faits = set(connexion.scalars(text(question)))
    attendus = {str(index.name) for table in Base.metadata.tables.values() for index in table.indexes}
    assert attendus - faits == set()


def test_migrations_make_every_named_check_and_unique_constraint(moteur: Engine) -> None:
    inspecteur = inspect(moteur)
    manquants = []
    for nom, table in Base.metadata.tables.items():
        checks = {c["name"] for c in inspecteur.get_check_constraints(nom)}
        uniques = {c["name"] for c in inspecteur.get_unique_constraints(nom)}
        for contrainte in table.constraints:
            if isinstance(contrainte, CheckConstraint) and contrainte.name not in checks:
                manquants.append((nom, contrainte.name))
            if isinstance(contrainte, UniqueConstraint) and contrainte.name not in uniques:
                manquants.append((nom, contrainte.name))
    assert manquants == []


def test_an_empty_database_becomes_usable_and_a_second_preparation_changes_nothing(
    url_vide: str, tmp_path: Path
) -> None:
    config = make_config(tmp_path, url_vide)
    for _fois in range(2):
        prepare_database(config)
        with Session(get_engine(url_vide)) as session:
            assert len(session.scalars(select(Activite.code)).all()) == 28
            nature = session.get(Installation, "nature")
            assert nature is not None
            assert nature.valeur == "reel"


def test_a_difference_between_models_and_database_would_be_seen(moteur: Engine) -> None:
    with moteur.connect() as connexion:
        connexion.execute(text("drop index ix_objectif_axe_code"))
        connexion.execute(text("alter table axe add column en_trop integer"))
        vues = {difference[0] for difference in _compare(connexion)}
        connexion.rollback()
    assert vues >= {"add_index", "remove_column"}
