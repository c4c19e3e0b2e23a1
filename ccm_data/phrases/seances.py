"""The words of « Séances »: titles, kinds of scenes, presence and decisions, names of files, what is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from ccm_data.domain.vocabulaire import EtatSeance
from ccm_data.libelles import say_libelle
from ccm_data.textes import N_, _, ngettext
from ccm_data.typographie import say_court, say_date, say_date_courte, say_instant, say_nombre, say_non_renseigne

if TYPE_CHECKING:
    from ccm_data.domain.seances import SceneChoisie
    from ccm_data.domain.vocabulaire import EtatSuivi
    from ccm_data.queries.seances import DecisionLue, FicheSeance

EMPREINTE_SIGNES: Final = 12
LONGUEUR_TITRE: Final = 80
SCENES: Final[dict[str, str]] = {
    "suites": N_("Suites des recommandations"),
    "changements": N_("Ce qui a changé"),
    "synthese": N_("Synthèse du plan"),
    "axes": N_("Le plan par axe"),
    "budget": N_("Budget"),
    "indicateurs": N_("Indicateurs en retard"),
    "carte": N_("Carte des régions"),
    "region": N_("Région invitée"),
    "lacunes": N_("Lacunes à décider"),
    "rapprochements": N_("Rapprochements à examiner"),
    "requetes": N_("Requêtes aux PTF"),
    "prochaines_etapes": N_("Prochaines étapes"),
    "point": N_("Point de l’ordre du jour"),
    "texte": N_("Texte libre"),
    "image": N_("Image"),
    "graphique": N_("Graphique choisi"),
}
GRAPHIQUES: Final[dict[str, str]] = {
    "statuts": N_("Indicateurs par statut"),
    "budget_axes": N_("Budget par axe"),
    "budget_annees": N_("Budget par année"),
    "avancement_axes": N_("Avancement par axe"),
    "regions": N_("Comités de veille par région"),
    "indicateur": N_("Tendance d’un indicateur"),
}
MESURES: Final[dict[str, str]] = {
    "comites": N_("Comités de veille"),
    "acteurs": N_("Acteurs présents"),
    "completude": N_("Rapports rendus sur attendus"),
}
RUBRIQUES: Final[dict[str, str]] = {
    "argent": N_("Argent"),
    "statuts": N_("Statuts des activités"),
    "indicateurs": N_("Indicateurs"),
    "declarants": N_("Qui a rapporté"),
    "recommandations": N_("Recommandations"),
}
# What a rendering is, in the name of its file: the language of the meeting.
FICHIERS: Final[dict[str, str]] = {
    "deck": "projection", "bilan_trimestriel": "bilan-trimestriel", "bilan_annuel": "bilan-annuel",
    "proces_verbal": "proces-verbal", "tableaux": "tableaux", "diaporama": "diaporama", "changements": "changements",
    "dossier": "dossier",
}  # fmt: skip
DOCUMENTS: Final[dict[str, tuple[str, str]]] = {
    "pptx": (N_("PowerPoint"), N_("diapositives, graphiques et tableaux modifiables")),
    "bilan_trimestriel": (
        N_("Word, bilan trimestriel"), N_("préambule à compléter, matrice, appréciation PNM et PMM, recommandations"),
    ),
    "bilan_annuel": (N_("Word, bilan annuel"), N_("le même sur l’année, avec la trajectoire des indicateurs")),
    "pdf": (N_("PDF"), N_("à imprimer ou à envoyer")),
    "xlsx": (N_("Excel"), N_("une feuille par tableau, avec les sources")),
    "html": (N_("Un seul fichier HTML"), N_("la projection, sans serveur ni réseau")),
}  # fmt: skip
ERREURS_SEANCES: Final[dict[str, str]] = {
    "seance_etat": N_("Cette séance est {etat} : cette action n’est plus, ou pas encore, possible."),
    "trop_de_scenes": N_("Trop d’éléments ({valeur}). Attendu : {attendu}. Retirez-en avant d’en ajouter."),
    "scene_inconnue": N_("« {valeur} » n’est pas une scène. Scènes : {attendu}."),
    "arrete_apres_la_seance": N_(
        "La date d’arrêté ({valeur}) ne convient pas : elle va du début du plan au jour de la séance."
    ),
    "seance_trimestre_clos": N_(
        "La séance ne peut pas être annoncée au {valeur} : ce trimestre est clos. Choisissez une autre date, ou rouvrez-le "
        "(Contribution › Validation)."
    ),
    "choix_inconnu": N_("« {valeur} » est inconnu pour {champ}. Codes possibles : {attendu}."),
    "code_de_seance": N_(
        "« {valeur} » ne peut pas être un code de séance : de 2 à 60 lettres sans accent, chiffres, tirets ou points, par "
        "exemple {attendu}."
    ),
    "echeance_passee": N_("L’échéance ({valeur}) est déjà passée. Attendu : {attendu}."),
    "seance_a_venir": N_(
        "La séance est prévue le {valeur} : ses présences et ses points se versent une fois qu’elle a eu lieu."
    ),
    "image_inconnue": N_("Ce fichier n’est pas une image prise en charge. Attendu : {attendu}."),
    "image_trop_lourde": N_("Cette image dépasse 30 Mo : réduisez-la avant de l’ajouter."),
    "image_manquante": N_("Choisissez d’abord une image."),
    "confirmation_manquante": N_("Cochez la case pour confirmer : les chiffres figés ne changent plus."),
    "seance_non_figee": N_(
        "La séance « {valeur} » n’est pas figée : elle ne donne qu’une répétition en HTML. Figez-la d’abord."
    ),
    "seance_introuvable": N_("Aucune séance « {valeur} » : voyez « seance list »."),
    "sans_precedente": N_("Aucune séance figée de la même instance avant « {valeur} » : donnez-en une autre."),
    "aucun_administrateur": N_(
        "Une séance a un auteur : créez d’abord un administrateur (« first-admin »), ou donnez --compte NOM."
    ),
    "compte_sans_droit": N_("Le compte « {valeur} » ne tient pas les séances : il faut un compte actif du SP/CCM."),
}


def name_rendu(fiche: FicheSeance, extension: str, quoi: str = "deck", *, demonstration: bool = False) -> str:
    """« ccm-seance-2026-12-18-projection-demonstration.html »: the body, the date, what it is, whether it is invented."""
    etat = [] if fiche.etat is EtatSeance.FIGEE else ["repetition"]
    fin = ["demonstration"] if demonstration else []
    nom = [fiche.instance_code, "seance", fiche.date_seance.isoformat(), FICHIERS.get(quoi, quoi), *etat, *fin]
    return f"{'-'.join(nom)}.{extension}"


def say_titre_seances(fiches: Sequence[FicheSeance], aujourd_hui: date) -> str:
    """« 2 séances, dont 1 figée ; prochaine : CCM, le 18 décembre 2026 »."""
    vivantes = [x for x in fiches if x.etat is not EtatSeance.ANNULEE]
    if not vivantes:
        return _("Aucune séance préparée")
    n, figees = len(vivantes), sum(x.etat is EtatSeance.FIGEE for x in vivantes)
    dit = ngettext("{n} séance", "{n} séances", n).format(n=say_nombre(n))
    dit += ngettext(", dont {n} figée", ", dont {n} figées", figees).format(n=say_nombre(figees))
    prochaine = min((x for x in vivantes if x.date_seance >= aujourd_hui), key=lambda x: x.date_seance, default=None)
    if prochaine is None:
        return dit
    return _("{dit} ; prochaine le {jour}").format(dit=dit, jour=say_date(prochaine.date_seance))


def say_titre(fiche: FicheSeance) -> str:
    """« CCM, séance du 18 décembre 2026 »."""
    nom = say_court(fiche.intitule, LONGUEUR_TITRE)
    return _("{i}, séance du {d}").format(i=nom, d=say_date(fiche.date_seance))


def say_sous_titre(fiche: FicheSeance) -> str:
    """The body, what its figures are dated by, where it stands."""
    dits = [fiche.instance, _("données arrêtées au {d}").format(d=say_date(fiche.date_arrete))]
    if fiche.etat is EtatSeance.FIGEE:
        dits.append(
            _("figée le {quand}, empreinte {e}").format(quand=say_instant(fiche.fige_le), e=say_empreinte(fiche))
        )
    else:
        dits.append(say_libelle(fiche.etat).lower())
    return " · ".join(dits)


def say_empreinte(fiche: FicheSeance) -> str:
    """The first signs of the hash, or « — » before there is one."""
    return (fiche.empreinte or "")[:EMPREINTE_SIGNES] or "—"


def list_seances(fiches: Sequence[FicheSeance]) -> list[tuple[str, str, str]]:
    """The list: date d'arrêté, state, hash."""
    return [(say_date_courte(x.date_arrete), say_libelle(x.etat), say_empreinte(x)) for x in fiches]


