"""Candidate duplicates among interventions: what an intervention is, what a pair says, and the formula of its score.

No text is read here: `ccm_data.rapprochements` turns words, places and names into terms between 0 and 1; this file says
what the terms weigh. Source: règles de calcul, 5 (« Not duplicates: same region with disjoint periods, like wording in
different regions, phases 1 and 2 of one actor »).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Vecteur = NDArray[np.float32]


class Nature(StrEnum):
    """What two interventions may be to each other; only a person's verdict decides."""

    DOUBLON = "doublon"  # two actors do the same thing: both spend
    DOUBLE_DECLARATION = "double_declaration"  # one intervention told twice: one money
    COMPLEMENTAIRE = "complementaire"  # same place, time and public, another activity


@dataclass(frozen=True)
class Intervention:
    """What an actor does, as its template or the register says it; anything but the code may be missing.

    Names are as written (the detector reads accents, abbreviations and aliases); `themes` are codes, `budget` is FCFA.
    """

    code: str
    titre: str = ""
    description: str = ""
    chef_de_file: str = ""
    partenaires: tuple[str, ...] = ()
    bailleurs: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    objectifs_pmm: tuple[int, ...] = ()
    regions: tuple[str, ...] = ()
    localites: tuple[str, ...] = ()
    publics: tuple[str, ...] = ()
    debut: date | None = None
    fin: date | None = None
    budget: int | None = None
    statut: str = ""


@dataclass(frozen=True)
class Raison:
    """Why a pair is a candidate: a code and the facts of its sentence; words are chosen from them elsewhere."""

    code: str
    faits: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Paire:
    """Two interventions (code_a < code_b), how likely (0-1), as what, why, and the terms that made the score."""

    code_a: str
    code_b: str
    score: float
    nature: Nature
    raisons: tuple[Raison, ...]
    termes: Mapping[str, float] = field(default_factory=dict)


# --- The formula -------------------------------------------------------------------------------------------------------
# score = gates × the likelier of two readings, « doublon » and « double déclaration ».
# The gates are necessary conditions: no place or no month in common → 0, whatever the words say. Each reading is a
# logistic function of terms between 0 and 1; a weight is what the term adds, at 1, to the logit. The weights were fitted
# on the odd families of the labelled set by penalised likelihood, started from weights set by hand, then rounded
# (docs/doublons.md); none is negative.
POIDS_DOUBLON: Final[Mapping[str, float]] = {
    "mots": 6.0,  # wording: notions and words, rare ones weighing more
    "objet": 2.5,  # what it is about: water, traite, state registry …
    "accord_action": 1.2,  # the same kind of work, or one that is not said; building beside training gives 0
    "public": 3.5,
    "theme": 2.5,
    "pmm": 0.3,
    "chevauchement": 0.5,  # months in common over months of both
}
SEUIL_DOUBLON: Final = -11.0
POIDS_DECLARATION: Final[Mapping[str, float]] = {
    "libelle": 5.0,  # wording, object and action together
    "public": 1.5,
    "theme": 1.0,
    "montant": 2.6,
    "dates": 1.9,  # both ends agree
    "lien": 2.0,  # the lead of one is partner or funder of the other
    "lien_montant": 2.8,  # and the amount agrees
}
SEUIL_DECLARATION: Final = -10.4
# The term « libellé » that people see, and that reads a double declaration.
PARTS_LIBELLE: Final[Mapping[str, float]] = {"objet": 0.45, "mots": 0.40, "action": 0.15}
MOTS_PLEINS: Final = 0.6  # cosine of words from which two wordings say the same
ACTION_CONTRAIRE: Final = 0.35  # agreement of actions below which they contradict each other
# Gates.
LIEU_PLEIN: Final = 0.5  # place below it counts by its square: two towns of one region are two places
PERIODE_PLEINE: Final = 0.4  # share of the shorter in common from which the months are no obstacle
PUBLIC_MINIMUM, PUBLIC_PENTE = 0.25, 1.25  # a contrary public leaves a quarter
THEME_MINIMUM, THEME_PENTE = 0.4, 1.0  # a contrary theme leaves 0.4
AMPLEUR_MINIMUM: Final = 0.3  # one budget thirty times the other leaves 0.3: an umbrella and one of its parts
PHASES: Final = 0.1  # two phases of one actor
MEME_CHEF_DOUBLON: Final = 0.25  # a duplicate wants two actors
MEME_CHEF_DECLARATION: Final = 0.5
# What makes a pair one money told twice rather than two actors at the same work.
LIEN_DECLARATION: Final = 0.8
MONTANT_DECLARATION: Final = 0.5
DATES_DECLARATION: Final = 0.9  # where the amounts differ
DATES_SANS_MONTANT: Final = 0.4  # where an amount is not said
MONTANT_INCONNU: Final = 0.3
# Complementary: same place, time and public, another activity, a neighbouring subject.
PARENTE_COMPLEMENTAIRE: Final = 0.35  # part of the score that needs no common subject
SEUIL_PAIRE: Final = 0.05  # below it a pair is not told
SEUIL_COMPLEMENTAIRE: Final = 0.30

