"""The sections of the bilan come whole out of the frozen content, in its words; nothing is rated, nothing missing is zero."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from ccm_data.config import Config
from ccm_data.reports.blocs_bilan import ARemplir, Matrice, Section
from ccm_data.reports.contenu_bilan import Bilan, Genre, make_bilan
from ccm_data.reports.contenu_questions import list_questions
from ccm_data.reports.scenes import Barres, Chiffres, Liste, Tableau, Texte
from ccm_data.typographie import say_non_renseigne
from tests.aides.contenus_demonstration import read_contenu_demonstration

GENRES: tuple[Genre, ...] = ("trimestriel", "annuel")


@pytest.fixture
def contenu(modele_demonstration: Config) -> dict[str, Any]:
    return read_contenu_demonstration(modele_demonstration)


def find(bilan: Bilan, debut: str) -> Section:
    return next(s for s in bilan.sections if debut in s.titre)


def get_tableau(section: Section, rang: int = 0) -> Tableau:
    tableaux = [b.tableau if isinstance(b, Matrice) else b for b in section.blocs if isinstance(b, (Tableau, Matrice))]
    return tableaux[rang]


def list_mots(section: Section) -> Iterator[str]:
    for bloc in section.blocs:
        if isinstance(bloc, Matrice):
            bloc = bloc.tableau
        if isinstance(bloc, Tableau):
            yield from (c for ligne in bloc.lignes for c in ligne)
        elif isinstance(bloc, Texte):
            yield from bloc.paragraphes
        elif isinstance(bloc, Liste):
            yield from (t for point in bloc.points for t in point)
        elif isinstance(bloc, Chiffres):
            yield from (t for c in bloc.chiffres for t in (c.texte, c.base))
        elif isinstance(bloc, Barres):
            yield from (t for s in bloc.series for t in s.textes)


@pytest.mark.parametrize("genre", GENRES)
def test_the_parts_that_the_strategy_asks_for_stand_in_order(contenu: dict[str, Any], genre: Genre) -> None:
    titres = [s.titre for s in make_bilan(contenu, genre).sections if s.niveau == 1]
    assert titres == [
        "Préambule narratif", "Chiffres clés", "Avancement par axe", "Matrice de suivi des activités",
        "Indicateurs du cadre logique", "Exécution budgétaire", "Appréciation au regard de la PNM et du PMM",
        "Suivi des recommandations", "Requêtes aux partenaires", "Lacunes de couverture",
        "Ce qui a changé depuis la dernière séance", "Annexe A · Évaluations finales", "Annexe B · Déclarants sans rapport",
        "Annexe C · Sources et règles",
    ]  # fmt: skip


def test_a_quarter_and_a_year_say_their_period(contenu: dict[str, Any]) -> None:
    trimestriel, annuel = (make_bilan(contenu, g) for g in GENRES)
    assert contenu["synthese"]["trimestre"] in trimestriel.titre
    assert "2026" in annuel.titre
    assert not [s for s in trimestriel.sections if "Trajectoire" in s.titre]
    assert find(annuel, "Trajectoire").niveau == 2
    assert list_questions("annuel") != list_questions("trimestriel")


def test_the_narrative_is_left_to_people_with_questions(contenu: dict[str, Any]) -> None:
    bilan = make_bilan(contenu, "trimestriel")
    vides = [b for s in bilan.sections for b in s.blocs if isinstance(b, ARemplir)]
    assert len(vides) == len(list_questions("trimestriel")) + 1  # and the appraisal
    assert all(b.questions and all(q.endswith("?") for q in b.questions) for b in vides)


def test_the_matrix_has_the_28_activities_with_official_titles_and_an_empty_column(contenu: dict[str, Any]) -> None:
    sections = [s for s in make_bilan(contenu, "annuel").sections if s.niveau == 2 and s.titre.startswith("Axe ")]
    blocs = [b for s in sections for b in s.blocs if isinstance(b, Matrice)]
    lignes = [ligne for b in blocs for ligne in b.tableau.lignes]
    assert [ligne[:-1] for ligne in lignes] == [
        (
            x["code"],
            x["intitule"],
            x["cout_texte"],
            x["fait_texte"],
            x["attendu_texte"],
            x["statut_texte"],
            x["paye_texte"],
        )
        for x in contenu["activites"]
    ]
    assert len(lignes) == 28
    assert {ligne[-1] for ligne in lignes} == {""}
    assert all("à remplir" in b.tableau.colonnes[b.a_remplir[0]] for b in blocs)
    assert all(s.paysage for s in sections)


def test_the_26_indicators_keep_their_words_and_their_coverage(contenu: dict[str, Any]) -> None:
    lignes = get_tableau(find(make_bilan(contenu, "annuel"), "Indicateurs")).lignes
    assert [ligne[:4] for ligne in lignes] == [
        (x["code"], x["intitule"], x["texte"], x["statut_texte"]) for x in contenu["indicateurs"]
    ]
    assert len(lignes) == 26
    muets = [ligne for ligne in lignes if ligne[3] == "Non renseigné"]
    assert muets
    assert {ligne[2] for ligne in muets} == {ligne[4] for ligne in muets} == {say_non_renseigne()}
    planchers = [ligne[4] for ligne in lignes if ligne[2].startswith("au moins")]
    assert planchers
    assert "aucun manque signalé" not in planchers


def test_the_trend_gives_year_ends_and_names_what_has_no_figures(contenu: dict[str, Any]) -> None:
    section = find(make_bilan(contenu, "annuel"), "Trajectoire")
    tableau = get_tableau(section)
    assert tableau.colonnes[2:-1] == ("2022", "2023", "2024", "2025", contenu["synthese"]["trimestre"])
    codes = {ligne[0] for ligne in tableau.lignes}
    (note,) = [b.paragraphes[0] for b in section.blocs if isinstance(b, Texte)]
    assert all(x["code"] in codes or x["code"] in note for x in contenu["indicateurs"])
    assert "3.1.c" in note  # levels, not figures
    a = next(x for x in contenu["indicateurs"] if x["code"] == "1.a")
    ligne = next(ligne for ligne in tableau.lignes if ligne[0] == "1.a")
    assert ligne[2:-1] == tuple(f"{a['tendance'][n]:g}" for n in (3, 7, 11, 15, 18))


def test_the_appraisal_lays_references_and_progress_and_never_a_mark(contenu: dict[str, Any]) -> None:
    section = find(make_bilan(contenu, "annuel"), "Appréciation au")
    matrice = next(b for b in section.blocs if isinstance(b, Matrice))
    lignes = matrice.tableau.lignes
    assert len(lignes) == len(contenu["actions"]) == 9
    assert matrice.a_remplir == (4,)
    for ligne, action in zip(lignes, contenu["actions"], strict=True):
        assert ligne[1] == action["pnm"]
        assert ligne[2].split("\n")[0] == action["pmm_texte"]
        assert all(f"{o['numero']} · {o['court']}" in ligne[2] for o in action["pmm"])
        assert [x.split(" ")[0] for x in ligne[3].split("\n")] == action["activites"]
        assert ligne[4] == ""
    # only 7 of the 23 objectives are cited
    assert [ligne[0] for ligne in get_tableau(section, 1).lignes] == ["1", "3", "12", "14", "17", "21", "23"]
    assert sum(len(x["activites"]) for x in contenu["actions"]) == 28


def test_recommendations_requests_and_changes_are_all_there(contenu: dict[str, Any]) -> None:
    bilan = make_bilan(contenu, "trimestriel")
    recommandations = get_tableau(find(bilan, "recommandations")).lignes
    assert {ligne[0] for ligne in recommandations} == {x["code"] for x in contenu["recommandations"]}
    retard = [x for x in contenu["recommandations"] if x["en_retard"]]
    assert {ligne[0] for ligne in recommandations[: len(retard)]} == {x["code"] for x in retard}
    assert any(x["reconductions"] for x in contenu["recommandations"])
    reconduites = {ligne[0]: ligne[4] for ligne in recommandations}
    assert all((reconduites[x["code"]] != "non") == bool(x["reconductions"]) for x in contenu["recommandations"])
    requetes = get_tableau(find(bilan, "Requêtes")).lignes
    assert [ligne[0] for ligne in requetes] == [x["numero"] for x in contenu["requetes"]]
    changements = get_tableau(find(bilan, "changé")).lignes
    assert changements == tuple((x["quoi"], x["avant"], x["apres"]) for x in contenu["changements"]["lignes"])
    assert changements


def test_silent_declarants_are_listed_in_alphabetical_order(contenu: dict[str, Any]) -> None:
    contenu["synthese"]["silencieux"] = ["Zinder", "Agadez", "Maradi"]
    lignes = get_tableau(find(make_bilan(contenu, "trimestriel"), "Annexe B")).lignes
    assert [ligne[0] for ligne in lignes] == ["Agadez", "Maradi", "Zinder"]


def test_sources_tell_the_contradictions_and_name_no_pair(contenu: dict[str, Any]) -> None:
    mots = " ".join(list_mots(find(make_bilan(contenu, "trimestriel"), "Annexe C")))
    assert str(contenu["contradictions"]) in mots
    assert "inventés" in mots
    tous = json.dumps([list(list_mots(s)) for s in make_bilan(contenu, "annuel").sections], ensure_ascii=False)
    assert contenu["rapprochements"]["paires"]
    assert [p["a"] for p in contenu["rapprochements"]["paires"] if f"{p['acteur_a']} · {p['a']}" in tous] == []


def test_final_evaluations_keep_both_texts(contenu: dict[str, Any]) -> None:
    lues = contenu["evaluations"]
    section = find(make_bilan(contenu, "annuel"), "Annexe A")
    assert [ligne[1] for ligne in get_tableau(section).lignes] == [m["texte"] for m in lues["moyennes"]]
    assert len(lues["moyennes"]) == 10
    lignes = get_tableau(section, 1).lignes
    assert [ligne[3:] for ligne in lignes] == [
        (x["synthese"] or say_non_renseigne(), x["reponse"] or "aucune réponse") for x in lues["finales"]
    ]
    assert all(x["date"] <= contenu["seance"]["arrete"] for x in lues["finales"])
    assert len(lues["finales"]) >= lues["activites"] + lues["interventions"] - 1


def test_a_content_frozen_before_these_parts_existed_says_so(contenu: dict[str, Any]) -> None:
    for cle in ("actions", "evaluations", "changements"):
        del contenu[cle]
    bilan = make_bilan(contenu, "annuel")
    for debut in ("Appréciation au", "Annexe A"):
        (dit,) = list_mots(find(bilan, debut))
        assert "figée avant" in dit
    assert "rien à comparer" in next(list_mots(find(bilan, "changé")))


def test_a_seance_before_any_data_is_all_not_reported_and_never_zero(contenu: dict[str, Any]) -> None:
    nr = say_non_renseigne()
    s = contenu["synthese"]
    for champ in ("mobilise_fcfa", "engage_fcfa", "paye_fcfa", "fait", "decaisse"):
        s[champ] = None
    s["fait_texte"] = s["decaisse_texte"] = nr
    for x in (*contenu["axes"], *contenu["annees"]):
        x |= {"engage_fcfa": None, "paye_fcfa": None, "engage_texte": nr, "paye_texte": nr, "score": None}
    contenu |= {"recommandations": [], "requetes": [], "indicateurs": []}
    bilan = make_bilan(contenu, "annuel")
    section = find(bilan, "budgétaire")
    for rang in (0, 1):
        assert {c for ligne in get_tableau(section, rang).lignes for c in ligne[2:4]} == {nr}
    assert nr in " ".join(b.paragraphes[0] for b in section.blocs if isinstance(b, Texte))
    assert {ligne[1] for ligne in get_tableau(find(bilan, "Avancement")).lignes} == {nr}
    assert get_tableau(find(bilan, "Trajectoire")).lignes == ()


def test_budget_tables_hold_every_axis_year_and_the_whole(contenu: dict[str, Any]) -> None:
    section = find(make_bilan(contenu, "annuel"), "budgétaire")
    axes, annees = get_tableau(section), get_tableau(section, 1)
    assert len(axes.lignes) == 6
    assert axes.lignes[-1][-1] == contenu["synthese"]["decaisse_texte"]
    assert [ligne[-1] for ligne in axes.lignes[:-1]] == [x["paye_texte"] for x in contenu["axes"]]
    assert [ligne[1:] for ligne in annees.lignes] == [
        (x["prevu_texte"], x["engage_texte"], x["paye_texte"]) for x in contenu["annees"]
    ]
