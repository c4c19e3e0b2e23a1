"""Hypotheses and risks of the logframe: where each stands at the date, worst first, what is done, who follows it."""

from ccm_data.phrases import hypotheses as phrases
from ccm_data.queries.hypotheses import get_tableau
from ccm_data.textes import _
from ccm_data.typographie import say_date
from pages.ui import cache, components, registres
from pages.ui.garde import open_ecran

contexte = open_ecran("hypotheses")
arrete = contexte.perimetre.date_arrete
noms = registres.read_noms(contexte)
tableau = cache.read(contexte, get_tableau, contexte.personne, arrete)
components.show_titre(
    phrases.say_titre(tableau),
    _("Cadre logique · {n} hypothèses et risques · dernier constat validé au {jour}").format(
        n=len(tableau.points), jour=say_date(arrete)
    ),
)
components.show(
    "hypotheses.html",
    legende=phrases.list_legende(tableau),
    vues=phrases.list_vues(tableau, noms),
)
components.show_section(_("Historique des constats"))
filtre = registres.read_filtre(contexte, phrases.SUJET, noms)
lecture = registres.read_lecture(contexte, phrases.SUJET, filtre)
registres.show_filtres(contexte, lecture, noms, filtre)
registres.show_registre(contexte, lecture, noms, filtre)
components.show_source(
    _("Sources : cadre logique de la stratégie (textes) ; constats validés par le SP/CCM. Non suivi : aucun constat."),
    demonstration=contexte.installation.demonstration,
)
