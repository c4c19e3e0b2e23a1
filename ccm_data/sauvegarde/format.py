"""What a backup file is: a Zip64 archive whose last 64 characters are the SHA-256 of everything before them.

    LISEZMOI-CCM.txt       what this file is, for who finds it in ten years
    tables/<nom>.jsonl     one row per line, one JSON object per row
    preuves/<aa>/<sha256>  the evidence named by the table `preuve`, stored as it is
    secret.cle             the installation's secret
    manifeste.json         format, schema, nature, date, and size, rows and SHA-256 of every member

The sum stands in the archive's comment, which ends a ZIP file: any changed byte is found, and any unzip opens it.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from ccm_data.errors import FichierIllisible
from ccm_data.sauvegarde.valeurs import TYPES, Colonne

T = TypeVar("T")
FORMAT = 1
LISEZMOI = "LISEZMOI-CCM.txt"
MANIFESTE = "manifeste.json"
SECRET = "secret.cle"  # noqa: S105 - the name of a file
MARQUE = b"ccm-sauvegarde sha256 "
LONGUEUR_SOMME = 64
BLOC = 1 << 20
PREUVES = "preuves"
OMISES = ("session_compte",)  # everybody signs in again: a token must not outlive its installation in a drawer
NOM_TABLE = re.compile(r"[a-z][a-z0-9_]{0,62}")
SOMME = re.compile(r"[0-9a-f]{64}")
TEXTE_LISEZMOI = """Sauvegarde du tableau de bord du SP/CCM (Niger).

Elle contient toute une installation : la base, les pièces justificatives et le secret. Gardez-la comme la base elle-même.
Vérifier :  python -m ccm_data verify FICHIER
Remettre :  python -m ccm_data restore FICHIER   (dans un lieu vide)

Sans le logiciel : tables/*.jsonl sont du texte, une ligne par enregistrement ; manifeste.json dit le reste.
"""


@dataclass(frozen=True)
class Membre:
    """A file of the archive: its size in bytes and its SHA-256."""

    octets: int
    sha256: str


@dataclass(frozen=True)
class Table:
    """A table of the archive, in the order that foreign keys ask."""

    nom: str
    lignes: int
    octets: int
    sha256: str
    colonnes: tuple[Colonne, ...]

    @property
    def chemin(self) -> str:
        """Its member's name."""
        return f"tables/{self.nom}.jsonl"


@dataclass(frozen=True)
class Manifeste:
    """What the archive says of itself; `manquantes` are evidence files that the installation no longer had."""

    format: int
    produit: str
    revision: str
    nature: str
    date: datetime
    tables: tuple[Table, ...]
    preuves: tuple[Membre, ...]
    manquantes: tuple[str, ...]
    secret: Membre | None

    def list_membres(self) -> dict[str, Membre]:
        """Member name → size and sum, but for the manifest and the note themselves."""
        membres = {t.chemin: Membre(t.octets, t.sha256) for t in self.tables}
        membres |= {get_chemin_preuve(p.sha256): p for p in self.preuves}
        return membres | ({SECRET: self.secret} if self.secret else {})


@dataclass(frozen=True)
class Sauvegarde:
    """A backup that was read through and found whole. `taille` in bytes; `lignes`: table → rows."""

    fichier: Path
    taille: int
    empreinte: str
    date: datetime
    nature: str
    revision: str
    produit: str
    lignes: dict[str, int]
    preuves: int
    manquantes: tuple[str, ...]


def get_chemin_preuve(empreinte: str) -> str:
    """Where evidence stands, in the archive as in the data folder."""
    return f"{PREUVES}/{empreinte[:2]}/{empreinte}"


def make_json(manifeste: Manifeste) -> bytes:
    """The manifest as its member holds it."""
    corps = asdict(manifeste) | {"date": manifeste.date.isoformat(), "omises": OMISES}
    return json.dumps(corps, ensure_ascii=False, indent=1).encode()


def read_json(octets: bytes) -> Manifeste:
    """The manifest, every value checked. Raises FichierIllisible: version_inconnue, pas_une_sauvegarde."""
    try:
        brut = json.loads(octets)
        if brut["format"] != FORMAT:
            raise FichierIllisible("version_inconnue", produit=str(brut.get("produit", "?"))[:40])
        return Manifeste(
            format=FORMAT,
            produit=_check(str, brut["produit"]),
            revision=_check(str, brut["revision"]),
            nature=_check(str, brut["nature"]),
            date=_read_instant(brut["date"]),
            tables=tuple(_read_table(t) for t in brut["tables"]),
            preuves=tuple(_read_membre(m) for m in brut["preuves"]),
            manquantes=tuple(_read_somme(m) for m in brut["manquantes"]),
            secret=None if brut["secret"] is None else _read_membre(brut["secret"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as erreur:
        raise FichierIllisible("pas_une_sauvegarde") from erreur


def _check(genre: type[T], valeur: Any) -> T:
    if not isinstance(valeur, genre) or isinstance(valeur, bool):
        raise ValueError(valeur)
    return valeur


def _read_instant(valeur: Any) -> datetime:
    instant = datetime.fromisoformat(valeur)
    if instant.tzinfo is None:
        raise ValueError(valeur)
    return instant


def _read_nombre(valeur: Any) -> int:
    if _check(int, valeur) < 0:
        raise ValueError(valeur)
    return int(valeur)


def _read_somme(valeur: Any) -> str:
    if not SOMME.fullmatch(_check(str, valeur)):
        raise ValueError(valeur)
    return str(valeur)


def _read_membre(brut: Any) -> Membre:
    return Membre(_read_nombre(brut["octets"]), _read_somme(brut["sha256"]))


def _read_table(brut: Any) -> Table:
    # A table's name becomes SQL and a member's name: nothing but a plain word.
    if not NOM_TABLE.fullmatch(_check(str, brut["nom"])):
        raise ValueError(brut["nom"])
    colonnes = tuple(Colonne(**c) for c in brut["colonnes"])
    for colonne in colonnes:
        if not NOM_TABLE.fullmatch(_check(str, colonne.nom)) or colonne.genre not in {*TYPES, "decimal"}:
            raise ValueError(colonne)
        for mesure in (colonne.precision, colonne.echelle):
            if mesure is not None:
                _read_nombre(mesure)
    return Table(
        brut["nom"], _read_nombre(brut["lignes"]), _read_nombre(brut["octets"]), _read_somme(brut["sha256"]), colonnes
    )
