"""The cases of `test_contraintes` for séances, their pictures and their decisions."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

MAINTENANT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SEANCE: dict[str, Any] = {
    "code": "S-1", "instance_code": "ccm", "intitule": "Séance", "date_seance": date(2026, 12, 10),
    "date_arrete": date(2026, 9, 30), "etat": "preparee", "version": 1, "ordre_du_jour": [], "scenes": [], "auteur_id": 901,
    "cree_le": MAINTENANT,
}  # fmt: skip
JUSTES: dict[str, dict[str, Any]] = {
    "seance": SEANCE,
    "image_seance": {
        "seance_id": 901, "nom": "carte.png", "type_mime": "image/png", "alt": "Carte", "largeur": 1, "hauteur": 1,
        "donnees": "",
    },
    "decision_seance": {"seance_id": 901, "texte": "Relancer", "auteur_id": 901, "quand": MAINTENANT},
}  # fmt: skip
# Rows that those above point at.
APPUIS: dict[str, dict[str, Any]] = {"seance": SEANCE | {"id": 901, "code": "S-fixe"}}
FIGEE: dict[str, Any] = {"etat": "figee", "contenu": "{}", "empreinte": "a" * 64, "fige_le": MAINTENANT}
CHECKS: dict[tuple[str, str], dict[str, dict[str, Any]]] = {
    ("seance", "nommee"): {"no code": {"code": ""}, "no title": {"intitule": ""}},
    ("seance", "figee_avec_son_contenu"): {
        "frozen without figures": FIGEE | {"contenu": None},
        "frozen without hash": FIGEE | {"empreinte": None},
        "frozen on no day": FIGEE | {"fige_le": None},
        "figures before it is frozen": FIGEE | {"etat": "preparee"},
    },
    ("image_seance", "dimensions_positives"): {"no width": {"largeur": 0}, "no height": {"hauteur": 0}},
    ("decision_seance", "dite"): {"nothing decided": {"texte": ""}},
}
UNIQUES: dict[str, tuple[str, dict[str, Any]]] = {"uq_seance_code": ("seance", {"intitule": "Autre"})}
