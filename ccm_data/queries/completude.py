"""Who owes what, since when, as a person may read it; and how complete the reports are, per region, quarter and actor.

Rights (règles 7): what somebody has not sent is read like his drafts and returned rows: all by the SP/CCM, a region's by
its focal point, an organisation's by itself. A reader sees counts and completeness, which are aggregates, and no row;
how many rows are withheld is told. Source: règles de calcul, 3 and 7.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import pandas as pd
from sqlalchemy import Integer, Select, String, cast, literal, null, select, union_all
from sqlalchemy.orm import Session

from ccm_data.db import compute_cle_tri
from ccm_data.domain import rapports
from ccm_data.domain import relances as regles
from ccm_data.domain.calendrier import (
    DERNIER_TRIMESTRE,
    Trimestre,
    compute_echeance,
    get_dernier_trimestre_fini,
    get_jour,
    list_entre,
)
from ccm_data.domain.instances import OUVERTS, compute_retard
from ccm_data.domain.origines import SOURCES_INDICATEURS
from ccm_data.domain.permissions import Personne, can_read, get_portee
from ccm_data.domain.relances import Bilan, CompteDus, Declarant, Du, Taux
from ccm_data.domain.seuils import Seuils
from ccm_data.domain.vocabulaire import AgregationRegion, EtatSuivi, Role
from ccm_data.models.comptes import Compte, Journal
from ccm_data.models.coordination import Intervention
from ccm_data.models.documents import DocumentProgrammation
from ccm_data.models.instances import Recommandation
from ccm_data.models.suivi import ValeurIndicateur
from ccm_data.queries.acteurs import list_noms_acteurs
from ccm_data.queries.indicateurs import list_definitions
from ccm_data.queries.installation import get_installation
from ccm_data.queries.plan import list_activites, list_indicateurs
from ccm_data.queries.rapports import get_seuils, list_obligations
from ccm_data.queries.suivi import TABLES

COLONNES_MAX: Final = 8  # quarters drawn, the last ones
ENVOYES: Final = (EtatSuivi.SOUMIS, EtatSuivi.VALIDE)
OBJET, ACTION = "relance", "envoyer"


@dataclass(frozen=True)
class NomsCompletude:
    """Names for codes, in order: regions (the official one), organisations, activities, indicators."""

    regions: Mapping[str, str]
    acteurs: Mapping[str, str]
    activites: Mapping[str, str]
    indicateurs: Mapping[str, str]


@dataclass(frozen=True)
class Situation:
    """What is owed, as this person may read it. `comptes`, `bilan`: over all for a reader, over his own for the others.

    `taux`: by (region or None: SP/CCM, quarter); `acteurs`: organisation → its interventions told of in time.
    """

    dus: tuple[Du, ...]
    retenus: int
    bilan: Bilan
    comptes: tuple[CompteDus, ...]
    trimestres: tuple[str, ...]
    taux: Mapping[tuple[str | None, str], Taux]
    acteurs: Mapping[str, Taux]
    interventions: Taux
    noms: NomsCompletude
    delai_rapport_jours: int
    premier_du: str
    delai_intervention_jours: int


def get_situation(session: Session, personne: Personne, date_arrete: date, aujourd_hui: date) -> Situation:
    """The whole of it at a date d'arrêté: quarters ended by then; what is late is late today."""
    seuils = get_seuils(session)
    premier = Trimestre.from_code(seuils.premier_trimestre_du)
    dernier = min(get_dernier_trimestre_fini(date_arrete), DERNIER_TRIMESTRE)
    obligations = list_obligations(session, date_arrete, aujourd_hui)
    vivantes, envoyes = _list_interventions(session, seuils), _list_envoyes(session)
    tous = regles.sort_dus(_list_dus(session, obligations, vivantes, envoyes, seuils, dernier, aujourd_hui))
    portee = get_portee(personne, "brouillons")
    lisibles = [
        d
        for d in tous
        if can_read(personne, "brouillons", d.region_code, d.declarant.acteur_code, d.auteur_id)
    ]  # fmt: skip
    comptes = tous if portee == "non" else lisibles
    taux_acteurs = regles.compute_taux_acteurs(
        (str(x.acteur_code), aujourd_hui <= echeance or ("intervention", x.code) in envoyes) for x, echeance in vivantes
    )
    return Situation(
        tuple(lisibles),
        len(tous) - len(lisibles),
        regles.compute_bilan(comptes),
        regles.count_natures(comptes),
        tuple(t.code for t in list_entre(premier, dernier))[-COLONNES_MAX:],
        regles.compute_taux(obligations, premier),
        {
            a: t
            for a, t in taux_acteurs.items()
            if portee == "tout" or (portee == "propre" and a == personne.acteur_code)
        },
        regles.sum_taux(taux_acteurs.values()),
        _get_noms(session),
        seuils.delai_rapport_jours,
        seuils.premier_trimestre_du,
        seuils.delai_couverture_jours,
    )


