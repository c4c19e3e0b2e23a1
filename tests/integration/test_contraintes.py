"""Each named constraint of the database refuses what it forbids, by its name, on both databases.

A row that is right but for one thing is inserted below the models' own checks; the table of cases is held complete against
the models, so that a new constraint asks for its case.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import (
    CheckConstraint,
    Connection,
    Enum,
    Index,
    String,
    Table,
    UniqueConstraint,
    delete,
    insert,
    literal,
)
from sqlalchemy.exc import IntegrityError

from ccm_data.db import get_engine
from ccm_data.models import Base
from tests.integration import contraintes_coordination as coordination
from tests.integration import contraintes_registres as registres
from tests.integration import contraintes_seances as seances

MAINTENANT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TABLES: dict[str, Table] = dict(Base.metadata.tables)
ETAT_VALIDE = {"etat": "valide", "valide_le": MAINTENANT, "valide_par_id": 902}
SUIVI = {"etat": "brouillon", "version": 1, "auteur_id": 901, "cree_le": MAINTENANT, "region_code": "NE001"}
DECISION = {"source": "PV", "date_source": date(2026, 11, 20), "decide_le": MAINTENANT, "auteur_id": 901}
COMPTE = {
    "identifiant": "nouveau", "libelle": "Nouveau", "role": "lecteur", "empreinte": "-", "doit_changer": False,
    "actif": True, "echecs": 0, "cree_le": MAINTENANT,
}  # fmt: skip
# table → a row that every constraint takes
JUSTES: dict[str, dict[str, Any]] = {
    "axe": {"code": "9", "ordre": 9, "intitule": "Axe", "libelle_court": "Axe", "section": ""},
    "action": {"code": "9.9.1", "objectif_code": "9", "ordre": 9, "intitule": "Action", "section": ""},
    "activite": {
        "code": "9.9.9", "action_code": "2.1", "ordre": 9, "intitule": "Activité", "libelle_court": "Activité",
        "cout_fcfa": 1, "structures_beneficiaires": "", "section": "",
    },
    "activite_annee": {"activite_code": "3.1.3", "annee": 2022},
    "activite_beneficiaire": {"activite_code": "3.1.3", "ordre": 99, "libelle": "Communes", "categorie": "etat"},
    "indicateur": {
        "code": "9.z", "objectif_code": "9", "ordre": 99, "intitule": "Indicateur", "libelle_court": "Indicateur",
        "unite": "nombre", "type": "nombre", "sens": "croissant", "agregation_temps": "somme",
        "agregation_region": "somme", "mode_cible": "incrementale", "mode_saisie": "flux",
        "base_statut": "inconnue", "section": "",
    },
    "hypothese_risque": {"objectif_code": "9", "nature": "risque", "texte": "Risque", "section": ""},
    "contradiction": {"code": "essai", "nature": "montant", "objet": "axe"},
    "region": {
        "code": "NE099", "nom": "Nouvelle", "iso": "NE-99", "geonames": "1", "population_2012": 1, "superficie_km2": 1,
        "ordre": 9,
    },
    "departement": {
        "code": "NE001099", "nom": "Nouveau", "region_code": "NE001", "chef_lieu": "Nouveau", "lat": 17.0, "lon": 8.0,
    },
    "acteur": {"code": "nouveau", "nom": "Nouveau", "cle_tri": "nouveau", "categorie": "osc", "section": "",
               "modifie_spccm": False},
    "compte": COMPTE,
    "reference": {**DECISION, "indicateur_code": "1.a", "statut": "connue", "valeur": 3, "annee": 2021},
    "cible": {**DECISION, "indicateur_code": "1.a", "annee": 2026, "valeur": 12},
    "montant_annuel": {**DECISION, "activite_code": "3.1.3", "annee": 2026, "montant_fcfa": 5},
    "montant_retenu": {**DECISION, "objet": "axe", "objet_code": "1", "montant_fcfa": 5, "motif": "addition"},
    "choix_contradiction": {**DECISION, "contradiction_code": "fixe", "texte_retenu": "A", "motif": "m"},
    "region_concernee": {**DECISION, "activite_code": "3.1.3", "region_code": "NE001", "poids": 1},
    "reglage_indicateur": {**DECISION, "indicateur_code": "1.a", "champ": "sens", "valeur": "croissant"},
    "seuil": {**DECISION, "nom": "essai", "valeur": "1"},
    "trimestre_verrouille": {
        "annee": 2026, "trimestre": 3, "verrouille_le": MAINTENANT, "verrouille_par_id": 901,
    },
    "mise_a_jour": {**SUIVI, "activite_code": "3.1.3", "annee": 2026, "trimestre": 3, "avancement": 40,
                    "statut": "en_cours", "rien_a_signaler": False},
    "ecriture_budgetaire": {
        **SUIVI, "activite_code": "3.1.3", "annee": 2026, "phase": "paye", "type_financement": "ptf",
        "niveau": "bailleur", "appui_technique": False, "montant_fcfa": 5, "devise": "XOF",
        "date_operation": date(2026, 8, 3),
    },
    "valeur_indicateur": {**SUIVI, "indicateur_code": "1.a", "annee": 2026, "trimestre": 3, "valeur": 4},
    "comite_veille": {**SUIVI, "nom": "Comité", "niveau": "commune", "statut": "cree",
                      "date_creation": date(2024, 5, 6), "lat": 18.7, "lon": 7.4},
    "point_information": {**SUIVI, "nom": "Point", "statut": "ouvert", "date_ouverture": date(2024, 5, 6)},
    "point_focal": {**SUIVI, "nom": "Point focal", "en_poste": True, "depuis": date(2023, 1, 16)},
    "presence": {**SUIVI, "acteur_code": "oim", "domaine": "Assistance"},
    "depot": {"numero": "D-2026-0001", "auteur_id": 901, "cree_le": MAINTENANT, "nom_fichier": "t3.xlsx",
              "empreinte": "a" * 64, "taille": 9, "reprise": False, "lignes": 1, "ecartees": 0},
    "preuve": {"sujet": "mise_a_jour", "ligne_id": 1, "auteur_id": 901, "cree_le": MAINTENANT, "nom": "pv.pdf",
               "type_mime": "application/pdf", "taille": 9, "empreinte": "a" * 64, "restreinte": True},
    **coordination.JUSTES,
    **registres.JUSTES,
    **seances.JUSTES,
}  # fmt: skip
LIEUX = ("comite_veille", "point_information", "point_focal")
SUIVIS = (
    "mise_a_jour", "ecriture_budgetaire", "valeur_indicateur", *LIEUX, "presence", "intervention", *registres.SUIVIS,
)  # fmt: skip
HORS_PLAN = {"before the plan": {"annee": 2021}, "after the plan": {"annee": 2027}}
HORS_TRIMESTRE = {"no quarter": {"trimestre": 0}, "a fifth quarter": {"trimestre": 5}, **HORS_PLAN}
NEGATIF = {"less than nothing": {"montant_fcfa": -1}}
HORS_DU_PAYS = {
    "south of the country": {"lat": 10.9, "lon": 8.0}, "west of the country": {"lat": 15.0, "lon": -0.1},
    "half a place": {"lat": 15.0, "lon": None},
}  # fmt: skip
SANS_REGION = {"no region": {"region_code": None}}
FIN_AVANT_DEBUT = {"ends before it begins": {"depuis": date(2024, 1, 2), "jusqua": date(2024, 1, 1)}}
VALIDATION = {
    "validated by its author": {**ETAT_VALIDE, "valide_par_id": 901},
    "validated by nobody": {**ETAT_VALIDE, "valide_par_id": None},
    "validated at no moment": {**ETAT_VALIDE, "valide_le": None},
}
# (table, constraint without its prefix) → what breaks it
CHECKS: dict[tuple[str, str], dict[str, dict[str, Any]]] = {
    ("axe", "cout_positif"): {"less than nothing": {"cout_imprime_fcfa": -1}},
    ("action", "cout_positif"): {"less than nothing": {"cout_imprime_fcfa": -1}},
    ("activite", "cout_positif"): {"less than nothing": {"cout_fcfa": -1}},
    ("activite_annee", "annee_du_plan"): HORS_PLAN,
    ("hypothese_risque", "nature_connue"): {"another nature": {"nature": "espoir"}},
    ("departement", "dans_le_pays"): {nom: v for nom, v in HORS_DU_PAYS.items() if None not in v.values()},
    ("acteur", "validite"): {"ends before it begins": {"valide_du": date(2024, 1, 2), "valide_au": date(2024, 1, 1)}},
    ("compte", "role_de_compte"): {"a visitor with an account": {"role": "visiteur"}},
    ("compte", "point_focal_a_une_region"): {"a focal point without region": {"role": "point_focal"}},
    ("compte", "acteur_a_une_organisation"): {"an actor without organisation": {"role": "acteur"}},
    ("compte", "identifiant_minuscule"): {"capitals": {"identifiant": "Nouveau"}},
    ("reference", "connue_a_une_valeur"): {"known but absent": {"valeur": None}},
    ("cible", "annee_du_plan"): HORS_PLAN,
    ("cible", "valeur_ou_niveau"): {"neither": {"valeur": None}, "both": {"niveau": "en ligne"}},
    ("montant_annuel", "annee_du_plan"): HORS_PLAN,
    ("montant_annuel", "montant_positif"): NEGATIF,
    ("montant_retenu", "objet_connu"): {"another object": {"objet": "objectif"}},
    ("montant_retenu", "montant_positif"): NEGATIF,
    ("region_concernee", "poids_positif"): {"no weight": {"poids": 0}},
    ("region_concernee", "part_positive"): {"less than nothing": {"part_fcfa": -1}},
    ("region_concernee", "nombre_positif"): {"less than nothing": {"nombre_prevu": -1}},
    ("trimestre_verrouille", "trimestre"): {"a fifth quarter": {"trimestre": 5}, "no quarter": {"trimestre": 0}},
    ("mise_a_jour", "avancement_0_100"): {"more than all": {"avancement": 100.5}, "less than nothing": {"avancement": -1}},
    ("mise_a_jour", "fin_apres_debut"): {
        "ends before it begins": {"debut_reel": date(2024, 1, 2), "fin_reelle": date(2024, 1, 1)}
    },
    ("mise_a_jour", "trimestre_du_plan"): HORS_TRIMESTRE,
    ("ecriture_budgetaire", "montant_positif"): NEGATIF,
    ("ecriture_budgetaire", "montant_ou_appui"): {"neither amount nor support": {"montant_fcfa": None}},
    ("ecriture_budgetaire", "annee_du_plan"): HORS_PLAN,
    ("ecriture_budgetaire", "devise_et_taux"): {
        "euros without a rate": {"devise": "EUR", "montant_origine": 5},
        "euros without their amount": {"devise": "EUR", "taux": 655.957},
    },
    ("valeur_indicateur", "trimestre_du_plan"): HORS_TRIMESTRE,
    ("valeur_indicateur", "denominateur_positif"): {"less than nothing": {"denominateur": -1}},
    ("comite_veille", "cree_a_une_date"): {"created on no day": {"date_creation": None}},
    ("comite_veille", "formation_apres_creation"): {"trained before it was": {"date_formation": date(2024, 5, 5)}},
    ("comite_veille", "membres_positifs"): {
        "fewer than no women": {"membres_femmes": -1, "membres_hommes": 2},
        "fewer than no men": {"membres_femmes": 2, "membres_hommes": -1},
    },
    ("point_information", "ouvert_a_une_date"): {"opened on no day": {"date_ouverture": None}},
    ("point_focal", "fin_apres_debut"): FIN_AVANT_DEBUT,
    ("presence", "fin_apres_debut"): FIN_AVANT_DEBUT,
    ("presence", "acteur_et_region"): {"no actor": {"acteur_code": None}, **SANS_REGION},
    ("presence", "dans_le_pays"): HORS_DU_PAYS,
    ("depot", "comptes_positifs"): {"fewer than no rows": {"lignes": -1}, "fewer than none left out": {"ecartees": -1}},
    ("depot", "fichier_et_empreinte"): {"a file without its hash": {"empreinte": None}},
    ("preuve", "dix_mo_au_plus"): {"an empty file": {"taille": 0}, "too big a file": {"taille": 10_000_001}},
    **{(lieu, "a_une_region"): SANS_REGION for lieu in LIEUX},
    **{(lieu, "dans_le_pays"): HORS_DU_PAYS for lieu in LIEUX},
    **{(suivi, "validation_par_un_autre"): VALIDATION for suivi in SUIVIS},
    **coordination.CHECKS,
    **registres.CHECKS,
    **seances.CHECKS,
}  # fmt: skip
# unique constraint or index → (table, what the second row changes so that it still collides)
UNIQUES: dict[str, tuple[str, dict[str, Any]]] = {
    "uq_action_objectif_code": ("action", {"code": "9.9.2"}),
    "uq_region_nom": ("region", {"code": "NE098", "iso": "NE-98"}),
    "uq_region_iso": ("region", {"code": "NE098", "nom": "Autre"}),
    "uq_compte_identifiant": ("compte", {}),
    "uq_reference_en_vigueur": ("reference", {"valeur": 4}),
    "uq_cible_en_vigueur": ("cible", {"valeur": 13}),
    "uq_montant_annuel_en_vigueur": ("montant_annuel", {"montant_fcfa": 6}),
    "uq_montant_retenu_en_vigueur": ("montant_retenu", {"montant_fcfa": 6}),
    "uq_choix_contradiction_en_vigueur": ("choix_contradiction", {"texte_retenu": "B"}),
    "uq_region_concernee_en_vigueur": ("region_concernee", {"poids": 2}),
    "uq_reglage_indicateur_en_vigueur": ("reglage_indicateur", {"valeur": "decroissant"}),
    "uq_seuil_en_vigueur": ("seuil", {"valeur": "2"}),
    "uq_trimestre_verrouille_actif": ("trimestre_verrouille", {}),
    "uq_mise_a_jour_validee": ("mise_a_jour", {"avancement": 50}),
    "uq_valeur_indicateur_validee": ("valeur_indicateur", {"valeur": 5}),
    "uq_comite_veille_valide": ("comite_veille", {"statut": "operationnel"}),
    "uq_point_information_valide": ("point_information", {"statut": "ferme"}),
    "uq_point_focal_valide": ("point_focal", {"en_poste": False}),
    "uq_presence_validee": ("presence", {"domaine": "Retour"}),
    "uq_depot_numero": ("depot", {"empreinte": "b" * 64}),
    "uq_depot_recu": ("depot", {"numero": "D-2026-0002"}),
    **coordination.UNIQUES,
    **registres.UNIQUES,
    **seances.UNIQUES,
}
SANS = {"region_code": None}
# unique key → what is null in both rows
NULLES: dict[str, dict[str, Any]] = {
    "uq_reference_en_vigueur": SANS,
    "uq_cible_en_vigueur": SANS,
    "uq_mise_a_jour_validee": SANS,
    "uq_valeur_indicateur_validee": SANS,
    **registres.NULLES,
}


def _list_enums() -> list[tuple[str, str, str]]:
    """(table, column, constraint) of every closed list."""
    return [
        (table.name, colonne.name, f"ck_{table.name}_{colonne.type.name}")
        for table in TABLES.values()
        for colonne in table.columns
        if isinstance(colonne.type, Enum)
    ]


@pytest.fixture
def connexion(url_commune: str) -> Iterator[Connection]:
    """A connection on a base with the plan, two accounts and what the rows above point at; rolled back."""
    moteur = get_engine(url_commune)
    with moteur.connect() as ouverte:
        ouverte.execute(delete(TABLES["activite_annee"]))  # a row of the plan would stand in the way of ours
        for numero in (901, 902):
            ouverte.execute(insert(TABLES["compte"]).values(COMPTE | {"id": numero, "identifiant": f"c{numero}"}))
        objectif = {"code": "9", "axe_code": "1", "ordre": 9, "intitule": "Objectif", "section": ""}
        ouverte.execute(insert(TABLES["objectif"]).values(objectif))
        ouverte.execute(insert(TABLES["contradiction"]).values(JUSTES["contradiction"] | {"code": "fixe"}))
        ouverte.execute(insert(TABLES["requete"]).values(coordination.REQUETE | {"id": 901, "numero": "R-fixe"}))
        for table, ligne in (registres.APPUIS | seances.APPUIS).items():
            ouverte.execute(insert(TABLES[table]).values(ligne))
        yield ouverte
        ouverte.rollback()


def _insert(connexion: Connection, table: str, **champs: Any) -> None:
    connexion.execute(insert(TABLES[table]).values(JUSTES[table] | champs))


def _read_refus(erreur: IntegrityError) -> str:
    """The violated constraint's name; where SQLite tells columns only, « table.column, … »."""
    diagnostic = getattr(erreur.orig, "diag", None)
    if diagnostic is not None:
        return str(diagnostic.constraint_name)
    return str(erreur.orig).split("failed: ", 1)[-1].removeprefix("index ").strip("'")


