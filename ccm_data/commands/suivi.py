"""Follow-up rows from draft to validated, the same seven steps for every subject of `sujets.SUJETS`.

Each step: the right (règles 7), the state machine, the closed quarter, the version that the person read, the values,
then the change and its journal line in the caller's transaction. Source: règles de calcul, 2.12 and 3.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.commands.corrections import find_corrigee
from ccm_data.commands.journal import note_frappe, write_journal
from ccm_data.commands.preuves_corrigees import move_preuves
from ccm_data.commands.regles import check_brouillon, check_envoi
from ccm_data.commands.sujets import Sujet, get_default, get_sujet, read_champs
from ccm_data.commands.transaction import check_ouvert, check_texte, check_version, flush, get_ligne
from ccm_data.domain.calendrier import get_jour
from ccm_data.domain.permissions import Personne, check_write
from ccm_data.domain.vocabulaire import EtatSuivi
from ccm_data.domain.workflow import ETAT_INITIAL, check_transition
from ccm_data.errors import AccesRefuse, Conflit, ValeurInvalide
from ccm_data.models.base import to_dict
from ccm_data.models.comptes import FRAPPE, Journal

# Steps by which a person makes a row his own: whoever did one of them does not validate it.
GESTES_D_AUTEUR = ("creer", "modifier", FRAPPE, "soumettre")


def _write(
    session: Session,
    personne: Personne,
    maintenant: datetime,
    action: str,
    sujet: Sujet,
    ligne: Any,
    avant: dict[str, Any] | None,
) -> None:
    write_journal(
        session,
        maintenant,
        personne,
        action,
        sujet.nom,
        ligne.id,
        resume=sujet.titre(ligne),
        avant=avant,
        apres=to_dict(ligne),
        region_code=ligne.region_code,
    )


def _take(
    session: Session, personne: Personne, nom: str, ligne_id: int, version: int, action: str
) -> tuple[Sujet, Any, dict[str, Any], EtatSuivi]:
    """The row on which `action` may be done now: subject, row, its former values, its next state."""
    sujet = get_sujet(nom)
    ligne = get_ligne(session, sujet.table, ligne_id)
    auteur = ligne.auteur_id if action == "valider" else None
    check_write(personne, sujet.get_droit(action), ligne.region_code, ligne.acteur_code, auteur)
    suivant = check_transition(ligne.etat, action)
    check_version(ligne, version)
    check_ouvert(session, sujet.periode(ligne))
    return sujet, ligne, to_dict(ligne), suivant


def save_brouillon(
    session: Session,
    personne: Personne,
    maintenant: datetime,
    sujet: str,
    valeurs: Mapping[str, Any],
    *,
    ligne_id: int | None = None,
    version: int | None = None,
    frappe: bool = False,
) -> int:
    """Make a draft, or change one (`ligne_id` and the `version` read); fields not given keep their value.

    `valeurs`: column → value or text as typed. `frappe`: while somebody types, his changes share one journal line.
    A returned row stays returned. Returns the row's id. Raises
    AccesRefuse, ValeurInvalide, Introuvable, Conflit, TransitionInterdite, PeriodeVerrouillee.
    """
    if ligne_id is not None:
        return _change(session, personne, maintenant, sujet, valeurs, ligne_id, version, frappe)
    quoi = get_sujet(sujet)
    champs = read_champs(quoi, dict(valeurs))
    check_write(personne, quoi.droit, champs.get("region_code"), champs.get("acteur_code"))
    if personne.compte_id is None:
        raise AccesRefuse(action=quoi.droit, role=personne.role.value)
    champs = {nom: valeur for nom, valeur in champs.items() if valeur is not None}
    ligne = quoi.table(**champs, etat=ETAT_INITIAL, version=1, auteur_id=personne.compte_id, cree_le=maintenant)
    check_brouillon(session, quoi, ligne, get_jour(maintenant))
    check_ouvert(session, quoi.periode(ligne))
    session.add(ligne)
    flush(session, quoi.nom)
    _write(session, personne, maintenant, "creer", quoi, ligne, None)
    return int(ligne.id)


def _change(
    session: Session,
    personne: Personne,
    maintenant: datetime,
    nom: str,
    valeurs: Mapping[str, Any],
    ligne_id: int,
    version: int | None,
    frappe: bool,
) -> int:
    sujet, ligne, avant, suivant = _take(session, personne, nom, ligne_id, version or 0, "enregistrer")
    champs = read_champs(sujet, dict(valeurs))
    with session.no_autoflush:
        for champ, valeur in champs.items():
            setattr(ligne, champ, get_default(sujet, champ) if valeur is None else valeur)
        # The row may not be carried to a region, an organisation or a quarter where one could not have made it.
        check_write(personne, sujet.droit, ligne.region_code, ligne.acteur_code)
        check_brouillon(session, sujet, ligne, get_jour(maintenant))
        check_ouvert(session, sujet.periode(ligne))
        if not session.is_modified(ligne):
            return ligne_id
    ligne.etat, ligne.version = suivant, ligne.version + 1
    flush(session, sujet.nom)
    if frappe:
        note_frappe(session, maintenant, personne, sujet.nom, ligne.id, avant, to_dict(ligne),
                    resume=sujet.titre(ligne), region_code=ligne.region_code)  # fmt: skip
    else:
        _write(session, personne, maintenant, "modifier", sujet, ligne, avant)
    return ligne_id


def submit(session: Session, personne: Personne, maintenant: datetime, sujet: str, ligne_id: int, version: int) -> int:
    """Send a draft or a mended row; it must be complete. Returns the row's id; raises as `save_brouillon`."""
    quoi, ligne, avant, suivant = _take(session, personne, sujet, ligne_id, version, "soumettre")
    check_envoi(session, quoi, ligne, get_jour(maintenant))
    ligne.etat, ligne.soumis_le, ligne.version = suivant, maintenant, ligne.version + 1
    ligne.note_retour, ligne.retour_avant_le = None, None
    flush(session, quoi.nom)
    _write(session, personne, maintenant, "soumettre", quoi, ligne, avant)
    return ligne_id


