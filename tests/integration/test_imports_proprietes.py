"""What holds for any file at all: rows or anomalies, never a traceback; and a round trip through the template is silence."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ccm_data.commands.sujets import SUJETS
from ccm_data.domain.permissions import Personne
from ccm_data.domain.vocabulaire import Role
from ccm_data.errors import FichierIllisible, ValeurInvalide
from ccm_data.imports.commit import commit
from ccm_data.imports.gabarit import make_gabarit
from ccm_data.imports.lecture import Classeur, read_classeur
from ccm_data.imports.schemas import FEUILLES
from ccm_data.imports.validation import Validation, validate
from ccm_data.models.comptes import Journal
from ccm_data.models.depots import Depot
from ccm_data.phrases.imports import ANOMALIES, FICHIERS, say_anomalie
from tests.aides.classeurs import COMITE, ECRITURE, MISE_A_JOUR, VALEUR, make_classeur
from tests.integration.aides_commandes import MAINTENANT, make_personnes

FOCAL = Personne(Role.POINT_FOCAL, 1, "NE001")
ESPACES = " \u00a0\u202f\u2009\u2007\t"
# Headings that are ours, nearly ours, or anything; cells of any letters at all.
TITRES = st.sampled_from([c.titre for f in FEUILLES for c in f.colonnes]) | st.text(max_size=10)
CELLULES = (
    st.sampled_from(["Agadez", "3.1.3", "T3 2026", "60", "En cours", "0", "", "=1+1", "31/02/2026", "oui", "1.d"])
    | st.text(max_size=15)
)  # fmt: skip
TABLES = st.tuples(
    st.lists(TITRES, min_size=1, max_size=14), st.lists(st.lists(CELLULES, max_size=14), max_size=5)
)  # fmt: skip
LARGE = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


def judge(session: Session, personne: Personne, octets: bytes) -> Validation:
    return validate(session, personne, MAINTENANT, read_classeur(octets))


def read(octets: bytes) -> tuple[Classeur | None, str | None]:
    """What was read, or the code of the refusal; any other exception breaks the test."""
    try:
        return read_classeur(octets), None
    except FichierIllisible as refus:
        return None, refus.code


def count_lignes(session: Session) -> dict[str, int]:
    """How many rows each table holds that a deposit may touch."""
    tables = {s.table for s in SUJETS.values()} | {Depot, Journal}
    return {t.__name__: session.scalar(select(func.count()).select_from(t)) or 0 for t in tables}


@LARGE
@given(st.binary(max_size=400) | st.text(max_size=300).map(lambda t: t.encode("utf-8")))
def test_any_bytes_are_read_or_refused_in_words(octets: bytes) -> None:
    classeur, refus = read(octets)
    assert (classeur is None) != (refus is None)
    assert refus is None or refus in FICHIERS


@LARGE
@given(TABLES)
@example((["Période", "Activité", "Région", "Statut"], [["T3 2026", "3.1.3", "Agadez", "En cours"]]))
@example((["Période", "Activité", "Région", "Région"], [["T3 2026", "3.1.3", "Agadez", "Zinder"]]))
def test_any_table_of_texts_gives_rows_or_anomalies(session: Session, table: tuple[list[str], list[list[str]]]) -> None:
    sortie = io.StringIO(newline="")
    csv.writer(sortie, delimiter=";").writerows([table[0], *table[1]])
    classeur, refus = read(sortie.getvalue().encode("utf-8"))
    if classeur is None:
        assert refus in FICHIERS
        return
    validation = validate(session, FOCAL, MAINTENANT, classeur)
    assert len(validation.lignes) <= validation.lues <= len(table[1])
    for anomalie in validation.anomalies:
        assert anomalie.code in ANOMALIES
        assert all("{" not in mot or "{" in (anomalie.valeur or "") for mot in say_anomalie(anomalie))


@LARGE
@given(st.integers(0, 10**13), st.sampled_from(ESPACES))
def test_an_amount_spaced_by_any_space_is_the_same_amount(session: Session, montant: int, espace: str) -> None:
    ecrit = f"{montant:,}".replace(",", espace)
    octets = make_classeur(ecriture_budgetaire=[ECRITURE | {"montant": ecrit}])
    [ligne] = judge(session, FOCAL, octets).lignes
    assert ligne.valeurs["montant_fcfa"] == montant


AVANCEMENTS = st.integers(0, 99) | st.decimals(0, 99, places=1)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    avancements=st.lists(AVANCEMENTS, min_size=1, max_size=4),
    montants=st.lists(st.integers(1, 10**11), max_size=3),
    valeur=st.none() | st.integers(0, 5000),
    narratif=st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs", "S"]), max_size=60),
    jour=st.dates(date(2024, 1, 1), date(2026, 11, 1)),
)
def test_a_deposit_exported_and_deposited_again_changes_nothing(
    session: Session, avancements: list[Any], montants: list[int], valeur: int | None, narratif: str, jour: date
) -> None:
    with session.begin_nested() as essai:
        focal = make_personnes(session)["focal"]
        activites = ["3.1.3", "3.1.1", "3.1.2", "3.2.1"]
        octets = make_classeur(
            mise_a_jour=[
                MISE_A_JOUR | {"activite_code": a, "avancement": float(v), "narratif": narratif.strip("=+-@ ")}
                for a, v in zip(activites, avancements, strict=False)
            ],
            ecriture_budgetaire=[ECRITURE | {"montant": m, "reference_document": f"P{n}"} for n, m in enumerate(montants)],
            valeur_indicateur=[] if valeur is None else [VALEUR | {"valeur": valeur}],
            comite_veille=[COMITE | {"date_creation": jour}],
        )  # fmt: skip
        premier = judge(session, focal, octets)
        assert not premier.fautives
        commit(session, focal, MAINTENANT, premier, "t3.xlsx", octets)
        gabarit = make_gabarit(session, focal, "Agadez", MAINTENANT, demonstration=False)
        avant = count_lignes(session)
        second = judge(session, focal, gabarit)
        assert (second.a_deposer, second.anomalies) == ([], [])
        assert second.inchangees == len(premier.lignes)
        with pytest.raises(ValeurInvalide, match="rien_a_deposer"):
            commit(session, focal, MAINTENANT, second, "gabarit.xlsx", gabarit)
        assert count_lignes(session) == avant
        essai.rollback()
