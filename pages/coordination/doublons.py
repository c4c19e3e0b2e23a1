"""Candidate pairs to examine, those that complete each other, verdicts: only « double déclaration » changes a total."""

from ccm_data.domain.vocabulaire import ListeTermes
from ccm_data.phrases import doublons as phrases
from ccm_data.queries import doublons
from ccm_data.queries.acteurs import list_noms_acteurs
from ccm_data.queries.interventions import list_termes
from ccm_data.textes import _
from pages.ui import cache, components, coordination, formulaires, reglages, session
from pages.ui import doublons as actions
from pages.ui.garde import open_ecran

contexte = open_ecran("doublons")
lus = actions.read_rapprochements(contexte)
noms = phrases.Noms(
    cache.read(contexte, list_noms_acteurs),
    reglages.list_regions(contexte),
    cache.read(contexte, list_termes, ListeTermes.THEME, fermes=True),
    coordination.list_statuts(contexte),
)
components.show_titre(
    phrases.say_titre_doublons(lus),
    _("Proposés par le calcul, jugés par une personne · seule une « double déclaration » change les totaux"),
)
formulaires.show_avis()
components.show("budget_cles.html", cles=phrases.list_cles(lus))
if not lus.detail:
    components.show_lignes(_("Rapprochements et verdicts"), [_("Quoi"), _("Combien")], phrases.list_comptes(lus))
    components.show_vide(
        _("Le détail est réservé."),
        _(
            "Les rapprochements se lisent au SP/CCM et dans les organisations qu’ils nomment ; connectez-vous pour répondre."
        ),
    )
else:
    onglet = session.choose_onglet(_("Liste"), "onglet", {c: _(t) for c, t in phrases.ONGLETS.items()})
    choisis = actions.choose_paires(contexte, lus, onglet, noms)
    table = (
        doublons.make_table_verdicts(lus.verdicts)
        if onglet == "verdicts"
        else doublons.make_table_paires(choisis, noms.acteurs)
    )
    if onglet == "synergies":
        synergies = doublons.make_synergies(lus.verdicts, noms.acteurs)
        components.show_section(_("Synergies reconnues"))
        if len(synergies):
            coordination.show_matrice(
                synergies, coordination.say_entier, alt=_("Matrice des synergies"), key="synergies"
            )
        else:
            components.show_vide(
                _("Aucune synergie reconnue."), _("Un verdict « complémentaire » sur une paire ci-dessous l’y inscrit.")
            )
        components.show_section(_("Paires complémentaires proposées"))
    if len(table):
        rang = actions.show_liste(contexte, table, onglet)
        if rang is not None and onglet == "verdicts":
            actions.show_verdict(contexte, lus.verdicts[rang])
        elif rang is not None:
            actions.show_paire(contexte, choisis[rang], noms)
    else:
        components.show_vide(phrases.say_vide(onglet), phrases.say_que_faire(onglet))
components.show_source(
    _("Sources : registre des interventions validées ; méthode publiée dans la documentation (docs/doublons.md)."),
    demonstration=contexte.installation.demonstration,
)
