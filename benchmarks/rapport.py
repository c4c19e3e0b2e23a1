"""Medians, ratios and the page that tells them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from statistics import median

COLONNES = ("à froid (ms)", "à chaud (ms)", "serveur (ms)", "octets à froid (ko)", "octets à chaud (ko)")
BUT = 1.3
PREMIERES_VISITES = {"": 2.6, "region": 1.2}  # screen's address → at most, in millions of bytes


@dataclass(frozen=True)
class Serie:
    """All the openings of one screen on one server."""

    froid_ms: tuple[float, ...]
    chaud_ms: tuple[float, ...]
    serveur_ms: tuple[float, ...]
    froid_octets: tuple[int, ...]
    chaud_octets: tuple[int, ...]

    @property
    def medianes(self) -> tuple[float, ...]:
        """In the order of COLONNES."""
        return (
            median(self.froid_ms),
            median(self.chaud_ms),
            median(self.serveur_ms),
            median(self.froid_octets) / 1000,
            median(self.chaud_octets) / 1000,
        )


def compute_ratios(notre: Serie, nue: Serie) -> tuple[float, ...]:
    """Ours over the bare page, column by column."""
    return tuple(a / b if b else float("inf") for a, b in zip(notre.medianes, nue.medianes, strict=True))


def _row(titre: str, valeurs: tuple[float, ...], forme: str) -> str:
    return f"| {titre} | " + " | ".join(forme.format(v) for v in valeurs) + " |"


def write_rapport(mesures: dict[str, tuple[str, Serie, Serie]], runs: int, jour: date) -> str:
    """Markdown: per screen (address → title, ours, bare) the medians and the ratio, then what exceeds the aims."""
    entete = "| écran | " + " | ".join(COLONNES) + " |\n|---|" + "---:|" * len(COLONNES)
    lignes = [
        "# Measures",
        "",
        f"Written by `make bench` on {jour.isoformat()}: medians of {runs} runs on two cores, Chromium at 1366×768, "
        "ours and the bare page in turn in the same run.",
        "",
        "The **bare page** is plain Streamlit drawing the same elements from constants (benchmarks/nue.py): no database, "
        "no rule, no sign-in, Streamlit's own serving. Cold: a browser that has never been here. Warm: the same browser "
        "again. Server: one run of the script in the server. Bytes: HTTP as sent and websocket frames before compression.",
        "",
        "## Ratios, ours over bare",
        "",
        entete,
    ]
    lignes += [_row(nom, compute_ratios(notre, nue), "{:.2f}") for nom, notre, nue in mesures.values()]
    lignes += ["", "## Ours", "", entete]
    lignes += [_row(nom, notre.medianes, "{:.0f}") for nom, notre, _nue in mesures.values()]
    lignes += ["", "## Bare", "", entete]
    lignes += [_row(nom, nue.medianes, "{:.0f}") for nom, _notre, nue in mesures.values()]
    lignes += ["", "## Against the aims", ""]
    lignes += [f"- {phrase}" for phrase in list_constats(mesures)]
    return "\n".join(lignes) + "\n"


def list_constats(mesures: dict[str, tuple[str, Serie, Serie]]) -> list[str]:
    """What the figures say of the aims: time within 1.3 times the bare page, bytes of two first visits."""
    phrases = []
    for quand, rang in (("cold", 0), ("warm", 1), ("server", 2)):
        lents = {nom: r for nom, notre, nue in mesures.values() if (r := compute_ratios(notre, nue)[rang]) > BUT}
        dits = ", ".join(f"{nom} {r:.2f}" for nom, r in lents.items()) or "none"
        phrases.append(f"{quand}: screens above {BUT}× the bare page: {dits}.")
    for adresse, plafond in PREMIERES_VISITES.items():
        if adresse in mesures:
            nom, notre, _nue = mesures[adresse]
            mo = notre.medianes[3] / 1000
            phrases.append(
                f"first visit to « {nom} »: {mo:.2f} MB, at most {plafond} MB: {'yes' if mo <= plafond else 'NO'}."
            )
    return phrases
