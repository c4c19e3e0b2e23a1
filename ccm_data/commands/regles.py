"""What a follow-up row must satisfy: always (a draft may be incomplete, never senseless), and before it is sent.

One list of rules per subject; each rule yields every fault that it finds, as a ValeurInvalide with the field, the value
and what is allowed: a form stops at the first one, an import lists them all. They say in words of their own what the
tables' constraints enforce, so that a person is told before the database refuses.
Source: règles de calcul, 2 (values), 3 (progress), 4 (money).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.commands import regles_registres
from ccm_data.commands.fautes import Fautes, check_presents, make_faute
from ccm_data.commands.regles_coordination import check_intervention, complete_intervention, read_codes_pris
from ccm_data.commands.sujets import Sujet
from ccm_data.commands.transaction import check_passe
from ccm_data.domain.calendrier import ANNEES, PLAN_FIN, Trimestre
from ccm_data.domain.indicateurs import Definition, read_definition
from ccm_data.domain.montants import PARITE_EUR, convert_devise_xof
from ccm_data.domain.vocabulaire import (
    AgregationRegion,
    EtatSuivi,
    ListeTermes,
    NiveauDeclarant,
    StatutComite,
    StatutPoint,
    TypeFinancement,
    TypeIndicateur,
)
from ccm_data.errors import ValeurInvalide
from ccm_data.models.acteurs import Acteur
from ccm_data.models.base import to_dict
from ccm_data.models.coordination import Terme
from ccm_data.models.decisions import Reference, ReglageIndicateur
from ccm_data.models.instances import Instance, Rencontre
from ccm_data.models.plan import Activite, Indicateur, Objectif
from ccm_data.models.territoire import Departement, Region

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
    "instance_code": Instance,
    "membre_code": Acteur,
    "demandeur_code": Acteur,
    "responsable_code": Acteur,
    "institution_code": Acteur,
    "beneficiaire_code": Acteur,
    "partenaire_code": Acteur,
    "objectif_code": Objectif,
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
    "intervention": ("code", "titre", "acteur_code", "statut"),
    **regles_registres.IDENTITE,
}
ORDRES: Final[tuple[tuple[str, str], ...]] = (
    ("debut_reel", "fin_reelle"),
    ("date_creation", "date_formation"),
    ("date_creation", "date_operationnel"),
    ("date_creation", "derniere_activite"),
    ("date_creation", "date_dissolution"),
    ("date_ouverture", "date_fermeture"),
    ("depuis", "jusqua"),
    ("date_debut", "date_fin"),
    ("admis_le", "sorti_le"),
)
# The end of an opening, a stay or a post may be announced; everything else has happened.
PASSEES: Final = (
    "debut_reel", "fin_reelle", "date_operation", "date_creation", "date_formation", "date_operationnel",
    "derniere_activite", "date_dissolution", "date_ouverture", "depuis",
)  # fmt: skip


@dataclass
class Faits:
    """What the rules ask of the database, asked once for many rows: which codes exist, how an indicator is counted."""

    session: Session
    aujourd_hui: date
    _codes: dict[Any, frozenset[str]] = field(default_factory=dict)
    _definitions: dict[str, Definition] = field(default_factory=dict)
    _codes_pris: dict[str, set[str]] | None = None
    _rencontres: dict[str, str | None] | None = None
    _instances: dict[str, str | None] | None = None
    _regions_codes: dict[Any, dict[str, set[str | None]]] = field(default_factory=dict)
    _themes: frozenset[str] | None = None

    def has(self, table: Any, code: str) -> bool:
        """Does the table hold this code?"""
        if table not in self._codes:
            self._codes[table] = frozenset(self.session.scalars(select(table.code)))
        return code in self._codes[table]

    def list_acteurs_intervention(self, code: str) -> set[str]:
        """Who leads the interventions of this code."""
        if self._codes_pris is None:
            self._codes_pris = read_codes_pris(self.session)
        return self._codes_pris.get(code, set())

    def list_rencontres(self) -> dict[str, str | None]:
        """Code of a living meeting → its region; a file's own meetings are added as they are read."""
        if self._rencontres is None:
            requete = select(Rencontre.code, Rencontre.region_code).where(Rencontre.etat != EtatSuivi.REMPLACE)
            self._rencontres = dict(self.session.execute(requete).all())
        return self._rencontres

    def list_regions_du_code(self, table: Any, code: str) -> set[str | None]:
        """Regions (None: national) of the rows of this code that were sent; drafts hold no code."""
        if table not in self._regions_codes:
            tenus: dict[str, set[str | None]] = {}
            envoyees = table.etat.not_in([EtatSuivi.BROUILLON, EtatSuivi.REMPLACE])
            for sien, region in self.session.execute(select(table.code, table.region_code).where(envoyees)):
                tenus.setdefault(sien, set()).add(region)
            self._regions_codes[table] = tenus
        return self._regions_codes[table].get(code, set())

    def list_regions_instances(self) -> dict[str, str | None]:
        """Body → its region (None: national)."""
        if self._instances is None:
            self._instances = dict(self.session.execute(select(Instance.code, Instance.region_code)).all())
        return self._instances

    def list_themes(self) -> frozenset[str]:
        """Codes of themes, closed ones included."""
        if self._themes is None:
            requete = select(Terme.code).where(Terme.liste == ListeTermes.THEME)
            self._themes = frozenset(self.session.scalars(requete))
        return self._themes

    def get_definition(self, code: str) -> Definition:
        """How this indicator is counted now."""
        if code not in self._definitions:
            self._definitions[code] = get_definition(self.session, code)
        return self._definitions[code]