def list_faits(fiche: FicheSeance, regions: Mapping[str, str]) -> list[tuple[str, str]]:
    """What a séance says of itself: name, value."""
    return [
        (_("Lieu"), fiche.lieu or say_non_renseigne()),
        (_("Région invitée"), regions.get(fiche.region_invitee or "", _("aucune"))),
        (_("Préparée par"), fiche.auteur),
        (_("Code"), fiche.code),
    ]


def say_scene(cle: str) -> str:
    """The name of a kind of scene."""
    return _(SCENES[cle])


def say_ligne_scene(scene: SceneChoisie) -> str:
    """A scene of the list: its own title, else its kind (a title made of the figures comes with them)."""
    if scene.titre:
        numero = scene.options.get("numero")
        return f"{numero}. {scene.titre}" if numero else scene.titre
    if scene.cle == "graphique":
        return _(GRAPHIQUES.get(str(scene.options.get("graphique")), SCENES["graphique"]))
    return say_scene(scene.cle)


def say_options_scene(scene: SceneChoisie) -> str:
    """What makes this scene other than its standard: asked decision, names, measure."""
    dits = [say_scene(scene.cle)] if scene.titre or scene.cle == "graphique" else []
    if scene.options.get("decision"):
        dits.append(_("une décision est demandée"))
    if scene.options.get("nommer"):
        dits.append(_("les organisations sont nommées"))
    mesure = str(scene.options.get("mesure") or "")
    return " · ".join([*dits, *([_(MESURES[mesure])] if mesure in MESURES else [])])


