"""The words of a row typed on the page: what is missing, where it stands, what is wrong with a field."""

from __future__ import annotations

from collections.abc import Sequence

from ccm_data.domain.vocabulaire import EtatSuivi
from ccm_data.imports.anomalies import Anomalie
from ccm_data.phrases.imports import say_anomalie
from ccm_data.textes import _

MODES = ("classeur", "formulaire")


def list_modes() -> dict[str, str]:
    """The two ways to send: mode → its name."""
    return {"classeur": _("Par classeur"), "formulaire": _("Sur cette page")}


def say_manque(titres: Sequence[str]) -> str:
    """What must be chosen before anything can be said."""
    return _("Dites d’abord de quoi il s’agit : {champs}.").format(champs=", ".join(titres))


def say_etat(etat: EtatSuivi) -> str:
    """What stands already for the fact that was chosen."""
    dits = {
        EtatSuivi.VALIDE: _("Une valeur validée existe : ce que vous enverrez la corrigera, après validation."),
        EtatSuivi.BROUILLON: _("Vous reprenez un brouillon."),
        EtatSuivi.RETOURNE: _("Cette ligne vous a été retournée : corrigez-la, puis renvoyez-la."),
    }
    return dits.get(etat, "")


def say_renommee() -> str:
    """The person started from a validated row and calls it otherwise now."""
    return _("Vous corrigez une ligne validée : la nouvelle la remplacera, après validation, même sous un autre nom.")


def say_faute(anomalie: Anomalie) -> tuple[str, str, str]:
    """(field, what is wrong, what to do)."""
    quoi, faire = say_anomalie(anomalie)
    return _(anomalie.colonne) if anomalie.colonne else _("Cette ligne"), quoi, faire
