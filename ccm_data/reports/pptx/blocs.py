"""Blocks made of words and boxes: key figures, paragraphs, lists, pictures, the decision asked for. Others by their file."""

from __future__ import annotations

import io
from typing import Final

from ccm_data.figures import theme
from ccm_data.phrases.rendus import say_decision
from ccm_data.reports.mesure import LIGNE, compute_hauteur, compute_largeur, cut_lignes
from ccm_data.reports.pptx import page as tailles
from ccm_data.reports.pptx.cartes import draw_carte
from ccm_data.reports.pptx.formes import Alinea, Run, Toile, set_alt
from ccm_data.reports.pptx.graphiques import draw_barres
from ccm_data.reports.pptx.intitules import draw_intitule
from ccm_data.reports.pptx.mesures import (
    CHIFFRE_X,
    CHIFFRES_ECART,
    DECISION_X,
    DECISION_Y,
    POINT_ECART,
    PUCE,
    compute_libelles,
)
from ccm_data.reports.pptx.page import Decision, Dessinable, Zone
from ccm_data.reports.pptx.tableaux import draw_tableau
from ccm_data.reports.scenes import Barres, Carte, Chiffre, Chiffres, Image, Liste, Tableau, Texte
from ccm_data.reports.tons import get_teinte

CHIFFRE_CORPS: Final = (40.0, 34.0, 28.0, 24.0, 20.0, 18.0)
BARRE_HAUT: Final = 14.0


def draw_bloc(toile: Toile, bloc: Dessinable, zone: Zone) -> None:
    """Draw one block in its zone."""
    if isinstance(bloc, Chiffres):
        _draw_chiffres(toile, bloc, zone)
    elif isinstance(bloc, Barres):
        draw_barres(toile, bloc, zone)
    elif isinstance(bloc, Tableau):
        draw_tableau(toile, bloc, zone)
    elif isinstance(bloc, Carte):
        draw_carte(toile, bloc, zone)
    elif isinstance(bloc, Image):
        _draw_image(toile, bloc, zone)
    elif isinstance(bloc, Liste):
        _draw_liste(toile, bloc, zone)
    elif isinstance(bloc, Texte):
        toile.draw_texte(zone, _make_alineas(bloc.paragraphes), nom="Texte")
    else:
        _draw_decision(toile, bloc, zone)


def _make_alineas(paragraphes: tuple[str, ...]) -> list[Alinea]:
    return [
        Alinea((Run(p, tailles.TEXTE),), avant=tailles.TEXTE * 0.5 if rang else 0.0)
        for rang, p in enumerate(paragraphes)
    ]


def _draw_chiffres(toile: Toile, bloc: Chiffres, zone: Zone) -> None:
    n = max(1, len(bloc.chiffres))
    largeur = (zone.largeur - CHIFFRES_ECART * (n - 1)) / n
    libelles = compute_libelles(bloc, largeur - 2 * CHIFFRE_X)
    for rang, chiffre in enumerate(bloc.chiffres):
        place = Zone(zone.x + rang * (largeur + CHIFFRES_ECART), zone.y, largeur, zone.hauteur)
        _draw_chiffre(toile, chiffre, libelles, place)


def _draw_chiffre(toile: Toile, chiffre: Chiffre, libelles: tuple[float, float], zone: Zone) -> None:
    """Label, figure, bar with its expected tick, base; four lines that never meet."""
    toile.draw_rectangle(zone, bord=theme.FILET, nom="Cadre")
    x, large = zone.x + CHIFFRE_X, zone.largeur - 2 * CHIFFRE_X
    corps, haut = libelles
    libelle = _fit(chiffre.libelle, corps, large, True, max(1, int(haut / (corps * LIGNE))))
    toile.draw_texte(Zone(x, zone.y + 8, large, haut), [Alinea((Run(libelle, corps, True),))], nom="Libellé")
    corps = next((c for c in CHIFFRE_CORPS if compute_largeur(chiffre.texte, c, True) <= large), 16.0)
    texte = _fit(chiffre.texte, corps, large, True, 2)
    place = Zone(x, zone.y + 8 + haut, large, 48)
    toile.draw_texte(place, [Alinea((Run(texte, corps, True),))], ancre="milieu", nom="Chiffre")
    bas = zone.y + haut + 60
    if chiffre.ratio is not None or chiffre.ton == "non_renseigne":
        _draw_jauge(toile, chiffre, Zone(x, bas + 4, large, BARRE_HAUT))
        bas += BARRE_HAUT + 10
    reste = zone.y + zone.hauteur - bas - 4
    corps = 16.0 if compute_hauteur(chiffre.base, 16, large) <= reste else 14.0
    if chiffre.base:
        base = _fit(chiffre.base, corps, large, False, max(1, int(reste / (corps * LIGNE))))
        toile.draw_texte(Zone(x, bas, large, reste), [Alinea((Run(base, corps, couleur="tx2"),))], nom="Base")


