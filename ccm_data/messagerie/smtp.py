"""Handing messages to a mail server: encryption, sign-in, time limits; a refusal of one does not stop the others.

Every failure is a code (words in phrases/relances.py); no address and no password enters an error.
"""

from __future__ import annotations

import contextlib
import smtplib
import ssl
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from ccm_data.config import ReglagesCourriel
from ccm_data.errors import CCMError, EnvoiImpossible
from ccm_data.messagerie.courriel import Courriel, make_message

DELAI_S: Final = 10.0  # for each answer of the server


@dataclass(frozen=True)
class Resultat:
    """What became of one message; `erreur` None: the server took it."""

    declarant: str
    erreur: str | None = None


@contextlib.contextmanager
def _name_erreurs(reglages: ReglagesCourriel) -> Iterator[None]:
    """Turn what the connection raises into EnvoiImpossible, whose code says at which step."""
    faits = {"hote": reglages.hote, "port": reglages.port}
    try:
        yield
    except smtplib.SMTPAuthenticationError as erreur:
        raise EnvoiImpossible("smtp_authentification", **faits) from erreur
    except smtplib.SMTPNotSupportedError as erreur:
        code = "smtp_sans_authentification" if "AUTH" in str(erreur) else "smtp_sans_tls"
        raise EnvoiImpossible(code, **faits) from erreur
    except ssl.SSLError as erreur:
        raise EnvoiImpossible("smtp_certificat", **faits) from erreur
    except TimeoutError as erreur:
        raise EnvoiImpossible("smtp_delai", **faits) from erreur
    except (OSError, smtplib.SMTPException) as erreur:
        # smtplib calls a silence a disconnection.
        muet = isinstance(erreur.__context__, TimeoutError)
        raise EnvoiImpossible("smtp_delai" if muet else "smtp_injoignable", **faits) from erreur


def _connect(reglages: ReglagesCourriel, contexte: ssl.SSLContext, delai_s: float) -> smtplib.SMTP:
    """A server ready to take messages. Raises EnvoiImpossible."""
    # The name that we give ourselves: the sender's domain, not this machine's.
    nous = reglages.expediteur.rpartition("@")[2]
    with _name_erreurs(reglages):
        client: smtplib.SMTP
        if reglages.tls == "tls":
            client = smtplib.SMTP_SSL(
                reglages.hote, reglages.port, local_hostname=nous, timeout=delai_s, context=contexte
            )
        else:
            client = smtplib.SMTP(reglages.hote, reglages.port, local_hostname=nous, timeout=delai_s)
        try:
            client.ehlo()
            if reglages.tls == "starttls":
                client.starttls(context=contexte)
                client.ehlo()
            if reglages.utilisateur is not None and reglages.mot_de_passe is not None:
                client.login(reglages.utilisateur, reglages.mot_de_passe)
        except BaseException:
            client.close()
            raise
    return client


def _send(client: smtplib.SMTP, courriel: Courriel, reglages: ReglagesCourriel, maintenant: datetime) -> None:
    """Hand over one message. Raises CCMError."""
    message = make_message(courriel, reglages.expediteur, maintenant)
    try:
        client.send_message(message, reglages.expediteur, [courriel.adresse])
    except smtplib.SMTPRecipientsRefused as erreur:
        raise EnvoiImpossible("destinataire_refuse") from erreur
    except smtplib.SMTPSenderRefused as erreur:
        raise EnvoiImpossible("expediteur_refuse") from erreur
    except smtplib.SMTPDataError as erreur:
        raise EnvoiImpossible("message_refuse") from erreur


def send_courriels(
    reglages: ReglagesCourriel,
    courriels: Sequence[Courriel],
    maintenant: datetime,
    *,
    contexte: ssl.SSLContext | None = None,
    delai_s: float = DELAI_S,
) -> list[Resultat]:
    """Send each message on one connection, taken up again when it breaks; one result per message, in order.

    Raises EnvoiImpossible when the server cannot be reached at all: nothing left.
    """
    contexte = contexte or ssl.create_default_context()
    client: smtplib.SMTP | None = _connect(reglages, contexte, delai_s)
    resultats: list[Resultat] = []
    panne: str | None = None
    try:
        for courriel in courriels:
            if panne is not None:
                resultats.append(Resultat(courriel.declarant, panne))
                continue
            try:
                if client is None:
                    client = _connect(reglages, contexte, delai_s)
            except EnvoiImpossible as erreur:
                panne = erreur.code
                resultats.append(Resultat(courriel.declarant, panne))
                continue
            try:
                with _name_erreurs(reglages):
                    _send(client, courriel, reglages, maintenant)
                resultats.append(Resultat(courriel.declarant))
            except CCMError as erreur:
                resultats.append(Resultat(courriel.declarant, erreur.code))
                if erreur.code.startswith("smtp_"):  # the connection itself broke
                    client.close()
                    client = None
    finally:
        if client is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                client.quit()
    return resultats
