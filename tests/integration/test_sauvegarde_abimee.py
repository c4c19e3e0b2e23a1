"""A backup that was damaged, cut, forged, or whose restore is stopped: refused or undone, and nothing half-done stays."""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import inspect

from ccm_data.config import RACINE, Config
from ccm_data.db import get_engine
from ccm_data.errors import CCMError, FichierIllisible
from ccm_data.preparation import prepare_database
from ccm_data.sauvegarde import lecture, restauration
from ccm_data.sauvegarde.ecriture import write_sauvegarde
from ccm_data.sauvegarde.lecture import verify_sauvegarde
from ccm_data.sauvegarde.restauration import restore_sauvegarde
from tests.conftest import BASES, _make_base, make_config
from tests.integration import aides_sauvegarde as aides


@pytest.fixture(params=BASES)
def lieu(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Config]:
    """An empty place, not even a table, once per kind of database."""
    dossier = tmp_path / "lieu"
    dossier.mkdir()
    for url in _make_base(request, dossier, modele=False):
        yield make_config(dossier, url)


@pytest.fixture(scope="module")
def fichier(modele_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of an installation at work, to copy and damage."""
    config = make_config(tmp_path_factory.mktemp("source"))
    prepare_database(config)
    aides.fill(config)
    faite = write_sauvegarde(config, config.data_dir / "ccm.zip").fichier
    get_engine(config.database_url).dispose()
    return faite


def test_a_byte_changed_anywhere_is_found(fichier: Path, tmp_path: Path) -> None:
    octets, abime = bytearray(fichier.read_bytes()), tmp_path / "abime.zip"
    hasard = random.Random(2026)
    positions = {*range(100), *range(len(octets) - 400, len(octets)), *hasard.sample(range(len(octets)), 400)}
    non_vus = []
    for position in sorted(positions):
        ancien = octets[position]
        octets[position] ^= 1 << hasard.randrange(8)
        abime.write_bytes(octets)
        octets[position] = ancien
        try:
            verify_sauvegarde(abime)
        except FichierIllisible:
            continue
        non_vus.append(position)
    assert non_vus == []


@pytest.mark.parametrize("part", [0.999, 0.9, 0.5, 0.1, 0.01])
def test_a_file_cut_short_is_said_incomplete(fichier: Path, tmp_path: Path, part: float) -> None:
    octets, coupe = fichier.read_bytes(), tmp_path / "coupe.zip"
    coupe.write_bytes(octets[: int(len(octets) * part)])
    with pytest.raises(FichierIllisible) as refus:
        verify_sauvegarde(coupe)
    assert refus.value.code == "incomplete"


def test_a_file_with_something_after_it_is_refused(fichier: Path, tmp_path: Path) -> None:
    long = tmp_path / "long.zip"
    long.write_bytes(fichier.read_bytes() + b"\0")
    with pytest.raises(FichierIllisible):
        verify_sauvegarde(long)


@pytest.mark.parametrize("octets", [b"", b"PK", b"\x89PNG\r\n", b"PK\x03\x04" + bytes(500)], ids=repr)
def test_another_file_is_no_backup(tmp_path: Path, octets: bytes) -> None:
    autre = tmp_path / "autre.zip"
    autre.write_bytes(octets)
    with pytest.raises(FichierIllisible) as refus:
        verify_sauvegarde(autre)
    assert refus.value.code == "pas_une_sauvegarde"


def test_another_archive_is_no_backup(tmp_path: Path) -> None:
    autre = tmp_path / "autre.zip"
    with ZipFile(autre, "w") as archive:
        archive.writestr("bonjour.txt", "bonjour" * 50)
    with pytest.raises(FichierIllisible) as refus:
        verify_sauvegarde(autre)
    assert refus.value.code == "pas_une_sauvegarde"


def change_manifeste(membres: dict[str, bytes], change: Callable[[dict[str, Any]], None]) -> None:
    manifeste = json.loads(membres["manifeste.json"])
    change(manifeste)
    membres["manifeste.json"] = json.dumps(manifeste).encode()


def replace_table(nom: str, change: Callable[[bytes], bytes]) -> Callable[[dict[str, bytes]], None]:
    """Change a table's lines and all that the manifest says of them: a forger's work."""

    def _replace(membres: dict[str, bytes]) -> None:
        octets = membres[f"tables/{nom}.jsonl"] = change(membres[f"tables/{nom}.jsonl"])

        def _redo(manifeste: dict[str, Any]) -> None:
            table = next(t for t in manifeste["tables"] if t["nom"] == nom)
            table |= {
                "octets": len(octets),
                "lignes": octets.count(b"\n"),
                "sha256": hashlib.sha256(octets).hexdigest(),
            }

        change_manifeste(membres, _redo)

    return _replace


def drop(nom: str) -> Callable[[dict[str, bytes]], None]:
    return lambda membres: [membres.pop(n) for n in list(membres) if n.startswith(nom)] and None


def put(nom: str, octets: bytes) -> Callable[[dict[str, bytes]], None]:
    return lambda membres: membres.update({nom: octets})


def manifest(**valeurs: Any) -> Callable[[dict[str, bytes]], None]:
    return lambda membres: change_manifeste(membres, lambda m: m.update(valeurs))


FORGES: dict[str, tuple[Callable[[dict[str, bytes]], None], str]] = {
    "a table is missing": (drop("tables/axe"), "incomplete"),
    "all evidence is missing": (drop("preuves/"), "incomplete"),
    "there is no manifest": (drop("manifeste.json"), "pas_une_sauvegarde"),
    "a member is in excess": (put("tables/autre.jsonl", b""), "incomplete"),
    "a member climbs out of the folder": (put("../../dehors", b"x"), "incomplete"),
    "a member has an absolute path": (put("/dehors", b"x"), "incomplete"),
    "a table has other rows": (put("tables/axe.jsonl", b""), "incomplete"),
    "a table is larger than said": (put("tables/axe.jsonl", b"x" * 100_000), "demesure"),
    "the secret is another": (put("secret.cle", bytes(32)), "somme_fausse"),
    "the format is of tomorrow": (manifest(format=2), "version_inconnue"),
    "the schema is of tomorrow": (manifest(revision="demain"), "version_inconnue"),
}


@pytest.mark.parametrize(("change", "code"), FORGES.values(), ids=FORGES.keys())
def test_a_forged_archive_with_a_right_outer_sum_is_refused(
    fichier: Path, tmp_path: Path, change: Callable[[dict[str, bytes]], None], code: str
) -> None:
    forge = aides.remake(fichier, tmp_path / "forge.zip", change)
    with pytest.raises(FichierIllisible) as refus:
        verify_sauvegarde(forge)
    assert refus.value.code == code


def test_a_bomb_is_refused_before_it_unfolds(fichier: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lecture, "FRANCHISE", 1_000_000)
    bombe = aides.remake(fichier, tmp_path / "bombe.zip", replace_table("axe", lambda _o: b"\n" * 60_000_000))
    with pytest.raises(FichierIllisible) as refus:
        verify_sauvegarde(bombe)
    assert refus.value.code == "demesure"


def test_evidence_larger_than_evidence_may_be_is_refused(fichier: Path, tmp_path: Path) -> None:
    grosse = bytes(lecture.PREUVE_MAX + 1)
    somme = hashlib.sha256(grosse).hexdigest()

    def _add(membres: dict[str, bytes]) -> None:
        membres[f"preuves/{somme[:2]}/{somme}"] = grosse
        change_manifeste(membres, lambda m: m["preuves"].append({"octets": len(grosse), "sha256": somme}))

    with pytest.raises(FichierIllisible) as refus:
        verify_sauvegarde(aides.remake(fichier, tmp_path / "forge.zip", _add))
    assert refus.value.code == "demesure"


CONTENUS: dict[str, Callable[[bytes], bytes]] = {
    "a row that is no JSON": lambda o: o + b"{\n",
    "a row that is no object": lambda o: o + b"[]\n",
    "a row without its columns": lambda o: o + b"{}\n",
    "a value of another kind": lambda o: o.replace(b'"ordre":', b'"ordre":"x","autre":', 1),
    "a row twice": lambda o: o + o.splitlines(keepends=True)[0],
    "a missing value": lambda o: o.replace(b'"ordre":1', b'"ordre":null', 1),
}


@pytest.mark.parametrize("change", CONTENUS.values(), ids=CONTENUS.keys())
def test_rows_that_the_database_refuses_leave_the_place_empty(
    fichier: Path, tmp_path: Path, lieu: Config, change: Callable[[bytes], bytes]
) -> None:
    forge = aides.remake(fichier, tmp_path / "forge.zip", replace_table("axe", change))
    verify_sauvegarde(forge)
    with pytest.raises(FichierIllisible) as refus:
        restore_sauvegarde(lieu, forge)
    assert (refus.value.code, refus.value.faits) == ("donnees_refusees", {"table": "axe"})
    assert inspect(get_engine(lieu.database_url)).get_table_names() == []
    assert aides.list_fichiers(lieu) == {}


def test_a_restore_that_fails_at_the_last_step_gives_everything_back(
    fichier: Path, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    ancien = b"un secret qui etait la avant tout"
    (config.data_dir / "secret.cle").write_bytes(ancien)
    avant, vraie = aides.read_contenu(config), restauration._Fichiers.put

    def _put(fichiers: Any) -> None:
        vraie(fichiers)
        assert len(aides.list_fichiers(config)) == len(aides.PIECES) + 1
        raise OSError("debranche")

    monkeypatch.setattr(restauration._Fichiers, "put", _put)
    with pytest.raises(OSError, match="debranche"):
        restore_sauvegarde(config, fichier)
    assert aides.read_contenu(config) == avant
    assert aides.list_fichiers(config) == {"secret.cle": ancien}


TUE = """
import os, signal, sys
from pathlib import Path
from ccm_data.config import read_config
from ccm_data.sauvegarde import restauration

def kill_after(lieu, nom):
    vraie = getattr(lieu, nom)
    def _run(*args):
        vraie(*args)
        print("mort", flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
    setattr(lieu, nom, _run)

ou, nom = sys.argv[1].split(".") if "." in sys.argv[1] else ("", sys.argv[1])
kill_after(getattr(restauration, ou) if ou else restauration, nom)
restauration.restore_sauvegarde(read_config(), Path(sys.argv[2]))
"""


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL on Windows")
@pytest.mark.parametrize("apres", ["_Fichiers.extract", "_remake_schema", "_set_sequences", "_Fichiers.put"])
def test_a_process_killed_in_mid_restore_leaves_an_empty_place_that_takes_the_backup_again(
    fichier: Path, lieu: Config, apres: str
) -> None:
    env = os.environ | {"CCM_DATA_DIR": str(lieu.data_dir), "CCM_DATABASE_URL": lieu.database_url, "CCM_DEMO": "0"}
    fait = subprocess.run(
        [sys.executable, "-c", TUE, apres, str(fichier)],
        cwd=RACINE,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (fait.returncode, fait.stdout) == (-signal.SIGKILL, "mort\n"), fait.stderr
    assert inspect(get_engine(lieu.database_url)).get_table_names() == []
    restore_sauvegarde(lieu, fichier)
    assert len(aides.list_fichiers(lieu)) == len(aides.PIECES) + 1  # nothing left aside
    assert len(aides.read_contenu(lieu)["session_compte"]) == 0
    assert len(aides.read_contenu(lieu)["compte"]) > 0


def test_two_restores_at_once_leave_one(fichier: Path, lieu: Config) -> None:
    from concurrent.futures import ThreadPoolExecutor

    def _restore(_n: int) -> str:
        try:
            restore_sauvegarde(lieu, fichier)
        except CCMError as erreur:
            return erreur.code
        return "fait"

    with ThreadPoolExecutor(2) as fils:
        assert sorted(fils.map(_restore, range(2))) == ["fait", "lieu_occupe"]
    assert len(aides.list_fichiers(lieu)) == len(aides.PIECES) + 1
