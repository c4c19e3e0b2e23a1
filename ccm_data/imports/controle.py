"""A file checked without a browser: its anomalies as plain objects, the same as those of the screen."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy import select

from ccm_data.config import Config
from ccm_data.db import read_session
from ccm_data.domain.permissions import Personne
from ccm_data.domain.vocabulaire import Gravite, Role
from ccm_data.errors import FichierIllisible, Introuvable
from ccm_data.imports.lecture import read_classeur
from ccm_data.imports.validation import validate
from ccm_data.models.comptes import Compte
from ccm_data.phrases.imports import say_anomalie, say_fichier


def list_controle(config: Config, octets: bytes, nom: str, identifiant: str | None = None) -> list[dict[str, Any]]:
    """Anomalies of a file for an account (by default, for the SP/CCM, who may send every row); writes nothing.

    Keys: code, gravite, feuille, ligne, colonne, valeur, suggestion, attendu, message, remede. A file that cannot be read
    is one `bloquant` anomaly. Raises Introuvable for an unknown account.
    """
    try:
        classeur = read_classeur(octets, nom)
    except FichierIllisible as erreur:
        vide = dict.fromkeys(("feuille", "ligne", "colonne", "valeur", "suggestion", "attendu"))
        dit = {"message": say_fichier(erreur), "remede": ""}
        return [{"code": erreur.code, "gravite": Gravite.BLOQUANT.value, **vide, **dit}]
    with read_session(config) as session:
        personne = Personne(Role.SUIVI_EVALUATION)
        if identifiant is not None:
            compte = session.scalar(select(Compte).where(Compte.identifiant == identifiant))
            if compte is None:
                raise Introuvable("compte_introuvable", objet="compte", valeur=identifiant)
            personne = Personne(compte.role, compte.id, compte.region_code, compte.acteur_code)
        anomalies = validate(session, personne, config.maintenant(), classeur).anomalies
    return [
        asdict(a) | {"gravite": a.gravite.value} | dict(zip(("message", "remede"), say_anomalie(a), strict=True))
        for a in anomalies
    ]
