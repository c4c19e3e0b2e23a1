"""Sentences about money: titles that say the message, the base of every rate, the four totals of the plan."""

from __future__ import annotations

from ccm_data.domain.calendrier import get_jour
from ccm_data.queries.budget import Retenu, TableauBudget
from ccm_data.textes import _, ngettext
from ccm_data.typographie import say_date_courte, say_millions, say_nombre, say_pourcent


def compute_reste(tableau: TableauBudget) -> int | None:
    """What remains to be committed, in FCFA; None when no commitment was reported."""
    total = tableau.total
    return None if total.engage is None or total.prevu is None else total.prevu - total.engage


def say_titre_budget(tableau: TableauBudget) -> str:
    """The screen's message."""
    execution = tableau.total.ratio("paye")
    if execution is None:
        return _("Aucun décaissement n’est encore renseigné")
    reste = compute_reste(tableau)
    debut = _("{p} du plan est décaissé").format(p=say_pourcent(execution))
    if reste is None:
        return debut
    return _("{debut} ; il reste {m} millions FCFA à engager").format(debut=debut, m=say_millions(reste, 0))


def say_titre_axes(tableau: TableauBudget) -> str:
    """The axis that pays the least of its plan."""
    connus = [(t.ratio("paye"), t.code) for t in tableau.axes if t.ratio("paye") is not None]
    if not connus:
        return _("Décaissements par axe")
    ratio, code = min((r or 0.0, c) for r, c in connus)
    if ratio < 0.5:
        return _("L’axe {n} a décaissé moins de la moitié du prévu").format(n=code)
    return _("L’axe {n} ferme la marche : {p} du prévu décaissé").format(n=code, p=say_pourcent(ratio))


def say_titre_annees(tableau: TableauBudget) -> str:
    """How many years reached what was planned."""
    connues = [t for t in tableau.annees if t.paye is not None and t.prevu]
    if not connues:
        return _("Aucune année renseignée")
    atteintes = [t for t in connues if (t.paye or 0) >= (t.prevu or 0)]
    if not atteintes:
        return _("Aucune année n’a atteint le prévu")
    return ngettext("{n} année a atteint le prévu", "{n} années ont atteint le prévu", len(atteintes)).format(
        n=len(atteintes)
    )


def say_titre_courbe(tableau: TableauBudget) -> str:
    """How far the payments are below what was planned by the date."""
    courbe = tableau.courbe
    connus = courbe[courbe["paye"].notna()]
    if connus.empty:
        return _("Cumul prévu, sans décaissement renseigné")
    derniere = connus.iloc[-1]
    ecart = int(derniere["prevu"]) - int(derniere["paye"])
    if ecart > 0:
        return _("{m} millions sous le prévu à date").format(m=say_millions(ecart, 0))
    return _("Les décaissements suivent le prévu à date")


def say_totaux(tableau: TableauBudget) -> str:
    """The plan's totals side by side."""
    dits = _("Imprimé : {i} millions · axes : {x} · actions : {a} · activités : {p}").format(
        i=say_millions(tableau.imprime_fcfa, 0),
        x=say_millions(tableau.axes_imprimes_fcfa, 0),
        a=say_millions(tableau.actions_fcfa, 0),
        p=say_millions(tableau.activites_fcfa, 0),
    )
    retenu = tableau.get_retenu("plan")
    if retenu is None:
        return _("{totaux}, pris ici").format(totaux=dits)
    return _("{totaux} · retenu : {r}").format(totaux=dits, r=say_millions(retenu.montant_fcfa, 0))


def say_prevaut(tableau: TableauBudget) -> str:
    """Which figure the charts follow, who decided it, and what then does not add up."""
    if not tableau.retenus:
        return _("Prévu : somme des activités ; aucun autre chiffre n’est encore retenu par le SP/CCM.")
    noms = [_say_retenu(r) for r in tableau.retenus]
    dits = _("Retenu par le SP/CCM : {liste}.").format(liste=" ; ".join(noms))
    if tableau.base.code != "plan_entier" and any(r.objet != "activite" for r in tableau.retenus):
        return _(
            "{dits} Un total retenu vaut pour le plan entier : par année, le prévu reste la somme des activités."
        ).format(dits=dits)
    if not tableau.ecart_fcfa:
        return _("{dits} Les graphiques le suivent.").format(dits=dits)
    return _("{dits} Les parties ne sont pas recalculées : écart non ventilé, {e} millions.").format(
        dits=dits, e=say_millions(tableau.ecart_fcfa)
    )


