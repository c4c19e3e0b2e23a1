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

MEMBRE = {
    "instance_code": "CCM Agadez",
    "membre_code": "OIM",
    "region_code": "Agadez",
    "college": "PTF",
    "admis_le": "03/11/2022",
}
RENCONTRE = {
    "code": "CCM-AGADEZ-2026-03", "instance_code": "CCM régional d’Agadez", "region_code": "Agadez",
    "date_rencontre": "10/09/2026", "heure": "09:30", "presents": "OIM ; GIZ ; JMED", "dossier_partage_le": "01/09/2026",
}  # fmt: skip
POINT = {"rencontre_code": "CCM-AGADEZ-2026-03", "numero": 1, "region_code": "Agadez", "intitule": "Suites données"}
RECOMMANDATION = {
    "code": "REC-AGADEZ-1", "rencontre_code": "CCM-AGADEZ-2026-03", "point_numero": 1, "texte": "Relancer les comités",
    "responsable_code": "DRECM-R Agadez", "echeance": "31/03/2027", "region_code": "Agadez", "activite_code": "3.1.1",
    "statut": "À faire",
}  # fmt: skip
SENSIBILISATION = {
    "nature": "Mission de sensibilisation", "intitule": "Mission à Arlit", "date_debut": "04/08/2026", "region_code": "Agadez",
    "organisateurs": "SP/CCM ; OIM", "etat_femmes": 0, "etat_hommes": 12,
}  # fmt: skip
APPUI = {
    "cadre": "Appui à une DREC/MR", "institution_code": "OIM", "intitule": "Motos", "date_debut": "04/08/2026",
    "region_code": "Agadez", "beneficiaire_code": "DRECM-R Agadez", "nature": "Équipement", "montant_fcfa": "2 500 000",
}  # fmt: skip
PRODUIT = {
    "intitule": "Avant de partir", "type": "Affiche", "date_diffusion": "04/08/2026", "region_code": "Agadez",
    "langues": "haoussa ; tamajeq", "exemplaires": 600,
}  # fmt: skip
PRATIQUE = {
    "titre": "Parler la langue du lieu", "region_code": "Agadez", "nature": "Leçon apprise", "date_constat": "04/08/2026",
    "enseignement": "Le public double.", "theme": "Information et sensibilisation",
}  # fmt: skip
HYPOTHESE = {
    "objectif_code": "3.1", "nature": "Risque", "date_constat": "04/08/2026", "niveau": "Critique",
    "constat": "Une région se tait", "mitigation": "Appel mensuel", "responsable_code": "SP/CCM",
}  # fmt: skip
PARTENARIAT = {
    "type": "Convention", "intitule": "Convention de données", "date_debut": "04/08/2026", "niveau": "Bilatéral",
    "partenaire": "Structure homologue", "pays": "Bénin", "document": "Texte signé",
}  # fmt: skip
POSTE = {
    "intitule": "Suivi et évaluation", "payeur": "Partenaire", "partenaire_code": "OIM", "depuis": "01/03/2019",
    "part_2025": "12,5", "part_2026": 100,
}  # fmt: skip
ETAPE = {"nature": "Évaluation d’étape", "date_etape": "11/06/2026", "constat": "Un poste pris."}
REGISTRES: dict[str, dict[str, Any]] = {
    "membre_instance": MEMBRE, "rencontre": RENCONTRE, "point_ordre_du_jour": POINT, "recommandation": RECOMMANDATION,
    "sensibilisation": SENSIBILISATION, "appui": APPUI, "produit_communication": PRODUIT, "bonne_pratique": PRATIQUE,
    "suivi_hypothese": HYPOTHESE, "partenariat": PARTENARIAT, "poste_spccm": POSTE, "etape_perennisation": ETAPE,
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
