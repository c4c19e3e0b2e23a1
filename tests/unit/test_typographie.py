"""Figures, dates and signs are written one way, in each language."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccm_data import typographie as t
from ccm_data.domain.montants import read_montant
from ccm_data.textes import ngettext, set_langue

FINE, INSECABLE = "\u202f", "\u00a0"


@pytest.fixture(autouse=True)
def _french_again() -> Iterator[None]:
    set_langue("fr")
    yield
    set_langue("fr")


@pytest.mark.parametrize(
    ("ecrit", "attendu"),
    [
        (t.say_nombre(1234567), f"1{FINE}234{FINE}567"),
        (t.say_nombre(12.5, 1), "12,5"),
        (t.say_nombre(2.675, 2), "2,68"),
        (t.say_nombre(30.0, 1), "30"),
        (t.say_nombre(-3), "−3"),
        (t.say_nombre(0), "0"),
        (t.say_nombre(None), "non renseigné"),
        (t.say_pourcent(0.545), f"55{FINE}%"),
        (t.say_pourcent(None), "non renseigné"),
        (t.say_fcfa(987_000_000), f"987{FINE}000{FINE}000{INSECABLE}FCFA"),
        (t.say_millions(531_500_000), "531,5"),
        (t.say_compact(1_234_000_000), f"1,2{INSECABLE}Md"),
        (t.say_compact(45_000_000), f"45{INSECABLE}M"),
        (t.say_date(date(2026, 7, 1)), f"1er{INSECABLE}juillet 2026"),
        (t.say_date(date(2026, 9, 30)), f"30{INSECABLE}septembre 2026"),
        (t.say_trimestre(2026, 3), f"T3{INSECABLE}2026"),
        (t.say_instant(datetime(2026, 10, 2, 8, 14, tzinfo=UTC)), f"2{INSECABLE}oct.{INSECABLE}2026, 9{FINE}h{FINE}14"),
        (
            t.say_ponctuation("Vraiment ? « oui » : 54 % ; non"),
            f"Vraiment{FINE}? «{INSECABLE}oui{INSECABLE}»{INSECABLE}: 54{FINE}%{FINE}; non",
        ),
    ],
)
def test_french_is_written_as_printers_do(ecrit: str, attendu: str) -> None:
    assert ecrit == attendu


def test_english_has_its_own_signs() -> None:
    set_langue("en")
    assert t.say_nombre(1234567.5, 1) == "1,234,567.5"
    assert t.say_pourcent(0.54) == "54%"
    assert t.say_trimestre(2026, 3) == f"Q3{INSECABLE}2026"
    assert t.say_ponctuation("So: yes; no!") == "So: yes; no!"
    assert t.say_ponctuation("So : yes ; no\u202f?") == "So: yes; no?"


def test_zero_is_singular_in_french_and_plural_in_english() -> None:
    assert ngettext("{n} écriture budgétaire", "{n} écritures budgétaires", 0) == "{n} écriture budgétaire"
    set_langue("en")
    assert ngettext("{n} écriture budgétaire", "{n} écritures budgétaires", 0) == "{n} budget entries"


def test_an_unknown_language_is_french() -> None:
    set_langue("xx")
    assert t.say_non_renseigne() == "non renseigné"


@given(st.integers(min_value=0, max_value=10**12))
def test_an_amount_that_we_write_can_be_read_again(montant: int) -> None:
    assert read_montant(t.say_nombre(montant)) == montant


@given(st.text(alphabet="abé ;:!?%«»0", max_size=30))
def test_spacing_put_right_twice_changes_nothing_more(texte: str) -> None:
    une = t.say_ponctuation(texte)
    assert t.say_ponctuation(une) == une
