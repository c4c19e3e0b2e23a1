"""The words of « Qui doit quoi »: its message, its key figures, what a thing owed is called, the matrix of reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from ccm_data.domain import relances as regles
from ccm_data.domain.calendrier import Trimestre
from ccm_data.domain.relances import Bilan, CompteDus, Declarant, Du, Retards, Taux
from ccm_data.phrases.comptes import say_objet
from ccm_data.queries.completude import NomsCompletude, Situation
from ccm_data.textes import N_, _, ngettext
from ccm_data.typographie import say_court, say_date, say_nombre, say_ponctuation, say_pourcent, say_trimestre

NATURES: Final = {
    regles.RAPPORT: N_("Rapports"),
    regles.RETOUR: N_("Lignes à corriger"),
    regles.VALEUR: N_("Valeurs d’indicateurs"),
    regles.RECOMMANDATION: N_("Recommandations"),
    regles.INTERVENTION: N_("Interventions sans nouvelles"),
    regles.DOCUMENT: N_("Documents à analyser"),
}
ETATS: Final = {
    regles.EN_RETARD: N_("En retard"),
    regles.A_RENVOYER: N_("Retourné, à renvoyer"),
    regles.A_RENDRE: N_("À rendre"),
    regles.EN_ATTENTE: N_("En attente"),
}
TEXTE_MAX: Final = 160


@dataclass(frozen=True)
class CaseMatrice:
    """A cell of the matrix. `taux` None: no activity there that quarter."""

    taux: Taux | None
    texte: str
    etiquette: str


@dataclass(frozen=True)
class LigneMatrice:
    """A row of the matrix: who reports, a cell per quarter, the whole."""

    nom: str
    cases: tuple[CaseMatrice, ...]
    total: str


def say_declarant(qui: Declarant, noms: NomsCompletude) -> str:
    """« Agadez », « OIM », « SP/CCM »."""
    if qui.acteur_code is not None:
        return noms.acteurs.get(qui.acteur_code, qui.acteur_code)
    return _("SP/CCM") if qui.region_code is None else noms.regions.get(qui.region_code, qui.region_code)


def say_qui(retards: Retards, noms: NomsCompletude, *, nommer: bool) -> tuple[str, int]:
    """Who is late, « 3 régions, 2 organisations et le SP/CCM », and how many that makes.

    One region is named; one organisation too, for whoever reads its rows (`nommer`).
    """
    parts = []
    if len(retards.regions) == 1:
        parts.append(noms.regions.get(retards.regions[0], retards.regions[0]))
    elif retards.regions:
        parts.append(_("{n} régions").format(n=say_nombre(len(retards.regions))))
    n = len(retards.acteurs)
    if n == 1 and nommer:
        parts.append(noms.acteurs.get(retards.acteurs[0], retards.acteurs[0]))
    elif n:
        parts.append(ngettext("{n} organisation", "{n} organisations", n).format(n=say_nombre(n)))
    if retards.spccm:
        parts.append(_("le SP/CCM"))
    texte = parts[-1] if len(parts) < 2 else _("{debut} et {fin}").format(debut=", ".join(parts[:-1]), fin=parts[-1])
    return texte[:1].upper() + texte[1:], len(retards.regions) + n + retards.spccm


def say_titre_completude(bilan: Bilan, noms: NomsCompletude, aujourd_hui: date, *, nommer: bool = True) -> str:
    """The screen's message: « 3 régions et le SP/CCM doivent 14 rapports, le plus ancien depuis 222 jours »."""
    if bilan.rapports.n:
        qui, combien = say_qui(bilan.rapports, noms, nommer=nommer)
        quoi = ngettext("{n} rapport", "{n} rapports", bilan.rapports.n).format(n=say_nombre(bilan.rapports.n))
        phrase = ngettext("{qui} doit {quoi}", "{qui} doivent {quoi}", combien).format(qui=qui, quoi=quoi)
        return phrase + _say_plus_ancien(bilan.rapports, aujourd_hui)
    if bilan.autres.n:
        qui, combien = say_qui(bilan.autres, noms, nommer=nommer)
        quoi = ngettext("{n} élément en retard", "{n} éléments en retard", bilan.autres.n)
        phrase = ngettext("{qui} a {quoi}", "{qui} ont {quoi}", combien)
        dite = phrase.format(qui=qui, quoi=quoi.format(n=say_nombre(bilan.autres.n)))
        return dite + _say_plus_ancien(bilan.autres, aujourd_hui)
    if not bilan.a_venir:
        return _("Rien n’est dû : tout est rendu")
    texte = ngettext(
        "Rien n’est en retard ; {n} élément est attendu",
        "Rien n’est en retard ; {n} éléments sont attendus",
        bilan.a_venir,
    ).format(n=say_nombre(bilan.a_venir))
    if bilan.prochaine is None:
        return texte
    return _("{texte}, le prochain avant le {jour}").format(texte=texte, jour=say_date(bilan.prochaine))


