"""How much faster the detector screens a register than comparing every pair, and what it keeps of the best pairs.

The register is invented from the labelled set: titles and descriptions of two rows of one theme crossed, other places, dates
shifted, other amounts; one row in twenty is told again by another actor. Both sides read the rows once and score with the
same function; only the pairs that they compare differ.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

import numpy as np
from numpy.typing import NDArray

from ccm_data.domain.doublons import SEUIL_PAIRE, Intervention
from ccm_data.rapprochements.annuaire import read_annuaire
from ccm_data.rapprochements.candidats import Rangs, list_candidats, list_toutes
from ccm_data.rapprochements.fiches import Fiches, build_fiches
from ccm_data.rapprochements.recherche import rank_paires, score_paires
from ccm_data.rapprochements.territoire import read_territoire
from ccm_data.rapprochements.texte import read_lexique
from ccm_data.reference.lecture import read_plan
from tests.aides.doublons import list_interventions

TITRE = "## Screening for duplicates"
PREMIERES = 1000
TAILLE, COMPLETE = 2_000, 10_000
BUT_VITESSE, BUT_GARDE = 20, 0.99
REPETE = 20  # one row in so many is told again


def make_registre(nombre: int, graine: int = 4) -> list[Intervention]:
    """So many invented interventions, the same for the same seed."""
    hasard = Random(graine)
    modeles = list_interventions()
    lieux = _list_lieux()
    registre: list[Intervention] = []
    while len(registre) < nombre:
        code = f"X-{len(registre):05d}"
        if registre and len(registre) % REPETE == 0:
            ancienne = hasard.choice(registre)
            registre.append(replace(ancienne, code=code, chef_de_file=hasard.choice(modeles).chef_de_file))
        else:
            registre.append(_cross(hasard, code, modeles, lieux))
    return registre


def _cross(hasard: Random, code: str, modeles: tuple[Intervention, ...], lieux: list[tuple[str, str]]) -> Intervention:
    a = hasard.choice(modeles)
    b = hasard.choice([x for x in modeles if set(x.themes) & set(a.themes)])
    region, localite = hasard.choice(lieux)
    debut = date(2022, 1, 1) + timedelta(days=30 * hasard.randrange(54))
    return replace(
        a,
        code=code,
        description=b.description,
        chef_de_file=hasard.choice(modeles).chef_de_file,
        bailleurs=hasard.choice(modeles).bailleurs,
        regions=(region,),
        localites=(localite,) if hasard.random() < 0.7 else (),
        publics=hasard.choice((a, b)).publics,
        debut=debut,
        fin=debut + timedelta(days=30 * hasard.randrange(4, 37)),
        budget=hasard.randrange(10, 900) * 1_000_000,
    )


def _list_lieux() -> list[tuple[str, str]]:
    plan = read_plan()
    noms = dict(zip(plan["regions"]["code"], plan["regions"]["nom"], strict=True))
    departements = plan["departements"]
    return [(noms[r], c) for r, c in zip(departements["region_code"], departements["chef_lieu"], strict=True)]


@dataclass(frozen=True)
class Passage:
    """Seconds to choose and score the pairs, how many were compared, the best ones as keys i × n + j."""

    secondes: float
    paires: int
    premieres: NDArray[np.int64]


def screen(fiches: Fiches) -> Passage:
    """As the detector does: candidates alone."""
    debut = time.perf_counter()
    i, j = list_candidats(fiches)
    a, b, scores = score_paires(fiches, i, j, seuil=SEUIL_PAIRE)
    rangs = rank_paires(scores, a, b)[:PREMIERES]
    return Passage(time.perf_counter() - debut, len(i), a[rangs] * fiches.n + b[rangs])


def screen_toutes(fiches: Fiches) -> Passage:
    """Every pair, by lots, so that ten thousand rows fit in memory."""
    debut = time.perf_counter()
    gardes: list[tuple[Rangs, Rangs, NDArray[np.float64]]] = []
    compte = 0
    for i, j in _iter_toutes(fiches.n):
        compte += len(i)
        gardes.append(score_paires(fiches, i, j, seuil=SEUIL_PAIRE))
    a, b, scores = (np.concatenate(x) for x in zip(*gardes, strict=True))
    rangs = rank_paires(scores, a, b)[:PREMIERES]
    return Passage(time.perf_counter() - debut, compte, a[rangs] * fiches.n + b[rangs])


def _iter_toutes(n: int) -> Iterator[tuple[Rangs, Rangs]]:
    if n <= TAILLE:
        yield list_toutes(n)
        return
    for i in range(0, n - 1):
        j = np.arange(i + 1, n, dtype=np.int64)
        yield np.full(len(j), i, dtype=np.int64), j


def measure_doublons(jour: date, machine: str, *, complet: bool = False, avant: str = "") -> str:
    """The section of RESULTS.md; the full scoring of 10 000 rows is measured on demand and else kept from `avant`."""
    lignes = [_measure(TAILLE)]
    grande = f"{COMPLETE:,}".replace(",", " ")
    if complet:
        lignes.append(_measure(COMPLETE))
    else:
        lignes += [x for x in avant.splitlines() if x.startswith(f"| {grande} ")]
    return (
        "\n".join(
            [
                TITRE,
                "",
                f"Written by `python -m benchmarks doublons` on {jour.isoformat()} on {machine}; the line of {grande} rows by "
                "`--complet`, once. Seconds to choose and score pairs, reading the rows apart (both sides share it); kept: part "
                f"of the {PREMIERES} best pairs of the full scoring that the detector ranks too.",
                "",
                "| rows | reading (s) | every pair (s) | pairs | the detector (s) | pairs | times faster | kept |",
                "|---:|---:|---:|---:|---:|---:|---:|---:|",
                *lignes,
                "",
                f"Aims: at least {BUT_VITESSE} times faster, at least {BUT_GARDE:.0%} kept.",
            ]
        )
        + "\n"
    )


def _measure(nombre: int) -> str:
    registre = make_registre(nombre)
    territoire, annuaire, lexique = read_territoire(), read_annuaire(), read_lexique()
    debut = time.perf_counter()
    fiches = build_fiches(sorted(registre, key=lambda x: x.code), territoire, annuaire, lexique)
    lecture = time.perf_counter() - debut
    notre, toutes = screen(fiches), screen_toutes(fiches)
    gardees = len(set(toutes.premieres.tolist()) & set(notre.premieres.tolist())) / max(1, len(toutes.premieres))
    nombres = [f"{n:,}".replace(",", " ") for n in (nombre, toutes.paires, notre.paires)]
    return (
        f"| {nombres[0]} | {lecture:.1f} | {toutes.secondes:.1f} | {nombres[1]} | {notre.secondes:.2f} | {nombres[2]} | "
        f"{toutes.secondes / notre.secondes:.0f} | {gardees:.1%} |"
    )