Regle = Callable[[Faits, Any], Fautes]


def _listen(fonction: Callable[..., Any], *arguments: Any) -> Fautes:
    """The fault that a function raises, if any."""
    try:
        fonction(*arguments)
    except ValeurInvalide as faute:
        yield faute


def _check_structure(faits: Faits, sujet: Sujet, ligne: Any) -> Fautes:
    """What holds for every subject, from the columns that it has."""
    yield from check_presents(ligne, *IDENTITE[sujet.nom])
    for champ, table in REFERENCES.items():
        if champ in sujet.champs:
            code = getattr(ligne, champ)
            if code is not None and not faits.has(table, code):
                yield make_faute(champ, code, table.__tablename__, "code_inconnu")
    if "annee" in sujet.champs and ligne.annee is not None:
        yield from _check_periode(faits, sujet, ligne)
    for avant, apres in ORDRES:
        if {avant, apres} <= sujet.champs:
            yield from _check_ordre(ligne, avant, apres)
    for champ in PASSEES:
        if champ in sujet.champs:
            yield from _listen(check_passe, champ, getattr(ligne, champ), faits.aujourd_hui)
    yield from regles_registres.check_dates_passees(faits, sujet.nom, ligne)
    if {"lat", "lon"} <= sujet.champs:
        yield from _check_place(ligne)


def _check_periode(faits: Faits, sujet: Sujet, ligne: Any) -> Fautes:
    if ligne.annee not in ANNEES:
        yield make_faute("annee", ligne.annee, f"{ANNEES[0]} à {ANNEES[-1]}")
    elif "trimestre" in sujet.champs and ligne.trimestre is not None:
        yield from _listen(_check_commence, ligne.annee, ligne.trimestre, faits.aujourd_hui)


def _check_commence(annee: int, numero: int, aujourd_hui: date) -> None:
    trimestre = Trimestre(annee, numero)
    if trimestre.debut > aujourd_hui:
        raise make_faute("trimestre", trimestre.code, "un trimestre commencé", "date_future")


def _check_ordre(ligne: Any, avant: str, apres: str) -> Fautes:
    debut, fin = getattr(ligne, avant), getattr(ligne, apres)
    if fin is None:
        return
    if debut is None and avant == "date_creation":
        yield make_faute(avant, None, "une date", "valeur_manquante")
    if debut is not None and fin < debut:
        yield make_faute(apres, fin, f"≥ {debut.isoformat()}")


