"""What persons decide of candidate pairs, what the organisations named answer, what was done about it.

Nothing is deleted: a verdict is revoked, and totals come back exactly. Source: règles de calcul, 5.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from ccm_data.domain.vocabulaire import SuiteVerdict, VerdictPaire
from ccm_data.models.base import Base, InstantUTC, enum_column

EN_VIGUEUR = text("revoque_le is null")


class Verdict(Base):
    """A verdict on two interventions, named by their codes (`code_a` < `code_b`)."""

    __tablename__ = "verdict"
    id: Mapped[int] = mapped_column(primary_key=True)
    code_a: Mapped[str] = mapped_column(String(60))
    code_b: Mapped[str] = mapped_column(String(60))
    verdict: Mapped[VerdictPaire] = mapped_column(enum_column(VerdictPaire))
    motif: Mapped[str] = mapped_column(Text)
    auteur_id: Mapped[int] = mapped_column(ForeignKey("compte.id"), index=True)
    rendu_le: Mapped[datetime] = mapped_column(InstantUTC)
    porteur_code: Mapped[str | None] = mapped_column(String(60))  # the row that carries the money
    montant_commun_fcfa: Mapped[int | None] = mapped_column(BigInteger)
    suite: Mapped[SuiteVerdict | None] = mapped_column(enum_column(SuiteVerdict))
    suite_le: Mapped[date | None]
    suite_note: Mapped[str | None] = mapped_column(Text)
    revoque_le: Mapped[datetime | None] = mapped_column(InstantUTC)
    revoque_par_id: Mapped[int | None] = mapped_column(ForeignKey("compte.id"))
    revoque_motif: Mapped[str | None] = mapped_column(Text)
    __table_args__ = (
        CheckConstraint("code_a < code_b", name="paire_ordonnee"),
        CheckConstraint("(suite is null) = (suite_le is null)", name="suite_datee"),
        CheckConstraint(
            "verdict <> 'double_declaration' or "
            "(porteur_code is not null and montant_commun_fcfa is not null and montant_commun_fcfa >= 0)",
            name="argent_porte",
        ),
        CheckConstraint("porteur_code is null or porteur_code in (code_a, code_b)", name="porteur_de_la_paire"),
        CheckConstraint("(revoque_le is null) = (revoque_par_id is null)", name="revocation_signee"),
        Index(
            "uq_verdict_en_vigueur",
            "code_a",
            "code_b",
            unique=True,
            sqlite_where=EN_VIGUEUR,
            postgresql_where=EN_VIGUEUR,
        ),
    )


class ReponsePaire(Base):
    """What an organisation named in a pair says of it, before the verdict."""

    __tablename__ = "reponse_paire"
    id: Mapped[int] = mapped_column(primary_key=True)
    code_a: Mapped[str] = mapped_column(String(60))
    code_b: Mapped[str] = mapped_column(String(60))
    acteur_code: Mapped[str] = mapped_column(ForeignKey("acteur.code"), index=True)
    auteur_id: Mapped[int] = mapped_column(ForeignKey("compte.id"), index=True)
    quand: Mapped[datetime] = mapped_column(InstantUTC)
    texte: Mapped[str] = mapped_column(Text)
    __table_args__ = (
        CheckConstraint("code_a < code_b", name="paire_ordonnee"),
        CheckConstraint("texte <> ''", name="dit_quelque_chose"),
        Index("ix_reponse_paire_codes", "code_a", "code_b"),
    )
