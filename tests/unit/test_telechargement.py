"""A file says its date, its perimeter and whether it is invented."""

from __future__ import annotations

from datetime import date

import pytest

from ccm_data.domain.perimetre import Perimetre
from ccm_data.phrases.telechargement import list_notes, name_fichier
from ccm_data.queries.installation import Installation

JOUR = date(2026, 9, 30)


def make_installation(*, demonstration: bool) -> Installation:
    return Installation(demonstration, "1", {"NE001": "Agadez"}, {"1": "Sensibilisation"}, {})


@pytest.mark.parametrize(("demonstration", "fin"), [(True, "-demonstration"), (False, "")])
def test_a_file_is_named_after_its_date_and_its_nature(demonstration: bool, fin: str) -> None:
    nom = name_fichier("budget-ccm", Perimetre(JOUR), make_installation(demonstration=demonstration))
    assert nom == f"budget-ccm-2026-09-30{fin}"


@pytest.mark.parametrize(
    ("perimetre", "mots"),
    [
        (Perimetre(JOUR, region="NE001"), "Agadez"),
        (Perimetre(JOUR, axe="3"), "Axe 3"),
        (Perimetre(JOUR, annee=2024), "2024"),
    ],
    ids=["region", "axis", "year"],
)
def test_the_notes_name_what_was_left_out(perimetre: Perimetre, mots: str) -> None:
    installation = make_installation(demonstration=False)
    entier, restreint = list_notes(Perimetre(JOUR), installation), list_notes(perimetre, installation)
    (ajoute,) = [n for n in restreint if n not in entier]
    assert mots in ajoute


def test_invented_figures_say_so_in_the_file_too() -> None:
    vrai, invente = (list_notes(Perimetre(JOUR), make_installation(demonstration=d)) for d in (False, True))
    assert [n for n in invente if n not in vrai] == ["Démonstration : chiffres de suivi inventés."]