def _say_plus_ancien(retards: Retards, aujourd_hui: date) -> str:
    if retards.depuis is None:
        return ""
    jours = (aujourd_hui - retards.depuis).days
    modele = (
        ngettext("depuis {n} jour", "depuis {n} jours", jours)
        if retards.n == 1
        else ngettext("le plus ancien depuis {n} jour", "le plus ancien depuis {n} jours", jours)
    )
    return ", " + modele.format(n=say_nombre(jours))


def say_taux(taux: Taux) -> str:
    """« 8 rapports sur 12 (67 %) »: never a bare percentage."""
    modele = ngettext("{n} rapport sur {t} ({p})", "{n} rapports sur {t} ({p})", taux.rendus)
    return modele.format(n=say_nombre(taux.rendus), t=say_nombre(taux.attendus), p=say_pourcent(taux.ratio))


def say_taux_court(taux: Taux) -> str:
    """« 8 sur 12 (67 %) »; what is owed by nobody has no percentage."""
    if not taux.attendus:
        return _("sans objet")
    return _("{n} sur {t} ({p})").format(
        n=say_nombre(taux.rendus), t=say_nombre(taux.attendus), p=say_pourcent(taux.ratio)
    )


def say_trimestre_code(code: str) -> str:
    """« 2026-T3 » → « T3 2026 »."""
    trimestre = Trimestre.from_code(code)
    return say_trimestre(trimestre.annee, trimestre.numero)


def list_cles(
    situation: Situation, comptes: Sequence[CompteDus], region: str | None, acteur: str | None
) -> list[tuple[str, str, str]]:
    """Key figures: (what, number, base). `comptes`: of what is shown; a region or an organisation narrows the rates."""
    dernier = situation.trimestres[-1] if situation.trimestres else None
    total = regles.sum_taux(
        t for (r, code), t in situation.taux.items() if code == dernier and (region is None or r == region)
    )
    interventions = situation.interventions if acteur is None else situation.acteurs.get(acteur, Taux(0, 0))
    attendus, retards = sum(c.n for c in comptes), sum(c.en_retard for c in comptes)
    retours = next(c for c in comptes if c.nature == regles.RETOUR)
    return [
        (
            _("Rapports du {t}").format(t=say_trimestre_code(dernier)) if dernier else _("Rapports"),
            say_pourcent(total.ratio) if total.attendus else _("sans objet"),
            _say_base(total) if total.attendus else _("aucun rapport n’était dû"),
        ),
        (
            _("En retard"),
            say_nombre(retards),
            ngettext("sur {n} élément attendu", "sur {n} éléments attendus", attendus).format(n=say_nombre(attendus)),
        ),
        (
            _("Lignes à corriger"),
            say_nombre(retours.n),
            _("dont {n} après la date demandée").format(n=say_nombre(retours.en_retard))
            if retours.en_retard
            else _("aucune après la date demandée"),
        ),
        (
            _("Interventions à jour"),
            say_pourcent(interventions.ratio) if interventions.attendus else _("sans objet"),
            _("{n} sur {t} en cours").format(n=say_nombre(interventions.rendus), t=say_nombre(interventions.attendus))
            if interventions.attendus
            else _("aucune en cours"),
        ),
    ]


def _say_base(taux: Taux) -> str:
    """« 22 rapports sur 29 »: the base of a percentage that stands beside it."""
    modele = ngettext("{n} rapport sur {t}", "{n} rapports sur {t}", taux.rendus)
    return modele.format(n=say_nombre(taux.rendus), t=say_nombre(taux.attendus))


def list_onglets(comptes: Sequence[CompteDus]) -> dict[str, str]:
    """The natures with their counts: code → « Rapports · 14 »."""
    tout = _("Tout")  # apart: the catalogue does not read inside an f-string
    return {"tout": f"{tout} · {say_nombre(sum(c.n for c in comptes))}"} | {
        c.nature: f"{_(NATURES[c.nature])} · {say_nombre(c.n)}" for c in comptes
    }


def list_matrice(situation: Situation) -> list[LigneMatrice]:
    """Reports given, per region in official order, then the SP/CCM, and per quarter."""
    declarants: list[tuple[str | None, str]] = [*situation.noms.regions.items(), (None, _("SP/CCM (national)"))]
    lignes = []
    for region, nom in declarants:
        siens = [situation.taux[region, t] for t in situation.trimestres if (region, t) in situation.taux]
        cases = tuple(_make_case(nom, t, situation.taux.get((region, t))) for t in situation.trimestres)
        total = regles.sum_taux(siens)
        lignes.append(LigneMatrice(nom, cases, say_taux(total) if total.attendus else _("pas d’activité")))
    return lignes


