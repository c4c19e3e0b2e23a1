"""The name under which a file is kept and handed back: no path, no invisible sign, the extension of what it really is."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

NOM_MAX: Final = 200  # characters, extension included, as the table's column
SANS_NOM: Final = "preuve"
# Format signs hold what turns the reading order round (U+202E shows « exe.pdf » for « fdp.exe ») and the invisible ones.
INVISIBLES: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
INTERDITS: Final = re.compile(r'[<>:"|?*]')  # Windows refuses them
PERIPHERIQUES: Final = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
EXTENSIONS: Final = re.compile(
    r"(?i)\.(pdf|jpe?g|jpe|jfif|png|docx?|docm|dotx|xlsx?|xlsm|xlsb|xltx|pptx?|od[tsp]|zip|exe|com|bat|cmd|scr|msi|js|vbs|"
    r"ps1|sh|html?|svg|gif|webp|heic|heif|tiff?|bmp|csv|txt)$"
)


def clean_nom(nom: str, extension: str) -> str:
    """`nom` without path, control or bidirectional signs, in NFC, ending with `extension` (« .pdf »); 200 characters."""
    court = re.split(r"[/\\]", nom)[-1]
    visible = "".join(
        " " if c.isspace() else c for c in court if c.isspace() or unicodedata.category(c) not in INVISIBLES
    )
    tige = INTERDITS.sub("-", unicodedata.normalize("NFC", visible))
    while True:
        tige = re.sub(r" {2,}", " ", tige).strip().rstrip(".")
        reste = EXTENSIONS.sub("", tige).rstrip(" .")
        if reste == tige:
            break
        tige = reste
    tige = tige.lstrip(" .")
    if not tige or PERIPHERIQUES.fullmatch(tige):
        tige = f"{SANS_NOM} {tige}".strip()
    return tige[: NOM_MAX - len(extension)].rstrip(" .") + extension
