"""What the meetings' screen is made of: filters, bars by year, one meeting opened, « J'ai lu le dossier »."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ccm_data.commands.instances import acknowledge_lecture
from ccm_data.domain.instances import EtatRencontre
from ccm_data.domain.permissions import can_write, get_portee_ecriture
from ccm_data.domain.vocabulaire import NatureRencontre
from ccm_data.libelles import say_libelle
from ccm_data.phrases import rencontres as phrases
from ccm_data.queries.recommandations import NomsRegistre
from ccm_data.queries.rencontres import (
    FicheRencontre,
    FiltreRencontres,
    can_accuser,
    count_par_annee,
    list_lectures,
)
from ccm_data.textes import _
from pages.ui import components, disposition, pieces, reglages, session
from pages.ui.formulaires import Champ, show_formulaire
from pages.ui.session import Contexte

if TYPE_CHECKING:
    import pandas as pd

DROIT = "tenir_instances"


def read_filtre(contexte: Contexte, noms: NomsRegistre) -> FiltreRencontres:
    """The filter that the address carries; what is not ours is left out."""
    instance, nature, etat = (session.get_param(nom) for nom in ("instance", "nature", "quand"))
    return FiltreRencontres(
        instance if instance in noms.instances else None,
        contexte.perimetre.region,
        contexte.perimetre.annee,
        NatureRencontre(nature) if nature in list(NatureRencontre) else None,
        EtatRencontre(etat) if etat in list(EtatRencontre) else None,
    )


def choose_filtre(contexte: Contexte, noms: NomsRegistre) -> None:
    """The filters, bound to the address."""
    session.choose_option(_("Instance"), "instance", {"": _("Toutes les instances"), **noms.instances}, largeur=185)
    reglages.choose_region(contexte, 190)
    reglages.choose_annee(190)
    session.choose_option(
        _("Nature"),
        "nature",
        {"": _("Toutes les natures")} | {n.value: say_libelle(n) for n in NatureRencontre},
        largeur=180,
    )
    session.choose_option(
        _("À venir ou tenues"),
        "quand",
        {"": _("À venir et tenues")} | {e.value: _(mot) for e, mot in phrases.ETATS.items()},
        largeur=180,
    )


def show_annees(fiches: Sequence[FicheRencontre]) -> None:
    """How many were held each year, by what is known of their quorum."""
    annees = phrases.list_annees(count_par_annee(fiches))
    if not annees:
        return
    with disposition.show_carte(key="rencontres_annees"):
        components.show_titre_graphique(_("Rencontres tenues par année, selon le quorum"))
        components.show(
            "rencontres_annees.html",
            annees=annees,
            legende=[
                ("atteint", _("quorum atteint")),
                ("non-atteint", _("non atteint")),
                ("inconnu", _("non renseigné ou règle non définie")),
            ],
        )


def get_ouverte() -> str | None:
    """The code of the meeting that the address opens."""
    return session.get_param("rencontre")


def choose_rencontre(contexte: Contexte, tableau: pd.DataFrame, fiches: Sequence[FicheRencontre]) -> str | None:
    """The table, and the code of the meeting opened: by its row, else by the address."""
    largeurs = {_("Repère"): 155, _("Instance"): 145, _("Nature"): 190}
    return reglages.choose_ligne(
        contexte, "rencontre", [x.code for x in fiches], tableau, key="rencontres", alt=_("Rencontres"),
        colonnes=reglages.make_largeurs(largeurs),
    )  # fmt: skip


def show_ajouts(contexte: Contexte) -> None:
    """Where to announce or report a meeting, for who keeps the register."""
    if get_portee_ecriture(contexte.personne, DROIT) != "non":
        components.show_lien_formulaire(_("Annoncer ou rapporter une rencontre"), "rencontre")


def show_fiche(contexte: Contexte, fiche: FicheRencontre, noms: NomsRegistre, delai_jours: int) -> None:
    """One meeting: what it is, its agenda, its quorum, its file, its evidence."""
    components.show_section(phrases.say_nom(fiche, noms))
    with disposition.show_colonnes(1, 1) as (gauche, droite):
        with gauche:
            components.show("instances_faits.html", faits=phrases.list_faits(fiche, noms))
            _show_liens(contexte, fiche)
            pieces.show_jointes(contexte, "rencontre", fiche.id)
        with droite:
            _show_quorum(fiche, noms)
    components.show_section(_("Ordre du jour"))
    components.show_lignes(
        _("Ordre du jour"),
        [_("Point"), _("Intitulé"), _("Points clés")],
        phrases.list_points(fiche),
        vide=_("Aucun point validé pour cette rencontre."),
    )
    components.show_section(_("Dossier partagé"))
    _show_dossier(contexte, fiche, noms, delai_jours)


def _show_quorum(fiche: FicheRencontre, noms: NomsRegistre) -> None:
    components.show_titre_graphique(_("Quorum et présences"))
    components.show_note(phrases.say_phrase_quorum(fiche))
    if fiche.quorum is not None:
        components.show_lignes(
            _("Quorum par collège"),
            [_("Collège"), _("Membres"), _("Présents"), _("Requis"), _("Quorum")],
            phrases.list_quorum(fiche),
        )
    presences = phrases.list_presences(fiche, noms)
    if presences:
        components.show("instances_faits.html", faits=presences)
    else:
        components.show_note(phrases.say_sans_presence(fiche))


def _show_liens(contexte: Contexte, fiche: FicheRencontre) -> None:
    """Correct the row, add an item or a recommendation: the register's own form."""
    if not can_write(contexte.personne, DROIT, fiche.region):
        return
    ici = {"rencontre": fiche.code} | ({"region": fiche.region} if fiche.region else {})
    components.show_lien_formulaire(_("Corriger cette rencontre"), "rencontre", fiche.id, ici)
    components.show_lien_formulaire(_("Ajouter un point à l’ordre du jour"), "point_ordre_du_jour", depart=ici)
    components.show_lien_formulaire(_("Ajouter une recommandation"), "recommandation", depart=ici)


