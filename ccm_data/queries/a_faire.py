"""« À faire aujourd'hui »: what waits for this very person, by right: to validate, to mend, to report, to decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd
from sqlalchemy.orm import Session

from ccm_data.domain.perimetre import Perimetre
from ccm_data.domain.permissions import Personne, get_portee_ecriture
from ccm_data.domain.vocabulaire import EtatSuivi, Role
from ccm_data.queries.indicateurs import get_cadre_logique
from ccm_data.queries.rapports import list_dus
from ccm_data.queries.rapprochement import list_rapprochement
from ccm_data.queries.recommandations import FicheRecommandation, count_ouvertes, list_recommandations
from ccm_data.queries.rencontres import FicheRencontre, list_a_lire
from ccm_data.queries.suivi import TABLES, list_lignes

ETATS_EN_COURS = (EtatSuivi.SOUMIS, EtatSuivi.RETOURNE, EtatSuivi.BROUILLON)


@dataclass(frozen=True)
class LigneAFaire:
    """A row of follow-up that waits: `etat` says for whom."""

    sujet: str
    ligne_id: int
    etat: EtatSuivi
    region_code: str | None
    activite_code: str | None
    auteur: str
    depuis: date
    note: str | None


@dataclass(frozen=True)
class AFaire:
    """Everything that waits for a person."""

    a_valider: tuple[LigneAFaire, ...]
    a_corriger: tuple[LigneAFaire, ...]
    brouillons: tuple[LigneAFaire, ...]
    envoyees: tuple[LigneAFaire, ...]
    dus: pd.DataFrame
    contradictions: int
    sans_cible: tuple[str, ...]
    conflits: tuple[str, ...]
    recommandations: tuple[FicheRecommandation, ...]  # open ones of his organisation or region
    dossiers: tuple[FicheRencontre, ...]  # files of meetings to come that his organisation has not read
    recommandations_en_retard: int  # all bodies' together, for the SP/CCM, which follows them


def _list_en_cours(session: Session, personne: Personne) -> list[LigneAFaire]:
    """Rows under way; what is returned or unfinished waits for whoever wrote it, not for who validates."""
    lignes = []
    spccm = get_portee_ecriture(personne, "valider") == "tout"
    for sujet in TABLES:
        cadre = list_lignes(session, sujet, personne, tuple(e.value for e in ETATS_EN_COURS))
        if spccm:
            cadre = cadre[(cadre["etat"] == EtatSuivi.SOUMIS.value) | (cadre["auteur_id"] == personne.compte_id)]
        for x in cadre.to_dict("records"):
            depuis = x["soumis_le"] if not pd.isna(x["soumis_le"]) else x["cree_le"]
            lignes.append(
                LigneAFaire(
                    sujet,
                    int(x["id"]),
                    EtatSuivi(x["etat"]),
                    x["region_code"] if isinstance(x["region_code"], str) else None,
                    x.get("activite_code") or x.get("indicateur_code"),
                    str(x["auteur"]),
                    pd.Timestamp(depuis).date(),
                    x["note_retour"] if isinstance(x["note_retour"], str) else None,
                )
            )
    return sorted(lignes, key=lambda x: (x.depuis, x.region_code or ""))


def get_a_faire(session: Session, personne: Personne, perimetre: Perimetre, aujourd_hui: date) -> AFaire:
    """What waits; empty parts for whom they do not concern. A visitor has nothing to do."""
    lignes = _list_en_cours(session, personne) if personne.role is not Role.VISITEUR else []
    spccm = get_portee_ecriture(personne, "valider") == "tout"
    dus = list_dus(session, perimetre.date_arrete, aujourd_hui, personne.region_code)
    if not spccm and personne.role is not Role.POINT_FOCAL:
        dus = dus.iloc[0:0]
    cadre = get_cadre_logique(session, Perimetre(perimetre.date_arrete)).lignes if spccm else ()
    contradictions = 0
    if spccm:
        contradictions = int(list_rapprochement(session)["decision"].isna().sum())
    return AFaire(
        a_valider=tuple(x for x in lignes if x.etat is EtatSuivi.SOUMIS) if spccm else (),
        a_corriger=tuple(x for x in lignes if x.etat is EtatSuivi.RETOURNE),
        brouillons=tuple(x for x in lignes if x.etat is EtatSuivi.BROUILLON),
        envoyees=() if spccm else tuple(x for x in lignes if x.etat is EtatSuivi.SOUMIS),
        dus=dus,
        contradictions=contradictions,
        sans_cible=tuple(x.code for x in cadre if not (x.cibles.valeurs or x.cibles.niveaux)),
        conflits=tuple(x.code for x in cadre if x.conflit),
        recommandations=_list_recommandations(session, personne, aujourd_hui),
        dossiers=list_a_lire(session, personne.acteur_code, aujourd_hui) if personne.acteur_code else (),
        recommandations_en_retard=count_ouvertes(session, aujourd_hui)[1] if spccm else 0,
    )


def _list_recommandations(session: Session, personne: Personne, aujourd_hui: date) -> tuple[FicheRecommandation, ...]:
    if personne.acteur_code is None and personne.region_code is None:
        return ()
    return tuple(
        x
        for x in list_recommandations(session, personne, aujourd_hui)
        if x.ouverte
        and (
            (personne.acteur_code is not None and x.responsable == personne.acteur_code)
            or (personne.region_code is not None and x.region == personne.region_code)
        )
    )
