"""A workbook sent: what is judged wrong and where, what it would change, what it does once deposited; on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils.exceptions import IllegalCharacterError
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ccm_data.commands.periodes import lock_trimestre
from ccm_data.commands.suivi import validate_ligne
from ccm_data.domain.calendrier import Trimestre
from ccm_data.domain.permissions import Personne
from ccm_data.domain.vocabulaire import EtatSuivi, Gravite, Role
from ccm_data.errors import AccesRefuse, Conflit, FichierIllisible, ValeurInvalide
from ccm_data.imports.commit import commit
from ccm_data.imports.gabarit import make_gabarit
from ccm_data.imports.lecture import read_classeur
from ccm_data.imports.validation import Validation, validate
from ccm_data.models.comptes import Journal
from ccm_data.models.depots import Depot
from ccm_data.models.suivi import ComiteVeille, MiseAJour
from ccm_data.phrases.imports import ANOMALIES, say_anomalie
from tests.aides.classeurs import COMITE, ECRITURE, MISE_A_JOUR, VALEUR, make_classeur, make_csv
from tests.integration.aides_commandes import MAINTENANT, make_personnes


@pytest.fixture
def personnes(session: Session) -> dict[str, Personne]:
    return make_personnes(session)


def judge(session: Session, personne: Personne, octets: bytes) -> Validation:
    return validate(session, personne, MAINTENANT, read_classeur(octets))


def deposit(session: Session, personne: Personne, octets: bytes, **choix: Any) -> Depot:
    return commit(session, personne, MAINTENANT, judge(session, personne, octets), "t3.xlsx", octets, **choix)


def list_codes(validation: Validation) -> set[tuple[str, str | None, int | None]]:
    return {(a.code, a.colonne, a.ligne) for a in validation.anomalies}


# (subject, row) → the one fault expected: code, heading
FAUTES: dict[str, tuple[str, dict[str, Any], str, str | None]] = {
    "an unknown region": ("mise_a_jour", {"region_code": "Agadèze"}, "code_inconnu", "Région"),
    "another's region": ("mise_a_jour", {"region_code": "Maradi"}, "hors_region", "Région"),
    "no region at all": ("mise_a_jour", {"region_code": None}, "valeur_manquante", "Région"),
    "progress over 100": ("mise_a_jour", {"avancement": 140}, "valeur_invalide", "Avancement (%)"),
    "negative progress": ("mise_a_jour", {"avancement": "-5"}, "valeur_invalide", "Avancement (%)"),
    "a quarter to come": ("mise_a_jour", {"periode": "T1 2027"}, "valeur_invalide", "Période"),
    "a quarter that cannot be read": ("mise_a_jour", {"periode": "été 2026"}, "periode_illisible", "Période"),
    "no status": ("mise_a_jour", {"statut": None}, "valeur_manquante", "Statut"),
    "a date as words": ("mise_a_jour", {"debut_reel": "bientôt"}, "date_illisible", "Début réel"),
    "a date with two digits": ("mise_a_jour", {"debut_reel": "01/02/25"}, "date_illisible", "Début réel"),
    "an end before its beginning": (
        "mise_a_jour", {"debut_reel": "02/02/2026", "fin_reelle": "01/02/2026"}, "valeur_invalide", "Fin réelle",
    ),
    "a formula": ("mise_a_jour", {"narratif": "=1+1"}, "formule", "Commentaire"),
    "a command in a cell": ("mise_a_jour", {"narratif": "=cmd|' /C calc'!A0"}, "formule", "Commentaire"),
    "an error of the spreadsheet": ("mise_a_jour", {"avancement": "#REF!"}, "erreur_tableur", "Avancement (%)"),
    "a negative amount": ("ecriture_budgetaire", {"montant": "-3000"}, "valeur_invalide", "Montant"),
    "centimes of FCFA": ("ecriture_budgetaire", {"montant": "12,5"}, "valeur_invalide", "Montant"),
    "an unknown activity": ("ecriture_budgetaire", {"activite_code": "9.9.9"}, "code_inconnu", "Activité"),
    "an operation to come": ("ecriture_budgetaire", {"date_operation": date(2026, 12, 1)}, "date_future", "Date"),
    "dollars without a rate": ("ecriture_budgetaire", {"devise": "USD", "montant": 5}, "valeur_manquante", "Taux en FCFA"),
    "a national indicator of a region": ("valeur_indicateur", {"indicateur_code": "2.2.b"}, "national_seulement", "Région"),
    "a committee created on no day": ("comite_veille", {"date_creation": None}, "valeur_manquante", "Créé le"),
}  # fmt: skip
BASES = {
    "mise_a_jour": MISE_A_JOUR,
    "ecriture_budgetaire": ECRITURE,
    "valeur_indicateur": VALEUR,
    "comite_veille": COMITE,
}


@pytest.mark.parametrize("cas", FAUTES)
def test_a_fault_is_told_with_its_cell(session: Session, personnes: dict[str, Personne], cas: str) -> None:
    sujet, change, code, colonne = FAUTES[cas]
    validation = judge(session, personnes["focal"], make_classeur(**{sujet: [BASES[sujet] | change]}))
    assert (code, colonne, 2) in list_codes(validation)
    assert not validation.lignes
    assert all(a.gravite is Gravite.A_CORRIGER for a in validation.anomalies)
    assert all("{" not in mot for a in validation.anomalies for mot in say_anomalie(a))


def test_every_fault_of_a_row_is_told_at_once(session: Session, personnes: dict[str, Personne]) -> None:
    rangee = MISE_A_JOUR | {"region_code": "Maradi", "avancement": 140, "debut_reel": "bientôt", "statut": "Encours !"}
    validation = judge(session, personnes["focal"], make_classeur(mise_a_jour=[rangee]))
    assert {c for _code, c, _l in list_codes(validation)} >= {"Avancement (%)", "Début réel", "Statut"}


def test_a_near_miss_is_suggested(session: Session, personnes: dict[str, Personne]) -> None:
    validation = judge(
        session, personnes["focal"], make_classeur(mise_a_jour=[MISE_A_JOUR | {"region_code": "Agadzez"}])
    )
    (anomalie,) = [a for a in validation.anomalies if a.code == "code_inconnu"]
    assert anomalie.suggestion == "Agadez"
    assert "Vouliez-vous dire" in say_anomalie(anomalie)[1]


@pytest.mark.parametrize(
    ("ecrit", "lu"),
    [("10 000 000", 10_000_000), ("10\u00a0000\u00a0000", 10_000_000), ("10\u202f000\u202f000", 10_000_000),
     ("10\u2009000", 10_000), (10_000.0, 10_000), ("10.000.000", 10_000_000), ("0", 0)],
)  # fmt: skip
def test_an_amount_is_read_however_it_is_spaced(
    session: Session, personnes: dict[str, Personne], ecrit: Any, lu: int
) -> None:
    validation = judge(session, personnes["focal"], make_classeur(ecriture_budgetaire=[ECRITURE | {"montant": ecrit}]))
    assert [x.valeurs["montant_fcfa"] for x in validation.lignes] == [lu]


def test_euros_become_fcfa_at_the_fixed_parity(session: Session, personnes: dict[str, Personne]) -> None:
    octets = make_classeur(ecriture_budgetaire=[ECRITURE | {"montant": "1000,50", "devise": "euros"}])
    (ligne,) = judge(session, personnes["focal"], octets).lignes
    assert (ligne.valeurs["montant_fcfa"], ligne.valeurs["devise"]) == (656_285, "EUR")


def test_a_csv_of_a_french_excel_is_read_like_a_workbook(session: Session, personnes: dict[str, Personne]) -> None:
    rangees = [ECRITURE | {"region_code": "Tillabéri", "montant": "12 500", "libelle": "déjà payé"}]
    (ligne,) = judge(session, personnes["se"], make_csv("ecriture_budgetaire", rangees)).lignes
    assert (ligne.valeurs["region_code"], ligne.valeurs["montant_fcfa"]) == ("NE006", 12_500)


def test_texts_keep_their_emoji_and_directions_and_lose_what_nobody_sees(
    session: Session, personnes: dict[str, Personne]
) -> None:
    octets = make_classeur(
        mise_a_jour=[MISE_A_JOUR | {"narratif": "réunion 🎉 مرحبا\u202e caché", "source_verification": "PV"}]
    )
    validation = judge(session, personnes["focal"], octets)
    assert [x.valeurs["narratif"] for x in validation.lignes] == ["réunion 🎉 مرحبا caché"]
    assert [a.code for a in validation.anomalies] == ["caracteres_retires"]


def test_a_narrative_of_ten_thousand_characters_is_kept_whole(session: Session, personnes: dict[str, Personne]) -> None:
    octets = make_classeur(mise_a_jour=[MISE_A_JOUR | {"narratif": "é" * 10_000}])
    deposit(session, personnes["focal"], octets)
    assert session.scalar(select(func.length(MiseAJour.narratif))) == 10_000


def test_a_double_names_the_line_that_it_doubles(session: Session, personnes: dict[str, Personne]) -> None:
    validation = judge(
        session, personnes["focal"], make_classeur(mise_a_jour=[MISE_A_JOUR, MISE_A_JOUR | {"avancement": 70}])
    )
    (anomalie,) = validation.anomalies
    assert (anomalie.code, anomalie.ligne, anomalie.attendu) == ("ligne_en_double", 3, "2")
    assert [x.ligne for x in validation.lignes] == [2]


def test_paying_more_than_was_committed_in_one_deposit_is_to_mend(
    session: Session, personnes: dict[str, Personne]
) -> None:
    paye = ECRITURE | {"phase": "Payé", "montant": 20_000_000, "reference_document": "PAY-1"}
    validation = judge(session, personnes["focal"], make_classeur(ecriture_budgetaire=[ECRITURE, paye]))
    assert ("chaine_rompue", "Montant", 3) in list_codes(validation)


def test_a_deposit_waits_for_validation_then_counts(session: Session, personnes: dict[str, Personne]) -> None:
    octets = make_classeur(mise_a_jour=[MISE_A_JOUR], comite_veille=[COMITE])
    depot = deposit(session, personnes["focal"], octets)
    maj, comite = session.scalars(select(MiseAJour)).one(), session.scalars(select(ComiteVeille)).one()
    assert (depot.numero, depot.lignes, depot.ecartees) == ("D-2026-0001", 2, 0)
    assert (maj.etat, maj.depot_id, comite.depot_id) == (EtatSuivi.SOUMIS, depot.id, depot.id)
    validate_ligne(session, personnes["se"], MAINTENANT, "mise_a_jour", maj.id, maj.version)
    assert maj.etat is EtatSuivi.VALIDE


def test_the_journal_holds_each_row_and_the_hash_of_the_file(session: Session, personnes: dict[str, Personne]) -> None:
    depot = deposit(session, personnes["focal"], make_classeur(mise_a_jour=[MISE_A_JOUR]))
    lignes = {(j.objet, j.action): j for j in session.scalars(select(Journal)).all()}
    assert lignes["depot", "deposer"].apres["sha256"] == depot.empreinte
    assert Decimal(lignes["mise_a_jour", "soumettre"].apres["avancement"]) == 60


def test_the_author_of_a_deposit_does_not_validate_it(session: Session, personnes: dict[str, Personne]) -> None:
    deposit(session, personnes["se"], make_classeur(mise_a_jour=[MISE_A_JOUR]))
    maj = session.scalars(select(MiseAJour)).one()
    with pytest.raises(AccesRefuse):
        validate_ligne(session, personnes["se"], MAINTENANT, "mise_a_jour", maj.id, maj.version)


def test_the_same_file_again_is_told_and_counts_nothing(session: Session, personnes: dict[str, Personne]) -> None:
    octets = make_classeur(mise_a_jour=[MISE_A_JOUR])
    validation = judge(session, personnes["focal"], octets)
    depot = deposit(session, personnes["focal"], octets)
    with pytest.raises(Conflit) as refus:
        commit(session, personnes["focal"], MAINTENANT, validation, "t3.xlsx", octets)
    assert (refus.value.code, refus.value.faits["valeur"]) == ("deja_recu", depot.numero)
    assert session.scalar(select(func.count(MiseAJour.id))) == 1


def test_the_same_rows_in_another_file_say_nothing_new(session: Session, personnes: dict[str, Personne]) -> None:
    deposit(session, personnes["focal"], make_classeur(mise_a_jour=[MISE_A_JOUR], ecriture_budgetaire=[ECRITURE]))
    encore = judge(
        session, personnes["focal"], make_classeur(ecriture_budgetaire=[ECRITURE], mise_a_jour=[MISE_A_JOUR])
    )
    assert (encore.inchangees, encore.a_deposer, encore.anomalies) == (2, [], [])


def test_a_row_still_waiting_is_changed_not_doubled(session: Session, personnes: dict[str, Personne]) -> None:
    deposit(session, personnes["focal"], make_classeur(mise_a_jour=[MISE_A_JOUR]))
    deposit(session, personnes["focal"], make_classeur(mise_a_jour=[MISE_A_JOUR | {"avancement": 65}]))
    assert [(x.avancement, x.etat) for x in session.scalars(select(MiseAJour))] == [(65, EtatSuivi.SOUMIS)]


def test_faulty_rows_are_left_out_on_request_and_counted(session: Session, personnes: dict[str, Personne]) -> None:
    octets = make_classeur(mise_a_jour=[MISE_A_JOUR, MISE_A_JOUR | {"activite_code": "3.1.4", "avancement": 140}])
    with pytest.raises(ValeurInvalide, match="lignes_fautives"):
        deposit(session, personnes["focal"], octets)
    depot = deposit(session, personnes["focal"], octets, ecarter=True)
    assert (depot.lignes, depot.ecartees) == (1, 1)


def test_a_closed_quarter_takes_nothing(session: Session, personnes: dict[str, Personne]) -> None:
    lock_trimestre(session, personnes["se"], MAINTENANT, Trimestre(2026, 3))
    validation = judge(session, personnes["focal"], make_classeur(mise_a_jour=[MISE_A_JOUR]))
    assert [a.code for a in validation.anomalies] == ["periode_verrouillee"]


def test_a_row_changed_since_the_preview_stops_the_whole_deposit(
    session: Session, personnes: dict[str, Personne]
) -> None:
    deposit(session, personnes["focal"], make_classeur(mise_a_jour=[MISE_A_JOUR]))
    octets = make_classeur(mise_a_jour=[MISE_A_JOUR | {"avancement": 65}], comite_veille=[COMITE])
    vue = judge(session, personnes["focal"], octets)
    session.scalars(select(MiseAJour)).one().version += 1
    session.flush()
    with pytest.raises(Conflit, match="apercu_change"):
        commit(session, personnes["focal"], MAINTENANT, vue, "t3.xlsx", octets)


def test_a_visitor_deposits_nothing(session: Session, personnes: dict[str, Personne]) -> None:
    with pytest.raises(AccesRefuse):
        deposit(session, personnes["visiteur"], make_classeur(mise_a_jour=[MISE_A_JOUR]))


@pytest.mark.parametrize("qui", ["focal", "acteur", "se"])
def test_a_template_sent_back_as_it_is_changes_nothing(
    session: Session, personnes: dict[str, Personne], qui: str
) -> None:
    personne = personnes[qui]
    rangees = {"mise_a_jour": [MISE_A_JOUR], "comite_veille": [COMITE], "valeur_indicateur": [VALEUR]}
    deposit(session, personne, make_classeur(ecriture_budgetaire=[ECRITURE], **({} if qui == "acteur" else rangees)))
    gabarit = make_gabarit(session, personne, qui, MAINTENANT, demonstration=False)
    validation = judge(session, personne, gabarit)
    assert (validation.a_deposer, validation.anomalies) == ([], [])
    assert validation.inchangees == (1 if qui == "acteur" else 4)
    assert len(gabarit) < 200_000


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.lists(
            st.one_of(st.none(), st.text(max_size=12), st.floats(), st.integers(), st.booleans(), st.datetimes()),
            min_size=1, max_size=10,
        ),
        max_size=6,
    ),
    st.sampled_from(list(BASES)),
)  # fmt: skip
def test_any_table_gives_rows_or_anomalies_never_a_traceback(
    session: Session, cellules: list[list[Any]], sujet: str
) -> None:
    personne = Personne(Role.POINT_FOCAL, 1, "NE001")
    rangees = [dict(zip(BASES[sujet], rang, strict=False)) for rang in cellules]
    try:
        validation = judge(session, personne, make_sans_refus(sujet, rangees))
    except FichierIllisible:
        return
    assert validation.lues >= len(validation.lignes)
    assert all(a.code in ANOMALIES for a in validation.anomalies)


def make_sans_refus(sujet: str, rangees: list[dict[str, Any]]) -> bytes:
    """A workbook with whatever openpyxl agrees to write."""
    sains: Callable[[Any], Any] = lambda v: None if isinstance(v, float) and v != v else v  # noqa: E731
    try:
        return make_classeur(**{sujet: [{c: sains(v) for c, v in r.items()} for r in rangees]})
    except (ValueError, IllegalCharacterError):  # what no workbook holds
        return make_csv(sujet, rangees, codage="utf-8")
