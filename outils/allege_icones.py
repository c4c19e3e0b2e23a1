"""Cut Streamlit's icon font (375 kB, 4 000 icons) down to the icons that Streamlit's scripts and our screens name.

An icon is written by its name, which the font turns into a drawing (a ligature): every name that stands quoted in
Streamlit's scripts is kept, which is more than are used. The cut font lands in assets/tiers/icones under the same file
name; the server gives it instead of the original (pages/ui/service.py), and the original where there is none.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

RACINE = Path(__file__).resolve().parent.parent
CIBLE = RACINE / "assets" / "tiers" / "icones"
NOMS = CIBLE / "noms.txt"
OUTILS = ("fonttools==4.68.0", "brotli==1.2.1")
NOM_CITE = re.compile(r"""["'`/:]([a-z0-9_]{2,40})["'`:]""")
NOM_MATERIAL = re.compile(r":material/([a-z0-9_]+):")
LETTRES = "abcdefghijklmnopqrstuvwxyz0123456789_ "


def list_icones_projet() -> set[str]:
    """Icons that our own screens name."""
    textes = (f.read_text(encoding="utf-8") for f in sorted((RACINE / "pages").rglob("*.py")))
    return {nom for texte in textes for nom in NOM_MATERIAL.findall(texte)}


def _list_ligatures(police: Any) -> dict[str, str]:
    """Icon name → glyph."""
    signes = {glyphe: chr(code) for code, glyphe in police.getBestCmap().items()}
    noms: dict[str, str] = {}
    for table in police["GSUB"].table.LookupList.Lookup[0].SubTable:
        for premier, suites in getattr(table, "ExtSubTable", table).ligatures.items():
            for suite in suites:
                noms["".join(signes.get(g, "?") for g in [premier, *suite.Component])] = suite.LigGlyph
    return noms


def cut_icones(streamlit: Path) -> int:
    """Write the cut font; returns its size in bytes. `streamlit`: folder of the installed package."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    source = next((streamlit / "static" / "static" / "media").glob("MaterialSymbols-Rounded.*.woff2"))
    police = TTFont(source)
    ligatures = _list_ligatures(police)
    cites = list_icones_projet()
    for script in (streamlit / "static" / "static" / "js").glob("*.js"):
        cites.update(NOM_CITE.findall(script.read_text(encoding="utf-8", errors="ignore")))
    gardees = sorted(cites & ligatures.keys())
    cmap = police.getBestCmap()
    # Without closure: the letters alone would call every icon back.
    options = subset.Options(layout_closure=False, layout_features=["rlig", "liga"], hinting=False, flavor="woff2")
    coupe = subset.Subsetter(options)
    coupe.populate(glyphs=[cmap[ord(c)] for c in LETTRES if ord(c) in cmap] + [ligatures[nom] for nom in gardees])
    coupe.subset(police)
    police.flavor = "woff2"
    CIBLE.mkdir(parents=True, exist_ok=True)
    for ancienne in CIBLE.glob("*.woff2"):
        ancienne.unlink()
    police.save(CIBLE / source.name)
    NOMS.write_text("\n".join(gardees) + "\n", encoding="utf-8")
    return (CIBLE / source.name).stat().st_size
