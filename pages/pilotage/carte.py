"""Niger: regions shaded by a measure, committees, information points, focal points and actors as layers."""

from ccm_data.figures.fond_carte import CREDITS, compute_classes, draw_carte
from ccm_data.phrases import carte as phrases
from ccm_data.queries.carte import COUCHES, MESURES, get_carte, say_mesure
from ccm_data.queries.region import get_resume_region
from ccm_data.textes import _
from pages.ui import cache, carte, components, disposition, reglages, session
from pages.ui.garde import open_ecran

contexte = open_ecran("carte")
aujourd_hui = contexte.config.aujourd_hui()
mesure = session.get_param("mesure") or "comites"
mesure = mesure if mesure in MESURES else "comites"
donnees = cache.read(contexte, get_carte, contexte.perimetre, contexte.personne, mesure, aujourd_hui)
classes = compute_classes(donnees.regions["valeur"], dire=lambda v: say_mesure(mesure, v))

components.show_titre(
    phrases.say_titre_carte(donnees),
    _("{mesure} · Niger, 8 régions · cumul depuis 2022").format(mesure=_(MESURES[mesure])),
)
with disposition.show_outils("carte_filtres"):
    session.choose_option(_("Mesure"), "mesure", {c: _(n) for c, n in MESURES.items()}, defaut="comites", largeur=330)
    visibles = session.choose_plusieurs(
        _("Couches"),
        "couches",
        {c: _(n) for c, n in COUCHES.items()},
        defaut=("comites", "points_information", "points_focaux"),
    )
couches = {c: donnees.couches[c] for c in visibles}
with disposition.show_colonnes(1.4, 1, cartes=False) as (gauche, droite):
    with gauche:
        carte.show_carte(
            lambda: draw_carte(
                donnees.regions, couches, alt=phrases.say_carte(donnees), classes=classes, echelle=contexte.echelle
            ),
            key="carte_niger",
            on_region=lambda code: session.set_param("region", code),
        )
    with droite, disposition.show_carte():
        components.show(
            "carte_legende.html",
            mesure=_(MESURES[mesure]),
            classes=list(zip(classes.etiquettes, classes.pas, strict=True)),
            couches=[(c, _(COUCHES[c])) for c in visibles],
        )
        region = session.choose_option(
            _("Région"), "region", reglages.list_regions(contexte, vide=_("Choisir une région")), largeur="stretch"
        )
        if region is None:
            components.show_lignes(
                phrases.say_carte(donnees),
                [_("Région"), _(MESURES[mesure])],
                list(donnees.regions[["nom", "libelle"]].itertuples(index=False)),
            )
        else:
            resume = cache.read(contexte, get_resume_region, contexte.perimetre, region, aujourd_hui)
            components.show(
                "carte_region.html",
                resume=resume,
                comptes=[(_(COUCHES[c]), phrases.count_couche(donnees.couches[c], region)) for c in COUCHES],
            )
            components.show_lien_ecran("region", _("Ouvrir la fiche : {r}").format(r=resume.nom), {"region": region})
components.show_source(
    _("Sources : rapports validés. {credits}").format(credits=_(CREDITS)),
    *([_("{n} éléments sans position n’y figurent pas.").format(n=donnees.sans_lieu)] if donnees.sans_lieu else []),
    demonstration=contexte.installation.demonstration,
)
