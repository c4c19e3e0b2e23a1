"""A séance: the scenes that its deck is made of, their order, its life, the hash of what it froze, long texts cut in slides.

A séance is prepared, then frozen: its figures are stored with a hash and never rewritten; decisions, presence and key points
go on being noted, since they are what the meeting itself brings. The order of the scenes is kept with the séance and does
not touch the hash. Source: issue « la séance », règles de calcul 2.7 (knowledge is frozen in a séance) and 7 (naming
organisations is an explicit choice).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from ccm_data.domain.vocabulaire import EtatSeance
from ccm_data.errors import TransitionInterdite, ValeurInvalide

# Kinds of scenes made of the frozen figures, in the order in which they are proposed.
SCENES_CHIFFREES: Final = (
    "suites", "changements", "synthese", "axes", "budget", "indicateurs", "carte", "region", "lacunes", "rapprochements",
    "requetes", "prochaines_etapes",
)  # fmt: skip
# Kinds that the SP/CCM adds: an agenda item, free text, a picture, a chosen chart.
SCENES_LIBRES: Final = ("point", "texte", "image", "graphique")
GRAPHIQUES: Final = ("statuts", "budget_axes", "budget_annees", "avancement_axes", "regions", "indicateur")
SCENES_MAX: Final = 60
TEXTE_MAX: Final = 20_000
# What one slide holds of running text: at 18 points on 16:9, with room to spare.
SIGNES_PAR_PAGE: Final = 900
TRANSITIONS: Final[dict[tuple[EtatSeance, str], EtatSeance]] = {
    (EtatSeance.PREPAREE, "preparer"): EtatSeance.PREPAREE,
    (EtatSeance.PREPAREE, "figer"): EtatSeance.FIGEE,
    (EtatSeance.PREPAREE, "annuler"): EtatSeance.ANNULEE,
    (EtatSeance.PREPAREE, "ordonner"): EtatSeance.PREPAREE,
    (EtatSeance.FIGEE, "ordonner"): EtatSeance.FIGEE,
    (EtatSeance.FIGEE, "noter"): EtatSeance.FIGEE,
    (EtatSeance.FIGEE, "verser"): EtatSeance.FIGEE,
}


@dataclass(frozen=True)
class SceneChoisie:
    """A scene as it is kept with the séance. `options`: texte, image_id, graphique, indicateur, nommer, decision."""

    cle: str
    titre: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return {"cle": self.cle, "titre": self.titre, "options": dict(self.options)}


@dataclass(frozen=True)
class ImageNettoyee:
    """A picture cleaned of what is no picture and reduced to what a projector shows: its bytes, kind and size in pixels."""

    octets: bytes
    type_mime: str
    largeur: int
    hauteur: int


@dataclass(frozen=True)
class PointSeance:
    """An item of the agenda: its title, what is to be said, the scenes of figures that illustrate it."""

    intitule: str
    texte: str = ""
    scenes: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return {"intitule": self.intitule, "texte": self.texte, "scenes": list(self.scenes)}


def check_etape(etat: EtatSeance, action: str) -> EtatSeance:
    """The state after `action`. Raises TransitionInterdite."""
    if (etat, action) not in TRANSITIONS:
        raise TransitionInterdite("seance_etat", etat=str(etat), action=action)
    return TRANSITIONS[(etat, action)]


def read_scenes(brut: Iterable[Mapping[str, Any]]) -> tuple[SceneChoisie, ...]:
    """Scenes as kept or as sent by the screen. Raises ValeurInvalide (scene_inconnue, trop_de_scenes, texte_trop_long)."""
    scenes = tuple(
        SceneChoisie(str(x.get("cle")), str(x.get("titre") or "").strip()[:200], dict(x.get("options") or {}))
        for x in brut
    )
    if len(scenes) > SCENES_MAX:
        raise ValeurInvalide("trop_de_scenes", champ="scenes", valeur=len(scenes), attendu=f"≤ {SCENES_MAX}")
    for scene in scenes:
        if scene.cle not in (*SCENES_CHIFFREES, *SCENES_LIBRES):
            raise ValeurInvalide(
                "scene_inconnue", champ="scenes", valeur=scene.cle, attendu=", ".join(SCENES_CHIFFREES)
            )
        graphique = scene.options.get("graphique")
        if scene.cle == "graphique" and graphique not in GRAPHIQUES:
            raise ValeurInvalide("scene_inconnue", champ="graphique", valeur=graphique, attendu=", ".join(GRAPHIQUES))
        texte = str(scene.options.get("texte") or "")
        if len(texte) > TEXTE_MAX:
            raise ValeurInvalide("texte_trop_long", champ="texte", valeur=len(texte), attendu=f"≤ {TEXTE_MAX}")
    return scenes


def read_ordre_du_jour(brut: Iterable[Mapping[str, Any]]) -> tuple[PointSeance, ...]:
    """The agenda as kept or as sent, empty items left out. Raises ValeurInvalide (scene_inconnue, texte_trop_long)."""
    points = []
    for x in brut:
        intitule, texte = str(x.get("intitule") or "").strip(), str(x.get("texte") or "").strip()
        if not intitule and not texte:
            continue
        if len(intitule) + len(texte) > TEXTE_MAX:
            raise ValeurInvalide("texte_trop_long", champ="ordre_du_jour", valeur=len(texte), attendu=f"≤ {TEXTE_MAX}")
        scenes = tuple(str(c) for c in x.get("scenes") or ())
        inconnue = next((c for c in scenes if c not in SCENES_CHIFFREES), None)
        if inconnue is not None:
            raise ValeurInvalide("scene_inconnue", champ="scenes", valeur=inconnue, attendu=", ".join(SCENES_CHIFFREES))
        points.append(PointSeance(intitule or texte[:80], texte, scenes))
    return tuple(points)


def propose_scenes(ordre_du_jour: Sequence[PointSeance], *, region_invitee: bool) -> tuple[SceneChoisie, ...]:
    """The deck that an agenda asks for: each item with its scenes of figures, then next steps.

    The invited region has its scene. An agenda that is empty, or that calls for no figure, gives the whole standard deck
    after its items.
    """
    scenes: list[SceneChoisie] = []
    for rang, point in enumerate(ordre_du_jour, 1):
        scenes.append(SceneChoisie("point", point.intitule, {"texte": point.texte, "numero": rang}))
        scenes += [SceneChoisie(cle) for cle in point.scenes]
    if not any(point.scenes for point in ordre_du_jour):
        chiffrees = [c for c in SCENES_CHIFFREES if c != "prochaines_etapes" and (region_invitee or c != "region")]
        scenes = [SceneChoisie("suites"), *scenes, *(SceneChoisie(c) for c in chiffrees if c != "suites")]
    elif region_invitee and not any(s.cle == "region" for s in scenes):
        scenes.append(SceneChoisie("region"))  # who is invited speaks, whatever the agenda says
    if not any(s.cle == "prochaines_etapes" for s in scenes):
        scenes.append(SceneChoisie("prochaines_etapes"))
    return tuple(scenes)


def compute_empreinte(contenu: Mapping[str, Any]) -> str:
    """SHA-256 of the frozen content, in a form that does not depend on the order of keys."""
    return hashlib.sha256(
        json.dumps(contenu, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    ).hexdigest()


def split_texte(texte: str, signes: int = SIGNES_PAR_PAGE) -> tuple[tuple[str, ...], ...]:
    """A long text as pages of paragraphs: cut between paragraphs, else between sentences, else between words.

    A word longer than a page is cut. Nothing is lost: the pages joined hold every word, in order.
    """
    pages: list[list[str]] = [[]]
    place = signes
    for paragraphe in (p.strip() for p in texte.splitlines()):
        for morceau in _cut(paragraphe, signes):
            if len(morceau) > place and pages[-1]:
                pages.append([])
                place = signes
            pages[-1].append(morceau)
            place -= len(morceau)
    return tuple(tuple(page) for page in pages if page) or ((),)


def _cut(paragraphe: str, signes: int) -> list[str]:
    """A paragraph as pieces that fit a page each."""
    if len(paragraphe) <= signes:
        return [paragraphe] if paragraphe else []
    morceaux: list[str] = []
    courant = ""
    for phrase in re.split(r"(?<=[.!?…;])\s+|\s+", paragraphe):
        mots = [phrase[i : i + signes] for i in range(0, len(phrase), signes)]
        for mot in mots:
            if courant and len(courant) + 1 + len(mot) > signes:
                morceaux.append(courant)
                courant = mot
            else:
                courant = f"{courant} {mot}".strip()
    return [*morceaux, courant] if courant else morceaux
