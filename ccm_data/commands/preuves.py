"""Evidence joined to a follow-up row, taken away, opened to readers or closed again.

The right is the row's: its region or organisation, all for the SP/CCM. A validated or replaced row is the SP/CCM's
alone to touch, so that nobody changes what was judged; while a row waits for its judgement its author may join a file
to it but take none away. A closed quarter takes nothing; closing a file to readers stays possible, since a mistake must
be mended at once. Source: règles de calcul, 3 and 7.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ccm_data.commands.journal import write_journal
from ccm_data.commands.sujets import Sujet, get_sujet
from ccm_data.commands.transaction import check_ouvert, get_ligne
from ccm_data.config import Config
from ccm_data.domain.permissions import Personne, check_write, get_portee_ecriture
from ccm_data.domain.vocabulaire import EtatSuivi
from ccm_data.errors import AccesRefuse, Conflit, Introuvable, TransitionInterdite, ValeurInvalide
from ccm_data.models.base import to_dict
from ccm_data.models.depots import Preuve
from ccm_data.preuves.controle import PreuveLue, check_preuve
from ccm_data.preuves.depot import compute_empreinte, list_orphelins, write_octets

DROIT: Final = "deposer"
JUGES: Final = frozenset({EtatSuivi.VALIDE, EtatSuivi.REMPLACE})
NOMBRE_MAX: Final = 20  # files of one row: 200 MB at most
LIBELLE_MAX: Final = 500


@dataclass(frozen=True)
class _Prise:
    """A file of a row and that row, both locked."""

    preuve: Preuve
    sujet: Sujet
    ligne: Any
    avant: Mapping[str, Any]


def add_preuve(
    session: Session,
    config: Config,
    personne: Personne,
    maintenant: datetime,
    sujet: str,
    ligne_id: int,
    nom: str,
    octets: bytes | PreuveLue,
    libelle: str | None = None,
    restreinte: bool = True,
) -> int:
    """Clean a file and join it to a row; the id of the evidence.

    Cleaning comes before the first question to the database: in a fresh session no lock is held meanwhile. A screen
    that has called `check_preuve` already (to show what will be kept) gives its result in place of the bytes. The file
    is on the disk before the transaction ends. Raises FichierIllisible, AccesRefuse, Introuvable, PeriodeVerrouillee,
    ValeurInvalide, Conflit (« preuve_deja_jointe », « preuves_trop_nombreuses »).
    """
    if personne.compte_id is None or get_portee_ecriture(personne, DROIT) == "non":
        raise AccesRefuse(action=DROIT, role=personne.role.value)
    quoi = get_sujet(sujet)
    texte = _check_libelle(libelle)
    lue = octets if isinstance(octets, PreuveLue) else check_preuve(nom, octets)
    ligne = get_ligne(session, quoi.table, ligne_id)
    _check_droit(personne, ligne)
    check_ouvert(session, quoi.periode(ligne))
    empreinte = compute_empreinte(lue.octets)
    _check_nouvelle(session, quoi.nom, ligne_id, empreinte, lue.nom)
    write_octets(config.data_dir, lue.octets)
    preuve = Preuve(
        sujet=quoi.nom,
        ligne_id=ligne_id,
        auteur_id=personne.compte_id,
        region_code=ligne.region_code,
        acteur_code=ligne.acteur_code,
        cree_le=maintenant,
        nom=lue.nom,
        type_mime=lue.type_mime,
        taille=len(lue.octets),
        empreinte=empreinte,
        libelle=texte,
        restreinte=restreinte,
    )
    session.add(preuve)
    session.flush()
    _write(session, personne, maintenant, "creer", _Prise(preuve, quoi, ligne, {}))
    return preuve.id


def remove_preuve(session: Session, personne: Personne, maintenant: datetime, preuve_id: int) -> None:
    """Take a file away from its row: nobody is shown it any more, its line and bytes stay for the journal.

    Raises Introuvable, AccesRefuse, PeriodeVerrouillee, TransitionInterdite (« preuve_ligne_soumise »).
    """
    prise = _take(session, personne, preuve_id)
    if prise.ligne.etat is EtatSuivi.SOUMIS and get_portee_ecriture(personne, DROIT) != "tout":
        raise TransitionInterdite("preuve_ligne_soumise", etat=EtatSuivi.SOUMIS.value, action="retirer")
    check_ouvert(session, prise.sujet.periode(prise.ligne))
    prise.preuve.retiree_le = maintenant
    session.flush()
    _write(session, personne, maintenant, "retirer", prise)


def publish_preuve(session: Session, personne: Personne, maintenant: datetime, preuve_id: int) -> None:
    """Let whoever reads validated rows read this file once its row is validated. Raises as `remove_preuve`."""
    prise = _take(session, personne, preuve_id)
    check_ouvert(session, prise.sujet.periode(prise.ligne))
    _change_restreinte(session, personne, maintenant, prise, False)


def restrict_preuve(session: Session, personne: Personne, maintenant: datetime, preuve_id: int) -> None:
    """Keep this file to its region or organisation and the SP/CCM. Raises Introuvable, AccesRefuse."""
    _change_restreinte(session, personne, maintenant, _take(session, personne, preuve_id), True)


def find_orphelins(session: Session, config: Config) -> list[Path]:
    """Files on the disk that no evidence names, withdrawn ones included: what failed transactions left behind."""
    return list_orphelins(config.data_dir, set(session.scalars(select(Preuve.empreinte))))


def _change_restreinte(
    session: Session, personne: Personne, maintenant: datetime, prise: _Prise, restreinte: bool
) -> None:
    if prise.preuve.restreinte is restreinte:
        return
    prise.preuve.restreinte = restreinte
    session.flush()
    _write(session, personne, maintenant, "modifier", prise)


def _take(session: Session, personne: Personne, preuve_id: int) -> _Prise:
    """The file and its row, if this person may touch them. Whoever may not learns nothing of a file that is gone."""
    lue = session.get(Preuve, preuve_id)
    if lue is None:
        raise Introuvable(objet="preuve", valeur=preuve_id)
    sujet = get_sujet(lue.sujet)
    # The row first, as when a file is added: two who lock in another order would wait for each other.
    ligne = get_ligne(session, sujet.table, lue.ligne_id)
    preuve = get_ligne(session, Preuve, preuve_id)
    _check_droit(personne, ligne)
    if preuve.retiree_le is not None:
        raise Introuvable(objet="preuve", valeur=preuve_id)
    return _Prise(preuve, sujet, ligne, to_dict(preuve))


def _check_droit(personne: Personne, ligne: Any) -> None:
    check_write(personne, DROIT, ligne.region_code, ligne.acteur_code)
    if ligne.etat in JUGES and get_portee_ecriture(personne, DROIT) != "tout":
        raise AccesRefuse("preuve_ligne_validee", action=DROIT, role=personne.role.value, etat=ligne.etat.value)


def _check_libelle(libelle: str | None) -> str | None:
    texte = (libelle or "").strip()
    if len(texte) > LIBELLE_MAX:
        raise ValeurInvalide("texte_trop_long", champ="libelle", valeur=texte, attendu=f"≤ {LIBELLE_MAX}")
    if "\0" in texte:
        raise ValeurInvalide(champ="libelle", valeur=texte.replace("\0", "?"), attendu="un texte")
    return texte or None


def _check_nouvelle(session: Session, sujet: str, ligne_id: int, empreinte: str, nom: str) -> None:
    """The row holds neither these bytes nor too many files. (The row is locked: nobody adds one meanwhile.)"""
    siennes = [Preuve.sujet == sujet, Preuve.ligne_id == ligne_id, Preuve.retiree_le.is_(None)]
    if session.scalar(select(Preuve.id).where(*siennes, Preuve.empreinte == empreinte).limit(1)) is not None:
        raise Conflit("preuve_deja_jointe", nom=nom)
    if (session.scalar(select(func.count()).select_from(Preuve).where(*siennes)) or 0) >= NOMBRE_MAX:
        raise Conflit("preuves_trop_nombreuses", nom=nom, maximum=NOMBRE_MAX)


def _list_faits(valeurs: Mapping[str, Any]) -> dict[str, Any]:
    """A file's columns for the journal, its hash included under a name that is not that of a secret."""
    faits = dict(valeurs)
    return {**faits, "sha256": faits.pop("empreinte")}


def _write(session: Session, personne: Personne, maintenant: datetime, action: str, prise: _Prise) -> None:
    write_journal(
        session,
        maintenant,
        personne,
        action,
        "preuve",
        prise.preuve.id,
        resume=f"{prise.sujet.titre(prise.ligne)}, {prise.preuve.nom}",
        avant=_list_faits(prise.avant) if prise.avant else None,
        apres=_list_faits(to_dict(prise.preuve)),
        region_code=prise.ligne.region_code,
    )
