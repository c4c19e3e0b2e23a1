"""Reading the bodies: what each is, who sits in it on a day, its quorum, when it met.

A body, its rules and how many sit in it are public; which organisations sit are validated rows, for whoever signs in.
Source: codes et standards (coordination bodies), règles de calcul 7.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.domain.instances import Membre, Regle, is_membre
from ccm_data.domain.permissions import Personne, can_read
from ccm_data.domain.vocabulaire import College, EtatSuivi, ModeQuorum, RoleSpccm, TypeInstance
from ccm_data.libelles import say_libelle
from ccm_data.models.instances import Instance, MembreInstance, RegleQuorum, Rencontre
from ccm_data.queries.acteurs import list_noms_acteurs
from ccm_data.queries.installation import get_installation
from ccm_data.queries.territoire import say_region
from ccm_data.textes import _
from ccm_data.typographie import say_nombre


@dataclass(frozen=True)
class FicheMembre:
    """A validated row of membership; `present`: it sits on the day looked at."""

    ligne_id: int
    membre: Membre
    present: bool


@dataclass(frozen=True)
class RegleEnVigueur:
    """A quorum in force, with the decision's id, source and date."""

    id: int
    regle: Regle
    source: str
    date_source: date


@dataclass(frozen=True)
class FicheInstance:
    """A body on a day. `colleges`: members by college; `membres` None: not for this person.

    `derniere`, `prochaine`: its meetings held and to come, cancelled ones aside; `tenues`: how many were held.
    """

    code: str
    nom: str
    sigle: str | None
    type: TypeInstance
    region: str | None
    parent: str | None
    role: RoleSpccm | None
    texte_fondateur: str | None
    a_confirmer: bool
    actif: bool
    section: str
    colleges: tuple[tuple[College, int], ...]
    observateurs: int
    membres: tuple[FicheMembre, ...] | None
    regles: tuple[RegleEnVigueur, ...]
    tenues: int
    derniere: date | None
    prochaine: date | None

    @property
    def nom_court(self) -> str:
        """What labels show."""
        return self.sigle or self.nom

    @property
    def total(self) -> int:
        """Members of the day, observers aside."""
        return sum(n for _college, n in self.colleges)

    def find_regle(self, college: College | None) -> RegleEnVigueur | None:
        """The quorum in force for a college, or (None) for all together."""
        return next((r for r in self.regles if r.regle.college is college), None)


@dataclass(frozen=True)
class FiltreInstances:
    """What the screen looks at; None: all."""

    type: TypeInstance | None = None
    region: str | None = None
    a_confirmer: bool = False


def list_membres(session: Session) -> dict[str, list[FicheMembre]]:
    """Body → its validated members of all times, by name (`present` is not said here)."""
    noms = list_noms_acteurs(session)
    membres: defaultdict[str, list[FicheMembre]] = defaultdict(list)
    lignes = session.scalars(select(MembreInstance).where(MembreInstance.etat == EtatSuivi.VALIDE)).all()
    for x in sorted(lignes, key=lambda x: (noms.get(x.membre_code, ""), x.id)):
        membre = Membre(x.membre_code, x.college, x.observateur, x.admis_le, x.sorti_le)
        membres[x.instance_code].append(FicheMembre(x.id, membre, False))
    return membres


def list_regles(session: Session) -> dict[str, list[RegleEnVigueur]]:
    """Body → its quorum in force, the whole first, then college by college."""
    ordre = {None: -1} | {c: rang for rang, c in enumerate(College)}
    regles: defaultdict[str, list[RegleEnVigueur]] = defaultdict(list)
    lignes = session.scalars(select(RegleQuorum).where(RegleQuorum.remplace_le.is_(None))).all()
    for x in sorted(lignes, key=lambda x: ordre[x.college]):
        regle = Regle(x.college, x.mode, x.valeur)
        regles[x.instance_code].append(RegleEnVigueur(x.id, regle, x.source, x.date_source))
    return regles


def list_noms_instances(session: Session) -> dict[str, str]:
    """Code → what labels show, in the official order."""
    requete = select(Instance.code, Instance.sigle, Instance.nom).order_by(Instance.ordre, Instance.code)
    return {code: sigle or nom for code, sigle, nom in session.execute(requete)}


def list_instances(session: Session, personne: Personne, jour: date) -> tuple[FicheInstance, ...]:
    """Every body as it stands on a day, in the official order, in five reads."""
    membres, regles = list_membres(session), list_regles(session)
    rencontres: defaultdict[str, list[date]] = defaultdict(list)
    requete = select(Rencontre.instance_code, Rencontre.date_rencontre).where(
        Rencontre.etat == EtatSuivi.VALIDE, Rencontre.annulee.is_(False)
    )
    for code, quand in session.execute(requete):
        rencontres[code].append(quand)
    return tuple(
        _make_fiche(personne, x, membres.get(x.code, []), regles.get(x.code, []), rencontres[x.code], jour)
        for x in session.scalars(select(Instance).order_by(Instance.ordre, Instance.code))
    )


