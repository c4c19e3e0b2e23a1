"""Reading the register of requests to PTF: what this person may read, how long each has waited, what answers it.

A refused request and a pledge not confirmed are read by the SP/CCM and by their own organisation; what is kept back is
counted. Notes are narratives; a pledge's amount is its funder's. Source: règles de calcul, 4 and 7.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import pandas as pd
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ccm_data.domain.calendrier import get_jour
from ccm_data.domain.listes import split_liste
from ccm_data.domain.permissions import Personne, can_read, can_write
from ccm_data.domain.requetes import OUVERTES, is_en_retard
from ccm_data.domain.vocabulaire import CategorieActeur, EtatPositionnement, EtatRequete, EtatSuivi, ListeTermes
from ccm_data.libelles import say_libelle
from ccm_data.models.acteurs import Acteur
from ccm_data.models.coordination import Intervention
from ccm_data.models.requetes import EtapeRequete, Positionnement, Requete
from ccm_data.queries.acteurs import list_noms_acteurs
from ccm_data.queries.installation import get_installation
from ccm_data.queries.interventions import list_termes
from ccm_data.queries.plan import list_activites
from ccm_data.textes import _
from ccm_data.typographie import say_fcfa

DELAI_REPONSE_JOURS: Final = 60  # without a step, where no due date is said; to be confirmed by the SP/CCM
ENGAGES: Final = frozenset({EtatPositionnement.CONFIRME, EtatPositionnement.SIGNE})
REPONDUES: Final = frozenset({EtatRequete.ACCEPTEE, EtatRequete.FINANCEE})
PTF: Final = (CategorieActeur.PTF_BILATERAL, CategorieActeur.PTF_MULTILATERAL)


@dataclass(frozen=True)
class Pas:
    """A step: the state reached, when, its note. `reserve`: it has a note that this person may not read."""

    etat: EtatRequete
    quand: datetime
    note: str | None
    reserve: bool


@dataclass(frozen=True)
class FichePositionnement:
    """A pledge as this person may read it. `reserve`: it has an amount, not shown.

    `intervention`, `etat_intervention`: what a signed one became; None: nothing yet, or not to be read
    (`intervention_reservee`).
    """

    id: int
    version: int
    acteur: str
    etat: EtatPositionnement
    montant_fcfa: int | None
    reserve: bool
    date_prevue: date
    note: str | None
    intervention: str | None
    etat_intervention: EtatSuivi | None
    intervention_reservee: bool


@dataclass(frozen=True)
class FicheRequete:
    """A request as this person may read it. `depuis`: its last step; `retenus`: pledges kept back.

    `description_reservee`: it has one, for those who may answer.
    """

    id: int
    numero: str
    version: int
    etat: EtatRequete
    demandeur: str | None
    objet: str
    description: str | None
    description_reservee: bool
    theme: str | None
    activite: str | None
    region: str | None
    montant_fcfa: int | None
    destinataires: tuple[str, ...]
    recue_le: date
    echeance: date | None
    origine: str | None
    depuis: date
    en_retard: bool
    pas: tuple[Pas, ...]
    positionnements: tuple[FichePositionnement, ...]
    retenus: int


@dataclass(frozen=True)
class Registre:
    """The requests that this person may read, the most pressing first, and how many are kept back."""

    fiches: tuple[FicheRequete, ...]
    retenues: int

    @property
    def positionnements_retenus(self) -> int:
        """Pledges kept back, over the requests that may be read."""
        return sum(x.retenus for x in self.fiches)

    def find(self, numero: str | None) -> FicheRequete | None:
        """The request of this number, if it may be read."""
        return next((x for x in self.fiches if x.numero == numero), None)


@dataclass(frozen=True)
class FiltreRequetes:
    """What the screen looks at; None: all."""

    etat: EtatRequete | None = None
    region: str | None = None
    en_retard: bool = False


@dataclass(frozen=True)
class Somme:
    """An amount over `sur` items: None when none of them says one. Some may not say it, or reserve it."""

    fcfa: int | None
    sur: int
    inconnus: int
    reserves: int


@dataclass(frozen=True)
class NomsRequetes:
    """Code → label of what requests name."""

    acteurs: Mapping[str, str]
    ptf: Mapping[str, str]
    regions: Mapping[str, str]
    themes: Mapping[str, str]
    themes_ouverts: Mapping[str, str]
    activites: Mapping[str, str]


def get_noms(session: Session) -> NomsRequetes:
    """The lists that the screen's words and forms need."""
    acteurs = list_noms_acteurs(session)
    ptf = set(session.scalars(select(Acteur.code).where(Acteur.categorie.in_(PTF))))
    plan = list_activites(session)
    return NomsRequetes(
        acteurs,
        {c: n for c, n in acteurs.items() if c in ptf},
        get_installation(session).regions,
        list_termes(session, ListeTermes.THEME, fermes=True),
        list_termes(session, ListeTermes.THEME),
        {str(c): f"{c} {t}" for c, t in zip(plan["code"], plan["libelle_court"], strict=True)},
    )


