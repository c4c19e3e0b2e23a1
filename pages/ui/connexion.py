"""Sign-in, sign-out and password pages: plain HTML routes of our own, beside Streamlit.

The cookie is HttpOnly (no script reads it), SameSite=Lax, Secure behind TLS (CCM_HTTPS=1). Every form carries a token;
attempts are limited per address; `next` leads to our own pages only.
"""

from __future__ import annotations

import os
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from ccm_data.accounts.connexion import sign_in
from ccm_data.accounts.jetons import check_jeton, get_secret, make_jeton
from ccm_data.accounts.sessions import DUREE, get_personne, open_session, revoke_session
from ccm_data.commands.comptes import change_mot_de_passe
from ccm_data.commands.journal import write_journal
from ccm_data.config import Config
from ccm_data.db import read_session, write_session
from ccm_data.domain.permissions import Personne
from ccm_data.errors import CCMError
from ccm_data.textes import LANGUES, _, set_langue
from pages.ui import gabarits
from pages.ui.texts import say_erreur

COOKIE = "ccm_session"
COOKIE_GRAINE = "ccm_formulaire"
ESSAIS_MAX = 30
FENETRE_S = 300
ADRESSES_MAX = 5000
SANS_TRACE = {"Cache-Control": "no-store"}


class Limite:
    """Attempts per address over a sliding window; bounded memory."""

    def __init__(self, maximum: int = ESSAIS_MAX, horloge: Callable[[], float] = time.monotonic) -> None:
        self.maximum, self.horloge = maximum, horloge
        self.vus: OrderedDict[str, list[float]] = OrderedDict()

    def allow(self, adresse: str) -> bool:
        """Count this attempt; False when there were too many lately."""
        maintenant = self.horloge()
        recents = [t for t in self.vus.pop(adresse, []) if t > maintenant - FENETRE_S]
        recents.append(maintenant)
        self.vus[adresse] = recents[-self.maximum - 1 :]
        while len(self.vus) > ADRESSES_MAX:
            self.vus.popitem(last=False)
        return len(recents) <= self.maximum


def read_next(texte: object) -> str:
    """Where to go after signing in: a path of ours, never another host."""
    if not isinstance(texte, str) or not texte.startswith("/") or texte.startswith(("//", "/\\", "/auth/")):
        return "/"
    return texte if "\\" not in texte and not any(ord(c) < 32 for c in texte) else "/"


