"""The evidence of one row: its files to open, one to join, one to take away. Their bytes pass by `preuves`' own route."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import streamlit as st
from sqlalchemy.orm import Session

from ccm_data.commands.preuves import add_preuve, remove_preuve
from ccm_data.domain.permissions import Personne
from ccm_data.errors import CCMError
from ccm_data.phrases.sauvegarde import say_taille
from ccm_data.preuves.controle import OCTETS_MAX
from ccm_data.queries.preuves import FichePreuve, list_preuves, list_preuves_par_ligne
from ccm_data.textes import _
from pages.ui import cache, components, session
from pages.ui.preuves import get_adresse
from pages.ui.session import Contexte

Choix = tuple[str, int]


def show_liste(preuves: Sequence[FichePreuve]) -> None:
    """The files as links: name, size, who joined them, whether readers may open them."""
    components.show(
        "pieces.html", pieces=[(p, session.get_adresse(get_adresse(p.id)), say_taille(p.taille)) for p in preuves]
    )


def show_jointes(contexte: Contexte, sujet: str, ligne_id: int) -> None:
    """The files joined to a row that is read, those that this person may open; nothing when there is none."""
    preuves = cache.read_direct(contexte, list_preuves, contexte.personne, sujet, ligne_id)
    if preuves:
        components.show_titre_graphique(_("Pièces justificatives"))
        show_liste(preuves)


def list_par_ligne(contexte: Contexte, choix: Sequence[Choix]) -> dict[Choix, list[tuple[str, str, str]]]:
    """The files of many rows (subject, id): name, address, size; one read a subject."""
    trouvees: dict[Choix, list[tuple[str, str, str]]] = {}
    for sujet in {c[0] for c in choix}:
        ids = [c[1] for c in choix if c[0] == sujet]
        par_id = cache.read_direct(contexte, list_preuves_par_ligne, contexte.personne, sujet, ids)
        for numero, preuves in par_id.items():
            trouvees[sujet, numero] = [
                (p.nom, session.get_adresse(get_adresse(p.id)), say_taille(p.taille)) for p in preuves
            ]
    return trouvees


def show_suivantes(contexte: Contexte, sujet: str, ligne_id: int) -> None:
    """The files of the validated row that the form corrects: nobody has to join them again."""
    preuves = cache.read_direct(contexte, list_preuves, contexte.personne, sujet, ligne_id)
    if preuves:
        components.show_note(_("Pièces de la version validée : elles suivront la ligne corrigée dès sa validation."))
        show_liste(preuves)


def show_annonce() -> None:
    """Before the row is kept: where its evidence will go. It also fetches the uploader while the link still holds."""
    components.show_section(_("Pièces justificatives"))
    st.file_uploader(
        _("Une pièce se joint dès que la ligne est enregistrée comme brouillon"), key="saisie_pieces", disabled=True
    )


def show_pieces(contexte: Contexte, sujet: str, ligne_id: int) -> None:
    """The row's files, and the means to join or take away one. Whoever may not is told by the command."""
    cle = f"saisie_pieces_{sujet}_{ligne_id}"
    preuves = cache.read_direct(contexte, list_preuves, contexte.personne, sujet, ligne_id)
    components.show_section(_("Pièces justificatives"))
    if preuves:
        show_liste(preuves)
    tour = session.recall(f"{cle}_tour", 0)
    fichier = st.file_uploader(
        _("Joindre une pièce (PDF, JPEG, PNG, DOCX ou XLSX, {n} Mo au plus)").format(n=OCTETS_MAX // 1_000_000),
        key=f"{cle}_{tour}",
        help=_(
            "Aucun nom de personne. La date et le lieu de la photo sont retirés ; la pièce reste réservée au SP/CCM et à vous."
        ),
    )
    if fichier is not None:
        _join(contexte, sujet, ligne_id, fichier.name, fichier.getvalue(), cle, tour)
    if preuves:
        noms = {str(p.id): p.nom for p in preuves}
        retiree = st.selectbox(
            _("Retirer une pièce"), list(noms), index=None, format_func=lambda c: noms[c], key=f"{cle}_choix_{tour}",
            placeholder=_("Choisir"),
        )  # fmt: skip
        if retiree and st.button(_("Retirer cette pièce"), key=f"{cle}_retirer"):
            _apply(f"{cle}_tour", tour, lambda: session.apply(remove_preuve, int(retiree)))


def _join(contexte: Contexte, sujet: str, ligne_id: int, nom: str, octets: bytes, cle: str, tour: int) -> None:
    def _add(transaction: Session, personne: Personne, maintenant: datetime) -> int:
        return add_preuve(transaction, contexte.config, personne, maintenant, sujet, ligne_id, nom, octets)

    _apply(f"{cle}_tour", tour, lambda: session.apply(_add))


def _apply(memo: str, tour: int, faire: Callable[[], object]) -> None:
    try:
        faire()
    except CCMError as erreur:
        components.show_erreur(erreur)
        return
    session.remember(memo, tour + 1)
    st.rerun()
