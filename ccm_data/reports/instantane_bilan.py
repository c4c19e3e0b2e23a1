"""What the bilan adds to the snapshot: the plan's actions with the references that they print, and the final evaluations.

References are those of the plan, word for word; nothing is rated here. Evaluations are read as an ordinary signed-in reader
does: final ones, dated on or before the date d'arrêté. Source: stratégie, « Plan d'action » and 8.1; règles de calcul 1 and 6.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from ccm_data.domain.perimetre import Perimetre
from ccm_data.domain.permissions import Personne
from ccm_data.domain.vocabulaire import StatutEvaluation
from ccm_data.libelles import say_libelle
from ccm_data.phrases.evaluations import say_moyenne, say_note
from ccm_data.queries.acteurs import list_noms_acteurs
from ccm_data.queries.evaluations import FicheEvaluation, get_registre
from ccm_data.queries.plan import list_actions, list_actions_pmm, list_activites, list_pmm
from ccm_data.typographie import say_date


def list_actions_bilan(session: Session) -> list[dict[str, Any]]:
    """The nine actions: printed references to the PNM and the PMM (None: the plan prints none), PMM objectives, activities."""
    noms = {n: (i, c) for n, i, c in list_pmm(session).itertuples(index=False, name=None)}
    cites: dict[str, list[int]] = {}
    for action, numero in list_actions_pmm(session).itertuples(index=False, name=None):
        cites.setdefault(action, []).append(int(numero))
    activites: dict[str, list[str]] = {}
    for action, code in list_activites(session)[["action_code", "code"]].itertuples(index=False, name=None):
        activites.setdefault(action, []).append(code)
    colonnes = ["code", "axe_code", "intitule", "references_pnm", "references_pmm_texte"]
    return [
        {
            "code": code, "axe": axe, "intitule": intitule, "pnm": _read(pnm), "pmm_texte": _read(pmm),
            "pmm": [{"numero": n, "intitule": noms[n][0], "court": noms[n][1]} for n in cites.get(code, [])],
            "activites": activites.get(code, []),
        }
        for code, axe, intitule, pnm, pmm in list_actions(session)[colonnes].itertuples(index=False, name=None)
    ]  # fmt: skip


def _read(texte: Any) -> str | None:
    return texte.strip() or None if isinstance(texte, str) else None


def read_evaluations(session: Session, perimetre: Perimetre, lecteur: Personne) -> dict[str, Any]:
    """Objects evaluated, the mean of each criterion with its coverage, the final evaluations with both texts."""
    registre = get_registre(session, lecteur, perimetre)
    bilan, noms = registre.bilan, list_noms_acteurs(session)
    finales = [
        x
        for x in registre.fiches
        if x.statut is StatutEvaluation.FINALE and x.annulee_le is None and x.jour <= perimetre.date_arrete
    ]
    return {
        "activites": bilan.activites, "activites_total": bilan.activites_total, "interventions": bilan.interventions,
        "interventions_total": bilan.interventions_total,
        "moyennes": [
            {"critere": m.critere.value, "libelle": say_libelle(m.critere), "valeur": m.valeur, "texte": say_moyenne(m)}
            for m in bilan.moyennes
        ],
        "finales": [_make_finale(x, noms) for x in finales],
    }  # fmt: skip


def _make_finale(x: FicheEvaluation, noms: dict[str, str]) -> dict[str, Any]:
    return {
        "objet": x.objet.value, "code": x.objet_code, "titre": x.titre, "date": x.jour.isoformat(),
        "date_texte": say_date(x.jour), "partenaire": noms.get(x.partenaire or ""),
        "juges": x.juges[0], "criteres": x.juges[1], "synthese": x.synthese, "reponse": x.reponse,
        "notes": [{"libelle": say_libelle(j.critere), "note": j.note, "texte": say_note(j.note)} for j in x.jugements],
    }  # fmt: skip
