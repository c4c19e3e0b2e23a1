"""Follow-up commands: states, versions, closed quarters, replacement, values refused, the journal, on both databases."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.commands import suivi
from ccm_data.commands.periodes import lock_plan, lock_trimestre, reopen_trimestre
from ccm_data.commands.sujets import SUJETS, TENIR_REGISTRES
from ccm_data.domain.calendrier import Trimestre, list_trimestres
from ccm_data.domain.permissions import Personne
from ccm_data.domain.vocabulaire import EtatSuivi, StatutActivite
from ccm_data.errors import (
    Conflit,
    Introuvable,
    PeriodeVerrouillee,
    TransitionInterdite,
    ValeurInvalide,
)
from ccm_data.models.comptes import Journal
from ccm_data.models.suivi import ComiteVeille, EcritureBudgetaire
from tests.integration.aides_commandes import (
    COMPLETES,
    MAINTENANT,
    add_ecriture_validee,
    add_ligne,
    add_prealables,
    make_personnes,
)


@pytest.fixture
def qui(session: Session) -> dict[str, Personne]:
    return make_personnes(session)


def _save(session: Session, personne: Personne, sujet: str, **champs: Any) -> int:
    return suivi.save_brouillon(session, personne, MAINTENANT, sujet, {**COMPLETES[sujet], **champs})


def _get_auteur(qui: dict[str, Personne], sujet: str) -> Personne:
    """Who sends such a row: an intervention is an organisation's word, posts and partnerships the SP/CCM's, the rest a region's."""
    spccm = SUJETS[sujet].droit == TENIR_REGISTRES
    return qui["se2" if spccm else "acteur" if sujet == "intervention" else "focal"]


def _validate_new(session: Session, qui: dict[str, Personne], sujet: str, **champs: Any) -> int:
    auteur = _get_auteur(qui, sujet)
    ligne_id = _save(session, auteur, sujet, **champs)
    suivi.submit(session, auteur, MAINTENANT, sujet, ligne_id, 1)
    return suivi.validate_ligne(session, qui["se"], MAINTENANT, sujet, ligne_id, 2)


def _get(session: Session, sujet: str, ligne_id: int) -> Any:
    return session.get_one(SUJETS[sujet].table, ligne_id)


@pytest.mark.parametrize("sujet", SUJETS)
def test_a_row_of_every_subject_goes_from_draft_to_validated_with_four_journal_lines(
    session: Session, qui: dict[str, Personne], sujet: str
) -> None:
    auteur = _get_auteur(qui, sujet)
    add_prealables(session, auteur, sujet)
    ligne_id = _save(session, auteur, sujet)
    suivi.submit(session, auteur, MAINTENANT, sujet, ligne_id, 1)
    suivi.return_ligne(
        session, qui["se"], MAINTENANT, sujet, ligne_id, 2, note="preuve manquante", retour_avant_le=date(2026, 12, 1)
    )
    suivi.submit(session, auteur, MAINTENANT, sujet, ligne_id, 3)
    suivi.validate_ligne(session, qui["se"], MAINTENANT, sujet, ligne_id, 4)
    ligne = _get(session, sujet, ligne_id)
    assert (ligne.etat, ligne.valide_par_id, ligne.auteur_id) == (
        EtatSuivi.VALIDE, qui["se"].compte_id, auteur.compte_id,
    )  # fmt: skip
    actions = session.scalars(select(Journal.action).where(Journal.objet == sujet).order_by(Journal.id)).all()
    assert actions == ["creer", "soumettre", "retourner", "soumettre", "valider"]


@pytest.mark.parametrize("sujet", SUJETS)
def test_validating_a_correction_replaces_the_former_row_of_the_same_fact(
    session: Session, qui: dict[str, Personne], sujet: str
) -> None:
    add_prealables(session, qui["focal"], sujet)
    ancienne = _validate_new(session, qui, sujet)
    nouvelle = _validate_new(session, qui, sujet)
    etats = {x.id: x.etat for x in session.scalars(select(SUJETS[sujet].table))}
    assert etats == {ancienne: EtatSuivi.REMPLACE, nouvelle: EtatSuivi.VALIDE}


def test_two_payments_without_document_are_two_facts_unless_one_is_named_as_corrected(
    session: Session, qui: dict[str, Personne]
) -> None:
    champs = {"reference_document": None}
    premiere = _validate_new(session, qui, "ecriture_budgetaire", **champs)
    seconde = _validate_new(session, qui, "ecriture_budgetaire", **champs)
    assert _get(session, "ecriture_budgetaire", premiere).etat is EtatSuivi.VALIDE
    correction = _save(session, qui["focal"], "ecriture_budgetaire", **champs, montant_fcfa=900_000)
    suivi.submit(session, qui["focal"], MAINTENANT, "ecriture_budgetaire", correction, 1)
    suivi.validate_ligne(session, qui["se"], MAINTENANT, "ecriture_budgetaire", correction, 2, remplace_id=seconde)
    valides = session.scalars(
        select(EcritureBudgetaire.id).where(EcritureBudgetaire.etat == EtatSuivi.VALIDE).order_by(EcritureBudgetaire.id)
    ).all()
    assert valides == [premiere, correction]


