"""Invented updates of activities and indicator values, quarter by quarter, by region or national."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from ccm_data.domain.calendrier import PREMIER_TRIMESTRE, Trimestre, list_entre
from ccm_data.domain.montants import split_largest_remainder
from ccm_data.domain.vocabulaire import EtatSuivi, StatutActivite
from ccm_data.models.suivi import MiseAJour, ValeurIndicateur
from ccm_data.reference.demonstration import scenario as s


@dataclass(frozen=True)
class Auteurs:
    """Ids of accounts: who sends for each region, who sends nationally, who validates."""

    regions: dict[str, int]
    national: int
    validateur: int
    oim: int

    def get(self, region: str | None) -> int:
        """Who sends for this region (None: the SP/CCM)."""
        return self.national if region is None else self.regions[region]


def make_valide(auteurs: Auteurs, region: str | None, trimestre: Trimestre, **champs: Any) -> dict[str, Any]:
    """Columns of a validated row of a quarter."""
    quand = s.say_rapport_valide(trimestre)
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


def _find_statut(code: str, part: int, atteint: int, annees: list[int], trimestre: Trimestre) -> StatutActivite:
    if part >= 100:
        return StatutActivite.ACHEVEE
    if part == 0:
        return StatutActivite.NON_DEMARREE
    if code in s.SUSPENDUES and trimestre.annee >= 2026:
        return StatutActivite.SUSPENDUE
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
            statut=_find_statut(code, part, atteint, annees, trimestre),
            debut_reel=debut.debut + timedelta(days=40) if part else None,
            fin_reelle=trimestre.fin - timedelta(days=20) if part >= 100 else None,
            rien_a_signaler=part == 0,
            narratif="Démonstration : récit inventé.",
            source_verification="Démonstration : rapport inventé",
        )


def list_mises_a_jour(annees: dict[str, list[int]], auteurs: Auteurs) -> list[MiseAJour]:
    """All validated updates, then the drafts, deposits to validate and returns that make the queues speak."""
    lignes: list[MiseAJour] = []
    for code, regions in s.AVANCEMENT_REGIONS.items():
        for region, atteint in regions.items():
            lignes += _list_updates(code, region, atteint, annees[code], s.DERNIER_RAPPORT[region], auteurs)
    for code, national in s.AVANCEMENT_NATIONAL.items():
        if national is not None:
            marquees = annees.get(code) or [2025, 2026]
            lignes += _list_updates(code, None, national, marquees, s.DERNIER, auteurs)
    lignes += _list_attente(auteurs)
    return lignes


def _list_attente(auteurs: Auteurs) -> list[MiseAJour]:
    """T3 2026 of the late regions: sent (Tahoua), returned (Zinder), begun (Dosso's correction, Tillabéri)."""
    quand = s.say_rapport_valide(s.DERNIER)
    base = {"annee": 2026, "trimestre": 3, "cree_le": quand, "source": s.SOURCE}
    lignes = [
        MiseAJour(
            **base, etat=EtatSuivi.SOUMIS, auteur_id=auteurs.regions["NE005"], soumis_le=quand, region_code="NE005",
            activite_code=code, avancement=part, statut=StatutActivite.EN_COURS, narratif="Démonstration : à valider.",
        )
        for code, part in (("3.1.3", 80), ("3.1.4", 56))
    ]  # fmt: skip
    lignes.append(
        MiseAJour(
            **base, etat=EtatSuivi.RETOURNE, auteur_id=auteurs.regions["NE007"], soumis_le=quand, region_code="NE007",
            activite_code="3.1.4", avancement=62, statut=StatutActivite.EN_COURS,
            note_retour="Démonstration : la source de vérification manque.", retour_avant_le=date(2026, 12, 15),
        )
    )  # fmt: skip
    lignes.append(
        MiseAJour(
            **base, etat=EtatSuivi.BROUILLON, auteur_id=auteurs.regions["NE006"], region_code="NE006",
            activite_code="3.1.3", avancement=38, statut=StatutActivite.EN_COURS,
        )
    )  # fmt: skip
    return lignes


def _spread(total: int, parts: int, hasard: Random) -> list[int]:
    return split_largest_remainder(total, [hasard.randint(1, 5) for _ in range(parts)])


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
            for region, part in zip(regions, _spread(int(total), len(regions), hasard), strict=True):
                for trimestre, valeur in _list_values(code, region, part, True, hasard, s.DERNIER_RAPPORT[region]):
                    add(code, region, trimestre, valeur=valeur)
        else:
            for trimestre, valeur in _list_values(code, None, total, flux[code], hasard, s.DERNIER):
                add(code, None, trimestre, valeur=valeur)
    rival = make_valide(auteurs, None, s.DERNIER) | {"auteur_id": auteurs.oim}
    lignes.append(  # two reporters disagree: shown, not merged
        ValeurIndicateur(**rival, acteur_code="oim", indicateur_code="2.2.a", annee=2026, trimestre=3, valeur=24)
    )
    return lignes


def _add_levels(add: Any, code: str, atteint: str, niveaux: list[str]) -> None:
    """A level climbs one step at a time and the last report says where it stands."""
    rang = niveaux.index(atteint)
    for pas in range(rang + 1):
        add(code, None, Trimestre(2022 + pas + 1, 2), niveau=niveaux[pas])
    add(code, None, s.DERNIER, niveau=atteint)
