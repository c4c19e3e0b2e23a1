"""The life of a watch committee at a date, and whether an operational one sleeps.

A committee goes from planned to created, trained, operational, and may be dissolved. The declared status is today's
knowledge; a stage whose date lies after the date d'arrêté had not been reached. « En sommeil »: operational, its last
known activity older than so many months, a threshold of the SP/CCM (`seuils`). One whose activity nobody told is not
asleep: it is not known (règles 2.1). Source: stratégie 2022-2026 (activity 3.1.1); règles de calcul, 2.7 and 6.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from ccm_data.domain.vocabulaire import StatutComite

DISSOUS: Final = "dissous"
STADES: Final = (*(s.value for s in StatutComite), DISSOUS)
# The day on which a stage was reached, latest stage first.
DATES_STADES: Final = (("operationnel", "date_operationnel"), ("forme", "date_formation"), ("cree", "date_creation"))
ACTIF, ENDORMI, INCONNU = "actif", "endormi", "inconnu"


def compute_stade(comite: Mapping[str, Any], jour: date) -> str:
    """Where a committee stood on that day (one of STADES). Reads `statut` and the dates of the stages."""
    dissolution = comite["date_dissolution"]
    if dissolution is not None and dissolution <= jour:
        return DISSOUS
    stade = StatutComite(comite["statut"]).value
    for nom, champ in DATES_STADES:
        if stade == nom and comite[champ] is not None and comite[champ] > jour:
            rang = STADES.index(nom)
            stade = STADES[rang - 1]
    return stade


def compute_recul(jour: date, mois: int) -> date:
    """The same day so many months earlier (the month's last day where it has no such day)."""
    rang = jour.year * 12 + jour.month - 1 - mois
    annee, numero = divmod(rang, 12)
    suivant = date(annee + (numero == 11), (numero + 1) % 12 + 1, 1)
    return date(annee, numero + 1, min(jour.day, (suivant - date(annee, numero + 1, 1)).days))


def compute_veille(comite: Mapping[str, Any], jour: date, mois: int) -> str | None:
    """Whether a committee is at work: ACTIF, ENDORMI, INCONNU; None for one that is not operational.

    Active: its last activity, or else its becoming operational, is at most `mois` months old.
    """
    if compute_stade(comite, jour) != StatutComite.OPERATIONNEL:
        return None
    limite = compute_recul(jour, mois)
    activite = comite["derniere_activite"]
    if activite is not None:
        return ACTIF if activite >= limite else ENDORMI
    depuis = comite["date_operationnel"]
    return ACTIF if depuis is not None and depuis >= limite else INCONNU


def is_pourvu(point: Mapping[str, Any], jour: date) -> bool:
    """Was this focal point's post filled on that day?"""
    fin = point["jusqua"]
    return bool(point["en_poste"]) and (fin is None or fin >= jour)
