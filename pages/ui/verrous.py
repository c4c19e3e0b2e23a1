"""Small forms of the validation: what a return says, quarters closed and reopened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from ccm_data.commands.periodes import lock_trimestre, reopen_trimestre
from ccm_data.domain.calendrier import Trimestre
from ccm_data.textes import _
from ccm_data.typographie import say_trimestre
from pages.ui import disposition, formulaires, session

DELAI_RETOUR = timedelta(days=15)


def list_champs_retour(aujourd_hui: date) -> list[formulaires.Champ]:
    """The note that goes back with rows, and until when they are awaited."""
    return [
        formulaires.Champ("note", _("Note : quoi corriger, et comment"), "zone"),
        formulaires.Champ("avant_le", _("À renvoyer avant le"), "date", defaut=aujourd_hui + DELAI_RETOUR),
    ]


def show_verrous(trimestres: Sequence[tuple[Trimestre, bool]]) -> None:
    """`trimestres`: those that have ended and whether each is closed."""
    dits = {t.code: say_trimestre(t.annee, t.numero) for t, _clos in trimestres}
    ouverts = {t.code: dits[t.code] for t, clos in trimestres if not clos}
    clos = {t.code: dits[t.code] for t, ferme in trimestres if ferme}

    def _lock(valeurs: dict[str, Any]) -> str:
        trimestre = Trimestre.from_code(valeurs["trimestre"])
        session.apply(lock_trimestre, trimestre)
        return _("{t} est clos.").format(t=dits[trimestre.code])

    def _reopen(valeurs: dict[str, Any]) -> str:
        trimestre = Trimestre.from_code(valeurs["trimestre"])
        session.apply(reopen_trimestre, trimestre, valeurs["motif"])
        return _("{t} est rouvert.").format(t=dits[trimestre.code])

    with disposition.show_colonnes(1, 1, cartes=False) as (gauche, droite):
        if ouverts:
            with gauche:
                champ = formulaires.Champ("trimestre", _("Trimestre ouvert"), "choix", ouverts)
                formulaires.show_formulaire("clore", [champ], _("Clore ce trimestre"), _lock)
        if clos:
            with droite:
                champs = [
                    formulaires.Champ("trimestre", _("Trimestre clos"), "choix", clos),
                    formulaires.Champ("motif", _("Pourquoi le rouvrir")),
                ]
                formulaires.show_formulaire("rouvrir", champs, _("Rouvrir"), _reopen)
