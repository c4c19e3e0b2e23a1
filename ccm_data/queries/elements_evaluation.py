"""The evidence laid beside each criterion: figures with their base and the screen that opens their rows; never a rating.

An element whose `faits` are None is one that the database does not hold: it is said, never left out.
Source: règles de calcul, 6 (« the software lays the evidence it holds beside each criterion and never rates by itself »).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from ccm_data.domain.permissions import Personne, get_portee
from ccm_data.domain.vocabulaire import Critere, VerdictPaire
from ccm_data.queries import elements_plan as plan
from ccm_data.queries import elements_terrain as terrain
from ccm_data.queries.doublons import Rapprochements
from ccm_data.queries.elements_base import Element, Paires
from ccm_data.queries.sources_evaluation import Sources, Sujet

CRITERES: Final[Mapping[Critere, Callable[[Sources, Sujet, Paires], list[Element]]]] = {
    Critere.PERTINENCE: plan.list_pertinence,
    Critere.COHERENCE: plan.list_coherence,
    Critere.EFFICACITE: plan.list_efficacite,
    Critere.EFFICIENCE: terrain.list_efficience,
    Critere.IMPACT: terrain.list_impact,
    Critere.VIABILITE: terrain.list_viabilite,
    Critere.VALEUR_AJOUTEE: terrain.list_valeur_ajoutee,
    Critere.APPROPRIATION: terrain.list_appropriation,
    Critere.CONFORMITE_PNM: plan.list_pnm,
    Critere.CONFORMITE_PMM: plan.list_pmm,
}


def count_paires(sujet: Sujet, personne: Personne, lus: Rapprochements) -> Paires:
    """Candidate pairs and standing verdicts that name one of the object's interventions (règles 7: who is named reads)."""
    portee = get_portee(personne, "rapprochements")
    nommee = bool(sujet.fiches) and all(personne.acteur_code in x.acteurs for x in sujet.fiches)
    if portee != "tout" and not (portee == "propre" and nommee):
        return Paires(reserve=True)
    codes = {x.code for x in sujet.fiches}
    debout = [v.rendu for v in lus.verdicts if v.revoque_le is None and {v.rendu.code_a, v.rendu.code_b} & codes]

    def _count(verdict: VerdictPaire) -> int:
        return sum(v.verdict is verdict for v in debout)

    return Paires(
        False,
        sum(bool({x.a.code, x.b.code} & codes) for x in lus.a_examiner),
        sum(bool({x.a.code, x.b.code} & codes) for x in lus.complementaires),
        _count(VerdictPaire.DOUBLON),
        _count(VerdictPaire.DOUBLE_DECLARATION),
        _count(VerdictPaire.COMPLEMENTAIRE),
    )


def list_elements(sources: Sources, sujet: Sujet, paires: Paires) -> dict[Critere, list[Element]]:
    """The evidence of every criterion, in order."""
    return {critere: CRITERES[critere](sources, sujet, paires) for critere in Critere}
