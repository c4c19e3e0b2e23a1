"""Two persons at once on one row, each with a file previewed beforehand: one is told, and nothing of either is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from ccm_data.commands.suivi import validate_ligne
from ccm_data.domain.permissions import Personne
from ccm_data.domain.vocabulaire import EtatSuivi
from ccm_data.imports.commit import commit
from ccm_data.imports.lecture import read_classeur
from ccm_data.imports.validation import Validation, validate
from ccm_data.models.comptes import Journal
from ccm_data.models.depots import Depot
from ccm_data.models.suivi import MiseAJour
from tests.aides.classeurs import MISE_A_JOUR, make_classeur
from tests.integration.aides_commandes import MAINTENANT, make_personnes
from tests.integration.test_commandes_concurrence import run_together

Envoi = tuple[bytes, Validation]


def preview(moteur: Engine, personne: Personne, avancement: int) -> Envoi:
    """A file read and judged, as the screen shows it before « Déposer »."""
    octets = make_classeur(mise_a_jour=[MISE_A_JOUR | {"avancement": avancement}])
    with Session(moteur) as session:
        return octets, validate(session, personne, MAINTENANT, read_classeur(octets))


def send(personne: Personne, envoi: Envoi) -> Callable[[Session], object]:
    octets, validation = envoi
    return lambda s: commit(s, personne, MAINTENANT, validation, "t3.xlsx", octets)


def deposit(moteur: Engine, personne: Personne, avancement: int) -> int:
    """A row sent for validation; its number."""
    with Session(moteur.execution_options(ccm_ecriture=True)) as session, session.begin():
        send(personne, preview(moteur, personne, avancement))(session)
        return session.scalars(select(func.max(MiseAJour.id))).one() or 0


def make(moteur: Engine) -> dict[str, Personne]:
    with Session(moteur.execution_options(ccm_ecriture=True)) as session, session.begin():
        return make_personnes(session)


def read_rangees(moteur: Engine) -> list[tuple[int, float | None, EtatSuivi]]:
    with Session(moteur) as session:
        lignes = session.scalars(select(MiseAJour).order_by(MiseAJour.id))
        return [(x.id, None if x.avancement is None else float(x.avancement), x.etat) for x in lignes]


def test_of_two_files_that_change_one_row_the_second_is_told_and_can_come_again(moteur: Engine) -> None:
    qui = make(moteur)
    ligne = deposit(moteur, qui["focal"], 40)
    envois = [preview(moteur, qui["focal"], a) for a in (41, 42)]
    assert all(v.lignes[0].existant is not None for _o, v in envois)

    faits = run_together(moteur, [send(qui["focal"], e) for e in envois])
    assert Counter(faits) == Counter(fait=1, apercu_change=1)
    gagnant = faits.index("fait")
    assert read_rangees(moteur) == [(ligne, 41.0 + gagnant, EtatSuivi.SOUMIS)]
    with Session(moteur) as session:
        assert session.scalar(select(func.count()).select_from(Depot)) == 2
        assert session.scalar(select(func.count()).where(Journal.action == "deposer")) == 2

    # The loser's file is still his: previewed again, it says what it would change now.
    assert deposit(moteur, qui["focal"], 42 - gagnant) == ligne
    assert read_rangees(moteur) == [(ligne, 42.0 - gagnant, EtatSuivi.SOUMIS)]


def test_one_file_sent_twice_at_once_counts_once(moteur: Engine) -> None:
    qui = make(moteur)
    envoi = preview(moteur, qui["focal"], 40)
    faits = run_together(moteur, [send(qui["focal"], envoi)] * 2)
    assert Counter(faits) == Counter(fait=1, deja_recu=1)
    assert len(read_rangees(moteur)) == 1


def test_two_who_deposit_at_once_both_get_a_number(moteur: Engine) -> None:
    qui = make(moteur)
    envois = []
    for nom, code in (("focal", "3.1.3"), ("se", "3.1.1")):
        octets = make_classeur(mise_a_jour=[MISE_A_JOUR | {"activite_code": code}])
        with Session(moteur) as session:
            envois.append((nom, (octets, validate(session, qui[nom], MAINTENANT, read_classeur(octets)))))
    assert run_together(moteur, [send(qui[nom], envoi) for nom, envoi in envois]) == ["fait", "fait"]
    with Session(moteur) as session:
        assert set(session.scalars(select(Depot.numero))) == {"D-2026-0001", "D-2026-0002"}


def test_a_correction_sent_while_the_row_is_validated_loses_neither(moteur: Engine) -> None:
    qui = make(moteur)
    ligne = deposit(moteur, qui["focal"], 40)
    envoi = preview(moteur, qui["focal"], 55)
    valider = partial(validate_ligne, personne=qui["se"], maintenant=MAINTENANT, sujet="mise_a_jour")
    faits = run_together(
        moteur, [send(qui["focal"], envoi), lambda s: valider(s, ligne_id=ligne, version=1)]
    )  # fmt: skip
    assert Counter(faits)["fait"] == 1
    attendu = (55.0, EtatSuivi.SOUMIS) if faits[0] == "fait" else (40.0, EtatSuivi.VALIDE)
    assert [r[1:] for r in read_rangees(moteur)] == [attendu]
