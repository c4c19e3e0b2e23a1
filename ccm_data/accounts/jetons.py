"""Form tokens against forged requests, signed by a secret made at first start and kept in the data folder."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from functools import lru_cache
from pathlib import Path

NOM = "secret.cle"


@lru_cache(maxsize=4)
def get_secret(data_dir: Path) -> bytes:
    """The installation's secret; made once, readable by its owner alone. Two processes that start together agree."""
    fichier = data_dir / NOM
    data_dir.mkdir(parents=True, exist_ok=True)
    try:
        descripteur = os.open(fichier, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return fichier.read_bytes()
    with os.fdopen(descripteur, "wb") as flux:
        flux.write(secrets.token_bytes(32))
    return fichier.read_bytes()


def make_jeton(secret: bytes, graine: str) -> str:
    """The form token that goes with this browser's seed."""
    return hmac.new(secret, graine.encode(), hashlib.sha256).hexdigest()


def check_jeton(secret: bytes, graine: str | None, jeton: object) -> bool:
    """Does the form's token go with the browser's seed?"""
    return bool(graine) and isinstance(jeton, str) and hmac.compare_digest(make_jeton(secret, graine or ""), jeton)
