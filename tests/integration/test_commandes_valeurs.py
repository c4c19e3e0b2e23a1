"""What follow-up commands refuse, accept and keep as values, subject by subject, on both databases."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.commands import suivi
from ccm_data.commands.sujets import SUJETS
from ccm_data.domain.permissions import Personne
from ccm_data.domain.vocabulaire import EtatSuivi
from ccm_data.errors import CCMError, ValeurInvalide
from ccm_data.models.suivi import EcritureBudgetaire, MiseAJour, ValeurIndicateur
from tests.integration.aides_commandes import COMPLETES, MAINTENANT, make_personnes


@pytest.fixture
def qui(session: Session) -> dict[str, Personne]:
    return make_personnes(session)


def _save(session: Session, personne: Personne, sujet: str, **champs: Any) -> int:
    return suivi.save_brouillon(session, personne, MAINTENANT, sujet, {**COMPLETES[sujet], **champs})


def _get(session: Session, sujet: str, ligne_id: int) -> Any:
    return session.get_one(SUJETS[sujet].table, ligne_id)


@pytest.mark.parametrize(
    ("sujet", "champs", "champ"),
    [
        pytest.param("mise_a_jour", {"avancement": 101}, "avancement", id="progress above 100"),
        pytest.param("mise_a_jour", {"avancement": "-1"}, "avancement", id="progress below 0"),
        pytest.param("mise_a_jour", {"avancement": "12,345"}, "avancement", id="more decimals than are kept"),
        pytest.param("mise_a_jour", {"trimestre": 5}, "trimestre", id="a fifth quarter"),
        pytest.param("mise_a_jour", {"annee": 2021}, "annee", id="a year before the plan"),
        pytest.param("mise_a_jour", {"activite_code": "9.9"}, "activite_code", id="an activity that does not exist"),
        pytest.param("mise_a_jour", {"activite_code": None}, "activite_code", id="no activity"),
        pytest.param("mise_a_jour", {"statut": "fini"}, "statut", id="a status that is not in the list"),
        pytest.param("mise_a_jour", {"etat": "valide"}, "etat", id="a column of the workflow"),
        pytest.param("mise_a_jour", {"auteur_id": 1}, "auteur_id", id="another author"),
        pytest.param(
            "mise_a_jour", {"debut_reel": "2026-05-01", "fin_reelle": "2026-04-30"}, "fin_reelle",
            id="an end before the start",
        ),
        pytest.param("mise_a_jour", {"fin_reelle": "2026-11-24"}, "fin_reelle", id="an end in the future"),
        pytest.param("mise_a_jour", {"fin_reelle": "hier"}, "fin_reelle", id="a date that cannot be read"),
        pytest.param("ecriture_budgetaire", {"montant_fcfa": "12,5"}, "montant_fcfa", id="half a franc"),
        pytest.param("ecriture_budgetaire", {"montant_fcfa": None}, "montant_fcfa", id="a payment without amount"),
        pytest.param("ecriture_budgetaire", {"montant_fcfa": -1}, "montant_fcfa", id="a negative amount"),
        pytest.param(
            "ecriture_budgetaire", {"devise": "EUR", "montant_origine": "100", "montant_fcfa": 65_000}, "montant_fcfa",
            id="an amount that is not the converted one",
        ),
        pytest.param(
            "ecriture_budgetaire", {"devise": "EUR", "montant_origine": "100", "taux": "650"}, "taux",
            id="another rate than the parity for the euro",
        ),
        pytest.param(
            "ecriture_budgetaire", {"devise": "USD", "montant_origine": "100", "taux": "600"}, "taux_source",
            id="a rate without source",
        ),
        pytest.param(
            "ecriture_budgetaire", {"date_operation": "2026-11-24"}, "date_operation", id="a payment in the future"
        ),
        pytest.param("valeur_indicateur", {"valeur": -1}, "valeur", id="a negative count"),
        pytest.param("valeur_indicateur", {"niveau": "oui"}, "niveau", id="a level for a figure"),
        pytest.param(
            "valeur_indicateur", {"indicateur_code": "2.2.b"}, "region_code", id="a region for a national indicator"
        ),
        pytest.param("comite_veille", {"lon": None}, "lon", id="a latitude without longitude"),
        pytest.param("comite_veille", {"lat": 48.85}, "lat", id="a place outside the country"),
        pytest.param("comite_veille", {"date_creation": None}, "date_creation", id="created without a date"),
        pytest.param(
            "comite_veille", {"date_formation": "2024-05-05"}, "date_formation", id="trained before it was created"
        ),
        pytest.param("comite_veille", {"membres_femmes": -2}, "membres_femmes", id="a negative number of members"),
        pytest.param("point_information", {"date_ouverture": None}, "date_ouverture", id="open without a date"),
        pytest.param("presence", {"acteur_code": None}, "acteur_code", id="a presence of nobody"),
    ],
)  # fmt: skip
def test_a_draft_refuses(
    session: Session, qui: dict[str, Personne], sujet: str, champs: dict[str, Any], champ: str
) -> None:
    with pytest.raises(CCMError) as refus:
        _save(session, qui["se"], sujet, **champs)
    assert isinstance(refus.value, ValeurInvalide)
    assert refus.value.faits["champ"] == champ


@pytest.mark.parametrize(
    ("sujet", "champs", "champ"),
    [
        pytest.param("mise_a_jour", {"avancement": None}, "avancement", id="an update without progress"),
        pytest.param("mise_a_jour", {"statut": None}, "statut", id="an update without status"),
        pytest.param("ecriture_budgetaire", {"bailleur_code": None}, "bailleur_code", id="a PTF that is not named"),
        pytest.param(
            "ecriture_budgetaire", {"niveau": "executant"}, "executant_code", id="an implementer that is not named"
        ),
        pytest.param("valeur_indicateur", {"valeur": None}, "valeur", id="a value left empty"),
        pytest.param(
            "point_information", {"statut": "ferme"}, "date_fermeture", id="a closed point without closing date"
        ),
    ],
)
def test_a_draft_may_lack_it_but_is_not_sent_without(
    session: Session, qui: dict[str, Personne], sujet: str, champs: dict[str, Any], champ: str
) -> None:
    ligne_id = _save(session, qui["focal"], sujet, **champs)
    with pytest.raises(ValeurInvalide) as refus:
        suivi.submit(session, qui["focal"], MAINTENANT, sujet, ligne_id, 1)
    assert refus.value.faits["champ"] == champ


def test_nothing_to_report_is_a_report(session: Session, qui: dict[str, Personne]) -> None:
    ligne_id = _save(session, qui["focal"], "mise_a_jour", avancement=None, statut=None, rien_a_signaler=True)
    suivi.submit(session, qui["focal"], MAINTENANT, "mise_a_jour", ligne_id, 1)
    ligne = _get(session, "mise_a_jour", ligne_id)
    assert (ligne.etat, ligne.avancement) == (EtatSuivi.SOUMIS, None)


def test_a_zero_is_kept_as_zero_and_an_empty_field_as_null(session: Session, qui: dict[str, Personne]) -> None:
    zero = _save(session, qui["focal"], "valeur_indicateur", valeur="0")
    vide = _save(session, qui["focal"], "valeur_indicateur", valeur="")
    valeurs = dict(session.execute(select(ValeurIndicateur.id, ValeurIndicateur.valeur)).all())
    assert valeurs == {zero: Decimal(0), vide: None}


def test_an_emptied_field_becomes_null_and_an_emptied_flag_its_default(
    session: Session, qui: dict[str, Personne]
) -> None:
    ligne_id = _save(session, qui["focal"], "mise_a_jour", rien_a_signaler=True, narratif="texte")
    suivi.save_brouillon(
        session, qui["focal"], MAINTENANT, "mise_a_jour", {"narratif": " ", "rien_a_signaler": None},
        ligne_id=ligne_id, version=1,
    )  # fmt: skip
    ligne = session.get_one(MiseAJour, ligne_id)
    assert (ligne.narratif, ligne.rien_a_signaler, ligne.avancement) == (None, False, 40)


def test_euros_are_converted_at_the_parity(session: Session, qui: dict[str, Personne]) -> None:
    ligne_id = _save(
        session, qui["focal"], "ecriture_budgetaire", montant_fcfa=None, devise="eur", montant_origine="1 000,50"
    )
    ligne = session.get_one(EcritureBudgetaire, ligne_id)
    assert (ligne.montant_fcfa, ligne.devise, ligne.taux) == (656_285, "EUR", Decimal("655.957"))


def test_a_level_must_be_one_of_the_indicator_s(session: Session, qui: dict[str, Personne]) -> None:
    champs = {"indicateur_code": "3.1.c", "region_code": None, "valeur": None}
    ligne_id = _save(session, qui["se"], "valeur_indicateur", **champs, niveau="en ligne")
    assert _get(session, "valeur_indicateur", ligne_id).niveau == "en ligne"
    with pytest.raises(ValeurInvalide):
        _save(session, qui["se"], "valeur_indicateur", **champs, niveau="parfait")
