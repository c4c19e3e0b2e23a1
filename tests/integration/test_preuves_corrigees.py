"""Evidence follows its row through a correction, under its own number, and is read by whom it was read before."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.commands.preuves import add_preuve, remove_preuve
from ccm_data.commands.suivi import validate_ligne
from ccm_data.config import Config
from ccm_data.domain.permissions import Personne
from ccm_data.domain.vocabulaire import EtatSuivi
from ccm_data.errors import AccesRefuse, Introuvable
from ccm_data.imports.attente import list_file
from ccm_data.models.comptes import Journal
from ccm_data.models.depots import Preuve
from ccm_data.queries.preuves import get_preuve, list_preuves
from tests.aides.preuves import make_jpeg
from tests.integration.aides_commandes import MAINTENANT, make_personnes
from tests.integration.aides_preuves import PDF, QUI
from tests.integration.aides_registres import add_ligne_registre

SUJET = "sensibilisation"
Qui = dict[str, Personne]


@pytest.fixture
def qui(session: Session) -> Qui:
    return make_personnes(session)


def add_version(session: Session, qui: Qui, etat: EtatSuivi, **champs: Any) -> Any:
    """A version of one same mission in Agadez, written by a member of the SP/CCM unless said otherwise."""
    valide = {"valide_par_id": qui["se"].compte_id} if etat is EtatSuivi.VALIDE else {}
    attente = {"soumis_le": MAINTENANT} if etat is EtatSuivi.SOUMIS else {}
    defauts = {"region_code": "NE001", "auteur_id": qui["se2"].compte_id}
    return add_ligne_registre(session, SUJET, etat, **defauts | valide | attente | champs)


def add(session: Session, config: Config, qui: Qui, ligne: Any, octets: bytes | None = None, **k: Any) -> int:
    return add_preuve(
        session, config, qui["se"], MAINTENANT, SUJET, ligne.id, "PV d’Arlit.pdf", octets or PDF, **k
    )  # fmt: skip


def correct(session: Session, qui: Qui, **champs: Any) -> Any:
    """The same mission, said again and validated."""
    ligne = add_version(session, qui, EtatSuivi.SOUMIS, **champs)
    validate_ligne(session, qui["se"], MAINTENANT, SUJET, ligne.id, ligne.version)
    return ligne


def list_numeros(session: Session, personne: Personne, ligne: Any) -> list[int]:
    return [p.id for p in list_preuves(session, personne, SUJET, ligne.id)]


def list_lecteurs(session: Session, qui: Qui, numero: int) -> set[str]:
    lecteurs = set()
    for nom in QUI:
        try:
            get_preuve(session, qui[nom], numero)
        except Introuvable:
            continue
        lecteurs.add(nom)
    return lecteurs


def test_a_corrected_row_shows_the_evidence_of_the_version_before(session: Session, config: Config, qui: Qui) -> None:
    avant = add_version(session, qui, EtatSuivi.VALIDE)
    numero = add(session, config, qui, avant)
    apres = correct(session, qui, lieu="Arlit")
    assert list_numeros(session, qui["se"], apres) == [numero], "the same file, under the same number"
    assert list_numeros(session, qui["se"], avant) == []
    assert session.get_one(type(avant), avant.id).etat is EtatSuivi.REMPLACE
    dit = session.scalars(select(Journal).where(Journal.objet == "preuve", Journal.action == "modifier")).one()
    assert dit.avant == {"ligne_id": avant.id, "premiere_ligne_id": None}
    assert dit.apres == {"ligne_id": apres.id, "premiere_ligne_id": avant.id}
    assert (dit.compte_id, dit.region_code) == (qui["se"].compte_id, "NE001")


def test_evidence_follows_from_correction_to_correction(session: Session, config: Config, qui: Qui) -> None:
    premiere = add_version(session, qui, EtatSuivi.VALIDE)
    numero = add(session, config, qui, premiere)
    correct(session, qui, lieu="Arlit")
    derniere = correct(session, qui, lieu="Dirkou")
    assert list_numeros(session, qui["se"], derniere) == [numero]
    assert session.get_one(Preuve, numero).premiere_ligne_id == premiere.id


def test_what_the_new_version_brings_stands_with_what_it_takes_over(session: Session, config: Config, qui: Qui) -> None:
    avant = add_version(session, qui, EtatSuivi.VALIDE)
    meme, autre = add(session, config, qui, avant), add(session, config, qui, avant, make_jpeg(6))
    retiree = add(session, config, qui, avant, make_jpeg(3))
    remove_preuve(session, qui["se"], MAINTENANT, retiree)
    apres = add_version(session, qui, EtatSuivi.SOUMIS, lieu="Arlit")
    rejointe = add(session, config, qui, apres)
    validate_ligne(session, qui["se"], MAINTENANT, SUJET, apres.id, apres.version)
    assert list_numeros(session, qui["se"], apres) == [autre, rejointe], "neither twice nor once withdrawn"
    assert list_numeros(session, qui["se"], avant) == [meme]


@pytest.mark.parametrize("restreinte", [True, False])
@pytest.mark.parametrize(
    ("de", "a"),
    [
        pytest.param({}, {}, id="its region's, corrected by the SP/CCM"),
        pytest.param({"acteur_code": "oim"}, {}, id="an organisation's, corrected by the SP/CCM"),
        pytest.param({}, {"acteur_code": "oim"}, id="the SP/CCM's, said again by an organisation"),
        pytest.param({"acteur_code": "giz"}, {"acteur_code": "oim"}, id="another organisation's, said again"),
    ],
)
def test_a_correction_changes_nobody_s_right_to_a_file(
    session: Session, config: Config, qui: Qui, restreinte: bool, de: dict[str, str], a: dict[str, str]
) -> None:
    numero = add(session, config, qui, add_version(session, qui, EtatSuivi.VALIDE, **de), restreinte=restreinte)
    avant = list_lecteurs(session, qui, numero)
    apres = correct(session, qui, **a)
    assert list_lecteurs(session, qui, numero) == avant
    assert {nom for nom in QUI if list_numeros(session, qui[nom], apres)} == avant


def test_only_the_spccm_takes_away_a_file_that_followed(session: Session, config: Config, qui: Qui) -> None:
    numero = add(session, config, qui, add_version(session, qui, EtatSuivi.VALIDE))
    apres = correct(session, qui, lieu="Arlit")
    with pytest.raises(AccesRefuse):
        remove_preuve(session, qui["focal"], MAINTENANT, numero)
    remove_preuve(session, qui["se"], MAINTENANT, numero)
    assert list_numeros(session, qui["se"], apres) == []
    assert list_lecteurs(session, qui, numero) == set(), "no version before it keeps what was taken away"


def test_the_queue_names_the_row_whose_files_will_follow(session: Session, config: Config, qui: Qui) -> None:
    avant = add_version(session, qui, EtatSuivi.VALIDE)
    add_version(session, qui, EtatSuivi.SOUMIS, lieu="Arlit")
    add_version(session, qui, EtatSuivi.SOUMIS, intitule="Une autre mission")
    assert {x.remplacee: x.correction for x in list_file(session, qui["se"])} == {avant.id: True, None: False}
