"""What a refused value should have been: limits as people say them."""

from __future__ import annotations

from datetime import date

import pytest

from ccm_data.domain.seuils import read_seuil, read_seuils
from ccm_data.errors import ValeurInvalide
from ccm_data.phrases.bornes import say_attendu
from ccm_data.typographie import say_date
from pages.ui.texts import say_erreur


@pytest.mark.parametrize(
    ("attendu", "dit"),
    [
        ("≤ 2026-11-23", "au plus tard le 23 novembre 2026"),
        ("≥ 2026-03-01", "au plus tôt le 1er mars 2026"),
        ("2022-01-01 à 2026-12-10", "1er janvier 2022 à 10 décembre 2026"),
        ("≤ 0.9", "≤ 0,9"),
        ("≤ 160", "≤ 160"),
        ("09:30", "09:30"),
        ("2022-T1 à 2026-T4", "2022-T1 à 2026-T4"),
        ("2026-13-45", "2026-13-45"),
        ("", ""),
    ],
)
def test_a_limit_is_said_as_people_say_it(attendu: str, dit: str) -> None:
    assert " ".join(say_attendu(attendu).split()) == dit


def test_a_refused_threshold_is_named_and_its_bounds_told() -> None:
    with pytest.raises(ValeurInvalide) as refus:
        read_seuil("comite_endormi_mois", "61")
    dit = " ".join(say_erreur(refus.value).split())
    assert "« Comité de veille en sommeil sans activité depuis plus de (mois) » : 61. Attendu : 1 à 60." in dit
    with pytest.raises(ValeurInvalide) as croise:
        read_seuils({"a_surveiller": "0,95"})
    dit = " ".join(say_erreur(croise.value).split())
    assert "« “À surveiller” à partir de (ratio) »" in dit
    assert "Attendu : ≤ 0,9." in dit


def test_a_date_that_a_command_refuses_is_told_in_words() -> None:
    erreur = ValeurInvalide("date_future", champ="echeance", valeur=date(2027, 1, 1), attendu="≤ 2026-11-23")
    dit = say_erreur(erreur)
    assert say_date(date(2026, 11, 23)) in dit
    assert "2026-11-23" not in dit
