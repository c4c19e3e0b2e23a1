"""Thresholds as data."""

from __future__ import annotations

import pytest

from ccm_data.domain.seuils import DESCRIPTIONS, SEUILS_PAR_DEFAUT, list_noms, read_seuil, read_seuils
from ccm_data.errors import ValeurInvalide


def test_every_threshold_has_a_description_and_the_other_way_round() -> None:
    assert list_noms() == list(DESCRIPTIONS)


def test_defaults_can_be_read_back_from_text() -> None:
    for nom in list_noms():
        defaut = getattr(SEUILS_PAR_DEFAUT, nom)
        assert read_seuil(nom, str(defaut).replace(".", ",")) == defaut


@pytest.mark.parametrize(
    ("nom", "texte", "attendu"),
    [
        pytest.param("en_bonne_voie", "0,95", 0.95, id="a ratio with a comma"),
        pytest.param("en_bonne_voie", "95 %", 0.95, id="a ratio as a percentage"),
        pytest.param("en_bonne_voie", "1", 1.0, id="the upper bound is allowed"),
        pytest.param("a_surveiller", "0", 0.0, id="the lower bound is allowed"),
        pytest.param("delai_rapport_jours", "30", 30, id="a number of days"),
        pytest.param("comite_endormi_mois", "60", 60, id="the longest sleep allowed"),
        pytest.param("premier_trimestre_du", "2024-t2", "2024-T2", id="a quarter"),
    ],
)
def test_values_as_people_type_them(nom: str, texte: str, attendu: object) -> None:
    assert read_seuil(nom, texte) == attendu


@pytest.mark.parametrize(
    ("nom", "texte"),
    [
        ("en_bonne_voie", "1,01"),
        ("en_bonne_voie", "-0,1"),
        ("en_bonne_voie", "90"),
        ("delai_rapport_jours", "12,5"),
        ("delai_rapport_jours", "10 %"),
        ("delai_rapport_jours", "181"),
        ("premier_trimestre_du", "2027-T1"),
        ("premier_trimestre_du", "bientôt"),
        ("alerte_sans_maj_trimestres", "0"),
        ("comite_endormi_mois", "0"),
        ("comite_endormi_mois", "61"),
        ("comite_endormi_mois", "6,5"),
    ],
)
def test_a_senseless_value_is_refused(nom: str, texte: str) -> None:
    with pytest.raises(ValeurInvalide):
        read_seuil(nom, texte)


def test_decisions_replace_defaults_and_unknown_names_are_left_aside() -> None:
    seuils = read_seuils({"a_surveiller": "0,5", "ancien_seuil": "3"})
    assert (seuils.a_surveiller, seuils.en_bonne_voie) == (0.5, 0.9)


def test_a_surveiller_cannot_pass_above_en_bonne_voie() -> None:
    assert read_seuils({"a_surveiller": "0,9"}).a_surveiller == 0.9
    with pytest.raises(ValeurInvalide):
        read_seuils({"a_surveiller": "0,91"})
