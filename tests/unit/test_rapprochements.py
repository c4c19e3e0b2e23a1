"""The detector of duplicates on the labelled set, what holds for any file, and its command."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import combinations
from pathlib import Path
from random import Random
from statistics import median

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz

from ccm_data.__main__ import main
from ccm_data.domain.doublons import Intervention, Nature, Paire
from ccm_data.errors import FichierIllisible, ValeurInvalide
from ccm_data.phrases.rapprochements import say_raison
from ccm_data.rapprochements import candidats
from ccm_data.rapprochements.annuaire import read_annuaire
from ccm_data.rapprochements.lecture import COLONNES, read_octets
from ccm_data.rapprochements.recherche import find_complementaires, find_paires
from ccm_data.rapprochements.territoire import read_territoire
from ccm_data.textes import set_langue
from tests.aides.doublons import (
    DOSSIER,
    VRAIES,
    compute_precision_moyenne,
    list_interventions,
    list_moitie,
    list_vraies,
    read_etiquettes,
    read_independantes,
)

FICHIER = DOSSIER / "interventions_etiquetees.csv"


def search(interventions: list[Intervention], seuil: float = 0.0) -> list[Paire]:
    return find_paires(interventions, read_territoire(), read_annuaire(), seuil)


@cache
def search_tout() -> tuple[Paire, ...]:
    return tuple(search(list(list_interventions())))


def rank(paires: tuple[Paire, ...] | list[Paire]) -> list[tuple[str, str]]:
    return [(p.code_a, p.code_b) for p in paires]


def test_likely_pairs_come_first() -> None:
    assert compute_precision_moyenne(rank(search_tout()), list_vraies()) >= 0.80


@pytest.mark.parametrize("reste", [0, 1])
def test_the_half_that_was_not_fitted_holds_too(reste: int) -> None:
    interventions, vraies = list_moitie(reste)
    assert len(vraies) >= 25
    assert compute_precision_moyenne(rank(search(interventions)), vraies) >= 0.80


def test_a_set_written_without_knowing_the_detector_is_found_too() -> None:
    paires = search(list(list_interventions("independantes")))
    natures = read_independantes()
    assert compute_precision_moyenne(rank(paires), set(natures)) >= 0.85
    justes = [p.nature.value == natures[p.code_a, p.code_b] for p in paires if (p.code_a, p.code_b) in natures]
    assert sum(justes) >= 0.9 * len(natures)


def test_titles_alone_would_not_do() -> None:
    """The set is hard: what reads titles alone finds next to nothing in it."""
    notes = {
        tuple(sorted((a.code, b.code))): fuzz.token_sort_ratio(a.titre, b.titre)
        for a, b in combinations(list_interventions(), 2)
    }
    rangees = sorted(notes, key=lambda p: -notes[p])
    assert compute_precision_moyenne(rangees, list_vraies()) < 0.15  # type: ignore[arg-type]


def test_the_nature_is_told_right_nine_times_in_ten() -> None:
    justes = [p.nature.value == read_etiquettes()[p.code_a, p.code_b][0] for p in search_tout() if _is_vraie(p)]
    assert sum(justes) >= 0.9 * len(list_vraies())


def _is_vraie(paire: Paire) -> bool:
    return (paire.code_a, paire.code_b) in list_vraies()


def test_each_kind_of_hard_negative_ranks_below_the_median_true_pair() -> None:
    scores = {(p.code_a, p.code_b): p.score for p in search_tout()}
    par_genre = defaultdict(list)
    for paire, (nature, _famille) in read_etiquettes().items():
        par_genre["vraie" if nature in VRAIES else nature].append(scores.get(paire, 0.0))
    vraies = median(par_genre.pop("vraie"))
    assert {genre for genre, siens in par_genre.items() if median(siens) >= vraies} == set()
    assert len(par_genre) >= 5


def test_every_pair_is_ordered_explained_and_scored_between_0_and_1() -> None:
    notes = [(-p.score, p.code_a, p.code_b) for p in search_tout()]
    assert notes == sorted(notes)
    for p in search_tout()[:300]:
        assert p.code_a < p.code_b
        assert 0 <= p.score <= 1
        assert p.raisons
        assert all("{" not in say_raison(r) for r in p.raisons)


def test_the_order_of_the_rows_changes_nothing() -> None:
    melees = list(list_interventions())
    Random(7).shuffle(melees)
    assert search(melees, 0.3) == search(list(list_interventions()), 0.3)


def test_complementary_pairs_are_told_apart() -> None:
    trouvees = find_complementaires(list(list_interventions()), read_territoire(), read_annuaire())
    assert {p.nature for p in trouvees} == {Nature.COMPLEMENTAIRE}
    attendues = {p for p, (nature, _f) in read_etiquettes().items() if nature == "complementaire"}
    tetes = set(rank(trouvees[: 4 * len(attendues)]))
    assert len(attendues & tetes) >= 0.5 * len(attendues)
    assert len(list_vraies() & set(rank(trouvees[:20]))) <= 2


def test_candidates_alone_find_what_comparing_every_pair_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    toutes = search(list(list_interventions()), 0.3)
    monkeypatch.setattr(candidats, "TOUTES_JUSQUA", 10)
    assert rank(search(list(list_interventions()), 0.3)) == rank(toutes)


MODELE = Intervention(
    "A-1", "Construction de forages pour les déplacés", "Trois forages équipés", "OXFAM", (), ("ECHO",),
    ("assistance_humanitaire",), (15,), ("Diffa",), ("Bosso",), ("déplacés internes",), date(2025, 1, 1),
    date(2025, 12, 31), 90_000_000, "en_cours",
)  # fmt: skip
JUMELLE = replace(
    MODELE,
    code="B-2",
    titre="Points d’eau pour les PDI",
    description="Forages",
    chef_de_file="ACTED",
    bailleurs=("USAID",),
)


def score(a: Intervention, b: Intervention) -> float:
    return next((p.score for p in search([a, b])), 0.0)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"debut": date(2026, 1, 1), "fin": date(2026, 6, 30)}, id="disjoint periods"),
        pytest.param({"regions": ("Zinder",), "localites": ("Tanout",)}, id="like wording in another region"),
        pytest.param({"regions": ("Maradi",), "localites": ()}, id="another region, no town said"),
    ],
)
def test_what_makes_no_duplicate_takes_the_score_away(change: dict[str, object]) -> None:
    assert score(MODELE, JUMELLE) > 0.5
    assert score(MODELE, replace(JUMELLE, **change)) < 0.1  # type: ignore[arg-type]


def test_two_phases_of_one_actor_are_no_duplicate() -> None:
    phase_2 = replace(
        MODELE, code="B-2", titre=f"{MODELE.titre}, phase 2", debut=date(2025, 10, 1), fin=date(2026, 9, 30)
    )
    assert score(replace(MODELE, titre=f"{MODELE.titre}, phase 1"), phase_2) < 0.2


def test_a_funder_and_its_implementer_who_tell_one_money_are_a_double_declaration() -> None:
    bailleur = replace(MODELE, code="B-2", titre="Appui à l’accès à l’eau", chef_de_file="ECHO", partenaires=("OXFAM",))
    [paire] = search([MODELE, bailleur], 0.3)
    assert paire.nature is Nature.DOUBLE_DECLARATION


TEXTES = st.text(max_size=25)
LISTES = st.lists(TEXTES, max_size=3).map(tuple)
INTERVENTIONS = st.builds(
    Intervention,
    st.text(min_size=1, max_size=6), TEXTES, TEXTES, TEXTES, LISTES, LISTES,
    st.lists(st.sampled_from(["sante", "genre", "x"]), max_size=2).map(tuple), st.lists(st.integers(1, 23), max_size=2).map(tuple),
    st.lists(st.sampled_from(["Agadez", "National", "Nulle part"]), max_size=2).map(tuple), LISTES, LISTES,
    st.none() | st.dates(), st.none() | st.dates(), st.none() | st.integers(0, 10**12), TEXTES,
)  # fmt: skip


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(INTERVENTIONS, max_size=5, unique_by=lambda x: x.code))
def test_whatever_is_missing_pairs_come_out_scored(interventions: list[Intervention]) -> None:
    for paire in search(interventions):
        assert 0 <= paire.score <= 1
        assert all(say_raison(r) for r in paire.raisons)


# --- The file and the command


def make_csv(*lignes: dict[str, str], separateur: str = ",", codage: str = "utf-8") -> bytes:
    rangs = [separateur.join(COLONNES)]
    rangs += [separateur.join(f'"{x.get(c, "")}"' for c in COLONNES) for x in lignes]
    return "\n".join(rangs).encode(codage)


@pytest.mark.parametrize(("separateur", "codage"), [(",", "utf-8"), (";", "cp1252"), ("\t", "utf-8-sig")])
def test_a_file_is_read_whatever_its_signs(separateur: str, codage: str) -> None:
    ligne = {
        "code": "A",
        "titre": "Éducation",
        "regions": "Agadez;Zinder",
        "date_debut": "01/02/2025",
        "budget_fcfa": "1 500",
    }
    [lue] = read_octets(make_csv(ligne, separateur=separateur, codage=codage)).interventions
    assert (lue.titre, lue.regions, lue.debut, lue.budget) == (
        "Éducation",
        ("Agadez", "Zinder"),
        date(2025, 2, 1),
        1500,
    )


def test_what_cannot_be_read_is_told_with_its_line_and_the_row_is_kept() -> None:
    lecture = read_octets(
        make_csv({"code": "A", "date_debut": "bientôt", "budget_fcfa": "beaucoup", "objectifs_pmm": "42"})
    )
    assert [(a.code, a.ligne) for a in lecture.anomalies] == [
        ("date_illisible", 2), ("objectif_inconnu", 2), ("montant_illisible", 2),
    ]  # fmt: skip
    assert len(lecture.interventions) == 1


def test_a_file_without_the_columns_or_with_a_code_twice_is_refused() -> None:
    with pytest.raises(FichierIllisible, match="colonnes_absentes"):
        read_octets(b"code,titre\nA,B")
    with pytest.raises(ValeurInvalide, match="codes_en_double"):
        read_octets(make_csv({"code": "A"}, {"code": "A"}))


def test_the_command_writes_the_pairs_most_likely_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sortie, complementaires = tmp_path / "paires.csv", tmp_path / "complementaires.csv"
    rendu = main(["doublons", str(FICHIER), "--output", str(sortie), "--complementaires", str(complementaires)])
    assert rendu == 0
    with sortie.open(encoding="utf-8", newline="") as flux:
        lignes = list(csv.DictReader(flux))
    assert list(lignes[0]) == ["code_a", "code_b", "score", "nature", "raisons"]
    assert [float(x["score"]) for x in lignes] == sorted((float(x["score"]) for x in lignes), reverse=True)
    assert all(x["code_a"] < x["code_b"] and x["nature"] in VRAIES and x["raisons"] for x in lignes)
    assert "nature\n" not in complementaires.read_text(encoding="utf-8")
    assert "234 interventions lues" in capsys.readouterr().err.replace("\u202f", " ")


def test_the_command_refuses_in_one_french_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "vide.csv").write_bytes(b"")
    for nom, dit in (("absent.csv", "Fichier introuvable"), ("vide.csv", "n’a pas les colonnes du modèle")):
        assert main(["doublons", str(tmp_path / nom)]) == 2
        assert dit in capsys.readouterr().err.replace("\u00a0", " ")


def test_reasons_are_told_in_english_too() -> None:
    set_langue("en")
    dites = {say_raison(r) for p in search_tout()[:30] for r in p.raisons}
    assert any(d.startswith("same commune") for d in dites)
    assert not any(d.startswith("même") for d in dites)
