"""A frozen séance as PowerPoint: one slide per scene (more when it does not fit), native texts, tables, charts and shapes.

Nothing is computed or formatted here: `composition` says what stands where, this draws it.
"""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import Any, Final

from pptx.enum.shapes import PP_PLACEHOLDER

from ccm_data.phrases.rendus import say_demonstration, say_empreinte, say_page
from ccm_data.reports.figer import freeze_office, get_instant, strip_interdits
from ccm_data.reports.mesure import LIGNE, compute_largeur, cut_lignes, list_lignes
from ccm_data.reports.pptx import page as tailles
from ccm_data.reports.pptx.blocs import draw_bloc
from ccm_data.reports.pptx.composition import compose_scene
from ccm_data.reports.pptx.formes import Alinea, Run, Toile
from ccm_data.reports.pptx.gabarit import TITRES, Gabarit, open_gabarit
from ccm_data.reports.pptx.page import Cadre, Page, Zone, compute_cadre
from ccm_data.reports.scenes import Deck, Scene
from ccm_data.reports.tons import DEMONSTRATION
from ccm_data.textes import get_langue
from ccm_data.typographie import INSECABLE

COUVERTURE_TITRE: Final = (40.0, 32.0, 28.0, 24.0, 20.0)
SEPARE: Final = " · "
BLANCS: Final = re.compile(r"[\n\t\v]+")


def render_pptx(deck: Deck, gabarit: bytes | None = None) -> bytes:
    """The deck as a .pptx, in the ministry's template or in the user's.

    The same deck gives the same bytes. Raises FichierIllisible for a template that check_gabarit refuses.
    """
    propre = strip_interdits(deck)
    ouvert = open_gabarit(gabarit)
    cadre = compute_cadre(ouvert)
    pages = [page for scene in propre.scenes for page in compose_scene(_trim_source(propre, scene), cadre)]
    _draw_couverture(ouvert, cadre, propre, len(pages) + 1)
    for numero, page in enumerate(pages, 2):
        _draw_page(ouvert, cadre, propre, page, numero, len(pages) + 1)
    _set_proprietes(ouvert.prs, propre)
    sortie = io.BytesIO()
    ouvert.prs.save(sortie)
    return freeze_office(sortie.getvalue(), propre.date_iso)


def _trim_source(deck: Deck, scene: Scene) -> Scene:
    """The source without what the foot and the chip of every slide say already: the date d'arrêté, the demonstration."""
    dites = {x.replace(INSECABLE, " ") for x in (deck.sous_titre, say_demonstration())}
    parts = scene.source.split(SEPARE)
    return replace(scene, source=SEPARE.join(p for p in parts if p.replace(INSECABLE, " ") not in dites))


def _set_proprietes(prs: Any, deck: Deck) -> None:
    fiche, instant = prs.core_properties, get_instant(deck.date_iso)
    fiche.title, fiche.subject = deck.titre[:255], deck.sous_titre[:255]
    fiche.author = fiche.last_modified_by = "SP/CCM"
    fiche.keywords = deck.empreinte[:255]
    fiche.comments = say_demonstration() if deck.demonstration else ""
    fiche.language = get_langue()
    fiche.created = fiche.modified = instant
    fiche.revision = 1


