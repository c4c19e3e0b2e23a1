"""Evidence on what was done and stays: efficience, impact, viabilité, valeur ajoutée, appropriation.

Source: règles de calcul, 6.
"""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from ccm_data.domain.listes import split_liste
from ccm_data.domain.repartition import NATIONAL
from ccm_data.domain.vocabulaire import (
    CategorieActeur,
    NatureEtape,
    Payeur,
    Phase,
    StatutComite,
    StatutIndicateur,
    TypeFinancement,
)
from ccm_data.models.registres import EFFECTIFS
from ccm_data.queries.elements_base import Element, Paires, get_place, list_cases, open_intervention
from ccm_data.queries.sources_evaluation import Sources, Sujet

PUBLICS: Final = (CategorieActeur.ETAT, CategorieActeur.COLLECTIVITE)
BONS: Final = (StatutIndicateur.ATTEINT, StatutIndicateur.EN_BONNE_VOIE)


def list_efficience(sources: Sources, sujet: Sujet, paires: Paires) -> list[Element]:
    """Physical against financial, cost against committed, the kinds of actors that carry it out."""
    acteurs = {x.executant for x in sujet.fiches}
    if sujet.is_intervention:
        ecran, params = open_intervention(sujet)
        argent = {"fiche": sujet.fiches[0]} if sujet.fiches else None
        elements = [Element("argent_intervention", argent, ecran, params)]
    else:
        total, ligne = sources.budgets.get(sujet.code), sources.avancements.get(sujet.code)
        fait = None if ligne is None else ligne.avancement
        connu = total is not None and (fait is not None or total.paye is not None)
        engage = total is not None and total.engage is not None
        niveau = {"niveau": "activite"}
        elements = [
            Element("physique_financier", {"fait": fait, "total": total} if connu else None, "budget", niveau),
            Element("engage", {"total": total} if engage else None, "budget", niveau),
        ]
        ecritures = _list_ecritures(sources, sujet)
        acteurs |= set(ecritures["executant_code"].dropna())
        if sujet.partenaire:
            acteurs.add(sujet.partenaire)
    genres = {sources.categories[a] for a in acteurs if a in sources.categories}
    categories = [c for c in CategorieActeur if c in genres]
    ecran, params = open_intervention(sujet)
    dits = {"categories": categories, "n": len(acteurs)} if categories else None
    return [*elements, Element("genre_acteur", dits, ecran, params)]


def _list_ecritures(sources: Sources, sujet: Sujet) -> pd.DataFrame:
    cadre = sources.registres["ecriture_budgetaire"]
    return cadre[cadre["activite_code"] == sujet.code]


def list_impact(sources: Sources, sujet: Sujet, paires: Paires) -> list[Element]:
    """Beneficiaries reached and aimed at, persons trained or made aware, indicators of the result."""
    ecran, params = open_intervention(sujet)
    place = get_place(sources, sujet)
    indicateurs = [x for x in sources.indicateurs if place is not None and x.objectif_code == place.objectif]
    bons = sum(x.statut.code in BONS for x in indicateurs)
    return [
        Element("beneficiaires", _sum_beneficiaires(sujet), ecran, params),
        Element("personnes", _sum_personnes(sources, sujet), "sensibilisations"),
        Element(
            "resultat",
            {"n": bons, "total": len(indicateurs), "objectif": place.objectif} if place and indicateurs else None,
            "indicateurs", {} if place is None else {"axe": place.axe},
        ),
    ]  # fmt: skip


def _sum_beneficiaires(sujet: Sujet) -> dict[str, Any] | None:
    vises = [x.beneficiaires_vises for x in sujet.fiches if x.beneficiaires_vises is not None]
    atteints = [x.beneficiaires_atteints for x in sujet.fiches if x.beneficiaires_atteints is not None]
    if not vises and not atteints:
        return None
    return {
        "vises": sum(vises) if vises else None, "atteints": sum(atteints) if atteints else None,
        "disent": len(atteints), "total": len(sujet.fiches),
    }  # fmt: skip


def _sum_personnes(sources: Sources, sujet: Sujet) -> dict[str, Any] | None:
    cadre = sources.registres["sensibilisation"]
    siennes = cadre[cadre["activite_code"] == sujet.activite] if sujet.activite else cadre.iloc[0:0]
    effectifs = siennes[list(EFFECTIFS)].apply(pd.to_numeric)
    if not len(siennes):
        return None
    connus = effectifs.notna().any(axis=1)
    return {
        "n": int(effectifs.sum().sum()) if connus.any() else None, "seances": len(siennes), "disent": int(connus.sum()),
    }  # fmt: skip


