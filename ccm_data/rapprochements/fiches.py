"""Interventions → arrays: what is read once per intervention, so that pairs are compared by the hundred thousand.

Nothing is compared here (`termes.py`) and nothing is weighed (`domain/doublons.py`). Rows keep the order given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from ccm_data.domain.doublons import Intervention
from ccm_data.rapprochements.annuaire import Annuaire, gather_inconnus
from ccm_data.rapprochements.territoire import Lieux, Territoire, compute_cle
from ccm_data.rapprochements.texte import PUBLICS, Lexique, strip_accents

Tableau = NDArray[np.float32]
PART_DESCRIPTION: Final = 0.6  # a word of the description beside 1 for a word of the title
PART_IMPLIQUE: Final = 0.5  # a notion that is only implied (forage → eau is said; cantine → vivres is implied)
PART_IMPLIQUE_PUBLIC: Final = 0.9  # « migrants en transit » are migrants
POIDS_MOT: Final = 0.6  # a word that the lexicon does not know
POIDS_PUBLIC_DANS_TEXTE: Final = 0.25  # a public named in the text: the public has a term of its own
JOUR_ZERO: Final = date(2000, 1, 1)

# Themes that two declarers may give to one thing; anything else is another theme. Value: how near.
THEMES_VOISINS: Final[dict[tuple[str, str], float]] = {
    ("protection", "protection_enfance"): 0.6,
    ("protection", "genre"): 0.5,
    ("protection", "traite_trafic"): 0.5,
    ("protection", "assistance_humanitaire"): 0.5,
    ("protection", "retour_reintegration"): 0.3,
    ("sante", "assistance_humanitaire"): 0.4,
    ("sante", "genre"): 0.4,
    ("sante", "protection"): 0.3,
    ("education", "protection_enfance"): 0.4,
    ("education", "developpement"): 0.3,
    ("education", "assistance_humanitaire"): 0.2,
    ("developpement", "retour_reintegration"): 0.5,
    ("developpement", "assistance_humanitaire"): 0.4,
    ("developpement", "genre"): 0.3,
    ("developpement", "diaspora"): 0.4,
    ("developpement", "gouvernance_coordination"): 0.3,
    ("assistance_humanitaire", "retour_reintegration"): 0.4,
    ("securite_frontieres", "traite_trafic"): 0.5,
    ("donnees_recherche", "gouvernance_coordination"): 0.4,
    ("donnees_recherche", "information_sensibilisation"): 0.2,
    ("traite_trafic", "protection_enfance"): 0.3,
    ("traite_trafic", "gouvernance_coordination"): 0.3,
    ("information_sensibilisation", "traite_trafic"): 0.3,
    ("protection_enfance", "genre"): 0.4,
    ("protection_enfance", "assistance_humanitaire"): 0.3,
}


@dataclass(frozen=True)
class Fiches:
    """The arrays; `n` rows each. Unknown dates and amounts are NaN; a row without a thing has zeros there."""

    codes: tuple[str, ...]
    lieux: tuple[Lieux, ...]
    localites: Any  # sparse n × localities
    departements: Tableau
    regions: Tableau
    national: NDArray[np.bool_]
    debut: NDArray[np.float64]  # days
    fin: NDArray[np.float64]
    publics: tuple[Tableau, ...]  # one per side of a public (PUBLICS): n × notions
    themes: Tableau  # n × themes
    themes_voisins: Tableau  # the same, spread over the neighbours
    pmm: Tableau
    objets: Tableau  # n × notions, unit length
    actions: Tableau
    mots: Any  # sparse n × words and notions, TF-IDF, unit length
    chef: NDArray[np.int64]  # -1: none
    engages: Any  # sparse n × actors: partners and funders
    budget: NDArray[np.float64]
    phases: NDArray[np.int64]  # 0: none said

    @property
    def n(self) -> int:
        """How many interventions."""
        return len(self.codes)


def build_fiches(
    interventions: Sequence[Intervention], territoire: Territoire, annuaire: Annuaire, lexique: Lexique
) -> Fiches:
    """Read every intervention once."""
    lieux = tuple(territoire.read_lieux(x.regions, x.localites, f"{x.titre} {x.description}") for x in interventions)
    textes = [(lexique.list_concepts(x.titre), lexique.list_concepts(x.description)) for x in interventions]
    notions = [_compute_notions(t, d, lexique, territoire) for t, d in textes]
    publics = [_compute_publics(x, n, lexique) for x, n in zip(interventions, notions, strict=True)]
    chef, engages = _read_acteurs(interventions, annuaire)
    themes, voisins = _build_themes(interventions)
    debut = np.array([_to_jours(x.debut) for x in interventions], dtype=np.float64)
    fin = np.array([_to_jours(x.fin) for x in interventions], dtype=np.float64)
    inverse = fin < debut  # written the wrong way round
    debut[inverse], fin[inverse] = fin[inverse], debut[inverse].copy()
    return Fiches(
        codes=tuple(x.code for x in interventions),
        lieux=lieux,
        localites=_build_creux([dict.fromkeys(x.localites, 1.0) for x in lieux]),
        departements=_build_dense([dict.fromkeys(x.departements, 1.0) for x in lieux]),
        regions=_build_dense([dict.fromkeys(x.regions, 1.0) for x in lieux]),
        national=np.array([x.national for x in lieux], dtype=bool),
        debut=debut,
        fin=fin,
        publics=tuple(_build_dense([p[genre] for p in publics]) for genre in PUBLICS),
        themes=themes,
        themes_voisins=voisins,
        pmm=_build_dense([dict.fromkeys(map(str, x.objectifs_pmm), 1.0) for x in interventions]),
        objets=_normalise(_build_dense([_select(n, lexique, "objet") for n in notions])),
        actions=_normalise(_build_dense([_select(n, lexique, "action") for n in notions])),
        mots=_build_tfidf([_weigh(n, lexique) for n in notions]),
        chef=chef,
        engages=engages,
        budget=np.array([x.budget or np.nan for x in interventions], dtype=np.float64),
        phases=np.array([_find_phase(f"{x.titre}") for x in interventions], dtype=np.int64),
    )  # fmt: skip


def _to_jours(jour: date | None) -> float:
    return np.nan if jour is None else float((jour - JOUR_ZERO).days)


def _compute_notions(
    titre: list[tuple[str, str]], description: list[tuple[str, str]], lexique: Lexique, territoire: Territoire
) -> dict[str, float]:
    """Notions and words of the two texts: 1 in the title, less in the description; names of places left out."""
    sortie: dict[str, float] = {}
    for lus, part in ((titre, 1.0), (description, PART_DESCRIPTION)):
        gardes = [
            nom for nom, brut in lus if not (nom.startswith("m:") and (nom[2:].isdigit() or is_lieu(brut, territoire)))
        ]
        for nom, valeur in lexique.expand(gardes, PART_IMPLIQUE).items():
            sortie[nom] = max(sortie.get(nom, 0.0), part * valeur)
    return sortie


def is_lieu(brut: str, territoire: Territoire) -> bool:
    """Is this word of a text the name of a place?"""
    cle = compute_cle(brut)
    return brut[:1].isupper() and (cle in territoire.alias or cle in territoire.lieux)


def _select(notions: dict[str, float], lexique: Lexique, genre: str) -> dict[str, float]:
    return {
        nom: part * lexique.concepts[nom].poids
        for nom, part in notions.items()
        if nom in lexique.concepts and lexique.concepts[nom].genre == genre
    }


def _weigh(notions: dict[str, float], lexique: Lexique) -> dict[str, float]:
    sortie = {}
    for nom, part in notions.items():
        concept = lexique.concepts.get(nom)
        poids = POIDS_MOT if concept is None else concept.poids
        if concept is not None and concept.genre in PUBLICS:
            poids *= POIDS_PUBLIC_DANS_TEXTE
        sortie[nom] = part * poids
    return sortie


def _compute_publics(x: Intervention, notions: dict[str, float], lexique: Lexique) -> dict[str, dict[str, float]]:
    """Who it is for, side by side: the column's notions; the text's notions when the column is empty.

    A cell that names no known public is a trade of its own, by its words.
    """
    lus = {nom for texte in x.publics for nom in lexique.list_publics(texte)}
    presence = lexique.expand(sorted(lus), PART_IMPLIQUE_PUBLIC) if lus else notions
    sortie: dict[str, dict[str, float]] = {genre: {} for genre in PUBLICS}
    for nom, part in presence.items():
        concept = lexique.concepts.get(nom)
        if concept is not None and concept.genre in PUBLICS:
            sortie[concept.genre][nom] = part * concept.poids
    if not any(sortie.values()):
        autres = (nom for nom in lus if nom not in lexique.concepts or lexique.concepts[nom].genre == "objet")
        sortie["fonction"] = dict.fromkeys(autres, 0.5)
    return sortie


def _find_phase(titre: str) -> int:
    """« phase 2 », « phase II », « 2e phase »: the number; 0 when none is said."""
    chiffres = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4, "premiere": 1, "deuxieme": 2,
                "seconde": 2, "troisieme": 3, "1ere": 1, "1re": 1, "2e": 2, "2eme": 2, "3e": 3, "3eme": 3}  # fmt: skip
    net = strip_accents(titre)
    trouve = (
        re.search(r"\bphase\s*(\d|iv|i{1,3})\b", net)
        or re.search(r"\b(ii|iii|iv)\s*$", net)
        or re.search(r"\b(premiere|deuxieme|seconde|troisieme|1ere|1re|2eme|2e|3eme|3e)\s+phase\b", net)
    )
    return chiffres.get(trouve[1], 0) if trouve else 0


def _read_acteurs(interventions: Sequence[Intervention], annuaire: Annuaire) -> tuple[NDArray[np.int64], Any]:
    chefs = [annuaire.find(x.chef_de_file) for x in interventions]
    autres = [{annuaire.find(nom) for nom in (*x.partenaires, *x.bailleurs)} - {""} for x in interventions]
    reunis = gather_inconnus([*chefs, *(a for groupe in autres for a in groupe)])
    chefs = [reunis.get(c, c) for c in chefs]
    autres = [{reunis.get(a, a) for a in groupe} for groupe in autres]
    rangs = {nom: i for i, nom in enumerate(sorted({c for c in chefs if c} | {a for g in autres for a in g}))}
    engages = _build_creux([dict.fromkeys(g, 1.0) for g in autres], rangs)
    return np.array([rangs.get(c, -1) for c in chefs], dtype=np.int64), engages


def _build_themes(interventions: Sequence[Intervention]) -> tuple[Tableau, Tableau]:
    noms = sorted({t for x in interventions for t in x.themes})
    exacts = _build_dense([dict.fromkeys(x.themes, 1.0) for x in interventions])
    voisinage = np.eye(len(noms) or 1, dtype=np.float32)
    for (a, b), valeur in THEMES_VOISINS.items():
        if a in noms and b in noms:
            voisinage[noms.index(a), noms.index(b)] = voisinage[noms.index(b), noms.index(a)] = valeur
    # The nearest theme of the other row is what counts: the maximum, not the sum.
    return exacts, np.max(exacts[:, :, None] * voisinage[None, :, :], axis=1)


def _index(lignes: Iterable[dict[str, float]]) -> dict[str, int]:
    return {nom: i for i, nom in enumerate(sorted({nom for ligne in lignes for nom in ligne}))}


def _build_creux(lignes: Sequence[dict[str, float]], rangs: dict[str, int] | None = None) -> Any:
    rangs = _index(lignes) if rangs is None else rangs
    i = [n for n, ligne in enumerate(lignes) for _nom in ligne]
    j = [rangs[nom] for ligne in lignes for nom in ligne]
    v = [valeur for ligne in lignes for valeur in ligne.values()]
    creux = sparse.csr_matrix((v, (i, j)), shape=(len(lignes), max(len(rangs), 1)), dtype=np.float32)
    creux.sort_indices()
    return creux


def _build_dense(lignes: Sequence[dict[str, float]]) -> Tableau:
    dense: Tableau = _build_creux(lignes).toarray()
    return dense


def _normalise(tableau: Tableau) -> Tableau:
    longueurs = np.sqrt((tableau * tableau).sum(axis=1, keepdims=True))
    sortie: Tableau = np.divide(tableau, longueurs, out=np.zeros_like(tableau), where=longueurs > 0)
    return sortie


def _build_tfidf(lignes: Sequence[dict[str, float]]) -> Any:
    """Words weighed by their rarity among the interventions (smoothed), each row of unit length."""
    from sklearn.feature_extraction.text import TfidfTransformer  # slow to import: only when pairs are sought

    creux = _build_creux(lignes)
    if not creux.nnz:
        return creux
    presence = creux.copy()
    presence.data[:] = 1
    idf = TfidfTransformer(norm=None, smooth_idf=True).fit(presence).idf_
    creux = creux @ sparse.diags(np.asarray(idf, dtype=np.float32))
    longueurs = np.sqrt(np.asarray(creux.multiply(creux).sum(axis=1)).ravel())
    inverse = np.divide(1.0, longueurs, out=np.zeros_like(longueurs), where=longueurs > 0)
    norme = (sparse.diags(inverse) @ creux).tocsr().astype(np.float32)
    norme.sort_indices()
    return norme
