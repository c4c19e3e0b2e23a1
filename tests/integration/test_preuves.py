"""Evidence on both databases: who joins a file, takes it away, opens it to readers; what the journal keeps of it."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ccm_data.commands import preuves as commandes
from ccm_data.commands.preuves import add_preuve, find_orphelins, publish_preuve, remove_preuve, restrict_preuve
from ccm_data.config import Config
from ccm_data.db import write_session
from ccm_data.domain.permissions import Personne
from ccm_data.domain.vocabulaire import EtatSuivi
from ccm_data.errors import (
    AccesRefuse,
    Conflit,
    FichierIllisible,
    Introuvable,
    PeriodeVerrouillee,
    TransitionInterdite,
    ValeurInvalide,
)
from ccm_data.models.comptes import Journal
from ccm_data.models.decisions import TrimestreVerrouille
from ccm_data.models.depots import Preuve
from ccm_data.preuves.controle import check_preuve
from ccm_data.preuves.depot import list_fichiers, read_octets
from ccm_data.queries.preuves import get_preuve, list_preuves
from pages.ui.texts import say_erreur
from tests.aides.preuves import SECRET, make_jpeg
from tests.integration.aides_commandes import AUTRE, MAINTENANT, NATIONALE, SIENNE, make_personnes
from tests.integration.aides_preuves import PDF, QUI, add, make_ligne


@pytest.fixture
def qui(session: Session) -> dict[str, Personne]:
    return make_personnes(session)


def can(fonction: Any, *arguments: Any) -> bool:
    try:
        fonction(*arguments)
    except AccesRefuse:
        return False
    return True


# ---- joining a file ----


def test_a_file_is_kept_clean_with_its_row_and_its_line_in_the_journal(
    session: Session, config: Config, qui: dict[str, Personne]
) -> None:
    ligne = make_ligne(session, qui, EtatSuivi.BROUILLON)
    octets = make_jpeg(6)
    numero = add_preuve(
        session, config, qui["focal"], MAINTENANT, "mise_a_jour", ligne.id, "../photo.PNG", octets, " Réunion "
    )
    (fiche,) = list_preuves(session, qui["focal"], "mise_a_jour", ligne.id)
    attendu = (numero, "photo.jpg", "image/jpeg", "Réunion", True, "focal", MAINTENANT)
    assert (
        fiche.id,
        fiche.nom,
        fiche.type_mime,
        fiche.libelle,
        fiche.restreinte,
        fiche.auteur,
        fiche.cree_le,
    ) == attendu
    kept = read_octets(config.data_dir, fiche.empreinte)
    assert (len(kept), SECRET in kept, SECRET in octets) == (fiche.taille, False, True)
    dit = session.scalars(select(Journal).where(Journal.objet == "preuve")).one()
    assert (dit.action, dit.objet_id, dit.region_code, dit.compte_id) == (
        "creer", str(numero), "NE001", qui["focal"].compte_id)  # fmt: skip
    assert dit.apres is not None
    assert (dit.apres["sha256"], dit.apres["nom"]) == (fiche.empreinte, "photo.jpg")
    assert dit.resume == "3.1.3, T3 2026, photo.jpg"


AJOUTE = {
    # state of the row            who may join a file to a row of Agadez
    EtatSuivi.BROUILLON: {"focal", "se", "admin"},
    EtatSuivi.RETOURNE: {"focal", "se", "admin"},
    EtatSuivi.SOUMIS: {"focal", "se", "admin"},
    EtatSuivi.VALIDE: {"se", "admin"},
    EtatSuivi.REMPLACE: {"se", "admin"},
}


@pytest.mark.parametrize("etat", AJOUTE)
@pytest.mark.parametrize("nom", QUI)
def test_who_joins_a_file(
    session: Session, config: Config, qui: dict[str, Personne], nom: str, etat: EtatSuivi
) -> None:
    ligne = make_ligne(session, qui, etat)
    assert can(add, session, config, qui[nom], ligne) is (nom in AJOUTE[etat])
    assert len(list_fichiers(config.data_dir)) == (nom in AJOUTE[etat]), "a refusal writes nothing"


@pytest.mark.parametrize(
    ("lieu", "permis"),
    [
        pytest.param(("NE001", None), {"focal", "se", "admin"}, id="his region's row"),
        pytest.param((None, "oim"), {"acteur", "se", "admin"}, id="his organisation's row"),
        pytest.param(SIENNE, {"acteur", "focal", "se", "admin"}, id="both"),
        pytest.param(AUTRE, {"se", "admin"}, id="somebody else's row"),
        pytest.param(NATIONALE, {"se", "admin"}, id="a national row"),
    ],
)
def test_a_file_is_joined_in_the_row_s_own_scope(
    session: Session,
    config: Config,
    qui: dict[str, Personne],
    lieu: tuple[str | None, str | None],
    permis: set[str],
) -> None:
    ligne = make_ligne(session, qui, EtatSuivi.BROUILLON, lieu)
    essais = {nom: check_preuve("x", make_jpeg(largeur=60 + 2 * rang)) for rang, nom in enumerate(QUI)}
    vus = {
        nom for nom in QUI
        if can(add_preuve, session, config, qui[nom], MAINTENANT, "mise_a_jour", ligne.id, "x", essais[nom])
    }  # fmt: skip
    assert vus == permis


def test_a_refused_file_leaves_nothing(session: Session, config: Config, qui: dict[str, Personne]) -> None:
    ligne = make_ligne(session, qui, EtatSuivi.BROUILLON)
    with pytest.raises(FichierIllisible, match="preuve_type"):
        add(session, config, qui["focal"], ligne, b"MZ\x90\0")
    assert list_fichiers(config.data_dir) == []
    assert session.scalar(select(func.count()).select_from(Preuve)) == 0


def test_the_same_file_is_joined_once_to_a_row_and_lies_once_for_two(
    session: Session, config: Config, qui: dict[str, Personne]
) -> None:
    ligne, autre = (make_ligne(session, qui, EtatSuivi.BROUILLON) for _n in range(2))
    numero = add(session, config, qui["focal"], ligne)
    with pytest.raises(Conflit, match="preuve_deja_jointe") as conflit:
        add(session, config, qui["focal"], ligne)
    assert "PV d’Arlit.pdf" in say_erreur(conflit.value)
    add(session, config, qui["focal"], autre)
    assert len(list_fichiers(config.data_dir)) == 1
    remove_preuve(session, qui["focal"], MAINTENANT, numero)
    add(session, config, qui["focal"], ligne)
    assert len(list_preuves(session, qui["focal"], "mise_a_jour", ligne.id)) == 1


def test_a_row_has_its_number_of_files(
    session: Session, config: Config, qui: dict[str, Personne], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commandes, "NOMBRE_MAX", 1)
    ligne = make_ligne(session, qui, EtatSuivi.BROUILLON)
    add(session, config, qui["focal"], ligne)
    with pytest.raises(Conflit, match="preuves_trop_nombreuses"):
        add(session, config, qui["focal"], ligne, make_jpeg())


@pytest.mark.parametrize("libelle", ["x" * 501, "a\0b"])
def test_a_label_beyond_reason_is_refused_before_the_database(
    session: Session, config: Config, qui: dict[str, Personne], libelle: str
) -> None:
    ligne = make_ligne(session, qui, EtatSuivi.BROUILLON)
    with pytest.raises(ValeurInvalide):
        add(session, config, qui["focal"], ligne, libelle=libelle)


def lock_trimestre(session: Session, qui: dict[str, Personne]) -> None:
    session.add(
        TrimestreVerrouille(annee=2026, trimestre=3, verrouille_le=MAINTENANT, verrouille_par_id=qui["se"].compte_id)
    )
    session.flush()


def test_a_closed_quarter_takes_nothing_but_lets_a_file_be_restricted(
    session: Session, config: Config, qui: dict[str, Personne]
) -> None:
    ligne = make_ligne(session, qui, EtatSuivi.BROUILLON)
    numero = add(session, config, qui["focal"], ligne, restreinte=False)
    lock_trimestre(session, qui)
    with pytest.raises(PeriodeVerrouillee):
        add(session, config, qui["focal"], ligne, make_jpeg())
    with pytest.raises(PeriodeVerrouillee):
        remove_preuve(session, qui["focal"], MAINTENANT, numero)
    restrict_preuve(session, qui["focal"], MAINTENANT, numero)
    with pytest.raises(PeriodeVerrouillee):
        publish_preuve(session, qui["focal"], MAINTENANT, numero)
    assert get_preuve(session, qui["focal"], numero).restreinte


def test_a_transaction_undone_leaves_an_orphan_that_is_listed(config: Config) -> None:
    with write_session(config) as session:
        qui = make_personnes(session)
        ligne_id = make_ligne(session, qui, EtatSuivi.BROUILLON).id
        add_preuve(session, config, qui["se"], MAINTENANT, "mise_a_jour", ligne_id, "a", make_jpeg())
    with write_session(config) as session:
        add_preuve(session, config, qui["se"], MAINTENANT, "mise_a_jour", ligne_id, "b", PDF)
        session.rollback()
    with write_session(config) as session:
        (orphelin,) = find_orphelins(session, config)
        assert orphelin.read_bytes() == check_preuve("b", PDF).octets
        assert len(list_preuves(session, qui["se"], "mise_a_jour", ligne_id)) == 1


def test_two_who_send_the_same_file_at_once_join_it_once(config: Config) -> None:
    with write_session(config) as session:
        qui = make_personnes(session)
        ligne_id = make_ligne(session, qui, EtatSuivi.BROUILLON).id
    lue, depart, dits = check_preuve("pv", PDF), threading.Barrier(2), list[str]()

    def _send(nom: str) -> None:
        depart.wait(10)
        try:
            with write_session(config) as session:
                add_preuve(session, config, qui[nom], MAINTENANT, "mise_a_jour", ligne_id, "pv", lue)
            dits.append("jointe")
        except Conflit as conflit:
            dits.append(conflit.code)

    fils = [threading.Thread(target=_send, args=(nom,)) for nom in ("se", "focal")]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join(30)
    assert sorted(dits) == ["jointe", "preuve_deja_jointe"]


# ---- taking away, opening, closing ----

RETIRE = AJOUTE | {EtatSuivi.SOUMIS: {"se", "admin"}}


@pytest.mark.parametrize("etat", RETIRE)
@pytest.mark.parametrize("nom", QUI)
def test_who_takes_a_file_away(
    session: Session, config: Config, qui: dict[str, Personne], nom: str, etat: EtatSuivi
) -> None:
    ligne = make_ligne(session, qui, etat)
    numero = add(session, config, qui["se"], ligne)
    if nom in RETIRE[etat]:
        remove_preuve(session, qui[nom], MAINTENANT, numero)
        assert list_preuves(session, qui["se"], "mise_a_jour", ligne.id) == []
        with pytest.raises(Introuvable):
            remove_preuve(session, qui[nom], MAINTENANT, numero)
        dit = session.scalars(select(Journal).where(Journal.objet == "preuve", Journal.action == "retirer")).one()
        assert (dit.avant, dit.apres) == ({"retiree_le": None}, {"retiree_le": MAINTENANT.isoformat()})
    else:
        with pytest.raises((AccesRefuse, TransitionInterdite)):
            remove_preuve(session, qui[nom], MAINTENANT, numero)
        assert len(list_preuves(session, qui["se"], "mise_a_jour", ligne.id)) == 1
    assert list_fichiers(config.data_dir), "the bytes stay"


@pytest.mark.parametrize("etat", AJOUTE)
@pytest.mark.parametrize("nom", QUI)
def test_who_opens_a_file_to_readers_and_closes_it(
    session: Session, config: Config, qui: dict[str, Personne], nom: str, etat: EtatSuivi
) -> None:
    numero = add(session, config, qui["se"], make_ligne(session, qui, etat))
    attendu = nom in AJOUTE[etat]
    assert can(publish_preuve, session, qui[nom], MAINTENANT, numero) is attendu
    assert get_preuve(session, qui["se"], numero).restreinte is not attendu
    assert can(restrict_preuve, session, qui[nom], MAINTENANT, numero) is attendu
    assert get_preuve(session, qui["se"], numero).restreinte
    gestes = session.scalars(select(Journal.apres).where(Journal.objet == "preuve", Journal.action == "modifier"))
    assert list(gestes) == ([{"restreinte": False}, {"restreinte": True}] if attendu else [])


def test_a_file_that_does_not_exist_is_said(session: Session, qui: dict[str, Personne]) -> None:
    for geste in (remove_preuve, publish_preuve, restrict_preuve):
        with pytest.raises(Introuvable):
            geste(session, qui["admin"], MAINTENANT, 404)
