"""The dashboard as its users start it: `streamlit run` on a free port, on an installation of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ccm_data.config import RACINE, Config
from tests.aides.postgresql import find_port

DEPART_S = 90
PAS_S = 0.2


@dataclass(frozen=True)
class Tableau:
    """A dashboard that is being served."""

    adresse: str
    config: Config
    trace: Path

    def list_plantages(self) -> list[str]:
        """What the server's log says of errors that nobody caught."""
        lignes = self.trace.read_text(encoding="utf-8", errors="replace").splitlines()
        return [ligne for ligne in lignes if "Traceback" in ligne or "Uncaught" in ligne]


def make_environ(config: Config) -> dict[str, str]:
    """The settings that name this installation."""
    return {
        "CCM_DATA_DIR": str(config.data_dir),
        "CCM_DATABASE_URL": config.database_url,
        "CCM_DEMO": str(int(config.demo)),
        "CCM_TODAY": config.aujourd_hui().isoformat(),
    }


def _answers(adresse: str) -> bool:
    try:
        with urllib.request.urlopen(f"{adresse}/_stcore/health", timeout=2) as reponse:
            return bool(reponse.status == 200)
    except OSError:
        return False


def _wait(adresse: str, processus: subprocess.Popen[bytes], trace: Path) -> None:
    """Until it answers. Raises AssertionError with its log when it ends or stays mute."""
    for _essai in range(int(DEPART_S / PAS_S)):
        if _answers(adresse):
            return
        try:
            processus.wait(PAS_S)
        except subprocess.TimeoutExpired:
            continue
        break
    raise AssertionError(f"the server did not start:\n{trace.read_text(encoding='utf-8', errors='replace')[-3000:]}")


@contextmanager
def serve(
    config: Config, script: Path = RACINE / "app.py", dossier: Path = RACINE, **reglages: str
) -> Iterator[Tableau]:
    """Serve `script` on this installation from `dossier` (whose `.streamlit` it obeys).

    `reglages` are more settings of its environment (`SCENE="…"`).

    Gives back when the server answers; stops it at the end, and raises AssertionError when its log holds a traceback.
    """
    adresse = f"http://localhost:{(port := find_port())}"
    trace = config.data_dir / f"serveur-{port}.log"
    environ = os.environ | make_environ(config) | {"PYTHONUNBUFFERED": "1"} | reglages
    commande = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
    with trace.open("wb") as sortie:
        processus = subprocess.Popen(
            commande, cwd=dossier, env=environ, stdin=subprocess.DEVNULL, stdout=sortie, stderr=sortie
        )
    tableau = Tableau(adresse, config, trace)
    try:
        _wait(adresse, processus, trace)
        yield tableau
    finally:
        processus.terminate()
        try:
            processus.wait(10)
        except subprocess.TimeoutExpired:
            processus.kill()
            processus.wait()
    plantages = tableau.list_plantages()
    assert not plantages, (
        f"the server's log holds errors:\n{trace.read_text(encoding='utf-8', errors='replace')[-4000:]}"
    )
