"""The projection of a séance: pages of our own server, so that no shortcut of Streamlit and no rerun stands in its way.

GET  /seances/<code>/projection   the deck, every scene in one page (also while it is prepared: a rehearsal, for the SP/CCM)
GET  /seances/<code>/fichier      the same in one file, which runs with the server off
POST /seances/<code>/decision     notes a decision in front of a scene
Who may not read a séance is answered as if it did not exist. A decision carries a token that goes with the session's cookie.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any, Final
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from ccm_data.accounts.jetons import check_jeton, get_secret, make_jeton
from ccm_data.accounts.sessions import get_personne
from ccm_data.commands.seances import DROIT, note_decision
from ccm_data.config import Config
from ccm_data.db import read_session, write_session
from ccm_data.domain.permissions import Personne, can_write
from ccm_data.domain.vocabulaire import EtatSeance
from ccm_data.errors import CCMError, Introuvable
from ccm_data.phrases.seances import name_rendu
from ccm_data.queries.acteurs import list_noms_acteurs
from ccm_data.queries.seances import FicheSeance, get_seance
from ccm_data.reports.dossier import open_deck
from ccm_data.reports.html.deck import SCRIPT, STYLE, Liaison, render_html
from ccm_data.textes import N_, _, set_langue
from pages.ui.connexion import COOKIE
from pages.ui.preuves import say_disposition
from pages.ui.texts import say_erreur

ABSENTE: Final = N_("Cette séance n’existe pas ou n’est pas visible pour vous. Connectez-vous, puis reprenez le lien.")
EXPIREE: Final = N_("Votre session a expiré : connectez-vous de nouveau, la décision reste dans le formulaire.")
ILLISIBLE: Final = N_("La décision ne se lit pas : rechargez la page, puis recommencez.")
TAILLE_MAX: Final = 32_768
SANS_TRACE: Final = {"Cache-Control": "no-store"}


def get_adresse(code: str, quoi: str = "projection") -> str:
    """The address of a séance's projection, of its file, of its decisions."""
    return f"/seances/{quote(code, safe='')}/{quoi}"


class Projection:
    """The routes, around one installation's settings."""

    def __init__(self, config: Config) -> None:
        self.config = config

    def show(self, request: Request) -> Response:
        """GET the deck. (Not a coroutine: it runs in a thread, for the database.)"""
        return self._send(request, fichier=False)

    def download(self, request: Request) -> Response:
        """GET the deck in one file."""
        return self._send(request, fichier=True)

    def _send(self, request: Request, *, fichier: bool) -> Response:
        set_langue("fr")
        jeton = request.cookies.get(COOKIE)
        with read_session(self.config) as session:
            trouve = get_personne(session, jeton, self.config.maintenant())
            if trouve is None:
                return RedirectResponse(
                    f"/auth/login?next={quote(request.url.path)}", status_code=303, headers=SANS_TRACE
                )
            personne, compte = trouve
            try:
                if compte.doit_changer:
                    raise Introuvable(objet="seance", valeur=request.path_params["code"])
                fiche = get_seance(session, personne, request.path_params["code"])
            except Introuvable:
                return PlainTextResponse(_(ABSENTE), status_code=404, headers=SANS_TRACE)
            deck = open_deck(session, fiche, self.config.maintenant())
            liaison = None if fichier else self._make_liaison(fiche, personne, jeton or "", list_noms_acteurs(session))
        page = render_html(deck, liaison)
        if not fichier:
            return HTMLResponse(page, headers=SANS_TRACE)
        nom = name_rendu(fiche, "html", demonstration=deck.demonstration)
        return HTMLResponse(page, headers=SANS_TRACE | {"Content-Disposition": say_disposition(nom)})

    def _make_liaison(self, fiche: FicheSeance, personne: Personne, jeton: str, noms: dict[str, str]) -> Liaison:
        peut_noter = can_write(personne, DROIT) and fiche.etat is EtatSeance.FIGEE
        return Liaison(
            noter=get_adresse(fiche.code, "decision") if peut_noter else "",
            jeton=make_jeton(get_secret(self.config.data_dir), jeton) if peut_noter else "",
            retour=f"/seances?seance={quote(fiche.code)}",
            acteurs=tuple(sorted(noms.items(), key=lambda x: x[1].lower())) if peut_noter else (),
            style="/seances/deck.css",
            script="/seances/deck.js",
        )

    async def note(self, request: Request) -> Response:
        """POST a decision: {texte, responsable, echeance, scene}; answers {message} when it is refused."""
        set_langue("fr")
        jeton = request.cookies.get(COOKIE)
        venu = request.headers.get("sec-fetch-site", "same-origin") in {"same-origin", "none"}
        if not venu or not check_jeton(get_secret(self.config.data_dir), jeton, request.headers.get("x-jeton")):
            return _refuse(_(EXPIREE), 403)
        try:
            decision = _read_decision(json.loads(await _read_body(request)))
        except (ValueError, TypeError, AttributeError):
            return _refuse(_(ILLISIBLE), 400)
        return await run_in_threadpool(self._write, request.path_params["code"], jeton, decision)

    def _write(self, code: str, jeton: str | None, decision: dict[str, Any]) -> Response:
        set_langue("fr")
        with read_session(self.config) as session:
            trouve = get_personne(session, jeton, self.config.maintenant())
        if trouve is None:
            return _refuse(_(EXPIREE), 403)
        try:
            with write_session(self.config) as session:
                fiche = get_seance(session, trouve[0], code)
                note_decision(session, trouve[0], self.config.maintenant(), fiche.id, **decision)
        except CCMError as erreur:
            return _refuse(say_erreur(erreur), 400)
        return JSONResponse({"message": ""}, headers=SANS_TRACE)


async def _read_body(request: Request) -> bytes:
    """The body of a small form. Raises ValueError as soon as it is too long."""
    corps = bytearray()
    async for morceau in request.stream():
        corps += morceau
        if len(corps) > TAILLE_MAX:
            raise ValueError("too long")
    return bytes(corps)


def _read_decision(dit: Any) -> dict[str, Any]:
    """The fields as the command takes them. Raises ValueError, TypeError, AttributeError for what a page does not send."""
    echeance = str(dit.get("echeance") or "").strip()
    scene = dit.get("scene")
    return {
        "texte": str(dit.get("texte") or "")[:4000],
        "responsable_code": str(dit.get("responsable") or "").strip() or None,
        "echeance": date.fromisoformat(echeance) if echeance else None,
        "scene": int(scene) if isinstance(scene, int) and 0 < scene < 1000 else None,
    }


def _refuse(texte: str, statut: int) -> Response:
    return JSONResponse({"message": texte}, status_code=statut, headers=SANS_TRACE)


def build_routes(config: Config) -> Sequence[BaseRoute]:
    """The projection's routes."""
    projection = Projection(config)
    return [
        Route("/seances/deck.css", lambda _r: FileResponse(STYLE, media_type="text/css")),
        Route("/seances/deck.js", lambda _r: FileResponse(SCRIPT, media_type="text/javascript")),
        Route("/seances/{code}/projection", projection.show, methods=["GET"]),
        Route("/seances/{code}/fichier", projection.download, methods=["GET"]),
        Route("/seances/{code}/decision", projection.note, methods=["POST"]),
    ]
