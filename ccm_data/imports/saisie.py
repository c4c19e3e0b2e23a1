"""One row typed in a form: read and judged as a file's row is, kept as a draft while it is typed, sent as a deposit.

A draft keeps every field that makes sense; one that does not is said beside it and waits in the form. Whoever types
writes one journal line per row and hour, not one per pause. Source: règles de calcul, 2.12 and 3.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy.orm import Session

from ccm_data.commands.corrections import list_corrections, note_corrections
from ccm_data.commands.regles import IDENTITE, ORDRES, Faits, list_fautes
from ccm_data.commands.suivi import save_brouillon
from ccm_data.commands.sujets import Sujet, get_sujet
from ccm_data.commands.transaction import get_ligne
from ccm_data.domain.calendrier import get_jour
from ccm_data.domain.permissions import Personne
from ccm_data.domain.vocabulaire import EtatSuivi
from ccm_data.imports.commit import commit
from ccm_data.imports.existants import Existant, Existants, make_cle, read_existants
from ccm_data.imports.lecture import Classeur, FeuilleLue
from ccm_data.imports.listes import read_listes
from ccm_data.imports.rangs import read_rang
from ccm_data.imports.schemas import PAR_SUJET, Colonne, Feuille
from ccm_data.imports.validation import Validation, is_same, type_champs, validate
from ccm_data.models.depots import Depot

LIGNE: Final = 1
# A missing value faults these: they wait for it, the rest of the row does not.
DEPENDANTS: Final[dict[str, tuple[str, ...]]] = {
    "date_creation": ("statut",), "date_ouverture": ("statut",), "lat": ("lon",), "lon": ("lat",),
    "taux": ("devise", "montant_origine"), "taux_source": ("devise", "taux"), "montant_origine": ("devise",),
    "demandeur_code": ("nature",), "realisee_le": ("statut",), "partenaire_code": ("payeur",), "rencontre_code": ("nature",),
    "region_code": ("instance_code", "rencontre_code"),
}  # fmt: skip


@dataclass(frozen=True)
class Brouillon:
    """What was kept: the row and its version (None: nothing yet), and the fields that had to wait."""

    ligne_id: int | None
    version: int | None
    en_attente: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Connue:
    """What stands already: the row under way or validated, and the validated one that a new row would replace."""

    existant: Existant | None = None
    valide: Existant | None = None

    @property
    def reprise(self) -> Existant | None:
        """What the fields start from: the row under way, else the one that it would replace."""
        return self.existant or self.valide

    @property
    def numero(self) -> int | None:
        """The row's id."""
        return None if self.existant is None else self.existant.id


def judge_saisie(
    session: Session,
    personne: Personne,
    maintenant: datetime,
    sujet: str,
    bruts: Mapping[str, Any],
    ligne: Existant | None = None,
) -> Validation:
    """What the form's fields (field → text or value) say and what is wrong with them, as if sent in a workbook.

    `ligne`: the row that the form changes or corrects. Raises nothing for what a person typed.
    """
    feuille = PAR_SUJET[sujet]
    cellules = tuple(_get_cellule(colonne, bruts, ligne) for colonne in feuille.colonnes)
    titres = tuple(colonne.titre for colonne in feuille.colonnes)
    lue = FeuilleLue(feuille, feuille.nom, 0, titres, [(LIGNE, cellules)])
    return validate(session, personne, maintenant, Classeur((lue,)))


def _get_cellule(colonne: Colonne, bruts: Mapping[str, Any], ligne: Existant | None) -> Any:
    if colonne.champ == "ligne":
        return None if ligne is None else ligne.reference
    return bruts.get(colonne.champ)


def read_connue(
    session: Session,
    personne: Personne,
    sujet: str,
    bruts: Mapping[str, Any],
    ligne_id: int | None,
    corrigee_id: int | None = None,
) -> Connue:
    """The row that these fields speak of: the one named, else the one that says the same fact; none for a new one.

    `corrigee_id`: the validated row from which the person started, replaced even under another title.
    """
    quoi = get_sujet(sujet)
    existants = read_existants(session, quoi, personne)
    cle = make_cle(quoi, _read_valeurs(session, quoi, personne, bruts)) if bruts else None
    existant = existants.par_id.get(ligne_id) if ligne_id is not None else None
    if ligne_id is None and cle is not None:
        existant = existants.par_fait.get(cle)
    valide = None if cle is None else existants.valides.get(cle)
    if valide is None and quoi.renommable and (existant is None or existant.etat is not EtatSuivi.VALIDE):
        dite = None if existant is None else list_corrections(session, sujet).get(existant.id)
        valide = _get_valide(existants, dite or corrigee_id)
    return Connue(existant, valide)


def _get_valide(existants: Existants, numero: int | None) -> Existant | None:
    ligne = None if numero is None else existants.par_id.get(numero)
    return ligne if ligne is not None and ligne.etat is EtatSuivi.VALIDE else None


