"""« Qui fait quoi où »: the register laid out on two axes with their names, the rows behind a cell, who works with whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.domain.matrices import Axe, Case, Cle, Matrice, Vue, compute_matrice
from ccm_data.domain.permissions import Personne, can_read
from ccm_data.domain.repartition import NATIONAL
from ccm_data.domain.vocabulaire import CategorieActeur, ListeTermes
from ccm_data.models.acteurs import Acteur
from ccm_data.queries.acteurs import list_noms_acteurs
from ccm_data.queries.installation import get_installation
from ccm_data.queries.interventions import Fiche, Filtre, filter_fiches, list_fiches, list_termes, make_rangees
from ccm_data.queries.plan import list_activites, list_pmm
from ccm_data.textes import N_, _
from ccm_data.typographie import say_compact, say_nombre, say_non_renseigne

Noms = Mapping[str, str]
# What is laid out: rows, columns.
PAIRES: Final[dict[str, tuple[Axe, Axe]]] = {
    "theme_region": ("theme", "region"),
    "acteur_region": ("acteur", "region"),
    "pmm_acteur": ("pmm", "acteur"),
    "pnm_region": ("pnm", "region"),
    "activite_region": ("activite", "region"),
}
MESURES: Final = {"interventions": N_("Interventions"), "acteurs": N_("Acteurs"), "fcfa": N_("FCFA")}
# Shown whole, so that what nobody does is seen; the others only where something stands.
ENTIERS: Final = ("region", "theme", "pmm", "activite")
TOTAL: Final = N_("Total")


@dataclass(frozen=True)
class Tableau4W:
    """A matrix with the keys and names of its rows and columns, in order; `fiches`: what it was made of."""

    matrice: Matrice
    lignes: tuple[tuple[Cle, str], ...]
    colonnes: tuple[tuple[Cle, str], ...]
    fiches: tuple[Fiche, ...]
    reserves: int

    def get_codes(self, ligne: int, colonne: int) -> tuple[str, ...]:
        """The interventions of a cell by its position; the last row and column are totals."""
        m = self.matrice
        au_bout_l, au_bout_c = ligne >= len(self.lignes), colonne >= len(self.colonnes)
        if au_bout_l and au_bout_c:
            return m.total.codes
        if au_bout_l:
            return _codes(m.colonnes.get(self.colonnes[colonne][0]))
        if au_bout_c:
            return _codes(m.lignes.get(self.lignes[ligne][0]))
        return _codes(m.cases.get((self.lignes[ligne][0], self.colonnes[colonne][0])))


def _codes(case: Case | None) -> tuple[str, ...]:
    return () if case is None else case.codes


def get_matrice(session: Session, personne: Personne, paire: str, filtre: Filtre, vue: Vue) -> Tableau4W:
    """The register as this person may see its amounts. KeyError for an unknown pair."""
    lignes, colonnes = PAIRES[paire]
    categories = {code: c.value for code, c in session.execute(select(Acteur.code, Acteur.categorie))}
    fiches = filter_fiches(list_fiches(session, personne), filtre, categories)
    matrice = compute_matrice(make_rangees(fiches), lignes, colonnes, vue)
    return Tableau4W(
        matrice,
        _order(lignes, matrice.lignes, list_noms(session, lignes)),
        _order(colonnes, matrice.colonnes, list_noms(session, colonnes)),
        tuple(fiches),
        sum(x.reserve for x in fiches),
    )


def list_noms(session: Session, axe: Axe) -> dict[str, str]:
    """Key → name of an axis, in its order."""
    if axe == "region":
        return {**get_installation(session).regions, NATIONAL: _("National")}
    if axe == "theme":
        return list_termes(session, ListeTermes.THEME, fermes=True)
    if axe == "acteur":
        return list_noms_acteurs(session)
    if axe == "pmm":
        pmm = list_pmm(session)
        return {str(n): f"{n}. {t}" for n, t in zip(pmm["numero"], pmm["libelle_court"], strict=True)}
    if axe == "activite":
        activites = list_activites(session)
        return {c: f"{c} {t}" for c, t in zip(activites["code"], activites["libelle_court"], strict=True)}
    return {}


def _order(axe: Axe, presents: Iterable[Cle], noms: Noms) -> tuple[tuple[Cle, str], ...]:
    """The axis's own order, then what it does not know, then what is not said."""
    la = list(presents)
    connus = [c for c in noms if axe in ENTIERS or c in la]
    autres = sorted(c for c in la if c is not None and c not in noms)
    rangees: list[tuple[Cle, str]] = [(c, noms.get(c, c)) for c in [*connus, *autres]]
    return (*rangees, *([(None, say_non_renseigne())] if None in la else []))


def make_table_matrice(tableau: Tableau4W, mesure: str, titre: str) -> pd.DataFrame:
    """The matrix as a frame of numbers (None: no amount known), totals last; one row per key."""
    valeurs: dict[str, list[Any]] = {titre: [nom for _c, nom in tableau.lignes] + [_(TOTAL)]}
    m = tableau.matrice
    for colonne, nom in tableau.colonnes:
        cases = [m.cases.get((ligne, colonne)) for ligne, _n in tableau.lignes] + [m.colonnes.get(colonne)]
        valeurs[nom] = [_measure(c, mesure) for c in cases]
    valeurs[_(TOTAL)] = [_measure(m.lignes.get(ligne), mesure) for ligne, _n in tableau.lignes] + [
        _measure(m.total, mesure)
    ]
    return pd.DataFrame({nom: x if nom == titre else pd.Series(x, dtype="Int64") for nom, x in valeurs.items()})


