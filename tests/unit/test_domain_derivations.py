"""Registers that count: what each kind of row counts for, at a date, in a region; silence is never zero."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from ccm_data.domain.calendrier import PLAN_FIN
from ccm_data.domain.derivations import (
    Compte,
    compute_compte,
    compute_serie_registre,
    make_realise,
)
from ccm_data.domain.faits import Tables, is_osc, make_registres
from ccm_data.domain.instances import EtatRencontre
from ccm_data.domain.origines import SOURCES_INDICATEURS
from ccm_data.domain.verdicts import VerdictRendu, count_doublons
from ccm_data.domain.vocabulaire import (
    CadreAppui,
    NatureSensibilisation,
    SuiteVerdict,
    TypeInstance,
    TypePartenariat,
    VerdictPaire,
)
from ccm_data.phrases.doublons import ONGLETS
from ccm_data.reference.lecture import read_plan
from pages.ui.navigation import PAR_CLE

MI_2024 = date(2024, 6, 30)
CATEGORIES = {
    "jmed": "osc",
    "oxfam": "osc",
    "remiddh": "reseau",
    "reseau-nu-migrations": "reseau",
    "oim": "ptf_multilateral",
}
INSTANCES = {"cadre-protection": ("cadre_protection", None), "ccm-agadez": ("ccm_regional", "NE001")}


def make_tables(**registres: list[Mapping[str, Any]]) -> Tables:
    return Tables(**registres, categories=CATEGORIES, instances=INSTANCES, titres={"1.1": "Plaidoyer"})  # type: ignore[arg-type]


def count(
    code: str, jour: date = MI_2024, region: str | None = None, **registres: list[Mapping[str, Any]]
) -> Compte | None:
    registre = make_registres(make_tables(**registres)).get(code)
    return None if registre is None else compute_compte(registre, jour, region)


def get_valeur(code: str, jour: date = MI_2024, region: str | None = None, **registres: Any) -> int | None:
    compte = count(code, jour, region, **registres)
    return None if compte is None else compte.valeur


def sensibilisation(numero: int, nature: str = "mission", **champs: Any) -> dict[str, Any]:
    return {
        "id": numero,
        "nature": nature,
        "intitule": "Tournée",
        "date_debut": date(2023, 5, 2),
        "region_code": "NE001",
        **champs,
    }


def rencontre(numero: int, presents: str | None, jour: date = date(2023, 5, 2), **champs: Any) -> dict[str, Any]:
    return {
        "id": numero, "code": f"R{numero}", "instance_code": "cadre-protection", "intitule": None, "date_rencontre": jour,
        "region_code": None, "annulee": False, "presents": presents, **champs,
    }  # fmt: skip


def intervention(code: str, acteur: str = "oim", **champs: Any) -> dict[str, Any]:
    return {
        "id": sum(map(ord, code)), "code": code, "titre": code, "acteur_code": acteur, "partenaires": None, "bailleurs": None,
        "regions": "NE001", "date_debut": date(2023, 1, 1), "date_fin": date(2025, 12, 31), "statut": "en_cours", **champs,
    }  # fmt: skip


def verdict(a: str, b: str, sens: str, suite: str | None = None, suite_le: date | None = None) -> dict[str, Any]:
    numero = sum(map(ord, a + b))
    return {"id": numero, "code_a": a, "code_b": b, "verdict": sens, "suite": suite, "suite_le": suite_le}


def appui(numero: int, institution: str, cadre: str = "institutionnel", **champs: Any) -> dict[str, Any]:
    return {
        "id": numero, "cadre": cadre, "institution_code": institution, "intitule": "Appui", "date_debut": date(2023, 5, 2),
        "region_code": "NE001", **champs,
    }  # fmt: skip


def comite(numero: int, statut: str = "cree", **champs: Any) -> dict[str, Any]:
    return {
        "id": numero, "nom": f"Comité {numero}", "statut": statut, "date_creation": date(2023, 5, 2),
        "date_operationnel": None, "date_dissolution": None, "region_code": "NE001", **champs,
    }  # fmt: skip


# --- the table of origins ----------------------------------------------------------------------------------------


def test_each_of_the_26_says_where_its_figure_comes_from() -> None:
    assert len(SOURCES_INDICATEURS) == 26
    for code, source in SOURCES_INDICATEURS.items():
        assert (source.registre is None) == (source.attente is not None), code
        assert source.registre is None or source.ecran is not None, code
    derivables = {code for code, registre in make_registres(make_tables()).items() if registre.derive}
    assert derivables == {code for code, source in SOURCES_INDICATEURS.items() if source.registre is not None}


def test_a_link_to_a_register_names_a_screen_and_filters_by_codes_that_exist() -> None:
    instances = read_plan()["instances"]
    cadres = set(instances[instances["type"] == TypeInstance.CADRE_PROTECTION]["code"])
    listes = {
        "cadre": set(CadreAppui), "nature": set(NatureSensibilisation), "type": set(TypePartenariat), "instance": cadres,
        "quand": set(EtatRencontre), "onglet": set(ONGLETS),
    }  # fmt: skip
    for code, source in SOURCES_INDICATEURS.items():
        assert source.ecran is None or source.ecran in PAR_CLE, code
        assert all(valeur in listes[nom] for nom, valeur in source.params), code


def test_empty_registers_derive_nothing() -> None:
    for registre in make_registres(make_tables()).values():
        assert compute_compte(registre, PLAN_FIN) is None
        assert compute_serie_registre(registre, PLAN_FIN)["valeur"].isna().all()


# --- objective 1 -------------------------------------------------------------------------------------------------


def test_an_institution_in_support_counts_once_whatever_its_supports_and_regions() -> None:
    appuis = [
        appui(1, "oim"),
        appui(2, "oim", region_code="NE005"),
        appui(3, "giz", date_debut=date(2024, 7, 1)),
        appui(4, "due", "drec_mr"),
    ]
    compte = count("1.a", appuis=appuis)
    assert compte is not None
    assert (compte.valeur, compte.lignes, dict(compte.a_cote)) == (1, 2, {"appuis": 2})
    assert get_valeur("1.a", PLAN_FIN, appuis=appuis) == 2
    assert [get_valeur("1.a", PLAN_FIN, r, appuis=appuis) for r in ("NE001", "NE005", "NE002")] == [2, 1, None]
    assert get_valeur("1.a", date(2022, 12, 31), appuis=appuis) is None, "before its first row it says nothing"


def test_supports_to_the_regional_directorates_add_up() -> None:
    assert (
        get_valeur("3.1.b", appuis=[appui(1, "sp-ccm", "drec_mr"), appui(2, "sp-ccm", "drec_mr"), appui(3, "oim")]) == 2
    )
    assert get_valeur("3.1.b", appuis=[appui(3, "oim")]) is None, "supports of another kind say nothing of these"


def test_a_request_counts_from_the_day_it_is_passed_on() -> None:
    bases = {"numero": "R-1", "region_code": "NE001", "demandeur_code": "jmed", "recue_le": date(2023, 1, 9)}
    passee = {**bases, "id": 1, "etat": "transmise", "transmise_le": date(2023, 3, 1)}
    refusee = {**bases, "id": 2, "etat": "refusee", "transmise_le": date(2023, 3, 1)}
    recue = {**bases, "id": 3, "etat": "recue", "transmise_le": None}
    assert get_valeur("1.b", requetes=[passee, refusee, recue]) == 2
    assert get_valeur("1.b", date(2023, 2, 28), requetes=[passee, recue]) == 0, "a true zero: one is received"
    faits = make_registres(make_tables(requetes=[passee, refusee]))["1.b"].faits
    assert [f.objet for f in faits] == ["lignes_validees", "requetes_refusees"]


def test_missions_are_counted_apart_from_sessions() -> None:
    lignes = [sensibilisation(1), sensibilisation(2, "session"), sensibilisation(3, region_code="NE005")]
    assert get_valeur("1.c", sensibilisations=lignes) == 2
    assert get_valeur("1.c", region="NE005", sensibilisations=lignes) == 1
    assert get_valeur("1.c", sensibilisations=[sensibilisation(2, "session")]) is None


def test_agents_add_up_without_the_population_nor_the_trained() -> None:
    lignes = [
        sensibilisation(1, etat_femmes=3, osc_hommes=4, population_femmes=50),
        sensibilisation(2, "session", prive_hommes=5, collectivites_femmes=0),
        sensibilisation(3, "formation", etat_femmes=7),
    ]
    compte = count("1.d", sensibilisations=lignes)
    assert compte is not None
    assert (compte.valeur, compte.muettes) == (12, 0)
    cotes = dict(compte.a_cote)
    assert cotes == {
        "etat": 3, "collectivites": 0, "osc": 4, "prive": 5, "femmes": 3, "hommes": 9, "population": 50, "formes": 7,
    }  # fmt: skip


def test_a_mission_without_any_count_makes_it_at_least_and_alone_says_nothing() -> None:
    muette = sensibilisation(2, population_hommes=9)
    compte = count("1.d", sensibilisations=[sensibilisation(1, etat_femmes=3), muette])
    assert compte is not None
    realise = make_realise(compte, MI_2024)
    assert (realise.valeur, realise.plancher, realise.provisoire, realise.couverture) == (3, True, True, 0.5)
    assert count("1.d", sensibilisations=[muette]) is None, "null is not zero"
    assert get_valeur("1.d", sensibilisations=[sensibilisation(1, etat_femmes=0)]) == 0, "and zero is"


def test_trainings_only_give_the_ceiling_of_agents_in_synergy() -> None:
    registre = make_registres(make_tables(sensibilisations=[sensibilisation(1, "formation", etat_femmes=7)]))["2.3.b"]
    assert compute_compte(registre, MI_2024) is None


# --- objective 2 -------------------------------------------------------------------------------------------------


def test_duplicates_are_activities_from_the_day_both_have_begun_until_they_are_settled() -> None:
    actions = [intervention("A"), intervention("B", date_debut=date(2023, 7, 1)), intervention("C")]
    verdicts = [
        verdict("A", "B", "doublon", "arret", date(2024, 4, 1)),
        verdict("B", "C", "doublon", "maintenu", MI_2024),
    ]
    compte = count("2.1.a", interventions=actions, verdicts=verdicts)
    assert compte is not None
    assert (compte.valeur, compte.lignes, dict(compte.a_cote)) == (2, 1, {"examines": 2})
    assert get_valeur("2.1.a", date(2024, 3, 31), interventions=actions, verdicts=verdicts) == 3
    assert get_valeur("2.1.a", date(2023, 6, 30), interventions=actions, verdicts=verdicts) is None


def test_the_register_and_the_sentence_of_the_verdicts_count_the_same_duplicates() -> None:
    paires = [("A", "B", None), ("B", "C", SuiteVerdict.FUSION), ("C", "D", SuiteVerdict.MAINTENU)]
    rendus = [VerdictRendu(a, b, VerdictPaire.DOUBLON, suite=s) for a, b, s in paires]
    lignes = [verdict(a, b, "doublon", s, MI_2024 if s else None) for a, b, s in paires]
    assert get_valeur("2.1.a", verdicts=lignes) == count_doublons(rendus) == 4


def test_no_duplicate_among_the_pairs_examined_is_a_true_zero() -> None:
    assert get_valeur("2.1.a", verdicts=[verdict("A", "B", "distinct")]) == 0
    assert get_valeur("2.1.b", interventions=[intervention("A")], verdicts=[verdict("A", "B", "distinct")]) == 0


def test_complementary_activities_are_those_under_way_at_the_date() -> None:
    actions = [
        intervention("A"),
        intervention("B", date_fin=date(2024, 3, 1), statut="termine"),
        intervention("C", statut="suspendu"),
    ]
    verdicts = [verdict("A", "B", "complementaire"), verdict("A", "C", "complementaire")]
    assert get_valeur("2.1.b", interventions=actions, verdicts=verdicts) == 1
    assert get_valeur("2.1.b", date(2024, 3, 1), interventions=actions, verdicts=verdicts) == 2, "its last day included"


def test_structures_in_synergy_are_named_by_a_verdict_or_act_together_each_once() -> None:
    actions = [
        intervention("A", "oim", partenaires="jmed;oxfam"),
        intervention("B", "giz"),
        intervention("C", "due", bailleurs="giz"),
    ]
    verdicts = [verdict("B", "C", "complementaire")]
    compte = count("2.3.a", interventions=actions, verdicts=verdicts)
    assert compte is not None
    assert (compte.valeur, dict(compte.a_cote)) == (5, {"par_verdict": 2, "conjointes": 3})
    assert get_valeur("2.3.a", date(2026, 6, 30), interventions=actions, verdicts=verdicts) == 2, "joint work is over"


def test_structures_of_the_frame_are_recounted_each_year_and_the_last_year_that_met_stands() -> None:
    rencontres = [
        rencontre(1, "oim;jmed;oxfam"), rencontre(2, "oim;giz", date(2023, 9, 1)), rencontre(3, "oim", date(2024, 2, 1)),
        rencontre(4, "due", date(2024, 3, 1), annulee=True), rencontre(5, "due", instance_code="ccm-agadez"),
    ]  # fmt: skip
    fin_2023 = count("2.2.a", date(2023, 12, 31), rencontres=rencontres)
    assert fin_2023 is not None
    assert (fin_2023.valeur, fin_2023.annee, fin_2023.annee_ouverte) == (4, 2023, False)
    mi_2024 = count("2.2.a", rencontres=rencontres)
    assert mi_2024 is not None
    assert (mi_2024.valeur, mi_2024.annee_ouverte) == (1, True)
    assert make_realise(mi_2024, MI_2024).plancher, "the year is not over"
    reporte = count("2.2.a", date(2024, 1, 15), rencontres=rencontres)
    assert reporte is not None
    realise = make_realise(reporte, date(2024, 1, 15))
    assert (realise.valeur, realise.reporte, realise.plancher) == (4, True, False)
    assert realise.dernier is not None
    assert realise.dernier.code == "2023-T3"


def test_meetings_held_leave_out_the_cancelled_and_those_to_come() -> None:
    rencontres = [rencontre(1, None), rencontre(2, None, annulee=True), rencontre(3, None, date(2024, 7, 1))]
    assert get_valeur("2.2.b", rencontres=rencontres) == 1
    assert get_valeur("2.2.b", rencontres=[rencontre(2, None, annulee=True)]) == 0


def test_a_meeting_without_attendance_list_makes_attendance_at_least() -> None:
    compte = count("2.4.b", rencontres=[rencontre(1, "jmed;oim;remiddh"), rencontre(2, None)])
    assert compte is not None
    assert (compte.valeur, compte.muettes, dict(compte.a_cote)) == (2, 1, {"rencontres": 2})
    assert count("2.4.b", rencontres=[rencontre(2, None)]) is None
    assert get_valeur("2.4.b", rencontres=[rencontre(2, "oim")]) == 0, "nobody of an OSC came"


def test_an_osc_counts_at_each_meeting_once() -> None:
    assert get_valeur("2.4.b", rencontres=[rencontre(1, "jmed;jmed"), rencontre(2, "jmed;oxfam")]) == 3
    ailleurs = rencontre(3, "jmed", instance_code="ccm-agadez")
    assert get_valeur("2.4.b", region="NE001", rencontres=[rencontre(1, "jmed"), ailleurs]) == 1


def test_the_network_of_osc_is_an_osc_and_other_networks_are_not() -> None:
    assert [is_osc(a, CATEGORIES) for a in ("jmed", "remiddh", "reseau-nu-migrations", "oim", "inconnu")] == [
        True, True, False, False, False,
    ]  # fmt: skip


def test_each_member_osc_counts_once_while_it_sits() -> None:
    def sit(numero: int, membre: str, **champs: Any) -> dict[str, Any]:
        defauts = {
            "instance_code": "ccm-agadez",
            "observateur": False,
            "admis_le": None,
            "sorti_le": None,
            "region_code": None,
        }
        return {"id": numero, "membre_code": membre, **defauts, **champs}

    membres = [
        sit(1, "jmed"), sit(2, "jmed", instance_code="cadre-protection"), sit(3, "oxfam", sorti_le=MI_2024),
        sit(4, "remiddh", observateur=True), sit(5, "oim"),
    ]  # fmt: skip
    compte = count("2.4.a", membres=membres)
    assert compte is not None
    assert (compte.valeur, dict(compte.a_cote)) == (1, {"observatrices": 1})
    assert get_valeur("2.4.a", MI_2024 - timedelta(days=1), membres=membres) == 2, "it left the day after"
    assert get_valeur("2.4.a", region="NE001", membres=membres) == 1


# --- objectives 3 to 5 -------------------------------------------------------------------------------------------


def test_a_committee_counts_as_created_whatever_became_of_it() -> None:
    comites = [
        comite(1), comite(2, "operationnel", date_operationnel=date(2024, 1, 1)), comite(3, "planifie", date_creation=None),
        comite(4, "operationnel", date_dissolution=date(2024, 1, 1)), comite(5, date_creation=date(2021, 12, 31)),
    ]  # fmt: skip
    compte = count("3.1.a", comites=comites)
    assert compte is not None
    assert (compte.valeur, dict(compte.a_cote)) == (3, {"operationnels": 1, "dissous": 1})
    assert get_valeur("3.1.a", region="NE002", comites=comites) is None, "a silent region has no figure"
    assert get_valeur("3.1.a", comites=[comite(3, "planifie", date_creation=None)]) == 0


def test_partnerships_count_by_type_at_every_level() -> None:
    def partenariat(numero: int, nature: str, niveau: str) -> dict[str, Any]:
        return {
            "id": numero,
            "type": nature,
            "niveau": niveau,
            "intitule": "x",
            "date_debut": date(2023, 5, 2),
            "region_code": None,
        }

    lignes = [
        partenariat(1, "rencontre", "bilateral"),
        partenariat(2, "voyage", "regional"),
        partenariat(3, "voyage", "international"),
    ]
    assert [get_valeur(code, partenariats=lignes) for code in ("4.a", "4.b", "4.c", "4.d")] == [1, None, None, 2]
    voyages = count("4.d", partenariats=lignes)
    assert voyages is not None
    assert dict(voyages.a_cote) == {"bilateral": 0, "regional": 1, "international": 1}


def test_an_activity_counts_once_it_is_both_evaluated_and_followed() -> None:
    def evaluation(numero: int, code: str, objet: str = "activite") -> dict[str, Any]:
        return {"id": numero, "objet": objet, "objet_code": code, "date_evaluation": date(2024, 2, 1)}

    suivie = {"activite_code": "1.1", "annee": 2024, "trimestre": 1}
    evaluations = [
        evaluation(1, "1.1"),
        evaluation(2, "1.1"),
        evaluation(3, "1.2"),
        evaluation(4, "OIM-1", "intervention"),
    ]
    compte = count("5.b", evaluations=evaluations, mises_a_jour=[suivie])
    assert compte is not None
    assert (compte.valeur, dict(compte.a_cote)) == (1, {"interventions": 1})
    assert get_valeur("5.b", date(2024, 3, 30), evaluations=evaluations, mises_a_jour=[suivie]) == 0, "not yet followed"


@pytest.mark.parametrize(
    ("nature", "code", "annulee", "niveau"),
    [
        pytest.param("adoption", "R1", False, "oui", id="adopted in a meeting"),
        pytest.param("adoption", "R9", False, None, id="adopted in a meeting that is not validated"),
        pytest.param("adoption", "R1", True, None, id="adopted in a meeting that was cancelled"),
        pytest.param("evaluation", "R1", False, None, id="a stage evaluated is no adoption"),
    ],
)
def test_the_road_map_is_effective_once_adopted_and_never_said_not_to_be(
    nature: str, code: str, annulee: bool, niveau: str | None
) -> None:
    etape = {"id": 1, "nature": nature, "date_etape": date(2023, 5, 2), "rencontre_code": code}
    tables = {"etapes": [etape], "rencontres": [rencontre(1, None, annulee=annulee)]}
    compte = count("5.c", **tables)
    assert (compte.niveau if compte else None) == niveau
    assert count("5.c", date(2023, 5, 1), **tables) is None
