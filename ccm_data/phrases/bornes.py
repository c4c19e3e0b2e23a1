"""What a refused value should have been, as people read it: limits hold ISO dates and points, which nobody says aloud."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Final

from ccm_data.textes import N_, _
from ccm_data.typographie import say_date, say_nombre

ISO: Final = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
DECIMAL: Final = re.compile(r"(?<![\d.,])\d+\.\d+(?![\d.,])")
DECIMALES: Final = 6
LIMITES: Final = {"≤ ": N_("au plus tard le {jour}"), "≥ ": N_("au plus tôt le {jour}")}


def say_attendu(attendu: str) -> str:
    """« ≤ 2026-11-23 » → « au plus tard le 23 novembre 2026 »; other dates in words, « 0.9 » → « 0,9 », the rest as it is."""
    for signe, dite in LIMITES.items():
        if attendu.startswith(signe) and ISO.fullmatch(attendu.removeprefix(signe)):
            return _(dite).format(jour=_say_iso(attendu.removeprefix(signe)))
    dite = ISO.sub(lambda m: _say_iso(m[0]), attendu)
    return DECIMAL.sub(lambda m: say_nombre(Decimal(m[0]), DECIMALES), dite)


def _say_iso(texte: str) -> str:
    try:
        return say_date(date.fromisoformat(texte))
    except ValueError:
        return texte
