"""The kinds of follow-up rows as a table: their columns, their quarter, what makes two rows the same fact.

To add one: its model, a line in SUJETS, its rules in `regles.py`. The commands of `suivi.py` then hold for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any, Final, TypeVar, cast

from sqlalchemy import JSON, BigInteger, Boolean, Date, Enum, Float, Integer, Numeric, String

from ccm_data.commands.transaction import get_trimestre
from ccm_data.domain.calendrier import Trimestre
from ccm_data.domain.montants import read_decimal, read_montant
from ccm_data.domain.workflow import DROITS
from ccm_data.errors import ValeurInvalide
from ccm_data.models.coordination import Intervention
from ccm_data.models.instances import MembreInstance, PointOrdreDuJour, Recommandation, Rencontre
from ccm_data.models.registres import (
    Appui,
    BonnePratique,
    EtapePerennisation,
    Partenariat,
    PosteSpccm,
    ProduitCommunication,
    Sensibilisation,
    SuiviHypothese,
)
from ccm_data.models.suivi import (
    ComiteVeille,
    EcritureBudgetaire,
    MiseAJour,
    PointFocal,
    PointInformation,
    Presence,
    ValeurIndicateur,
)

Membre = TypeVar("Membre", bound=StrEnum)
MONTANT_MAX: Final = 10**15  # a thousand times the plan; the columns hold a little more
# Columns that the workflow writes; a person never sends them.
RESERVES: Final = frozenset(
    {"id", "etat", "version", "cree_le", "soumis_le", "valide_le", "note_retour", "retour_avant_le", "auteur_id",
     "valide_par_id", "depot_id"}
)  # fmt: skip

# Steps of whoever keeps the row; the others are the SP/CCM's.
GESTES_DE_DEPOT: Final = frozenset({"enregistrer", "soumettre", "retirer"})
TENIR_INSTANCES, TENIR_REGISTRES = "tenir_instances", "tenir_registres"


@dataclass(frozen=True)
class Sujet:
    """`cle`: columns whose equality makes two rows the same fact (one validated row each); a row that misses one of
    `cle_complete` is a fact of its own. `periode`: the row's quarter, None for what has no quarter. `titre`: what
    names the row in the journal. `droit`: who keeps this register, where it is not whoever may deposit. `renommable`: a
    row is known by a title, a place or a day that may be corrected (elsewhere another key is another fact).
    """

    nom: str
    table: type[Any]
    cle: tuple[str, ...]
    periode: Callable[[Any], Trimestre | None]
    titre: Callable[[Any], str]
    cle_complete: tuple[str, ...] = ()
    droit: str = DROITS["enregistrer"]
    renommable: bool = False

    def get_droit(self, action: str) -> str:
        """The right (a key of permissions.ECRITURE) that a step on a row of this subject needs."""
        return self.droit if action in GESTES_DE_DEPOT else DROITS[action]

    @cached_property
    def champs(self) -> frozenset[str]:
        """Columns that a person fills."""
        return frozenset(self.genres) - RESERVES

    @cached_property
    def genres(self) -> dict[str, Any]:
        """Column → its type."""
        return {c.key: c.type for c in self.table.__table__.columns}

    @cached_property
    def defauts(self) -> dict[str, Any]:
        """Column → what it holds when nothing is said: its default (« non », XOF) or null."""
        return {c.key: None if c.default is None else c.default.arg for c in self.table.__table__.columns}


def _get_trimestre(ligne: Any) -> Trimestre:
    return Trimestre(ligne.annee, ligne.trimestre)


def _get_operation(ligne: Any) -> Trimestre:
    return get_trimestre(ligne.date_operation)


def _get_none(ligne: Any) -> None:
    return None


def _get_date(champ: str) -> Callable[[Any], Trimestre]:
    """The quarter of a dated fact: once it is closed, the fact is."""
    return lambda ligne: get_trimestre(getattr(ligne, champ))


def _say_date(champ: str, *noms: str) -> Callable[[Any], str]:
    """« Mission à Arlit, 2026-03-02 »."""
    return lambda x: ", ".join([*(str(getattr(x, n))[:80] for n in noms), getattr(x, champ).isoformat()])


_LIEU: Final = ("region_code", "nom")
_ECRITURE: Final = (
    "activite_code", "phase", "niveau", "bailleur_code", "executant_code", "region_code", "date_operation",
    "reference_document",
)  # fmt: skip

SUJETS: Final[dict[str, Sujet]] = {
    sujet.nom: sujet
    for sujet in (
        Sujet(
            "mise_a_jour", MiseAJour, ("activite_code", "region_code", "acteur_code", "annee", "trimestre"),
            _get_trimestre, lambda x: f"{x.activite_code}, T{x.trimestre} {x.annee}",
        ),
        Sujet(
            "ecriture_budgetaire", EcritureBudgetaire, _ECRITURE, _get_operation,
            lambda x: f"{x.activite_code}, {x.phase.value}, {x.date_operation.isoformat()}",
            cle_complete=("reference_document",),
        ),
        Sujet(
            "valeur_indicateur", ValeurIndicateur,
            ("indicateur_code", "region_code", "acteur_code", "annee", "trimestre"),
            _get_trimestre, lambda x: f"{x.indicateur_code}, T{x.trimestre} {x.annee}",
        ),
        Sujet("comite_veille", ComiteVeille, _LIEU, _get_none, lambda x: str(x.nom), renommable=True),
        Sujet("point_information", PointInformation, _LIEU, _get_none, lambda x: str(x.nom), renommable=True),
        Sujet("point_focal", PointFocal, _LIEU, _get_none, lambda x: str(x.nom), renommable=True),
        Sujet(
            "presence", Presence, ("region_code", "acteur_code"), _get_none,
            lambda x: f"{x.acteur_code}, {x.region_code}",
        ),
        Sujet("intervention", Intervention, ("code",), _get_none, lambda x: f"{x.code}, {x.titre[:80]}"),
        Sujet(
            "membre_instance", MembreInstance, ("instance_code", "membre_code"), _get_none,
            lambda x: f"{x.instance_code}, {x.membre_code}", droit=TENIR_INSTANCES,
        ),
        Sujet(
            "rencontre", Rencontre, ("code",), _get_date("date_rencontre"), _say_date("date_rencontre", "code"),
            droit=TENIR_INSTANCES,
        ),
        Sujet(
            "point_ordre_du_jour", PointOrdreDuJour, ("rencontre_code", "numero"), _get_none,
            lambda x: f"{x.rencontre_code}, {x.numero}", droit=TENIR_INSTANCES,
        ),
        Sujet(
            "recommandation", Recommandation, ("code",), _get_none, lambda x: f"{x.code}, {x.texte[:80]}",
            droit=TENIR_INSTANCES,
        ),
        Sujet(
            "sensibilisation", Sensibilisation, ("nature", "intitule", "date_debut", "region_code"),
            _get_date("date_debut"), _say_date("date_debut", "intitule"), renommable=True,
        ),
        Sujet(
            "appui", Appui, ("cadre", "institution_code", "intitule", "date_debut", "region_code"),
            _get_date("date_debut"), _say_date("date_debut", "intitule"), renommable=True,
        ),
        Sujet(
            "produit_communication", ProduitCommunication, ("intitule", "type", "date_diffusion", "region_code"),
            _get_date("date_diffusion"), _say_date("date_diffusion", "intitule"), renommable=True,
        ),
        Sujet(
            "bonne_pratique", BonnePratique, ("titre", "region_code", "acteur_code"), _get_none,
            lambda x: str(x.titre)[:80], renommable=True,
        ),
        Sujet(
            "suivi_hypothese", SuiviHypothese, ("objectif_code", "nature", "date_constat"), _get_date("date_constat"),
            _say_date("date_constat", "objectif_code"), droit=TENIR_REGISTRES,
        ),
        Sujet(
            "partenariat", Partenariat, ("type", "intitule", "date_debut"), _get_date("date_debut"),
            _say_date("date_debut", "intitule"), droit=TENIR_REGISTRES, renommable=True,
        ),
        Sujet(
            "poste_spccm", PosteSpccm, ("intitule",), _get_none, lambda x: str(x.intitule), droit=TENIR_REGISTRES,
            renommable=True,
        ),
        Sujet(
            "etape_perennisation", EtapePerennisation, ("nature", "date_etape"), _get_date("date_etape"),
            _say_date("date_etape", "nature"), droit=TENIR_REGISTRES,
        ),
    )
}  # fmt: skip


def get_sujet(nom: str) -> Sujet:
    """The subject of this name. Raises ValeurInvalide listing the known ones."""
    if nom not in SUJETS:
        raise ValeurInvalide(champ="sujet", valeur=nom, attendu=", ".join(SUJETS))
    return SUJETS[nom]


def get_default(sujet: Sujet, champ: str) -> Any:
    """What an emptied field becomes: the column's default (« non », XOF) or null."""
    return sujet.defauts[champ]


