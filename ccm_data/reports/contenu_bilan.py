"""The sections of the bilan (trimestriel or annuel) out of a frozen content: pure, no database, no clock, no layout.

Every figure comes in the words that were frozen with it; what the content does not hold is said. The appraisal against the
PNM and the PMM, the narrative and the remarks are left to people: the software lays references and progress, never a mark.
Source: stratégie, 8.1 (a narrative before the matrix; an appraisal of what was done against the PNM and the PMM; the view of
the partners; operational recommendations); règles de calcul 1, 6 and 7.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from ccm_data.domain.calendrier import ANNEES
from ccm_data.reports.blocs_bilan import ARemplir, Matrice, Section, make_absente, make_phrase
from ccm_data.reports.communs import Contenu
from ccm_data.reports.contenu_annexes import (
    make_changements,
    make_evaluations,
    make_lacunes,
    make_silences,
    make_sources,
)
from ccm_data.reports.contenu_questions import list_questions
from ccm_data.reports.fabriques import make_avancement_axes, make_budget_axes, make_statuts
from ccm_data.reports.scenes import Chiffre, Chiffres, Tableau, Ton
from ccm_data.textes import _, ngettext
from ccm_data.typographie import say_fcfa, say_millions, say_nombre, say_non_renseigne, say_pourcent

Genre = Literal["trimestriel", "annuel"]
OUVERTES: Final = ("a_faire", "en_cours")


@dataclass(frozen=True)
class Bilan:
    """The document: what it is, its period, its sections in order."""

    titre: str
    periode: str
    sections: tuple[Section, ...]


def make_bilan(contenu: Contenu, genre: Genre) -> Bilan:
    """The whole bilan. A content frozen before a section existed says so in its place."""
    seance, synthese = contenu["seance"], contenu["synthese"]
    annee = str(seance["arrete"])[:4]
    if genre == "annuel":
        titre, periode = _("Bilan annuel {a}").format(a=annee), _("Année {a}").format(a=annee)
    else:
        titre = _("Bilan trimestriel, {t}").format(t=synthese["trimestre"])
        periode = _("Trimestre {t}").format(t=synthese["trimestre"])
    sections = [
        *_list_preambule(genre), _make_chiffres(contenu), _make_avancement(contenu), *_list_matrice(contenu),
        *_list_indicateurs(contenu, genre), _make_budget(contenu), _make_appreciation(contenu),
        _make_recommandations(contenu), _make_requetes(contenu), make_lacunes(contenu), make_changements(contenu),
        make_evaluations(contenu), make_silences(contenu), make_sources(contenu),
    ]  # fmt: skip
    return Bilan(titre, periode, tuple(sections))


def _ton(statut: str) -> Ton:
    return statut  # type: ignore[return-value]  # the statuses are tones


def _list_preambule(genre: Genre) -> list[Section]:
    """The narrative that stands before the matrix: empty, with questions."""
    quoi = _(
        "Le préambule narratif introduit la matrice : il est rédigé par le SP/CCM, avec les partenaires concernés."
    )
    return [
        Section(_("Préambule narratif"), (make_phrase(quoi),)),
        *(Section(titre, (ARemplir(questions),), 2) for titre, questions in list_questions(genre)),
    ]


def _make_chiffres(contenu: Contenu) -> Section:
    s = contenu["synthese"]
    temps = _("{j} jours sur {t}").format(j=say_nombre(s["jours"]), t=say_nombre(s["jours_total"]))
    chiffres = Chiffres(
        (
            Chiffre(_("Temps écoulé"), f"{say_nombre(100 * s['temps'])} %", temps, s["temps"]),
            Chiffre(_("Avancement physique"), s["fait_texte"], s["attendu_texte"], s["fait"], s["attendu"], _ton(s["statut"])),
            Chiffre(_("Décaissé sur prévu"), s["decaisse_texte"], s["decaisse_base"], s["decaisse"], None, "decaisse"),
            Chiffre(
                _("Rapports {t}").format(t=s["trimestre"]),
                _("{n} sur {t}").format(n=s["declarants"], t=s["declarants_attendus"]), _("déclarants à jour"),
            ),
        )
    )  # fmt: skip
    return Section(_("Chiffres clés"), (make_phrase(s["titre"] + "."), chiffres, make_statuts(contenu)))


def _make_avancement(contenu: Contenu) -> Section:
    axes = contenu["axes"]
    scores = Tableau(
        _("Atteinte des cibles par axe"), (_("Axe"), _("Score moyen"), _("Indicateurs renseignés"), _("Avancement physique")),
        tuple(
            (
                f"{x['code']} · {x['libelle']}", _say_score(x["score"]),
                _("{n} sur {t}").format(n=x["score_renseignes"], t=x["score_total"]), x["statut_texte"],
            )
            for x in axes
        ),
        tons=tuple(_ton(x["statut"]) for x in axes), largeurs=(4, 1.4, 1.8, 1.8),
    )  # fmt: skip
    return Section(_("Avancement par axe"), (make_avancement_axes(contenu), scores))


def _say_score(score: float | None) -> str:
    """A score of 0 to 100; its coverage stands in the next column."""
    return say_pourcent(None if score is None else score / 100)


def _list_matrice(contenu: Contenu) -> list[Section]:
    """The 28 activities with their official titles, axis after axis; a column for remarks."""
    intro = _("Les intitulés sont ceux du plan d’action. La colonne « Observations » est remplie par le SP/CCM.")
    sections = [Section(_("Matrice de suivi des activités"), (make_phrase(intro),), paysage=True)]
    for axe in contenu["axes"]:
        lignes = [x for x in contenu["activites"] if x["axe"] == axe["code"]]
        tableau = Tableau(
            "", (_("Code"), _("Activité"), _("Coût (millions FCFA)"), _("Réalisé"), _("Attendu à date"), _("Statut"),
                 _("Décaissé sur prévu"), _("Observations (à remplir)")),
            tuple(
                (x["code"], x["intitule"], x["cout_texte"], x["fait_texte"], x["attendu_texte"], x["statut_texte"],
                 x["paye_texte"], "")
                for x in lignes
            ),
            tons=tuple(_ton(x["statut"]) for x in lignes), largeurs=(0.7, 4.4, 1, 1, 1.35, 1.5, 1.05, 2.8),
        )  # fmt: skip
        titre = _("Axe {n} · {l}").format(n=axe["code"], l=axe["libelle"])
        sections.append(Section(titre, (Matrice(tableau, (7,)),), 2, True))
    return sections


def _list_indicateurs(contenu: Contenu, genre: Genre) -> list[Section]:
    lignes = contenu["indicateurs"]
    tableau = Tableau(
        "", (_("Code"), _("Indicateur"), _("Réalisé sur cible"), _("Statut"), _("Couverture")),
        tuple((x["code"], x["intitule"], x["texte"], x["statut_texte"], x["portee"] or _say_portee(x)) for x in lignes),
        tons=tuple(_ton(x["statut"]) for x in lignes), largeurs=(0.7, 4.4, 3.2, 1.7, 2.6),
    )  # fmt: skip
    sections = [Section(_("Indicateurs du cadre logique"), (tableau,), paysage=True)]
    if genre == "annuel":
        sections.append(_make_trajectoire(lignes, contenu["synthese"]["trimestre"]))
    return sections


def _say_portee(x: Mapping[str, Any]) -> str:
    """Coverage where the content gives no words of it; what it does not know is not « whole »."""
    provisoire = x.get("provisoire")
    if x["statut"] == "non_renseigne" or provisoire is None:
        return say_non_renseigne()
    return _("partielle") if provisoire else _("aucun manque signalé")


def _make_trajectoire(lignes: Sequence[Mapping[str, Any]], trimestre: str) -> Section:
    """Figures at the end of each year, the last one at the date; levels and words have none."""
    chiffres = [x for x in lignes if x["niveau"] is None and any(v is not None for v in x["tendance"])]
    autres = [x["code"] for x in lignes if x not in chiffres]
    suite = max((len(x["tendance"]) for x in chiffres), default=0)
    fins = [*range(3, suite, 4), *([suite - 1] if suite % 4 else [])]
    annees = [str(ANNEES[i // 4]) if i % 4 == 3 else trimestre for i in fins]
    tableau = Tableau(
        _("Valeur atteinte en fin d’année"), (_("Code"), _("Indicateur"), *annees, _("Cible finale")),
        tuple(
            (x["code"], x["libelle"], *(say_nombre(x["tendance"][i] if i < len(x["tendance"]) else None, 1) for i in fins),
             say_nombre(x["cible"], 1) if x["cible"] is not None else _("sans cible"))
            for x in chiffres
        ),
        largeurs=(0.8, 3.6, *(1.2,) * len(fins), 1.2), vide=_("Aucune valeur chiffrée à cette date."),
    )  # fmt: skip
    note = _("Sans suite chiffrée, non renseignés ou lus par niveau : {c}.").format(c=", ".join(autres))
    return Section(
        _("Trajectoire annuelle des indicateurs"), (tableau, *([make_phrase(note)] if autres else [])), 2, True
    )


def _make_budget(contenu: Contenu) -> Section:
    s = contenu["synthese"]
    total = (_("Ensemble du plan"), s["prevu_fcfa"], s["engage_fcfa"], s["paye_fcfa"], s["decaisse_texte"])
    axes = Tableau(
        _("Budget par axe, en millions FCFA"), (_("Axe"), _("Prévu"), _("Engagé"), _("Décaissé"), _("Décaissé sur prévu")),
        tuple(
            (nom, say_millions(prevu), say_millions(engage), say_millions(paye), taux)
            for nom, prevu, engage, paye, taux in [
                *((f"{x['code']} · {x['libelle']}", x["prevu_fcfa"], x["engage_fcfa"], x["paye_fcfa"], x["paye_texte"])
                  for x in contenu["axes"]),
                total,
            ]
        ),
        largeurs=(4, 1.3, 1.3, 1.3, 1.6),
    )  # fmt: skip
    annees = Tableau(
        _("Budget par année, en millions FCFA"), (_("Année"), _("Prévu"), _("Engagé"), _("Décaissé")),
        tuple((str(x["annee"]), x["prevu_texte"], x["engage_texte"], x["paye_texte"]) for x in contenu["annees"]),
        largeurs=(4, 1.3, 1.3, 1.3),
    )  # fmt: skip
    mobilise = _("Mobilisé (conventions signées) : {m}.").format(m=say_fcfa(s["mobilise_fcfa"]))
    base = _("Base : {b}.").format(b=s["base_budget"])
    return Section(
        _("Exécution budgétaire"),
        (make_phrase(s["titre_budget"] + "."), make_phrase(mobilise), make_budget_axes(contenu), axes, annees,
         make_phrase(base)),
    )  # fmt: skip


def _make_appreciation(contenu: Contenu) -> Section:
    """Per action: what the plan cites, where its activities stand, and a column that people fill."""
    titre = _("Appréciation au regard de la PNM et du PMM")
    actions = contenu.get("actions")
    if actions is None:
        return Section(titre, (make_absente(),), paysage=True)
    activites = {x["code"]: x for x in contenu["activites"]}
    intro = _(
        "Les références sont celles que le plan imprime pour chaque action. Le logiciel pose les faits ; "
        "l’appréciation de la conformité est portée par le SP/CCM, avec le comité de suivi des recommandations."
    )
    tableau = Tableau(
        "", (_("Action du plan"), _("Références à la PNM"), _("Références au PMM et objectifs cités"),
             _("Où en sont les activités"), _("Appréciation du SP/CCM (à remplir)")),
        tuple(
            (
                f"{x['code']} · {x['intitule']}", x["pnm"] or _("aucune référence imprimée"), _say_pmm(x),
                "\n".join(_say_activite(activites[c]) for c in x["activites"] if c in activites), "",
            )
            for x in actions
        ),
        largeurs=(2.5, 1.7, 2.7, 3.6, 3),
    )  # fmt: skip
    questions = (
        _("Les produits obtenus répondent-ils aux attentes de la PNM ?"),
        _("En quoi contribuent-ils aux objectifs du PMM que le plan cite ?"),
        _("Quels écarts appellent un ajustement des programmes et projets ?"),
    )
    return Section(
        titre, (make_phrase(intro), Matrice(tableau, (4,)), ARemplir(questions), _make_objectifs(actions)), paysage=True
    )


def _say_pmm(action: Mapping[str, Any]) -> str:
    """As printed, then the objectives that it means, by their short names."""
    objectifs = [_("{n} · {t}").format(n=o["numero"], t=o["court"]) for o in action["pmm"]]
    return "\n".join([action["pmm_texte"] or _("aucune référence imprimée"), *objectifs])


def _make_objectifs(actions: Sequence[Mapping[str, Any]]) -> Tableau:
    """The objectives of the PMM that the plan cites, with their official titles and the actions that cite them."""
    cites = sorted({(o["numero"], o["intitule"]) for x in actions for o in x["pmm"]})
    return Tableau(
        _("Objectifs du PMM cités par le plan"), (_("Objectif"), _("Intitulé officiel"), _("Actions du plan")),
        tuple(
            (str(n), intitule, ", ".join(x["code"] for x in actions if any(o["numero"] == n for o in x["pmm"])))
            for n, intitule in cites
        ),
        largeurs=(0.9, 7, 2.4), vide=_("Aucun objectif du PMM cité."),
    )  # fmt: skip


def _say_activite(x: Mapping[str, Any]) -> str:
    attendu = _("non programmé") if x["attendu"] is None else _("attendu {a}").format(a=x["attendu_texte"])
    return f"{x['code']} {x['libelle']} : {x['fait_texte']} ({attendu}), {x['statut_texte'].lower()}"


def _make_recommandations(contenu: Contenu) -> Section:
    toutes = contenu["recommandations"]
    retard = sum(x["en_retard"] for x in toutes)
    ouvertes = sum(x["statut"] in OUVERTES for x in toutes)
    dit = _("{t} recommandations suivies : {o} ouvertes, dont {r} en retard ; {f} closes.").format(
        t=len(toutes), o=ouvertes, r=retard, f=len(toutes) - ouvertes
    )
    lignes = sorted(toutes, key=lambda x: (not x["en_retard"], x["statut"] not in OUVERTES, x["echeance"] or "9999"))
    tableau = Tableau(
        "", (_("Code"), _("Recommandation"), _("Responsable"), _("Échéance"), _("Reconduite"), _("Où en est-elle")),
        tuple(
            (x["code"], x["texte"], x["responsable"], x["echeance_texte"], _say_fois(x["reconductions"]), x["etat_texte"])
            for x in lignes
        ),
        tons=tuple("en_retard" if x["en_retard"] else None for x in lignes), largeurs=(1.6, 4.4, 2.2, 1.5, 1.1, 2),
        vide=_("Aucune recommandation."),
    )  # fmt: skip
    return Section(_("Suivi des recommandations"), (make_phrase(dit), tableau), paysage=True)


def _say_fois(n: int) -> str:
    return ngettext("{n} fois", "{n} fois", n).format(n=say_nombre(n)) if n else _("non")


def _make_requetes(contenu: Contenu) -> Section:
    requetes = contenu["requetes"]
    retard = sum(x["ouverte"] and x["en_retard"] for x in requetes)
    dit = ngettext(
        "{n} requête sans réponse dans les délais.", "{n} requêtes sans réponse dans les délais.", retard
    ).format(n=say_nombre(retard))
    tableau = Tableau(
        "", (_("Numéro"), _("Objet"), _("Région"), _("Montant"), _("Étape")),
        tuple((x["numero"], x["objet"], x["region"], x["montant_texte"], x["etat_texte"]) for x in requetes),
        tons=tuple("en_retard" if x["ouverte"] and x["en_retard"] else None for x in requetes),
        largeurs=(1.5, 4, 1.3, 2, 1.4), vide=_("Aucune requête."),
    )  # fmt: skip
    return Section(_("Requêtes aux partenaires"), (make_phrase(dit), tableau))
