"""One actor at a glance: where it works and on what, with which money, what it serves, how regularly it tells of it.

As implementer and as funder are two readings of one money, never added; an amount that several funders share is split
equally; an amount not known or reserved is counted as such, never as zero. Source: règles de calcul, 4, 5 and 7.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import pandas as pd
from sqlalchemy import select, union_all
from sqlalchemy.orm import Session

from ccm_data.domain.calendrier import Trimestre, get_dernier_trimestre_fini, get_jour
from ccm_data.domain.instances import Membre
from ccm_data.domain.permissions import VISITEUR, Personne, can_read, can_write
from ccm_data.domain.repartition import NATIONAL, split_montant
from ccm_data.domain.vocabulaire import CategorieActeur, EtatSuivi, ListeTermes
from ccm_data.libelles import say_libelle
from ccm_data.models.acteurs import Acteur
from ccm_data.models.comptes import Compte
from ccm_data.models.requetes import MiseEnRelation
from ccm_data.queries.acteurs import list_acteurs, list_presences
from ccm_data.queries.installation import get_installation
from ccm_data.queries.instances import list_sieges
from ccm_data.queries.interventions import Fiche, list_fiches, list_termes, make_etendue, say_region
from ccm_data.queries.recommandations import count_ouvertes
from ccm_data.queries.suivi import TABLES
from ccm_data.textes import _

TRIMESTRES: Final = 8  # looked back on for regularity
MONTANTS: Final = ("budget_fcfa", "mobilise_fcfa", "decaisse_fcfa")
DITES: Final = (EtatSuivi.VALIDE, EtatSuivi.REMPLACE)


@dataclass(frozen=True)
class Argent:
    """One reading of the money: sums of what is known (None: nothing is), over how many rows, what is missing."""

    budget_fcfa: int | None
    mobilise_fcfa: int | None
    decaisse_fcfa: int | None
    interventions: int
    inconnus: int
    reserves: int


@dataclass(frozen=True)
class Portefeuille:
    """An actor's sheet. `dits`: the last quarters (oldest first) and whether it told of something in each."""

    code: str
    nom: str
    sigle: str | None
    categorie: CategorieActeur
    regions: tuple[str, ...]
    themes: tuple[str, ...]
    objectifs_pmm: tuple[tuple[str, int], ...]
    chef: tuple[Fiche, ...]
    partenaire: tuple[Fiche, ...]
    bailleur: tuple[Fiche, ...]
    execute: Argent
    finance: Argent
    dernier: datetime | None
    dits: tuple[tuple[str, bool], ...]
    corrige: bool
    montants_publics: bool
    sieges: tuple[tuple[str, Membre], ...]  # the bodies where it sits: short name, membership
    sieges_lisibles: bool
    recommandations: tuple[int, int]  # in its charge: open, overdue


@dataclass(frozen=True)
class Relation:
    """A wish to be put in touch that waits."""

    id: int
    acteur: str
    demandeur: str
    objet: str
    cree_le: datetime


def make_annuaire(session: Session, personne: Personne, arrete: date, *, seulement: Sequence[str] = ()) -> pd.DataFrame:
    """The directory: one row per actor, with what the register and the presences say of it; the index is the code."""
    noms_regions, themes = get_installation(session).regions, list_termes(session, ListeTermes.THEME, fermes=True)
    regions, sujets, nombres, derniers = _gather(session, personne, arrete)
    acteurs = list_acteurs(session)
    if seulement:
        acteurs = acteurs[acteurs["code"].isin(seulement)]
    ordre = [*noms_regions, NATIONAL]
    codes = [str(c) for c in acteurs["code"]]
    return pd.DataFrame(
        {
            _("Sigle"): [s if isinstance(s, str) else "" for s in acteurs["sigle"]],
            _("Nom"): list(acteurs["nom"]),
            _("Catégorie"): [say_libelle(CategorieActeur(c)) for c in acteurs["categorie"]],
            _("Régions"): [
                ", ".join(say_region(r, noms_regions) for r in ordre if r in regions.get(c, set())) for c in codes
            ],
            _("Thèmes"): [", ".join(n for t, n in themes.items() if t in sujets.get(c, set())) for c in codes],
            _("Interventions"): [nombres[c] for c in codes],
            _("Dernière mise à jour"): [derniers.get(c) for c in codes],
        },
        index=codes,
    )


