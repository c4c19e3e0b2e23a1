"""An evaluation: ten criteria rated 1 to 4 by a person, shared with the partner evaluated, final at last.

The life is a table (state, step) → state: brouillon → partagée → finale, and back from partagée to brouillon; a final
evaluation has no step left, so it never changes. Ratings are written in a draft alone; the partner answers one that is
shared, and both texts stay. To be shared at least one criterion is judged, and every rating has its reason.
A criterion that nobody judged is not 1, nor 0: it enters no mean, and every mean is printed with its coverage. Where an
object was evaluated several times its last evaluation counts. `efficience` is also read by kind of actor.
Source: règles de calcul, 6; stratégie, 8.1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from ccm_data.domain.vocabulaire import CategorieActeur, Critere, ObjetEvaluation, StatutEvaluation
from ccm_data.errors import TransitionInterdite, ValeurInvalide

_S = StatutEvaluation
CRITERES: Final = tuple(Critere)  # six of the CAD-OCDE first, in the order of the rules
NOTES: Final = (1, 2, 3, 4)  # very insufficient, insufficient, satisfactory, very satisfactory
LONGUEUR_MAX: Final = 4000  # of a text: a page

ETAPES: Final[dict[tuple[StatutEvaluation, str], StatutEvaluation]] = {
    (_S.BROUILLON, "enregistrer"): _S.BROUILLON,
    (_S.BROUILLON, "partager"): _S.PARTAGEE,
    (_S.PARTAGEE, "repondre"): _S.PARTAGEE,
    (_S.PARTAGEE, "rouvrir"): _S.BROUILLON,
    (_S.PARTAGEE, "finaliser"): _S.FINALE,
    # An evaluation taken back stays where it is, with the day on which it was.
    (_S.BROUILLON, "annuler"): _S.BROUILLON,
    (_S.PARTAGEE, "annuler"): _S.PARTAGEE,
}
# The right (a key of permissions.ECRITURE) that a step needs.
DROITS: Final[dict[str, str]] = {
    "enregistrer": "evaluer",
    "partager": "evaluer",
    "repondre": "repondre_evaluation",
    "rouvrir": "evaluer",
    "finaliser": "evaluer",
    "annuler": "evaluer",
}


@dataclass(frozen=True)
class Jugement:
    """The rating of a criterion (None: not judged) and its reason."""

    critere: Critere
    note: int | None = None
    justification: str | None = None


@dataclass(frozen=True)
class Evaluee:
    """What a summary needs of an evaluation; `categorie`: kind of the actor evaluated, None: nobody named."""

    objet: ObjetEvaluation
    objet_code: str
    jour: date
    notes: Mapping[Critere, int | None]
    categorie: CategorieActeur | None = None


@dataclass(frozen=True)
class Moyenne:
    """The mean rating of a criterion over `n` evaluations that judged it, out of `total`; `valeur` None: none did."""

    critere: Critere
    valeur: float | None
    n: int
    total: int


def check_etape(statut: StatutEvaluation, etape: str) -> StatutEvaluation:
    """The state after a step. Raises TransitionInterdite with the state, the step and the steps possible."""
    try:
        return ETAPES[statut, etape]
    except KeyError:
        raise TransitionInterdite(etat=statut.value, action=etape, possibles=list_etapes(statut)) from None


def list_etapes(statut: StatutEvaluation) -> list[str]:
    """The steps possible from a state, in the table's order."""
    return [etape for depart, etape in ETAPES if depart is statut]


def read_note(valeur: Any, critere: Critere) -> int | None:
    """A rating as given (3, « 3 », nothing at all). Raises ValeurInvalide for what is not 1 to 4."""
    if valeur is None or valeur == "":
        return None
    texte = str(valeur).strip()
    if isinstance(valeur, bool) or texte not in {str(n) for n in NOTES}:
        raise ValeurInvalide(champ=critere.value, valeur=valeur, attendu="1, 2, 3, 4")
    return int(texte)


def check_partage(jugements: Iterable[Jugement]) -> None:
    """Raise ValeurInvalide unless a criterion at least is judged (evaluation_vide) and each rating has its reason."""
    donnes = [j for j in jugements if j.note is not None]
    if not donnes:
        raise ValeurInvalide("evaluation_vide", champ="note", valeur=None, attendu="1, 2, 3, 4")
    for j in donnes:
        if not (j.justification or "").strip():
            raise ValeurInvalide("note_sans_motif", champ=j.critere.value, valeur=j.note, attendu="une justification")


def count_juges(notes: Mapping[Critere, int | None]) -> tuple[int, int]:
    """Criteria judged, out of the ten."""
    return sum(notes.get(c) is not None for c in CRITERES), len(CRITERES)


def keep_dernieres(evaluations: Iterable[Evaluee]) -> list[Evaluee]:
    """The last evaluation of each object, in the order in which objects come."""
    dernieres: dict[tuple[ObjetEvaluation, str], Evaluee] = {}
    for x in evaluations:
        cle = (x.objet, x.objet_code)
        if cle not in dernieres or x.jour > dernieres[cle].jour:
            dernieres[cle] = x
    return list(dernieres.values())


def compute_moyennes(evaluations: Sequence[Evaluee]) -> tuple[Moyenne, ...]:
    """The mean of each criterion, in order, over the evaluations that judged it."""
    return tuple(_mean(critere, evaluations) for critere in CRITERES)


def _mean(critere: Critere, evaluations: Sequence[Evaluee]) -> Moyenne:
    notes = [n for x in evaluations if (n := x.notes.get(critere)) is not None]
    return Moyenne(critere, sum(notes) / len(notes) if notes else None, len(notes), len(evaluations))


def compute_efficience(evaluations: Sequence[Evaluee]) -> dict[CategorieActeur | None, Moyenne]:
    """The mean of « efficience » by kind of actor evaluated (None: nobody named), in the order of the list."""
    par_categorie = {
        categorie: [x for x in evaluations if x.categorie is categorie] for categorie in (*CategorieActeur, None)
    }
    return {c: _mean(Critere.EFFICIENCE, siennes) for c, siennes in par_categorie.items() if siennes}