def _read_valeurs(session: Session, sujet: Sujet, personne: Personne, bruts: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that can be read, in the types of the table; an emptied one is None or its column's default."""
    feuille = PAR_SUJET[sujet.nom]
    rang = read_rang(feuille, feuille.nom, LIGNE, bruts, read_listes(session))
    valeurs = type_champs(sujet, rang)
    return valeurs if feuille.find("acteur_code") else valeurs | {"acteur_code": personne.acteur_code}


def list_bruts(feuille: Feuille, existant: Existant | None) -> dict[str, Any]:
    """A row as the form's fields show it (field → value; a quarter as « T3 2026 »)."""
    if existant is None:
        return {}
    valeurs = dict(existant.valeurs)
    bruts = {c.champ: valeurs.get(c.champ) for c in feuille.colonnes if c.genre not in {"ligne", "info"}}
    if valeurs.get("trimestre"):
        bruts["periode"] = f"T{valeurs['trimestre']} {valeurs['annee']}"
    if "montant" in bruts:
        autre = valeurs.get("devise") not in (None, "XOF")
        bruts["montant"] = valeurs.get("montant_origine" if autre else "montant_fcfa")
    return bruts


def save_saisie(
    session: Session,
    personne: Personne,
    maintenant: datetime,
    sujet: str,
    bruts: Mapping[str, Any],
    ligne_id: int | None,
    version: int | None,
    corrigee_id: int | None = None,
) -> Brouillon:
    """Keep what is typed as a draft, faulty fields aside. Raises AccesRefuse, Conflit, PeriodeVerrouillee, Introuvable.

    A new row is kept as soon as it can stand: what it is about must be said; `corrigee_id`: the validated row that it
    corrects, whatever it is called now.
    """
    quoi = get_sujet(sujet)
    valeurs = _read_valeurs(session, quoi, personne, bruts)
    if ligne_id is not None and PAR_SUJET[sujet].find("acteur_code") is None:
        valeurs.pop("acteur_code")  # whose row it is does not change with who completes it
    sensees = _keep_sensees(session, quoi, valeurs, ligne_id, maintenant)
    attente = frozenset(c for c, v in valeurs.items() if c not in sensees and not is_same(None, v))
    if ligne_id is None and any(sensees.get(champ) is None for champ in IDENTITE[sujet]):
        return Brouillon(None, None, attente)
    numero = save_brouillon(
        session, personne, maintenant, sujet, sensees, ligne_id=ligne_id, version=version, frappe=True
    )
    if ligne_id is None and corrigee_id is not None:
        note_corrections(session, personne, quoi, {numero: corrigee_id})
    return Brouillon(numero, get_ligne(session, quoi.table, numero).version, attente)


def _keep_sensees(
    session: Session, sujet: Sujet, valeurs: Mapping[str, Any], ligne_id: int | None, maintenant: datetime
) -> dict[str, Any]:
    """The fields that a draft may hold together: those that a rule refuses are left aside, one fault after another."""
    faits = Faits(session, get_jour(maintenant))
    gardees = dict(valeurs)
    ancienne: dict[str, Any] = {}
    if ligne_id is not None:
        ligne = get_ligne(session, sujet.table, ligne_id)
        ancienne = {champ: getattr(ligne, champ) for champ in sujet.champs}
    while gardees:
        objet = sujet.table(**{c: v for c, v in (ancienne | gardees).items() if v is not None})
        fautifs: set[str] = set()
        for faute in list_fautes(faits, sujet, objet, envoi=False):
            fautifs |= _list_fautifs(str(faute.faits.get("champ")), gardees)
        if not fautifs:
            break
        for champ in fautifs:
            del gardees[champ]
    return gardees


def _list_fautifs(champ: str, gardees: Mapping[str, Any]) -> set[str]:
    """What to leave aside for a fault on this field: itself, or what waits for it when it is missing."""
    if not is_same(gardees.get(champ), None):
        return {champ}
    suivants = {*DEPENDANTS.get(champ, ()), *(apres for avant, apres in ORDRES if avant == champ)}
    return {c for c in suivants if not is_same(gardees.get(c), None)}


def send_saisie(
    session: Session,
    personne: Personne,
    maintenant: datetime,
    sujet: str,
    bruts: Mapping[str, Any],
    ligne_id: int | None,
    corrigee_id: int | None = None,
) -> Depot:
    """Send the row for validation as a deposit of its own. Raises as `commit`, and ValeurInvalide (lignes_fautives)."""
    connue = read_connue(session, personne, sujet, bruts, ligne_id, corrigee_id)
    validation = judge_saisie(session, personne, maintenant, sujet, bruts, connue.reprise)
    return commit(session, personne, maintenant, validation, None, None)
