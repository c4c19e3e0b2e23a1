"""The state of a cell in order of precedence, at the edges of its dates."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccm_data.domain.couverture import Presence, compute_ecart, compute_etat
from ccm_data.domain.vocabulaire import EtatCellule

ARRETE, DELAI = date(2026, 9, 30), 180
E = EtatCellule
RECENT, ANCIEN = date(2026, 4, 3), date(2026, 4, 2)  # 180 and 181 days before
ACTIVE = {"statut": "en_cours", "debut": date(2026, 1, 1), "fin": date(2026, 9, 30)}


@pytest.mark.parametrize(
    ("presence", "etat"),
    [
        pytest.param(Presence(**ACTIVE, dit_le=RECENT), E.COUVERT, id="active and told of in time"),
        pytest.param(Presence(**ACTIVE, dit_le=ANCIEN), E.NON_RAPPORTE, id="active, told of a day too long ago"),
        pytest.param(Presence(**ACTIVE), E.NON_RAPPORTE, id="active, never told of"),
        pytest.param(Presence(**ACTIVE, dit_le=ANCIEN, finance=True), E.FINANCE, id="untold, but its money is there"),
        pytest.param(Presence("en_cours", date(2026, 9, 30), None, RECENT), E.COUVERT, id="begun on the day itself"),
        pytest.param(Presence("en_cours", date(2026, 10, 1), None, RECENT), E.PLANIFIE, id="to begin the day after"),
        pytest.param(Presence("en_cours", None, date(2026, 9, 29), RECENT), E.NON_COUVERT, id="ended the day before"),
        pytest.param(Presence("planifie"), E.PLANIFIE, id="planned"),
        pytest.param(Presence("planifie", finance=True), E.FINANCE, id="planned with its money"),
        pytest.param(Presence("planifie", fin=date(2026, 9, 29)), E.NON_COUVERT, id="planned and past its end"),
        pytest.param(Presence("termine", dit_le=RECENT), E.NON_COUVERT, id="over"),
        pytest.param(Presence("suspendu", dit_le=RECENT, finance=True), E.NON_COUVERT, id="suspended"),
    ],
)
def test_what_one_presence_gives_where_reports_are_up_to_date(presence: Presence, etat: EtatCellule) -> None:
    assert compute_etat([presence], ARRETE, DELAI, region_a_jour=True) is etat


@pytest.mark.parametrize(("a_jour", "etat"), [(True, E.NON_COUVERT), (False, E.NON_RAPPORTE)])
def test_nothing_is_a_gap_only_where_reports_are_up_to_date(a_jour: bool, etat: EtatCellule) -> None:
    assert compute_etat([], ARRETE, DELAI, region_a_jour=a_jour) is etat


PRESENCES = st.builds(
    Presence,
    st.sampled_from(["planifie", "en_cours", "suspendu", "termine"]),
    st.none() | st.dates(date(2025, 1, 1), date(2027, 1, 1)),
    st.none() | st.dates(date(2025, 1, 1), date(2027, 1, 1)),
    st.none() | st.dates(date(2025, 1, 1), date(2026, 9, 30)),
    st.booleans(),
)


@given(st.lists(PRESENCES, max_size=4), PRESENCES, st.booleans())
def test_one_presence_more_never_makes_a_cell_worse_but_for_what_nobody_told(
    presences: list[Presence], autre: Presence, a_jour: bool
) -> None:
    ordre = list(EtatCellule)
    avant = compute_etat(presences, ARRETE, DELAI, region_a_jour=a_jour)
    apres = compute_etat([*presences, autre], ARRETE, DELAI, region_a_jour=a_jour)
    assert ordre.index(apres) <= ordre.index(avant)


@pytest.mark.parametrize(
    ("besoin", "couvert", "ecart"), [(10, 4, -6), (10, 12, 2), (None, 4, None), (10, None, None), (0, 0, 0)]
)
def test_a_shortfall_needs_a_number_of_the_spccm(besoin: int | None, couvert: int | None, ecart: int | None) -> None:
    assert compute_ecart(besoin, couvert) == ecart