def get_registre(session: Session, personne: Personne, jour: date) -> Registre:
    """The register on this day, in five reads: overdue first, then open, then the one that has waited longest."""
    lignes = session.scalars(select(Requete).order_by(Requete.numero)).all()
    lisibles = [x for x in lignes if x.etat is not EtatRequete.REFUSEE or _can(personne, "requetes_refusees", x)]
    etapes: defaultdict[int, list[EtapeRequete]] = defaultdict(list)
    for etape in session.scalars(select(EtapeRequete).order_by(EtapeRequete.quand, EtapeRequete.id)):
        etapes[etape.requete_id].append(etape)
    pledges = _list_positionnements(session, personne, {x.id: x.region_code for x in lisibles})
    fiches = [_make_fiche(personne, x, etapes[x.id], pledges[x.id], jour) for x in lisibles]
    fiches.sort(key=lambda x: (not x.en_retard, x.etat not in OUVERTES, x.depuis, x.numero))
    return Registre(tuple(fiches), len(lignes) - len(lisibles))


def _can(personne: Personne, objet: str, x: Requete) -> bool:
    return can_read(personne, objet, x.region_code, x.demandeur_code, x.auteur_id)


def _make_fiche(
    personne: Personne,
    x: Requete,
    etapes: Sequence[EtapeRequete],
    pledges: list[FichePositionnement | None],
    jour: date,
) -> FicheRequete:
    depuis = get_jour(etapes[-1].quand) if etapes else x.recue_le
    narratif = _can(personne, "narratifs", x)
    # Who may answer a request reads what it asks.
    repond = narratif or can_write(personne, "se_positionner", None, personne.acteur_code)
    vus = tuple(p for p in pledges if p is not None)
    return FicheRequete(
        x.id, x.numero, x.version, x.etat, x.demandeur_code, x.objet, x.description if repond else None,
        bool(x.description) and not repond, x.theme, x.activite_code, x.region_code, x.montant_fcfa,
        split_liste(x.destinataires), x.recue_le, x.echeance, x.origine, depuis,
        is_en_retard(x.etat, x.echeance, depuis, jour, DELAI_REPONSE_JOURS),
        tuple(Pas(e.etat, e.quand, e.note if narratif else None, bool(e.note) and not narratif) for e in etapes),
        vus, len(pledges) - len(vus),
    )  # fmt: skip


def _list_positionnements(
    session: Session, personne: Personne, regions: Mapping[int, str | None]
) -> defaultdict[int, list[FichePositionnement | None]]:
    """Pledges by request, oldest first; None stands for one kept back."""
    publics = set(session.scalars(select(Acteur.code).where(Acteur.montants_publics)))
    lignes = session.scalars(select(Positionnement).order_by(Positionnement.id)).all()
    nees = _list_interventions(session, {x.intervention_id for x in lignes if x.intervention_id is not None})
    trouves: defaultdict[int, list[FichePositionnement | None]] = defaultdict(list)
    for x in lignes:
        if x.requete_id in regions:
            nee = None if x.intervention_id is None else nees[x.intervention_id]
            lu = x.etat in ENGAGES or can_read(personne, "annonces_non_confirmees", None, x.acteur_code, x.auteur_id)
            fiche = _make_positionnement(personne, x, nee, regions[x.requete_id], publics) if lu else None
            trouves[x.requete_id].append(fiche)
    return trouves


