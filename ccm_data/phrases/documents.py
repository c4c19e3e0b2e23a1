"""The words of « Documents de programmation »."""

from __future__ import annotations

from collections.abc import Sequence

from ccm_data.queries.documents import FicheDocument, Portage
from ccm_data.textes import N_, _, ngettext
from ccm_data.typographie import say_date_courte, say_nombre, say_non_renseigne

ETATS = {"": N_("Analysés ou non"), "attente": N_("À analyser"), "analyse": N_("Analysés")}
GENRES = {"theme": N_("Thèmes"), "public": N_("Publics"), "activite": N_("Activités partagées"),
          "indicateur": N_("Indicateurs partagés")}  # fmt: skip
COLONNES = {"theme": N_("Thème"), "public": N_("Public"), "activite": N_("Activité du plan"),
            "indicateur": N_("Indicateur")}  # fmt: skip


def say_titre_documents(fiches: Sequence[FicheDocument]) -> str:
    """« 3 documents analysés, 2 à analyser ; 4 doublons trouvés »."""
    if not fiches:
        return _("Aucun document de programmation enregistré")
    analyses = [x for x in fiches if x.analyse_le is not None]
    attente = len(fiches) - len(analyses)
    debut = ngettext("{n} document analysé", "{n} documents analysés", len(analyses)).format(
        n=say_nombre(len(analyses))
    )
    if attente:
        debut += ngettext(", {n} à analyser", ", {n} à analyser", attente).format(n=say_nombre(attente))
    comptes = [x.doublons for x in analyses if x.doublons is not None]
    if not comptes:
        return debut
    trouves = sum(comptes)
    modele = (
        ngettext("au moins {n} doublon trouvé", "au moins {n} doublons trouvés", trouves)
        if len(comptes) < len(analyses)
        else ngettext("{n} doublon trouvé", "{n} doublons trouvés", trouves)
    )
    return f"{debut} ; {modele.format(n=say_nombre(trouves))}"


def list_faits(x: FicheDocument, partenaire: str) -> list[tuple[str, str]]:
    """One document opened."""
    return [
        (_("Partenaire"), partenaire),
        (_("Période"), f"{say_date_courte(x.debut)} – {say_date_courte(x.fin)}"),
        (_("Source"), x.source),
        (_("Référence"), x.reference or say_non_renseigne()),
        (_("Analysé le"), _("pas encore") if x.analyse_le is None else say_date_courte(x.analyse_le)),
        (_("Ce que l’analyse a trouvé"), x.resultat or say_non_renseigne()),
        (_("Doublons trouvés"), say_non_renseigne() if x.doublons is None else say_nombre(x.doublons)),
    ]


def say_portage(genre: str, lus: Sequence[Portage]) -> str:
    """What nobody carries, by name, the working list apart; for activities and indicators, how many are shared."""
    n = len(lus)
    if genre == "activite":
        dit = ngettext(
            "{n} activité servie par plusieurs partenaires.", "{n} activités servies par plusieurs partenaires.", n
        )
        return dit.format(n=say_nombre(n))
    if genre == "indicateur":
        dit = ngettext(
            "{n} indicateur servi par plusieurs partenaires.", "{n} indicateurs servis par plusieurs partenaires.", n
        )
        return dit.format(n=say_nombre(n))
    seuls = [x for x in lus if not x.interventions]
    nommes = [x.nom for x in seuls if x.source or genre != "public"]
    autres = [x.nom for x in seuls if not x.source and genre == "public"]
    if nommes:
        debut = _("Personne ne porte : {noms}.").format(noms=", ".join(nommes))
    elif genre == "public":
        debut = _("Chaque public que nomment le plan ou le PMM est porté.")
    else:
        debut = _("Chacun est porté par une intervention au moins.")
    if not autres:
        return debut
    suite = _("Personne ne porte, dans la liste de travail : {noms}.").format(noms=", ".join(autres))
    return f"{debut} {suite}"


def say_methode(genre: str) -> str:
    """How it was counted."""
    return {
        "theme": _(
            "Thèmes de la liste du SP/CCM, dans les interventions validées, en cours ou à venir à la date d’arrêté."
        ),
        "public": _(
            "Lus dans le public cible des interventions validées, en cours ou à venir à la date d’arrêté. Le plan et le "
            "PMM nomment peu de publics : les autres sont une liste de travail, à confirmer par le SP/CCM."
        ),
        "activite": _(
            "Par l’activité que l’intervention dit servir ; chefs de file et partenaires comptent, non les bailleurs."
        ),
        "indicateur": _(
            "Par l’activité que l’intervention dit servir et l’objectif de cette activité ; chefs de file et "
            "partenaires comptent, non les bailleurs."
        ),
    }[genre]
