"""Sign-in, sign-out and password pages: plain HTML routes of our own, beside Streamlit.

The session cookie is HttpOnly (no script reads it), SameSite=Lax, Secure behind TLS. Every form carries a token that goes
with a seed in the browser; attempts are limited per address; `next` leads to our own pages only. The server behind a proxy
learns address and scheme from it when FORWARDED_ALLOW_IPS names that proxy; CCM_HTTPS=1 says « behind TLS » by itself.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from ccm_data.accounts.jetons import check_jeton, get_secret, make_jeton
from ccm_data.accounts.sessions import DUREE, CompteSession, get_personne
from ccm_data.commands.connexion import Entree, change_mot_de_passe, sign_in, sign_out
from ccm_data.config import Config
from ccm_data.db import read_session
from ccm_data.errors import AccesRefuse, CCMError
from ccm_data.textes import LANGUES, N_, _, set_langue
from pages.ui import gabarits
from pages.ui.limite import FENETRE_S, Limite
from pages.ui.texts import say_erreur

COOKIE = "ccm_session"
COOKIE_GRAINE = "ccm_formulaire"
TAILLE_MAX = 16_384  # bytes of a form
NEXT_MAX = 2_000
SANS_TRACE = {"Cache-Control": "no-store"}
REFUS = N_(
    "Identifiant ou mot de passe refusé. Après cinq essais, attendez quinze minutes ; "
    "mot de passe oublié : demandez-en un à l’administrateur du SP/CCM."
)
EXPIRE = N_("Ce formulaire avait expiré : recommencez. Votre navigateur doit accepter les cookies de ce site.")
TROP = N_("Trop d’essais depuis cette adresse. Attendez cinq minutes, puis recommencez.")


class FormulaireRefuse(Exception):
    """The form cannot be taken: expired, forged, or too many of them."""

    def __init__(self, texte: str, statut: int) -> None:
        self.texte, self.statut = texte, statut


def read_next(texte: object) -> str:
    """Where to go after signing in: a path of ours with its parameters, never another host."""
    if not isinstance(texte, str) or not texte.startswith("/") or texte.startswith(("//", "/auth/")):
        return "/"
    if len(texte) > NEXT_MAX or "\\" in texte or any(ord(c) < 32 or ord(c) == 127 for c in texte):
        return "/"
    return texte


def read_langue(request: Request, suite: str) -> str:
    """The address's language, or that of the screen one comes from, or French."""
    demandee = request.query_params.get("lang") or parse_qs(urlsplit(suite).query).get("lang", ["fr"])[0]
    return demandee if demandee in LANGUES else "fr"


async def _read_body(request: Request) -> dict[str, str]:
    """The texts of a small form."""
    corps = bytearray()
    async for morceau in request.stream():
        corps += morceau
        if len(corps) > TAILLE_MAX:
            raise FormulaireRefuse(EXPIRE, 413)
    try:
        champs = parse_qs(corps.decode(), keep_blank_values=True, max_num_fields=12)
    except ValueError as erreur:
        raise FormulaireRefuse(EXPIRE, 400) from erreur
    return {nom: valeurs[0] for nom, valeurs in champs.items()}


