"""The content that a séance of the demonstration would freeze, read once for all tests of documents: never changed."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from typing import Any

from ccm_data.config import Config
from ccm_data.db import read_session
from ccm_data.domain.seances import compute_empreinte, propose_scenes
from ccm_data.reports.comparaison import compare_contenus
from ccm_data.reports.composition import make_deck
from ccm_data.reports.instantane import make_instantane
from ccm_data.reports.scenes import Deck


@lru_cache(maxsize=2)
def _read(config: Config) -> str:
    with read_session(config) as session:
        avant, apres = (
            make_instantane(
                session, code=f"CCM-{jour}", titre="CCM", instance="Cadre de Concertation sur la Migration",
                date_seance=jour, date_arrete=arrete, region_invitee="NE001", aujourd_hui=date(2026, 11, 25),
            )
            for jour, arrete in ((date(2026, 9, 18), date(2026, 6, 30)), (date(2026, 12, 18), date(2026, 9, 30)))
        )  # fmt: skip
    return json.dumps(apres | {"changements": compare_contenus(avant, apres)})


def read_contenu_demonstration(config: Config) -> dict[str, Any]:
    """A fresh copy, as JSON gives it back: lists and plain values."""
    contenu: dict[str, Any] = json.loads(_read(config))
    return contenu


def make_deck_demonstration(contenu: dict[str, Any]) -> Deck:
    """Its standard deck."""
    return make_deck(contenu, compute_empreinte(contenu), propose_scenes((), region_invitee=True))
