"""What the database holds for whoever evaluates: read once for all objects, as this person may read it.

Figures come from the queries that the other screens use, so that none differs between two of them; amounts of
interventions are masked by `list_fiches`. Source: règles de calcul, 6 and 7.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.domain.perimetre import Perimetre
from ccm_data.domain.permissions import Personne
from ccm_data.domain.vocabulaire import CategorieActeur, ObjetEvaluation
from ccm_data.models.acteurs import Acteur
from ccm_data.models.plan import Problematique
from ccm_data.queries.avancement import LigneAvancement, get_avancement
from ccm_data.queries.budget import Total, get_tableau_budget
from ccm_data.queries.couverture import Couverture, get_couverture
from ccm_data.queries.decisions import list_decisions
from ccm_data.queries.indicateurs import LigneIndicateur, get_cadre_logique
from ccm_data.queries.interventions import Fiche, list_fiches
from ccm_data.queries.plan import list_actions, list_actions_pmm, list_activites, list_objectifs
from ccm_data.queries.suivi import list_valides

REGISTRES = (
    "recommandation", "rencontre", "membre_instance", "sensibilisation", "appui", "comite_veille", "poste_spccm",
    "etape_perennisation", "ecriture_budgetaire",
)  # fmt: skip


@dataclass(frozen=True)
class Place:
    """Where an activity stands in the plan, with what the plan cites there."""

    axe: str
    objectif: str
    objectif_intitule: str
    action: str
    pnm: str | None
    pmm: tuple[int, ...]
    problematique: str | None


@dataclass(frozen=True)
class Sources:
    """All that evidence is taken from, at a date. `regions`: those that the SP/CCM declared concerned, by activity."""

    arrete: date
    places: Mapping[str, Place]
    regions: Mapping[str, tuple[str, ...]]
    avancements: Mapping[str, LigneAvancement]
    budgets: Mapping[str, Total]
    indicateurs: tuple[LigneIndicateur, ...]
    themes: Couverture
    activites: Couverture
    fiches: tuple[Fiche, ...]
    categories: Mapping[str, CategorieActeur]
    registres: Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class Sujet:
    """What is evaluated. `activite` None: an intervention that serves none. `fiches`: the interventions to look at, the
    one evaluated, or those that serve the activity. `partenaire`: the organisation evaluated, if one is named.
    """

    objet: ObjetEvaluation
    code: str
    activite: str | None
    partenaire: str | None
    regions: frozenset[str]
    fiches: tuple[Fiche, ...]

    @property
    def is_intervention(self) -> bool:
        """Is it an actor's intervention?"""
        return self.objet is ObjetEvaluation.INTERVENTION


def get_sources(session: Session, personne: Personne, perimetre: Perimetre, aujourd_hui: date) -> Sources:
    """Everything, for the whole plan at the date d'arrêté."""
    entier = Perimetre(perimetre.date_arrete)
    arrete = entier.date_arrete
    regions = list_decisions(session, "region_concernee")
    return Sources(
        arrete,
        _list_places(session),
        {str(c): tuple(g["region_code"]) for c, g in regions.groupby("activite_code")},
        {x.code: x for x in get_avancement(session, entier).activites},
        {x.code: x for x in get_tableau_budget(session, entier).activites},
        get_cadre_logique(session, entier).lignes,
        get_couverture(session, personne, "theme", arrete, aujourd_hui),
        get_couverture(session, personne, "activite", arrete, aujourd_hui),
        tuple(list_fiches(session, personne)),
        dict(session.execute(select(Acteur.code, Acteur.categorie)).all()),
        {sujet: list_valides(session, sujet, arrete) for sujet in REGISTRES},
    )


def _list_places(session: Session) -> dict[str, Place]:
    problemes = {x.axe_code: x.resume for x in session.scalars(select(Problematique))}
    objectifs = list_objectifs(session).set_index("code")["intitule"]
    actions = list_actions(session).set_index("code")["references_pnm"]
    cites: dict[str, list[int]] = {}
    for action, numero in list_actions_pmm(session).itertuples(index=False, name=None):
        cites.setdefault(str(action), []).append(int(numero))
    places = {}
    for a in list_activites(session).to_dict("records"):
        pnm = actions[a["action_code"]]
        places[str(a["code"])] = Place(
            a["axe_code"], a["objectif_code"], str(objectifs[a["objectif_code"]]), a["action_code"],
            pnm if isinstance(pnm, str) else None, tuple(cites.get(a["action_code"], ())),
            problemes.get(a["axe_code"]),
        )  # fmt: skip
    return places


def make_sujet(sources: Sources, objet: ObjetEvaluation, code: str, partenaire: str | None) -> Sujet:
    """What is evaluated, with the interventions to look at (none, when it is no longer in the register)."""
    if objet is ObjetEvaluation.ACTIVITE:
        siennes = tuple(x for x in sources.fiches if x.activite_code == code)
        return Sujet(objet, code, code, partenaire, frozenset(sources.regions.get(code, ())), siennes)
    siennes = tuple(x for x in sources.fiches if x.code == code)
    activite = next((x.activite_code for x in siennes), None)
    return Sujet(objet, code, activite, partenaire, frozenset(r for x in siennes for r in x.regions), siennes)
