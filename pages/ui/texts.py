"""Words for facts: an error's code, a problem of the address → a sentence that says what, where and how to mend it."""

from __future__ import annotations

from typing import Any

from ccm_data.errors import CCMError
from ccm_data.phrases.comptes import ERREURS_COMPTES
from ccm_data.textes import N_, _
from ccm_data.typographie import say_ponctuation

ERREURS: dict[str, str] = {
    "acces_refuse": N_("Votre rôle ne permet pas cette opération. Demandez-la au SP/CCM."),
    "conflit": N_("Quelqu’un a changé cette ligne entre-temps. Rechargez l’écran, puis reprenez votre saisie."),
    "periode_verrouillee": N_("Ce trimestre est clos. Demandez sa réouverture au SP/CCM."),
    "transition_interdite": N_("Cette étape n’est pas possible depuis l’état actuel de la ligne."),
    "introuvable": N_("Cet élément n’existe pas ou n’est pas visible pour vous."),
    "valeur_invalide": N_("Valeur refusée pour « {champ} » : {valeur}. Attendu : {attendu}."),
    "date_illisible": N_("Date illisible : {valeur}. Écrivez jj/mm/aaaa."),
    **ERREURS_COMPTES,
}


class _Faits(dict[str, Any]):
    def __missing__(self, cle: str) -> str:
        return "…"


def say_erreur(erreur: CCMError) -> str:
    """The sentence for an expected error; an unknown code falls back on its class, never on a trace."""
    texte = (
        ERREURS.get(erreur.code) or ERREURS.get(type(erreur).code) or N_("L’opération n’a pas pu se faire ({code}).")
    )
    return say_ponctuation(_(texte).format_map(_Faits(code=erreur.code, **erreur.faits)))


def say_probleme(probleme: Any) -> str:
    """The sentence for an unreadable parameter of the address."""
    return say_ponctuation(
        _("Le lien demandait {champ} = « {valeur} », inconnu : l’écran montre {pris} à la place.").format(
            champ=getattr(probleme, "parametre", ""),
            valeur=str(getattr(probleme, "valeur", ""))[:40],
            pris=_("l’ensemble"),
        )
    )