def _gather(
    session: Session, personne: Personne, arrete: date
) -> tuple[dict[str, set[str]], dict[str, set[str]], Counter[str], dict[str, date]]:
    """Actor → regions, themes, number of interventions, day of the last validation."""
    regions: dict[str, set[str]] = {}
    sujets: dict[str, set[str]] = {}
    nombres: Counter[str] = Counter()
    derniers: dict[str, date] = {}
    for x in list_fiches(session, personne):
        for acteur in x.acteurs:
            nombres[acteur] += 1
            regions.setdefault(acteur, set()).update(x.regions)
            sujets.setdefault(acteur, set()).update(x.themes)
        if x.valide_le is not None:
            derniers[x.executant] = max(derniers.get(x.executant, date.min), get_jour(x.valide_le))
    for acteur, region in list_presences(session, arrete)[["acteur_code", "region_code"]].itertuples(index=False):
        regions.setdefault(acteur, set()).add(region)
    return regions, sujets, nombres, derniers


def list_codes(
    session: Session, texte: str, categorie: str | None, region: str | None, arrete: date
) -> tuple[str, ...]:
    """Actors whose names or aliases hold `texte`, of this category, working in this region."""
    acteurs = list_acteurs(session)
    presents = None
    if region is not None:
        presents = {c for c, r in _list_lieux(session, arrete) if r == region}
    voulu = texte.strip().casefold()
    trouves = []
    for ligne in acteurs.to_dict("records"):
        dits = " ".join(str(ligne[c]) for c in ("code", "nom", "sigle", "alias") if ligne[c])
        if categorie in (None, ligne["categorie"]) and (presents is None or ligne["code"] in presents):
            trouves += [str(ligne["code"])] if voulu in dits.casefold() else []
    return tuple(trouves)


def _list_lieux(session: Session, arrete: date) -> Iterable[tuple[str, str]]:
    yield from ((a, r) for x in list_fiches(session, VISITEUR) for a in x.acteurs for r in x.regions)
    yield from list_presences(session, arrete)[["acteur_code", "region_code"]].itertuples(index=False, name=None)


def get_portefeuille(
    session: Session, personne: Personne, code: str, arrete: date, aujourd_hui: date
) -> Portefeuille | None:
    """The sheet of an actor; None for an unknown code. The bodies where it sits are today's."""
    acteur = session.get(Acteur, code)
    if acteur is None:
        return None
    siennes = [x for x in list_fiches(session, personne) if code in x.acteurs]
    chef = tuple(x for x in siennes if x.executant == code)
    bailleur = tuple(x for x in siennes if code in x.bailleurs)
    presences = list_presences(session, arrete)
    regions = {r for x in siennes for r in x.regions} | set(
        presences.loc[presences["acteur_code"] == code, "region_code"]
    )
    themes = {t for x in siennes for t in x.themes}
    pmm = Counter(n for x in siennes for n in x.objectifs_pmm)
    moments = _list_moments(session, code)
    return Portefeuille(
        code, acteur.nom, acteur.sigle, acteur.categorie,
        tuple(r for r in (*get_installation(session).regions, NATIONAL) if r in regions),
        tuple(t for t in list_termes(session, ListeTermes.THEME, fermes=True) if t in themes),
        tuple(sorted(pmm.items(), key=lambda x: int(x[0]))),
        chef, tuple(x for x in siennes if code in x.partenaires), bailleur,
        _sum_executant(chef), _sum_bailleur(bailleur, code),
        max(moments, default=None), _list_dits(moments, arrete),
        can_write(personne, "deposer", None, code), acteur.montants_publics,
        list_sieges(session, code, aujourd_hui), can_read(personne, "lignes_validees"),
        count_ouvertes(session, aujourd_hui, responsable=code),
    )  # fmt: skip


