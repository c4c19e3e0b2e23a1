"""Run all the tests: style, types, then pytest at both dates (the year's end included), then the browser.

What the tests need is installed first; nothing is skipped for want of a component.
"""

from __future__ import annotations

import os
import subprocess
import sys

from installer import PYTHON, RACINE
from installer import main as installer

DATES = ("2026-11-23", "2027-02-01")
SANS_NAVIGATEUR = ["tests/unit", "tests/integration", "tests/pages", "tests/test_architecture.py"]


def run(*arguments: str, **env: str) -> None:
    """A step; its failure is the answer of the whole."""
    print(f"\n── {' '.join(arguments)} {' '.join(f'{c}={v}' for c, v in env.items())}", flush=True)
    fait = subprocess.run([str(PYTHON), *arguments], cwd=RACINE, env={**os.environ, **env}, check=False)
    if fait.returncode:
        sys.exit(fait.returncode)


def main() -> None:
    """Style, types, tests at each date, browser."""
    sys.argv = [sys.argv[0], "--tests"]
    installer()
    run("-m", "ruff", "check", ".")
    run("-m", "ruff", "format", "--check", "-q", ".")
    run("-m", "mypy")
    presents = [chemin for chemin in SANS_NAVIGATEUR if (RACINE / chemin).exists()]
    for jour in DATES:
        run("-m", "pytest", "-q", "-n", "2", "--dist", "loadfile", *presents, CCM_TODAY=jour)
    run("-m", "pytest", "-q", "tests/browser")


if __name__ == "__main__":
    main()
