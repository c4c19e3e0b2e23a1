"""Niger's territory: 8 regions, 67 departments (points of their seats), towns. Reference data.

Sources: OCHA P-codes, GeoNames, INS RGP/H 2012 (see ccm_data/reference/geo/LICENCES.md).
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from ccm_data.models.base import Base


class Region(Base):
    """A region; `code` is its P-code (NE001…)."""

    __tablename__ = "region"
    code: Mapped[str] = mapped_column(String(10), primary_key=True)
    nom: Mapped[str] = mapped_column(String(60), unique=True)
    iso: Mapped[str] = mapped_column(String(10), unique=True)
    geonames: Mapped[str] = mapped_column(String(10))
    population_2012: Mapped[int]
    superficie_km2: Mapped[int]
    ordre: Mapped[int]


class AliasRegion(Base):
    """Another spelling or code under which a region may be read."""

    __tablename__ = "alias_region"
    alias: Mapped[str] = mapped_column(String(60), primary_key=True)
    region_code: Mapped[str] = mapped_column(ForeignKey("region.code"), index=True)


class Departement(Base):
    """A department, drawn as the point of its seat (no open polygons exist)."""

    __tablename__ = "departement"
    __table_args__ = (CheckConstraint("lat between 11 and 24 and lon between 0 and 16", name="dans_le_pays"),)
    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    nom: Mapped[str] = mapped_column(String(80))
    region_code: Mapped[str] = mapped_column(ForeignKey("region.code"), index=True)
    chef_lieu: Mapped[str] = mapped_column(String(80))
    geonames_id: Mapped[int | None]
    lat: Mapped[float]
    lon: Mapped[float]


class Localite(Base):
    """A town; `rang` orders labels (1 first), it is no population figure."""

    __tablename__ = "localite"
    nom: Mapped[str] = mapped_column(String(80), primary_key=True)
    region_code: Mapped[str] = mapped_column(ForeignKey("region.code"), primary_key=True)
    geonames_id: Mapped[int | None]
    lat: Mapped[float]
    lon: Mapped[float]
    rang: Mapped[int]
