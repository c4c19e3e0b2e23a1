"""What every kind of scene shares: its title, what it asks, its source line, a long text over several slides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ccm_data.domain.seances import SceneChoisie, split_texte
from ccm_data.reports.scenes import Bloc, Scene, Texte
from ccm_data.textes import _
from ccm_data.typographie import say_ponctuation

Contenu = Mapping[str, Any]


def write_source(contenu: Contenu, *phrases: str) -> str:
    """The line under the figures: the date of the facts, what else is to be known, the demonstration."""
    seance = contenu["seance"]
    dites = [_("Données arrêtées au {d}").format(d=seance["arrete_texte"]), *phrases]
    if seance["demonstration"]:
        dites.append(_("Démonstration : chiffres de suivi inventés"))
    return say_ponctuation(" · ".join(dites))


def read_decision(scene: SceneChoisie) -> str:
    """What the scene asks of the meeting."""
    return str(scene.options.get("decision") or "").strip()


def choose_titre(scene: SceneChoisie, defaut: str) -> str:
    """The SP/CCM's own title, or the message that the figures give."""
    return scene.titre or defaut


def make_pages(
    cle: str, titre: str, texte: str, contenu: Contenu, scene: SceneChoisie, suite: tuple[Bloc, ...] = ()
) -> list[Scene]:
    """A text over as many slides as it needs; blocks of `suite` and the decision stand on the last one."""
    pages = split_texte(texte)
    return [
        Scene(cle, titre, "", ((Texte(page),) if page else ()) + (suite if rang == len(pages) - 1 else ()),
              read_decision(scene) if rang == len(pages) - 1 else "", write_source(contenu), suite=bool(rang))
        for rang, page in enumerate(pages)
    ]  # fmt: skip