def _get_noms(session: Session) -> NomsCompletude:
    return NomsCompletude(
        get_installation(session).regions,
        list_noms_acteurs(session),
        dict(list_activites(session)[["code", "libelle_court"]].itertuples(index=False, name=None)),
        dict(list_indicateurs(session)[["code", "libelle_court"]].itertuples(index=False, name=None)),
    )


def _list_dus(
    session: Session,
    obligations: pd.DataFrame,
    vivantes: Iterable[tuple[Intervention, date]],
    envoyes: set[tuple[str, str]],
    seuils: Seuils,
    dernier: Trimestre,
    aujourd_hui: date,
) -> list[Du]:
    dus = regles.list_rapports_dus(obligations)
    dus += _list_valeurs(session, seuils, dernier, aujourd_hui)
    dus += _list_retours(session, envoyes, aujourd_hui)
    dus += _list_recommandations(session, envoyes, aujourd_hui)
    dus += [
        Du(regles.INTERVENTION, regles.make_declarant(None, x.acteur_code), x.code, regles.EN_RETARD, echeance, None,
           texte=x.titre)
        for x, echeance in vivantes
        if aujourd_hui > echeance and ("intervention", x.code) not in envoyes
    ]  # fmt: skip
    dus += _list_documents(session)
    rendus = {
        (regles.make_declarant(_text(o["region_code"]), _text(o["acteur_code"])).code, "mise_a_jour", o["activite_code"],
         o["code"])
        for o in obligations[obligations["etat"].isin(rapports.RENDUS)].to_dict("records")
    }  # fmt: skip
    return regles.drop_repetes(dus, rendus)


def _text(valeur: Any) -> str | None:
    return valeur if isinstance(valeur, str) and valeur else None


def _list_envoyes(session: Session) -> set[tuple[str, str]]:
    """(subject, code) of the corrections that wait for the SP/CCM: their author has done his part."""
    requetes = (
        (sujet, select(table.code).where(table.etat == EtatSuivi.SOUMIS))
        for sujet, table in (("intervention", Intervention), ("recommandation", Recommandation))
    )
    return {(sujet, str(code)) for sujet, requete in requetes for code in session.scalars(requete)}


def _list_interventions(session: Session, seuils: Seuils) -> list[tuple[Intervention, date]]:
    """Validated interventions said to be under way, with the day by which their actor tells of them again."""
    lignes = session.scalars(
        select(Intervention).where(Intervention.etat == EtatSuivi.VALIDE).order_by(Intervention.code)
    )
    datees = []
    for x in lignes:
        dit_le = None if x.valide_le is None else get_jour(x.valide_le)
        echeance = regles.compute_echeance_intervention(x.statut, x.date_debut, dit_le, seuils.delai_couverture_jours)
        if echeance is not None:
            datees.append((x, echeance))
    return datees


def _list_valeurs(session: Session, seuils: Seuils, dernier: Trimestre, aujourd_hui: date) -> list[Du]:
    requete = select(ValeurIndicateur.indicateur_code, ValeurIndicateur.region_code).where(
        ValeurIndicateur.annee == dernier.annee,
        ValeurIndicateur.trimestre == dernier.numero,
        ValeurIndicateur.etat.in_(ENVOYES),
    )
    definitions = list_definitions(session)
    return regles.list_valeurs_dues(
        [(c, d.agregation_region is AgregationRegion.NATIONAL) for c, d in definitions.items()],
        list(get_installation(session).regions),
        [c for c, source in SOURCES_INDICATEURS.items() if source.registre is not None],
        {(str(c), r) for c, r in session.execute(requete)},
        dernier,
        compute_echeance(dernier, seuils.delai_rapport_jours),
        Trimestre.from_code(seuils.premier_trimestre_du),
        aujourd_hui,
    )


def _list_recommandations(session: Session, envoyes: set[tuple[str, str]], aujourd_hui: date) -> list[Du]:
    lignes = session.scalars(
        select(Recommandation).where(Recommandation.etat == EtatSuivi.VALIDE, Recommandation.statut.in_(OUVERTS))
    )
    return [
        Du(regles.RECOMMANDATION, regles.make_declarant(x.region_code, x.responsable_code), x.code, regles.EN_RETARD,
           x.echeance, x.region_code, texte=x.texte, ligne_id=x.id)
        for x in lignes
        if compute_retard(x.statut, x.echeance, aujourd_hui) is not None
        and ("recommandation", x.code) not in envoyes
    ]  # fmt: skip


