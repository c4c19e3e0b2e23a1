"""The room that each block needs on a slide, and how one that is too tall is cut in two.

`compute_besoin` gives (least, best) heights; `split_bloc` what stands in a given height and what goes on overleaf. Nothing
is ever lost by a cut: texts are cut between words, tables between rows (a giant row between lines), charts between
categories.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ccm_data.reports.carte import read_fond
from ccm_data.reports.mesure import LIGNE, MOT, compute_largeur, cut_lignes, list_lignes
from ccm_data.reports.pptx.page import DETAIL, INTITULE, TABLEAU, TEXTE, Decision, Dessinable, compute_texte
from ccm_data.reports.scenes import Barres, Bloc, Carte, Chiffres, Image, Liste, RegionValeur, Tableau, Texte

INTITULE_LIGNES, TETE_LIGNES = 3, 3
MOT_MAX: Final = 150.0  # a longer word may be cut
TABLEAUX: Final = (18.0, 16.0, TABLEAU)  # sizes of a table: the largest that fits, when it is whole
CARTE_MIN, IMAGE_MIN, COLONNES_MIN = 290.0, 200.0, 220.0
LIBELLES: Final = (18.0, 16.0, 14.0)
CHIFFRES_ECART, CHIFFRE_X, BASE_LIGNES = 12.0, 12.0, 3
CELLULE_X, CELLULE_Y = 9.0, 4.0  # margins within a cell
DECISION_X, DECISION_Y = 16.0, 10.0
LABEL_HAUT: Final = INTITULE * LIGNE + 6  # « Décision demandée »
BARRE_MIN: Final = 16.0  # thickness below which the figure of a bar meets its neighbour's
NOM: Final = 15.0  # size of the categories' names
NOMS_PART: Final = 0.36  # of the width that names may take
PUCE: Final = 20.0  # indent of a list's points
POINT_ECART: Final = 7.0
LIGNES_ENSEMBLE: Final = 2  # rows of a table that are worth a page's end
ETIQUETTE_CARTE: Final = 14.0  # size of a region's label
ETIQUETTE_LARGE: Final = 122.0  # width beyond which a value is too long for it
SANS_FIN: Final = 10_000.0


def compute_besoin(bloc: Dessinable, largeur: float) -> tuple[float, float]:
    """(least, best) height in points for this width; the least of what can be cut is its whole."""
    if isinstance(bloc, Chiffres):
        haut = compute_chiffres(bloc, largeur)
        return haut, haut
    if isinstance(bloc, Barres):
        return _compute_barres(bloc, largeur)
    if isinstance(bloc, Tableau):
        return compute_tableau(bloc, largeur), max(compute_tableau(bloc, largeur, c) for c in TABLEAUX)
    if isinstance(bloc, Carte):
        return CARTE_MIN, SANS_FIN
    if isinstance(bloc, Image):
        ideal = largeur * bloc.hauteur / max(bloc.largeur, 1)
        return min(IMAGE_MIN, ideal), ideal
    if isinstance(bloc, Liste):
        entier = compute_intitule(bloc.titre, largeur) + sum(_compute_point(p, largeur) for p in bloc.points)
    elif isinstance(bloc, Texte):
        entier = compute_texte(bloc.paragraphes, TEXTE, largeur)
    else:
        entier = 2 * DECISION_Y + LABEL_HAUT + compute_texte(bloc.paragraphes, TEXTE, largeur - 2 * DECISION_X)
    return entier, entier


def split_bloc(bloc: Dessinable, largeur: float, hauteur: float) -> tuple[Dessinable | None, Dessinable | None]:
    """(what stands in this height, what is left); None first when nothing does, None last when all does."""
    if compute_besoin(bloc, largeur)[0] <= hauteur:
        return bloc, None
    if isinstance(bloc, Barres):
        return _split_barres(bloc, largeur, hauteur)
    if isinstance(bloc, Tableau):
        return _split_tableau(bloc, largeur, hauteur)
    if isinstance(bloc, Liste):
        return _split_liste(bloc, largeur, hauteur)
    if isinstance(bloc, Texte):
        debut, fin = split_paragraphes(bloc.paragraphes, TEXTE, largeur, hauteur)
        return (Texte(debut) if debut else None), (Texte(fin) if fin else None)
    if isinstance(bloc, Decision):
        dedans = hauteur - 2 * DECISION_Y - LABEL_HAUT
        debut, fin = split_paragraphes(bloc.paragraphes, TEXTE, largeur - 2 * DECISION_X, dedans)
        return (Decision(debut) if debut else None), (Decision(fin) if fin else None)
    return None, bloc


def split_paragraphes(
    paragraphes: tuple[str, ...], corps: float, largeur: float, hauteur: float
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Whole paragraphs first, then the lines of the next one that still fit (two at least)."""
    pris: list[str] = []
    for rang, paragraphe in enumerate(paragraphes):
        if compute_texte((*pris, paragraphe), corps, largeur) <= hauteur:
            pris.append(paragraphe)
            continue
        reste = hauteur - (compute_texte((*pris, ""), corps, largeur) - corps * LIGNE)
        lignes = int(reste / (corps * LIGNE))
        if lignes < (2 if pris else 1):
            return tuple(pris), paragraphes[rang:]
        debut, fin = cut_lignes(paragraphe, lignes, corps, largeur)
        return (*pris, debut), (*((fin,) if fin else ()), *paragraphes[rang + 1 :])
    return tuple(pris), ()


