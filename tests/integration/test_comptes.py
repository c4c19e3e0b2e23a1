"""Accounts as data: commands with their right and their journal line, reading, the command line."""

from __future__ import annotations

import io
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import bcrypt
import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from ccm_data import __main__ as ligne_de_commande
from ccm_data.commands import comptes as commandes
from ccm_data.commands.journal import write_journal
from ccm_data.config import Config
from ccm_data.db import get_engine, read_session, write_session
from ccm_data.domain.permissions import VISITEUR, Personne
from ccm_data.domain.vocabulaire import Role
from ccm_data.errors import AccesRefuse, CCMError, Conflit, Introuvable
from ccm_data.models.comptes import Compte, Journal
from ccm_data.queries import comptes as lecture
from ccm_data.queries import journal
from ccm_data.queries.installation import get_installation

MAINTENANT = datetime(2026, 11, 23, 9, 14, tzinfo=UTC)
MOT = "le fleuve passe à Niamey"
AUTRES_ROLES = [r for r in Role if r is not Role.ADMINISTRATEUR]


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    vrai = bcrypt.gensalt
    monkeypatch.setattr(bcrypt, "gensalt", lambda rounds=12, prefix=b"2b": vrai(4, prefix))


@pytest.fixture
def admin(session: Session) -> Personne:
    compte, _mot = commandes.add_compte(session, None, MAINTENANT, "admin", Role.ADMINISTRATEUR, mot_de_passe=MOT)
    return Personne(Role.ADMINISTRATEUR, compte)


def _get_derniere(session: Session) -> Journal:
    return session.scalars(select(Journal).order_by(Journal.id.desc())).first() or pytest.fail("the journal is empty")


# ---- commands ----


@pytest.mark.parametrize("role", AUTRES_ROLES)
def test_only_an_administrator_manages_accounts(session: Session, admin: Personne, role: Role) -> None:
    qui = Personne(role, admin.compte_id, "NE001", "oim")
    cible = admin.compte_id or 0
    for geste in (
        lambda: commandes.add_compte(session, qui, MAINTENANT, "x.y", Role.LECTEUR),
        lambda: commandes.edit_compte(session, qui, MAINTENANT, cible, role=Role.LECTEUR, libelle="x"),
        lambda: commandes.set_actif(session, qui, MAINTENANT, cible, False),
        lambda: commandes.unlock_compte(session, qui, MAINTENANT, cible),
        lambda: commandes.reset_mot_de_passe(session, qui, MAINTENANT, cible),
        lambda: lecture.list_comptes(session, qui),
        lambda: lecture.list_fiches(session, qui, MAINTENANT),
        lambda: journal.list_journal(session, qui),
        lambda: journal.list_auteurs(session, qui),
        lambda: journal.list_objets(session, qui),
        lambda: journal.get_champs(session, qui, 1),
        lambda: journal.make_table_journal(session, qui),
    ):
        with pytest.raises(AccesRefuse):
            geste()


@pytest.mark.parametrize(
    ("nom", "role", "region", "acteur", "code"),
    [
        pytest.param("admin", Role.LECTEUR, None, None, "identifiant_pris", id="the name is taken"),
        pytest.param("ADMIN ", Role.LECTEUR, None, None, "identifiant_pris", id="taken, whatever the capitals"),
        pytest.param("deux mots", Role.LECTEUR, None, None, "identifiant_invalide", id="a space in the name"),
        pytest.param("élève", Role.LECTEUR, None, None, "identifiant_invalide", id="an accent in the name"),
        pytest.param("x" * 81, Role.LECTEUR, None, None, "identifiant_invalide", id="a name too long"),
        pytest.param("v.v", Role.VISITEUR, None, None, "role_sans_compte", id="a visitor has no account"),
        pytest.param("pf", Role.POINT_FOCAL, None, None, "region_manquante", id="a focal point without region"),
        pytest.param("pf", Role.POINT_FOCAL, "NE999", None, "region_inconnue", id="a region that is none"),
        pytest.param("ac", Role.ACTEUR, None, "", "organisation_manquante", id="an actor without organisation"),
        pytest.param("ac", Role.ACTEUR, None, "zzz", "organisation_inconnue", id="an organisation that is none"),
    ],
)
def test_a_senseless_account_is_refused_and_says_why(
    session: Session, admin: Personne, nom: str, role: Role, region: str | None, acteur: str | None, code: str
) -> None:
    with pytest.raises(CCMError) as refus:
        commandes.add_compte(session, admin, MAINTENANT, nom, role, region_code=region, acteur_code=acteur)
    assert refus.value.code == code
    assert session.scalars(select(Compte.identifiant)).all() == ["admin"]


