"""The field's closed lists: one enum per notion, values as stored (unaccented French).

Labels for people are in the catalogue (`ccm_data.libelles`); here are only the codes and their official order.
Source: règles de calcul 1 to 4 and 7; stratégie 2022-2026.
"""

from __future__ import annotations

from enum import StrEnum

from ccm_data.domain.vocabulaire_registres import (
    CadreAppui as CadreAppui,
)
from ccm_data.domain.vocabulaire_registres import (
    College as College,
)
from ccm_data.domain.vocabulaire_registres import (
    Critere as Critere,
)
from ccm_data.domain.vocabulaire_registres import (
    EtatHypothese as EtatHypothese,
)
from ccm_data.domain.vocabulaire_registres import (
    EtatSeance as EtatSeance,
)
from ccm_data.domain.vocabulaire_registres import (
    ModeQuorum as ModeQuorum,
)
from ccm_data.domain.vocabulaire_registres import (
    NatureAppui as NatureAppui,
)
from ccm_data.domain.vocabulaire_registres import (
    NatureEtape as NatureEtape,
)
from ccm_data.domain.vocabulaire_registres import (
    NatureHypothese as NatureHypothese,
)
from ccm_data.domain.vocabulaire_registres import (
    NaturePratique as NaturePratique,
)
from ccm_data.domain.vocabulaire_registres import (
    NatureRencontre as NatureRencontre,
)
from ccm_data.domain.vocabulaire_registres import (
    NatureSensibilisation as NatureSensibilisation,
)
from ccm_data.domain.vocabulaire_registres import (
    NiveauPartenariat as NiveauPartenariat,
)
from ccm_data.domain.vocabulaire_registres import (
    ObjetEvaluation as ObjetEvaluation,
)
from ccm_data.domain.vocabulaire_registres import (
    Payeur as Payeur,
)
from ccm_data.domain.vocabulaire_registres import (
    RoleSpccm as RoleSpccm,
)
from ccm_data.domain.vocabulaire_registres import (
    StatutEvaluation as StatutEvaluation,
)
from ccm_data.domain.vocabulaire_registres import (
    StatutRecommandation as StatutRecommandation,
)
from ccm_data.domain.vocabulaire_registres import (
    SuiteActivite as SuiteActivite,
)
from ccm_data.domain.vocabulaire_registres import (
    TypeInstance as TypeInstance,
)
from ccm_data.domain.vocabulaire_registres import (
    TypePartenariat as TypePartenariat,
)
from ccm_data.domain.vocabulaire_registres import (
    TypeProduit as TypeProduit,
)


class CategorieActeur(StrEnum):
    """Kinds of structures that coordinate on migration (annexe of the strategy, chapter 1)."""

    ETAT = "etat"
    COLLECTIVITE = "collectivite"
    PTF_BILATERAL = "ptf_bilateral"
    PTF_MULTILATERAL = "ptf_multilateral"
    OSC = "osc"
    RECHERCHE = "recherche"
    SECTEUR_PRIVE = "secteur_prive"
    MEDIA = "media"
    DIASPORA = "diaspora"
    REGROUPEMENT_MIGRANTS = "regroupement_migrants"
    RESEAU = "reseau"


class TypeIndicateur(StrEnum):
    """How an indicator's value reads (règles 2)."""

    NOMBRE = "nombre"
    POURCENTAGE = "pourcentage"
    OUI_NON = "oui_non"
    ORDINAL = "ordinal"
    NARRATIF = "narratif"


class Sens(StrEnum):
    """Which way is better."""

    CROISSANT = "croissant"
    DECROISSANT = "decroissant"
    MAINTIEN = "maintien"


class AgregationTemps(StrEnum):
    """How quarters add up to a figure at a date."""

    SOMME = "somme"
    DERNIER = "dernier"
    MOYENNE = "moyenne"
    MAX = "max"
    DISTINCT = "distinct"


class AgregationRegion(StrEnum):
    """How regions add up to the national figure."""

    SOMME = "somme"
    MOYENNE_PONDEREE = "moyenne_ponderee"
    DISTINCT = "distinct"
    NATIONAL = "national_seulement"


class ModeCible(StrEnum):
    """What a yearly target means."""

    INCREMENTALE = "incrementale"
    CUMULEE = "cumulee"
    FINALE = "finale"
    SEUIL = "seuil"


class ModeSaisie(StrEnum):
    """What a reported value means."""

    FLUX = "flux"
    CUMUL = "cumul"
    ETAT = "etat"


class StatutBase(StrEnum):
    """What is known of the baseline."""

    CONNUE = "connue"
    ZERO_PAR_CONSTRUCTION = "zero_par_construction"
    INCONNUE = "inconnue"


