"""The directory of actors as the SP/CCM keeps it: organisations only, closed rather than deleted.

An edited actor is never overwritten by the plan's files (`modifie_spccm`). A name leads to one actor: aliases and names
share one accent- and case-blind key.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.commands.journal import write_journal
from ccm_data.commands.transaction import check_existe, check_texte, flush, get_ligne
from ccm_data.db import compute_cle_tri
from ccm_data.domain.permissions import Personne, check_write
from ccm_data.domain.vocabulaire import CategorieActeur
from ccm_data.errors import Conflit, Introuvable, ValeurInvalide
from ccm_data.models.acteurs import Acteur, AliasActeur
from ccm_data.models.base import to_dict
from ccm_data.models.territoire import Region

CHAMPS: Final = ("nom", "sigle", "categorie", "region_code", "valide_du", "valide_au", "remarque")
LONGUEUR_SIGLE: Final = 60
LONGUEUR_ALIAS: Final = 200


def _check_libre(session: Session, texte: str, sauf: str | None) -> None:
    """Raise Conflit (« nom_pris ») when this name already leads to another actor."""
    cle = compute_cle_tri(texte)
    alias = session.get(AliasActeur, cle)
    if alias is not None and alias.acteur_code != sauf:
        raise Conflit("nom_pris", valeur=texte, acteur=alias.acteur_code)
    for code, nom, sigle in session.execute(select(Acteur.code, Acteur.nom, Acteur.sigle)):
        if code != sauf and cle in {compute_cle_tri(nom), compute_cle_tri(sigle or nom)}:
            raise Conflit("nom_pris", valeur=texte, acteur=code)


def _apply(session: Session, acteur: Acteur, champs: Mapping[str, Any]) -> None:
    for champ, valeur in champs.items():
        if champ not in CHAMPS:
            raise ValeurInvalide("champ_inconnu", champ=champ, valeur=valeur, attendu=", ".join(CHAMPS))
        propre = (valeur.strip() or None) if isinstance(valeur, str) else valeur
        if champ == "categorie":
            propre = _read_categorie(propre)
        setattr(acteur, champ, propre)
    acteur.nom = check_texte("nom", acteur.nom)
    if acteur.sigle is not None and len(acteur.sigle) > LONGUEUR_SIGLE:
        raise ValeurInvalide("texte_trop_long", champ="sigle", valeur=acteur.sigle, attendu=f"≤ {LONGUEUR_SIGLE}")
    if acteur.valide_du is not None and acteur.valide_au is not None and acteur.valide_au < acteur.valide_du:
        raise ValeurInvalide(champ="valide_au", valeur=acteur.valide_au, attendu=f"≥ {acteur.valide_du.isoformat()}")
    check_existe(session, Region, acteur.region_code, "region_code")
    _check_libre(session, acteur.nom, acteur.code)
    if acteur.sigle:
        _check_libre(session, acteur.sigle, acteur.code)
    acteur.cle_tri = compute_cle_tri(acteur.sigle or acteur.nom)
    acteur.modifie_spccm = True


def _read_categorie(valeur: Any) -> CategorieActeur:
    try:
        return CategorieActeur(str(valeur))
    except ValueError as erreur:
        attendu = ", ".join(c.value for c in CategorieActeur)
        raise ValeurInvalide(champ="categorie", valeur=valeur, attendu=attendu) from erreur


def add_acteur(
    session: Session,
    personne: Personne,
    maintenant: datetime,
    nom: str,
    categorie: CategorieActeur | str,
    **champs: Any,
) -> str:
    """A new actor; returns the code made from its acronym or name. Raises AccesRefuse, ValeurInvalide, Conflit."""
    check_write(personne, "gerer_acteurs")
    base = compute_cle_tri(str(champs.get("sigle") or nom)).replace(" ", "-")[:50].strip("-")
    if not base:
        raise ValeurInvalide("valeur_manquante", champ="nom", valeur=nom, attendu="un texte")
    code, rang = base, 2
    while session.get(Acteur, code) is not None:
        code, rang = f"{base}-{rang}", rang + 1
    acteur = Acteur(code=code)
    with session.no_autoflush:
        _apply(session, acteur, {"nom": nom, "categorie": categorie, **champs})
    acteur.section = "SP/CCM"
    session.add(acteur)
    flush(session, "acteur")
    write_journal(session, maintenant, personne, "creer", "acteur", code, resume=acteur.nom, apres=to_dict(acteur))
    return code


def edit_acteur(session: Session, personne: Personne, maintenant: datetime, code: str, **champs: Any) -> str:
    """Change fields of an actor; the others stay. Returns its code; raises AccesRefuse, ValeurInvalide, Conflit."""
    check_write(personne, "gerer_acteurs")
    acteur = get_ligne(session, Acteur, code)
    avant = to_dict(acteur)
    with session.no_autoflush:
        _apply(session, acteur, champs)
    if {c: v for c, v in to_dict(acteur).items() if c != "modifie_spccm"} == {
        c: v for c, v in avant.items() if c != "modifie_spccm"
    }:
        acteur.modifie_spccm = avant["modifie_spccm"]
        return code
    flush(session, "acteur")
    write_journal(
        session, maintenant, personne, "modifier", "acteur", code, resume=acteur.nom, avant=avant, apres=to_dict(acteur)
    )
    return code


def set_montants_publics(session: Session, personne: Personne, maintenant: datetime, code: str, publics: bool) -> None:
    """A funder lets its amounts be shown to all, or takes that back (règles 7). Raises AccesRefuse, Introuvable."""
    check_write(personne, "consentir_montants", None, code)
    acteur = get_ligne(session, Acteur, code)
    if acteur.montants_publics is publics:
        return
    avant = to_dict(acteur)
    acteur.montants_publics = publics
    flush(session, "acteur")
    write_journal(
        session, maintenant, personne, "modifier", "acteur", code, resume=acteur.nom, avant=avant, apres=to_dict(acteur)
    )


def close_acteur(session: Session, personne: Personne, maintenant: datetime, code: str, valide_au: date) -> str:
    """End an actor's validity; what it reported stays. Returns its code."""
    return edit_acteur(session, personne, maintenant, code, valide_au=valide_au)


