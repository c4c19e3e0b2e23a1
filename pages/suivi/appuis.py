"""Supports to the SP/CCM's work and to the DREC/MR, equipment included; products of communication."""

from ccm_data.phrases import appuis as phrases
from ccm_data.queries.bilans import compute_appuis, compute_produits
from ccm_data.textes import _
from ccm_data.typographie import say_date
from pages.ui import components, disposition, registres, session
from pages.ui.garde import open_ecran

contexte = open_ecran("appuis")
noms = registres.read_noms(contexte)
entete = components.reserve()
onglet = session.choose_onglet(_("Registre"), "onglet", {c: _(n) for c, (_s, n) in phrases.ONGLETS.items()})
sujet = phrases.ONGLETS[onglet][0]
filtre = registres.read_filtre(contexte, sujet, noms)
lecture = registres.read_lecture(contexte, sujet, filtre)
jour = say_date(contexte.perimetre.date_arrete)
if sujet == "appui":
    appuis = compute_appuis(lecture.toutes)
    with entete:
        components.show_titre(
            phrases.say_titre_appuis(appuis),
            _("Appuis au SP/CCM et aux DREC/MR validés au {jour}").format(jour=jour),
        )
    registres.show_filtres(contexte, lecture, noms, filtre)
    if appuis.lignes:
        components.show("budget_cles.html", cles=phrases.list_cles_appuis(appuis, noms))
        with disposition.show_colonnes(1, 1.4) as (gauche, droite):
            with gauche:
                institutions = phrases.list_institutions(appuis, noms)
                registres.show_barres(_("Institutions en appui"), _("appuis validés de chacune"), institutions)
            with droite:
                components.show_titre_graphique(_("Appuis aux DREC/MR"), _("lignes validées, par région"))
                components.show_lignes(
                    _("Appuis aux DREC/MR"),
                    [_("Région"), _("Appuis"), _("dont avec équipement")],
                    phrases.list_drec(appuis, noms, filtre.region),
                )
else:
    produits = compute_produits(lecture.toutes)
    with entete:
        components.show_titre(
            phrases.say_titre_produits(produits),
            _("Produits de communication validés au {jour} · activité 2.3.2").format(jour=jour),
        )
    registres.show_filtres(contexte, lecture, noms, filtre)
    if produits.lignes:
        components.show("budget_cles.html", cles=phrases.list_cles_produits(produits))
        with disposition.show_colonnes(1, 1) as (gauche, droite):
            with gauche:
                registres.show_barres(_("Par type"), _("produits validés"), phrases.list_types(produits.par_type))
            with droite:
                registres.show_barres(
                    _("Par langue"), _("un produit compte dans chacune des siennes"), list(produits.langues.items())
                )
registres.show_registre(contexte, lecture, noms, filtre)
components.show_source(
    _("Sources : registres des appuis et de la communication, lignes validées. Un montant réservé n’est pas un zéro."),
    demonstration=contexte.installation.demonstration,
)