def _show_dossier(contexte: Contexte, fiche: FicheRencontre, noms: NomsRegistre, delai_jours: int) -> None:
    """Shared in time or not, who read it, and the button of who has."""
    components.show_note(phrases.say_dossier(fiche, delai_jours))
    if fiche.partage_le is None:
        return
    components.show_note(phrases.say_lectures(fiche))
    if fiche.accuses is None:
        return
    components.show_lignes(
        _("Accusés de lecture"),
        [_("Organisation"), _("Lecture")],
        phrases.list_accuses(fiche, noms),
        vide=_("Aucun membre n’est enregistré pour cette instance."),
    )
    _show_accuse(contexte, fiche, noms)


def _show_accuse(contexte: Contexte, fiche: FicheRencontre, noms: NomsRegistre) -> None:
    personne = contexte.personne
    if get_portee_ecriture(personne, "accuser_lecture") == "non":
        return
    if personne.acteur_code:
        deja = phrases.say_dernier_accuse(fiche, personne.acteur_code)
        if deja:
            components.show_note(deja)
        if not can_accuser(fiche, personne.acteur_code):
            return
        champs = []
    else:
        manquent = {o: noms.acteurs.get(o, o) for o, _q in list_lectures(fiche) if can_accuser(fiche, o)}
        if not manquent:
            return
        champs = [Champ("acteur", _("Organisation qui a lu le dossier"), "choix", manquent)]

    def _send(valeurs: dict[str, Any]) -> str:
        session.apply(acknowledge_lecture, fiche.code, valeurs.get("acteur"))
        return _("Lecture du dossier de {code} enregistrée.").format(code=fiche.code)

    bouton = _("J’ai lu le dossier") if personne.acteur_code else _("Noter cette lecture")
    show_formulaire(f"lecture_{fiche.id}_{fiche.lus}", champs, bouton, _send)