def _make_case(nom: str, code: str, taux: Taux | None) -> CaseMatrice:
    if taux is None:
        texte = _("pas d’activité")
    elif taux.silencieux:
        texte = _("non rapporté : 0 sur {t}").format(t=say_nombre(taux.attendus))
    elif taux.rendus < taux.attendus and not taux.en_retard:
        texte = _("{taux}, à temps").format(taux=say_taux_court(taux))
    else:
        texte = say_taux_court(taux)
    return CaseMatrice(taux, texte, f"{nom}, {say_trimestre_code(code)} : {texte}")


def say_titre_matrice(situation: Situation) -> str:
    """The matrix's message: « T3 2026 : 22 rapports sur 29 (76 %), 2 régions silencieuses »."""
    if not situation.taux or not situation.trimestres:
        return _("Aucun rapport n’est encore dû")
    dernier = situation.trimestres[-1]
    total = regles.sum_taux(t for (_r, code), t in situation.taux.items() if code == dernier)
    if not total.attendus:
        return _("{t} : pas d’activité, aucun rapport n’est dû").format(t=say_trimestre_code(dernier))
    titre = f"{say_trimestre_code(dernier)} : {say_taux(total)}"
    n = len(regles.list_silencieux(situation.taux, dernier))
    if not n:
        return titre
    return f"{titre}, " + ngettext("{n} région silencieuse", "{n} régions silencieuses", n).format(n=say_nombre(n))


def say_silencieux(situation: Situation, trier: Mapping[str, str]) -> str:
    """« Non rapporté au T3 2026 : Diffa, Tillabéri. » in alphabetical order, empty when nobody is; `trier`: sort keys."""
    if not situation.trimestres:
        return ""
    dernier = situation.trimestres[-1]
    codes = regles.list_silencieux(situation.taux, dernier)
    if not codes:
        return ""
    noms = sorted((situation.noms.regions.get(c, c) for c in codes), key=lambda n: trier.get(n, n))
    return _("Non rapporté au {t} (ordre alphabétique) : {noms}.").format(
        t=say_trimestre_code(dernier), noms=", ".join(noms)
    )


def say_objet_du(du: Du, noms: NomsCompletude) -> str:
    """What is owed: « 3.1.3 · Points d’information », « Valeur d’indicateur 1.d, T3 2026 : « à compléter » »."""
    if du.nature == regles.RAPPORT:
        return _join(du.code, noms.activites.get(du.code, ""))
    if du.nature == regles.VALEUR:
        return _join(du.code, noms.indicateurs.get(du.code, ""))
    if du.nature == regles.RETOUR:
        quand = f", {say_trimestre_code(du.trimestre)}" if du.trimestre else ""
        objet = f"{say_objet(du.sujet or '')} {_cut(du.code)}{quand}"
        return say_ponctuation(f"{objet} : « {_cut(du.texte)} »") if du.texte else objet
    if du.nature == regles.DOCUMENT:
        return _cut(du.texte)
    return _join(du.code, _cut(du.texte))


def _join(code: str, texte: str) -> str:
    return f"{code} · {texte}" if texte else code


def _cut(texte: str) -> str:
    return say_court(" ".join(texte.split()), TEXTE_MAX)


def say_etat(du: Du) -> str:
    """« En retard », « Retourné, à renvoyer », « À rendre », « En attente »."""
    return _(ETATS[du.etat])


def say_retenus(retenus: int) -> str:
    """How many things this person may not read."""
    return ngettext(
        "{n} élément n’est pas listé : votre rôle n’en lit que le nombre.",
        "{n} éléments ne sont pas listés : votre rôle n’en lit que le nombre.",
        retenus,
    ).format(n=say_nombre(retenus))


def list_acteurs(situation: Situation, codes: Iterable[str]) -> list[tuple[str, str]]:
    """(organisation, « 3 sur 5 (60 %) »), in the order of `codes`."""
    return [
        (situation.noms.acteurs.get(c, c), say_taux_court(situation.acteurs[c]))
        for c in codes
        if c in situation.acteurs
    ]


def say_legende() -> str:
    """How the matrix reads: its three kinds of emptiness."""
    return _(
        "Rapports rendus par région et par trimestre · hachures : non rapporté, la date est passée · "
        "« pas d’activité » : rien n’était dû · « à temps » : la date n’est pas passée"
    )


def say_regles(situation: Situation) -> str:
    """When things are late, with the delays in force."""
    return _(
        "Rapports et valeurs : dus {n} jours après le trimestre, à partir du {t} ; une ligne retournée n’est en retard "
        "qu’après sa nouvelle date ; une intervention en cours se redit tous les {m} jours."
    ).format(
        n=say_nombre(situation.delai_rapport_jours),
        t=say_trimestre_code(situation.premier_du),
        m=say_nombre(situation.delai_intervention_jours),
    )