def _check_place(ligne: Any) -> Fautes:
    if (ligne.lat is None) != (ligne.lon is None):
        champ = "lat" if ligne.lat is None else "lon"
        yield make_faute(champ, None, "une latitude et une longitude", "valeur_manquante")
    for champ, (bas, haut) in (("lat", LAT), ("lon", LON)):
        valeur = getattr(ligne, champ)
        if valeur is not None and not bas <= valeur <= haut:
            yield make_faute(champ, valeur, f"{bas} à {haut}")


def _check_mise_a_jour(faits: Faits, ligne: Any) -> Fautes:
    if ligne.avancement is not None and not 0 <= ligne.avancement <= 100:
        yield make_faute("avancement", ligne.avancement, "0 à 100")


def _check_ecriture(faits: Faits, ligne: Any) -> Fautes:
    """Original currency: the amount in FCFA follows from it; the parity with the euro is fixed."""
    if ligne.date_operation is not None and ligne.date_operation > PLAN_FIN:
        yield make_faute("date_operation", ligne.date_operation, f"≤ {PLAN_FIN.isoformat()}")
    ligne.devise = (ligne.devise or "XOF").upper()
    if ligne.devise != "XOF":
        yield from _convert(ligne)
    if not ligne.appui_technique and ligne.montant_origine is None:
        yield from check_presents(ligne, "montant_fcfa")  # else what keeps it from being converted was said


def _convert(ligne: Any) -> Fautes:
    if ligne.devise == "EUR":
        ligne.taux = ligne.taux or PARITE_EUR
        ligne.taux_source = ligne.taux_source or "Parité fixe, 1 EUR = 655,957 XOF"
        if ligne.taux != PARITE_EUR:
            yield make_faute("taux", ligne.taux, str(PARITE_EUR))
            return
    manquants = list(check_presents(ligne, "montant_origine", "taux", "taux_source"))
    yield from manquants
    if ligne.montant_origine is not None and ligne.montant_origine < 0:
        yield make_faute("montant_origine", ligne.montant_origine, "≥ 0")
    elif ligne.taux is not None and ligne.taux <= 0:
        yield make_faute("taux", ligne.taux, "> 0")
    elif not manquants:
        converti = convert_devise_xof(ligne.montant_origine, Decimal(ligne.taux))
        ligne.montant_fcfa = converti if ligne.montant_fcfa is None else ligne.montant_fcfa
        if ligne.montant_fcfa != converti:
            yield make_faute("montant_fcfa", ligne.montant_fcfa, str(converti))


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


def _find_definition(faits: Faits, ligne: Any) -> Definition | None:
    code = ligne.indicateur_code
    return faits.get_definition(code) if code is not None and faits.has(Indicateur, code) else None


def _check_valeur(faits: Faits, ligne: Any) -> Fautes:
    definition = _find_definition(faits, ligne)
    if definition is None:
        return
    if definition.agregation_region is AgregationRegion.NATIONAL and ligne.region_code is not None:
        yield make_faute("region_code", ligne.region_code, "aucune région", "national_seulement")
    permis = list_champs_valeur(definition)
    if definition.a_niveaux and ligne.niveau is not None and ligne.niveau not in definition.echelle:
        yield make_faute("niveau", ligne.niveau, ", ".join(definition.echelle))
    for champ in ("valeur", "numerateur", "denominateur", "niveau"):
        valeur = getattr(ligne, champ)
        if valeur is not None and champ not in permis:
            yield make_faute(champ, valeur, ", ".join(permis), "champ_inconnu")
        elif valeur is not None and champ != "niveau" and valeur < 0:
            yield make_faute(champ, valeur, "≥ 0")


def list_champs_valeur(definition: Definition) -> tuple[str, ...]:
    """Columns that hold the value of an indicator of this type."""
    if definition.a_niveaux:
        return ("niveau",)
    if definition.type is TypeIndicateur.POURCENTAGE:
        return ("numerateur", "denominateur")
    return ("texte",) if definition.type is TypeIndicateur.NARRATIF else ("valeur",)


