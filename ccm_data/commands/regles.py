"""What a follow-up row must satisfy: always (a draft may be incomplete, never senseless), and before it is sent.

One list of rules per subject; each rule raises ValeurInvalide with the field, the value and what is allowed. They say
in words of their own what the tables' constraints enforce, so that a person is told before the database refuses.
Source: règles de calcul, 2 (values), 3 (progress), 4 (money).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.commands.sujets import Sujet
from ccm_data.commands.transaction import check_existe, check_passe
from ccm_data.domain.calendrier import ANNEES, PLAN_FIN, Trimestre
from ccm_data.domain.indicateurs import Definition, read_definition
from ccm_data.domain.montants import PARITE_EUR, convert_devise_xof
from ccm_data.domain.vocabulaire import (
    AgregationRegion,
    NiveauDeclarant,
    StatutComite,
    StatutPoint,
    TypeFinancement,
    TypeIndicateur,
)
from ccm_data.errors import ValeurInvalide
from ccm_data.models.acteurs import Acteur
from ccm_data.models.base import to_dict
from ccm_data.models.decisions import Reference, ReglageIndicateur
from ccm_data.models.plan import Activite, Indicateur
from ccm_data.models.territoire import Departement, Region

Regle = Callable[[Session, Any, date], None]
# Bounds of the country's box, as in the tables.
LAT, LON = (11, 24), (0, 16)
REFERENCES: Final[dict[str, Any]] = {
    "region_code": Region,
    "acteur_code": Acteur,
    "activite_code": Activite,
    "indicateur_code": Indicateur,
    "departement_code": Departement,
    "bailleur_code": Acteur,
    "executant_code": Acteur,
}
# Without these a draft has no place to stand; every other field may wait until the row is sent.
IDENTITE: Final[dict[str, tuple[str, ...]]] = {
    "mise_a_jour": ("activite_code", "annee", "trimestre"),
    "ecriture_budgetaire": ("activite_code", "annee", "phase", "type_financement", "date_operation"),
    "valeur_indicateur": ("indicateur_code", "annee", "trimestre"),
    "comite_veille": ("region_code", "nom", "niveau", "statut"),
    "point_information": ("region_code", "nom", "statut"),
    "point_focal": ("region_code", "nom"),
    "presence": ("region_code", "acteur_code"),
}
ORDRES: Final[tuple[tuple[str, str], ...]] = (
    ("debut_reel", "fin_reelle"),
    ("date_creation", "date_formation"),
    ("date_creation", "date_operationnel"),
    ("date_creation", "derniere_activite"),
    ("date_ouverture", "date_fermeture"),
    ("depuis", "jusqua"),
)
# The end of an opening, a stay or a post may be announced; everything else has happened.
PASSEES: Final = (
    "debut_reel", "fin_reelle", "date_operation", "date_creation", "date_formation", "date_operationnel",
    "derniere_activite", "date_ouverture", "depuis",
)  # fmt: skip


def _refuse(champ: str, valeur: Any, attendu: str, code: str | None = None) -> None:
    raise ValeurInvalide(code, champ=champ, valeur=valeur, attendu=attendu)


def _require(ligne: Any, *champs: str) -> None:
    for champ in champs:
        if getattr(ligne, champ) is None:
            _refuse(champ, None, "une valeur", "valeur_manquante")


def _check_structure(session: Session, sujet: Sujet, ligne: Any, aujourd_hui: date) -> None:
    """What holds for every subject, from the columns that it has."""
    _require(ligne, *IDENTITE[sujet.nom])
    for champ, table in REFERENCES.items():
        if champ in sujet.champs:
            check_existe(session, table, getattr(ligne, champ), champ)
    if "annee" in sujet.champs and ligne.annee not in ANNEES:
        _refuse("annee", ligne.annee, f"{ANNEES[0]} à {ANNEES[-1]}")
    if "trimestre" in sujet.champs:
        debut = Trimestre(ligne.annee, ligne.trimestre).debut
        if debut > aujourd_hui:
            _refuse("trimestre", Trimestre(ligne.annee, ligne.trimestre).code, "un trimestre commencé", "date_future")
    for avant, apres in ORDRES:
        if {avant, apres} <= sujet.champs:
            _check_ordre(ligne, avant, apres)
    for champ in PASSEES:
        if champ in sujet.champs:
            check_passe(champ, getattr(ligne, champ), aujourd_hui)
    if {"lat", "lon"} <= sujet.champs:
        _check_place(ligne)


def _check_ordre(ligne: Any, avant: str, apres: str) -> None:
    debut, fin = getattr(ligne, avant), getattr(ligne, apres)
    if fin is None:
        return
    if debut is None and avant == "date_creation":
        _refuse(avant, None, "une date", "valeur_manquante")
    if debut is not None and fin < debut:
        _refuse(apres, fin, f"≥ {debut.isoformat()}")


def _check_place(ligne: Any) -> None:
    if (ligne.lat is None) != (ligne.lon is None):
        champ = "lat" if ligne.lat is None else "lon"
        _refuse(champ, None, "une latitude et une longitude", "valeur_manquante")
    for champ, (bas, haut) in (("lat", LAT), ("lon", LON)):
        valeur = getattr(ligne, champ)
        if valeur is not None and not bas <= valeur <= haut:
            _refuse(champ, valeur, f"{bas} à {haut}")


def _check_mise_a_jour(session: Session, ligne: Any, aujourd_hui: date) -> None:
    if ligne.avancement is not None and not 0 <= ligne.avancement <= 100:
        _refuse("avancement", ligne.avancement, "0 à 100")


def _check_ecriture(session: Session, ligne: Any, aujourd_hui: date) -> None:
    """Original currency: the amount in FCFA follows from it; the parity with the euro is fixed."""
    if ligne.date_operation > PLAN_FIN:
        _refuse("date_operation", ligne.date_operation, f"≤ {PLAN_FIN.isoformat()}")
    ligne.devise = (ligne.devise or "XOF").upper()
    if ligne.devise != "XOF":
        _convert(ligne)
    if not ligne.appui_technique:
        _require(ligne, "montant_fcfa")


def _convert(ligne: Any) -> None:
    if ligne.devise == "EUR":
        ligne.taux = ligne.taux or PARITE_EUR
        ligne.taux_source = ligne.taux_source or "Parité fixe, 1 EUR = 655,957 XOF"
        if ligne.taux != PARITE_EUR:
            _refuse("taux", ligne.taux, str(PARITE_EUR))
    _require(ligne, "montant_origine", "taux", "taux_source")
    if ligne.montant_origine < 0:
        _refuse("montant_origine", ligne.montant_origine, "≥ 0")
    converti = convert_devise_xof(ligne.montant_origine, Decimal(ligne.taux))
    ligne.montant_fcfa = converti if ligne.montant_fcfa is None else ligne.montant_fcfa
    if ligne.montant_fcfa != converti:
        _refuse("montant_fcfa", ligne.montant_fcfa, str(converti))


def get_definition(session: Session, code: str) -> Definition:
    """The indicator's settings in force: the file's, the SP/CCM's, its national baseline."""
    indicateur = session.get_one(Indicateur, code)
    requete = select(ReglageIndicateur.champ, ReglageIndicateur.valeur).where(
        ReglageIndicateur.indicateur_code == code, ReglageIndicateur.remplace_le.is_(None)
    )
    base = session.scalar(
        select(Reference).where(
            Reference.indicateur_code == code, Reference.region_code.is_(None), Reference.remplace_le.is_(None)
        )
    )
    reglages = dict(session.execute(requete).all())
    return read_definition(to_dict(indicateur), reglages, None if base is None else to_dict(base))


