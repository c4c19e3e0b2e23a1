"""The logframe: 26 indicators against their targets, and the sheet of one of them."""

from ccm_data.domain.perimetre import Perimetre
from ccm_data.phrases import indicateurs as phrases
from ccm_data.queries.fiche_indicateur import get_fiche_indicateur
from ccm_data.queries.indicateurs import get_cadre_logique
from ccm_data.queries.tableaux import make_table_indicateurs
from ccm_data.textes import _
from pages.ui import cache, components, disposition, reglages, session
from pages.ui.garde import open_ecran
from pages.ui.indicateurs import list_origines, show_fiche

contexte = open_ecran("indicateurs")
entier = cache.read(contexte, get_cadre_logique, Perimetre(contexte.perimetre.date_arrete))

components.show_titre(
    phrases.say_titre_indicateurs(entier),
    _("Cadre logique · réalisé validé face à la cible finale · statut jugé sur l’attendu à date"),
)
haut = components.reserve()
with disposition.show_outils("indicateurs_filtres"):
    statuts = session.choose_plusieurs(_("Statuts"), "statut", reglages.list_statuts(entier.comptes))
    session.choose_option(_("Axe"), "axe", reglages.list_axes(contexte), largeur=260)
    origine = session.choose_option(_("Origine"), "origine", list_origines(entier)) or ""
    public = contexte.compte is None
    tableau = cache.read(contexte, make_table_indicateurs, contexte.perimetre, statuts, origine, public=public)
    components.show_telechargement(
        contexte, "indicateurs-ccm",
        lambda: {
            _("Indicateurs"): reglages.flatten(
                cache.read(contexte, make_table_indicateurs, contexte.perimetre, statuts, origine)
            )
        },
        key="indicateurs",
    )  # fmt: skip
if not len(tableau):
    components.show_vide(_("Aucun indicateur avec ces filtres."), _("Retirez un filtre."))
demandee = session.get_param("indicateur")
code = reglages.choose_ligne(
    contexte, "indicateur", [str(c) for c in tableau[_("Code")]], tableau, alt=_("Indicateurs du cadre logique"),
    colonnes=reglages.make_colonnes_indicateurs(), key="indicateurs_table", hauteur=15 * components.HAUTEUR_LIGNE,
)  # fmt: skip
components.show_source(
    _("Sources de vérification : celles du cadre logique. Le plan ne fixe aucune cible : elles viennent du SP/CCM."),
    _("Ce qu’un registre compte fait foi ; ce qui est déclaré à côté reste affiché, avec l’écart."),
    _("Choisissez une ligne pour ouvrir sa fiche."),
    demonstration=contexte.installation.demonstration,
)

fiche = cache.read(contexte, get_fiche_indicateur, contexte.perimetre, code, contexte.personne) if code else None
with reglages.get_place(haut, "fiche_sous_la_table", demandee, code):
    if fiche is not None:
        show_fiche(contexte, fiche)
    elif code:
        components.show_vide(
            _("Indicateur inconnu : {code}.").format(code=code[:20]), _("Choisissez une ligne du tableau.")
        )
