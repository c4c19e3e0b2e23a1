"""Follow-up rows: what is reported on the plan. Only validated rows enter official figures (règles 2.12).

Every row says who sent it and where it stands; a partial unique index makes a second validated row for the same fact
impossible, so that nothing can be counted twice.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    Numeric,
    String,
    Text,
    func,
    text,
)
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from ccm_data.domain.vocabulaire import (
    EtatSuivi,
    NiveauComite,
    NiveauDeclarant,
    Phase,
    StatutActivite,
    StatutComite,
    StatutPoint,
    TypeFinancement,
)
from ccm_data.models.base import Base, InstantUTC, enum_column

VALIDE = text("etat = 'valide'")


class LigneSuivi:
    """Columns shared by all follow-up rows: state, author, validation, the row that it replaces."""

    id: Mapped[int] = mapped_column(primary_key=True)
    etat: Mapped[EtatSuivi] = mapped_column(enum_column(EtatSuivi), default=EtatSuivi.BROUILLON, index=True)
    version: Mapped[int] = mapped_column(Integer, default=1)  # optimistic lock: two at once, the second is told
    cree_le: Mapped[datetime] = mapped_column(InstantUTC)
    soumis_le: Mapped[datetime | None] = mapped_column(InstantUTC)
    valide_le: Mapped[datetime | None] = mapped_column(InstantUTC)
    note_retour: Mapped[str | None] = mapped_column(Text)
    retour_avant_le: Mapped[date | None]
    source: Mapped[str | None] = mapped_column(Text)

    @declared_attr
    def auteur_id(cls) -> Mapped[int]:  # noqa: N805
        """Who sent the row; never overwritten."""
        return mapped_column(ForeignKey("compte.id"), index=True)

    @declared_attr
    def depot_id(cls) -> Mapped[int | None]:  # noqa: N805
        """The deposit that brought the row, where one did."""
        return mapped_column(ForeignKey("depot.id"), index=True)

    @declared_attr
    def valide_par_id(cls) -> Mapped[int | None]:  # noqa: N805
        """Who validated it; never its author."""
        return mapped_column(ForeignKey("compte.id"))

    @declared_attr
    def region_code(cls) -> Mapped[str | None]:  # noqa: N805
        """The region concerned; null means national or « non régionalisé »."""
        return mapped_column(ForeignKey("region.code"), index=True)

    @declared_attr
    def acteur_code(cls) -> Mapped[str | None]:  # noqa: N805
        """The organisation that reports, where it is not a region."""
        return mapped_column(ForeignKey("acteur.code"), index=True)


CK_VALIDATION = (
    "etat <> 'valide' or (valide_le is not null and valide_par_id is not null and valide_par_id <> auteur_id)"
)
CK_TRIMESTRE = "trimestre between 1 and 4 and annee between 2022 and 2026"


class MiseAJour(LigneSuivi, Base):
    """The update of an activity for a quarter, in a region or nationally. Progress is cumulative, 0-100."""

    __tablename__ = "mise_a_jour"
    activite_code: Mapped[str] = mapped_column(ForeignKey("activite.code"))
    annee: Mapped[int]
    trimestre: Mapped[int]
    avancement: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))
    statut: Mapped[StatutActivite | None] = mapped_column(enum_column(StatutActivite))
    debut_reel: Mapped[date | None]
    fin_reelle: Mapped[date | None]
    rien_a_signaler: Mapped[bool] = mapped_column(Boolean, default=False)
    narratif: Mapped[str | None] = mapped_column(Text)
    source_verification: Mapped[str | None] = mapped_column(Text)
    __table_args__ = (
        CheckConstraint("avancement between 0 and 100", name="avancement_0_100"),
        CheckConstraint("fin_reelle is null or debut_reel is null or fin_reelle >= debut_reel", name="fin_apres_debut"),
        CheckConstraint(CK_TRIMESTRE, name="trimestre_du_plan"),
        CheckConstraint(CK_VALIDATION, name="validation_par_un_autre"),
        Index(
            "uq_mise_a_jour_validee",
            "activite_code",
            func.coalesce(text("region_code"), text("'NE'")),
            func.coalesce(text("acteur_code"), text("''")),
            "annee",
            "trimestre",
            unique=True,
            sqlite_where=VALIDE,
            postgresql_where=VALIDE,
        ),
    )


class EcritureBudgetaire(LigneSuivi, Base):
    """Money of one phase on one activity: whole FCFA, with the original amount, currency, date and rate."""

    __tablename__ = "ecriture_budgetaire"
    activite_code: Mapped[str] = mapped_column(ForeignKey("activite.code"), index=True)
    annee: Mapped[int]
    phase: Mapped[Phase] = mapped_column(enum_column(Phase))
    type_financement: Mapped[TypeFinancement] = mapped_column(enum_column(TypeFinancement))
    niveau: Mapped[NiveauDeclarant] = mapped_column(enum_column(NiveauDeclarant), default=NiveauDeclarant.BAILLEUR)
    appui_technique: Mapped[bool] = mapped_column(Boolean, default=False)  # support without amount
    montant_fcfa: Mapped[int | None] = mapped_column(BigInteger)
    montant_origine: Mapped[Decimal | None] = mapped_column(Numeric(18, 2))
    devise: Mapped[str] = mapped_column(String(3), default="XOF")
    taux: Mapped[Decimal | None] = mapped_column(Numeric(18, 6))
    taux_source: Mapped[str | None] = mapped_column(Text)
    date_operation: Mapped[date]
    reference_document: Mapped[str | None] = mapped_column(String(200))
    libelle: Mapped[str | None] = mapped_column(Text)
    bailleur_code: Mapped[str | None] = mapped_column(ForeignKey("acteur.code"), index=True)
    executant_code: Mapped[str | None] = mapped_column(ForeignKey("acteur.code"), index=True)
    __table_args__ = (
        CheckConstraint("montant_fcfa >= 0", name="montant_positif"),
        CheckConstraint("appui_technique or montant_fcfa is not null", name="montant_ou_appui"),
        CheckConstraint("annee between 2022 and 2026", name="annee_du_plan"),
        CheckConstraint("devise = 'XOF' or (montant_origine is not null and taux is not null)", name="devise_et_taux"),
        CheckConstraint(CK_VALIDATION, name="validation_par_un_autre"),
    )


class ValeurIndicateur(LigneSuivi, Base):
    """A reported value of an indicator for a quarter, in a region or nationally."""

    __tablename__ = "valeur_indicateur"
    indicateur_code: Mapped[str] = mapped_column(ForeignKey("indicateur.code"))
    annee: Mapped[int]
    trimestre: Mapped[int]
    valeur: Mapped[Decimal | None] = mapped_column(Numeric(18, 4))
    numerateur: Mapped[Decimal | None] = mapped_column(Numeric(18, 4))
    denominateur: Mapped[Decimal | None] = mapped_column(Numeric(18, 4))
    niveau: Mapped[str | None] = mapped_column(String(80))  # ordinal level or oui/non
    texte: Mapped[str | None] = mapped_column(Text)
    desagregation: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    __table_args__ = (
        CheckConstraint(CK_TRIMESTRE, name="trimestre_du_plan"),
        CheckConstraint("denominateur >= 0", name="denominateur_positif"),
        CheckConstraint(CK_VALIDATION, name="validation_par_un_autre"),
        Index(
            "uq_valeur_indicateur_validee",
            "indicateur_code",
            func.coalesce(text("region_code"), text("'NE'")),
            func.coalesce(text("acteur_code"), text("''")),
            "annee",
            "trimestre",
            unique=True,
            sqlite_where=VALIDE,
            postgresql_where=VALIDE,
        ),
    )


class LieuSuivi(LigneSuivi):
    """Columns of what has a place on the map."""

    nom: Mapped[str] = mapped_column(String(160))
    commune: Mapped[str | None] = mapped_column(String(120))
    village: Mapped[str | None] = mapped_column(String(120))
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    langues: Mapped[str | None] = mapped_column(Text)  # separated by `;`

    @declared_attr
    def departement_code(cls) -> Mapped[str | None]:  # noqa: N805
        """The department, where it is known."""
        return mapped_column(ForeignKey("departement.code"))


CK_PLACE = "(lat is null) = (lon is null) and (lat is null or (lat between 11 and 24 and lon between 0 and 16))"


class ComiteVeille(LieuSuivi, Base):
    """A watch and information committee (activity 3.1.1), from planned to operational."""

    __tablename__ = "comite_veille"
    niveau: Mapped[NiveauComite] = mapped_column(enum_column(NiveauComite))
    statut: Mapped[StatutComite] = mapped_column(enum_column(StatutComite))
    date_creation: Mapped[date | None]
    date_formation: Mapped[date | None]
    date_operationnel: Mapped[date | None]
    derniere_activite: Mapped[date | None]
    date_dissolution: Mapped[date | None]
    membres_femmes: Mapped[int | None]
    membres_hommes: Mapped[int | None]
    __table_args__ = (
        CheckConstraint("region_code is not null", name="a_une_region"),
        CheckConstraint("statut = 'planifie' or date_creation is not null", name="cree_a_une_date"),
        CheckConstraint("date_formation is null or date_formation >= date_creation", name="formation_apres_creation"),
        CheckConstraint("membres_femmes >= 0 and membres_hommes >= 0", name="membres_positifs"),
        CheckConstraint(CK_PLACE, name="dans_le_pays"),
        CheckConstraint(CK_VALIDATION, name="validation_par_un_autre"),
        Index(
            "uq_comite_veille_valide", "region_code", "nom", unique=True, sqlite_where=VALIDE, postgresql_where=VALIDE
        ),
    )


class PointInformation(LieuSuivi, Base):
    """A multilingual information point on a migration route (activity 3.1.3)."""

    __tablename__ = "point_information"
    statut: Mapped[StatutPoint] = mapped_column(enum_column(StatutPoint))
    route: Mapped[str | None] = mapped_column(String(160))
    date_ouverture: Mapped[date | None]
    date_fermeture: Mapped[date | None]
    accueil_femmes: Mapped[bool | None]
    accueil_enfants: Mapped[bool | None]
    __table_args__ = (
        CheckConstraint("region_code is not null", name="a_une_region"),
        CheckConstraint("statut = 'planifie' or date_ouverture is not null", name="ouvert_a_une_date"),
        CheckConstraint(CK_PLACE, name="dans_le_pays"),
        CheckConstraint(CK_VALIDATION, name="validation_par_un_autre"),
        Index(
            "uq_point_information_valide",
            "region_code",
            "nom",
            unique=True,
            sqlite_where=VALIDE,
            postgresql_where=VALIDE,
        ),
    )


class PointFocal(LieuSuivi, Base):
    """A focal-point post beside a regional CCM (activity 5.1): a post and a structure, never a person's name."""

    __tablename__ = "point_focal"
    en_poste: Mapped[bool] = mapped_column(Boolean, default=True)
    depuis: Mapped[date | None]
    jusqua: Mapped[date | None]
    __table_args__ = (
        CheckConstraint("region_code is not null", name="a_une_region"),
        CheckConstraint("jusqua is null or depuis is null or jusqua >= depuis", name="fin_apres_debut"),
        CheckConstraint(CK_PLACE, name="dans_le_pays"),
        CheckConstraint(CK_VALIDATION, name="validation_par_un_autre"),
        Index("uq_point_focal_valide", "region_code", "nom", unique=True, sqlite_where=VALIDE, postgresql_where=VALIDE),
    )


class Presence(LigneSuivi, Base):
    """An actor works in a region (`acteur_code` × `region_code`), since when and on what."""

    __tablename__ = "presence"
    domaine: Mapped[str | None] = mapped_column(Text)
    depuis: Mapped[date | None]
    jusqua: Mapped[date | None]
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    __table_args__ = (
        CheckConstraint("region_code is not null and acteur_code is not null", name="acteur_et_region"),
        CheckConstraint("jusqua is null or depuis is null or jusqua >= depuis", name="fin_apres_debut"),
        CheckConstraint(CK_PLACE, name="dans_le_pays"),
        CheckConstraint(CK_VALIDATION, name="validation_par_un_autre"),
        Index(
            "uq_presence_validee",
            "region_code",
            "acteur_code",
            unique=True,
            sqlite_where=VALIDE,
            postgresql_where=VALIDE,
        ),
    )
