"""Start the dashboard: install what is missing, prepare the database, serve.

    python outils/lancer.py             the demonstration (invented follow-up), in a database of its own
    python outils/lancer.py --reel      real work; the first start creates the first administrator
    python outils/lancer.py --port N    another port than 8501
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys

from installer import PYTHON, RACINE
from installer import main as installer


def main() -> int:
    """Install, prepare, serve until stopped."""
    parseur = argparse.ArgumentParser(description="Lance le tableau de bord.")
    parseur.add_argument("--reel", action="store_true", help="travail réel, sans démonstration")
    parseur.add_argument("--port", default="8501")
    args = parseur.parse_args()
    sys.argv = sys.argv[:1]
    installer()
    env = {**os.environ, "CCM_DEMO": "0" if args.reel else "1"}
    preparation = "first-admin" if args.reel else "demo"
    subprocess.run([str(PYTHON), "-m", "ccm_data", preparation], cwd=RACINE, env=env, check=True)
    print(f"Tableau de bord : http://localhost:{args.port}  (arrêt : Ctrl + C)", flush=True)
    commande = [str(PYTHON), "-m", "streamlit", "run", "app.py", "--server.port", args.port]
    try:
        return subprocess.run(commande, cwd=RACINE, env=env, check=False).returncode
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main())
