"""A plan that comes after (2027-…), loaded from a workbook beside the first, and what it takes over from it.

Source: règles de calcul 1 (plans are versioned data).
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ccm_data.domain.vocabulaire import SuiteActivite
from ccm_data.models.base import Base, InstantUTC, enum_column


class PlanSuivant(Base):
    """A later plan: its years, its source, the file that brought it."""

    __tablename__ = "plan_suivant"
    code: Mapped[str] = mapped_column(String(20), primary_key=True)  # 2027-2031
    intitule: Mapped[str] = mapped_column(Text)
    debut: Mapped[int]
    fin: Mapped[int]
    source: Mapped[str] = mapped_column(Text)
    date_source: Mapped[date]
    empreinte: Mapped[str] = mapped_column(String(64))
    auteur_id: Mapped[int] = mapped_column(ForeignKey("compte.id"))
    charge_le: Mapped[datetime] = mapped_column(InstantUTC)
    __table_args__ = (
        CheckConstraint("fin >= debut", name="fin_apres_debut"),
        CheckConstraint("debut >= 2027", name="apres_le_premier"),
    )


class ActiviteSuivante(Base):
    """An activity of a later plan. `annees`: its years, separated by `;`; `reprend_code`: what it carries over."""

    __tablename__ = "activite_suivante"
    id: Mapped[int] = mapped_column(primary_key=True)
    plan_code: Mapped[str] = mapped_column(ForeignKey("plan_suivant.code"), index=True)
    code: Mapped[str] = mapped_column(String(20))
    axe: Mapped[str | None] = mapped_column(Text)
    action: Mapped[str | None] = mapped_column(Text)
    intitule: Mapped[str] = mapped_column(Text)
    cout_fcfa: Mapped[int | None] = mapped_column(BigInteger)
    annees: Mapped[str | None] = mapped_column(String(120))
    structures: Mapped[str | None] = mapped_column(Text)
    reprend_code: Mapped[str | None] = mapped_column(ForeignKey("activite.code"))
    ordre: Mapped[int]
    __table_args__ = (
        UniqueConstraint("plan_code", "code"),
        CheckConstraint("cout_fcfa >= 0", name="cout_positif"),
        CheckConstraint("intitule <> ''", name="intitulee"),
    )


class Reprise(Base):
    """What is decided of an unfinished activity of the first plan when the next one stands."""

    __tablename__ = "reprise"
    id: Mapped[int] = mapped_column(primary_key=True)
    plan_code: Mapped[str] = mapped_column(ForeignKey("plan_suivant.code"), index=True)
    activite_code: Mapped[str] = mapped_column(ForeignKey("activite.code"))
    suite: Mapped[SuiteActivite] = mapped_column(enum_column(SuiteActivite))
    motif: Mapped[str] = mapped_column(Text)
    auteur_id: Mapped[int] = mapped_column(ForeignKey("compte.id"))
    decide_le: Mapped[datetime] = mapped_column(InstantUTC)
    __table_args__ = (UniqueConstraint("plan_code", "activite_code"), CheckConstraint("motif <> ''", name="motivee"))
