"""Reminders from the register to the mailbox: the message, the right, the journal as memory, the command line."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.__main__ import main
from ccm_data.commands import relances as commandes
from ccm_data.config import Config, ReglagesCourriel
from ccm_data.db import read_session, write_session
from ccm_data.domain import relances as r
from ccm_data.domain.calendrier import get_jour
from ccm_data.domain.permissions import Personne
from ccm_data.domain.relances import Declarant, Du
from ccm_data.domain.vocabulaire import Role
from ccm_data.errors import AccesRefuse, EnvoiImpossible, ReglageManquant, ValeurInvalide
from ccm_data.messagerie.relances import Bilan, send_relances
from ccm_data.models.comptes import Journal
from ccm_data.phrases.relances import Message, join_messages, make_messages, say_bilan_envoi
from ccm_data.queries.completude import NomsCompletude, list_relances_recentes
from ccm_data.textes import get_langue, set_langue
from tests.aides.courrier import Boite, find_port, list_environ, make_adresse, serve, write_carnet
from tests.integration.aides_commandes import MAINTENANT, make_personnes

JOUR = date(2026, 11, 23)
AGADEZ, DIFFA = "NE001", "NE002"
CONNUS = {AGADEZ, DIFFA, "oim", "giz", r.SPCCM}
NOMS = NomsCompletude(
    {AGADEZ: "Agadez", DIFFA: "Diffa"}, {"oim": "OIM", "giz": "GIZ"}, {"3.1.3": "Points d’information"},
    {"2.3.b": "Agents formés"},
)  # fmt: skip


def make_du(nature: str = r.RAPPORT, **champs: Any) -> Du:
    return replace(Du(nature, Declarant(AGADEZ), "3.1.3", r.EN_RETARD, date(2026, 10, 15), AGADEZ, "2026-T3"), **champs)


def write_message(*dus: Du, qui: Declarant | None = None, **options: Any) -> Message:
    (message,) = make_messages([(qui or Declarant(AGADEZ), dus)], NOMS, JOUR, **options)
    return message


def flatten(texte: str) -> str:
    return texte.replace("\xa0", " ").replace("\u202f", " ")


# --- the message


def test_a_message_says_what_since_when_and_where_to_deposit() -> None:
    message = write_message(
        make_du(),
        make_du(r.RETOUR, sujet="valeur_indicateur", code="2.3.b", etat=r.A_RENVOYER, echeance=date(2026, 12, 1),
                texte="La source\n manque."),
        make_du(r.VALEUR, code="2.3.b"),
        make_du(r.RECOMMANDATION, code="R-1", texte="Partager les fichiers", trimestre=None),
        make_du(r.DOCUMENT, code="4", etat=r.EN_ATTENTE, texte="Plan 2026", trimestre=None),
        adresse="https://ccm.exemple.test",
    )  # fmt: skip
    texte = flatten(message.texte)
    assert flatten(message.sujet) == "SP/CCM, rappel à Agadez : 5 éléments attendus"
    assert message.n == 5
    for dit in (
        "Bonjour,",
        "au 23 novembre 2026",
        "Rapports (écran « Déposer une mise à jour » : https://ccm.exemple.test/deposer)",
        "- T3 2026, attendu depuis le 15 octobre 2026 (39 jours) :\n    3.1.3 · Points d’information",
        "- Valeur d’indicateur 2.3.b, T3 2026 : « La source manque. » ; à renvoyer avant le 1er décembre 2026",
        "    2.3.b · Agents formés",
        "- R-1 · Partager les fichiers ; attendu depuis le 15 octobre 2026 (39 jours)",
        "Documents à analyser (écran « Documents de programmation » : https://ccm.exemple.test/documents)",
        "« Rien à signaler », c’est un rapport",
        "Secrétariat Permanent du Cadre de Concertation sur la Migration (SP/CCM)",
    ):
        assert dit in texte, dit


def test_without_a_public_address_screens_are_told_by_their_path() -> None:
    assert "« Déposer une mise à jour » : /deposer)" in flatten(write_message(make_du()).texte)


def test_a_message_is_in_french_whatever_the_screen_speaks() -> None:
    francais = write_message(make_du(), make_du(r.VALEUR, code="2.3.b"))
    set_langue("en")
    assert write_message(make_du(), make_du(r.VALEUR, code="2.3.b")) == francais
    assert get_langue() == "en"


def test_the_demonstration_says_what_it_is() -> None:
    message = write_message(make_du(), demonstration=True)
    assert message.sujet.startswith("[Démonstration] ")
    assert "ces données sont inventées" in message.texte


def test_a_hostile_name_or_note_stays_on_its_line() -> None:
    noms = replace(NOMS, acteurs={"oim": "OIM\nBcc: autre", "giz": "GIZ"})
    du = make_du(r.INTERVENTION, declarant=Declarant(acteur_code="oim"), texte="Titre\r\n\r\nBcc: x " + "x" * 999)
    (message,) = make_messages([(du.declarant, [du])], noms, JOUR)
    assert len(message.sujet.splitlines()) == 1
    assert max(map(len, message.texte.splitlines())) < 300


def test_all_messages_are_copied_at_once_each_under_its_subject() -> None:
    groupes = [(Declarant(AGADEZ), [make_du()]), (Declarant(DIFFA), [make_du(declarant=Declarant(DIFFA))])]
    tout = flatten(join_messages(make_messages(groupes, NOMS, JOUR)))
    assert tout.count("Objet : ") == 2
    assert tout.index("rappel à Agadez") < tout.index("rappel à Diffa")
    assert join_messages(()) == ""


# --- sending


@pytest.fixture
def boite() -> Boite:
    return Boite()


@pytest.fixture
def courriel(boite: Boite, tmp_path: Path) -> Iterator[ReglagesCourriel]:
    with serve(boite) as reglages:
        yield replace(reglages, destinataires=write_carnet(tmp_path, AGADEZ, DIFFA, "oim"))


@pytest.fixture
def appliquer(session: Session) -> Callable[..., Any]:
    """Run commands as the SP/CCM, now or later."""
    se = make_personnes(session)["se"]

    def _apply(commande: Any, *arguments: Any) -> Any:
        return commande(session, se, _apply.maintenant, *arguments)  # type: ignore[attr-defined]

    _apply.maintenant = MAINTENANT  # type: ignore[attr-defined]
    return _apply


def make_messages_de(*codes: str) -> list[Message]:
    return [Message(c, c.upper(), f"Rappel à {c}", f"Bonjour {c}\n", 1) for c in codes]


def send(appliquer: Any, reglages: ReglagesCourriel, *codes: str, **options: Any) -> Bilan:
    return send_relances(
        appliquer, reglages, make_messages_de(*codes), CONNUS, appliquer.maintenant, delai_s=2, **options
    )


def list_journal(session: Session) -> list[Journal]:
    return list(session.scalars(select(Journal).where(Journal.objet == "relance").order_by(Journal.id)))


def test_each_is_written_to_once_and_the_journal_says_to_whom_without_any_address(
    session: Session, appliquer: Any, courriel: ReglagesCourriel, boite: Boite
) -> None:
    bilan = send(appliquer, courriel, AGADEZ, "oim", "giz")
    assert bilan == Bilan((AGADEZ, "oim"), (), (), ("giz",))
    assert boite.destinataires == [AGADEZ, "oim"]
    depart, fin = list_journal(session)
    assert {depart.action, fin.action} == {"envoyer"}
    assert depart.apres == {"depart": [AGADEZ, "oim"]}
    assert fin.apres == {"declarants": [AGADEZ, "oim"], "echecs": []}
    assert fin.resume == "2 sur 2 : NE001, oim"
    assert depart.objet_id == fin.objet_id
    assert depart.qui == "se"
    assert not any("@" in f"{x.resume}{x.avant}{x.apres}{x.objet_id}" for x in (depart, fin))


@pytest.mark.parametrize(
    ("apres", "forcer", "ecrits"),
    [
        pytest.param(timedelta(minutes=1), False, 0, id="a minute later: not twice"),
        pytest.param(timedelta(hours=23, minutes=59), False, 0, id="just within the day"),
        pytest.param(timedelta(hours=24), False, 1, id="a day later"),
        pytest.param(timedelta(minutes=1), True, 1, id="forced"),
    ],
)
def test_nobody_is_written_to_twice_within_a_day(
    session: Session, appliquer: Any, courriel: ReglagesCourriel, boite: Boite, apres: timedelta, forcer: bool, ecrits: int
) -> None:  # fmt: skip
    send(appliquer, courriel, AGADEZ)
    lignes = len(list_journal(session))
    appliquer.maintenant = MAINTENANT + apres
    bilan = send(appliquer, courriel, AGADEZ, DIFFA, forcer=forcer)
    assert bilan.recents == (() if ecrits else (AGADEZ,))
    assert boite.destinataires == [AGADEZ] + [AGADEZ] * ecrits + [DIFFA]
    assert len(list_journal(session)) == lignes + 2


def test_when_nobody_is_left_nothing_is_noted(
    session: Session, appliquer: Any, courriel: ReglagesCourriel, boite: Boite
) -> None:
    send(appliquer, courriel, AGADEZ)
    assert send(appliquer, courriel, AGADEZ, "giz") == Bilan((), (), (AGADEZ,), ("giz",))
    assert len(list_journal(session)) == 2
    assert len(boite.recus) == 1


def test_who_was_refused_is_told_journalled_and_may_be_written_to_at_once(
    session: Session, appliquer: Any, courriel: ReglagesCourriel, boite: Boite
) -> None:
    boite.refuse = {DIFFA}
    bilan = send(appliquer, courriel, AGADEZ, DIFFA, "oim")
    assert bilan == Bilan((AGADEZ, "oim"), ((DIFFA, "destinataire_refuse"),))
    assert list_journal(session)[-1].apres == {"declarants": [AGADEZ, "oim"], "echecs": [DIFFA]}
    assert flatten(say_bilan_envoi(bilan, {DIFFA: "Diffa"})) == (
        "2 rappels envoyés. Non partis : Diffa (adresse refusée par le serveur)."
    )
    boite.refuse = set()
    assert send(appliquer, courriel, AGADEZ, DIFFA, "oim").envoyes == (DIFFA,)


def test_a_server_that_is_down_writes_to_nobody_and_leaves_everybody_to_be_written_to(
    session: Session, appliquer: Any, courriel: ReglagesCourriel, boite: Boite
) -> None:
    with pytest.raises(EnvoiImpossible, match="smtp_injoignable"):
        send(appliquer, replace(courriel, port=find_port()), AGADEZ, "oim")
    assert list_journal(session)[-1].apres == {"declarants": [], "echecs": [AGADEZ, "oim"]}
    assert list_relances_recentes(session, MAINTENANT) == frozenset()
    assert send(appliquer, courriel, AGADEZ, "oim").envoyes == (AGADEZ, "oim")


def test_a_wrong_address_book_stops_before_anything_leaves(
    session: Session, appliquer: Any, courriel: ReglagesCourriel, boite: Boite
) -> None:
    courriel.destinataires.write_text(f"declarant,adresse\nNE099,{make_adresse('a')}\n", encoding="utf-8")
    with pytest.raises(ValeurInvalide, match="carnet_declarant"):
        send(appliquer, courriel, AGADEZ)
    with pytest.raises(ReglageManquant, match="carnet_absent"):
        send(appliquer, replace(courriel, destinataires=courriel.destinataires.with_name("absent.csv")), AGADEZ)
    assert list_journal(session) == []
    assert boite.recus == []


def test_a_departure_whose_outcome_is_unknown_counts_as_written_to(session: Session, appliquer: Any) -> None:
    appliquer(commandes.open_envoi, [AGADEZ, DIFFA], False)
    assert list_relances_recentes(session, MAINTENANT) == {AGADEZ, DIFFA}
    depart = appliquer(commandes.open_envoi, [AGADEZ, "oim"], False)
    assert (depart.declarants, depart.recents) == (("oim",), (AGADEZ,))


@pytest.mark.parametrize("qui", ["visiteur", "lecteur", "acteur", "focal"])
def test_the_spccm_alone_reminds(session: Session, qui: str) -> None:
    personne = make_personnes(session)[qui]
    with pytest.raises(AccesRefuse):
        commandes.open_envoi(session, personne, MAINTENANT, [AGADEZ])
    with pytest.raises(AccesRefuse):
        commandes.close_envoi(session, personne, MAINTENANT, "x", [AGADEZ], [])
    assert list_journal(session) == []


def test_two_batches_at_once_do_not_write_twice(config: Config) -> None:
    """The first notes its departure and commits; the second, opened meanwhile, reads it."""
    with write_session(config) as session:
        se = make_personnes(session)["se"]
    departs = []
    for _n in range(2):
        with write_session(config) as session:
            departs.append(commandes.open_envoi(session, se, MAINTENANT, [AGADEZ]).declarants)
    assert departs == [(AGADEZ,), ()]


def test_an_outcome_of_nothing_is_refused(session: Session) -> None:
    with pytest.raises(ValeurInvalide):
        commandes.close_envoi(session, Personne(Role.ADMINISTRATEUR), MAINTENANT, "x", [], [])


# --- the command line


@pytest.fixture
def ligne_de_commande(
    demonstration: Config, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Run `python -m ccm_data relances …` on the demonstration: exit code, standard output, standard error."""
    for nom, valeur in {
        "CCM_DATA_DIR": str(demonstration.data_dir), "CCM_DEMO": "1", "CCM_TODAY": demonstration.aujourd_hui().isoformat(),
        "CCM_DATABASE_URL": demonstration.database_url,
    }.items():  # fmt: skip
        monkeypatch.setenv(nom, valeur)
    for nom in ("HOTE", "PORT", "TLS", "UTILISATEUR", "MOT_DE_PASSE", "MOT_DE_PASSE_FICHIER", "EXPEDITEUR"):
        monkeypatch.delenv(f"CCM_SMTP_{nom}", raising=False)

    def _run(*arguments: str, **environ: str) -> tuple[int, str, str]:
        for nom, valeur in environ.items():
            monkeypatch.setenv(nom, valeur)
        rendu = main(["relances", *arguments])
        sys.stdout.flush()
        sortie, erreurs = capfd.readouterr()
        return rendu, flatten(sortie), flatten(erreurs)

    return _run


