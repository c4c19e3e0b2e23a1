"""Reading the journal: the administrator alone. Newest first, with what changed in words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from ccm_data.db import read_frame
from ccm_data.domain.calendrier import NIAMEY
from ccm_data.domain.permissions import Personne, check_read
from ccm_data.models.comptes import Journal
from ccm_data.phrases.comptes import say_action, say_objet
from ccm_data.queries.installation import get_installation
from ccm_data.textes import _
from ccm_data.typographie import say_instant, say_non_renseigne, say_ponctuation

LIGNES_MAX = 1_000
RESUME_MAX = 3  # changed fields named in the table; the line's own sheet shows all


@dataclass(frozen=True)
class FiltreJournal:
    """What to keep; None keeps all. Dates are days in Niamey, both included."""

    objet: str | None = None
    qui: str | None = None
    region: str | None = None
    debut: date | None = None
    fin: date | None = None


def make_filtre(
    aujourd_hui: date, objet: str | None, qui: str | None, region: str | None, periode: str | None
) -> FiltreJournal:
    """The filter of the screen; `periode` is a number of days that end today, « 7 »."""
    jours = int(periode) if periode and periode.isdecimal() else None
    return FiltreJournal(objet, qui, region, None if jours is None else aujourd_hui - timedelta(days=jours - 1))


def _list_conditions(filtre: FiltreJournal) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if filtre.objet:
        conditions.append(Journal.objet == filtre.objet)
    if filtre.qui:
        conditions.append(Journal.qui == filtre.qui)
    if filtre.region:
        conditions.append(Journal.region_code == filtre.region)
    if filtre.debut:
        conditions.append(Journal.quand >= datetime.combine(filtre.debut, time(), tzinfo=NIAMEY))
    if filtre.fin:
        conditions.append(Journal.quand < datetime.combine(filtre.fin + timedelta(days=1), time(), tzinfo=NIAMEY))
    return conditions


def list_journal(
    session: Session, personne: Personne, filtre: FiltreJournal | None = None, limite: int = LIGNES_MAX
) -> tuple[pd.DataFrame, int]:
    """The latest lines (id, quand, qui, action, objet, objet_id, region_code, resume, avant, apres) and how many match.

    Raises AccesRefuse unless an administrator asks.
    """
    check_read(personne, "journal")
    conditions = _list_conditions(filtre or FiltreJournal())
    total = session.scalar(select(func.count(Journal.id)).where(*conditions)) or 0
    requete = (
        select(
            Journal.id,
            Journal.quand,
            Journal.qui,
            Journal.action,
            Journal.objet,
            Journal.objet_id,
            Journal.region_code,
            Journal.resume,
            Journal.avant,
            Journal.apres,
        )
        .where(*conditions)
        .order_by(Journal.id.desc())
        .limit(limite)
    )
    return read_frame(session, requete), total


def list_auteurs(session: Session, personne: Personne) -> tuple[str, ...]:
    """Who stands in the journal, as shown. Raises AccesRefuse unless an administrator asks."""
    check_read(personne, "journal")
    return tuple(session.scalars(select(Journal.qui).distinct().order_by(Journal.qui)))


def list_objets(session: Session, personne: Personne) -> dict[str, str]:
    """Kinds of objects that the journal holds: code → words. Raises AccesRefuse unless an administrator asks."""
    check_read(personne, "journal")
    codes = session.scalars(select(Journal.objet).distinct())
    return dict(sorted(((c, say_objet(c)) for c in codes), key=lambda paire: paire[1]))


def say_valeur(valeur: Any) -> str:
    """A journalled value in words: null is said, never blank."""
    if valeur is None or valeur == "":
        return say_non_renseigne()
    if isinstance(valeur, bool):
        return _("oui") if valeur else _("non")
    if isinstance(valeur, (dict, list)):
        return json.dumps(valeur, ensure_ascii=False)
    return str(valeur)


def list_champs(avant: Any, apres: Any) -> list[tuple[str, str, str]]:
    """(field, old, new) of a line. What was made has no old value, what was taken away no new one; a creation leaves
    out the fields that it did not fill.
    """
    ancien = avant if isinstance(avant, dict) else None
    nouveau = apres if isinstance(apres, dict) else None
    champs = []
    for nom in {**(ancien or {}), **(nouveau or {})}:
        vieux = None if ancien is None else ancien.get(nom)
        neuf = None if nouveau is None else nouveau.get(nom)
        if (ancien is None or nouveau is None) and vieux in (None, "") and neuf in (None, ""):
            continue
        champs.append(
            (
                nom.replace("_", " "),
                "" if ancien is None else say_valeur(vieux),
                "" if nouveau is None else say_valeur(neuf),
            )
        )
    return champs


def say_changement(avant: Any, apres: Any) -> str:
    """« valeur : 20 → 30 » for the first fields; how many others."""
    champs = list_champs(avant, apres)
    dits = [
        f"{nom} : {vieux} → {neuf}" if vieux and neuf else f"{nom} : {vieux or neuf}"
        for nom, vieux, neuf in champs[:RESUME_MAX]
    ]
    reste = len(champs) - RESUME_MAX
    texte = " ; ".join(dits) + (_(" (et {n} autres)").format(n=reste) if reste > 0 else "")
    return say_ponctuation(texte)


def make_table_journal(
    session: Session, personne: Personne, filtre: FiltreJournal | None = None
) -> tuple[pd.DataFrame, tuple[int, ...], int]:
    """The journal in words, the ids of its rows, and how many lines match in all."""
    lignes, total = list_journal(session, personne, filtre)
    regions = get_installation(session).regions
    cadre = pd.DataFrame(
        [
            {
                _("Quand"): say_instant(x["quand"]),
                _("Qui"): x["qui"],
                _("Action"): say_action(x["action"]),
                _("Objet"): say_objet(x["objet"]),
                _("Lequel"): x["resume"] or x["objet_id"],
                _("Région"): regions.get(x["region_code"], "") if isinstance(x["region_code"], str) else "",
                _("Ancien → nouveau"): say_changement(x["avant"], x["apres"]),
            }
            for x in lignes.to_dict("records")
        ]
    )
    return cadre, tuple(int(i) for i in lignes["id"]), total


def get_champs(session: Session, personne: Personne, ligne_id: int) -> list[tuple[str, str, str]]:
    """(field, old, new) of one line; empty for a line that is not there. Raises AccesRefuse."""
    check_read(personne, "journal")
    ligne = session.get(Journal, ligne_id)
    return [] if ligne is None else list_champs(ligne.avant, ligne.apres)
