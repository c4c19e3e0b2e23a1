"""Cells of coverage on both databases: what makes one covered, when nobody knows, what is missing, what is ranked."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from ccm_data.commands import requetes
from ccm_data.domain.permissions import VISITEUR, Personne
from ccm_data.domain.vocabulaire import EtatCellule, EtatPositionnement, EtatRequete, EtatSuivi, StatutComite
from ccm_data.models.decisions import RegionConcernee
from ccm_data.models.requetes import Requete
from ccm_data.models.suivi import ComiteVeille, MiseAJour
from ccm_data.phrases.lacunes import say_besoin, say_lacune, say_titre_lacunes
from ccm_data.queries.couverture import Couverture, Grille, get_couverture
from ccm_data.queries.lacunes import count_etats, make_regions_carte, make_table_couverture, rank_lacunes, say_case
from tests.integration.aides_commandes import MAINTENANT, make_personnes
from tests.integration.aides_coordination import add_intervention

ARRETE, AUJOURD_HUI = date(2026, 9, 30), MAINTENANT.date()
VIEUX = MAINTENANT - timedelta(days=400)
VALIDE = {
    "etat": EtatSuivi.VALIDE, "auteur_id": 1, "cree_le": MAINTENANT, "valide_le": MAINTENANT, "valide_par_id": 2,
}  # fmt: skip


@pytest.fixture
def qui(session: Session) -> dict[str, Personne]:
    return make_personnes(session)


def lay(session: Session, grille: Grille = "theme", personne: Personne = VISITEUR) -> Couverture:
    return get_couverture(session, personne, grille, ARRETE, AUJOURD_HUI)


def concern(session: Session, activite: str, region: str, nombre: int | None = None) -> None:
    session.add(
        RegionConcernee(
            activite_code=activite, region_code=region, nombre_prevu=nombre, unite="comités" if nombre else None,
            source="x", date_source=ARRETE, auteur_id=1, decide_le=MAINTENANT,
        )
    )  # fmt: skip
    session.flush()


def report(session: Session, activite: str, region: str | None, trimestre: int = 3, **champs: object) -> None:
    session.add(
        MiseAJour(
            activite_code=activite, region_code=region, annee=2026, trimestre=trimestre,
            **({"avancement": 40} | champs | VALIDE),
        )
    )  # fmt: skip
    session.flush()


def report_all(session: Session, region: str) -> None:
    """This region owes one activity and says all of it, up to the date."""
    concern(session, "3.1.3", region)
    for trimestre in (1, 2, 3):
        report(session, "3.1.3", region, trimestre)


def test_where_no_report_came_nobody_knows(session: Session, qui: dict[str, Personne]) -> None:
    couverture = lay(session)
    comptes = count_etats(couverture)
    assert comptes[EtatCellule.NON_RAPPORTE] == 14 * 8 == sum(comptes.values())
    assert "on ne sait rien" in say_titre_lacunes(couverture)


def test_nothing_is_uncovered_only_where_reports_are_up_to_date(session: Session, qui: dict[str, Personne]) -> None:
    report_all(session, "NE001")
    couverture = lay(session)
    assert couverture.cases["sante", "NE001"].etat == EtatCellule.NON_COUVERT
    assert couverture.cases["sante", "NE002"].etat == EtatCellule.NON_RAPPORTE


@pytest.mark.parametrize(
    ("champs", "etat"),
    [
        ({}, EtatCellule.COUVERT),
        ({"valide_le": VIEUX}, EtatCellule.NON_RAPPORTE),
        ({"valide_le": VIEUX, "mobilise_fcfa": 10}, EtatCellule.FINANCE),
        ({"statut": "planifie"}, EtatCellule.PLANIFIE),
        ({"statut": "planifie", "mobilise_fcfa": 10}, EtatCellule.FINANCE),
        ({"statut": "termine"}, EtatCellule.NON_COUVERT),
        ({"statut": "suspendu"}, EtatCellule.NON_COUVERT),
        ({"date_fin": date(2026, 9, 29)}, EtatCellule.NON_COUVERT),
        ({"regions": "NE"}, EtatCellule.NON_COUVERT),
    ],
    ids=[
        "active and told of", "active, told of too long ago", "active, told of too long ago, money secured", "announced",
        "announced with money", "ended", "suspended", "past its end without a word", "national fills no region",
    ],
)  # fmt: skip
def test_the_state_of_a_cell_follows_its_intervention(
    session: Session, qui: dict[str, Personne], champs: dict[str, object], etat: EtatCellule
) -> None:
    report_all(session, "NE001")
    add_intervention(session, "A", "oim", **champs)
    assert lay(session).cases["sante", "NE001"].etat == etat


def test_a_state_is_the_same_for_who_may_not_read_the_amounts(session: Session, qui: dict[str, Personne]) -> None:
    add_intervention(session, "A", "oim", valide_le=VIEUX, mobilise_fcfa=10)
    assert lay(session, personne=VISITEUR).cases == lay(session, personne=qui["se"]).cases


def test_only_a_confirmed_pledge_plans_a_cell(session: Session, qui: dict[str, Personne]) -> None:
    demande = {"objet": "Santé", "theme": "sante", "region_code": "NE001"}
    numero = requetes.add_requete(session, qui["se"], MAINTENANT, demande)
    requete = session.get_one(Requete, numero)
    for etat in (EtatRequete.INSTRUITE, EtatRequete.TRANSMISE):
        requetes.advance_requete(session, qui["se"], MAINTENANT, requete.id, requete.version, etat, None)
    annonce = requetes.add_positionnement(session, qui["acteur"], MAINTENANT, requete.id, AUJOURD_HUI, montant=100)
    assert lay(session).cases["sante", "NE001"].etat == EtatCellule.NON_RAPPORTE
    assert lay(session).cases["sante", "NE001"].requetes == (requete.numero,)
    requetes.advance_positionnement(session, qui["se"], MAINTENANT, annonce, 1, EtatPositionnement.CONFIRME)
    assert lay(session).cases["sante", "NE001"].etat == EtatCellule.PLANIFIE


def test_an_activity_is_expected_where_the_spccm_said_and_nationally_elsewhere(
    session: Session, qui: dict[str, Personne]
) -> None:
    report_all(session, "NE001")
    report(session, "1.1", None)
    cases = lay(session, "activite").cases
    assert cases["3.1.3", "NE001"].etat == EtatCellule.COUVERT
    assert cases["3.1.3", "NE002"].etat is None
    assert cases["3.1.3", "NE"].etat is None
    assert cases["1.1", "NE"].etat == EtatCellule.COUVERT
    assert cases["1.1", "NE001"].etat is None


def test_a_shortfall_is_told_only_against_a_number_of_the_spccm(session: Session, qui: dict[str, Personne]) -> None:
    concern(session, "3.1.1", "NE001", 3)
    concern(session, "3.1.1", "NE002")
    for nom, statut in (("A", StatutComite.CREE), ("B", StatutComite.PLANIFIE)):
        creation = ARRETE if statut == StatutComite.CREE else None
        session.add(
            ComiteVeille(
                nom=nom, region_code="NE001", niveau="commune", statut=statut, date_creation=creation, **VALIDE
            )
        )
    session.flush()
    couverture = lay(session, "activite")
    dedans, dehors = couverture.cases["3.1.1", "NE001"], couverture.cases["3.1.1", "NE002"]
    assert (dedans.besoin, dedans.couvert, say_besoin(dedans)) == (3, 1, "il en manque 2 sur 3 prévus (comités)")
    assert (dehors.besoin, dehors.couvert, say_besoin(dehors)) == (None, None, "")
    assert say_case(dedans).endswith("(−2)")


def test_the_ten_gaps_say_each_term_of_their_score(session: Session, qui: dict[str, Personne]) -> None:
    report_all(session, "NE001")
    report_all(session, "NE002")
    couverture = lay(session)
    lacunes = rank_lacunes(couverture, 10)
    ordre = [sujet for sujet, _nom in couverture.sujets][:10]
    assert [(x.cellule.region, x.cellule.sujet) for x in lacunes] == [("NE002", sujet) for sujet in ordre], (
        "ties: plan order"
    )
    phrase = say_lacune(lacunes[0], couverture.cases[lacunes[0].cellule.sujet, lacunes[0].cellule.region])
    for dit in ("Rien n’est déclaré", "habitants en 2012", "8 régions dans ce cas", "aucune requête", "score"):
        assert dit in phrase
    assert len(make_table_couverture(couverture, "Thème")) == 14


def test_the_map_leaves_unknown_regions_hatched_and_never_says_zero_for_them(
    session: Session, qui: dict[str, Personne]
) -> None:
    report_all(session, "NE001")
    carte = make_regions_carte(lay(session), None).set_index("code")
    assert carte.loc["NE001", "valeur"] == 14
    assert carte.loc["NE002", "valeur"] is None
    assert carte.loc["NE002", "libelle"] == "non rapporté"
    un = make_regions_carte(lay(session), "sante").set_index("code")
    assert un.loc["NE001", "libelle"] == "Non couvert"
