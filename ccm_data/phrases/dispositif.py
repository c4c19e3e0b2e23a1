"""The words of « Comités, points et points focaux »: what stands, where, of what was planned, what sleeps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ccm_data.domain.dispositif import STADES
from ccm_data.domain.vocabulaire import StatutPoint
from ccm_data.libelles import say_libelle
from ccm_data.phrases.registres import say_couverture, say_stade
from ccm_data.queries.dispositif import COMITES, CREES, FOCAUX, POINTS, Bilan, LigneRegion
from ccm_data.textes import N_, _, ngettext
from ccm_data.typographie import say_nombre

ONGLETS: Final = {
    "comites": (COMITES, N_("Comités de veille")),
    "points": (POINTS, N_("Points d’information")),
    "focaux": (FOCAUX, N_("Points focaux")),
}
OUVERT, POURVU = StatutPoint.OUVERT.value, "pourvu"


def _count_crees(bilan: Bilan) -> int:
    return sum(n for etat, n in bilan.par_etat.items() if etat in CREES)


def say_titre(sujet: str, bilan: Bilan) -> str:
    """The message of a tab."""
    if not bilan.lignes:
        return {
            COMITES: _("Aucun comité de veille validé"),
            POINTS: _("Aucun point d’information validé"),
            FOCAUX: _("Aucun point focal validé"),
        }[sujet]
    if sujet == COMITES:
        return _say_titre_comites(bilan)
    if sujet == POINTS:
        n = bilan.par_etat.get(OUVERT, 0)
        return ngettext("{n} point d’information ouvert sur {t}", "{n} points d’information ouverts sur {t}", n).format(
            n=say_nombre(n), t=say_nombre(bilan.lignes)
        )
    n = bilan.par_etat.get(POURVU, 0)
    return ngettext("{n} poste de point focal pourvu sur {t}", "{n} postes de point focal pourvus sur {t}", n).format(
        n=say_nombre(n), t=say_nombre(bilan.lignes)
    )


def _say_titre_comites(bilan: Bilan) -> str:
    crees, actifs = _count_crees(bilan), bilan.signes["operationnels"]
    endormis = bilan.signes["endormis"]
    debut = ngettext("{n} comité créé", "{n} comités créés", crees).format(n=say_nombre(crees))
    phrase = ngettext("{debut}, dont {m} opérationnel", "{debut}, dont {m} opérationnels", actifs).format(
        debut=debut, m=say_nombre(actifs)
    )
    if not endormis:
        return phrase
    return _("{phrase} ; {e} en sommeil").format(phrase=phrase, e=say_nombre(endormis))


def list_cles(sujet: str, bilan: Bilan) -> list[tuple[str, str, str]]:
    """Key figures of a tab: name, figure, its base."""
    prevus = [r.prevu for r in bilan.regions if r.prevu is not None]
    plan = (
        ngettext(
            "sur {n} prévus par le SP/CCM dans {r} région", "sur {n} prévus par le SP/CCM dans {r} régions", len(prevus)
        ).format(n=say_nombre(sum(prevus)), r=say_nombre(len(prevus)))
        if prevus
        else _("nombre prévu non saisi par le SP/CCM")
    )
    s = bilan.signes
    if sujet == COMITES:
        crees = _count_crees(bilan)
        sur = ngettext("sur {n} créé", "sur {n} créés", crees).format(n=say_nombre(crees))
        return [
            (_("Créés"), say_nombre(crees), plan),
            (_("Opérationnels"), say_nombre(s["operationnels"]), sur),
            (_("En sommeil"), say_nombre(s["endormis"]), _say_sommeil(s, bilan.endormi_mois)),
            (_("Formés, une formation connue"), say_nombre(s["formes"]), sur),
        ]
    if sujet == POINTS:
        n = bilan.lignes
        return [
            (_("Ouverts"), say_nombre(bilan.par_etat.get(OUVERT, 0)), plan),
            (_("Accueil des femmes"), say_nombre(s["femmes"]), say_couverture(s["femmes_dites"], n)),
            (_("Accueil des enfants"), say_nombre(s["enfants"]), say_couverture(s["enfants_dits"], n)),
            (_("Plusieurs langues"), say_nombre(s["multilingues"]), say_couverture(s["langues_dites"], n)),
        ]
    return [
        (_("Pourvus"), say_nombre(bilan.par_etat.get(POURVU, 0)), plan),
        (_("Vacants"), say_nombre(bilan.par_etat.get("vacant", 0)), _say_sur_postes(bilan.lignes)),
        (_("Depuis quand"), say_nombre(s["avec_date"]), say_couverture(s["avec_date"], bilan.lignes)),
    ]  # fmt: skip


def _say_sur_postes(n: int) -> str:
    return ngettext("sur {n} poste", "sur {n} postes", n).format(n=say_nombre(n))


def _say_sommeil(signes: Mapping[str, int], mois: int) -> str:
    regle = _("opérationnels sans activité depuis plus de {n} mois").format(n=say_nombre(mois))
    inconnus = signes["inconnus"]
    if not inconnus:
        return regle
    return ngettext(
        "{regle} ; {n} dont l’activité n’est pas renseignée", "{regle} ; {n} dont l’activité n’est pas renseignée", inconnus
    ).format(regle=regle, n=say_nombre(inconnus))  # fmt: skip


def list_etats(sujet: str, bilan: Bilan) -> list[tuple[str, int]]:
    """How many in each stage of life, in order."""
    if sujet == COMITES:
        return [(say_stade(e), bilan.par_etat.get(e, 0)) for e in STADES]
    if sujet == POINTS:
        return [(say_libelle(e), bilan.par_etat.get(e.value, 0)) for e in StatutPoint]
    return [(_("Pourvu"), bilan.par_etat.get(POURVU, 0)), (_("Vacant"), bilan.par_etat.get("vacant", 0))]


def list_entetes(sujet: str) -> list[str]:
    """Headings of the table by region."""
    return [_("Région"), {COMITES: _("Créés"), POINTS: _("Ouverts"), FOCAUX: _("Pourvus")}[sujet], _("Détail")]


def list_regions(sujet: str, bilan: Bilan) -> list[tuple[str, str, str]]:
    """What each region holds, against the number planned there where one was said."""
    return [(r.nom, _say_nombre_region(r), _say_detail(sujet, r)) for r in bilan.regions]


def _say_nombre_region(r: LigneRegion) -> str:
    if not r.rapporte:
        dit = _("rien de validé")
        return dit if r.prevu is None else _("{dit} ({p} prévus)").format(dit=dit, p=say_nombre(r.prevu))
    if r.prevu is None:
        return say_nombre(r.n)
    return _("{n} sur {p} prévus").format(n=say_nombre(r.n), p=say_nombre(r.prevu))


def _say_detail(sujet: str, r: LigneRegion) -> str:
    ordre = (
        STADES if sujet == COMITES else tuple(s.value for s in StatutPoint) if sujet == POINTS else (POURVU, "vacant")
    )
    dits = [f"{_say_etat(sujet, e)} {say_nombre(r.detail[e])}" for e in ordre if r.detail.get(e)]
    return " · ".join(dits) or "—"


def _say_etat(sujet: str, etat: str) -> str:
    if sujet == COMITES:
        return say_stade(etat)
    if sujet == POINTS:
        return say_libelle(StatutPoint(etat))
    return _("Pourvu") if etat == POURVU else _("Vacant")


def say_regle(sujet: str) -> str:
    """How the figures of a tab are made."""
    if sujet == COMITES:
        return _(
            "Créé : planifiés exclus. Formation reçue : une formation validée de la région nomme le comité. « Prévu » : "
            "nombre saisi par le SP/CCM pour l’activité 3.1.1 ; le plan n’en donne aucun."
        )
    if sujet == POINTS:
        return _("« Prévu » : nombre saisi par le SP/CCM pour l’activité 3.1.3 ; le plan n’en donne aucun.")
    return _("Un poste et une structure, jamais une personne. Vacant : non pourvu, ou terminé à la date.")
