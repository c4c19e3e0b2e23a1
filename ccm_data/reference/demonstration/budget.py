"""Invented budget entries: payments twice a year, commitments a little ahead, a few mobilised amounts, one overrun."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from ccm_data.domain.calendrier import Trimestre
from ccm_data.domain.montants import PARITE_EUR, convert_eur_xof, split_largest_remainder
from ccm_data.domain.vocabulaire import NiveauDeclarant, Phase, TypeFinancement
from ccm_data.models.suivi import EcritureBudgetaire
from ccm_data.reference.demonstration import scenario as s
from ccm_data.reference.demonstration.suivi import Auteurs, make_valide

EN_EUROS = "due"
MOIS = ((4, 20), (9, 15))
DOUBLEE = "3.1.3"  # the implementer also declares what its funder disburses: the same money
EXECUTANT = "croix-rouge-nigerienne"


def _list_dates(annees: list[int]) -> list[date]:
    """Two payment dates a year, over the marked years and the one after them (payments of N+1 are normal)."""
    toutes = sorted({*annees, min(max(annees) + 1, 2026)}) if annees else [2025, 2026]
    return [date(a, m, j) for a in toutes for m, j in MOIS if date(a, m, j) <= s.DERNIER.fin]


def _make_entry(
    auteurs: Auteurs,
    code: str,
    phase: Phase,
    bailleur: str,
    montant: int,
    jour: date,
    region: str | None,
    **champs: Any,
) -> EcritureBudgetaire:
    origine: dict[str, Any] = {}
    if bailleur == EN_EUROS:
        euros = (Decimal(montant) / PARITE_EUR).quantize(Decimal("0.01"))
        montant = convert_eur_xof(euros)
        origine = {
            "montant_origine": euros,
            "devise": "EUR",
            "taux": PARITE_EUR,
            "taux_source": "Parité fixe, 1 EUR = 655,957 XOF",
        }
    quand = min(Trimestre.from_date(jour), s.DERNIER)
    ligne = make_valide(auteurs, None, quand) | {"region_code": region}
    return EcritureBudgetaire(
        **{
            **ligne,
            "activite_code": code,
            "annee": jour.year,
            "phase": phase,
            "bailleur_code": None if bailleur == "etat" else bailleur,
            "type_financement": TypeFinancement.ETAT if bailleur == "etat" else TypeFinancement.PTF,
            "montant_fcfa": montant,
            "date_operation": jour,
            "reference_document": f"DEMO-{code}-{phase.value[:3].upper()}-{jour:%Y%m}",
            **origine,
            **champs,
        }
    )


def list_ecritures(
    couts: dict[str, int], annees: dict[str, list[int]], auteurs: Auteurs, hasard: Random
) -> list[EcritureBudgetaire]:
    """All entries. Shares of the cost come from the scenario; every franc is kept."""
    lignes: list[EcritureBudgetaire] = []
    for code, (paye, engage, bailleurs) in s.BUDGET.items():
        if paye is None:
            continue
        dates = _list_dates(annees.get(code, []))
        regions = _list_regions(code)
        for phase, part in ((Phase.PAYE, paye), (Phase.ENGAGE, engage), (Phase.MOBILISE, s.MOBILISES.get(code))):
            if part is None:
                continue
            total = couts[code] * part // 100
            for bailleur, somme in zip(bailleurs, _split(total, len(bailleurs), hasard), strict=True):
                lignes += _list_flows(auteurs, code, phase, bailleur, somme, dates, regions, hasard)
    doubles = [x for x in lignes if x.activite_code == DOUBLEE and x.phase is Phase.PAYE]
    lignes += [_make_double(auteurs, ligne) for ligne in doubles[:4]]
    return lignes


def _list_flows(
    auteurs: Auteurs, code: str, phase: Phase, bailleur: str, somme: int, dates: list[date], regions: list[str | None],
    hasard: Random,
) -> list[EcritureBudgetaire]:  # fmt: skip
    lignes = []
    for rang, (jour, flux) in enumerate(zip(dates, _split(somme, len(dates), hasard), strict=True)):
        # A commitment comes before the payment that it covers.
        quand = jour if phase is Phase.PAYE else max(date(jour.year, jour.month - 2, 5), date(2022, 1, 5))
        region = regions[rang % len(regions)]
        if flux:
            lignes.append(_make_entry(auteurs, code, phase, bailleur, flux, quand, region))
    return lignes


def _make_double(auteurs: Auteurs, ligne: EcritureBudgetaire) -> EcritureBudgetaire:
    return _make_entry(
        auteurs, ligne.activite_code, ligne.phase, ligne.bailleur_code or "", ligne.montant_fcfa or 0,
        ligne.date_operation, ligne.region_code, niveau=NiveauDeclarant.EXECUTANT, executant_code=EXECUTANT,
        libelle="Démonstration : la même somme, vue par l’exécutant",
    )  # fmt: skip


def _split(total: int, parts: int, hasard: Random) -> list[int]:
    return split_largest_remainder(total, [hasard.randint(2, 5) for _ in range(parts)])


def _list_regions(code: str) -> list[str | None]:
    if code in s.REGIONALISES_FCFA:
        return [r for r in s.AVANCEMENT_REGIONS[code] if r != "NE002"]
    return [None]
