"""The address book of reminders: a CSV file that whoever deploys keeps out of the project and of the database.

Columns `declarant` (a region's P-code, an organisation's code, or « sp-ccm ») and `adresse` (functional, one per
declarant). Comma or semicolon, UTF-8, with or without a byte order mark, as spreadsheets write it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection
from pathlib import Path
from typing import Final

from ccm_data.config import RACINE, is_adresse
from ccm_data.errors import FichierIllisible, ReglageManquant, ValeurInvalide

COLONNES: Final = ("declarant", "adresse")
OCTETS_MAX: Final = 1_000_000
REGLAGE: Final = "CCM_RELANCES_DESTINATAIRES"


def read_carnet(fichier: Path, connus: Collection[str]) -> dict[str, str]:
    """Declarant → address. `connus`: the codes that exist.

    Raises ReglageManquant (no such file, or a file within the project), FichierIllisible (not a CSV of these columns),
    ValeurInvalide (a line: its number, as a spreadsheet shows it, and what is wrong).
    """
    if RACINE in fichier.resolve().parents:
        raise ReglageManquant("carnet_dans_le_projet", reglage=REGLAGE, valeur=fichier.name)
    try:
        with fichier.open("rb") as flux:
            octets = flux.read(OCTETS_MAX + 1)
    except OSError as erreur:
        raise ReglageManquant("carnet_absent", reglage=REGLAGE, valeur=fichier.name) from erreur
    if len(octets) > OCTETS_MAX:
        raise FichierIllisible("carnet_illisible", valeur=fichier.name)
    try:
        texte = octets.decode("utf-8-sig")
    except UnicodeDecodeError as erreur:
        raise FichierIllisible("carnet_illisible", valeur=fichier.name) from erreur
    return _read_lignes(texte, fichier.name, connus)


def _read_lignes(texte: str, nom: str, connus: Collection[str]) -> dict[str, str]:
    entete = texte.partition("\n")[0]
    lecteur = csv.reader(io.StringIO(texte, newline=""), delimiter=";" if ";" in entete else ",", strict=True)
    carnet: dict[str, str] = {}
    try:
        titres = [t.strip().lower() for t in next(lecteur, [])]
        if not set(COLONNES) <= set(titres):
            raise FichierIllisible("carnet_colonnes", valeur=nom)
        rangs = [titres.index(c) for c in COLONNES]
        for cellules in lecteur:
            if any(c.strip() for c in cellules):
                declarant, adresse = (cellules[r].strip() if r < len(cellules) else "" for r in rangs)
                _check_ligne(lecteur.line_num, declarant, adresse, connus, carnet)
                carnet[declarant] = adresse
    except csv.Error as erreur:
        raise FichierIllisible("carnet_illisible", valeur=nom) from erreur
    return carnet


def _check_ligne(ligne: int, declarant: str, adresse: str, connus: Collection[str], carnet: dict[str, str]) -> None:
    # The address is never repeated in an error: errors are shown, and may be logged.
    if declarant not in connus:
        raise ValeurInvalide("carnet_declarant", ligne=ligne, valeur=declarant)
    if declarant in carnet:
        raise ValeurInvalide("carnet_deux_fois", ligne=ligne, valeur=declarant)
    if not is_adresse(adresse):
        raise ValeurInvalide("carnet_adresse", ligne=ligne, valeur=declarant)
