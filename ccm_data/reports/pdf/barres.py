"""Bar charts as vectors: rows with a track, expected ticks, figures and statuses; columns; nested and stacked bars.

Lengths come from the same scale as the projection's (`html/geometrie`): a bar over the scale is cut, its figure is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ccm_data.figures import theme
from ccm_data.phrases.rendus import say_attendu, say_serie_statuts
from ccm_data.reports.html.geometrie import Part, Rangee, list_rangees
from ccm_data.reports.mesure import LIGNE, cut_lignes
from ccm_data.reports.pdf.morceaux import Morceau, Piece, Souple, make_blanc, make_lignes
from ccm_data.reports.pdf.toile import Toile
from ccm_data.reports.scenes import Barres, Ton
from ccm_data.reports.tons import TONS_STATUTS, get_teinte
from ccm_data.textes import _

CORPS: Final = 10.5
PETIT: Final = 9.0
GRAND: Final = 17.0
MOYEN: Final = 14.0  # the first figure of several
LIGNES_MAX: Final = 6  # of a label beside its bar; the rest is written under the chart
EMBOITE: Final = (1.0, 0.62, 0.3)
ECART: Final = 9.0  # between two rows
EPAISSE: Final = 26.0  # thickest bar
SEPARE: Final = " · "


def list_barres(toile: Toile, bloc: Barres, largeur: float) -> list[Piece]:
    """Title, legend, the chart, and what was too long to stand beside a bar."""
    titre = SEPARE.join(t for t in (bloc.titre, bloc.unite) if t)
    pieces: list[Piece] = [
        *make_lignes(toile, titre, PETIT + 1, largeur, couleur=theme.ENCRE_2, colle=True),
        *_make_legende(toile, bloc, largeur),
    ]
    if not bloc.categories:
        return [*pieces, *make_lignes(toile, _("Rien à montrer."), CORPS, largeur, couleur=theme.ENCRE_2)]
    if bloc.horizontal:
        plan = _Plan(toile, bloc, largeur)
        hauteurs = [plan.compute_hauteur(r) for r in plan.rangees]
        minimum = sum(hauteurs)
        pieces.append(
            Souple(minimum, max(minimum, 62.0 * len(hauteurs)), lambda h: plan.make(h / minimum if minimum else 1.0))
        )
        return [*pieces, *plan.list_restes()]
    rangees = list_rangees(bloc)
    return [*pieces, Souple(150.0, 370.0, lambda h: [_make_colonnes(toile, bloc, rangees, largeur, h)])]


def _make_legende(toile: Toile, bloc: Barres, largeur: float) -> list[Morceau]:
    """Squares and names when there are several series; the tick's name whenever there are ticks."""
    series: list[tuple[str, Sequence[Ton]]] = [(s.nom, (s.ton,)) for s in bloc.series] if len(bloc.series) > 1 else []
    if series and bloc.tons:
        series[0] = (say_serie_statuts(series[0][0]), TONS_STATUTS)
    reperes = [*series, *([(say_attendu(), ())] if bloc.attendus else [])]
    if not reperes:
        return []
    rangs: list[list[tuple[float, str, Sequence[Ton]]]] = [[]]
    x = 0.0
    for nom, tons in reperes:
        coupe = cut_lignes(nom, 1, PETIT * toile.polices.marge, largeur - 30)[0]
        large = toile.compute_largeur(coupe, PETIT) + 30
        if x + large > largeur and rangs[-1]:
            rangs.append([])
            x = 0.0
        rangs[-1].append((x, coupe, tons))
        x += large

    def _make(rang: list[tuple[float, str, Sequence[Ton]]]) -> Morceau:
        def _draw(t: Toile, gauche: float, haut: float) -> None:
            for decale, nom, tons in rang:
                if not tons:
                    t.draw_rectangle(gauche + decale + 4, haut + 1, 2.2, 11, fond=theme.ENCRE)
                for n, ton in enumerate(tons):  # several: stripes of one square
                    t.draw_teinte(gauche + decale + n * 9 / len(tons), haut + 2, 9 / len(tons), 9, get_teinte(ton))
                t.draw_ligne(nom, gauche + decale + 14, haut + 1, PETIT, couleur=theme.ENCRE_2)

        return Morceau(16, _draw, colle=True)

    return [_make(rang) for rang in rangs]


