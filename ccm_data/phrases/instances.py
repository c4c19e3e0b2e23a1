"""The words of « Instances et membres »: bodies, who sits in them, their quorum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ccm_data.domain.vocabulaire import College
from ccm_data.libelles import say_libelle
from ccm_data.queries.instances import FicheInstance, say_combien, say_qualite
from ccm_data.queries.territoire import say_region
from ccm_data.textes import _, ngettext
from ccm_data.typographie import say_date, say_date_courte, say_nombre, say_non_renseigne


def say_titre_instances(fiches: Sequence[FicheInstance]) -> str:
    """« 23 instances, dont 14 à confirmer »."""
    if not fiches:
        return _("Aucune instance")
    phrase = ngettext("{n} instance de coordination", "{n} instances de coordination", len(fiches)).format(
        n=say_nombre(len(fiches))
    )
    a_confirmer = sum(x.a_confirmer for x in fiches)
    if not a_confirmer:
        return phrase
    return _("{phrase}, dont {c} à confirmer").format(phrase=phrase, c=say_nombre(a_confirmer))


def list_cles(fiches: Sequence[FicheInstance]) -> list[tuple[str, str, str]]:
    """Key figures: name, figure, what it counts."""
    actives = [x for x in fiches if x.actif]
    connues = [x for x in actives if x.total]
    regles = sum(bool(x.regles) for x in actives)
    reunies = sum(x.derniere is not None for x in actives)
    sur = ngettext("sur {n} instance active", "sur {n} instances actives", len(actives)).format(
        n=say_nombre(len(actives))
    )
    membres = sum(x.total for x in connues)
    return [
        (_("Membres connus"), say_nombre(len(connues)), sur),
        (
            _("Sièges"),
            say_nombre(membres) if connues else say_non_renseigne(),
            _("sans les observateurs"),
        ),
        (_("Quorum défini"), say_nombre(regles), sur),
        (_("Déjà réunies"), say_nombre(reunies), sur),
    ]


def say_nom(fiche: FicheInstance) -> str:
    """The heading of a body: acronym and name."""
    return fiche.nom if fiche.sigle is None or fiche.sigle in fiche.nom else f"{fiche.sigle} · {fiche.nom}"


def list_faits(fiche: FicheInstance, noms: Mapping[str, str], regions: Mapping[str, str]) -> list[tuple[str, str]]:
    """What a body says of itself: name, value."""
    section = _("Stratégie, section {s}").format(s=fiche.section)
    faits = [
        (_("Type"), say_libelle(fiche.type)),
        (_("Région"), say_region(fiche.region, regions)),
        (_("Rattachée à"), noms.get(fiche.parent or "", _("aucune instance"))),
        (_("Rôle du SP/CCM"), say_libelle(fiche.role) if fiche.role else say_non_renseigne()),
        (_("Texte fondateur"), fiche.texte_fondateur or say_non_renseigne()),
        (_("Source"), section if fiche.section[:1].isdigit() else fiche.section or say_non_renseigne()),
        (
            _("Dernière rencontre"),
            say_date(fiche.derniere) if fiche.derniere else _("aucune rencontre validée"),
        ),
        (_("Prochaine rencontre"), say_date(fiche.prochaine) if fiche.prochaine else _("aucune annoncée")),
    ]
    if fiche.a_confirmer:
        faits.append((_("À confirmer"), _("au-delà de ce que dit la stratégie : le SP/CCM le confirmera")))
    if not fiche.actif:
        faits.append((_("État"), _("close : ne se réunit plus")))
    return faits


def list_regles(fiche: FicheInstance) -> list[tuple[str, str, str]]:
    """The quorum in force: of whom, how many, since which source."""
    return [
        (
            say_libelle(r.regle.college) if r.regle.college else _("Ensemble des membres"),
            say_combien(r.regle),
            f"{r.source}, {say_date_courte(r.date_source)}",
        )
        for r in fiche.regles
    ]


def list_colleges(fiche: FicheInstance) -> list[tuple[str, str]]:
    """Members by college, then all together, then observers."""
    lignes = [(say_libelle(c), say_nombre(n)) for c, n in fiche.colleges]
    if lignes:
        lignes.append((_("Ensemble"), say_nombre(fiche.total)))
    if fiche.observateurs:
        lignes.append((_("Observateurs (hors quorum)"), say_nombre(fiche.observateurs)))
    return lignes


def list_membres(fiche: FicheInstance, noms: Mapping[str, str]) -> list[tuple[str, str, str, str, str]]:
    """Those who sit, then those who left: organisation, college, member or observer, admission, exit."""
    return [
        (
            noms.get(m.membre.organisation, m.membre.organisation),
            say_libelle(m.membre.college),
            say_qualite(m.membre),
            say_date_courte(m.membre.admis_le),
            say_date_courte(m.membre.sorti_le) if m.membre.sorti_le else "—",
        )
        for m in fiche.membres or ()
    ]


def list_choix_college() -> dict[str, str]:
    """Of whom a quorum may be asked; "" is all members together."""
    return {"": _("Ensemble des membres")} | {c.value: say_libelle(c) for c in College}
