"""A batch of reminders, from the address book to the journal; the same for the screen and for the command line."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ccm_data.commands import relances as commandes
from ccm_data.config import ReglagesCourriel
from ccm_data.errors import EnvoiImpossible
from ccm_data.messagerie.carnet import read_carnet
from ccm_data.messagerie.courriel import Courriel
from ccm_data.messagerie.smtp import DELAI_S, send_courriels
from ccm_data.phrases.relances import Message

# Runs a command of ccm_data.commands in a transaction of its own, as who asks: `appliquer(command, *args)`.
Appliquer = Callable[..., Any]


@dataclass(frozen=True)
class Bilan:
    """What became of a batch, by codes of declarants; `echecs`: (code, why)."""

    envoyes: tuple[str, ...] = ()
    echecs: tuple[tuple[str, str], ...] = ()
    recents: tuple[str, ...] = ()
    sans_adresse: tuple[str, ...] = ()


def send_relances(
    appliquer: Appliquer,
    reglages: ReglagesCourriel,
    messages: Sequence[Message],
    connus: Collection[str],
    maintenant: datetime,
    *,
    forcer: bool = False,
    contexte: ssl.SSLContext | None = None,
    delai_s: float = DELAI_S,
) -> Bilan:
    """Send each message to its declarant's address; `connus`: the codes that the address book may hold.

    Raises AccesRefuse, what `read_carnet` raises (before anything is noted or sent), and EnvoiImpossible when the server
    takes nobody's message: the journal then says that none left.
    """
    carnet = read_carnet(reglages.destinataires, connus)
    sans = tuple(m.code for m in messages if m.code not in carnet)
    depart = appliquer(commandes.open_envoi, [m.code for m in messages if m.code in carnet], forcer)
    if not depart.declarants:
        return Bilan(recents=depart.recents, sans_adresse=sans)
    courriels = [Courriel(m.code, m.sujet, m.texte, carnet[m.code]) for m in messages if m.code in depart.declarants]
    try:
        resultats = send_courriels(reglages, courriels, maintenant, contexte=contexte, delai_s=delai_s)
    except EnvoiImpossible:
        appliquer(commandes.close_envoi, depart.reference, [], list(depart.declarants))
        raise
    envoyes = tuple(r.declarant for r in resultats if r.erreur is None)
    echecs = tuple((r.declarant, r.erreur) for r in resultats if r.erreur is not None)
    appliquer(commandes.close_envoi, depart.reference, list(envoyes), [code for code, _erreur in echecs])
    return Bilan(envoyes, echecs, depart.recents, sans)
