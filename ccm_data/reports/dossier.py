"""A séance opened as a Deck, whatever then draws it: the frozen content, or the figures of now for a rehearsal."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from ccm_data.domain.seances import compute_empreinte
from ccm_data.domain.vocabulaire import EtatSeance
from ccm_data.models.seances import Seance
from ccm_data.queries.seances import FicheSeance, read_contenu_fige, read_images
from ccm_data.reports.composition import make_deck
from ccm_data.reports.gel import read_contenu
from ccm_data.reports.scenes import Deck, Image
from ccm_data.textes import get_langue, set_langue

REPETITION: Final = "répétition"


def open_deck(session: Session, fiche: FicheSeance, maintenant: datetime) -> Deck:
    """The deck of a séance in French. While it is not frozen it is a rehearsal, and its hash says so."""
    langue = get_langue()
    set_langue("fr")
    try:
        if fiche.etat is EtatSeance.FIGEE:
            contenu, empreinte = read_contenu_fige(session, fiche.id), fiche.empreinte or ""
        else:
            contenu = read_contenu(session, session.get_one(Seance, fiche.id), maintenant)
            empreinte = f"{REPETITION} {compute_empreinte(contenu)}"
        images = {
            numero: Image(octets, image.type_mime, image.alt, image.largeur, image.hauteur)
            for numero, (image, octets) in read_images(session, fiche.id).items()
        }
        return make_deck(contenu, empreinte, fiche.scenes, images)
    finally:
        set_langue(langue)
