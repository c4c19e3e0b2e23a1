"""The logframe: 26 indicators against their targets, and the sheet of one of them."""

from ccm_data.domain.perimetre import Perimetre
from ccm_data.figures.indicateurs import draw_historique
from ccm_data.phrases import indicateurs as phrases
from ccm_data.queries.comptages import get_comptage
from ccm_data.queries.indicateurs import get_cadre_logique, get_fiche_indicateur
from ccm_data.queries.tableaux import make_table_indicateurs
from ccm_data.textes import _
from ccm_data.typographie import say_trimestre
from pages.ui import cache, components, disposition, reglages, session
from pages.ui.garde import open_ecran

contexte = open_ecran("indicateurs")
entier = cache.read(contexte, get_cadre_logique, Perimetre(contexte.perimetre.date_arrete))

components.show_titre(
    phrases.say_titre_indicateurs(entier),
    _("Cadre logique · réalisé validé face à la cible finale · statut jugé sur l’attendu à date"),
)
with disposition.show_outils("indicateurs_filtres"):
    statuts = session.choose_plusieurs(_("Statuts"), "statut", reglages.list_statuts(entier.comptes))
    session.choose_option(_("Axe"), "axe", reglages.list_axes(contexte), largeur=300)
    tableau = cache.read(contexte, make_table_indicateurs, contexte.perimetre, statuts)
    components.show_telechargement(
        contexte, "indicateurs-ccm", lambda: {_("Indicateurs"): reglages.flatten(tableau)}, key="indicateurs"
    )
if not len(tableau):
    components.show_vide(_("Aucun indicateur avec ces statuts."), _("Retirez un filtre."))
choisie = components.show_tableau(
    tableau, alt=_("Indicateurs du cadre logique"), colonnes=reglages.make_colonnes_indicateurs(), key="indicateurs_table",
    selection=True, hauteur=15 * components.HAUTEUR_LIGNE,
)  # fmt: skip
if choisie is not None:
    session.set_param("indicateur", str(tableau.iloc[choisie, 0]))
components.show_source(
    _("Sources de vérification : celles du cadre logique. Le plan ne fixe aucune cible : elles viennent du SP/CCM."),
    _("Choisissez une ligne pour ouvrir sa fiche."),
    demonstration=contexte.installation.demonstration,
)

code = session.get_param("indicateur")
fiche = cache.read(contexte, get_fiche_indicateur, contexte.perimetre, code) if code else None
if fiche is not None:
    ligne = fiche.ligne
    components.show_section(f"{ligne.code} · {ligne.intitule}")
    components.show_phrase(phrases.say_titre_fiche(ligne) + ".", phrases.say_couverture(ligne.realise))
    comptage = cache.read(contexte, get_comptage, ligne.code, contexte.perimetre.date_arrete)
    if comptage is not None:
        components.show_note(phrases.say_comptage(comptage, ligne.realise))
        components.show_lien_ecran(comptage.ecran, _("Ouvrir les lignes comptées"), dict(comptage.params))
    with disposition.show_colonnes(1.6, 1) as (histoire, cadre):
        with histoire:
            components.show_titre_graphique(
                _("Évolution par trimestre"), f"{ligne.unite} · {phrases.say_sur_cible(ligne)}"
            )
            figure = draw_historique(ligne, fiche.serie, contexte.echelle)
            components.show_graphique(
                figure, alt=phrases.say_titre_fiche(ligne), key="indicateur_histoire", hauteur=260
            )
        with cadre:
            components.show("fiche_indicateur.html", fiche=fiche, ligne=ligne, libelles=reglages.say_definition(ligne))
    if fiche.regions:
        components.show_lignes(
            _("Par région"),
            [_("Région"), _("Réalisé"), _("Dernière valeur"), _("Portée")],
            [
                (
                    nom,
                    phrases.say_valeur(r),
                    say_trimestre(r.dernier.annee, r.dernier.numero) if r.dernier else _("non rapporté"),
                    phrases.say_couverture(r),
                )
                for nom, r in fiche.regions
            ],
        )
    components.show_section(_("Valeurs validées"))
    if contexte.compte is None:
        components.show_retenues(len(fiche.releves), 0)
    else:
        components.show_tableau(fiche.releves, alt=_("Valeurs validées"), key="indicateur_releves")
elif code:
    components.show_vide(
        _("Indicateur inconnu : {code}.").format(code=code[:20]), _("Choisissez une ligne du tableau.")
    )
