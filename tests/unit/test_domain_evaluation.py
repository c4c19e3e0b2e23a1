"""The life of an evaluation as a table, ratings as given, means that never count what nobody judged."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccm_data.domain.evaluation import (
    CRITERES,
    DROITS,
    ETAPES,
    Evaluee,
    Jugement,
    check_etape,
    check_partage,
    compute_efficience,
    compute_moyennes,
    count_juges,
    keep_dernieres,
    list_etapes,
    read_note,
)
from ccm_data.domain.permissions import ECRITURE
from ccm_data.domain.vocabulaire import CategorieActeur, Critere, ObjetEvaluation, StatutEvaluation
from ccm_data.errors import TransitionInterdite, ValeurInvalide

S, C = StatutEvaluation, Critere
NOTES = st.dictionaries(st.sampled_from(CRITERES), st.none() | st.integers(1, 4))


def make(code: str = "1.1", jour: date = date(2025, 1, 1), objet: str = "activite", **champs: Any) -> Evaluee:
    notes = {Critere(c): n for c, n in champs.pop("notes", {}).items()}
    return Evaluee(ObjetEvaluation(objet), code, jour, notes, **champs)


# ---- its life ----


@pytest.mark.parametrize(
    ("statut", "etapes"),
    [
        (S.BROUILLON, ["enregistrer", "partager", "annuler"]),
        (S.PARTAGEE, ["repondre", "rouvrir", "finaliser", "annuler"]),
        (S.FINALE, []),
    ],
)
def test_the_steps_of_each_state(statut: StatutEvaluation, etapes: list[str]) -> None:
    assert list_etapes(statut) == etapes


def test_it_goes_from_draft_to_shared_to_final_and_back_to_draft_only_before() -> None:
    assert check_etape(S.BROUILLON, "partager") is S.PARTAGEE
    assert check_etape(S.PARTAGEE, "rouvrir") is S.BROUILLON
    assert check_etape(S.PARTAGEE, "finaliser") is S.FINALE
    for etape in DROITS:
        with pytest.raises(TransitionInterdite):
            check_etape(S.FINALE, etape)


def test_a_draft_is_never_final_at_once_so_that_the_partner_may_answer() -> None:
    with pytest.raises(TransitionInterdite) as refus:
        check_etape(S.BROUILLON, "finaliser")
    assert refus.value.faits["possibles"] == ["enregistrer", "partager", "annuler"]


def test_every_step_needs_a_right_that_exists() -> None:
    assert {etape for _depart, etape in ETAPES} == set(DROITS)
    assert set(DROITS.values()) <= set(ECRITURE)


# ---- ratings ----


@pytest.mark.parametrize(
    ("valeur", "lue"), [(None, None), ("", None), (1, 1), ("4", 4), (" 3 ", 3)], ids=lambda v: repr(v)
)
def test_a_rating_as_given(valeur: Any, lue: int | None) -> None:
    assert read_note(valeur, C.IMPACT) == lue


@pytest.mark.parametrize("valeur", [0, 5, "0", "2,5", 2.5, "bien", True, -1], ids=lambda v: repr(v))
def test_what_is_no_rating_is_refused_by_its_criterion(valeur: Any) -> None:
    with pytest.raises(ValeurInvalide) as refus:
        read_note(valeur, C.IMPACT)
    assert refus.value.faits["champ"] == "impact"


@pytest.mark.parametrize(
    ("jugements", "code"),
    [
        pytest.param([], "evaluation_vide", id="nothing at all"),
        pytest.param([Jugement(C.IMPACT, None, "rien à dire")], "evaluation_vide", id="a reason without a rating"),
        pytest.param([Jugement(C.IMPACT, 2, None)], "note_sans_motif", id="a rating without a reason"),
        pytest.param([Jugement(C.IMPACT, 2, "   ")], "note_sans_motif", id="a reason made of spaces"),
        pytest.param(
            [Jugement(C.IMPACT, 2, "vu"), Jugement(C.VIABILITE, 1, "")], "note_sans_motif", id="one of two without"
        ),
        pytest.param([Jugement(C.IMPACT, 2, "vu"), Jugement(C.VIABILITE)], None, id="one judged is enough"),
    ],
)
def test_what_may_be_shared(jugements: list[Jugement], code: str | None) -> None:
    if code is None:
        check_partage(jugements)
        return
    with pytest.raises(ValeurInvalide) as refus:
        check_partage(jugements)
    assert refus.value.code == code


def test_what_nobody_judged_is_not_counted_as_judged() -> None:
    assert count_juges({C.IMPACT: 2, C.VIABILITE: None}) == (1, 10)
    assert count_juges({}) == (0, 10)


# ---- means ----


def test_a_mean_says_over_how_many_and_leaves_out_what_nobody_judged() -> None:
    moyennes = {
        m.critere: m
        for m in compute_moyennes([make(notes={"impact": 4, "viabilite": None}), make("1.2", notes={"impact": 1})])
    }
    assert (moyennes[C.IMPACT].valeur, moyennes[C.IMPACT].n, moyennes[C.IMPACT].total) == (2.5, 2, 2)
    assert (moyennes[C.VIABILITE].valeur, moyennes[C.VIABILITE].n, moyennes[C.VIABILITE].total) == (None, 0, 2)
    assert list(moyennes) == list(CRITERES)


def test_of_an_object_evaluated_twice_the_last_evaluation_counts() -> None:
    vieille, neuve = make(jour=date(2024, 5, 1)), make(jour=date(2025, 5, 1))
    intervention = make(objet="intervention")  # the same code, another kind of object
    assert keep_dernieres([neuve, intervention, vieille]) == [neuve, intervention]
    assert keep_dernieres([vieille, neuve]) == [neuve]


def test_efficiency_is_told_by_kind_of_actor_nobody_named_last() -> None:
    ptf, osc = CategorieActeur.PTF_BILATERAL, CategorieActeur.OSC
    lues = [
        make(notes={"efficience": 2}),
        make("1.2", categorie=osc, notes={"efficience": 4}),
        make("2.1.1", categorie=ptf, notes={"efficience": 1}),
        make("2.1.2", categorie=ptf, notes={"impact": 3}),
    ]
    par_categorie = compute_efficience(lues)
    assert list(par_categorie) == [ptf, osc, None]
    assert [(m.valeur, m.n, m.total) for m in par_categorie.values()] == [(1, 1, 2), (4, 1, 1), (2, 1, 1)]


@given(st.lists(NOTES, max_size=8))
def test_means_stay_on_the_scale_and_coverage_within_the_whole(toutes: list[dict[Critere, int | None]]) -> None:
    lues = [make(str(rang), notes={c.value: n for c, n in notes.items()}) for rang, notes in enumerate(toutes)]
    for m in compute_moyennes(lues):
        assert m.total == len(lues)
        assert 0 <= m.n <= m.total
        assert (m.valeur is None) == (m.n == 0)
        assert m.valeur is None or 1 <= m.valeur <= 4
