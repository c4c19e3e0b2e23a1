"""What nobody covers: every cell of theme or activity × region, the ten gaps to discuss, the map; a request from a gap."""

from ccm_data.figures.fond_carte import CREDITS, compute_classes, draw_carte
from ccm_data.phrases import lacunes as phrases
from ccm_data.queries import lacunes
from ccm_data.queries.couverture import get_couverture
from ccm_data.textes import _
from pages.ui import cache, carte, components, disposition, session
from pages.ui import couverture as ecran_couverture
from pages.ui.garde import open_ecran

contexte = open_ecran("lacunes")
grille = ecran_couverture.read_grille()
couverture = cache.read(
    contexte,
    get_couverture,
    contexte.personne,
    grille,
    contexte.perimetre.date_arrete,
    contexte.config.aujourd_hui(),
)
components.show_titre(
    phrases.say_titre_lacunes(couverture),
    _(
        "Couverture par région · interventions et rapports validés, annonces confirmées · « National » ne remplit aucune région"
    ),
)
session.choose_onglet(_("Grille"), "grille", {c: _(t) for c, t in phrases.GRILLES.items()})
table = lacunes.make_table_couverture(couverture, _(phrases.LIGNES[grille]))
with disposition.show_outils("lacunes_outils"):
    components.show("lacunes_legende.html", etats=phrases.list_etats(couverture))
    components.show_telechargement(
        contexte,
        "lacunes",
        lambda: {_("Lacunes"): lacunes.make_table_lacunes(couverture), _("Couverture"): table},
        key="lacunes",
    )
case = ecran_couverture.show_couverture(
    table, couverture, alt=_(phrases.GRILLES[grille]), key=f"couverture_{grille}_{contexte.version}"
)
if case is not None:
    ecran_couverture.show_case_couverture(contexte, couverture, *case)
else:
    components.show_note(_("Choisissez une case pour voir ce qui la couvre et rédiger une requête."))
with disposition.show_colonnes(3, 2) as (gauche, droite):
    with gauche:
        components.show_section(_("Les dix lacunes à discuter"))
        for rang, lacune in enumerate(lacunes.rank_lacunes(couverture, 10), 1):
            sujet, region = lacune.cellule.sujet, lacune.cellule.region
            dite = couverture.cases[sujet, region]
            components.show(
                "lacune.html",
                rang=rang,
                titre=phrases.say_lieu(couverture, sujet, region),
                phrase=phrases.say_lacune(lacune, dite),
            )
            ecran_couverture.show_suite(contexte, grille, sujet, region, dite)
        with components.show_pli(_("Comment le classement est fait")):
            components.show_lignes(
                _("Termes du score"), [_("Terme, entre 0 et 1"), _("Poids")], phrases.list_termes_score()
            )
            components.show_note(
                _(
                    "Le score est la somme des termes, chacun multiplié par son poids. "
                    "Un terme inconnu ne compte pas et n’est pas dit. À égalité, l’ordre du plan."
                )
            )
    with droite:
        components.show_section(_("Sur la carte"))
        voulu = session.choose_option(
            _("Objet"), f"objet_{grille}", {"": _("Toutes : nombre de lacunes par région")} | dict(couverture.sujets),
            largeur="stretch",
        )  # fmt: skip
        regions = lacunes.make_regions_carte(couverture, voulu)
        classes = compute_classes(regions["valeur"], dire=lambda v: phrases.say_valeur_carte(v, voulu))
        carte.show_carte(
            lambda: draw_carte(
                regions, alt=phrases.say_carte(regions, couverture, voulu), classes=classes, echelle=contexte.echelle
            ),
            key="carte_lacunes",
            hauteur=400,
        )
components.show_source(
    _(
        "Sources : registre des interventions, rapports régionaux et requêtes validés ; RGP/H 2012 (INS). {credits}"
    ).format(credits=_(CREDITS)),
    demonstration=contexte.installation.demonstration,
)
