"""Several codes in one cell, separated by `;`, as the workbooks hold them."""

from __future__ import annotations


def split_liste(texte: str | None) -> tuple[str, ...]:
    """The codes of a cell that holds several."""
    return tuple(p.strip() for p in (texte or "").split(";") if p.strip())