def compute_chiffres(bloc: Chiffres, largeur: float) -> float:
    """Label, figure, bar, base: the tallest of the row."""
    n = max(1, len(bloc.chiffres))
    large = (largeur - CHIFFRES_ECART * (n - 1)) / n - 2 * CHIFFRE_X
    jauge = any(c.ratio is not None or c.ton == "non_renseigne" for c in bloc.chiffres)
    lignes = max((len(list_lignes(c.base, 14, large)) if c.base else 0 for c in bloc.chiffres), default=0)
    _corps, libelle = compute_libelles(bloc, large)
    return 64.0 + libelle + (24 if jauge else 0) + min(lignes, BASE_LIGNES) * 14 * LIGNE + 6


def compute_libelles(bloc: Chiffres, largeur: float) -> tuple[float, float]:
    """(size, height) of the labels of key figures, the same for all: one line if it can be, two at the smallest."""
    libelles = [c.libelle for c in bloc.chiffres]
    for corps in LIBELLES:
        if all(compute_largeur(t, corps, True) <= largeur for t in libelles):
            return corps, 24.0
    petit = LIBELLES[-1]
    lignes = max((len(list_lignes(t, petit, largeur, True)) for t in libelles), default=1)
    return petit, min(lignes, BASE_LIGNES) * petit * LIGNE + 4


def compute_intitule(titre: str, largeur: float) -> float:
    """Height of a block's title; of three lines at most."""
    if not titre.strip():
        return 0.0
    return min(len(list_lignes(titre, INTITULE, largeur, True)), INTITULE_LIGNES) * INTITULE * LIGNE + 6


def say_intitule(barres: Barres) -> tuple[str, str]:
    """(title, unit) as they stand above a chart: the unit alone when there is no title."""
    if not barres.titre:
        return barres.unite, ""
    return barres.titre, f" ({barres.unite})" if barres.unite else ""


# --- bars


def compute_bande(barres: Barres, largeur: float, *, ideal: bool = False) -> float:
    """Height of a category of horizontal bars: its bars, its name, its status. Nested bars may share one line."""
    groupees = barres.forme == "cote" or (ideal and barres.forme == "emboitees")
    barre = BARRE_MIN * len(barres.series) + 8 if groupees and len(barres.series) > 1 else 15.0
    noms = max((len(list_lignes(c, NOM, NOMS_PART * largeur - 14)) for c in barres.categories), default=1)
    restes = 0
    if barres.forme == "empilees":
        restes = max((len(list_lignes(s, 14, 0.3 * largeur)) for s in _list_restes(barres)), default=1)
    besoin = max(barre + 5, noms * NOM * LIGNE + 1, restes * 14 * LIGNE + 6)
    return max(besoin * 1.6, 62.0 if len(barres.categories) > 3 else 100.0) if ideal else besoin