def resubmit(
    session: Session,
    personne: Personne,
    maintenant: datetime,
    sujet: str,
    ligne_id: int,
    version: int,
    valeurs: Mapping[str, Any],
    depot_id: int | None,
) -> int:
    """Change a row that is under way and send it again, as part of a deposit. Returns its id; raises as `save_brouillon`."""
    ligne = get_ligne(session, get_sujet(sujet).table, ligne_id)
    check_version(ligne, version)
    if ligne.etat is EtatSuivi.SOUMIS:
        withdraw(session, personne, maintenant, sujet, ligne_id, ligne.version)
    save_brouillon(session, personne, maintenant, sujet, valeurs, ligne_id=ligne_id, version=ligne.version)
    ligne.depot_id = depot_id
    return submit(session, personne, maintenant, sujet, ligne_id, ligne.version)


def withdraw(
    session: Session, personne: Personne, maintenant: datetime, sujet: str, ligne_id: int, version: int
) -> int:
    """Take a submitted row back to draft. Returns the row's id; raises as `save_brouillon`."""
    quoi, ligne, avant, suivant = _take(session, personne, sujet, ligne_id, version, "retirer")
    ligne.etat, ligne.soumis_le, ligne.version = suivant, None, ligne.version + 1
    flush(session, quoi.nom)
    _write(session, personne, maintenant, "retirer", quoi, ligne, avant)
    return ligne_id


def return_ligne(
    session: Session,
    personne: Personne,
    maintenant: datetime,
    sujet: str,
    ligne_id: int,
    version: int,
    *,
    note: str,
    retour_avant_le: date,
) -> int:
    """Send a submitted row back with a reason and a new due date, today or later. Returns the row's id."""
    quoi, ligne, avant, suivant = _take(session, personne, sujet, ligne_id, version, "retourner")
    texte = check_texte("note_retour", note)
    if retour_avant_le < get_jour(maintenant):
        attendu = f"≥ {get_jour(maintenant).isoformat()}"
        raise ValeurInvalide(champ="retour_avant_le", valeur=retour_avant_le, attendu=attendu)
    ligne.etat, ligne.note_retour, ligne.retour_avant_le = suivant, texte, retour_avant_le
    ligne.version += 1
    flush(session, quoi.nom)
    _write(session, personne, maintenant, "retourner", quoi, ligne, avant)
    return ligne_id


