"""Where an indicator's figure comes from, in words: counted in a register or reported, and how far apart the two are.

Source: règles de calcul, 2.13 (shown as a difference, never merged) and 7 (small counts of persons).
"""

from __future__ import annotations

from typing import Final

from ccm_data.domain.derivations import DECLARE, DERIVE, Compte, Origine
from ccm_data.domain.origines import Attente
from ccm_data.domain.vocabulaire import StatutIndicateur
from ccm_data.libelles import say_libelle
from ccm_data.phrases.indicateurs import say_couverture, say_taux, say_valeur
from ccm_data.queries.fiche_indicateur import RegionIndicateur
from ccm_data.queries.indicateurs import LigneIndicateur
from ccm_data.textes import N_, _, ngettext
from ccm_data.typographie import say_nombre, say_non_renseigne

REGISTRES: Final[dict[str, str]] = {
    "appui": N_("Appuis"),
    "requete": N_("Requêtes"),
    "sensibilisation": N_("Sensibilisations et formations"),
    "verdict": N_("Interventions et verdicts"),
    "rencontre": N_("Rencontres"),
    "membre_instance": N_("Membres des instances"),
    "comite_veille": N_("Comités de veille"),
    "partenariat": N_("Partenariats"),
    "evaluation": N_("Évaluations"),
    "etape_perennisation": N_("Feuille de route"),
}
ATTENTES: Final[dict[Attente, str]] = {
    "preuve": N_("C’est une appréciation : le SP/CCM la déclare, avec une preuve ; aucun registre ne la compte."),
    "plafond": N_("Travailler en synergie ne se compte pas dans un registre : la valeur est déclarée."),
    "net_forum": N_("Le net-forum qui le comptera n’existe pas encore : la valeur est déclarée."),
    "compteur": N_("Le compteur de visites n’existe pas encore : la valeur est déclarée."),
}
A_COTE: Final[dict[str, str]] = {
    "appuis": N_("Appuis enregistrés"),
    "recues": N_("Requêtes reçues"),
    "etat": N_("dont agents de l’État"),
    "collectivites": N_("dont agents des collectivités"),
    "osc": N_("dont agents des OSC"),
    "prive": N_("dont agents du secteur privé"),
    "femmes": N_("dont femmes"),
    "hommes": N_("dont hommes"),
    "population": N_("Population touchée, à part"),
    "formes": N_("Agents formés, à part"),
    "plafond": N_("Agents formés, au plus"),
    "examines": N_("Paires examinées"),
    "par_verdict": N_("Nommées par un verdict « complémentaire »"),
    "conjointes": N_("Engagées dans une intervention conjointe"),
    "observatrices": N_("OSC observatrices, à part"),
    "rencontres": N_("Rencontres tenues"),
    "operationnels": N_("Opérationnels à la date"),
    "dissous": N_("Dissous depuis leur création"),
    "bilateral": N_("Échelon bilatéral"),
    "regional": N_("Échelon régional"),
    "international": N_("Échelon international"),
    "interventions": N_("Interventions évaluées, à part"),
}


def say_origine(origine: Origine) -> str:
    """The short form, for a column."""
    return _("compté dans le registre") if origine == DERIVE else _("déclaré")


def say_source(ligne: LigneIndicateur) -> str:
    """What the figure was read from: the register, or the source that the reporter named."""
    if ligne.compte is not None and ligne.source.registre is not None:
        return _("Registre « {nom} »").format(nom=_(REGISTRES[ligne.source.registre]))
    return ligne.derniere_source or ""


def _say_compte(compte: Compte) -> str:
    """« 12 lignes comptées, dont 3 sans effectif », with the year where one is recounted."""
    parties = [ngettext("{n} ligne comptée", "{n} lignes comptées", compte.lignes).format(n=say_nombre(compte.lignes))]
    if compte.muettes:
        parties.append(
            ngettext("dont {n} qui ne dit pas combien", "dont {n} qui ne disent pas combien", compte.muettes).format(
                n=say_nombre(compte.muettes)
            )
        )
    if compte.annee is not None:
        annee = _("année {a} en cours") if compte.annee_ouverte else _("année {a}")
        parties.append(annee.format(a=compte.annee))
    return ", ".join(parties)


