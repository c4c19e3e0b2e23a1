"""The words of « Sensibilisations et formations »: how many actions, whom they reached, what the rows do not say."""

from __future__ import annotations

from typing import Final

from ccm_data.domain.permissions import Effectif
from ccm_data.domain.sensibilisations import CATEGORIES, Compte
from ccm_data.domain.vocabulaire import NatureSensibilisation
from ccm_data.libelles import say_libelle
from ccm_data.phrases.registres import say_au_moins, say_couverture, say_masque
from ccm_data.queries.bilans import BilanSensibilisations
from ccm_data.textes import N_, _, ngettext
from ccm_data.typographie import say_nombre, say_non_renseigne, say_pourcent

NOMS_CATEGORIES: Final = {
    "etat": N_("État"),
    "collectivites": N_("Collectivités"),
    "osc": N_("OSC"),
    "prive": N_("Secteur privé"),
    "population": N_("Population"),
}


def say_titre(bilan: BilanSensibilisations) -> str:
    """« 42 actions de sensibilisation ; au moins 1 850 agents touchés »."""
    if not bilan.lignes:
        return _("Aucune action de sensibilisation validée")
    debut = ngettext("{n} action de sensibilisation", "{n} actions de sensibilisation", bilan.lignes).format(
        n=say_nombre(bilan.lignes)
    )
    if bilan.croisement.agents.masque:
        return _("{debut} ; nombre d’agents masqué").format(debut=debut)
    agents = bilan.agents
    if agents.valeur is None:
        return _("{debut} ; nombre d’agents non renseigné").format(debut=debut)
    return ngettext("{debut} ; {a} agent touché", "{debut} ; {a} agents touchés", agents.valeur).format(
        debut=debut, a=say_au_moins(agents.valeur, agents.exact)
    )


def list_cles(bilan: BilanSensibilisations) -> list[tuple[str, str, str]]:
    """Key figures: name, figure, its base."""
    sur = ngettext("sur {n} action validée", "sur {n} actions validées", bilan.lignes).format(
        n=say_nombre(bilan.lignes)
    )
    return [
        (_("Missions"), say_nombre(bilan.missions), _("{sur} ; indicateur 1.c").format(sur=sur)),
        (
            _("Agents touchés"),
            _say_compte(bilan.agents, bilan.croisement.agents),
            _("population non comprise ; {c}").format(c=say_couverture(bilan.agents.dites, bilan.agents.lignes)),
        ),
        (_("Femmes parmi eux"), *_say_femmes(bilan)),
        (
            _("Population touchée"),
            _say_compte(bilan.population, bilan.croisement.population),
            say_couverture(bilan.population.dites, bilan.population.lignes),
        ),
    ]


def _say_compte(compte: Compte, vu: Effectif) -> str:
    return say_masque() if vu.masque else say_au_moins(compte.valeur, compte.exact)


def _say_femmes(bilan: BilanSensibilisations) -> tuple[str, str]:
    if bilan.croisement.femmes.masque or bilan.croisement.agents.masque:
        return say_masque(), _("l’un des effectifs est trop petit pour être montré")
    if bilan.part_femmes is None:
        return say_non_renseigne(), _("aucune ligne ne dit les deux sexes")
    femmes, tous = bilan.part_femmes
    return say_pourcent(femmes / tous), _("{f} sur {n} agents dont le sexe est dit").format(
        f=say_nombre(femmes), n=say_nombre(tous)
    )


def list_natures(bilan: BilanSensibilisations) -> list[tuple[str, int]]:
    """Actions by nature, in the list's order."""
    return [(say_libelle(n), bilan.par_nature.get(n.value, 0)) for n in NatureSensibilisation]


def list_annees(bilan: BilanSensibilisations) -> list[tuple[str, int]]:
    """Actions by year."""
    return [(str(a), n) for a, n in bilan.par_annee.items()]


def list_participants(bilan: BilanSensibilisations) -> list[tuple[str, str, str, str]]:
    """Persons by category: women, men, both."""
    x = bilan.croisement
    lignes = [
        (
            _(NOMS_CATEGORIES[c]),
            _say_effectif(x.cases[f"{c}_femmes"]),
            _say_effectif(x.cases[f"{c}_hommes"]),
            _say_effectif(x.categories[c]),
        )
        for c in CATEGORIES
    ]
    return [
        *lignes,
        (_("Agents, sans la population"), _say_effectif(x.femmes), _say_effectif(x.hommes), _say_effectif(x.agents)),
    ]


def _say_effectif(effectif: Effectif) -> str:
    return say_masque() if effectif.masque else say_nombre(effectif.valeur)


def say_note(bilan: BilanSensibilisations) -> str:
    """What the sums leave out, and what is masked."""
    dits = []
    if not bilan.agents.exact or not bilan.population.exact:
        dits.append(_("« Au moins » : des lignes ne disent pas tous leurs effectifs ; ce qui manque n’est pas zéro."))
    x = bilan.croisement
    if any(v.masque for v in (*x.cases.values(), x.agents, x.population)):
        dits.append(_("Un effectif de moins de cinq personnes est masqué, avec ce qui permettrait de le retrouver."))
    return " ".join(dits)
