"""The snapshot of a séance: every figure that its scenes may show, read once, as plain values with their words.

Validated figures at the date d'arrêté, read as an ordinary signed-in reader does: reserved amounts, refused requests and
unconfirmed pledges are not in it. Words are French, the language of the meeting. The same queries as the screens', so that a
figure is the same on both. Source: règles de calcul 2.7, 2.12 and 7.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Final

import pandas as pd
from sqlalchemy.orm import Session

from ccm_data.domain.calendrier import compute_temps_ecoule, get_dernier_trimestre_fini
from ccm_data.domain.perimetre import Perimetre
from ccm_data.domain.permissions import Personne
from ccm_data.domain.requetes import OUVERTES
from ccm_data.domain.vocabulaire import Role
from ccm_data.libelles import say_libelle
from ccm_data.phrases import budget as phrases_budget
from ccm_data.phrases import indicateurs as phrases_indicateurs
from ccm_data.phrases import lacunes as phrases_lacunes
from ccm_data.phrases import pilotage as phrases_pilotage
from ccm_data.phrases.requetes import say_region
from ccm_data.queries.acteurs import list_noms_acteurs
from ccm_data.queries.avancement import Avancement, get_avancement
from ccm_data.queries.budget import TableauBudget, get_tableau_budget
from ccm_data.queries.carte import get_carte
from ccm_data.queries.couverture import get_couverture
from ccm_data.queries.doublons import find_candidats, get_rapprochements
from ccm_data.queries.fiche_indicateur import make_public
from ccm_data.queries.indicateurs import CadreLogique, get_cadre_logique
from ccm_data.queries.installation import get_installation
from ccm_data.queries.lacunes import count_etats, rank_lacunes
from ccm_data.queries.rapports import get_completude, get_seuils, list_silencieux
from ccm_data.queries.rapprochement import list_rapprochement
from ccm_data.queries.recommandations import FicheRecommandation, list_recommandations
from ccm_data.queries.region import get_resume_region
from ccm_data.queries.requetes import get_noms, get_registre
from ccm_data.reports.instantane_bilan import list_actions_bilan, read_evaluations
from ccm_data.textes import _, get_langue, ngettext, set_langue
from ccm_data.typographie import (
    say_date,
    say_date_courte,
    say_fcfa,
    say_millions,
    say_nombre,
    say_non_renseigne,
    say_ponctuation,
    say_pourcent,
    say_trimestre,
)

FORME: Final = 1  # raise it when the shape changes: frozen contents keep theirs
LECTEUR: Final = Personne(Role.LECTEUR)
LACUNES: Final = 10
PAIRES: Final = 12
MESURES: Final = ("comites", "acteurs", "completude")


def make_instantane(
    session: Session, *, code: str, titre: str, instance: str, date_seance: date, date_arrete: date,
    region_invitee: str | None, aujourd_hui: date,
) -> dict[str, Any]:  # fmt: skip
    """The content to freeze, JSON values alone. A date before any data gives « non renseigné » everywhere."""
    langue = get_langue()
    set_langue("fr")
    try:
        perimetre = Perimetre(date_arrete)
        avancement = get_avancement(session, perimetre)
        budget = get_tableau_budget(session, perimetre)
        cadre = _read_cadre(session, perimetre)
        installation = get_installation(session)
        return {
            "forme": FORME,
            "seance": {
                "code": code, "titre": titre, "instance": instance, "date": date_seance.isoformat(),
                "date_texte": say_date(date_seance), "arrete": date_arrete.isoformat(),
                "arrete_texte": say_date(date_arrete), "demonstration": installation.demonstration,
                "region_invitee": region_invitee, "prise_le": aujourd_hui.isoformat(),
            },
            "synthese": _read_synthese(session, avancement, budget, date_arrete, aujourd_hui, installation.regions),
            "axes": _list_axes(avancement, budget, cadre, installation.axes),
            "annees": _list_annees(budget),
            "statuts": [{"statut": s.value, "libelle": say_libelle(s), "n": n} for s, n in cadre.comptes],
            "indicateurs": _list_indicateurs(cadre),
            "activites": _list_activites(avancement, budget),
            "actions": list_actions_bilan(session),
            "evaluations": read_evaluations(session, perimetre, LECTEUR),
            "regions": _list_regions(session, perimetre, aujourd_hui),
            "region_invitee": _read_region(session, perimetre, region_invitee, aujourd_hui),
            "lacunes": _read_lacunes(session, date_arrete, aujourd_hui),
            "rapprochements": _read_rapprochements(session),
            "requetes": _list_requetes(session, aujourd_hui),
            "recommandations": _list_recommandations(session, aujourd_hui),
            "contradictions": int(list_rapprochement(session)["decision"].isna().sum()),
        }  # fmt: skip
    finally:
        set_langue(langue)


def _read_cadre(session: Session, perimetre: Perimetre) -> CadreLogique:
    """The logframe as the public sees it: a deck and its files go anywhere, counts of few persons are masked."""
    cadre, seuil = get_cadre_logique(session, perimetre), get_seuils(session).petits_effectifs
    return replace(cadre, lignes=tuple(make_public(x, seuil) for x in cadre.lignes))


def _ratio(valeur: float | None) -> float | None:
    return None if valeur is None else round(valeur / 100, 6)


def _read_synthese(
    session: Session, avancement: Avancement, budget: TableauBudget, arrete: date, aujourd_hui: date,
    regions: dict[str, str],
) -> dict[str, Any]:  # fmt: skip
    jours, total = compute_temps_ecoule(arrete)
    completude = get_completude(session, arrete, aujourd_hui)
    silencieux = list_silencieux(session, arrete, aujourd_hui)
    trimestre = get_dernier_trimestre_fini(arrete)
    fait, attendu = _ratio(avancement.plan.moyenne.valeur), _ratio(avancement.plan.attendu)
    return {
        "titre": phrases_pilotage.say_titre_vue(avancement, arrete),
        "temps": jours / total, "jours": jours, "jours_total": total,
        "fait": fait, "fait_texte": say_pourcent(fait), "attendu": attendu,
        "attendu_texte": "" if attendu is None else _("attendu : {p}").format(p=say_pourcent(attendu)),
        "statut": avancement.plan.statut.value, "statut_texte": say_libelle(avancement.plan.statut),
        "decaisse": budget.total.ratio("paye"), "decaisse_texte": say_pourcent(budget.total.ratio("paye")),
        "decaisse_base": phrases_budget.say_decaisse_sur_prevu(budget),
        "prevu_fcfa": budget.total.prevu, "mobilise_fcfa": budget.total.mobilise, "engage_fcfa": budget.total.engage,
        "paye_fcfa": budget.total.paye, "titre_budget": phrases_budget.say_titre_budget(budget),
        "base_budget": phrases_budget.say_base_prevu(budget),
        "trimestre": say_trimestre(trimestre.annee, trimestre.numero),
        "declarants": completude.rendus, "declarants_attendus": completude.attendus,
        # In alphabetical order: silence is told, never ranked.
        "silencieux": sorted(regions.get(r, r) if r else _("SP/CCM") for r in silencieux),
    }  # fmt: skip


def _list_axes(
    avancement: Avancement, budget: TableauBudget, cadre: CadreLogique, noms: dict[str, str]
) -> list[dict[str, Any]]:
    argent = {t.code: t for t in budget.axes}
    lignes = []
    for axe in avancement.axes:
        t, score = argent[axe.code], cadre.scores.get(axe.code)
        fait, paye = _ratio(axe.moyenne.valeur), t.ratio("paye")
        lignes.append(
            {
                "code": axe.code, "libelle": noms[axe.code], "fait": fait, "fait_texte": say_pourcent(fait),
                "attendu": _ratio(axe.attendu), "attendu_texte": say_pourcent(_ratio(axe.attendu)),
                "statut": axe.statut.value, "statut_texte": say_libelle(axe.statut),
                "prevu_fcfa": t.prevu, "engage_fcfa": t.engage, "paye_fcfa": t.paye, "paye": paye,
                "paye_texte": say_pourcent(paye),
                "score": None if score is None else score.valeur,
                "score_renseignes": 0 if score is None else score.n_renseignes,
                "score_total": 0 if score is None else score.n_total,
            }
        )  # fmt: skip
    return lignes


def _list_annees(budget: TableauBudget) -> list[dict[str, Any]]:
    return [
        {
            "annee": int(float(t.code)), "prevu_fcfa": t.prevu, "engage_fcfa": t.engage, "paye_fcfa": t.paye,
            "prevu_texte": say_millions(t.prevu), "engage_texte": say_millions(t.engage),
            "paye_texte": say_millions(t.paye),
        }
        for t in budget.annees
    ]  # fmt: skip


def _list_indicateurs(cadre: CadreLogique) -> list[dict[str, Any]]:
    return [
        {
            "code": x.code, "axe": x.axe_code, "intitule": x.intitule, "libelle": x.libelle, "unite": x.unite,
            "valeur": x.realise.valeur, "niveau": x.realise.niveau, "cible": x.statut.cible_finale,
            "taux": x.taux.valeur, "statut": x.statut.code.value, "statut_texte": say_libelle(x.statut.code),
            "texte": say_ponctuation(phrases_indicateurs.say_complet(x)), "portee": phrases_indicateurs.say_couverture(x.realise),
            "provisoire": x.realise.provisoire or x.realise.plancher,
            "tendance": list(x.tendance), "cibles": {str(a): v for a, v in x.cibles.valeurs.items()},
        }
        for x in cadre.lignes
    ]  # fmt: skip


def _list_activites(avancement: Avancement, budget: TableauBudget) -> list[dict[str, Any]]:
    argent = {t.code: t for t in budget.activites}
    lignes = []
    for x in avancement.activites:
        t = argent.get(x.code)
        paye = None if t is None else t.ratio("paye")
        lignes.append(
            {
                "code": x.code, "axe": x.axe_code, "intitule": x.intitule, "libelle": x.libelle,
                "annees": list(x.annees), "cout_fcfa": x.cout_fcfa, "cout_texte": say_millions(x.cout_fcfa),
                "fait": _ratio(x.avancement), "fait_texte": say_pourcent(_ratio(x.avancement)),
                "attendu": _ratio(x.attendu),
                "attendu_texte": _("non programmé") if x.attendu is None else say_pourcent(_ratio(x.attendu)),
                "statut": x.statut.value, "statut_texte": say_libelle(x.statut),
                "etat": None if x.statut_activite is None else x.statut_activite.value,
                "paye_fcfa": None if t is None else t.paye, "paye": paye, "paye_texte": say_pourcent(paye),
            }
        )  # fmt: skip
    return lignes


def _list_regions(session: Session, perimetre: Perimetre, aujourd_hui: date) -> list[dict[str, Any]]:
    """Each region with the measures of the map; None: not reported."""
    lignes: dict[str, dict[str, Any]] = {}
    for mesure in MESURES:
        carte = get_carte(session, perimetre, LECTEUR, mesure, aujourd_hui)
        for code, nom, valeur, libelle in carte.regions[["code", "nom", "valeur", "libelle"]].itertuples(index=False):
            ligne = lignes.setdefault(code, {"code": code, "nom": nom})
            ligne[mesure] = None if valeur is None or pd.isna(valeur) else float(valeur)
            ligne[f"{mesure}_texte"] = libelle
    return list(lignes.values())


def _read_region(
    session: Session, perimetre: Perimetre, region: str | None, aujourd_hui: date
) -> dict[str, Any] | None:
    if region is None:
        return None
    resume = get_resume_region(session, perimetre, region, aujourd_hui)
    return {
        "code": region, "nom": resume.nom, "population": resume.population, "dernier_rapport": resume.dernier_rapport,
        "paye_fcfa": resume.paye_fcfa, "paye_texte": say_fcfa(resume.paye_fcfa), "prevu_fcfa": resume.prevu_fcfa,
        "prevu_texte": say_fcfa(resume.prevu_fcfa),
        "activites": [
            {"code": a.code, "libelle": a.libelle, "fait_texte": say_pourcent(_ratio(a.avancement)),
             "attendu_texte": say_pourcent(_ratio(a.attendu)), "statut": a.statut.value,
             "statut_texte": say_libelle(a.statut)}
            for a in resume.retards
        ],
    }  # fmt: skip


def _read_lacunes(session: Session, arrete: date, aujourd_hui: date) -> dict[str, Any]:
    couverture = get_couverture(session, LECTEUR, "theme", arrete, aujourd_hui)
    return {
        "titre": phrases_lacunes.say_titre_lacunes(couverture),
        "etats": [{"etat": e.value, "libelle": say_libelle(e), "n": n} for e, n in count_etats(couverture).items()],
        "premieres": [
            {
                "lieu": phrases_lacunes.say_lieu(couverture, x.cellule.sujet, x.cellule.region),
                "raison": phrases_lacunes.say_lacune(x, couverture.cases[x.cellule.sujet, x.cellule.region]),
            }
            for x in rank_lacunes(couverture, LACUNES)
        ],
    }


def _read_rapprochements(session: Session) -> dict[str, Any]:
    """Counts for everybody; the pairs with names, which a scene shows only by explicit choice."""
    spccm = Personne(Role.SUIVI_EVALUATION)
    lus = get_rapprochements(session, spccm, find_candidats(session))
    noms = list_noms_acteurs(session)
    return {
        "en_attente": {str(getattr(n, "value", n)): v for n, v in lus.en_attente.items()},
        "rendus": [{"verdict": v.value, "libelle": say_libelle(v), "n": n} for v, n in lus.rendus.items()],
        "en_doublon": lus.en_doublon,
        "paires": [
            {"a": x.a.titre, "acteur_a": noms.get(x.a.executant, x.a.executant), "b": x.b.titre,
             "acteur_b": noms.get(x.b.executant, x.b.executant), "score": round(x.paire.score, 2)}
            for x in lus.a_examiner[:PAIRES]
        ],
    }  # fmt: skip


def _list_requetes(session: Session, aujourd_hui: date) -> list[dict[str, Any]]:
    noms = get_noms(session)
    return [
        {
            "numero": x.numero, "objet": x.objet, "region": say_region(x.region, noms), "etat": x.etat.value,
            "etat_texte": say_libelle(x.etat), "montant_fcfa": x.montant_fcfa, "montant_texte": say_fcfa(x.montant_fcfa),
            "echeance": None if x.echeance is None else x.echeance.isoformat(), "en_retard": x.en_retard,
            "ouverte": x.etat in OUVERTES,
        }
        for x in get_registre(session, LECTEUR, aujourd_hui).fiches
    ]  # fmt: skip


def _list_recommandations(session: Session, aujourd_hui: date) -> list[dict[str, Any]]:
    noms = list_noms_acteurs(session)
    return [
        {
            "code": x.code, "texte": x.texte, "rencontre": x.rencontre, "instance": x.instance, "region": x.region,
            "responsable": noms.get(x.responsable or "", say_non_renseigne()), "statut": x.statut.value,
            "etat_texte": _say_etat(x), "echeance": None if x.echeance is None else x.echeance.isoformat(),
            "echeance_texte": say_date_courte(x.echeance) if x.echeance else _("sans échéance"),
            "en_retard": x.en_retard, "retard_jours": x.retard_jours, "reconductions": len(x.reconductions),
        }
        for x in list_recommandations(session, LECTEUR, aujourd_hui)
    ]  # fmt: skip


def _say_etat(x: FicheRecommandation) -> str:
    """« En retard de 64 jours · reconduite 3 fois »."""
    dits = [say_libelle(x.statut)]
    if x.retard_jours is not None:
        dits = [
            ngettext("En retard de {n} jour", "En retard de {n} jours", x.retard_jours).format(
                n=say_nombre(x.retard_jours)
            )
        ]
    fois = len(x.reconductions)
    if fois:
        dits.append(ngettext("reconduite {n} fois", "reconduite {n} fois", fois).format(n=fois))
    return " · ".join(dits)
