"""What is owed, by whom, since when: reports, values, returned rows, recommendations, silent interventions, documents.

- A report is owed and late as `rapports` says; a row sent back is not late until its new date, and speaks for the fact
  that it tells (the report or the recommendation behind it is not asked for twice).
- A value is owed per region (once nationally for a national indicator) for a quarter, on the day of its reports, unless
  a register counts the indicator or a national value was sent; nothing is owed before the first due quarter.
- A recommendation is owed by its responsible organisation, else by its region, else by the SP/CCM, once past its date.
- An intervention said to be under way owes a word N days after the last one (N: the delay of « active, reported »).
- A document waits for its analysis from the day it was registered; no delay is set, so it is never late.
Who owes is a region, an organisation or the SP/CCM. No words here. Source: règles de calcul, 3, 5, 2.13.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import pandas as pd

from ccm_data.domain import rapports
from ccm_data.domain.calendrier import Trimestre
from ccm_data.domain.couverture import EN_COURS

RAPPORT, VALEUR, RETOUR = "rapport", "valeur", "retour"
RECOMMANDATION, INTERVENTION, DOCUMENT = "recommandation", "intervention", "document"
NATURES: Final = (RAPPORT, RETOUR, VALEUR, RECOMMANDATION, INTERVENTION, DOCUMENT)
# What presses first.
EN_RETARD, A_RENVOYER, A_RENDRE, EN_ATTENTE = "en_retard", "a_renvoyer", "a_rendre", "en_attente"
ETATS: Final = (EN_RETARD, A_RENVOYER, A_RENDRE, EN_ATTENTE)
SPCCM: Final = "sp-ccm"  # the SP/CCM as one who owes, and its code in the directory
DELAI_RELANCE: Final = timedelta(hours=24)  # nobody is written to twice within it, unless forced


@dataclass(frozen=True)
class Declarant:
    """Who owes: a region, or an organisation, or (neither) the SP/CCM."""

    region_code: str | None = None
    acteur_code: str | None = None

    @property
    def code(self) -> str:
        """The region's P-code, the organisation's code, or « sp-ccm »."""
        return self.acteur_code or self.region_code or SPCCM


@dataclass(frozen=True)
class Du:
    """One thing owed. `code`: the activity, indicator, row, recommendation, intervention or document that it is about.

    `echeance`: the day by which it is or was owed (a document: since which it waits); None: no day was set.
    `region_code`, `auteur_id`: what rights look at. `texte`: a title, or the note of who sent a row back.
    """

    nature: str
    declarant: Declarant
    code: str
    etat: str
    echeance: date | None
    region_code: str | None = None
    trimestre: str | None = None
    texte: str = ""
    sujet: str | None = None
    ligne_id: int | None = None
    auteur_id: int | None = None

    def compute_jours(self, aujourd_hui: date) -> int | None:
        """Days since it was owed (or waits); None while its day has not passed or none was set."""
        if self.etat not in (EN_RETARD, EN_ATTENTE) or self.echeance is None:
            return None
        return (aujourd_hui - self.echeance).days


@dataclass(frozen=True)
class Taux:
    """Reports given among those owed, and how many of the missing ones are late."""

    rendus: int
    attendus: int
    en_retard: int = 0

    @property
    def ratio(self) -> float | None:
        """None when nothing is owed: « pas d'activité » is no 0 %."""
        return self.rendus / self.attendus if self.attendus else None

    @property
    def silencieux(self) -> bool:
        """All of it is late, nothing at all was sent, not even sent back: « non rapporté »."""
        return self.attendus > 0 and self.en_retard == self.attendus


@dataclass(frozen=True)
class Retards:
    """Late things: how many, owed by which regions, which organisations, the SP/CCM too; the oldest one's day."""

    n: int = 0
    regions: tuple[str, ...] = ()
    acteurs: tuple[str, ...] = ()
    spccm: bool = False
    depuis: date | None = None


@dataclass(frozen=True)
class Bilan:
    """A list of things owed in numbers: late reports, other late things, and how many are not late (the next day)."""

    rapports: Retards
    autres: Retards
    a_venir: int
    prochaine: date | None


@dataclass(frozen=True)
class CompteDus:
    """How many things of one nature are owed, by how many, and how many of them are late."""

    nature: str
    n: int
    en_retard: int
    declarants: int


