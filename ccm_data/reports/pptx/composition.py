"""A scene → one slide or more: its texts cut to what fits, its blocks in rows, each with its zone.

Key figures make a row of their own; a figure (map, bars, picture) may share its row with what stands well beside it. What
does not fit goes on overleaf under the same title, « suite ». The decision asked for comes last, at the foot of the last slide.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from ccm_data.phrases.rendus import say_region, say_source, say_suite
from ccm_data.reports.mesure import LIGNE, cut_lignes, list_lignes
from ccm_data.reports.pptx import page as tailles
from ccm_data.reports.pptx.mesures import compute_besoin, is_figure, list_hors_carte, share_libre, split_bloc
from ccm_data.reports.pptx.page import ECART, Cadre, Decision, Dessinable, Morceau, Page, Zone
from ccm_data.reports.scenes import Barres, Carte, Chiffres, Scene, Tableau, Texte

# A pair shares a row when each keeps this much width: a table of five columns does not.
PAIRE_MIN: Final = 300.0
COUPLE_ECART: Final = 28.0
CHIFFRES_PAR_RANG: Final = 4
COUPE_MIN: Final = (
    0.3  # of a page: a block that would fit whole overleaf is not cut for less; a chart or a decision never is
)


@dataclass(frozen=True)
class Rang:
    """One block, or two side by side, and the heights they want."""

    blocs: tuple[Dessinable, ...]
    moindre: float
    ideal: float


def compose_scene(scene: Scene, cadre: Cadre) -> list[Page]:
    """The slides of a scene; never none. A heading too long for its place is said whole before the blocks, a source after."""
    premiere, avant, apres = _make_page(scene, cadre, suite=scene.suite)
    suivante, _avant, _apres = _make_page(replace(scene, sous_titre=""), cadre, suite=True)
    blocs: list[Dessinable] = [*_make_texte(avant), *_list_blocs(scene), *_make_texte(apres)]
    rangs = _list_rangs([*blocs, *_make_decision(scene)], cadre)
    haut, haut_suite = (_compute_corps(p, cadre) for p in (premiere, suivante))
    pages = _paginate(rangs, cadre, haut.hauteur, haut_suite.hauteur)
    return [
        replace(premiere if n == 0 else suivante, morceaux=_place(siens, cadre, haut if n == 0 else haut_suite))
        for n, siens in enumerate(pages)
    ]


def _make_texte(paragraphes: list[str]) -> list[Dessinable]:
    return [Texte(tuple(paragraphes))] if paragraphes else []


def _make_decision(scene: Scene) -> list[Dessinable]:
    paragraphes = tuple(p for p in scene.decision.split("\n") if p.strip())
    return [Decision(paragraphes)] if paragraphes else []


def _list_blocs(scene: Scene) -> list[Dessinable]:
    blocs: list[Dessinable] = []
    for bloc in scene.blocs:
        if isinstance(bloc, Chiffres):
            parts = range(0, len(bloc.chiffres), CHIFFRES_PAR_RANG)
            blocs += [Chiffres(bloc.chiffres[n : n + CHIFFRES_PAR_RANG]) for n in parts]
        elif isinstance(bloc, Carte):
            blocs += [bloc, *_make_valeurs(bloc)]
        elif not (isinstance(bloc, Texte) and not any(bloc.paragraphes)):
            blocs.append(bloc)
    return blocs


def _make_valeurs(carte: Carte) -> list[Dessinable]:
    """What the map's labels cannot hold, as a table."""
    dites = list_hors_carte(carte)
    lignes = tuple((r.nom, r.texte) for r in dites)
    return [Tableau("", (say_region(), carte.titre), lignes, largeurs=(1, 2.4))] if dites else []


