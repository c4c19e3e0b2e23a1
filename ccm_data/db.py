"""The database: one engine per address, one transaction per unit of work, one sort key for names.

SQLite and PostgreSQL behave the same here: foreign keys on, transactions that write take the write lock at once
(so that two writers wait instead of failing half-way), a reading sees one state of the base from its first row to its
last, accent- and case-blind order by `cle_tri`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import Engine, Select, create_engine, event, make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from ccm_data.config import Config
from ccm_data.errors import Conflit

ATTENTE_MS = 15_000
ECHEC_DE_SERIALISATION = "40001"  # PostgreSQL's code: the row changed since this transaction's first look


def compute_cle_tri(texte: str) -> str:
    """Accent- and case-blind key, one for both databases: « Élevage », « ELEVAGE » → `elevage`."""
    plat = unicodedata.normalize("NFKD", texte.replace("œ", "oe").replace("Œ", "oe"))
    return re.sub(r"[^a-z0-9]+", " ", "".join(c for c in plat if not unicodedata.combining(c)).lower()).strip()


def _prepare_sqlite(moteur: Engine) -> None:
    @event.listens_for(moteur, "connect")
    def _regler(connexion: Any, _: object) -> None:
        # Autocommit at the driver: SQLAlchemy's own BEGIN below decides when a transaction starts.
        connexion.isolation_level = None
        curseur = connexion.cursor()
        for pragma in (
            "journal_mode=WAL",
            "foreign_keys=ON",
            f"busy_timeout={ATTENTE_MS}",
            "synchronous=NORMAL",
        ):
            curseur.execute(f"PRAGMA {pragma}")
        curseur.close()

    @event.listens_for(moteur, "begin")
    def _commencer(connexion: Any) -> None:
        ecrit = connexion.get_execution_options().get("ccm_ecriture", False)
        connexion.exec_driver_sql("BEGIN IMMEDIATE" if ecrit else "BEGIN")


@lru_cache(maxsize=8)
def get_engine(url: str) -> Engine:
    """The process's engine for this address (SQLite folders are made if missing)."""
    adresse = make_url(url)
    if adresse.get_backend_name() == "sqlite":
        if adresse.database and adresse.database != ":memory:":
            Path(adresse.database).parent.mkdir(parents=True, exist_ok=True)
        moteur = create_engine(url, connect_args={"check_same_thread": False, "timeout": ATTENTE_MS / 1000})
        _prepare_sqlite(moteur)
        return moteur
    return create_engine(url, pool_pre_ping=True)


def get_engine_instantane(url: str) -> Engine:
    """The same engine, whose transactions see the base as it stood at their first row (SQLite's always do)."""
    moteur = get_engine(url)
    return moteur if moteur.dialect.name == "sqlite" else moteur.execution_options(isolation_level="REPEATABLE READ")


@contextmanager
def read_session(config: Config) -> Iterator[Session]:
    """A session for reading one state of the base; whatever was changed by mistake is rolled back."""
    with Session(get_engine_instantane(config.database_url), autoflush=False) as session:
        try:
            yield session
        finally:
            session.rollback()


@contextmanager
def write_session(config: Config, *, instantane: bool = False) -> Iterator[Session]:
    """One transaction that writes: committed whole at the end, or nothing of it.

    `instantane`: what it reads is one state of the base, as for `read_session`. Raises Conflit when a row that it changes
    was changed meanwhile.
    """
    moteur = get_engine_instantane(config.database_url) if instantane else get_engine(config.database_url)
    try:
        with Session(moteur.execution_options(ccm_ecriture=True)) as session, session.begin():
            yield session
    except OperationalError as erreur:
        if getattr(erreur.orig, "sqlstate", None) == ECHEC_DE_SERIALISATION:
            raise Conflit() from erreur
        raise


def read_frame(session: Session, requete: Select[*tuple[Any, ...]]) -> pd.DataFrame:
    """The rows of a SELECT as a frame with the labels of its columns; goes through the session (autoflush holds).

    Columns whose values are all missing stay `object`; integers with gaps become `Int64`, so that null is not zero
    nor NaN-float.
    """
    resultat = session.execute(requete)
    cadre = pd.DataFrame.from_records(resultat.all(), columns=list(resultat.keys()))
    for colonne in cadre.columns:
        serie = cadre[colonne]
        if serie.dtype == "float64" and serie.isna().any():
            presents = serie.dropna()
            if len(presents) and (presents == presents.round()).all() and _is_integer(requete, colonne):
                cadre[colonne] = serie.astype("Int64")
    return cadre


def _is_integer(requete: Select[*tuple[Any, ...]], colonne: str) -> bool:
    from sqlalchemy import Integer

    trouvee = requete.selected_columns.get(colonne)
    return trouvee is not None and isinstance(trouvee.type, Integer)
