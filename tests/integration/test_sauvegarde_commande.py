"""`python -m ccm_data backup | verify | restore`: one French line, an answer that a scheduled task understands."""

from __future__ import annotations

from pathlib import Path

import pytest

from ccm_data.__main__ import main
from ccm_data.config import Config
from ccm_data.db import get_engine
from ccm_data.typographie import say_date_courte
from tests.conftest import make_config
from tests.integration import aides_sauvegarde as aides


@pytest.fixture
def regler(monkeypatch: pytest.MonkeyPatch, config_sqlite: Config) -> Config:
    """An installation at work that the command line sees."""
    aides.fill(config_sqlite)
    monkeypatch.setenv("CCM_DATA_DIR", str(config_sqlite.data_dir))
    return config_sqlite


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, list[str]]:
    rendu = main([str(a) for a in arguments])
    sortie = capsys.readouterr()
    assert sortie.out == ""
    return rendu, sortie.err.replace("\u00a0", " ").replace("\u202f", " ").splitlines()


def test_backup_verify_and_restore_each_say_one_line(
    regler: Config, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendu, lignes = run(capsys, "backup")
    [fichier] = (regler.data_dir / "sauvegardes").glob(f"ccm-{regler.aujourd_hui()}-*.zip")
    assert (rendu, len(lignes)) == (0, 1)
    assert lignes[0].startswith(f"Sauvegarde faite et relue : {fichier} (")
    assert "3 pièces justificatives" in lignes[0]
    assert lignes[0].endswith("Copiez-la sur un autre support.")

    rendu, lignes = run(capsys, "verify", fichier)
    assert (rendu, len(lignes)) == (0, 1)
    assert lignes[0].startswith("Sauvegarde intacte : ")

    rendu, [ligne] = run(capsys, "restore", fichier)
    assert rendu == 1
    assert ligne.startswith("Le lieu n’est pas vide (sqlite:///")

    lieu = make_config(tmp_path / "lieu")
    monkeypatch.setenv("CCM_DATA_DIR", str(lieu.data_dir))
    rendu, [ligne] = run(capsys, "restore", fichier)
    assert rendu == 0
    jour = say_date_courte(regler.aujourd_hui()).replace("\u00a0", " ")
    assert ligne.startswith(f"Sauvegarde du {jour}")
    assert aides.read_durable(lieu) == aides.read_durable(regler)
    get_engine(lieu.database_url).dispose()


def test_a_backup_with_evidence_missing_answers_three(regler: Config, capsys: pytest.CaptureFixture[str]) -> None:
    next((regler.data_dir / "preuves").glob("*/*")).unlink()
    rendu, lignes = run(capsys, "backup", regler.data_dir / "cle.zip")
    assert (rendu, len(lignes)) == (3, 2)
    assert lignes[1].startswith("1 pièce justificative manquait déjà")


@pytest.mark.parametrize(
    ("geste", "dit"),
    [
        (("verify", "absent.zip"), "Fichier inaccessible"),
        (("verify", "README.md"), "Ce fichier n’est pas une sauvegarde"),
        (("restore", "README.md"), "Ce fichier n’est pas une sauvegarde"),
        (("backup", "absent/ccm.zip"), "Le dossier"),
        (("backup", "README.md"), "Le fichier"),
    ],
)
def test_a_refusal_is_one_french_line(
    regler: Config,
    capsys: pytest.CaptureFixture[str],
    geste: tuple[str, str],
    dit: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(Path(__file__).resolve().parents[2])
    rendu, [ligne] = run(capsys, *geste)
    assert rendu == 1
    assert ligne.startswith(dit)


def test_no_command_of_these_makes_a_database_in_passing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vide = tmp_path / "vide"
    monkeypatch.setenv("CCM_DATA_DIR", str(vide))
    for geste in (("backup",), ("verify", tmp_path / "x"), ("restore", tmp_path / "x")):
        assert run(capsys, *geste)[0] == 1
    assert not vide.exists()