def _list_restes(barres: Barres) -> list[str]:
    """The longest words that may stand beside a stacked bar."""
    return [
        " · ".join(f"{s.nom} : {s.textes[rang]}" for s in barres.series if s.valeurs[rang] is None)
        for rang in range(len(barres.categories))
    ]


def compute_tete(barres: Barres, largeur: float) -> float:
    """Height of the title and the legend of a chart."""
    legende = 26.0 if len(barres.series) > 1 or barres.attendus else 0.0
    return compute_intitule("".join(say_intitule(barres)), largeur) + legende


def _compute_barres(barres: Barres, largeur: float) -> tuple[float, float]:
    tete = compute_tete(barres, largeur)
    if is_verticale(barres, largeur):
        return tete + COLONNES_MIN, SANS_FIN
    n = max(1, len(barres.categories))
    return tete + compute_bande(barres, largeur) * n, tete + compute_bande(barres, largeur, ideal=True) * n


def is_verticale(barres: Barres, largeur: float) -> bool:
    """Columns as asked, when names and figures fit without turning them; else they lie down."""
    n = len(barres.categories)
    if barres.horizontal or barres.statuts or not n:
        return False
    bande = largeur / n
    colonnes = 1 if barres.forme == "empilees" else len(barres.series)
    dits = [(t, v) for s in barres.series for t, v in zip(s.textes, s.valeurs, strict=True)]
    textes = max((compute_largeur(t, 15, True) for t, v in dits if v is not None), default=0)
    barre = bande / (colonnes + 0.6)
    muets_tiennent = all(len(list_lignes(t, 14, barre + 24)) <= 2 for t, v in dits if v is None)
    absents = any(v is None for s in barres.series for v in s.valeurs)
    noms_tiennent = all(len(list_lignes(c, 15, bande * 0.9)) <= 2 for c in barres.categories)
    return noms_tiennent and muets_tiennent and textes <= barre + 4 and not (absents and barres.forme == "empilees")


