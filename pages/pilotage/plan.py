"""The action plan: 28 activities on a calendar, planned years against actual dates, progress and status."""

from ccm_data.domain.vocabulaire import CategorieActeur
from ccm_data.libelles import say_libelle
from ccm_data.phrases import calendrier as phrases
from ccm_data.queries.calendrier import compute_place, get_calendrier
from ccm_data.queries.tableaux import make_table_plan
from ccm_data.textes import _
from pages.ui import cache, components, disposition, reglages, session
from pages.ui.garde import open_ecran

contexte = open_ecran("plan")
beneficiaire = session.get_param("beneficiaire")
beneficiaire = beneficiaire if beneficiaire in list(CategorieActeur) else None
lignes, avancement = cache.read(contexte, get_calendrier, contexte.perimetre, beneficiaire)
components.show_titre(
    phrases.say_titre_plan(lignes, avancement),
    _("Plan d’action 2022–2026 · années prévues, dates réelles et avancement validés · en % de l’activité"),
)
with disposition.show_outils("plan_filtres"):
    session.choose_option(_("Axe"), "axe", reglages.list_axes(contexte), largeur=300)
    reglages.choose_region(contexte, 200)
    session.choose_option(
        _("Bénéficiaires"),
        "beneficiaire",
        {"": _("Tous les bénéficiaires")} | {c.value: say_libelle(c) for c in CategorieActeur},
        largeur=260,
    )
    tableau = cache.read(contexte, make_table_plan, contexte.perimetre, beneficiaire)
    components.show_telechargement(contexte, "plan-action-ccm", lambda: {_("Plan d’action"): tableau}, key="plan")
if lignes:
    components.show(
        "plan.html",
        lignes=[
            {
                "a": x.activite,
                "dit": phrases.say_ligne(x),
                "dates": phrases.say_dates(x),
                "debut": None if x.debut is None else compute_place(x.debut),
                "fin": compute_place(x.fin or contexte.perimetre.date_arrete),
                "etat": phrases.say_statut_activite(x),
                "beneficiaires": x.beneficiaires,
            }
            for x in lignes
        ],
        aujourd_hui=compute_place(contexte.perimetre.date_arrete),
    )
else:
    components.show_vide(
        _("Aucune activité ne correspond."),
        _("Retirez un filtre. Une région n’a d’activités que si le SP/CCM les lui a rattachées."),
    )
components.show_source(
    _("Sources : plan d’action 2022–2026 ; mises à jour validées."),
    *filter(None, [phrases.say_non_programmees(lignes)]),
    demonstration=contexte.installation.demonstration,
)
