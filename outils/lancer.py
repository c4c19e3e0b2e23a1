"""Serve the dashboard: install if need be, prepare the database, then `streamlit run app.py`.

`python outils/lancer.py [--reel] [--port 8501]`. By default the demonstration, in a database of its own, whose accounts
are printed; with `--reel` (or DEMO=0) real work, whose first administrator is made at the first start.
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
from contextlib import closing

import installer

PORT = 8501
NON = {"0", "non", "no", "false"}


def read_arguments() -> argparse.Namespace:
    """The command line, whose defaults come from DEMO and PORT."""
    parseur = argparse.ArgumentParser(description="Lance le tableau de bord.")
    demo = os.environ.get("DEMO", "1").strip().lower() not in NON
    parseur.add_argument("--reel", action="store_true", default=not demo, help="le travail réel, sans démonstration")
    parseur.add_argument("--port", type=int, default=os.environ.get("PORT") or PORT, help=f"port, {PORT} par défaut")
    return parseur.parse_args()


def is_free(port: int) -> bool:
    """Whether nobody listens on this port of the machine."""
    with closing(socket.socket()) as prise:
        prise.settimeout(1)
        return prise.connect_ex(("127.0.0.1", port)) != 0


def main() -> None:
    """Install, prepare, serve."""
    arguments = read_arguments()
    if not is_free(arguments.port):
        raise SystemExit(
            f"Le port {arguments.port} est déjà pris. Fermez ce qui l'occupe, ou choisissez-en un autre : "
            "make run PORT=8502 (ou python outils/lancer.py --port 8502)."
        )
    python = str(installer.install())
    os.environ["CCM_DEMO"] = "0" if arguments.reel else "1"
    os.environ.setdefault("PYTHONUTF8", "1")
    installer.run([python, "-m", "ccm_data", "first-admin" if arguments.reel else "demo"])
    installer.say(f"Tableau de bord : http://localhost:{arguments.port}   (Ctrl + C pour arrêter)")
    serveur = [python, "-m", "streamlit", "run", "app.py", "--server.port", str(arguments.port)]
    os.chdir(installer.RACINE)
    if os.name == "nt":
        try:
            raise SystemExit(subprocess.run(serveur, check=False).returncode)
        except KeyboardInterrupt:
            return
    sys.stdout.flush()
    os.execv(python, serveur)  # signals go straight to the server


if __name__ == "__main__":
    main()
