"""Themes and statuses of interventions: lists that the SP/CCM extends, and closes rather than deletes."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ccm_data.commands.journal import write_journal
from ccm_data.commands.transaction import check_texte, flush, get_ligne
from ccm_data.db import compute_cle_tri
from ccm_data.domain.permissions import Personne, check_write
from ccm_data.domain.vocabulaire import ListeTermes
from ccm_data.errors import Conflit, ValeurInvalide
from ccm_data.models.base import to_dict
from ccm_data.models.coordination import Terme

LONGUEUR: Final = 60


def add_terme(
    session: Session, personne: Personne, maintenant: datetime, liste: ListeTermes | str, libelle: str
) -> str:
    """A new entry at the end of its list; the code made from its label. Raises AccesRefuse, Conflit, ValeurInvalide."""
    check_write(personne, "gerer_termes")
    propre = check_texte("libelle", libelle)
    code = re.sub(r"\s+", "_", compute_cle_tri(propre))
    if not code or ";" in propre:  # `;` separates the terms of a cell
        raise ValeurInvalide(champ="libelle", valeur=libelle, attendu="un seul terme, en lettres")
    if max(len(propre), len(code)) > LONGUEUR:
        raise ValeurInvalide("texte_trop_long", champ="libelle", valeur=libelle, attendu=f"≤ {LONGUEUR}")
    quelle = ListeTermes(liste)
    if session.get(Terme, (quelle, code)) is not None:
        raise Conflit("meme_fait", objet="terme", valeur=code)
    ordre = (session.scalar(select(func.max(Terme.ordre)).where(Terme.liste == quelle)) or 0) + 1
    terme = Terme(liste=quelle, code=code, libelle=propre, ordre=ordre, actif=True, modifie_spccm=True)
    session.add(terme)
    flush(session, "terme")
    write_journal(session, maintenant, personne, "creer", "terme", code, resume=propre, apres=to_dict(terme))
    return code


def set_terme_actif(
    session: Session, personne: Personne, maintenant: datetime, liste: ListeTermes | str, code: str, actif: bool
) -> None:
    """Close an entry (no new row takes it, those that have it keep it) or open it again. Raises AccesRefuse, Introuvable."""
    check_write(personne, "gerer_termes")
    terme = get_ligne(session, Terme, (ListeTermes(liste), code))
    if terme.actif is actif:
        return
    avant = to_dict(terme)
    terme.actif, terme.modifie_spccm = actif, True
    flush(session, "terme")
    write_journal(
        session,
        maintenant,
        personne,
        "modifier",
        "terme",
        code,
        resume=terme.libelle,
        avant=avant,
        apres=to_dict(terme),
    )
