"""The cases of `test_contraintes` for the register of interventions, requests, verdicts and documents."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

MAINTENANT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
AUTEUR: dict[str, Any] = {"auteur_id": 901, "cree_le": MAINTENANT}
REQUETE: dict[str, Any] = {
    **AUTEUR, "numero": "R-2026-0001", "version": 1, "etat": "recue", "objet": "Appui", "recue_le": date(2026, 5, 4),
}  # fmt: skip
NEGATIF = {"less than nothing": {"montant_fcfa": -1}}
REVOQUE = {"revoque_le": MAINTENANT, "revoque_par_id": 901}
JUSTES: dict[str, dict[str, Any]] = {
    "terme": {"liste": "theme", "code": "etat_civil", "libelle": "État civil", "ordre": 15, "actif": True, "modifie_spccm": True},
    "intervention": {
        **AUTEUR, "etat": "brouillon", "version": 1, "acteur_code": "oim", "code": "OIM-1", "titre": "Appui",
        "statut": "en_cours", "devise": "XOF", "budget_fcfa": 5, "date_debut": date(2025, 1, 1),
        "beneficiaires_vises": 3,
    },
    "requete": REQUETE,
    "etape_requete": {"requete_id": 901, "etat": "recue", "quand": MAINTENANT, "compte_id": 901},
    "positionnement": {
        **AUTEUR, "requete_id": 901, "acteur_code": "oim", "etat": "annonce", "version": 1, "montant_fcfa": 5,
        "date_prevue": date(2027, 1, 1), "change_le": MAINTENANT,
    },
    "verdict": {
        "code_a": "A", "code_b": "B", "verdict": "double_declaration", "motif": "m", "auteur_id": 901,
        "rendu_le": MAINTENANT, "porteur_code": "A", "montant_commun_fcfa": 5, "suite_le": date(2026, 6, 1),
        "suite": "fusion",
    },
    "reponse_paire": {
        "code_a": "A", "code_b": "B", "acteur_code": "oim", "auteur_id": 901, "quand": MAINTENANT, "texte": "Non.",
    },
    "document_programmation": {
        **AUTEUR, "acteur_code": "oim", "titre": "Programme", "source": "Site", "debut": date(2025, 1, 1),
        "fin": date(2026, 1, 1), "version": 1,
    },
    "mise_en_relation": {**AUTEUR, "acteur_code": "oim", "objet": "Une étude"},
}  # fmt: skip
DESORDRE = {"in the wrong order": {"code_a": "B", "code_b": "A", "porteur_code": "A"}, "with itself": {"code_b": "A"}}
CHECKS: dict[tuple[str, str], dict[str, dict[str, Any]]] = {
    ("terme", "nomme"): {"no label": {"libelle": ""}},
    ("intervention", "a_un_chef_de_file"): {"nobody leads": {"acteur_code": None}},
    ("intervention", "fin_apres_debut"): {"ends before it begins": {"date_fin": date(2024, 12, 31)}},
    ("intervention", "montants_positifs"): {
        nom: {nom: -1} for nom in ("budget_fcfa", "mobilise_fcfa", "decaisse_fcfa", "montant_origine")
    },
    ("intervention", "effectifs_positifs"): {nom: {nom: -1} for nom in ("beneficiaires_vises", "beneficiaires_atteints")},
    ("intervention", "devise_et_taux"): {
        "euros without a rate": {"devise": "EUR", "montant_origine": 5},
        "euros without their amount": {"devise": "EUR", "taux": 655.957},
    },
    ("requete", "montant_positif"): NEGATIF,
    ("requete", "a_un_objet"): {"about nothing": {"objet": ""}},
    ("positionnement", "montant_positif"): NEGATIF,
    ("verdict", "paire_ordonnee"): DESORDRE,
    ("verdict", "suite_datee"): {"followed on no day": {"suite_le": None}},
    ("verdict", "argent_porte"): {
        "nobody carries the money": {"porteur_code": None}, "no common amount": {"montant_commun_fcfa": None},
        "less than nothing": {"montant_commun_fcfa": -1},
    },
    ("verdict", "porteur_de_la_paire"): {"another row carries it": {"porteur_code": "C"}},
    ("verdict", "revocation_signee"): {"revoked by nobody": {"revoque_le": MAINTENANT}},
    ("reponse_paire", "paire_ordonnee"): {"in the wrong order": {"code_a": "B", "code_b": "A"}},
    ("reponse_paire", "dit_quelque_chose"): {"nothing": {"texte": ""}},
    ("document_programmation", "fin_apres_debut"): {"ends before it begins": {"fin": date(2024, 1, 1)}},
    ("document_programmation", "analyse_datee"): {"analysed on no day": {"resultat": "Rien"}},
    ("document_programmation", "compte_positif"): {"less than none": {"doublons_trouves": -1}},
    ("mise_en_relation", "a_un_objet"): {"about nothing": {"objet": ""}},
    ("mise_en_relation", "faite_signee"): {"done by nobody": {"faite_le": MAINTENANT}},
}  # fmt: skip
UNIQUES: dict[str, tuple[str, dict[str, Any]]] = {
    "uq_intervention_validee": ("intervention", {"titre": "Autre"}),
    "uq_requete_numero": ("requete", {"objet": "Autre"}),
    "uq_positionnement_vivant": ("positionnement", {"montant_fcfa": 6}),
    "uq_verdict_en_vigueur": ("verdict", {"motif": "autre"}),
}
