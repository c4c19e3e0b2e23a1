"""A region on one page, light and printable on one A4: what concerns it, what is late, who works there, what it owes."""

from ccm_data.domain.permissions import can_write
from ccm_data.phrases import region as phrases
from ccm_data.phrases.recommandations import say_ouvertes
from ccm_data.queries.region import get_fiche_region
from ccm_data.textes import _, ngettext
from pages.ui import cache, components, disposition, reglages, session
from pages.ui.garde import open_ecran

contexte = open_ecran("region")
regions = reglages.list_regions(contexte)
sienne = contexte.personne.region_code
with disposition.show_outils("region_outils"):
    code = session.choose_option(_("Région"), "region", regions, defaut=sienne or next(iter(regions)), largeur=220)
    components.show_note(_("Impression : Ctrl + P, une page A4."))
    if can_write(contexte.personne, "deposer", code):
        components.show_lien_ecran("deposer", _("Déposer une mise à jour"), {"mode": "formulaire"})
    components.show_lien_ecran("recommandations", _("Ses recommandations"), {"region": code or next(iter(regions))})
fiche = cache.read(
    contexte, get_fiche_region, contexte.perimetre, code or next(iter(regions)), contexte.config.aujourd_hui()
)
components.show_titre(phrases.say_titre_region(fiche), phrases.say_sous_titre_region(fiche))
components.show(
    "region.html",
    fiche=fiche,
    dense=phrases.is_dense(fiche),
    dus=phrases.list_dus(fiche),
    prevus=phrases.list_prevus(fiche),
    statuts=phrases.list_statuts(fiche),
    comites=phrases.say_comites(fiche),
    acteurs=phrases.list_acteurs(fiche),
    instances=phrases.say_instances(fiche),
    recommandations=say_ouvertes(fiche.recommandations),
    nationales=ngettext(
        "{n} activité du plan est nationale ou non régionalisée : elle n’est pas comptée ici.",
        "{n} activités du plan sont nationales ou non régionalisées : elles ne sont pas comptées ici.",
        fiche.nationales,
    ).format(n=fiche.nationales),
)
components.show_source(
    _("Sources : rapports régionaux validés ; présences d’acteurs validées ; RGP/H 2012 (INS)."),
    demonstration=contexte.installation.demonstration,
)
