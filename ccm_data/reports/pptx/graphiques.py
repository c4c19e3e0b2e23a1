"""Native bar charts, whose data PowerPoint edits. A missing value is a gap in them, never a zero.

`plan_barres` says where the plot stands; `reperes` draws beside it what a native chart cannot say.
"""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from ccm_data.figures import theme
from ccm_data.phrases.rendus import say_alt_barres, say_attendu, say_rien
from ccm_data.reports.pptx.formes import Alinea, Run, Toile, set_alt, set_couleur, set_hachures
from ccm_data.reports.pptx.intitules import draw_intitule
from ccm_data.reports.pptx.mesures import NOM, say_intitule
from ccm_data.reports.pptx.page import TEXTE, Zone
from ccm_data.reports.pptx.plan_barres import Plan, is_dedans, make_plan
from ccm_data.reports.pptx.reperes import draw_reperes
from ccm_data.reports.scenes import Barres, Serie
from ccm_data.reports.tons import Teinte, get_teinte


def draw_barres(toile: Toile, bloc: Barres, zone: Zone) -> None:
    """Title, chart, then ticks, gaps and statuses."""
    titre, unite = say_intitule(bloc)
    zone = draw_intitule(toile, titre, zone, unite)
    if not bloc.categories or not bloc.series:
        toile.draw_texte(zone, [Alinea((Run(say_rien(), TEXTE, couleur="tx2"),))], nom="Vide")
        return
    plan = make_plan(bloc, zone)
    _draw_graphique(toile, bloc, plan)
    draw_reperes(toile, bloc, plan)


def _draw_graphique(toile: Toile, bloc: Barres, plan: Plan) -> None:
    series = list(bloc.series)
    seule = len(series) == 1 and bloc.forme != "empilees"
    if bloc.attendus and seule:  # behind the bar, as a track up to what is expected
        series.insert(0, Serie(say_attendu(), _pad(bloc.attendus, plan.n), ("",) * plan.n, "non_renseigne"))
    donnees: Any = CategoryChartData()  # type: ignore[no-untyped-call]
    donnees.categories = list(bloc.categories)
    for serie in series:
        donnees.add_series(serie.nom, serie.valeurs)
    cadre = toile.formes.add_chart(_get_genre(bloc, plan), *toile.list_emu(plan.cadre), donnees)
    set_alt(cadre, say_alt_barres(bloc), "Graphique")
    graphique = cadre.chart
    graphique.part.chart_workbook.update_from_xlsx_blob(_write_classeur(bloc.categories, series))
    graphique.has_title = False
    graphique.font.size = toile.corps(NOM)
    set_couleur(graphique.font.color, "tx1")
    graphique.has_legend = False  # ours names the tick too, and stands where it is put
    _set_axes(graphique, plan)
    _set_place(graphique._chartSpace.chart.plotArea, plan)
    trace = graphique.plots[0]
    trace.overlap = 100 if seule or plan.superpose else 0
    trace.gap_width = round(100 * (1 - plan.part) / plan.part * plan.barres)
    for rang, (serie, dessin) in enumerate(zip(series, trace.series, strict=True)):
        _paint_serie(toile, bloc, plan, serie, dessin, fond=bool(bloc.attendus) and seule and rang == 0)


def _pad(valeurs: tuple[float | None, ...], n: int) -> tuple[float | None, ...]:
    return (*valeurs[:n], *(None for _ in range(n - len(valeurs))))


def _get_genre(bloc: Barres, plan: Plan) -> XL_CHART_TYPE:
    if bloc.forme == "empilees":
        return XL_CHART_TYPE.COLUMN_STACKED if plan.vertical else XL_CHART_TYPE.BAR_STACKED
    return XL_CHART_TYPE.COLUMN_CLUSTERED if plan.vertical else XL_CHART_TYPE.BAR_CLUSTERED


