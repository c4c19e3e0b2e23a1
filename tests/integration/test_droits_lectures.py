"""Who reads what, as a truth table on the queries themselves, on both databases (règles de calcul 7)."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from ccm_data.domain.perimetre import Perimetre
from ccm_data.domain.permissions import Personne
from ccm_data.domain.vocabulaire import EtatSuivi, Phase
from ccm_data.errors import AccesRefuse
from ccm_data.models.suivi import EcritureBudgetaire
from ccm_data.queries.a_faire import get_a_faire
from ccm_data.queries.budget import get_tableau_budget, list_ecritures
from ccm_data.queries.comptes import list_comptes
from ccm_data.queries.referentiels import make_table_referentiel
from ccm_data.queries.suivi import list_lignes, list_valides
from tests.conftest import AUJOURD_HUI
from tests.integration.aides_commandes import MAINTENANT, add_ligne, make_personnes

PERIMETRE = Perimetre(MAINTENANT.date().replace(month=9, day=30))
EN_COURS = ("brouillon", "soumis", "retourne")


@pytest.fixture
def personnes(session: Session) -> dict[str, Personne]:
    personnes = make_personnes(session)
    for etat in (EtatSuivi.BROUILLON, EtatSuivi.SOUMIS):
        add_ligne(session, personnes["focal"], etat)
        add_ligne(session, personnes["se2"], etat, region_code="NE005")
    return personnes


@pytest.mark.parametrize(
    ("qui", "regions"),
    [
        ("visiteur", set()),
        ("lecteur", set()),
        ("acteur", set()),
        ("focal", {"NE001"}),
        ("se", {"NE001", "NE005"}),
        ("admin", {"NE001", "NE005"}),
    ],
)
def test_drafts_and_submitted_rows_are_for_their_region_and_the_spccm(
    session: Session, personnes: dict[str, Personne], qui: str, regions: set[str]
) -> None:
    lignes = list_lignes(session, "mise_a_jour", personnes[qui], EN_COURS)
    assert set(lignes["region_code"]) == regions


def test_a_focal_point_asking_for_another_region_gets_nothing(session: Session, personnes: dict[str, Personne]) -> None:
    assert list_lignes(session, "mise_a_jour", personnes["focal"], EN_COURS, region="NE005").empty


def test_official_reading_holds_no_narrative_and_no_draft(session: Session, personnes: dict[str, Personne]) -> None:
    add_ligne(
        session, personnes["focal"], EtatSuivi.VALIDE, valide_le=MAINTENANT, valide_par_id=personnes["se"].compte_id
    )
    valides = list_valides(session, "mise_a_jour", PERIMETRE.date_arrete)
    assert len(valides) == 1
    assert not {"narratif", "note_retour", "source_verification"} & set(valides.columns)


@pytest.mark.parametrize(("qui", "lues"), [("visiteur", 0), ("lecteur", 1), ("acteur", 1), ("focal", 1), ("se", 1)])
def test_a_visitor_sees_the_total_and_how_many_rows_are_withheld(
    session: Session, personnes: dict[str, Personne], qui: str, lues: int
) -> None:
    session.add(
        EcritureBudgetaire(
            activite_code="3.1.3", annee=2026, phase=Phase.PAYE, type_financement="ptf", montant_fcfa=1_000_000,
            date_operation=PERIMETRE.date_arrete, etat=EtatSuivi.VALIDE, cree_le=MAINTENANT, valide_le=MAINTENANT,
            auteur_id=personnes["se"].compte_id, valide_par_id=personnes["se2"].compte_id,
        )
    )  # fmt: skip
    session.flush()
    lignes, retenues = list_ecritures(session, PERIMETRE, personnes[qui])
    assert (len(lignes), retenues) == (lues, 1 - lues)
    assert get_tableau_budget(session, PERIMETRE).total.paye == 1_000_000


@pytest.mark.parametrize("qui", ["visiteur", "lecteur", "acteur", "focal", "se"])
def test_accounts_are_for_the_administrator_alone(session: Session, personnes: dict[str, Personne], qui: str) -> None:
    with pytest.raises(AccesRefuse):
        list_comptes(session, personnes[qui])
    assert len(list_comptes(session, personnes["admin"])) == 6


@pytest.mark.parametrize("qui", ["visiteur", "lecteur", "acteur", "focal"])
def test_decisions_in_force_are_listed_for_the_spccm(
    session: Session, personnes: dict[str, Personne], qui: str
) -> None:
    with pytest.raises(AccesRefuse):
        make_table_referentiel(session, personnes[qui], "cibles")
    assert make_table_referentiel(session, personnes["se"], "cibles").empty


@pytest.mark.parametrize(
    ("qui", "a_valider", "envoyees", "brouillons"),
    [("visiteur", 0, 0, 0), ("lecteur", 0, 0, 0), ("focal", 0, 1, 1), ("se", 2, 0, 0)],
)
def test_what_awaits_a_person_is_what_his_role_may_do(
    session: Session, personnes: dict[str, Personne], qui: str, a_valider: int, envoyees: int, brouillons: int
) -> None:
    a_faire = get_a_faire(session, personnes[qui], PERIMETRE, AUJOURD_HUI)
    assert (len(a_faire.a_valider), len(a_faire.envoyees), len(a_faire.brouillons)) == (a_valider, envoyees, brouillons)
