"""Where evidence lies on the disk, and under which name it is handed back."""

from __future__ import annotations

import os
import stat
from email.message import Message
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccm_data.config import RACINE, read_config
from ccm_data.errors import Introuvable
from ccm_data.preuves import depot
from ccm_data.preuves.depot import (
    compute_empreinte,
    get_chemin,
    list_fichiers,
    list_orphelins,
    read_octets,
    write_octets,
)
from ccm_data.preuves.noms import clean_nom
from pages.ui.preuves import say_disposition
from pages.ui.service import ASSETS


def test_bytes_lie_under_their_own_hash_readable_by_the_server_alone(tmp_path: Path) -> None:
    empreinte = write_octets(tmp_path, b"preuve")
    chemin = tmp_path / "preuves" / empreinte[:2] / empreinte
    assert chemin.read_bytes() == b"preuve"
    assert read_octets(tmp_path, empreinte) == b"preuve"
    if os.name != "nt":
        assert stat.S_IMODE(chemin.stat().st_mode) == 0o600
        assert {stat.S_IMODE(d.stat().st_mode) for d in (chemin.parent, chemin.parent.parent)} == {0o700}


def test_the_same_bytes_lie_once_and_are_not_written_again(tmp_path: Path) -> None:
    empreinte = write_octets(tmp_path, b"preuve")
    premier = get_chemin(tmp_path, empreinte).stat().st_ino
    assert write_octets(tmp_path, b"preuve") == empreinte
    assert get_chemin(tmp_path, empreinte).stat().st_ino == premier
    assert list_fichiers(tmp_path) == [empreinte]


def test_bytes_that_were_damaged_are_mended_when_they_come_again(tmp_path: Path) -> None:
    empreinte = write_octets(tmp_path, b"preuve")
    get_chemin(tmp_path, empreinte).write_bytes(b"abime")
    with pytest.raises(Introuvable, match="preuve_perdue"):
        read_octets(tmp_path, empreinte)
    write_octets(tmp_path, b"preuve")
    assert read_octets(tmp_path, empreinte) == b"preuve"


def test_a_write_cut_short_leaves_no_file_under_the_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def _cut(*_a: object) -> None:
        raise OSError("disque plein")

    monkeypatch.setattr(depot.os, "replace", _cut)
    with pytest.raises(OSError, match="disque plein"):
        write_octets(tmp_path, b"preuve")
    assert [f for f in (tmp_path / "preuves").rglob("*") if f.is_file()] == []


@pytest.mark.parametrize("empreinte", ["", "../../secret.cle", "A" * 64, "a" * 63, "a" * 64 + "\n"])
def test_what_is_no_hash_leads_nowhere(tmp_path: Path, empreinte: str) -> None:
    with pytest.raises(Introuvable):
        read_octets(tmp_path, empreinte)


def test_files_without_row_are_listed_unfinished_ones_included(tmp_path: Path) -> None:
    garde, perdu = write_octets(tmp_path, b"gardee"), write_octets(tmp_path, b"perdue")
    inacheve = get_chemin(tmp_path, perdu).with_name(f".{perdu}.abc")
    inacheve.write_bytes(b"per")
    assert set(list_orphelins(tmp_path, {garde})) == {get_chemin(tmp_path, perdu), inacheve}
    assert list_orphelins(tmp_path / "ailleurs", set()) == []


def test_evidence_lies_outside_everything_that_is_served() -> None:
    chemin = get_chemin(read_config({}).data_dir, compute_empreinte(b""))
    assert not chemin.is_relative_to(ASSETS)
    assert not chemin.is_relative_to(RACINE / "static")


@given(st.text(min_size=1, max_size=40))
def test_any_name_comes_back_whole_on_one_plain_line(nom: str) -> None:
    propre = clean_nom(nom, ".pdf")
    ligne = say_disposition(propre)
    assert ligne.isascii()
    assert "\n" not in ligne
    message = Message()
    message["Content-Disposition"] = ligne
    assert message.get_content_disposition() == "attachment"
    assert unquote(ligne.rpartition("UTF-8''")[2]) == propre
