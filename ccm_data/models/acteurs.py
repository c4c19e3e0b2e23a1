"""The directory of actors: structures that the strategy names and those the SP/CCM adds. Organisations only."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from ccm_data.domain.vocabulaire import CategorieActeur
from ccm_data.models.base import Base, enum_column


class Acteur(Base):
    """A structure. `modifie_spccm` protects a row that the SP/CCM edited from being reloaded."""

    __tablename__ = "acteur"
    __table_args__ = (
        CheckConstraint("valide_au is null or valide_du is null or valide_au >= valide_du", name="validite"),
    )
    code: Mapped[str] = mapped_column(String(60), primary_key=True)
    nom: Mapped[str] = mapped_column(Text)
    sigle: Mapped[str | None] = mapped_column(String(60))
    cle_tri: Mapped[str] = mapped_column(Text, default="")
    categorie: Mapped[CategorieActeur] = mapped_column(enum_column(CategorieActeur), index=True)
    region_code: Mapped[str | None] = mapped_column(ForeignKey("region.code"))
    valide_du: Mapped[date | None]
    valide_au: Mapped[date | None]
    section: Mapped[str] = mapped_column(Text, default="")
    remarque: Mapped[str | None] = mapped_column(Text)
    modifie_spccm: Mapped[bool] = mapped_column(Boolean, default=False)
    # Its amounts may be shown beyond itself and the SP/CCM (règles 7); not asked is no.
    montants_publics: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())


class AliasActeur(Base):
    """Another name of an actor; `cle` is its sort key, unique so that one name leads to one actor."""

    __tablename__ = "alias_acteur"
    cle: Mapped[str] = mapped_column(String(200), primary_key=True)
    alias: Mapped[str] = mapped_column(Text)
    acteur_code: Mapped[str] = mapped_column(ForeignKey("acteur.code"), index=True)
    section: Mapped[str] = mapped_column(Text, default="")
