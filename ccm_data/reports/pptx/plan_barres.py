"""Where the parts of a bar chart stand, known before it is drawn: plot, bars of each category, room for figures and words.

The plot's place is then set by hand in the chart's frame, so that what a native chart cannot say (ticks, hatched gaps,
statuses) stands exactly at its bar.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ccm_data.reports.mesure import LIGNE, compute_largeur, list_lignes
from ccm_data.reports.pptx.mesures import BARRE_MIN, NOM, NOMS_PART, is_verticale
from ccm_data.reports.pptx.page import Zone
from ccm_data.reports.scenes import Barres, Serie

VALEURS: Final = (20.0, 16.0, 14.0)  # size of the figures: few bars, many, thin ones
STATUT: Final = 16.0
EPAISSEUR: Final = 0.62  # of a band that its bars take; more when there are several
BANDE_MAX, BANDE_PEU = 72.0, 100.0  # a band is no higher, or a few would look like a poster
LEGENDE_HAUT: Final = 26.0
COTE_MAX, COTE_COMPACT = 0.36, 0.46  # of the width for the figures beside the bars
SEPARE: Final = " · "


@dataclass(frozen=True)
class Plan:
    """Frame of the chart, plot within it, scale (`debut` to `fin`), bars of a band, size of the figures.

    `superpose`: the series share one bar (stacked, or nested without room for three). `colonne`: the figures stand in a
    column to the right, where no tick crosses them; `statuts`: x where the statuses begin.
    """

    cadre: Zone
    trace: Zone
    debut: float
    fin: float
    n: int
    barres: int
    vertical: bool
    superpose: bool
    colonne: bool
    corps: float
    statuts: float

    @property
    def part(self) -> float:
        """Of a band that its bars take."""
        return EPAISSEUR if self.barres == 1 else 0.8

    def get_barre(self, categorie: int, rang: int) -> tuple[float, float]:
        """(where the bar begins across the bands, its thickness)."""
        etendue = self.trace.largeur if self.vertical else self.trace.hauteur
        bande = etendue / self.n
        depart = self.trace.x if self.vertical else self.trace.y
        epaisseur = bande * self.part / self.barres
        return depart + bande * (categorie + (1 - self.part) / 2) + rang * epaisseur, epaisseur

    def get_ligne(self, categorie: int, rang: int) -> tuple[float, float]:
        """(where the words of a bar begin, the height they may take): its own, or the whole band of a lone bar."""
        if self.barres > 1:
            return self.get_barre(categorie, rang)
        bande = (self.trace.largeur if self.vertical else self.trace.hauteur) / self.n
        return (self.trace.x if self.vertical else self.trace.y) + bande * categorie, bande

    def get_point(self, valeur: float) -> float:
        """Where a value stands along the bars."""
        part = (valeur - self.debut) / (self.fin - self.debut)
        if self.vertical:
            return self.trace.y + self.trace.hauteur * (1 - part)
        return self.trace.x + self.trace.largeur * part


def make_plan(bloc: Barres, zone: Zone) -> Plan:
    """The plan of a chart with at least one category and one series."""
    n = len(bloc.categories)
    vertical = is_verticale(bloc, zone.largeur)
    legende = LEGENDE_HAUT if has_legende(bloc) else 0.0
    debut, fin = _compute_echelle(bloc)
    bande = (zone.hauteur - legende) / n
    compact = bloc.forme == "emboitees" and not vertical and bande < BARRE_MIN * len(bloc.series) + 6
    superpose = bloc.forme == "empilees" or compact
    barres = 1 if superpose else len(bloc.series)
    colonne = compact or bool(bloc.attendus)
    corps = _get_corps(bloc, bande, barres)
    if vertical:
        noms = max(len(list_lignes(c, NOM, zone.largeur / n * 0.9)) for c in bloc.categories)
        haut, bas = zone.y + legende + corps * 1.5, zone.y + zone.hauteur - noms * NOM * 1.36 - 8
        trace = Zone(zone.x + 4, haut, zone.largeur - 8, bas - haut)
        return Plan(zone, trace, debut, fin, n, barres, True, superpose, colonne, corps, 0.0)
    gauche = min(max(compute_largeur(c, NOM) for c in bloc.categories) + 14, NOMS_PART * zone.largeur)
    hauteur = min(zone.hauteur - legende, n * max(BANDE_MAX if n > 3 else BANDE_PEU, barres * 30.0))
    statuts = max((compute_largeur(s, STATUT, True) + 30 for s in bloc.statuts if s), default=0.0)
    part = COTE_MAX if not compact else COTE_COMPACT
    chiffres = min(_compute_chiffres(bloc, zone, corps, compact), part * zone.largeur)
    largeur = max(zone.largeur - gauche - chiffres - statuts, 0.2 * zone.largeur)
    trace = Zone(zone.x + gauche, zone.y + legende, largeur, hauteur)
    cadre = Zone(zone.x, zone.y, zone.largeur, legende + hauteur)
    fin_cote = zone.x + zone.largeur - statuts
    return Plan(cadre, trace, debut, fin, n, barres, False, superpose, colonne, corps, fin_cote)


def has_legende(bloc: Barres) -> bool:
    """Several series, or an expected tick, must be named."""
    return len(bloc.series) > 1 or bool(bloc.attendus)


def _compute_echelle(bloc: Barres) -> tuple[float, float]:
    connues = [v for suite in (*(s.valeurs for s in bloc.series), bloc.attendus) for v in suite if v is not None]
    if bloc.forme == "empilees":
        connues = [sum(s.valeurs[c] or 0 for s in bloc.series) for c in range(len(bloc.categories))]
    fin, debut = max([bloc.maximum or 0.0, *connues]), min([0.0, *connues])
    return debut, fin if fin > debut else debut + 1.0


def _get_corps(bloc: Barres, bande: float, barres: int) -> float:
    grand, moyen, petit = VALEURS
    if len(bloc.series) == 1 and bande >= 34:
        return grand
    return moyen if bande * 0.8 / barres >= 19 else petit


def _compute_chiffres(bloc: Barres, zone: Zone, corps: float, compact: bool) -> float:
    """Room for the figures to the right of the longest bar."""
    if compact:
        return (
            max(compute_largeur(SEPARE.join(say_textes(bloc, c)), corps, True) for c in range(len(bloc.categories)))
            + 24
        )
    if bloc.forme != "empilees":
        dits = [(t, v) for s in bloc.series for t, v in zip(s.textes, s.valeurs, strict=True)]
        return max(compute_largeur(t, min(corps, STATUT) if v is None else corps, v is not None) for t, v in dits) + 24
    totaux = [sum(s.valeurs[c] or 0 for s in bloc.series) for c in range(len(bloc.categories))]
    minces = any(v is None or v < 0.06 * (max(totaux) or 1) for s in bloc.series for v in s.valeurs)
    return 0.3 * zone.largeur if minces else 12.0


def say_textes(bloc: Barres, categorie: int) -> list[str]:
    """The figures of a category, in the order of the series."""
    return [s.textes[categorie] for s in bloc.series]


def is_dedans(bloc: Barres, plan: Plan, serie: Serie, categorie: int) -> bool:
    """The figure fits within its segment of a stacked bar."""
    valeur = serie.valeurs[categorie]
    if valeur is None:
        return False
    etendue = plan.trace.hauteur if plan.vertical else plan.trace.largeur
    segment = abs(valeur) / (plan.fin - plan.debut) * etendue
    texte = serie.textes[categorie]
    return segment >= (plan.corps * LIGNE if plan.vertical else compute_largeur(texte, plan.corps, True) + 4)
