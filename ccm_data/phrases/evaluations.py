"""The words of « Évaluations »: the message, ratings in a word, means with their coverage, steps.

Source: règles de calcul, 6.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from ccm_data.domain.alertes import Alerte
from ccm_data.domain.evaluation import NOTES, Moyenne, list_etapes
from ccm_data.domain.vocabulaire import CategorieActeur, Critere, ObjetEvaluation
from ccm_data.libelles import say_libelle
from ccm_data.queries.evaluations import Bilan, FicheEvaluation, RegistreEvaluations
from ccm_data.textes import N_, _, ngettext
from ccm_data.typographie import (
    say_date,
    say_date_courte,
    say_instant,
    say_nombre,
    say_non_renseigne,
)

ONGLETS: Final = {"matrice": N_("Évaluations"), "alertes": N_("Alertes")}
MOTS: Final = {
    1: N_("très insuffisant"),
    2: N_("insuffisant"),
    3: N_("satisfaisant"),
    4: N_("très satisfaisant"),
}
ETAPES: Final = {
    "partager": N_("Partager avec le partenaire"),
    "rouvrir": N_("Rouvrir le brouillon"),
    "finaliser": N_("Rendre finale (elle ne changera plus)"),
    "annuler": N_("Annuler l’évaluation"),
}
FAITES: Final = {
    "partager": N_("Évaluation partagée : le partenaire peut la lire et répondre."),
    "rouvrir": N_("Évaluation rouverte : c’est de nouveau un brouillon du SP/CCM."),
    "finaliser": N_("Évaluation finale : elle compte et ne change plus."),
    "annuler": N_("Évaluation annulée : elle reste au registre, datée, et ne compte pas."),
}
PAS: Final = {
    "creer": N_("ouverte"),
    "modifier": N_("notes écrites"),
    "partager": N_("partagée"),
    "repondre": N_("réponse du partenaire"),
    "rouvrir": N_("rouverte"),
    "finaliser": N_("finale"),
    "annuler": N_("annulée"),
}
CRITERES_DITS: Final = 2  # named together; more are counted
LETTRES: Final = "ABCD"  # of the evaluations compared: a letter, so that no colour has to tell them apart


def say_note(note: int | None) -> str:
    """« 3 · satisfaisant »; what nobody judged is said, never 0."""
    return _("non jugé") if note is None else f"{note} · {_(MOTS[note])}"


def say_mot(note: int | None) -> str:
    """« satisfaisant »: the word alone, where the number stands beside it."""
    return _("non jugé") if note is None else _(MOTS[note])


def list_notes() -> dict[str, str]:
    """Options of a rating; "" is not judged."""
    return {"": say_note(None)} | {str(n): say_note(n) for n in NOTES}


def say_titre_evaluations(bilan: Bilan) -> str:
    """« 12 activités évaluées sur 28, 3 interventions »."""
    if not bilan.activites and not bilan.interventions:
        return ngettext(
            "Aucune évaluation finale sur {total} activité", "Aucune évaluation finale sur {total} activités",
            bilan.activites_total,
        ).format(total=say_nombre(bilan.activites_total))  # fmt: skip
    activites = ngettext(
        "{n} activité évaluée sur {total}", "{n} activités évaluées sur {total}", bilan.activites
    ).format(n=say_nombre(bilan.activites), total=say_nombre(bilan.activites_total))
    interventions = ngettext("{n} intervention", "{n} interventions", bilan.interventions).format(
        n=say_nombre(bilan.interventions)
    )
    return f"{activites}, {interventions}"


def list_cles(registre: RegistreEvaluations, alertes: Sequence[Alerte], retenues: int) -> list[tuple[str, str, str]]:
    """Key figures: activities and interventions evaluated (apart), the criterion rated lowest, alerts."""
    bilan = registre.bilan
    vues = sum(a.objet is ObjetEvaluation.ACTIVITE for a in alertes)
    connues = [m for m in bilan.moyennes if m.valeur is not None]
    bas = _list_extremes(connues, min) if connues else []
    return [
        (
            _("Activités du plan"),
            say_nombre(bilan.activites),
            _("évaluées sur {n}").format(n=say_nombre(bilan.activites_total)),
        ),
        (
            _("Interventions"),
            say_nombre(bilan.interventions),
            _("évaluées sur {n} au registre").format(n=say_nombre(bilan.interventions_total)),
        ),
        (
            _("Note moyenne la plus basse"),
            say_nombre(bas[0].valeur, 1) if bas else "—",
            _("sur 4 : {c}").format(c=_say_criteres(bas)) if bas else _("aucune note"),
        ),
        (
            _("Alertes"),
            say_nombre(len(alertes) + retenues),
            _("{a} sur des activités, {i} sur des interventions").format(
                a=say_nombre(vues), i=say_nombre(len(alertes) - vues + retenues)
            ),
        ),
    ]


def say_couverture(moyenne: Moyenne) -> str:
    """« 5 évaluations sur 8 »."""
    return ngettext("{n} évaluation sur {total}", "{n} évaluations sur {total}", moyenne.n).format(
        n=say_nombre(moyenne.n), total=say_nombre(moyenne.total)
    )


def say_moyenne(moyenne: Moyenne) -> str:
    """« 2,8 sur 4 (5 évaluations sur 8) »."""
    valeur = _("non jugé") if moyenne.valeur is None else _("{v} sur 4").format(v=say_nombre(moyenne.valeur, 1))
    return f"{valeur} ({say_couverture(moyenne)})"


@dataclass(frozen=True)
class Rang:
    """A criterion on the scale: its dots (place 0-1, letters), the place of its mean, all of it in words."""

    nom: str
    points: tuple[tuple[float, str], ...]
    moyenne: float | None
    valeurs: tuple[str, ...]
    dit: str


def compute_place(note: float) -> float:
    """Where a rating stands on the scale, from 0 (1) to 1 (4)."""
    return (note - NOTES[0]) / (NOTES[-1] - NOTES[0])


def list_rangs(bilan: Bilan, choisies: Sequence[FicheEvaluation]) -> list[Rang]:
    """The scale's rows: ratings of the evaluations compared, lettered, and the mean of all final ones."""
    return [_make_rang(m, choisies) for m in bilan.moyennes]


