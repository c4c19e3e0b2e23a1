"""Forms out of a table of fields: labels, kinds, options; values come back as the commands read them (text, code, date).

A refused form keeps what was typed; its message says which field and what is allowed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import streamlit as st

from ccm_data.errors import CCMError
from ccm_data.textes import _
from pages.ui import components, session

LARGE_HAUT = 180  # pixels: seven lines


@dataclass(frozen=True)
class Champ:
    """A field. `genre`: texte, zone, choix, plusieurs, date, case."""

    nom: str
    label: str
    genre: str = "texte"
    options: Mapping[str, str] = field(default_factory=dict)
    defaut: Any = None
    aide: str | None = None
    maximum: int = 400
    large: bool = False  # a zone under the columns, over the whole width


def _show_champ(champ: Champ, key: str) -> Any:
    cle = f"{key}_{champ.nom}"
    if champ.genre == "choix":
        codes = list(champ.options)
        rang = codes.index(champ.defaut) if champ.defaut in champ.options else 0
        return st.selectbox(
            champ.label, codes, index=rang, key=cle, help=champ.aide, format_func=lambda c: champ.options.get(c, c)
        )
    if champ.genre == "plusieurs":
        return st.multiselect(
            champ.label, list(champ.options), default=champ.defaut, key=cle, help=champ.aide,
            format_func=lambda c: champ.options.get(c, c), placeholder=_("Choisir"),
        )  # fmt: skip
    if champ.genre == "date":
        return st.date_input(
            champ.label, value=champ.defaut, key=cle, help=champ.aide, format="DD/MM/YYYY", min_value=date(2015, 1, 1)
        )
    if champ.genre == "case":
        return st.checkbox(champ.label, value=bool(champ.defaut), key=cle, help=champ.aide)
    if champ.genre == "zone":
        return st.text_area(
            champ.label, value=champ.defaut or "", key=cle, help=champ.aide, max_chars=champ.maximum,
            height=LARGE_HAUT if champ.large else None,
        )  # fmt: skip
    return st.text_input(champ.label, value=champ.defaut or "", key=cle, help=champ.aide, max_chars=champ.maximum)


def show_formulaire(key: str, champs: Sequence[Champ], bouton: str, envoyer: Callable[[dict[str, Any]], str]) -> None:
    """Draw the form; on submit, `envoyer(values)` runs a command and returns the words of its success.

    Its CCMError is shown above the button and nothing typed is lost.
    """
    with st.form(key, border=True, enter_to_submit=False):
        etroits = [c for c in champs if not c.large]
        colonnes = st.columns(max(min(len(etroits), 3), 1), gap="small")
        valeurs = {}
        for rang, champ in enumerate(etroits):
            with colonnes[rang % len(colonnes)]:
                valeurs[champ.nom] = _show_champ(champ, key)
        for champ in champs:
            if champ.large:
                valeurs[champ.nom] = _show_champ(champ, key)
        envoye = st.form_submit_button(bouton, type="primary")
    if envoye:
        try:
            fait = envoyer(valeurs)
        except CCMError as erreur:
            components.show_erreur(erreur)
            return
        session.remember("avis", fait)
        st.rerun()


def show_avis() -> None:
    """The words of the change just made, once."""
    avis = session.recall("avis", forget=True)
    if avis:
        components.show_succes(avis)


def list_provenance(aujourd_hui: date) -> list[Champ]:
    """The two fields that every decision carries."""
    return [
        Champ("source", _("Source (document, procès-verbal)"), aide=_("D’où vient ce chiffre : obligatoire.")),
        Champ("date_source", _("Date de la source"), "date", defaut=aujourd_hui),
    ]
