"""`python -m benchmarks [--runs N] [--ecran ADRESSE …]`: measure, print, and write benchmarks/RESULTS.md."""

from __future__ import annotations

import argparse
import os
import pickle
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import select

from benchmarks.navigateur import Mesure, measure_page, open_contexte
from benchmarks.rapport import Serie, write_rapport
from benchmarks.releve import record_ecran
from ccm_data.accounts.sessions import open_session
from ccm_data.config import NOM_BASE_DEMO, RACINE, Config
from ccm_data.db import get_engine, write_session
from ccm_data.models.comptes import Compte
from ccm_data.reference.demonstration import load_demonstration
from ccm_data.textes import _
from pages.ui.navigation import ECRANS, Ecran
from tests.aides import chromium
from tests.aides.serveur import Tableau, make_environ, serve

ICI = Path(__file__).resolve().parent
COMPTE = "admin.demo"
NUE = '[server]\nheadless = true\n[browser]\ngatherUsageStats = false\nserverAddress = "localhost"\n'


def open_jeton(config: Config) -> str:
    """A session of the demonstration's administrator, who sees every screen."""
    with write_session(config) as session:
        compte = session.scalar(select(Compte).where(Compte.identifiant == COMPTE))
        if compte is None:
            raise SystemExit(f"no account {COMPTE}")
        return open_session(session, compte, config.maintenant())


@contextmanager
def serve_both(config: Config, dossier: Path) -> Iterator[tuple[Tableau, Tableau]]:
    """Our dashboard and the bare one, each writing its runs' seconds beside `dossier`."""
    pythonpath = f"{ICI / 'mesure'}:{RACINE}"
    (dossier / ".streamlit").mkdir()
    (dossier / ".streamlit" / "config.toml").write_text(NUE, encoding="utf-8")
    notre = serve(config, PYTHONPATH=pythonpath, CCM_MESURES=str(dossier / "notre"))
    nue = serve(
        config, ICI / "nue_app.py", dossier,
        PYTHONPATH=pythonpath, CCM_MESURES=str(dossier / "nue"), CCM_RELEVES=str(dossier / "releves"),
    )  # fmt: skip
    with notre as a, nue as b:
        yield a, b


def count_runs(fichier: Path) -> list[float]:
    """Milliseconds of the script runs so far."""
    lignes = fichier.read_text(encoding="ascii").split() if fichier.exists() else []
    return [float(ligne) * 1000 for ligne in lignes]


def measure_ecran(
    navigateur: Browser, ecran: Ecran, cotes: tuple[tuple[Tableau, Path, str | None], ...], runs: int
) -> list[Serie]:
    """Both servers in turn, cold then warm, `runs` times."""
    mesures: list[list[tuple[Mesure, Mesure]]] = [[] for _cote in cotes]
    serveurs: list[list[float]] = [[] for _cote in cotes]
    for _essai in range(runs):
        for rang, (tableau, fichier, jeton) in enumerate(cotes):
            adresse = f"{tableau.adresse}/{ecran.adresse}"
            avant = len(count_runs(fichier))
            with open_contexte(navigateur, tableau.adresse, jeton) as contexte:
                mesures[rang].append((measure_page(contexte, adresse), measure_page(contexte, adresse)))
            serveurs[rang] += count_runs(fichier)[avant:]
    return [
        Serie(
            tuple(f.dessin_ms for f, _c in paires),
            tuple(c.dessin_ms for _f, c in paires),
            tuple(temps),
            tuple(f.octets for f, _c in paires),
            tuple(c.octets for _f, c in paires),
        )
        for paires, temps in zip(mesures, serveurs, strict=True)
    ]


def measure(runs: int, ecrans: list[Ecran]) -> tuple[dict[str, tuple[str, Serie, Serie]], Config]:
    """Every screen: address → title, ours, bare."""
    mesures: dict[str, tuple[str, Serie, Serie]] = {}
    chemin = chromium.find_chromium()
    if chemin is None:
        raise SystemExit(chromium.ABSENT)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as nom:
        dossier = Path(nom)
        config = Config(dossier, f"sqlite:///{dossier / NOM_BASE_DEMO}", demo=True)
        load_demonstration(config)
        jeton = open_jeton(config)
        with patch.dict(os.environ, make_environ(config)):
            releves = {e.adresse: record_ecran(e, jeton) for e in ECRANS}
        (dossier / "releves").write_bytes(pickle.dumps(releves))
        get_engine(config.database_url).dispose()
        with serve_both(config, dossier) as (notre, nue), sync_playwright() as outil:
            navigateur = outil.chromium.launch(executable_path=chemin, args=list(chromium.REGLAGES))
            cotes = ((notre, dossier / "notre", jeton), (nue, dossier / "nue", None))
            measure_ecran(navigateur, ecrans[0], cotes, 1)  # both servers have imported everything
            for ecran in ecrans:
                a, b = measure_ecran(navigateur, ecran, cotes, runs)
                mesures[ecran.adresse] = (_(ecran.titre), a, b)
                print(f"{_(ecran.titre)} : {a.medianes[1]:.0f} / {b.medianes[1]:.0f} ms", flush=True)
            navigateur.close()
    return mesures, config


def main() -> None:
    """Measure and tell."""
    parseur = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parseur.add_argument("--runs", type=int, default=20)
    parseur.add_argument("--ecran", action="append", choices=[e.adresse for e in ECRANS])
    arguments = parseur.parse_args()
    ecrans = [e for e in ECRANS if not arguments.ecran or e.adresse in arguments.ecran]
    mesures, config = measure(arguments.runs, ecrans)
    rapport = write_rapport(mesures, arguments.runs, config.aujourd_hui())
    print(rapport)
    if not arguments.ecran:
        (ICI / "RESULTS.md").write_text(rapport, encoding="utf-8")


if __name__ == "__main__":
    main()
