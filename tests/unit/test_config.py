"""The clock of the house is Niamey’s, at whatever hour UTC stands."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Self

import pytest

from ccm_data import config as module
from ccm_data.config import read_config
from ccm_data.domain.calendrier import get_jour


@pytest.mark.parametrize("heure", [0, 12, 22, 23])
def test_the_forced_day_is_that_day_in_niamey_at_any_hour(monkeypatch: pytest.MonkeyPatch, heure: int) -> None:
    class Horloge(datetime):
        @classmethod
        def now(cls, tz: object = None) -> Self:
            return cls(2026, 11, 23, heure, 30, tzinfo=UTC).astimezone(tz)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "datetime", Horloge)
    jour = date(2026, 3, 1)
    force = read_config({"CCM_TODAY": jour.isoformat()})
    assert get_jour(force.maintenant()) == jour == force.aujourd_hui()

    libre = read_config({})
    assert get_jour(libre.maintenant()) == libre.aujourd_hui()
    assert libre.aujourd_hui() == date(2026, 11, 24 if heure == 23 else 23)  # an hour ahead of UTC
