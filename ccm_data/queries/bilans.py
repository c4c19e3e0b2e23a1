"""The figures of the registers of awareness, supports, products, partnerships and lessons, over rows already read.

Each counts rows and says how many tell what is counted: what is missing is never zero. Source: règles de calcul, 2.1, 2
(1.a, 1.c, 1.d, 3.1.b, 4.a-d).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ccm_data.domain.calendrier import ANNEES
from ccm_data.domain.listes import split_liste
from ccm_data.domain.sensibilisations import (
    AGENTS,
    POPULATION,
    Compte,
    Croisement,
    compute_croisement,
    compute_part_femmes,
    compute_participants,
)
from ccm_data.domain.vocabulaire import (
    CadreAppui,
    NatureAppui,
    NaturePratique,
    NatureSensibilisation,
    NiveauPartenariat,
    TypePartenariat,
)

Lignes = Sequence[Mapping[str, Any]]
NATIONAL = "NE"


@dataclass(frozen=True)
class BilanSensibilisations:
    """`agents` leaves the population out (1.d). `part_femmes`: women, both; None where masked or not said."""

    lignes: int
    missions: int
    formations: int
    par_nature: Mapping[str, int]
    par_region: Mapping[str, int]
    par_annee: Mapping[int, int]
    agents: Compte
    population: Compte
    croisement: Croisement
    part_femmes: tuple[int, int] | None


@dataclass(frozen=True)
class BilanAppuis:
    """`institutions`: those in support (1.a) → how many supports; `drec`: supports to the DREC/MR (3.1.b), by region."""

    lignes: int
    institutions: Mapping[str, int]
    drec: int
    drec_par_region: Mapping[str, int]
    equipements_par_region: Mapping[str, int]
    par_nature: Mapping[str, int]


@dataclass(frozen=True)
class BilanProduits:
    """`exemplaires`: sum of those said (None: none is), by `dits` of the rows; `langues`: language → products."""

    lignes: int
    par_type: Mapping[str, int]
    langues: Mapping[str, int]
    langues_dites: int
    exemplaires: int | None
    dits: int


@dataclass(frozen=True)
class BilanPartenariats:
    """`matrice`: (type, level) → how many."""

    lignes: int
    matrice: Mapping[tuple[str, str], int]
    par_type: Mapping[str, int]
    par_annee: Mapping[int, int]
    conventions_avec_document: int
    pays: int


@dataclass(frozen=True)
class BilanPratiques:
    """What was learnt, by nature, region and theme; what is linked to the plan or to an intervention."""

    lignes: int
    par_nature: Mapping[str, int]
    par_region: Mapping[str, int]
    par_theme: Mapping[str, int]
    sans_theme: int
    liees: int


def _count(lignes: Lignes, champ: str) -> Counter[str]:
    return Counter(str(x[champ]) for x in lignes if x[champ] is not None)


def count_par_region(lignes: Lignes) -> dict[str, int]:
    """Region code (NATIONAL where none) → rows."""
    return dict(Counter(str(x["region_code"] or NATIONAL) for x in lignes))


def count_par_annee(lignes: Lignes, champ: str) -> dict[int, int]:
    """Each year of the plan → rows."""
    annees = Counter(x[champ].year for x in lignes if x[champ] is not None)
    return {a: annees.get(a, 0) for a in ANNEES}


def compute_sensibilisations(lignes: Lignes, seuil: int | None) -> BilanSensibilisations:
    """Awareness and training over these rows; `seuil`: small counts to mask (None: nothing)."""
    natures = _count(lignes, "nature")
    croisement = compute_croisement(lignes, seuil)
    masque = croisement.femmes.masque or croisement.agents.masque
    return BilanSensibilisations(
        len(lignes),
        natures[NatureSensibilisation.MISSION],
        natures[NatureSensibilisation.FORMATION],
        dict(natures),
        count_par_region(lignes),
        count_par_annee(lignes, "date_debut"),
        compute_participants(lignes, AGENTS),
        compute_participants(lignes, POPULATION),
        croisement,
        None if masque else compute_part_femmes(lignes, AGENTS),
    )


def compute_appuis(lignes: Lignes) -> BilanAppuis:
    """Institutions in support and supports to the DREC/MR."""
    institutionnels = [x for x in lignes if x["cadre"] == CadreAppui.INSTITUTIONNEL]
    drec = [x for x in lignes if x["cadre"] == CadreAppui.DREC_MR]
    equipes = [x for x in drec if x["nature"] == NatureAppui.EQUIPEMENT or x["equipements"]]
    return BilanAppuis(
        len(lignes),
        dict(_count(institutionnels, "institution_code").most_common()),
        len(drec),
        count_par_region(drec),
        count_par_region(equipes),
        dict(_count(lignes, "nature")),
    )


def compute_produits(lignes: Lignes) -> BilanProduits:
    """Products of communication."""
    exemplaires = [x["exemplaires"] for x in lignes if x["exemplaires"] is not None]
    langues = Counter(langue.lower() for x in lignes for langue in set(split_liste(x["langues"])))
    return BilanProduits(
        len(lignes),
        dict(_count(lignes, "type")),
        dict(langues.most_common()),
        sum(bool(x["langues"]) for x in lignes),
        sum(exemplaires) if exemplaires else None,
        len(exemplaires),
    )


def compute_partenariats(lignes: Lignes) -> BilanPartenariats:
    """Partnerships by type and level."""
    conventions = [x for x in lignes if x["type"] == TypePartenariat.CONVENTION]
    matrice = Counter((str(x["type"]), str(x["niveau"])) for x in lignes)
    pays = {p.casefold() for x in lignes for p in split_liste(x["pays"])}
    return BilanPartenariats(
        len(lignes),
        {(t.value, n.value): matrice[t.value, n.value] for t in TypePartenariat for n in NiveauPartenariat},
        dict(_count(lignes, "type")),
        count_par_annee(lignes, "date_debut"),
        sum(bool(x["document"]) for x in conventions),
        len(pays),
    )


def compute_pratiques(lignes: Lignes) -> BilanPratiques:
    """Practices and lessons (opinions on the frame are counted by nature alone)."""
    retenues = [x for x in lignes if x["nature"] != NaturePratique.AVIS_DISPOSITIF]
    return BilanPratiques(
        len(lignes),
        dict(_count(lignes, "nature")),
        count_par_region(retenues),
        dict(_count(retenues, "theme").most_common()),
        sum(x["theme"] is None for x in retenues),
        sum(bool(x["activite_code"] or x["intervention_code"]) for x in retenues),
    )
