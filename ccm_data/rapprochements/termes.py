"""Two interventions → terms between 0 and 1, for many pairs at once.

`i` and `j` are arrays of row numbers; every function is symmetrical and answers one value per pair. A term that cannot be
known (an empty cell) takes the middle value named beside it: neither proof nor excuse.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ccm_data.rapprochements.fiches import Fiches

Rangs = NDArray[np.int64]
Valeurs = NDArray[np.float32]
JOURS_PAR_MOIS: Final = 30.44
INCONNU: Final[dict[str, float]] = {
    "lieu": 0.45, "periode": 0.5, "public": 0.45, "theme": 0.5, "pmm": 0.4, "objet": 0.25, "action": 0.4,
}  # fmt: skip
PUBLIC_DIT: Final = 0.3  # weight from which a side of the public is told (« communautés » tells nothing)
PUBLIC_COTE_MUET: Final = 0.85  # for each side that only one of the two tells
PUBLIC_SANS_RAPPORT: Final = 0.3  # one tells an age or sex, the other a status: « femmes » beside « migrants »
# What places have in common, from the most to the least precise.
LIEU_LOCALITE: Final = 1.0
LIEU_DEPARTEMENT_NOMME: Final = 0.9  # a locality, and its department named whole
LIEU_REGION_SEULE: Final = 0.8  # a locality in one row, only its region in the other; or the region in both
LIEU_MEME_DEPARTEMENT: Final = 0.6  # two localities of one department
LIEU_MEME_REGION: Final = 0.2  # two localities of one region
LIEU_NATIONAL: Final = 0.8  # both national
LIEU_NATIONAL_REGION: Final = 0.3  # a column of its own: it matches weakly
UNE_DATE: Final = 0.9  # at most, where both say one end alone
SANS_DATE: Final = 0.3


def compute_termes(f: Fiches, i: Rangs, j: Rangs) -> dict[str, Valeurs]:
    """Every term of these pairs, by name."""
    termes = {
        "lieu": compute_lieu(f, i, j),
        "public": compute_public(f, i, j),
        "theme": compute_theme(f, i, j),
        "pmm": _jaccard(f.pmm[i], f.pmm[j], INCONNU["pmm"]),
        "objet": _cosinus(f.objets[i], f.objets[j], INCONNU["objet"]),
        "action": _cosinus(f.actions[i], f.actions[j], INCONNU["action"]),
        "mots": _dot(f.mots, i, j),
        "montant": compute_montant(f, i, j),
        "ampleur": compute_ampleur(f, i, j),
    }
    termes |= compute_periode(f, i, j) | compute_lien(f, i, j)
    # Phases of one actor; « phase 2 » beside none said is phase 1 beside phase 2.
    autre = np.maximum(f.phases[i], 1) != np.maximum(f.phases[j], 1)
    termes["phases"] = (autre * termes["meme_chef"]).astype(np.float32)
    return termes


def compute_lieu(f: Fiches, i: Rangs, j: Rangs) -> Valeurs:
    """Place: the most precise thing in common, lowered when one of the two spreads over more regions."""
    ri, rj = f.regions[i], f.regions[j]
    ni, nj, nc = ri.sum(1), rj.sum(1), (ri * rj).sum(1)
    li, lj = _count(f.localites, i), _count(f.localites, j)
    lc = _dot(f.localites, i, j)
    di, dj = f.departements[i].sum(1), f.departements[j].sum(1)
    dc = (f.departements[i] * f.departements[j]).sum(1)
    precis_i, precis_j = (li > 0) | (di > 0), (lj > 0) | (dj > 0)
    les_deux = precis_i & precis_j
    # A department named whole is a department without locality of its own.
    entier = ((di > 0) & (li == 0)) | ((dj > 0) & (lj == 0))
    valeur = np.where(nc > 0, np.where(les_deux, LIEU_MEME_REGION, LIEU_REGION_SEULE), 0.0)
    valeur = np.where(
        (nc > 0) & (dc > 0), np.maximum(valeur, np.where(entier, LIEU_DEPARTEMENT_NOMME, LIEU_MEME_DEPARTEMENT)), valeur
    )
    valeur = np.where(lc > 0, LIEU_LOCALITE, valeur)
    etendue = np.divide(nc, np.maximum(ni, nj), out=np.ones_like(nc), where=np.maximum(ni, nj) > 0)
    valeur = valeur * np.where(nc > 0, 0.55 + 0.45 * etendue, 1.0)
    nat_i, nat_j = f.national[i], f.national[j]
    valeur = np.where(nat_i & nat_j, np.maximum(valeur, LIEU_NATIONAL), valeur)
    valeur = np.where(nat_i ^ nat_j, np.maximum(valeur, LIEU_NATIONAL_REGION), valeur)
    muet = ((ni == 0) & ~nat_i & (li == 0)) | ((nj == 0) & ~nat_j & (lj == 0))
    sortie: Valeurs = np.where(muet & (lc == 0), INCONNU["lieu"], valeur).astype(np.float32)
    return sortie


def compute_periode(f: Fiches, i: Rangs, j: Rangs) -> dict[str, Valeurs]:
    """Overlap: common days over the shorter (`periode`) and over both together (`chevauchement`); `mois` in common.

    `dates` tells how near both ends are: one intervention told twice has its dates twice.
    """
    debut, fin = np.fmax(f.debut[i], f.debut[j]), np.fmin(f.fin[i], f.fin[j])
    communs = np.clip(fin - debut + 1, 0, None)
    durees_i, durees_j = f.fin[i] - f.debut[i] + 1, f.fin[j] - f.debut[j] + 1
    union = np.fmax(f.fin[i], f.fin[j]) - np.fmin(f.debut[i], f.debut[j]) + 1
    ecart_debut, ecart_fin = np.abs(f.debut[i] - f.debut[j]), np.abs(f.fin[i] - f.fin[j])
    with np.errstate(invalid="ignore", divide="ignore"):
        part = communs / np.fmin(durees_i, durees_j)
        reunis = communs / union
        ecart = (ecart_debut + ecart_fin) / JOURS_PAR_MOIS
    complet = np.isfinite(durees_i) & np.isfinite(durees_j)
    # One end alone may still tell that they never met.
    disjoint = np.nan_to_num(f.debut[i] > f.fin[j]) | np.nan_to_num(f.debut[j] > f.fin[i])
    part = np.where(complet, part, np.where(disjoint, 0.0, INCONNU["periode"]))
    reunis = np.where(complet, reunis, np.where(disjoint, 0.0, INCONNU["periode"]))
    # One end said by both still compares; nothing said by both tells nothing.
    une = np.fmin(ecart_debut, ecart_fin) / JOURS_PAR_MOIS
    partiel = np.where(np.isfinite(une), UNE_DATE * np.exp(-np.nan_to_num(une, nan=99.0) / 4), SANS_DATE)
    dates = np.where(complet, np.exp(-np.nan_to_num(ecart, nan=99.0) / 4), np.where(disjoint, 0.0, partiel))
    mois = np.where(complet, communs / JOURS_PAR_MOIS, np.nan)
    noms = {"periode": np.clip(part, 0, 1), "chevauchement": np.clip(reunis, 0, 1), "dates": dates, "mois": mois}
    return {nom: v.astype(np.float32) for nom, v in noms.items()}


def compute_public(f: Fiches, i: Rangs, j: Rangs) -> Valeurs:
    """Public, side by side (age and sex, status, trade): a side that both tell must agree; one that one tells is no proof.

    « femmes migrantes » and « migrants » agree; « femmes déplacées » and « enfants déplacés » do not.
    """
    somme = np.zeros(len(i), dtype=np.float32)
    pire = np.ones(len(i), dtype=np.float32)
    partages = np.zeros(len(i), dtype=np.float32)
    seuls = np.zeros(len(i), dtype=np.float32)
    for cote in f.publics:
        a, b = cote[i], cote[j]
        communs, sa, sb = np.minimum(a, b).sum(1), a.sum(1), b.sum(1)
        with np.errstate(invalid="ignore", divide="ignore"):
            valeur = np.nan_to_num(0.6 * communs / np.minimum(sa, sb) + 0.4 * communs / (sa + sb - communs))
        dits = (sa >= PUBLIC_DIT) & (sb >= PUBLIC_DIT)
        partages += dits
        seuls += (sa >= PUBLIC_DIT) ^ (sb >= PUBLIC_DIT)
        somme += np.where(dits, valeur, 0)
        pire = np.where(dits, np.minimum(pire, valeur), pire)
    moyenne = np.divide(somme, partages, out=np.zeros_like(somme), where=partages > 0)
    muet = np.where(seuls > 1, PUBLIC_SANS_RAPPORT, INCONNU["public"])
    sortie: Valeurs = np.where(partages > 0, (moyenne + pire) / 2 * PUBLIC_COTE_MUET**seuls, muet)
    return sortie.astype(np.float32)


def compute_theme(f: Fiches, i: Rangs, j: Rangs) -> Valeurs:
    """Theme: how much of each row's themes the other holds, neighbours counted in part; the mean of both ways."""
    a, b = f.themes[i], f.themes[j]
    sa, sb = a.sum(1), b.sum(1)
    with np.errstate(invalid="ignore", divide="ignore"):
        aller = np.minimum(a, f.themes_voisins[j]).sum(1) / sa
        retour = np.minimum(b, f.themes_voisins[i]).sum(1) / sb
    valeur = (np.nan_to_num(aller) + np.nan_to_num(retour)) / 2
    sortie: Valeurs = np.where((sa > 0) & (sb > 0), valeur, INCONNU["theme"]).astype(np.float32)
    return sortie


