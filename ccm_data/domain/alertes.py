"""Alerts: money ahead of work, end passed, silence, no payment. Each threshold is data (`seuils`). On activities:

- `paye_sans_fait`: payé / prévu ≥ alerte_paye and avancement < alerte_fait (both reported).
- `fin_depassee`: the last scheduled year has ended by the date and the activity is reported but neither complete nor
  given up. One that was never reported is `sans_maj`: what nobody told is not « not done ».
- `sans_maj`: at least N ended quarters since the last validated update (« rien à signaler » is one), or since the
  planned start when there is none; not for completed or abandoned activities.
- `sans_paiement`: N months have passed since the planned start (1 January of the first scheduled year) and no payment
  above zero is entered.
Unscheduled activities have no planned start nor end: only `paye_sans_fait` can concern them.
On interventions of actors (their money is another perimeter, règles 4: only dates and news are judged):
- `fin_depassee`: the end date is over and the status is another than « terminé ».
- `sans_maj`: at least N ended quarters since the quarter in which the row was last validated; not once it has ended, nor
  before it begins.
Source: règles de calcul, 4 (last point), 3.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from ccm_data.domain.calendrier import Trimestre, get_dernier_trimestre_fini
from ccm_data.domain.couverture import TERMINE
from ccm_data.domain.seuils import SEUILS_PAR_DEFAUT, Seuils
from ccm_data.domain.vocabulaire import ObjetEvaluation, StatutActivite

PAYE_SANS_FAIT, FIN_DEPASSEE, SANS_MAJ, SANS_PAIEMENT = "paye_sans_fait", "fin_depassee", "sans_maj", "sans_paiement"
GENRES = (PAYE_SANS_FAIT, FIN_DEPASSEE, SANS_MAJ, SANS_PAIEMENT)  # in the order in which they are told
CLOSES = (StatutActivite.ACHEVEE, StatutActivite.ABANDONNEE)


@dataclass(frozen=True)
class Alerte:
    """One alert on an activity or an intervention. `faits` holds the numbers that a sentence needs, the threshold among
    them.
    """

    code: str
    objet_code: str
    faits: tuple[tuple[str, Any], ...] = ()
    objet: ObjetEvaluation = ObjetEvaluation.ACTIVITE

    @property
    def activite_code(self) -> str:
        """The activity concerned, for who looks at activities alone."""
        return self.objet_code


@dataclass(frozen=True)
class EtatActivite:
    """What the alerts look at. Amounts in FCFA; None is « non renseigné ». `avancement` is 0-100."""

    activite_code: str
    annees: tuple[int, ...] = ()
    avancement: float | None = None
    statut: str | None = None
    dernier_trimestre: str | None = None
    prevu: int | None = None
    paye: int | None = None


def _add_mois(jour: date, mois: int) -> date:
    rang = jour.month - 1 + mois
    return date(jour.year + rang // 12, rang % 12 + 1, jour.day)


def _check_paye(etat: EtatActivite, date_arrete: date, seuils: Seuils) -> Alerte | None:
    if not etat.prevu or etat.paye is None or etat.avancement is None:
        return None
    paye, fait = etat.paye / etat.prevu, etat.avancement / 100
    if paye < seuils.alerte_paye or fait >= seuils.alerte_fait:
        return None
    limites = (("seuil_paye", seuils.alerte_paye), ("seuil_fait", seuils.alerte_fait))
    return Alerte(PAYE_SANS_FAIT, etat.activite_code, (("paye", paye), ("fait", fait), *limites))


def _check_fin(etat: EtatActivite, date_arrete: date, seuils: Seuils) -> Alerte | None:
    reporte = etat.avancement is not None or etat.statut is not None
    if not etat.annees or not reporte or _is_close(etat):
        return None
    fin = date(max(etat.annees), 12, 31)
    faits = (("fin", fin), ("avancement", etat.avancement), ("statut", etat.statut))
    return Alerte(FIN_DEPASSEE, etat.activite_code, faits) if date_arrete >= fin else None


def _check_maj(etat: EtatActivite, date_arrete: date, seuils: Seuils) -> Alerte | None:
    if not etat.annees or _is_close(etat):
        return None
    veille = Trimestre(min(etat.annees), 1).precedent()
    dernier = veille if etat.dernier_trimestre is None else Trimestre.from_code(etat.dernier_trimestre)
    ecoules = get_dernier_trimestre_fini(date_arrete).rang - max(dernier.rang, veille.rang)
    if ecoules < seuils.alerte_sans_maj_trimestres:
        return None
    faits = (("trimestres", ecoules), ("dernier", etat.dernier_trimestre), ("seuil", seuils.alerte_sans_maj_trimestres))
    return Alerte(SANS_MAJ, etat.activite_code, faits)


def _check_paiement(etat: EtatActivite, date_arrete: date, seuils: Seuils) -> Alerte | None:
    if not etat.annees or etat.paye or etat.statut == StatutActivite.ABANDONNEE:
        return None
    debut = date(min(etat.annees), 1, 1)
    if date_arrete < _add_mois(debut, seuils.alerte_sans_paiement_mois):
        return None
    faits = (("debut", debut), ("mois", seuils.alerte_sans_paiement_mois), ("paye", etat.paye))
    return Alerte(SANS_PAIEMENT, etat.activite_code, faits)


def _is_close(etat: EtatActivite) -> bool:
    complet = etat.avancement is not None and etat.avancement >= 100
    return complet or etat.statut in CLOSES


REGLES = (_check_paye, _check_fin, _check_maj, _check_paiement)


def compute_alertes(
    etats: Sequence[EtatActivite], date_arrete: date, seuils: Seuils = SEUILS_PAR_DEFAUT
) -> list[Alerte]:
    """All alerts at the date, activity by activity, in the order of the rules above."""
    trouvees = (regle(etat, date_arrete, seuils) for etat in etats for regle in REGLES)
    return [alerte for alerte in trouvees if alerte is not None]


@dataclass(frozen=True)
class EtatIntervention:
    """What the alerts look at of an intervention; `statut` is a code of its list, `dit_le` the day it was validated."""

    code: str
    statut: str
    debut: date | None = None
    fin: date | None = None
    dit_le: date | None = None


def compute_alertes_interventions(
    etats: Sequence[EtatIntervention], date_arrete: date, seuils: Seuils = SEUILS_PAR_DEFAUT
) -> list[Alerte]:
    """Alerts on interventions at the date, row by row: end passed, then no news."""
    trouvees = (regle(etat, date_arrete, seuils) for etat in etats for regle in (_check_terme, _check_nouvelles))
    return [alerte for alerte in trouvees if alerte is not None]


def _check_terme(etat: EtatIntervention, date_arrete: date, seuils: Seuils) -> Alerte | None:
    if etat.fin is None or date_arrete < etat.fin or etat.statut == TERMINE:
        return None
    faits = (("fin", etat.fin), ("statut", etat.statut))
    return Alerte(FIN_DEPASSEE, etat.code, faits, ObjetEvaluation.INTERVENTION)


def _check_nouvelles(etat: EtatIntervention, date_arrete: date, seuils: Seuils) -> Alerte | None:
    commencee = etat.debut is None or etat.debut <= date_arrete
    if etat.dit_le is None or etat.statut == TERMINE or not commencee:
        return None
    dernier = Trimestre.from_date(etat.dit_le)
    ecoules = get_dernier_trimestre_fini(date_arrete).rang - dernier.rang
    if ecoules < seuils.alerte_sans_maj_trimestres:
        return None
    faits = (("trimestres", ecoules), ("dernier", dernier.code), ("seuil", seuils.alerte_sans_maj_trimestres))
    return Alerte(SANS_MAJ, etat.code, faits, ObjetEvaluation.INTERVENTION)


def list_etats(
    avancements: pd.DataFrame, annees: pd.DataFrame, prevus: Mapping[str, int], payes: Mapping[str, int | None]
) -> list[EtatActivite]:
    """Join what the alerts need: the frame of `compute_avancement_activites`, scheduled years (activite_code, annee),
    planned and paid FCFA per activity (absent or None: not reported).
    """
    marquees: dict[str, list[int]] = {}
    for code, annee in zip(annees["activite_code"], annees["annee"], strict=True):
        marquees.setdefault(str(code), []).append(int(annee))
    etats = []
    for ligne in avancements.to_dict("records"):
        code = str(ligne["activite_code"])
        avancement = None if pd.isna(ligne["avancement"]) else float(ligne["avancement"])
        statut = ligne["statut"] if isinstance(ligne["statut"], str) else None
        dernier = ligne["dernier_trimestre"] if isinstance(ligne["dernier_trimestre"], str) else None
        paye = payes.get(code)
        paye = None if paye is None or pd.isna(paye) else int(paye)
        annees_activite = tuple(sorted(marquees.get(code, [])))
        etats.append(EtatActivite(code, annees_activite, avancement, statut, dernier, prevus.get(code), paye))
    return etats
