"""« Documents » and « Ce qui a changé »: the files of a frozen séance, made once and kept for the session; its minutes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import Final
from zlib import crc32

import streamlit as st

from ccm_data.domain.vocabulaire import EtatSeance
from ccm_data.errors import CCMError
from ccm_data.phrases import seances as phrases
from ccm_data.queries.seances import FicheSeance
from ccm_data.reports.comparaison import compare_contenus
from ccm_data.reports.pptx import check_gabarit
from ccm_data.reports.rendus import (
    FORMATS,
    Rendu,
    make_lot,
    make_proces_verbal,
    make_rendus,
    make_table_changements,
    open_contenu,
    open_dossier,
)
from ccm_data.textes import _
from ccm_data.typographie import say_date
from pages.ui import cache, components, session
from pages.ui.projection import get_adresse
from pages.ui.seances import Ouverte, show_rangee
from pages.ui.session import Contexte

MEMO: Final = "seance_rendus"


def show_documents(contexte: Contexte, ouverte: Ouverte) -> None:
    """The files, once they are made; before that, what they are and the button that makes them."""
    fiche = ouverte.fiche
    if not ouverte.figee:
        components.show_vide(
            _("Les documents viennent d’une séance figée."),
            _("En attendant, la répétition se projette, et se garde en un seul fichier HTML."),
        )
        components.show_lien(_("Un seul fichier HTML"), get_adresse(fiche.code, "fichier"))
        return
    gabarit = _choose_gabarit(fiche)
    cle = f"{fiche.empreinte}_{crc32(repr(fiche.scenes).encode()):x}_{crc32(gabarit or b''):x}"
    garde = session.recall(MEMO)
    if not garde or garde[0] != cle:
        components.show_lignes(
            _("Documents de la séance"), [_("Document"), _("Ce qu’il contient")],
            [(_(nom), _(detail)) for nom, detail in phrases.DOCUMENTS.values()],
        )  # fmt: skip
        if st.button(_("Préparer les documents"), type="primary", key="documents_preparer"):
            _make_documents(contexte, fiche, gabarit, cle)
        return
    _show_fichiers(garde[1], garde[2])


def _choose_gabarit(fiche: FicheSeance) -> bytes | None:
    """The user's own template; None: ours. One that is refused is told, and ours is used."""
    with components.show_pli(_("Utiliser le modèle PowerPoint de mon institution")):
        fichier = st.file_uploader(
            _("Modèle .pptx"), type=["pptx"], key=f"gabarit_{fiche.id}",
            help=_("Son masque et ses dispositions habillent les diapositives ; il n’est pas gardé sur le serveur."),
        )  # fmt: skip
        if fichier is None:
            return None
        try:
            check_gabarit(fichier.getvalue(), fichier.name)
        except CCMError as erreur:
            components.show_erreur(erreur)
            components.show_note(_("Le modèle du SP/CCM sera utilisé."))
            return None
        octets: bytes = fichier.getvalue()
        return octets


def _make_documents(contexte: Contexte, fiche: FicheSeance, gabarit: bytes | None, cle: str) -> None:
    """Render everything under a progress bar, keep it for this session."""
    barre = st.progress(0.0, text=_("Lecture de la séance"))

    def _advance(part: float, quoi: str) -> None:
        barre.progress(part, text=_(phrases.DOCUMENTS[quoi][0]) if quoi else _("Documents prêts"))

    try:
        dossier = cache.read_direct(contexte, open_dossier, fiche, contexte.config.maintenant(), gabarit)
        rendus = make_rendus(dossier, FORMATS, _advance)
    except CCMError as erreur:
        components.show_erreur(erreur)
        return
    session.remember(MEMO, (cle, rendus, make_lot(dossier, rendus.values())))
    st.rerun()


def _show_fichiers(rendus: dict[str, Rendu], lot: Rendu) -> None:
    components.show_note(_("Tous portent les mêmes chiffres et la même empreinte."))
    _show_fichier("lot", _("Tous les documents (zip)"), lot)
    for cle, rendu in rendus.items():
        nom, detail = phrases.DOCUMENTS[cle]
        with show_rangee(f"document_{cle}"):
            _show_fichier(cle, _(nom), rendu)
            components.show_note(_(detail))


def _show_fichier(cle: str, label: str, rendu: Rendu) -> None:
    st.download_button(
        label, data=rendu.octets, file_name=rendu.nom, mime=rendu.mime, key=f"rendu_{cle}", icon=":material/download:",
        on_click="ignore", type="primary" if cle == "lot" else "secondary",
    )  # fmt: skip


def show_proces_verbal(contexte: Contexte, fiche: FicheSeance) -> None:
    """The minutes as they draft themselves from what is recorded."""
    components.show_titre_graphique(_("Procès-verbal"))
    components.show_note(
        _(
            "Ordre du jour, présence, quorum, points clés, décisions et suites enregistrés ; à relire et à compléter dans Word."
        )
    )
    demonstration = contexte.installation.demonstration

    def _render() -> bytes:
        return cache.read_direct(contexte, make_proces_verbal, contexte.personne, fiche, demonstration).octets

    st.download_button(
        _("Procès-verbal (Word)"), data=_render, mime=FORMATS["bilan_annuel"].mime, key="proces_verbal",
        file_name=phrases.name_rendu(fiche, "docx", "proces_verbal", demonstration=demonstration),
        icon=":material/download:", on_click="ignore",
    )  # fmt: skip


def show_changements(contexte: Contexte, ouverte: Ouverte, fiches: Sequence[FicheSeance]) -> None:
    """What changed since the former séance of the body, or since a chosen one."""
    fiche = ouverte.fiche
    autres = [x for x in fiches if x.etat is EtatSeance.FIGEE and x.code != fiche.code]
    avant = [x for x in autres if x.date_seance < fiche.date_seance]
    if not avant:
        components.show_vide(
            _("Rien à comparer encore."), _("La comparaison s’ouvre dès qu’une séance antérieure est figée.")
        )
        return
    sienne = next((x for x in avant if x.instance_code == fiche.instance_code), avant[0])
    code = session.choose_option(
        _("Comparer avec"), "avec", {x.code: phrases.say_choix(x) for x in avant}, defaut=sienne.code, largeur=320
    )
    autre = next((x for x in avant if x.code == code), sienne)
    # One instant a day: what is not frozen is read once per version of the data.
    midi = datetime.combine(contexte.config.aujourd_hui(), time(12), UTC)
    lignes = compare_contenus(
        cache.read(contexte, open_contenu, autre, midi), cache.read(contexte, open_contenu, fiche, midi)
    )["lignes"]
    components.show_phrase(phrases.say_titre_changements(len(lignes), say_date(autre.date_seance)) + ".", "")
    if not ouverte.figee:
        components.show_note(_("Cette séance n’est pas figée : ses chiffres sont ceux de maintenant."))
    components.show_telechargement(
        contexte, f"seance-{fiche.code}-changements", lambda: {_("Changements"): make_table_changements(lignes)},
        key="changements",
    )  # fmt: skip
    for rubrique, titre in phrases.RUBRIQUES.items():
        siennes = [(x["quoi"], x["avant"], x["apres"]) for x in lignes if x["rubrique"] == rubrique]
        if siennes:
            components.show_titre_graphique(_(titre))
            components.show_lignes(_(titre), [_("Quoi"), _("Avant"), _("Maintenant")], siennes)