class Connexion:
    """The routes, around one installation's settings."""

    def __init__(self, config: Config, limite: Limite | None = None) -> None:
        self.config = config
        self.limite = limite or Limite()
        self.https = os.environ.get("CCM_HTTPS", "").strip().lower() in {"1", "oui", "true", "yes"}

    # ---- shared ----

    def _is_sur(self, request: Request) -> bool:
        return self.https or request.url.scheme == "https"

    def _show(
        self,
        request: Request,
        gabarit: str,
        statut: int = 200,
        suite: str = "/",
        message: str | CCMError = "",
        **d: Any,
    ) -> Response:
        """A page with its form token; the seed's cookie is set when the browser has none. `message` is a source text."""
        langue = read_langue(request, suite)
        set_langue(langue)
        graine = request.cookies.get(COOKIE_GRAINE) or secrets.token_urlsafe(16)
        autre = "en" if langue == "fr" else "fr"
        page = gabarits.render(
            f"connexion/{gabarit}",
            jeton=make_jeton(get_secret(self.config.data_dir), graine),
            langue=langue,
            autre=autre,
            lien_autre=f"{request.url.path}?{urlencode({'lang': autre, 'next': suite})}",
            suite=suite,
            message=say_erreur(message) if isinstance(message, CCMError) else _(message) if message else "",
            **d,
        )
        entetes = SANS_TRACE | ({"Retry-After": str(FENETRE_S)} if statut == 429 else {})
        reponse = HTMLResponse(str(page), status_code=statut, headers=entetes)
        reponse.set_cookie(
            COOKIE_GRAINE, graine, path="/auth", httponly=True, samesite="lax", secure=self._is_sur(request)
        )
        return reponse

    async def _read_form(self, request: Request) -> dict[str, str]:
        """The form's texts. Raises FormulaireRefuse when it comes from elsewhere, has expired or attempts are too many."""
        champs = await _read_body(request)
        # Browsers say where a request comes from; a client that says nothing still needs the token.
        if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
            raise FormulaireRefuse(EXPIRE, 403)
        graine = request.cookies.get(COOKIE_GRAINE)
        if not check_jeton(get_secret(self.config.data_dir), graine, champs.get("jeton")):
            raise FormulaireRefuse(EXPIRE, 403)
        if not self.limite.allow(request.client.host if request.client else "?"):
            raise FormulaireRefuse(TROP, 429)
        return champs

    def _enter(self, request: Request, entree: Entree, suite: str) -> Response:
        """Hand the new session over; a first password leads to its change before anything else."""
        vers = f"/auth/password?{urlencode({'next': suite})}" if entree.doit_changer else suite
        reponse = RedirectResponse(vers, status_code=303, headers=SANS_TRACE)
        reponse.set_cookie(
            COOKIE,
            entree.jeton,
            max_age=int(DUREE.total_seconds()),
            httponly=True,
            samesite="lax",
            secure=self._is_sur(request),
        )
        return reponse

    def _get_compte(self, request: Request) -> CompteSession | None:
        with read_session(self.config) as session:
            trouve = get_personne(session, request.cookies.get(COOKIE), self.config.maintenant())
        return trouve[1] if trouve else None

    # ---- sign-in ----

    async def show_connexion(self, request: Request) -> Response:
        """GET /auth/login."""
        return self._show(request, "connexion.html", suite=read_next(request.query_params.get("next")), identifiant="")

    async def post_connexion(self, request: Request) -> Response:
        """POST /auth/login: same words for an unknown name, a wrong password, a locked or disabled account."""
        try:
            champs = await self._read_form(request)
        except FormulaireRefuse as refus:
            suite = read_next(request.query_params.get("next"))
            return self._show(request, "connexion.html", refus.statut, suite=suite, message=refus.texte, identifiant="")
        suite = read_next(champs.get("next"))
        identifiant = champs.get("identifiant", "")
        entree = await run_in_threadpool(
            sign_in, self.config, identifiant, champs.get("mot_de_passe", ""), request.cookies.get(COOKIE)
        )
        if entree is None:
            return self._show(request, "connexion.html", 401, suite=suite, message=REFUS, identifiant=identifiant[:80])
        return self._enter(request, entree, suite)

    # ---- sign-out ----

    async def show_deconnexion(self, request: Request) -> Response:
        """GET /auth/logout: asks; only the form ends the session."""
        return self._show(request, "deconnexion.html", suite=read_next(request.query_params.get("next")))

    async def post_deconnexion(self, request: Request) -> Response:
        """POST /auth/logout."""
        try:
            await self._read_form(request)
        except FormulaireRefuse as refus:
            return self._show(request, "deconnexion.html", refus.statut, message=refus.texte)
        jeton = request.cookies.get(COOKIE)
        if jeton:
            await run_in_threadpool(sign_out, self.config, jeton)
        reponse = RedirectResponse("/", status_code=303, headers=SANS_TRACE)
        reponse.delete_cookie(COOKIE, httponly=True, samesite="lax", secure=self._is_sur(request))
        return reponse

    # ---- password ----

    async def show_mot_de_passe(self, request: Request) -> Response:
        """GET /auth/password."""
        suite = read_next(request.query_params.get("next"))
        compte = await run_in_threadpool(self._get_compte, request)
        if compte is None:
            return self._send_to_connexion(suite)
        return self._show(request, "mot_de_passe.html", suite=suite, compte=compte)

    async def post_mot_de_passe(self, request: Request) -> Response:
        """POST /auth/password: the new password ends every session but the fresh one that this browser gets."""
        compte = await run_in_threadpool(self._get_compte, request)
        suite = read_next(request.query_params.get("next"))
        if compte is None:
            return self._send_to_connexion(suite)

        def _again(message: str | CCMError, statut: int = 400) -> Response:
            return self._show(request, "mot_de_passe.html", statut, suite=suite, message=message, compte=compte)

        try:
            champs = await self._read_form(request)
        except FormulaireRefuse as refus:
            return _again(refus.texte, refus.statut)
        suite = read_next(champs.get("next"))
        nouveau = champs.get("nouveau", "")
        if nouveau != champs.get("confirmation", ""):
            return _again(N_("Les deux saisies du nouveau mot de passe diffèrent."))
        try:
            entree = await run_in_threadpool(
                change_mot_de_passe, self.config, request.cookies.get(COOKIE), champs.get("ancien", ""), nouveau
            )
        except AccesRefuse:
            return self._send_to_connexion(suite)
        except CCMError as erreur:
            return _again(erreur)
        return self._enter(request, entree, suite)

    def _send_to_connexion(self, suite: str) -> Response:
        vers = "/auth/login?" + urlencode({"next": suite})
        return RedirectResponse(vers, status_code=303, headers=SANS_TRACE)


def build_routes(config: Config, limite: Limite | None = None) -> Sequence[BaseRoute]:
    """/auth/login, /auth/logout, /auth/password. The installation's secret is made now, at start."""
    get_secret(config.data_dir)
    connexion = Connexion(config, limite)
    pages: tuple[tuple[str, Callable[..., Any], Callable[..., Any]], ...] = (
        ("/auth/login", connexion.show_connexion, connexion.post_connexion),
        ("/auth/logout", connexion.show_deconnexion, connexion.post_deconnexion),
        ("/auth/password", connexion.show_mot_de_passe, connexion.post_mot_de_passe),
    )
    return [
        route
        for adresse, lire, ecrire in pages
        for route in (Route(adresse, lire, methods=["GET"]), Route(adresse, ecrire, methods=["POST"]))
    ]
