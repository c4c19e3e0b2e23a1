"""Passwords: rules, hashing (streamlit-authenticator's bcrypt) and a decoy for unknown names.

bcrypt reads 72 bytes at most, which 25 Arabic letters can exceed: the password is condensed first (SHA-256), so that
any length and any alphabet is safe.
"""

from __future__ import annotations

import base64
import hashlib
import logging
import secrets
import unicodedata
from functools import lru_cache
from typing import Any

from ccm_data.errors import ValeurInvalide

LONGUEUR_MIN = 12
LONGUEUR_MAX = 200
# No look-alikes (0 O, 1 l I): a one-time password is read aloud or copied from paper.
ALPHABET = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
# The hash of a random text that nobody kept, at the hasher's own cost: what an unknown name is compared with.
LEURRE = "$2b$12$bqKC6ELKYdXjxM8E5XeLeusaIKMhMc40blnsj5FB4nD5et7htGjGW"


@lru_cache(maxsize=1)
def _get_hasher() -> Any:
    # Imported late and quietly: the package brings Streamlit, which warns when no server runs (command line).
    precedent = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        from streamlit_authenticator.utilities.hasher import Hasher
    finally:
        logging.disable(precedent)
    return Hasher


def _condense(mot_de_passe: str) -> str:
    normal = unicodedata.normalize("NFKC", mot_de_passe)
    return base64.b64encode(hashlib.sha256(normal.encode()).digest()).decode()


def hash_mot_de_passe(mot_de_passe: str) -> str:
    """The hash to keep."""
    return str(_get_hasher().hash(_condense(mot_de_passe)))


def check_mot_de_passe(mot_de_passe: str, empreinte: str | None) -> bool:
    """Does it match? Without a hash (unknown name) the same work is done on a decoy, and the answer is no."""
    bon = bool(_get_hasher().check_pw(_condense(mot_de_passe), empreinte or LEURRE))
    return bon and empreinte is not None


def check_regles(mot_de_passe: str, identifiant: str) -> None:
    """Raise ValeurInvalide (the value itself is never carried) when a new password is too weak or too long."""
    if not LONGUEUR_MIN <= len(mot_de_passe) <= LONGUEUR_MAX:
        raise ValeurInvalide("mot_de_passe_longueur", minimum=LONGUEUR_MIN, maximum=LONGUEUR_MAX)
    if identifiant and identifiant.casefold() in mot_de_passe.casefold():
        raise ValeurInvalide("mot_de_passe_identifiant")
    if len(set(mot_de_passe)) < 5:
        raise ValeurInvalide("mot_de_passe_pauvre")


def make_mot_de_passe() -> str:
    """A one-time password: four groups of four."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(4))
