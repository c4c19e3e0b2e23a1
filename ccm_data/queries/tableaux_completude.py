"""« Qui doit quoi » as tables, for the screen and its files: what is owed, the completeness of reports and of actors."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from ccm_data.db import compute_cle_tri
from ccm_data.domain.relances import Du
from ccm_data.phrases import completude as phrases
from ccm_data.queries.completude import NomsCompletude, Situation
from ccm_data.textes import _


def make_table_dus(dus: Sequence[Du], noms: NomsCompletude, aujourd_hui: date) -> pd.DataFrame:
    """One row per thing owed, what presses first on top; its index is the position in `dus`."""
    return pd.DataFrame(
        {
            _("Qui"): [phrases.say_declarant(d.declarant, noms) for d in dus],
            _("Nature"): [_(phrases.NATURES[d.nature]) for d in dus],
            _("Quoi"): [phrases.say_objet_du(d, noms) for d in dus],
            _("Trimestre"): [phrases.say_trimestre_code(d.trimestre) if d.trimestre else _("sans objet") for d in dus],
            _("Dû le"): [d.echeance for d in dus],
            _("Jours"): pd.Series([d.compute_jours(aujourd_hui) for d in dus], dtype="Int64"),
            _("État"): [phrases.say_etat(d) for d in dus],
        }
    )


def make_table_completude(situation: Situation) -> pd.DataFrame:
    """Reports per declarant and quarter: given, owed, late, rate (empty: nothing was owed there)."""
    declarants: list[tuple[str | None, str]] = [*situation.noms.regions.items(), (None, _("SP/CCM (national)"))]
    cases = [(nom, t, situation.taux.get((code, t))) for code, nom in declarants for t in situation.trimestres]
    return pd.DataFrame(
        {
            _("Déclarant"): [nom for nom, _t, _x in cases],
            _("Trimestre"): [phrases.say_trimestre_code(t) for _n, t, _x in cases],
            _("Rapports rendus"): pd.Series([x.rendus if x else None for _n, _t, x in cases], dtype="Int64"),
            _("Rapports attendus"): pd.Series([x.attendus if x else None for _n, _t, x in cases], dtype="Int64"),
            _("En retard"): pd.Series([x.en_retard if x else None for _n, _t, x in cases], dtype="Int64"),
            _("Complétude"): [phrases.say_taux_court(x) if x else _("pas d’activité") for _n, _t, x in cases],
        }
    )


def make_table_acteurs(situation: Situation) -> pd.DataFrame:
    """Interventions told of in time, per organisation in alphabetical order: no league table."""
    codes = list_acteurs_tries(situation)
    return pd.DataFrame(
        {
            _("Organisation"): [situation.noms.acteurs.get(c, c) for c in codes],
            _("Interventions à jour"): pd.Series([situation.acteurs[c].rendus for c in codes], dtype="Int64"),
            _("Interventions en cours"): pd.Series([situation.acteurs[c].attendus for c in codes], dtype="Int64"),
        }
    )


def list_acteurs_tries(situation: Situation) -> list[str]:
    """Codes of the organisations whose rate this person may read, by name."""
    return sorted(situation.acteurs, key=lambda c: (compute_cle_tri(situation.noms.acteurs.get(c, c)), c))


def list_cles_tri(noms: NomsCompletude) -> dict[str, str]:
    """Region's name → its sort key, without accents or case."""
    return {nom: compute_cle_tri(nom) for nom in noms.regions.values()}
