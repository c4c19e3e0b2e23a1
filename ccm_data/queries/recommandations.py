"""Reading the register of recommendations: what was asked of whom, how old it is, what is overdue, what proves it.

How many there are and where they stand is public; a recommendation itself is a validated row; its proof is a narrative.
Ageing counts days since the meeting that made it, until it is done.
Source: règles de calcul 7; stratégie 8.1 (follow-up of recommendations).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ccm_data.domain.instances import OUVERTS, compute_age, compute_retard
from ccm_data.domain.listes import split_liste
from ccm_data.domain.permissions import Personne, can_read
from ccm_data.domain.vocabulaire import EtatSuivi, StatutRecommandation
from ccm_data.libelles import say_libelle
from ccm_data.models.instances import Instance, PointOrdreDuJour, Recommandation, Rencontre
from ccm_data.models.plan import Indicateur
from ccm_data.queries.acteurs import list_noms_acteurs
from ccm_data.queries.installation import get_installation
from ccm_data.queries.instances import list_noms_instances
from ccm_data.queries.plan import list_activites
from ccm_data.queries.territoire import say_region
from ccm_data.textes import _
from ccm_data.typographie import say_date_courte

# Days overdue: the upper edge of each class, in the order of a chart; what lies beyond the last is the worst.
PALIERS: Final = (30, 90)


@dataclass(frozen=True)
class FicheRecommandation:
    """A recommendation on a day. `age_jours`: since its meeting, until done (None: unknown); `retard_jours` None: not overdue.

    `reconductions`: codes of the meetings that carried it over; `preuve_reservee`: it has one, not for this person.
    `point_intitule`: the agenda's title of its item (None: no such item). `lisible`: this person may read the row; if not,
    only what counts is kept.
    """

    id: int
    code: str
    rencontre: str
    rencontre_le: date | None
    instance: str | None
    point: int | None
    point_intitule: str | None
    texte: str
    responsable: str | None
    echeance: date | None
    region: str | None
    activite: str | None
    indicateur: str | None
    acteurs: tuple[str, ...]
    statut: StatutRecommandation
    realisee_le: date | None
    preuve: str | None
    preuve_reservee: bool
    reconductions: tuple[str, ...]
    age_jours: int | None
    retard_jours: int | None
    lisible: bool

    @property
    def ouverte(self) -> bool:
        """Neither done nor given up."""
        return self.statut in OUVERTS

    @property
    def en_retard(self) -> bool:
        """Past its due day and still open."""
        return self.retard_jours is not None


@dataclass(frozen=True)
class FiltreRecommandations:
    """What the screen looks at; None: all."""

    statut: StatutRecommandation | None = None
    en_retard: bool = False
    instance: str | None = None
    region: str | None = None
    responsable: str | None = None
    activite: str | None = None


@dataclass(frozen=True)
class NomsRegistre:
    """Code → label of what meetings and recommendations name."""

    acteurs: Mapping[str, str]
    instances: Mapping[str, str]
    regions: Mapping[str, str]
    activites: Mapping[str, str]
    indicateurs: Mapping[str, str]


def get_noms(session: Session) -> NomsRegistre:
    """The lists that the screens' words need."""
    plan = list_activites(session)
    indicateurs = session.execute(select(Indicateur.code, Indicateur.libelle_court).order_by(Indicateur.ordre)).all()
    return NomsRegistre(
        list_noms_acteurs(session),
        list_noms_instances(session),
        get_installation(session).regions,
        {str(c): f"{c} {t}" for c, t in zip(plan["code"], plan["libelle_court"], strict=True)},
        {code: f"{code} {nom}" for code, nom in indicateurs},
    )


