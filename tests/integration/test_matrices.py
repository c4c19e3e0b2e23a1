"""« Qui fait quoi où » on the register: what a cell counts and opens, money counted once, amounts that few may read."""

from __future__ import annotations

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from ccm_data.commands.verdicts import render_verdict
from ccm_data.domain.matrices import Vue
from ccm_data.domain.permissions import VISITEUR, Personne
from ccm_data.domain.vocabulaire import VerdictPaire
from ccm_data.models.acteurs import Acteur
from ccm_data.phrases.coordination import say_argent, say_titre_4w
from ccm_data.queries.interventions import Filtre
from ccm_data.queries.matrices import (
    PAIRES,
    Tableau4W,
    get_matrice,
    get_reseau,
    make_table_fiches,
    make_table_matrice,
    make_table_reseau,
)
from tests.integration.aides_commandes import MAINTENANT, make_personnes
from tests.integration.aides_coordination import add_intervention

SANS = Filtre()


@pytest.fixture
def qui(session: Session) -> dict[str, Personne]:
    return make_personnes(session)


def lay(session: Session, personne: Personne, paire: str = "theme_region", vue: Vue = "executant") -> Tableau4W:
    return get_matrice(session, personne, paire, SANS, vue)


def find(tableau: Tableau4W, ligne: str | None, colonne: str | None) -> tuple[int, int]:
    return (
        [c for c, _n in tableau.lignes].index(ligne),
        [c for c, _n in tableau.colonnes].index(colonne),
    )


def test_every_theme_and_region_stands_even_where_nothing_is_done(session: Session, qui: dict[str, Personne]) -> None:
    add_intervention(session, "A", "oim")
    tableau = lay(session, qui["se"])
    assert len(tableau.lignes) == 14
    assert [n for _c, n in tableau.colonnes][-1] == "National"
    cadre = make_table_matrice(tableau, "interventions", "Thème")
    assert cadre["Agadez"].sum() == 2, "the row, and the total of its column"
    assert cadre["Diffa"].tolist() == [0] * 15


@pytest.mark.parametrize("vue", ["executant", "bailleur"])
def test_an_intervention_over_cells_is_one_in_the_total_and_its_money_adds_up(
    session: Session, qui: dict[str, Personne], vue: Vue
) -> None:
    add_intervention(
        session, "A", "oim", 1001, themes="sante;protection", regions="NE001;NE002;NE005", bailleurs="due;giz"
    )
    tableau = lay(session, qui["se"], vue=vue)
    assert tableau.matrice.total.interventions == 1
    assert tableau.matrice.total.fcfa == 1001
    assert sum(c.fcfa or 0 for c in tableau.matrice.cases.values()) == 1001


def test_a_cell_opens_its_rows_and_a_total_all_of_its_line(session: Session, qui: dict[str, Personne]) -> None:
    add_intervention(session, "A", "oim")
    add_intervention(session, "B", "giz", regions="NE002")
    tableau = lay(session, qui["se"])
    ligne, agadez = find(tableau, "sante", "NE001")
    assert tableau.get_codes(ligne, agadez) == ("A",)
    assert tableau.get_codes(ligne, len(tableau.colonnes)) == ("A", "B")
    assert tableau.get_codes(len(tableau.lignes), agadez) == ("A",)
    assert tableau.get_codes(len(tableau.lignes), len(tableau.colonnes)) == ("A", "B")
    assert tableau.get_codes(ligne, find(tableau, "sante", "NE003")[1]) == ()


def test_an_unknown_amount_is_a_dash_and_the_title_says_at_least(session: Session, qui: dict[str, Personne]) -> None:
    add_intervention(session, "A", "oim", None)
    seul = lay(session, qui["se"])
    assert make_table_matrice(seul, "fcfa", "Thème")["Agadez"].isna().sum() == 2
    assert say_titre_4w(seul) == "1 intervention de 1 acteur"
    add_intervention(session, "B", "giz", 5_000_000)
    assert say_titre_4w(lay(session, qui["se"])).startswith("2 interventions de 2 acteurs, au moins 5")


def test_a_reserved_amount_is_told_as_reserved_to_who_may_not_read_it(
    session: Session, qui: dict[str, Personne]
) -> None:
    session.execute(update(Acteur).values(montants_publics=False))
    add_intervention(session, "A", "oim", 700, bailleurs="due")
    assert lay(session, qui["se"]).matrice.total.fcfa == 700
    vu = lay(session, VISITEUR)
    assert (vu.matrice.total.fcfa, vu.reserves) == (None, 1)
    assert "réservé" in say_argent(vu, "executant")
    session.execute(update(Acteur).where(Acteur.code == "due").values(montants_publics=True))
    assert lay(session, VISITEUR).matrice.total.fcfa == 700


def test_only_a_double_declaration_changes_the_total_by_what_is_common(
    session: Session, qui: dict[str, Personne]
) -> None:
    add_intervention(session, "A", "oim", 1000)
    add_intervention(session, "B", "giz", 600)
    render_verdict(
        session, qui["se"], MAINTENANT, "A", "B", VerdictPaire.DOUBLE_DECLARATION, "Même action", porteur="A",
        montant_commun=250,
    )  # fmt: skip
    tableau = lay(session, qui["se"])
    assert tableau.matrice.total.fcfa == 1350
    assert "250" in say_argent(tableau, "executant")


@pytest.mark.parametrize(
    ("personne", "lues", "retenues"), [("visiteur", 0, 1), ("lecteur", 1, 0), ("acteur", 1, 0), ("se", 1, 0)]
)
def test_rows_are_read_by_the_signed_in_and_counted_for_visitors(
    session: Session, qui: dict[str, Personne], personne: str, lues: int, retenues: int
) -> None:
    add_intervention(session, "A", "oim")
    cadre, cachees = make_table_fiches(session, qui[personne], ("A", "inconnu"))
    assert (len(cadre), cachees) == (lues, retenues)


@pytest.mark.parametrize("paire", PAIRES)
def test_every_pair_of_axes_holds_the_same_interventions(
    session: Session, qui: dict[str, Personne], paire: str
) -> None:
    add_intervention(session, "A", "oim", objectifs_pmm="3;7", activite_code="3.1.1", reference_pnm="Axe 1")
    add_intervention(session, "B", "giz", None)
    tableau = lay(session, qui["se"], paire)
    assert tableau.matrice.total.interventions == 2
    assert len(make_table_matrice(tableau, "acteurs", "x")) == len(tableau.lignes) + 1


def test_the_network_says_who_funds_and_who_works_with_whom(session: Session, qui: dict[str, Personne]) -> None:
    add_intervention(session, "A", "oim", bailleurs="due", partenaires="giz")
    add_intervention(session, "B", "oim", bailleurs="due;oim")
    reseau = get_reseau(session, qui["se"], SANS)
    assert {(x.a, x.b, x.genre, x.interventions) for x in reseau.liens} == {
        ("due", "oim", "finance", 2),
        ("oim", "giz", "partenaire", 1),
    }
    cadre = make_table_reseau(session, reseau)
    assert cadre["Interventions"].tolist() == [2, 1]
