"""Alerts in words: what they are on, the figures that make them, the screen that opens their rows.

Source: règles de calcul, 4 (last point).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ccm_data.domain.alertes import FIN_DEPASSEE, PAYE_SANS_FAIT, SANS_MAJ, SANS_PAIEMENT, Alerte
from ccm_data.domain.calendrier import Trimestre
from ccm_data.domain.vocabulaire import ObjetEvaluation, StatutActivite
from ccm_data.libelles import say_libelle
from ccm_data.queries.evaluations import Objets
from ccm_data.textes import N_, _, ngettext
from ccm_data.typographie import say_date, say_nombre, say_non_renseigne, say_pourcent, say_trimestre

GENRES: Final = {
    PAYE_SANS_FAIT: N_("Payée, peu réalisée"),
    FIN_DEPASSEE: N_("Fin dépassée, inachevée"),
    SANS_MAJ: N_("Sans mise à jour"),
    SANS_PAIEMENT: N_("Sans paiement"),
}


def say_titre_alertes(alertes: Sequence[Alerte]) -> str:
    """« 16 alertes sur 10 activités, 4 sur 4 interventions »."""
    if not alertes:
        return _("Aucune alerte à cette date")
    activites = {a.objet_code for a in alertes if a.objet is ObjetEvaluation.ACTIVITE}
    autres = {a.objet_code for a in alertes if a.objet is ObjetEvaluation.INTERVENTION}
    dits = []
    if activites:
        dits.append(ngettext("{n} activité", "{n} activités", len(activites)).format(n=say_nombre(len(activites))))
    if autres:
        dits.append(ngettext("{n} intervention", "{n} interventions", len(autres)).format(n=say_nombre(len(autres))))
    alerte = ngettext("{n} alerte", "{n} alertes", len(alertes)).format(n=say_nombre(len(alertes)))
    return _("{alertes} sur {objets}").format(alertes=alerte, objets=_(" et ").join(dits))


def say_retenues_alertes(n: int) -> str:
    """Alerts on interventions, whose rows are for who is connected."""
    return ngettext(
        "{n} alerte sur une intervention n’est pas montrée : connectez-vous pour la lire.",
        "{n} alertes sur des interventions ne sont pas montrées : connectez-vous pour les lire.",
        n,
    ).format(n=say_nombre(n))


def say_alerte(alerte: Alerte, statuts: Mapping[str, str]) -> str:
    """The figures that make the alert; `statuts`: code → label, of interventions."""
    faits = dict(alerte.faits)
    if alerte.code == PAYE_SANS_FAIT:
        return _("payé {p} du prévu, réalisé {f} (alerte : payé à partir de {sp}, réalisé à moins de {sf})").format(
            p=say_pourcent(faits["paye"]), f=say_pourcent(faits["fait"]), sp=say_pourcent(faits["seuil_paye"]),
            sf=say_pourcent(faits["seuil_fait"]),
        )  # fmt: skip
    if alerte.code == FIN_DEPASSEE:
        return _say_fin(alerte, faits, statuts)
    if alerte.code == SANS_MAJ:
        return _say_silence(alerte, faits)
    paye = _("aucun paiement saisi") if faits["paye"] is None else _("paiement saisi nul")
    return ngettext(
        "{paye} depuis le début prévu, {d} (alerte après {n} mois)",
        "{paye} depuis le début prévu, {d} (alerte après {n} mois)",
        faits["mois"],
    ).format(paye=paye, d=say_date(faits["debut"]), n=say_nombre(faits["mois"]))


def _say_fin(alerte: Alerte, faits: Mapping[str, Any], statuts: Mapping[str, str]) -> str:
    if alerte.objet is ObjetEvaluation.INTERVENTION:
        statut = statuts.get(faits["statut"], faits["statut"])
        return _("fin le {d}, statut déclaré : {s}").format(d=say_date(faits["fin"]), s=statut.lower())
    statut = say_non_renseigne() if faits["statut"] is None else say_libelle(StatutActivite(faits["statut"])).lower()
    fait = say_non_renseigne() if faits["avancement"] is None else say_pourcent(faits["avancement"] / 100)
    return _("fin prévue le {d}, réalisé {f}, {s}").format(d=say_date(faits["fin"]), f=fait, s=statut)


def _say_silence(alerte: Alerte, faits: Mapping[str, Any]) -> str:
    n, seuil = faits["trimestres"], say_nombre(faits["seuil"])
    duree = ngettext("{n} trimestre", "{n} trimestres", n).format(n=say_nombre(n))
    if faits["dernier"] is None:
        return _("aucune mise à jour en {t} depuis le début prévu (alerte à partir de {s})").format(t=duree, s=seuil)
    dernier = Trimestre.from_code(faits["dernier"])
    modele = (
        _("sans nouvelle depuis {t}, la dernière validée au {d} (alerte à partir de {s})")
        if alerte.objet is ObjetEvaluation.INTERVENTION
        else _("sans mise à jour depuis {t}, la dernière pour {d} (alerte à partir de {s})")
    )
    return modele.format(t=duree, d=say_trimestre(dernier.annee, dernier.numero), s=seuil)


@dataclass(frozen=True)
class LigneAlerte:
    """An alert as it is shown: what it is on, its kind, its figures, where its rows are."""

    quoi: str
    objet: str
    genre: str
    chiffres: str
    ecran: str
    params: Mapping[str, str]


def list_lignes_alertes(alertes: Iterable[Alerte], objets: Objets, statuts: Mapping[str, str]) -> list[LigneAlerte]:
    """The alerts in words, in the order given."""
    return [
        LigneAlerte(
            f"{a.objet_code} · {objets.get_titre(a.objet, a.objet_code)}", say_libelle(a.objet),
            _(GENRES[a.code]), say_alerte(a, statuts), *_find_ecran(a, objets),
        )
        for a in alertes
    ]  # fmt: skip


def _find_ecran(alerte: Alerte, objets: Objets) -> tuple[str, dict[str, str]]:
    if alerte.objet is ObjetEvaluation.INTERVENTION:
        executant = objets.executants.get(alerte.objet_code)
        return "acteurs", {} if executant is None else {"acteur": executant}
    axe = objets.axes.get((alerte.objet, alerte.objet_code))
    params = {} if axe is None else {"axe": axe}
    if alerte.code in (PAYE_SANS_FAIT, SANS_PAIEMENT):
        return "budget", {"niveau": "activite"} | params
    return "plan", params
