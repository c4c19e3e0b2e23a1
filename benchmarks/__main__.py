"""`python -m benchmarks [ecrans | imports | doublons | rendus] [--runs N] [--minutes N] [--ecran ADRESSE …]`: measure, print,
and write benchmarks/RESULTS.md, all of it or the part named.

The page says how many runs there were; `--minutes` may end them earlier. With `--ecran` it is only printed: RESULTS.md
tells all the screens.
"""

from __future__ import annotations

import argparse
import logging
import math
import os
import pickle
import platform
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from unittest.mock import patch

import streamlit
from playwright.sync_api import Browser
from sqlalchemy import select
from streamlit.logger import set_log_level

from benchmarks import doublons, imports, rendus
from benchmarks.navigateur import Mesure, count_elements, measure_page, open_contexte, open_navigateur
from benchmarks.rapport import (
    Passage,
    Resultat,
    Serie,
    compute_ecart,
    join_sections,
    split_sections,
    write_rapport,
)
from benchmarks.relais import Relais, open_relais
from benchmarks.releve import record_ecran
from ccm_data.accounts.sessions import open_session
from ccm_data.config import NOM_BASE_DEMO, RACINE, Config
from ccm_data.db import get_engine, write_session
from ccm_data.models.comptes import Compte
from ccm_data.reference.demonstration import load_demonstration
from ccm_data.textes import _
from pages.ui.navigation import ECRANS, Ecran
from tests.aides.serveur import make_environ, serve

ICI = Path(__file__).resolve().parent
PARTIES = ("ecrans", "imports", "doublons", "rendus")
RESULTATS = ICI / "RESULTS.md"
COMPTE = "admin.demo"
NUE = '[server]\nheadless = true\n[browser]\ngatherUsageStats = false\nserverAddress = "localhost"\n'


@dataclass(frozen=True)
class Cote:
    """One of the two servers: the relay before it, where it notes its runs, its sign-in token."""

    relais: Relais
    fichier: Path
    jeton: str | None

    def list_runs(self) -> list[Passage]:
        """The script runs so far."""
        lignes = self.fichier.read_text(encoding="ascii").splitlines() if self.fichier.exists() else []
        return [Passage(*(float(x) * 1000 for x in ligne.split())) for ligne in lignes]


Cotes = tuple[Cote, Cote]  # ours, the bare one


def open_jeton(config: Config) -> str:
    """A session of the demonstration's administrator, who sees every screen."""
    with write_session(config) as session:
        compte = session.scalar(select(Compte).where(Compte.identifiant == COMPTE))
        if compte is None:
            raise SystemExit(f"no account {COMPTE}")
        return open_session(session, compte, config.maintenant())


def prepare(dossier: Path) -> tuple[Config, str]:
    """The demonstration, a token for it, and what each screen draws, noted beside it for the bare page."""
    config = Config(dossier, f"sqlite:///{(dossier / NOM_BASE_DEMO).as_posix()}", demo=True)
    load_demonstration(config)
    jeton = open_jeton(config)
    with patch.dict(os.environ, make_environ(config)):
        releves = {e.adresse: record_ecran(e, jeton) for e in ECRANS}
    (dossier / "releves").write_bytes(pickle.dumps(releves))
    (dossier / ".streamlit").mkdir()
    (dossier / ".streamlit" / "config.toml").write_text(NUE, encoding="utf-8")
    get_engine(config.database_url).dispose()
    return config, jeton


@contextmanager
def serve_both(config: Config, jeton: str) -> Iterator[Cotes]:
    """Our dashboard and the bare one, a relay before each."""
    dossier = config.data_dir
    pythonpath = os.pathsep.join((str(ICI / "mesure"), str(RACINE)))
    notre = serve(config, PYTHONPATH=pythonpath, CCM_MESURES=str(dossier / "notre"))
    nue = serve(
        config, ICI / "nue_app.py", dossier,
        PYTHONPATH=pythonpath, CCM_MESURES=str(dossier / "nue"), CCM_RELEVES=str(dossier / "releves"),
    )  # fmt: skip
    with notre as a, nue as b, open_relais(a.adresse) as relais_a, open_relais(b.adresse) as relais_b:
        yield Cote(relais_a, dossier / "notre", jeton), Cote(relais_b, dossier / "nue", None)


@dataclass
class Releve:
    """What was measured of one screen on one server so far."""

    paires: list[tuple[Mesure, Mesure]] = field(default_factory=list)  # cold, warm
    passages: list[Passage] = field(default_factory=list)

    def make_serie(self) -> Serie:
        """The same, to be told."""
        return Serie(
            tuple(f.dessin_ms for f, _c in self.paires),
            tuple(c.dessin_ms for _f, c in self.paires),
            tuple(self.passages),
            tuple(f.octets for f, _c in self.paires),
            tuple(c.octets for _f, c in self.paires),
        )


