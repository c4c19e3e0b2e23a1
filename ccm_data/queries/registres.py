"""The registers of follow-up, read in one way: validated rows, what the person may read of them, what waits.

`REGISTRES` drives screens, tables and files: to add a register, one line. `toutes` counts for everybody; `lisibles` are the
rows that this person may read, with what is reserved taken out and named. Rows are dicts, shared by a cache: never change
them. Source: règles de calcul, 2.12 (validated rows only), 7 (who reads what).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.db import compute_cle_tri
from ccm_data.domain.listes import split_liste
from ccm_data.domain.permissions import Personne, can_count, can_read, mask_petits_effectifs, round_position
from ccm_data.domain.sensibilisations import AGENTS, POPULATION, list_champs
from ccm_data.domain.seuils import read_seuils
from ccm_data.domain.vocabulaire import EtatSuivi, ListeTermes, NaturePratique
from ccm_data.models.acteurs import Acteur
from ccm_data.models.coordination import Intervention
from ccm_data.models.plan import Activite, Objectif
from ccm_data.models.territoire import Departement, Region
from ccm_data.queries.acteurs import list_noms_acteurs
from ccm_data.queries.decisions import list_seuils
from ccm_data.queries.interventions import list_termes
from ccm_data.queries.suivi import list_lignes, list_valides

Ligne = dict[str, Any]
RESERVES: Final = "reserves"  # in a readable row: the columns that hold something this person may not read
MASQUES: Final = "masques"  # … and those whose count of persons is too small to be shown
MONTANT: Final = "montant_fcfa"


@dataclass(frozen=True)
class Registre:
    """`jour`: when the row happened; `colonnes`: shown in the table; `filtres`: columns that the address may choose.

    `recherche`: texts that a search looks into; `effectifs`: columns of persons, by the sum that they make;
    `narratifs`: what only its own read.
    """

    sujet: str
    jour: str
    titre: str
    colonnes: tuple[str, ...]
    filtres: tuple[str, ...] = ()
    regional: bool = True
    ferme: bool = False  # filtering is for readers: the filtered count of one row would tell it
    recherche: tuple[str, ...] = ()
    effectifs: tuple[tuple[str, tuple[str, ...]], ...] = ()
    narratifs: tuple[str, ...] = ()
    narratif_si: tuple[str, str] | None = None  # (column, value): the only rows whose texts are narratives


@dataclass(frozen=True)
class Filtre:
    """What a screen looks at; None, empty: all. `choix`, `sauf`: (column, value) that rows hold, or do not."""

    annee: int | None = None
    region: str | None = None
    choix: tuple[tuple[str, str], ...] = ()
    sauf: tuple[tuple[str, str], ...] = ()
    texte: str = ""


@dataclass(frozen=True)
class Lecture:
    """The validated rows of a register, latest first; `en_attente`: those sent that this person may see (None: may not)."""

    sujet: str
    toutes: tuple[Ligne, ...]
    lisibles: tuple[Ligne, ...]
    en_attente: int | None

    @property
    def retenues(self) -> int:
        """How many rows count and are not shown to this person."""
        return len(self.toutes) - len(self.lisibles)

    def find(self, texte: str | None) -> Ligne | None:
        """The readable row of this number."""
        return next((x for x in self.lisibles if str(x["id"]) == texte), None) if texte else None


@dataclass(frozen=True)
class Noms:
    """Code → what people read, by list; `rencontres`: code → (day, what it was); `interventions`: code → its lead."""

    regions: Mapping[str, str]
    departements: Mapping[str, str]
    acteurs: Mapping[str, str]
    activites: Mapping[str, str]
    objectifs: Mapping[str, str]
    themes: Mapping[str, str]
    rencontres: Mapping[str, tuple[date, str]]
    interventions: Mapping[str, str]


_PRATIQUE: Final = ("contexte", "enseignement", "conditions")
REGISTRES: Final[dict[str, Registre]] = {
    r.sujet: r
    for r in (
        Registre(
            "sensibilisation", "date_debut", "intitule",
            ("date_debut", "nature", "intitule", "region_code", "lieu", "agents", "population"), ("nature",),
            effectifs=(("agents", list_champs(AGENTS)), ("population", list_champs(POPULATION))),
        ),
        Registre(
            "comite_veille", "date_creation", "nom",
            ("nom", "region_code", "commune", "stade", "date_creation", "derniere_activite", "langues", "formations"),
            ("stade", "niveau"), effectifs=(("membres", ("membres_femmes", "membres_hommes")),),
        ),
        Registre(
            "point_information", "date_ouverture", "nom",
            ("nom", "region_code", "commune", "route", "statut", "date_ouverture", "accueil_femmes", "accueil_enfants",
             "langues"),
            ("statut",),
        ),
        Registre(
            "point_focal", "depuis", "nom", ("nom", "region_code", "commune", "en_poste", "depuis", "jusqua", "langues"),
        ),
        Registre(
            "appui", "date_debut", "intitule",
            ("date_debut", "cadre", "intitule", "institution_code", "beneficiaire_code", "region_code", "nature",
             "equipements"),
            ("cadre", "nature"),
        ),
        Registre(
            "produit_communication", "date_diffusion", "intitule",
            ("date_diffusion", "type", "intitule", "langues", "public_cible", "exemplaires", "region_code"), ("type",),
        ),
        Registre(
            "bonne_pratique", "date_constat", "titre",
            ("date_constat", "nature", "titre", "theme", "region_code", "activite_code", "enseignement"),
            ("nature", "theme", "activite_code"), recherche=("titre", *_PRATIQUE),
            narratifs=_PRATIQUE, narratif_si=("nature", NaturePratique.AVIS_DISPOSITIF.value),
        ),
        Registre(
            "suivi_hypothese", "date_constat", "objectif_code",
            ("date_constat", "objectif_code", "nature", "niveau", "mitigation", "responsable_code"),
            ("objectif_code", "nature", "niveau"), regional=False, ferme=True, narratifs=("constat",),
        ),
        Registre(
            "partenariat", "date_debut", "intitule",
            ("date_debut", "type", "niveau", "intitule", "partenaire", "partenaires_codes", "pays", "document"),
            ("type", "niveau"), regional=False,
        ),
        Registre(
            "poste_spccm", "depuis", "intitule",
            ("intitule", "payeur", "partenaire_code", "part_2022", "part_2023", "part_2024", "part_2025", "part_2026",
             "depuis", "jusqua"),
            ("payeur",), regional=False,
        ),
        Registre(
            "etape_perennisation", "date_etape", "nature", ("date_etape", "nature", "rencontre_code"), ("nature",),
            regional=False, narratifs=("constat", "ajustements"),
        ),
    )
}  # fmt: skip


def list_valides_ligne(session: Session, sujet: str, arrete: date) -> list[Ligne]:
    """Validated rows up to the date as dicts of plain values (None where nothing is said)."""
    cadre = list_valides(session, sujet, arrete)
    plat = cadre.astype(object).where(cadre.notna(), None)
    return [{str(c): _to_plain(v) for c, v in ligne.items()} for ligne in plat.to_dict("records")]


def _to_plain(valeur: Any) -> Any:
    if isinstance(valeur, pd.Timestamp):
        return valeur.to_pydatetime()
    return valeur.item() if hasattr(valeur, "item") else valeur


def get_noms(session: Session) -> Noms:
    """The names that rows hold by code, in a few small reads."""

    def _read(*colonnes: Any, ordre: Any) -> dict[str, str]:
        return dict(session.execute(select(*colonnes).order_by(ordre)).all())

    activites = _read(Activite.code, Activite.libelle_court, ordre=Activite.ordre)
    rencontres = list_valides(session, "rencontre", date.max)
    return Noms(
        _read(Region.code, Region.nom, ordre=Region.ordre),
        _read(Departement.code, Departement.nom, ordre=Departement.code),
        list_noms_acteurs(session),
        {code: f"{code} · {nom}" for code, nom in activites.items()},
        _read(Objectif.code, Objectif.intitule, ordre=Objectif.ordre),
        list_termes(session, ListeTermes.THEME, fermes=True),
        {str(r["code"]): (r["date_rencontre"], str(r["intitule"] or r["code"])) for r in _list_dicts(rencontres)},
        {
            str(code): str(chef)
            for code, chef in session.execute(
                select(Intervention.code, Intervention.acteur_code).where(Intervention.etat == EtatSuivi.VALIDE)
            )
        },
    )


def _list_dicts(cadre: pd.DataFrame) -> list[Ligne]:
    return cadre.astype(object).where(cadre.notna(), None).to_dict("records")  # type: ignore[return-value]


def get_lecture(session: Session, sujet: str, personne: Personne, arrete: date, filtre: Filtre) -> Lecture:
    """A register as this person may read it. Raises KeyError for an unknown one."""
    return make_lecture(session, sujet, list_valides_ligne(session, sujet, arrete), personne, filtre)


def make_lecture(session: Session, sujet: str, lignes: Iterable[Ligne], personne: Personne, filtre: Filtre) -> Lecture:
    """The same from rows that a subject has completed with columns of its own."""
    registre = REGISTRES[sujet]
    lit = can_read(personne, "lignes_validees")
    if registre.ferme and not lit:
        filtre = Filtre()
    toutes = tuple(sorted(filter_lignes(registre, lignes, filtre, cherche=lit), key=_rank(registre), reverse=True))
    mask = _make_masque(session, registre, personne)
    lisibles = tuple(mask(x) for x in toutes if _may_read(personne, "lignes_validees", x))
    return Lecture(sujet, toutes, lisibles, count_en_attente(session, sujet, personne, filtre.region))


def _rank(registre: Registre) -> Callable[[Ligne], tuple[date, int]]:
    return lambda x: (x[registre.jour] or date.min, x["id"])


def _may_read(personne: Personne, objet: str, ligne: Ligne) -> bool:
    return can_read(personne, objet, ligne["region_code"], ligne["acteur_code"], ligne["auteur_id"])


def filter_lignes(registre: Registre, lignes: Iterable[Ligne], filtre: Filtre, *, cherche: bool) -> list[Ligne]:
    """The rows that the filter keeps. A search counts only for who may read rows: counting would tell the others."""
    mots = compute_cle_tri(filtre.texte).split() if cherche else []
    return [
        x
        for x in lignes
        if (filtre.annee is None or (x[registre.jour] is not None and x[registre.jour].year == filtre.annee))
        and (filtre.region is None or not registre.regional or x["region_code"] == filtre.region)
        and all(x[champ] == valeur for champ, valeur in filtre.choix)
        and all(x[champ] != valeur for champ, valeur in filtre.sauf)
        and _holds(registre, x, mots)
    ]


def _holds(registre: Registre, ligne: Ligne, mots: Sequence[str]) -> bool:
    """Every word stands in one of the texts, whatever its accents and capitals."""
    if not mots:
        return True
    texte = compute_cle_tri(" ".join(str(ligne[c] or "") for c in registre.recherche))
    return all(mot in texte for mot in mots)


def count_en_attente(session: Session, sujet: str, personne: Personne, region: str | None) -> int | None:
    """Rows sent and not yet validated that this person may see; they are in no figure."""
    if not can_count(personne, "brouillons"):
        return None
    siens = region if REGISTRES[sujet].regional else None
    return len(list_lignes(session, sujet, personne, ("soumis",), siens))


def get_seuil_effectifs(session: Session) -> int:
    """Counts of persons below it are masked in public."""
    return read_seuils(list_seuils(session)).petits_effectifs


def get_seuil_pour(session: Session, personne: Personne) -> int | None:
    """The same for sums shown to this person: None for the SP/CCM, which reads every row."""
    return None if can_read(personne, "narratifs") else get_seuil_effectifs(session)


def _make_masque(session: Session, registre: Registre, personne: Personne) -> Callable[[Ligne], Ligne]:
    """What is taken out of a readable row for this person."""
    seuil = get_seuil_effectifs(session)
    publics = set(session.scalars(select(Acteur.code).where(Acteur.montants_publics)))

    def _mask(ligne: Ligne) -> Ligne:
        siens = _may_read(personne, "narratifs", ligne)
        vue = dict(ligne)
        reserves = set() if siens else {c for c in _list_narratifs(registre, ligne) if ligne[c] is not None}
        if ligne.get(MONTANT) is not None and not _may_see_montant(personne, ligne, publics):
            reserves.add(MONTANT)
        vue |= dict.fromkeys(reserves)
        vue[RESERVES] = frozenset(reserves)
        vue[MASQUES] = mask_effectifs(registre, vue, 0 if siens else seuil)
        if registre.sujet == "comite_veille" and ligne["lat"] is not None:
            exacte = can_read(personne, "position_exacte", ligne["region_code"])
            vue["lat"], vue["lon"] = (
                (ligne["lat"], ligne["lon"]) if exacte else round_position(ligne["lat"], ligne["lon"])
            )
        return vue

    return _mask


def _list_narratifs(registre: Registre, ligne: Ligne) -> tuple[str, ...]:
    if registre.narratif_si is not None and ligne[registre.narratif_si[0]] != registre.narratif_si[1]:
        return ()
    return registre.narratifs


def _may_see_montant(personne: Personne, ligne: Ligne, publics: set[str]) -> bool:
    """An amount is its funder's to show (règles 7)."""
    institution = str(ligne["institution_code"])
    siens = (institution, ligne["acteur_code"], *split_liste(ligne["beneficiaire_code"]))
    return institution in publics or any(can_read(personne, "montants_reserves", None, c) for c in siens)


def mask_effectifs(registre: Registre, ligne: Ligne, seuil: int) -> frozenset[str]:
    """Sum the persons of this row (changed in place) and take out small counts, complement included; what was masked.

    Each sum stands on its own group of columns, so that no other sum tells what is masked. A seuil of 0 masks nothing.
    """
    masques = set()
    for total, champs in registre.effectifs:
        vus, somme = mask_petits_effectifs([ligne[c] for c in champs], seuil)
        masques |= {c for c, v in zip(champs, vus, strict=True) if v.masque}
        ligne[total] = somme.valeur
        if somme.masque:
            masques.add(total)
    ligne |= dict.fromkeys(masques)
    return frozenset(masques)


def mask_pour_fichier(session: Session, sujet: str, lignes: Sequence[Ligne]) -> list[Ligne]:
    """Rows for a file, which leaves the screen: small counts are masked whoever takes it away (règles 7)."""
    registre, seuil = REGISTRES[sujet], get_seuil_effectifs(session)
    sorties = []
    for ligne in lignes:
        copie = dict(ligne)
        if not copie[MASQUES]:  # what is masked already is, with the sums that may be said
            copie[MASQUES] = mask_effectifs(registre, copie, seuil)
        sorties.append(copie)
    return sorties
