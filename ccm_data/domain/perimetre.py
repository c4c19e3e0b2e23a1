"""What a screen looks at: facts' date, region, axis, year. Read from the address, tolerant of what it cannot read.

A bad value is ignored and reported as a `Probleme` (data, not an exception): a mistyped link still opens a screen, and
the screen says what it left out. Source: règles de calcul, 2.7 (date d'arrêté).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from ccm_data.domain.calendrier import (
    ANNEES,
    PLAN_FIN,
    VEILLE_DU_PLAN,
    Trimestre,
    compute_date_arrete_par_defaut,
)
from ccm_data.domain.listes import compute_forme_nue
from ccm_data.errors import ValeurInvalide


@dataclass(frozen=True)
class Perimetre:
    """`region` and `axe` are codes; None means the whole country, the whole plan, all years."""

    date_arrete: date
    region: str | None = None
    axe: str | None = None
    annee: int | None = None


@dataclass(frozen=True)
class Probleme:
    """A parameter that was not followed. `code`: inconnu, illisible, futur, avant_plan, apres_plan.

    `pris` is the value used instead, as text; empty means no restriction.
    """

    parametre: str
    valeur: str
    code: str
    pris: str = ""


def _find_code(texte: str, connus: Collection[str] | Mapping[str, str]) -> str | None:
    """The known code that this text means: the code itself in any case, else its name where names are given."""
    cherche = compute_forme_nue(texte)
    for code in connus:
        if compute_forme_nue(code) == cherche:
            return code
    noms = connus if isinstance(connus, Mapping) else {}
    return next((code for code, nom in noms.items() if compute_forme_nue(nom) == cherche), None)


def _read_date(texte: str) -> date | None:
    """An ISO date, or the end of a quarter (« 2026-T3 »)."""
    try:
        return date.fromisoformat(texte.strip())
    except ValueError:
        pass
    try:
        return Trimestre.from_code(texte).fin
    except ValeurInvalide:
        return None


def _read_arrete(texte: str, aujourd_hui: date) -> tuple[date, Probleme | None]:
    defaut = compute_date_arrete_par_defaut(aujourd_hui)
    if not texte.strip():
        return defaut, None
    jour = _read_date(texte)
    if jour is None:
        return defaut, Probleme("arrete", texte, "illisible", defaut.isoformat())
    if jour > PLAN_FIN and aujourd_hui >= PLAN_FIN:  # facts after the plan do not count for it
        return PLAN_FIN, Probleme("arrete", texte, "apres_plan", PLAN_FIN.isoformat())
    if jour > aujourd_hui:
        return defaut, Probleme("arrete", texte, "futur", defaut.isoformat())
    if jour < VEILLE_DU_PLAN:
        return defaut, Probleme("arrete", texte, "avant_plan", defaut.isoformat())
    return jour, None


def _read_code(nom: str, texte: str, connus: Collection[str] | Mapping[str, str]) -> tuple[str | None, Probleme | None]:
    if not texte.strip():
        return None, None
    code = _find_code(texte, connus)
    return code, None if code is not None else Probleme(nom, texte, "inconnu")


def _read_annee(texte: str) -> tuple[int | None, Probleme | None]:
    brut = texte.strip()
    if not brut:
        return None, None
    if brut.isascii() and brut.isdigit() and len(brut) == 4:
        annee = int(brut)
        return (annee, None) if annee in ANNEES else (None, Probleme("annee", texte, "inconnu"))
    return None, Probleme("annee", texte, "illisible")


def read_perimetre(
    params: Mapping[str, str],
    aujourd_hui: date,
    regions_connues: Collection[str] | Mapping[str, str],
    axes_connus: Collection[str] | Mapping[str, str],
) -> tuple[Perimetre, list[Probleme]]:
    """Read `arrete`, `region`, `axe`, `annee`; other parameters are not ours. Raises nothing.

    `regions_connues` and `axes_connus` are codes, or code → name; names and any case are then understood too.
    """
    jour, p_jour = _read_arrete(str(params.get("arrete") or ""), aujourd_hui)
    region, p_region = _read_code("region", str(params.get("region") or ""), regions_connues)
    axe, p_axe = _read_code("axe", str(params.get("axe") or ""), axes_connus)
    annee, p_annee = _read_annee(str(params.get("annee") or ""))
    problemes = [p for p in (p_jour, p_region, p_axe, p_annee) if p is not None]
    return Perimetre(jour, region, axe, annee), problemes
