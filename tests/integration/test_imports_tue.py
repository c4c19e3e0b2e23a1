"""A deposit whose process is killed in mid-commit leaves nothing; the same file then deposits whole. On both databases."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from ccm_data.commands.sujets import SUJETS
from ccm_data.config import RACINE, Config
from ccm_data.db import get_engine, read_session, write_session
from ccm_data.domain.permissions import Personne
from ccm_data.imports.commit import commit
from ccm_data.imports.lecture import read_classeur
from ccm_data.imports.validation import validate
from ccm_data.models.comptes import Compte, Journal
from ccm_data.models.depots import Depot
from tests.aides.classeurs import COMITE, ECRITURE, make_classeur
from tests.integration.aides_commandes import MAINTENANT, make_personnes

LIGNES = 600


def make_octets() -> bytes:
    """Enough rows for several batches of inserts."""
    return make_classeur(
        ecriture_budgetaire=[ECRITURE | {"reference_document": f"P-{n}"} for n in range(LIGNES)], comite_veille=[COMITE]
    )


def deposit(config: Config, fichier: Path) -> None:
    """The file sent by the focal point, in one transaction."""
    octets = fichier.read_bytes()
    with write_session(config) as session:
        compte = session.scalars(select(Compte).where(Compte.identifiant == "focal")).one()
        focal = Personne(compte.role, compte.id, compte.region_code, compte.acteur_code)
        validation = validate(session, focal, MAINTENANT, read_classeur(octets))
        commit(session, focal, MAINTENANT, validation, fichier.name, octets)


def count(config: Config) -> dict[str, int]:
    """Rows of all that a deposit writes."""
    with read_session(config) as session:
        tables = {s.table for s in SUJETS.values()} | {Depot, Journal}
        return {t.__name__: session.scalar(select(func.count()).select_from(t)) or 0 for t in tables}


def main(dossier: str, url: str, fichier: str, instructions: int) -> None:
    """In a process of its own: deposit, and be killed as the statement of this number has just run (-1: as all is said)."""
    config = Config(Path(dossier), url, demo=False)
    moteur = get_engine(url)
    vues = 0

    def die() -> None:
        os.kill(os.getpid(), signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)

    def after(_connexion: object, _curseur: object, instruction: str, *_reste: object) -> None:
        nonlocal vues
        if instruction.lstrip().upper().startswith("INSERT"):
            vues += 1
            if vues == instructions:
                die()

    event.listen(moteur, "after_cursor_execute", after)
    if instructions < 0:
        event.listen(Session, "before_commit", lambda _session: die())
    deposit(config, Path(fichier))


@pytest.mark.parametrize("instructions", [1, 2, 4, -1])
def test_a_deposit_killed_in_the_middle_leaves_nothing_and_goes_in_whole_afterwards(
    config: Config, tmp_path: Path, instructions: int
) -> None:
    with write_session(config) as session:
        make_personnes(session)
    fichier = tmp_path / "t3.xlsx"
    fichier.write_bytes(make_octets())
    avant = count(config)
    get_engine(config.database_url).dispose()

    tue = subprocess.run(
        [sys.executable, "-m", "tests.integration.test_imports_tue", str(config.data_dir), config.database_url,
         str(fichier), str(instructions)],
        cwd=RACINE, capture_output=True, check=False, timeout=120,
    )  # fmt: skip
    assert tue.returncode == -signal.SIGKILL, tue.stderr.decode()
    assert count(config) == avant

    deposit(config, fichier)
    apres = count(config)
    assert {t: apres[t] - avant[t] for t in apres if apres[t] != avant[t]} == {
        "EcritureBudgetaire": LIGNES, "ComiteVeille": 1, "Depot": 1, "Journal": LIGNES + 2,
    }  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))
