"""Where things live and what time it is: read once from the environment, injectable everywhere else.

CCM_DATA_DIR       the data folder (default: `donnees` beside the project)
CCM_DATABASE_URL   the database (default: SQLite in the data folder, one file for real work, one for the demonstration)
CCM_DEMO           1: the demonstration, in a database of its own
CCM_TODAY          an ISO date that stands for today (tests, rehearsals)
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from ccm_data.domain.calendrier import NIAMEY, get_jour
from ccm_data.errors import ReglageManquant

RACINE = Path(__file__).resolve().parent.parent
NOM_BASE = "ccm.sqlite"
NOM_BASE_DEMO = "ccm-demonstration.sqlite"


@dataclass(frozen=True)
class Config:
    """Settings of one process."""

    data_dir: Path
    database_url: str
    demo: bool
    aujourd_hui_force: date | None = None

    def aujourd_hui(self) -> date:
        """The one clock: today in Niamey, or the injected date."""
        return self.aujourd_hui_force or get_jour(datetime.now(tz=UTC))

    def maintenant(self) -> datetime:
        """Now in UTC; on an injected date, that day in Niamey at the present hour of Niamey."""
        vrai = datetime.now(tz=NIAMEY)
        if self.aujourd_hui_force is not None:
            vrai = datetime.combine(self.aujourd_hui_force, time(vrai.hour, vrai.minute, vrai.second, tzinfo=NIAMEY))
        return vrai.astimezone(UTC)


def read_config(environ: dict[str, str] | None = None) -> Config:
    """Settings from the environment; raises ReglageManquant naming a setting that cannot be read."""
    env = dict(os.environ) if environ is None else environ
    data_dir = Path(env.get("CCM_DATA_DIR") or RACINE / "donnees").expanduser().resolve()
    demo = env.get("CCM_DEMO", "").strip().lower() in {"1", "oui", "true", "yes"}
    url = env.get("CCM_DATABASE_URL") or f"sqlite:///{(data_dir / (NOM_BASE_DEMO if demo else NOM_BASE)).as_posix()}"
    if url.startswith(("postgres://", "postgresql://")):
        # SQLAlchemy reads these as whatever driver is its default; psycopg 3 is the one installed.
        url = "postgresql+psycopg://" + url.split("://", 1)[1]
    force = env.get("CCM_TODAY", "").strip()
    try:
        aujourd_hui = date.fromisoformat(force) if force else None
    except ValueError as erreur:
        raise ReglageManquant("date_illisible", reglage="CCM_TODAY", valeur=force, remede="AAAA-MM-JJ") from erreur
    return Config(data_dir, url, demo, aujourd_hui)
