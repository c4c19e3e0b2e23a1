"""Builders for the tests of evidence: a row of the SP/CCM in any state, a file joined to it."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from ccm_data.commands.preuves import add_preuve
from ccm_data.config import Config
from ccm_data.domain.permissions import Personne
from ccm_data.domain.vocabulaire import EtatSuivi
from ccm_data.models.suivi import MiseAJour
from tests.aides.preuves import make_pdf
from tests.integration.aides_commandes import MAINTENANT, add_ligne

PDF = make_pdf()
QUI = ("visiteur", "lecteur", "acteur", "focal", "se", "admin")


def add(session: Session, config: Config, personne: Personne, ligne: MiseAJour, octets: bytes = PDF, **k: Any) -> int:
    return add_preuve(session, config, personne, MAINTENANT, "mise_a_jour", ligne.id, "PV d’Arlit.pdf", octets, **k)


def make_ligne(
    session: Session, qui: dict[str, Personne], etat: EtatSuivi, lieu: tuple[str | None, str | None] = ("NE001", None)
) -> MiseAJour:
    """A row written by a member of the SP/CCM, so that its author alone opens it to nobody."""
    valide = {"valide_le": MAINTENANT, "valide_par_id": qui["se"].compte_id} if etat is EtatSuivi.VALIDE else {}
    return add_ligne(session, qui["se2"], etat, region_code=lieu[0], acteur_code=lieu[1], **valide)
