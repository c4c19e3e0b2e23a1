"""The sentences of validation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ccm_data.phrases.a_faire import group_dus
from ccm_data.textes import _, ngettext

if TYPE_CHECKING:
    import pandas as pd

    from ccm_data.imports.attente import LigneFile

MONTREES = 30
NATIONAL = "national"


def read_region(parametre: str | None) -> str | None:
    """The address's parameter → None (all), "" (national) or a region's code."""
    return "" if parametre == NATIONAL else parametre


def list_regions(regions: Mapping[str, str]) -> dict[str, str]:
    """Options of the queue's filter."""
    return {"": _("Toutes les régions"), NATIONAL: _("Niveau national")} | dict(regions)


def say_titre_file(lignes: Sequence[LigneFile]) -> str:
    """« 12 lignes attendent, dont 3 depuis plus d’un mois » in short."""
    n = len(lignes)
    if not n:
        return _("Rien n’attend la validation")
    return ngettext("{n} ligne attend la validation", "{n} lignes attendent la validation", n).format(n=n)


def say_valider(n: int) -> str:
    """The button."""
    return ngettext("Valider la ligne", "Valider les {n} lignes", n).format(n=n)


def say_retourner(n: int) -> str:
    """The button."""
    return ngettext("Retourner la ligne", "Retourner les {n} lignes", n).format(n=n)


def say_validees(n: int) -> str:
    """What was done."""
    return ngettext(
        "{n} ligne validée : elle compte dans les chiffres.",
        "{n} lignes validées : elles comptent dans les chiffres.",
        n,
    ).format(n=n)


def say_retournees(n: int) -> str:
    """What was done."""
    return ngettext("{n} ligne retournée, avec sa note.", "{n} lignes retournées, avec leur note.", n).format(n=n)


def list_dus(dus: pd.DataFrame, regions: Mapping[str, str]) -> list[tuple[str, str, str, str]]:
    """(reporter, quarter, activities, due date and state) of the reports owed."""
    return group_dus(dus, regions)
