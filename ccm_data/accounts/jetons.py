"""Form tokens against forged requests, signed by a secret made at first start and kept in the data folder."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import secrets
from functools import lru_cache
from pathlib import Path

from ccm_data.errors import ReglageManquant

NOM = "secret.cle"
OCTETS = 32


@lru_cache(maxsize=4)
def get_secret(data_dir: Path) -> bytes:
    """The installation's secret; made once, readable by its owner alone. Two processes that start together agree.

    Raises ReglageManquant when the file is there and too short to be one.
    """
    fichier = data_dir / NOM
    if not fichier.exists():
        _make_secret(fichier)
    secret = fichier.read_bytes()
    if len(secret) < OCTETS:
        raise ReglageManquant("secret_illisible", reglage=NOM, valeur=len(secret), remede=str(fichier))
    return secret


def _make_secret(fichier: Path) -> None:
    """Write it aside, then give it its name in one step: nobody ever reads a half-written secret."""
    fichier.parent.mkdir(parents=True, exist_ok=True)
    brouillon = fichier.with_name(f"{NOM}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(brouillon, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as flux:
        flux.write(secrets.token_bytes(OCTETS))
    try:
        with contextlib.suppress(FileExistsError):
            os.link(brouillon, fichier)
    except OSError:  # a file system without hard links
        if not fichier.exists():
            os.replace(brouillon, fichier)
    finally:
        brouillon.unlink(missing_ok=True)


def make_jeton(secret: bytes, graine: str) -> str:
    """The form token that goes with this browser's seed."""
    return hmac.new(secret, graine.encode(), hashlib.sha256).hexdigest()


def check_jeton(secret: bytes, graine: str | None, jeton: object) -> bool:
    """Does the form's token go with the browser's seed?"""
    if not graine or not isinstance(jeton, str):
        return False
    return hmac.compare_digest(make_jeton(secret, graine).encode(), jeton.encode())