def test_a_correction_cannot_replace_another_activity_s_row_nor_one_already_replaced(
    session: Session, qui: dict[str, Personne]
) -> None:
    autre = add_ecriture_validee(session, qui["se2"], qui["se"], activite_code="3.1.1", region_code="NE001")
    ligne_id = _save(session, qui["focal"], "ecriture_budgetaire")
    suivi.submit(session, qui["focal"], MAINTENANT, "ecriture_budgetaire", ligne_id, 1)
    with pytest.raises(ValeurInvalide):
        suivi.validate_ligne(session, qui["se"], MAINTENANT, "ecriture_budgetaire", ligne_id, 2, remplace_id=autre.id)
    autre.activite_code, autre.etat = "3.1.3", EtatSuivi.REMPLACE
    with pytest.raises(Conflit):
        suivi.validate_ligne(session, qui["se"], MAINTENANT, "ecriture_budgetaire", ligne_id, 2, remplace_id=autre.id)


@pytest.mark.parametrize(
    ("etat", "geste"),
    [
        (EtatSuivi.SOUMIS, "save"),
        (EtatSuivi.VALIDE, "save"),
        (EtatSuivi.VALIDE, "submit"),
        (EtatSuivi.BROUILLON, "validate"),
        (EtatSuivi.REMPLACE, "validate"),
        (EtatSuivi.BROUILLON, "return"),
        (EtatSuivi.RETOURNE, "withdraw"),
    ],
    ids=lambda v: str(v),
)
def test_a_step_that_the_table_does_not_hold_is_refused(
    session: Session, qui: dict[str, Personne], etat: EtatSuivi, geste: str
) -> None:
    valide = {"valide_le": MAINTENANT, "valide_par_id": qui["admin"].compte_id} if etat is EtatSuivi.VALIDE else {}
    ligne = add_ligne(session, qui["se2"], etat, **valide)
    commun = (session, qui["se"], MAINTENANT, "mise_a_jour")
    gestes = {
        "save": lambda: suivi.save_brouillon(*commun, {"avancement": 1}, ligne_id=ligne.id, version=1),
        "submit": lambda: suivi.submit(*commun, ligne.id, 1),
        "withdraw": lambda: suivi.withdraw(*commun, ligne.id, 1),
        "return": lambda: suivi.return_ligne(*commun, ligne.id, 1, note="n", retour_avant_le=date(2026, 12, 1)),
        "validate": lambda: suivi.validate_ligne(*commun, ligne.id, 1),
    }
    with pytest.raises(TransitionInterdite):
        gestes[geste]()


def test_the_second_of_two_persons_who_change_one_row_is_told(session: Session, qui: dict[str, Personne]) -> None:
    ligne_id = _save(session, qui["focal"], "mise_a_jour")
    commun = (session, qui["focal"], MAINTENANT, "mise_a_jour")
    suivi.save_brouillon(*commun, {"avancement": 45}, ligne_id=ligne_id, version=1)
    with pytest.raises(Conflit) as conflit:
        suivi.save_brouillon(*commun, {"avancement": 60}, ligne_id=ligne_id, version=1)
    assert conflit.value.faits["presente"] == 2
    with pytest.raises(Conflit):
        suivi.submit(*commun, ligne_id, 1)
    assert _get(session, "mise_a_jour", ligne_id).avancement == 45


def test_saving_what_stands_already_changes_nothing_and_writes_no_line(
    session: Session, qui: dict[str, Personne]
) -> None:
    ligne_id = _save(session, qui["focal"], "mise_a_jour")
    suivi.save_brouillon(
        session, qui["focal"], MAINTENANT, "mise_a_jour", {"avancement": "40"}, ligne_id=ligne_id, version=1
    )
    assert _get(session, "mise_a_jour", ligne_id).version == 1
    assert session.scalars(select(Journal.action)).all() == ["creer"]


def test_a_closed_quarter_takes_nothing_until_it_is_reopened(session: Session, qui: dict[str, Personne]) -> None:
    attente = add_ligne(session, qui["focal"], EtatSuivi.SOUMIS, annee=2024, trimestre=2)
    lock_trimestre(session, qui["se"], MAINTENANT, Trimestre(2024, 2))
    with pytest.raises(PeriodeVerrouillee):
        _save(session, qui["focal"], "mise_a_jour", annee=2024, trimestre=2)
    with pytest.raises(PeriodeVerrouillee):
        _save(session, qui["focal"], "ecriture_budgetaire", annee=2024, date_operation="2024-06-30")
    with pytest.raises(PeriodeVerrouillee):
        suivi.validate_ligne(session, qui["se"], MAINTENANT, "mise_a_jour", attente.id, 1)
    _save(session, qui["focal"], "mise_a_jour", annee=2024, trimestre=3)
    reopen_trimestre(session, qui["se"], MAINTENANT, Trimestre(2024, 2), "erreur de saisie")
    _save(session, qui["focal"], "mise_a_jour", annee=2024, trimestre=2)


