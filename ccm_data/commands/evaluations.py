"""Evaluating: open, rate, share with the partner, answer, make final, take back. Nothing is deleted.

The SP/CCM rates; the organisation evaluated answers while the evaluation is shared, and may change its answer until the
evaluation is final. For an intervention that is its lead actor; for an activity, whom the SP/CCM names, or nobody.
A final evaluation never changes. Each step is journalled. Source: règles de calcul, 6 and 7.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.commands.journal import write_journal
from ccm_data.commands.transaction import check_existe, check_passe, check_texte, check_version, flush, get_ligne
from ccm_data.domain.calendrier import get_jour
from ccm_data.domain.evaluation import DROITS, LONGUEUR_MAX, Jugement, check_etape, check_partage, read_note
from ccm_data.domain.permissions import Personne, check_write
from ccm_data.domain.vocabulaire import Critere, EtatSuivi, ObjetEvaluation, StatutEvaluation
from ccm_data.errors import AccesRefuse, Conflit, ValeurInvalide
from ccm_data.models.acteurs import Acteur
from ccm_data.models.base import to_dict
from ccm_data.models.coordination import Intervention
from ccm_data.models.evaluations import Evaluation, NoteEvaluation
from ccm_data.models.plan import Activite

Saisies = Mapping[Critere | str, tuple[Any, str | None]]


def open_evaluation(
    session: Session, personne: Personne, maintenant: datetime, objet: ObjetEvaluation | str, objet_code: str,
    jour: date | None, partenaire_code: str | None = None,
) -> int:  # fmt: skip
    """A draft on an activity, or on a validated intervention (its lead actor answers, whoever is named); its id.

    Raises AccesRefuse, Conflit (meme_fait: this object has one on that day), ValeurInvalide.
    """
    check_write(personne, "evaluer")
    choix = ObjetEvaluation(objet)
    if jour is None:
        raise ValeurInvalide("valeur_manquante", champ="date_evaluation", valeur=None, attendu="une date")
    check_passe("date_evaluation", jour, get_jour(maintenant))
    if choix is ObjetEvaluation.INTERVENTION:
        partenaire_code = _get_chef_de_file(session, objet_code)
    else:
        check_existe(session, Activite, objet_code or "", "objet_code")
        check_existe(session, Acteur, partenaire_code, "partenaire_code")
    ligne = Evaluation(
        objet=choix, objet_code=objet_code, date_evaluation=jour, statut=StatutEvaluation.BROUILLON, version=1,
        partenaire_code=partenaire_code, auteur_id=personne.compte_id, cree_le=maintenant,
    )  # fmt: skip
    session.add(ligne)
    flush(session, "evaluation")
    _note(session, personne, maintenant, "creer", ligne, None, to_dict(ligne))
    return ligne.id


def _get_chef_de_file(session: Session, code: str) -> str:
    acteur = session.scalar(
        select(Intervention.acteur_code).where(Intervention.code == code, Intervention.etat == EtatSuivi.VALIDE)
    )
    if acteur is None:
        raise ValeurInvalide("code_inconnu", champ="objet_code", valeur=code, attendu="une intervention validée")
    return acteur


def save_notes(
    session: Session, personne: Personne, maintenant: datetime, evaluation_id: int, version: int, notes: Saisies,
    synthese: str | None = None,
) -> None:  # fmt: skip
    """Ratings (1-4, or None: not judged) and reasons of a draft, by criterion; what is not named stays as it is.

    Raises AccesRefuse, Conflit, Introuvable, TransitionInterdite, ValeurInvalide.
    """
    ligne = _take(session, personne, evaluation_id, version, "enregistrer")
    lus = [_read_jugement(critere, *saisie) for critere, saisie in notes.items()]
    presents = _list_notes(session, evaluation_id)
    avant = _to_faits(ligne, presents.values())
    for j in lus:
        cible = presents.get(j.critere)
        if cible is None:
            cible = presents[j.critere] = NoteEvaluation(evaluation_id=evaluation_id, critere=j.critere)
            session.add(cible)
        cible.note, cible.justification = j.note, j.justification
    if synthese is not None:
        ligne.synthese = _read_texte("synthese", synthese)
    ligne.version += 1
    flush(session, "evaluation")
    _note(session, personne, maintenant, "modifier", ligne, avant, _to_faits(ligne, presents.values()))


def _read_jugement(critere: Critere | str, note: Any, justification: str | None) -> Jugement:
    try:
        choix = Critere(critere)
    except ValueError:
        raise ValeurInvalide("code_inconnu", champ="critere", valeur=critere, attendu="un critère") from None
    return Jugement(choix, read_note(note, choix), _read_texte(choix.value, justification))


def _read_texte(champ: str, texte: str | None) -> str | None:
    propre = (texte or "").strip() or None
    if propre is not None and len(propre) > LONGUEUR_MAX:
        raise ValeurInvalide("texte_trop_long", champ=champ, valeur=propre, attendu=f"≤ {LONGUEUR_MAX}")
    return propre


def share(session: Session, personne: Personne, maintenant: datetime, evaluation_id: int, version: int) -> None:
    """The partner may now read and answer. Raises as `save_notes`; also evaluation_vide, note_sans_motif."""
    ligne = _take(session, personne, evaluation_id, version, "partager")
    notes = _list_notes(session, evaluation_id).values()
    check_partage(Jugement(n.critere, n.note, n.justification) for n in notes)
    _advance(session, personne, maintenant, ligne, "partager", partagee_le=maintenant)


def answer(
    session: Session, personne: Personne, maintenant: datetime, evaluation_id: int, version: int, texte: str
) -> None:
    """What the organisation evaluated says of it, or now says. Raises as `save_notes`; AccesRefuse also for anyone else."""
    ligne = get_ligne(session, Evaluation, evaluation_id)
    check_write(personne, DROITS["repondre"], None, ligne.partenaire_code)
    if personne.acteur_code is None or personne.acteur_code != ligne.partenaire_code:
        # Not even the SP/CCM: whoever rates does not write the answer.
        raise AccesRefuse("reponse_d_autrui", action="repondre_evaluation", role=personne.role.value)
    _check_vivante(ligne)
    check_etape(ligne.statut, "repondre")
    check_version(ligne, version)
    dit = _read_texte("reponse", check_texte("reponse", texte))
    _advance(
        session, personne, maintenant, ligne, "repondre", reponse=dit, reponse_le=maintenant,
        reponse_par_id=personne.compte_id,
    )  # fmt: skip


def reopen(session: Session, personne: Personne, maintenant: datetime, evaluation_id: int, version: int) -> None:
    """Back to a draft, to rate again; an answer already given stays. Raises as `save_notes`."""
    ligne = _take(session, personne, evaluation_id, version, "rouvrir")
    _advance(session, personne, maintenant, ligne, "rouvrir")


def finalise(session: Session, personne: Personne, maintenant: datetime, evaluation_id: int, version: int) -> None:
    """The evaluation is final: it counts, and changes no more. Raises as `save_notes`."""
    ligne = _take(session, personne, evaluation_id, version, "finaliser")
    _advance(session, personne, maintenant, ligne, "finaliser", finale_le=maintenant)


def cancel(session: Session, personne: Personne, maintenant: datetime, evaluation_id: int, version: int) -> None:
    """Take back an evaluation that is not final; it stays, dated. Raises as `save_notes`."""
    ligne = _take(session, personne, evaluation_id, version, "annuler")
    _advance(session, personne, maintenant, ligne, "annuler", annulee_le=maintenant)


def _take(session: Session, personne: Personne, evaluation_id: int, version: int, etape: str) -> Evaluation:
    check_write(personne, DROITS[etape])
    ligne = get_ligne(session, Evaluation, evaluation_id)
    _check_vivante(ligne)
    check_etape(ligne.statut, etape)
    check_version(ligne, version)
    return ligne


def _check_vivante(ligne: Evaluation) -> None:
    if ligne.annulee_le is not None:
        raise Conflit("evaluation_annulee", objet="evaluation", valeur=ligne.id)


def _advance(
    session: Session, personne: Personne, maintenant: datetime, ligne: Evaluation, etape: str, **champs: Any
) -> None:
    avant = to_dict(ligne)
    for nom, valeur in champs.items():
        setattr(ligne, nom, valeur)
    ligne.statut, ligne.version = check_etape(ligne.statut, etape), ligne.version + 1
    flush(session, "evaluation")
    _note(session, personne, maintenant, etape, ligne, avant, to_dict(ligne))  # the step is the journal's action


def _list_notes(session: Session, evaluation_id: int) -> dict[Critere, NoteEvaluation]:
    requete = select(NoteEvaluation).where(NoteEvaluation.evaluation_id == evaluation_id)
    return {n.critere: n for n in session.scalars(requete)}


def _to_faits(ligne: Evaluation, notes: Any) -> dict[str, Any]:
    """The row and its ratings as the journal tells old from new."""
    return (
        to_dict(ligne)
        | {n.critere.value: n.note for n in notes}
        | {f"{n.critere.value}_justification": n.justification for n in notes}
    )


def _note(
    session: Session, personne: Personne, maintenant: datetime, action: str, ligne: Evaluation,
    avant: dict[str, Any] | None, apres: dict[str, Any],
) -> None:  # fmt: skip
    write_journal(
        session, maintenant, personne, action, "evaluation", ligne.id, resume=ligne.objet_code, avant=avant, apres=apres
    )
