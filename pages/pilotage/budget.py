"""The money: prévu, engagé, décaissé per axis and year, its curve, and down to the entries."""

from ccm_data.figures.budget import draw_budget_annees, draw_budget_axes, draw_budget_courbe
from ccm_data.phrases import budget as phrases
from ccm_data.queries.budget import get_tableau_budget
from ccm_data.queries.tableaux import list_ecarts, make_table_budget, make_table_ecritures, make_table_rapprochement
from ccm_data.textes import _
from ccm_data.typographie import say_millions
from pages.ui import cache, components, disposition, reglages, session
from pages.ui.garde import open_ecran

contexte = open_ecran("budget")
tableau = cache.read(contexte, get_tableau_budget, contexte.perimetre)
total = tableau.total

components.show_titre(
    phrases.say_titre_budget(tableau),
    _("Prévu, engagé et décaissé · {annees} · millions FCFA · {base}").format(
        annees=phrases.say_base(tableau), base=phrases.say_base_annees(tableau)
    ),
)
components.show(
    "budget_cles.html",
    cles=[
        (
            _("Prévu, millions FCFA"),
            say_millions(total.prevu, 0),
            phrases.say_non_programme(tableau),
        ),
        (_("Engagé"), say_millions(total.engage, 0), phrases.say_part(_("{p} du prévu"), total.ratio("engage"))),
        (
            _("Décaissé"),
            say_millions(total.paye, 0),
            phrases.say_part(_("{p} du prévu (base paiement)"), total.ratio("paye")),
        ),
        (
            _("Reste à engager"),
            say_millions(phrases.compute_reste(tableau), 0),
            _("sur {m} prévus").format(m=say_millions(total.prevu, 0)),
        ),
    ],
)
with disposition.show_colonnes(1.25, 0.95, 1.1) as (par_axe, par_annee, cumul):
    with par_axe:
        components.show_titre_graphique(
            phrases.say_titre_axes(tableau),
            _("Par axe, {annees}, millions FCFA").format(annees=phrases.say_base(tableau)),
        )
        figure = cache.keep(
            contexte,
            "budget_axes",
            lambda: draw_budget_axes(
                tableau.axes, [_("Axe {n}").format(n=t.code) for t in tableau.axes], contexte.echelle
            ),
        )
        components.show_graphique(figure, alt=phrases.say_titre_axes(tableau), key="budget_axes", hauteur=235)
        components.show("budget_legende.html")
    with par_annee:
        components.show_titre_graphique(phrases.say_titre_annees(tableau), _("Par année, millions FCFA"))
        figure = cache.keep(contexte, "budget_annees", lambda: draw_budget_annees(tableau.annees, contexte.echelle))
        components.show_graphique(figure, alt=phrases.say_titre_annees(tableau), key="budget_annees", hauteur=235)
        components.show_note(_("En gras, le décaissé ; dessous, le prévu. L’année en cours est arrêtée à la date."))
    with cumul:
        components.show_titre_graphique(phrases.say_titre_courbe(tableau), _("Cumul, millions FCFA"))
        figure = cache.keep(contexte, "budget_courbe", lambda: draw_budget_courbe(tableau.courbe, contexte.echelle))
        components.show_graphique(figure, alt=phrases.say_titre_courbe(tableau), key="budget_courbe", hauteur=235)
        components.show_note(
            _("Hors {m} millions non programmés. {e}").format(
                m=say_millions(tableau.non_programme_fcfa, 0), e=phrases.say_engagements(tableau)
            )
        )
with disposition.show_carte():
    components.show_phrase(_("Quatre totaux pour un même plan."), phrases.say_totaux(tableau) + ".")
    components.show_note(phrases.say_prevaut(tableau))
    components.show_note(phrases.say_besoin(tableau))
    components.show_lien_ecran("rapprochement", _("Registre des décisions"), {"nature": "montant"})
components.show_source(
    _("Sources : plan d’action 2022–2026 ; écritures budgétaires validées."),
    demonstration=contexte.installation.demonstration,
)

components.show_section(_("Du plan aux écritures"))
NIVEAUX = {"axe": _("Par axe"), "action": _("Par action"), "activite": _("Par activité")}
with disposition.show_outils("budget_filtres"):
    niveau = session.choose_onglet(_("Niveau"), "niveau", NIVEAUX)
    session.choose_option(_("Axe"), "axe", reglages.list_axes(contexte), largeur=320)
    reglages.choose_annee(200)
lignes = cache.read(contexte, make_table_budget, contexte.perimetre, niveau)
choisie = components.show_tableau(
    lignes,
    alt=_("Budget, en FCFA : {niveau}").format(niveau=NIVEAUX[niveau]),
    key=f"budget_{niveau}",
    colonnes={_("Intitulé"): {"width": 420}},
    selection=True,
    sans_objet=list_ecarts(lignes),
)
code = None if choisie is None else str(lignes.iloc[choisie, 0]) or None  # « écart non ventilé » has no code
ecritures, retenues = cache.read(contexte, make_table_ecritures, contexte.perimetre, contexte.personne, niveau, code)
components.show_section(
    _("Écritures")
    if code is None
    else {
        "axe": _("Écritures de l’axe {code}"),
        "action": _("Écritures de l’action {code}"),
        "activite": _("Écritures de l’activité {code}"),
    }[niveau].format(code=code)
)
components.show_retenues(retenues, len(ecritures))
if len(ecritures):
    components.show_tableau(ecritures, alt=_("Écritures budgétaires"), key="budget_ecritures")
rapprochement = cache.read(contexte, make_table_rapprochement)
components.show_section(_("Rapprochement : ce que le document dit deux fois"))
components.show_tableau(
    rapprochement, alt=_("Contradictions du document"), key="budget_rapprochement", vide=_("sans objet")
)
components.show_telechargement(
    contexte,
    "budget-ccm",
    lambda: {NIVEAUX[niveau]: lignes, _("Écritures"): ecritures, _("Rapprochement"): rapprochement},
    key="budget",
)
