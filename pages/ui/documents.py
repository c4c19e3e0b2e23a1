"""The forms of « Documents de programmation »: one to add, one to say what the analysis found, one to withdraw."""

from __future__ import annotations

from typing import Any

from ccm_data.commands import documents as commandes
from ccm_data.domain.permissions import can_write, get_portee_ecriture
from ccm_data.errors import ValeurInvalide
from ccm_data.queries.documents import FicheDocument
from ccm_data.textes import _
from pages.ui import components, session
from pages.ui.formulaires import Champ, show_formulaire
from pages.ui.session import Contexte


def show_ajout(contexte: Contexte, acteurs: dict[str, str]) -> None:
    """A document to add, for who may."""
    personne = contexte.personne
    if get_portee_ecriture(personne, "analyser_document") == "non":
        return

    def _send(valeurs: dict[str, Any]) -> str:
        session.apply(commandes.save_document, valeurs)
        session.remember("documents_ajouts", session.recall("documents_ajouts", 0) + 1)
        return _("Document enregistré : il attend son analyse.")

    champs = [
        *([] if personne.acteur_code else [Champ("acteur_code", _("Partenaire"), "choix", acteurs)]),
        Champ("titre", _("Titre")),
        Champ("source", _("Source (où le trouver)")),
        Champ("debut", _("Début de la période"), "date"),
        Champ("fin", _("Fin de la période"), "date"),
        Champ("reference", _("Référence"), maximum=200),
    ]
    with components.show_pli(_("Ajouter un document")):
        show_formulaire(
            f"document_{session.recall('documents_ajouts', 0)}", champs, _("Enregistrer le document"), _send
        )


def show_actions(contexte: Contexte, x: FicheDocument) -> None:
    """What the analysis found; or taking the document off the list."""
    if not can_write(contexte.personne, "analyser_document", None, x.acteur):
        return

    def _analyse(valeurs: dict[str, Any]) -> str:
        session.apply(
            commandes.save_document,
            {
                "resultat": valeurs["resultat"],
                "doublons_trouves": _read_nombre(valeurs["doublons"]),
                "analyse_le": valeurs["analyse_le"] if valeurs["resultat"].strip() else None,
            },
            document_id=x.id,
            version=x.version,
        )
        return _("Analyse enregistrée.")

    def _withdraw(_valeurs: dict[str, Any]) -> str:
        session.apply(commandes.withdraw_document, x.id, x.version)
        return _("Document retiré de la liste ; il reste au journal.")

    champs = [
        Champ("resultat", _("Ce que l’analyse a trouvé"), "zone", defaut=x.resultat, maximum=4000),
        Champ("doublons", _("Doublons trouvés"), defaut="" if x.doublons is None else str(x.doublons), maximum=6,
              aide=_("Vide : non renseigné, ce qui n’est pas zéro.")),
        Champ("analyse_le", _("Date de l’analyse"), "date", defaut=x.analyse_le or contexte.config.aujourd_hui()),
    ]  # fmt: skip
    show_formulaire(f"analyse_{x.id}_{x.version}", champs, _("Enregistrer l’analyse"), _analyse)
    with components.show_pli(_("Retirer ce document")):
        show_formulaire(f"retrait_{x.id}_{x.version}", [], _("Retirer de la liste"), _withdraw)


def _read_nombre(texte: str) -> int | None:
    """A count as typed; None for nothing. Raises ValeurInvalide."""
    net = texte.replace("\u202f", "").replace("\u00a0", "").replace(" ", "")
    if not net:
        return None
    if not net.isascii() or not net.isdigit():
        raise ValeurInvalide(champ="doublons_trouves", valeur=texte, attendu=_("un nombre entier"))
    return int(net)
