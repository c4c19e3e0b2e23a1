"""Reading the meetings: when each body met or will, on what, who was there, whether the quorum was reached, who read the file.

That a body met, its agenda's titles and its quorum are public; who was there and who read are validated rows; key points and
next steps are narratives. The quorum is judged on the members of the meeting's day and on the rule in force now: facts are
dated, knowledge is today's. Source: règles de calcul 2.7 and 7; codes et standards (coordination bodies).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ccm_data.domain.instances import (
    EtatDossier,
    EtatQuorum,
    EtatRencontre,
    Membre,
    Quorum,
    Regle,
    compute_etat_dossier,
    compute_etat_rencontre,
    compute_quorum,
    list_membres_au,
)
from ccm_data.domain.listes import split_liste
from ccm_data.domain.permissions import Personne, can_read
from ccm_data.domain.vocabulaire import EtatSuivi, NatureRencontre, Role
from ccm_data.models.instances import AccuseLecture, PointOrdreDuJour, Recommandation, Rencontre
from ccm_data.queries.instances import list_membres, list_regles
from ccm_data.queries.rapports import get_seuils


@dataclass(frozen=True)
class Point:
    """An item of an agenda. `reserve`: it has key points that this person may not read."""

    ligne_id: int
    numero: int
    intitule: str
    points_cles: str | None
    reserve: bool


@dataclass(frozen=True)
class FicheRencontre:
    """A validated meeting as this person may read it.

    `presents`, `membres`, `accuses` None: not for this person; `presence_dite`: who was there was recorded. `quorum` None:
    not held, or an event. `lus`: how many organisations said that they had read the file. `recommandations`: how many it made.
    """

    id: int
    code: str
    instance: str
    region: str | None
    jour: date
    heure: str | None
    lieu: str | None
    intitule: str | None
    nature: NatureRencontre
    demandeur: str | None
    etat: EtatRencontre
    presence_dite: bool
    nombre_presents: int | None
    presents: tuple[str, ...] | None
    membres: tuple[Membre, ...] | None
    quorum: Quorum | None
    partage_le: date | None
    dossier: EtatDossier
    documents: tuple[str, ...] | None
    proces_verbal: str | None
    suites: str | None
    suites_reservees: bool
    points: tuple[Point, ...]
    convies: int
    lus: int
    accuses: tuple[tuple[str, datetime], ...] | None
    recommandations: int

    @property
    def est_journee(self) -> bool:
        """The 18 December day: an event, marked in lists."""
        return self.nature is NatureRencontre.JOURNEE_MIGRANTS


@dataclass(frozen=True)
class FiltreRencontres:
    """What the screen looks at; None: all."""

    instance: str | None = None
    region: str | None = None
    annee: int | None = None
    nature: NatureRencontre | None = None
    etat: EtatRencontre | None = None


@dataclass(frozen=True)
class BilanQuorum:
    """Held meetings by what can be said of their quorum."""

    tenues: int
    atteints: int
    jugees: int  # those where it can be said


@dataclass(frozen=True)
class _Lectures:
    """What the meetings stand on, read once."""

    personne: Personne
    jour: date
    delai: int
    membres: Mapping[str, list[Membre]]
    regles: Mapping[str, list[Regle]]
    points: Mapping[str, list[PointOrdreDuJour]]
    accuses: Mapping[str, list[AccuseLecture]]
    recommandations: Mapping[str, int]


def list_rencontres(session: Session, personne: Personne, jour: date) -> tuple[FicheRencontre, ...]:
    """Every validated meeting on a day, in eight reads: those to come first, the next at the head, then the latest held."""
    lectures = _read(session, personne, jour)
    lignes = session.scalars(select(Rencontre).where(Rencontre.etat == EtatSuivi.VALIDE)).all()
    a_venir = sorted((x for x in lignes if x.date_rencontre > jour), key=lambda x: (x.date_rencontre, x.code))
    passees = sorted(
        (x for x in lignes if x.date_rencontre <= jour), key=lambda x: (x.date_rencontre, x.code), reverse=True
    )
    return tuple(_make_fiche(lectures, x) for x in (*a_venir, *passees))


def _read(session: Session, personne: Personne, jour: date) -> _Lectures:
    points: defaultdict[str, list[PointOrdreDuJour]] = defaultdict(list)
    requete = select(PointOrdreDuJour).where(PointOrdreDuJour.etat == EtatSuivi.VALIDE)
    for point in session.scalars(requete.order_by(PointOrdreDuJour.numero, PointOrdreDuJour.id)):
        points[point.rencontre_code].append(point)
    accuses: defaultdict[str, list[AccuseLecture]] = defaultdict(list)
    for accuse in session.scalars(select(AccuseLecture).order_by(AccuseLecture.quand, AccuseLecture.id)):
        accuses[accuse.rencontre_code].append(accuse)
    comptes = session.execute(
        select(Recommandation.rencontre_code, func.count(Recommandation.id))
        .where(Recommandation.etat == EtatSuivi.VALIDE)
        .group_by(Recommandation.rencontre_code)
    )
    return _Lectures(
        personne,
        jour,
        get_seuils(session).delai_dossier_jours,
        {code: [m.membre for m in membres] for code, membres in list_membres(session).items()},
        {code: [r.regle for r in regles] for code, regles in list_regles(session).items()},
        points,
        accuses,
        {code: int(n) for code, n in comptes},
    )


def _make_fiche(lu: _Lectures, x: Rencontre) -> FicheRencontre:
    etat = compute_etat_rencontre(x.date_rencontre, x.annulee, lu.jour)
    membres = list_membres_au(lu.membres.get(x.instance_code, ()), x.date_rencontre)
    presents = split_liste(x.presents)
    dite = x.presents is not None and bool(presents)
    quorum = None
    if etat is EtatRencontre.TENUE and x.nature is not NatureRencontre.JOURNEE_MIGRANTS:
        quorum = compute_quorum(membres, presents if dite else None, lu.regles.get(x.instance_code, ()))
    visible = can_read(lu.personne, "lignes_validees", x.region_code)
    if quorum is not None and not visible:
        quorum = replace(quorum, hors_membres=(), observateurs=())
    narratif = _can_narratif(lu.personne, x)
    accuses = lu.accuses.get(x.code, [])
    return FicheRencontre(
        id=x.id,
        code=x.code,
        instance=x.instance_code,
        region=x.region_code,
        jour=x.date_rencontre,
        heure=x.heure,
        lieu=x.lieu,
        intitule=x.intitule,
        nature=x.nature,
        demandeur=x.demandeur_code if visible else None,
        etat=etat,
        presence_dite=dite,
        nombre_presents=len(presents) if dite else None,
        presents=presents if visible else None,
        membres=membres if visible else None,
        quorum=quorum,
        partage_le=x.dossier_partage_le,
        dossier=compute_etat_dossier(x.date_rencontre, x.dossier_partage_le, lu.jour, lu.delai),
        documents=split_liste(x.documents) if visible else None,
        proces_verbal=x.proces_verbal if visible else None,
        suites=x.suites if narratif else None,
        suites_reservees=bool(x.suites) and not narratif,
        points=tuple(
            Point(p.id, p.numero, p.intitule, p.points_cles if narratif else None, bool(p.points_cles) and not narratif)
            for p in lu.points.get(x.code, ())
        ),
        convies=len({m.organisation for m in membres} | set(presents)),
        lus=len(accuses),
        accuses=tuple((a.acteur_code, a.quand) for a in accuses) if visible else None,
        recommandations=lu.recommandations.get(x.code, 0),
    )


def _can_narratif(personne: Personne, x: Rencontre) -> bool:
    """The SP/CCM, its author, and a focal point for his region; an actor reads the narratives of what it told itself."""
    return can_read(personne, "narratifs", x.region_code, x.acteur_code, x.auteur_id)


def filter_rencontres(fiches: Iterable[FicheRencontre], filtre: FiltreRencontres) -> tuple[FicheRencontre, ...]:
    """Those that the filter keeps, in their order."""
    return tuple(
        x
        for x in fiches
        if filtre.instance in (None, x.instance)
        and filtre.region in (None, x.region)
        and filtre.annee in (None, x.jour.year)
        and filtre.nature in (None, x.nature)
        and filtre.etat in (None, x.etat)
    )


def compute_bilan(fiches: Iterable[FicheRencontre]) -> BilanQuorum:
    """How many were held, in how many the quorum is known, in how many it was reached; the 18 December day is an event."""
    tenues = [x for x in fiches if x.etat is EtatRencontre.TENUE and not x.est_journee]
    jugees = [x for x in tenues if x.quorum is not None and x.quorum.atteint is not None]
    return BilanQuorum(len(tenues), sum(x.quorum.atteint is True for x in jugees if x.quorum), len(jugees))


def count_par_annee(fiches: Iterable[FicheRencontre]) -> dict[int, tuple[int, int, int]]:
    """Year → meetings held with the quorum reached, not reached, not known; years in between held none."""
    comptes: Counter[tuple[int, bool | None]] = Counter(
        (x.jour.year, None if x.quorum is None else x.quorum.atteint)
        for x in fiches
        if x.etat is EtatRencontre.TENUE and not x.est_journee
    )
    annees = [annee for annee, _etat in comptes]
    if not annees:
        return {}
    return {a: (comptes[a, True], comptes[a, False], comptes[a, None]) for a in range(min(annees), max(annees) + 1)}


def list_a_lire(session: Session, acteur: str, jour: date) -> tuple[FicheRencontre, ...]:
    """Meetings to come whose file is shared with an organisation that has not said that it read it."""
    lues = list_rencontres(session, Personne(Role.ACTEUR, None, None, acteur), jour)
    return tuple(x for x in lues if is_a_lire(x, acteur))


def is_a_lire(x: FicheRencontre, acteur: str | None) -> bool:
    """Is the file of a meeting to come still to be read by this organisation?"""
    return x.etat is EtatRencontre.A_VENIR and can_accuser(x, acteur)


def can_accuser(x: FicheRencontre, acteur: str | None) -> bool:
    """May this organisation say that it read the file: shared, sitting in the body or present, not said yet?"""
    if acteur is None or x.etat is EtatRencontre.ANNULEE or x.partage_le is None:
        return False
    convies = {m.organisation for m in x.membres or ()} | set(x.presents or ())
    return acteur in convies and acteur not in {a for a, _quand in x.accuses or ()}


def list_lectures(x: FicheRencontre) -> tuple[tuple[str, datetime | None], ...]:
    """Every organisation of the meeting and when it said that it had read the file (None: it did not), readers first."""
    dits: dict[str, datetime | None] = dict(x.accuses or ())
    convies = [m.organisation for m in x.membres or ()] + list(x.presents or ())
    return tuple(dits.items()) + tuple((o, None) for o in dict.fromkeys(convies) if o not in dits)


def get_etat_quorum(x: FicheRencontre) -> EtatQuorum | None:
    """What can be said of its quorum; None: not held."""
    return None if x.quorum is None else x.quorum.etat


def list_journees(fiches: Sequence[FicheRencontre]) -> tuple[FicheRencontre, ...]:
    """The 18 December days among them."""
    return tuple(x for x in fiches if x.est_journee)
