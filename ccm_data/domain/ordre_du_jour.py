"""The agenda as it is typed, an item or a scene moved by one place, and a deck that follows its agenda when it changes. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, TypeVar

from ccm_data.domain.listes import compute_forme_nue
from ccm_data.domain.seances import PointSeance, SceneChoisie, propose_scenes

T = TypeVar("T")
# « Budget : reste à mobiliser »; the space after the colon keeps « 10:30 » whole.
LIGNE: Final = re.compile(r"(?P<intitule>[^:]{1,200}?)\s*:\s+(?P<texte>.+)")
Point = dict[str, object]
# Words of an item's title that call for a scene of figures, in the order in which they are tried, without accents.
MOTS: Final[dict[str, re.Pattern[str]]] = {
    cle: re.compile(rf"\b(?:{mots})")
    for cle, mots in {
        "suites": "recommandations?|suivi des decisions",
        "changements": "ce qui a change|changements",
        "synthese": "synthese|vue d.ensemble|etat d.avancement|point de situation",
        "axes": "plan d.actions?|par axes?|des axes",
        "budget": "budget|financement|decaissement|mobilisation (?:des|de) (?:fonds|ressources)",
        "indicateurs": "indicateurs?|cadre logique",
        "carte": "cartes? des? |cartographie|comites? de veille",
        "region": "regions? invitee?s?",
        "lacunes": "lacunes?",
        "rapprochements": "doublons?|rapprochements?",
        "requetes": "requetes?",
        "prochaines_etapes": "prochaines? etapes?",
    }.items()
}


def read_lignes(texte: str) -> list[Point]:
    """One item a line, « intitulé » or « intitulé : texte »; empty lines are left out.

    The scenes of figures that its words call for illustrate it; the first item that calls for one has it.
    """
    points: list[Point] = []
    for ligne in (brute.strip() for brute in texte.splitlines()):
        lue = LIGNE.fullmatch(ligne)
        if lue:
            points.append({"intitule": lue["intitule"].strip(), "texte": lue["texte"].strip()})
        elif ligne:
            points.append({"intitule": ligne[:200], "texte": ligne if len(ligne) > 200 else ""})
    prises: set[str] = set()
    for point in points:
        dites = [c for c in list_scenes_dites(str(point["intitule"])) if c not in prises]
        prises.update(dites)
        point["scenes"] = dites
    return points


def list_scenes_dites(intitule: str) -> list[str]:
    """The scenes of figures that the words of an item's title call for, none when it names none."""
    nu = compute_forme_nue(intitule)
    return [cle for cle, mots in MOTS.items() if mots.search(nu)]


def compute_deplacement(elements: Sequence[T], rang: int, pas: int) -> list[T]:
    """The elements with the one at `rang` moved by `pas`; as they were when it would leave the list."""
    suite = list(elements)
    if 0 <= rang < len(suite) and 0 <= rang + pas < len(suite):
        suite.insert(rang + pas, suite.pop(rang))
    return suite


def compute_scenes_suivies(
    scenes: Sequence[SceneChoisie],
    avant: Sequence[PointSeance],
    apres: Iterable[tuple[int | None, PointSeance]],
    *,
    region_invitee: bool,
) -> tuple[SceneChoisie, ...]:
    """The deck after its agenda changed. `apres`: (rank that the item had, None for a new one; the item).

    A deck that nobody arranged is proposed anew. One that was arranged keeps its order: items that are gone leave it, those
    that stay take their new number and words, new ones and their scenes come last but for the next steps.
    """
    nouveaux = list(apres)
    if tuple(scenes) == propose_scenes(tuple(avant), region_invitee=region_invitee):
        return propose_scenes([point for _rang, point in nouveaux], region_invitee=region_invitee)
    places = {rang + 1: numero for numero, (rang, _point) in enumerate(nouveaux, 1) if rang is not None}
    suite: list[SceneChoisie] = []
    for scene in scenes:
        ancien = scene.options.get("numero") if scene.cle == "point" else None
        if not isinstance(ancien, int):
            suite.append(scene)
        elif ancien in places:
            suite.append(_follow(scene, places[ancien], avant[ancien - 1], nouveaux[places[ancien] - 1][1]))
    la = {scene.cle for scene in suite}
    ajouts = [
        piece
        for numero, (rang, point) in enumerate(nouveaux, 1)
        for piece in (*([_make_point(numero, point)] if rang is None else []),
                      *(SceneChoisie(c) for c in point.scenes if c not in la and not _was_asked(avant, rang, c)))
    ]  # fmt: skip
    fin = len(suite) - 1 if suite and suite[-1].cle == "prochaines_etapes" else len(suite)
    return (*suite[:fin], *ajouts, *suite[fin:])


def _was_asked(avant: Sequence[PointSeance], rang: int | None, cle: str) -> bool:
    """A scene of figures that the item already called for, and that was since taken away by hand, does not come back."""
    return rang is not None and cle in avant[rang].scenes


def _make_point(numero: int, point: PointSeance) -> SceneChoisie:
    return SceneChoisie("point", point.intitule, {"texte": point.texte, "numero": numero})


def _follow(scene: SceneChoisie, numero: int, avant: PointSeance, apres: PointSeance) -> SceneChoisie:
    """The item's scene with its new number; a title or text of its own, different from the agenda's, stays."""
    options = {**scene.options, "numero": numero}
    if scene.options.get("texte") == avant.texte:
        options["texte"] = apres.texte
    return SceneChoisie("point", apres.intitule if scene.titre == avant.intitule else scene.titre, options)