def say_portee(ligne: LigneIndicateur) -> str:
    """What the figure rests on: rows counted, or quarters and regions reported."""
    if ligne.compte is not None:
        return _say_compte(ligne.compte)
    complete = _("complète") if ligne.realise.dernier else say_non_renseigne()
    return say_couverture(ligne.realise) or complete


def say_portee_region(region: RegionIndicateur) -> str:
    """The same for a region."""
    if region.derive:
        return _("au moins : des lignes ne disent pas combien") if region.realise.plancher else _("recompté")
    if not region.realise.renseigne:
        return say_non_renseigne()
    return say_couverture(region.realise) or say_origine(DECLARE)


def say_cible_region(region: RegionIndicateur) -> str:
    """Its own final target; one region's is never another's, nor the country's."""
    if not region.a_cible:
        return say_libelle(StatutIndicateur.CIBLE_NON_DEFINIE)
    return region.vise or say_nombre(region.statut.cible_finale, 1)


def say_statut_region(region: RegionIndicateur) -> str:
    """« En retard (42 %) »: its status with the rate; the word alone where there is none, or no target of its own."""
    if not region.a_cible:
        return say_libelle(StatutIndicateur.CIBLE_NON_DEFINIE)
    taux = say_taux(region.taux)
    statut = say_libelle(region.statut.code)
    return f"{statut} ({taux})" if taux else statut


def say_ecart(ecart: float | None) -> str:
    """« +3 », « −2 », « aucun »; empty where one of the two is missing."""
    if ecart is None:
        return ""
    if not ecart:
        return _("aucun")
    return f"{'+' if ecart > 0 else ''}{say_nombre(ecart, 1)}"


def _say_registre(ligne: LigneIndicateur) -> str:
    nom = REGISTRES[ligne.source.registre or ""]
    return _(nom)


def say_comptage(ligne: LigneIndicateur) -> str:
    """Where the figure comes from, and how far what was reported is from it."""
    if ligne.compte is None:
        return _say_declare(ligne)
    compte = _("Compté dans le registre « {nom} »").format(nom=_say_registre(ligne))
    if not ligne.declare.renseigne:
        return _("{compte} ; rien n’est déclaré à côté.").format(compte=compte)
    dit = say_valeur(ligne.declare)
    if ligne.ecart is None:
        return _("{compte} ; déclaré à côté : {d}.").format(compte=compte, d=dit)
    if not ligne.ecart:
        return _("{compte}, comme ce qui est déclaré.").format(compte=compte)
    return _("{compte} ; déclaré à côté : {d}, écart {e}. Le registre fait foi ; les deux ne se fondent pas.").format(
        compte=compte, d=dit, e=say_ecart(ligne.ecart)
    )


def _say_declare(ligne: LigneIndicateur) -> str:
    """Why it is not counted; where trainings give a ceiling, whether the reported figure stays under it."""
    if ligne.source.attente is None and not ligne.declare.renseigne:
        return _(
            "Le registre « {registre} » peut le compter ; rien n’y est encore validé pour lui, ni déclaré."
        ).format(registre=_say_registre(ligne))
    if ligne.source.attente is None:
        return _(
            "Le registre « {registre} » peut le compter, mais n’a encore aucune ligne validée pour lui : le déclaré tient."
        ).format(registre=_say_registre(ligne))
    texte = _(ATTENTES[ligne.source.attente])
    plafond = dict(ligne.a_cote).get("plafond")
    if not plafond:
        return texte
    borne = ngettext(
        "Les formations du registre comptent {n} agent : c’est un plafond.",
        "Les formations du registre comptent {n} agents : c’est un plafond.",
        plafond,
    ).format(n=say_nombre(plafond))
    depasse = ligne.declare.valeur is not None and ligne.declare.valeur > plafond
    return " ".join([texte, borne] + ([_("Le déclaré le dépasse : à vérifier.")] if depasse else []))


def list_a_cote(ligne: LigneIndicateur) -> list[tuple[str, str]]:
    """The figures that stand beside, in words: (what, how many)."""
    return [(_(A_COTE[code]), say_non_renseigne() if n is None else say_nombre(n)) for code, n in ligne.a_cote]


def say_a_cote(ligne: LigneIndicateur) -> str:
    """The same on one line."""
    return " · ".join(f"{nom} : {n}" for nom, n in list_a_cote(ligne))
