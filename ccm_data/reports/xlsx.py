"""A frozen séance as a workbook: one sheet per table, chart and map, with raw values as numbers beside their words.

First « Sommaire » (title, fingerprint, date, sheets with links), last « Textes » and « Sources » (what each scene says, where
its figures come from). Texts that begin like a formula stay texts; a value that was not reported is an empty cell, and the
words say so.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink

from ccm_data.exports.tableur import DEBUTS_FORMULE, INTERDITS_FEUILLE, LARGEUR_MAX, LARGEUR_MIN
from ccm_data.figures import theme
from ccm_data.phrases.rendus import say_attendu, say_demonstration
from ccm_data.reports.figer import freeze_office, get_instant, strip_interdits
from ccm_data.reports.reunion import list_groupes
from ccm_data.reports.scenes import Barres, Bloc, Carte, Chiffres, Deck, Image, Liste, Scene, Tableau, Texte
from ccm_data.textes import _

NOM_MAX: Final = 31  # Excel's limit
CELLULE_MAX: Final = 32_767  # signs that Excel keeps in a cell
TETE: Final = PatternFill("solid", fgColor=theme.SABLE[1:])
ENTIER, DECIMAL, JOUR = "#,##0", "#,##0.##", "dd/mm/yyyy"


@dataclass(frozen=True)
class Feuille:
    """A sheet before it is written: its name, the scene and title it comes from, its headings and rows."""

    nom: str
    scene: str
    titre: str
    colonnes: tuple[str, ...]
    lignes: tuple[tuple[object, ...], ...]


def render_xlsx(deck: Deck, tables: Mapping[str, Tableau | pd.DataFrame] | None = None) -> bytes:
    """The workbook's bytes; the same deck gives the same bytes.

    `tables`: further sheets by name (the rows behind the figures), after those of the scenes.
    """
    propre = strip_interdits(deck)
    feuilles = _name_feuilles([*_list_feuilles(propre), *_list_annexes(tables or {})])
    classeur = Workbook()
    sommaire: Any = classeur.active
    sommaire.title = _("Sommaire")
    _write_sommaire(sommaire, propre, feuilles)
    for feuille in feuilles:
        _write_feuille(classeur.create_sheet(feuille.nom), feuille)
    _write_proprietes(classeur, propre)
    sortie = io.BytesIO()
    classeur.save(sortie)
    return freeze_office(sortie.getvalue(), propre.date_iso)


# --- what the sheets hold


def _list_feuilles(deck: Deck) -> Iterator[Feuille]:
    chiffres = tuple(_list_chiffres(deck))
    if chiffres:
        colonnes = (_("Scène"), _("Chiffre"), _("Texte"), _("Base"), _("Ratio"), _("Attendu"))
        yield Feuille(_("Chiffres clés"), "", _("Chiffres clés"), colonnes, chiffres)
    for scene in (groupe.scene for groupe in list_groupes(deck)):  # a table over several slides is one sheet
        for bloc in scene.blocs:
            if isinstance(bloc, Tableau):
                yield _make_tableau(bloc, scene.titre)
            elif isinstance(bloc, Barres):
                yield _make_barres(bloc, scene.titre)
            elif isinstance(bloc, Carte):
                yield _make_carte(bloc, scene.titre)
    textes = tuple(ligne for n, scene in enumerate(deck.scenes, 1) for ligne in _list_textes(n, scene))
    yield Feuille(_("Textes"), "", _("Textes"), (_("N°"), _("Scène"), _("Nature"), _("Texte"), _("Détail")), textes)
    sources = tuple((n, s.titre, s.sous_titre, s.source or None) for n, s in enumerate(deck.scenes, 1))
    colonnes_sources = (_("N°"), _("Scène"), _("Mesure"), _("Source et règle de calcul"))
    yield Feuille(_("Sources"), "", _("Sources des chiffres"), colonnes_sources, sources)


def _list_annexes(tables: Mapping[str, Tableau | pd.DataFrame]) -> Iterator[Feuille]:
    for nom, table in tables.items():
        if isinstance(table, Tableau):
            faite = _make_tableau(strip_interdits(table), "")
            yield Feuille(nom, "", faite.titre or nom, faite.colonnes, faite.lignes)
        else:
            lignes = tuple(
                tuple(None if pd.isna(v) else v for v in r) for r in table.itertuples(index=False, name=None)
            )
            yield Feuille(nom, "", nom, tuple(str(c) for c in table.columns), lignes)


def _list_chiffres(deck: Deck) -> Iterator[tuple[object, ...]]:
    for scene in deck.scenes:
        for bloc in scene.blocs:
            if isinstance(bloc, Chiffres):
                for c in bloc.chiffres:
                    yield scene.titre, c.libelle, c.texte, c.base or None, c.ratio, c.attendu


def _make_tableau(bloc: Tableau, scene: str) -> Feuille:
    """Raw values where there are; a column whose missing values are said in words gets these words beside it."""
    colonnes: list[str] = []
    sources: list[tuple[int, bool]] = []  # (column, words?)
    for rang, colonne in enumerate(bloc.colonnes):
        dites = bool(bloc.bruts) and any(
            _get_brut(bloc, n, rang) is None and ligne[rang].strip() for n, ligne in enumerate(bloc.lignes)
        )
        differe = bool(bloc.bruts) and any(
            _is_nombre(_get_brut(bloc, n, rang)) and _is_plus_que_nombre(ligne[rang])
            for n, ligne in enumerate(bloc.lignes)
        )
        colonnes.append(colonne)
        sources.append((rang, not bloc.bruts))
        if dites or differe:
            colonnes.append(_("{colonne} (texte)").format(colonne=colonne))
            sources.append((rang, True))
    lignes = tuple(
        tuple(ligne[rang] if mots else _get_brut(bloc, n, rang) for rang, mots in sources)
        for n, ligne in enumerate(bloc.lignes)
    )
    if not bloc.lignes and bloc.vide:
        lignes = ((bloc.vide,),)
    return Feuille(bloc.titre or scene, scene, bloc.titre or scene, tuple(colonnes), lignes)


def _get_brut(bloc: Tableau, ligne: int, colonne: int) -> object:
    """The raw cell; its words for a row or a column that has no raw value."""
    if ligne < len(bloc.bruts) and colonne < len(bloc.bruts[ligne]):
        return bloc.bruts[ligne][colonne]
    return bloc.lignes[ligne][colonne]


def _is_nombre(valeur: object) -> bool:
    return isinstance(valeur, (int, float)) and not isinstance(valeur, bool)


def _is_plus_que_nombre(texte: str) -> bool:
    """Words that say more than the number (« 64 sur 60 »)."""
    return any(signe.isalpha() for signe in texte)


def _make_barres(bloc: Barres, scene: str) -> Feuille:
    """Categories, then for each series its value and its words; what is expected, the status."""
    unite = f" ({bloc.unite})" if bloc.unite else ""
    colonnes = [_("Catégorie")]
    for serie in bloc.series:
        colonnes += [f"{serie.nom}{unite}", _("{colonne} (texte)").format(colonne=serie.nom)]
    colonnes += [say_attendu()] if bloc.attendus else []
    colonnes += [_("Statut")] if bloc.statuts else []
    lignes = []
    for rang, categorie in enumerate(bloc.categories):
        ligne: list[object] = [categorie]
        for serie in bloc.series:
            ligne += [serie.valeurs[rang], serie.textes[rang]]
        ligne += [bloc.attendus[rang] if rang < len(bloc.attendus) else None] if bloc.attendus else []
        ligne += [bloc.statuts[rang] if rang < len(bloc.statuts) else None] if bloc.statuts else []
        lignes.append(tuple(ligne))
    return Feuille(bloc.titre or scene, scene, bloc.titre or scene, tuple(colonnes), tuple(lignes))


def _make_carte(bloc: Carte, scene: str) -> Feuille:
    colonnes = (_("Code"), _("Région"), _("Valeur"), _("Classe"))
    lignes = tuple((r.code, r.nom, r.texte, _get_legende(bloc, r.classe)) for r in bloc.regions)
    return Feuille(bloc.titre or scene, scene, bloc.titre or scene, colonnes, lignes)


def _get_legende(bloc: Carte, classe: int | None) -> object:
    if classe is None:
        return None
    return bloc.legende[classe] if classe < len(bloc.legende) else classe


def _list_textes(numero: int, scene: Scene) -> Iterator[tuple[object, ...]]:
    for bloc in scene.blocs:
        yield from ((numero, scene.titre, *reste) for reste in _list_bloc(bloc))
    if scene.decision:
        yield numero, scene.titre, _("Décision demandée"), scene.decision, None


def _list_bloc(bloc: Bloc) -> Iterator[tuple[object, ...]]:
    if isinstance(bloc, Texte):
        yield from ((_("Texte"), paragraphe, None) for paragraphe in bloc.paragraphes)
    elif isinstance(bloc, Liste):
        nature = bloc.titre or _("Liste")
        yield from ((nature, texte, detail or None) for texte, detail in bloc.points)
    elif isinstance(bloc, Image):
        yield _("Image"), bloc.alt, None


def _name_feuilles(feuilles: Sequence[Feuille]) -> list[Feuille]:
    """Names that Excel takes, each once (it does not tell capitals apart)."""
    pris = {_("Sommaire").casefold(), "history", "historique"}  # Excel keeps these for itself
    nommees = []
    for feuille in feuilles:
        base = " ".join(feuille.nom.translate(INTERDITS_FEUILLE).split()).strip("' ") or _("Feuille")
        nom, n = base[:NOM_MAX].strip("' "), 1
        while nom.casefold() in pris:
            n += 1
            suffixe = f" ({n})"
            nom = base[: NOM_MAX - len(suffixe)].strip("' ") + suffixe
        pris.add(nom.casefold())
        nommees.append(Feuille(nom, feuille.scene, feuille.titre, feuille.colonnes, feuille.lignes))
    return nommees


# --- writing


def _put(onglet: Any, ligne: int, colonne: int, valeur: object, *, gras: bool = False) -> Any:
    """A cell: a number keeps its kind, a text stays a text whatever it begins with."""
    if isinstance(valeur, str):
        cellule = onglet.cell(ligne, colonne)
        cellule.value = valeur[:CELLULE_MAX]
        cellule.data_type = "s"
        cellule.quotePrefix = valeur.startswith(DEBUTS_FORMULE)
        cellule.alignment = Alignment(wrap_text=len(valeur) > LARGEUR_MIN, vertical="top")
    else:
        cellule = onglet.cell(ligne, colonne, _simplify(valeur))
        cellule.alignment = Alignment(vertical="top")
        if isinstance(cellule.value, (date, datetime)):
            cellule.number_format = JOUR
        elif _is_nombre(cellule.value):
            cellule.number_format = ENTIER if float(cellule.value).is_integer() else DECIMAL
    if gras:
        cellule.font = Font(bold=True)
    return cellule


def _simplify(valeur: object) -> Any:
    """A value that openpyxl knows: no time zone, no numpy, no infinity."""
    if hasattr(valeur, "item"):
        valeur = valeur.item()
    if isinstance(valeur, datetime):
        return valeur.replace(tzinfo=None)
    if isinstance(valeur, float) and (valeur != valeur or valeur in (float("inf"), float("-inf"))):
        return None
    if valeur is None or isinstance(valeur, (bool, int, float, date)):
        return valeur
    return str(valeur)


def _write_feuille(onglet: Any, feuille: Feuille) -> None:
    for rang, colonne in enumerate(feuille.colonnes, 1):
        cellule = _put(onglet, 1, rang, colonne)
        cellule.font = Font(bold=True, color=theme.ENCRE_SABLE[1:])
        cellule.fill = TETE
        cellule.alignment = Alignment(vertical="center", wrap_text=True)
    for ligne, valeurs in enumerate(feuille.lignes, 2):
        for rang, valeur in enumerate(valeurs, 1):
            if valeur is not None:
                _put(onglet, ligne, rang, valeur)
    _set_largeurs(onglet, feuille)
    onglet.freeze_panes = "A2"
    if feuille.lignes and feuille.colonnes:
        onglet.auto_filter.ref = f"A1:{get_column_letter(len(feuille.colonnes))}{len(feuille.lignes) + 1}"


def _set_largeurs(onglet: Any, feuille: Feuille) -> None:
    for rang, colonne in enumerate(feuille.colonnes):
        dites = [str(ligne[rang]) for ligne in feuille.lignes if rang < len(ligne) and ligne[rang] is not None]
        largeur = max([len(colonne) / 1.5, *(len(t) for t in dites)], default=0) + 3
        onglet.column_dimensions[get_column_letter(rang + 1)].width = min(max(largeur, LARGEUR_MIN), LARGEUR_MAX)


def _write_sommaire(onglet: Any, deck: Deck, feuilles: Sequence[Feuille]) -> None:
    _put(onglet, 1, 1, deck.titre).font = Font(bold=True, size=16, color=theme.VERT[1:])
    faits = [
        (_("Instance"), deck.instance),
        (_("Arrêté"), deck.sous_titre),
        (_("Empreinte"), deck.empreinte),
        (_("Cellule vide"), _("Une cellule vide n’est pas un zéro : la valeur n’est pas renseignée.")),
    ]
    if deck.demonstration:
        faits.append((_("Attention"), say_demonstration()))
    for ligne, (libelle, texte) in enumerate(faits, 2):
        _put(onglet, ligne, 1, libelle, gras=True)
        _put(onglet, ligne, 2, texte)
    debut = len(faits) + 3
    for rang, colonne in enumerate((_("Feuille"), _("Contenu"), _("Scène"), _("Lignes")), 1):
        _put(onglet, debut, rang, colonne, gras=True).fill = TETE
    for ligne, feuille in enumerate(feuilles, debut + 1):
        lien = _put(onglet, ligne, 1, feuille.nom)
        nom = feuille.nom.replace("'", "''")
        lien.hyperlink = Hyperlink(ref=lien.coordinate, location=f"'{nom}'!A1")
        lien.font = Font(underline="single", color=theme.VERT[1:])
        _put(onglet, ligne, 2, feuille.titre)
        _put(onglet, ligne, 3, feuille.scene or "")
        _put(onglet, ligne, 4, len(feuille.lignes))
    for lettre, largeur in zip("ABCD", (34, 60, 60, 10), strict=True):
        onglet.column_dimensions[lettre].width = largeur
    onglet.freeze_panes = f"A{debut + 1}"


def _write_proprietes(classeur: Workbook, deck: Deck) -> None:
    fiche, instant = classeur.properties, get_instant(deck.date_iso)
    fiche.title, fiche.subject, fiche.creator = deck.titre[:255], deck.sous_titre[:255], "SP/CCM"
    fiche.keywords = deck.empreinte[:255]
    fiche.created = fiche.modified = instant