def list_recommandations(session: Session, personne: Personne, jour: date) -> tuple[FicheRecommandation, ...]:
    """The validated register on a day, in three reads: overdue first, the most overdue at the head, then open, then closed."""
    requete = select(Rencontre.code, Rencontre.date_rencontre, Rencontre.instance_code).where(
        Rencontre.etat == EtatSuivi.VALIDE
    )
    rencontres = {code: (quand, instance) for code, quand, instance in session.execute(requete)}
    points = select(PointOrdreDuJour.rencontre_code, PointOrdreDuJour.numero, PointOrdreDuJour.intitule).where(
        PointOrdreDuJour.etat == EtatSuivi.VALIDE
    )
    titres = {(code, numero): intitule for code, numero, intitule in session.execute(points)}
    lignes = session.scalars(select(Recommandation).where(Recommandation.etat == EtatSuivi.VALIDE))
    fiches = [
        _make_fiche(
            personne, x, rencontres.get(x.rencontre_code), titres.get((x.rencontre_code, x.point_numero or 0)), jour
        )
        for x in lignes
    ]
    return tuple(sorted(fiches, key=lambda x: (-(x.retard_jours or 0), not x.ouverte, x.echeance or date.max, x.code)))


def _make_fiche(
    personne: Personne, x: Recommandation, rencontre: tuple[date, str] | None, point: str | None, jour: date
) -> FicheRecommandation:
    rencontre_le, instance = rencontre or (None, None)
    # What was done is told by the organisation in charge: its proof is its own, whoever typed the row.
    lue = any(
        can_read(personne, "narratifs", x.region_code, qui, x.auteur_id) for qui in (x.acteur_code, x.responsable_code)
    )
    return FicheRecommandation(
        x.id, x.code, x.rencontre_code, rencontre_le, instance, x.point_numero, point, x.texte, x.responsable_code,
        x.echeance, x.region_code, x.activite_code, x.indicateur_code, split_liste(x.acteurs_lies), x.statut, x.realisee_le,
        x.preuve if lue else None, bool(x.preuve) and not lue, split_liste(x.reconduite_par),
        compute_age(x.statut, rencontre_le, x.realisee_le, jour),
        compute_retard(x.statut, x.echeance, jour), can_read(personne, "lignes_validees", x.region_code),
    )  # fmt: skip


def filter_recommandations(
    fiches: Iterable[FicheRecommandation], filtre: FiltreRecommandations
) -> tuple[FicheRecommandation, ...]:
    """Those that the filter keeps, in their order; an actor concerned counts as one in charge."""
    return tuple(
        x
        for x in fiches
        if filtre.statut in (None, x.statut)
        and (x.en_retard or not filtre.en_retard)
        and filtre.instance in (None, x.instance)
        and filtre.region in (None, x.region)
        and filtre.responsable in (None, x.responsable, *x.acteurs)
        and filtre.activite in (None, x.activite)
    )


def count_statuts(fiches: Iterable[FicheRecommandation]) -> dict[str, int]:
    """How many stand where, overdue ones apart: « en_retard », then each status without them, in order."""
    comptes = Counter("en_retard" if x.en_retard else x.statut.value for x in fiches)
    return {nom: comptes[nom] for nom in ("en_retard", *StatutRecommandation)}


def count_paliers(fiches: Iterable[FicheRecommandation]) -> dict[str, int]:
    """Open ones by how late they are: « au_dela », « p90 », « p30 », « a_temps », « sans_echeance »."""
    ouvertes = [x for x in fiches if x.ouverte]
    comptes = Counter(_find_palier(x) for x in ouvertes)
    return {nom: comptes[nom] for nom in ("au_dela", *(f"p{p}" for p in reversed(PALIERS)), "a_temps", "sans_echeance")}


def _find_palier(x: FicheRecommandation) -> str:
    if x.echeance is None:
        return "sans_echeance"
    if x.retard_jours is None:
        return "a_temps"
    return next((f"p{p}" for p in PALIERS if x.retard_jours <= p), "au_dela")


