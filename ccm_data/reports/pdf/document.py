"""A Deck → a PDF: cover, then each scene on its page or pages, with its place in the deck, the hash and the demonstration.

Dates inside the file are the deck's own: the same deck gives the same bytes. Bookmarks lead to each scene.
"""

from __future__ import annotations

import io
from typing import Any, Final

from reportlab.pdfgen.canvas import Canvas

from ccm_data.figures import theme
from ccm_data.phrases.rendus import say_decision, say_demonstration, say_empreinte, say_source, say_suite
from ccm_data.reports.figer import get_instant, strip_interdits
from ccm_data.reports.mesure import LIGNE, cut_lignes
from ccm_data.reports.pdf.blocs import list_pieces
from ccm_data.reports.pdf.morceaux import (
    Morceau,
    Page,
    Piece,
    make_barre_gauche,
    make_blanc,
    make_lignes,
    paginate,
    resolve,
)
from ccm_data.reports.pdf.toile import HAUTEUR, LARGEUR, Toile
from ccm_data.reports.polices import read_polices
from ccm_data.reports.reunion import Groupe, list_groupes
from ccm_data.reports.scenes import Deck, Scene
from ccm_data.reports.tons import DEMONSTRATION
from ccm_data.textes import _, get_langue, set_langue

MARGE: Final = 42.0
LARGE: Final = LARGEUR - 2 * MARGE
TETE: Final = 62.0  # where a page's body begins
TETE_SUITE: Final = 84.0  # on a page that goes on: the title stands above, in small
PIED: Final = 30.0  # under the source
SOURCE_LIGNES: Final = 5  # a longer source is a paragraph of the scene
TITRES: Final = (24.0, 19.0, 15.0)
INTERCALAIRES: Final = (40.0, 32.0, 24.0)
SOUS: Final = 12.0
DECISION: Final = 12.5
FIN: Final = 8.5


def render_pdf(deck: Deck) -> bytes:
    """The PDF's bytes, in French, the deck's language."""
    langue = get_langue()
    set_langue("fr")
    try:
        return _render(strip_interdits(deck))
    finally:
        set_langue(langue)


def _render(deck: Deck) -> bytes:
    sortie = io.BytesIO()
    canvas = Canvas(sortie, pagesize=(LARGEUR, HAUTEUR), invariant=1, lang="fr-FR", initialFontName="Helvetica")
    _set_proprietes(canvas, deck)
    toile = Toile(canvas, read_polices())
    _draw_couverture(toile, deck)
    for groupe in list_groupes(deck):
        _draw_scene(toile, deck, groupe)
    canvas.save()
    return sortie.getvalue()


def _set_proprietes(canvas: Any, deck: Deck) -> None:
    canvas.setTitle(deck.titre)
    canvas.setSubject(f"{deck.sous_titre} · {say_empreinte(deck.empreinte)}")
    canvas.setAuthor("SP/CCM")
    canvas.setCreator("SP/CCM")
    canvas.setKeywords(deck.empreinte)
    canvas.setViewerPreference("DisplayDocTitle", "true")
    canvas.showOutline()
    # reportlab dates the file by its own clock: the deck's day instead.
    instant = get_instant(deck.date_iso)
    horloge = canvas._doc._timeStamp
    horloge.YMDhms, horloge.tzname = instant.timetuple()[:6], "UTC"
    horloge.dhh = horloge.dmm = 0


# --- a scene


def _draw_scene(toile: Toile, deck: Deck, groupe: Groupe) -> None:
    scene, numero = groupe.scene, groupe.premiere
    titre = say_suite(scene.titre) if scene.suite else scene.titre
    source = toile.list_lignes(scene.source, FIN, LARGE - 200) if scene.source else []
    longue = len(source) > SOURCE_LIGNES
    pied = PIED + max(0 if longue else len(source), 1) * FIN * LIGNE + 8
    premiere, suivantes = HAUTEUR - TETE - pied, HAUTEUR - TETE_SUITE - pied
    seule = scene.cle == "point" and not scene.blocs and not scene.decision
    haut = _list_intercalaire(toile, titre, premiere) if seule else _list_titre(toile, titre, scene.sous_titre)
    corps = _list_corps(toile, scene, longue)
    decision = _list_decision(toile, scene.decision)
    place = premiere - sum(m.hauteur for m in (*haut, *decision))
    pages = paginate([*haut, *resolve(corps, place - 12)], premiere, suivantes)
    pages = _add_decision(pages, decision, premiere, suivantes)
    for rang, page in enumerate(pages):
        cle = f"scene-{numero}-{rang}"
        if rang == 0:
            toile.canvas.bookmarkPage(cle)
            toile.canvas.addOutlineEntry(f"{numero}. {titre}", cle, level=0)
        place_dite = groupe.say_place(len(deck.scenes))
        _draw_cadre(toile, deck, place_dite, titre if rang else "", [] if longue else source)
        for y, morceau in page:
            morceau.draw(toile, MARGE, (TETE_SUITE if rang else TETE) + y)
        toile.canvas.showPage()


