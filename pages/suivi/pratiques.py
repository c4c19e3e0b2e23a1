"""Good practices and lessons, searched by word, theme, region and activity; partners' opinions on the follow-up frame."""

from ccm_data.phrases import pratiques as phrases
from ccm_data.phrases import registres as mots
from ccm_data.queries.bilans import compute_pratiques
from ccm_data.textes import _
from ccm_data.typographie import say_date
from pages.ui import components, disposition, registres, session
from pages.ui.garde import open_ecran

contexte = open_ecran("pratiques")
noms = registres.read_noms(contexte)
entete = components.reserve()
onglet = session.choose_onglet(
    _("Registre"),
    "onglet",
    {c: _(n) for c, n in phrases.ONGLETS.items()},
    defaut=phrases.AVIS if session.get_param("nature") == phrases.AVIS_NATURE else phrases.PRATIQUES,
)
avis = (("nature", phrases.AVIS_NATURE),)
filtre = registres.read_filtre(
    contexte,
    "bonne_pratique",
    noms,
    impose=avis if onglet == phrases.AVIS else (),
    sauf=() if onglet == phrases.AVIS else avis,
    texte=True,
)
lecture = registres.read_lecture(contexte, "bonne_pratique", filtre)
bilan = compute_pratiques(lecture.toutes)
with entete:
    components.show_titre(
        phrases.say_titre(bilan, onglet),
        _("Ce que les acteurs ont appris, validé au {jour}").format(jour=say_date(contexte.perimetre.date_arrete)),
    )
registres.show_filtres(
    contexte, lecture, noms, filtre, champs=() if onglet == phrases.AVIS else None, texte=True
)  # fmt: skip
if bilan.lignes and onglet == phrases.PRATIQUES:
    components.show("budget_cles.html", cles=phrases.list_cles(bilan))
    with disposition.show_colonnes(1, 1) as (gauche, droite):
        with gauche:
            registres.show_barres(_("Par thème"), _("pratiques et leçons"), phrases.list_themes(bilan, noms))
        with droite:
            regions = mots.list_par_region(bilan.par_region, noms, filtre.region)
            registres.show_barres(_("Par région"), _("pratiques et leçons"), regions)
registres.show_registre(contexte, lecture, noms, filtre)
components.show_source(
    _(
        "Sources : bonnes pratiques, leçons et avis validés par le SP/CCM (sections 4, 5.1, 8.1 et 8.2). "
        "Le texte d’un avis reste entre son auteur, sa région et le SP/CCM."
    ),
    demonstration=contexte.installation.demonstration,
)