def _make_fiche(
    personne: Personne,
    x: Instance,
    membres: Sequence[FicheMembre],
    regles: Sequence[RegleEnVigueur],
    rencontres: Sequence[date],
    jour: date,
) -> FicheInstance:
    dates = [FicheMembre(m.ligne_id, m.membre, is_membre(m.membre, jour)) for m in membres]
    actuels = [m.membre for m in dates if m.present]
    par_college = Counter(m.college for m in actuels if not m.observateur)
    tenues = [r for r in rencontres if r <= jour]
    return FicheInstance(
        x.code, x.nom, x.sigle, x.type, x.region_code, x.parent_code, x.role_spccm, x.texte_fondateur, x.a_confirmer,
        x.actif, x.section, tuple((c, par_college[c]) for c in College if c in par_college),
        sum(m.observateur for m in actuels),
        tuple(sorted(dates, key=lambda m: not m.present)) if can_read(personne, "lignes_validees") else None,
        tuple(regles), len(tenues), max(tenues, default=None), min((r for r in rencontres if r > jour), default=None),
    )  # fmt: skip


def filter_instances(fiches: Iterable[FicheInstance], filtre: FiltreInstances) -> tuple[FicheInstance, ...]:
    """Those that the filter keeps, in their order."""
    return tuple(
        x
        for x in fiches
        if filtre.type in (None, x.type)
        and filtre.region in (None, x.region)
        and (x.a_confirmer or not filtre.a_confirmer)
    )


def say_membres(x: FicheInstance) -> str:
    """« État 6, PTF 4, OSC 3 » and the observers; « non renseigné » where no member was recorded."""
    dits = [f"{say_libelle(c)} {say_nombre(n)}" for c, n in x.colleges]
    if x.observateurs:
        dits.append(_("observateurs {n}").format(n=say_nombre(x.observateurs)))
    return ", ".join(dits) or _("non renseigné")


def say_regle(regle: Regle) -> str:
    """« 50 % des membres », « PTF : 2 membres »."""
    combien = say_combien(regle)
    return combien if regle.college is None else f"{say_libelle(regle.college)} : {combien}"


def say_combien(regle: Regle) -> str:
    """« 50 % des membres », whatever the college."""
    if regle.mode is ModeQuorum.NOMBRE:
        return _("{n} membres").format(n=say_nombre(regle.valeur)) if regle.valeur > 1 else _("1 membre")
    return _("{p} % des membres").format(p=say_nombre(regle.valeur, 2))


def say_regles(x: FicheInstance) -> str:
    """The quorum of a body in a line."""
    return " ; ".join(say_regle(r.regle) for r in x.regles) or _("règle non définie")


def make_table_instances(session: Session, fiches: Sequence[FicheInstance]) -> pd.DataFrame:
    """The bodies in words; dates are missing where a body never met."""
    regions = get_installation(session).regions
    return pd.DataFrame(
        {
            _("Instance"): [x.nom if x.sigle is None or x.sigle in x.nom else f"{x.sigle} · {x.nom}" for x in fiches],
            _("Région"): [say_region(x.region, regions) for x in fiches],
            _("SP/CCM"): [say_libelle(x.role) if x.role else _("non renseigné") for x in fiches],
            _("À confirmer"): [_("à confirmer") if x.a_confirmer else "" for x in fiches],
            _("Membres"): [say_membres(x) for x in fiches],
            _("Quorum"): [say_regles(x) for x in fiches],
            _("Rencontres tenues"): [x.tenues for x in fiches],
            _("Dernière rencontre"): [x.derniere for x in fiches],
            _("Type"): [say_libelle(x.type) for x in fiches],
            _("Source"): [x.section for x in fiches],
            _("État"): [_("active") if x.actif else _("close") for x in fiches],
        }
    )


def make_table_membres(session: Session, fiches: Sequence[FicheInstance]) -> pd.DataFrame:
    """Every membership that this person may read; dates are missing where they were not said."""
    noms = list_noms_acteurs(session)
    lignes = [(x, m) for x in fiches for m in x.membres or ()]
    return pd.DataFrame(
        {
            _("Instance"): [x.nom_court for x, _m in lignes],
            _("Organisation"): [noms.get(m.membre.organisation, m.membre.organisation) for _x, m in lignes],
            _("Collège"): [say_libelle(m.membre.college) for _x, m in lignes],
            _("Qualité"): [say_qualite(m.membre) for _x, m in lignes],
            _("Admis le"): [m.membre.admis_le for _x, m in lignes],
            _("Sorti le"): [m.membre.sorti_le for _x, m in lignes],
        }
    )


def say_qualite(membre: Membre) -> str:
    """Member or observer."""
    return _("observateur") if membre.observateur else _("membre")


def list_sieges(session: Session, acteur: str, jour: date) -> tuple[tuple[str, Membre], ...]:
    """(body's short name, membership) where an organisation sits on this day, in the official order."""
    requete = (
        select(MembreInstance, Instance.sigle, Instance.nom)
        .join(Instance, MembreInstance.instance_code == Instance.code)
        .where(MembreInstance.membre_code == acteur, MembreInstance.etat == EtatSuivi.VALIDE)
        .order_by(Instance.ordre)
    )
    sieges = [
        (sigle or nom, Membre(acteur, x.college, x.observateur, x.admis_le, x.sorti_le))
        for x, sigle, nom in session.execute(requete)
    ]
    return tuple(s for s in sieges if is_membre(s[1], jour))
