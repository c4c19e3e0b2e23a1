"""Indicators that count themselves, out of the database: official, beside what was reported, opening onto their rows."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from ccm_data.commands import decisions, requetes, verdicts
from ccm_data.commands.decisions import Provenance
from ccm_data.domain.derivations import DECLARE, DERIVE
from ccm_data.domain.perimetre import Perimetre
from ccm_data.domain.permissions import VISITEUR, Personne
from ccm_data.domain.vocabulaire import EtatRequete, EtatSuivi, StatutBase, SuiteVerdict, VerdictPaire
from ccm_data.models.acteurs import Acteur
from ccm_data.models.evaluations import Evaluation
from ccm_data.models.instances import MembreInstance, Rencontre
from ccm_data.models.registres import Appui, EtapePerennisation, Partenariat, Sensibilisation
from ccm_data.models.suivi import ComiteVeille, MiseAJour, ValeurIndicateur
from ccm_data.phrases.derivations import list_a_cote, say_cible_region, say_comptage, say_statut_region
from ccm_data.phrases.indicateurs import say_valeur
from ccm_data.queries.fiche_indicateur import FicheIndicateur, get_fiche_indicateur
from ccm_data.queries.indicateurs import LigneIndicateur, get_cadre_logique
from ccm_data.queries.tableaux import make_table_indicateurs
from tests.integration.aides_commandes import MAINTENANT, make_personnes
from tests.integration.aides_coordination import add_intervention

JOUR = MAINTENANT.date()
T3_2026 = date(2026, 9, 30)
MI_2024 = date(2024, 6, 30)


@pytest.fixture
def qui(session: Session) -> dict[str, Personne]:
    return make_personnes(session)


def add(session: Session, table: Any, etat: EtatSuivi = EtatSuivi.VALIDE, **champs: Any) -> Any:
    """A row of a register, validated unless said otherwise."""
    valide = {"valide_le": MAINTENANT, "valide_par_id": 2} if etat is EtatSuivi.VALIDE else {}
    ligne = table(etat=etat, auteur_id=1, cree_le=MAINTENANT, **valide, **champs)
    session.add(ligne)
    session.flush()
    return ligne


def add_mission(session: Session, intitule: str, jour: date = date(2023, 5, 2), **champs: Any) -> Any:
    bases = {"nature": "mission", "intitule": intitule, "date_debut": jour, "region_code": "NE001"}
    return add(session, Sensibilisation, **bases | champs)


def add_rencontre(session: Session, code: str, presents: str, jour: date = date(2023, 5, 2), **champs: Any) -> Any:
    bases = {"instance_code": "cadre-protection", "code": code, "date_rencontre": jour, "presents": presents}
    return add(session, Rencontre, **bases | champs)


def add_valeur(session: Session, code: str, valeur: float | None, trimestre: int = 2, **champs: Any) -> Any:
    bases = {"indicateur_code": code, "annee": 2024, "trimestre": trimestre, "valeur": valeur}
    return add(session, ValeurIndicateur, **bases | champs)


def get_ligne(session: Session, code: str, jour: date = MI_2024) -> LigneIndicateur:
    return next(x for x in get_cadre_logique(session, Perimetre(jour)).lignes if x.code == code)


def get_fiche(session: Session, code: str, personne: Personne, jour: date = MI_2024) -> FicheIndicateur:
    fiche = get_fiche_indicateur(session, Perimetre(jour), code, personne)
    assert fiche is not None
    return fiche


def fill(session: Session) -> None:
    """A row at least in every register, before mid 2024."""
    debut = {"date_debut": date(2023, 5, 2)}
    add(session, Appui, cadre="institutionnel", intitule="x", institution_code="oim", nature="technique", **debut)
    add(
        session,
        Appui,
        cadre="drec_mr",
        intitule="x",
        institution_code="sp-ccm",
        nature="equipement",
        region_code="NE001",
        **debut,
    )
    add_mission(session, "Tournée", etat_femmes=12, osc_hommes=3)
    add_rencontre(session, "P-1", "oim;jmed;remiddh")
    add(session, MembreInstance, instance_code="ccm", membre_code="jmed", college="osc")
    add(
        session,
        ComiteVeille,
        nom="Arlit",
        niveau="commune",
        statut="cree",
        date_creation=date(2023, 5, 2),
        region_code="NE001",
    )
    for rang, nature in enumerate(("rencontre", "outil", "convention", "voyage")):
        add(session, Partenariat, type=nature, niveau="international", intitule=f"{rang}", **debut)
    add(session, EtapePerennisation, nature="adoption", date_etape=date(2023, 6, 1), rencontre_code="P-1")
    add(session, MiseAJour, activite_code="1.1", annee=2023, trimestre=1)
    finale = datetime(2023, 7, 1, tzinfo=UTC)
    # Made final after every date asked: what dates it is the day of the evaluation.
    definitive = datetime(2026, 9, 1, tzinfo=UTC)
    evaluation = {"statut": "finale", "partagee_le": finale, "finale_le": definitive, "auteur_id": 1, "cree_le": finale}
    session.add(Evaluation(objet="activite", objet_code="1.1", date_evaluation=finale.date(), **evaluation))
    add_intervention(session, "A", "oim", partenaires="jmed", date_debut=date(2023, 1, 1))
    add_intervention(session, "B", "giz", date_debut=date(2023, 1, 1))
    session.flush()


def test_every_register_that_holds_rows_gives_the_official_figure(session: Session, qui: dict[str, Personne]) -> None:
    fill(session)
    verdicts.render_verdict(session, qui["se"], MAINTENANT, "A", "B", VerdictPaire.COMPLEMENTAIRE, "Vu ensemble")
    lignes = {x.code: x for x in get_cadre_logique(session, Perimetre(MI_2024)).lignes}
    derives = {code: x.realise.niveau or x.realise.valeur for code, x in lignes.items() if x.origine == DERIVE}
    assert derives == {
        "1.a": 1, "1.c": 1, "1.d": 15, "2.1.a": 0, "2.1.b": 2, "2.2.a": 3, "2.2.b": 1, "2.3.a": 3, "2.4.a": 1, "2.4.b": 2,
        "3.1.a": 1, "3.1.b": 1, "4.a": 1, "4.b": 1, "4.c": 1, "4.d": 1, "5.b": 1, "5.c": "oui",
    }  # fmt: skip
    assert all(lignes[code].tendance[-1] == valeur for code, valeur in derives.items() if valeur != "oui")


@pytest.mark.parametrize("code", ["1.b", "2.1.a", "4.a", "2.4.a", "5.c", "3.2.a"])
def test_an_empty_register_leaves_the_reported_value_as_it_was(
    session: Session, qui: dict[str, Personne], code: str
) -> None:
    assert not get_ligne(session, code).realise.renseigne
    if code != "5.c":
        add_valeur(session, code, 7)
        ligne = get_ligne(session, code)
        assert (ligne.origine, ligne.realise.valeur, ligne.realise, ligne.compte) == (DECLARE, 7, ligne.declare, None)


def test_only_validated_rows_count(session: Session, qui: dict[str, Personne]) -> None:
    add_mission(session, "Brouillon", etat=EtatSuivi.BROUILLON)
    add_mission(session, "Soumise", etat=EtatSuivi.SOUMIS)
    assert get_ligne(session, "1.c").origine == DECLARE
    add_mission(session, "Validée")
    assert get_ligne(session, "1.c").realise.valeur == 1


def test_the_reported_value_stays_beside_and_the_difference_is_told(session: Session, qui: dict[str, Personne]) -> None:
    for rang in range(3):
        add_mission(session, f"Tournée {rang}", etat_femmes=4)
    add_valeur(session, "1.c", 5)
    ligne = get_ligne(session, "1.c")
    assert (ligne.realise.valeur, ligne.declare.valeur, ligne.ecart) == (3, 5, -2)
    assert "écart −2" in say_comptage(ligne)
    assert ligne.statut.code == get_ligne(session, "1.c").statut.code
    add_valeur(session, "1.d", 12)
    assert "comme ce qui est déclaré" in say_comptage(get_ligne(session, "1.d"))
    assert "rien n’est déclaré" in say_comptage(get_ligne(session, "1.d", date(2023, 6, 30)))
    assert ("dont femmes", "12") in list_a_cote(get_ligne(session, "1.d"))


def test_trainings_lay_a_ceiling_beside_what_is_reported(session: Session, qui: dict[str, Personne]) -> None:
    add_mission(session, "Formation", nature="formation", etat_femmes=20)
    add_valeur(session, "2.3.b", 25, region_code="NE001")
    ligne = get_ligne(session, "2.3.b")
    assert (ligne.origine, ligne.realise.valeur, dict(ligne.a_cote)) == (DECLARE, 25, {"plafond": 20})
    assert "20 agents : c’est un plafond. Le déclaré le dépasse" in say_comptage(ligne)


def test_the_date_dates_the_rows_and_nothing_falls_after_the_plan(session: Session, qui: dict[str, Personne]) -> None:
    add_mission(session, "Un", date(2023, 5, 2))
    add_mission(session, "Deux", date(2026, 12, 31))
    add_mission(session, "Trop tard", date(2027, 1, 4))
    jours = [date(2023, 3, 31), date(2023, 6, 30), date(2026, 12, 31), date(2027, 6, 30)]
    assert [get_ligne(session, "1.c", jour).realise.valeur for jour in jours] == [0, 1, 2, 2]


def test_correcting_an_older_row_moves_every_later_total_and_zeroes_none(
    session: Session, qui: dict[str, Personne]
) -> None:
    ancienne = add_mission(session, "Un", date(2022, 5, 2), etat_femmes=10)
    add_mission(session, "Deux", date(2024, 5, 2), etat_femmes=30)
    avant = get_ligne(session, "1.d", T3_2026).tendance
    ancienne.etat_femmes = 12
    session.flush()
    apres = get_ligne(session, "1.d", T3_2026).tendance
    assert (avant[-1], apres[-1]) == (40, 42)
    assert avant[0] == apres[0] == 0
    assert {(b or 0) - (a or 0) for a, b in zip(avant[1:], apres[1:], strict=True)} == {2}


def test_each_region_has_its_own_count_and_a_silent_one_its_reports(session: Session, qui: dict[str, Personne]) -> None:
    add_mission(session, "Agadez")
    add_mission(session, "Agadez et après", date(2025, 1, 2))
    add_mission(session, "Nationale", region_code=None)
    add_valeur(session, "1.c", 4, region_code="NE001")
    add_valeur(session, "1.c", 6, region_code="NE005")
    fiche = get_fiche(session, "1.c", qui["lecteur"])
    lues = {r.nom: (r.derive, r.realise.valeur, r.declare.valeur) for r in fiche.regions if r.realise.renseigne}
    assert lues == {"Agadez": (True, 1, 4), "Tahoua": (False, 6, 6)}
    assert len(fiche.regions) == 8
    assert fiche.ligne.realise.valeur == 2


# --- the rows counted, and who may read them ---------------------------------------------------------------------


def test_a_figure_opens_onto_its_rows_and_a_visitor_is_told_how_many_he_may_not_read(
    session: Session, qui: dict[str, Personne]
) -> None:
    add_rencontre(session, "P-1", "oim;jmed", intitule="Première")
    add_rencontre(session, "P-2", "oim", date(2025, 1, 2))
    lue = get_fiche(session, "2.2.a", qui["lecteur"])
    assert set(lue.comptees["Compté"]) == {"OIM", "JMED"}
    assert set(lue.comptees["Ligne du registre"]) == {"Première"}
    vue = get_fiche(session, "2.2.a", qui["visiteur"])
    assert (len(vue.comptees), vue.comptees_retenues, vue.ligne.realise.valeur) == (0, 2, 2)


def test_pairs_are_read_by_those_they_name_alone(session: Session, qui: dict[str, Personne]) -> None:
    add_intervention(session, "A", "oim")
    add_intervention(session, "B", "giz")
    add_intervention(session, "C", "unicef")
    for a, b in (("A", "B"), ("B", "C")):
        verdicts.render_verdict(session, qui["se"], MAINTENANT, a, b, VerdictPaire.DOUBLON, "Vu ensemble")
    lus = {nom: get_fiche(session, "2.1.a", qui[nom], JOUR) for nom in ("visiteur", "lecteur", "focal", "acteur", "se")}
    assert {nom: (len(f.comptees), f.comptees_retenues) for nom, f in lus.items()} == {
        "visiteur": (0, 4), "lecteur": (0, 4), "focal": (0, 4), "acteur": (2, 2), "se": (4, 0),
    }  # fmt: skip
    assert {f.ligne.realise.valeur for f in lus.values()} == {3}, "the figure is the same for everybody"


def test_a_refused_request_counts_and_is_not_named(session: Session, qui: dict[str, Personne]) -> None:
    numero = requetes.add_requete(session, qui["se"], MAINTENANT, {"objet": "Santé", "theme": "sante"})
    for version, etat in enumerate((EtatRequete.INSTRUITE, EtatRequete.TRANSMISE), 1):
        requetes.advance_requete(session, qui["se"], MAINTENANT, numero, version, etat)
    assert get_fiche(session, "1.b", qui["lecteur"], JOUR).comptees_retenues == 0
    requetes.advance_requete(session, qui["se"], MAINTENANT, numero, 3, EtatRequete.REFUSEE, "Hors champ")
    fiche = get_fiche(session, "1.b", qui["lecteur"], JOUR)
    assert (fiche.ligne.realise.valeur, len(fiche.comptees), fiche.comptees_retenues) == (1, 0, 1)
    assert get_ligne(session, "1.b", T3_2026).realise.valeur == 0, "passed on later: a true zero"


def test_duplicates_count_until_they_are_settled(session: Session, qui: dict[str, Personne]) -> None:
    for code, acteur in (("A", "oim"), ("B", "giz"), ("C", "unicef")):
        add_intervention(session, code, acteur)
    un, _deux = (
        verdicts.render_verdict(session, qui["se"], MAINTENANT, a, b, VerdictPaire.DOUBLON, "Vu ensemble")
        for a, b in (("A", "B"), ("B", "C"))
    )
    assert get_ligne(session, "2.1.a", JOUR).realise.valeur == 3
    verdicts.set_suite(session, qui["se"], MAINTENANT, un, SuiteVerdict.ARRET, JOUR)
    assert get_ligne(session, "2.1.a", JOUR).realise.valeur == 2


def test_small_counts_of_persons_are_masked_for_visitors_with_what_would_tell_them(
    session: Session, qui: dict[str, Personne]
) -> None:
    add_mission(session, "Un", etat_femmes=3, etat_hommes=20)
    add_mission(session, "Deux", region_code="NE005", osc_femmes=2)
    vue, lue = (get_fiche(session, "1.d", qui[nom]) for nom in ("visiteur", "lecteur"))
    assert {r.nom: say_valeur(r.realise) for r in lue.regions if r.derive} == {"Agadez": "23", "Tahoua": "2"}
    assert {r.nom: say_valeur(r.realise) for r in vue.regions if r.derive} == {
        "Agadez": "masqué (petit effectif)",
        "Tahoua": "masqué (petit effectif)",
    }
    assert say_valeur(vue.ligne.realise) == say_valeur(lue.ligne.realise) == "25"
    assert dict(lue.ligne.a_cote)["osc"] == 2
    assert not {"osc", "etat"} & set(dict(vue.ligne.a_cote))


def test_a_small_national_count_of_persons_is_masked_in_tables_and_files(
    session: Session, qui: dict[str, Personne]
) -> None:
    add_mission(session, "Un", etat_femmes=3)
    assert get_ligne(session, "1.d").realise.valeur == 3
    public, interne = (
        make_table_indicateurs(session, Perimetre(MI_2024), public=p).set_index("Code").loc["1.d"]
        for p in (True, False)
    )
    assert public["Réalisé sur cible"] == "masqué (petit effectif)"
    assert interne["Réalisé sur cible"].startswith("3")
    assert 3 not in public["2022 → 2026"]
    vue = get_fiche(session, "1.d", qui["visiteur"])
    assert 3 not in set(vue.serie["valeur"].dropna())
    assert "3" not in say_comptage(vue.ligne)


# --- tables and cost ---------------------------------------------------------------------------------------------


def test_the_table_says_the_origin_and_the_difference_and_filters_by_it(
    session: Session, qui: dict[str, Personne]
) -> None:
    fill(session)
    add_valeur(session, "4.a", 3)
    table = make_table_indicateurs(session, Perimetre(MI_2024)).set_index("Code")
    assert (table.loc["4.a", "Origine"], table.loc["4.a", "Déclaré à côté"], table.loc["4.a", "Écart"]) == (
        "compté dans le registre", "au moins 3", "−2",
    )  # fmt: skip
    assert (table.loc["5.a", "Origine"], table.loc["5.a", "Écart"]) == ("déclaré", "")
    derives, declares = (make_table_indicateurs(session, Perimetre(MI_2024), (), o) for o in (DERIVE, DECLARE))
    assert len(derives) + len(declares) == 26
    assert set(derives["Origine"]) == {"compté dans le registre"}


def count_lectures(session: Session) -> int:
    """How many statements the logframe takes."""
    vus: list[str] = []

    def note(_connexion: Any, _curseur: Any, texte: str, *_reste: Any) -> None:
        vus.append(texte)

    moteur = session.get_bind()
    event.listen(moteur, "before_cursor_execute", note)
    try:
        get_cadre_logique(session, Perimetre(MI_2024))
    finally:
        event.remove(moteur, "before_cursor_execute", note)
    return len(vus)


def test_the_registers_are_read_once_however_many_rows_they_hold(session: Session, qui: dict[str, Personne]) -> None:
    fill(session)
    peu = count_lectures(session)
    for rang in range(30):
        add_mission(session, f"Mission {rang}")
        add_rencontre(session, f"Q-{rang}", "oim;jmed")
        add_intervention(session, f"I-{rang}", "oim", partenaires="jmed")
    assert count_lectures(session) == peu <= 30


def test_an_actor_of_another_category_is_no_osc(session: Session, qui: dict[str, Personne]) -> None:
    add(session, MembreInstance, instance_code="ccm", membre_code="oim", college="ptf")
    assert get_ligne(session, "2.4.a").realise.valeur == 0
    session.get_one(Acteur, "oim").categorie = "osc"  # type: ignore[assignment]
    session.flush()
    assert get_ligne(session, "2.4.a").realise.valeur == 1


def test_a_region_is_judged_by_its_own_targets_from_its_own_baseline(
    session: Session, qui: dict[str, Personne]
) -> None:
    source = Provenance("Procès-verbal d’essai", date(2024, 1, 1))
    for region, annee, valeur in ((None, 2024, 1000), ("NE001", 2024, 20), ("NE004", 2024, 5)):
        decisions.set_cible(session, qui["se"], MAINTENANT, "2.3.b", annee, valeur, source, region_code=region)
    decisions.set_reference(session, qui["se"], MAINTENANT, "2.3.b", StatutBase.CONNUE, 10, source, region_code="NE001")
    for region, valeur in (("NE001", 14), ("NE004", 6), ("NE007", 3)):
        add_valeur(session, "2.3.b", valeur, region_code=region)
    session.flush()
    dits = {r.nom: (say_cible_region(r), say_statut_region(r)) for r in get_fiche(session, "2.3.b", qui["se"]).regions}
    assert dits["Agadez"] == ("20", "En retard (40\u202f% du chemin)"), "from 10 to 20, 14 is 40 % of the way"
    assert dits["Maradi"] == ("5", "Atteint (120\u202f%)")
    assert dits["Zinder"] == ("Cible non définie", "Cible non définie"), "the country’s target is not a region’s"
    assert dits["Diffa"] == ("Cible non définie", "Cible non définie")


def test_a_rate_of_a_region_does_not_tell_the_figure_that_is_masked(session: Session, qui: dict[str, Personne]) -> None:
    source = Provenance("Procès-verbal d’essai", date(2024, 1, 1))
    decisions.set_cible(session, qui["se"], MAINTENANT, "1.d", 2024, 10, source, region_code="NE001")
    add_valeur(session, "1.d", 3, region_code="NE001")
    session.flush()
    agadez = next(r for r in get_fiche(session, "1.d", VISITEUR).regions if r.nom == "Agadez")
    assert (agadez.realise.valeur, agadez.taux.valeur) == (None, None)
    lue = next(r for r in get_fiche(session, "1.d", qui["se"]).regions if r.nom == "Agadez")
    assert lue.taux.valeur == pytest.approx(0.3)
