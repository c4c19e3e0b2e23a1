"""The cases of `test_contraintes` for bodies and their meetings, the registers, evaluations and later plans."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

MAINTENANT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SUIVI: dict[str, Any] = {
    "etat": "brouillon",
    "version": 1,
    "auteur_id": 901,
    "cree_le": MAINTENANT,
    "region_code": "NE001",
}
NATIONAL = SUIVI | {"region_code": None}
JUSTES: dict[str, dict[str, Any]] = {
    "instance": {
        "code": "essai", "nom": "Instance", "type": "sous_groupe", "parent_code": "ccm", "a_confirmer": False, "actif": True,
        "ordre": 99, "section": "", "modifie_spccm": False,
    },
    "regle_quorum": {
        "source": "PV", "date_source": date(2026, 11, 20), "decide_le": MAINTENANT, "auteur_id": 901, "instance_code": "gtm",
        "college": "osc", "mode": "part", "valeur": 50,
    },
    "membre_instance": {
        **SUIVI, "instance_code": "ccm-agadez", "membre_code": "oim", "college": "ptf", "observateur": False,
        "admis_le": date(2024, 5, 6),
    },
    "rencontre": {
        **SUIVI, "code": "R-1", "instance_code": "ccm-agadez", "date_rencontre": date(2026, 3, 5), "nature": "ordinaire",
        "annulee": False,
    },
    "point_ordre_du_jour": {**SUIVI, "rencontre_code": "R-1", "numero": 1, "intitule": "Suites"},
    "recommandation": {**SUIVI, "code": "REC-1", "rencontre_code": "R-1", "texte": "Relancer", "statut": "a_faire"},
    "accuse_lecture": {"rencontre_code": "R-1", "acteur_code": "oim", "compte_id": 901, "quand": MAINTENANT},
    "correction": {"sujet": "sensibilisation", "ligne_id": 2, "corrigee_id": 1},
    "sensibilisation": {
        **SUIVI, "nature": "mission", "intitule": "Mission", "date_debut": date(2026, 3, 5), "date_fin": date(2026, 3, 6),
    },
    "appui": {
        **SUIVI, "cadre": "institutionnel", "intitule": "Appui", "institution_code": "oim", "nature": "technique",
        "date_debut": date(2026, 3, 5), "montant_fcfa": 0,
    },
    "produit_communication": {
        **SUIVI, "intitule": "Affiche", "type": "affiche", "date_diffusion": date(2026, 3, 5), "exemplaires": 0,
    },
    "bonne_pratique": {
        **SUIVI, "nature": "lecon_apprise", "titre": "Leçon", "date_constat": date(2026, 3, 5), "acteur_code": "oim",
    },
    "suivi_hypothese": {
        **NATIONAL, "objectif_code": "3.1", "nature": "risque", "date_constat": date(2026, 3, 5), "niveau": "critique",
    },
    "partenariat": {
        **NATIONAL, "type": "convention", "niveau": "bilateral", "intitule": "Convention", "date_debut": date(2026, 3, 5),
    },
    "poste_spccm": {**NATIONAL, "intitule": "Suivi", "payeur": "partage", "depuis": date(2019, 3, 1), "part_2026": 50},
    "etape_perennisation": {**NATIONAL, "nature": "evaluation", "date_etape": date(2026, 3, 5)},
    "evaluation": {
        "objet": "activite", "objet_code": "3.1.3", "date_evaluation": date(2026, 3, 5), "statut": "brouillon", "version": 1,
        "auteur_id": 901, "cree_le": MAINTENANT, "partagee_le": MAINTENANT,
    },
    "note_evaluation": {"evaluation_id": 901, "critere": "impact", "note": 3},
    "plan_suivant": {
        "code": "2032-2036", "intitule": "Plan", "debut": 2032, "fin": 2036, "source": "PV", "date_source": date(2026, 11, 20),
        "empreinte": "a" * 64, "auteur_id": 901, "charge_le": MAINTENANT,
    },
    "activite_suivante": {"plan_code": "2027-2031", "code": "1.1", "intitule": "Activité", "cout_fcfa": 0, "ordre": 1},
    "reprise": {
        "plan_code": "2027-2031", "activite_code": "3.1.3", "suite": "reprise", "motif": "Inachevée", "auteur_id": 901,
        "decide_le": MAINTENANT,
    },
}  # fmt: skip
# Rows that those above point at.
APPUIS: dict[str, dict[str, Any]] = {
    "evaluation": JUSTES["evaluation"] | {"id": 901, "objet_code": "fixe"},
    "plan_suivant": JUSTES["plan_suivant"] | {"code": "2027-2031", "debut": 2027, "fin": 2031},
}
SUIVIS = (
    "membre_instance", "rencontre", "point_ordre_du_jour", "recommandation", "sensibilisation", "appui",
    "produit_communication", "bonne_pratique", "suivi_hypothese", "partenariat", "poste_spccm", "etape_perennisation",
)  # fmt: skip
EFFECTIFS = tuple(
    f"{c}_{s}" for c in ("etat", "collectivites", "osc", "prive", "population") for s in ("femmes", "hommes")
)
PARTS = tuple(f"part_{annee}" for annee in range(2022, 2027))
AVANT = {"ends before it begins": {"date_fin": date(2026, 3, 4)}}
REGIONALE = {"of one region": {"region_code": "NE001"}}
CHECKS: dict[tuple[str, str], dict[str, dict[str, Any]]] = {
    ("instance", "nommee"): {"no name": {"nom": ""}},
    ("instance", "pas_son_propre_parent"): {"its own parent": {"parent_code": "essai"}},
    ("regle_quorum", "valeur_positive"): {"nobody": {"valeur": 0, "mode": "nombre"}},
    ("regle_quorum", "part_au_plus_100"): {"more than all": {"valeur": 101}},
    ("membre_instance", "sortie_apres_admission"): {"left before it came": {"sorti_le": date(2024, 5, 5)}},
    ("rencontre", "a_un_code"): {"no code": {"code": ""}},
    ("rencontre", "demande_a_un_demandeur"): {"asked by nobody": {"nature": "demande_membre"}},
    ("point_ordre_du_jour", "numero_positif"): {"number zero": {"numero": 0}},
    ("recommandation", "dite"): {"no code": {"code": ""}, "no text": {"texte": ""}},
    ("recommandation", "realisee_a_une_date"): {"done on no day": {"statut": "realisee"}},
    ("correction", "deux_lignes"): {"a row that corrects itself": {"ligne_id": 1}},
    ("sensibilisation", "fin_apres_debut"): AVANT,
    ("sensibilisation", "effectifs_positifs"): {f"fewer than none: {nom}": {nom: -1} for nom in EFFECTIFS},
    ("appui", "fin_apres_debut"): AVANT,
    ("appui", "montant_positif"): {"less than nothing": {"montant_fcfa": -1}},
    ("produit_communication", "exemplaires_positifs"): {"fewer than none": {"exemplaires": -1}},
    ("bonne_pratique", "titree"): {"no title": {"titre": ""}},
    ("partenariat", "fin_apres_debut"): AVANT,
    ("poste_spccm", "fin_apres_debut"): {"ends before it begins": {"jusqua": date(2019, 2, 28)}},
    ("poste_spccm", "nationale"): REGIONALE,
    ("poste_spccm", "parts_0_100"): {
        f"{mot}: {nom}": {nom: part} for nom in PARTS for mot, part in (("less than none", -1), ("more than all", 101))
    },
    ("poste_spccm", "partenaire_nomme"): {"paid by a partner unnamed": {"payeur": "partenaire"}},
    ("etape_perennisation", "nationale"): REGIONALE,
    ("etape_perennisation", "adoptee_en_rencontre"): {"adopted nowhere": {"nature": "adoption"}},
    ("evaluation", "partagee_a_une_date"): {"shared on no day": {"statut": "partagee", "partagee_le": None}},
    ("evaluation", "finale_a_une_date"): {"final on no day": {"statut": "finale"}},
    ("evaluation", "reponse_datee"): {
        "answered on no day": {"reponse": "Merci"}, "a day without answer": {"reponse_le": MAINTENANT},
    },
    ("note_evaluation", "note_1_4"): {"below the scale": {"note": 0}, "above the scale": {"note": 5}},
    ("plan_suivant", "fin_apres_debut"): {"ends before it begins": {"fin": 2031}},
    ("plan_suivant", "apres_le_premier"): {"within the first plan": {"debut": 2026}},
    ("activite_suivante", "cout_positif"): {"less than nothing": {"cout_fcfa": -1}},
    ("activite_suivante", "intitulee"): {"no title": {"intitule": ""}},
    ("reprise", "motivee"): {"for no reason": {"motif": ""}},
}  # fmt: skip
UNIQUES: dict[str, tuple[str, dict[str, Any]]] = {
    "uq_regle_quorum_en_vigueur": ("regle_quorum", {"valeur": 60}),
    "uq_membre_instance_valide": ("membre_instance", {"college": "etat"}),
    "uq_rencontre_validee": ("rencontre", {"lieu": "Arlit"}),
    "uq_point_ordre_du_jour_valide": ("point_ordre_du_jour", {"intitule": "Autre"}),
    "uq_recommandation_validee": ("recommandation", {"texte": "Autre"}),
    "uq_accuse_lecture_rencontre_code_acteur_code": ("accuse_lecture", {"compte_id": 902}),
    "uq_correction_sujet_ligne_id": ("correction", {"corrigee_id": 3}),
    "uq_sensibilisation_validee": ("sensibilisation", {"lieu": "Arlit"}),
    "uq_appui_valide": ("appui", {"montant_fcfa": 5}),
    "uq_produit_communication_valide": ("produit_communication", {"exemplaires": 5}),
    "uq_bonne_pratique_validee": ("bonne_pratique", {"nature": "bonne_pratique"}),
    "uq_suivi_hypothese_valide": ("suivi_hypothese", {"niveau": "incertain"}),
    "uq_partenariat_valide": ("partenariat", {"niveau": "regional"}),
    "uq_poste_spccm_valide": ("poste_spccm", {"payeur": "etat"}),
    "uq_etape_perennisation_validee": ("etape_perennisation", {"constat": "Autre"}),
    "uq_evaluation_vivante": ("evaluation", {"statut": "brouillon", "synthese": "Autre"}),
    "uq_note_evaluation_evaluation_id_critere": ("note_evaluation", {"note": 4}),
    "uq_activite_suivante_plan_code_code": ("activite_suivante", {"intitule": "Autre"}),
    "uq_reprise_plan_code_activite_code": ("reprise", {"suite": "non_reprise"}),
}
# Unique keys whose region, college or organisation may be null: two nulls collide as two values do.
NULLES: dict[str, dict[str, Any]] = {
    "uq_regle_quorum_en_vigueur": {"college": None},
    "uq_sensibilisation_validee": {"region_code": None},
    "uq_appui_valide": {"region_code": None},
    "uq_produit_communication_valide": {"region_code": None},
    "uq_bonne_pratique_validee": {"region_code": None, "acteur_code": None},
}
