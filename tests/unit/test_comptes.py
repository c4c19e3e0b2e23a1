"""Passwords, form tokens, the installation's secret, addresses to come back to, words of the journal."""

from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from ccm_data.accounts import jetons, mots_de_passe
from ccm_data.accounts.connexion import hash_inconnu, read_identifiant
from ccm_data.commands.journal import to_json
from ccm_data.domain.vocabulaire import Role
from ccm_data.errors import ReglageManquant, ValeurInvalide
from ccm_data.phrases.comptes import ERREURS_COMPTES, say_erreur_compte
from ccm_data.queries.journal import list_champs, make_filtre, say_changement
from pages.ui.connexion import NEXT_MAX, read_next
from pages.ui.limite import ADRESSES_MAX, FENETRE_S, Limite
from pages.ui.texts import say_erreur


@pytest.fixture(autouse=True)
def _fresh_secret() -> None:
    jetons.get_secret.cache_clear()


# ---- passwords ----


@pytest.mark.parametrize(
    ("mot", "code"),
    [
        pytest.param("onze signes", "mot_de_passe_longueur", id="eleven characters are too few"),
        pytest.param("douze signes", None, id="twelve are enough"),
        pytest.param("é" * 5 + "abcdefg" * 28, "mot_de_passe_longueur", id="more than two hundred are too many"),
        pytest.param("xx PF.Agadez xx", "mot_de_passe_identifiant", id="the name hides in capitals"),
        pytest.param("abcdabcdabcd", "mot_de_passe_pauvre", id="four different characters are too few"),
        pytest.param("abcdeabcdeab", None, id="five different ones are enough"),
        pytest.param("نهر النيجر يمر", None, id="any alphabet is good"),
    ],
)
def test_a_new_password_is_judged_by_length_name_and_variety(mot: str, code: str | None) -> None:
    if code is None:
        mots_de_passe.check_regles(mot, "pf.agadez")
        return
    with pytest.raises(ValeurInvalide) as refus:
        mots_de_passe.check_regles(mot, "pf.agadez")
    assert refus.value.code == code
    assert mot not in str(refus.value), "an error never carries the password"


def test_passwords_that_differ_only_after_72_bytes_are_different() -> None:
    debut = "ن" * 36
    assert len(debut.encode()) == 72
    empreinte = mots_de_passe.hash_mot_de_passe(debut + "a")
    assert mots_de_passe.check_mot_de_passe(debut + "a", empreinte)
    assert not mots_de_passe.check_mot_de_passe(debut + "b", empreinte)


def test_the_same_letters_typed_on_another_keyboard_open() -> None:
    compose, decompose = "caf\u00e9 de l’escale", "cafe\u0301 de l’escale"
    assert compose != decompose
    assert mots_de_passe.check_mot_de_passe(decompose, mots_de_passe.hash_mot_de_passe(compose))


def test_without_a_hash_the_answer_is_no_at_the_cost_of_a_true_one() -> None:
    vrai = mots_de_passe.hash_mot_de_passe("douze signes")
    assert vrai.split("$")[1:3] == mots_de_passe.LEURRE.split("$")[1:3], "same algorithm, same cost"
    assert not mots_de_passe.check_mot_de_passe("douze signes", None)


def test_a_password_made_for_someone_obeys_the_rules_and_never_repeats() -> None:
    faits = {mots_de_passe.make_mot_de_passe() for _ in range(50)}
    assert len(faits) == 50
    for fait in faits:
        mots_de_passe.check_regles(fait, "admin")
        assert not set(fait) & set("0O1lI"), "no look-alikes: it is copied from paper"


# ---- tokens and the secret ----


def test_a_form_token_goes_with_one_seed_and_one_secret() -> None:
    jeton = jetons.make_jeton(b"s" * 32, "graine")
    assert jetons.check_jeton(b"s" * 32, "graine", jeton)
    for secret, graine, autre in (
        (b"t" * 32, "graine", jeton),
        (b"s" * 32, "autre", jeton),
        (b"s" * 32, None, jeton),
        (b"s" * 32, "", jetons.make_jeton(b"s" * 32, "")),
        (b"s" * 32, "graine", None),
        (b"s" * 32, "graine", "é"),
    ):
        assert not jetons.check_jeton(secret, graine, autre)


