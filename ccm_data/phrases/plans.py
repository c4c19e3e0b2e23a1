"""Words of the later plan: its file, what stands in the way, what it carries over from the first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from ccm_data.domain.vocabulaire import Gravite
from ccm_data.imports.anomalies import Anomalie
from ccm_data.imports.plan_suivant import LecturePlan, count_fautives
from ccm_data.libelles import say_libelle
from ccm_data.phrases.imports import say_anomalie
from ccm_data.queries.plans import FichePlan, LigneReprise, Reprises
from ccm_data.textes import N_, _, ngettext
from ccm_data.typographie import (
    say_date,
    say_fcfa,
    say_instant,
    say_millions,
    say_nombre,
    say_non_renseigne,
    say_pourcent,
)

# code → (what is wrong, what to do), beside the words that every workbook shares
ANOMALIES_PLAN: Final[Mapping[str, tuple[str, str]]] = {
    "feuille_absente": (N_("Cette feuille manque."), N_("Reprenez le modèle : il a « Plan » et « Activités ».")),
    "feuille_sans_ligne": (N_("Cette feuille ne dit rien."), N_("Remplissez au moins une ligne sous les titres.")),
    "plan_en_double": (N_("Un classeur porte un seul plan."), N_("Gardez une ligne ; un autre plan, un autre fichier.")),
    "code_en_double": (N_("La ligne {attendu} a déjà ce code."), N_("Donnez à chaque activité le sien.")),
    "reprise_partagee": (
        N_("La ligne {attendu} reprend déjà cette activité."),
        N_("Rien à faire si elle se partage en deux ; sinon, corrigez l’une des deux."),
    ),
    "non_chiffree": (N_("L’activité n’a pas de coût."), N_("Elle est prise « non chiffrée » : le total dira « au moins ».")),
    "date_future": (N_("La date de la source est à venir."), N_("Un plan se charge une fois adopté.")),
}  # fmt: skip


def say_anomalie_plan(anomalie: Anomalie) -> tuple[str, str]:
    """(what is wrong, what to do) of a fault of this workbook."""
    if anomalie.code not in ANOMALIES_PLAN:
        return say_anomalie(anomalie)
    quoi, faire = ANOMALIES_PLAN[anomalie.code]
    return _(quoi).format(attendu=anomalie.attendu or "—"), _(faire)


def say_gravite(gravite: Gravite, n: int) -> tuple[str, str]:
    """The heading of a grade: how many faults; a plan is taken whole or not at all."""
    if gravite is Gravite.A_VERIFIER:
        titre = ngettext("{n} point à vérifier", "{n} points à vérifier", n)
        return titre.format(n=say_nombre(n)), _("Le plan se charge quand même.")
    titre = ngettext("{n} faute à corriger", "{n} fautes à corriger", n)
    return titre.format(n=say_nombre(n)), _("Corrigez dans le classeur et renvoyez-le : un plan se charge entier.")


def say_titre_plan(plans: Sequence[FichePlan], reprises: Reprises) -> str:
    """The screen's message: what waits."""
    inachevees = len(reprises.lignes)
    if not plans:
        return ngettext(
            "{n} activité inachevée attend le plan suivant", "{n} activités inachevées attendent le plan suivant", inachevees
        ).format(n=say_nombre(inachevees))  # fmt: skip
    reste = reprises.a_decider
    if not reste:
        return _("Toutes les activités inachevées ont leur suite")
    return ngettext(
        "{n} activité inachevée sur {total} attend une décision", "{n} activités inachevées sur {total} attendent une décision",
        reste,
    ).format(n=say_nombre(reste), total=say_nombre(inachevees))  # fmt: skip


def say_titre_lu(lecture: LecturePlan) -> str:
    """What the file just sent is worth."""
    if lecture.plan is not None:
        return ngettext(
            "Le plan {code} est prêt à charger : {n} activité", "Le plan {code} est prêt à charger : {n} activités", lecture.lues
        ).format(code=lecture.plan.code, n=say_nombre(lecture.lues))  # fmt: skip
    lignes = count_fautives(lecture)
    if not lignes:
        return _("Ce classeur ne peut pas être chargé tel quel")
    return ngettext("{n} ligne à corriger avant de charger", "{n} lignes à corriger avant de charger", lignes).format(
        n=say_nombre(lignes)
    )


def say_cout(cout_fcfa: int | None, sans_cout: int) -> str:
    """« au moins 410 millions FCFA (3 activités non chiffrées) »."""
    if cout_fcfa is None:
        return say_non_renseigne()
    total = _("{m} millions FCFA").format(m=say_millions(cout_fcfa))
    if not sans_cout:
        return total
    suite = ngettext("{n} activité non chiffrée", "{n} activités non chiffrées", sans_cout).format(
        n=say_nombre(sans_cout)
    )
    return _("au moins {total} ({suite})").format(total=total, suite=suite)


