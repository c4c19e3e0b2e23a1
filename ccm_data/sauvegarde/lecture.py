"""Reading a backup with suspicion: whole by its sum, then member by member; nothing is ever extracted by its own name."""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from zipfile import BadZipFile, ZipFile

from ccm_data.errors import FichierIllisible
from ccm_data.preparation import list_revisions
from ccm_data.sauvegarde.format import (
    BLOC,
    LISEZMOI,
    LONGUEUR_SOMME,
    MANIFESTE,
    MARQUE,
    PREUVES,
    Manifeste,
    Membre,
    Sauvegarde,
    read_json,
)

MANIFESTE_MAX = 64_000_000
LISEZMOI_MAX = 100_000
PREUVE_MAX = 10_000_000
# Rows compress to a tenth, repeated ones to a fiftieth; beyond this a file is made to fill a disk.
RAPPORT_MAX = 200
LIGNE_MAX = 32_000_000  # bytes of a row: the longest narrative is a thousandth of it
FRANCHISE = 100_000_000  # bytes that are never too many, whatever the ratio
ENTETE = 30  # bytes of a ZIP local header before its name


@dataclass(frozen=True)
class Ouverte:
    """A verified backup, open."""

    archive: ZipFile
    manifeste: Manifeste
    sauvegarde: Sauvegarde


def compute_somme(flux: IO[bytes], fin: int) -> str:
    """SHA-256 of the first `fin` bytes."""
    somme = hashlib.sha256()
    flux.seek(0)
    reste = fin
    while reste and (bloc := flux.read(min(BLOC, reste))):
        somme.update(bloc)
        reste -= len(bloc)
    return somme.hexdigest()


def verify_sauvegarde(fichier: Path) -> Sauvegarde:
    """Read a backup through; what it holds.

    Raises FichierIllisible: pas_une_sauvegarde, incomplete, somme_fausse, demesure, version_inconnue; OSError.
    """
    with open_sauvegarde(fichier) as ouverte:
        return ouverte.sauvegarde


@contextmanager
def open_sauvegarde(fichier: Path) -> Iterator[Ouverte]:
    """The same, kept open for whoever restores it: what was verified is what is read."""
    with fichier.open("rb") as flux:
        empreinte = _check_somme(flux)
        try:
            archive = ZipFile(flux)
        except (BadZipFile, ValueError, NotImplementedError) as erreur:
            raise FichierIllisible("pas_une_sauvegarde") from erreur
        with archive:
            manifeste = _read_manifeste(archive)
            taille = os.fstat(flux.fileno()).st_size
            _check_membres(archive, manifeste, taille)
            yield Ouverte(archive, manifeste, _describe(fichier, taille, empreinte, manifeste))


def _describe(fichier: Path, taille: int, empreinte: str, manifeste: Manifeste) -> Sauvegarde:
    return Sauvegarde(
        fichier=fichier,
        taille=taille,
        empreinte=empreinte,
        date=manifeste.date,
        nature=manifeste.nature,
        revision=manifeste.revision,
        produit=manifeste.produit,
        lignes={t.nom: t.lignes for t in manifeste.tables},
        preuves=len(manifeste.preuves),
        manquantes=manifeste.manquantes,
    )


def _check_somme(flux: IO[bytes]) -> str:
    """The sum at the end is that of everything before; it tells a cut file from a foreign one."""
    debut = flux.read(ENTETE + len(LISEZMOI))
    taille = flux.seek(0, os.SEEK_END)
    fin = taille - LONGUEUR_SOMME
    if fin > len(MARQUE):
        flux.seek(fin - len(MARQUE))
        marque, ecrite = flux.read(len(MARQUE)), flux.read(LONGUEUR_SOMME)
        if marque == MARQUE:
            somme = compute_somme(flux, fin)
            if somme.encode() != ecrite:
                raise FichierIllisible("somme_fausse")
            return somme
    raise FichierIllisible("incomplete" if debut.endswith(LISEZMOI.encode()) else "pas_une_sauvegarde")


def _read_manifeste(archive: ZipFile) -> Manifeste:
    try:
        info = archive.getinfo(MANIFESTE)
    except KeyError as erreur:
        raise FichierIllisible("pas_une_sauvegarde") from erreur
    if info.file_size > MANIFESTE_MAX:
        raise FichierIllisible("demesure", membre=MANIFESTE)
    manifeste = read_json(b"".join(_read_blocs(archive, MANIFESTE, info.file_size)))
    if manifeste.revision not in list_revisions():
        raise FichierIllisible("version_inconnue", produit=manifeste.produit)
    return manifeste


def _check_membres(archive: ZipFile, manifeste: Manifeste, taille: int) -> None:
    """Exactly the members that the manifest names, each of its size and sum, none made to fill a disk."""
    attendus = manifeste.list_membres()
    presents = sorted(archive.namelist())
    if presents != sorted([*attendus, MANIFESTE, LISEZMOI]):
        raise FichierIllisible("incomplete")
    if sum(m.octets for m in attendus.values()) > max(FRANCHISE, taille * RAPPORT_MAX):
        raise FichierIllisible("demesure", membre=MANIFESTE)
    for _bloc in _read_blocs(archive, LISEZMOI, LISEZMOI_MAX):
        pass
    lignes = {t.chemin: t.lignes for t in manifeste.tables}
    for nom, membre in attendus.items():
        if nom.startswith(f"{PREUVES}/") and membre.octets > PREUVE_MAX:
            raise FichierIllisible("demesure", membre=nom)
        _check_membre(archive, nom, membre, lignes.get(nom))


def _check_membre(archive: ZipFile, nom: str, attendu: Membre, lignes: int | None) -> None:
    somme, octets, fins = hashlib.sha256(), 0, 0
    for bloc in _read_blocs(archive, nom, attendu.octets):
        somme.update(bloc)
        octets += len(bloc)
        fins += bloc.count(b"\n")
    if octets != attendu.octets or (lignes is not None and fins != lignes):
        raise FichierIllisible("incomplete", membre=nom)
    if somme.hexdigest() != attendu.sha256:
        raise FichierIllisible("somme_fausse", membre=nom)


def _read_blocs(archive: ZipFile, nom: str, maximum: int) -> Iterator[bytes]:
    """The member's bytes, block by block, whatever size its header pretends. Raises FichierIllisible."""
    lus = 0
    try:
        with archive.open(nom) as membre:
            while bloc := membre.read(BLOC):
                lus += len(bloc)
                if lus > maximum:
                    raise FichierIllisible("demesure", membre=nom)
                yield bloc
    except (BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError) as erreur:
        # RuntimeError: an encrypted member; NotImplementedError: a compression that we never write.
        raise FichierIllisible("pas_une_sauvegarde", membre=nom) from erreur


def list_lignes(ouverte: Ouverte, chemin: str) -> Iterator[bytes]:
    """The lines of a verified member, one at a time."""
    with ouverte.archive.open(chemin) as membre:
        while ligne := membre.readline(LIGNE_MAX):
            if not ligne.endswith(b"\n"):
                raise FichierIllisible("demesure", membre=chemin)
            yield ligne