def make_declarant(region_code: str | None, acteur_code: str | None) -> Declarant:
    """Who a region and an organisation designate; the SP/CCM, as an organisation of the directory, is itself."""
    if acteur_code is not None and acteur_code != SPCCM:
        return Declarant(acteur_code=acteur_code)
    return Declarant(region_code=None if acteur_code == SPCCM else region_code)


def compute_etat(echeance: date, aujourd_hui: date, sinon: str = A_RENDRE) -> str:
    """Late from the day after; else `sinon`."""
    return EN_RETARD if aujourd_hui > echeance else sinon


def list_rapports_dus(obligations: pd.DataFrame) -> list[Du]:
    """The reports still owed, out of `rapports.compute_obligations`; history owes nothing."""
    etats = {rapports.EN_RETARD: EN_RETARD, rapports.RETOURNE: A_RENVOYER, rapports.ATTENDU: A_RENDRE}
    dus = []
    for o in obligations[obligations["etat"].isin(etats)].to_dict("records"):
        region = o["region_code"] if isinstance(o["region_code"], str) else None
        acteur = o["acteur_code"] if isinstance(o["acteur_code"], str) else None
        qui = make_declarant(region, acteur)
        dus.append(Du(RAPPORT, qui, str(o["activite_code"]), etats[o["etat"]], o["echeance"], region, str(o["code"])))
    return dus


def list_valeurs_dues(
    indicateurs: Iterable[tuple[str, bool]],
    regions: Sequence[str],
    comptes: Collection[str],
    soumises: Collection[tuple[str, str | None]],
    trimestre: Trimestre,
    echeance: date,
    premier_du: Trimestre,
    aujourd_hui: date,
) -> list[Du]:
    """The values of one quarter that nobody sent.

    In: indicators (code, national only?), the indicators that a register counts, and (indicator, region) of the values
    sent for the quarter (region None: nationally).
    """
    if trimestre < premier_du:
        return []
    etat = compute_etat(echeance, aujourd_hui)
    dus = []
    for code, national in indicateurs:
        # A figure given for the whole country stands beside no regional one: they would count the same thing twice.
        if code not in comptes and (code, None) not in soumises:
            lieux: Sequence[str | None] = [None] if national else regions
            dus += [
                Du(VALEUR, Declarant(region), code, etat, echeance, region, trimestre.code)
                for region in lieux
                if (code, region) not in soumises
            ]
    return dus


def compute_echeance_intervention(
    statut: str, debut: date | None, dit_le: date | None, delai_jours: int
) -> date | None:
    """The day by which an intervention's actor tells of it again; None for one that is not under way.

    One that is under way by its own word but past its end still owes its last word.
    """
    if statut != EN_COURS or dit_le is None:
        return None
    return max(dit_le, debut or dit_le) + timedelta(days=delai_jours)


def drop_repetes(dus: Iterable[Du], rendus: Collection[tuple[Any, ...]]) -> list[Du]:
    """The list without what is said twice: a fact that a returned row tells, a return whose fact was sent anew since.

    `rendus`: the facts (see `make_cle`) for which a row was sent or validated.
    """
    gardes = [d for d in dus if d.nature != RETOUR or make_cle(d) not in rendus]
    retours = {make_cle(d) for d in gardes if d.nature == RETOUR}
    return [d for d in gardes if d.nature == RETOUR or make_cle(d) not in retours]


SUJETS: Final = {
    RAPPORT: "mise_a_jour",
    VALEUR: "valeur_indicateur",
    RECOMMANDATION: "recommandation",
    INTERVENTION: "intervention",
}


def make_cle(du: Du) -> tuple[str, str, str, str | None]:
    """The fact that it is about: (who owes, subject, code, quarter); a returned row and what it answers have the same."""
    return du.declarant.code, du.sujet or SUJETS.get(du.nature, du.nature), du.code, du.trimestre


def sort_dus(dus: Iterable[Du]) -> list[Du]:
    """What presses first: the state, then the oldest day, then nature and code."""
    return sorted(
        dus,
        key=lambda d: (
            ETATS.index(d.etat), d.echeance or date.max, NATURES.index(d.nature), d.declarant.code, d.code, d.ligne_id or 0,
        ),
    )  # fmt: skip


