"""How many sign-in attempts an address may make: a sliding window in memory, of bounded size.

The lockout of a name lives in the database; this only slows down whoever tries many names.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

ESSAIS_MAX = 30
FENETRE_S = 300
ADRESSES_MAX = 5000


class Limite:
    """Attempts per address over the last FENETRE_S seconds."""

    def __init__(self, maximum: int = ESSAIS_MAX, horloge: Callable[[], float] = time.monotonic) -> None:
        self.maximum, self.horloge = maximum, horloge
        self.vus: OrderedDict[str, list[float]] = OrderedDict()
        self.verrou = threading.Lock()

    def allow(self, adresse: str) -> bool:
        """Count this attempt; False when there were too many lately."""
        maintenant = self.horloge()
        with self.verrou:
            recents = [t for t in self.vus.pop(adresse, []) if t > maintenant - FENETRE_S]
            recents.append(maintenant)
            self.vus[adresse] = recents[-self.maximum - 1 :]
            while len(self.vus) > ADRESSES_MAX:
                self.vus.popitem(last=False)
        return len(recents) <= self.maximum
