"""Séances: prepared, frozen once for all, then what the meeting brings lands in the registers; on both databases."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.commands import seances
from ccm_data.commands.periodes import lock_trimestre
from ccm_data.commands.suivi import validate_ligne
from ccm_data.domain.calendrier import Trimestre
from ccm_data.domain.permissions import Personne
from ccm_data.domain.seances import ImageNettoyee, compute_empreinte
from ccm_data.domain.vocabulaire import EtatSeance, EtatSuivi
from ccm_data.errors import AccesRefuse, Conflit, TransitionInterdite, ValeurInvalide
from ccm_data.models.comptes import Journal
from ccm_data.models.instances import PointOrdreDuJour, Recommandation, Rencontre
from ccm_data.models.seances import DecisionSeance, Seance
from ccm_data.reports.gel import freeze_seance
from tests.integration.aides_commandes import MAINTENANT, add_ecriture_validee, make_personnes

JOUR, ARRETE = date(2026, 11, 20), date(2026, 9, 30)
AGENDA = [{"intitule": "Suites", "texte": "", "scenes": ["suites"]}, {"intitule": "Budget", "scenes": ["budget"]}]


def make_seance(session: Session, qui: Personne, **champs: Any) -> Seance:
    valeurs = {"instance_code": "ccm", "date_seance": JOUR, "date_arrete": ARRETE, "ordre_du_jour": AGENDA} | champs
    return session.get_one(Seance, seances.create_seance(session, qui, MAINTENANT, **valeurs))


def freeze(session: Session, qui: Personne, **champs: Any) -> Seance:
    """A séance frozen with the real figures."""
    seance = make_seance(session, qui, **champs)
    freeze_seance(session, qui, MAINTENANT, seance.id, seance.version)
    return seance


def make_figee(session: Session, qui: Personne, **champs: Any) -> Seance:
    """A frozen séance whose figures do not matter."""
    seance = make_seance(session, qui, **champs)
    seances.store_contenu(session, qui, MAINTENANT, seance.id, seance.version, {"forme": 1})
    return seance


@pytest.fixture
def personnes(session: Session) -> dict[str, Personne]:
    return make_personnes(session)


def test_preparing_announces_the_meeting_and_proposes_the_deck(
    session: Session, personnes: dict[str, Personne]
) -> None:
    seance = make_seance(session, personnes["se"])
    assert (seance.code, seance.etat) == ("ccm-2026-11-20", EtatSeance.PREPAREE)
    assert [s["cle"] for s in seance.scenes] == ["point", "suites", "point", "budget", "prochaines_etapes"]
    rencontre = session.scalars(select(Rencontre)).one()
    assert (rencontre.code, rencontre.etat, rencontre.date_rencontre) == (seance.code, EtatSuivi.SOUMIS, JOUR)


def test_a_day_of_a_closed_quarter_is_refused_with_its_reason(session: Session, personnes: dict[str, Personne]) -> None:
    lock_trimestre(session, personnes["se"], MAINTENANT, Trimestre(2022, 1))
    with pytest.raises(ValeurInvalide) as refus:
        make_seance(session, personnes["se"], date_seance=date(2022, 1, 15), date_arrete=date(2022, 1, 10))
    assert refus.value.code == "seance_trimestre_clos"


def test_a_second_seance_of_the_same_day_is_refused(session: Session, personnes: dict[str, Personne]) -> None:
    make_seance(session, personnes["se"])
    with pytest.raises(Conflit):
        make_seance(session, personnes["se"])


@pytest.mark.parametrize(
    ("champs", "code"),
    [
        ({"date_arrete": JOUR + timedelta(days=1)}, "arrete_apres_la_seance"),
        ({"date_arrete": date(2021, 12, 31)}, "arrete_apres_la_seance"),
        ({"instance_code": "inconnue"}, "code_inconnu"),
        ({"region_invitee": "NE099"}, "code_inconnu"),
        ({"code": "../../etc"}, "code_de_seance"),
        ({"ordre_du_jour": [{"intitule": "x", "scenes": ["rien"]}]}, "scene_inconnue"),
        ({"ordre_du_jour": [{"intitule": f"Point {n}"} for n in range(50)]}, "trop_de_scenes"),
    ],
)
def test_what_cannot_be_prepared_is_told(
    session: Session, personnes: dict[str, Personne], champs: dict[str, Any], code: str
) -> None:
    with pytest.raises(ValeurInvalide) as refus:
        make_seance(session, personnes["se"], **champs)
    assert refus.value.code == code


def test_a_date_before_any_data_freezes_what_is_not_reported(session: Session, personnes: dict[str, Personne]) -> None:
    seance = freeze(session, personnes["se"], date_arrete=date(2022, 1, 1))
    contenu = json.loads(seance.contenu or "")
    assert contenu["synthese"]["paye_fcfa"] is None
    assert contenu["synthese"]["decaisse_texte"] == "non renseigné"


def test_a_frozen_content_keeps_its_hash_and_is_never_rewritten(
    session: Session, personnes: dict[str, Personne]
) -> None:
    seance = freeze(session, personnes["se"])
    contenu, empreinte = seance.contenu, seance.empreinte
    assert empreinte == compute_empreinte(json.loads(contenu or ""))
    add_ecriture_validee(session, personnes["se"], personnes["se2"], region_code=None)
    seances.set_scenes(session, personnes["se"], MAINTENANT, seance.id, seance.version, [{"cle": "budget"}])
    with pytest.raises(TransitionInterdite):
        freeze_seance(session, personnes["se"], MAINTENANT, seance.id, seance.version)
    session.expire_all()
    assert (seance.contenu, seance.empreinte) == (contenu, empreinte)
    assert [s["cle"] for s in seance.scenes] == ["budget"]


def test_the_next_seance_of_the_body_says_what_changed(session: Session, personnes: dict[str, Personne]) -> None:
    freeze(session, personnes["se"], date_seance=date(2026, 10, 20))
    add_ecriture_validee(session, personnes["se"], personnes["se2"], region_code=None, montant_fcfa=7_000_000)
    suivante = freeze(session, personnes["se"])
    lignes = json.loads(suivante.contenu or "")["changements"]["lignes"]
    payes = [x for x in lignes if x["quoi"] == "Décaissé"]
    assert [(x["avant"], x["apres"]) for x in payes] == [
        ("non renseigné", "7 000 000 FCFA".replace(" ", "\u202f", 2).replace(" F", "\u00a0F"))
    ]


def test_another_body_s_seance_is_no_former_one(session: Session, personnes: dict[str, Personne]) -> None:
    freeze(session, personnes["se"], instance_code="gtm", date_seance=date(2026, 10, 20))
    assert "changements" not in json.loads(freeze(session, personnes["se"]).contenu or "")


def test_the_agenda_of_a_frozen_seance_does_not_change(session: Session, personnes: dict[str, Personne]) -> None:
    seance = make_figee(session, personnes["se"])
    with pytest.raises(TransitionInterdite):
        seances.set_ordre_du_jour(session, personnes["se"], MAINTENANT, seance.id, seance.version, [])


def test_two_who_change_at_once_are_told(session: Session, personnes: dict[str, Personne]) -> None:
    seance = make_seance(session, personnes["se"])
    seances.set_scenes(session, personnes["se"], MAINTENANT, seance.id, 1, [{"cle": "axes"}])
    with pytest.raises(Conflit):
        seances.set_scenes(session, personnes["se2"], MAINTENANT, seance.id, 1, [{"cle": "budget"}])


def test_a_decision_lands_in_the_register_of_recommendations(session: Session, personnes: dict[str, Personne]) -> None:
    seance = make_figee(session, personnes["se"])
    for texte in ("Former les comités", "Relancer Diffa"):
        seances.note_decision(
            session, personnes["se"], MAINTENANT, seance.id, texte, scene=4, responsable_code="oim",
            echeance=date(2027, 1, 31),
        )  # fmt: skip
    lignes = session.scalars(select(Recommandation).order_by(Recommandation.code)).all()
    assert [(x.code, x.texte, x.etat, x.responsable_code) for x in lignes] == [
        ("ccm-2026-11-20-D01", "Former les comités", EtatSuivi.SOUMIS, "oim"),
        ("ccm-2026-11-20-D02", "Relancer Diffa", EtatSuivi.SOUMIS, "oim"),
    ]
    assert [x.scene for x in session.scalars(select(DecisionSeance))] == [4, 4]
    validate_ligne(session, personnes["se2"], MAINTENANT, "recommandation", lignes[0].id, lignes[0].version)


@pytest.mark.parametrize(
    ("texte", "champs", "code"),
    [
        ("  ", {}, "valeur_manquante"),
        ("Faire", {"responsable_code": "personne"}, "code_inconnu"),
        ("Faire", {"echeance": date(2026, 1, 1)}, "echeance_passee"),
    ],
)
def test_a_senseless_decision_is_refused(
    session: Session, personnes: dict[str, Personne], texte: str, champs: dict[str, Any], code: str
) -> None:
    seance = make_figee(session, personnes["se"])
    with pytest.raises(ValeurInvalide) as refus:
        seances.note_decision(session, personnes["se"], MAINTENANT, seance.id, texte, **champs)
    assert refus.value.code == code


def test_nothing_is_decided_before_the_figures_are_frozen(session: Session, personnes: dict[str, Personne]) -> None:
    seance = make_seance(session, personnes["se"])
    with pytest.raises(TransitionInterdite):
        seances.note_decision(session, personnes["se"], MAINTENANT, seance.id, "Trop tôt")


def test_the_meeting_as_it_went_is_sent_to_the_registers(session: Session, personnes: dict[str, Personne]) -> None:
    seance = make_figee(session, personnes["se"])
    seances.set_deroulement(
        session, personnes["se"], MAINTENANT, seance.id, seance.version, presents=["oim", "due", "oim"],
        points_cles={"2": "Reste à mobiliser"}, prochaines_etapes="Réunion en mars",
    )  # fmt: skip
    assert seances.send_registres(session, personnes["se"], MAINTENANT, seance.id, seance.version) == 3
    rencontre = session.scalars(select(Rencontre)).one()
    assert (rencontre.presents, rencontre.suites, rencontre.etat) == ("due;oim", "Réunion en mars", EtatSuivi.SOUMIS)
    points = session.scalars(select(PointOrdreDuJour).order_by(PointOrdreDuJour.numero)).all()
    assert [(p.numero, p.intitule, p.points_cles) for p in points] == [
        (1, "Suites", None), (2, "Budget", "Reste à mobiliser"),
    ]  # fmt: skip
    # Sent again, the same rows are completed: nothing is doubled.
    seances.send_registres(session, personnes["se"], MAINTENANT, seance.id, seance.version)
    assert len(session.scalars(select(PointOrdreDuJour)).all()) == 2


def test_presence_that_nobody_took_stays_unknown(session: Session, personnes: dict[str, Personne]) -> None:
    seance = make_figee(session, personnes["se"])
    seances.send_registres(session, personnes["se"], MAINTENANT, seance.id, seance.version)
    assert session.scalars(select(Rencontre)).one().presents is None


def test_a_meeting_to_come_is_not_sent_as_held(session: Session, personnes: dict[str, Personne]) -> None:
    seance = make_figee(session, personnes["se"], date_seance=date(2026, 12, 18))
    with pytest.raises(Conflit) as refus:
        seances.send_registres(session, personnes["se"], MAINTENANT, seance.id, seance.version)
    assert refus.value.code == "seance_a_venir"


def test_an_image_belongs_to_its_seance(session: Session, personnes: dict[str, Personne]) -> None:
    une, autre = make_seance(session, personnes["se"]), make_seance(session, personnes["se"], instance_code="gtm")
    image = ImageNettoyee(b"octets", "image/png", 4, 3)
    numero = seances.add_image(session, personnes["se"], MAINTENANT, une.id, "carte.png", "Une carte", image)
    scene = [{"cle": "image", "options": {"image_id": numero}}]
    seances.set_scenes(session, personnes["se"], MAINTENANT, une.id, une.version, scene)
    with pytest.raises(ValeurInvalide):
        seances.set_scenes(session, personnes["se"], MAINTENANT, autre.id, autre.version, scene)


def test_every_change_leaves_a_line_in_the_journal_without_the_content(
    session: Session, personnes: dict[str, Personne]
) -> None:
    seance = make_figee(session, personnes["se"])
    lignes = session.scalars(select(Journal).where(Journal.objet == "seance").order_by(Journal.id)).all()
    assert [x.action for x in lignes] == ["creer", "figer"]
    assert (lignes[1].apres or {})["sha256"] == seance.empreinte
    assert "contenu" not in (lignes[1].apres or {})


GESTES: dict[str, Callable[[Session, Personne, Seance], object]] = {
    "prepare": lambda s, p, x: make_seance(s, p, instance_code="gtm"),
    "order scenes": lambda s, p, x: seances.set_scenes(s, p, MAINTENANT, x.id, x.version, [{"cle": "axes"}]),
    "freeze": lambda s, p, x: freeze_seance(s, p, MAINTENANT, x.id, x.version),
    "cancel": lambda s, p, x: seances.cancel_seance(s, p, MAINTENANT, x.id, x.version),
}


@pytest.mark.parametrize("geste", GESTES, ids=lambda g: f"who may {g}")
def test_only_the_sp_ccm_keeps_seances(session: Session, personnes: dict[str, Personne], geste: str) -> None:
    permis = set()
    for role in ("visiteur", "lecteur", "acteur", "focal", "se", "admin"):
        with session.begin_nested() as point:
            seance = make_seance(session, personnes["se2"])
            try:
                GESTES[geste](session, personnes[role], seance)
            except AccesRefuse:
                pass
            else:
                permis.add(role)
            point.rollback()
            session.expunge_all()
    assert permis == {"se", "admin"}
