"""The closed lists of the registers that feed the logframe; `vocabulaire` gives them beside its own.

Source: stratégie 2022-2026 (sections 4, 8.1, 8.2, 8.4), codes et standards (coordination bodies), règles de calcul 2 and 6.
"""

from __future__ import annotations

from enum import StrEnum


class TypeInstance(StrEnum):
    """Kinds of coordination bodies that the strategy names."""

    CCM = "ccm"
    GTM = "gtm"
    CCM_REGIONAL = "ccm_regional"
    SOUS_GROUPE = "sous_groupe"
    COMITE_SUIVI = "comite_suivi"
    CADRE_PROTECTION = "cadre_protection"
    STRUCTURES_PUBLIQUES = "structures_publiques"
    COORDINATION_PTF = "coordination_ptf"
    COMMUNAUTE_THEMATIQUE = "communaute_thematique"
    RESEAU_OSC = "reseau_osc"
    RESEAU_NU = "reseau_nu"
    COMITE_INTERMINISTERIEL = "comite_interministeriel"


class RoleSpccm(StrEnum):
    """What the SP/CCM is in a body."""

    SECRETARIAT = "secretariat"
    MEMBRE = "membre"
    OBSERVATEUR = "observateur"


class College(StrEnum):
    """The colleges of a body: a quorum may be asked of each."""

    ETAT = "etat"
    COLLECTIVITES = "collectivites"
    PTF = "ptf"
    OSC = "osc"
    RECHERCHE = "recherche"
    PRIVE = "prive"


class ModeQuorum(StrEnum):
    """How a quorum is told: so many members, or such a share of them."""

    NOMBRE = "nombre"
    PART = "part"


class NatureRencontre(StrEnum):
    """Why a body met."""

    ORDINAIRE = "ordinaire"
    DEMANDE_MEMBRE = "demande_membre"
    EXTRAORDINAIRE = "extraordinaire"
    JOURNEE_MIGRANTS = "journee_migrants"


class StatutRecommandation(StrEnum):
    """Where a recommendation stands."""

    A_FAIRE = "a_faire"
    EN_COURS = "en_cours"
    REALISEE = "realisee"
    ABANDONNEE = "abandonnee"


class NatureSensibilisation(StrEnum):
    """What kind of awareness or training took place."""

    MISSION = "mission"
    SESSION = "session"
    JOURNEE_ECHANGES = "journee_echanges"
    FORMATION = "formation"


class CadreAppui(StrEnum):
    """Which indicator a support counts for: institutions in support (1.a), supports to the DREC/MR (3.1.b)."""

    INSTITUTIONNEL = "institutionnel"
    DREC_MR = "drec_mr"


class NatureAppui(StrEnum):
    """What a support is made of."""

    PLAIDOYER = "plaidoyer"
    TECHNIQUE = "technique"
    FINANCIER = "financier"
    EQUIPEMENT = "equipement"
    FORMATION = "formation"
    LOGISTIQUE = "logistique"


class TypeProduit(StrEnum):
    """Kinds of communication products (activity 2.3.2)."""

    AFFICHE = "affiche"
    DEPLIANT = "depliant"
    BULLETIN = "bulletin"
    EMISSION_RADIO = "emission_radio"
    VIDEO = "video"
    ARTICLE = "article"
    PAGE_WEB = "page_web"
    AUTRE = "autre"


class NaturePratique(StrEnum):
    """What was learnt: a practice, a lesson, or an opinion on the follow-up frame itself (section 8.1)."""

    BONNE_PRATIQUE = "bonne_pratique"
    LECON_APPRISE = "lecon_apprise"
    AVIS_DISPOSITIF = "avis_dispositif"


class NatureHypothese(StrEnum):
    """What the logframe supposes, and what it fears."""

    HYPOTHESE = "hypothese"
    RISQUE = "risque"


class EtatHypothese(StrEnum):
    """How a hypothesis holds, or how near a risk has come."""

    MAITRISE = "maitrise"
    INCERTAIN = "incertain"
    CRITIQUE = "critique"


class TypePartenariat(StrEnum):
    """Kinds of partnership that indicators 4.a to 4.d count."""

    RENCONTRE = "rencontre"
    OUTIL = "outil"
    CONVENTION = "convention"
    VOYAGE = "voyage"


class NiveauPartenariat(StrEnum):
    """Level of a partnership (axis 4)."""

    BILATERAL = "bilateral"
    REGIONAL = "regional"
    INTERNATIONAL = "international"


class Payeur(StrEnum):
    """Who pays a post of the SP/CCM (section 8.4)."""

    ETAT = "etat"
    PARTENAIRE = "partenaire"
    PARTAGE = "partage"
    VACANT = "vacant"


class NatureEtape(StrEnum):
    """Steps of the road map on sustaining the posts (section 8.4, indicator 5.c)."""

    ADOPTION = "adoption"
    EVALUATION = "evaluation"


class ObjetEvaluation(StrEnum):
    """What is evaluated: an activity of the plan, or an actor's intervention (counted apart)."""

    ACTIVITE = "activite"
    INTERVENTION = "intervention"


class StatutEvaluation(StrEnum):
    """Life of an evaluation: draft, shared with the partner, final."""

    BROUILLON = "brouillon"
    PARTAGEE = "partagee"
    FINALE = "finale"


class Critere(StrEnum):
    """The ten criteria, CAD-OCDE first, in their order (règles 6)."""

    PERTINENCE = "pertinence"
    COHERENCE = "coherence"
    EFFICACITE = "efficacite"
    EFFICIENCE = "efficience"
    IMPACT = "impact"
    VIABILITE = "viabilite"
    VALEUR_AJOUTEE = "valeur_ajoutee"
    APPROPRIATION = "appropriation"
    CONFORMITE_PNM = "conformite_pnm"
    CONFORMITE_PMM = "conformite_pmm"


class EtatSeance(StrEnum):
    """Life of a séance: prepared, then frozen for good, or given up before."""

    PREPAREE = "preparee"
    FIGEE = "figee"
    ANNULEE = "annulee"


class SuiteActivite(StrEnum):
    """What becomes of an unfinished activity when the next plan is prepared."""

    REPRISE = "reprise"
    NON_REPRISE = "non_reprise"
