"""A fault of a row, as a value: what every file of rules says in the same way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ccm_data.errors import ValeurInvalide

Fautes = Iterator[ValeurInvalide]


def make_faute(champ: str, valeur: Any, attendu: str, code: str | None = None) -> ValeurInvalide:
    """The field, its value and what is allowed; `code` names the sentence that explains it."""
    return ValeurInvalide(code, champ=champ, valeur=valeur, attendu=attendu)


def check_presents(ligne: Any, *champs: str) -> Fautes:
    """Fields without which the row makes no sense: null and the empty text are both missing, zero is not."""
    return (make_faute(c, None, "une valeur", "valeur_manquante") for c in champs if getattr(ligne, c) in (None, ""))
