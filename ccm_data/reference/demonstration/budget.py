"""Invented budget entries: payments twice a year, commitments a little ahead, a few mobilised amounts, one overrun.

Every funder's commitments follow its payments in time, so that the chain holds at every date, but for the one funder
that the scenario wants to be verified.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
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
PARTS_CHAINE = {Phase.LIQUIDE: (1, 2), Phase.ORDONNANCE: (1, 4)}  # share of what is committed and not yet paid


@dataclass(frozen=True)
class Paiements:
    """What one funder pays on one activity: amounts by date."""

    bailleur: str
    flux: tuple[int, ...]

    @property
    def total(self) -> int:
        """All of it."""
        return sum(self.flux)


def _list_dates(annees: list[int]) -> list[date]:
    """Two payment dates a year, over the marked years and the one after them (payments of N+1 are normal)."""
    toutes = sorted({*annees, min(max(annees) + 1, 2026)}) if annees else [2025, 2026]
    return [date(a, m, j) for a in toutes for m, j in MOIS if date(a, m, j) <= s.DERNIER.fin]


def list_ecritures(
    couts: dict[str, int], annees: dict[str, list[int]], auteurs: Auteurs, hasard: Random
) -> list[EcritureBudgetaire]:
    """All entries. Shares of the cost come from the scenario; every franc is kept."""
    lignes: list[EcritureBudgetaire] = []
    for code, (paye, engage, bailleurs) in s.BUDGET.items():
        if paye is None:
            continue
        dates = _list_dates(annees.get(code, []))
        sommes = _split(couts[code] * paye // 100, len(bailleurs), hasard)
        paiements = [
            Paiements(b, tuple(_split(somme, len(dates), hasard))) for b, somme in zip(bailleurs, sommes, strict=True)
        ]
        for phase, totaux in _list_phases(code, couts[code], engage, paiements):
            for paiement, total in zip(paiements, totaux, strict=True):
                lignes += _list_flows(auteurs, code, phase, paiement, total, dates)
    doubles = [x for x in lignes if x.activite_code == DOUBLEE and x.phase is Phase.PAYE]
    lignes += [_make_double(auteurs, ligne) for ligne in doubles[:4]]
    return [*lignes, *_list_particulieres(couts, auteurs)]


def _list_phases(
    code: str, cout: int, engage: int | None, paiements: list[Paiements]
) -> Iterator[tuple[Phase, list[int]]]:
    """The reported phases of an activity with their totals per funder; a phase that nobody reports has no rows."""
    payes = [p.total for p in paiements]
    yield Phase.PAYE, payes
    if engage is not None:
        engages = split_largest_remainder(cout * engage // 100, payes)
        rompus = [paye * 3 // 4 if (code, p.bailleur) == s.CHAINE_ROMPUE else somme
                  for p, paye, somme in zip(paiements, payes, engages, strict=True)]  # fmt: skip
        yield Phase.ENGAGE, rompus
        for phase, (haut, bas) in PARTS_CHAINE.items():
            yield (
                phase,
                [
                    paye + (somme - paye) * haut // bas if (code, p.bailleur) == s.CHAINE_ENTIERE else 0
                    for p, paye, somme in zip(paiements, payes, engages, strict=True)
                ],
            )
    if code in s.MOBILISES:
        yield Phase.MOBILISE, split_largest_remainder(cout * s.MOBILISES[code] // 100, payes)


def _list_flows(
    auteurs: Auteurs, code: str, phase: Phase, paiement: Paiements, total: int, dates: list[date]
) -> Iterator[EcritureBudgetaire]:
    regions = _list_regions(code)
    for rang, (jour, flux) in enumerate(zip(dates, split_largest_remainder(total, paiement.flux), strict=True)):
        # A commitment comes before the payment that it covers.
        quand = jour if phase is Phase.PAYE else date(jour.year, jour.month - 2, 5)
        if flux:
            yield _make_entry(auteurs, code, phase, paiement.bailleur, flux, quand, regions[rang % len(regions)])


def _list_particulieres(couts: dict[str, int], auteurs: Auteurs) -> list[EcritureBudgetaire]:
    """A technical support without amount, and commitments that only the implementer declares."""
    appui, bailleur = s.SANS_MONTANT
    code, executant, part = s.EXECUTANT_SEUL
    return [
        _make_entry(
            auteurs, appui, Phase.MOBILISE, bailleur, None, date(2024, 5, 14), None, appui_technique=True,
            libelle="Démonstration : appui technique sans montant",
        ),
        _make_entry(
            auteurs, code, Phase.ENGAGE, s.BUDGET[code][2][0], couts[code] * part // 100, date(2025, 2, 11), None,
            niveau=NiveauDeclarant.EXECUTANT, executant_code=executant,
        ),
    ]  # fmt: skip


def _make_entry(
    auteurs: Auteurs,
    code: str,
    phase: Phase,
    bailleur: str,
    montant: int | None,
    jour: date,
    region: str | None,
    **champs: Any,
) -> EcritureBudgetaire:
    origine: dict[str, Any] = {}
    if bailleur == EN_EUROS and montant is not None:
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
    if bailleur in auteurs.acteurs:
        ligne |= {"auteur_id": auteurs.acteurs[bailleur], "acteur_code": bailleur}
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
