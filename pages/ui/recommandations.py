"""What the recommendations' screen is made of: filters, status and ageing, one opened, several carried over to a meeting."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from ccm_data.commands.instances import carry_over
from ccm_data.domain.permissions import can_write, get_portee_ecriture
from ccm_data.domain.vocabulaire import StatutRecommandation
from ccm_data.errors import ValeurInvalide
from ccm_data.libelles import say_libelle
from ccm_data.phrases import recommandations as phrases
from ccm_data.queries.recommandations import (
    FicheRecommandation,
    FiltreRecommandations,
    NomsRegistre,
    list_rencontres_reconduction,
    make_table_recommandations,
)
from ccm_data.queries.rencontres import FicheRencontre
from ccm_data.textes import _, ngettext
from pages.ui import cache, components, disposition, pieces, reglages, session
from pages.ui.formulaires import Champ, show_formulaire
from pages.ui.session import Contexte

if TYPE_CHECKING:
    import pandas as pd

DROIT = "tenir_instances"
RETARD = "retard"  # the filter « overdue », a status of its own in the address


def read_filtre(noms: NomsRegistre, region: str | None) -> FiltreRecommandations:
    """The filter that the address carries; what is not ours is left out."""
    statut, instance, responsable, activite = (
        session.get_param(nom) for nom in ("statut", "instance", "responsable", "activite")
    )
    return FiltreRecommandations(
        StatutRecommandation(statut) if statut in list(StatutRecommandation) else None,
        session.get_param(RETARD) == "1",
        instance if instance in noms.instances else None,
        region,
        responsable if responsable in noms.acteurs else None,
        activite if activite in noms.activites else None,
    )


def choose_filtre(contexte: Contexte, noms: NomsRegistre, fiches: Sequence[FicheRecommandation]) -> None:
    """The filters, bound to the address; organisations and activities are those that the register names."""
    nommes = {x.responsable for x in fiches} | {a for x in fiches for a in x.acteurs}
    activites = {x.activite for x in fiches}
    session.choose_option(
        _("Statut"),
        "statut",
        {"": _("Tous les statuts")} | {s.value: say_libelle(s) for s in StatutRecommandation},
        largeur=155,
    )
    session.choose_option(_("Retard"), RETARD, {"": _("En retard ou non"), "1": _("En retard seulement")}, largeur=165)
    session.choose_option(_("Instance"), "instance", {"": _("Toutes les instances"), **noms.instances}, largeur=185)
    reglages.choose_region(contexte, 170)
    session.choose_option(
        _("Responsable"),
        "responsable",
        {"": _("Tous les responsables")} | {c: n for c, n in noms.acteurs.items() if c in nommes},
        largeur=205,
    )
    session.choose_option(
        _("Activité"),
        "activite",
        {"": _("Toutes les activités")} | {c: n for c, n in noms.activites.items() if c in activites},
        largeur=180,
    )


def show_graphiques(fiches: Sequence[FicheRecommandation], noms: NomsRegistre) -> None:
    """Where they stand, and how late the open ones are."""
    with disposition.show_colonnes(1, 1) as (gauche, droite):
        with gauche:
            components.show(
                "recommandations_statuts.html",
                titre=ngettext("{n} recommandation, par statut", "{n} recommandations, par statut", len(fiches)).format(
                    n=len(fiches)
                ),
                statuts=phrases.list_statuts(fiches),
                etiquette=phrases.say_statuts(fiches),
            )
        with droite:
            components.show(
                "recommandations_paliers.html",
                titre=_("Recommandations ouvertes, selon leur échéance"),
                paliers=phrases.list_paliers(fiches),
            )
    retards = phrases.say_par_instance(fiches, noms)
    if retards:
        components.show_note(retards)


def choose_recommandation(
    contexte: Contexte, tableau: pd.DataFrame, fiches: Sequence[FicheRecommandation]
) -> str | None:
    """The table, and the code of the recommendation opened: by its row, else by the address."""
    return reglages.choose_ligne(
        contexte, "recommandation", [x.code for x in fiches], tableau, key="recommandations",
        alt=_("Recommandations"), vide="—",
        colonnes=reglages.make_largeurs({_("Recommandation"): 350, _("Statut"): 150, _("Responsable"): 170}),
    )  # fmt: skip


def show_fiche(contexte: Contexte, fiche: FicheRecommandation, noms: NomsRegistre) -> None:
    """One recommendation: what was asked, of whom, what became of it, its evidence, its meeting."""
    components.show_section(phrases.say_nom(fiche))
    with disposition.show_carte(key="recommandation_fiche"):
        components.show("instances_faits.html", faits=phrases.list_faits(fiche, noms))
        components.show_lien_ecran("rencontres", _("Ouvrir la rencontre"), {"rencontre": fiche.rencontre})
        if can_write(contexte.personne, DROIT, fiche.region):
            components.show_lien_formulaire(_("Dire ce qui a été fait, ou corriger"), "recommandation", fiche.id)
        pieces.show_jointes(contexte, "recommandation", fiche.id)


def show_ajouts(contexte: Contexte) -> None:
    """Where to write a recommendation, for who keeps the register."""
    if get_portee_ecriture(contexte.personne, DROIT) != "non":
        components.show_lien_formulaire(_("Écrire une recommandation"), "recommandation")


def show_reconduction(contexte: Contexte, fiches: Sequence[FicheRecommandation]) -> None:
    """Carry open recommendations over to a meeting: one choice, one button, rows sent for validation."""
    siennes = [x for x in fiches if x.ouverte and can_write(contexte.personne, DROIT, x.region)]
    if not siennes:
        return
    rencontres = {
        code: nom
        for code, (nom, region) in cache.read(contexte, list_rencontres_reconduction).items()
        if can_write(contexte.personne, DROIT, region)
    }
    permises = phrases.list_rencontres_permises(rencontres, siennes)
    if not permises:
        return

    def _send(valeurs: dict[str, Any]) -> str:
        if not valeurs["codes"]:
            raise ValeurInvalide("valeur_manquante", champ="recommandations", valeur=None, attendu=_("un choix"))
        nees = session.apply(carry_over, valeurs["codes"], valeurs["rencontre"])
        session.remember("reconductions", session.recall("reconductions", 0) + 1)
        return ngettext(
            "{n} recommandation reconduite à {r} : elle attend la validation.",
            "{n} recommandations reconduites à {r} : elles attendent la validation.",
            len(nees),
        ).format(n=len(nees), r=valeurs["rencontre"])

    champs = [
        Champ("rencontre", _("À la rencontre"), "choix", permises),
        Champ("codes", _("Recommandations ouvertes"), "plusieurs", phrases.list_options(siennes)),
    ]
    with components.show_pli(_("Reconduire des recommandations à une rencontre")):
        components.show_note(_("Chacune est corrigée par une ligne envoyée à la validation : toutes, ou aucune."))
        show_formulaire(f"reconduire_{session.recall('reconductions', 0)}", champs, _("Reconduire"), _send)


def show_courtes(
    contexte: Contexte, fiches: Sequence[FicheRecommandation], noms: NomsRegistre, rencontre: FicheRencontre
) -> None:
    """What a meeting recommended, in a short table, for who may read it."""
    components.show_section(_("Recommandations de cette rencontre"))
    lisibles = [x for x in fiches if x.lisible]
    if lisibles or not fiches:
        components.show_lignes(
            _("Recommandations de cette rencontre"),
            [_("Code"), _("Recommandation"), _("Responsable"), _("État")],
            phrases.list_courtes(lisibles, noms),
            vide=_("Aucune recommandation validée pour cette rencontre."),
        )
    if lisibles:
        components.show_lien_ecran(
            "recommandations", _("Toutes les recommandations de l’instance"), {"instance": rencontre.instance}
        )
    if len(fiches) > len(lisibles):
        components.show_retenues(len(fiches) - len(lisibles), len(lisibles))


def make_feuille(
    contexte: Contexte, fiches: Sequence[FicheRecommandation], rencontres: Collection[str]
) -> pd.DataFrame:
    """The recommendations of these meetings, as a sheet of their workbook: those this person may read."""
    siennes = tuple(x for x in fiches if x.rencontre in rencontres and x.lisible)
    return cache.read(contexte, make_table_recommandations, siennes)
