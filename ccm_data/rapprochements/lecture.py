"""The file of interventions that the `doublons` command reads: the template's columns as CSV.

UTF-8 or cp1252, `,` or `;` (or tab), lists in a cell separated by `;`, dates ISO or jj/mm/aaaa, empty cells anywhere. What
cannot be read is an anomaly (data, with the line that a spreadsheet shows) and the row is used without it. Raises
FichierIllisible (`colonnes_absentes`, `csv_illisible`) and ValeurInvalide (`codes_en_double`).
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from ccm_data.domain.doublons import Intervention
from ccm_data.errors import FichierIllisible, Introuvable, ValeurInvalide
from ccm_data.rapprochements.texte import strip_accents

COLONNES: Final = (
    "code", "titre", "description", "acteur_chef_de_file", "acteurs_partenaires", "bailleurs", "themes", "objectifs_pmm",
    "regions", "localites", "public_cible", "date_debut", "date_fin", "budget_fcfa", "statut",
)  # fmt: skip
SEPARATEURS: Final = ",;\t"
DATE_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
DATE_JMA: Final = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})")
MOIS: Final = re.compile(r"(?:(\d{4})-(\d{1,2})|(\d{1,2})/(\d{4}))")
PMM_DERNIER: Final = 23
OCTETS_MAX: Final = 50_000_000


@dataclass(frozen=True)
class AnomalieLue:
    """What could not be read in a cell; `ligne` as a spreadsheet numbers it."""

    code: str
    ligne: int
    colonne: str
    valeur: str


@dataclass(frozen=True)
class Lecture:
    """The interventions and what was wrong in the file."""

    interventions: tuple[Intervention, ...]
    anomalies: tuple[AnomalieLue, ...]


def read_fichier(chemin: Path) -> Lecture:
    """Read a file. Raises Introuvable (`fichier_absent`), FichierIllisible, ValeurInvalide."""
    try:
        octets = chemin.read_bytes()
    except (FileNotFoundError, IsADirectoryError) as erreur:
        raise Introuvable("fichier_absent", fichier=chemin.name) from erreur
    return read_octets(octets, chemin.name)


def read_octets(octets: bytes, nom: str = "") -> Lecture:
    """Read the bytes of a CSV file; an empty file with its headings holds no intervention."""
    if len(octets) > OCTETS_MAX or octets.startswith(b"PK\x03\x04") or b"\0" in octets[:4096]:
        raise FichierIllisible("csv_illisible", fichier=nom)
    texte = _decode(octets)
    entete = texte.split("\n", 1)[0]
    separateur = max(SEPARATEURS, key=entete.count)
    try:
        lignes = list(csv.reader(io.StringIO(texte, newline=""), delimiter=separateur))
    except csv.Error as erreur:
        raise FichierIllisible("csv_illisible", fichier=nom) from erreur
    rangs = {_compute_titre(t): k for k, t in reversed(list(enumerate(lignes[0] if lignes else ())))}
    absentes = [c for c in COLONNES if c not in rangs]
    if absentes:
        raise FichierIllisible("colonnes_absentes", fichier=nom, colonnes=tuple(absentes))
    return _read_lignes(lignes[1:], rangs)


def _decode(octets: bytes) -> str:
    try:
        return octets.decode("utf-8-sig")
    except UnicodeDecodeError:
        return octets.decode("cp1252", errors="replace")


def _compute_titre(texte: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", strip_accents(texte).strip()).strip("_")


def _read_lignes(lignes: Sequence[Sequence[str]], rangs: Mapping[str, int]) -> Lecture:
    anomalies: list[AnomalieLue] = []
    lues: list[Intervention] = []
    places: dict[str, list[int]] = defaultdict(list)
    for numero, cellules in enumerate(lignes, start=2):
        brut = {c: (cellules[k] if k < len(cellules) else "").replace("\u00a0", " ").strip() for c, k in rangs.items()}
        if not any(brut[c] for c in COLONNES):
            continue
        if not brut["code"]:
            anomalies.append(AnomalieLue("code_absent", numero, "code", ""))
            brut["code"] = f"ligne-{numero}"
        places[brut["code"]].append(numero)
        lues.append(_read_ligne(brut, numero, anomalies))
    doubles = {code: tuple(n) for code, n in places.items() if len(n) > 1}
    if doubles:
        raise ValeurInvalide("codes_en_double", codes=tuple(sorted(doubles)), lignes=doubles)
    return Lecture(tuple(lues), tuple(anomalies))


def _read_ligne(brut: Mapping[str, str], numero: int, anomalies: list[AnomalieLue]) -> Intervention:
    debut = _read_date(brut, "date_debut", numero, anomalies)
    fin = _read_date(brut, "date_fin", numero, anomalies)
    if debut and fin and fin < debut:
        anomalies.append(AnomalieLue("fin_avant_debut", numero, "date_fin", brut["date_fin"]))
    return Intervention(
        code=brut["code"],
        titre=brut["titre"],
        description=brut["description"],
        chef_de_file=brut["acteur_chef_de_file"],
        partenaires=_split(brut["acteurs_partenaires"]),
        bailleurs=_split(brut["bailleurs"]),
        themes=tuple(dict.fromkeys(_compute_titre(t) for t in _split(brut["themes"]))),
        objectifs_pmm=_read_pmm(brut["objectifs_pmm"], numero, anomalies),
        regions=_split(brut["regions"]),
        localites=_split(brut["localites"]),
        publics=_split(brut["public_cible"]),
        debut=debut,
        fin=fin,
        budget=_read_budget(brut["budget_fcfa"], numero, anomalies),
        statut=_compute_titre(brut["statut"]),
    )


def _split(cellule: str) -> tuple[str, ...]:
    return tuple(morceau for m in re.split(r"[;|\n]", cellule) if (morceau := m.strip()))


def _read_date(brut: Mapping[str, str], colonne: str, numero: int, anomalies: list[AnomalieLue]) -> date | None:
    """ISO, jj/mm/aaaa, or a month alone (its first day, its last for an end)."""
    texte = brut[colonne]
    if not texte:
        return None
    try:
        if trouve := DATE_ISO.fullmatch(texte):
            return date(int(trouve[1]), int(trouve[2]), int(trouve[3]))
        if trouve := DATE_JMA.fullmatch(texte):
            return date(int(trouve[3]), int(trouve[2]), int(trouve[1]))
        if trouve := MOIS.fullmatch(texte):
            annee, mois = (int(trouve[1]), int(trouve[2])) if trouve[1] else (int(trouve[4]), int(trouve[3]))
            return date(annee, mois, 28 if colonne == "date_fin" else 1)
    except ValueError:
        pass
    anomalies.append(AnomalieLue("date_illisible", numero, colonne, texte))
    return None


def _read_budget(texte: str, numero: int, anomalies: list[AnomalieLue]) -> int | None:
    """Whole FCFA, however its thousands are written; a decimal part of zeros is dropped."""
    if not texte:
        return None
    net = re.sub(r"(?i)\s|f\s*cfa|xof|\u202f|'|’", "", texte)
    net = re.sub(r"[.,]0{1,2}$", "", net)
    if re.fullmatch(r"\d{1,3}([.,]\d{3})+", net):
        net = re.sub(r"[.,]", "", net)
    if not re.fullmatch(r"\d{1,15}([.,]\d+)?", net):
        anomalies.append(AnomalieLue("montant_illisible", numero, "budget_fcfa", texte))
        return None
    return round(float(net.replace(",", "."))) or None


def _read_pmm(texte: str, numero: int, anomalies: list[AnomalieLue]) -> tuple[int, ...]:
    nombres = [int(n) for n in re.findall(r"\d{1,6}", texte)]
    bons = tuple(dict.fromkeys(n for n in nombres if 1 <= n <= PMM_DERNIER))
    if texte and len(bons) < len(set(nombres) or {0}):
        anomalies.append(AnomalieLue("objectif_inconnu", numero, "objectifs_pmm", texte))
    return bons
