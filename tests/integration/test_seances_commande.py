"""`python -m ccm_data seance …`: data on standard output alone, words on standard error, answers a script understands."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from ccm_data.__main__ import main
from ccm_data.commands.comptes import add_compte
from ccm_data.config import Config
from ccm_data.db import read_session, write_session
from ccm_data.domain.permissions import Personne
from ccm_data.domain.vocabulaire import EtatSeance, Role
from ccm_data.errors import FichierIllisible, ValeurInvalide
from ccm_data.models.seances import Seance
from ccm_data.queries.seances import get_seance
from ccm_data.reports.rendus import FORMATS, make_lot, make_rendus, open_dossier

ARGUMENTS = ("seance", "create", "--instance", "ccm", "--date", "2026-11-20", "--arrete", "2026-09-30")
CODE = "ccm-2026-11-20"
SPCCM = Personne(Role.ADMINISTRATEUR)


@pytest.fixture
def regler(monkeypatch: pytest.MonkeyPatch, config_sqlite: Config) -> Config:
    """An installation with an administrator and a reader, that the command line sees."""
    with write_session(config_sqlite) as session:
        add_compte(session, None, config_sqlite.maintenant(), "admin", Role.ADMINISTRATEUR)
        add_compte(session, None, config_sqlite.maintenant(), "lecteur", Role.LECTEUR)
    monkeypatch.setenv("CCM_DATA_DIR", str(config_sqlite.data_dir))
    return config_sqlite


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Answer, standard output, standard error with plain spaces."""
    rendu = main([str(a) for a in arguments])
    sortie = capsys.readouterr()
    return rendu, sortie.out, sortie.err.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.fixture
def figee(regler: Config, capsys: pytest.CaptureFixture[str]) -> Config:
    assert run(capsys, *ARGUMENTS, "--point", "Budget: reste à mobiliser", "--point", "Divers")[0] == 0
    assert run(capsys, "seance", "freeze", CODE)[0] == 0
    return regler


def test_a_seance_is_created_listed_and_frozen(regler: Config, capsys: pytest.CaptureFixture[str]) -> None:
    rendu, dit, mots = run(capsys, *ARGUMENTS, "--region", "NE001", "--point", "Budget: reste à mobiliser")
    assert (rendu, dit) == (0, f"{CODE}\n")
    assert "préparée" in mots
    rendu, empreinte, mots = run(capsys, "seance", "freeze", CODE)
    assert rendu == 0
    with read_session(regler) as session:
        fiche = get_seance(session, SPCCM, CODE)
    assert (fiche.etat, fiche.empreinte, fiche.region_invitee) == (EtatSeance.FIGEE, empreinte.strip(), "NE001")
    assert [(p.intitule, p.texte) for p in fiche.ordre_du_jour] == [("Budget", "reste à mobiliser")]
    _rendu, liste, _mots = run(capsys, "seance", "list", "--format", "json")
    (ligne,) = json.loads(liste)
    assert (ligne["code"], ligne["etat"], ligne["empreinte"]) == (CODE, "figee", empreinte.strip())


