"""Places: names as people write them → locality, department, region.

The tables of the plan (regions, departments, towns) are arguments; `lieux.csv` adds the communes and sites that reports
name, with their other writings (`=`). A name that stands in two regions is settled by the region of its row.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from rapidfuzz import fuzz, process

from ccm_data.rapprochements.texte import strip_accents

FICHIER: Final = Path(__file__).parent / "lieux.csv"
NATIONAL: Final = frozenset({"national", "nationale", "niger", "nationaux", "ensembledupais", "toutlepais", "territoirenational",
                             "toutesregions", "touteslesregions", "couverturenationale", "portenationale"})  # fmt: skip
DEVANT: Final = re.compile(
    r"^(la |le |les |l')?(region|regions|departement|dept|commune rurale|commune urbaine|communaute urbaine|commune|ville|"
    r"cr|cu|site|camp|village|quartier|zone|arrondissement|poste frontiere|localite|chef lieu|prefecture)s?"
    r"( des refugies| de refugies| de deplaces| des deplaces| humanitaire)? (de la |de l'|de |du |des |d')?"
)
PROCHE: Final = 86  # of 100: « Tchirozerine » and « Tchirozérin »
LETTRES_MIN: Final = 5  # shorter names are never guessed: « Say » is not « Sae »


def compute_cle(nom: str) -> str:
    """A name's key: no accent, no sign, no doubled letter: « N'Guigmi » and « Nguigmi », « Assamaka » and « Assamakka »."""
    lettres = re.sub(r"[^a-z0-9]", "", strip_accents(nom)).replace("y", "i")
    return re.sub(r"([a-z])\1", r"\1", lettres)


@dataclass(frozen=True)
class Lieu:
    """A place that was understood; `departement` is None where the tables do not say it."""

    cle: str
    nom: str
    region: str
    departement: str | None
    est_departement: bool = False


@dataclass(frozen=True)
class Lieux:
    """The places of one intervention: codes of regions, of departments, keys of localities; `national` is a column of its own."""

    regions: frozenset[str] = frozenset()
    departements: frozenset[str] = frozenset()
    localites: frozenset[str] = frozenset()
    national: bool = False
    inconnus: tuple[str, ...] = ()


@dataclass
class Territoire:
    """Regions (code → name), their writings (key → code), and the places by key."""

    regions: Mapping[str, str]
    alias: Mapping[str, str]
    lieux: Mapping[str, tuple[Lieu, ...]]
    noms: dict[str, str] = field(default_factory=dict)

    def find_region(self, nom: str) -> str | None:
        """The code of a region however written; None when it is none (or « National »)."""
        cle = compute_cle(DEVANT.sub("", strip_accents(nom).strip()))
        if cle in self.alias:
            return self.alias[cle]
        if len(cle) < LETTRES_MIN:
            return None
        trouve = process.extractOne(cle, list(self.alias), scorer=fuzz.ratio, score_cutoff=PROCHE)
        return self.alias[trouve[0]] if trouve else None

    def find_lieu(self, nom: str, regions: Iterable[str]) -> Lieu | None:
        """The locality or department of this name, in these regions when the row gives some."""
        voulues = set(regions)
        net = strip_accents(nom).strip()
        departement = bool(re.match(r"(le )?(departement|dept)\b", net))
        for essai in (net, re.sub(r"\(.*?\)", "", net), *re.findall(r"\((.*?)\)", net)):
            cle = compute_cle(DEVANT.sub("", essai.strip()))
            trouves = self.lieux.get(cle, ()) or self.lieux.get(self._guess(cle, voulues), ())
            permis = [x for x in trouves if not voulues or x.region in voulues]
            if permis and departement and permis[0].departement:
                return Lieu(permis[0].departement, permis[0].nom, permis[0].region, permis[0].departement, True)
            if permis:
                return permis[0] if len({x.region for x in permis}) == 1 else None
        return None

    def _guess(self, cle: str, voulues: set[str]) -> str:
        if len(cle) < LETTRES_MIN:
            return ""
        connus = [c for c, lieux in self.lieux.items() if not voulues or any(x.region in voulues for x in lieux)]
        trouve = process.extractOne(cle, connus, scorer=fuzz.ratio, score_cutoff=PROCHE)
        return str(trouve[0]) if trouve else ""

    def read_lieux(self, regions: Sequence[str], localites: Sequence[str], texte: str) -> Lieux:
        """The places of a row. Its title and description are asked only for what its cells leave out."""
        national = any(compute_cle(r) in NATIONAL for r in regions)
        codes = {code for r in regions if (code := self.find_region(r))}
        trouves: list[Lieu] = []
        inconnus: list[str] = []
        for nom in localites:
            lieu = self.find_lieu(nom, codes) or self.find_lieu(nom, ())
            if lieu is not None:
                trouves.append(lieu)
            elif (code := self.find_region(nom)) is not None:
                codes.add(code)
            elif nom.strip():
                inconnus.append(nom.strip())
        if not trouves and not inconnus and not national:
            trouves = self._list_cites(texte, codes)
            if not codes and not trouves:
                codes |= self._list_regions_citees(texte)
        codes |= {x.region for x in trouves}
        departements = frozenset(x.departement for x in trouves if x.departement)
        cles = {x.cle for x in trouves if not x.est_departement} | {f"?{compute_cle(x)}" for x in inconnus}
        return Lieux(frozenset(codes), departements, frozenset(cles), national, tuple(inconnus))

    def _list_cites(self, texte: str, codes: set[str]) -> list[Lieu]:
        """Localities named in a text, in the row's regions; a region's own name is not taken for its town."""
        mots = re.findall(r"[A-Z][\w'’-]+(?:[ -][A-Z][\w'’-]+)*", texte)
        trouves = []
        for mot in mots:
            for essai in {mot, *mot.split()}:
                cle = compute_cle(essai)
                if len(cle) < LETTRES_MIN - 1 or cle in self.alias:
                    continue
                lieux = [x for x in self.lieux.get(cle, ()) if not codes or x.region in codes]
                if len({x.region for x in lieux}) == 1:
                    trouves.append(lieux[0])
        return trouves

    def _list_regions_citees(self, texte: str) -> set[str]:
        return {
            self.alias[cle] for mot in re.findall(r"[A-Z][\w'’-]+", texte) if (cle := compute_cle(mot)) in self.alias
        }


def build_territoire(
    regions: Iterable[Mapping[str, Any]],
    alias: Iterable[Mapping[str, Any]],
    departements: Iterable[Mapping[str, Any]],
    localites: Iterable[Mapping[str, Any]],
    fichier: Path = FICHIER,
) -> Territoire:
    """From rows with the columns of the plan's files, completed by the communes and sites of `lieux.csv`."""
    noms = {str(r["code"]): str(r["nom"]) for r in regions}
    ecrits = {compute_cle(nom): code for code, nom in noms.items()}
    ecrits |= {compute_cle(str(a["alias"])): str(a["region_code"]) for a in alias}
    depots: dict[str, dict[str, Lieu]] = {}
    libelles: dict[str, str] = {}

    def add(nom: str, region: str, departement: str | None, autres: Sequence[str] = ()) -> None:
        identite = f"{region}:{compute_cle(nom)}"
        libelles.setdefault(identite, nom)
        for ecrit in (nom, *autres):
            depots.setdefault(compute_cle(ecrit), {}).setdefault(region, Lieu(identite, nom, region, departement))

    with fichier.open(encoding="utf-8", newline="") as flux:
        for ligne in csv.DictReader(flux):
            for groupe in ligne["noms"].split("|"):
                nom, *autres = groupe.split("=")
                add(nom, ligne["region_code"], ligne["departement_code"], autres)
    for d in departements:
        code, region, nom = str(d["code"]), str(d["region_code"]), str(d["nom"])
        libelles[code] = nom
        add(str(d["chef_lieu"]), region, code)
        if compute_cle(nom) not in depots and not nom.startswith("Ville de"):
            depots[compute_cle(nom)] = {region: Lieu(code, nom, region, code, True)}
    for x in localites:
        add(str(x["nom"]), str(x["region_code"]), None)
    return Territoire(noms, ecrits, {c: tuple(v[r] for r in sorted(v)) for c, v in depots.items()}, noms | libelles)


@lru_cache(maxsize=1)
def read_territoire() -> Territoire:
    """The territory of the plan's own files, for the command line and the tests."""
    from ccm_data.reference.lecture import read_plan  # only here: a database gives the same tables

    plan = read_plan()
    tables = [plan[n].to_dict("records") for n in ("regions", "alias_regions", "departements", "localites")]
    return build_territoire(*tables)  # type: ignore[arg-type]
