"""Writing a backup while people work: one read transaction, nothing held whole in memory, a name only once verified."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from sqlalchemy import Connection, make_url, select
from sqlalchemy import Table as TableSQL

from ccm_data.config import RACINE, Config
from ccm_data.db import get_engine, get_engine_instantane, write_session
from ccm_data.domain.calendrier import NIAMEY
from ccm_data.errors import Conflit, ReglageManquant
from ccm_data.models import Base
from ccm_data.models.depots import Preuve
from ccm_data.models.plan import Installation
from ccm_data.preparation import NATURE_DEMONSTRATION, NATURE_REELLE, get_revision, prepare_database
from ccm_data.sauvegarde.etat import write_derniere
from ccm_data.sauvegarde.format import (
    FORMAT,
    LISEZMOI,
    LONGUEUR_SOMME,
    MANIFESTE,
    MARQUE,
    OMISES,
    SECRET,
    TEXTE_LISEZMOI,
    Manifeste,
    Membre,
    Sauvegarde,
    Table,
    get_chemin_preuve,
    make_json,
)
from ccm_data.sauvegarde.lecture import compute_somme, verify_sauvegarde
from ccm_data.sauvegarde.valeurs import make_colonne, make_lecture, to_ligne

LOT = 500  # rows read at a time
PREUVE_MAX = 10_000_000
DOSSIER = "sauvegardes"


def get_dossier(config: Config) -> Path:
    """Where backups go when nobody says where; made if missing, for its owner alone."""
    dossier = config.data_dir / DOSSIER
    dossier.mkdir(mode=0o700, parents=True, exist_ok=True)
    return dossier


def write_sauvegarde(config: Config, destination: Path | None = None) -> Sauvegarde:
    """Write this installation into `destination` (a new file, or a folder: `ccm-2026-11-23-1030.zip` in it).

    By default the folder is `sauvegardes`, in the data folder. The file is read back and verified before it takes its
    name; the installation then remembers it. Raises ReglageManquant (base_absente), Conflit (fichier_existe), OSError.
    """
    maintenant = config.maintenant()
    _check_base(config)
    prepare_database(config)
    cible = _choose_cible(config, destination or get_dossier(config), maintenant)
    brouillon = cible.with_name(f".{cible.name}.{secrets.token_hex(4)}.partiel")
    try:
        with os.fdopen(os.open(brouillon, _MODE, 0o600), "w+b") as flux:
            _write_archive(config, flux, maintenant)
            _seal(flux)
        faite = replace(verify_sauvegarde(brouillon), fichier=cible)
        _publish(brouillon, cible)
    finally:
        brouillon.unlink(missing_ok=True)
    with write_session(config) as session:
        write_derniere(session, maintenant, faite, ailleurs=not cible.is_relative_to(config.data_dir))
    return faite


_MODE = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def _check_base(config: Config) -> None:
    """An empty database backed up in place of the real one would be believed: a wrong setting is refused."""
    url = make_url(config.database_url)
    absente = url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file()
    if not absente:
        with get_engine(config.database_url).connect() as connexion:
            absente = get_revision(connexion) is None
    if absente:
        raise ReglageManquant("base_absente", lieu=url.render_as_string(hide_password=True))


def _choose_cible(config: Config, destination: Path, maintenant: datetime) -> Path:
    """The file to write; its folder must exist (a USB key that is not there is not a new folder)."""
    destination = destination.absolute()
    if destination.is_dir():
        local = maintenant.astimezone(NIAMEY)
        nom = f"ccm{'-demonstration' if config.demo else ''}-{local:%Y-%m-%d-%H%M}"
        destination = next(f for f in _list_noms(destination, nom) if not f.exists())
    if destination.exists():
        raise Conflit("fichier_existe", fichier=destination)
    if not destination.parent.is_dir():
        raise ReglageManquant("dossier_absent", reglage="FICHIER", valeur=destination.parent)
    return destination


def _list_noms(dossier: Path, nom: str) -> Iterator[Path]:
    yield dossier / f"{nom}.zip"
    n = 2
    while True:
        yield dossier / f"{nom}-{n}.zip"
        n += 1


@contextlib.contextmanager
def _open_instantane(config: Config) -> Iterator[Connection]:
    """One view of the database, the same from the first row to the last, which keeps nobody from writing."""
    with get_engine_instantane(config.database_url).connect() as connexion, connexion.begin():
        yield connexion


def _write_archive(config: Config, flux: IO[bytes], maintenant: datetime) -> None:
    with ZipFile(flux, "w", ZIP_DEFLATED, allowZip64=True) as archive:
        archive.writestr(_make_info(LISEZMOI, maintenant, ZIP_STORED), TEXTE_LISEZMOI.encode())
        with _open_instantane(config) as connexion:
            revision, nature = _read_faits(connexion)
            tables = tuple(
                _write_table(connexion, archive, table, maintenant)
                for table in Base.metadata.sorted_tables
                if table.name not in OMISES
            )
            empreintes = tuple(connexion.scalars(select(Preuve.empreinte).distinct().order_by(Preuve.empreinte)))
        # Evidence is never changed nor removed once a row names it: the view of the rows may be let go.
        preuves, manquantes = _write_preuves(config.data_dir, archive, empreintes, maintenant)
        manifeste = Manifeste(
            FORMAT, _get_produit(), revision, nature, maintenant, tables, preuves, manquantes,
            _write_secret(config.data_dir, archive, maintenant),
        )  # fmt: skip
        archive.writestr(_make_info(MANIFESTE, maintenant), make_json(manifeste))
        archive.comment = MARQUE + b"0" * LONGUEUR_SOMME


def _make_info(nom: str, maintenant: datetime, compression: int = ZIP_DEFLATED) -> ZipInfo:
    info = ZipInfo(nom, maintenant.astimezone(NIAMEY).timetuple()[:6])
    info.compress_type = compression
    info.external_attr = 0o600 << 16
    return info


def _read_faits(connexion: Connection) -> tuple[str, str]:
    nature = connexion.scalar(select(Installation.valeur).where(Installation.cle == "nature"))
    return get_revision(connexion) or "", NATURE_DEMONSTRATION if nature == NATURE_DEMONSTRATION else NATURE_REELLE


def _write_table(connexion: Connection, archive: ZipFile, table: TableSQL, maintenant: datetime) -> Table:
    decrites = tuple(make_colonne(c) for c in table.columns)
    requete = select(*(make_lecture(c, d) for c, d in zip(table.columns, decrites, strict=True)))
    lues = connexion.execute(
        requete.order_by(*table.primary_key.columns), execution_options={"stream_results": True, "yield_per": LOT}
    )
    somme, octets, lignes = hashlib.sha256(), 0, 0
    with archive.open(_make_info(f"tables/{table.name}.jsonl", maintenant), "w", force_zip64=True) as membre:
        for lot in lues.partitions():
            bloc = b"".join(
                json.dumps(
                    {d.nom: to_ligne(v) for d, v in zip(decrites, ligne, strict=True)},
                    ensure_ascii=False,
                    separators=(",", ":"),
                ).encode()
                + b"\n"
                for ligne in lot
            )
            membre.write(bloc)
            somme.update(bloc)
            octets += len(bloc)
            lignes += len(lot)
    return Table(table.name, lignes, octets, somme.hexdigest(), decrites)


def _write_preuves(
    data_dir: Path, archive: ZipFile, empreintes: tuple[str, ...], maintenant: datetime
) -> tuple[tuple[Membre, ...], tuple[str, ...]]:
    """(what was taken, what the folder no longer holds or holds altered): a backup without it is better than none."""
    prises, manquantes = [], []
    for empreinte in empreintes:
        octets = _read_preuve(data_dir / get_chemin_preuve(empreinte))
        if octets is None or hashlib.sha256(octets).hexdigest() != empreinte:
            manquantes.append(empreinte)
            continue
        # Pictures and documents are compressed already.
        archive.writestr(_make_info(get_chemin_preuve(empreinte), maintenant, ZIP_STORED), octets)
        prises.append(Membre(len(octets), empreinte))
    return tuple(prises), tuple(manquantes)


def _read_preuve(fichier: Path) -> bytes | None:
    try:
        return fichier.read_bytes() if fichier.stat().st_size <= PREUVE_MAX else None
    except FileNotFoundError:
        return None


def _write_secret(data_dir: Path, archive: ZipFile, maintenant: datetime) -> Membre | None:
    fichier = data_dir / SECRET
    if not fichier.is_file():
        return None
    octets = fichier.read_bytes()
    archive.writestr(_make_info(SECRET, maintenant, ZIP_STORED), octets)
    return Membre(len(octets), hashlib.sha256(octets).hexdigest())


def _get_produit() -> str:
    try:
        projet = tomllib.loads((RACINE / "pyproject.toml").read_text(encoding="utf-8"))
        return str(projet["project"]["version"])
    except (OSError, KeyError, tomllib.TOMLDecodeError):
        return "inconnue"


def _seal(flux: IO[bytes]) -> None:
    """The sum of everything before it takes the place kept at the very end; then to the disk."""
    flux.seek(0, os.SEEK_END)
    fin = flux.tell() - LONGUEUR_SOMME
    somme = compute_somme(flux, fin)
    flux.seek(fin)
    flux.write(somme.encode())
    flux.flush()
    os.fsync(flux.fileno())


def _publish(brouillon: Path, cible: Path) -> None:
    if cible.exists():  # somebody else was faster
        raise Conflit("fichier_existe", fichier=cible)
    os.replace(brouillon, cible)
    if os.name != "nt":
        dossier = os.open(cible.parent, os.O_RDONLY)
        try:
            os.fsync(dossier)
        finally:
            os.close(dossier)