def list_faits_lu(lecture: LecturePlan) -> list[tuple[str, str]]:
    """What will be loaded, before it is."""
    plan = lecture.plan
    if plan is None:
        return []
    repris = sum(a.reprend_code is not None for a in plan.activites)
    return [
        (_("Plan"), f"{plan.code} · {plan.intitule}"),
        (_("Années"), f"{plan.debut}–{plan.fin}"),
        (_("Source"), _("{source}, {jour}").format(source=plan.source, jour=say_date(plan.date_source))),
        (_("Activités"), say_nombre(len(plan.activites))),
        (_("Coût"), say_cout(plan.cout_fcfa, plan.sans_cout)),
        (_("Reprises de 2022-2026"), say_nombre(repris)),
    ]


def list_faits_plan(plan: FichePlan) -> list[tuple[str, str]]:
    """What is known of a plan that was loaded."""
    return [
        (_("Intitulé"), plan.intitule),
        (_("Années"), f"{plan.debut}–{plan.fin}"),
        (_("Source"), _("{source}, {jour}").format(source=plan.source, jour=say_date(plan.date_source))),
        (_("Activités"), say_nombre(plan.activites)),
        (_("Coût"), say_cout(plan.cout_fcfa, plan.sans_cout)),
        (_("Chargé par"), _("{qui}, le {jour}").format(qui=plan.auteur, jour=say_instant(plan.charge_le))),
    ]


def list_cles(reprises: Reprises, plan: FichePlan | None) -> list[tuple[str, str, str]]:
    """Key figures: unfinished, to decide, money not spent, open recommendations."""
    lignes = reprises.lignes
    connus = [x.non_depense_fcfa for x in lignes if x.non_depense_fcfa is not None]
    manque = len(lignes) - len(connus)
    argent = say_millions(sum(connus), 0) if connus else say_non_renseigne()
    suite = ngettext("{n} sans décaissement renseigné", "{n} sans décaissement renseigné", manque).format(
        n=say_nombre(manque)
    )
    reprises_dites = sum(bool(x.repris_par) for x in lignes)
    return [
        (_("Inachevées"), say_nombre(len(lignes)), _("du plan 2022–2026")),
        (
            _("À décider"),
            say_nombre(reprises.a_decider) if plan else _("à venir"),
            _("{n} reprises par le fichier").format(n=say_nombre(reprises_dites)) if plan else _("chargez d’abord le plan"),
        ),
        (_("Non dépensé, millions FCFA"), argent, suite if manque else _("prévu − décaissé")),
        (
            _("Recommandations ouvertes"),
            say_nombre(sum(len(x.recommandations) for x in lignes)),
            _("liées à ces activités"),
        ),
    ]  # fmt: skip


def say_abandonnees(reprises: Reprises) -> str:
    """What is not offered, and why."""
    if not reprises.abandonnees:
        return _("Inachevée : ni achevée à 100 %, ni abandonnée ; une activité jamais renseignée en est une.")
    return ngettext(
        "{n} activité abandonnée n’est pas proposée.", "{n} activités abandonnées ne sont pas proposées.", reprises.abandonnees
    ).format(n=say_nombre(reprises.abandonnees))  # fmt: skip


def list_faits_reprise(ligne: LigneReprise) -> list[tuple[str, str]]:
    """What the database holds on an unfinished activity, before deciding."""
    avance = say_pourcent(None if ligne.avancement is None else ligne.avancement / 100)
    statut = say_libelle(ligne.statut) if ligne.statut else say_non_renseigne()
    faits = [
        (_("Intitulé"), ligne.intitule),
        (_("Réalisé"), _("{a} ; état déclaré : {s}").format(a=avance, s=statut)),
        (_("Prévu"), say_fcfa(ligne.prevu_fcfa)),
        (_("Décaissé"), say_fcfa(ligne.paye_fcfa)),
        (_("Non dépensé"), say_fcfa(ligne.non_depense_fcfa)),
        (_("Recommandations ouvertes"), ", ".join(ligne.recommandations) or _("aucune")),
        (_("Reprise par"), ", ".join(ligne.repris_par) or _("aucune activité du plan suivant")),
    ]
    decision = ligne.decision
    if decision is not None:
        faits.append(
            (
                _("Décision"),
                _("{suite} : {motif} ({qui}, le {jour})").format(
                    suite=say_libelle(decision.suite), motif=decision.motif, qui=decision.auteur,
                    jour=say_instant(decision.decide_le),
                ),
            )
        )  # fmt: skip
    return faits
