"""A relay between the browser and a server, which counts the bytes that come back: those of the wire, whatever their
compression (scripts as served, websocket frames as deflated, headers included)."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

MORCEAU = 1 << 16


class Relais:
    """Passes everything on; `octets` is what the server has answered so far."""

    def __init__(self, port: int) -> None:
        self.octets = 0
        self.adresse = ""
        self._port = port
        self._taches: set[asyncio.Task[None]] = set()

    async def start(self) -> asyncio.Server:
        """Listen on a free port."""
        serveur = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.adresse = f"http://localhost:{serveur.sockets[0].getsockname()[1]}"
        return serveur

    async def stop(self, serveur: asyncio.Server) -> None:
        """Let go of what is still open."""
        serveur.close()
        for tache in self._taches:
            tache.cancel()
        await asyncio.gather(*self._taches, return_exceptions=True)

    async def _accept(self, lu: asyncio.StreamReader, ecrit: asyncio.StreamWriter) -> None:
        tache = asyncio.ensure_future(self._pass_on(lu, ecrit))
        self._taches.add(tache)
        tache.add_done_callback(self._taches.discard)

    async def _pass_on(self, lu: asyncio.StreamReader, ecrit: asyncio.StreamWriter) -> None:
        """One connection, both ways, until both ends are done."""
        la_lu, la_ecrit = await asyncio.open_connection("localhost", self._port)
        try:
            await asyncio.gather(self._copy(lu, la_ecrit, compte=False), self._copy(la_lu, ecrit, compte=True))
        finally:
            ecrit.close()
            la_ecrit.close()

    async def _copy(self, source: asyncio.StreamReader, but: asyncio.StreamWriter, *, compte: bool) -> None:
        # A closed tab breaks its connections off: nothing to tell.
        with suppress(OSError):
            while morceau := await source.read(MORCEAU):
                self.octets += len(morceau) if compte else 0
                but.write(morceau)
                await but.drain()
        with suppress(OSError):
            but.close()


@contextmanager
def open_relais(adresse: str) -> Iterator[Relais]:
    """A relay before this address, in a thread of its own."""
    relais = Relais(urlsplit(adresse).port or 80)
    boucle = asyncio.new_event_loop()
    fil = threading.Thread(target=boucle.run_forever, daemon=True)
    fil.start()
    serveur = asyncio.run_coroutine_threadsafe(relais.start(), boucle).result()
    try:
        yield relais
    finally:
        asyncio.run_coroutine_threadsafe(relais.stop(serveur), boucle).result()
        boucle.call_soon_threadsafe(boucle.stop)
        fil.join()
        boucle.close()
