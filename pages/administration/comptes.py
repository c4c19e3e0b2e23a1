"""Who may sign in: accounts, their role and place; add, change, reset, disable. No name of a person."""

from ccm_data.phrases import comptes as phrases
from ccm_data.phrases import sauvegarde
from ccm_data.queries.acteurs import list_noms_acteurs
from ccm_data.queries.comptes import list_fiches, make_table_comptes
from ccm_data.sauvegarde.etat import get_derniere_lue
from ccm_data.textes import _
from pages.ui import cache, components, formulaires, session
from pages.ui import comptes as actions
from pages.ui.garde import open_ecran

contexte = open_ecran("comptes")
formulaires.show_avis()
fiches = cache.read_direct(contexte, list_fiches, contexte.personne, contexte.config.maintenant())
tableau = cache.read_direct(contexte, make_table_comptes, fiches)
derniere = cache.read_direct(contexte, get_derniere_lue, contexte.personne)
regions, acteurs = contexte.installation.regions, cache.read(contexte, list_noms_acteurs)

components.show_titre(
    phrases.say_titre_comptes(fiches),
    _("Un compte est une fonction, jamais une personne · choisissez une ligne pour la modifier"),
)
actions.show_provisoire()
age = sauvegarde.say_age(derniere, contexte.config.maintenant())
if sauvegarde.is_a_refaire(derniere, contexte.config.maintenant()) and not contexte.installation.demonstration:
    components.show_refus(age)
else:
    components.show_note(age)
choisie = components.show_tableau(tableau, alt=_("Comptes"), key=f"comptes_table_{len(fiches)}", selection=True)
if choisie is not None and choisie < len(fiches):
    fiche = fiches[choisie]
    components.show_section(f"{fiche.identifiant} · {fiche.libelle}")
    actions.show_actions(fiche)
    formulaires.show_formulaire(
        f"compte_{fiche.id}",
        actions.make_champs(regions, acteurs, fiche),
        _("Enregistrer"),
        actions.make_envoi_edition(fiche),
    )
components.show_section(_("Ajouter un compte"))
formulaires.show_formulaire(
    f"compte_ajout_{session.recall('comptes_ajouts', 0)}",
    actions.make_champs(regions, acteurs),
    _("Créer le compte"),
    actions.send_ajout,
)
components.show_telechargement(contexte, "comptes-ccm", lambda: {_("Comptes"): tableau}, key="comptes")
components.show_source(
    _("Le mot de passe provisoire s’affiche une seule fois ; il est à changer à la première connexion."),
    demonstration=contexte.installation.demonstration,
)
