"""Evaluations on both databases: who may do and read what, a final one that never changes, the evidence laid beside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ccm_data.commands import evaluations as commandes
from ccm_data.domain.perimetre import Perimetre
from ccm_data.domain.permissions import Personne
from ccm_data.domain.vocabulaire import Critere, EtatSuivi, ObjetEvaluation, StatutEvaluation
from ccm_data.errors import AccesRefuse, Conflit, Introuvable, TransitionInterdite, ValeurInvalide
from ccm_data.models.comptes import Journal
from ccm_data.models.evaluations import Evaluation, NoteEvaluation
from ccm_data.models.instances import Rencontre
from ccm_data.models.registres import EtapePerennisation, PosteSpccm, Sensibilisation
from ccm_data.phrases.elements_evaluation import NOMS, PHRASES, say_element
from ccm_data.queries.doublons import find_candidats, get_rapprochements
from ccm_data.queries.elements_evaluation import count_paires, list_elements
from ccm_data.queries.evaluations import FicheEvaluation, filter_evaluations, get_registre, list_alertes, list_pas
from ccm_data.queries.sources_evaluation import get_sources, make_sujet
from tests.integration.aides_commandes import MAINTENANT, add_ecriture_validee, add_ligne, make_personnes
from tests.integration.aides_coordination import add_intervention

ROLES = ("visiteur", "lecteur", "acteur", "focal", "se", "admin")
JOUR = date(2026, 9, 1)
PERIMETRE = Perimetre(date(2026, 9, 30))
VU = {Critere.IMPACT: (3, "Vu sur place"), Critere.VIABILITE: (None, None)}
RIEN = "aucun élément dans la base"
S = StatutEvaluation


@pytest.fixture
def qui(session: Session) -> dict[str, Personne]:
    return make_personnes(session)


def make(
    session: Session, qui: dict[str, Personne], statut: StatutEvaluation = S.BROUILLON, code: str = "1.1",
    partenaire: str | None = "oim", jour: date = JOUR, objet: str = "activite", notes: Any = VU,
) -> Evaluation:  # fmt: skip
    numero = commandes.open_evaluation(session, qui["se"], MAINTENANT, objet, code, jour, partenaire)
    commandes.save_notes(session, qui["se"], MAINTENANT, numero, 1, notes, "En bref")
    if statut is not S.BROUILLON:
        commandes.share(session, qui["se"], MAINTENANT, numero, 2)
    if statut is S.FINALE:
        commandes.finalise(session, qui["se"], MAINTENANT, numero, 3)
    return session.get_one(Evaluation, numero)


# ---- who may do what ----

Geste = Callable[[Session, Personne, Evaluation], object]
GESTES: dict[str, tuple[StatutEvaluation, Geste, set[str]]] = {
    "open": (
        S.BROUILLON, lambda s, p, _x: commandes.open_evaluation(s, p, MAINTENANT, "activite", "1.2", JOUR),
        {"se", "admin"},
    ),
    "rate": (
        S.BROUILLON, lambda s, p, x: commandes.save_notes(s, p, MAINTENANT, x.id, x.version, VU), {"se", "admin"},
    ),
    "share": (S.BROUILLON, lambda s, p, x: commandes.share(s, p, MAINTENANT, x.id, x.version), {"se", "admin"}),
    "answer": (S.PARTAGEE, lambda s, p, x: commandes.answer(s, p, MAINTENANT, x.id, x.version, "Vu"), {"acteur"}),
    "reopen": (S.PARTAGEE, lambda s, p, x: commandes.reopen(s, p, MAINTENANT, x.id, x.version), {"se", "admin"}),
    "make final": (S.PARTAGEE, lambda s, p, x: commandes.finalise(s, p, MAINTENANT, x.id, x.version), {"se", "admin"}),
    "take back": (S.BROUILLON, lambda s, p, x: commandes.cancel(s, p, MAINTENANT, x.id, x.version), {"se", "admin"}),
}  # fmt: skip


@pytest.mark.parametrize("geste", GESTES, ids=lambda g: f"who may {g}")
def test_rights_on_evaluations(session: Session, qui: dict[str, Personne], geste: str) -> None:
    statut, faire, attendus = GESTES[geste]
    ligne = make(session, qui, statut)
    permis = set()
    for role in ROLES:
        with session.begin_nested() as point:
            try:
                faire(session, qui[role], ligne)
                permis.add(role)
            except AccesRefuse:
                pass
            point.rollback()
    assert permis == attendus


def test_only_the_organisation_evaluated_answers(session: Session, qui: dict[str, Personne]) -> None:
    for partenaire in ("giz", None):
        ligne = make(session, qui, S.PARTAGEE, partenaire=partenaire, code="1.1" if partenaire else "1.2")
        with pytest.raises(AccesRefuse):
            commandes.answer(session, qui["acteur"], MAINTENANT, ligne.id, ligne.version, "Nous aussi")
    with pytest.raises(AccesRefuse) as refus:  # whoever rates does not write the answer
        commandes.answer(session, qui["se"], MAINTENANT, ligne.id, ligne.version, "Réponse")
    assert refus.value.code == "reponse_d_autrui"


# ---- its life ----


def test_both_texts_stay_and_the_answer_may_be_changed_until_final(session: Session, qui: dict[str, Personne]) -> None:
    ligne = make(session, qui, S.PARTAGEE)
    commandes.answer(session, qui["acteur"], MAINTENANT, ligne.id, 3, "D’accord")
    commandes.answer(session, qui["acteur"], MAINTENANT, ligne.id, 4, " Plutôt d’accord ")
    commandes.reopen(session, qui["se"], MAINTENANT, ligne.id, 5)
    plus_tard = MAINTENANT + timedelta(days=1)
    commandes.save_notes(session, qui["se"], plus_tard, ligne.id, 6, {"impact": ("2", "Revu")})
    commandes.share(session, qui["se"], plus_tard, ligne.id, 7)
    (fiche,) = get_registre(session, qui["acteur"], PERIMETRE).fiches
    assert (fiche.reponse, fiche.reponse_anterieure) == ("Plutôt d’accord", True)
    assert (fiche.notes[Critere.IMPACT], fiche.synthese) == (2, "En bref")
    commandes.finalise(session, qui["se2"], plus_tard, ligne.id, 8)
    actions = session.scalars(
        select(Journal.action)
        .where(Journal.objet == "evaluation", Journal.objet_id == str(ligne.id))
        .order_by(Journal.id)
    ).all()
    assert actions == [
        "creer", "modifier", "partager", "repondre", "repondre", "rouvrir", "modifier", "partager", "finaliser",
    ]  # fmt: skip


@pytest.mark.parametrize("geste", [g for g in GESTES if g != "open"])
def test_a_final_evaluation_never_changes(session: Session, qui: dict[str, Personne], geste: str) -> None:
    ligne = make(session, qui, S.FINALE)
    avant = (ligne.version, session.scalar(select(func.count(Journal.id))))
    with pytest.raises(TransitionInterdite):
        GESTES[geste][1](session, qui["acteur" if geste == "answer" else "se"], ligne)
    assert (ligne.version, session.scalar(select(func.count(Journal.id)))) == avant


def test_an_evaluation_taken_back_stays_and_leaves_its_place(session: Session, qui: dict[str, Personne]) -> None:
    ligne = make(session, qui)
    commandes.cancel(session, qui["se"], MAINTENANT, ligne.id, ligne.version)
    with pytest.raises(Conflit, match="evaluation_annulee"):
        commandes.save_notes(session, qui["se"], MAINTENANT, ligne.id, ligne.version, VU)
    make(session, qui)  # the same object on the same day, again
    fiches = get_registre(session, qui["se"], PERIMETRE).fiches
    assert len(fiches) == 2
    assert [x.annulee_le is not None for x in filter_evaluations(fiches, None, None)] == [False]
    assert [x.id for x in filter_evaluations(fiches, None, "annulee")] == [ligne.id]


def test_a_second_on_the_same_day_is_told_and_another_day_is_welcome(
    session: Session, qui: dict[str, Personne]
) -> None:
    make(session, qui)
    with pytest.raises(Conflit, match="meme_fait"), session.begin_nested():
        commandes.open_evaluation(session, qui["se"], MAINTENANT, "activite", "1.1", JOUR)
    make(session, qui, jour=date(2026, 8, 31))


def test_whoever_read_an_older_version_is_told(session: Session, qui: dict[str, Personne]) -> None:
    ligne = make(session, qui)
    with pytest.raises(Conflit) as refus:
        commandes.save_notes(session, qui["se2"], MAINTENANT, ligne.id, 1, {"impact": (1, "Autre avis")})
    assert refus.value.code == "conflit"
    assert session.scalar(select(NoteEvaluation.note).where(NoteEvaluation.critere == Critere.IMPACT)) == 3


def test_what_is_not_named_stays_and_a_rating_may_be_taken_away(session: Session, qui: dict[str, Personne]) -> None:
    ligne = make(session, qui)
    commandes.save_notes(session, qui["se"], MAINTENANT, ligne.id, 2, {"pertinence": (4, "Répond au besoin")})
    commandes.save_notes(session, qui["se"], MAINTENANT, ligne.id, 3, {"impact": (None, "")}, "")
    (fiche,) = get_registre(session, qui["se"], PERIMETRE).fiches
    assert (fiche.notes[Critere.PERTINENCE], fiche.notes[Critere.IMPACT], fiche.synthese) == (4, None, None)
    assert fiche.juges == (1, 10)


@pytest.mark.parametrize(
    ("champs", "code"),
    [
        ({"objet_code": "9.9"}, "code_inconnu"),
        ({"objet_code": ""}, "code_inconnu"),
        ({"objet": "intervention", "objet_code": "RIEN"}, "code_inconnu"),
        ({"jour": None}, "valeur_manquante"),
        ({"jour": MAINTENANT.date() + timedelta(days=1)}, "date_future"),
        ({"partenaire_code": "personne"}, "code_inconnu"),
    ],
    ids=["unknown activity", "no activity", "unknown intervention", "no date", "to come", "unknown partner"],
)
def test_what_cannot_be_evaluated_is_refused(
    session: Session, qui: dict[str, Personne], champs: dict[str, Any], code: str
) -> None:
    donnees = {"objet": "activite", "objet_code": "1.1", "jour": JOUR, **champs}
    with pytest.raises(ValeurInvalide) as refus:
        commandes.open_evaluation(session, qui["se"], MAINTENANT, **donnees)
    assert refus.value.code == code


@pytest.mark.parametrize(
    ("notes", "code"),
    [
        ({"impact": (5, "trop")}, "valeur_invalide"),
        ({"beaute": (3, "belle")}, "code_inconnu"),
        ({"impact": (3, "x" * 4001)}, "texte_trop_long"),
    ],
    ids=["off the scale", "no criterion of ours", "longer than a page"],
)
def test_bad_ratings_are_refused_and_nothing_is_written(
    session: Session, qui: dict[str, Personne], notes: dict[str, Any], code: str
) -> None:
    ligne = make(session, qui)
    with pytest.raises(ValeurInvalide) as refus:
        commandes.save_notes(session, qui["se"], MAINTENANT, ligne.id, 2, notes)
    assert (refus.value.code, ligne.version) == (code, 2)


def test_of_an_intervention_its_lead_actor_answers_whoever_is_named(session: Session, qui: dict[str, Personne]) -> None:
    add_intervention(session, "OIM-1", "oim")
    ligne = make(session, qui, objet="intervention", code="OIM-1", partenaire="giz")
    assert ligne.partenaire_code == "oim"


def test_an_evaluation_that_is_not_there_is_told(session: Session, qui: dict[str, Personne]) -> None:
    with pytest.raises(Introuvable):
        commandes.share(session, qui["se"], MAINTENANT, 404, 1)


# ---- who reads what ----


def _read(x: FicheEvaluation) -> str:
    textes = (x.synthese, *(j.justification for j in x.jugements))
    return "texts" if any(textes) else "ratings"


@pytest.mark.parametrize(
    ("objet", "statut", "attendu"),
    [
        ("activite", S.BROUILLON, {"se": "texts", "admin": "texts"}),
        ("activite", S.PARTAGEE, {"acteur": "texts", "se": "texts", "admin": "texts"}),
        ("activite", S.FINALE, {r: "ratings" if r == "visiteur" else "texts" for r in ROLES}),
        ("intervention", S.PARTAGEE, {"acteur": "texts", "se": "texts", "admin": "texts"}),
        ("intervention", S.FINALE, {r: "texts" for r in ROLES if r != "visiteur"}),
    ],
)
def test_who_reads_what(
    session: Session, qui: dict[str, Personne], objet: str, statut: StatutEvaluation, attendu: dict[str, str]
) -> None:
    add_intervention(session, "OIM-1", "oim")
    ligne = make(session, qui, statut, objet=objet, code="1.1" if objet == "activite" else "OIM-1")
    lus, retenues, pas = {}, {}, {}
    for role in ROLES:
        registre = get_registre(session, qui[role], PERIMETRE)
        for fiche in registre.fiches:
            lus[role] = _read(fiche)
        retenues[role] = registre.retenues
        pas[role] = bool(list_pas(session, qui[role], ligne.id))
    assert lus == attendu
    assert retenues == {role: int(role not in attendu) for role in ROLES}
    assert pas == {role: role in attendu for role in ROLES}


def test_a_shared_evaluation_is_not_for_another_organisation(session: Session, qui: dict[str, Personne]) -> None:
    make(session, qui, S.PARTAGEE, partenaire="giz")
    make(session, qui, S.PARTAGEE, partenaire=None, code="1.2")
    assert get_registre(session, qui["acteur"], PERIMETRE).fiches == ()


# ---- the summary ----


def test_the_summary_is_the_same_for_all_and_counts_final_ones_at_the_date(
    session: Session, qui: dict[str, Personne]
) -> None:
    add_intervention(session, "OIM-1", "oim", activite_code="3.1.3")
    make(session, qui, S.FINALE, jour=date(2025, 1, 1), notes={"impact": (1, "Peu")})
    make(session, qui, S.FINALE, jour=date(2026, 1, 1), notes={"impact": (3, "Mieux")})  # the same activity, later
    make(session, qui, S.FINALE, code="1.2", jour=date(2026, 10, 1), notes={"impact": (4, "Après la date")})
    make(session, qui, S.PARTAGEE, code="2.1.1", notes={"impact": (4, "Pas finale")})
    make(session, qui, S.FINALE, objet="intervention", code="OIM-1", notes={"impact": (2, "Moyen")})
    bilans = [get_registre(session, qui[role], PERIMETRE).bilan for role in ROLES]
    assert all(b == bilans[0] for b in bilans)
    bilan = bilans[0]
    assert (bilan.activites, bilan.activites_total, bilan.interventions, bilan.apres) == (1, 28, 1, 1)
    impact = next(m for m in bilan.moyennes if m.critere is Critere.IMPACT)
    assert (impact.valeur, impact.n, impact.total) == (2.5, 2, 2)
    axe = get_registre(session, qui["se"], Perimetre(PERIMETRE.date_arrete, axe="3")).bilan
    assert (axe.activites, axe.interventions, axe.interventions_total) == (0, 1, 1)


# ---- the evidence ----


def _say(session: Session, personne: Personne, objet: str, code: str, partenaire: str | None = None) -> dict[str, str]:
    sources = get_sources(session, personne, PERIMETRE, MAINTENANT.date())
    sujet = make_sujet(sources, ObjetEvaluation(objet), code, partenaire)
    lus = get_rapprochements(session, personne, find_candidats(session))
    elements = list_elements(sources, sujet, count_paires(sujet, personne, lus))
    assert list(elements) == list(Critere)
    dits = {e.code: say_element(e, {})[1] for siens in elements.values() for e in siens}
    return {cle: " ".join(texte.split()) for cle, texte in dits.items()}


@pytest.mark.parametrize(("objet", "code"), [("activite", "3.2.1"), ("intervention", "DISPARUE")])
def test_what_the_database_does_not_hold_is_said_never_left_out(
    session: Session, qui: dict[str, Personne], objet: str, code: str
) -> None:
    dits = _say(session, qui["se"], objet, code)
    assert all(dits.values())
    assert {"beneficiaires", "postes", "presences", "recommandations", "partenaires_publics"} <= {
        cle for cle, texte in dits.items() if texte == RIEN
    }


def test_every_element_has_its_name_and_its_sentence() -> None:
    assert set(NOMS) - set(PHRASES) == {"indicateurs"}  # named only where there is none


def test_evidence_on_an_activity_is_taken_from_its_registers(session: Session, qui: dict[str, Personne]) -> None:
    valide = {
        "etat": EtatSuivi.VALIDE, "auteur_id": qui["se"].compte_id, "cree_le": MAINTENANT, "valide_le": MAINTENANT,
        "valide_par_id": qui["se2"].compte_id,
    }  # fmt: skip
    add_ligne(
        session, qui["se"], EtatSuivi.VALIDE, region_code=None, valide_le=MAINTENANT, valide_par_id=qui["se2"].compte_id
    )
    add_ecriture_validee(session, qui["se"], qui["se2"], montant_fcfa=3_000_000)
    add_ecriture_validee(
        session, qui["se"], qui["se2"], montant_fcfa=1_000_000, type_financement="etat", bailleur_code=None
    )
    add_intervention(
        session, "OIM-1", "oim", activite_code="3.1.3", beneficiaires_vises=100, beneficiaires_atteints=0,
        partenaires="dm",
    )  # fmt: skip
    session.add_all(
        [
            PosteSpccm(intitule="Statisticien", payeur="etat", **valide),
            PosteSpccm(intitule="Juriste", payeur="partenaire", partenaire_code="giz", **valide),
            PosteSpccm(intitule="Ancien", payeur="etat", jusqua=date(2024, 1, 1), **valide),
            EtapePerennisation(nature="adoption", date_etape=date(2025, 3, 1), rencontre_code="CCM-1", **valide),
            Sensibilisation(
                nature="session",
                intitule="S",
                date_debut=date(2025, 5, 1),
                activite_code="3.1.3",
                osc_femmes=12,
                **valide,
            ),
            Sensibilisation(
                nature="session", intitule="T", date_debut=date(2025, 6, 1), activite_code="3.1.3", **valide
            ),
            Rencontre(code="CCM-1", instance_code="ccm", date_rencontre=date(2025, 3, 1), presents="oim;giz", **valide),
        ]
    )
    session.flush()
    dits = _say(session, qui["se"], "activite", "3.1.3", "oim")
    assert dits["avancement"].startswith("40 %")
    assert dits["physique_financier"].startswith("réalisé 40 %, payé 13 % du prévu (4 M sur 32 M")
    assert dits["engage"] == RIEN
    assert dits["financement_etat"] == "1 M sur 4 M FCFA payés (25 %)"
    assert dits["beneficiaires"] == "0 atteints sur 100 visés (1 intervention)"
    assert dits["personnes"] == "au moins 12, en 2 séances dont 1 chiffrées"
    assert dits["postes"] == "1 sur 2 payés par l’État"
    assert dits["feuille_de_route"] == "adoptée en rencontre le 1er mars 2025"
    assert dits["presences"].startswith("1 sur 1")
    assert dits["pmm"] == "action 3.1 du plan : objectif 3"
    assert dits["partenaires_publics"] == "1 sur 2 organisations engagées : dm"


def test_evidence_masks_reserved_amounts_and_the_pairs_of_others(session: Session, qui: dict[str, Personne]) -> None:
    add_intervention(session, "GIZ-1", "giz", 5_000_000, decaisse_fcfa=1_000_000, date_debut=date(2025, 1, 1))
    add_intervention(session, "OIM-1", "oim", 5_000_000, decaisse_fcfa=1_000_000, date_debut=date(2025, 1, 1))
    attendu = "décaissé 1 M sur 5 M FCFA (20 %)"
    for role, siens, autres in (
        ("se", attendu, attendu),
        ("acteur", attendu, "montants réservés"),
        ("lecteur", "montants réservés", "montants réservés"),
    ):
        dits = {code: _say(session, qui[role], "intervention", code) for code in ("OIM-1", "GIZ-1")}
        assert dits["OIM-1"]["argent_intervention"] == siens
        assert dits["GIZ-1"]["argent_intervention"] == autres
        assert ("réservé" in dits["OIM-1"]["rapprochements"]) is (role == "lecteur")
        assert ("réservé" in dits["GIZ-1"]["rapprochements"]) is (role != "se")


# ---- alerts ----


def test_alerts_on_interventions_are_counted_for_a_visitor_and_read_by_who_is_connected(
    session: Session, qui: dict[str, Personne]
) -> None:
    add_intervention(session, "OIM-1", "oim", date_fin=date(2026, 9, 30), activite_code="3.1.3")
    add_intervention(session, "OIM-2", "oim", date_fin=date(2026, 10, 1))
    lues = {role: list_alertes(session, qui[role], PERIMETRE) for role in ROLES}
    for role in ROLES:
        siennes = [a.objet_code for a in lues[role].filter_objet("intervention", None)]
        assert (siennes, lues[role].retenues) == (([], 1) if role == "visiteur" else (["OIM-1"], 0))
        assert lues[role].filter_objet("activite", "sans_paiement") == lues["se"].filter_objet(
            "activite", "sans_paiement"
        )
    axe = Perimetre(PERIMETRE.date_arrete, axe="2")
    assert list_alertes(session, qui["se"], axe).filter_objet("intervention", None) == []
