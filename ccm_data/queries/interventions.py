"""Reading the register of interventions (4W): validated rows, amounts as this person may see them, what verdicts take away.

An amount is shown to the SP/CCM, to the organisations of the row, and to all when each of its funders (its lead, when it
names none) lets it be (règles 7). What is not shown is said to be reserved, never zero. Source: règles de calcul, 4, 5, 7.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.domain.listes import split_liste
from ccm_data.domain.matrices import Rangee
from ccm_data.domain.montants import read_decimal
from ccm_data.domain.permissions import Personne, get_portee
from ccm_data.domain.repartition import NATIONAL, Etendue, split_montant
from ccm_data.domain.verdicts import VerdictRendu, compute_retraits
from ccm_data.domain.vocabulaire import EtatSuivi, ListeTermes
from ccm_data.models.acteurs import Acteur
from ccm_data.models.coordination import Intervention, Terme
from ccm_data.models.verdicts import Verdict
from ccm_data.textes import N_, _

SANS: Final = N_("Non renseigné")
NATIONAL_DIT: Final = N_("National")


@dataclass(frozen=True)
class Fiche:
    """A validated intervention as this person may read it. `reserve`: it has amounts, not shown to this person.

    `retrait_fcfa`: what a double declaration takes from its budget; amounts None: not said, or reserved.
    """

    id: int
    code: str
    titre: str
    executant: str
    partenaires: tuple[str, ...]
    bailleurs: tuple[str, ...]
    themes: tuple[str, ...]
    objectifs_pmm: tuple[str, ...]
    regions: tuple[str, ...]
    parts_regions: tuple[Decimal, ...]
    parts_themes: tuple[Decimal, ...]
    localites: str | None
    public_cible: str | None
    debut: date | None
    fin: date | None
    statut: str
    activite_code: str | None
    reference_pnm: str | None
    budget_fcfa: int | None
    mobilise_fcfa: int | None
    decaisse_fcfa: int | None
    reserve: bool
    retrait_fcfa: int
    beneficiaires_vises: int | None
    beneficiaires_atteints: int | None
    valide_le: datetime | None
    finance: bool = False  # money is mobilised or paid, whoever may read how much

    @property
    def acteurs(self) -> frozenset[str]:
        """Every organisation of the row."""
        return frozenset({self.executant, *self.partenaires, *self.bailleurs})

    @property
    def net_fcfa(self) -> int | None:
        """The budget that counts."""
        return None if self.budget_fcfa is None else self.budget_fcfa - self.retrait_fcfa


@dataclass(frozen=True)
class Filtre:
    """What a screen looks at; None: all. Dates: the interventions that overlap."""

    debut: date | None = None
    fin: date | None = None
    categorie: str | None = None
    statut: str | None = None
    public: str | None = None
    region: str | None = None
    theme: str | None = None


def list_verdicts(session: Session) -> list[VerdictRendu]:
    """The verdicts that stand."""
    requete = select(
        Verdict.code_a,
        Verdict.code_b,
        Verdict.verdict,
        Verdict.porteur_code,
        Verdict.montant_commun_fcfa,
        Verdict.suite,
    ).where(Verdict.revoque_le.is_(None))
    return [VerdictRendu(*ligne) for ligne in session.execute(requete.order_by(Verdict.id))]


def list_fiches(session: Session, personne: Personne) -> list[Fiche]:
    """Validated interventions, by code, in three reads. No right is needed: amounts are masked here."""
    lignes = session.scalars(
        select(Intervention).where(Intervention.etat == EtatSuivi.VALIDE).order_by(Intervention.code)
    ).all()
    publics = set(session.scalars(select(Acteur.code).where(Acteur.montants_publics)))
    retraits = compute_retraits({x.code: x.budget_fcfa for x in lignes}, list_verdicts(session))
    return [_make_fiche(x, _can_see(personne, x, publics), retraits.get(x.code, 0)) for x in lignes]


def _can_see(personne: Personne, ligne: Intervention, publics: set[str]) -> bool:
    portee = get_portee(personne, "montants_reserves")
    if portee == "tout":
        return True
    bailleurs = split_liste(ligne.bailleurs) or (str(ligne.acteur_code),)
    siens = {str(ligne.acteur_code), *bailleurs, *split_liste(ligne.partenaires)}
    if portee == "propre" and personne.acteur_code in siens:
        return True
    return publics.issuperset(bailleurs)


def _make_fiche(x: Intervention, vu: bool, retrait: int) -> Fiche:
    montants = (x.budget_fcfa, x.mobilise_fcfa, x.decaisse_fcfa)
    budget, mobilise, decaisse = montants if vu else (None, None, None)
    return Fiche(
        x.id, x.code, x.titre, str(x.acteur_code), split_liste(x.partenaires), split_liste(x.bailleurs),
        split_liste(x.themes), split_liste(x.objectifs_pmm), split_liste(x.regions), _read_parts(x.parts_regions),
        _read_parts(x.parts_themes), x.localites, x.public_cible, x.date_debut, x.date_fin, x.statut, x.activite_code,
        x.reference_pnm, budget, mobilise, decaisse, not vu and any(m is not None for m in montants),
        retrait if vu else 0, x.beneficiaires_vises, x.beneficiaires_atteints, x.valide_le,
        bool(x.mobilise_fcfa or x.decaisse_fcfa),
    )  # fmt: skip


def _read_parts(texte: str | None) -> tuple[Decimal, ...]:
    return tuple(read_decimal(p.removesuffix("%").strip(), "parts") for p in split_liste(texte))


def filter_fiches(fiches: Iterable[Fiche], filtre: Filtre, categories: Mapping[str, str]) -> list[Fiche]:
    """Those that the filter keeps; `categories`: actor → category. A row without dates is kept by any period."""
    return [
        x
        for x in fiches
        if (filtre.debut is None or x.fin is None or x.fin >= filtre.debut)
        and (filtre.fin is None or x.debut is None or x.debut <= filtre.fin)
        and (filtre.categorie is None or categories.get(x.executant) == filtre.categorie)
        and (filtre.statut is None or x.statut == filtre.statut)
        and (filtre.public is None or filtre.public.casefold() in (x.public_cible or "").casefold())
        and (filtre.region is None or filtre.region in x.regions)
        and (filtre.theme is None or filtre.theme in x.themes)
    ]


def make_rangees(fiches: Sequence[Fiche]) -> list[Rangee]:
    """The same on their axes, their money in pieces (net of double declarations)."""
    return [
        Rangee(
            x.code, x.executant, x.bailleurs, x.acteurs,
            {
                "region": x.regions, "theme": x.themes, "pmm": x.objectifs_pmm,
                "pnm": (x.reference_pnm,) if x.reference_pnm else (),
                "activite": (x.activite_code,) if x.activite_code else (),
            },
            None if x.net_fcfa is None else split_montant(x.net_fcfa, make_etendue(x)),
        )
        for x in fiches
    ]  # fmt: skip


def make_etendue(fiche: Fiche) -> Etendue:
    """Where, on what, when and with whose money."""
    return Etendue(
        fiche.regions, fiche.themes, fiche.parts_regions, fiche.parts_themes, fiche.debut, fiche.fin, fiche.bailleurs
    )


def list_termes(session: Session, liste: ListeTermes, *, fermes: bool = False) -> dict[str, str]:
    """Code → label, in order; `fermes` includes those that take no new row."""
    requete = select(Terme.code, Terme.libelle).where(Terme.liste == liste).order_by(Terme.ordre, Terme.code)
    lignes = session.execute(requete if fermes else requete.where(Terme.actif))
    return {ligne.code: ligne.libelle for ligne in lignes}


def say_region(code: str | None, noms: Mapping[str, str]) -> str:
    """A region's name, « National », or that none is said."""
    if code is None:
        return _(SANS)
    return _(NATIONAL_DIT) if code == NATIONAL else noms.get(code, code)
