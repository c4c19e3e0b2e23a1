"""Accounts, their sessions and the journal of changes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ccm_data.domain.vocabulaire import Role
from ccm_data.models.base import Base, InstantUTC, enum_column


class Compte(Base):
    """A person's way in. The role says what he may do; a focal point has a region, an actor an organisation."""

    __tablename__ = "compte"
    __table_args__ = (
        CheckConstraint("role <> 'visiteur'", name="role_de_compte"),
        CheckConstraint("role <> 'point_focal' or region_code is not null", name="point_focal_a_une_region"),
        CheckConstraint("role <> 'acteur' or acteur_code is not null", name="acteur_a_une_organisation"),
        CheckConstraint("identifiant = lower(identifiant)", name="identifiant_minuscule"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    identifiant: Mapped[str] = mapped_column(String(80), unique=True)
    libelle: Mapped[str] = mapped_column(String(160))  # the function, as shown: « Point focal, Agadez »
    role: Mapped[Role] = mapped_column(enum_column(Role))
    region_code: Mapped[str | None] = mapped_column(ForeignKey("region.code"))
    acteur_code: Mapped[str | None] = mapped_column(ForeignKey("acteur.code"))
    empreinte: Mapped[str] = mapped_column(Text)  # bcrypt hash
    doit_changer: Mapped[bool] = mapped_column(Boolean, default=True)
    actif: Mapped[bool] = mapped_column(Boolean, default=True)
    echecs: Mapped[int] = mapped_column(default=0)
    verrouille_jusqua: Mapped[datetime | None] = mapped_column(InstantUTC)
    cree_le: Mapped[datetime] = mapped_column(InstantUTC)
    derniere_connexion: Mapped[datetime | None] = mapped_column(InstantUTC)


class SessionCompte(Base):
    """A signed-in session kept on the server; the cookie holds a random token, this row only its hash."""

    __tablename__ = "session_compte"
    empreinte_jeton: Mapped[str] = mapped_column(String(64), primary_key=True)
    compte_id: Mapped[int] = mapped_column(ForeignKey("compte.id", ondelete="CASCADE"), index=True)
    cree_le: Mapped[datetime] = mapped_column(InstantUTC)
    vue_le: Mapped[datetime] = mapped_column(InstantUTC)
    expire_le: Mapped[datetime] = mapped_column(InstantUTC)
    revoquee_le: Mapped[datetime | None] = mapped_column(InstantUTC)


class EchecConnexion(Base):
    """Failed sign-ins for a name that has no account: same lockout, same answer, survives a restart."""

    __tablename__ = "echec_connexion"
    identifiant: Mapped[str] = mapped_column(String(80), primary_key=True)
    echecs: Mapped[int] = mapped_column(default=0)
    verrouille_jusqua: Mapped[datetime | None] = mapped_column(InstantUTC)
    vu_le: Mapped[datetime] = mapped_column(InstantUTC)


FRAPPE = "noter"  # the journal's action of a draft being typed: it changes no figure


class Journal(Base):
    """One line per change, written in the change's own transaction; its highest id is the data's version."""

    __tablename__ = "journal"
    __table_args__ = (Index("ix_journal_objet", "objet", "objet_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    quand: Mapped[datetime] = mapped_column(InstantUTC, index=True)
    compte_id: Mapped[int | None] = mapped_column(ForeignKey("compte.id"))
    qui: Mapped[str] = mapped_column(String(160))
    action: Mapped[str] = mapped_column(String(60))
    objet: Mapped[str] = mapped_column(String(60))
    objet_id: Mapped[str] = mapped_column(String(120))
    region_code: Mapped[str | None] = mapped_column(String(10))
    resume: Mapped[str] = mapped_column(Text, default="")
    avant: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    apres: Mapped[dict[str, Any] | None] = mapped_column(JSON)
