"""The plan's files say what the document says: counts, totals, calendar, references, contradictions."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from ccm_data.domain.indicateurs import list_incompatibilites, read_definition
from ccm_data.domain.plan import compute_prevu, compute_reconciliation, list_non_programmees
from ccm_data.errors import FichierIllisible
from ccm_data.reference.lecture import DOSSIER, read_plan

PLAN = read_plan()


def list_activites() -> pd.DataFrame:
    axes = PLAN["actions"].merge(PLAN["objectifs"][["code", "axe_code"]], left_on="objectif_code", right_on="code")
    par_action = dict(zip(axes["code_x"], axes["axe_code"], strict=True))
    activites = PLAN["activites"].copy()
    activites["axe_code"] = activites["action_code"].map(par_action)
    return activites


def list_actions() -> pd.DataFrame:
    actions = PLAN["actions"].copy()
    actions["axe_code"] = [c[0] for c in actions["code"]]
    return actions


@pytest.mark.parametrize(
    ("fichier", "nombre"),
    [
        ("axes", 5),
        ("objectifs", 9),
        ("actions", 9),
        ("activites", 28),
        ("indicateurs", 26),
        ("pmm", 23),
        ("regions", 8),
        ("departements", 67),
    ],
)
def test_the_plan_holds_all_its_parts(fichier: str, nombre: int) -> None:
    assert len(PLAN[fichier]) == nombre


def test_indicators_stand_under_their_objectives() -> None:
    comptes = PLAN["indicateurs"].groupby("objectif_code").size().to_dict()
    assert comptes == {"1": 4, "2.1": 2, "2.2": 2, "2.3": 2, "2.4": 2, "3.1": 4, "3.2": 3, "4": 4, "5": 3}


@pytest.mark.parametrize(
    ("objet", "code", "comparaison", "imprime", "calcule"),
    [
        ("plan", "plan", "axes", 860, 981),
        ("plan", "plan", "actions", 860, 996),
        ("plan", "plan", "activites", 860, 987),
        ("axe", "2", "actions", 542, 557),
        ("axe", "2", "activites", 542, 557),
        ("axe", "3", "activites", 288, 279),
        ("action", "3.1", "activites", 279, 270),
    ],
)
def test_printed_and_computed_totals_differ_as_in_the_document(
    objet: str, code: str, comparaison: str, imprime: int, calcule: int
) -> None:
    ecarts = compute_reconciliation(list_activites(), list_actions(), PLAN["axes"], 860_000_000)
    assert len(ecarts) == 7
    cle = (ecarts["objet"] == objet) & (ecarts["code"] == code) & (ecarts["comparaison"] == comparaison)
    (ligne,) = ecarts[cle].to_dict("records")
    assert (ligne["imprime_fcfa"], ligne["calcule_fcfa"]) == (imprime * 1_000_000, calcule * 1_000_000)


def test_equal_yearly_split_adds_up_to_the_plan() -> None:
    prevu = compute_prevu(list_activites(), PLAN["activites_annees"])
    par_annee = prevu.dropna(subset=["annee"]).groupby("annee")["montant_fcfa"].sum()
    assert list(par_annee) == [171_533_333, 248_199_999, 221_533_333, 188_200_001, 136_533_334]
    assert list_non_programmees(prevu) == ["2.3.2", "5.3"]
    assert int(prevu["montant_fcfa"].sum()) == 987_000_000


@pytest.mark.parametrize(
    ("code", "annees"),
    [
        ("2.1.4", [2023, 2024]),
        ("2.2.1", [2023, 2024]),
        ("2.2.2", [2023, 2024]),
        ("2.2.3", [2024, 2025, 2026]),
        ("3.1.1", [2023, 2024, 2025]),
        ("3.1.2", [2023, 2024, 2025]),
        ("5.1", [2022, 2023, 2024]),
        ("5.2", [2022, 2023]),
        ("1.2", [2022, 2023]),
    ],
)
def test_marks_that_are_easily_misread_are_right(code: str, annees: list[int]) -> None:
    marques = PLAN["activites_annees"]
    assert [int(a) for a in marques[marques["activite_code"] == code]["annee"]] == annees


def test_only_seven_objectives_of_the_compact_are_cited() -> None:
    assert sorted({int(n) for n in PLAN["actions_pmm"]["objectif_pmm"]}) == [1, 3, 12, 14, 17, 21, 23]


def test_titles_keep_the_documents_own_misprints() -> None:
    titres = dict(zip(PLAN["activites"]["code"], PLAN["activites"]["intitule"], strict=True))
    assert titres["2.3.2"] == "Elaborer et mettre en œuvre une stratégie de communication interacteurs"
    assert titres["3.1.4"].startswith("Organisation de « journées découvertes »")


def test_the_result_that_the_plan_lacks_comes_from_the_logframe() -> None:
    objectif = PLAN["objectifs"].set_index("code").loc["2.3"]
    assert objectif["resultat"] == "La coordination entre les parties prenantes des questions migratoires est renforcée"
    assert objectif["resultat_section"].startswith("Cadre logique")


@pytest.mark.parametrize("nature", ["calendrier", "intitule", "reference", "numerotation"])
def test_contradictions_of_every_kind_are_kept_with_their_place(nature: str) -> None:
    lignes = PLAN["contradictions"][PLAN["contradictions"]["nature"] == nature]
    assert len(lignes) >= 3
    assert lignes["section_a"].notna().all()


@pytest.mark.parametrize("code", ["1.2", "2.1.1", "2.2.2", "3.1.4", "5.2", "1.1", "2.1.3", "2.3.2", "3.2.1"])
def test_a_title_that_changes_between_chapter_and_plan_is_listed(code: str) -> None:
    titres = PLAN["contradictions"]
    assert ((titres["objet"] == "activite") & (titres["objet_code"] == code) & (titres["nature"] == "intitule")).any()


@pytest.mark.parametrize("ligne", PLAN["indicateurs"].to_dict("records"), ids=lambda x: x["code"])
def test_the_default_settings_of_an_indicator_make_sense(ligne: dict[str, object]) -> None:
    assert list_incompatibilites(read_definition({str(c): v for c, v in ligne.items()})) == []


def test_the_only_decreasing_indicator_is_that_of_duplicates() -> None:
    indicateurs = PLAN["indicateurs"]
    assert list(indicateurs[indicateurs["sens"] == "decroissant"]["code"]) == ["2.1.a"]


def test_every_sheet_line_says_where_it_stands_in_the_document() -> None:
    for nom in (
        "axes",
        "objectifs",
        "actions",
        "activites",
        "indicateurs",
        "hypotheses_risques",
        "sources_verification",
        "acteurs",
    ):
        assert PLAN[nom]["section"].notna().all(), nom


def copy_plan(dossier: Path) -> Path:
    for fichier in DOSSIER.glob("*.csv"):
        (dossier / fichier.name).write_bytes(fichier.read_bytes())
    return dossier


@pytest.mark.parametrize(
    ("fichier", "avant", "apres", "code"),
    [
        ("axes.csv", "code,ordre", "codes,ordre", "colonnes_du_plan"),
        ("axes.csv", "45000000", "quarante-cinq", "nombre_du_plan"),
        ("activites.csv", "\n1.2,1,", "\n1.1,1,", "doublon_du_plan"),
        ("activites.csv", "\n1.2,1,", "\n1.2,9,", "lien_du_plan"),
    ],
    ids=["a wrong column", "a word for a number", "a code twice", "a code that leads nowhere"],
)
def test_a_broken_file_says_which_one_and_what(tmp_path: Path, fichier: str, avant: str, apres: str, code: str) -> None:
    dossier = copy_plan(tmp_path)
    texte = (dossier / fichier).read_text(encoding="utf-8")
    assert avant in texte
    (dossier / fichier).write_text(texte.replace(avant, apres, 1), encoding="utf-8")
    with pytest.raises(FichierIllisible) as erreur:
        read_plan(dossier)
    assert erreur.value.code == code
    assert erreur.value.faits["fichier"] == fichier
