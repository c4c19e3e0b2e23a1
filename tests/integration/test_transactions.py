"""One reading sees one state of the base, whatever is committed meanwhile; freezing a séance is such a reading."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ccm_data.config import Config
from ccm_data.db import read_session, write_session
from ccm_data.errors import Conflit
from ccm_data.models.territoire import Region

AGADEZ = "NE001"
CHEZ_POSTGRESQL = pytest.mark.parametrize(
    "url_base", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True
)


def rename(config: Config, nom: str) -> None:
    with write_session(config) as session:
        session.execute(update(Region).where(Region.code == AGADEZ).values(nom=nom))


def read_nom(session: Session) -> str:
    return session.execute(select(Region.nom).where(Region.code == AGADEZ)).scalar_one()


def test_a_reading_does_not_see_what_is_committed_while_it_lasts(config: Config) -> None:
    with read_session(config) as session:
        avant = read_nom(session)
        rename(config, "Autre nom")
        assert read_nom(session) == avant
    with read_session(config) as session:
        assert read_nom(session) == "Autre nom"


@CHEZ_POSTGRESQL  # SQLite lets nobody write while another transaction does
def test_a_write_that_reads_one_moment_sees_nothing_newer(config: Config) -> None:
    with write_session(config, instantane=True) as session:
        avant = read_nom(session)
        rename(config, "Autre nom")
        assert read_nom(session) == avant


def rename_too_late(config: Config) -> None:
    with write_session(config, instantane=True) as session:
        read_nom(session)
        rename(config, "Autre nom")
        session.execute(update(Region).where(Region.code == AGADEZ).values(nom="Le mien"))


@CHEZ_POSTGRESQL
def test_a_write_on_a_row_changed_since_that_moment_is_a_conflict_and_changes_nothing(config: Config) -> None:
    with pytest.raises(Conflit):
        rename_too_late(config)
    with read_session(config) as session:
        assert read_nom(session) == "Autre nom"