def _fit(texte: str, corps: float, largeur: float, gras: bool, lignes: int) -> str:
    debut, fin = cut_lignes(texte, lignes, corps, largeur, gras)
    return f"{debut[:-1]}…" if fin else debut


def _draw_jauge(toile: Toile, chiffre: Chiffre, zone: Zone) -> None:
    """A sand track; the ratio, which cannot leave it; the expected tick, taller. Hatched when nothing was reported."""
    if chiffre.ratio is None:
        toile.draw_teinte(zone, get_teinte("non_renseigne"), nom="Jauge")
        return
    toile.draw_rectangle(zone, fond=theme.SABLE, bord=theme.FILET, nom="Piste")
    part = min(max(chiffre.ratio, 0.0), 1.0)
    if part:
        toile.draw_teinte(Zone(zone.x, zone.y, zone.largeur * part, zone.hauteur), get_teinte(chiffre.ton), nom="Jauge")
    if chiffre.attendu is not None:
        x = zone.x + zone.largeur * min(max(chiffre.attendu, 0.0), 1.0)
        toile.draw_rectangle(
            Zone(x - 1.5, zone.y - 4, 3, zone.hauteur + 8), fond=theme.ENCRE, bord=theme.BLANC, epaisseur=0.5
        )


def _draw_liste(toile: Toile, bloc: Liste, zone: Zone) -> None:
    zone = draw_intitule(toile, bloc.titre, zone)
    alineas: list[Alinea] = []
    for texte, detail in bloc.points:
        if texte:
            alineas.append(Alinea((Run(texte, tailles.TEXTE, True),), POINT_ECART if alineas else 0, PUCE, puce=True))
        if detail:
            avant = 0.0 if texte or not alineas else POINT_ECART
            alineas.append(Alinea((Run(detail, tailles.DETAIL, couleur="tx2"),), avant, PUCE))
    toile.draw_texte(zone, alineas, nom="Liste")


def _draw_decision(toile: Toile, bloc: Decision, zone: Zone) -> None:
    """A green frame, its label, what is asked."""
    toile.draw_rectangle(zone, bord="accent1", epaisseur=1.75, nom="Cadre de la décision")
    dedans = Zone(
        zone.x + DECISION_X, zone.y + DECISION_Y, zone.largeur - 2 * DECISION_X, zone.hauteur - 2 * DECISION_Y
    )
    titre = Alinea((Run(say_decision(), tailles.INTITULE, True, "accent1"),))
    toile.draw_texte(dedans, [titre, *_make_alineas(bloc.paragraphes)], nom="Décision demandée")


def _draw_image(toile: Toile, bloc: Image, zone: Zone) -> None:
    """As large as the zone allows, never deformed, centred."""
    echelle = min(zone.largeur / max(bloc.largeur, 1), zone.hauteur / max(bloc.hauteur, 1))
    largeur, hauteur = bloc.largeur * echelle, bloc.hauteur * echelle
    place = Zone(zone.x + (zone.largeur - largeur) / 2, zone.y + (zone.hauteur - hauteur) / 2, largeur, hauteur)
    set_alt(toile.formes.add_picture(io.BytesIO(bloc.octets), *toile.list_emu(place)), bloc.alt, "Image")