def _measure(case: Case | None, mesure: str) -> int | None:
    if case is None:
        return 0
    return {"interventions": case.interventions, "acteurs": case.acteurs, "fcfa": case.fcfa}[mesure]


def say_case(valeur: Any, mesure: str) -> str:
    """A cell in words: an amount in short, a dash for what is not known."""
    if pd.isna(valeur):
        return "—"
    return say_compact(int(valeur)) if mesure == "fcfa" else say_nombre(int(valeur))


def make_table_fiches(session: Session, personne: Personne, codes: Collection[str]) -> tuple[pd.DataFrame, int]:
    """The interventions of these codes (behind a cell, a figure), and how many this person may not read one by one."""
    fiches = [x for x in list_fiches(session, personne) if x.code in codes]
    lisibles = [x for x in fiches if can_read(personne, "lignes_validees", None, x.executant)]
    acteurs, regions = list_noms(session, "acteur"), list_noms(session, "region")
    themes, statuts = list_noms(session, "theme"), list_termes(session, ListeTermes.STATUT, fermes=True)
    cadre = pd.DataFrame(
        {
            _("Code"): [x.code for x in lisibles],
            _("Titre"): [x.titre for x in lisibles],
            _("Chef de file"): [acteurs.get(x.executant, x.executant) for x in lisibles],
            _("Partenaires"): [_join(x.partenaires, acteurs) for x in lisibles],
            _("Bailleurs"): [_join(x.bailleurs, acteurs) for x in lisibles],
            _("Thèmes"): [_join(x.themes, themes) for x in lisibles],
            _("Régions"): [_join(x.regions, regions) for x in lisibles],
            _("Public"): [x.public_cible or "" for x in lisibles],
            _("Début"): [x.debut for x in lisibles],
            _("Fin"): [x.fin for x in lisibles],
            _("Statut"): [statuts.get(x.statut, x.statut) for x in lisibles],
            _("Budget qui compte (FCFA)"): pd.Series([x.net_fcfa for x in lisibles], dtype="Int64"),
            _("Montant réservé"): [_("oui") if x.reserve else "" for x in lisibles],
        }
    )
    return cadre, len(fiches) - len(lisibles)


def _join(codes: Iterable[str], noms: Noms) -> str:
    return ", ".join(noms.get(c, c) for c in codes)


@dataclass(frozen=True)
class Lien:
    """Two organisations and what joins them: `finance` (a funds b) or `partenaire` (a leads, b takes part)."""

    a: str
    b: str
    genre: str
    interventions: int


@dataclass(frozen=True)
class Reseau:
    """Who works with whom: organisations (code, name, category) in drawing order, and their links."""

    acteurs: tuple[tuple[str, str, str], ...]
    liens: tuple[Lien, ...]


def get_reseau(session: Session, personne: Personne, filtre: Filtre) -> Reseau:
    """Links counted over the filtered interventions; organisations side by side by category, then by name."""
    lus = session.execute(select(Acteur.code, Acteur.categorie, Acteur.cle_tri)).all()
    categories = {x.code: x.categorie.value for x in lus}
    fiches = filter_fiches(list_fiches(session, personne), filtre, categories)
    compte: Counter[tuple[str, str, str]] = Counter()
    for x in fiches:
        compte.update((b, x.executant, "finance") for b in x.bailleurs if b != x.executant)
        compte.update((x.executant, p, "partenaire") for p in x.partenaires)
    noms = list_noms_acteurs(session)
    presents = {c for a, b, _g in compte for c in (a, b)} | {x.executant for x in fiches}
    ordre = {c.value: rang for rang, c in enumerate(CategorieActeur)}
    cles = {x.code: (ordre[x.categorie.value], x.cle_tri) for x in lus}
    ranges = sorted(presents, key=lambda c: cles.get(c, (len(ordre), c)))
    liens = [Lien(a, b, genre, n) for (a, b, genre), n in sorted(compte.items())]
    return Reseau(tuple((c, noms.get(c, c), categories.get(c, "")) for c in ranges), tuple(liens))


def make_table_reseau(session: Session, reseau: Reseau) -> pd.DataFrame:
    """The links as rows, the strongest first."""
    noms = list_noms_acteurs(session)
    genres = {"finance": _("finance"), "partenaire": _("travaille avec")}
    ranges = sorted(reseau.liens, key=lambda x: (-x.interventions, noms.get(x.a, x.a), noms.get(x.b, x.b)))
    return pd.DataFrame(
        {
            _("Organisation"): [noms.get(x.a, x.a) for x in ranges],
            _("Lien"): [genres[x.genre] for x in ranges],
            _("Avec"): [noms.get(x.b, x.b) for x in ranges],
            _("Interventions"): [x.interventions for x in ranges],
        }
    )