def list_viabilite(sources: Sources, sujet: Sujet, paires: Paires) -> list[Element]:
    """Posts that the State pays, active committees, supports of institutions, the road map on the posts."""
    postes = sources.registres["poste_spccm"]
    fins = pd.to_datetime(postes["jusqua"])
    postes = postes[fins.isna() | (fins >= pd.Timestamp(sources.arrete))]
    payeurs = [Payeur(p) for p in postes["payeur"]]
    comites = sources.registres["comite_veille"]
    regions = sujet.regions - {NATIONAL}
    if regions:
        comites = comites[comites["region_code"].isin(regions)]
    fermes = pd.to_datetime(comites["date_dissolution"])
    comites = comites[fermes.isna() | (fermes > pd.Timestamp(sources.arrete))]
    actifs = sum(s == StatutComite.OPERATIONNEL for s in comites["statut"])
    appuis = sources.registres["appui"]
    lies = appuis[appuis["activite_code"] == sujet.activite] if sujet.activite else appuis.iloc[0:0]
    etapes = sources.registres["etape_perennisation"]
    adoptions = etapes[etapes["nature"] == NatureEtape.ADOPTION]["date_etape"]
    return [
        Element(
            "postes",
            {"etat": payeurs.count(Payeur.ETAT), "partages": payeurs.count(Payeur.PARTAGE), "total": len(payeurs)}
            if payeurs else None,
            "postes",
        ),
        Element(
            "comites", {"n": actifs, "total": len(comites), "national": not regions} if len(comites) else None,
            "dispositif",
        ),
        Element(
            "appuis",
            {"n": len(lies), "institutions": lies["institution_code"].nunique()} if len(lies) else None, "appuis",
        ),
        Element("feuille_de_route", {"jour": max(adoptions)} if len(adoptions) else None, "postes"),
    ]  # fmt: skip


def list_valeur_ajoutee(sources: Sources, sujet: Sujet, paires: Paires) -> list[Element]:
    """Who else is on the same cells, and where it is alone."""
    cases = list_cases(sources, sujet)
    siens = {x.code for x in sujet.fiches}
    meneurs = {x.code: x.executant for x in sources.fiches}
    codes = {c for case in cases for c in case.codes} - siens if sujet.is_intervention else siens
    propres = {sujet.partenaire} if sujet.partenaire else set()
    autres = {meneurs[c] for c in codes if c in meneurs} - propres
    faits = {"n": len(autres), "noms": sorted(autres), "cases": len(cases)}
    grille = {"matrice": "acteur_region"} if sujet.is_intervention else {"matrice": "activite_region"}
    elements = [Element("autres_acteurs", faits if cases or codes else None, "qui_fait_quoi", grille)]
    if sujet.is_intervention:
        seules = sum(len(set(c.codes)) == 1 for c in cases)
        dit = {"n": seules, "total": len(cases)} if cases else None
        elements.append(Element("cases_seule", dit, "lacunes"))
    return elements


def list_appropriation(sources: Sources, sujet: Sujet, paires: Paires) -> list[Element]:
    """State and local partners, meetings attended, public money."""
    ecran, params = open_intervention(sujet)
    acteurs = {a for x in sujet.fiches for a in x.acteurs}
    financeurs = {b for x in sujet.fiches for b in x.bailleurs}
    if not sujet.is_intervention:
        acteurs |= set(_list_ecritures(sources, sujet)["executant_code"].dropna())
    publics = sorted(a for a in acteurs if sources.categories.get(a) in PUBLICS)
    if sujet.is_intervention:
        etat = sorted(b for b in financeurs if sources.categories.get(b) in PUBLICS)
        financement = Element("bailleurs_publics", {"noms": etat} if financeurs else None, ecran, params)
    else:
        financement = Element("financement_etat", _sum_etat(sources, sujet), "budget", {"niveau": "activite"})
    return [
        Element("partenaires_publics", {"noms": publics, "total": len(acteurs)} if acteurs else None, ecran, params),
        Element("presences", _count_presences(sources, sujet.partenaire), "rencontres"),
        financement,
    ]


def _sum_etat(sources: Sources, sujet: Sujet) -> dict[str, Any] | None:
    """Paid by the State, over what was paid (one end of the money counts: the funder's, where it speaks)."""
    lignes = _list_ecritures(sources, sujet)
    payees = lignes[(lignes["phase"] == Phase.PAYE) & lignes["montant_fcfa"].notna()]
    total = sources.budgets.get(sujet.code)
    if not len(payees) or total is None or total.paye is None:
        return None
    etat = payees[payees["type_financement"] == TypeFinancement.ETAT]
    niveau = etat["niveau"].astype(str)
    sommes = [int(pd.to_numeric(etat.loc[niveau == n, "montant_fcfa"]).sum()) for n in sorted(set(niveau))]
    return {"etat": max(sommes, default=0), "paye": total.paye}


def _count_presences(sources: Sources, acteur: str | None) -> dict[str, Any] | None:
    """Meetings attended, over those of the bodies in which it sits or met; only meetings that say who was present."""
    if acteur is None:
        return None
    membres = sources.registres["membre_instance"]
    siennes = set(membres[membres["membre_code"] == acteur]["instance_code"])
    rencontres = sources.registres["rencontre"]
    dites = rencontres[rencontres["presents"].notna() & ~rencontres["annulee"].astype(bool)]
    present = [acteur in split_liste(p) for p in dites["presents"]]
    attendue = [la or i in siennes for la, i in zip(present, dites["instance_code"], strict=True)]
    return {"n": sum(present), "total": sum(attendue)} if sum(attendue) else None
