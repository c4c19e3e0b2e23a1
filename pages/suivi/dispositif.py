"""Watch committees, information points, focal points: their life, where they stand, of what was planned, what sleeps."""

from ccm_data.phrases import dispositif as phrases
from ccm_data.queries.dispositif import get_bilan, get_lecture_dispositif
from ccm_data.textes import _
from ccm_data.typographie import say_date
from pages.ui import cache, components, disposition, registres, session
from pages.ui.garde import open_ecran

contexte = open_ecran("dispositif")
arrete = contexte.perimetre.date_arrete
noms = registres.read_noms(contexte)
entete = components.reserve()
onglet = session.choose_onglet(_("Registre"), "onglet", {c: _(n) for c, (_s, n) in phrases.ONGLETS.items()})
sujet = phrases.ONGLETS[onglet][0]
filtre = registres.read_filtre(contexte, sujet, noms)
lecture = cache.read(contexte, get_lecture_dispositif, sujet, contexte.personne, arrete, filtre)
bilan = cache.read(contexte, get_bilan, sujet, arrete, filtre)
with entete:
    components.show_titre(
        phrases.say_titre(sujet, bilan),
        _("Comités, points d’information et points focaux validés · situation au {jour}").format(jour=say_date(arrete)),
    )
registres.show_filtres(contexte, lecture, noms, filtre)
if bilan.lignes:
    components.show("budget_cles.html", cles=phrases.list_cles(sujet, bilan))
    with disposition.show_colonnes(1, 1.4) as (gauche, droite):
        with gauche:
            registres.show_barres(
                _("Où ils en sont"), _("lignes validées, à la date"), phrases.list_etats(sujet, bilan)
            )
            components.show_note(phrases.say_regle(sujet))
            components.show_lien_ecran("carte", _("Les voir sur la carte"))
        with droite:
            components.show_titre_graphique(_("Par région"), _("contre le nombre prévu, là où le SP/CCM l’a saisi"))
            components.show_lignes(_("Par région"), phrases.list_entetes(sujet), phrases.list_regions(sujet, bilan))
    components.show_section(_(phrases.ONGLETS[onglet][1]))
registres.show_registre(contexte, lecture, noms, filtre)
components.show_source(
    _("Sources : rapports validés des régions. Les effectifs sont des comptes ; aucune ligne ne nomme une personne."),
    demonstration=contexte.installation.demonstration,
)
