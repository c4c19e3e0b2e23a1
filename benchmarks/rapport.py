"""Medians, ratios and the page that tells them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

COLONNES = (
    "à froid (ms)", "à chaud (ms)", "serveur (ms)", "dont calcul (ms)", "octets à froid (ko)", "octets à chaud (ko)",
)  # fmt: skip
FROID, CHAUD, SERVEUR, CALCUL, OCTETS_FROID, OCTETS_CHAUD = range(6)
BUT = 1.3
PREMIERES_VISITES = {"": 2.6, "region": 1.2}  # screen's address → at most, in millions of bytes


@dataclass(frozen=True)
class Passage:
    """One run of a script in the server: milliseconds on the clock and of processor."""

    horloge_ms: float
    calcul_ms: float


@dataclass(frozen=True)
class Serie:
    """All the openings of one screen on one server, and the runs of its script meanwhile."""

    froid_ms: tuple[float, ...]
    chaud_ms: tuple[float, ...]
    serveur: tuple[Passage, ...]
    froid_octets: tuple[int, ...]
    chaud_octets: tuple[int, ...]

    @property
    def medianes(self) -> tuple[float, ...]:
        """In the order of COLONNES."""
        return (
            median(self.froid_ms),
            median(self.chaud_ms),
            median(p.horloge_ms for p in self.serveur),
            median(p.calcul_ms for p in self.serveur),
            median(self.froid_octets) / 1000,
            median(self.chaud_octets) / 1000,
        )

    @property
    def passages(self) -> float:
        """Runs of the script per opening."""
        return len(self.serveur) / (len(self.froid_ms) + len(self.chaud_ms))


@dataclass(frozen=True)
class Resultat:
    """A screen: its title, its series on ours and on the bare page, what only one of them draws (name → how many more)."""

    titre: str
    notre: Serie
    nue: Serie
    ecart: Mapping[str, int]

    @property
    def ratios(self) -> tuple[float, ...]:
        """Ours over the bare page, in the order of COLONNES."""
        return tuple(a / b if b else float("inf") for a, b in zip(self.notre.medianes, self.nue.medianes, strict=True))

    @property
    def cout_ms(self) -> float:
        """Processor time that one run of our script takes beyond the bare page's."""
        return self.notre.medianes[CALCUL] - self.nue.medianes[CALCUL]


def split_sections(texte: str, titres: Sequence[str]) -> list[str]:
    """RESULTS.md in parts: what stands before the first of these titles, then each one's section ("" for one missing)."""
    debuts = {titre: texte.find(titre) for titre in titres if titre in texte}
    bornes = [*sorted(debuts.values()), len(texte)]
    fins = {debut: bornes[bornes.index(debut) + 1] for debut in debuts.values()}
    return [texte[: bornes[0]], *(texte[debuts[t] : fins[debuts[t]]] if t in debuts else "" for t in titres)]


def join_sections(sections: Sequence[str]) -> str:
    """The parts as one page."""
    return "\n\n".join(s.strip() for s in sections if s.strip()) + "\n"


def compute_ecart(notre: Counter[str], nue: Counter[str]) -> dict[str, int]:
    """Element → how many more ours draws (negative: fewer); equal ones are left out."""
    return {nom: notre[nom] - nue[nom] for nom in sorted(notre | nue) if notre[nom] != nue[nom]}


def _row(titre: str, valeurs: tuple[float, ...], forme: str) -> str:
    return f"| {titre} | " + " | ".join(forme.format(v) for v in valeurs) + " |"


def write_rapport(resultats: Mapping[str, Resultat], runs: int, jour: date, machine: str) -> str:
    """Markdown: per screen (by its address) the medians and the ratio, then what exceeds the aims."""
    entete = "| écran | " + " | ".join(COLONNES) + " |\n|---|" + "---:|" * len(COLONNES)
    lignes = [
        "# Measures",
        "",
        f"Written by `make bench` on {jour.isoformat()}: medians of {runs} runs on {machine}, Chromium at 1366×768 with "
        "every other host blocked, ours and the bare page in turn in the same run, as the demonstration's administrator.",
        "",
        "The **bare page** is plain Streamlit with its default settings, drawing the same elements from constants "
        "(benchmarks/nue.py): no database, no rule, no sign-in, Streamlit's own serving. Cold: a browser that has never "
        "been here. Warm: the same browser again, in a new tab. Both last from the start of the navigation until the page "
        "is drawn: the script has ended, nothing is loading, every table, chart and map has its shapes. Serveur: one run of "
        "the script, timed in the server's process, on the clock and in processor time. Octets: all that the server answers "
        "on the wire, headers and websocket included. Times hold for this machine alone; ratios hold better. The bare "
        "tables leave numbers to Streamlit, where ours write them as French printers do.",
        "",
        "## Ratios, ours over bare",
        "",
        entete,
    ]
    lignes += [_row(r.titre, r.ratios, "{:.2f}") for r in resultats.values()]
    lignes += ["", "## Ours", "", entete]
    lignes += [_row(r.titre, r.notre.medianes, "{:.0f}") for r in resultats.values()]
    lignes += ["", "## Bare", "", entete]
    lignes += [_row(r.titre, r.nue.medianes, "{:.0f}") for r in resultats.values()]
    lignes += ["", "## Against the aims", ""]
    lignes += [f"- {phrase}" for phrase in list_constats(resultats)]
    return "\n".join(lignes) + "\n"


def list_constats(resultats: Mapping[str, Resultat]) -> list[str]:
    """What the figures say of the aims (time within 1.3 times the bare page, bytes of two first visits) and of themselves."""
    phrases = []
    for quand, rang in (("cold", FROID), ("warm", CHAUD), ("the script's run alone", SERVEUR)):
        lents = [f"{r.titre} {r.ratios[rang]:.2f}" for r in resultats.values() if r.ratios[rang] > BUT]
        phrases.append(f"{quand}: screens above {BUT}× the bare page: {', '.join(lents) or 'none'}.")
    couts = sorted(((r.cout_ms, r.titre) for r in resultats.values()), reverse=True)
    phrases.append(
        "what a run of the script computes beyond the bare page, in milliseconds of processor: "
        + ", ".join(f"{titre} {cout:+.0f}" for cout, titre in couts)
        + "."
    )
    for adresse, plafond in PREMIERES_VISITES.items():
        if adresse in resultats:
            r = resultats[adresse]
            mo = r.notre.medianes[OCTETS_FROID] / 1000
            phrases.append(
                f"first visit to « {r.titre} »: {mo:.2f} MB, at most {plafond} MB: {'yes' if mo <= plafond else 'NO'}."
            )
    for r in resultats.values():
        if r.notre.passages > r.nue.passages:
            phrases.append(
                f"« {r.titre} » runs its script {r.notre.passages:.1f} times per opening, the bare page {r.nue.passages:.1f}."
            )
        if r.ecart:
            ecarts = ", ".join(f"{nom} {n:+d}" for nom, n in r.ecart.items())
            phrases.append(
                f"« {r.titre} » and its bare page do not draw the same elements (ours more or fewer): {ecarts}."
            )
    if not any(r.ecart for r in resultats.values()):
        phrases.append("every bare page draws as many elements of each kind as the screen that it stands for.")
    return phrases
