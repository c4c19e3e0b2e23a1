"""Meetings of the bodies: held and to come, quorum, file shared in time; one opened: agenda, presence, readings, what follows."""

from ccm_data.phrases import rencontres as phrases
from ccm_data.queries import rencontres
from ccm_data.queries.rapports import get_seuils
from ccm_data.queries.recommandations import get_noms, list_recommandations
from ccm_data.queries.rencontres_tables import make_table_points, make_table_presences, make_table_rencontres
from ccm_data.textes import _
from ccm_data.typographie import say_date
from pages.ui import cache, components, disposition, formulaires
from pages.ui import recommandations as suites
from pages.ui import rencontres as actions
from pages.ui.garde import open_ecran

contexte = open_ecran("rencontres")
aujourd_hui = contexte.config.aujourd_hui()
toutes = cache.read(contexte, rencontres.list_rencontres, contexte.personne, aujourd_hui)
noms = cache.read(contexte, get_noms)
visibles = rencontres.filter_rencontres(toutes, actions.read_filtre(contexte, noms))
components.show_titre(
    phrases.say_titre_rencontres(visibles, contexte.perimetre.annee),
    _("Rencontres des instances de coordination · situation au {jour}").format(jour=say_date(aujourd_hui)),
)
formulaires.show_avis()
recommandations = cache.read(contexte, list_recommandations, contexte.personne, aujourd_hui)
with disposition.show_outils("rencontres_filtres"):
    actions.choose_filtre(contexte, noms)
    tableau = cache.read(contexte, make_table_rencontres, visibles)
    components.show_telechargement(
        contexte,
        "rencontres",
        lambda: {
            _("Rencontres"): cache.read(contexte, make_table_rencontres, visibles, classeur=True),
            _("Ordre du jour"): make_table_points(visibles),
            _("Présences"): cache.read(contexte, make_table_presences, visibles),
            _("Recommandations"): suites.make_feuille(contexte, recommandations, {x.code for x in visibles}),
        },
        key="rencontres",
    )
ouverte = None
if visibles:
    components.show("budget_cles.html", cles=phrases.list_cles(visibles))
    actions.show_annees(visibles)
    ouverte = actions.choose_rencontre(contexte, tableau, visibles)
else:
    components.show_vide(
        _("Aucune rencontre ne correspond.") if toutes else _("Aucune rencontre n’est encore validée."),
        _("Retirez un filtre.") if toutes else _("Déposez la première dans « Déposer »."),
    )
actions.show_ajouts(contexte)
fiche = next((x for x in toutes if x.code == (ouverte or actions.get_ouverte())), None)
if fiche is not None:
    actions.show_fiche(contexte, fiche, noms, cache.read(contexte, get_seuils).delai_dossier_jours)
    suites.show_courtes(contexte, [x for x in recommandations if x.rencontre == fiche.code], noms, fiche)
elif actions.get_ouverte():
    components.show_refus(_("La rencontre demandée n’existe pas, ou n’est pas encore validée."))
elif visibles:
    components.show_note(_("Choisissez une rencontre pour ouvrir son ordre du jour, ses présences et ses suites."))
components.show_source(
    _("Sources : registre des rencontres, lignes validées ; quorum selon la règle en vigueur, donnée du SP/CCM."),
    demonstration=contexte.installation.demonstration,
)
