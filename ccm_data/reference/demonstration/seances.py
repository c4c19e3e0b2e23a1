"""Two invented séances of the CCM: June 2026, frozen, with what was decided; 18 December 2026, being prepared."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.domain.seances import compute_empreinte, propose_scenes, read_ordre_du_jour
from ccm_data.domain.vocabulaire import EtatSeance
from ccm_data.models.instances import PointOrdreDuJour, Recommandation, Rencontre
from ccm_data.models.seances import DecisionSeance, Seance
from ccm_data.reference.demonstration.suivi import Auteurs
from ccm_data.reports.gel import read_contenu

FIGEE, PREPAREE = "CCM-2026-01", "CCM-2026-12-18"
# The figures of June are those of the end of March; what each item called for.
SCENES_DE_JUIN: Final = (("suites",), ("synthese", "axes"), ("budget", "indicateurs"), ("lacunes", "requetes"))
ORDRE_DE_DECEMBRE: Final[tuple[dict[str, Any], ...]] = (
    {"intitule": "Suites données aux recommandations", "scenes": ["suites", "changements"]},
    {"intitule": "État d’avancement du plan d’action", "scenes": ["synthese", "axes", "indicateurs"],
     "texte": "À trois mois du terme : ce qui peut encore être achevé, ce qui passe au plan suivant (démonstration)."},
    {"intitule": "Exécution du budget", "scenes": ["budget"]},
    {"intitule": "Situation des régions, Agadez invitée", "scenes": ["carte", "region"]},
    {"intitule": "Lacunes et requêtes aux partenaires", "scenes": ["lacunes", "rapprochements", "requetes"]},
)  # fmt: skip
DECISIONS_SUR_SCENES: Final = (4, 6)  # of the frozen deck: where the first decisions were taken


def add_seances(session: Session, auteurs: Auteurs) -> None:
    """The frozen one stands on the register's own meeting: its agenda, presence and recommendations are those recorded."""
    rencontre = session.scalars(select(Rencontre).where(Rencontre.code == FIGEE)).one()
    points = session.scalars(
        select(PointOrdreDuJour).where(PointOrdreDuJour.rencontre_code == FIGEE).order_by(PointOrdreDuJour.numero)
    ).all()
    ordre = [
        {"intitule": p.intitule, "scenes": list(SCENES_DE_JUIN[rang]) if rang < len(SCENES_DE_JUIN) else []}
        for rang, p in enumerate(points)
    ]
    juin = _make(
        FIGEE, date(2026, 6, 11), date(2026, 3, 31), ordre, datetime(2026, 6, 1, 9, 0, tzinfo=UTC), auteurs,
        lieu=rencontre.lieu, presents=sorted(p.strip() for p in (rencontre.presents or "").split(";") if p.strip()),
        points_cles={str(p.numero): p.points_cles for p in points if p.points_cles}, prochaines_etapes=rencontre.suites,
    )  # fmt: skip
    decembre = _make(
        PREPAREE, date(2026, 12, 18), date(2026, 9, 30), list(ORDRE_DE_DECEMBRE),
        datetime(2026, 11, 20, 9, 0, tzinfo=UTC), auteurs, lieu="Niamey", region_invitee="NE001",
    )  # fmt: skip
    session.add_all((juin, decembre))
    session.flush()
    _freeze(session, juin, datetime(2026, 6, 10, 15, 0, tzinfo=UTC))
    _add_decisions(session, juin, auteurs)


def _freeze(session: Session, seance: Seance, quand: datetime) -> None:
    """As `commands.seances.store_contenu` does, without its journal line: the story's journal begins later."""
    contenu = read_contenu(session, seance, quand)
    seance.contenu = json.dumps(contenu, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    seance.empreinte, seance.fige_le = compute_empreinte(contenu), quand
    seance.etat, seance.version = EtatSeance.FIGEE, 2
    session.flush()


def _make(
    code: str, jour: date, arrete: date, ordre: list[dict[str, Any]], quand: datetime, auteurs: Auteurs, **champs: Any
) -> Seance:
    lus = read_ordre_du_jour(ordre)
    scenes = propose_scenes(lus, region_invitee="region_invitee" in champs)
    return Seance(
        code=code, instance_code="ccm", intitule="CCM", date_seance=jour, date_arrete=arrete, etat=EtatSeance.PREPAREE,
        version=1, ordre_du_jour=[p.to_dict() for p in lus], scenes=[s.to_dict() for s in scenes],
        auteur_id=auteurs.national, cree_le=quand, **champs,
    )  # fmt: skip


def _add_decisions(session: Session, seance: Seance, auteurs: Auteurs) -> None:
    """The recommendations that the register says this meeting made."""
    requete = select(Recommandation).where(Recommandation.rencontre_code == FIGEE).order_by(Recommandation.code)
    for scene, faite in zip(DECISIONS_SUR_SCENES, session.scalars(requete), strict=False):
        session.add(
            DecisionSeance(
                seance_id=seance.id, scene=scene, texte=faite.texte, responsable_code=faite.responsable_code,
                echeance=faite.echeance, region_code=faite.region_code, recommandation_code=faite.code,
                auteur_id=auteurs.national, quand=datetime(2026, 6, 11, 11, 0, tzinfo=UTC),
            )
        )  # fmt: skip
    session.flush()
