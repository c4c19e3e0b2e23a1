"""Evidence on what was meant and agreed: pertinence, cohérence, efficacité, conformité PNM and PMM.

Source: règles de calcul, 6.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ccm_data.queries.elements_base import (
    MANQUENT,
    Element,
    Paires,
    get_grille,
    get_place,
    list_cases,
    list_themes,
)
from ccm_data.queries.sources_evaluation import Sources, Sujet


def list_pertinence(sources: Sources, sujet: Sujet, paires: Paires) -> list[Element]:
    """The problem and objective that it answers, the frameworks that it cites, the cells that it covers."""
    place = get_place(sources, sujet)
    axe = {} if place is None else {"axe": place.axe}
    cases = list_cases(sources, sujet)
    seules = sum(len(set(c.codes)) == 1 for c in cases)
    couvertes = sum(c.etat not in MANQUENT for c in cases)
    return [
        Element(
            "probleme",
            None if place is None or place.problematique is None else {"axe": place.axe, "texte": place.problematique},
            "plan", axe,
        ),
        Element(
            "objectif", None if place is None else {"code": place.objectif, "texte": place.objectif_intitule},
            "indicateurs", axe,
        ),
        make_pnm(sources, sujet),
        make_pmm(sources, sujet),
        Element(
            "cases_seule" if sujet.is_intervention else "cases_couvertes",
            {"n": seules if sujet.is_intervention else couvertes, "total": len(cases)} if cases else None,
            "lacunes", get_grille(sujet),
        ),
    ]  # fmt: skip


def list_coherence(sources: Sources, sujet: Sujet, paires: Paires) -> list[Element]:
    """Gaps left on its subject; pairs to examine, verdicts and synergies that touch it."""
    cases = list_themes(sources, sujet)
    lacunes = {"n": sum(c.etat in MANQUENT for c in cases), "total": len(cases)} if cases else None
    touche: dict[str, Any] | None = {"paires": paires, "interventions": len(sujet.fiches)} if sujet.fiches else None
    return [
        Element("lacunes", lacunes, "lacunes", get_grille(sujet)),
        Element("rapprochements", touche, "doublons"),
        Element("verdicts", touche, "doublons", {"onglet": "verdicts"}),
        Element("synergies", touche, "doublons", {"onglet": "synergies"}),
    ]


def list_efficacite(sources: Sources, sujet: Sujet, paires: Paires) -> list[Element]:
    """Progress against what was expected, the objective's indicators, the recommendations linked."""
    avancement = sources.avancements.get(sujet.activite or "")
    place = get_place(sources, sujet)
    indicateurs = [x for x in sources.indicateurs if place is not None and x.objectif_code == place.objectif]
    return [
        Element(
            "avancement",
            None if avancement is None or avancement.avancement is None else {"ligne": avancement, "de": sujet.is_intervention},
            "plan", {} if place is None else {"axe": place.axe},
        ),
        *(Element("indicateur", {"ligne": x}, "indicateurs", {"indicateur": x.code}) for x in indicateurs),
        *([] if indicateurs else [Element("indicateurs", None, "indicateurs")]),
        _make_recommandations(sources, sujet),
    ]  # fmt: skip


def _make_recommandations(sources: Sources, sujet: Sujet) -> Element:
    cadre = sources.registres["recommandation"]
    siennes = cadre[cadre["activite_code"] == sujet.activite] if sujet.activite else cadre.iloc[0:0]
    comptes = siennes["statut"].value_counts().to_dict()
    return Element(
        "recommandations",
        {"n": len(siennes), "comptes": {str(s): int(n) for s, n in comptes.items()}} if len(siennes) else None,
        "recommandations", {} if sujet.activite is None else {"activite": sujet.activite},
    )  # fmt: skip


def make_pnm(sources: Sources, sujet: Sujet) -> Element:
    """References to the PNM: the intervention's own, and those of the action that it serves."""
    place = get_place(sources, sujet)
    propres = [x.reference_pnm for x in sujet.fiches if sujet.is_intervention and x.reference_pnm]
    du_plan = place.pnm if place is not None else None
    faits = {"propres": propres, "plan": du_plan, "action": place.action if place else None}
    return Element("pnm", faits if propres or du_plan else None, "plan", {"axe": place.axe} if place else {})


def make_pmm(sources: Sources, sujet: Sujet) -> Element:
    """Objectives of the PMM: the intervention's own, and those of the action that it serves."""
    place = get_place(sources, sujet)
    propres = _sort(n for x in sujet.fiches if sujet.is_intervention for n in x.objectifs_pmm)
    du_plan = list(place.pmm) if place is not None else []
    faits = {"propres": propres, "plan": du_plan, "action": place.action if place else None}
    return Element("pmm", faits if propres or du_plan else None, "plan", {"axe": place.axe} if place else {})


def _sort(numeros: Iterable[str]) -> list[int]:
    return sorted({int(n) for n in numeros})


def list_pnm(sources: Sources, sujet: Sujet, paires: Paires) -> list[Element]:
    """What it cites of the PNM."""
    return [make_pnm(sources, sujet)]


def list_pmm(sources: Sources, sujet: Sujet, paires: Paires) -> list[Element]:
    """What it cites of the PMM."""
    return [make_pmm(sources, sujet)]