def _list_noms(nom: str, table: str) -> set[str]:
    """The ways in which a unique rule is named: its name, or its columns (SQLite)."""
    regles = [*TABLES[table].indexes, *TABLES[table].constraints]
    regle = next(r for r in regles if r.name == nom)
    assert isinstance(regle, (Index, UniqueConstraint))
    return {nom, ", ".join(f"{table}.{c.name}" for c in regle.columns)}


@pytest.mark.parametrize("table", JUSTES)
def test_a_right_row_is_taken(connexion: Connection, table: str) -> None:
    _insert(connexion, table)


@pytest.mark.parametrize(
    ("table", "contrainte", "champs"),
    [
        pytest.param(table, f"ck_{table}_{contrainte}", champs, id=f"{table}: {cas}")
        for (table, contrainte), cas_casses in CHECKS.items()
        for cas, champs in cas_casses.items()
    ],
)
def test_a_wrong_row_is_refused_by_name(
    connexion: Connection, table: str, contrainte: str, champs: dict[str, Any]
) -> None:
    with pytest.raises(IntegrityError) as refus:
        _insert(connexion, table, **champs)
    assert _read_refus(refus.value) == contrainte


@pytest.mark.parametrize(
    ("table", "colonne", "contrainte"), [pytest.param(*x, id=f"{x[0]}.{x[1]}") for x in _list_enums()]
)
def test_a_value_outside_a_closed_list_is_refused_by_name(
    connexion: Connection, table: str, colonne: str, contrainte: str
) -> None:
    with pytest.raises(IntegrityError) as refus:
        _insert(connexion, table, **{colonne: literal("inconnu", String)})
    assert _read_refus(refus.value) == contrainte


