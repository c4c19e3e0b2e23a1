"""A row under way taken up again: which one, its note, its evidence, and the way to the form."""

from __future__ import annotations

from ccm_data.imports.attente import list_en_cours
from ccm_data.imports.schemas import PAR_SUJET
from ccm_data.phrases import depots as phrases
from ccm_data.textes import _
from pages.ui import cache, components, disposition, pieces, session
from pages.ui.session import Contexte


def show_reprise(contexte: Contexte) -> None:
    """Nothing when no row is under way."""
    # Read afresh: a draft being typed does not move the data's version.
    lignes = cache.read_direct(contexte, list_en_cours, contexte.personne)
    if not lignes:
        return
    components.show_section(_("Reprendre une ligne, ou y joindre une pièce"))
    choix = {"": _("Choisir une ligne")} | {f"{x.sujet}-{x.ligne_id}": phrases.say_en_cours(x) for x in lignes}
    choisie = session.choose_option(_("Ligne en cours"), "reprise", choix, largeur="stretch")
    ligne = next((x for x in lignes if f"{x.sujet}-{x.ligne_id}" == choisie), None)
    if ligne is None:
        return
    with disposition.show_carte("reprise_carte"):
        if ligne.note:
            components.show_phrase(_("Note du SP/CCM"), ligne.note)
        if ligne.sujet in PAR_SUJET:
            components.show_lien_formulaire(_("Ouvrir dans le formulaire"), ligne.sujet, ligne.ligne_id)
        pieces.show_pieces(contexte, ligne.sujet, ligne.ligne_id)
