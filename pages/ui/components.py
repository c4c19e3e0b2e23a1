"""What screens are made of: title, cards, tables, states, downloads. Each draws; none computes.

HTML comes from templates (always escaped). Canvas tables have an HTML twin that screen readers find.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from numbers import Integral
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from zlib import crc32

import streamlit as st

from ccm_data.errors import CCMError
from ccm_data.exports.tableur import write_csv_francais, write_xlsx
from ccm_data.libelles import say_libelle
from ccm_data.phrases.telechargement import list_notes, name_fichier
from ccm_data.textes import _, ngettext
from ccm_data.typographie import say_nombre, say_non_renseigne, say_pourcent
from pages.ui import gabarits, session
from pages.ui.texts import say_erreur, say_probleme

if TYPE_CHECKING:
    import pandas as pd
    from pandas.io.formats.style import Styler
    from plotly.graph_objects import Figure

    from ccm_data.domain.vocabulaire import StatutIndicateur
    from ccm_data.queries.avancement import Avancement
    from ccm_data.queries.budget import TableauBudget
    from pages.ui.session import Contexte

ASSETS = Path(__file__).resolve().parent.parent.parent / "assets"
HAUTEUR_LIGNE = 37
LIGNES_VUES = 12  # of a table, before it scrolls
LIGNES_TWIN = 400
MARKDOWN = re.compile(r"[\\`*_\[\]<>$~]")
__all__ = ["ASSETS", "say_erreur", "say_probleme"]


def show(gabarit: str, /, **donnees: Any) -> None:
    """Draw a template."""
    st.html(gabarits.render(gabarit, **donnees))


def reserve() -> Any:
    """A place above what follows, filled once the rest is known: `with reserve(): …`."""
    return st.container(gap="xxsmall")


def show_lignes_bilan(lignes: Sequence[tuple[int, str, str]]) -> None:
    """Counts with their words: (how many, what, detail)."""
    show("depot_bilan.html", lignes=lignes)


def show_message_erreur(texte: str) -> None:
    """A refusal in words."""
    st.error(_escape(texte))


def show_titre(titre: str, sous_titre: str = "") -> None:
    """The screen's title (its message) and subtitle (measure · perimeter · unit)."""
    show("titre.html", titre=titre, sous_titre=sous_titre)


def show_source(*phrases: str, demonstration: bool = False) -> None:
    """The source line under the figures; it repeats the demonstration so that it survives print."""
    fin = (_("Démonstration : chiffres de suivi inventés."),) if demonstration else ()
    show("source.html", phrases=[*phrases, *fin])


def show_titre_graphique(titre: str, sous_titre: str = "") -> None:
    """A card's title and subtitle."""
    show("titre_graphique.html", titre=titre, sous_titre=sous_titre)


def show_vide(titre: str, que_faire: str) -> None:
    """Nothing to show: what is missing, what to do next."""
    show("vide.html", titre=titre, que_faire=que_faire)


def show_non_rapporte(titre: str, texte: str) -> None:
    """Not reported: who, due when, last value."""
    show("non_rapporte.html", titre=titre, texte=texte)


def show_refus(texte: str, label: str = "", href: str = "") -> None:
    """Refused, plainly, with the way in when there is one."""
    st.warning(texte)
    if href:
        show_liens([(label, href)])


def show_liens(liens: Iterable[tuple[str, str]]) -> None:
    """Plain links to our own pages outside Streamlit (sign-in)."""
    show("liens.html", liens=list(liens))


def show_lien(label: str, href: str) -> None:
    """One plain link."""
    show_liens([(label, href)])


def show_erreur(erreur: CCMError) -> None:
    """An expected error: what happened and how to mend it; nothing typed is lost."""
    st.error(_escape(say_erreur(erreur)))


def show_succes(texte: str) -> None:
    """A change was made."""
    st.success(_escape(texte))


def _escape(texte: str) -> str:
    """What a person typed stays text where Streamlit reads Markdown: no image of another host, no link, no formula."""
    return MARKDOWN.sub(r"\\\g<0>", texte)


def show_lignes(titre: str, colonnes: Sequence[str], lignes: Iterable[Sequence[Any]], *, vide: str = "") -> None:
    """A short HTML table (prints, becomes blocks on a phone); `vide` says what is missing when there is no row."""
    contenu = [list(ligne) for ligne in lignes]
    if not contenu and vide:
        show_vide(titre, vide)
    else:
        show("lignes.html", titre=titre, colonnes=list(colonnes), lignes=contenu)


