"""Install the dashboard into a virtual environment, on Linux or Windows, with the standard library alone.

    python outils/installer.py            what the dashboard needs
    python outils/installer.py --tests    what the tests need too (packages, Chromium, PostgreSQL)

Cheap when all is done: a stamp in the environment remembers the pins. What cannot be installed is named, with the remedy.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

RACINE = Path(__file__).resolve().parent.parent
VENV = Path(os.environ.get("CCM_VENV") or RACINE / ".venv")
WINDOWS = platform.system() == "Windows"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
POSTGRESQL = Path("/usr/lib/postgresql")


def run(*commande: str | Path, **options: object) -> None:
    """Run a command; its failure stops everything with the command's own words."""
    subprocess.run([str(c) for c in commande], check=True, **options)  # type: ignore[call-overload]


def install_debian(*paquets: str) -> bool:
    """Install Debian packages when this is possible (root, or sudo without a password); False otherwise."""
    apt = shutil.which("apt-get")
    if apt is None:
        return False
    prefixe: list[str] = []
    if os.geteuid() != 0:
        sudo = shutil.which("sudo")
        if sudo is None or subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode:
            return False
        prefixe = [sudo, "-n"]
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    print(f"Installation de {', '.join(paquets)}…", flush=True)
    subprocess.run([*prefixe, apt, "update", "-qq"], env=env, check=False)
    fait = subprocess.run([*prefixe, apt, "install", "-y", "-qq", "--no-install-recommends", *paquets], env=env, check=False)
    return fait.returncode == 0


def make_venv() -> None:
    """The virtual environment, made if missing; Debian's python3-venv is installed when it is what lacks."""
    if sys.version_info < (3, 11):
        sys.exit(f"Python 3.11 ou plus récent est nécessaire (ici : {platform.python_version()}).")
    if PYTHON.exists():
        return
    print("Création de l’environnement virtuel…", flush=True)
    fait = subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=False)
    if fait.returncode and not WINDOWS:
        paquet = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        shutil.rmtree(VENV, ignore_errors=True)
        if not install_debian(paquet):
            sys.exit(f"Le module venv manque : installez le paquet {paquet}, puis relancez.")
        run(sys.executable, "-m", "venv", VENV)
    elif fait.returncode:
        sys.exit("L’environnement virtuel n’a pas pu se faire : réinstallez Python avec l’option « pip ».")


def install_packages(fichier: str) -> None:
    """The pinned packages, unless the stamp says that these very pins are there."""
    somme = hashlib.sha256()
    for nom in ("requirements.txt", fichier):
        somme.update((RACINE / nom).read_bytes())
    temoin = VENV / f".{fichier}.empreinte"
    if temoin.exists() and temoin.read_text() == somme.hexdigest():
        return
    print(f"Installation des paquets ({fichier})…", flush=True)
    run(PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", "-r", RACINE / fichier)
    temoin.write_text(somme.hexdigest())


def find_chromium() -> str | None:
    """A Chromium or Chrome of the machine."""
    if WINDOWS:
        dossiers = (os.environ.get("PROGRAMFILES", ""), os.environ.get("PROGRAMFILES(X86)", ""))
        candidats = ("Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe")
        chemins = (Path(d) / c for d in dossiers if d for c in candidats)
        return next((str(p) for p in chemins if p.exists()), None)
    return next((p for p in map(shutil.which, CHROMIUM) if p), None)


def find_postgresql() -> Path | None:
    """Folder of PostgreSQL's server programs."""
    if shutil.which("initdb"):
        return Path(str(shutil.which("initdb"))).parent
    versions = sorted(POSTGRESQL.glob("*/bin/initdb"), reverse=True)
    return versions[0].parent if versions else None


def install_test_programs() -> None:
    """Chromium and PostgreSQL, from Debian where they are missing; otherwise say what to install."""
    manquants = []
    if find_chromium() is None and not (install_debian("chromium", "fonts-noto-core") and find_chromium()):
        manquants.append("Chromium (paquet Debian : chromium)")
    if not WINDOWS and find_postgresql() is None and not (install_debian("postgresql") and find_postgresql()):
        manquants.append("PostgreSQL, serveur (paquet Debian : postgresql)")
    if manquants:
        sys.exit("Les tests ont besoin de : " + " ; ".join(manquants) + ". Installez-les, puis relancez.")


def main() -> None:
    """Everything that is asked, in order."""
    parseur = argparse.ArgumentParser(description="Installe le tableau de bord.")
    parseur.add_argument("--tests", action="store_true", help="avec ce qu’il faut pour les tests")
    args = parseur.parse_args()
    make_venv()
    install_packages("requirements-dev.txt" if args.tests else "requirements.txt")
    run(PYTHON, RACINE / "outils" / "prepare_assets.py")
    if args.tests:
        install_test_programs()


if __name__ == "__main__":
    main()
