"""A picture for a scene: chosen, said in words, cleaned and reduced, then added with its scene in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import streamlit as st
from sqlalchemy.orm import Session

from ccm_data.commands import seances as commandes
from ccm_data.domain.permissions import Personne
from ccm_data.domain.seances import ImageNettoyee, SceneChoisie
from ccm_data.errors import FichierIllisible, ValeurInvalide
from ccm_data.reports.images import clean_image
from ccm_data.textes import _
from pages.ui import components
from pages.ui import seances as actions
from pages.ui.formulaires import Champ, show_formulaire
from pages.ui.seances import Ouverte

Inserer = Callable[[SceneChoisie, str], list[dict[str, Any]]]


def show_ajout_image(ouverte: Ouverte, rang: int, place: Champ, inserer: Inserer, fini: Callable[[], str]) -> None:
    """The file, then what it shows in words (asked: who cannot see it must know)."""
    fichier = st.file_uploader(
        _("Image PNG ou JPEG (30 Mo au plus)"), type=["png", "jpg", "jpeg"], key=f"image_{ouverte.fiche.id}_{rang}",
        help=_("Position, date et auteur de la photo sont retirés ; l’image est réduite à 1920 points."),
    )  # fmt: skip

    def _send(valeurs: dict[str, Any]) -> str:
        if fichier is None:
            raise ValeurInvalide("image_manquante", champ="image", valeur=None, attendu="PNG, JPEG")
        try:
            image = clean_image(fichier.getvalue())
        except FichierIllisible as erreur:
            erreur.faits.setdefault("nom", fichier.name)
            raise
        actions.apply(ouverte, add_scene_image, fichier.name, valeurs, image, inserer)
        return fini()

    champs = [
        Champ("alt", _("Ce que montre l’image, en mots"), maximum=400, aide=_("Obligatoire. Aucun nom de personne.")),
        Champ("titre", _("Titre de la scène"), maximum=200),
        Champ("decision", _("Décision demandée"), maximum=400),
        place,
    ]
    show_formulaire(f"image_{ouverte.fiche.id}_{ouverte.vue}_{rang}", champs, _("Ajouter l’image"), _send)
    if fichier is None:
        components.show_note(_("Choisissez l’image, puis dites ce qu’elle montre."))


def add_scene_image(
    base: Session, personne: Personne, maintenant: datetime, seance_id: int, version: int,
    nom: str, valeurs: dict[str, Any], image: ImageNettoyee, inserer: Inserer,
) -> int:  # fmt: skip
    """The picture and the scene that shows it; the new version."""
    numero = commandes.add_image(base, personne, maintenant, seance_id, nom, valeurs["alt"], image)
    decision = {"decision": valeurs["decision"].strip()} if valeurs["decision"].strip() else {}
    scene = SceneChoisie("image", valeurs["titre"].strip(), {"image_id": numero, **decision})
    return commandes.set_scenes(base, personne, maintenant, seance_id, version, inserer(scene, valeurs["place"]))