def _draw_couverture(gabarit: Gabarit, cadre: Cadre, deck: Deck, total: int) -> None:
    """Title, date d'arrêté, body; the template's own cover when it is the user's."""
    diapositive = gabarit.prs.slides.add_slide(gabarit.couverture)
    toile = Toile(diapositive.shapes, cadre.unite)
    titre: Any = None
    sous_titre: Any = None
    for forme in list(diapositive.placeholders):
        genre = forme.placeholder_format.type
        if genre in TITRES and titre is None:
            titre = forme
        elif genre in (PP_PLACEHOLDER.SUBTITLE, PP_PLACEHOLDER.BODY) and sous_titre is None:
            sous_titre = forme
        else:
            forme._element.getparent().remove(forme._element)
    if not gabarit.sien:
        for forme, zone in ((titre, Zone(cadre.gauche, 140, cadre.utile, 166)), (sous_titre, None)):
            zone = zone or Zone(cadre.gauche, 316, cadre.utile, 76)
            forme.left, forme.top, forme.width, forme.height = toile.list_emu(zone)
    largeur = int(titre.width) / cadre.unite if titre.width else cadre.utile
    hauteur = int(titre.height) / cadre.unite if titre.height else 120.0
    texte, corps = _fit_couverture(deck.titre, largeur - (20 if gabarit.sien else 0), hauteur)
    _fill_titre(toile, titre, texte, corps)
    dits = [deck.sous_titre, *([deck.instance] if deck.instance and deck.instance not in deck.titre else [])]
    dits = [d for d in dits if d]
    if sous_titre is None:
        toile.draw_texte(
            Zone(cadre.gauche, 0.62 * cadre.hauteur, cadre.utile, 80),
            [Alinea((Run(d, 22),)) for d in dits],
            nom="Sous-titre",
        )
    else:
        cadre_texte = sous_titre.text_frame
        cadre_texte.text = "\n".join(dits)
        for paragraphe in cadre_texte.paragraphs:
            for run in paragraphe.runs:
                run.font.size = toile.corps(24 if compute_largeur(run.text, 24) <= largeur else 18)
                run._r.get_or_add_rPr().set("lang", "fr-FR" if get_langue() == "fr" else "en-GB")
    if deck.demonstration:
        prises = [f for f in (titre, sous_titre) if f is not None and gabarit.sien]
        _draw_pastille(toile, cadre.gauche, _find_libre(cadre, prises), 18)
    _draw_pied(toile, cadre, deck, 1, total, couverture=True)


def _find_libre(cadre: Cadre, prises: list[Any]) -> float:
    """Where the chip stands on a cover: under its texts, or where the user's own leaves room."""
    bandes = [(int(f.top or 0) / cadre.unite, int((f.top or 0) + (f.height or 0)) / cadre.unite) for f in prises]
    places = (24.0, 0.78 * cadre.hauteur, cadre.bas - 40, 4.0) if cadre.sien else (0.78 * cadre.hauteur,)
    return next((y for y in places if not any(y < bas and y + 32 > haut for haut, bas in bandes)), places[-1])


def _fit_couverture(texte: str, largeur: float, hauteur: float) -> tuple[str, float]:
    for corps in COUVERTURE_TITRE:
        lignes = max(1, int(hauteur / (corps * LIGNE)))
        debut, fin = cut_lignes(texte, lignes, corps, largeur, True)
        if not fin:
            return debut, corps
    return f"{debut[:-1]}…", COUVERTURE_TITRE[-1]


def _fill_titre(toile: Toile, forme: Any, texte: str, corps: float) -> None:
    """Write in the title's placeholder: its own look, our size."""
    forme.text_frame.text = texte
    for paragraphe in forme.text_frame.paragraphs:
        paragraphe.line_spacing = tailles.INTERLIGNE
        for run in paragraphe.runs:
            run.font.size = toile.corps(corps)
            run._r.get_or_add_rPr().set("lang", "fr-FR" if get_langue() == "fr" else "en-GB")


def _draw_page(gabarit: Gabarit, cadre: Cadre, deck: Deck, page: Page, numero: int, total: int) -> None:
    diapositive = gabarit.prs.slides.add_slide(gabarit.contenu)
    toile = Toile(diapositive.shapes, cadre.unite)
    if page.scene.cle == "point" and not page.morceaux and not gabarit.sien:
        page = _center_titre(toile, cadre, page)
    titre = diapositive.shapes.title
    if titre is None:  # the user's blank layout
        toile.draw_texte(page.zone_titre, [Alinea((Run(page.titre, page.corps_titre, True),))], nom="Titre")
    else:
        _fill_titre(toile, titre, page.titre, page.corps_titre)
        titre.left, titre.top, titre.width, titre.height = toile.list_emu(page.zone_titre)
    if page.sous_titre:
        toile.draw_texte(
            page.zone_sous_titre, [Alinea((Run(page.sous_titre, tailles.SOUS_TITRE, couleur="tx2"),))], nom="Sous-titre"
        )
    for morceau in page.morceaux:
        draw_bloc(toile, morceau.bloc, morceau.zone)
    if page.source:
        toile.draw_texte(page.zone_source, [Alinea((Run(page.source, tailles.SOURCE, couleur="tx2"),))], nom="Source")
    if not gabarit.sien:
        _draw_entete(toile, cadre, deck)
    _draw_pied(toile, cadre, deck, numero, total)


