"""The first statement of every screen: may this person see it?

It decides by itself, from the sign-in cookie, whether or not the frame ran before: on a fresh server a direct address
can reach a script without its frame.
"""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from ccm_data.domain.vocabulaire import Role
from ccm_data.textes import _
from pages.ui import components
from pages.ui.navigation import PAR_CLE
from pages.ui.session import Contexte, open_contexte


def open_ecran(cle: str) -> Contexte:
    """The context of this run; stops the screen with a plain word when the person may not see it."""
    contexte = open_contexte()
    ecran = PAR_CLE[cle]
    if contexte.compte is not None and contexte.compte.doit_changer:
        st.stop()
    if contexte.personne.role in ecran.roles:
        return contexte
    components.show_titre(_(ecran.titre), _("Écran réservé"))
    if contexte.personne.role == Role.VISITEUR:
        components.show_refus(
            _("Cet écran demande une connexion."), _("Se connecter"), get_lien_connexion(f"/{ecran.adresse}")
        )
    else:
        components.show_refus(
            _("Cet écran est réservé. Votre rôle ne l’ouvre pas : demandez l’accès au SP/CCM."),
        )
    st.stop()


def get_lien_connexion(chemin: str | None = None) -> str:
    """The address of the sign-in page that comes back to this very screen, its parameters kept."""
    if chemin is None:
        chemin = "/" + (st.context.url or "").split("://", 1)[-1].partition("/")[2].split("?", 1)[0]
    parametres = urlencode(dict(st.query_params.items()))
    return "/auth/login?" + urlencode({"next": f"{chemin}?{parametres}" if parametres else chemin})