def _make_positionnement(
    personne: Personne, x: Positionnement, nee: Intervention | None, region: str | None, publics: set[str]
) -> FichePositionnement:
    vu = x.acteur_code in publics or can_read(personne, "montants_reserves", None, x.acteur_code, x.auteur_id)
    narratif = can_read(personne, "narratifs", region, x.acteur_code, x.auteur_id)
    objet = "lignes_validees" if nee is not None and nee.etat is EtatSuivi.VALIDE else "brouillons"
    lue = nee is not None and can_read(personne, objet, region, nee.acteur_code, nee.auteur_id)
    return FichePositionnement(
        x.id, x.version, x.acteur_code, x.etat, x.montant_fcfa if vu else None, x.montant_fcfa is not None and not vu,
        x.date_prevue, x.note if narratif else None, nee.code if nee is not None and lue else None,
        nee.etat if nee is not None and lue else None, nee is not None and not lue,
    )  # fmt: skip


def _list_interventions(session: Session, ids: set[int]) -> dict[int, Intervention]:
    """Id at signature → the row that stands today under the same code (a correction replaces the first one)."""
    nees = {x.id: x for x in session.scalars(select(Intervention).where(Intervention.id.in_(ids)))}
    codes = {x.code for x in nees.values() if x.etat is EtatSuivi.REMPLACE}
    requete = select(Intervention).where(Intervention.code.in_(codes), Intervention.etat == EtatSuivi.VALIDE)
    valides = {x.code: x for x in session.scalars(requete)}
    return {numero: valides.get(x.code, x) for numero, x in nees.items()}


def filter_requetes(fiches: Iterable[FicheRequete], filtre: FiltreRequetes) -> tuple[FicheRequete, ...]:
    """Those that the filter keeps, in their order."""
    return tuple(
        x
        for x in fiches
        if filtre.etat in (None, x.etat) and filtre.region in (None, x.region) and (x.en_retard or not filtre.en_retard)
    )


def compute_sommes(fiches: Iterable[FicheRequete]) -> tuple[Somme, Somme, Somme]:
    """What is asked (refusals aside), accepted (pledges confirmed or signed), funded (signed).

    An accepted or funded request whose pledges are not told counts as unknown, never as zero.
    """
    debout = [x for x in fiches if x.etat is not EtatRequete.REFUSEE]
    demande = [(x.montant_fcfa, False) for x in debout]
    return (
        _sum(demande),
        _sum(_list_montants(debout, ENGAGES, REPONDUES)),
        _sum(_list_montants(debout, frozenset({EtatPositionnement.SIGNE}), frozenset({EtatRequete.FINANCEE}))),
    )


def _list_montants(
    fiches: Iterable[FicheRequete], pledges: frozenset[EtatPositionnement], etats: frozenset[EtatRequete]
) -> list[tuple[int | None, bool]]:
    montants: list[tuple[int | None, bool]] = []
    for x in fiches:
        siens = [(p.montant_fcfa, p.reserve) for p in x.positionnements if p.etat in pledges]
        montants += siens or ([(None, False)] if x.etat in etats else [])
    return montants


def _sum(montants: Sequence[tuple[int | None, bool]]) -> Somme:
    connus = [m for m, _reserve in montants if m is not None]
    reserves = sum(reserve for _montant, reserve in montants)
    return Somme(sum(connus) if connus else None, len(montants), len(montants) - len(connus) - reserves, reserves)


