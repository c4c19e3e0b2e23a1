"""How long a workbook of 10 000 rows takes from its bytes to its deposit, against openpyxl merely reading the same file.

The file is our own template's « Budget » sheet, each row a fact of its own; the database is the embedded one, on disk. Both
sides run in turn in the same process, the one that comes first changing each time.
"""

from __future__ import annotations

import io
import shutil
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date
from itertools import pairwise
from pathlib import Path
from statistics import median

from openpyxl import load_workbook
from sqlalchemy import select

from ccm_data.config import NOM_BASE_DEMO, Config
from ccm_data.db import get_engine, read_session, write_session
from ccm_data.domain.permissions import Personne
from ccm_data.imports.apercu import make_apercu
from ccm_data.imports.commit import commit
from ccm_data.imports.lecture import read_classeur
from ccm_data.imports.validation import Validation, validate
from ccm_data.models.comptes import Compte
from ccm_data.reference.demonstration import load_demonstration
from tests.aides.classeurs import ECRITURE, make_classeur

TITRE = "## Importing a workbook"
LIGNES = 10_000
BUT = 3.0
COMPTE = "pf.agadez"
ETAPES = ("lire", "juger", "prévisualiser", "déposer")


def make_octets(lignes: int) -> bytes:
    """A sound workbook: every row is kept, none is like another."""
    return make_classeur(
        ecriture_budgetaire=[ECRITURE | {"montant": 1000 + n, "reference_document": f"P-{n}"} for n in range(lignes)]
    )


def read_openpyxl(octets: bytes) -> int:
    """Every cell of every sheet, as the library gives it; how many are filled."""
    with closing(load_workbook(io.BytesIO(octets), read_only=True)) as classeur:
        return sum(c is not None for f in classeur.worksheets for rang in f.iter_rows(values_only=True) for c in rang)


def import_octets(config: Config, octets: bytes, lignes: int) -> tuple[float, ...]:
    """Seconds of each of ETAPES."""
    tops = [time.perf_counter()]
    classeur = read_classeur(octets, "mesure.xlsx")
    tops.append(time.perf_counter())
    with read_session(config) as session:
        personne = get_personne(config)
        validation = validate(session, personne, config.maintenant(), classeur)
        tops.append(time.perf_counter())
        if len(make_apercu(session, validation.a_deposer)) != lignes:
            raise SystemExit(f"the file holds {lignes} sound rows, {len(validation.a_deposer)} were kept")
        tops.append(time.perf_counter())
    _deposit(config, personne, validation, octets)
    tops.append(time.perf_counter())
    return tuple(b - a for a, b in pairwise(tops))


def _deposit(config: Config, personne: Personne, validation: Validation, octets: bytes) -> None:
    with write_session(config) as session:
        commit(session, personne, config.maintenant(), validation, "mesure.xlsx", octets)


def get_personne(config: Config) -> Personne:
    """The demonstration's focal point of Agadez."""
    with read_session(config) as session:
        compte = session.scalars(select(Compte).where(Compte.identifiant == COMPTE)).one()
        return Personne(compte.role, compte.id, compte.region_code, compte.acteur_code)


def measure_imports(tours: int, jour: date, machine: str, lignes: int = LIGNES) -> str:
    """The section of RESULTS.md: medians of so many imports, each into a fresh demonstration."""
    octets = make_octets(lignes)
    seules: list[float] = []
    notres: list[tuple[float, ...]] = []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as nom:
        modele = _make_modele(Path(nom))
        for tour in range(tours):
            config = _copy(modele, Path(nom) / str(tour))
            cotes: list[Callable[[], None]] = [
                lambda: seules.append(_time(lambda: read_openpyxl(octets))),
                lambda c=config: notres.append(import_octets(c, octets, lignes)),  # type: ignore[misc]
            ]
            for cote in cotes if tour % 2 == 0 else cotes[::-1]:
                cote()
            get_engine(config.database_url).dispose()
    return write_section(seules, notres, octets, lignes, jour, machine)


def _time(geste: Callable[[], object]) -> float:
    debut = time.perf_counter()
    geste()
    return time.perf_counter() - debut


def _make_modele(dossier: Path) -> Path:
    config = Config(dossier, f"sqlite:///{(dossier / NOM_BASE_DEMO).as_posix()}", demo=True)
    load_demonstration(config)
    get_engine(config.database_url).dispose()
    return dossier / NOM_BASE_DEMO


def _copy(modele: Path, dossier: Path) -> Config:
    dossier.mkdir()
    shutil.copy(modele, dossier / NOM_BASE_DEMO)
    return Config(dossier, f"sqlite:///{(dossier / NOM_BASE_DEMO).as_posix()}", demo=True)


def write_section(
    seules: list[float], notres: list[tuple[float, ...]], octets: bytes, lignes: int, jour: date, machine: str
) -> str:
    """Markdown: seconds and ratios of each step and of the whole, against the aim."""
    etapes = [median(serie) for serie in zip(*notres, strict=True)]
    seule, avant, tout = median(seules), median(sum(t[:-1]) for t in notres), median(sum(t) for t in notres)
    rangs = [*zip(ETAPES, etapes, strict=True), ("avant de déposer", avant), ("le tout", tout)]
    table = [f"| {nom} | {secondes:.2f} | {secondes / seule:.2f} |" for nom, secondes in rangs]
    tenu = "yes" if tout / seule <= BUT else "NO"
    return (
        "\n".join(
            [
                TITRE,
                "",
                f"Written by `python -m benchmarks imports` on {jour.isoformat()}: medians of {len(notres)} runs on {machine}; "
                f"{lignes} budget entries ({len(octets) / 1000:.0f} kB) sent by a focal point into the demonstration, SQLite on "
                "disk, against openpyxl reading every cell of the same file (read-only, values only) in the same run.",
                "",
                f"openpyxl alone: {seule:.2f} s.",
                "",
                "| étape | secondes | fois openpyxl |",
                "|---|---:|---:|",
                *table,
                "",
                f"- the whole, to the committed deposit, at most {BUT:.0f} times openpyxl: {tenu}.",
            ]
        )
        + "\n"
    )
