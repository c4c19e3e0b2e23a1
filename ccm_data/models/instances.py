"""Coordination bodies: who sits in them, when they met, on what, what was recommended, who read the file beforehand.

A body is reference data (the strategy's, completed by the SP/CCM); members, meetings, agenda items and recommendations are
follow-up rows, proposed and validated like the others. A meeting and a recommendation are known by their code, so that
what hangs on them stands when a corrected row replaces them. Organisations only, never a person's name.
Source: codes et standards (coordination bodies); règles de calcul 2 (2.2.a-b, 2.4.a-b).
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Numeric, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from ccm_data.domain.vocabulaire import (
    College,
    ModeQuorum,
    NatureRencontre,
    RoleSpccm,
    StatutRecommandation,
    TypeInstance,
)
from ccm_data.models.base import Base, InstantUTC, enum_column
from ccm_data.models.decisions import EN_VIGUEUR, Decision
from ccm_data.models.suivi import CK_VALIDATION, VALIDE, LigneSuivi


class Instance(Base):
    """A body. `a_confirmer`: beyond what the strategy says, until the SP/CCM confirms it."""

    __tablename__ = "instance"
    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    nom: Mapped[str] = mapped_column(String(200))
    sigle: Mapped[str | None] = mapped_column(String(40))
    type: Mapped[TypeInstance] = mapped_column(enum_column(TypeInstance))
    region_code: Mapped[str | None] = mapped_column(ForeignKey("region.code"), index=True)
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("instance.code"))
    role_spccm: Mapped[RoleSpccm | None] = mapped_column(enum_column(RoleSpccm))
    texte_fondateur: Mapped[str | None] = mapped_column(Text)
    a_confirmer: Mapped[bool] = mapped_column(Boolean, default=False)
    actif: Mapped[bool] = mapped_column(Boolean, default=True)
    ordre: Mapped[int]
    section: Mapped[str] = mapped_column(String(200), default="")
    modifie_spccm: Mapped[bool] = mapped_column(Boolean, default=False)
    __table_args__ = (
        CheckConstraint("nom <> ''", name="nommee"),
        CheckConstraint("parent_code is null or parent_code <> code", name="pas_son_propre_parent"),
    )


class RegleQuorum(Decision, Base):
    """The quorum of a body, for a college or (`college` null) for all its members together; data of the SP/CCM."""

    __tablename__ = "regle_quorum"
    instance_code: Mapped[str] = mapped_column(ForeignKey("instance.code"))
    college: Mapped[College | None] = mapped_column(enum_column(College))
    mode: Mapped[ModeQuorum] = mapped_column(enum_column(ModeQuorum))
    valeur: Mapped[Decimal] = mapped_column(Numeric(8, 2))  # a number of members, or a percentage
    __table_args__ = (
        CheckConstraint("valeur > 0", name="valeur_positive"),
        CheckConstraint("mode <> 'part' or valeur <= 100", name="part_au_plus_100"),
        Index(
            "uq_regle_quorum_en_vigueur",
            "instance_code",
            text("coalesce(college, '')"),
            unique=True,
            sqlite_where=EN_VIGUEUR,
            postgresql_where=EN_VIGUEUR,
        ),
    )


class MembreInstance(LigneSuivi, Base):
    """An organisation sits in a body, in a college, from a date to a date."""

    __tablename__ = "membre_instance"
    instance_code: Mapped[str] = mapped_column(ForeignKey("instance.code"), index=True)
    membre_code: Mapped[str] = mapped_column(ForeignKey("acteur.code"), index=True)
    college: Mapped[College] = mapped_column(enum_column(College))
    observateur: Mapped[bool] = mapped_column(Boolean, default=False)
    admis_le: Mapped[date | None]
    sorti_le: Mapped[date | None]
    __table_args__ = (
        CheckConstraint("sorti_le is null or admis_le is null or sorti_le >= admis_le", name="sortie_apres_admission"),
        CheckConstraint(CK_VALIDATION, name="validation_par_un_autre"),
        Index(
            "uq_membre_instance_valide", "instance_code", "membre_code", unique=True,
            sqlite_where=VALIDE, postgresql_where=VALIDE,
        ),
    )  # fmt: skip


class Rencontre(LigneSuivi, Base):
    """A meeting that a body held, or announces. `presents`: codes of organisations, separated by `;`."""

    __tablename__ = "rencontre"
    code: Mapped[str] = mapped_column(String(60))
    instance_code: Mapped[str] = mapped_column(ForeignKey("instance.code"), index=True)
    intitule: Mapped[str | None] = mapped_column(String(200))
    date_rencontre: Mapped[date]
    heure: Mapped[str | None] = mapped_column(String(5))  # 09:30
    lieu: Mapped[str | None] = mapped_column(String(160))
    nature: Mapped[NatureRencontre] = mapped_column(enum_column(NatureRencontre), default=NatureRencontre.ORDINAIRE)
    demandeur_code: Mapped[str | None] = mapped_column(ForeignKey("acteur.code"))
    annulee: Mapped[bool] = mapped_column(Boolean, default=False)
    presents: Mapped[str | None] = mapped_column(Text)
    dossier_partage_le: Mapped[date | None]
    documents: Mapped[str | None] = mapped_column(Text)  # titles or addresses of the file's documents
    proces_verbal: Mapped[str | None] = mapped_column(Text)  # reference of the minutes
    suites: Mapped[str | None] = mapped_column(Text)  # next steps
    __table_args__ = (
        CheckConstraint("code <> ''", name="a_un_code"),
        CheckConstraint("nature <> 'demande_membre' or demandeur_code is not null", name="demande_a_un_demandeur"),
        CheckConstraint(CK_VALIDATION, name="validation_par_un_autre"),
        Index("uq_rencontre_validee", "code", unique=True, sqlite_where=VALIDE, postgresql_where=VALIDE),
    )


class PointOrdreDuJour(LigneSuivi, Base):
    """An item of a meeting's agenda, with what was said."""

    __tablename__ = "point_ordre_du_jour"
    rencontre_code: Mapped[str] = mapped_column(String(60), index=True)
    numero: Mapped[int]
    intitule: Mapped[str] = mapped_column(Text)
    points_cles: Mapped[str | None] = mapped_column(Text)
    __table_args__ = (
        CheckConstraint("numero >= 1", name="numero_positif"),
        CheckConstraint(CK_VALIDATION, name="validation_par_un_autre"),
        Index(
            "uq_point_ordre_du_jour_valide", "rencontre_code", "numero", unique=True,
            sqlite_where=VALIDE, postgresql_where=VALIDE,
        ),
    )  # fmt: skip