Termes = Mapping[str, Vecteur]


def compute_libelle(t: Termes) -> Vecteur:
    """How near the wordings are (0-1): object, words and action."""
    mots = np.clip(t["mots"] / MOTS_PLEINS, 0, 1)
    p = PARTS_LIBELLE
    libelle: Vecteur = (p["objet"] * t["objet"] + p["mots"] * mots + p["action"] * t["action"]).astype(np.float32)
    return libelle


def compute_conditions(t: Termes) -> Vecteur:
    """The gates together (0-1): place and period above all, then what contradicts a duplicate."""
    lieu = np.where(t["lieu"] >= LIEU_PLEIN, t["lieu"], t["lieu"] ** 2 / LIEU_PLEIN)
    periode = np.clip(t["periode"] / PERIODE_PLEINE, 0, 1)
    public = np.clip(PUBLIC_MINIMUM + PUBLIC_PENTE * t["public"], 0, 1)
    theme = np.clip(THEME_MINIMUM + THEME_PENTE * t["theme"], 0, 1)
    ampleur = AMPLEUR_MINIMUM + (1 - AMPLEUR_MINIMUM) * t["ampleur"]
    phases = 1 - (1 - PHASES) * t["phases"]
    conditions: Vecteur = (lieu * periode * public * theme * ampleur * phases).astype(np.float32)
    return conditions


def compute_score(t: Termes) -> Vecteur:
    """The score of each pair (0-1): its conditions times the likelier reading."""
    mots = np.clip(t["mots"] / MOTS_PLEINS, 0, 1)
    accord = np.clip(t["action"] / ACTION_CONTRAIRE, 0, 1)
    doublon = _weigh({**t, "mots": mots, "accord_action": accord}, POIDS_DOUBLON, SEUIL_DOUBLON)
    doublon = doublon * (1 - (1 - MEME_CHEF_DOUBLON) * t["meme_chef"])
    lu = {**t, "libelle": compute_libelle(t), "lien_montant": t["lien"] * t["montant"]}
    declaration = _weigh(lu, POIDS_DECLARATION, SEUIL_DECLARATION)
    declaration = declaration * (t["lien"] > 0) * (1 - (1 - MEME_CHEF_DECLARATION) * t["meme_chef"])
    score: Vecteur = (np.maximum(doublon, declaration) * compute_conditions(t)).astype(np.float32)
    return score


def _weigh(t: Termes, poids: Mapping[str, float], seuil: float) -> Vecteur:
    somme = np.full(len(t["lieu"]), seuil, dtype=np.float64)
    for nom, p in poids.items():
        somme += p * t[nom]
    probable: Vecteur = (1 / (1 + np.exp(-somme))).astype(np.float32)
    return probable


def is_declaration(t: Termes) -> NDArray[np.bool_]:
    """Is the pair one intervention told twice? Its actors meet, and so do its amounts, or its dates."""
    sans_montant = np.isclose(t["montant"], MONTANT_INCONNU)
    argent = ~sans_montant & (t["montant"] >= MONTANT_DECLARATION)
    dates = (t["dates"] >= DATES_DECLARATION) | (sans_montant & (t["dates"] >= DATES_SANS_MONTANT))
    declaration: NDArray[np.bool_] = (t["lien"] >= LIEN_DECLARATION) & (argent | dates)
    return declaration


def compute_complementarite(t: Termes) -> Vecteur:
    """How far two interventions complete each other (0-1): one place, time and public; a subject shared, not the work."""
    lieu = np.where(t["lieu"] >= LIEU_PLEIN, t["lieu"], 0)
    periode = np.clip(t["periode"] / PERIODE_PLEINE, 0, 1)
    ressemblance = np.maximum(compute_libelle(t), compute_score(t))
    parente = np.maximum(t["theme"], t["objet"]) * (1 - PARENTE_COMPLEMENTAIRE) + PARENTE_COMPLEMENTAIRE
    autre = np.clip(1.2 - ressemblance, 0, 1) * (1 - t["meme_chef"] / 2)
    valeur: Vecteur = (lieu * periode * t["public"] * parente * autre).astype(np.float32)
    return valeur