class StatutIndicateur(StrEnum):
    """Status of an indicator, in the order in which legends list them (visual language 2)."""

    ATTEINT = "atteint"
    EN_BONNE_VOIE = "en_bonne_voie"
    A_SURVEILLER = "a_surveiller"
    EN_RETARD = "en_retard"
    CIBLE_NON_DEFINIE = "cible_non_definie"
    NON_RENSEIGNE = "non_renseigne"


class StatutActivite(StrEnum):
    """Where an activity stands (règles 3)."""

    NON_DEMARREE = "non_demarree"
    EN_COURS = "en_cours"
    ACHEVEE = "achevee"
    SUSPENDUE = "suspendue"
    ABANDONNEE = "abandonnee"


class EtatSuivi(StrEnum):
    """State of a follow-up row; only VALIDE enters official figures."""

    BROUILLON = "brouillon"
    SOUMIS = "soumis"
    RETOURNE = "retourne"
    VALIDE = "valide"
    REMPLACE = "remplace"


class Phase(StrEnum):
    """Budget chain after `prévu` (which is the plan's); the order is the order of the chain (règles 4)."""

    MOBILISE = "mobilise"
    ENGAGE = "engage"
    LIQUIDE = "liquide"
    ORDONNANCE = "ordonnance"
    PAYE = "paye"


class TypeFinancement(StrEnum):
    """Who pays."""

    ETAT = "etat"
    PTF = "ptf"
    AUTRE = "autre"


class NiveauDeclarant(StrEnum):
    """Which end of the same money speaks: the funder or the implementer (one level counts, règles 4)."""

    BAILLEUR = "bailleur"
    EXECUTANT = "executant"


class StatutComite(StrEnum):
    """Life of a comité de veille."""

    PLANIFIE = "planifie"
    CREE = "cree"
    FORME = "forme"
    OPERATIONNEL = "operationnel"


class NiveauComite(StrEnum):
    """Territorial level of a comité de veille."""

    REGION = "region"
    COMMUNE = "commune"
    VILLAGE = "village"


class StatutPoint(StrEnum):
    """Life of an information point."""

    PLANIFIE = "planifie"
    OUVERT = "ouvert"
    FERME = "ferme"


class NatureContradiction(StrEnum):
    """Kinds of differences that the plan's document holds (règles 1)."""

    MONTANT = "montant"
    CALENDRIER = "calendrier"
    INTITULE = "intitule"
    REFERENCE = "reference"
    NUMEROTATION = "numerotation"


class Role(StrEnum):
    """Roles of accounts; a visitor has none of them stored."""

    VISITEUR = "visiteur"
    LECTEUR = "lecteur"
    ACTEUR = "acteur"
    POINT_FOCAL = "point_focal"
    SUIVI_EVALUATION = "suivi_evaluation"
    ADMINISTRATEUR = "administrateur"


class Gravite(StrEnum):
    """How grave a fault of an imported file is, gravest first."""

    BLOQUANT = "bloquant"
    A_CORRIGER = "a_corriger"
    A_VERIFIER = "a_verifier"


class ListeTermes(StrEnum):
    """Lists of the register of interventions that the SP/CCM may extend."""

    THEME = "theme"
    STATUT = "statut"


class EtatRequete(StrEnum):
    """Life of a request to PTF through the CCM."""

    RECUE = "recue"
    INSTRUITE = "instruite"
    TRANSMISE = "transmise"
    ACCEPTEE = "acceptee"
    FINANCEE = "financee"
    REFUSEE = "refusee"


class EtatPositionnement(StrEnum):
    """Life of a pledge: an intention until it is signed (règles 4)."""

    ANNONCE = "annonce"
    CONFIRME = "confirme"
    SIGNE = "signe"
    RETIRE = "retire"


class VerdictPaire(StrEnum):
    """What a person decides of a candidate pair (règles 5)."""

    DOUBLON = "doublon"
    DOUBLE_DECLARATION = "double_declaration"
    COMPLEMENTAIRE = "complementaire"
    DISTINCT = "distinct"


class SuiteVerdict(StrEnum):
    """What was done about a verdict (règles 5)."""

    FUSION = "fusion"
    REPARTITION_CONVENUE = "repartition_convenue"
    MAINTENU = "maintenu"
    ARRET = "arret"


class EtatCellule(StrEnum):
    """State of a cell region × theme or region × activity, in order of precedence (règles 5)."""

    COUVERT = "couvert"
    FINANCE = "finance"
    PLANIFIE = "planifie"
    NON_RAPPORTE = "non_rapporte"
    NON_COUVERT = "non_couvert"