def show_tableau(
    cadre: pd.DataFrame,
    *,
    alt: str,
    colonnes: Mapping[str, Any] | None = None,
    key: str,
    hauteur: int | None = None,
    selection: bool = False,
    vide: str = "",
    sans_objet: Sequence[int] = (),
) -> int | None:
    """A canvas table with its HTML twin for screen readers; with `selection`, the position of the chosen row.

    Numbers and dates stay what they are (they sort, and line up on the right) and are written as printers do;
    `vide` stands where a number is missing (by default: not reported); in the rows `sans_objet` none could be.
    """
    vide = vide or say_non_renseigne()
    reglages: dict[str, Any] = {
        "hide_index": True,
        "row_height": HAUTEUR_LIGNE,
        "column_config": dict(colonnes or {}),
        "placeholder": vide,
        "alt": alt,
        "key": key,
        "height": hauteur or get_hauteur(len(cadre), LIGNES_VUES),
    }
    choisie: int | None = None
    ecrit = _write_nombres(cadre, colonnes or {}, vide, sans_objet)
    if selection:
        # A table per set of rows: a place chosen among others (before a filter) would open another row, or none.
        reglages["key"] = f"{key}_{crc32(repr(cadre.to_numpy().tolist()).encode()):x}"
        etat = st.dataframe(ecrit, on_select="rerun", selection_mode="single-row", **reglages)
        rangs = etat["selection"]["rows"]
        choisie = rangs[0] if rangs else None
    else:
        st.dataframe(ecrit, **reglages)
    visibles = [c for c in cadre.columns if (colonnes or {}).get(c, "") is not None]
    show(
        "jumeau.html",
        titre=alt,
        colonnes=_say_entetes(visibles, colonnes),
        lignes=_list_twin(cadre[visibles], vide, sans_objet),
    )
    return choisie


def get_hauteur(lignes: int, vues: int) -> int | Literal["content"]:
    """Height of a table: its own up to `vues` rows (headings grow with the page's text), then it scrolls."""
    return "content" if lignes <= vues else (vues + 1) * HAUTEUR_LIGNE + 2


def show_choix_multiple(cadre: pd.DataFrame, *, alt: str, key: str) -> list[int]:
    """A table whose rows are ticked, one by one or all together; their positions. With its HTML twin."""
    vide = say_non_renseigne()
    etat = st.dataframe(
        _write_nombres(cadre, {}, vide), hide_index=True, row_height=HAUTEUR_LIGNE, placeholder=vide, alt=alt, key=key,
        height=get_hauteur(len(cadre), 10), on_select="rerun", selection_mode="multi-row",
    )  # fmt: skip
    show("jumeau.html", titre=alt, colonnes=list(cadre.columns), lignes=_list_twin(cadre, vide))
    return [rang for rang in etat["selection"]["rows"] if rang < len(cadre)]


def _write_nombres(
    cadre: pd.DataFrame, colonnes: Mapping[str, Any], vide: str, sans_objet: Sequence[int] = ()
) -> pd.DataFrame | Styler:
    """The frame with its numbers and dates written in words, but for columns drawn otherwise (a bar, a trend)."""
    nombres = [c for c in cadre.columns if c not in colonnes and (cadre[c].dtype.kind in "iufM" or _is_jours(cadre[c]))]
    if not nombres:
        return cadre
    ecrit = cadre.style.format({c: lambda v: _say_cell(v, vide) for c in nombres})
    if sans_objet:
        rangs = cadre.index[list(sans_objet)]
        ecrit = ecrit.format({c: lambda v: _say_cell(v, _("sans objet")) for c in nombres}, subset=(rangs, nombres))
    return ecrit


def _is_jours(colonne: pd.Series[Any]) -> bool:
    return any(isinstance(v, date) for v in colonne.dropna().head(1))


def _say_entetes(visibles: Sequence[str], colonnes: Mapping[str, Any] | None) -> list[str]:
    textes = []
    for nom in visibles:
        reglage = (colonnes or {}).get(nom)
        label = reglage if isinstance(reglage, str) else (reglage or {}).get("label") or nom
        textes.append(label.strip())
    return textes


def _list_twin(cadre: pd.DataFrame, vide: str, sans_objet: Sequence[int] = ()) -> list[list[str]]:
    """Rows as words; trends are left out of the twin (a list of numbers says nothing read aloud)."""
    return [
        [
            " ".join(map(str, v))
            if isinstance(v, list) and all(isinstance(x, str) for x in v)
            else _say_cell(v, _("sans objet") if rang in sans_objet else vide)
            for v in t
        ]
        for rang, t in enumerate(cadre.head(LIGNES_TWIN).itertuples(index=False, name=None))
    ]


def _say_cell(valeur: Any, vide: str) -> str:
    if isinstance(valeur, list):
        return ""
    if valeur is None or str(valeur) in {"nan", "<NA>", "NaT"}:
        return vide
    if isinstance(valeur, date):
        return valeur.strftime("%d/%m/%Y")
    if isinstance(valeur, Integral) and not isinstance(valeur, bool):
        return say_nombre(int(valeur))
    return say_nombre(valeur, 1) if isinstance(valeur, float) else str(valeur)


def show_graphique(figure: Figure, *, alt: str, key: str, hauteur: int) -> None:
    """A static Plotly figure with its words."""
    st.plotly_chart(figure, theme=None, config={"staticPlot": True}, alt=alt, key=key, height=hauteur)


