"""Partnerships (axis 4): meetings attended, tools made together, conventions, study trips, by level and year."""

from ccm_data.phrases import partenariats as phrases
from ccm_data.queries.bilans import compute_partenariats
from ccm_data.textes import _
from ccm_data.typographie import say_date
from pages.ui import components, disposition, registres
from pages.ui.garde import open_ecran

contexte = open_ecran("partenariats")
noms = registres.read_noms(contexte)
filtre = registres.read_filtre(contexte, "partenariat", noms)
lecture = registres.read_lecture(contexte, "partenariat", filtre)
bilan = compute_partenariats(lecture.toutes)
components.show_titre(
    phrases.say_titre(bilan),
    _("Axe 4 · rencontres, outils, conventions et voyages validés au {jour}").format(
        jour=say_date(contexte.perimetre.date_arrete)
    ),
)
registres.show_filtres(contexte, lecture, noms, filtre)
if bilan.lignes:
    components.show("budget_cles.html", cles=phrases.list_cles(bilan))
    with disposition.show_colonnes(1.4, 1) as (gauche, droite):
        with gauche:
            components.show_titre_graphique(_("Par type et par niveau"), _("partenariats validés"))
            components.show_lignes(_("Par type et par niveau"), phrases.list_entetes(), phrases.list_matrice(bilan))
        with droite:
            registres.show_barres(_("Par année"), _("à la date de début"), phrases.list_annees(bilan))
    components.show_section(_("Dans l’ordre du temps, le plus récent d’abord"))
registres.show_registre(contexte, lecture, noms, filtre)
components.show_source(
    _("Sources : registre des partenariats, lignes validées par le SP/CCM. Indicateurs 4.a à 4.d."),
    demonstration=contexte.installation.demonstration,
)
