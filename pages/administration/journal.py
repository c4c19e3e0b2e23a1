"""Who changed what and when, old value beside the new; the sign-ins too."""

from ccm_data.phrases import comptes as phrases
from ccm_data.queries.journal import get_champs, list_auteurs, list_objets, make_filtre, make_table_journal
from ccm_data.textes import _
from pages.ui import cache, components, disposition, session
from pages.ui.garde import open_ecran

contexte = open_ecran("journal")
personne = contexte.personne
objets = cache.read_direct(contexte, list_objets, personne)
auteurs = cache.read_direct(contexte, list_auteurs, personne)

components.show_titre(
    _("Journal des changements"), _("Chaque changement, dans la transaction même qui l’a fait · le plus récent d’abord")
)
with disposition.show_outils("journal_filtres"):
    filtre = make_filtre(
        aujourd_hui=contexte.config.aujourd_hui(),
        objet=session.choose_option(_("Objet"), "objet", {"": _("Tous les objets")} | objets),
        qui=session.choose_option(_("Qui"), "qui", {"": _("Tous les auteurs")} | {q: q for q in auteurs}),
        region=session.choose_option(
            _("Région"), "lieu", {"": _("Toutes les régions")} | contexte.installation.regions
        ),
        periode=session.choose_option(_("Période"), "periode", phrases.list_periodes()),
    )
tableau, lignes, total = cache.read_direct(contexte, make_table_journal, personne, filtre)
if not lignes:
    components.show_vide(_("Aucune ligne avec ces filtres."), _("Retirez un filtre ou élargissez la période."))
else:
    choisie = components.show_tableau(tableau, alt=_("Journal"), key=f"journal_table_{total}", selection=True)
    if choisie is not None and choisie < len(lignes):
        champs = cache.read_direct(contexte, get_champs, personne, lignes[choisie])
        components.show_lignes(
            _("Ce que cette ligne a changé"),
            [_("Champ"), _("Ancien"), _("Nouveau")],
            champs,
            vide=_("Cette ligne ne change aucune valeur."),
        )
    components.show_telechargement(contexte, "journal-ccm", lambda: {_("Journal"): tableau}, key="journal")
components.show_source(
    phrases.say_total_journal(len(lignes), total),
    _("Les mots de passe et leurs empreintes n’entrent jamais au journal."),
    demonstration=contexte.installation.demonstration,
)
