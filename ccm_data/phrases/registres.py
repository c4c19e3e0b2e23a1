"""The words of a register's rows, whatever the register: titles, values, reserved and masked cells, tables for screens and files.

Titles, kinds and lists are those of the workbook's sheets (`imports.schemas`): a column is called one way everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

import pandas as pd

from ccm_data.domain import dispositif, vocabulaire
from ccm_data.domain.calendrier import get_jour
from ccm_data.domain.listes import split_liste
from ccm_data.domain.repartition import NATIONAL
from ccm_data.imports.colonnes import Colonne
from ccm_data.imports.schemas import PAR_SUJET
from ccm_data.libelles import say_libelle
from ccm_data.queries.registres import MASQUES, REGISTRES, RESERVES, Ligne, Noms
from ccm_data.queries.territoire import say_region
from ccm_data.textes import N_, _, ngettext
from ccm_data.typographie import say_court, say_date, say_date_courte, say_fcfa, say_nombre, say_non_renseigne

LONGUEUR_TITRE: Final = 120
STADES: Final = {dispositif.DISSOUS: N_("Dissous")}
VEILLES: Final = {
    dispositif.ACTIF: N_("active"),
    dispositif.ENDORMI: N_("en sommeil"),
    dispositif.INCONNU: N_("activité non renseignée"),
}
# Columns that the date tells, which no sheet holds.
CALCULEES: Final = {
    "stade": N_("Stade"),
    "veille": N_("Veille"),
    "formations": N_("Formations reçues"),
    "pourvu": N_("Poste"),
    "agents": N_("Agents touchés"),
    "population": N_("Population touchée"),
    "membres": N_("Membres"),
}
SOMMES: Final = ("agents", "population", "membres")
# In a table that a chart explains; a file and a row opened say it whole.
COURTS: Final = {
    "part_2022": N_("État en 2022 (%)"),
    "part_2023": N_("État en 2023 (%)"),
    "part_2024": N_("État en 2024 (%)"),
    "part_2025": N_("État en 2025 (%)"),
    "part_2026": N_("État en 2026 (%)"),
}


def say_titre_colonne(sujet: str, champ: str) -> str:
    """What a column is called."""
    if champ in CALCULEES:
        return _(CALCULEES[champ])
    colonne = PAR_SUJET[sujet].find(champ)
    return champ if colonne is None else _(colonne.label or colonne.titre)


def say_reserve() -> str:
    """What stands where something is kept from this person."""
    return _("réservé")


def say_masque() -> str:
    """What stands where a count of persons is too small to be shown."""
    return _("masqué (petit effectif)")


def say_stade(stade: str) -> str:
    """A stage of a committee's life."""
    return _(STADES[stade]) if stade in STADES else say_libelle(vocabulaire.StatutComite(stade))


def say_formations(formations: Sequence[tuple[date, str]]) -> str:
    """« Formation à la veille (2 oct. 2026) ; … »."""
    return " ; ".join(f"{titre} ({say_date_courte(jour)})" for jour, titre in formations) or _("aucune connue")


def _say_codes(valeur: Any, noms: Mapping[str, str]) -> str:
    return ", ".join(noms.get(c, c) for c in split_liste(str(valeur)))


def _list_noms(liste: str | None, noms: Noms) -> Mapping[str, str]:
    return {
        "acteurs": noms.acteurs,
        "activites": noms.activites,
        "objectifs": {c: f"{c} · {t}" for c, t in noms.objectifs.items()},
        "departements": noms.departements,
        "themes": noms.themes,
    }.get(liste or "", {})


def _say_rencontre(code: str, noms: Noms) -> str:
    connue = noms.rencontres.get(code)
    return code if connue is None else f"{connue[1]}, {say_date_courte(connue[0])}"


_CALCULS: Final[dict[str, Callable[[Any], str]]] = {
    "stade": say_stade,
    "veille": lambda v: _(VEILLES[v]),
    "formations": say_formations,
    "pourvu": lambda v: _("pourvu") if v else _("vacant"),
}


def say_valeur(sujet: str, champ: str, valeur: Any, noms: Noms, *, longue: bool = True) -> str:
    """A cell in words; what is missing is « non renseigné »."""
    if champ == "region_code":
        return say_region(valeur, noms.regions)
    if valeur is None:
        return say_non_renseigne()
    if champ in _CALCULS:
        return _CALCULS[champ](valeur)
    if champ in SOMMES:
        return say_nombre(valeur)
    colonne = PAR_SUJET[sujet].find(champ)
    if colonne is None:
        return str(valeur)
    if champ == "rencontre_code":
        return _say_rencontre(str(valeur), noms)
    return _say_genre(colonne, valeur, noms, longue)


def _say_genre(colonne: Colonne, valeur: Any, noms: Noms, longue: bool) -> str:
    if isinstance(valeur, date):
        return say_date(valeur) if longue else say_date_courte(valeur)
    if colonne.genre == "choix":
        return say_libelle(getattr(vocabulaire, str(colonne.liste))(valeur))
    if colonne.genre in ("code", "codes"):
        return _say_codes(valeur, _list_noms(colonne.liste, noms))
    if colonne.genre == "oui_non":
        return _("oui") if valeur else _("non")
    if colonne.champ == "montant_fcfa":
        return say_fcfa(int(valeur))
    if colonne.genre in ("nombre", "entier"):
        return say_nombre(valeur, 4 if colonne.champ in ("lat", "lon") else 2)
    if colonne.genre == "textes" or colonne.champ == "langues":
        return ", ".join(split_liste(str(valeur)))
    return str(valeur)


