"""A small frozen content for the tests of scenes: every part that they read, with what was not reported left None."""

from __future__ import annotations

import copy
from typing import Any

NR = "non renseigné"


def _axe(code: str, fait: float | None, statut: str, paye: float | None) -> dict[str, Any]:
    return {
        "code": code, "libelle": f"Axe numéro {code}", "fait": fait, "fait_texte": NR if fait is None else f"{fait:.0%}",
        "attendu": 0.9, "attendu_texte": "90 %", "statut": statut, "statut_texte": statut, "prevu_fcfa": 100_000_000,
        "engage_fcfa": None, "paye_fcfa": None if paye is None else int(paye * 100_000_000), "paye": paye,
        "paye_texte": NR if paye is None else f"{paye:.0%}", "score": None, "score_renseignes": 0, "score_total": 4,
    }  # fmt: skip


def _indicateur(code: str, statut: str, valeur: float | None) -> dict[str, Any]:
    return {
        "code": code, "axe": code[0], "intitule": f"Indicateur {code}", "libelle": f"Indicateur {code}", "unite": "nombre",
        "valeur": valeur, "niveau": None, "cible": 60, "taux": None, "statut": statut, "statut_texte": statut,
        "texte": NR if valeur is None else f"{valeur:.0f} sur 60", "portee": "",
        "tendance": [None, 1.0, 2.0, valeur, valeur],
        "cibles": {"2026": 60},
    }  # fmt: skip


def _region(code: str, nom: str, comites: float | None) -> dict[str, Any]:
    return {
        "code": code, "nom": nom, "comites": comites, "comites_texte": "non rapporté" if comites is None else f"{comites:.0f}",
        "acteurs": 3.0, "acteurs_texte": "3", "completude": None, "completude_texte": "non rapporté",
    }  # fmt: skip


CONTENU: dict[str, Any] = {
    "forme": 1,
    "seance": {
        "code": "CCM-1", "titre": "CCM", "instance": "Cadre de Concertation sur la Migration", "date": "2026-12-18",
        "date_texte": "18 décembre 2026", "arrete": "2026-09-30", "arrete_texte": "30 septembre 2026",
        "demonstration": True, "region_invitee": "NE001", "prise_le": "2026-11-23",
    },
    "synthese": {
        "titre": "Deux axes en retard", "temps": 0.95, "jours": 1734, "jours_total": 1826, "fait": None, "fait_texte": NR,
        "attendu": 0.96, "attendu_texte": "attendu : 96 %", "statut": "non_renseigne", "statut_texte": "Non renseigné",
        "decaisse": 0.54, "decaisse_texte": "54 %", "decaisse_base": "536 sur 987 millions FCFA",
        "prevu_fcfa": 987_000_000, "mobilise_fcfa": None, "engage_fcfa": 600_000_000, "paye_fcfa": 536_000_000,
        "titre_budget": "54 % du plan est décaissé", "base_budget": "parts égales", "trimestre": "T3 2026",
        "declarants": 5, "declarants_attendus": 9, "silencieux": ["Diffa", "Zinder"],
    },
    "axes": [_axe("1", 0.96, "en_bonne_voie", 0.85), _axe("2", None, "non_renseigne", None), _axe("3", 0.4, "en_retard", 0.3)],
    "annees": [
        {"annee": a, "prevu_fcfa": 200_000_000, "engage_fcfa": None, "paye_fcfa": 0, "prevu_texte": "200",
         "engage_texte": NR, "paye_texte": "0"}
        for a in range(2022, 2027)
    ],
    "statuts": [
        {"statut": "atteint", "libelle": "Atteint", "n": 2}, {"statut": "non_renseigne", "libelle": "Non renseigné", "n": 1},
    ],
    "indicateurs": [
        _indicateur("1.a", "en_retard", 30.0), _indicateur("1.b", "a_surveiller", 50.0),
        _indicateur("2.1.a", "non_renseigne", None),
    ],
    "activites": [
        {"code": "1.1", "axe": "1", "intitule": "Activité", "libelle": "Activité", "annees": [2022], "cout_fcfa": 10,
         "cout_texte": "0", "fait": None, "fait_texte": NR, "attendu": None, "attendu_texte": "non programmé",
         "statut": "non_renseigne", "statut_texte": "Non renseigné", "etat": None, "paye_fcfa": None, "paye": None,
         "paye_texte": NR}
    ],
    "regions": [_region("NE001", "Agadez", 6.0), _region("NE002", "Diffa", None), _region("NE008", "Niamey", 0.0)],
    "region_invitee": {
        "code": "NE001", "nom": "Agadez", "population": 487_620, "dernier_rapport": "Rapport T3 2026", "paye_fcfa": None,
        "paye_texte": NR, "prevu_fcfa": 5, "prevu_texte": "5 FCFA",
        "activites": [{"code": "3.1.1", "libelle": "Comités", "fait_texte": "67 %", "attendu_texte": "100 %",
                       "statut": "a_surveiller", "statut_texte": "À surveiller"}],
    },
    "lacunes": {"titre": "41 cases non couvertes", "etats": [], "premieres": [{"lieu": "Santé, Diffa", "raison": "Rien"}]},
    "rapprochements": {
        "en_attente": {"doublon": 3}, "rendus": [{"verdict": "doublon", "libelle": "Doublon", "n": 2}], "en_doublon": 2,
        "paires": [
            {"a": "Projet A", "acteur_a": "Organisation A", "b": "Projet B", "acteur_b": "Organisation B", "score": 0.9}
        ],
    },
    "requetes": [{"numero": "R-1", "objet": "Soins", "region": "Diffa", "etat": "recue", "etat_texte": "Reçue",
                  "montant_fcfa": None, "montant_texte": NR, "echeance": None, "en_retard": True, "ouverte": True}],
    "recommandations": [
        {"code": f"REC-{i}", "texte": "Former les comités de veille " * 3, "rencontre": "CCM-0", "instance": "ccm",
         "region": None,
         "responsable": "OIM", "statut": statut, "etat_texte": statut, "echeance": "2026-06-30", "echeance_texte": "30 juin 2026",
         "en_retard": statut == "a_faire", "retard_jours": 3, "reconductions": 0}
        for i, statut in enumerate(["a_faire"] * 14 + ["realisee"])
    ],
    "contradictions": 12,
}  # fmt: skip


def make_contenu(**parts: Any) -> dict[str, Any]:
    """The content, a copy of its own, with these parts instead."""
    return copy.deepcopy(CONTENU) | parts
