"""A region on one page: what concerns it, what is done and late, who works there, what it must report and by when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pandas as pd
from sqlalchemy.orm import Session

from ccm_data.domain.budget import list_retenues
from ccm_data.domain.calendrier import DERNIER_TRIMESTRE, Trimestre, compute_echeance, get_dernier_trimestre_fini
from ccm_data.domain.perimetre import Perimetre
from ccm_data.domain.permissions import VISITEUR
from ccm_data.domain.vocabulaire import CategorieActeur, StatutComite, StatutIndicateur
from ccm_data.errors import Introuvable
from ccm_data.queries.acteurs import list_presences
from ccm_data.queries.avancement import LigneAvancement, get_avancement
from ccm_data.queries.carte import INDICATEUR_COMITES
from ccm_data.queries.decisions import list_decisions
from ccm_data.queries.instances import list_instances
from ccm_data.queries.plan import list_activites
from ccm_data.queries.rapports import get_seuils, list_annees_programmees, list_dus
from ccm_data.queries.recommandations import count_ouvertes
from ccm_data.queries.suivi import list_valides
from ccm_data.queries.territoire import list_regions
from ccm_data.textes import _
from ccm_data.typographie import say_date_courte, say_trimestre

RETARDS = (StatutIndicateur.EN_RETARD, StatutIndicateur.A_SURVEILLER)


@dataclass(frozen=True)
class ResumeRegion:
    """A few facts, for the map's side."""

    code: str
    nom: str
    population: int
    dernier_rapport: str
    paye_fcfa: int | None
    engage_fcfa: int | None
    prevu_fcfa: int | None
    retards: tuple[LigneAvancement, ...]


@dataclass(frozen=True)
class Du:
    """A report owed: for which activity and quarter, by when, late or not."""

    activite_code: str
    libelle: str
    trimestre: str
    echeance: date
    etat: str


@dataclass(frozen=True)
class FicheRegion:
    """Everything on the region's sheet. `nombres`: activity → (planned number, unit); empty where none was entered."""

    resume: ResumeRegion
    activites: tuple[LigneAvancement, ...]
    nombres: dict[str, tuple[int, str]]
    comites: tuple[tuple[str, str, str], ...]  # name, status code, languages
    comites_par_statut: tuple[tuple[StatutComite, int], ...]
    comites_rapportes: bool
    points: int | None
    focaux: int | None
    acteurs: tuple[tuple[CategorieActeur, tuple[str, ...]], ...]
    acteurs_rapportes: bool
    dus: tuple[Du, ...]
    prochain: tuple[str, date] | None
    nationales: int  # activities without region: « non régionalisé »
    instances: tuple[tuple[str, date | None], ...]  # the region's living bodies: name, last meeting held
    recommandations: tuple[int, int]  # open, overdue


def _sum(cadre: pd.DataFrame, phase: str) -> int | None:
    montants = cadre.loc[cadre["phase"] == phase, "montant_fcfa"].dropna()
    return int(montants.sum()) if len(montants) else None


def get_resume_region(session: Session, perimetre: Perimetre, region: str, aujourd_hui: date) -> ResumeRegion:
    """The region's short facts; raises Introuvable for an unknown code."""
    regions = list_regions(session)
    trouvee = regions[regions["code"] == region]
    if trouvee.empty:
        raise Introuvable(objet="region", valeur=region)
    avancement = get_avancement(session, replace(perimetre, region=region, axe=None))
    ecritures = list_retenues(list_valides(session, "ecriture_budgetaire", perimetre.date_arrete))
    siennes = ecritures[ecritures["region_code"] == region]
    concernees = list_decisions(session, "region_concernee")
    parts = concernees[concernees["region_code"] == region]["part_fcfa"].dropna()
    ligne = trouvee.iloc[0]
    return ResumeRegion(
        code=region,
        nom=str(ligne["nom"]),
        population=int(ligne["population_2012"]),
        dernier_rapport=_say_dernier(session, perimetre.date_arrete, region),
        paye_fcfa=_sum(siennes, "paye"),
        engage_fcfa=_sum(siennes, "engage"),
        prevu_fcfa=int(parts.sum()) if len(parts) else None,
        retards=tuple(a for a in avancement.activites if a.statut in RETARDS),
    )


