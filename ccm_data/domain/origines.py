"""Where the figure of each of the 26 indicators comes from: which register counts it, or why it is reported.

`ecran` and `params` (those of its filters) open the rows; keys are those of the table of screens. `attente` says why a
reported indicator is not counted: `preuve` (a judgement, with evidence), `plafond` (only a ceiling is known), `net_forum`
and `compteur` (what would count them does not exist yet). Source: règles de calcul, 2 (table « counted by ») and 2.13.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Attente = Literal["preuve", "plafond", "net_forum", "compteur"]


@dataclass(frozen=True)
class SourceIndicateur:
    """`registre`: the subject whose rows count it; None: reported."""

    registre: str | None
    ecran: str | None = None
    params: tuple[tuple[str, str], ...] = ()
    attente: Attente | None = None


def _from(registre: str, ecran: str, **params: str) -> SourceIndicateur:
    return SourceIndicateur(registre, ecran, tuple(params.items()))


# The frame for the protection of migrants, as the list of bodies names it.
CADRE_PROTECTION: Final = "cadre-protection"
SOURCES_INDICATEURS: Final[dict[str, SourceIndicateur]] = {
    "1.a": _from("appui", "appuis", cadre="institutionnel"),
    "1.b": _from("requete", "requetes"),
    "1.c": _from("sensibilisation", "sensibilisations", nature="mission"),
    "1.d": _from("sensibilisation", "sensibilisations"),
    "2.1.a": _from("verdict", "doublons", onglet="verdicts"),
    "2.1.b": _from("verdict", "doublons", onglet="synergies"),
    "2.2.a": _from("rencontre", "rencontres", instance=CADRE_PROTECTION, quand="tenue"),
    "2.2.b": _from("rencontre", "rencontres", instance=CADRE_PROTECTION, quand="tenue"),
    "2.3.a": _from("verdict", "doublons", onglet="synergies"),
    "2.3.b": SourceIndicateur(None, "sensibilisations", (("nature", "formation"),), "plafond"),
    "2.4.a": _from("membre_instance", "instances"),
    "2.4.b": _from("rencontre", "rencontres", quand="tenue"),
    "3.1.a": _from("comite_veille", "dispositif"),
    "3.1.b": _from("appui", "appuis", cadre="drec_mr"),
    "3.1.c": SourceIndicateur(None, attente="preuve"),
    "3.1.d": SourceIndicateur(None, attente="compteur"),
    "3.2.a": SourceIndicateur(None, attente="net_forum"),
    "3.2.b": SourceIndicateur(None, attente="net_forum"),
    "3.2.c": SourceIndicateur(None, attente="net_forum"),
    "4.a": _from("partenariat", "partenariats", type="rencontre"),
    "4.b": _from("partenariat", "partenariats", type="outil"),
    "4.c": _from("partenariat", "partenariats", type="convention"),
    "4.d": _from("partenariat", "partenariats", type="voyage"),
    "5.a": SourceIndicateur(None, attente="preuve"),
    "5.b": _from("evaluation", "evaluations"),
    "5.c": _from("etape_perennisation", "postes"),
}
# Indicators that count persons: below five they are masked in public views (règles 7).
PERSONNES: Final = frozenset({"1.d", "2.3.b"})
