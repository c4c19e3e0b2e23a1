"""How long a séance's whole set of documents takes, against the libraries merely reading those files back.

The séance is the demonstration's frozen one. Both sides run in turn in the same process; what was read of the database is
not kept from one run to the next.
"""

from __future__ import annotations

import io
import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any, Final

from docx import Document
from openpyxl import load_workbook
from pptx import Presentation
from pypdf import PdfReader
from sqlalchemy import select

from ccm_data.config import NOM_BASE_DEMO, Config
from ccm_data.db import get_engine, read_session
from ccm_data.domain.permissions import Personne
from ccm_data.domain.vocabulaire import EtatSeance, Role
from ccm_data.models.seances import Seance
from ccm_data.queries.seances import get_seance
from ccm_data.reference.demonstration import load_demonstration
from ccm_data.reports.rendus import FORMATS, Rendu, make_rendus, open_dossier

TITRE: Final = "## Rendering a séance"
BUT_S: Final = 10.0
OUVRIR: Final[Mapping[str, Callable[[bytes], Any]]] = {
    "pptx": lambda octets: [[f.has_text_frame for f in d.shapes] for d in Presentation(io.BytesIO(octets)).slides],
    "docx": lambda octets: [p.text for p in Document(io.BytesIO(octets)).paragraphs],
    "pdf": lambda octets: [page.extract_text() for page in PdfReader(io.BytesIO(octets)).pages],
    "xlsx": lambda octets: [list(f.values) for f in load_workbook(io.BytesIO(octets)).worksheets],
    "html": lambda octets: octets.decode("utf-8"),
}


def render(config: Config) -> tuple[dict[str, Rendu], dict[str, float]]:
    """The files, and the seconds that each took; « dossier »: reading the séance and composing its deck."""
    debut = time.perf_counter()
    with read_session(config) as session:
        code = session.scalars(select(Seance.code).where(Seance.etat == EtatSeance.FIGEE)).first()
        if code is None:
            raise SystemExit("the demonstration has no frozen séance")
        dossier = open_dossier(session, get_seance(session, Personne(Role.ADMINISTRATEUR), code), config.maintenant())
    durees = {"dossier": time.perf_counter() - debut}
    rendus: dict[str, Rendu] = {}
    for cle in FORMATS:
        debut = time.perf_counter()
        rendus |= make_rendus(dossier, [cle])
        durees[cle] = time.perf_counter() - debut
    return rendus, durees


def reopen(rendus: Mapping[str, Rendu]) -> float:
    """Seconds that the libraries take to read the same files."""
    debut = time.perf_counter()
    for cle, rendu in rendus.items():
        OUVRIR[FORMATS[cle].extension](rendu.octets)
    return time.perf_counter() - debut


def measure_rendus(tours: int, jour: date, machine: str) -> str:
    """The section of RESULTS.md: medians of so many whole sets."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as nom:
        config = Config(Path(nom), f"sqlite:///{(Path(nom) / NOM_BASE_DEMO).as_posix()}", demo=True)
        load_demonstration(config)
        series, relues = [], []
        for _tour in range(tours):
            rendus, durees = render(config)
            series.append(durees)
            relues.append(reopen(rendus))
        get_engine(config.database_url).dispose()
    return write_section(series, relues, jour, machine)


def write_section(series: list[dict[str, float]], relues: list[float], jour: date, machine: str) -> str:
    """Markdown: seconds of each file and of the whole, and how many times the reading they are."""
    relue, tout = median(relues), median(sum(s.values()) for s in series)
    rangs = [*((cle, median(s[cle] for s in series)) for cle in series[0]), ("the whole set", tout)]
    lignes = [
        TITRE,
        "",
        f"Written by `python -m benchmarks rendus` on {jour.isoformat()}: medians of {len(series)} runs in one process (the first "
        f"also reads fonts and templates) on {machine}; the "
        "frozen séance of the demonstration as PowerPoint, two Word bilans, PDF, Excel and HTML, one after the other, "
        "against python-pptx, python-docx, pypdf and openpyxl reading the same files in the same run.",
        "",
        f"The libraries reading alone: {relue:.2f} s.",
        "",
        "| file | seconds | times the reading |",
        "|---|---:|---:|",
        *(f"| {nom} | {secondes:.2f} | {secondes / relue:.2f} |" for nom, secondes in rangs),
        "",
        f"- the whole set in at most {BUT_S:.0f} seconds: {'yes' if tout <= BUT_S else 'NO'}.",
    ]
    return "\n".join(lignes) + "\n"
