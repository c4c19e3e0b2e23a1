"""The list of séances, the form that prepares one, what stands above an opened one; how its changes are sent.

A change carries the version that was on the screen: when somebody else changed the séance meanwhile it is refused and told,
and what is then shown is up to date.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import streamlit as st
from sqlalchemy.orm import Session

from ccm_data.commands import seances as commandes
from ccm_data.domain.calendrier import compute_date_arrete_par_defaut
from ccm_data.domain.ordre_du_jour import read_lignes
from ccm_data.domain.permissions import Personne, can_write
from ccm_data.domain.vocabulaire import EtatSeance
from ccm_data.errors import CCMError, ValeurInvalide
from ccm_data.phrases import seances as phrases
from ccm_data.queries.instances import list_noms_instances
from ccm_data.queries.seances import FicheSeance
from ccm_data.reports.gel import freeze_seance
from ccm_data.textes import _
from pages.ui import cache, components, disposition, reglages, session
from pages.ui.formulaires import Champ, show_formulaire
from pages.ui.projection import get_adresse
from pages.ui.session import Contexte

PARAM = "seance"
LIGNES_ORDRE_MAX = 20_000


@dataclass(frozen=True)
class Ouverte:
    """The opened séance on this run: what is stored now, the version that was on the screen, whether it may be changed."""

    fiche: FicheSeance
    vue: int
    tient: bool

    @property
    def figee(self) -> bool:
        """Its figures are frozen."""
        return self.fiche.etat is EtatSeance.FIGEE

    @property
    def preparee(self) -> bool:
        """It may still be arranged and frozen."""
        return self.fiche.etat is EtatSeance.PREPAREE


def open_seance(contexte: Contexte, fiche: FicheSeance) -> Ouverte:
    """The séance, and the version that the person had before his eyes when he acted."""
    vue = session.recall(f"seance_{fiche.id}", fiche.version)
    session.remember(f"seance_{fiche.id}", fiche.version)
    return Ouverte(fiche, vue, can_write(contexte.personne, commandes.DROIT))


def apply(ouverte: Ouverte, commande: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Send a change of the séance, made on the version that was seen. Raises its CCMError."""
    fait = session.apply(commande, ouverte.fiche.id, ouverte.vue, *args, **kwargs)
    forget_vue(ouverte)
    return fait


def forget_vue(ouverte: Ouverte) -> None:
    """The next run shows what is stored then."""
    session.recall(f"seance_{ouverte.fiche.id}", forget=True)


def apply_clic(ouverte: Ouverte, commande: Callable[..., Any], *args: Any, avis: str = "") -> None:
    """The same for a button's callback, which runs before the screen: a refusal is kept and told by `show_refus_clic`."""
    try:
        session.apply(commande, ouverte.fiche.id, ouverte.fiche.version, *args)
    except CCMError as erreur:
        session.remember("seance_refus", erreur)
        return
    finally:
        forget_vue(ouverte)
    if avis:
        session.remember("avis", avis)


def show_refus_clic(ouverte: Ouverte) -> None:
    """The refusal of the button just pressed, or that somebody else changed the séance meanwhile; once."""
    erreur = session.recall("seance_refus", forget=True)
    if isinstance(erreur, CCMError):
        components.show_erreur(erreur)
    elif ouverte.vue != ouverte.fiche.version:
        components.show_refus(
            _(
                "Quelqu’un a changé cette séance entre-temps : l’écran montre son dernier état. "
                "Si vous veniez d’enregistrer, recommencez."
            )
        )


def show_liste(contexte: Contexte, fiches: Sequence[FicheSeance]) -> None:
    """The list: each séance is a link to itself; an empty one says what to do."""
    if fiches:
        components.show(
            "seances_liste.html",
            lignes=[
                (phrases.say_titre(x), session.get_adresse(f"/seances?{PARAM}={x.code}"), *faits)
                for x, faits in zip(fiches, phrases.list_seances(fiches), strict=True)
            ],
        )
    elif can_write(contexte.personne, commandes.DROIT):
        components.show_vide(
            _("Aucune séance préparée."),
            _("Préparez la première : une instance, une date, un ordre du jour ; les scènes en découlent."),
        )
    else:
        components.show_vide(_("Aucune séance figée."), _("Le SP/CCM fige une séance avant chaque rencontre."))


def show_nouvelle(contexte: Contexte, *, ouvert: bool) -> None:
    """The form of a new séance, for the SP/CCM; in sight when there is none yet."""
    if not can_write(contexte.personne, commandes.DROIT):
        return
    if ouvert:
        components.show_section(_("Préparer une séance"))
        _show_nouvelle(contexte)
    else:
        with components.show_pli(_("Préparer une séance")):
            _show_nouvelle(contexte)


