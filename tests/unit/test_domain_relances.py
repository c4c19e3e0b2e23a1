"""What is owed, by whom, since when: rules 3 at their edges, without any database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccm_data.domain import relances as r
from ccm_data.domain.calendrier import Trimestre, compute_echeance
from ccm_data.domain.rapports import compute_obligations
from ccm_data.domain.relances import Declarant, Du, Taux

T3 = Trimestre(2026, 3)
ECHEANCE = date(2026, 10, 15)
JOUR = date(2026, 11, 23)
AGADEZ, DIFFA = "NE001", "NE002"


def make_du(nature: str = r.RAPPORT, **champs: Any) -> Du:
    return replace(Du(nature, Declarant(AGADEZ), "3.1.3", r.EN_RETARD, ECHEANCE, AGADEZ, T3.code), **champs)


def make_obligations(
    soumissions: Sequence[dict[str, Any]] = (), *, jour: date = JOUR, premier: str = "2026-T1", jusqua: Trimestre = T3
) -> pd.DataFrame:
    """Two regions owe 3.1.3 in 2026; `soumissions` are their updates."""
    vides = {"acteur_code": None, "rien_a_signaler": False, "retour_avant_le": None, "activite_code": "3.1.3"}
    colonnes = ["activite_code", "region_code", "acteur_code", "annee", "trimestre", "etat", "rien_a_signaler"]
    recues = pd.DataFrame([vides | s for s in soumissions], columns=[*colonnes, "retour_avant_le"], dtype=object)
    regions = pd.DataFrame({"activite_code": ["3.1.3"] * 2, "region_code": [AGADEZ, DIFFA]}, dtype=object)
    annees = pd.DataFrame({"activite_code": ["3.1.3"], "annee": [2026]})
    return compute_obligations(regions, annees, recues, jusqua, 15, Trimestre.from_code(premier), jour)


# --- reports


@pytest.mark.parametrize(
    ("jour", "etat", "jours"),
    [
        pytest.param(date(2026, 10, 1), r.A_RENDRE, None, id="the day after the quarter: owed, not late"),
        pytest.param(ECHEANCE, r.A_RENDRE, None, id="on its day: not late"),
        pytest.param(date(2026, 10, 16), r.EN_RETARD, 1, id="the day after: late since one day"),
        pytest.param(date(2027, 2, 1), r.EN_RETARD, 109, id="after the plan's end it stays owed"),
    ],
)
def test_a_report_is_late_from_the_day_after_its_own(jour: date, etat: str, jours: int | None) -> None:
    dus = [d for d in r.list_rapports_dus(make_obligations(jour=jour)) if d.trimestre == T3.code]
    assert [(d.declarant.code, d.etat, d.echeance, d.compute_jours(jour)) for d in dus] == [
        (AGADEZ, etat, ECHEANCE, jours), (DIFFA, etat, ECHEANCE, jours),
    ]  # fmt: skip


def test_nothing_to_report_is_a_report_and_a_draft_is_none() -> None:
    dit = {"region_code": AGADEZ, "annee": 2026, "trimestre": 3, "etat": "soumis", "rien_a_signaler": True}
    brouillon = {"region_code": DIFFA, "annee": 2026, "trimestre": 3, "etat": "brouillon"}
    dus = r.list_rapports_dus(make_obligations([dit, brouillon]))
    assert [d.declarant.code for d in dus if d.trimestre == T3.code] == [DIFFA]


@pytest.mark.parametrize("premier", ["2026-T3", "2026-T4"])
def test_quarters_before_the_first_due_one_owe_nothing(premier: str) -> None:
    obligations = make_obligations(premier=premier)
    trimestres = {d.trimestre for d in r.list_rapports_dus(obligations)}
    assert trimestres == {t for t in ("2026-T1", "2026-T2", "2026-T3") if t >= premier}
    assert {t for _r, t in r.compute_taux(obligations, Trimestre.from_code(premier))} == trimestres


@pytest.mark.parametrize(
    ("avant_le", "etat"),
    [
        pytest.param(date(2026, 12, 1), r.A_RENVOYER, id="its new date is to come"),
        pytest.param(JOUR, r.A_RENVOYER, id="on its new date"),
        pytest.param(JOUR - timedelta(days=1), r.EN_RETARD, id="past its new date"),
    ],
)
def test_a_returned_report_waits_for_its_new_date(avant_le: date, etat: str) -> None:
    retour = {
        "region_code": AGADEZ, "annee": 2026, "trimestre": 3, "etat": "retourne", "retour_avant_le": avant_le,
    }  # fmt: skip
    (du,) = [
        d
        for d in r.list_rapports_dus(make_obligations([retour]))
        if (d.declarant.code, d.trimestre) == (AGADEZ, T3.code)
    ]
    assert (du.etat, du.echeance) == (etat, avant_le)


# --- completeness


def test_no_activity_and_no_report_are_different() -> None:
    taux = r.compute_taux(make_obligations(), Trimestre(2026, 1))
    assert taux[AGADEZ, "2026-T3"] == Taux(0, 1, 1)
    assert taux[AGADEZ, "2026-T3"].silencieux
    assert ("NE003", "2026-T3") not in taux, "nothing is owed there: no rate, not 0 %"
    assert Taux(0, 0).ratio is None
    assert not Taux(0, 0).silencieux


def test_a_region_whose_report_was_sent_back_is_not_silent() -> None:
    retour = {
        "region_code": AGADEZ, "annee": 2026, "trimestre": 3, "etat": "retourne", "retour_avant_le": date(2026, 12, 1),
    }  # fmt: skip
    taux = r.compute_taux(make_obligations([retour]), Trimestre(2026, 1))
    assert taux[AGADEZ, "2026-T3"] == Taux(0, 1, 0)
    assert r.list_silencieux(taux, "2026-T3") == [DIFFA]


def test_what_is_not_late_yet_is_no_silence() -> None:
    assert r.list_silencieux(r.compute_taux(make_obligations(jour=ECHEANCE), Trimestre(2026, 1)), "2026-T3") == []


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50))))
def test_rates_add_up_on_their_bases(parts: list[tuple[int, int]]) -> None:
    taux = [Taux(min(a, b), max(a, b), 0) for a, b in parts]
    total = r.sum_taux(taux)
    assert total.rendus == sum(t.rendus for t in taux)
    assert total.attendus == sum(t.attendus for t in taux)
    assert total.ratio is None or 0 <= total.ratio <= 1


def test_an_actors_rate_counts_its_own_interventions() -> None:
    taux = r.compute_taux_acteurs([("oim", True), ("oim", False), ("giz", True)])
    assert taux == {"oim": Taux(1, 2, 1), "giz": Taux(1, 1, 0)}


# --- values


def list_valeurs(**champs: Any) -> list[tuple[str, str]]:
    reglages = {
        "indicateurs": [("2.3.b", False), ("3.1.c", True), ("1.c", False)], "regions": [AGADEZ, DIFFA],
        "comptes": {"1.c"}, "soumises": set(), "trimestre": T3, "echeance": ECHEANCE,
        "premier_du": Trimestre(2026, 1), "aujourd_hui": JOUR,
    } | champs  # fmt: skip
    return [(d.code, d.declarant.code) for d in r.list_valeurs_dues(**reglages)]


@pytest.mark.parametrize(
    ("champs", "attendues"),
    [
        pytest.param({}, [("2.3.b", AGADEZ), ("2.3.b", DIFFA), ("3.1.c", r.SPCCM)], id="each region, the SP/CCM nationally"),
        pytest.param({"soumises": {("2.3.b", AGADEZ)}}, [("2.3.b", DIFFA), ("3.1.c", r.SPCCM)], id="one region gave its own"),
        pytest.param({"soumises": {("2.3.b", None)}}, [("3.1.c", r.SPCCM)], id="a national figure speaks for the regions"),
        pytest.param({"soumises": {("3.1.c", None)}}, [("2.3.b", AGADEZ), ("2.3.b", DIFFA)], id="the national one is given"),
        pytest.param({"comptes": {"1.c", "2.3.b", "3.1.c"}}, [], id="registers count them all"),
        pytest.param({"premier_du": Trimestre(2026, 4)}, [], id="before the first due quarter"),
    ],
)  # fmt: skip
def test_a_value_is_owed_where_nobody_gave_it(champs: dict[str, Any], attendues: list[tuple[str, str]]) -> None:
    assert list_valeurs(**champs) == attendues


# --- interventions, recommendations' owners


@pytest.mark.parametrize(
    ("statut", "debut", "dit_le", "attendue"),
    [
        ("en_cours", None, date(2026, 1, 1), date(2026, 6, 30)),
        ("en_cours", date(2026, 3, 1), date(2026, 1, 1), date(2026, 8, 28)),
        ("termine", None, date(2026, 1, 1), None),
        ("suspendu", None, date(2026, 1, 1), None),
        ("planifie", None, date(2026, 1, 1), None),
        ("en_cours", None, None, None),
    ],
)
def test_an_intervention_under_way_owes_a_word(
    statut: str, debut: date | None, dit_le: date | None, attendue: date | None
) -> None:
    assert r.compute_echeance_intervention(statut, debut, dit_le, 180) == attendue


@pytest.mark.parametrize(
    ("region", "acteur", "code"),
    [(AGADEZ, "oim", "oim"), (AGADEZ, None, AGADEZ), (None, None, r.SPCCM), (None, "sp-ccm", r.SPCCM),
     (AGADEZ, "sp-ccm", r.SPCCM)],
)  # fmt: skip
def test_who_owes_is_the_organisation_then_the_region_then_the_spccm(
    region: str | None, acteur: str | None, code: str
) -> None:
    assert r.make_declarant(region, acteur).code == code


# --- one fact, one line


def test_a_returned_row_speaks_for_the_report_behind_it() -> None:
    retour = make_du(r.RETOUR, sujet="mise_a_jour", etat=r.A_RENVOYER, texte="source ?")
    autre = make_du(code="3.1.4")
    assert r.drop_repetes([make_du(), autre, retour], set()) == [autre, retour]


def test_a_returned_row_whose_fact_was_sent_anew_is_not_asked_for() -> None:
    retour = make_du(r.RETOUR, sujet="mise_a_jour")
    assert r.drop_repetes([retour], {r.make_cle(retour)}) == []


def test_a_returned_row_of_another_quarter_hides_nothing() -> None:
    retour = make_du(r.RETOUR, sujet="mise_a_jour", trimestre="2026-T2")
    assert len(r.drop_repetes([make_du(), retour], set())) == 2


# --- lists


def test_what_presses_first_comes_first() -> None:
    vieux = make_du(echeance=date(2026, 7, 15))
    dus = [make_du(etat=r.EN_ATTENTE), make_du(etat=r.A_RENDRE), make_du(), make_du(etat=r.A_RENVOYER), vieux]
    assert [d.etat for d in r.sort_dus(dus)] == [r.EN_RETARD, r.EN_RETARD, r.A_RENVOYER, r.A_RENDRE, r.EN_ATTENTE]
    assert r.sort_dus(dus)[0] is vieux


def test_recipients_stand_in_official_then_alphabetical_order_never_by_what_they_owe() -> None:
    oim, due = Declarant(acteur_code="oim"), Declarant(acteur_code="due")
    dus = [make_du(declarant=oim)] * 5 + [make_du(declarant=due), make_du(declarant=Declarant())]
    dus += [make_du(declarant=Declarant(DIFFA))] * 9 + [make_du()]
    groupes = r.group_by_declarant(dus, [AGADEZ, DIFFA], str)
    assert [(q.code, len(d)) for q, d in groupes] == [(AGADEZ, 1), (DIFFA, 9), (r.SPCCM, 1), ("due", 1), ("oim", 5)]


def test_the_numbers_of_a_list() -> None:
    retour = make_du(r.RETOUR, sujet="mise_a_jour", declarant=Declarant(), echeance=date(2026, 9, 1))
    dus = [
        make_du(), retour, make_du(r.INTERVENTION, declarant=Declarant(acteur_code="oim"), echeance=date(2025, 1, 1)),
        make_du(etat=r.A_RENDRE, echeance=date(2027, 1, 15)), make_du(r.DOCUMENT, etat=r.EN_ATTENTE),
    ]  # fmt: skip
    bilan = r.compute_bilan(dus)
    assert bilan.rapports == r.Retards(2, (AGADEZ,), (), True, date(2026, 9, 1))
    assert bilan.autres == r.Retards(1, (), ("oim",), False, date(2025, 1, 1))
    assert (bilan.a_venir, bilan.prochaine) == (2, date(2027, 1, 15))
    assert {c.nature: (c.n, c.en_retard, c.declarants) for c in r.count_natures(dus)} == {
        r.RAPPORT: (2, 1, 1), r.RETOUR: (1, 1, 1), r.VALEUR: (0, 0, 0), r.RECOMMANDATION: (0, 0, 0),
        r.INTERVENTION: (1, 1, 1), r.DOCUMENT: (1, 0, 1),
    }  # fmt: skip


@given(st.integers(0, 400))
def test_days_count_from_the_due_day(jours: int) -> None:
    echeance = compute_echeance(T3, 15)
    jour = echeance + timedelta(days=jours)
    du = make_du(etat=r.compute_etat(echeance, jour))
    assert du.compute_jours(jour) == (jours or None)
