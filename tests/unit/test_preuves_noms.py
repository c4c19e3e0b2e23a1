"""The name under which evidence is kept."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccm_data.preuves.noms import NOM_MAX, clean_nom

RLO = "\u202e"


@pytest.mark.parametrize(
    ("nom", "attendu"),
    [
        pytest.param("PV du comité.pdf", "PV du comité.pdf", id="a plain name"),
        pytest.param("../../etc/passwd", "passwd.pdf", id="a path"),
        pytest.param("C:\\Users\\moi\\PV.pdf", "PV.pdf", id="a Windows path"),
        pytest.param(f"facture{RLO}fdp.exe", "facturefdp.pdf", id="an order turned round"),
        pytest.param("a\r\nSet-Cookie: x\0.pdf", "a Set-Cookie- x.pdf", id="control signs"),
        pytest.param("e\u0301te\u0301.pdf", "été.pdf", id="decomposed accents"),
        pytest.param("pv.pdf.exe", "pv.pdf", id="two extensions"),
        pytest.param("PV du 3.11.2026", "PV du 3.11.2026.pdf", id="a date"),
        pytest.param("تقرير اللجنة.pdf", "تقرير اللجنة.pdf", id="Arabic"),
        pytest.param("CON.pdf", "preuve CON.pdf", id="a device of Windows"),
        pytest.param("...", "preuve.pdf", id="points alone"),
        pytest.param("\ud800.pdf", "preuve.pdf", id="half a sign"),
        pytest.param("x" * 500, "x" * (NOM_MAX - 4) + ".pdf", id="five hundred signs"),
    ],
)
def test_a_name_is_cleaned(nom: str, attendu: str) -> None:
    assert clean_nom(nom, ".pdf") == attendu


@given(st.text(max_size=300))
def test_any_name_gives_one_that_is_safe_and_stays(nom: str) -> None:
    propre = clean_nom(nom, ".pdf")
    assert propre.endswith(".pdf")
    assert 4 < len(propre) <= NOM_MAX
    assert not set(propre) & set('/\\<>:"|?*\0\r\n')
    assert not [c for c in propre if unicodedata.category(c) in {"Cc", "Cf", "Cs"}]
    assert propre == unicodedata.normalize("NFC", propre)
    assert clean_nom(propre, ".pdf") == propre
