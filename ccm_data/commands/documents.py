"""Programming documents of partners and what their reading found (activity 2.1.1). Withdrawn, never deleted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy.orm import Session

from ccm_data.commands.journal import write_journal
from ccm_data.commands.transaction import check_existe, check_passe, check_texte, check_version, flush, get_ligne
from ccm_data.domain.calendrier import get_jour
from ccm_data.domain.permissions import Personne, check_write
from ccm_data.errors import AccesRefuse, Conflit, ValeurInvalide
from ccm_data.models.acteurs import Acteur
from ccm_data.models.base import to_dict
from ccm_data.models.documents import DocumentProgrammation

CHAMPS: Final = (
    "acteur_code", "titre", "source", "debut", "fin", "resultat", "doublons_trouves", "analyse_le", "reference",
)  # fmt: skip
LONGUEURS: Final = {"titre": 400, "source": 400, "reference": 200, "resultat": 4000}  # letters
DOUBLONS_MAX: Final = 999_999


def save_document(
    session: Session, personne: Personne, maintenant: datetime, valeurs: Mapping[str, Any],
    *, document_id: int | None = None, version: int | None = None,
) -> int:  # fmt: skip
    """Add a document, or change one (with the version read); its id. Fields not given keep their value.

    Raises AccesRefuse, Conflit, Introuvable, ValeurInvalide.
    """
    inconnu = next((c for c in valeurs if c not in CHAMPS), None)
    if inconnu is not None:
        raise ValeurInvalide("champ_inconnu", champ=inconnu, valeur=valeurs[inconnu], attendu=", ".join(CHAMPS))
    ligne = None if document_id is None else _take(session, personne, document_id, version or 0)
    avant = None if ligne is None else to_dict(ligne)
    champs = {c: None if avant is None else avant[c] for c in CHAMPS}
    champs |= {c: (v.strip() or None) if isinstance(v, str) else v for c, v in valeurs.items()}
    champs["acteur_code"] = personne.acteur_code or champs["acteur_code"]
    check_write(personne, "analyser_document", None, champs["acteur_code"])
    if personne.compte_id is None:
        raise AccesRefuse(action="analyser_document", role=personne.role.value)
    _check(session, champs, maintenant)
    if ligne is None:
        ligne = DocumentProgrammation(**champs, auteur_id=personne.compte_id, cree_le=maintenant, version=1)
        session.add(ligne)
    else:
        with session.no_autoflush:
            for champ, valeur in champs.items():
                setattr(ligne, champ, valeur)
        ligne.version += 1
    flush(session, "document_programmation")
    _note(session, personne, maintenant, "creer" if avant is None else "modifier", ligne, avant)
    return ligne.id


def _check(session: Session, champs: dict[str, Any], maintenant: datetime) -> None:
    for champ in ("titre", "source"):
        champs[champ] = check_texte(champ, champs[champ])
    for champ in ("acteur_code", "debut", "fin"):
        if champs[champ] is None:
            raise ValeurInvalide("valeur_manquante", champ=champ, valeur=None, attendu="une valeur")
    for champ, maximum in LONGUEURS.items():
        if len(champs[champ] or "") > maximum:
            raise ValeurInvalide("texte_trop_long", champ=champ, valeur=champs[champ], attendu=f"≤ {maximum}")
    check_existe(session, Acteur, champs["acteur_code"], "acteur_code")
    if champs["fin"] < champs["debut"]:
        raise ValeurInvalide(champ="fin", valeur=champs["fin"], attendu=f"≥ {champs['debut'].isoformat()}")
    if champs["doublons_trouves"] is not None and not 0 <= champs["doublons_trouves"] <= DOUBLONS_MAX:
        raise ValeurInvalide(champ="doublons_trouves", valeur=champs["doublons_trouves"], attendu=f"0 – {DOUBLONS_MAX}")
    if champs["resultat"] is not None:
        champs["analyse_le"] = champs["analyse_le"] or get_jour(maintenant)
    elif champs["analyse_le"] is not None or champs["doublons_trouves"] is not None:
        raise ValeurInvalide("valeur_manquante", champ="resultat", valeur=None, attendu="ce que l’analyse a trouvé")
    check_passe("analyse_le", champs["analyse_le"], get_jour(maintenant))


def _take(session: Session, personne: Personne, document_id: int, version: int) -> DocumentProgrammation:
    ligne = get_ligne(session, DocumentProgrammation, document_id)
    check_write(personne, "analyser_document", None, ligne.acteur_code)
    check_version(ligne, version)
    if ligne.retire_le is not None:
        raise Conflit("document_retire", objet="document_programmation", valeur=document_id)
    return ligne


def withdraw_document(
    session: Session, personne: Personne, maintenant: datetime, document_id: int, version: int
) -> None:
    """Take a document off the list; it stays in the journal. Raises AccesRefuse, Conflit, Introuvable."""
    ligne = _take(session, personne, document_id, version)
    avant = to_dict(ligne)
    ligne.retire_le, ligne.version = maintenant, ligne.version + 1
    flush(session, "document_programmation")
    _note(session, personne, maintenant, "retirer", ligne, avant)


def _note(
    session: Session, personne: Personne, maintenant: datetime, action: str, ligne: DocumentProgrammation,
    avant: dict[str, Any] | None,
) -> None:  # fmt: skip
    write_journal(
        session, maintenant, personne, action, "document_programmation", ligne.id, resume=ligne.titre, avant=avant,
        apres=to_dict(ligne),
    )  # fmt: skip