def test_the_command_prints_every_reminder(ligne_de_commande: Any) -> None:
    rendu, sortie, erreurs = ligne_de_commande()
    assert (rendu, erreurs) == (0, "")
    assert sortie.count("Objet : [Démonstration] SP/CCM, rappel à ") >= 5
    assert "rappel à Diffa" in sortie


@pytest.mark.parametrize(
    ("arguments", "qui"),
    [(["--region", "NE002"], "Diffa"), (["--region", "diffa"], "Diffa"), (["--acteur", "unhcr"], "UNHCR"),
     (["--acteur", "sp-ccm"], "SP/CCM")],
)  # fmt: skip
def test_one_recipient(ligne_de_commande: Any, arguments: list[str], qui: str) -> None:
    rendu, sortie, _erreurs = ligne_de_commande(*arguments)
    assert rendu == 0
    assert sortie.count("Objet : ") == 1
    assert f"rappel à {qui} :" in sortie


@pytest.mark.parametrize(
    ("arguments", "dit"),
    [
        (["--region", "Atlantide"], "Région inconnue : « Atlantide »"),
        (["--acteur", "personne"], "Organisation inconnue : « personne »"),
        (["--envoyer"], "L’envoi par courriel n’est pas réglé : donnez CCM_SMTP_HOTE"),
    ],
)
def test_a_wrong_request_is_one_line_and_prints_nothing(ligne_de_commande: Any, arguments: list[str], dit: str) -> None:
    rendu, sortie, erreurs = ligne_de_commande(*arguments)
    assert (rendu, sortie) == (1, "")
    assert dit in erreurs
    assert erreurs.count("\n") == 1


