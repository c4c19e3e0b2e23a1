"""Invented updates of activities and indicator values, quarter by quarter, by region or national."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

from ccm_data.domain.calendrier import PREMIER_TRIMESTRE, Trimestre, list_entre
from ccm_data.domain.montants import split_largest_remainder
from ccm_data.domain.vocabulaire import EtatSuivi, StatutActivite
from ccm_data.models.suivi import MiseAJour, ValeurIndicateur
from ccm_data.reference.demonstration import scenario as s


@dataclass(frozen=True)
class Auteurs:
    """Ids of accounts: who sends for each region, nationally, for each organisation, who validates."""

    regions: dict[str, int]
    national: int
    validateur: int
    acteurs: dict[str, int]

    def get(self, region: str | None) -> int:
        """Who sends for this region (None: the SP/CCM)."""
        return self.national if region is None else self.regions[region]


def make_valide(auteurs: Auteurs, region: str | None, trimestre: Trimestre, **champs: Any) -> dict[str, Any]:
    """Columns of a validated row of a quarter."""
    quand = s.say_rapport_valide(trimestre, region)
    return {
        "etat": EtatSuivi.VALIDE,
        "auteur_id": auteurs.get(region),
        "valide_par_id": auteurs.validateur,
        "cree_le": quand - timedelta(days=5),
        "soumis_le": quand - timedelta(days=4),
        "valide_le": quand,
        "region_code": region,
        "source": s.SOURCE,
        **champs,
    }


def _find_statut(code: str, region: str | None, part: int, annees: list[int], trimestre: Trimestre) -> StatutActivite:
    if part >= 100:
        return StatutActivite.ACHEVEE
    if part == 0:
        return StatutActivite.NON_DEMARREE
    if code in s.SUSPENDUES and trimestre.annee >= 2026:
        return StatutActivite.SUSPENDUE
    if (code, region) in s.ABANDONNEES and trimestre.annee > max(annees):
        return StatutActivite.ABANDONNEE
    return StatutActivite.EN_COURS


def _list_updates(
    code: str, region: str | None, atteint: int, annees: list[int], dernier: Trimestre, auteurs: Auteurs
) -> Iterator[MiseAJour]:
    debut = Trimestre(min(annees), 1)
    fin = min(Trimestre(max(annees), 4), s.DERNIER)
    for trimestre in list_entre(debut, dernier):
        if code in s.MUETTES_APRES_FIN and trimestre > Trimestre(max(annees), 4).suivant():
            break
        part = s.compute_chemin(atteint, debut, trimestre, fin)
        yield MiseAJour(
            **make_valide(auteurs, region, trimestre),
            activite_code=code,
            annee=trimestre.annee,
            trimestre=trimestre.numero,
            avancement=part,
            statut=_find_statut(code, region, part, annees, trimestre),
            debut_reel=debut.debut + timedelta(days=40) if part else None,
            fin_reelle=trimestre.fin - timedelta(days=20) if part >= 100 else None,
            rien_a_signaler=part == 0,
            narratif="Démonstration : récit inventé.",
            source_verification="Démonstration : rapport inventé",
        )


def list_mises_a_jour(annees: dict[str, list[int]], auteurs: Auteurs) -> list[MiseAJour]:
    """All validated updates (what waits is in `attente`)."""
    lignes: list[MiseAJour] = []
    for code, regions in s.AVANCEMENT_REGIONS.items():
        for region, atteint in regions.items():
            lignes += _list_updates(code, region, atteint, annees[code], s.DERNIER_RAPPORT[region], auteurs)
    for code, national in s.AVANCEMENT_NATIONAL.items():
        if national is not None:
            marquees = annees.get(code) or [2025, 2026]
            lignes += _list_updates(code, None, national, marquees, s.DERNIER, auteurs)
    return lignes


def _spread(total: int, parts: int, hasard: Random) -> list[int]:
    """Uneven parts, the first one the largest: a flow above all that came before it would have to be verified."""
    return split_largest_remainder(total, [8, *(hasard.randint(1, 5) for _ in range(parts - 1))])


def _list_values(
    code: str, region: str | None, total: float, flux: bool, hasard: Random, dernier: Trimestre
) -> list[tuple[Trimestre, float]]:
    trimestres = list_entre(PREMIER_TRIMESTRE, dernier)
    if flux:
        return list(zip(trimestres, map(float, _spread(int(total), len(trimestres), hasard)), strict=True))
    depart = s.BASES.get(code, 0.0)
    n = len(trimestres)
    return [(t, round(depart + (total - depart) * (i + 1) / n)) for i, t in enumerate(trimestres)]


def list_valeurs(
    flux: dict[str, bool], niveaux: dict[str, list[str]], auteurs: Auteurs, hasard: Random
) -> list[ValeurIndicateur]:
    """All indicator values. `flux`: code → the value is a flow; `niveaux`: code → its levels (empty for figures)."""
    lignes: list[ValeurIndicateur] = []

    def add(code: str, region: str | None, trimestre: Trimestre, **champs: Any) -> None:
        lignes.append(
            ValeurIndicateur(
                **make_valide(auteurs, region, trimestre),
                indicateur_code=code, annee=trimestre.annee, trimestre=trimestre.numero, **champs,
            )
        )  # fmt: skip

    for code, (total, _cibles) in s.INDICATEURS.items():
        if total is None or code == "3.1.a":  # committees: written from the register, see lieux
            continue
        if isinstance(total, str):
            _add_levels(add, code, total, niveaux[code])
        elif code in s.REGIONAUX:
            regions = [r for r in s.REGIONS if r != "NE002"]
            poids = [s.POIDS[r] for r in regions]
            for region, part in zip(regions, split_largest_remainder(int(total), poids), strict=True):
                for trimestre, valeur in _list_values(code, region, part, True, hasard, s.DERNIER_RAPPORT[region]):
                    add(code, region, trimestre, valeur=valeur)
        else:
            for trimestre, valeur in _list_values(code, None, total, flux[code], hasard, s.DERNIER):
                add(code, None, trimestre, valeur=valeur)
    lignes += [_make_rivale(auteurs, code, region, valeur) for code, region, valeur in RIVALES]
    return lignes


# Two reporters disagree, nationally and in a region (focal point and organisation): shown, not merged.
RIVALES: tuple[tuple[str, str | None, int], ...] = (("2.2.a", None, 24), ("1.d", "NE001", 95))


def _make_rivale(auteurs: Auteurs, code: str, region: str | None, valeur: int) -> ValeurIndicateur:
    champs = make_valide(auteurs, region, s.DERNIER) | {"auteur_id": auteurs.acteurs["oim"], "acteur_code": "oim"}
    return ValeurIndicateur(**champs, indicateur_code=code, annee=2026, trimestre=3, valeur=valeur)


def _add_levels(add: Any, code: str, atteint: str, niveaux: list[str]) -> None:
    """A level climbs one step at a time and the last report says where it stands."""
    rang = niveaux.index(atteint)
    for pas in range(rang + 1):
        add(code, None, Trimestre(2022 + pas + 1, 2), niveau=niveaux[pas])
    add(code, None, s.DERNIER, niveau=atteint)