def _check_comite(faits: Faits, ligne: Any) -> Fautes:
    if ligne.statut is not None and ligne.statut is not StatutComite.PLANIFIE:
        yield from check_presents(ligne, "date_creation")
    for champ in ("membres_femmes", "membres_hommes"):
        valeur = getattr(ligne, champ)
        if valeur is not None and valeur < 0:
            yield make_faute(champ, valeur, "≥ 0")


def _check_point(faits: Faits, ligne: Any) -> Fautes:
    if ligne.statut is not None and ligne.statut is not StatutPoint.PLANIFIE:
        yield from check_presents(ligne, "date_ouverture")


def _complete_mise_a_jour(faits: Faits, ligne: Any) -> Fautes:
    # « Rien à signaler » is a report: nothing else is then asked.
    if not ligne.rien_a_signaler:
        yield from check_presents(ligne, "avancement", "statut")


def _complete_ecriture(faits: Faits, ligne: Any) -> Fautes:
    if ligne.type_financement is TypeFinancement.PTF:
        yield from check_presents(ligne, "bailleur_code")
    if ligne.niveau is NiveauDeclarant.EXECUTANT:
        yield from check_presents(ligne, "executant_code")


def _complete_valeur(faits: Faits, ligne: Any) -> Fautes:
    definition = _find_definition(faits, ligne)
    if definition is None:
        return
    yield from check_presents(ligne, *list_champs_valeur(definition))
    if definition.type is TypeIndicateur.POURCENTAGE and ligne.denominateur == 0 and ligne.numerateur:
        yield make_faute("numerateur", ligne.numerateur, "0")


def _complete_point(faits: Faits, ligne: Any) -> Fautes:
    if ligne.statut is StatutPoint.FERME:
        yield from check_presents(ligne, "date_fermeture")


TOUJOURS: Final[dict[str, tuple[Regle, ...]]] = {
    "mise_a_jour": (_check_mise_a_jour,),
    "ecriture_budgetaire": (_check_ecriture,),
    "valeur_indicateur": (_check_valeur,),
    "comite_veille": (_check_comite,),
    "point_information": (_check_point,),
    "intervention": (check_intervention,),
    **regles_registres.TOUJOURS,
}
A_L_ENVOI: Final[dict[str, tuple[Regle, ...]]] = {
    "mise_a_jour": (_complete_mise_a_jour,),
    "ecriture_budgetaire": (_complete_ecriture,),
    "valeur_indicateur": (_complete_valeur,),
    "point_information": (_complete_point,),
    "intervention": (complete_intervention,),
    **regles_registres.A_L_ENVOI,
}


def list_fautes(faits: Faits, sujet: Sujet, ligne: Any, *, envoi: bool) -> Fautes:
    """Every fault of a row, as a draft or (`envoi`) as a row to send; none when it is sound.

    An amount in another currency is converted on the way: the row then holds its FCFA.
    """
    yield from _check_structure(faits, sujet, ligne)
    for regle in TOUJOURS.get(sujet.nom, ()):
        yield from regle(faits, ligne)
    if envoi:
        for regle in A_L_ENVOI.get(sujet.nom, ()):
            yield from regle(faits, ligne)


def check_brouillon(session: Session, sujet: Sujet, ligne: Any, aujourd_hui: date) -> None:
    """What must hold even in a draft. Raises ValeurInvalide, the first fault."""
    for faute in list_fautes(Faits(session, aujourd_hui), sujet, ligne, envoi=False):
        raise faute


def check_envoi(session: Session, sujet: Sujet, ligne: Any, aujourd_hui: date) -> None:
    """What must hold before a row is sent, and again when it is validated. Raises ValeurInvalide, the first fault."""
    for faute in list_fautes(Faits(session, aujourd_hui), sujet, ligne, envoi=True):
        raise faute