def test_a_new_account_gets_a_password_once_and_must_change_it(session: Session, admin: Personne) -> None:
    numero, mot = commandes.add_compte(session, admin, MAINTENANT, "PF.Agadez", Role.POINT_FOCAL, region_code="NE001")
    compte = session.get_one(Compte, numero)
    assert (compte.identifiant, compte.doit_changer, compte.actif) == ("pf.agadez", True, True)
    ligne = _get_derniere(session)
    assert (ligne.action, ligne.objet, ligne.resume) == ("creer", "compte", "pf.agadez")
    assert mot is not None
    assert mot not in json.dumps(ligne.apres)
    assert compte.empreinte not in json.dumps(ligne.apres)


def test_the_last_active_administrator_can_neither_be_disabled_nor_demoted(session: Session, admin: Personne) -> None:
    seul = admin.compte_id or 0
    autre, _mot = commandes.add_compte(session, admin, MAINTENANT, "admin2", Role.ADMINISTRATEUR)
    commandes.set_actif(session, admin, MAINTENANT, autre, False)
    for geste in (
        lambda: commandes.set_actif(session, admin, MAINTENANT, seul, False),
        lambda: commandes.edit_compte(session, admin, MAINTENANT, seul, role=Role.LECTEUR, libelle="Lecteur"),
        lambda: commandes.set_actif(session, None, MAINTENANT, seul, False),
    ):
        with pytest.raises(Conflit) as refus:
            geste()
        assert refus.value.code == "dernier_administrateur"
    commandes.set_actif(session, admin, MAINTENANT, autre, True)
    commandes.set_actif(session, admin, MAINTENANT, seul, False)
    assert not session.get_one(Compte, seul).actif


def test_two_administrators_who_disable_each_other_at_once_do_not_both_succeed(config: Config) -> None:
    with write_session(config) as session:
        un, _mot = commandes.add_compte(session, None, MAINTENANT, "admin1", Role.ADMINISTRATEUR)
        deux, _mot = commandes.add_compte(session, None, MAINTENANT, "admin2", Role.ADMINISTRATEUR)
    depart = Barrier(2)

    def _disable(qui: int, cible: int) -> str:
        depart.wait(timeout=20)
        try:
            with write_session(config) as session:
                commandes.set_actif(session, Personne(Role.ADMINISTRATEUR, qui), MAINTENANT, cible, False)
        except CCMError as erreur:
            return erreur.code
        return "fait"

    with ThreadPoolExecutor(2) as fils:
        assert sorted(fils.map(_disable, (un, deux), (deux, un))) == ["dernier_administrateur", "fait"]


def test_an_edit_keeps_only_what_differs_in_the_journal_and_an_idle_one_writes_nothing(
    session: Session, admin: Personne
) -> None:
    numero, _mot = commandes.add_compte(
        session, admin, MAINTENANT, "pf", Role.POINT_FOCAL, region_code="NE001", libelle="Point focal"
    )
    commandes.edit_compte(
        session, admin, MAINTENANT, numero, role=Role.POINT_FOCAL, libelle="Point focal", region_code="NE005"
    )
    ligne = _get_derniere(session)
    assert (ligne.action, ligne.avant, ligne.apres) == ("modifier", {"region_code": "NE001"}, {"region_code": "NE005"})
    commandes.edit_compte(
        session, admin, MAINTENANT, numero, role=Role.POINT_FOCAL, libelle="Point focal", region_code="NE005"
    )
    assert _get_derniere(session).id == ligne.id


def test_unlocking_opens_a_locked_account_and_is_journalled(session: Session, admin: Personne) -> None:
    numero, _mot = commandes.add_compte(session, admin, MAINTENANT, "lecteur", Role.LECTEUR)
    compte = session.get_one(Compte, numero)
    compte.verrouille_jusqua = MAINTENANT + timedelta(minutes=10)
    session.flush()
    assert [f.verrouille for f in lecture.list_fiches(session, admin, MAINTENANT)] == [False, True]
    commandes.unlock_compte(session, admin, MAINTENANT, numero)
    assert compte.verrouille_jusqua is None
    assert _get_derniere(session).action == "debloquer"


