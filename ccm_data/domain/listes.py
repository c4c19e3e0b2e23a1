"""Texts as people type them: several codes in one cell, separated by `;`; the same word in another case or without accents."""

from __future__ import annotations

import unicodedata


def split_liste(texte: str | None) -> tuple[str, ...]:
    """The codes of a cell that holds several."""
    return tuple(p.strip() for p in (texte or "").split(";") if p.strip())


def compute_forme_nue(texte: str) -> str:
    """Without case, accents or outer spaces: what two spellings of one word share."""
    nu = "".join(c for c in unicodedata.normalize("NFKD", texte) if not unicodedata.combining(c))
    return nu.casefold().strip()
