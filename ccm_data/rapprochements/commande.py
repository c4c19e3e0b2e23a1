"""`python -m ccm_data doublons INTERVENTIONS.csv --output PAIRES.csv [--complementaires FICHIER] [--seuil S]`.

Reads the template's columns and writes the candidate pairs, most likely first. Needs no database. Exit code: 0, or 2 when
the file is refused (the words are in phrases/rapprochements.py); anomalies of cells are told and stop nothing.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from ccm_data.config import Config
from ccm_data.domain.doublons import SEUIL_PAIRE, Paire
from ccm_data.errors import FichierIllisible, Introuvable, ValeurInvalide
from ccm_data.phrases.rapprochements import say_anomalie, say_bilan, say_erreur, say_raison
from ccm_data.rapprochements.annuaire import read_annuaire
from ccm_data.rapprochements.lecture import read_fichier
from ccm_data.rapprochements.territoire import read_territoire
from ccm_data.typographie import say_ponctuation

COLONNES: Final = ("code_a", "code_b", "score", "nature", "raisons")
REFUS: Final = 2


def add_parser(sous: Any) -> argparse.ArgumentParser:
    """Add the command to the subparsers of `python -m ccm_data`; the caller sets what runs it."""
    parseur: argparse.ArgumentParser = sous.add_parser(
        "doublons", help="cherche les doublons et les doubles déclarations d’un fichier d’interventions"
    )
    parseur.add_argument("fichier", type=Path, metavar="INTERVENTIONS.csv")
    parseur.add_argument("--output", type=Path, metavar="PAIRES.csv", help="par défaut : la sortie standard")
    parseur.add_argument(
        "--complementaires", type=Path, metavar="FICHIER", help="écrit aussi les paires complémentaires"
    )
    parseur.add_argument("--seuil", type=float, default=SEUIL_PAIRE, help="score à partir duquel une paire est écrite")
    parseur.set_defaults(faire=run, prepare=False)
    return parseur


def run(config: Config, args: argparse.Namespace) -> int:
    """Run the command; 0, or 2 when the file is refused."""
    # Imported here: scikit-learn takes a second that no other command should pay.
    from ccm_data.rapprochements.recherche import find_complementaires, find_paires

    try:
        lecture = read_fichier(args.fichier)
    except (FichierIllisible, ValeurInvalide, Introuvable) as erreur:
        _say(say_erreur(erreur))
        return REFUS
    for anomalie in lecture.anomalies:
        _say(say_anomalie(anomalie))
    territoire, annuaire = read_territoire(), read_annuaire()
    paires = find_paires(lecture.interventions, territoire, annuaire, args.seuil)
    _write(args.output, write_paires(paires))
    complementaires: list[Paire] | None = None
    if args.complementaires:
        complementaires = find_complementaires(lecture.interventions, territoire, annuaire)
        _write(args.complementaires, write_paires(complementaires))
    _say(say_bilan(len(lecture.interventions), len(paires), None if complementaires is None else len(complementaires)))
    return 0


def write_paires(paires: Sequence[Paire]) -> str:
    """The pairs as CSV: UTF-8, comma, one line each, reasons separated by `;`."""
    flux = io.StringIO(newline="")
    ecrit = csv.writer(flux, lineterminator="\n")
    ecrit.writerow(COLONNES)
    for p in paires:
        # A reason's own semicolons would cut it in two.
        raisons = ";".join(say_raison(r).replace("\u202f;", ",").replace(";", ",") for r in p.raisons)
        ecrit.writerow((p.code_a, p.code_b, f"{p.score:.4f}", p.nature.value, raisons))
    return flux.getvalue()


def _write(chemin: Path | None, texte: str) -> None:
    if chemin is None:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")
        sys.stdout.write(texte)
        sys.stdout.flush()
    else:
        chemin.write_text(texte, encoding="utf-8", newline="")


def _say(texte: str) -> None:
    sys.stderr.write(say_ponctuation(texte) + "\n")
