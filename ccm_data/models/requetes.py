"""Requests to PTF through the CCM, their steps, and what PTF pledge to answer them. Source: règles de calcul, 4 and 7."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from ccm_data.domain.vocabulaire import EtatPositionnement, EtatRequete
from ccm_data.models.base import Base, InstantUTC, enum_column

VIVANT = text("etat <> 'retire'")


class Requete(Base):
    """A request: who asks, for what, where, to whom. `origine` names the gap that it came from (« NE002|sante »)."""

    __tablename__ = "requete"
    id: Mapped[int] = mapped_column(primary_key=True)
    numero: Mapped[str] = mapped_column(String(20), unique=True)  # « R-2026-0007 »
    version: Mapped[int] = mapped_column(default=1)
    etat: Mapped[EtatRequete] = mapped_column(enum_column(EtatRequete), index=True)
    auteur_id: Mapped[int] = mapped_column(ForeignKey("compte.id"), index=True)
    cree_le: Mapped[datetime] = mapped_column(InstantUTC)
    demandeur_code: Mapped[str | None] = mapped_column(ForeignKey("acteur.code"), index=True)
    objet: Mapped[str] = mapped_column(Text)
    description: Mapped[str | None] = mapped_column(Text)
    theme: Mapped[str | None] = mapped_column(String(60))
    activite_code: Mapped[str | None] = mapped_column(ForeignKey("activite.code"), index=True)
    region_code: Mapped[str | None] = mapped_column(ForeignKey("region.code"), index=True)
    montant_fcfa: Mapped[int | None] = mapped_column(BigInteger)
    destinataires: Mapped[str | None] = mapped_column(Text)  # actors' codes, separated by `;`
    recue_le: Mapped[date]
    echeance: Mapped[date | None]
    origine: Mapped[str | None] = mapped_column(String(140), index=True)
    __table_args__ = (
        CheckConstraint("montant_fcfa >= 0", name="montant_positif"),
        CheckConstraint("objet <> ''", name="a_un_objet"),
    )


class EtapeRequete(Base):
    """A step of a request: the state reached, when, by whom, why."""

    __tablename__ = "etape_requete"
    id: Mapped[int] = mapped_column(primary_key=True)
    requete_id: Mapped[int] = mapped_column(ForeignKey("requete.id"), index=True)
    etat: Mapped[EtatRequete] = mapped_column(enum_column(EtatRequete))
    quand: Mapped[datetime] = mapped_column(InstantUTC)
    compte_id: Mapped[int] = mapped_column(ForeignKey("compte.id"), index=True)
    note: Mapped[str | None] = mapped_column(Text)


class Positionnement(Base):
    """« Je me positionne »: a PTF answers a request with an amount and a date. Signed, it becomes an intervention."""

    __tablename__ = "positionnement"
    id: Mapped[int] = mapped_column(primary_key=True)
    requete_id: Mapped[int] = mapped_column(ForeignKey("requete.id"), index=True)
    acteur_code: Mapped[str] = mapped_column(ForeignKey("acteur.code"), index=True)
    etat: Mapped[EtatPositionnement] = mapped_column(enum_column(EtatPositionnement))
    version: Mapped[int] = mapped_column(default=1)
    montant_fcfa: Mapped[int | None] = mapped_column(BigInteger)
    date_prevue: Mapped[date]
    note: Mapped[str | None] = mapped_column(Text)
    auteur_id: Mapped[int] = mapped_column(ForeignKey("compte.id"), index=True)
    cree_le: Mapped[datetime] = mapped_column(InstantUTC)
    change_le: Mapped[datetime] = mapped_column(InstantUTC)
    intervention_id: Mapped[int | None] = mapped_column(ForeignKey("intervention.id"), index=True)
    __table_args__ = (
        CheckConstraint("montant_fcfa >= 0", name="montant_positif"),
        Index(
            "uq_positionnement_vivant",
            "requete_id",
            "acteur_code",
            unique=True,
            sqlite_where=VIVANT,
            postgresql_where=VIVANT,
        ),
    )


class MiseEnRelation(Base):
    """Somebody wishes to be put in touch with an organisation: through the SP/CCM, no contact is published."""

    __tablename__ = "mise_en_relation"
    id: Mapped[int] = mapped_column(primary_key=True)
    acteur_code: Mapped[str] = mapped_column(ForeignKey("acteur.code"), index=True)
    objet: Mapped[str] = mapped_column(Text)
    auteur_id: Mapped[int] = mapped_column(ForeignKey("compte.id"), index=True)
    cree_le: Mapped[datetime] = mapped_column(InstantUTC)
    faite_le: Mapped[datetime | None] = mapped_column(InstantUTC)
    faite_par_id: Mapped[int | None] = mapped_column(ForeignKey("compte.id"))
    __table_args__ = (
        CheckConstraint("objet <> ''", name="a_un_objet"),
        CheckConstraint("(faite_le is null) = (faite_par_id is null)", name="faite_signee"),
    )
