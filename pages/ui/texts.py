"""Words for facts: an error's code, a problem of the address → a sentence that says what, where and how to mend it."""

from __future__ import annotations

from datetime import date
from typing import Any

from ccm_data.domain.perimetre import Probleme
from ccm_data.errors import CCMError
from ccm_data.phrases.comptes import ERREURS_COMPTES
from ccm_data.textes import N_, _
from ccm_data.typographie import say_date, say_ponctuation

VALEUR_MAX = 60
ERREURS: dict[str, str] = {
    "acces_refuse": N_("Votre rôle ne permet pas cette opération. Demandez-la au SP/CCM."),
    "propre_depot": N_("On ne valide pas son propre dépôt : un autre membre du SP/CCM doit le faire."),
    "conflit": N_("Quelqu’un a changé cette ligne entre-temps. Rechargez l’écran, puis reprenez votre saisie."),
    "decision_changee": N_(
        "Quelqu’un a décidé ceci entre-temps : voyez « En vigueur », ci-dessous. Votre saisie est gardée ; "
        "enregistrez de nouveau pour la faire prévaloir."
    ),
    "meme_fait": N_("Une autre ligne dit déjà ce fait. Ouvrez-la pour la corriger."),
    "deja_remplace": N_("Cette ligne est déjà remplacée : rechargez l’écran pour voir la nouvelle."),
    "deja_recu": N_("Ce fichier est déjà reçu : dépôt {valeur}. Rien n’a été compté deux fois."),
    "apercu_change": N_("Une ligne a changé depuis l’aperçu : rien n’a été enregistré. Renvoyez le classeur."),
    "lignes_fautives": N_(
        "Des lignes sont à corriger : {valeur}. Corrigez-les ou écartez-les ; rien n’a été enregistré."
    ),
    "rien_a_deposer": N_("Ce classeur ne dit rien de nouveau : rien n’a été enregistré."),
    "bloquant": N_("Ce classeur ne peut pas être pris : voyez les fautes bloquantes. Rien n’a été enregistré."),
    "depot_traite": N_("Le SP/CCM a déjà traité ce dépôt : il ne se retire plus. Envoyez une correction."),
    "nom_pris": N_("« {valeur} » est déjà pris : choisissez un autre nom."),
    "periode_verrouillee": N_("Ce trimestre est clos. Demandez sa réouverture au SP/CCM."),
    "plan_clos": N_("Le plan est clos : seul le SP/CCM peut le rouvrir, et le journal le dit."),
    "deja_verrouille": N_("Ce trimestre est déjà clos."),
    "pas_verrouille": N_("Ce trimestre n’est pas clos."),
    "transition_interdite": N_("Cette étape n’est pas possible depuis l’état actuel de la ligne."),
    "introuvable": N_("Cet élément n’existe pas ou n’est pas visible pour vous."),
    "valeur_invalide": N_("Valeur refusée pour « {champ} » : {valeur}. Attendu : {attendu}."),
    "valeur_manquante": N_("« {champ} » est vide. Attendu : {attendu}."),
    "date_future": N_("« {champ} » est dans le futur ({valeur}). Attendu : {attendu}."),
    "texte_trop_long": N_("« {champ} » est trop long. Attendu : {attendu}."),
    "code_inconnu": N_("« {valeur} » est inconnu pour « {champ} » : choisissez dans la liste."),
    "champ_inconnu": N_("« {champ} » ne convient pas ici. Attendu : {attendu}."),
    "national_seulement": N_("Cet indicateur est national : laissez la région vide."),
    "combinaison_refusee": N_(
        "Ces réglages ne vont pas ensemble ({regles}) : changez le type, l’agrégation ou la cible."
    ),
    "cibles_incompatibles": N_("Des cibles en vigueur ne se liraient plus avec ce type : retirez-les d’abord."),
    "date_illisible": N_("Date illisible : {valeur}. Écrivez jj/mm/aaaa."),
    **ERREURS_COMPTES,
}
CHAMPS = {
    "source": N_("Source"),
    "date_source": N_("Date de la source"),
    "valeur": N_("Valeur"),
    "niveau": N_("Niveau"),
    "montant": N_("Montant"),
    "motif": N_("Pourquoi"),
    "texte_retenu": N_("Texte retenu"),
    "annee": N_("Année"),
    "poids": N_("Poids"),
    "part_fcfa": N_("Part prévue (FCFA)"),
    "nombre_prevu": N_("Nombre prévu"),
    "nom": N_("Nom"),
    "sigle": N_("Sigle"),
    "indicateur_code": N_("Indicateur"),
    "activite_code": N_("Activité"),
    "region_code": N_("Région"),
    "region": N_("Région"),
    "axe": N_("Axe"),
    "arrete": N_("Date d’arrêté"),
    "trimestre": N_("Trimestre"),
    "cible": N_("Cible"),
}


class _Faits(dict[str, Any]):
    def __missing__(self, cle: str) -> str:
        return "…"


def _say_fait(nom: str, valeur: object) -> object:
    """Facts as people read them: fields by their label, dates in words, long texts cut, lists joined."""
    if nom == "champ":
        return _(CHAMPS[str(valeur)]) if str(valeur) in CHAMPS else valeur
    if isinstance(valeur, date):
        return say_date(valeur)
    if isinstance(valeur, (list, tuple)):
        return ", ".join(map(str, valeur))
    if valeur is None or valeur == "":
        return _("vide")
    texte = str(valeur)
    return texte if len(texte) <= VALEUR_MAX else f"{texte[:VALEUR_MAX]}…"


def say_erreur(erreur: CCMError) -> str:
    """The sentence for an expected error; an unknown code falls back on its class, never on a trace."""
    texte = (
        ERREURS.get(erreur.code) or ERREURS.get(type(erreur).code) or N_("L’opération n’a pas pu se faire ({code}).")
    )
    faits = {nom: _say_fait(nom, valeur) for nom, valeur in erreur.faits.items()}
    return say_ponctuation(_(texte).format_map(_Faits(code=erreur.code, **faits)))


def say_probleme(probleme: Probleme) -> str:
    """The sentence for a parameter of the address that was not followed, and what is shown instead."""
    pris = say_date(date.fromisoformat(probleme.pris)) if probleme.parametre == "arrete" else probleme.pris
    return say_ponctuation(
        _("Le lien demandait {champ} = « {valeur} », qui ne convient pas : l’écran montre {pris}.").format(
            champ=str(_say_fait("champ", probleme.parametre)).lower(),
            valeur=probleme.valeur[:40],
            pris=pris or _("l’ensemble"),
        )
    )
