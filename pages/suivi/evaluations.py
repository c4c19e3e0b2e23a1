"""Activities and interventions evaluated on ten criteria, compared on a scale, with the evidence held; the alerts."""

from ccm_data.phrases import evaluations as phrases
from ccm_data.queries import evaluations
from ccm_data.queries.acteurs import list_noms_acteurs
from ccm_data.textes import _
from ccm_data.typographie import say_date
from pages.ui import cache, components, disposition, formulaires, reglages, session
from pages.ui import evaluations as actions
from pages.ui.garde import open_ecran

contexte = open_ecran("evaluations")
perimetre = contexte.perimetre
registre = cache.read(contexte, evaluations.get_registre, contexte.personne, perimetre)
alertes = cache.read(contexte, evaluations.list_alertes, contexte.personne, perimetre)
objets = cache.read(contexte, evaluations.list_objets)
acteurs = cache.read(contexte, list_noms_acteurs)
components.show_titre(
    phrases.say_titre_evaluations(registre.bilan),
    _("Évaluations finales au {jour} · dix critères notés de 1 à 4 par une personne, jamais par le calcul").format(
        jour=say_date(perimetre.date_arrete)
    ),
)
formulaires.show_avis()
onglet = session.choose_onglet(_("Regarder"), "onglet", {c: _(t) for c, t in phrases.ONGLETS.items()})
with disposition.show_outils("evaluations_filtres"):
    objet = actions.choose_objet()
    statut = None if onglet == "alertes" else actions.choose_statut(contexte)
    genre = actions.choose_genre() if onglet == "alertes" else None
    session.choose_option(_("Axe"), "axe", reglages.list_axes(contexte), largeur=300)
    visibles = evaluations.filter_evaluations(registre.fiches, objet, statut)
    choisies = alertes.filter_objet(objet, genre)
    actions.show_fichiers(contexte, registre, visibles, choisies, objets, acteurs)
components.show("budget_cles.html", cles=phrases.list_cles(registre, alertes.lignes, alertes.retenues))
if onglet == "alertes":
    actions.show_alertes(contexte, choisies, alertes.retenues, objets)
else:
    demandee = session.get_param("evaluation")
    haut = components.reserve()
    actions.show_comparaison(registre, visibles)
    actions.show_matrice(registre, visibles, actions.list_filtres())
    for note in (phrases.say_retenues(registre), phrases.say_apres(registre.bilan, perimetre.date_arrete)):
        if note:
            components.show_note(note)
    ouverte = session.get_param("evaluation")
    fiche = registre.find(ouverte)
    with reglages.get_place(haut, "evaluation_sous_la_liste", demandee, ouverte):
        if fiche is not None:
            actions.show_evaluation(contexte, fiche, acteurs)
        elif ouverte:
            components.show_refus(_("L’évaluation demandée n’existe pas, ou n’est pas visible pour vous."))
    actions.show_nouvelle(contexte, objets, acteurs)
components.show_source(
    _("Sources : évaluations du SP/CCM ; éléments lus dans la base à la date d’arrêté. Non jugé n’est pas une note."),
    demonstration=contexte.installation.demonstration,
)
