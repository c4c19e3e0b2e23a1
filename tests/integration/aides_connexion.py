"""A browser small enough to read: our sign-in routes called in memory, cookies kept, every answer seen."""

from __future__ import annotations

import asyncio
import html
import re
from datetime import UTC, datetime, timedelta
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import bcrypt
import pytest
from sqlalchemy import select
from starlette.applications import Starlette

from ccm_data.accounts import mots_de_passe
from ccm_data.accounts.sessions import get_personne
from ccm_data.commands import comptes as commandes
from ccm_data.config import Config
from ccm_data.db import read_session, write_session
from ccm_data.domain.vocabulaire import Role
from ccm_data.models.comptes import Compte
from pages.ui.connexion import COOKIE, build_routes
from pages.ui.limite import Limite

MOT = "le fleuve passe à Niamey"
AUTRE = "les dunes avancent au nord"
MAINTENANT = datetime(2026, 11, 23, 9, 14, tzinfo=UTC)


class Horloge(Config):
    """Settings whose hour the test moves."""

    avance = timedelta()

    def maintenant(self) -> datetime:
        """The hour of the test."""
        return MAINTENANT + type(self).avance


def make_installation(url: str, dossier: Path) -> Config:
    """Real work on this database, with an administrator and a focal point whose password is MOT."""
    config = Horloge(dossier, url, False, MAINTENANT.date())
    with write_session(config) as session:
        for nom, role, region in (("admin", Role.ADMINISTRATEUR, None), ("pf.agadez", Role.POINT_FOCAL, "NE001")):
            commandes.add_compte(
                session, None, MAINTENANT, nom, role, region_code=region, mot_de_passe=MOT, doit_changer=False
            )
    return config


def quicken_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """bcrypt at its lowest cost: these tests look at what is compared, not at how long it takes."""
    vrai = bcrypt.gensalt
    monkeypatch.setattr(bcrypt, "gensalt", lambda rounds=12, prefix=b"2b": vrai(4, prefix))
    monkeypatch.setattr(mots_de_passe, "LEURRE", bcrypt.hashpw(b"leurre", vrai(4)).decode())


def get_role(config: Config, jeton: str | None) -> Role | None:
    """The role of whoever holds this token; None for nobody."""
    with read_session(config) as session:
        trouve = get_personne(session, jeton, config.maintenant())
    return trouve[0].role if trouve else None


def get_compte(config: Config, nom: str) -> Compte:
    """The account of this name, detached."""
    with read_session(config) as session:
        compte = session.scalars(select(Compte).where(Compte.identifiant == nom)).one()
        session.expunge(compte)
        return compte


class Reponse:
    """Status, headers (several cookies possible) and text."""

    def __init__(self, statut: int, entetes: list[tuple[str, str]], corps: bytes) -> None:
        self.statut, self.entetes, self.texte = statut, entetes, html.unescape(corps.decode())

    def get(self, nom: str) -> str | None:
        """A header."""
        return next((v for n, v in self.entetes if n == nom), None)

    def get_cookie(self, nom: str) -> str | None:
        """The whole line that sets a cookie."""
        return next((v for n, v in self.entetes if n == "set-cookie" and v.startswith(f"{nom}=")), None)

    @property
    def jeton(self) -> str:
        """The form's token."""
        trouve = re.search(r'name="jeton" value="([^"]+)"', self.texte)
        assert trouve, self.texte
        return trouve[1]


class Navigateur:
    """One browser (its cookies) against the routes of one installation."""

    def __init__(self, config: Config, limite: Limite | None = None, schema: str = "http") -> None:
        self.app = Starlette(routes=list(build_routes(config, limite)))
        self.cookies: dict[str, str] = {}
        self.schema = schema

    @property
    def session(self) -> str | None:
        """The session's token."""
        return self.cookies.get(COOKIE)

    def call(self, methode: str, adresse: str, corps: bytes = b"", **entetes: str) -> Reponse:
        """One request; redirections are not followed."""
        return asyncio.run(self._call(methode, adresse, corps, entetes))

    async def _call(self, methode: str, adresse: str, corps: bytes, entetes: dict[str, str]) -> Reponse:
        parties = urlsplit(adresse)
        bruts = [(n.replace("_", "-").encode(), v.encode()) for n, v in entetes.items()]
        bruts += [(b"host", b"tableau.test"), (b"content-type", b"application/x-www-form-urlencoded")]
        if self.cookies:
            bruts.append((b"cookie", "; ".join(f"{n}={v}" for n, v in self.cookies.items()).encode()))
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": methode, "scheme": self.schema,
            "path": parties.path, "raw_path": parties.path.encode(), "query_string": parties.query.encode(),
            "root_path": "", "headers": bruts, "client": ("192.0.2.7", 40000), "server": ("tableau.test", 80),
        }  # fmt: skip
        recus: list[dict[str, Any]] = []

        async def _receive() -> dict[str, Any]:
            return {"type": "http.request", "body": corps, "more_body": False}

        async def _send(message: Any) -> None:
            recus.append(message)

        await self.app(scope, _receive, _send)
        reponse = Reponse(
            recus[0]["status"],
            [(n.decode().lower(), v.decode()) for n, v in recus[0]["headers"]],
            b"".join(m.get("body", b"") for m in recus[1:]),
        )
        self._keep(reponse)
        return reponse

    def _keep(self, reponse: Reponse) -> None:
        for nom, valeur in reponse.entetes:
            if nom == "set-cookie":
                for cle, morceau in SimpleCookie(valeur).items():
                    if morceau["max-age"] == "0":
                        self.cookies.pop(cle, None)
                    else:
                        self.cookies[cle] = morceau.value

    def get(self, adresse: str) -> Reponse:
        """GET."""
        return self.call("GET", adresse)

    def post(self, adresse: str, champs: dict[str, str], jeton: str | None = None, **entetes: str) -> Reponse:
        """POST with the form's token, read from the page itself unless another is given."""
        vrai = self.get(adresse).jeton if jeton is None else jeton
        return self.call("POST", adresse, urlencode({"jeton": vrai, **champs}).encode(), **entetes)

    def sign_in(self, identifiant: str, mot_de_passe: str, suite: str = "/") -> Reponse:
        """Fill the sign-in form."""
        return self.post("/auth/login", {"identifiant": identifiant, "mot_de_passe": mot_de_passe, "next": suite})

    def change(self, ancien: str, nouveau: str, encore: str | None = None) -> Reponse:
        """Fill the password form."""
        return self.post(
            "/auth/password",
            {"ancien": ancien, "nouveau": nouveau, "confirmation": nouveau if encore is None else encore},
        )