def _make_rang(moyenne: Moyenne, choisies: Sequence[FicheEvaluation]) -> Rang:
    notes = [(lettre, x.notes[moyenne.critere]) for lettre, x in zip(LETTRES, choisies, strict=False)]
    places = {n: "".join(lettre for lettre, note in notes if note == n) for n in NOTES}
    valeurs = [f"{lettre} {_('non jugé') if n is None else n}" for lettre, n in notes]
    courte = _("{v} ({n} sur {total})").format(
        v=_("non jugé") if moyenne.valeur is None else say_nombre(moyenne.valeur, 1),
        n=say_nombre(moyenne.n),
        total=say_nombre(moyenne.total),
    )
    nom = say_libelle(moyenne.critere)
    dits = [f"{lettre} {say_note(n)}" for lettre, n in notes] + [_("moyenne {m}").format(m=say_moyenne(moyenne))]
    return Rang(
        nom, tuple((compute_place(n), lettres) for n, lettres in places.items() if lettres),
        None if moyenne.valeur is None else compute_place(moyenne.valeur), (*valeurs, courte),
        _("{critere} : {dits}").format(critere=nom, dits=", ".join(dits)),
    )  # fmt: skip


def say_titre_comparaison(bilan: Bilan) -> str:
    """Which criteria stand lowest and highest, over final evaluations."""
    connues = [m for m in bilan.moyennes if m.valeur is not None]
    if not connues:
        return _("Aucun critère n’est encore noté dans une évaluation finale")
    bas, haut = _list_extremes(connues, min), _list_extremes(connues, max)
    if bas[0].valeur == haut[0].valeur:
        return _("Tous les critères notés ont la même moyenne, {v} sur 4").format(v=say_nombre(bas[0].valeur, 1))
    return _("Au plus bas : {bas}, {b} sur 4 ; au plus haut : {haut}, {h}").format(
        bas=_say_criteres(bas),
        b=say_nombre(bas[0].valeur, 1),
        haut=_say_criteres(haut),
        h=say_nombre(haut[0].valeur, 1),
    )


def _list_extremes(connues: Sequence[Moyenne], choix: Callable[[list[float]], float]) -> list[Moyenne]:
    """The criteria whose mean is the lowest, or the highest; equal ones together."""
    valeur = choix([m.valeur for m in connues if m.valeur is not None])
    return [m for m in connues if m.valeur == valeur]


def _lower(nom: str) -> str:
    """Its first letter small; sigles (PNM, PMM) keep theirs."""
    return f"{nom[:1].lower()}{nom[1:]}"


def _say_criteres(moyennes: Sequence[Moyenne]) -> str:
    noms = [say_libelle(m.critere) for m in moyennes]
    if len(noms) > CRITERES_DITS:
        return ngettext("{n} critère", "{n} critères", len(noms)).format(n=say_nombre(len(noms)))
    return _(" et ").join(_lower(n) for n in noms)


def list_efficience(efficience: Mapping[CategorieActeur | None, Moyenne]) -> list[tuple[str, str]]:
    """The efficiency by kind of actor evaluated."""
    return [
        (_("Aucun partenaire nommé") if c is None else say_libelle(c), say_moyenne(m)) for c, m in efficience.items()
    ]


def say_objet(fiche: FicheEvaluation) -> str:
    """« 2.1.1 · Réunions (15 mars 2025) »."""
    return f"{fiche.objet_code} · {fiche.titre} ({say_date_courte(fiche.jour)})"


