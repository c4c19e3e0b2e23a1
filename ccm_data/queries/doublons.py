"""« Rapprochements à examiner »: candidate pairs of validated interventions, what was said and decided of them.

Pairs are read in detail by the SP/CCM and by the organisations that they name; others read how many (règles 7). A reason
that tells an amount is left out where the amount is reserved. Source: règles de calcul, 5.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.domain.calendrier import get_jour
from ccm_data.domain.doublons import Intervention as Lue
from ccm_data.domain.doublons import Nature, Paire
from ccm_data.domain.listes import split_liste
from ccm_data.domain.permissions import Personne, get_portee
from ccm_data.domain.repartition import NATIONAL
from ccm_data.domain.verdicts import VerdictRendu, compute_a_discuter, compute_nets, count_doublons
from ccm_data.domain.vocabulaire import EtatSuivi, SuiteVerdict, VerdictPaire
from ccm_data.libelles import say_libelle
from ccm_data.models.acteurs import Acteur, AliasActeur
from ccm_data.models.comptes import Compte
from ccm_data.models.coordination import Intervention
from ccm_data.models.territoire import AliasRegion, Departement, Localite, Region
from ccm_data.models.verdicts import ReponsePaire, Verdict
from ccm_data.phrases.rapprochements import say_nature, say_raison
from ccm_data.queries.interventions import Fiche, list_fiches, list_verdicts
from ccm_data.textes import _

if TYPE_CHECKING:
    from ccm_data.rapprochements.annuaire import Annuaire
    from ccm_data.rapprochements.territoire import Territoire

Cle = tuple[str, str]
MONTANTS = ("montant_egal", "montant_proche")
PAIRES_MAX = 300  # of each kind, the likeliest: more than a secretariat examines; the command line gives them all


@dataclass(frozen=True)
class Candidats:
    """What the detector finds in the register, most likely first."""

    paires: tuple[Paire, ...]
    complementaires: tuple[Paire, ...]


@dataclass(frozen=True)
class Reponse:
    """What an organisation named says of a pair."""

    acteur: str
    quand: datetime
    texte: str


@dataclass(frozen=True)
class Rapprochement:
    """A pair as this person may read it, with both its rows and what was answered."""

    paire: Paire
    a: Fiche
    b: Fiche
    reponses: tuple[Reponse, ...]

    @property
    def cle(self) -> str:
        """What names it in an address."""
        return f"{self.a.code}|{self.b.code}"


@dataclass(frozen=True)
class VerdictLu:
    """A verdict, standing or revoked. `a`, `b` None: the row is no longer in the register."""

    id: int
    rendu: VerdictRendu
    motif: str
    auteur: str
    rendu_le: datetime
    suite_le: date | None
    suite_note: str | None
    revoque_le: datetime | None
    revoque_motif: str | None
    a: Fiche | None
    b: Fiche | None


@dataclass(frozen=True)
class Rapprochements:
    """What this person reads; `comptes`: how many pairs wait by nature and verdicts stand by kind, for everybody.

    `en_doublon`: activities in unsettled duplicates (2.1.a). Amounts (FCFA) are of the rows whose amount may be read.
    """

    a_examiner: tuple[Rapprochement, ...]
    complementaires: tuple[Rapprochement, ...]
    verdicts: tuple[VerdictLu, ...]
    en_attente: Mapping[Nature, int]
    rendus: Mapping[VerdictPaire, int]
    en_doublon: int
    detail: bool
    declare_fcfa: int | None
    retire_fcfa: int
    a_discuter_fcfa: int | None


def find_candidats(session: Session) -> Candidats:
    """The detector on the validated register: the same for everybody, whoever may read the pairs."""
    from ccm_data.rapprochements.recherche import find_complementaires, find_paires  # heavy: only where it is needed

    lues = _list_lues(session)
    annuaire, territoire = _build_annuaire(session), _build_territoire(session)
    return Candidats(
        tuple(find_paires(lues, territoire, annuaire, maximum=PAIRES_MAX)),
        tuple(find_complementaires(lues, territoire, annuaire, maximum=PAIRES_MAX)),
    )


def _list_lues(session: Session) -> list[Lue]:
    regions = {x.code: x.nom for x in session.execute(select(Region.code, Region.nom))} | {NATIONAL: "National"}
    requete = select(Intervention).where(Intervention.etat == EtatSuivi.VALIDE).order_by(Intervention.code)
    return [
        Lue(
            x.code, x.titre, x.description or "", str(x.acteur_code), split_liste(x.partenaires), split_liste(x.bailleurs),
            split_liste(x.themes), tuple(int(n) for n in split_liste(x.objectifs_pmm)),
            tuple(regions.get(r, r) for r in split_liste(x.regions)), split_liste(x.localites),
            split_liste(x.public_cible), x.date_debut, x.date_fin, x.budget_fcfa, x.statut,
        )
        for x in session.scalars(requete)
    ]  # fmt: skip


def _build_annuaire(session: Session) -> Annuaire:
    from ccm_data.rapprochements.annuaire import build_annuaire

    autres: defaultdict[str, list[str]] = defaultdict(list)
    for code, alias in session.execute(select(AliasActeur.acteur_code, AliasActeur.alias)):
        autres[code].append(alias)
    lignes = session.execute(select(Acteur.code, Acteur.sigle, Acteur.nom))
    return build_annuaire((c, [x for x in (sigle, nom) if x] + autres[c] + [c]) for c, sigle, nom in lignes)


def _build_territoire(session: Session) -> Territoire:
    from ccm_data.rapprochements.territoire import build_territoire

    def _read(*colonnes: object) -> list[Mapping[str, object]]:
        return [dict(ligne) for ligne in session.execute(select(*colonnes)).mappings()]  # type: ignore[call-overload]

    return build_territoire(
        _read(Region.code, Region.nom),
        _read(AliasRegion.alias, AliasRegion.region_code),
        _read(Departement.code, Departement.nom, Departement.region_code, Departement.chef_lieu),
        _read(Localite.nom, Localite.region_code),
    )


def get_rapprochements(session: Session, personne: Personne, candidats: Candidats) -> Rapprochements:
    """What this person reads of the pairs, the answers and the verdicts."""
    fiches = {x.code: x for x in list_fiches(session, personne)}
    jugees = {(v.code_a, v.code_b) for v in list_verdicts(session)}
    ouvertes = [p for p in candidats.paires if (p.code_a, p.code_b) not in jugees]
    possibles = [p for p in candidats.complementaires if (p.code_a, p.code_b) not in jugees]
    reponses = _list_reponses(session)
    lus = _list_lus(session, fiches)
    debout = [v.rendu for v in lus if v.revoque_le is None]
    bruts = {code: x.budget_fcfa for code, x in fiches.items()}
    connus = [m for m in bruts.values() if m is not None]
    return Rapprochements(
        _open(personne, ouvertes, fiches, reponses),
        _open(personne, possibles, fiches, reponses),
        tuple(v for v in lus if _is_lisible(personne, v.a, v.b)),
        Counter(p.nature for p in ouvertes) + Counter({Nature.COMPLEMENTAIRE: len(possibles)}),
        Counter(v.verdict for v in debout),
        count_doublons(debout),
        get_portee(personne, "rapprochements") != "comptes",
        sum(connus) if connus else None,
        sum(x.retrait_fcfa for x in fiches.values()),
        compute_a_discuter(bruts, debout),
    )


def _is_lisible(personne: Personne, a: Fiche | None, b: Fiche | None) -> bool:
    portee = get_portee(personne, "rapprochements")
    nommes = frozenset[str]().union(*(x.acteurs for x in (a, b) if x is not None))
    return portee == "tout" or (portee == "propre" and personne.acteur_code in nommes)


def _open(
    personne: Personne, paires: Iterable[Paire], fiches: Mapping[str, Fiche], reponses: Mapping[Cle, list[Reponse]]
) -> tuple[Rapprochement, ...]:
    ouvertes = []
    for p in paires:
        a, b = fiches.get(p.code_a), fiches.get(p.code_b)
        if a is None or b is None or not _is_lisible(personne, a, b):
            continue
        raisons = tuple(r for r in p.raisons if r.code not in MONTANTS or not (a.reserve or b.reserve))
        vue = Paire(p.code_a, p.code_b, p.score, p.nature, raisons)
        ouvertes.append(Rapprochement(vue, a, b, tuple(reponses.get((a.code, b.code), ()))))
    return tuple(ouvertes)


def _list_reponses(session: Session) -> dict[Cle, list[Reponse]]:
    dites: defaultdict[Cle, list[Reponse]] = defaultdict(list)
    for x in session.scalars(select(ReponsePaire).order_by(ReponsePaire.quand, ReponsePaire.id)):
        dites[x.code_a, x.code_b].append(Reponse(x.acteur_code, x.quand, x.texte))
    return dites


def _list_lus(session: Session, fiches: Mapping[str, Fiche]) -> list[VerdictLu]:
    """Every verdict, the last one first."""
    requete = select(Verdict, Compte.libelle).join(Compte, Verdict.auteur_id == Compte.id).order_by(Verdict.id.desc())
    return [
        VerdictLu(
            v.id,
            VerdictRendu(v.code_a, v.code_b, v.verdict, v.porteur_code, v.montant_commun_fcfa, v.suite),
            v.motif, auteur, v.rendu_le, v.suite_le, v.suite_note, v.revoque_le, v.revoque_motif,
            fiches.get(v.code_a), fiches.get(v.code_b),
        )
        for v, auteur in session.execute(requete)
    ]  # fmt: skip


def get_total_net(session: Session) -> int:
    """FCFA that count over the whole register, amounts unknown left out: what a verdict may change."""
    requete = select(Intervention.code, Intervention.budget_fcfa).where(Intervention.etat == EtatSuivi.VALIDE)
    montants = {x.code: x.budget_fcfa for x in session.execute(requete)}
    return sum(m for m in compute_nets(montants, list_verdicts(session)).values() if m is not None)


def filter_rapprochements(
    lus: Iterable[Rapprochement], nature: str | None, region: str | None, theme: str | None
) -> tuple[Rapprochement, ...]:
    """Those of this nature, of which one row at least is in this region and theme."""
    return tuple(
        x
        for x in lus
        if nature in (None, x.paire.nature.value)
        and (region is None or region in {*x.a.regions, *x.b.regions})
        and (theme is None or theme in {*x.a.themes, *x.b.themes})
    )


def make_table_paires(lus: Iterable[Rapprochement], noms: Mapping[str, str]) -> pd.DataFrame:
    """One row per pair: how likely, as what, both rows, why."""
    lus = list(lus)
    return pd.DataFrame(
        {
            _("Score"): [round(100 * x.paire.score) for x in lus],
            _("Nature proposée"): [say_nature(x.paire.nature) for x in lus],
            _("Intervention A"): [f"{x.a.code} · {x.a.titre}" for x in lus],
            _("Organisation A"): [noms.get(x.a.executant, x.a.executant) for x in lus],
            _("Intervention B"): [f"{x.b.code} · {x.b.titre}" for x in lus],
            _("Organisation B"): [noms.get(x.b.executant, x.b.executant) for x in lus],
            _("Raisons"): ["\u202f; ".join(say_raison(r) for r in x.paire.raisons) for x in lus],
            _("Réponses"): [len(x.reponses) for x in lus],
        }
    )


def make_table_verdicts(lus: Iterable[VerdictLu]) -> pd.DataFrame:
    """One row per verdict, revoked ones included."""
    lus = list(lus)
    return pd.DataFrame(
        {
            _("Verdict"): [say_libelle(v.rendu.verdict) for v in lus],
            _("Intervention A"): [_say_ligne(v.rendu.code_a, v.a) for v in lus],
            _("Intervention B"): [_say_ligne(v.rendu.code_b, v.b) for v in lus],
            _("Montant commun (FCFA)"): pd.Series([v.rendu.commun_fcfa for v in lus], dtype="Int64"),
            _("Motif"): [v.motif for v in lus],
            _("Rendu le"): [get_jour(v.rendu_le) for v in lus],
            _("Par"): [v.auteur for v in lus],
            _("Suite donnée"): [_say_suite(v.rendu.suite) for v in lus],
            _("Révoqué le"): [None if v.revoque_le is None else get_jour(v.revoque_le) for v in lus],
        }
    )


def _say_ligne(code: str, fiche: Fiche | None) -> str:
    return code if fiche is None else f"{code} · {fiche.titre}"


def _say_suite(suite: SuiteVerdict | None) -> str:
    return _("sans suite à ce jour") if suite is None else say_libelle(suite)


def make_synergies(lus: Iterable[VerdictLu], noms: Mapping[str, str]) -> pd.DataFrame:
    """The matrix of synergies: how many pairs found complementary join two organisations. First column: names."""
    comptes: Counter[tuple[str, str]] = Counter()
    for v in lus:
        if v.revoque_le is None and v.rendu.verdict is VerdictPaire.COMPLEMENTAIRE and v.a and v.b:
            comptes.update({(v.a.executant, v.b.executant), (v.b.executant, v.a.executant)})
    presents = [c for c in noms if any(c in cle for cle in comptes)]
    return pd.DataFrame(
        {_("Organisation"): [noms[c] for c in presents]}
        | {noms[c]: pd.Series([comptes[ligne, c] for ligne in presents], dtype="Int64") for c in presents}
    )
