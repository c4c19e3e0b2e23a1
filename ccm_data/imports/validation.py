"""A file's rows judged: every fault listed at once, and what each sound row would change. Raises nothing, writes nothing.

The rules are those of the forms (`commands.regles`); here are only what a file adds: headings, doubles, rows changed
since the template was made, and what a whole series or chain shows. Source: règles de calcul, 2.8, 3, 4, 7.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import SimpleNamespace
from typing import Any, Final

from rapidfuzz import fuzz, process
from sqlalchemy.orm import Session

from ccm_data.commands.regles import Faits, list_fautes
from ccm_data.commands.sujets import SUJETS, Sujet, get_default, read_champ
from ccm_data.commands.transaction import is_plan_clos, list_verrous
from ccm_data.db import compute_cle_tri
from ccm_data.domain.calendrier import get_jour
from ccm_data.domain.permissions import Personne, can_write
from ccm_data.domain.vocabulaire import EtatSuivi, Gravite
from ccm_data.errors import ValeurInvalide
from ccm_data.imports.anomalies import Anomalie
from ccm_data.imports.existants import Cle, Existant, Existants, make_cle, read_existants
from ccm_data.imports.lecture import Classeur, FeuilleLue
from ccm_data.imports.listes import NATIONAL, Listes, read_listes
from ccm_data.imports.rangs import Rang, read_rang
from ccm_data.imports.schemas import Colonne, Feuille
from ccm_data.imports.series import list_anomalies_chaine, list_anomalies_series

# A draft or a returned row waits to be sent, even as it is.
A_ENVOYER: Final = frozenset({EtatSuivi.BROUILLON, EtatSuivi.RETOURNE})
A_REMPLIR: Final = (0, 0)  # what « Ligne » bears in a row that the template offers to fill
DEVISE_LOCALE: Final = "XOF"
RESSEMBLANCE_TITRE: Final = 75
LIGNES_PAR_PAS: Final = 250
RANGS: Final = {sujet: rang for rang, sujet in enumerate(SUJETS)}


@dataclass(frozen=True)
class LigneImport:
    """A sound row: what it would say, and the row that it changes or corrects (None: a new fact).

    `changements`: (field, former value, new value) of what differs; empty when it says nothing new.
    """

    feuille: str
    ligne: int
    sujet: str
    valeurs: Mapping[str, Any]
    existant: Existant | None
    changements: tuple[tuple[str, Any, Any], ...]

    @property
    def nature(self) -> str:
        """nouvelle, correction (of a validated row), modification (of a row under way), inchangee."""
        if not self.changements and self.existant is not None and self.existant.etat not in A_ENVOYER:
            return "inchangee"
        if self.existant is None:
            return "nouvelle"
        return "correction" if self.existant.etat is EtatSuivi.VALIDE else "modification"


@dataclass
class Validation:
    """All that a file says. `lignes` hold sound rows only; `lues` counts the rows that hold something."""

    lignes: list[LigneImport] = field(default_factory=list)
    anomalies: list[Anomalie] = field(default_factory=list)
    lues: int = 0
    a_remplir: int = 0

    @property
    def bloquantes(self) -> list[Anomalie]:
        """Faults for which no row can be taken."""
        return [a for a in self.anomalies if a.gravite is Gravite.BLOQUANT]

    @property
    def a_deposer(self) -> list[LigneImport]:
        """Sound rows that say something new."""
        return [ligne for ligne in self.lignes if ligne.nature != "inchangee"]

    @property
    def inchangees(self) -> int:
        """Sound rows that stand already."""
        return len(self.lignes) - len(self.a_deposer)

    @property
    def fautives(self) -> int:
        """Rows that cannot be taken as they are."""
        return len({(a.feuille, a.ligne) for a in self.anomalies if a.gravite is Gravite.A_CORRIGER and a.ligne})


@dataclass
class _Cadre:
    """What all rows are judged against, read once."""

    session: Session
    personne: Personne
    listes: Listes
    faits: Faits
    verrous: set[Any]
    existants: dict[str, Existants] = field(default_factory=dict)
    vus: dict[tuple[str, Cle], int] = field(default_factory=dict)
    reperes: dict[tuple[str, int], int] = field(default_factory=dict)

    def get_existants(self, sujet: Sujet) -> Existants:
        if sujet.nom not in self.existants:
            self.existants[sujet.nom] = read_existants(self.session, sujet, self.personne)
        return self.existants[sujet.nom]


class _Pas:
    """Tells how far a long file has come, not at every row."""

    def __init__(self, total: int, avance: Callable[[float], None]) -> None:
        self.total, self.faits, self.avance = total, 0, avance

    def count(self) -> None:
        self.faits += 1
        if self.faits % LIGNES_PAR_PAS == 0:
            self.avance(self.faits / self.total)


def validate(
    session: Session,
    personne: Personne,
    maintenant: datetime,
    classeur: Classeur,
    avance: Callable[[float], None] = lambda _part: None,
) -> Validation:
    """Judge every row of a file for this person at this moment; `avance` is told the part done, 0 to 1."""
    cadre = _Cadre(
        session, personne, read_listes(session), Faits(session, get_jour(maintenant)), list_verrous(session)
    )  # fmt: skip
    validation = Validation()
    for nom in classeur.inconnues:
        if compute_cle_tri(nom) not in {"lisez moi", "listes"}:
            validation.anomalies.append(Anomalie("feuille_inconnue", Gravite.A_VERIFIER, nom))
    pas = _Pas(sum(len(f.lignes) for f in classeur.feuilles), avance)
    # A meeting is read before its agenda, wherever its sheet stands in the file.
    for lue in sorted(classeur.feuilles, key=lambda f: RANGS[f.feuille.sujet]):
        _validate_feuille(cadre, lue, validation, pas)
    par_sujet: dict[str, list[LigneImport]] = {}
    for ligne in validation.a_deposer:
        par_sujet.setdefault(ligne.sujet, []).append(ligne)
    validation.anomalies += list_anomalies_chaine(
        session, par_sujet.get("ecriture_budgetaire", []), get_jour(maintenant)
    )
    validation.anomalies += list_anomalies_series(
        session, par_sujet.get("valeur_indicateur", []), get_jour(maintenant), cadre.faits.get_definition
    )
    fautives = {(a.feuille, a.ligne) for a in validation.anomalies if a.gravite is Gravite.A_CORRIGER}
    validation.lignes = [x for x in validation.lignes if (x.feuille, x.ligne) not in fautives]
    return validation


def _validate_feuille(cadre: _Cadre, lue: FeuilleLue, validation: Validation, pas: _Pas) -> None:
    places = place_colonnes(lue, validation.anomalies)
    if places is None:
        return
    sujet = SUJETS[lue.feuille.sujet]
    for numero, cellules in lue.lignes:
        pas.count()
        bruts = {champ: cellules[i] if i < len(cellules) else None for champ, i in places.items()}
        rang = read_rang(lue.feuille, lue.nom, numero, bruts, cadre.listes, fusionnee=numero in lue.fusions)
        if not rang.remplies - {"ligne"}:
            continue
        if rang.reconnue == A_REMPLIR and not rang.remplies - {c.champ for c in lue.feuille.colonnes if c.identite}:
            validation.a_remplir += 1
            continue
        validation.lues += 1
        ligne = _judge(cadre, sujet, rang, bruts)
        validation.anomalies += rang.anomalies
        if ligne is not None and not rang.is_fautif():
            validation.lignes.append(ligne)


def place_colonnes(lue: FeuilleLue, anomalies: list[Anomalie]) -> dict[str, int] | None:
    """field → position of its column; None when the sheet cannot be read without a heading that is missing."""
    titres = {compute_cle_tri(c.titre): c for c in lue.feuille.colonnes}
    places: dict[str, int] = {}
    doubles = False
    for position, entete in enumerate(lue.entetes):
        if entete is None:
            continue
        colonne = titres.get(compute_cle_tri(entete))
        if colonne is None:
            proche = process.extractOne(
                compute_cle_tri(entete), [t for t, c in titres.items() if c.champ not in places],
                scorer=fuzz.ratio, score_cutoff=RESSEMBLANCE_TITRE,
            )  # fmt: skip
            anomalies.append(
                Anomalie("colonne_inconnue", Gravite.A_VERIFIER, lue.nom, lue.ligne_entete, entete,
                         suggestion=titres[proche[0]].titre if proche else None)
            )  # fmt: skip
        elif colonne.champ in places:
            doubles = True
            anomalies.append(Anomalie("colonne_en_double", Gravite.BLOQUANT, lue.nom, lue.ligne_entete, entete))
        else:
            places[colonne.champ] = position
    manquantes = [c for c in lue.feuille.colonnes if c.obligatoire and c.champ not in places]
    anomalies += [Anomalie("colonne_absente", Gravite.BLOQUANT, lue.nom, lue.ligne_entete, c.titre) for c in manquantes]
    return None if manquantes or doubles else places


def _judge(cadre: _Cadre, sujet: Sujet, rang: Rang, bruts: Mapping[str, Any]) -> LigneImport | None:
    """The row against the rules, the rights, the closed quarters, the other rows of the file and what stands."""
    if "region_code" in bruts and "region_code" not in rang.remplies:
        rang.note("valeur_manquante", Gravite.A_CORRIGER, rang.feuille.find("region_code"), attendu=NATIONAL)
    valeurs = type_champs(sujet, rang)
    reconnu = cadre.get_existants(sujet).par_id.get(rang.reconnue[0]) if rang.reconnue else None
    if rang.feuille.find("acteur_code") is None:  # otherwise the row says whose it is
        valeurs["acteur_code"] = cadre.personne.acteur_code or (reconnu.valeurs["acteur_code"] if reconnu else None)
    # What rules look at: a plain object, ten thousand of which cost nothing.
    objet = SimpleNamespace(**dict.fromkeys(sujet.genres) | valeurs)
    deja = {a.colonne for a in rang.anomalies if a.gravite is Gravite.A_CORRIGER}
    for faute in list_fautes(cadre.faits, sujet, objet, envoi=True):
        _note_faute(rang, faute, deja, cadre.listes["regions"].dites)
    if rang.is_fautif():
        return None
    # A rule may have completed the row (an amount converted, a currency's name).
    valeurs |= {champ: v for champ, v in vars(objet).items() if champ in sujet.champs and v is not None}
    _check_droit(cadre, sujet, rang, valeurs)
    periode = sujet.periode(objet)
    if periode in cadre.verrous or (periode is None and is_plan_clos(cadre.verrous)):
        rang.note("periode_verrouillee", Gravite.A_CORRIGER, None, periode.code if periode else None)
    cle = make_cle(sujet, valeurs)
    if cle is not None:
        premiere = cadre.vus.setdefault((sujet.nom, cle), rang.ligne)
        if premiere != rang.ligne:
            rang.note("ligne_en_double", Gravite.A_CORRIGER, None, attendu=str(premiere))
    _check_repere(cadre, sujet, rang)
    if sujet.nom == "rencontre":  # the agenda further down the file may name it
        cadre.faits.list_rencontres()[valeurs["code"]] = valeurs.get("region_code")
    existant = _find_existant(cadre, sujet, rang, cle)
    changements = _compare(rang.feuille, valeurs, existant)
    if existant is not None and existant.etat is EtatSuivi.RETOURNE and not changements:
        rang.note("retournee_telle_quelle", Gravite.A_VERIFIER, None)
    return LigneImport(rang.nom_feuille, rang.ligne, sujet.nom, valeurs, existant, changements)


def type_champs(sujet: Sujet, rang: Rang) -> dict[str, Any]:
    """The row's values in the types of the table; what has no such type is noted."""
    champs = dict(rang.champs)
    if "montant" in champs:
        montant, devise = champs.pop("montant"), champs.get("devise") or DEVISE_LOCALE
        champs["montant_fcfa" if devise == DEVISE_LOCALE else "montant_origine"] = montant
    types: dict[str, Any] = {}
    for nom, valeur in champs.items():
        try:
            types[nom] = read_champ(sujet, nom, valeur)
        except ValeurInvalide as faute:
            types[nom] = None
            rang.note(faute.code, Gravite.A_CORRIGER, _find_colonne(rang.feuille, nom), valeur,
                      attendu=str(faute.faits.get("attendu") or "") or None)  # fmt: skip
        if types[nom] is None:
            types[nom] = get_default(sujet, nom)
    return types


