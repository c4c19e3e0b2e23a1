"""Two persons at once on a real database: one of them is told, and no fact stands twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from ccm_data.commands import decisions, suivi
from ccm_data.commands.decisions import Provenance
from ccm_data.domain.permissions import Personne
from ccm_data.domain.vocabulaire import EtatSuivi
from ccm_data.errors import CCMError
from ccm_data.models.decisions import Cible
from ccm_data.models.suivi import MiseAJour
from tests.integration.aides_commandes import MAINTENANT, add_ligne, make_personnes


def run_together(moteur: Engine, gestes: list[Callable[[Session], object]]) -> list[str]:
    """Each in a thread and transaction of its own, started together; « fait » or the error's code."""
    depart = Barrier(len(gestes))
    ecriture = moteur.execution_options(ccm_ecriture=True)

    def _do(geste: Callable[[Session], object]) -> str:
        depart.wait(timeout=20)
        try:
            with Session(ecriture) as session, session.begin():
                geste(session)
        except CCMError as erreur:
            return erreur.code
        return "fait"

    with ThreadPoolExecutor(len(gestes)) as fils:
        return list(fils.map(_do, gestes))


def _make(moteur: Engine, etat: EtatSuivi, nombre: int) -> tuple[dict[str, Personne], list[int]]:
    with Session(moteur.execution_options(ccm_ecriture=True)) as session, session.begin():
        qui = make_personnes(session)
        return qui, [add_ligne(session, qui["focal"], etat).id for _ in range(nombre)]


def test_of_two_who_change_one_draft_the_second_is_told(moteur: Engine) -> None:
    qui, (ligne_id,) = _make(moteur, EtatSuivi.BROUILLON, 1)

    def _change(avancement: int) -> Callable[[Session], object]:
        return lambda s: suivi.save_brouillon(
            s, qui["focal"], MAINTENANT, "mise_a_jour", {"avancement": avancement}, ligne_id=ligne_id, version=1
        )

    assert Counter(run_together(moteur, [_change(41), _change(42)])) == Counter(fait=1, conflit=1)


def test_two_rows_of_one_fact_validated_at_once_leave_one_standing(moteur: Engine) -> None:
    qui, ids = _make(moteur, EtatSuivi.SOUMIS, 2)

    def _validate(nom: str, ligne_id: int) -> Callable[[Session], object]:
        return lambda s: suivi.validate_ligne(s, qui[nom], MAINTENANT, "mise_a_jour", ligne_id, 1)

    run_together(moteur, [_validate("se", ids[0]), _validate("se2", ids[1])])
    with Session(moteur) as session:
        etats = session.scalars(select(MiseAJour.etat)).all()
    assert Counter(etats)[EtatSuivi.VALIDE] == 1


def test_of_two_who_set_one_target_the_second_is_told(moteur: Engine) -> None:
    qui, _ = _make(moteur, EtatSuivi.BROUILLON, 1)
    source = Provenance("PV", date(2026, 11, 20))

    def _set(nom: str, valeur: int) -> Callable[[Session], object]:
        return lambda s: decisions.set_cible(s, qui[nom], MAINTENANT, "1.a", 2026, valeur, source, vu=0)

    resultats = run_together(moteur, [_set("se", 12), _set("se2", 13)])
    assert set(resultats) <= {"fait", "decision_changee", "meme_fait"}
    assert resultats.count("fait") == 1
    with Session(moteur) as session:
        assert len(session.scalars(select(Cible).where(Cible.remplace_le.is_(None))).all()) == 1
