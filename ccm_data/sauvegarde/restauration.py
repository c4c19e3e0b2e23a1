"""Putting a backup back into an empty place: all of it or nothing, at the schema of its time, then brought up to ours.

Evidence is written aside first and takes its names just before the commit; whatever fails undoes it. A process killed
in the middle leaves an empty place (at worst evidence that no row names, which is harmless) and can start again.
"""

from __future__ import annotations

import errno
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, bindparam, column, insert, inspect, make_url, select, table, text
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, StatementError
from sqlalchemy.orm import Session

from ccm_data.commands.journal import write_journal
from ccm_data.config import Config
from ccm_data.db import get_engine
from ccm_data.errors import Conflit, FichierIllisible, ReglageManquant
from ccm_data.models import Base
from ccm_data.models.plan import Installation
from ccm_data.preparation import (
    NATURE_DEMONSTRATION,
    get_revision,
    list_revisions,
    lock_schema,
    migrate,
)
from ccm_data.reference.chargement import TABLES
from ccm_data.sauvegarde.etat import CLE
from ccm_data.sauvegarde.format import BLOC, OMISES, PREUVES, SECRET, Sauvegarde, Table, get_chemin_preuve
from ccm_data.sauvegarde.lecture import Ouverte, list_lignes, open_sauvegarde
from ccm_data.sauvegarde.valeurs import from_ligne, make_type

LOT = 500  # rows inserted at a time
PREFIXE = ".restauration-"
# What a place that was only prepared may hold: the plan, its own facts, traces of sign-ins.
LIBRES = {str(classe.__tablename__) for _nom, classe in TABLES} | {"installation", "echec_connexion", *OMISES}


def restore_sauvegarde(config: Config, fichier: Path) -> Sauvegarde:
    """Put this backup into the empty place that `config` names; what it held.

    Sessions are not restored: everybody signs in again. Raises FichierIllisible (see `verify_sauvegarde`;
    donnees_refusees), Conflit (lieu_occupe), ReglageManquant (nature_differente), OSError; the place is then as before.
    """
    with open_sauvegarde(fichier) as ouverte:
        _check_nature(config, ouverte.manifeste.nature)
        moteur = get_engine(config.database_url).execution_options(ccm_ecriture=True)
        # The transaction ends first: when the commit fails, the files are undone.
        with _keep_fichiers(config.data_dir) as fichiers, moteur.connect() as connexion, connexion.begin():
            lock_schema(connexion)
            _check_vide(config, connexion)
            fichiers.extract(ouverte)
            _remake_schema(connexion, ouverte.manifeste.revision)
            for decrite in ouverte.manifeste.tables:
                _load_table(connexion, ouverte, decrite)
            _set_sequences(connexion, ouverte.manifeste.tables)
            migrate(connexion)
            _tell(config, connexion, ouverte.sauvegarde)
            fichiers.put()
        return ouverte.sauvegarde


def _check_nature(config: Config, nature: str) -> None:
    if (nature == NATURE_DEMONSTRATION) != config.demo:
        demonstration = nature == NATURE_DEMONSTRATION
        raise ReglageManquant(
            "nature_differente",
            reglage="CCM_DEMO",
            valeur=str(int(config.demo)),
            nature="une démonstration" if demonstration else "du travail réel",
            remede="CCM_DEMO=1" if demonstration else "CCM_DEMO=0",
        )


def _check_vide(config: Config, connexion: Connection) -> None:
    """Nothing that a person did may stand here."""
    presentes = set(inspect(connexion).get_table_names()) & set(Base.metadata.tables)
    revision = get_revision(connexion)
    lieu = make_url(config.database_url).render_as_string(hide_password=True)
    if presentes and revision is None:  # tables of these names that are not ours to drop
        raise Conflit("lieu_occupe", lieu=lieu, table=min(presentes))
    if revision is not None and revision not in list_revisions():
        raise Conflit("lieu_occupe", lieu=lieu, table="alembic_version")
    for nom in sorted(presentes - LIBRES):
        if connexion.execute(select(text("1")).select_from(table(nom)).limit(1)).first() is not None:
            raise Conflit("lieu_occupe", lieu=lieu, table=nom)


def _remake_schema(connexion: Connection, revision: str) -> None:
    """Our tables, empty, as they were at this revision."""
    if get_revision(connexion) is not None:
        migrate(connexion)  # so that the models say every table to drop
        Base.metadata.drop_all(connexion)
        connexion.execute(text("drop table alembic_version"))
    migrate(connexion, revision)