def test_an_account_that_does_not_exist_is_said_so(session: Session, admin: Personne) -> None:
    with pytest.raises(Introuvable):
        commandes.set_actif(session, admin, MAINTENANT, 999, False)
    with pytest.raises(Introuvable):
        commandes.find_compte(session, "personne")


# ---- reading ----


def test_the_journal_is_filtered_by_object_author_region_and_day_in_niamey(session: Session, admin: Personne) -> None:
    soir = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)  # half past midnight on the 23rd in Niamey
    write_journal(session, soir, "essai", "decider", "cible", 7, apres={"valeur": 30}, region_code="NE005")
    tout, total = journal.list_journal(session, admin)
    assert total == len(tout) == 2
    for filtre, attendus in (
        (journal.FiltreJournal(objet="cible"), 1),
        (journal.FiltreJournal(qui="essai"), 1),
        (journal.FiltreJournal(region="NE005"), 1),
        (journal.FiltreJournal(region="NE001"), 0),
        (journal.FiltreJournal(fin=soir.date()), 0),
        (journal.FiltreJournal(objet="cible", debut=MAINTENANT.date()), 1),
    ):
        assert journal.list_journal(session, admin, filtre)[1] == attendus, filtre
    assert len(journal.list_journal(session, admin, limite=1)[0]) == 1
    cadre, numeros, _total = journal.make_table_journal(session, admin, journal.FiltreJournal(objet="cible"))
    assert (cadre["Objet"][0], cadre["Région"][0]) == ("Cible", "Tahoua")
    assert journal.get_champs(session, admin, numeros[0]) == [("valeur", "", "30")]


def test_the_list_of_accounts_holds_no_hash(session: Session, admin: Personne) -> None:
    assert "empreinte" not in lecture.list_comptes(session, admin).columns
    tableau = lecture.make_table_comptes(session, lecture.list_fiches(session, admin, MAINTENANT))
    assert (tableau["État"][0], tableau["Dernière connexion"][0]) == ("mot de passe provisoire", "jamais")


def test_signing_in_or_out_empties_nobodys_cache(session: Session, admin: Personne) -> None:
    avant = get_installation(session).version
    write_journal(session, MAINTENANT, admin, "connexion", "compte", admin.compte_id)
    assert get_installation(session).version == avant
    write_journal(session, MAINTENANT, admin, "decider", "cible", 1)
    assert get_installation(session).version != avant


def test_a_change_that_fails_leaves_no_line(config: Config) -> None:
    def _add_then_fail() -> None:
        with write_session(config) as session:
            commandes.add_compte(session, None, MAINTENANT, "premier", Role.LECTEUR)
            commandes.add_compte(session, None, MAINTENANT, "premier", Role.LECTEUR)

    with pytest.raises(Conflit):
        _add_then_fail()
    with read_session(config) as session:
        assert session.scalars(select(Journal.id)).all() == []
        assert session.scalars(select(Compte.id)).all() == []


def test_a_visitor_is_nobody(session: Session) -> None:
    with pytest.raises(AccesRefuse):
        commandes.add_compte(session, VISITEUR, MAINTENANT, "x.y", Role.LECTEUR)


# ---- the command line ----