def _list_documents(session: Session) -> list[Du]:
    lignes = session.scalars(
        select(DocumentProgrammation).where(
            DocumentProgrammation.analyse_le.is_(None), DocumentProgrammation.retire_le.is_(None)
        )
    )
    return [
        Du(regles.DOCUMENT, regles.make_declarant(None, x.acteur_code), str(x.id), regles.EN_ATTENTE,
           get_jour(x.cree_le), None, texte=x.titre, ligne_id=x.id)
        for x in lignes
    ]  # fmt: skip


# What a row is about: the first of these columns that its table has.
CODES: Final = (
    "code", "intitule", "nom", "titre", "activite_code", "indicateur_code", "membre_code", "objectif_code", "domaine",
    "nature",
)  # fmt: skip


def _select_retours(sujet: str, table: type[Any]) -> Select[*tuple[Any, ...]]:
    objet = next(getattr(table, c) for c in CODES if hasattr(table, c))
    trimestriel = hasattr(table, "trimestre")
    return (
        select(
            literal(sujet).label("sujet"),
            table.id,
            cast(objet, String).label("objet"),
            table.region_code,
            table.acteur_code,
            table.auteur_id,
            table.note_retour,
            table.retour_avant_le,
            Compte.role,
            (table.annee if trimestriel else cast(null(), Integer)).label("annee"),
            (table.trimestre if trimestriel else cast(null(), Integer)).label("trimestre"),
        )
        .join(Compte, table.auteur_id == Compte.id)
        .where(table.etat == EtatSuivi.RETOURNE)
    )


def _list_retours(session: Session, envoyes: set[tuple[str, str]], aujourd_hui: date) -> list[Du]:
    """Rows sent back, for who is to mend them: the author's organisation, else the row's region, else the SP/CCM."""
    dus = []
    requete = union_all(*(_select_retours(sujet, table) for sujet, table in TABLES.items()))
    for x in session.execute(requete):
        if (x.sujet, x.objet) in envoyes:
            continue
        acteur = x.acteur_code if x.role is Role.ACTEUR or x.region_code is None else None
        echeance, etat = x.retour_avant_le, regles.A_RENVOYER
        if echeance is not None:
            etat = regles.compute_etat(echeance, aujourd_hui, regles.A_RENVOYER)
        trimestre = None if x.trimestre is None else Trimestre(x.annee, x.trimestre).code
        dus.append(
            Du(regles.RETOUR, regles.make_declarant(x.region_code, acteur), x.objet, etat, echeance, x.region_code,
               trimestre, x.note_retour or "", x.sujet, x.id, x.auteur_id)
        )  # fmt: skip
    return dus


def filter_dus(
    dus: Iterable[Du], *, region: str | None, acteur: str | None, nature: str | None, trimestre: str | None
) -> tuple[Du, ...]:
    """Those that a screen keeps; None keeps all. The region: who owes, or the place that it is about."""
    return tuple(
        d
        for d in dus
        if (region is None or region in (d.declarant.region_code, d.region_code))
        and (acteur is None or d.declarant.code == acteur)
        and (nature is None or d.nature == nature)
        and (trimestre is None or d.trimestre == trimestre)
    )


def group_dus(dus: Iterable[Du], noms: NomsCompletude) -> list[tuple[Declarant, tuple[Du, ...]]]:
    """Who owes, with what: regions in their official order, the SP/CCM, organisations in alphabetical order."""
    return regles.group_by_declarant(
        dus, list(noms.regions), lambda code: (compute_cle_tri(noms.acteurs.get(code, code)), code)
    )


def list_relances_recentes(session: Session, maintenant: datetime) -> frozenset[str]:
    """Declarants written to within the delay, as the journal remembers it: a departure counts until its outcome fails."""
    requete = (
        select(Journal.apres)
        .where(Journal.objet == OBJET, Journal.action == ACTION, Journal.quand > maintenant - regles.DELAI_RELANCE)
        .order_by(Journal.id)
    )
    recents: set[str] = set()
    for apres in session.scalars(requete):
        faits = apres or {}
        recents |= {*faits.get("depart", ()), *faits.get("declarants", ())}
        recents -= set(faits.get("echecs", ()))
    return frozenset(recents)
