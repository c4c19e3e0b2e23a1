"""Who reads evidence, as a truth table on both databases (règles de calcul 7), and the address of a file."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session
from starlette.applications import Starlette
from starlette.datastructures import Headers

from ccm_data.accounts.sessions import open_session
from ccm_data.commands.preuves import remove_preuve
from ccm_data.config import Config
from ccm_data.db import write_session
from ccm_data.domain.permissions import Personne
from ccm_data.domain.vocabulaire import EtatSuivi
from ccm_data.errors import Introuvable
from ccm_data.models.comptes import Compte
from ccm_data.preuves.depot import get_chemin, read_octets
from ccm_data.queries.preuves import FichePreuve, get_preuve, list_preuves, list_preuves_par_ligne
from pages.ui.connexion import COOKIE
from pages.ui.preuves import build_routes, get_adresse
from pages.ui.service import build_middleware
from tests.integration.aides_commandes import MAINTENANT, make_personnes
from tests.integration.aides_preuves import QUI, add, make_ligne


@pytest.fixture
def qui(session: Session) -> dict[str, Personne]:
    return make_personnes(session)


# ---- reading: the truth table of règles 7 ----

SPCCM = {"se", "admin"}
LIT = [
    pytest.param("NE001", None, EtatSuivi.BROUILLON, True, {"focal", *SPCCM}, id="a draft of his region"),
    pytest.param("NE001", None, EtatSuivi.BROUILLON, False, {"focal", *SPCCM}, id="an open file of a draft"),
    pytest.param("NE001", None, EtatSuivi.SOUMIS, False, {"focal", *SPCCM}, id="an open file of a submitted row"),
    pytest.param("NE001", None, EtatSuivi.RETOURNE, False, {"focal", *SPCCM}, id="an open file of a returned row"),
    pytest.param("NE001", None, EtatSuivi.VALIDE, True, {"focal", *SPCCM}, id="a restricted file of a validated row"),
    pytest.param(
        "NE001", None, EtatSuivi.VALIDE, False, {"lecteur", "acteur", "focal", *SPCCM}, id="an open file, validated"
    ),
    pytest.param("NE001", None, EtatSuivi.REMPLACE, False, {"focal", *SPCCM}, id="an open file of a replaced row"),
    pytest.param("NE005", "giz", EtatSuivi.VALIDE, True, SPCCM, id="a restricted file of somebody else"),
    pytest.param(
        "NE005", "giz", EtatSuivi.VALIDE, False, {"lecteur", "acteur", "focal", *SPCCM}, id="an open file of another"
    ),
    pytest.param(None, "oim", EtatSuivi.BROUILLON, True, {"acteur", *SPCCM}, id="a draft of his organisation"),
    pytest.param("NE001", "oim", EtatSuivi.BROUILLON, True, {"acteur", "focal", *SPCCM}, id="a draft of both"),
    pytest.param(None, None, EtatSuivi.BROUILLON, True, SPCCM, id="a national draft"),
]


def find(session: Session, personne: Personne, numero: int) -> FichePreuve | None:
    try:
        return get_preuve(session, personne, numero)
    except Introuvable:
        return None


@pytest.mark.parametrize(("region", "acteur", "etat", "restreinte", "permis"), LIT)
def test_who_reads_a_file(
    session: Session, config: Config, qui: dict[str, Personne], region: str | None, acteur: str | None,
    etat: EtatSuivi, restreinte: bool, permis: set[str],
) -> None:  # fmt: skip
    ligne = make_ligne(session, qui, etat, (region, acteur))
    numero = add(session, config, qui["se"], ligne, restreinte=restreinte)
    listes = {nom for nom in QUI if list_preuves(session, qui[nom], "mise_a_jour", ligne.id)}
    ouvertes = {nom for nom in QUI if find(session, qui[nom], numero)}
    assert (listes, ouvertes) == (permis, permis)


def test_a_row_carried_to_another_region_takes_its_files_along(
    session: Session, config: Config, qui: dict[str, Personne]
) -> None:
    ligne = make_ligne(session, qui, EtatSuivi.BROUILLON)
    numero = add(session, config, qui["focal"], ligne)
    ligne.region_code = "NE005"
    session.flush()
    with pytest.raises(Introuvable):
        get_preuve(session, qui["focal"], numero)


@pytest.mark.parametrize("numero", [0, -1, 404, 2**31, 10**30])
def test_a_number_that_names_nothing_is_not_found(session: Session, qui: dict[str, Personne], numero: int) -> None:
    with pytest.raises(Introuvable):
        get_preuve(session, qui["admin"], numero)


def test_files_of_many_rows_are_read_together(session: Session, config: Config, qui: dict[str, Personne]) -> None:
    une, deux, autre = (make_ligne(session, qui, EtatSuivi.SOUMIS, (r, None)) for r in ("NE001", "NE001", "NE005"))
    for ligne in (une, autre):
        add(session, config, qui["se"], ligne)
    lues = list_preuves_par_ligne(session, qui["focal"], "mise_a_jour", [une.id, deux.id, autre.id])
    assert {numero: len(fiches) for numero, fiches in lues.items()} == {une.id: 1}
    assert list_preuves_par_ligne(session, qui["se"], "inconnu", [1]) == {}


# ---- the address ----


@dataclass
class Reponse:
    statut: int
    entetes: Headers
    corps: bytes


class Visite:
    """The route behind the application's own middleware, with the cookies of several persons."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.app = Starlette(routes=list(build_routes(config)), middleware=build_middleware())
        with write_session(config) as session:
            self.qui = make_personnes(session)
            ligne = make_ligne(session, self.qui, EtatSuivi.VALIDE)
            self.numero = add(session, config, self.qui["se"], ligne)
            self.empreinte = get_preuve(session, self.qui["se"], self.numero).empreinte
            session.execute(update(Compte).values(doit_changer=False))
            self.jetons = {
                nom: open_session(session, session.get_one(Compte, personne.compte_id), config.maintenant())
                for nom, personne in self.qui.items()
                if personne.compte_id is not None
            }

    def get(self, nom: str | None, chemin: str | None = None, methode: str = "GET") -> Reponse:
        """The answer to this person (None: without cookie)."""
        return asyncio.run(self._get(self.jetons.get(nom or ""), chemin or get_adresse(self.numero), methode))

    async def _get(self, jeton: str | None, chemin: str, methode: str) -> Reponse:
        entetes = [(b"accept-encoding", b"gzip")] + ([(b"cookie", f"{COOKIE}={jeton}".encode())] if jeton else [])
        portee = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": methode, "scheme": "http",
            "path": chemin, "raw_path": chemin.encode(), "query_string": b"", "root_path": "", "headers": entetes,
            "client": ("192.0.2.7", 40000), "server": ("tableau.test", 80),
        }  # fmt: skip
        recus: list[dict[str, Any]] = []

        async def _receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def _send(message: Any) -> None:
            recus.append(message)

        await self.app(portee, _receive, _send)
        corps = b"".join(m.get("body", b"") for m in recus[1:])
        return Reponse(recus[0]["status"], Headers(raw=recus[0]["headers"]), corps)


