"""The fields of a typed row, made from the same columns as the workbook's: one widget per kind, values as typed.

Texts commit while they are typed (after a pause), so that the draft follows; nothing here writes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

import streamlit as st

from ccm_data.domain.calendrier import get_dernier_trimestre_fini
from ccm_data.domain.permissions import can_write
from ccm_data.imports.listes import Liste, Listes
from ccm_data.imports.schemas import Colonne, Feuille
from ccm_data.textes import _
from pages.ui import session
from pages.ui.session import Contexte

PAUSE: Final = "1s"
LONG: Final = 34  # characters of a column from which its text is a paragraph
TEXTE_MAX: Final = 10_000
# On a wide screen; Streamlit stacks them on a phone.
COLONNES: Final = 3


def load_frappe() -> None:
    """Paragraphs commit while they are typed, as short texts do by themselves: our own script, of our own server."""
    st.html('<script src="/assets/frappe.js"></script>', unsafe_allow_javascript=True)


def list_defauts(contexte: Contexte, feuille: Feuille) -> dict[str, Any]:
    """What a new row most likely speaks of: the last quarter that ended, one's own region; what the address names."""
    fini = get_dernier_trimestre_fini(contexte.config.aujourd_hui())
    return {
        "periode": f"T{fini.numero} {fini.annee}",
        "region_code": contexte.personne.region_code or contexte.perimetre.region,
        "instance_code": session.get_param("instance"),
        "rencontre_code": session.get_param("rencontre"),
    }


def show_champs(
    contexte: Contexte, colonnes: Sequence[Colonne], listes: Listes, cle: str, depart: Mapping[str, Any], droit: str
) -> dict[str, Any]:
    """The widgets of these columns, side by side, paragraphs over the whole width; field → what stands there."""
    valeurs: dict[str, Any] = {}
    rangee: list[Colonne] = []
    for colonne in [*colonnes, None]:
        large = colonne is not None and _is_paragraphe(colonne)
        if rangee and (colonne is None or large or len(rangee) == COLONNES):
            for place, c in zip(st.columns(COLONNES, gap="small"), rangee, strict=False):
                with place:
                    valeurs[c.champ] = _show_champ(contexte, c, listes, f"{cle}_{c.champ}", depart.get(c.champ), droit)
            rangee = []
        if colonne is not None and large:
            valeurs[colonne.champ] = _show_champ(
                contexte, colonne, listes, f"{cle}_{colonne.champ}", depart.get(colonne.champ), droit
            )
        elif colonne is not None:
            rangee.append(colonne)
    return valeurs


def _is_paragraphe(colonne: Colonne) -> bool:
    return colonne.genre == "texte" and colonne.liste is None and colonne.largeur >= LONG and not colonne.identite


def _show_champ(contexte: Contexte, colonne: Colonne, listes: Listes, cle: str, depart: Any, droit: str) -> Any:
    nom = _(colonne.label or colonne.titre)
    label = f"{nom} *" if colonne.obligatoire else nom
    aide = _(colonne.aide) if colonne.aide else None
    if colonne.genre == "date":
        return st.date_input(
            label, value=depart if isinstance(depart, date) else None, key=cle, help=aide, format="DD/MM/YYYY",
            min_value=date(2015, 1, 1),
        )  # fmt: skip
    if colonne.genre == "codes":
        return _show_plusieurs(colonne, listes, cle, depart, label, aide)
    if colonne.liste is not None or colonne.genre == "periode":
        return _show_liste(contexte, colonne, listes, cle, depart, label, aide, droit)
    texte = _say_depart(depart)
    if colonne.propose is not None:
        return _show_proposee(contexte, colonne, listes, cle, texte, label, aide, droit)
    if _is_paragraphe(colonne):
        return st.text_area(label, value=texte, key=cle, help=aide, max_chars=TEXTE_MAX)
    return st.text_input(label, value=texte, key=cle, help=aide, max_chars=400, live=PAUSE)


def _show_liste(
    contexte: Contexte,
    colonne: Colonne,
    listes: Listes,
    cle: str,
    depart: Any,
    label: str,
    aide: str | None,
    droit: str,
) -> Any:
    """A choice; what is chosen comes back in the words of the list, which the reading knows."""
    options = _list_options(contexte, colonne, listes, droit)
    dit = _find_option(colonne, listes, depart)
    if dit is not None and dit not in options:
        options = [dit, *options]
    return st.selectbox(
        label, options, index=options.index(dit) if dit in options else None, key=cle, help=aide,
        placeholder=_("Choisir"),
    )  # fmt: skip


def _show_proposee(
    contexte: Contexte,
    colonne: Colonne,
    listes: Listes,
    cle: str,
    depart: str,
    label: str,
    aide: str | None,
    droit: str,
) -> str | None:
    """A text that most often repeats one that is known: choose it, or type another."""
    options = _list_permises(contexte, listes[str(colonne.propose)], droit)
    if depart and depart not in options:
        options = [depart, *options]
    return st.selectbox(
        label, options, index=options.index(depart) if depart else None, key=cle, help=aide, placeholder=_("Choisir"),
        accept_new_options=True,
    )  # fmt: skip


def _show_plusieurs(
    colonne: Colonne, listes: Listes, cle: str, depart: Any, label: str, aide: str | None
) -> str | None:
    """Several choices; they come back in one cell, separated as in a workbook."""
    dites = listes[str(colonne.liste)].dites
    connues = [dites[c] for c in str(depart or "").split(";") if c in dites]
    choisies = st.multiselect(
        label, list(dites.values()), default=connues, key=cle, help=aide, placeholder=_("Choisir")
    )
    return ";".join(choisies) or None


def _list_options(contexte: Contexte, colonne: Colonne, listes: Listes, droit: str) -> list[str]:
    """What this person may choose: his own region, its bodies, quarters that began (the latest first)."""
    dites = listes[colonne.liste or "trimestres"].dites
    if colonne.genre == "periode":
        dernier = get_dernier_trimestre_fini(contexte.config.aujourd_hui())
        codes = [c for c in dites if c <= dernier.suivant().code]
        return [dites[c] for c in reversed(codes)]
    if colonne.champ == "region_code":
        personne = contexte.personne
        return [dite for code, dite in dites.items() if can_write(personne, droit, code or None, personne.acteur_code)]
    return _list_permises(contexte, listes[str(colonne.liste)], droit)


def _list_permises(contexte: Contexte, liste: Liste, droit: str) -> list[str]:
    """Bodies and meetings of which this person may write: a focal point, those of his region. Other lists are whole."""
    personne = contexte.personne
    return [
        dite
        for code, dite in liste.dites.items()
        if code not in liste.regions or can_write(personne, droit, liste.regions[code], personne.acteur_code)
    ]


def _find_option(colonne: Colonne, listes: Listes, depart: Any) -> str | None:
    dites = listes[colonne.liste or "trimestres"].dites
    if depart is None:
        return dites.get("") if colonne.champ == "region_code" else None
    if isinstance(depart, bool):
        return dites["oui" if depart else "non"]
    code = str(getattr(depart, "value", depart))
    return dites.get(code, code if code in dites.values() else None)


def _say_depart(depart: Any) -> str:
    """A recorded value as somebody would type it."""
    if depart is None:
        return ""
    if isinstance(depart, (int, float, Decimal)):
        return f"{Decimal(str(depart)).normalize():f}".replace(".", ",")
    return str(depart)
