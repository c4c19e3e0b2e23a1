"""The frame around every screen: page set-up, navigation, context strip, then the screen itself.

Streamlit runs this file at every interaction. `st.navigation` gets all the screens, so that deep links live even when
the menu hides them; each screen's guard decides for itself who may see it.
"""

import streamlit as st

from ccm_data.textes import _
from ccm_data.typographie import say_instant
from pages.ui import bandeau, components, session
from pages.ui.navigation import ECRANS, SECTIONS, Ecran

ASSETS = components.ASSETS


def _make_page(ecran: Ecran, contexte: session.Contexte) -> st.Page:
    return st.Page(
        ecran.fichier,
        title=_(ecran.titre),
        url_path=ecran.adresse or None,
        default=not ecran.adresse,
        visibility="visible" if contexte.personne.role in ecran.roles else "hidden",
    )


def _say_titre_onglet(page: st.Page) -> str:
    return f"{page.title} · SP/CCM"


def _say_panne(ici: session.Contexte) -> str:
    return _(
        "Cet écran n’a pas pu s’afficher en entier. Ce qui était enregistré l’est toujours. Rechargez la page ; "
        "si cela continue, dites à l’administrateur l’écran et l’heure : {heure}."
    ).format(heure=say_instant(ici.config.maintenant()))


contexte = session.open_contexte()
pages = {ecran.cle: _make_page(ecran, contexte) for ecran in ECRANS if ecran.fichier.exists()}
choisie = st.navigation(
    {
        _(titre): [pages[e.cle] for e in ECRANS if e.section == section and e.cle in pages]
        for section, titre in SECTIONS.items()
    },
    position="top",
)
st.set_page_config(
    page_title=_say_titre_onglet(choisie), page_icon=str(ASSETS / "favicon.png"), layout="wide", menu_items={}
)
session.publish_pages(pages)
st.logo(str(ASSETS / "logo.svg"), size="large", icon_image=str(ASSETS / "logo.svg"))
st.html(ASSETS / "ccm.css")
with st.container(key="page", gap="xsmall"):
    if contexte.compte is not None and contexte.compte.doit_changer:
        components.show_lien(_("Choisir votre mot de passe avant de continuer"), "/auth/password")
    else:
        bandeau.show_bandeau(contexte)
        try:
            choisie.run()
        except Exception:  # a bug: it surfaces in the log, with its place; the person gets plain words
            components.show_message_erreur(_say_panne(contexte))
            raise