def test_a_draft_cannot_slip_into_a_closed_quarter(session: Session, qui: dict[str, Personne]) -> None:
    lock_trimestre(session, qui["se"], MAINTENANT, Trimestre(2024, 2))
    ligne_id = _save(session, qui["focal"], "mise_a_jour")
    with pytest.raises(PeriodeVerrouillee):
        suivi.save_brouillon(
            session, qui["focal"], MAINTENANT, "mise_a_jour", {"annee": 2024, "trimestre": 2}, ligne_id=ligne_id,
            version=1,
        )  # fmt: skip


def test_once_the_plan_is_closed_places_take_nothing_either(session: Session, qui: dict[str, Personne]) -> None:
    apres = MAINTENANT.replace(year=2027, month=2, day=1)
    with pytest.raises(ValeurInvalide):
        lock_plan(session, qui["se"], MAINTENANT)
    assert len(lock_plan(session, qui["se"], apres)) == len(list_trimestres())
    with pytest.raises(PeriodeVerrouillee) as refus:
        _save(session, qui["focal"], "comite_veille")
    assert refus.value.code == "plan_clos"


def test_a_returned_row_stays_returned_while_it_is_mended_and_loses_its_note_when_sent_again(
    session: Session, qui: dict[str, Personne]
) -> None:
    ligne = add_ligne(
        session, qui["focal"], EtatSuivi.RETOURNE, note_retour="preuve", retour_avant_le=date(2026, 12, 1)
    )
    suivi.save_brouillon(
        session, qui["focal"], MAINTENANT, "mise_a_jour", {"avancement": 50}, ligne_id=ligne.id, version=1
    )
    assert (ligne.etat, ligne.retour_avant_le) == (EtatSuivi.RETOURNE, date(2026, 12, 1))
    suivi.submit(session, qui["focal"], MAINTENANT, "mise_a_jour", ligne.id, 2)
    assert (ligne.etat, ligne.note_retour, ligne.retour_avant_le) == (EtatSuivi.SOUMIS, None, None)


@pytest.mark.parametrize(
    ("note", "jour"),
    [
        pytest.param("  ", date(2026, 12, 1), id="without a reason"),
        pytest.param("preuve", date(2026, 11, 22), id="with a date that has passed"),
    ],
)
def test_a_row_is_not_returned(session: Session, qui: dict[str, Personne], note: str, jour: date) -> None:
    ligne = add_ligne(session, qui["focal"], EtatSuivi.SOUMIS)
    with pytest.raises(ValeurInvalide):
        suivi.return_ligne(session, qui["se"], MAINTENANT, "mise_a_jour", ligne.id, 1, note=note, retour_avant_le=jour)


def test_the_journal_keeps_old_and_new_of_what_changed_only(session: Session, qui: dict[str, Personne]) -> None:
    ligne_id = _save(session, qui["focal"], "mise_a_jour")
    suivi.save_brouillon(
        session, qui["focal"], MAINTENANT, "mise_a_jour", {"avancement": 45, "statut": "suspendue"},
        ligne_id=ligne_id, version=1,
    )  # fmt: skip
    trace = session.scalars(select(Journal).where(Journal.action == "modifier")).one()
    assert (trace.qui, trace.region_code, trace.resume) == ("focal", "NE001", "3.1.3, T3 2026")
    assert trace.avant is not None
    assert trace.apres is not None
    assert set(trace.apres) - {"version"} == {"avancement", "statut"}
    assert (trace.avant["statut"], trace.apres["statut"]) == (StatutActivite.EN_COURS.value, "suspendue")


def test_an_unknown_row_and_an_unknown_subject_are_named(session: Session, qui: dict[str, Personne]) -> None:
    with pytest.raises(Introuvable):
        suivi.submit(session, qui["se"], MAINTENANT, "mise_a_jour", 999, 1)
    with pytest.raises(ValeurInvalide):
        suivi.save_brouillon(session, qui["se"], MAINTENANT, "meteo", {})


def test_a_hostile_name_is_kept_as_text(session: Session, qui: dict[str, Personne]) -> None:
    nom = "<script>alert('x')</script>"
    ligne_id = _save(session, qui["focal"], "comite_veille", nom=nom)
    assert session.get_one(ComiteVeille, ligne_id).nom == nom
