"""Who was reached by awareness and training: sums of what rows say, by category and sex, and what they do not say.

A row that gives no count adds nothing and is told; the sum is then « au moins ». Agents are those of a structure: the
population is left out (indicator 1.d). Source: règles de calcul, 2.1 (null is not zero), 2 (1.d), 7 (small counts).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ccm_data.domain.permissions import Effectif, mask_petits_effectifs

CATEGORIES: Final = ("etat", "collectivites", "osc", "prive", "population")
AGENTS: Final = CATEGORIES[:-1]
POPULATION: Final = CATEGORIES[-1:]
SEXES: Final = ("femmes", "hommes")
Ligne = Mapping[str, Any]


@dataclass(frozen=True)
class Compte:
    """A sum of persons (None: no row says any), over `lignes` rows of which `dites` give a count.

    `exact`: every count of every row is given; otherwise the sum is a floor.
    """

    valeur: int | None
    lignes: int
    dites: int
    exact: bool


@dataclass(frozen=True)
class Croisement:
    """Persons by category and sex (« etat_femmes » → count), per category, of the agents, of the population.

    When a cell is masked, the sums per category and per sex of its group are too: subtracting them would tell it.
    """

    cases: Mapping[str, Effectif]
    categories: Mapping[str, Effectif]
    agents: Effectif
    population: Effectif
    femmes: Effectif  # among the agents
    hommes: Effectif


def list_champs(categories: Sequence[str], sexes: Sequence[str] = SEXES) -> tuple[str, ...]:
    """The columns of these categories and sexes."""
    return tuple(f"{c}_{s}" for c in categories for s in sexes)


def _sum(valeurs: Iterable[int | None]) -> int | None:
    connues = [v for v in valeurs if v is not None]
    return sum(connues) if connues else None


def compute_participants(lignes: Sequence[Ligne], categories: Sequence[str], sexes: Sequence[str] = SEXES) -> Compte:
    """Persons of these categories over the rows."""
    champs = list_champs(categories, sexes)
    valeurs = [[ligne[c] for c in champs] for ligne in lignes]
    dites = sum(any(v is not None for v in vs) for vs in valeurs)
    exact = all(v is not None for vs in valeurs for v in vs)
    return Compte(_sum(v for vs in valeurs for v in vs), len(lignes), dites, exact)


def compute_croisement(lignes: Sequence[Ligne], seuil: int | None) -> Croisement:
    """The table of persons; counts below `seuil` masked, complement included (None: nothing is masked)."""
    cases: dict[str, Effectif] = {}
    categories: dict[str, Effectif] = {}
    totaux: list[Effectif] = []
    sexes: dict[str, Effectif] = {}
    for groupe in (AGENTS, POPULATION):
        champs = list_champs(groupe)
        sommes = [_sum(ligne[c] for ligne in lignes) for c in champs]
        vus, total = mask_petits_effectifs(sommes, seuil or 0)
        masque = any(v.masque for v in vus) or total.masque
        par_champ = dict(zip(champs, sommes, strict=True))
        cases |= dict(zip(champs, vus, strict=True))
        totaux.append(total)
        for categorie in groupe:
            categories[categorie] = _show(_sum(par_champ[c] for c in list_champs([categorie])), masque)
        if groupe is AGENTS:
            for sexe in SEXES:
                sexes[sexe] = _show(_sum(par_champ[c] for c in list_champs(AGENTS, (sexe,))), masque)
    return Croisement(cases, categories, totaux[0], totaux[1], sexes["femmes"], sexes["hommes"])


def _show(somme: int | None, masque: bool) -> Effectif:
    return Effectif(None, masque=True) if masque and somme else Effectif(somme)


def compute_part_femmes(lignes: Sequence[Ligne], categories: Sequence[str]) -> tuple[int, int] | None:
    """Women, and women and men, where a row says both of a category; None where none does."""
    paires = [
        (ligne[f"{c}_femmes"], ligne[f"{c}_hommes"])
        for ligne in lignes
        for c in categories
        if ligne[f"{c}_femmes"] is not None and ligne[f"{c}_hommes"] is not None
    ]
    tous = sum(f + h for f, h in paires)
    return (sum(f for f, _h in paires), tous) if tous else None
