"""A network that can be cut: a relay before the server that passes bytes on, or holds them as a dead link does."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from tests.aides.serveur import Tableau

MORCEAU = 65_536


class Lien:
    """`cut` breaks every connection off and refuses new ones until `mend`."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._ouvert = threading.Event()
        self._ouvert.set()
        self._bouts: set[socket.socket] = set()
        self._porte = socket.create_server(("127.0.0.1", 0))
        self.adresse = f"http://127.0.0.1:{self._porte.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """No byte passes any more."""
        self._ouvert.clear()
        for bout in list(self._bouts):
            self._close(bout)

    def mend(self) -> None:
        """The link is back."""
        self._ouvert.set()

    def stop(self) -> None:
        """For good."""
        self.cut()
        self._close(self._porte)

    def _accept(self) -> None:
        while True:
            try:
                client, _d_ou = self._porte.accept()
            except OSError:
                return
            if not self._ouvert.is_set():
                client.close()
                continue
            try:
                serveur = socket.create_connection(("localhost", self._port))
            except OSError:
                client.close()
                continue
            self._bouts |= {client, serveur}
            for source, but in ((client, serveur), (serveur, client)):
                threading.Thread(target=self._copy, args=(source, but), daemon=True).start()

    def _copy(self, source: socket.socket, but: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while morceau := source.recv(MORCEAU):
                but.sendall(morceau)
        for bout in (source, but):
            self._close(bout)

    def _close(self, bout: socket.socket) -> None:
        self._bouts.discard(bout)
        with contextlib.suppress(OSError):
            bout.shutdown(socket.SHUT_RDWR)
        bout.close()


@contextmanager
def link(tableau: Tableau) -> Iterator[tuple[Tableau, Lien]]:
    """The same dashboard behind a link of its own."""
    lien = Lien(int(tableau.adresse.rsplit(":", 1)[1]))
    try:
        yield replace(tableau, adresse=lien.adresse), lien
    finally:
        lien.stop()
