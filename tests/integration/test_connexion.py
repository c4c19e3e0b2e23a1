"""Sign-in, sign-out, passwords: the properties that a session must have, on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import bcrypt
import pytest
from sqlalchemy import event, select, update

from ccm_data.accounts import mots_de_passe
from ccm_data.accounts.connexion import ECHECS_MAX, VERROU
from ccm_data.accounts.sessions import DUREE, INACTIVITE, PAS_DE_VUE, get_personne, hash_jeton, touch_session
from ccm_data.commands import comptes as commandes
from ccm_data.config import Config
from ccm_data.db import get_engine, read_session, write_session
from ccm_data.domain.vocabulaire import Role
from ccm_data.models.comptes import Compte, EchecConnexion, Journal, SessionCompte
from pages.ui.connexion import COOKIE, COOKIE_GRAINE
from pages.ui.limite import Limite
from tests.integration.aides_connexion import Navigateur

MOT = "le fleuve passe à Niamey"
AUTRE = "les dunes avancent au nord"
MAINTENANT = datetime(2026, 11, 23, 9, 14, tzinfo=UTC)


class Horloge(Config):
    """Settings whose hour the test moves."""

    avance = timedelta()

    def maintenant(self) -> datetime:
        return MAINTENANT + type(self).avance


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """bcrypt at its lowest cost: these tests look at what is compared, not at how long it takes."""
    vrai = bcrypt.gensalt
    monkeypatch.setattr(bcrypt, "gensalt", lambda rounds=12, prefix=b"2b": vrai(4, prefix))
    monkeypatch.setattr(mots_de_passe, "LEURRE", bcrypt.hashpw(b"leurre", vrai(4)).decode())


@pytest.fixture
def installation(url_base: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    monkeypatch.setattr(Horloge, "avance", timedelta())
    config = Horloge(tmp_path, url_base, False, date(2026, 11, 23))
    with write_session(config) as session:
        for nom, role, region in (("admin", Role.ADMINISTRATEUR, None), ("pf.agadez", Role.POINT_FOCAL, "NE001")):
            commandes.add_compte(
                session, None, MAINTENANT, nom, role, region_code=region, mot_de_passe=MOT, doit_changer=False
            )
    return config


def _get_role(config: Config, jeton: str | None) -> Role | None:
    with read_session(config) as session:
        trouve = get_personne(session, jeton, config.maintenant())
    return trouve[0].role if trouve else None


def _get_compte(config: Config, nom: str) -> Compte:
    with read_session(config) as session:
        compte = session.scalars(select(Compte).where(Compte.identifiant == nom)).one()
        session.expunge(compte)
        return compte


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
    assert (_get_role(installation, premier), _get_role(installation, navigateur.session)) == (None, Role.POINT_FOCAL)


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


def test_four_failures_then_the_right_password_open_and_start_the_count_again(installation: Config) -> None:
    navigateur = Navigateur(installation)
    for _ in range(ECHECS_MAX - 1):
        navigateur.sign_in("admin", "faux")
    assert navigateur.sign_in("admin", MOT).statut == 303
    assert _get_compte(installation, "admin").echecs == 0


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
    assert _get_role(installation, session) is Role.ADMINISTRATEUR
    assert mots_de_passe.check_mot_de_passe(MOT, _get_compte(installation, "admin").empreinte)


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


# ---- sessions ----


def test_signing_out_ends_the_session_and_a_replayed_token_is_refused(installation: Config) -> None:
    navigateur = Navigateur(installation)
    navigateur.sign_in("admin", MOT)
    vole = navigateur.session
    assert _get_role(installation, vole) is Role.ADMINISTRATEUR
    assert navigateur.get("/auth/logout").statut == 200
    assert _get_role(installation, vole) is Role.ADMINISTRATEUR, "asking for the page ends nothing"
    assert navigateur.post("/auth/logout", {}).get("location") == "/"
    assert navigateur.session is None
    assert _get_role(installation, vole) is None


def test_a_made_up_token_opens_nothing(installation: Config) -> None:
    assert _get_role(installation, "0" * 43) is None
    assert _get_role(installation, "") is None


@pytest.mark.parametrize(
    ("attente", "vivante"),
    [
        pytest.param(INACTIVITE - timedelta(seconds=1), True, id="idle for less than two hours lives"),
        pytest.param(INACTIVITE, False, id="idle for two hours is over"),
    ],
)
def test_an_idle_session_ends(installation: Config, attente: timedelta, vivante: bool) -> None:
    navigateur = Navigateur(installation)
    navigateur.sign_in("admin", MOT)
    Horloge.avance = attente
    assert (_get_role(installation, navigateur.session) is not None) is vivante


def test_a_session_in_use_lives_until_its_absolute_end_and_no_longer(installation: Config) -> None:
    navigateur = Navigateur(installation)
    navigateur.sign_in("admin", MOT)
    assert navigateur.session is not None
    while Horloge.avance < DUREE - PAS_DE_VUE:
        Horloge.avance += timedelta(hours=1) if Horloge.avance < DUREE - timedelta(hours=1) else PAS_DE_VUE
        if _get_role(installation, navigateur.session) is None:
            break
        with write_session(installation) as session:
            touch_session(session, navigateur.session, installation.maintenant())
    assert Horloge.avance >= DUREE - PAS_DE_VUE
    Horloge.avance = DUREE
    assert _get_role(installation, navigateur.session) is None


def test_last_seen_is_written_at_most_every_five_minutes(installation: Config) -> None:
    navigateur = Navigateur(installation)
    navigateur.sign_in("admin", MOT)
    a_revoir = []
    for avance in (timedelta(), PAS_DE_VUE, PAS_DE_VUE + timedelta(seconds=1)):
        Horloge.avance = avance
        with read_session(installation) as session:
            trouve = get_personne(session, navigateur.session, installation.maintenant())
        a_revoir.append(trouve is not None and trouve[1].a_revoir)
    assert a_revoir == [False, False, True]


def test_knowing_who_is_there_costs_one_query(installation: Config) -> None:
    navigateur = Navigateur(installation)
    navigateur.sign_in("admin", MOT)
    requetes: list[str] = []

    def _note(_c: Any, _cur: Any, requete: str, *_: Any) -> None:
        requetes.append(requete)

    moteur = get_engine(installation.database_url)
    event.listen(moteur, "before_cursor_execute", _note)
    try:
        assert _get_role(installation, navigateur.session) is Role.ADMINISTRATEUR
    finally:
        event.remove(moteur, "before_cursor_execute", _note)
    assert len([r for r in requetes if r.lstrip().upper().startswith("SELECT")]) == 1


@pytest.mark.parametrize("geste", ["disable", "reset"])
def test_disabling_and_resetting_end_the_sessions_at_once(installation: Config, geste: str) -> None:
    navigateur = Navigateur(installation)
    navigateur.sign_in("pf.agadez", MOT)
    with write_session(installation) as session:
        compte = commandes.find_compte(session, "pf.agadez")
        if geste == "disable":
            commandes.set_actif(session, None, MAINTENANT, compte, False)
        else:
            commandes.reset_mot_de_passe(session, None, MAINTENANT, compte)
    assert _get_role(installation, navigateur.session) is None


def test_a_role_taken_away_is_gone_at_the_next_run(installation: Config) -> None:
    navigateur = Navigateur(installation)
    navigateur.sign_in("pf.agadez", MOT)
    with write_session(installation) as session:
        compte = commandes.find_compte(session, "pf.agadez")
        commandes.edit_compte(session, None, MAINTENANT, compte, role=Role.LECTEUR, libelle="Lecteur")
    assert _get_role(installation, navigateur.session) is Role.LECTEUR


# ---- passwords ----


def test_a_first_password_leads_to_its_change_and_then_to_where_one_was_going(installation: Config) -> None:
    with write_session(installation) as session:
        _id, provisoire = commandes.add_compte(session, None, MAINTENANT, "neuf", Role.LECTEUR)
    assert provisoire is not None
    navigateur = Navigateur(installation)
    assert navigateur.sign_in("neuf", provisoire, "/budget?axe=2").get("location") == (
        "/auth/password?next=%2Fbudget%3Faxe%3D2"
    )
    with read_session(installation) as session:
        trouve = get_personne(session, navigateur.session, MAINTENANT)
    assert trouve is not None
    assert trouve[1].doit_changer
    assert "provisoire" in navigateur.get("/auth/password").texte
    reponse = navigateur.post(
        "/auth/password",
        {"ancien": provisoire, "nouveau": AUTRE, "confirmation": AUTRE, "next": "/budget?axe=2"},
    )
    assert (reponse.statut, reponse.get("location")) == (303, "/budget?axe=2")
    assert not _get_compte(installation, "neuf").doit_changer


def test_a_changed_password_ends_the_other_sessions_and_replaces_this_ones_token(installation: Config) -> None:
    ici, ailleurs = Navigateur(installation), Navigateur(installation)
    ici.sign_in("admin", MOT)
    ailleurs.sign_in("admin", MOT)
    ancien_jeton = ici.session
    assert ici.change(MOT, AUTRE).statut == 303
    assert _get_role(installation, ailleurs.session) is None
    assert _get_role(installation, ancien_jeton) is None
    assert _get_role(installation, ici.session) is Role.ADMINISTRATEUR
    assert ailleurs.sign_in("admin", MOT).statut == 401
    assert ailleurs.sign_in("admin", AUTRE).statut == 303


@pytest.mark.parametrize(
    ("ancien", "nouveau", "encore", "dit"),
    [
        pytest.param("faux", AUTRE, AUTRE, "actuel n’est pas le bon", id="the present one is wrong"),
        pytest.param(MOT, "court", "court", "de 12 à 200", id="too short"),
        pytest.param(MOT, AUTRE, AUTRE + "x", "diffèrent", id="typed twice differently"),
        pytest.param(MOT, MOT, MOT, "le même", id="the same as before"),
        pytest.param(MOT, "mot de admin 2026", "mot de admin 2026", "identifiant", id="holds the name"),
        pytest.param(MOT, "aaaaaaaaaaaaaa", "aaaaaaaaaaaaaa", "cinq caractères", id="too poor"),
    ],
)
def test_a_refused_password_says_why_and_changes_nothing(
    installation: Config, ancien: str, nouveau: str, encore: str, dit: str
) -> None:
    navigateur = Navigateur(installation)
    navigateur.sign_in("admin", MOT)
    reponse = navigateur.change(ancien, nouveau, encore)
    assert reponse.statut == 400
    assert dit in reponse.texte
    assert nouveau not in reponse.texte.replace("provisoire", "") or nouveau == "court"
    assert mots_de_passe.check_mot_de_passe(MOT, _get_compte(installation, "admin").empreinte)


def test_a_stolen_session_cannot_guess_the_present_password_for_long(installation: Config) -> None:
    navigateur = Navigateur(installation)
    navigateur.sign_in("admin", MOT)
    jeton = navigateur.session
    for _ in range(ECHECS_MAX):
        navigateur.change("faux", AUTRE)
    assert _get_role(installation, jeton) is None
    assert Navigateur(installation).sign_in("admin", MOT).statut == 401


def test_the_password_page_is_for_those_who_are_signed_in(installation: Config) -> None:
    reponse = Navigateur(installation).get("/auth/password?next=/budget")
    assert (reponse.statut, reponse.get("location")) == (303, "/auth/login?next=%2Fbudget")


def test_a_long_password_in_another_alphabet_is_taken_whole(installation: Config) -> None:
    arabe = "نهر النيجر يمر من نيامي إلى غايا كل يوم"
    assert len(arabe.encode()) > 60
    navigateur = Navigateur(installation)
    navigateur.sign_in("admin", MOT)
    assert navigateur.change(MOT, arabe * 2).statut == 303
    assert Navigateur(installation).sign_in("admin", arabe * 2 + "!").statut == 401
    assert Navigateur(installation).sign_in("admin", arabe * 2).statut == 303


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
