"""A full installation to back up, and its content read through the models to compare."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy import null, select
from sqlalchemy.orm import Session

from ccm_data.config import Config
from ccm_data.db import get_engine, write_session
from ccm_data.domain.vocabulaire import EtatSuivi, Role
from ccm_data.models import Base
from ccm_data.models.comptes import Compte, EchecConnexion, Journal, SessionCompte
from ccm_data.models.depots import Depot, Preuve
from ccm_data.sauvegarde.ecriture import _seal
from ccm_data.sauvegarde.format import LONGUEUR_SOMME, MARQUE, get_chemin_preuve
from tests.integration.aides_commandes import MAINTENANT, add_ecriture_validee, add_ligne, make_personnes

SECRET = bytes(range(32))
PIECES = (b"%PDF-1.7 une attestation", b"\x89PNG une photo", bytes(5000))
DIFFICILES = (
    "",
    "  ",
    "null",
    'guillemets " et \\ barres',
    "ligne\nsuivante\u2028encore",
    "عربي 🙂 é",
    "'; drop table axe; --",
)


def fill(config: Config) -> None:
    """Accounts, sessions, follow-up in several states, evidence, values that are hard to carry."""
    with write_session(config) as session:
        qui = make_personnes(session)
        _add_suivi(session, qui)
        depot = Depot(numero="D-2026-0001", auteur_id=qui["focal"].compte_id, region_code="NE001", cree_le=MAINTENANT)
        session.add(depot)
        for i, octets in enumerate([*PIECES, PIECES[0]]):  # the same file proves two rows
            add_preuve(session, config, qui["focal"].compte_id or 0, octets, i)
        session.add(EchecConnexion(identifiant="abc", vu_le=MAINTENANT))
        session.add(
            SessionCompte(
                empreinte_jeton="e" * 64,
                compte_id=qui["admin"].compte_id,
                cree_le=MAINTENANT,
                vue_le=MAINTENANT,
                expire_le=MAINTENANT + timedelta(hours=12),
            )
        )
        for i, texte in enumerate(DIFFICILES):
            add_journal(session, texte, [None, null(), {}, {"a": None, "b": ["", 0, 1.5, texte]}][i % 4])
    (config.data_dir / "secret.cle").write_bytes(SECRET)


def _add_suivi(session: Session, qui: dict[str, Any]) -> None:
    for i, etat in enumerate((EtatSuivi.BROUILLON, EtatSuivi.SOUMIS, EtatSuivi.RETOURNE)):
        narratif = DIFFICILES[-1 - i]
        add_ligne(session, qui["focal"], etat, avancement=[None, "0", "33.33"][i], narratif=narratif, trimestre=i + 1)
    add_ecriture_validee(session, qui["focal"], qui["se"], montant_fcfa=9_007_199_254_740_993)  # beyond a float


def add_compte(session: Session, identifiant: str) -> int:
    """An account without the cost of a real password; its number."""
    compte = Compte(identifiant=identifiant, libelle="x", role=Role.LECTEUR, empreinte="-", cree_le=MAINTENANT)
    session.add(compte)
    session.flush()
    return compte.id


def add_journal(session: Session, resume: str, avant: Any) -> None:
    session.add(
        Journal(quand=MAINTENANT, qui="essai", action="modifier", objet="x", objet_id="1", resume=resume, avant=avant)
    )
    session.flush()


def add_preuve(session: Session, config: Config, auteur_id: int, octets: bytes, ligne_id: int = 1) -> Path:
    """A row of evidence and its file."""
    empreinte = hashlib.sha256(octets).hexdigest()
    session.add(
        Preuve(
            sujet="mise_a_jour",
            ligne_id=ligne_id,
            auteur_id=auteur_id,
            cree_le=MAINTENANT,
            nom="pièce.pdf",
            type_mime="application/pdf",
            taille=len(octets),
            empreinte=empreinte,
        )
    )
    fichier = config.data_dir / get_chemin_preuve(empreinte)
    fichier.parent.mkdir(parents=True, exist_ok=True)
    fichier.write_bytes(octets)
    return fichier


def read_contenu(config: Config) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table as the models give it, by its key."""
    with get_engine(config.database_url).connect() as connexion:
        contenu = {}
        for nom, table in Base.metadata.tables.items():
            lignes = connexion.execute(select(table)).all()
            cle = [list(table.columns).index(c) for c in table.primary_key.columns]
            contenu[nom] = sorted((tuple(ligne) for ligne in lignes), key=lambda x: [str(x[i]) for i in cle])
        return contenu


def read_durable(config: Config) -> dict[str, list[tuple[Any, ...]]]:
    """What a backup must carry: all but the sessions, and but what the backup and the restore say of themselves."""
    contenu = read_contenu(config)
    contenu.pop("session_compte")
    contenu["installation"] = [x for x in contenu["installation"] if x[0] != "derniere_sauvegarde"]
    contenu["journal"] = [x for x in contenu["journal"] if "sauvegarde" not in x]
    return contenu


def list_fichiers(config: Config) -> dict[str, bytes]:
    """Evidence and secret of a data folder: path → bytes, what was left aside included."""
    dossier = config.data_dir
    trouves = [f for f in [*(dossier / "preuves").rglob("*"), dossier / "secret.cle"] if f.is_file()]
    return {f.relative_to(dossier).as_posix(): f.read_bytes() for f in trouves}


def remake(source: Path, cible: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The same backup with other members, sealed again: only its inner sums can tell."""
    with ZipFile(source) as archive:
        membres = {nom: archive.read(nom) for nom in archive.namelist()}
    change(membres)
    with cible.open("w+b") as flux:
        with ZipFile(flux, "w", ZIP_DEFLATED) as archive:
            for nom, octets in membres.items():
                archive.writestr(nom, octets)
            archive.comment = MARQUE + b"0" * LONGUEUR_SOMME
        _seal(flux)
    return cible
