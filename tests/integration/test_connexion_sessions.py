"""Sessions and passwords: what ends a session and when, the first password, the changed one, on both databases."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from ccm_data.accounts import mots_de_passe
from ccm_data.accounts.connexion import ECHECS_MAX
from ccm_data.accounts.sessions import DUREE, INACTIVITE, PAS_DE_VUE, get_personne, touch_session
from ccm_data.commands import comptes as commandes
from ccm_data.config import Config
from ccm_data.db import get_engine, read_session, write_session
from ccm_data.domain.vocabulaire import Role
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


# ---- sessions ----


def test_signing_out_ends_the_session_and_a_replayed_token_is_refused(installation: Config) -> None:
    navigateur = Navigateur(installation)
    navigateur.sign_in("admin", MOT)
    vole = navigateur.session
    assert get_role(installation, vole) is Role.ADMINISTRATEUR
    assert navigateur.get("/auth/logout").statut == 200
    assert get_role(installation, vole) is Role.ADMINISTRATEUR, "asking for the page ends nothing"
    assert navigateur.post("/auth/logout", {}).get("location") == "/"
    assert navigateur.session is None
    assert get_role(installation, vole) is None


def test_a_made_up_token_opens_nothing(installation: Config) -> None:
    assert get_role(installation, "0" * 43) is None
    assert get_role(installation, "") is None


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
    assert (get_role(installation, navigateur.session) is not None) is vivante


def test_a_session_in_use_lives_until_its_absolute_end_and_no_longer(installation: Config) -> None:
    navigateur = Navigateur(installation)
    navigateur.sign_in("admin", MOT)
    assert navigateur.session is not None
    while Horloge.avance < DUREE - PAS_DE_VUE:
        Horloge.avance += timedelta(hours=1) if Horloge.avance < DUREE - timedelta(hours=1) else PAS_DE_VUE
        if get_role(installation, navigateur.session) is None:
            break
        with write_session(installation) as session:
            touch_session(session, navigateur.session, installation.maintenant())
    assert Horloge.avance >= DUREE - PAS_DE_VUE
    Horloge.avance = DUREE
    assert get_role(installation, navigateur.session) is None


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
        assert get_role(installation, navigateur.session) is Role.ADMINISTRATEUR
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
    assert get_role(installation, navigateur.session) is None


def test_a_role_taken_away_is_gone_at_the_next_run(installation: Config) -> None:
    navigateur = Navigateur(installation)
    navigateur.sign_in("pf.agadez", MOT)
    with write_session(installation) as session:
        compte = commandes.find_compte(session, "pf.agadez")
        commandes.edit_compte(session, None, MAINTENANT, compte, role=Role.LECTEUR, libelle="Lecteur")
    assert get_role(installation, navigateur.session) is Role.LECTEUR


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
    assert not get_compte(installation, "neuf").doit_changer


def test_a_changed_password_ends_the_other_sessions_and_replaces_this_ones_token(installation: Config) -> None:
    ici, ailleurs = Navigateur(installation), Navigateur(installation)
    ici.sign_in("admin", MOT)
    ailleurs.sign_in("admin", MOT)
    ancien_jeton = ici.session
    assert ici.change(MOT, AUTRE).statut == 303
    assert get_role(installation, ailleurs.session) is None
    assert get_role(installation, ancien_jeton) is None
    assert get_role(installation, ici.session) is Role.ADMINISTRATEUR
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
    assert mots_de_passe.check_mot_de_passe(MOT, get_compte(installation, "admin").empreinte)


def test_a_stolen_session_cannot_guess_the_present_password_for_long(installation: Config) -> None:
    navigateur = Navigateur(installation)
    navigateur.sign_in("admin", MOT)
    jeton = navigateur.session
    for _ in range(ECHECS_MAX):
        navigateur.change("faux", AUTRE)
    assert get_role(installation, jeton) is None
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
