"""Facts about this database that every screen needs at every run: its nature, its version, its lists."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.db import compute_cle_tri
from ccm_data.models.comptes import FRAPPE, Journal
from ccm_data.models.plan import Axe
from ccm_data.models.plan import Installation as LigneInstallation
from ccm_data.models.territoire import AliasRegion, Region


@dataclass(frozen=True)
class Installation:
    """`version` changes with every journalled change (accounts aside) and every reload of the plan."""

    demonstration: bool
    version: str
    regions: dict[str, str]  # code → name, in official order
    axes: dict[str, str]  # code → short label, in order
    alias_regions: dict[str, str]  # other spelling → code

    def read_region(self, texte: str) -> str:
        """The code behind another spelling (« Tillabéry », « NER006 », « NE-6 »); anything else as it is."""
        cherche = compute_cle_tri(texte)
        return next((code for alias, code in self.alias_regions.items() if compute_cle_tri(alias) == cherche), texte)


def get_installation(session: Session) -> Installation:
    """Nature, version and lists, in four small reads."""
    faits = {ligne.cle: ligne.valeur for ligne in session.scalars(select(LigneInstallation))}
    # Sign-ins, accounts and drafts being typed change no figure: they must not empty the cache of everybody.
    dernier = session.scalar(
        select(Journal.id)
        .where(Journal.objet != "compte", Journal.action != FRAPPE)
        .order_by(Journal.id.desc())
        .limit(1)
    )
    regions = dict(session.execute(select(Region.code, Region.nom).order_by(Region.ordre)).all())
    axes = dict(session.execute(select(Axe.code, Axe.libelle_court).order_by(Axe.ordre)).all())
    alias = dict(session.execute(select(AliasRegion.alias, AliasRegion.region_code)).all())
    version = f"{faits.get('empreinte_plan', '')[:12]}-{faits.get('graine', '')}-{dernier or 0}"
    return Installation(faits.get("nature") == "demonstration", version, regions, axes, alias)