def _check_valeur(session: Session, ligne: Any, aujourd_hui: date) -> None:
    definition = get_definition(session, ligne.indicateur_code)
    if definition.agregation_region is AgregationRegion.NATIONAL and ligne.region_code is not None:
        _refuse("region_code", ligne.region_code, "aucune région", "national_seulement")
    if definition.a_niveaux and ligne.niveau is not None and ligne.niveau not in definition.echelle:
        _refuse("niveau", ligne.niveau, ", ".join(definition.echelle))
    for champ in ("valeur", "numerateur", "denominateur"):
        valeur = getattr(ligne, champ)
        if valeur is not None and valeur < 0:
            _refuse(champ, valeur, "≥ 0")
        if valeur is not None and champ not in _list_champs_valeur(definition):
            _refuse(champ, valeur, ", ".join(_list_champs_valeur(definition)), "champ_inconnu")
    if ligne.niveau is not None and not definition.a_niveaux:
        _refuse("niveau", ligne.niveau, ", ".join(_list_champs_valeur(definition)), "champ_inconnu")


def _list_champs_valeur(definition: Definition) -> tuple[str, ...]:
    """Columns that hold the value of an indicator of this type."""
    if definition.a_niveaux:
        return ("niveau",)
    if definition.type is TypeIndicateur.POURCENTAGE:
        return ("numerateur", "denominateur")
    return ("texte",) if definition.type is TypeIndicateur.NARRATIF else ("valeur",)