class _Plan:
    """The columns of a horizontal chart: labels, track, figures, statuses."""

    def __init__(self, toile: Toile, bloc: Barres, largeur: float) -> None:
        self.toile, self.bloc, self.rangees = toile, bloc, list_rangees(bloc)
        self.multiple = len(bloc.series) > 1
        self.restes: list[str] = []
        statuts = max((toile.compute_largeur(r.statut, CORPS, True) for r in self.rangees), default=0.0)
        self.statuts = min(statuts + 26, largeur * 0.2) if bloc.statuts else 0.0
        self.corps = MOYEN if self.multiple else GRAND
        dits = [self._say(r, p) for r in self.rangees for p in r.parts] if bloc.forme != "empilees" else []
        valeurs = max((toile.compute_largeur(t, self.corps, True) for t in dits), default=0.0)
        self.valeurs = min(valeurs * 1.05 + 20, largeur * 0.26) if dits else 0.0
        noms = max((toile.compute_largeur(r.categorie, CORPS) for r in self.rangees), default=0.0)
        self.noms = min(noms * 1.06 + 14, largeur * 0.3)
        self.piste = largeur - self.noms - self.valeurs - self.statuts
        self.largeur = largeur

    def _say(self, rangee: Rangee, part: Part) -> str:
        return f"{part.nom} {part.texte}" if self.bloc.forme == "emboitees" and self.multiple else part.texte

    def _cut(self, texte: str, corps: float, largeur: float, gras: bool = False) -> list[str]:
        """At most LIGNES_MAX lines; what is cut is written whole under the chart."""
        debut, reste = cut_lignes(texte, LIGNES_MAX, corps * self.toile.polices.marge, max(largeur, 4 * corps), gras)
        if reste and texte not in self.restes:
            self.restes.append(texte)
        lignes = self.toile.list_lignes(debut, corps, largeur, gras)
        return [*lignes[:-1], f"{lignes[-1].rstrip()[:-1]}…"] if reste else lignes

    def _list_valeurs(self, rangee: Rangee) -> list[tuple[str, float, bool]]:
        """(line, size, bold) of the figures beside the bars."""
        if self.bloc.forme == "empilees":
            return []
        lignes = []
        for rang, part in enumerate(rangee.parts):
            absente = part.largeur is None
            gras = rang == 0 and not absente
            corps = self.corps if gras and self.bloc.forme == "cote" and len(part.texte) <= 12 else CORPS
            lignes += [(x, corps, gras) for x in self._cut(self._say(rangee, part), corps, self.valeurs - 14, gras)]
        return lignes

    def _list_parts(self, rangee: Rangee) -> list[str]:
        """Under a stacked bar, its parts in words."""
        if self.bloc.forme != "empilees":
            return []
        return self._cut(SEPARE.join(f"{p.nom} {p.texte}" for p in rangee.parts), PETIT, self.piste)

    def compute_hauteur(self, rangee: Rangee) -> float:
        """The least height of a row."""
        noms = len(self._cut(rangee.categorie, CORPS, self.noms - 12)) * CORPS * LIGNE
        valeurs = sum(corps * LIGNE for _t, corps, _g in self._list_valeurs(rangee))
        barres = 13.0 if self.bloc.forme != "cote" else 12.0 + 8.0 * (len(rangee.parts) - 1)
        parts = len(self._list_parts(rangee)) * PETIT * LIGNE
        return max(noms, valeurs, barres + parts) + ECART

    def make(self, etire: float) -> list[Morceau]:
        """A piece per row, `etire` times as high as the least."""
        return [self._make_rangee(i, r, self.compute_hauteur(r) * etire) for i, r in enumerate(self.rangees)]

    def list_restes(self) -> list[Morceau]:
        """Whole texts that were cut beside their bars."""
        return [
            m for texte in self.restes for m in (make_blanc(4), *make_lignes(self.toile, texte, PETIT, self.largeur))
        ]

    def _make_rangee(self, rang: int, rangee: Rangee, hauteur: float) -> Morceau:
        noms = self._cut(rangee.categorie, CORPS, self.noms - 12)
        valeurs = self._list_valeurs(rangee)
        statut = self._cut(rangee.statut, CORPS, self.statuts - 22, True) if rangee.statut else []

        def _draw(t: Toile, x: float, haut: float) -> None:
            milieu = haut + hauteur / 2
            t.draw_lignes(noms, x, milieu - len(noms) * CORPS * LIGNE / 2, CORPS)
            self._draw_piste(t, rang, rangee, x + self.noms, haut, hauteur)
            y = milieu - sum(corps * LIGNE for _t, corps, _g in valeurs) / 2
            for texte, corps, gras in valeurs:
                t.draw_ligne(texte, x + self.noms + self.piste + 14, y, corps, gras=gras)
                y += corps * LIGNE
            gauche = x + self.largeur - self.statuts + 6
            if statut:
                t.draw_marque(gauche, milieu - 5, 10, rangee.ton)
                t.draw_lignes(statut, gauche + 16, milieu - len(statut) * CORPS * LIGNE / 2, CORPS, gras=True)

        return Morceau(hauteur, _draw)

    def _draw_piste(self, t: Toile, rang: int, rangee: Rangee, x: float, haut: float, hauteur: float) -> None:
        parts = self._list_parts(rangee)
        place = hauteur - ECART - len(parts) * PETIT * LIGNE
        if self.bloc.forme == "cote":
            premiere = min(place * (0.62 if self.multiple else 0.75), EPAISSE)
            suite = min((place - premiere) / max(len(rangee.parts) - 1, 1) - 2, 9.0)
            epaisseurs = [premiere, *[suite] * (len(rangee.parts) - 1)]
        else:
            epaisseurs = [min(place, EPAISSE + 6)]
        total = sum(epaisseurs) + 2 * (len(epaisseurs) - 1)
        y = haut + (hauteur - total - len(parts) * PETIT * LIGNE) / 2
        if self.bloc.forme == "cote":
            for n, (part, epaisseur) in enumerate(zip(rangee.parts, epaisseurs, strict=True)):
                self._draw_barre(t, part, x, y, epaisseur, rangee.ton if n == 0 and rangee.ton else part.ton)
                if n == 0:
                    self._draw_attendu(t, rangee, x, y, epaisseur)
                y += epaisseur + 2
            return
        self._draw_fond(t, x, y, epaisseurs[0])
        if self.bloc.forme == "emboitees":
            draw_emboitees(t, rangee.parts, x, y, self.piste, epaisseurs[0], debout=False)
        else:
            self._draw_empilees(t, rang, x, y, epaisseurs[0])
        self._draw_attendu(t, rangee, x, y, epaisseurs[0])
        t.draw_lignes(parts, x, y + epaisseurs[0] + 3, PETIT, couleur=theme.ENCRE_2)

    def _draw_fond(self, t: Toile, x: float, y: float, epaisseur: float) -> None:
        t.draw_rectangle(x, y, self.piste, epaisseur, fond=theme.SABLE, bord=theme.FILET, trait=0.5)

    def _draw_barre(self, t: Toile, part: Part, x: float, y: float, epaisseur: float, ton: str) -> None:
        if part.largeur is None:
            t.draw_absente(x, y, self.piste, epaisseur)
            return
        self._draw_fond(t, x, y, epaisseur)
        t.draw_teinte(x, y, self.piste * part.largeur / 100, epaisseur, get_teinte(ton))  # type: ignore[arg-type]

    def _draw_attendu(self, t: Toile, rangee: Rangee, x: float, y: float, epaisseur: float) -> None:
        if rangee.attendu is not None:
            t.draw_rectangle(x + self.piste * rangee.attendu / 100 - 1.1, y - 3, 2.2, epaisseur + 6, fond=theme.ENCRE)

    def _draw_empilees(self, t: Toile, rang: int, x: float, y: float, epaisseur: float) -> None:
        """Parts of one whole: the scale ends at the largest whole, or at the one given."""
        totaux = [sum(max(s.valeurs[i] or 0.0, 0.0) for s in self.bloc.series) for i in range(len(self.rangees))]
        fin = self.bloc.maximum or max(totaux, default=0.0) or 1.0
        fin = max(fin, totaux[rang])
        ici = x
        for serie in self.bloc.series:
            valeur = serie.valeurs[rang]
            large = self.piste * max(valeur or 0.0, 0.0) / fin
            t.draw_teinte(ici, y, large, epaisseur, get_teinte(serie.ton))
            texte = serie.textes[rang]
            if valeur and t.compute_largeur(texte, PETIT, True) + 4 <= large:
                clair = get_teinte(serie.ton)
                if not clair.hachure:
                    haut = y + epaisseur / 2 - PETIT * LIGNE / 2
                    t.draw_ligne(texte, ici + large / 2, haut, PETIT, gras=True, couleur=clair.encre, aligne="centre")
            ici += large