def compute_lien(f: Fiches, i: Rangs, j: Rangs) -> dict[str, Valeurs]:
    """Actors: `lien` is 0.8 when the lead of one is partner or funder of the other, 1 both ways, 0.6 one lead for both.

    `meme_chef` is 1 for one lead; `entourage` tells that partners or funders are shared (weak: many share a funder).
    """
    ci, cj = f.chef[i], f.chef[j]
    meme = (ci >= 0) & (ci == cj)
    aller = (ci >= 0) & _has(f.engages, j, ci)
    retour = (cj >= 0) & _has(f.engages, i, cj)
    lien = np.where(aller & retour, 1.0, np.where(aller | retour, 0.8, 0.0))
    lien = np.where(meme, np.maximum(lien, 0.6), lien)
    entourage = np.minimum(_dot(f.engages, i, j), 1.0)
    return {"lien": lien.astype(np.float32), "meme_chef": meme.astype(np.float32), "entourage": entourage}


def compute_montant(f: Fiches, i: Rangs, j: Rangs) -> Valeurs:
    """Amount: 1 when equal (within 3 %: a rate of exchange), 0 from one to two; 0.3 when one is missing."""
    ratio = _compute_ratio(f, i, j)
    sortie: Valeurs = np.where(np.isnan(ratio), 0.3, np.clip((ratio - 0.5) / 0.47, 0, 1)).astype(np.float32)
    return sortie


