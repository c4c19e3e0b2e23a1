"""Blocks as native Word: tables with repeated headings, bars as painted cells, lists, places to fill."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt, RGBColor

from ccm_data.figures import theme
from ccm_data.phrases.rendus import say_alt_barres, say_attendu, say_serie_statuts
from ccm_data.reports.docx.styles import compute_largeur
from ccm_data.reports.docx.xml import (
    keep_entier,
    make_barre,
    make_mince,
    set_alt,
    set_bord_gauche,
    set_entete,
    set_fond,
    wrap_a_remplir,
)
from ccm_data.reports.html.geometrie import Rangee, list_rangees
from ccm_data.reports.scenes import Barres, Chiffre, Chiffres, Liste, Tableau, Texte, Ton
from ccm_data.reports.tons import DEMONSTRATION, get_teinte
from ccm_data.textes import _

TWIP: Final = 635  # EMU
CELLULE: Final = "Cellule"  # the style's id: looking it up by name for each cell takes most of the time
BARRE: Final = (200, 130, 110)  # twips: the first bar of a category, the others
TRAIT: Final = 45
# Shapes of the statuses as signs that every office font holds: the word beside says it too.
SIGNES: Final[dict[str, str]] = {
    "atteint": "✓", "en_bonne_voie": "●", "a_surveiller": "◆", "en_retard": "▲", "cible_non_definie": "○",
    "non_renseigne": "▨",
}  # fmt: skip
POIDS: Final = (6, 42)
SIGNES_ENTIERS: Final = 1_200  # a row whose cells are shorter is never cut by the end of a page
NOMBRE: Final = re.compile(r"−?\d[\d\s]*(,\d+)?\s*(%|FCFA)?")


def write_texte(document: Any, bloc: Texte) -> None:
    """Paragraphs."""
    for paragraphe in bloc.paragraphes:
        for ligne in paragraphe.split("\n"):
            document.add_paragraph(ligne)


def write_liste(document: Any, bloc: Liste) -> None:
    """Points as bullets, their detail under them."""
    if bloc.titre:
        document.add_paragraph(bloc.titre, style="Heading 3")
    for point, detail in bloc.points:
        paragraphe = document.add_paragraph(style="List Bullet")
        paragraphe.add_run(point).bold = bool(detail)
        if detail:
            paragraphe.add_run().add_break()
            suite = paragraphe.add_run(detail)
            suite.font.size, suite.font.color.rgb = Pt(9), RGBColor.from_string(theme.ENCRE_2[1:])


def write_a_remplir(document: Any, questions: Sequence[str], invite: str = "") -> None:
    """Questions in italics, then a placeholder that cannot be taken for a finding."""
    for question in questions:
        document.add_paragraph(question, style="Question")
    paragraphe = document.add_paragraph(invite or _("[À rédiger par le SP/CCM]"), style="À remplir")
    set_fond(paragraphe, DEMONSTRATION.fond)
    set_bord_gauche(paragraphe, DEMONSTRATION.bord)
    wrap_a_remplir(paragraphe, _("À rédiger"))


def write_tableau(document: Any, bloc: Tableau, a_remplir: Sequence[int] = ()) -> None:
    """A native table; columns to fill are tinted, and their heading says so."""
    if bloc.titre:
        document.add_paragraph(bloc.titre, style="Heading 3")
    if not bloc.lignes:
        document.add_paragraph(bloc.vide or _("Rien à montrer."))
        return
    largeurs = _compute_largeurs(bloc, compute_largeur(document))
    tableau = document.add_table(rows=1 + len(bloc.lignes), cols=len(bloc.colonnes))
    _set_table(tableau, largeurs, bloc.titre or " · ".join(bloc.colonnes), "")
    rangs = tableau.rows
    entete = rangs[0]
    set_entete(entete)
    droites = [n > 0 and _is_droite([ligne[n] for ligne in bloc.lignes]) for n in range(len(bloc.colonnes))]
    for cellule, texte, droite in zip(entete.cells, bloc.colonnes, droites, strict=True):
        set_fond(cellule, theme.SABLE)
        _write_cellule(cellule, texte, gras=True, droite=droite)
    for n, ligne in enumerate(bloc.lignes):
        ton = bloc.tons[n] if n < len(bloc.tons) else None
        marque = _find_marque(bloc, ton, ligne)
        if max(map(len, ligne), default=0) < SIGNES_ENTIERS:
            keep_entier(rangs[n + 1])
        for rang, (cellule, texte) in enumerate(zip(rangs[n + 1].cells, ligne, strict=True)):
            if rang in a_remplir:
                set_fond(cellule, DEMONSTRATION.fond)
            _write_cellule(cellule, texte, ton=ton if rang == marque else None, droite=droites[rang])
    document.add_paragraph().paragraph_format.space_after = Pt(4)


def _find_marque(bloc: Tableau, ton: Ton | None, ligne: Sequence[str]) -> int:
    """The column of the status: the one so named, else the last that says something."""
    if ton is None:
        return -1
    statut = _("Statut")
    return bloc.colonnes.index(statut) if statut in bloc.colonnes else len(ligne) - 1


def _is_droite(cellules: Sequence[str]) -> bool:
    """Is it a column of numbers, but for a few words that say what is missing?"""
    return 2 * sum(NOMBRE.fullmatch(c) is not None for c in cellules) > len(cellules)


def _write_cellule(
    cellule: Any, texte: str, *, gras: bool = False, ton: Ton | None = None, droite: bool = False
) -> None:
    premier, *suite = texte.split("\n")
    paragraphe = cellule.paragraphs[0]
    paragraphe._p.style = CELLULE
    if droite:
        paragraphe.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if ton is not None and ton in SIGNES:
        signe = paragraphe.add_run(f"{SIGNES[ton]} ")
        signe.font.color.rgb = RGBColor.from_string(get_teinte(ton).bord[1:])
    paragraphe.add_run(premier).bold = gras or None
    for ligne in suite:
        _add_ligne(cellule, ligne)


def _add_ligne(cellule: Any, texte: str = "") -> Any:
    paragraphe = cellule.add_paragraph(texte)
    paragraphe._p.style = CELLULE
    return paragraphe


def _compute_largeurs(bloc: Tableau, largeur: int) -> list[int]:
    poids = list(bloc.largeurs)
    if len(poids) != len(bloc.colonnes):
        poids = [
            float(min(max([len(nom), *(len(ligne[n]) for ligne in bloc.lignes), POIDS[0]]), POIDS[1]))
            for n, nom in enumerate(bloc.colonnes)
        ]
    return [int(largeur * p / sum(poids)) // TWIP * TWIP for p in poids]  # Word counts in twips


def _set_table(tableau: Any, largeurs: Sequence[int], titre: str, description: str, style: str = "Table Grid") -> None:
    tableau.style, tableau.autofit, tableau.alignment = style, False, WD_TABLE_ALIGNMENT.LEFT
    for colonne, largeur in zip(tableau.columns, largeurs, strict=True):
        colonne.width = Emu(largeur)
    for rang in tableau.rows:
        for cellule, largeur in zip(rang.cells, largeurs, strict=True):
            cellule.width = Emu(largeur)
    bords = tableau._tbl.tblPr.find(qn("w:tblBorders"))
    if bords is not None:
        tableau._tbl.tblPr.remove(bords)
    set_alt(tableau._tbl.tblPr, titre, description)


# --- key figures


def write_chiffres(document: Any, bloc: Chiffres) -> None:
    """Key figures side by side."""
    largeur = compute_largeur(document)
    n = len(bloc.chiffres)
    tableau = document.add_table(rows=1, cols=n)
    titre = ", ".join(c.libelle for c in bloc.chiffres)
    _set_table(tableau, [largeur // n] * n, titre, " ; ".join(f"{c.libelle} : {c.texte}" for c in bloc.chiffres))
    for cellule, chiffre in zip(tableau.rows[0].cells, bloc.chiffres, strict=True):
        _write_chiffre(cellule, chiffre, largeur // n // TWIP - 240)
    document.add_paragraph().paragraph_format.space_after = Pt(4)


def _write_chiffre(cellule: Any, chiffre: Chiffre, largeur: int) -> None:
    _write_cellule(cellule, chiffre.libelle, gras=True)
    valeur = _add_ligne(cellule).add_run(chiffre.texte)
    valeur.bold, valeur.font.size = True, Pt(20 if len(chiffre.texte) <= 9 else 12)
    if chiffre.ratio is not None:
        attendu = None if chiffre.attendu is None else 100 * chiffre.attendu
        cellule._tc.append(make_barre(_list_parts(100 * chiffre.ratio, attendu, chiffre.ton, largeur), 150))
    _add_ligne(cellule, chiffre.base)


# --- bars


def write_barres(document: Any, bloc: Barres) -> None:
    """A chart as a table: the category, its bars, its figures, its status in words."""
    legende = " · ".join(t for t in (bloc.titre, bloc.unite) if t)
    paragraphe = document.add_paragraph(legende, style="Légende figure")
    _write_legende(paragraphe, bloc)
    rangees = list_rangees(bloc)
    if not rangees:
        document.add_paragraph(_("Rien à montrer."))
        return
    largeur = compute_largeur(document)
    poids = (2.6, 3.4, 1.5, *([1.5] if bloc.statuts else []))
    largeurs = [int(largeur * p / sum(poids)) for p in poids]
    tableau = document.add_table(rows=len(rangees), cols=len(largeurs))
    _set_table(tableau, largeurs, bloc.titre, say_alt_barres(bloc), "Normal Table")
    piste = largeurs[1] // TWIP - 240
    for rang, rangee in zip(tableau.rows, rangees, strict=True):
        keep_entier(rang)
        nom, barres, valeurs, *statut = rang.cells
        _write_cellule(nom, rangee.categorie)
        nom.paragraphs[-1].paragraph_format.space_after = Pt(5)
        _write_pistes(barres, rangee, piste)
        _write_valeurs(valeurs, rangee, nommer=len(bloc.series) > 1)
        if statut:
            _write_cellule(statut[0], rangee.statut, ton=rangee.ton)  # type: ignore[arg-type]
    document.add_paragraph().paragraph_format.space_after = Pt(4)


def _write_legende(paragraphe: Any, bloc: Barres) -> None:
    reperes = [(s.nom, s.ton) for s in bloc.series] if len(bloc.series) > 1 else []
    if reperes or bloc.attendus:
        paragraphe.add_run().add_break()
    if reperes and bloc.tons:
        paragraphe.add_run(f"{say_serie_statuts(reperes.pop(0)[0])}    ")
    for nom, ton in reperes:
        teinte = get_teinte(ton)
        clair = teinte.fond in (theme.PREVU, theme.BLANC)  # too light for a mark: its outline
        carre = paragraphe.add_run("□ " if clair else "■ ")
        carre.font.color.rgb = RGBColor.from_string((teinte.bord if clair else teinte.fond)[1:])
        paragraphe.add_run(f"{nom}    ")
    if bloc.attendus:
        paragraphe.add_run("▏").font.color.rgb = RGBColor.from_string(theme.ENCRE[1:])
        paragraphe.add_run(say_attendu())


def _write_pistes(cellule: Any, rangee: Rangee, largeur: int) -> None:
    """Bars one under the other; a tick across the first."""
    tc = cellule._tc
    for paragraphe in list(tc.iterchildren(qn("w:p"))):
        tc.remove(paragraphe)
    tc.append(make_mince())
    for n, part in enumerate(rangee.parts):
        ton = rangee.ton if n == 0 and rangee.ton else part.ton
        attendu = rangee.attendu if n == 0 else None
        tc.append(make_barre(_list_parts(part.largeur, attendu, ton, largeur), BARRE[min(n, len(BARRE) - 1)]))
        tc.append(make_mince())


def _list_parts(pourcent: float | None, attendu: float | None, ton: str, largeur: int) -> list[tuple[int, str, str]]:
    """(width, pattern, colours) of the cells of a bar: what is done, what is not, the expected mark between."""
    if pourcent is None:
        return [(largeur, "diagStripe", f"FFFFFF/{theme.HACHURE[1:]}")]
    teinte = get_teinte(ton)  # type: ignore[arg-type]
    motif = ("diagStripe", f"FFFFFF/{theme.HACHURE[1:]}") if teinte.hachure else ("clear", f"{teinte.fond[1:]}/auto")
    vide = ("clear", f"{theme.SABLE[1:]}/auto")
    fait = round(largeur * min(max(pourcent, 0.0), 100.0) / 100)
    bornes = [(0, fait, *motif), (fait, largeur, *vide)]
    if attendu is not None:
        debut = min(max(round(largeur * min(max(attendu, 0.0), 100.0) / 100) - TRAIT // 2, 0), largeur - TRAIT)
        fin = debut + TRAIT
        coupes = [(a, min(b, debut), m, c) for a, b, m, c in bornes] + [(max(a, fin), b, m, c) for a, b, m, c in bornes]
        bornes = sorted([*coupes, (debut, fin, "clear", f"{theme.ENCRE[1:]}/auto")], key=lambda x: x[0])
    return [(b - a, m, c) for a, b, m, c in bornes if b > a]


def _write_valeurs(cellule: Any, rangee: Rangee, *, nommer: bool) -> None:
    for n, part in enumerate(rangee.parts):
        texte = f"{part.nom} {part.texte}" if nommer else part.texte
        if n == 0:
            _write_cellule(cellule, texte, gras=part.largeur is not None)
        else:
            _add_ligne(cellule, texte)


def add_ligne_signature(document: Any, noms: Sequence[str]) -> None:
    """Places to sign, side by side: functions, never names."""
    largeur = compute_largeur(document)
    tableau = document.add_table(rows=1, cols=len(noms))
    _set_table(tableau, [largeur // len(noms)] * len(noms), _("Signatures"), "", "Normal Table")
    keep_entier(tableau.rows[0])  # a line to sign never stands alone overleaf
    for cellule, nom in zip(tableau.rows[0].cells, noms, strict=True):
        _write_cellule(cellule, nom, gras=True)
        cellule.paragraphs[0].paragraph_format.keep_with_next = True
        trait = _add_ligne(cellule)
        trait.paragraph_format.space_before = Mm(22)
        trait.add_run("_" * 34)
