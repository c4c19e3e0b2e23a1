"""One message: plain text in UTF-8 to one recipient. Nothing that could end a header enters one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid

from ccm_data.config import is_adresse
from ccm_data.errors import ValeurInvalide


@dataclass(frozen=True)
class Courriel:
    """What is sent to one declarant."""

    declarant: str
    sujet: str
    texte: str
    adresse: str = field(repr=False)


def check_entete(champ: str, valeur: str) -> str:
    """A header's value on one line. Raises ValeurInvalide: a line break would let it add headers of its own."""
    if not valeur or len(valeur.splitlines()) != 1 or any(ord(c) < 32 or ord(c) == 127 for c in valeur):
        raise ValeurInvalide("entete_refuse", champ=champ)
    return valeur


def make_message(courriel: Courriel, expediteur: str, maintenant: datetime) -> EmailMessage:
    """The message as it travels. Raises ValeurInvalide (entete_refuse) for an address or a subject that is not one."""
    for champ, adresse in (("expediteur", expediteur), ("adresse", courriel.adresse)):
        if not is_adresse(adresse):
            raise ValeurInvalide("entete_refuse", champ=champ)
    message = EmailMessage(policy=SMTP)
    message["From"] = expediteur
    message["To"] = courriel.adresse
    message["Subject"] = check_entete("sujet", courriel.sujet)
    message["Date"] = format_datetime(maintenant)
    message["Message-ID"] = make_msgid(domain=expediteur.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"  # no answering machine answers
    message.set_content(courriel.texte, charset="utf-8", cte="quoted-printable")
    return message
