"""What was sent: the receipts, where their rows stand, the notes of what was returned; a deposit still waiting is taken back."""

from ccm_data.commands.depots import withdraw_depot
from ccm_data.phrases import depots as phrases
from ccm_data.queries.depots import list_depots
from ccm_data.textes import _
from pages.ui import cache, components, formulaires, reprise, session
from pages.ui.garde import open_ecran

contexte = open_ecran("mes_depots")
depots = cache.read(contexte, list_depots, contexte.personne)
components.show_titre(phrases.say_titre_depots(depots), contexte.compte.libelle if contexte.compte else "")
formulaires.show_avis()
if depots:
    components.show_lignes(
        _("Dépôts"),
        [_("Dépôt"), _("Reçu le"), _("Par"), _("Fichier"), _("Lignes"), _("Où en est-il")],
        [phrases.say_ligne_depot(d) for d in depots],
    )
    notes = [(d.numero, note) for d in depots for note in d.notes]
    if notes:
        components.show_section(_("Retournés : à corriger et renvoyer"))
        components.show_lignes(_("Retournés"), [_("Dépôt"), _("Ligne et note du SP/CCM")], notes)
    reprise.show_reprise(contexte)
    retirables = {str(d.id): phrases.say_choix_depot(d) for d in depots if d.retirable}
    if retirables:
        components.show_section(_("Retirer un dépôt"))

        def _withdraw(valeurs: dict[str, object]) -> str:
            n = session.apply(withdraw_depot, int(str(valeurs["depot"])))
            return phrases.say_retrait(n)

        formulaires.show_formulaire(
            "retrait",
            [
                formulaires.Champ(
                    "depot", _("Dépôt en attente"), "choix", retirables,
                    aide=_("Ses lignes redeviennent des brouillons ; le même fichier peut être renvoyé."),
                )
            ],
            _("Retirer"),
            _withdraw,
        )  # fmt: skip
else:
    reprise.show_reprise(contexte)
    components.show_vide(
        _("Vous n’avez encore rien déposé."), _("L’écran « Déposer une mise à jour » donne votre classeur.")
    )
    components.show_lien_ecran("deposer", _("Déposer une mise à jour"))
components.show_source(
    _("Un dépôt ne compte dans les chiffres qu’une fois validé par le SP/CCM."),
    demonstration=contexte.installation.demonstration,
)