def say_cellule(sujet: str, champ: str, ligne: Ligne, noms: Noms, *, longue: bool = True) -> str:
    """The same, with what is reserved or masked said."""
    if champ in ligne.get(RESERVES, ()):
        return say_reserve()
    if champ in ligne.get(MASQUES, ()):
        return say_masque()
    return say_valeur(sujet, champ, ligne[champ], noms, longue=longue)


def list_champs(sujet: str, ligne: Ligne | None = None) -> list[str]:
    """Every field of a register, in the order of its sheet, then what the date tells."""
    feuille = PAR_SUJET[sujet]
    champs = [c.champ for c in feuille.colonnes if c.genre not in {"ligne", "info"}]
    return champs + [c for c in CALCULEES if ligne is not None and c in ligne]


def list_faits(sujet: str, ligne: Ligne, noms: Noms) -> list[tuple[str, str]]:
    """A row opened: every field in words, then who said it and when it was validated."""
    faits = [(say_titre_colonne(sujet, c), say_cellule(sujet, c, ligne, noms)) for c in list_champs(sujet, ligne)]
    if ligne["acteur_code"] is not None:
        faits.append((_("Déclaré par"), noms.acteurs.get(ligne["acteur_code"], ligne["acteur_code"])))
    if ligne["valide_le"] is not None:
        faits.append((_("Validé le"), say_date(get_jour(ligne["valide_le"]))))
    return faits


def say_titre_ligne(sujet: str, ligne: Ligne, noms: Noms) -> str:
    """What names a row, cut when it is long (the whole of it follows)."""
    return say_court(say_cellule(sujet, REGISTRES[sujet].titre, ligne, noms), LONGUEUR_TITRE)


def say_choix(sujet: str, ligne: Ligne, noms: Noms) -> str:
    """A row in a list of choices: « Évaluation d’étape · 12 juin 2025 »."""
    return f"{say_titre_ligne(sujet, ligne, noms)} · {say_date_courte(ligne[REGISTRES[sujet].jour])}"


def make_table(sujet: str, lignes: Sequence[Ligne], noms: Noms, champs: Sequence[str] | None = None) -> pd.DataFrame:
    """The rows in words under these columns (the register's own by default); numbers and dates stay what they are."""
    voulus = tuple(champs or REGISTRES[sujet].colonnes)
    titres = {c: _(COURTS[c]) if c in COURTS and champs is None else say_titre_colonne(sujet, c) for c in voulus}
    return pd.DataFrame({titres[c]: _make_serie(sujet, c, lignes, noms) for c in voulus}, index=range(len(lignes)))


def _make_serie(sujet: str, champ: str, lignes: Sequence[Ligne], noms: Noms) -> Any:
    colonne = PAR_SUJET[sujet].find(champ)
    genre = "entier" if champ in SOMMES else "" if colonne is None else colonne.genre
    cachees = any(champ in x.get(RESERVES, ()) or champ in x.get(MASQUES, ()) for x in lignes)
    if genre == "date":
        return pd.Series([x[champ] for x in lignes], dtype=object)
    if genre == "entier" and not cachees:
        return pd.Series([x[champ] for x in lignes], dtype="Int64")
    if genre == "nombre" and not cachees:
        return pd.Series([None if x[champ] is None else float(x[champ]) for x in lignes], dtype="float64")
    return [say_cellule(sujet, champ, x, noms, longue=False) for x in lignes]


def make_fichier(sujet: str, lignes: Sequence[Ligne], noms: Noms) -> pd.DataFrame:
    """Every column, for a file; an empty cell is « non renseigné »."""
    cadre = make_table(sujet, lignes, noms, list_champs(sujet, lignes[0] if lignes else None))
    return cadre.replace({say_non_renseigne(): None})


def say_vide(*, depose: bool) -> str:
    """What to do where the register holds no row of this selection."""
    if depose:
        return _("Élargissez la sélection, ou ajoutez une ligne par le formulaire ou par le classeur.")
    return _("Élargissez la sélection. Une ligne paraît ici une fois validée par le SP/CCM.")


def say_en_attente(n: int) -> str:
    """Rows sent that count in no figure yet."""
    return ngettext(
        "{n} ligne envoyée attend la validation : elle n’est dans aucun chiffre.",
        "{n} lignes envoyées attendent la validation : elles ne sont dans aucun chiffre.",
        n,
    ).format(n=say_nombre(n))


def say_couverture(dites: int, lignes: int) -> str:
    """« 12 lignes sur 15 le disent »."""
    return ngettext("{d} ligne sur {n} le dit", "{d} lignes sur {n} le disent", dites).format(
        d=say_nombre(dites), n=say_nombre(lignes)
    )


def say_au_moins(valeur: int | None, exact: bool) -> str:
    """« 1 250 », « au moins 1 250 », « non renseigné »."""
    if valeur is None:
        return say_non_renseigne()
    return say_nombre(valeur) if exact else _("au moins {n}").format(n=say_nombre(valeur))


def list_barres(comptes: Sequence[tuple[str, int]]) -> list[tuple[str, str, float]]:
    """Bars that share one scale: label, figure, ratio to the longest; a true zero keeps its place."""
    plus_grand = max((n for _nom, n in comptes), default=0)
    return [(nom, say_nombre(n), n / plus_grand if plus_grand else 0.0) for nom, n in comptes]


def list_par_region(comptes: Mapping[str, int], noms: Noms, region: str | None) -> list[tuple[str, int]]:
    """Regions of the perimeter in official order, then the national rows where there are any."""
    lignes = [(nom, comptes.get(code, 0)) for code, nom in noms.regions.items() if region in (None, code)]
    return lignes + ([(_("National"), comptes[NATIONAL])] if comptes.get(NATIONAL) else [])
