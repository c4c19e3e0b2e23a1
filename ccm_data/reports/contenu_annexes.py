"""The end of the bilan: gaps, what changed, evaluations, silent declarants, sources. Pure, like `contenu_bilan`.

Source: règles de calcul 5, 6 and 7 (silence is told in alphabetical order; no organisation is named about duplicates).
"""

from __future__ import annotations

from ccm_data.reports.blocs_bilan import Section, make_absente, make_phrase
from ccm_data.reports.communs import Contenu
from ccm_data.reports.scenes import Liste, Tableau
from ccm_data.textes import _, ngettext
from ccm_data.typographie import say_nombre, say_non_renseigne, say_ponctuation


def make_lacunes(contenu: Contenu) -> Section:
    """What nobody covers: states of the cells, the first gaps with their reasons."""
    lacunes = contenu["lacunes"]
    etats = Tableau(
        _("États de la couverture, thème × région"), (_("État"), _("Cases")),
        tuple((x["libelle"], say_nombre(x["n"])) for x in lacunes["etats"]), largeurs=(4, 1.2),
    )  # fmt: skip
    points = Liste(tuple((x["lieu"], x["raison"]) for x in lacunes["premieres"]), _("Premières lacunes à examiner"))
    return Section(_("Lacunes de couverture"), (make_phrase(lacunes["titre"] + "."), etats, points))


def make_changements(contenu: Contenu) -> Section:
    """What changed since the last frozen séance of the body."""
    titre = _("Ce qui a changé depuis la dernière séance")
    changements = contenu.get("changements")
    if not changements:
        return Section(titre, (make_phrase(_("Première séance figée de cette instance : rien à comparer.")),))
    tableau = Tableau(
        _("Depuis le {d}").format(d=changements["depuis_texte"]), (_("Quoi"), _("Avant"), _("Maintenant")),
        tuple((x["quoi"], x["avant"], x["apres"]) for x in changements["lignes"]), largeurs=(4, 2.4, 2.4),
        vide=_("Aucun changement."),
    )  # fmt: skip
    return Section(titre, (tableau,))


def make_evaluations(contenu: Contenu) -> Section:
    """Final evaluations: means with their coverage, both texts of each."""
    titre = _("Annexe A · Évaluations finales")
    lues = contenu.get("evaluations")
    if lues is None:
        return Section(titre, (make_absente(),), paysage=True)
    dit = _("{a} activités évaluées sur {at}, {i} interventions sur {it}.").format(
        a=lues["activites"], at=lues["activites_total"], i=lues["interventions"], it=lues["interventions_total"]
    )
    moyennes = Tableau(
        _("Note moyenne de chaque critère"), (_("Critère"), _("Moyenne et couverture")),
        tuple((m["libelle"], m["texte"]) for m in lues["moyennes"]), largeurs=(2, 3),
    )  # fmt: skip
    finales = Tableau(
        _("Évaluations"), (_("Objet"), _("Date"), _("Critères jugés"), _("Synthèse"), _("Réponse du partenaire")),
        tuple(
            (
                f"{x['code']} · {x['titre']}", x["date_texte"], _("{n} sur {t}").format(n=x["juges"], t=x["criteres"]),
                x["synthese"] or say_non_renseigne(), x["reponse"] or _("aucune réponse"),
            )
            for x in lues["finales"]
        ),
        largeurs=(3, 1.4, 1.1, 3.4, 3.4), vide=_("Aucune évaluation finale à cette date."),
    )  # fmt: skip
    return Section(titre, (make_phrase(dit), moyennes, finales), paysage=True)


def make_silences(contenu: Contenu) -> Section:
    """Silence is told in alphabetical order, never ranked."""
    s = contenu["synthese"]
    noms = sorted(s["silencieux"])
    dit = _("Rapports {t} reçus : {n} sur {a}.").format(t=s["trimestre"], n=s["declarants"], a=s["declarants_attendus"])
    tableau = Tableau(
        _("Déclarants sans rapport, par ordre alphabétique"), (_("Déclarant"), _("Rapport {t}").format(t=s["trimestre"])),
        tuple((nom, _("non rapporté")) for nom in noms), largeurs=(3, 2), vide=_("Tous les déclarants ont rendu leur rapport."),
    )  # fmt: skip
    return Section(_("Annexe B · Déclarants sans rapport"), (make_phrase(dit), tableau))


def make_sources(contenu: Contenu) -> Section:
    """Where figures come from, what is still to be decided about the plan."""
    seance, n = contenu["seance"], contenu["contradictions"]
    contradictions = ngettext(
        "{n} contradiction du plan reste à trancher.", "{n} contradictions du plan restent à trancher.", n
    ).format(n=say_nombre(n))
    attente = sum(contenu["rapprochements"]["en_attente"].values())
    phrases: tuple[str, ...] = (
        _("Données arrêtées au {d} : seules les lignes validées comptent.").format(d=seance["arrete_texte"]),
        _("Les chiffres ont été figés avec la séance ; l’empreinte imprimée sur chaque page les identifie."),
        _("« Non renseigné » n’est pas zéro : la valeur n’a pas été rapportée."),
        contradictions,
        _("{n} rapprochements à examiner ; aucune organisation n’est nommée ici.").format(n=say_nombre(attente)),
        _("Plan et cadre logique : Stratégie de coordination du CCM 2022–2026."),
    )
    if seance["demonstration"]:
        phrases = (*phrases, _("Démonstration : chiffres de suivi inventés."))
    return Section(_("Annexe C · Sources et règles"), (Liste(tuple((say_ponctuation(p), "") for p in phrases)),))
