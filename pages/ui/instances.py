"""What the bodies' screen is made of: filters, one body opened, the forms of the SP/CCM (the body, its quorum)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from zlib import crc32

from ccm_data.commands import instances as commandes
from ccm_data.commands.decisions import Provenance
from ccm_data.domain.permissions import can_write
from ccm_data.domain.vocabulaire import College, ModeQuorum, RoleSpccm, TypeInstance
from ccm_data.errors import ValeurInvalide
from ccm_data.libelles import say_libelle
from ccm_data.phrases import instances as phrases
from ccm_data.phrases import rencontres as phrases_rencontres
from ccm_data.queries.instances import FicheInstance, FiltreInstances
from ccm_data.queries.recommandations import NomsRegistre
from ccm_data.queries.rencontres import list_rencontres
from ccm_data.textes import _
from pages.ui import cache, components, disposition, reglages, session
from pages.ui.formulaires import Champ, list_provenance, show_formulaire
from pages.ui.session import Contexte

if TYPE_CHECKING:
    import pandas as pd

DROIT, MEMBRES = "gerer_instances", "tenir_instances"
RENCONTRES_VUES = 6


def read_filtre(contexte: Contexte) -> FiltreInstances:
    """The filter that the address carries; what is not ours is left out."""
    genre = session.get_param("type")
    return FiltreInstances(
        TypeInstance(genre) if genre in list(TypeInstance) else None,
        contexte.perimetre.region,
        session.get_param("confirmer") == "1",
    )


def choose_filtre(contexte: Contexte) -> None:
    """The filters, bound to the address."""
    session.choose_option(
        _("Type"), "type", {"": _("Tous les types")} | {t.value: say_libelle(t) for t in TypeInstance}, largeur=260
    )
    reglages.choose_region(contexte, 200)
    session.choose_option(
        _("À confirmer"), "confirmer", {"": _("Confirmées ou non"), "1": _("À confirmer seulement")}, largeur=200
    )


def get_ouverte() -> str | None:
    """The code of the body that the address opens."""
    return session.get_param("instance")


def choose_instance(contexte: Contexte, tableau: pd.DataFrame, fiches: Sequence[FicheInstance]) -> str | None:
    """The table, and the code of the body opened: by its row, else by the address."""
    return reglages.choose_ligne(
        contexte, "instance", [x.code for x in fiches], tableau, key="instances", alt=_("Instances"), vide="—",
        colonnes=reglages.make_largeurs({_("Instance"): 330, _("Membres"): 300, _("Quorum"): 190}),
    )  # fmt: skip


def show_fiche(contexte: Contexte, fiche: FicheInstance, noms: NomsRegistre) -> None:
    """One body: what it is, its quorum, its members, its last meetings, and its forms."""
    components.show_section(phrases.say_nom(fiche))
    with disposition.show_colonnes(1, 1) as (gauche, droite):
        with gauche:
            components.show("instances_faits.html", faits=phrases.list_faits(fiche, noms.instances, noms.regions))
        with droite:
            components.show_titre_graphique(_("Membres par collège"))
            components.show_lignes(
                _("Membres par collège"),
                [_("Collège"), _("Membres")],
                phrases.list_colleges(fiche),
                vide=_("Aucun membre n’est enregistré : non renseigné, ce qui n’est pas zéro."),
            )
            components.show_titre_graphique(_("Quorum en vigueur"))
            components.show_lignes(
                _("Quorum en vigueur"),
                [_("Collège"), _("Quorum"), _("Source")],
                phrases.list_regles(fiche),
                vide=_("Règle non définie : le SP/CCM la saisit ici, avec sa source."),
            )
    _show_membres(contexte, fiche, noms)
    _show_rencontres(contexte, fiche, noms)
    if can_write(contexte.personne, DROIT):
        _show_gestion(fiche, contexte, noms)


def _show_membres(contexte: Contexte, fiche: FicheInstance, noms: NomsRegistre) -> None:
    components.show_section(_("Membres"))
    if fiche.membres is None:
        components.show_retenues(fiche.total + fiche.observateurs, 0)
    else:
        components.show_lignes(
            _("Membres"),
            [_("Organisation"), _("Collège"), _("Qualité"), _("Admis le"), _("Sorti le")],
            phrases.list_membres(fiche, noms.acteurs),
            vide=_("Aucun membre validé."),
        )
    if can_write(contexte.personne, MEMBRES, fiche.region):
        ici = {"instance": fiche.code} | ({"region": fiche.region} if fiche.region else {})
        components.show_lien_formulaire(_("Ajouter ou corriger un membre"), "membre_instance", depart=ici)


def _show_rencontres(contexte: Contexte, fiche: FicheInstance, noms: NomsRegistre) -> None:
    components.show_section(_("Rencontres"))
    toutes = cache.read(contexte, list_rencontres, contexte.personne, contexte.config.aujourd_hui())
    siennes = [x for x in toutes if x.instance == fiche.code]
    components.show_lignes(
        _("Rencontres de l’instance"),
        [_("Code"), _("Quand"), _("Nature"), _("Quorum")],
        phrases_rencontres.list_recentes(siennes[:RENCONTRES_VUES], noms),
        vide=_("Aucune rencontre validée pour cette instance."),
    )
    if siennes:
        components.show_lien_ecran("rencontres", _("Toutes ses rencontres"), {"instance": fiche.code})
    components.show_lien_ecran("recommandations", _("Ses recommandations"), {"instance": fiche.code})


def _list_champs(noms: NomsRegistre, fiche: FicheInstance | None) -> list[Champ]:
    """The fields of a body, filled with what stands."""
    aucune = {"": _("Aucune")}
    parents = {c: n for c, n in noms.instances.items() if fiche is None or c != fiche.code}
    return [
        Champ("nom", _("Nom"), defaut=fiche.nom if fiche else None, maximum=200),
        Champ("sigle", _("Sigle"), defaut=fiche.sigle if fiche else None, maximum=40),
        Champ(
            "type", _("Type"), "choix", {t.value: say_libelle(t) for t in TypeInstance},
            defaut=fiche.type.value if fiche else None,
        ),
        Champ(
            "region_code", _("Région"), "choix", {"": _("National"), **noms.regions},
            defaut=(fiche.region or "") if fiche else "",
        ),
        Champ(
            "parent_code", _("Rattachée à"), "choix", aucune | parents, defaut=(fiche.parent or "") if fiche else "",
            aide=_("Pour une antenne ou une communauté thématique : l’instance dont elle dépend."),
        ),
        Champ(
            "role_spccm", _("Rôle du SP/CCM"), "choix",
            {"": _("Non renseigné")} | {r.value: say_libelle(r) for r in RoleSpccm},
            defaut=fiche.role.value if fiche and fiche.role else "",
        ),
        Champ(
            "texte_fondateur", _("Texte fondateur"), defaut=fiche.texte_fondateur if fiche else None,
            aide=_("Arrêté, décision, règlement intérieur : sa référence."),
        ),
    ]  # fmt: skip


def show_nouvelle(contexte: Contexte, noms: NomsRegistre) -> None:
    """The form of a new body, for the SP/CCM."""
    if not can_write(contexte.personne, DROIT):
        return

    def _send(valeurs: dict[str, Any]) -> str:
        code = session.apply(commandes.save_instance, None, _clean(valeurs))
        session.remember("instances_ajouts", session.recall("instances_ajouts", 0) + 1)
        session.set_param("instance", code)
        return _("Instance « {nom} » enregistrée.").format(nom=valeurs["nom"].strip())

    with components.show_pli(_("Nouvelle instance")):
        show_formulaire(
            f"instance_nouvelle_{session.recall('instances_ajouts', 0)}", _list_champs(noms, None),
            _("Enregistrer l’instance"), _send,
        )  # fmt: skip


def _clean(valeurs: dict[str, Any]) -> dict[str, Any]:
    """A choice of none is null."""
    return {champ: None if valeur == "" else valeur for champ, valeur in valeurs.items()}


def _show_gestion(fiche: FicheInstance, contexte: Contexte, noms: NomsRegistre) -> None:
    champs = _list_champs(noms, fiche)
    # The keys follow what stands: a form never sends back what somebody else has changed since.
    cle = f"instance_{fiche.code}_{crc32(repr([c.defaut for c in champs]).encode()):x}"

    def _save(valeurs: dict[str, Any]) -> str:
        session.apply(commandes.save_instance, fiche.code, _clean(valeurs))
        return _("Instance « {nom} » enregistrée.").format(nom=valeurs["nom"].strip())

    def _confirm(_valeurs: dict[str, Any]) -> str:
        session.apply(commandes.confirm_instance, fiche.code)
        return _("Instance « {nom} » confirmée.").format(nom=fiche.nom)

    def _close(_valeurs: dict[str, Any]) -> str:
        session.apply(commandes.close_instance, fiche.code, not fiche.actif)
        modele = _("Instance « {nom} » close.") if fiche.actif else _("Instance « {nom} » rouverte.")
        return modele.format(nom=fiche.nom)

    with components.show_pli(_("Modifier, confirmer ou clore cette instance")):
        show_formulaire(cle, champs, _("Enregistrer l’instance"), _save)
        if fiche.a_confirmer:
            show_formulaire(f"{cle}_confirmer", [], _("Confirmer l’instance"), _confirm)
        components.show_note(_("Une instance close ne se réunit plus ; ce qu’elle a fait reste."))
        bouton = _("Clore l’instance") if fiche.actif else _("Rouvrir l’instance")
        show_formulaire(f"{cle}_clore_{fiche.actif}", [], bouton, _close)
    with components.show_pli(_("Décider du quorum")):
        _show_quorum(fiche, contexte)


def _show_quorum(fiche: FicheInstance, contexte: Contexte) -> None:
    """A quorum for one college, or for all members together; an empty value withdraws it."""

    def _send(valeurs: dict[str, Any]) -> str:
        if valeurs["date_source"] is None:
            raise ValeurInvalide("valeur_manquante", champ="date_source", valeur=None, attendu=_("une date"))
        college = College(valeurs["college"]) if valeurs["college"] else None
        vu = fiche.find_regle(college)
        session.apply(
            commandes.set_regle_quorum, fiche.code, college, valeurs["mode"], valeurs["valeur"].strip(),
            Provenance(valeurs["source"], valeurs["date_source"]), vu=vu.id if vu else 0,
        )  # fmt: skip
        return _("Quorum enregistré.") if valeurs["valeur"].strip() else _("Quorum retiré.")

    champs = [
        Champ("college", _("Collège"), "choix", phrases.list_choix_college()),
        Champ("mode", _("Quorum"), "choix", {m.value: say_libelle(m) for m in ModeQuorum}),
        Champ("valeur", _("Valeur"), aide=_("Un nombre de membres, ou un pourcentage. Vide : la règle est retirée.")),
        *list_provenance(contexte.config.aujourd_hui()),
    ]
    cle = crc32(repr(fiche.regles).encode())
    show_formulaire(f"quorum_{fiche.code}_{cle:x}", champs, _("Décider"), _send)