def read_champs(sujet: Sujet, valeurs: dict[str, Any]) -> dict[str, Any]:
    """The values in the types of the table's columns (text from a form included). Raises ValeurInvalide."""
    inconnus = sorted(set(valeurs) - sujet.champs)
    if inconnus:
        raise ValeurInvalide("champ_inconnu", champ=inconnus[0], valeur=valeurs[inconnus[0]], attendu=sujet.nom)
    return {nom: read_champ(sujet, nom, valeur) for nom, valeur in valeurs.items()}


def read_champ(sujet: Sujet, nom: str, valeur: Any) -> Any:
    """One value in the type of its column. Raises ValeurInvalide."""
    return None if valeur is None else _read_valeur(nom, sujet.genres[nom], valeur)


def _read_valeur(champ: str, genre: Any, valeur: Any) -> Any:
    if isinstance(valeur, str):
        valeur = valeur.strip()
    if valeur is None or valeur == "":
        return None
    if isinstance(genre, Enum):
        return read_enum(champ, cast("type[StrEnum]", genre.enum_class), valeur)
    if isinstance(genre, Boolean):
        return _read_bool(champ, valeur)
    if isinstance(genre, BigInteger):
        return _read_fcfa(champ, valeur)
    if isinstance(genre, Integer):
        return _read_entier(champ, valeur)
    if isinstance(genre, Float):
        return float(read_decimal(valeur, champ))
    if isinstance(genre, Numeric):
        return _read_numeric(champ, genre, valeur)
    if isinstance(genre, Date):
        return _read_date(champ, valeur)
    if isinstance(genre, JSON):
        return valeur
    if isinstance(genre, String) and genre.length is not None and len(str(valeur)) > genre.length:
        raise ValeurInvalide("texte_trop_long", champ=champ, valeur=valeur, attendu=f"≤ {genre.length}")
    return str(valeur)