@pytest.fixture
def appeler(config_sqlite: Config, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    """Run a command on a database of its own: (answer, standard output, standard error)."""
    monkeypatch.setattr(ligne_de_commande, "read_config", lambda: config_sqlite)

    def _call(*arguments: str, entree: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(entree))
        try:
            code = ligne_de_commande.main(arguments)
        except SystemExit as fin:
            code = int(fin.code or 0)
        sortie = capsys.readouterr()
        return code, sortie.out, sortie.err.replace("\u00a0", " ").replace("\u202f", " ")

    return _call


def test_an_account_made_at_the_command_line_is_listed_without_its_password(appeler) -> None:  # type: ignore[no-untyped-def]
    code, sortie, dit = appeler("account", "add", "PF.Zinder", "--role", "point_focal", "--region", "NE007")
    assert (code, sortie) == (0, ""), "words never mix with data"
    mot = dit.split("une seule fois : ")[1].split()[0]
    code, sortie, _dit = appeler("account", "list", "--format", "json")
    comptes = json.loads(sortie)
    assert (code, [c["identifiant"] for c in comptes], comptes[0]["doit_changer"]) == (0, ["pf.zinder"], True)
    assert mot not in sortie


def test_a_password_comes_by_standard_input_and_is_never_printed(appeler) -> None:  # type: ignore[no-untyped-def]
    code, sortie, dit = appeler("account", "add", "lecteur", "--role", "lecteur", "--password-stdin", entree=f"{MOT}\n")
    assert code == 0
    assert MOT not in sortie + dit
    code, _sortie, dit = appeler("account", "password", "lecteur", "--password-stdin", entree="court\n")
    assert (code, dit) == (1, "Le mot de passe doit avoir de 12 à 200 caractères.\n")


@pytest.mark.parametrize(
    ("arguments", "code", "dit"),
    [
        (("export", "nimporte"), 2, "activites, actions, axes"),
        (("account", "disable", "personne"), 1, "Aucun compte « personne »"),
        (("account", "add", "pf", "--role", "point_focal"), 1, "a une région"),
        (("account", "add", "pf", "--role", "roi"), 2, "choix inconnu"),
        (("account",), 2, "il manque"),
        (("inconnue",), 2, "Commande incomprise"),
    ],
)
def test_a_refusal_is_one_line_of_french_on_standard_error(appeler, arguments, code, dit) -> None:  # type: ignore[no-untyped-def]
    obtenu, sortie, erreur = appeler(*arguments)
    assert (obtenu, sortie) == (code, "")
    assert dit in erreur
    assert erreur.count("\n") == 1


def test_the_first_administrator_is_made_once(appeler) -> None:  # type: ignore[no-untyped-def]
    code, sortie, dit = appeler("first-admin")
    assert (code, sortie) == (0, "")
    assert "« admin »" in dit
    assert appeler("first-admin") == (0, "", "")
    assert appeler("account", "disable", "admin")[0] == 1


def test_disable_enable_unlock_and_password_say_what_they_did(appeler) -> None:  # type: ignore[no-untyped-def]
    appeler("account", "add", "lecteur", "--role", "lecteur")
    for sous, dit in (
        ("disable", "désactivé"),
        ("enable", "activé"),
        ("unlock", "débloqué"),
        ("password", "provisoire"),
    ):
        code, sortie, erreur = appeler("account", sous, "lecteur")
        assert (code, sortie) == (0, "")
        assert dit in erreur


def test_nobody_waits_for_a_person_who_types_a_password(
    appeler, config_sqlite: Config, monkeypatch: pytest.MonkeyPatch
) -> None:  # type: ignore[no-untyped-def]
    ouvertes: list[str] = []

    def _type(_invite: str) -> str:
        ouvertes.append("mot")
        return MOT

    def _note(_connexion: object) -> None:
        ouvertes.append("base")

    monkeypatch.setattr("getpass.getpass", _type)
    moteur = get_engine(config_sqlite.database_url)
    event.listen(moteur, "begin", _note)
    try:
        code, _sortie, _dit = appeler("account", "add", "lecteur", "--role", "lecteur", "--saisir")
    finally:
        event.remove(moteur, "begin", _note)
    assert code == 0
    assert ouvertes[-3:] == ["mot", "mot", "base"], "typed before the transaction"


@pytest.mark.parametrize("format_sortie", ["csv", "json"])
def test_an_export_is_the_data_and_nothing_else(appeler, format_sortie: str) -> None:  # type: ignore[no-untyped-def]
    code, sortie, erreur = appeler("export", "activites", "--format", format_sortie)
    assert (code, erreur) == (0, "")
    if format_sortie == "json":
        assert len(json.loads(sortie)) == 28
    else:
        assert sortie.splitlines()[0] == "code,axe,action,intitule,cout_fcfa,annees,structures_beneficiaires"


def test_an_unreachable_database_is_said_in_one_line_without_its_password(
    config_sqlite: Config, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    perdue = Config(
        config_sqlite.data_dir,
        "postgresql+psycopg://u:tressecret@127.0.0.1:1/x",
        False,
        config_sqlite.aujourd_hui_force,
    )
    monkeypatch.setattr(ligne_de_commande, "read_config", lambda: perdue)
    assert ligne_de_commande.main(["prepare"]) == 1
    dit = capsys.readouterr().err
    assert dit.startswith("Base inaccessible")
    assert "tressecret" not in dit
    assert dit.count("\n") == 1