def _list_titre(toile: Toile, titre: str, sous_titre: str) -> list[Morceau]:
    """The message as large as two lines allow, the subtitle, some air."""
    corps = next((c for c in TITRES if len(toile.list_lignes(titre, c, LARGE, True)) <= 2), TITRES[-1])
    morceaux = make_lignes(toile, titre, corps, LARGE, gras=True)
    if sous_titre:
        morceaux += [make_blanc(2), *make_lignes(toile, sous_titre, SOUS, LARGE, couleur=theme.ENCRE_2)]
    return [*morceaux, make_blanc(14)]


def _list_intercalaire(toile: Toile, titre: str, place: float) -> list[Morceau]:
    """An agenda item without text: its title in the middle of the page, as it is projected."""
    corps = next((c for c in INTERCALAIRES if len(toile.list_lignes(titre, c, LARGE - 24, True)) <= 3), TITRES[-1])
    lignes = make_lignes(toile, titre, corps, LARGE - 24, gras=True, retrait=24)
    air = max((place - sum(m.hauteur for m in lignes)) / 2 - corps, 0.0)
    return [Morceau(air, lambda _t, _x, _h: None), *make_barre_gauche(lignes, theme.VERT, 6, theme.BLANC, LARGE)]


def _list_corps(toile: Toile, scene: Scene, source_longue: bool) -> list[Piece]:
    pieces: list[Piece] = []
    for rang, bloc in enumerate(scene.blocs):
        pieces += [make_blanc(14)] if rang else []
        pieces += list_pieces(toile, bloc, LARGE)
    if source_longue:
        pieces += [make_blanc(), *make_lignes(toile, say_source(scene.source), FIN, LARGE, couleur=theme.ENCRE_2)]
    return pieces


def _list_decision(toile: Toile, decision: str) -> list[Morceau]:
    """What is asked of the meeting, on sand with a green edge."""
    if not decision:
        return []
    tete = make_lignes(toile, say_decision(), 10, LARGE - 28, gras=True, couleur=theme.VERT, retrait=16, colle=True)
    corps = make_lignes(toile, decision, DECISION, LARGE - 28, retrait=16)
    air = Morceau(7, lambda _t, _x, _h: None, colle=True)
    lignes = [air, *tete, *corps[:-1]]
    if corps:
        lignes.append(Morceau(corps[-1].hauteur + 7, corps[-1].draw))
    return make_barre_gauche(lignes, theme.VERT, 4, theme.SABLE, LARGE)


def _add_decision(pages: list[Page], decision: list[Morceau], premiere: float, suivantes: float) -> list[Page]:
    """The decision at the foot of the last page, or on pages of its own."""
    if not decision:
        return pages
    place = premiere if len(pages) == 1 else suivantes
    pris = max((y + m.hauteur for y, m in pages[-1]), default=0.0)
    hauteur = sum(m.hauteur for m in decision)
    if pris + hauteur + 8 > place:
        return [*pages, *paginate(decision, suivantes, suivantes)]
    y = place - hauteur
    for m in decision:
        pages[-1].append((y, m))
        y += m.hauteur
    return pages


