"""A column of a sheet, a sheet, and the columns that several sheets share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from ccm_data.textes import N_


@dataclass(frozen=True)
class Colonne:
    """`genre`: periode, code, choix, codes and textes (several, separated by `;`), nombre, entier, date, heure,
    oui_non, texte, ligne, info (printed, never read).

    `liste` names what a code or a choice is picked from (`listes.Listes`). `identite` marks what says which fact the
    row is about: locked in pre-filled rows.
    """

    champ: str
    titre: str
    genre: str
    liste: str | None = None
    obligatoire: bool = False
    identite: bool = False
    aide: str = ""
    largeur: int = 16
    label: str = ""  # what a form says where the title is a column's bare name
    propose: str | None = None  # a list that a form offers without holding to it (a code of the same file may be new)


@dataclass(frozen=True)
class Feuille:
    """A sheet: its subject (`commands.sujets`), its name, its columns, the workbook that it belongs to (GROUPES)."""

    sujet: str
    nom: str
    colonnes: tuple[Colonne, ...]
    groupe: str = "suivi"

    @cached_property
    def _par_champ(self) -> dict[str, Colonne]:
        return {c.champ: c for c in reversed(self.colonnes)}

    def find(self, champ: str) -> Colonne | None:
        """The column of a field."""
        return self._par_champ.get(champ)


LIGNE: Final = Colonne(
    "ligne", N_("Ligne (ne pas modifier)"), "ligne", identite=True, largeur=12,
    aide=N_("Reconnaît une ligne déjà connue du tableau de bord. Laissez vide pour une nouvelle ligne."),
)  # fmt: skip
PERIODE: Final = Colonne(
    "periode", N_("Période"), "periode", "trimestres", obligatoire=True, identite=True, aide=N_("Trimestre : T3 2026.")
)
REGION: Final = Colonne(
    "region_code", N_("Région"), "code", "regions", obligatoire=True, identite=True,
    aide=N_("Le nom de la région, ou « National »."),
)  # fmt: skip
SOURCE: Final = Colonne("source", N_("Source"), "texte", largeur=30, aide=N_("D’où vient cette information."))
LIEU: Final = (
    Colonne("departement_code", N_("Département"), "code", "departements"),
    Colonne("commune", N_("Commune"), "texte"),
)
POSITION: Final = (
    Colonne("lat", N_("Latitude"), "nombre", largeur=11, aide=N_("Degrés décimaux : 16,97.")),
    Colonne("lon", N_("Longitude"), "nombre", largeur=11, aide=N_("Degrés décimaux : 7,99.")),
)
LANGUES: Final = Colonne("langues", N_("Langues"), "texte", aide=N_("Séparées par « ; » : haoussa ; tamajaq."))