class Recommandation(LigneSuivi, Base):
    """What a meeting asked of an organisation. `reconduite_par`: codes of the meetings that carried it over."""

    __tablename__ = "recommandation"
    code: Mapped[str] = mapped_column(String(60))
    rencontre_code: Mapped[str] = mapped_column(String(60), index=True)
    point_numero: Mapped[int | None]
    texte: Mapped[str] = mapped_column(Text)
    responsable_code: Mapped[str | None] = mapped_column(ForeignKey("acteur.code"), index=True)
    echeance: Mapped[date | None]
    activite_code: Mapped[str | None] = mapped_column(ForeignKey("activite.code"), index=True)
    indicateur_code: Mapped[str | None] = mapped_column(ForeignKey("indicateur.code"))
    acteurs_lies: Mapped[str | None] = mapped_column(Text)  # actors' codes
    statut: Mapped[StatutRecommandation] = mapped_column(
        enum_column(StatutRecommandation), default=StatutRecommandation.A_FAIRE
    )
    realisee_le: Mapped[date | None]
    preuve: Mapped[str | None] = mapped_column(Text)
    reconduite_par: Mapped[str | None] = mapped_column(Text)
    __table_args__ = (
        CheckConstraint("code <> '' and texte <> ''", name="dite"),
        CheckConstraint("statut <> 'realisee' or realisee_le is not null", name="realisee_a_une_date"),
        CheckConstraint(CK_VALIDATION, name="validation_par_un_autre"),
        Index("uq_recommandation_validee", "code", unique=True, sqlite_where=VALIDE, postgresql_where=VALIDE),
    )


class AccuseLecture(Base):
    """An organisation says that it has read the file of a meeting."""

    __tablename__ = "accuse_lecture"
    id: Mapped[int] = mapped_column(primary_key=True)
    rencontre_code: Mapped[str] = mapped_column(String(60), index=True)
    acteur_code: Mapped[str] = mapped_column(ForeignKey("acteur.code"))
    compte_id: Mapped[int] = mapped_column(ForeignKey("compte.id"))
    quand: Mapped[datetime] = mapped_column(InstantUTC)
    __table_args__ = (UniqueConstraint("rencontre_code", "acteur_code"),)
