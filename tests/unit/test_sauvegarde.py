"""A cell survives the trip as text; the words of a backup's age."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import JSON, LargeBinary
from sqlalchemy import Column as ColonneSQL

from ccm_data.errors import FichierIllisible
from ccm_data.models import Base
from ccm_data.phrases.sauvegarde import ERREURS_SAUVEGARDE, is_a_refaire, say_age, say_taille
from ccm_data.sauvegarde.etat import Derniere
from ccm_data.sauvegarde.format import Manifeste, make_json, read_json
from ccm_data.sauvegarde.valeurs import Colonne, from_ligne, make_colonne, make_type, to_ligne
from ccm_data.textes import set_langue
from ccm_data.typographie import FINE, INSECABLE

MAINTENANT = datetime(2026, 11, 23, 8, 14, tzinfo=UTC)
VALEURS = {
    "texte": st.text(),
    "entier": st.integers(-(2**63), 2**63 - 1),
    "booleen": st.booleans(),
    "reel": st.floats(allow_nan=False),
    "decimal": st.decimals(allow_nan=False, allow_infinity=False, places=4),
    "date": st.dates(),
    "instant": st.datetimes(timezones=st.just(UTC)),
}


def test_every_column_of_the_models_has_a_portable_kind() -> None:
    decrites = [make_colonne(c) for t in Base.metadata.tables.values() for c in t.columns]
    assert {d.genre for d in decrites} == {*VALEURS, "json"}
    assert all(make_type(d) is not None for d in decrites)


def test_a_column_of_a_kind_unknown_here_is_a_bug_and_not_a_silent_loss() -> None:
    table = next(iter(Base.metadata.tables.values())).to_metadata(type(Base.metadata)())
    table.append_column(ColonneSQL("image", LargeBinary))
    with pytest.raises(TypeError, match="image"):
        make_colonne(table.c.image)


@given(st.sampled_from(sorted(VALEURS)).flatmap(lambda g: st.tuples(st.just(g), st.none() | VALEURS[g])))
def test_a_value_comes_back_as_it_was_null_and_empty_apart(cas: tuple[str, Any]) -> None:
    genre, valeur = cas
    relue = from_ligne(Colonne("c", genre), json.loads(json.dumps(to_ligne(valeur))))
    assert relue == valeur
    assert type(relue) is type(valeur)


def test_a_decimal_keeps_its_zeros() -> None:
    assert str(from_ligne(Colonne("c", "decimal"), to_ligne(Decimal("1.50")))) == "1.50"


def test_nothing_and_the_json_null_are_two_things() -> None:
    colonne = Colonne("c", "json")
    assert (from_ligne(colonne, None), from_ligne(colonne, "null")) == (None, JSON.NULL)
    assert from_ligne(colonne, '{"a": null}') == {"a": None}


@pytest.mark.parametrize(
    ("genre", "valeur"),
    [
        ("texte", 3),
        ("entier", "3"),
        ("entier", True),
        ("entier", 3.5),
        ("booleen", 1),
        ("decimal", 1.5),
        ("decimal", "beaucoup"),
        ("date", "2026-13-01"),
        ("instant", "hier"),
        ("json", {"a": 1}),
        ("reel", "1"),
    ],
)
def test_a_value_of_another_kind_is_refused(genre: str, valeur: Any) -> None:
    with pytest.raises(ValueError, match=r"^c: "):
        from_ligne(Colonne("c", genre), valeur)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"format": 2}, "version_inconnue"),
        ({"format": None}, "version_inconnue"),
        ({"date": "2026-11-23T08:14:00"}, "pas_une_sauvegarde"),
        ({"nature": 3}, "pas_une_sauvegarde"),
        ({"tables": None}, "pas_une_sauvegarde"),
        ({"preuves": [{"octets": -1, "sha256": "a" * 64}]}, "pas_une_sauvegarde"),
        ({"preuves": [{"octets": 1, "sha256": "../../../etc/passwd"}]}, "pas_une_sauvegarde"),
        ({"manquantes": ["x"]}, "pas_une_sauvegarde"),
        (
            {"tables": [{"nom": "a; drop table b", "lignes": 0, "octets": 0, "sha256": "a" * 64, "colonnes": []}]},
            "pas_une_sauvegarde",
        ),
        (
            {
                "tables": [
                    {
                        "nom": "axe", "lignes": 0, "octets": 0, "sha256": "a" * 64,
                        "colonnes": [{"nom": 'a") --', "genre": "texte"}],
                    }
                ]
            },
            "pas_une_sauvegarde",
        ),
    ],
)  # fmt: skip
def test_a_manifest_that_says_anything_senseless_is_refused(change: dict[str, Any], code: str) -> None:
    brut = json.loads(make_json(Manifeste(1, "0.1.0", "premier", "reel", MAINTENANT, (), (), (), None)))
    assert read_json(json.dumps(brut).encode()).date == MAINTENANT
    with pytest.raises(FichierIllisible) as refus:
        read_json(json.dumps(brut | change).encode())
    assert refus.value.code == code


@pytest.mark.parametrize("octets", [b"", b"[]", b"null", b"{", b"\xff", b"[" * 100_000], ids=repr)
def test_what_is_no_manifest_is_refused_without_a_traceback(octets: bytes) -> None:
    with pytest.raises(FichierIllisible):
        read_json(octets)


def make_derniere(age: timedelta, ailleurs: bool = True) -> Derniere:
    return Derniere(MAINTENANT - age, "ccm.zip", 1_234_000, ailleurs)


@pytest.mark.parametrize(
    ("age", "dit", "a_refaire"),
    [
        (timedelta(minutes=59), "il y a moins d’une heure", False),
        (timedelta(hours=1), "il y a 1 heure", False),
        (timedelta(hours=23, minutes=59), "il y a 23 heures", False),
        (timedelta(days=1), "il y a 1 jour", False),
        (timedelta(days=3), "il y a 3 jours", False),
        (timedelta(days=7), "il y a 7 jours", False),
        (timedelta(days=7, seconds=1), "il y a 7 jours", True),
        (timedelta(days=1200), f"il y a 1{FINE}200 jours", True),
        (-timedelta(hours=2), "datée de l’avenir", False),
    ],
)
def test_the_age_of_the_last_backup_is_said(age: timedelta, dit: str, a_refaire: bool) -> None:
    derniere = make_derniere(age)
    assert dit in say_age(derniere, MAINTENANT)
    assert is_a_refaire(derniere, MAINTENANT) is a_refaire
    assert ("plus d’une semaine" in say_age(derniere, MAINTENANT)) is a_refaire


def test_no_backup_is_said_and_is_to_be_made() -> None:
    assert say_age(None, MAINTENANT).startswith("Aucune sauvegarde")
    assert is_a_refaire(None, MAINTENANT)


def test_a_backup_that_stands_beside_the_database_is_to_be_copied() -> None:
    assert "autre support" in say_age(make_derniere(timedelta(0), ailleurs=False), MAINTENANT)
    assert "autre support" not in say_age(make_derniere(timedelta(0)), MAINTENANT)


def test_the_age_is_said_in_english_too() -> None:
    set_langue("en")
    assert (
        say_age(make_derniere(timedelta(days=3)), MAINTENANT)
        == "Last backup: 3 days ago (20 Nov 2026, 09:14), 1.2\u00a0MB."
    )


@pytest.mark.parametrize(("octets", "dit"), [(1, "1 ko"), (999_999, "999 ko"), (1_250_000, "1,3 Mo")])
def test_a_size_is_said_and_never_zero(octets: int, dit: str) -> None:
    assert say_taille(octets) == dit.replace(" ", INSECABLE)


def test_every_refusal_has_its_sentence() -> None:
    assert all(texte.endswith((".", "»")) for texte in ERREURS_SAUVEGARDE.values())