def _read_fcfa(champ: str, valeur: Any) -> int:
    lue = read_montant(valeur, champ)
    if lue >= MONTANT_MAX:
        raise ValeurInvalide(champ=champ, valeur=valeur, attendu="un montant plus petit")
    return lue


def read_enum(champ: str, liste: type[Membre], valeur: Any) -> Membre:
    """A member of a closed list. Raises ValeurInvalide, which tells what the list holds."""
    try:
        return liste(str(valeur))
    except ValueError as erreur:
        attendu = ", ".join(m.value for m in liste)
        raise ValeurInvalide(champ=champ, valeur=valeur, attendu=attendu) from erreur


def _read_bool(champ: str, valeur: Any) -> bool:
    if isinstance(valeur, bool):
        return valeur
    if str(valeur).lower() in {"oui", "non"}:
        return str(valeur).lower() == "oui"
    raise ValeurInvalide(champ=champ, valeur=valeur, attendu="oui, non")


def _read_entier(champ: str, valeur: Any) -> int:
    lue = read_decimal(valeur, champ)
    if lue != lue.to_integral_value() or abs(lue) >= 2**31:
        raise ValeurInvalide(champ=champ, valeur=valeur, attendu="un nombre entier")
    return int(lue)


def _read_numeric(champ: str, genre: Any, valeur: Any) -> Decimal:
    """Refuses what the column would round away or cannot hold: both databases then keep the same figure."""
    lue = read_decimal(valeur, champ)
    decimales = int(genre.scale or 0)
    # The size first: rounding a number of thirty digits is beyond the decimals' own precision.
    if abs(lue) >= Decimal(10) ** (int(genre.precision) - decimales) or lue != round(lue, decimales):
        raise ValeurInvalide(champ=champ, valeur=valeur, attendu=f"un nombre à {decimales} décimales au plus")
    return lue


def _read_date(champ: str, valeur: Any) -> date:
    if isinstance(valeur, datetime):
        return valeur.date()
    if isinstance(valeur, date):
        return valeur
    try:
        return date.fromisoformat(str(valeur))
    except ValueError as erreur:
        raise ValeurInvalide(champ=champ, valeur=valeur, attendu="AAAA-MM-JJ") from erreur
