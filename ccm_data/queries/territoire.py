"""Reading the territory: regions, departments, towns."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.db import read_frame
from ccm_data.domain.repartition import NATIONAL
from ccm_data.models.territoire import Departement, Localite, Region
from ccm_data.textes import _


def list_regions(session: Session) -> pd.DataFrame:
    """Columns: code, nom, iso, population_2012, superficie_km2; official order."""
    return read_frame(
        session,
        select(Region.code, Region.nom, Region.iso, Region.population_2012, Region.superficie_km2).order_by(
            Region.ordre
        ),
    )


def say_region(code: str | None, regions: Mapping[str, str]) -> str:
    """A region's name; none, or the code of the whole country: national."""
    return _("National") if code in (None, NATIONAL) else regions.get(str(code), str(code))


def list_departements(session: Session) -> pd.DataFrame:
    """Columns: code, nom, region_code, chef_lieu, lat, lon."""
    return read_frame(
        session,
        select(
            Departement.code,
            Departement.nom,
            Departement.region_code,
            Departement.chef_lieu,
            Departement.lat,
            Departement.lon,
        ).order_by(Departement.code),
    )


def list_localites(session: Session) -> pd.DataFrame:
    """Columns: nom, region_code, lat, lon, rang."""
    return read_frame(
        session,
        select(Localite.nom, Localite.region_code, Localite.lat, Localite.lon, Localite.rang).order_by(
            Localite.region_code, Localite.rang
        ),
    )
