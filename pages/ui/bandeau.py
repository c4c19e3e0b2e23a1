"""The context strip: facts' date, who reported, the demonstration's mark; language and sign-in on the right."""

from __future__ import annotations

import streamlit as st

from ccm_data.domain.calendrier import Trimestre, list_trimestres
from ccm_data.queries.rapports import get_completude
from ccm_data.textes import LANGUES, _
from ccm_data.typographie import say_date, say_trimestre
from pages.ui import cache, components, session
from pages.ui.garde import get_lien_connexion
from pages.ui.session import Contexte


def show_bandeau(contexte: Contexte) -> None:
    """Draw the strip. Its left says what every figure below rests on."""
    perimetre = contexte.perimetre
    trimestre = Trimestre.from_date(perimetre.date_arrete)
    completude = cache.read(contexte, get_completude, perimetre.date_arrete, contexte.config.aujourd_hui())
    with st.container(horizontal=True, key="bandeau_outils", vertical_alignment="center"):
        components.show(
            "bandeau.html",
            date=say_date(perimetre.date_arrete),
            trimestre=say_trimestre(trimestre.annee, trimestre.numero),
            rendus=completude.rendus,
            attendus=completude.attendus,
            demonstration=contexte.installation.demonstration,
            problemes=[components.say_probleme(p) for p in contexte.problemes],
        )
        _show_langue(contexte)
        _show_compte(contexte)


def _show_langue(contexte: Contexte) -> None:
    def _change() -> None:
        session.choose_langue(session.get_widget("bandeau_langue") or contexte.langue)

    st.segmented_control(
        _("Langue"),
        LANGUES,
        default=contexte.langue,
        format_func=str.upper,
        key="bandeau_langue",
        label_visibility="collapsed",
        required=True,
        on_change=_change,
    )


def _show_compte(contexte: Contexte) -> None:
    with st.popover(contexte.compte.libelle if contexte.compte else _("Se connecter"), key="bandeau_compte"):
        _show_arrete(contexte)
        if contexte.compte:
            page = session.get_page("a_faire")
            if page is not None:
                st.page_link(page, label=_("À faire aujourd’hui"))
            components.show_liens(
                [(_("Changer de mot de passe"), "/auth/password"), (_("Se déconnecter"), "/auth/logout")]
            )
        else:
            components.show_liens([(_("Se connecter"), get_lien_connexion())])


def _show_arrete(contexte: Contexte) -> None:
    """The facts' date: the end of any quarter already ended."""
    codes = [t.fin.isoformat() for t in reversed(list_trimestres(contexte.config.aujourd_hui()))]
    noms = {t.fin.isoformat(): say_trimestre(t.annee, t.numero) for t in list_trimestres(contexte.config.aujourd_hui())}
    actuel = contexte.perimetre.date_arrete.isoformat()
    if actuel not in codes:
        codes.insert(0, actuel)
        noms[actuel] = say_date(contexte.perimetre.date_arrete)

    def _change() -> None:
        choisi = session.get_widget("bandeau_arrete")
        session.choose_arrete(None if choisi == codes[0] else choisi)

    st.selectbox(
        _("Données arrêtées à la fin du"),
        codes,
        index=codes.index(actuel),
        format_func=lambda code: noms[code],
        key="bandeau_arrete",
        on_change=_change,
    )
