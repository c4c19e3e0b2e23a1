"""A template opened with care, ours or the user's: its slide size, its two layouts, where a title stands.

Layouts are found by the kinds of their placeholders, never by their names, which change with the language of PowerPoint.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import Any, Final

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn

from ccm_data.errors import FichierIllisible
from ccm_data.imports.tables import DEPLIES_MAX, MEMBRES_MAX, RAPPORT_MAX
from ccm_data.reports.pptx.modele import make_modele

OCTETS_MAX: Final = 30_000_000
PIEDS: Final = frozenset({PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER})
TITRES: Final = frozenset({PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE})
PRESENTATION: Final = b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
# Lists of slides that name those we take away: PowerPoint would offer to « repair » the file.
RENVOIS: Final = ("p:custShowLst", "p:extLst")


@dataclass(frozen=True)
class Gabarit:
    """An opened presentation without slides. `sien`: the user's own, whose art and title place are kept."""

    prs: Any
    couverture: Any
    contenu: Any
    sien: bool


def check_gabarit(octets: bytes, nom: str = "") -> None:
    """Raises FichierIllisible (pas_un_pptx, trop_gros, sans_disposition), with facts for phrases/rendus."""
    open_gabarit(octets, nom)


def open_gabarit(octets: bytes | None, nom: str = "") -> Gabarit:
    """The user's template, ours for None. Raises FichierIllisible as check_gabarit."""
    if octets is None:
        prs: Any = Presentation(io.BytesIO(make_modele()))
        couverture, contenu = prs.slide_layouts
        return Gabarit(prs, couverture, contenu, sien=False)
    _check_zip(octets, nom)
    try:
        prs = Presentation(io.BytesIO(octets))
        dispositions = [d for masque in prs.slide_masters for d in masque.slide_layouts]
        genres = [_list_genres(d) for d in dispositions]
        largeur, hauteur = int(prs.slide_width or 0), int(prs.slide_height or 0)
    except Exception as erreur:  # a damaged file may be told by any exception of the parser
        raise FichierIllisible("pas_un_pptx", nom=nom) from erreur
    if largeur <= 0 or hauteur <= 0:
        raise FichierIllisible("pas_un_pptx", nom=nom)
    couverture = _find_couverture(dispositions, genres)
    contenu = _find_contenu(dispositions, genres)
    manque = [cle for cle, d in (("titre", couverture), ("contenu", contenu)) if d is None]
    if manque:
        raise FichierIllisible("sans_disposition", nom=nom, manque=tuple(manque), dispositions=len(dispositions))
    _drop_diapositives(prs)
    return Gabarit(prs, couverture, contenu, sien=True)


def _check_zip(octets: bytes, nom: str) -> None:
    if len(octets) > OCTETS_MAX:
        raise FichierIllisible("trop_gros", nom=nom, maximum=OCTETS_MAX // 1_000_000, octets=len(octets))
    try:
        with zipfile.ZipFile(io.BytesIO(octets)) as archive:
            membres = archive.infolist()
            deplies = sum(m.file_size for m in membres)
            trop = [
                m for m in membres if m.file_size > 1_000_000 and m.file_size > RAPPORT_MAX * max(m.compress_size, 1)
            ]
            if trop or len(membres) > MEMBRES_MAX or deplies > DEPLIES_MAX:
                raise FichierIllisible("trop_gros", nom=nom, maximum=OCTETS_MAX // 1_000_000, octets=deplies)
            noms = [m.filename for m in membres]
            chiffre = any(m.flag_bits & 1 for m in membres)
            if chiffre or len(set(noms)) < len(noms) or "ppt/presentation.xml" not in noms:
                raise FichierIllisible("pas_un_pptx", nom=nom)
            # a deck with macros, or a .potx, declares another type
            if PRESENTATION not in archive.read("[Content_Types].xml") or any(
                n.endswith("vbaProject.bin") for n in noms
            ):
                raise FichierIllisible("pas_un_pptx", nom=nom)
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError, KeyError) as erreur:
        raise FichierIllisible("pas_un_pptx", nom=nom) from erreur


def _list_genres(disposition: Any) -> list[PP_PLACEHOLDER]:
    return [p.placeholder_format.type for p in disposition.placeholders if p.placeholder_format.type not in PIEDS]


def _find_couverture(dispositions: list[Any], genres: list[list[PP_PLACEHOLDER]]) -> Any:
    """A layout with a centred title, else a title with a subtitle."""
    for cherche in ({PP_PLACEHOLDER.CENTER_TITLE}, {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.SUBTITLE}):
        for disposition, siens in zip(dispositions, genres, strict=True):
            if cherche <= set(siens):
                return disposition
    return None


def _find_contenu(dispositions: list[Any], genres: list[list[PP_PLACEHOLDER]]) -> Any:
    """A layout with a title alone, else one without any placeholder."""
    for cherche in ([PP_PLACEHOLDER.TITLE], []):
        for disposition, siens in zip(dispositions, genres, strict=True):
            if siens == cherche:
                return disposition
    return None


def _drop_diapositives(prs: Any) -> None:
    """Take away the template's own slides, and the sections and shows that name them."""
    for cle in RENVOIS:
        for element in prs.part._element.findall(qn(cle)):
            prs.part._element.remove(element)
    for fiche in list(prs.slides._sldIdLst):
        prs.part.drop_rel(fiche.rId)
        prs.slides._sldIdLst.remove(fiche)
