"""The registers read by each role: what counts, what is shown, reserved or masked; filters, search, what the date tells."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from ccm_data.commands.decisions import Provenance, set_seuil
from ccm_data.domain.dispositif import ENDORMI
from ccm_data.domain.perimetre import Perimetre
from ccm_data.domain.permissions import Personne
from ccm_data.domain.vocabulaire import EtatSuivi
from ccm_data.models.acteurs import Acteur
from ccm_data.models.decisions import RegionConcernee
from ccm_data.phrases.dispositif import list_cles
from ccm_data.phrases.registres import make_fichier
from ccm_data.queries import bilans, dispositif
from ccm_data.queries.carte import get_carte
from ccm_data.queries.hypotheses import NON_SUIVI, get_tableau
from ccm_data.queries.postes import compute_postes
from ccm_data.queries.registres import (
    MASQUES,
    REGISTRES,
    RESERVES,
    Filtre,
    Lecture,
    get_lecture,
    get_noms,
    get_seuil_pour,
    mask_pour_fichier,
)
from tests.integration.aides_commandes import MAINTENANT, PROVENANCE_JOUR, make_personnes
from tests.integration.aides_registres import MODELES, add_ligne_registre

ARRETE = date(2026, 9, 30)
TOUT = Filtre()


@pytest.fixture
def personnes(session: Session) -> dict[str, Personne]:
    return make_personnes(session)


def read(session: Session, sujet: str, personne: Personne, filtre: Filtre = TOUT, jour: date = ARRETE) -> Lecture:
    if sujet in dispositif.ACTIVITES:
        return dispositif.get_lecture_dispositif(session, sujet, personne, jour, filtre)
    return get_lecture(session, sujet, personne, jour, filtre)


@pytest.mark.parametrize("sujet", REGISTRES)
def test_a_visitor_knows_how_many_rows_and_reads_none(
    session: Session, personnes: dict[str, Personne], sujet: str
) -> None:
    add_ligne_registre(session, sujet)
    vu = read(session, sujet, personnes["visiteur"])
    assert (len(vu.toutes), vu.lisibles, vu.retenues, vu.en_attente) == (1, (), 1, None)
    for nom in ("lecteur", "acteur", "focal", "se", "admin"):
        lu = read(session, sujet, personnes[nom])
        assert (len(lu.lisibles), lu.retenues) == (1, 0), nom


@pytest.mark.parametrize("sujet", REGISTRES)
@pytest.mark.parametrize("etat", [e for e in EtatSuivi if e is not EtatSuivi.VALIDE])
def test_only_validated_rows_count(
    session: Session, personnes: dict[str, Personne], sujet: str, etat: EtatSuivi
) -> None:
    add_ligne_registre(session, sujet, etat)
    lu = read(session, sujet, personnes["se"])
    assert (lu.toutes, lu.lisibles) == ((), ())
    assert lu.en_attente == (1 if etat is EtatSuivi.SOUMIS else 0)


def test_rows_that_wait_are_counted_for_who_may_see_them(session: Session, personnes: dict[str, Personne]) -> None:
    for region in ("NE001", "NE005"):
        add_ligne_registre(session, "sensibilisation", EtatSuivi.SOUMIS, region_code=region, auteur_id=2)
    attendus = {"visiteur": None, "lecteur": None, "acteur": 2, "focal": 1, "se": 2}
    assert personnes["acteur"].compte_id == 2, "he sent them"
    assert {n: read(session, "sensibilisation", personnes[n]).en_attente for n in attendus} == attendus
    assert read(session, "sensibilisation", personnes["se"], Filtre(region="NE005")).en_attente == 1


@pytest.mark.parametrize("sujet", [s for s in REGISTRES if MODELES[s].get(REGISTRES[s].jour)])
def test_a_fact_after_the_date_does_not_count(session: Session, personnes: dict[str, Personne], sujet: str) -> None:
    add_ligne_registre(session, sujet)
    jour = MODELES[sujet][REGISTRES[sujet].jour]
    assert len(read(session, sujet, personnes["se"], jour=jour).toutes) == 1
    assert not read(session, sujet, personnes["se"], jour=date.fromordinal(jour.toordinal() - 1)).toutes


def test_filters_keep_the_rows_that_an_indicator_counts(session: Session, personnes: dict[str, Personne]) -> None:
    for nature, region, annee in (("mission", "NE001", 2025), ("mission", None, 2024), ("formation", "NE001", 2025)):
        add_ligne_registre(
            session, "sensibilisation", nature=nature, region_code=region, date_debut=date(annee, 6, 1)
        )  # fmt: skip

    def _count(**filtre: Any) -> int:
        return len(read(session, "sensibilisation", personnes["visiteur"], Filtre(**filtre)).toutes)

    assert [_count(), _count(choix=(("nature", "mission"),)), _count(annee=2025), _count(region="NE001")] == [
        3,
        2,
        2,
        2,
    ]
    assert _count(choix=(("nature", "mission"),), annee=2025, region="NE001") == 1
    assert _count(sauf=(("nature", "mission"),)) == 1


def test_a_search_is_blind_to_accents_and_capitals_and_tells_a_visitor_nothing(
    session: Session, personnes: dict[str, Personne]
) -> None:
    add_ligne_registre(session, "bonne_pratique", titre="Élevage transhumant", conditions="Un comité ACTIF")
    add_ligne_registre(session, "bonne_pratique", titre="Autre", contexte="Rien de tel")
    for texte, n in (("elevage", 1), ("ÉLEVAGE actif", 1), ("comite", 1), ("elevage autre", 0), ("", 2), ("%", 2)):
        assert len(read(session, "bonne_pratique", personnes["lecteur"], Filtre(texte=texte)).toutes) == n, texte
    assert len(read(session, "bonne_pratique", personnes["visiteur"], Filtre(texte="elevage")).toutes) == 2


def test_the_text_of_an_opinion_is_its_own_and_a_lesson_is_for_all_readers(
    session: Session, personnes: dict[str, Personne]
) -> None:
    communs = {"enseignement": "Trop de champs", "region_code": "NE001", "acteur_code": "oim", "auteur_id": 3}
    add_ligne_registre(session, "bonne_pratique", nature="avis_dispositif", **communs)
    add_ligne_registre(session, "bonne_pratique", nature="lecon_apprise", **communs | {"titre": "Leçon"})
    lus = {n: read(session, "bonne_pratique", personnes[n]).lisibles for n in ("lecteur", "acteur", "focal", "se")}
    for nom, lignes in lus.items():
        lecon, avis = sorted(lignes, key=lambda x: x["nature"], reverse=True)
        assert lecon["enseignement"] == "Trop de champs", nom
        reserve = nom == "lecteur"
        assert (avis["enseignement"] is None) is reserve
        assert avis[RESERVES] == ({"enseignement"} if reserve else frozenset()), "what says nothing is not reserved"


def test_an_amount_is_its_funders_to_show(session: Session, personnes: dict[str, Personne]) -> None:
    add_ligne_registre(session, "appui", montant_fcfa=5_000_000)

    def _read() -> dict[str, Any]:
        noms = ("lecteur", "acteur", "focal", "se")
        return {n: read(session, "appui", personnes[n]).lisibles[0]["montant_fcfa"] for n in noms}

    session.execute(update(Acteur).where(Acteur.code == "oim").values(montants_publics=False))
    assert _read() == {"lecteur": None, "acteur": 5_000_000, "focal": None, "se": 5_000_000}
    assert read(session, "appui", personnes["lecteur"]).lisibles[0][RESERVES] == {"montant_fcfa"}
    session.execute(update(Acteur).where(Acteur.code == "oim").values(montants_publics=True))
    assert set(_read().values()) == {5_000_000}


def test_small_counts_are_masked_but_for_their_region_and_always_in_files(
    session: Session, personnes: dict[str, Personne]
) -> None:
    add_ligne_registre(session, "comite_veille", membres_femmes=2, membres_hommes=9, lat=18.7369, lon=7.3853)
    attendus = {
        "lecteur": (None, None, 11, {"membres_femmes", "membres_hommes"}),
        "focal": (2, 9, 11, set()),
        "se": (2, 9, 11, set()),
    }
    for nom, (femmes, hommes, membres, masques) in attendus.items():
        ligne = read(session, "comite_veille", personnes[nom]).lisibles[0]
        assert (ligne["membres_femmes"], ligne["membres_hommes"], ligne["membres"]) == (femmes, hommes, membres), nom
        assert ligne[MASQUES] == masques
        fichier = mask_pour_fichier(session, "comite_veille", [ligne])[0]
        assert (fichier["membres_femmes"], fichier["membres_hommes"], fichier["membres"]) == (None, None, 11), nom
        cadre = make_fichier("comite_veille", [fichier], get_noms(session))
        assert cadre["Membres, femmes"].tolist() == ["masqué (petit effectif)"]
        assert cadre["Membres"].tolist() == [11]
        assert cadre["Village"].isna().all(), "an empty cell is not reported"


def test_a_committee_is_placed_exactly_for_its_region_alone(session: Session, personnes: dict[str, Personne]) -> None:
    add_ligne_registre(session, "comite_veille", lat=18.7369, lon=7.3853)
    lues = {n: read(session, "comite_veille", personnes[n]).lisibles[0] for n in ("lecteur", "acteur", "focal", "se")}
    assert {n: (x["lat"], x["lon"]) for n, x in lues.items()} == {
        "lecteur": (18.7, 7.4), "acteur": (18.7, 7.4), "focal": (18.7369, 7.3853), "se": (18.7369, 7.3853),
    }  # fmt: skip


def test_sums_are_masked_for_all_but_the_spccm(session: Session, personnes: dict[str, Personne]) -> None:
    seuils = {n: get_seuil_pour(session, p) for n, p in personnes.items()}
    assert {n for n, s in seuils.items() if s is None} == {"se", "se2", "admin"}
    assert seuils["visiteur"] == seuils["focal"] == 5


def test_a_training_is_of_the_committee_that_it_names_in_its_region(
    session: Session, personnes: dict[str, Personne]
) -> None:
    add_ligne_registre(session, "comite_veille")
    add_ligne_registre(session, "comite_veille", region_code="NE005")
    formation = {"nature": "formation", "region_code": "NE001"}
    add_ligne_registre(
        session, "sensibilisation", **formation, intitule="Veille", comites_formes="Autre ; COMITE D'ARLIT"
    )
    add_ligne_registre(session, "sensibilisation", **formation | {"nature": "mission"}, comites_formes="Comité d’Arlit")
    add_ligne_registre(
        session, "sensibilisation", EtatSuivi.SOUMIS, **formation, intitule="À venir", comites_formes="Comité d’Arlit"
    )
    lus = read(session, "comite_veille", personnes["lecteur"]).lisibles
    assert {x["region_code"]: x["formations"] for x in lus} == {"NE001": ((date(2025, 3, 4), "Veille"),), "NE005": ()}


def test_the_devices_are_counted_at_the_date_against_what_was_planned(
    session: Session, personnes: dict[str, Personne]
) -> None:
    add_ligne_registre(session, "comite_veille", derniere_activite=date(2026, 1, 1))
    add_ligne_registre(session, "comite_veille", nom="Dissous", date_dissolution=date(2026, 9, 30))
    add_ligne_registre(session, "comite_veille", nom="Futur", statut="planifie", date_creation=None)
    session.add(
        RegionConcernee(
            activite_code="3.1.1", region_code="NE001", nombre_prevu=9, source="PV", date_source=PROVENANCE_JOUR,
            decide_le=MAINTENANT, auteur_id=personnes["se"].compte_id,
        )
    )  # fmt: skip
    session.flush()
    bilan = dispositif.get_bilan(session, "comite_veille", ARRETE, TOUT)
    assert bilan.par_etat == {"operationnel": 1, "dissous": 1, "planifie": 1}
    assert (bilan.signes["operationnels"], bilan.signes["endormis"], bilan.signes["inconnus"]) == (1, 1, 0)
    agadez, diffa = bilan.regions[0], bilan.regions[1]
    assert (agadez.code, agadez.n, agadez.prevu, agadez.rapporte) == ("NE001", 2, 9, True)
    assert (diffa.n, diffa.prevu, diffa.rapporte) == (0, None, False), "what nobody said is not invented"
    veilles = [x["veille"] for x in read(session, "comite_veille", personnes["lecteur"]).lisibles]
    assert veilles.count(ENDORMI) == 1


def test_after_how_many_months_a_committee_sleeps_is_the_spccm_s_to_say(
    session: Session, personnes: dict[str, Personne]
) -> None:
    add_ligne_registre(session, "comite_veille", derniere_activite=date(2026, 1, 30))  # eight months before the date
    source = Provenance("PV", PROVENANCE_JOUR)
    dits = {}
    for mois in (None, "8", "7", "9"):
        if mois is not None:
            set_seuil(session, personnes["se"], MAINTENANT, "comite_endormi_mois", mois, source)
        bilan = dispositif.get_bilan(session, "comite_veille", ARRETE, TOUT)
        lues = read(session, "comite_veille", personnes["lecteur"]).lisibles
        carte = get_carte(session, Perimetre(ARRETE), personnes["visiteur"], "comites", ARRETE)
        dit = carte.couches["comites"]["lignes"].iloc[0][0]
        assert ("en sommeil" in dit) == (bilan.signes["endormis"] == 1) == (lues[0]["veille"] == ENDORMI)
        (_cle, _n, regle) = next(x for x in list_cles("comite_veille", bilan) if x[0] == "En sommeil")
        dits[mois] = (bilan.signes["endormis"], regle.replace("\xa0", " "))
    assert dits == {
        None: (1, "opérationnels sans activité depuis plus de 6 mois"),
        "8": (0, "opérationnels sans activité depuis plus de 8 mois"),
        "7": (1, "opérationnels sans activité depuis plus de 7 mois"),
        "9": (0, "opérationnels sans activité depuis plus de 9 mois"),
    }


def test_the_map_says_of_each_what_the_registers_know(session: Session, personnes: dict[str, Personne]) -> None:
    add_ligne_registre(session, "comite_veille", derniere_activite=date(2026, 1, 1), langues="haoussa;tamajeq")
    add_ligne_registre(
        session, "sensibilisation", nature="formation", region_code="NE001", comites_formes="Comité d’Arlit"
    )
    add_ligne_registre(
        session, "point_information", statut="ouvert", date_ouverture=date(2024, 1, 1), accueil_femmes=True
    )
    add_ligne_registre(session, "point_focal", en_poste=False)
    carte = get_carte(session, Perimetre(ARRETE), personnes["visiteur"], "comites", ARRETE)
    lignes = {nom: [x.replace("\xa0", " ") for x in c["lignes"].iloc[0]] for nom, c in carte.couches.items() if len(c)}
    assert lignes["comites"] == [
        "Commune · Opérationnel, en sommeil", "créé le 6 mai 2024", "haoussa, tamajeq", "dernière activité : 1er janv. 2026",
        "1 formation reçue",
    ]  # fmt: skip
    assert lignes["points_information"][-1] == "accueil des femmes : oui · des enfants : non renseigné"
    assert lignes["points_focaux"] == ["poste vacant", "date non renseignée"]


def test_points_and_posts_are_counted_as_they_stood(session: Session, personnes: dict[str, Personne]) -> None:
    add_ligne_registre(
        session, "point_information", statut="ferme", date_ouverture=date(2023, 1, 1), date_fermeture=date(2026, 10, 1),
        accueil_femmes=True, langues="haoussa;français",
    )  # fmt: skip
    bilan = dispositif.get_bilan(session, "point_information", ARRETE, TOUT)
    assert bilan.par_etat == {"ouvert": 1}, "it closed the day after"
    assert (bilan.signes["femmes"], bilan.signes["enfants_dits"], bilan.signes["multilingues"]) == (1, 0, 1)
    add_ligne_registre(session, "point_focal", jusqua=date(2026, 9, 29))
    assert dispositif.get_bilan(session, "point_focal", ARRETE, TOUT).par_etat == {"vacant": 1}


def test_institutions_count_once_and_supports_by_region(session: Session, personnes: dict[str, Personne]) -> None:
    add_ligne_registre(session, "appui")
    add_ligne_registre(session, "appui", intitule="Second")
    add_ligne_registre(
        session, "appui", cadre="drec_mr", institution_code="giz", region_code="NE001", equipements="2 motos"
    )
    bilan = bilans.compute_appuis(read(session, "appui", personnes["visiteur"]).toutes)
    assert (dict(bilan.institutions), bilan.drec) == ({"oim": 2}, 1)
    assert bilan.drec_par_region == bilan.equipements_par_region == {"NE001": 1}


def test_products_and_partnerships_say_what_is_missing(session: Session, personnes: dict[str, Personne]) -> None:
    add_ligne_registre(session, "produit_communication", langues="Haoussa ; français", exemplaires=0)
    add_ligne_registre(session, "produit_communication", intitule="Seconde", langues="haoussa")
    produits = bilans.compute_produits(read(session, "produit_communication", personnes["se"]).toutes)
    assert (produits.exemplaires, produits.dits) == (0, 1)
    assert produits.langues == {"haoussa": 2, "français": 1}
    add_ligne_registre(session, "partenariat", type="convention", document=None)
    add_ligne_registre(session, "partenariat", type="convention", intitule="Avec", document="C-1", niveau="bilateral")
    partenariats = bilans.compute_partenariats(read(session, "partenariat", personnes["se"]).toutes)
    assert partenariats.conventions_avec_document == 1
    assert {c: n for c, n in partenariats.matrice.items() if n} == {
        ("convention", "regional"): 1, ("convention", "bilateral"): 1,
    }  # fmt: skip
    assert partenariats.par_annee[2025] == 2


def test_hypotheses_stand_at_their_last_observation_worst_first(
    session: Session, personnes: dict[str, Personne]
) -> None:
    add_ligne_registre(session, "suivi_hypothese", constat="Peu de réponses", niveau="critique")
    add_ligne_registre(session, "suivi_hypothese", objectif_code="5", niveau="maitrise")
    lu = get_tableau(session, personnes["lecteur"], ARRETE)
    assert len(lu.points) == 18
    assert (lu.points[0].objectif, lu.points[0].suivi is not None) == ("1", True)
    assert lu.points[-1].objectif == "5"
    assert lu.comptes == {"critique": 1, "maitrise": 1, NON_SUIVI: 16}
    assert lu.points[0].suivi is not None
    assert lu.points[0].suivi["constat"] is None, "an observation's text is a narrative"
    vu = get_tableau(session, personnes["visiteur"], ARRETE)
    assert vu.comptes == lu.comptes
    assert not any(p.suivi for p in vu.points)
    assert sum(p.reserve for p in vu.points) == 2


def test_a_visitor_cannot_filter_his_way_to_the_state_of_a_risk(
    session: Session, personnes: dict[str, Personne]
) -> None:
    add_ligne_registre(session, "suivi_hypothese", niveau="critique")
    filtre = Filtre(choix=(("niveau", "maitrise"),))
    assert len(read(session, "suivi_hypothese", personnes["visiteur"], filtre).toutes) == 1
    assert not read(session, "suivi_hypothese", personnes["lecteur"], filtre).toutes


def test_posts_and_their_road_map(session: Session, personnes: dict[str, Personne]) -> None:
    add_ligne_registre(session, "poste_spccm", part_2026=100)
    add_ligne_registre(session, "poste_spccm", intitule="Ancien", jusqua=date(2024, 1, 1), part_2026=0)
    add_ligne_registre(session, "etape_perennisation", nature="adoption", rencontre_code="CCM-1", constat="Adoptée")
    add_ligne_registre(session, "etape_perennisation", constat="Un poste repris")
    etapes = read(session, "etape_perennisation", personnes["visiteur"])
    bilan = compute_postes(read(session, "poste_spccm", personnes["visiteur"]).toutes, etapes.toutes, ARRETE)
    assert (bilan.postes, bilan.par_payeur["etat"], bilan.adoption, bilan.evaluations) == (1, 1, date(2025, 3, 4), 1)
    assert (bilan.parts[-1].moyenne, bilan.parts[-1].postes) == (100, 1), "a post that is gone says nothing of 2026"
    constats = {n: read(session, "etape_perennisation", personnes[n]).lisibles[0]["constat"] for n in ("lecteur", "se")}
    assert constats["lecteur"] is None
    assert constats["se"] is not None


def test_names_are_read_for_every_code(session: Session, personnes: dict[str, Personne]) -> None:
    noms = get_noms(session)
    assert len(noms.regions) == 8
    assert len(noms.activites) == 28
    assert noms.activites["3.1.1"].startswith("3.1.1 · ")
    assert noms.acteurs["oim"] == "OIM"
    assert len(noms.objectifs) == 9
    assert personnes
