"""What « Qui doit quoi » draws: its filters, the row that was chosen, the reminders to copy and, where set up, to send."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from ccm_data.config import ReglagesCourriel, read_adresse_publique, read_courriel
from ccm_data.domain import relances as regles
from ccm_data.domain.permissions import can_write, get_portee, get_portee_ecriture
from ccm_data.domain.relances import SPCCM, CompteDus, Du
from ccm_data.errors import EnvoiImpossible, ReglageManquant
from ccm_data.messagerie.relances import send_relances
from ccm_data.phrases import completude as phrases
from ccm_data.phrases import relances as messages
from ccm_data.phrases.relances import Message
from ccm_data.queries.completude import Situation, filter_dus, group_dus
from ccm_data.textes import _
from pages.ui import components, formulaires, reglages, session
from pages.ui.session import Contexte


def show_filtres(contexte: Contexte, situation: Situation) -> None:
    """Region, who, quarter; for whoever may read rows. Only who owes something is offered."""
    if get_portee(contexte.personne, "brouillons") == "non":
        return
    if get_portee(contexte.personne, "brouillons") == "tout":
        reglages.choose_region(contexte, 250)
        noms = {q.code: phrases.say_declarant(q, situation.noms) for q, _d in group_dus(situation.dus, situation.noms)}
        acteurs = {code: nom for code, nom in noms.items() if code not in situation.noms.regions}
        session.choose_option(_("Organisation"), "acteur", {"": _("Tous les déclarants")} | acteurs, largeur=260)
    trimestres = sorted({d.trimestre for d in situation.dus if d.trimestre}, reverse=True)
    session.choose_option(
        _("Trimestre"),
        "trimestre",
        {"": _("Tous les trimestres")} | {t: phrases.say_trimestre_code(t) for t in trimestres},
        largeur=250,
    )


@dataclass(frozen=True)
class Vue:
    """What the address asks to see: the things owed, their counts before the choice of a nature, the place and actor."""

    dus: tuple[Du, ...]
    comptes: tuple[CompteDus, ...]
    region: str | None
    acteur: str | None


def read_vue(contexte: Contexte, situation: Situation) -> Vue:
    """The things owed that the address asks for; what it says wrongly asks for nothing."""
    portee = get_portee(contexte.personne, "brouillons")
    nature, trimestre, acteur = (session.get_param(nom) for nom in ("nature", "trimestre", "acteur"))
    region = {"tout": contexte.perimetre.region, "sa_region": contexte.personne.region_code}.get(portee)
    if portee == "propre":
        acteur = contexte.personne.acteur_code
    elif portee != "tout" or acteur not in {d.declarant.code for d in situation.dus}:
        acteur = None
    tous = filter_dus(
        situation.dus,
        region=region,
        acteur=acteur if portee == "tout" else None,
        nature=None,
        trimestre=trimestre if trimestre in {d.trimestre for d in situation.dus} else None,
    )
    dus = tuple(d for d in tous if nature not in regles.NATURES or d.nature == nature)
    return Vue(dus, regles.count_natures(tous) if situation.dus else situation.comptes, region, acteur)


def say_titre(situation: Situation, dus: Sequence[Du], aujourd_hui: date) -> str:
    """The message of what is shown; of all that is counted for who reads no row."""
    bilan = regles.compute_bilan(dus) if situation.dus else situation.bilan
    return phrases.say_titre_completude(bilan, situation.noms, aujourd_hui, nommer=bool(situation.dus))


def make_colonnes() -> dict[str, Any]:
    """Columns of what is owed: names of organisations are long."""
    return {
        _("Qui"): st.column_config.TextColumn(_("Qui"), width=210),
        _("Quoi"): st.column_config.TextColumn(_("Quoi"), width=500),
    }


def show_choisi(contexte: Contexte, situation: Situation, du: Du) -> None:
    """The row that was chosen, in full, and the screen where it is looked at or mended."""
    quoi = phrases.say_objet_du(du, situation.noms) if du.nature == regles.RETOUR or not du.texte else du.texte
    components.show_phrase(f"{phrases.say_declarant(du.declarant, situation.noms)} :", quoi)
    lien = _get_lien(contexte, du)
    if lien is not None:
        components.show_lien_ecran(*lien)


def _get_lien(contexte: Contexte, du: Du) -> tuple[str, str, dict[str, str]] | None:
    """The screen of a thing owed: key, words, parameters. Who validates does not mend another's row."""
    depose = get_portee_ecriture(contexte.personne, "deposer") in ("propre", "sa_region")
    if du.nature == regles.RETOUR:
        params = components.make_params_formulaire(du.sujet or "", du.ligne_id)
        return ("deposer", _("Ouvrir la ligne pour la corriger"), params) if depose else None
    if du.nature == regles.DOCUMENT:
        return "documents", _("Ouvrir les documents"), {"etat": "attente"}
    if du.nature == regles.RECOMMANDATION:
        return "recommandations", _("Ouvrir les recommandations"), {}
    if du.nature == regles.INTERVENTION:
        return "acteurs", _("Ouvrir la fiche de l’organisation"), {"acteur": du.declarant.code}
    if depose:
        return "deposer", _("Déposer sur la page"), components.make_params_formulaire(regles.SUJETS[du.nature])
    if du.region_code is not None:
        return "region", _("Ouvrir la fiche de la région"), {"region": du.region_code}
    return None


