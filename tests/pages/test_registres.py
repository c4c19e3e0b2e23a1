"""The screens of the registers without a browser: empty, filled, filtered by an indicator's link, opened, by each role."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete

from ccm_data.commands.comptes import add_compte
from ccm_data.config import NOM_BASE, Config
from ccm_data.db import get_engine, write_session
from ccm_data.domain.vocabulaire import EtatSuivi, Role
from ccm_data.models.registres import BonnePratique
from tests.conftest import make_config
from tests.integration.aides_registres import add_ligne_registre
from tests.pages.aides import Salle
from tests.pages.conftest import ADMIN, Ouvrir

ECRANS = ("sensibilisations", "dispositif", "appuis", "partenariats", "pratiques", "hypotheses", "postes")
LONG = "Sensibilisation " * 12
LIGNES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("sensibilisation", {"region_code": "NE001", "etat_femmes": 2, "etat_hommes": 30, "activite_code": "1.2"}),
    ("sensibilisation", {"nature": "formation", "intitule": "Formation d’Arlit", "region_code": "NE001",
                         "comites_formes": "Comité d’Arlit", "date_debut": date(2024, 5, 1)}),
    ("comite_veille", {"membres_femmes": 2, "membres_hommes": 9, "lat": 18.7369, "lon": 7.3853, "langues": "haoussa;tamajeq"}),
    ("comite_veille", {"nom": "Comité endormi", "derniere_activite": date(2025, 1, 1)}),
    ("point_information", {"statut": "ouvert", "date_ouverture": date(2024, 1, 1), "accueil_femmes": True}),
    ("point_focal", {"depuis": date(2023, 1, 16)}),
    ("appui", {"montant_fcfa": 7_000_000}),
    ("appui", {"cadre": "drec_mr", "intitule": "Dotation", "region_code": "NE001", "beneficiaire_code": "drecm-r-agadez",
               "nature": "equipement", "equipements": "3 motos"}),
    ("produit_communication", {"langues": "haoussa;zarma", "exemplaires": 1200}),
    ("bonne_pratique", {"titre": "Élevage et mobilité", "enseignement": "Prévenir tôt", "activite_code": "3.1.1"}),
    ("bonne_pratique", {"titre": "Trop de champs", "nature": "avis_dispositif", "enseignement": "Raccourcir"}),
    ("suivi_hypothese", {"niveau": "critique", "mitigation": "Relancer", "responsable_code": "oim", "constat": "Peu suivi"}),
    ("partenariat", {"type": "convention", "document": "C-2025-1"}),
    ("poste_spccm", {"part_2026": 40}),
    ("etape_perennisation", {"nature": "adoption", "rencontre_code": "CCM-2025-01", "constat": "Adoptée sans vote"}),
)  # fmt: skip


@pytest.fixture(scope="module")
def registres(modele_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Config]:
    """Real work with a row or two in each register, shared by the tests that only read; accounts lecteur, focal, se."""
    config = make_config(tmp_path_factory.mktemp("registres"))
    shutil.copy(modele_sqlite, config.data_dir / NOM_BASE)
    with write_session(config) as session:
        for nom, role, region in (
            ("auteur", Role.ADMINISTRATEUR, None), (ADMIN, Role.ADMINISTRATEUR, None), ("lecteur", Role.LECTEUR, None),
            ("focal", Role.POINT_FOCAL, "NE001"), ("se", Role.SUIVI_EVALUATION, None),
        ):  # fmt: skip
            add_compte(session, None, config.maintenant(), nom, role, region_code=region, doit_changer=False)
        for sujet, champs in LIGNES:
            add_ligne_registre(session, sujet, **champs)
        add_ligne_registre(session, "sensibilisation", EtatSuivi.SOUMIS, intitule="Attend", region_code="NE001")
    yield config
    get_engine(config.database_url).dispose()


def list_faits(devant: Salle) -> dict[str, str]:
    """The fields of the row that is open."""
    listes = list(devant.arbre.list_tous("dl", "ccm-registre-faits"))
    assert listes, "no row is open"
    noms = [x.texte for x in listes[-1].list_tous("dt")]
    return dict(zip(noms, [x.texte for x in listes[-1].list_tous("dd")], strict=True))


def list_cles(devant: Salle) -> dict[str, str]:
    """The key figures: name → figure."""
    cles = next(devant.arbre.list_tous("dl", "ccm-cles"))
    return {
        bloc_dt.texte: next(bloc_dd.list_tous("strong")).texte
        for bloc_dt, bloc_dd in zip(cles.list_tous("dt"), cles.list_tous("dd"), strict=True)
    }


@pytest.mark.parametrize("ecran", ECRANS)
def test_an_empty_register_says_so_and_what_to_do(salle: Ouvrir, reel: Config, ecran: str) -> None:
    vu = salle(reel).open(ecran)
    assert vu.titre.startswith("Aucun")
    assert "Aucune ligne validée." in vu.texte
    assert not vu.at.dataframe
    assert not vu.at.get("download_button"), "there is nothing to take away"
    assert "Une ligne paraît ici une fois validée par le SP/CCM." in vu.texte
    tient = salle(reel, ADMIN).open(ecran)
    assert any("Ajouter" in texte for texte, _adresse in tient.list_liens())
    assert "ajoutez une ligne par le formulaire ou par le classeur" in tient.texte


@pytest.mark.parametrize("ecran", ECRANS)
def test_a_visitor_reads_the_figures_and_no_row(salle: Ouvrir, registres: Config, ecran: str) -> None:
    vu = salle(registres).open(ecran)
    assert not vu.titre.startswith("Aucun")
    assert "réservée" in vu.texte
    assert not vu.at.dataframe
    assert not vu.at.get("download_button")
    assert not [texte for texte, _adresse in vu.list_liens() if "Ajouter" in texte or "Corriger" in texte]


@pytest.mark.parametrize(
    ("ecran", "params", "titre"),
    [
        ("sensibilisations", {}, "2 actions de sensibilisation ; au moins 32 agents touchés"),
        ("sensibilisations", {"nature": "mission", "annee": "2025"}, "1 action de sensibilisation ; au moins 32 agents touchés"),
        ("sensibilisations", {"nature": "mission", "annee": "2024"}, "Aucune action de sensibilisation validée"),
        ("sensibilisations", {"region": "NE002"}, "Aucune action de sensibilisation validée"),
        ("sensibilisations", {"nature": "inconnue"}, "2 actions de sensibilisation ; au moins 32 agents touchés"),
        ("dispositif", {}, "2 comités créés, dont 2 opérationnels ; 1 en sommeil"),
        ("dispositif", {"annee": "2023"}, "Aucun comité de veille validé"),
        ("dispositif", {"stade": "dissous"}, "Aucun comité de veille validé"),
        ("dispositif", {"onglet": "points"}, "1 point d’information ouvert sur 1"),
        ("dispositif", {"onglet": "focaux"}, "1 poste de point focal pourvu sur 1"),
        ("appuis", {}, "1 institution en appui ; 1 appui aux DREC/MR"),
        ("appuis", {"cadre": "drec_mr"}, "1 appui aux DREC/MR"),
        ("appuis", {"cadre": "institutionnel"}, "1 institution en appui"),
        ("appuis", {"onglet": "produits"}, "1 produit de communication, en 2 langues"),
        ("partenariats", {"type": "convention"}, "1 partenariat, dont 1 convention"),
        ("partenariats", {"niveau": "bilateral"}, "Aucun partenariat validé"),
        ("pratiques", {}, "1 bonne pratique, aucune leçon"),
        ("pratiques", {"cherche": "ELEVAGE"}, "1 bonne pratique, aucune leçon"),
        ("pratiques", {"cherche": "introuvable"}, "Aucune pratique ni leçon trouvée"),
        ("pratiques", {"onglet": "avis"}, "1 avis sur le dispositif de suivi"),
        ("pratiques", {"nature": "avis_dispositif"}, "1 avis sur le dispositif de suivi"),
        ("hypotheses", {}, "1 point critique et 0 incertain sur 18 ; 17 non suivis"),
        ("postes", {}, "L’État prend en charge 40 % des postes en 2026"),
    ],
    ids=str,
)  # fmt: skip
def test_the_title_is_what_the_rows_of_the_address_say(
    salle: Ouvrir, registres: Config, ecran: str, params: dict[str, str], titre: str
) -> None:
    assert salle(registres, "lecteur").open(ecran, **params).titre == titre


def test_persons_are_a_floor_masked_for_all_but_the_spccm(salle: Ouvrir, registres: Config) -> None:
    lu = salle(registres, "lecteur").open("sensibilisations")
    etat = lu.list_lignes("Qui a été touché")[0]
    assert etat == {k: "État" if k == "Catégorie" else "masqué (petit effectif)" for k in etat}
    assert list_cles(lu)["Femmes parmi eux"] == "masqué (petit effectif)"
    se = salle(registres, "se").open("sensibilisations")
    assert list(se.list_lignes("Qui a été touché")[0].values()) == ["État", "2", "30", "32"]
    assert se.list_lignes("Qui a été touché")[1]["Femmes"] == "non renseigné"
    assert "population non comprise ; 1 ligne sur 2 le dit" in se.texte


def test_rows_that_wait_are_told_apart(salle: Ouvrir, registres: Config) -> None:
    dit = "1 ligne envoyée attend la validation"
    assert dit in salle(registres, "focal").open("sensibilisations").texte
    assert dit not in salle(registres, "lecteur").open("sensibilisations").texte
    liens = dict(salle(registres, "se").open("sensibilisations").list_liens())
    assert "Ouvrir la validation" in liens


@pytest.mark.parametrize(
    ("qui", "corrige"),
    [("lecteur", False), ("focal", True), ("se", True)],
    ids=["a reader", "its region", "the SP/CCM"],
)
def test_a_row_opens_all_its_fields_and_leads_to_its_correction(
    salle: Ouvrir, registres: Config, qui: str, corrige: bool
) -> None:
    devant = salle(registres, qui).open("sensibilisations", ligne="1")
    faits = list_faits(devant)
    assert (faits["Nature"], faits["Région"], faits["Lieu"]) == (
        "Mission de sensibilisation",
        "Agadez",
        "non renseigné",
    )
    assert faits["État, femmes"] == ("2" if qui != "lecteur" else "masqué (petit effectif)")
    assert faits["Agents touchés"] == "32"
    liens = dict(devant.list_liens())
    assert any(texte.startswith("Voir l’activité 1.2") for texte in liens)
    assert ("Corriger cette ligne" in liens) is corrige
    if corrige:
        assert liens["Corriger cette ligne"].endswith("?mode=formulaire&feuille=sensibilisation&ligne=1")
        assert not salle(registres, qui).follow(liens["Corriger cette ligne"]).erreurs


@pytest.mark.parametrize("ligne", ["99", "abc", "3"], ids=["no such row", "no number", "one that waits"])
def test_a_row_that_is_not_to_be_read_is_told(salle: Ouvrir, registres: Config, ligne: str) -> None:
    devant = salle(registres, "se").open("sensibilisations", ligne=ligne)
    assert "n’est pas dans cette sélection, ou n’est pas visible pour vous" in devant.texte


def test_only_the_spccm_keeps_its_posts(salle: Ouvrir, registres: Config) -> None:
    assert not [t for t, _a in salle(registres, "focal").open("postes").list_liens() if "Ajouter" in t]
    se = salle(registres, "se").open("postes")
    assert len([t for t, _a in se.list_liens() if "Ajouter" in t]) == 2
    etape = se.list_lignes("Feuille de route sur la pérennisation")[0]
    assert (etape["Rencontre"], etape["Constat"]) == ("CCM-2025-01", "Adoptée sans vote")
    lu = salle(registres, "lecteur").open("postes")
    assert lu.list_lignes("Feuille de route sur la pérennisation")[0]["Constat"] == "réservé"
    assert list_cles(lu)["Feuille de route"] == "adoptée"


@pytest.mark.parametrize(("qui", "corrige"), [("lecteur", False), ("se", True)])
def test_a_step_of_the_road_map_opens_its_fields_and_leads_to_its_correction(
    salle: Ouvrir, registres: Config, qui: str, corrige: bool
) -> None:
    devant = salle(registres, qui).open("postes", etape="1")
    faits = list_faits(devant)
    assert (faits["Étape"], faits["Constat"]) == (
        "Adoption de la feuille de route",
        "Adoptée sans vote" if corrige else "réservé",
    )
    liens = dict(devant.list_liens())
    assert ("Corriger cette ligne" in liens) is corrige
    if corrige:
        assert liens["Corriger cette ligne"].endswith("?mode=formulaire&feuille=etape_perennisation&ligne=1")


def test_the_last_year_of_a_post_stands_before_its_dates(salle: Ouvrir, registres: Config) -> None:
    (tableau,) = salle(registres, "lecteur").open("postes").at.dataframe
    colonnes = list(tableau.value.columns)
    assert colonnes.index("État en 2026 (%)") < colonnes.index("Depuis le")


def test_what_the_lead_has_not_consented_to_is_reserved_not_zero(salle: Ouvrir, registres: Config) -> None:
    assert list_faits(salle(registres, "lecteur").open("appuis", ligne="1"))["Montant (FCFA)"] == "réservé"
    assert list_faits(salle(registres, "se").open("appuis", ligne="1"))["Montant (FCFA)"] == "7 000 000 FCFA"
    assert list_faits(salle(registres, "se").open("appuis", ligne="2"))["Montant (FCFA)"] == "non renseigné"


def test_a_committee_says_its_life_its_trainings_and_its_place_as_each_may_know(
    salle: Ouvrir, registres: Config
) -> None:
    faits = list_faits(salle(registres, "lecteur").open("dispositif", ligne="1"))
    assert (faits["Stade"], faits["Veille"], faits["Langues"]) == (
        "Opérationnel",
        "activité non renseignée",
        "haoussa, tamajeq",
    )
    assert faits["Formations reçues"] == "Formation d’Arlit (1er mai 2024)"
    assert (faits["Membres, femmes"], faits["Membres"], faits["Latitude"]) == ("masqué (petit effectif)", "11", "18,7")
    assert list_faits(salle(registres, "focal").open("dispositif", ligne="1"))["Latitude"] == "18,7369"


def test_the_worst_hypothesis_comes_first_for_readers(salle: Ouvrir, registres: Config) -> None:
    premiere = salle(registres, "lecteur").open("hypotheses").list_lignes("Hypothèses et risques")[0]
    assert (premiere["Objectif"], premiere["Mesure prise"], premiere["Suivi par"]) == ("1", "Relancer", "OIM")
    assert premiere["État"].startswith("Critique")
    vue = salle(registres).open("hypotheses").list_lignes("Hypothèses et risques")
    assert [x["État"] for x in vue].count("réservé") == 1
    assert not [x for x in vue if "Critique" in x["État"]]


def test_a_hostile_title_stays_text(salle: Ouvrir, registres: Config) -> None:
    mechant = "<script>alert(1)</script>" + LONG
    with write_session(registres) as session:
        ligne = add_ligne_registre(
            session, "bonne_pratique", titre=mechant[:200], contexte="a\n\n# b\n<img src=x>", region_code="NE008",
            date_constat=date(2022, 1, 2),
        )  # fmt: skip
        numero = str(ligne.id)
    devant = salle(registres, "se").open("pratiques", ligne=numero)
    assert list_faits(devant)["Titre"].startswith("<script>alert(1)</script>Sensibilisation")
    assert "<img src=x>" in list_faits(devant)["Contexte"]
    with write_session(registres) as session:
        session.execute(delete(BonnePratique).where(BonnePratique.id == int(numero)))


@pytest.mark.parametrize("ecran", ECRANS)
def test_the_rows_shown_can_be_taken_away(salle: Ouvrir, registres: Config, ecran: str) -> None:
    assert len(salle(registres, "lecteur").open(ecran).at.get("download_button")) == 2
