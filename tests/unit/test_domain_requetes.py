"""The steps of a request and of a pledge, and when a request is overdue."""

from __future__ import annotations

from datetime import date

import pytest

from ccm_data.domain.requetes import (
    ACCUEILLENT,
    ETAPES,
    OUVERTES,
    PAS_POSITIONNEMENT,
    check_etape,
    check_positionnement,
    is_en_retard,
)
from ccm_data.domain.vocabulaire import EtatPositionnement, EtatRequete
from ccm_data.errors import TransitionInterdite, ValeurInvalide

R, P = EtatRequete, EtatPositionnement
CHEMIN = [R.RECUE, R.INSTRUITE, R.TRANSMISE, R.ACCEPTEE, R.FINANCEE]


def test_a_request_goes_its_way_step_by_step_and_skips_none() -> None:
    for rang, avant in enumerate(CHEMIN):
        for autre, apres in enumerate(CHEMIN):
            if autre == rang + 1:
                check_etape(avant, apres, None)
            else:
                with pytest.raises(TransitionInterdite):
                    check_etape(avant, apres, "motif")


@pytest.mark.parametrize("avant", CHEMIN)
def test_it_may_be_refused_until_it_is_funded_with_a_reason(avant: EtatRequete) -> None:
    if avant is R.FINANCEE:
        with pytest.raises(TransitionInterdite):
            check_etape(avant, R.REFUSEE, "motif")
        return
    with pytest.raises(ValeurInvalide, match="valeur_manquante"):
        check_etape(avant, R.REFUSEE, "  ")
    check_etape(avant, R.REFUSEE, "hors du plan")


def test_every_state_has_its_line_and_every_step_leads_to_a_state() -> None:
    assert set(ETAPES) == set(R)
    assert set(PAS_POSITIONNEMENT) == set(P)
    assert {R.FINANCEE, R.REFUSEE} == set(R) - OUVERTES
    assert ACCUEILLENT < OUVERTES


@pytest.mark.parametrize(
    ("avant", "apres", "permis"),
    [
        (P.ANNONCE, P.CONFIRME, True), (P.CONFIRME, P.SIGNE, True), (P.ANNONCE, P.RETIRE, True),
        (P.CONFIRME, P.RETIRE, True), (P.ANNONCE, P.SIGNE, False), (P.SIGNE, P.RETIRE, False),
        (P.RETIRE, P.ANNONCE, False),
    ],
)  # fmt: skip
def test_a_pledge_is_signed_only_once_confirmed(
    avant: EtatPositionnement, apres: EtatPositionnement, permis: bool
) -> None:
    if permis:
        check_positionnement(avant, apres)
        return
    with pytest.raises(TransitionInterdite):
        check_positionnement(avant, apres)


@pytest.mark.parametrize(
    ("etat", "echeance", "arrete", "retard"),
    [
        pytest.param(R.TRANSMISE, date(2026, 9, 30), date(2026, 9, 30), False, id="on its due day it is in time"),
        pytest.param(R.TRANSMISE, date(2026, 9, 30), date(2026, 10, 1), True, id="the day after it is overdue"),
        pytest.param(R.RECUE, None, date(2026, 7, 31), False, id="thirty days without a step"),
        pytest.param(R.RECUE, None, date(2026, 8, 1), True, id="thirty-one days without a step"),
        pytest.param(R.FINANCEE, date(2026, 1, 1), date(2026, 10, 1), False, id="funded: nothing is awaited"),
        pytest.param(R.REFUSEE, None, date(2026, 10, 1), False, id="refused: nothing is awaited"),
    ],
)
def test_a_request_is_overdue(etat: EtatRequete, echeance: date | None, arrete: date, retard: bool) -> None:
    assert is_en_retard(etat, echeance, date(2026, 7, 1), arrete, 30) is retard
