"""Who owes what, since when: reports, rows to mend, values, recommendations, silent interventions; reminders to copy."""

from ccm_data.phrases import completude as phrases
from ccm_data.queries import tableaux_completude as tableaux
from ccm_data.queries.completude import get_situation
from ccm_data.textes import _
from ccm_data.typographie import say_date
from pages.ui import cache, components, disposition, formulaires, session
from pages.ui import relances as actions
from pages.ui.garde import open_ecran

contexte = open_ecran("completude")
aujourd_hui, arrete = contexte.config.aujourd_hui(), contexte.perimetre.date_arrete
situation = cache.read(contexte, get_situation, contexte.personne, arrete, aujourd_hui)
noms = situation.noms
entete = components.reserve()
formulaires.show_avis()
with disposition.show_outils("completude_outils"):
    actions.show_filtres(contexte, situation)
    vue = actions.read_vue(contexte, situation)
    tableau = tableaux.make_table_dus(vue.dus, noms, aujourd_hui)
    components.show_telechargement(
        contexte,
        "qui-doit-quoi",
        lambda: {
            **({_("Dû"): tableau} if situation.dus else {}),
            _("Rapports"): tableaux.make_table_completude(situation),
            **({_("Organisations"): tableaux.make_table_acteurs(situation)} if situation.acteurs else {}),
        },
        key="completude",
    )
with entete:
    components.show_titre(
        actions.say_titre(situation, vue.dus, aujourd_hui),
        _("Rapports, valeurs, corrections, recommandations et interventions · situation au {jour}").format(
            jour=say_date(aujourd_hui)
        ),
    )
components.show("budget_cles.html", cles=phrases.list_cles(situation, vue.comptes, vue.region, vue.acteur))
with disposition.show_carte("completude_matrice"):
    components.show_titre_graphique(phrases.say_titre_matrice(situation), phrases.say_legende())
    components.show(
        "completude.html",
        lignes=phrases.list_matrice(situation),
        trimestres=[phrases.say_trimestre_code(t) for t in situation.trimestres],
    )
    silence = phrases.say_silencieux(situation, tableaux.list_cles_tri(noms))
    if silence:
        components.show_note(silence)
components.show_section(_("Ce qui est dû, depuis quand"))
if situation.dus:
    session.choose_onglet(_("Nature"), "nature", phrases.list_onglets(vue.comptes))
if vue.dus:
    rang = components.show_tableau(
        tableau,
        alt=_("Ce qui est dû"),
        colonnes=actions.make_colonnes(),
        key=f"completude_{contexte.version}_{len(vue.dus)}",
        selection=True,
        vide=_("pas en retard"),
    )
    if rang is not None and rang < len(vue.dus):
        actions.show_choisi(contexte, situation, vue.dus[rang])
elif not situation.retenus:
    components.show_vide(_("Rien n’est dû."), _("Élargissez les filtres, ou revenez après la fin du trimestre."))
if situation.retenus:
    components.show_note(phrases.say_retenus(situation.retenus))
actions.show_relances(contexte, situation, vue.dus, aujourd_hui)
if situation.acteurs:
    with components.show_pli(_("Interventions à jour, par organisation (ordre alphabétique)")):
        components.show_lignes(
            _("Interventions à jour"),
            [_("Organisation"), _("Interventions à jour sur celles en cours")],
            phrases.list_acteurs(situation, tableaux.list_acteurs_tries(situation)),
        )
components.show_source(
    _("Sources : plan d’action, dépôts et registres. Un rapport « rien à signaler » compte ; une ligne soumise aussi."),
    phrases.say_regles(situation),
    demonstration=contexte.installation.demonstration,
)
