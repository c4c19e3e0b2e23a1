"""Who covers what, region by region: the state of every cell of region × theme and region × plan activity.

What touches a cell: validated interventions, the latest validated update of the activity there, money entered there, and
confirmed pledges (an unconfirmed one is read by few, and a state is the same for all). « National » has a column of its
own and fills no region. Source: règles de calcul, 5.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.domain.calendrier import Trimestre, get_jour
from ccm_data.domain.couverture import EN_COURS, PLANIFIE, TERMINE, Presence, compute_etat
from ccm_data.domain.permissions import Personne
from ccm_data.domain.repartition import NATIONAL
from ccm_data.domain.vocabulaire import (
    EtatCellule,
    EtatPositionnement,
    EtatRequete,
    ListeTermes,
    StatutActivite,
    StatutComite,
    StatutPoint,
)
from ccm_data.models.requetes import Positionnement, Requete
from ccm_data.queries.decisions import list_decisions
from ccm_data.queries.interventions import Fiche, list_fiches, list_termes
from ccm_data.queries.plan import list_activites
from ccm_data.queries.rapports import get_seuils, list_annees_programmees, list_completude_regions
from ccm_data.queries.suivi import list_valides
from ccm_data.queries.territoire import list_regions
from ccm_data.textes import _

Grille = Literal["theme", "activite"]
Cle = tuple[str, str]  # subject, region
STATUTS: Final = {
    StatutActivite.NON_DEMARREE: PLANIFIE,
    StatutActivite.EN_COURS: EN_COURS,
    StatutActivite.ACHEVEE: EN_COURS,  # done is no gap
}
# Activities whose regional number a register counts: their own wording in the plan (3.1.1, 3.1.3, 5.1).
REGISTRES: Final = {"3.1.1": "comite_veille", "3.1.3": "point_information", "5.1": "point_focal"}


@dataclass(frozen=True)
class CaseCouverture:
    """A cell. `etat` None: nothing touches it and nothing is expected there (region not concerned, national theme).

    `besoin`, `unite`: the number that the SP/CCM planned there; `couvert`: what the register counts, None: not counted.
    """

    etat: EtatCellule | None
    codes: tuple[str, ...] = ()
    requetes: tuple[str, ...] = ()
    besoin: int | None = None
    couvert: int | None = None
    unite: str | None = None


@dataclass(frozen=True)
class Couverture:
    """A grid: subjects and regions (code, name) in the plan's order, cells by (subject, region)."""

    grille: Grille
    sujets: tuple[tuple[str, str], ...]
    regions: tuple[tuple[str, str], ...]
    cases: dict[Cle, CaseCouverture]
    populations: dict[str, int]
    programmees: frozenset[str]  # activities that the plan schedules in the year of the date d'arrêté
    delai_jours: int
    fiches: tuple[Fiche, ...]

    def list_regionales(self) -> list[tuple[Cle, CaseCouverture]]:
        """The cells that may be a gap: a region's, in the plan's order."""
        return [
            ((s, r), self.cases[s, r])
            for s, _n in self.sujets
            for r, _m in self.regions
            if r != NATIONAL and self.cases[s, r].etat is not None
        ]


def get_couverture(session: Session, personne: Personne, grille: Grille, arrete: date, aujourd_hui: date) -> Couverture:
    """The grid at the date d'arrêté; amounts of its interventions as this person may see them."""
    fiches = list_fiches(session, personne)
    territoire = list_regions(session)
    regions = [(str(c), str(n)) for c, n in zip(territoire["code"], territoire["nom"], strict=True)]
    colonnes = (*regions, (NATIONAL, _("National")))
    besoins = _list_besoins(session, arrete) if grille == "activite" else {}
    presences, codes = _list_presences(session, fiches, grille, arrete)
    requetes = _list_requetes(session, grille)
    a_jour, delai = _list_a_jour(session, arrete, aujourd_hui), get_seuils(session).delai_couverture_jours
    sujets = _list_sujets(session, grille)

    regionalisees = {activite for activite, _region in besoins}

    def _make(cle: Cle) -> CaseCouverture:
        sujet, region = cle
        if region == NATIONAL:
            attendue = grille == "activite" and sujet not in regionalisees
        else:
            attendue = grille == "theme" or cle in besoins
        etat = None
        if attendue or presences[cle]:
            etat = compute_etat(presences[cle], arrete, delai, region_a_jour=region in a_jour)
        besoin, couvert, unite = besoins.get(cle, (None, None, None))
        return CaseCouverture(etat, tuple(codes[cle]), tuple(requetes[cle]), besoin, couvert, unite)

    annees = list_annees_programmees(session)
    return Couverture(
        grille,
        sujets,
        colonnes,
        {(s, r): _make((s, r)) for s, _n in sujets for r, _m in colonnes},
        {
            str(c): int(p)
            for c, p in zip(territoire["code"], territoire["population_2012"], strict=True)
            if not pd.isna(p)
        },
        frozenset(str(c) for c in annees.loc[annees["annee"] == arrete.year, "activite_code"]),
        delai,
        tuple(fiches),
    )


def _list_sujets(session: Session, grille: Grille) -> tuple[tuple[str, str], ...]:
    if grille == "theme":
        return tuple(list_termes(session, ListeTermes.THEME).items())
    activites = list_activites(session)
    return tuple((str(c), f"{c} {t}") for c, t in zip(activites["code"], activites["libelle_court"], strict=True))


