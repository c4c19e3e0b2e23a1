"""The whole installation out of one place and into another, on both databases and across them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import Connection, func, inspect, select, text
from sqlalchemy.orm import Session

from ccm_data import preparation
from ccm_data.config import Config
from ccm_data.db import get_engine, read_session, write_session
from ccm_data.domain.permissions import VISITEUR, Personne
from ccm_data.domain.vocabulaire import Role
from ccm_data.errors import AccesRefuse, Conflit, ReglageManquant
from ccm_data.models.comptes import Compte, Journal
from ccm_data.preparation import prepare_database
from ccm_data.sauvegarde import ecriture, restauration
from ccm_data.sauvegarde.ecriture import get_dossier, write_sauvegarde
from ccm_data.sauvegarde.etat import get_derniere, get_derniere_lue
from ccm_data.sauvegarde.lecture import verify_sauvegarde
from ccm_data.sauvegarde.restauration import restore_sauvegarde
from tests.conftest import AUJOURD_HUI, BASES, _make_base, make_config
from tests.integration import aides_sauvegarde as aides


@pytest.fixture(params=BASES)
def lieu(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Config]:
    """An empty place, not even a table, once per kind of database."""
    dossier = tmp_path / "lieu"
    dossier.mkdir()
    for url in _make_base(request, dossier, modele=False):
        yield make_config(dossier, url)


@pytest.fixture
def lieu_sqlite(tmp_path: Path) -> Iterator[Config]:
    """An empty place for what does not depend on the kind of database."""
    config = make_config(tmp_path / "lieu")
    yield config
    get_engine(config.database_url).dispose()


@pytest.fixture
def pleine(config: Config) -> Config:
    """An installation at work, once per kind of database."""
    aides.fill(config)
    return config


@pytest.fixture
def fichier(config_sqlite: Config) -> Path:
    """A backup of an installation at work in SQLite."""
    aides.fill(config_sqlite)
    return write_sauvegarde(config_sqlite, config_sqlite.data_dir / "ccm.zip").fichier


def test_every_table_and_file_comes_back_exactly_from_any_database_into_any(
    pleine: Config, lieu: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (ecriture, restauration):
        monkeypatch.setattr(module, "LOT", 2)  # many batches, the last one not full
    faite = write_sauvegarde(pleine, pleine.data_dir / "ccm.zip")
    remise = restore_sauvegarde(lieu, faite.fichier)

    assert aides.read_durable(lieu) == aides.read_durable(pleine)
    assert aides.read_contenu(lieu)["session_compte"] == []
    assert len(aides.read_contenu(pleine)["session_compte"]) == 1
    assert aides.list_fichiers(lieu) == aides.list_fichiers(pleine)
    assert len(aides.list_fichiers(lieu)) == len(aides.PIECES) + 1
    assert (remise.preuves, remise.lignes["journal"]) == (len(aides.PIECES), len(aides.DIFFICILES))


def test_a_place_that_was_restored_is_backed_up_the_same_and_goes_on_numbering(
    pleine: Config, lieu: Config, tmp_path: Path
) -> None:
    premiere = write_sauvegarde(pleine, tmp_path / "1.zip").fichier
    restore_sauvegarde(lieu, premiere)
    seconde = write_sauvegarde(lieu, tmp_path / "2.zip").fichier
    with ZipFile(premiere) as avant, ZipFile(seconde) as apres:
        noms = {n for n in avant.namelist() if n.startswith(("tables/", "preuves/", "secret"))}
        propres = {"tables/journal.jsonl", "tables/installation.jsonl"}
        assert {n for n in noms if avant.read(n) != apres.read(n)} == propres
    with write_session(lieu) as session:
        nouveau = aides.add_compte(session, "neuf")
        assert nouveau == len(session.scalars(select(Compte.id)).all())
    prepare_database(lieu)


def test_the_demonstration_crosses_both_ways(demonstration: Config, lieu: Config, tmp_path: Path) -> None:
    lieu = make_config(lieu.data_dir, lieu.database_url, demo=True)
    restore_sauvegarde(lieu, write_sauvegarde(demonstration, tmp_path / "1.zip").fichier)
    retour = make_config(tmp_path / "retour", demo=True)
    restore_sauvegarde(retour, write_sauvegarde(lieu, tmp_path / "2.zip").fichier)
    assert aides.read_durable(retour) == aides.read_durable(demonstration)
    get_engine(retour.database_url).dispose()


def test_nothing_and_the_json_null_stay_apart(pleine: Config, lieu: Config) -> None:
    restore_sauvegarde(lieu, write_sauvegarde(pleine, pleine.data_dir / "ccm.zip").fichier)
    for config in (pleine, lieu):
        with get_engine(config.database_url).connect() as connexion:
            bruts = connexion.scalars(text("select cast(avant as text) from journal where qui = 'essai' order by id"))
            assert [*bruts][:3] == ["null", None, "{}"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_backup_and_what_it_restores_are_for_their_owner_alone(fichier: Path, lieu_sqlite: Config) -> None:
    restore_sauvegarde(lieu_sqlite, fichier)
    secrets = [lieu_sqlite.data_dir / nom for nom in aides.list_fichiers(lieu_sqlite)]
    assert {f.stat().st_mode & 0o777 for f in [fichier, *secrets]} == {0o600}


def test_a_write_during_the_backup_neither_waits_nor_enters_it(
    pleine: Config, lieu: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    avant, ecrits = aides.read_durable(pleine), []
    vraie = ecriture._write_table

    def _write_table(connexion: Connection, *args: Any) -> Any:
        faite = vraie(connexion, *args)
        with write_session(pleine) as session:  # parents and children, some in tables already read, some not
            nom = f"pendant{len(ecrits)}"
            compte_id = aides.add_compte(session, nom)
            aides.add_preuve(session, pleine, compte_id, nom.encode())
            ecrits.append(nom)
        return faite

    monkeypatch.setattr(ecriture, "_write_table", _write_table)
    faite = write_sauvegarde(pleine, pleine.data_dir / "ccm.zip")
    restore_sauvegarde(lieu, faite.fichier)
    assert aides.read_durable(lieu) == avant
    assert faite.preuves == len(aides.PIECES)
    with read_session(pleine) as session:
        assert session.scalar(select(func.count()).where(Compte.identifiant.like("pendant%"))) == len(ecrits) > 40


@pytest.mark.parametrize("occupant", ["compte", "journal", "preuve"])
def test_a_place_where_somebody_worked_is_refused_and_unchanged(
    config: Config, tmp_path: Path, modele_sqlite: Path, occupant: str
) -> None:
    source = make_config(tmp_path / "source")
    prepare_database(source)
    aides.fill(source)
    faite = write_sauvegarde(source, tmp_path / "ccm.zip")
    with write_session(config) as session:
        if occupant == "journal":
            aides.add_journal(session, "une ligne", None)
        else:
            compte = aides.add_compte(session, "la")
            if occupant == "preuve":
                aides.add_preuve(session, config, compte, b"ici")
    avant, fichiers = aides.read_contenu(config), aides.list_fichiers(config)
    with pytest.raises(Conflit) as refus:
        restore_sauvegarde(config, faite.fichier)
    assert refus.value.code == "lieu_occupe"
    assert (aides.read_contenu(config), aides.list_fichiers(config)) == (avant, fichiers)
    get_engine(source.database_url).dispose()


def test_a_place_that_was_only_prepared_takes_a_backup(config: Config, tmp_path: Path) -> None:
    source = make_config(tmp_path / "source")
    prepare_database(source)
    aides.fill(source)
    restore_sauvegarde(config, write_sauvegarde(source, tmp_path / "ccm.zip").fichier)
    assert aides.read_durable(config) == aides.read_durable(source)
    get_engine(source.database_url).dispose()


def test_tables_of_somebody_else_are_not_dropped(lieu: Config, fichier: Path) -> None:
    moteur = get_engine(lieu.database_url).execution_options(ccm_ecriture=True)
    with moteur.begin() as connexion:
        connexion.execute(text("create table action (a integer)"))
    with pytest.raises(Conflit):
        restore_sauvegarde(lieu, fichier)
    with moteur.begin() as connexion:
        assert inspect(connexion).get_table_names() == ["action"]
        connexion.execute(text("alter table action rename to autre"))
    restore_sauvegarde(lieu, fichier)
    assert "autre" in inspect(moteur).get_table_names()


def test_a_demonstration_is_not_restored_as_real_work(demonstration: Config, lieu_sqlite: Config) -> None:
    faite = write_sauvegarde(demonstration, demonstration.data_dir / "ccm.zip")
    with pytest.raises(ReglageManquant) as refus:
        restore_sauvegarde(lieu_sqlite, faite.fichier)
    assert (refus.value.code, refus.value.faits["remede"]) == ("nature_differente", "CCM_DEMO=1")


def test_evidence_that_is_gone_or_altered_is_named_and_the_rest_is_saved(
    config_sqlite: Config, lieu_sqlite: Config
) -> None:
    aides.fill(config_sqlite)
    absente, alteree, *_reste = sorted((config_sqlite.data_dir / "preuves").glob("*/*"))
    absente.unlink()
    alteree.write_bytes(b"autre chose")
    faite = write_sauvegarde(config_sqlite, config_sqlite.data_dir / "ccm.zip")
    assert faite.manquantes == (absente.name, alteree.name)
    assert restore_sauvegarde(lieu_sqlite, faite.fichier).preuves == len(aides.PIECES) - 2
    assert aides.read_durable(lieu_sqlite) == aides.read_durable(config_sqlite)


VERSION = """
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "seconde", "{avant}", None, None


