"""The words of « Documents de programmation »."""

from __future__ import annotations

from collections.abc import Sequence

from ccm_data.queries.documents import FicheDocument, Portage
from ccm_data.textes import N_, _, ngettext
from ccm_data.typographie import say_date_courte, say_nombre, say_non_renseigne

ETATS = {"": N_("Analysés ou non"), "attente": N_("À analyser"), "analyse": N_("Analysés")}
GENRES = {"theme": N_("Thèmes"), "public": N_("Publics"), "indicateur": N_("Indicateurs partagés")}
COLONNES = {"theme": N_("Thème"), "public": N_("Public"), "indicateur": N_("Indicateur")}


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
    modele = ngettext("{n} doublon trouvé", "{n} doublons trouvés", trouves)
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
    """What nobody carries, by name; for indicators, how many are shared."""
    if genre == "indicateur":
        partages = [x for x in lus if len(x.acteurs) > 1]
        dit = ngettext(
            "{n} indicateur servi par plusieurs partenaires.",
            "{n} indicateurs servis par plusieurs partenaires.",
            len(partages),
        )
        return dit.format(n=say_nombre(len(partages)))
    seuls = [x.nom for x in lus if not x.interventions]
    if not seuls:
        return _("Chacun est porté par une intervention au moins.")
    return _("Personne ne porte : {noms}.").format(noms=", ".join(seuls))


def say_methode(genre: str) -> str:
    """How it was counted."""
    return {
        "theme": _("Thèmes de la liste du SP/CCM, dans les interventions validées qui ne sont pas terminées."),
        "public": _(
            "Liste de travail, à confirmer par le SP/CCM, lue dans le public cible des interventions validées."
        ),
        "indicateur": _("Par l’activité du plan que l’intervention dit servir, et l’objectif de cette activité."),
    }[genre]
