"""The machine's Chromium (Chrome or Edge do as well), and how it is started. Run as a module, it prints where it is."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

ABSENT = (
    "Chromium manque : installez le paquet « chromium » (Debian), Google Chrome ou Microsoft Edge, ou lancez "
    "« python -m playwright install chromium ». Aucun test n’est sauté."
)
NOMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "msedge", "chrome")
WINDOWS = (
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)
REGLAGES = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


def find_chromium() -> str | None:
    """Path of a browser that Playwright can drive; None where there is none."""
    racines = [os.environ.get(nom) for nom in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")]
    lieux = [Path(racine) / fin for racine in racines if racine for fin in WINDOWS]
    trouve = next((str(p) for p in lieux if p.exists()), None) or next(filter(None, map(shutil.which, NOMS)), None)
    if trouve:
        return trouve
    from playwright.sync_api import sync_playwright

    with sync_playwright() as outil:
        telecharge = outil.chromium.executable_path
    return telecharge if Path(telecharge).exists() else None


def main() -> None:
    """Say where the browser is, or fail."""
    trouve = find_chromium()
    if trouve is None:
        raise SystemExit(ABSENT)
    sys.stdout.write(f"{trouve}\n")


if __name__ == "__main__":
    main()