def _split_barres(barres: Barres, largeur: float, hauteur: float) -> tuple[Barres | None, Barres | None]:
    place = int((hauteur - compute_tete(barres, largeur)) // compute_bande(barres, largeur))
    if place < 1 or is_verticale(barres, largeur):
        return None, barres
    valeurs = [v for suite in (*(s.valeurs for s in barres.series), barres.attendus) for v in suite if v is not None]
    fixe = replace(barres, maximum=max([*valeurs, barres.maximum or 0]))  # one scale on every page
    return _slice_barres(fixe, 0, place), _slice_barres(fixe, place, len(barres.categories))


def _slice_barres(barres: Barres, debut: int, fin: int) -> Barres:
    return replace(
        barres,
        categories=barres.categories[debut:fin],
        series=tuple(replace(s, valeurs=s.valeurs[debut:fin], textes=s.textes[debut:fin]) for s in barres.series),
        attendus=barres.attendus[debut:fin],
        statuts=barres.statuts[debut:fin],
        tons=barres.tons[debut:fin],
    )


# --- tables


def compute_colonnes(tableau: Tableau, largeur: float, corps: float = TABLEAU) -> list[float]:
    """Widths in points: as the table says, else by what the columns hold; none narrower than its longest word."""
    n, marge = len(tableau.colonnes), 2 * CELLULE_X + 2
    colonnes = [(titre, *(ligne[rang] for ligne in tableau.lignes)) for rang, titre in enumerate(tableau.colonnes)]
    moindres = [min(_compute_mot(textes, corps), MOT_MAX) + marge for textes in colonnes]
    libre = largeur - sum(moindres)
    if libre <= 0:
        return [largeur * m / sum(moindres) for m in moindres]
    if len(tableau.largeurs) == n and sum(tableau.largeurs) > 0:
        voulues = [largeur * part / sum(tableau.largeurs) for part in tableau.largeurs]
        plus = [max(0.0, v - m) for v, m in zip(voulues, moindres, strict=True)]
        return [m + p * libre / (sum(plus) or 1) for m, p in zip(moindres, plus, strict=True)]
    ideaux = [max(compute_largeur(t, corps, rang == 0) for rang, t in enumerate(textes)) + marge for textes in colonnes]
    donnes = share_libre(libre, [max(0.0, i - m) for i, m in zip(ideaux, moindres, strict=True)])
    larges = [m + d for m, d in zip(moindres, donnes, strict=True)]
    return [x * largeur / sum(larges) for x in larges]


def _compute_mot(textes: tuple[str, ...], corps: float) -> float:
    """Width of the longest word of a column, whose first text is its heading."""
    mots = ((m, rang == 0) for rang, t in enumerate(textes) for m in MOT.findall(t))
    return max((compute_largeur(m.strip(), corps, gras) for m, gras in mots), default=0.0)


def compute_corps(tableau: Tableau, largeur: float, hauteur: float) -> float:
    """The largest size at which the rows stand in this height, no word being cut that the smallest would keep whole."""
    nu = replace(tableau, titre="")
    for corps in TABLEAUX[:-1]:
        colonnes = compute_colonnes(nu, largeur, corps)
        entiers = all(
            _compute_mot((titre, *(ligne[rang] for ligne in nu.lignes)), corps) <= colonnes[rang] - 2 * CELLULE_X
            for rang, titre in enumerate(nu.colonnes)
        )
        if entiers and compute_tableau(nu, largeur, corps) <= hauteur + 0.5:
            return corps
    return TABLEAUX[-1]


def share_libre(libre: float, envies: list[float]) -> list[float]:
    """What is free shared evenly, none beyond its wish: small wishes are met whole, the large ones wait."""
    donnes = [0.0] * len(envies)
    while libre > 0.5 and any(e > 0.5 for e in envies):
        part = libre / sum(e > 0.5 for e in envies)
        for rang, envie in enumerate(envies):
            pris = min(part, envie) if envie > 0.5 else 0.0
            donnes[rang] += pris
            envies[rang] -= pris
            libre -= pris
    return donnes


def compute_tetes(tableau: Tableau, colonnes: list[float], corps: float = TABLEAU) -> tuple[str, ...]:
    """The headings in three lines at most: one as tall as the slide would leave no room for a row."""
    coupes = [
        cut_lignes(titre, TETE_LIGNES, corps, colonne - 2 * CELLULE_X, True)
        for titre, colonne in zip(tableau.colonnes, colonnes, strict=True)
    ]
    return tuple(f"{debut[:-2]}…" if fin else debut for debut, fin in coupes)


def compute_rang(cellules: tuple[str, ...], colonnes: list[float], gras: bool = False, corps: float = TABLEAU) -> float:
    """Height of a row."""
    lignes = [
        len(list_lignes(texte, corps, colonne - 2 * CELLULE_X, gras))
        for texte, colonne in zip(cellules, colonnes, strict=True)
    ]
    return max(lignes, default=1) * corps * LIGNE + 2 * CELLULE_Y


def compute_tableau(tableau: Tableau, largeur: float, corps: float = TABLEAU) -> float:
    """Height of title, heading and rows (or of what is said when there is none)."""
    titre = compute_intitule(tableau.titre, largeur)
    if not tableau.lignes:
        return titre + 2 * 18 + compute_texte((tableau.vide or " ",), TEXTE, largeur - 40)
    colonnes = compute_colonnes(tableau, largeur, corps)
    rangs = sum(compute_rang(ligne, colonnes, False, corps) for ligne in tableau.lignes)
    return titre + compute_rang(compute_tetes(tableau, colonnes, corps), colonnes, True, corps) + rangs


def _split_tableau(tableau: Tableau, largeur: float, hauteur: float) -> tuple[Tableau | None, Tableau | None]:
    colonnes = compute_colonnes(tableau, largeur)
    fixe = replace(tableau, largeurs=tuple(colonnes))  # the same columns on every page
    reste = (
        hauteur
        - compute_intitule(tableau.titre, largeur)
        - compute_rang(compute_tetes(tableau, colonnes), colonnes, True)
    )
    pris = 0
    for ligne in tableau.lignes:
        haut = compute_rang(ligne, colonnes)
        if haut > reste:
            break
        reste -= haut
        pris += 1
    if pris >= min(LIGNES_ENSEMBLE, len(tableau.lignes) - 1) and pris:
        return _slice_tableau(fixe, 0, pris), _slice_tableau(fixe, pris, len(tableau.lignes))
    lignes = int((reste - 2 * CELLULE_Y) / (TABLEAU * LIGNE))
    if pris or lignes < 1:
        return None, tableau
    coupes = [
        cut_lignes(texte, lignes, TABLEAU, colonne - 2 * CELLULE_X)
        for texte, colonne in zip(tableau.lignes[0], colonnes, strict=True)
    ]
    debut = replace(_slice_tableau(fixe, 0, 1), lignes=(tuple(c[0] for c in coupes),))
    return debut, replace(fixe, lignes=(tuple(c[1] for c in coupes), *tableau.lignes[1:]))


def _slice_tableau(tableau: Tableau, debut: int, fin: int) -> Tableau:
    return replace(
        tableau,
        lignes=tableau.lignes[debut:fin],
        bruts=tableau.bruts[debut:fin],
        tons=tableau.tons[debut:fin],
    )


# --- lists


def _compute_point(point: tuple[str, str], largeur: float) -> float:
    texte, detail = point
    lignes = len(list_lignes(texte, TEXTE, largeur - PUCE, True)) * TEXTE
    details = len(list_lignes(detail, DETAIL, largeur - PUCE)) * DETAIL if detail else 0
    return (lignes + details) * LIGNE + POINT_ECART


def _split_liste(liste: Liste, largeur: float, hauteur: float) -> tuple[Liste | None, Liste | None]:
    reste = hauteur - compute_intitule(liste.titre, largeur)
    pris = 0
    for point in liste.points:
        haut = _compute_point(point, largeur)
        if haut > reste:
            break
        reste -= haut
        pris += 1
    if pris:
        return replace(liste, points=liste.points[:pris]), replace(liste, points=liste.points[pris:])
    return _split_point(liste, largeur, reste - POINT_ECART)


def _split_point(liste: Liste, largeur: float, reste: float) -> tuple[Liste | None, Liste | None]:
    """The first point is taller than the room: its text is cut between lines, then its detail."""
    (texte, detail), *suivants = liste.points
    lignes = int(reste / (TEXTE * LIGNE))
    if lignes < 3:
        return None, liste
    debut, fin = cut_lignes(texte, lignes, TEXTE, largeur - PUCE, True)
    if fin:
        return replace(liste, points=((debut, ""),)), replace(liste, points=((fin, detail), *suivants))
    dits = len(list_lignes(texte, TEXTE, largeur - PUCE, True)) * TEXTE * LIGNE
    place = int((reste - dits) / (DETAIL * LIGNE))
    if place < 1:
        return replace(liste, points=((texte, ""),)), replace(liste, points=((detail, ""), *suivants))
    debut, fin = cut_lignes(detail, place, DETAIL, largeur - PUCE)
    return replace(liste, points=((texte, debut),)), replace(liste, points=(("", fin), *suivants))


# --- maps


def list_hors_carte(carte: Carte) -> tuple[RegionValeur, ...]:
    """Regions whose value is said in a table beside the map: all when one is too long for a label, else those unknown."""
    if any(compute_largeur(r.texte, ETIQUETTE_CARTE, True) > ETIQUETTE_LARGE for r in carte.regions):
        return carte.regions
    return tuple(r for r in carte.regions if read_fond().get_region(r.code) is None)


def is_figure(bloc: Bloc) -> bool:
    """What stands well beside another block."""
    return isinstance(bloc, (Carte, Barres, Image))