def _sum_executant(fiches: Sequence[Fiche]) -> Argent:
    sommes = []
    for champ in MONTANTS:
        valeurs = [x.net_fcfa if champ == "budget_fcfa" else getattr(x, champ) for x in fiches]
        sommes.append(_sum(valeurs))
    return _make_argent(sommes, fiches)


def _sum_bailleur(fiches: Sequence[Fiche], code: str) -> Argent:
    sommes = []
    for champ in MONTANTS:
        parts = []
        for x in fiches:
            montant = x.net_fcfa if champ == "budget_fcfa" else getattr(x, champ)
            if montant is not None:
                parts.append(sum(m for p, m in split_montant(montant, make_etendue(x)).items() if p.bailleur == code))
        sommes.append(_sum(parts))
    return _make_argent(sommes, fiches)


def _sum(valeurs: Iterable[int | None]) -> int | None:
    connus = [v for v in valeurs if v is not None]
    return sum(connus) if connus else None


def _make_argent(sommes: Sequence[int | None], fiches: Sequence[Fiche]) -> Argent:
    reserves = sum(x.reserve for x in fiches)
    inconnus = sum(x.budget_fcfa is None and not x.reserve for x in fiches)
    return Argent(sommes[0], sommes[1], sommes[2], len(fiches), inconnus, reserves)


def _list_moments(session: Session, code: str) -> list[datetime]:
    """When rows that this actor told of were validated, in one read."""
    requetes = [
        select(table.valide_le).where(table.acteur_code == code, table.etat.in_(DITES), table.valide_le.is_not(None))
        for table in TABLES.values()
    ]
    return list(session.scalars(union_all(*requetes)))


def _list_dits(moments: Iterable[datetime], arrete: date) -> tuple[tuple[str, bool], ...]:
    dits = {Trimestre.from_date(get_jour(m)) for m in moments}
    rendus, trimestre = [], get_dernier_trimestre_fini(arrete)
    for _n in range(TRIMESTRES):
        rendus.append((trimestre.code, trimestre in dits))
        trimestre = trimestre.precedent()
    return tuple(reversed(rendus))


def list_relations(session: Session, personne: Personne) -> tuple[Relation, ...]:
    """Wishes to be put in touch that wait: all for the SP/CCM, one's own for others."""
    requete = (
        select(MiseEnRelation, Compte.libelle)
        .join(Compte, MiseEnRelation.auteur_id == Compte.id)
        .where(MiseEnRelation.faite_le.is_(None))
        .order_by(MiseEnRelation.cree_le)
    )
    if not can_write(personne, "faire_relation"):
        requete = requete.where(MiseEnRelation.auteur_id == personne.compte_id)
    return tuple(Relation(x.id, x.acteur_code, qui, x.objet, x.cree_le) for x, qui in session.execute(requete))


def make_table_portefeuille(x: Portefeuille, personne: Personne, noms: Mapping[str, str]) -> pd.DataFrame:
    """Its interventions, one row each with its part in it and when the row was validated; those this person may read."""
    roles = {y.code: _("chef de file") for y in x.chef}
    for fiches, role in ((x.partenaire, _("partenaire")), (x.bailleur, _("bailleur"))):
        for y in fiches:
            roles[y.code] = f"{roles[y.code]}, {role}" if y.code in roles else role
    uniques = {y.code: y for y in (*x.chef, *x.partenaire, *x.bailleur)}
    lisibles = [y for _c, y in sorted(uniques.items()) if can_read(personne, "lignes_validees", None, y.executant)]
    return pd.DataFrame(
        {
            _("Code"): [y.code for y in lisibles],
            _("Titre"): [y.titre for y in lisibles],
            _("Rôle"): [roles[y.code] for y in lisibles],
            _("Chef de file"): [noms.get(y.executant, y.executant) for y in lisibles],
            _("Début"): [y.debut for y in lisibles],
            _("Fin"): [y.fin for y in lisibles],
            _("Budget qui compte (FCFA)"): pd.Series([y.net_fcfa for y in lisibles], dtype="Int64"),
            _("Validée le"): [None if y.valide_le is None else get_jour(y.valide_le) for y in lisibles],
        }
    )
