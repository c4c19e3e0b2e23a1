"""Who sees which screen, and what every screen says of the installation, without a browser."""

from __future__ import annotations

import pytest

from ccm_data.accounts.sessions import revoke_session
from ccm_data.commands.comptes import add_compte
from ccm_data.config import Config
from ccm_data.db import write_session
from ccm_data.domain.vocabulaire import Role
from pages.ui import components
from pages.ui.navigation import CONNECTES, ECRANS, Ecran
from tests.pages.aides import Salle
from tests.pages.conftest import ADMIN, Ouvrir

COMPTES = {
    Role.VISITEUR: None,
    Role.LECTEUR: "lecteur.demo",
    Role.ACTEUR: "acteur.oim",
    Role.POINT_FOCAL: "pf.agadez",
    Role.SUIVI_EVALUATION: "se.demo",
    Role.ADMINISTRATEUR: "admin.demo",
}
RESERVES = [e for e in ECRANS if Role.VISITEUR not in e.roles]
CHIFFRES_INVENTES = "Démonstration : chiffres de suivi inventés"


def is_refuse(salle: Salle) -> bool:
    """The screen says that it is reserved, and shows nothing more."""
    refuse = "Écran réservé" in salle.texte
    if refuse:
        assert not salle.at.dataframe
        assert not salle.at.get("form_submit_button")
        assert not salle.at.get("download_button")
    return refuse


@pytest.mark.parametrize("role", COMPTES, ids=str)
def test_a_screen_opens_for_the_roles_of_its_line_and_refuses_the_others(
    salle: Ouvrir, demo: Config, role: Role
) -> None:
    devant = salle(demo, COMPTES[role])
    refuses = {e.cle for e in ECRANS if is_refuse(devant.open(e.cle))}
    assert refuses == {e.cle for e in ECRANS if role not in e.roles}
    assert RESERVES, "no screen is reserved: the test proves nothing"


@pytest.mark.parametrize("ecran", RESERVES, ids=lambda e: e.cle)
def test_a_reserved_screen_refuses_a_visitor_even_without_its_frame(salle: Ouvrir, demo: Config, ecran: Ecran) -> None:
    devant = salle(demo, script=ecran.fichier).run()
    assert is_refuse(devant)
    assert devant.at.warning[0].value == "Cet écran demande une connexion."


@pytest.mark.parametrize("ecran", RESERVES, ids=lambda e: e.cle)
def test_a_reserved_screen_asked_before_the_frame_ever_ran_shows_nothing_of_its_own(
    salle: Ouvrir, demo: Config, ecran: Ecran
) -> None:
    devant = salle(demo)
    devant.at.switch_page(f"../{ecran.section}/{ecran.cle}.py")
    devant.run()
    assert not devant.at.dataframe
    assert not devant.at.get("form_submit_button")


@pytest.mark.parametrize("ecran", [e for e in RESERVES if e.roles != CONNECTES], ids=lambda e: e.cle)
def test_a_signed_in_person_without_the_right_is_refused_without_the_frame_too(
    salle: Ouvrir, demo: Config, ecran: Ecran
) -> None:
    devant = salle(demo, "lecteur.demo", ecran.fichier).run()
    assert is_refuse(devant)
    assert "Votre rôle ne l’ouvre pas" in devant.at.warning[0].value


@pytest.mark.parametrize("identifiant", [None, "admin.demo"], ids=["a visitor", "an administrator"])
def test_every_screen_of_the_demonstration_says_that_it_is_one(
    salle: Ouvrir, demo: Config, identifiant: str | None
) -> None:
    devant = salle(demo, identifiant)
    muets = [e.cle for e in ECRANS if CHIFFRES_INVENTES not in devant.open(e.cle).texte]
    assert muets == []


@pytest.mark.parametrize("identifiant", [None, ADMIN], ids=["a visitor", "an administrator"])
def test_no_screen_of_real_work_speaks_of_a_demonstration(salle: Ouvrir, reel: Config, identifiant: str | None) -> None:
    devant = salle(reel, identifiant)
    assert [e.cle for e in ECRANS if "émonstration" in devant.open(e.cle).texte] == []


def test_every_screen_of_an_empty_installation_is_drawn_for_its_administrator(salle: Ouvrir, reel: Config) -> None:
    devant = salle(reel, ADMIN)
    for ecran in ECRANS:
        devant.open(ecran.cle)
        assert devant.titre
        assert not is_refuse(devant)


def test_a_first_password_stands_before_every_screen(salle: Ouvrir, config_sqlite: Config) -> None:
    with write_session(config_sqlite) as session:
        add_compte(session, None, config_sqlite.maintenant(), "neuf", Role.ADMINISTRATEUR)
    devant = salle(config_sqlite, "neuf")
    for ecran in ECRANS:
        devant.open(ecran.cle)
        assert devant.list_liens() == [("Choisir votre mot de passe avant de continuer", "/auth/password")]
        assert not devant.at.dataframe


def test_a_revoked_session_ends_at_the_next_run(salle: Ouvrir, demo: Config) -> None:
    devant = salle(demo, "admin.demo").open("comptes")
    assert len(devant.at.dataframe) == 1
    assert devant.jeton is not None
    with write_session(demo) as session:
        revoke_session(session, devant.jeton, demo.maintenant())
    assert is_refuse(devant.run())


def test_an_invented_token_is_a_visitor(salle: Ouvrir, demo: Config) -> None:
    devant = salle(demo)
    devant.jeton = "invente"
    assert is_refuse(devant.open("journal"))


def test_a_visitor_is_told_how_many_entries_are_withheld_and_a_reader_reads_them(salle: Ouvrir, demo: Config) -> None:
    visiteur = salle(demo).open("budget")
    assert "lignes réservées" in visiteur.texte
    with pytest.raises(AssertionError, match="no table"):
        visiteur.list_lignes("Écritures budgétaires")
    assert len(salle(demo, "lecteur.demo").open("budget").list_lignes("Écritures budgétaires")) > 100


def test_the_address_sets_the_date_and_the_strip_says_it(salle: Ouvrir, demo: Config) -> None:
    devant = salle(demo).open("region", region="NE007", arrete="2025-12-31")
    assert "Données arrêtées au 31 décembre 2025 (T4 2025)" in devant.texte
    assert devant.titre.startswith("Zinder")


def test_a_senseless_address_is_said_and_does_not_break(salle: Ouvrir, demo: Config) -> None:
    devant = salle(demo).open("budget", axe="9", arrete="2026-13-45", annee="deux mille", region="<b>")
    assert devant.texte.count("qui ne convient pas") >= 3
    assert "<b>" not in "".join(bloc.value for bloc in devant.at.html)


def test_a_screen_that_breaks_says_so_in_plain_words_and_its_bug_still_surfaces(
    salle: Ouvrir, demo: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    devant = salle(demo).open("recommandations")

    def _break(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("the source line broke")

    monkeypatch.setattr(components, "show_source", _break)
    devant.at.run()
    assert len(devant.at.exception) == 1
    assert any("n’a pas pu s’afficher en entier" in erreur for erreur in devant.erreurs)
    assert "recommandations" in devant.titre