def say_source_prevu(tableau: TableauBudget) -> str:
    """Which planned total stands behind the overview: the one kept for the plan, else the sum of the activities."""
    somme = say_millions(tableau.activites_fcfa)
    retenu = tableau.get_retenu("plan")
    if retenu is None or tableau.base.code != "plan_entier":
        texte = _("Prévu : somme des activités, {p} millions ({i} imprimés dans le plan).").format(
            p=somme, i=say_millions(tableau.imprime_fcfa)
        )
    else:
        texte = _("Prévu : {r} millions, retenus par le SP/CCM ; les activités en font {p}.").format(
            r=say_millions(retenu.montant_fcfa), p=somme
        )
    return " ".join([texte, *_list_retenus(tableau)])


def _list_retenus(tableau: TableauBudget) -> list[str]:
    """The figures kept below the plan, in one sentence; nothing where there is none."""
    dits = [_say_montant(r) for r in tableau.retenus if r.objet != "plan"]
    return [_("Retenu par le SP/CCM : {liste}.").format(liste=" ; ".join(dits))] if dits else []


def say_base_prevu(tableau: TableauBudget) -> str:
    """Under a frozen table: where the yearly amounts come from, and which totals were kept."""
    dits = " ; ".join(_say_montant(r) for r in tableau.retenus)
    return " · ".join(
        [say_base_annees(tableau)] + ([_("retenu par le SP/CCM : {liste}").format(liste=dits)] if dits else [])
    )


def _say_montant(retenu: Retenu) -> str:
    """« axe 2, 542 millions »."""
    noms = {"plan": _("plan"), "axe": _("axe {c}"), "action": _("action {c}"), "activite": _("activité {c}")}
    return _("{objet}, {m} millions").format(
        objet=noms[retenu.objet].format(c=retenu.code), m=say_millions(retenu.montant_fcfa)
    )


def _say_retenu(retenu: Retenu) -> str:
    """« axe 2, 542 millions (Suivi-évaluation, 20/11/2026) »."""
    return _("{montant} ({qui}, {jour})").format(
        montant=_say_montant(retenu), qui=retenu.auteur, jour=say_date_courte(get_jour(retenu.decide_le))
    )


def say_base_annees(tableau: TableauBudget) -> str:
    """Where the planned yearly amounts come from."""
    if tableau.saisis:
        return _(
            "prévu annuel : montants saisis pour {s}, coûts répartis à parts égales sur les années marquées pour le reste"
        ).format(s=", ".join(tableau.saisis))
    return _("prévu : coûts du plan répartis à parts égales sur les années marquées")


def say_base(tableau: TableauBudget) -> str:
    """The years that planned amounts and rates cover."""
    if tableau.base.code == "plan_entier":
        return _("plan entier 2022–2026")
    if not tableau.base.annees:
        return _("aucune année commencée")
    premiere, derniere = tableau.base.annees[0], tableau.base.annees[-1]
    return str(premiere) if premiere == derniere else f"{premiere}–{derniere}"


def say_decaisse_sur_prevu(tableau: TableauBudget) -> str:
    """« 536,1 sur 987 millions FCFA », the years named unless it is the whole plan."""
    prevu, paye = say_millions(tableau.total.prevu), tableau.total.paye
    if paye is None:
        texte = _("sur {prevu} millions FCFA").format(prevu=prevu)
    else:
        texte = _("{paye} sur {prevu} millions FCFA").format(paye=say_millions(paye), prevu=prevu)
    return texte if tableau.base.code == "plan_entier" else f"{texte} ({say_base(tableau)})"


def say_part(modele: str, ratio: float | None) -> str:
    """« 54 % du prévu »; nothing beside a figure that is itself not reported."""
    return "" if ratio is None else modele.format(p=say_pourcent(ratio))


def say_non_programme(tableau: TableauBudget) -> str:
    """What the base holds that stands in no year."""
    millions = say_millions(tableau.non_programme_fcfa, 0)
    if tableau.base.code == "plan_entier":
        return _("dont {m} non programmés").format(m=millions)
    return _("{base} ; hors {m} non programmés").format(base=say_base(tableau), m=millions)


def say_besoin(tableau: TableauBudget) -> str:
    """What remains to be financed: planned minus mobilised, and what stands in no year."""
    total = tableau.total
    reste = None if total.mobilise is None or total.prevu is None else total.prevu - total.mobilise
    hors = ", ".join(tableau.non_programmees) or _("aucune")
    if reste is None:
        return _("Reste à financer : mobilisé non renseigné. Activités non programmées : {h}.").format(h=hors)
    return _("Reste à financer (prévu − mobilisé déclaré) : {m} millions. Activités non programmées : {h}.").format(
        m=say_millions(reste, 0), h=hors
    )


def say_engagements(tableau: TableauBudget) -> str:
    """How many activities have a reported commitment."""
    return _("Engagé renseigné pour {n} activités sur {total}.").format(
        n=say_nombre(tableau.engages_connus), total=say_nombre(len(tableau.activites))
    )
