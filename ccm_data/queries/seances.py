"""Reading séances: frozen ones for whoever is signed in, those in preparation for the SP/CCM. Source: règles de calcul 7."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from ccm_data.domain.permissions import Personne, can_read
from ccm_data.domain.seances import PointSeance, SceneChoisie, read_ordre_du_jour, read_scenes
from ccm_data.domain.vocabulaire import EtatSeance
from ccm_data.errors import Introuvable
from ccm_data.models.comptes import Compte
from ccm_data.models.instances import Instance
from ccm_data.models.seances import DecisionSeance, ImageSeance, Seance
from ccm_data.queries.acteurs import list_noms_acteurs


@dataclass(frozen=True)
class DecisionLue:
    """A decision noted in front of a scene. `recommandation`: its code in the register."""

    id: int
    scene: int | None
    texte: str
    responsable: str | None
    responsable_nom: str | None
    echeance: date | None
    region_code: str | None
    recommandation: str | None
    quand: datetime


@dataclass(frozen=True)
class ImageLue:
    """A picture of a séance; its bytes are read apart."""

    id: int
    nom: str
    alt: str
    type_mime: str
    largeur: int
    hauteur: int


@dataclass(frozen=True)
class FicheSeance:
    """A séance, all but its frozen content. `presents` None: presence was not taken."""

    id: int
    code: str
    instance_code: str
    instance: str
    region_code: str | None
    intitule: str
    date_seance: date
    date_arrete: date
    lieu: str | None
    region_invitee: str | None
    etat: EtatSeance
    version: int
    ordre_du_jour: tuple[PointSeance, ...]
    scenes: tuple[SceneChoisie, ...]
    presents: tuple[str, ...] | None
    points_cles: dict[str, str]
    prochaines_etapes: str | None
    empreinte: str | None
    fige_le: datetime | None
    auteur: str


def _can_read(personne: Personne, etat: EtatSeance) -> bool:
    return can_read(personne, "seances" if etat is EtatSeance.FIGEE else "seances_en_preparation")


def list_seances(session: Session, personne: Personne) -> tuple[FicheSeance, ...]:
    """The séances that this person may read, the latest first."""
    requete = (
        select(Seance, Instance, Compte.libelle)
        .join(Instance, Seance.instance_code == Instance.code)
        .join(Compte, Seance.auteur_id == Compte.id)
        .order_by(Seance.date_seance.desc(), Seance.id.desc())
        .options(defer(Seance.contenu))  # the snapshot is heavy, and read apart
    )
    lues = session.execute(requete).all()
    return tuple(_make_fiche(s, i, auteur) for s, i, auteur in lues if _can_read(personne, s.etat))


def get_seance(session: Session, personne: Personne, code: str) -> FicheSeance:
    """The séance of this code. Raises Introuvable, also for whoever may not read it."""
    trouvee = next((x for x in list_seances(session, personne) if x.code == code), None)
    if trouvee is None:
        raise Introuvable(objet="seance", valeur=code)
    return trouvee


def _make_fiche(x: Seance, instance: Instance, auteur: str) -> FicheSeance:
    return FicheSeance(
        x.id, x.code, x.instance_code, instance.nom, instance.region_code, x.intitule, x.date_seance, x.date_arrete,
        x.lieu, x.region_invitee, x.etat, x.version, read_ordre_du_jour(x.ordre_du_jour), read_scenes(x.scenes),
        None if x.presents is None else tuple(x.presents), dict(x.points_cles or {}), x.prochaines_etapes, x.empreinte,
        x.fige_le, auteur,
    )  # fmt: skip


def read_contenu_fige(session: Session, seance_id: int) -> dict[str, Any]:
    """The frozen content. Raises Introuvable while it is not frozen."""
    texte = session.scalar(select(Seance.contenu).where(Seance.id == seance_id))
    if texte is None:
        raise Introuvable(objet="seance", valeur=seance_id)
    contenu: dict[str, Any] = json.loads(texte)
    return contenu


def list_decisions_seance(session: Session, seance_id: int) -> tuple[DecisionLue, ...]:
    """What was decided, in the order in which it was noted."""
    noms = list_noms_acteurs(session)
    requete = select(DecisionSeance).where(DecisionSeance.seance_id == seance_id).order_by(DecisionSeance.id)
    return tuple(
        DecisionLue(
            x.id, x.scene, x.texte, x.responsable_code, noms.get(x.responsable_code or ""), x.echeance, x.region_code,
            x.recommandation_code, x.quand,
        )
        for x in session.scalars(requete)
    )  # fmt: skip


def list_images(session: Session, seance_id: int) -> tuple[ImageLue, ...]:
    """The pictures of a séance."""
    colonnes = (
        ImageSeance.id, ImageSeance.nom, ImageSeance.alt, ImageSeance.type_mime, ImageSeance.largeur,
        ImageSeance.hauteur,
    )  # fmt: skip
    requete = select(*colonnes).where(ImageSeance.seance_id == seance_id).order_by(ImageSeance.id)
    return tuple(ImageLue(*ligne) for ligne in session.execute(requete))


def read_images(session: Session, seance_id: int) -> dict[int, tuple[ImageLue, bytes]]:
    """The pictures with their bytes, by id."""
    requete = select(ImageSeance).where(ImageSeance.seance_id == seance_id)
    return {
        x.id: (
            ImageLue(x.id, x.nom, x.alt, x.type_mime, x.largeur, x.hauteur), base64.b64decode(x.donnees),
        )
        for x in session.scalars(requete)
    }  # fmt: skip
