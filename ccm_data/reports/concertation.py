"""Scenes of what the partners do together: recommendations, gaps, pairs to examine, requests, changes, next steps. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from ccm_data.domain.seances import SceneChoisie
from ccm_data.reports.communs import Contenu, choose_titre, make_pages, read_decision, write_source
from ccm_data.reports.scenes import Bloc, Chiffre, Chiffres, Liste, Scene, Tableau, Texte
from ccm_data.textes import _, ngettext
from ccm_data.typographie import say_nombre

A_VENIR: Final = 4
OUVERTES: Final = ("a_faire", "en_cours")
DOUBLON, DOUBLE_DECLARATION, COMPLEMENTAIRE = "doublon", "double_declaration", "complementaire"  # natures of a pair


def make_lacunes(contenu: Contenu, scene: SceneChoisie) -> list[Scene]:
    """What nobody covers: the first gaps, to decide."""
    lacunes = contenu["lacunes"]
    points = tuple((x["lieu"], x["raison"]) for x in lacunes["premieres"][:6])
    return [Scene("lacunes", choose_titre(scene, lacunes["titre"]), _("Thème × région ; poids publiés à l’écran « Lacunes »"),
                  (Liste(points),), read_decision(scene) or _("Qui se positionne ?"), write_source(contenu))]  # fmt: skip


def make_rapprochements(contenu: Contenu, scene: SceneChoisie) -> list[Scene]:
    """Pairs to examine: counts; organisations are named only when the scene says so."""
    lus = contenu["rapprochements"]
    attente = sum(lus["en_attente"].values())
    titre = ngettext("{n} rapprochement à examiner", "{n} rapprochements à examiner", attente).format(n=attente)
    if not attente:
        titre = _("Aucun rapprochement à examiner")
    comptes = (
        Chiffre(_("Doublons possibles"), say_nombre(lus["en_attente"].get(DOUBLON, 0)), _("paires à lire par une personne")),
        Chiffre(
            _("Doubles déclarations possibles"), say_nombre(lus["en_attente"].get(DOUBLE_DECLARATION, 0)),
            _("le même argent, peut-être dit deux fois"),
        ),
        Chiffre(
            _("Synergies possibles"), say_nombre(lus["en_attente"].get(COMPLEMENTAIRE, 0)),
            _("deux actions qui pourraient se renforcer"),
        ),
        Chiffre(_("Verdicts rendus"), say_nombre(sum(x["n"] for x in lus["rendus"])), _say_rendus(lus["rendus"])),
    )  # fmt: skip
    blocs: tuple[Bloc, ...] = (Chiffres(comptes),)
    if scene.options.get("nommer"):
        paires = tuple((f"{x['acteur_a']} · {x['a']}", f"{x['acteur_b']} · {x['b']}") for x in lus["paires"][:5])
        blocs = (*blocs, Liste(paires, _("Les plus proches, à lire ensemble")))
    detail = ngettext(
        "{n} activité en doublon non réglé", "{n} activités en doublon non réglé", lus["en_doublon"]
    ).format(n=say_nombre(lus["en_doublon"]))
    return [
        Scene("rapprochements", choose_titre(scene, titre), detail, blocs, read_decision(scene), write_source(contenu))
    ]


def _say_rendus(rendus: Sequence[Mapping[str, Any]]) -> str:
    return " · ".join(f"{x['libelle']} {say_nombre(x['n'])}" for x in rendus) or _("aucun encore")


def make_requetes(contenu: Contenu, scene: SceneChoisie) -> list[Scene]:
    """Requests that wait for an answer of the PTF."""
    ouvertes = [x for x in contenu["requetes"] if x["ouverte"]]
    retard = sum(x["en_retard"] for x in ouvertes)
    titre = ngettext("{n} requête attend une réponse", "{n} requêtes attendent une réponse", len(ouvertes)).format(
        n=len(ouvertes)
    )
    if not ouvertes:
        titre = _("Aucune requête n’attend de réponse")
    lignes = Tableau(
        _("Requêtes"), (_("Numéro"), _("Objet"), _("Région"), _("Montant"), _("Étape")),
        tuple((x["numero"], x["objet"], x["region"], x["montant_texte"], x["etat_texte"]) for x in ouvertes),
        tuple((x["numero"], x["objet"], x["region"], x["montant_fcfa"], x["etat_texte"]) for x in ouvertes),
        largeurs=(1.2, 4, 1.3, 1.7, 1.2), vide=_("Aucune requête en attente."),
    )  # fmt: skip
    detail = ngettext("{n} sans réponse dans les délais", "{n} sans réponse dans les délais", retard).format(n=retard)
    detail = detail if ouvertes else ""
    return [
        Scene("requetes", choose_titre(scene, titre), detail, (lignes,), read_decision(scene), write_source(contenu))
    ]


def make_suites(contenu: Contenu, scene: SceneChoisie) -> list[Scene]:
    """What became of the last recommendations: overdue ones first."""
    toutes = contenu["recommandations"]
    ouvertes = [x for x in toutes if x["statut"] in OUVERTES]
    retard = [x for x in ouvertes if x["en_retard"]]
    titre = ngettext(
        "{n} recommandation en retard sur {t}", "{n} recommandations en retard sur {t}", len(retard)
    ).format(n=len(retard), t=len(toutes))
    if not toutes:
        titre = _("Aucune recommandation n’est encore suivie")
    lignes = sorted(ouvertes, key=lambda x: (not x["en_retard"], x["echeance"] or "9999"))
    tableau = Tableau(
        _("Recommandations ouvertes"), (_("Recommandation"), _("Responsable"), _("Échéance"), _("Où en est-elle")),
        tuple((x["texte"], x["responsable"], x["echeance_texte"], x["etat_texte"]) for x in lignes),
        tons=tuple("en_retard" if x["en_retard"] else None for x in lignes), largeurs=(4.2, 2.2, 1.6, 2.6),
        vide=_("Aucune recommandation ouverte."),
    )  # fmt: skip
    realisees = sum(x["statut"] == "realisee" for x in toutes)
    detail = ", ".join(
        (
            ngettext("{n} réalisée", "{n} réalisées", realisees).format(n=realisees),
            ngettext("{n} ouverte", "{n} ouvertes", len(ouvertes)).format(n=len(ouvertes)),
        )
        if toutes
        else ()
    )
    return [
        Scene("suites", choose_titre(scene, titre), detail, (tableau,), read_decision(scene), write_source(contenu))
    ]


def _list_a_venir(contenu: Contenu) -> list[Mapping[str, Any]]:
    """The open recommendations that fall due next, soonest first; the late ones stand in their own scene."""
    ouvertes = [x for x in contenu["recommandations"] if x["statut"] in OUVERTES and x["echeance"]]
    return sorted((x for x in ouvertes if not x["en_retard"]), key=lambda x: str(x["echeance"]))[:A_VENIR]


def make_prochaines_etapes(contenu: Contenu, scene: SceneChoisie) -> list[Scene]:
    """What comes next: recommendations about to fall due, the reports awaited, the text that the SP/CCM wrote."""
    s = contenu["synthese"]
    texte = str(scene.options.get("texte") or "").strip()
    points = [(x["texte"], f"{x['responsable']} · {x['echeance_texte']}") for x in _list_a_venir(contenu)]
    if s["silencieux"]:
        points.append((_("Rapports attendus"), ", ".join(s["silencieux"])))
    if contenu["contradictions"]:
        points.append((_("Contradictions du plan à trancher"), say_nombre(contenu["contradictions"])))
    blocs: list[Bloc] = [Liste(tuple(points))] if points else []
    if texte:
        return make_pages(
            "prochaines_etapes", choose_titre(scene, _("Prochaines étapes")), texte, contenu, scene, tuple(blocs)
        )
    return [
        Scene(
            "prochaines_etapes",
            choose_titre(scene, _("Prochaines étapes")),
            "",
            tuple(blocs),
            read_decision(scene),
            write_source(contenu),
        )
    ]


def make_changements(contenu: Contenu, scene: SceneChoisie) -> list[Scene]:
    """What changed since the last frozen séance of the body; nothing when there is none."""
    changements = contenu.get("changements")
    if not changements:
        return [Scene("changements", choose_titre(scene, _("Première séance figée de cette instance")), "",
                      (Texte((_("Rien à comparer : la prochaine séance dira ce qui a changé depuis celle-ci."),)),),
                      read_decision(scene), write_source(contenu))]  # fmt: skip
    lignes = Tableau(
        _("Ce qui a changé"), (_("Quoi"), _("Avant"), _("Maintenant")),
        tuple((x["quoi"], x["avant"], x["apres"]) for x in changements["lignes"]), largeurs=(4, 2, 2),
        vide=_("Aucun changement."),
    )  # fmt: skip
    titre = ngettext(
        "{n} changement depuis le {d}", "{n} changements depuis le {d}", len(changements["lignes"])
    ).format(n=len(changements["lignes"]), d=changements["depuis_texte"])
    return [
        Scene("changements", choose_titre(scene, titre), "", (lignes,), read_decision(scene), write_source(contenu))
    ]
