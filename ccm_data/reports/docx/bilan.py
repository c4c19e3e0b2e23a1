"""The bilan as Word: cover, contents, sections upright and lying down, in the order of `contenu_bilan`."""

from __future__ import annotations

from typing import Any, Final

from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt, RGBColor

from ccm_data.figures import theme
from ccm_data.phrases.rendus import say_demonstration
from ccm_data.reports.blocs_bilan import ARemplir, BlocBilan, Matrice, Section
from ccm_data.reports.communs import Contenu
from ccm_data.reports.contenu_bilan import Bilan, Genre, make_bilan
from ccm_data.reports.docx.blocs import (
    write_a_remplir,
    write_barres,
    write_chiffres,
    write_liste,
    write_tableau,
    write_texte,
)
from ccm_data.reports.docx.styles import SOMMAIRE, Identite, add_section, make_document, save_document
from ccm_data.reports.docx.xml import add_signet, make_element, make_lien, set_fond, set_mise_a_jour
from ccm_data.reports.figer import strip_interdits
from ccm_data.reports.scenes import Barres, Chiffres, Deck, Liste, Tableau
from ccm_data.reports.tons import DEMONSTRATION
from ccm_data.textes import _, get_langue, set_langue

NIVEAUX: Final = 'TOC \\o "1-2" \\h \\z \\u'


def render_bilan(contenu: Contenu, deck: Deck, genre: Genre) -> bytes:
    """The bytes of the bilan, in French. `deck` gives its heading, its hash and its demonstration mark."""
    langue = get_langue()
    set_langue("fr")
    try:
        return _render(strip_interdits(make_bilan(contenu, genre)), strip_interdits(deck))
    finally:
        set_langue(langue)


def _render(bilan: Bilan, deck: Deck) -> bytes:
    identite = Identite(deck.titre, deck.sous_titre, deck.empreinte, deck.demonstration)
    document = make_document(f"{bilan.titre} · {deck.titre}", deck.sous_titre, identite, deck.date_iso)
    _write_couverture(document, bilan, deck)
    titres = _number(bilan.sections)
    _write_sommaire(document, bilan.sections, titres)
    paysage = False
    for rang, (section, titre) in enumerate(zip(bilan.sections, titres, strict=True)):
        if section.paysage != paysage:
            add_section(document, paysage=section.paysage)
            paysage = section.paysage
        elif rang == 0:
            document.add_page_break()
        paragraphe = document.add_heading(titre, section.niveau)
        add_signet(paragraphe, _get_signet(rang), rang + 1)
        for bloc in section.blocs:
            _write_bloc(document, bloc)
    set_mise_a_jour(document)
    return save_document(document, deck.date_iso)


def _number(sections: tuple[Section, ...]) -> list[str]:
    """« 4. Matrice de suivi », « 4.1 Axe 1 »; annexes have their letter."""
    titres, n, m = [], 0, 0
    for section in sections:
        if section.niveau == 1:
            annexe = section.titre.startswith(_("Annexe"))
            n, m = n + (not annexe), 0
            titres.append(section.titre if annexe else f"{n}. {section.titre}")
        else:
            m += 1
            titres.append(f"{n}.{m} {section.titre}")
    return titres


def _get_signet(rang: int) -> str:
    return f"_Toc{rang + 1:08d}"


def _write_bloc(document: Any, bloc: BlocBilan) -> None:
    if isinstance(bloc, Chiffres):
        write_chiffres(document, bloc)
    elif isinstance(bloc, Barres):
        write_barres(document, bloc)
    elif isinstance(bloc, Matrice):
        write_tableau(document, bloc.tableau, bloc.a_remplir)
    elif isinstance(bloc, Tableau):
        write_tableau(document, bloc)
    elif isinstance(bloc, Liste):
        write_liste(document, bloc)
    elif isinstance(bloc, ARemplir):
        write_a_remplir(document, bloc.questions)
    else:
        write_texte(document, bloc)


def _write_couverture(document: Any, bilan: Bilan, deck: Deck) -> None:
    """Body, what it is, the séance, the date d'arrêté, the whole hash, the demonstration."""
    tete = document.add_paragraph(deck.instance)
    tete.paragraph_format.space_before = Mm(50)
    tete.runs[0].font.size, tete.runs[0].font.color.rgb = Pt(14), RGBColor.from_string(theme.ENCRE_2[1:])
    document.add_paragraph(bilan.titre, style="Title")
    for texte, taille in ((deck.titre, 13), (deck.sous_titre, 12), (bilan.periode, 12)):
        document.add_paragraph().add_run(texte).font.size = Pt(taille)
    if deck.demonstration:
        marque = document.add_paragraph()
        marque.add_run(say_demonstration()).bold = True
        set_fond(marque, DEMONSTRATION.fond)
    pied = document.add_paragraph()
    pied.paragraph_format.space_before = Mm(20)
    pied.add_run(_("Empreinte du contenu figé (SHA-256)")).bold = True
    pied.add_run().add_break()
    pied.add_run(deck.empreinte).font.size = Pt(8.5)
    plan = document.add_paragraph(_("Les passages sur fond jaune sont à rédiger par le SP/CCM."))
    plan.paragraph_format.space_before = Mm(6)
    plan.add_run().add_break(WD_BREAK.PAGE)


def _write_sommaire(document: Any, sections: tuple[Section, ...], titres: list[str]) -> None:
    """A contents field: its titles are there already, Word adds the page numbers when it opens the file."""
    tete = document.add_paragraph()
    tete.add_run(_("Sommaire")).bold = True
    tete.runs[0].font.size, tete.runs[0].font.color.rgb = Pt(16), RGBColor.from_string(theme.VERT[1:])
    for rang, (section, titre) in enumerate(zip(sections, titres, strict=True)):
        paragraphe = document.add_paragraph(style=SOMMAIRE[section.niveau - 1])
        if rang == 0:
            for genre in ("begin", "separate"):
                paragraphe.add_run()._r.append(make_element("w:fldChar", fldCharType=genre))
                if genre == "begin":
                    code = OxmlElement("w:instrText")
                    code.text = NIVEAUX
                    paragraphe.add_run()._r.append(code)
        lien = make_lien(_get_signet(rang))
        run = paragraphe.add_run(titre)
        lien.append(run._r)
        paragraphe._p.append(lien)
        if rang == len(titres) - 1:
            paragraphe.add_run()._r.append(make_element("w:fldChar", fldCharType="end"))
