"""The forms and buttons of the accounts' screen: what they ask, which command they send."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from ccm_data.commands import comptes as commandes
from ccm_data.domain.vocabulaire import Role
from ccm_data.errors import CCMError
from ccm_data.libelles import say_libelle
from ccm_data.queries.comptes import FicheCompte
from ccm_data.textes import _
from pages.ui import components, session
from pages.ui.formulaires import Champ

ROLES = (Role.LECTEUR, Role.ACTEUR, Role.POINT_FOCAL, Role.SUIVI_EVALUATION, Role.ADMINISTRATEUR)


def make_champs(regions: dict[str, str], acteurs: dict[str, str], fiche: FicheCompte | None = None) -> list[Champ]:
    """Fields of an account; a new one (no `fiche`) is given its name, an existing one keeps it."""
    nom = Champ("identifiant", _("Identifiant"), aide=_("Le nom d’une fonction, jamais d’une personne : pf.zinder"))
    champs = [
        Champ(
            "libelle",
            _("Fonction"),
            aide=_("Telle qu’elle s’affiche : « Point focal, Zinder ». Aucun nom de personne."),
            defaut=fiche.libelle if fiche else None,
            maximum=commandes.LONGUEUR_LIBELLE,
        ),
        Champ(
            "role",
            _("Rôle"),
            "choix",
            {r.value: say_libelle(r) for r in ROLES},
            defaut=fiche.role.value if fiche else None,
        ),
        Champ(
            "region",
            _("Région (point focal)"),
            "choix",
            {"": _("Aucune")} | regions,
            defaut=(fiche.region_code or "") if fiche else "",
        ),
        Champ(
            "acteur",
            _("Organisation (acteur)"),
            "choix",
            {"": _("Aucune")} | acteurs,
            defaut=(fiche.acteur_code or "") if fiche else "",
        ),
    ]
    return champs if fiche else [nom, *champs]


def _read_place(valeurs: dict[str, Any]) -> dict[str, Any]:
    """A role has the place that goes with it, and no other: a focal point a region, an actor an organisation."""
    role = Role(valeurs["role"])
    return {
        "libelle": valeurs["libelle"],
        "region_code": (valeurs["region"] or None) if role is Role.POINT_FOCAL else None,
        "acteur_code": (valeurs["acteur"] or None) if role is Role.ACTEUR else None,
    }


def send_ajout(valeurs: dict[str, Any]) -> str:
    """Create the account; its one-time password is kept for the next run only."""
    _id, provisoire = session.apply(
        commandes.add_compte, valeurs["identifiant"], Role(valeurs["role"]), **_read_place(valeurs)
    )
    _keep_provisoire(valeurs["identifiant"], provisoire)
    session.remember("comptes_ajouts", session.recall("comptes_ajouts", 0) + 1)
    return _("Compte créé : {nom}.").format(nom=valeurs["identifiant"].strip().lower())


def make_envoi_edition(fiche: FicheCompte) -> Callable[[dict[str, Any]], str]:
    """What sends the changes of an account."""

    def _envoyer(valeurs: dict[str, Any]) -> str:
        session.apply(commandes.edit_compte, fiche.id, role=Role(valeurs["role"]), **_read_place(valeurs))
        return _("Compte modifié : {nom}.").format(nom=fiche.identifiant)

    return _envoyer


def _keep_provisoire(identifiant: str, provisoire: str | None) -> None:
    session.remember("provisoire", (identifiant.strip().lower(), provisoire))


def show_provisoire() -> None:
    """The one-time password just made, once: the next click forgets it."""
    garde = session.recall("provisoire", forget=True)
    if garde and garde[1]:
        components.show("compte_provisoire.html", identifiant=garde[0], mot_de_passe=garde[1])


def show_actions(fiche: FicheCompte) -> None:
    """Reset, unlock, disable or enable, each with its confirmation."""
    with st.container(horizontal=True, gap="small", key="compte_actions"):
        _show_action(
            f"{fiche.id}_reset",
            _("Nouveau mot de passe provisoire"),
            _("Ses sessions se ferment ; il en choisit un autre à la prochaine connexion."),
            lambda: _reset(fiche),
        )
        if fiche.verrouille:
            _show_action(
                f"{fiche.id}_unlock",
                _("Débloquer"),
                _("Cinq échecs ont bloqué ce compte pour quinze minutes."),
                lambda: session.apply(commandes.unlock_compte, fiche.id),
            )
        if fiche.actif:
            _show_action(
                f"{fiche.id}_disable",
                _("Désactiver"),
                _("Ses sessions se ferment et il ne peut plus se connecter ; ce qu’il a déposé reste."),
                lambda: session.apply(commandes.set_actif, fiche.id, False),
            )
        else:
            _show_action(
                f"{fiche.id}_enable",
                _("Réactiver"),
                _("Il se connecte de nouveau avec son mot de passe."),
                lambda: session.apply(commandes.set_actif, fiche.id, True),
            )


def _reset(fiche: FicheCompte) -> None:
    _keep_provisoire(fiche.identifiant, session.apply(commandes.reset_mot_de_passe, fiche.id))


def _show_action(cle: str, titre: str, texte: str, faire: Callable[[], object]) -> None:
    with st.popover(titre, key=f"compte_{cle}"):
        components.show_note(texte)
        confirme = st.button(_("Confirmer"), key=f"compte_{cle}_oui", type="primary")
    if confirme:
        try:
            faire()
        except CCMError as erreur:
            components.show_erreur(erreur)
            return
        session.remember("avis", _("Fait. Le journal en garde la trace."))
        st.rerun()
