"""What « Référentiels et cibles » offers to choose from, and the tables of what is in force."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.db import read_frame
from ccm_data.domain.permissions import VISITEUR, Personne, check_write
from ccm_data.domain.plan import CODE_PLAN
from ccm_data.domain.vocabulaire import CategorieActeur, ListeTermes, StatutBase
from ccm_data.libelles import say_libelle
from ccm_data.models.coordination import Terme
from ccm_data.models.plan import Contradiction
from ccm_data.phrases.seuils import say_seuil, say_valeur_seuil
from ccm_data.queries import acteurs, plan
from ccm_data.queries.decisions import CIBLE_FINALE, list_decisions, list_ids
from ccm_data.queries.installation import get_installation
from ccm_data.queries.interventions import list_fiches
from ccm_data.queries.rapports import get_seuils
from ccm_data.textes import _
from ccm_data.typographie import say_date_courte, say_instant, say_nombre

TABLES = {
    "cibles": "cible",
    "bases": "reference",
    "montants": "montant_annuel",
    "retenus": "montant_retenu",
    "contradictions": "choix_contradiction",
    "regions": "region_concernee",
    "definitions": "reglage_indicateur",
    "seuils": "seuil",
}
ANNEE_MIN, ANNEE_MAX = 2000, 2100  # a year is written without thousands
FINALE = "finale"  # the year of a stated final target, in the form
MASQUES = ("id", "auteur_id", "remplace_le")


@dataclass(frozen=True)
class Choix:
    """Options of the forms: code → label."""

    indicateurs: dict[str, str]
    activites: dict[str, str]
    objets: dict[str, str]
    contradictions: dict[str, str]
    regions: dict[str, str]
    termes: dict[str, str]


def get_choix(session: Session) -> Choix:
    """All that the forms offer."""
    indicateurs, activites = plan.list_indicateurs(session), plan.list_activites(session)
    axes, actions = plan.list_axes(session), plan.list_actions(session)
    objets = {f"plan:{CODE_PLAN}": _("Ensemble du plan")}
    objets |= {f"axe:{c}": _("Axe {c}").format(c=c) for c in axes["code"]}
    objets |= {f"action:{c}": _("Action {c}").format(c=c) for c in actions["code"]}
    objets |= {f"activite:{c}": _("Activité {c}").format(c=c) for c in activites["code"]}
    contradictions = read_frame(
        session, select(Contradiction.code, Contradiction.remarque).order_by(Contradiction.nature, Contradiction.code)
    )
    return Choix(
        {c: f"{c} · {t}" for c, t in indicateurs[["code", "libelle_court"]].itertuples(index=False)},
        {c: f"{c} · {t}" for c, t in activites[["code", "libelle_court"]].itertuples(index=False)},
        objets,
        {c: f"{c} : {t}" for c, t in contradictions.itertuples(index=False)},
        get_installation(session).regions,
        {f"{t.liste}:{t.code}": _name_terme(t) for t in _list_termes(session)},
    )


def make_table_referentiel(session: Session, personne: Personne, sujet: str) -> pd.DataFrame:
    """What is in force for a subject, with source, date and who decided; raises AccesRefuse for others than the SP/CCM."""
    check_write(personne, "definir_cible")
    if sujet == "acteurs":
        cadre = acteurs.list_acteurs(session)
        cadre["categorie"] = [say_libelle(CategorieActeur(c)) for c in cadre["categorie"]]
        return _name(cadre)
    if sujet == "termes":
        return _make_table_termes(session)
    if sujet == "seuils":
        en_vigueur = get_seuils(session)
        return pd.DataFrame(
            [
                {_("Seuil"): say_seuil(f.name), _("Valeur"): say_valeur_seuil(getattr(en_vigueur, f.name))}
                for f in fields(en_vigueur)
            ]
        )
    return _make_table(session, sujet, historique=False)


def make_table_historique(session: Session, personne: Personne, sujet: str) -> pd.DataFrame:
    """What prevailed before, latest first: value, source, who decided it, when, and until when it stood.

    Empty for the lists that are no decisions (directory, terms). Raises AccesRefuse for others than the SP/CCM.
    """
    check_write(personne, "definir_cible")
    return _make_table(session, sujet, historique=True) if sujet in TABLES else pd.DataFrame()


def _make_table(session: Session, sujet: str, *, historique: bool) -> pd.DataFrame:
    """The decisions of a subject as shown; the stated final targets stand among the targets."""
    cadre = list_decisions(session, TABLES[sujet], historique=historique)
    if sujet == "cibles":
        cadre = pd.concat([cadre, _list_finales(session, historique)], ignore_index=True)
    if historique:
        cadre = cadre[cadre["remplace_le"].notna()].sort_values(["remplace_le", "id"], ascending=False)
        cadre = cadre.assign(jusqua=[say_instant(_to_utc(x)) for x in cadre["remplace_le"]])
    if "region_code" in cadre.columns:
        regions: dict[Any, str] = {**get_installation(session).regions, None: _("National")}
        cadre["region_code"] = [regions.get(None if pd.isna(r) else r, r) for r in cadre["region_code"]]
    return _name(cadre[[c for c in cadre.columns if c not in MASQUES]])


def _list_finales(session: Session, historique: bool) -> pd.DataFrame:
    """The stated final targets in the columns of the targets."""
    reglages = list_decisions(session, "reglage_indicateur", historique=historique)
    finales = reglages[reglages["champ"] == CIBLE_FINALE]
    return finales.assign(annee=_("finale annoncée"), valeur=finales["valeur"].map(Decimal)).drop(columns="champ")


def _to_utc(moment: Any) -> datetime:
    instant: datetime = pd.Timestamp(moment).to_pydatetime()
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def _list_termes(session: Session) -> list[Terme]:
    return list(session.scalars(select(Terme).order_by(Terme.liste.desc(), Terme.ordre, Terme.code)))


def _name_terme(terme: Terme) -> str:
    ferme = "" if terme.actif else f" ({_('fermé')})"
    return f"{say_libelle(terme.liste)} : {terme.libelle}{ferme}"


def _make_table_termes(session: Session) -> pd.DataFrame:
    """Themes and statuses, with how many validated interventions bear each."""
    portes: Counter[tuple[str, str]] = Counter()
    for x in list_fiches(session, VISITEUR):
        portes.update([(ListeTermes.STATUT, x.statut), *((ListeTermes.THEME, t) for t in x.themes)])
    termes = _list_termes(session)
    return pd.DataFrame(
        {
            _("Liste"): [say_libelle(t.liste) for t in termes],
            _("Libellé"): [t.libelle for t in termes],
            _("Code"): [t.code for t in termes],
            _("Interventions"): [portes[t.liste, t.code] for t in termes],
            _("État"): [_("ouvert") if t.actif else _("fermé") for t in termes],
            _("D’où"): [_("SP/CCM") if t.modifie_spccm else _("liste de départ") for t in termes],
        }
    )


def get_vus(session: Session, personne: Personne, sujet: str) -> dict[tuple[Any, ...], int]:
    """What this screen shows in force for a subject, as `queries.decisions.list_ids`; nothing for the directory.

    A stated final target stands among the targets, under the year « finale ».
    """
    check_write(personne, "definir_cible")
    vus = list_ids(session, TABLES[sujet]) if sujet in TABLES else {}
    if sujet == "cibles":
        reglages = list_ids(session, "reglage_indicateur").items()
        vus |= {(code, FINALE, None): numero for (code, champ), numero in reglages if champ == CIBLE_FINALE}
    return vus


def _name(cadre: pd.DataFrame) -> pd.DataFrame:
    noms = {
        "indicateur_code": _("Indicateur"),
        "activite_code": _("Activité"),
        "region_code": _("Région"),
        "annee": _("Année"),
        "valeur": _("Valeur"),
        "niveau": _("Niveau"),
        "source": _("Source"),
        "date_source": _("Date de la source"),
        "decide_le": _("Décidé le"),
        "jusqua": _("Jusqu’à"),
        "auteur": _("Par"),
        "montant_fcfa": _("Montant (FCFA)"),
        "statut": _("Statut"),
        "objet": _("Objet"),
        "objet_code": _("Code"),
        "motif": _("Motif"),
        "contradiction_code": _("Contradiction"),
        "texte_retenu": _("Texte retenu"),
        "poids": _("Poids"),
        "part_fcfa": _("Part (FCFA)"),
        "nombre_prevu": _("Nombre prévu"),
        "unite": _("Unité"),
        "champ": _("Réglage"),
        "code": _("Code"),
        "nom": _("Nom"),
        "sigle": _("Sigle"),
        "categorie": _("Catégorie"),
        "valide_du": _("Valide du"),
        "valide_au": _("Valide au"),
        "section": _("Provenance"),
        "remarque": _("Remarque"),
        "alias": _("Autres noms"),
    }
    return cadre.map(_say).rename(columns=noms)


def _say(valeur: Any) -> Any:
    """A value for the eye: missing is empty (nothing was asked there), dates in words, lists by their label."""
    if valeur is None or valeur is pd.NaT or (not isinstance(valeur, str) and pd.isna(valeur)):
        return ""
    if isinstance(valeur, StatutBase):
        return say_libelle(valeur)
    if isinstance(valeur, datetime):
        return say_instant(_to_utc(valeur))
    if isinstance(valeur, date):
        return say_date_courte(valeur)
    if isinstance(valeur, (int, float, Decimal)) and not isinstance(valeur, bool):
        return str(int(valeur)) if ANNEE_MIN <= valeur <= ANNEE_MAX else say_nombre(valeur, 4)
    return str(getattr(valeur, "value", valeur))
