"""What the SP/CCM decides about the plan: targets, baselines, yearly amounts, prevailing figures, regions, thresholds.

Versioned: a new value never erases the old one; `remplace_le` closes it. Reloading the plan touches none of these.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, Numeric, String, Text, func, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from ccm_data.domain.vocabulaire import StatutBase
from ccm_data.models.base import Base, InstantUTC, enum_column

EN_VIGUEUR = text("remplace_le is null")


class Decision:
    """Columns shared by what is decided: source, its date, who, when, and when a newer one took over."""

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(Text)
    date_source: Mapped[date]
    decide_le: Mapped[datetime] = mapped_column(InstantUTC)
    remplace_le: Mapped[datetime | None] = mapped_column(InstantUTC)

    @declared_attr
    def auteur_id(cls) -> Mapped[int]:  # noqa: N805
        """Who decided."""
        return mapped_column(ForeignKey("compte.id"))


class Reference(Decision, Base):
    """Baseline of an indicator."""

    __tablename__ = "reference"
    indicateur_code: Mapped[str] = mapped_column(ForeignKey("indicateur.code"))
    region_code: Mapped[str | None] = mapped_column(ForeignKey("region.code"))
    statut: Mapped[StatutBase] = mapped_column(enum_column(StatutBase))
    valeur: Mapped[Decimal | None] = mapped_column(Numeric(18, 4))
    annee: Mapped[int] = mapped_column(Integer, default=2021)
    __table_args__ = (
        CheckConstraint("statut <> 'connue' or valeur is not null", name="connue_a_une_valeur"),
        Index(
            "uq_reference_en_vigueur",
            "indicateur_code",
            func.coalesce(text("region_code"), text("'NE'")),
            unique=True,
            sqlite_where=EN_VIGUEUR,
            postgresql_where=EN_VIGUEUR,
        ),
    )


class Cible(Decision, Base):
    """Target of an indicator for a year (ordinal and yes/no targets name a level)."""

    __tablename__ = "cible"
    indicateur_code: Mapped[str] = mapped_column(ForeignKey("indicateur.code"))
    region_code: Mapped[str | None] = mapped_column(ForeignKey("region.code"))
    annee: Mapped[int]
    valeur: Mapped[Decimal | None] = mapped_column(Numeric(18, 4))
    niveau: Mapped[str | None] = mapped_column(String(80))
    __table_args__ = (
        CheckConstraint("annee between 2022 and 2026", name="annee_du_plan"),
        CheckConstraint("(valeur is null) <> (niveau is null)", name="valeur_ou_niveau"),
        Index(
            "uq_cible_en_vigueur",
            "indicateur_code",
            func.coalesce(text("region_code"), text("'NE'")),
            "annee",
            unique=True,
            sqlite_where=EN_VIGUEUR,
            postgresql_where=EN_VIGUEUR,
        ),
    )


class MontantAnnuel(Decision, Base):
    """Real planned amount of an activity for a year; replaces the equal split of the printed cost."""

    __tablename__ = "montant_annuel"
    activite_code: Mapped[str] = mapped_column(ForeignKey("activite.code"))
    annee: Mapped[int]
    montant_fcfa: Mapped[int] = mapped_column(BigInteger)
    __table_args__ = (
        CheckConstraint("annee between 2022 and 2026", name="annee_du_plan"),
        CheckConstraint("montant_fcfa >= 0", name="montant_positif"),
        Index(
            "uq_montant_annuel_en_vigueur",
            "activite_code",
            "annee",
            unique=True,
            sqlite_where=EN_VIGUEUR,
            postgresql_where=EN_VIGUEUR,
        ),
    )


class MontantRetenu(Decision, Base):
    """Which figure prevails for the plan, an axis, an action or an activity, and why; parts are never rescaled."""

    __tablename__ = "montant_retenu"
    objet: Mapped[str] = mapped_column(String(20))
    objet_code: Mapped[str] = mapped_column(String(10))
    montant_fcfa: Mapped[int] = mapped_column(BigInteger)
    motif: Mapped[str] = mapped_column(Text)
    __table_args__ = (
        CheckConstraint("objet in ('plan', 'axe', 'action', 'activite')", name="objet_connu"),
        CheckConstraint("montant_fcfa >= 0", name="montant_positif"),
        Index(
            "uq_montant_retenu_en_vigueur",
            "objet",
            "objet_code",
            unique=True,
            sqlite_where=EN_VIGUEUR,
            postgresql_where=EN_VIGUEUR,
        ),
    )


class ChoixContradiction(Decision, Base):
    """The SP/CCM's word on a contradiction that is not an amount."""

    __tablename__ = "choix_contradiction"
    contradiction_code: Mapped[str] = mapped_column(ForeignKey("contradiction.code"))
    texte_retenu: Mapped[str] = mapped_column(Text)
    motif: Mapped[str] = mapped_column(Text)
    __table_args__ = (
        Index(
            "uq_choix_contradiction_en_vigueur",
            "contradiction_code",
            unique=True,
            sqlite_where=EN_VIGUEUR,
            postgresql_where=EN_VIGUEUR,
        ),
    )


