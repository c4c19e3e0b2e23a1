"""Recommendations of the meetings: what is late, of whom it is asked, what proves it; several carried over at once."""

from ccm_data.phrases import recommandations as phrases
from ccm_data.queries import recommandations
from ccm_data.textes import _
from ccm_data.typographie import say_date
from pages.ui import cache, components, disposition, formulaires
from pages.ui import recommandations as actions
from pages.ui.garde import open_ecran

contexte = open_ecran("recommandations")
aujourd_hui = contexte.config.aujourd_hui()
toutes = cache.read(contexte, recommandations.list_recommandations, contexte.personne, aujourd_hui)
noms = cache.read(contexte, recommandations.get_noms)
visibles = recommandations.filter_recommandations(toutes, actions.read_filtre(noms, contexte.perimetre.region))
lisibles = tuple(x for x in visibles if x.lisible)
components.show_titre(
    phrases.say_titre_recommandations(visibles),
    _("Recommandations des instances de coordination, lignes validées · situation au {jour}").format(
        jour=say_date(aujourd_hui)
    ),
)
formulaires.show_avis()
with disposition.show_outils("recommandations_filtres"):
    actions.choose_filtre(contexte, noms, toutes)
    tableau = cache.read(contexte, recommandations.make_table_recommandations, lisibles)
    components.show_telechargement(
        contexte, "recommandations", lambda: {_("Recommandations"): tableau}, key="recommandations"
    )
ouverte = None
if visibles:
    components.show("budget_cles.html", cles=phrases.list_cles(visibles))
    actions.show_graphiques(visibles, noms)
    if lisibles:
        ouverte = actions.choose_recommandation(contexte, tableau, lisibles)
        components.show_note(
            _(
                "En retard : échéance passée, ni réalisée ni abandonnée. Sans échéance, une recommandation n’est pas en retard."
            )
        )
    components.show_retenues(len(visibles) - len(lisibles), len(lisibles))
else:
    components.show_vide(
        _("Aucune recommandation ne correspond.") if toutes else _("Aucune recommandation n’est encore validée."),
        _("Retirez un filtre.") if toutes else _("Déposez-en une avec sa rencontre."),
    )
fiche = next((x for x in toutes if x.code == ouverte and x.lisible), None)
if fiche is not None:
    actions.show_fiche(contexte, fiche, noms)
elif ouverte:
    components.show_refus(_("La recommandation demandée n’existe pas, ou n’est pas visible pour vous."))
actions.show_ajouts(contexte)
actions.show_reconduction(contexte, toutes)
components.show_source(
    _(
        "Sources : registre des recommandations, lignes validées. Âge : jours depuis la rencontre, jusqu’à la réalisation."
    ),
    demonstration=contexte.installation.demonstration,
)
