"""Install the dashboard: a virtual environment, the pinned requirements, what the browser needs.

Plain Python, standard library only, Linux and Windows: `python outils/installer.py [--tests]`. Run again, it does nothing
until a requirement or a pin changes. Inside an active virtual environment, that one is used; else `.venv`
(or the folder that CCM_VENV names).
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

RACINE = Path(__file__).resolve().parent.parent
VENV = Path(os.environ.get("CCM_VENV") or RACINE / ".venv")
PYTHON_MINIMAL = (3, 11)
TEMOIN = ".ccm-installe"
ERREUR_VENV = (
    "L'environnement virtuel ne peut pas être créé : le module « venv » de Python est incomplet.\n"
    "Sous Debian ou Ubuntu, lancez : sudo apt-get install python3-venv"
)


def say(texte: str) -> None:
    """A word to whoever installs, whatever the console's encoding."""
    codage = sys.stdout.encoding or "utf-8"
    print(texte.encode(codage, "replace").decode(codage), flush=True)


def run(commande: list[str], **options: object) -> None:
    """Run a command that never waits for a keyboard; stop with its name when it fails."""
    fait = subprocess.run(commande, cwd=RACINE, stdin=subprocess.DEVNULL, **options)  # type: ignore[call-overload]
    if fait.returncode:
        say(f"Échec de : {' '.join(commande)}")
        raise SystemExit(fait.returncode)


def say_version(version: tuple[int, ...]) -> str:
    """« 3.11 »."""
    return ".".join(str(n) for n in version)


def find_python(dossier: Path) -> Path:
    """The interpreter of a virtual environment."""
    return dossier / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def read_version(python: Path) -> tuple[int, ...] | None:
    """The version of an interpreter that has pip; None where it cannot run (moved, half-made, removed)."""
    essai = "import sys, pip; print(*sys.version_info[:2])"
    try:
        fait = subprocess.run(
            [str(python), "-c", essai], capture_output=True, text=True, check=True, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return tuple(int(n) for n in fait.stdout.split())


def get_privileges() -> list[str] | None:
    """What to put before a command of the system's packager: nothing for root, sudo without password, else None."""
    if not hasattr(os, "geteuid") or shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    libre = subprocess.run(["sudo", "-n", "true"], capture_output=True, stdin=subprocess.DEVNULL, check=False)
    return ["sudo", "-n"] if libre.returncode == 0 else None


def install_paquets(*noms: str) -> bool:
    """Install Debian packages where we have the right; whether it was done."""
    prefixe = get_privileges()
    if prefixe is None:
        return False
    say(f"Installation des paquets du système : {', '.join(noms)}…")
    apt = [*prefixe, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    for suite in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *noms]):
        if subprocess.run([*apt, *suite], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False).returncode:
            return False
    return True


def _make_venv() -> bool:
    fait = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], stdin=subprocess.DEVNULL, check=False)
    return fait.returncode == 0 and read_version(find_python(VENV)) is not None


def prepare_venv() -> Path:
    """The interpreter to install into: the active environment's, else the one of `.venv`, made if need be."""
    if sys.version_info < PYTHON_MINIMAL:
        raise SystemExit(
            f"Python {say_version(PYTHON_MINIMAL)} ou plus récent est nécessaire ; "
            f"celui-ci est {say_version(sys.version_info[:2])} ({sys.executable})."
        )
    if sys.prefix != sys.base_prefix:
        return Path(sys.executable)
    version = read_version(find_python(VENV)) if VENV.exists() else None
    if version is not None and version >= PYTHON_MINIMAL:
        return find_python(VENV)
    say(f"Création de l'environnement virtuel {VENV.name} (Python {say_version(sys.version_info[:2])})…")
    if not _make_venv():
        # Debian ships venv without pip: the package that completes it bears the version of this Python.
        exact = f"python{say_version(sys.version_info[:2])}-venv"
        if not ((install_paquets(exact) or install_paquets("python3-venv")) and _make_venv()):
            shutil.rmtree(VENV, ignore_errors=True)
            raise SystemExit(ERREUR_VENV)
    return find_python(VENV)


def compute_empreinte(*noms: str) -> str:
    """Fingerprint of these files of the project."""
    somme = hashlib.sha256()
    for nom in noms:
        somme.update((RACINE / nom).read_bytes())
    return somme.hexdigest()


def install(*, tests: bool = False) -> Path:
    """Install what is missing; the interpreter that runs the dashboard (and its tests)."""
    python = prepare_venv()
    demandes = ["requirements.txt"] + (["requirements-dev.txt"] if tests else [])
    temoin = Path(str(python)).parent.parent / TEMOIN
    faits = temoin.read_text(encoding="ascii").split() if temoin.exists() else []
    empreinte = compute_empreinte(demandes[-1])
    if empreinte not in faits:
        say(f"Installation de {demandes[-1]} (quelques minutes la première fois)…")
        pip = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        run([*pip, "-r", demandes[-1]])
        # The tests' file holds the whole of the other one.
        temoin.write_text("\n".join({empreinte, compute_empreinte("requirements.txt")}), encoding="ascii")
    run([str(python), "outils/prepare_assets.py"])
    return python


def main() -> None:
    """`python outils/installer.py [--tests]`."""
    parseur = argparse.ArgumentParser(description="Installe le tableau de bord.")
    parseur.add_argument("--tests", action="store_true", help="installe aussi ce que les tests demandent")
    python = install(tests=parseur.parse_args().tests)
    say(f"Installé. Interprète : {python}")


if __name__ == "__main__":
    main()
