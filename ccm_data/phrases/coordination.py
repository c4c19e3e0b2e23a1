"""The words of « Qui fait quoi où » and « Lacunes »: titles that say what is seen, how money was counted."""

from __future__ import annotations

from typing import Final

from ccm_data.domain.matrices import Vue
from ccm_data.queries.matrices import Tableau4W
from ccm_data.textes import N_, _, ngettext
from ccm_data.typographie import say_compact, say_nombre

PAIRES: Final = {
    "theme_region": N_("Thème × région"),
    "acteur_region": N_("Acteur × région"),
    "pmm_acteur": N_("Objectif du PMM × acteur"),
    "pnm_region": N_("Axe de la PNM × région"),
    "activite_region": N_("Activité du plan × région"),
}
LIGNES: Final = {
    "theme_region": N_("Thème"),
    "acteur_region": N_("Acteur"),
    "pmm_acteur": N_("Objectif du PMM"),
    "pnm_region": N_("Référence PNM"),
    "activite_region": N_("Activité du plan"),
}
VUES: Final[dict[Vue, str]] = {"executant": N_("Par exécutant"), "bailleur": N_("Par bailleur")}


def say_titre_4w(tableau: Tableau4W) -> str:
    """« 33 interventions de 21 acteurs, 15,2 Md FCFA déclarés »."""
    total = tableau.matrice.total
    if not total.interventions:
        return _("Aucune intervention enregistrée")
    debut = ngettext("{n} intervention", "{n} interventions", total.interventions).format(
        n=say_nombre(total.interventions)
    )
    qui = ngettext("{n} acteur", "{n} acteurs", total.acteurs).format(n=say_nombre(total.acteurs))
    phrase = _("{interventions} de {acteurs}").format(interventions=debut, acteurs=qui)
    if total.fcfa is None:
        return phrase
    modele = (
        _("{phrase}, au moins {montant} FCFA déclarés")
        if total.sans_montant
        else _("{phrase}, {montant} FCFA déclarés")
    )
    return modele.format(phrase=phrase, montant=say_compact(total.fcfa))


def say_argent(tableau: Tableau4W, vue: Vue) -> str:
    """How the francs were counted, and what they leave out."""
    comment = (
        _("Chaque franc est compté une fois, chez son bailleur.")
        if vue == "bailleur"
        else _("Chaque franc est compté une fois, chez le chef de file qui l’exécute.")
    )
    reste = _("Une intervention sur plusieurs régions ou thèmes est répartie selon les parts données, à égalité sinon.")
    dits = [comment, reste]
    retraits = sum(x.retrait_fcfa for x in tableau.fiches)
    if retraits:
        dits.append(_("Doubles déclarations retirées : {m} FCFA.").format(m=say_compact(retraits)))
    sans = tableau.matrice.total.sans_montant - tableau.reserves
    if sans > 0:
        dits.append(
            ngettext(
                "{n} intervention ne dit pas son montant.", "{n} interventions ne disent pas leur montant.", sans
            ).format(n=say_nombre(sans))
        )
    if tableau.reserves:
        dits.append(
            ngettext(
                "{n} montant est réservé par son bailleur et n’entre pas dans ces totaux.",
                "{n} montants sont réservés par leurs bailleurs et n’entrent pas dans ces totaux.",
                tableau.reserves,
            ).format(n=say_nombre(tableau.reserves))
        )
    return " ".join(dits)