@pytest.mark.parametrize("nom", UNIQUES)
def test_a_second_row_for_the_same_fact_is_refused_by_name(connexion: Connection, nom: str) -> None:
    table, change = UNIQUES[nom]
    etat = ETAT_VALIDE if table in SUIVIS else {}
    _insert(connexion, table, **etat)
    with pytest.raises(IntegrityError) as refus:
        _insert(connexion, table, **etat, **change)
    assert _read_refus(refus.value) in _list_noms(nom, table)


@pytest.mark.parametrize("nom", NULLES)
def test_two_rows_without_region_college_or_organisation_collide_as_others_do(connexion: Connection, nom: str) -> None:
    table, change = UNIQUES[nom]
    commun = (ETAT_VALIDE if table in SUIVIS else {}) | NULLES[nom]
    _insert(connexion, table, **commun)
    with pytest.raises(IntegrityError) as refus:
        _insert(connexion, table, **commun, **change)
    assert _read_refus(refus.value) == nom


@pytest.mark.parametrize("table", SUIVIS)
def test_rows_that_are_not_validated_do_not_stand_in_each_others_way(connexion: Connection, table: str) -> None:
    for etat in ("brouillon", "brouillon", "soumis", "remplace"):
        _insert(connexion, table, etat=etat)
    _insert(connexion, table, **ETAT_VALIDE)


@pytest.mark.parametrize("table", [t for t in JUSTES if "remplace_le" in TABLES[t].columns])
def test_a_decision_that_was_replaced_leaves_its_place(connexion: Connection, table: str) -> None:
    for _fois in range(2):
        _insert(connexion, table, remplace_le=MAINTENANT)
    _insert(connexion, table)


def test_what_points_at_nothing_is_refused(connexion: Connection) -> None:
    with pytest.raises(IntegrityError):
        _insert(connexion, "mise_a_jour", activite_code="9.9.8")


def test_every_constraint_of_the_models_has_its_case() -> None:
    attendus, uniques = set(), set()
    enums = {contrainte for _table, _colonne, contrainte in _list_enums()}
    for table in TABLES.values():
        for contrainte in table.constraints:
            if isinstance(contrainte, CheckConstraint):
                attendus.add(str(contrainte.name))
            elif isinstance(contrainte, UniqueConstraint):
                uniques.add(str(contrainte.name))
        uniques |= {str(index.name) for index in table.indexes if index.unique}
    assert attendus == {f"ck_{table}_{nom}" for table, nom in CHECKS} | enums
    assert uniques == set(UNIQUES)
