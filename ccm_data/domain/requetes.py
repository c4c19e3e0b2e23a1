"""The life of a request to PTF and of a pledge, as tables: state → states that may follow.

A refusal says why. A pledge is an intention (annoncé, confirmé); signed, its money is mobilisé and it becomes an
intervention. A request that has waited longer than its due date, or than the delay given without a step, is overdue.
Source: règles de calcul, 4 (« A pledge is an intention; it becomes mobilisé when signed ») and 7.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from ccm_data.domain.vocabulaire import EtatPositionnement, EtatRequete
from ccm_data.errors import TransitionInterdite, ValeurInvalide

_R, _P = EtatRequete, EtatPositionnement
ETAPES: Final[dict[EtatRequete, tuple[EtatRequete, ...]]] = {
    _R.RECUE: (_R.INSTRUITE, _R.REFUSEE),
    _R.INSTRUITE: (_R.TRANSMISE, _R.REFUSEE),
    _R.TRANSMISE: (_R.ACCEPTEE, _R.REFUSEE),
    _R.ACCEPTEE: (_R.FINANCEE, _R.REFUSEE),
    _R.FINANCEE: (),
    _R.REFUSEE: (),
}
PAS_POSITIONNEMENT: Final[dict[EtatPositionnement, tuple[EtatPositionnement, ...]]] = {
    _P.ANNONCE: (_P.CONFIRME, _P.RETIRE),
    _P.CONFIRME: (_P.SIGNE, _P.RETIRE),
    _P.SIGNE: (),
    _P.RETIRE: (),
}
OUVERTES: Final = frozenset(etat for etat, suites in ETAPES.items() if suites)
# A pledge answers a request that PTF have been sent.
ACCUEILLENT: Final = frozenset({_R.TRANSMISE, _R.ACCEPTEE})


def check_etape(avant: EtatRequete, apres: EtatRequete, note: str | None) -> None:
    """Raise TransitionInterdite for a step that the table does not hold, ValeurInvalide for a refusal without reason."""
    if apres not in ETAPES[avant]:
        raise TransitionInterdite(etat=avant.value, action=apres.value, possibles=[e.value for e in ETAPES[avant]])
    if apres is _R.REFUSEE and not (note or "").strip():
        raise ValeurInvalide("valeur_manquante", champ="note", valeur=note, attendu="un motif")


def check_positionnement(avant: EtatPositionnement, apres: EtatPositionnement) -> None:
    """Raise TransitionInterdite for a step that the table does not hold."""
    if apres not in PAS_POSITIONNEMENT[avant]:
        possibles = [e.value for e in PAS_POSITIONNEMENT[avant]]
        raise TransitionInterdite(etat=avant.value, action=apres.value, possibles=possibles)


def is_en_retard(
    etat: EtatRequete, echeance: date | None, derniere_etape: date, arrete: date, delai_jours: int
) -> bool:
    """Is a request still open past its due date, or without a step for longer than the delay? Its due day is in time."""
    if etat not in OUVERTES:
        return False
    return arrete > (derniere_etape + timedelta(days=delai_jours) if echeance is None else echeance)
