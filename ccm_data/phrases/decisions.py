"""Words of the decision register: what contradicts what, what was decided, by which function, when and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ccm_data.domain.calendrier import get_jour
from ccm_data.domain.vocabulaire import NatureContradiction
from ccm_data.libelles import say_libelle
from ccm_data.textes import N_, _, ngettext
from ccm_data.typographie import say_date_courte, say_fcfa, say_instant, say_nombre

if TYPE_CHECKING:
    from ccm_data.queries.rapprochement import DecisionPrise, LigneRegistre

CIBLES = "cibles"  # a kind of our own: the document states no target
NATURES: tuple[str, ...] = (*(n.value for n in NatureContradiction), CIBLES)
ETATS = {"a_trancher": N_("À trancher"), "tranchees": N_("Tranchées")}
OBJETS = {
    "plan": N_("Plan"),
    "axe": N_("Axe"),
    "action": N_("Action"),
    "activite": N_("Activité"),
    "objectif": N_("Objectif"),
    "structure": N_("Structure"),
    "region": N_("Région"),
    "texte": N_("Texte"),
    "indicateur": N_("Indicateur"),
}
COMPARAISONS = {
    "axes": N_("somme des axes"),
    "actions": N_("somme des actions"),
    "activites": N_("somme des activités"),
    "annees": N_("somme des années"),
    "finale": N_("cible finale"),
    "cumul": N_("cibles cumulées"),
    "regions": N_("somme des régions"),
}
# What must be mended rather than decided: the subject of « Référentiels » that holds it.
A_CORRIGER = {"annees": "montants", "finale": "cibles", "cumul": "cibles", "regions": "cibles"}


def say_nature(nature: Any) -> str:
    """The kind of a contradiction."""
    return _("Cibles") if nature == CIBLES else say_libelle(NatureContradiction(nature))


def list_natures() -> dict[str, str]:
    """The filter by kind."""
    return {"": _("Toutes les natures")} | {n: say_nature(n) for n in NATURES}


def list_etats() -> dict[str, str]:
    """The filter by state."""
    return {"": _("Tranchées ou non")} | {code: _(texte) for code, texte in ETATS.items()}


def say_objet(objet: Any, code: Any, comparaison: Any) -> str:
    """« Axe 2 : somme des activités »."""
    suite = code if isinstance(code, str) and code != "plan" else ""
    fin = f" : {_(COMPARAISONS[comparaison])}" if comparaison in COMPARAISONS else ""
    return f"{_(OBJETS[objet]) if objet in OBJETS else objet} {suite}".strip() + fin


def say_cote(montant: Any, texte: Any) -> str:
    """One side: its amount or its words."""
    if montant is not None and montant == montant and str(montant) != "<NA>":
        return say_nombre(int(montant))
    return texte if isinstance(texte, str) and texte else _("(rien)")


def say_titre_registre(lignes: Sequence[LigneRegistre]) -> str:
    """« 12 contradictions sur 41 restent à trancher »."""
    total, reste = len(lignes), sum(x.decision is None for x in lignes)
    if not total:
        return _("Aucune contradiction n’est relevée")
    if not reste:
        return ngettext("La contradiction relevée est tranchée", "Les {n} contradictions sont tranchées", total).format(
            n=say_nombre(total)
        )
    return ngettext(
        "{n} contradiction sur {total} reste à trancher", "{n} contradictions sur {total} restent à trancher", reste
    ).format(n=say_nombre(reste), total=say_nombre(total))


def list_cles(lignes: Sequence[LigneRegistre]) -> list[tuple[str, str, str]]:
    """Key figures: to decide, decided, amounts to decide, the last decision."""
    reste = [x for x in lignes if x.decision is None]
    prises = [x.decision for x in lignes if x.decision is not None]
    montants = [x for x in reste if x.nature == NatureContradiction.MONTANT]
    derniere = max(prises, key=lambda d: d.decide_le, default=None)
    return [
        (_("À trancher"), say_nombre(len(reste)), _("sur {n} relevées").format(n=say_nombre(len(lignes)))),
        (_("Tranchées"), say_nombre(len(prises)), _("avec motif et source")),
        (_("Montants à trancher"), say_nombre(len(montants)), _("le prévu en dépend")),
        (
            _("Dernière décision"),
            say_date_courte(get_jour(derniere.decide_le)) if derniere else _("aucune"),
            derniere.auteur if derniere else "",
        ),
    ]


def count_natures(lignes: Sequence[LigneRegistre]) -> list[tuple[str, int, int, str]]:
    """(kind, still to decide, decided, both in words) for the kinds that have a line, in their order."""
    comptes = []
    for nature in NATURES:
        siennes = [x for x in lignes if x.nature == nature]
        if siennes:
            reste = sum(x.decision is None for x in siennes)
            prises = len(siennes) - reste
            dites = ngettext("{n} tranchée", "{n} tranchées", prises).format(n=say_nombre(prises))
            dit = _("{r} à trancher, {tranchees}").format(r=say_nombre(reste), tranchees=dites)
            comptes.append((say_nature(nature), reste, prises, dit))
    return comptes


def say_titre_natures(lignes: Sequence[LigneRegistre]) -> str:
    """The kind where most remains."""
    comptes = [c for c in count_natures(lignes) if c[1]]
    if not comptes:
        return _("Rien ne reste à trancher")
    nature, reste, *_prises = max(comptes, key=lambda c: c[1])
    return _("{nature} : {n} à trancher, la plus grosse part").format(nature=nature, n=say_nombre(reste))


def say_ligne(ligne: LigneRegistre) -> str:
    """The heading of an opened line."""
    return f"{say_nature(ligne.nature)} · {say_objet(ligne.objet, ligne.objet_code, ligne.comparaison)}"


def list_faces(ligne: LigneRegistre) -> list[tuple[str, str, str]]:
    """The two sides: (which, what it says, where it stands)."""
    montant = ligne.valeur_imprimee is not None
    noms = (_("Chiffre de référence"), _("Ce que font les parties")) if montant else (_("Un texte"), _("L’autre"))
    if ligne.comparaison in A_CORRIGER:
        noms = (_("Ce qui est annoncé"), _("Ce que font les parties"))
    a = say_fcfa(ligne.valeur_imprimee) if montant else say_cote(None, ligne.texte_a)
    b = say_fcfa(ligne.valeur_calculee) if montant else say_cote(None, ligne.texte_b)
    return [(noms[0], a, ligne.section_a or ""), (noms[1], b, ligne.section_b or "")]


def list_faits(ligne: LigneRegistre) -> list[tuple[str, str]]:
    """What is known of a line and of its decision."""
    faits = [(_("Remarque"), ligne.remarque or _("aucune"))]
    if ligne.ecart is not None:
        faits.insert(0, (_("Écart"), say_fcfa(ligne.ecart)))
    decision = ligne.decision
    if decision is None:
        return [*faits, (_("Décision"), _("à trancher"))]
    return [
        *faits,
        (_("Prévaut"), say_retenu(decision)),
        (_("Pourquoi"), decision.motif),
        (_("Décidé par"), _("{qui}, le {jour}").format(qui=decision.auteur, jour=say_instant(decision.decide_le))),
        (_("Source"), f"{decision.source} ({say_date_courte(decision.date_source)})"),
    ]


def say_retenu(decision: DecisionPrise) -> str:
    """The figure or the words that prevail."""
    return say_fcfa(decision.montant_fcfa) if decision.montant_fcfa is not None else (decision.texte or _("(rien)"))


def list_historique(decisions: Sequence[DecisionPrise]) -> list[list[str]]:
    """The decisions taken on a line, latest first: when, by whom, what, why, source, what became of it."""
    return [
        [
            say_instant(d.decide_le),
            d.auteur,
            say_retenu(d),
            d.motif,
            f"{d.source} ({say_date_courte(d.date_source)})",
            _("en vigueur") if d.remplace_le is None else _("close le {j}").format(j=say_instant(d.remplace_le)),
        ]
        for d in sorted(decisions, key=lambda d: d.decide_le, reverse=True)
    ]


def say_correction(ligne: LigneRegistre) -> str:
    """How a line that is mended rather than decided disappears."""
    if ligne.comparaison == "annees":
        return _(
            "Corrigez les montants annuels, ou retenez leur somme pour l’activité : la ligne disparaît d’elle-même."
        )
    return _("Corrigez l’une des cibles : la ligne disparaît d’elle-même.")