def _center_titre(toile: Toile, cadre: Cadre, page: Page) -> Page:
    """An agenda item without text: its title in the middle of the slide, as it is projected."""
    large = cadre.utile - 28
    corps = next((c for c in COUVERTURE_TITRE if len(list_lignes(page.titre, c, large, True)) <= 3), page.corps_titre)
    hauteur = len(list_lignes(page.titre, corps, large, True)) * corps * LIGNE
    zone = Zone(cadre.gauche + 28, (cadre.hauteur - hauteur) / 2, large, hauteur)
    toile.draw_rectangle(replace(zone, x=cadre.gauche, largeur=8), fond="accent1", nom="Filet")
    return replace(page, corps_titre=corps, zone_titre=zone)


def _draw_entete(toile: Toile, cadre: Cadre, deck: Deck) -> None:
    """Above the rule: the meeting, and the chip of the demonstration."""
    place = cadre.utile - 16
    if deck.demonstration:
        largeur = compute_largeur(say_demonstration(), 14, True) + 20
        _draw_pastille(toile, cadre.droite - largeur, 11, 14)
        place -= largeur + 12
    zone = Zone(cadre.gauche + 14, 13, place, 20)
    toile.draw_texte(
        zone,
        [Alinea((Run(_fit_ligne(deck.titre, 14, place, True), 14, True, "accent1"),))],
        ancre="milieu",
        nom="Séance",
    )


def _draw_pastille(toile: Toile, x: float, y: float, corps: float) -> None:
    texte = say_demonstration()
    zone = Zone(x, y, compute_largeur(texte, corps, True) + 20, corps * 1.65)
    forme = toile.draw_rectangle(zone, fond=DEMONSTRATION.fond, bord=DEMONSTRATION.bord, nom="Démonstration")
    toile.fill_texte(
        forme.text_frame, [Alinea((Run(texte, corps, True, DEMONSTRATION.encre),))], ancre="milieu", aligne="centre"
    )
    forme.text_frame.word_wrap = False


def _draw_pied(toile: Toile, cadre: Cadre, deck: Deck, numero: int, total: int, *, couverture: bool = False) -> None:
    """The date d'arrêté, the fingerprint, the page; on the user's template the meeting and the demonstration too."""
    dits = [deck.sous_titre, say_empreinte(deck.empreinte)]
    lignes = [SEPARE.join(d for d in dits if d)]
    if cadre.sien and not couverture:
        tete = [deck.titre] + ([say_demonstration()] if deck.demonstration else [])
        lignes.insert(0, SEPARE.join(tete))
        if deck.demonstration:
            place = cadre.utile - 90 - compute_largeur(SEPARE + say_demonstration(), tailles.PIED)
            lignes[0] = SEPARE.join((_fit_ligne(deck.titre, tailles.PIED, place), say_demonstration()))
    haut = tailles.PIED * LIGNE
    bas = cadre.hauteur - 12
    for rang, texte in enumerate(reversed(lignes)):
        zone = Zone(cadre.gauche, bas - haut * (rang + 1), cadre.utile - 90, haut)
        dit = _fit_ligne(texte, tailles.PIED, zone.largeur) if rang else _fit_pied(deck, zone.largeur)
        toile.draw_texte(zone, [Alinea((Run(dit, tailles.PIED, couleur="tx2"),))], ancre="milieu", nom="Pied")
    reste = say_page(numero, total)[len(str(numero)) :]
    runs = (Run(str(numero), 14, True, champ=True), Run(reste, 14))
    zone = Zone(cadre.droite - 84, bas - haut - 2, 84, haut + 2)
    toile.draw_texte(zone, [Alinea(runs)], ancre="milieu", aligne="droite", nom="Page")


def _fit_pied(deck: Deck, largeur: float) -> str:
    """The fingerprint is always whole; the words before it are shortened."""
    fin = SEPARE + say_empreinte(BLANCS.sub(" ", deck.empreinte))
    return _fit_ligne(deck.sous_titre, tailles.PIED, largeur - compute_largeur(fin, tailles.PIED)) + fin


def _fit_ligne(texte: str, corps: float, largeur: float, gras: bool = False) -> str:
    """One line, shortened by « … » when it is too long (the cover says it whole)."""
    ligne = BLANCS.sub(" ", texte)
    debut, fin = cut_lignes(ligne, 1, corps, largeur - corps, gras)
    return f"{debut}…" if fin else debut
