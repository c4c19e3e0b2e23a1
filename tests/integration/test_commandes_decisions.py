"""Commands on decisions, the directory and quarters: versions kept, values refused, the journal, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ccm_data.commands import acteurs, decisions
from ccm_data.commands.decisions import Provenance
from ccm_data.commands.periodes import lock_trimestre, reopen_trimestre
from ccm_data.domain.calendrier import Trimestre
from ccm_data.domain.permissions import Personne
from ccm_data.domain.vocabulaire import CategorieActeur, StatutBase
from ccm_data.errors import Conflit, Introuvable, ValeurInvalide
from ccm_data.models.acteurs import Acteur
from ccm_data.models.comptes import Journal
from ccm_data.models.decisions import (
    Cible,
    MontantAnnuel,
    MontantRetenu,
    Reference,
    RegionConcernee,
    ReglageIndicateur,
    SeuilDecide,
    TrimestreVerrouille,
)
from ccm_data.models.plan import Installation
from ccm_data.reference.chargement import CLE_EMPREINTE, load_reference
from tests.integration.aides_commandes import MAINTENANT, make_personnes

SOURCE = Provenance("PV du 20 novembre 2026", date(2026, 11, 20))


@pytest.fixture
def se(session: Session) -> Personne:
    return make_personnes(session)["se"]


def _count(session: Session, table: type[Any], **cle: Any) -> tuple[int, int]:
    """Rows of a decision, and those in force."""
    toutes = session.scalars(select(table).filter_by(**cle)).all()
    return len(toutes), sum(x.remplace_le is None for x in toutes)


def test_a_new_target_closes_the_former_one_and_keeps_it(session: Session, se: Personne) -> None:
    premier = decisions.set_cible(session, se, MAINTENANT, "1.a", 2026, "12", SOURCE)
    plus_tard = MAINTENANT + timedelta(hours=1)
    second = decisions.set_cible(session, se, plus_tard, "1.a", 2026, 15, SOURCE)
    assert premier is not None
    ancienne = session.get_one(Cible, premier)
    assert (ancienne.valeur, ancienne.remplace_le) == (12, plus_tard)
    assert _count(session, Cible, indicateur_code="1.a") == (2, 1)
    assert premier != second
    traces = session.scalars(select(Journal).where(Journal.objet == "cible").order_by(Journal.id)).all()
    assert [(t.action, t.resume) for t in traces] == [("decider", "1.a, 2026")] * 2
    assert traces[1].avant is not None
    assert (traces[1].avant["valeur"], (traces[1].apres or {})["valeur"]) in {("12", "15"), ("12.0000", "15")}


def test_repeating_a_target_changes_nothing(session: Session, se: Personne) -> None:
    premier = decisions.set_cible(session, se, MAINTENANT, "1.a", 2026, 12, SOURCE)
    assert decisions.set_cible(session, se, MAINTENANT, "1.a", 2026, "12,0", SOURCE) == premier
    assert session.scalar(select(func.count(Journal.id))) == 1


def test_a_withdrawn_target_stands_no_more_but_stays_in_the_history(session: Session, se: Personne) -> None:
    decisions.set_cible(session, se, MAINTENANT, "1.a", 2026, 12, SOURCE)
    assert decisions.set_cible(session, se, MAINTENANT, "1.a", 2026, None, SOURCE) is None
    assert _count(session, Cible, indicateur_code="1.a") == (1, 0)
    retrait = session.scalars(select(Journal).order_by(Journal.id.desc())).first()
    assert retrait is not None
    assert retrait.action == "retirer_decision"
    assert Decimal((retrait.avant or {})["valeur"]) == 12


def test_a_target_of_zero_is_a_target(session: Session, se: Personne) -> None:
    cible = decisions.set_cible(session, se, MAINTENANT, "2.1.a", 2026, 0, SOURCE)
    assert cible is not None
    assert session.get_one(Cible, cible).valeur == 0


def test_a_national_and_a_regional_target_stand_side_by_side(session: Session, se: Personne) -> None:
    decisions.set_cible(session, se, MAINTENANT, "3.1.a", 2026, 40, SOURCE)
    decisions.set_cible(session, se, MAINTENANT, "3.1.a", 2026, 9, SOURCE, region_code="NE001")
    assert _count(session, Cible, indicateur_code="3.1.a") == (2, 2)


def test_the_second_of_two_persons_who_decide_is_told(session: Session, se: Personne) -> None:
    premier = decisions.set_cible(session, se, MAINTENANT, "1.a", 2026, 12, SOURCE, vu=0)
    with pytest.raises(Conflit):
        decisions.set_cible(session, se, MAINTENANT, "1.a", 2026, 13, SOURCE, vu=0)
    assert decisions.set_cible(session, se, MAINTENANT, "1.a", 2026, 13, SOURCE, vu=premier) != premier


REFUS: dict[str, tuple[Callable[[Session, Personne], object], str]] = {
    "an unknown indicator": (lambda s, p: decisions.set_cible(s, p, MAINTENANT, "9.z", 2026, 1, SOURCE), "indicateur_code"),
    "a year outside the plan": (lambda s, p: decisions.set_cible(s, p, MAINTENANT, "1.a", 2027, 1, SOURCE), "annee"),
    "a negative target": (lambda s, p: decisions.set_cible(s, p, MAINTENANT, "1.a", 2026, "-3", SOURCE), "valeur"),
    "a word for a figure": (lambda s, p: decisions.set_cible(s, p, MAINTENANT, "1.a", 2026, "douze", SOURCE), "valeur"),
    "a figure for a level": (lambda s, p: decisions.set_cible(s, p, MAINTENANT, "3.1.c", 2026, 3, SOURCE), "niveau"),
    "a target without source": (
        lambda s, p: decisions.set_cible(s, p, MAINTENANT, "1.a", 2026, 3, Provenance(" ", date(2026, 1, 1))), "source",
    ),
    "a source of tomorrow": (
        lambda s, p: decisions.set_cible(s, p, MAINTENANT, "1.a", 2026, 3, Provenance("PV", date(2026, 11, 24))),
        "date_source",
    ),
    "a known baseline without value": (
        lambda s, p: decisions.set_reference(s, p, MAINTENANT, "1.a", StatutBase.CONNUE, None, SOURCE), "valeur",
    ),
    "an unknown baseline with a value": (
        lambda s, p: decisions.set_reference(s, p, MAINTENANT, "1.a", StatutBase.INCONNUE, 3, SOURCE), "valeur",
    ),
    "a falling indicator that starts from zero by construction": (
        lambda s, p: decisions.set_reference(
            s, p, MAINTENANT, "2.1.a", StatutBase.ZERO_PAR_CONSTRUCTION, None, SOURCE
        ),
        "indicateur",
    ),
    "half a franc": (
        lambda s, p: decisions.set_montants_annuels(s, p, MAINTENANT, "4.1", {2026: "1,5"}, SOURCE), "montant_fcfa",
    ),
    "an amount of an unknown activity": (
        lambda s, p: decisions.set_montants_annuels(s, p, MAINTENANT, "9.9", {2026: 1}, SOURCE), "activite_code",
    ),
    "a prevailing figure without reason": (
        lambda s, p: decisions.set_montant_retenu(s, p, MAINTENANT, "axe", "2", 1, "", SOURCE), "motif",
    ),
    "a prevailing figure of an unknown axis": (
        lambda s, p: decisions.set_montant_retenu(s, p, MAINTENANT, "axe", "7", 1, "m", SOURCE), "objet_code",
    ),
    "a prevailing figure of nothing known": (
        lambda s, p: decisions.set_montant_retenu(s, p, MAINTENANT, "region", "NE001", 1, "m", SOURCE), "objet",
    ),
    "a weight of zero": (
        lambda s, p: decisions.set_region_concernee(s, p, MAINTENANT, "3.1.1", "NE001", SOURCE, poids=0), "poids",
    ),
    "an unknown region": (
        lambda s, p: decisions.set_region_concernee(s, p, MAINTENANT, "3.1.1", "NE009", SOURCE), "region_code",
    ),
    "a setting that does not exist": (
        lambda s, p: decisions.set_reglage_indicateur(s, p, MAINTENANT, "1.a", {"couleur": "bleu"}, SOURCE), "couleur",
    ),
    "a value outside a setting's list": (
        lambda s, p: decisions.set_reglage_indicateur(s, p, MAINTENANT, "1.a", {"sens": "zigzag"}, SOURCE), "indicateur",
    ),
    "a percentage that is summed": (
        lambda s, p: decisions.set_reglage_indicateur(s, p, MAINTENANT, "1.b", {"type": "pourcentage"}, SOURCE),
        "indicateur",
    ),
    "a threshold above one": (
        lambda s, p: decisions.set_seuil(s, p, MAINTENANT, "en_bonne_voie", "1,2", SOURCE), "en_bonne_voie",
    ),
    "« à surveiller » above « en bonne voie »": (
        lambda s, p: decisions.set_seuil(s, p, MAINTENANT, "a_surveiller", "95 %", SOURCE), "a_surveiller",
    ),
    "a threshold that does not exist": (lambda s, p: decisions.set_seuil(s, p, MAINTENANT, "humeur", "1", SOURCE), "nom"),
}  # fmt: skip


@pytest.mark.parametrize("quoi", REFUS, ids=lambda q: f"refuses {q}")
def test_a_senseless_decision_is_refused(session: Session, se: Personne, quoi: str) -> None:
    geste, champ = REFUS[quoi]
    with pytest.raises(ValeurInvalide) as refus:
        geste(session, se)
    assert refus.value.faits["champ"] == champ


def test_settings_that_depend_on_each_other_are_set_together(session: Session, se: Personne) -> None:
    ids = decisions.set_reglage_indicateur(
        session, se, MAINTENANT, "2.3.b",
        {"type": "pourcentage", "agregation_region": "moyenne_ponderee"}, SOURCE,
    )  # fmt: skip
    assert len(ids) == 2
    assert (
        decisions.set_reglage_indicateur(
            session, se, MAINTENANT, "2.3.b", {"type": None, "agregation_region": None}, SOURCE
        )
        == []
    )
    assert _count(session, ReglageIndicateur, indicateur_code="2.3.b") == (2, 0)


def test_settings_that_would_orphan_a_target_are_refused(session: Session, se: Personne) -> None:
    decisions.set_cible(session, se, MAINTENANT, "3.1.c", 2026, "multilingue", SOURCE)
    with pytest.raises(ValeurInvalide) as refus:
        decisions.set_reglage_indicateur(session, se, MAINTENANT, "3.1.c", {"niveaux": "absent;en ligne"}, SOURCE)
    assert refus.value.code == "cibles_incompatibles"


def test_a_baseline_can_be_known_then_unknown_again(session: Session, se: Personne) -> None:
    decisions.set_reference(session, se, MAINTENANT, "2.1.a", StatutBase.CONNUE, 31, SOURCE)
    decisions.set_reference(session, se, MAINTENANT, "2.1.a", StatutBase.INCONNUE, None, SOURCE)
    assert decisions.set_reference(session, se, MAINTENANT, "2.1.a", None, None, SOURCE) is None
    assert _count(session, Reference, indicateur_code="2.1.a") == (2, 0)


def test_yearly_amounts_are_the_whole_schedule_and_may_be_given_up(session: Session, se: Personne) -> None:
    poser = decisions.set_montants_annuels
    assert len(poser(session, se, MAINTENANT, "4.1", {2025: "10 000 000", 2026: 0}, SOURCE)) == 2
    assert len(poser(session, se, MAINTENANT, "4.1", {2026: 20_000_000}, SOURCE)) == 1
    en_vigueur = session.execute(
        select(MontantAnnuel.annee, MontantAnnuel.montant_fcfa).where(MontantAnnuel.remplace_le.is_(None))
    ).all()
    assert [tuple(x) for x in en_vigueur] == [(2026, 20_000_000)]
    assert poser(session, se, MAINTENANT, "4.1", {}, SOURCE) == []


def test_a_prevailing_figure_keeps_its_reason_and_can_be_withdrawn(session: Session, se: Personne) -> None:
    ligne = decisions.set_montant_retenu(
        session, se, MAINTENANT, "plan", "plan", "981.000.000", "somme des axes", SOURCE
    )
    assert ligne is not None
    assert session.get_one(MontantRetenu, ligne).montant_fcfa == 981_000_000
    assert decisions.set_montant_retenu(session, se, MAINTENANT, "plan", "plan", None, "", SOURCE) is None


def test_a_region_is_concerned_with_its_share_then_no_longer(session: Session, se: Personne) -> None:
    poser = decisions.set_region_concernee
    ligne = poser(
        session, se, MAINTENANT, "3.1.1", "NE001", SOURCE, poids="1,5", part_fcfa="12 000 000", nombre_prevu=9
    )
    assert ligne is not None
    lue = session.get_one(RegionConcernee, ligne)
    assert (lue.poids, lue.part_fcfa, lue.nombre_prevu) == (Decimal("1.5"), 12_000_000, 9)
    assert poser(session, se, MAINTENANT, "3.1.1", "NE001", SOURCE, concernee=False) is None
    assert session.scalars(select(Journal.region_code)).all() == ["NE001", "NE001"]


def test_a_threshold_is_kept_as_read_and_returns_to_its_default(session: Session, se: Personne) -> None:
    ligne = decisions.set_seuil(session, se, MAINTENANT, "en_bonne_voie", "85 %", SOURCE)
    assert ligne is not None
    assert session.get_one(SeuilDecide, ligne).valeur == "0.85"
    assert decisions.set_seuil(session, se, MAINTENANT, "en_bonne_voie", None, SOURCE) is None


def test_reloading_the_plan_overwrites_neither_a_decision_nor_an_edited_actor(session: Session, se: Personne) -> None:
    decisions.set_cible(session, se, MAINTENANT, "1.a", 2026, 12, SOURCE)
    acteurs.edit_acteur(session, se, MAINTENANT, "oim", nom="OIM Niger")
    session.get_one(Installation, CLE_EMPREINTE).valeur = "autre"
    load_reference(session)
    assert session.get_one(Acteur, "oim").nom == "OIM Niger"
    assert _count(session, Cible, indicateur_code="1.a") == (1, 1)


def test_a_new_actor_gets_a_code_and_the_next_of_the_same_acronym_another(session: Session, se: Personne) -> None:
    code = acteurs.add_acteur(session, se, MAINTENANT, "Réseau exemple", "osc", sigle="Éx-1", region_code="NE004")
    acteur = session.get_one(Acteur, code)
    assert (code, acteur.cle_tri, acteur.categorie) == ("ex-1", "ex 1", CategorieActeur.OSC)
    with pytest.raises(Conflit):
        acteurs.add_acteur(session, se, MAINTENANT, "RESEAU EXEMPLE", "osc")


@pytest.mark.parametrize(
    ("champs", "champ"),
    [
        pytest.param({"categorie": "famille"}, "categorie", id="an unknown category"),
        pytest.param({"region_code": "NE099"}, "region_code", id="an unknown region"),
        pytest.param({"nom": "  "}, "nom", id="an empty name"),
        pytest.param(
            {"valide_du": date(2024, 1, 1), "valide_au": date(2023, 1, 1)}, "valide_au", id="an end before the start"
        ),
        pytest.param({"telephone": "0"}, "telephone", id="a field that does not exist"),
    ],
)
def test_the_directory_refuses(session: Session, se: Personne, champs: dict[str, Any], champ: str) -> None:
    with pytest.raises(ValeurInvalide) as refus:
        acteurs.edit_acteur(session, se, MAINTENANT, "oim", **champs)
    assert refus.value.faits["champ"] == champ


def test_an_alias_leads_to_one_actor_only(session: Session, se: Personne) -> None:
    cle = acteurs.add_alias(session, se, MAINTENANT, "oim", "Agence Exemple")
    assert acteurs.add_alias(session, se, MAINTENANT, "oim", "agence exemple") == cle
    with pytest.raises(Conflit):
        acteurs.add_alias(session, se, MAINTENANT, "giz", "AGENCE EXEMPLE")
    with pytest.raises(Conflit):
        acteurs.add_alias(session, se, MAINTENANT, "giz", "oim")
    acteurs.remove_alias(session, se, MAINTENANT, cle)
    assert acteurs.add_alias(session, se, MAINTENANT, "giz", "AGENCE EXEMPLE") == cle
    with pytest.raises(Introuvable):
        acteurs.add_alias(session, se, MAINTENANT, "personne", "x")


def test_a_closed_actor_keeps_its_row_and_an_unchanged_one_no_line(session: Session, se: Personne) -> None:
    acteurs.close_acteur(session, se, MAINTENANT, "oim", date(2026, 6, 30))
    acteurs.close_acteur(session, se, MAINTENANT, "oim", date(2026, 6, 30))
    assert session.get_one(Acteur, "oim").valide_au == date(2026, 6, 30)
    assert session.scalars(select(Journal.action)).all() == ["modifier"]


def test_a_quarter_is_closed_once_it_has_ended_and_reopened_with_a_reason(session: Session, se: Personne) -> None:
    with pytest.raises(ValeurInvalide):
        lock_trimestre(session, se, MAINTENANT, Trimestre(2026, 4))
    lock_trimestre(session, se, MAINTENANT, Trimestre(2026, 3))
    with pytest.raises(Conflit):
        lock_trimestre(session, se, MAINTENANT, Trimestre(2026, 3))
    with pytest.raises(ValeurInvalide):
        reopen_trimestre(session, se, MAINTENANT, Trimestre(2026, 3), " ")
    rouvert = reopen_trimestre(session, se, MAINTENANT, Trimestre(2026, 3), "oubli de Zinder")
    assert session.get_one(TrimestreVerrouille, rouvert).motif == "oubli de Zinder"
    with pytest.raises(Conflit):
        reopen_trimestre(session, se, MAINTENANT, Trimestre(2026, 3), "encore")
    assert lock_trimestre(session, se, MAINTENANT, Trimestre(2026, 3)) != rouvert
    assert session.scalars(select(Journal.action).order_by(Journal.id)).all() == [
        "verrouiller",
        "rouvrir",
        "verrouiller",
    ]