class Connexion:
    """The routes, around one installation's settings."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.limite = Limite()
        self.sur = os.environ.get("CCM_HTTPS", "") in {"1", "oui", "true"}

    def _secret(self) -> bytes:
        return get_secret(self.config.data_dir)

    def _show(self, request: Request, gabarit: str, statut: int = 200, **donnees: Any) -> Response:
        """A page with its form token; the seed's cookie is set when the browser has none."""
        langue = request.query_params.get("lang", "fr")
        set_langue(langue)
        donnees = {c: v() if callable(v) else v for c, v in donnees.items()}
        graine = request.cookies.get(COOKIE_GRAINE) or secrets.token_urlsafe(16)
        page = gabarits.render(
            f"connexion/{gabarit}",
            jeton=make_jeton(self._secret(), graine),
            langue=langue if langue in LANGUES else "fr",
            **donnees,
        )
        reponse = HTMLResponse(str(page), status_code=statut, headers=SANS_TRACE)
        reponse.set_cookie(COOKIE_GRAINE, graine, httponly=True, samesite="lax", secure=self.sur)
        return reponse

    async def _read_form(self, request: Request) -> dict[str, str] | None:
        """The form's texts, or None when its token is not this browser's or attempts are too many."""
        async with request.form(max_files=0, max_fields=12) as brut:
            champs = {c: v for c, v in brut.items() if isinstance(v, str)}
        adresse = request.client.host if request.client else "?"
        graine = request.cookies.get(COOKIE_GRAINE)
        if not check_jeton(self._secret(), graine, champs.get("jeton")) or not self.limite.allow(adresse):
            return None
        return champs

    async def show_connexion(self, request: Request) -> Response:
        """GET /auth/login."""
        suite = read_next(request.query_params.get("next"))
        return self._show(request, "connexion.html", suite=suite, message="", identifiant="")

    async def post_connexion(self, request: Request) -> Response:
        """POST /auth/login: same words for an unknown name, a wrong password, a locked or disabled account."""
        champs = await self._read_form(request)
        if champs is None:
            return self._refuse(request)
        suite = read_next(champs.get("next"))
        jeton = await run_in_threadpool(self._sign_in, champs.get("identifiant", ""), champs.get("mot_de_passe", ""))
        if jeton is None:
            return self._show(
                request,
                "connexion.html",
                401,
                suite=suite,
                identifiant=champs.get("identifiant", "")[:80],
                message=lambda: _(
                    "Identifiant ou mot de passe refusé. Après cinq essais, attendez quinze minutes ; "
                    "mot de passe oublié : demandez un code à l’administrateur du SP/CCM."
                ),
            )
        reponse = RedirectResponse(suite, status_code=303, headers=SANS_TRACE)
        reponse.set_cookie(
            COOKIE, jeton, max_age=int(DUREE.total_seconds()), httponly=True, samesite="lax", secure=self.sur
        )
        return reponse

    def _sign_in(self, identifiant: str, mot_de_passe: str) -> str | None:
        maintenant = self.config.maintenant()
        with write_session(self.config) as session:
            compte = sign_in(session, identifiant, mot_de_passe, maintenant)
            if compte is None:
                return None
            qui = Personne(compte.role, compte.id)
            write_journal(session, maintenant, qui, "connexion", "compte", compte.id, resume=compte.identifiant)
            return open_session(session, compte, maintenant)

    async def show_deconnexion(self, request: Request) -> Response:
        """GET /auth/logout: asks; only the form ends the session."""
        return self._show(request, "deconnexion.html")

    async def post_deconnexion(self, request: Request) -> Response:
        """POST /auth/logout."""
        if await self._read_form(request) is None:
            return self._refuse(request)
        jeton = request.cookies.get(COOKIE)
        if jeton:
            await run_in_threadpool(self._sign_out, jeton)
        reponse = RedirectResponse("/", status_code=303, headers=SANS_TRACE)
        reponse.delete_cookie(COOKIE)
        return reponse

    def _sign_out(self, jeton: str) -> None:
        with write_session(self.config) as session:
            revoke_session(session, jeton, self.config.maintenant())

    async def show_mot_de_passe(self, request: Request) -> Response:
        """GET /auth/password."""
        if await run_in_threadpool(self._get_personne, request) is None:
            return RedirectResponse("/auth/login?next=/", status_code=303)
        return self._show(request, "mot_de_passe.html", message="")

    async def post_mot_de_passe(self, request: Request) -> Response:
        """POST /auth/password: the new password ends every session; sign in again with it."""
        champs = await self._read_form(request)
        personne = await run_in_threadpool(self._get_personne, request)
        if champs is None or personne is None:
            return self._refuse(request)
        if champs.get("nouveau", "") != champs.get("confirmation", ""):
            return self._show(
                request,
                "mot_de_passe.html",
                400,
                message=lambda: _("Les deux saisies du nouveau mot de passe diffèrent."),
            )
        try:
            await run_in_threadpool(self._change, personne, champs.get("ancien", ""), champs.get("nouveau", ""))
        except CCMError as erreur:
            fautive = erreur
            return self._show(request, "mot_de_passe.html", 400, message=lambda: say_erreur(fautive))
        reponse = RedirectResponse("/auth/login?next=/", status_code=303, headers=SANS_TRACE)
        reponse.delete_cookie(COOKIE)
        return reponse

    def _change(self, personne: Personne, ancien: str, nouveau: str) -> None:
        with write_session(self.config) as session:
            change_mot_de_passe(session, personne, self.config.maintenant(), ancien, nouveau)

    def _get_personne(self, request: Request) -> Personne | None:
        with read_session(self.config) as session:
            trouve = get_personne(session, request.cookies.get(COOKIE), self.config.maintenant())
        return trouve[0] if trouve else None

    def _refuse(self, request: Request) -> Response:
        return self._show(request, "refus.html", 403)


def build_routes(config: Config) -> Sequence[BaseRoute]:
    """/auth/login, /auth/logout, /auth/password."""
    connexion = Connexion(config)
    return [
        Route("/auth/login", connexion.show_connexion, methods=["GET"]),
        Route("/auth/login", connexion.post_connexion, methods=["POST"]),
        Route("/auth/logout", connexion.show_deconnexion, methods=["GET"]),
        Route("/auth/logout", connexion.post_deconnexion, methods=["POST"]),
        Route("/auth/password", connexion.show_mot_de_passe, methods=["GET"]),
        Route("/auth/password", connexion.post_mot_de_passe, methods=["POST"]),
    ]
