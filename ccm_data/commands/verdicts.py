"""Candidate pairs: what an organisation named answers, what a person decides, what was done of it, what is taken back.

Nothing is deleted: a verdict is revoked by a person, with a reason, and totals come back exactly. Only a double declaration
changes totals. Source: règles de calcul, 5 and 7 (right of reply before a verdict).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.commands.journal import write_journal
from ccm_data.commands.transaction import check_passe, check_texte, flush, get_ligne
from ccm_data.domain.calendrier import get_jour
from ccm_data.domain.listes import split_liste
from ccm_data.domain.montants import read_montant
from ccm_data.domain.permissions import Personne, check_write
from ccm_data.domain.verdicts import VerdictRendu, check_porteurs
from ccm_data.domain.vocabulaire import EtatSuivi, SuiteVerdict, VerdictPaire
from ccm_data.errors import AccesRefuse, Conflit, Introuvable, ValeurInvalide
from ccm_data.models.base import to_dict
from ccm_data.models.coordination import Intervention
from ccm_data.models.verdicts import ReponsePaire, Verdict
from ccm_data.queries.interventions import list_verdicts


def _get_paire(session: Session, a: str, b: str) -> tuple[Intervention, Intervention]:
    """The two validated interventions, in the order of their codes. Raises Introuvable, ValeurInvalide."""
    if a == b:
        raise ValeurInvalide("meme_ligne", champ="code_b", valeur=b, attendu="une autre intervention")
    codes = tuple(sorted((a, b)))
    requete = select(Intervention).where(Intervention.code.in_(codes), Intervention.etat == EtatSuivi.VALIDE)
    lues = {x.code: x for x in session.scalars(requete)}
    for code in codes:
        if code not in lues:
            raise Introuvable("intervention_introuvable", objet="intervention", valeur=code)
    return lues[codes[0]], lues[codes[1]]


def _list_nommes(*lignes: Intervention) -> set[str]:
    """Every organisation that the pair names."""
    nommes: set[str] = set()
    for x in lignes:
        nommes |= {str(x.acteur_code), *split_liste(x.partenaires), *split_liste(x.bailleurs)}
    return nommes


def answer_paire(session: Session, personne: Personne, maintenant: datetime, a: str, b: str, texte: str) -> int:
    """What an organisation named says of a pair; its id. Raises AccesRefuse when the pair does not name it."""
    paire = _get_paire(session, a, b)
    acteur = personne.acteur_code
    check_write(personne, "repondre_rapprochement", None, acteur)
    if acteur is None or acteur not in _list_nommes(*paire):
        raise AccesRefuse("paire_d_autrui", action="repondre_rapprochement", role=personne.role.value)
    ligne = ReponsePaire(
        code_a=paire[0].code, code_b=paire[1].code, acteur_code=acteur, auteur_id=personne.compte_id, quand=maintenant,
        texte=check_texte("texte", texte),
    )  # fmt: skip
    session.add(ligne)
    flush(session, "reponse_paire")
    _note(session, personne, maintenant, "repondre", ligne, None)
    return ligne.id


def _note(
    session: Session, personne: Personne, maintenant: datetime, action: str, ligne: Any, avant: dict[str, Any] | None
) -> None:
    write_journal(
        session, maintenant, personne, action, ligne.__tablename__, ligne.id,
        resume=f"{ligne.code_a}, {ligne.code_b}", avant=avant, apres=to_dict(ligne),
    )  # fmt: skip


def render_verdict(
    session: Session, personne: Personne, maintenant: datetime, a: str, b: str, verdict: VerdictPaire | str,
    motif: str, *, porteur: str | None = None, montant_commun: Any = None,
) -> int:  # fmt: skip
    """Decide of a pair; the verdict's id. A double declaration names the row that carries the money and the amount in common.

    Raises AccesRefuse, Conflit (verdict_deja: one stands, revoke it first), Introuvable, ValeurInvalide (also
    porteurs_en_boucle, and an amount above the smaller of the two).
    """
    check_write(personne, "rendre_verdict")
    paire = _get_paire(session, a, b)
    choix = VerdictPaire(verdict)
    code_a, code_b = paire[0].code, paire[1].code
    deja = select(Verdict.id).where(Verdict.code_a == code_a, Verdict.code_b == code_b, Verdict.revoque_le.is_(None))
    if session.scalar(deja) is not None:
        raise Conflit("verdict_deja", objet="verdict", valeur=f"{code_a}, {code_b}")
    commun = None
    if choix is VerdictPaire.DOUBLE_DECLARATION:
        commun = _check_argent(paire, porteur, montant_commun)
        check_porteurs([*list_verdicts(session), VerdictRendu(code_a, code_b, choix, porteur, commun)])
    ligne = Verdict(
        code_a=code_a, code_b=code_b, verdict=choix, motif=check_texte("motif", motif), auteur_id=personne.compte_id,
        rendu_le=maintenant, porteur_code=porteur if commun is not None else None, montant_commun_fcfa=commun,
    )  # fmt: skip
    session.add(ligne)
    flush(session, "verdict")
    _note(session, personne, maintenant, "decider", ligne, None)
    return ligne.id


def _check_argent(paire: tuple[Intervention, Intervention], porteur: str | None, commun: Any) -> int:
    codes = [x.code for x in paire]
    if porteur not in codes:
        raise ValeurInvalide(champ="porteur_code", valeur=porteur, attendu=" / ".join(codes))
    if commun in (None, ""):
        raise ValeurInvalide("valeur_manquante", champ="montant_commun_fcfa", valeur=None, attendu="un montant")
    montant = read_montant(commun, "montant_commun_fcfa")
    connus = [x.budget_fcfa for x in paire if x.budget_fcfa is not None]
    if montant < 0 or (connus and montant > min(connus)):
        attendu = f"0 à {min(connus)}" if connus else "≥ 0"
        raise ValeurInvalide(champ="montant_commun_fcfa", valeur=montant, attendu=attendu)
    return montant


def _take(session: Session, personne: Personne, verdict_id: int) -> Verdict:
    check_write(personne, "rendre_verdict")
    ligne = get_ligne(session, Verdict, verdict_id)
    if ligne.revoque_le is not None:
        raise Conflit("verdict_revoque", objet="verdict", valeur=verdict_id)
    return ligne


def set_suite(
    session: Session, personne: Personne, maintenant: datetime, verdict_id: int, suite: SuiteVerdict | str, le: date,
    note: str | None = None,
) -> None:  # fmt: skip
    """What was done about a verdict, and when. Raises AccesRefuse, Conflit, Introuvable, ValeurInvalide."""
    ligne = _take(session, personne, verdict_id)
    check_passe("suite_le", le, get_jour(maintenant))
    avant = to_dict(ligne)
    ligne.suite, ligne.suite_le, ligne.suite_note = SuiteVerdict(suite), le, (note or "").strip() or None
    flush(session, "verdict")
    _note(session, personne, maintenant, "donner_suite", ligne, avant)


def revoke_verdict(session: Session, personne: Personne, maintenant: datetime, verdict_id: int, motif: str) -> None:
    """Take a verdict back, with a reason: totals are again what they were. Raises AccesRefuse, Conflit, Introuvable."""
    ligne = _take(session, personne, verdict_id)
    avant = to_dict(ligne)
    ligne.revoque_le, ligne.revoque_par_id = maintenant, personne.compte_id
    ligne.revoque_motif = check_texte("motif", motif)
    flush(session, "verdict")
    _note(session, personne, maintenant, "revoquer", ligne, avant)
