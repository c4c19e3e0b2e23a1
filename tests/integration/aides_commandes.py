"""Builders for the tests of commands: accounts of every role, persons, follow-up rows in any state."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.orm import Session

from ccm_data.domain.permissions import VISITEUR, Personne
from ccm_data.domain.vocabulaire import EtatSuivi, Phase, Role, StatutActivite, TypeFinancement
from ccm_data.models.comptes import Compte
from ccm_data.models.instances import Rencontre
from ccm_data.models.suivi import EcritureBudgetaire, MiseAJour

MAINTENANT = datetime(2026, 11, 23, 9, 14, tzinfo=UTC)
PROVENANCE_JOUR = date(2026, 11, 20)
RENCONTRE, RENCONTRE_NATIONALE = "CCM-AGADEZ-2026-06", "CCM-2026-06"
SIENNE, AUTRE, NATIONALE = ("NE001", "oim"), ("NE005", "giz"), (None, None)
COMPTES: tuple[tuple[str, Role, str | None, str | None], ...] = (
    ("lecteur", Role.LECTEUR, None, None),
    ("acteur", Role.ACTEUR, None, "oim"),
    ("focal", Role.POINT_FOCAL, "NE001", None),
    ("se", Role.SUIVI_EVALUATION, None, None),
    ("se2", Role.SUIVI_EVALUATION, None, None),
    ("admin", Role.ADMINISTRATEUR, None, None),
)


def make_personnes(session: Session) -> dict[str, Personne]:
    """One account per role (two for suivi-évaluation), as persons by name, the visitor included."""
    personnes = {"visiteur": VISITEUR}
    for nom, role, region, acteur in COMPTES:
        compte = Compte(
            identifiant=nom, libelle=nom, role=role, region_code=region, acteur_code=acteur, empreinte="-",
            cree_le=MAINTENANT,
        )  # fmt: skip
        session.add(compte)
        session.flush()
        personnes[nom] = Personne(role, compte.id, region, acteur)
    return personnes


def make_mise_a_jour(**champs: Any) -> dict[str, Any]:
    """Values of a complete update of 3.1.3 in Agadez for T3 2026."""
    return {
        "activite_code": "3.1.3",
        "region_code": "NE001",
        "annee": 2026,
        "trimestre": 3,
        "avancement": 40,
        "statut": StatutActivite.EN_COURS,
        **champs,
    }


def make_ecriture(**champs: Any) -> dict[str, Any]:
    """Values of a complete payment on 3.1.3."""
    return {
        "activite_code": "3.1.3",
        "annee": 2026,
        "phase": Phase.PAYE,
        "type_financement": TypeFinancement.PTF,
        "bailleur_code": "oim",
        "montant_fcfa": 1_000_000,
        "date_operation": date(2026, 8, 3),
        **champs,
    }


def add_ligne(session: Session, auteur: Personne, etat: EtatSuivi, **champs: Any) -> MiseAJour:
    """An update standing in a state, whoever its author is."""
    ligne = MiseAJour(**make_mise_a_jour(**champs), etat=etat, auteur_id=auteur.compte_id, cree_le=MAINTENANT)
    session.add(ligne)
    session.flush()
    return ligne


def add_ecriture_validee(session: Session, auteur: Personne, validateur: Personne, **champs: Any) -> EcritureBudgetaire:
    """A validated payment."""
    ligne = EcritureBudgetaire(
        **make_ecriture(**champs), etat=EtatSuivi.VALIDE, auteur_id=auteur.compte_id, cree_le=MAINTENANT,
        valide_le=MAINTENANT, valide_par_id=validateur.compte_id,
    )  # fmt: skip
    session.add(ligne)
    session.flush()
    return ligne


# A complete row of every subject, as a focal point of Agadez would send it.
COMPLETES: dict[str, dict[str, Any]] = {
    "mise_a_jour": make_mise_a_jour(),
    "ecriture_budgetaire": make_ecriture(region_code="NE001", reference_document="P-17"),
    "valeur_indicateur": {
        "indicateur_code": "1.c", "region_code": "NE001", "annee": 2026, "trimestre": 3, "valeur": "1 250",
    },
    "comite_veille": {
        "region_code": "NE001", "nom": "Comité de veille d’Arlit", "niveau": "commune", "statut": "cree",
        "date_creation": "2024-05-06", "lat": 18.74, "lon": 7.39,
    },
    "point_information": {
        "region_code": "NE001", "nom": "Point d’Assamakka", "statut": "ouvert", "date_ouverture": "2024-05-06",
    },
    "point_focal": {"region_code": "NE001", "nom": "Point focal, Agadez", "depuis": "2023-01-16"},
    "presence": {"region_code": "NE001", "acteur_code": "oim", "domaine": "Assistance"},
    "intervention": {
        "acteur_code": "oim", "code": "OIM-1", "titre": "Aide au retour", "regions": "NE001;NE005", "themes": "sante",
        "statut": "en_cours", "date_debut": date(2025, 1, 1),
    },
    "membre_instance": {
        "region_code": "NE001", "instance_code": "ccm-agadez", "membre_code": "oim", "college": "ptf",
        "admis_le": "2022-11-03", "sorti_le": "2026-05-04",
    },
    "rencontre": {
        "region_code": "NE001", "code": "CCM-AGADEZ-2026-09", "instance_code": "ccm-agadez", "date_rencontre": "2026-09-10",
        "heure": "09:30", "presents": "oim; giz", "dossier_partage_le": "2026-09-01",
    },
    "point_ordre_du_jour": {
        "region_code": "NE001", "rencontre_code": RENCONTRE, "numero": "1", "intitule": "Suites données",
        "points_cles": "Deux recommandations réalisées.",
    },
    "recommandation": {
        "region_code": "NE001", "code": "REC-AGADEZ-1", "rencontre_code": RENCONTRE, "point_numero": 1,
        "texte": "Relancer les comités", "responsable_code": "drecm-r-agadez", "echeance": "2027-03-31",
        "statut": "realisee", "realisee_le": "2026-10-02", "preuve": "PV", "reconduite_par": RENCONTRE,
    },
    "sensibilisation": {
        "region_code": "NE001", "nature": "mission", "intitule": "Mission à Arlit", "date_debut": "2026-08-04",
        "date_fin": "2026-08-06", "organisateurs": "sp-ccm; oim", "etat_femmes": "4", "etat_hommes": 0,
    },
    "appui": {
        "region_code": "NE001", "cadre": "drec_mr", "intitule": "Motos", "institution_code": "oim", "nature": "equipement",
        "beneficiaire_code": "drecm-r-agadez", "date_debut": "2026-08-04", "date_fin": "2027-08-04", "montant_fcfa": "2 500 000",
    },
    "produit_communication": {
        "region_code": "NE001", "intitule": "Avant de partir", "type": "affiche", "date_diffusion": "2026-08-04",
        "langues": "haoussa; tamajeq", "exemplaires": 600,
    },
    "bonne_pratique": {
        "region_code": "NE001", "nature": "lecon_apprise", "titre": "Parler la langue du lieu", "date_constat": "2026-08-04",
        "enseignement": "Le public double.", "theme": "information_sensibilisation",
    },
    "suivi_hypothese": {
        "objectif_code": "3.1", "nature": "risque", "date_constat": "2026-08-04", "niveau": "critique",
        "constat": "Une région se tait", "mitigation": "Appel mensuel", "responsable_code": "sp-ccm",
    },
    "partenariat": {
        "type": "convention", "niveau": "bilateral", "intitule": "Convention de données", "date_debut": "2026-08-04",
        "partenaire": "Structure homologue", "pays": "Bénin", "document": "Texte signé",
    },
    "poste_spccm": {
        "intitule": "Suivi et évaluation", "payeur": "partenaire", "partenaire_code": "oim", "depuis": "2019-03-01",
        "part_2025": "12,5", "part_2026": 100,
    },
    "etape_perennisation": {
        "nature": "adoption", "date_etape": "2026-06-11", "rencontre_code": RENCONTRE_NATIONALE, "constat": "Adoptée",
    },
}  # fmt: skip
# What the rows above refer to, when it must stand before them.
PREALABLES: dict[str, dict[str, Any]] = {
    "point_ordre_du_jour": {"code": RENCONTRE, "instance_code": "ccm-agadez", "region_code": "NE001"},
    "recommandation": {"code": RENCONTRE, "instance_code": "ccm-agadez", "region_code": "NE001"},
    "etape_perennisation": {"code": RENCONTRE_NATIONALE, "instance_code": "ccm", "region_code": None},
}


def add_prealables(session: Session, auteur: Personne, sujet: str) -> None:
    """The meeting on which a row of this subject hangs, if it needs one."""
    if sujet in PREALABLES:
        session.add(
            Rencontre(
                **PREALABLES[sujet], date_rencontre=date(2026, 6, 11), etat=EtatSuivi.SOUMIS, version=1,
                auteur_id=auteur.compte_id, cree_le=MAINTENANT,
            )
        )  # fmt: skip
        session.flush()