def count_en_retard(session: Session, jour: date) -> dict[str, int]:
    """Body (its short name) → how many of its recommendations are overdue: an aggregate, for the overview."""
    requete = (
        select(Instance.sigle, Instance.nom, func.count(Recommandation.id))
        .join(Rencontre, Rencontre.instance_code == Instance.code)
        .join(Recommandation, Recommandation.rencontre_code == Rencontre.code)
        .where(
            Rencontre.etat == EtatSuivi.VALIDE,
            Recommandation.etat == EtatSuivi.VALIDE,
            Recommandation.statut.in_(OUVERTS),
            Recommandation.echeance < jour,
        )
        .group_by(Instance.code, Instance.sigle, Instance.nom, Instance.ordre)
        .order_by(Instance.ordre)
    )
    return {sigle or nom: int(n) for sigle, nom, n in session.execute(requete)}


def count_ouvertes(
    session: Session, jour: date, *, region: str | None = None, responsable: str | None = None
) -> tuple[int, int]:
    """How many are open, and overdue, in a region or in charge of an organisation: an aggregate, for everybody."""
    requete = select(Recommandation.statut, Recommandation.echeance).where(
        Recommandation.etat == EtatSuivi.VALIDE, Recommandation.statut.in_(OUVERTS)
    )
    if region is not None:
        requete = requete.where(Recommandation.region_code == region)
    if responsable is not None:
        requete = requete.where(Recommandation.responsable_code == responsable)
    retards = [compute_retard(statut, echeance, jour) for statut, echeance in session.execute(requete)]
    return len(retards), sum(r is not None for r in retards)


def list_rencontres_reconduction(session: Session) -> dict[str, tuple[str, str | None]]:
    """Meetings to which recommendations may be carried over, the latest first: code → (label, region)."""
    requete = (
        select(Rencontre.code, Rencontre.date_rencontre, Instance.sigle, Instance.nom, Rencontre.region_code)
        .join(Instance, Rencontre.instance_code == Instance.code)
        .where(Rencontre.etat == EtatSuivi.VALIDE, Rencontre.annulee.is_(False))
        .order_by(Rencontre.date_rencontre.desc(), Rencontre.code)
    )
    return {
        code: (f"{code} · {sigle or nom}, {say_date_courte(quand)}", region)
        for code, quand, sigle, nom, region in session.execute(requete)
    }


def make_table_recommandations(session: Session, fiches: Sequence[FicheRecommandation]) -> pd.DataFrame:
    """The register in words, for who may read it; dates and numbers are missing where there is none."""
    noms = get_noms(session)
    return pd.DataFrame(
        {
            _("Code"): [x.code for x in fiches],
            _("Recommandation"): [x.texte for x in fiches],
            _("Statut"): [say_statut(x) for x in fiches],
            _("Échéance"): [x.echeance for x in fiches],
            _("Retard (jours)"): pd.Series([x.retard_jours for x in fiches], dtype="Int64"),
            _("Reconduite (fois)"): [len(x.reconductions) for x in fiches],
            _("Responsable"): [noms.acteurs.get(x.responsable or "", _("non renseigné")) for x in fiches],
            _("Région"): [say_region(x.region, noms.regions) for x in fiches],
            _("Âge (jours)"): pd.Series([x.age_jours for x in fiches], dtype="Int64"),
            _("Instance"): [noms.instances.get(x.instance or "", _("non renseigné")) for x in fiches],
            _("Rencontre"): [x.rencontre for x in fiches],
            _("Activité"): [noms.activites.get(x.activite or "", "") for x in fiches],
            _("Indicateur"): [noms.indicateurs.get(x.indicateur or "", "") for x in fiches],
            _("Réalisée le"): [x.realisee_le for x in fiches],
            _("Preuve"): [_("réservée") if x.preuve_reservee else x.preuve or "" for x in fiches],
        }
    )


def say_statut(x: FicheRecommandation) -> str:
    """Its status; « en retard » is said of what is open past its due day."""
    return _("{statut}, en retard").format(statut=say_libelle(x.statut)) if x.en_retard else say_libelle(x.statut)
