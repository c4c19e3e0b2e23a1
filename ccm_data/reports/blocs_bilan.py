"""What a bilan is made of, whatever lays it out: the blocks of the scenes, and the places that people fill."""

from __future__ import annotations

from dataclasses import dataclass

from ccm_data.reports.scenes import Barres, Chiffres, Liste, Tableau, Texte
from ccm_data.textes import _
from ccm_data.typographie import say_ponctuation


@dataclass(frozen=True)
class ARemplir:
    """A place where the SP/CCM writes, with the questions that guide it."""

    questions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Matrice:
    """A table some of whose columns (by number) are left for people to fill."""

    tableau: Tableau
    a_remplir: tuple[int, ...] = ()


BlocBilan = Chiffres | Barres | Tableau | Matrice | Texte | Liste | ARemplir


@dataclass(frozen=True)
class Section:
    """A heading of level 1 or 2 and what stands under it; `paysage`: on pages that lie down."""

    titre: str
    blocs: tuple[BlocBilan, ...] = ()
    niveau: int = 1
    paysage: bool = False


def make_phrase(texte: str) -> Texte:
    """A paragraph of our own, with its French spacing."""
    return Texte((say_ponctuation(texte),))


def make_absente() -> Texte:
    """What is said of a part that a content frozen long ago does not hold."""
    return make_phrase(
        _("Cette séance a été figée avant que le bilan ne comporte cette partie : rien n’en a été gardé.")
    )