def _say_dernier(session: Session, jour: date, region: str) -> str:
    maj = list_valides(session, "mise_a_jour", jour)
    siennes = maj[maj["region_code"] == region].sort_values(["annee", "trimestre"])
    if siennes.empty:
        return _("Aucun rapport validé")
    derniere = siennes.iloc[-1]
    return _("Rapport {t} validé le {d}").format(
        t=say_trimestre(int(derniere["annee"]), int(derniere["trimestre"])),
        d=say_date_courte(pd.Timestamp(derniere["valide_le"]).date()),
    )


def get_fiche_region(session: Session, perimetre: Perimetre, region: str, aujourd_hui: date) -> FicheRegion:
    """The region's sheet at the date; raises Introuvable for an unknown code."""
    resume = get_resume_region(session, perimetre, region, aujourd_hui)
    activites = get_avancement(session, replace(perimetre, region=region, axe=None)).activites
    jour = perimetre.date_arrete
    comites = list_valides(session, "comite_veille", jour)
    comites = comites[comites["region_code"] == region]
    points = list_valides(session, "point_information", jour)
    focaux = list_valides(session, "point_focal", jour)
    concernees = list_decisions(session, "region_concernee")
    siennes = concernees[concernees["region_code"] == region].dropna(subset=["nombre_prevu"])
    valeurs = list_valides(session, "valeur_indicateur", jour)
    rapporte = bool(((valeurs["region_code"] == region) & (valeurs["indicateur_code"] == INDICATEUR_COMITES)).any())
    acteurs = _group_acteurs(list_presences(session, jour), region)
    return FicheRegion(
        resume=resume,
        activites=activites,
        nombres={
            str(x["activite_code"]): (int(x["nombre_prevu"]), str(x["unite"] or "")) for x in siennes.to_dict("records")
        },
        comites=tuple(
            (str(c["nom"]), str(getattr(c["statut"], "value", c["statut"])), str(c["langues"] or ""))
            for c in comites.to_dict("records")
        ),
        comites_par_statut=tuple((s, int((comites["statut"] == s).sum())) for s in StatutComite),
        comites_rapportes=rapporte or len(comites) > 0,
        points=_count_rapportes(points, region),
        focaux=_count_rapportes(focaux, region),
        acteurs=acteurs,
        acteurs_rapportes=bool(acteurs),
        dus=_list_dus(session, jour, aujourd_hui, region),
        prochain=_get_prochain(session, aujourd_hui, {a.code for a in activites}),
        nationales=len(list_activites(session)) - len(activites),
        instances=tuple(
            (x.nom_court, x.derniere)
            for x in list_instances(session, VISITEUR, aujourd_hui)
            if x.region == region and x.actif
        ),
        recommandations=count_ouvertes(session, aujourd_hui, region=region),
    )


def _count_rapportes(lignes: pd.DataFrame, region: str) -> int | None:
    """How many the region declared; None where it declared none: silence is not zero."""
    return int((lignes["region_code"] == region).sum()) or None


def _group_acteurs(presences: pd.DataFrame, region: str) -> tuple[tuple[CategorieActeur, tuple[str, ...]], ...]:
    ici = presences[presences["region_code"] == region]
    groupes: dict[CategorieActeur, list[str]] = {}
    for a in ici.to_dict("records"):
        nom = a["sigle"] if isinstance(a["sigle"], str) else a["nom"]
        groupes.setdefault(CategorieActeur(a["categorie"]), []).append(str(nom))
    return tuple((c, tuple(groupes[c])) for c in CategorieActeur if c in groupes)


def _list_dus(session: Session, jour: date, aujourd_hui: date, region: str) -> tuple[Du, ...]:
    libelles = dict(list_activites(session)[["code", "libelle_court"]].itertuples(index=False, name=None))
    return tuple(
        Du(
            str(d["activite_code"]),
            libelles[d["activite_code"]],
            say_trimestre(int(d["annee"]), int(d["trimestre"])),
            d["echeance"],
            str(d["etat"]),
        )
        for d in list_dus(session, jour, aujourd_hui, region).to_dict("records")
    )


def _get_prochain(session: Session, aujourd_hui: date, codes: set[str]) -> tuple[str, date] | None:
    """The next quarter that will owe a report, and its due date; None once the plan's last is owed."""
    annees = list_annees_programmees(session)
    utiles = set(annees[annees["activite_code"].isin(codes)]["annee"])
    trimestre: Trimestre = get_dernier_trimestre_fini(aujourd_hui).suivant()
    if trimestre > DERNIER_TRIMESTRE or trimestre.annee not in utiles:
        return None
    echeance = compute_echeance(trimestre, get_seuils(session).delai_rapport_jours)
    return say_trimestre(trimestre.annee, trimestre.numero), echeance