def _load_table(connexion: Connection, ouverte: Ouverte, decrite: Table) -> None:
    inspecteur = inspect(connexion)
    presentes = {c["name"] for c in inspecteur.get_columns(decrite.nom)} if inspecteur.has_table(decrite.nom) else set()
    if not {c.nom for c in decrite.colonnes} <= presentes:
        raise FichierIllisible("version_inconnue", produit=ouverte.manifeste.produit)
    cible = table(decrite.nom, *(column(c.nom, make_type(c)) for c in decrite.colonnes))
    ajout = insert(cible).values({c.nom: bindparam(c.nom) for c in decrite.colonnes})
    lignes = list_lignes(ouverte, decrite.chemin)
    try:
        while lot := [_read_ligne(decrite, ligne) for ligne in islice(lignes, LOT)]:
            connexion.execute(ajout, lot)
    except (ValueError, KeyError, TypeError, IntegrityError, DataError) as erreur:
        raise FichierIllisible("donnees_refusees", table=decrite.nom) from erreur
    except StatementError as erreur:
        if isinstance(erreur, DBAPIError):  # a broken connection, a full disk: not the file's fault
            raise
        raise FichierIllisible("donnees_refusees", table=decrite.nom) from erreur


def _read_ligne(decrite: Table, ligne: bytes) -> dict[str, Any]:
    brut = json.loads(ligne)
    return {c.nom: from_ligne(c, brut[c.nom]) for c in decrite.colonnes}


def _set_sequences(connexion: Connection, tables: tuple[Table, ...]) -> None:
    """PostgreSQL gives the next number by a sequence, which plain inserts do not move; SQLite looks at the rows."""
    if connexion.dialect.name != "postgresql":
        return
    for decrite in tables:
        if not any(c.nom == "id" and c.genre == "entier" for c in decrite.colonnes):
            continue
        sequence = connexion.scalar(text("select pg_get_serial_sequence(:t, 'id')"), {"t": decrite.nom})
        dernier = connexion.scalar(text(f"select max(id) from {decrite.nom}"))  # a plain word: checked by `format`
        if sequence is not None and dernier is not None:
            connexion.execute(text("select setval(:s, :n)"), {"s": sequence, "n": dernier})


def _tell(config: Config, connexion: Connection, sauvegarde: Sauvegarde) -> None:
    """The journal tells it, and the file itself is the last backup that this place has."""
    derniere = {
        "date": sauvegarde.date.isoformat(),
        "fichier": str(sauvegarde.fichier.absolute()),
        "taille": sauvegarde.taille,
        "ailleurs": not sauvegarde.fichier.absolute().is_relative_to(config.data_dir),
    }
    with Session(connexion) as session:
        session.merge(Installation(cle=CLE, valeur=json.dumps(derniere, ensure_ascii=False)))
        nom, apres = sauvegarde.fichier.name, {"date": sauvegarde.date, "sha256": sauvegarde.empreinte}
        write_journal(session, config.maintenant(), None, "restaurer", "sauvegarde", nom, apres=apres)


class _Fichiers:
    """The files of a restore: aside, then in place, then undone if need be."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        # Inside the evidence folder: the same disk, so that a name is given in one step.
        self.cote = data_dir / PREUVES / f"{PREFIXE}{secrets.token_hex(6)}"
        self.aside: list[tuple[Path, Path]] = []  # (written aside, final name)
        self.added: list[Path] = []
        self.ancien_secret: bytes | None = None

    def extract(self, ouverte: Ouverte) -> None:
        """Write evidence and secret aside. Raises OSError when the disk has no room."""
        manifeste = ouverte.manifeste
        self.cote.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        for reste in self.cote.parent.glob(f"{PREFIXE}*"):  # of a restore that was killed
            shutil.rmtree(reste, ignore_errors=True)
        self.cote.mkdir(mode=0o700)
        if sum(p.octets for p in manifeste.preuves) > shutil.disk_usage(self.cote).free:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self.data_dir))
        for preuve in manifeste.preuves:
            chemin = get_chemin_preuve(preuve.sha256)
            self._write(ouverte, chemin, self.cote / preuve.sha256, self.data_dir / chemin)
        if manifeste.secret is not None:
            self._write(ouverte, SECRET, self.cote / SECRET, self.data_dir / SECRET)

    def _write(self, ouverte: Ouverte, membre: str, aside: Path, final: Path) -> None:
        mode = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        with ouverte.archive.open(membre) as source, os.fdopen(os.open(aside, mode, 0o600), "wb") as flux:
            shutil.copyfileobj(source, flux, BLOC)
            flux.flush()
            os.fsync(flux.fileno())
        self.aside.append((aside, final))

    def put(self) -> None:
        """Give each its name. Evidence is named by its own hash: what stands there already is put right, not lost."""
        for aside, final in self.aside:
            if final.name == SECRET:
                self.ancien_secret = final.read_bytes() if final.exists() else None
            final.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not final.exists() or final.name == SECRET:
                self.added.append(final)
            os.replace(aside, final)

    def undo(self) -> None:
        """As before: what was added goes, the secret that stood here comes back."""
        for final in self.added:
            if final.name == SECRET and self.ancien_secret is not None:
                final.write_bytes(self.ancien_secret)
            else:
                final.unlink(missing_ok=True)

    def clean(self) -> None:
        """Leave nothing aside."""
        shutil.rmtree(self.cote, ignore_errors=True)


@contextmanager
def _keep_fichiers(data_dir: Path) -> Iterator[_Fichiers]:
    fichiers = _Fichiers(data_dir)
    try:
        yield fichiers
    except BaseException:
        fichiers.undo()
        raise
    finally:
        fichiers.clean()