def list_decisions(decisions: Sequence[DecisionLue], etats: Mapping[str, EtatSuivi]) -> list[tuple[str, str, str, str]]:
    """What was decided and in front of which scene, who, when, and where it stands in the register."""
    return [
        (
            _("{texte} (scène {n})").format(texte=x.texte, n=x.scene) if x.scene else x.texte,
            x.responsable_nom or say_non_renseigne(),
            say_date_courte(x.echeance) if x.echeance else _("sans échéance"),
            say_suite(x, etats),
        )
        for x in decisions
    ]


def say_suite(decision: DecisionLue, etats: Mapping[str, EtatSuivi]) -> str:
    """« CCM-2026-12-18-D01 · Soumis »: the row that it became."""
    code = decision.recommandation
    if code is None:
        return _("hors du registre")
    etat = etats.get(code)
    return f"{code} · {say_libelle(etat) if etat else _('n’est plus au registre')}"


def say_titre_changements(n: int, depuis: str) -> str:
    """« 12 changements depuis la séance du 11 juin 2026 »."""
    if not n:
        return _("Aucun changement depuis la séance du {d}").format(d=depuis)
    return ngettext(
        "{n} changement depuis la séance du {d}", "{n} changements depuis la séance du {d}", n
    ).format(n=say_nombre(n), d=depuis)  # fmt: skip


def say_choix(fiche: FicheSeance) -> str:
    """A séance in a list of choices."""
    return _("{i} · {d}").format(i=fiche.intitule, d=say_date_courte(fiche.date_seance))