def show_relances(contexte: Contexte, situation: Situation, dus: Sequence[Du], aujourd_hui: date) -> None:
    """For the SP/CCM: a reminder per who owes, ready to copy, and sent where a mail server is set up."""
    if not can_write(contexte.personne, "relancer") or not dus:
        return
    components.show_section(_("Rappels à envoyer"))
    try:
        adresse, courriel = read_adresse_publique(), read_courriel()
    except ReglageManquant as erreur:
        components.show_erreur(erreur)
        adresse, courriel = "", None
    tous = messages.make_messages(
        group_dus(dus, situation.noms), situation.noms, aujourd_hui, adresse,
        demonstration=contexte.installation.demonstration,
    )  # fmt: skip
    code = session.choose_option(_("Destinataire"), "destinataire", messages.list_destinataires(tous), largeur=320)
    choisis = tuple(m for m in tous if code in (None, m.code))
    components.show_note(
        _(
            "Les rappels suivent les filtres ci-dessus et sont en français. Le bouton en haut à droite du cadre copie tout."
        )
    )
    _show_textes(choisis)
    if courriel is None:
        components.show_note(_("L’envoi par courriel n’est pas réglé : copiez le texte. Réglage : docs/relances.md."))
    else:
        _show_envoi(contexte, situation, courriel, choisis)


def _show_textes(choisis: tuple[Message, ...]) -> None:
    """The text in a frame with its copy button; folded when it is long. No inner scroll: the keyboard could not reach it."""
    texte = messages.join_messages(choisis)
    if len(choisis) == 1:
        st.code(texte, language=None, wrap_lines=True)
        return
    with components.show_pli(messages.say_pli(choisis)):
        st.code(texte, language=None, wrap_lines=True)


def _show_envoi(
    contexte: Contexte, situation: Situation, courriel: ReglagesCourriel, choisis: tuple[Message, ...]
) -> None:
    connus = {*situation.noms.regions, *situation.noms.acteurs, SPCCM}

    def _send(valeurs: dict[str, Any]) -> str:
        bilan = send_relances(
            session.apply, courriel, choisis, connus, contexte.config.maintenant(), forcer=valeurs["forcer"]
        )
        noms = {m.code: m.nom for m in choisis}
        if bilan.echecs and not bilan.envoyes:
            raise EnvoiImpossible("rappels_non_partis", noms=messages.list_echecs(bilan, noms))
        return messages.say_bilan_envoi(bilan, noms)

    formulaires.show_formulaire(
        "relances",
        [
            formulaires.Champ(
                "forcer", _("Écrire même à qui a reçu un rappel depuis moins de 24 heures"), "case", defaut=False
            )
        ],
        messages.say_bouton(choisis),
        _send,
    )