def validate_ligne(
    session: Session,
    personne: Personne,
    maintenant: datetime,
    sujet: str,
    ligne_id: int,
    version: int,
    *,
    remplace_id: int | None = None,
) -> int:
    """Make a submitted row official; the row validated before it for the same fact becomes `remplace`, its files follow.

    `remplace_id` names the validated row that this one corrects where the fact alone does not tell (a budget entry
    without document); a row that corrects another's title, place or day says so itself (`corrections`). Whoever made,
    changed or sent the row does not validate it.
    Returns the row's id; raises as `save_brouillon`, Conflit (« deja_remplace ») when the named row stands no more.
    """
    quoi, ligne, avant, suivant = _take(session, personne, sujet, ligne_id, version, "valider")
    _check_autre(session, personne, quoi, ligne_id)
    check_envoi(session, quoi, ligne, get_jour(maintenant))
    anciennes = _list_meme_fait(session, quoi, ligne)
    if remplace_id is not None and remplace_id not in {x.id for x in anciennes}:
        anciennes.append(_get_corrigee(session, quoi, ligne, remplace_id))
    nommee = find_corrigee(session, quoi, ligne_id, seule=not anciennes)
    if nommee is not None and nommee not in anciennes:
        anciennes.append(nommee)
    for ancienne in anciennes:
        etait = to_dict(ancienne)
        check_ouvert(session, quoi.periode(ancienne))
        ancienne.etat = check_transition(ancienne.etat, "remplacer")
        ancienne.version += 1
        # Before the new row is validated: the unique key allows one validated row for a fact.
        flush(session, quoi.nom)
        _write(session, personne, maintenant, "remplacer", quoi, ancienne, etait)
        move_preuves(session, personne, maintenant, quoi, ancienne, ligne)
    ligne.etat, ligne.valide_le, ligne.valide_par_id = suivant, maintenant, personne.compte_id
    ligne.version += 1
    flush(session, quoi.nom)
    _write(session, personne, maintenant, "valider", quoi, ligne, avant)
    return ligne_id


def _check_autre(session: Session, personne: Personne, sujet: Sujet, ligne_id: int) -> None:
    """The journal knows every hand that touched the row, not only the one that made it."""
    geste = session.scalar(
        select(Journal.id)
        .where(
            Journal.objet == sujet.nom,
            Journal.objet_id == str(ligne_id),
            Journal.compte_id == personne.compte_id,
            Journal.action.in_(GESTES_D_AUTEUR),
        )
        .limit(1)
    )
    if geste is not None:
        raise AccesRefuse("propre_depot", action="valider", role=personne.role.value)


def _list_meme_fait(session: Session, sujet: Sujet, ligne: Any) -> list[Any]:
    """Validated rows that say the same fact, null matching null."""
    if any(getattr(ligne, champ) is None for champ in sujet.cle_complete):
        return []
    table = sujet.table
    requete = select(table).where(table.etat == EtatSuivi.VALIDE, table.id != ligne.id).with_for_update()
    for champ in sujet.cle:
        valeur = getattr(ligne, champ)
        colonne = getattr(table, champ)
        requete = requete.where(colonne.is_(None) if valeur is None else colonne == valeur)
    return list(session.scalars(requete))


def _get_corrigee(session: Session, sujet: Sujet, ligne: Any, remplace_id: int) -> Any:
    """The validated row that a person names as corrected: same subject, same region, same activity or indicator."""
    ancienne = get_ligne(session, sujet.table, remplace_id)
    if ancienne.etat is not EtatSuivi.VALIDE:
        raise Conflit("deja_remplace", objet=sujet.nom, valeur=remplace_id)
    for champ in ("region_code", "activite_code", "indicateur_code"):
        if champ in sujet.champs and getattr(ancienne, champ) != getattr(ligne, champ):
            raise ValeurInvalide(champ="remplace_id", valeur=remplace_id, attendu=champ)
    return ancienne