def _list_a_jour(session: Session, arrete: date, aujourd_hui: date) -> frozenset[str]:
    """Regions (NATIONAL: the SP/CCM itself) that owe reports and gave all of the last quarter's."""
    cadre = list_completude_regions(session, arrete, aujourd_hui)
    lignes = cadre[["region_code", "rendus", "attendus"]].itertuples(index=False, name=None)
    return frozenset(_read_region(r) for r, rendus, attendus in lignes if attendus and rendus >= attendus)


def _read_region(code: Any) -> str:
    return NATIONAL if pd.isna(code) else str(code)


def _list_presences(
    session: Session, fiches: Iterable[Fiche], grille: Grille, arrete: date
) -> tuple[defaultdict[Cle, list[Presence]], defaultdict[Cle, list[str]]]:
    presences: defaultdict[Cle, list[Presence]] = defaultdict(list)
    codes: defaultdict[Cle, list[str]] = defaultdict(list)
    for x in fiches:
        sujets = x.themes if grille == "theme" else (x.activite_code,) if x.activite_code else ()
        dit_le = None if x.valide_le is None else get_jour(x.valide_le)
        for cle in ((s, r) for s in sujets for r in x.regions):
            presences[cle].append(Presence(x.statut, x.debut, x.fin, dit_le, x.finance))
            codes[cle].append(x.code)
    for sujet, region in _list_annonces(session, grille):
        presences[sujet, region].append(Presence(PLANIFIE))
    if grille == "activite":
        for cle, presence in _list_rapportees(session, arrete).items():
            presences[cle].append(presence)
    return presences, codes


def _list_annonces(session: Session, grille: Grille) -> list[Cle]:
    """Where a confirmed pledge goes."""
    sujet = Requete.theme if grille == "theme" else Requete.activite_code
    requete = (
        select(sujet, Requete.region_code)
        .join(Positionnement, Positionnement.requete_id == Requete.id)
        .where(Positionnement.etat == EtatPositionnement.CONFIRME, sujet.is_not(None), Requete.region_code.is_not(None))
    )
    return [(str(s), str(r)) for s, r in session.execute(requete)]


def _list_requetes(session: Session, grille: Grille) -> defaultdict[Cle, list[str]]:
    """Numbers of the requests that stand (refused ones are read by few)."""
    sujet = Requete.theme if grille == "theme" else Requete.activite_code
    requete = select(sujet, Requete.region_code, Requete.numero).where(Requete.etat != EtatRequete.REFUSEE)
    trouvees: defaultdict[Cle, list[str]] = defaultdict(list)
    for s, r, numero in session.execute(requete.order_by(Requete.numero)):
        if s is not None and r is not None:
            trouvees[s, r].append(numero)
    return trouvees


def _list_rapportees(session: Session, arrete: date) -> dict[Cle, Presence]:
    """The latest word on each activity and region, dated by the end of its quarter, with whether money was entered."""
    lignes = list_valides(session, "mise_a_jour", arrete)
    lignes = lignes.sort_values(["annee", "trimestre"], kind="stable")
    ecritures = list_valides(session, "ecriture_budgetaire", arrete).dropna(subset=["montant_fcfa"])
    cles = ecritures[["activite_code", "region_code"]].itertuples(index=False, name=None)
    argent = {(str(a), _read_region(r)) for a, r in cles}
    dites: dict[Cle, Presence] = {}
    colonnes = ["activite_code", "region_code", "annee", "trimestre", "avancement", "statut"]
    for activite, region, annee, trimestre, avancement, statut in lignes[colonnes].itertuples(index=False, name=None):
        cle = (str(activite), _read_region(region))
        connu = _read_statut(statut, avancement) or (dites[cle].statut if cle in dites else PLANIFIE)
        dites[cle] = Presence(connu, dit_le=Trimestre(int(annee), int(trimestre)).fin, finance=cle in argent)
    return dites | {cle: Presence(PLANIFIE, finance=True) for cle in argent - dites.keys()}


def _read_statut(statut: Any, avancement: Any) -> str | None:
    """The status of an intervention that says the same, None where the row says nothing."""
    if isinstance(statut, str):
        return STATUTS.get(StatutActivite(statut), TERMINE)
    if pd.isna(avancement):
        return None
    return EN_COURS if float(avancement) > 0 else PLANIFIE


def _list_besoins(session: Session, arrete: date) -> dict[Cle, tuple[int | None, int | None, str | None]]:
    """Activity × region concerned → number planned, number counted, unit."""
    comptes = _count_registres(session, arrete)
    colonnes = ["activite_code", "region_code", "nombre_prevu", "unite"]
    lignes = list_decisions(session, "region_concernee")[colonnes].itertuples(index=False, name=None)
    besoins: dict[Cle, tuple[int | None, int | None, str | None]] = {}
    for activite, region, nombre, unite in lignes:
        prevu = None if pd.isna(nombre) else int(nombre)
        couvert = comptes[activite][region] if prevu is not None and activite in comptes else None
        besoins[str(activite), str(region)] = (prevu, couvert, unite if isinstance(unite, str) else None)
    return besoins


def _count_registres(session: Session, arrete: date) -> dict[str, Counter[str]]:
    """What each register counts as done, per region."""
    faits: dict[str, Counter[str]] = {}
    for activite, sujet in REGISTRES.items():
        cadre = list_valides(session, sujet, arrete)
        if sujet == "comite_veille":
            cadre = cadre[cadre["statut"] != StatutComite.PLANIFIE]
        elif sujet == "point_information":
            cadre = cadre[cadre["statut"] == StatutPoint.OUVERT]
        else:
            cadre = cadre[cadre["en_poste"].astype(bool)]
        faits[activite] = Counter(str(r) for r in cadre["region_code"].dropna())
    return faits
