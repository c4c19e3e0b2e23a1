"""What the documentation says stays true: generated parts are up to date, every file and command named exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ccm_data.__main__ import build_parser
from ccm_data.domain.workflow import say_diagramme
from ccm_data.exports.jeux import list_jeux
from pages.ui.navigation import ECRANS

RACINE = Path(__file__).resolve().parents[2]
README = (RACINE / "README.md").read_text(encoding="utf-8")


def test_the_diagram_of_states_is_the_one_of_the_table() -> None:
    texte = (RACINE / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert f"<!-- generated: workflow -->\n```mermaid\n{say_diagramme()}```\n<!-- end -->" in texte


@pytest.mark.parametrize("lien", sorted(set(re.findall(r"\]\(((?!http)[^)#]+)\)", README))))
def test_a_file_that_the_readme_links_exists(lien: str) -> None:
    assert (RACINE / lien).exists()


@pytest.mark.parametrize(
    "jeu", ["activites", "actions", "axes", "indicateurs", "pmm", "regions", "acteurs", "reconciliation"]
)
def test_a_data_set_that_the_readme_names_can_be_exported(jeu: str) -> None:
    assert jeu in README
    assert jeu in list_jeux()


def test_the_commands_that_the_readme_gives_are_understood() -> None:
    parseur = build_parser()
    assert (
        parseur.parse_args(["account", "add", "pf.zinder", "--role", "point_focal", "--region", "NE007"]).region
        == "NE007"
    )
    assert parseur.parse_args(["export", "activites", "--format", "json"]).format == "json"


def test_every_public_screen_is_told_in_the_users_guide() -> None:
    guide = (RACINE / "docs" / "guide.md").read_text(encoding="utf-8")
    for ecran in ECRANS:
        if ecran.section in ("pilotage", "regions", "contribution"):
            assert f"**{ecran.titre}**" in guide or f"## {ecran.titre}" in guide.replace("'", "’"), ecran.cle