def list_transmises(session: Session) -> dict[int, date]:
    """Request → day on which it was first passed on to PTF: what indicator 1.b counts (règles de calcul, 2)."""
    etapes = select(EtapeRequete.requete_id, func.min(EtapeRequete.quand)).where(
        EtapeRequete.etat == EtatRequete.TRANSMISE
    )
    return {numero: get_jour(quand) for numero, quand in session.execute(etapes.group_by(EtapeRequete.requete_id))}


def get_numero(session: Session, requete_id: int) -> str:
    """A request's number."""
    return session.get_one(Requete, requete_id).numero


def make_table_requetes(session: Session, fiches: Sequence[FicheRequete]) -> pd.DataFrame:
    """The register in words; the amount is a number, missing where none is asked."""
    noms = get_noms(session)
    return pd.DataFrame(
        {
            _("Numéro"): [x.numero for x in fiches],
            _("Objet"): [x.objet for x in fiches],
            _("État"): [say_libelle(x.etat) for x in fiches],
            _("Depuis"): [x.depuis for x in fiches],
            _("En retard"): [_("oui") if x.en_retard else _("non") for x in fiches],
            _("Région"): [_("National") if x.region is None else noms.regions.get(x.region, x.region) for x in fiches],
            _("Thème ou activité"): [say_sujet(x, noms) for x in fiches],
            _("Montant demandé (FCFA)"): pd.Series([x.montant_fcfa for x in fiches], dtype="Int64"),
            _("Demandeur"): [noms.acteurs.get(x.demandeur or "", _("non renseigné")) for x in fiches],
            _("Destinataires"): [say_destinataires(x, noms) for x in fiches],
            _("Reçue le"): [x.recue_le for x in fiches],
            _("Échéance"): [x.echeance for x in fiches],
        }
    )


def make_table_etapes(session: Session, fiches: Sequence[FicheRequete]) -> pd.DataFrame:
    """Every step of these requests, as this person may read them."""
    lignes = [(x, p) for x in fiches for p in x.pas]
    return pd.DataFrame(
        {
            _("Numéro"): [x.numero for x, _p in lignes],
            _("État"): [say_libelle(p.etat) for _x, p in lignes],
            _("Date"): [get_jour(p.quand) for _x, p in lignes],
            _("Note"): [_("réservée") if p.reserve else p.note or "" for _x, p in lignes],
        }
    )


def make_table_positionnements(session: Session, fiches: Sequence[FicheRequete]) -> pd.DataFrame:
    """Every pledge on these requests, as this person may read them."""
    acteurs = list_noms_acteurs(session)
    lignes = [(x, p) for x in fiches for p in x.positionnements]
    return pd.DataFrame(
        {
            _("Numéro"): [x.numero for x, _p in lignes],
            _("Organisation"): [acteurs.get(p.acteur, p.acteur) for _x, p in lignes],
            _("État"): [say_libelle(p.etat) for _x, p in lignes],
            _("Montant (FCFA)"): pd.Series([p.montant_fcfa for _x, p in lignes], dtype="Int64"),
            _("Montant réservé"): [_("oui") if p.reserve else "" for _x, p in lignes],
            _("Date prévue"): [p.date_prevue for _x, p in lignes],
            _("Intervention"): [p.intervention or "" for _x, p in lignes],
        }
    )


def say_sujet(x: FicheRequete, noms: NomsRequetes) -> str:
    """The theme and the plan activity, whichever is said."""
    dits = [noms.themes.get(x.theme, x.theme) if x.theme else "", noms.activites.get(x.activite or "", "")]
    return " · ".join(d for d in dits if d) or _("non renseigné")


def say_destinataires(x: FicheRequete, noms: NomsRequetes) -> str:
    """The PTF that it is meant for."""
    return ", ".join(noms.acteurs.get(c, c) for c in x.destinataires) or _("Tous les PTF")


def say_montant(p: FichePositionnement) -> str:
    """A pledge's amount, or why it is not there."""
    return _("réservé par l’organisation") if p.reserve else say_fcfa(p.montant_fcfa)
