"""Scenes of figures out of a frozen content: one function per kind, in the table FABRIQUES. Pure: no database, no clock.

Each takes the content and the scene as it was chosen and gives the slides it needs. Words are French, as the content's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from ccm_data.domain.seances import SceneChoisie
from ccm_data.domain.vocabulaire import StatutIndicateur
from ccm_data.reports.communs import Contenu, choose_titre, read_decision, write_source
from ccm_data.reports.concertation import (
    make_changements,
    make_lacunes,
    make_prochaines_etapes,
    make_rapprochements,
    make_requetes,
    make_suites,
)
from ccm_data.reports.scenes import (
    Barres,
    Carte,
    Chiffre,
    Chiffres,
    RegionValeur,
    Scene,
    Serie,
    Tableau,
    Ton,
)
from ccm_data.textes import _, ngettext
from ccm_data.typographie import say_millions, say_nombre, say_ponctuation, say_pourcent

STATUTS_FAIBLES: Final = ("en_retard", "a_surveiller")
CLASSES: Final = 5


def make_synthese(contenu: Contenu, scene: SceneChoisie) -> list[Scene]:
    """Where the plan stands: time, progress, money, reports."""
    s = contenu["synthese"]
    temps = _("{j} jours sur {t}").format(j=say_nombre(s["jours"]), t=say_nombre(s["jours_total"]))
    chiffres = Chiffres(
        (
            Chiffre(_("Temps écoulé"), f"{say_nombre(100 * s['temps'])} %", temps, s["temps"]),
            Chiffre(
                _("Avancement physique"), s["fait_texte"], s["attendu_texte"], s["fait"], s["attendu"], s["statut"]
            ),
            Chiffre(_("Décaissé sur prévu"), s["decaisse_texte"], s["decaisse_base"], s["decaisse"], None, "decaisse"),
            Chiffre(
                _("Rapports {t}").format(t=s["trimestre"]),
                _("{n} sur {t}").format(n=s["declarants"], t=s["declarants_attendus"]),
                _("déclarants à jour"),
            ),
        )
    )
    return [
        Scene("synthese", choose_titre(scene, s["titre"]), _("Plan d’action 2022–2026"), (chiffres, make_statuts(contenu)),
              read_decision(scene), write_source(contenu))
    ]  # fmt: skip


def make_statuts(contenu: Contenu) -> Barres:
    """How many indicators stand in each of the six statuses."""
    statuts = contenu["statuts"]
    return Barres(
        _("Indicateurs par statut"), tuple(x["libelle"] for x in statuts),
        (Serie(_("Indicateurs"), tuple(float(x["n"]) for x in statuts), tuple(say_nombre(x["n"]) for x in statuts)),),
        _("indicateurs"),
        tons=tuple(_ton(x["statut"]) for x in statuts),
    )  # fmt: skip


def make_axes(contenu: Contenu, scene: SceneChoisie) -> list[Scene]:
    """The plan by axis: done against expected, worst first in the title."""
    axes = contenu["axes"]
    faibles = [x for x in axes if x["statut"] in STATUTS_FAIBLES]
    titre = (
        ngettext("{n} axe sur {t} en dessous de l’attendu", "{n} axes sur {t} en dessous de l’attendu", len(faibles))
        .format(n=len(faibles), t=len(axes))
        if faibles
        else _("Aucun axe renseigné n’est en dessous de l’attendu")
    )  # fmt: skip
    return [Scene("axes", choose_titre(scene, titre), _("Avancement physique pondéré par le coût, et décaissé sur prévu"),
                  (make_avancement_axes(contenu),), read_decision(scene), write_source(contenu))]  # fmt: skip


def make_avancement_axes(contenu: Contenu) -> Barres:
    """Done and paid per axis, in percent, with what is expected; the furthest from it first."""
    rangs = [s.value for s in reversed(list(StatutIndicateur)[:4])]
    axes = sorted(contenu["axes"], key=lambda x: (rangs.index(x["statut"]) if x["statut"] in rangs else 9, x["code"]))
    return Barres(
        _("Réalisé et décaissé, en % du prévu"),
        tuple(_("Axe {n} · {l}").format(n=x["code"], l=x["libelle"]) for x in axes),
        (
            Serie(
                _("Réalisé"), tuple(_pct(x["fait"]) for x in axes), tuple(x["fait_texte"] for x in axes), "avancement"
            ),
            Serie(
                _("Décaissé"), tuple(_pct(x["paye"]) for x in axes), tuple(x["paye_texte"] for x in axes), "decaisse"
            ),
        ),
        "%",
        maximum=100,
        attendus=tuple(_pct(x["attendu"]) for x in axes),
        statuts=tuple(x["statut_texte"] for x in axes),
        tons=tuple(_ton(x["statut"]) for x in axes),
    )


def _pct(ratio: float | None) -> float | None:
    return None if ratio is None else round(100 * ratio, 4)


def make_budget(contenu: Contenu, scene: SceneChoisie) -> list[Scene]:
    """Money per year: planned, committed, paid."""
    s = contenu["synthese"]
    return [Scene("budget", choose_titre(scene, s["titre_budget"]), s["decaisse_base"], (make_budget_annees(contenu),),
                  read_decision(scene), write_source(contenu, s["base_budget"]))]  # fmt: skip


def _millions(montants: Sequence[int | None]) -> tuple[float | None, ...]:
    return tuple(None if m is None else m / 1_000_000 for m in montants)


def _make_argent(
    titre: str, categories: tuple[str, ...], lignes: Sequence[Mapping[str, Any]], *, debout: bool
) -> Barres:
    parts: tuple[tuple[str, str, Ton], ...] = (
        (_("Prévu"), "prevu", "prevu"),
        (_("Engagé"), "engage", "engage"),
        (_("Décaissé"), "paye", "decaisse"),
    )
    series = tuple(
        Serie(nom, _millions(montants), tuple(say_millions(m) for m in montants), ton)
        for nom, champ, ton in parts
        for montants in [[x[f"{champ}_fcfa"] for x in lignes]]
    )
    return Barres(titre, categories, series, _("millions FCFA"), "emboitees", not debout)


def make_budget_annees(contenu: Contenu) -> Barres:
    """Money per year of the plan, in millions."""
    annees = contenu["annees"]
    return _make_argent(
        _("Prévu, engagé, décaissé par année"), tuple(str(x["annee"]) for x in annees), annees, debout=True
    )


def make_budget_axes(contenu: Contenu) -> Barres:
    """Money per axis, in millions."""
    axes = contenu["axes"]
    noms = tuple(_("Axe {n} · {l}").format(n=x["code"], l=x["libelle"]) for x in axes)
    return _make_argent(_("Prévu, engagé, décaissé par axe"), noms, axes, debout=False)


def make_indicateurs(contenu: Contenu, scene: SceneChoisie) -> list[Scene]:
    """Indicators off track, the late ones first; those without target or value are counted."""
    tous = contenu["indicateurs"]
    faibles = sorted(
        (x for x in tous if x["statut"] in STATUTS_FAIBLES), key=lambda x: STATUTS_FAIBLES.index(x["statut"])
    )
    muets = sum(x["statut"] == "non_renseigne" for x in tous)
    sans = sum(x["statut"] == "cible_non_definie" for x in tous)
    titre = ngettext("{n} indicateur sur {t} à redresser", "{n} indicateurs sur {t} à redresser", len(faibles)).format(
        n=len(faibles), t=len(tous)
    )
    if muets == len(tous):
        titre = _("Aucun indicateur n’est encore renseigné")
    elif not faibles:
        titre = _("Aucun indicateur renseigné n’est à redresser")
    reste = ", ".join(
        (ngettext("{n} non renseigné", "{n} non renseignés", muets).format(n=muets), _("{s} sans cible").format(s=sans))
    )
    return [
        Scene(
            "indicateurs",
            choose_titre(scene, titre),
            reste,
            (_make_table_indicateurs(faibles),),
            read_decision(scene),
            write_source(contenu, _("Cibles entrées par le SP/CCM")),
        )
    ]


def _make_table_indicateurs(lignes: Sequence[Mapping[str, Any]]) -> Tableau:
    return Tableau(
        _("Indicateurs"), (_("Code"), _("Indicateur"), _("Réalisé sur cible"), _("Statut")),
        tuple((x["code"], x["libelle"], x["texte"], x["statut_texte"]) for x in lignes),
        tuple((x["code"], x["libelle"], x["valeur"] if x["niveau"] is None else x["niveau"], x["statut_texte"]) for x in lignes),
        tuple(_ton(x["statut"]) for x in lignes), (0.7, 4, 3, 1.6), _("Aucun indicateur à redresser."),
    )  # fmt: skip


def _ton(statut: str) -> Ton:
    return statut  # type: ignore[return-value]  # the statuses are tones


def make_carte(contenu: Contenu, scene: SceneChoisie) -> list[Scene]:
    """The regions by committees, or by another measure of the map (option `mesure`)."""
    mesure = str(scene.options.get("mesure") or "comites")
    noms = {
        "comites": _("Comités de veille créés"),
        "acteurs": _("Acteurs présents"),
        "completude": _("Rapports rendus sur attendus"),
    }
    mesure = mesure if mesure in noms else "comites"
    muettes = sorted(x["nom"] for x in contenu["regions"] if x[mesure] is None)
    titre = noms[mesure]
    if muettes:
        silence = ngettext("{n} région sans rapport", "{n} régions sans rapport", len(muettes)).format(n=len(muettes))
        titre = say_ponctuation(f"{titre} ; {silence}")
    detail = _("Non rapporté : {r}").format(r=", ".join(muettes)) if muettes else ""
    return [Scene("carte", choose_titre(scene, titre), detail, (make_regions(contenu, mesure, noms[mesure]),), read_decision(scene),
                  write_source(contenu, _("Fond : Natural Earth")))]  # fmt: skip


def make_regions(contenu: Contenu, mesure: str, titre: str) -> Carte:
    """The regions shaded in at most five classes of a measure; one that did not report has none.

    Counts take whole bounds, so that no class says « 1,2 comités ».
    """
    regions = contenu["regions"]
    haut = max((x[mesure] for x in regions if x[mesure] is not None), default=0)
    entier = mesure != "completude"
    pas = max(-(-int(haut + 1) // CLASSES), 1) if entier else 1 / CLASSES
    nombre = min(CLASSES, int(haut // pas) + 1) if entier else CLASSES
    classees = tuple(
        RegionValeur(
            x["code"], x["nom"], x[f"{mesure}_texte"],
            None if x[mesure] is None else min(int(x[mesure] / pas + 1e-9), nombre - 1),
        )
        for x in regions
    )  # fmt: skip
    connues = any(x.classe is not None for x in classees)
    return Carte(titre, classees, tuple(_say_classe(rang, pas, entier) for rang in range(nombre if connues else 0)))


def _say_classe(rang: int, pas: float, entier: bool) -> str:
    debut, fin = rang * pas, (rang + 1) * pas
    if not entier:
        return _("{a} à {b}").format(a=say_pourcent(debut), b=say_pourcent(fin))
    premier, dernier = int(debut), int(fin) - 1
    if premier == dernier:
        return say_nombre(premier)
    return _("{a} à {b}").format(a=say_nombre(premier), b=say_nombre(dernier))


def make_region(contenu: Contenu, scene: SceneChoisie) -> list[Scene]:
    """The invited region: its money, what is late there."""
    region = contenu["region_invitee"]
    if region is None:
        return []
    argent = Chiffres(
        (
            Chiffre(_("Population (2012)"), say_nombre(region["population"]), _("RGP/H 2012")),
            _make_paye_region(region),
        )
    )
    retards = Tableau(
        _("En dessous de l’attendu"), (_("Activité"), _("Réalisé"), _("Attendu"), _("Statut")),
        tuple((f"{a['code']} {a['libelle']}", a["fait_texte"], a["attendu_texte"], a["statut_texte"]) for a in region["activites"]),
        tons=tuple(_ton(a["statut"]) for a in region["activites"]), largeurs=(4, 1, 1, 1.4),
        vide=_("Aucune activité en dessous de l’attendu."),
    )  # fmt: skip
    titre = ngettext(
        "{r} : {n} activité en dessous de l’attendu",
        "{r} : {n} activités en dessous de l’attendu",
        len(region["activites"]),
    ).format(r=region["nom"], n=len(region["activites"]))
    if not region["activites"]:
        titre = _("{r} : aucune activité rapportée en dessous de l’attendu").format(r=region["nom"])
    return [
        Scene(
            "region",
            choose_titre(scene, titre),
            f"{_('Région invitée')} · {region['dernier_rapport']}",
            (argent, retards),
            read_decision(scene),
            write_source(contenu),
        )
    ]


def _make_paye_region(region: Mapping[str, Any]) -> Chiffre:
    """Paid in the region, on what the SP/CCM planned for it; without that, the rate has no base and is not said."""
    prevu, paye = region["prevu_fcfa"], region["paye_fcfa"]
    libelle, texte = _("Décaissé dans la région"), region["paye_texte"]
    if not prevu:
        return Chiffre(libelle, texte, _("aucune part du plan n’est saisie pour la région"))
    base = _("sur {p} prévus pour la région").format(p=region["prevu_texte"])
    return Chiffre(libelle, texte, base, None if paye is None else paye / prevu, None, "decaisse")


FABRIQUES: Final[dict[str, Callable[[Contenu, SceneChoisie], list[Scene]]]] = {
    "suites": make_suites,
    "changements": make_changements,
    "synthese": make_synthese,
    "axes": make_axes,
    "budget": make_budget,
    "indicateurs": make_indicateurs,
    "carte": make_carte,
    "region": make_region,
    "lacunes": make_lacunes,
    "rapprochements": make_rapprochements,
    "requetes": make_requetes,
    "prochaines_etapes": make_prochaines_etapes,
}