def _find_colonne(feuille: Feuille, champ: str) -> Colonne | None:
    """The column that a model's field comes from."""
    alias = {"annee": "periode", "trimestre": "periode", "montant_fcfa": "montant", "montant_origine": "montant"}
    return feuille.find(champ) or feuille.find(alias.get(champ, ""))


def _note_faute(rang: Rang, faute: ValeurInvalide, deja: set[str | None], regions: Mapping[str, str]) -> None:
    """A broken rule as an anomaly, unless the cell itself already said what is wrong with it; regions by their name."""
    colonne = _find_colonne(rang.feuille, str(faute.faits.get("champ")))
    if colonne is not None and colonne.titre in deja:
        return
    deja.add(None if colonne is None else colonne.titre)
    valeur, attendu = faute.faits.get("valeur"), str(faute.faits.get("attendu") or "")
    if faute.faits.get("champ") == "region_code":
        valeur, attendu = regions.get(str(valeur or ""), str(valeur)), regions.get(attendu, attendu)
    rang.note(faute.code, Gravite.A_CORRIGER, colonne, valeur, attendu=attendu or None)


def _check_droit(cadre: _Cadre, sujet: Sujet, rang: Rang, valeurs: Mapping[str, Any]) -> None:
    personne, region = cadre.personne, valeurs.get("region_code")
    if not can_write(personne, sujet.droit, region, valeurs.get("acteur_code")):
        dite = cadre.listes["regions"].dites
        sienne = None if personne.region_code is None else dite[personne.region_code]
        rang.note("hors_region" if sienne else "acces_refuse", Gravite.A_CORRIGER, rang.feuille.find("region_code"),
                  dite[region or ""], attendu=sienne)  # fmt: skip


