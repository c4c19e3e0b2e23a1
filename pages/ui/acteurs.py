"""What the « Acteurs » screen shares: search, the wish to be put in touch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ccm_data.commands import acteurs as commandes_acteurs
from ccm_data.commands import relations as commandes
from ccm_data.domain.calendrier import get_jour
from ccm_data.domain.permissions import can_write
from ccm_data.domain.vocabulaire import CategorieActeur
from ccm_data.queries.portefeuille import Portefeuille, list_relations
from ccm_data.textes import _
from ccm_data.typographie import say_date_courte
from pages.ui import cache, components, reglages, session
from pages.ui.formulaires import Champ, show_formulaire
from pages.ui.session import Contexte


def read_filtre(contexte: Contexte) -> tuple[str, str | None, str | None]:
    """Word, category and region that the address carries."""
    categorie = session.get_param("categorie")
    connue = categorie if categorie in list(CategorieActeur) else None
    return reglages.read_cherche(), connue, contexte.perimetre.region


def show_correction(fiche: Portefeuille, code: str | None) -> None:
    """An actor corrects what is said of it: the row that was chosen, when it leads it, else the form."""
    ligne = next((x for x in fiche.chef if x.code == code), None)
    texte = _("Corriger {c}").format(c=code) if ligne else _("Déclarer ou corriger une intervention")
    components.show_lien_formulaire(texte, "intervention", ligne.id if ligne else None)


def show_consentement(contexte: Contexte, fiche: Portefeuille) -> None:
    """Its amounts shown to all, or to the SP/CCM and its partners only: the organisation's own choice."""
    if not can_write(contexte.personne, "consentir_montants", None, fiche.code):
        return

    def _send(valeurs: dict[str, Any]) -> str:
        session.apply(commandes_acteurs.set_montants_publics, fiche.code, valeurs["publics"])
        return _("Montants publics.") if valeurs["publics"] else _("Montants réservés au SP/CCM et aux partenaires.")

    with components.show_pli(_("Montants publics ou réservés")):
        champ = Champ(
            "publics", _("Les montants de cette organisation sont publics"), "case", defaut=fiche.montants_publics
        )
        show_formulaire(f"consentement_{fiche.code}_{fiche.montants_publics}", [champ], _("Enregistrer"), _send)


def show_relation(contexte: Contexte, code: str, nom: str) -> None:
    """Being put in touch: through the SP/CCM, no contact is published."""
    if not can_write(contexte.personne, "demander_relation"):
        components.show_note(
            _("Pour joindre cette organisation, passez par le SP/CCM : aucune coordonnée n’est publiée ici.")
        )
        return
    if contexte.personne.acteur_code == code:
        return

    def _send(valeurs: dict[str, Any]) -> str:
        session.apply(commandes.add_relation, code, valeurs["objet"])
        session.remember("relations_ajouts", session.recall("relations_ajouts", 0) + 1)
        return _("Demande envoyée au SP/CCM, qui vous mettra en relation avec {nom}.").format(nom=nom)

    with components.show_pli(_("Demander une mise en relation")):
        champ = Champ(
            "objet", _("Objet"), "zone", maximum=500, aide=_("Ce dont vous voulez parler. Aucun nom de personne.")
        )
        show_formulaire(
            f"relation_{code}_{session.recall('relations_ajouts', 0)}", [champ], _("Demander au SP/CCM"), _send
        )


def show_relations(contexte: Contexte, noms: Mapping[str, str]) -> None:
    """The demands that wait, for the SP/CCM to answer."""
    attendent = cache.read_direct(contexte, list_relations, contexte.personne)
    if not attendent:
        return
    components.show_section(_("Mises en relation demandées"))
    components.show_lignes(
        _("Mises en relation demandées"),
        [_("Le"), _("Par"), _("Avec"), _("Objet")],
        [(say_date_courte(get_jour(x.cree_le)), x.demandeur, noms.get(x.acteur, x.acteur), x.objet) for x in attendent],
    )
    if can_write(contexte.personne, "faire_relation"):

        def _send(valeurs: dict[str, Any]) -> str:
            session.apply(commandes.close_relation, int(valeurs["relation"]))
            return _("Mise en relation faite.")

        options = {str(x.id): f"{x.demandeur} → {noms.get(x.acteur, x.acteur)}" for x in attendent}
        champ = Champ("relation", _("Mise en relation"), "choix", options)
        show_formulaire(f"relations_{len(attendent)}_{attendent[0].id}", [champ], _("Noter comme faite"), _send)
