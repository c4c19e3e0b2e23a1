"""Coordination bodies: who sits when, whether the quorum was reached, whether the file came in time, what is overdue.

Quorum: each rule in force (for a college, or for all members together) is judged on the members of the meeting's day;
observers are no members, and whoever comes without being a member is told apart. Null is not zero: no rule, no presence
recorded and no member recorded are three different silences, none of which is « not reached ».
A recommendation is overdue once its due day has passed while it is neither done nor given up; without a due date it is
never overdue. It ages from its meeting until it is done; one given up has no age.
Source: codes et standards (coordination bodies: « a quorum not reached and a document not shared beforehand »), règles de
calcul 2.1 and 2.7; the quorum and the delay are data of the SP/CCM.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum
from typing import Final

from ccm_data.domain.vocabulaire import College, ModeQuorum, StatutRecommandation

OUVERTS: Final = frozenset({StatutRecommandation.A_FAIRE, StatutRecommandation.EN_COURS})


class EtatQuorum(StrEnum):
    """What can be said of a quorum."""

    ATTEINT = "atteint"
    NON_ATTEINT = "non_atteint"
    REGLE_NON_DEFINIE = "regle_non_definie"
    PRESENCE_NON_RENSEIGNEE = "presence_non_renseignee"
    MEMBRES_NON_RENSEIGNES = "membres_non_renseignes"


class EtatDossier(StrEnum):
    """When the file of a meeting was shared."""

    A_TEMPS = "a_temps"
    TARDIF = "tardif"
    NON_PARTAGE = "non_partage"
    ATTENDU = "attendu"  # the meeting is to come and the delay still runs


class EtatRencontre(StrEnum):
    """Where a meeting stands on a day."""

    A_VENIR = "a_venir"
    TENUE = "tenue"
    ANNULEE = "annulee"


@dataclass(frozen=True)
class Membre:
    """An organisation in a body. Both dates are days of membership; None: not said, no bound."""

    organisation: str
    college: College
    observateur: bool = False
    admis_le: date | None = None
    sorti_le: date | None = None


@dataclass(frozen=True)
class Regle:
    """A quorum: so many members, or such a percentage of them; `college` None: of all members together."""

    college: College | None
    mode: ModeQuorum
    valeur: Decimal


@dataclass(frozen=True)
class LigneQuorum:
    """One college (None: all together): members, those present (None: not recorded), how many are required.

    `requis`, `atteint` None: no rule, or one that cannot be judged.
    """

    college: College | None
    membres: int
    presents: int | None
    regle: Regle | None
    requis: int | None
    atteint: bool | None


@dataclass(frozen=True)
class Quorum:
    """The quorum of a meeting, college by college, the whole last. `hors_membres`: present without being a member."""

    etat: EtatQuorum
    lignes: tuple[LigneQuorum, ...]
    hors_membres: tuple[str, ...] = ()
    observateurs: tuple[str, ...] = ()  # those present

    @property
    def atteint(self) -> bool | None:
        """Reached or not; None where it cannot be said."""
        if self.etat in (EtatQuorum.ATTEINT, EtatQuorum.NON_ATTEINT):
            return self.etat is EtatQuorum.ATTEINT
        return None


def is_membre(membre: Membre, jour: date) -> bool:
    """Does it sit on this day? The day of admission and the day of leaving both count."""
    admis = membre.admis_le is None or membre.admis_le <= jour
    return admis and (membre.sorti_le is None or membre.sorti_le >= jour)


def list_membres_au(membres: Iterable[Membre], jour: date) -> tuple[Membre, ...]:
    """Members and observers of a day."""
    return tuple(m for m in membres if is_membre(m, jour))


def compute_requis(regle: Regle, membres: int) -> int | None:
    """How many members must be there: a part of them rounds up; None for a part of nobody."""
    if regle.mode is ModeQuorum.NOMBRE:
        return int(regle.valeur.to_integral_value(ROUND_CEILING))
    return int((membres * regle.valeur / 100).to_integral_value(ROUND_CEILING)) if membres else None


def compute_quorum(membres: Collection[Membre], presents: Collection[str] | None, regles: Sequence[Regle]) -> Quorum:
    """The quorum of a meeting from the members of its day, who was there (None: not recorded) and the rules in force.

    Reached when every rule is; not reached as soon as one is not.
    """
    votants = {m.organisation: m.college for m in membres if not m.observateur}
    connus = {m.organisation for m in membres}
    la = None if presents is None else set(presents)
    par_college = {r.college: r for r in regles}
    colleges = [c for c in College if c in votants.values() or c in par_college]
    lignes = tuple(_judge(college, votants, la, par_college.get(college)) for college in (*colleges, None))
    return Quorum(
        _compute_etat(lignes, bool(votants), la is not None),
        lignes,
        tuple(sorted(la - connus)) if la is not None else (),
        tuple(sorted(la & (connus - votants.keys()))) if la is not None else (),
    )


def _judge(
    college: College | None, votants: dict[str, College], la: set[str] | None, regle: Regle | None
) -> LigneQuorum:
    siens = {o for o, c in votants.items() if college in (None, c)}
    venus = None if la is None else len(siens & la)
    # A rule about nobody, in the body or in a college, is not failed: the members are to be recorded first.
    requis = compute_requis(regle, len(siens)) if regle is not None and siens else None
    atteint = None if requis is None or venus is None else venus >= requis
    return LigneQuorum(college, len(siens), venus, regle, requis, atteint)


def _compute_etat(lignes: Iterable[LigneQuorum], membres: bool, presence: bool) -> EtatQuorum:
    reglees = [x for x in lignes if x.regle is not None]
    if not reglees:
        return EtatQuorum.REGLE_NON_DEFINIE
    if not membres:
        return EtatQuorum.MEMBRES_NON_RENSEIGNES
    if not presence:
        return EtatQuorum.PRESENCE_NON_RENSEIGNEE
    if any(x.atteint is False for x in reglees):
        return EtatQuorum.NON_ATTEINT
    if any(x.atteint is None for x in reglees):
        return EtatQuorum.MEMBRES_NON_RENSEIGNES
    return EtatQuorum.ATTEINT


def compute_etat_rencontre(jour: date, annulee: bool, aujourd_hui: date) -> EtatRencontre:
    """Cancelled, to come (later than today), or held: on its own day a meeting is held."""
    if annulee:
        return EtatRencontre.ANNULEE
    return EtatRencontre.A_VENIR if jour > aujourd_hui else EtatRencontre.TENUE


def compute_limite_dossier(jour: date, delai_jours: int) -> date:
    """The last day on which the file of a meeting is shared in time."""
    return jour - timedelta(days=delai_jours)


def compute_etat_dossier(jour: date, partage_le: date | None, aujourd_hui: date, delai_jours: int) -> EtatDossier:
    """Shared in time (the limit's own day included), late, not shared, or still expected."""
    limite = compute_limite_dossier(jour, delai_jours)
    if partage_le is not None:
        return EtatDossier.A_TEMPS if partage_le <= limite else EtatDossier.TARDIF
    return EtatDossier.ATTENDU if aujourd_hui <= limite else EtatDossier.NON_PARTAGE


def compute_retard(statut: StatutRecommandation, echeance: date | None, aujourd_hui: date) -> int | None:
    """Days past the due date of what is still open; None when it is not overdue. Its due day is in time."""
    if statut not in OUVERTS or echeance is None or echeance >= aujourd_hui:
        return None
    return (aujourd_hui - echeance).days


def compute_age(
    statut: StatutRecommandation, faite_le: date | None, realisee_le: date | None, aujourd_hui: date
) -> int | None:
    """Days since the meeting that made it (`faite_le`), until it is done; None: meeting unknown, or given up."""
    if faite_le is None or statut is StatutRecommandation.ABANDONNEE:
        return None
    fin = realisee_le if statut is StatutRecommandation.REALISEE and realisee_le is not None else aujourd_hui
    return max((fin - faite_le).days, 0)
