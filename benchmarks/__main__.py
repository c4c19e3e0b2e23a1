"""`python -m benchmarks [--runs N] [--ecran ADRESSE …]`: measure, print, and write benchmarks/RESULTS.md.

With `--ecran` the page is printed alone: RESULTS.md tells all the screens or none.
"""

from __future__ import annotations

import argparse
import logging
import os
import pickle
import platform
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from unittest.mock import patch

import streamlit
from playwright.sync_api import Browser
from sqlalchemy import select
from streamlit.logger import set_log_level

from benchmarks.navigateur import Mesure, count_elements, measure_page, open_contexte, open_navigateur
from benchmarks.rapport import Resultat, Serie, compute_ecart, write_rapport
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
COMPTE = "admin.demo"
NUE = '[server]\nheadless = true\n[browser]\ngatherUsageStats = false\nserverAddress = "localhost"\n'


@dataclass(frozen=True)
class Cote:
    """One of the two servers: the relay before it, where it writes its runs' seconds, its sign-in token."""

    relais: Relais
    fichier: Path
    jeton: str | None

    def list_runs(self) -> list[float]:
        """Milliseconds of the script runs so far."""
        lignes = self.fichier.read_text(encoding="ascii").split() if self.fichier.exists() else []
        return [float(ligne) * 1000 for ligne in lignes]


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
    set_log_level(logging.ERROR)  # screens run here without a server, and Streamlit says so
    with patch.dict(os.environ, make_environ(config)):
        releves = {e.adresse: record_ecran(e, jeton) for e in ECRANS}
    (dossier / "releves").write_bytes(pickle.dumps(releves))
    (dossier / ".streamlit").mkdir()
    (dossier / ".streamlit" / "config.toml").write_text(NUE, encoding="utf-8")
    get_engine(config.database_url).dispose()
    return config, jeton


@contextmanager
def serve_both(config: Config, jeton: str) -> Iterator[tuple[Cote, Cote]]:
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


def measure_ecran(navigateur: Browser, ecran: Ecran, cotes: tuple[Cote, Cote], runs: int) -> Resultat:
    """Both servers in turn, each first every other time, cold then warm, `runs` times."""
    vus = []
    for cote in cotes:  # not measured: what is computed once per version of the data is computed here
        with open_contexte(navigateur, cote.relais.adresse, cote.jeton) as contexte:
            vus.append(count_elements(contexte, cote.relais, ecran.adresse))
    mesures: dict[Cote, list[tuple[Mesure, Mesure]]] = {cote: [] for cote in cotes}
    serveurs: dict[Cote, list[float]] = {cote: [] for cote in cotes}
    for essai in range(runs):
        for cote in cotes if essai % 2 == 0 else cotes[::-1]:
            avant = len(cote.list_runs())
            with open_contexte(navigateur, cote.relais.adresse, cote.jeton) as contexte:
                froid = measure_page(contexte, cote.relais, ecran.adresse)
                mesures[cote].append((froid, measure_page(contexte, cote.relais, ecran.adresse)))
            serveurs[cote] += cote.list_runs()[avant:]
    notre, nue = (_make_serie(mesures[cote], serveurs[cote]) for cote in cotes)
    return Resultat(_(ecran.titre), notre, nue, compute_ecart(*vus))


def _make_serie(paires: list[tuple[Mesure, Mesure]], serveur: list[float]) -> Serie:
    return Serie(
        tuple(f.dessin_ms for f, _c in paires),
        tuple(c.dessin_ms for _f, c in paires),
        tuple(serveur),
        tuple(f.octets for f, _c in paires),
        tuple(c.octets for _f, c in paires),
    )


def measure(runs: int, ecrans: list[Ecran]) -> tuple[dict[str, Resultat], str]:
    """Every screen by its address; the machine, in general terms."""
    resultats: dict[str, Resultat] = {}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as nom:
        config, jeton = prepare(Path(nom))
        with serve_both(config, jeton) as cotes, open_navigateur() as navigateur:
            machine = (
                f"{os.cpu_count()} cores, Python {platform.python_version()}, Streamlit {streamlit.__version__}, "
                f"Chromium {navigateur.version.split('.')[0]}"
            )
            for ecran in ecrans:
                debut = time.monotonic()
                r = resultats[ecran.adresse] = measure_ecran(navigateur, ecran, cotes, runs)
                froid, chaud, serveur = r.ratios[:3]
                print(
                    f"{r.titre} : froid {froid:.2f}, chaud {chaud:.2f}, serveur {serveur:.2f} "
                    f"({time.monotonic() - debut:.0f} s)",
                    flush=True,
                )
    return resultats, machine


def main() -> None:
    """Measure and tell."""
    parseur = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parseur.add_argument("--runs", type=int, default=20, help="openings of each screen on each server, cold and warm")
    parseur.add_argument("--ecran", action="append", choices=[e.adresse for e in ECRANS], help="only this one")
    arguments = parseur.parse_args()
    ecrans = [e for e in ECRANS if not arguments.ecran or e.adresse in arguments.ecran]
    resultats, machine = measure(arguments.runs, ecrans)
    rapport = write_rapport(resultats, arguments.runs, date.today(), machine)
    print(f"\n{rapport}")
    if not arguments.ecran:
        (ICI / "RESULTS.md").write_text(rapport, encoding="utf-8")


if __name__ == "__main__":
    main()
