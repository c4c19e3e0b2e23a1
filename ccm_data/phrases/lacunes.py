"""The words of « Lacunes »: how many cells nobody covers, why a gap is ranked where it is."""

from __future__ import annotations

import pandas as pd

from ccm_data.domain.couverture import compute_ecart
from ccm_data.domain.lacunes import POIDS, Lacune, Terme
from ccm_data.domain.vocabulaire import EtatCellule
from ccm_data.libelles import say_libelle
from ccm_data.queries.couverture import CaseCouverture, Couverture
from ccm_data.queries.lacunes import count_etats
from ccm_data.textes import N_, _, ngettext
from ccm_data.typographie import say_nombre

GRILLES = {"theme": N_("Thème × région"), "activite": N_("Activité du plan × région")}
LIGNES = {"theme": N_("Thème"), "activite": N_("Activité")}
ETATS = {
    EtatCellule.COUVERT: N_("en cours, rapporté depuis moins de {n} jours"),
    EtatCellule.FINANCE: N_("de l’argent est mobilisé ou payé"),
    EtatCellule.PLANIFIE: N_("annoncé ou confirmé, sans argent encore"),
    EtatCellule.NON_RAPPORTE: N_("on ne sait pas : la région ou l’acteur n’a pas rapporté"),
    EtatCellule.NON_COUVERT: N_("rien, dans une région à jour de ses rapports"),
}
TERMES = {
    "etat": N_("état : non couvert 1, non rapporté 0,5, planifié 0,25"),
    "population": N_("population de la région sur celle de la plus peuplée (RGP/H 2012)"),
    "manque": N_("manque sur besoin, là où le SP/CCM a donné un nombre"),
    "programme": N_("activité que le plan programme cette année"),
    "seul": N_("1 sur le nombre de régions dans ce cas pour le même objet"),
    "sans_requete": N_("aucune requête ne la demande encore"),
}


def say_titre_lacunes(couverture: Couverture) -> str:
    """« 31 cases non couvertes sur 112 ; 38 dont on ne sait rien »."""
    comptes = count_etats(couverture)
    total = sum(comptes.values())
    if not total:
        return _("Aucune région n’est encore déclarée concernée par une activité")
    vides, muettes = comptes[EtatCellule.NON_COUVERT], comptes[EtatCellule.NON_RAPPORTE]
    phrase = (
        ngettext("{n} case non couverte sur {t}", "{n} cases non couvertes sur {t}", vides).format(
            n=say_nombre(vides), t=say_nombre(total)
        )
        if vides
        else _("Aucune case non couverte sur {t}").format(t=say_nombre(total))
    )
    if not muettes:
        return phrase
    reste = ngettext(
        "{n} dont on ne sait rien, faute de rapport", "{n} dont on ne sait rien, faute de rapports", muettes
    )
    return f"{phrase} ; {reste.format(n=say_nombre(muettes))}"


def list_etats(couverture: Couverture) -> list[tuple[str, str, str, int]]:
    """The legend: state code, its name, what it means, how many regional cells."""
    comptes = count_etats(couverture)
    return [
        (etat.value, say_libelle(etat), _(texte).format(n=couverture.delai_jours), comptes[etat])
        for etat, texte in ETATS.items()
    ]


def list_termes_score() -> list[tuple[str, str]]:
    """How the ranking is made: each term, its weight."""
    return [(_(TERMES[code]), say_nombre(poids)) for code, poids in POIDS.items()]


def say_lieu(couverture: Couverture, sujet: str, region: str) -> str:
    """« Santé, Diffa »."""
    return f"{dict(couverture.sujets)[sujet]}, {dict(couverture.regions)[region]}"


def say_lacune(lacune: Lacune, case: CaseCouverture) -> str:
    """Why it is ranked there: every term of its score that counts, heaviest first."""
    dits = [_say_terme(t, lacune, case) for t in lacune.termes]
    phrase = " ; ".join(d for d in dits if d)
    score = _("score {s} sur {m}").format(s=say_nombre(lacune.score, 1), m=say_nombre(sum(POIDS.values())))
    return f"{phrase[:1].upper()}{phrase[1:]} · {score}"


def _say_terme(terme: Terme, lacune: Lacune, case: CaseCouverture) -> str:
    cellule = lacune.cellule
    if terme.code == "etat":
        return say_etat(cellule.etat)
    if terme.code == "population" and cellule.population is not None:
        return _("{n} habitants en 2012").format(n=say_nombre(cellule.population))
    if terme.code == "manque":
        return say_besoin(case) if terme.valeur else ""
    if terme.code == "programme":
        return _("le plan la programme cette année") if terme.valeur else ""
    if terme.code == "seul":
        regions = round(1 / terme.valeur)
        return ngettext("seule région dans ce cas", "{n} régions dans ce cas", regions).format(n=regions)
    if cellule.requetes:
        return ngettext("{n} requête la demande", "{n} requêtes la demandent", cellule.requetes).format(
            n=cellule.requetes
        )
    return _("aucune requête")


def say_etat(etat: EtatCellule) -> str:
    """A gap's state, in a sentence."""
    return {
        EtatCellule.NON_COUVERT: _("rien n’est déclaré, et la région est à jour de ses rapports"),
        EtatCellule.NON_RAPPORTE: _("on ne sait pas, faute de rapport"),
        EtatCellule.PLANIFIE: _("seulement annoncé, sans argent encore"),
    }.get(etat, say_libelle(etat))


def say_besoin(case: CaseCouverture) -> str:
    """« il en manque 3 sur 9 prévus (comités) », « 2 de plus que les 4 prévus (points) »; empty where no number was given."""
    if case.besoin is None:
        return ""
    unite = case.unite or _("unités")
    ecart = compute_ecart(case.besoin, case.couvert)
    if ecart is None:
        return _("{b} prévus ({u}), le réalisé n’est pas compté").format(b=say_nombre(case.besoin), u=unite)
    if ecart < 0:
        return _("il en manque {n} sur {b} prévus ({u})").format(
            n=say_nombre(-ecart), u=unite, b=say_nombre(case.besoin)
        )
    if ecart > 0:
        return _("{n} de plus que les {b} prévus ({u})").format(n=say_nombre(ecart), u=unite, b=say_nombre(case.besoin))
    return _("les {b} prévus ({u}) sont là").format(b=say_nombre(case.besoin), u=unite)


def say_valeur_carte(valeur: float, sujet: str | None) -> str:
    """A value of the map: a number of gaps, or the state of one subject."""
    return say_nombre(valeur) if sujet is None else say_libelle(list(EtatCellule)[int(valeur)])


def say_carte(regions: pd.DataFrame, couverture: Couverture, sujet: str | None) -> str:
    """The map in one sentence, for who cannot see it."""
    quoi = _("Lacunes par région") if sujet is None else dict(couverture.sujets)[sujet]
    return f"{quoi} : " + ", ".join(f"{n} {v}" for n, v in regions[["nom", "libelle"]].itertuples(index=False))
