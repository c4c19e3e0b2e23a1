"""A mail server of our own on this machine, and addresses of nobody (never written whole in a file)."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope

from ccm_data.config import ReglagesCourriel


def make_adresse(nom: str, domaine: str = "exemple.test") -> str:
    """An address in a domain that exists nowhere."""
    return f"{nom}@{domaine}"


EXPEDITEUR = make_adresse("spccm")


class Boite:
    """What a mail server received. `refuse`, `rompt`: local parts that it refuses, or at which it hangs up."""

    def __init__(self) -> None:
        self.recus: list[Envelope] = []
        self.refuse: set[str] = set()
        self.rompt: set[str] = set()

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Envelope, address: str, options: Any
    ) -> str:
        local = address.partition("@")[0]
        if local in self.rompt:
            server.transport.close()
        if local in self.refuse:
            return "550 no such box"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:  # noqa: N802
        self.recus.append(envelope)
        return "250 OK"

    def read(self) -> list[EmailMessage]:
        """The messages, in the order received."""
        return [message_from_bytes(bytes(e.content or b""), policy=policy.default) for e in self.recus]

    @property
    def destinataires(self) -> list[str]:
        """Local parts of who was written to, in order."""
        return [adresse.partition("@")[0] for e in self.recus for adresse in e.rcpt_tos]


def find_port() -> int:
    """A port that nobody listens on."""
    with closing(socket.socket()) as prise:
        prise.bind(("127.0.0.1", 0))
        return int(prise.getsockname()[1])


@contextmanager
def serve(boite: Boite, **reglages: Any) -> Iterator[ReglagesCourriel]:
    """Run the server; the settings that reach it."""
    controleur = Controller(boite, hostname="127.0.0.1", port=find_port(), **reglages)
    controleur.start()
    try:
        yield ReglagesCourriel("127.0.0.1", controleur.port, "aucun", EXPEDITEUR, Path("adresses.csv"))
    finally:
        controleur.stop()


def write_carnet(dossier: Path, *codes: str) -> Path:
    """An address book in which each of these declarants has an address of its own."""
    fichier = dossier / "adresses.csv"
    lignes = ["declarant,adresse", *(f"{code},{make_adresse(code)}" for code in codes)]
    fichier.write_text("\n".join(lignes), encoding="utf-8")
    return fichier


def list_environ(reglages: ReglagesCourriel, carnet: Path) -> dict[str, str]:
    """The same settings as whoever deploys writes them."""
    return {
        "CCM_SMTP_HOTE": reglages.hote, "CCM_SMTP_PORT": str(reglages.port), "CCM_SMTP_TLS": reglages.tls,
        "CCM_SMTP_EXPEDITEUR": reglages.expediteur, "CCM_RELANCES_DESTINATAIRES": str(carnet),
    }  # fmt: skip
