"""Awareness and training: how many actions of which nature, where, whom they reached, and what the rows do not say."""

from ccm_data.phrases import registres as mots
from ccm_data.phrases import sensibilisations as phrases
from ccm_data.queries.bilans import compute_sensibilisations
from ccm_data.queries.registres import get_seuil_pour
from ccm_data.textes import _
from ccm_data.typographie import say_date
from pages.ui import cache, components, disposition, registres
from pages.ui.garde import open_ecran

contexte = open_ecran("sensibilisations")
noms = registres.read_noms(contexte)
filtre = registres.read_filtre(contexte, "sensibilisation", noms)
lecture = registres.read_lecture(contexte, "sensibilisation", filtre)
bilan = compute_sensibilisations(lecture.toutes, cache.read(contexte, get_seuil_pour, contexte.personne))
components.show_titre(
    phrases.say_titre(bilan),
    _("Missions, sessions, journées d’échanges et formations validées au {jour} · en personnes").format(
        jour=say_date(contexte.perimetre.date_arrete)
    ),
)
registres.show_filtres(contexte, lecture, noms, filtre)
if bilan.lignes:
    components.show("budget_cles.html", cles=phrases.list_cles(bilan))
    with disposition.show_colonnes(1, 1, 1.25) as (gauche, milieu, droite):
        with gauche:
            registres.show_barres(_("Par nature"), _("actions validées"), phrases.list_natures(bilan))
            registres.show_barres(_("Par année"), _("actions validées"), phrases.list_annees(bilan))
        with milieu:
            regions = mots.list_par_region(bilan.par_region, noms, filtre.region)
            registres.show_barres(_("Par région"), _("actions validées"), regions)
        with droite:
            components.show_titre_graphique(_("Qui a été touché"), _("personnes, par catégorie et par sexe"))
            components.show_lignes(
                _("Qui a été touché"),
                [_("Catégorie"), _("Femmes"), _("Hommes"), _("Ensemble")],
                phrases.list_participants(bilan),
            )
            components.show_note(phrases.say_note(bilan))
    components.show_section(_("Les actions"))
registres.show_registre(contexte, lecture, noms, filtre)
components.show_source(
    _("Sources : registre des sensibilisations et formations, lignes validées par le SP/CCM. Indicateurs 1.c et 1.d."),
    demonstration=contexte.installation.demonstration,
)
