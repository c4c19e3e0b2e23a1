"""Workbooks for tests: rows given by field, written under the headings of the template."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook

from ccm_data.imports.schemas import PAR_SUJET

Rangees = Sequence[Mapping[str, Any]]
MISE_A_JOUR = {
    "periode": "T3 2026", "activite_code": "3.1.3", "region_code": "Agadez", "avancement": 60, "statut": "En cours",
    "source_verification": "PV du comité",
}  # fmt: skip
ECRITURE = {
    "activite_code": "3.1.3", "annee": 2026, "phase": "Engagé", "type_financement": "PTF", "bailleur_code": "OIM",
    "region_code": "Agadez", "montant": "10 000 000", "devise": "XOF", "date_operation": "03/08/2026",
    "reference_document": "CONV-1",
}  # fmt: skip
VALEUR = {"periode": "T3 2026", "indicateur_code": "1.d", "region_code": "Agadez", "valeur": 12, "source": "Listes"}
COMITE = {
    "nom": "Comité d’Iférouane", "region_code": "Agadez", "niveau": "Commune", "statut": "Créé",
    "date_creation": "06/05/2024", "membres_femmes": 5, "membres_hommes": 7,
}  # fmt: skip


def make_classeur(**feuilles: Rangees) -> bytes:
    """An XLSX with a sheet per subject, in the order given."""
    classeur = Workbook()
    classeur.remove(classeur.active)
    for sujet, rangees in feuilles.items():
        feuille = PAR_SUJET[sujet]
        onglet = classeur.create_sheet(feuille.nom)
        onglet.append([c.titre for c in feuille.colonnes])
        for ligne, rangee in enumerate(rangees, 2):
            for rang, colonne in enumerate(feuille.colonnes, 1):
                cellule = onglet.cell(ligne, rang, rangee.get(colonne.champ))
                if isinstance(cellule.value, str):
                    cellule.data_type = "s"
    return save(classeur)


def save(classeur: Workbook) -> bytes:
    """The bytes of a workbook."""
    sortie = io.BytesIO()
    classeur.save(sortie)
    return sortie.getvalue()


def make_csv(sujet: str, rangees: Rangees, separateur: str = ";", codage: str = "cp1252") -> bytes:
    """The same as CSV, as an Excel in French saves it."""
    feuille = PAR_SUJET[sujet]
    lignes = [separateur.join(c.titre for c in feuille.colonnes)]
    lignes += [separateur.join(str(r.get(c.champ) or "") for c in feuille.colonnes) for r in rangees]
    return "\r\n".join(lignes).encode(codage)
