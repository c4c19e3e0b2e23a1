"""Where the plan stands, on one screen: time, physical progress, money, indicators, what is late, what changed."""

from dataclasses import replace

from ccm_data.domain.calendrier import compute_temps_ecoule, get_dernier_trimestre_fini
from ccm_data.domain.vocabulaire import StatutIndicateur
from ccm_data.libelles import say_libelle
from ccm_data.phrases import budget as phrases_budget
from ccm_data.phrases import pilotage as phrases
from ccm_data.queries.avancement import get_avancement
from ccm_data.queries.budget import get_tableau_budget
from ccm_data.queries.changements import list_changements
from ccm_data.queries.indicateurs import get_cadre_logique
from ccm_data.queries.rapports import get_completude, get_seuils, list_silencieux
from ccm_data.queries.recommandations import count_en_retard
from ccm_data.textes import _, ngettext
from ccm_data.typographie import say_nombre, say_pourcent, say_trimestre
from pages.ui import cache, components, disposition, session
from pages.ui.garde import open_ecran

contexte = open_ecran("vue")
perimetre, aujourd_hui = contexte.perimetre, contexte.config.aujourd_hui()
avancement = cache.read(contexte, get_avancement, perimetre)
budget = cache.read(contexte, get_tableau_budget, perimetre)
cadre = cache.read(contexte, get_cadre_logique, perimetre)
silencieux = cache.read(contexte, list_silencieux, perimetre.date_arrete, aujourd_hui)
seuils = cache.read(contexte, get_seuils)
completude = cache.read(contexte, get_completude, perimetre.date_arrete, aujourd_hui)
jours, total_jours = compute_temps_ecoule(perimetre.date_arrete)
trimestre = get_dernier_trimestre_fini(perimetre.date_arrete)
decaisse = budget.total.ratio("paye")
fait = None if avancement.plan.moyenne.valeur is None else avancement.plan.moyenne.valeur / 100
attendu = None if avancement.plan.attendu is None else avancement.plan.attendu / 100

components.show_titre(
    phrases.say_titre_vue(avancement, perimetre.date_arrete),
    _(
        "Plan d’action 2022–2026 · Niger, ensemble du plan · avancement physique pondéré par le coût des {n} activités"
    ).format(n=len(avancement.activites)),
)
with disposition.show_colonnes(1, 1, 1, 1.9) as (temps, physique, financier, indicateurs):
    with temps:
        base = _("{jours} jours sur {total}").format(jours=say_nombre(jours), total=say_nombre(total_jours))
        components.show_chiffre(
            _("Temps écoulé"), jours / total_jours, "temps", base, lien=("plan", _("Voir le calendrier"))
        )
    with physique:
        base = "" if attendu is None else _("attendu : {p}").format(p=say_pourcent(attendu))
        components.show_chiffre(
            _("Avancement physique"), fait, avancement.plan.statut.value, base, attendu=attendu,
            statut=None if fait is None else avancement.plan.statut, lien=("plan", _("Voir les activités")),
        )  # fmt: skip
    with financier:
        base = phrases_budget.say_decaisse_sur_prevu(budget)
        components.show_chiffre(
            _("Décaissé sur prévu"), decaisse, "decaisse", base, lien=("budget", _("Voir le budget"))
        )
    with indicateurs:
        components.show(
            "vue_statuts.html",
            titre=ngettext("{n} indicateur, par statut", "{n} indicateurs, par statut", len(cadre.lignes)).format(
                n=len(cadre.lignes)
            ),
            comptes=cadre.comptes,
            etiquette=phrases.say_comptes(cadre.comptes, {s: say_libelle(s) for s in StatutIndicateur}),
        )
        components.show_lien_ecran("indicateurs", _("Voir les indicateurs"))
with disposition.show_colonnes(1.75, 1) as (axes, suites):
    with axes:
        components.show("vue_axes.html", axes=components.list_axes(avancement, budget, contexte.installation.axes))
    with suites:
        points = phrases.list_points(
            avancement, silencieux, contexte.installation.regions, say_trimestre(trimestre.annee, trimestre.numero),
            seuils, [x.code for x in cadre.lignes if x.conflit], cache.read(contexte, count_en_retard, aujourd_hui),
        )  # fmt: skip
        changements = cache.read(contexte, list_changements)[: phrases.count_changements(len(points))]
        components.show(
            "vue_regler.html",
            titre=_("À régler avant la réunion"),
            points=[replace(p, adresse=session.get_adresse(p.adresse)) for p in points],
            changements=[phrases.say_changement(c, contexte.installation.regions) for c in changements],
        )
components.show_source(
    ngettext(
        "Sources : rapports {t} validés de {n} déclarant sur {total}.",
        "Sources : rapports {t} validés de {n} déclarants sur {total}.",
        completude.rendus,
    ).format(t=say_trimestre(trimestre.annee, trimestre.numero), n=completude.rendus, total=completude.attendus),
    phrases_budget.say_source_prevu(budget),
    demonstration=contexte.installation.demonstration,
)
