"""A real PostgreSQL of our own: a temporary cluster on a free port, thrown away at the end.

PostgreSQL refuses to run as root, so root hands the cluster over to another user of the machine. Run as a module, it
prints where the server's programs are, or fails.
"""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

DEPART_S = 60
ESSAIS = 3
ABSENT = (
    "PostgreSQL manque : installez le paquet « postgresql » (Debian, Ubuntu) ou l’installateur de postgresql.org "
    "(Windows). Les tests tournent sur les deux bases ; aucun n’est sauté."
)
# Nothing of it outlives the tests: durability is not paid for.
REGLAGES = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=60",
    "log_min_messages=fatal",
)


def find_binaires() -> Path | None:
    """The folder of `initdb` and `postgres`, the newest version first; None where there is none."""
    lieux = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("C:/Program Files/PostgreSQL").glob("*/bin")]
    lieux.sort(key=lambda p: int(p.parent.name) if p.parent.name.isdigit() else 0, reverse=True)
    trouve = shutil.which("initdb")
    if trouve:
        lieux.append(Path(trouve).resolve().parent)
    suffixe = ".exe" if os.name == "nt" else ""
    return next((p for p in lieux if all((p / f"{nom}{suffixe}").exists() for nom in ("initdb", "postgres"))), None)


def get_identite() -> dict[str, Any]:
    """As whom the cluster runs: ourselves, but for root the `postgres` user, or `nobody`."""
    if os.name == "nt" or os.geteuid() != 0:
        return {}
    import pwd

    for nom in ("postgres", "nobody"):
        with suppress(KeyError):
            compte = pwd.getpwnam(nom)
            return {"user": compte.pw_uid, "group": compte.pw_gid, "extra_groups": []}
    raise RuntimeError("root needs a user « postgres » to run PostgreSQL")


def find_port() -> int:
    """A port that is free right now."""
    with closing(socket.socket()) as prise:
        prise.bind(("127.0.0.1", 0))
        return int(prise.getsockname()[1])


@dataclass
class Serveur:
    """A running server. `get_url(base)` is what SQLAlchemy takes."""

    binaires: Path
    dossier: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="ccm-pg-")))
    mot_de_passe: str = field(default_factory=lambda: secrets.token_urlsafe(18))
    port: int = 0
    processus: subprocess.Popen[bytes] | None = None

    @property
    def _options(self) -> dict[str, Any]:
        return {"stdin": subprocess.DEVNULL, "cwd": self.dossier, **get_identite()}

    def start(self) -> None:
        """Make the cluster and start it. Raises RuntimeError with the server's own words when it does not come up."""
        secret = self.dossier / "secret"
        secret.write_text(self.mot_de_passe, encoding="ascii")
        identite = get_identite()
        if identite:
            for chose in (self.dossier, secret):
                os.chown(chose, identite["user"], identite["group"])
        initdb = [
            str(self.binaires / "initdb"), "-D", str(self.dossier / "base"), "-U", "ccm", "-E", "UTF8", "--locale=C",
            "--auth=scram-sha-256", f"--pwfile={secret}", "--no-sync",
        ]  # fmt: skip
        fait = subprocess.run(initdb, capture_output=True, check=False, **self._options)
        if fait.returncode:
            raise RuntimeError(f"initdb failed: {fait.stderr.decode(errors='replace')}")
        for _essai in range(ESSAIS):
            if self._try_start():
                return
        raise RuntimeError(f"PostgreSQL did not start: {self._read_trace()}")

    def _try_start(self) -> bool:
        """One start on a free port (another process may take it in between)."""
        self.port = find_port()
        commande = [str(self.binaires / "postgres"), "-D", str(self.dossier / "base"), "-p", str(self.port)]
        reglages = [*REGLAGES, "listen_addresses=127.0.0.1"]
        if os.name != "nt":
            reglages.append(f"unix_socket_directories={self.dossier}")
        for reglage in reglages:
            commande += ["-c", reglage]
        with (self.dossier / "trace").open("wb") as trace:
            self.processus = subprocess.Popen(commande, stdout=trace, stderr=trace, **self._options)
        for _attente in range(DEPART_S * 10):
            with suppress(psycopg.OperationalError), self.connect():
                return True
            try:
                self.processus.wait(0.1)
            except subprocess.TimeoutExpired:
                continue
            return False  # it ended by itself
        return False

    def _read_trace(self) -> str:
        return (self.dossier / "trace").read_text(encoding="utf-8", errors="replace")[-2000:]

    def get_url(self, base: str) -> str:
        """The address of a database of this server."""
        return f"postgresql+psycopg://ccm:{self.mot_de_passe}@127.0.0.1:{self.port}/{base}"

    def connect(self) -> psycopg.Connection[Any]:
        """A connection that makes and drops databases."""
        return psycopg.connect(
            host="127.0.0.1", port=self.port, user="ccm", password=self.mot_de_passe, dbname="postgres",
            autocommit=True, connect_timeout=5,
        )  # fmt: skip

    def stop(self) -> None:
        """Stop at once and remove everything."""
        if self.processus is not None:
            self.processus.terminate()
            try:
                self.processus.wait(5)
            except subprocess.TimeoutExpired:
                self.processus.kill()
                self.processus.wait()
        shutil.rmtree(self.dossier, ignore_errors=True)


def main() -> None:
    """Say where the server's programs are, or fail."""
    trouve = find_binaires()
    if trouve is None:
        raise SystemExit(ABSENT)
    sys.stdout.write(f"{trouve}\n")


if __name__ == "__main__":
    main()
