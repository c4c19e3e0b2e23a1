"""All the renderings of a séance, made in one place out of one Deck: for the screen, its zip and the command line.

FORMATS says which there are. A séance that is not frozen gives its HTML alone: a rehearsal must not leave as a document.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import pandas as pd
from sqlalchemy.orm import Session

from ccm_data.commands.seances import DROIT
from ccm_data.domain.instances import compute_quorum
from ccm_data.domain.permissions import Personne, check_write
from ccm_data.domain.vocabulaire import EtatSeance
from ccm_data.errors import ValeurInvalide
from ccm_data.models.seances import Seance
from ccm_data.phrases.seances import RUBRIQUES, name_rendu
from ccm_data.queries.seances import FicheSeance, list_decisions_seance, read_contenu_fige
from ccm_data.queries.seances_suites import Assemblee, get_assemblee
from ccm_data.reports.docx import Presence, render_bilan, render_proces_verbal
from ccm_data.reports.dossier import open_deck
from ccm_data.reports.gel import read_contenu
from ccm_data.reports.html.deck import render_html
from ccm_data.reports.pdf import render_pdf
from ccm_data.reports.pptx import render_pptx
from ccm_data.reports.scenes import Deck
from ccm_data.reports.xlsx import render_xlsx
from ccm_data.textes import _, get_langue, set_langue

OFFICE: Final = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True)
class Dossier:
    """What renderings are made of: the séance, its content, its deck, the user's own template (None: ours)."""

    fiche: FicheSeance
    contenu: dict[str, Any]
    deck: Deck
    gabarit: bytes | None = None


@dataclass(frozen=True)
class Format:
    """A rendering: extension, what its file is (for the name), media type, how it is made."""

    extension: str
    quoi: str
    mime: str
    faire: Callable[[Dossier], bytes]


@dataclass(frozen=True)
class Rendu:
    """A file that was made."""

    nom: str
    mime: str
    octets: bytes


FORMATS: Final[dict[str, Format]] = {
    "pptx": Format(
        "pptx", "diaporama", f"{OFFICE}.presentationml.presentation", lambda d: render_pptx(d.deck, d.gabarit)
    ),
    "bilan_trimestriel": Format(
        "docx", "bilan_trimestriel", f"{OFFICE}.wordprocessingml.document",
        lambda d: render_bilan(d.contenu, d.deck, "trimestriel"),
    ),
    "bilan_annuel": Format(
        "docx", "bilan_annuel", f"{OFFICE}.wordprocessingml.document",
        lambda d: render_bilan(d.contenu, d.deck, "annuel"),
    ),
    "pdf": Format("pdf", "deck", "application/pdf", lambda d: render_pdf(d.deck)),
    "xlsx": Format("xlsx", "tableaux", f"{OFFICE}.spreadsheetml.sheet", lambda d: render_xlsx(d.deck)),
    "html": Format("html", "deck", "text/html", lambda d: render_html(d.deck).encode("utf-8")),
}  # fmt: skip


def open_dossier(session: Session, fiche: FicheSeance, maintenant: datetime, gabarit: bytes | None = None) -> Dossier:
    """The séance with its content and deck, ready to be rendered."""
    return Dossier(fiche, open_contenu(session, fiche, maintenant), open_deck(session, fiche, maintenant), gabarit)


def open_contenu(session: Session, fiche: FicheSeance, maintenant: datetime) -> dict[str, Any]:
    """The frozen content; while it is not frozen, the figures of now."""
    if fiche.etat is EtatSeance.FIGEE:
        return read_contenu_fige(session, fiche.id)
    return read_contenu(session, session.get_one(Seance, fiche.id), maintenant)


def make_rendus(
    dossier: Dossier, cles: Iterable[str], avancer: Callable[[float, str], None] = lambda part, cle: None
) -> dict[str, Rendu]:
    """Key of FORMATS → file, in French. `avancer(part done, key under way)` is told before each, and at the end (1, "").

    Raises ValeurInvalide (seance_non_figee) for anything but the HTML of a rehearsal, FichierIllisible for a template.
    """
    voulus = list(cles)
    if dossier.fiche.etat is not EtatSeance.FIGEE and voulus != ["html"]:
        raise ValeurInvalide("seance_non_figee", champ="code", valeur=dossier.fiche.code)
    langue = get_langue()
    set_langue("fr")
    faits: dict[str, Rendu] = {}
    try:
        for rang, cle in enumerate(voulus):
            avancer(rang / len(voulus), cle)
            forme = FORMATS[cle]
            nom = name_rendu(dossier.fiche, forme.extension, forme.quoi, demonstration=dossier.deck.demonstration)
            faits[cle] = Rendu(nom, forme.mime, forme.faire(dossier))
    finally:
        set_langue(langue)
    avancer(1.0, "")
    return faits


def make_lot(dossier: Dossier, rendus: Iterable[Rendu]) -> Rendu:
    """The whole set as one zip."""
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_STORED) as lot:
        for rendu in rendus:
            lot.writestr(zipfile.ZipInfo(rendu.nom), rendu.octets)
    nom = name_rendu(dossier.fiche, "zip", "dossier", demonstration=dossier.deck.demonstration)
    return Rendu(nom, "application/zip", sortie.getvalue())


def make_table_changements(lignes: Iterable[dict[str, str]]) -> pd.DataFrame:
    """What changed, as rows: heading, what, before, now."""
    toutes = list(lignes)
    return pd.DataFrame(
        {
            _("Rubrique"): [_(RUBRIQUES[x["rubrique"]]) for x in toutes],
            _("Quoi"): [x["quoi"] for x in toutes],
            _("Avant"): [x["avant"] for x in toutes],
            _("Maintenant"): [x["apres"] for x in toutes],
        }
    )


def make_proces_verbal(session: Session, personne: Personne, fiche: FicheSeance, demonstration: bool) -> Rendu:
    """The minutes as they draft themselves from what was noted. Raises AccesRefuse for who does not keep séances."""
    check_write(personne, DROIT)
    assemblee = get_assemblee(session, personne, fiche.instance_code, fiche.date_seance)
    octets = render_proces_verbal(
        fiche, list_decisions_seance(session, fiche.id), list_presences(fiche, assemblee),
        compute_quorum(assemblee.membres, fiche.presents, assemblee.regles), fiche.empreinte or "",
        demonstration=demonstration,
    )  # fmt: skip
    nom = name_rendu(fiche, "docx", "proces_verbal", demonstration=demonstration)
    return Rendu(nom, FORMATS["bilan_annuel"].mime, octets)


def list_presences(fiche: FicheSeance, assemblee: Assemblee) -> list[Presence] | None:
    """Members of the day and whether each was there, then whoever else came; None: presence was not taken."""
    if fiche.presents is None:
        return None
    venus, noms = set(fiche.presents), assemblee.noms
    membres = {m.organisation for m in assemblee.membres}
    return [
        *(Presence(noms.get(m.organisation, m.organisation), m.college, m.observateur, m.organisation in venus)
          for m in assemblee.membres),
        *(Presence(noms.get(code, code), None) for code in fiche.presents if code not in membres),
    ]  # fmt: skip