def _check_repere(cadre: _Cadre, sujet: Sujet, rang: Rang) -> None:
    """A row copied under another title keeps the mark of the first: it would replace it."""
    if not sujet.renommable or rang.reconnue is None or rang.reconnue == A_REMPLIR:
        return
    premiere = cadre.reperes.setdefault((sujet.nom, rang.reconnue[0]), rang.ligne)
    if premiere != rang.ligne:
        rang.note("repere_en_double", Gravite.A_CORRIGER, rang.feuille.find("ligne"), attendu=str(premiere))


def _find_existant(cadre: _Cadre, sujet: Sujet, rang: Rang, cle: Cle | None) -> Existant | None:
    """The row that this one changes or corrects; noted when it changed since the template was made."""
    existants = cadre.get_existants(sujet)
    existant = None if cle is None else existants.par_fait.get(cle)
    if rang.reconnue is None or rang.reconnue == A_REMPLIR:
        return existant
    numero, version = rang.reconnue
    reconnu = existants.par_id.get(numero)
    if reconnu is None:
        rang.note("ligne_inconnue", Gravite.A_VERIFIER, rang.feuille.find("ligne"), numero)
        return existant
    if reconnu.version != version:
        rang.note("ligne_changee", Gravite.A_CORRIGER, rang.feuille.find("ligne"), numero)
    return reconnu


def _compare(
    feuille: Feuille, valeurs: Mapping[str, Any], existant: Existant | None
) -> tuple[tuple[str, Any, Any], ...]:
    """What the row says otherwise than the one that stands, over the fields that the sheet holds."""
    if existant is None:
        return tuple((champ, None, v) for champ, v in valeurs.items() if v is not None and v is not False)
    avant = existant.valeurs
    return tuple(
        (champ, avant.get(champ), valeur) for champ, valeur in valeurs.items() if not is_same(avant.get(champ), valeur)
    )


def is_same(avant: Any, apres: Any) -> bool:
    """Do two values say the same? A box never ticked and one left empty do."""
    if avant is None or apres is None:
        return (avant is None or avant is False) and (apres is None or apres is False)
    return bool(getattr(avant, "value", avant) == getattr(apres, "value", apres))