def _write_classeur(categories: tuple[str, ...], series: list[Serie]) -> bytes:
    """The chart's own workbook: the library's would turn « =… » into a formula, and dates it by the clock."""
    sortie = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    classeur = xlsxwriter.Workbook(sortie, options)
    feuille = classeur.add_worksheet("Sheet1")
    for ligne, categorie in enumerate(categories, 1):
        feuille.write_string(ligne, 0, categorie)
    for colonne, serie in enumerate(series, 1):
        feuille.write_string(0, colonne, serie.nom)
        for ligne, valeur in enumerate(serie.valeurs, 1):
            if valeur is not None:
                feuille.write_number(ligne, colonne, valeur)
    classeur.close()
    return sortie.getvalue()


def _set_axes(graphique: Any, plan: Plan) -> None:
    valeurs, noms = graphique.value_axis, graphique.category_axis
    valeurs.minimum_scale, valeurs.maximum_scale = plan.debut, plan.fin
    valeurs.has_major_gridlines = False
    valeurs.visible = False  # every bar says its figure
    noms.reverse_order = not plan.vertical  # the first on top
    noms.major_tick_mark = noms.minor_tick_mark = XL_TICK_MARK.NONE
    noms.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    set_couleur(noms.format.line.color, theme.ZERO)
    noms.tick_labels.font.bold = False
    corps = noms._element.find(qn("c:txPr")).find(qn("a:bodyPr"))
    corps.set("rot", "0")
    corps.set("vert", "horz")
    unique = noms._element.find(qn("c:noMultiLvlLbl"))
    saut = parse_xml(f'<c:tickLblSkip {nsdecls("c")} val="1"/>')  # every name, however many
    unique.addprevious(saut) if unique is not None else noms._element.append(saut)


def _set_place(element: Any, plan: Plan) -> None:
    """The plot's own place in the chart's frame, as parts of it."""
    cadre, zone = plan.cadre, plan.trace
    parts = {
        "x": (zone.x - cadre.x) / cadre.largeur,
        "y": (zone.y - cadre.y) / cadre.hauteur,
        "w": zone.largeur / cadre.largeur,
        "h": zone.hauteur / cadre.hauteur,
    }
    mesures = "".join(f'<c:{c}Mode val="edge"/>' for c in "xy") + "".join(
        f'<c:{c} val="{v:.5f}"/>' for c, v in parts.items()
    )
    cible = '<c:layoutTarget val="inner"/>'
    place = parse_xml(f"<c:layout {nsdecls('c')}><c:manualLayout>{cible}{mesures}</c:manualLayout></c:layout>")
    ancien = element.find(qn("c:layout"))
    if ancien is not None:
        element.replace(ancien, place)
    else:
        element.insert(0, place)


def _paint_serie(toile: Toile, bloc: Barres, plan: Plan, serie: Serie, dessin: Any, *, fond: bool) -> None:
    dessin.invert_if_negative = False
    if fond:
        _paint(dessin.format, Teinte(theme.SABLE, theme.FILET), toile)
        return
    _paint(dessin.format, get_teinte(serie.ton), toile)
    for rang, (valeur, texte) in enumerate(zip(serie.valeurs, serie.textes, strict=True)):
        ton = bloc.tons[rang] if rang < len(bloc.tons) and serie is bloc.series[0] else None
        if valeur is None:
            continue
        if ton is not None:
            _paint(dessin.points[rang].format, get_teinte(ton), toile)
        empile = bloc.forme == "empilees"
        if plan.colonne or (empile and not is_dedans(bloc, plan, serie, rang)):
            continue
        etiquette = dessin.points[rang].data_label
        etiquette.position = XL_LABEL_POSITION.CENTER if empile else XL_LABEL_POSITION.OUTSIDE_END
        cadre = etiquette.text_frame
        cadre.word_wrap = False
        run = cadre.paragraphs[0].add_run()
        run.text = texte
        encre = get_teinte(ton or serie.ton).encre if empile else "tx1"
        toile.set_police(run.font, Run(texte, plan.corps, True, encre))


def _paint(aspect: Any, teinte: Teinte, toile: Toile) -> None:
    if teinte.hachure:
        set_hachures(aspect.fill)
    else:
        aspect.fill.solid()
        set_couleur(aspect.fill.fore_color, teinte.fond)
    set_couleur(aspect.line.color, teinte.bord)
    aspect.line.width = toile.emu(1)