def group_by_declarant(
    dus: Iterable[Du], regions: Sequence[str], trier: Callable[[str], Any]
) -> list[tuple[Declarant, tuple[Du, ...]]]:
    """Who owes, with what: regions in the order given, then the SP/CCM, then organisations in the order of `trier(code)`.

    Never by how much is owed: no league table (règles 7).
    """
    groupes: dict[Declarant, list[Du]] = {}
    for du in dus:
        groupes.setdefault(du.declarant, []).append(du)

    def _rang(qui: Declarant) -> tuple[int, int, Any]:
        if qui.acteur_code is not None:
            return 2, 0, trier(qui.acteur_code)
        if qui.region_code is None:
            return 1, 0, ""
        return 0, regions.index(qui.region_code), ""

    return [(qui, tuple(sort_dus(groupes[qui]))) for qui in sorted(groupes, key=_rang)]


def _is_rapport(du: Du) -> bool:
    return du.nature == RAPPORT or (du.nature == RETOUR and du.sujet == SUJETS[RAPPORT])


def _count_retards(dus: Iterable[Du]) -> Retards:
    tous = list(dus)
    qui = {d.declarant for d in tous}
    return Retards(
        len(tous),
        tuple(sorted({q.region_code for q in qui if q.region_code is not None})),
        tuple(sorted({q.acteur_code for q in qui if q.acteur_code is not None})),
        Declarant() in qui,
        min((d.echeance for d in tous if d.echeance is not None), default=None),
    )


def compute_bilan(dus: Iterable[Du]) -> Bilan:
    """Late reports (a returned one past its new date is one), other late things, and what is not late."""
    tous = list(dus)
    tard = [d for d in tous if d.etat == EN_RETARD]
    suivants = [d.echeance for d in tous if d.etat in (A_RENVOYER, A_RENDRE) and d.echeance is not None]
    return Bilan(
        _count_retards(d for d in tard if _is_rapport(d)),
        _count_retards(d for d in tard if not _is_rapport(d)),
        len(tous) - len(tard),
        min(suivants, default=None),
    )


def count_natures(dus: Iterable[Du]) -> tuple[CompteDus, ...]:
    """One count per nature, in order, those that are empty too."""
    tous = list(dus)
    comptes = []
    for nature in NATURES:
        siens = [d for d in tous if d.nature == nature]
        qui = len({d.declarant for d in siens})
        comptes.append(CompteDus(nature, len(siens), sum(d.etat == EN_RETARD for d in siens), qui))
    return tuple(comptes)


def compute_taux(obligations: pd.DataFrame, premier_du: Trimestre) -> dict[tuple[str | None, str], Taux]:
    """Completeness per (region or None: the SP/CCM, quarter), from the first due quarter on.

    No pair: nothing was owed (« pas d'activité »), which is not « pas de rapport ».
    """
    utiles = obligations[(obligations["etat"] != rapports.REPRISE) & (obligations["code"] >= premier_du.code)]
    return {
        (region if isinstance(region, str) else None, str(code)): Taux(
            int(groupe["etat"].isin(rapports.RENDUS).sum()),
            len(groupe),
            int((groupe["etat"] == rapports.EN_RETARD).sum()),
        )
        for (region, code), groupe in utiles.groupby(["region_code", "code"], dropna=False)
    }


def sum_taux(taux: Iterable[Taux]) -> Taux:
    """Several rates as one, on the sum of their bases: never a mean of percentages."""
    parts = list(taux)
    return Taux(sum(t.rendus for t in parts), sum(t.attendus for t in parts), sum(t.en_retard for t in parts))


def compute_taux_acteurs(interventions: Iterable[tuple[str, bool]]) -> dict[str, Taux]:
    """Organisation → its interventions told of within the delay, among those under way (actor, told in time?)."""
    faits: dict[str, list[bool]] = {}
    for acteur, a_jour in interventions:
        faits.setdefault(acteur, []).append(a_jour)
    return {a: Taux(sum(f), len(f), len(f) - sum(f)) for a, f in faits.items()}


def list_silencieux(taux: Mapping[tuple[str | None, str], Taux], trimestre: str) -> list[str]:
    """Regions that gave nothing of a quarter whose reports are late; the caller puts them in alphabetical order."""
    return [region for (region, code), t in taux.items() if region is not None and code == trimestre and t.silencieux]
