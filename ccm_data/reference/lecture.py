"""Reading the plan's files: columns checked, codes unique, every reference led to its row.

Raises FichierIllisible with the file, the line and what is wrong.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from ccm_data.errors import FichierIllisible

DOSSIER = Path(__file__).parent / "plan"

# file → (columns, key)
FICHIERS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "plan": (("cle", "valeur", "section"), ("cle",)),
    "axes": (("code", "ordre", "intitule", "libelle_court", "cout_imprime_fcfa", "section"), ("code",)),
    "objectifs": (("code", "axe_code", "ordre", "intitule", "resultat", "resultat_section", "section"), ("code",)),
    "pmm": (("numero", "intitule", "libelle_court"), ("numero",)),
    "actions": (
        (
            "code",
            "objectif_code",
            "ordre",
            "intitule",
            "cout_imprime_fcfa",
            "references_pnm",
            "references_pmm_texte",
            "section",
        ),
        ("code",),
    ),
    "actions_pmm": (("action_code", "objectif_pmm"), ("action_code", "objectif_pmm")),
    "activites": (
        (
            "code",
            "action_code",
            "ordre",
            "intitule",
            "libelle_court",
            "cout_fcfa",
            "structures_beneficiaires",
            "section",
        ),
        ("code",),
    ),
    "activites_annees": (("activite_code", "annee"), ("activite_code", "annee")),
    "activites_beneficiaires": (("activite_code", "ordre", "libelle", "categorie"), ("activite_code", "ordre")),
    "indicateurs": (
        (
            "code",
            "objectif_code",
            "ordre",
            "intitule",
            "libelle_court",
            "unite",
            "definition",
            "type",
            "sens",
            "agregation_temps",
            "agregation_region",
            "mode_cible",
            "mode_saisie",
            "base_statut",
            "niveaux",
            "registre",
            "section",
        ),
        ("code",),
    ),
    "sources_verification": (("objectif_code", "ordre", "texte", "section"), ("objectif_code", "ordre")),
    "hypotheses_risques": (("objectif_code", "nature", "texte", "section"), ("objectif_code", "nature")),
    "problematiques": (("axe_code", "resume", "section"), ("axe_code",)),
    "sigles": (("sigle", "developpe", "section"), ("sigle",)),
    "variantes": (("objet", "code", "champ", "texte", "section", "prevaut"), ("objet", "code", "champ", "section")),
    "contradictions": (
        (
            "code",
            "nature",
            "objet",
            "objet_code",
            "champ",
            "texte_a",
            "section_a",
            "texte_b",
            "section_b",
            "remarque",
        ),
        ("code",),
    ),
    "regions": (("code", "nom", "iso", "geonames", "population_2012", "superficie_km2", "ordre"), ("code",)),
    "alias_regions": (("region_code", "alias"), ("alias",)),
    "departements": (("code", "nom", "region_code", "chef_lieu", "geonames_id", "lat", "lon"), ("code",)),
    "localites": (("geonames_id", "nom", "region_code", "lat", "lon", "rang"), ("nom", "region_code")),
    "acteurs": (
        ("code", "nom", "sigle", "categorie", "region_code", "valide_du", "valide_au", "section", "remarque"),
        ("code",),
    ),
    "alias_acteurs": (("acteur_code", "alias", "section"), ("alias",)),
    "instances": (
        (
            "code",
            "nom",
            "sigle",
            "type",
            "region_code",
            "parent_code",
            "role_spccm",
            "texte_fondateur",
            "a_confirmer",
            "ordre",
            "section",
        ),
        ("code",),
    ),
    "termes": (("liste", "code", "libelle", "ordre"), ("liste", "code")),
}
ENTIERS = {
    "ordre",
    "cout_imprime_fcfa",
    "cout_fcfa",
    "annee",
    "numero",
    "objectif_pmm",
    "population_2012",
    "superficie_km2",
    "geonames_id",
    "rang",
    "prevaut",
    "a_confirmer",
}
REELS = {"lat", "lon"}
LIENS = (
    ("objectifs", "axe_code", "axes", "code"),
    ("actions", "objectif_code", "objectifs", "code"),
    ("activites", "action_code", "actions", "code"),
    ("activites_annees", "activite_code", "activites", "code"),
    ("activites_beneficiaires", "activite_code", "activites", "code"),
    ("actions_pmm", "action_code", "actions", "code"),
    ("actions_pmm", "objectif_pmm", "pmm", "numero"),
    ("indicateurs", "objectif_code", "objectifs", "code"),
    ("sources_verification", "objectif_code", "objectifs", "code"),
    ("hypotheses_risques", "objectif_code", "objectifs", "code"),
    ("departements", "region_code", "regions", "code"),
    ("localites", "region_code", "regions", "code"),
    ("acteurs", "region_code", "regions", "code"),
    ("alias_acteurs", "acteur_code", "acteurs", "code"),
    ("instances", "region_code", "regions", "code"),
    ("instances", "parent_code", "instances", "code"),
)


def _read_file(chemin: Path, colonnes: tuple[str, ...], cle: tuple[str, ...]) -> pd.DataFrame:
    try:
        brut = pd.read_csv(chemin, dtype=str, keep_default_na=False, encoding="utf-8")
    except (OSError, UnicodeDecodeError, pd.errors.ParserError) as erreur:
        raise FichierIllisible("fichier_du_plan", fichier=chemin.name, detail=str(erreur)) from erreur
    if tuple(brut.columns) != colonnes:
        raise FichierIllisible("colonnes_du_plan", fichier=chemin.name, attendu=colonnes, lu=tuple(brut.columns))
    doubles = brut.duplicated(list(cle))
    if doubles.any():
        raise FichierIllisible(
            "doublon_du_plan", fichier=chemin.name, ligne=int(doubles.to_numpy().argmax()) + 2, cle=cle
        )
    cadre = brut.replace("", None)
    for colonne in colonnes:
        try:
            if colonne in ENTIERS:
                cadre[colonne] = pd.to_numeric(brut[colonne].replace("", None)).astype("Int64")
            elif colonne in REELS:
                cadre[colonne] = pd.to_numeric(brut[colonne])
        except (ValueError, TypeError) as erreur:
            raise FichierIllisible("nombre_du_plan", fichier=chemin.name, colonne=colonne) from erreur
    return cadre


def read_plan(dossier: Path = DOSSIER) -> dict[str, pd.DataFrame]:
    """All files of the plan: name → frame (text, Int64 for counts and amounts, missing as None)."""
    cadres = {nom: _read_file(dossier / f"{nom}.csv", *forme) for nom, forme in FICHIERS.items()}
    for nom, colonne, cible, cle in LIENS:
        connus = set(cadres[cible][cle])
        for rang, valeur in enumerate(cadres[nom][colonne]):
            if valeur is not None and not pd.isna(valeur) and valeur not in connus:
                raise FichierIllisible(
                    "lien_du_plan", fichier=f"{nom}.csv", ligne=rang + 2, colonne=colonne, valeur=valeur
                )
    return cadres
