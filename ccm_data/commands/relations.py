"""« Mise en relation »: a signed-in person asks to be put in touch with an organisation; the SP/CCM does it and says so.

No contact data is held or shown (règles de calcul, 7).
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from ccm_data.commands.journal import write_journal
from ccm_data.commands.transaction import check_existe, check_texte, flush, get_ligne
from ccm_data.domain.permissions import Personne, check_write
from ccm_data.errors import AccesRefuse, Conflit
from ccm_data.models.acteurs import Acteur
from ccm_data.models.base import to_dict
from ccm_data.models.requetes import MiseEnRelation


def add_relation(session: Session, personne: Personne, maintenant: datetime, acteur_code: str, objet: str) -> int:
    """Ask; the demand's id. Raises AccesRefuse, ValeurInvalide."""
    check_write(personne, "demander_relation")
    if personne.compte_id is None:
        raise AccesRefuse(action="demander_relation", role=personne.role.value)
    check_existe(session, Acteur, acteur_code, "acteur_code")
    ligne = MiseEnRelation(
        acteur_code=acteur_code, objet=check_texte("objet", objet), auteur_id=personne.compte_id, cree_le=maintenant
    )
    session.add(ligne)
    flush(session, "mise_en_relation")
    write_journal(
        session, maintenant, personne, "creer", "mise_en_relation", ligne.id, resume=acteur_code, apres=to_dict(ligne)
    )
    return ligne.id


def close_relation(session: Session, personne: Personne, maintenant: datetime, relation_id: int) -> None:
    """They are in touch. Raises AccesRefuse, Conflit (relation_faite), Introuvable."""
    check_write(personne, "faire_relation")
    ligne = get_ligne(session, MiseEnRelation, relation_id)
    if ligne.faite_le is not None:
        raise Conflit("relation_faite", objet="mise_en_relation", valeur=relation_id)
    avant = to_dict(ligne)
    ligne.faite_le, ligne.faite_par_id = maintenant, personne.compte_id
    flush(session, "mise_en_relation")
    write_journal(
        session, maintenant, personne, "modifier", "mise_en_relation", ligne.id, resume=ligne.acteur_code, avant=avant,
        apres=to_dict(ligne),
    )  # fmt: skip