def _draw_cadre(toile: Toile, deck: Deck, place_dite: str, suite: str, source: list[str]) -> None:
    """What every page says: the séance and its date, the demonstration, « 4 / 12 », the source, the hash."""
    toile.draw_ligne(place_dite, LARGEUR - MARGE, 30, 11, gras=True, aligne="droite")
    marge = max(toile.compute_largeur(place_dite, 11, True) + 14, 60)
    place = LARGE - marge - 14
    if deck.demonstration:
        place -= _draw_demonstration(toile, LARGEUR - MARGE - marge, 28) + 12
    quoi = cut_lignes(deck.titre, 1, 10 * toile.polices.marge, place, True)[0]
    toile.draw_ligne(quoi, MARGE, 30.5, 10, gras=True, couleur=theme.VERT)
    reste = place - toile.compute_largeur(quoi, 10, True) - 14
    arrete = cut_lignes(deck.sous_titre, 1, 10 * toile.polices.marge, max(reste, 1), False)[0]
    if reste > toile.compute_largeur(deck.sous_titre, 10):
        toile.draw_ligne(arrete, MARGE + place - reste, 30.5, 10, couleur=theme.ENCRE_2)
    toile.draw_rectangle(MARGE, 47, LARGE, 1.8, fond=theme.VERT)
    if suite:
        debut, fin = cut_lignes(
            say_suite(suite) if not suite.endswith(")") else suite, 1, 12 * toile.polices.marge, LARGE, True
        )
        toile.draw_ligne(f"{debut[:-1]}…" if fin else debut, MARGE, 58, 12, gras=True)
    bas = HAUTEUR - PIED - max(len(source), 1) * FIN * LIGNE
    toile.draw_trait(MARGE, bas - 4, LARGEUR - MARGE, bas - 4, theme.FILET, 0.7)
    toile.draw_lignes(source, MARGE, bas, FIN, couleur=theme.ENCRE_2)
    toile.draw_ligne(say_empreinte(deck.empreinte), LARGEUR - MARGE, bas, FIN, couleur=theme.ENCRE_2, aligne="droite")


def _draw_demonstration(toile: Toile, droite: float, haut: float) -> float:
    """The chip that says that figures are invented; its width."""
    texte = say_demonstration()
    large = toile.compute_largeur(texte, 9, True) + 14
    toile.draw_rectangle(
        droite - large, haut, large, 16, fond=DEMONSTRATION.fond, bord=DEMONSTRATION.bord, trait=0.8, rayon=2
    )
    toile.draw_ligne(texte, droite - large + 7, haut + 2, 9, gras=True, couleur=DEMONSTRATION.encre)
    return large


# --- the cover


def _draw_couverture(toile: Toile, deck: Deck) -> None:
    """Body, date, date d'arrêté, hash; then the scenes, each a link to its page. A long list goes on."""
    toile.canvas.bookmarkPage("couverture")
    toile.canvas.addOutlineEntry(deck.titre, "couverture", level=0)
    morceaux = [
        *make_lignes(toile, deck.instance, 14, LARGE, couleur=theme.ENCRE_2),
        make_blanc(4),
        *make_lignes(toile, deck.titre, 28, LARGE, gras=True, couleur=theme.VERT),
        make_blanc(4),
        *make_lignes(toile, deck.sous_titre, 14, LARGE),
        make_blanc(18),
        *make_lignes(toile, _("Scènes"), 11, LARGE, gras=True, colle=True),
        *(m for g in list_groupes(deck) for m in _list_sommaire(toile, g.premiere, g.scene)),
    ]
    place = HAUTEUR - TETE - 66
    for rang, page in enumerate(paginate(morceaux, place, place)):
        if rang == 0 and deck.demonstration:
            _draw_demonstration(toile, LARGEUR - MARGE, 28)
        toile.draw_rectangle(MARGE, 47, LARGE, 1.8, fond=theme.VERT)
        for y, morceau in page:
            morceau.draw(toile, MARGE, TETE + 6 + y)
        bas = HAUTEUR - PIED - FIN * LIGNE
        toile.draw_trait(MARGE, bas - 4, LARGEUR - MARGE, bas - 4, theme.FILET, 0.7)
        toile.draw_ligne(say_empreinte(deck.empreinte), MARGE, bas, FIN, gras=True)
        complete = cut_lignes(f"SHA-256 {deck.empreinte}", 1, FIN * toile.polices.marge, LARGE - 160)[0]
        toile.draw_ligne(complete, LARGEUR - MARGE, bas, FIN, couleur=theme.ENCRE_2, aligne="droite")
        toile.canvas.showPage()


def _list_sommaire(toile: Toile, numero: int, scene: Scene) -> list[Morceau]:
    lignes = make_lignes(toile, scene.titre, 11, LARGE, retrait=26)
    premiere = lignes[0]

    def _draw(t: Toile, x: float, haut: float) -> None:
        t.draw_ligne(str(numero), x + 16, haut, 11, gras=True, couleur=theme.VERT, aligne="droite")
        premiere.draw(t, x, haut)
        boite = (x, HAUTEUR - haut - premiere.hauteur, x + LARGE, HAUTEUR - haut)
        t.canvas.linkRect("", f"scene-{numero}-0", boite, thickness=0)

    return [Morceau(premiere.hauteur + (0 if len(lignes) > 1 else 2.5), _draw, premiere.colle), *lignes[1:]]
