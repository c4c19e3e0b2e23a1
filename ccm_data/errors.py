"""Errors that carry facts; the interface chooses the words.

What does not belong here: sentences shown to a person (pages/ui/texts), anomalies of an import (data, not errors).
"""

from __future__ import annotations


class CCMError(Exception):
    """Base of every expected error. `code` names the case; `faits` carries what a message needs."""

    code = "erreur"

    def __init__(self, code: str | None = None, **faits: object) -> None:
        self.code = code or type(self).code
        self.faits = faits
        super().__init__(f"{self.code}: {faits}" if faits else self.code)


class AccesRefuse(CCMError):
    """The person has no right to read or change this."""

    code = "acces_refuse"


class ValeurInvalide(CCMError):
    """A value breaks a rule; `faits` says which field, which value and what is allowed."""

    code = "valeur_invalide"


class Introuvable(CCMError):
    """The named thing does not exist (or may not be seen by this person)."""

    code = "introuvable"


class Conflit(CCMError):
    """Somebody else changed the row meanwhile, or the same fact stands already."""

    code = "conflit"


class PeriodeVerrouillee(CCMError):
    """The quarter is closed and takes no change."""

    code = "periode_verrouillee"


class TransitionInterdite(CCMError):
    """The workflow has no such step from the present state."""

    code = "transition_interdite"


class ReglageManquant(CCMError):
    """A setting is missing or senseless; `faits` names the setting and the remedy."""

    code = "reglage_manquant"


class FichierIllisible(CCMError):
    """The bytes are not the kind of file expected."""

    code = "fichier_illisible"


class EnvoiImpossible(CCMError):
    """A message could not be handed to the mail server; the code says at which step."""

    code = "envoi_impossible"