class RegionConcernee(Decision, Base):
    """An activity concerns a region: weight in its progress, share in FCFA and number planned there if any."""

    __tablename__ = "region_concernee"
    activite_code: Mapped[str] = mapped_column(ForeignKey("activite.code"))
    region_code: Mapped[str] = mapped_column(ForeignKey("region.code"))
    poids: Mapped[Decimal] = mapped_column(Numeric(8, 4), default=1)
    part_fcfa: Mapped[int | None] = mapped_column(BigInteger)
    nombre_prevu: Mapped[int | None]
    unite: Mapped[str | None] = mapped_column(String(80))
    __table_args__ = (
        CheckConstraint("poids > 0", name="poids_positif"),
        CheckConstraint("part_fcfa >= 0", name="part_positive"),
        CheckConstraint("nombre_prevu >= 0", name="nombre_positif"),
        Index(
            "uq_region_concernee_en_vigueur",
            "activite_code",
            "region_code",
            unique=True,
            sqlite_where=EN_VIGUEUR,
            postgresql_where=EN_VIGUEUR,
        ),
    )


class ReglageIndicateur(Decision, Base):
    """A setting of an indicator as the SP/CCM fixed it (field name, value); the file's default stays beside."""

    __tablename__ = "reglage_indicateur"
    indicateur_code: Mapped[str] = mapped_column(ForeignKey("indicateur.code"))
    champ: Mapped[str] = mapped_column(String(40))
    valeur: Mapped[str] = mapped_column(Text)
    __table_args__ = (
        Index(
            "uq_reglage_indicateur_en_vigueur",
            "indicateur_code",
            "champ",
            unique=True,
            sqlite_where=EN_VIGUEUR,
            postgresql_where=EN_VIGUEUR,
        ),
    )


class SeuilDecide(Decision, Base):
    """A threshold or delay (name of `domain.seuils`, value) that the SP/CCM changed."""

    __tablename__ = "seuil"
    nom: Mapped[str] = mapped_column(String(60))
    valeur: Mapped[str] = mapped_column(String(60))
    __table_args__ = (
        Index("uq_seuil_en_vigueur", "nom", unique=True, sqlite_where=EN_VIGUEUR, postgresql_where=EN_VIGUEUR),
    )


class TrimestreVerrouille(Base):
    """A closed quarter takes nothing; reopening it is journalled and leaves `rouvert_le`."""

    __tablename__ = "trimestre_verrouille"
    id: Mapped[int] = mapped_column(primary_key=True)
    annee: Mapped[int]
    trimestre: Mapped[int]
    verrouille_le: Mapped[datetime] = mapped_column(InstantUTC)
    verrouille_par_id: Mapped[int] = mapped_column(ForeignKey("compte.id"))
    rouvert_le: Mapped[datetime | None] = mapped_column(InstantUTC)
    rouvert_par_id: Mapped[int | None] = mapped_column(ForeignKey("compte.id"))
    motif: Mapped[str | None] = mapped_column(Text)
    __table_args__ = (
        CheckConstraint("trimestre between 1 and 4", name="trimestre"),
        Index(
            "uq_trimestre_verrouille_actif",
            "annee",
            "trimestre",
            unique=True,
            sqlite_where=text("rouvert_le is null"),
            postgresql_where=text("rouvert_le is null"),
        ),
    )
