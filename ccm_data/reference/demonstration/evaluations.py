"""Invented evaluations of activities and interventions: final, shared with the partner, begun; some with his answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy.orm import Session

from ccm_data.domain.vocabulaire import Critere, ObjetEvaluation, StatutEvaluation
from ccm_data.models.evaluations import Evaluation, NoteEvaluation
from ccm_data.reference.demonstration.suivi import Auteurs

A, I = ObjetEvaluation.ACTIVITE, ObjetEvaluation.INTERVENTION  # noqa: E741
BROUILLON, PARTAGEE, FINALE = StatutEvaluation.BROUILLON, StatutEvaluation.PARTAGEE, StatutEvaluation.FINALE
DELAI_PARTAGE, DELAI_REPONSE, DELAI_FINALE = timedelta(days=7), timedelta(days=21), timedelta(days=35)


@dataclass(frozen=True)
class _E:
    """An evaluation. `notes`: one character per criterion, in their order; « - »: not judged."""

    objet: ObjetEvaluation
    code: str
    jour: str
    statut: StatutEvaluation
    notes: str
    synthese: str
    partenaire: str | None = None
    reponse: str | None = None


# Twelve activities have a final evaluation (5.b); interventions are counted apart.
EVALUATIONS = (
    _E(A, "1.1", "2025-03-18", FINALE, "4333334-33", "Les appuis sont identifiés et les plaidoyers ont porté."),
    _E(A, "1.2", "2025-03-25", FINALE, "4332233333", "Missions utiles, suivi des structures touchées à renforcer."),
    _E(A, "2.1.1", "2025-06-10", FINALE, "42233-3332", "Les doublons sont vus, peu sont tranchés."),
    _E(A, "2.1.4", "2025-06-17", FINALE, "3333322323", "Formations suivies dans sept régions."),
    _E(A, "2.2.1", "2025-09-16", FINALE, "4433334433", "Le cadre se réunit et ses membres viennent.", "unicef"),
    _E(A, "2.2.2", "2025-09-23", FINALE, "321122-222", "Payé aux quatre cinquièmes, fait au tiers.", "onudc"),
    _E(A, "2.4.1", "2025-11-18", FINALE, "4434333433", "Les OSC siègent dans les instances nationales.", "remiddh",
       "Les antennes régionales du réseau restent à inviter."),
    _E(A, "3.1.1", "2026-02-17", FINALE, "4322333443", "Dix-huit comités, inégalement actifs."),
    _E(A, "3.1.3", "2026-02-24", FINALE, "4433323433", "Points fréquentés, horaires à élargir.", "oim",
       "Les horaires de Dirkou ont été élargis en mars 2026."),
    _E(A, "4.1", "2026-04-14", FINALE, "3332-33-33", "Rencontres tenues, peu de suites écrites.", "giz"),
    _E(A, "4.2", "2026-04-21", FINALE, "322222-322", "Voyages réalisés, leçons peu partagées.", "giz",
       "Un recueil des leçons est en préparation."),
    _E(A, "5.2", "2026-06-23", FINALE, "4211223344", "Outils conçus, pas encore utilisés partout.", "giz"),
    _E(I, "DEMO-001", "2026-03-17", FINALE, "4332324334", "Assistance rendue, coordination à mieux établir.", "oim",
       "Un comité de coordination se réunit depuis avril."),
    _E(I, "DEMO-007", "2026-05-12", FINALE, "4333333333", "Accompagnement apprécié des communes.", "giz"),
    _E(A, "3.1.4", "2026-08-18", PARTAGEE, "333-3-3333", "Journées suivies, dates à annoncer plus tôt.", "remiddh"),
    _E(I, "DEMO-009", "2026-09-08", PARTAGEE, "43333-3333", "Caravane entendue dans quatre régions.", "remiddh",
       "La seconde étape touchera les villages éloignés."),
    _E(A, "2.3.1", "2026-09-22", BROUILLON, "3-2-------", "Début de l’examen."),
    _E(I, "DEMO-006", "2026-09-24", BROUILLON, "3---------", "Visites prévues.", "oxfam"),
)  # fmt: skip
# What a rating of 1 to 4 rests on, criterion by criterion.
APPUIS = {
    Critere.PERTINENCE: "les besoins relevés en rencontre",
    Critere.COHERENCE: "les rapprochements et les lacunes du registre",
    Critere.EFFICACITE: "les indicateurs de l’objectif",
    Critere.EFFICIENCE: "l’avancement physique rapporté au payé",
    Critere.IMPACT: "les personnes et les structures touchées",
    Critere.VIABILITE: "les postes pris par l’État et les comités actifs",
    Critere.VALEUR_AJOUTEE: "ce que d’autres n’auraient pas fait",
    Critere.APPROPRIATION: "la part tenue par les structures nigériennes",
    Critere.CONFORMITE_PNM: "les axes de la politique nationale",
    Critere.CONFORMITE_PMM: "les objectifs du Pacte mondial",
}
MOTS = {1: "Très insuffisant", 2: "Insuffisant", 3: "Satisfaisant", 4: "Très satisfaisant"}


def _at(jour: date) -> datetime:
    return datetime(jour.year, jour.month, jour.day, 11, 0, tzinfo=UTC)


def _make(e: _E, auteurs: Auteurs) -> Evaluation:
    jour = date.fromisoformat(e.jour)
    partagee = e.statut is not BROUILLON
    finale = e.statut is FINALE
    return Evaluation(
        objet=e.objet, objet_code=e.code, date_evaluation=jour, statut=e.statut,
        version=1 + partagee + finale + bool(e.reponse), synthese=f"{e.synthese} (démonstration)", partenaire_code=e.partenaire,
        reponse=f"{e.reponse} (démonstration)" if e.reponse else None, reponse_le=_at(jour + DELAI_REPONSE) if e.reponse else None,
        reponse_par_id=auteurs.acteurs[e.partenaire or ""] if e.reponse else None, auteur_id=auteurs.national,
        cree_le=_at(jour), partagee_le=_at(jour + DELAI_PARTAGE) if partagee else None,
        finale_le=_at(jour + DELAI_FINALE) if finale else None,
    )  # fmt: skip


def add_evaluations(session: Session, auteurs: Auteurs) -> None:
    """Write the evaluations and a rating per criterion that was judged."""
    for e in EVALUATIONS:
        evaluation = _make(e, auteurs)
        session.add(evaluation)
        session.flush()
        for critere, note in zip(Critere, e.notes, strict=True):
            if note != "-":
                session.add(
                    NoteEvaluation(
                        evaluation_id=evaluation.id, critere=critere, note=int(note),
                        justification=f"{MOTS[int(note)]} au vu de : {APPUIS[critere]} (démonstration).",
                    )
                )  # fmt: skip
    session.flush()