def _check_comite(session: Session, ligne: Any, aujourd_hui: date) -> None:
    if ligne.statut is not StatutComite.PLANIFIE:
        _require(ligne, "date_creation")
    for champ in ("membres_femmes", "membres_hommes"):
        valeur = getattr(ligne, champ)
        if valeur is not None and valeur < 0:
            _refuse(champ, valeur, "≥ 0")


def _check_point(session: Session, ligne: Any, aujourd_hui: date) -> None:
    if ligne.statut is not StatutPoint.PLANIFIE:
        _require(ligne, "date_ouverture")


def _complete_mise_a_jour(session: Session, ligne: Any, aujourd_hui: date) -> None:
    # « Rien à signaler » is a report: nothing else is then asked.
    if not ligne.rien_a_signaler:
        _require(ligne, "avancement", "statut")


def _complete_ecriture(session: Session, ligne: Any, aujourd_hui: date) -> None:
    if ligne.type_financement is TypeFinancement.PTF:
        _require(ligne, "bailleur_code")
    if ligne.niveau is NiveauDeclarant.EXECUTANT:
        _require(ligne, "executant_code")


def _complete_valeur(session: Session, ligne: Any, aujourd_hui: date) -> None:
    definition = get_definition(session, ligne.indicateur_code)
    _require(ligne, *_list_champs_valeur(definition))
    if definition.type is TypeIndicateur.POURCENTAGE and ligne.denominateur == 0 and ligne.numerateur:
        _refuse("numerateur", ligne.numerateur, "0")


def _complete_point(session: Session, ligne: Any, aujourd_hui: date) -> None:
    if ligne.statut is StatutPoint.FERME:
        _require(ligne, "date_fermeture")


TOUJOURS: Final[dict[str, tuple[Regle, ...]]] = {
    "mise_a_jour": (_check_mise_a_jour,),
    "ecriture_budgetaire": (_check_ecriture,),
    "valeur_indicateur": (_check_valeur,),
    "comite_veille": (_check_comite,),
    "point_information": (_check_point,),
}
A_L_ENVOI: Final[dict[str, tuple[Regle, ...]]] = {
    "mise_a_jour": (_complete_mise_a_jour,),
    "ecriture_budgetaire": (_complete_ecriture,),
    "valeur_indicateur": (_complete_valeur,),
    "point_information": (_complete_point,),
}


def check_brouillon(session: Session, sujet: Sujet, ligne: Any, aujourd_hui: date) -> None:
    """What must hold even in a draft. Raises ValeurInvalide."""
    _check_structure(session, sujet, ligne, aujourd_hui)
    for regle in TOUJOURS.get(sujet.nom, ()):
        regle(session, ligne, aujourd_hui)


def check_envoi(session: Session, sujet: Sujet, ligne: Any, aujourd_hui: date) -> None:
    """What must hold before a row is sent, and again when it is validated. Raises ValeurInvalide."""
    check_brouillon(session, sujet, ligne, aujourd_hui)
    for regle in A_L_ENVOI.get(sujet.nom, ()):
        regle(session, ligne, aujourd_hui)
