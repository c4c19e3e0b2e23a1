"""Who owes what, out of a database: each kind of thing owed, who may read it, how complete the reports are."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from ccm_data.domain import relances as r
from ccm_data.domain.permissions import VISITEUR, Personne
from ccm_data.domain.relances import Du, Taux
from ccm_data.domain.vocabulaire import EtatSuivi, StatutRecommandation
from ccm_data.models.decisions import RegionConcernee, SeuilDecide
from ccm_data.models.documents import DocumentProgrammation
from ccm_data.models.instances import Recommandation
from ccm_data.models.registres import Appui
from ccm_data.models.suivi import ValeurIndicateur
from ccm_data.phrases.completude import say_taux
from ccm_data.queries.completude import Situation, filter_dus, get_situation, group_dus
from tests.integration.aides_commandes import MAINTENANT, add_ligne, make_personnes
from tests.integration.aides_coordination import add_intervention

JOUR, ARRETE = date(2026, 11, 23), date(2026, 9, 30)
AGADEZ, DIFFA, ZINDER = "NE001", "NE002", "NE007"


@pytest.fixture
def personnes(session: Session) -> dict[str, Personne]:
    return make_personnes(session)


@pytest.fixture
def se(personnes: dict[str, Personne]) -> Personne:
    return personnes["se"]


@pytest.fixture
def concernees(session: Session, se: Personne) -> None:
    """Agadez and Diffa report on 3.1.3, and on nothing else; T3 2026 is the first due quarter."""
    provenance = {"auteur_id": se.compte_id, "source": "essai", "date_source": JOUR, "decide_le": MAINTENANT}
    session.add(SeuilDecide(nom="premier_trimestre_du", valeur="2026-T3", **provenance))
    for region in (AGADEZ, DIFFA):
        session.add(RegionConcernee(activite_code="3.1.3", region_code=region, **provenance))
    session.flush()


def read(session: Session, personne: Personne, jour: date = JOUR, arrete: date = ARRETE) -> Situation:
    return get_situation(session, personne, arrete, jour)


def list_nature(situation: Situation, nature: str) -> list[Du]:
    return [d for d in situation.dus if d.nature == nature]


def list_qui(situation: Situation, nature: str, code: str | None = None) -> list[str]:
    return [d.declarant.code for d in list_nature(situation, nature) if code in (None, d.code)]


def add_suivi(session: Session, table: type[Any], auteur: Personne, etat: EtatSuivi, **champs: Any) -> Any:
    """A follow-up row in a state; validated by somebody else."""
    valide = {"valide_le": MAINTENANT, "valide_par_id": 5} if etat is EtatSuivi.VALIDE else {}
    ligne = table(**champs, etat=etat, auteur_id=auteur.compte_id, cree_le=MAINTENANT, **valide)
    session.add(ligne)
    session.flush()
    return ligne


@pytest.mark.usefixtures("concernees")
def test_a_report_is_owed_by_its_region_since_its_day_and_a_draft_gives_nothing(
    session: Session, se: Personne, personnes: dict[str, Personne]
) -> None:
    add_ligne(session, personnes["focal"], EtatSuivi.SOUMIS, rien_a_signaler=True)
    add_ligne(session, se, EtatSuivi.BROUILLON, region_code=DIFFA)
    situation = read(session, se)
    (du,) = [d for d in list_nature(situation, r.RAPPORT) if d.code == "3.1.3"]
    assert (du.declarant.code, du.trimestre, du.echeance, du.etat) == (
        DIFFA, "2026-T3", date(2026, 10, 15), r.EN_RETARD,
    )  # fmt: skip
    assert du.compute_jours(JOUR) == 39
    assert situation.taux[AGADEZ, "2026-T3"] == Taux(1, 1, 0)
    assert situation.taux[DIFFA, "2026-T3"] == Taux(0, 1, 1)
    assert (ZINDER, "2026-T3") not in situation.taux, "no activity there is not a missing report"
    assert situation.trimestres == ("2026-T3",), "earlier quarters are history"


@pytest.mark.usefixtures("concernees")
def test_after_the_plans_end_its_last_reports_stay_owed(session: Session, se: Personne) -> None:
    situation = read(session, se, date(2027, 2, 1), date(2026, 12, 31))
    assert {(d.declarant.code, d.trimestre) for d in list_nature(situation, r.RAPPORT) if d.code == "3.1.3"} == {
        (q, t) for q in (AGADEZ, DIFFA) for t in ("2026-T3", "2026-T4")
    }  # fmt: skip


@pytest.mark.usefixtures("concernees")
def test_a_returned_row_is_told_once_with_its_note_and_its_new_date(
    session: Session, se: Personne, personnes: dict[str, Personne]
) -> None:
    ligne = add_ligne(session, personnes["focal"], EtatSuivi.RETOURNE)
    ligne.note_retour, ligne.retour_avant_le = "La source manque.", date(2026, 12, 15)
    session.flush()
    situation = read(session, se)
    (du,) = list_nature(situation, r.RETOUR)
    assert (du.declarant.code, du.code, du.trimestre, du.etat, du.echeance, du.texte, du.sujet, du.ligne_id) == (
        AGADEZ, "3.1.3", "2026-T3", r.A_RENVOYER, date(2026, 12, 15), "La source manque.", "mise_a_jour", ligne.id,
    )  # fmt: skip
    assert list_qui(situation, r.RAPPORT, "3.1.3") == [DIFFA]
    assert not situation.taux[AGADEZ, "2026-T3"].silencieux
    tard = read(session, se, date(2026, 12, 16))
    assert [d.etat for d in list_nature(tard, r.RETOUR)] == [r.EN_RETARD]


@pytest.mark.usefixtures("concernees")
def test_a_returned_row_whose_report_was_validated_since_is_not_asked_for(session: Session, se: Personne) -> None:
    add_ligne(session, se, EtatSuivi.RETOURNE)
    ligne = add_ligne(session, se, EtatSuivi.VALIDE, valide_le=MAINTENANT, valide_par_id=5)
    assert ligne.etat is EtatSuivi.VALIDE
    assert list_nature(read(session, se), r.RETOUR) == []


def test_a_register_row_sent_back_is_owed_by_who_wrote_it(
    session: Session, se: Personne, personnes: dict[str, Personne]
) -> None:
    champs = {
        "cadre": "drec_mr", "institution_code": "oim", "nature": "technique", "date_debut": date(2026, 3, 1),
        "retour_avant_le": date(2026, 12, 15),
    }  # fmt: skip
    for auteur, intitule, region, acteur in (
        ("acteur", "par l’acteur", AGADEZ, "oim"), ("focal", "par le point focal", AGADEZ, None),
        ("se", "par le SP/CCM", None, None), ("se", "au nom de l’OIM", None, "oim"),
    ):  # fmt: skip
        add_suivi(
            session, Appui, personnes[auteur], EtatSuivi.RETOURNE, intitule=intitule, region_code=region,
            acteur_code=acteur, **champs,
        )  # fmt: skip
    assert {d.code: d.declarant.code for d in list_nature(read(session, se), r.RETOUR)} == {
        "par l’acteur": "oim", "par le point focal": AGADEZ, "par le SP/CCM": r.SPCCM, "au nom de l’OIM": "oim",
    }  # fmt: skip


@pytest.mark.parametrize("etat", [EtatSuivi.SOUMIS, EtatSuivi.VALIDE, EtatSuivi.BROUILLON])
def test_a_value_is_owed_until_it_is_sent(session: Session, se: Personne, etat: EtatSuivi) -> None:
    assert set(list_qui(read(session, se), r.VALEUR, "2.3.b")) >= {AGADEZ, DIFFA, ZINDER}
    add_suivi(
        session, ValeurIndicateur, se, etat, indicateur_code="2.3.b", region_code=AGADEZ, annee=2026, trimestre=3, valeur=1,
    )  # fmt: skip
    assert (AGADEZ in list_qui(read(session, se), r.VALEUR, "2.3.b")) is (etat is EtatSuivi.BROUILLON)


def test_a_value_that_a_register_counts_is_owed_by_nobody(session: Session, se: Personne) -> None:
    codes = {d.code for d in list_nature(read(session, se), r.VALEUR)}
    assert codes >= {"2.3.b", "3.1.c", "5.a"}
    assert codes.isdisjoint({"1.a", "1.b", "1.c", "1.d", "2.2.b", "3.1.a", "3.1.b", "4.a", "5.b"})


@pytest.mark.parametrize(
    ("champs", "dus"),
    [
        pytest.param({}, ["oim"], id="overdue: its responsible organisation"),
        pytest.param({"responsable_code": None}, [AGADEZ], id="no organisation: its region"),
        pytest.param({"responsable_code": None, "region_code": None}, [r.SPCCM], id="neither: the SP/CCM"),
        pytest.param({"responsable_code": "sp-ccm"}, [r.SPCCM], id="the SP/CCM as an organisation"),
        pytest.param({"echeance": JOUR}, [], id="on its day"),
        pytest.param({"echeance": None}, [], id="without a date"),
        pytest.param({"statut": StatutRecommandation.REALISEE, "realisee_le": JOUR}, [], id="done"),
        pytest.param({"statut": StatutRecommandation.ABANDONNEE}, [], id="given up"),
        pytest.param({"statut": StatutRecommandation.EN_COURS}, ["oim"], id="under way"),
        pytest.param({"etat": EtatSuivi.SOUMIS}, [], id="not validated"),
    ],
)
def test_an_overdue_recommendation(session: Session, se: Personne, champs: dict[str, Any], dus: list[str]) -> None:
    faits = {
        "code": "R-1", "rencontre_code": "CCM-1", "texte": "Partager les fichiers", "responsable_code": "oim",
        "region_code": AGADEZ, "echeance": date(2026, 11, 22), "etat": EtatSuivi.VALIDE,
    } | champs  # fmt: skip
    etat = faits.pop("etat")
    add_suivi(session, Recommandation, se, etat, **faits)
    situation = read(session, se)
    assert list_qui(situation, r.RECOMMANDATION) == dus
    assert [d.compute_jours(JOUR) for d in list_nature(situation, r.RECOMMANDATION)] == [1] * len(dus)


def test_a_recommendation_whose_correction_waits_for_the_spccm_is_not_asked_for(session: Session, se: Personne) -> None:
    faits = {
        "code": "R-1", "rencontre_code": "CCM-1", "texte": "x", "responsable_code": "oim", "echeance": date(2026, 1, 1),
    }  # fmt: skip
    add_suivi(session, Recommandation, se, EtatSuivi.VALIDE, **faits)
    add_suivi(session, Recommandation, se, EtatSuivi.SOUMIS, **faits)
    assert list_nature(read(session, se), r.RECOMMANDATION) == []


@pytest.mark.usefixtures("personnes")
def test_an_intervention_without_news_and_one_told_in_time(session: Session, se: Personne) -> None:
    vieux = datetime(2026, 5, 26, 12, tzinfo=UTC)  # 180 days before the 22nd of November
    add_intervention(session, "OIM-1", "oim", valide_le=vieux)
    add_intervention(session, "OIM-2", "oim", valide_le=datetime(2026, 5, 27, 12, tzinfo=UTC))
    add_intervention(session, "OIM-3", "oim", valide_le=vieux, statut="termine")
    add_intervention(session, "GIZ-1", "giz", valide_le=vieux)
    add_intervention(session, "GIZ-1", "giz", etat=EtatSuivi.SOUMIS, valide_le=None, valide_par_id=None)
    situation = read(session, se)
    (du,) = list_nature(situation, r.INTERVENTION)
    assert (du.code, du.declarant.code, du.echeance, du.compute_jours(JOUR)) == ("OIM-1", "oim", date(2026, 11, 22), 1)
    assert situation.acteurs == {"oim": Taux(1, 2, 1), "giz": Taux(1, 1, 0)}
    assert situation.interventions == Taux(2, 3, 1)


def test_a_document_waits_and_is_never_late(session: Session, se: Personne) -> None:
    commun = {
        "acteur_code": "oim", "source": "Site", "debut": date(2026, 1, 1), "fin": date(2026, 12, 31),
        "auteur_id": se.compte_id, "cree_le": datetime(2026, 2, 10, 9, tzinfo=UTC),
    }  # fmt: skip
    session.add(DocumentProgrammation(titre="À lire", **commun))
    session.add(DocumentProgrammation(titre="Lu", resultat="rien", analyse_le=JOUR, **commun))
    session.add(DocumentProgrammation(titre="Retiré", retire_le=MAINTENANT, **commun))
    session.flush()
    (du,) = list_nature(read(session, se), r.DOCUMENT)
    assert (du.texte, du.etat, du.echeance, du.compute_jours(JOUR)) == ("À lire", r.EN_ATTENTE, date(2026, 2, 10), 286)


# --- who reads what (règles 7)


@pytest.fixture
def tout(session: Session, se: Personne, personnes: dict[str, Personne], concernees: None) -> None:
    """Something owed by Agadez, by Diffa, by OIM, by GIZ and by the SP/CCM."""
    vieux = datetime(2025, 1, 1, 12, tzinfo=UTC)
    add_intervention(session, "OIM-1", "oim", valide_le=vieux)
    add_intervention(session, "GIZ-1", "giz", valide_le=vieux)


QUI = {AGADEZ, DIFFA, "oim", "giz", r.SPCCM}


@pytest.mark.usefixtures("tout")
@pytest.mark.parametrize(
    ("qui", "attendus"),
    [("se", QUI), ("admin", QUI), ("focal", {AGADEZ}), ("acteur", {"oim"}), ("lecteur", set()), ("visiteur", set())],
)
def test_everybody_reads_his_own_and_is_told_how_many_are_withheld(
    session: Session, personnes: dict[str, Personne], qui: str, attendus: set[str]
) -> None:
    entiere = read(session, personnes["admin"])
    situation = read(session, personnes[qui])
    vus = {d.declarant.code for d in situation.dus}
    assert vus & QUI == attendus
    assert vus <= (attendus if qui in ("focal", "acteur", "lecteur", "visiteur") else vus)
    assert len(situation.dus) + situation.retenus == len(entiere.dus)
    assert situation.taux == entiere.taux, "completeness is an aggregate, the same for everybody"
    assert set(situation.acteurs) == ({"oim", "giz"} & attendus)


@pytest.mark.usefixtures("tout")
def test_a_reader_has_the_counts_of_all_and_others_the_counts_of_their_own(
    session: Session, personnes: dict[str, Personne]
) -> None:
    entiere, lecteur = read(session, personnes["admin"]), read(session, personnes["lecteur"])
    assert (lecteur.comptes, lecteur.bilan) == (entiere.comptes, entiere.bilan)
    focal = read(session, personnes["focal"])
    assert sum(c.n for c in focal.comptes) == len(focal.dus) < len(entiere.dus)
    assert read(session, VISITEUR).comptes == entiere.comptes


# --- lists


@pytest.mark.usefixtures("tout")
def test_recipients_are_regions_in_official_order_then_the_spccm_then_organisations_by_name(
    session: Session, se: Personne
) -> None:
    situation = read(session, se)
    codes = [qui.code for qui, _d in group_dus(situation.dus, situation.noms)]
    regions = [c for c in situation.noms.regions if c in codes]
    assert codes == [*regions, r.SPCCM, "giz", "oim"]


@pytest.mark.usefixtures("tout")
def test_the_filters_of_the_screen(session: Session, se: Personne) -> None:
    dus = read(session, se).dus
    sans = {"region": None, "acteur": None, "nature": None, "trimestre": None}
    assert filter_dus(dus, **sans) == dus
    assert {d.declarant.code for d in filter_dus(dus, **sans | {"region": DIFFA})} == {DIFFA}
    assert {d.code for d in filter_dus(dus, **sans | {"acteur": "giz"})} == {"GIZ-1"}
    assert {d.nature for d in filter_dus(dus, **sans | {"nature": r.RAPPORT})} == {r.RAPPORT}
    assert {d.trimestre for d in filter_dus(dus, **sans | {"trimestre": "2026-T3"})} == {"2026-T3"}
    assert filter_dus(dus, **sans | {"trimestre": "2022-T1"}) == ()


def test_a_rate_prints_its_base() -> None:
    assert say_taux(Taux(8, 12, 4)).replace("\u202f", " ") == "8 rapports sur 12 (67 %)"


@pytest.mark.usefixtures("tout")
def test_the_number_of_reads_does_not_grow_with_the_rows(session: Session, se: Personne) -> None:
    def _count() -> int:
        lues: list[str] = []
        ecoute = lambda *args: lues.append(args[2])  # noqa: E731
        event.listen(session.get_bind(), "before_cursor_execute", ecoute)
        try:
            read(session, se)
        finally:
            event.remove(session.get_bind(), "before_cursor_execute", ecoute)
        return len(lues)

    session.flush()
    avant = _count()
    for n in range(10):
        add_intervention(session, f"X-{n}", "oim", valide_le=datetime(2025, 1, 1, tzinfo=UTC))
        add_ligne(session, se, EtatSuivi.RETOURNE, annee=2025, trimestre=1 + n % 4)
    assert _count() == avant
