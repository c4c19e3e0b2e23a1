"""Evaluations: a person rates and justifies, criterion by criterion; the partner answers; both texts stay.

Source: règles de calcul 6; stratégie 8.1.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from ccm_data.domain.vocabulaire import Critere, ObjetEvaluation, StatutEvaluation
from ccm_data.models.base import Base, InstantUTC, enum_column

VIVANTE = text("annulee_le is null")


class Evaluation(Base):
    """An evaluation of an activity or an intervention over a period. `partenaire_code`: who may answer."""

    __tablename__ = "evaluation"
    id: Mapped[int] = mapped_column(primary_key=True)
    objet: Mapped[ObjetEvaluation] = mapped_column(enum_column(ObjetEvaluation))
    objet_code: Mapped[str] = mapped_column(String(60), index=True)
    date_evaluation: Mapped[date]
    statut: Mapped[StatutEvaluation] = mapped_column(enum_column(StatutEvaluation), default=StatutEvaluation.BROUILLON)
    version: Mapped[int] = mapped_column(Integer, default=1)
    synthese: Mapped[str | None] = mapped_column(Text)
    partenaire_code: Mapped[str | None] = mapped_column(ForeignKey("acteur.code"), index=True)
    reponse: Mapped[str | None] = mapped_column(Text)
    reponse_le: Mapped[datetime | None] = mapped_column(InstantUTC)
    reponse_par_id: Mapped[int | None] = mapped_column(ForeignKey("compte.id"))
    auteur_id: Mapped[int] = mapped_column(ForeignKey("compte.id"))
    cree_le: Mapped[datetime] = mapped_column(InstantUTC)
    partagee_le: Mapped[datetime | None] = mapped_column(InstantUTC)
    finale_le: Mapped[datetime | None] = mapped_column(InstantUTC)
    annulee_le: Mapped[datetime | None] = mapped_column(InstantUTC)
    __table_args__ = (
        CheckConstraint("statut = 'brouillon' or partagee_le is not null", name="partagee_a_une_date"),
        CheckConstraint("statut <> 'finale' or finale_le is not null", name="finale_a_une_date"),
        CheckConstraint("(reponse is null) = (reponse_le is null)", name="reponse_datee"),
        Index(
            "uq_evaluation_vivante", "objet", "objet_code", "date_evaluation", unique=True,
            sqlite_where=VIVANTE, postgresql_where=VIVANTE,
        ),
    )  # fmt: skip


class NoteEvaluation(Base):
    """The rating of one criterion, 1 (very insufficient) to 4 (very satisfactory), and why; null: not judged."""

    __tablename__ = "note_evaluation"
    id: Mapped[int] = mapped_column(primary_key=True)
    evaluation_id: Mapped[int] = mapped_column(ForeignKey("evaluation.id"), index=True)
    critere: Mapped[Critere] = mapped_column(enum_column(Critere))
    note: Mapped[int | None]
    justification: Mapped[str | None] = mapped_column(Text)
    __table_args__ = (
        UniqueConstraint("evaluation_id", "critere"),
        CheckConstraint("note between 1 and 4", name="note_1_4"),
    )
