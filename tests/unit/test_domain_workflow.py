"""The states of a row and the steps between them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccm_data.domain.permissions import ECRITURE
from ccm_data.domain.vocabulaire import EtatSuivi
from ccm_data.domain.workflow import (
    DROITS,
    ETAT_INITIAL,
    ETATS_FINAUX,
    ETATS_MODIFIABLES,
    TRANSITIONS,
    can_transition,
    check_transition,
    list_actions,
    say_diagramme,
)
from ccm_data.errors import TransitionInterdite

ACTIONS = sorted(DROITS)


@pytest.mark.parametrize(
    ("chemin", "etat"),
    [
        pytest.param(["enregistrer", "soumettre", "valider"], "valide", id="a deposit is validated"),
        pytest.param(["soumettre", "retourner", "enregistrer"], "retourne", id="a returned row stays so while mended"),
        pytest.param(["soumettre", "retourner", "soumettre", "valider"], "valide", id="a mended row is validated"),
        pytest.param(["soumettre", "retirer"], "brouillon", id="a submitted row is taken back"),
        pytest.param(["soumettre", "valider", "remplacer"], "remplace", id="a correction replaces the validated row"),
    ],
)
def test_paths(chemin: list[str], etat: str) -> None:
    courant = ETAT_INITIAL
    for action in chemin:
        courant = check_transition(courant, action)
    assert courant == etat


@pytest.mark.parametrize(
    ("etat", "action"),
    [
        pytest.param(EtatSuivi.BROUILLON, "valider", id="a draft cannot be validated"),
        pytest.param(EtatSuivi.VALIDE, "enregistrer", id="a validated row cannot be edited"),
        pytest.param(EtatSuivi.VALIDE, "retourner", id="a validated row cannot be returned"),
        pytest.param(EtatSuivi.SOUMIS, "enregistrer", id="a submitted row cannot be edited"),
        pytest.param(EtatSuivi.REMPLACE, "soumettre", id="a replaced row does not come back"),
    ],
)
def test_forbidden_steps_say_what_is_possible(etat: EtatSuivi, action: str) -> None:
    assert not can_transition(etat, action)
    with pytest.raises(TransitionInterdite) as erreur:
        check_transition(etat, action)
    assert erreur.value.faits["possibles"] == list_actions(etat)


def test_every_step_names_a_right_that_exists() -> None:
    assert {action for _, action in TRANSITIONS} == set(DROITS)
    assert set(DROITS.values()) <= set(ECRITURE)


def test_only_replaced_rows_are_final_and_only_drafts_and_returned_rows_can_be_edited() -> None:
    assert frozenset({EtatSuivi.REMPLACE}) == ETATS_FINAUX
    assert frozenset({EtatSuivi.BROUILLON, EtatSuivi.RETOURNE}) == ETATS_MODIFIABLES


def test_the_diagram_holds_every_step_once() -> None:
    lignes = say_diagramme().splitlines()
    assert lignes[0] == "stateDiagram-v2"
    for (depart, action), arrivee in TRANSITIONS.items():
        assert lignes.count(f"    {depart.value} --> {arrivee.value} : {action}") == 1


@settings(deadline=None, max_examples=100)
@given(st.lists(st.sampled_from(ACTIONS), max_size=20))
def test_whatever_is_tried_no_row_becomes_valid_without_being_submitted(tentatives: list[str]) -> None:
    etat, faits = ETAT_INITIAL, []
    for action in tentatives:
        if can_transition(etat, action):
            etat = check_transition(etat, action)
            faits.append(action)
    if etat is EtatSuivi.VALIDE:
        assert faits[-2:] == ["soumettre", "valider"]