def add_alias(session: Session, personne: Personne, maintenant: datetime, code: str, alias: str) -> str:
    """Another name of an actor; returns its key. Raises Conflit (« nom_pris ») when it leads elsewhere."""
    check_write(personne, "gerer_acteurs")
    get_ligne(session, Acteur, code)
    texte = check_texte("alias", alias)
    cle = compute_cle_tri(texte)
    if not cle or len(cle) > LONGUEUR_ALIAS:
        raise ValeurInvalide(champ="alias", valeur=alias, attendu=f"1 à {LONGUEUR_ALIAS} lettres ou chiffres")
    _check_libre(session, texte, code)
    if session.get(AliasActeur, cle) is not None:
        return cle
    session.add(AliasActeur(cle=cle, alias=texte, acteur_code=code, section="SP/CCM"))
    flush(session, "alias_acteur")
    write_journal(
        session,
        maintenant,
        personne,
        "creer",
        "alias_acteur",
        cle,
        resume=texte,
        apres={"alias": texte, "acteur": code},
    )
    return cle


def remove_alias(session: Session, personne: Personne, maintenant: datetime, cle: str) -> None:
    """Forget another name (its key); the actor stays. Raises Introuvable."""
    check_write(personne, "gerer_acteurs")
    alias = session.get(AliasActeur, cle)
    if alias is None:
        raise Introuvable(objet="alias_acteur", valeur=cle)
    avant = to_dict(alias)
    session.delete(alias)
    flush(session, "alias_acteur")
    write_journal(session, maintenant, personne, "retirer", "alias_acteur", cle, resume=avant["alias"], avant=avant)
