"""Signing in: the cookie, the way back, the same answer to all, the lockout, forms of our own, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import select, update

from ccm_data.accounts import mots_de_passe
from ccm_data.accounts.connexion import ECHECS_MAX, VERROU
from ccm_data.accounts.sessions import DUREE, hash_jeton
from ccm_data.commands import comptes as commandes
from ccm_data.commands.connexion import sign_in
from ccm_data.config import Config
from ccm_data.db import get_engine, read_session, write_session
from ccm_data.domain.vocabulaire import Role
from ccm_data.models.comptes import Compte, EchecConnexion, Journal, SessionCompte
from pages.ui.connexion import COOKIE, COOKIE_GRAINE
from pages.ui.limite import Limite
from tests.integration.aides_connexion import (
    AUTRE,
    MAINTENANT,
    MOT,
    Horloge,
    Navigateur,
    get_compte,
    get_role,
    make_installation,
    quicken_hashes,
)


@pytest.fixture
def installation(url_base: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    quicken_hashes(monkeypatch)
    monkeypatch.setattr(Horloge, "avance", timedelta())
    return make_installation(url_base, tmp_path)


def test_signing_in_leads_back_to_the_deep_link_with_its_parameters(installation: Config) -> None:
    reponse = Navigateur(installation).sign_in("pf.agadez", MOT, "/region?region=NE001&arrete=2026-06-30")
    assert (reponse.statut, reponse.get("location")) == (303, "/region?region=NE001&arrete=2026-06-30")


@pytest.mark.parametrize("suite", ["//evil.test/", "/\\evil.test", "https://evil.test", "/\t/evil.test", "/auth/login"])
def test_signing_in_never_leads_to_another_host_nor_back_to_the_door(installation: Config, suite: str) -> None:
    assert Navigateur(installation).sign_in("admin", MOT, suite).get("location") == "/"


def test_the_cookie_is_closed_to_scripts_and_to_other_sites(installation: Config) -> None:
    ligne = Navigateur(installation).sign_in("admin", MOT).get_cookie(COOKIE)
    assert ligne is not None
    reglages = {r.strip().lower() for r in ligne.split(";")[1:]}
    assert {"httponly", "samesite=lax", "path=/", f"max-age={int(DUREE.total_seconds())}"} <= reglages
    assert "secure" not in reglages


@pytest.mark.parametrize("par", ["scheme", "setting"])
def test_behind_tls_the_cookies_are_secure(installation: Config, par: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if par == "setting":
        monkeypatch.setenv("CCM_HTTPS", "1")
    navigateur = Navigateur(installation, schema="https" if par == "scheme" else "http")
    reponse = navigateur.sign_in("admin", MOT)
    assert "; Secure" in str(reponse.get_cookie(COOKIE))
    assert "; Secure" in str(navigateur.get("/auth/login").get_cookie(COOKIE_GRAINE))


def test_the_database_holds_the_hash_of_the_token_and_never_the_token(installation: Config) -> None:
    navigateur = Navigateur(installation)
    navigateur.sign_in("admin", MOT)
    assert navigateur.session is not None
    with read_session(installation) as session:
        gardes = list(session.scalars(select(SessionCompte.empreinte_jeton)))
    assert gardes == [hash_jeton(navigateur.session)]
    assert navigateur.session not in gardes


def test_no_page_of_the_door_is_kept_by_a_cache(installation: Config) -> None:
    navigateur = Navigateur(installation)
    reponses = [navigateur.get("/auth/login"), navigateur.sign_in("admin", "faux"), navigateur.sign_in("admin", MOT)]
    reponses += [navigateur.get("/auth/password"), navigateur.get("/auth/logout")]
    assert {r.get("cache-control") for r in reponses} == {"no-store"}


def test_signing_in_again_ends_the_session_that_the_browser_held(installation: Config) -> None:
    navigateur = Navigateur(installation)
    navigateur.sign_in("admin", MOT)
    premier = navigateur.session
    navigateur.sign_in("pf.agadez", MOT)
    assert (get_role(installation, premier), get_role(installation, navigateur.session)) == (None, Role.POINT_FOCAL)


# ---- same answer, same work ----


def _attempt(config: Config, nom: str, mot: str, monkeypatch: pytest.MonkeyPatch) -> tuple[int, str, int]:
    """Status, text without what the person typed and the form's token, and how many hashes were compared."""
    appels: list[str] = []
    vrai = mots_de_passe._get_hasher()

    class Compteur:
        @staticmethod
        def check_pw(mot_de_passe: str, empreinte: str) -> bool:
            appels.append(empreinte)
            return bool(vrai.check_pw(mot_de_passe, empreinte))

        hash = vrai.hash

    with monkeypatch.context() as essai:
        essai.setattr(mots_de_passe, "_get_hasher", lambda: Compteur)
        reponse = Navigateur(config).sign_in(nom, mot)
    return reponse.statut, reponse.texte.replace(reponse.jeton, "").replace(f'value="{nom}"', ""), len(appels)