def compute_ampleur(f: Fiches, i: Rangs, j: Rangs) -> Valeurs:
    """Size: 1 for comparable amounts, 0 when one is thirty times the other: an umbrella is no duplicate of its parts."""
    ratio = _compute_ratio(f, i, j)
    valeur = np.clip(1 + np.log10(np.where(np.isnan(ratio), 0.5, ratio) * 3) / 1.0, 0, 1)
    sortie: Valeurs = valeur.astype(np.float32)
    return sortie


def _compute_ratio(f: Fiches, i: Rangs, j: Rangs) -> NDArray[np.float64]:
    a, b = f.budget[i], f.budget[j]
    ratio: NDArray[np.float64] = np.minimum(a, b) / np.maximum(a, b)  # NaN where one is missing
    return ratio


def _jaccard(a: Valeurs, b: Valeurs, inconnu: float) -> Valeurs:
    communs, sa, sb = (a * b).sum(1), a.sum(1), b.sum(1)
    reunis = np.maximum(sa + sb - communs, 1)
    sortie: Valeurs = np.where((sa > 0) & (sb > 0), communs / reunis, inconnu).astype(np.float32)
    return sortie


def _cosinus(a: Valeurs, b: Valeurs, inconnu: float) -> Valeurs:
    connus = a.any(1) & b.any(1)
    sortie: Valeurs = np.where(connus, (a * b).sum(1), inconnu).astype(np.float32)
    return sortie


def _dot(creux: Any, i: Rangs, j: Rangs) -> Valeurs:
    sortie: Valeurs = np.asarray(creux[i].multiply(creux[j]).sum(axis=1), dtype=np.float32).ravel()
    return sortie


def _count(creux: Any, i: Rangs) -> Valeurs:
    sortie: Valeurs = np.diff(creux.indptr)[i].astype(np.float32)
    return sortie


def _has(creux: Any, i: Rangs, colonnes: Rangs) -> NDArray[np.bool_]:
    """Does row i hold this column?"""
    sortie: NDArray[np.bool_] = np.asarray(creux[i, np.maximum(colonnes, 0)]).ravel() > 0
    return sortie
