"""Programming documents of partners, read for duplicates beforehand (activity 2.1.1), and what the reading found."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ccm_data.models.base import Base, InstantUTC


class DocumentProgrammation(Base):
    """A partner's programming document: its source, its period, what its analysis says."""

    __tablename__ = "document_programmation"
    id: Mapped[int] = mapped_column(primary_key=True)
    acteur_code: Mapped[str] = mapped_column(ForeignKey("acteur.code"), index=True)
    titre: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    debut: Mapped[date]
    fin: Mapped[date]
    resultat: Mapped[str | None] = mapped_column(Text)  # what the analysis found; null: not analysed yet
    doublons_trouves: Mapped[int | None]
    analyse_le: Mapped[date | None]
    reference: Mapped[str | None] = mapped_column(String(200))
    auteur_id: Mapped[int] = mapped_column(ForeignKey("compte.id"), index=True)
    cree_le: Mapped[datetime] = mapped_column(InstantUTC)
    version: Mapped[int] = mapped_column(default=1)
    retire_le: Mapped[datetime | None] = mapped_column(InstantUTC)
    __table_args__ = (
        CheckConstraint("fin >= debut", name="fin_apres_debut"),
        CheckConstraint("(resultat is null) = (analyse_le is null)", name="analyse_datee"),
        CheckConstraint("doublons_trouves >= 0", name="compte_positif"),
    )
