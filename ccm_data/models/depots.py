"""Deposits (what a person sends at one time), what their rows correct, and their evidence.

A deposit is a receipt: number, date, author, the file's hash. Its rows live in their own tables (`suivi`) and name it.
Evidence lies outside the served folders; the database holds its name, kind and hash, never its content.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Integer, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from ccm_data.models.base import Base, InstantUTC

RECU = text("retire_le is null and empreinte is not null")


class Depot(Base):
    """One sending: a workbook, or a single row typed in a form (then without file)."""

    __tablename__ = "depot"
    id: Mapped[int] = mapped_column(primary_key=True)
    numero: Mapped[str] = mapped_column(String(20), unique=True)  # « D-2026-0042 », printed on the receipt
    auteur_id: Mapped[int] = mapped_column(ForeignKey("compte.id"), index=True)
    region_code: Mapped[str | None] = mapped_column(ForeignKey("region.code"), index=True)
    acteur_code: Mapped[str | None] = mapped_column(ForeignKey("acteur.code"), index=True)
    cree_le: Mapped[datetime] = mapped_column(InstantUTC)
    nom_fichier: Mapped[str | None] = mapped_column(String(255))
    empreinte: Mapped[str | None] = mapped_column(String(64))  # SHA-256 of the bytes received
    taille: Mapped[int | None] = mapped_column(Integer)
    reprise: Mapped[bool] = mapped_column(Boolean, default=False)  # « reprise d'historique »: never late
    lignes: Mapped[int] = mapped_column(Integer, default=0)
    ecartees: Mapped[int] = mapped_column(Integer, default=0)  # faulty rows left out on request
    retire_le: Mapped[datetime | None] = mapped_column(InstantUTC)
    __table_args__ = (
        CheckConstraint("lignes >= 0 and ecartees >= 0", name="comptes_positifs"),
        CheckConstraint("(nom_fichier is null) = (empreinte is null)", name="fichier_et_empreinte"),
        # The same bytes are taken once, whoever sends them.
        Index("uq_depot_recu", "empreinte", unique=True, sqlite_where=RECU, postgresql_where=RECU),
    )


class Correction(Base):
    """A row that corrects a validated one which it no longer tells by its fact: its title, its place or its day changed.

    Its validation then replaces the row named here, where the same fact alone would find none.
    """

    __tablename__ = "correction"
    id: Mapped[int] = mapped_column(primary_key=True)
    sujet: Mapped[str] = mapped_column(String(40))  # both rows' subject (commands.sujets)
    ligne_id: Mapped[int] = mapped_column(Integer)
    corrigee_id: Mapped[int] = mapped_column(Integer)
    __table_args__ = (
        UniqueConstraint("sujet", "ligne_id"),
        CheckConstraint("ligne_id <> corrigee_id", name="deux_lignes"),
    )


class Preuve(Base):
    """A file that proves a row: restricted unless its author says otherwise, stored under its own hash."""

    __tablename__ = "preuve"
    id: Mapped[int] = mapped_column(primary_key=True)
    sujet: Mapped[str] = mapped_column(String(40))  # the row's subject (commands.sujets) and id
    ligne_id: Mapped[int] = mapped_column(Integer)
    # The row that it was joined to, once a correction replaced it: that row says whose the file is.
    premiere_ligne_id: Mapped[int | None] = mapped_column(Integer)
    auteur_id: Mapped[int] = mapped_column(ForeignKey("compte.id"), index=True)
    region_code: Mapped[str | None] = mapped_column(ForeignKey("region.code"), index=True)
    acteur_code: Mapped[str | None] = mapped_column(ForeignKey("acteur.code"), index=True)
    cree_le: Mapped[datetime] = mapped_column(InstantUTC)
    nom: Mapped[str] = mapped_column(String(200))
    type_mime: Mapped[str] = mapped_column(String(100))
    taille: Mapped[int] = mapped_column(Integer)
    empreinte: Mapped[str] = mapped_column(String(64))  # SHA-256 of the bytes kept (after EXIF is stripped)
    libelle: Mapped[str | None] = mapped_column(Text)
    restreinte: Mapped[bool] = mapped_column(Boolean, default=True)
    retiree_le: Mapped[datetime | None] = mapped_column(InstantUTC)
    __table_args__ = (
        CheckConstraint("taille between 1 and 10000000", name="dix_mo_au_plus"),
        Index("ix_preuve_ligne", "sujet", "ligne_id"),
    )
