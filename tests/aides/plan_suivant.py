"""Workbooks of a later plan for the tests: the template, filled as somebody would."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

from openpyxl import load_workbook
from sqlalchemy.orm import Session

from ccm_data.imports.plan_suivant import make_gabarit_plan

PLAN: tuple[Any, ...] = (
    "2027-2031",
    "Plan d’action 2027-2031",
    2027,
    2031,
    "Procès-verbal d’essai",
    date(2026, 10, 15),
)
ACTIVITES: tuple[tuple[Any, ...], ...] = (
    ("1.1", "Coordination", "Action 1", "Poursuivre le plaidoyer", 40_000_000, "2027 ; 2028", "SP/CCM", "1.1"),
    ("1.2", "Coordination", "Action 1", "Ouvrir un guichet unique", None, "2029", None, None),
    (
        "2.1",
        "Information",
        None,
        "Achever la stratégie de communication",
        "15 000 000",
        None,
        "SP/CCM ; médias",
        "2.3.2",
    ),
)


def make_classeur_plan(
    session: Session,
    plan: Sequence[Any] | None = PLAN,
    activites: Sequence[Sequence[Any]] = ACTIVITES,
    autres_plans: Sequence[Sequence[Any]] = (),
) -> bytes:
    """The template with these rows in its two sheets; `plan` None leaves « Plan » empty."""
    classeur = load_workbook(io.BytesIO(make_gabarit_plan(session, demonstration=False)))
    for ligne in [*([] if plan is None else [plan]), *autres_plans]:
        _append(classeur["Plan"], ligne)
    for ligne in activites:
        _append(classeur["Activités"], ligne)
    sortie = io.BytesIO()
    classeur.save(sortie)
    return sortie.getvalue()


def _append(onglet: Any, ligne: Sequence[Any]) -> None:
    numero = 2
    while any(onglet.cell(numero, c).value is not None for c in range(1, len(ligne) + 1)):
        numero += 1
    for rang, valeur in enumerate(ligne, 1):
        onglet.cell(numero, rang, valeur)