def test_half_a_setting_is_told_at_the_command_line(ligne_de_commande: Any) -> None:
    rendu, _sortie, erreurs = ligne_de_commande("--envoyer", CCM_SMTP_HOTE="smtp.exemple.test")
    assert rendu == 1
    assert "CCM_SMTP_EXPEDITEUR" in erreurs


def test_the_command_sends_and_the_journal_says_that_it_was_the_command_line(
    ligne_de_commande: Any, demonstration: Config, tmp_path: Path, boite: Boite
) -> None:
    carnet = write_carnet(tmp_path, DIFFA, "NE006")
    with serve(boite) as reglages:
        environ = list_environ(reglages, carnet)
        rendu, sortie, erreurs = ligne_de_commande("--region", DIFFA, "--envoyer", **environ)
        assert (rendu, sortie, erreurs) == (0, "", "1 rappel envoyé.\n")
        encore = ligne_de_commande("--region", DIFFA, "--envoyer", **environ)
        assert encore == (0, "", "0 rappel envoyé. Rappel de moins de 24 heures, non répété : Diffa.\n")
        assert ligne_de_commande("--region", DIFFA, "--envoyer", "--forcer", **environ)[2] == "1 rappel envoyé.\n"
        rendu, _sortie, erreurs = ligne_de_commande("--envoyer", **environ)
    assert rendu == 3, "some have no address: somebody should look"
    assert "Sans adresse : " in erreurs
    assert boite.destinataires == [DIFFA, DIFFA, "NE006"]
    message = boite.read()[0]
    assert message["Subject"].startswith("[Démonstration] SP/CCM, rappel à Diffa")
    with read_session(demonstration) as session:
        lignes = list_journal(session)
        assert {x.qui for x in lignes} == {"exploitation"}
        assert get_jour(datetime.fromisoformat(lignes[0].objet_id)) == demonstration.aujourd_hui()