def show_telechargement(
    contexte: Contexte, nom: str, feuilles: Callable[[], Mapping[str, pd.DataFrame]], *, key: str
) -> None:
    """Excel first, CSV beside it (the first sheet); made only when asked, named after the date and the demonstration."""
    fichier = name_fichier(nom, contexte.perimetre, contexte.installation)
    notes = list_notes(contexte.perimetre, contexte.installation)
    with st.container(horizontal=True, key=f"{key}_fichiers", gap="small", width="content"):
        st.download_button(
            _("Excel"),
            data=lambda: write_xlsx(feuilles(), notes),
            file_name=f"{fichier}.xlsx",
            mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            key=f"{key}_xlsx",
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            _("CSV"),
            data=lambda: write_csv_francais(next(iter(feuilles().values()))),
            file_name=f"{fichier}.csv",
            mime="text/csv",
            key=f"{key}_csv",
            on_click="ignore",
        )


def show_lien_ecran(cle: str, texte: str, params: Mapping[str, str] | None = None) -> None:
    """A link to another of our screens, with its perimeter in the address."""
    page = session.get_page(cle)
    if page is None:
        return
    # Containers of this name are written as links in the styles; Streamlit's own look is a button's.
    with st.container(key=f"lien_{cle}_{crc32(f'{texte}{params}'.encode()):x}"):
        st.page_link(page, label=texte, query_params=dict(params) if params else None)


def make_params_formulaire(feuille: str, ligne_id: int | None = None) -> dict[str, str]:
    """What the address of « Déposer » says to open the form of a sheet, on one of its rows."""
    return {"mode": "formulaire", "feuille": feuille} | ({} if ligne_id is None else {"ligne": str(ligne_id)})


def show_lien_formulaire(
    texte: str, feuille: str, ligne_id: int | None = None, depart: Mapping[str, str] | None = None
) -> None:
    """A link to the form of a sheet, on one of its rows or on a new one that starts with `depart`."""
    show_lien_ecran("deposer", texte, {**make_params_formulaire(feuille, ligne_id), **(depart or {})})


def show_chiffre(
    titre: str,
    ratio: float | None,
    couleur: str,
    base: str,
    *,
    attendu: float | None = None,
    statut: StatutIndicateur | None = None,
    lien: tuple[str, str] | None = None,
) -> None:
    """A key figure: label, percentage, bar with its expected mark, the base named, the status, its link."""
    dit = [titre, say_pourcent(ratio), base] + ([say_libelle(statut)] if statut else [])
    show(
        "vue_chiffre.html", titre=titre, ratio=ratio, couleur=couleur, base=base, attendu=attendu, statut=statut,
        etiquette=", ".join(x for x in dit if x),
    )  # fmt: skip
    if lien:
        show_lien_ecran(*lien)


def list_axes(avancement: Avancement, budget: TableauBudget, libelles: Mapping[str, str]) -> list[dict[str, Any]]:
    """What the axis bars show: ratios (None: not reported), the status, sentences for who cannot see the bars."""
    payes = {t.code: t.ratio("paye") for t in budget.axes}
    lignes = []
    for axe in avancement.axes:
        fait = None if axe.moyenne.valeur is None else axe.moyenne.valeur / 100
        attendu = None if axe.attendu is None else axe.attendu / 100
        nom = _("Axe {n}").format(n=axe.code)
        lignes.append(
            {
                "nom": nom,
                "libelle": libelles.get(axe.code, ""),
                "avancement": fait,
                "attendu": attendu,
                "decaisse": payes.get(axe.code),
                "statut": axe.statut,
                "couleur": axe.statut.value,
                "etiquette": _("{axe} : réalisé {p}, attendu {a}, {s}").format(
                    axe=nom, p=say_pourcent(fait), a=say_pourcent(attendu), s=say_libelle(axe.statut)
                ),
                "etiquette_decaisse": _("{axe} : décaissé {p} du prévu").format(
                    axe=nom, p=say_pourcent(payes.get(axe.code))
                ),
            }
        )
    return lignes


def show_note(texte: str) -> None:
    """A note under a chart, inside its card."""
    show("note.html", texte=texte)


def show_phrase(debut: str, suite: str) -> None:
    """A sentence that begins in bold."""
    show("phrase.html", debut=debut, suite=suite)


@contextmanager
def show_pli(titre: str) -> Iterator[None]:
    """What is folded until asked for: how a figure is made, a form."""
    with st.expander(titre):
        yield


def show_section(titre: str) -> None:
    """A heading further down the page."""
    show("section.html", titre=titre)


def show_retenues(retenues: int, visibles: int) -> None:
    """How many rows this person may not read, and how to read them."""
    if retenues:
        show_vide(
            ngettext("{n} ligne réservée.", "{n} lignes réservées.", retenues).format(n=say_nombre(retenues)),
            _("Connectez-vous pour lire le détail validé ; les totaux ci-dessus les comptent toutes."),
        )
    elif not visibles:
        show_vide(_("Aucune ligne validée."), _("Élargissez le périmètre ou déposez une mise à jour."))
