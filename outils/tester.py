"""Check the whole: install what the tests need, then ruff, mypy and the suite at the two injected dates.

`python outils/tester.py [--lint | --bench]`. What cannot be installed here is named with what to install, and the run fails:
nothing is skipped for want of a component. The last line is pytest's own.
"""

from __future__ import annotations

import argparse
import os
import subprocess
from pathlib import Path

import installer

RACINE = installer.RACINE
DATES = ("2026-11-23", "2027-02-01")
OUVRIERS = "2"
REGLAGES_CCM = ("CCM_DATABASE_URL", "CCM_DATA_DIR", "CCM_DEMO", "CCM_HTTPS")
# component → (how the tests find it, Debian packages, what to say where they cannot be installed)
COMPOSANTS = {
    "Chromium": (
        "tests.aides.chromium",
        ("chromium", "fonts-noto-core"),
        "le paquet « chromium » (Debian), Google Chrome ou Microsoft Edge, ou « python -m playwright install chromium »",
    ),
    "PostgreSQL": (
        "tests.aides.postgresql",
        ("postgresql",),
        "le paquet « postgresql » (Debian, Ubuntu) ou l'installateur de postgresql.org (Windows)",
    ),
}


def is_found(python: Path, module: str) -> bool:
    """Whether the tests find this component: each module prints where it is, or fails."""
    fait = subprocess.run(
        [str(python), "-m", module], cwd=RACINE, capture_output=True, stdin=subprocess.DEVNULL, check=False
    )
    return fait.returncode == 0


def prepare_composants(python: Path) -> None:
    """Install Chromium and a PostgreSQL server where they are missing. Stops naming what could not be had."""
    absents = []
    for nom, (module, paquets, remede) in COMPOSANTS.items():
        if not is_found(python, module):
            installer.install_paquets(*paquets)
            if not is_found(python, module):
                absents.append(f"  {nom} manque. Installez {remede}.")
    if absents:
        raise SystemExit("Les tests ne peuvent pas tourner :\n" + "\n".join(absents))


def check_code(python: Path) -> None:
    """Style and types."""
    installer.run([str(python), "-m", "ruff", "check", "."])
    installer.run([str(python), "-m", "ruff", "format", "--check", "."])
    installer.run([str(python), "-m", "mypy"])


def run_tests(python: Path) -> None:
    """Everything but the browser at both dates, two at a time; then the browser, alone on the machine."""
    libre = {nom: valeur for nom, valeur in os.environ.items() if nom not in REGLAGES_CCM}
    pytest = [str(python), "-m", "pytest", "-q"]
    for date in DATES:
        installer.say(f"Tests à la date du {date}…")
        installer.run([*pytest, "-m", "not browser", "-n", OUVRIERS], env=libre | {"CCM_TODAY": date})
    installer.say(f"Tests dans le navigateur, à la date du {DATES[0]}…")
    installer.run([*pytest, "-m", "browser"], env=libre | {"CCM_TODAY": DATES[0]})


def main() -> None:
    """`python outils/tester.py [--lint | --bench]`."""
    parseur = argparse.ArgumentParser(description="Vérifie le tableau de bord.")
    choix = parseur.add_mutually_exclusive_group()
    choix.add_argument("--lint", action="store_true", help="le style et les types seulement")
    choix.add_argument("--bench", action="store_true", help="les mesures, à part")
    arguments = parseur.parse_args()
    python = installer.install(tests=True)
    if not arguments.lint:
        prepare_composants(python)
    if arguments.bench:
        installer.run([str(python), "-m", "benchmarks"])
        return
    check_code(python)
    if not arguments.lint:
        run_tests(python)


if __name__ == "__main__":
    main()