def upgrade():
    with op.batch_alter_table("axe") as axe:
        axe.add_column(sa.Column("neuve", sa.Text(), nullable=False, server_default="d’office"))
    op.execute("update axe set neuve = 'repris' where code = (select min(code) from axe)")
"""


def test_a_backup_of_an_older_schema_is_brought_up_to_ours(
    lieu: Config, fichier: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrations = tmp_path / "migrations"
    shutil.copytree(preparation.MIGRATIONS, migrations)
    (migrations / "versions" / "2026_12_01_seconde.py").write_text(
        VERSION.format(avant=preparation.list_revisions()[0]), encoding="utf-8"
    )
    monkeypatch.setattr(preparation, "MIGRATIONS", migrations)
    preparation.list_revisions.cache_clear()
    try:
        restore_sauvegarde(lieu, fichier)
        with get_engine(lieu.database_url).connect() as connexion:
            assert preparation.get_revision(connexion) == "seconde"
            neuves = connexion.scalars(text("select neuve from axe order by code")).all()
        assert neuves == ["repris", *["d’office"] * (len(neuves) - 1)]
        assert len(neuves) == 5
    finally:
        preparation.list_revisions.cache_clear()


def test_a_wrong_setting_backs_up_no_empty_database(tmp_path: Path) -> None:
    config = make_config(tmp_path / "ailleurs")
    with pytest.raises(ReglageManquant) as refus:
        write_sauvegarde(config, tmp_path)
    assert refus.value.code == "base_absente"
    assert not config.data_dir.exists()


def test_an_empty_database_is_not_backed_up(lieu: Config, tmp_path: Path) -> None:
    with pytest.raises(ReglageManquant):
        write_sauvegarde(lieu, tmp_path)
    assert list(tmp_path.glob("*.zip")) == []


def test_a_backup_takes_a_free_name_and_never_the_place_of_another(
    config_sqlite: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    instant = config_sqlite.maintenant()
    monkeypatch.setattr(Config, "maintenant", lambda _config: instant)  # the same minute, whenever this runs
    dossier = get_dossier(config_sqlite)
    noms = [write_sauvegarde(config_sqlite, dossier).fichier.name for _fois in range(3)]
    assert noms[1:] == [noms[0].replace(".zip", "-2.zip"), noms[0].replace(".zip", "-3.zip")]
    assert noms[0].startswith(f"ccm-{AUJOURD_HUI}-")
    with pytest.raises(Conflit) as refus:
        write_sauvegarde(config_sqlite, dossier / noms[0])
    assert refus.value.code == "fichier_existe"
    with pytest.raises(ReglageManquant) as refus_dossier:
        write_sauvegarde(config_sqlite, tmp_path / "absent" / "ccm.zip")
    assert refus_dossier.value.code == "dossier_absent"


def test_a_backup_that_fails_leaves_nothing_and_is_not_remembered(
    config_sqlite: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    def _fail(*args: Any) -> None:
        raise OSError("plus de place")

    dossier = get_dossier(config_sqlite)
    monkeypatch.setattr(ecriture, "_write_preuves", _fail)
    with pytest.raises(OSError, match="plus de place"):
        write_sauvegarde(config_sqlite, dossier)
    assert list(dossier.iterdir()) == []
    assert get_derniere(config_sqlite) is None


def test_the_last_backup_is_remembered_and_journalled(pleine: Config, tmp_path: Path) -> None:
    assert get_derniere(pleine) is None
    write_sauvegarde(pleine, get_dossier(pleine))
    dehors = tmp_path.parent / f"{tmp_path.name}-cle.zip"
    faite = write_sauvegarde(pleine, dehors)
    derniere = get_derniere(pleine)
    assert derniere is not None
    assert (derniere.fichier, derniere.taille, derniere.ailleurs) == (str(dehors), faite.taille, True)
    assert derniere.date == faite.date
    with read_session(pleine) as session:
        ligne = session.scalars(select(Journal).order_by(Journal.id.desc())).first()
        assert ligne is not None
        assert (ligne.action, ligne.objet, ligne.qui) == ("sauvegarder", "sauvegarde", "exploitation")
        assert get_derniere_lue(session, Personne(Role.ADMINISTRATEUR)) == derniere
        for personne in (VISITEUR, Personne(Role.SUIVI_EVALUATION)):
            with pytest.raises(AccesRefuse):
                get_derniere_lue(session, personne)


def test_a_restored_place_knows_the_file_it_came_from_and_tells_it(fichier: Path, lieu_sqlite: Config) -> None:
    restore_sauvegarde(lieu_sqlite, fichier)
    derniere = get_derniere(lieu_sqlite)
    assert derniere is not None
    assert (derniere.fichier, derniere.date) == (str(fichier), verify_sauvegarde(fichier).date)
    with Session(get_engine(lieu_sqlite.database_url)) as session:
        ligne = session.scalars(select(Journal).order_by(Journal.id.desc())).first()
        assert ligne is not None
        assert ligne.action == "restaurer"
        assert ligne.apres
