"""What stands beside a native bar chart, as shapes: legend, expected ticks, gaps that were not reported, figures, statuses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ccm_data.figures import theme
from ccm_data.phrases.rendus import say_attendu, say_serie_statuts
from ccm_data.reports.mesure import LIGNE, compute_largeur, list_lignes
from ccm_data.reports.pptx import page as tailles
from ccm_data.reports.pptx.formes import Alinea, Run, Toile
from ccm_data.reports.pptx.page import Zone
from ccm_data.reports.pptx.plan_barres import SEPARE, STATUT, Plan, is_dedans
from ccm_data.reports.scenes import Barres, Ton
from ccm_data.reports.tons import ABSENTE, TONS_STATUTS, get_teinte

CARRE: Final = 14.0
TRAIT: Final = 3.5
BOUT: Final = 16.0  # length of the hatched stub


def draw_reperes(toile: Toile, bloc: Barres, plan: Plan) -> None:
    """Everything beside the chart; the legend is above it."""
    if plan.trace.y - plan.cadre.y >= 20 and (len(bloc.series) > 1 or bloc.attendus):
        _draw_legende(toile, bloc, plan)
    for categorie in range(plan.n):
        _draw_absentes(toile, bloc, plan, categorie)
        _draw_attendu(toile, bloc, plan, categorie)
        if plan.vertical:
            _draw_colonnes(toile, bloc, plan, categorie)
        else:
            _draw_cote(toile, bloc, plan, categorie)
            _draw_statut(toile, bloc, plan, categorie)


def _draw_legende(toile: Toile, bloc: Barres, plan: Plan) -> None:
    """Squares and names in the order of the series, then the tick; smaller when they would not fit on the line."""
    noms = [s.nom for s in bloc.series] if len(bloc.series) > 1 or not bloc.tons else []
    tons: list[Sequence[Ton]] = [(s.ton,) for s in bloc.series]
    if noms and bloc.tons:
        noms[0], tons[0] = say_serie_statuts(noms[0]), TONS_STATUTS
    mots = [*noms, *([say_attendu()] if bloc.attendus else [])]
    corps = next(
        (c for c in (16.0, 14.0, 12.0) if sum(compute_largeur(m, c) + CARRE + 30 for m in mots) <= plan.cadre.largeur),
        11.0,
    )
    x, y = plan.cadre.x, plan.cadre.y
    for rang, mot in enumerate(mots):
        if rang < len(noms):
            large = CARRE / len(tons[rang])
            for n, ton in enumerate(tons[rang]):  # several: stripes of one square
                toile.draw_teinte(Zone(x + n * large, y + 4, large, CARRE), get_teinte(ton), nom="Légende")
        else:
            toile.draw_rectangle(Zone(x + 5, y + 1, TRAIT, CARRE + 6), fond=theme.ENCRE, nom="Légende")
        x += CARRE + 7
        largeur = min(compute_largeur(mot, corps) + 4, plan.cadre.x + plan.cadre.largeur - x)
        if largeur <= 0:
            return
        zone = Zone(x, y, largeur, 22)
        toile.draw_texte(zone, [Alinea((Run(mot, corps),))], ancre="milieu", nom="Légende : mots", ligne=True)
        x += largeur + 18


def _get_attendu(bloc: Barres, categorie: int) -> float | None:
    return bloc.attendus[categorie] if categorie < len(bloc.attendus) else None


def _draw_attendu(toile: Toile, bloc: Barres, plan: Plan, categorie: int) -> None:
    """The tick across the bars of the category."""
    attendu = _get_attendu(bloc, categorie)
    if attendu is None:
        return
    debut, epaisseur = plan.get_barre(categorie, 0)
    ici, etendue = plan.get_point(attendu) - TRAIT / 2, epaisseur * plan.barres + 8
    zone = Zone(debut - 4, ici, etendue, TRAIT) if plan.vertical else Zone(ici, debut - 4, TRAIT, etendue)
    toile.draw_rectangle(zone, fond=theme.ENCRE, bord=theme.BLANC, epaisseur=0.5, nom="Attendu")


def _draw_absentes(toile: Toile, bloc: Barres, plan: Plan, categorie: int) -> None:
    """A hatched stub where nothing was reported, and the words unless they stand in the column of figures."""
    if plan.superpose:
        return
    for rang, serie in enumerate(bloc.series):
        if serie.valeurs[categorie] is not None:
            continue
        debut, epaisseur = plan.get_barre(categorie, rang)
        zero, texte = plan.get_point(max(0.0, plan.debut)), serie.textes[categorie]
        if plan.vertical:
            toile.draw_teinte(Zone(debut, zero - BOUT, epaisseur, BOUT), ABSENTE, nom="Non renseigné")
            suite = _count_absentes(bloc, categorie, rang)
            if not suite:
                continue
            large = epaisseur * suite + 24
            haut = len(list_lignes(texte, 14, large)) * 14 * LIGNE
            zone = Zone(debut - 12, zero - BOUT - haut - 2, large, haut)
            toile.draw_texte(zone, [Alinea((Run(texte, 14),))], aligne="centre", nom="Non renseigné : mots")
            continue
        toile.draw_teinte(Zone(zero, debut + 1, BOUT, epaisseur - 2), ABSENTE, nom="Non renseigné")
        if not plan.colonne:
            haut, place = plan.get_ligne(categorie, rang)
            zone = Zone(zero + BOUT + 6, haut, plan.statuts - zero - BOUT - 6, place)
            alinea = Alinea((Run(texte, min(plan.corps, 16)),))
            toile.draw_texte(zone, [alinea], ancre="milieu", nom="Non renseigné : mots")


def _count_absentes(bloc: Barres, categorie: int, rang: int) -> int:
    """How many columns in a row say the same absence from this one on; 0 when the one before says it for it."""
    dits = [s.textes[categorie] if s.valeurs[categorie] is None else None for s in bloc.series]
    if rang and dits[rang - 1] == dits[rang]:
        return 0
    return next((n for n, dit in enumerate(dits[rang:]) if dit != dits[rang]), len(dits) - rang)


def _draw_colonnes(toile: Toile, bloc: Barres, plan: Plan, categorie: int) -> None:
    """The figure above a column that a tick may cross: above both."""
    attendu = _get_attendu(bloc, categorie)
    if not plan.colonne:
        return
    for rang, serie in enumerate(bloc.series):
        valeur = serie.valeurs[categorie]
        if valeur is None:
            continue
        debut, epaisseur = plan.get_barre(categorie, rang)
        haut = plan.get_point(max(valeur, attendu if attendu is not None else valeur)) - plan.corps * LIGNE - 4
        large = max(epaisseur, compute_largeur(serie.textes[categorie], plan.corps, True) + 2)
        zone = Zone(debut + (epaisseur - large) / 2, haut, large, plan.corps * LIGNE)
        alinea = Alinea((Run(serie.textes[categorie], plan.corps, True),))
        toile.draw_texte(zone, [alinea], ancre="bas", aligne="centre", nom="Valeur", ligne=True)


def _draw_cote(toile: Toile, bloc: Barres, plan: Plan, categorie: int) -> None:
    """Figures to the right of the bars: one per bar, or all of the category when they share one bar."""
    bande = plan.trace.hauteur / plan.n
    haut = plan.trace.y + bande * categorie
    x = plan.trace.x + plan.trace.largeur + 14
    large = plan.statuts - x - 4
    if bloc.forme == "empilees":
        restes = [f"{s.nom} : {s.textes[categorie]}" for s in bloc.series if not is_dedans(bloc, plan, s, categorie)]
        if restes:
            alinea = Alinea((Run(SEPARE.join(restes), 14),))
            toile.draw_texte(Zone(x, haut, large, bande), [alinea], ancre="milieu", nom="Parts non écrites")
    elif plan.superpose:
        textes = SEPARE.join(s.textes[categorie] for s in bloc.series)
        corps = plan.corps if compute_largeur(textes, plan.corps, True) <= large else 12.0
        alinea = Alinea((Run(textes, corps, True),))
        toile.draw_texte(Zone(x, haut, large, bande), [alinea], ancre="milieu", nom="Valeurs")
    elif plan.colonne:
        for rang, serie in enumerate(bloc.series):
            debut, epaisseur = plan.get_ligne(categorie, rang)
            absente = serie.valeurs[categorie] is None
            corps = min(plan.corps, tailles.ETIQUETTE) if absente else plan.corps
            alinea = Alinea((Run(serie.textes[categorie], corps, not absente),))
            toile.draw_texte(Zone(x, debut, large, epaisseur), [alinea], ancre="milieu", nom="Valeur")


def _draw_statut(toile: Toile, bloc: Barres, plan: Plan, categorie: int) -> None:
    """The mark and the word of the category's status."""
    statut = bloc.statuts[categorie] if categorie < len(bloc.statuts) else ""
    if not statut:
        return
    bande = plan.trace.hauteur / plan.n
    haut, x = plan.trace.y + bande * categorie, plan.statuts + 4
    ton = bloc.tons[categorie] if categorie < len(bloc.tons) else None
    if ton is not None:
        toile.draw_marque(x, haut + bande / 2 - 7, 14, get_teinte(ton))
        x += 20
    zone = Zone(x, haut, plan.cadre.x + plan.cadre.largeur - x, bande)
    toile.draw_texte(zone, [Alinea((Run(statut, STATUT, True),))], ancre="milieu", nom="Statut")
