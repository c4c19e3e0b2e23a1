"""GET /preuves/<id>: an evidence file for whoever may read it, and for nobody else.

Streamlit's own /media is served without sign-in, so that no evidence ever passes there (nor through `st.image` or
`st.download_button`): screens give a link to `get_adresse`. Who may not read a file is answered as if it did not exist.
The answer is always a download: no browser opens a sent file as a page of ours.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Sequence
from typing import Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from ccm_data.accounts.sessions import get_personne
from ccm_data.config import Config
from ccm_data.db import read_session
from ccm_data.errors import Introuvable
from ccm_data.preuves.depot import read_octets
from ccm_data.queries.preuves import FichePreuve, get_preuve
from ccm_data.textes import N_, _, set_langue
from ccm_data.typographie import say_ponctuation
from pages.ui.connexion import COOKIE, read_langue

JOURNAL = logging.getLogger(__name__)
ABSENTE = N_("Ce fichier n’existe pas ou n’est pas visible pour vous. Connectez-vous, puis reprenez le lien.")
PERDUE = N_("Ce fichier est perdu ou abîmé sur le serveur. Prévenez l’administrateur : une sauvegarde peut le rendre.")
NUMERO: Final = re.compile(r"[0-9]{1,10}")
ENTETES: Final = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def get_adresse(preuve_id: int) -> str:
    """The address of a file, for a link."""
    return f"/preuves/{preuve_id}"


def say_disposition(nom: str) -> str:
    """Content-Disposition of a download under this name: plain signs for old browsers, all of them for the others.

    Source: RFC 6266 and RFC 5987.
    """
    plat = unicodedata.normalize("NFKD", nom.replace("’", "'")).encode("ascii", "ignore").decode()
    simple = re.sub(r'[^ -~]|["\\%]', "-", plat).strip() or "preuve"
    return f"attachment; filename=\"{simple}\"; filename*=UTF-8''{quote(nom, safe='')}"


class Preuves:
    """The route, around one installation's settings."""

    def __init__(self, config: Config) -> None:
        self.config = config

    def send(self, request: Request) -> Response:
        """GET /preuves/<id>. (Not a coroutine: it runs in a thread, for the database and the disk.)"""
        fiche = self._get_fiche(request)
        if fiche is None:
            return self._refuse(request, ABSENTE, 404)
        try:
            octets = read_octets(self.config.data_dir, fiche.empreinte)
        except Introuvable:
            JOURNAL.error("evidence %s has lost its bytes (%s)", fiche.id, fiche.empreinte)
            return self._refuse(request, PERDUE, 500)
        entetes = ENTETES | {"Content-Disposition": say_disposition(fiche.nom)}
        return Response(octets, media_type=fiche.type_mime, headers=entetes)

    def _get_fiche(self, request: Request) -> FichePreuve | None:
        numero = request.path_params["numero"]
        with read_session(self.config) as session:
            trouve = get_personne(session, request.cookies.get(COOKIE), self.config.maintenant())
            # With a provisional password nothing is read before it is changed, as on the screens.
            if trouve is None or trouve[1].doit_changer or not NUMERO.fullmatch(numero):
                return None
            try:
                return get_preuve(session, trouve[0], int(numero))
            except Introuvable:
                return None

    def _refuse(self, request: Request, texte: str, statut: int) -> Response:
        set_langue(read_langue(request, ""))
        return PlainTextResponse(say_ponctuation(_(texte)), status_code=statut, headers=ENTETES)


def build_routes(config: Config) -> Sequence[BaseRoute]:
    """/preuves/<id>."""
    return [Route("/preuves/{numero}", Preuves(config).send, methods=["GET"])]