def test_unknown_wrong_disabled_and_locked_answer_alike_for_the_same_work(
    installation: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    with write_session(installation) as session:
        commandes.add_compte(session, None, MAINTENANT, "parti", Role.LECTEUR, mot_de_passe=MOT)
        commandes.set_actif(session, None, MAINTENANT, commandes.find_compte(session, "parti"), False)
        session.execute(
            update(Compte).where(Compte.identifiant == "pf.agadez").values(verrouille_jusqua=MAINTENANT + VERROU)
        )
    reponses = [
        _attempt(installation, nom, mot, monkeypatch)
        for nom, mot in (("personne", MOT), ("admin", "faux"), ("parti", MOT), ("pf.agadez", MOT))
    ]
    assert reponses[0][0] == 401
    assert reponses[0][2] == 1
    assert all(r == reponses[0] for r in reponses)


@pytest.mark.parametrize("nom", ["admin", "nom.inconnu"])
def test_a_name_known_or_not_is_locked_after_five_failures_and_a_restart_opens_nothing(
    installation: Config, nom: str
) -> None:
    navigateur = Navigateur(installation)
    for _ in range(ECHECS_MAX):
        assert navigateur.sign_in(nom, "faux").statut == 401
    get_engine(installation.database_url).dispose()  # a new process holds no connection and no memory
    if nom == "admin":
        assert Navigateur(installation).sign_in("admin", MOT).statut == 401
        Horloge.avance = VERROU + timedelta(seconds=1)
        assert Navigateur(installation).sign_in("admin", MOT).statut == 303
    with read_session(installation) as session:
        verrous = [c.verrouille_jusqua for c in session.scalars(select(EchecConnexion))]
    assert verrous == ([] if nom == "admin" else [MAINTENANT + VERROU])


@pytest.mark.parametrize("nom", ["admin", "nom.inconnu"])
def test_failures_at_the_same_moment_are_all_counted(installation: Config, nom: str) -> None:
    depart = Barrier(4)

    def _fail(_rang: int) -> object:
        depart.wait(timeout=20)
        return sign_in(installation, nom, "faux")

    with ThreadPoolExecutor(4) as fils:
        assert list(fils.map(_fail, range(4))) == [None] * 4
    with read_session(installation) as session:
        comptes = list(session.scalars(select(EchecConnexion.echecs)))
    assert (get_compte(installation, "admin").echecs, comptes) == ((4, []) if nom == "admin" else (0, [4]))


def test_four_failures_then_the_right_password_open_and_start_the_count_again(installation: Config) -> None:
    navigateur = Navigateur(installation)
    for _ in range(ECHECS_MAX - 1):
        navigateur.sign_in("admin", "faux")
    assert navigateur.sign_in("admin", MOT).statut == 303
    assert get_compte(installation, "admin").echecs == 0


def test_a_locked_account_stands_in_the_journal_without_what_was_typed(installation: Config) -> None:
    navigateur = Navigateur(installation)
    for _ in range(ECHECS_MAX):
        navigateur.sign_in("admin", "mot tapé par erreur")
    with read_session(installation) as session:
        derniere = session.execute(
            select(Journal.action, Journal.resume, Journal.qui, Journal.avant, Journal.apres).order_by(
                Journal.id.desc()
            )
        ).first()
    assert derniere == ("bloquer", "admin", "connexion", None, None)


def test_a_password_typed_as_a_name_is_not_kept_in_clear_and_is_forgotten_after_a_day(installation: Config) -> None:
    Navigateur(installation).sign_in(MOT, "")
    with read_session(installation) as session:
        gardes = list(session.scalars(select(EchecConnexion.identifiant)))
    assert len(gardes) == 1
    assert "fleuve" not in gardes[0]
    Horloge.avance = timedelta(days=1, minutes=1)
    Navigateur(installation).sign_in("autre", "")
    with read_session(installation) as session:
        assert gardes[0] not in set(session.scalars(select(EchecConnexion.identifiant)))


def test_a_password_changed_during_the_comparison_does_not_let_the_old_one_in(
    installation: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    navigateur = Navigateur(installation)
    navigateur.get("/auth/login")

    def _reset_meanwhile(mot_de_passe: str, empreinte: str | None) -> bool:
        with write_session(installation) as session:
            identifiant = commandes.find_compte(session, "admin")
            commandes.reset_mot_de_passe(session, None, MAINTENANT, identifiant, AUTRE)
        return mots_de_passe.check_mot_de_passe(mot_de_passe, empreinte)

    monkeypatch.setattr("ccm_data.commands.connexion.check_mot_de_passe", _reset_meanwhile)
    assert navigateur.sign_in("admin", MOT).statut == 401


# ---- forms ----


@pytest.mark.parametrize("adresse", ["/auth/login", "/auth/logout", "/auth/password"])
@pytest.mark.parametrize("defaut", ["no token", "another browser's token", "another site", "no seed"])
def test_a_form_that_is_not_this_browsers_own_is_refused(installation: Config, adresse: str, defaut: str) -> None:
    navigateur = Navigateur(installation)
    navigateur.sign_in("admin", MOT)
    session = navigateur.session
    jeton = navigateur.get(adresse).jeton
    entetes: dict[str, str] = {}
    if defaut == "no token":
        jeton = ""
    elif defaut == "another browser's token":
        jeton = Navigateur(installation).get("/auth/login").jeton
    elif defaut == "another site":
        entetes["sec_fetch_site"] = "cross-site"
    else:
        del navigateur.cookies[COOKIE_GRAINE]
    champs = {"identifiant": "admin", "mot_de_passe": MOT, "ancien": MOT, "nouveau": AUTRE, "confirmation": AUTRE}
    reponse = navigateur.post(adresse, champs, jeton, **entetes)
    assert reponse.statut == 403
    assert reponse.get_cookie(COOKIE) is None
    assert get_role(installation, session) is Role.ADMINISTRATEUR
    assert mots_de_passe.check_mot_de_passe(MOT, get_compte(installation, "admin").empreinte)


@pytest.mark.parametrize("corps", [b"a=" + b"x" * 20_000, b"&".join(b"a=1" for _ in range(50)), b"\xff\xfe"])
def test_a_form_too_large_or_unreadable_is_refused_without_a_trace(installation: Config, corps: bytes) -> None:
    assert Navigateur(installation).call("POST", "/auth/login", corps).statut in {400, 403, 413}


def test_an_address_that_tries_too_often_must_wait(installation: Config) -> None:
    navigateur = Navigateur(installation, Limite(maximum=2))
    statuts = [navigateur.sign_in(f"nom{i}", "faux").statut for i in range(3)]
    assert statuts == [401, 401, 429]
    refus = navigateur.sign_in("admin", MOT)
    assert (refus.statut, refus.get("retry-after"), refus.get_cookie(COOKIE)) == (429, "300", None)


def test_a_hostile_name_and_address_come_back_as_text(installation: Config) -> None:
    navigateur = Navigateur(installation)
    jeton = navigateur.get("/auth/login").jeton
    corps = f"jeton={jeton}&identifiant=%22%3E%3Cscript%3E&mot_de_passe=x&next=/%22%3E%3Cscript%3E"
    reponse = navigateur.call("POST", "/auth/login", corps.encode())
    brut = reponse.texte  # unescaped once: markup of ours stays, what was typed shows once
    assert reponse.statut == 401
    assert brut.count("<script>") == brut.count('"><script>')  # never outside the two values typed


@pytest.mark.parametrize(
    ("adresse", "langue", "titre"),
    [
        ("/auth/login", "fr", "Se connecter"),
        ("/auth/login?lang=en", "en", "Sign in"),
        ("/auth/login?next=/budget%3Flang%3Den", "en", "Sign in"),
        ("/auth/login?lang=zz", "fr", "Se connecter"),
    ],
)
def test_the_door_speaks_the_language_one_was_reading(
    installation: Config, adresse: str, langue: str, titre: str
) -> None:
    texte = Navigateur(installation).get(adresse).texte
    assert f'<html lang="{langue}">' in texte
    assert f"<h1>{titre}</h1>" in texte
