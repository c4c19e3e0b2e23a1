"""The directory of actors; one of them opened: where, on what, with which money, how regularly it tells of it."""

from ccm_data.domain.vocabulaire import CategorieActeur, ListeTermes
from ccm_data.libelles import say_libelle
from ccm_data.phrases import acteurs as phrases
from ccm_data.queries import portefeuille
from ccm_data.queries.acteurs import list_noms_acteurs
from ccm_data.queries.interventions import list_termes
from ccm_data.queries.matrices import list_noms
from ccm_data.textes import _
from pages.ui import acteurs as actions
from pages.ui import cache, components, coordination, disposition, formulaires, reglages, session
from pages.ui.garde import open_ecran

contexte = open_ecran("acteurs")
arrete = contexte.perimetre.date_arrete
noms = cache.read(contexte, list_noms_acteurs)
code = session.get_param("acteur") or (
    contexte.personne.acteur_code if session.get_param("vue") != "annuaire" else None
)
aujourd_hui = contexte.config.aujourd_hui()
fiche = (
    cache.read(contexte, portefeuille.get_portefeuille, contexte.personne, code, arrete, aujourd_hui) if code else None
)
if fiche is not None:
    components.show_titre(phrases.say_titre_acteur(fiche), phrases.say_sous_titre(fiche))
    formulaires.show_avis()
    devise = coordination.read_choix("devise", phrases.DEVISES)
    table = portefeuille.make_table_portefeuille(fiche, contexte.personne, noms)
    with disposition.show_outils("acteur_outils"):
        components.show_lien_ecran("acteurs", _("Tout l’annuaire"), {"vue": "annuaire"})
        session.choose_option(
            _("Devise"), "devise", {c: _(t) for c, t in phrases.DEVISES.items()}, defaut="XOF", largeur=160
        )
        components.show_telechargement(
            contexte, f"acteur-{fiche.code}", lambda: {_("Interventions"): table}, key="portefeuille"
        )
    with disposition.show_colonnes(1, 1) as (gauche, droite):
        with gauche:
            components.show(
                "acteur.html",
                faits=phrases.list_faits(
                    fiche,
                    reglages.list_regions(contexte),
                    cache.read(contexte, list_termes, ListeTermes.THEME, fermes=True),
                    cache.read(contexte, list_noms, "pmm"),
                ),
                trimestres=phrases.list_trimestres(fiche),
            )
            if fiche.recommandations[0]:
                components.show_lien_ecran(
                    "recommandations", _("Voir ses recommandations"), {"responsable": fiche.code}
                )
        with droite:
            components.show_titre_graphique(_("Son argent"))
            components.show_lignes(
                _("Son argent"),
                [_("Lecture"), _("Budget qui compte"), _("Mobilisé"), _("Décaissé"), _("Manque")],
                phrases.list_argent(fiche, devise),
            )
            components.show_note(phrases.say_parite(devise))
            actions.show_relation(contexte, fiche.code, noms[fiche.code])
            actions.show_consentement(contexte, fiche)
    components.show_section(_("Ses interventions"))
    if len(table):
        rang = components.show_tableau(
            table, alt=_("Interventions de l’acteur"), key=f"portefeuille_{contexte.version}", selection=True, vide="—"
        )
        if fiche.corrige:
            actions.show_correction(fiche, None if rang is None or rang >= len(table) else str(table.iloc[rang, 0]))
    uniques = {x.code for x in (*fiche.chef, *fiche.partenaire, *fiche.bailleur)}
    components.show_retenues(len(uniques) - len(table), len(table))
else:
    cherche, categorie, region = actions.read_filtre(contexte)
    codes = cache.read(contexte, portefeuille.list_codes, cherche, categorie, region, arrete)
    components.show_titre(
        phrases.say_titre_annuaire(len(codes), len(noms)),
        _("Annuaire des structures · ce que le registre dit de chacune · aucune coordonnée"),
    )
    formulaires.show_avis()
    if code:
        components.show_refus(_("Acteur inconnu : {c}.").format(c=code[:60]))
    annuaire = cache.read(contexte, portefeuille.make_annuaire, contexte.personne, arrete, seulement=codes)
    with disposition.show_outils("acteurs_filtres"):
        reglages.choose_cherche(_("Nom, sigle…"))
        session.choose_option(
            _("Catégorie"),
            "categorie",
            {"": _("Toutes les catégories")} | {c.value: say_libelle(c) for c in CategorieActeur},
            largeur="stretch",
        )
        reglages.choose_region(contexte, "stretch")
        components.show_telechargement(contexte, "acteurs", lambda: {_("Acteurs"): annuaire}, key="acteurs")
    if codes:
        rang = components.show_tableau(
            annuaire,
            alt=_("Annuaire des acteurs"),
            key=f"annuaire_{contexte.version}",
            selection=True,
            vide="—",
            hauteur=560,
        )
        if rang is not None and rang < len(codes):
            choisi = str(annuaire.index[rang])
            components.show_lien_ecran("acteurs", _("Ouvrir la fiche : {n}").format(n=noms[choisi]), {"acteur": choisi})
        else:
            components.show_note(_("Choisissez une ligne pour ouvrir la fiche de l’acteur."))
    else:
        components.show_vide(_("Aucun acteur ne correspond."), _("Retirez un filtre ou cherchez un autre mot."))
    actions.show_relations(contexte, noms)
components.show_source(
    _("Sources : annuaire de la stratégie tenu par le SP/CCM ; registre des interventions et présences validées."),
    demonstration=contexte.installation.demonstration,
)