@pytest.fixture
def visite(config: Config) -> Visite:
    return Visite(config)


def test_whoever_may_read_a_file_downloads_it_and_nothing_keeps_it(visite: Visite) -> None:
    reponse = visite.get("focal")
    assert (reponse.statut, reponse.corps) == (200, read_octets(visite.config.data_dir, visite.empreinte))
    entetes = reponse.entetes
    assert entetes["content-type"] == "application/pdf"
    disposition = "attachment; filename=\"PV d'Arlit.pdf\"; filename*=UTF-8''PV%20d%E2%80%99Arlit.pdf"
    assert entetes["content-disposition"] == disposition
    assert (entetes["x-content-type-options"], entetes["cache-control"]) == ("nosniff", "no-store")
    assert entetes["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert entetes["cross-origin-resource-policy"] == "same-origin"
    assert "content-encoding" not in entetes, "what is compressed already is not compressed again"
    assert visite.get("focal", methode="HEAD").statut == 200
    assert visite.get("focal", methode="POST").statut == 405


def test_absent_and_forbidden_are_answered_alike(visite: Visite) -> None:
    absente = visite.get("admin", get_adresse(404))
    assert absente.statut == 404
    for nom in (None, "lecteur", "acteur"):
        assert visite.get(nom) == absente
    for chemin in ("/preuves/abc", "/preuves/-1", "/preuves/1e3", "/preuves/9999999999", "/preuves/٣", "/preuves/%00"):
        assert visite.get("admin", chemin) == absente


def test_a_withdrawn_file_a_closed_session_and_a_provisional_password_open_nothing(visite: Visite) -> None:
    with write_session(visite.config) as session:
        session.get_one(Compte, visite.qui["focal"].compte_id).doit_changer = True
        session.get_one(Compte, visite.qui["admin"].compte_id).actif = False
    assert (visite.get("focal").statut, visite.get("admin").statut, visite.get("se").statut) == (404, 404, 200)
    with write_session(visite.config) as session:
        remove_preuve(session, visite.qui["se"], MAINTENANT, visite.numero)
    assert visite.get("se").statut == 404


def test_a_file_lost_on_the_disk_is_said_to_whoever_may_read_it(
    visite: Visite, caplog: pytest.LogCaptureFixture
) -> None:
    get_chemin(visite.config.data_dir, visite.empreinte).write_bytes(b"autre chose")
    perdue = visite.get("se")
    assert (perdue.statut, "perdu ou abîmé" in perdue.corps.decode()) == (500, True)
    assert visite.empreinte in caplog.text
    assert visite.get("lecteur").statut == 404
