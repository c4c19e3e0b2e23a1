"""A cell as text and back, exactly, whatever the database: null stays null, empty stays empty, 1.50 stays 1.50.

Reading and writing go through the same portable type, said by a word in the manifest (`genre`), so that a backup can be
loaded into the schema of its own time without that time's models.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Date,
    Double,
    Integer,
    Numeric,
    String,
    Text,
    cast,
    type_coerce,
)
from sqlalchemy.types import TypeEngine

from ccm_data.models.base import InstantUTC

# The first that fits wins: Boolean, Date… are apart, Double is a Numeric, Enum a String.
GENRES: tuple[tuple[type[TypeEngine[Any]], str], ...] = (
    (InstantUTC, "instant"),
    (Date, "date"),
    (Boolean, "booleen"),
    (JSON, "json"),
    (Double, "reel"),
    (Numeric, "decimal"),
    (Integer, "entier"),
    (String, "texte"),
)
TYPES: dict[str, TypeEngine[Any]] = {
    "instant": InstantUTC(),
    "date": Date(),
    "booleen": Boolean(),
    # In a JSON column, null (nothing) and the JSON value `null` are two things.
    "json": JSON(none_as_null=True),
    "reel": Double(),
    "entier": BigInteger(),
    "texte": Text(),
}


@dataclass(frozen=True)
class Colonne:
    """A column as the manifest describes it; `precision` and `echelle` for a decimal."""

    nom: str
    genre: str
    precision: int | None = None
    echelle: int | None = None


def make_colonne(colonne: Column[Any]) -> Colonne:
    """The portable description of a model's column. Raises TypeError for a type that no genre covers."""
    genre = next((g for classe, g in GENRES if isinstance(colonne.type, classe)), None)
    if genre is None:
        raise TypeError(f"no portable kind for {colonne.table.name}.{colonne.name}: {colonne.type!r}")
    if isinstance(colonne.type, Numeric) and genre == "decimal":
        return Colonne(colonne.name, genre, colonne.type.precision, colonne.type.scale)
    return Colonne(colonne.name, genre)


def make_type(colonne: Colonne) -> TypeEngine[Any]:
    """The type that reads and writes it on both databases. KeyError for an unknown genre."""
    if colonne.genre == "decimal":
        return Numeric(colonne.precision, colonne.echelle)
    return TYPES[colonne.genre]


def make_lecture(colonne: Column[Any], decrite: Colonne) -> ColumnElement[Any]:
    """What to select: enums by value, JSON as the text that stands there."""
    lue = cast(colonne, Text) if decrite.genre == "json" else type_coerce(colonne, make_type(decrite))
    return lue.label(decrite.nom)


def to_ligne(valeur: Any) -> Any:
    """A selected value as its JSON line keeps it."""
    if isinstance(valeur, (date, datetime)):
        return valeur.isoformat()
    return str(valeur) if isinstance(valeur, Decimal) else valeur


def from_ligne(colonne: Colonne, valeur: Any) -> Any:
    """The value to insert. Raises ValueError naming the column when it is not of its kind."""
    if valeur is None:
        return None
    try:
        return _read_valeur(colonne.genre, valeur)
    except (ValueError, ArithmeticError) as erreur:
        raise ValueError(f"{colonne.nom}: no {colonne.genre}") from erreur


def _read_valeur(genre: str, valeur: Any) -> Any:
    match genre, valeur:
        case ("texte", str()) | ("booleen", bool()):
            return valeur
        case "entier", int() if not isinstance(valeur, bool):
            return valeur
        case "reel", float() | int() if not isinstance(valeur, bool):
            return float(valeur)
        case "decimal", str():
            return Decimal(valeur)
        case "date", str():
            return date.fromisoformat(valeur)
        case "instant", str():
            return datetime.fromisoformat(valeur)
        case "json", str():
            lu = json.loads(valeur)
            return JSON.NULL if lu is None else lu
    raise ValueError(genre)