def compare_ecran(navigateur: Browser, ecran: Ecran, cotes: Cotes) -> dict[str, int]:
    """What only one of the two pages draws. Not measured: what is computed once per version of the data is computed here."""
    vus = []
    for cote in cotes:
        with open_contexte(navigateur, cote.relais.adresse, cote.jeton) as contexte:
            vus.append(count_elements(contexte, cote.relais, ecran.adresse))
    return compute_ecart(*vus)


def measure_ecran(navigateur: Browser, ecran: Ecran, cote: Cote, releve: Releve) -> None:
    """One cold opening, then one warm."""
    avant = len(cote.list_runs())
    with open_contexte(navigateur, cote.relais.adresse, cote.jeton) as contexte:
        froid = measure_page(contexte, cote.relais, ecran.adresse)
        releve.paires.append((froid, measure_page(contexte, cote.relais, ecran.adresse)))
    releve.passages += cote.list_runs()[avant:]


def measure_tours(
    navigateur: Browser, ecrans: list[Ecran], cotes: Cotes, runs: int, minutes: float
) -> tuple[dict[str, Resultat], int]:
    """Every screen by its address, and how many rounds there were: each opens every screen on both servers.

    Each server comes first every other time, and what else the machine does falls on every screen alike.
    """
    ecarts = {e.adresse: compare_ecran(navigateur, e, cotes) for e in ecrans}
    releves = {(e.adresse, cote): Releve() for e in ecrans for cote in cotes}
    debut, tours = time.monotonic(), 0
    while tours < runs and time.monotonic() - debut < minutes * 60:
        for ecran in ecrans:
            for cote in cotes if tours % 2 == 0 else cotes[::-1]:
                measure_ecran(navigateur, ecran, cote, releves[ecran.adresse, cote])
        tours += 1
        print(f"{tours} / {runs} ({time.monotonic() - debut:.0f} s)", flush=True)
    resultats = {}
    for ecran in ecrans:
        notre, nue = (releves[ecran.adresse, cote].make_serie() for cote in cotes)
        resultats[ecran.adresse] = Resultat(_(ecran.titre), notre, nue, ecarts[ecran.adresse])
    return resultats, tours


def say_machine() -> str:
    """What the figures were measured on."""
    return f"{os.cpu_count()} cores, Python {platform.python_version()}"


def measure(runs: int, minutes: float, ecrans: list[Ecran]) -> str:
    """The screens, as a page."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as nom:
        config, jeton = prepare(Path(nom))
        with serve_both(config, jeton) as cotes, open_navigateur() as navigateur:
            chromium = navigateur.version.split(".")[0]
            machine = f"{say_machine()}, Streamlit {streamlit.__version__}, Chromium {chromium}"
            resultats, tours = measure_tours(navigateur, ecrans, cotes, runs, minutes)
    return write_rapport(resultats, tours, date.today(), machine)


def main() -> None:
    """Measure and tell."""
    parseur = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parseur.add_argument("quoi", nargs="?", choices=PARTIES, help="only this part; all by default")
    parseur.add_argument("--runs", type=int, default=20, help="openings of each screen on each server, cold and warm")
    parseur.add_argument("--minutes", type=float, default=math.inf, help="begin no further round after so many minutes")
    parseur.add_argument("--complet", action="store_true", help="also compare every pair of 10 000 interventions")
    parseur.add_argument("--ecran", action="append", choices=[e.adresse for e in ECRANS], help="only this one")
    arguments = parseur.parse_args()
    set_log_level(logging.ERROR)  # screens run here without a server to be noted, and Streamlit would say so each time
    if arguments.runs < 1 or arguments.minutes <= 0:
        parseur.error("--runs and --minutes want more than nothing")
    ecrans = [e for e in ECRANS if not arguments.ecran or e.adresse in arguments.ecran]
    sections = split_sections(
        RESULTATS.read_text(encoding="utf-8") if RESULTATS.exists() else "",
        (imports.TITRE, doublons.TITRE, rendus.TITRE),
    )
    ici: tuple[Callable[[], str], ...] = (
        lambda: measure(arguments.runs, arguments.minutes, ecrans),
        lambda: imports.measure_imports(arguments.runs, date.today(), say_machine()),
        lambda: doublons.measure_doublons(date.today(), say_machine(), complet=arguments.complet, avant=sections[2]),
        lambda: rendus.measure_rendus(arguments.runs, date.today(), say_machine()),
    )
    for rang, (partie, faire) in enumerate(zip(PARTIES, ici, strict=True)):
        if arguments.quoi in (None, partie):
            sections[rang] = faire()
            print(f"\n{sections[rang]}")
    if not arguments.ecran:
        RESULTATS.write_text(join_sections(sections), encoding="utf-8")


if __name__ == "__main__":
    main()
