"""Quorum, file, overdue: the tables of the rules, their edges, and what always holds."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccm_data.domain.instances import (
    EtatDossier,
    EtatQuorum,
    EtatRencontre,
    Membre,
    Quorum,
    Regle,
    compute_etat_dossier,
    compute_etat_rencontre,
    compute_quorum,
    compute_requis,
    compute_retard,
    is_membre,
    list_membres_au,
)
from ccm_data.domain.vocabulaire import College, ModeQuorum, StatutRecommandation

JOUR = date(2026, 11, 23)
MEMBRES = (
    Membre("mi", College.ETAT),
    Membre("mj", College.ETAT),
    Membre("due", College.PTF),
    Membre("oim", College.PTF),
    Membre("remiddh", College.OSC),
    Membre("inconnu", College.PTF, observateur=True),
)


def make_regle(valeur: str, college: College | None = None, mode: ModeQuorum = ModeQuorum.PART) -> Regle:
    return Regle(college, mode, Decimal(valeur))


MOITIE = make_regle("50")
DEUX_ETAT = make_regle("2", College.ETAT, ModeQuorum.NOMBRE)


@pytest.mark.parametrize(
    ("presents", "regles", "etat"),
    [
        pytest.param({"mi", "due", "oim"}, [MOITIE], EtatQuorum.ATTEINT, id="half of five is three"),
        pytest.param({"mi", "due"}, [MOITIE], EtatQuorum.NON_ATTEINT, id="two of five are not half"),
        pytest.param({"mi", "due", "inconnu"}, [MOITIE], EtatQuorum.NON_ATTEINT, id="an observer does not count"),
        pytest.param({"mi", "due", "giz"}, [MOITIE], EtatQuorum.NON_ATTEINT, id="who is no member does not count"),
        pytest.param(
            {"mi", "due", "oim"}, [MOITIE, DEUX_ETAT], EtatQuorum.NON_ATTEINT, id="every rule must be reached"
        ),
        pytest.param({"mi", "mj", "oim"}, [MOITIE, DEUX_ETAT], EtatQuorum.ATTEINT, id="both rules reached"),
        pytest.param({"mi", "mj"}, [], EtatQuorum.REGLE_NON_DEFINIE, id="no rule is not « not reached »"),
        pytest.param(None, [MOITIE], EtatQuorum.PRESENCE_NON_RENSEIGNEE, id="presence not recorded is not nobody"),
        pytest.param(set(), [MOITIE], EtatQuorum.NON_ATTEINT, id="recorded as nobody is nobody"),
        pytest.param(None, [], EtatQuorum.REGLE_NON_DEFINIE, id="no rule, no presence"),
        pytest.param(
            {"mi", "mj", "oim"},
            [make_regle("50", College.RECHERCHE)],
            EtatQuorum.MEMBRES_NON_RENSEIGNES,
            id="a part of a college without member cannot be told",
        ),
        pytest.param(
            {"mi", "mj", "oim"},
            [make_regle("1", College.RECHERCHE, ModeQuorum.NOMBRE)],
            EtatQuorum.MEMBRES_NON_RENSEIGNES,
            id="a number of a college without member cannot be told either",
        ),
        pytest.param(
            {"mi"},
            [MOITIE, make_regle("1", College.RECHERCHE, ModeQuorum.NOMBRE)],
            EtatQuorum.NON_ATTEINT,
            id="what is known not to be reached stays so beside a silence",
        ),
        pytest.param(set("x"), [make_regle("0.01")], EtatQuorum.NON_ATTEINT, id="the smallest part asks for one"),
        pytest.param(
            {"mi", "mj", "due", "oim", "remiddh"}, [make_regle("100")], EtatQuorum.ATTEINT, id="all, and all came"
        ),
    ],
)
def test_the_quorum_of_a_meeting(presents: set[str] | None, regles: list[Regle], etat: EtatQuorum) -> None:
    assert compute_quorum(MEMBRES, presents, regles).etat is etat


def test_without_any_member_the_quorum_waits_for_them() -> None:
    vide = compute_quorum([], {"oim"}, [make_regle("2", None, ModeQuorum.NOMBRE)])
    assert vide.etat is EtatQuorum.MEMBRES_NON_RENSEIGNES
    assert vide.hors_membres == ("oim",)
    assert vide.atteint is None


def test_each_college_says_its_own_and_the_whole_comes_last() -> None:
    quorum = compute_quorum(MEMBRES, {"mi", "due", "inconnu", "giz"}, [MOITIE, DEUX_ETAT])
    assert [(x.college, x.membres, x.presents, x.requis, x.atteint) for x in quorum.lignes] == [
        (College.ETAT, 2, 1, 2, False),
        (College.PTF, 2, 1, None, None),
        (College.OSC, 1, 0, None, None),
        (None, 5, 2, 3, False),
    ]
    assert (quorum.hors_membres, quorum.observateurs) == (("giz",), ("inconnu",))


def test_a_presence_not_recorded_is_null_in_every_college() -> None:
    quorum = compute_quorum(MEMBRES, None, [MOITIE])
    assert {x.presents for x in quorum.lignes} == {None}
    assert {x.atteint for x in quorum.lignes} == {None}
    assert quorum.lignes[-1].requis == 3


@pytest.mark.parametrize(
    ("valeur", "membres", "requis"),
    [("50", 5, 3), ("50", 4, 2), ("33.33", 3, 1), ("66.67", 3, 3), ("100", 7, 7), ("1", 1, 1), ("50", 0, None)],
)
def test_a_part_rounds_up(valeur: str, membres: int, requis: int | None) -> None:
    assert compute_requis(make_regle(valeur), membres) == requis


@pytest.mark.parametrize(
    ("admis", "sorti", "siege"),
    [
        (None, None, True),
        (JOUR, None, True),
        (JOUR + timedelta(days=1), None, False),
        (None, JOUR, True),
        (None, JOUR - timedelta(days=1), False),
    ],
    ids=["no bound", "admitted that day", "admitted the day after", "left that day", "left the day before"],
)
def test_who_sits_on_a_day(admis: date | None, sorti: date | None, siege: bool) -> None:
    membre = Membre("oim", College.PTF, admis_le=admis, sorti_le=sorti)
    assert is_membre(membre, JOUR) is siege
    assert bool(list_membres_au([membre], JOUR)) is siege


ORGANISATIONS = [f"o{n}" for n in range(8)]
membres_st = st.lists(
    st.builds(Membre, st.sampled_from(ORGANISATIONS), st.sampled_from(College), st.booleans()),
    unique_by=lambda m: m.organisation,
)
regles_st = st.lists(
    st.one_of(
        st.builds(make_regle, st.integers(1, 100).map(str), st.none() | st.sampled_from(College)),
        st.builds(
            make_regle, st.integers(1, 6).map(str), st.none() | st.sampled_from(College), st.just(ModeQuorum.NOMBRE)
        ),
    ),
    unique_by=lambda r: r.college,
)
presents_st = st.sets(st.sampled_from([*ORGANISATIONS, "autre"]))


def is_reached(quorum: Quorum) -> bool:
    return quorum.etat is EtatQuorum.ATTEINT


@given(membres_st, regles_st, presents_st, st.sampled_from(ORGANISATIONS))
def test_one_more_present_never_takes_a_quorum_away(
    membres: list[Membre], regles: list[Regle], presents: set[str], venu: str
) -> None:
    avant, apres = (compute_quorum(membres, p, regles) for p in (presents, presents | {venu}))
    assert not is_reached(avant) or is_reached(apres)
    for x, y in zip(avant.lignes, apres.lignes, strict=True):
        assert x.requis == y.requis
        assert (x.presents or 0) <= (y.presents or 0)


@given(membres_st, regles_st, presents_st)
def test_colleges_add_up_to_the_whole_and_everybody_present_is_told_once(
    membres: list[Membre], regles: list[Regle], presents: set[str]
) -> None:
    quorum = compute_quorum(membres, presents, regles)
    *colleges, tous = quorum.lignes
    assert sum(x.membres for x in colleges) == tous.membres
    assert sum(x.presents or 0 for x in colleges) == tous.presents
    assert (tous.presents or 0) + len(quorum.hors_membres) + len(quorum.observateurs) == len(presents)


@given(membres_st, presents_st)
def test_without_a_rule_nothing_is_said_of_the_quorum(membres: list[Membre], presents: set[str]) -> None:
    assert compute_quorum(membres, presents, []).atteint is None


@pytest.mark.parametrize(
    ("partage", "aujourd_hui", "etat"),
    [
        (date(2026, 12, 11), JOUR, EtatDossier.A_TEMPS),
        (date(2026, 12, 12), JOUR, EtatDossier.TARDIF),
        (None, date(2026, 12, 11), EtatDossier.ATTENDU),
        (None, date(2026, 12, 12), EtatDossier.NON_PARTAGE),
    ],
    ids=["seven days before", "six days before", "the last day still runs", "the day after the last"],
)
def test_the_file_is_shared_seven_days_before(partage: date | None, aujourd_hui: date, etat: EtatDossier) -> None:
    assert compute_etat_dossier(date(2026, 12, 18), partage, aujourd_hui, 7) is etat


@pytest.mark.parametrize(
    ("jour", "annulee", "etat"),
    [
        (JOUR, False, EtatRencontre.TENUE),
        (JOUR + timedelta(days=1), False, EtatRencontre.A_VENIR),
        (JOUR + timedelta(days=1), True, EtatRencontre.ANNULEE),
        (JOUR - timedelta(days=1), True, EtatRencontre.ANNULEE),
    ],
)
def test_where_a_meeting_stands(jour: date, annulee: bool, etat: EtatRencontre) -> None:
    assert compute_etat_rencontre(jour, annulee, JOUR) is etat


@pytest.mark.parametrize(
    ("statut", "echeance", "retard"),
    [
        (StatutRecommandation.A_FAIRE, JOUR, None),
        (StatutRecommandation.A_FAIRE, JOUR - timedelta(days=1), 1),
        (StatutRecommandation.EN_COURS, JOUR - timedelta(days=40), 40),
        (StatutRecommandation.EN_COURS, None, None),
        (StatutRecommandation.REALISEE, JOUR - timedelta(days=40), None),
        (StatutRecommandation.ABANDONNEE, JOUR - timedelta(days=40), None),
    ],
    ids=["on its due day", "the day after", "forty days", "without due date", "done", "given up"],
)
def test_what_is_overdue(statut: StatutRecommandation, echeance: date | None, retard: int | None) -> None:
    assert compute_retard(statut, echeance, JOUR) == retard
