"""A later plan loaded from a workbook beside the first, and what becomes of the first one's unfinished activities."""

from ccm_data.phrases import plans as phrases
from ccm_data.queries import plans
from ccm_data.textes import _
from ccm_data.typographie import say_date
from pages.ui import cache, components, disposition, formulaires, plan_suivant, reglages, session
from pages.ui.garde import open_ecran

contexte = open_ecran("plan_suivant")
jour = contexte.perimetre.date_arrete
charges = cache.read(contexte, plans.list_plans, contexte.personne)
par_code = {p.code: p for p in charges}
code = session.get_param("plan") if session.get_param("plan") in par_code else next(iter(par_code), None)
plan = par_code.get(code or "")
reprises = cache.read(contexte, plans.get_reprises, contexte.personne, jour, code)
components.show_titre(
    phrases.say_titre_plan(charges, reprises),
    _("Plan suivant, chargé à côté de 2022–2026 · suivi arrêté au {jour}").format(jour=say_date(jour)),
)
formulaires.show_avis()
etapes = components.reserve()
with disposition.show_outils("plan_outils"):
    plan_suivant.show_modele(contexte)
    if len(par_code) > 1:
        session.choose_option(_("Plan"), "plan", {c: f"{c} · {p.intitule}" for c, p in par_code.items()}, largeur=320)
    if charges or reprises.lignes:
        components.show_telechargement(
            contexte,
            "plan-suivant",
            lambda: (
                {_("Inachevées"): cache.read(contexte, plans.make_table_reprises, contexte.personne, jour, code)}
                | (
                    {_("Activités"): cache.read(contexte, plans.make_table_activites, contexte.personne, code)}
                    if code
                    else {}
                )
            ),
            key="plan_suivant",
        )
lu = plan_suivant.receive(contexte)
with etapes:
    components.show("plan_etapes.html", etape=3 if lu else 5 if plan else 2)
if lu is not None:
    plan_suivant.show_lu(lu)
if plan is None and lu is None:
    components.show_vide(
        _("Aucun plan suivant n’est encore chargé."),
        _("Prenez le modèle, remplissez ses deux feuilles, envoyez-le ici : rien n’est chargé avant votre accord."),
    )
if plan is not None:
    components.show_section(_("Plan {code}").format(code=plan.code))
    components.show("registre_faits.html", faits=phrases.list_faits_plan(plan))
    with components.show_pli(_("Ses activités")):
        activites = cache.read(contexte, plans.make_table_activites, contexte.personne, plan.code)
        components.show_tableau(activites, alt=_("Activités du plan suivant"), key=f"plan_activites_{plan.code}")
components.show_section(_("Activités inachevées de 2022–2026"))
components.show("budget_cles.html", cles=phrases.list_cles(reprises, plan))
if reprises.lignes:
    tableau = cache.read(contexte, plans.make_table_reprises, contexte.personne, jour, code)
    ouverte = reglages.choose_ligne(
        contexte, "activite", [x.code for x in reprises.lignes], tableau, key=f"reprises_{code}",
        alt=_("Activités inachevées"), colonnes={_("Activité"): {"width": 320}},
    )  # fmt: skip
    components.show_note(phrases.say_abandonnees(reprises))
    ligne = reprises.find(ouverte)
    if ligne is not None:
        plan_suivant.show_reprise(plan, ligne)
    else:
        components.show_note(_("Choisissez une activité pour lire ce qui la concerne et décider de sa suite."))
components.show_source(
    _("Sources : classeur du plan suivant ; mises à jour, écritures et recommandations validées du plan 2022–2026."),
    demonstration=contexte.installation.demonstration,
)
