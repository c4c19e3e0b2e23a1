"""Actors: names as people write them → one identity.

The directory's names and aliases are arguments; `acteurs.csv` adds the organisations of the field with their other names.
An unknown name is an identity of its own; two unknown names that nearly agree are one.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final

from rapidfuzz import fuzz, process

from ccm_data.rapprochements.texte import strip_accents

FICHIER: Final = Path(__file__).parent / "acteurs.csv"
NEUTRES: Final = frozenset(
    "ong niger nigerien nigerienne au du de des la le les l d et pour en a the of international internationale".split()  # noqa: SIM905
)
PROCHE: Final = 91  # of 100, on words in any order
LETTRES_MIN: Final = 6


def compute_cle(nom: str) -> str:
    """A name's key: words without accents, signs and small words."""
    mots = re.findall(r"[a-z0-9]+", strip_accents(nom))
    utiles = [m for m in mots if m not in NEUTRES] or mots
    return " ".join(utiles)


def _compact(cle: str) -> str:
    return cle.replace(" ", "")


@dataclass
class Annuaire:
    """Keys → identity, identities → name, and the house to which a fund or project belongs."""

    cles: dict[str, str]
    noms: dict[str, str]
    parents: Mapping[str, str] = field(default_factory=dict)
    _lus: dict[str, str] = field(default_factory=dict)

    def find(self, nom: str) -> str:
        """The identity of a name; « ?… » for an unknown one; empty for an empty cell."""
        if nom not in self._lus:
            self._lus[nom] = self._find(nom)
        return self._lus[nom]

    def _find(self, nom: str) -> str:
        net = nom.strip()
        sans = re.sub(r"\(.*?\)", " ", net)
        for essai in (net, sans, *re.findall(r"\((.*?)\)", net)):
            cle = compute_cle(essai)
            identite = self.cles.get(cle) or self.cles.get(_compact(cle))
            if identite:
                return self.parents.get(identite, identite)
        cle = compute_cle(sans) or compute_cle(net)
        if len(cle) >= LETTRES_MIN:
            trouve = process.extractOne(
                cle, [c for c in self.cles if len(c) >= LETTRES_MIN], scorer=fuzz.token_sort_ratio, score_cutoff=PROCHE
            )
            if trouve:
                identite = self.cles[trouve[0]]
                return self.parents.get(identite, identite)
        return f"?{cle}" if cle else ""

    def get_nom(self, identite: str) -> str:
        """How an identity is called."""
        return self.noms.get(identite, identite.removeprefix("?"))


def gather_inconnus(identites: Iterable[str]) -> dict[str, str]:
    """Unknown identities that nearly agree → the first of them in alphabetical order (whatever the order of the rows)."""
    chefs: list[str] = []
    sortie: dict[str, str] = {}
    for identite in sorted({i for i in identites if i.startswith("?")}):
        proche = (
            process.extractOne(identite, chefs, scorer=fuzz.token_sort_ratio, score_cutoff=PROCHE)
            if len(identite) > LETTRES_MIN
            else None
        )
        sortie[identite] = proche[0] if proche else identite
        if not proche:
            chefs.append(identite)
    return sortie


def build_annuaire(acteurs: Iterable[tuple[str, Iterable[str]]], fichier: Path = FICHIER) -> Annuaire:
    """From (code, names) of the directory, completed by `acteurs.csv`; the directory's own codes prevail."""
    cles: dict[str, str] = {}
    noms: dict[str, str] = {}
    parents: dict[str, str] = {}
    with fichier.open(encoding="utf-8", newline="") as flux:
        connus = [(x["cle"], x["parent"], x["noms"].split("|")) for x in csv.DictReader(flux)]
    for identite, ecrits in [*((c, list(n)) for c, n in acteurs), *((c, n) for c, _p, n in connus)]:
        ecrits = [e for e in ecrits if e]
        if not ecrits:
            continue
        deja = next((cles[c] for e in ecrits if (c := compute_cle(e)) in cles), identite)
        noms.setdefault(deja, ecrits[0])
        for ecrit in ecrits:
            cle = compute_cle(ecrit)
            cles.setdefault(cle, deja)
            cles.setdefault(_compact(cle), deja)
    for identite, parent, _noms in connus:
        if parent:
            parents[identite] = parent
    return Annuaire(cles, noms, parents)


@lru_cache(maxsize=1)
def read_annuaire() -> Annuaire:
    """The directory of the plan's own files, for the command line and the tests."""
    from ccm_data.reference.lecture import read_plan  # only here: a database gives the same names

    plan = read_plan()
    autres: dict[str, list[str]] = {}
    for ligne in plan["alias_acteurs"].to_dict("records"):
        autres.setdefault(str(ligne["acteur_code"]), []).append(str(ligne["alias"]))
    lignes = plan["acteurs"].to_dict("records")
    return build_annuaire(
        (
            str(a["code"]),
            [str(x) for x in (a["sigle"], a["nom"]) if isinstance(x, str)] + autres.get(str(a["code"]), []),
        )
        for a in lignes
    )