def draw_emboitees(
    t: Toile, parts: Sequence[Part], x: float, y: float, largeur: float, hauteur: float, *, debout: bool
) -> None:
    """Planned ⊃ committed ⊃ paid, each inside the one before; what is missing is a hatched stub in its place."""
    for n, part in enumerate(parts):
        epais = EMBOITE[min(n, len(EMBOITE) - 1)]
        teinte = get_teinte(part.ton)  # type: ignore[arg-type]
        if debout:
            large = largeur * epais
            gauche, long = x + (largeur - large) / 2, hauteur * (part.largeur or 0.0) / 100
            if part.largeur is None:
                t.draw_absente(gauche, y + hauteur - 12, large, 12)
            else:
                t.draw_teinte(gauche, y + hauteur - long, large, long, teinte)
            continue
        haut = y + hauteur * (1 - epais) / 2
        if part.largeur is None:
            t.draw_absente(x, haut, 24, hauteur * epais)
        else:
            t.draw_teinte(x, haut, largeur * part.largeur / 100, hauteur * epais, teinte)


def _make_colonnes(toile: Toile, bloc: Barres, rangees: Sequence[Rangee], largeur: float, hauteur: float) -> Morceau:
    """Columns: figures above, the name below; ticks across."""
    bande = largeur / max(len(rangees), 1)
    noms = [toile.list_lignes(r.categorie, CORPS, bande - 8, True)[:2] for r in rangees]
    dits = [
        [
            (ligne, n == 0)
            for n, p in enumerate(r.parts)
            for ligne in toile.list_lignes(
                f"{p.nom} {p.texte}" if len(r.parts) > 1 else p.texte, CORPS, bande - 6, n == 0
            )
        ][:6]
        for r in rangees
    ]
    pied = max((len(n) for n in noms), default=1) * CORPS * LIGNE + 5
    tete = max((len(d) for d in dits), default=1) * CORPS * LIGNE + 6
    fut = max(hauteur - pied - tete, 40.0)

    def _draw(t: Toile, x: float, haut: float) -> None:
        sol = haut + tete + fut
        for rang, rangee in enumerate(rangees):
            gauche, milieu = x + bande * rang, x + bande * (rang + 0.5)
            large = min(bande * 0.7, 110.0)
            plus_haut = max([p.largeur or 0.0 for p in rangee.parts] + [rangee.attendu or 0.0], default=0.0)
            absente = any(p.largeur is None for p in rangee.parts)
            sommet = sol - max(fut * plus_haut / 100, 14.0 if absente else 0.0) - 5 - len(dits[rang]) * CORPS * LIGNE
            for n, (ligne, gras) in enumerate(dits[rang]):
                t.draw_ligne(ligne, milieu, sommet + n * CORPS * LIGNE, CORPS, gras=gras, aligne="centre")
            if bloc.forme == "emboitees":
                draw_emboitees(t, rangee.parts, milieu - large / 2, sol - fut, large, fut, debout=True)
            else:
                _draw_cotes(t, rangee, milieu - large / 2, sol, large, fut)
            if rangee.attendu is not None:
                niveau = sol - fut * rangee.attendu / 100
                t.draw_rectangle(milieu - large / 2 - 4, niveau - 1.1, large + 8, 2.2, fond=theme.ENCRE)
            for n, ligne in enumerate(noms[rang]):
                t.draw_ligne(ligne, gauche + bande / 2, sol + 4 + n * CORPS * LIGNE, CORPS, gras=True, aligne="centre")
        t.draw_trait(x, sol, x + largeur, sol, theme.ZERO, 1.2)

    return Morceau(tete + fut + pied, _draw)


def _draw_cotes(t: Toile, rangee: Rangee, x: float, sol: float, largeur: float, fut: float) -> None:
    """Bars side by side (a stack of columns is told side by side too)."""
    une = largeur / max(len(rangee.parts), 1)
    for n, part in enumerate(rangee.parts):
        ton = rangee.ton if n == 0 and rangee.ton else part.ton
        if part.largeur is None:
            t.draw_absente(x + n * une + 1, sol - 14, une - 2, 14)
        else:
            long = fut * part.largeur / 100
            t.draw_teinte(x + n * une + 1, sol - long, une - 2, long, get_teinte(ton))  # type: ignore[arg-type]
