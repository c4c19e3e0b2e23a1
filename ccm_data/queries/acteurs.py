"""Reading the directory of actors and where they work."""

from __future__ import annotations

from datetime import date

import pandas as pd
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ccm_data.db import read_frame
from ccm_data.domain.vocabulaire import EtatSuivi
from ccm_data.models.acteurs import Acteur, AliasActeur
from ccm_data.models.suivi import Presence


def list_acteurs(session: Session, jour: date | None = None) -> pd.DataFrame:
    """Columns: code, nom, sigle, categorie, region_code, valide_du, valide_au, section, remarque, alias (joined).

    With `jour`, only those valid on that day. Sorted without accents or case.
    """
    requete = select(
        Acteur.code,
        Acteur.nom,
        Acteur.sigle,
        Acteur.categorie,
        Acteur.region_code,
        Acteur.valide_du,
        Acteur.valide_au,
        Acteur.section,
        Acteur.remarque,
    ).order_by(Acteur.cle_tri, Acteur.code)
    if jour is not None:
        requete = requete.where(
            or_(Acteur.valide_du.is_(None), Acteur.valide_du <= jour),
            or_(Acteur.valide_au.is_(None), Acteur.valide_au >= jour),
        )
    acteurs = read_frame(session, requete)
    alias = read_frame(session, select(AliasActeur.acteur_code, AliasActeur.alias).order_by(AliasActeur.alias))
    joints = alias.groupby("acteur_code")["alias"].agg(" ; ".join) if len(alias) else pd.Series(dtype=object)
    acteurs["alias"] = [joints.get(code, "") for code in acteurs["code"]]
    return acteurs


def list_noms_acteurs(session: Session) -> dict[str, str]:
    """Code → what labels show: the acronym where there is one, else the name."""
    return {
        code: sigle or nom
        for code, nom, sigle in session.execute(
            select(Acteur.code, Acteur.nom, Acteur.sigle).order_by(Acteur.cle_tri, Acteur.code)
        )
    }


def list_presences(session: Session, date_arrete: date) -> pd.DataFrame:
    """Validated presences active at a date: acteur_code, nom, sigle, categorie, region_code, domaine, depuis, lat, lon."""
    return read_frame(
        session,
        select(
            Presence.acteur_code,
            Acteur.nom,
            Acteur.sigle,
            Acteur.categorie,
            Presence.region_code,
            Presence.domaine,
            Presence.depuis,
            Presence.lat,
            Presence.lon,
        )
        .join(Acteur, Presence.acteur_code == Acteur.code)
        .where(
            Presence.etat == EtatSuivi.VALIDE,
            or_(Presence.depuis.is_(None), Presence.depuis <= date_arrete),
            or_(Presence.jusqua.is_(None), Presence.jusqua >= date_arrete),
        )
        .order_by(Acteur.cle_tri, Presence.region_code),
    )
