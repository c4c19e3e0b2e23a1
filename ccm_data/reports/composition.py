"""The deck of a séance: scenes of figures, agenda items, free texts, pictures and chosen charts, in the order kept with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from math import ceil
from typing import Final

from ccm_data.domain.calendrier import ANNEES
from ccm_data.domain.seances import SceneChoisie
from ccm_data.reports.communs import Contenu, choose_titre, make_pages, read_decision, write_source
from ccm_data.reports.fabriques import (
    FABRIQUES,
    make_avancement_axes,
    make_budget_annees,
    make_budget_axes,
    make_regions,
    make_statuts,
)
from ccm_data.reports.scenes import Barres, Bloc, Carte, Deck, Image, Scene, Serie, Tableau, Texte
from ccm_data.textes import _
from ccm_data.typographie import say_nombre


def make_point(contenu: Contenu, scene: SceneChoisie) -> list[Scene]:
    """An item of the agenda, its text over as many slides as it needs."""
    numero = scene.options.get("numero")
    titre = f"{numero}. {scene.titre}" if numero else scene.titre
    return make_pages(
        "point", titre or _("Point de l’ordre du jour"), str(scene.options.get("texte") or ""), contenu, scene
    )


def make_texte(contenu: Contenu, scene: SceneChoisie) -> list[Scene]:
    """Free text of the SP/CCM."""
    return make_pages("texte", scene.titre or _("À retenir"), str(scene.options.get("texte") or ""), contenu, scene)


# Lines of text that a table holds on a slide (1024 × 768 is the narrowest), alone or under key figures; signs across it.
LIGNES_PAR_SCENE: Final = 13
LIGNES_SOUS_CHIFFRES: Final = 6
SIGNES_PAR_LIGNE: Final = 94
GRAPHIQUES: Final[dict[str, Callable[[Contenu], Bloc]]] = {
    "statuts": make_statuts,
    "budget_axes": make_budget_axes,
    "budget_annees": make_budget_annees,
    "avancement_axes": make_avancement_axes,
    "regions": lambda contenu: make_regions(contenu, "comites", _("Comités de veille créés")),
}


def make_graphique(contenu: Contenu, scene: SceneChoisie) -> list[Scene]:
    """A chart that the SP/CCM chose, an indicator's trend included."""
    quoi = str(scene.options.get("graphique"))
    if quoi == "indicateur":
        bloc, titre = _make_tendance(contenu, str(scene.options.get("indicateur")))
    else:
        bloc = GRAPHIQUES[quoi](contenu)
        titre = bloc.titre if isinstance(bloc, (Barres, Carte)) else ""
    return [Scene("graphique", choose_titre(scene, titre), "", (bloc,), read_decision(scene), write_source(contenu))]


def _make_tendance(contenu: Contenu, code: str) -> tuple[Bloc, str]:
    x = next((x for x in contenu["indicateurs"] if x["code"] == code), None)
    if x is None:
        return Texte((_("Indicateur inconnu : {c}.").format(c=code[:20]),)), _("Indicateur")
    # The end of each year, and the last quarter of a year that is not over.
    suite = x["tendance"]
    fins = [*range(3, len(suite), 4), *([len(suite) - 1] if len(suite) % 4 else [])]
    valeurs = tuple(suite[i] for i in fins)
    annees = tuple(str(ANNEES[i // 4]) for i in fins)
    textes = tuple(say_nombre(v, 1) for v in valeurs)
    bloc = Barres(
        x["libelle"], annees, (Serie(x["unite"], valeurs, textes, "avancement"),), x["unite"], horizontal=False
    )
    return bloc, f"{x['code']} · {x['libelle']} : {x['texte']}"


TOUTES: Final[dict[str, Callable[[Contenu, SceneChoisie], list[Scene]]]] = {
    **FABRIQUES,
    "point": make_point,
    "texte": make_texte,
    "graphique": make_graphique,
}


def paginate(scene: Scene) -> list[Scene]:
    """A scene whose table is longer than a slide, over several: the other blocks stay on the first, the decision on the last."""
    tableau = next((b for b in scene.blocs if isinstance(b, Tableau)), None)
    if tableau is None:
        return [scene]
    place = LIGNES_PAR_SCENE if len(scene.blocs) == 1 else LIGNES_SOUS_CHIFFRES
    pages = _cut_lignes(tableau, place)
    if len(pages) == 1:
        return [scene]
    faites = []
    for rang, (debut, fin) in enumerate(pages):
        part = replace(
            tableau, lignes=tableau.lignes[debut:fin], bruts=tableau.bruts[debut:fin], tons=tableau.tons[debut:fin]
        )
        autres = tuple(b for b in scene.blocs if b is not tableau) if rang == 0 else ()
        decision = scene.decision if rang == len(pages) - 1 else ""
        faites.append(replace(scene, blocs=(*autres, part), decision=decision, suite=scene.suite or rang > 0))
    return faites


def _cut_lignes(tableau: Tableau, place: int) -> list[tuple[int, int]]:
    """(first, after the last) row of each page, pages filled alike so that none is left with one row.

    A row takes as many lines as its longest cell needs in its column.
    """
    largeurs = tableau.largeurs or (1.0,) * len(tableau.colonnes)
    signes = [max(SIGNES_PAR_LIGNE * largeur / sum(largeurs), 4) for largeur in largeurs]
    hauteurs = [
        max((ceil(len(c) / s) for c, s in zip(ligne, signes, strict=False)), default=1) for ligne in tableau.lignes
    ]
    pages = _fill(hauteurs, place)
    egale = place
    while egale > 1 and len(_fill(hauteurs, egale - 1)) == len(pages):
        egale -= 1
    return _fill(hauteurs, egale)


def _fill(hauteurs: Sequence[int], place: int) -> list[tuple[int, int]]:
    pages, debut, prise = [], 0, 0
    for rang, hauteur in enumerate(hauteurs):
        if prise + hauteur > place and rang > debut:
            pages.append((debut, rang))
            debut, prise = rang, 0
        prise += hauteur
    return [*pages, (debut, len(hauteurs))]


def make_deck(
    contenu: Contenu, empreinte: str, scenes: Sequence[SceneChoisie], images: Mapping[int, Image] | None = None
) -> Deck:
    """The whole deck. `images`: id → picture, for the scenes that show one; one that is gone is said, never skipped."""
    seance = contenu["seance"]
    faites: list[Scene] = []
    for scene in scenes:
        if scene.cle == "image":
            faites.append(_make_image(contenu, scene, images or {}))
        else:
            faites += [page for faite in TOUTES[scene.cle](contenu, scene) for page in paginate(faite)]
    return Deck(
        titre=_("{i}, séance du {d}").format(i=seance["titre"], d=seance["date_texte"]),
        sous_titre=_("Données arrêtées au {d}").format(d=seance["arrete_texte"]),
        instance=seance["instance"],
        date_iso=seance["date"],
        empreinte=empreinte,
        scenes=tuple(faites),
        demonstration=bool(seance["demonstration"]),
    )


def _make_image(contenu: Contenu, scene: SceneChoisie, images: Mapping[int, Image]) -> Scene:
    image = images.get(int(scene.options.get("image_id") or 0))
    bloc: Bloc = image or Texte((_("L’image de cette scène a été retirée."),))
    return Scene(
        "image",
        scene.titre or (image.alt if image else _("Image")),
        "",
        (bloc,),
        read_decision(scene),
        write_source(contenu),
    )
