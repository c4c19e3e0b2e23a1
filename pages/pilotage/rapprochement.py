"""The decision register: what the document says twice, which side prevails, decided by whom, when and why."""

from ccm_data.phrases import decisions as phrases
from ccm_data.queries.rapprochement import filter_registre, get_registre
from ccm_data.queries.tableaux import make_table_rapprochement, make_table_registre
from ccm_data.textes import _
from pages.ui import cache, components, disposition, formulaires, registre, reglages, session
from pages.ui.garde import open_ecran

contexte = open_ecran("rapprochement")
toutes = cache.read(contexte, get_registre)
components.show_titre(
    phrases.say_titre_registre(toutes),
    _("Ce que la stratégie et les cibles disent deux fois · les deux côtés restent montrés"),
)
formulaires.show_avis()
with disposition.show_outils("registre_filtres"):
    nature = session.choose_option(_("Nature"), "nature", phrases.list_natures(), largeur=220)
    etat = session.choose_option(_("État"), "etat", phrases.list_etats(), largeur=200)
    components.show_telechargement(
        contexte,
        "registre-des-decisions",
        lambda: {_("Registre"): cache.read(contexte, make_table_rapprochement)},
        key="registre",
    )
components.show("budget_cles.html", cles=phrases.list_cles(toutes))
with disposition.show_carte():
    natures = phrases.count_natures(toutes)
    titre = phrases.say_titre_natures(toutes)
    components.show_titre_graphique(titre, _("Nombre de contradictions, par nature"))
    components.show(
        "registre_natures.html",
        titre=titre,
        natures=natures,
        maximum=max((r + p for _n, r, p, _dit in natures), default=0),
    )
lignes = filter_registre(toutes, nature, etat)
ouverte = session.get_param("ligne")
if lignes:
    tableau = cache.read(contexte, make_table_registre, nature, etat)
    ouverte = reglages.choose_ligne(
        contexte,
        "ligne",
        [x.code for x in lignes],
        tableau,
        key=f"registre_{nature}_{etat}",
        alt=_("Registre des décisions"),
        colonnes={_("Un côté"): {"width": 300}, _("L’autre"): {"width": 300}},
        vide=_("sans objet"),
    )
else:
    components.show_vide(_("Aucune contradiction ne correspond."), _("Retirez un filtre."))
fiche = next((x for x in toutes if x.code == ouverte), None)
if fiche is not None:
    registre.show_ligne(contexte, fiche)
elif ouverte:
    components.show_refus(_("La ligne demandée n’est plus au registre : elle a été corrigée, ou son adresse a changé."))
elif lignes:
    components.show_note(_("Choisissez une ligne pour ouvrir ses deux côtés et son historique."))
components.show_source(
    _("Sources : stratégie 2022-2026, relue page à page ; montants et cibles saisis par le SP/CCM."),
    _("Un chiffre retenu remplace le total à son niveau seulement : les parties ne changent pas."),
    demonstration=contexte.installation.demonstration,
)
