"""Where evidence lies: `<data folder>/preuves/<first two signs of the hash>/<SHA-256>`, outside everything served.

The name is the content's: the same bytes lie once, and nothing of what a person typed reaches the disk. A file is
written before the row that names it; when the transaction fails the file stays without row, which harms nobody
(`list_orphelins`). Nothing here asks for rights.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from collections.abc import Collection
from pathlib import Path
from typing import Final

from ccm_data.errors import Introuvable

DOSSIER: Final = "preuves"
EMPREINTE: Final = re.compile(r"[0-9a-f]{64}")


def compute_empreinte(octets: bytes) -> str:
    """SHA-256, in hexadecimal."""
    return hashlib.sha256(octets).hexdigest()


def get_chemin(data_dir: Path, empreinte: str) -> Path:
    """The place of these bytes. Raises Introuvable for what is no hash."""
    if not EMPREINTE.fullmatch(empreinte):
        raise Introuvable("preuve_perdue", empreinte=empreinte)
    return data_dir / DOSSIER / empreinte[:2] / empreinte


def write_octets(data_dir: Path, octets: bytes) -> str:
    """Keep these bytes, whole or not at all, readable by the server's account alone; their hash."""
    empreinte = compute_empreinte(octets)
    chemin = get_chemin(data_dir, empreinte)
    if _is_entier(chemin, empreinte):
        return empreinte
    for dossier in (data_dir / DOSSIER, chemin.parent):
        dossier.mkdir(mode=0o700, parents=True, exist_ok=True)
    brouillon = chemin.with_name(f".{empreinte}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(brouillon, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as flux:
            flux.write(octets)
            flux.flush()
            os.fsync(flux.fileno())
        os.replace(brouillon, chemin)
    finally:
        brouillon.unlink(missing_ok=True)
    for dossier in (chemin.parent, chemin.parent.parent):
        _sync_dossier(dossier)
    return empreinte


def _is_entier(chemin: Path, empreinte: str) -> bool:
    """Do the right bytes lie there already?"""
    return chemin.is_file() and compute_empreinte(chemin.read_bytes()) == empreinte


def _sync_dossier(dossier: Path) -> None:
    """Make a new name outlive a power cut; Windows keeps no such promise and opens no folder."""
    if os.name == "nt":
        return
    repere = os.open(dossier, os.O_RDONLY)
    try:
        os.fsync(repere)
    finally:
        os.close(repere)


def read_octets(data_dir: Path, empreinte: str) -> bytes:
    """The bytes of this hash. Raises Introuvable (preuve_perdue) when they are gone or no longer the same."""
    try:
        octets = get_chemin(data_dir, empreinte).read_bytes()
    except OSError as erreur:
        raise Introuvable("preuve_perdue", empreinte=empreinte) from erreur
    if compute_empreinte(octets) != empreinte:
        raise Introuvable("preuve_perdue", empreinte=empreinte)
    return octets


def list_fichiers(data_dir: Path) -> list[str]:
    """Hashes of the files kept, in order; unfinished ones (a name that begins with a point) left out."""
    dossier = data_dir / DOSSIER
    return sorted(f.name for f in dossier.glob("*/*") if EMPREINTE.fullmatch(f.name)) if dossier.is_dir() else []


def list_orphelins(data_dir: Path, connues: Collection[str]) -> list[Path]:
    """Files that none of the hashes `connues` names, unfinished ones included: what a failed sending left behind.

    A file of the last minutes may belong to a sending that is not finished yet: whoever removes them waits.
    """
    dossier = data_dir / DOSSIER
    if not dossier.is_dir():
        return []
    garder = set(connues)
    return sorted(f for f in dossier.glob("*/*") if f.is_file() and f.name not in garder)