def _make_page(scene: Scene, cadre: Cadre, *, suite: bool) -> tuple[Page, list[str], list[str]]:
    """The head and foot of a slide without its blocks; what does not stand there whole, to say before and after them."""
    avant: list[str] = []
    apres: list[str] = []
    zone = cadre.titre
    titre, corps, trop = _fit_titre(scene.titre, zone, cadre.sien, suite=suite)
    if trop:
        avant.append(scene.titre)
    hauteur = zone.hauteur if cadre.sien else len(list_lignes(titre, corps, zone.largeur, True)) * corps * LIGNE
    zone = replace(zone, hauteur=hauteur)
    sous_titre, trop_sous = cut_lignes(scene.sous_titre, tailles.SOUS_TITRE_LIGNES, tailles.SOUS_TITRE, cadre.utile)
    if trop_sous:
        sous_titre = f"{sous_titre[:-1]}…"
        avant.append(scene.sous_titre)
    haut_sous = len(list_lignes(sous_titre, tailles.SOUS_TITRE, cadre.utile)) * tailles.SOUS_TITRE * LIGNE
    zone_sous = Zone(cadre.gauche, zone.y + zone.hauteur + 4, cadre.utile, haut_sous if sous_titre else 0)
    source, trop_source = cut_lignes(scene.source, tailles.SOURCE_LIGNES, tailles.SOURCE, cadre.utile)
    if trop_source:
        source = f"{source[:-1]}…"
        apres.append(say_source(scene.source))
    haut_source = len(list_lignes(source, tailles.SOURCE, cadre.utile)) * tailles.SOURCE * LIGNE if source else 0
    zone_source = Zone(cadre.gauche, cadre.bas - haut_source - 2, cadre.utile, haut_source)
    return Page(scene, titre, corps, zone, sous_titre, zone_sous, source, zone_source), avant, apres


def _fit_titre(titre: str, zone: Zone, sien: bool, *, suite: bool) -> tuple[str, float, bool]:
    """(text, size, cut?): as few lines as the smallest size gives; one line takes the largest size that keeps it."""
    petit = min(tailles.TITRE)
    texte = say_suite(titre) if suite else titre
    place = min(int(zone.hauteur / (petit * LIGNE)), tailles.TITRE_LIGNES) if sien else tailles.TITRE_LIGNES
    lignes = len(list_lignes(texte, petit, zone.largeur, True))
    if lignes > max(1, place):
        debut, _fin = cut_lignes(titre, max(1, place), petit, zone.largeur - petit, True)
        if suite:
            debut = debut[: -len(say_suite(""))]
        return say_suite(f"{debut.rstrip()}…") if suite else f"{debut.rstrip()}…", petit, True
    for corps in tailles.TITRE if lignes == 1 else ():  # several lines are already tall
        tient = not sien or lignes * corps * LIGNE <= zone.hauteur
        if tient and len(list_lignes(texte, corps, zone.largeur, True)) == lignes:
            return texte, corps, False
    return texte, petit, False


def _compute_corps(page: Page, cadre: Cadre) -> Zone:
    """What is left for the blocks."""
    haut = page.zone_sous_titre.y + page.zone_sous_titre.hauteur + (14 if page.sous_titre else 10)
    bas = page.zone_source.y - (8 if page.source else 2)
    return Zone(cadre.gauche, haut, cadre.utile, bas - haut)


def _list_rangs(blocs: list[Dessinable], cadre: Cadre) -> list[Rang]:
    rangs: list[Rang] = []
    file = deque(blocs)
    while file:
        bloc = file.popleft()
        couple = _pair(bloc, file[0], cadre) if file else None
        if couple is not None:
            file.popleft()
            rangs.append(couple)
        else:
            rangs.append(Rang((bloc,), *compute_besoin(bloc, cadre.utile)))
    return rangs


def _pair(gauche: Dessinable, droite: Dessinable, cadre: Cadre) -> Rang | None:
    """The two in one row, when one is a figure and both keep their needs in half a slide."""
    if isinstance(gauche, (Chiffres, Decision)) or isinstance(droite, (Chiffres, Decision)):
        return None
    if not (is_figure(gauche) or is_figure(droite)):
        return None
    largeurs = _share((gauche, droite), cadre.utile)
    if min(largeurs) < PAIRE_MIN:
        return None
    besoins = [compute_besoin(b, w) for b, w in zip((gauche, droite), largeurs, strict=True)]
    seuls = [compute_besoin(b, cadre.utile)[0] for b in (gauche, droite)]
    moindre = max(b[0] for b in besoins)
    # a table or a text squeezed to twice its height reads better alone
    if moindre > 0.62 * cadre.hauteur or any(b[0] > 2.2 * s for b, s in zip(besoins, seuls, strict=True)):
        return None
    return Rang((gauche, droite), moindre, max(b[1] for b in besoins))