def say_court(fiche: FicheEvaluation) -> str:
    """« 2.1.1 (15 mars 2025) »: for a choice among many."""
    return f"{fiche.objet_code} ({say_date_courte(fiche.jour)})"


def say_statut(fiche: FicheEvaluation) -> str:
    """Its state, or that it was taken back."""
    if fiche.annulee_le is not None:
        return _("Annulée le {j}").format(j=say_instant(fiche.annulee_le))
    return say_libelle(fiche.statut)


def list_faits(
    fiche: FicheEvaluation, acteurs: Mapping[str, str], pas: Iterable[tuple[datetime, str]]
) -> list[tuple[str, str]]:
    """What is said of the evaluation: state, who answers, criteria judged, its history."""
    juges, total = fiche.juges
    histoire = " · ".join(
        f"{_(PAS[action])} {say_instant(quand)}" for quand, action in _keep_derniers(pas) or _list_dates(fiche)
    )
    partenaire = _("personne") if fiche.partenaire is None else acteurs.get(fiche.partenaire, fiche.partenaire)
    if fiche.categorie is not None:
        partenaire += f" ({say_libelle(fiche.categorie)})"
    return [
        (_("Objet"), say_libelle(fiche.objet)),
        (_("Statut"), say_statut(fiche)),
        (_("Peut répondre"), partenaire),
        (
            _("Critères jugés"),
            _("{n} sur {total}").format(n=say_nombre(juges), total=say_nombre(total)),
        ),
        (_("Historique"), histoire or say_non_renseigne()),
    ]


def _list_dates(fiche: FicheEvaluation) -> list[tuple[datetime, str]]:
    """The steps that the evaluation itself dates, for one that came without a journal."""
    dates = [(fiche.cree_le, "creer"), (fiche.partagee_le, "partager"), (fiche.reponse_le, "repondre"),
             (fiche.finale_le, "finaliser"), (fiche.annulee_le, "annuler")]  # fmt: skip
    return sorted((quand, action) for quand, action in dates if quand is not None)


def _keep_derniers(pas: Iterable[tuple[datetime, str]]) -> list[tuple[datetime, str]]:
    """The steps that have a word; of the same step several times in a row, the last."""
    connus = [(quand, action) for quand, action in pas if action in PAS]
    suivants = [action for _quand, action in connus[1:]]
    return [
        (quand, action)
        for rang, (quand, action) in enumerate(connus)
        if rang == len(suivants) or action != suivants[rang]
    ]


def list_jugements(fiche: FicheEvaluation) -> list[tuple[str, str]]:
    """The ten ratings, without their reasons."""
    return [(say_libelle(j.critere), say_note(j.note)) for j in fiche.jugements]


def say_reponse(fiche: FicheEvaluation, acteurs: Mapping[str, str]) -> tuple[str, str]:
    """Who answered and when, and whether on an earlier text."""
    qui = acteurs.get(fiche.partenaire or "", fiche.partenaire or "")
    quand = say_instant(fiche.reponse_le)
    if fiche.reponse_anterieure:
        quand = _("{q}, avant le dernier partage").format(q=quand)
    return qui, quand


def list_suites(fiche: FicheEvaluation) -> dict[str, str]:
    """The steps that the SP/CCM may take from here."""
    if fiche.annulee_le is not None:
        return {}
    return {e: _(ETAPES[e]) for e in list_etapes(fiche.statut) if e in ETAPES}


def say_retenues(registre: RegistreEvaluations) -> str:
    """What this person may not read, counted; empty when nothing is kept back."""
    n = registre.retenues
    if not n:
        return ""
    return ngettext(
        "{n} évaluation n’est pas montrée : en cours, elle se lit au SP/CCM et chez le partenaire ; finale sur une "
        "intervention, elle se lit connecté.",
        "{n} évaluations ne sont pas montrées : en cours, elles se lisent au SP/CCM et chez le partenaire ; finales sur "
        "une intervention, elles se lisent connecté.",
        n,
    ).format(n=say_nombre(n))


def say_apres(bilan: Bilan, arrete: date) -> str:
    """Final evaluations dated after the date d'arrêté; empty when there is none."""
    if not bilan.apres:
        return ""
    return ngettext(
        "{n} évaluation finale, datée après le {j}, n’est pas comptée.",
        "{n} évaluations finales, datées après le {j}, ne sont pas comptées.",
        bilan.apres,
    ).format(n=say_nombre(bilan.apres), j=say_date(arrete))


def say_critere(critere: Critere) -> str:
    """A criterion's name, shorter for a column."""
    return {
        Critere.CONFORMITE_PNM: _("Conf. PNM"),
        Critere.CONFORMITE_PMM: _("Conf. PMM"),
    }.get(critere, say_libelle(critere))
