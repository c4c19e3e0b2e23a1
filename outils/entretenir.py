"""What whoever maintains the project runs now and then: compile the requirements, write a migration, clean.

`python outils/entretenir.py requirements | migration NAME | clean`.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile

import installer

# Made again by themselves; donnees/ and .venv stay.
REFAITS = (".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", ".coverage", "tests/browser/captures")
# The plan is not loaded: its files may already speak of tables that this very migration makes.
MIGRATION = """
import sys
from alembic import command
from ccm_data.config import read_config
from ccm_data.db import get_engine
from ccm_data.preparation import _alembic, migrate
config = read_config()
moteur = get_engine(config.database_url).execution_options(ccm_ecriture=True)
with moteur.connect() as connexion, connexion.begin():
    migrate(connexion)
with moteur.connect() as connexion, connexion.begin():
    command.revision(_alembic(connexion), message=sys.argv[1], autogenerate=True)
"""


def compile_requirements() -> None:
    """requirements*.in → pinned requirements*.txt, at the newest versions that agree."""
    python = installer.install(tests=True)
    for nom in ("requirements", "requirements-dev"):
        commande = [str(python), "-m", "piptools", "compile", "--upgrade", "--strip-extras", "--quiet"]
        installer.run([*commande, "--no-emit-options", f"{nom}.in", "-o", f"{nom}.txt"])


def write_migration(mot: str) -> None:
    """The difference between the models and a new database, as a file to reread in ccm_data/migrations/versions."""
    python = installer.install(tests=True)
    with tempfile.TemporaryDirectory() as dossier:
        env = {n: v for n, v in os.environ.items() if not n.startswith("CCM_")} | {"CCM_DATA_DIR": dossier}
        installer.run([str(python), "-c", MIGRATION, mot], env=env)
    installer.run([str(python), "-m", "ruff", "format", "-q", "ccm_data/migrations/versions"])


def clean() -> None:
    """Remove caches and screenshots."""
    restes = [installer.RACINE / nom for nom in REFAITS]
    for dossier in ("ccm_data", "pages", "outils", "tests", "benchmarks"):
        restes += (installer.RACINE / dossier).rglob("__pycache__")
    for reste in restes:
        if reste.is_dir():
            shutil.rmtree(reste, ignore_errors=True)
        else:
            reste.unlink(missing_ok=True)


def main() -> None:
    """The command line."""
    parseur = argparse.ArgumentParser(description="Entretient le projet.")
    sous = parseur.add_subparsers(dest="quoi", required=True)
    sous.add_parser("requirements", help="compile les dépendances figées")
    sous.add_parser("migration", help="écrit une migration d'après les modèles").add_argument("mot")
    sous.add_parser("clean", help="retire les caches")
    arguments = parseur.parse_args()
    if arguments.quoi == "requirements":
        compile_requirements()
    elif arguments.quoi == "migration":
        if not arguments.mot.strip():
            raise SystemExit("Nommez la migration : make migration NOM=mot_du_changement")
        write_migration(arguments.mot)
    else:
        clean()


if __name__ == "__main__":
    main()