def test_every_document_is_written_and_named(figee: Config, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    rendu, dit, _mots = run(capsys, "seance", "render", CODE, "--output", tmp_path / "sortie")
    fichiers = [Path(ligne) for ligne in dit.splitlines()]
    assert rendu == 0
    assert [f.name for f in fichiers] == [
        f"ccm-seance-2026-11-20-{quoi}"
        for quoi in ("diaporama.pptx", "bilan-trimestriel.docx", "bilan-annuel.docx", "projection.pdf", "tableaux.xlsx",
                     "projection.html")
    ]  # fmt: skip
    tetes = {".pdf": b"%PDF", ".html": b"\n<!doct"}
    for fichier in fichiers:
        assert fichier.read_bytes().lstrip(b"\n").startswith(tetes.get(fichier.suffix, b"PK").lstrip(b"\n"))


@pytest.mark.parametrize(("forme", "suffixe"), [("pptx", "pptx"), ("html", "html"), ("pv", "docx")])
def test_one_document_goes_into_the_named_file(
    figee: Config, capsys: pytest.CaptureFixture[str], tmp_path: Path, forme: str, suffixe: str
) -> None:
    fichier = tmp_path / f"ici.{suffixe}"
    rendu, dit, _mots = run(capsys, "seance", "render", CODE, "--format", forme, "--output", fichier)
    assert (rendu, dit) == (0, f"{fichier}\n")
    assert fichier.stat().st_size > 1000


def test_what_changed_is_printed_as_rows(figee: Config, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "seance", "create", "--instance", "ccm", "--date", "2026-12-18")[0] == 0
    rendu, dit, mots = run(capsys, "seance", "diff", "ccm-2026-12-18")
    assert rendu == 0
    assert dit.splitlines()[0].lstrip("\ufeff") == "Rubrique,Quoi,Avant,Maintenant"
    assert "n’est pas figée" in mots
    assert f"changements depuis « {CODE} »" in mots


@pytest.mark.parametrize(
    ("arguments", "rendu", "mots"),
    [
        (
            ("seance", "create", "--instance", "rien", "--date", "2026-11-20"),
            1,
            "inconnu pour --instance. Codes possibles : ccm",
        ),
        (("seance", "create", "--instance", "ccm", "--date", "hier"), 2, "date illisible"),
        ((*ARGUMENTS[:-1], "2027-01-01"), 1, "ne convient pas"),
        ((*ARGUMENTS, "--compte", "lecteur"), 1, "ne tient pas les séances"),
        ((*ARGUMENTS, "--compte", "personne"), 1, "ne tient pas les séances"),
        ((*ARGUMENTS, "--code", "../x"), 1, "ne peut pas être un code"),
        (("seance", "freeze", "absente"), 1, "Aucune séance « absente »"),
        (("seance", "render", "absente"), 1, "Aucune séance « absente »"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    regler: Config, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], rendu: int, mots: str
) -> None:
    try:
        lu = main(list(arguments))
    except SystemExit as fin:
        lu = int(str(fin.code))
    sortie = capsys.readouterr()
    assert (lu, sortie.out) == (rendu, "")
    (ligne,) = sortie.err.replace("\u00a0", " ").splitlines()
    assert mots in ligne


def test_without_an_administrator_it_says_what_to_do(
    config_sqlite: Config, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CCM_DATA_DIR", str(config_sqlite.data_dir))
    rendu, dit, mots = run(capsys, *ARGUMENTS)
    assert (rendu, dit) == (1, "")
    assert "first-admin" in mots


def test_a_frozen_seance_is_not_frozen_again_and_has_no_former_one(
    figee: Config, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "seance", "freeze", CODE)[:2] == (1, "")
    rendu, dit, mots = run(capsys, "seance", "diff", CODE)
    assert (rendu, dit) == (1, "")
    assert "Aucune séance figée de la même instance avant" in mots


def test_a_rehearsal_gives_its_html_alone(regler: Config, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(capsys, *ARGUMENTS)[0] == 0
    rendu, dit, mots = run(capsys, "seance", "render", CODE, "--format", "pdf", "--output", tmp_path)
    assert (rendu, dit) == (1, "")
    assert "n’est pas figée" in mots
    rendu, dit, _mots = run(capsys, "seance", "render", CODE, "--format", "html", "--output", tmp_path)
    assert (rendu, Path(dit.strip()).name) == (0, "ccm-seance-2026-11-20-projection-repetition.html")


def test_a_template_that_is_none_is_told(figee: Config, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    faux = tmp_path / "faux.pptx"
    faux.write_text("rien", encoding="utf-8")
    rendu, dit, mots = run(
        capsys, "seance", "render", CODE, "--format", "pptx", "--template", faux, "--output", tmp_path
    )
    assert (rendu, dit) == (1, "")
    assert "« faux.pptx » n’est pas une présentation PowerPoint" in mots


def test_the_set_tells_its_progress_and_fits_in_one_zip(figee: Config) -> None:
    with read_session(figee) as session:
        dossier = open_dossier(session, get_seance(session, SPCCM, CODE), figee.maintenant())
    pas: list[tuple[float, str]] = []
    rendus = make_rendus(dossier, FORMATS, lambda part, cle: pas.append((part, cle)))
    assert [cle for _part, cle in pas] == [*FORMATS, ""]
    assert [part for part, _cle in pas] == sorted(part for part, _cle in pas)
    assert (pas[0][0], pas[-1][0]) == (0.0, 1.0)
    lot = make_lot(dossier, rendus.values())
    lieu = figee.data_dir / "lot.zip"
    lieu.write_bytes(lot.octets)
    with zipfile.ZipFile(lieu) as archive:
        assert archive.namelist() == [r.nom for r in rendus.values()]
    assert lot.nom == "ccm-seance-2026-11-20-dossier.zip"


def test_the_renderings_of_a_frozen_seance_do_not_move_with_the_clock(figee: Config) -> None:
    with read_session(figee) as session:
        fiche = get_seance(session, SPCCM, CODE)
        premier = make_rendus(open_dossier(session, fiche, figee.maintenant()), ("pptx", "xlsx", "html"))
        second = make_rendus(open_dossier(session, fiche, figee.maintenant()), ("pptx", "xlsx", "html"))
    assert {c: r.octets for c, r in premier.items()} == {c: r.octets for c, r in second.items()}


def test_a_rehearsal_refuses_documents_by_its_code(regler: Config, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, *ARGUMENTS)
    with read_session(regler) as session:
        dossier = open_dossier(session, get_seance(session, SPCCM, CODE), regler.maintenant(), b"rien")
        with pytest.raises(ValeurInvalide) as refus:
            make_rendus(dossier, FORMATS)
        assert refus.value.code == "seance_non_figee"
        assert session.query(Seance).one().etat is EtatSeance.PREPAREE


def test_a_broken_template_is_refused_before_anything_is_made(figee: Config) -> None:
    with read_session(figee) as session:
        dossier = open_dossier(session, get_seance(session, SPCCM, CODE), figee.maintenant(), b"rien")
    with pytest.raises(FichierIllisible):
        make_rendus(dossier, FORMATS)
