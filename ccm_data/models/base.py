"""What every table shares: the naming of constraints, enums stored by value, times in UTC."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import DateTime, Enum, MetaData, TypeDecorator
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase

CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Declarative base with named constraints, so that a violation says which rule was broken."""

    metadata = MetaData(naming_convention=CONVENTION)


class InstantUTC(TypeDecorator[datetime]):
    """A moment: kept in UTC on both databases (SQLite forgets zones), given back with its zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a moment without zone: it would silently shift."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def enum_column(liste: type[StrEnum]) -> Enum:
    """A closed list stored by value with a CHECK constraint of its own (not a native type: migrations stay alike)."""
    nom = "".join(f"_{c.lower()}" if c.isupper() else c for c in liste.__name__).lstrip("_")
    return Enum(
        liste,
        values_callable=lambda e: [m.value for m in e],
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        length=40,
        name=nom,
    )


def to_dict(ligne: Base) -> dict[str, Any]:
    """The row's columns as plain values, for the journal's old and new."""
    return {c.key: getattr(ligne, c.key) for c in ligne.__mapper__.column_attrs}
