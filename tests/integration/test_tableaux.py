"""The tables behind the screens, on the whole demonstration: every one is made, and says what is missing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from ccm_data.config import Config
from ccm_data.db import read_session
from ccm_data.domain.perimetre import Perimetre
from ccm_data.domain.permissions import VISITEUR, Personne
from ccm_data.domain.vocabulaire import Role
from ccm_data.queries import referentiels, tableaux
from ccm_data.queries.fiche_indicateur import get_fiche_indicateur
from ccm_data.textes import set_langue

SE = Personne(Role.SUIVI_EVALUATION, compte_id=1)


def make_table(config: Config, fonction: Callable[..., Any], *arguments: Any, perimetre: bool = True) -> Any:
    with read_session(config) as session:
        ou = (Perimetre(config.aujourd_hui()),) if perimetre else ()
        return fonction(session, *ou, *arguments)


@pytest.mark.parametrize("langue", ["fr", "en"])
@pytest.mark.parametrize(
    ("fonction", "lignes"),
    [(tableaux.make_table_budget, 28), (tableaux.make_table_indicateurs, 26), (tableaux.make_table_plan, 28)],
    ids=["budget by activity", "logframe", "action plan"],
)
def test_a_table_has_a_row_for_each_thing_of_the_plan(
    modele_demonstration: Config, fonction: Callable[..., pd.DataFrame], lignes: int, langue: str
) -> None:
    set_langue(langue)
    assert len(make_table(modele_demonstration, fonction)) == lignes


@pytest.mark.parametrize("sujet", [*referentiels.TABLES, "acteurs", "seuils"])
def test_a_register_of_decisions_is_shown_whole(modele_demonstration: Config, sujet: str) -> None:
    cadre = make_table(modele_demonstration, referentiels.make_table_referentiel, SE, sujet, perimetre=False)
    assert not cadre.isna().to_numpy().any()
    assert not [c for c in cadre.columns if "_" in c]


def test_entries_are_read_by_the_signed_in_and_counted_for_visitors(modele_demonstration: Config) -> None:
    lues, retenues = make_table(modele_demonstration, tableaux.make_table_ecritures, SE)
    cachees, comptees = make_table(modele_demonstration, tableaux.make_table_ecritures, VISITEUR)
    assert (len(cachees), comptees, retenues) == (0, len(lues), 0)
    assert set(lues["Déclaré par"]) == {"Déclaré par le bailleur", "Déclaré par l’exécutant"}
    assert not lues[["Bailleur", "Région", "Origine", "Référence"]].isna().to_numpy().any()


def test_money_in_a_table_is_a_number_and_what_is_missing_stays_missing(modele_demonstration: Config) -> None:
    budget = make_table(modele_demonstration, tableaux.make_table_budget)
    colonnes = [c for c in budget.columns if c.endswith("(FCFA)")]
    assert {str(budget[c].dtype) for c in colonnes} == {"Int64"}
    assert budget["Mobilisé (FCFA)"].isna().any()
    assert budget["Prévu (FCFA)"].sum() == 987_000_000


def test_the_reconciliation_gives_its_difference_or_none(modele_demonstration: Config) -> None:
    cadre = make_table(modele_demonstration, tableaux.make_table_rapprochement, perimetre=False)
    assert cadre["Écart (FCFA)"].dropna().isin([121_000_000, 136_000_000, 127_000_000]).sum() == 3
    assert cadre["Écart (FCFA)"].isna().any()


@pytest.mark.parametrize(("niveau", "lignes"), [("axe", 5), ("action", 9), ("activite", 28)])
def test_every_level_of_the_budget_adds_up_to_the_same_plan(
    modele_demonstration: Config, niveau: str, lignes: int
) -> None:
    cadre = make_table(modele_demonstration, tableaux.make_table_budget, niveau)
    toutes, _retenues = make_table(modele_demonstration, tableaux.make_table_ecritures, SE)
    une, _retenues = make_table(modele_demonstration, tableaux.make_table_ecritures, SE, niveau, cadre["Code"].iloc[0])
    assert (len(cadre), cadre["Prévu (FCFA)"].sum()) == (lignes, 987_000_000)
    assert 0 < len(une) < len(toutes)


def test_the_values_of_an_indicator_name_who_declared_them_and_where(modele_demonstration: Config) -> None:
    fiche = make_table(modele_demonstration, get_fiche_indicateur, "1.d")
    releves = fiche.releves
    assert not releves[["Période", "Région", "Déclarant", "Valeur", "Source"]].isna().to_numpy().any()
    assert "Niveau" not in releves.columns
    assert {"Agadez", "Maradi"} <= set(releves["Région"])
    assert releves["Période"].iloc[0] == "T3\u00a02026"
