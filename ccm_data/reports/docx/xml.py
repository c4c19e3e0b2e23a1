"""What python-docx has no word for: fields, shading, repeated headings, placeholders, nested bars."""

from __future__ import annotations

from typing import Any, Final

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

# What comes after `updateFields` in Word's settings, whose order counts.
APRES_CHAMPS: Final = (
    "w:hdrShapeDefaults", "w:footnotePr", "w:endnotePr", "w:compat", "w:docVars", "w:rsids", "m:mathPr", "w:themeFontLang",
    "w:clrSchemeMapping", "w:shapeDefaults", "w:decimalSymbol", "w:listSeparator",
)  # fmt: skip
ORDRE_TBLPR: Final = ("w:tblCaption", "w:tblDescription")  # the last ones of a table's properties


def make_element(nom: str, **attributs: str) -> Any:
    """An element with attributes of Word's own namespace."""
    element = OxmlElement(nom)
    for cle, valeur in attributs.items():
        element.set(qn(f"w:{cle}"), valeur)
    return element


def add_champ(paragraphe: Any, instruction: str, resultat: str) -> None:
    """A field that Word computes, with what is shown until it does."""
    for genre in ("begin", "separate", "end"):
        run = paragraphe.add_run()
        run._r.append(make_element("w:fldChar", fldCharType=genre))
        if genre == "begin":
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = f" {instruction} "
            paragraphe.add_run()._r.append(code)
        elif genre == "separate":
            paragraphe.add_run(resultat)


def set_fond(objet: Any, couleur: str) -> None:
    """The background of a run, a paragraph or a cell."""
    element = getattr(objet, "_r", None)
    proprietes = None
    if element is not None:
        proprietes = element.get_or_add_rPr()
    elif getattr(objet, "_tc", None) is not None:
        proprietes = objet._tc.get_or_add_tcPr()
    else:
        proprietes = objet._p.get_or_add_pPr()
    fond = make_element("w:shd", val="clear", color="auto", fill=couleur[1:])
    if proprietes.tag == qn("w:pPr"):
        proprietes.insert_element_before(fond, "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")
    else:
        proprietes.append(fond)


def set_bord_gauche(paragraphe: Any, couleur: str, epaisseur: int = 24) -> None:
    """A coloured edge on the left of a paragraph; `epaisseur` in eighths of a point."""
    bords = OxmlElement("w:pBdr")
    bords.append(make_element("w:left", val="single", sz=str(epaisseur), space="6", color=couleur[1:]))
    paragraphe._p.get_or_add_pPr().insert_element_before(
        bords, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def set_entete(rang: Any) -> None:
    """A row of headings: again at the top of every page, never cut."""
    keep_entier(rang)
    rang._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def keep_entier(rang: Any) -> None:
    """A row that is never cut by the end of a page."""
    rang._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def set_alt(tableau: Any, titre: str, description: str) -> None:
    """What a table shows to who cannot see it."""
    proprietes = tableau if tableau.tag == qn("w:tblPr") else tableau.find(qn("w:tblPr"))
    for nom, texte in zip(ORDRE_TBLPR, (titre, description), strict=True):
        if texte:
            proprietes.append(make_element(nom, val=texte[:255] if nom == ORDRE_TBLPR[0] else texte[:1500]))


def add_signet(paragraphe: Any, nom: str, numero: int) -> None:
    """A bookmark around a paragraph."""
    debut = make_element("w:bookmarkStart", id=str(numero), name=nom)
    paragraphe._p.insert(1 if paragraphe._p.pPr is not None else 0, debut)
    paragraphe._p.append(make_element("w:bookmarkEnd", id=str(numero)))


def set_mise_a_jour(document: Any) -> None:
    """Ask Word to compute the fields (the pages of the contents) when it opens the document."""
    reglages = document.settings.element
    demande = make_element("w:updateFields", val="true")
    suivant = next((x for x in reglages if x.tag in {qn(nom) for nom in APRES_CHAMPS}), None)
    if suivant is None:
        reglages.append(demande)
    else:
        suivant.addprevious(demande)


def make_lien(signet: str) -> Any:
    """A link to a bookmark, to be filled with runs."""
    return make_element("w:hyperlink", anchor=signet, history="1")


def wrap_a_remplir(paragraphe: Any, nom: str) -> None:
    """The paragraph as a placeholder: one click selects it, what is typed replaces it."""
    bloc, proprietes, contenu = OxmlElement("w:sdt"), OxmlElement("w:sdtPr"), OxmlElement("w:sdtContent")
    proprietes.append(make_element("w:alias", val=nom[:64]))
    proprietes.append(OxmlElement("w:showingPlcHdr"))
    bloc.append(proprietes)
    bloc.append(contenu)
    paragraphe._p.addprevious(bloc)
    contenu.append(paragraphe._p)


def make_barre(parts: list[tuple[int, str, str]], hauteur: int) -> Any:
    """A bar: a table of one row whose cells are painted; (width in twips, pattern of Word, fill and ink « FFF3C4/8A6A00 »)."""
    tableau, proprietes, grille, rang = (OxmlElement(n) for n in ("w:tbl", "w:tblPr", "w:tblGrid", "w:tr"))
    total = sum(w for w, _m, _c in parts)
    proprietes.append(make_element("w:tblW", w=str(total), type="dxa"))
    bords = OxmlElement("w:tblBorders")
    for cote in ("top", "left", "bottom", "right"):
        bords.append(make_element(f"w:{cote}", val="single", sz="4", space="0", color="D9D2C5"))
    proprietes.append(bords)
    proprietes.append(make_element("w:tblLayout", type="fixed"))
    marges = OxmlElement("w:tblCellMar")
    for cote in ("left", "right"):
        marges.append(make_element(f"w:{cote}", w="0", type="dxa"))
    proprietes.append(marges)
    trpr = OxmlElement("w:trPr")
    trpr.append(make_element("w:trHeight", val=str(hauteur), hRule="exact"))
    rang.append(trpr)
    for largeur, motif, couleurs in parts:
        fond, encre = couleurs.split("/")
        grille.append(make_element("w:gridCol", w=str(largeur)))
        cellule, tcpr = OxmlElement("w:tc"), OxmlElement("w:tcPr")
        tcpr.append(make_element("w:tcW", w=str(largeur), type="dxa"))
        tcpr.append(make_element("w:shd", val=motif, color=encre, fill=fond))
        cellule.append(tcpr)
        cellule.append(make_mince())
        rang.append(cellule)
    for element in (proprietes, grille, rang):
        tableau.append(element)
    return tableau


def make_mince() -> Any:
    """An empty paragraph that takes no room."""
    paragraphe, proprietes = OxmlElement("w:p"), OxmlElement("w:pPr")
    proprietes.append(make_element("w:spacing", before="0", after="0", line="40", lineRule="exact"))
    paragraphe.append(proprietes)
    return paragraphe
