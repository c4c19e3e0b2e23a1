"""Closed quarters hold for the dated rows of the registers too, by the form and by the workbook; reopening is journalled."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.commands import suivi
from ccm_data.commands.periodes import lock_trimestre, reopen_trimestre
from ccm_data.db import get_engine
from ccm_data.domain.calendrier import Trimestre
from ccm_data.domain.permissions import Personne
from ccm_data.domain.vocabulaire import Gravite
from ccm_data.errors import PeriodeVerrouillee
from ccm_data.imports.lecture import read_classeur
from ccm_data.imports.schemas import PAR_SUJET
from ccm_data.imports.validation import Validation, validate
from ccm_data.models.comptes import Journal
from ccm_data.models.instances import Instance
from tests.integration.aides_commandes import MAINTENANT, make_personnes

CLOS, OUVERT = date(2025, 5, 14), date(2025, 8, 6)
TRIMESTRE = Trimestre(2025, 2)
DATES = {"sensibilisation": "date_debut", "rencontre": "date_rencontre"}


@pytest.fixture
def session(url_commune: str) -> Iterator[Session]:
    """A session on a base that the whole module shares; rolled back."""
    with Session(get_engine(url_commune).execution_options(ccm_ecriture=True)) as ouverte:
        yield ouverte
        ouverte.rollback()


@pytest.fixture
def qui(session: Session) -> dict[str, Personne]:
    personnes = make_personnes(session)
    lock_trimestre(session, personnes["se"], MAINTENANT, TRIMESTRE)
    return personnes


def find_instance(session: Session) -> Instance:
    requete = select(Instance).where(Instance.region_code == "NE001").order_by(Instance.ordre)
    instance = session.scalars(requete).first()
    assert instance is not None
    return instance


def make_ligne(session: Session, sujet: str, jour: date) -> dict[str, Any]:
    if sujet == "sensibilisation":
        return {"region_code": "NE001", "nature": "mission", "intitule": "Mission à Arlit", "date_debut": jour}
    return {
        "region_code": "NE001",
        "code": "R-AGZ-1",
        "instance_code": find_instance(session).code,
        "date_rencontre": jour,
    }


def validate_fichier(session: Session, personne: Personne, sujet: str, jour: date) -> Validation:
    """The workbook that somebody sends, with one row of this register on this day."""
    feuille = PAR_SUJET[sujet]
    dites = {"region_code": "Agadez", "nature": "Mission"} if sujet == "sensibilisation" else {"region_code": "Agadez"}
    cellules = make_ligne(session, sujet, jour) | dites
    classeur = Workbook()
    onglet = classeur.active
    assert onglet is not None
    onglet.title = feuille.nom
    colonnes = [feuille.find(champ) for champ in cellules]
    onglet.append([c.titre for c in colonnes if c is not None])
    onglet.append(list(cellules.values()))
    sortie = io.BytesIO()
    classeur.save(sortie)
    return validate(session, personne, MAINTENANT, read_classeur(sortie.getvalue(), "registre.xlsx"))


@pytest.mark.parametrize("sujet", DATES)
def test_a_row_dated_in_a_closed_quarter_is_refused_by_the_form(
    session: Session, qui: dict[str, Personne], sujet: str
) -> None:
    ligne = make_ligne(session, sujet, CLOS)
    with pytest.raises(PeriodeVerrouillee) as refus:
        suivi.save_brouillon(session, qui["focal"], MAINTENANT, sujet, ligne)
    assert refus.value.faits["trimestre"] == "2025-T2"
    assert suivi.save_brouillon(session, qui["focal"], MAINTENANT, sujet, make_ligne(session, sujet, OUVERT))


@pytest.mark.parametrize("sujet", DATES)
def test_an_open_row_does_not_move_into_a_closed_quarter(
    session: Session, qui: dict[str, Personne], sujet: str
) -> None:
    numero = suivi.save_brouillon(session, qui["focal"], MAINTENANT, sujet, make_ligne(session, sujet, OUVERT))
    with pytest.raises(PeriodeVerrouillee):
        suivi.save_brouillon(
            session, qui["focal"], MAINTENANT, sujet, {DATES[sujet]: CLOS}, ligne_id=numero, version=1
        )  # fmt: skip


@pytest.mark.parametrize("sujet", DATES)
def test_a_row_sent_before_the_closing_is_not_validated_after_it(
    session: Session, qui: dict[str, Personne], sujet: str
) -> None:
    numero = suivi.save_brouillon(session, qui["focal"], MAINTENANT, sujet, make_ligne(session, sujet, OUVERT))
    suivi.submit(session, qui["focal"], MAINTENANT, sujet, numero, 1)
    lock_trimestre(session, qui["se"], MAINTENANT, Trimestre(2025, 3))
    with pytest.raises(PeriodeVerrouillee):
        suivi.validate_ligne(session, qui["se"], MAINTENANT, sujet, numero, 2)


@pytest.mark.parametrize("sujet", DATES)
def test_a_row_of_a_file_dated_in_a_closed_quarter_is_told_and_left_out(
    session: Session, qui: dict[str, Personne], sujet: str
) -> None:
    fermee = validate_fichier(session, qui["focal"], sujet, CLOS)
    assert [(a.code, a.gravite, a.ligne, a.valeur) for a in fermee.anomalies] == [
        ("periode_verrouillee", Gravite.A_CORRIGER, 2, "2025-T2")
    ]
    assert fermee.lignes == []
    ouverte = validate_fichier(session, qui["focal"], sujet, OUVERT)
    assert ([a.code for a in ouverte.anomalies], len(ouverte.a_deposer)) == ([], 1)


@pytest.mark.parametrize("sujet", DATES)
def test_reopening_with_a_reason_lets_the_row_in_and_the_journal_says_so(
    session: Session, qui: dict[str, Personne], sujet: str
) -> None:
    reopen_trimestre(session, qui["se2"], MAINTENANT, TRIMESTRE, "mission oubliée")
    assert suivi.save_brouillon(session, qui["focal"], MAINTENANT, sujet, make_ligne(session, sujet, CLOS))
    assert validate_fichier(session, qui["focal"], sujet, CLOS).anomalies == []
    trace = session.scalars(select(Journal).where(Journal.action == "rouvrir")).one()
    assert (trace.objet, trace.resume, trace.qui) == ("trimestre_verrouille", "2025-T2", "se2")
    assert (trace.apres or {})["motif"] == "mission oubliée"
