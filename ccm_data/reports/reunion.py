"""Slides that go on one from the other, together again: paper holds more than a slide. Numbers stay those of the projection."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from ccm_data.phrases.rendus import say_page
from ccm_data.reports.scenes import Bloc, Deck, Scene, Tableau, Texte, Ton

INTERVALLE: Final = "–"


@dataclass(frozen=True)
class Groupe:
    """A scene with all its continuations: the numbers of its first and last slides in the deck."""

    premiere: int
    derniere: int
    scene: Scene

    def say_place(self, total: int) -> str:
        """« 4 / 12 », « 4–6 / 12 »."""
        place = say_page(self.premiere, total)
        return (
            place.replace(str(self.premiere), f"{self.premiere}{INTERVALLE}{self.derniere}", 1)
            if self.suivie
            else place
        )

    @property
    def suivie(self) -> bool:
        """Does it stand on several slides?"""
        return self.derniere > self.premiere


def list_groupes(deck: Deck) -> Iterator[Groupe]:
    """The scenes in order, each with what continues it (same kind and title)."""
    courant: Groupe | None = None
    for numero, scene in enumerate(deck.scenes, 1):
        if courant is not None and scene.suite and _is_suite(courant.scene, scene):
            courant = Groupe(courant.premiere, numero, _join(courant.scene, scene))
            continue
        if courant is not None:
            yield courant
        courant = Groupe(numero, numero, scene)
    if courant is not None:
        yield courant


def _is_suite(avant: Scene, apres: Scene) -> bool:
    return (avant.cle, avant.titre) == (apres.cle, apres.titre)


def _join(avant: Scene, apres: Scene) -> Scene:
    blocs = avant.blocs
    for bloc in apres.blocs:
        reuni = _join_blocs(blocs[-1], bloc) if blocs else None
        blocs = (*blocs[:-1], reuni) if reuni is not None else (*blocs, bloc)
    demandes = dict.fromkeys(d for d in (avant.decision, apres.decision) if d)
    return replace(avant, blocs=blocs, decision="\n".join(demandes))


def _join_blocs(avant: Bloc, apres: Bloc) -> Bloc | None:
    """One table or one text of two that follow each other; None: they are not of a piece."""
    if isinstance(avant, Texte) and isinstance(apres, Texte):
        return Texte((*avant.paragraphes, *apres.paragraphes))
    if not (isinstance(avant, Tableau) and isinstance(apres, Tableau)):
        return None
    if (avant.titre, avant.colonnes) != (apres.titre, apres.colonnes):
        return None
    tons = (*_fill(avant), *_fill(apres)) if avant.tons or apres.tons else ()
    return replace(avant, lignes=(*avant.lignes, *apres.lignes), bruts=(*avant.bruts, *apres.bruts), tons=tons)


def _fill(bloc: Tableau) -> tuple[Ton | None, ...]:
    return (*bloc.tons, *(None,) * (len(bloc.lignes) - len(bloc.tons)))