def _show_nouvelle(contexte: Contexte) -> None:
    aujourd_hui = contexte.config.aujourd_hui()
    rang = session.recall("seances_ajouts", 0)

    def _send(valeurs: dict[str, Any]) -> str:
        _check_dates(valeurs["date_seance"], valeurs["date_arrete"])
        code = session.apply(_create, valeurs)
        session.remember("seances_ajouts", rang + 1)
        session.set_param(PARAM, code)
        return _("Séance préparée : ses scènes sont proposées d’après l’ordre du jour.")

    instances = cache.read(contexte, list_noms_instances)
    champs = [
        Champ("instance_code", _("Instance"), "choix", instances, defaut="ccm"),
        Champ("date_seance", _("Date de la séance"), "date", defaut=aujourd_hui),
        Champ(
            "date_arrete", _("Date d’arrêté des chiffres"), "date", defaut=compute_date_arrete_par_defaut(aujourd_hui),
            aide=_("Seuls les faits de cette date et d’avant sont montrés."),
        ),
        Champ("intitule", _("Titre"), aide=_("Vide : le nom court de l’instance."), maximum=200),
        Champ("lieu", _("Lieu"), maximum=160),
        Champ("region_invitee", _("Région invitée"), "choix", reglages.list_regions(contexte, vide=_("Aucune"))),
        Champ(
            "ordre_du_jour", _("Ordre du jour, un point par ligne"), "zone", maximum=LIGNES_ORDRE_MAX,
            large=True,
            aide=_(
                "« Intitulé » ou « Intitulé : texte ». Les mots des intitulés (budget, recommandations, lacunes…) appellent "
                "leurs scènes de chiffres. Vide : le dossier standard. Aucun nom de personne."
            ),
        ),
    ]  # fmt: skip
    show_formulaire(f"seance_nouvelle_{rang}", champs, _("Préparer la séance"), _send)


def _check_dates(seance: date | None, arrete: date | None) -> None:
    for champ, jour in (("date_seance", seance), ("date_arrete", arrete)):
        if jour is None:
            raise ValeurInvalide("valeur_manquante", champ=champ, valeur=None, attendu=_("une date"))


def _create(base: Session, personne: Personne, maintenant: datetime, valeurs: dict[str, Any]) -> str:
    """The code of the séance that was prepared."""
    champs = {**valeurs, "ordre_du_jour": read_lignes(valeurs["ordre_du_jour"])}
    champs["region_invitee"] = valeurs["region_invitee"] or None
    commandes.create_seance(base, personne, maintenant, **champs)
    return f"{valeurs['instance_code']}-{valeurs['date_seance'].isoformat()}"


def show_tete(contexte: Contexte, ouverte: Ouverte) -> None:
    """What may be done with the séance as a whole: project it, take its file, freeze it, give it up."""
    fiche = ouverte.fiche
    liens = [(_("Toutes les séances"), session.get_adresse("/seances"), False)]
    if fiche.etat is not EtatSeance.ANNULEE:
        projeter = _("Projeter") if ouverte.figee else _("Projeter la répétition")
        fichier = (_("Un seul fichier HTML"), get_adresse(fiche.code, "fichier"), False)
        liens = [(projeter, get_adresse(fiche.code), True), fichier, *liens]
    components.show("seance_outils.html", liens=liens, faits=phrases.list_faits(fiche, contexte.installation.regions))
    if ouverte.tient and ouverte.preparee:
        with disposition.show_colonnes(1, 1, cartes=False) as (gauche, droite):
            with gauche:
                _show_gel(ouverte)
            with droite:
                _show_annulation(ouverte)


def _show_gel(ouverte: Ouverte) -> None:
    def _send(valeurs: dict[str, Any]) -> str:
        if not valeurs["confirme"]:
            raise ValeurInvalide("confirmation_manquante", champ="confirme", valeur=None, attendu="")
        apply(ouverte, freeze_seance, instantane=True)
        return _("Chiffres figés : ils ne changeront plus. Les documents et les décisions sont ouverts.")

    with components.show_pli(_("Figer les chiffres")):
        components.show_note(
            _(
                "Les chiffres validés de ce moment sont gardés avec leur empreinte, imprimée sur chaque page. C’est définitif : "
                "une correction ultérieure ne les réécrit pas. L’ordre des scènes reste libre."
            )
        )
        confirme = Champ("confirme", _("Je fige les chiffres de cette séance, définitivement"), "case")
        show_formulaire(f"gel_{ouverte.fiche.id}_{ouverte.vue}", [confirme], _("Figer les chiffres"), _send)


def _show_annulation(ouverte: Ouverte) -> None:
    def _send() -> str:
        apply(ouverte, commandes.cancel_seance)
        return _("Séance annulée : elle reste dans la liste.")

    with components.show_pli(_("Annuler la séance")):
        components.show_note(_("Une séance annulée ne se prépare ni ne se fige plus. Sa rencontre reste au registre."))
        show_action(_("Annuler la séance"), "annuler", _send)


def choose_onglet(ouverte: Ouverte) -> str:
    """The part of the séance that the address shows."""
    onglets = {
        "scenes": _("Ordre du jour et scènes"),
        "documents": _("Documents"),
        "deroulement": _("Présence et décisions"),
        "changements": _("Ce qui a changé"),
    }
    if not ouverte.tient:
        onglets = {cle: onglets[cle] for cle in ("documents", "changements")}
    return session.choose_onglet(_("Partie"), "partie", onglets)


def show_bouton(label: str, icone: str, key: str, faire: Callable[[], None], *, libre: bool = True) -> None:
    """A small button of which only the sign is seen; its words are for who hears the screen."""
    st.button(label, icon=icone, key=f"signe_{key}", on_click=faire, disabled=not libre, width="content")


def show_bouton_mots(label: str, key: str, faire: Callable[[], None]) -> None:
    """A button with its words."""
    st.button(label, key=f"mots_{key}", on_click=faire)


@contextmanager
def show_rangee(key: str) -> Iterator[None]:
    """A row of words and small buttons."""
    with st.container(horizontal=True, vertical_alignment="center", gap="xxsmall", key=f"rangee_{key}"):
        yield


def show_action(label: str, key: str, faire: Callable[[], str]) -> None:
    """A button that sends a change; the words of its success, or its refusal."""
    if not st.button(label, type="primary", key=f"action_{key}"):
        return
    try:
        fait = faire()
    except CCMError as erreur:
        components.show_erreur(erreur)
        return
    session.remember("avis", fait)
    st.rerun()