def test_the_secret_is_made_once_and_read_by_its_owner_alone(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as fils:
        lus = set(fils.map(lambda _: jetons.get_secret.__wrapped__(tmp_path / "neuf"), range(8)))
    assert len(lus) == 1
    fichiers = list((tmp_path / "neuf").iterdir())
    assert [f.name for f in fichiers] == [jetons.NOM], "nothing is left beside it"
    assert len(fichiers[0].read_bytes()) == jetons.OCTETS
    if os.name == "posix":
        assert stat.S_IMODE(fichiers[0].stat().st_mode) == 0o600


def test_a_secret_cut_short_is_refused_and_names_its_file(tmp_path: Path) -> None:
    (tmp_path / jetons.NOM).write_bytes(b"")
    with pytest.raises(ReglageManquant) as refus:
        jetons.get_secret(tmp_path)
    assert str(tmp_path / jetons.NOM) in str(say_erreur_compte(refus.value))


def test_a_name_without_account_is_kept_as_a_keyed_hash_blind_to_case_and_spaces() -> None:
    assert hash_inconnu(b"s", " Nom ") == hash_inconnu(b"s", "nom") != hash_inconnu(b"t", "nom")
    assert len(hash_inconnu(b"s", "nom")) == 64


def test_a_name_is_read_in_lower_case_without_spaces_around_and_bounded() -> None:
    assert read_identifiant("  PF.Zinder\n") == "pf.zinder"
    assert len(read_identifiant("x" * 500)) == 80


# ---- where to go ----


@pytest.mark.parametrize(
    ("texte", "suite"),
    [
        ("/region?region=NE001&arrete=2026-06-30", "/region?region=NE001&arrete=2026-06-30"),
        ("/", "/"),
        ("//evil.test", "/"),
        ("/\\evil.test", "/"),
        ("\\\\evil.test", "/"),
        ("https://evil.test/", "/"),
        ("javascript:alert(1)", "/"),
        ("/\n/evil.test", "/"),
        ("/\x7f", "/"),
        ("budget", "/"),
        ("", "/"),
        (None, "/"),
        ("/auth/logout", "/"),
        ("/" + "a" * NEXT_MAX, "/"),
    ],
)
def test_the_way_back_is_a_path_of_ours_or_the_first_screen(texte: str | None, suite: str) -> None:
    assert read_next(texte) == suite


# ---- attempts per address ----


def test_attempts_beyond_the_limit_wait_until_the_window_has_passed() -> None:
    heure = [0.0]
    limite = Limite(maximum=3, horloge=lambda: heure[0])
    assert [limite.allow("a") for _ in range(4)] == [True, True, True, False]
    assert limite.allow("b"), "another address is another count"
    heure[0] = FENETRE_S + 1.0
    assert limite.allow("a")


def test_the_memory_of_addresses_is_bounded() -> None:
    limite = Limite()
    for i in range(ADRESSES_MAX + 10):
        limite.allow(str(i))
    assert len(limite.vus) == ADRESSES_MAX


# ---- journal ----


def test_the_journal_keeps_plain_values_and_no_secret() -> None:
    garde = to_json(
        {
            "role": Role.ACTEUR,
            "jour": date(2026, 1, 2),
            "quand": datetime(2026, 1, 2, 3, tzinfo=UTC),
            "part": Decimal("0.25"),
            "codes": {"a"},
            "empreinte": "secret",
            "mot_de_passe": "secret",
            "dedans": [{"empreinte_jeton": "secret", "n": None}],
            "chemin": Path("x"),
        }
    )
    assert garde == {
        "role": "acteur",
        "jour": "2026-01-02",
        "quand": "2026-01-02T03:00:00+00:00",
        "part": "0.25",
        "codes": ["a"],
        "dedans": [{"n": None}],
        "chemin": "x",
    }


@pytest.mark.parametrize(
    ("avant", "apres", "dit"),
    [
        pytest.param({"valeur": 0}, {"valeur": 30}, "valeur : 0 → 30", id="zero is a value"),
        pytest.param({"valeur": None}, {"valeur": 30}, "valeur : non renseigné → 30", id="null is said"),
        pytest.param(None, {"nom": "A", "vide": None}, "nom : A", id="a creation leaves out what it did not fill"),
        pytest.param({"nom": "A"}, None, "nom : A", id="what is taken away shows what it was"),
        pytest.param({"actif": True}, {"actif": False}, "actif : oui → non", id="yes and no are words"),
        pytest.param(None, None, "", id="nothing changed, nothing said"),
        pytest.param(
            dict.fromkeys("abcde", 1),
            dict.fromkeys("abcde", 2),
            "a : 1 → 2 ; b : 1 → 2 ; c : 1 → 2 (et 2 autres)",
            id="three fields, then how many others",
        ),
    ],
)
def test_a_change_reads_old_then_new(avant: object, apres: object, dit: str) -> None:
    assert say_changement(avant, apres).replace("\u00a0", " ").replace("\u202f", " ") == dit


def test_a_line_lists_all_its_fields() -> None:
    assert list_champs({"region_code": "NE001"}, {"region_code": None}) == [("region code", "NE001", "non renseigné")]


def test_seven_days_end_today_and_count_it() -> None:
    filtre = make_filtre(date(2026, 11, 23), "compte", None, None, "7")
    assert (filtre.debut, filtre.objet) == (date(2026, 11, 17), "compte")
    assert make_filtre(date(2026, 11, 23), None, None, None, "hier").debut is None


# ---- words ----


@pytest.mark.parametrize("code", sorted(ERREURS_COMPTES))
def test_every_refusal_has_its_own_sentence_on_screen_with_french_spacing(code: str) -> None:
    dit = say_erreur(ValeurInvalide(code))
    assert "Valeur refusée" not in dit
    assert " :" not in dit
    assert "{" not in dit
