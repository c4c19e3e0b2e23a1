"""The benchmarks' own arithmetic: medians, ratios, what is said of the aims; the relay that counts bytes."""

from __future__ import annotations

import threading
import urllib.request
from collections import Counter
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from benchmarks import rendus
from benchmarks.imports import ETAPES, TITRE, write_section
from benchmarks.rapport import (
    COLONNES,
    Passage,
    Resultat,
    Serie,
    compute_ecart,
    join_sections,
    list_constats,
    split_sections,
    write_rapport,
)
from benchmarks.relais import open_relais

CORPS = b"x" * 300_000


def make_serie(ms: float = 100, octets: int = 1_000_000, passages: int = 1) -> Serie:
    runs = (Passage(ms, ms / 2),) * (2 * passages)
    return Serie((ms,), (ms,), runs, (octets,), (octets,))


def make_resultat(notre: Serie | None = None, nue: Serie | None = None, **ecart: int) -> Resultat:
    return Resultat("Écran", notre or make_serie(), nue or make_serie(), ecart)


def test_the_median_ignores_one_slow_opening() -> None:
    serie = Serie((10, 12, 900), (5, 6, 7), (Passage(1, 1),), (1000, 1000, 3000), (0, 0, 0))
    assert serie.medianes == (12, 6, 1, 1, 1, 0)


def test_ratios_are_ours_over_bare_column_by_column() -> None:
    ratios = make_resultat(make_serie(150, 500_000), make_serie(100, 1_000_000)).ratios
    assert ratios == pytest.approx((1.5, 1.5, 1.5, 1.5, 0.5, 0.5))
    assert len(ratios) == len(COLONNES)


def test_a_bare_page_that_sends_nothing_gives_an_infinite_ratio_not_an_error() -> None:
    assert make_resultat(nue=make_serie(octets=0)).ratios[-1] == float("inf")


@pytest.mark.parametrize(
    ("ms", "dit"), [(130, "none"), (131, "Écran 1.31")], ids=["1.3 exactly is within the aim", "beyond 1.3 is told"]
)
def test_what_exceeds_the_aim_is_named(ms: float, dit: str) -> None:
    assert list_constats({"carte": make_resultat(make_serie(ms))})[0].endswith(f": {dit}.")


@pytest.mark.parametrize(
    ("adresse", "octets", "verdict"),
    [
        ("", 2_600_000, "yes"),
        ("", 2_600_001, "NO"),
        ("region", 1_200_000, "yes"),
        ("region", 1_200_001, "NO"),
    ],
    ids=[
        "an overview of 2.6 MB is light enough",
        "an overview of one byte more is not",
        "a sheet of 1.2 MB is light enough",
        "a sheet of one byte more is not",
    ],
)
def test_first_visits_are_held_against_their_weight(adresse: str, octets: int, verdict: str) -> None:
    phrases = list_constats({adresse: make_resultat(make_serie(octets=octets))})
    assert next(p for p in phrases if "first visit" in p).endswith(f"{verdict}.")


def test_a_screen_that_runs_twice_where_the_bare_one_runs_once_is_told() -> None:
    phrases = list_constats({"carte": make_resultat(make_serie(passages=2))})
    assert "« Écran » runs its script 2.0 times per opening, the bare page 1.0." in phrases


def test_equal_elements_are_no_difference_and_others_are_counted_both_ways() -> None:
    assert compute_ecart(Counter(a=2, b=1), Counter(a=2, c=3)) == {"b": 1, "c": -3}


def test_a_bare_page_that_draws_something_else_is_told() -> None:
    phrases = list_constats({"": make_resultat(stDataFrame=-1)})
    assert any("stDataFrame -1" in p for p in phrases)
    assert not any("as many elements" in p for p in phrases)


def test_the_page_holds_three_tables_and_names_the_runs_and_the_machine() -> None:
    page = write_rapport({"": make_resultat()}, 7, date(2026, 11, 23), "2 cores")
    assert page.count("| Écran |") == 3
    assert "medians of 7 runs on 2 cores" in page
    assert "2026-11-23" in page


def test_the_relay_passes_everything_on_and_counts_what_comes_back() -> None:
    class Reponse(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(CORPS)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Reponse) as serveur:
        fil = threading.Thread(target=serveur.serve_forever)
        fil.start()
        try:
            with open_relais(f"http://localhost:{serveur.server_port}") as relais:
                with urllib.request.urlopen(relais.adresse, timeout=20) as lu:
                    assert lu.read() == CORPS
                entetes = relais.octets - len(CORPS)
                assert 0 < entetes < 500
        finally:
            serveur.shutdown()
            fil.join()


def test_an_import_is_told_step_by_step_in_times_of_openpyxl() -> None:
    section = write_section([0.5], [(0.1, 0.4, 0.25, 0.5)], b"x" * 4000, 10, date(2026, 11, 23), "2 cores")
    assert all(f"| {etape} |" in section for etape in ETAPES)
    assert "| avant de déposer | 0.75 | 1.50 |" in section
    assert "| le tout | 1.25 | 2.50 |" in section
    assert section.endswith("at most 3 times openpyxl: yes.\n")


def test_one_section_of_the_results_may_be_replaced_alone() -> None:
    imports = write_section([1], [(1, 1, 1, 1)], b"", 1, date(2026, 11, 23), "x")
    page = join_sections(["# Measures", imports, "## B\n\nb"])
    sections = split_sections(page, (TITRE, "## B"))
    assert [s.strip() for s in sections] == ["# Measures", imports.strip(), "## B\n\nb"]
    assert join_sections(sections) == page
    assert split_sections("# Measures", (TITRE, "## B")) == ["# Measures", "", ""]


@pytest.mark.parametrize(("pptx", "dit"), [(9.5, "yes"), (9.6, "NO")], ids=["ten seconds are within", "more is told"])
def test_the_set_of_documents_is_told_against_its_aim_and_the_reading(pptx: float, dit: str) -> None:
    section = rendus.write_section([{"dossier": 0.5, "pptx": pptx}], [2.0], date(2026, 11, 26), "2 cores")
    assert f"| pptx | {pptx:.2f} | {pptx / 2:.2f} |" in section
    assert section.endswith(f"10 seconds: {dit}.\n")