def _share(blocs: tuple[Dessinable, ...], largeur: float) -> list[float]:
    if len(blocs) == 1:
        return [largeur]
    libre = largeur - COUPLE_ECART
    part = 0.56 if isinstance(blocs[0], Carte) else 0.44 if isinstance(blocs[1], Carte) else 0.5
    return [libre * part, libre * (1 - part)]


def _paginate(rangs: list[Rang], cadre: Cadre, premiere: float, suivante: float) -> list[list[Rang]]:
    pages: list[list[Rang]] = [[]]
    reste, file = premiere, deque(rangs)

    def turn() -> float:
        pages.append([])
        return suivante

    while file:
        rang = file.popleft()
        if rang.moindre <= reste:
            pages[-1].append(rang)
            reste -= rang.moindre + ECART
            continue
        entier = isinstance(rang.blocs[0], (Barres, Decision)) or reste < COUPE_MIN * suivante
        if pages[-1] and ((rang.moindre <= suivante and entier) or len(rang.blocs) > 1):
            reste = turn()
            file.appendleft(rang)
            continue
        debut, fin = split_bloc(rang.blocs[0], cadre.utile, reste) if len(rang.blocs) == 1 else (None, None)
        if debut is not None:
            pages[-1].append(_make_part(debut, cadre))
            if fin is not None:
                reste = turn()
                file.appendleft(_make_part(fin, cadre))
        elif pages[-1]:
            reste = turn()
            file.appendleft(rang)
        elif len(rang.blocs) > 1:
            file.extendleft(Rang((b,), *compute_besoin(b, cadre.utile)) for b in reversed(rang.blocs))
        else:  # alone and still too tall (a map on a low slide): it takes what there is
            pages[-1].append(replace(rang, moindre=reste, ideal=reste))
            reste = 0.0
    return pages


def _make_part(bloc: Dessinable, cadre: Cadre) -> Rang:
    """A part of a block: a table keeps one size of letters from page to page."""
    moindre, ideal = compute_besoin(bloc, cadre.utile)
    return Rang((bloc,), moindre, moindre if isinstance(bloc, Tableau) else ideal)


def _place(rangs: list[Rang], cadre: Cadre, corps: Zone) -> tuple[Morceau, ...]:
    """Each row its height: the least, then what is left shared among those who can use it."""
    hauteurs = [r.moindre for r in rangs]
    libre = corps.hauteur - sum(hauteurs) - ECART * max(0, len(rangs) - 1)
    donnes = share_libre(libre, [max(0.0, r.ideal - r.moindre) for r in rangs])
    hauteurs = [h + d for h, d in zip(hauteurs, donnes, strict=True)]
    morceaux: list[Morceau] = []
    y = corps.y
    for rang, hauteur in zip(rangs, hauteurs, strict=True):
        if isinstance(rang.blocs[0], Decision):
            y = max(y, corps.y + corps.hauteur - hauteur)  # at the foot
        x = corps.x
        for bloc, largeur in zip(rang.blocs, _share(rang.blocs, cadre.utile), strict=True):
            morceaux.append(Morceau(bloc, Zone(x, y, largeur, hauteur)))
            x += largeur + COUPLE_ECART
        y += hauteur + ECART
    _check_suite(morceaux)
    return tuple(morceaux)


def _check_suite(morceaux: list[Morceau]) -> None:
    """Two blocks never stand on one another."""
    for avant, apres in pairwise(morceaux):
        a, b = avant.zone, apres.zone
        if a.y + a.hauteur > b.y + 0.6 and a.x + a.largeur > b.x + 0.6 and b.x + b.largeur > a.x + 0.6:
            raise ValueError(f"blocks overlap: {a} {b}")
