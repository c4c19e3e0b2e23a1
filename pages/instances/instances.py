"""Coordination bodies: what each is, who sits in it, its quorum, when it met; the SP/CCM keeps them here."""

from ccm_data.phrases import instances as phrases
from ccm_data.queries import instances
from ccm_data.queries.recommandations import get_noms
from ccm_data.textes import _
from ccm_data.typographie import say_date
from pages.ui import cache, components, disposition, formulaires
from pages.ui import instances as actions
from pages.ui.garde import open_ecran

contexte = open_ecran("instances")
aujourd_hui = contexte.config.aujourd_hui()
toutes = cache.read(contexte, instances.list_instances, contexte.personne, aujourd_hui)
noms = cache.read(contexte, get_noms)
visibles = instances.filter_instances(toutes, actions.read_filtre(contexte))
components.show_titre(
    phrases.say_titre_instances(visibles),
    _("Instances de coordination et leurs membres · situation au {jour} · organisations seulement").format(
        jour=say_date(aujourd_hui)
    ),
)
formulaires.show_avis()
with disposition.show_outils("instances_filtres"):
    actions.choose_filtre(contexte)
    tableau = cache.read(contexte, instances.make_table_instances, visibles)
    components.show_telechargement(
        contexte,
        "instances",
        lambda: {
            _("Instances"): tableau,
            _("Membres"): cache.read(contexte, instances.make_table_membres, visibles),
        },
        key="instances",
    )
ouverte = actions.get_ouverte()
if visibles:
    components.show("budget_cles.html", cles=phrases.list_cles(visibles))
    ouverte = actions.choose_instance(contexte, tableau, visibles)
else:
    components.show_vide(_("Aucune instance ne correspond."), _("Retirez un filtre."))
fiche = next((x for x in toutes if x.code == ouverte), None)
if fiche is not None:
    actions.show_fiche(contexte, fiche, noms)
elif ouverte:
    components.show_refus(_("L’instance demandée n’existe pas."))
elif visibles:
    components.show_note(_("Choisissez une instance pour ouvrir ses membres, son quorum et ses rencontres."))
actions.show_nouvelle(contexte, noms)
components.show_source(
    _("Sources : stratégie 2022-2026 ; SP/CCM ; membres : lignes validées. « À confirmer » : au-delà de la stratégie."),
    demonstration=contexte.installation.demonstration,
)
