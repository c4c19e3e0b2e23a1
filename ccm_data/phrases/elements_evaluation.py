"""The evidence beside a criterion in one sentence each: the figure, its base; « aucun élément dans la base » when none.

Source: règles de calcul, 6.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from ccm_data.domain.vocabulaire import StatutRecommandation
from ccm_data.libelles import say_libelle
from ccm_data.phrases.indicateurs import say_complet
from ccm_data.queries.elements_base import Element, Paires
from ccm_data.queries.interventions import Fiche
from ccm_data.textes import N_, _, ngettext
from ccm_data.typographie import say_compact, say_date, say_nombre, say_non_renseigne, say_pourcent

NOMS_MAX = 6
NOMS: Final = {
    "probleme": N_("Problème visé"),
    "objectif": N_("Objectif du plan"),
    "pnm": N_("PNM"),
    "pmm": N_("PMM"),
    "cases_couvertes": N_("Régions concernées"),
    "cases_seule": N_("Là où elle est seule"),
    "lacunes": N_("Lacunes du même objet"),
    "rapprochements": N_("Rapprochements à examiner"),
    "verdicts": N_("Doublons reconnus"),
    "synergies": N_("Synergies"),
    "avancement": N_("Avancement physique"),
    "indicateur": N_("Indicateur"),
    "indicateurs": N_("Indicateurs de l’objectif"),
    "recommandations": N_("Recommandations liées"),
    "physique_financier": N_("Physique et financier"),
    "engage": N_("Coût et engagé"),
    "argent_intervention": N_("Budget et décaissé"),
    "genre_acteur": N_("Type d’acteur"),
    "beneficiaires": N_("Bénéficiaires"),
    "personnes": N_("Personnes sensibilisées ou formées"),
    "resultat": N_("Indicateurs du résultat"),
    "postes": N_("Postes du SP/CCM"),
    "comites": N_("Comités de veille"),
    "appuis": N_("Appuis institutionnels liés"),
    "feuille_de_route": N_("Feuille de route des postes"),
    "autres_acteurs": N_("Autres acteurs"),
    "partenaires_publics": N_("État et collectivités"),
    "presences": N_("Rencontres"),
    "financement_etat": N_("Financement de l’État"),
    "bailleurs_publics": N_("Financeurs publics"),
}
Noms = Mapping[str, str]


def say_element(element: Element, acteurs: Noms) -> tuple[str, str]:
    """Its name, and what the database holds; `acteurs`: code → name."""
    nom = _(NOMS[element.code])
    if element.faits is None:
        return nom, _("aucun élément dans la base")
    if element.code == "indicateur":
        ligne = element.faits["ligne"]
        nom = f"{ligne.code} {ligne.libelle}"
    return nom, PHRASES[element.code](element.faits, acteurs)


def _say_sur(faits: Mapping[str, Any], quoi: str) -> str:
    return _("{n} sur {total} {quoi}").format(n=say_nombre(faits["n"]), total=say_nombre(faits["total"]), quoi=quoi)


def _join(codes: Sequence[str], acteurs: Noms) -> str:
    dits = ", ".join(acteurs.get(c, c) for c in codes[:NOMS_MAX])
    return dits + (f" +{len(codes) - NOMS_MAX}" if len(codes) > NOMS_MAX else "")


def _say_references(faits: Mapping[str, Any], propres: str, du_plan: str) -> str:
    dits = [_("propres : {r}").format(r=propres)] if propres else []
    if du_plan:
        dits.append(_("action {a} du plan : {r}").format(a=faits["action"], r=du_plan))
    return " ; ".join(dits)


def _say_pnm(faits: Mapping[str, Any], _acteurs: Noms) -> str:
    return _say_references(faits, ", ".join(faits["propres"]), faits["plan"] or "")


def _say_pmm(faits: Mapping[str, Any], _acteurs: Noms) -> str:
    def _say(numeros: list[int]) -> str:
        if not numeros:
            return ""
        liste = ", ".join(map(str, numeros))
        return ngettext("objectif {n}", "objectifs {n}", len(numeros)).format(n=liste)

    return _say_references(faits, _say(faits["propres"]), _say(faits["plan"]))


def _say_paires(faits: Mapping[str, Any], dire: Callable[[Paires], str]) -> str:
    paires: Paires = faits["paires"]
    if paires.reserve:
        return _("réservé au SP/CCM et aux organisations nommées")
    n = faits["interventions"]
    return _("{quoi}, sur {n}").format(
        quoi=dire(paires),
        n=ngettext("{n} intervention", "{n} interventions", n).format(n=say_nombre(n)),
    )


def _say_rapprochements(faits: Mapping[str, Any], _acteurs: Noms) -> str:
    return _say_paires(
        faits,
        lambda p: ngettext("{n} paire à examiner", "{n} paires à examiner", p.a_examiner).format(
            n=say_nombre(p.a_examiner)
        ),
    )


def _say_verdicts(faits: Mapping[str, Any], _acteurs: Noms) -> str:
    def _say(p: Paires) -> str:
        doublons = ngettext("{n} doublon", "{n} doublons", p.doublons).format(n=say_nombre(p.doublons))
        doubles = ngettext("{n} double déclaration", "{n} doubles déclarations", p.doubles).format(
            n=say_nombre(p.doubles)
        )
        return _("{a} et {b}").format(a=doublons, b=doubles)

    return _say_paires(faits, _say)


def _say_synergies(faits: Mapping[str, Any], _acteurs: Noms) -> str:
    def _say(p: Paires) -> str:
        reconnues = ngettext("{n} reconnue", "{n} reconnues", p.complementaires).format(n=say_nombre(p.complementaires))
        proposees = ngettext("{n} proposée", "{n} proposées", p.proposees).format(n=say_nombre(p.proposees))
        return _("{a} et {b}").format(a=reconnues, b=proposees)

    return _say_paires(faits, _say)


def _say_avancement(faits: Mapping[str, Any], _acteurs: Noms) -> str:
    x = faits["ligne"]
    texte = say_pourcent(x.avancement / 100)
    if x.attendu is not None:
        texte = _("{p} pour {a} attendus à date").format(p=texte, a=say_pourcent(x.attendu / 100))
    if x.regions_attendues:
        texte += _(", {n} régions renseignées sur {total}").format(n=x.regions_renseignees, total=x.regions_attendues)
    texte = f"{texte} ({say_libelle(x.statut).lower()})"
    return _("activité {c} : {t}").format(c=x.code, t=texte) if faits["de"] else texte


def _say_indicateur(faits: Mapping[str, Any], _acteurs: Noms) -> str:
    x = faits["ligne"]
    return f"{say_complet(x)} · {say_libelle(x.statut.code).lower()}"


def _say_recommandations(faits: Mapping[str, Any], _acteurs: Noms) -> str:
    comptes = [
        f"{say_nombre(faits['comptes'][s.value])} {say_libelle(s).lower()}"
        for s in StatutRecommandation
        if s.value in faits["comptes"]
    ]
    return f"{say_nombre(faits['n'])} ({', '.join(comptes)})"


def _say_physique(faits: Mapping[str, Any], _acteurs: Noms) -> str:
    total = faits["total"]
    fait = None if faits["fait"] is None else faits["fait"] / 100
    return _("réalisé {f}, payé {p} du prévu ({m} sur {t} FCFA)").format(
        f=say_pourcent(fait),
        p=say_pourcent(total.ratio("paye")),
        m=say_compact(total.paye),
        t=say_compact(total.prevu),
    )


def _say_engage(faits: Mapping[str, Any], _acteurs: Noms) -> str:
    total = faits["total"]
    return _("engagé {e} sur {t} FCFA prévus ({p})").format(
        e=say_compact(total.engage), t=say_compact(total.prevu), p=say_pourcent(total.ratio("engage"))
    )


def _say_argent(faits: Mapping[str, Any], _acteurs: Noms) -> str:
    x: Fiche = faits["fiche"]
    if x.reserve:
        texte = _("montants réservés")
    elif x.net_fcfa and x.decaisse_fcfa is not None:
        texte = _("décaissé {d} sur {b} FCFA ({p})").format(
            d=say_compact(x.decaisse_fcfa), b=say_compact(x.net_fcfa), p=say_pourcent(x.decaisse_fcfa / x.net_fcfa)
        )
    else:
        texte = _("décaissé {d}, budget {b} FCFA").format(d=say_compact(x.decaisse_fcfa), b=say_compact(x.net_fcfa))
    if x.beneficiaires_vises and x.beneficiaires_atteints is not None:
        texte += _(" ; {p} des bénéficiaires visés atteints").format(
            p=say_pourcent(x.beneficiaires_atteints / x.beneficiaires_vises)
        )
    return texte


def _say_genre(faits: Mapping[str, Any], _acteurs: Noms) -> str:
    n = faits["n"]
    acteurs = ngettext("{n} organisation", "{n} organisations", n).format(n=say_nombre(n))
    return f"{', '.join(say_libelle(c) for c in faits['categories'])} ({acteurs})"


def _say_beneficiaires(faits: Mapping[str, Any], _acteurs: Noms) -> str:
    return ngettext(
        "{a} atteints sur {v} visés ({total} intervention)",
        "{a} atteints sur {v} visés ; les atteints sont dits par {n} interventions sur {total}",
        faits["total"],
    ).format(
        a=say_nombre(faits["atteints"]),
        v=say_nombre(faits["vises"]),
        n=say_nombre(faits["disent"]),
        total=say_nombre(faits["total"]),
    )


def _say_personnes(faits: Mapping[str, Any], _acteurs: Noms) -> str:
    seances = ngettext("{n} séance", "{n} séances", faits["seances"]).format(n=say_nombre(faits["seances"]))
    if faits["n"] is None:
        return _("effectif {rien}, {seances}").format(rien=say_non_renseigne(), seances=seances)
    exact = faits["disent"] == faits["seances"]
    modele = _("{n}, en {seances}") if exact else _("au moins {n}, en {seances} dont {d} chiffrées")
    return modele.format(n=say_nombre(faits["n"]), seances=seances, d=say_nombre(faits["disent"]))


def _say_resultat(faits: Mapping[str, Any], _acteurs: Noms) -> str:
    quoi = _("atteints ou en bonne voie, résultat {o}").format(o=faits["objectif"])
    return _say_sur(faits, quoi)


def _say_postes(faits: Mapping[str, Any], _acteurs: Noms) -> str:
    texte = _("{n} sur {total} payés par l’État").format(n=say_nombre(faits["etat"]), total=say_nombre(faits["total"]))
    if faits["partages"]:
        texte += _(", {p} partagés avec un partenaire").format(p=say_nombre(faits["partages"]))
    return texte


def _say_comites(faits: Mapping[str, Any], _acteurs: Noms) -> str:
    return _say_sur(
        faits, _("opérationnels, tout le pays") if faits["national"] else _("opérationnels, régions concernées")
    )


def _say_appuis(faits: Mapping[str, Any], _acteurs: Noms) -> str:
    appuis = ngettext("{n} appui", "{n} appuis", faits["n"]).format(n=say_nombre(faits["n"]))
    return _("{a}, de {i}").format(
        a=appuis,
        i=ngettext("{n} institution", "{n} institutions", faits["institutions"]).format(
            n=say_nombre(faits["institutions"])
        ),
    )


def _say_autres(faits: Mapping[str, Any], acteurs: Noms) -> str:
    n = faits["n"]
    texte = ngettext("{n} autre organisation", "{n} autres organisations", n).format(n=say_nombre(n))
    if faits["cases"]:
        texte += _(" sur ses {c} cases").format(c=say_nombre(faits["cases"])) if faits["cases"] > 1 else ""
    return f"{texte} : {_join(faits['noms'], acteurs)}" if n else texte


def _say_publics(faits: Mapping[str, Any], acteurs: Noms) -> str:
    noms = faits["noms"]
    texte = ngettext(
        "{n} sur {total} organisation engagée", "{n} sur {total} organisations engagées", faits["total"]
    ).format(n=say_nombre(len(noms)), total=say_nombre(faits["total"]))
    return f"{texte} : {_join(noms, acteurs)}" if noms else texte


def _say_bailleurs(faits: Mapping[str, Any], acteurs: Noms) -> str:
    return _join(faits["noms"], acteurs) if faits["noms"] else _("aucun parmi les financeurs nommés")


def _say_etat(faits: Mapping[str, Any], _acteurs: Noms) -> str:
    part = faits["etat"] / faits["paye"] if faits["paye"] else None
    texte = _("{e} sur {p} FCFA payés").format(e=say_compact(faits["etat"]), p=say_compact(faits["paye"]))
    return texte if part is None else f"{texte} ({say_pourcent(part)})"


PHRASES: Final[Mapping[str, Callable[[Mapping[str, Any], Noms], str]]] = {
    "probleme": lambda f, _a: _("axe {a} : {t}").format(a=f["axe"], t=f["texte"]),
    "objectif": lambda f, _a: f"{f['code']} · {f['texte']}",
    "pnm": _say_pnm,
    "pmm": _say_pmm,
    "cases_couvertes": lambda f, _a: _say_sur(f, _("couvertes, financées ou planifiées")),
    "cases_seule": lambda f, _a: _say_sur(f, _("cases thème × région")),
    "lacunes": lambda f, _a: _say_sur(f, _("cases non couvertes ou non rapportées")),
    "rapprochements": _say_rapprochements,
    "verdicts": _say_verdicts,
    "synergies": _say_synergies,
    "avancement": _say_avancement,
    "indicateur": _say_indicateur,
    "recommandations": _say_recommandations,
    "physique_financier": _say_physique,
    "engage": _say_engage,
    "argent_intervention": _say_argent,
    "genre_acteur": _say_genre,
    "beneficiaires": _say_beneficiaires,
    "personnes": _say_personnes,
    "resultat": _say_resultat,
    "postes": _say_postes,
    "comites": _say_comites,
    "appuis": _say_appuis,
    "feuille_de_route": lambda f, _a: _("adoptée en rencontre le {j}").format(j=say_date(f["jour"])),
    "autres_acteurs": _say_autres,
    "partenaires_publics": _say_publics,
    "presences": lambda f, _a: _say_sur(f, _("des instances où l’organisation siège, présents dits")),
    "financement_etat": _say_etat,
    "bailleurs_publics": _say_bailleurs,
}
