"""One row of a sheet: its cells read one by one, every fault noted, none hiding another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from ccm_data.domain.montants import read_decimal
from ccm_data.domain.vocabulaire import Gravite
from ccm_data.errors import ValeurInvalide
from ccm_data.imports.anomalies import Anomalie, cut_valeur
from ccm_data.imports.cellules import (
    ERREURS_TABLEUR,
    TEXTE_MAX,
    clean_texte,
    is_formule,
    read_date,
    read_heure,
    read_periode,
)
from ccm_data.imports.listes import Listes
from ccm_data.imports.schemas import Colonne, Feuille

SEPARATEUR: Final = ";"


@dataclass
class Rang:
    """A row read: `champs` (model's columns → values; what is empty is None), `reconnue` (id, version) of a known row."""

    feuille: Feuille
    nom_feuille: str
    ligne: int
    champs: dict[str, Any] = field(default_factory=dict)
    reconnue: tuple[int, int] | None = None
    anomalies: list[Anomalie] = field(default_factory=list)
    remplies: set[str] = field(default_factory=set)  # fields whose cell holds something

    def note(
        self, code: str, gravite: Gravite, colonne: Colonne | None, valeur: Any = None, **dits: str | None
    ) -> None:
        """One more anomaly on this row."""
        titre = None if colonne is None else colonne.titre
        self.anomalies.append(Anomalie(code, gravite, self.nom_feuille, self.ligne, titre, cut_valeur(valeur), **dits))

    def is_fautif(self) -> bool:
        """Does something keep the row from being taken?"""
        return any(a.gravite is not Gravite.A_VERIFIER for a in self.anomalies)


def _write_entier(brut: Any) -> str:
    """A cell as text; a whole number that the spreadsheet keeps as 3.0 reads « 3 »."""
    return str(int(brut)) if isinstance(brut, float) and brut.is_integer() else str(brut)


class _Lecteur:
    """The cells of one row."""

    def __init__(self, rang: Rang, listes: Listes) -> None:
        self.rang, self.listes = rang, listes

    def read(self, colonne: Colonne, brut: Any) -> Any:
        """The cell's value; a fault is noted and gives None."""
        if isinstance(brut, str):
            texte, modifie = clean_texte(brut)
            if modifie:
                self.rang.note("caracteres_retires", Gravite.A_VERIFIER, colonne, texte)
            if texte in ERREURS_TABLEUR:
                return self._refuse("erreur_tableur", colonne, texte)
            if is_formule(texte):
                return self._refuse("formule", colonne, texte)
            brut = texte or None
        if brut is None:
            return None
        self.rang.remplies.add(colonne.champ)
        try:
            return GENRES[colonne.genre](self, colonne, brut)
        except ValeurInvalide as faute:
            return self._refuse(faute.code, colonne, brut, str(faute.faits.get("attendu") or "") or None)

    def _refuse(self, code: str, colonne: Colonne, brut: Any, attendu: str | None = None) -> None:
        self.rang.remplies.add(colonne.champ)
        self.rang.note(code, Gravite.A_CORRIGER, colonne, brut, attendu=attendu)

    def read_liste(self, colonne: Colonne, brut: Any) -> str | None:
        liste = self.listes[colonne.liste or ""]
        texte = _write_entier(brut)
        code = liste.find(texte)
        if code is None:
            self.rang.note(
                "code_inconnu", Gravite.A_CORRIGER, colonne, texte, suggestion=liste.suggest(texte),
                attendu=", ".join(list(liste.dites.values())[:6]) if len(liste.dites) <= 12 else None,
            )  # fmt: skip
        return code

    def read_texte(self, colonne: Colonne, brut: Any) -> str | None:
        texte = _write_entier(brut)
        if len(texte) > TEXTE_MAX:
            self._refuse("texte_trop_long", colonne, texte, str(TEXTE_MAX))
            return None
        return self.read_liste(colonne, texte) if colonne.liste else texte

    def read_codes(self, colonne: Colonne, brut: Any) -> str | None:
        """Several codes of a list, kept in their order; each part that is unknown is told by itself."""
        codes = [
            code for partie in self._split(colonne, brut) if (code := self.read_liste(colonne, partie)) is not None
        ]
        return SEPARATEUR.join(dict.fromkeys(codes)) or None

    def read_textes(self, colonne: Colonne, brut: Any) -> str | None:
        # Kept as told, repetitions too: shares may be equal.
        return f"{SEPARATEUR} ".join(self._split(colonne, brut)) or None

    def _split(self, colonne: Colonne, brut: Any) -> list[str]:
        parties = [p.strip() for p in _write_entier(brut).split(SEPARATEUR)]
        if not all(parties):
            self.rang.note("liste_trouee", Gravite.A_VERIFIER, colonne, brut)
        return [p for p in parties if p]

    def read_nombre(self, colonne: Colonne, brut: Any) -> Decimal:
        if isinstance(brut, str):
            brut = brut.removesuffix("%").strip()
        elif isinstance(brut, float):
            brut = repr(brut)  # 0.1 is what was typed, not its binary neighbour
        return read_decimal(brut, colonne.champ)

    def read_oui_non(self, colonne: Colonne, brut: Any) -> bool | None:
        if isinstance(brut, bool):
            return brut
        code = self.read_liste(colonne, brut)
        return None if code is None else code == "oui"

    def read_ligne(self, colonne: Colonne, brut: Any) -> None:
        numero, _point, version = str(brut).partition("-")
        if numero.isdigit() and version.isdigit():
            self.rang.reconnue = (int(numero), int(version))
        else:
            self.rang.note("ligne_illisible", Gravite.A_VERIFIER, colonne, brut)


GENRES: Mapping[str, Callable[[_Lecteur, Colonne, Any], Any]] = {
    "periode": lambda _l, c, v: read_periode(v, c.champ),
    "code": _Lecteur.read_liste,
    "choix": _Lecteur.read_liste,
    "codes": _Lecteur.read_codes,
    "textes": _Lecteur.read_textes,
    "nombre": _Lecteur.read_nombre,
    "entier": _Lecteur.read_nombre,
    "date": lambda _l, c, v: read_date(v, c.champ),
    "heure": lambda _l, c, v: read_heure(v, c.champ),
    "oui_non": _Lecteur.read_oui_non,
    "texte": _Lecteur.read_texte,
    "ligne": _Lecteur.read_ligne,
}


def read_rang(
    feuille: Feuille, nom: str, ligne: int, cellules: Mapping[str, Any], listes: Listes, *, fusionnee: bool = False
) -> Rang:
    """A row from its cells (field → raw value). Faults of its cells are noted; what they leave unread is None."""
    rang = Rang(feuille, nom, ligne)
    if fusionnee:
        rang.note("cellules_fusionnees", Gravite.A_CORRIGER, None)
    lecteur = _Lecteur(rang, listes)
    for colonne in feuille.colonnes:
        if colonne.genre == "info":
            continue
        valeur = lecteur.read(colonne, cellules.get(colonne.champ))
        if colonne.genre == "periode":
            rang.champs |= {"annee": getattr(valeur, "annee", None), "trimestre": getattr(valeur, "numero", None)}
        elif colonne.champ == "region_code":
            # « National » is an answer, an empty cell is none.
            rang.champs["region_code"] = valeur or None
        elif colonne.champ != "ligne":
            rang.champs[colonne.champ] = valeur
    return rang
