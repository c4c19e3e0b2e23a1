"""Registers that count, whatever their rows: nothing falls after the end, older corrections stay old, distinct is no sum."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from ccm_data.domain.calendrier import PLAN_DEBUT, PLAN_FIN
from ccm_data.domain.derivations import Fait, Mode, Registre, compute_compte, compute_serie_registre, list_comptes

JOURS = st.dates(date(2021, 6, 1), date(2027, 6, 30))
FAITS = st.lists(
    st.builds(
        lambda cle, debut, duree, region, nombre, rang: Fait(
            cle, f"x:{rang}", debut=debut, fin=None if duree is None else debut + timedelta(days=duree),
            regions=(region,) if region else (), nombre=nombre,
        ),
        st.sampled_from("abcd"), JOURS, st.none() | st.integers(0, 900), st.sampled_from(["NE001", "NE002", ""]),
        st.integers(0, 9), st.integers(0, 10**6),
    ),
    min_size=1, max_size=15,
)  # fmt: skip
MODES: st.SearchStrategy[Mode] = st.sampled_from(["cumul", "distinct", "distinct_annee", "etat"])


@given(MODES, FAITS, st.booleans())
def test_nothing_falls_after_the_plan_s_end_and_nothing_after_it_counts(
    mode: Mode, faits: list[Fait], zero: bool
) -> None:
    registre = Registre("x", mode, tuple(faits), depuis_zero=zero)
    fin = compute_compte(registre, PLAN_FIN)
    assert compute_compte(registre, date(2027, 2, 1)) == fin == compute_compte(registre, date(2031, 1, 1))
    tardif = replace(faits[0], cle="tardif", debut=date(2027, 1, 1), fin=None)
    avec = compute_compte(replace(registre, faits=(*faits, tardif)), date(2030, 1, 1))
    assert (avec.valeur if avec else None) == (fin.valeur if fin else None)


@given(FAITS, JOURS, JOURS)
def test_what_happened_only_grows_and_distinct_things_never_exceed_their_sum(
    faits: list[Fait], un: date, autre: date
) -> None:
    avant, apres = sorted((un, autre))
    for mode in ("cumul", "distinct"):
        registre = Registre("x", mode, tuple(replace(f, nombre=1) for f in faits), depuis_zero=True)  # type: ignore[arg-type]
        lus = [compute_compte(registre, jour) for jour in (avant, apres)]
        assert (lus[0].valeur if lus[0] else 0) <= (lus[1].valeur if lus[1] else 0)  # type: ignore[operator]
    uns = tuple(replace(f, nombre=1) for f in faits)
    distincts = compute_compte(Registre("x", "distinct", uns, depuis_zero=True), apres)
    somme = compute_compte(Registre("x", "cumul", uns, depuis_zero=True), apres)
    assert distincts is not None
    assert somme is not None
    assert (distincts.valeur or 0) <= (somme.valeur or 0)
    assert distincts.valeur == len({f.cle for f in faits if f.debut and PLAN_DEBUT <= f.debut <= min(apres, PLAN_FIN)})


@given(MODES, FAITS, st.integers(0, 14), st.integers(0, 9))
def test_correcting_a_row_leaves_what_came_before_it_alone(
    mode: Mode, faits: list[Fait], rang: int, nombre: int
) -> None:
    """A corrected row moves the figures of its own days: never those of the quarters that ended before it."""
    rang %= len(faits)
    corriges = [replace(f, nombre=nombre, cle="corrige") if i == rang else f for i, f in enumerate(faits)]
    avant, apres = (
        compute_serie_registre(Registre("x", mode, tuple(x), depuis_zero=True), PLAN_FIN) for x in (faits, corriges)
    )
    debut = faits[rang].debut
    assert debut is not None
    anciens = [fin < debut for fin in avant["fin"]]
    assert list(avant["valeur"][anciens]) == list(apres["valeur"][anciens])


@given(FAITS, st.integers(0, 9))
def test_correcting_an_old_flow_shifts_newer_totals_by_the_correction_and_zeroes_nothing(
    faits: list[Fait], nombre: int
) -> None:
    premier = replace(faits[0], debut=PLAN_DEBUT)
    avant, apres = (
        compute_serie_registre(Registre("x", "cumul", (x, *faits[1:]), depuis_zero=True), PLAN_FIN)["valeur"]
        for x in (premier, replace(premier, nombre=nombre))
    )
    assert set(apres - avant) == {nombre - (premier.nombre or 0)}


@given(FAITS, JOURS)
def test_regions_and_what_is_national_make_the_country_s_flow(faits: list[Fait], jour: date) -> None:
    def sum_de(siens: list[Fait]) -> int:
        return sum(f.nombre or 0 for f in list_comptes("cumul", siens, jour))

    parts = [[f for f in faits if f.regions == regions] for regions in (("NE001",), ("NE002",), ())]
    assert sum(map(sum_de, parts)) == sum_de(faits)
    registre = Registre("x", "cumul", tuple(faits), depuis_zero=True)
    for region, siens in zip(("NE001", "NE002"), parts, strict=False):
        compte = compute_compte(registre, jour, region)
        assert (compte is None) == (not siens), "a region without a row has no figure"
        assert compte is None or compte.valeur == sum_de(siens)


@given(MODES, FAITS, st.dates(date(2022, 3, 31), date(2026, 12, 31)))
def test_the_last_point_of_the_series_is_the_figure_of_its_day(mode: Mode, faits: list[Fait], jour: date) -> None:
    registre = Registre("x", mode, tuple(faits))
    serie = compute_serie_registre(registre, jour)
    points = serie["valeur"].astype(object).to_list()
    comptes = [compute_compte(registre, fin) for fin in serie["fin"]]
    assert [None if pd.isna(v) else v for v in points] == [None if c is None else c.valeur for c in comptes]
