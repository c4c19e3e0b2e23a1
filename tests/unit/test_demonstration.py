"""The demonstration: same seed, same rows; every case that the screens must show is there; nothing passes for real."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ccm_data.accounts.mots_de_passe import check_mot_de_passe
from ccm_data.commands.regles import check_brouillon, check_envoi
from ccm_data.commands.sujets import SUJETS
from ccm_data.config import Config
from ccm_data.db import get_engine, read_session, write_session
from ccm_data.domain.budget import compute_base, compute_execution, list_retenues
from ccm_data.domain.chaine import check_chaine, list_depassements
from ccm_data.domain.perimetre import Perimetre
from ccm_data.domain.plan import compute_prevu
from ccm_data.domain.vocabulaire import (
    EtatSuivi,
    Phase,
    Role,
    StatutActivite,
    StatutComite,
    StatutIndicateur,
    StatutPoint,
    TypeFinancement,
)
from ccm_data.errors import ReglageManquant
from ccm_data.models.base import to_dict
from ccm_data.models.comptes import Compte, Journal
from ccm_data.models.decisions import MontantRetenu, RegionConcernee, TrimestreVerrouille
from ccm_data.models.instances import Rencontre
from ccm_data.models.suivi import ComiteVeille, EcritureBudgetaire, MiseAJour, PointInformation, ValeurIndicateur
from ccm_data.preparation import prepare_database
from ccm_data.queries.avancement import get_avancement
from ccm_data.queries.decisions import TABLES as DECISIONS
from ccm_data.queries.decisions import list_decisions
from ccm_data.queries.indicateurs import get_cadre_logique
from ccm_data.queries.plan import list_activites, list_annees
from ccm_data.queries.rapports import get_completude, list_obligations, list_silencieux
from ccm_data.queries.suivi import list_valides
from ccm_data.reference.demonstration import MOT_DE_PASSE, load_demonstration
from ccm_data.reference.demonstration.chargement import write_demonstration
from ccm_data.reference.demonstration.comptes import COMPTES
from ccm_data.reference.demonstration.scenario import CHAINE_ROMPUE

ARRETE = date(2026, 9, 30)
AUJOURD_HUI = date(2026, 11, 23)
PERIMETRE = Perimetre(ARRETE)
TOUTES: dict[str, Any] = {s.nom: s.table for s in SUJETS.values()} | DECISIONS | {"journal": Journal}


def _make_config(dossier: Path, *, demo: bool = True) -> Config:
    return Config(dossier, f"sqlite:///{(dossier / 'demo.sqlite').as_posix()}", demo, AUJOURD_HUI)


def _dump(session: Session) -> dict[str, list[dict[str, Any]]]:
    return {nom: [to_dict(x) for x in session.scalars(select(t).order_by(t.id))] for nom, t in TOUTES.items()}


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Config]:
    reglages = _make_config(tmp_path_factory.mktemp("demonstration"))
    load_demonstration(reglages)
    yield reglages
    get_engine(reglages.database_url).dispose()


@pytest.fixture
def session(config: Config) -> Iterator[Session]:
    with read_session(config) as s:
        yield s


@pytest.fixture(scope="module")
def ecritures(config: Config) -> pd.DataFrame:
    with read_session(config) as s:
        return list_valides(s, "ecriture_budgetaire", ARRETE)


@pytest.fixture(scope="module")
def prevu(config: Config) -> pd.DataFrame:
    with read_session(config) as s:
        montants, retenus = list_decisions(s, "montant_annuel"), list_decisions(s, "montant_retenu")
        return compute_prevu(list_activites(s), list_annees(s), montants, retenus)


def _count_paye(ecritures: pd.DataFrame, prevu: pd.DataFrame, axe: str = "") -> float:
    """Paid over planned, whole plan or one axis."""
    retenues = list_retenues(ecritures)
    payes = retenues[(retenues["phase"].astype(str) == Phase.PAYE) & retenues["activite_code"].str.startswith(axe)]
    planifie = prevu[prevu["activite_code"].str.startswith(axe)]
    return float(payes["montant_fcfa"].sum() / planifie["montant_fcfa"].sum())


def test_loading_twice_changes_nothing_and_gives_the_same_accounts(config: Config) -> None:
    with read_session(config) as s:
        avant = _dump(s)
    comptes = load_demonstration(config)
    with read_session(config) as s:
        assert _dump(s) == avant
    assert [c.identifiant for c in comptes] == [c.identifiant for c in COMPTES]


def test_the_same_seed_gives_the_same_rows_and_another_seed_others(config: Config, tmp_path: Path) -> None:
    autre = _make_config(tmp_path)
    prepare_database(autre)
    with read_session(config) as s:
        attendu = _dump(s)
    with write_session(autre) as s:
        write_demonstration(s)
        assert _dump(s) == attendu
        s.rollback()
    with write_session(autre) as s:
        write_demonstration(s, graine=1)
        assert _dump(s)["ecriture_budgetaire"] != attendu["ecriture_budgetaire"]
        s.rollback()
    get_engine(autre.database_url).dispose()


def test_a_database_of_real_work_is_refused(tmp_path: Path) -> None:
    prepare_database(_make_config(tmp_path, demo=False))
    with pytest.raises(ReglageManquant):
        load_demonstration(_make_config(tmp_path))
    with pytest.raises(ReglageManquant):
        load_demonstration(_make_config(tmp_path, demo=False))
    with read_session(_make_config(tmp_path, demo=False)) as s:
        assert s.scalar(select(func.count(Compte.id))) == 0
    get_engine(_make_config(tmp_path).database_url).dispose()


def test_there_is_an_account_for_every_role_two_to_validate_and_one_focal_point_per_region(session: Session) -> None:
    roles = Counter(session.scalars(select(Compte.role)))
    assert set(roles) == set(Role) - {Role.VISITEUR}
    assert (roles[Role.SUIVI_EVALUATION], roles[Role.POINT_FOCAL]) == (2, 8)
    compte = session.scalars(select(Compte).where(Compte.identifiant == "se.demo")).one()
    assert check_mot_de_passe(MOT_DE_PASSE, compte.empreinte)
    assert not compte.doit_changer


@pytest.mark.parametrize("nom", [*SUJETS, *DECISIONS])
def test_every_source_says_that_it_is_a_demonstration(session: Session, nom: str) -> None:
    sources = session.scalars(select(TOUTES[nom].source)).all()
    assert [x for x in sources if not str(x).startswith("Démonstration")] == []


# What a row announces: an intervention's dates, a support's end, a recommendation's due date, a meeting to come.
PREVUES = {
    "intervention": {"date_debut", "date_fin"},
    "appui": {"date_fin"},
    "recommandation": {"echeance"},
}


def _list_prevues(ligne: Any) -> set[str]:
    prevues = PREVUES.get(ligne.__tablename__, set())
    annoncee = isinstance(ligne, Rencontre) and ligne.date_rencontre > AUJOURD_HUI
    return prevues | {"date_rencontre"} if annoncee else prevues


def _list_dates(ligne: Any) -> list[date]:
    return [
        v.date() if isinstance(v, datetime) else v
        for c, v in to_dict(ligne).items()
        if isinstance(v, date) and c not in {"retour_avant_le", *_list_prevues(ligne)}
    ]


@pytest.mark.parametrize("nom", SUJETS)
def test_no_fact_comes_after_the_third_quarter_of_2026_nor_any_report_after_today(session: Session, nom: str) -> None:
    gestes = {"cree_le", "soumis_le", "valide_le", "retour_avant_le"}
    for ligne in session.scalars(select(TOUTES[nom])):
        faits = [v for c, v in to_dict(ligne).items() if type(v) is date and c not in gestes | _list_prevues(ligne)]
        assert all(v <= ARRETE for v in faits), to_dict(ligne)
        assert all(v <= AUJOURD_HUI for v in _list_dates(ligne)), to_dict(ligne)


@pytest.mark.parametrize("nom", SUJETS)
def test_nothing_is_validated_before_it_was_sent_nor_before_what_it_tells(session: Session, nom: str) -> None:
    for ligne in session.scalars(select(TOUTES[nom]).where(TOUTES[nom].valide_le.is_not(None))):
        assert ligne.cree_le < ligne.soumis_le < ligne.valide_le
        faits = [v for c, v in to_dict(ligne).items() if type(v) is date and c not in _list_prevues(ligne)]
        assert all(v <= ligne.valide_le.date() for v in faits), to_dict(ligne)


@pytest.mark.parametrize("nom", SUJETS)
def test_every_row_would_have_passed_the_commands(session: Session, nom: str) -> None:
    for ligne in session.scalars(select(TOUTES[nom])):
        controle = check_brouillon if ligne.etat is EtatSuivi.BROUILLON else check_envoi
        controle(session, SUJETS[nom], ligne, AUJOURD_HUI)


def test_the_queues_speak_in_every_state_and_several_regions(session: Session) -> None:
    etats = Counter(e for t in SUJETS.values() for e in session.scalars(select(t.table.etat)))
    assert set(etats) == set(EtatSuivi)
    attente = [
        x for t in SUJETS.values() for x in session.scalars(select(t.table).where(t.table.etat == EtatSuivi.SOUMIS))
    ]
    assert len({x.region_code for x in attente} - {None}) >= 3
    validateurs = set(session.scalars(select(Compte.id).where(Compte.role == Role.SUIVI_EVALUATION)))
    assert all(validateurs - {x.auteur_id} for x in attente)


def test_every_status_occurs(session: Session) -> None:
    cadre = get_cadre_logique(session, PERIMETRE)
    assert all(n > 0 for _, n in cadre.comptes), cadre.comptes
    assert {s for s, _ in cadre.comptes} == set(StatutIndicateur)
    assert set(session.scalars(select(MiseAJour.statut))) == set(StatutActivite)
    assert set(session.scalars(select(ComiteVeille.statut))) == set(StatutComite)
    assert set(session.scalars(select(PointInformation.statut))) == set(StatutPoint)
    assert set(session.scalars(select(EcritureBudgetaire.phase))) == set(Phase)
    assert {TypeFinancement.ETAT, TypeFinancement.PTF} <= set(
        session.scalars(select(EcritureBudgetaire.type_financement))
    )


def test_about_54_percent_of_the_plan_is_paid_and_less_of_axis_3(ecritures: pd.DataFrame, prevu: pd.DataFrame) -> None:
    assert 0.52 <= _count_paye(ecritures, prevu) <= 0.57
    assert 0.40 <= _count_paye(ecritures, prevu, "3") <= 0.50


def test_one_funder_alone_breaks_the_chain_and_one_activity_alone_is_overcommitted(
    ecritures: pd.DataFrame, prevu: pd.DataFrame
) -> None:
    ruptures = {(a.activite_code, a.bailleur_code) for a in check_chaine(ecritures)}
    assert ruptures == {CHAINE_ROMPUE}
    engages = list_retenues(ecritures[ecritures["phase"].astype(str) == Phase.ENGAGE])
    par_activite = engages.groupby("activite_code")["montant_fcfa"].sum()
    prevus = prevu.groupby("activite_code")["montant_fcfa"].sum()
    depasses = list_depassements(
        {str(k): int(v) for k, v in par_activite.items()}, {str(k): int(v) for k, v in prevus.items()}
    )
    assert [a.activite_code for a in depasses] == ["4.3"]


def test_most_entries_are_payments_some_in_euros_and_some_told_twice(
    ecritures: pd.DataFrame, prevu: pd.DataFrame
) -> None:
    assert (ecritures["devise"] == "EUR").any()
    assert len(list_retenues(ecritures)) < len(ecritures)
    execution = compute_execution(prevu, ecritures, ARRETE, compute_base(ARRETE), par=["activite_code"])
    par_code = execution.set_index("activite_code")
    assert pd.isna(par_code.loc["2.1.2", "engage"])
    assert pd.isna(par_code.loc["3.2.2", "paye"])
    # A support without amount is not zero francs.
    assert pd.isna(par_code.loc["2.2.1", "mobilise"])


def test_money_runs_ahead_of_work_in_two_activities(session: Session) -> None:
    alertes = {a.activite_code for a in get_avancement(session, PERIMETRE).alertes if a.code == "paye_sans_fait"}
    assert alertes == {"2.2.2", "5.2"}


def test_diffa_has_been_silent_since_the_middle_of_2024(session: Session) -> None:
    diffa = session.execute(select(MiseAJour.annee, MiseAJour.trimestre).where(MiseAJour.region_code == "NE002")).all()
    assert max(tuple(x) for x in diffa) == (2024, 2)
    assert "NE002" in list_silencieux(session, ARRETE, AUJOURD_HUI)


def test_tillaberi_is_late_by_two_quarters_and_several_regions_by_one(session: Session) -> None:
    obligations = list_obligations(session, ARRETE, AUJOURD_HUI)
    retards = obligations[obligations["etat"] == "en_retard"]
    assert set(retards[retards["region_code"] == "NE006"]["code"]) == {"2026-T2", "2026-T3"}
    completude = get_completude(session, ARRETE, AUJOURD_HUI)
    assert 0 < completude.rendus < completude.attendus


def test_niamey_reported_zero_committees_and_diffa_reported_nothing(session: Session) -> None:
    def list_comptes(region: str) -> list[Any]:
        return list(
            session.scalars(
                select(ValeurIndicateur.valeur).where(
                    ValeurIndicateur.indicateur_code == "3.1.a", ValeurIndicateur.region_code == region
                )
            )
        )

    assert set(list_comptes("NE008")) == {0}
    assert list_comptes("NE002") == []


def test_reporters_disagree_nationally_and_in_a_region(session: Session) -> None:
    cadre = get_cadre_logique(session, PERIMETRE)
    conflits = {(x.code, a.region_code) for x in cadre.lignes for a in x.realise.anomalies if a.code == "conflit"}
    assert conflits == {("2.2.a", None), ("1.d", "NE001")}


def test_indicators_show_a_known_falling_one_an_unknown_base_and_one_to_keep(session: Session) -> None:
    lignes = {x.code: x for x in get_cadre_logique(session, PERIMETRE).lignes}
    assert (lignes["2.1.a"].definition.base, lignes["2.1.a"].realise.valeur) == (31, 14)
    assert lignes["1.a"].definition.base_inconnue
    assert lignes["2.4.a"].definition.base == lignes["2.4.a"].statut.cible_finale
    assert lignes["3.2.a"].realise.valeur == 0


def test_about_eighteen_committees_stand_a_third_of_them_in_agadez(session: Session) -> None:
    crees = session.scalars(
        select(ComiteVeille.region_code).where(
            ComiteVeille.etat == EtatSuivi.VALIDE, ComiteVeille.statut != StatutComite.PLANIFIE
        )
    ).all()
    assert len(crees) == 18
    assert crees.count("NE001") == 6
    langues = {x for ligne in session.scalars(select(ComiteVeille.langues)) if ligne for x in ligne.split(";")}
    assert {"haoussa", "zarma", "tamajeq", "kanouri", "français", "arabe"} <= langues


def test_nothing_is_decided_on_the_plan_s_totals_and_yearly_amounts_keep_the_cost(
    session: Session, prevu: pd.DataFrame
) -> None:
    assert session.scalar(select(func.count(MontantRetenu.id))) == 0
    saisis = prevu[prevu["source"] == "saisi"]
    couts = list_activites(session).set_index("code")["cout_fcfa"]
    assert saisis["activite_code"].nunique() == 1
    assert int(saisis["montant_fcfa"].sum()) == int(couts[saisis["activite_code"].iloc[0]])
    assert int(prevu["montant_fcfa"].sum()) == 987_000_000


def test_regional_shares_are_invented_keys_that_add_up_to_the_cost(session: Session) -> None:
    couts = list_activites(session).set_index("code")["cout_fcfa"]
    parts = session.execute(
        select(RegionConcernee.activite_code, func.sum(RegionConcernee.part_fcfa))
        .where(RegionConcernee.part_fcfa.is_not(None))
        .group_by(RegionConcernee.activite_code)
    ).all()
    assert {code: int(somme) for code, somme in parts} == {code: int(couts[code]) for code, _ in parts}
    assert set(session.scalars(select(RegionConcernee.source))) == {"Démonstration : clé inventée"}


def test_old_quarters_are_closed_and_the_last_validations_stand_in_the_journal_in_order(session: Session) -> None:
    assert session.scalar(select(func.count(TrimestreVerrouille.id))) == 8
    moments = session.scalars(select(Journal.quand).order_by(Journal.id)).all()
    assert moments == sorted(moments)
    assert len({m.date() for m in moments}) >= 4
    assert moments[0] > datetime(2026, 7, 1, tzinfo=UTC)
