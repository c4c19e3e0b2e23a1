"""A picture for a scene: judged by its header, cleaned of what is no picture, reduced to what a projector shows."""

from __future__ import annotations

import io
from typing import Final

from PIL import Image

from ccm_data.domain.seances import ImageNettoyee
from ccm_data.errors import FichierIllisible
from ccm_data.preuves.images import JPEG, PNG, check_image, compute_taille, rewrite_image

COTE_MAX: Final = 1920
POIDS_MAX: Final = 30_000_000
QUALITE: Final = 88


def clean_image(octets: bytes) -> ImageNettoyee:
    """PNG or JPEG, upright, without EXIF or anything hidden, 1920 pixels a side at most.

    Raises FichierIllisible (image_inconnue, image_trop_lourde, and preuve_immense above 60 million pixels).
    """
    if not octets.startswith((JPEG, PNG)):
        raise FichierIllisible("image_inconnue", attendu="PNG, JPEG")
    if len(octets) > POIDS_MAX:
        raise FichierIllisible("image_trop_lourde", taille=len(octets), maximum=POIDS_MAX)
    check_image(octets)
    propre = rewrite_image(octets)
    largeur, hauteur = compute_taille(propre)
    if max(largeur, hauteur) > COTE_MAX:
        propre = _reduce(propre)
        largeur, hauteur = compute_taille(propre)
    return ImageNettoyee(propre, "image/png" if propre.startswith(PNG) else "image/jpeg", largeur, hauteur)


def _reduce(octets: bytes) -> bytes:
    with Image.open(io.BytesIO(octets)) as image:
        genre = image.format or "PNG"
        image.thumbnail((COTE_MAX, COTE_MAX))
        sortie = io.BytesIO()
        if genre == "JPEG":
            image.save(sortie, "JPEG", quality=QUALITE, optimize=True)
        else:
            image.save(sortie, "PNG", optimize=True)
    return sortie.getvalue()
