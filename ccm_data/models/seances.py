"""A séance: what a meeting was shown, frozen; the decisions that were taken in front of it.

`contenu` is the snapshot (JSON) and `empreinte` its hash: written once, when the séance is frozen. The order of the
scenes, the presence and the key points go on changing: they are not figures. Source: règles de calcul 2.7.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ccm_data.domain.vocabulaire import EtatSeance
from ccm_data.models.base import Base, InstantUTC, enum_column


class Seance(Base):
    """A prepared or frozen séance of a body. `code` is also the code of its meeting in the register."""

    __tablename__ = "seance"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(60), unique=True)
    instance_code: Mapped[str] = mapped_column(ForeignKey("instance.code"), index=True)
    intitule: Mapped[str] = mapped_column(String(200))
    date_seance: Mapped[date]
    date_arrete: Mapped[date]
    lieu: Mapped[str | None] = mapped_column(String(160))
    region_invitee: Mapped[str | None] = mapped_column(ForeignKey("region.code"))
    etat: Mapped[EtatSeance] = mapped_column(enum_column(EtatSeance), index=True)
    version: Mapped[int] = mapped_column(Integer, default=1)
    ordre_du_jour: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    scenes: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    presents: Mapped[list[str] | None] = mapped_column(JSON)  # null: presence not taken
    points_cles: Mapped[dict[str, str] | None] = mapped_column(JSON)  # number of the item → what was said
    prochaines_etapes: Mapped[str | None] = mapped_column(Text)
    contenu: Mapped[str | None] = mapped_column(Text)  # the snapshot, as it was hashed
    empreinte: Mapped[str | None] = mapped_column(String(64))
    fige_le: Mapped[datetime | None] = mapped_column(InstantUTC)
    auteur_id: Mapped[int] = mapped_column(ForeignKey("compte.id"))
    cree_le: Mapped[datetime] = mapped_column(InstantUTC)
    __table_args__ = (
        CheckConstraint("code <> '' and intitule <> ''", name="nommee"),
        CheckConstraint(
            "(etat = 'figee') = (contenu is not null and empreinte is not null and fige_le is not null)",
            name="figee_avec_son_contenu",
        ),
    )


class ImageSeance(Base):
    """A picture for a scene: cleaned, reduced, kept in the database with the séance (base 64)."""

    __tablename__ = "image_seance"
    id: Mapped[int] = mapped_column(primary_key=True)
    seance_id: Mapped[int] = mapped_column(ForeignKey("seance.id"), index=True)
    nom: Mapped[str] = mapped_column(String(200))
    type_mime: Mapped[str] = mapped_column(String(40))
    alt: Mapped[str] = mapped_column(String(400))
    largeur: Mapped[int]
    hauteur: Mapped[int]
    donnees: Mapped[str] = mapped_column(Text)
    __table_args__ = (CheckConstraint("largeur > 0 and hauteur > 0", name="dimensions_positives"),)


class DecisionSeance(Base):
    """A decision taken in front of a scene; `recommandation_code` names the row that it became in the register."""

    __tablename__ = "decision_seance"
    id: Mapped[int] = mapped_column(primary_key=True)
    seance_id: Mapped[int] = mapped_column(ForeignKey("seance.id"), index=True)
    scene: Mapped[int | None]  # number of the scene on the screen
    texte: Mapped[str] = mapped_column(Text)
    responsable_code: Mapped[str | None] = mapped_column(ForeignKey("acteur.code"))
    echeance: Mapped[date | None]
    region_code: Mapped[str | None] = mapped_column(ForeignKey("region.code"))
    recommandation_code: Mapped[str | None] = mapped_column(String(60))
    auteur_id: Mapped[int] = mapped_column(ForeignKey("compte.id"))
    quand: Mapped[datetime] = mapped_column(InstantUTC)
    __table_args__ = (CheckConstraint("texte <> ''", name="dite"),)
